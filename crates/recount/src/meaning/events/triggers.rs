//! Which words tell of an event, and of which type: the lexicon's readings, decided by what stands around them and by
//! the model.

use super::grammar::Grammar;
use super::lexicon::{
    CLASSES, Condition, Entry, LEXICON, Piece, Test, Wanted, Words, is_conflict, is_cooperation, same_word,
};
use super::sides::counted;
use super::who::timely;
use crate::evidence::Evidence;
use crate::language::{Form, Kind, Pos};
use crate::meaning::EventClass;
use crate::model::Head;

/// A word that tells of an event.
#[derive(Debug)]
pub(crate) struct Trigger {
    pub class: EventClass,
    pub mode: Option<&'static str>,
    pub acled: Option<&'static str>,
    /// The word that the sentence hangs the event on.
    pub head: usize,
    /// First and last word, both included.
    pub first: usize,
    pub last: usize,
    /// The words of the phrase; those between a verb and its noun are not among them.
    pub words: Vec<usize>,
    pub because: Evidence,
}

/// The triggers of a report, in order.
pub(crate) fn triggers(grammar: &Grammar<'_>) -> Vec<Trigger> {
    let mut found: Vec<Trigger> = Vec::new();
    let mut taken = vec![false; grammar.len()];
    for w in 0..grammar.len() {
        if taken[w] || !LEXICON.knows(grammar.lemma(w), &grammar.lower[w]) || inside_name(grammar, w) {
            continue;
        }
        if let Some(trigger) = read(grammar, w, &taken) {
            for &t in &trigger.words {
                taken[t] = true;
            }
            found.push(trigger);
        }
    }
    found.sort_by_key(|t| (t.first, t.head));
    found
}

/// The best reading of one word.
fn read(grammar: &Grammar<'_>, w: usize, taken: &[bool]) -> Option<Trigger> {
    let shape = Shape::of(grammar, w)?;
    let mut candidates: Vec<(&Entry, Vec<usize>)> = LEXICON
        .entries(grammar.lemma(w), &grammar.lower[w])
        .filter(|e| shape.admits(e))
        .filter_map(|e| Some((e, matched(grammar, e, w, Some(taken))?)))
        .filter(|(e, words)| e.conditions.iter().all(|c| holds(grammar, c, w, words)))
        .collect();
    // Longer phrases say more; among equals the lexicon's order decides.
    candidates.sort_by_key(|(e, _)| std::cmp::Reverse(e.words.len()));
    let model = Opinion::of(grammar, w);
    let strong = candidates.iter().position(|(e, _)| !e.weak || model.agrees(e.class));
    let (entry, words) = candidates.get(strong?)?;
    let class = entry.class?;
    // "Insisted that all of the dead were civilians" says it and asks for nothing.
    let states = |k: usize| grammar.is(k, &["ccomp"]) && super::status::indicative(grammar, k);
    if class == EventClass::Request && grammar.pos(w) == Pos::Verb && grammar.kids(w).any(states) {
        return None;
    }
    if shape.modifier && !telling_modifier(grammar, w, class) {
        return None;
    }
    let score = 0.55 + 0.1 * (entry.words.len().min(3) as f32 - 1.0) + 0.25 * model.of_class(class);
    let mut because = Evidence::new(if entry.weak { "model/event" } else { "rule/event-lexicon" }, score);
    for (other, _) in candidates.iter().filter(|(e, _)| e.class != Some(class)).take(3) {
        let name = other.class.map_or("no event", EventClass::name);
        because = because.dropping(name, "another reading of the same words fitted better", None);
    }
    let (first, last) = (words.iter().min().copied().unwrap_or(w), words.iter().max().copied().unwrap_or(w));
    Some(Trigger { class, mode: entry.mode, acled: entry.acled, head: w, first, last, words: words.clone(), because })
}

/// What part of speech a word can be an event as.
struct Shape {
    verb: bool,
    noun: bool,
    adjective: bool,
    /// It only describes another noun.
    modifier: bool,
}

impl Shape {
    fn of(grammar: &Grammar<'_>, w: usize) -> Option<Shape> {
        let participle = grammar.lower[w].ends_with("ed") || grammar.lower[w].ends_with("ing");
        let modifier = grammar.is(w, &["amod", "compound", "nmod:poss"]) && grammar.lower[w] != grammar.lemma(w)
            || grammar.is(w, &["compound", "amod"]);
        Some(match grammar.pos(w) {
            Pos::Verb | Pos::Aux => {
                Shape { verb: true, noun: grammar.lower[w].ends_with("ing"), adjective: true, modifier }
            }
            Pos::Noun | Pos::Propn => Shape { verb: false, noun: true, adjective: false, modifier },
            Pos::Adj => Shape { verb: participle, noun: false, adjective: true, modifier },
            _ => return None,
        })
    }

