//! What happened: events with PLOVER type, arguments and status.
//!
//! Triggers from the lexicon and the model ([`triggers`]), parties by syntax and roles ([`arguments`]), status from
//! everything that governs the trigger ([`status`]), place and time ([`settings`]), and one row for what is told
//! several times ([`same`]).

mod acled;
mod arguments;
pub(crate) mod grammar;
pub(crate) mod lexicon;
mod same;
mod settings;
mod status;
mod triggers;
mod types;

use super::{Event, Meaning, Telling};
use crate::intake::Article;
use crate::language::Language;
use crate::meaning::{EventClass, Status};
use crate::span::{Span, TokenId};
use crate::text::{Layout, Text};
use arguments::{Parties, participant};
use grammar::Grammar;
use settings::{Setting, Settings};
use status::Mood;
use triggers::Trigger;

/// One telling of an event, before tellings of the same event are joined.
pub(crate) struct Draft {
    trigger: Trigger,
    class: EventClass,
    mood: Mood,
    parties: Parties,
    setting: Setting,
}

/// Finds the events; `before` holds the times, places and statements.
pub fn events(article: &Article, text: &Text, language: &Language, before: &Meaning) -> Vec<Event> {
    let _ = article;
    let Some(grammar) = Grammar::of(text, language) else { return Vec::new() };
    let drafts = drafts(&grammar, before);
    let first = same::same(&grammar, &drafts);
    let mut rows: Vec<Option<usize>> = vec![None; drafts.len()];
    let mut events: Vec<Event> = Vec::new();
    for (i, draft) in drafts.iter().enumerate() {
        match first[i].and_then(|f| rows[f]) {
            Some(row) => {
                join(&mut events[row], event(&grammar, draft, before));
                rows[i] = Some(row);
            }
            None => {
                rows[i] = Some(events.len());
                events.push(event(&grammar, draft, before));
            }
        }
    }
    events
}

fn drafts(grammar: &Grammar<'_>, before: &Meaning) -> Vec<Draft> {
    let settings = Settings::of(grammar, before);
    let mut drafts: Vec<Draft> = Vec::new();
    let mut story = None;
    let mut paragraph = None;
    for trigger in triggers::triggers(grammar) {
        let here = grammar.text.sentences.get(grammar.text.tokens[trigger.head].sentence.at()).map(|s| s.paragraph);
        let layout = here.and_then(|p| grammar.text.paragraphs.get(p as usize)).map(|p| p.layout);
        if layout == Some(Layout::Furniture) {
            continue;
        }
        if here != paragraph {
            (story, paragraph) = (None, here);
        }
        let parties = Parties::of(grammar, &trigger);
        let mood = status::status(grammar, trigger.head, trigger.class, before);
        let setting = settings.setting(grammar, trigger.head, before, story);
        story = setting.place.or(story);
        let class = types::to_come(grammar, &trigger, &mood);
        if let Some(said) = types::act_of_saying(grammar, &trigger, &mood) {
            let mood = Mood { status: Status::Happened, cue: None };
            let class = said.class;
            drafts.push(Draft { trigger: said, class, mood, parties: parties.clone(), setting: Setting::default() });
        }
        drafts.push(Draft { trigger, class, mood, parties, setting });
    }
    drafts.sort_by_key(|d| (d.trigger.first, d.trigger.last));
    drafts
}

fn event(grammar: &Grammar<'_>, draft: &Draft, before: &Meaning) -> Event {
    let Draft { trigger, parties, setting, mood, .. } = draft;
    let span = trigger_span(grammar, trigger);
    let mut because = setting.noted(trigger.because.clone());
    because.spans.extend(mood.cue);
    let all = |words: &[usize]| words.iter().map(|&w| participant(grammar, w)).collect();
    Event {
        class: draft.class,
        mode: trigger.mode.filter(|_| draft.class == trigger.class),
        acled: acled::sub_event(grammar, trigger, parties).filter(|_| draft.class == trigger.class),
        actors: all(&parties.actors),
        targets: all(&parties.targets),
        instruments: all(&parties.instruments),
        place: setting.place,
        time: setting.time,
        historical: false,
        mentions: vec![Telling {
            trigger: span,
            head: TokenId::from(trigger.head),
            status: mood.status,
            said_by: before.said_by(span),
        }],
        because,
    }
}

/// The words that tell of the event: the phrase, or its head where its words stand far apart.
fn trigger_span(grammar: &Grammar<'_>, trigger: &Trigger) -> Span {
    let apart = trigger.last - trigger.first + 1 > trigger.words.len() + 2;
    if apart && trigger.words.contains(&trigger.head) {
        return grammar.span(trigger.head);
    }
    grammar.span(trigger.first).join(grammar.span(trigger.last))
}

/// Adds a later telling to an event: its mention, and what the event did not yet know.
fn join(event: &mut Event, later: Event) {
    event.mentions.extend(later.mentions);
    for (mine, theirs) in [
        (&mut event.actors, later.actors),
        (&mut event.targets, later.targets),
        (&mut event.instruments, later.instruments),
    ] {
        if mine.is_empty() {
            *mine = theirs;
        }
    }
    event.place = event.place.or(later.place);
    event.time = event.time.or(later.time);
    event.mode = event.mode.or(later.mode);
    event.acled = event.acled.or(later.acled);
}

/// The status of whatever a word tells of, event or not.
pub(crate) fn status_of(grammar: &Grammar<'_>, w: usize, before: &Meaning) -> Status {
    status::status(grammar, w, EventClass::Assault, before).status
}

/// To whom a verb's deed is done.
pub(crate) fn done_to(grammar: &Grammar<'_>, w: usize) -> Vec<usize> {
    triggers::objects(grammar, w)
}

/// Who does what a verb or adjective says.
pub(crate) fn done_by(grammar: &Grammar<'_>, w: usize) -> Vec<usize> {
    triggers::subjects(grammar, w)
}
