//! Paragraphs and what each is for.
//!
//! Whether a single line break parts paragraphs or is only where a typist's line was full is decided once a report,
//! from the lengths of its lines.

use super::{Layout, Paragraph};
use crate::span::Span;

/// One line without the white space around it, and how it stands on the page.
#[derive(Clone, Copy)]
struct Line {
    span: Span,
    /// White space before its first word, in characters.
    indent: usize,
    /// A blank line stands before it.
    after_blank: bool,
}

/// Paragraphs of `source`, in order; what lies before `body` is the title. `title` is the article's own, which may
/// also stand in the body.
pub(super) fn paragraphs(source: &str, body: usize, title: Option<&str>) -> Vec<Paragraph> {
    let lines = lines(source);
    let first_of_body = lines.partition_point(|l| (l.span.start as usize) < body);
    let mut spans: Vec<Span> = lines[..first_of_body].iter().map(|l| l.span).collect();
    let titles = spans.len();
    let width = typist_width(source, &lines[first_of_body..]);
    let mut last: Option<Line> = None;
    for line in &lines[first_of_body..] {
        match (last, spans.last_mut()) {
            (Some(before), Some(span)) if !line.after_blank && goes_on(source, before, *line, width) => {
                span.end = line.span.end;
            }
            _ => spans.push(line.span),
        }
        last = Some(*line);
    }
    let mut out: Vec<Paragraph> = spans.iter().map(|&span| Paragraph { span, layout: Layout::Prose }).collect();
    for (n, paragraph) in out.iter_mut().enumerate() {
        let words = paragraph.span.of(source);
        paragraph.layout = if n < titles || title.is_some_and(|t| same_words(t, words)) {
            Layout::Title
        } else if furniture(words) {
            Layout::Furniture
        } else if item(words) {
            Layout::Item
        } else {
            Layout::Prose
        };
    }
    mark_headings(source, &mut out);
    out
}

/// The byte of `body` where a copy of the title ends, if the title stands as lines of its own near the beginning.
pub(super) fn title_in_body(title: &str, body: &str) -> bool {
    // A title of that length is none; pages put a date line or a byline above it at most.
    if title.len() > 1000 {
        return false;
    }
    let near = body.char_indices().nth(title.chars().count() + 400).map_or(body.len(), |(at, _)| at);
    let mut start = 0;
    while start < near {
        let line = &body[start..];
        if let Some(end) = behind_same_words(title, line)
            && line[end..].chars().find(|c| c.is_alphanumeric() || *c == '\n').is_none_or(|c| c == '\n')
        {
            return true;
        }
        let Some(n) = line.find('\n') else { return false };
        start += n + 1;
    }
    false
}

/// Where `title` ends in `text` if `text` begins with its letters and digits. White space and marks differ between a
/// page's title and the line over its text: a stop at the end, straight or curly marks.
fn behind_same_words(title: &str, text: &str) -> Option<usize> {
    let mut at = 0;
    let mut chars = text.char_indices().filter(|(_, c)| c.is_alphanumeric());
    for want in title.chars().filter(|c| c.is_alphanumeric()) {
        let (i, c) = chars.next()?;
        if c != want {
            return None;
        }
        at = i + c.len_utf8();
    }
    (at > 0).then_some(at)
}

fn same_words(a: &str, b: &str) -> bool {
    let words = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    a.len() < 2 * b.len() + 8 && b.len() < 2 * a.len() + 8 && words(a) == words(b)
}

/// The lines that are not blank.
fn lines(source: &str) -> Vec<Line> {
    let mut out = Vec::new();
    let mut after_blank = true;
    let mut start = 0;
    while start < source.len() {
        let end = source[start..].find(['\n', '\r']).map_or(source.len(), |n| start + n);
        let line = &source[start..end];
        let words = line.trim();
        if words.is_empty() {
            after_blank = true;
        } else {
            let lead = line.len() - line.trim_start().len();
            let span = Span::new(start + lead, start + lead + words.len());
            out.push(Line { span, indent: line[..lead].chars().count(), after_blank });
            after_blank = false;
        }
        start = end + if source[end..].starts_with("\r\n") { 2 } else { 1 };
    }
    out
}

/// The line length (characters) that the report was wrapped at; `None` where a line is a paragraph.
fn typist_width(source: &str, lines: &[Line]) -> Option<usize> {
    let joints: Vec<(&Line, &Line)> = lines.windows(2).filter(|w| !w[1].after_blank).map(|w| (&w[0], &w[1])).collect();
    if joints.len() < 3 {
        return None;
    }
    let mut lengths: Vec<usize> = joints.iter().map(|(a, _)| length(source, a)).collect();
    lengths.sort_unstable();
    let width = lengths[(lengths.len() * 98 / 100).min(lengths.len() - 1)];
    if !(30..=120).contains(&width) {
        return None;
    }
    let full = joints.iter().filter(|(a, b)| is_full(source, a, b, width)).count();
    let open = joints.iter().filter(|(a, _)| !ends_with_stop(a.span.of(source))).count();
    (full * 10 >= joints.len() * 6 && open * 2 >= joints.len()).then_some(width)
}

