//! What happened: events with PLOVER type, arguments and status.
//!
//! Triggers from the lexicon and the model ([`triggers`]), parties by syntax and roles ([`arguments`]), status from
//! everything that governs the trigger ([`status`]), place and time ([`settings`]), and one row for what is told
//! several times ([`same`]).

mod acled;
mod arguments;
mod blame;
#[cfg(test)]
pub(crate) mod by_hand;
mod causes;
mod charged;
mod company;
mod governors;
pub(crate) mod grammar;
mod learnt;
pub(crate) mod lexicon;
mod mood;
mod names;
mod nouns;
mod recipients;
mod same;
mod settings;
pub(crate) mod sides;
mod site;
mod status;
mod triggers;
mod types;
mod who;

use super::{Event, Meaning, Participant, Telling};
use crate::intake::Article;
use crate::language::{Form, Language};
use crate::meaning::{EventClass, Status};
use crate::span::{Span, TokenId};
use crate::text::{Layout, Text};
use arguments::{Parties, participant};
use grammar::Grammar;
use jiff::civil::Date;
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
    let Some(grammar) = Grammar::of(text, language) else { return Vec::new() };
    let mut drafts = drafts(&grammar, before);
    let today = article.published.best;
    let causes = causes::causes(&grammar, &drafts);
    for (i, cause) in causes.iter().enumerate() {
        if let Some(c) = *cause {
            drafts[i].parties.actors = drafts[c].parties.actors.clone();
        }
    }
    let acled = acled::sub_events(&grammar, &drafts);
    let first = same::same(&grammar, &drafts);
    let mut rows: Vec<Option<usize>> = vec![None; drafts.len()];
    // The words of each row's parties, to know who is told again.
    let mut held: Vec<Parties> = Vec::new();
    let mut events: Vec<Event> = Vec::new();
    for (i, draft) in drafts.iter().enumerate() {
        match first[i].and_then(|f| rows[f]) {
            Some(row) => {
                let mut later = event(&grammar, draft, acled[i], before, today);
                without_the_known(&grammar, &mut later, &draft.parties, &held[row]);
                join(&mut events[row], later);
                held[row].actors.extend(&draft.parties.actors);
                held[row].targets.extend(&draft.parties.targets);
                rows[i] = Some(row);
            }
            None => {
                rows[i] = Some(events.len());
                events.push(event(&grammar, draft, acled[i], before, today));
                held.push(draft.parties.clone());
            }
        }
    }
    told_through(&mut events, &rows, &causes);
    named_later(&grammar, &mut events);
    charged_later(&grammar, &mut events);
    events
}

/// How many sentences back a deed may lie that someone is charged with.
const BACK: u32 = 6;

/// The last word before `end` that tells of an event, not too far before the word `w`.
fn last_telling(grammar: &Grammar<'_>, event: &Event, w: usize, end: usize) -> Option<usize> {
    let sentence = |w: usize| grammar.text.tokens[w].sentence.0;
    let heads = event.mentions.iter().map(|m| m.head.at());
    heads.filter(|&h| h < end && sentence(w) - sentence(h) <= BACK).max()
}

/// Gives the deed told last those who are charged with it in a later sentence, unless its author is named already.
fn charged_later(grammar: &Grammar<'_>, events: &mut [Event]) {
    for (w, by) in charged::charged(grammar) {
        let told = |e: &Event| last_telling(grammar, e, w, w);
        let deed = |e: &Event| {
            e.class == EventClass::Assault
                && e.acled != Some("Armed clash")
                && matches!(e.mentions[0].status, Status::Happened | Status::Attempted)
        };
        let last = events.iter_mut().filter(|e| deed(e)).filter_map(|e| Some((told(e)?, e))).max_by_key(|(at, _)| *at);
        let Some((_, event)) = last else { continue };
        let named = |p: &Participant| {
            p.entity.is_some_and(|e| {
                let entity = &grammar.language.entities[e.at()];
                entity.mentions.iter().any(|m| grammar.language.mentions[m.at()].form == Form::Name)
            })
        };
        if event.actors.iter().any(named) {
            continue;
        }
        for a in by {
            let more = participant(grammar, a);
            let parties = event.actors.iter().chain(&event.targets);
            if more.entity.is_none() || !parties.clone().any(|p| p.entity == more.entity) {
                event.actors.push(more);
                event.because.spans.push(grammar.span(w));
            }
        }
    }
}

