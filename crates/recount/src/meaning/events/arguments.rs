//! Who did it, to whom, with what: from syntax and roles, read by what the type of event asks for.

use super::blame::authors;
use super::grammar::Grammar;
use super::learnt::{complete, without_the_unlikely};
use super::nouns::armed_before;
use super::recipients::direct;
use super::sides::counted;
use super::site::site;
use super::triggers::{Trigger, agents, objects, subjects};
use super::who::{
    blast, can_act, event_noun, is_body, manned, nobody, only_the_author, people_in_arms, suffers, timely, undergoes,
    weapon, wields,
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
        if matches!(trigger.class, EventClass::Assault | EventClass::Coerce) {
            parties.add_parts(grammar);
        }
        if trigger.class == EventClass::Assault {
            parties.add_bodies(grammar);
            parties.add_owners(grammar);
        }
        direct(grammar, trigger, &mut parties);
        if parties.actors.is_empty() && matches!(trigger.class, EventClass::Assault) {
            // Whatever the tree makes of "police firing".
            let before = trigger.head.checked_sub(1).filter(|b| trigger.words.contains(b));
            parties.actors.extend(before.filter(|&b| people_in_arms(grammar, b)));
        }
        // "Burned tyres": what was hit is told, whether the record keeps it or not.
        let objects = objects(grammar, trigger.head);
        let hit = parties.targets.iter().any(|t| objects.contains(t));
        without_the_unlikely(grammar, trigger, &mut parties);
        // "Nobody was hurt": there is no one to be looked for.
        let none = objects.iter().any(|&o| nobody(grammar, o));
        if !none {
            complete(grammar, trigger, &mut parties, hit);
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
        self.actors = said_beside(grammar, trigger).unwrap_or_else(|| subjects(grammar, w));
        if matches!(grammar.lemma(w), "explode" | "detonate") && affected(grammar).is_empty() {
            // What blows up does nothing to anyone.
            self.actors.retain(|&a| weapon(grammar, a));
        }
        if self.actors.is_empty() || grammar.passive(w) {
            self.actors.extend(agents(grammar, w));
        }
        for o in affected(grammar) {
            if trigger.words.contains(&o) && is_people(grammar, o) {
                // "Executed prisoners": the phrase names whom it was done to.
                self.targets.push(o);
            } else if trigger.words.contains(&o) || event_noun(grammar, o) {
                // "launched an attack on": what the phrase's noun has beside it belongs to the event. Whose request
                // is rejected, though, is not among those who reject it.
                let mut beside = Parties::default();
                beside.beside_noun(grammar, trigger, o);
                let told = !self.actors.is_empty()
                    && !matches!(
                        trigger.class,
                        EventClass::Assault | EventClass::Consult | EventClass::Agree | EventClass::Cooperate
                    );
                // "Its leader was released": whose leader it is does not release him.
                let someone = matches!(grammar.kind(o), Some(Kind::Person | Kind::Group));
                let others = beside.actors.into_iter().filter(|&a| !someone && (!told || grammar.pos(a) != Pos::Pron));
                if told {
                    self.targets.extend(others)
                } else {
                    self.actors.extend(others)
                }
                self.targets.extend(beside.targets);
                self.instruments.extend(beside.instruments);
            } else if !grammar.kids(o).any(|k| grammar.case(k) == Some("of") && trigger.words.contains(&k)) {
                // Not "caused a lot of damage".
                self.targets.push(o);
            }
        }
        let damaged = || trigger.words.len() > 1 && undergoes(grammar.lemma(w));
        if matches!(trigger.class, EventClass::Assault) && (suffers(grammar.lemma(w)) || damaged()) {
            self.targets.append(&mut self.actors);
        }
        for k in grammar.kids(w).filter(|&k| grammar.is(k, &["obl", "nmod", "iobj"])) {
            self.oblique(grammar, trigger, k);
        }
    }

    /// A prepositional argument.
    pub(super) fn oblique(&mut self, grammar: &Grammar<'_>, trigger: &Trigger, k: usize) {
        if grammar.pos(k) == Pos::Num && grammar.case(k) != Some("by") {
            // "at 0600", "at two".
            return;
        }
        if trigger.class == EventClass::Assault
            && (blast(grammar.lemma(trigger.head)) || wields(grammar.lemma(trigger.head)))
        {
            let struck = site(grammar, k);
            // "shot dead at a checkpoint": where it was, once someone is hit.
            let someone = |&t: &usize| matches!(grammar.kind(t), Some(Kind::Person | Kind::Group));
            let near = matches!(grammar.case(k), Some("near" | "beside" | "behind")) && !self.targets.is_empty();
            let hit = near || !blast(grammar.lemma(trigger.head)) && self.targets.iter().any(someone);
            if !struck.is_empty() && !hit {
                self.targets.extend(struck);
                return;
            }
        }
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
            // "A group of men, of whom four were arrested": not all of them.
            Some("of") if relative(grammar, k) => {}
            // "Two gunmen were killed, along with three guards": they are what the subject is.
            Some("along") if grammar.passive(trigger.head) => self.targets.extend(all),
            Some("along") => self.actors.extend(all),
            // "More than 60 wounded, among them three children": who is among others does not act with them.
            Some("among") if grammar.names_a_part(k) && !mutual => {}
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
                let nameless = grammar.mention(k).is_some_and(|m| m.form != Form::Name);
                let seized = trigger.class == EventClass::Coerce && !self.targets.is_empty();
                let place = grammar.case(k) == Some("in")
                    || grammar.case(k) == Some("at") && grammar.kind(k) == Some(Kind::Place)
                    || grammar.case(k) == Some("on") && !assault && nameless && grammar.kind(k) == Some(Kind::Place)
                    || grammar.case(k) == Some("from") && seized && nameless && grammar.kind(k) == Some(Kind::Place);
                // "set fire to": the preposition is part of the phrase.
                let own = grammar.kid(k, &["case"]).is_some_and(|c| trigger.words.contains(&c));
                let harm = |w: usize| matches!(grammar.lemma(w), "sabotage" | "damage");
                let harmed =
                    grammar.case(k) == Some("to") && (harm(trigger.head) || trigger.words.iter().any(|&w| harm(w)));
                let thing =
                    assault && (own || harmed || matches!(grammar.case(k), Some("against" | "on" | "at" | "upon")));
                // "killed on the road", "shot dead at a bar", "taken from the city": where it was, once it has its victim.
                let place = place
                    || assault
                        && !matches!(grammar.pos(trigger.head), Pos::Noun | Pos::Propn)
                        && grammar.case(k) != Some("against")
                        && (!thing && matches!(grammar.kind(k), Some(Kind::Place | Kind::Facility))
                            || self.targets.iter().any(|&t| !weapon(grammar, t))
                                && !matches!(grammar.kind(k), Some(Kind::Person | Kind::Group)));
                // "The murder of six Jesuits from the university": where they are from was not hit.
                let apart = assault && matches!(grammar.case(k), Some("from" | "for" | "about"));
                if !place && !apart && (thing || can_act(grammar, k)) && !timely(grammar, k) {
                    self.targets.extend(all);
                }
            }
            _ => {}
        }
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
        self.targets.retain(|&t| !inside(&t) || is_people(grammar, t) && objects(grammar, trigger.head).contains(&t));
        // A weapon or a blast that is the subject is what it was done with; the ones behind it stand with its noun.
        let mut more = Vec::new();
        let mut actors = std::mem::take(&mut self.actors);
        for a in &mut actors {
            *a = if relative(grammar, *a) { antecedent(grammar, *a).unwrap_or(*a) } else { *a };
        }
        // "Those who killed him" are nobody yet, and so is "who" in a question; "and not the rebels" is not them.
        if assault {
            let named = |w: usize| grammar.mention(w).is_some_and(|m| m.form == Form::Name);
            let told_by_it = |a: usize| {
                matches!(grammar.lemma(a), "those" | "person" | "people" | "one" | "whoever" | "he")
                    && !named(a)
                    && grammar.kids(a).any(|k| k == trigger.head && grammar.is(k, &["acl"]))
            };
            actors.retain(|&a| {
                let asked = matches!(grammar.lower[a].as_str(), "who" | "whoever" | "what" | "whom");
                let not_he = grammar.is(a, &["conj"]) && grammar.negated(a);
                !(asked || not_he || told_by_it(a))
            });
            // "The rebels launched their offensive": whose it is has been said.
            let pronoun = |a: usize| grammar.pos(a) == Pos::Pron && grammar.full_rel(a) == "nmod:poss";
            if actors.iter().any(|&a| !pronoun(a)) {
                actors.retain(|&a| !pronoun(a));
            }
        }
        for a in actors {
            if nobody(grammar, a)
                || grammar.lower[a] == "it" && grammar.entity(a).is_none()
                || assault && only_the_author(grammar, a)
            {
                continue;
            }
            if weapon(grammar, a) || (event_noun(grammar, a) && !can_act(grammar, a)) {
                self.instruments.push(a);
                more.extend(
                    grammar
                        .kids(a)
                        .filter(|&k| grammar.case(k) == Some("by") || grammar.is(k, &["nmod:poss", "compound", "amod"]))
                        .filter(|&k| can_act(grammar, k)),
                );
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
            .flat_map(|t| if relative(grammar, t) { antecedents(grammar, t) } else { vec![t] })
            .filter(|&t| matches!(grammar.pos(t), Pos::Noun | Pos::Propn | Pos::Pron | Pos::Num | Pos::Adj | Pos::Det))
            .filter(|&t| !grammar.is_age(t) && !timely(grammar, t) && grammar.lower[t] != "it" && !nobody(grammar, t))
            .collect();
        // "Wounded in an attack in the capital": where people are hit is not hit itself.
        let people = |t: usize| matches!(grammar.kind(t), Some(Kind::Person | Kind::Group));
        if assault && self.targets.iter().any(|&t| people(t)) {
            self.targets.retain(|&t| !(grammar.kind(t) == Some(Kind::Place) && grammar.case(t) == Some("in")));
        }
        if assault && wields(grammar.lemma(trigger.head)) {
            let (with, on): (Vec<usize>, Vec<usize>) = self.targets.iter().partition(|&&t| weapon(grammar, t));
            self.targets = on;
            self.instruments.extend(with);
        }
        for list in [&mut self.actors, &mut self.targets, &mut self.instruments] {
            let mut seen = std::collections::BTreeSet::new();
            list.retain(|w| *w < grammar.len() && seen.insert(*w));
        }
        let people_only = matches!(
            trigger.class,
            EventClass::Consult | EventClass::Cooperate | EventClass::Agree | EventClass::Aid | EventClass::Mobilize
        );
        self.targets.retain(|&t| !people_only || can_act(grammar, t) || grammar.pos(t) == Pos::Pron);
        // "Condemned the attack": a deed is no party.
        let words_only = matches!(
            trigger.class,
            EventClass::Accuse | EventClass::Request | EventClass::Reject | EventClass::Support | EventClass::Threaten
        );
        let named = |t: usize| grammar.mention(t).is_some_and(|m| m.form == Form::Name);
        self.targets.retain(|&t| !(words_only && event_noun(grammar, t) && !named(t)));
        // "Tens of thousands of Catalans": what the actors are of is not what they act on.
        let actors = self.actors.clone();
        let counted = |t: usize| grammar.case(t) == Some("of") && grammar.head(t).is_some_and(|h| actors.contains(&h));
        self.targets.retain(|&t| !actors.contains(&t) && !counted(t));
    }
}

