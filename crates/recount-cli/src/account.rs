//! Inputs or a collection → their origins and incidents. A collection keeps its own, and they are made again where it
//! has grown since.

use crate::carried::Carried;
use crate::decided::Decided;
use crate::together::{Slim, Together};
use crate::{printer, records};
use recount::reconcile::tallies::Policy;
use recount::record::Record;
use recount::record::across::{Incident, Origin};
use recount_store::{Access, Collection, Freshness};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What is to be put together, as the commands ask for it.
#[derive(Debug, clap::Args)]
pub struct Given {
    /// Reports in any format that `recount code` reads, or records that it wrote; folders of them, or - for standard
    /// input.
    #[arg(required_unless_present = "db", value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    /// A collection instead of inputs, with what people decided in it.
    #[arg(long, value_name = "FILE", conflicts_with = "inputs")]
    pub db: Option<PathBuf>,
    /// How a tally's low, best and high are chosen: ucdp, acled, majority, latest or min-max.
    #[arg(long, value_name = "POLICY", default_value = "ucdp", value_parser = policy)]
    pub policy: Policy,
    /// Day of publication where the input states none, as 2022-01-08.
    #[arg(long, value_name = "DATE")]
    pub published: Option<jiff::civil::Date>,
    /// Reports read at once [default: one a core]. The output is the same for any number.
    #[arg(long, short = 'j', value_name = "N")]
    pub threads: Option<std::num::NonZeroUsize>,
}

/// A policy by its name.
pub fn policy(name: &str) -> Result<Policy, String> {
    let known = || Policy::ALL.map(Policy::name).join(", ");
    Policy::named(name).ok_or_else(|| format!("no policy of this name; there are {}", known()))
}

/// What people know a report by.
#[derive(Clone, Debug, Default)]
pub struct Known {
    pub title: String,
    pub outlet: Option<String>,
    pub date: Option<String>,
}

/// Everything that inputs or a collection come to.
pub struct Account {
    pub origins: Vec<Origin>,
    pub incidents: Vec<Incident>,
    /// How many reports there are, and how many inputs failed.
    pub reports: u64,
    pub failed: u64,
    titles: Titles,
}

enum Titles {
    Kept(BTreeMap<String, Known>),
    Shelf(Box<Collection>),
}

impl Account {
    /// Reads the inputs, or opens the collection, and puts together what they tell.
    pub fn of(given: &Given) -> Result<Account, String> {
        match &given.db {
            Some(db) => Account::of_collection(db, given.policy),
            None => Account::of_inputs(given),
        }
    }

    fn of_inputs(given: &Given) -> Result<Account, String> {
        let threads = given.threads.unwrap_or_else(crate::commands::cores);
        let (mut together, mut titles) = (Together::default(), BTreeMap::new());
        let slim = |record: &Record| (Slim::of(record), record.id.clone(), known(record));
        let counts = records::each(&given.inputs, given.published, threads, slim, |(slim, id, known)| {
            titles.insert(id, known);
            together.add(slim);
        })?;
        let (origins, incidents) = together.account(&[], given.policy);
        let (reports, failed) = (counts.read, counts.failed);
        Ok(Account { origins, incidents, reports, failed, titles: Titles::Kept(titles) })
    }

    /// What a collection comes to: as it keeps it, or made again where it has grown.
    pub fn of_collection(db: &Path, policy: Policy) -> Result<Account, String> {
        let words = |e: recount_store::Error| e.to_string();
        let reader = Collection::open(db, Access::Read).map_err(words)?;
        let usual = policy == Policy::default();
        let reports = reader.sizes().map_err(words)?.reports;
        let (origins, incidents) = if usual && reader.freshness().map_err(words)? == Freshness::Current {
            (reader.origins().map_err(words)?, reader.incidents().map_err(words)?)
        } else {
            let log = reader.sizes().map_err(words)?.log;
            let decisions = reader.decisions().map_err(words)?;
            let carried = Carried::of(decisions, &reader, |report| reader.record(report)).map_err(words)?;
            let decided = Decided::of(&carried);
            let mut together = Together::default();
            let mut misfits = Vec::new();
            reader
                .each_record::<recount_store::Error>(|record| {
                    let record = decided.record(record).unwrap_or_else(|(record, reason)| {
                        misfits.push(reason);
                        record
                    });
                    together.add(Slim::of(&record));
                    Ok(())
                })
                .map_err(words)?;
            carried.lost.iter().chain(&misfits).for_each(|m| printer::complain(m));
            let (origins, incidents) = together.account(&carried.decisions, policy);
            // Kept for the next time, where the file may be written; what was asked for is known either way.
            if usual
                && let Ok(mut writer) = Collection::open(db, Access::Write)
                && let Err(e) = writer.replace_derived(&origins, &incidents, log)
            {
                printer::complain(&format!("origins and incidents are not kept: {e}"));
            }
            (origins, incidents)
        };
        Ok(Account { origins, incidents, reports, failed: 0, titles: Titles::Shelf(Box::new(reader)) })
    }

    /// What people know a report by.
    pub fn known(&self, report: &str) -> Known {
        match &self.titles {
            Titles::Kept(titles) => titles.get(report).cloned().unwrap_or_default(),
            Titles::Shelf(shelf) => shelf.report(report).ok().flatten().map_or_else(Known::default, |r| Known {
                title: r.title.or_else(|| opening(&shelf.record(report).ok().flatten()?.text)).unwrap_or_default(),
                outlet: r.outlet,
                date: r.published,
            }),
        }
    }
}

fn known(record: &Record) -> Known {
    let title = record.title.clone().or_else(|| opening(&record.text)).unwrap_or_default();
    Known { title: short(&title), outlet: record.outlet.clone(), date: record.published.best.clone() }
}

/// How a text without a title begins.
fn opening(text: &str) -> Option<String> {
    text.trim_start().lines().next().map(short)
}

fn short(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(70).collect()
}
