//! Where the parts of a statement begin and end: a cue with its auxiliaries, a source with what describes it, a content to
//! the end of its phrase.

use super::clauses::TALK;
use super::links::{gap, same_sentence};
use super::{Draft, Levels};
use crate::language::{Pos, Verb};
use crate::span::{TokenId, Tokens};
use crate::text::is_dash;

/// The longest run of words between two pieces of one content that is content too. Of 0 to 12, by trial on the development
/// half of PolNeAR: a longer one makes contents of what the model left out.
const GAP: u32 = 2;

/// Brings the parts of a statement to their edges.
pub(super) fn settle(levels: Levels<'_>, draft: &mut Draft) {
    talk_is_no_source(levels, draft);
    whole_cue(levels, draft);
    widen_cue(levels, draft);
    source_is_no_clause(levels, draft);
    widen_source(levels, draft);
    describe_source(levels, draft);
    no_cue_is_content(draft);
    leave_datelines(levels, draft);
    leave_caveats(levels, draft);
    close_gaps(levels, draft);
    begin_phrases(levels, draft);
    complete_phrases(levels, draft);
    pass_apposition(levels, draft);
    complete_clause(levels, draft);
    resume_clause(levels, draft);
    end_before_and(levels, draft);
}

/// What goes on with "and" behind a content is no part of it: neither is the "and".
fn end_before_and(levels: Levels<'_>, draft: &mut Draft) {
    for piece in draft.content.iter_mut().filter(|p| p.len() > 1) {
        let last = TokenId(piece.end - 1);
        if levels.word(last).pos == Pos::Cconj && !levels.text.tokens[last.at()].quoted {
            piece.end -= 1;
        }
    }
}

/// Title and body are two texts: what stands on the other side of the cue, or of the source, is no part of the statement.
/// Whether it keeps any content.
pub(super) fn on_one_side(levels: Levels<'_>, draft: &mut Draft) -> bool {
    let in_title = |t: Tokens| levels.text.in_title(levels.text.span(t));
    let Some(side) = draft.cue.or(draft.source).map(in_title) else { return !draft.content.is_empty() };
    draft.source = draft.source.filter(|s| in_title(*s) == side);
    draft.content.retain(|c| in_title(*c) == side);
    !draft.content.is_empty()
}

/// "There was talk of hundreds": nobody is named by "talk"; it is the cue.
fn talk_is_no_source(levels: Levels<'_>, draft: &mut Draft) {
    let (Some(cue), Some(source)) = (draft.cue, draft.source) else { return };
    let talk = levels.head(source).is_some_and(|h| TALK.contains(&levels.word(h).lemma.as_str()));
    if !talk || gap(cue, source) > 1 {
        return;
    }
    let (start, mut end) = (cue.start.min(source.start), cue.end.max(source.end));
    if let Some(content) = draft.content.first().filter(|c| end <= c.start && c.start <= end + 1) {
        end = content.start;
    }
    draft.cue = Some(Tokens { start, end });
    draft.source = None;
}

/// What a word is to the word that it only serves.
const SERVING: [&str; 8] = ["aux", "aux:pass", "cop", "advmod", "det", "expl", "amod", "case"];

/// A cue of serving words alone goes on to the word that they serve ("has" of "has learned"), and no cue ends inside a
/// phrase that is not its own ("said at the").
fn whole_cue(levels: Levels<'_>, draft: &mut Draft) {
    let Some(mut cue) = draft.cue else { return };
    let free = |t: TokenId| !draft.source.iter().chain(&draft.content).any(|o| o.contains(t));
    let serves = |t: TokenId| SERVING.contains(&levels.word(t).rel);
    if cue.iter().all(serves)
        && let Some(to) = cue.iter().map(|t| levels.word(t).head).max().filter(|t| t.0 >= cue.end)
        && levels.sentence(to).contains(TokenId(cue.start))
        && (cue.end..=to.0).map(TokenId).all(free)
    {
        cue.end = to.0 + 1;
    }
    let whole = cue.end;
    while cue.len() > 1 {
        let last = TokenId(cue.end - 1);
        let word = levels.word(last);
        let cut = matches!(word.rel, "case" | "det" | "amod" | "compound" | "nummod" | "nmod:poss");
        if !(cut && word.head.0 >= whole && free(word.head)) {
            break;
        }
        cue.end -= 1;
    }
    draft.cue = Some(cue);
}

