//! `xtask eval speakers`: the passages of `eval/speakers.md`, and how many of their speakers the program finds and names right.

use crate::scores::Line;
use recount::Reader;
use recount::document::Document;
use recount::intake::{Article, Source};

/// One labelled statement of a passage.
struct Label {
    /// First words of the content.
    words: String,
    direct: bool,
    /// A word of the speaker's name, or of the description where the passage gives none.
    speaker: String,
}

struct Passage {
    heading: String,
    text: String,
    labels: Vec<Label>,
}

/// What the program makes of one labelled statement.
enum Found {
    Nothing,
    /// A statement whose speaker is nobody.
    Nobody,
    Right,
    Wrong(String),
}

/// Figures over all passages and over those with an even number, which nobody looks at to mend the program. With
/// `shown` the faults in passages with an odd number are printed.
pub fn figures(shown: bool) -> Result<Vec<Line>, String> {
    let path = crate::root().join("eval/speakers.md");
    let file = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let reader = Reader::open().map_err(|e| e.to_string())?;
    // Direct and other statements, each over all passages and over the even ones.
    let mut tallies = [[Tally::default(); 2]; 2];
    for (at, passage) in passages(&file).iter().enumerate() {
        let source = Source { name: Some(&passage.heading), ..Source::default() };
        let article = Article::from_plain(passage.text.as_bytes(), &source).map_err(|e| e.to_string())?;
        let document = reader.read(article);
        for label in &passage.labels {
            let found = found(&document, label)
                .ok_or_else(|| format!("passage {}: no words “{}” in it", passage.heading, label.words))?;
            let odd = at % 2 == 0;
            if shown && odd {
                let fault = match &found {
                    Found::Nothing => Some("no statement".to_owned()),
                    Found::Nobody => Some("nobody".to_owned()),
                    Found::Wrong(who) => Some(who.clone()),
                    Found::Right => None,
                };
                if let Some(fault) = fault {
                    println!("passage {}: “{}” is by {}, read: {fault}", passage.heading, label.words, label.speaker);
                }
            }
            for tally in &mut tallies[usize::from(!label.direct)][..2 - usize::from(odd)] {
                tally.add(&found);
            }
        }
    }
    let mut lines = Vec::new();
    for (form, both) in ["direct", "other"].iter().zip(tallies) {
        for (part, tally) in ["all", "even"].iter().zip(both) {
            let figures = [("without a speaker", tally.without()), ("right of those given", tally.right())];
            lines.extend(figures.map(|(metric, figure)| Line {
                task: "speakers".to_owned(),
                part: (*part).to_owned(),
                metric: format!("{form}, {part}: {metric}"),
                figure,
                commit: crate::commit(),
                command: "cargo xtask eval speakers".to_owned(),
            }));
        }
    }
    Ok(lines)
}

#[derive(Clone, Copy, Default)]
struct Tally {
    all: usize,
    given: usize,
    right: usize,
}

impl Tally {
    fn add(&mut self, found: &Found) {
        self.all += 1;
        self.given += usize::from(matches!(found, Found::Right | Found::Wrong(_)));
        self.right += usize::from(matches!(found, Found::Right));
    }

    fn without(self) -> f64 {
        (self.all - self.given) as f64 / self.all.max(1) as f64
    }

    fn right(self) -> f64 {
        self.right as f64 / self.given.max(1) as f64
    }
}

/// The speaker of the smallest statement that holds the label's words; `None` where the passage lacks them.
fn found(document: &Document, label: &Label) -> Option<Found> {
    let at = document.text.source.find(&label.words)? as u32;
    let holds = |s: &&recount::meaning::Statement| s.content.iter().any(|c| c.start <= at && at < c.end);
    let size = |s: &&recount::meaning::Statement| s.content.iter().map(|c| c.len()).sum::<usize>();
    let Some(statement) = document.meaning.statements.iter().filter(holds).min_by_key(size) else {
        return Some(Found::Nothing);
    };
    let Some(entity) = statement.source.and_then(|s| s.entity) else { return Some(Found::Nobody) };
    let entity = &document.language.entities[entity.at()];
    let called = |m: &recount::span::MentionId| {
        let mention = &document.language.mentions[m.at()];
        document.text.words(mention.span).contains(&label.speaker)
    };
    let right = entity.name.contains(&label.speaker) || entity.mentions.iter().any(called);
    Some(if right { Found::Right } else { Found::Wrong(entity.name.clone()) })
}

/// Reads headings, passages between fences and labels.
fn passages(file: &str) -> Vec<Passage> {
    let mut out: Vec<Passage> = Vec::new();
    let mut inside = false;
    for line in file.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            out.push(Passage { heading: heading.to_owned(), text: String::new(), labels: Vec::new() });
            continue;
        }
        let Some(passage) = out.last_mut() else { continue };
        if line.starts_with("```") {
            inside = line.len() > 3;
        } else if inside {
            passage.text.push_str(line);
            passage.text.push('\n');
        } else if let Some(row) = line.strip_prefix("- ") {
            let fields: Vec<&str> = row.split(" | ").collect();
            if let [words, form, speaker] = fields[..] {
                passage.labels.push(Label {
                    words: words.to_owned(),
                    direct: form == "direct",
                    speaker: speaker.to_owned(),
                });
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_label_stands_once_in_its_passage() {
        let file = include_str!("../../../eval/speakers.md");
        let passages = super::passages(file);
        assert_eq!(passages.len(), 28);
        assert_eq!(passages.iter().map(|p| p.labels.len()).sum::<usize>(), 158);
        for passage in &passages {
            for label in &passage.labels {
                let found = passage.text.matches(&label.words).count();
                assert_eq!(found, 1, "passage {}: {}", passage.heading, label.words);
            }
        }
    }
}
