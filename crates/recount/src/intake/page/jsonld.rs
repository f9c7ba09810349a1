//! JSON-LD of a page, whole or broken → what it says of the article.

use regex::Regex;
use serde_json::{Map, Value};
use std::sync::LazyLock;

/// What JSON-LD says of the page's article.
#[derive(Debug, Default)]
pub(super) struct Linked {
    pub title: Option<String>,
    pub outlet: Option<String>,
    pub authors: Vec<String>,
    /// First publication of an article.
    pub published: Vec<String>,
    /// Publication of the page, or creation: weaker.
    pub created: Vec<String>,
    pub modified: Vec<String>,
    /// The text itself, which some publishers give.
    pub body: Option<String>,
}

/// Reads the scripts of a page in their order. What is broken beyond repair is searched for its dates.
pub(super) fn read<'a>(scripts: impl Iterator<Item = &'a str>) -> Linked {
    let mut linked = Linked::default();
    let mut articles = Vec::new();
    let mut pages = Vec::new();
    let mut broken = Vec::new();
    for script in scripts {
        match parse(script) {
            Some(values) => values.into_iter().for_each(|v| sort(v, &mut articles, &mut pages)),
            None => broken.push(script),
        }
    }
    // The first article is the page's; those behind it are teasers, unless it says nothing.
    for article in &articles {
        if linked.title.is_none() && linked.published.is_empty() {
            take(article, &articles, &pages, &mut linked);
        }
    }
    for page in &pages {
        take_page(page, &mut linked);
    }
    for script in broken {
        salvage(script, &mut linked);
    }
    linked
}

/// Parses a script, mended where it is broken in the usual ways. Scripts can hold several objects in a row.
fn parse(script: &str) -> Option<Vec<Value>> {
    let script = script.trim().trim_start_matches('\u{feff}');
    let script = script.strip_prefix("<!--").unwrap_or(script).trim_start();
    let script = script.strip_prefix("//<![CDATA[").or_else(|| script.strip_prefix("<![CDATA[")).unwrap_or(script);
    let all = |s: &str| {
        serde_json::Deserializer::from_str(s)
            .into_iter::<Value>()
            .collect::<Result<Vec<_>, _>>()
            .ok()
            .filter(|v| !v.is_empty())
    };
    all(script).or_else(|| all(&mended(script)))
}

/// Raw control characters inside strings become spaces, commas before a closing bracket go, and what follows the
/// outermost value is cut.
fn mended(script: &str) -> String {
    let mut out = String::with_capacity(script.len());
    let (mut quoted, mut escaped) = (false, false);
    let mut depth = 0i32;
    for c in script.chars() {
        if quoted {
            match c {
                _ if escaped => {
                    escaped = false;
                    // `\'` and the like are no JSON: drop the stroke.
                    if !matches!(c, '"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u') {
                        out.pop();
                    }
                }
                '\\' => escaped = true,
                '"' => quoted = false,
                _ => {}
            }
            out.push(if c.is_control() { ' ' } else { c });
            continue;
        }
        match c {
            '"' => quoted = true,
            '{' | '[' => depth += 1,
            '}' | ']' => {
                let kept = out.trim_end().len();
                if out[..kept].ends_with(',') {
                    out.truncate(kept - 1);
                }
                depth -= 1;
            }
            ';' => continue,
            _ => {}
        }
        out.push(c);
        if depth == 0 && matches!(c, '}' | ']') {
            break;
        }
    }
    out
}

fn is_article(kind: &str) -> bool {
    let kind = kind.rsplit(['/', ':']).next().unwrap_or(kind);
    kind.ends_with("Article")
        || kind.ends_with("Posting")
        || matches!(kind, "Report" | "Recipe" | "CreativeWork" | "Review" | "AnalysisNewsArticle")
}

fn is_page(kind: &str) -> bool {
    kind.ends_with("WebPage")
        || kind.ends_with("ItemPage")
        || matches!(
            kind,
            "AboutPage" | "VideoObject" | "NewsMediaOrganization" | "WebSite" | "Event" | "Book" | "Product"
        )
}

