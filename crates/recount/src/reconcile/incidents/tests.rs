//! Incidents of hand-made records: what must be one, what must stay apart, and what must not depend on order.

use super::Mark;
use super::rarity::Rarity;
use super::rows::Report;
use super::{Collection, Report as Slim};
use crate::record::Record;
use crate::record::across::{Decision, Incident, Told, Verdict, Verification};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A report with events: each has type, trigger word (the first place in the text), town as (name, id, lat, lon), day and
/// a number of killed.
struct Made<'a> {
    id: &'a str,
    published: Option<&'a str>,
    text: &'a str,
    events: Vec<MadeEvent<'a>>,
}

type MadeEvent<'a> = (&'a str, &'a str, Option<Town>, Option<&'a str>, Option<u64>);

type Town = (&'static str, u32, f64, f64);

const BRASK: Town = ("Brask", 1, 10.0, 10.0);
const OLEN: Town = ("Olen", 2, 12.0, 10.0);

impl Made<'_> {
    fn record(&self) -> Record {
        let at = |word: &str| {
            let byte = self.text.find(word).unwrap_or_else(|| panic!("{word} stands in the text"));
            let start = self.text[..byte].chars().count();
            [start, start + word.chars().count()]
        };
        let (mut events, mut counts, mut places, mut times) = (vec![], vec![], vec![], vec![]);
        for (n, (class, word, town, day, killed)) in self.events.iter().enumerate() {
            let n = n + 1;
            let span = at(word);
            if let Some((name, id, lat, lon)) = town {
                places.push(json!({"id": format!("p{n}"), "name": name, "geonameid": id, "lat": lat, "lon": lon,
                    "country": "KAZ", "admin1": null, "precision": 1, "score": 1.0,
                    "mentions": [{"span": at(name), "form": "name"}]}));
            }
            if let Some(day) = day {
                times.push(json!({"id": format!("t{n}"), "span": span, "type": "DATE", "timex": day, "start": day,
                    "end": day, "precision": 1, "score": 1.0}));
            }
            if let Some(killed) = killed {
                counts.push(json!({"id": format!("c{n}"), "kind": "killed", "low": killed, "best": killed,
                    "high": killed, "span": span, "of": null, "event": format!("v{n}"), "said_by": [], "score": 1.0}));
            }
            let telling = json!({"trigger": span, "status": "happened", "said_by": []});
            events.push(json!({"id": format!("v{n}"), "type": class, "mode": null, "acled": null, "trigger": span,
                "status": "happened", "actors": [], "targets": [], "instruments": [], "said_by": [], "score": 1.0,
                "place": town.map(|_| format!("p{n}")), "time": day.map(|_| format!("t{n}")), "mentions": [telling]}));
        }
        let record: Value = json!({"schema": "recount/1", "id": self.id, "uri": null, "title": null, "outlet": null,
            "credit": null, "language": "en", "text": self.text,
            "published": {"best": self.published, "stated": []}, "entities": [], "statements": [], "events": events,
            "counts": counts, "relations": [], "places": places, "times": times,
            "run": {"program": "t", "model": "t", "data": "t"}});
        serde_json::from_value(record).expect("the record fits its schema")
    }

    fn report(&self) -> Report {
        Report::of(&self.record())
    }
}

fn told(reports: Vec<Slim>) -> Vec<Incident> {
    Collection::of(reports, &[], 1).incidents(&|_| None)
}

/// Ids of the reports of each incident that is of a type, in their order.
fn of_type<'a>(incidents: &'a [Incident], class: &str) -> Vec<Vec<&'a str>> {
    let of = incidents.iter().filter(|i| i.class.as_deref() == Some(class));
    of.map(|i| i.reports.iter().map(String::as_str).collect()).collect()
}

fn bombing<'a>(id: &'a str, text: &'a str, published: &'a str, day: &'a str, killed: u64) -> Report {
    let events = vec![("ASSAULT", "bomb", Some(BRASK), Some(day), Some(killed))];
    Made { id, published: Some(published), text, events }.report()
}

const MARKET: &str = "A bomb in the fish market of Brask killed traders near the ferry stairs on Monday, harbour wardens \
                      said. The blast tore through the net stalls as the morning auction began.";
const AGAIN: &str = "The toll of the bomb in the fish market of Brask rose after two wounded traders died, harbour \
                     wardens said. The blast tore through the net stalls near the ferry stairs during the auction.";
