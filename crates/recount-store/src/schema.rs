//! Every table and column of the file, with what it means: the comments stand in the file too, for `.schema`.

/// Version of the file's format, its `PRAGMA user_version`.
pub const VERSION: i64 = 3;

/// The file's `PRAGMA application_id`: `Rcnt` in ASCII.
pub(crate) const APPLICATION: i64 = 0x5263_6e74;

/// From the version before (its row number) to the next: run one after the other on an older file.
pub(crate) const STEPS: &[&str] = &[VERSION_1, VERSION_2, VERSION_3];

/// The newest format with nothing in it, not in any file.
pub(crate) fn in_memory() -> rusqlite::Result<rusqlite::Connection> {
    let sql = rusqlite::Connection::open_in_memory()?;
    sql.set_prepared_statement_cache_capacity(64);
    STEPS.iter().try_for_each(|step| sql.execute_batch(step))?;
    sql.pragma_update(None, "foreign_keys", 0)?;
    Ok(sql)
}

/// Version 3: every visit of a web archive to the page of a report.
const VERSION_3: &str = "
CREATE TABLE captures (
  -- Visits of web archives to the pages of reports, each once, in the order of adding; log.what is then capture. Rows are never changed and never deleted.
  n INTEGER PRIMARY KEY,
  report INTEGER REFERENCES reports(n),  -- the version that was seen; null: a page that had not changed since a visit that is not here
  uri TEXT,                   -- target URI
  date TEXT,                  -- as the archive states it
  kind TEXT NOT NULL,         -- response, resource, conversion; revisit: the page had not changed since an earlier visit
  digest TEXT,                -- of the payload, as the archive states it; a revisit's is that of the earlier visit
  earlier_uri TEXT,           -- of the visit that a revisit refers to, where they are stated
  earlier_date TEXT,
  added TEXT NOT NULL         -- when it was added, RFC 3339 in UTC
);
CREATE INDEX captures_by_uri ON captures(uri, date);
CREATE INDEX captures_by_report ON captures(report);
CREATE TRIGGER captures_are_not_changed BEFORE UPDATE ON captures BEGIN SELECT RAISE(ABORT, 'captures are only ever added'); END;
CREATE TRIGGER captures_are_not_deleted BEFORE DELETE ON captures BEGIN SELECT RAISE(ABORT, 'captures are only ever added'); END;
CREATE TRIGGER captures_are_not_replaced BEFORE INSERT ON captures WHEN EXISTS (SELECT 1 FROM captures WHERE n = NEW.n) BEGIN SELECT RAISE(ABORT, 'captures are only ever added'); END;
";

/// Version 2: `recount watch` keeps what servers said.
const VERSION_2: &str = "
CREATE TABLE fetches (
  -- What servers said of the addresses that `recount watch` asked for: only what has changed is asked for again.
  url TEXT PRIMARY KEY,
  at TEXT NOT NULL,           -- when it was asked for last, RFC 3339 in UTC
  etag TEXT,
  last_modified TEXT
) WITHOUT ROWID;
";

const VERSION_1: &str = "
CREATE TABLE reports (
  -- One row a version of a report, in the order of adding. Rows are never changed and never deleted.
  n INTEGER PRIMARY KEY,      -- number in this collection
  id TEXT NOT NULL UNIQUE,    -- the name of this version in every output: the input's own id, or one made from the text; later versions end in @2, @3
  title TEXT,
  published TEXT,             -- day of publication, YYYY-MM-DD; null where nothing says
  outlet TEXT,
  uri TEXT,                   -- address it was published under
  language TEXT NOT NULL,     -- ISO 639-1, or und
  credit TEXT,                -- byline or agency credit, as printed
  series INTEGER NOT NULL REFERENCES reports(n),  -- the first version of the same report
  version INTEGER NOT NULL,   -- 1 for the first
  changed TEXT,               -- what differs from the version before, of title, text, published; null for the first
  input_id TEXT,              -- the id that the input gave; null where it gave none
  notes TEXT,                 -- JSON list: what intake noticed, corrections among it; null for nothing
  added TEXT NOT NULL,        -- when it was added, RFC 3339 in UTC
  hash TEXT NOT NULL,         -- BLAKE3 over title, a zero byte and text
  text TEXT NOT NULL,         -- as read; all spans count its code points from 0
  filters TEXT GENERATED ALWAYS AS ('') VIRTUAL,  -- empty to read; in report_search it holds the words that filters look for
  UNIQUE (series, version)
);
CREATE INDEX reports_by_hash ON reports(hash);
CREATE INDEX reports_by_uri ON reports(uri) WHERE uri IS NOT NULL;
CREATE INDEX reports_by_input_id ON reports(input_id) WHERE input_id IS NOT NULL;
CREATE INDEX reports_by_published ON reports(published);

