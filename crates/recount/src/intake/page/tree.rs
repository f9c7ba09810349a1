//! Page → tree, as long as the page is one that can be handled; else its text without a tree.

use dom_query::Document;
use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document, tree_builder::TreeBuilderOpts};
use std::borrow::Cow;
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

/// A page as it is parsed, and what its scripts say, in order.
pub(super) struct Lean<'a> {
    pub html: Cow<'a, str>,
    pub scripts: Vec<&'a str>,
}

/// The page without the insides of its styles and of those scripts that can be no JSON-LD: half of a news page and more,
/// of which nothing is read from the tree.
pub(super) fn lean(html: &str) -> Lean<'_> {
    let (mut kept, mut scripts, mut from) = (String::new(), Vec::new(), 0);
    for tag in tags(html.as_bytes()).filter(|t| t.inside.start < t.inside.end) {
        let script = tag.name.eq_ignore_ascii_case(b"script");
        if !script && !tag.name.eq_ignore_ascii_case(b"style") {
            continue;
        }
        let (Some(inside), Some(head)) = (html.get(tag.inside.clone()), html.get(tag.start..tag.inside.start)) else {
            continue;
        };
        if script {
            scripts.push(inside);
        }
        let head = head.to_ascii_lowercase();
        let linked =
            script && (head.contains("json") || !head.contains("type") && inside.trim_start().starts_with('{'));
        // Where a comment is opened inside, the parser and this may see different ends.
        if !linked && !inside.contains("<!--") {
            kept.push_str(&html[from..tag.inside.start]);
            from = tag.inside.end;
        }
    }
    if from == 0 {
        return Lean { html: Cow::Borrowed(html), scripts };
    }
    kept.push_str(&html[from..]);
    Lean { html: Cow::Owned(kept), scripts }
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

const INLINE: [&[u8]; 15] = [
    b"a", b"b", b"big", b"code", b"em", b"font", b"i", b"nobr", b"s", b"small", b"span", b"strike", b"strong", b"tt",
    b"u",
];
const RAW: [&[u8]; 7] = [b"script", b"style", b"textarea", b"title", b"noembed", b"iframe", b"xmp"];

/// Names of elements are looked at this far (bytes): signs that open no tag may stand in any number.
const LONGEST_NAME: usize = 64;

/// One tag: its name as written, and the bytes that it covers.
struct Tag<'a> {
    name: &'a [u8],
    start: usize,
    end: usize,
    /// What stands between the tag and its end tag, for scripts and the like; else empty.
    inside: Range<usize>,
}

/// The tags of a page in order, without comments and without what stands in scripts and styles.
fn tags(html: &[u8]) -> impl Iterator<Item = Tag<'_>> {
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
            let name = &html[from..html.len().min(from + LONGEST_NAME)];
            let name = name.split(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/')).next().unwrap_or_default();
            if !name.first().is_some_and(u8::is_ascii_alphabetic) {
                at = start + 1;
                continue;
            }
            let mut end = close_of(html, from + name.len());
            let mut inside = end..end;
            if !closes && RAW.iter().any(|n| name.eq_ignore_ascii_case(n)) {
                (inside.end, end) = end_of_raw(html, end, name);
            }
            at = end;
            return Some(Tag { name, start, end, inside });
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
        let inline = INLINE.iter().any(|n| tag.name.eq_ignore_ascii_case(n));
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
    fn styles_and_programs_are_left_out_of_what_is_parsed() {
        let page = "<style>p{}</style><script>let a = '<p>';</script><script type='application/ld+json'>{\"a\":1}</script>\
                    <script>{\"@context\":1}</script><script><!-- x --></script><p title='<script>'>text</p><script>cut";
        let lean = lean(page);
        assert_eq!(
            lean.html,
            "<style></style><script></script><script type='application/ld+json'>{\"a\":1}</script>\
             <script>{\"@context\":1}</script><script><!-- x --></script><p title='<script>'>text</p><script>"
        );
        assert_eq!(lean.scripts, ["let a = '<p>';", "{\"a\":1}", "{\"@context\":1}", "<!-- x -->", "cut"]);
        assert!(matches!(super::lean("<p>none").html, Cow::Borrowed("<p>none")));
        // In the square of its length this would take minutes.
        assert!(super::lean(&"<".repeat(1_500_000)).scripts.is_empty());
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
