//! Parties of a deed that a noun tells: "government air strikes on Idlib", "the killing of a judge by gunmen".

use super::arguments::Parties;
use super::blame::authors;
use super::grammar::Grammar;
use super::sides::is;
use super::site::site;
use super::triggers::{Trigger, agents, objects, subjects};
use super::who::{
    befalls, blast, can_act, carrying, names_someone, people_in_arms, perpetrates, suffered, takes_object, undergoes,
    weapon, wields,
};
use crate::language::Pos;
use crate::meaning::EventClass;

impl Parties {
    pub(super) fn of_noun(&mut self, grammar: &Grammar<'_>, trigger: &Trigger) {
        let w = trigger.head;
        self.beside_noun(grammar, trigger, w);
        if trigger.class == EventClass::Assault {
            self.of_sufferer(grammar, w);
        }
        if is(grammar, "agentive", w) {
            self.of_author(grammar, w);
        }
        // "Rebels launched an attack": who launches it does it; "X was held responsible for the attack" is left alone.
        if let Some(verb) = grammar.head(w).filter(|&h| grammar.pos(h) == Pos::Verb) {
            let carries = grammar.is(w, &["obj"]) || grammar.full_rel(w) == "nsubj:pass";
            let does = |lemma: &str| match trigger.class {
                EventClass::Assault => perpetrates(lemma) || weapon(grammar, w) && wields(lemma),
                class => carrying(class, lemma),
            };
            // "An offensive seems to have been launched by": the verb that says so is not the one that does it.
            let said = grammar.is(w, &["nsubj"]) && !does(grammar.lemma(verb));
            let raised = grammar.kids(verb).find(|&k| said && grammar.is(k, &["xcomp"]) && grammar.passive(k));
            let carries = carries || raised.is_some();
            let verb = raised.unwrap_or(verb);
            let met = match trigger.class {
                EventClass::Assault => undergoes(grammar.lemma(verb)),
                EventClass::Coerce => befalls(grammar.lemma(verb)),
                _ => false,
            };
            if carries && met {
                self.targets.extend(subjects(grammar, verb));
            }
            let occurs = grammar.is(w, &["nsubj"]) && matches!(grammar.lemma(verb), "occur" | "happen" | "take");
            if occurs && trigger.class == EventClass::Assault {
                self.targets
                    .extend(grammar.kids(verb).filter(|&k| grammar.is(k, &["obl"])).flat_map(|k| site(grammar, k)));
            }
            if carries && does(grammar.lemma(verb)) && subjects(grammar, verb).is_empty() {
                // "accused of committing the murder"
                self.actors.extend(authors(grammar, verb));
            }
            if carries && does(grammar.lemma(verb)) {
                self.actors.extend(subjects(grammar, verb));
                self.actors.extend(agents(grammar, verb));
                for k in grammar.kids(verb).filter(|&k| grammar.is(k, &["obl", "nmod", "iobj"])) {
                    self.oblique(grammar, trigger, k);
                }
            }
            if grammar.is(w, &["nsubj"])
                && grammar.full_rel(w) != "nsubj:pass"
                && ["kill", "injure", "wound", "target", "hit", "destroy", "strike", "leave"]
                    .contains(&grammar.lemma(verb))
            {
                self.targets.extend(objects(grammar, verb));
            }
        }
    }

    /// "The embassy was the target of a bomb attack": whom a noun for the one who suffers the deed describes.
    fn of_sufferer(&mut self, grammar: &Grammar<'_>, w: usize) {
        let Some(noun) = grammar.head(w).filter(|&n| matches!(grammar.lemma(n), "target" | "victim" | "object")) else {
            return;
        };
        if grammar.case(w) != Some("of") {
            return;
        }
        let described = grammar.kids(noun).filter(|&k| grammar.rel(k) == "nsubj" || grammar.is(k, &["appos"]));
        let predicate = grammar.head(noun).filter(|_| grammar.is(noun, &["nsubj", "appos"]));
        let noun_like = |k: &usize| matches!(grammar.pos(*k), Pos::Noun | Pos::Propn | Pos::Pron | Pos::Num);
        self.targets.extend(described.chain(predicate).filter(noun_like).flat_map(|d| grammar.conjuncts(d)));
    }

