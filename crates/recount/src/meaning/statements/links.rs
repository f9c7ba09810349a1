//! Pieces put together: which cue each piece of content hangs on, and whose words they are.

use super::spans::{Piece, Spans};
use super::{Draft, Levels, edges};
use crate::evidence::Dropped;
use crate::language::Pos;
use crate::model::Pointer;
use crate::span::{TokenId, Tokens};
use std::collections::BTreeSet;

// What besides the pointers speaks for a link, in probability mass. By trial on the development half of PolNeAR.
const SAME_SENTENCE: f32 = 0.15;
const NEXT_TO: f32 = 0.3;
const HANGS_ON: f32 = 0.3;
const SAME_PARAGRAPH: f32 = 0.1;
const OTHER_PARAGRAPH: f32 = 0.4;
const GOES_ON: f32 = 0.3;
/// Against a source in another sentence than the cue.
const SOURCE_FAR: f32 = 0.4;
/// What must point over the end of a sentence from words that are not quoted.
const UNQUOTED_FAR: f32 = 0.5;
/// Below this a piece has no cue, a statement no source.
const CUE_FLOOR: f32 = 0.5;
const SOURCE_FLOOR: f32 = 0.3;
/// Statements with a lower mean probability are more often wrong than right.
const FLOOR: f32 = 0.71;
/// What must point to a word that no tag shows to make it a cue, or a source.
const POINTED_CUE: f32 = 0.35;
const POINTED_SOURCE: f32 = 0.35;
/// How sure the words must be that such a cue or source runs on over.
const RUN_FLOOR: f32 = 0.2;
/// A cue of which the model is as sure as of this is one, whatever it makes of the content.
const SURE_CUE: f32 = 0.9;
/// The longest run of words between such a cue and the comma behind it: "on Wednesday".
const ASIDE: u32 = 6;
/// How far a cue may stand from its content, in tokens: about the window that the model reads at once.
const REACH: u32 = 160;

/// A quotation whose words point to a cue that already has its content: its speaker goes on.
const ON_ITS_OWN: &str = "rule/quotation-goes-on";

pub(super) fn drafts(levels: Levels<'_>, spans: &mut Spans) -> Vec<Draft> {
    add_pointed_at(levels, spans);
    let spans = &*spans;
    let mut drafts = cued(levels, spans);
    let more = asides(levels, spans, &drafts);
    drafts.extend(more);
    for draft in drafts.iter_mut().filter(|d| d.by != ON_ITS_OWN) {
        choose_source(levels, spans, draft);
        complete(levels, draft);
        edges::settle(levels, draft);
    }
    // "The number is unknown": nobody says so.
    let state = |d: &Draft| d.cue.and_then(|c| levels.head(c)).is_some_and(|h| levels.word(h).pos == Pos::Adj);
    drafts.retain(|d| d.source.is_some() || !state(d));
    drafts.retain(|d| d.by == ON_ITS_OWN || (d.cue.is_some() || d.source.is_some()) && d.chance >= FLOOR);
    drafts
}

/// Adds the cues and sources that no tag shows but that the words of a content point to.
fn add_pointed_at(levels: Levels<'_>, spans: &mut Spans) {
    let mut cues = Vec::new();
    let mut sources = Vec::new();
    for piece in &spans.contents {
        if let Some((t, mass)) = pointed_at(levels, Pointer::ContentCue, piece.tokens)
            && mass >= POINTED_CUE
            && !spans.cues.iter().any(|c| c.tokens.contains(t))
        {
            cues.push(Piece { tokens: run(levels, &spans.cue, t, RUN_FLOOR), chance: mass, continues: false });
        }
        if let Some((t, mass)) = pointed_at(levels, Pointer::ContentSource, piece.tokens)
            && mass >= POINTED_SOURCE
            && !spans.sources.iter().any(|c| c.tokens.contains(t))
        {
            sources.push(Piece { tokens: run(levels, &spans.source, t, RUN_FLOOR), chance: mass, continues: false });
        }
    }
    for (found, all) in [(cues, &mut spans.cues), (sources, &mut spans.sources)] {
        for piece in found {
            if !all.iter().any(|c| c.tokens.overlaps(piece.tokens)) {
                all.push(piece);
            }
        }
        all.sort_by_key(|c| c.tokens);
    }
}

