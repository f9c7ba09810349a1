//! Quotations without a cue: they go on from the speaker before them.

use super::{Draft, Levels, Speaker};
use crate::language::Pos;
use crate::span::{Span, TokenId, Tokens};
use crate::text::{Layout, Quote};

/// Fewer words between marks without a cue are a title or a word held at arm's length, not a quotation.
const QUOTATION: usize = 5;

/// Adds every quotation that no statement holds yet and that follows one by a known speaker, and gives those that were
/// found without a source their speaker.
pub(super) fn carry_on(levels: Levels<'_>, drafts: &mut Vec<Draft>) {
    drafts.sort_by_key(Draft::start);
    for quote in &levels.text.quotes {
        let tokens = levels.text.tokens_in(quote.inner);
        if drafts.iter().any(|d| d.content.iter().any(|c| c.overlaps(tokens))) || !stands_alone(levels, quote, tokens) {
            continue;
        }
        drafts.push(Draft {
            source: None,
            cue: None,
            content: vec![tokens],
            carried: None,
            by: "rule/quotation-goes-on",
            chance: 0.8,
            dropped: Vec::new(),
        });
    }
    drafts.sort_by_key(Draft::start);
    join(levels, drafts);
    for row in 0..drafts.len() {
        if drafts[row].cue.is_none() && drafts[row].source.is_none() {
            drafts[row].carried = speaker_before(levels, &drafts[..row], drafts[row].content[0]);
        }
    }
    drafts.retain(|d| d.cue.is_some() || d.source.is_some() || d.carried.is_some());
}

/// “…,” he said. “…”: a quotation with no cue right behind a direct one in the same paragraph is the same statement.
fn join(levels: Levels<'_>, drafts: &mut Vec<Draft>) {
    let quoted = |c: &Tokens| {
        levels.text.tokens[c.start as usize].quoted && levels.text.tokens[c.end as usize - 1].quoted
            || levels.language.words[c.start as usize].pos == Pos::Punct
                && levels.text.tokens_in(levels.text.span(*c)).len() > 2
                && levels.text.tokens[c.start as usize + 1].quoted
    };
    let mut row = 1;
    while row < drafts.len() {
        let (before, here) = (&drafts[row - 1], &drafts[row]);
        let last = before.content.last().copied();
        let goes_on = here.cue.is_none()
            && here.source.is_none()
            && here.content.iter().all(quoted)
            && before.source.is_some()
            && before.content.iter().all(quoted)
            && last.is_some_and(|l| {
                let (cue, start) = (before.cue.map_or(l.end, |c| c.end), here.content[0].start);
                cue >= l.end && levels.paragraph(TokenId(l.start)) == levels.paragraph(TokenId(start)) && l.end <= start
            });
        if goes_on {
            let here = drafts.remove(row);
            drafts[row - 1].content.extend(here.content);
        } else {
            row += 1;
        }
    }
}

/// Whether words between marks are sentences of their own: enough words, a verb, and nothing of the sentence outside.
fn stands_alone(levels: Levels<'_>, quote: &Quote, tokens: Tokens) -> bool {
    if tokens.len() < QUOTATION {
        return false;
    }
    let first = levels.sentence(TokenId(tokens.start));
    let last = levels.sentence(TokenId(tokens.end - 1));
    let sentences = first.start..last.end;
    let around = levels.text.tokens_in(quote.span);
    let outside = sentences.filter(|t| *t < around.start || *t >= around.end);
    let prose = levels.text.paragraphs.get(levels.paragraph(TokenId(tokens.start)) as usize);
    prose.is_some_and(|p| matches!(p.layout, Layout::Prose | Layout::Item))
        && outside.map(TokenId).all(|t| levels.word(t).pos == Pos::Punct)
        && tokens.iter().any(|t| matches!(levels.word(t).pos, Pos::Verb | Pos::Aux))
}

/// Who spoke right before: in the paragraph, or at the end of the one before it in quotation.
fn speaker_before(levels: Levels<'_>, drafts: &[Draft], content: Tokens) -> Option<Speaker> {
    let here = levels.paragraph(TokenId(content.start));
    let before = drafts.iter().rev().find(|d| d.source.is_some() || d.carried.is_some())?;
    let last = before.content.iter().map(|c| c.end).chain(before.cue.map(|c| c.end)).max()?.checked_sub(1)?;
    let there = levels.paragraph(TokenId(last));
    let was_quoted = before.content.last().is_some_and(|c| levels.text.tokens[c.end as usize - 1].quoted);
    // An indirect statement that ends its paragraph leads to the quotation that makes up the next.
    let ends = levels.text.paragraphs.get(there as usize).is_some_and(|p| {
        let after = levels.text.tokens_in(Span { start: levels.text.tokens[last as usize].span.end, ..p.span });
        after.iter().all(|t| levels.word(t).pos == Pos::Punct)
    });
    let near = there == here || (there + 1 == here && (was_quoted || ends));
    let speaker = before.carried.or(before.source.map(|source| Speaker { source }));
    speaker.filter(|_| near)
}