    fn admits(&self, entry: &Entry) -> bool {
        (self.verb && entry.verb) || (self.noun && entry.noun) || (self.adjective && entry.adjective)
    }
}

/// A describing word that still tells of an event: "the kidnapped teacher", "bomb attack victims".
fn telling_modifier(grammar: &Grammar<'_>, w: usize, class: EventClass) -> bool {
    use EventClass::*;
    let deed = matches!(class, Assault | Coerce);
    let past = grammar.lower[w].ends_with("ed")
        || grammar.lower[w].ends_with("en")
        || matches!(grammar.lower[w].as_str(), "shot" | "slain" | "held" | "hurt");
    let protesting = class == EventClass::Protest && described(grammar, w).is_some();
    protesting || deed && past && grammar.is(w, &["amod"]) && matches!(grammar.pos(w), Pos::Verb | Pos::Adj)
}

/// Whether a word is part of a proper name of someone or something.
fn inside_name(grammar: &Grammar<'_>, w: usize) -> bool {
    let capital = grammar.text.words(grammar.span(w)).starts_with(char::is_uppercase);
    (capital || !matches!(grammar.pos(w), Pos::Verb | Pos::Aux))
        && grammar.mention(w).is_some_and(|m| {
            m.form == Form::Name && m.kind != Kind::Other && m.tokens.contains(crate::span::TokenId::from(w))
        })
}

/// The words of the text that a phrase takes, its head being `w`.
fn matched(grammar: &Grammar<'_>, entry: &Entry, w: usize, taken: Option<&[bool]>) -> Option<Vec<usize>> {
    let mut words = vec![w];
    if entry.words.len() == 1 {
        return Some(words);
    }
    let sentence = grammar.sentence(w).range();
    let mut at = w;
    for piece in &entry.words[entry.head + 1..] {
        match following(grammar, piece, at, sentence.end).or_else(|| passive_subject(grammar, piece, w)) {
            Some(next) if !taken.is_some_and(|t| t[next]) => {
                at = at.max(next);
                words.push(next);
            }
            _ => return None,
        }
    }
    let mut at = w;
    for (i, piece) in entry.words[..entry.head].iter().enumerate().rev() {
        let gap = entry.words[i + 1].gap;
        if entry.words[i + 1].joined && at.checked_sub(1).is_none_or(|b| grammar.lower[b] != "-") {
            return None;
        }
        at = preceding(grammar, piece, gap, at, sentence.start)?;
        if taken.is_some_and(|t| t[at]) {
            return None;
        }
        words.push(at);
    }
    Some(words)
}

fn fits(grammar: &Grammar<'_>, piece: &Piece, w: usize) -> bool {
    // "Held since March": no march.
    let month = grammar.pos(w) == Pos::Propn && timely(grammar, w) && grammar.kid(w, &["det"]).is_none();
    !month && piece.any.iter().any(|p| same_word(p, grammar.lemma(w), &grammar.lower[w]))
}

fn is_break(grammar: &Grammar<'_>, w: usize) -> bool {
    matches!(
        grammar.lower[w].as_str(),
        "." | ";" | ":" | "!" | "?" | "," | "—" | "--" | "but" | "after" | "before" | "that" | "who" | "which"
    )
}

fn following(grammar: &Grammar<'_>, piece: &Piece, after: usize, end: usize) -> Option<usize> {
    let room = if piece.gap { 8 } else { 1 };
    let mut seen = 0;
    if piece.joined && grammar.lower.get(after + 1).is_none_or(|w| w != "-") {
        return None;
    }
    for k in after + 1..end {
        if grammar.lower[k] == "-" {
            continue;
        }
        if fits(grammar, piece, k) {
            return Some(k);
        }
        seen += 1;
        if seen >= room || is_break(grammar, k) {
            return None;
        }
    }
    None
}

fn preceding(grammar: &Grammar<'_>, piece: &Piece, gap: bool, before: usize, start: usize) -> Option<usize> {
    let room = if gap { 7 } else { 1 };
    let mut seen = 0;
    for k in (start..before).rev() {
        if grammar.lower[k] == "-" {
            continue;
        }
        if fits(grammar, piece, k) {
            return Some(k);
        }
        seen += 1;
        if seen >= room || is_break(grammar, k) {
            return None;
        }
    }
    None
}

