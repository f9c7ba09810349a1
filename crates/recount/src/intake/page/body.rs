//! The main text of a page: what stands beside the article is taken out, `dom_smoothie` (Mozilla's Readability) finds the
//! article, and its blocks are written out without the lines that are about the page.

use super::lean::Lean;
use super::tree::tree;
use crate::intake::furniture::{credit_in, dates_stated, is_date_line};
use dom_query::{Document, NodeData, NodeRef};
use dom_smoothie::{Config, ParsePolicy, Readability};
use regex::Regex;
use std::sync::LazyLock;

/// The running text of the page's article, paragraphs parted by a blank line; `None` where there is none.
/// `title` tells where the article begins; `given` is the text that the publisher states in JSON-LD, taken where the
/// page shows much less. `doc` is the tree of `page`.
pub(super) fn text(doc: Document, title: Option<&str>, given: Option<&str>, page: &Lean) -> Option<String> {
    clear(&doc, page.beside);
    let mut text = found(doc, title, &|| tree(&page.html).inspect(|doc| clear(doc, page.beside)));
    if text.len() < TOO_SHORT
        && let Some(whole) = tree(page.whole())
    {
        // A name can mislead: what was taken out may have been the article.
        let all = found(whole, title, &|| tree(page.whole()));
        if all.len() > 2 * text.len() {
            text = all;
        }
    }
    match given.map(Document::fragment).map(|d| d.text().trim().to_owned()) {
        Some(given) if given.len() > 2 * text.len() && given.len() > 200 => Some(given),
        _ => (!text.is_empty()).then_some(text),
    }
}

/// All that a page shows, nothing left out.
pub(super) fn shown(doc: &Document) -> String {
    doc.body().map(|body| written(blocks(&body))).unwrap_or_default()
}

/// What an element shows, in one line.
pub(super) fn line(node: &NodeRef) -> String {
    blocks(node).into_iter().map(|b| b.text).collect::<Vec<_>>().join(" ")
}

/// Under this many bytes an article is looked for again.
const TOO_SHORT: usize = 400;
/// A page whose paragraphs hold less than this (bytes) is likely to need more than one attempt.
const SHORT: usize = 800;
/// An article shorter than this (bytes) may be a corner of one.
const CORNER: usize = 1500;

/// The article's text in a tree; `again` gives that tree another time.
fn found(doc: Document, title: Option<&str>, again: &dyn Fn() -> Option<Document>) -> String {
    let paragraphs = paragraphs(&doc);
    let shown = match title {
        Some(_) => doc.body().map(|body| blocks(&body)).unwrap_or_default(),
        None => Vec::new(),
    };
    // A copy costs less than the page's tree once more, but only where it is wanted.
    let short = paragraphs.iter().map(|p| p.text.len()).sum::<usize>() < SHORT;
    let copy = short.then(|| doc.clone());
    let again = || copy.or_else(again);
    // Most pages need the paragraphs not at all: what they cost beyond their words waits until then.
    let paragraphs = || written(without_furniture(paragraphs));
    let mut found = article(doc, again);
    let lead = lead(&shown, &found, title);
    found.splice(0..0, lead);
    let found = written(without_furniture(found));
    // Readability can settle on a corner of a page; its paragraphs outside that corner then say several times as much.
    if found.len() >= CORNER {
        return found;
    }
    let paragraphs = paragraphs();
    if paragraphs.len() > 3 * found.len() { paragraphs } else { found }
}

/// The blocks of the article as Readability finds it; none where it finds none.
fn article(doc: Document, again: impl FnOnce() -> Option<Document>) -> Vec<Block> {
    let config = || Some(Config { disable_json_ld: true, ..Config::default() });
    let Ok(mut reader) = Readability::with_document(doc, None, config()) else { return Vec::new() };
    let root = "#readability-page-1";
    // The first of its attempts is enough for most pages, and needs no copy of the tree for the next one.
    let enough = config().map_or(0, |c| c.char_threshold);
    if reader.parse_with_policy(ParsePolicy::Strict).is_ok()
        && let Some(found) = reader.doc.select_single(root).nodes().first()
        && found.normalized_char_count() >= enough
    {
        return blocks(found);
    }
    let Some(mut reader) = again().and_then(|doc| Readability::with_document(doc, None, config()).ok()) else {
        return Vec::new();
    };
    match reader.parse() {
        Ok(_) => reader.doc.select_single(root).nodes().first().map(blocks).unwrap_or_default(),
        Err(_) => Vec::new(),
    }
}

