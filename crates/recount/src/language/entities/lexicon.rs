//! What words alone say: countries and their people, sectors of role nouns, seats and people of governments.
//!
//! The tables are facts, read once from the carried lexicons; nothing here looks at a report.

use std::collections::HashMap;
use std::sync::LazyLock;

/// How a word names a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// "Kazakhstan"
    Name,
    /// "Kazakh"
    Adjective,
    /// "Kazakhs"
    People,
    /// "Astana", which stands for the government only as a metonym.
    Capital,
}

static COUNTRIES: LazyLock<HashMap<&'static str, (&'static str, Naming)>> = LazyLock::new(|| {
    let mut table = HashMap::new();
    // Names come before adjectives and people before capitals: "Kuwait City" never hides "Kuwait".
    for (column, naming) in [Naming::Name, Naming::Adjective, Naming::People, Naming::Capital].into_iter().enumerate() {
        for row in rows(recount_data::COUNTRIES) {
            let mut fields = row.split('\t');
            let Some(code) = fields.next() else { continue };
            for word in fields.nth(column).unwrap_or_default().split('|').filter(|w| !w.is_empty()) {
                table.entry(word).or_insert((code, naming));
            }
        }
    }
    table
});

static NAMES: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let first = |row: &'static str| {
        let mut fields = row.split('\t');
        Some((fields.next()?, fields.next()?.split('|').next()?))
    };
    rows(recount_data::COUNTRIES).filter_map(first).collect()
});

static ROLES: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let lists = rows(recount_data::ROLES).filter_map(|row| row.split_once(": "));
    lists.flat_map(|(sector, words)| words.split(", ").map(move |w| (w, sector))).collect()
});

static SEATS: LazyLock<HashMap<&'static str, (&'static str, &'static str)>> = LazyLock::new(|| {
    let seat = |row: &'static str| {
        let mut fields = row.split('\t');
        Some((fields.next()?, (fields.next()?, fields.next()?)))
    };
    rows(recount_data::SEATS).filter_map(seat).collect()
});

/// The other words of a name in lower case, the country, the first year.
type Leader = (Vec<String>, &'static str, i16);

/// By last name.
static LEADERS: LazyLock<HashMap<String, Vec<Leader>>> = LazyLock::new(|| {
    let mut table: HashMap<String, Vec<_>> = HashMap::new();
    for row in rows(recount_data::LEADERS) {
        let mut fields = row.split('\t');
        let (Some(name), Some(code), Some(year)) = (fields.next(), fields.next(), fields.next()) else { continue };
        let mut words: Vec<String> = name.split([' ', '-']).map(str::to_lowercase).collect();
        let Some(last) = words.pop() else { continue };
        table.entry(last).or_default().push((words, code, year.parse().unwrap_or(0)));
    }
    table
});

/// Country where it has one, sector, first year.
type Organisation = (Option<&'static str>, &'static str, Option<i16>);

static ORGANISATIONS: LazyLock<HashMap<&'static str, Organisation>> = LazyLock::new(|| {
    let mut table = HashMap::new();
    for row in rows(recount_data::ORGANISATIONS) {
        let mut fields = row.split('\t');
        let (Some(names), Some(code), Some(sector), Some(year)) =
            (fields.next(), fields.next(), fields.next(), fields.next())
        else {
            continue;
        };
        let what = (Some(code).filter(|c| *c != "-"), sector, year.parse().ok());
        table.extend(names.split('|').map(|n| (n, what)));
    }
    table
});

fn rows(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|l| !l.is_empty() && !l.starts_with('#'))
}

/// The country (ISO 3166-1 alpha-3) that words name, as written: "Kazakh", "the US", "Sri Lanka".
pub fn country(words: &str) -> Option<(&'static str, Naming)> {
    let words = words.strip_prefix("the ").or_else(|| words.strip_prefix("The ")).unwrap_or(words);
    let words = words.strip_suffix("'s").or_else(|| words.strip_suffix("’s")).unwrap_or(words);
    COUNTRIES.get(words).copied()
}

/// The usual name of a country.
pub fn country_name(code: &str) -> Option<&'static str> {
    NAMES.get(code).copied()
}

/// The PLOVER sector of the longest phrase that ends the words: "deputy foreign minister" by "foreign minister".
/// Words are lemmas in lower case.
pub fn sector(words: &[String]) -> Option<&'static str> {
    let longest = words.len().min(3);
    (1..=longest).rev().find_map(|n| ROLES.get(words[words.len() - n..].join(" ").as_str()).copied())
}

