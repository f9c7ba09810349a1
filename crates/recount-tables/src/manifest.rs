//! The Data Package manifest and the codebook, from the definitions of the tables that were written.

use crate::export::{Options, Profile, Runs};
use crate::files::{Format, Sealed, Written};
use crate::table::{Column, Kind, Table};
use crate::{Result, readme};
use serde_json::{Map, Value, json};
use std::fmt::Write as _;
use std::path::Path;

/// The manifest's file, as the standard names it.
pub const NAME: &str = "datapackage.json";
/// Name of the package, by which an earlier export is known.
pub const PACKAGE: &str = "recount-export";

/// Writes codebook, README and manifest for the files written, and adds the first two to them.
pub fn write(folder: &Path, options: &Options, runs: &Runs, files: &mut Vec<Written>) -> Result<()> {
    let mut tables: Vec<&'static Table> = Vec::new();
    for table in files.iter().filter_map(|f| f.table) {
        if !tables.iter().any(|t| std::ptr::eq(*t, table)) {
            tables.push(table);
        }
    }
    let rows = |n| tables.iter().map(|t: &&Table| t.columns.len() as u64).sum::<u64>() + n;
    let mut book = Sealed::create(folder, "codebook.md")?;
    book.put(codebook(&tables).as_bytes())?;
    let book = book.done(Format::Markdown, None, "Codebook: every table and column", rows(0))?;
    let mut csv = Sealed::create(folder, "codebook.csv")?;
    csv.put(&codebook_rows(&tables))?;
    let csv = csv.done(Format::Csv, Some(&CODEBOOK), CODEBOOK.title, rows(0))?;
    let mut about = Sealed::create(folder, "README.txt")?;
    about.put(readme::text(options, runs, files).as_bytes())?;
    let about = about.done(Format::Text, None, "What this is and how it was made", 0)?;
    let mut manifest = Sealed::create(folder, NAME)?;
    files.extend([about, book, csv]);
    let package = package(options, runs, files);
    manifest.put(serde_json::to_string_pretty(&package).unwrap_or_default().as_bytes())?;
    manifest.put(b"\n")?;
    let _ = manifest.done(Format::JsonLines, None, "", 0)?;
    Ok(())
}

fn package(options: &Options, runs: &Runs, files: &[Written]) -> Value {
    let mut package = Map::new();
    let mut put = |key: &str, value: Value| {
        package.insert(key.to_owned(), value);
    };
    put("$schema", json!("https://datapackage.org/profiles/2.0/datapackage.json"));
    put("name", json!(PACKAGE));
    put("title", json!("Reported events, with who said so"));
    let description = match options.profile {
        Profile::Internal => "All that was read from the reports. It may name private people: not for publication.",
        Profile::Public => "Private people are masked, and what could expose them is left out or coarsened.",
    };
    put("description", json!(description));
    put("profile", json!("data-package"));
    put("recount:profile", json!(if options.profile == Profile::Public { "public" } else { "internal" }));
    if let Some(at) = &options.as_of {
        put("recount:as_of", json!(at));
    }
    let licence = json!({
        "name": "CC-BY-4.0",
        "path": "https://creativecommons.org/licenses/by/4.0/",
        "title": "Creative Commons Attribution 4.0, for what is taken from GeoNames: names, ids and coordinates of \
                  places. Texts and quotations remain their publishers'.",
    });
    put("licenses", json!([licence]));
    let sources = json!([
        {"title": "The reports named in the tables, each with its address where it has one"},
        {"title": "GeoNames", "path": "https://www.geonames.org/"},
    ]);
    put("sources", sources);
    let contributors: Vec<Value> = runs
        .iter()
        .map(|(program, model, data)| {
            json!({"title": format!("{program}, model {model}, data {data}"), "roles": ["coder"]})
        })
        .collect();
    if !contributors.is_empty() {
        put("contributors", Value::Array(contributors));
    }
    put("resources", Value::Array(files.iter().map(resource).collect()));
    Value::Object(package)
}

/// The resource's name: a table's own in CSV, with the format behind it otherwise.
fn resource_name(file: &Written) -> String {
    match (file.table, file.format) {
        (Some(table), Format::Csv | Format::Tsv) => table.name.to_owned(),
        (Some(table), format) => format!("{}-{}", table.name, format.names().0),
        (None, _) => file.path.to_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "-"),
    }
}

fn resource(file: &Written) -> Value {
    let (format, mediatype) = file.format.names();
    let mut out = Map::new();
    let mut put = |key: &str, value: Value| out.insert(key.to_owned(), value);
    put("name", json!(resource_name(file)));
    put("path", json!(file.path));
    put("title", json!(file.about));
    if let Some(table) = file.table {
        put("type", json!("table"));
        put("description", json!(table.description));
    }
    put("format", json!(format));
    put("mediatype", json!(mediatype));
    if file.format != Format::Parquet {
        put("encoding", json!("utf-8"));
    }
    put("bytes", json!(file.bytes));
    put("hash", json!(format!("sha256:{}", file.sha256)));
    if file.format == Format::Tsv {
        put("dialect", json!({"delimiter": "\t"}));
    }
    if let Some(table) = file.table {
        put("schema", schema(table, file));
    }
    Value::Object(out)
}

