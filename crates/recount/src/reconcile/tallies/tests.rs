//! What claims come to: hand-made rows, and records from words to claims.

use super::*;
use crate::record::across::Tally;

/// A claim of a report on a day: "26", "70+" (at least), "24-99" (vague).
fn row(report: &str, day: &str, speaker: Speaker, figure: &str) -> ClaimRow {
    let n = |s: &str| s.parse::<u64>().ok();
    let (low, best, high) = if let Some(least) = figure.strip_suffix('+') {
        (n(least), n(least), None)
    } else if let Some((low, high)) = figure.split_once('-') {
        (n(low), None, n(high))
    } else {
        (n(figure), n(figure), n(figure))
    };
    let class = match &speaker {
        Speaker::Outlet => "media",
        Speaker::Known(_) => "official",
        Speaker::Nameless(_) => "witness",
    };
    ClaimRow {
        report: report.to_owned(),
        count: "c1".to_owned(),
        event: Some("v1".to_owned()),
        kind: "killed".to_owned(),
        side: None,
        low,
        best,
        high,
        words: format!("{figure} were killed."),
        span: [0, figure.len()],
        within_title: None,
        said_by: Vec::new(),
        source_class: class.to_owned(),
        speaker,
        date: (!day.is_empty()).then(|| format!("2019-04-{day}")),
        status: "happened".to_owned(),
        part: false,
        rejected: false,
    }
}

fn ministry() -> Speaker {
    Speaker::Known("interior ministry".to_owned())
}

fn hospital() -> Speaker {
    Speaker::Known("oster hospital".to_owned())
}

/// Every report its own origin, but for those whose name begins alike before a dash: "w1-a" copies "w1".
fn by_name(report: &str) -> String {
    report.split('-').next().unwrap_or_default().to_owned()
}

fn whole(rows: &[ClaimRow], policy: Policy) -> Tally {
    tallies(rows, by_name, policy).into_iter().find(|t| t.of.is_none()).expect("a tally of the whole")
}

fn figures(t: &Tally) -> (Option<u64>, Option<u64>, Option<u64>) {
    (t.low, t.best, t.high)
}

fn why(t: &Tally) -> Vec<Option<&str>> {
    t.claims.iter().map(|c| c.why_not.as_deref()).collect()
}

#[test]
fn a_source_supersedes_itself_and_nobody_else() {
    let rows = [row("b", "03", ministry(), "26"), row("a", "01", ministry(), "20"), row("c", "02", hospital(), "31")];
    let t = whole(&rows, Policy::Ucdp);
    assert_eq!(t.claims.iter().map(|c| c.report.as_str()).collect::<Vec<_>>(), ["a", "c", "b"]);
    assert_eq!(why(&t), [Some("superseded"), None, None]);
    assert_eq!((figures(&t), t.voices), ((Some(26), Some(26), Some(31)), 2));
    assert!(t.disagreement, "a lower figure after a higher one cannot be growth");
}

#[test]
fn a_toll_that_grows_within_days_is_no_disagreement() {
    let grown = [row("a", "01", ministry(), "20"), row("b", "03", hospital(), "26")];
    assert!(!whole(&grown, Policy::Ucdp).disagreement);
    let late = [row("a", "01", ministry(), "20"), row("b", "20", hospital(), "26")];
    assert!(whole(&late, Policy::Ucdp).disagreement);
    let same_day = [row("a", "01", ministry(), "20"), row("b", "01", hospital(), "26")];
    assert!(whole(&same_day, Policy::Ucdp).disagreement);
}

#[test]
fn copies_of_a_wire_are_one_voice() {
    let rows = [
        row("w1", "01", Speaker::Outlet, "12"),
        row("w1-a", "01", Speaker::Outlet, "12"),
        row("w1-b", "02", Speaker::Outlet, "12"),
        row("x", "02", Speaker::Outlet, "15"),
    ];
    let t = whole(&rows, Policy::Majority);
    assert_eq!(t.voices, 2);
    assert_eq!(why(&t), [None, Some("same-origin"), Some("same-origin"), None]);
    assert_eq!(figures(&t), (Some(12), None, Some(15)), "two voices are no majority of two");
    assert_eq!(t.claims[1].origin, "w1");
}

