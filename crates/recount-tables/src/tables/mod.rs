//! The tables: which there are, and how records, origins and incidents become their rows.

mod across;
mod counts;
mod entities;
mod events;
mod places;
mod relations;
mod reports;
mod statements;

use crate::Result;
use crate::across::Across;
use crate::reading::Reading;
use crate::table::{Column, Kind, Row, Table};

/// All tables, each after those that it refers to where that can be.
pub static ALL: [&Table; 19] = [
    &reports::REPORTS,
    &reports::DATES,
    &entities::ENTITIES,
    &places::PLACES,
    &entities::MENTIONS,
    &places::TIMES,
    &statements::STATEMENTS,
    &events::EVENTS,
    &events::TELLINGS,
    &events::PARTICIPANTS,
    &counts::COUNTS,
    &relations::RELATIONS,
    &across::ORIGINS,
    &across::ORIGIN_REPORTS,
    &across::INCIDENTS,
    &across::INCIDENT_EVENTS,
    &across::INCIDENT_LINKS,
    &across::TALLIES,
    &across::CLAIMS,
];

/// Takes rows, each with its table.
pub type Out<'a> = dyn FnMut(&'static Table, Row) -> Result<()> + 'a;

/// The rows of one report.
pub fn rows_of(reading: &Reading<'_>, across: &Across<'_>, out: &mut Out<'_>) -> Result<()> {
    reports::rows(reading, across, out)?;
    entities::rows(reading, out)?;
    places::rows(reading, out)?;
    statements::rows(reading, out)?;
    events::rows(reading, across, out)?;
    counts::rows(reading, out)?;
    relations::rows(reading, out)
}

/// The rows of what reports come to together.
pub fn rows_across(across: &Across<'_>, out: &mut Out<'_>) -> Result<()> {
    across::rows(across, out)
}

const fn text(name: &'static str, description: &'static str) -> Column {
    Column::new(name, Kind::Text, description)
}

const fn integer(name: &'static str, description: &'static str) -> Column {
    Column::new(name, Kind::Integer, description)
}

const fn number(name: &'static str, description: &'static str) -> Column {
    Column::new(name, Kind::Number, description)
}

const fn flag(name: &'static str, description: &'static str) -> Column {
    Column::new(name, Kind::Flag, description).required()
}

const fn date(name: &'static str, description: &'static str) -> Column {
    Column::new(name, Kind::Date, description)
}

const fn list(name: &'static str, description: &'static str) -> Column {
    Column::new(name, Kind::List, description)
}

/// The key of a row of a report.
const ID: Column = text("id", "Key: the report's id, a slash, and the row's id within the report.").required();
const REPORT: Column = text("report", "The report that the row was read from.").references("reports").required();
const ROW: Column = text("row", "Id of the row within its report, as `recount explain` takes it.").required();
const SCORE: Column =
    number("score", "The model's calibrated confidence in the row. Not how far it is borne out.").within(0.0, 1.0);
const IN_TITLE: Column = flag("in_title", "The span counts in the report's title, otherwise in its text.");
const START: Column = offset("span_start", "First code point of the words.");
const END: Column = offset("span_end", "Code point behind the words.");
const SAID_BY: Column = list(
    "said_by",
    "Keys of the statements that say so, innermost speaker last; empty where the outlet says so in its own voice.",
)
.references("statements");
const SPEAKER: Column =
    text("speaker", "Who says so: the innermost source's name or words; null where the outlet itself does.");
const SPEAKER_CLASS: Column =
    text("speaker_class", "Class of the innermost source; null where the outlet itself says so.").one_of(CLASSES);

const fn offset(name: &'static str, description: &'static str) -> Column {
    integer(name, description).unit("code points").within(0.0, 4_294_967_295.0)
}

const fn figure(name: &'static str, description: &'static str) -> Column {
    integer(name, description).within(0.0, 9.3e18)
}

