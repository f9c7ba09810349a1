//! `xtask data names`: what the clues say of every candidate for a name in texts whose names are known, for
//! `training/names.py` to learn their weights from.

use recount::gazetteer::Gazetteer;
use recount::intake::Article;
use recount::language::Language;
use recount::language::mentions::{clues, names};
use recount::model::{Head, Model};
use recount::text::Text;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

/// One text with its names; offsets are code points.
#[derive(serde::Deserialize)]
struct Known {
    id: String,
    text: String,
    names: Vec<Name>,
    /// Spans of which nothing is known.
    #[serde(default)]
    open: Vec<[usize; 2]>,
}

#[derive(serde::Deserialize)]
struct Name {
    span: [usize; 2],
    kind: String,
}

/// Writes one line a candidate: the text's id, its span, the right answer, the clues; tabs between.
pub fn write(from: &Path, to: &mut impl Write) -> Result<(), Box<dyn std::error::Error>> {
    let (model, gazetteer) = (Model::on_threads(2)?, Gazetteer::open()?);
    writeln!(to, "id\tspan\tanswer\t{}", clues::CLUES.join("\t"))?;
    for (n, line) in std::fs::read_to_string(from)?.lines().enumerate() {
        let known: Known =
            serde_json::from_str(line).map_err(|e| format!("{}, line {}: {e}", from.display(), n + 1))?;
        let article = Article::bare(&known.id, &known.text);
        let text = Text::of(&article);
        let language = Language::of(&text, &model, &gazetteer);
        let candidates = names::names(&text, &language.reading, model.labels(Head::Name));
        let rows = clues::rows(&text, &language, &model, &gazetteer, &candidates);
        let places: BTreeMap<usize, usize> = text.source.char_indices().enumerate().map(|(n, (b, _))| (b, n)).collect();
        let length = text.source.chars().count();
        let point = |byte: u32| places.get(&(byte as usize)).copied().unwrap_or(length);
        for (candidate, row) in candidates.iter().zip(rows) {
            let span = text.span(candidate.tokens);
            let (start, end) = (point(span.start), point(span.end));
            write!(to, "{}\t{start}-{end}\t{}", known.id, answer(&known, start, end).unwrap_or("-"))?;
            for clue in row {
                write!(to, "\t{clue:.4}")?;
            }
            writeln!(to)?;
        }
    }
    Ok(())
}

/// The kind of the name at a span, "none" where there is none; nothing where that is not known, or where the words are
/// only a part of a name or more than one.
fn answer(known: &Known, start: usize, end: usize) -> Option<&str> {
    let over = |s: &[usize; 2]| s[0] < end && start < s[1];
    if let Some(name) = known.names.iter().find(|n| n.span == [start, end]) {
        return Some(&name.kind);
    }
    let touched = known.open.iter().any(over) || known.names.iter().any(|n| over(&n.span));
    (!touched).then_some("none")
}
