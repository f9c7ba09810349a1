//! Each kind of evidence on texts written for it, with names given by hand in place of the model's.

use super::*;
use crate::gazetteer::Gazetteer;
use crate::language::{Kind, Mention};
use crate::span::{EntityId, Span, Tokens};
use proptest::prelude::*;
use std::sync::LazyLock;

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::open().expect("opens"));

fn article(text: &str, uri: Option<&str>) -> Article {
    Article { uri: uri.map(str::to_owned), ..Article::bare("t", text) }
}

/// Reads a text in which names of places stand in square brackets, of nationality in braces, of persons in bars.
fn read(marked: &str, uri: Option<&str>) -> (String, Vec<Place>) {
    let mut plain = String::new();
    let mut marks: Vec<(Kind, Form, usize, usize)> = Vec::new();
    let mut open = 0;
    let mut person = false;
    for c in marked.chars() {
        match c {
            '[' | '{' => open = plain.len(),
            ']' => marks.push((Kind::Place, Form::Name, open, plain.len())),
            '}' => marks.push((Kind::Place, Form::Demonym, open, plain.len())),
            '|' if person => {
                marks.push((Kind::Person, Form::Name, open, plain.len()));
                person = false;
            }
            '|' => {
                open = plain.len();
                person = true;
            }
            c => plain.push(c),
        }
    }
    let article = article(&plain, uri);
    let text = Text::of(&article);
    let base = text.body as usize;
    let mut language = Language::default();
    for (kind, form, a, b) in marks {
        let span = Span::new(base + a, base + b);
        let tokens = text.tokens_in(span);
        let head = TokenId(tokens.end - 1);
        language.mentions.push(Mention {
            tokens,
            span,
            phrase: span,
            head,
            kind,
            form,
            entity: EntityId(0),
            score: 0.9,
        });
    }
    let places = places(&article, &text, &language, &GAZETTEER);
    (text.source.clone(), places)
}

/// The ids of the places of a text, in order.
fn ids(marked: &str) -> Vec<Option<u32>> {
    read(marked, None).1.iter().map(|p| p.geonameid).collect()
}

const PARIS: Option<u32> = Some(2988507);

#[test]
fn the_better_known_place_is_meant_where_nothing_speaks_against_it() {
    assert_eq!(ids("Thousands marched in [Paris] on Sunday."), [PARIS]);
}

#[test]
fn the_container_behind_a_name_decides() {
    let found = read("A barn burned down in [Paris], [Texas], on Sunday.", None).1;
    assert_eq!(found[0].admin1.as_deref(), Some("Texas"));
    assert_eq!(found[1].geonameid, Some(4736286));
    let found = read("Two shops in [Tbilisi], [Georgia], were closed.", None).1;
    assert_eq!(found[1].country.as_deref(), Some("GEO"));
    let found = read("A fire in [Savannah], [Georgia], spread.", None).1;
    assert_eq!(found[1].country.as_deref(), Some("USA"));
}

#[test]
fn a_town_and_its_state_are_places_without_the_model() {
    let (source, found) = read("Officers from Macon, Ga., drove to Dayton, OH on Monday.", None);
    let words: Vec<&str> = found.iter().map(|p| p.mentions[0].span.of(&source)).collect();
    assert_eq!(words, ["Macon", "Ga.", "Dayton", "OH"]);
    assert_eq!(found[2].admin1.as_deref(), Some("Ohio"));
}

#[test]
fn a_dateline_is_a_place_without_the_model() {
    let (source, found) = read("NAIROBI (Wire) — Two men were held on Friday.", None);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].mentions[0].span.of(&source), found[0].country.as_deref()), ("NAIROBI", Some("KEN")));
}

#[test]
fn other_places_of_the_report_decide() {
    let found = read("Roads from [Tripoli] to [Beirut] and [Sidon] were blocked, {Lebanese} police said.", None).1;
    assert_eq!(found[0].country.as_deref(), Some("LBN"));
    let found = read("Roads from [Tripoli] to [Misrata] and [Benghazi] were blocked, {Libyan} police said.", None).1;
    assert_eq!(found[0].country.as_deref(), Some("LBY"));
}

#[test]
fn the_outlets_country_decides_where_nothing_else_does() {
    let country = |uri| read("A march through [Newcastle] ended early.", Some(uri)).1[0].country.clone();
    assert_eq!(country("https://example.com.au/a").as_deref(), Some("AUS"));
    assert_eq!(country("https://example.co.uk/a").as_deref(), Some("GBR"));
}

