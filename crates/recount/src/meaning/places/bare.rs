//! A place's name without the words beside it that say what sort of place it is, or which part of it is meant.

use super::resolve::Sort;

/// A name without the words that say what it is or which part of it is meant.
pub(super) fn bare(name: &str) -> (&str, Option<Sort>, bool) {
    let mut rest = name;
    let mut part = false;
    for possessive in ["'s", "’s", "'", "’"] {
        rest = rest.strip_suffix(possessive).unwrap_or(rest).trim_end();
    }
    while let Some((first, behind)) = rest.split_once(|c: char| c.is_whitespace() || c == '-') {
        // "East Timor" and "Western Sahara" are names; "Northern Mali" at a sentence's start is a part of one.
        let small = first.chars().all(char::is_lowercase);
        let direction = is_direction(first) && (small || first.ends_with("ern"));
        if !direction && !first.eq_ignore_ascii_case("the") {
            break;
        }
        part |= direction;
        rest = behind.trim_start();
    }
    let mut said = None;
    if let Some((before, last)) = rest.rsplit_once(char::is_whitespace)
        && let Some(sort) = sort_of(last)
    {
        said = Some(sort);
        rest = before.trim_end();
    } else if let Some((first, behind)) = rest.split_once(" of ")
        && let Some(sort) = sort_of(first)
    {
        said = Some(sort);
        rest = behind.trim_start();
    }
    if rest.is_empty() { (name, None, false) } else { (rest, said, part) }
}

/// Nouns that say what sort of place a name beside them names.
pub(super) fn sort_of(word: &str) -> Option<Sort> {
    Some(match word.to_lowercase().as_str() {
        "city" | "town" | "village" | "township" | "twp." | "capital" | "suburb" | "municipality" => Sort::Town,
        "province" | "governorate" | "oblast" | "state" | "prefecture" | "region" | "provinces" | "states" => {
            Sort::Division
        }
        "county" | "counties" | "district" | "districts" | "raion" | "parish" | "co." => Sort::District,
        _ => return None,
    })
}

/// Words that cut a part out of a place.
pub(super) fn is_direction(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "north"
            | "south"
            | "east"
            | "west"
            | "northern"
            | "southern"
            | "eastern"
            | "western"
            | "central"
            | "northeast"
            | "northwest"
            | "southeast"
            | "southwest"
            | "northeastern"
            | "northwestern"
            | "southeastern"
            | "southwestern"
            | "downtown"
            | "rural"
            | "upstate"
            | "mainland"
            | "coastal"
    )
}
