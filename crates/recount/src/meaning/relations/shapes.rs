//! Ties that the shape of the words tells: "the German Anna Lund", "Kazakhstan's ministry", "the Saudi-led coalition",
//! "Ashgrove (formerly Elmton)".

use super::Tie;
use super::parties::Parties;
use crate::evidence::Evidence;
use crate::language::entities::lexicon;
use crate::language::entities::lexicon::Naming;
use crate::language::{Form, Kind};
use crate::meaning::RelationKind;
use crate::span::{MentionId, Span, TokenId};

pub fn ties(parties: &Parties<'_>) -> Vec<Tie> {
    let mut ties = Vec::new();
    for (id, mention) in parties.mentions() {
        match mention.kind {
            Kind::Person if mention.form == Form::Name => ties.extend(nationality(parties, id)),
            Kind::Organisation if mention.form != Form::Pronoun => ties.extend(part_of_state(parties, id)),
            _ => {}
        }
        if mention.form != Form::Pronoun {
            ties.extend(former_name(parties, id));
            ties.extend(hyphened(parties, id));
        }
    }
    ties
}

fn tie(
    parties: &Parties<'_>,
    subject: MentionId,
    kind: RelationKind,
    detail: Option<Span>,
    object: MentionId,
    because: Evidence,
) -> Tie {
    let span = parties.mention(subject).span.join(parties.mention(object).span);
    Tie { subject: parties.party(subject), kind, detail, object: parties.party(object), span, because }
}

/// "the German Anna Lund": a nationality right before a name, with no office between.
fn nationality(parties: &Parties<'_>, id: MentionId) -> Option<Tie> {
    let name = parties.mention(id);
    let before = TokenId(name.tokens.start.checked_sub(1)?);
    let (_, naming) = lexicon::country(parties.tree.written(before))?;
    let object = parties.at(before).filter(|m| *m != id)?;
    let detail = Some(parties.span(before));
    let because = Evidence::new("rule/nationality", 0.85);
    (naming == Naming::Adjective).then(|| tie(parties, id, RelationKind::Nationality, detail, object, because))
}

/// "Kazakhstan's Ministry of Interior", "the Iraqi army": a body of a state belongs to it.
fn part_of_state(parties: &Parties<'_>, id: MentionId) -> Option<Tie> {
    let body = parties.mention(id);
    let tree = &parties.tree;
    let state = |t: &TokenId| tree.is(*t, &["nmod:poss", "amod", "compound", "nmod"]);
    let country = |t: TokenId| {
        let mention = parties.at(t).filter(|m| *m != id)?;
        let known = lexicon::country(tree.text.words(parties.mention(mention).span));
        known.filter(|(_, n)| *n != Naming::Capital).map(|_| mention)
    };
    let object = tree.kids(body.head).filter(state).find_map(country)?;
    let public = parties.language.entities[body.entity.at()].sector;
    let of_state = matches!(public, Some("GOV" | "MIL" | "COP" | "LEG" | "JUD" | "SPY"));
    let because = Evidence::new("rule/body-of-state", 0.75);
    of_state.then(|| tie(parties, id, RelationKind::PartOf, None, object, because))
}

/// "Ashgrove (formerly Elmton)", "Elmton, previously known as Oakton".
fn former_name(parties: &Parties<'_>, id: MentionId) -> Option<Tie> {
    let now = parties.mention(id);
    let tree = &parties.tree;
    let sentence = tree.sentence(now.head);
    let word = |t: u32| (t < sentence.end).then(|| tree.lower(TokenId(t)));
    let opens = word(now.tokens.end)?;
    if !matches!(opens.as_str(), "(" | "," | "-" | "–" | "—") {
        return None;
    }
    let adverb = now.tokens.end + 1;
    if !matches!(word(adverb)?.as_str(), "formerly" | "previously" | "once") {
        return None;
    }
    let mut at = adverb + 1;
    while word(at).is_some_and(|w| matches!(w.as_str(), "known" | "as" | "called" | "named" | "the")) && at < adverb + 4
    {
        at += 1;
    }
    let plain = word(adverb).as_deref() != Some("once") || at > adverb + 1;
    let (then, _) = parties.mentions().find(|(_, m)| m.tokens.start == at && m.form == Form::Name)?;
    let because = Evidence::new("rule/former-name", 0.85);
    let detail = parties.span(TokenId(adverb));
    plain.then(|| tie(parties, id, RelationKind::FormerlyCalled, Some(detail), then, because))
}

/// "the Saudi-led coalition", "Iran-backed militias", "a rebel-held town".
fn hyphened(parties: &Parties<'_>, id: MentionId) -> Option<Tie> {
    let first = parties.mention(id);
    let tree = &parties.tree;
    let sentence = tree.sentence(first.head);
    let word = |t: u32| (t < sentence.end).then(|| tree.lower(TokenId(t)));
    let hyphen = first.tokens.end;
    if word(hyphen)? != "-" {
        return None;
    }
    let kind = match word(hyphen + 1)?.as_str() {
        "led" | "run" | "controlled" | "held" => RelationKind::Leads,
        "backed" | "supported" | "allied" | "aligned" => RelationKind::Ally,
        "owned" => RelationKind::Owner,
        "founded" => RelationKind::Founder,
        _ => return None,
    };
    // The noun that the compound stands before.
    let object =
        (hyphen + 2..(hyphen + 7).min(sentence.end)).map(TokenId).find_map(|t| parties.at(t).filter(|m| *m != id))?;
    let detail = parties.span(TokenId(hyphen + 1));
    let because = Evidence::new("rule/hyphened", 0.75).at(detail);
    Some(tie(parties, id, kind, Some(detail), object, because))
}