CREATE VIEW latest_reports AS
  -- Reports without their older versions: what everything derived is made from.
  SELECT * FROM reports AS r
  WHERE NOT EXISTS (SELECT 1 FROM reports AS later WHERE later.series = r.series AND later.version > r.version);

CREATE TABLE runs (
  -- Programs that made records: the same run on the same report gives the same record. Never changed.
  n INTEGER PRIMARY KEY,
  program TEXT NOT NULL,      -- name and version
  model TEXT NOT NULL,        -- hash of the weights
  data TEXT NOT NULL,         -- hash of the carried data
  UNIQUE (program, model, data)
);

CREATE TABLE records (
  -- What was read from a report by a run, whole. Rows are never changed and never deleted.
  n INTEGER PRIMARY KEY,
  report INTEGER NOT NULL REFERENCES reports(n),
  run INTEGER NOT NULL REFERENCES runs(n),
  hash TEXT NOT NULL,         -- BLAKE3 over the record's JSON, its text included
  record BLOB NOT NULL,       -- zstd of the record's JSON with text left empty; `recount schema` has its shape
  UNIQUE (report, run)
);

CREATE TABLE decisions (
  -- What people decided. Rows are never changed and never deleted: the later of two that contradict holds.
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  at TEXT NOT NULL,           -- when, RFC 3339 in UTC
  by TEXT NOT NULL,           -- who
  reason TEXT NOT NULL,
  kind TEXT NOT NULL,         -- merge, split, verify, accept, reject, correct, redact
  verdict TEXT NOT NULL       -- JSON: the reports and rows that it is about
);

CREATE TABLE log (
  -- Everything that was added or decided, in order, chained: each hash covers the one before. `recount audit` checks it.
  n INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  what TEXT NOT NULL,         -- record (a row of records, with its report), decision (a row of decisions)
  row INTEGER NOT NULL,       -- n of that row
  hash TEXT NOT NULL,         -- BLAKE3 over the hash before and the canonical JSON of what was added
  UNIQUE (what, row)
);

-- Tables from here on are derived. Those of rows are made from the latest record of each version of a report.

CREATE TABLE entities (
  -- Persons, organisations, groups, places and other things that a report names.
  report INTEGER NOT NULL REFERENCES reports(n),
  id TEXT NOT NULL,           -- e1, e2, ... as in the record
  kind TEXT NOT NULL,         -- person, organisation, group, place, facility, other
  name TEXT NOT NULL,
  country TEXT,               -- ISO 3166-1 alpha-3
  sector TEXT,                -- PLOVER sector
  role TEXT,                  -- office or occupation as stated
  private INTEGER NOT NULL,   -- 1: a private person, to be masked in anything published
  mentions INTEGER NOT NULL,  -- how often the report speaks of it
  score REAL NOT NULL,        -- calibrated, 0 to 1
  PRIMARY KEY (report, id)
) WITHOUT ROWID;

CREATE TABLE places (
  -- Places that a report names, put on the map where that can be told.
  report INTEGER NOT NULL REFERENCES reports(n),
  id TEXT NOT NULL,           -- p1, p2, ...
  name TEXT NOT NULL,
  geonameid INTEGER,
  latitude REAL,
  longitude REAL,
  country TEXT,               -- ISO 3166-1 alpha-3
  admin1 TEXT,                -- first-level division
  precision INTEGER,          -- UCDP GED where_prec, 1 to 7
  score REAL NOT NULL,
  PRIMARY KEY (report, id)
) WITHOUT ROWID;

CREATE TABLE times (
  -- Time expressions and the days they mean.
  report INTEGER NOT NULL REFERENCES reports(n),
  id TEXT NOT NULL,           -- t1, t2, ...
  words TEXT NOT NULL,
  type TEXT NOT NULL,         -- TIMEX3: DATE, TIME, DURATION, SET
  timex TEXT NOT NULL,        -- TIMEX3 value
  start_day TEXT,             -- first and last day it can mean
  end_day TEXT,
  precision INTEGER,          -- UCDP GED date_prec, 1 to 5
  span_start INTEGER NOT NULL,  -- code points of the report's text, or of its title where in_title is 1
  span_end INTEGER NOT NULL,
  in_title INTEGER NOT NULL,
  score REAL NOT NULL,
  PRIMARY KEY (report, id)
) WITHOUT ROWID;

