//! Statements: each act of saying with its source, cue and content.

use super::{CLASSES, ID, IN_TITLE, Out, REPORT, ROW, SCORE, offset, text};
use crate::Result;
use crate::reading::Reading;
use crate::table::{Cell, Column, Kind, Table, ends};

pub static STATEMENTS: Table = Table {
    name: "statements",
    title: "Statements",
    description: "One act of saying: who, with what words, and what is said.",
    key: Some("id"),
    columns: COLUMNS,
};

const COLUMNS: &[Column] = &[
    ID,
    REPORT,
    ROW,
    text("form", "`direct` quotation, `indirect` speech, or `mixed`.").one_of(&["direct", "indirect", "mixed"]),
    text("act", "What is done by saying it.").one_of(&[
        "asserts",
        "denies",
        "orders",
        "requests",
        "threatens",
        "promises",
        "asks",
        "predicts",
        "doubts",
        "intends",
    ]),
    text("speaker", "The source's name, otherwise the words that name it; null where nothing does."),
    text("speaker_entity", "The source; null for a source with no name.").references("entities"),
    text("speaker_class", "Class of the source.").one_of(CLASSES),
    text("source_words", "The words that name the source; null where it is carried on from the statement before."),
    offset("source_start", "First code point of these words."),
    offset("source_end", "Code point behind these words."),
    text("cue_words", "The words that tell that something is said."),
    offset("cue_start", "First code point of the cue."),
    offset("cue_end", "Code point behind the cue."),
    text("content", "What is said; pieces that stand apart are joined by “ … ”."),
    Column::new("content_spans", Kind::Spans, "Where the pieces of the content stand.").unit("code points"),
    text("channel", "Through what it was said, in the report's words."),
    text("addressee", "To whom it was said, in the report's words."),
    offset("addressee_start", "First code point of the addressee."),
    offset("addressee_end", "Code point behind the addressee."),
    text("said_at", "When it was said.").references("times"),
    text("inside", "The statement whose content holds this one.").references("statements"),
    IN_TITLE,
    SCORE,
];

pub fn rows(reading: &Reading<'_>, out: &mut Out<'_>) -> Result<()> {
    for s in &reading.record.statements {
        let within = &s.within_title;
        let words = |span: Option<_>| Cell::from(span.map(|span| reading.words(span, within)));
        let speaker = reading.source_of(Some(s));
        let entity = s.source.as_ref().and_then(|x| reading.entity(x.entity.as_deref()));
        let source = s.source.as_ref().and_then(|x| x.span);
        let pieces: Vec<&str> = s.content.iter().map(|c| reading.words(*c, within)).collect();
        let [source_start, source_end] = ends(source);
        let [cue_start, cue_end] = ends(s.cue);
        let [addressee_start, addressee_end] = ends(s.addressee);
        let cells = [
            reading.key(&s.id).into(),
            (&reading.record.id).into(),
            (&s.id).into(),
            (&s.form).into(),
            (&s.act).into(),
            speaker.name.into(),
            entity.map(|e| reading.key(&e.id)).into(),
            speaker.class.into(),
            words(source),
            source_start,
            source_end,
            words(s.cue),
            cue_start,
            cue_end,
            pieces.join(" … ").into(),
            Cell::Spans(s.content.clone()),
            s.channel.as_ref().into(),
            words(s.addressee),
            addressee_start,
            addressee_end,
            reading.time(s.time.as_deref()).map(|t| reading.key(&t.id)).into(),
            reading.statement(s.within.as_deref()).map(|w| reading.key(&w.id)).into(),
            within.is_some().into(),
            s.score.into(),
        ];
        out(&STATEMENTS, cells.into())?;
    }
    Ok(())
}