fn length(source: &str, line: &Line) -> usize {
    line.indent + line.span.of(source).chars().count()
}

/// Whether the next line's first word had no room on this one.
fn is_full(source: &str, line: &Line, next: &Line, width: usize) -> bool {
    let word = next.span.of(source).split_whitespace().next().unwrap_or("");
    length(source, line) + 1 + word.chars().count() > width
}

fn ends_with_stop(words: &str) -> bool {
    words.trim_end_matches(['"', '”', '’', '\'', ')', ']']).ends_with(['.', '!', '?', '…', ':', '。'])
}

/// Whether `next` stands in the same paragraph as the line before it.
fn goes_on(source: &str, line: Line, next: Line, width: Option<usize>) -> bool {
    let (words, following) = (line.span.of(source), next.span.of(source));
    if item(following) || furniture(words) || furniture(following) {
        return false;
    }
    let lower = following.starts_with(char::is_lowercase);
    match width {
        Some(width) => {
            let indented = next.indent > line.indent && ends_with_stop(words);
            lower || (is_full(source, &line, &next, width) && !indented)
        }
        // A break inside a sentence, as pages have after a link or a name.
        None => lower && length(source, &line) >= 40 && words.ends_with(|c: char| c.is_alphanumeric() || c == ','),
    }
}

/// Whether a paragraph is an item of a list: a bullet, or a short number or letter with a dot or bracket.
fn item(words: &str) -> bool {
    let mut chars = words.chars();
    let first = chars.next().unwrap_or(' ');
    let rest = chars.as_str();
    if matches!(first, '•' | '◦' | '▪' | '‣' | '●' | '■' | '·') {
        return true;
    }
    if matches!(first, '-' | '*' | '–') {
        return rest.starts_with(char::is_whitespace);
    }
    let mark = words.trim_start_matches('(');
    let label = &mark[..mark.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(mark.len())];
    let number = matches!(label.len(), 1 | 2) && label.bytes().all(|b| b.is_ascii_digit());
    let letter = label.len() == 1 && label.bytes().all(|b| b.is_ascii_lowercase());
    let behind = &mark[label.len()..];
    let closed = behind.starts_with(") ") || (number && mark.len() == words.len() && behind.starts_with(". "));
    (number || letter) && closed
}

/// What pages put around a report; a paragraph that begins so and is short is none of its words.
const FURNITURE: [&str; 46] = [
    "advertisement",
    "all rights reserved",
    "also read",
    "also see",
    "article continues",
    "click here",
    "click to",
    "comments",
    "continue reading",
    "copyright",
    "credit:",
    "download the",
    "email this",
    "file photo",
    "filed under",
    "follow us",
    "get the latest",
    "image:",
    "image source",
    "image caption",
    "join us on",
    "last modified",
    "last updated",
    "like us on",
    "listen to",
    "loading",
    "more on this",
    "photo:",
    "photo by",
    "photograph:",
    "picture:",
    "posted by",
    "posted on",
    "print this",
    "published:",
    "read also",
    "read more",
    "recommended for you",
    "related articles",
    "related stories",
    "related:",
    "see also",
    "share this",
    "sign up",
    "skip to",
    "subscribe",
];

/// Words of which a date line is made, besides digits.
const DATE_LINE: &str = "am pm at by date edt est et first gmt hrs ist last local modified on pm posted published time \
    updated update utc cet cest bst january february march april may june july august september october november \
    december jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday \
    sunday mon tue tues wed thu thur thurs fri sat sun st nd rd th";

fn furniture(words: &str) -> bool {
    if words.len() > 160 {
        return false;
    }
    let bare = words.trim_start_matches(|c: char| !c.is_alphanumeric());
    let lower = bare.to_lowercase();
    if words.starts_with('©') || words.starts_with("(c) ") {
        return true;
    }
    if !lower.is_empty() && FURNITURE.iter().any(|f| lower.starts_with(f)) {
        // "Comments by the minister …" is prose: furniture says little and has no stop.
        return words.len() < 60 || words.starts_with(['(', '[']) || !words.ends_with('.') || lower.contains(':');
    }
    byline(words) || date_line(&lower)
}

/// "By Ana Ruiz and Omar Said, Reuters"
fn byline(words: &str) -> bool {
    let Some(rest) = ["By ", "BY ", "by "].iter().find_map(|b| words.strip_prefix(b)) else { return false };
    let names: Vec<&str> = rest.split_whitespace().collect();
    names.len() <= 12
        && !words.ends_with('.')
        && names.iter().all(|w| {
            w.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic())
                || matches!(*w, "and" | "in" | "for" | "of" | "the" | "at" | "al" | "de" | "van" | "von" | "bin")
        })
}

