//! Full-text search with filters, in a time that does not grow much with the collection.

use crate::collection::Collection;
use crate::error::{Error, Result};
use crate::filters;
use rusqlite::types::Value;
use serde::Serialize;

/// The newest matches, of which the best are shown first: bounds the time of a search for words that all reports have.
const CANDIDATES: usize = 1000;

/// Marks around a hit, in columns of the index: control characters that no text has.
const OPEN: char = '\u{2}';
const CLOSE: char = '\u{3}';

/// What is looked for. Empty fields ask for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Words that must all stand in title or text; `"a phrase"`, `begin*`, `this OR that`, `-not`.
    pub words: String,
    /// First and last day of publication, `YYYY-MM-DD`.
    pub from: Option<String>,
    pub to: Option<String>,
    /// PLOVER type of an event in the report; together with `status`, of the same event.
    pub class: Option<String>,
    pub status: Option<String>,
    /// ISO 3166-1 alpha-3 code of a place in the report.
    pub country: Option<String>,
    /// Name of a place in the report.
    pub place: Option<String>,
    /// The newest first, instead of the best.
    pub newest: bool,
    /// Older versions of reports too.
    pub versions: bool,
    /// How many to give.
    pub limit: usize,
}

/// A report that was found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hit {
    pub id: String,
    pub title: Option<String>,
    pub outlet: Option<String>,
    pub published: Option<String>,
    pub uri: Option<String>,
    /// Words around the hits; the beginning of the text where only the title has them.
    pub snippet: String,
    /// Hits in the snippet, half-open ranges of its code points.
    pub marks: Vec<[usize; 2]>,
}

/// What a search gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Hits {
    pub hits: Vec<Hit>,
    /// How many match.
    pub found: usize,
    /// There are more than `found`: only the newest were looked at.
    pub more: bool,
}

impl Collection {
    /// The reports that match, the best first: those with more hits for their length, a hit in the title counting
    /// four times; without words, the newest first.
    ///
    /// # Errors
    /// [`Error::Unknown`] for words that cannot be looked for; or where the file cannot be read.
    pub fn search(&self, query: &Query) -> Result<Hits> {
        let words = expression(&query.words).map_err(Error::Unknown)?;
        let run = || -> rusqlite::Result<Hits> {
            let Some((condition, values, in_index)) = self.condition(query, &words)? else {
                return Ok(Hits { hits: Vec::new(), found: 0, more: false });
            };
            let mut found = self.candidates(&condition, &values, in_index && words.any())?;
            let more = found.len() > CANDIDATES;
            found.truncate(CANDIDATES);
            if words.any() && !query.newest {
                found.sort_by(|a, b| b.1.total_cmp(&a.1).then(b.0.cmp(&a.0)));
            }
            let mut hits = Vec::new();
            for (n, _) in found.iter().take(query.limit) {
                hits.push(self.hit(*n, words.any().then_some(&words.text))?);
            }
            Ok(Hits { hits, found: found.len(), more })
        };
        run().map_err(|e| Error::of(&self.path, &e))
    }

