//! `eval/scores.tsv`: every figure that is quoted anywhere, with the command that gets it again. Lines are only added.

use std::path::Path;

const HEADER: &str = "task\tpart\tmetric\tfigure\tcommit\tcommand";

/// One measured figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub task: String,
    pub part: String,
    pub metric: String,
    pub figure: f64,
    /// The commit that was measured, with `+` where the tree held changes.
    pub commit: String,
    pub command: String,
}

#[derive(Debug, Default)]
pub struct Scores {
    lines: Vec<Line>,
}

impl Scores {
    /// Reads the file; a missing one has no lines.
    pub fn read(path: &Path) -> Result<Scores, String> {
        let Ok(text) = std::fs::read_to_string(path) else { return Ok(Scores::default()) };
        let lines = text.lines().skip(1).filter(|l| !l.is_empty()).enumerate();
        let parsed =
            lines.map(|(n, l)| parsed(l).ok_or_else(|| format!("{}:{}: not a line of figures", path.display(), n + 2)));
        Ok(Scores { lines: parsed.collect::<Result<_, _>>()? })
    }

    /// The figure last written.
    pub fn last(&self, task: &str, part: &str, metric: &str) -> Option<f64> {
        self.lines.iter().rev().find(|l| l.task == task && l.part == part && l.metric == metric).map(|l| l.figure)
    }

    /// Adds lines and writes the file.
    pub fn append(&mut self, path: &Path, lines: Vec<Line>) -> Result<(), String> {
        self.lines.extend(lines);
        let row = |l: &Line| {
            format!("{}\t{}\t{}\t{}\t{}\t{}", l.task, l.part, l.metric, rounded(l.figure), l.commit, l.command)
        };
        let text = std::iter::once(HEADER.to_owned()).chain(self.lines.iter().map(row)).collect::<Vec<_>>().join("\n");
        std::fs::write(path, text + "\n").map_err(|e| format!("{}: {e}", path.display()))
    }
}

fn rounded(x: f64) -> f64 {
    (x * 10_000.0).round() / 10_000.0
}

fn parsed(line: &str) -> Option<Line> {
    let mut cells = line.split('\t').map(str::to_owned);
    Some(Line {
        task: cells.next()?,
        part: cells.next()?,
        metric: cells.next()?,
        figure: cells.next()?.parse().ok()?,
        commit: cells.next()?,
        command: cells.next()?,
    })
}
