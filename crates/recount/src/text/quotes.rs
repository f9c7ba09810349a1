//! Quotation marks: which words stand between them, and each quotation with its ends.
//!
//! Two readings of the same marks. [`mask`] is the exact rule that the model was trained with. [`quotes`] reads more:
//! nested quotations, marks of other languages, marks that close nothing, quotations over several paragraphs.

use super::{Paragraph, Quote};
use crate::span::Span;

/// For each byte of the source: does the character that begins there stand between quotation marks?
/// By `training/CONTRACT.md`, section 2.
pub(super) fn mask(source: &str, paragraphs: &[Paragraph]) -> Vec<bool> {
    let mut mask = vec![false; source.len()];
    for paragraph in paragraphs {
        mask_paragraph(source, paragraph.span, &mut mask);
    }
    mask
}

fn mask_paragraph(source: &str, paragraph: Span, mask: &mut [bool]) {
    let text = paragraph.of(source);
    let base = paragraph.start as usize;
    // First byte behind the mark that is open.
    let (mut double, mut single): (Option<usize>, Option<usize>) = (None, None);
    let mut before = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let behind = at + c.len_utf8();
        let after = chars.peek().map_or(' ', |(_, c)| *c);
        let mut inner = behind;
        let mut last = c;
        let c = match (c, after) {
            ('\'', '\'') | ('`', '`') => {
                chars.next();
                // The reference counts the second mark of a pair as inside what the first opens.
                inner = behind;
                last = after;
                if c == '`' { '“' } else { '"' }
            }
            _ => c,
        };
        match c {
            '“' | '„' | '‟' | '«' => double = double.or(Some(inner)),
            '”' | '»' | '"' | '＂' => match double.take() {
                Some(from) => mask[base + from..base + at].fill(true),
                None if matches!(c, '"' | '＂') => double = Some(inner),
                None => {}
            },
            '\'' | '‘' | '’' if double.is_none() => match single {
                None if c != '’' && !before.is_alphanumeric() && (after.is_alphanumeric() || after == '[') => {
                    single = Some(behind);
                }
                Some(from) if c != '‘' && !before.is_whitespace() && !after.is_alphanumeric() => {
                    mask[base + from..base + at].fill(true);
                    single = None;
                }
                _ => {}
            },
            _ => {}
        }
        before = last;
    }
    if let Some(from) = double {
        mask[base + from..paragraph.end as usize].fill(true);
    }
}

/// A mark that was opened and not closed yet.
struct Open {
    start: usize,
    inner: usize,
    closer: Closer,
}

/// What closes a quotation.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Closer {
    /// `"` or `＂`, also a typewriter `''` that stands for one.
    Straight,
    /// `”`; for `„` also `“`.
    Curly,
    Low,
    Guillemet,
    /// `»so«`
    Inverted,
    /// `''` behind two back-ticks.
    Typewriter,
    Single,
    StraightSingle,
}

impl Closer {
    fn single(self) -> bool {
        matches!(self, Closer::Single | Closer::StraightSingle)
    }
}

/// Every quotation, in order of its first byte; a nested one follows the one around it.
pub(super) fn quotes(source: &str, paragraphs: &[Paragraph]) -> Vec<Quote> {
    let mut out: Vec<Quote> = Vec::new();
    // Whether the last paragraph ended inside a quotation.
    let mut runs_on = false;
    for paragraph in paragraphs {
        let first = out.len();
        quotes_of_paragraph(source, paragraph.span, &mut out);
        out[first..].sort_by_key(|q| (q.span.start, std::cmp::Reverse(q.span.end)));
        let here = &mut out[first..];
        if let Some(q) = here.first_mut().filter(|q| q.span.start == paragraph.span.start) {
            q.continues = runs_on;
        }
        runs_on = here.iter().any(|q| !q.closed && q.span.end == paragraph.span.end);
    }
    out
}

