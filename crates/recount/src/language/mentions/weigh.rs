//! Which of the model's candidates are names, and of which kind: its scores weighed with what the words, the sentence, the
//! rest of the report and the gazetteer say.
//!
//! A multinomial logistic regression. Its weights stand in `names.tsv`, made by `training/names.py` on texts that the
//! network was not trained on.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::super::{Kind, Language, Pos, entities::lexicon};
use super::clues::{CLUES, rows};
use super::names::{KINDS, Name};
use crate::gazetteer::{Class, Gazetteer, Naming};
use crate::model::{Head, Model};
use crate::span::{TokenId, Tokens};
use crate::text::Text;

/// Number of classes: [`KINDS`] and "no name".
const CLASSES: usize = 5;

/// A candidate is kept while "no name" is at most this likely: where F1 is best on the texts that the weights are from.
const NO_NAME: f32 = 0.4;

/// One row a clue, a column each of [`KINDS`] and "no name".
static WEIGHTS: LazyLock<[[f32; CLASSES]; CLUES.len()]> = LazyLock::new(|| {
    let mut out = [[0.0; CLASSES]; CLUES.len()];
    for line in recount_data::NAMES.lines().filter(|l| !l.starts_with('#')) {
        let mut cells = line.split('\t');
        let Some(row) = cells.next().and_then(|name| CLUES.iter().position(|c| *c == name)) else { continue };
        for (weight, cell) in out[row].iter_mut().zip(cells) {
            *weight = cell.parse().unwrap_or(0.0);
        }
    }
    out
});

/// The candidates that are names, each with its kind.
pub fn weighed(text: &Text, language: &Language, model: &Model, gazetteer: &Gazetteer, names: Vec<Name>) -> Vec<Name> {
    let clues = rows(text, language, model, gazetteer, &names);
    let mut chances: Vec<[f32; CLASSES]> = clues.iter().map(probabilities).collect();
    for (_, chance) in names.iter().zip(&mut chances).filter(|(n, _)| super::spans::is_body(text, n.tokens)) {
        bodily(chance);
    }
    let last = |n: &Name| text.word(TokenId(n.tokens.end - 1));
    let surnames: BTreeSet<&str> = names.iter().filter(|n| n.tokens.len() > 1).map(last).collect();
    let sure = |(n, chance): &(&Name, &[f32; CLASSES])| n.tokens.len() == 1 && chance[CLASSES - 1] < 0.15;
    let alone: BTreeSet<&str> = names.iter().zip(&chances).filter(sure).map(|(n, _)| last(n)).collect();
    for (name, chance) in names.iter().zip(&mut chances) {
        if name.tokens.len() > 1 && alone.contains(last(name)) {
            // "Kassym-Jomart Tokayev" where the report goes on with "Tokayev".
            chance[CLASSES - 1] *= 0.3;
        }
        let Some(kind) = no_person(text, language, gazetteer, name.tokens, &surnames) else { continue };
        impersonal(chance, kind);
        if language.reading.chance(name.tokens.start as usize, Head::Pos, Pos::Propn as usize) > 0.8 {
            // A proper noun of which the model does not know the kind.
            chance[CLASSES - 1] *= 0.5;
        }
    }
    agreed(text, names, &chances)
}

/// One string is one kind throughout the report, and where it is written alike it is a name at all its places or at none.
fn agreed(text: &Text, names: Vec<Name>, chances: &[[f32; CLASSES]]) -> Vec<Name> {
    let mut of_name: BTreeMap<String, [f32; 4]> = BTreeMap::new();
    let mut none: BTreeMap<&str, Vec<f32>> = BTreeMap::new();
    let mean = |of: &Vec<f32>| of.iter().sum::<f32>() / of.len() as f32;
    for (name, chance) in names.iter().zip(chances) {
        let sums = of_name.entry(key(text, name.tokens)).or_default();
        sums.iter_mut().zip(chance).for_each(|(sum, c)| *sum += c.max(1e-4).ln());
        none.entry(text.words(text.span(name.tokens))).or_default().push(chance[4]);
    }
    let mut out = Vec::with_capacity(names.len());
    for mut name in names {
        let none = mean(&none[text.words(text.span(name.tokens))]);
        if none > NO_NAME {
            continue;
        }
        let sums = &of_name[&key(text, name.tokens)];
        let best = (0..4).fold(0, |best, k| if sums[k] > sums[best] { k } else { best });
        name.kind = KINDS[best];
        name.score = 1.0 - none;
        out.push(name);
    }
    out
}

