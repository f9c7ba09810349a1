"""Reads an export with the programs that people use, and fails where one of them reads it wrong.

Usage: python readers.py FOLDER   (an export with all layouts; packages: requirements.txt beside this file)
"""

import hashlib
import json
import re
import sys
import warnings
from pathlib import Path

import duckdb
import frictionless
import pandas
import polars
import pyarrow.parquet
from followthemoney import model

FAULTS = []


def check(holds, words):
    """Keeps a fault and goes on: one run names them all."""
    if not holds:
        FAULTS.append(words)
    return holds


def main(folder):
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    hashes(folder, package)
    manifest(folder, package)
    texts = tables(folder, package)
    for layout in [geojson, polecat, acled, ged, ftm, matrix]:
        layout(folder)
    annotations(folder, texts)


def hashes(folder, package):
    listed = {r["path"] for r in package["resources"]}
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    check(there == listed | {"datapackage.json"}, f"files and manifest differ: {sorted(there ^ listed)}")
    for r in package["resources"]:
        data = (folder / r["path"]).read_bytes()
        check(len(data) == r["bytes"], f"{r['path']}: {len(data)} bytes, manifest says {r['bytes']}")
        check("sha256:" + hashlib.sha256(data).hexdigest() == r["hash"], f"{r['path']}: another hash")


def manifest(folder, package):
    """frictionless reads every delimited table by its schema: types, bounds, categories, keys, foreign keys."""
    readable = [r for r in package["resources"] if r["format"] in ("csv", "tsv")]
    descriptor = {**package, "resources": readable}
    report = frictionless.Package.from_descriptor(descriptor, basepath=str(folder)).validate(limit_errors=20)
    for task in report.tasks:
        for error in task.errors:
            check(False, f"frictionless: {task.place}: {error.message}")
    for error in report.errors:
        check(False, f"frictionless: {error.message}")
    check(len(report.tasks) == len(readable), "frictionless did not read every table")


def tables(folder, package):
    """Every table by every reader: as many rows, the same columns, the same values in CSV and in Parquet."""
    db = duckdb.connect()
    texts = {}
    by_name = {r["name"]: r for r in package["resources"] if r["path"].startswith("csv/")}
    check(len(by_name) >= 12, f"only {len(by_name)} tables")
    for name, r in by_name.items():
        fields = r["schema"]["fields"]
        columns = [f["name"] for f in fields]
        csv_path, parquet_path = folder / r["path"], folder / f"parquet/{name}.parquet"
        plain = pandas.read_csv(csv_path, dtype=str, keep_default_na=False)
        packed = pyarrow.parquet.read_table(parquet_path)
        many = polars.read_csv(csv_path, infer_schema=False)
        lazy = polars.read_parquet(parquet_path)
        rows = count(db, f"read_csv({quoted(csv_path)}, header=true, all_varchar=true, delim=',', quote='\"', "
                         "escape='\"', max_line_size=100000000)")
        db.execute(f"create table {name} as select * from read_parquet({quoted(parquet_path)})")
        in_db = count(db, name)
        in_pandas = len(pandas.read_parquet(parquet_path))
        counts = [len(plain), packed.num_rows, many.height, lazy.height, rows, in_db, in_pandas]
        check(len(set(counts)) == 1, f"{name}: readers count {counts} rows")
        for what, got in [("pandas", list(plain.columns)), ("polars", many.columns), ("arrow", packed.column_names)]:
            check(got == columns, f"{name}: {what} reads columns {got}")
        for field in fields:
            about = (packed.schema.field(field["name"]).metadata or {}).get(b"description", b"").decode()
            check(about == field["description"], f"{name}.{field['name']}: Arrow metadata differs from the manifest")
        same_values(name, fields, plain, packed)
        harmless(name, fields, plain)
        stata(name, csv_path)
        if name == "reports":
            for row in packed.to_pylist():
                for text in filter(None, (row["text"], row["title"])):
                    texts[hashlib.sha256(text.encode()).hexdigest()] = text
    foreign(db, by_name)
    spans(db)
    return texts


def quoted(path):
    return "'" + str(path).replace("'", "''") + "'"


def count(db, source):
    return db.execute(f"select count(*) from {source}").fetchone()[0]


def bare(text):
    """A CSV text without the apostrophe that keeps spreadsheets from running it."""
    return text[1:] if re.match(r"'+[=+\-@\t\r\n＝＋－＠]", text) else text


