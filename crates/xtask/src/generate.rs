//! Short records from a fixed seed, in the shape of real ones: an invented world for measuring collections at scale.
//!
//! The world has places, groups and incidents. An incident is told by one report or by several, some of them copies of
//! one another, in an order that mixes incidents. Ids say what belongs together: `g12-0`, `g12-1` tell of incident 12,
//! and `g12-2c0` copies `g12-0`. All words are made here; nothing is taken from any text.

use crate::invented::{self, World};
use recount::record::{
    Count, Counted, Entity, Event, Mention, Mentions, Participant, Place, Published, Range, Record, Run, SCHEMA,
    Source, Stated, Statement, Telling, Time,
};

/// Reports that wait to be given out, so that those of one incident do not stand side by side.
const MIXED: usize = 5000;

/// `n` records of the world of `seed`: the same for the same two numbers, and the first ones the same for any `n` far
/// enough above them.
pub fn records(n: usize, seed: u64) -> impl Iterator<Item = Record> {
    let world = World::of(seed);
    let mut chance = Chance(seed ^ 0x5eed);
    let mut waiting: Vec<Record> = Vec::with_capacity(MIXED);
    let mut incident = 0usize;
    let mut made = 0;
    std::iter::from_fn(move || {
        while waiting.len() < MIXED && made < n {
            let mut reports = told(&world, incident, seed);
            reports.truncate(n - made);
            made += reports.len();
            waiting.append(&mut reports);
            incident += 1;
        }
        if waiting.is_empty() {
            return None;
        }
        let at = chance.below(waiting.len());
        Some(waiting.swap_remove(at))
    })
}

/// Numbers that look random and depend on the seed alone (SplitMix64, Steele and others 2014).
#[derive(Clone, Debug)]
pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 up to, and not with, `n`; 0 for 0.
    pub fn below(&mut self, n: usize) -> usize {
        if n == 0 { 0 } else { (self.next() % n as u64) as usize }
    }

    /// True that many times in a hundred.
    pub fn percent(&mut self, p: u64) -> bool {
        self.next() % 100 < p
    }

    /// One of some choices, of which there is at least one.
    pub fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }

    /// From 0 up to `n`, small numbers far more often: the few places where much happens.
    pub fn skewed(&mut self, n: usize) -> usize {
        let (a, b) = (self.below(n), self.below(n));
        a.min(b).min(self.below(n))
    }
}

/// What happened, before anyone tells of it.
struct Happening {
    number: usize,
    kind: invented::Kind,
    place: usize,
    day: jiff::civil::Date,
    killed: u64,
    injured: u64,
    by: String,
}

/// All reports that tell of one incident.
fn told(world: &World, number: usize, seed: u64) -> Vec<Record> {
    let mut chance = Chance(seed.wrapping_add((number as u64).wrapping_mul(0x2545_f491_4f6c_dd1d)));
    let place = chance.skewed(world.places.len());
    let first = jiff::civil::date(2014, 1, 1);
    let day = first.saturating_add(jiff::Span::new().days(chance.below(4000) as i64));
    let happening = Happening {
        number,
        kind: chance.of(invented::KINDS),
        place,
        day,
        killed: 1 + chance.skewed(60) as u64,
        injured: chance.skewed(120) as u64,
        by: world.group_of(world.places[place].country, chance.next()),
    };
    let mut reports = Vec::new();
    let voices = 1 + if chance.percent(45) { chance.skewed(8) } else { 0 };
    for voice in 0..voices {
        let mut tale = Tale::new(format!("g{number}-{voice}"));
        tale.tell(world, &happening, &mut chance);
        let record = tale.done(&mut chance);
        let copies = if chance.percent(25) { 1 + chance.skewed(4) } else { 0 };
        for copy in 0..copies {
            reports.push(copy_of(&record, voice, voices + copy, &mut chance));
        }
        reports.push(record);
    }
    reports
}

/// The same wire story elsewhere: another id and outlet, and the last sentence cut now and then.
fn copy_of(record: &Record, voice: usize, copy: usize, chance: &mut Chance) -> Record {
    let mut record = record.clone();
    let incident = record.id.split('-').next().unwrap_or_default().to_owned();
    record.id = format!("{incident}-{copy}c{voice}");
    record.outlet = Some(chance.of(invented::OUTLETS).to_string());
    record.uri = Some(format!("https://{}.example/{}", chance.of(invented::HOSTS), record.id));
    if chance.percent(40)
        && let Some(cut) = record.text.rfind(" The ")
    {
        record.text.truncate(cut);
        let length = record.text.chars().count();
        record.counts.retain(|c| c.span[1] <= length);
        record.statements.retain(|s| s.content.iter().all(|c| c[1] <= length));
        record.entities.retain(|e| e.mentions.iter().all(|m| m.span[1] <= length));
    }
    record
}

