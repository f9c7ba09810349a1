//! Short passages with everything that was read of them marked under the words, held as snapshots in `golden/`.
//!
//! A change in what is read shows as a change of these files: look at it, then `INSTA_UPDATE=always cargo test -p recount
//! --test golden`.

#[path = "cases/marks.rs"]
mod marks;

use recount::Reader;
use recount::intake::{Article, Source};
use std::sync::OnceLock;

fn check(name: &str, passage: &str) {
    static READER: OnceLock<Reader> = OnceLock::new();
    let reader = READER.get_or_init(|| Reader::open().expect("the carried model and data open"));
    let mut article = Article::from_plain(passage.as_bytes(), &Source::default()).expect("plain text is an article");
    article.published.best = "2021-03-17".parse().ok();
    let marked = marks::marked(&reader.read(article));
    insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "golden", omit_expression => true }, {
        insta::assert_snapshot!(name, marked);
    });
}

#[test]
fn a_shooting_with_two_tellers() {
    check(
        "shooting",
        "Soldiers shot dead at least four marchers in the port of Tobruk on Tuesday, doctors said. The interior \
         ministry denied that live rounds had been used. “Armed men fired first,” its spokesman, Karim Dahl, told \
         reporters.",
    );
}

#[test]
fn an_order_a_threat_and_a_plan() {
    check(
        "order",
        "President Amadou Kore ordered the army to clear the square. Union leaders threatened to strike from Monday. \
         Talks with the European Union are planned for next month.",
    );
}

#[test]
fn counts_with_bounds() {
    check(
        "counts",
        "More than 20 people were killed and dozens wounded when a bomb went off at a market in Quetta last Friday. \
         Police arrested two men, aged 19 and 24.",
    );
}

#[test]
fn a_nested_statement() {
    check(
        "nested",
        "According to Reuters, the foreign minister of Norway, Ida Berg, said that rebels had told her envoy they would \
         free the hostages by Sunday.",
    );
}

#[test]
fn ties_between_people_and_bodies() {
    check(
        "ties",
        "Timur Aliev, son-in-law of former president Bekov and a board member of Nordbank, left Almaty in January. \
         The Russian-led alliance, formerly called the Eastern Pact, would not say where he was.",
    );
}
