//! Whether an event happened, was ordered, threatened, denied: from its own mood and from every word that governs it,
//! innermost first, so that "denied ordering troops to fire" is denied.

use super::governors::{Effect, GOVERNORS};
use super::grammar::Grammar;
use super::mood::{is_marked, own};
use super::triggers::subjects;
use crate::language::{Pos, Verb};
use crate::meaning::{EventClass, Meaning, SpeechAct, Status};
use crate::span::Span;

/// A status and the words that gave it; `None` where nothing speaks against its having happened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Mood {
    pub status: Status,
    pub cue: Option<Span>,
}

/// The status of the event headed by word `w`.
pub(crate) fn status(grammar: &Grammar<'_>, w: usize, class: EventClass, before: &Meaning) -> Mood {
    let mut mood = own(grammar, w);
    let mut at = w;
    for _ in 0..8 {
        let Some(head) = grammar.head(at) else { break };
        match link(grammar, at, head) {
            Link::Stop => break,
            Link::Through(inherits) => {
                let above = own(grammar, head).filter(|_| inherits);
                // "Nobody gave an order to shoot": none was given.
                let asked = mood.is_some_and(|m| matches!(m.status, Status::Ordered | Status::Requested));
                if mood.is_none() || asked && above.is_some_and(|m| m.status == Status::Negated) {
                    mood = above.or(mood);
                }
            }
            Link::Governed(status) => mood = governed(grammar, mood, status, head),
        }
        at = head;
    }
    if mood.is_none_or(|m| m.status == Status::Planned) {
        mood = by_order(grammar, w, class).or(mood);
    }
    if mood.is_none() {
        mood = denied_in_full(grammar, at, before);
    }
    if by_demonstrating(grammar, w, class) {
        mood = mood.filter(|m| m.status != Status::Planned);
    }
    let mood = mood.unwrap_or(Mood { status: Status::Happened, cue: None });
    Mood { status: settle(grammar, w, class, mood.status), ..mood }
}

/// "Rallied to protest", "took to the streets to denounce": what a crowd comes together for is done by coming.
fn by_demonstrating(grammar: &Grammar<'_>, w: usize, class: EventClass) -> bool {
    use EventClass::*;
    let told_by_it = matches!(class, Protest | Accuse | Request | Reject | Support);
    told_by_it
        && grammar.is(w, &["advcl", "xcomp"])
        && grammar.head(w).is_some_and(|h| {
            let gathers = super::sides::is(grammar, "gathering", h) || super::sides::is(grammar, "protest", h);
            let streets = || grammar.kids(h).any(|k| matches!(grammar.lemma(k), "street" | "rally" | "demonstration"));
            (gathers || streets()) && own(grammar, h).is_none()
        })
}

enum Link {
    /// What stands above says nothing about whether the event happened.
    Stop,
    /// The event is what the word above tells of, or is coordinated with it; whether its mood is taken over.
    Through(bool),
    Governed(Effect),
}

