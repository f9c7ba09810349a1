//! Statements that the grammar shows: a verb of saying with its subject and its clause, a noun of saying with what it
//! is of.

use super::speakers::class_by_word;
use super::{Draft, Levels, acts};
use crate::language::{Form, Kind, Pos, Verb};
use crate::span::{TokenId, Tokens};
use crate::text::Layout;

/// Subjects that bring in nobody new.
const OWN_VOICE: &str = "i we you it this that these those which what one nobody no-one anybody everybody everyone anyone \
    someone somebody people there";

const MODALS: [&str; 8] = ["would", "could", "can", "may", "might", "should", "must", "will"];

/// What is said by nobody in particular.
pub(super) const TALK: [&str; 7] = ["talk", "rumour", "rumor", "speculation", "gossip", "whisper", "hearsay"];

/// Adds what the grammar shows in the report's own voice wherever the model read no statement.
pub(super) fn add_clauses(levels: Levels<'_>, drafts: &mut Vec<Draft>) {
    for sentence in &levels.text.sentences {
        let layout = levels.text.paragraphs.get(sentence.paragraph as usize).map(|p| p.layout);
        if layout == Some(Layout::Furniture) {
            continue;
        }
        for token in sentence.tokens.iter().filter(|t| !levels.text.tokens[t.at()].quoted) {
            let Some(new) = clause(levels, token, sentence.tokens)
                .or_else(|| talk(levels, token, sentence.tokens))
                .or_else(|| speech_of(levels, token, sentence.tokens))
                .or_else(|| toll_of(levels, token, sentence.tokens))
            else {
                continue;
            };
            let parts = || new.content.iter().chain(&new.cue).chain(&new.source);
            let taken = |d: &Draft| {
                d.content.iter().chain(&d.cue).any(|old| parts().any(|p| p.overlaps(*old)))
                    || d.source.is_some_and(|s| new.content.iter().chain(&new.cue).any(|p| p.overlaps(s)))
            };
            if !drafts.iter().any(taken) {
                drafts.push(Draft { chance: 0.9, ..new });
            }
        }
    }
}

/// A verb of saying with a subject and a clause that it governs, all inside `bounds`.
pub(super) fn clause(levels: Levels<'_>, verb: TokenId, bounds: Tokens) -> Option<Draft> {
    let word = levels.word(verb);
    let commits = acts::commits(&word.lemma) && !acts::reports(&word.lemma);
    if word.pos != Pos::Verb || !(commits || acts::reports(&word.lemma)) {
        return None;
    }
    let child = |wanted: &[&str]| levels.language.children(verb).find(|c| wanted.contains(&levels.word(*c).rel));
    // "threatened to burn the mill": whoever threatens or promises says what they will do.
    // "Claimed to have seized", "admits taking part", "denied shooting".
    let own_deed = |c: TokenId| {
        let past = levels.language.children(c).any(|k| levels.word(k).rel == "aux" && levels.word(k).lemma == "have");
        OWN_DEED.contains(&word.lemma.as_str()) && (past || levels.word(c).verb == Verb::PresentParticiple)
    };
    let own_deed = child(&["xcomp"]).filter(|c| own_deed(*c) && child(&["ccomp"]).is_none());
    let wanted: &[&str] = if commits { &["ccomp", "xcomp"] } else { &["ccomp"] };
    let mut said = child(wanted).or(own_deed).map(|c| levels.language.phrase(c))?;
    // "..., a claim that the army denied": what is said about it is no more said with it.
    let about = |t: &TokenId| {
        let noun = levels.word(*t);
        noun.rel == "appos"
            && matches!(noun.lemma.as_str(), "claim" | "charge" | "allegation" | "accusation" | "assertion")
    };
    if let Some(noun) = said.iter().find(about) {
        let start = levels.language.phrase(noun).start;
        said.end = if start > said.start + 1 { start } else { said.end };
    }
    // "It was reported that …" has a source without a name, or the one after "by".
    let passive = child(&["aux:pass"]).is_some();
    let source = child(if passive { &["obl:agent"] } else { &["nsubj"] }).map(|s| levels.language.phrase(s));
    // "I think", "you said", "nobody knows", "that shows": the outer speaker's own word.
    let own = source.is_some_and(|s| {
        let one = levels.text.word(TokenId(s.start)).to_lowercase();
        s.len() == 1 && OWN_VOICE.split_whitespace().any(|w| w == one)
    });
    // "Tell them", "they would say", "if he says": nobody said it yet.
    let perfect = |c: TokenId| levels.word(c).rel == "aux" && levels.word(c).lemma == "have";
    let finite = matches!(word.verb, Verb::Present | Verb::Past)
        || passive
        || word.verb == Verb::PastParticiple && levels.language.children(verb).any(perfect);
    let open = levels.language.children(verb).any(|c| {
        let child = levels.word(c);
        child.rel == "aux" && MODALS.contains(&child.lemma.as_str())
            || child.rel == "mark" && matches!(child.lemma.as_str(), "if" | "unless" | "whether")
            || matches!(child.lemma.as_str(), "not" | "n't" | "n’t" | "never")
    });
    if !finite || open {
        return None;
    }
    let inside = |t: Tokens| bounds.start <= t.start && t.end <= bounds.end;
    if own || said.len() < 2 || !inside(said) || (source.is_none() && !passive) {
        return None;
    }
    if source.is_some_and(|s| !inside(s) || s.overlaps(said)) {
        return None;
    }
    // "The river threatened to flood the market."
    if commits && !child(&["nsubj"]).is_some_and(|s| can_speak(levels, s)) {
        return None;
    }
    Some(Draft {
        source,
        cue: Some(Tokens::new(verb.at(), verb.at() + 1)).filter(|c| !c.overlaps(said)),
        content: vec![said],
        carried: None,
        by: "rule/clause",
        chance: 0.6,
        dropped: Vec::new(),
    })
}