const STATION: &str = "A bomb in the bus station of Brask killed passengers on Monday, police said. The blast tore \
                       through a waiting hall near the ticket windows.";

#[test]
fn a_later_report_with_a_higher_toll_is_of_the_same_incident() {
    let rows =
        vec![bombing("a", MARKET, "2031-05-05", "2031-05-05", 4), bombing("b", AGAIN, "2031-05-08", "2031-05-05", 6)];
    let incidents = told(rows);
    assert_eq!(of_type(&incidents, "ASSAULT"), [["a", "b"]]);
    let link = &incidents[0].links[0];
    assert!(link.reasons.iter().any(|r| r == "same town: Brask"), "{:?}", link.reasons);
    assert!(link.reasons.iter().any(|r| r == "same day: 2031-05-05"), "{:?}", link.reasons);
    assert_eq!(incidents[0].start.as_deref(), Some("2031-05-05"));
}

#[test]
fn two_bombings_of_one_town_a_week_apart_stay_apart() {
    let rows = vec![
        bombing("a", MARKET, "2031-05-05", "2031-05-05", 4),
        bombing("b", AGAIN, "2031-05-08", "2031-05-05", 6),
        bombing("c", STATION, "2031-05-12", "2031-05-12", 3),
    ];
    assert_eq!(of_type(&told(rows), "ASSAULT"), [vec!["a", "b"], vec!["c"]]);
}

#[test]
fn even_in_the_same_words() {
    let rows =
        vec![bombing("a", MARKET, "2031-05-05", "2031-05-05", 4), bombing("b", MARKET, "2031-05-12", "2031-05-12", 4)];
    assert_eq!(of_type(&told(rows), "ASSAULT"), [["a"], ["b"]]);
}

#[test]
fn like_events_of_one_day_in_two_towns_stay_apart() {
    let olen = "A bomb in the fish market of Olen killed traders on Monday, harbour wardens said.";
    let event = vec![("ASSAULT", "bomb", Some(OLEN), Some("2031-05-05"), Some(4))];
    let other = Made { id: "b", published: Some("2031-05-05"), text: olen, events: event }.report();
    let rows = vec![bombing("a", MARKET, "2031-05-05", "2031-05-05", 4), other];
    assert_eq!(of_type(&told(rows), "ASSAULT"), [["a"], ["b"]]);
}

#[test]
fn an_arrest_and_the_killing_before_it_are_two_incidents() {
    let text = "Wardens arrested a ferryman over the bomb that killed traders in the fish market of Brask near the \
                ferry stairs. The blast tore through the net stalls as the auction began.";
    let events = vec![
        ("COERCE", "arrested", Some(BRASK), Some("2031-05-07"), None),
        ("ASSAULT", "bomb", Some(BRASK), Some("2031-05-05"), Some(4)),
    ];
    let arrest = Made { id: "b", published: Some("2031-05-07"), text, events }.report();
    let incidents = told(vec![bombing("a", MARKET, "2031-05-05", "2031-05-05", 4), arrest]);
    assert_eq!(of_type(&incidents, "COERCE"), [["b"]]);
    assert_eq!(of_type(&incidents, "ASSAULT"), [["a", "b"]]);
}

#[test]
fn a_round_up_meets_the_reports_of_what_it_tells() {
    let text = "Week in brief. Gunmen shot at a lorry in Olen on Friday. Farmers in the hills asked for rain. A bomb in \
                Brask killed four. The price of lamp oil rose again, and the chess league went to its last round.";
    let events = vec![
        ("ASSAULT", "shot", Some(OLEN), Some("2031-05-02"), None),
        ("ASSAULT", "bomb", Some(BRASK), Some("2031-05-05"), Some(4)),
    ];
    let brief = Made { id: "z", published: Some("2031-05-06"), text, events }.report();
    let incidents = told(vec![bombing("a", MARKET, "2031-05-05", "2031-05-05", 4), brief]);
    assert_eq!(of_type(&incidents, "ASSAULT"), [vec!["a", "z"], vec!["z"]]);
}

