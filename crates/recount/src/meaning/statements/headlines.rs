//! Headlines that name who speaks: "Minister: 26 dead", "26 dead: minister", "26 dead - police".
//!
//! A colon also follows what a headline is about ("Port strike: …") and what kind of piece it is ("Sport: …"). Only
//! somebody speaks: a role that speaks ("witnesses"), or a name that the model reads as a source too.

use super::speakers::class_by_word;
use super::{Draft, Levels};
use crate::language::{Form, Kind, Pos};
use crate::meaning::SourceClass;
use crate::span::{TokenId, Tokens};
use crate::text::Layout;

/// A speaker has no more words.
const LABEL: usize = 6;
/// How surely the model must read a name before a colon as a source: names stand there as topics too.
const READ_AS_SOURCE: f32 = 0.15;

/// Source, cue and content of a line.
type Parts = (Tokens, Tokens, Tokens);

/// Adds what headlines give someone. What the model read of such a line stays where it has a cue of its own in it.
pub(super) fn add_speakers(levels: Levels<'_>, source_chances: &[f32], drafts: &mut Vec<Draft>) {
    for paragraph in levels.text.paragraphs.iter().filter(|p| matches!(p.layout, Layout::Title | Layout::Heading)) {
        let line = levels.text.tokens_in(paragraph.span);
        let found = before(levels, source_chances, line).or_else(|| behind(levels, line));
        let Some((source, cue, content)) = found else { continue };
        let in_line = |d: &Draft| d.content.iter().any(|c| c.overlaps(line));
        drafts.retain(|d| !in_line(d) || d.cue.is_some_and(|c| c.overlaps(content)));
        drafts.push(Draft {
            source: Some(source),
            cue: Some(cue),
            content: vec![content],
            carried: None,
            by: "rule/headline",
            chance: 0.9,
            dropped: Vec::new(),
        });
    }
    drafts.sort_by_key(Draft::start);
}

/// "Minister: 26 dead".
fn before(levels: Levels<'_>, source_chances: &[f32], line: Tokens) -> Option<Parts> {
    let colon = line.iter().find(|t| is_mark(levels, *t, &[":"]))?;
    let (label, content) = (Tokens { start: line.start, end: colon.0 }, Tokens { start: colon.0 + 1, end: line.end });
    let head = speaker(levels, label)?;
    let class = class_by_word(&levels.word(head).lemma);
    let read = || label.iter().map(|t| source_chances.get(t.at()).copied().unwrap_or(0.0)).fold(0.0, f32::max);
    let speaks = speaks(class) && levels.word(head).pos == Pos::Noun
        || (class == Some(SourceClass::Document) || is_named(levels, head)) && read() >= READ_AS_SOURCE;
    (speaks && tells(levels, content)).then_some((label, Tokens { start: colon.0, end: colon.0 + 1 }, content))
}

/// "26 dead: minister", where no topic stands; behind a dash only a role, since names there are those of outlets.
fn behind(levels: Levels<'_>, line: Tokens) -> Option<Parts> {
    let mark = line.iter().rev().find(|t| is_mark(levels, *t, &[":", "-", "–", "—", "--"]))?;
    let (content, label) = (Tokens { start: line.start, end: mark.0 }, Tokens { start: mark.0 + 1, end: line.end });
    let head = speaker(levels, label)?;
    let class = class_by_word(&levels.word(head).lemma);
    let small = levels.text.word(TokenId(label.start)).starts_with(char::is_lowercase);
    let role = speaks(class) || class == Some(SourceClass::Document) || levels.word(head).lemma == "source";
    let colon = is_mark(levels, mark, &[":"]);
    let speaks = if colon { role || is_named(levels, head) } else { role && small };
    (speaks && tells(levels, content)).then_some((label, Tokens { start: mark.0, end: mark.0 + 1 }, content))
}

fn is_mark(levels: Levels<'_>, token: TokenId, marks: &[&str]) -> bool {
    marks.contains(&levels.text.word(token)) && !levels.text.tokens[token.at()].quoted
}

/// The head of a label that can be a speaker: few words, no verb, no marks.
fn speaker(levels: Levels<'_>, label: Tokens) -> Option<TokenId> {
    let plain = |t: TokenId| !matches!(levels.word(t).pos, Pos::Verb | Pos::Aux | Pos::Punct | Pos::Num);
    let whole = !label.is_empty() && label.len() <= LABEL && label.iter().all(plain);
    levels.head(label).filter(|_| whole)
}

/// Whether a role is one that speaks to reporters.
fn speaks(class: Option<SourceClass>) -> bool {
    use SourceClass::{ArmedGroup, Expert, Official, Organisation, Witness};
    matches!(class, Some(Official | ArmedGroup | Organisation | Expert | Witness))
}

/// Whether a word is the name of someone who can speak.
fn is_named(levels: Levels<'_>, head: TokenId) -> bool {
    levels
        .language
        .mention_at(head)
        .map(|m| &levels.language.mentions[m.at()])
        .is_some_and(|m| m.form == Form::Name && matches!(m.kind, Kind::Person | Kind::Organisation | Kind::Group))
}

/// Whether a side of a headline tells something: it has a verb, a figure or a quotation.
fn tells(levels: Levels<'_>, content: Tokens) -> bool {
    let something =
        |t: TokenId| matches!(levels.word(t).pos, Pos::Verb | Pos::Aux | Pos::Num) || levels.text.tokens[t.at()].quoted;
    content.len() > 1 && content.iter().any(something) && !content.iter().any(|t| is_mark(levels, t, &[":"]))
}
