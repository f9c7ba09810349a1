//! Ties that the shape of the words tells: "the German Anna Lund", "experts from the Fund", "the Saudi-led
//! coalition", "Ashgrove (formerly Elmton)".

use super::Tie;
use super::parties::Parties;
use crate::evidence::Evidence;
use crate::language::entities::lexicon;
use crate::language::entities::lexicon::Naming;
use crate::language::{Form, Kind};
use crate::meaning::{Party, RelationKind};
use crate::span::{MentionId, Span, TokenId};

pub fn ties(parties: &Parties<'_>) -> Vec<Tie> {
    let mut ties = Vec::new();
    for (id, mention) in parties.mentions() {
        match mention.kind {
            Kind::Person if mention.form == Form::Name => ties.extend(nationality(parties, id)),
            Kind::Person | Kind::Group if mention.form == Form::Nominal => {
                ties.extend(people_of(parties, id));
                ties.extend(described_nationality(parties, id));
            }
            _ => {}
        }
        if mention.form != Form::Pronoun {
            ties.extend(former_name(parties, id));
            ties.extend(hyphened(parties, id));
            ties.extend(included(parties, id));
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

/// "Ana Sousa, a Portuguese nurse": a nationality before the noun that describes someone named.
fn described_nationality(parties: &Parties<'_>, id: MentionId) -> Option<Tie> {
    let described = parties.mention(id);
    let tree = &parties.tree;
    // What the nouns of ties say is read there.
    if described.kind != Kind::Person
        || !parties.named(id)
        || super::nouns::kind(&parties.lemma(described.head)).is_some()
    {
        return None;
    }
    let said_of = tree.is(described.head, &["appos"]) || tree.kid(described.head, &["cop"]).is_some();
    let of_nation = |t: &TokenId| {
        let naming = lexicon::country(tree.written(*t)).map(|(_, naming)| naming);
        tree.is(*t, &["amod"]) && naming == Some(Naming::Adjective)
    };
    let adjective = tree.kids(described.head).find(of_nation).filter(|_| said_of)?;
    let object = parties.at(adjective).filter(|m| *m != id)?;
    let because = Evidence::new("rule/nationality", 0.8);
    Some(tie(parties, id, RelationKind::Nationality, Some(parties.span(adjective)), object, because))
}

/// "experts from the Fund", "the conductor of the State Orchestra": people told by the body they are of.
fn people_of(parties: &Parties<'_>, id: MentionId) -> Option<Tie> {
    let people = parties.mention(id);
    let tree = &parties.tree;
    // What the nouns of ties say is read there.
    if super::nouns::kind(&parties.lemma(people.head)).is_some() {
        return None;
    }
    let from = |t: &TokenId| {
        let of = tree.case(*t).is_some_and(|c| matches!(c.as_str(), "of" | "from" | "at" | "with" | "for"));
        of && tree.is(*t, &["nmod"])
    };
    let body = |t: TokenId| {
        let mention = parties.at(t).filter(|m| *m != id)?;
        let found = parties.mention(mention);
        (found.kind == Kind::Organisation && parties.named(mention)).then_some(mention)
    };
    let object = tree.kids(people.head).filter(from).find_map(body)?;
    let plural = tree.word(people.head).plural == Some(true);
    let kind = if plural { RelationKind::Member } else { RelationKind::Employee };
    let detail = Some(parties.span(people.head));
    Some(tie(parties, id, kind, detail, object, Evidence::new("rule/people-of", 0.6)))
}

/// "the bloc, including Norland and Sudland": what is included is a part.
fn included(parties: &Parties<'_>, id: MentionId) -> Option<Tie> {
    let part = parties.mention(id);
    let tree = &parties.tree;
    let first = if tree.is(part.head, &["conj"]) { tree.head(part.head)? } else { part.head };
    let case = tree.kids(first).find(|t| tree.lower(*t) == "including")?;
    let whole = parties.at(tree.head(first)?).filter(|m| *m != id)?;
    let group = parties.mention(whole);
    let fits = matches!(group.kind, Kind::Organisation | Kind::Group) && group.form != Form::Pronoun;
    let detail = Some(parties.span(case));
    fits.then(|| tie(parties, id, RelationKind::Member, detail, whole, Evidence::new("rule/including", 0.65)))
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
    let mut tie = tie(parties, id, RelationKind::FormerlyCalled, Some(detail), then, because);
    // Two names of one place on the map: the tie is between the names.
    if tie.subject == tie.object {
        tie.subject = Party::Entity(now.entity);
        tie.object = Party::Entity(parties.mention(then).entity);
    }
    plain.then_some(tie)
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