/// A report while it is written: every value's span is known as its words are put down.
struct Tale {
    record: Record,
    /// Code points written so far.
    length: usize,
}

impl Tale {
    fn new(id: String) -> Tale {
        let run = Run { program: "recount 0.1.0".into(), model: "generated".into(), data: "generated".into() };
        let record = Record {
            schema: SCHEMA.into(),
            id,
            uri: None,
            title: None,
            outlet: None,
            credit: None,
            language: "en".into(),
            text: String::new(),
            published: Published { best: None, stated: Vec::new() },
            entities: Vec::new(),
            statements: Vec::new(),
            events: Vec::new(),
            counts: Vec::new(),
            relations: Vec::new(),
            places: Vec::new(),
            times: Vec::new(),
            captured: None,
            notes: Vec::new(),
            run,
        };
        Tale { record, length: 0 }
    }

    fn say(&mut self, words: &str) -> Range {
        let start = self.length;
        self.length += words.chars().count();
        self.record.text.push_str(words);
        [start, self.length]
    }

    fn entity(&mut self, kind: &str, name: &str, country: &str, sector: Option<&str>, span: Range) -> String {
        let id = format!("e{}", self.record.entities.len() + 1);
        let form = if name.starts_with(char::is_uppercase) { "name" } else { "nominal" };
        self.record.entities.push(Entity {
            id: id.clone(),
            kind: kind.into(),
            name: name.into(),
            country: Some(country.into()),
            sector: sector.map(str::to_owned),
            role: None,
            private: false,
            mentions: Mentions(vec![Mention { span, form: form.into(), metonym: false, within_title: None }]),
            score: 0.9,
        });
        id
    }

    fn count(&mut self, kind: &str, bounds: [Option<u64>; 3], span: Range, of: Range, said_by: &str) {
        let id = format!("c{}", self.record.counts.len() + 1);
        self.record.counts.push(Count {
            id,
            kind: kind.into(),
            low: bounds[0],
            best: bounds[1],
            high: bounds[2],
            span,
            of: Some(Counted { span: of }),
            event: Some("v1".into()),
            said_by: vec![said_by.into()],
            score: 0.9,
            within_title: None,
        });
    }

    fn statement(&mut self, entity: String, class: &str, source: Range, cue: Range, content: Range) {
        let id = format!("s{}", self.record.statements.len() + 1);
        self.record.statements.push(Statement {
            id,
            form: "indirect".into(),
            source: Some(Source { entity: Some(entity), class: class.into(), span: Some(source) }),
            cue: Some(cue),
            content: vec![content],
            act: "asserts".into(),
            channel: None,
            addressee: None,
            time: None,
            within: None,
            score: 0.9,
            within_title: None,
        });
    }