fn kinds(object: &Map<String, Value>) -> Vec<&str> {
    match object.get("@type") {
        Some(Value::String(s)) => vec![s.as_str()],
        Some(Value::Array(a)) => a.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// Sorts the objects at the top, in arrays and in `@graph`, and the main entity of a page.
fn sort(value: Value, articles: &mut Vec<Map<String, Value>>, pages: &mut Vec<Map<String, Value>>) {
    match value {
        Value::Array(values) => values.into_iter().for_each(|v| sort(v, articles, pages)),
        Value::Object(mut object) => {
            for key in ["@graph", "mainEntity"] {
                if let Some(inner) = object.remove(key) {
                    sort(inner, articles, pages);
                }
            }
            let told = object.contains_key("datePublished") && object.contains_key("headline");
            if told || kinds(&object).iter().any(|k| is_article(k)) {
                articles.push(object);
            } else if kinds(&object).iter().any(|k| is_page(k))
                || object.contains_key("datePublished")
                || object.contains_key("name")
            {
                pages.push(object);
            }
        }
        _ => {}
    }
}

fn word(object: &Map<String, Value>, key: &str) -> Option<String> {
    let value = match object.get(key)? {
        Value::Array(a) => a.first()?,
        v => v,
    };
    let text = match value {
        Value::String(s) => s.trim().to_owned(),
        Value::Number(n) => n.to_string(),
        Value::Object(o) => o.get("@value")?.as_str()?.trim().to_owned(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

fn take(article: &Map<String, Value>, all: &[Map<String, Value>], pages: &[Map<String, Value>], linked: &mut Linked) {
    linked.title = word(article, "headline").or_else(|| word(article, "name"));
    linked.published.extend(word(article, "datePublished"));
    linked.created.extend(word(article, "dateCreated"));
    linked.modified.extend(word(article, "dateModified"));
    linked.body = word(article, "articleBody");
    linked.outlet = article.get("publisher").and_then(|p| names(p, all, pages).into_iter().next());
    linked.authors = ["author", "creator"]
        .iter()
        .filter_map(|k| article.get(*k))
        .map(|a| names(a, all, pages))
        .find(|n| !n.is_empty())
        .unwrap_or_default();
}

fn take_page(page: &Map<String, Value>, linked: &mut Linked) {
    let kinds = kinds(page);
    if kinds.iter().any(|k| k.ends_with("WebPage") || k.ends_with("ItemPage")) {
        linked.created.extend(word(page, "datePublished"));
        linked.modified.extend(word(page, "dateModified"));
    } else if kinds.is_empty() {
        linked.created.extend(word(page, "datePublished"));
    }
    if kinds.contains(&"WebSite") && linked.outlet.is_none() {
        linked.outlet = word(page, "name");
    }
}

/// The names of persons or organisations: strings, objects, arrays of them, or references by `@id`.
fn names(value: &Value, articles: &[Map<String, Value>], pages: &[Map<String, Value>]) -> Vec<String> {
    match value {
        Value::String(s) => {
            s.split(';').map(|s| s.trim().to_owned()).filter(|s| !s.is_empty() && !s.starts_with("http")).collect()
        }
        Value::Array(a) => a.iter().flat_map(|v| names(v, articles, pages)).collect(),
        Value::Object(o) => match o.get("name") {
            Some(name) => names(name, &[], &[]),
            None => {
                let id = o.get("@id").and_then(Value::as_str);
                let by_id = |m: &&Map<String, Value>| id.is_some() && m.get("@id").and_then(Value::as_str) == id;
                pages.iter().chain(articles).find(by_id).and_then(|m| word(m, "name")).into_iter().collect()
            }
        },
        _ => Vec::new(),
    }
}

static SALVAGE: LazyLock<Regex> = LazyLock::new(|| {
    crate::intake::expression(r#""(datePublished|dateCreated|dateModified|headline)"\s*:\s*"([^"]{4,300})""#)
});

fn salvage(script: &str, linked: &mut Linked) {
    for caps in SALVAGE.captures_iter(script) {
        let words = caps[2].to_owned();
        match &caps[1] {
            "datePublished" if linked.published.is_empty() => linked.published.push(words),
            "dateCreated" if linked.created.is_empty() => linked.created.push(words),
            "dateModified" if linked.modified.is_empty() => linked.modified.push(words),
            "headline" if linked.title.is_none() => linked.title = Some(words),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(script: &str) -> Vec<String> {
        read([script].into_iter()).published
    }

    #[test]
    fn an_article_is_found_wherever_it_stands() {
        for script in [
            r#"{"@type":"NewsArticle","datePublished":"2021-05-05T10:00:00Z"}"#,
            r#"[{"@type":"Organization"},{"@type":["Thing","ReportageNewsArticle"],"datePublished":"2021-05-05T10:00:00Z"}]"#,
            r#"{"@graph":[{"@type":"WebSite","name":"X"},{"@type":"BlogPosting","datePublished":"2021-05-05T10:00:00Z"}]}"#,
            r#"{"@type":"WebPage","mainEntity":{"@type":"NewsArticle","datePublished":["2021-05-05T10:00:00Z"]}}"#,
            r#"{"@type":"WebSite"}{"@type":"NewsArticle","datePublished":"2021-05-05T10:00:00Z"}"#,
        ] {
            assert_eq!(dates(script), ["2021-05-05T10:00:00Z"], "{script}");
        }
    }

    #[test]
    fn broken_json_is_mended_or_searched() {
        for script in [
            "{\"@type\":\"NewsArticle\",\"headline\":\"Two\nlines\",\"datePublished\":\"2021-05-05\",}",
            "{\"@type\":\"NewsArticle\",\"headline\":\"It\\'s\",\"datePublished\":\"2021-05-05\"};",
            "<!-- {\"@type\":\"NewsArticle\",\"datePublished\":\"2021-05-05\"} -->",
            "{\"@type\":\"NewsArticle\",\"headline\":\"a \"bold\" word\",\"datePublished\" : \"2021-05-05\"",
        ] {
            assert_eq!(dates(script), ["2021-05-05"], "{script}");
        }
    }

    #[test]
    fn teasers_behind_the_article_are_not_taken() {
        let script = r#"[{"@type":"NewsArticle","headline":"A","datePublished":"2021-05-05"},
                         {"@type":"NewsArticle","headline":"B","datePublished":"2020-01-01"}]"#;
        assert_eq!(dates(script), ["2021-05-05"]);
    }

    #[test]
    fn authors_are_names_objects_or_references() {
        let authors = |s: &str| read([s].into_iter()).authors;
        assert_eq!(authors(r#"{"@type":"Article","author":"A B"}"#), ["A B"]);
        assert_eq!(authors(r#"{"@type":"Article","author":[{"name":"A B"},{"name":["C D"]}]}"#), ["A B", "C D"]);
        let graph =
            r##"{"@graph":[{"@type":"Article","author":{"@id":"#p"}},{"@type":"Person","@id":"#p","name":"A B"}]}"##;
        assert_eq!(authors(graph), ["A B"]);
    }
}
