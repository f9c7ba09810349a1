//! Dictionary forms of English words: a table of irregular ones, and endings for the rest.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{Pos, Verb};

/// Irregular forms by part: verbs, nouns, pronouns.
static IRREGULAR: LazyLock<[HashMap<&'static str, &'static str>; 3]> = LazyLock::new(|| {
    let mut parts = [HashMap::new(), HashMap::new(), HashMap::new()];
    let mut part = 0;
    for line in recount_data::IRREGULAR.lines() {
        match line {
            "# verbs" => part = 0,
            "# nouns" => part = 1,
            "# pronouns" => part = 2,
            comment if comment.starts_with('#') => {}
            row => {
                let mut forms = row.split(' ');
                let base = forms.next().unwrap_or_default();
                for form in forms {
                    parts[part].entry(form).or_insert(base);
                }
                parts[part].insert(base, base);
            }
        }
    }
    parts
});

/// Nouns that end in s without being plurals of anything.
const WHOLE: &str = "news series species means headquarters barracks crossroads politics economics ethics physics \
                     mathematics statistics diabetes measles rabies gallows shambles chaos corps debris police";

/// The dictionary form of a word, in lower case. `known` says whether a string is an English word: it chooses between
/// the stems that an ending allows (*hoped* from *hope*, *stopped* from *stop*).
pub fn lemma(word: &str, pos: Pos, verb: Verb, plural: Option<bool>, known: impl Fn(&str) -> bool) -> String {
    let lower = word.to_lowercase().replace('’', "'");
    let [verbs, nouns, pronouns] = &*IRREGULAR;
    match pos {
        Pos::Verb | Pos::Aux => {
            if lower == "'s" && pos == Pos::Verb {
                return "be".into();
            }
            // "lay" and "saw" are past of one verb and base of another.
            if matches!(verb, Verb::Infinitive | Verb::Imperative)
                && verbs.get(lower.as_str()).is_some_and(|b| *b != lower)
                && matches!(lower.as_str(), "lay" | "saw" | "found" | "ground" | "wound" | "bound" | "fell")
            {
                return lower;
            }
            match verbs.get(lower.as_str()) {
                Some(base) => (*base).into(),
                None if matches!(verb, Verb::Infinitive | Verb::Imperative) => lower,
                None => regular_verb(&lower, known),
            }
        }
        Pos::Noun | Pos::Propn => match nouns.get(lower.as_str()) {
            Some(base) => (*base).into(),
            None if plural == Some(false) => lower,
            None => regular_noun(&lower, plural == Some(true), known),
        },
        Pos::Pron => pronouns.get(lower.as_str()).map_or(lower, |base| base.to_lowercase()),
        Pos::Part if lower == "n't" => "not".into(),
        _ => lower,
    }
}

/// Whether a noun is written as a plural: with an *-s* behind an English word.
pub fn written_plural(word: &str, known: impl Fn(&str) -> bool) -> bool {
    let lower = word.to_lowercase();
    let stem = regular_noun(&lower, false, &known);
    lower.ends_with('s') && stem != lower && known(&stem)
}

fn regular_verb(word: &str, known: impl Fn(&str) -> bool) -> String {
    if !word.is_ascii() || word.len() < 4 {
        return word.into();
    }
    if let Some(stem) = word.strip_suffix("ied") {
        return if stem.len() < 2 { format!("{stem}ie") } else { format!("{stem}y") };
    }
    if let Some(stem) = word.strip_suffix("ed").or_else(|| word.strip_suffix("ing")) {
        return if stem.len() < 2 || !has_vowel(stem) { word.into() } else { stem_of(stem, known) };
    }
    if let Some(stem) = word.strip_suffix("ies") {
        return if stem.len() < 2 { format!("{stem}ie") } else { format!("{stem}y") };
    }
    without_s(word, &known).unwrap_or_else(|| word.into())
}

/// The base of a verb from what stands before *-ed* or *-ing*.
fn stem_of(stem: &str, known: impl Fn(&str) -> bool) -> String {
    let bytes = stem.as_bytes();
    let last = bytes[bytes.len() - 1];
    let with_e = format!("{stem}e");
    if bytes.len() > 2 && last == bytes[bytes.len() - 2] && !is_vowel(last) {
        let single = &stem[..stem.len() - 1];
        let keeps = matches!(last, b'l' | b's' | b'f' | b'z');
        return if keeps && (known(stem) || !known(single)) { stem.into() } else { single.into() };
    }
    if let Some(panic) = stem.strip_suffix("ick").filter(|s| known(&format!("{s}ic")) && !known(stem)) {
        return format!("{panic}ic");
    }
    // One vowel before one consonant would have been doubled: hop, hopped, but hope, hoped.
    let vowels = bytes.iter().filter(|b| is_vowel(**b)).count();
    let short = vowels == 1 && bytes.len() >= 2 && is_vowel(bytes[bytes.len() - 2]) && !b"aeiouwxy".contains(&last);
    if short && known(&with_e) {
        return with_e;
    }
    match (known(stem), known(&with_e)) {
        (true, _) => stem.into(),
        (false, true) => with_e,
        (false, false) if takes_e(stem) => with_e,
        (false, false) => stem.into(),
    }
}