#[test]
fn what_is_no_conflict_event_is_grouped_without_a_type() {
    let one = "Brask chess league names Ilka Toroven champion after her win over Oskar Melin in the final round.";
    let two = "Ilka Toroven is champion of the Brask chess league: she beat Oskar Melin in the last round on Sunday.";
    let made = |id, text| Made { id, published: None, text, events: vec![] }.report();
    let incidents = told(vec![made("a", one), made("b", two), made("c", "Lamp oil prices rose in Olen.")]);
    let reports: Vec<&[String]> = incidents.iter().map(|i| i.reports.as_slice()).collect();
    assert_eq!(reports, [&["a".to_owned(), "b".to_owned()][..], &["c".to_owned()]]);
    assert!(incidents.iter().all(|i| i.class.is_none() && i.events.is_empty()));
}

fn decision(id: &str, verdict: Verdict) -> Decision {
    Decision {
        id: id.into(),
        at: format!("2031-06-0{id}T00:00:00Z"),
        by: "A. Reader".into(),
        reason: "it says so".into(),
        verdict,
    }
}

fn telling(report: &Report) -> Told {
    let event = &report.events[0];
    Told {
        report: report.id.to_string(),
        event: Some(format!("v{}", event.row)),
        trigger: event.trigger.map(|x| x as usize),
        within_title: None,
    }
}

#[test]
fn decisions_hold_also_after_reports_are_added() {
    let a = bombing("a", MARKET, "2031-05-05", "2031-05-05", 4);
    let b = bombing("b", AGAIN, "2031-05-08", "2031-05-05", 6);
    let c = bombing("c", STATION, "2031-05-12", "2031-05-12", 3);
    let [ta, tb, tc] = [&a, &b, &c].map(telling);
    let decisions = [
        decision("1", Verdict::Merge { a: ta.clone(), b: tb.clone() }),
        decision("2", Verdict::Split { a: tb.clone(), b: ta.clone() }),
        decision("3", Verdict::Merge { a: tb.clone(), b: tc }),
        decision("4", Verdict::Verify { told: ta, level: Verification::Rejected }),
    ];
    let mut collection = Collection::of(vec![a, b, c], &decisions, 1);
    let check = |incidents: &[Incident]| {
        let groups = of_type(incidents, "ASSAULT");
        assert!(groups.iter().any(|g| g.contains(&"b") && g.contains(&"c")), "{groups:?}");
        assert!(!groups.iter().any(|g| g.contains(&"a") && g.contains(&"b")), "{groups:?}");
        let first = incidents.iter().find(|i| i.reports.contains(&"a".to_owned())).expect("a is told of");
        assert_eq!(first.verification, Verification::Rejected);
    };
    check(&collection.incidents(&|_| None));
    let later = [("d", MARKET, "2031-05-06", 4), ("e", AGAIN, "2031-05-07", 6)];
    for (id, text, published, killed) in later {
        collection.grow(&[], vec![bombing(id, text, published, "2031-05-05", killed)], &decisions);
        collection.settle_all(1);
    }
    check(&collection.incidents(&|_| None));
    let incidents = collection.incidents(&|_| None);
    let merged = incidents.iter().find(|i| i.reports.contains(&"c".to_owned())).expect("c is told of");
    let words: Vec<&String> = merged.links.iter().flat_map(|l| &l.reasons).collect();
    assert!(words.iter().any(|r| *r == "decided by A. Reader: it says so"), "{words:?}");
}

/// Many reports of one town in one month: the same trade, the same words, other people and days.
fn town_news(n: usize) -> Vec<Report> {
    const STREETS: [&str; 7] = ["Anchor", "Bell", "Copper", "Dyer", "Elm", "Fuller", "Glass"];
    const NAMES: [&str; 11] = [
        "Aldous",
        "Brannoc",
        "Cerys",
        "Dunmore",
        "Ebrill",
        "Fyfe",
        "Gorran",
        "Hathersage",
        "Isolde",
        "Jorvik",
        "Kestle",
    ];
    let report = |k: usize| {
        let incident = k / 2;
        let day = format!("2031-05-{:02}", 1 + incident % 28);
        let victim = format!("{}{}", NAMES[incident % 11], incident / 11);
        let text = if k.is_multiple_of(2) {
            format!("Gunmen shot {victim} in {} street of Brask on their way home, police said.", STREETS[incident % 7])
        } else {
            format!("Police in Brask said that gunmen shot {victim} near {} street late.", STREETS[incident % 7])
        };
        let events = vec![("ASSAULT", "shot", Some(BRASK), Some(day.as_str()), Some(1))];
        Made { id: &format!("r{k:05}"), published: Some(&day), text: &text, events }.report()
    };
    (0..n).map(report).collect()
}

