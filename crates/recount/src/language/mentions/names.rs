//! Names of persons, organisations, places and other things, decoded from the model's name head.

use std::collections::BTreeMap;

use super::super::Kind;
use super::{demonyms, spans};
use crate::model::{Head, Reading};
use crate::span::{TokenId, Tokens};
use crate::text::Text;

/// A bare name, without title and article.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    pub tokens: Tokens,
    pub kind: Kind,
    /// Probability that these words are a name.
    pub score: f32,
    /// Mean log-probability of each of [`KINDS`] over these words, and over all places of this name in the report.
    pub own: [f32; 4],
    pub votes: [f32; 4],
    /// How often the report has this name.
    pub times: usize,
}

/// The kinds that the model tells apart, in the order of `KIND_LABELS`.
pub const KINDS: [Kind; 4] = [Kind::Person, Kind::Organisation, Kind::Place, Kind::Other];
const KIND_LABELS: [&str; 4] = ["person", "organisation", "place", "other"];

/// Titles that stand before a name and are no part of it.
const TITLES: [&str; 24] = [
    "mr",
    "mrs",
    "ms",
    "miss",
    "messrs",
    "dr",
    "prof",
    "sir",
    "gen",
    "lt",
    "col",
    "maj",
    "capt",
    "cmdr",
    "sgt",
    "cpl",
    "adm",
    "brig",
    "gov",
    "sen",
    "rep",
    "rev",
    "pres",
    "president",
];

/// Forms of companies, which stand behind a comma and belong to the name.
const COMPANIES: [&str; 8] = ["inc", "ltd", "corp", "llc", "co", "plc", "l.p", "gmbh"];

/// Added to the log-probability of "no name": the model is a little too fond of names.
const DOUBT: f32 = 0.0;

/// The log-probabilities of a word that cannot be part of a name.
const NO_NAME: [f32; 9] = [0.0, -30.0, -30.0, -30.0, -30.0, -30.0, -30.0, -30.0, -30.0];

/// A repeated name that the model missed is taken where it holds a name for at least this likely.
const REPEATED: f32 = 0.1;

/// Finds the names. One string is one kind throughout the report, by the sum of its evidence.
pub fn names(text: &Text, reading: &Reading, labels: &[String]) -> Vec<Name> {
    let Some(columns) = Columns::of(labels) else { return Vec::new() };
    let chances: Vec<[f32; 9]> = (0..reading.words.min(text.tokens.len()))
        .map(|w| if spans::is_of_address(text, w) { NO_NAME } else { columns.chances(reading.tag(w, Head::Name)) })
        .collect();
    let mut spans: Vec<Tokens> = Vec::new();
    for sentence in &text.sentences {
        spans.extend(
            decode(&chances[sentence.tokens.range()]).into_iter().map(|(a, b)| Tokens {
                start: sentence.tokens.start + a as u32,
                end: sentence.tokens.start + b as u32,
            }),
        );
    }
    spans = spans.into_iter().filter_map(|s| bare(text, s)).map(|s| with_form(text, s)).collect();
    // "Iraqis", "Sunni": people, not a name.
    spans.retain(|s| !demonyms::is_demonym(text, *s));
    spans.dedup_by(|later, earlier| later.start < earlier.end);
    let repeats = repeated(text, &chances, &spans);
    spans.extend(repeats);
    spans.sort();
    let spans = hyphened(text, &chances, spans);
    let like = |tokens: Tokens, k: usize| best(&likelihoods(&chances, tokens)) == k;
    let spans = spans::mended(text, spans, |t| like(t, 0), |t| like(t, 1));
    let votes = votes(text, &chances, &spans);
    spans
        .into_iter()
        .map(|tokens| {
            let (counted, times) = &votes[&key(text, tokens)];
            let kind = KINDS[best(counted)];
            let score = tokens.range().map(|w| 1.0 - chances[w][0].exp()).sum::<f32>() / tokens.len() as f32;
            let (own, times) = (likelihoods(&chances, tokens), *times);
            Name { tokens, kind, score, own, votes: counted.map(|v| v / times.max(1) as f32), times }
        })
        .collect()
}