/// Whether a stem that is no word itself ends as those do that lost an e.
fn takes_e(stem: &str) -> bool {
    const ENDINGS: [&str; 22] = [
        "c", "v", "u", "iz", "is", "ys", "dg", "rg", "as", "us", "os", "bl", "tl", "dl", "gl", "pl", "fl", "cl", "ir",
        "ur", "at", "ag",
    ];
    ENDINGS.iter().any(|e| stem.ends_with(e)) && !stem.ends_with("ss")
}

fn regular_noun(word: &str, plural: bool, known: impl Fn(&str) -> bool) -> String {
    if WHOLE.split(' ').any(|w| w == word) || !word.is_ascii() {
        return word.into();
    }
    if let Some(stem) = word.strip_suffix("men").filter(|s| plural && !s.is_empty()) {
        return format!("{stem}man");
    }
    if word.len() < 4 && !plural || word.ends_with("ss") || word.ends_with("us") || word.ends_with("is") {
        return word.into();
    }
    if let Some(stem) = word.strip_suffix("ies").filter(|s| !s.is_empty()) {
        let with_y = format!("{stem}y");
        return if known(&with_y) || !known(&word[..word.len() - 1]) { with_y } else { word[..word.len() - 1].into() };
    }
    without_s(word, &known).unwrap_or_else(|| word.into())
}

/// A word without its final *-s* or *-es*.
fn without_s(word: &str, known: &impl Fn(&str) -> bool) -> Option<String> {
    let stem = word.strip_suffix('s').filter(|s| s.len() > 1 && !s.ends_with('s'))?;
    if let Some(short) = stem.strip_suffix('e') {
        let hisses = ["ss", "sh", "ch", "x", "zz"].iter().any(|e| short.ends_with(e));
        let long_o = short.ends_with('o') && !known(stem);
        let doubled =
            ["ss", "zz"].iter().any(|e| short.ends_with(e)) && !known(short) && known(&short[..short.len() - 1]);
        if doubled {
            return Some(short[..short.len() - 1].into());
        }
        if (hisses && (known(short) || !known(stem))) || long_o || (!known(stem) && known(short)) {
            return Some(short.into());
        }
    }
    Some(stem.into())
}

fn is_vowel(b: u8) -> bool {
    b"aeiou".contains(&b)
}

fn has_vowel(s: &str) -> bool {
    s.bytes().any(|b| is_vowel(b) || b == b'y')
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &str = "hope hop stop plan kill call install control visit use force charge accuse arrest reach change \
                         pass rescue agree bomb protest carry city movie attack church hero house bus gas die cause \
                         close wound wave name create panic shell refuse demonstrate bus box";

    fn of(word: &str, pos: Pos, verb: Verb, plural: Option<bool>) -> String {
        lemma(word, pos, verb, plural, |w| WORDS.split_whitespace().any(|k| k == w))
    }

    #[test]
    fn verbs_lose_their_endings() {
        let pairs = "hoped hope|stopped stop|planning plan|killed kill|calls call|installed install|controlled control|\
                     visited visit|used use|using use|forced force|charged charge|accused accuse|reaches reach|\
                     changes change|passes pass|rescued rescue|agreed agree|carried carry|carries carry|died die|\
                     dying die|panicked panic|shelled shell|refusing refuse|was be|said say|fled flee|shot shoot|\
                     overthrown overthrow|'ve have|wo will|fleeing flee|detonated detonate|seized seize";
        for pair in pairs.split('|') {
            let (word, base) = pair.trim().split_once(' ').unwrap();
            assert_eq!(of(word, Pos::Verb, Verb::Past, None), base, "{word}");
        }
    }

    #[test]
    fn nouns_lose_their_plural_only() {
        let pairs = "protesters protester|cities city|movies movie|churches church|heroes hero|houses house|buses bus|\
                     policemen policeman|women woman|children child|lives life|crises crisis|people people|boxes box|\
                     news news|Attacks attack|headquarters headquarters";
        for pair in pairs.split('|') {
            let (word, base) = pair.trim().split_once(' ').unwrap();
            assert_eq!(of(word, Pos::Noun, Verb::None, Some(true)), base, "{word}");
        }
        assert_eq!(of("Texas", Pos::Propn, Verb::None, Some(false)), "texas");
        assert_eq!(of("Police", Pos::Noun, Verb::None, None), "police");
    }

    #[test]
    fn other_words_are_put_in_lower_case() {
        assert_eq!(of("Them", Pos::Pron, Verb::None, None), "they");
        assert_eq!(of("n’t", Pos::Part, Verb::None, None), "not");
        assert_eq!(of("Deadly", Pos::Adj, Verb::None, None), "deadly");
        assert_eq!(of("", Pos::Noun, Verb::None, Some(true)), "");
    }

    proptest::proptest! {
        #[test]
        fn any_word_has_a_lemma(word in "\\PC{0,12}", ending in "(s|es|ed|ing|ies|ied|men|ss|'s|)") {
            for pos in [Pos::Verb, Pos::Noun, Pos::Pron, Pos::Adj] {
                for plural in [None, Some(true), Some(false)] {
                    of(&format!("{word}{ending}"), pos, Verb::Past, plural);
                }
            }
        }
    }
}