#[test]
fn nothing_chains_a_collection_into_one() {
    let incidents = told(town_news(600));
    let largest = incidents.iter().map(|i| i.reports.len()).max().unwrap_or(0);
    assert!(largest < 30, "{largest} reports in one incident");
    assert!(incidents.len() > 60, "{} incidents", incidents.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn the_order_of_the_reports_does_not_matter(turn in 0usize..40, swap in 0usize..40) {
        let rows = town_news(40);
        let mut other = rows.clone();
        other.rotate_left(turn);
        other.swap(0, swap);
        prop_assert_eq!(told(rows), told(other));
    }

    #[test]
    fn adding_a_report_comes_to_the_same_as_building_with_it(last in 0usize..60) {
        let mut rows = town_news(60);
        let mut rarity = Rarity::default();
        rows.iter().for_each(|r| rarity.add(r));
        let whole = Collection::with(rarity.clone(), rows.clone(), &[], 1);
        let added = rows.remove(last);
        let mut grown = Collection::with(rarity, rows, &[], 1);
        let changed = grown.grow(&[], vec![added], &[]);
        let near = grown.incidents_near(&changed, &BTreeSet::new(), &|_| None);
        grown.settle_all(1);
        let all = grown.incidents(&|_| None);
        prop_assert_eq!(&whole.incidents(&|_| None), &all);
        prop_assert!(!near.is_empty() && near.iter().all(|i| all.contains(i)));
    }

    #[test]
    fn what_is_kept_and_added_to_comes_out_as_if_made_anew(
        first in 1usize..50,
        turn in 0usize..50,
        lost in 0usize..50,
        pair in (0usize..50, 0usize..50),
        when in 0usize..50,
        together: bool,
    ) {
        let rows = town_news(50);
        let [a, b] = [pair.0, (pair.0 + 1 + pair.1 % 49) % 50].map(|n| telling(&rows[n]));
        let verdict = if together { Verdict::Merge { a, b } } else { Verdict::Split { a, b } };
        let decisions = vec![decision("1", verdict)];
        let (built, mut later) = (rows[..first].to_vec(), rows[first..].to_vec());
        let lost = rows[lost % first].id.to_string();
        let by_id = |mut rows: Vec<Incident>| { rows.sort_by(|x, y| x.id.cmp(&y.id)); rows };
        let mut anew = Collection::compared(built.clone(), 2);
        anew.grow(&[lost.as_str()], later.clone(), &decisions);
        anew.settle_all(2);
        let anew = by_id(anew.incidents(&|_| None));

        // One by one, in another order, each time put away and taken up again; the decision comes somewhere between.
        let n = later.len().max(1);
        later.rotate_left(turn % n);
        let when = when % n;
        let mut grown = Collection::compared(built, 1);
        let put_away = |grown: &Collection, since| {
            let mut bytes = Vec::new();
            grown.put_away(since, &mut bytes).expect("memory takes it");
            bytes
        };
        let mut bytes = vec![put_away(&grown, Mark::default())];
        grown.settle_all(1);
        let mut known = grown.incidents(&|_| None);
        for (n, report) in later.into_iter().enumerate() {
            let decided = &decisions[..usize::from(n > when)];
            let mut grown = Collection::from_parts(bytes.iter().map(Vec::as_slice), decided).expect("parts come back");
            let mark = grown.mark();
            let gone: &[&str] = if n == 0 { &[&lost] } else { &[] };
            let changed = grown.grow(gone, vec![report], &decisions[..usize::from(n >= when)]);
            let near = grown.incidents_near(&changed, &BTreeSet::new(), &|_| None);
            let told: BTreeSet<(String, Option<String>)> = near.iter().flat_map(tellings).collect();
            known.retain(|i| !tellings(i).iter().any(|t| told.contains(t) || t.0 == lost));
            known.extend(near);
            prop_assert!(!grown.torn());
            bytes.push(put_away(&grown, mark));
        }
        if first < 50 {
            prop_assert_eq!(by_id(known), anew);
        }
    }
}

/// Report and event of each telling of an incident, without an event where a report tells of it without one.
fn tellings(incident: &Incident) -> Vec<(String, Option<String>)> {
    let told = incident.events.iter().map(|t| (t.report.clone(), t.event.clone()));
    let silent = incident.reports.iter().filter(|r| !incident.events.iter().any(|t| t.report == **r));
    told.chain(silent.map(|r| (r.clone(), None))).collect()
}
