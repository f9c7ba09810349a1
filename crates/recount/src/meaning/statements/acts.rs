//! What is done by saying it: from the cue's words.

use super::{Draft, Levels};
use crate::language::{Form, Pos};
use crate::meaning::SpeechAct;
use crate::span::{TokenId, Tokens};

/// Verbs and nouns of saying that do more than assert. Classes after Levin (1993, ch. 37) and VerbNet, by hand.
const ACTS: &[(SpeechAct, &str)] = &[
    (
        SpeechAct::Denies,
        "deny denial reject rejection refute refutation rebut rebuttal dismiss disavow disclaim repudiate contradict \
         disown",
    ),
    (
        SpeechAct::Orders,
        "order command instruct direct decree mandate ban forbid prohibit compel require summon rule instruction",
    ),
    (
        SpeechAct::Requests,
        "ask request urge demand appeal call beg plead petition press implore entreat beseech invite exhort \
         encourage seek plea insist advise recommend propose suggest",
    ),
    (SpeechAct::Threatens, "threaten threat warn warning vow-against menace"),
    (SpeechAct::Promises, "promise pledge vow swear guarantee commit assure undertake commitment oath"),
    (SpeechAct::Asks, "wonder query inquire enquire question ask"),
    (SpeechAct::Predicts, "predict forecast expect anticipate foresee project prediction expectation prophesy"),
    (SpeechAct::Doubts, "doubt dispute question challenge suspect skeptical sceptical doubtful skepticism"),
    (
        SpeechAct::Intends,
        "plan intend intention want hope aim mean wish aspire plot decide resolve prefer willing ready seek",
    ),
];

/// Verbs whose clause is what someone says or holds, for [`reports`]: of perception and knowledge none, since what is
/// seen or known is told in the outer speaker's own voice.
const REPORTING: &str = "say tell claim state report announce declare confirm argue acknowledge admit allege believe think \
    explain insist maintain reveal reply respond testify write tweet comment conclude contend charge disclose estimate \
    complain boast concede stress emphasize emphasise assert affirm caution recall reiterate suggest warn suspect fear \
    predict deny doubt shout joke lament imply recount narrate";

/// Whether a lemma is a verb that reports.
pub(super) fn reports(lemma: &str) -> bool {
    REPORTING.split_whitespace().any(|v| v == lemma)
}

/// Whether a lemma is a verb by which the speaker is bound to do something: a threat or a promise.
pub(super) fn commits(lemma: &str) -> bool {
    let bind = [SpeechAct::Threatens, SpeechAct::Promises];
    ACTS.iter().any(|(act, words)| bind.contains(act) && words.split_whitespace().any(|w| w == lemma))
}

/// The act of a statement, from the cue's lemmas; a cue that negates saying ("did not confirm") only asserts.
pub(super) fn act(levels: Levels<'_>, draft: &Draft) -> SpeechAct {
    let Some(cue) = draft.cue else { return by_its_end(levels, draft) };
    let negated = cue.iter().any(|t| is_negation(levels, t))
        || levels.head(cue).is_some_and(|h| levels.language.children(h).any(|c| is_negation(levels, c)));
    for token in cue.iter() {
        let word = levels.word(token);
        if !matches!(word.pos, Pos::Verb | Pos::Noun | Pos::Adj) {
            continue;
        }
        let lemma = word.lemma.to_lowercase();
        if negated && matches!(lemma.as_str(), "believe" | "think" | "accept" | "buy" | "trust") {
            return SpeechAct::Doubts;
        }
        let found = ACTS.iter().find(|(_, words)| words.split_whitespace().any(|w| w == lemma)).map(|(act, _)| *act);
        return match (lemma.as_str(), found) {
            // Asking for something to be done, or for an answer.
            ("ask", _) => asking(levels, draft),
            // "warned that the dam could break" says what may come; "warned them to leave" tells them to.
            ("warn" | "warning", _) if hangs_as_infinitive(levels, draft) => SpeechAct::Requests,
            ("warn" | "warning", _) if !names_own_deed(levels, draft) => SpeechAct::Asserts,
            ("call", _) if !cue.iter().any(|t| matches!(levels.text.word(t), "for" | "on" | "upon")) => {
                SpeechAct::Asserts
            }
            ("mean" | "rule" | "question" | "press" | "direct", _) if word.pos == Pos::Noun => SpeechAct::Asserts,
            ("assure", _) => SpeechAct::Asserts,
            ("insist" | "suggest", _) if !hangs_as_infinitive(levels, draft) => SpeechAct::Asserts,
            (_, Some(act)) if negated && act != SpeechAct::Denies => SpeechAct::Asserts,
            (_, Some(act)) => act,
            (_, None) => by_its_end(levels, draft),
        };
    }
    by_its_end(levels, draft)
}

