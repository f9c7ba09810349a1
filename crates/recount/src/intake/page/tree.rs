//! Page → tree, as long as the page is one that can be handled; else its text without a tree.

use dom_query::Document;
use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document, tree_builder::TreeBuilderOpts};
use std::ops::Range;

/// Pages nest some tens of elements. The parser's time grows with depth times length, and what reads the tree may
/// recurse: deeper pages are not read as trees.
const DEEPEST: usize = 500;
/// Nodes of the tree: formatting elements left open are opened again in every later block, so a short page can grow.
const MOST_NODES: usize = 1_000_000;
/// The depths of all nodes together: cleaning looks at every subtree of a page.
const MOST_DEPTHS: usize = 8_000_000;
/// The tree is looked at after every this many bytes.
const STEP: usize = 4096;

/// The page's tree; `None` where it grows too deep or too large.
pub(super) fn tree(html: &str) -> Option<Document> {
    let builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let mut parser = parse_document(Document::default(), ParseOpts { tree_builder: builder, ..ParseOpts::default() });
    let mut rest = html;
    while !rest.is_empty() {
        let (step, after) = rest.split_at(rest.ceil_char_boundary(STEP));
        parser.process(step.into());
        rest = after;
        let doc = &parser.tokenizer.sink.sink;
        if doc.tree.len() > MOST_NODES || last_depth(doc) > DEEPEST {
            return None;
        }
    }
    let doc = parser.finish();
    let (deepest, all) = depths(&doc);
    (deepest <= DEEPEST && all <= MOST_DEPTHS).then_some(doc)
}

/// How deep the last node stands: about as many elements as are open.
fn last_depth(doc: &Document) -> usize {
    std::iter::successors(Some(doc.root()), |node| node.last_child()).take(DEEPEST + 2).count()
}

/// The depth of the deepest node and the depths of all together, walked without recursion.
fn depths(doc: &Document) -> (usize, usize) {
    let (mut node, mut depth, mut deepest, mut all) = (doc.root(), 1, 1, 0);
    loop {
        all += depth;
        if let Some(child) = node.first_child() {
            node = child;
            depth += 1;
            deepest = deepest.max(depth);
            continue;
        }
        loop {
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            match node.parent() {
                Some(parent) if depth > 2 => node = parent,
                _ => return (deepest, all),
            }
            depth -= 1;
        }
    }
}

/// Elements that stand within a line, for [`stripped`].
fn is_inline(name: &[u8]) -> bool {
    #[rustfmt::skip]
    let inline = matches!(
        name,
        b"a" | b"b" | b"big" | b"code" | b"em" | b"font" | b"i" | b"nobr" | b"s" | b"small" | b"span" | b"strike"
            | b"strong" | b"tt" | b"u"
    );
    inline
}

/// Elements whose insides hold no tags, or, of drawings, none that are read.
fn is_raw(name: &[u8]) -> bool {
    matches!(name, b"script" | b"style" | b"textarea" | b"title" | b"noembed" | b"iframe" | b"xmp" | b"svg")
}

/// Names of elements are looked at this far (bytes): signs that open no tag may stand in any number.
const LONGEST_NAME: usize = 64;

/// One tag: its name in small letters, and the bytes that it covers. A comment is one without a name.
pub(super) struct Tag {
    pub name: SmallName,
    pub start: usize,
    /// Behind the `>` of the tag itself.
    pub open: usize,
    /// Behind the end tag, for scripts and the like; else as `open`.
    pub end: usize,
    /// What stands between the tag and its end tag, for scripts and the like; else empty.
    pub inside: Range<usize>,
}

/// A name in small letters, without an allocation.
pub(super) struct SmallName([u8; LONGEST_NAME], usize);

impl SmallName {
    fn of(name: &[u8]) -> SmallName {
        let mut small = [0; LONGEST_NAME];
        small[..name.len()].copy_from_slice(name);
        small[..name.len()].make_ascii_lowercase();
        SmallName(small, name.len())
    }
}

impl std::ops::Deref for SmallName {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0[..self.1]
    }
}