/// The word that the words of a piece point to most, outside the piece.
fn pointed_at(levels: Levels<'_>, pointer: Pointer, piece: Tokens) -> Option<(TokenId, f32)> {
    let targets = &levels.language.reading.pointers[pointer as usize];
    let mut masses: Vec<(u32, f32)> = Vec::new();
    let mut n = 0;
    for t in piece.iter().filter(|t| levels.word(*t).pos != Pos::Punct) {
        n += 1;
        for (target, p) in targets.get(t.at()).into_iter().flatten() {
            match masses.iter_mut().find(|(m, _)| m == target) {
                Some((_, mass)) => *mass += p,
                None => masses.push((*target, *p)),
            }
        }
    }
    masses.retain(|(t, _)| !piece.contains(TokenId(*t)) && (*t as usize) < levels.text.tokens.len());
    let best = masses.into_iter().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))?;
    Some((TokenId(best.0), best.1 / n.max(1) as f32))
}

/// The words from `first` on, in its sentence, that have a part with at least the probability `floor`.
fn run(levels: Levels<'_>, part: &[f32], first: TokenId, floor: f32) -> Tokens {
    let end = levels.sentence(first).end;
    let last = (first.0 + 1..end).take_while(|t| part[*t as usize] >= floor).last();
    Tokens { start: first.0, end: last.map_or(first.0 + 1, |t| t + 1) }
}

/// Contents with their cues: pieces of one cue are one statement.
fn cued(levels: Levels<'_>, spans: &Spans) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut of_cue: Vec<Option<usize>> = vec![None; spans.cues.len()];
    for piece in &spans.contents {
        if levels.head(piece.tokens).is_none() {
            continue;
        }
        let ranked = ranked_cues(levels, spans, piece);
        let best = ranked.first().filter(|(score, _)| *score >= CUE_FLOOR).copied();
        let dropped = ranked.iter().skip(1).take(2).filter(|(score, _)| *score >= 0.2).map(|(score, cue)| Dropped {
            what: format!("“{}” as the cue", words(levels, spans.cues[*cue].tokens)),
            why: "fewer words of the content point to it".to_owned(),
            score: Some(score.min(1.0)),
        });
        let row = best.and_then(|(_, cue)| of_cue[cue]);
        match row {
            Some(row) if goes_on(levels, &drafts[row], piece) => {
                drafts[row].content.push(piece.tokens);
                drafts[row].dropped.extend(dropped);
            }
            _ => {
                if let (Some((_, cue)), None) = (best, row) {
                    of_cue[cue] = Some(drafts.len());
                }
                let cue = best.filter(|_| row.is_none()).map(|(score, cue)| (score, &spans.cues[cue]));
                drafts.push(Draft {
                    source: None,
                    cue: cue.map(|(_, c)| c.tokens),
                    content: vec![piece.tokens],
                    carried: None,
                    by: if row.is_some() { ON_ITS_OWN } else { "model/attribution" },
                    chance: cue
                        .map_or(if row.is_some() { 0.9 * piece.chance } else { 0.5 * piece.chance }, |(s, c)| {
                            (piece.chance + c.chance + s.min(1.0)) / 3.0
                        }),
                    dropped: dropped.collect(),
                });
            }
        }
    }
    drafts
}