/// A cue has its auxiliaries, negation and particle: "has not called for".
fn widen_cue(levels: Levels<'_>, draft: &mut Draft) {
    let Some(mut cue) = draft.cue else { return };
    let Some(head) = levels.head(cue) else { return };
    let taken: Vec<Tokens> = draft.source.into_iter().chain(draft.content.iter().copied()).collect();
    let free = |t: TokenId| !taken.iter().any(|o| o.contains(t)) && !levels.text.tokens[t.at()].quoted;
    while let Some(before) = cue.start.checked_sub(1).map(TokenId) {
        let word = levels.word(before);
        let part = word.head == head && matches!(word.rel, "aux" | "aux:pass" | "cop" | "advmod");
        if !part || !free(before) {
            break;
        }
        cue.start = before.0;
    }
    let end = TokenId(cue.end);
    if levels.sentence(head).contains(end) && levels.word(end).rel == "compound:prt" && free(end) {
        cue.end += 1;
    }
    draft.cue = Some(cue);
}

/// "Tens of thousands rallied to demand": the source is who did it, not that they did.
fn source_is_no_clause(levels: Levels<'_>, draft: &mut Draft) {
    let Some(source) = draft.source.filter(|s| s.len() > 1) else { return };
    let verb = levels.head(source).filter(|h| levels.word(*h).pos == Pos::Verb && levels.word(*h).verb == Verb::Past);
    let subject = verb.and_then(|v| {
        let own = |c: &TokenId| levels.word(*c).rel.starts_with("nsubj") && source.contains(*c) && *c < v;
        levels.language.children(v).find(own)
    });
    if let Some(subject) = subject {
        let phrase = levels.language.phrase(subject);
        draft.source = Some(Tokens { start: phrase.start.max(source.start), end: phrase.end.min(source.end) });
    }
}

/// A source is a whole phrase, with the titles, clauses and appositions that hang on its head.
fn widen_source(levels: Levels<'_>, draft: &mut Draft) {
    let Some(source) = draft.source else { return };
    let Some(mut head) = levels.head(source) else { return };
    // "Retired" of "Retired General Ham": up to the noun.
    for _ in 0..4 {
        let word = levels.word(head);
        let part =
            matches!(word.rel, "det" | "amod" | "compound" | "flat" | "nummod" | "nmod:poss" | "nmod:desc" | "case");
        let stays = draft.cue.into_iter().chain(draft.content.iter().copied()).any(|o| o.contains(word.head));
        if !part || stays || word.head == head || !levels.sentence(head).contains(word.head) {
            break;
        }
        head = word.head;
    }
    let mut phrase = levels.language.phrase(head);
    let taken = draft.cue.into_iter().chain(draft.content.iter().copied());
    for other in taken {
        if other.overlaps(phrase) {
            if other.start >= source.end {
                phrase.end = phrase.end.min(other.start);
            } else if other.end <= source.start {
                phrase.start = phrase.start.max(other.end);
            } else {
                return;
            }
        }
    }
    draft.source = Some(Tokens { start: phrase.start.min(source.start), end: phrase.end.max(source.end) });
}

/// "According to two witnesses, who asked not to be named, soldiers fired": a clause that describes the source is no content.
fn describe_source(levels: Levels<'_>, draft: &mut Draft) {
    let (Some(cue), Some(source), Some(first)) = (draft.cue, draft.source, draft.content.first().copied()) else {
        return;
    };
    let according = levels.text.word(TokenId(cue.start)).eq_ignore_ascii_case("according");
    let behind = according && source.end <= first.start && first.start <= source.end + 2;
    let who = (source.end.saturating_sub(1)..=first.start)
        .map(TokenId)
        .find(|t| matches!(levels.text.word(*t).to_lowercase().as_str(), "who" | "which"));
    let Some(verb) = who.filter(|_| behind).map(|w| levels.word(w).head).filter(|v| first.contains(*v)) else { return };
    let mut end = levels.language.phrase(verb).end;
    // Only where the clause is over before the content is: "..., soldiers went from house to house".
    if end <= verb.0 || end + 2 > first.end || !levels.sentence(verb).contains(TokenId(end)) {
        return;
    }
    draft.source = Some(Tokens { start: source.start, end });
    while end < first.end && levels.word(TokenId(end)).pos == Pos::Punct {
        end += 1;
    }
    draft.content[0].start = end;
}

