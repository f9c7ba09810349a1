//! A page as it is parsed: without what is never read from its tree, which is most of it.

use super::tree::tags;
use std::ops::Range;

/// A page as it is parsed, and what its scripts say, in order.
pub(super) struct Lean<'a> {
    pub html: String,
    /// With its menus and feet, where `html` is without.
    whole: Option<String>,
    /// Bytes of text that these hold.
    pub beside: usize,
    pub scripts: Vec<&'a str>,
}

impl Lean<'_> {
    /// The page with its menus and feet: where no article is found elsewhere, it may be in what is called so.
    pub fn whole(&self) -> &str {
        self.whole.as_deref().unwrap_or(&self.html)
    }
}

/// The page without what is not read from its tree: the insides of its styles, its drawings and those scripts that can
/// be no JSON-LD, half of a news page and more; comments; menus and feet; attributes for programs; and white space beside
/// the edges of blocks, which would be half of the tree's nodes.
pub(super) fn lean(html: &str) -> Lean<'_> {
    let bytes = html.as_bytes();
    let (mut kept, mut scripts) = (String::with_capacity(html.len() / 2), Vec::new());
    let mut besides = Besides::default();
    // What stands before `from` is kept or left out already; before `end`, a tag or comment ended.
    let (mut from, mut end, mut after_block) = (0, 0, false);
    for tag in tags(bytes) {
        let (block, comment) = (is_block(&tag.name), tag.name.is_empty());
        let closes = bytes[tag.start + 1] == b'/';
        let gap = bytes[end..tag.start].trim_ascii();
        besides.text += gap.len();
        if (block || after_block) && gap.is_empty() {
            kept.push_str(&html[from..end]);
            from = tag.start;
        }
        if comment {
            kept.push_str(&html[from..tag.start]);
            from = tag.end;
        } else if !closes {
            besides.opens(&tag.name, kept.len() + tag.start - from);
            // Pictures are told apart by where they come from.
            let unread = attributes(&bytes[..tag.open], tag.start + 1 + tag.name.len());
            for unread in unread.filter(|_| *tag.name != *b"img") {
                kept.push_str(&html[from..unread.start]);
                from = unread.end;
            }
        } else {
            besides.closes(&tag.name, kept.len() + tag.end - from);
        }
        // A comment parts nothing.
        after_block = block || comment && after_block && tag.start == end;
        end = tag.end;
        let script = *tag.name == *b"script";
        if tag.inside.is_empty() || !script && !matches!(&*tag.name, b"style" | b"svg") {
            continue;
        }
        let (inside, head) = (&html[tag.inside.clone()], &html[tag.start..tag.inside.start]);
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
        } else {
            besides.keep();
        }
    }
    kept.push_str(&html[from..]);
    match besides.left_out(&kept) {
        Some((html, beside)) => Lean { html, whole: Some(kept), beside, scripts },
        None => Lean { html: kept, whole: None, beside: 0, scripts },
    }
}

/// Menus and feet of a page as it goes by: what readers of articles pass over, in elements of their own.
#[derive(Default)]
struct Besides {
    /// Bytes of text so far.
    text: usize,
    open: Option<Beside>,
    /// Where they stand in what is kept of the page, and how much text each holds.
    found: Vec<(Range<usize>, usize)>,
}

struct Beside {
    nav: bool,
    start: usize,
    text: usize,
    /// Elements of its own name, and others, that are open in it.
    depth: usize,
    divs: isize,
    /// Something stands in it that is read.
    read: bool,
}

impl Besides {
    fn opens(&mut self, name: &[u8], at: usize) {
        let nav = name == b"nav";
        match &mut self.open {
            None if nav || name == b"footer" => {
                self.open = Some(Beside { nav, start: at, text: self.text, depth: 0, divs: 0, read: false });
            }
            None => {}
            Some(open) => {
                open.depth += usize::from(name == open.name());
                open.divs += isize::from(name == b"div");
                open.read |= matches!(name, b"h1" | b"article" | b"main" | b"meta" | b"title" | b"body");
            }
        }
    }

    fn closes(&mut self, name: &[u8], at: usize) {
        let Some(open) = &mut self.open else { return };
        open.divs -= isize::from(name == b"div");
        if name != open.name() {
            return;
        }
        if open.depth > 0 {
            open.depth -= 1;
            return;
        }
        // Where its elements are not closed in order, the parser may see another end.
        if open.divs == 0 && !open.read {
            self.found.push((open.start..at, self.text - open.text));
        }
        self.open = None;
    }

    /// What is open holds something that is read.
    fn keep(&mut self) {
        if let Some(open) = &mut self.open {
            open.read = true;
        }
    }

