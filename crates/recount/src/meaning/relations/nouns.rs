//! Ties that a noun names: whoever is called by it stands in the tie to what it is "of".

use super::Tie;
use super::parties::Parties;
use crate::evidence::Evidence;
use crate::language::entities::{lexicon, profile};
use crate::language::{Form, Kind, Pos};
use crate::meaning::RelationKind;
use crate::span::{MentionId, Span, TokenId, Tokens};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Nouns and the tie that each names. Kin terms take "-in-law" with them.
const NOUNS: &[(RelationKind, &str)] = &[
    (
        RelationKind::Office,
        "president minister premier secretary ambassador governor mayor king queen chancellor monarch emir sultan \
         senator commissioner envoy lawmaker legislator congressman congresswoman prosecutor judge official diplomat vice-president \
         representative deputy mp undersecretary negotiator general attorney councillor councilor akim consul treasurer \
         prince princess",
    ),
    (
        RelationKind::Leads,
        "leader head chief commander director chairman chairwoman chairperson chair boss ceo chief-executive principal \
         editor coach captain warlord ruler dictator coordinator manager ringleader rector dean administrator emir",
    ),
    (RelationKind::Spokesperson, "spokesman spokeswoman spokesperson spokespeople"),
    (
        RelationKind::Member,
        "member fighter militant soldier troop supporter follower activist recruit cadre operative conscript veteran \
         guard insurgent rebel jihadist trooper marine student lieutenant colonel major sergeant corporal airman sailor alumnus",
    ),
    (
        RelationKind::Employee,
        "employee specialist analyst expert researcher professor fellow worker staffer journalist correspondent reporter \
         engineer officer lawyer scholar lecturer historian economist scientist doctor teacher photographer adviser advisor \
         aide consultant physician surgeon columnist technician policeman diplomat observer inspector associate",
    ),
    (RelationKind::Founder, "founder cofounder creator"),
    (RelationKind::Owner, "owner proprietor shareholder"),
    (RelationKind::Ally, "ally partner backer"),
    (
        RelationKind::Kin,
        "son daughter father mother brother sister wife husband uncle aunt nephew niece cousin grandson granddaughter \
         grandfather grandmother widow widower spouse parent child relative sibling twin fiancee fiance stepson stepfather",
    ),
    (
        RelationKind::PartOf,
        "branch affiliate wing arm unit division subsidiary offshoot faction part bureau chapter department brigade battalion \
         capital province district suburb region",
    ),
    (RelationKind::Nationality, "national citizen native"),
    (RelationKind::Board, "board"),
];

/// Prepositions that lead from the noun to the other end.
fn prepositions(kind: RelationKind) -> &'static [&'static str] {
    match kind {
        RelationKind::Office => &["of", "at", "in", "to"],
        RelationKind::Employee => &["at", "for", "with", "from", "of"],
        RelationKind::Spokesperson => &["for", "of", "at", "from"],
        RelationKind::Member => &["of", "in", "from", "with"],
        RelationKind::Kin => &["of", "to"],
        RelationKind::Ally => &["of", "to", "with", "in"],
        RelationKind::Leads => &["of", "for", "in", "at"],
        RelationKind::PartOf | RelationKind::Board => &["of", "in"],
        _ => &["of"],
    }
}

/// The tie that a noun (lemma, lower case) names.
pub fn kind(noun: &str) -> Option<RelationKind> {
    TABLE.get(noun).copied()
}

static TABLE: LazyLock<HashMap<&'static str, RelationKind>> = LazyLock::new(|| {
    NOUNS.iter().flat_map(|(kind, nouns)| nouns.split_whitespace().map(move |n| (n, *kind))).collect()
});

pub fn ties(parties: &Parties<'_>, year: Option<i16>) -> Vec<Tie> {
    let titled = titled(parties);
    let mut ties = Vec::new();
    for at in 0..parties.tree.words.len().min(parties.tree.text.tokens.len()) {
        let noun = TokenId::from(at);
        let word = &parties.tree.words[at];
        if !matches!(word.pos, Pos::Noun | Pos::Propn) {
            continue;
        }
        let Some(kind) = kind(&parties.lemma(noun)) else { continue };
        read(parties, noun, kind, titled.get(&noun).copied(), year, &mut ties);
    }
    ties
}