/// Whether a draft of the model's takes a thing's threat for words: "rising prices threaten to push millions into hunger".
pub(super) fn threat_of_a_thing(levels: Levels<'_>, draft: &Draft) -> bool {
    let verb = draft.cue.and_then(|c| levels.head(c)).filter(|&v| levels.word(v).lemma == "threaten");
    let subject = |v| levels.language.children(v).find(|c| levels.word(*c).rel == "nsubj");
    verb.and_then(subject).is_some_and(|s| levels.word(s).pos == Pos::Noun && !can_speak(levels, s))
}

/// Whether a subject is somebody: people, an organisation, or a state by its name.
fn can_speak(levels: Levels<'_>, subject: TokenId) -> bool {
    levels.text.word(subject).eq_ignore_ascii_case("who")
        || levels.language.mention_at(subject).map(|m| &levels.language.mentions[m.at()]).is_some_and(|m| {
            let entity = &levels.language.entities[m.entity.at()];
            match entity.kind {
                Kind::Person | Kind::Organisation | Kind::Group => true,
                Kind::Place => m.form == Form::Name && entity.country.is_some(),
                _ => false,
            }
        })
}

/// Verbs of saying whose bare verb tells what their own subject has done.
const OWN_DEED: [&str; 6] = ["claim", "admit", "deny", "acknowledge", "confess", "profess"];

/// Nouns for a figure that someone gives.
const FIGURES: [&str; 12] = [
    "toll",
    "figure",
    "number",
    "count",
    "total",
    "tally",
    "estimate",
    "loss",
    "casualty",
    "turnout",
    "crowd",
    "attendance",
];

/// "The governor put the death toll at eight": whoever puts a figure gives it.
fn toll_of(levels: Levels<'_>, verb: TokenId, bounds: Tokens) -> Option<Draft> {
    let word = levels.word(verb);
    let told = matches!(word.verb, Verb::Present | Verb::Past | Verb::PastParticiple);
    if word.pos != Pos::Verb || !told || !matches!(word.lemma.as_str(), "put" | "place" | "estimate" | "set") {
        return None;
    }
    let child = |of: TokenId, rel: &str| levels.language.children(of).find(|c| levels.word(*c).rel == rel);
    let object = child(verb, "obj").filter(|o| *o > verb && FIGURES.contains(&levels.word(*o).lemma.as_str()))?;
    let at = |c: &TokenId| child(*c, "case").is_some_and(|k| levels.text.word(k).eq_ignore_ascii_case("at"));
    let given =
        levels.language.children(verb).chain(levels.language.children(object)).find(|c| *c > object && at(c))?;
    let figure = levels.language.phrase(given);
    let counts = figure.iter().any(|t| levels.word(t).pos == Pos::Num)
        || matches!(levels.word(given).lemma.as_str(), "dozen" | "score" | "hundred" | "thousand");
    let subject = child(verb, "nsubj").filter(|s| *s < verb && counts)?;
    if !can_speak(levels, subject) && class_by_word(&levels.word(subject).lemma).is_none() {
        return None;
    }
    let source = levels.language.phrase(subject);
    let source = Tokens { start: source.start.max(bounds.start), end: source.end.min(verb.0) };
    let content =
        Tokens { start: levels.language.phrase(object).start.max(verb.0 + 1), end: figure.end.min(bounds.end) };
    (!source.is_empty() && content.start < content.end).then(|| Draft {
        source: Some(source),
        by: "rule/figure-given",
        ..spoken(Tokens { start: verb.0, end: verb.0 + 1 }, content)
    })
}