/// Country and sector of a seat of government: "Kremlin".
pub fn seat(words: &str) -> Option<(&'static str, &'static str)> {
    SEATS.get(words.strip_prefix("the ").or_else(|| words.strip_prefix("The ")).unwrap_or(words)).copied()
}

/// The country in whose government someone of this full name stood by `year`, where only one fits.
/// `name` in lower case, at least two words.
pub fn leader(name: &[String], year: Option<i16>) -> Option<&'static str> {
    let (last, first) = name.split_last()?;
    if first.is_empty() {
        return None;
    }
    let same = |(words, _, since): &&(Vec<String>, &'static str, i16)| {
        words.first() == first.first() && year.is_none_or(|y| *since <= y)
    };
    let mut fits = LEADERS.get(last)?.iter().filter(same).map(|(_, code, _)| *code);
    let code = fits.next()?;
    fits.all(|c| c == code).then_some(code)
}

/// Country and sector of a well-known organisation, as written, with or without "the"; what is known from a year on counts
/// only from then, where `year` is known.
pub fn organisation(name: &str, year: Option<i16>) -> Option<(Option<&'static str>, &'static str)> {
    let name = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
    let &(country, sector, since) = ORGANISATIONS.get(name)?;
    let known = since.zip(year).is_none_or(|(since, year)| since <= year);
    known.then_some((country, sector))
}

/// Forms of address and rank that stand before a name and are no part of it.
const TITLES: &[(&str, Option<Gender>)] = &[
    ("mr", Some(Gender::Male)),
    ("mr.", Some(Gender::Male)),
    ("sir", Some(Gender::Male)),
    ("lord", Some(Gender::Male)),
    ("king", Some(Gender::Male)),
    ("prince", Some(Gender::Male)),
    ("sheikh", Some(Gender::Male)),
    ("imam", Some(Gender::Male)),
    ("father", Some(Gender::Male)),
    ("brother", Some(Gender::Male)),
    ("congressman", Some(Gender::Male)),
    ("chairman", Some(Gender::Male)),
    ("spokesman", Some(Gender::Male)),
    ("mrs", Some(Gender::Female)),
    ("mrs.", Some(Gender::Female)),
    ("ms", Some(Gender::Female)),
    ("ms.", Some(Gender::Female)),
    ("miss", Some(Gender::Female)),
    ("madam", Some(Gender::Female)),
    ("lady", Some(Gender::Female)),
    ("dame", Some(Gender::Female)),
    ("queen", Some(Gender::Female)),
    ("princess", Some(Gender::Female)),
    ("sister", Some(Gender::Female)),
    ("congresswoman", Some(Gender::Female)),
    ("chairwoman", Some(Gender::Female)),
    ("spokeswoman", Some(Gender::Female)),
    ("dr", None),
    ("dr.", None),
    ("prof", None),
    ("prof.", None),
    ("gen", None),
    ("gen.", None),
    ("col", None),
    ("col.", None),
    ("lt", None),
    ("lt.", None),
    ("maj", None),
    ("maj.", None),
    ("capt", None),
    ("capt.", None),
    ("sgt", None),
    ("sgt.", None),
    ("brig", None),
    ("brig.", None),
    ("adm", None),
    ("adm.", None),
    ("rev", None),
    ("rev.", None),
    ("sen", None),
    ("sen.", None),
    ("rep", None),
    ("rep.", None),
    ("gov", None),
    ("gov.", None),
    ("general", None),
    ("colonel", None),
    ("lieutenant", None),
    ("major", None),
    ("captain", None),
    ("sergeant", None),
    ("brigadier", None),
    ("admiral", None),
    ("commander", None),
    ("president", None),
    ("minister", None),
    ("senator", None),
    ("governor", None),
    ("mayor", None),
    ("professor", None),
    ("doctor", None),
    ("judge", None),
    ("justice", None),
    ("ayatollah", Some(Gender::Male)),
    ("pope", Some(Gender::Male)),
    ("bishop", None),
    ("cardinal", Some(Gender::Male)),
    ("pastor", None),
    ("ambassador", None),
    ("secretary", None),
    ("chancellor", None),
    ("premier", None),
    ("detective", None),
    ("inspector", None),
    ("officer", None),
];

/// What a person's words say of him or her.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gender {
    Male,
    Female,
}