#[test]
fn a_copy_with_a_newer_figure_supersedes() {
    let rows = [row("w1", "01", Speaker::Outlet, "12"), row("w1-a", "02", Speaker::Outlet, "14")];
    let t = whole(&rows, Policy::Ucdp);
    assert_eq!((why(&t), figures(&t)), (vec![Some("superseded"), None], (Some(14), Some(14), Some(14))));
}

#[test]
fn one_source_quoted_by_two_outlets_is_one_voice() {
    let rows = [row("a", "01", ministry(), "9"), row("b", "01", ministry(), "9")];
    let t = whole(&rows, Policy::Ucdp);
    assert_eq!((t.voices, why(&t)), (1, vec![None, Some("same-source")]));
}

#[test]
fn witnesses_of_two_origins_are_two_voices() {
    let witness = || Speaker::Nameless("witness".to_owned());
    let t = whole(&[row("a", "01", witness(), "9"), row("b", "01", witness(), "9")], Policy::Ucdp);
    assert_eq!(t.voices, 2);
}

#[test]
fn an_outlet_that_repeats_its_source_is_no_second_voice() {
    let rows =
        [row("a", "01", Speaker::Outlet, "26"), ClaimRow { count: "c2".into(), ..row("a", "01", ministry(), "26") }];
    let t = whole(&rows, Policy::Ucdp);
    assert_eq!((t.voices, why(&t)), (1, vec![Some("same-origin"), None]));
    let at_least = ClaimRow { count: "c2".into(), ..row("a", "01", ministry(), "26+") };
    let t = whole(&[row("a", "01", Speaker::Outlet, "26"), at_least], Policy::Ucdp);
    assert_eq!((t.voices, why(&t)), (1, vec![Some("same-origin"), None]), "a headline of \"at least 26\"");
}

#[test]
fn parts_are_no_rivals_and_have_their_own_tally() {
    let part = |count: &str, figure, side, at| ClaimRow {
        count: count.to_owned(),
        side,
        part: true,
        span: [at, at + 1],
        ..row("a", "01", ministry(), figure)
    };
    let rows = [row("a", "01", ministry(), "26"), part("c2", "8", Some("police"), 40), part("c3", "3", None, 60)];
    let all = tallies(&rows, by_name, Policy::Ucdp);
    assert_eq!(all.len(), 2);
    assert_eq!(figures(&all[0]), (Some(26), Some(26), Some(26)));
    assert_eq!(why(&all[0]), [None, Some("part")]);
    assert_eq!((all[1].of.as_deref(), figures(&all[1])), (Some("police"), (Some(8), Some(8), Some(8))));
    assert!(!all[0].disagreement);
}

#[test]
fn figures_that_add_up_to_another_are_its_parts() {
    let at = |count: &str, figure, at| ClaimRow {
        count: count.to_owned(),
        span: [at, at + 2],
        ..row("a", "01", ministry(), figure)
    };
    let t = whole(&[at("c1", "12", 0), at("c2", "3", 20), at("c3", "15", 40)], Policy::Ucdp);
    assert_eq!((figures(&t), why(&t)), ((Some(15), Some(15), Some(15)), vec![Some("part"), Some("part"), None]));
}

#[test]
fn sides_without_a_whole_come_to_one() {
    let side = |count: &str, figure, side, at| ClaimRow {
        count: count.to_owned(),
        side: Some(side),
        span: [at, at + 1],
        ..row("a", "01", ministry(), figure)
    };
    let rows = [side("c1", "8", "police", 0), side("c2", "3", "civilians", 20), side("c3", "2", "women", 40)];
    let t = whole(&rows, Policy::Ucdp);
    assert_eq!(figures(&t), (Some(11), Some(11), Some(11)), "women are among the eleven");
    assert_eq!((t.claims[0].count.as_str(), t.claims[0].with.clone()), ("c1", vec!["c2".to_owned()]));
    let open = [side("c1", "8+", "police", 0), side("c2", "24-99", "civilians", 20)];
    assert_eq!(figures(&whole(&open, Policy::Ucdp)), (Some(32), None, Some(32)));
}