def same_values(name, fields, plain, packed):
    for field in fields:
        column, kind = field["name"], field["type"]
        for n, (words, value) in enumerate(zip(plain[column], packed.column(column).to_pylist())):
            if kind == "array":
                got, want = json.loads(words), [[v["start"], v["end"]] if isinstance(v, dict) else v for v in value]
            elif words == "":
                got, want = None, (value or None) if kind == "string" else value
            elif kind == "integer":
                got, want = int(words), value
            elif kind == "number":
                got, want = float(words), value
            elif kind == "boolean":
                got, want = {"true": True, "false": False}[words], value
            elif kind == "date":
                got, want = words, value.isoformat()
            else:
                got, want = bare(words), value
            if not check(got == want, f"{name}.{column}, row {n}: CSV {got!r}, Parquet {want!r}"):
                break


def harmless(name, fields, plain):
    for field in fields:
        for words in plain[field["name"]]:
            begins = words != "" and words[0] in "=+-@\t\r\n"
            if begins and not re.fullmatch(r"[+-]?\d+(\.\d+)?", words):
                check(False, f"{name}.{field['name']}: {words[:40]!r} runs in a spreadsheet")
                break


def stata(name, path):
    """pandas writes the table for Stata without renaming a column."""
    frame = pandas.read_csv(path, dtype=str, keep_default_na=False).astype(object)
    target = path.with_suffix(".dta")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", pandas.errors.InvalidColumnName)
            frame.to_stata(target, version=118, write_index=False, convert_strl=list(frame.columns))
        again = pandas.read_stata(target)
        check(list(again.columns) == list(frame.columns), f"{name}: Stata renames columns")
        check(len(again) == len(frame), f"{name}: Stata loses rows")
    finally:
        target.unlink(missing_ok=True)


def foreign(db, by_name):
    """Keys are unique, and every reference leads to one, lists included."""
    for name, r in by_name.items():
        (twice,) = db.execute(f"select count(*) - count(distinct id) from {name}").fetchone()
        check(twice == 0, f"{name}: {twice} keys twice")
        for key in r["schema"].get("foreignKeys", []):
            column, to = key["fields"][0], key["reference"]["resource"] or name
            lost = db.execute(f"select {column} from {name} where {column} is not null "
                              f"and {column} not in (select id from {to}) limit 1").fetchone()
            check(lost is None, f"{name}.{column}: {lost} is no row of {to}")
    for name, column, to in [("events", "said_by", "statements"), ("tellings", "said_by", "statements"),
                             ("counts", "said_by", "statements"), ("relations", "said_by", "statements"),
                             ("incidents", "origins", "origins")]:
        lost = db.execute(f"select v from (select unnest({column}) as v from {name}) "
                          f"where v not in (select id from {to}) limit 1").fetchone()
        check(lost is None, f"{name}.{column}: {lost} is no row of {to}")


def spans(db):
    """The words of a row are those that stand at its span, in Python's count of characters."""
    texts = {r[0]: r[1:] for r in db.execute("select id, text, title from reports").fetchall()}
    for name in ["mentions", "times", "events", "tellings", "counts", "relations", "participants"]:
        rows = db.execute(f"select id, report, words, in_title, span_start, span_end from {name}").fetchall()
        for key, report, words, in_title, start, end in rows:
            if not check((texts[report][in_title] or "")[start:end] == words, f"{name}: {key} stands elsewhere"):
                break
    for key, report, content, in_title, pieces in db.execute(
            "select id, report, content, in_title, content_spans from statements").fetchall():
        text = texts[report][in_title] or ""
        joined = " … ".join(text[p["start"]:p["end"]] for p in pieces)
        if not check(joined == content, f"statements: {key} stands elsewhere"):
            break


def geojson(folder):
    for path in sorted(folder.glob("geojson/*.geojson")):
        collection = json.loads(path.read_text(encoding="utf-8"))
        check(collection["type"] == "FeatureCollection" and "crs" not in collection, f"{path.name}: no collection")
        ids = [f["id"] for f in collection["features"]]
        check(len(ids) == len(set(ids)), f"{path.name}: ids twice")
        for f in collection["features"]:
            check(f["type"] == "Feature" and isinstance(f["properties"], dict), f"{path.name}: {f['id']} no feature")
            if f["geometry"] is not None:
                lon, lat = f["geometry"]["coordinates"]
                inside = f["geometry"]["type"] == "Point" and -180 <= lon <= 180 and -90 <= lat <= 90
                check(inside, f"{path.name}: {f['id']} lies off the map")


def polecat(folder):
    path = folder / "polecat.tsv"
    bare_rows = pandas.read_csv(path, sep="\t", dtype=str, quoting=3, keep_default_na=False)
    quoted = pandas.read_csv(path, sep="\t", dtype=str, keep_default_na=False)
    lines = path.read_text(encoding="utf-8").split("\n")[:-1]
    check(bare_rows.shape == quoted.shape == (len(lines) - 1, 40), f"polecat.tsv: {bare_rows.shape}, {quoted.shape}")
    check(all(line.count("\t") == 39 for line in lines), "polecat.tsv: stray tabs")
    check(polars.read_csv(path, separator="\t", infer_schema=False).height == len(lines) - 1, "polecat.tsv: polars")