    /// The page without them, where there are any, and how much text they hold. What holds much of the page's text stays,
    /// whatever its name.
    fn left_out(&self, page: &str) -> Option<(String, usize)> {
        let few = |text: &usize| *text <= self.text / 4;
        let mut out = String::with_capacity(page.len());
        let (mut from, mut beside) = (0, 0);
        for (range, text) in self.found.iter().filter(|(_, text)| few(text)) {
            out.push_str(&page[from..range.start]);
            from = range.end;
            beside += text;
        }
        out.push_str(&page[from..]);
        (from > 0).then_some((out, beside))
    }
}

impl Beside {
    fn name(&self) -> &'static [u8] {
        if self.nav { b"nav" } else { b"footer" }
    }
}

/// Elements at whose edges readers see no white space.
fn is_block(name: &[u8]) -> bool {
    #[rustfmt::skip]
    let block = matches!(
        name,
        b"html" | b"head" | b"meta" | b"link" | b"body" | b"div" | b"p" | b"ul" | b"ol" | b"li" | b"dl" | b"dt" | b"dd"
            | b"table" | b"thead" | b"tbody" | b"tfoot" | b"tr" | b"section" | b"article" | b"header" | b"footer"
            | b"nav" | b"aside" | b"main" | b"figure" | b"figcaption" | b"picture" | b"source" | b"h1" | b"h2" | b"h3"
            | b"h4" | b"h5" | b"h6" | b"form" | b"fieldset" | b"blockquote" | b"hr" | b"option" | b"select"
            | b"address" | b"details" | b"summary" | b"video" | b"center"
    );
    block
}

/// Attributes of which nothing is read: what programs keep, sizes of pictures, names for those who do not see.
fn is_unread(attribute: &[u8]) -> bool {
    attribute.starts_with(b"data-")
        || attribute.starts_with(b"on")
        || matches!(
            attribute,
            b"target" | b"width" | b"height" | b"srcset" | b"sizes" | b"align" | b"aria-label" | b"tabindex" | b"value"
        )
}

/// Where the unread attributes of a start tag stand, from behind its name to the end of `html`, its `>`.
fn attributes(html: &[u8], from: usize) -> impl Iterator<Item = Range<usize>> {
    let mut at = from;
    let passing = |from: usize, over: fn(&u8) -> bool| from + html[from..].iter().take_while(|b| over(b)).count();
    std::iter::from_fn(move || {
        loop {
            let start = passing(at, |b| b.is_ascii_whitespace() || *b == b'/');
            let name = passing(start, |b| !b.is_ascii_whitespace() && !matches!(b, b'/' | b'=' | b'>'));
            if name == start {
                // The end, or what no page should hold: the rest stays as it is.
                return None;
            }
            let equals = passing(name, u8::is_ascii_whitespace);
            at = name;
            if html.get(equals) == Some(&b'=') {
                let value = passing(equals + 1, u8::is_ascii_whitespace);
                at = match html.get(value) {
                    Some(quote @ (b'"' | b'\'')) => memchr::memchr(*quote, &html[value + 1..])? + value + 2,
                    _ => passing(value, |b| !b.is_ascii_whitespace() && *b != b'>'),
                };
            }
            if is_unread(&html[start..name]) {
                return Some(start..at);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(super::lean("<p>none").html, "<p>none");
        // In the square of its length this would take minutes.
        assert!(super::lean(&"<".repeat(1_500_000)).scripts.is_empty());
    }

    #[test]
    fn what_is_not_read_is_left_out() {
        for (page, left) in [
            ("<div>\n <p>a <b>b</b> <i>c</i> d\n</p> </div>", "<div><p>a <b>b</b> <i>c</i> d\n</p></div>"),
            ("<p>a<!-- <p> --> b<!--> c<!---> d<!-- --!> e", "<p>a b c d e"),
            ("<p>a <svg><title>x</title></svg> b <svg/> c", "<p>a <svg></svg> b <svg/> c"),
            ("<a data-a='>' HREF=\"/b\" onclick=c(1) class=d>e", "<a  HREF=\"/b\"  class=d>e"),
            ("<img data-src=a srcset=b>", "<img data-src=a srcset=b>"),
            ("<a b'=c data-d>e", "<a b'=c >e"),
        ] {
            assert_eq!(lean(page).html, left, "{page}");
        }
    }

    #[test]
    fn menus_and_feet_are_left_out_where_they_hold_little_and_are_closed_in_order() {
        let text = "<p>The town's bridge was closed for the night after shots were heard.</p>";
        for (beside, stays) in [
            ("<nav><ul><li>Home</ul><nav>x</nav></nav>", false),
            ("<footer><div>Imprint</div></footer>", false),
            ("<footer><div>Imprint</footer></div>", true),
            ("<nav><h1>Strike</h1></nav>", true),
            ("<footer><script type='application/ld+json'>{}</script></footer>", true),
            ("<nav><ul>", true),
        ] {
            let page = format!("{text}{beside}{text}");
            let lean = lean(&page);
            assert_eq!(lean.html == page, stays, "{beside}");
            assert_eq!(lean.whole(), page);
        }
        let much = format!("<nav>{text}</nav>{text}");
        assert_eq!(lean(&much).html, much);
    }
}
