//! Rows as Parquet: columns of Arrow, row groups of bounded size, the codebook in the fields' metadata.

use crate::files::{Format, Sealed, Written};
use crate::table::{Cell, Column, Kind, Row, Table};
use crate::{Error, Result};
use arrow::array::{
    ArrayRef, BooleanBuilder, Date32Builder, Float64Builder, Int64Builder, ListBuilder, StringBuilder, StructBuilder,
};
use arrow::datatypes::{DataType, Field, Fields, Schema};
use arrow::record_batch::RecordBatch;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use std::collections::HashMap;
use std::io;
use std::sync::Arc;

/// Rows of a row group at most.
const GROUP: usize = 1 << 16;
/// Bytes of a row group at most, as encoded in memory.
const GROUP_BYTES: usize = 32 << 20;
/// Rows that wait before they become columns.
const BATCH: usize = 1 << 10;

/// A Parquet file under way.
pub struct Parquet {
    table: &'static Table,
    schema: Arc<Schema>,
    waiting: Vec<Row>,
    rows: u64,
    path: std::path::PathBuf,
    out: ArrowWriter<Sealed>,
}

impl Parquet {
    pub fn create(file: Sealed, table: &'static Table, packed: bool) -> Result<Parquet> {
        let path = file.path().to_owned();
        let schema = Arc::new(schema_of(table));
        let compression = if packed { Compression::ZSTD(ZstdLevel::default()) } else { Compression::UNCOMPRESSED };
        let properties = WriterProperties::builder()
            .set_created_by(concat!("recount ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_max_row_group_row_count(Some(GROUP))
            .set_compression(compression)
            .build();
        let out = ArrowWriter::try_new(file, schema.clone(), Some(properties)).map_err(|e| broken(&path, e))?;
        Ok(Parquet { table, schema, waiting: Vec::with_capacity(BATCH), rows: 0, path, out })
    }

    pub fn row(&mut self, row: Row) -> Result<()> {
        self.waiting.push(row);
        if self.waiting.len() < BATCH { Ok(()) } else { self.pass_on() }
    }

    fn pass_on(&mut self) -> Result<()> {
        self.rows += self.waiting.len() as u64;
        let columns = self.table.columns.iter().enumerate();
        let columns: Vec<ArrayRef> = columns.map(|(i, c)| array(c, i, &self.waiting)).collect();
        self.waiting.clear();
        let written = RecordBatch::try_new(self.schema.clone(), columns)
            .map_err(parquet::errors::ParquetError::from)
            .and_then(|batch| self.out.write(&batch))
            .and_then(|()| if self.out.in_progress_size() > GROUP_BYTES { self.out.flush() } else { Ok(()) });
        written.map_err(|e| broken(&self.path, e))
    }

    pub fn done(mut self) -> Result<Written> {
        self.pass_on()?;
        let file = self.out.into_inner().map_err(|e| broken(&self.path, e))?;
        file.done(Format::Parquet, Some(self.table), self.table.title, self.rows)
    }
}

fn broken(path: &std::path::Path, error: parquet::errors::ParquetError) -> Error {
    Error::at(path, io::Error::other(error))
}

/// The Arrow schema of a table, with what the codebook says of each column.
pub fn schema_of(table: &Table) -> Schema {
    let fields: Vec<Field> = table.columns.iter().map(field).collect();
    let about = [("title", table.title), ("description", table.description)];
    Schema::new_with_metadata(fields, about.map(|(k, v)| (k.to_owned(), v.to_owned())).into())
}

fn field(column: &Column) -> Field {
    let mut about = HashMap::from([("description".to_owned(), column.description.to_owned())]);
    let mut say = |key: &str, value: Option<String>| value.map(|v| about.insert(key.to_owned(), v));
    say("unit", column.unit.map(str::to_owned));
    say("references", column.references.map(|table| format!("{table}.id")));
    say("categories", (!column.categories.is_empty()).then(|| column.categories.join("|")));
    Field::new(column.name, data_type(column.kind), !column.required).with_metadata(about)
}

fn data_type(kind: Kind) -> DataType {
    match kind {
        Kind::Text => DataType::Utf8,
        Kind::Integer => DataType::Int64,
        Kind::Number => DataType::Float64,
        Kind::Flag => DataType::Boolean,
        Kind::Date => DataType::Date32,
        Kind::List => DataType::List(Arc::new(Field::new("item", DataType::Utf8, true))),
        Kind::Spans => DataType::List(Arc::new(Field::new("item", DataType::Struct(span_fields()), true))),
    }
}

fn span_fields() -> Fields {
    Fields::from(vec![Field::new("start", DataType::Int64, false), Field::new("end", DataType::Int64, false)])
}

/// One column of some rows. A cell that does not fit its column is null.
fn array(column: &Column, at: usize, rows: &[Row]) -> ArrayRef {
    let cells = rows.iter().map(|r| r.get(at).unwrap_or(&Cell::Null));
    match column.kind {
        Kind::Text => {
            let mut b = StringBuilder::new();
            cells.for_each(|c| b.append_option(if let Cell::Text(s) = c { Some(s) } else { None }));
            Arc::new(b.finish())
        }
        Kind::Integer => {
            let mut b = Int64Builder::new();
            cells.for_each(|c| b.append_option(if let Cell::Integer(n) = c { Some(*n) } else { None }));
            Arc::new(b.finish())
        }
        Kind::Number => {
            let mut b = Float64Builder::new();
            cells.for_each(|c| b.append_option(if let Cell::Number(x) = c { Some(*x) } else { None }));
            Arc::new(b.finish())
        }
        Kind::Flag => {
            let mut b = BooleanBuilder::new();
            cells.for_each(|c| b.append_option(if let Cell::Flag(x) = c { Some(*x) } else { None }));
            Arc::new(b.finish())
        }
        Kind::Date => {
            let mut b = Date32Builder::new();
            cells.for_each(|c| b.append_option(if let Cell::Date(d) = c { days(*d) } else { None }));
            Arc::new(b.finish())
        }
        Kind::List => {
            let mut b = ListBuilder::new(StringBuilder::new());
            for c in cells {
                if let Cell::List(list) = c {
                    list.iter().for_each(|s| b.values().append_value(s));
                }
                b.append(matches!(c, Cell::List(_)));
            }
            Arc::new(b.finish())
        }
        Kind::Spans => {
            let mut b = ListBuilder::new(StructBuilder::from_fields(span_fields(), 0));
            for c in cells {
                if let Cell::Spans(spans) = c {
                    for span in spans {
                        for (i, end) in span.iter().enumerate() {
                            let ends = b.values().field_builder::<Int64Builder>(i);
                            ends.expect("a span has two whole numbers").append_value(*end as i64);
                        }
                        b.values().append(true);
                    }
                }
                b.append(matches!(c, Cell::Spans(_)));
            }
            Arc::new(b.finish())
        }
    }
}

/// Days since 1 January 1970.
fn days(date: jiff::civil::Date) -> Option<i32> {
    let epoch = jiff::civil::date(1970, 1, 1);
    epoch.until((jiff::Unit::Day, date)).ok().map(|s| s.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1970() {
        assert_eq!(days(jiff::civil::date(1970, 1, 1)), Some(0));
        assert_eq!(days(jiff::civil::date(2024, 3, 14)), Some(19_796));
        assert_eq!(days(jiff::civil::date(1969, 12, 31)), Some(-1));
    }
}
