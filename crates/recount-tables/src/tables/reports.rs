//! Reports, and the dates that they state about themselves.

use super::{END, ID, Out, REPORT, START, date, flag, integer, list, text};
use crate::Result;
use crate::across::Across;
use crate::digest;
use crate::reading::Reading;
use crate::table::{Cell, Column, Table, day, ends};

pub static REPORTS: Table = Table {
    name: "reports",
    title: "Reports",
    description: "One article as published.",
    key: Some("id"),
    columns: REPORT_COLUMNS,
};

const REPORT_COLUMNS: &[Column] = &[
    text("id", "Key: the input's own id, otherwise a hash of the text and where it came from.").required(),
    text("uri", "Where the report was published."),
    text("title", "Title."),
    text("outlet", "Who published it."),
    text("credit", "Byline or agency credit, as printed."),
    text("language", "ISO 639-1 code, or `und`."),
    date("published", "Day of publication; null where nothing says or where day and month stay open."),
    text("origin", "The group of reports that go back to one author.").references("origins"),
    text("text", "The text that all spans count in.").required(),
    integer("characters", "Length of the text.").unit("code points").within(0.0, 4_294_967_295.0).required(),
    text("text_sha256", "SHA-256 of the text in UTF-8, as hexadecimal digits.").required(),
    text("captured", "When a web archive captured the page, as the archive states it."),
    list("notes", "What intake noticed: a guessed character set, a cut page."),
    text("program", "Program that made the record.").required(),
    text("model", "Weights that it ran.").required(),
    text("data", "Data that it carried.").required(),
];

pub static DATES: Table = Table {
    name: "dates",
    title: "Stated dates",
    description: "A date that a report or its page states about itself.",
    key: Some("id"),
    columns: DATE_COLUMNS,
};

const DATE_COLUMNS: &[Column] = &[
    ID,
    REPORT,
    date("day", "The day stated; null where day and month stay open."),
    text("words", "As written."),
    text("stated_in", "Where: `text`, `page`, `json-ld`, `meta`, `microdata`, `time`, `url`, `input` or `option`."),
    flag("modified", "A date of change rather than of publication."),
    START,
    END,
];

pub fn rows(reading: &Reading<'_>, across: &Across<'_>, out: &mut Out<'_>) -> Result<()> {
    let r = reading.record;
    out(
        &REPORTS,
        vec![
            (&r.id).into(),
            r.uri.as_ref().into(),
            r.title.as_ref().into(),
            r.outlet.as_ref().into(),
            r.credit.as_ref().into(),
            (&r.language).into(),
            day(r.published.best.as_deref()),
            across.origin_of(&r.id).map(|o| &o.id).into(),
            (&r.text).into(),
            r.text.chars().count().into(),
            digest::sha256(r.text.as_bytes()).into(),
            r.captured.as_ref().and_then(|c| c.date.as_ref()).into(),
            r.notes.as_slice().into(),
            (&r.run.program).into(),
            (&r.run.model).into(),
            (&r.run.data).into(),
        ],
    )?;
    for (i, d) in r.published.stated.iter().enumerate() {
        let [start, end] = ends(d.span);
        let key: Cell = reading.key(&format!("d{}", i + 1)).into();
        let (words, from) = ((&d.words).into(), (&d.from).into());
        let cells = [key, (&r.id).into(), day(d.value.as_deref()), words, from, d.modified.into(), start, end];
        out(&DATES, cells.into())?;
    }
    Ok(())
}
