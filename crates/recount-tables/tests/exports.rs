//! Exports of a collection made by hand: what is in them, what must not be, and that they are the same each time.
#![allow(clippy::disallowed_methods, reason = "the tests read the files that were written")]

mod made;

use recount::record::Record;
use recount_tables::{Layout, Options, Profile, Summary, export};
use std::collections::BTreeMap;
use std::path::Path;

fn written(folder: &Path, profile: Profile) -> Summary {
    let options = Options { layouts: Layout::ALL.to_vec(), profile, packed: false, ..Options::default() };
    let records = made::records();
    export(&mut records.as_slice(), &made::origins(), &made::incidents(), &options, folder).unwrap()
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut out = BTreeMap::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(here) = waiting.pop() {
        for entry in std::fs::read_dir(here).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
                out.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    out
}

fn holds(bytes: &[u8], words: &str) -> bool {
    bytes.windows(words.len()).any(|w| w == words.as_bytes())
}

/// A CSV or TSV file as rows by column.
fn rows(folder: &Path, name: &str) -> Vec<BTreeMap<String, String>> {
    let delimiter = if name.ends_with(".tsv") { b'\t' } else { b',' };
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_path(folder.join(name)).unwrap();
    let header = reader.headers().unwrap().clone();
    let named = |r: csv::StringRecord| header.iter().map(str::to_owned).zip(r.iter().map(str::to_owned)).collect();
    reader.records().map(|r| named(r.unwrap())).collect()
}

#[test]
fn nothing_public_names_a_private_person_in_any_byte() {
    let (open, closed) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    written(open.path(), Profile::Public);
    written(closed.path(), Profile::Internal);
    let (open, closed) = (files(open.path()), files(closed.path()));
    assert_eq!(open.keys().collect::<Vec<_>>(), closed.keys().collect::<Vec<_>>());
    let secrets: Vec<&str> = made::PRIVATE.iter().copied().chain([made::QUOTED, "zo%C3%AB", "12.34567"]).collect();
    for (name, bytes) in &open {
        // Parquet is not packed here: its pages, dictionaries and statistics are all in these bytes.
        for secret in &secrets {
            assert!(!holds(bytes, secret), "{name} holds {secret:?}");
        }
    }
    // What the search would find if nothing were masked, in every layout.
    for name in [
        "csv/mentions.csv",
        "parquet/mentions.parquet",
        "jsonl/records.jsonl",
        "jsonl/incidents.jsonl",
        "ftm.jsonl",
        "annotations.jsonld",
        "polecat.tsv",
        "geojson/events.geojson",
        "csv/claims.csv",
        "parquet/claims.parquet",
    ] {
        assert!(holds(&closed[name], "Amsel"), "{name} does not even hold what was to be masked");
    }
}

#[test]
fn what_is_masked_leaves_every_span_true() {
    let folder = tempfile::tempdir().unwrap();
    written(folder.path(), Profile::Public);
    let lines = std::fs::read_to_string(folder.path().join("jsonl/records.jsonl")).unwrap();
    let masked: Vec<Record> = lines.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    for (masked, whole) in masked.iter().zip(made::records()) {
        assert_eq!(masked.text.chars().count(), whole.text.chars().count());
        assert_eq!(masked.events, whole.events);
        assert_eq!(masked.counts, whole.counts);
    }
    let wire = &masked[0];
    assert!(wire.text.contains("the Harbour Union said"), "public names stay: {}", wire.text);
    assert!(masked[2].text.contains("Nobody gave an order to shoot"), "public speakers keep their words");
    assert_eq!(wire.uri.as_deref(), Some("https://post.example/"));
    assert!(masked[2].id.starts_with("r-"), "{}", masked[2].id);
    assert!(wire.relations.is_empty(), "a tie between private people");
    assert_eq!(wire.entities[3].role, None);
    assert_eq!((wire.places[0].lat, wire.places[0].lon), (Some(-12.3), Some(45.7)));
    assert_eq!((wire.places[0].geonameid, wire.places[0].precision), (None, Some(2)));
    let claims = rows(folder.path(), "csv/claims.csv");
    assert!(claims[0]["words"].starts_with("At least eleven people"), "{}", claims[0]["words"]);
    assert_eq!(claims[3]["speakers"], "[\"█████ ████\"]");
    let reports: Vec<String> = rows(folder.path(), "csv/reports.csv").iter().map(|r| r["id"].clone()).collect();
    assert!(claims.iter().all(|c| reports.contains(&c["report"])), "references hold");
}

#[test]
fn the_same_input_gives_the_same_bytes_and_replaces_what_was_there() {
    let (a, b) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    written(a.path(), Profile::Internal);
    written(b.path(), Profile::Public);
    written(b.path(), Profile::Internal);
    let (a, b) = (files(a.path()), files(b.path()));
    assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
    for (name, bytes) in &a {
        assert!(b[name] == *bytes, "{name} differs");
    }
}

#[test]
fn a_smaller_export_leaves_nothing_of_a_larger_one() {
    let folder = tempfile::tempdir().unwrap();
    written(folder.path(), Profile::Internal);
    let options = Options { layouts: vec![Layout::Geojson], profile: Profile::Public, ..Options::default() };
    export(&mut made::records().as_slice(), &[], &[], &options, folder.path()).unwrap();
    let left: Vec<String> = files(folder.path()).into_keys().collect();
    let expected = [
        "README.txt",
        "codebook.csv",
        "codebook.md",
        "datapackage.json",
        "geojson/events.geojson",
        "geojson/incidents.geojson",
    ];
    assert_eq!(left, expected);
}

#[test]
fn another_data_package_is_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("datapackage.json"), "{\"name\": \"mine\"}").unwrap();
    let error = export(&mut made::records().as_slice(), &[], &[], &Options::default(), folder.path()).unwrap_err();
    assert!(error.to_string().contains("another data package"), "{error}");
    assert_eq!(files(folder.path()).len(), 1);
}