/// "To shut the port unless its leader, Omar Venn, is freed": a content does not end before another name for its last word
/// where its clause goes on behind it.
fn pass_apposition(levels: Levels<'_>, draft: &mut Draft) {
    let Some(verb) = draft.cue.and_then(|c| levels.head(c)) else { return };
    let others: Vec<Tokens> = draft.cue.into_iter().chain(draft.source).collect();
    let Some(piece) = draft.content.last_mut() else { return };
    let sentence = levels.sentence(TokenId(piece.start));
    let comma = |t: u32| levels.text.word(TokenId(t)) == ",";
    if piece.end >= sentence.end || !comma(piece.end) && !comma(piece.end - 1) {
        return;
    }
    let near = (piece.end..sentence.end.min(piece.end + 6)).map(TokenId);
    let Some(name) = near.into_iter().find(|t| levels.word(*t).rel == "appos" && piece.contains(levels.word(*t).head))
    else {
        return;
    };
    let clause = levels.language.children(verb).filter(|c| matches!(levels.word(*c).rel, "xcomp" | "ccomp"));
    let whole = clause
        .map(|c| levels.language.phrase(c))
        .find(|p| p.start <= piece.end && p.end > levels.language.phrase(name).end + 1);
    let stop = others.iter().map(|o| o.start).filter(|s| *s >= piece.end).min().unwrap_or(sentence.end);
    if let Some(whole) = whole {
        piece.end = piece.end.max(whole.end.min(stop).min(sentence.end));
    }
}

/// "Repeated its claim that": a word is not both, where the content has others.
fn no_cue_is_content(draft: &mut Draft) {
    let Some(cue) = draft.cue else { return };
    let beside = |c: &Tokens| c.start < cue.start || c.end > cue.end;
    if draft.content.iter().any(beside) {
        draft.content.retain(beside);
    }
}

/// "KABUL, 3 May - Gunmen attacked": the line over a report, a sentence of its own that ends with its dash, is said by nobody.
fn leave_datelines(levels: Levels<'_>, draft: &mut Draft) {
    let over = |t: u32| {
        let sentence = levels.sentence(TokenId(t));
        let first =
            sentence.start == 0 || levels.paragraph(TokenId(sentence.start - 1)) != levels.paragraph(TokenId(t));
        let dash = is_dash(levels.text.word(TokenId(sentence.end - 1)));
        (first && dash).then_some(sentence)
    };
    let several = draft.content.len() > 1;
    draft.content.retain_mut(|piece| {
        let Some(dateline) = over(piece.start) else { return true };
        if dateline.end < piece.end {
            piece.start = dateline.end;
            return true;
        }
        !several
    });
}

/// "…; his account could not be verified": what the outlet says of the word of another is its own.
fn leave_caveats(levels: Levels<'_>, draft: &mut Draft) {
    let lemma = |t: TokenId| levels.word(t).lemma.as_str();
    for piece in &mut draft.content {
        let caveat = piece.iter().find(|v| {
            let checks = matches!(lemma(*v), "verify" | "confirm" | "corroborate" | "authenticate");
            let child = |rel: &str| levels.language.children(*v).find(|c| levels.word(*c).rel == rel);
            let open = levels.language.children(*v).any(|c| matches!(levels.text.word(c), "not" | "n't" | "n’t"));
            let told = |s: TokenId| {
                matches!(
                    lemma(s),
                    "account" | "claim" | "report" | "figure" | "toll" | "statement" | "video" | "footage"
                )
            };
            let word = child("nsubj:pass").or_else(|| child("obj"));
            checks && open && !levels.text.tokens[v.at()].quoted && word.is_some_and(told)
        });
        let Some(verb) = caveat else { continue };
        let start = levels.language.phrase(verb).start;
        let mark = |t: u32| matches!(levels.text.word(TokenId(t)), ";" | "," | "—" | "–" | "-" | "but" | "and" | "(");
        let mut end = start;
        while end > piece.start && mark(end - 1) {
            end -= 1;
        }
        if end > piece.start && end < start {
            piece.end = end;
        }
    }
}

/// Words between two pieces of one content in one sentence that belong to neither cue nor source are content.
fn close_gaps(levels: Levels<'_>, draft: &mut Draft) {
    let mut joined: Vec<Tokens> = Vec::new();
    for piece in &draft.content {
        let between = |last: &Tokens| Tokens { start: last.end.min(piece.start), end: piece.start };
        match joined.last_mut() {
            Some(last)
                if same_sentence(levels, *last, *piece)
                    && !draft.cue.is_some_and(|c| c.overlaps(between(last)))
                    && !draft.source.is_some_and(|s| s.overlaps(between(last)))
                    && gap(*last, *piece) <= GAP =>
            {
                last.end = last.end.max(piece.end);
            }
            _ => joined.push(*piece),
        }
    }
    draft.content = joined;
}

