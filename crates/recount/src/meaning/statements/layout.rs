//! Speakers whom the layout shows: turns of a transcript, signatures behind a dash, lines that lead in what stands below.

use super::{Draft, Levels, acts};
use crate::language::Pos;
use crate::span::{TokenId, Tokens};
use crate::text::Layout;

/// A label or signature is no longer, in tokens.
const LABEL: usize = 8;

/// Adds what the layout gives someone wherever no statement says so yet.
pub(super) fn add_laid_out(levels: Levels<'_>, drafts: &mut Vec<Draft>) {
    let paragraphs: Vec<Tokens> = levels.text.paragraphs.iter().map(|p| levels.text.tokens_in(p.span)).collect();
    let labels: Vec<Option<Tokens>> = paragraphs.iter().map(|p| label(levels, *p)).collect();
    for (row, &paragraph) in paragraphs.iter().enumerate() {
        if !matches!(levels.text.paragraphs[row].layout, Layout::Prose | Layout::Item) {
            continue;
        }
        let turn = labels[row].filter(|l| is_turn(levels, &labels, *l));
        let found = turn.map(|l| (l, Tokens { start: l.end + 1, end: paragraph.end }, "rule/turn"));
        let found = found.or_else(|| signed(levels, paragraph).map(|(who, what)| (who, what, "rule/signature")));
        if let Some((source, content, by)) = found {
            let said: Vec<usize> = (0..drafts.len()).filter(|d| about_same(&drafts[*d], content)).collect();
            match said[..] {
                [] => drafts.push(Draft { source: Some(source), cue: None, ..draft(content, by) }),
                [one] => {
                    let draft = &mut drafts[one];
                    draft.source = draft.source.or(Some(source));
                    draft.content = vec![content];
                    // The mark behind a label is no word of saying.
                    draft.cue = draft.cue.filter(|c| !c.iter().all(|t| is_mark(levels, t.0)));
                }
                _ => {}
            }
        } else if let Some(next) = paragraphs.get(row + 1).copied().filter(|p| !p.is_empty())
            && let Some((source, cue)) = led_in(levels, drafts, paragraph)
        {
            let below = below(levels, next);
            let taken = |d: &Draft| {
                let cue = d.cue.is_some_and(|c| c.overlaps(next));
                cue || d.content.iter().any(|c| c.overlaps(below)) && (d.cue.is_some() || d.source.is_some())
            };
            if below.len() > 3 && !drafts.iter().any(taken) {
                drafts.retain(|d| !d.content.iter().any(|c| c.overlaps(below)));
                drafts.push(Draft { source: Some(source), cue: Some(cue), ..draft(below, "rule/lead-in") });
            }
        }
    }
    drafts.sort_by_key(Draft::start);
}

fn draft(content: Tokens, by: &'static str) -> Draft {
    Draft { source: None, cue: None, content: vec![content], carried: None, by, chance: 0.9, dropped: Vec::new() }
}

/// Whether a statement's content is a stretch of the text or most of it.
fn about_same(draft: &Draft, content: Tokens) -> bool {
    let shared: usize = draft.content.iter().map(|c| overlap(*c, content)).sum();
    2 * shared > draft.words().max(content.len())
}

fn overlap(a: Tokens, b: Tokens) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start)) as usize
}

fn is_mark(levels: Levels<'_>, token: u32) -> bool {
    !levels.text.word(TokenId(token)).contains(char::is_alphanumeric)
}

/// The words before a colon that begin a paragraph, where they can be somebody's name: "VEGA:" or "Ana Vega:".
fn label(levels: Levels<'_>, paragraph: Tokens) -> Option<Tokens> {
    let start = (paragraph.start..paragraph.end).take(3).find(|t| !is_mark(levels, *t))?;
    let colon = (start..paragraph.end).take(LABEL).find(|t| levels.text.word(TokenId(*t)) == ":")?;
    let tokens = Tokens { start, end: colon };
    let big = |t: TokenId| levels.text.word(t).starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic());
    (!tokens.is_empty() && colon + 2 < paragraph.end && tokens.iter().all(big)).then_some(tokens)
}

/// Whether a label begins a turn: it or others like it come again and again, as in a transcript.
fn is_turn(levels: Levels<'_>, labels: &[Option<Tokens>], label: Tokens) -> bool {
    let written = |l: Tokens| levels.text.words(levels.text.span(l));
    let again = labels.iter().flatten().filter(|l| written(**l) == written(label)).count();
    let capitals = |l: Tokens| !written(l).contains(char::is_lowercase) && written(l).len() > 1;
    let alike = labels.iter().flatten().filter(|l| capitals(**l)).count();
    again > 1 || capitals(label) && alike > 1
}

