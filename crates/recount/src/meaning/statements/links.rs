//! Pieces put together: which cue each piece of content hangs on, and whose words they are.

use super::spans::{Piece, Spans};
use super::{Draft, Levels};
use crate::evidence::Dropped;
use crate::language::Pos;
use crate::model::Pointer;
use crate::span::{TokenId, Tokens};

/// What besides the pointers speaks for a link, in probability mass; by trial on the development half of PolNeAR.
const SAME_SENTENCE: f32 = 0.15;
const NEXT_TO: f32 = 0.15;
const HANGS_ON: f32 = 0.15;
/// Below this a piece has no cue, a cue no source.
const CUE_FLOOR: f32 = 0.25;
const SOURCE_FLOOR: f32 = 0.35;
/// How far a cue may stand from its content, in tokens: about the window that the model reads at once.
const REACH: u32 = 160;

pub(super) fn drafts(levels: Levels<'_>, spans: &Spans) -> Vec<Draft> {
    let mut drafts = cued(levels, spans);
    for draft in &mut drafts {
        choose_source(levels, spans, draft);
    }
    drafts.retain(|d| d.cue.is_some() || d.source.is_some());
    drafts
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
                    carried: row.and_then(|_| None),
                    by: "model/attribution",
                    chance: cue.map_or(piece.chance * 0.5, |(s, c)| (piece.chance + c.chance + s.min(1.0)) / 3.0),
                    dropped: dropped.collect(),
                });
            }
        }
    }
    drafts
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
    for (row, cue) in spans.cues.iter().enumerate().skip(first) {
        if cue.tokens.start > piece.tokens.end + REACH {
            break;
        }
        let mass = mass(levels, Pointer::ContentCue, piece.tokens, cue.tokens);
        if piece.tokens.overlaps(cue.tokens) && mass < 0.5 {
            continue;
        }
        let mut score = mass;
        if same_sentence(levels, piece.tokens, cue.tokens) {
            score += SAME_SENTENCE;
            if gap(piece.tokens, cue.tokens) <= 3 {
                score += NEXT_TO;
            }
            if head.is_some_and(|h| cue.tokens.contains(levels.word(h).head)) {
                score += HANGS_ON;
            }
        }
        ranked.push((score, row));
    }
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    ranked
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

fn same_sentence(levels: Levels<'_>, a: Tokens, b: Tokens) -> bool {
    let sentence = |t: u32| levels.text.tokens[t as usize].sentence;
    let (first, last) = (sentence(a.start), sentence(a.end - 1));
    first <= sentence(b.start) && sentence(b.start) <= last
}

/// Tokens between two runs.
fn gap(a: Tokens, b: Tokens) -> u32 {
    if a.end <= b.start { b.start - a.end } else { a.start.saturating_sub(b.end) }
}

fn words<'a>(levels: Levels<'a>, tokens: Tokens) -> &'a str {
    levels.text.words(levels.text.span(tokens))
}
