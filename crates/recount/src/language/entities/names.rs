//! Whether two names can be one: shortened, as an acronym, or with a slip of spelling.

/// How one name goes back to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// Word for word.
    Same,
    /// "Tokayev" for "Kassym-Jomart Tokayev".
    Shortened,
    /// "CSTO" for "Collective Security Treaty Organization".
    Acronym,
    /// "Nazabaev" for "Nazarbaev".
    Spelling,
}

/// The words of a name without article, possessive and dots, as written.
pub fn name_words<'a>(words: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for word in words {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        if word.is_empty() || word.eq_ignore_ascii_case("the") || word.eq_ignore_ascii_case("s") {
            continue;
        }
        out.push(word.replace(['.', '’', '\''], ""));
    }
    out
}

/// How `short` goes back to `long` as names of persons; `None` if not.
pub fn person(short: &[String], long: &[String]) -> Option<Likeness> {
    let (Some(last), Some(other_last)) = (short.last(), long.last()) else { return None };
    if same_words(short, long) {
        return Some(Likeness::Same);
    }
    let particles = ["al", "el", "bin", "von", "van", "de", "ibn", "jr", "sr", "junior"];
    if particles.contains(&last.to_lowercase().as_str()) {
        return None;
    }
    // The surname alone, or with some of the other words, in order.
    if last.to_lowercase() == other_last.to_lowercase() && short.len() < long.len() && in_order(short, long) {
        return Some(Likeness::Shortened);
    }
    // One word that is the given name or a middle part: "Saddam", "Aung San Suu Kyi" → "Suu Kyi".
    if short.len() < long.len() && in_order(short, long) && last.chars().count() > 2 {
        return Some(Likeness::Shortened);
    }
    // Both have given names that can be the same: "J. Smith", "Joe Biden" and "Joseph Biden" stay apart but for initials.
    if short.len() > 1 && long.len() > 1 && last.to_lowercase() == other_last.to_lowercase() {
        let (a, b) = (initial(&short[0]), initial(&long[0]));
        let cut = short[0].chars().count() == 1 || long[0].chars().count() == 1 || short[0] == long[0];
        return (a == b && cut).then_some(Likeness::Shortened);
    }
    let given_fits = short.len() == 1 || long.len() == 1 || same(&short[0], &long[0]);
    (given_fits && slip(last, other_last)).then_some(Likeness::Spelling)
}

/// How `short` goes back to `long` as names of bodies or places; `None` if not.
pub fn body(short: &[String], long: &[String]) -> Option<Likeness> {
    if short.is_empty() || long.is_empty() {
        return None;
    }
    if same_words(short, long) {
        return Some(Likeness::Same);
    }
    if acronym(short, long) || acronym(long, short) {
        return Some(Likeness::Acronym);
    }
    // "Gazprom" for "Gazprom Neft" would join a daughter to its mother, so only the first word may stand alone, and only
    // where the rest says what kind of body it is: "Hamas" for "Hamas movement".
    let rest_is_kind = |s: &[String], l: &[String]| {
        s.len() < l.len()
            && s.iter().zip(l).all(|(a, b)| same(a, b))
            && l[s.len()..]
                .iter()
                .all(|w| super::lexicon::is_body(&w.to_lowercase()) || w.len() < 4 && w.contains("nc"))
    };
    if rest_is_kind(short, long) || rest_is_kind(long, short) {
        return Some(Likeness::Shortened);
    }
    let one_slip = short.len() == long.len()
        && short.iter().zip(long).filter(|(a, b)| !same(a, b)).count() == 1
        && short.iter().zip(long).all(|(a, b)| same(a, b) || slip(a, b));
    one_slip.then_some(Likeness::Spelling)
}

fn same(a: &str, b: &str) -> bool {
    a == b || a.to_lowercase() == b.to_lowercase()
}

fn same_words(a: &[String], b: &[String]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
}

fn initial(word: &str) -> Option<char> {
    word.chars().next().map(|c| c.to_ascii_uppercase())
}

fn in_order(short: &[String], long: &[String]) -> bool {
    let mut rest = long.iter();
    short.iter().all(|s| rest.any(|l| same(s, l) || s.chars().count() == 1 && initial(s) == initial(l)))
}

/// Capital letters that are the initials of the other name's words, small words counted or not.
fn acronym(short: &[String], long: &[String]) -> bool {
    let [letters] = short else { return false };
    let count = letters.chars().count();
    if long.len() < 2 || count < 2 || !letters.chars().all(|c| c.is_uppercase()) {
        return false;
    }
    let all: String = long.iter().filter_map(|w| w.chars().next()).flat_map(char::to_uppercase).collect();
    let big: String = long.iter().filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase()).collect();
    &all == letters || &big == letters
}

/// One slip of spelling in a long word (two in a very long one), never in its first letter.
fn slip(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.to_lowercase().chars().collect(), b.to_lowercase().chars().collect());
    let shorter = a.len().min(b.len());
    if !(6..=40).contains(&shorter) || a.first() != b.first() || a.len().abs_diff(b.len()) > 2 {
        return false;
    }
    // Plurals and other endings make other words: "Kazakh", "Kazakhs".
    if a.len() != b.len() && a[..shorter] == b[..shorter] {
        return false;
    }
    let allowed = if shorter >= 8 { 2 } else { 1 };
    edits(&a, &b) <= allowed
}

/// Levenshtein distance.
fn edits(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let cost = if x == y { corner } else { 1 + corner.min(row[j]).min(row[j + 1]) };
            corner = std::mem::replace(&mut row[j + 1], cost);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(s: &str) -> Vec<String> {
        name_words(s.split([' ', '-']))
    }

    #[test]
    fn a_surname_goes_back_to_the_full_name() {
        assert_eq!(person(&words("Okello"), &words("Grace Okello")), Some(Likeness::Shortened));
        assert_eq!(person(&words("Grace Okello"), &words("Grace Okello")), Some(Likeness::Same));
        assert_eq!(person(&words("G. Okello"), &words("Grace Okello")), Some(Likeness::Shortened));
        assert_eq!(person(&words("Daniel Okello"), &words("Grace Okello")), None);
        assert_eq!(person(&words("Al"), &words("Ibrahim Al Saleh")), None);
    }

    #[test]
    fn a_slip_is_forgiven_in_long_names_only() {
        assert_eq!(person(&words("Zelenksy"), &words("Volodymyr Zelensky")), Some(Likeness::Spelling));
        assert_eq!(person(&words("Hall"), &words("Peter Hill")), None);
        assert_eq!(person(&words("Simonov"), &words("Semyon Lavrov")), None);
    }

    #[test]
    fn an_acronym_goes_back_to_its_words() {
        assert_eq!(body(&words("WFP"), &words("World Food Programme")), Some(Likeness::Acronym));
        assert_eq!(body(&words("FARC"), &words("World Food Programme")), None);
        assert_eq!(body(&words("Ministry of Health"), &words("Ministry of Justice")), None);
        assert_eq!(body(&words("Hamas"), &words("Hamas movement")), Some(Likeness::Shortened));
    }
}
