//! Stories of an invented world: whole copies, pieces, rewrites, round-ups, and what is common and no copy.

use super::words::mixed;
use super::*;
use proptest::prelude::*;

/// Sentence `n` of story `s`: words that no other sentence has in this order.
fn sentence(s: u64, n: u64) -> String {
    const VERBS: [&str; 8] = ["told", "showed", "sent", "left", "saw", "brought", "asked", "met"];
    let word = |i: u64| {
        let x = mixed(s << 32 | n << 8 | i);
        let part = |k: u64| {
            ["ra", "ne", "sko", "vi", "lum", "tar", "bel", "oso", "din", "pa", "mir", "uke"][(x >> k) as usize % 12]
        };
        format!("{}{}{}", part(3), part(17), part(31))
    };
    let verb = VERBS[mixed(s ^ n) as usize % 8];
    format!(
        "The {} of {} {verb} the {} that {} and the {} {} by the {}.",
        word(1),
        word(2),
        word(3),
        word(4),
        word(5),
        word(6),
        word(7)
    )
}

fn story(s: u64, sentences: impl IntoIterator<Item = u64>) -> String {
    sentences.into_iter().map(|n| sentence(s, n)).collect::<Vec<_>>().join(" ")
}

fn sketch(id: &str, date: &str, text: &str) -> Sketch {
    Sketch::of_text(id, (!date.is_empty()).then_some(date), None, text)
}

/// Groups of more than one report, by ids.
fn groups_of(sketches: Vec<Sketch>) -> Vec<Vec<String>> {
    let mut out: Vec<Vec<String>> =
        origins(sketches, 1).into_iter().map(|o| o.reports).filter(|r| r.len() > 1).collect();
    out.iter_mut().for_each(|g| g.sort());
    out.sort();
    out
}

/// Reports that have nothing to do with anything: a collection is never only what a test is about.
fn others() -> Vec<Sketch> {
    (0..20).map(|i| sketch(&format!("z{i:02}"), "2019-04-02", &story(900 + i, 0..10))).collect()
}

fn with_others(mut sketches: Vec<Sketch>) -> Vec<Vec<String>> {
    sketches.extend(others());
    groups_of(sketches)
}

#[test]
fn copies_whole_cut_moved_and_within_another_story_are_one_origin() {
    let got = with_others(vec![
        sketch("a", "2019-04-01", &story(1, 0..12)),
        sketch("b", "2019-04-01", &story(1, 0..5)),
        sketch("c", "2019-04-02", &story(1, [7, 8, 2, 3, 11])),
        sketch("d", "2019-04-02", &format!("{} {} {}", story(2, 0..4), story(1, 3..8), story(2, 4..7))),
    ]);
    assert_eq!(got, [["a", "b", "c", "d"]]);
}

#[test]
fn a_reworded_brief_is_found() {
    let brief =
        story(1, [0, 4, 9]).replace("the", "this").replace(" told", " has told").replace("by this", "near this");
    assert_eq!(with_others(vec![sketch("a", "", &story(1, 0..12)), sketch("b", "", &brief)]), [["a", "b"]]);
}

#[test]
fn a_passage_that_unrelated_reports_have_makes_no_origin() {
    let with = |s: u64| format!("{} {} {}", story(s, 0..5), story(77, 0..4), story(s, 5..9));
    assert!(with_others((1..=4).map(|s| sketch(&format!("a{s}"), "", &with(s))).collect()).is_empty());
}

#[test]
fn stock_lines_do_not_make_short_reports_one() {
    let stock = format!("{} {}", sentence(50, 0), sentence(50, 1));
    let mut sketches: Vec<Sketch> =
        (0..12).map(|s| sketch(&format!("long{s}"), "", &format!("{} {stock}", story(s, 0..9)))).collect();
    sketches.extend((20..23).map(|s| sketch(&format!("short{s}"), "", &format!("{} {stock}", story(s, 0..2)))));
    assert!(groups_of(sketches).is_empty());
}

#[test]
fn a_round_up_does_not_join_the_stories_it_is_made_of() {
    for days in [["2019-04-01", "2019-04-01", "2019-04-02"], ["", "", ""]] {
        let round_up = format!("{} {}", story(1, 0..6), story(2, 0..4));
        let got = with_others(vec![
            sketch("a", days[0], &story(1, 0..12)),
            sketch("b", days[1], &story(2, 0..12)),
            sketch("c", days[2], &round_up),
            sketch("d", days[2], &round_up),
        ]);
        assert_eq!(got, [["a", "c", "d"]], "{days:?}");
    }
}

#[test]
fn two_extracts_of_one_story_are_joined_by_it() {
    let got = with_others(vec![
        sketch("a", "2019-04-01", &story(1, 0..14)),
        sketch("b", "2019-04-02", &story(1, 0..5)),
        sketch("c", "2019-04-02", &story(1, 8..13)),
    ]);
    assert_eq!(got, [["a", "b", "c"]]);
}

#[test]
fn one_speech_heard_by_two_is_no_copy() {
    let with = |s: u64| format!("{} “{}” {}", story(s, 0..6), story(77, 0..2), story(s, 6..10));
    assert!(with_others(vec![sketch("a", "", &with(1)), sketch("b", "", &with(2))]).is_empty());
}

