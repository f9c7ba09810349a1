//! Statements inside what others say: a ministry that says that witnesses said.

use super::clauses::clause;
use super::{Draft, Levels, Statement};
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
                let said = clause(levels, token, *piece).map(|d| Draft { by: "rule/nested-clause", ..d });
                inner.extend(said.or_else(|| according(levels, token, *piece)));
            }
        }
    }
    drafts.extend(inner);
}

/// Adds what the report gives "according to" someone wherever the model read no statement there.
pub(super) fn add_according(levels: Levels<'_>, drafts: &mut Vec<Draft>) {
    for sentence in &levels.text.sentences {
        for token in sentence.tokens.iter().filter(|t| !levels.text.tokens[t.at()].quoted) {
            let found = according(levels, token, sentence.tokens);
            // The model may hang this sentence's clause on the "according to" of another.
            if found.is_some() {
                let here = |c: &Tokens| c.overlaps(sentence.tokens);
                let of_another = |d: &&mut Draft| d.cue.is_some_and(|c| !here(&c)) && !d.content.iter().all(here);
                for other in drafts.iter_mut().filter(of_another) {
                    other.content.retain(|c| !here(c));
                }
            }
            let found = found.filter(|new| {
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