    /// The condition of a query, its values, and whether the index answers it; `None` where nothing can match.
    fn condition(&self, query: &Query, words: &Words) -> rusqlite::Result<Option<(String, Vec<Value>, bool)>> {
        let mut filters: Vec<String> = Vec::new();
        match (&query.class, &query.status) {
            (Some(class), Some(status)) => filters.push(filters::type_and_status(class, status)),
            (Some(class), None) => filters.push(filters::event_type(class)),
            (None, Some(status)) => filters.push(filters::status(status)),
            (None, None) => {}
        }
        filters.extend(query.country.iter().map(|c| filters::country(c)));
        filters.extend(query.place.iter().map(|p| filters::place(p)));
        let mut conditions = Vec::new();
        let mut values = Vec::new();
        if query.from.is_some() || query.to.is_some() {
            // An open end is that of the collection.
            let end = |which: &str| -> rusqlite::Result<Option<String>> {
                self.sql.query_row(&format!("SELECT {which}(published) FROM reports"), [], |row| row.get(0))
            };
            let from = query.from.clone().map_or_else(|| end("min"), |d| Ok(Some(d)))?;
            let to = query.to.clone().map_or_else(|| end("max"), |d| Ok(Some(d)))?;
            let (Some(from), Some(to)) = (from, to) else { return Ok(None) };
            if from > to {
                return Ok(None);
            }
            let months = filters::days(Some(&from), Some(&to));
            filters.extend(months.map(|m| format!("({})", m.join(" OR "))));
            conditions.push("r.published BETWEEN ? AND ?".to_owned());
            values.extend([Value::Text(from), Value::Text(to)]);
        }
        if !query.versions {
            conditions.push(
                "NOT EXISTS (SELECT 1 FROM reports AS x WHERE x.series = r.series AND x.version > r.version)"
                    .to_owned(),
            );
        }
        let filters = (!filters.is_empty()).then(|| format!("filters : ({})", filters.join(" AND ")));
        let mut index: Vec<String> = filters.into_iter().collect();
        index.extend(words.any().then(|| format!("{{title text}} : ({})", words.text)));
        let mut index = index.join(" AND ");
        if let Some(without) = &words.without {
            if index.is_empty() {
                conditions.push("r.n NOT IN (SELECT rowid FROM report_search WHERE report_search MATCH ?)".to_owned());
                values.push(Value::Text(format!("{{title text}} : ({without})")));
            } else {
                index = format!("({index}) NOT ({{title text}} : ({without}))");
            }
        }
        let in_index = !index.is_empty();
        if in_index {
            conditions.push("report_search MATCH ?".to_owned());
            values.push(Value::Text(index));
        }
        let condition = if conditions.is_empty() { "1".to_owned() } else { conditions.join(" AND ") };
        Ok(Some((condition, values, in_index)))
    }

    /// Rows of the newest matches with their scores, one more than are looked at.
    fn candidates(&self, condition: &str, values: &[Value], words: bool) -> rusqlite::Result<Vec<(i64, f64)>> {
        let limit = CANDIDATES + 1;
        let query = if condition.contains("MATCH ?") && !condition.contains("NOT IN") {
            let marked = |column: usize| format!("highlight(report_search, {column}, char(2), '')");
            let score = if words { format!("{}, {}", marked(0), marked(1)) } else { "NULL, NULL".to_owned() };
            format!(
                "SELECT r.n, {score} FROM report_search JOIN reports AS r ON r.n = report_search.rowid \
                 WHERE {condition} ORDER BY report_search.rowid DESC LIMIT {limit}"
            )
        } else {
            format!("SELECT r.n, NULL, NULL FROM reports AS r WHERE {condition} ORDER BY r.n DESC LIMIT {limit}")
        };
        let mut rows = self.sql.prepare_cached(&query)?;
        let mut rows = rows.query(rusqlite::params_from_iter(values))?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            let hits = |column: usize| -> rusqlite::Result<(f64, f64)> {
                let text = row.get_ref(column)?.as_bytes_or_null()?.unwrap_or_default();
                Ok((text.iter().filter(|b| **b == OPEN as u8).count() as f64, text.len() as f64))
            };
            let ((title, _), (text, length)) = (hits(1)?, hits(2)?);
            let weight = 4.0 * title + text;
            // Okapi BM25's way of counting (k1 1.2, b 0.75, lengths against one of 2,000 bytes). All matches have all
            // the words, so that how rare a word is says little.
            let score = weight / (weight + 1.2 * (0.25 + 0.75 * length / 2000.0));
            out.push((row.get(0)?, if words { score } else { 0.0 }));
        }
        Ok(out)
    }

    fn hit(&self, n: i64, words: Option<&String>) -> rusqlite::Result<Hit> {
        let mut row = self.sql.prepare_cached(
            "SELECT id, title, outlet, published, uri, substr(text, 1, 200) FROM reports WHERE n = ?",
        )?;
        let (mut hit, beginning) = row.query_row([n], |row| {
            let hit = Hit {
                id: row.get(0)?,
                title: row.get(1)?,
                outlet: row.get(2)?,
                published: row.get(3)?,
                uri: row.get(4)?,
                snippet: String::new(),
                marks: Vec::new(),
            };
            Ok((hit, row.get::<_, String>(5)?))
        })?;
        let marked = match words {
            None => beginning,
            Some(words) => {
                let mut snippet = self.sql.prepare_cached(
                    "SELECT snippet(report_search, 1, char(2), char(3), '…', 28) FROM report_search \
                     WHERE report_search MATCH ? AND rowid = ?",
                )?;
                snippet.query_row((format!("{{title text}} : ({words})"), n), |row| row.get(0))?
            }
        };
        let (snippet, marks) = unmarked(&marked);
        hit.snippet = snippet;
        hit.marks = marks;
        Ok(hit)
    }
}

