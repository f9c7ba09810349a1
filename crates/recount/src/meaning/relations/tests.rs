use super::relations;
use crate::intake::Article;
use crate::language::entities::built::report;
use crate::meaning::{Meaning, Party};

/// The ties of a hand-made report, as "subject kind object (detail)".
fn ties(table: &str) -> Vec<String> {
    let (text, language) = report(table);
    let name = |p: Party| match p {
        Party::Entity(e) => language.entities[e.at()].name.clone(),
        Party::Place(_) => unreachable!("no places were given"),
    };
    let row = |r: super::Relation| {
        let detail = r.detail.map_or("", |d| text.words(d));
        let inferred = if r.because.inferred.is_some() { ", inferred" } else { "" };
        format!("{} {} {} ({detail}{inferred})", name(r.subject), r.kind.name(), name(r.object))
    };
    relations(&Article::bare("", ""), &text, &language, &Meaning::default()).into_iter().map(row).collect()
}

#[test]
fn a_title_holds_an_office_at_the_state_before_it() {
    let found = ties(
        "
Kenya propn 4 nmod:poss place name 1 1
's part 1 case
Foreign adj 4 amod
Minister noun 6 nmod:desc
Grace propn 6 flat
Okello propn 7 nsubj person name 5 6
spoke/speak verb 0 root",
    );
    assert_eq!(found, ["Grace Okello office Kenya (Foreign Minister)"]);
}

#[test]
fn an_apposition_with_a_possessor_is_kin() {
    let found = ties(
        "
Daniel propn 2 flat
Mbeki propn 10 nsubj person name 1 2
, punct 6 punct
Okello propn 6 nmod:poss person name 4 4
's part 4 case
son noun 2 appos person nominal 4 10
- punct 6 punct
in adp 6 fixed
- punct 6 punct
law noun 6 fixed
fled/flee verb 2 acl",
    );
    assert_eq!(found, ["Daniel Mbeki kin Okello (son - in - law)"]);
}

#[test]
fn a_specialist_works_at_the_institute_and_not_in_his_subject() {
    let found = ties(
        "
Ana propn 2 flat
Ruiz propn 0 root person name 1 2
, punct 5 punct
a det 5 det
specialist noun 2 appos person nominal 4 5
in adp 7 case
Africa propn 5 nmod place name 7 7
at adp 11 case
the det 11 det
Harbour propn 11 compound
Institute propn 7 nmod organisation name 10 11",
    );
    assert_eq!(found, ["Ana Ruiz employee Harbour Institute (specialist)"]);
}

#[test]
fn what_is_led_by_someone_has_a_leader() {
    let found = ties(
        "
the det 3 det
Harbour propn 3 compound
Pact propn 0 root organisation name 2 3
, punct 5 punct
led/lead verb 3 acl
by adp 7 case
Kenya propn 5 obl:agent place name 7 7",
    );
    assert_eq!(found, ["Kenya leads Harbour Pact (led)"]);
}

#[test]
fn a_verb_that_is_denied_ties_nobody() {
    let found = ties(
        "
Kenya propn 4 nsubj place name 1 1
does/do aux 4 aux
not part 4 advmod
lead verb 0 root
the det 7 det
Harbour propn 7 compound
Pact propn 4 obj organisation name 6 7",
    );
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn a_seat_on_a_board_is_of_the_company() {
    let found = ties(
        "
Mbeki propn 5 nsubj person name 1 1
is/be aux 5 cop
on adp 5 case
the det 5 det
board noun 0 root
of adp 7 case
Lakeoil propn 5 nmod organisation name 7 7",
    );
    assert_eq!(found, ["Mbeki board Lakeoil (board)"]);
}

#[test]
fn a_spokeswoman_speaks_for_the_name_before_her_office() {
    let found = ties(
        "
Ana propn 2 flat
Ruiz propn 7 nsubj person name 1 2
, punct 6 punct
a det 6 det
Pentagon propn 6 compound organisation name 5 5
spokeswoman noun 2 appos person nominal 4 6
agreed/agree verb 0 root",
    );
    assert_eq!(found, ["Ana Ruiz spokesperson Pentagon (spokeswoman)"]);
}

#[test]
fn a_former_name_in_brackets_is_kept() {
    let found = ties(
        "
Ashgrove propn 0 root place name 1 1
( punct 4 punct
formerly adv 4 advmod
Elmton propn 1 appos place name 4 4
) punct 4 punct",
    );
    assert_eq!(found, ["Ashgrove formerly-called Elmton (formerly)"]);
}

#[test]
fn a_nationality_before_a_name_is_no_office() {
    let found = ties(
        "
the det 4 det
Kenyan adj 4 amod place demonym 2 2
Grace propn 4 flat
Okello propn 5 nsubj person name 3 4
won/win verb 0 root",
    );
    assert_eq!(found, ["Grace Okello nationality Kenyan (Kenyan)"]);
}

#[test]
fn a_known_president_without_a_state_has_an_inferred_one() {
    let found = ties(
        "
President noun 3 nmod:desc
Paul propn 3 flat
Kagame propn 4 nsubj person name 2 3
visited/visit verb 0 root
Rwanda propn 4 obj place name 5 5",
    );
    assert_eq!(found, ["Paul Kagame office Rwanda (President, inferred)"]);
}

#[test]
fn a_hyphen_leads_a_coalition() {
    let found = ties(
        "
the det 5 det
Kenya propn 4 compound place name 2 2
- punct 4 punct
led/lead verb 5 amod
coalition noun 0 root organisation nominal 1 5",
    );
    assert_eq!(found, ["Kenya leads the Kenya - led coalition (led)"]);
}