/// The names before which a noun stands as title: "minister" in "Foreign Minister Anna Lund".
fn titled(parties: &Parties<'_>) -> HashMap<TokenId, MentionId> {
    let mut titled = HashMap::new();
    for (id, mention) in parties.mentions() {
        if mention.form == Form::Name && mention.kind == Kind::Person {
            let before = profile::titles(&parties.tree, mention.tokens);
            if let Some(noun) = profile::role_head(&parties.tree, before) {
                titled.insert(noun, id);
            }
        }
    }
    titled
}

fn read(
    parties: &Parties<'_>,
    noun: TokenId,
    kind: RelationKind,
    titled: Option<MentionId>,
    year: Option<i16>,
    ties: &mut Vec<Tie>,
) {
    let tree = &parties.tree;
    let own = parties.tree.mention(noun);
    let (bearers, how) = bearers(parties, noun, titled, own);
    let objects = objects(parties, noun, kind, titled, &bearers);
    let detail = detail(parties, noun, &objects);
    let words = tree.text.words(detail).to_lowercase();
    for &bearer in &bearers {
        let subject = parties.party(bearer);
        let named = parties.named(bearer);
        for object in &objects {
            let near = match object.how {
                // "Russian officials" is a description, not yet a tie; a person it describes must be known by name.
                How::Modifier if !named => continue,
                How::Modifier => 0.75,
                How::Possessor => 0.85,
                How::Preposition => 0.8,
            };
            let target = parties.party(object.mention);
            // "our allies", "their leaders": no tie that could be looked up, unless someone is named.
            let vague = parties.mention(object.mention).form == Form::Pronoun && !parties.named(object.mention);
            if vague && !(named && kind == RelationKind::Kin) {
                continue;
            }
            let to_place = matches!(parties.kind(target), Some(Kind::Place));
            let demonym = parties.mention(object.mention).form == Form::Demonym;
            // "a Syrian journalist" is one of the nation, not in its employ; so for all but offices and the armed.
            let kind = match kind {
                RelationKind::Member if words.split(' ').any(|w| w == "board") => RelationKind::Board,
                RelationKind::Employee | RelationKind::Member if demonym && to_place && soldierly(&words) => {
                    RelationKind::Member
                }
                RelationKind::Employee | RelationKind::Member if demonym && to_place => RelationKind::Nationality,
                // A "Syrian commander" leads Syrians, not Syria.
                RelationKind::Leads if demonym && to_place && !rules(&words) => RelationKind::Nationality,
                kind => kind,
            };
            let span = cover(parties, noun, bearer, object.mention, detail);
            let mut because = Evidence::new(how, if named { near } else { near - 0.25 }).at(detail);
            if words.contains("acting") || words.contains("former") || words.starts_with("ex") {
                because = because.dropping("the office as held now", "the words limit it", None);
            }
            ties.push(Tie { subject, kind, detail: Some(detail), object: target, span, because });
        }
        if objects.is_empty() && kind == RelationKind::Office && how == "rule/title" {
            ties.extend(of_known_leader(parties, bearer, detail, year));
        }
    }
}

fn rules(words: &str) -> bool {
    ["leader", "ruler", "dictator", "chief", "head"].iter().any(|w| words.ends_with(w))
}

fn soldierly(words: &str) -> bool {
    ["soldier", "troop", "officer", "policeman", "guard", "marine"].iter().any(|w| words.contains(w))
}

/// The state of someone titled "president" without one, from the carried list of people of governments.
fn of_known_leader(parties: &Parties<'_>, bearer: MentionId, detail: Span, year: Option<i16>) -> Option<Tie> {
    let entity = &parties.language.entities[parties.mention(bearer).entity.at()];
    let name: Vec<String> = entity.name.split([' ', '-']).map(str::to_lowercase).collect();
    let code = lexicon::leader(&name, year)?;
    let object = parties.country(code)?;
    let country = lexicon::country_name(code).unwrap_or(code);
    let because = Evidence::new("rule/known-leader", 0.6)
        .at(detail)
        .inferred(format!("{} is in the carried list of people of governments, with {country}", entity.name));
    let span = detail.join(parties.mention(bearer).span);
    let subject = parties.party(bearer);
    Some(Tie { subject, kind: RelationKind::Office, detail: Some(detail), object, span, because })
}