/// The tags and comments of a page in order, without what stands in scripts, styles and drawings.
pub(super) fn tags(html: &[u8]) -> impl Iterator<Item = Tag> {
    let mut at = 0;
    // A drawing that is never closed holds no more than its tag: what follows it is the page's.
    let mut unclosed = false;
    std::iter::from_fn(move || {
        loop {
            let start = at + memchr::memchr(b'<', html.get(at..)?)?;
            let rest = &html[start..];
            if rest.starts_with(b"<!--") {
                at = start + end_of_comment(rest);
                return Some(Tag { name: SmallName::of(&[]), start, open: at, end: at, inside: at..at });
            }
            let closes = rest.get(1) == Some(&b'/');
            let from = start + 1 + usize::from(closes);
            let name = &html[from..html.len().min(from + LONGEST_NAME)];
            let name = name.split(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/')).next().unwrap_or_default();
            if !name.first().is_some_and(u8::is_ascii_alphabetic) {
                at = start + 1;
                continue;
            }
            let open = close_of(html, from + name.len());
            let name = SmallName::of(name);
            let (mut end, mut inside) = (open, open..open);
            // Of these a drawing alone can be closed by its own tag.
            let closed = *name == *b"svg" && html[..end].ends_with(b"/>");
            if !closes && !closed && is_raw(&name) {
                let drawing = *name == *b"svg";
                let (before, behind) = if drawing && unclosed { (open, open) } else { end_of_raw(html, end, &name) };
                unclosed |= drawing && before == behind;
                if !(drawing && unclosed) {
                    (inside.end, end) = (before, behind);
                }
            }
            at = end;
            return Some(Tag { name, start, open, end, inside });
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

/// How long the comment is that opens here, as browsers see it: `<!-->` is one.
fn end_of_comment(html: &[u8]) -> usize {
    if html[4..].starts_with(b">") || html[4..].starts_with(b"->") {
        return html.iter().position(|b| *b == b'>').map_or(html.len(), |n| n + 1);
    }
    let mut at = 4;
    while let Some(n) = memchr::memmem::find(&html[at..], b"--") {
        at += n + 2;
        match &html[at..] {
            [b'>', ..] => return at + 1,
            [b'!', b'>', ..] => return at + 2,
            // Of `--->` the last two strokes close.
            _ => at -= 1,
        }
    }
    html.len()
}

/// Before and behind the end tag of a script, a style or the like; the whole rest where there is none.
fn end_of_raw(html: &[u8], from: usize, name: &[u8]) -> (usize, usize) {
    let mut at = from;
    while let Some(n) = html.get(at..).and_then(|h| memchr::memmem::find(h, b"</")) {
        at += n + 2;
        if html[at..].get(..name.len()).is_some_and(|h| h.eq_ignore_ascii_case(name)) {
            return (at - 2, close_of(html, at + name.len()));
        }
    }
    (html.len(), html.len())
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
        let inline = tag.name.is_empty() || is_inline(&tag.name);
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
    fn what_nests_without_end_is_no_tree() {
        assert!(tree(&"<div>".repeat(100_000)).is_none());
        assert!(tree(&"<div></x>".repeat(100_000)).is_none());
        for odd in ["<b><table><div>", "<svg><desc></svg></desc><style><div>", "<table><tr><td><select><b>"] {
            assert!(tree(&odd.repeat(5_000)).is_none_or(|doc| depths(&doc).0 <= DEEPEST), "{odd}");
        }
        assert!(tree(&"<div><p>a<br></div>".repeat(10_000)).is_some());
        assert!(tree(&"<li><a href='x>y'>b</a>".repeat(10_000)).is_some());
        assert!(tree("").is_some());
    }

    #[test]
    fn formatting_that_is_opened_again_and_again_is_no_tree() {
        let open: String = (0..400).map(|n| format!("<font size={n}>")).collect();
        assert!(tree(&format!("<p>{open}{}", "<p>x".repeat(10_000))).is_none());
    }

    #[test]
    fn what_is_deep_and_wide_is_no_tree() {
        assert!(tree(&format!("{}{}", "<div>".repeat(400), "<p>a</p>".repeat(20_000))).is_none());
    }

    #[test]
    fn steps_do_not_show_in_the_tree() {
        let html = format!("<p>{}</p><p class='é'>end &amp; all</p>", "é&eacute;".repeat(STEP));
        assert_eq!(tree(&html).unwrap().html(), Document::from(html.as_str()).html());
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
