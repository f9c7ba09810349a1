//! What speaks for a candidate's being a name, and of which kind: its words, its sentence, the rest of the report and the
//! gazetteer.

use std::collections::BTreeSet;

use super::super::{Language, Pos, entities::lexicon};
use super::kinds;
use super::names::Name;
use crate::gazetteer::{Class, Gazetteer};
use crate::model::{Head, Model};
use crate::span::{TokenId, Tokens};
use crate::text::Text;

/// What is looked at, by name, in the order of [`Clues::of`].
pub const CLUES: [&str; 81] = [
    "one",
    "own_person",
    "own_organisation",
    "own_place",
    "own_other",
    "report_person",
    "report_organisation",
    "report_place",
    "report_other",
    "outside",
    "outside_weakest",
    "often",
    "head_none",
    "head_person",
    "head_organisation",
    "head_place",
    "head_thing",
    "propn",
    "noun",
    "adj",
    "verb",
    "propn_least",
    "plural",
    "lower",
    "capitals",
    "capitals_long",
    "inner_capital",
    "digit",
    "letter",
    "first_of_sentence",
    "first_and_alone",
    "headline",
    "text_lower",
    "lower_elsewhere",
    "country",
    "city",
    "town",
    "unknown_place",
    "body_last",
    "body_within",
    "facility_last",
    "land",
    "given",
    "initial",
    "behind_title",
    "behind_role",
    "behind_in",
    "behind_to",
    "behind_the",
    "behind_body",
    "behind_by",
    "behind_mark",
    "possessive",
    "hyphen_before",
    "hyphen_behind",
    "dot_glued",
    "before_regime",
    "before_body",
    "before_comma_place",
    "short_for",
    "words_2",
    "words_3",
    "words_4",
    "of_within",
    "subject",
    "oblique",
    "noun_modifier",
    "compound",
    "flat",
    "conjunct",
    "alone",
    "bracketed",
    "of_speech",
    "ends_ists",
    "slash",
    "lower_known",
    "greeting",
    "text_capitals",
    "behind_greeting",
    "signature",
    "known_organisation",
];

/// The clues of each candidate, in order: what the weights are learnt from.
pub fn rows(
    text: &Text,
    language: &Language,
    model: &Model,
    gazetteer: &Gazetteer,
    names: &[Name],
) -> Vec<[f32; CLUES.len()]> {
    let report = Report::of(text, names);
    let clues = Clues { text, language, gazetteer, labels: model.labels(Head::Mention), report };
    names.iter().map(|n| clues.of(n)).collect()
}

/// What the whole report says about single words.
struct Report {
    /// Words that it has in lower case.
    lower: BTreeSet<String>,
    /// Capitals that its longer names shorten to: "UN".
    initials: BTreeSet<String>,
    /// Hardly any word begins with a capital.
    small: bool,
}

impl Report {
    fn of(text: &Text, names: &[Name]) -> Report {
        let words = || text.tokens.iter().map(|t| text.words(t.span));
        let lower = words().filter(|w| w.starts_with(char::is_lowercase)).map(str::to_owned).collect();
        let letters = words().filter(|w| w.starts_with(char::is_alphabetic)).count();
        let capitals = words().filter(|w| w.starts_with(char::is_uppercase)).count();
        let mut initials = BTreeSet::new();
        for name in names.iter().filter(|n| n.tokens.len() > 1) {
            let whole: Vec<char> =
                name.tokens.iter().filter_map(|t| text.word(t).chars().next().filter(|c| c.is_uppercase())).collect();
            if whole.len() > 1 {
                initials.insert(whole.iter().collect());
            }
        }
        Report { lower, initials, small: capitals * 50 < letters }
    }
}

struct Clues<'a> {
    text: &'a Text,
    language: &'a Language,
    gazetteer: &'a Gazetteer,
    labels: &'a [String],
    report: Report,
}