/// The Table Schema of a table.
fn schema(table: &Table, file: &Written) -> Value {
    let mut out = Map::new();
    let mut put = |key: &str, value: Value| out.insert(key.to_owned(), value);
    put("$schema", json!("https://datapackage.org/profiles/2.0/tableschema.json"));
    let more = file.more.iter().map(|name| {
        let constraints = json!({"required": true, "minimum": 0, "maximum": 1});
        json!({"name": name, "type": "integer", "description": "1 where the source tells of it.",
               "constraints": constraints})
    });
    put("fields", table.columns.iter().map(field).chain(more).collect());
    put("missingValues", json!([""]));
    if let Some(key) = table.key {
        put("primaryKey", json!([key]));
    }
    // A list's members cannot be declared foreign keys; the codebook says where they lead.
    let keys = table.columns.iter().filter(|c| c.kind == Kind::Text);
    let keys: Vec<Value> = keys
        .filter_map(|c| {
            let to = c.references?;
            let name = match file.format {
                _ if to == table.name => String::new(),
                Format::Csv | Format::Tsv => to.to_owned(),
                other => format!("{to}-{}", other.names().0),
            };
            Some(json!({"fields": [c.name], "reference": {"resource": name, "fields": ["id"]}}))
        })
        .collect();
    if !keys.is_empty() {
        put("foreignKeys", Value::Array(keys));
    }
    Value::Object(out)
}

fn type_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "string",
        Kind::Integer => "integer",
        Kind::Number => "number",
        Kind::Flag => "boolean",
        Kind::Date => "date",
        Kind::List | Kind::Spans => "array",
    }
}

fn field(column: &Column) -> Value {
    let mut out = Map::new();
    let mut put = |key: &str, value: Value| out.insert(key.to_owned(), value);
    put("name", json!(column.name));
    put("type", json!(type_name(column.kind)));
    put("description", json!(column.description));
    if let Some(unit) = column.unit {
        put("unit", json!(unit));
    }
    if !column.categories.is_empty() {
        put("categories", json!(column.categories));
    }
    let mut constraints = Map::new();
    let mut hold = |key: &str, value: Value| constraints.insert(key.to_owned(), value);
    if column.required {
        hold("required", json!(true));
    }
    if !column.categories.is_empty() {
        hold("enum", json!(column.categories));
    }
    if let Some((least, most)) = column.bounds {
        let bound = |x: f64| if column.kind == Kind::Integer { json!(x as i64) } else { json!(x) };
        hold("minimum", bound(least));
        hold("maximum", bound(most));
    }
    if !constraints.is_empty() {
        put("constraints", Value::Object(constraints));
    }
    Value::Object(out)
}

fn codebook(tables: &[&Table]) -> String {
    let mut out = String::from("# Codebook\n\nMade from the same definitions as the tables themselves.\n");
    for table in tables {
        let _ = write!(out, "\n## {}: {}\n\n{}\n\n", table.name, table.title, table.description);
        out += "| column | type | unit | values | refers to | what it is |\n|---|---|---|---|---|---|\n";
        for c in table.columns {
            let kind = if c.required { format!("{}, never null", type_name(c.kind)) } else { type_name(c.kind).into() };
            let refers = c.references.map(|t| format!("{t}.id")).unwrap_or_default();
            let unit = c.unit.unwrap_or_default();
            let about = c.description.replace('|', "\\|");
            let _ = writeln!(out, "| `{}` | {kind} | {unit} | {} | {refers} | {about} |", c.name, values(c, ", "));
        }
    }
    out
}

/// The values that a column can have, in words.
fn values(column: &Column, between: &str) -> String {
    match column.bounds {
        Some((least, most)) if most < 1e9 => format!("{least} to {most}"),
        Some((least, _)) => format!("{least} and up"),
        None => column.categories.join(between),
    }
}

static CODEBOOK: Table = Table {
    name: "codebook",
    title: "Codebook: every table and column, one a row",
    description: "A column of a table.",
    key: None,
    columns: &[
        Column::new("table_name", Kind::Text, "The table.").required(),
        Column::new("column_name", Kind::Text, "The column.").required(),
        Column::new("column_type", Kind::Text, "Type, as Table Schema names it.").required(),
        Column::new("unit", Kind::Text, "Unit."),
        Column::new("never_null", Kind::Flag, "Whether every row has a value.").required(),
        Column::new("possible_values", Kind::Text, "Categories, with | between, or bounds."),
        Column::new("refers_to", Kind::Text, "The key that the values are of."),
        Column::new("description", Kind::Text, "What it is.").required(),
    ],
};

fn codebook_rows(tables: &[&Table]) -> Vec<u8> {
    let mut out = csv::Writer::from_writer(Vec::new());
    let header = CODEBOOK.columns.iter().map(|c| c.name);
    let _ = out.write_record(header);
    for table in tables {
        for c in table.columns {
            let refers = c.references.map(|t| format!("{t}.id")).unwrap_or_default();
            let required = c.required.to_string();
            let row = [
                table.name,
                c.name,
                type_name(c.kind),
                c.unit.unwrap_or_default(),
                &required,
                &values(c, "|"),
                &refers,
                c.description,
            ];
            let _ = out.write_record(row);
        }
    }
    out.into_inner().unwrap_or_default()
}
