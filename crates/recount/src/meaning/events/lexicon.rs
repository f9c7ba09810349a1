//! The trigger lexicon, read once: which words can tell of which event, and on what conditions.

use crate::meaning::EventClass;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A line's reading of a word or phrase.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// `None`: the word is no event here.
    pub class: Option<EventClass>,
    pub mode: Option<&'static str>,
    pub acled: Option<&'static str>,
    pub verb: bool,
    pub noun: bool,
    pub adjective: bool,
    /// Needs the model's agreement.
    pub weak: bool,
    pub words: Vec<Piece>,
    /// Which of `words` is the head.
    pub head: usize,
    pub conditions: &'static [Condition],
}

/// One word of a phrase.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    pub any: Vec<&'static str>,
    /// Up to six other words may stand before it.
    pub gap: bool,
    /// A hyphen has to stand before it: "die-in" is no "died in".
    pub joined: bool,
}

/// Something that has to hold around the trigger.
#[derive(Debug)]
pub(crate) struct Condition {
    pub not: bool,
    pub test: Test,
}

#[derive(Debug)]
pub(crate) enum Test {
    Object(Words),
    Subject(Words),
    Near(Words),
    Preposition(Words),
    NoObject,
    /// Done to someone, with nobody named who does it.
    Suffered,
    Complement(Wanted),
    /// It describes those who do it: "striking miners".
    Describing,
}

/// What kind of event a complement clause has to tell of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Wanted {
    Any,
    Conflict,
    Cooperation,
}

/// Some words, and whether anyone who can act counts too.
#[derive(Debug, Default)]
pub(crate) struct Words {
    pub people: bool,
    pub parties: bool,
    pub places: bool,
    pub words: std::collections::HashSet<&'static str>,
}

pub(crate) struct Lexicon {
    entries: Vec<Entry>,
    by_head: HashMap<&'static str, Vec<u32>>,
    classes: HashMap<&'static str, Vec<&'static str>>,
    /// Every word of every phrase and class.
    vocabulary: std::collections::HashSet<&'static str>,
}

/// The carried lexicon.
pub(crate) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(recount_data::EVENT_TRIGGERS));

impl Lexicon {
    fn read(source: &'static str) -> Lexicon {
        let mut lexicon = Lexicon {
            entries: Vec::new(),
            by_head: HashMap::new(),
            classes: HashMap::new(),
            vocabulary: Default::default(),
        };
        for line in source.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
            if let Some((name, words)) = line.strip_prefix('@').and_then(|l| l.split_once(':')) {
                lexicon.vocabulary.extend(words.split_whitespace());
                lexicon.classes.insert(name.trim(), words.split_whitespace().collect());
                continue;
            }
            let mut fields = line.splitn(4, '|').map(str::trim);
            let (Some(kind), Some(pos), Some(conditions), Some(phrases)) =
                (fields.next(), fields.next(), fields.next(), fields.next())
            else {
                continue;
            };
            let conditions: Vec<Condition> =
                conditions.split_whitespace().filter_map(|c| lexicon.condition(c)).collect();
            let conditions: &'static [Condition] = conditions.leak();
            let mut kind = kind.splitn(3, '/');
            let class = kind.next().and_then(class_named);
            let mode = kind.next().filter(|m| !m.is_empty());
            let acled = kind.next().filter(|m| !m.is_empty());
            for phrase in phrases.split(',').map(str::trim).filter(|p| !p.is_empty()) {
                let (words, marked) = pieces(phrase);
                let noun_only = pos.contains('n') && !pos.contains('v');
                let usual = if noun_only { words.len().saturating_sub(1) } else { 0 };
                let head = marked.unwrap_or(usual);
                let entry = Entry {
                    class,
                    mode,
                    acled,
                    verb: pos.contains('v'),
                    noun: pos.contains('n'),
                    adjective: pos.contains('a'),
                    weak: pos.ends_with('?'),
                    head,
                    words,
                    conditions,
                };
                lexicon.insert(entry);
            }
        }
        lexicon
    }

    /// A line for verbs and nouns alike holds phrases of both; each is found by its first word and, as a noun
    /// phrase without gaps, headed by its last.
    fn insert(&mut self, mut entry: Entry) {
        if entry.verb && entry.noun && entry.head == 0 && entry.words.len() > 1 && !entry.words.iter().any(|p| p.gap) {
            let last = entry.words.len() - 1;
            self.index(Entry { head: last, verb: false, ..entry.clone() });
            entry.noun = false;
        }
        self.index(entry);
    }

    fn index(&mut self, entry: Entry) {
        let number = self.entries.len() as u32;
        self.vocabulary.extend(entry.words.iter().flat_map(|p| p.any.iter().copied()));
        if let Some(head) = entry.words.get(entry.head) {
            for word in &head.any {
                self.by_head.entry(word).or_default().push(number);
            }
            self.entries.push(entry);
        }
    }

    fn condition(&self, written: &'static str) -> Option<Condition> {
        let (not, rest) = match written.strip_prefix('!') {
            Some(rest) => (true, rest),
            None => (false, written),
        };
        let (name, value) = rest.split_once('=').unwrap_or((rest, ""));
        let test = match name {
            "obj" => Test::Object(self.words(value)),
            "subj" => Test::Subject(self.words(value)),
            "near" => Test::Near(self.words(value)),
            "prep" => Test::Preposition(self.words(value)),
            "noobj" => Test::NoObject,
            "suffered" => Test::Suffered,
            "describing" => Test::Describing,
            "comp" => Test::Complement(match value {
                "conflict" => Wanted::Conflict,
                "coop" => Wanted::Cooperation,
                _ => Wanted::Any,
            }),
            _ => return None,
        };
        Some(Condition { not, test })
    }

    fn words(&self, value: &'static str) -> Words {
        let mut words = Words::default();
        for item in value.split(',') {
            match item.strip_prefix('@') {
                Some("party") => words.parties = true,
                Some("place") => words.places = true,
                Some(class) => {
                    words.people |= class == "person";
                    words.words.extend(self.classes.get(class).into_iter().flatten());
                }
                None => {
                    words.words.insert(item);
                }
            }
        }
        words
    }

    /// The readings of a word, by its lemma or else as written, in the lexicon's order.
    pub fn entries(&self, lemma: &str, lower: &str) -> impl Iterator<Item = &Entry> + '_ {
        let by_lemma = self.by_head.get(lemma).map_or(&[][..], Vec::as_slice);
        let by_form = if lemma == lower { &[][..] } else { self.by_head.get(lower).map_or(&[][..], Vec::as_slice) };
        let mut both: Vec<u32> = by_lemma.iter().chain(by_form).copied().collect();
        both.sort_unstable();
        both.dedup();
        both.into_iter().map(|i| &self.entries[i as usize])
    }

    /// Whether a word stands anywhere in the lexicon.
    pub fn has_word(&self, word: &str) -> bool {
        self.vocabulary.contains(word)
    }

    /// Whether the word can begin an event at all: a quick look before anything is built.
    pub fn knows(&self, lemma: &str, lower: &str) -> bool {
        self.by_head.contains_key(lemma) || self.by_head.contains_key(lower)
    }

    /// Whether a word is of a class, by lemma, form or form without its plural s.
    pub fn is(&self, class: &str, lemma: &str, lower: &str) -> bool {
        self.classes.get(class).is_some_and(|c| c.iter().any(|w| same_word(w, lemma, lower)))
    }
}

