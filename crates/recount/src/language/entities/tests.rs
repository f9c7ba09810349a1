use super::built::report;
use crate::language::{Entity, Kind, Language};
use crate::text::Text;
use proptest::prelude::*;

fn entity<'a>(language: &'a Language, name: &str) -> &'a Entity {
    let names: Vec<&str> = language.entities.iter().map(|e| e.name.as_str()).collect();
    language.entities.iter().find(|e| e.name == name).unwrap_or_else(|| panic!("{name} is not among {names:?}"))
}

fn mentions(text: &Text, language: &Language, name: &str) -> Vec<String> {
    let rows = &entity(language, name).mentions;
    rows.iter().map(|m| text.words(language.mentions[m.at()].span).to_owned()).collect()
}

const MINISTER: &str = "
Foreign adj 2 amod
Minister noun 4 nmod:desc
Grace propn 4 flat
Okello propn 5 nsubj person name 3 4
left/leave verb 0 root

Her/she pron 2 nmod:poss person pronoun 1 1
brother noun 3 nsubj person nominal 1 2
met/meet verb 0 root
Okello propn 3 obj person name 4 4

The det 2 det
minister noun 3 nsubj person nominal 1 2
smiled/smile verb 0 root";

#[test]
fn an_office_gives_sector_and_role_and_makes_public() {
    let (text, language) = report(MINISTER);
    let minister = entity(&language, "Grace Okello");
    assert_eq!((minister.kind, minister.sector, minister.private), (Kind::Person, Some("GOV"), false));
    assert_eq!(minister.role.map(|r| text.words(r)), Some("Foreign Minister"));
    assert!(entity(&language, "Her brother").private);
}

#[test]
fn a_person_is_one_over_surname_and_office() {
    let (text, language) = report(MINISTER);
    let said = mentions(&text, &language, "Grace Okello");
    assert!(["Grace Okello", "Okello", "The minister"].iter().all(|m| said.iter().any(|s| s == m)), "{said:?}");
}

#[test]
fn two_persons_of_one_surname_stay_two() {
    let (_, language) = report(
        "
Grace propn 2 flat
Okello propn 3 nsubj person name 1 2
met/meet verb 0 root
Daniel propn 5 flat
Okello propn 3 obj person name 4 5",
    );
    assert_eq!(language.entities.len(), 2);
}

#[test]
fn a_body_is_one_over_its_name_letters_and_kind() {
    let (text, language) = report(
        "
Northern propn 3 compound
Grain propn 3 compound
Council propn 4 nsubj organisation name 1 3
met/meet verb 0 root

NGC propn 2 nsubj organisation name 1 1
agreed/agree verb 0 root

The det 2 det
council noun 3 nsubj organisation nominal 1 2
left/leave verb 0 root",
    );
    assert_eq!(mentions(&text, &language, "Northern Grain Council").len(), 3);
}

#[test]
fn an_apposition_names_the_one_it_stands_beside() {
    let (text, language) = report(
        "
The det 2 det
head noun 9 nsubj person nominal 1 2
of adp 5 case
the det 5 det
bank noun 2 nmod organisation nominal 4 5
, punct 8 punct
Ana propn 8 flat
Ruiz propn 5 appos person name 7 8
resigned/resign verb 0 root",
    );
    assert_eq!(mentions(&text, &language, "Ana Ruiz"), ["The head", "Ana Ruiz"]);
}

#[test]
fn two_arguments_of_one_verb_are_two() {
    let (_, language) = report(
        "
Peter propn 2 nsubj person name 1 1
saw/see verb 0 root
him/he pron 2 obj person pronoun 3 3",
    );
    assert_eq!(language.entities.len(), 2);
}

#[test]
fn a_reflexive_is_its_subject() {
    let (text, language) = report(
        "
Peter propn 2 nsubj person name 1 1
hurt verb 0 root
himself/he pron 2 obj person pronoun 3 3",
    );
    assert_eq!(mentions(&text, &language, "Peter"), ["Peter", "himself"]);
}

#[test]
fn a_seat_of_government_has_country_and_sector() {
    let (_, language) = report(
        "
The det 2 det
Kremlin propn 3 nsubj organisation name 1 2
denied/deny verb 0 root",
    );
    let seat = entity(&language, "Kremlin");
    assert_eq!((seat.country.as_deref(), seat.sector), (Some("RUS"), Some("GOV")));
}

#[test]
fn people_have_the_country_of_their_nationality() {
    let (_, language) = report(
        "
Kenyan adj 2 amod place demonym 1 1
troops/troop +noun 3 nsubj group nominal 1 2
left/leave verb 0 root",
    );
    let troops = entity(&language, "Kenyan troops");
    assert_eq!((troops.country.as_deref(), troops.sector), (Some("KEN"), Some("MIL")));
}

proptest! {
    /// Heads that point anywhere, cycles too, and mentions that nest and cross.
    #[test]
    fn any_grammar_is_joined_and_tied_within_the_text(
        rows in prop::collection::vec((0usize..12, 0usize..7, 0usize..8, 0usize..12), 1..12)
    ) {
        let words = ["Okello", "the", "minister", "of", "she", "Kenya", "'s", ",", "led/lead", "they", "Kenyan", "I"];
        let parts = ["propn", "det", "noun", "adp", "pron", "verb", "punct"];
        let rels = ["nsubj", "appos", "flat", "nmod", "obj", "nmod:poss", "acl:relcl", "root"];
        let kinds = ["person", "organisation", "place", "group"];
        let forms = ["name", "nominal", "pronoun", "demonym"];
        let mut table = String::new();
        for (i, (w, p, r, h)) in rows.iter().enumerate() {
            let (head, from) = (h % (rows.len() + 1), 1 + h % (i + 1));
            let (kind, form) = (kinds[h % 4], forms[(w + p) % 4]);
            table += &format!("{} {} {head} {} {kind} {form} {from} {}\n", words[*w], parts[*p], rels[*r], i + 1);
        }
        let (text, language) = report(&table);
        let inside = |s: crate::span::Span| s.start <= s.end && s.end as usize <= text.source.len();
        for e in &language.entities {
            prop_assert!(!e.mentions.is_empty() && !e.name.is_empty());
            prop_assert!(e.role.is_none_or(inside));
        }
        for (i, m) in language.mentions.iter().enumerate() {
            let home = &language.entities[m.entity.at()];
            prop_assert!(home.mentions.iter().any(|x| x.at() == i));
        }
        let article = crate::intake::Article::bare("", "");
        for r in crate::meaning::relations::relations(&article, &text, &language, &Default::default()) {
            prop_assert!(inside(r.span) && r.detail.is_none_or(inside));
        }
    }
}