/// The standfirst, which often stands with the heading and not with the article: the sentences shown between the title
/// and the first block found.
fn lead(shown: &[Block], found: &[Block], title: Option<&str>) -> Vec<Block> {
    let (Some(title), Some(first)) = (title, found.iter().find(|b| b.text.len() > 40)) else { return Vec::new() };
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let same = |b: &&Block| b.text == first.text;
    let Some(end) = shown.iter().position(|b| same(&b)) else { return Vec::new() };
    let Some(start) = shown[..end].iter().rposition(|b| b.text == title) else { return Vec::new() };
    let between: Vec<&Block> = shown[start + 1..end].iter().collect();
    // More than a few blocks are another part of the page.
    if between.len() > 25 {
        return Vec::new();
    }
    let is_lead =
        |b: &&&Block| b.linked * 2 < b.text.len() && is_sentence(&b.text) && b.text.split_whitespace().count() >= 8;
    between
        .iter()
        .filter(is_lead)
        .filter(|b| !found.iter().any(|f| f.text.contains(&b.text)))
        .take(3)
        .map(|b| (**b).clone())
        .collect()
}

/// Marks of what stands in or beside an article without being of it.
static BESIDE: LazyLock<Regex> = LazyLock::new(|| {
    crate::intake::expression(
        r"(?ix)(?:^|[\s_-]) (?: (?:img|image|photo|media|wp|article|figure)?[_-]?caption(?:s|-?text)? | figcaption | gallery | slideshow | carousel | lightbox
        | share | sharing | sharebar | social | socials | newsletter | subscribe | signup | related | relatedposts | recommended | recommendations | readmore | read-?also
        | more-?stories | most-?read | popular | trending | promo | promobox | advert | advertisement | ads? | adbox | cookies? | consent | gdpr | breadcrumbs?
        | author-?(?:bio|box|info) | bio | tags | tag-?list | post-?tags | copyright | disclaimer | paywall | teasers? | outbrain | taboola | comments? | respond | rating
        | noprint | skip-?link | pagination | pager ) (?:$|[\s_-])",
    )
});

/// Takes out what stands beside the article. What holds much of the page's text stays, whatever its name; `gone` bytes
/// of it were left out before.
fn clear(doc: &Document, gone: usize) {
    let Some(body) = doc.body() else { return };
    let whole = length(&body, usize::MAX) + gone;
    let mut beside = Vec::new();
    for node in body.descendants_it().filter(NodeRef::is_element) {
        let name = node.node_name().unwrap_or_default();
        if matches!(&*name, "body" | "main" | "article" | "html") {
            continue;
        }
        let marked = matches!(
            &*name,
            "figure" | "figcaption" | "nav" | "aside" | "footer" | "button" | "dialog" | "noscript" | "form"
        ) || node.class().is_some_and(|c| c.len() < 300 && BESIDE.is_match(&c))
            || node.id_attr().is_some_and(|c| c.len() < 100 && BESIDE.is_match(&c));
        if marked {
            // A figure may frame a table or a quotation of the text.
            let frames =
                &*name == "figure" && node.descendants_it().any(|n| n.has_name("table") || n.has_name("blockquote"));
            let most = whole / 4;
            if !frames && length(&node, most + 1) <= most {
                beside.push(node);
            }
        }
    }
    for node in beside {
        node.remove_from_parent();
    }
}

/// Bytes of text in a node; counting stops above `most`.
fn length(node: &NodeRef, most: usize) -> usize {
    let mut sum = 0;
    for part in node.descendants_it() {
        let own = part.query_or(0, |n| match &n.data {
            NodeData::Text { contents } => contents.trim().len(),
            _ => 0,
        });
        if own == 0 || part.parent().is_some_and(|p| p.has_name("script") || p.has_name("style")) {
            continue;
        }
        sum += own;
        if sum > most {
            break;
        }
    }
    sum
}

