//! Descriptions that name a nation's one body: "Syrian state media", "Kazakhstan's Ministry of Interior".

use super::demonyms;
use crate::language::entities::lexicon::{self, Naming};
use crate::language::{Language, Pos};
use crate::span::{TokenId, Tokens};
use crate::text::Text;

/// What a state has one of to speak through.
const OUTLETS: &str = "media medium television tv radio broadcaster channel agency newspaper";

/// What makes an outlet the state's.
const STATES: &str = "state state-run state-owned state-controlled state-backed official national";

/// The words of the phrase `tokens`, headed by `head`, by which readers know one body: an outlet of a nation's state, or a
/// body of a nation written with a capital. None where the nation is not said, or the body is one of several.
pub fn body(text: &Text, language: &Language, head: TokenId, tokens: Tokens) -> Option<Tokens> {
    let word = |t: u32| text.word(TokenId(t));
    let big = |t: u32| word(t).starts_with(char::is_uppercase);
    let lemma = language.words[head.at()].lemma.to_lowercase();
    let listed = |list: &str, w: &str| list.split_whitespace().any(|l| l == w);
    let one_of_several = language.children(head).any(|c| {
        let w = &language.words[c.at()];
        w.rel == "nummod" || w.rel == "det" && !text.word(c).eq_ignore_ascii_case("the")
    });
    if one_of_several {
        return None;
    }
    let mut start = tokens.start.min(head.0);
    while start < head.0 && (word(start).eq_ignore_ascii_case("the") || !word(start).contains(char::is_alphanumeric)) {
        start += 1;
    }
    // "the minister who left Syrian state media": the nation stands first.
    nation(text, start, head.0)?;
    if listed(OUTLETS, &lemma) {
        let state = (start..head.0).any(|t| listed(STATES, &word(t).to_lowercase()));
        return state.then_some(Tokens { start, end: head.0 + 1 });
    }
    let named = big(head.0) && language.words[head.at()].plural != Some(true) && lexicon::is_body(&lemma);
    if !named || in_capitals(text, language, head) {
        return None;
    }
    // "of Interior", "of Health and Sport"
    let mut end = head.0 + 1;
    while end + 1 < tokens.end && matches!(word(end), "of" | "for" | "and") && big(end + 1) {
        end += 2;
        while end < tokens.end && big(end) {
            end += 1;
        }
    }
    Some(Tokens { start, end })
}

/// The country whose name or adjective stands at `start`, before `end`.
fn nation(text: &Text, start: u32, end: u32) -> Option<&'static str> {
    (1..=3).rev().filter(|n| start + n <= end).find_map(|n| {
        let tokens = Tokens { start, end: start + n };
        let (code, naming) = lexicon::country(text.words(text.span(tokens)))?;
        let is = matches!(naming, Naming::Name | Naming::Adjective) || demonyms::is_demonym(text, tokens);
        is.then_some(code)
    })
}

/// Whether the sentence around a word writes most of its words with a capital, as headlines do.
fn in_capitals(text: &Text, language: &Language, at: TokenId) -> bool {
    let tokens = text.sentences[text.tokens[at.at()].sentence.at()].tokens;
    let full = |t: &TokenId| matches!(language.words[t.at()].pos, Pos::Noun | Pos::Verb | Pos::Adj | Pos::Adv);
    let big = |t: &TokenId| text.word(*t).starts_with(char::is_uppercase);
    let (all, capital) = tokens.iter().filter(full).fold((0, 0), |(n, k), t| (n + 1, k + usize::from(big(&t))));
    all > 0 && 2 * capital > all
}