/// Persons' names whole where the model took a part: "Jean-Luc Martin" where it read "Jean" and "Martin".
fn hyphened(text: &Text, chances: &[[f32; 9]], spans: Vec<Tokens>) -> Vec<Tokens> {
    let person = |t: u32| {
        let row = &chances[t as usize];
        let like = |k: usize| row[1 + 2 * k].max(row[2 + 2 * k]);
        (1..4).all(|k| like(0) >= like(k))
    };
    let word = |t: u32| text.word(TokenId(t));
    let joined = |a: u32| text.tokens[a as usize].span.end == text.tokens[a as usize + 1].span.start;
    let big = |t: u32| word(t).starts_with(char::is_uppercase);
    let end = chances.len().min(text.tokens.len()) as u32;
    let mut out: Vec<Tokens> = Vec::new();
    for mut span in spans {
        let next = span.end;
        if person(span.start)
            && next + 1 < end
            && word(next) == "-"
            && joined(next - 1)
            && joined(next)
            && big(next + 1)
        {
            span.end = next + 2;
        }
        match out.last_mut() {
            Some(last) if last.end >= span.start && last.iter().any(|t| word(t.0) == "-") && person(span.start) => {
                last.end = last.end.max(span.end)
            }
            _ => out.push(span),
        }
    }
    out
}

/// Which logits stand for what: outside, then begin and inside of each kind.
struct Columns([usize; 9]);

impl Columns {
    fn of(labels: &[String]) -> Option<Columns> {
        let find = |name: &str| labels.iter().position(|l| l == name);
        let mut columns = [find("O")?; 9];
        for (k, kind) in KIND_LABELS.iter().enumerate() {
            columns[1 + 2 * k] = find(&format!("B-{kind}"))?;
            columns[2 + 2 * k] = find(&format!("I-{kind}"))?;
        }
        Some(Columns(columns))
    }

    /// Logarithms of the probabilities.
    fn chances(&self, logits: &[f32]) -> [f32; 9] {
        let scores = self.0.map(|c| logits.get(c).copied().unwrap_or(0.0));
        let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let sum = scores.iter().map(|s| (s - top).exp()).sum::<f32>().ln() + top;
        scores.map(|s| s - sum)
    }
}

/// The likeliest spans of one sentence (Viterbi): an inside label only behind its own begin or inside label.
fn decode(chances: &[[f32; 9]]) -> Vec<(usize, usize)> {
    let mut from: Vec<[u8; 9]> = Vec::with_capacity(chances.len());
    let mut scores = [0.0f32; 9];
    for (w, chance) in chances.iter().enumerate() {
        let mut next = [f32::NEG_INFINITY; 9];
        let mut back = [0u8; 9];
        for label in 0..9 {
            let inside = label != 0 && label % 2 == 0;
            for (before, so_far) in scores.iter().enumerate() {
                let doubt = if label == 0 { DOUBT } else { 0.0 };
                let allowed = !inside || (w > 0 && (before == label || before + 1 == label));
                let score = so_far + chance[label] + doubt;
                if allowed && score > next[label] {
                    next[label] = score;
                    back[label] = before as u8;
                }
            }
        }
        scores = next;
        from.push(back);
    }
    let mut label = best(&scores);
    let mut labels = vec![0; chances.len()];
    for w in (0..chances.len()).rev() {
        labels[w] = label;
        label = from[w][label] as usize;
    }
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (w, &label) in labels.iter().enumerate() {
        match (label, out.last_mut()) {
            (0, _) => {}
            (inside, Some(last)) if inside % 2 == 0 && last.1 == w => last.1 = w + 1,
            _ => out.push((w, w + 1)),
        }
    }
    out
}

/// Index of the highest score, the first of equals.
fn best(scores: &[f32]) -> usize {
    let mut top = 0;
    for (i, s) in scores.iter().enumerate() {
        if *s > scores[top] {
            top = i;
        }
    }
    top
}

