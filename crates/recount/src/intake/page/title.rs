//! The title, outlet and byline of a page.

use super::body::line;
use super::head::Head;
use super::marked::Marked;
use crate::intake::days::dates_in;
use crate::intake::folded;
use crate::intake::furniture::byline_in;
use dom_query::{Document, NodeRef};

/// The headline without the site's name.
pub(super) fn title(marked: &Marked, head: &Head) -> Option<String> {
    let outlet = outlet(head);
    let headings: Vec<String> =
        marked.headings.iter().filter_map(|n| folded(&line(n))).filter(|t| t.len() < 300).collect();
    let claims = [
        head.meta(&["og:title"]),
        head.meta(&["twitter:title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title"]),
        head.linked.title.as_deref(),
        head.title.as_deref(),
    ];
    let claims: Vec<String> = claims.into_iter().flatten().filter_map(|t| folded(&unescaped(t))).collect();
    // A heading that the head repeats, alone or beside the site's name, is the headline as printed.
    let wordy = |h: &&String| h.split_whitespace().count() > 1;
    let printed = headings.iter().filter(wordy).find(|h| claims.iter().any(|c| repeats(c, h)));
    // So is the only heading of a page, unless it is the site's name.
    let only = || match &headings[..] {
        [one] if one.split_whitespace().count() > 2 && outlet.as_deref().is_none_or(|o| !same_name(o, one)) => {
            Some(one)
        }
        _ => None,
    };
    if let Some(printed) = printed.or_else(only) {
        return Some(printed.clone());
    }
    let claim =
        claims.first().map(|c| without_site(c, outlet.as_deref(), head.meta(&["og:title"]).is_some()).to_owned());
    claim.or_else(|| headings.into_iter().next()).filter(|t| !t.is_empty())
}

/// Whether a claimed title begins with a heading, or ends with one of some length behind the site's name.
fn repeats(claim: &str, heading: &str) -> bool {
    let fold = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let (claim, short) = (fold(claim), fold(heading));
    claim.starts_with(&short) || heading.split_whitespace().count() > 3 && claim.ends_with(&short)
}

/// Cuts ` | Site`, ` - Site` off a title. In a title that was made for sharing a dash belongs to the headline.
fn without_site<'a>(title: &'a str, outlet: Option<&str>, shared: bool) -> &'a str {
    for mark in [" | ", " :: ", " » ", " - ", " – ", " — ", " · ", " • "] {
        if let Some((front, back)) = title.rsplit_once(mark) {
            let site = outlet.is_some_and(|o| same_name(o, back));
            let dash = matches!(mark, " - " | " – " | " — ");
            let short = front.split_whitespace().count() >= 3 && back.split_whitespace().count() <= 4;
            if site || short && !(dash && shared) {
                return front.trim();
            }
        }
    }
    title
}

/// The name of the outlet.
pub(super) fn outlet(head: &Head) -> Option<String> {
    let name = head
        .meta(&["og:site_name"])
        .or(head.linked.outlet.as_deref())
        .or_else(|| head.meta(&["application-name", "dc.publisher", "publisher", "cre"]));
    name.and_then(|n| folded(&unescaped(n)))
}

/// The byline.
pub(super) fn credit(doc: &Document, head: &Head) -> Option<String> {
    let outlet = outlet(head);
    // Many pages name themselves as their author and their author in the byline.
    let own = |n: &str| outlet.as_deref().is_some_and(|o| same_name(o, n));
    let mut names: Vec<String> = head.linked.authors.clone();
    names.retain(|n| is_name(n) && !own(n));
    if names.is_empty() {
        for key in [
            "author",
            "article:author",
            "parsely-author",
            "sailthru.author",
            "dc.creator",
            "dcterms.creator",
            "dc:creator",
            "citation_author",
            "byl",
            "cxenseparse:author",
            "article:author_name",
        ] {
            names.extend(head.all(key).map(str::to_owned));
            names.retain(|n| is_name(n) && !own(n));
            if !names.is_empty() {
                break;
            }
        }
    }
    if names.is_empty() {
        names = visible(doc);
    }
    let mut seen: Vec<String> = Vec::new();
    for name in names.iter().filter_map(|n| folded(&unescaped(n))).filter(|n| is_name(n)) {
        if !seen.contains(&name) && seen.len() < 8 {
            seen.push(name);
        }
    }
    (!seen.is_empty()).then(|| seen.join(", "))
}

/// "Harbour Times" and "harbourtimes.example".
fn same_name(outlet: &str, name: &str) -> bool {
    let fold = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let (outlet, name) = (fold(outlet), fold(name));
    !name.is_empty() && (outlet.starts_with(&name) || name.starts_with(&outlet))
}

