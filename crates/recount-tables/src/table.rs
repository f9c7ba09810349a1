//! What a table is: its columns defined once, and rows of cells that fit them.
//!
//! CSV header, Arrow schema, Table Schema and codebook are all made from these definitions.

use recount::record::Range;

/// A table: one kind of row, with a key that stays the same from export to export.
#[derive(Debug)]
pub struct Table {
    /// File name without ending, and name of the resource in the manifest.
    pub name: &'static str,
    pub title: &'static str,
    /// What one row is.
    pub description: &'static str,
    pub columns: &'static [Column],
    /// The column whose values are unique and never null.
    pub key: Option<&'static str>,
}

/// A column: what its values are and what they must hold to.
#[derive(Debug)]
pub struct Column {
    pub name: &'static str,
    pub kind: Kind,
    pub description: &'static str,
    pub unit: Option<&'static str>,
    /// Never null.
    pub required: bool,
    /// The values that are possible; empty where any is.
    pub categories: &'static [&'static str],
    /// Smallest and largest value.
    pub bounds: Option<(f64, f64)>,
    /// The table whose key the values are.
    pub references: Option<&'static str>,
}

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Integer,
    Number,
    Flag,
    /// A day of the calendar.
    Date,
    /// Texts in order. In CSV a JSON array; in Parquet a list.
    List,
    /// Half-open ranges of code points. In CSV a JSON array of pairs; in Parquet a list of `start`, `end`.
    Spans,
}

/// One value.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Null,
    Text(String),
    Integer(i64),
    Number(f64),
    Flag(bool),
    Date(jiff::civil::Date),
    List(Vec<String>),
    Spans(Vec<Range>),
}

pub type Row = Vec<Cell>;

impl Column {
    pub const fn new(name: &'static str, kind: Kind, description: &'static str) -> Column {
        Column { name, kind, description, unit: None, required: false, categories: &[], bounds: None, references: None }
    }

    pub const fn required(self) -> Column {
        Column { required: true, ..self }
    }

    pub const fn unit(self, unit: &'static str) -> Column {
        Column { unit: Some(unit), ..self }
    }

    pub const fn one_of(self, categories: &'static [&'static str]) -> Column {
        Column { categories, ..self }
    }

    pub const fn within(self, least: f64, most: f64) -> Column {
        Column { bounds: Some((least, most)), ..self }
    }

    pub const fn references(self, table: &'static str) -> Column {
        Column { references: Some(table), ..self }
    }
}

impl Table {
    /// What is wrong with a row, by the table's own definition; none where it fits.
    pub fn misfit(&self, row: &[Cell]) -> Option<String> {
        if row.len() != self.columns.len() {
            return Some(format!("{}: {} cells for {} columns", self.name, row.len(), self.columns.len()));
        }
        self.columns.iter().zip(row).find_map(|(column, cell)| {
            let wrong = match (column.kind, cell) {
                (_, Cell::Null) => column.required.then_some("is null"),
                (Kind::Text, Cell::Text(s)) => {
                    let known = column.categories.is_empty() || column.categories.contains(&s.as_str());
                    (!known).then_some("is none of its categories")
                }
                (Kind::Integer, Cell::Integer(n)) => outside(column, *n as f64),
                (Kind::Number, Cell::Number(x)) if x.is_finite() => outside(column, *x),
                (Kind::Flag, Cell::Flag(_))
                | (Kind::Date, Cell::Date(_))
                | (Kind::List, Cell::List(_))
                | (Kind::Spans, Cell::Spans(_)) => None,
                _ => Some("is of another kind"),
            };
            wrong.map(|w| format!("{}.{}: {cell:?} {w}", self.name, column.name))
        })
    }
}

fn outside(column: &Column, value: f64) -> Option<&'static str> {
    let (least, most) = column.bounds?;
    (value < least || value > most).then_some("is out of bounds")
}

impl From<&str> for Cell {
    fn from(s: &str) -> Cell {
        Cell::Text(s.to_owned())
    }
}

impl From<&String> for Cell {
    fn from(s: &String) -> Cell {
        Cell::Text(s.clone())
    }
}

impl From<String> for Cell {
    fn from(s: String) -> Cell {
        Cell::Text(s)
    }
}

impl From<bool> for Cell {
    fn from(b: bool) -> Cell {
        Cell::Flag(b)
    }
}

impl From<usize> for Cell {
    fn from(n: usize) -> Cell {
        Cell::Integer(i64::try_from(n).unwrap_or(i64::MAX))
    }
}

impl From<u64> for Cell {
    fn from(n: u64) -> Cell {
        Cell::Integer(i64::try_from(n).unwrap_or(i64::MAX))
    }
}

impl From<u32> for Cell {
    fn from(n: u32) -> Cell {
        Cell::Integer(n.into())
    }
}

impl From<u8> for Cell {
    fn from(n: u8) -> Cell {
        Cell::Integer(n.into())
    }
}

impl From<f64> for Cell {
    fn from(x: f64) -> Cell {
        if x.is_finite() { Cell::Number(x) } else { Cell::Null }
    }
}

/// The number that is written the same in decimals: 0.7 and not 0.699999988.
impl From<f32> for Cell {
    fn from(x: f32) -> Cell {
        x.to_string().parse::<f64>().map_or(Cell::Null, Cell::from)
    }
}

impl From<&[String]> for Cell {
    fn from(list: &[String]) -> Cell {
        Cell::List(list.to_vec())
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Cell {
        value.map_or(Cell::Null, Into::into)
    }
}

/// A day written `YYYY-MM-DD`; null where it is no day.
pub fn day(words: Option<&str>) -> Cell {
    words.and_then(|w| w.get(..10)).and_then(|w| w.parse().ok()).map_or(Cell::Null, Cell::Date)
}

/// Start and end of a span as two cells.
pub fn ends(span: Option<Range>) -> [Cell; 2] {
    [span.map(|s| s[0]).into(), span.map(|s| s[1]).into()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_keep_their_decimals() {
        assert_eq!(Cell::from(0.7f32), Cell::Number(0.7));
        assert_eq!(Cell::from(f32::NAN), Cell::Null);
    }

    #[test]
    fn a_day_is_a_day_or_null() {
        assert_eq!(day(Some("2024-03-14")), Cell::Date(jiff::civil::date(2024, 3, 14)));
        assert_eq!(day(Some("2024-03")), Cell::Null);
        assert_eq!(day(Some("2024-02-30")), Cell::Null);
    }

    #[test]
    fn a_row_that_does_not_fit_is_named() {
        const COLUMNS: &[Column] = &[
            Column::new("id", Kind::Text, "").required(),
            Column::new("status", Kind::Text, "").one_of(&["happened"]),
            Column::new("score", Kind::Number, "").within(0.0, 1.0),
        ];
        let table = Table { name: "t", title: "", description: "", columns: COLUMNS, key: Some("id") };
        let fits = |row: &[Cell]| table.misfit(row).is_none();
        assert!(fits(&["a".into(), "happened".into(), 0.5f64.into()]));
        assert!(fits(&["a".into(), Cell::Null, Cell::Null]));
        assert!(!fits(&[Cell::Null, Cell::Null, Cell::Null]));
        assert!(!fits(&["a".into(), "perhaps".into(), Cell::Null]));
        assert!(!fits(&["a".into(), Cell::Null, 2.0f64.into()]));
        assert!(!fits(&["a".into(), Cell::Null, 1usize.into()]));
        assert!(!fits(&["a".into()]));
    }
}