fn quotes_of_paragraph(source: &str, paragraph: Span, out: &mut Vec<Quote>) {
    let text = paragraph.of(source);
    let base = paragraph.start as usize;
    let last_closing_single = text
        .char_indices()
        .rev()
        .find(|&(at, c)| matches!(c, '\'' | '’') && closes_single(text, at, c))
        .map_or(0, |(at, _)| at);
    let mut open: Vec<Open> = Vec::new();
    let mut before = ' ';
    let mut chars = text.char_indices().peekable();
    let row = |o: &Open, inner_end: usize, end: usize, closed: bool| Quote {
        span: Span::new(base + o.start, base + end),
        inner: Span::new(base + o.inner, base + inner_end.max(o.inner)),
        single: o.closer.single(),
        closed,
        continues: false,
    };
    while let Some((at, c)) = chars.next() {
        let mut behind = at + c.len_utf8();
        let mut after = chars.peek().map_or(' ', |(_, c)| *c);
        let pair = matches!((c, after), ('\'', '\'') | ('`', '`'));
        if pair {
            chars.next();
            behind += 1;
            after = chars.peek().map_or(' ', |(_, c)| *c);
        }
        let innermost = open.last().map(|o| o.closer);
        let is_open = |kind: Closer| open.iter().rposition(|o| o.closer == kind);
        // Which open mark this one closes, or what it opens.
        let (closes, opens) = match (c, pair) {
            ('`', true) => (None, Some(Closer::Typewriter)),
            ('\'', true) => {
                let at = is_open(Closer::Typewriter).or(is_open(Closer::Straight));
                (at, at.is_none().then_some(Closer::Straight).filter(|_| opening(before, after)))
            }
            ('"' | '＂', _) => {
                let at = is_open(Closer::Straight);
                (at, at.is_none().then_some(Closer::Straight).filter(|_| opening(before, after)))
            }
            ('“', _) if innermost == Some(Closer::Low) => (is_open(Closer::Low), None),
            ('“' | '‟', _) => (None, Some(Closer::Curly)),
            ('„', _) => (None, Some(Closer::Low)),
            ('”', _) => (is_open(Closer::Curly).or(is_open(Closer::Low)), None),
            ('«', _) => match is_open(Closer::Inverted) {
                Some(at) => (Some(at), None),
                None => (None, Some(Closer::Guillemet)),
            },
            ('»', _) => match is_open(Closer::Guillemet) {
                Some(at) => (Some(at), None),
                None => (None, Some(Closer::Inverted).filter(|_| !before.is_alphanumeric() && !after.is_whitespace())),
            },
            ('‘', _) => (None, Some(Closer::Single).filter(|_| !before.is_alphanumeric() && !after.is_whitespace())),
            ('’' | '\'', _) => {
                let kind = if c == '’' { Closer::Single } else { Closer::StraightSingle };
                let at_open = is_open(kind).or(is_open(Closer::Single)).filter(|_| {
                    // "the brothers’ house’": an apostrophe while another mark can still close.
                    let plural = matches!(before, 's' | 'S') && after == ' ' && at < last_closing_single;
                    closes_single(text, at, c)
                        && !(plural && text[behind..].trim_start().starts_with(char::is_lowercase))
                });
                let opens = c == '\'' && at_open.is_none() && !before.is_alphanumeric() && !elided(&text[behind..]);
                let opens = opens && is_open(Closer::StraightSingle).is_none();
                (at_open, (opens && starts_words(after)).then_some(Closer::StraightSingle))
            }
            _ => (None, None),
        };
        if let Some(n) = closes {
            // What was opened inside and never closed ends here; a single mark was an apostrophe.
            for inner in open.drain(n + 1..).collect::<Vec<_>>() {
                if !inner.closer.single() {
                    out.push(row(&inner, at, at, false));
                }
            }
            if let Some(o) = open.pop() {
                out.push(row(&o, at, behind, true));
            }
        } else if let Some(closer) = opens {
            // A second opening mark of the same kind: the first was never closed. Deep stacks are noise.
            if (innermost == Some(closer) || open.len() > 8)
                && let Some(o) = open.pop().filter(|o| !o.closer.single())
            {
                out.push(row(&o, at, at, false));
            }
            open.push(Open { start: at, inner: behind, closer });
        }
        before = if pair { c } else { text[at..behind].chars().next_back().unwrap_or(c) };
    }
    for o in open.iter().filter(|o| !o.closer.single()) {
        out.push(row(o, text.len(), text.len(), false));
    }
}

