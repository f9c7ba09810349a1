//! What a page's head says of its article: `meta` elements, JSON-LD, title, language.

use super::jsonld::{self, Linked};
use super::marked::Marked;
use dom_query::NodeRef;
use html5ever::tendril::StrTendril;

/// Name (lower case) and content of every `meta` element, in order; the rest of the head read off once.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub metas: Vec<(String, String)>,
    pub linked: Linked,
    pub title: Option<String>,
    pub language: Option<String>,
    /// The page's own address: `link rel=canonical`.
    pub canonical: Option<String>,
}

impl Head {
    pub fn of(marked: &Marked) -> Head {
        let mut head = Head::default();
        let doc = marked.doc;
        for node in &marked.metas {
            let content = node.attr_or("content", "");
            let content = content.trim();
            if content.is_empty() {
                continue;
            }
            for key in ["property", "name", "itemprop", "http-equiv"] {
                if let Some(name) = node.attr(key) {
                    head.metas.push((name.trim().to_lowercase(), content.to_owned()));
                }
            }
        }
        let linked: Vec<_> = marked.scripts.iter().filter_map(linked_script).collect();
        head.linked = jsonld::read(linked.iter().map(|t| &**t));
        head.title = marked.title.and_then(|title| super::super::folded(&title.text()));
        head.language =
            doc.html_root().attr("lang").or_else(|| doc.html_root().attr("xml:lang")).map(|l| l.to_string());
        head.canonical = marked.canonical.and_then(|link| link.attr("href")).map(|h| h.to_string());
        head
    }

    /// The first content among `names`, tried in their order.
    pub fn meta(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.metas.iter().find(|(n, _)| n == name)).map(|(_, content)| content.as_str())
    }

    /// Every content of one name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.metas.iter().filter(move |(n, _)| n == name).map(|(_, content)| content.as_str())
    }

    /// The page's address as it gives it itself.
    pub fn address(&self) -> Option<&str> {
        self.canonical.as_deref().filter(|c| c.starts_with("http")).or_else(|| self.meta(&["og:url", "twitter:url"]))
    }

    /// The language with its region, `en-US`: the page's own, else Open Graph's.
    pub fn locale(&self) -> Option<&str> {
        let own = self.language.as_deref().filter(|l| !l.trim().is_empty());
        let graph = self.meta(&["og:locale", "language", "content-language", "dc.language"]);
        match (own, graph) {
            // `en` beside `en_GB`: the one that names the region says more.
            (Some(own), Some(graph)) if !own.contains(['-', '_']) && graph.contains(['-', '_']) => Some(graph),
            (own, graph) => own.or(graph),
        }
    }
}

/// The text of a script of JSON-LD: by its type, or where that is missing by its first key.
fn linked_script(node: &NodeRef) -> Option<StrTendril> {
    let kind = node.attr("type");
    if kind.as_ref().is_some_and(|k| !k.contains("json")) {
        return None;
    }
    let text = node.text();
    (kind.is_some_and(|k| k.contains("ld+json")) || text.trim_start().starts_with('{') && text.contains("\"@context\""))
        .then_some(text)
}