#[test]
fn old_and_new_names_share_a_row() {
    let found = read("Talks in [Nursultan], formerly [Astana], went on. [Nur-Sultan] was calm.", None).1;
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].geonameid, found[0].mentions.len()), (Some(1526273), 3));
}

#[test]
fn nationality_is_a_mention_of_the_country() {
    let found = read("{Kazakh} troops left [Kazakhstan].", None).1;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].country.as_deref(), Some("KAZ"));
    assert_eq!(found[0].mentions.iter().map(|m| m.form).collect::<Vec<_>>(), [Form::Demonym, Form::Name]);
}

#[test]
fn a_person_is_no_place() {
    assert_eq!(ids("|Paris Hilton| spoke to |Jordan|."), []);
}

#[test]
fn one_name_read_as_two_is_one() {
    let (source, found) = read("Ministers of [Central] [Asia] met.", None);
    let spans: Vec<&str> = found.iter().flat_map(|p| &p.mentions).map(|m| m.span.of(&source)).collect();
    // Without the model's scores the second word is not known to be likely: nothing is joined, and "Central" is no place.
    assert_eq!(spans, ["Asia"]);
}

#[test]
fn money_is_no_country() {
    assert_eq!(ids("They paid [US]$300 for it."), []);
}

#[test]
fn inhabitants_of_a_state_are_a_mention_of_it() {
    assert_eq!(ids("Many Ontarians stayed at home."), [Some(6093943)]);
}

#[test]
fn an_unknown_name_is_left_open() {
    let found = read("The village of [Qorvathul] was shelled; [Qorvathul] is empty.", None).1;
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].geonameid, found[0].lat, found[0].precision, found[0].mentions.len()), (None, None, None, 2));
}

#[test]
fn precision_follows_what_is_named() {
    let precision = |text| read(text, None).1[0].precision;
    assert_eq!(precision("Shots in [Homs] were heard."), Some(1));
    assert_eq!(precision("The war in [Mali] goes on."), Some(6));
    assert_eq!(precision("The war in northern [Mali] goes on."), Some(5));
    assert_eq!(precision("Drought in the [Sahel] goes on."), Some(5));
    assert_eq!(precision("Ships in the [Red Sea] turned."), Some(7));
    assert_eq!(precision("Fighting in [Idlib] province went on."), Some(4));
}

#[test]
fn a_division_said_to_be_one_is_one() {
    assert_eq!(ids("Villages in [Aleppo] province fell."), [Some(170062)]);
}

#[test]
fn every_mention_quotes_a_name_of_its_place() {
    let (source, found) =
        read("{British} and {French} officials met in [Saigon], [Rangoon] and the [West Bank].", None);
    for place in &found {
        for m in &place.mentions {
            let named = GAZETTEER.named(m.span.of(&source));
            assert!(named.iter().any(|n| GAZETTEER.place(n.row).geonameid == place.geonameid), "{place:?}");
        }
    }
}

proptest! {
    #[test]
    fn any_text_gives_places_in_the_text(words in prop::collection::vec(
        "(Paris|Ga\\.|,|in|Kyiv|—|Georgia|the|northern|Homs|province|NEW|YORK|St\\.|’s|é|\n\n)", 0..40), marks in prop::collection::vec(0usize..40, 0..6)) {
        let article = article(&words.join(" "), None);
        let text = Text::of(&article);
        let mut language = Language::default();
        for at in marks.into_iter().filter(|&m| m < text.tokens.len()) {
            let tokens = Tokens::new(at, (at + 2).min(text.tokens.len()));
            let span = text.span(tokens);
            let mention = Mention { tokens, span, phrase: span, head: TokenId(tokens.start), kind: Kind::Place, form: Form::Name, entity: EntityId(0), score: 0.5 };
            language.mentions.push(mention);
        }
        let found = places(&article, &text, &language, &GAZETTEER);
        let mut spans: Vec<Span> = found.iter().flat_map(|p| p.mentions.iter().map(|m| m.span)).collect();
        spans.sort();
        prop_assert!(spans.iter().all(|s| !s.is_empty() && text.source.get(s.range()).is_some()));
        prop_assert!(spans.windows(2).all(|w| w[0].end <= w[1].start), "one mention over another");
        prop_assert!(found.iter().all(|p| p.lat.is_none() || p.because.score > 0.0));
    }
}