/// "The rebels, a spokesman said on Wednesday, have fled": a sure cue with its source between commas whose content the
/// model is too unsure of has the rest of its sentence.
fn asides(levels: Levels<'_>, spans: &Spans, drafts: &[Draft]) -> Vec<Draft> {
    let mut out = Vec::new();
    let of = |t: u32| levels.text.tokens[t as usize].sentence.at();
    let told = drafts.iter().flat_map(|d| d.cue.iter().chain(&d.content));
    let told: BTreeSet<usize> = told.filter(|t| !t.is_empty()).flat_map(|t| of(t.start)..=of(t.end - 1)).collect();
    for cue in spans.cues.iter().filter(|c| c.chance >= SURE_CUE && !told.contains(&of(c.tokens.start))) {
        let sentence = levels.sentence(TokenId(cue.tokens.start));
        let beside = |s: &&Piece| gap(s.tokens, cue.tokens) == 0 && sentence.contains(TokenId(s.tokens.start));
        let Some(source) = around(&spans.sources, sentence).find(beside) else { continue };
        let comma = |t: u32| levels.text.word(TokenId(t)) == ",";
        let start = source.tokens.start.min(cue.tokens.start);
        let end = source.tokens.end.max(cue.tokens.end);
        let quoted = (start..end).any(|t| levels.text.tokens[t as usize].quoted);
        let Some(before) = start.checked_sub(1).filter(|t| *t > sentence.start && comma(*t) && !quoted) else {
            continue;
        };
        let Some(behind) = (end..sentence.end.min(end + ASIDE)).find(|t| comma(*t)) else { continue };
        let content = [Tokens { start: sentence.start, end: before }, Tokens { start: behind + 1, end: sentence.end }];
        if content[1].len() < 2 || !content[1].iter().any(|t| levels.word(t).pos == Pos::Verb) {
            continue;
        }
        let words = content.iter().map(|c| c.len()).sum::<usize>() as f32;
        let shown = content.iter().flat_map(|c| c.iter()).map(|t| spans.content[t.at()]).sum::<f32>() / words;
        out.push(Draft {
            source: None,
            cue: Some(cue.tokens),
            content: content.to_vec(),
            carried: None,
            by: "rule/aside",
            chance: (shown + cue.chance + 1.0) / 3.0,
            dropped: Vec::new(),
        });
    }
    out
}

/// Whether a further piece with the same cue belongs to the same act of saying. A quotation that stands as sentences of
/// its own after an indirect statement is another one, with no cue.
fn goes_on(levels: Levels<'_>, draft: &Draft, piece: &Piece) -> bool {
    let quoted = |t: Tokens| {
        let words = t.iter().filter(|t| levels.word(*t).pos != Pos::Punct);
        let (all, inside) = words.fold((0, 0), |(n, k), t| (n + 1, k + levels.text.tokens[t.at()].quoted as usize));
        (all, inside)
    };
    let before = draft.content.iter().map(|c| quoted(*c)).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
    let (all, inside) = quoted(piece.tokens);
    let own_sentence = draft.cue.is_some_and(|cue| {
        levels.text.tokens[cue.start as usize].sentence != levels.text.tokens[piece.tokens.start as usize].sentence
    });
    !(own_sentence && before.1 == 0 && inside == all)
}

