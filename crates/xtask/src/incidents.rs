//! `xtask fit`: weights for telling whether two reports, and two events, are one happening, from ECB+'s training topics.

use crate::ecb::{self, Told};
use crate::fit::{Example, logistic};
use recount::reconcile::incidents::alike::{self, Sizes};
use recount::reconcile::incidents::cluster::{Fixed, Pair, Rule, groups};
use recount::reconcile::incidents::rarity::{Rarity, Weighed};
use recount::reconcile::incidents::rows::Report;
use recount::reconcile::incidents::same;
use recount::record::Record;
use serde_json::json;
use std::collections::HashMap;
use std::fmt::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// Fits the weights of incidents and writes them into the source.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Print the weights and what they come to, write nothing.
    #[arg(long)]
    dry: bool,
}

/// Pairs of topics that have nothing to do with one another are easy and many: each counts for this much.
const EASY: f32 = 0.3;
/// Pull of every coefficient towards 0.
const RIDGE: f64 = 9.0;
/// Ways of dealing the topics into worlds of a third each.
const DEALS: usize = 3;
const WORLDS: usize = 3;

/// Set by hand, as the corpus has no dates of publication and few days: features of reports, then of events.
///
/// A day named in full by two reports is rare in the corpus and tells much there; in a collection of one week's wires it
/// tells little. Town and day together must not be enough: a town at war sees several events of one type a day.
const REPORTS_BY_HAND: [(&str, f64); 5] = [
    ("same day named", 0.3),
    ("same day of like events", 0.7),
    ("days of like events differ", -2.6),
    ("towns of like events differ", -4.0),
    ("days between publications", -0.6),
];
///
/// Like happenings of one topic differ in all of these, and so do two tellings of one event in a report that tells of
/// its people one by one: the corpus has little to learn them from, and what speaks against must not speak for.
const EVENTS_BY_HAND: [(&str, f64); 6] = [
    ("targets differ", -0.7),
    ("actors differ", -0.5),
    ("same town", 0.5),
    ("places differ", -2.0),
    ("days differ", -2.0),
    ("figures of one kind differ", -0.3),
];

/// A report of a world.
struct Doc {
    report: Report,
    incident: String,
    topic: String,
    conflict: bool,
    mentions: Vec<([usize; 2], String)>,
}

/// Some topics as one collection, every pair of reports measured.
struct World<'a> {
    docs: Vec<&'a Doc>,
    rarity: Rarity,
    pairs: Vec<(usize, usize, alike::Features)>,
}

/// Fits and checks.
pub fn run(args: &Args) -> Result<(), String> {
    let root = crate::root();
    let archive = root.join("../shared/train/ecbplus/ecbplus_topics_1-35.tar.gz");
    if !archive.is_file() {
        println!("skipped: ../shared/train/ecbplus is not here");
        return Ok(());
    }
    let work = root.join("target/incidents");
    std::fs::create_dir_all(&work).map_err(|e| e.to_string())?;
    let train = training(&archive, &work)?;
    if train.is_empty() {
        return Err(format!("{} does not fit the archive: remove it", work.join("train-records.jsonl").display()));
    }
    let dev = development(&root.join("../shared/bench/incidents/dev.jsonl"), &work)?;
    let dev = world(dev.iter().collect());
    let deals: Vec<World<'_>> = (0..DEALS * WORLDS).map(|n| world(dealt(&train, n / WORLDS, n % WORLDS))).collect();
    let all: Vec<Example> = deals.iter().flat_map(reports).collect();
    let by_reports = with_hand(logistic(&all, RIDGE), &alike::FEATURES, &REPORTS_BY_HAND);
    let events: Vec<Example> = deals.iter().flat_map(|w| events(w, &by_reports)).collect();
    let by_events = with_hand(logistic(&events, RIDGE), &same::FEATURES, &EVENTS_BY_HAND);
    show("reports", all.len(), &by_reports, &alike::FEATURES);
    show("events", events.len(), &by_events, &same::FEATURES);
    println!("\nthreshold, mean of the worlds left out (precision, recall, B-cubed F1), development: all, conflict");
    let left_out: Vec<Vec<f64>> = (0..deals.len()).map(|out| without(&deals, out)).collect();
    for least in [-1.5, -1.25, -1.0, -0.75, -0.65, -0.5, -0.35, -0.25, 0.0, 0.25, 0.5] {
        let scores: Vec<[f64; 3]> =
            deals.iter().zip(&left_out).map(|(w, b)| b_cubed(w, &grouped(w, b, least), false)).collect();
        let mean = |k: usize| scores.iter().map(|s| s[k]).sum::<f64>() / scores.len() as f64;
        let home = grouped(&dev, &by_reports, least);
        let (a, c) = (b_cubed(&dev, &home, false), b_cubed(&dev, &home, true));
        let [x, y, z] = [mean(0), mean(1), mean(2)];
        println!(
            "{least:>6}  {x:.3} {y:.3} {z:.3}   {:.3} {:.3} {:.3}   {:.3} {:.3} {:.3}",
            a[0], a[1], a[2], c[0], c[1], c[2]
        );
    }
    if args.dry {
        return Ok(());
    }
    let path = root.join("crates/recount/src/reconcile/incidents/fitted.rs");
    std::fs::write(&path, source(&by_reports, &by_events)).map_err(|e| format!("{}: {e}", path.display()))
}

