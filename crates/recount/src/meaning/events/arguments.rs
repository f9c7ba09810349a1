//! Who did it, to whom, with what: from syntax and roles, read by what the type of event asks for.

use super::blame::authors;
use super::grammar::Grammar;
use super::recipients::direct;
use super::triggers::{Trigger, agents, objects, subjects};
use super::who::{
    can_act, carrying, event_noun, manned, names_someone, people_in_arms, suffered, suffers, takes_object, timely,
    weapon,
};
use crate::language::{Form, Kind, Pos};
use crate::meaning::{EventClass, Participant};

/// The parties to an event, as head words.
#[derive(Clone, Debug, Default)]
pub(crate) struct Parties {
    pub actors: Vec<usize>,
    pub targets: Vec<usize>,
    pub instruments: Vec<usize>,
}

impl Parties {
    pub fn of(grammar: &Grammar<'_>, trigger: &Trigger) -> Parties {
        let mut parties = Parties::default();
        if matches!(grammar.pos(trigger.head), Pos::Noun | Pos::Propn) || named_deed(grammar, trigger.head) {
            parties.of_noun(grammar, trigger);
        } else {
            parties.of_verb(grammar, trigger);
        }
        if trigger.class == EventClass::Assault {
            let known = parties.actors.iter().any(|&a| can_act(grammar, a));
            parties.actors.extend(authors(grammar, trigger.head).into_iter().filter(|_| !known));
        }
        parties.tidy(grammar, trigger);
        if trigger.class == EventClass::Assault {
            parties.add_bodies(grammar);
        }
        direct(grammar, trigger, &mut parties);
        if parties.actors.is_empty() && matches!(trigger.class, EventClass::Assault) {
            // Whatever the tree makes of "police firing".
            let before = trigger.head.checked_sub(1).filter(|b| trigger.words.contains(b));
            parties.actors.extend(before.filter(|&b| people_in_arms(grammar, b)));
        }
        parties
    }

    /// Keeps the parties that are what `wanted` says.
    pub fn retain(&mut self, wanted: impl Fn(usize) -> bool) {
        for list in [&mut self.actors, &mut self.targets, &mut self.instruments] {
            list.retain(|&w| wanted(w));
        }
    }

    fn of_verb(&mut self, grammar: &Grammar<'_>, trigger: &Trigger) {
        let w = trigger.head;
        let affected = |g: &Grammar<'_>| objects(g, w);
        self.actors = subjects(grammar, w);
        self.actors.extend(agents(grammar, w));
        for o in affected(grammar) {
            if trigger.words.contains(&o) || event_noun(grammar, o) {
                // "launched an attack on": what the phrase's noun has beside it belongs to the event. Whose request
                // is rejected, though, is not among those who reject it.
                let mut beside = Parties::default();
                beside.beside_noun(grammar, trigger, o);
                let told = !self.actors.is_empty()
                    && !matches!(
                        trigger.class,
                        EventClass::Assault | EventClass::Consult | EventClass::Agree | EventClass::Cooperate
                    );
                let others = beside.actors.into_iter().filter(|&a| !told || grammar.pos(a) != Pos::Pron);
                if told {
                    self.targets.extend(others)
                } else {
                    self.actors.extend(others)
                }
                self.targets.extend(beside.targets);
                self.instruments.extend(beside.instruments);
            } else {
                self.targets.push(o);
            }
        }
        if matches!(trigger.class, EventClass::Assault) && suffers(grammar.lemma(w)) {
            self.targets.append(&mut self.actors);
        }
        for k in grammar.kids(w).filter(|&k| grammar.is(k, &["obl", "nmod", "iobj"])) {
            self.oblique(grammar, trigger, k);
        }
    }

    fn of_noun(&mut self, grammar: &Grammar<'_>, trigger: &Trigger) {
        let w = trigger.head;
        self.beside_noun(grammar, trigger, w);
        // "Rebels launched an attack": who launches it does it; "X was held responsible for the attack" is left alone.
        if let Some(verb) = grammar.head(w).filter(|&h| grammar.pos(h) == Pos::Verb) {
            let carries = grammar.is(w, &["obj"]) || grammar.full_rel(w) == "nsubj:pass";
            if carries && carrying(grammar.lemma(verb)) {
                self.actors.extend(subjects(grammar, verb));
                self.actors.extend(agents(grammar, verb));
                for k in grammar.kids(verb).filter(|&k| grammar.is(k, &["obl", "iobj"])) {
                    self.oblique(grammar, trigger, k);
                }
            }
            if grammar.is(w, &["nsubj"])
                && ["kill", "injure", "wound", "target", "hit", "destroy", "strike", "leave"]
                    .contains(&grammar.lemma(verb))
            {
                self.targets.extend(objects(grammar, verb));
            }
        }
    }