    /// Number, figure and words of a lead: "At least 12 people were killed in a drone strike in Orvask on Tuesday, the
    /// provincial governor said."
    fn tell(&mut self, world: &World, what: &Happening, chance: &mut Chance) {
        let place = &world.places[what.place];
        let country = invented::COUNTRIES[place.country];
        // Witnesses, officials and late reports do not agree to a man.
        let killed = (what.killed as i64 + chance.of(&[0, 0, 0, 0, 1, -1, 2, 3])).max(1) as u64;
        let at_least = chance.percent(35);
        let lead = self.length;
        if at_least {
            self.say("At least ");
        }
        let figure = self.say(&killed.to_string());
        self.say(" ");
        let victims = chance.of(invented::VICTIMS);
        let of = self.say(victims);
        let verb = if killed == 1 { " was " } else { " were " };
        self.say(verb);
        self.say(chance.of(&["killed in ", "left dead by ", "killed on the spot in "]));
        let article = if what.kind.words.starts_with(['a', 'o', 'e', 'u', 'i']) { "an " } else { "a " };
        self.say(article);
        let trigger = self.say(what.kind.words);
        let mut actors = Vec::new();
        if chance.percent(60) {
            self.say(" by ");
            let span = self.say(&what.by);
            let entity = self.entity("organisation", &what.by, country, Some(what.kind.sector), span);
            actors.push(Participant { entity: Some(entity), span });
        }
        self.say(" in ");
        let placed = self.say(&place.name);
        self.say(" on ");
        let timed = self.say(invented::weekday(what.day));
        let content = [lead, self.length];
        self.say(", ");
        let (name, class) = world.source(place.country, chance);
        let source = self.say(&name);
        self.say(" ");
        let cue = self.say(chance.of(&["said", "reported", "told local media", "confirmed"]));
        self.say(".");
        let victims = self.entity("group", victims, country, Some("CVL"), of);
        let speaker = self.entity("organisation", &name, country, Some("GOV"), source);
        self.statement(speaker, class, source, cue, content);
        let bounds = if at_least { [Some(killed), Some(killed), None] } else { [Some(killed); 3] };
        self.count("killed", bounds, figure, of, "s1");
        self.record.places.push(place.row(country, placed));
        self.record.times.push(Time {
            id: "t1".into(),
            span: timed,
            class: "DATE".into(),
            timex: what.day.to_string(),
            start: Some(what.day.to_string()),
            end: Some(what.day.to_string()),
            precision: Some(1),
            score: 0.9,
            within_title: None,
        });
        let status = if chance.percent(90) { "happened" } else { "possible" };
        let told = Telling { trigger, status: status.into(), said_by: vec!["s1".into()], within_title: None };
        self.record.events.push(Event {
            id: "v1".into(),
            class: what.kind.class.into(),
            mode: what.kind.mode.map(str::to_owned),
            acled: Some(what.kind.acled.into()),
            trigger,
            status: status.into(),
            actors,
            targets: vec![Participant { entity: Some(victims), span: of }],
            instruments: Vec::new(),
            place: Some("p1".into()),
            time: Some("t1".into()),
            said_by: vec!["s1".into()],
            historical: false,
            mentions: vec![told],
            score: 0.9,
            within_title: None,
        });
        for _ in 0..1 + chance.below(3) {
            let words = invented::sentence(chance);
            self.say(&words);
        }
        if what.injured > 0 && chance.percent(70) {
            self.injured(what, country, chance);
        }
        let days_later = chance.of(&[0i64, 0, 1, 1, 1, 2, 3]);
        let published = what.day.saturating_add(jiff::Span::new().days(days_later)).to_string();
        let stated = Stated {
            value: Some(published.clone()),
            span: None,
            from: "input".into(),
            words: published.clone(),
            modified: false,
        };
        self.record.published = Published { best: Some(published), stated: vec![stated] };
        self.record.title = Some(format!("{} in {}: {killed} dead", invented::capital(what.kind.words), place.name));
        self.record.uri =
            Some(format!("https://{}.example/{}/{}", chance.of(invented::HOSTS), what.number, self.record.id));
    }

    fn injured(&mut self, what: &Happening, country: &str, chance: &mut Chance) {
        self.say(" The ");
        let words = chance.of(invented::WITNESSES);
        let source = self.say(words);
        self.say(" ");
        let cue = self.say(chance.of(&["said that", "added that"]));
        self.say(" ");
        let begun = self.length;
        let injured = what.injured + chance.below(4) as u64;
        let figure = self.say(&injured.to_string());
        self.say(" ");
        let of = self.say("others");
        self.say(" were ");
        self.say(chance.of(&["wounded", "injured", "hurt"]));
        let content = [begun, self.length];
        self.say(".");
        let entity = self.entity("group", words, country, Some("CVL"), source);
        self.statement(entity, "witness", source, cue, content);
        self.count("injured", [Some(injured); 3], figure, of, "s2");
    }

    fn done(mut self, chance: &mut Chance) -> Record {
        self.record.outlet = Some(chance.of(invented::OUTLETS).to_string());
        self.record.credit = chance.percent(30).then(|| chance.of(invented::AGENCIES).to_string());
        self.record
    }
}

impl invented::Town {
    fn row(&self, country: &str, span: Range) -> Place {
        Place {
            id: "p1".into(),
            name: self.name.clone(),
            geonameid: Some(self.geonameid),
            lat: Some(self.lat),
            lon: Some(self.lon),
            country: Some(country.into()),
            admin1: Some(self.admin1.clone()),
            precision: Some(1),
            mentions: Mentions(vec![Mention { span, form: "name".into(), metonym: false, within_title: None }]),
            score: 0.9,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_records_and_another_others() {
        let some = |seed| records(200, seed).map(|r| serde_json::to_string(&r).unwrap()).collect::<Vec<_>>();
        assert_eq!(some(1).len(), 200);
        assert_eq!(some(1), some(1));
        assert_ne!(some(1), some(2));
    }

    #[test]
    fn every_span_quotes_what_it_says_and_every_id_is_there_once() {
        let mut ids = std::collections::BTreeSet::new();
        for r in records(500, 7) {
            let text: Vec<char> = r.text.chars().collect();
            let words = |s: Range| text[s[0]..s[1]].iter().collect::<String>();
            assert_eq!(words(r.places[0].mentions[0].span), r.places[0].name);
            for e in &r.entities {
                assert_eq!(words(e.mentions[0].span), e.name);
            }
            for c in &r.counts {
                assert_eq!(words(c.span), c.low.unwrap().to_string());
                assert!(c.said_by.iter().all(|s| r.statements.iter().any(|x| x.id == *s)), "{}", r.text);
            }
            assert!(ids.insert(r.id.clone()), "{}", r.id);
        }
    }
}