/// "Sanctions were imposed": the phrase's noun as the verb's passive subject, or as what a participle hangs on.
fn passive_subject(grammar: &Grammar<'_>, piece: &Piece, verb: usize) -> Option<usize> {
    if !piece.gap || !grammar.passive(verb) {
        return None;
    }
    let subject =
        grammar.kid(verb, &["nsubj"]).or_else(|| grammar.is(verb, &["acl"]).then(|| grammar.head(verb))?)?;
    // "explosives that had been placed": the pronoun stands for what its clause describes.
    let relative = matches!(grammar.lower[subject].as_str(), "that" | "which");
    let subject = grammar.head(verb).filter(|_| relative && grammar.is(verb, &["acl"])).unwrap_or(subject);
    std::iter::once(subject)
        .chain(grammar.kids(subject).filter(|&k| grammar.is(k, &["compound", "conj", "amod"])))
        .find(|&k| fits(grammar, piece, k))
}

fn holds(grammar: &Grammar<'_>, condition: &Condition, w: usize, words: &[usize]) -> bool {
    let met = match &condition.test {
        Test::Object(classes) => objects(grammar, w).iter().any(|&o| belongs(grammar, classes, o)),
        Test::Subject(classes) => subjects(grammar, w).iter().any(|&s| belongs(grammar, classes, s)),
        Test::Near(classes) => near(grammar, w).any(|k| !words.contains(&k) && belongs(grammar, classes, k)),
        Test::Preposition(classes) => grammar
            .kids(w)
            .filter(|&k| grammar.is(k, &["obl", "nmod"]))
            .filter_map(|k| grammar.kid(k, &["case"]))
            .any(|c| classes.has(grammar.lemma(c), &grammar.lower[c])),
        Test::NoObject => grammar.kid(w, &["obj"]).is_none() && !grammar.passive(w),
        Test::Suffered => grammar.passive(w) && agents(grammar, w).is_empty(),
        Test::Describing => described(grammar, w).is_some(),
        Test::Complement(wanted) => complements(grammar, w).any(|k| tells_of(grammar, k, *wanted)),
    };
    met != condition.not
}

fn belongs(grammar: &Grammar<'_>, words: &Words, w: usize) -> bool {
    let with_word_before = || {
        let before =
            w.checked_sub(1).filter(|&b| grammar.is(b, &["compound", "amod", "flat"]) && grammar.pos(w) != Pos::Verb);
        before.is_some_and(|b| words.words.contains(format!("{}_{}", grammar.lower[b], grammar.lemma(w)).as_str()))
    };
    if words.has(grammar.lemma(w), &grammar.lower[w]) || with_word_before() {
        return true;
    }
    let what = counted(grammar, w);
    if what != w && belongs(grammar, words, what) {
        return true;
    }
    match grammar.kind(w) {
        Some(Kind::Person | Kind::Group) => words.people || words.parties,
        Some(Kind::Organisation) => words.parties,
        Some(Kind::Place) => words.places,
        _ => grammar.pos(w) == Pos::Num && grammar.kids(w).next().is_none() && words.people,
    }
}

/// What a verb is done to, or what a noun is "of".
pub(crate) fn objects(grammar: &Grammar<'_>, w: usize) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    let passive = grammar.passive(w);
    for k in grammar.kids(w) {
        let full = grammar.full_rel(k);
        let object = (full == "nsubj:pass" && (passive || k > w || grammar.pos(w) != Pos::Verb))
            || grammar.is(k, &["obj", "iobj"])
            || (passive && full == "nsubj")
            || (grammar.is(k, &["nmod", "obl"]) && grammar.pos(w) == Pos::Noun && grammar.case(k) == Some("of"));
        if object {
            found.extend(grammar.conjuncts(k));
        }
    }
    if found.is_empty() && grammar.is(w, &["acl"]) && passive {
        found.extend(grammar.head(w));
    }
    // "the kidnapped teacher" was kidnapped; "striking teachers" strike.
    if described(grammar, w).is_some() {
        return Vec::new();
    }
    if found.is_empty() && grammar.is(w, &["amod"]) {
        found.extend(grammar.head(w));
    }
    // "The miners they abducted": a clause with a subject of its own and no object says it of its noun.
    if found.is_empty() && !passive && grammar.full_rel(w) == "acl:relcl" {
        let subject = grammar.kids(w).find(|&k| grammar.full_rel(k) == "nsubj");
        let own = subject.is_some_and(|s| !matches!(grammar.lower[s].as_str(), "who" | "which" | "that" | "what"));
        let place = grammar.kids(w).any(|k| matches!(grammar.lower[k].as_str(), "where" | "when" | "whose" | "which"));
        let noun = grammar.head(w).filter(|&n| own && !place && n < w && super::who::can_act(grammar, n));
        found.extend(noun);
    }
    if found.is_empty() {
        found.extend(grammar.brought_about(w));
    }
    if found.is_empty() && grammar.full_rel(w) == "conj" {
        // "arrested and jailed three men": the first verb's object stands behind the last.
        if let Some(first) = grammar.head(w).filter(|&h| grammar.pos(h) == Pos::Verb && passive == grammar.passive(h)) {
            found.extend(
                grammar
                    .kids(first)
                    .filter(|&k| grammar.is(k, &["obj"]) && k > w || grammar.full_rel(k) == "nsubj:pass" && passive),
            );
        }
    }
    if found.is_empty() {
        let patient = |l| matches!(l, crate::language::RoleLabel::Arg1);
        found.extend(grammar.roles(w).filter(|r| patient(r.1)).map(|r| r.0));
    }
    found
}