#[test]
fn a_second_report_of_the_same_id_is_named_and_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let mut records = made::records();
    records.push(records[1].clone());
    let done = export(&mut records.as_slice(), &[], &[], &Options::default(), folder.path()).unwrap();
    assert_eq!((done.reports, done.repeated), (3, vec!["copy-2".to_owned()]));
    assert_eq!(rows(folder.path(), "csv/reports.csv").len(), 3);
}

#[test]
fn formulas_are_harmless_and_numbers_untouched() {
    let folder = tempfile::tempdir().unwrap();
    written(folder.path(), Profile::Internal);
    let statements = rows(folder.path(), "csv/statements.csv");
    assert_eq!(statements[1]["channel"], "'=1+1\tcall");
    let places = rows(folder.path(), "csv/places.csv");
    assert_eq!((places[0]["admin1"].as_str(), places[0]["latitude"].as_str()), ("'-West=", "-12.34567"));
    assert_eq!(rows(folder.path(), "csv/reports.csv")[2]["outlet"], "'@tv");
    let incident = &rows(folder.path(), "acled.csv")[0];
    assert_eq!((incident["latitude"].as_str(), incident["iso"].as_str()), ("-12.34567", "174"));
}

#[test]
fn chains_of_speakers_are_keys_and_a_name() {
    let folder = tempfile::tempdir().unwrap();
    written(folder.path(), Profile::Internal);
    let counts = rows(folder.path(), "csv/counts.csv");
    assert_eq!(counts[0]["said_by"], "[\"wire-1/s1\"]");
    assert_eq!(counts[0]["speaker"], "Harbour Union");
    assert_eq!((counts[0]["low"].as_str(), counts[0]["high"].as_str()), ("11", ""));
    assert_eq!(counts[2]["speaker"], "Harbour Union", "a source without an entity is called by its words");
    let events = rows(folder.path(), "csv/events.csv");
    assert_eq!((events[0]["incident"].as_str(), events[0]["place"].as_str()), ("i1", "wire-1/p1"));
}

#[test]
fn acled_takes_the_most_conservative_figure_and_says_what_differs() {
    let folder = tempfile::tempdir().unwrap();
    written(folder.path(), Profile::Internal);
    let all = rows(folder.path(), "acled.csv");
    assert_eq!(all.len(), 1, "what is told not to have happened has no row");
    let row = &all[0];
    let cells = [
        ("event_id_cnty", "COM-i1"),
        ("event_date", "2024-03-12"),
        ("time_precision", "1"),
        ("disorder_type", "Political violence; Demonstrations"),
        ("event_type", "Protests"),
        ("actor1", "police"),
        ("inter1", "1"),
        ("actor2", "dock workers"),
        ("inter2", "6"),
        ("interaction", "16"),
        ("civilian_targeting", "Civilian targeting"),
        ("country", "Comoros"),
        ("region", "Eastern Africa"),
        ("geo_precision", "1"),
        ("source", "Harbour Post; Morning Ledger; @tv"),
        ("fatalities", "4"),
    ];
    for (column, value) in cells {
        assert_eq!(row[column], value, "{column}");
    }
    assert!(row["notes"].contains("at least 11 (Harbour Union); 4 (Adela Kroon)"), "{}", row["notes"]);
}