/// Gives a harm the actors of the deed that brought it about, also where these are told only elsewhere.
fn told_through(events: &mut [Event], rows: &[Option<usize>], causes: &[Option<usize>]) {
    for (i, cause) in causes.iter().enumerate() {
        let (Some(harm), Some(deed)) = (rows[i], cause.and_then(|c| rows[c])) else { continue };
        if harm != deed && events[harm].actors.is_empty() {
            events[harm].actors = events[deed].actors.clone();
        }
    }
}

/// Gives an event the names of those whom it tells of by a noun: "the victims were identified as X and Y".
fn named_later(grammar: &Grammar<'_>, events: &mut [Event]) {
    for people in names::identified(grammar) {
        let named = |list: &mut Vec<Participant>| {
            for &name in &people.names {
                let more = participant(grammar, name);
                if more.entity.is_some() && !list.iter().any(|p| p.entity == more.entity) {
                    list.push(more);
                }
            }
        };
        let told = |list: &[Participant]| list.iter().any(|p| p.entity.is_some() && p.entity == people.group);
        let mut known = false;
        for event in events.iter_mut().filter(|e| matches!(e.class, EventClass::Assault | EventClass::Coerce)) {
            for list in [&mut event.actors, &mut event.targets] {
                if told(list) {
                    named(list);
                    known = true;
                }
            }
        }
        if let Some(event) = people.harm.filter(|_| !known).and_then(|harm| last_told(grammar, events, people.at, harm))
        {
            named(&mut event.targets);
        }
    }
}

/// The deed told last before a word that may have done such harm.
fn last_told<'e>(grammar: &Grammar<'_>, events: &'e mut [Event], w: usize, harm: names::Harm) -> Option<&'e mut Event> {
    // "Among the dead were X and Y, after soldiers shelled the town."
    let told = |e: &Event| last_telling(grammar, e, w, grammar.sentence(w).end as usize);
    let deed = |e: &Event| {
        e.class == EventClass::Assault && e.mentions[0].status == Status::Happened && harm.may_come_of(grammar, e)
    };
    events.iter_mut().filter(|e| deed(e)).filter_map(|e| Some((told(e)?, e))).max_by_key(|(at, _)| *at).map(|(_, e)| e)
}

fn drafts(grammar: &Grammar<'_>, before: &Meaning) -> Vec<Draft> {
    let settings = Settings::of(grammar, before);
    let mut drafts: Vec<Draft> = Vec::new();
    let mut story = None;
    let mut paragraph = None;
    for trigger in triggers::triggers(grammar) {
        let here = grammar.text.sentences.get(grammar.text.tokens[trigger.head].sentence.at()).map(|s| s.paragraph);
        let layout = here.and_then(|p| grammar.text.paragraphs.get(p as usize)).map(|p| p.layout);
        let timely = settings.in_time(grammar.span(trigger.head));
        if layout == Some(Layout::Furniture) || timely {
            continue;
        }
        if here != paragraph {
            (story, paragraph) = (None, here);
        }
        let mut parties = Parties::of(grammar, &trigger);
        // A date is no party; a name that holds one ("19 April Movement") is.
        let named = |w| grammar.mention(w).filter(|m| m.form == Form::Name).map_or(grammar.span(w), |m| m.span);
        parties.retain(|w| !settings.in_time(named(w)));
        let mood = status::status(grammar, trigger.head, trigger.class, before);
        let setting = settings.setting(grammar, trigger.head, before, story);
        story = setting.place.or(story);
        let class = types::to_come(grammar, &trigger, &mood);
        if let Some(said) = types::act_of_saying(grammar, &trigger, &mood) {
            let mood = Mood { status: Status::Happened, cue: None };
            let class = said.class;
            let mut told = parties.clone();
            recipients::direct(grammar, &said, &mut told);
            drafts.push(Draft { trigger: said, class, mood, parties: told, setting: Setting::default() });
        }
        drafts.push(Draft { trigger, class, mood, parties, setting });
    }
    drafts.sort_by_key(|d| (d.trigger.first, d.trigger.last));
    drafts
}