/// Whether a word is one for people, not only said of them.
fn is_people(grammar: &Grammar<'_>, w: usize) -> bool {
    matches!(grammar.kind(w), Some(Kind::Person | Kind::Group)) && matches!(grammar.pos(w), Pos::Noun | Pos::Propn)
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
    Participant { span, entity: grammar.entity(of_whom(grammar, w)) }
}

/// The word that says who or what they are, where `w` only counts them or says what of them is meant: "a group of
/// unidentified men", "the lives of three nurses".
fn of_whom(grammar: &Grammar<'_>, w: usize) -> usize {
    // "the Red Dawn group": the name says which.
    let nameless = grammar.mention(w).is_some_and(|m| m.form == Form::Nominal && m.kind == Kind::Organisation);
    let name = grammar.kids(w).find(|&k| {
        let named = grammar.mention(k).is_some_and(|m| m.form == Form::Name && m.kind == Kind::Organisation);
        named && is_body(grammar.lemma(w)) && grammar.is(k, &["compound", "flat", "appos"])
    });
    if let Some(name) = name.filter(|_| nameless) {
        return name;
    }
    let of_body = |&k: &usize| grammar.is(k, &["nmod"]) && grammar.case(k) == Some("of");
    let whole = match grammar.lemma(w) {
        "body" | "corpse" | "remains" | "life" => grammar.kids(w).find(of_body).unwrap_or(w),
        _ => counted(grammar, w),
    };
    let inner = grammar.mention(whole).is_some_and(|m| m.head.at() == whole);
    if whole != w && inner && grammar.entity(w) != grammar.entity(whole) { whole } else { w }
}

