//! Whether a page can be parsed into a tree: tags nested without end cost the parser's stack and its time.

/// Pages nest some tens of elements; the parser's worst case grows with depth times length.
const DEEPEST: usize = 700;
/// Formatting elements left open are opened again in every later block: blocks times open elements.
const REOPENED: usize = 2_000_000;

/// Whether the page nests too deep, read off its tags in one pass.
pub(super) fn too_deep(html: &str) -> bool {
    let mut open: Vec<(&[u8], usize)> = Vec::new();
    let (mut depth, mut formatting, mut reopened) = (0usize, 0usize, 0usize);
    for tag in tags(html.as_bytes()) {
        if NEVER_OPEN.iter().any(|n| tag.name.eq_ignore_ascii_case(n)) {
            reopened += formatting;
        } else {
            let format = FORMATTING.iter().any(|n| tag.name.eq_ignore_ascii_case(n));
            let at = open.iter().position(|(name, _)| name.eq_ignore_ascii_case(tag.name)).unwrap_or_else(|| {
                // Beyond this many names the page is made to harm; they then count together.
                if open.len() < 200 {
                    open.push((tag.name, 0));
                }
                open.len() - 1
            });
            if !tag.closes {
                open[at].1 += 1;
                depth += 1;
                formatting += usize::from(format);
                reopened += if format { 0 } else { formatting };
            } else if open[at].1 > 0 {
                open[at].1 -= 1;
                depth -= 1;
                formatting -= usize::from(format).min(formatting);
            }
        }
        if depth > DEEPEST || reopened > REOPENED {
            return true;
        }
    }
    false
}

/// Elements that hold nothing, or that the next of their kind closes.
const NEVER_OPEN: [&[u8]; 32] = [
    b"area",
    b"base",
    b"br",
    b"col",
    b"embed",
    b"hr",
    b"img",
    b"input",
    b"link",
    b"meta",
    b"param",
    b"source",
    b"track",
    b"wbr",
    b"p",
    b"li",
    b"dt",
    b"dd",
    b"tr",
    b"td",
    b"th",
    b"tbody",
    b"thead",
    b"tfoot",
    b"option",
    b"optgroup",
    b"html",
    b"head",
    b"body",
    b"colgroup",
    b"rp",
    b"rt",
];
const FORMATTING: [&[u8]; 14] =
    [b"a", b"b", b"big", b"code", b"em", b"font", b"i", b"nobr", b"s", b"small", b"strike", b"strong", b"tt", b"u"];
const RAW: [&[u8]; 7] = [b"script", b"style", b"textarea", b"title", b"noembed", b"iframe", b"xmp"];

/// One tag: its name as written, and the bytes that it covers.
pub(super) struct Tag<'a> {
    pub name: &'a [u8],
    pub closes: bool,
    pub start: usize,
    pub end: usize,
}

/// The tags of a page in order, without comments and without what stands in scripts and styles.
pub(super) fn tags(html: &[u8]) -> impl Iterator<Item = Tag<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + memchr::memchr(b'<', html.get(at..)?)?;
            let rest = &html[start..];
            if rest.starts_with(b"<!--") {
                at = memchr::memmem::find(&rest[4..], b"-->").map_or(html.len(), |n| start + n + 7);
                continue;
            }
            let closes = rest.get(1) == Some(&b'/');
            let from = start + 1 + usize::from(closes);
            let name =
                html[from..].split(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/')).next().unwrap_or_default();
            let name = &name[..name.len().min(64)];
            if !name.first().is_some_and(u8::is_ascii_alphabetic) {
                at = start + 1;
                continue;
            }
            let mut end = close_of(html, from + name.len());
            if !closes && RAW.iter().any(|n| name.eq_ignore_ascii_case(n)) {
                end = end_of_raw(html, end, name);
            }
            at = end;
            return Some(Tag { name, closes, start, end });
        }
    })
}

/// Behind the `>` that ends a tag, passing over quoted attribute values.
fn close_of(html: &[u8], mut at: usize) -> usize {
    while let Some(n) = html.get(at..).and_then(|h| memchr::memchr2(b'>', b'=', h)) {
        at += n + 1;
        if html[at - 1] == b'>' {
            return at;
        }
        let gap = html[at..].iter().take_while(|b| b.is_ascii_whitespace()).count();
        if let Some(quote @ (b'"' | b'\'')) = html.get(at + gap) {
            at += gap + 1;
            at = memchr::memchr(*quote, &html[at..]).map_or(html.len(), |n| at + n + 1);
        }
    }
    html.len()
}

/// Behind the end tag of a script, a style or the like; the whole rest where there is none.
fn end_of_raw(html: &[u8], from: usize, name: &[u8]) -> usize {
    let mut at = from;
    while let Some(n) = html.get(at..).and_then(|h| memchr::memmem::find(h, b"</")) {
        at += n + 2;
        if html[at..].get(..name.len()).is_some_and(|h| h.eq_ignore_ascii_case(name)) {
            return close_of(html, at + name.len());
        }
    }
    html.len()
}

/// The text of a page without a tree: tags dropped, blocks parted by blank lines, the commonest entities read.
pub(super) fn stripped(html: &str) -> String {
    let mut out = String::new();
    let mut at = 0;
    let mut push = |text: &str, block: bool| {
        for word in text.split_whitespace() {
            if !out.is_empty() && !out.ends_with(char::is_whitespace) {
                out.push(' ');
            }
            out.push_str(word);
        }
        if block && !out.is_empty() && !out.ends_with('\n') {
            out.push_str("\n\n");
        }
    };
    for tag in tags(html.as_bytes()) {
        let inline = FORMATTING.iter().chain([&b"span"[..]].iter()).any(|n| tag.name.eq_ignore_ascii_case(n));
        push(html.get(at..tag.start).unwrap_or_default(), !inline);
        at = tag.end;
    }
    push(html.get(at..).unwrap_or_default(), false);
    let text = [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
        .iter()
        .fold(out, |text, (entity, c)| if text.contains(entity) { text.replace(entity, c) } else { text });
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nesting_is_counted_and_siblings_are_not() {
        assert!(too_deep(&"<div>".repeat(100_000)));
        assert!(too_deep(&"<div></x>".repeat(100_000)));
        assert!(too_deep(&"<font color=a>".repeat(2000)));
        assert!(!too_deep(&"<div><p>a<br></div>".repeat(100_000)));
        assert!(!too_deep(&"<li><a href='x>y'>b</a>".repeat(10_000)));
        assert!(!too_deep(&format!("<script>{}</script>", "'<div>'".repeat(10_000))));
        assert!(!too_deep(&format!("<!-- {} -->", "<div>".repeat(10_000))));
    }

    #[test]
    fn formatting_that_is_opened_again_and_again_is_too_deep() {
        let open: String = (0..500).map(|n| format!("<font size={n}>")).collect();
        assert!(too_deep(&format!("{open}{}", "<p>x".repeat(10_000))));
    }

    #[test]
    fn tags_are_stripped_and_blocks_parted() {
        assert_eq!(
            stripped("<div><p>One <b>two</b> &amp; three<p>four<script>x<p></script></div>"),
            "One two & three\n\nfour"
        );
        assert_eq!(stripped("a < b"), "a < b");
    }
}
