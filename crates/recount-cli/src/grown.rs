//! A collection's origins and incidents, brought up to date with what was added and decided since they were made.
//!
//! What comparing came to is kept in the collection beside them, so that a report more is compared with what it could be
//! one with and nothing else. How rare words and passages are is held still as of the first reports, up to a row that
//! depends on the size of the collection alone: making all anew comes to the same. Where reports were read again by a newer
//! program all is made anew each time: whatever an earlier reading came to may have changed.

use crate::carried::Carried;
use crate::decided::Decided;
use crate::printer;
use crate::together::{Slim, Tellings, Told, account, main_incidents};
use recount::reconcile::tallies::Policy;
use recount::reconcile::{incidents, origins};
use recount::record::Record;
use recount::record::across::{Incident, Origin, Verdict};
use recount_store::{Access, Changes, Collection, Error, Kept};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Up to so many reports all is made anew each time: that takes less than a second, and nothing is held still.
const FEW: i64 = 2000;

/// The row of reports up to which they are taken together first, in a collection with so many rows: steps of an eighth.
fn taken_first(rows: i64) -> i64 {
    let mut first = FEW;
    while first + first / 8 <= rows {
        first += first / 8;
    }
    if rows <= FEW { rows } else { first }
}

fn rows(collection: &Collection) -> Result<i64, Error> {
    Ok(i64::try_from(collection.sizes()?.reports).unwrap_or(i64::MAX))
}

/// A record as people decided.
fn record_of(record: Record, decided: &Decided<'_>, misfits: &mut BTreeSet<String>) -> Record {
    decided.record(record).unwrap_or_else(|(record, reason)| {
        misfits.insert(reason);
        record
    })
}

/// The records of some rows of `reports` as people decided, ready to be compared; what they tell goes to `tellings`.
fn taken(
    reader: &Collection,
    rows: &[i64],
    decided: &Decided<'_>,
    tellings: &mut Tellings,
    misfits: &mut BTreeSet<String>,
) -> Result<(Vec<incidents::Report>, Vec<origins::Sketch>), Error> {
    let mut out = (Vec::with_capacity(rows.len()), Vec::with_capacity(rows.len()));
    for row in rows {
        let id = reader.id_of(*row)?;
        let Some(record) = reader.record(&id)? else { continue };
        let (report, sketch, told) = Slim::of(&record_of(record, decided, misfits)).parts();
        out.0.push(report);
        out.1.push(sketch);
        tellings.add(id, told);
    }
    Ok(out)
}

/// What came since some marks, for the collection to keep.
fn put_away(
    built: i64,
    origins: &origins::Origins,
    collection: &incidents::Collection,
    since: (origins::Mark, incidents::Mark),
) -> Kept {
    let mut kept = Kept { built, ..Kept::default() };
    origins.put_away(since.0, &mut kept.origins).expect("memory takes it");
    collection.put_away(since.1, &mut kept.incidents).expect("memory takes it");
    kept
}

