//! RSS, Atom and JSON Feed: one report an entry.

use super::{Article, Source, decode, folded, page, plain};
use crate::error::{Error, Result};
use feed_rs::model::{Entry as Item, Text};
use std::borrow::Cow;

/// One entry of a feed, not read yet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// Counted from 1.
    pub number: usize,
    /// The feed's title.
    pub outlet: Option<String>,
    /// The entry's own id; `None` where it has none.
    pub id: Option<String>,
    pub uri: Option<String>,
    pub title: Option<String>,
    /// Publication, else the last change, as RFC 3339.
    pub stated: Option<String>,
    pub authors: Vec<String>,
    /// Full text, else the summary; as HTML or as plain text.
    body: Option<Body>,
    /// What the user should know about how the feed was read.
    notes: Vec<String>,
}

#[derive(Clone, Debug, PartialEq)]
struct Body {
    words: String,
    html: bool,
    summary: bool,
}

/// The entries of a feed in their order.
///
/// # Errors
/// [`Error::Empty`], [`Error::TooLong`] (over [`super::MAX_LINE`] bytes), [`Error::Feed`] with what is wrong.
pub fn feed(bytes: &[u8]) -> Result<Vec<Entry>> {
    if bytes.trim_ascii().is_empty() {
        return Err(Error::Empty);
    }
    if bytes.len() > super::MAX_LINE {
        return Err(Error::TooLong { got: Some(bytes.len()), limit: super::MAX_LINE });
    }
    // Ids that are made up must not be random: the same feed gives the same ids.
    let parser = feed_rs::parser::Builder::new().id_generator(|_, _, _| String::new()).build();
    // Text by now, whatever the feed says of its bytes: the parser must not change its mind in the middle.
    let decoded = decode::plain(bytes, character_set(bytes))?;
    let feed = parser.parse(without_declarations(&decoded.text).as_bytes()).map_err(|e| Error::Feed(e.to_string()))?;
    let outlet = feed.title.as_ref().and_then(words_of);
    let entries = feed.entries.into_iter().enumerate();
    Ok(entries.map(|(i, item)| Entry { notes: decoded.notes.clone(), ..entry(i + 1, item, outlet.clone()) }).collect())
}

/// The character set that a feed's XML declaration names.
fn character_set(bytes: &[u8]) -> Option<&str> {
    let head = bytes.trim_ascii_start().strip_prefix(b"<?xml")?;
    let end = head.windows(2).position(|two| two == b"?>")?;
    let (_, rest) = std::str::from_utf8(&head[..end]).ok()?.split_once("encoding")?;
    let quoted = rest.trim_start().strip_prefix('=')?.trim_start();
    quoted.split(['"', '\'']).nth(1)
}

/// A feed without its XML declarations: some have one behind an empty line, and some two.
fn without_declarations(text: &str) -> Cow<'_, str> {
    // JSON may quote one.
    if !text.trim_start().starts_with('<') {
        return Cow::Borrowed(text);
    }
    let mut out = String::new();
    let (mut kept, mut at) = (0, 0);
    while let Some(next) = text[at..].find('<').map(|n| at + n) {
        let here = &text[next..];
        let end = |mark: &str| here.find(mark).map_or(text.len(), |n| next + n + mark.len());
        at = if here.starts_with("<![CDATA[") {
            end("]]>")
        } else if here.starts_with("<!--") {
            end("-->")
        } else if here
            .strip_prefix("<?xml")
            .is_some_and(|r| r.starts_with(|c: char| c.is_ascii_whitespace() || c == '?'))
        {
            out.push_str(&text[kept..next]);
            kept = end("?>");
            kept
        } else {
            next + 1
        };
    }
    if kept == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[kept..]);
    Cow::Owned(out)
}

fn entry(number: usize, item: Item, outlet: Option<String>) -> Entry {
    let alternate = item.links.iter().find(|l| l.rel.as_deref().is_none_or(|r| r == "alternate"));
    let uri = alternate.or(item.links.first()).map(|l| l.href.clone());
    let text = |text: &Text, summary: bool| {
        let html = text.content_type.as_ref() != "text/plain" || holds_tags(&text.content);
        (!text.content.trim().is_empty()).then(|| Body { words: text.content.clone(), html, summary })
    };
    let content = item.content.as_ref().and_then(|c| {
        let words = c.body.clone().filter(|b| !b.trim().is_empty())?;
        let kind = c.content_type.as_ref().to_owned();
        // A content element can carry a picture or a film.
        let readable = kind.starts_with("text/") || kind.contains("html") || kind.contains("xml");
        let html = kind != "text/plain" || holds_tags(&words);
        readable.then_some(Body { words, html, summary: false })
    });
    let summary = item.summary.as_ref().and_then(|s| text(s, true));
    let described = item.media.iter().filter_map(|m| m.description.as_ref()).find_map(|d| text(d, true));
    Entry {
        number,
        outlet,
        id: Some(item.id).filter(|id| !id.is_empty()),
        uri,
        title: item.title.as_ref().and_then(words_of),
        stated: item.published.or(item.updated).map(|t| t.to_rfc3339()),
        authors: item
            .authors
            .iter()
            .filter_map(|a| folded(a.name.as_deref()?.trim().trim_matches(['(', ')'])))
            .collect(),
        body: content.or(summary).or(described),
        notes: Vec::new(),
    }
}

/// RSS does not say whether its descriptions are HTML.
fn holds_tags(text: &str) -> bool {
    ["</", "<p>", "<br", "/>", "&lt;", "&amp;", "&#"].iter().any(|mark| text.contains(mark))
}