/// Whether a noun names an office that one person holds and the words for someone name another: a governor is no minister,
/// while an officer may be the general. Lemmas in lower case.
pub fn other_office(lemma: &str, of: &[String]) -> bool {
    const OFFICES: &str = "minister president governor mayor premier chancellor king prince ambassador prosecutor judge \
        senator secretary sheriff";
    let office = |word: &str| OFFICES.split_whitespace().any(|o| o == word);
    // A governor is not the spokeswoman who spoke before.
    let voice = |word: &str| matches!(word, "spokesman" | "spokeswoman" | "spokesperson");
    office(lemma) && of.iter().any(|w| office(w) || voice(w)) && !of.iter().any(|w| w == lemma)
}

/// Whether a word in lower case is a form of address or rank, and the gender it gives.
pub fn title(word: &str) -> Option<Option<Gender>> {
    TITLES.iter().find(|(w, _)| *w == word).map(|(_, g)| *g)
}

const MALE: &str = "man boy father son brother husband uncle nephew grandfather grandson gentleman lad guy king prince \
    duke policeman businessman gunman spokesman chairman congressman fisherman fireman cameraman serviceman militiaman \
    statesman widower actor waiter monk priest imam son-in-law brother-in-law father-in-law stepfather stepson dad \
    grandpa bishop pope emir sultan sheikh actor boyfriend groom host lord";
const FEMALE: &str = "woman girl mother daughter sister wife aunt niece grandmother granddaughter lady queen princess \
    duchess policewoman businesswoman spokeswoman chairwoman congresswoman widow actress waitress nun mum mom \
    daughter-in-law sister-in-law mother-in-law stepmother stepdaughter grandma girlfriend bride goddess heroine";
/// Given names that are nearly always one or the other, of the languages that English news writes most about.
const MALE_NAMES: &str = "aaron abdul abdullah abu adam ahmad ahmed alan albert aleksandr alex alexander alexei alfred \
    ali amir andre andreas andrei andrew andrey andy anthony antonio antony arthur asad ashraf bashar ben benjamin \
    bernard bill bob boris brian bruce carl carlos charles chris christopher craig daniel dave david dennis dmitri \
    dmitry donald douglas ed eddie edward emmanuel eric erik ernest evgeny fahad faisal felix fernando francis francisco \
    frank franz fred frederick friedrich gary george gerald gordon greg gregory guy hamid hans harold harry hasan hassan \
    henry herbert hosni howard hugh hussein ian ibrahim igor imran isaac ismail ivan jack jacob jake james jamal jan jason \
    javier jean jeff jeffrey jens jeremy jim jimmy joe joel johann johannes john jon jonathan jorge jose joseph josh \
    joshua juan julian justin karim karl keith ken kenneth kevin khaled khalid larry lawrence lee leo leon leonard louis \
    luis luke mahmoud malcolm marco marcus mario mark martin matt matthew maximilian max mehmet michael miguel mike mikhail \
    mohamed mohammad mohammed moussa muhammad mustafa nasser nathan neil nicholas nick nicolas nikolai noah oleg oliver \
    omar osama oscar pablo patrick paul pavel pedro pete peter philip phil pierre rafael ralph ramzan rashid raymond recep \
    ricardo richard rob robert roberto roger roman ronald roy saddam said salman sam samuel scott sean sebastian sergei \
    sergey simon stefan stephen steve steven ted theodore thomas tim timothy timur tom tony vaclav victor viktor vincent \
    vladimir volodymyr walter warren william yasser yitzhak yousef yuri yusuf zach";
const FEMALE_NAMES: &str = "abigail aisha alice alicia allison amanda amelia amina amy ana andrea angela anita ann anna \
    anne annie barbara beth betty brenda carol caroline catherine charlotte cheryl christina christine cindy claire clara \
    cynthia deborah debra denise diana diane donna dorothy edith elena eleanor elizabeth ella ellen emily emma esther eva \
    evelyn fatima fiona florence frances giorgia gloria grace hannah heather helen hillary irene isabel isabella jane janet \
    jean jennifer jenny jessica joan joanna judith judy julia julie karen kate katherine kathleen kathy katie kelly kimberly \
    laura lauren laila layla leila leyla linda lisa louise lucy lydia madeleine maggie margaret maria marie marine martha \
    mary megan melissa mercedes michelle mona monica nadia nancy natalia natalie nicole nina nora olga olivia pamela patricia \
    paula rachel rebecca rita rose rosa ruth sabrina samantha sandra sara sarah sharon shirley sofia sonia sophia sophie \
    stephanie sue susan svetlana tatiana teresa theresa tina tracy ursula vanessa vera veronica victoria virginia wendy \
    yulia zainab zoe";

