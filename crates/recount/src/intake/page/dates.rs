//! The dates that a page states: in its head, its elements, its address and the lines that its readers see.

use super::body::is_inline;
use super::head::Head;
use super::marked::Marked;
use crate::intake::days::{Found, Reading, dates_in, stamp};
use crate::intake::furniture::{DateLine, Label, dates_stated};
use crate::intake::published::{Claim, RANK_MODIFIED};
use dom_query::NodeRef;
use regex::Regex;
use std::sync::LazyLock;

/// How well each place knows the day of publication, the best first.
mod rank {
    pub const ARTICLE: u8 = 10;
    pub const META: u8 = 12;
    pub const MICRODATA: u8 = 14;
    pub const META_WEAK: u8 = 20;
    pub const TIME_MARKED: u8 = 16;
    pub const ADDRESS: u8 = 18;
    pub const LABELLED: u8 = 24;
    pub const DATED: u8 = 25;
    pub const MARKED: u8 = 26;
    pub const TIME: u8 = 28;
    pub const PAGE: u8 = 30;
    pub const BARE: u8 = 32;
    pub const MARKED_ELSEWHERE: u8 = 60;
    pub const BARE_ELSEWHERE: u8 = 62;
    pub const PROGRAM: u8 = 64;
}

const PUBLISHED: &[&str] = &[
    "article:published_time",
    "article:published",
    "og:article:published_time",
    "og:published_time",
    "og:pubdate",
    "og:regdate",
    "og:release_date",
    "article:post_date",
    "article:publicationdate",
    "bt:pubdate",
    "sailthru.date",
    "parsely-pub-date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "rnews:datepublished",
    "datepublished",
    "pubdate",
    "publish_date",
    "publish-date",
    "publishdate",
    "publication_date",
    "publication-date",
    "published_date",
    "published-date",
    "publisheddate",
    "publication",
    "published",
    "ptime",
    "timestamp",
    "displaydate",
    "article_date_original",
    "citation_publication_date",
    "citation_date",
    "citation_online_date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.date",
    "article.published",
    "article:datetime",
    "shareaholic:article_published_time",
    "dcsext.articlefirstpublished",
    "originalpublicationdate",
    "vr:published_time",
    "iso-8601-publish-date",
    "lastpubdate_original",
    "pub_date",
    "pdate",
    "analyticsattributes.articledate",
    "article-publication-date",
    "gentime",
    "published_at",
    "published_time_telegram",
];

const WEAK: &[&str] = &[
    "date",
    "dc.date",
    "dc.date.created",
    "dcterms.created",
    "dc:date",
    "dc.created",
    "dc:created",
    "datecreated",
    "created",
    "creation_date",
    "article_date",
    "article.created",
    "doc_date",
    "date_published",
    "article:created_time",
    "og:created_time",
    "og:date",
    "dateposted",
    "sort_date",
    "mediator_published_time",
];

const MODIFIED: &[&str] = &[
    "article:modified_time",
    "article:modified",
    "og:modified_time",
    "og:updated_time",
    "og:article:modified_time",
    "datemodified",
    "dc.date.modified",
    "dcterms.modified",
    "last-modified",
    "lastmod",
    "last_modified",
    "revision_date",
    "revised",
    "modified",
    "updated_time",
    "article.updated",
    "dateupdate",
    "moddate",
    "date_modified",
    "utime",
    "lastmodified",
];

/// The page's claims and, for the order of day and month, every date of its furniture.
#[derive(Default)]
pub(super) struct PageDates {
    pub claims: Vec<Claim>,
    pub found: Vec<Found>,
}

impl PageDates {
    pub fn of(marked: &Marked, head: &Head, scripts: &[&str], address: Option<&str>, title: Option<&str>) -> PageDates {
        let mut dates = PageDates::default();
        let linked = &head.linked;
        linked.published.iter().for_each(|w| dates.stamp(w, "json-ld", rank::ARTICLE, false));
        linked.created.iter().for_each(|w| dates.stamp(w, "json-ld", rank::PAGE, false));
        linked.modified.iter().for_each(|w| dates.stamp(w, "json-ld", RANK_MODIFIED, true));
        for (name, content) in &head.metas {
            let name = name.as_str();
            if PUBLISHED.contains(&name) {
                dates.stamp(content, "meta", rank::META, false);
            } else if WEAK.contains(&name) {
                dates.stamp(content, "meta", rank::META_WEAK, false);
            } else if MODIFIED.contains(&name) {
                dates.stamp(content, "meta", RANK_MODIFIED, true);
            }
        }
        dates.microdata(marked);
        dates.times(marked);
        for address in [address, head.address()].into_iter().flatten() {
            dates.address(address);
        }
        dates.visible(marked, title);
        dates.window_title(head.title.as_deref());
        if dates.claims.iter().all(|c| c.modified) {
            dates.programs(scripts);
        }
        dates
    }