/// Verbs of talking whose "of" brings what is said (Levin 1993, 37.5 and 37.8).
const TALKING: [&str; 5] = ["speak", "talk", "warn", "complain", "boast"];

/// "Doctors spoke of forty dead".
pub(super) fn speech_of(levels: Levels<'_>, verb: TokenId, bounds: Tokens) -> Option<Draft> {
    let word = levels.word(verb);
    let perfect = |c: TokenId| levels.word(c).rel == "aux" && levels.word(c).lemma == "have";
    let past = matches!(word.verb, Verb::Present | Verb::Past)
        || word.verb == Verb::PastParticiple && levels.language.children(verb).any(perfect);
    if word.pos != Pos::Verb || !past || !TALKING.contains(&word.lemma.as_str()) {
        return None;
    }
    let of = |t: TokenId| {
        let case = levels.language.children(t).find(|c| levels.word(*c).rel == "case");
        case.filter(|c| *c > verb && levels.text.word(*c).eq_ignore_ascii_case("of"))
    };
    let (object, case) = levels.language.children(verb).find_map(|c| of(c).map(|case| (c, case)))?;
    let subject = levels.language.children(verb).find(|c| levels.word(*c).rel == "nsubj" && *c < verb)?;
    if OWN_VOICE.split_whitespace().any(|w| levels.text.word(subject).eq_ignore_ascii_case(w)) {
        return None;
    }
    // "Sirens warned of a raid."
    if !can_speak(levels, subject) && class_by_word(&levels.word(subject).lemma).is_none() {
        return None;
    }
    let source = levels.language.phrase(subject);
    let mut end = levels.language.phrase(object).end;
    // "forty dead": what stands right behind the figure belongs to it, though the tree has it on the verb.
    let beside = |c: &TokenId| c.0 == end && matches!(levels.word(*c).rel, "nmod" | "amod" | "acl");
    if let Some(next) = levels.language.children(verb).find(beside) {
        end = levels.language.phrase(next).end;
    }
    let content = Tokens { start: case.0 + 1, end: end.min(bounds.end) };
    let source = Tokens { start: source.start.max(bounds.start), end: source.end.min(verb.0) };
    (!source.is_empty() && content.start < content.end)
        .then(|| Draft { source: Some(source), ..spoken(Tokens { start: verb.0, end: case.0 + 1 }, content) })
}

/// "There is talk of …", "the talk is of …": words that go round without a speaker, and what they are of.
fn talk(levels: Levels<'_>, noun: TokenId, bounds: Tokens) -> Option<Draft> {
    let word = levels.word(noun);
    if word.pos != Pos::Noun || !TALK.contains(&word.lemma.as_str()) {
        return None;
    }
    let child = |of: TokenId, rel: &str| levels.language.children(of).find(|c| levels.word(*c).rel == rel);
    let subject = word.rel.starts_with("nsubj");
    // "There" hangs on the verb, or on the noun where "be" is its copula.
    let be = if subject && child(word.head, "expl").is_some() {
        Some(word.head)
    } else {
        child(noun, "expl").and(child(noun, "cop"))
    };
    let (first, object, case) = if let Some(be) = be.filter(|b| *b < noun) {
        // "talk of hundreds", "talks in the hundreds".
        let mut hanging = levels.language.children(noun).chain(levels.language.children(be));
        let object = hanging
            .find(|c| *c > noun && matches!(levels.word(*c).rel, "nmod" | "obl") && child(*c, "case").is_some())?;
        (be, object, child(object, "case")?)
    } else if subject {
        let copula = child(word.head, "cop").filter(|c| *c > noun)?;
        (noun, word.head, child(word.head, "case").filter(|c| *c > copula)?)
    } else {
        return None;
    };
    let content = Tokens { start: case.0 + 1, end: levels.language.phrase(object).end.min(bounds.end) };
    let whole = first < case && case < object && bounds.contains(first) && content.start < content.end;
    whole.then(|| spoken(Tokens { start: first.0, end: case.0 + 1 }, content))
}

fn spoken(cue: Tokens, content: Tokens) -> Draft {
    Draft {
        source: None,
        cue: Some(cue),
        content: vec![content],
        carried: None,
        by: "rule/talk-of",
        chance: 0.9,
        dropped: Vec::new(),
    }
}
