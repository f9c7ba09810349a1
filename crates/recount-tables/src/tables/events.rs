//! Events with every telling and every participant.

use super::{
    END, EVENT_TYPES, ID, IN_TITLE, Out, REPORT, ROW, SAID_BY, SCORE, SPEAKER, SPEAKER_CLASS, START, STATUSES, flag,
    integer, list, text,
};
use crate::Result;
use crate::across::Across;
use crate::reading::Reading;
use crate::table::{Cell, Column, Table, ends};
use recount::record::{Event, Participant};

pub static EVENTS: Table = Table {
    name: "events",
    title: "Events",
    description: "Something that a report says to have happened or to be going to; told several times, it is one row.",
    key: Some("id"),
    columns: EVENT_COLUMNS,
};

const STATUS: Column =
    text("status", "Whether it is told as having happened, as ordered, threatened, denied and so on.").one_of(STATUSES);
const TRIGGER: Column = text("words", "The words that tell of it.");

const EVENT_COLUMNS: &[Column] = &[
    ID,
    REPORT,
    ROW,
    text("incident", "The happening that the event was taken to tell of.").references("incidents"),
    text("event_type", "PLOVER type.").one_of(EVENT_TYPES),
    text("event_mode", "PLOVER mode."),
    text("acled_sub_event", "ACLED sub-event type, where one fits."),
    STATUS,
    flag("historical", "Told as background from another time."),
    list("actors", "Who did it, by name or by the report's words."),
    list("targets", "To whom, by name or by the report's words."),
    text("place", "Where.").references("places"),
    text("time", "When.").references("times"),
    SAID_BY,
    SPEAKER,
    SPEAKER_CLASS,
    integer("tellings", "How often the report tells of it.").within(0.0, 4_294_967_295.0),
    TRIGGER,
    IN_TITLE,
    START,
    END,
    SCORE,
];

pub static TELLINGS: Table = Table {
    name: "tellings",
    title: "Tellings",
    description: "Each time that a report tells of an event: each teller may give it another status.",
    key: Some("id"),
    columns: TELLING_COLUMNS,
};

const EVENT: Column = text("event", "The event.").references("events").required();

const TELLING_COLUMNS: &[Column] = &[
    text("id", "Key: the event's key, a slash, and the number of the telling.").required(),
    REPORT,
    EVENT,
    STATUS,
    SAID_BY,
    SPEAKER,
    SPEAKER_CLASS,
    TRIGGER,
    IN_TITLE,
    START,
    END,
];

pub static PARTICIPANTS: Table = Table {
    name: "participants",
    title: "Participants",
    description: "Who or what takes part in an event.",
    key: Some("id"),
    columns: PARTICIPANT_COLUMNS,
};

const PARTICIPANT_COLUMNS: &[Column] = &[
    text("id", "Key: the event's key, a slash, and a letter for the part with a number.").required(),
    REPORT,
    EVENT,
    text("part", "Its part in the event.").one_of(&["actor", "target", "instrument"]).required(),
    text("entity", "The entity; null where the words name none.").references("entities"),
    text("name", "The entity's name, otherwise the words."),
    text("words", "The words."),
    IN_TITLE,
    START,
    END,
];

pub fn rows(reading: &Reading<'_>, across: &Across<'_>, out: &mut Out<'_>) -> Result<()> {
    for v in &reading.record.events {
        event(reading, across, v, out)?;
        tellings(reading, v, out)?;
        for (part, letter, rows) in
            [("actor", 'a', &v.actors), ("target", 'o', &v.targets), ("instrument", 'i', &v.instruments)]
        {
            for (i, p) in rows.iter().enumerate() {
                let key = format!("{}/{letter}{}", reading.key(&v.id), i + 1);
                out(&PARTICIPANTS, participant(reading, v, p, key, part))?;
            }
        }
    }
    Ok(())
}

fn event(reading: &Reading<'_>, across: &Across<'_>, v: &Event, out: &mut Out<'_>) -> Result<()> {
    let report = &reading.record.id;
    let [start, end] = ends(Some(v.trigger));
    let speaker = reading.speaker(&v.said_by);
    let names = |rows: &[Participant]| Cell::List(rows.iter().map(|p| reading.name_of(p, v).to_owned()).collect());
    let cells = [
        reading.key(&v.id).into(),
        report.into(),
        (&v.id).into(),
        across.incident_of(report, &v.id).map(|i| &i.id).into(),
        (&v.class).into(),
        v.mode.as_ref().into(),
        v.acled.as_ref().into(),
        (&v.status).into(),
        v.historical.into(),
        names(&v.actors),
        names(&v.targets),
        reading.place(v.place.as_deref()).map(|p| reading.key(&p.id)).into(),
        reading.time(v.time.as_deref()).map(|t| reading.key(&t.id)).into(),
        Cell::List(reading.keys(&v.said_by)),
        speaker.name.into(),
        speaker.class.into(),
        v.mentions.len().into(),
        reading.words(v.trigger, &v.within_title).into(),
        v.within_title.is_some().into(),
        start,
        end,
        v.score.into(),
    ];
    out(&EVENTS, cells.into())
}

fn tellings(reading: &Reading<'_>, v: &Event, out: &mut Out<'_>) -> Result<()> {
    for (i, m) in v.mentions.iter().enumerate() {
        let [start, end] = ends(Some(m.trigger));
        let speaker = reading.speaker(&m.said_by);
        let cells = [
            format!("{}/t{}", reading.key(&v.id), i + 1).into(),
            (&reading.record.id).into(),
            reading.key(&v.id).into(),
            (&m.status).into(),
            Cell::List(reading.keys(&m.said_by)),
            speaker.name.into(),
            speaker.class.into(),
            reading.words(m.trigger, &m.within_title).into(),
            m.within_title.is_some().into(),
            start,
            end,
        ];
        out(&TELLINGS, cells.into())?;
    }
    Ok(())
}

fn participant(reading: &Reading<'_>, v: &Event, p: &Participant, key: String, part: &str) -> Vec<Cell> {
    let [start, end] = ends(Some(p.span));
    vec![
        key.into(),
        (&reading.record.id).into(),
        reading.key(&v.id).into(),
        part.into(),
        reading.entity(p.entity.as_deref()).map(|e| reading.key(&e.id)).into(),
        reading.name_of(p, v).into(),
        reading.words(p.span, &v.within_title).into(),
        v.within_title.is_some().into(),
        start,
        end,
    ]
}
