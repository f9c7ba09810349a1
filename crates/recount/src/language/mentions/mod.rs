//! Names, descriptions and pronouns: where they stand and what kind of thing they mean.

mod bodies;
pub mod clues;
mod demonyms;
mod kinds;
pub mod names;
mod phrases;
mod spans;
pub mod weigh;

use super::{Form, Kind, Language, Mention, Pos};
use crate::gazetteer::Gazetteer;
use crate::model::{Head, Model};
use crate::span::{EntityId, TokenId, Tokens};
use crate::text::Text;

use self::names::Name;

/// From this probability on a noun that describes another is a person of its own; on the development halves of `relations`
/// and `event_types`.
const DESCRIBING: f32 = 0.8;

/// Finds the mentions; each is its own entity until [`super::entities`] joins them.
pub fn mentions(text: &Text, model: &Model, gazetteer: &Gazetteer, language: &Language) -> Vec<Mention> {
    let names = names::names(text, &language.reading, model.labels(Head::Name));
    let names = weigh::weighed(text, language, model, gazetteer, names);
    let names = spans::places_cut(text, gazetteer, &language.words, names);
    let mut named = vec![false; language.words.len()];
    for name in &names {
        named[name.tokens.range()].fill(true);
    }
    let mut found: Vec<Mention> = names.iter().map(|n| name(text, language, n)).collect();
    for tokens in demonyms::demonyms(text) {
        if !named[tokens.range()].contains(&true) {
            found.push(demonym(text, language, tokens));
        }
    }
    let mut headed = vec![false; language.words.len()];
    for m in &found {
        headed[m.head.at()] = true;
    }
    let labels = model.labels(Head::Mention);
    for token in (0..language.words.len()).filter(|&w| !named[w] && !headed[w]).map(TokenId::from) {
        let (label, score) = language.reading.best(token.at(), Head::Mention);
        let kind = labels.get(label).and_then(|l| kinds::of_label(l));
        found.extend(kind.and_then(|kind| described(text, language, token, kind, score)));
    }
    found.sort_by_key(|m| (m.head, m.tokens));
    for (i, m) in found.iter_mut().enumerate() {
        m.entity = EntityId::from(i);
    }
    found
}

/// Whether a word in lower case is a common noun for a building or another made place.
pub fn is_made_place(word: &str) -> bool {
    kinds::is_facility(word)
}

/// A mention by name.
fn name(text: &Text, language: &Language, name: &Name) -> Mention {
    let head = outermost(language, name.tokens);
    let mut kind = kinds::of_name(text, name.kind, name.tokens);
    // "Six Jesuits", "the Jesuits were murdered": members of a body that are counted, or done to what is only done to
    // people, are people; and a person's name is no plural ("the Marines").
    if language.words[head.at()].plural == Some(true) {
        let counted = language.children(head).any(|c| language.words[c.at()].rel == "nummod");
        let several = match kind {
            Kind::Organisation => counted || kinds::suffers_as_people(language, head),
            Kind::Other => kinds::suffers_as_people(language, head),
            Kind::Person => {
                let surname = matches!(language.words[head.at()].rel, "flat" | "appos");
                name.tokens.len() == 1 && !surname && text.word(head).to_lowercase().ends_with('s')
            }
            _ => false,
        };
        kind = if several { Kind::Group } else { kind };
    }
    // A title or description may be what the name hangs on: "the activist Ana Ruiz".
    let bearer = phrases::bearer(language, head).unwrap_or(head);
    let around = phrases::whole(language, bearer);
    let phrase = Tokens { start: around.start.min(name.tokens.start), end: around.end.max(name.tokens.end) };
    mention(text, name.tokens, phrase, head, kind, Form::Name, name.score)
}