fn is_negation(levels: Levels<'_>, token: TokenId) -> bool {
    matches!(levels.text.word(token).to_lowercase().as_str(), "not" | "n't" | "n’t" | "never")
}

/// A direct question asks, whatever its cue.
fn by_its_end(levels: Levels<'_>, draft: &Draft) -> SpeechAct {
    let last = draft.content.last().and_then(|c| {
        c.iter().rev().find(|t| levels.text.word(*t).chars().any(|c| c.is_alphanumeric() || c == '?' || c == '.'))
    });
    match last {
        Some(t) if levels.text.word(t).ends_with('?') => SpeechAct::Asks,
        _ => SpeechAct::Asserts,
    }
}

fn asking(levels: Levels<'_>, draft: &Draft) -> SpeechAct {
    if by_its_end(levels, draft) == SpeechAct::Asks {
        return SpeechAct::Asks;
    }
    let opens = draft.content.first().and_then(|c| c.iter().next()).map(|t| levels.text.word(t).to_lowercase());
    let interrogative = ["whether", "if", "how", "what", "why", "when", "where", "who", "about"];
    match opens {
        Some(word) if interrogative.contains(&word.as_str()) => SpeechAct::Asks,
        _ => SpeechAct::Requests,
    }
}

/// "to leave": the content is what someone is to do.
fn hangs_as_infinitive(levels: Levels<'_>, draft: &Draft) -> bool {
    let to =
        |c: Tokens| c.iter().take(12).any(|t| levels.text.word(t).eq_ignore_ascii_case("to") && is_mark(levels, t));
    let that = |c: Tokens| c.iter().next().is_some_and(|t| levels.text.word(t).eq_ignore_ascii_case("that"));
    draft.content.first().is_some_and(|c| to(*c) && !that(*c) && root_is_infinitive(levels, *c))
}

fn is_mark(levels: Levels<'_>, token: TokenId) -> bool {
    levels.word(token).rel == "mark" || levels.word(token).pos == Pos::Part
}

fn root_is_infinitive(levels: Levels<'_>, content: Tokens) -> bool {
    let verb = content.iter().find(|t| matches!(levels.word(*t).pos, Pos::Verb | Pos::Aux));
    verb.is_some_and(|v| levels.word(v).verb == crate::language::Verb::Infinitive)
}

/// "warned that it would shell the port": the content's subject is the speaker, so it is a threat.
fn names_own_deed(levels: Levels<'_>, draft: &Draft) -> bool {
    let (Some(source), Some(content)) = (draft.source, draft.content.first()) else { return false };
    let verb = content.iter().find(|t| levels.word(*t).rel == "nsubj");
    let (Some(subject), Some(speaker)) = (verb, levels.head(source)) else { return false };
    let entity = |t| levels.language.entity_at(t);
    // "it" that nothing else is called by means the one who warns.
    let unknown = levels.language.mention_at(subject).is_some_and(|m| {
        let entity = &levels.language.entities[levels.language.mentions[m.at()].entity.at()];
        entity.mentions.iter().all(|m| levels.language.mentions[m.at()].form == Form::Pronoun)
    });
    let pronoun = matches!(levels.text.word(subject).to_lowercase().as_str(), "it" | "they" | "he" | "she");
    let same = entity(subject).is_some() && entity(subject) == entity(speaker) || pronoun && unknown;
    let first_person = matches!(levels.text.word(subject).to_lowercase().as_str(), "we" | "i");
    let would = content.iter().take(8).any(|t| matches!(levels.word(t).lemma.as_str(), "will" | "would" | "shall"));
    (same || first_person) && would
}