/// A snippet without its marks, its white space folded, and where the marks stood.
fn unmarked(marked: &str) -> (String, Vec<[usize; 2]>) {
    let (mut out, mut marks, mut length, mut open) = (String::new(), Vec::new(), 0, None);
    for c in marked.chars() {
        match c {
            OPEN => open = Some(length),
            CLOSE => marks.extend(open.take().map(|start| [start, length])),
            c if c.is_whitespace() => {
                if !out.ends_with(' ') && !out.is_empty() {
                    out.push(' ');
                    length += 1;
                }
            }
            c => {
                out.push(c);
                length += 1;
            }
        }
    }
    (out, marks)
}

/// Words as FTS5 takes them.
#[derive(Debug, PartialEq, Eq)]
struct Words {
    /// What must stand there; empty for nothing.
    text: String,
    /// What must not.
    without: Option<String>,
}

impl Words {
    fn any(&self) -> bool {
        !self.text.is_empty()
    }
}

/// What a person typed as an expression of FTS5: every word quoted, so that nothing in it can be taken for syntax.
fn expression(typed: &str) -> std::result::Result<Words, String> {
    let mut groups: Vec<Vec<String>> = Vec::new();
    let mut without = Vec::new();
    let mut or = false;
    let mut rest = typed.trim_start();
    while !rest.is_empty() {
        let not = rest.starts_with('-') && rest.len() > 1;
        let start = if not { &rest[1..] } else { rest };
        let (words, after, quoted) = match start.strip_prefix('"') {
            Some(inner) => match inner.find('"') {
                Some(end) => (&inner[..end], &inner[end + 1..], true),
                None => return Err("a quotation mark is not closed".to_owned()),
            },
            None => {
                let end = start.find(char::is_whitespace).unwrap_or(start.len());
                (&start[..end], &start[end..], false)
            }
        };
        let (after, begins) = match after.strip_prefix('*') {
            Some(after) if quoted => (after, true),
            _ => (after, !quoted && words.ends_with('*')),
        };
        rest = after.trim_start();
        if !quoted && words == "OR" {
            or = !groups.is_empty();
            continue;
        }
        if !words.chars().any(char::is_alphanumeric) {
            continue;
        }
        let word = format!("\"{}\"{}", words.replace('"', "\"\""), if begins { "*" } else { "" });
        match groups.last_mut() {
            _ if not => without.push(word),
            Some(group) if or => group.push(word),
            _ => groups.push(vec![word]),
        }
        or = false;
    }
    let groups = groups.iter().map(|g| if g.len() == 1 { g[0].clone() } else { format!("({})", g.join(" OR ")) });
    let text = groups.collect::<Vec<_>>().join(" AND ");
    if text.is_empty() && without.is_empty() && !typed.trim().is_empty() {
        return Err(format!("there is no word to look for in {typed:?}"));
    }
    Ok(Words { text, without: (!without.is_empty()).then(|| without.join(" OR ")) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_quoted_and_its_own_syntax_understood() {
        for (typed, text, without) in [
            ("killed Orvask", "\"killed\" AND \"Orvask\"", None),
            ("\"car bomb\" market*", "\"car bomb\" AND \"market*\"*", None),
            ("army OR police raid", "(\"army\" OR \"police\") AND \"raid\"", None),
            ("raid -drone", "\"raid\"", Some("\"drone\"")),
            ("a AND NEAR(b c) col:x", "\"a\" AND \"AND\" AND \"NEAR(b\" AND \"c)\" AND \"col:x\"", None),
        ] {
            let words = expression(typed).unwrap();
            assert_eq!((words.text.as_str(), words.without.as_deref()), (text, without), "{typed}");
        }
        assert!(expression("\"open").is_err() && expression("…").is_err());
        assert!(!expression("").unwrap().any());
    }

    #[test]
    fn marks_are_code_points_of_the_snippet() {
        assert_eq!(unmarked("é \u{2}hit\u{3}\n\n x"), ("é hit x".to_owned(), vec![[2, 5]]));
    }
}