/// Makes origins and incidents of a collection anew, and keeps them and what comparing came to where the file can be
/// written and `kept` says so.
///
/// # Errors
/// Where the file cannot be read.
pub fn anew(reader: &Collection, db: &Path, policy: Policy, keep: bool) -> Result<(Vec<Origin>, Vec<Incident>), Error> {
    let log = reader.sizes()?.log;
    let first = taken_first(rows(reader)?);
    let held = first > FEW && !reader.read_again()?;
    let carried = Carried::of(reader.decisions()?, reader, |report| reader.record(report))?;
    carried.lost.iter().for_each(|m| printer::complain(m));
    let decisions = &carried.decisions;
    let decided = Decided::of(&carried);
    let threads = crate::commands::cores().get();
    let mut misfits = BTreeSet::new();
    let (mut reports, mut sketches, mut tellings) = (Vec::new(), Vec::new(), Tellings::default());
    let mut take = |record: Record, slim: Slim| {
        let (report, sketch, told) = slim.parts();
        tellings.add(record.id, told);
        reports.push(report);
        sketches.push(sketch);
        Ok::<(), Error>(())
    };
    let mut later = Changes::default();
    if held {
        later = reader.changes_after(first)?;
        reader.each_first_record(first, |record| {
            let slim = Slim::of(&record);
            take(record, slim)
        })?;
    } else {
        reader.each_record(|record| {
            let record = record_of(record, &decided, &mut misfits);
            let slim = Slim::of(&record);
            take(record, slim)
        })?;
    }
    let mut origins = origins::Origins::of(sketches, origins::Bounds::default(), threads);
    let mut collection = incidents::Collection::compared(reports, threads);
    let mut kept: Vec<Kept> = Vec::new();
    if held && keep {
        kept.push(put_away(first, &origins, &collection, Default::default()));
    }
    let marks = (origins.mark(), collection.mark());
    let (reports, sketches) = taken(reader, &later.new, &decided, &mut tellings, &mut misfits)?;
    let gone: Vec<&str> = later.gone.iter().map(String::as_str).collect();
    origins.grow(&gone, sketches);
    collection.grow(&gone, reports, decisions);
    collection.settle_all(threads);
    misfits.iter().for_each(|m| printer::complain(m));
    if held && keep {
        kept.push(put_away(first, &origins, &collection, marks));
    }
    let (origins, incidents) = account(&origins, &collection, tellings, decisions, policy);
    if keep
        && let Ok(mut writer) = Collection::open(db, Access::Write)
        && let Err(e) = writer.replace_derived(&origins, &incidents, log, &kept)
    {
        printer::complain(&format!("origins and incidents are not kept: {e}"));
    }
    Ok((origins, incidents))
}

