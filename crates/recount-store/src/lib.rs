//! The collection: one SQLite file that holds reports, records and decisions.