    /// "The murderers of the judge were soldiers": a word for those who did it names whom they did it to; who they are is
    /// said of them or not at all.
    fn of_author(&mut self, grammar: &Grammar<'_>, w: usize) {
        let whom = |k: &usize| grammar.full_rel(*k) == "nmod:poss" || grammar.case(*k) == Some("of");
        self.actors.clear();
        self.targets = grammar.kids(w).filter(whom).flat_map(|k| grammar.conjuncts(k)).collect();
        let described = grammar
            .kids(w)
            .filter(|&k| grammar.rel(k) == "nsubj" && grammar.kid(w, &["cop"]).is_some() || grammar.is(k, &["appos"]));
        let describes = grammar.head(w).filter(|&h| {
            grammar.is(w, &["appos"])
                || grammar.is(w, &["nsubj"]) && grammar.kid(h, &["cop"]).is_some() && grammar.pos(h) != Pos::Adj
        });
        // "The killers belonged to the Brigade."
        let belongs = grammar.head(w).filter(|&h| grammar.is(w, &["nsubj"]) && grammar.lemma(h) == "belong");
        let body = belongs.filter(|&h| !grammar.negated(h)).into_iter().flat_map(|h| grammar.kids(h));
        let body = body.filter(|&k| grammar.case(k) == Some("to") && can_act(grammar, k));
        let known: Vec<usize> = described.chain(describes).chain(body).filter(|&k| !grammar.negated(k)).collect();
        if !grammar.negated(w) {
            self.actors.extend(known.into_iter().flat_map(|k| grammar.conjuncts(k)));
        }
    }

    /// What stands beside an event's noun: "government air strikes on Idlib", "the killing of a judge by gunmen".
    pub(super) fn beside_noun(&mut self, grammar: &Grammar<'_>, trigger: &Trigger, noun: usize) {
        for k in grammar.kids(noun) {
            if armed_before(grammar, noun) == Some(k) {
                self.actors.push(k);
                continue;
            }
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
                    if suffered(grammar.lemma(noun)) || suffered(&grammar.lower[noun]) {
                        self.targets.extend(grammar.conjuncts(k));
                    } else {
                        self.actors.extend(grammar.conjuncts(k));
                    }
                }
                "nmod" | "obl" if grammar.case(k) == Some("of") => {
                    let own_act = matches!(trigger.class, EventClass::Mobilize)
                        || !takes_object(grammar.lemma(noun))
                            && !takes_object(&grammar.lower[noun])
                            && !blast(grammar.lemma(noun));
                    if own_act {
                        self.actors.extend(grammar.conjuncts(k))
                    } else {
                        self.targets.extend(grammar.conjuncts(k))
                    }
                }
                "nmod" | "obl" => self.oblique(grammar, trigger, k),
                // "student kidnappings", but "army killings".
                "compound" if suffered(grammar.lemma(noun)) && can_act(grammar, k) && !people_in_arms(grammar, k) => {
                    self.targets.push(k);
                }
                "compound" | "amod" if can_act(grammar, k) && names_someone(grammar, k) => self.actors.push(k),
                "acl" if matches!(grammar.lemma(k), "attribute" | "ascribe" | "blame") => {
                    let to = grammar.kids(k).filter(|&m| matches!(grammar.case(m), Some("to" | "on")));
                    self.actors.extend(to.flat_map(|m| grammar.conjuncts(m)));
                }
                "acl" if grammar.passive(k) => {
                    self.actors.extend(agents(grammar, k).into_iter().filter(|&a| can_act(grammar, a)));
                }
                _ => {}
            }
        }
    }
}

/// Police, soldiers or fighters right before what they do: "in police firing", whatever the tree makes of it.
pub(super) fn armed_before(grammar: &Grammar<'_>, w: usize) -> Option<usize> {
    let before = w.checked_sub(1).filter(|_| grammar.lower[w].ends_with("ing"))?;
    let own = grammar.head(before) == Some(w) && grammar.case(before).is_none();
    (own && people_in_arms(grammar, before) && grammar.kid(w, &["obj", "aux"]).is_none()).then_some(before)
}
