//! Which news agency a report credits. It names an origin; alone it never makes one, since unrelated reports credit the
//! same agency.

use aho_corasick::AhoCorasick;
use std::cmp::Reverse;
use std::sync::LazyLock;

/// How agencies are credited, and the name each is given here.
const AGENCIES: &[(&str, &str)] = &[
    ("Reuters", "Reuters"),
    ("REUTERS", "Reuters"),
    ("The Associated Press", "AP"),
    ("Associated Press", "AP"),
    ("AP", "AP"),
    ("Agence France-Presse", "AFP"),
    ("Agence France Presse", "AFP"),
    ("France-Presse", "AFP"),
    ("AFP", "AFP"),
    ("United Press International", "UPI"),
    ("UPI", "UPI"),
    ("dpa", "dpa"),
    ("DPA", "dpa"),
    ("Deutsche Presse-Agentur", "dpa"),
    ("Xinhua", "Xinhua"),
    ("XINHUA", "Xinhua"),
    ("TASS", "TASS"),
    ("Itar-Tass", "TASS"),
    ("ITAR-TASS", "TASS"),
    ("Interfax", "Interfax"),
    ("RIA Novosti", "RIA Novosti"),
    ("Kyodo", "Kyodo"),
    ("Press Trust of India", "PTI"),
    ("PTI", "PTI"),
    ("ANI", "ANI"),
    ("IANS", "IANS"),
    ("EFE", "EFE"),
    ("ANSA", "ANSA"),
    ("Anadolu Agency", "Anadolu"),
    ("Anadolu", "Anadolu"),
    ("Yonhap", "Yonhap"),
    ("Bernama", "Bernama"),
    ("Antara", "Antara"),
    ("Belga", "Belga"),
    ("Press Association", "PA"),
    ("Canadian Press", "CP"),
    ("AAP", "AAP"),
    ("SANA", "SANA"),
    ("WAFA", "WAFA"),
    ("IRNA", "IRNA"),
    ("Bloomberg", "Bloomberg"),
];

/// Code points at either end of a text in which a name by itself can be a credit.
const ENDS: usize = 240;

/// The agency that a report credits in its byline, its dateline, its closing line, or as the one it tells after.
pub(super) fn agency(credit: Option<&str>, text: &str) -> Option<&'static str> {
    let credited = credit.and_then(|c| found(c, |_, _| true));
    let head = &text[..floor(text, ENDS)];
    let tail = &text[floor(text, text.len().saturating_sub(ENDS))..];
    credited.or_else(|| found(head, dateline)).or_else(|| found(tail, closing)).or_else(|| found(text, told_after))
}

/// The first place where an agency's name stands as a word of its own and its surroundings make it a credit.
fn found(text: &str, is_credit: impl Fn(&str, &str) -> bool) -> Option<&'static str> {
    static NAMES: LazyLock<AhoCorasick> =
        LazyLock::new(|| AhoCorasick::new(AGENCIES.iter().map(|(written, _)| written)).expect("a few short names"));
    let mut best: Option<(usize, Reverse<usize>, &'static str)> = None;
    for place in NAMES.find_overlapping_iter(text) {
        let (before, after) = (&text[..place.start()], &text[place.end()..]);
        let apart = !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric);
        // The first in the text; of two that begin alike, the longer.
        let (at, longer) = (place.start(), Reverse(place.len()));
        if apart && best.is_none_or(|(a, n, _)| (at, longer) < (a, n)) && is_credit(before, after) {
            best = Some((at, longer, AGENCIES[place.pattern().as_usize()].1));
        }
    }
    best.map(|b| b.2)
}

/// An agency, by the first row that names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct Agency(u8);

impl Agency {
    pub fn named(name: &str) -> Option<Agency> {
        AGENCIES.iter().position(|(_, known)| *known == name).and_then(|at| u8::try_from(at).ok()).map(Agency)
    }

    pub fn name(self) -> &'static str {
        AGENCIES.get(usize::from(self.0)).map_or("", |(_, name)| name)
    }
}

/// "LISK (Reuters) —", "LISK, Reuters:", "By Ana Pohl, UPI".
fn dateline(before: &str, after: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default();
    let after = after.trim_start_matches([' ', ')']);
    let bracketed = before.ends_with('(') || line.is_empty();
    let ends = after.is_empty() || after.starts_with(['\n', '-', '–', '—', ':', '|']);
    ends && (bracketed || line.starts_with("By ") || line.starts_with("by "))
}

/// "(AFP)", "Reuters contributed to this report", "Reporting by Ana Pohl for Reuters".
fn closing(before: &str, after: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default();
    let rest = after.trim_start_matches(['.', ')', ']', '/', ' ']).trim();
    let helped = after.trim_start().starts_with("contributed") || after.trim_start().starts_with("also contributed");
    let set_off = line.trim().is_empty() || before.ends_with(['(', '[', '—', '-', '/', '–']);
    helped || (rest.is_empty() && (set_off || line.trim_start().starts_with("Reporting by")))
}

/// "told Reuters", "according to AFP", "AFP reported", "reported by Xinhua".
fn told_after(before: &str, after: &str) -> bool {
    let before = before.trim_end().trim_end_matches(" the").trim_end_matches(" news agency").trim_end();
    let after = after.trim_start().trim_start_matches("news agency ").trim_start();
    ["told", "according to", "According to", "reported by", "quoted by"].iter().any(|w| before.ends_with(w))
        || ["reported", "reports", "news agency reported", "said, citing"].iter().any(|w| after.starts_with(w))
}

/// The character boundary at or below a byte.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credits_are_found_where_they_stand() {
        for (credit, text, expected) in [
            (Some("By Ana Pohl, AFP"), "Lorries stood still.", Some("AFP")),
            (None, "LISK (Reuters) - Lorries stood still.", Some("Reuters")),
            (None, "By Ana Pohl, UPI\nLorries stood still.", Some("UPI")),
            (None, "Lorries stood still.\nThe Associated Press contributed to this report.", Some("AP")),
            (None, "Lorries stood still.\n(dpa)", Some("dpa")),
            (
                None,
                "“We wait,” a driver told Reuters by telephone, and hung up. Nobody else would speak.",
                Some("Reuters"),
            ),
            (None, "Lorries stood still, according to Agence France-Presse.", Some("AFP")),
        ] {
            assert_eq!(agency(credit, text), expected, "{text}");
        }
    }

    #[test]
    fn a_name_in_passing_is_no_credit() {
        for text in [
            "The Reuters building in Lisk was evacuated after a call, and staff stood in the square until noon.",
            "Pupils of the AP course walked out.",
            "The ANIMAL shelter in Lisk was shut.",
        ] {
            assert_eq!(agency(None, text), None, "{text}");
        }
    }
}
