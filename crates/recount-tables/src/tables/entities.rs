//! Entities, and every place where words name an entity or a place.

use super::{END, ID, IN_TITLE, Out, REPORT, ROW, SCORE, START, flag, integer, text};
use crate::Result;
use crate::reading::Reading;
use crate::table::{Cell, Column, Table, ends};
use recount::record::Mention;

pub static ENTITIES: Table = Table {
    name: "entities",
    title: "Entities",
    description: "Someone or something that a report names or describes. Entities of two reports are not joined.",
    key: Some("id"),
    columns: ENTITY_COLUMNS,
};

const ENTITY_COLUMNS: &[Column] = &[
    ID,
    REPORT,
    ROW,
    text("kind", "What it is.").one_of(&["person", "organisation", "group", "place", "facility", "other"]).required(),
    text("name", "The fullest name in the report, otherwise the first description."),
    text("country", "ISO 3166-1 alpha-3 code of the country it belongs to."),
    text("sector", "PLOVER sector code."),
    text("stated_role", "Office or occupation as stated."),
    flag("private_person", "A private person, whose name the public profile masks."),
    integer("mentions", "How often it is mentioned.").within(0.0, 4_294_967_295.0),
    SCORE,
];

pub static MENTIONS: Table = Table {
    name: "mentions",
    title: "Mentions",
    description: "Words that name or stand for an entity or a place.",
    key: Some("id"),
    columns: MENTION_COLUMNS,
};

const MENTION_COLUMNS: &[Column] = &[
    text("id", "Key: the key of the entity or place, a slash, and the number of the mention.").required(),
    REPORT,
    text("entity", "The entity; null in a mention of a place.").references("entities"),
    text("place", "The place; null in a mention of an entity.").references("places"),
    text("words", "The words."),
    text("form", "What kind of words.").one_of(&["name", "nominal", "pronoun", "demonym"]),
    flag("metonym", "The name stands for a government or people (“Moscow said”)."),
    IN_TITLE,
    START,
    END,
];

pub fn rows(reading: &Reading<'_>, out: &mut Out<'_>) -> Result<()> {
    let report: Cell = (&reading.record.id).into();
    for e in &reading.record.entities {
        let cells = [
            reading.key(&e.id).into(),
            report.clone(),
            (&e.id).into(),
            (&e.kind).into(),
            (&e.name).into(),
            e.country.as_ref().into(),
            e.sector.as_ref().into(),
            e.role.as_ref().into(),
            e.private.into(),
            e.mentions.len().into(),
            e.score.into(),
        ];
        out(&ENTITIES, cells.into())?;
        mentions(reading, &e.mentions, &reading.key(&e.id), true, out)?;
    }
    for p in &reading.record.places {
        mentions(reading, &p.mentions, &reading.key(&p.id), false, out)?;
    }
    Ok(())
}

fn mentions(reading: &Reading<'_>, rows: &[Mention], of: &str, is_entity: bool, out: &mut Out<'_>) -> Result<()> {
    for (i, m) in rows.iter().enumerate() {
        let [start, end] = ends(Some(m.span));
        let cells = [
            format!("{of}/m{}", i + 1).into(),
            (&reading.record.id).into(),
            is_entity.then_some(of).into(),
            (!is_entity).then_some(of).into(),
            reading.words(m.span, &m.within_title).into(),
            (&m.form).into(),
            m.metonym.into(),
            m.within_title.is_some().into(),
            start,
            end,
        ];
        out(&MENTIONS, cells.into())?;
    }
    Ok(())
}