    fn stamp(&mut self, words: &str, from: &'static str, rank: u8, modified: bool) {
        if let Some(reading) = stamp(words).filter(plausible) {
            self.push(Claim { reading, span: None, from, words: words.trim().to_owned(), modified, rank });
        }
    }

    fn push(&mut self, claim: Claim) {
        let same = |c: &Claim| (c.reading, c.from, c.modified) == (claim.reading, claim.from, claim.modified);
        match self.claims.iter_mut().find(|c| same(c)) {
            Some(known) => known.rank = known.rank.min(claim.rank),
            None => self.claims.push(claim),
        }
    }

    fn microdata(&mut self, marked: &Marked) {
        for node in &marked.dated {
            // Comments and teasers carry dates of their own.
            if node.has_name("meta") && in_head(node) || of_another(node) {
                continue;
            }
            let name = node.attr("itemprop").or_else(|| node.attr("property")).unwrap_or_default().to_lowercase();
            let words = node.attr("content").or_else(|| node.attr("datetime")).unwrap_or_else(|| node.text());
            if words.len() > 200 {
                continue;
            }
            if name.contains("modified") || name.contains("updated") {
                self.stamp(&words, "microdata", RANK_MODIFIED, true);
            } else if name.contains("published") || name.contains("created") || name == "dc:date" {
                self.stamp(&words, "microdata", rank::MICRODATA, false);
            }
        }
    }

    fn times(&mut self, marked: &Marked) {
        let mut plain = 0;
        for node in &marked.timed {
            if of_another(node) {
                continue;
            }
            let words = node
                .attr("datetime")
                .or_else(|| node.attr("content"))
                .or_else(|| node.attr("title"))
                .filter(|w| stamp(w).is_some());
            let words = words.unwrap_or_else(|| node.text());
            if words.len() > 200 {
                continue;
            }
            let marks = marks(node);
            let modified = MODIFIED_MARK.is_match(&marks) || before_says(node, Label::Modified);
            if modified {
                self.stamp(&words, "time", RANK_MODIFIED, true);
            } else if node.has_attr("pubdate") || PUBLISHED_MARK.is_match(&marks) || before_says(node, Label::Published)
            {
                self.stamp(&words, "time", rank::TIME_MARKED, false);
            } else if plain == 0 {
                // Of unmarked ones the first is the article's.
                self.stamp(&words, "time", rank::TIME, false);
                plain += 1;
            }
        }
    }

    /// `/2021/05/05/` and `/2021-05-05-` in an address.
    fn address(&mut self, address: &str) {
        static PATH: LazyLock<Regex> = LazyLock::new(|| {
            crate::intake::expression(r"(?:^|[^\d])((?:19|20)\d\d)([-/_.]?)(\d\d)([-/_.]?)(\d\d)(?:[^\d]|$)")
        });
        let path = address.split_once("://").map_or(address, |(_, rest)| rest);
        if let Some(caps) = PATH.captures(path)
            && caps[2] == caps[4]
            && let (Ok(y), Ok(m), Ok(d)) = (caps[1].parse(), caps[3].parse(), caps[5].parse())
            && let Ok(day) = jiff::civil::Date::new(y, m, d)
            && plausible(&Reading::Day(day))
        {
            let words = format!("{}{}{}{}{}", &caps[1], &caps[2], &caps[3], &caps[4], &caps[5]);
            self.push(Claim {
                reading: Reading::Day(day),
                span: None,
                from: "url",
                words,
                modified: false,
                rank: rank::ADDRESS,
            });
        }
    }

