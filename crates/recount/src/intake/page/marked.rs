//! One walk over a page: the elements that its head, its title and its dates are read from.

use dom_query::{Document, Element, NodeRef};

/// Elements of a page in its order.
pub(super) struct Marked<'a> {
    pub doc: &'a Document,
    /// `meta` elements with a content.
    pub metas: Vec<NodeRef<'a>>,
    pub scripts: Vec<NodeRef<'a>>,
    /// The first `title`, and the first `link rel=canonical`.
    pub title: Option<NodeRef<'a>>,
    pub canonical: Option<NodeRef<'a>>,
    /// `h1` elements.
    pub headings: Vec<NodeRef<'a>>,
    /// Elements that microdata or RDFa call a date.
    pub dated: Vec<NodeRef<'a>>,
    /// `time` elements, and abbreviations that stand for times.
    pub timed: Vec<NodeRef<'a>>,
}

impl Marked<'_> {
    pub fn of(doc: &Document) -> Marked<'_> {
        let mut marked = Marked {
            doc,
            metas: Vec::new(),
            scripts: Vec::new(),
            title: None,
            canonical: None,
            headings: Vec::new(),
            dated: Vec::new(),
            timed: Vec::new(),
        };
        for node in doc.root().descendants_it() {
            let Some(element) = node.element_ref() else { continue };
            if is_dated(&element) {
                marked.dated.push(node);
            }
            match &*element.name.local {
                "meta" if element.has_attr("content") => marked.metas.push(node),
                "script" => marked.scripts.push(node),
                "title" => marked.title = marked.title.or(Some(node)),
                "link" if element.attr("rel").is_some_and(|rel| &*rel == "canonical") => {
                    marked.canonical = marked.canonical.or(Some(node));
                }
                "h1" => marked.headings.push(node),
                "time" => marked.timed.push(node),
                "abbr" if element.has_class("published") || element.has_class("date") => marked.timed.push(node),
                _ => {}
            }
        }
        marked
    }
}

fn is_dated(element: &Element) -> bool {
    element.attrs.iter().any(|a| match &*a.name.local {
        "itemprop" => a.value.contains("date") || a.value.contains("Date"),
        "property" => a.value.contains("datePublished") || &*a.value == "dc:date",
        _ => false,
    })
}