/// Who speaks an act of saying that is told beside what someone said: "the party said that two had been shot, and
/// accused the army". The tree often hangs the second verb on the first one's clause.
fn said_beside(grammar: &Grammar<'_>, trigger: &Trigger) -> Option<Vec<usize>> {
    use EventClass::*;
    let w = trigger.head;
    let says = matches!(trigger.class, Accuse | Reject | Request | Threaten | Agree | Support);
    let own = grammar.kids(w).any(|k| grammar.rel(k) == "nsubj") || grammar.passive(w);
    let comma = grammar.kid(w, &["cc"]).and_then(|c| c.checked_sub(1)).is_some_and(|b| grammar.lower[b] == ",");
    let clause = grammar.head(w).filter(|_| says && !own && comma && grammar.is(w, &["conj"]))?;
    let saying = grammar.head(clause).filter(|&s| grammar.is(clause, &["ccomp"]) && s < clause)?;
    let told = subjects(grammar, saying);
    (!told.is_empty()).then_some(told)
}

/// A verb in -ing that stands as a noun: "in the stone throwing", "heavy shelling", "in police firing".
fn named_deed(grammar: &Grammar<'_>, w: usize) -> bool {
    if armed_before(grammar, w).is_some() && grammar.case(w).is_some() {
        return true;
    }
    grammar.lower[w].ends_with("ing")
        && grammar.kid(w, &["det", "nmod:poss", "amod", "compound"]).is_some_and(|k| k < w)
        && grammar.kid(w, &["obj", "aux", "nsubj"]).is_none()
}

