//! `xtask eval`: every task of `../shared/bench` that the program can answer, the cases and the speakers, into `eval/scores.tsv`.

use crate::scores::{Line, Scores};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Runs the evaluation.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only these tasks (`cases` for the cases, `speakers` for eval/speakers.md).
    tasks: Vec<String>,
    /// Only the cases and the short tasks.
    #[arg(long)]
    fast: bool,
    /// Fail when a figure falls more than a point below the last one written.
    #[arg(long)]
    check: bool,
    /// Append the figures to eval/scores.tsv.
    #[arg(long)]
    write: bool,
}

/// A bench task, the command that does it, whether it is short, and the figures that are kept of it.
struct Task {
    name: &'static str,
    command: &'static str,
    fast: bool,
    kept: &'static [&'static str],
}

const TASKS: &[Task] = &[
    Task {
        name: "attribution",
        command: "code",
        fast: true,
        kept: &[
            "attribution_f1_nested_free",
            "attribution_f1",
            "attribution_f1_direct",
            "attribution_f1_mixed",
            "attribution_f1_indirect",
            "content_f1",
            "source_f1_given_content",
            "source_char_f1",
            "cue_char_f1",
            "content_char_f1",
        ],
    },
    Task { name: "names", command: "code", fast: true, kept: &["exact_f1", "partial_f1", "exact_f1_newslike"] },
    Task { name: "coreference", command: "code", fast: true, kept: &["conll_f1", "conll_f1_head", "mention_f1"] },
    Task {
        name: "event_types",
        command: "code",
        fast: true,
        kept: &["micro_f1", "macro_f1", "gsr_actor_f1", "gsr_target_f1"],
    },
    Task { name: "acled_types", command: "code", fast: true, kept: &["macro_f1"] },
    Task { name: "status", command: "code", fast: true, kept: &["macro_f1", "accuracy", "false_happened"] },
    Task { name: "counts", command: "code", fast: true, kept: &["sent_f1", "muc_accuracy", "gvdb_accuracy"] },
    Task { name: "relations", command: "code", fast: true, kept: &["relation_f1", "mention_f1"] },
    Task { name: "times", command: "code", fast: false, kept: &["value_f1", "relaxed_f1"] },
    Task { name: "police_events", command: "code", fast: false, kept: &["macro_f1_sentence", "macro_f1_document"] },
    Task { name: "muc4", command: "code", fast: false, kept: &["macro_f1"] },
    Task { name: "places", command: "code", fast: false, kept: &["end_to_end_f1_161km", "detection_f1", "acc161"] },
    Task { name: "article_text", command: "code", fast: false, kept: &["f1", "aeb/f1", "trafilatura/f1"] },
    Task { name: "publication_date", command: "code", fast: false, kept: &["accuracy", "f1"] },
    Task {
        name: "origins",
        command: "origins",
        fast: false,
        kept: &["pair_f1", "pair_precision", "pair_recall", "same_event_joined"],
    },
    Task { name: "incidents", command: "incidents", fast: false, kept: &["b3_f1", "all/b3_f1", "mentions/b3_f1"] },
];

/// Figures where less is better.
const LESS_IS_BETTER: &[&str] = &[
    "false_happened",
    "same_event_joined",
    "statements that nobody made",
    "things said that must not be",
    "without a speaker",
];

const CASES: &[(&str, &[&str])] = &[("almaty", &[]), ("aleppo", &["--published", "2015-06-09"])];

/// Runs the asked-for tasks, prints each figure with its change, and writes or checks them.
pub fn run(args: &Args) -> Result<(), String> {
    let root = crate::root();
    let shared = root.join("../shared");
    let wanted = |name: &str, fast: bool| {
        if args.tasks.is_empty() { fast || !args.fast } else { args.tasks.iter().any(|t| t == name) }
    };
    let mut found = Vec::new();
    if wanted("speakers", true) {
        found.extend(crate::speakers::figures(args.tasks.len() == 1)?);
    }
    if shared.join("bench/score.py").is_file() {
        found.extend(from_shared(&shared, &root.join("target/eval"), wanted)?);
    } else {
        println!("skipped: what ../shared/bench measures, which is not here");
    }
    let path = root.join("eval/scores.tsv");
    let mut scores = Scores::read(&path)?;
    let mut fallen = Vec::new();
    for line in &found {
        let last = scores.last(&line.task, &line.part, &line.metric);
        let change = last.map_or("new".to_owned(), |l| format!("{:+.4}", line.figure - l));
        println!("{:<18} {:<34} {:>9.4}  {change}", line.task, line.metric, line.figure);
        let worse = |l: f64| {
            if LESS_IS_BETTER.iter().any(|m| line.metric.ends_with(m)) { line.figure - l } else { l - line.figure }
        };
        // Cases count things: there one thing less is a fall.
        if last.is_some_and(|l| worse(l) > 0.01) {
            fallen.push(format!(
                "{} {} fell from {:.4} to {:.4}",
                line.task,
                line.metric,
                last.unwrap_or_default(),
                line.figure
            ));
        }
    }
    if args.write {
        scores.append(&path, found)?;
    }
    if args.check && !fallen.is_empty() {
        return Err(format!(
            "{}\nIf the fall is meant, run `cargo xtask eval --write` and give the reason in the commit.",
            fallen.join("\n")
        ));
    }
    Ok(())
}

