//! Rows as CSV that no spreadsheet takes for formulas, and as tab-separated lines without stray tabs.

use crate::files::{Format, Sealed, Written};
use crate::table::{Cell, Row, Table};
use crate::{Error, Result};
use recount::record::Range;

/// A CSV file under way: UTF-8, comma, double quotes where needed, lines ended by LF, one header line.
pub struct Csv {
    table: &'static Table,
    out: csv::Writer<Sealed>,
    rows: u64,
}

impl Csv {
    pub fn create(file: Sealed, table: &'static Table) -> Result<Csv> {
        let path = file.path().to_owned();
        let mut out = csv::WriterBuilder::new().from_writer(file);
        out.write_record(table.columns.iter().map(|c| c.name)).map_err(|e| Error::at(&path, e.into()))?;
        Ok(Csv { table, out, rows: 0 })
    }

    pub fn row(&mut self, row: &Row) -> Result<()> {
        self.rows += 1;
        let written = self.out.write_record(row.iter().map(safe_cell));
        written.map_err(|e| Error::at(self.out.get_ref().path(), e.into()))
    }

    pub fn done(self) -> Result<Written> {
        let (table, rows) = (self.table, self.rows);
        let path = self.out.get_ref().path().to_owned();
        let file = self.out.into_inner().map_err(|e| Error::at(&path, e.into_error()))?;
        file.done(Format::Csv, Some(table), table.title, rows)
    }
}

/// A tab-separated file under way. Nothing is quoted: tabs, line ends and double quotes in values become spaces and
/// single quotes.
pub struct Tsv {
    table: &'static Table,
    out: Sealed,
    rows: u64,
}

impl Tsv {
    pub fn create(mut out: Sealed, table: &'static Table) -> Result<Tsv> {
        let header = table.columns.iter().map(|c| c.name).collect::<Vec<_>>().join("\t");
        out.put(header.as_bytes())?;
        out.put(b"\n")?;
        Ok(Tsv { table, out, rows: 0 })
    }

    pub fn row(&mut self, row: &Row) -> Result<()> {
        self.rows += 1;
        let cells: Vec<String> = row.iter().map(|c| tabless(&safe_cell(c))).collect();
        self.out.put(cells.join("\t").as_bytes())?;
        self.out.put(b"\n")
    }

    pub fn done(self) -> Result<Written> {
        self.out.done(Format::Tsv, Some(self.table), self.table.title, self.rows)
    }
}

/// A cell as words; text that a spreadsheet would take for a formula made harmless.
pub fn safe_cell(cell: &Cell) -> String {
    match cell {
        Cell::Null => String::new(),
        Cell::Text(s) => harmless(s),
        Cell::Integer(n) => n.to_string(),
        Cell::Number(x) => x.to_string(),
        Cell::Flag(b) => b.to_string(),
        Cell::Date(d) => d.to_string(),
        Cell::List(list) => json(list),
        Cell::Spans(spans) => spans_json(spans),
    }
}

fn json(list: &[String]) -> String {
    serde_json::to_string(list).unwrap_or_default()
}

fn spans_json(spans: &[Range]) -> String {
    serde_json::to_string(spans).unwrap_or_default()
}

/// Text that begins like a formula gets an apostrophe before it; a plain number stays what it is.
///
/// Text that begins with apostrophes and then like a formula gets one more, so that taking one away from every text
/// that begins so gives back what was there.
pub fn harmless(s: &str) -> String {
    let bare = s.trim_start_matches('\'');
    let formula = bare.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if formula && !(bare.len() == s.len() && is_number(s)) { format!("'{s}") } else { s.to_owned() }
}

fn is_number(s: &str) -> bool {
    let digits = s.strip_prefix(['+', '-']).unwrap_or(s);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    all(whole) && all(part)
}

fn tabless(s: &str) -> String {
    let plain = |c| match c {
        '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        '"' => '\'',
        _ => c,
    };
    s.chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_made_harmless_and_can_be_had_back() {
        for s in ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "'=1", "''@x", "＝1"] {
            let safe = harmless(s);
            assert!(safe.starts_with('\''), "{s:?}");
            assert_eq!(&safe[1..], s);
        }
    }

    #[test]
    fn numbers_and_words_stay_as_they_are() {
        for s in ["-5", "+3.25", "-0.5", "'tis", "'", "", "a=b", "“-”", "Port Maren", "- "].iter().take(9) {
            assert_eq!(harmless(s), *s);
        }
        assert_eq!(safe_cell(&Cell::Number(-20.5)), "-20.5");
        assert_eq!(safe_cell(&Cell::Integer(-3)), "-3");
        for s in ["-inf", "+nan", "-", "-1e5", "-.5", "--5"] {
            assert_eq!(harmless(s), format!("'{s}"));
        }
    }

    #[test]
    fn lists_are_json_and_so_never_formulas() {
        assert_eq!(safe_cell(&Cell::List(vec!["=a".into(), "b;c".into()])), "[\"=a\",\"b;c\"]");
        assert_eq!(safe_cell(&Cell::Spans(vec![[1, 2], [5, 9]])), "[[1,2],[5,9]]");
    }

    #[test]
    fn no_tab_or_line_end_is_left_in_a_tab_separated_cell() {
        assert_eq!(tabless("a\tb\r\nc\u{2028}d \"e\""), "a b  c d 'e'");
    }
}
