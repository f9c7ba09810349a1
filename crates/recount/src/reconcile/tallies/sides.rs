//! Whose dead: the side or group that a count's words name by their last noun.

/// Sides that do not overlap: a person belongs to one of them.
const SIDES: &[(&str, &[&str])] = &[
    ("civilians", &["civilian", "villager", "bystander", "onlooker", "shopper", "worshipper", "worshiper", "farmer"]),
    ("police", &["police", "policeman", "policewoman", "officer", "constable", "gendarme"]),
    ("soldiers", &["soldier", "troop", "serviceman", "servicewoman", "marine", "conscript", "paratrooper", "cadet"]),
    (
        "militants",
        &["militant", "rebel", "insurgent", "fighter", "gunman", "guerrilla", "guerilla", "jihadist", "terrorist"],
    ),
    ("protesters", &["protester", "protestor", "demonstrator", "marcher", "rioter", "striker"]),
    ("journalists", &["journalist", "reporter", "cameraman", "photographer"]),
];

/// Groups that any side may have members of.
const GROUPS: &[(&str, &[&str])] = &[
    (
        "children",
        &["child", "minor", "boy", "girl", "infant", "baby", "schoolchild", "schoolboy", "schoolgirl", "pupil"],
    ),
    ("women", &["woman"]),
];

/// The side or group that the words of what is counted name, by the last of them that names one.
pub(super) fn side_of(words: &str) -> Option<&'static str> {
    let lower = words.to_lowercase();
    // "police at a checkpoint", "children of the town": what counts stands before the preposition.
    let head = [" of ", " at ", " in ", " from ", " near ", " who ", " on "]
        .iter()
        .filter_map(|p| lower.find(p))
        .min()
        .map_or(lower.as_str(), |at| &lower[..at]);
    let last = head.split(|c: char| !c.is_alphanumeric()).rfind(|w| !w.is_empty())?;
    SIDES.iter().chain(GROUPS).find(|(_, nouns)| nouns.iter().any(|n| is_form(last, n))).map(|(side, _)| *side)
}

/// Whether people of a side may belong to other sides too.
pub(super) fn overlaps(side: &str) -> bool {
    GROUPS.iter().any(|(group, _)| *group == side)
}

/// Whether a word is a noun or its plural.
fn is_form(word: &str, noun: &str) -> bool {
    let plural = |stem: &str, ending: &str| word.strip_prefix(stem) == Some(ending);
    word == noun
        || plural(noun, "s")
        || noun.strip_suffix("man").is_some_and(|stem| plural(stem, "men"))
        || noun.strip_suffix("child").is_some_and(|stem| plural(stem, "children"))
        || noun.strip_suffix('y').is_some_and(|stem| plural(stem, "ies"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_noun_names_the_side() {
        for (words, side) in [
            ("policemen", Some("police")),
            ("riot police officers", Some("police")),
            ("government troops", Some("soldiers")),
            ("women", Some("women")),
            ("schoolchildren", Some("children")),
            ("babies", Some("children")),
            ("soldiers at a checkpoint", Some("soldiers")),
            ("people", None),
            ("police vehicles", None),
            ("", None),
        ] {
            assert_eq!(side_of(words), side, "{words}");
        }
    }
}