#[test]
fn what_did_not_happen_does_not_count() {
    for (status, reason) in [
        ("negated", "negated"),
        ("denied", "negated"),
        ("ordered", "not-happened"),
        ("threatened", "not-happened"),
        ("predicted", "not-happened"),
        ("attempted", "not-happened"),
    ] {
        let rows = [
            ClaimRow { status: status.to_owned(), ..row("a", "01", ministry(), "40") },
            row("b", "01", hospital(), "6"),
        ];
        let t = whole(&rows, Policy::Ucdp);
        assert_eq!((why(&t), figures(&t)), (vec![Some(reason), None], (Some(6), Some(6), Some(6))), "{status}");
        assert!(!t.disagreement);
    }
}

#[test]
fn nobody_killed_is_a_figure() {
    let none = ClaimRow { status: "negated".into(), ..row("a", "01", ministry(), "0") };
    let t = whole(&[none, row("b", "01", hospital(), "2")], Policy::Ucdp);
    assert!(t.disagreement);
    assert_eq!((t.low, t.high), (Some(0), Some(2)));
}

#[test]
fn a_rejected_row_stays_to_be_read() {
    let rows = [ClaimRow { rejected: true, ..row("a", "01", ministry(), "260") }, row("b", "01", hospital(), "26")];
    let t = whole(&rows, Policy::MinMax);
    assert_eq!((why(&t), figures(&t)), (vec![Some("rejected"), None], (Some(26), Some(26), Some(26))));
}

#[test]
fn vague_figures_bound_and_are_not_voted_for() {
    let rows = [row("a", "01", Speaker::Outlet, "24-99"), row("b", "01", hospital(), "30")];
    let t = whole(&rows, Policy::Ucdp);
    assert_eq!((figures(&t), t.disagreement), ((Some(24), Some(30), Some(99)), false));
    let only = whole(&rows[..1], Policy::Ucdp);
    assert_eq!(figures(&only), (Some(24), None, Some(99)));
    let apart = [row("a", "01", Speaker::Outlet, "24-99"), row("b", "01", hospital(), "8")];
    assert!(whole(&apart, Policy::Ucdp).disagreement);
}

#[test]
fn an_exact_figure_makes_a_vague_headline_exact() {
    let title = ClaimRow { within_title: Some("title".into()), ..row("a", "01", Speaker::Outlet, "24-99") };
    let text = ClaimRow { count: "c2".into(), ..row("a", "01", Speaker::Outlet, "31") };
    let t = whole(&[text, title], Policy::Ucdp);
    assert_eq!((why(&t), t.best), (vec![Some("superseded"), None], Some(31)));
}

#[test]
fn at_least_is_open_above() {
    let rows = [row("a", "01", ministry(), "70+"), row("b", "01", hospital(), "85")];
    assert!(!whole(&rows, Policy::Ucdp).disagreement);
    let rows = [row("a", "01", ministry(), "70+"), row("b", "01", hospital(), "26")];
    assert!(whole(&rows, Policy::Ucdp).disagreement);
}

#[test]
fn crowds_do_not_supersede() {
    let crowd = |day, figure| ClaimRow { kind: "participants".into(), ..row(day, day, ministry(), figure) };
    let t = whole(&[crowd("01", "5000"), crowd("02", "2000")], Policy::MinMax);
    assert_eq!((figures(&t), t.voices), ((Some(2000), None, Some(5000)), 1));
    assert!(!t.disagreement, "one voice does not contradict itself");
}

#[test]
fn each_policy_does_as_it_says() {
    let rebels =
        ClaimRow { source_class: "armed-group".into(), ..row("d", "04", Speaker::Known("front".into()), "200") };
    let rows = [
        row("a", "01", ministry(), "20"),
        row("b", "02", hospital(), "26"),
        row("c", "03", Speaker::Outlet, "26"),
        rebels,
        row("e", "02", Speaker::Nameless("witness".into()), "24-99"),
    ];
    let of = |p| figures(&whole(&rows, p));
    assert_eq!(of(Policy::Ucdp), (Some(20), Some(26), Some(99)), "the front's 200 is not reliable");
    assert_eq!(of(Policy::Acled), (Some(12), Some(12), Some(200)));
    assert_eq!(whole(&rows, Policy::Acled).note.as_deref(), Some("\"dozens\" is written as 12, by ACLED's convention"));
    assert_eq!(of(Policy::Majority), (Some(20), None, Some(200)), "two of four are no majority");
    assert_eq!(of(Policy::Latest), (Some(20), Some(200), Some(200)));
    assert_eq!(of(Policy::MinMax), (Some(20), None, Some(200)));
    for p in Policy::ALL {
        assert_eq!(Policy::named(p.name()), Some(p));
    }
}