/// A line of dates, times and the words around them, with a year and more than a bare year: "Posted on 3 May 2021 06:00".
fn date_line(lower: &str) -> bool {
    let mut digits = false;
    let mut words = 0;
    for word in lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        words += 1;
        let rest = word.trim_start_matches(|c: char| c.is_ascii_digit());
        digits |= rest.len() < word.len();
        if !rest.is_empty() && rest != "t" && rest != "z" && !DATE_LINE.split(' ').any(|w| w == rest) {
            return false;
        }
    }
    digits && words >= 2
}

/// Short lines without a stop over longer running text are headings, where the report uses stops at all.
fn mark_headings(source: &str, paragraphs: &mut [Paragraph]) {
    let long = |p: &Paragraph| p.layout == Layout::Prose && p.span.len() > 90;
    let prose = paragraphs.iter().filter(|p| long(p)).count();
    let stopped = paragraphs.iter().filter(|p| long(p) && ends_with_stop(p.span.of(source))).count();
    if stopped * 2 < prose || prose == 0 {
        return;
    }
    for n in (0..paragraphs.len().saturating_sub(1)).rev() {
        let words = paragraphs[n].span.of(source);
        let next = paragraphs[n + 1];
        let over = matches!(next.layout, Layout::Heading)
            || (matches!(next.layout, Layout::Prose | Layout::Item) && next.span.len() > words.len());
        let short = words.len() <= 90 && words.split_whitespace().count() <= 12;
        let bare = words.trim_end_matches(['"', '”', '’', ')']);
        if paragraphs[n].layout == Layout::Prose
            && short
            && over
            && !bare.ends_with(['.', '!', '…', ':', ';', ',', '_', '-', '—', '–'])
        {
            paragraphs[n].layout = Layout::Heading;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<(Layout, &str)> {
        paragraphs(text, 0, None).iter().map(|p| (p.layout, p.span.of(text))).collect()
    }

    const STEM: &str =
        "The council met for the third time since the strike began and again found no way to pay the men.";

    #[test]
    fn a_line_is_a_paragraph_where_lines_are_long() {
        let text = format!("{STEM}\n{STEM}\n{STEM}");
        assert_eq!(of(&text).len(), 3);
    }

    #[test]
    fn wrapped_lines_are_joined_and_blank_lines_part() {
        let text = "Police in the northern town said on\nFriday that they had found a lorry\nwith weapons near the old bridge and\n\
            that two men were being held there.\n\nNobody was hurt, the police said, and\nthe road was opened again at noon.";
        let got = of(text);
        assert_eq!(got.len(), 2);
        assert!(got[1].1.starts_with("Nobody"));
    }

    #[test]
    fn an_indented_line_opens_a_paragraph_in_wrapped_text() {
        let text = "  Police in the northern town said on\nFriday that they had found a lorry\nwith weapons near the old bridge\n\
            and two men were held there tonight.\n  Nobody was hurt, the police added, and\nthe road was opened at noon.";
        assert_eq!(of(text).len(), 2);
    }

    #[test]
    fn furniture_is_told_from_prose() {
        for line in [
            "(credit: Ana Ruiz/AFP)",
            "By Ana Ruiz and Omar Said",
            "Posted on 03/05/2021 06:00",
            "June 3, 2005",
            " date 2022-01-09 posted on 01/08/2022 06:00",
            "Read more: who pays?",
            "Share this story",
            "© 2020 The Post",
        ] {
            assert!(furniture(line.trim()), "{line}");
        }
        for line in [
            "By noon the square was empty.",
            "By the river",
            "Three people died.",
            "In May 2021 we left",
            "Comments by the minister on Friday that the strike was over were met with laughter in the hall.",
            "1998",
        ] {
            assert!(!furniture(line), "{line}");
        }
    }

    #[test]
    fn headings_and_items() {
        let text = format!("{STEM}\n\nWhat comes next\n\n{STEM}\n\n- one truck\n- two guns\n\n(a) first");
        let layouts: Vec<_> = of(&text).iter().map(|p| p.0).collect();
        use Layout::*;
        assert_eq!(layouts, [Prose, Heading, Prose, Item, Item, Item]);
    }

    #[test]
    fn a_title_line_in_the_body_is_found_and_a_lead_that_begins_like_it_is_not() {
        assert!(title_in_body("Bridge  closed", "3 May 2021\nBridge closed\n\nThe bridge was closed."));
        assert!(!title_in_body("Bridge closed", "Bridge closed after storm, mayor says."));
        assert!(title_in_body("Mayor: 'no way'", "Mayor: ‘no way.’"));
        assert!(title_in_body("Bridge closed", "Bridge closed.\n\nThe bridge was closed."));
        assert!(!title_in_body("", "x"));
        assert!(!title_in_body("…", "x"));
    }
}