/// Who does what a verb says, followed through coordination, control and participles.
pub(crate) fn subjects(grammar: &Grammar<'_>, w: usize) -> Vec<usize> {
    let mut found = Vec::new();
    if let Some(people) = described(grammar, w) {
        return grammar.conjuncts(people);
    }
    let mut at = w;
    for _ in 0..4 {
        if at == w && grammar.passive(at) {
            found.extend(agents(grammar, at));
            break;
        }
        if let Some(s) = grammar.kids(at).find(|&k| grammar.rel(k) == "nsubj") {
            found.extend(grammar.conjuncts(s));
            break;
        }
        let Some(head) = grammar.head(at) else { break };
        let rel = grammar.full_rel(at);
        if rel == "acl:relcl" || (rel == "acl" && !grammar.passive(at) && grammar.lower[at].ends_with("ing")) {
            found.extend(grammar.conjuncts(head));
            break;
        }
        // "criticised the Front for waging", "jailed him for killing": the one who is blamed did it.
        let over =
            |k: usize| grammar.is(k, &["mark", "case"]) && matches!(grammar.lower[k].as_str(), "for" | "of" | "over");
        if matches!(rel, "advcl" | "acl" | "xcomp")
            && grammar.pos(head) == Pos::Verb
            && grammar.kids(at).any(over)
            && let Some(o) = grammar
                .kid(head, &["obj"])
                .or_else(|| grammar.kids(head).find(|&k| grammar.full_rel(k) == "nsubj:pass"))
                .filter(|&o| super::who::can_act(grammar, o))
        {
            found.extend(grammar.conjuncts(o));
            break;
        }
        if rel == "xcomp" {
            // "ordered troops to fire": the object does it; "vowed to fire": the subject does.
            if let Some(o) = grammar
                .kid(head, &["obj", "iobj"])
                .or_else(|| grammar.kids(head).find(|&k| grammar.full_rel(k) == "nsubj:pass"))
            {
                found.extend(grammar.conjuncts(o));
                break;
            }
        }
        if matches!(rel, "xcomp" | "conj" | "advcl" | "ccomp" | "acl")
            && matches!(grammar.pos(head), Pos::Verb | Pos::Adj | Pos::Aux)
        {
            if rel == "ccomp" || foils(grammar, at) {
                break;
            }
            at = head;
            continue;
        }
        break;
    }
    if found.is_empty() && !foiled(grammar, w) {
        let agent = |l| matches!(l, crate::language::RoleLabel::Arg0);
        // Of a passive the one who does it stands behind "by" or nowhere.
        let marked = grammar.kids(w).any(|k| grammar.full_rel(k) == "aux:pass");
        let passive = marked || grammar.is_short_passive(w);
        let stands = |a: usize| !passive || grammar.case(a) == Some("by");
        found.extend(grammar.roles(w).filter(|r| agent(r.1) && stands(r.0)).map(|r| r.0));
    }
    found
}

/// Whether the subject of the verb above keeps the deed from being done: "foiled an attempt to kidnap her", not "stopped
/// shooting" or "blocked the road and shot", which the one who shot does.
fn foils(grammar: &Grammar<'_>, w: usize) -> bool {
    let undoes = |l: &str| {
        matches!(l, "foil" | "thwart" | "prevent" | "avert" | "frustrate" | "stop" | "block" | "disrupt" | "abort")
    };
    !grammar.is(w, &["xcomp", "conj"]) && grammar.head(w).is_some_and(|h| undoes(grammar.lemma(h)))
}

