//! Counts: one figure in one report each, with its bounds and who says so.

use super::{
    COUNT_KINDS, END, ID, IN_TITLE, Out, REPORT, ROW, SAID_BY, SCORE, SPEAKER, SPEAKER_CLASS, START, figure, offset,
    text,
};
use crate::Result;
use crate::reading::Reading;
use crate::table::{Cell, Column, Table, ends};

pub static COUNTS: Table = Table {
    name: "counts",
    title: "Counts",
    description: "One figure in one report. “At least 70” is low 70, best 70 and no high; “dozens” is low 24, high 99 \
                  and no best.",
    key: Some("id"),
    columns: COLUMNS,
};

const COLUMNS: &[Column] = &[
    ID,
    REPORT,
    ROW,
    text("kind", "What is counted.").one_of(COUNT_KINDS).required(),
    figure("low", "Least that the words can mean."),
    figure("best", "The figure itself, where the words give one."),
    figure("high", "Most that the words can mean."),
    text("words", "The words of the figure."),
    IN_TITLE,
    START,
    END,
    text("counted", "The words for what is counted."),
    offset("counted_start", "First code point of these words."),
    offset("counted_end", "Code point behind these words."),
    text("event", "The event that it belongs to.").references("events"),
    SAID_BY,
    SPEAKER,
    SPEAKER_CLASS,
    SCORE,
];

pub fn rows(reading: &Reading<'_>, out: &mut Out<'_>) -> Result<()> {
    for c in &reading.record.counts {
        let [start, end] = ends(Some(c.span));
        let of = c.of.as_ref().map(|o| o.span);
        let [of_start, of_end] = ends(of);
        let speaker = reading.speaker(&c.said_by);
        let event = c.event.as_ref().filter(|v| reading.record.events.iter().any(|e| e.id == **v));
        let cells = [
            reading.key(&c.id).into(),
            (&reading.record.id).into(),
            (&c.id).into(),
            (&c.kind).into(),
            c.low.into(),
            c.best.into(),
            c.high.into(),
            reading.words(c.span, &c.within_title).into(),
            c.within_title.is_some().into(),
            start,
            end,
            of.map(|span| reading.words(span, &c.within_title)).into(),
            of_start,
            of_end,
            event.map(|v| reading.key(v)).into(),
            Cell::List(reading.keys(&c.said_by)),
            speaker.name.into(),
            speaker.class.into(),
            c.score.into(),
        ];
        out(&COUNTS, cells.into())?;
    }
    Ok(())
}
