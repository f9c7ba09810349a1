//! Statements inside what others say: a ministry that says that witnesses said.

use super::clauses::{clause, speech_of};
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
                let said = said.or_else(|| speech_of(levels, token, *piece));
                inner.extend(said.or_else(|| according(levels, token, *piece)));
            }
        }
    }
    drafts.extend(inner);
    let known: Vec<Tokens> = drafts.iter().flat_map(|d| d.cue.into_iter().chain(d.source)).collect();
    let new = |d: &Draft| !known.iter().any(|k| d.cue.into_iter().chain(d.source).any(|own| own.overlaps(*k)));
    let cited: Vec<Draft> = drafts.iter_mut().filter_map(|outer| cited(levels, outer)).filter(new).collect();
    drafts.extend(cited);
}

/// "Local media said, citing a security source, that ...": what is said on the word of whoever is cited, who is taken out of
/// the content of the one who cites.
fn cited(levels: Levels<'_>, outer: &mut Draft) -> Option<Draft> {
    let verb = levels.head(outer.cue?)?;
    let child = |of: TokenId, rel: &str| levels.language.children(of).find(|c| levels.word(*c).rel == rel);
    let citing = child(verb, "advcl").filter(|c| matches!(levels.word(*c).lemma.as_str(), "cite" | "quote"))?;
    let source = child(citing, "obj").map(|o| levels.language.phrase(o))?;
    let aside = levels.language.phrase(citing);
    let clause = child(verb, "ccomp").map(|c| levels.language.phrase(c));
    for piece in &mut outer.content {
        let begins =
            clause.filter(|c| aside.contains(TokenId(piece.start)) && piece.start < c.start && c.start < piece.end);
        piece.start = begins.map_or(piece.start, |c| c.start.max(aside.end));
    }
    outer.content.retain(|c| !c.is_empty());
    let apart = !outer.content.is_empty() && !outer.content.iter().chain(&outer.source).any(|c| c.overlaps(aside));
    apart.then(|| Draft {
        source: Some(source),
        cue: Some(Tokens { start: citing.0, end: citing.0 + 1 }),
        content: outer.content.clone(),
        carried: None,
        by: "rule/cited",
        chance: outer.chance,
        dropped: Vec::new(),
    })
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