    /// The lines that readers see: labelled ones anywhere, then those whose element is marked as a date, then bare ones
    /// near the heading.
    fn visible(&mut self, marked: &Marked, title: Option<&str>) {
        let Some(body) = marked.doc.body() else { return };
        let mut seen = Vec::new();
        // Texts since the heading; before it, since the start.
        let (mut headed, mut behind) = (false, 0);
        for node in body.descendants_it().filter(NodeRef::is_text) {
            let text = node.text();
            let text = text.trim();
            if text.len() < 6 {
                continue;
            }
            behind += 1;
            if !headed && is_heading(&node, text, title) {
                (headed, behind) = (true, 0);
            }
            if text.len() > 400 || !text.bytes().any(|b| b.is_ascii_digit()) || dates_in(text).is_empty() {
                continue;
            }
            let Some(parent) = node.parent() else { continue };
            if HIDDEN.iter().any(|n| parent.has_name(n)) || of_another(&parent) {
                continue;
            }
            let lines = lines_around(&node, &parent, text);
            let told: Vec<(&String, Vec<DateLine>)> =
                lines.iter().map(|l| (l, dates_stated(l))).filter(|(_, d)| !d.is_empty()).collect();
            // The narrowest line that labels its date, else the narrowest that has one.
            let labelled = told.iter().position(|(_, dates)| dates.iter().any(|d| d.label != Label::Bare));
            let Some((line, stated)) = told.into_iter().nth(labelled.unwrap_or(0)) else { continue };
            if seen.len() > 200 || seen.contains(line) {
                continue;
            }
            seen.push(line.clone());
            self.line(line, stated, &marks(&parent), headed, behind);
        }
    }

    fn line(&mut self, line: &str, stated: Vec<DateLine>, marks: &str, headed: bool, behind: usize) {
        for date in stated.into_iter().filter(|d| plausible(&d.found.reading)) {
            let modified = date.label == Label::Modified || date.label == Label::Bare && MODIFIED_MARK.is_match(marks);
            let rank = match date.label {
                _ if modified => RANK_MODIFIED,
                Label::Published => rank::LABELLED,
                Label::Dated => rank::DATED,
                _ if DATE_MARK.is_match(marks) && (headed || behind < 40) => rank::MARKED,
                _ if headed && behind < 12 => rank::BARE,
                _ if DATE_MARK.is_match(marks) => rank::MARKED_ELSEWHERE,
                _ if behind < 40 => rank::BARE_ELSEWHERE,
                _ => continue,
            };
            // The first of its kind is the article's; those behind it are of teasers.
            let first = modified || !self.claims.iter().any(|c| c.from == "page" && c.rank == rank);
            self.found.push(date.found.clone());
            if first {
                let words = line[date.found.range.clone()].to_owned();
                self.push(Claim { reading: date.found.reading, span: None, from: "page", words, modified, rank });
            }
        }
    }

    /// A date that the window's title ends with: "Two boats sink | Harbour Times | 05.05.2021".
    fn window_title(&mut self, title: Option<&str>) {
        let Some((_, last)) = title.and_then(|t| t.rsplit_once(['|', '·', '–'])) else { return };
        if let Some(date) = dates_stated(last).into_iter().find(|d| plausible(&d.found.reading)) {
            let words = last[date.found.range.clone()].to_owned();
            self.push(Claim {
                reading: date.found.reading,
                span: None,
                from: "page",
                words,
                modified: false,
                rank: rank::DATED,
            });
        }
    }

    /// What a page's own program keeps about its article: `"publishedAt":"2021-05-05"`. The last resort.
    fn programs(&mut self, scripts: &[&str]) {
        static STATE: LazyLock<Regex> = LazyLock::new(|| {
            crate::intake::expression(
                r#"(?i)\\?["']?(?:date_?published|published_?(?:at|date|time|on)|publish_?(?:date|time|at|edAt)|publication_?date|pub_?date|first_?published(?:_?(?:at|date))?|article_?date|created_?at)\\?["']?\s*[:=]\s*\\?["']([^"'\\]{8,40})\\?["']"#,
            )
        });
        for script in scripts {
            if let Some(words) =
                STATE.captures_iter(script).filter_map(|c| c.get(1)).find(|w| stamp(w.as_str()).is_some())
            {
                self.stamp(words.as_str(), "page", rank::PROGRAM, false);
                return;
            }
        }
    }
}

const HIDDEN: [&str; 7] = ["script", "style", "noscript", "template", "option", "textarea", "button"];

/// Whether a text is the page's heading: in an `h1`, or the title's own words.
fn is_heading(node: &NodeRef, text: &str, title: Option<&str>) -> bool {
    node.ancestors_it(Some(4)).any(|a| a.has_name("h1"))
        || title.is_some_and(|t| {
            text.len() >= 16
                && t.starts_with(&*folded_text(text))
                && !node.ancestors_it(Some(6)).any(|a| a.has_name("nav"))
        })
}

