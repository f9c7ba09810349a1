//! What reports come to together: origins, incidents, tallies and claims.

use super::places::{PRECISION_OF_DATE, PRECISION_OF_PLACE};
use super::{
    CLASSES, COUNT_KINDS, END, EVENT_TYPES, IN_TITLE, Out, START, STATUSES, date, figure, flag, integer, list, number,
    offset, text,
};
use crate::Result;
use crate::across::{Across, level, tally_key};
use crate::table::{Cell, Column, Table, day, ends};
use recount::record::across::{Claim, Incident, Tally, Told};

pub static ORIGINS: Table = Table {
    name: "origins",
    title: "Origins",
    description: "Reports that go back to one author, such as a wire story and its copies. They are one voice.",
    key: Some("id"),
    columns: ORIGIN_COLUMNS,
};

const ORIGIN_COLUMNS: &[Column] = &[
    text("id", "Key, stable for the same reports.").required(),
    text("earliest", "The report that the others copy, as far as dates and wording tell.").references("reports"),
    text("agency", "The agency that the reports credit, where they agree on one."),
    integer("reports", "How many reports.").within(1.0, 4_294_967_295.0).required(),
];

pub static ORIGIN_REPORTS: Table = Table {
    name: "origin_reports",
    title: "Reports of origins",
    description: "A report as one of an origin, and whom it copied.",
    key: Some("id"),
    columns: ORIGIN_REPORT_COLUMNS,
};

const ORIGIN_REPORT_COLUMNS: &[Column] = &[
    text("id", "Key: origin, slash, report.").required(),
    text("origin", "The origin.").references("origins").required(),
    text("report", "The report.").references("reports").required(),
    flag("earliest", "The report that the others copy."),
    text("copied_from", "The report of the same origin that it shares most with.").references("reports"),
    number("shared", "Share of the shorter report's words that stand in runs which both have.").within(0.0, 1.0),
    list("tied_by", "What tied them, strongest first: `text`, `passage`, `reworded`, `quotations`, `agency`."),
];

pub static INCIDENTS: Table = Table {
    name: "incidents",
    title: "Incidents",
    description: "The same happening, told in one or many reports.",
    key: Some("id"),
    columns: INCIDENT_COLUMNS,
};

const INCIDENT_COLUMNS: &[Column] = &[
    text("id", "Key, stable as long as the earliest telling stays the same.").required(),
    text("event_type", "PLOVER type that most voices give; null for a happening that is no conflict event.")
        .one_of(EVENT_TYPES),
    text("event_mode", "PLOVER mode."),
    text("acled_sub_event", "ACLED sub-event type, where one fits."),
    text("status", "The status that most voices give.").one_of(STATUSES),
    text("verification", "How far independent voices or a person's decision bear it out. Not the model's score.")
        .one_of(&["unconfirmed", "partially-corroborated", "confirmed", "disputed", "rejected"])
        .required(),
    integer("reports", "How many reports tell of it.").within(0.0, 4_294_967_295.0).required(),
    integer("voices", "How many independent origins tell of it.").within(0.0, 4_294_967_295.0).required(),
    list("origins", "The origins that tell of it.").references("origins"),
    date("first_day", "First day that it can have been."),
    date("last_day", "Last day that it can have been."),
    integer("date_prec", PRECISION_OF_DATE).within(1.0, 5.0),
    text("place_name", "The finest place that the tellings agree on."),
    integer("geonameid", "GeoNames id of that place.").within(1.0, 4_294_967_295.0),
    number("latitude", "WGS 84 latitude of the place's representative point.").unit("degrees").within(-90.0, 90.0),
    number("longitude", "WGS 84 longitude of the place's representative point.").unit("degrees").within(-180.0, 180.0),
    text("country", "ISO 3166-1 alpha-3 code."),
    text("admin1", "First-level division, by name."),
    integer("where_prec", PRECISION_OF_PLACE).within(1.0, 7.0),
    list("actors", "Who did it, as most voices name them."),
    list("targets", "To whom, as most voices name them."),
];

pub static INCIDENT_EVENTS: Table = Table {
    name: "incident_events",
    title: "Tellings of incidents",
    description: "Where a report tells of an incident.",
    key: Some("id"),
    columns: INCIDENT_EVENT_COLUMNS,
};

const INCIDENT: Column = text("incident", "The incident.").references("incidents").required();