#[test]
fn ged_names_the_speaker_as_the_original_source() {
    let folder = tempfile::tempdir().unwrap();
    written(folder.path(), Profile::Internal);
    let all = rows(folder.path(), "ged.csv");
    assert_eq!((all.len(), all[0].len()), (1, 49));
    let cells = [
        ("relid", "i1"),
        ("type_of_violence", "3"),
        ("side_a", "police"),
        ("side_b", "Civilians"),
        ("number_of_sources", "2"),
        ("source_original", "Harbour Union; Adela Kroon; Tomas Weld"),
        ("where_prec", "1"),
        ("geom_wkt", "POINT (45.6789 -12.34567)"),
        ("priogrid_gid", "112052"),
        ("country_id", "581"),
        ("region", "Africa"),
        ("date_prec", "1"),
        ("low", "4"),
        ("best", "11"),
        ("high", "11"),
        ("deaths_civilians", "1"),
        ("deaths_unknown", "10"),
        ("event_clarity", ""),
    ];
    for (column, value) in cells {
        assert_eq!(all[0][column], value, "{column}");
    }
}

#[test]
fn polecat_has_its_auxiliary_modes_and_no_stray_tab() {
    let folder = tempfile::tempdir().unwrap();
    written(folder.path(), Profile::Internal);
    let all = rows(folder.path(), "polecat.tsv");
    assert_eq!((all.len(), all[0].len()), (5, 40));
    let strike = all.iter().find(|r| r["Event Type"] == "PROTEST").unwrap();
    assert_eq!(strike["Event Mode"], "strike; historical; negation");
    assert_eq!((all[0]["Intensity"].as_str(), all[0]["Quad Code"].as_str()), ("-9", "MATERIAL CONFLICT"));
    assert_eq!(all[0]["City"], "Port Maren");
}

#[test]
fn copies_of_a_wire_story_mark_one_column_of_the_matrix() {
    let folder = tempfile::tempdir().unwrap();
    written(folder.path(), Profile::Internal);
    let sources = rows(folder.path(), "matrix_sources.csv");
    let names: Vec<&str> = sources.iter().map(|r| r["source_name"].as_str()).collect();
    assert_eq!(names, ["", "'@tv", "KNA"]);
    let all = rows(folder.path(), "matrix.csv");
    assert_eq!(all.len(), 1);
    assert_eq!((all[0]["source_001"].as_str(), all[0]["source_002"].as_str()), ("1", "1"));
}

#[test]
fn an_unlocated_event_has_no_geometry() {
    let folder = tempfile::tempdir().unwrap();
    written(folder.path(), Profile::Internal);
    let bytes = std::fs::read(folder.path().join("geojson/events.geojson")).unwrap();
    let all: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let of = |id: &str| all["features"].as_array().unwrap().iter().find(|f| f["id"] == id).unwrap().clone();
    assert_eq!(of("wire-1/v1")["geometry"]["coordinates"], serde_json::json!([45.6789, -12.34567]));
    assert_eq!(of("2024/zoe-amsel-and-others/v1")["geometry"], serde_json::Value::Null);
}

#[test]
fn the_manifest_lists_every_file_with_its_hash() {
    let folder = tempfile::tempdir().unwrap();
    let done = written(folder.path(), Profile::Internal);
    let manifest: serde_json::Value =
        serde_json::from_slice(&std::fs::read(folder.path().join("datapackage.json")).unwrap()).unwrap();
    let listed = manifest["resources"].as_array().unwrap();
    assert_eq!(listed.len(), done.files.len());
    assert_eq!(listed.len() + 1, files(folder.path()).len());
    for resource in listed {
        let bytes = std::fs::metadata(folder.path().join(resource["path"].as_str().unwrap())).unwrap().len();
        assert_eq!(resource["bytes"], bytes);
        assert_eq!(resource["hash"].as_str().unwrap().len(), "sha256:".len() + 64);
    }
    let names: std::collections::BTreeSet<&str> = listed.iter().map(|r| r["name"].as_str().unwrap()).collect();
    assert_eq!(names.len(), listed.len(), "names of resources are unique");
}
