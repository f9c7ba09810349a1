//! How far independent voices bear an incident out.

use crate::record::across::Verification;
use std::collections::BTreeMap;

/// The level of an incident from its tellings, each with its origin and status, and a person's decision where there is
/// one, which always holds.
///
/// An origin bears the incident out when any telling of it says that it happened; it contradicts when its tellings only
/// negate or deny it. What is ordered, feared or planned does neither.
pub fn verification<'a>(
    tellings: impl Iterator<Item = (&'a str, &'a str)>,
    decided: Option<Verification>,
) -> Verification {
    if let Some(level) = decided {
        return level;
    }
    // Of each origin, whether it says so, and whether it says that it is not so.
    let mut origins: BTreeMap<&str, (bool, bool)> = BTreeMap::new();
    for (origin, status) in tellings {
        let said = origins.entry(origin).or_default();
        said.0 |= status == "happened";
        said.1 |= matches!(status, "negated" | "denied");
    }
    let bears = origins.values().filter(|s| s.0).count();
    let contradicts = origins.values().filter(|s| s.1 && !s.0).count();
    match (bears, contradicts) {
        (1.., 1..) => Verification::Disputed,
        (2.., 0) => Verification::PartiallyCorroborated,
        _ => Verification::Unconfirmed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_do_not_corroborate_and_people_decide() {
        let level = |t: &[(&'static str, &'static str)], d| verification(t.iter().copied(), d);
        let happened = "happened";
        assert_eq!(level(&[("a", happened), ("a", happened)], None), Verification::Unconfirmed);
        assert_eq!(level(&[("a", happened), ("b", happened)], None), Verification::PartiallyCorroborated);
        assert_eq!(level(&[("a", happened), ("b", "denied")], None), Verification::Disputed);
        assert_eq!(level(&[("a", happened), ("a", "denied")], None), Verification::Unconfirmed);
        assert_eq!(level(&[("a", "ordered"), ("b", happened)], None), Verification::Unconfirmed);
        assert_eq!(level(&[("a", happened)], Some(Verification::Confirmed)), Verification::Confirmed);
        assert_eq!(level(&[], None), Verification::Unconfirmed);
    }
}