#[test]
fn rows_name_the_earliest_the_agency_and_who_copied_what() {
    let wire = format!("LISK (Reuters) - {}", story(1, 0..12));
    let rows = origins(
        vec![
            sketch("b", "2019-04-02", &format!("{} {}", story(1, 0..6), story(3, 0..5))),
            sketch("a", "2019-04-01", &wire),
            sketch("c", "2019-04-02", &story(5, 0..9)),
        ],
        1,
    );
    assert_eq!(rows.len(), 2);
    let origin = &rows[0];
    assert_eq!((origin.id.as_str(), origin.earliest.as_str(), origin.agency.as_deref()), ("o-a", "a", Some("Reuters")));
    assert_eq!(origin.reports, ["a", "b"]);
    assert_eq!((origin.copies[0].report.as_str(), origin.copies[0].from.as_str()), ("b", "a"));
    assert!((0.4..0.7).contains(&origin.copies[0].share), "{}", origin.copies[0].share);
    assert_eq!(rows[1].reports, ["c"]);
    assert!(rows[1].copies.is_empty());
}

#[test]
fn what_has_no_words_stands_alone_and_of_one_id_one_is_kept() {
    let rows =
        origins(vec![sketch("a", "", ""), sketch("b", "", ""), sketch("b", "", "Lisk."), sketch("c", "", "中")], 1);
    assert_eq!(rows.len(), 3);
    assert!(origins(Vec::new(), 1).is_empty());
}

#[test]
fn hundreds_of_copies_are_one_origin() {
    let mut sketches = others();
    for i in 0..300u64 {
        let text = format!("{} {}", story(1, 0..10 - i % 4), sentence(2000 + i, 0));
        sketches.push(sketch(&format!("c{i:03}"), "2019-04-03", &text));
    }
    let got = groups_of(sketches);
    assert_eq!((got.len(), got[0].len()), (1, 300));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_order_of_reports_does_not_matter(
        parts in proptest::collection::vec((0u64..6, 0u64..8, 1u64..8, 0u64..6, 0u64..3), 2..14),
        turn in 0usize..14,
    ) {
        let mut sketches: Vec<Sketch> = parts
            .iter()
            .enumerate()
            .map(|(i, (s, from, n, other, m))| {
                let text = format!("{} {}", story(*s, *from..from + n), story(*other, 0..*m));
                sketch(&format!("r{i}"), ["", "2019-04-01", "2019-04-02"][i % 3], &text)
            })
            .collect();
        let together = origins(sketches.clone(), 1);
        let at = turn % sketches.len();
        sketches.rotate_left(at);
        prop_assert_eq!(&origins(sketches.clone(), 1), &together);
        prop_assert_eq!(&origins(sketches.clone(), 2), &together);
        prop_assert_eq!(together.iter().map(|o| o.reports.len()).sum::<usize>(), parts.len());
    }

    #[test]
    fn any_texts_have_origins(texts in proptest::collection::vec("[a-c ]{0,40}|\\PC{0,60}", 0..8)) {
        let sketches: Vec<Sketch> = texts.iter().enumerate().map(|(i, t)| sketch(&i.to_string(), "", t)).collect();
        let rows = origins(sketches, 1);
        prop_assert_eq!(rows.iter().map(|o| o.reports.len()).sum::<usize>(), texts.len());
    }

    #[test]
    fn what_is_added_comes_out_as_if_made_anew(
        parts in proptest::collection::vec((0u64..6, 0u64..8, 1u64..8, 0u64..6, 0u64..3), 3..16),
        first in 1usize..16,
        turn in 0usize..16,
        lost in 0usize..16,
    ) {
        let sketches: Vec<Sketch> = parts
            .iter()
            .enumerate()
            .map(|(i, (s, from, n, other, m))| {
                let text = format!("{} {}", story(*s, *from..from + n), story(*other, 0..*m));
                sketch(&format!("r{i}"), ["", "2019-04-01", "2019-04-02"][i % 3], &text)
            })
            .collect();
        let first = first.min(sketches.len() - 1);
        let (built, mut later) = (sketches[..first].to_vec(), sketches[first..].to_vec());
        let lost = format!("r{}", lost % first);
        let mut anew = Origins::of(built.clone(), Bounds::default(), 1);
        anew.grow(&[lost.as_str()], later.clone());
        // One by one, in another order, each time put away and taken up again.
        let at = turn % later.len();
        later.rotate_left(at);
        let grown = Origins::of(built, Bounds::default(), 1);
        let mut known: Vec<Origin> = grown.rows();
        let put_away = |grown: &Origins, since| {
            let mut bytes = Vec::new();
            grown.put_away(since, &mut bytes).expect("memory takes it");
            bytes
        };
        let mut bytes = vec![put_away(&grown, Mark::default())];
        for (n, sketch) in later.into_iter().enumerate() {
            let mut grown = Origins::from_parts(bytes.iter().map(Vec::as_slice)).expect("parts come back");
            let mark = grown.mark();
            let gone: &[&str] = if n == 0 { &[&lost] } else { &[] };
            let touched = grown.grow(gone, vec![sketch]);
            known.retain(|o| !o.reports.iter().any(|r| r == &lost || touched.iter().any(|t| t.reports.contains(r))));
            known.extend(touched);
            prop_assert!(!grown.torn());
            bytes.push(put_away(&grown, mark));
        }
        let by_id = |mut rows: Vec<Origin>| { rows.sort_by(|x, y| x.id.cmp(&y.id)); rows };
        prop_assert_eq!(by_id(known), by_id(anew.rows()));
    }
}
