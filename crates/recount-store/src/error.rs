//! What can go wrong with a collection, in words that name the file and what to do.

use std::path::{Path, PathBuf};

pub type Result<T> = std::result::Result<T, Error>;

/// Why a collection could not be opened, read or added to.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{}: there is no collection here; `recount add --db {} INPUT` begins one", .0.display(), .0.display())]
    Missing(PathBuf),
    #[error("{}: this file is no collection of Recount", .0.display())]
    Foreign(PathBuf),
    #[error("{}: this collection has format version {found}, written by a newer Recount; this program knows versions up to {known}", .path.display())]
    Newer { path: PathBuf, found: i64, known: i64 },
    #[error("{}: the disk is full; what was added before is safe, and the same command goes on from there", .0.display())]
    Full(PathBuf),
    #[error("{}: no right to write here; nothing was changed", .0.display())]
    ReadOnly(PathBuf),
    #[error("{}: another program has held the collection for too long; nothing was changed, try again", .0.display())]
    Busy(PathBuf),
    #[error("{}: could not be opened ({reason}); is the folder there, and may files be made in it?", .path.display())]
    CannotOpen { path: PathBuf, reason: String },
    #[error("{}: the file is damaged ({reason}); `recount audit` says where", .path.display())]
    Damaged { path: PathBuf, reason: String },
    #[error("{}: reading or writing failed ({reason}); is there room? What was added before is safe, and the same command goes on from there", .path.display())]
    Io { path: PathBuf, reason: String },
    #[error("{}: {reason}", .path.display())]
    Sqlite { path: PathBuf, reason: String },
    /// What a person asked for names something that is not there.
    #[error("{0}")]
    Unknown(String),
}

impl Error {
    /// The error of the collection at `path` that SQLite's stands for.
    pub(crate) fn of(path: &Path, error: &rusqlite::Error) -> Error {
        use rusqlite::ErrorCode::{
            CannotOpen, DatabaseBusy, DatabaseCorrupt, DatabaseLocked, DiskFull, NotADatabase, PermissionDenied,
            ReadOnly, SystemIoFailure,
        };
        let path = path.to_owned();
        let reason = error.to_string();
        match error.sqlite_error_code() {
            Some(DiskFull) => Error::Full(path),
            Some(ReadOnly | PermissionDenied) => Error::ReadOnly(path),
            Some(DatabaseBusy | DatabaseLocked) => Error::Busy(path),
            Some(CannotOpen) => Error::CannotOpen { path, reason },
            Some(NotADatabase) => Error::Foreign(path),
            Some(DatabaseCorrupt) => Error::Damaged { path, reason },
            Some(SystemIoFailure) => Error::Io { path, reason },
            _ => Error::Sqlite { path, reason },
        }
    }
}