/// A name without the title and article before it and the marks around it; none where nothing with a letter is left.
fn bare(text: &Text, mut tokens: Tokens) -> Option<Tokens> {
    let word = |t: u32| text.word(TokenId(t));
    let dispensable = |w: &str| {
        let plain = w.trim_end_matches('.').to_lowercase();
        plain == "the" || TITLES.contains(&plain.as_str()) || !w.contains(char::is_alphanumeric)
    };
    while tokens.len() > 1 && dispensable(word(tokens.start)) {
        tokens.start += 1;
    }
    let trailing = |w: &str| matches!(w, "'s" | "’s") || !w.contains(char::is_alphanumeric);
    while tokens.len() > 1 && trailing(word(tokens.end - 1)) {
        tokens.end -= 1;
    }
    let says = tokens.range().any(|t| word(t as u32).contains(char::is_alphabetic));
    (says && !(tokens.len() == 1 && dispensable(word(tokens.start)))).then_some(tokens)
}

/// With the form of a company behind it: "Arl Shipping, Inc."
fn with_form(text: &Text, tokens: Tokens) -> Tokens {
    let end = tokens.end as usize;
    let word = |at: usize| text.tokens.get(at).map_or("", |t| text.words(t.span));
    let form = word(end + 1).trim_end_matches('.').to_lowercase();
    let sentence =
        text.tokens.get(end + 1).map(|t| t.sentence) == text.tokens.get(end.saturating_sub(1)).map(|t| t.sentence);
    let behind = word(end) == "," && sentence && COMPANIES.contains(&form.as_str());
    Tokens { start: tokens.start, end: tokens.end + if behind { 2 } else { 0 } }
}

/// The words of a name in lower case.
fn key(text: &Text, tokens: Tokens) -> Vec<String> {
    tokens.iter().map(|t| text.word(t).to_lowercase()).collect()
}

/// For each name the log-probability of every kind, summed over its places in the report. A surname alone also has the
/// votes of the full names that end in it.
fn votes(text: &Text, chances: &[[f32; 9]], spans: &[Tokens]) -> BTreeMap<Vec<String>, ([f32; 4], usize)> {
    let mut votes: BTreeMap<Vec<String>, ([f32; 4], usize)> = BTreeMap::new();
    for &tokens in spans {
        let (sums, times) = votes.entry(key(text, tokens)).or_default();
        sums.iter_mut().zip(likelihoods(chances, tokens)).for_each(|(sum, own)| *sum += own);
        *times += 1;
    }
    let mut of_surname: BTreeMap<String, ([f32; 4], usize)> = BTreeMap::new();
    for (name, (sums, times)) in votes.iter().filter(|(name, (sums, _))| name.len() > 1 && best(&sums[..]) == 0) {
        if let Some(last) = name.last() {
            let (all, count) = of_surname.entry(last.clone()).or_default();
            all.iter_mut().zip(sums).for_each(|(a, s)| *a += s);
            *count += times;
        }
    }
    for (name, (sums, times)) in votes.iter_mut().filter(|(name, _)| name.len() == 1) {
        if let Some((more, count)) = of_surname.get(&name[0]) {
            sums.iter_mut().zip(more).for_each(|(s, m)| *s += m);
            *times += count;
        }
    }
    votes
}

/// The mean log-probability of each kind over words.
fn likelihoods(chances: &[[f32; 9]], tokens: Tokens) -> [f32; 4] {
    std::array::from_fn(|k| {
        let kind = |w: usize| (chances[w][1 + 2 * k].exp() + chances[w][2 + 2 * k].exp()).max(1e-4).ln();
        tokens.range().map(kind).sum::<f32>() / tokens.len().max(1) as f32
    })
}

