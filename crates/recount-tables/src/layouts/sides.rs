//! What kind of side a party is, in ACLED's eight types and in UCDP's three, read off its PLOVER sector.

use super::gathered::Party;

/// ACLED's type of actor, 1 to 8, where the sector tells; none for a party that the text leaves open.
///
/// `event_type` is ACLED's, `at_home` whether the party's country is where it happened (none: not known).
pub fn inter(party: &Party, is_actor: bool, event_type: &str, at_home: Option<bool>) -> Option<u8> {
    let sector = party.sector.as_deref()?;
    Some(match sector {
        "MIL" | "COP" | "GOV" | "SPY" if at_home == Some(false) => 8,
        "MIL" | "COP" | "GOV" | "SPY" | "JUD" => 1,
        "REB" | "PRE" => 2,
        "PRM" | "UAF" | "CRM" => 3,
        "IGO" | "UNO" | "EUR" | "IMG" => 8,
        // Whoever is stopped or shot at in a protest is a protester.
        _ if event_type == "Protests" => 6,
        _ if is_actor && event_type == "Riots" => 5,
        _ => 7,
    })
}

/// ACLED's pair of types: the smaller first, 0 where there is no second.
pub fn interaction(one: Option<u8>, two: Option<u8>) -> Option<u8> {
    match (one, two) {
        (Some(a), Some(b)) => Some(a.min(b) * 10 + a.max(b)),
        (Some(a), None) | (None, Some(a)) => Some(a * 10),
        (None, None) => None,
    }
}

/// What a party is to UCDP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    State,
    Armed,
    Civilian,
}

/// What a party is to UCDP, where its sector tells.
pub fn side(party: &Party) -> Option<Side> {
    Some(match party.sector.as_deref()? {
        "MIL" | "COP" | "GOV" | "SPY" => Side::State,
        "REB" | "PRE" | "PRM" | "UAF" | "CRM" | "IMG" => Side::Armed,
        "UNK" | "IGO" | "UNO" | "EUR" => return None,
        _ => Side::Civilian,
    })
}

/// UCDP's type of violence: 1 state-based, 2 non-state, 3 one-sided; none where a side is not told.
pub fn violence(a: Option<Side>, b: Option<Side>) -> Option<u8> {
    Some(match (a?, b?) {
        (Side::Civilian, Side::Civilian) => return None,
        (Side::Civilian, _) | (_, Side::Civilian) => 3,
        (Side::Armed, Side::Armed) => 2,
        _ => 1,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn party(sector: &str) -> Party {
        Party { name: String::new(), sector: Some(sector.to_owned()), country: None }
    }

    #[test]
    fn the_same_people_are_protesters_rioters_or_civilians_by_what_happened() {
        let workers = party("LAB");
        assert_eq!(inter(&workers, true, "Protests", None), Some(6));
        assert_eq!(inter(&workers, false, "Protests", None), Some(6));
        assert_eq!(inter(&workers, true, "Riots", None), Some(5));
        assert_eq!(inter(&workers, false, "Battles", None), Some(7));
        assert_eq!(inter(&party("MIL"), true, "Battles", Some(true)), Some(1));
        assert_eq!(inter(&party("MIL"), true, "Battles", Some(false)), Some(8));
    }

    #[test]
    fn pairs_are_written_smaller_first() {
        assert_eq!(interaction(Some(7), Some(1)), Some(17));
        assert_eq!(interaction(Some(6), None), Some(60));
        assert_eq!(interaction(None, None), None);
    }

    #[test]
    fn violence_is_told_by_its_sides() {
        assert_eq!(violence(side(&party("MIL")), side(&party("REB"))), Some(1));
        assert_eq!(violence(side(&party("REB")), side(&party("CRM"))), Some(2));
        assert_eq!(violence(side(&party("COP")), side(&party("CVL"))), Some(3));
        assert_eq!(violence(side(&party("COP")), None), None);
    }
}