fn relative(grammar: &Grammar<'_>, w: usize) -> bool {
    matches!(grammar.lower[w].as_str(), "who" | "which" | "that" | "whom")
}

/// All for whom a relative pronoun stands: "X and Y, who were stabbed".
fn antecedents(grammar: &Grammar<'_>, w: usize) -> Vec<usize> {
    let Some(one) = antecedent(grammar, w) else { return Vec::new() };
    let several = grammar.head(w).is_some_and(|v| {
        grammar
            .kids(v)
            .any(|k| grammar.is(k, &["aux", "cop"]) && matches!(grammar.lower[k].as_str(), "were" | "are" | "have"))
    });
    let first = grammar.head(one).filter(|_| grammar.is(one, &["conj"])).unwrap_or(one);
    let listed: Vec<usize> = grammar.conjuncts(first).into_iter().filter(|&c| c < w).collect();
    let single = grammar.pos(one) == Pos::Propn && grammar.word(one).plural != Some(true);
    if several && single && listed.len() > 1 { listed } else { vec![one] }
}

/// What a relative pronoun stands for.
fn antecedent(grammar: &Grammar<'_>, w: usize) -> Option<usize> {
    let mut at = w;
    for _ in 0..4 {
        let head = grammar.head(at)?;
        if grammar.full_rel(at) == "acl:relcl" {
            // "the cases of the nuns who were killed": "who" is said of people.
            let person = matches!(grammar.lower[w].as_str(), "who" | "whom") && !can_act(grammar, head);
            let of = |&k: &usize| grammar.case(k) == Some("of") && can_act(grammar, k);
            return grammar.kids(head).filter(|_| person).find(of).or(Some(head));
        }
        at = head;
    }
    None
}