/// A title on one line, without tags.
fn words_of(text: &Text) -> Option<String> {
    let html = text.content_type.as_ref() != "text/plain";
    if html { folded(&page::shown(&text.content)) } else { folded(&text.content) }
}

impl Entry {
    /// Whether the feed gives more than a summary of the report.
    pub fn is_whole(&self) -> bool {
        self.body.as_ref().is_some_and(|body| !body.summary)
    }

    /// The report that the entry holds.
    ///
    /// # Errors
    /// [`Error::Entry`] with the entry's number and the reason.
    pub fn article(&self, source: &Source) -> Result<Article> {
        self.read(source).map_err(|e| Error::Entry { entry: self.number, reason: e.to_string() })
    }

    fn read(&self, source: &Source) -> Result<Article> {
        let Some(body) = &self.body else { return Err(Error::Input("it has no text".to_owned())) };
        super::limit(body.words.len())?;
        let text = if body.html { page::shown(&body.words) } else { body.words.clone() };
        if text.trim().is_empty() {
            return Err(Error::Input("it has no text".to_owned()));
        }
        super::worded(&text)?;
        let mut notes = self.notes.clone();
        notes.extend(body.summary.then(|| "the feed gives only a summary".to_owned()));
        let here = Source {
            id: self.id.as_deref().or(source.id),
            uri: self.uri.as_deref().or(source.uri),
            title: self.title.as_deref().or(source.title),
            stated: self.stated.as_deref().or(source.stated),
            ..*source
        };
        let mut article = plain::article(text.into(), &here, notes)?;
        article.outlet = self.outlet.clone();
        if !self.authors.is_empty() {
            article.credit = Some(self.authors.join(", "));
        }
        Ok(article)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RSS: &str = "<?xml version='1.0'?><rss version='2.0'><channel><title>Harbour Times</title><link>https://x.example</link>
        <item><title>Boats sink &amp; rise</title><link>https://x.example/1</link><guid>g1</guid><pubDate>Wed, 05 May 2021 10:00:00 GMT</pubDate>
        <description>&lt;p&gt;Two boats sank.&lt;/p&gt;&lt;p&gt;Nine people were saved.&lt;/p&gt;</description></item>
        <item><title>Nothing more</title></item></channel></rss>";

    #[test]
    fn an_entry_is_a_report_and_one_without_text_is_named() {
        let entries = feed(RSS.as_bytes()).unwrap();
        let article = entries[0].article(&Source::default()).unwrap();
        assert_eq!(article.text, "Two boats sank.\n\nNine people were saved.");
        assert_eq!((article.id.as_str(), article.uri.as_deref()), ("g1", Some("https://x.example/1")));
        assert_eq!(
            (article.title.as_deref(), article.outlet.as_deref()),
            (Some("Boats sink & rise"), Some("Harbour Times"))
        );
        assert_eq!(article.published.best.unwrap().to_string(), "2021-05-05");
        assert_eq!(article.notes, ["the feed gives only a summary"]);
        let error = entries[1].article(&Source::default()).unwrap_err().to_string();
        assert_eq!(error, "entry 2: it has no text");
    }

    #[test]
    fn full_text_comes_before_the_summary_and_missing_ids_are_not_random() {
        let json = r#"{"version":"https://jsonfeed.org/version/1.1","title":"Harbour Times","items":[
            {"id":"","url":"https://x.example/1","summary":"Short.","content_html":"<p>Long words.</p>","authors":[{"name":"Jane Roe"}]}]}"#;
        let read = || feed(json.as_bytes()).unwrap().remove(0).article(&Source::default()).unwrap();
        let article = read();
        assert_eq!((article.text.as_str(), article.credit.as_deref()), ("Long words.", Some("Jane Roe")));
        assert!(article.notes.is_empty() && article.id == read().id && !article.id.is_empty());
    }

    #[test]
    fn a_feed_may_declare_itself_late_twice_or_wrongly() {
        let title = |bytes: &[u8]| feed(bytes).unwrap()[0].title.clone().unwrap();
        let rss = |first: &str, then: &str, title: &str| {
            format!(
                "{first}<rss version='2.0'><channel>{then}<title>A</title><item><title>{title}</title></item></channel></rss>"
            )
        };
        let latin = |text: String| encoding_rs::WINDOWS_1252.encode(&text).0.into_owned();
        let declared = "<?xml version='1.0' encoding='iso-8859-1'?>";
        assert_eq!(title(&latin(rss(declared, "", "Café"))), "Café");
        assert_eq!(title(&latin(rss(&format!("\n \n{declared}"), "", "Café"))), "Café");
        assert_eq!(title(&latin(rss(declared, "<?xml version='1.0' encoding='koi8-r'?>", "Café"))), "Café");
        assert_eq!(title(rss(declared, declared, "Café").as_bytes()), "Café");
        let quoted = rss("", "", "<![CDATA[What <?xml version='1.0'?> means]]>");
        assert_eq!(without_declarations(&quoted), quoted);
        let json = r#"{"items": [{"content_html": "<p>What <?xml version='1.0'?> means"}]}"#;
        assert_eq!(without_declarations(json), json);
    }

    #[test]
    fn what_is_no_feed_is_refused_with_the_reason() {
        for bytes in ["<rss><channel>", "<feed", "{\"version\": 1}", "<html></html>"] {
            assert!(matches!(feed(bytes.as_bytes()), Err(Error::Feed(_))), "{bytes}");
        }
        assert!(matches!(feed(b" \n"), Err(Error::Empty)));
    }
}
