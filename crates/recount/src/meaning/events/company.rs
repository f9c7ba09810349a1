//! Parties that come with others: those named among them, the body that acts through them, and whoever lives or rides in
//! what is hit.

use super::arguments::Parties;
use super::grammar::Grammar;
use super::who::{can_act, is_body, manned};
use crate::language::{Form, Kind, Pos};

impl Parties {
    /// "Two reporters, X and Y", "ten people, including a judge": who is named among those harmed or taken.
    pub(super) fn add_parts(&mut self, grammar: &Grammar<'_>) {
        let mut parts = Vec::new();
        for &t in &self.targets {
            let several = grammar.word(t).plural == Some(true)
                || grammar.pos(t) == Pos::Num
                || grammar.kid(t, &["nummod"]).is_some_and(|n| !matches!(grammar.lower[n].as_str(), "one" | "1"));
            for k in grammar.kids(t).filter(|&k| k > t && several) {
                let listed = grammar.is(k, &["appos"])
                    && grammar.kind(k) == Some(Kind::Person)
                    && grammar.mention(k).is_some_and(|m| m.form == Form::Name);
                let among =
                    grammar.is(k, &["nmod", "obl", "acl", "appos"]) && grammar.names_a_part(k) && can_act(grammar, k);
                if listed || among {
                    parts.extend(grammar.conjuncts(k));
                }
            }
        }
        parts.retain(|&p| can_act(grammar, p) && grammar.pos(p) != Pos::Num && !self.targets.contains(&p));
        self.targets.extend(parts);
    }

    /// "Members of the Front", "Front guerrillas", "gunmen from the Brigade": the body acts through them.
    pub(super) fn add_bodies(&mut self, grammar: &Grammar<'_>) {
        let mut bodies = Vec::new();
        for &a in &self.actors {
            let behind = grammar.kids(a).filter(|&k| {
                let tied = grammar.is(k, &["nmod", "compound", "nmod:poss", "amod"])
                    && matches!(grammar.case(k), None | Some("of" | "from" | "'s" | "’s"));
                let told = grammar.mention(k).is_some_and(|m| m.form == Form::Name || grammar.case(k).is_some());
                let itself = grammar.is(k, &["compound"]) && grammar.kind(a) == Some(Kind::Organisation);
                tied && grammar.kind(k) == Some(Kind::Organisation) && told && !(itself && is_body(grammar.lemma(a)))
            });
            if grammar.kind(a) != Some(Kind::Organisation) || grammar.mention(a).is_none_or(|m| m.form != Form::Name) {
                bodies.extend(behind);
            }
        }
        bodies.retain(|b| !self.actors.contains(b) && !self.targets.contains(b));
        // "Air force helicopters": the body acts, with its machines.
        let behind = |m: usize| bodies.iter().any(|&b| grammar.head(b) == Some(m));
        let machine = |m: &usize| grammar.kind(*m).is_none() && manned(grammar.lemma(*m)) && behind(*m);
        let (machines, others): (Vec<usize>, Vec<usize>) = self.actors.iter().partition(|m| machine(m));
        self.actors = others;
        self.instruments.extend(machines);
        // "Spokesmen of the cartel claimed it": those who speak for a body do not act for it.
        let voice = |w: &usize| {
            matches!(grammar.lemma(*w), "spokesman" | "spokeswoman" | "spokesperson" | "spokesmen" | "caller")
                && behind(*w)
        };
        self.actors.retain(|w| !voice(w));
        self.actors.extend(bodies);
    }

    /// "The residence of the deputy", "the mayor's car": who lives or rides in what is attacked is meant by it.
    pub(super) fn add_owners(&mut self, grammar: &Grammar<'_>) {
        const OWN: [&str; 15] = [
            "residence",
            "home",
            "house",
            "apartment",
            "mansion",
            "villa",
            "car",
            "vehicle",
            "ranch",
            "farm",
            "motorcade",
            "truck",
            "jeep",
            "property",
            "family",
        ];
        let mut owners = Vec::new();
        for &t in self.targets.iter().filter(|&&t| OWN.contains(&grammar.lemma(t))) {
            owners.extend(grammar.kids(t).filter(|&k| {
                let whose = grammar.full_rel(k) == "nmod:poss" || grammar.case(k) == Some("of");
                whose && grammar.kind(k) == Some(Kind::Person) && grammar.pos(k) != Pos::Pron
            }));
        }
        let known = |o: usize| self.targets.iter().chain(&self.actors).any(|&t| t == o);
        owners.retain(|&o| !known(o));
        self.targets.extend(owners);
    }
}