fn training(archive: &Path, work: &Path) -> Result<Vec<Doc>, String> {
    let told = ecb::training(archive)?;
    let rows: String = told.iter().map(|t| format!("{}\n", json!({"id": t.id, "text": t.text}))).collect();
    let texts = work.join("train.jsonl");
    std::fs::write(&texts, rows).map_err(|e| e.to_string())?;
    let mut known: HashMap<String, Told> = told.into_iter().map(|t| (t.id.clone(), t)).collect();
    let doc = |record: Record| {
        let told = known.remove(&record.id)?;
        let report = Report::of(&record);
        Some(Doc {
            report,
            incident: told.incident,
            topic: told.topic.to_string(),
            conflict: false,
            mentions: told.mentions,
        })
    };
    Ok(records(&texts, &work.join("train-records.jsonl"))?.into_iter().filter_map(doc).collect())
}

fn development(texts: &Path, work: &Path) -> Result<Vec<Doc>, String> {
    let lines = std::fs::read_to_string(texts).map_err(|e| format!("{}: {e}", texts.display()))?;
    let gold = |line: &str| -> Option<(String, serde_json::Value)> {
        let row: serde_json::Value = serde_json::from_str(line).ok()?;
        Some((row["id"].as_str()?.to_owned(), row["gold"].clone()))
    };
    let gold: HashMap<String, serde_json::Value> = lines.lines().filter_map(gold).collect();
    let doc = |record: Record| {
        let gold = gold.get(&record.id)?;
        let incident = gold["incident"].as_str()?.to_owned();
        let conflict = gold["kind"] == "conflict";
        Some(Doc {
            report: Report::of(&record),
            incident,
            topic: gold["topic"].to_string(),
            conflict,
            mentions: Vec::new(),
        })
    };
    Ok(records(texts, &work.join("dev-records.jsonl"))?.into_iter().filter_map(doc).collect())
}

/// The program's records of some texts, read once and kept beside the build.
fn records(texts: &Path, kept: &Path) -> Result<Vec<Record>, String> {
    if !kept.is_file() {
        println!("reading {} …", texts.display());
        let out = Command::new(crate::built_program()?)
            .args(["code", "--format", "jsonl"])
            .arg(texts)
            .stderr(Stdio::inherit())
            .output()
            .map_err(|e| e.to_string())?;
        std::fs::write(kept, out.stdout).map_err(|e| e.to_string())?;
    }
    let text = std::fs::read_to_string(kept).map_err(|e| e.to_string())?;
    text.lines().map(|l| serde_json::from_str(l).map_err(|e| format!("{}: {e}", kept.display()))).collect()
}