/// Places where a name of the report stands again, written the same, and the model was in doubt.
fn repeated(text: &Text, chances: &[[f32; 9]], spans: &[Tokens]) -> Vec<Tokens> {
    let mut known: BTreeMap<&str, Vec<Tokens>> = BTreeMap::new();
    let mut taken = vec![false; chances.len()];
    for &tokens in spans {
        taken[tokens.range()].fill(true);
        let first = text.word(TokenId(tokens.start));
        if first.chars().next().is_some_and(char::is_uppercase) {
            let same = known.entry(first).or_default();
            // One of each string: the first.
            if !same.iter().any(|&s| key(text, s) == key(text, tokens)) {
                same.push(tokens);
            }
        }
    }
    for same in known.values_mut() {
        same.sort_by_key(|s| std::cmp::Reverse(s.len()));
    }
    let mut out = Vec::new();
    let mut at = 0;
    while at < chances.len() {
        let found = known.get(text.word(TokenId::from(at))).and_then(|same| {
            same.iter().map(|s| Tokens::new(at, at + s.len())).zip(same).find(|(here, s)| {
                here.end as usize <= chances.len()
                    && !taken[here.range()].contains(&true)
                    && here.iter().zip(s.iter()).all(|(a, b)| text.word(a) == text.word(b))
                    && here.range().all(|w| 1.0 - chances[w][0].exp() >= REPEATED)
            })
        });
        match found {
            Some((here, _)) => {
                out.push(here);
                at = here.end as usize;
            }
            None => at += 1,
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::span::{SentenceId, Span};
    use crate::text::{Sentence, Token};

    /// A text of one sentence whose words are parted by blanks.
    fn text(source: &str) -> Text {
        let mut at = 0;
        let tokens: Vec<Token> = source
            .split(' ')
            .map(|w| {
                let span = Span::new(at, at + w.len());
                at += w.len() + 1;
                Token { span, sentence: SentenceId(0), quoted: false }
            })
            .collect();
        let sentence =
            Sentence { span: Span::new(0, source.len()), tokens: Tokens::new(0, tokens.len()), paragraph: 0 };
        Text { source: source.into(), tokens, sentences: vec![sentence], ..Text::default() }
    }

    fn labels() -> Vec<String> {
        let kinds = KIND_LABELS.iter().flat_map(|k| [format!("B-{k}"), format!("I-{k}")]);
        std::iter::once("O".into()).chain(kinds).collect()
    }

    fn reading(rows: Vec<[f32; 9]>) -> Reading {
        Reading {
            words: rows.len(),
            width: 9,
            ranges: vec![(0, 9); 11],
            tags: rows.into_iter().flatten().collect(),
            ..Reading::default()
        }
    }

    /// A row sure of one label by `by`.
    fn sure(label: usize, by: f32) -> [f32; 9] {
        let mut row = [0.0; 9];
        row[label] = by;
        row
    }

    #[test]
    fn a_name_is_bare_and_one_string_has_one_kind() {
        let t = text("The Mr. Dov Arl 's aide met Arl");
        let rows = [(0, 9.0), (1, 9.0), (2, 9.0), (2, 9.0), (2, 1.0), (0, 9.0), (0, 9.0), (5, 2.5)];
        let found = names(&t, &reading(rows.map(|(l, b)| sure(l, b)).into()), &labels());
        let spans: Vec<_> = found.iter().map(|n| (n.tokens, n.kind)).collect();
        assert_eq!(spans, [(Tokens::new(2, 4), Kind::Person), (Tokens::new(7, 8), Kind::Person)]);
    }

    #[test]
    fn a_name_missed_once_is_found_by_its_other_places() {
        let t = text("Arl fell . Arl rose");
        let rows = [sure(5, 9.0), sure(0, 9.0), sure(0, 9.0), sure(0, 3.0), sure(0, 9.0)];
        let found = names(&t, &reading(rows.into()), &labels());
        assert_eq!(found.len(), 2);
    }

    proptest! {
        #[test]
        fn any_scores_give_names_in_order_without_overlap(
            rows in prop::collection::vec(prop::array::uniform9(-5.0f32..5.0), 1..30),
            words in prop::collection::vec("(the|Mr\\.|Arl|Dov|'s|,|war|É)", 30),
        ) {
            let t = text(&words[..rows.len()].join(" "));
            let found = names(&t, &reading(rows), &labels());
            prop_assert!(found.windows(2).all(|w| w[0].tokens.end <= w[1].tokens.start));
        }
    }
}