const CLASSES: &[&str] =
    &["official", "armed-group", "organisation", "expert", "witness", "media", "document", "unnamed"];
const STATUSES: &[&str] = &[
    "happened",
    "attempted",
    "negated",
    "denied",
    "ordered",
    "requested",
    "threatened",
    "planned",
    "predicted",
    "possible",
    "conditional",
];
const EVENT_TYPES: &[&str] = &[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
];
const COUNT_KINDS: &[&str] =
    &["killed", "injured", "arrested", "missing", "abducted", "displaced", "participants", "destroyed", "other"];

#[cfg(test)]
#[path = "../../tests/made/mod.rs"]
mod made;

#[cfg(test)]
mod tests {
    use super::{ALL, made};
    use crate::across::Across;
    use crate::reading::Reading;
    use crate::table::{Kind, Row, Table};

    #[test]
    fn every_row_fits_the_definition_of_its_table() {
        let (origins, incidents) = (made::origins(), made::incidents());
        let across = Across::of(&origins, &incidents);
        let mut filled: Vec<&str> = Vec::new();
        let mut look = |table: &'static Table, row: Row| {
            assert_eq!(table.misfit(&row), None);
            filled.push(table.name);
            Ok(())
        };
        for record in made::records() {
            super::rows_of(&Reading::of(&record), &across, &mut look).unwrap();
        }
        super::rows_across(&across, &mut look).unwrap();
        for table in ALL {
            assert!(filled.contains(&table.name), "{} has no row to look at", table.name);
        }
    }

    /// Words that Stata takes for its own.
    const RESERVED: &[&str] = &[
        "aggregate",
        "array",
        "boolean",
        "break",
        "byte",
        "case",
        "catch",
        "class",
        "colvector",
        "complex",
        "const",
        "continue",
        "default",
        "delegate",
        "delete",
        "do",
        "double",
        "else",
        "eltypedef",
        "end",
        "enum",
        "explicit",
        "export",
        "external",
        "float",
        "for",
        "friend",
        "function",
        "global",
        "goto",
        "if",
        "in",
        "inline",
        "int",
        "local",
        "long",
        "mata",
        "matrix",
        "namespace",
        "new",
        "null",
        "numeric",
        "operator",
        "orgtypedef",
        "pointer",
        "polymorphic",
        "pragma",
        "private",
        "protected",
        "public",
        "quad",
        "real",
        "return",
        "rowvector",
        "scalar",
        "short",
        "signed",
        "static",
        "string",
        "struct",
        "super",
        "switch",
        "template",
        "this",
        "throw",
        "transmorphic",
        "try",
        "typedef",
        "typename",
        "union",
        "unsigned",
        "using",
        "vector",
        "version",
        "virtual",
        "void",
        "volatile",
        "while",
        "with",
    ];

    #[test]
    fn names_are_ones_that_statistics_programs_take() {
        for table in ALL {
            for column in table.columns {
                let name = column.name;
                let plain = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
                assert!(plain && name.len() <= 32 && name.as_bytes()[0].is_ascii_lowercase(), "{}.{name}", table.name);
                assert!(!RESERVED.contains(&name), "{}.{name} is reserved in Stata", table.name);
                assert_eq!(table.columns.iter().filter(|c| c.name == name).count(), 1, "{}.{name} twice", table.name);
                assert!(column.description.ends_with(['.', ')']), "{}.{name} has no whole sentence", table.name);
            }
        }
    }

    #[test]
    fn references_lead_to_keys() {
        for table in ALL {
            let key = table.key.expect("every table has a key");
            assert!(table.columns.iter().any(|c| c.name == key && c.required && c.kind == Kind::Text));
            for column in table.columns {
                if let Some(to) = column.references {
                    assert!(ALL.iter().any(|t| t.name == to), "{}.{} leads to {to}", table.name, column.name);
                }
            }
        }
    }
}