/// What the labelled texts of ../shared measure.
fn from_shared(shared: &Path, out: &Path, wanted: impl Fn(&str, bool) -> bool) -> Result<Vec<Line>, String> {
    let tasks: Vec<&Task> = TASKS.iter().filter(|t| wanted(t.name, t.fast)).collect();
    let cases = wanted("cases", true);
    if tasks.is_empty() && !cases {
        return Ok(Vec::new());
    }
    let recount = crate::built_program()?;
    std::fs::create_dir_all(out).map_err(|e| format!("{}: {e}", out.display()))?;
    let mut found = Vec::new();
    for task in tasks {
        found.extend(task_figures(task, &recount, shared, out)?);
    }
    for (case, options) in CASES.iter().filter(|_| cases) {
        found.extend(case_figures(case, options, &recount, shared, out)?);
    }
    Ok(found)
}

fn task_figures(task: &Task, recount: &Path, shared: &Path, out: &Path) -> Result<Vec<Line>, String> {
    let folder = shared.join("bench").join(task.name);
    let gold = ["dev.jsonl", "dev.jsonl.gz"].iter().map(|f| folder.join(f)).find(|f| f.is_file());
    let gold = gold.ok_or_else(|| format!("{} has no dev.jsonl", folder.display()))?;
    let predicted = out.join(format!("{}.jsonl", task.name));
    ask(recount, task.command, &gold, &[], &predicted)?;
    let figures =
        scored(&[shared.join("bench/score.py").as_path(), Path::new(task.name), gold.as_path(), predicted.as_path()])?;
    let line = |metric: &&str| {
        let figure = figures.get(*metric).and_then(serde_json::Value::as_f64);
        let figure = figure.ok_or_else(|| format!("the scorer of {} gives no {metric}", task.name))?;
        Ok(Line {
            task: task.name.to_owned(),
            part: "dev".to_owned(),
            metric: (*metric).to_owned(),
            figure,
            commit: crate::commit(),
            command: format!("cargo xtask eval {}", task.name),
        })
    };
    task.kept.iter().map(line).collect()
}

fn case_figures(case: &str, options: &[&str], recount: &Path, shared: &Path, out: &Path) -> Result<Vec<Line>, String> {
    let cases = shared.join("cases");
    let predicted = out.join(format!("{case}.jsonl"));
    ask(recount, "code", &cases.join(format!("{case}.txt")), options, &predicted)?;
    let figures = scored(&[
        cases.join("score_case.py").as_path(),
        cases.join(format!("{case}.gold.json")).as_path(),
        predicted.as_path(),
    ])?;
    let rows = figures.as_object().ok_or("score_case.py printed no object")?;
    let line = |(metric, value): (&String, &serde_json::Value)| {
        let figure = value.get(0)?.as_f64()?;
        let wanted = value.get(1)?.as_u64()?;
        Some(Line {
            task: format!("case {case}"),
            part: format!("of {wanted}"),
            metric: metric.clone(),
            figure,
            commit: crate::commit(),
            command: "cargo xtask eval cases".to_owned(),
        })
    };
    Ok(rows.iter().filter_map(line).collect())
}

/// Runs the program on one input; its complaints go to standard error, a failed report is scored as missing.
fn ask(recount: &Path, command: &str, input: &Path, options: &[&str], out: &PathBuf) -> Result<(), String> {
    let file = std::fs::File::create(out).map_err(|e| format!("{}: {e}", out.display()))?;
    let status = Command::new(recount)
        .args([command, "--format", "jsonl"])
        .args(options)
        .arg(input)
        .stdout(Stdio::from(file))
        .status()
        .map_err(|e| format!("{}: {e}", recount.display()))?;
    if status.code().is_none_or(|c| c > 1) {
        Err(format!("recount {command} {}: {status}", input.display()))
    } else {
        Ok(())
    }
}

/// The last line that a scorer prints, as JSON.
fn scored(arguments: &[&Path]) -> Result<serde_json::Value, String> {
    let output = Command::new("python3")
        .args(arguments)
        .stderr(Stdio::inherit())
        .output()
        .map_err(|e| format!("python3: {e}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let last = text.lines().last().unwrap_or_default();
    serde_json::from_str(last).map_err(|e| format!("{}: {e}: {last}", arguments[0].display()))
}