/// Whom the noun is said of, and by which construction.
fn bearers(
    parties: &Parties<'_>,
    noun: TokenId,
    titled: Option<MentionId>,
    own: Option<MentionId>,
) -> (Vec<MentionId>, &'static str) {
    let tree = &parties.tree;
    if let Some(name) = titled {
        return (vec![name], "rule/title");
    }
    let said_of = |t: TokenId| parties.at(t).filter(|m| parties.mention(*m).kind != Kind::Other);
    if tree.is(noun, &["appos"])
        && let Some(over) = tree.head(noun).and_then(said_of)
    {
        return (vec![over], "rule/apposition");
    }
    let under = tree.kids(noun).filter(|t| tree.is(*t, &["appos"]) && t.0 > noun.0).find_map(said_of);
    if let Some(under) = under.filter(|u| parties.mention(*u).form == Form::Name) {
        return (vec![under], "rule/apposition");
    }
    if tree.kid(noun, &["cop"]).is_some()
        && let Some(subject) = tree.kid(noun, &["nsubj"])
    {
        let all: Vec<_> = parties.with_conjuncts(subject).filter_map(said_of).collect();
        return (all, "rule/predicate");
    }
    if parties.lemma(noun) == "part"
        && tree.case(noun).as_deref() == Some("as")
        && let Some(over) = tree.head(noun)
    {
        // "Norland, as part of the pact, is"; "Norland acts as part of"
        let subject = said_of(over).or_else(|| tree.kid(over, &["nsubj"]).and_then(said_of));
        return (subject.into_iter().collect(), "rule/as-part");
    }
    if let Some(verb) = tree.head(noun).filter(|v| tree.word(*v).pos == Pos::Verb) {
        let lemma = parties.lemma(verb);
        let as_ = tree.is(noun, &["obl", "advcl"]) && tree.case(noun).as_deref() == Some("as");
        let made = matches!(
            lemma.as_str(),
            "appoint" | "name" | "elect" | "nominate" | "choose" | "make" | "reelect" | "crown"
        );
        let becomes = matches!(lemma.as_str(), "become" | "remain" | "stay") || as_ && !made;
        if becomes || made {
            let passive = tree.kid(verb, &["nsubj:pass"]);
            let subject = if made { passive.or_else(|| tree.kid(verb, &["obj"])) } else { tree.kid(verb, &["nsubj"]) };
            if let Some(mention) = subject.filter(|s| *s != noun).and_then(said_of) {
                return (vec![mention], "rule/appointed");
            }
        }
    }
    (own.into_iter().collect(), "rule/description")
}

#[derive(Clone, Copy, PartialEq)]
enum How {
    Possessor,
    Preposition,
    Modifier,
}

struct Object {
    mention: MentionId,
    how: How,
}