fn folded_text(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

static MODIFIED_MARK: LazyLock<Regex> =
    LazyLock::new(|| crate::intake::expression(r"(?i)modif|updat|edited|geaendert|aktualis"));
static PUBLISHED_MARK: LazyLock<Regex> = LazyLock::new(|| {
    crate::intake::expression(
        r"(?i)publish|pubdate|pub-date|posted|entry-date|post-date|post-time|post_date|article-date|article__date|article-time|datePublished|erschienen|timestamp",
    )
});
static DATE_MARK: LazyLock<Regex> = LazyLock::new(|| {
    crate::intake::expression(
        r"(?i)date|datum|time|publi|posted|byline|meta|info|author|fecha|zeit|tarih|submitted|dateline|created",
    )
});
/// Marks of what stands beside an article.
static ANOTHER: LazyLock<Regex> = LazyLock::new(|| {
    crate::intake::expression(
        r"(?i)comment|kommentar|related|recommend|sidebar|teaser|popular|most-?read|trending|latest|carousel|calendar|newsticker|upcoming|similar|disqus|\breply|\breplies|(?:^|[^-\w])footer|site-?footer|page-?footer|next-?post|prev-?post|post-?nav",
    )
});

/// Web pages are no older than this, and the head's dates of zero are no dates.
fn plausible(reading: &Reading) -> bool {
    let year = match reading {
        Reading::Day(day) => day.year(),
        Reading::Open { month_first, .. } => month_first.year(),
        Reading::NoYear { .. } => return false,
    };
    (1994..=2099).contains(&year)
}

/// Class and id of an element and of its parent.
fn marks(node: &NodeRef) -> String {
    own_marks(node) + &node.parent().map(|p| own_marks(&p)).unwrap_or_default()
}

fn own_marks(node: &NodeRef) -> String {
    format!("{} {} ", node.class().unwrap_or_default(), node.id_attr().unwrap_or_default())
}

fn in_head(node: &NodeRef) -> bool {
    node.parent().is_some_and(|p| p.has_name("head"))
}

/// Whether an element belongs to something beside the article: comments, teasers, navigation, the page's foot.
fn of_another(node: &NodeRef) -> bool {
    node.ancestors_it(Some(12)).any(|a| {
        ["nav", "footer", "aside"].iter().any(|n| a.has_name(n))
            || !["body", "html", "main"].iter().any(|n| a.has_name(n))
                && (a.class().is_some_and(|c| c.len() < 200 && ANOTHER.is_match(&c))
                    || a.id_attr().is_some_and(|c| ANOTHER.is_match(&c)))
    })
}

/// Whether the line around an element labels its date so.
fn before_says(node: &NodeRef, label: Label) -> bool {
    let Some(parent) = node.parent() else { return false };
    let lines = lines_around(node, &parent, &node.text());
    lines.iter().any(|line| dates_stated(line).first().is_some_and(|d| d.label == label))
}

/// The lines that a reader sees around a date, the narrowest first: the text of the elements that hold it, while it is
/// short. None where the date is a word of prose.
fn lines_around(node: &NodeRef, parent: &NodeRef, own: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut next = Some(*parent);
    for _ in 0..4 {
        let Some(element) = next.filter(|e| !e.has_name("body")) else { break };
        let name = element.node_name().unwrap_or_default();
        let inline = is_inline(&name) && !DATE_MARK.is_match(&own_marks(&element));
        match text_within(&element, 160) {
            Some(line) if !inline && lines.last() != Some(&line) => lines.push(line),
            Some(_) => {}
            None if lines.is_empty() && !inline => {
                // A line of a longer block: its words, behind those of a short element before it ("<b>Date:</b> 5 May").
                let before = node
                    .prev_sibling()
                    .filter(NodeRef::is_element)
                    .and_then(|n| text_within(&n, 30))
                    .unwrap_or_default();
                let parted = node.prev_sibling().is_none_or(|n| n.is_element())
                    && node.next_sibling().is_none_or(|n| n.is_element());
                if parted && own.len() < 160 && element.has_name("p") == before.ends_with(':') {
                    lines.push(folded_text(&format!("{before} {own}")));
                }
                break;
            }
            None => break,
        }
        next = element.parent();
    }
    lines
}

/// The text of an element with spaces between its parts, where it is no longer than `most` bytes.
fn text_within(node: &NodeRef, most: usize) -> Option<String> {
    let mut line = String::new();
    for part in node.descendants_it().filter(|n| n.is_text()) {
        for word in part.text().split_whitespace() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
            if line.len() > most {
                return None;
            }
        }
    }
    Some(line)
}