/// Whether a deed, or the plan for it that it hangs on, is foiled.
pub(super) fn foiled(grammar: &Grammar<'_>, w: usize) -> bool {
    foils(grammar, w) || grammar.head(w).is_some_and(|h| foils(grammar, h))
}

/// The people whom a participle describes by what they do: "striking oil workers". A strike that workers are in is one
/// of labour, also where the tree takes them for what is struck.
fn described(grammar: &Grammar<'_>, w: usize) -> Option<usize> {
    if !grammar.lower[w].ends_with("ing") {
        return None;
    }
    if grammar.lower[w] == "striking" {
        return (w + 1..(w + 4).min(grammar.sentence(w).end as usize))
            .take_while(|&k| matches!(grammar.pos(k), Pos::Noun | Pos::Propn | Pos::Adj))
            .find(|&k| LEXICON.is("staff", grammar.lemma(k), &grammar.lower[k]));
    }
    let head = grammar.head(w).filter(|&h| h > w && grammar.is(w, &["amod"]))?;
    LEXICON.is("person", grammar.lemma(head), &grammar.lower[head]).then_some(head)
}

/// "by" phrases of a passive or a noun.
pub(crate) fn agents(grammar: &Grammar<'_>, w: usize) -> Vec<usize> {
    let mut found = Vec::new();
    for k in grammar.kids(w).filter(|&k| grammar.is(k, &["obl", "nmod"]) && grammar.case(k) == Some("by")) {
        found.extend(grammar.conjuncts(k));
    }
    found
}

/// The words within eight of `w` in its sentence.
fn near<'g>(grammar: &'g Grammar<'_>, w: usize) -> impl Iterator<Item = usize> + 'g {
    let sentence = grammar.sentence(w).range();
    (w.saturating_sub(8).max(sentence.start)..(w + 9).min(sentence.end)).filter(move |&k| k != w)
}

/// Clauses and things that complete a verb of saying: "vowed to attack", "promised an attack".
fn complements<'g>(grammar: &'g Grammar<'_>, w: usize) -> impl Iterator<Item = usize> + 'g {
    grammar.kids(w).filter(move |&k| grammar.is(k, &["xcomp", "ccomp", "obj", "acl", "advcl"]) && k > w)
}

/// Whether a word can tell of conflict or of cooperation, by its first reading.
fn tells_of(grammar: &Grammar<'_>, w: usize, wanted: Wanted) -> bool {
    if wanted == Wanted::Any {
        return grammar.is(w, &["xcomp", "ccomp", "acl", "advcl"]);
    }
    let Some(shape) = Shape::of(grammar, w) else { return false };
    let mut readings: Vec<&Entry> = LEXICON
        .entries(grammar.lemma(w), &grammar.lower[w])
        .filter(|e| shape.admits(e) && matched(grammar, e, w, None).is_some())
        .filter(|e| !e.conditions.iter().any(|c| matches!(c.test, Test::Complement(_))))
        .filter(|e| e.conditions.iter().all(|c| holds(grammar, c, w, &[w])))
        .collect();
    readings.sort_by_key(|e| std::cmp::Reverse(e.words.len()));
    match readings.first().and_then(|e| e.class) {
        Some(class) if wanted == Wanted::Conflict => is_conflict(class) && !grammar.negated(w),
        Some(class) => is_cooperation(class),
        None => false,
    }
}

/// What the model's event head thinks of a word.
pub(crate) struct Opinion {
    probabilities: Vec<f32>,
}

impl Opinion {
    pub fn of(grammar: &Grammar<'_>, w: usize) -> Opinion {
        let logits = grammar.language.reading.tag(w, Head::Event);
        let top = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let sum: f32 = logits.iter().map(|x| (x - top).exp()).sum();
        Opinion { probabilities: logits.iter().map(|x| (x - top).exp() / sum).collect() }
    }

    /// Probability of a class; 0 without a model.
    pub fn of_class(&self, class: EventClass) -> f32 {
        let place = CLASSES.iter().position(|c| *c == class).map_or(0, |i| i + 1);
        self.probabilities.get(place).copied().unwrap_or(0.0)
    }

    fn agrees(&self, class: Option<EventClass>) -> bool {
        class.is_none_or(|c| self.of_class(c) > 0.3)
    }
}