fn link(grammar: &Grammar<'_>, at: usize, head: usize) -> Link {
    let full = grammar.full_rel(at);
    let rel = grammar.rel(at);
    let to = grammar.kids(at).any(|k| grammar.is(k, &["mark"]) && grammar.lower[k] == "to");
    let verbal = matches!(grammar.pos(head), Pos::Verb | Pos::Aux);
    let place = match rel {
        "xcomp" | "ccomp" | "csubj" => "c",
        "advcl" if to && !is_marked(grammar, at) => "c",
        // "charged with murdering", "accused of having shot", "kept from attacking": what the verb is about, whatever the
        // tree calls it.
        "advcl" if charged(grammar, at) => "c",
        "advcl" => return Link::Stop,
        "acl" if full == "acl:relcl" => return Link::Stop,
        "acl" if to || grammar.lower[at].ends_with("ing") || grammar.kid(at, &["mark"]).is_some() => "c",
        "obj" | "iobj" => "o",
        "nsubj" if full == "nsubj:pass" || grammar.passive(head) => "o",
        "nsubj" => "s",
        "obl" | "nmod" => match grammar.case(at) {
            Some(case) => case,
            None if full == "nmod:poss" => "of",
            None => return Link::Stop,
        },
        "compound" => "of",
        "conj" => return Link::Through(grammar.kid(at, &["nsubj", "aux"]).is_none() && verbal),
        "root" => return Link::Stop,
        _ => return Link::Stop,
    };
    let effect = GOVERNORS.effect(grammar, head, if to && place == "c" { "t" } else { place });
    if let Some(effect) = effect.or_else(|| GOVERNORS.effect(grammar, head, place)) {
        // "Called the accusations a lie".
        let named = grammar.lemma(head) == "call" && grammar.kid(head, &["xcomp", "ccomp"]).is_some_and(|k| k > at);
        if place == "o" && named {
            return Link::Stop;
        }
        if effect == Effect::Gives(Status::Requested) && rel == "ccomp" && indicative(grammar, at) {
            // "Evidence suggests that police used force" asks for nothing; "insisted that they had left" states it.
            let hint = matches!(grammar.lemma(head), "suggest" | "propose");
            return if hint { Link::Governed(Effect::Gives(Status::Possible)) } else { Link::Through(false) };
        }
        if place == "c" && rel == "advcl" && !verbal {
            return Link::Stop;
        }
        return Link::Governed(effect);
    }
    let lemma = grammar.lemma(head);
    match place {
        "c" if rel == "xcomp" && lemma == "have" && to => {
            let past = grammar.word(head).verb == Verb::Past;
            Link::Governed(if past { Effect::Fact } else { Effect::Gives(Status::Requested) })
        }
        "c" if to && matches!(lemma, "be" | "go") => Link::Governed(Effect::Gives(Status::Planned)),
        "c" if to && lemma == "need" => Link::Governed(Effect::Gives(Status::Requested)),
        "c" if rel == "xcomp" => Link::Through(true),
        // "An inquiry must establish": there is none yet.
        "s" | "o"
            if rel == "nsubj"
                && indefinite(grammar, at)
                && own(grammar, head).is_some_and(|m| m.status != Status::Negated) =>
        {
            Link::Through(true)
        }
        // "Could be built only through the use of force": what a deed that may not be is done through may not be either.
        "through" if verbal => Link::Through(own(grammar, head).is_some_and(|m| m.status != Status::Negated)),
        "s" if lemma == "be" && grammar.kid(head, &["expl"]).is_some() => Link::Through(true),
        "under" | "into" | "to" | "in" | "on" if verbal && brings_about(lemma) => Link::Through(true),
        "o" if brings_about(lemma) => Link::Through(true),
        "o" | "s" if is_carrier(lemma) || is_carrier(&grammar.lower[head]) => Link::Through(true),
        "of" if is_measure(lemma) => Link::Through(false),
        "in" if matches!(lemma, "role" | "part" | "involvement" | "hand" | "complicity" | "participation") => {
            Link::Through(false)
        }
        _ => Link::Stop,
    }
}

/// Whether a clause states something: its verb is in the past or the perfect.
pub(super) fn indicative(grammar: &Grammar<'_>, w: usize) -> bool {
    let modal = |k: usize| matches!(grammar.lower[k].as_str(), "should" | "must" | "would" | "could" | "be" | "to");
    let helpers: Vec<usize> = grammar.kids(w).filter(|&k| grammar.is(k, &["aux", "mark"])).collect();
    let copula =
        grammar.kids(w).any(|k| grammar.is(k, &["cop"]) && matches!(grammar.lower[k].as_str(), "was" | "were"));
    let finite = copula
        || helpers
            .iter()
            .any(|&k| matches!(grammar.lower[k].as_str(), "have" | "has" | "had" | "was" | "were" | "did"));
    (finite || grammar.word(w).verb == Verb::Past) && !helpers.iter().any(|&k| modal(k))
}