/// The cues that a piece of content may hang on, likeliest first.
fn ranked_cues(levels: Levels<'_>, spans: &Spans, piece: &Piece) -> Vec<(f32, usize)> {
    let head = levels.head(piece.tokens);
    let mut ranked: Vec<(f32, usize)> = Vec::new();
    let first = spans.cues.partition_point(|c| c.tokens.end + REACH < piece.tokens.start);
    let reach = Tokens { start: piece.tokens.start.saturating_sub(REACH), end: piece.tokens.end + REACH };
    // "The others are believed to be held": what follows a cue of its own sentence is said by no other.
    let follows_cue = around(&spans.cues, reach)
        .any(|c| c.tokens.end == piece.tokens.start && same_sentence(levels, piece.tokens, c.tokens));
    for (row, cue) in spans.cues.iter().enumerate().skip(first) {
        if cue.tokens.start > piece.tokens.end + REACH {
            break;
        }
        let mut mass = mass(levels, Pointer::ContentCue, piece.tokens, cue.tokens);
        if piece.tokens.overlaps(cue.tokens) && mass < 0.5 {
            continue;
        }
        let near = same_sentence(levels, piece.tokens, cue.tokens);
        // Only a quotation goes on over the sentence of its cue.
        let quoted = levels.text.tokens[piece.tokens.start as usize].quoted
            || levels.text.tokens[piece.tokens.end as usize - 1].quoted;
        if !quoted && !near && (mass < UNQUOTED_FAR || follows_cue) {
            continue;
        }
        if !quoted {
            // Pointers take a cue for another of the same words; the nearer one is meant.
            let twins = around(&spans.cues, reach).filter(|c| {
                let same = words(levels, c.tokens).eq_ignore_ascii_case(words(levels, cue.tokens));
                same && same_sentence(levels, piece.tokens, c.tokens) != near
            });
            let there =
                twins.map(|c| self::mass(levels, Pointer::ContentCue, piece.tokens, c.tokens)).reduce(|a, b| a + b);
            match there {
                Some(_) if !near => continue,
                Some(more) => mass += more,
                None => {}
            }
        }
        let mut score = mass;
        if near {
            score += SAME_SENTENCE;
            // "According to the mayor, …": the source may stand between.
            let between = around(&spans.sources, reach).map(|s| s.tokens).find(|s| {
                cue.tokens.end == s.start && s.end <= piece.tokens.start
                    || piece.tokens.end <= s.start && s.end == cue.tokens.start
            });
            if gap(piece.tokens, cue.tokens) <= 3 + between.map_or(0, |s| s.len() as u32) {
                score += NEXT_TO;
            }
            if head.is_some_and(|h| cue.tokens.contains(levels.word(h).head)) {
                score += HANGS_ON;
            }
        } else if levels.paragraph(TokenId(cue.tokens.start)) == levels.paragraph(TokenId(piece.tokens.start)) {
            // “…,” he said. “…”: what follows in the paragraph is by the same speaker.
            score += if quoted && cue.tokens.end <= piece.tokens.start { GOES_ON } else { SAME_PARAGRAPH };
        } else if !leads_in(levels, cue.tokens, piece.tokens) {
            score -= OTHER_PARAGRAPH;
        }
        ranked.push((score, row));
    }
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    ranked
}

/// The pieces that meet a stretch of the text.
fn around(pieces: &[Piece], stretch: Tokens) -> impl Iterator<Item = &Piece> {
    let first = pieces.partition_point(|p| p.tokens.end <= stretch.start);
    pieces[first..].iter().take_while(move |p| p.tokens.start < stretch.end)
}

/// "He went on:" — a cue whose paragraph ends in a colon leads to the next.
fn leads_in(levels: Levels<'_>, cue: Tokens, piece: Tokens) -> bool {
    let Some(before) = piece.start.checked_sub(1).filter(|b| *b >= cue.end) else { return false };
    let opening = |t: u32| "\"“„«‘'".contains(levels.text.word(TokenId(t)));
    let before = if opening(before) { before.saturating_sub(1) } else { before };
    levels.text.word(TokenId(before)) == ":" && levels.sentence(TokenId(before)).contains(TokenId(cue.start))
}

/// A statement without a cue takes the verb that its source is the subject of, one without a source the subject of its
/// cue, or of the verb that this is joined to: "he waved and said".
fn complete(levels: Levels<'_>, draft: &mut Draft) {
    let free = |t: TokenId, draft: &Draft| !draft.content.iter().any(|c| c.contains(t));
    match (draft.source, draft.cue) {
        (Some(source), None) => {
            let verb = levels.head(source).map(|h| levels.word(h).head);
            let verb = verb.filter(|v| {
                !source.contains(*v)
                    && free(*v, draft)
                    && levels.word(*v).pos == Pos::Verb
                    && same_sentence(levels, source, Tokens::new(v.at(), v.at() + 1))
            });
            draft.cue = verb.map(|v| Tokens::new(v.at(), v.at() + 1));
        }
        (None, Some(cue)) => {
            let Some(mut verb) = levels.head(cue) else { return };
            for _ in 0..4 {
                let subject = levels
                    .language
                    .children(verb)
                    .find(|c| levels.word(*c).rel == "nsubj" && free(*c, draft) && !cue.contains(*c));
                if let Some(subject) = subject {
                    let word = levels.text.word(subject).to_lowercase();
                    if word != "it" && word != "there" {
                        draft.source = Some(Tokens::new(subject.at(), subject.at() + 1));
                    }
                    return;
                }
                let passive = levels.language.children(verb).any(|c| levels.word(c).rel == "aux:pass");
                if passive || levels.word(verb).rel != "conj" {
                    return;
                }
                verb = levels.word(verb).head;
            }
        }
        _ => {}
    }
}

