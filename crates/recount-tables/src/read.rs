//! Tables of reports out of Parquet: the columns of CSV by the same names, batch by batch.

use arrow::array::{Array, RecordBatch};
use arrow::util::display::{ArrayFormatter, FormatOptions};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use parquet::file::reader::ChunkReader;
use recount::intake::table::{Columns, Field, Row};

/// Rows read at once: reports are long, and one batch is in memory.
const BATCH: usize = 64;

/// The rows of a Parquet file, in order.
pub struct Rows {
    pub columns: Columns,
    /// How many rows the file says that it has.
    pub total: u64,
    batches: ParquetRecordBatchReader,
    /// The names of the columns of a batch, which are only those that are read.
    names: Vec<String>,
    batch: Option<RecordBatch>,
    at: usize,
    /// Rows given.
    row: usize,
    ended: bool,
}

/// Opens a Parquet file. `asked` names columns outright, as for [`recount::intake::table::table`].
///
/// # Errors
/// Why the file cannot be read, or which column is missing.
pub fn parquet(file: impl ChunkReader + 'static, asked: &[(Field, String)]) -> Result<Rows, String> {
    let broken = |e: parquet::errors::ParquetError| format!("the Parquet file cannot be read: {e}");
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(broken)?;
    let names: Vec<String> = builder.schema().fields().iter().map(|f| f.name().clone()).collect();
    let columns = Columns::of(&names, asked).map_err(|e| e.to_string())?;
    let read = Field::ALL.iter().filter_map(|f| columns.get(*f));
    let mask = ProjectionMask::roots(builder.parquet_schema(), read);
    let total = u64::try_from(builder.metadata().file_metadata().num_rows()).unwrap_or(0);
    let batches = builder.with_projection(mask).with_batch_size(BATCH).build().map_err(broken)?;
    Ok(Rows { columns, total, batches, names, batch: None, at: 0, row: 0, ended: false })
}

impl Rows {
    /// What was understood, in one line.
    pub fn told(&self) -> String {
        format!("a Parquet table of {} rows: {}", self.total, self.columns.told())
    }

    fn cell(&self, field: Field, batch: &RecordBatch) -> Result<Option<String>, String> {
        let Some(column) = self.columns.get(field).and_then(|at| batch.column_by_name(&self.names[at])) else {
            return Ok(None);
        };
        if column.is_null(self.at) {
            return Ok(None);
        }
        let format = ArrayFormatter::try_new(column.as_ref(), &FormatOptions::default()).map_err(|e| e.to_string())?;
        format.value(self.at).try_to_string().map(Some).map_err(|e| e.to_string())
    }
}

impl Iterator for Rows {
    type Item = Result<Row, String>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended && self.batch.as_ref().is_none_or(|b| self.at >= b.num_rows()) {
            self.at = 0;
            match self.batches.next() {
                Some(Ok(batch)) => self.batch = Some(batch),
                Some(Err(error)) => {
                    self.ended = true;
                    return Some(Err(format!("behind row {}: {error}", self.row)));
                }
                None => self.ended = true,
            }
        }
        let batch = if self.ended { None } else { self.batch.take() }?;
        self.row += 1;
        let mut wrong = None;
        let row = Row::of(self.row, |field| {
            self.cell(field, &batch).unwrap_or_else(|e| {
                wrong.get_or_insert(e);
                None
            })
        });
        self.at += 1;
        self.batch = Some(batch);
        Some(match wrong {
            Some(reason) => Err(format!("row {}: {reason}", self.row)),
            None => Ok(row),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow::array::{ArrayRef, Date32Array, Int64Array, StringArray};
    use parquet::arrow::ArrowWriter;
    use recount::intake::Source;
    use std::sync::Arc;

    fn written(columns: Vec<(&str, ArrayRef)>) -> arrow::array::RecordBatch {
        RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(n, c)| (n, c, true))).unwrap()
    }

    fn file(batch: &RecordBatch) -> std::fs::File {
        let mut file = tempfile::tempfile().unwrap();
        let mut writer = ArrowWriter::try_new(&mut file, batch.schema(), None).unwrap();
        writer.write(batch).unwrap();
        writer.close().unwrap();
        file
    }

    #[test]
    fn rows_are_read_over_batches_whatever_the_types_of_their_columns() {
        let n = BATCH * 2 + 3;
        let texts: Vec<Option<String>> = (0..n).map(|i| (i != 5).then(|| format!("Boat number {i} sank."))).collect();
        let batch = written(vec![
            ("mood", Arc::new(StringArray::from(vec!["sad"; n]))),
            ("article_id", Arc::new(Int64Array::from_iter_values(0..n as i64))),
            ("Body", Arc::new(StringArray::from(texts))),
            // 5 May 2021 in days since 1970.
            ("date", Arc::new(Date32Array::from(vec![18752; n]))),
        ]);
        let rows = parquet(file(&batch), &[]).unwrap();
        assert!(rows.told().contains("text from `Body`") && rows.told().contains("`mood`"), "{}", rows.told());
        let read: Vec<_> = rows.map(|r| r.unwrap().article(&Source::default())).collect();
        assert_eq!(read.len(), n);
        let last = read[n - 1].as_ref().unwrap();
        assert_eq!((last.id.as_str(), last.text.as_str()), ("130", "Boat number 130 sank."));
        assert_eq!(last.published.best.unwrap().to_string(), "2021-05-05");
        assert_eq!(read[5].as_ref().unwrap_err().to_string(), "line 6: its text is empty");
    }

    #[test]
    fn a_file_that_is_broken_or_has_no_text_is_refused_with_the_reason() {
        let batch = written(vec![("mood", Arc::new(StringArray::from(vec!["sad"])))]);
        assert!(parquet(file(&batch), &[]).err().unwrap().contains("`mood`"));
        let mut broken = tempfile::tempfile().unwrap();
        std::io::Write::write_all(&mut broken, b"PAR1 and no more").unwrap();
        assert!(parquet(broken, &[]).err().unwrap().contains("cannot be read"));
    }
}