/// The reports of a third of the topics, dealt in one of several ways.
fn dealt(train: &[Doc], deal: usize, world: usize) -> Vec<&Doc> {
    let mut topics: Vec<&str> = train.iter().map(|d| d.topic.as_str()).collect();
    topics.sort_unstable();
    topics.dedup();
    let place = |topic: &str| {
        let n = topics.iter().position(|t| *t == topic).unwrap_or(0);
        (n * [1, 7, 11][deal % 3] + n / 3 * deal) % WORLDS
    };
    train.iter().filter(|d| place(&d.topic) == world).collect()
}

fn world(docs: Vec<&Doc>) -> World<'_> {
    let mut rarity = Rarity::default();
    docs.iter().for_each(|d| rarity.add(&d.report));
    let words: Vec<Box<[Weighed]>> = docs.iter().map(|d| rarity.weigh(&d.report)).collect();
    let side = |n: usize| alike::Side { report: &docs[n].report, words: &words[n], sizes: Sizes::of(&words[n]) };
    let mut pairs = Vec::new();
    for a in 0..docs.len() {
        for b in a + 1..docs.len() {
            pairs.push((a, b, alike::features(&side(a), &side(b))));
        }
    }
    World { docs, rarity, pairs }
}

fn reports(w: &World<'_>) -> Vec<Example> {
    let example = |(a, b, f): &(usize, usize, alike::Features)| {
        let (x, y) = (w.docs[*a], w.docs[*b]);
        Example {
            features: masked(f, &alike::FEATURES, &REPORTS_BY_HAND),
            positive: x.incident == y.incident,
            weight: if x.topic == y.topic { 1.0 } else { EASY },
        }
    };
    w.pairs.iter().map(example).collect()
}

/// Pairs of events that the corpus marks, of like reports and within one report.
fn events(w: &World<'_>, by_reports: &[f64]) -> Vec<Example> {
    let chains: Vec<Vec<Option<&str>>> =
        w.docs.iter().map(|d| d.report.events.iter().map(|e| chain(d, e.trigger)).collect()).collect();
    let mut out = Vec::new();
    let own = (0..w.docs.len()).map(|a| (a, a, 0.0));
    let others = w.pairs.iter().map(|(a, b, f)| (*a, *b, sum(by_reports, f).clamp(-alike::SURE, alike::SURE)));
    for (a, b, score) in own.chain(others.filter(|(.., s)| *s > alike::LEAST)) {
        let (x, y) = (&w.docs[a].report, &w.docs[b].report);
        for (n, e) in x.events.iter().enumerate() {
            for (m, f) in y.events.iter().enumerate().filter(|(m, _)| a != b || *m > n) {
                let (Some(p), Some(q)) = (chains[a][n], chains[b][m]) else { continue };
                if same::comparable(e, f) {
                    let sides = [same::Side { report: x, event: e }, same::Side { report: y, event: f }];
                    let features = same::features(sides[0], sides[1], &w.rarity, score);
                    out.push(Example {
                        features: masked(&features, &same::FEATURES, &EVENTS_BY_HAND),
                        positive: p == q,
                        weight: 1.0,
                    });
                }
            }
        }
    }
    out
}

/// The chain of the marked words that a trigger overlaps.
fn chain(doc: &Doc, trigger: [u32; 2]) -> Option<&str> {
    let [a, b] = trigger.map(|x| x as usize);
    doc.mentions.iter().find(|([x, y], _)| *x < b && a < *y).map(|(_, chain)| chain.as_str())
}

/// Features without those whose weight is set by hand.
fn masked(f: &[f32], names: &[&str], by_hand: &[(&str, f64)]) -> Vec<f32> {
    f.iter().zip(names).map(|(x, n)| if by_hand.iter().any(|(h, _)| h == n) { 0.0 } else { *x }).collect()
}

fn with_hand(mut beta: Vec<f64>, names: &[&str], by_hand: &[(&str, f64)]) -> Vec<f64> {
    for (hand, weight) in by_hand {
        if let Some(at) = names.iter().position(|n| n == hand) {
            beta[at + 1] = *weight;
        }
    }
    beta
}