ACLED = """event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,
inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,
latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp""".replace("\n", "").split(",")

GED = """id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,
dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,
number_of_sources,source_article,source_office,source_date,source_headline,source_original,where_prec,
where_coordinates,where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,
event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,gwnoa,
gwnob""".replace("\n", "").split(",")


def acled(folder):
    rows = pandas.read_csv(folder / "acled.csv", parse_dates=["event_date"])
    check(list(rows.columns) == ACLED and len(ACLED) == 31, f"acled.csv: columns {list(rows.columns)}")
    for column, allowed in [("time_precision", range(1, 4)), ("geo_precision", range(1, 4)), ("inter1", range(0, 9)),
                            ("inter2", range(0, 9))]:
        check(rows[column].dropna().isin(list(allowed)).all(), f"acled.csv: {column} out of range")
    check((rows["fatalities"] >= 0).all() and rows["fatalities"].notna().all(), "acled.csv: fatalities")


def ged(folder):
    rows = pandas.read_csv(folder / "ged.csv", parse_dates=["date_start", "date_end"])
    check(list(rows.columns) == GED and len(GED) == 49, f"ged.csv: columns {list(rows.columns)}")
    check(((rows["low"] <= rows["best"]) & (rows["best"] <= rows["high"])).all(), "ged.csv: low, best, high")
    check(rows["id"].is_unique and (rows["id"] < 2**53).all(), "ged.csv: ids")
    check(rows["where_prec"].dropna().between(1, 7).all(), "ged.csv: where_prec")
    check(rows["date_prec"].dropna().between(1, 5).all(), "ged.csv: date_prec")


def ftm(folder):
    """followthemoney takes every entity, drops no value, and every reference leads to an entity of the right kind."""
    entities = {}
    lines = (folder / "ftm.jsonl").read_text(encoding="utf-8").split("\n")
    for data in map(json.loads, filter(None, lines)):
        check(data["id"] not in entities, f"ftm: {data['id']} twice")
        try:
            model.get(data["schema"]).validate(data)
            proxy = model.get_proxy(data, cleaned=False)
        except Exception as error:  # whatever the library raises is a fault of ours
            check(False, f"ftm: {data}: {error}")
            continue
        for name, values in data["properties"].items():
            kept = proxy.get(name)
            check(len(kept) == len(values), f"ftm: {data['schema']}.{name}: {values} read as {kept}")
        entities[data["id"]] = proxy
    for proxy in entities.values():
        for prop, value in proxy.itervalues():
            if prop.type.name == "entity":
                there = entities.get(value)
                check(there is not None and there.schema.is_a(prop.range), f"ftm: {prop.qname} leads to {value}")


def matrix(folder):
    rows = pandas.read_csv(folder / "matrix.csv")
    sources = pandas.read_csv(folder / "matrix_sources.csv")
    columns = [c for c in rows.columns if c == "unnamed_source" or re.fullmatch(r"source_\d+", c)]
    check(sorted(columns) == sorted(sources["column_name"]), "matrix.csv: columns differ from matrix_sources.csv")
    check(rows[columns].isin([0, 1]).all().all(), "matrix.csv: a cell is neither 0 nor 1")
    sums = dict(zip(sources["column_name"], sources["incidents"]))
    check(all(rows[c].sum() == sums[c] for c in columns), "matrix.csv: sums differ from matrix_sources.csv")


def annotations(folder, texts):
    """Every quotation stands where its position says, in Python's own count of characters."""
    collection = json.loads((folder / "annotations.jsonld").read_text(encoding="utf-8"))
    items = collection["first"]["items"]
    check(collection["total"] == len(items), "annotations: total")
    check(len({a["id"] for a in items}) == len(items), "annotations: ids twice")
    for a in items:
        quote, position = a["target"]["selector"]
        text = texts.get(a["target"]["source"].removeprefix("urn:sha-256:"))
        if not check(text is not None, f"annotations: {a['id']} is of an unknown text"):
            continue
        start, end = position["start"], position["end"]
        around = quote["prefix"] + quote["exact"] + quote["suffix"]
        stands = text[start:end] == quote["exact"] and text[max(0, start - 32):end + 32] == around
        check(stands, f"annotations: {a['id']} stands elsewhere")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
    for fault in FAULTS[:50]:
        print(fault, file=sys.stderr)
    if FAULTS:
        sys.exit(f"{len(FAULTS)} faults")
    print("every reader reads every file as it is meant")