#[test]
fn the_order_of_rows_does_not_matter() {
    let mut rows = vec![
        row("a", "01", ministry(), "20"),
        row("b", "02", hospital(), "26"),
        row("b-x", "02", hospital(), "26"),
        row("c", "", Speaker::Outlet, "26"),
        ClaimRow { kind: "injured".into(), ..row("c", "", Speaker::Outlet, "70+") },
    ];
    let one = tallies(&rows, by_name, Policy::Ucdp);
    rows.reverse();
    assert_eq!(tallies(&rows, by_name, Policy::Ucdp), one);
    rows.swap(0, 2);
    assert_eq!(tallies(&rows, by_name, Policy::Ucdp), one);
    assert_eq!(one.iter().map(|t| t.kind.as_str()).collect::<Vec<_>>(), ["killed", "injured"]);
}

/// A record with one statement by "the hospital" over all of the text and a count for each figure written out in it.
fn record(text: &str, figures: &[(&str, &str)]) -> crate::record::Record {
    let at = |words: &str| {
        let from = text.find(words).expect("the words stand in the text");
        [text[..from].chars().count(), text[..from + words.len()].chars().count()]
    };
    let counts: Vec<serde_json::Value> = figures
        .iter()
        .enumerate()
        .map(|(i, (figure, of))| {
            serde_json::json!({"id": format!("c{}", i + 1), "kind": "killed", "low": i + 1, "best": i + 1, "high": i + 1,
                "span": at(figure), "of": {"span": at(of)}, "event": null, "said_by": ["s1"], "score": 1.0})
        })
        .collect();
    serde_json::from_value(serde_json::json!({
        "schema": "recount/1", "id": "r1", "uri": null, "title": null, "outlet": null, "credit": null, "language": "en",
        "text": text, "published": {"best": "2019-04-01", "stated": []}, "entities": [],
        "statements": [{"id": "s1", "form": "indirect", "source": {"entity": null, "class": "organisation",
            "span": at("The hospital")}, "cue": null, "content": [[0, text.chars().count()]], "act": "asserts",
            "channel": null, "addressee": null, "time": null, "within": null, "score": 1.0}],
        "events": [], "counts": counts, "relations": [], "places": [], "times": [],
        "run": {"program": "", "model": "", "data": ""}
    }))
    .expect("a sound record")
}

#[test]
fn claims_know_parts_sides_speakers_and_their_sentence() {
    let text = "The hospital in Oster counted. It said 26 people died, including at least eight policemen and three \
                children. Mr. Bran was one of four soldiers killed near Lisk, it said. Two of them were cadets.";
    let figures =
        [("26", "people"), ("eight", "policemen"), ("three", "children"), ("four", "soldiers"), ("Two", "cadets")];
    let rows = ClaimRow::of(&record(text, &figures));
    let parts: Vec<bool> = rows.iter().map(|r| r.part).collect();
    assert_eq!(parts, [false, true, true, false, true]);
    let sides: Vec<_> = rows.iter().map(|r| r.side).collect();
    assert_eq!(sides, [None, Some("police"), Some("children"), Some("soldiers"), Some("soldiers")]);
    assert_eq!(rows[0].speaker, Speaker::Known("hospital".to_owned()));
    assert_eq!((rows[0].said_by.as_slice(), rows[0].status.as_str()), (&["The hospital".to_owned()][..], "happened"));
    assert!(rows[1].words.starts_with("It said 26") && rows[1].words.ends_with("three children."), "{}", rows[1].words);
    assert!(rows[3].words.starts_with("Mr. Bran was one"), "{}", rows[3].words);
}
