//! An export as a whole: the records passed through every layout once, then the manifest over what was written.

use crate::across::Across;
use crate::files::Written;
use crate::layouts::{self, Gathered, Sink};
use crate::public::Mask;
use crate::reading::Reading;
use crate::{Error, Result, digest, manifest};
use recount::record::Record;
use recount::record::across::{Incident, Origin};
use std::collections::{BTreeSet, HashSet};
use std::path::{Component, Path, PathBuf};

/// Records that can be gone through more than once, in the same order each time.
pub trait Records {
    /// Hands every record to `take`.
    ///
    /// # Errors
    /// The first error of `take`, or [`Error::Records`] where the records cannot be had.
    fn each(&mut self, take: &mut dyn FnMut(Record) -> Result<()>) -> Result<()>;
}

impl Records for &[Record] {
    fn each(&mut self, take: &mut dyn FnMut(Record) -> Result<()>) -> Result<()> {
        self.iter().try_for_each(|r| take(r.clone()))
    }
}

/// A way to write records out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layout {
    Jsonl,
    Csv,
    Parquet,
    Geojson,
    Polecat,
    Acled,
    Ged,
    Ftm,
    Webannotation,
    Matrix,
}

impl Layout {
    pub const ALL: [Layout; 10] = [
        Layout::Jsonl,
        Layout::Csv,
        Layout::Parquet,
        Layout::Geojson,
        Layout::Polecat,
        Layout::Acled,
        Layout::Ged,
        Layout::Ftm,
        Layout::Webannotation,
        Layout::Matrix,
    ];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Layout::Jsonl => "jsonl",
            Layout::Csv => "csv",
            Layout::Parquet => "parquet",
            Layout::Geojson => "geojson",
            Layout::Polecat => "polecat",
            Layout::Acled => "acled",
            Layout::Ged => "ged",
            Layout::Ftm => "ftm",
            Layout::Webannotation => "webannotation",
            Layout::Matrix => "matrix",
        }
    }

    /// One line for people who choose.
    pub fn about(self) -> &'static str {
        match self {
            Layout::Jsonl => "records, origins and incidents as they are, one JSON object a line",
            Layout::Csv => "one table for each kind of row",
            Layout::Parquet => "the same tables in columns",
            Layout::Geojson => "events and incidents as features (RFC 7946)",
            Layout::Polecat => "events in the 40 columns of POLECAT (PLOVER)",
            Layout::Acled => "incidents in the 31 columns of ACLED",
            Layout::Ged => "fatal incidents in the 49 columns of UCDP GED",
            Layout::Ftm => "FollowTheMoney entities",
            Layout::Webannotation => "a W3C Web Annotation for every span of evidence",
            Layout::Matrix => "incident × source, for multiple-systems estimation",
        }
    }
}

/// For whose eyes an export is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// Everything.
    Internal,
    /// Private people masked, and what could expose them coarsened.
    Public,
}

/// What to write and how.
#[derive(Clone, Debug)]
pub struct Options {
    pub layouts: Vec<Layout>,
    pub profile: Profile,
    /// The moment that the export shows the collection at (RFC 3339); none for now.
    pub as_of: Option<String>,
    /// Parquet's pages are packed. Off only to search their bytes.
    pub packed: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options { layouts: vec![Layout::Csv], profile: Profile::Internal, as_of: None, packed: true }
    }
}

/// What an export came to.
#[derive(Debug)]
pub struct Summary {
    pub reports: u64,
    /// Ids that more than one record has; only the first record of each was written.
    pub repeated: Vec<String>,
    pub files: Vec<Written>,
}

/// Runs of programs over the reports of an export: program, weights, data.
pub type Runs = BTreeSet<(String, String, String)>;

/// Writes an export into a folder. An earlier export there is taken away first, as far as its manifest lists it.
///
/// # Errors
/// [`Error`] where records cannot be had or a file cannot be written; the manifest, written last, is then missing.
pub fn export(
    records: &mut dyn Records,
    origins: &[Origin],
    incidents: &[Incident],
    options: &Options,
    folder: &Path,
) -> Result<Summary> {
    clear(folder)?;
    let mask = match options.profile {
        Profile::Internal => None,
        Profile::Public => Some(Mask::of(records, origins, incidents)?),
    };
    let masked = mask.as_ref().map(|m| (m.origins(origins), m.incidents(incidents)));
    let (origins, incidents) = masked.as_ref().map_or((origins, incidents), |(o, i)| (o.as_slice(), i.as_slice()));
    let across = Across::of(origins, incidents);
    let mut layouts = options.layouts.clone();
    layouts.sort();
    layouts.dedup();
    let mut sinks: Vec<Box<dyn Sink>> = Vec::new();
    for layout in &layouts {
        sinks.push(layouts::begin(*layout, folder, options)?);
    }
    let (mut reports, mut repeated) = (0, Vec::new());
    let mut seen: HashSet<[u8; 16]> = HashSet::new();
    let mut runs = Runs::new();
    let mut gathered = Gathered::default();
    let gathers = layouts.iter().any(|l| layouts::gathers(*l));
    records.each(&mut |record| {
        if !seen.insert(digest::short(record.id.as_bytes())) {
            repeated.push(record.id);
            return Ok(());
        }
        reports += 1;
        let record = match &mask {
            Some(mask) => mask.record(record),
            None => record,
        };
        let run = (record.run.program.clone(), record.run.model.clone(), record.run.data.clone());
        runs.insert(run);
        let reading = Reading::of(&record);
        if gathers {
            gathered.report(&reading, &across);
        }
        sinks.iter_mut().try_for_each(|sink| sink.report(&reading, &across))
    })?;
    let mut files = Vec::new();
    for sink in sinks {
        files.extend(sink.end(&across, &gathered)?);
    }
    manifest::write(folder, options, &runs, &mut files)?;
    Ok(Summary { reports, repeated, files })
}

/// Takes away an earlier export: the files that its manifest lists, and the manifest first.
fn clear(folder: &Path) -> Result<()> {
    let path = folder.join(manifest::NAME);
    let Ok(bytes) = std::fs::read(&path) else { return Ok(()) };
    let old: serde_json::Value = serde_json::from_slice(&bytes).unwrap_or_default();
    if old["name"] != manifest::PACKAGE {
        let reason = std::io::Error::other("the folder holds another data package; name an empty folder");
        return Err(Error::at(&path, reason));
    }
    std::fs::remove_file(&path).map_err(|e| Error::at(&path, e))?;
    let listed = old["resources"].as_array().into_iter().flatten().filter_map(|r| r["path"].as_str());
    for name in listed {
        // A path that leads out of the folder is none of ours.
        let inside = Path::new(name);
        if inside.components().all(|c| matches!(c, Component::Normal(_))) {
            let path: PathBuf = folder.join(inside);
            match std::fs::remove_file(&path) {
                Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(Error::at(&path, e)),
                _ => {}
            }
        }
    }
    Ok(())
}