/// Brings what is kept up to date with what came after row `log` of the log; false where all is to be made anew.
///
/// # Errors
/// Where the file cannot be read.
pub fn brought_up_to_date(reader: &Collection, db: &Path, log: i64) -> Result<bool, Error> {
    let parts = reader.kept()?;
    let Some(built) = parts.first().map(|p| p.built) else { return Ok(false) };
    let changes = reader.changes_since(log)?;
    // Many at once are sooner made anew.
    if taken_first(rows(reader)?) != built || changes.new.len() as i64 > built / 50 || reader.read_again()? {
        return Ok(false);
    }
    let Ok(mut writer) = Collection::open(db, Access::Write) else { return Ok(false) };
    let until = reader.sizes()?.log;
    let carried = Carried::of(reader.decisions()?, reader, |report| reader.record(report))?;
    let decisions = &carried.decisions;
    let known = reader.decisions_until(log)?.min(decisions.len());
    let origins = origins::Origins::from_parts(parts.iter().map(|p| p.origins.as_slice()));
    let collection =
        incidents::Collection::from_parts(parts.iter().map(|p| p.incidents.as_slice()), &decisions[..known]);
    let (Some(mut origins), Some(mut collection)) = (origins, collection) else { return Ok(false) };
    drop(parts);
    let marks = (origins.mark(), collection.mark());

    let decided = Decided::of(&carried);
    let mut misfits = BTreeSet::new();
    let mut tellings = Tellings::default();
    let (reports, sketches) = taken(reader, &changes.new, &decided, &mut tellings, &mut misfits)?;
    let gone: Vec<&str> = changes.gone.iter().map(String::as_str).collect();

    // Origins: those that what came touches, in place of those that their reports belonged to.
    let mut new_origins: BTreeMap<String, Origin> =
        origins.grow(&gone, sketches).into_iter().map(|o| (o.id.clone(), o)).collect();
    let mut old_origins: BTreeMap<String, Origin> = BTreeMap::new();
    let touched = new_origins.values().flat_map(|o| &o.reports).map(String::as_str).chain(gone.iter().copied());
    for report in touched.collect::<BTreeSet<&str>>() {
        if let Some(old) = reader.origin_of(report)? {
            old_origins.insert(old.id.clone(), old);
        }
    }
    let same: Vec<String> =
        old_origins.iter().filter(|(id, o)| new_origins.get(*id) == Some(*o)).map(|(id, _)| id.clone()).collect();
    for id in same {
        old_origins.remove(&id);
        new_origins.remove(&id);
    }
    let borne_out = decisions[known..].iter().filter_map(|d| match &d.verdict {
        Verdict::Verify { told, .. } => Some(&told.report),
        _ => None,
    });
    let reports_of = new_origins.values().flat_map(|o| &o.reports).chain(borne_out);
    let renamed: Vec<String> = reports_of.cloned().collect();
    let mut of: BTreeMap<String, String> = BTreeMap::new();
    for o in new_origins.values() {
        of.extend(o.reports.iter().map(|r| (r.clone(), o.id.clone())));
    }
    let origin_of = |report: &str| -> Option<String> {
        of.get(report).cloned().or_else(|| Some(reader.origin_of(report).ok()??.id))
    };

    // Incidents: all that these could have changed, in place of those that had any of their tellings.
    let changed = collection.grow(&gone, reports, decisions);
    let renamed: BTreeSet<u32> = renamed.iter().filter_map(|r| collection.number(r)).collect();
    let mut made = collection.incidents_near(&changed, &renamed, &origin_of);
    let mut old: BTreeMap<String, Incident> = BTreeMap::new();
    let told: BTreeSet<(String, Option<String>)> = made.iter().flat_map(tellings_of).collect();
    let named: BTreeSet<&str> =
        made.iter().flat_map(|i| &i.reports).map(String::as_str).chain(gone.iter().copied()).collect();
    // Others that tell of these reports: what a report is about may be another of its incidents now.
    let mut others: BTreeMap<String, Incident> = BTreeMap::new();
    for report in &named {
        for i in reader.incidents_of(report)? {
            let meets = tellings_of(&i).iter().any(|t| told.contains(t) || gone.contains(&t.0.as_str()));
            if meets {
                old.insert(i.id.clone(), i)
            } else {
                others.insert(i.id.clone(), i)
            };
        }
    }
    let mut around: BTreeMap<String, Incident> = others.clone();
    for report in others.values().flat_map(|i| &i.reports).filter(|r| !named.contains(r.as_str())) {
        around.extend(reader.incidents_of(report)?.into_iter().map(|i| (i.id.clone(), i)));
    }
    made.extend(others.values().cloned());
    old.append(&mut others);
    around.retain(|id, _| !old.contains_key(id));
    let main = main_incidents(made.iter().chain(around.values()));
    for report in made.iter().flat_map(|i| &i.reports).collect::<BTreeSet<&String>>() {
        if !tellings.knows(report)
            && let Some(record) = reader.record(report)?
        {
            tellings.add(report.clone(), Told::of(&record_of(record, &decided, &mut misfits)));
        }
    }
    tellings.reject(decisions);
    let voice = |report: &str| origin_of(report).unwrap_or_else(|| report.to_owned());
    for i in &mut made {
        let id = i.id.clone();
        tellings.complete(i, |report| main.get(report) == Some(&id), &voice, decisions, Policy::default());
    }
    if origins.torn() || collection.torn() {
        return Ok(false);
    }
    misfits.iter().for_each(|m| printer::complain(m));
    let kept = put_away(built, &origins, &collection, marks);
    let (gone_origins, gone_incidents): (Vec<String>, Vec<String>) =
        (old_origins.into_keys().collect(), old.into_keys().collect());
    let new_origins: Vec<Origin> = new_origins.into_values().collect();
    writer.update_derived(&gone_origins, &gone_incidents, &new_origins, &made, until, &[kept])?;
    Ok(true)
}

/// Report and event of each telling of an incident, without an event where a report tells of it without one.
fn tellings_of(i: &Incident) -> Vec<(String, Option<String>)> {
    let told = i.events.iter().map(|t| (t.report.clone(), t.event.clone()));
    let silent = i.reports.iter().filter(|r| !i.events.iter().any(|t| t.report == **r));
    told.chain(silent.map(|r| (r.clone(), None))).collect()
}