/// What the noun is "of": the possessor, else the prepositional object, else a name or nationality before it.
fn objects(
    parties: &Parties<'_>,
    noun: TokenId,
    kind: RelationKind,
    titled: Option<MentionId>,
    bearers: &[MentionId],
) -> Vec<Object> {
    let tree = &parties.tree;
    let other = |t: TokenId| {
        let mention = parties.at(t)?;
        let own = bearers.contains(&mention) || parties.mention(mention).tokens.contains(noun);
        (!own).then_some(mention)
    };
    let person = |m: &MentionId| parties.mention(*m).kind == Kind::Person;
    let fits = |m: &MentionId| {
        (kind == RelationKind::Kin || matches!(kind, RelationKind::Ally | RelationKind::Spokesperson)) || !person(m)
    };
    if let Some(owner) = tree.kid(noun, &["nmod:poss"]) {
        let all: Vec<_> = parties.with_conjuncts(owner).filter_map(other).filter(fits).collect();
        if !all.is_empty() {
            return all.into_iter().map(|mention| Object { mention, how: How::Possessor }).collect();
        }
    }
    let allowed = prepositions(kind);
    let (close, loose): (Vec<&str>, Vec<&str>) = allowed.iter().partition(|p| !matches!(**p, "in" | "to"));
    let prepositional = |cases: &[&str]| -> Vec<Object> {
        let leads_to = |t: &TokenId| tree.case(*t).is_some_and(|c| cases.contains(&c.as_str()));
        let kids = |t: TokenId| tree.kids(t).filter(move |k| tree.is(*k, &["nmod", "obl"]) && k.0 > noun.0);
        let mut near: Vec<TokenId> = kids(noun).collect();
        // A phrase in between may have taken the one that counts: "specialist in Asia at the institute".
        let further: Vec<TokenId> = near.iter().flat_map(|t| kids(*t)).collect();
        near.sort_by_key(|t| tree.case(*t).and_then(|c| cases.iter().position(|a| **a == *c)).unwrap_or(usize::MAX));
        // "Secretary of State": the office's own name is no body.
        let office =
            |t: &TokenId| kind == RelationKind::Office && matches!(tree.written(*t), "State" | "Defense" | "Defence");
        for token in near.into_iter().chain(further).filter(leads_to).filter(|t| !office(t)) {
            let all: Vec<_> = parties.with_conjuncts(token).filter_map(other).filter(fits).collect();
            if !all.is_empty() {
                return all.into_iter().map(|mention| Object { mention, how: How::Preposition }).collect();
            }
        }
        Vec::new()
    };
    let found = prepositional(&close);
    if !found.is_empty() {
        return found;
    }
    if !matches!(kind, RelationKind::Kin | RelationKind::PartOf) {
        let start = titled.map(|m| profile::titles(tree, parties.mention(m).tokens).start);
        let modifier = |t: &TokenId| {
            tree.is(*t, &["compound", "amod", "nmod:unmarked", "nmod:desc", "nmod"]) || start.is_some_and(|s| s <= t.0)
        };
        let from = start.unwrap_or(noun.0.saturating_sub(6)).max(tree.sentence(noun).start);
        let before = (from..noun.0).map(TokenId).filter(|t| tree.head(*t) == Some(noun) || start.is_some());
        let all: Vec<MentionId> = before.filter(modifier).filter_map(other).filter(|m| !person(m)).collect();
        // "U.S. Central Command commander": the body, not the state before it.
        let body = |m: &&MentionId| parties.mention(**m).kind == Kind::Organisation;
        if let Some(&mention) = all.iter().find(body).or(all.first()) {
            return vec![Object { mention, how: How::Modifier }];
        }
        // "commander, Northern Corps"
        let after = (noun.0 + 2..(noun.0 + 9).min(tree.sentence(noun).end)).map(TokenId);
        let comma = noun.at() + 1 < tree.sentence(noun).end as usize && tree.written(TokenId(noun.0 + 1)) == ",";
        let beside = |t: &TokenId| tree.is(*t, &["appos", "list", "conj", "nmod:unmarked", "parataxis"]);
        let body = |t: TokenId| parties.tree.mention(t).filter(|m| parties.mention(*m).kind == Kind::Organisation);
        if comma
            && matches!(kind, RelationKind::Leads | RelationKind::Employee)
            && let Some(mention) = after.filter(beside).find_map(body).filter(|m| !bearers.contains(m))
        {
            return vec![Object { mention, how: How::Preposition }];
        }
    }
    prepositional(&loose)
}

/// The words of the tie: the noun with what narrows it, without the other end.
fn detail(parties: &Parties<'_>, noun: TokenId, objects: &[Object]) -> Span {
    let tree = &parties.tree;
    let sentence = tree.sentence(noun);
    let other = |t: TokenId| objects.iter().any(|o| parties.mention(o.mention).tokens.contains(t));
    let mut tokens = Tokens::new(noun.at(), noun.at() + 1);
    while tokens.start > sentence.start {
        let t = TokenId(tokens.start - 1);
        let narrows = matches!(tree.word(t).pos, Pos::Noun | Pos::Propn | Pos::Adj) || tree.written(t) == "-";
        if !narrows || other(t) || tree.is(t, &["nmod:poss"]) {
            break;
        }
        tokens.start -= 1;
    }
    let next = |n: u32| (tokens.end + n < sentence.end).then(|| tree.lower(TokenId(tokens.end + n)));
    let hyphen = |n| next(n).is_some_and(|w| w == "-");
    if hyphen(0) && next(1).as_deref() == Some("in") && hyphen(2) {
        tokens.end += 4; // "son-in-law" is five words
    } else if next(0).as_deref() == Some("of") && tokens.end + 1 < sentence.end && !other(TokenId(tokens.end + 1)) {
        let office = TokenId(tokens.end + 1);
        let reaches = tree.head(office) == Some(noun) && tree.kids(office).all(|k| k.0 < office.0);
        if reaches && tree.word(office).pos != Pos::Det {
            tokens.end += 2; // "Secretary of State"
        }
    }
    tokens.end = tokens.end.min(sentence.end);
    tree.text.span(tokens)
}

/// The words from which the tie was read.
fn cover(parties: &Parties<'_>, noun: TokenId, bearer: MentionId, object: MentionId, detail: Span) -> Span {
    let row = parties.tree.text.tokens[noun.at()].sentence;
    let here = |m: MentionId| {
        let mention = parties.mention(m);
        (parties.tree.text.tokens[mention.head.at()].sentence == row).then_some(mention.span)
    };
    [here(bearer), here(object)].into_iter().flatten().fold(detail, Span::join)
}
