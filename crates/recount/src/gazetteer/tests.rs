//! What the carried index must know, and what any index must hold to.

use super::write::{Codes, Facts, index};
use super::*;
use proptest::prelude::*;
use std::sync::LazyLock;

static CARRIED: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::open().expect("the carried index opens"));

/// The id of the first place that a name means.
fn first(name: &str) -> Option<u32> {
    CARRIED.toponyms(name).first().and_then(|n| CARRIED.place(n.row).geonameid)
}

#[test]
fn names_old_and_new_in_any_script_mean_one_place() {
    for (id, names) in [
        (1526273, &["Astana", "Nursultan", "Nur-Sultan", "Астана"][..]),
        (1526384, &["Almaty", "Alma-Ata", "Алматы"]),
        (703448, &["Kyiv", "Kiev", "Київ"]),
        (1275339, &["Mumbai", "Bombay"]),
        (1298824, &["Yangon", "Rangoon"]),
        (1566083, &["Ho Chi Minh City", "Saigon"]),
        (1327865, &["Myanmar", "Burma"]),
        (1522867, &["Kazakhstan"]),
        (6252001, &["United States", "the United States", "U.S.", "USA", "America"]),
        (2635167, &["United Kingdom", "UK", "U.K.", "Britain"]),
        (203312, &["DRC", "Democratic Republic of the Congo", "Zaire"]),
        (290557, &["UAE", "United Arab Emirates"]),
        (281132, &["Gaza Strip"]),
        (285153, &["West Bank"]),
        (6255146, &["Africa"]),
    ] {
        for name in names {
            let ids: Vec<_> = CARRIED.toponyms(name).iter().filter_map(|n| CARRIED.place(n.row).geonameid).collect();
            assert!(ids.contains(&id), "{name} should mean {id}, means {ids:?}");
        }
    }
}

#[test]
fn the_better_known_of_two_comes_first() {
    assert_eq!(first("London"), Some(2643743));
    assert_eq!(first("Georgia"), Some(614540));
    assert_eq!(first("Springfield").map(|_| ()), Some(()));
}

#[test]
fn short_forms_count_only_in_capitals() {
    assert!(CARRIED.toponyms("US").iter().any(|n| CARRIED.place(n.row).class == Class::Country));
    assert!(!CARRIED.toponyms("us").iter().any(|n| CARRIED.place(n.row).class == Class::Country));
    assert!(CARRIED.named("Ga.").iter().any(|n| n.how == How::State));
    assert!(!CARRIED.named("Ga").iter().any(|n| n.how == How::State));
}

#[test]
fn demonyms_mean_their_country() {
    for (word, code) in [
        ("Kazakh", "KAZ"),
        ("Britons", "GBR"),
        ("Saudis", "SAU"),
        ("French", "FRA"),
        ("Afghan", "AFG"),
        ("Sri Lankan", "LKA"),
        ("Azeri", "AZE"),
        ("American", "USA"),
        ("U.S.", "USA"),
        ("Iran", "IRN"),
    ] {
        assert_eq!(CARRIED.country_called(word), Some(code), "{word}");
    }
    assert_eq!(CARRIED.country_called("Congolese"), None);
    assert_eq!(CARRIED.country_called("table"), None);
}

#[test]
fn a_country_knows_its_capital() {
    for (code, capital) in [("KAZ", "Astana"), ("FRA", "Paris"), ("SYR", "Damascus"), ("USA", "Washington")] {
        let country = CARRIED.country(code).expect(code);
        assert_eq!(country.capital.map(|c| CARRIED.place(c).name), Some(capital));
    }
}

#[test]
fn the_longest_name_wins() {
    let (n, found) = CARRIED.longest(["New", "York", "City", "police"]).expect("found");
    assert_eq!((n, found.is_empty()), (3, false));
    assert_eq!(CARRIED.longest(["Deir", "ez", "-", "Zor", "fell"]).map(|f| f.0), Some(4));
    assert_eq!(CARRIED.longest(["-", "-"]), None);
    assert_eq!(CARRIED.longest([]), None);
}

#[test]
fn every_place_lies_in_rows_that_are() {
    for n in 0..CARRIED.len() as u32 {
        let place = CARRIED.place(Row(n));
        assert!(!place.name.is_empty(), "row {n}");
        if let Some((lat, lon)) = place.point {
            assert!(lat.abs() <= 90.0 && lon.abs() <= 180.0, "{place:?}");
        }
        for division in [place.admin1, place.admin2].into_iter().flatten() {
            assert!(matches!(CARRIED.place(division).class, Class::Division | Class::District), "{place:?}");
        }
    }
}

#[test]
fn other_bytes_are_refused() {
    assert!(Gazetteer::of(b"").is_err());
    assert!(Gazetteer::of(b"RECGAZ99").is_err());
    assert!(Gazetteer::of(b"RECGAZ01\xff\xff\xff\xff").is_err());
}

#[test]
fn an_index_gives_back_what_was_written() {
    let place = |name: &str, class, names: &[(&str, How)]| Facts {
        geonameid: Some(7),
        name: name.to_owned(),
        point: Some((-12.5, 33.25)),
        population: 10,
        class,
        country: Some(0),
        admin1: None,
        admin2: None,
        names: names.iter().map(|&(n, how)| (n.to_owned(), how)).collect(),
    };
    let places = [
        place("Arland", Class::Country, &[("Arland", How::Main), ("Arlish", How::Demonym), ("AR.", How::Short)]),
        place("Ar", Class::Town, &[("Ar", How::Main), ("Arland", How::Other)]),
    ];
    let codes = [Codes { alpha2: "AR".into(), alpha3: "ARL".into(), capital: Some(1) }];
    let bytes = index(&places, &codes, "v1").expect("fits");
    assert_eq!(bytes, index(&places, &codes, "v1").expect("fits"), "the same facts give the same bytes");
    let small = Gazetteer::of(bytes.leak()).expect("opens");
    assert_eq!(small.version(), "v1");
    assert_eq!(small.named("ARLAND").iter().map(|n| n.row.0).collect::<Vec<_>>(), [0, 1]);
    assert_eq!(small.demonyms("arlish"), [Row(0)]);
    assert_eq!(small.place(Row(1)).point, Some((-12.5, 33.25)));
    assert_eq!(small.country("ARL").and_then(|c| c.capital), Some(Row(1)));
}

proptest! {
    #[test]
    fn any_name_can_be_asked_for(name in ".{0,40}", words in prop::collection::vec(".{0,8}", 0..6)) {
        let _ = CARRIED.named(&name);
        let _ = CARRIED.country_called(&name);
        if let Some((n, _)) = CARRIED.longest(words.iter().map(String::as_str)) {
            prop_assert!(0 < n && n <= words.len());
        }
    }
}