const INCIDENT_EVENT_COLUMNS: &[Column] = &[
    text("id", "Key: incident, report and the span of the words, with slashes between.").required(),
    INCIDENT,
    text("report", "The report.").references("reports").required(),
    text("event", "The event in that report; null where it tells of the happening without a conflict event.")
        .references("events"),
    IN_TITLE,
    START,
    END,
];

pub static INCIDENT_LINKS: Table = Table {
    name: "incident_links",
    title: "Links of incidents",
    description: "Two tellings that were taken for the same happening, and why.",
    key: Some("id"),
    columns: INCIDENT_LINK_COLUMNS,
};

const INCIDENT_LINK_COLUMNS: &[Column] = &[
    text("id", "Key: incident, slash, number of the link.").required(),
    INCIDENT,
    text("report_a", "Report of the one telling.").references("reports").required(),
    text("event_a", "Its event.").references("events"),
    offset("start_a", "First code point of its words."),
    offset("end_a", "Code point behind its words."),
    text("report_b", "Report of the other telling.").references("reports").required(),
    text("event_b", "Its event.").references("events"),
    offset("start_b", "First code point of its words."),
    offset("end_b", "Code point behind its words."),
    number("score", "How sure the link is.").within(0.0, 1.0),
    list("reasons", "Why."),
];

pub static TALLIES: Table = Table {
    name: "tallies",
    title: "Tallies",
    description: "An incident's figures of one kind, reconciled. Low and high are the range of reported figures, \
                  never a confidence interval.",
    key: Some("id"),
    columns: TALLY_COLUMNS,
};

const TALLY_COLUMNS: &[Column] = &[
    text("id", "Key: incident, slash, kind, and the group counted.").required(),
    INCIDENT,
    text("kind", "What is counted.").one_of(COUNT_KINDS).required(),
    text("counted", "Whose side, where the claims say: `civilians`, `police`, `soldiers`, …; null for the whole."),
    figure("low", "Lowest reported figure."),
    figure("best", "The figure that the policy chose."),
    figure("high", "Highest reported figure."),
    text("policy", "Name of the policy that chose the three.").required(),
    flag("disagreement", "Independent voices give figures that cannot all be true."),
    integer("voices", "Independent voices among the claims that count.").within(0.0, 4_294_967_295.0).required(),
    text("note", "A convention of the policy that decided, as “dozens” written as 12."),
    integer("claims", "How many claims.").within(0.0, 4_294_967_295.0).required(),
];

pub static CLAIMS: Table = Table {
    name: "claims",
    title: "Claims",
    description: "One figure in one report, as a voice in a tally.",
    key: Some("id"),
    columns: CLAIM_COLUMNS,
};

const CLAIM_COLUMNS: &[Column] = &[
    text("id", "Key: tally, report and count, with slashes between.").required(),
    text("tally", "The tally.").references("tallies").required(),
    INCIDENT,
    text("report", "The report.").references("reports").required(),
    text("figure", "The count in that report.").references("counts"),
    text("origin", "The independent voice that the report is a part of.").references("origins"),
    date("published", "Day of the report."),
    figure("low", "Least that the words can mean."),
    figure("best", "The figure itself, where the words give one."),
    figure("high", "Most that the words can mean."),
    text("words", "The sentence or clause that it was read from."),
    IN_TITLE,
    START,
    END,
    list("speakers", "Who says so, outermost first; empty where the outlet itself does."),
    text("speaker_class", "Class of the innermost source; `media` where the outlet itself says so.").one_of(CLASSES),
    flag("bears", "Whether it bears on low, best and high."),
    text("why_not", "Why it does not.").one_of(&[
        "superseded",
        "repeated",
        "same-origin",
        "same-source",
        "part",
        "negated",
        "not-happened",
        "rejected",
    ]),
    list("added_figures", "Further counts added to it, where a report gives figures for sides and none for the whole.")
        .references("counts"),
];

pub fn rows(across: &Across<'_>, out: &mut Out<'_>) -> Result<()> {
    for o in across.origins {
        let cells = [(&o.id).into(), (&o.earliest).into(), o.agency.as_ref().into(), o.reports.len().into()];
        out(&ORIGINS, cells.into())?;
        for report in &o.reports {
            let copied = o.copies.iter().find(|c| c.report == *report);
            let cells = [
                format!("{}/{report}", o.id).into(),
                (&o.id).into(),
                report.into(),
                (*report == o.earliest).into(),
                copied.map(|c| &c.from).into(),
                copied.map(|c| c.share).into(),
                Cell::List(copied.map(|c| c.by.clone()).unwrap_or_default()),
            ];
            out(&ORIGIN_REPORTS, cells.into())?;
        }
    }
    for i in across.incidents {
        incident(i, out)?;
        tellings(i, out)?;
        for tally in &i.tallies {
            figures(across, i, tally, out)?;
        }
    }
    Ok(())
}

