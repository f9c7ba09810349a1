//! What a governing word says about the event that hangs on it, read once from its lexicon: "ordered to", "denied that".

use super::grammar::Grammar;
use crate::language::Pos;
use crate::meaning::Status;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a governing word does to the event below it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Effect {
    Fact,
    Gives(Status),
}

/// Governing words with what they do to an event, by the place where it stands.
pub(super) struct Governors {
    effects: HashMap<&'static str, Vec<(&'static str, Effect)>>,
}

pub(super) static GOVERNORS: LazyLock<Governors> = LazyLock::new(|| {
    let mut effects: HashMap<&'static str, Vec<(&'static str, Effect)>> = HashMap::new();
    for line in recount_data::EVENT_STATUS.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let mut fields = line.splitn(3, '|').map(str::trim);
        let (Some(status), Some(places), Some(words)) = (fields.next(), fields.next(), fields.next()) else { continue };
        let Some(effect) = effect_named(status) else { continue };
        for word in words.split_whitespace() {
            let all = effects.entry(word).or_default();
            all.extend(places.split_whitespace().map(|place| (place, effect)));
        }
    }
    Governors { effects }
});

impl Governors {
    /// What the word `head` does to an event that stands at a place of it.
    pub fn effect(&self, grammar: &Grammar<'_>, head: usize, place: &str) -> Option<Effect> {
        // A claim may be doubted; whoever claims to have done a thing says that it was done.
        if grammar.pos(head) == Pos::Verb && grammar.lemma(head) == "claim" {
            return None;
        }
        let with_particle = grammar
            .kid(head, &["compound:prt"])
            .map(|p| format!("{}_{}", grammar.lemma(head), grammar.lower[p]))
            .filter(|joined| self.effects.contains_key(joined.as_str()));
        let known = match &with_particle {
            Some(joined) => self.effects.get(joined.as_str()),
            None => self.effects.get(grammar.lemma(head)).or_else(|| self.effects.get(grammar.lower[head].as_str())),
        }?;
        known.iter().find(|(p, _)| *p == place).map(|(_, e)| *e)
    }
}

/// Whether a word can govern events.
pub(crate) fn governs(word: &str) -> bool {
    GOVERNORS.effects.contains_key(word)
}

fn effect_named(name: &str) -> Option<Effect> {
    Some(match name {
        "fact" => Effect::Fact,
        "ordered" => Effect::Gives(Status::Ordered),
        "requested" => Effect::Gives(Status::Requested),
        "threatened" => Effect::Gives(Status::Threatened),
        "planned" => Effect::Gives(Status::Planned),
        "predicted" => Effect::Gives(Status::Predicted),
        "possible" => Effect::Gives(Status::Possible),
        "denied" => Effect::Gives(Status::Denied),
        "negated" => Effect::Gives(Status::Negated),
        "attempted" => Effect::Gives(Status::Attempted),
        "conditional" => Effect::Gives(Status::Conditional),
        _ => return None,
    })
}

#[cfg(test)]
mod lexicon_tests {
    #[test]
    fn every_line_names_a_status() {
        for line in recount_data::EVENT_STATUS.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
            let name = line.split('|').next().unwrap_or("").trim();
            assert!(super::effect_named(name).is_some(), "{line}");
            assert_eq!(line.split('|').count(), 3, "{line}");
        }
    }
}