impl Clues<'_> {
    fn of(&self, name: &Name) -> [f32; CLUES.len()] {
        let tokens = name.tokens;
        let (first, last) = (tokens.start as usize, tokens.end as usize - 1);
        let sentence = self.sentence(first);
        let word = |t: usize| self.word(t);
        let inside = |t: usize| sentence.contains(TokenId::from(t));
        let before = first.checked_sub(1).filter(|&t| inside(t)).map_or("", word);
        let behind = if inside(last + 1) { word(last + 1) } else { "" };
        let joined_before = first > 0 && self.joined(first - 1);
        let joined_behind = self.joined(last);
        let lower_before = before.to_lowercase();
        let lower_behind = behind.to_lowercase();
        let whole = self.text.words(self.text.span(tokens));
        let lower_last = word(last).to_lowercase();
        let mut out = [0.0; CLUES.len()];
        let mut at = 0;
        let mut say = |value: f32| {
            out[at] = value;
            at += 1;
        };
        let yes = |b: bool| if b { 1.0 } else { 0.0 };

        say(1.0);
        name.own.iter().chain(&name.votes).for_each(|v| say(v.max(-6.0)));
        let outside = |t: usize| self.language.reading.chance(t, Head::Name, 0);
        let (sum, weakest) = tokens.range().fold((0.0, 0.0f32), |(s, w), t| (s + outside(t), w.max(outside(t))));
        say((sum / tokens.len() as f32).max(0.002).ln().max(-6.0));
        say(weakest);
        say((name.times as f32).ln_1p());

        let head = self.head(tokens);
        let label = |l: &str| {
            self.labels
                .iter()
                .position(|x| x == l)
                .map_or(0.0, |i| self.language.reading.chance(head.at(), Head::Mention, i))
        };
        say(label("none"));
        say(label("person"));
        say(label("organisation"));
        say(label("place"));
        say(label("object") + label("event") + label("time") + label("other"));

        let pos = |t: usize, p: Pos| self.language.reading.chance(t, Head::Pos, p as usize);
        let mean = |p: Pos| tokens.range().map(|t| pos(t, p)).sum::<f32>() / tokens.len() as f32;
        say(mean(Pos::Propn));
        say(mean(Pos::Noun));
        say(mean(Pos::Adj));
        say(mean(Pos::Verb));
        say(tokens.range().map(|t| pos(t, Pos::Propn)).fold(1.0, f32::min));
        let grammar = self.language.words.get(head.at());
        say(yes(grammar.is_some_and(|w| w.plural == Some(true))));

        let letters = || whole.chars().filter(|c| c.is_alphabetic());
        let capitals = letters().next().is_some() && letters().all(char::is_uppercase);
        say(yes(letters().all(char::is_lowercase)));
        let shouted = self.shouted(sentence);
        say(yes(capitals && !shouted && letters().count() > 1 && letters().count() < 6));
        say(yes(capitals && !shouted && letters().count() >= 6));
        say(yes(!capitals && tokens.iter().any(|t| self.text.word(t).chars().skip(1).any(char::is_uppercase))));
        say(yes(whole.contains(|c: char| c.is_ascii_digit())));
        say(yes(whole.chars().count() == 1));
        let opens = first == sentence.start as usize;
        say(yes(opens));
        say(yes(opens && tokens.len() == 1));
        say(self.headline(sentence));
        say(yes(self.report.small));
        say(yes(tokens.iter().any(|t| {
            let word = self.text.word(t);
            word.chars().count() > 3 && self.report.lower.contains(&word.to_lowercase())
        })));

        let (country, city, town) = self.known(whole);
        say(yes(country));
        say(yes(city && !country));
        say(yes(town && !city && !country));
        say(yes(!town));

        let body = |w: &str| lexicon::is_body(w) || listed(BODIES, w);
        say(yes(body(&lower_last)));
        say(yes(tokens.range().take(tokens.len() - 1).any(|t| body(&word(t).to_lowercase()))));
        say(yes(kinds::is_facility(&lower_last)));
        say(yes(tokens.range().any(|t| is_land(&word(t).to_lowercase()))));
        say(yes(lexicon::given_gender(&word(first).to_lowercase()).is_some()));
        say(yes(tokens.range().any(|t| word(t).len() == 2 && word(t).ends_with('.'))));

        say(yes(lexicon::title(&lower_before).is_some()));
        let role = |w: &str| !w.is_empty() && lexicon::sector(&[w.to_owned()]).is_some();
        say(yes(role(&lower_before)));
        say(yes(matches!(lower_before.as_str(), "in" | "across" | "throughout" | "near")));
        say(yes(matches!(lower_before.as_str(), "to" | "from" | "at" | "into" | "around")));
        say(yes(lower_before == "the"));
        say(yes(body(&lower_before)));
        say(yes(matches!(lower_before.as_str(), "by" | "with" | "and")));
        say(yes(!before.is_empty() && !before.contains(char::is_alphanumeric)));
        say(yes(matches!(behind, "'s" | "’s" | "'" | "’")));
        say(yes(before == "-" && joined_before));
        say(yes(behind == "-" && joined_behind));
        let dotted = |mark: &str, joined: bool| joined && matches!(mark, "." | "@" | "_");
        say(yes(dotted(behind, joined_behind && self.joined(last + 1)) || dotted(before, joined_before)));
        say(yes(matches!(lower_behind.as_str(), "administration" | "regime" | "campaign" | "family" | "presidency")));
        say(yes(body(&lower_behind)));
        let next = if inside(last + 2) { word(last + 2) } else { "" };
        say(yes(behind == "," && self.known(next).1));
        say(yes(capitals && tokens.len() == 1 && self.report.initials.contains(whole)));
        say(yes(tokens.len() == 2));
        say(yes(tokens.len() == 3));
        say(yes(tokens.len() > 3));
        say(yes(tokens.range().any(|t| matches!(word(t), "of" | "for" | "and" | "&"))));

        let rel = grammar.map_or("", |w| w.rel);
        say(yes(rel.starts_with("nsubj")));
        say(yes(rel.starts_with("obl")));
        say(yes(rel.starts_with("nmod")));
        say(yes(rel == "compound"));
        say(yes(rel == "flat"));
        say(yes(rel == "conj"));
        say(yes(sentence.len() <= tokens.len() + 1));
        say(yes(before == "(" || before == "["));
        let source = 1.0 - self.language.reading.chance(head.at(), Head::Source, 0);
        say(source);
        say(yes(["ists", "ites", "ians", "eans"].iter().any(|e| lower_last.ends_with(e))));
        say(yes((before == "/" && joined_before) || (behind == "/" && joined_behind)));
        say(yes(letters().all(char::is_lowercase) && city));
        let capital = |w: &str| w.starts_with(char::is_uppercase);
        let closes = last + 1 == sentence.end as usize;
        say(yes(opens && capital(whole) && matches!(behind, "," | ":" | "-") && (next.is_empty() || capital(next))));
        say(yes(shouted));
        say(yes(matches!(lower_before.as_str(), "dear" | "hi" | "hello" | "hey" | "thanks" | "regards")));
        say(yes(closes && sentence.len() <= tokens.len() + 2));
        say(yes(lexicon::organisation(&joined_words(self.text, tokens), None).is_some()));
        debug_assert_eq!(at, CLUES.len());
        out
    }

    /// Whether a sentence has capitals only.
    fn shouted(&self, sentence: Tokens) -> bool {
        sentence.len() > 3 && !sentence.iter().any(|t| self.text.word(t).contains(char::is_lowercase))
    }

    /// The share of a sentence's longer words that begin with a capital, where it has enough to tell.
    fn headline(&self, sentence: Tokens) -> f32 {
        let long = || sentence.iter().map(|t| self.text.word(t)).filter(|w| w.chars().count() > 3);
        let all = long().count();
        let big = long().filter(|w| w.starts_with(char::is_uppercase)).count();
        if all < 3 { 0.5 } else { big as f32 / all as f32 }
    }

    /// Whether the gazetteer knows words as a country; as that, a division, a capital or a large town; as any place.
    fn known(&self, words: &str) -> (bool, bool, bool) {
        const LARGE: u32 = 100_000;
        let found = self.gazetteer.toponyms(words);
        let any = |test: fn(Class, u32) -> bool| {
            found.iter().any(|n| {
                let place = self.gazetteer.place(n.row);
                test(place.class, place.population)
            })
        };
        let country = any(|c, _| c == Class::Country);
        let city = any(|c, p| {
            matches!(c, Class::Country | Class::Division | Class::Capital | Class::Continent | Class::Region)
                || (c == Class::Town && p >= LARGE)
        });
        (country, city, !found.is_empty())
    }

    /// The word of a name that hangs on none of its others.
    fn head(&self, tokens: Tokens) -> TokenId {
        super::outermost(self.language, tokens)
    }

    fn sentence(&self, token: usize) -> Tokens {
        let found = self.text.tokens.get(token).and_then(|t| self.text.sentences.get(t.sentence.at()));
        found.map_or(Tokens::new(token, token + 1), |s| s.tokens)
    }

    fn word(&self, token: usize) -> &str {
        self.text.tokens.get(token).map_or("", |t| self.text.words(t.span))
    }

    /// Whether nothing stands between a token and the next.
    fn joined(&self, token: usize) -> bool {
        let next = self.text.tokens.get(token + 1);
        self.text.tokens.get(token).zip(next).is_some_and(|(a, b)| a.span.end == b.span.start)
    }
}

/// The words as written, hyphens without blanks.
fn joined_words(text: &Text, tokens: Tokens) -> String {
    text.words(text.span(tokens)).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a word in lower case belongs to the names of lands and waters.
pub fn is_land(word: &str) -> bool {
    listed(LAND, word)
}

fn listed(words: &str, word: &str) -> bool {
    words.split_whitespace().any(|w| w == word)
}

/// More words of organisations' names than those that say what body it is.
const BODIES: &str = "inc inc. corp corp. ltd ltd. llc co co. plc gmbh news times post press journal tribune \
    herald guardian magazine radio television airlines airways motors systems services \
    industries holdings partners associates bureau jihad brigades guards guard navy nations \
    united international";

/// Words of the names of lands and waters.
const LAND: &str = "river lake mount mountain mountains valley county province district region island \
    islands sea ocean bay gulf cape peninsula desert hills hill coast strip bank north south \
    east west beach park";