/// Verbs that only say that the event in their subject or object takes place.
fn is_carrier(lemma: &str) -> bool {
    const CARRIERS: [&str; 40] = [
        "hold",
        "stage",
        "launch",
        "carry",
        "conduct",
        "take",
        "impose",
        "begin",
        "start",
        "make",
        "commit",
        "sign",
        "perpetrate",
        "mount",
        "occur",
        "happen",
        "erupt",
        "break",
        "ensue",
        "follow",
        "lead",
        "undertake",
        "perform",
        "execute",
        "declare",
        "announce",
        "open",
        "resume",
        "continue",
        "give",
        "issue",
        "send",
        "pay",
        "do",
        "wage",
        "deliver",
        "unleash",
        "attend",
        "go",
        "reach",
    ];
    CARRIERS.contains(&lemma)
}

fn indefinite(grammar: &Grammar<'_>, w: usize) -> bool {
    grammar.kids(w).any(|k| grammar.is(k, &["det"]) && matches!(grammar.lower[k].as_str(), "a" | "an" | "any"))
}

/// Whether a clause stands behind "of", "with" or "from".
fn charged(grammar: &Grammar<'_>, w: usize) -> bool {
    grammar.kid(w, &["mark", "case"]).is_some_and(|m| matches!(grammar.lower[m].as_str(), "of" | "with" | "from"))
}

/// Verbs whose event comes about just where they do: "put under arrest", "court arrest", "lead to clashes".
fn brings_about(lemma: &str) -> bool {
    matches!(
        lemma,
        "put"
            | "place"
            | "bring"
            | "come"
            | "go"
            | "subject"
            | "face"
            | "court"
            | "cause"
            | "trigger"
            | "spark"
            | "provoke"
            | "lead"
            | "result"
            | "invite"
            | "undergo"
            | "suffer"
            | "resort"
            | "turn"
    )
}

/// Nouns that only measure out the event: "a wave of attacks".
fn is_measure(lemma: &str) -> bool {
    const MEASURES: [&str; 18] = [
        "wave",
        "series",
        "string",
        "spate",
        "number",
        "round",
        "act",
        "campaign",
        "spree",
        "outbreak",
        "case",
        "kind",
        "dozen",
        "hundred",
        "thousand",
        "day",
        "week",
        "possibility",
    ];
    MEASURES.contains(&lemma)
}

/// The mood after one more governing word.
fn governed(grammar: &Grammar<'_>, inner: Option<Mood>, effect: Effect, governor: usize) -> Option<Mood> {
    let cue = Some(grammar.span(governor));
    let denying = grammar.negated(governor);
    let status = match (inner.map(|m| m.status), effect) {
        (None, Effect::Fact) if denying => Status::Negated,
        (None, Effect::Fact) => return own(grammar, governor).filter(|m| m.status != Status::Happened),
        (Some(_), Effect::Fact) => return inner,
        (_, Effect::Gives(Status::Denied)) => {
            if denying {
                Status::Possible
            } else {
                Status::Denied
            }
        }
        (None, Effect::Gives(Status::Negated)) if denying => return None,
        // Ordering, asking or planning that is itself denied leaves nothing.
        // "They are not allowed to shoot": they may not.
        (None, Effect::Gives(Status::Possible)) if denying && is_leave(grammar.lemma(governor)) => Status::Negated,
        (_, Effect::Gives(Status::Possible)) if denying => return inner,
        (None, Effect::Gives(_)) if denying => Status::Negated,
        (None | Some(Status::Happened), Effect::Gives(status)) => status,
        // Predictions and hypotheses give way to the one who orders or threatens them; other moods stay.
        (Some(Status::Planned | Status::Predicted | Status::Possible | Status::Conditional), Effect::Gives(s))
            if matches!(s, Status::Ordered | Status::Requested | Status::Threatened | Status::Negated) =>
        {
            s
        }
        (Some(Status::Attempted), Effect::Gives(Status::Negated)) => return inner,
        (Some(Status::Attempted), Effect::Gives(s)) => s,
        (Some(Status::Ordered | Status::Requested), Effect::Gives(Status::Negated)) => Status::Negated,
        (Some(_), Effect::Gives(_)) => return inner,
    };
    Some(Mood { status, cue })
}

