//! Who "I", "we" and "you" are: each quotation has its speaker, each turn of a conversation its own.

use super::profile::Profile;
use super::tree::Tree;
use crate::language::{Kind, Pos};
use crate::span::TokenId;

/// One voice: where it speaks, which person, one or many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Voice {
    place: Place,
    plural: bool,
    /// "I" is 0, "you" is 1; in a conversation "you" is the other side's "I".
    side: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// All quotations of a paragraph.
    Quotes(u32),
    /// Outside quotations.
    Report,
}

/// The voice of each mention in the first or second person.
pub fn turns(tree: &Tree<'_>, mentions: &[Profile]) -> Vec<Option<Voice>> {
    let paragraph = |m: &Profile| {
        let sentence = tree.text.sentences.get(m.sentence as usize);
        sentence.map_or(0, |s| s.paragraph)
    };
    let spoken = |m: &&Profile| m.person != 3 && m.quote.is_none();
    // A conversation: short paragraphs in which both "I" and "you" come again and again.
    let mut lines: Vec<u32> = mentions.iter().filter(spoken).map(paragraph).collect();
    lines.dedup();
    let yours = mentions.iter().filter(|m| m.person == 2 && m.quote.is_none()).count();
    let conversation = lines.len() >= 6 && yours * 6 > lines.len() && tree.text.paragraphs.len() > 12;
    let voice = |m: &Profile| {
        let plural = m.plural == Some(true);
        let side = u32::from(m.person == 2);
        match m.quote {
            Some(_) => Voice { place: Place::Quotes(paragraph(m)), plural, side },
            None if conversation => Voice { place: Place::Report, plural, side: (side + paragraph(m)) % 2 },
            None => Voice { place: Place::Report, plural, side },
        }
    };
    mentions.iter().map(|m| (m.person != 3).then(|| voice(m))).collect()
}

/// Head word of the subject of the verb of saying beside a paragraph's quotations, where the voice is one person's "I" or
/// an organisation's "we".
pub fn speaker(tree: &Tree<'_>, mentions: &[Profile], voice: Voice) -> Option<TokenId> {
    let Voice { place: Place::Quotes(paragraph), plural, side: 0 } = voice else { return None };
    let speaks = if plural { Kind::Organisation } else { Kind::Person };
    let text = tree.text;
    let first = text.sentences.partition_point(|s| s.paragraph < paragraph);
    let sentences = text.sentences[first..].iter().take_while(|s| s.paragraph == paragraph).take(30);
    for sentence in sentences {
        for token in sentence.tokens.iter().filter(|t| tree.has(*t)) {
            let word = tree.word(token);
            if word.pos != Pos::Verb || text.tokens[token.at()].quoted || !SAYING.contains(&word.lemma.as_str()) {
                continue;
            }
            let Some(subject) = tree.kid(token, &["nsubj"]) else { continue };
            let speaker = mentions.iter().any(|m| m.head == subject && m.person == 3 && m.kind == speaks);
            let outside = !text.tokens[subject.at()].quoted;
            if speaker && outside {
                return Some(subject);
            }
        }
    }
    None
}

/// Verbs that stand beside quotations in the news; the statements' stage decides with the model.
const SAYING: &[&str] = &[
    "say", "tell", "add", "write", "state", "explain", "note", "declare", "comment", "ask", "reply", "warn", "insist",
    "recall", "continue", "announce", "argue", "conclude", "remark", "admit", "tweet", "post", "claim", "stress",
];