fn event(
    grammar: &Grammar<'_>,
    draft: &Draft,
    acled: Option<&'static str>,
    before: &Meaning,
    today: Option<Date>,
) -> Event {
    let Draft { trigger, parties, setting, mood, .. } = draft;
    let span = trigger_span(grammar, trigger);
    let mut because = setting.noted(trigger.because.clone());
    because.spans.extend(mood.cue);
    let all = |words: &[usize]| {
        let mut list: Vec<Participant> = Vec::new();
        for p in words.iter().map(|&w| participant(grammar, w)) {
            // "The driver, Luis Vega": one party.
            if p.entity.is_none() || !list.iter().any(|known| known.entity == p.entity) {
                list.push(p);
            }
        }
        list
    };
    Event {
        class: draft.class,
        mode: trigger.mode.filter(|_| draft.class == trigger.class),
        acled,
        actors: all(&parties.actors),
        targets: all(&parties.targets),
        instruments: all(&parties.instruments),
        place: setting.place,
        time: setting.time,
        historical: settings::of_another_time(grammar, draft.trigger.head, setting, before, today),
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
    // "the release of the prisoners": what the noun is of is its argument.
    let head = trigger.head;
    let behind = trigger.words.iter().filter(|&&w| w > head).count();
    let noun = matches!(grammar.pos(head), crate::language::Pos::Noun | crate::language::Pos::Propn);
    if noun && trigger.last > head && trigger.last - head > behind {
        return grammar.span(trigger.first.min(head)).join(grammar.span(head));
    }
    grammar.span(trigger.first).join(grammar.span(trigger.last))
}

/// Takes out of a later telling the parties whom the row has, told in other words.
fn without_the_known(grammar: &Grammar<'_>, later: &mut Event, words: &Parties, held: &Parties) {
    let new = |own: &[usize], known: &[usize]| -> Vec<bool> {
        own.iter().map(|&y| !known.iter().any(|&x| same::alike(grammar, x, y))).collect()
    };
    for (list, keep) in [
        (&mut later.actors, new(&words.actors, &held.actors)),
        (&mut later.targets, new(&words.targets, &held.targets)),
    ] {
        let mut keep = keep.into_iter();
        list.retain(|_| keep.next().unwrap_or(true));
    }
}

/// Adds a later telling to an event: its mention, and what the event did not yet know.
fn join(event: &mut Event, later: Event) {
    event.mentions.extend(later.mentions);
    for (mine, theirs) in [
        (&mut event.actors, later.actors),
        (&mut event.targets, later.targets),
        (&mut event.instruments, later.instruments),
    ] {
        let known = |p: &Participant| mine.iter().any(|m| m.entity == p.entity);
        let more: Vec<Participant> =
            theirs.into_iter().filter(|p| mine.is_empty() || p.entity.is_some() && !known(p)).collect();
        mine.extend(more);
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

/// Whether a noun is one for what people drive, fly or sail.
pub(crate) fn is_machine(lemma: &str) -> bool {
    who::manned(lemma)
}

/// To whom a verb's deed is done.
pub(crate) fn done_to(grammar: &Grammar<'_>, w: usize) -> Vec<usize> {
    triggers::objects(grammar, w)
}

/// Who does what a verb or adjective says.
pub(crate) fn done_by(grammar: &Grammar<'_>, w: usize) -> Vec<usize> {
    triggers::subjects(grammar, w)
}

#[cfg(test)]
mod tests {
    use super::by_hand::sentence;
    use super::*;

    /// Type, status and trigger, actors, targets.
    type Row = (EventClass, Status, String, Vec<String>, Vec<String>);

    /// What is read from one sentence.
    fn read(rows: &str) -> Vec<Row> {
        let (text, language) = sentence(rows);
        let grammar = Grammar::of(&text, &language).unwrap();
        let before = Meaning::default();
        let words = |list: &[usize]| list.iter().map(|&w| grammar.lower[w].clone()).collect::<Vec<_>>();
        drafts(&grammar, &before)
            .iter()
            .map(|d| {
                let trigger = text.words(trigger_span(&grammar, &d.trigger)).to_owned();
                (d.class, d.mood.status, trigger, words(&d.parties.actors), words(&d.parties.targets))
            })
            .collect()
    }

    #[test]
    fn a_passive_has_its_agent_as_actor_and_its_subject_as_target() {
        let read = read(
            "Two two NUM 2 nummod
             nurses nurse NOUN 4 nsubj:pass
             were be AUX 4 aux:pass
             kidnapped kidnap VERB.part 0 root
             by by ADP 6 case
             gunmen gunman NOUN 4 obl",
        );
        let want =
            (EventClass::Assault, Status::Happened, "kidnapped".into(), vec!["gunmen".into()], vec!["nurses".into()]);
        assert_eq!(read, [want]);
    }

    #[test]
    fn an_ordered_shelling_has_not_happened_and_the_soldiers_are_to_do_it() {
        let read = read(
            "The the DET 2 det
             general general NOUN 3 nsubj
             ordered order VERB.past 0 root
             soldiers soldier NOUN 3 obj
             to to PART 6 mark
             shell shell VERB.inf 3 xcomp
             villages village NOUN 6 obj",
        );
        let shelling = read.iter().find(|r| r.2 == "shell").unwrap();
        assert_eq!((shelling.0, shelling.1), (EventClass::Assault, Status::Ordered));
        assert_eq!(shelling.3, ["soldiers"]);
        assert_eq!(shelling.4, ["villages"]);
    }

    #[test]
    fn denying_an_order_denies_what_was_ordered() {
        let read = read(
            "He he PRON 2 nsubj
             denied deny VERB.past 0 root
             ordering order VERB.ing 2 xcomp
             troops troop NOUN 3 obj
             to to PART 6 mark
             shoot shoot VERB.inf 3 xcomp
             students student NOUN 6 obj",
        );
        assert!(read.iter().all(|r| r.2 != "shoot" || r.1 == Status::Denied), "{read:?}");
        assert!(read.iter().any(|r| r.2 == "shoot"), "{read:?}");
    }

    #[test]
    fn what_must_be_done_to_someone_has_not_been_done() {
        let read = read(
            "They they PRON 4 nsubj:pass
             must must AUX 4 aux
             be be AUX 4 aux:pass
             killed kill VERB.part 0 root",
        );
        assert_eq!((read[0].0, read[0].1), (EventClass::Assault, Status::Ordered));
    }

    #[test]
    fn a_meeting_to_come_is_an_agreement() {
        let read = read(
            "Envoys envoy NOUN 3 nsubj
             will will AUX 3 aux
             meet meet VERB.inf 0 root
             rebels rebel NOUN 3 obj",
        );
        assert_eq!((read[0].0, read[0].1), (EventClass::Agree, Status::Planned));
    }

    #[test]
    fn a_killed_bill_is_no_killing() {
        let read = read(
            "Senators senator NOUN 2 nsubj
             killed kill VERB.past 0 root
             the the DET 4 det
             bill bill NOUN 2 obj",
        );
        assert_eq!(read, []);
    }

    #[test]
    fn the_noun_decides_which_strike_it_is() {
        let air = read(
            "An a DET 3 det
             air air NOUN 3 compound
             strike strike NOUN 4 nsubj
             hit hit VERB.past 0 root
             Idlib Idlib PROPN 4 obj",
        );
        assert_eq!(air[0].0, EventClass::Assault);
        let labour = read(
            "Teachers teacher NOUN 2 nsubj
             went go VERB.past 0 root
             on on ADP 4 case
             strike strike NOUN 2 obl",
        );
        assert_eq!(labour[0].0, EventClass::Protest);
    }

    #[test]
    fn a_condition_makes_the_event_conditional() {
        let read = read(
            "If if SCONJ 3 mark
             rebels rebel NOUN 3 nsubj
             attack attack VERB.pres 6 advcl
             we we PRON 6 nsubj
             will will AUX 6 aux
             flee flee VERB.inf 0 root",
        );
        assert_eq!((read[0].0, read[0].1), (EventClass::Assault, Status::Conditional));
    }

    proptest::proptest! {
        #[test]
        fn any_tree_is_read_without_panic(rows in proptest::collection::vec((0usize..12, 0usize..12, 0usize..14, 0usize..9), 1..12)) {
            const WORDS: [&str; 12] = ["killed", "police", "to", "ordered", "26", "attack", "talks", "not", "will", "dead", "and", "hostage"];
            const RELS: [&str; 14] = ["nsubj", "obj", "nsubj:pass", "aux", "mark", "xcomp", "ccomp", "conj", "nmod", "obl", "acl", "advcl", "case", "amod"];
            const PARTS: [&str; 9] = ["NOUN", "VERB", "AUX", "ADJ", "NUM", "PRON", "PART", "ADP", "PROPN"];
            let n = rows.len();
            let table: String = rows.iter().map(|(w, h, r, p)| format!("{0} {0} {1} {2} {3}\n", WORDS[*w], PARTS[*p], h % (n + 1), RELS[*r])).collect();
            let (text, language) = sentence(&table);
            let grammar = Grammar::of(&text, &language).unwrap();
            for d in drafts(&grammar, &Meaning::default()) {
                let span = trigger_span(&grammar, &d.trigger);
                proptest::prop_assert!(span.end as usize <= text.source.len() && span.start < span.end);
            }
        }
    }
}