fn is_name(name: &str) -> bool {
    let name = name.trim();
    !name.is_empty()
        && name.len() < 150
        && !name.contains("://")
        && !name.starts_with(['@', '#', '/'])
        && name.chars().any(char::is_alphabetic)
}

/// Elements that bylines stand in, the surest first.
const MARKED: [&str; 18] = [
    "[itemprop=author] [itemprop=name]",
    "[itemprop=author]",
    "[rel=author]",
    ".author.vcard .fn",
    ".byline a",
    ".author-name, .author__name, .byline-name",
    ".article-author, .post-author, .entry-author, .article__author",
    ".byline",
    "a[href*='/author/'], a[href*='/autor/'], a[href*='/authors/']",
    ".author a",
    ".author",
    ".autor",
    "[class*=byline]",
    "[class*=author] a",
    "[class*=author]",
    "[class*=autor]",
    "[class*=Author]",
    "[class*=Byline]",
];

/// What one of the attributes of an element must hold for the selectors of [`MARKED`] to find it, in their order.
const MARKS: [(&str, &str); 18] = [
    ("itemprop", "author"),
    ("itemprop", "author"),
    ("rel", "author"),
    ("class", "author"),
    ("class", "byline"),
    ("class", "name"),
    ("class", "author"),
    ("class", "byline"),
    ("href", "/aut"),
    ("class", "author"),
    ("class", "author"),
    ("class", "autor"),
    ("class", "byline"),
    ("class", "author"),
    ("class", "author"),
    ("class", "autor"),
    ("class", "author"),
    ("class", "byline"),
];

/// Which of [`MARKS`] stand anywhere on the page: a walk is cheaper than a search for each selector.
fn marks_seen(doc: &Document) -> [bool; MARKS.len()] {
    let mut seen = [false; MARKS.len()];
    let mut value = String::new();
    for node in doc.root().descendants_it() {
        let Some(element) = node.element_ref() else { continue };
        for attr in &element.attrs {
            if !matches!(&*attr.name.local, "itemprop" | "rel" | "class" | "href") {
                continue;
            }
            value.clear();
            value.push_str(&attr.value);
            value.make_ascii_lowercase();
            let marks = MARKS.iter().map(|(a, mark)| *a == &*attr.name.local && value.contains(mark));
            seen.iter_mut().zip(marks).for_each(|(seen, here)| *seen |= here);
        }
    }
    seen
}

/// Bylines that only their marks or their words ("By Jane Roe") tell.
fn visible(doc: &Document) -> Vec<String> {
    let marks = marks_seen(doc);
    for (rank, selector) in MARKED.iter().enumerate().filter(|(rank, _)| marks[*rank]) {
        let nodes = doc.select(selector);
        let texts = nodes.nodes().iter().filter(|n| !in_comments(n)).filter_map(|n| folded(&line(n)));
        let name = texts.map(|n| without_by(&n)).find(|n| {
            let words = n.split_whitespace().count();
            is_name(n) && words <= 12 && (words > 1 || rank < 4)
        });
        if let Some(name) = name {
            return vec![name];
        }
    }
    let Some(body) = doc.body() else { return Vec::new() };
    for node in body.descendants_it().filter(|n| n.is_text()) {
        let text = node.text();
        if text.len() < 200
            && let Some(who) = byline_in(text.trim())
            && !in_comments(&node)
        {
            return vec![who.to_owned()];
        }
    }
    Vec::new()
}

fn in_comments(node: &NodeRef) -> bool {
    node.ancestors_it(Some(10)).any(|a| {
        a.class().is_some_and(|c| c.contains("comment"))
            || a.id_attr().is_some_and(|c| c.contains("comment"))
            || a.has_name("footer")
    })
}

/// A byline without its "By" and its date.
fn without_by(name: &str) -> String {
    let name = dates_in(name).first().map_or(name, |d| &name[..d.range.start]);
    let name = name.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '.' && c != ')');
    let name = [" am", " on", " le", " el", " vom"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
    let lower = name.to_lowercase();
    for by in ["by: ", "by ", "von: ", "von ", "par ", "por ", "autor: ", "author: ", "di ", "door ", "text: "] {
        if lower.starts_with(by) && name.is_char_boundary(by.len()) {
            return name[by.len()..].trim().to_owned();
        }
    }
    name.trim().to_owned()
}

/// Entities that stand escaped twice in attributes and JSON.
fn unescaped(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    Document::fragment(text).text().to_string()
}