CREATE TABLE statements (
  -- Acts of saying: who says what. The view statements_in_words has the words.
  report INTEGER NOT NULL REFERENCES reports(n),
  id TEXT NOT NULL,           -- s1, s2, ...
  form TEXT NOT NULL,         -- direct, indirect, mixed
  act TEXT NOT NULL,          -- asserts, denies, orders, ...
  source TEXT,                -- who says so, by name, or in the report's words
  source_class TEXT,          -- official, armed-group, organisation, expert, witness, media, document, unnamed
  entity TEXT,                -- a row of entities; null for a source with no name
  cue TEXT,                   -- the words that say that it is said
  channel TEXT,
  within TEXT,                -- the statement whose content holds this one
  content_start INTEGER,      -- from the first piece of content to the last
  content_end INTEGER,
  in_title INTEGER NOT NULL,
  score REAL NOT NULL,
  PRIMARY KEY (report, id),
  FOREIGN KEY (report, entity) REFERENCES entities(report, id),
  FOREIGN KEY (report, within) REFERENCES statements(report, id) DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;

CREATE TABLE events (
  -- Things said to have happened or to be going to, one row however often the report tells of it.
  report INTEGER NOT NULL REFERENCES reports(n),
  id TEXT NOT NULL,           -- v1, v2, ...
  type TEXT NOT NULL,         -- PLOVER type
  mode TEXT,                  -- PLOVER mode
  acled TEXT,                 -- ACLED sub-event type
  status TEXT NOT NULL,       -- of the first telling: happened, attempted, negated, denied, ordered, requested, threatened, planned, predicted, possible, conditional
  words TEXT NOT NULL,        -- the words that tell of it
  actors TEXT,                -- names, parted by '; '
  targets TEXT,
  source TEXT,                -- who says so, outermost speaker first, parted by ' > '; null: the outlet itself
  source_class TEXT,          -- of the innermost speaker
  place TEXT,                 -- a row of places, and what it says
  place_name TEXT,
  country TEXT,
  time TEXT,                  -- a row of times, and what it says
  start_day TEXT,
  end_day TEXT,
  historical INTEGER NOT NULL,  -- 1: told as background from another time
  tellings INTEGER NOT NULL,  -- how often the report tells of it
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  in_title INTEGER NOT NULL,
  score REAL NOT NULL,
  PRIMARY KEY (report, id),
  FOREIGN KEY (report, place) REFERENCES places(report, id),
  FOREIGN KEY (report, time) REFERENCES times(report, id)
) WITHOUT ROWID;

CREATE TABLE participants (
  -- Who has a part in an event.
  report INTEGER NOT NULL REFERENCES reports(n),
  event TEXT NOT NULL,
  part TEXT NOT NULL,         -- actor, target, instrument
  n INTEGER NOT NULL,         -- order within the part
  entity TEXT,
  words TEXT NOT NULL,
  PRIMARY KEY (report, event, part, n),
  FOREIGN KEY (report, event) REFERENCES events(report, id),
  FOREIGN KEY (report, entity) REFERENCES entities(report, id)
) WITHOUT ROWID;

CREATE TABLE counts (
  -- Figures in reports: how many were killed, injured, arrested, ...
  report INTEGER NOT NULL REFERENCES reports(n),
  id TEXT NOT NULL,           -- c1, c2, ...
  kind TEXT NOT NULL,         -- killed, injured, arrested, missing, abducted, displaced, participants, destroyed, other
  low INTEGER,                -- bounds as the words give them; null: open
  best INTEGER,
  high INTEGER,
  words TEXT NOT NULL,        -- the figure as written
  of TEXT,                    -- what is counted
  event TEXT,                 -- a row of events
  source TEXT,                -- as in events
  source_class TEXT,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  in_title INTEGER NOT NULL,
  score REAL NOT NULL,
  PRIMARY KEY (report, id),
  FOREIGN KEY (report, event) REFERENCES events(report, id)
) WITHOUT ROWID;

CREATE TABLE relations (
  -- Lasting ties: offices, memberships, kin.
  report INTEGER NOT NULL REFERENCES reports(n),
  id TEXT NOT NULL,           -- r1, r2, ...
  subject TEXT NOT NULL,      -- a row of entities or of places, and its name
  subject_name TEXT,
  kind TEXT NOT NULL,         -- office, leads, member, board, employee, spokesperson, kin, nationality, part-of, ally, founder, owner, formerly-called
  detail TEXT,                -- the words that name the tie
  object TEXT NOT NULL,
  object_name TEXT,
  source TEXT,                -- as in events
  source_class TEXT,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  in_title INTEGER NOT NULL,
  score REAL NOT NULL,
  PRIMARY KEY (report, id)
) WITHOUT ROWID;

CREATE VIEW statements_in_words AS
  -- Statements with what they say.
  SELECT r.id AS report_id, r.published, s.id, s.source, s.source_class, s.act, s.cue,
    substr(CASE s.in_title WHEN 1 THEN r.title ELSE r.text END, s.content_start + 1, s.content_end - s.content_start)
      AS content, s.form, s.within, s.score, s.report
  FROM statements AS s JOIN reports AS r ON r.n = s.report;

CREATE VIEW counts_of_events AS
  -- Figures with the event that they belong to.
  SELECT r.id AS report_id, r.published, r.outlet, c.id, c.kind, c.low, c.best, c.high, c.words, c.of, c.source,
    c.source_class, v.type, v.status, v.place_name, v.country, v.start_day, v.end_day, c.score, c.report, c.event
  FROM counts AS c JOIN reports AS r ON r.n = c.report LEFT JOIN events AS v ON v.report = c.report AND v.id = c.event;

CREATE VIRTUAL TABLE report_search USING fts5(
  title, text, filters, content=\"reports\", content_rowid=\"n\", tokenize=\"unicode61 remove_diacritics 2\"
);

-- What many reports come to together. Made again by `recount incidents`.

CREATE TABLE origins (
  -- Reports that go back to one author: one voice.
  id TEXT PRIMARY KEY,
  earliest TEXT NOT NULL REFERENCES reports(id),  -- the report that the others copy
  agency TEXT,                -- the agency that they credit
  reports INTEGER NOT NULL,   -- how many
  origin BLOB NOT NULL        -- zstd of its JSON, whole
) WITHOUT ROWID;

CREATE TABLE origin_reports (
  -- Which report belongs to which origin, and why.
  report TEXT PRIMARY KEY REFERENCES reports(id),
  origin TEXT NOT NULL REFERENCES origins(id),
  n INTEGER NOT NULL,         -- order of publication
  copied_from TEXT REFERENCES reports(id),  -- null for the earliest
  share REAL,                 -- of the shorter one's words, in runs that both have
  by TEXT                     -- text, passage, reworded, quotations, agency; parted by ', '
) WITHOUT ROWID;
CREATE INDEX origin_reports_by_origin ON origin_reports(origin, n);

CREATE TABLE incidents (
  -- The same happening, told in one or many reports.
  id TEXT PRIMARY KEY,
  type TEXT, mode TEXT, acled TEXT, status TEXT,
  place_name TEXT, country TEXT, admin1 TEXT, geonameid INTEGER, latitude REAL, longitude REAL,
  place_precision INTEGER,    -- UCDP GED where_prec
  start_day TEXT, end_day TEXT,
  date_precision INTEGER,     -- UCDP GED date_prec
  actors TEXT, targets TEXT,  -- names, parted by '; '
  verification TEXT NOT NULL, -- unconfirmed, partially-corroborated, confirmed, disputed, rejected
  reports INTEGER NOT NULL,   -- how many reports tell of it
  origins INTEGER NOT NULL,   -- how many independent voices
  disagreement INTEGER NOT NULL,  -- 1: independent voices give figures that cannot all be true
  incident BLOB NOT NULL      -- zstd of its JSON, whole, with the reasons of its links
) WITHOUT ROWID;
CREATE INDEX incidents_by_day ON incidents(start_day);
CREATE INDEX incidents_by_country ON incidents(country, type, start_day);
CREATE INDEX incidents_by_type ON incidents(type, start_day);

CREATE TABLE incident_events (
  -- Every telling of an incident.
  incident TEXT NOT NULL REFERENCES incidents(id),
  n INTEGER NOT NULL,
  report TEXT NOT NULL REFERENCES reports(id),
  event TEXT,                 -- id of a row of the report's events; null where it is no conflict event
  span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, in_title INTEGER NOT NULL,
  PRIMARY KEY (incident, n)
) WITHOUT ROWID;
CREATE INDEX incident_events_by_report ON incident_events(report);

CREATE TABLE tallies (
  -- An incident's figures of one kind, reconciled: a range of reported figures, never a confidence interval.
  incident TEXT NOT NULL REFERENCES incidents(id),
  n INTEGER NOT NULL,
  kind TEXT NOT NULL,
  of TEXT,                    -- whose side; null: the whole
  low INTEGER, best INTEGER, high INTEGER,
  policy TEXT NOT NULL,       -- the rule that chose the three
  disagreement INTEGER NOT NULL,
  voices INTEGER NOT NULL,    -- independent voices among the claims that count
  PRIMARY KEY (incident, n)
) WITHOUT ROWID;

CREATE TABLE claims (
  -- Every figure that a tally was made from, with its words and source.
  incident TEXT NOT NULL,
  tally INTEGER NOT NULL,
  n INTEGER NOT NULL,
  report TEXT NOT NULL REFERENCES reports(id),
  count TEXT NOT NULL,        -- id of a row of the report's counts
  origin TEXT NOT NULL,       -- the voice that it belongs to
  date TEXT,
  low INTEGER, best INTEGER, high INTEGER,
  words TEXT NOT NULL,
  source TEXT,                -- outermost speaker first, parted by ' > '; null: the outlet itself
  source_class TEXT NOT NULL,
  counted INTEGER NOT NULL,   -- 1: bears on low, best and high
  why_not TEXT,               -- superseded, same-origin, negated, rejected, part
  PRIMARY KEY (incident, tally, n),
  FOREIGN KEY (incident, tally) REFERENCES tallies(incident, n)
) WITHOUT ROWID;

CREATE TABLE derived_from (
  -- How much of the log the tables above were made from: one row, or none where they were never made.
  one INTEGER PRIMARY KEY CHECK (one = 1),
  log INTEGER NOT NULL        -- n of the last row of the log that they know of
);

CREATE TRIGGER reports_are_not_changed BEFORE UPDATE ON reports BEGIN SELECT RAISE(ABORT, 'reports are only ever added'); END;
CREATE TRIGGER reports_are_not_deleted BEFORE DELETE ON reports BEGIN SELECT RAISE(ABORT, 'reports are only ever added'); END;
CREATE TRIGGER runs_are_not_changed BEFORE UPDATE ON runs BEGIN SELECT RAISE(ABORT, 'runs are only ever added'); END;
CREATE TRIGGER runs_are_not_deleted BEFORE DELETE ON runs BEGIN SELECT RAISE(ABORT, 'runs are only ever added'); END;
CREATE TRIGGER records_are_not_changed BEFORE UPDATE ON records BEGIN SELECT RAISE(ABORT, 'records are only ever added'); END;
CREATE TRIGGER records_are_not_deleted BEFORE DELETE ON records BEGIN SELECT RAISE(ABORT, 'records are only ever added'); END;
CREATE TRIGGER decisions_are_not_changed BEFORE UPDATE ON decisions BEGIN SELECT RAISE(ABORT, 'decisions are only ever added'); END;
CREATE TRIGGER decisions_are_not_deleted BEFORE DELETE ON decisions BEGIN SELECT RAISE(ABORT, 'decisions are only ever added'); END;
CREATE TRIGGER log_is_not_changed BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'the log is only ever added to'); END;
CREATE TRIGGER log_is_not_deleted BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'the log is only ever added to'); END;
CREATE TRIGGER reports_are_not_replaced BEFORE INSERT ON reports WHEN EXISTS (SELECT 1 FROM reports WHERE n = NEW.n) BEGIN SELECT RAISE(ABORT, 'reports are only ever added'); END;
CREATE TRIGGER records_are_not_replaced BEFORE INSERT ON records WHEN EXISTS (SELECT 1 FROM records WHERE n = NEW.n) BEGIN SELECT RAISE(ABORT, 'records are only ever added'); END;
CREATE TRIGGER decisions_are_not_replaced BEFORE INSERT ON decisions WHEN EXISTS (SELECT 1 FROM decisions WHERE n = NEW.n) BEGIN SELECT RAISE(ABORT, 'decisions are only ever added'); END;
CREATE TRIGGER log_is_not_replaced BEFORE INSERT ON log WHEN EXISTS (SELECT 1 FROM log WHERE n = NEW.n) BEGIN SELECT RAISE(ABORT, 'the log is only ever added to'); END;
";
