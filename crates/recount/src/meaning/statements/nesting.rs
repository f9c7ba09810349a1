//! Statements inside what others say: a ministry that says that witnesses said.

use super::{Draft, Levels, Statement, acts};
use crate::language::{Pos, Verb};
use crate::span::{Span, StatementId, TokenId, Tokens};

/// Adds the statements that the grammar shows inside the contents of others. The model reads each word as part of one
/// statement at most, so what is nested is read off the tree: a verb of saying with its subject and its clause.
pub(super) fn add_inner(levels: Levels<'_>, drafts: &mut Vec<Draft>) {
    let mut inner: Vec<Draft> = Vec::new();
    let taken = |t: TokenId, drafts: &[Draft]| {
        drafts.iter().any(|d| d.cue.is_some_and(|c| c.contains(t)) || d.source.is_some_and(|s| s.contains(t)))
    };
    for outer in drafts.iter() {
        for piece in &outer.content {
            for token in piece.iter() {
                if taken(token, drafts) || taken(token, &inner) {
                    continue;
                }
                inner.extend(clause(levels, token, *piece).or_else(|| according(levels, token, *piece)));
            }
        }
    }
    drafts.extend(inner);
}

/// Subjects that bring in nobody new.
const OWN_VOICE: &str = "i we you it this that these those which what one nobody no-one anybody everybody everyone anyone \
    someone somebody people there";

const MODALS: [&str; 8] = ["would", "could", "can", "may", "might", "should", "must", "will"];

/// Adds what the report gives "according to" someone wherever the model read no statement there.
pub(super) fn add_according(levels: Levels<'_>, drafts: &mut Vec<Draft>) {
    for sentence in &levels.text.sentences {
        for token in sentence.tokens.iter().filter(|t| !levels.text.tokens[t.at()].quoted) {
            let found = according(levels, token, sentence.tokens).filter(|new| {
                let named = new.source.and_then(|s| levels.head(s)).and_then(|h| levels.language.mention_at(h));
                let taken = |t: Tokens| {
                    drafts
                        .iter()
                        .any(|d| d.cue.is_some_and(|c| c.overlaps(t)) || d.content.iter().any(|c| c.overlaps(t)))
                };
                named.is_some() && !new.cue.is_some_and(taken) && !new.content.iter().any(|c| taken(*c))
            });
            drafts.extend(found.map(|d| Draft { by: "rule/according-to", chance: 0.9, ..d }));
        }
    }
}

/// A verb of saying with a subject and a clause that it governs, all inside `bounds`.
fn clause(levels: Levels<'_>, verb: TokenId, bounds: Tokens) -> Option<Draft> {
    let word = levels.word(verb);
    if word.pos != Pos::Verb || !acts::reports(&word.lemma) {
        return None;
    }
    let child = |wanted: &[&str]| levels.language.children(verb).find(|c| wanted.contains(&levels.word(*c).rel));
    let said = child(&["ccomp"]).map(|c| levels.language.phrase(c))?;
    // "It was reported that …" has a source without a name, or the one after "by".
    let passive = child(&["aux:pass"]).is_some();
    let source = child(if passive { &["obl:agent"] } else { &["nsubj"] }).map(|s| levels.language.phrase(s));
    // "I think", "you said", "nobody knows", "that shows": the outer speaker's own word.
    let own = source.is_some_and(|s| {
        let one = levels.text.word(TokenId(s.start)).to_lowercase();
        s.len() == 1 && OWN_VOICE.split_whitespace().any(|w| w == one)
    });
    // "Tell them", "they would say", "if he says": nobody said it yet.
    let finite = matches!(word.verb, Verb::Present | Verb::Past) || passive;
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
    Some(Draft {
        source,
        cue: Some(Tokens::new(verb.at(), verb.at() + 1)).filter(|c| !c.overlaps(said)),
        content: vec![said],
        carried: None,
        by: "rule/nested-clause",
        chance: 0.6,
        dropped: Vec::new(),
    })
}

/// "according to" someone, inside `bounds`: the clause that it hangs on.
fn according(levels: Levels<'_>, token: TokenId, bounds: Tokens) -> Option<Draft> {
    if !levels.text.word(token).eq_ignore_ascii_case("according") {
        return None;
    }
    let to = TokenId(token.0 + 1);
    if !bounds.contains(to) || !levels.text.word(to).eq_ignore_ascii_case("to") {
        return None;
    }
    let mut who = levels.word(token).head;
    if who == to || who == token {
        who = levels.word(to).head;
    }
    if who == token || who == to || !bounds.contains(who) || who < to {
        return None;
    }
    let named = levels.language.phrase(who);
    let source = Tokens { start: named.start.max(to.0 + 1), end: named.end };
    let cue = Tokens { start: token.0, end: to.0 + 1 };
    let clause = levels.language.phrase(levels.word(who).head);
    let content = if source.end < clause.end && clause.start >= cue.start {
        Tokens { start: source.end, end: clause.end }
    } else {
        Tokens { start: clause.start, end: cue.start }
    };
    if source.is_empty() || content.start + 2 > content.end || content.start < bounds.start || content.end > bounds.end
    {
        return None;
    }
    Some(Draft {
        source: Some(source),
        cue: Some(cue),
        content: vec![content],
        carried: None,
        by: "rule/nested-according-to",
        chance: 0.6,
        dropped: Vec::new(),
    })
}

/// Writes for each statement the innermost other that holds all of its content, and its cue where it has one.
pub(super) fn nest(rows: &mut [Statement]) {
    let size = |s: &Statement| s.content.iter().map(|c| c.len()).sum::<usize>();
    let holds = |outer: &Statement, span: Span| outer.content.iter().any(|c| c.contains(span));
    let mut within = vec![None; rows.len()];
    for (row, inner) in rows.iter().enumerate() {
        let (Some(start), Some(end)) =
            (inner.content.iter().map(|c| c.start).min(), inner.content.iter().map(|c| c.end).max())
        else {
            continue;
        };
        // Rows stand in order of their first byte, so an outer one that begins later is none.
        let outer = rows.iter().enumerate().take_while(|(_, o)| o.content.first().is_some_and(|c| c.start <= start));
        let outer = outer.filter(|(at, o)| {
            *at != row
                && o.content.last().is_some_and(|c| c.end >= end)
                && size(o) > size(inner)
                && inner.content.iter().all(|c| holds(o, *c))
                && inner.cue.is_none_or(|c| holds(o, c))
        });
        within[row] = outer.min_by_key(|(at, o)| (size(o), *at)).map(|(at, _)| StatementId::from(at));
    }
    for (row, within) in rows.iter_mut().zip(within) {
        row.within = within;
    }
}