    /// What stands beside an event's noun: "government air strikes on Idlib", "the killing of a judge by gunmen".
    fn beside_noun(&mut self, grammar: &Grammar<'_>, trigger: &Trigger, noun: usize) {
        for k in grammar.kids(noun) {
            if trigger.words.contains(&k) {
                // "police firing", "a terrorist attack": the phrase itself names who does it.
                let deed = noun == trigger.head && trigger.class == EventClass::Assault;
                if deed && grammar.is(k, &["compound", "amod"]) && people_in_arms(grammar, k) {
                    self.actors.push(k);
                }
                continue;
            }
            match grammar.rel(k) {
                "nmod" if grammar.full_rel(k) == "nmod:poss" => {
                    if suffered(grammar.lemma(noun)) {
                        self.targets.extend(grammar.conjuncts(k));
                    } else {
                        self.actors.extend(grammar.conjuncts(k));
                    }
                }
                "nmod" | "obl" if grammar.case(k) == Some("of") => {
                    let own_act = matches!(trigger.class, EventClass::Mobilize) || !takes_object(grammar.lemma(noun));
                    if own_act {
                        self.actors.extend(grammar.conjuncts(k))
                    } else {
                        self.targets.extend(grammar.conjuncts(k))
                    }
                }
                "nmod" | "obl" => self.oblique(grammar, trigger, k),
                "compound" | "amod" if can_act(grammar, k) && names_someone(grammar, k) => self.actors.push(k),
                "acl" if grammar.passive(k) => {
                    self.actors.extend(agents(grammar, k).into_iter().filter(|&a| can_act(grammar, a)));
                }
                _ => {}
            }
        }
    }

    /// A prepositional argument.
    fn oblique(&mut self, grammar: &Grammar<'_>, trigger: &Trigger, k: usize) {
        let all = grammar.conjuncts(k);
        let mutual = matches!(trigger.class, EventClass::Consult | EventClass::Agree | EventClass::Cooperate);
        let assault = trigger.class == EventClass::Assault;
        match grammar.case(k) {
            None if grammar.is(k, &["iobj"])
                || matches!(grammar.kind(k), Some(Kind::Person | Kind::Group | Kind::Organisation)) =>
            {
                self.targets.extend(all)
            }
            Some("by") => {
                if can_act(grammar, k) || event_noun(grammar, k) {
                    self.actors.extend(all);
                } else {
                    self.instruments.extend(all);
                }
            }
            Some("between" | "among") => self.actors.extend(all),
            Some("with") if weapon(grammar, k) => self.instruments.extend(all),
            Some("with") if trigger.class == EventClass::Assault => {
                self.actors.extend(all.into_iter().filter(|&a| can_act(grammar, a)))
            }
            Some("with") if mutual || can_act(grammar, k) => self.targets.extend(all),
            Some(
                "against" | "on" | "upon" | "to" | "at" | "toward" | "towards" | "from" | "for" | "into" | "over"
                | "of" | "in" | "about",
            ) => {
                let place = grammar.case(k) == Some("in")
                    || grammar.case(k) == Some("at") && grammar.kind(k) == Some(Kind::Place);
                let thing = assault && matches!(grammar.case(k), Some("against" | "on" | "at" | "upon"));
                // "killed on the road", "shot dead at a bar", "taken from the city": where it was, once it has its victim.
                let place = place
                    || assault
                        && !matches!(grammar.pos(trigger.head), Pos::Noun | Pos::Propn)
                        && grammar.case(k) != Some("against")
                        && (!thing && matches!(grammar.kind(k), Some(Kind::Place | Kind::Facility))
                            || !self.targets.is_empty()
                                && !matches!(grammar.kind(k), Some(Kind::Person | Kind::Group)));
                if !place && (thing || can_act(grammar, k)) && !timely(grammar, k) {
                    self.targets.extend(all);
                }
            }
            _ => {}
        }
    }

    /// "Members of the Front", "Front guerrillas", "gunmen from the Brigade": the body acts through them.
    fn add_bodies(&mut self, grammar: &Grammar<'_>) {
        let mut bodies = Vec::new();
        for &a in &self.actors {
            let behind = grammar.kids(a).filter(|&k| {
                let tied = grammar.is(k, &["nmod", "compound", "nmod:poss", "amod"])
                    && matches!(grammar.case(k), None | Some("of" | "from" | "'s" | "’s"));
                tied && grammar.kind(k) == Some(Kind::Organisation)
                    && grammar.mention(k).is_some_and(|m| m.form == Form::Name)
            });
            if grammar.kind(a) != Some(Kind::Organisation) || grammar.mention(a).is_none_or(|m| m.form != Form::Name) {
                bodies.extend(behind);
            }
        }
        bodies.retain(|b| !self.actors.contains(b) && !self.targets.contains(b));
        self.actors.extend(bodies);
    }