/// Verbs that give leave.
fn is_leave(lemma: &str) -> bool {
    matches!(lemma, "allow" | "permit" | "enable" | "empower" | "entitle")
}

/// Where the tree links nothing: a governing word that stands before "to" and the verb, or right before the noun and
/// the words that describe it.
fn by_order(grammar: &Grammar<'_>, w: usize, class: EventClass) -> Option<Mood> {
    let start = grammar.sentence(w).start as usize;
    let unreal = |k: usize, place: &str| {
        let effect = GOVERNORS.effect(grammar, k, place)?;
        let mood = governed(grammar, None, effect, k)?;
        (class != EventClass::Reject && mood.status != Status::Happened).then_some(mood)
    };
    if matches!(grammar.pos(w), Pos::Noun | Pos::Propn) {
        let mut at = w;
        for _ in 0..5 {
            at = at.checked_sub(1).filter(|&k| k >= start)?;
            match grammar.pos(at) {
                Pos::Det | Pos::Adj | Pos::Noun | Pos::Num | Pos::Propn | Pos::Part => {}
                Pos::Pron if grammar.is(at, &["nmod:poss", "det"]) => {}
                Pos::Verb if grammar.lower[at].ends_with("ed") && grammar.is(at, &["amod"]) => {}
                Pos::Verb => return unreal(at, "o"),
                _ if grammar.lower[at] == "-" => {}
                Pos::Adp => {
                    let place = grammar.lower[at].clone();
                    return at.checked_sub(1).filter(|&k| k >= start).and_then(|k| unreal(k, &place));
                }
                _ => return None,
            }
        }
        return None;
    }
    let to = (start..w).rev().take(7).find(|&k| grammar.lower[k] == "to")?;
    // A preposition it is only where the verb is no bare form.
    if grammar.pos(to) == Pos::Adp && grammar.lower[w] != grammar.lemma(w) {
        return None;
    }
    let plain = (to + 1..w).all(|k| !matches!(grammar.pos(k), Pos::Verb | Pos::Aux));
    let finite = |k: usize| {
        grammar.pos(k) == Pos::Aux
            || grammar.pos(k) == Pos::Verb
                && GOVERNORS.effect(grammar, k, "c").is_none()
                && GOVERNORS.effect(grammar, k, "t").is_none()
    };
    if !plain || grammar.word(w).verb == Verb::Past {
        return None;
    }
    for k in (start..to).rev().take(12) {
        if let Some(mood) = unreal(k, "t").or_else(|| unreal(k, "c")) {
            return Some(mood);
        }
        if finite(k) || matches!(grammar.lower[k].as_str(), ";" | ":" | "that" | "who" | "which") {
            return None;
        }
    }
    None
}

/// Where a whole statement is a denial and the clause of the event is all that it says.
fn denied_in_full(grammar: &Grammar<'_>, top: usize, before: &Meaning) -> Option<Mood> {
    let span = grammar.span(top);
    before
        .statements
        .iter()
        .filter(|s| s.act == SpeechAct::Denies)
        .filter(|s| s.content.iter().any(|c| c.contains(span)))
        .find(|s| {
            let outside = grammar.head(top).is_none_or(|h| !s.content.iter().any(|c| c.contains(grammar.span(h))));
            outside && matches!(grammar.pos(top), Pos::Verb | Pos::Noun)
        })
        .map(|s| Mood { status: Status::Denied, cue: s.cue })
}

/// The last choice between near statuses, which depends on who does what.
fn settle(grammar: &Grammar<'_>, w: usize, class: EventClass, status: Status) -> Status {
    match status {
        // What people say they will do is a plan; what befalls them is a prediction.
        Status::Predicted if !grammar.passive(w) && !subjects(grammar, w).is_empty() => Status::Planned,
        // Nobody threatens with help.
        Status::Threatened if super::lexicon::is_cooperation(class) => Status::Predicted,
        Status::Conditional if class == EventClass::Threaten => Status::Happened,
        status => status,
    }
}