static GENDERS: LazyLock<HashMap<&'static str, Gender>> = LazyLock::new(|| {
    let male = MALE.split_whitespace().map(|w| (w, Gender::Male));
    male.chain(FEMALE.split_whitespace().map(|w| (w, Gender::Female))).collect()
});

static GIVEN: LazyLock<HashMap<&'static str, Gender>> = LazyLock::new(|| {
    let male = MALE_NAMES.split_whitespace().map(|w| (w, Gender::Male));
    let female: HashMap<_, _> = FEMALE_NAMES.split_whitespace().map(|w| (w, Gender::Female)).collect();
    let both = |w: &str| female.contains_key(w);
    male.filter(|(w, _)| !both(w))
        .chain(female.clone().into_iter().filter(|(w, _)| !MALE_NAMES.split(' ').any(|m| m == *w)))
        .collect()
});

/// The gender that a noun says: "spokeswoman".
pub fn noun_gender(lemma: &str) -> Option<Gender> {
    GENDERS.get(lemma).copied()
}

/// The gender of a given name in lower case, where it is nearly always one.
pub fn given_gender(name: &str) -> Option<Gender> {
    GIVEN.get(name).copied()
}

/// Words of organisations' names, lower case: the kind of body and its sector.
pub fn is_body(word: &str) -> bool {
    const BODIES: &[&str] = &[
        "ministry",
        "department",
        "agency",
        "council",
        "committee",
        "commission",
        "party",
        "union",
        "institute",
        "university",
        "college",
        "school",
        "company",
        "corporation",
        "group",
        "bank",
        "army",
        "police",
        "force",
        "forces",
        "court",
        "parliament",
        "government",
        "movement",
        "front",
        "brigade",
        "battalion",
        "organisation",
        "organization",
        "association",
        "federation",
        "league",
        "observatory",
        "foundation",
        "society",
        "centre",
        "center",
        "office",
        "bureau",
        "service",
        "authority",
        "coalition",
        "alliance",
        "network",
        "club",
        "church",
        "hospital",
        "newspaper",
        "militia",
        "congress",
        "senate",
        "assembly",
        "board",
        "firm",
        "team",
        "mission",
        "fund",
        "museum",
    ];
    BODIES.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(s: &str) -> Vec<String> {
        s.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn countries_are_told_from_their_people_and_capitals() {
        assert_eq!(country("Kazakhstan"), Some(("KAZ", Naming::Name)));
        assert_eq!(country("the US"), Some(("USA", Naming::Name)));
        assert_eq!(country("Danish"), Some(("DNK", Naming::Adjective)));
        assert_eq!(country("Danes"), Some(("DNK", Naming::People)));
        assert_eq!(country("Tashkent"), Some(("UZB", Naming::Capital)));
        assert_eq!(country("us"), None);
        assert_eq!(country_name("DEU"), Some("Germany"));
    }

    #[test]
    fn the_longest_role_decides() {
        assert_eq!(sector(&words("deputy foreign minister")), Some("GOV"));
        assert_eq!(sector(&words("armed man")), Some("UAF"));
        assert_eq!(sector(&words("man")), None);
        assert_eq!(seat("the Kremlin"), Some(("RUS", "GOV")));
    }

    #[test]
    fn a_leader_is_known_from_the_year_of_entering_a_government() {
        assert_eq!(leader(&words("joe biden"), Some(2022)), Some("USA"));
        assert_eq!(leader(&words("olaf scholz"), Some(1999)), None);
        assert_eq!(leader(&words("biden"), None), None);
    }

    #[test]
    fn an_armed_group_is_known_from_its_first_year() {
        assert_eq!(organisation("Boko Haram", Some(2014)), Some((Some("NGA"), "REB")));
        assert_eq!(organisation("the Boko Haram", Some(1990)), None);
        assert_eq!(organisation("the UN", None), Some((None, "IGO")));
    }

    #[test]
    fn names_of_both_genders_say_nothing() {
        assert_eq!(given_gender("jean"), None);
        assert_eq!(given_gender("fatima"), Some(Gender::Female));
    }
}
