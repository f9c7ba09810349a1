//! Ties that a verb names: "leads", "led by", "works for", "belongs to".

use super::Tie;
use super::parties::Parties;
use crate::evidence::Evidence;
use crate::language::{Form, Kind, Pos};
use crate::meaning::RelationKind;
use crate::span::{MentionId, TokenId};

/// Verbs whose subject stands in the tie to their object.
const DIRECT: &[(&str, RelationKind)] = &[
    ("lead", RelationKind::Leads),
    ("head", RelationKind::Leads),
    ("command", RelationKind::Leads),
    ("chair", RelationKind::Leads),
    ("run", RelationKind::Leads),
    ("control", RelationKind::Leads),
    ("govern", RelationKind::Leads),
    ("rule", RelationKind::Leads),
    ("found", RelationKind::Founder),
    ("establish", RelationKind::Founder),
    ("own", RelationKind::Owner),
    ("join", RelationKind::Member),
    ("support", RelationKind::Ally),
    ("back", RelationKind::Ally),
    ("assist", RelationKind::Ally),
];

/// Verbs whose subject stands in the tie to the object of a preposition.
const PREPOSITIONAL: &[(&str, &str, RelationKind)] = &[
    ("work", "for", RelationKind::Employee),
    ("work", "at", RelationKind::Employee),
    ("belong", "to", RelationKind::Member),
    ("assign", "to", RelationKind::Member),
    ("serve", "in", RelationKind::Member),
    ("fight", "for", RelationKind::Member),
    ("fight", "alongside", RelationKind::Ally),
    ("ally", "with", RelationKind::Ally),
    ("partner", "with", RelationKind::Ally),
];

pub fn ties(parties: &Parties<'_>) -> Vec<Tie> {
    let mut ties = Vec::new();
    for at in 0..parties.tree.words.len().min(parties.tree.text.tokens.len()) {
        if matches!(parties.tree.words[at].pos, Pos::Verb | Pos::Adj) {
            read(parties, TokenId::from(at), &mut ties);
        }
    }
    ties
}

fn read(parties: &Parties<'_>, verb: TokenId, ties: &mut Vec<Tie>) {
    let tree = &parties.tree;
    let lemma = parties.lemma(verb);
    let denied = tree.kids(verb).any(|t| {
        matches!(tree.lower(t).as_str(), "not" | "n't" | "never" | "would" | "could" | "might" | "may" | "if" | "can")
    });
    if denied {
        return;
    }
    if let Some((_, kind)) = DIRECT.iter().find(|(l, _)| *l == lemma) {
        let by = |t: &TokenId| tree.is(*t, &["obl"]) && tree.case(*t).as_deref() == Some("by");
        let agent = tree.kids(verb).find(by);
        let first = || tree.head(verb).filter(|_| tree.is(verb, &["conj"]));
        let passive = tree.kid(verb, &["nsubj:pass"]).or_else(|| tree.kid(first()?, &["nsubj:pass"]));
        // "the bloc, led by ..." hangs on what is led.
        let described = || tree.head(verb).filter(|_| tree.is(verb, &["acl", "amod", "advcl", "appos", "parataxis"]));
        let (subject, object) = match (agent, passive) {
            (Some(agent), Some(led)) => (Some(agent), Some(led)),
            (Some(agent), None) => (Some(agent), described()),
            (None, _) => (subject(parties, verb), tree.kid(verb, &["obj"])),
        };
        push(parties, verb, subject, *kind, object, ties);
    }
    for (_, preposition, kind) in PREPOSITIONAL.iter().filter(|(l, ..)| *l == lemma) {
        let object = tree.kids(verb).find(|t| tree.is(*t, &["obl"]) && tree.case(*t).as_deref() == Some(*preposition));
        let passive = tree.kid(verb, &["nsubj:pass"]);
        push(parties, verb, subject(parties, verb).or(passive), *kind, object, ties);
    }
    control(parties, verb, &lemma, ties);
}

/// "took control of", "claims full control of"; "acted in support of".
fn control(parties: &Parties<'_>, verb: TokenId, lemma: &str, ties: &mut Vec<Tie>) {
    let tree = &parties.tree;
    let of = |noun: TokenId| tree.kids(noun).find(|t| tree.case(*t).as_deref() == Some("of"));
    if matches!(lemma, "have" | "take" | "seize" | "claim" | "gain" | "keep" | "regain" | "retain" | "hold")
        && let Some(noun) =
            tree.kid(verb, &["obj"]).filter(|n| matches!(parties.lemma(*n).as_str(), "control" | "command"))
    {
        push(parties, noun, subject(parties, verb), RelationKind::Leads, of(noun), ties);
    }
    let support = |t: &TokenId| parties.lemma(*t) == "support" && tree.case(*t).as_deref() == Some("in");
    if let Some(noun) = tree.kids(verb).find(support) {
        push(parties, noun, subject(parties, verb), RelationKind::Ally, of(noun), ties);
    }
}

/// The subject of a verb; of a relative clause, what it describes; of a coordinated verb, the first verb's.
fn subject(parties: &Parties<'_>, verb: TokenId) -> Option<TokenId> {
    let tree = &parties.tree;
    let own = tree.kids(verb).find(|t| tree.word(*t).rel == "nsubj");
    let relative = own.is_none_or(|t| matches!(tree.lower(t).as_str(), "who" | "which" | "that"));
    if relative && tree.is(verb, &["acl"]) {
        return tree.head(verb);
    }
    own.or_else(|| {
        let first = tree.head(verb).filter(|_| tree.is(verb, &["conj", "xcomp"]))?;
        tree.kids(first).find(|t| tree.word(*t).rel == "nsubj")
    })
}

fn push(
    parties: &Parties<'_>,
    verb: TokenId,
    subject: Option<TokenId>,
    kind: RelationKind,
    object: Option<TokenId>,
    ties: &mut Vec<Tie>,
) {
    let (Some(subject), Some(object)) = (subject, object) else { return };
    let ends = |t: TokenId| -> Vec<MentionId> { parties.with_conjuncts(t).filter_map(|t| parties.at(t)).collect() };
    for s in ends(subject) {
        for o in ends(object) {
            let (a, b) = (parties.mention(s), parties.mention(o));
            let joins = kind == RelationKind::Member && !matches!(a.kind, Kind::Person | Kind::Group);
            let us = a.form == Form::Pronoun && kind == RelationKind::Member;
            if joins || us {
                continue;
            }
            // Without a name at either end a verb tells of a moment rather than of a tie.
            if !parties.named(s) && !parties.named(o) {
                continue;
            }
            let detail = parties.span(verb);
            let because = Evidence::new("rule/verb", 0.65).at(detail);
            let span = a.span.join(b.span).join(detail);
            let (subject, object) = (parties.party(s), parties.party(o));
            ties.push(Tie { subject, kind, detail: Some(detail), object, span, because });
        }
    }
}