impl Words {
    pub fn has(&self, lemma: &str, lower: &str) -> bool {
        self.words.contains(lemma)
            || self.words.contains(lower)
            || lower.strip_suffix('s').is_some_and(|s| self.words.contains(s))
    }
}

/// Whether a lexicon word is the one that stands in the text.
pub(crate) fn same_word(word: &str, lemma: &str, lower: &str) -> bool {
    word == lemma || word == lower || (lower.len() == word.len() + 1 && lower.ends_with('s') && lower.starts_with(word))
}

fn pieces(phrase: &'static str) -> (Vec<Piece>, Option<usize>) {
    let (mut words, mut head, mut gap, mut joined) = (Vec::new(), None, false, false);
    for word in phrase.split_whitespace() {
        // Hyphens are passed over in the text, so they are none of the phrase's words.
        if matches!(word, ".." | "-" | "=") {
            gap |= word == "..";
            joined |= word == "=";
            continue;
        }
        let bare = word.strip_prefix('^').unwrap_or(word);
        if bare.len() != word.len() {
            head = Some(words.len());
        }
        words.push(Piece { any: bare.split('/').collect(), gap, joined });
        (gap, joined) = (false, false);
    }
    (words, head)
}

fn class_named(name: &str) -> Option<EventClass> {
    CLASSES.into_iter().find(|c| c.name() == name)
}

/// All sixteen.
pub(crate) const CLASSES: [EventClass; 16] = [
    EventClass::Agree,
    EventClass::Consult,
    EventClass::Support,
    EventClass::Concede,
    EventClass::Cooperate,
    EventClass::Aid,
    EventClass::Retreat,
    EventClass::Request,
    EventClass::Accuse,
    EventClass::Reject,
    EventClass::Threaten,
    EventClass::Protest,
    EventClass::Sanction,
    EventClass::Mobilize,
    EventClass::Coerce,
    EventClass::Assault,
];

/// Whether events of a class are conflict in deed, or words that refuse or threaten.
pub(crate) fn is_conflict(class: EventClass) -> bool {
    use EventClass::*;
    matches!(class, Reject | Threaten | Protest | Sanction | Mobilize | Coerce | Assault)
}

/// Whether events of a class are cooperation or giving way.
pub(crate) fn is_cooperation(class: EventClass) -> bool {
    use EventClass::*;
    matches!(class, Agree | Consult | Support | Concede | Cooperate | Aid | Retreat)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_lexicon_is_understood() {
        for line in recount_data::EVENT_TRIGGERS.lines().map(str::trim) {
            if line.is_empty() || line.starts_with('#') || line.starts_with('@') {
                continue;
            }
            let fields: Vec<&str> = line.split('|').map(str::trim).collect();
            assert_eq!(fields.len(), 4, "{line}");
            let class = fields[0].split('/').next().unwrap_or("");
            assert!(class == "NONE" || class_named(class).is_some(), "{line}");
            for c in fields[2].split_whitespace() {
                assert!(LEXICON.condition(c.to_owned().leak()).is_some(), "{c} in {line}");
                for class in c.split(['=', ',']).filter_map(|v| v.strip_prefix('@')) {
                    let built_in = matches!(class, "party" | "place");
                    assert!(built_in || LEXICON.classes.contains_key(class), "@{class} in {line}");
                }
            }
        }
    }

    #[test]
    fn a_noun_phrase_is_headed_by_its_last_word() {
        let strikes: Vec<_> = LEXICON.entries("strike", "strikes").filter(|e| e.mode == Some("aerial")).collect();
        assert!(strikes.iter().any(|e| e.words.len() == 2 && e.head == 1 && e.noun));
    }
}