/// “…” — Ana Vega: a paragraph that is a quotation and, behind a dash, the one who said it.
fn signed(levels: Levels<'_>, paragraph: Tokens) -> Option<(Tokens, Tokens)> {
    let dash = |t: u32| matches!(levels.text.word(TokenId(t)), "―" | "—" | "–" | "--" | "-" | "~");
    let end = (paragraph.start..paragraph.end).rev().find(|t| !is_mark(levels, *t))? + 1;
    let at = (end.saturating_sub(LABEL as u32).max(paragraph.start)..end).rev().find(|t| dash(*t))?;
    let source = Tokens { start: at + 1, end };
    let mut last = at.checked_sub(1).filter(|t| *t > paragraph.start)?;
    while last > paragraph.start && levels.text.word(TokenId(last)).chars().all(|c| c == '.') {
        last -= 1;
    }
    // The dash comes behind the closing mark, and the quotation begins the paragraph.
    let mark = |t: u32| levels.text.word(TokenId(t)).chars().all(|c| "\"“”„«»‘’".contains(c));
    if source.is_empty() || !mark(last) || !mark(paragraph.start) {
        return None;
    }
    let named = |t: TokenId| levels.word(t).pos != Pos::Verb || levels.text.word(t).starts_with(char::is_uppercase);
    let content = Tokens { start: paragraph.start + 1, end: last };
    let big = levels.text.word(TokenId(source.start)).starts_with(char::is_uppercase);
    (content.len() > 2 && big && source.iter().all(named)).then_some((source, content))
}

/// "The governor added:" — source and cue of a paragraph that ends in a colon behind a verb of saying, unless the verb
/// has its content already.
fn led_in(levels: Levels<'_>, drafts: &[Draft], paragraph: Tokens) -> Option<(Tokens, Tokens)> {
    let last = paragraph.end.checked_sub(1).filter(|t| *t > paragraph.start)?;
    if levels.text.word(TokenId(last)) != ":" {
        return None;
    }
    let sentence = levels.sentence(TokenId(last));
    let says = |t: &TokenId| {
        let word = levels.word(*t);
        word.pos == Pos::Verb
            && !levels.text.tokens[t.at()].quoted
            && (acts::reports(&word.lemma) || matches!(word.lemma.as_str(), "add" | "continue" | "ask" | "read"))
    };
    let verb = sentence.iter().rev().find(says)?;
    let subject = levels.language.children(verb).find(|c| levels.word(*c).rel == "nsubj" && *c < verb)?;
    let cue = Tokens { start: verb.0, end: verb.0 + 1 };
    if drafts.iter().any(|d| d.cue.is_some_and(|c| c.overlaps(cue)) || d.content.iter().any(|c| c.overlaps(cue))) {
        return None;
    }
    let source = levels.language.phrase(subject);
    Some((Tokens { start: source.start, end: source.end.min(verb.0) }, cue))
}

/// What a line leads in: the quotation that begins the next paragraph, over its paragraphs, or else that paragraph.
fn below(levels: Levels<'_>, next: Tokens) -> Tokens {
    let start = levels.text.tokens[next.start as usize].span.start;
    match levels.text.quotes.iter().find(|q| q.span.start == start) {
        Some(q) => levels.text.tokens_in(q.inner),
        None => next,
    }
}

#[cfg(test)]
mod tests {
    use super::super::by_hand::statements;

    /// Source and content of each statement of a text of which the model read nothing.
    fn read(text: &str) -> Vec<String> {
        let (text, rows) = statements(text, &[]);
        let source = |s: &crate::meaning::Statement| s.source.and_then(|s| s.span).map_or("-", |s| text.words(s));
        rows.iter().map(|s| format!("{} | {}", source(s), text.words(s.content[0]))).collect()
    }

    #[test]
    fn turns_belong_to_their_labels() {
        let text = "They met on Friday.\n\nVEGA: The police had no warrant.\n\nSTROM: They had one for the house.";
        assert_eq!(read(text), ["VEGA | The police had no warrant", "STROM | They had one for the house"]);
    }

    #[test]
    fn a_single_colon_is_no_turn() {
        assert!(read("One thing is sure: the dam will not hold.\n\nAna: she left it all behind.").is_empty());
    }

    #[test]
    fn a_signature_stands_behind_the_quotation() {
        assert_eq!(
            read("“I would stay and bury the dead.” — Omar Tannous"),
            ["Omar Tannous | I would stay and bury the dead"]
        );
        assert!(read("The “old guard” of the party — Omar Tannous").is_empty());
    }
}
