//! Through what, to whom and when something was said, where the text says so.

use super::{Draft, Levels, Time};
use crate::span::{Span, TimeId, TokenId, Tokens};

/// What words go through, by the head of the phrase.
const CHANNELS: &str = "twitter facebook telegram instagram youtube tiktok whatsapp x weibo reddit snapchat tweet post message \
    statement interview speech address conference briefing broadcast television tv radio letter email e-mail memo \
    video news release report blog op-ed article editorial column podcast channel newspaper phone call text page \
    website account session hearing court testimony communique communiqué note affidavit filing";

/// Prepositions before a channel.
const THROUGH: [&str; 8] = ["on", "in", "via", "at", "during", "by", "through", "over"];

/// Verbs whose object is the one spoken to.
const TO_OBJECT: &str = "tell warn inform ask order urge advise assure remind instruct notify command beg implore invite \
    exhort encourage brief caution alert promise accuse";

/// As written: "on Twitter" gives "Twitter".
pub(super) fn channel(levels: Levels<'_>, draft: &Draft) -> Option<Span> {
    let phrase = around_cue(levels, draft).find(|&dependent| {
        let lemma = levels.word(dependent).lemma.to_lowercase();
        let through = levels
            .language
            .children(dependent)
            .any(|c| levels.word(c).rel == "case" && THROUGH.contains(&levels.text.word(c).to_lowercase().as_str()));
        let is_channel = CHANNELS.split_whitespace().any(|w| w == lemma);
        through && is_channel && levels.word(dependent).rel.starts_with("obl")
    })?;
    without_case(levels, draft, phrase)
}

/// The one spoken to: "told the Post", "warned the residents", "said to his troops".
pub(super) fn addressee(levels: Levels<'_>, draft: &Draft) -> Option<Span> {
    let verb = levels.head(draft.cue?)?;
    let lemma = levels.word(verb).lemma.to_lowercase();
    let takes_object = TO_OBJECT.split_whitespace().any(|w| w == lemma);
    let phrase = around_cue(levels, draft).find(|dependent| {
        let word = levels.word(*dependent);
        let to = || {
            let case = levels.language.children(*dependent).find(|c| levels.word(*c).rel == "case");
            case.is_some_and(|c| levels.text.word(c).eq_ignore_ascii_case("to"))
        };
        let someone = levels.language.mention_at(*dependent).is_some();
        match word.rel {
            "iobj" => someone,
            "obj" => takes_object && someone,
            rel if rel.starts_with("obl") => to() && someone && !takes_object,
            _ => false,
        }
    })?;
    without_case(levels, draft, phrase)
}

/// The time that hangs on the cue's verb, outside the content.
pub(super) fn time(levels: Levels<'_>, draft: &Draft, times: &[Time]) -> Option<TimeId> {
    let cue = draft.cue?;
    let verb = levels.head(cue)?;
    let sentence = levels.sentence(verb);
    let row = times.iter().position(|time| {
        let tokens = levels.text.tokens_in(time.span);
        let Some(head) = levels.head(tokens) else { return false };
        let outside = !draft.content.iter().any(|c| c.overlaps(tokens));
        let on_verb = levels.word(head).head == verb || cue.contains(levels.word(head).head);
        let beside = tokens.start.saturating_sub(cue.end) <= 1 && cue.end <= tokens.start;
        outside && sentence.contains(head) && time.start.is_some() && (on_verb || beside)
    })?;
    Some(TimeId::from(row))
}

/// What hangs on the cue's verb and is neither source nor content.
fn around_cue<'a>(levels: Levels<'a>, draft: &'a Draft) -> impl Iterator<Item = TokenId> + 'a {
    let verb = draft.cue.and_then(|c| levels.head(c));
    let free =
        |t: &TokenId| !draft.source.is_some_and(|s| s.contains(*t)) && !draft.content.iter().any(|c| c.contains(*t));
    verb.into_iter().flat_map(move |v| levels.language.children(v)).filter(free)
}

/// The phrase of a word without its preposition and without words of the content.
fn without_case(levels: Levels<'_>, draft: &Draft, head: TokenId) -> Option<Span> {
    let phrase = levels.language.phrase(head);
    let case = |t: TokenId| levels.word(t).rel == "case" && levels.word(t).head == head;
    let case = phrase.iter().take_while(|t| *t < head).filter(|t| case(*t)).map(|t| t.0 + 1).max();
    // Cue and source before it are no part of it, whatever the tree makes of them.
    let before = draft.cue.into_iter().chain(draft.source).map(|t| t.end).filter(|e| *e <= head.0).max();
    let start = case.max(before.filter(|b| *b > phrase.start));
    let mut end = phrase.end;
    for content in &draft.content {
        if content.start > head.0 {
            end = end.min(content.start);
        }
    }
    if let Some(cue) = draft.cue.filter(|c| c.start > head.0) {
        end = end.min(cue.start);
    }
    // "told reporters outside the clinic": where it was told hangs on the verb, whatever noun the tree puts it under.
    for far in levels.language.children(head).filter(|c| *c > head && levels.word(*c).rel.starts_with("obl")) {
        end = end.min(levels.language.phrase(far).start.max(head.0 + 1));
    }
    while end > head.0 + 1 && levels.word(TokenId(end - 1)).pos == crate::language::Pos::Punct {
        end -= 1;
    }
    let start = start.unwrap_or(phrase.start);
    (start < end).then(|| levels.text.span(Tokens { start, end }))
}
