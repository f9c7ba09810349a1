//! `recount schema`.

use crate::{Outcome, printer};
use std::io::Write;

/// Prints the JSON Schema of the record.
pub fn run() -> Result<Outcome, String> {
    let schema = serde_json::to_string_pretty(&recount::record::schema()).expect("a schema is plain JSON");
    match writeln!(printer::raw(), "{schema}") {
        Err(e) if !printer::pipe_closed(&e) => Err(format!("writing failed: {e}")),
        _ => Ok(Outcome::Done),
    }
}