/// A mention by nationality: people as a noun ("the Kazakhs"), the nation as an adjective ("Russian").
fn demonym(text: &Text, language: &Language, tokens: Tokens) -> Mention {
    let head = TokenId(tokens.end - 1);
    let word = &language.words[head.at()];
    let noun = matches!(word.pos, Pos::Noun | Pos::Propn) && !matches!(word.rel, "compound" | "flat" | "amod");
    let kind = match (noun, word.plural) {
        (true, Some(true)) => Kind::Group,
        (true, _) if phrases::has_determiner(language, head) => Kind::Person,
        _ if demonyms::is_faith(text, tokens) => Kind::Group,
        _ => Kind::Place,
    };
    let phrase = if noun { phrases::noun_phrase(language, head) } else { tokens };
    mention(text, tokens, phrase, head, kind, Form::Demonym, 0.9)
}

/// A mention by description or pronoun, headed by `token`.
fn described(text: &Text, language: &Language, token: TokenId, kind: Kind, score: f32) -> Option<Mention> {
    let word = &language.words[token.at()];
    if matches!(word.rel, "flat" | "fixed" | "goeswith") || matches!(word.pos, Pos::Punct | Pos::Adp | Pos::Cconj) {
        return None;
    }
    let lower = text.word(token).to_lowercase();
    let form = if kinds::is_pronoun(&lower, word.pos) { Form::Pronoun } else { Form::Nominal };
    if form == Form::Nominal && !can_head(language, token) {
        return None;
    }
    // "Death tolls", "night curfew": what describes a noun is seldom a person.
    if form == Form::Nominal && word.rel == "compound" && kind == Kind::Person && score < DESCRIBING {
        return None;
    }
    // "Who is 71".
    if word.pos == Pos::Num && language.children(token).any(|c| language.words[c.at()].rel == "cop") {
        return None;
    }
    let mut kind = kinds::of_description(kind, word, &lower);
    if matches!(kind, Kind::Person | Kind::Group) && kinds::is_armed_body(language, token) {
        kind = Kind::Organisation;
    }
    if kind == Kind::Organisation && word.plural == Some(true) && kinds::suffers_as_people(language, token) {
        kind = Kind::Group;
    }
    let tokens = phrases::noun_phrase(language, token);
    if form == Form::Nominal
        && kind == Kind::Organisation
        && let Some(name) = bodies::body(text, language, token, tokens)
    {
        return Some(mention(text, name, phrases::whole(language, token), token, kind, Form::Name, score));
    }
    Some(mention(text, tokens, phrases::whole(language, token), token, kind, form, score))
}

/// Whether a word can head a description: not "the", not "armed" in "armed men", not "dead" in "shot dead"; "the dead" and
/// "five dead" can.
fn can_head(language: &Language, token: TokenId) -> bool {
    let word = &language.words[token.at()];
    let beside = matches!(word.rel, "amod" | "det" | "nummod" | "advmod" | "aux" | "aux:pass" | "cop" | "mark" | "cc");
    match word.pos {
        _ if beside => false,
        Pos::Noun | Pos::Propn | Pos::Pron | Pos::Num => true,
        Pos::Adj | Pos::Verb => {
            let counted = language.children(token).any(|c| language.words[c.at()].rel == "nummod");
            counted || phrases::has_determiner(language, token)
        }
        _ => false,
    }
}

fn mention(text: &Text, tokens: Tokens, phrase: Tokens, head: TokenId, kind: Kind, form: Form, score: f32) -> Mention {
    let (span, phrase) = (text.span(tokens), text.span(phrase));
    Mention { tokens, span, phrase: phrase.join(span), head, kind, form, entity: EntityId(0), score }
}

/// The word of a range that hangs on none of the others; the last of several.
fn outermost(language: &Language, tokens: Tokens) -> TokenId {
    let out = |t: &TokenId| {
        let head = language.words[t.at()].head;
        head == *t || !tokens.contains(head)
    };
    tokens.iter().rev().find(out).unwrap_or(TokenId(tokens.end.saturating_sub(1)))
}