/// A content does not begin inside a phrase: "sides to hold talks" goes back to "both".
fn begin_phrases(levels: Levels<'_>, draft: &mut Draft) {
    let others: Vec<Tokens> = draft.cue.into_iter().chain(draft.source).collect();
    for k in 0..draft.content.len() {
        let piece = draft.content[k];
        let before = k.checked_sub(1).map_or(0, |b| draft.content[b].end);
        let free = |t: TokenId| t.0 >= before && !others.iter().any(|o| o.contains(t));
        let mut start = piece.start;
        while let Some(t) = start.checked_sub(1).map(TokenId) {
            let word = levels.word(t);
            let part = matches!(word.rel, "det" | "det:predet" | "amod" | "compound" | "nummod" | "nmod:poss");
            let quoted = |t: u32| levels.text.tokens[t as usize].quoted;
            if !part || !piece.contains(word.head) || !free(t) || quoted(t.0) != quoted(start) {
                break;
            }
            start = t.0;
        }
        draft.content[k].start = start;
    }
}

/// A content does not end inside a phrase: "endorsements from" goes on to what the preposition belongs to.
fn complete_phrases(levels: Levels<'_>, draft: &mut Draft) {
    let others: Vec<Tokens> = draft.cue.into_iter().chain(draft.source).collect();
    let n = draft.content.len();
    for k in 0..n {
        let piece = draft.content[k];
        let Some(last) = piece.end.checked_sub(1).map(TokenId) else { continue };
        if levels.text.tokens[last.at()].quoted || levels.word(last).pos == Pos::Punct {
            continue;
        }
        let sentence = levels.sentence(last);
        let next = draft.content.get(k + 1).map_or(sentence.end, |c| c.start.min(sentence.end));
        let stop = others.iter().map(|o| o.start).filter(|s| *s >= piece.end).min().unwrap_or(next).min(next);
        let mut end = piece.end;
        for t in piece.iter().rev().take(4) {
            let word = levels.word(t);
            if word.head.0 >= end && word.head.0 < stop && word.rel != "punct" {
                end = levels.language.phrase(word.head).end.clamp(word.head.0 + 1, stop);
            }
        }
        draft.content[k].end = end;
    }
}

/// "According to X" reports the whole clause that it stands with, to its end.
fn complete_clause(levels: Levels<'_>, draft: &mut Draft) {
    let Some(cue) = draft.cue else { return };
    if !levels.text.word(TokenId(cue.start)).eq_ignore_ascii_case("according") {
        return;
    }
    let Some(last) = draft.content.last().copied() else { return };
    if levels.text.tokens[last.end as usize - 1].quoted {
        return;
    }
    let Some(head) = levels.head(last) else { return };
    let sentence = levels.sentence(head);
    let others = draft.cue.into_iter().chain(draft.source).map(|o| o.start).filter(|s| *s >= last.end);
    let stop = others.min().unwrap_or(sentence.end).min(sentence.end);
    let end = levels.language.phrase(head).end.min(stop);
    if let Some(piece) = draft.content.last_mut().filter(|p| p.end < end) {
        piece.end = end;
    }
}

/// "The rebels, he said, have fled": a content of a subject alone goes on with its verb behind the cue.
fn resume_clause(levels: Levels<'_>, draft: &mut Draft) {
    let (Some(cue), [piece]) = (draft.cue, &draft.content[..]) else { return };
    let Some(subject) = levels.head(*piece).filter(|h| levels.word(*h).rel.starts_with("nsubj")) else { return };
    let verb = levels.word(subject).head;
    let sentence = levels.sentence(subject);
    let behind = draft.source.map_or(cue.end, |s| s.end.max(cue.end));
    let free = sentence.contains(verb) && verb.0 >= behind && piece.end <= cue.start;
    if !free || levels.text.tokens[piece.start as usize].quoted {
        return;
    }
    // What stands between and hangs on the cue is no content: "on Wednesday".
    let hangs = |t: TokenId| t == verb || levels.word(t).head == verb && levels.word(t).pos != Pos::Punct;
    let start = (behind..=verb.0).map(TokenId).find(|t| hangs(*t)).unwrap_or(verb);
    let end = levels.language.phrase(verb).end.clamp(verb.0 + 1, sentence.end);
    draft.content.push(Tokens { start: start.0, end });
}