    fn tidy(&mut self, grammar: &Grammar<'_>, trigger: &Trigger) {
        let inside = |w: &usize| {
            *w >= trigger.first
                && *w <= trigger.last
                && trigger.words.contains(w)
                && (*w == trigger.head || trigger.class != EventClass::Assault || !people_in_arms(grammar, *w))
        };
        let assault = trigger.class == EventClass::Assault;
        self.actors.retain(|a| !inside(a));
        self.targets.retain(|t| !inside(t));
        // A weapon or a blast that is the subject is what it was done with; the ones behind it stand with its noun.
        let mut more = Vec::new();
        for a in std::mem::take(&mut self.actors) {
            if weapon(grammar, a) || (event_noun(grammar, a) && !can_act(grammar, a)) {
                self.instruments.push(a);
                more.extend(
                    grammar
                        .kids(a)
                        .filter(|&k| grammar.case(k) == Some("by") || grammar.is(k, &["nmod:poss", "compound", "amod"]))
                        .filter(|&k| can_act(grammar, k)),
                );
            } else if relative(grammar, a) {
                more.extend(antecedent(grammar, a));
            } else if can_act(grammar, a)
                || grammar.pos(a) == Pos::Pron
                || grammar.kind(a).is_none()
                    && (assault && (grammar.pos(a) == Pos::Num || manned(grammar.lemma(a)))
                        || !assault && matches!(grammar.pos(a), Pos::Noun | Pos::Propn))
            {
                more.push(a);
            }
        }
        self.actors = more;
        self.targets = std::mem::take(&mut self.targets)
            .into_iter()
            .flat_map(|t| if relative(grammar, t) { antecedent(grammar, t) } else { Some(t) })
            .filter(|&t| matches!(grammar.pos(t), Pos::Noun | Pos::Propn | Pos::Pron | Pos::Num | Pos::Adj | Pos::Det))
            .filter(|&t| !timely(grammar, t) && grammar.lower[t] != "it")
            .collect();
        for list in [&mut self.actors, &mut self.targets, &mut self.instruments] {
            let mut seen = std::collections::BTreeSet::new();
            list.retain(|w| *w < grammar.len() && seen.insert(*w));
        }
        let people_only = matches!(
            trigger.class,
            EventClass::Consult | EventClass::Cooperate | EventClass::Agree | EventClass::Aid | EventClass::Mobilize
        );
        self.targets.retain(|&t| !people_only || can_act(grammar, t) || grammar.pos(t) == Pos::Pron);
        let actors = self.actors.clone();
        self.targets.retain(|t| !actors.contains(t));
    }
}

/// The words of an argument as the record shows it.
pub(crate) fn participant(grammar: &Grammar<'_>, w: usize) -> Participant {
    let named = grammar.mention(w).filter(|m| m.head.at() == w || m.form == Form::Name);
    let span = match named {
        Some(m) if m.form != Form::Nominal => {
            // A name keeps the describing words before it ("the Turkish army").
            let phrase = grammar.text.span(grammar.phrase(w));
            if phrase.contains(m.span) && grammar.phrase(w).len() <= m.tokens.len() + 6 { phrase } else { m.span }
        }
        _ => grammar.text.span(grammar.phrase(w)),
    };
    Participant { span, entity: grammar.entity(w) }
}

/// A verb in -ing that stands as a noun: "in the stone throwing", "heavy shelling".
fn named_deed(grammar: &Grammar<'_>, w: usize) -> bool {
    grammar.lower[w].ends_with("ing")
        && grammar.kid(w, &["det", "nmod:poss", "amod", "compound"]).is_some_and(|k| k < w)
        && grammar.kid(w, &["obj", "aux", "nsubj"]).is_none()
}

fn relative(grammar: &Grammar<'_>, w: usize) -> bool {
    matches!(grammar.lower[w].as_str(), "who" | "which" | "that" | "whom")
}

/// What a relative pronoun stands for.
fn antecedent(grammar: &Grammar<'_>, w: usize) -> Option<usize> {
    let mut at = w;
    for _ in 0..4 {
        let head = grammar.head(at)?;
        if grammar.full_rel(at) == "acl:relcl" {
            return Some(head);
        }
        at = head;
    }
    None
}