/// A name that ends as only bodies' names do is that of a body, which the texts that the weights are from have too few of
/// to show.
fn bodily(chance: &mut [f32; CLASSES]) {
    const ODDS: f32 = 8.0;
    chance[1] = chance[1].max(0.05) * ODDS;
    let sum: f32 = chance.iter().sum();
    chance.iter_mut().for_each(|c| *c /= sum);
}

/// What spoke for a person speaks for another kind of name.
fn impersonal(chance: &mut [f32; CLASSES], kind: Kind) {
    const LEFT: f32 = 0.05;
    let moved = chance[0] * (1.0 - LEFT);
    chance[0] -= moved;
    chance[KINDS.iter().position(|k| *k == kind).unwrap_or(CLASSES - 2)] += moved;
}

/// What a single word is that speaks and acts without being a person: "the Kremlin", a well-known body, or a country or
/// capital that nobody in the report is called by.
fn no_person(
    text: &Text,
    language: &Language,
    gazetteer: &Gazetteer,
    tokens: Tokens,
    surnames: &BTreeSet<&str>,
) -> Option<Kind> {
    let word = text.word(TokenId(tokens.start));
    if tokens.len() != 1 || surnames.contains(word) || lexicon::given_gender(&word.to_lowercase()).is_some() {
        return None;
    }
    let grammar = language.words.get(tokens.start as usize)?;
    let before = tokens.start.checked_sub(1).map_or("", |t| text.word(TokenId(t)));
    if lexicon::organisation(word, None).is_some() || lexicon::seat(word).is_some() {
        return Some(Kind::Organisation);
    }
    let state = |n: &Naming| matches!(gazetteer.place(n.row).class, Class::Country | Class::Capital);
    if gazetteer.toponyms(word).iter().any(state) {
        return Some(Kind::Place);
    }
    // "The Pelosi attack", "the Clintons".
    let alone = !matches!(grammar.rel, "compound" | "flat" | "amod" | "nmod:poss") && grammar.plural != Some(true);
    (alone && before.eq_ignore_ascii_case("the")).then_some(Kind::Organisation)
}

fn probabilities(row: &[f32; CLUES.len()]) -> [f32; CLASSES] {
    let mut scores = [0.0; CLASSES];
    for (clue, weights) in row.iter().zip(WEIGHTS.iter()) {
        scores.iter_mut().zip(weights).for_each(|(s, w)| *s += clue * w);
    }
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let raised = scores.map(|s| (s - top).exp());
    let sum: f32 = raised.iter().sum();
    raised.map(|r| r / sum)
}

fn key(text: &Text, tokens: Tokens) -> String {
    tokens.iter().map(|t| text.word(t).to_lowercase()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::{Article, Source};

    #[test]
    fn a_string_is_a_name_at_all_its_places_or_at_none() {
        let article = Article::from_plain(b"Arl met Tolme. Arl and Tolme left.", &Source::default());
        let text = Text::of(&article.expect("plain text"));
        let at = |start: u32| Name {
            tokens: Tokens { start, end: start + 1 },
            kind: Kind::Other,
            score: 0.0,
            own: [0.0; 4],
            votes: [0.0; 4],
            times: 2,
        };
        // "Arl" is surely a name at its first place and in doubt at its second; "Tolme" is in doubt at both.
        let chances = [
            [0.8, 0.1, 0.0, 0.0, 0.1],
            [0.1, 0.1, 0.0, 0.0, 0.8],
            [0.1, 0.4, 0.0, 0.0, 0.5],
            [0.4, 0.1, 0.0, 0.0, 0.5],
        ];
        let found = agreed(&text, vec![at(0), at(2), at(4), at(6)], &chances);
        let found: Vec<_> = found.iter().map(|n| (n.tokens.start, n.kind)).collect();
        assert_eq!(found, [(0, Kind::Person), (4, Kind::Person)]);
    }
}