/// Whether a straight mark between these two can open a quotation.
fn opening(before: char, after: char) -> bool {
    !after.is_whitespace() && (before.is_whitespace() || !(before.is_alphanumeric() || ".,!?…;”’)".contains(before)))
}

fn starts_words(after: char) -> bool {
    after.is_alphanumeric() || matches!(after, '[' | '"' | '“' | '$' | '…')
}

fn closes_single(text: &str, at: usize, c: char) -> bool {
    let before = text[..at].chars().next_back().unwrap_or(' ');
    let after = text[at + c.len_utf8()..].chars().next().unwrap_or(' ');
    !before.is_whitespace() && !after.is_alphanumeric()
}

/// Whether the words behind a straight single mark begin with a letter or century left out: 'em, '90s.
fn elided(rest: &str) -> bool {
    let word = &rest[..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())];
    ["em", "til", "tis", "twas", "cause", "round", "n"].iter().any(|w| word.eq_ignore_ascii_case(w))
        || word.trim_end_matches('s').len() == 2 && word.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Layout;

    fn of(text: &str) -> Vec<Paragraph> {
        let mut at = 0;
        let mut out = Vec::new();
        for line in text.split('\n') {
            out.push(Paragraph { span: Span::new(at, at + line.len()), layout: Layout::Prose });
            at += line.len() + 1;
        }
        out
    }

    fn masked(text: &str) -> String {
        let mask = mask(text, &of(text));
        text.char_indices().map(|(i, c)| if mask[i] { c } else { '.' }).collect()
    }

    fn inner(text: &str) -> Vec<String> {
        quotes(text, &of(text)).iter().map(|q| q.inner.of(text).to_string()).collect()
    }

    #[test]
    fn every_style_is_a_quotation() {
        for text in
            ["a “b c” d", "a \"b c\" d", "a ‘b c’ d", "a 'b c' d", "a «b c» d", "a „b c“ d", "a »b c« d", "a ``b c'' d"]
        {
            assert_eq!(inner(text), ["b c"], "{text}");
        }
    }

    #[test]
    fn a_nested_quotation_follows_the_one_around_it() {
        assert_eq!(inner("“We heard ‘go now’ twice,” she said"), ["We heard ‘go now’ twice,", "go now"]);
        assert_eq!(inner("‘He said “stop” and ran’"), ["He said “stop” and ran", "stop"]);
    }

    #[test]
    fn apostrophes_are_no_quotation() {
        assert!(inner("It's the soldiers' fault, not Omar’s or the '90s'").is_empty());
        assert!(inner("rock 'n' roll").is_empty());
    }

    #[test]
    fn a_plural_possessive_does_not_close() {
        assert_eq!(inner("she said ‘the miners’ families left’ and went"), ["the miners’ families left"]);
    }

    #[test]
    fn a_quotation_over_paragraphs_goes_on() {
        let text = "“One. Two.\n“Three,” he said.\n“Four.”";
        let all = quotes(text, &of(text));
        let shape: Vec<_> = all.iter().map(|q| (q.closed, q.continues)).collect();
        assert_eq!(shape, [(false, false), (true, true), (true, false)]);
    }

    #[test]
    fn a_stray_closing_mark_opens_nothing() {
        assert!(inner("he was tired.\" She left.").is_empty());
    }

    #[test]
    fn the_mask_is_the_rule_of_the_contract() {
        assert_eq!(masked("a “b c” d"), "...b c...");
        assert_eq!(masked("a 'b c' d's e"), "...b c.......");
        assert_eq!(masked("“b ‘c’ d"), ".b ‘c’ d");
        assert_eq!(masked("no end ‘here"), "............");
    }
}