/// The page's paragraphs, for pages on which no article is found.
fn paragraphs(doc: &Document) -> Vec<Block> {
    let nodes = doc.select("p");
    let texts = nodes.nodes().iter().filter_map(|p| {
        let text = p.text();
        let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (folded.len() > 40).then_some(Block { linked: linked(p), item: false, heading: false, text: folded })
    });
    texts.collect()
}

fn linked(node: &NodeRef) -> usize {
    node.descendants_it().filter(|n| n.has_name("a")).map(|a| a.text().trim().len()).sum()
}

/// One block of text as shown: a paragraph, a heading, an item.
#[derive(Clone, Debug, Default)]
struct Block {
    text: String,
    /// Bytes of the text that are links.
    linked: usize,
    item: bool,
    heading: bool,
}

/// The blocks of an article's content in order, walked without recursion.
fn blocks(root: &NodeRef) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open = Block::default();
    let mut links = 0usize;
    // Each node is met twice, before and behind its children.
    let mut stack = vec![(*root, false)];
    while let Some((node, behind)) = stack.pop() {
        let text = node.query_or(false, |n| match &n.data {
            NodeData::Text { contents } => {
                push_words(&mut open, contents, links > 0);
                true
            }
            _ => false,
        });
        if text {
            continue;
        }
        let name = node.qual_name_ref().map(|n| n.local.clone());
        let name = name.as_deref().unwrap_or_default();
        if matches!(name, "script" | "style" | "noscript" | "template") {
            continue;
        }
        if name == "br" {
            open.text.truncate(open.text.trim_end().len());
            if !open.text.is_empty() {
                open.text.push('\n');
            }
            continue;
        }
        let block = !is_inline(name);
        if block {
            close(&mut blocks, &mut open);
            open.item = !behind && matches!(name, "li" | "tr" | "dt" | "dd");
            open.heading = !behind && matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
        }
        if name == "a" {
            links = if behind { links.saturating_sub(1) } else { links + 1 };
        }
        if matches!(name, "td" | "th") && behind {
            open.text.push(' ');
        }
        if !behind {
            stack.push((node, true));
            stack.extend(node.children_it(true).map(|child| (child, false)));
        }
    }
    close(&mut blocks, &mut open);
    blocks
}

pub(super) fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "acronym"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "img"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "nobr"
            | "q"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
            | "td"
            | "th"
            | "svg"
            | "path"
            | "amp-img"
            | "o:p"
            | "st1:place"
            | "ruby"
            | "rt"
            | "rb"
    )
}

fn push_words(open: &mut Block, text: &str, linked: bool) {
    let before = open.text.len();
    let spaced = |s: &str| s.is_empty() || s.ends_with(char::is_whitespace);
    if text.starts_with(char::is_whitespace) && !spaced(&open.text) {
        open.text.push(' ');
    }
    for (i, word) in text.split_whitespace().enumerate() {
        if i > 0 {
            open.text.push(' ');
        }
        open.text.push_str(word);
    }
    if text.ends_with(char::is_whitespace) && !spaced(&open.text) {
        open.text.push(' ');
    }
    if linked {
        open.linked += open.text.len() - before;
    }
}

fn close(blocks: &mut Vec<Block>, open: &mut Block) {
    let block = std::mem::take(open);
    let text = block.text.trim();
    if !text.is_empty() {
        blocks.push(Block { text: text.to_owned(), ..block });
    }
}

fn written(blocks: Vec<Block>) -> String {
    let mut out = String::new();
    let mut item = false;
    for block in blocks {
        if !out.is_empty() {
            out.push_str(if item && block.item { "\n" } else { "\n\n" });
        }
        out.push_str(&block.text);
        item = block.item;
    }
    out
}

