//! One self-contained page for any number of reports: no network, no fonts, nothing fetched.
//!
//! Each record is embedded as JSON and drawn by `page.js`; reports are written as they come, so memory stays flat.

use recount::record::Record;
use std::io::{self, Write};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");
const BODY: &str = include_str!("page.html");

/// Writes what stands before the reports.
pub fn begin(out: &mut impl Write) -> io::Result<()> {
    write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
         script-src 'unsafe-inline'\">\n<title>Recount: who said what</title>\n<style>\n{STYLE}</style>\n</head>\n{BODY}"
    )
}

/// Writes one report.
pub fn report(out: &mut impl Write, record: &Record) -> io::Result<()> {
    // Inside a script element only `<` can end it, so only `<` is written otherwise.
    let json = serde_json::to_string(record)?.replace('<', "\\u003c");
    writeln!(out, "<script type=\"application/json\" class=\"report\">{json}</script>")
}

/// Writes what stands behind the reports.
pub fn end(out: &mut impl Write) -> io::Result<()> {
    write!(out, "<script>\n{SCRIPT}</script>\n</body>\n</html>\n")
}