/// Gives a statement the source that its words and its cue agree on.
fn choose_source(levels: Levels<'_>, spans: &Spans, draft: &mut Draft) {
    let near = draft.cue.unwrap_or(draft.content[0]);
    let mut ranked: Vec<(f32, &Piece)> = Vec::new();
    let first = spans.sources.partition_point(|s| s.tokens.end + REACH < near.start);
    for source in &spans.sources[first..] {
        if source.tokens.start > near.end + REACH {
            break;
        }
        if draft.content.iter().any(|c| c.overlaps(source.tokens)) {
            continue;
        }
        let content = draft.content.iter().map(|c| mass(levels, Pointer::ContentSource, *c, source.tokens));
        let mut score = content.fold(0.0, f32::max);
        if let Some(cue) = draft.cue {
            score = 0.5 * score + 0.5 * mass(levels, Pointer::SourceCue, source.tokens, cue);
            if same_sentence(levels, source.tokens, cue) {
                score += SAME_SENTENCE;
                if gap(source.tokens, cue) <= 1 {
                    score += NEXT_TO;
                }
                if levels.head(source.tokens).is_some_and(|h| cue.contains(levels.word(h).head)) {
                    score += HANGS_ON;
                }
            } else {
                score -= SOURCE_FAR;
            }
        }
        ranked.push((score, source));
    }
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.tokens.cmp(&b.1.tokens)));
    for (n, (score, source)) in ranked.iter().take(3).enumerate() {
        if n == 0 && *score >= SOURCE_FLOOR {
            draft.source = Some(source.tokens);
            draft.chance = (2.0 * draft.chance + source.chance.min(*score)) / 3.0;
        } else if *score >= 0.2 {
            draft.dropped.push(Dropped {
                what: format!("“{}” as the source", words(levels, source.tokens)),
                why: "content and cue point to it less".to_owned(),
                score: Some(score.min(1.0)),
            });
        }
    }
}

/// The mean probability with which the words of `from` point into `to`.
fn mass(levels: Levels<'_>, pointer: Pointer, from: Tokens, to: Tokens) -> f32 {
    let targets = &levels.language.reading.pointers[pointer as usize];
    let one = |t: TokenId| -> f32 {
        let all = targets.get(t.at()).map_or(&[][..], |all| all);
        all.iter().filter(|(target, _)| to.contains(TokenId(*target))).map(|(_, p)| p).sum()
    };
    // Marks point less surely than words.
    let (mut sum, mut n) = (0.0, 0);
    for t in from.iter().filter(|t| levels.word(*t).pos != Pos::Punct) {
        sum += one(t);
        n += 1;
    }
    if n == 0 { 0.0 } else { sum / n as f32 }
}

pub(super) fn same_sentence(levels: Levels<'_>, a: Tokens, b: Tokens) -> bool {
    let sentence = |t: u32| levels.text.tokens[t as usize].sentence;
    let (first, last) = (sentence(a.start), sentence(a.end - 1));
    first <= sentence(b.start) && sentence(b.start) <= last
}

/// Tokens between two runs.
pub(super) fn gap(a: Tokens, b: Tokens) -> u32 {
    if a.end <= b.start { b.start - a.end } else { a.start.saturating_sub(b.end) }
}

fn words<'a>(levels: Levels<'a>, tokens: Tokens) -> &'a str {
    levels.text.words(levels.text.span(tokens))
}
