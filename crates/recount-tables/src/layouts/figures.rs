//! Figures as the layouts write them: one number for vague words, by each scheme's convention.

use recount::record::across::{Claim, Incident, Tally};

/// A figure as ACLED would write it: "dozens" 12, "hundreds" 100, "several" 3, "at least 70" 70.
///
/// Vague words are known by their bounds. The lowest number that ACLED's rules allow is taken.
pub fn acled(low: Option<u64>, best: Option<u64>, high: Option<u64>) -> Option<u64> {
    match (low, best, high) {
        (_, Some(best), _) => Some(best),
        (Some(24), None, Some(99)) => Some(12),
        (Some(20), None, Some(99)) => Some(10),
        // Hundreds, thousands, and so on by tens: from twice the power of ten to the next.
        (Some(low), None, Some(high)) if low >= 200 && low / 2 * 10 - 1 == high && is_power_of_ten(low / 2) => {
            Some(low / 2)
        }
        (Some(low), None, _) => Some(low),
        // "Up to 20": some died, how many is not said.
        (None, None, Some(high)) => Some(high.min(3)),
        (None, None, None) => None,
    }
}

fn is_power_of_ten(mut n: u64) -> bool {
    while n >= 10 && n.is_multiple_of(10) {
        n /= 10;
    }
    n == 1
}

/// The tally of a kind for all victims together.
pub fn whole<'a>(incident: &'a Incident, kind: &str) -> Option<&'a Tally> {
    incident.tallies.iter().find(|t| t.kind == kind && t.of.is_none())
}

/// The tallies of a kind, that of the whole first.
pub fn of_kind<'a>(incident: &'a Incident, kind: &str) -> Vec<&'a Tally> {
    let mut all: Vec<&Tally> = incident.tallies.iter().filter(|t| t.kind == kind).collect();
    all.sort_by_key(|t| t.of.is_some());
    all
}

/// The lowest figure among the claims that count, as ACLED would write each: of the whole, otherwise the largest of the
/// parts' lowest.
pub fn most_conservative(incident: &Incident, kind: &str) -> Option<u64> {
    let lowest = |t: &Tally| {
        let figures = t.claims.iter().filter(|c| c.counted).filter_map(|c| acled(c.low, c.best, c.high)).min();
        figures.or_else(|| acled(t.low, t.best, t.high))
    };
    whole(incident, kind).and_then(lowest).or_else(|| of_kind(incident, kind).into_iter().filter_map(lowest).max())
}

/// A claim in words: the figure and who says so.
pub fn in_words(claim: &Claim, outlet: Option<&str>) -> String {
    let figure = match (claim.low, claim.best, claim.high) {
        (Some(low), Some(best), Some(high)) if low == best && best == high => best.to_string(),
        (Some(low), Some(best), None) if low == best => format!("at least {best}"),
        (Some(low), _, Some(high)) => format!("{low} to {high}"),
        (Some(low), _, None) => format!("{low} or more"),
        (None, Some(best), _) => format!("about {best}"),
        (None, None, Some(high)) => format!("up to {high}"),
        (None, None, None) => "an unknown number".to_owned(),
    };
    let by = claim.said_by.last().map(String::as_str).or(outlet);
    by.map_or(figure.clone(), |by| format!("{figure} ({by})"))
}

#[cfg(test)]
mod tests {
    use super::acled;

    #[test]
    fn vague_words_are_written_as_acled_writes_them() {
        assert_eq!(acled(Some(24), None, Some(99)), Some(12), "dozens");
        assert_eq!(acled(Some(20), None, Some(99)), Some(10), "tens");
        assert_eq!(acled(Some(40), None, Some(99)), Some(40), "scores");
        assert_eq!(acled(Some(200), None, Some(999)), Some(100), "hundreds");
        assert_eq!(acled(Some(2000), None, Some(9999)), Some(1000), "thousands");
        assert_eq!(acled(Some(20_000), None, Some(99_999)), Some(10_000), "tens of thousands");
        assert_eq!(acled(Some(300), None, Some(999)), Some(300), "several hundred");
        assert_eq!(acled(Some(3), None, None), Some(3), "several");
        assert_eq!(acled(Some(21), None, None), Some(21), "more than 20");
        assert_eq!(acled(Some(70), Some(70), None), Some(70), "at least 70");
        assert_eq!(acled(None, None, Some(20)), Some(3), "up to 20");
        assert_eq!(acled(None, None, None), None);
    }
}