/// Weights from the other worlds of the same deal: no topic of the world left out is among theirs.
fn without(deals: &[World<'_>], out: usize) -> Vec<f64> {
    let rest = (out / WORLDS * WORLDS..(out / WORLDS + 1) * WORLDS).filter(|n| *n != out);
    let examples: Vec<Example> = rest.flat_map(|n| reports(&deals[n])).collect();
    with_hand(logistic(&examples, RIDGE / DEALS as f64), &alike::FEATURES, &REPORTS_BY_HAND)
}

fn sum(beta: &[f64], f: &[f32]) -> f32 {
    (beta[0] + f.iter().zip(&beta[1..]).map(|(x, b)| f64::from(*x) * b).sum::<f64>()) as f32
}

fn grouped(w: &World<'_>, beta: &[f64], least: f32) -> Vec<u32> {
    let pair = |(a, b, f): &(usize, usize, alike::Features)| Pair {
        a: *a as u32,
        b: *b as u32,
        score: sum(beta, f).clamp(-alike::SURE, alike::SURE),
    };
    let pairs: Vec<Pair> = w.pairs.iter().map(pair).collect();
    groups(w.docs.len(), &pairs, &Fixed::default(), Rule { absent: -alike::SURE, least })
}

/// Precision, recall and F1 (Bagga and Baldwin 1998), over all reports or those of conflicts.
fn b_cubed(w: &World<'_>, home: &[u32], conflict: bool) -> [f64; 3] {
    let (mut p, mut r, mut n) = (0.0, 0.0, 0.0);
    for a in (0..home.len()).filter(|a| !conflict || w.docs[*a].conflict) {
        let count = |near: bool, own: bool| {
            let fits =
                |b: &usize| (!near || home[*b] == home[a]) && (!own || w.docs[*b].incident == w.docs[a].incident);
            (0..home.len()).filter(fits).count() as f64
        };
        p += count(true, true) / count(true, false);
        r += count(true, true) / count(false, true);
        n += 1.0;
    }
    let (p, r) = (p / n, r / n);
    [p, r, 2.0 * p * r / (p + r)]
}

fn show(what: &str, examples: usize, beta: &[f64], names: &[&str]) {
    println!("\n{what}: {examples} pairs");
    for (name, weight) in std::iter::once(&"(intercept)").chain(names).zip(beta) {
        println!("{weight:>8.3}  {name}");
    }
}

/// The source file that holds the weights.
fn source(reports: &[f64], events: &[f64]) -> String {
    let mut out = String::from(
        "//! Weights of what pairs of reports and pairs of events have in common: `cargo xtask fit` writes this file.\n//!\n\
         //! Logistic regression on ECB+'s training topics (25 topics, two like happenings each), dealt three times into\n\
         //! three collections; the development topics are not among them. Weights marked by hand concern dates, which the\n\
         //! corpus has not.\n",
    );
    let tables = [
        ("REPORTS", "How a pair of reports", reports, &alike::FEATURES[..], &REPORTS_BY_HAND[..]),
        ("EVENTS", "How a pair of events", events, &same::FEATURES[..], &EVENTS_BY_HAND[..]),
    ];
    for (name, what, beta, features, by_hand) in tables {
        let _ = writeln!(out, "\n/// {what} stands before anything is known of it: log-odds.");
        let _ = writeln!(out, "pub const {name}_INTERCEPT: f32 = {:.3};", beta[0]);
        let _ = writeln!(
            out,
            "\n/// {what} is weighed, feature by feature.\npub const {name}: [f32; {}] = [",
            features.len()
        );
        for (feature, weight) in features.iter().zip(&beta[1..]) {
            let hand = if by_hand.iter().any(|(h, _)| h == feature) { " (by hand)" } else { "" };
            let _ = writeln!(out, "    {weight:.3}, // {feature}{hand}");
        }
        out.push_str("];\n");
    }
    out
}
