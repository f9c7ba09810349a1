//! Relations: lasting ties between entities or places.

use super::{END, ID, IN_TITLE, Out, REPORT, ROW, SAID_BY, SCORE, SPEAKER, SPEAKER_CLASS, START, text};
use crate::Result;
use crate::reading::Reading;
use crate::table::{Cell, Column, Table, ends};

pub static RELATIONS: Table = Table {
    name: "relations",
    title: "Relations",
    description: "A lasting tie: the subject holds office in, is kin of, sits on the board of the object.",
    key: Some("id"),
    columns: COLUMNS,
};

const COLUMNS: &[Column] = &[
    ID,
    REPORT,
    ROW,
    text("subject_entity", "The subject, where it is an entity.").references("entities"),
    text("subject_place", "The subject, where it is a place.").references("places"),
    text("subject_name", "Name of the subject."),
    text("kind", "What tie.")
        .one_of(&[
            "office",
            "leads",
            "member",
            "board",
            "employee",
            "spokesperson",
            "kin",
            "nationality",
            "part-of",
            "ally",
            "founder",
            "owner",
            "formerly-called",
        ])
        .required(),
    text("detail", "The words that name the tie."),
    text("object_entity", "The object, where it is an entity.").references("entities"),
    text("object_place", "The object, where it is a place.").references("places"),
    text("object_name", "Name of the object."),
    SAID_BY,
    SPEAKER,
    SPEAKER_CLASS,
    text("words", "The words that tell of the tie."),
    IN_TITLE,
    START,
    END,
    SCORE,
];

pub fn rows(reading: &Reading<'_>, out: &mut Out<'_>) -> Result<()> {
    for r in &reading.record.relations {
        let [start, end] = ends(Some(r.span));
        let speaker = reading.speaker(&r.said_by);
        let [subject_entity, subject_place, subject_name] = party(reading, &r.subject);
        let [object_entity, object_place, object_name] = party(reading, &r.object);
        let cells = [
            reading.key(&r.id).into(),
            (&reading.record.id).into(),
            (&r.id).into(),
            subject_entity,
            subject_place,
            subject_name,
            (&r.kind).into(),
            r.detail.as_ref().into(),
            object_entity,
            object_place,
            object_name,
            Cell::List(reading.keys(&r.said_by)),
            speaker.name.into(),
            speaker.class.into(),
            reading.words(r.span, &r.within_title).into(),
            r.within_title.is_some().into(),
            start,
            end,
            r.score.into(),
        ];
        out(&RELATIONS, cells.into())?;
    }
    Ok(())
}

/// Entity, place and name of one end of a tie.
fn party(reading: &Reading<'_>, row: &str) -> [Cell; 3] {
    match (reading.entity(Some(row)), reading.place(Some(row))) {
        (Some(e), _) => [reading.key(&e.id).into(), Cell::Null, (&e.name).into()],
        (None, Some(p)) => [Cell::Null, reading.key(&p.id).into(), (&p.name).into()],
        (None, None) => [Cell::Null, Cell::Null, Cell::Null],
    }
}
