//! What kind of thing a mention means, from the model's label and closed classes of words.

use super::super::{Kind, Language, Pos, Verb, Word};
use crate::span::{TokenId, Tokens};
use crate::text::Text;

/// The kind that a label of the mention head stands for; none for things, times and happenings.
pub fn of_label(label: &str) -> Option<Kind> {
    match label {
        "person" => Some(Kind::Person),
        "organisation" => Some(Kind::Organisation),
        "place" => Some(Kind::Place),
        _ => None,
    }
}

/// The kind of a name: the model's, with facilities told from other places by their last word.
pub fn of_name(text: &Text, kind: Kind, tokens: Tokens) -> Kind {
    let facility = || tokens.iter().any(|t| is_facility(&text.word(t).to_lowercase()));
    if kind == Kind::Place && tokens.len() > 1 && facility() { Kind::Facility } else { kind }
}

/// The kind of a description or pronoun.
pub fn of_description(kind: Kind, word: &Word, lower: &str) -> Kind {
    match kind {
        Kind::Person | Kind::Group if is_force(&word.lemma) => Kind::Organisation,
        Kind::Person if word.plural == Some(true) || is_collective(&word.lemma) || is_plural_pronoun(lower) => {
            Kind::Group
        }
        Kind::Organisation if word.plural == Some(true) && is_fighter(&word.lemma) => Kind::Group,
        Kind::Place if is_facility(&word.lemma) => Kind::Facility,
        kind => kind,
    }
}

/// Whether something is done to whom a word means that is only done to people.
pub fn suffers_as_people(language: &Language, head: TokenId) -> bool {
    const DEEDS: [&str; 18] = [
        "kill",
        "murder",
        "assassinate",
        "execute",
        "behead",
        "massacre",
        "slay",
        "torture",
        "wound",
        "injure",
        "kidnap",
        "abduct",
        "arrest",
        "detain",
        "imprison",
        "rape",
        "killing",
        "assassination",
    ];
    let word = &language.words[head.at()];
    let deed = |t: TokenId| DEEDS.contains(&language.words[t.at()].lemma.as_str());
    let of = || language.children(head).any(|c| language.words[c.at()].lemma == "of");
    match word.rel {
        "obj" | "nsubj:pass" => deed(word.head),
        "nmod" if of() => deed(word.head),
        _ => language.children(head).any(|c| {
            let told = &language.words[c.at()];
            told.rel == "acl" && matches!(told.verb, Verb::PastParticiple | Verb::Past) && deed(c)
        }),
    }
}

/// Whether a word points instead of describing.
pub fn is_pronoun(lower: &str, pos: Pos) -> bool {
    const PRONOUNS: &str = "i me my mine myself you your yours yourself yourselves he him his himself she her hers herself \
                            it its itself we us our ours ourselves they them their theirs themselves who whom whose \
                            which that this these those one oneself themself";
    pos == Pos::Pron || (pos == Pos::Det && PRONOUNS.split(' ').any(|p| p == lower))
}

fn is_plural_pronoun(lower: &str) -> bool {
    ["we", "us", "our", "ours", "ourselves", "they", "them", "their", "theirs", "themselves", "those", "these"]
        .contains(&lower)
}

/// People in arms, whom the model at times takes for their organisation: "the guerrillas".
fn is_fighter(lemma: &str) -> bool {
    const FIGHTERS: &str = "guerrilla guerilla rebel terrorist militant insurgent fighter gunman soldier extremist \
                            separatist jihadist officer policeman commando assassin bandit trafficker";
    FIGHTERS.split_whitespace().any(|f| f == lemma)
}

/// Bodies that the model at times takes for their people: "police opened fire".
fn is_force(lemma: &str) -> bool {
    matches!(lemma, "police" | "army" | "military" | "navy" | "gendarmerie" | "militia")
}

/// Whether a description means a body with a name and a will of its own: "a new guerrilla group", "the drug mafias"; not
/// "a group of students".
pub fn is_armed_body(language: &Language, head: TokenId) -> bool {
    let lemma = |t: TokenId| language.words[t.at()].lemma.as_str();
    let armed = |t: TokenId| {
        matches!(language.words[t.at()].rel, "compound" | "amod")
            && (is_fighter(lemma(t))
                || matches!(lemma(t), "armed" | "paramilitary" | "militia" | "terror" | "resistance"))
    };
    match lemma(head) {
        "mafia" | "cartel" | "faction" => true,
        "squad" => language.children(head).any(|t| lemma(t) == "death" || armed(t)),
        "group" | "organisation" | "organization" | "gang" | "movement" | "cell" => {
            language.children(head).any(armed)
                && !language.children(head).any(|t| {
                    let of = language.children(t).any(|c| lemma(c) == "of");
                    language.words[t.at()].rel == "nmod" && of
                })
        }
        _ => false,
    }
}

/// Singular nouns for many people.
fn is_collective(lemma: &str) -> bool {
    const COLLECTIVES: [&str; 22] = [
        "people",
        "crowd",
        "mob",
        "population",
        "public",
        "community",
        "family",
        "youth",
        "couple",
        "pair",
        "majority",
        "minority",
        "group",
        "gang",
        "audience",
        "generation",
        "dozen",
        "hundred",
        "thousand",
        "million",
        "score",
        "crew",
    ];
    COLLECTIVES.contains(&lemma)
}

/// Buildings and other made places.
pub fn is_facility(word: &str) -> bool {
    const FACILITIES: [&str; 61] = [
        "airport",
        "airfield",
        "airbase",
        "base",
        "barracks",
        "bridge",
        "building",
        "bunker",
        "cafe",
        "camp",
        "castle",
        "cathedral",
        "cemetery",
        "checkpoint",
        "church",
        "cinema",
        "clinic",
        "courthouse",
        "dam",
        "depot",
        "embassy",
        "factory",
        "farm",
        "garage",
        "hall",
        "highway",
        "hospital",
        "hotel",
        "house",
        "jail",
        "library",
        "mall",
        "market",
        "monastery",
        "monument",
        "mosque",
        "museum",
        "office",
        "palace",
        "pipeline",
        "plant",
        "port",
        "prison",
        "refinery",
        "restaurant",
        "road",
        "school",
        "shelter",
        "shop",
        "shrine",
        "square",
        "stadium",
        "station",
        "store",
        "street",
        "synagogue",
        "temple",
        "theatre",
        "tower",
        "university",
        "warehouse",
    ];
    FACILITIES.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::TokenId;

    fn word(lemma: &str, plural: bool) -> Word {
        Word {
            lemma: lemma.into(),
            pos: Pos::Noun,
            head: TokenId(0),
            rel: "nsubj",
            plural: Some(plural),
            verb: Verb::None,
            predicate: false,
        }
    }

    #[test]
    fn people_without_an_organisation_are_a_group() {
        assert_eq!(of_description(Kind::Person, &word("resident", true), "residents"), Kind::Group);
        assert_eq!(of_description(Kind::Person, &word("crowd", false), "crowd"), Kind::Group);
        assert_eq!(of_description(Kind::Person, &word("teacher", false), "teacher"), Kind::Person);
        assert_eq!(of_description(Kind::Organisation, &word("force", true), "forces"), Kind::Organisation);
    }

    #[test]
    fn made_places_are_facilities() {
        assert_eq!(of_description(Kind::Place, &word("hospital", false), "hospital"), Kind::Facility);
        assert_eq!(of_description(Kind::Place, &word("valley", false), "valley"), Kind::Place);
    }
}