fn incident(i: &Incident, out: &mut Out<'_>) -> Result<()> {
    let place = i.place.as_ref();
    let cells = [
        (&i.id).into(),
        i.class.as_ref().into(),
        i.mode.as_ref().into(),
        i.acled.as_ref().into(),
        i.status.as_ref().into(),
        level(i.verification).into(),
        i.reports.len().into(),
        i.origins.len().into(),
        i.origins.as_slice().into(),
        day(i.start.as_deref()),
        day(i.end.as_deref()),
        i.date_precision.into(),
        place.map(|p| &p.name).into(),
        place.and_then(|p| p.geonameid).into(),
        place.and_then(|p| p.lat).into(),
        place.and_then(|p| p.lon).into(),
        place.and_then(|p| p.country.as_ref()).into(),
        place.and_then(|p| p.admin1.as_ref()).into(),
        place.and_then(|p| p.precision).into(),
        i.actors.as_slice().into(),
        i.targets.as_slice().into(),
    ];
    out(&INCIDENTS, cells.into())
}

/// Key of the event that a telling is of.
fn event_key(told: &Told) -> Cell {
    told.event.as_ref().map(|v| format!("{}/{v}", told.report)).into()
}

fn tellings(i: &Incident, out: &mut Out<'_>) -> Result<()> {
    for t in &i.events {
        let [start, end] = ends(Some(t.trigger));
        let title = if t.within_title.is_some() { "title/" } else { "" };
        let key: Cell = format!("{}/{}/{title}{}-{}", i.id, t.report, t.trigger[0], t.trigger[1]).into();
        let in_title = t.within_title.is_some().into();
        out(&INCIDENT_EVENTS, vec![key, (&i.id).into(), (&t.report).into(), event_key(t), in_title, start, end])?;
    }
    for (n, l) in i.links.iter().enumerate() {
        let [start_a, end_a] = ends(Some(l.a.trigger));
        let [start_b, end_b] = ends(Some(l.b.trigger));
        let cells = [
            format!("{}/{}", i.id, n + 1).into(),
            (&i.id).into(),
            (&l.a.report).into(),
            event_key(&l.a),
            start_a,
            end_a,
            (&l.b.report).into(),
            event_key(&l.b),
            start_b,
            end_b,
            l.score.into(),
            l.reasons.as_slice().into(),
        ];
        out(&INCIDENT_LINKS, cells.into())?;
    }
    Ok(())
}

fn figures(across: &Across<'_>, i: &Incident, tally: &Tally, out: &mut Out<'_>) -> Result<()> {
    let key = tally_key(i, &tally.kind, tally.of.as_deref());
    let cells = [
        (&key).into(),
        (&i.id).into(),
        (&tally.kind).into(),
        tally.of.as_ref().into(),
        tally.low.into(),
        tally.best.into(),
        tally.high.into(),
        (&tally.policy).into(),
        tally.disagreement.into(),
        tally.voices.into(),
        tally.note.as_ref().into(),
        tally.claims.len().into(),
    ];
    out(&TALLIES, cells.into())?;
    for c in &tally.claims {
        out(&CLAIMS, claim(across, i, &key, c))?;
    }
    Ok(())
}

fn claim(across: &Across<'_>, i: &Incident, tally: &str, c: &Claim) -> Vec<Cell> {
    let [start, end] = ends(Some(c.span));
    vec![
        format!("{tally}/{}/{}", c.report, c.count).into(),
        tally.into(),
        (&i.id).into(),
        (&c.report).into(),
        format!("{}/{}", c.report, c.count).into(),
        across.origin(&c.origin).map(|o| &o.id).into(),
        day(c.date.as_deref()),
        c.low.into(),
        c.best.into(),
        c.high.into(),
        (&c.words).into(),
        c.within_title.is_some().into(),
        start,
        end,
        c.said_by.as_slice().into(),
        (&c.source_class).into(),
        c.counted.into(),
        c.why_not.as_ref().into(),
        Cell::List(c.with.iter().map(|row| format!("{}/{row}", c.report)).collect()),
    ]
}