/// Lines that call on the reader or name the page's parts, in the languages seen most.
static CALLS: LazyLock<Regex> = LazyLock::new(|| {
    crate::intake::expression(
        r"(?ix)^[\W\d]*(?:
        (?:image|photo|picture|slide|bild|foto)\s+\d+\s+(?:of|von|/).* | \d+\s*(?:of|/)\s*\d+ | captions? | close | play | pause | share | tweet | print | email | comments? | kommentare?
        | tags | topics | themen | schlagworte | advert(?:isement|isment)?s? | anzeige | werbung | publicidad | publicité | sponsored | loading\W* | home | news
        | (?:share|like|follow|tweet|print|teilen|compartir|partager)\s.{0,40}
        | (?:read|see|watch|lesen|lies|leer|lire|mehr|auch|siehe|más|leggi|lees|czytaj|читайте)\s+(?:more|also|next|auch|zum|dazu|también|aussi|anche|ook|także|также)(?:\W.{0,160})?
        | (?:related|more|more\ on\ this|related\ (?:stories|articles|content|topics|posts)|verwandte\ (?:artikel|themen)|mehr\ zum\ thema|das\ könnte\ sie\ auch\ interessieren|weitere\ (?:artikel|informationen|beiträge))\s*:?.{0,4}
        | related\s*:\s.{0,200}
        | click\s+here(?-u:\b).{0,160} | (?:subscribe|sign\ up|join|download|get)(?-u:\b).{0,80}(?-u:\b)(?:newsletter|app|inbox|updates|edition|forum|forums)(?-u:\b).{0,160}
        | (?:follow|find)\s.{0,80}(?-u:\b)on\s+(?:twitter|facebook|instagram|x|linkedin)(?-u:\b).{0,120}
        | (?:©|\(c\)|copyright)\s.{0,160} | alle\ rechte\ vorbehalten.{0,60}
        | this\ (?:slideshow|site|content)\ requires\ javascript\W*
        )\W*$",
    )
});

/// Calls that are known by words within the line.
static CALLS_WITHIN: LazyLock<Regex> = LazyLock::new(|| {
    crate::intake::expression(
        r"(?ix)^[\W\d]*(?:
        .{0,40}(?-u:\b)(?:newsletter)(?-u:\b).{0,60}(?-u:\b)(?:subscribe|sign\ up|abonnieren|anmelden)(?-u:\b).{0,160}
        | .{0,100}(?-u:\b)all\ rights\ reserved(?-u:\b).{0,60}
        )\W*$",
    )
});
static WITHIN: LazyLock<Regex> = LazyLock::new(|| crate::intake::expression("(?i-u:newsletter|rights reserved)"));

/// Whether a line calls on the reader or names a part of the page.
fn is_call(line: &str) -> bool {
    CALLS.is_match(line) || WITHIN.is_match(line) && CALLS_WITHIN.is_match(line)
}

/// The blocks without those that are about the page: its dates and credits, calls to the reader, links to other pages,
/// words that stand twice.
fn without_furniture(blocks: Vec<Block>) -> Vec<Block> {
    let prose = |b: &Block| is_prose(&b.text);
    let first = blocks.iter().position(prose).unwrap_or(0);
    let last = blocks.iter().rposition(prose).unwrap_or(blocks.len());
    let mut seen = std::collections::BTreeSet::new();
    let mut kept: Vec<Block> = Vec::new();
    for (i, block) in blocks.into_iter().enumerate() {
        let words = block.text.split_whitespace().count();
        let short = block.text.len() < 300;
        let around = i < first || i > last;
        let furniture = short && is_call(&block.text)
            || words >= 4 && block.linked * 10 >= block.text.len() * 9 && !is_sentence(&block.text)
            || short && (is_date_line(&block.text) || credit_in(&block.text).is_some_and(|(rank, _)| rank < 3))
            || i < first && words <= 3 && !block.heading
            || i > last && words <= 6 && !is_sentence(&block.text)
            || around && short && !dates_stated(&block.text).is_empty()
            || block.text.len() > 60 && !seen.insert(block.text.clone());
        if !furniture {
            kept.push(block);
        }
    }
    // A heading over nothing leads to what was taken out.
    while kept.last().is_some_and(|b| b.heading) {
        kept.pop();
    }
    kept
}

fn is_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '’', '\'', ')', '»', '“', ']']).ends_with(['.', '!', '?', '…', '。', '।', '؟'])
}

fn is_prose(text: &str) -> bool {
    let words = text.split_whitespace().take(31).count();
    words > 30 || words > 10 && is_sentence(text) || words < 4 && text.chars().count() > 60
}
