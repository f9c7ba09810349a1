//! What a report states about its own date → [`Published`]: open orders resolved by the other dates, one day chosen.

use super::days::{Found, Reading};
use super::{Published, Source, StatedDate};
use crate::span::Span;
use jiff::civil::Date;

/// One date stated, before its day and month are settled.
#[derive(Clone, Debug)]
pub(super) struct Claim {
    pub reading: Reading,
    /// Bytes of the article's text.
    pub span: Option<Span>,
    pub from: &'static str,
    pub words: String,
    pub modified: bool,
    /// How well such a place knows the day of publication: the lowest is chosen.
    pub rank: u8,
}

/// Ranks below this are the input's own and the strongest of text and page; they may outvote `option`.
pub(super) const RANK_INPUT: u8 = 0;
/// Dates of change are taken last, since a page changes long after its report was out.
pub(super) const RANK_MODIFIED: u8 = 200;
const RANK_OPTION: u8 = 250;

/// Which of day and month a page's readers write first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    MonthFirst,
    DayFirst,
}

/// Two dates this near speak of one publication: a posting and a crawl, or the same moment in two time zones.
const NEAR: i32 = 2;

/// The order of day and month that a page's figures show where one of them can be read only one way.
pub(super) fn order_shown(found: &[Found]) -> Option<Order> {
    let mut shown = found.iter().filter_map(|f| f.month_leads);
    let first = shown.next()?;
    shown.all(|s| s == first).then_some(if first { Order::MonthFirst } else { Order::DayFirst })
}

/// The claims as the record keeps them, and the day chosen: the lowest rank's earliest.
/// `order` is what the page's figures or its locale say about day and month.
pub(super) fn published(mut claims: Vec<Claim>, source: &Source, order: Option<Order>) -> Published {
    if let Some(words) = source.stated.map(str::trim).filter(|w| !w.is_empty())
        && let Some(reading) = super::days::stamp(words)
    {
        claims.insert(0, claim(reading, "input", words.to_owned(), RANK_INPUT));
    }
    if let Some(day) = source.published {
        claims.push(claim(Reading::Day(day), "option", day.to_string(), RANK_OPTION));
    }
    settle(&mut claims, order);
    let best = choose(&claims);
    let stated = claims
        .into_iter()
        .map(|c| StatedDate {
            value: day_of(c.reading),
            span: c.span,
            from: c.from,
            words: c.words,
            modified: c.modified,
        })
        .collect();
    Published { best, stated }
}

fn claim(reading: Reading, from: &'static str, words: String, rank: u8) -> Claim {
    Claim { reading, span: None, from, words, modified: false, rank }
}

fn day_of(reading: Reading) -> Option<Date> {
    match reading {
        Reading::Day(day) => Some(day),
        _ => None,
    }
}

/// Reads the open claims by the settled ones.
fn settle(claims: &mut [Claim], order: Option<Order>) {
    let known: Vec<Date> = claims.iter().filter_map(|c| day_of(c.reading)).collect();
    let changed = claims.iter().filter(|c| c.modified).filter_map(|c| day_of(c.reading)).max();
    let order = by_neighbours(claims, &known).or(order).or_else(|| by_each_other(claims));
    for claim in claims.iter_mut() {
        if let Reading::Open { month_first, day_first } = claim.reading {
            let chosen = match order {
                Some(Order::MonthFirst) => Some(month_first),
                Some(Order::DayFirst) => Some(day_first),
                // A report is not changed before it is out.
                None if !claim.modified => match (changed, month_first.min(day_first), month_first.max(day_first)) {
                    (Some(changed), early, late) if early <= changed && late > changed => Some(early),
                    _ => None,
                },
                None => None,
            };
            claim.reading = chosen.map_or(claim.reading, Reading::Day);
        }
    }
    let known: Vec<Date> = claims.iter().filter_map(|c| day_of(c.reading)).collect();
    for claim in claims.iter_mut() {
        if let Reading::NoYear { month, day } = claim.reading
            && let Some(date) = in_the_nearest_year(month, day, &known)
        {
            claim.reading = Reading::Day(date);
        }
    }
}

/// The order in which an open date lands beside a settled one, where only one order does.
fn by_neighbours(claims: &[Claim], known: &[Date]) -> Option<Order> {
    let near = |day: Date| {
        known.iter().any(|k| apart(*k, day) <= NEAR)
            || claims.iter().any(|c| match c.reading {
                Reading::NoYear { month, day: d } => apart_in_year(day, month, d).is_some_and(|n| n <= NEAR),
                _ => false,
            })
    };
    agreed(claims.iter().filter_map(|c| match c.reading {
        Reading::Open { month_first, day_first } => match (near(month_first), near(day_first)) {
            (true, false) => Some(Order::MonthFirst),
            (false, true) => Some(Order::DayFirst),
            _ => None,
        },
        _ => None,
    }))
}

/// The order in which two open dates, a posting and its update, lie beside each other, where only one order does.
fn by_each_other(claims: &[Claim]) -> Option<Order> {
    let open: Vec<(Date, Date)> = claims
        .iter()
        .filter_map(|c| match c.reading {
            Reading::Open { month_first, day_first } => Some((month_first, day_first)),
            _ => None,
        })
        .collect();
    agreed(open.windows(2).filter(|w| w[0] != w[1]).filter_map(|w| {
        match (apart(w[0].0, w[1].0) <= NEAR, apart(w[0].1, w[1].1) <= NEAR) {
            (true, false) => Some(Order::MonthFirst),
            (false, true) => Some(Order::DayFirst),
            _ => None,
        }
    }))
}

fn agreed(mut votes: impl Iterator<Item = Order>) -> Option<Order> {
    let first = votes.next()?;
    votes.all(|v| v == first).then_some(first)
}

fn in_the_nearest_year(month: i8, day: i8, known: &[Date]) -> Option<Date> {
    known
        .iter()
        .flat_map(|k| (-1..=1).filter_map(|y| Date::new(k.year() + y, month, day).ok()).map(|d| (apart(*k, d), d)))
        .min()
        // Half a year off could as well be the year before.
        .filter(|(days, _)| *days < 150)
        .map(|(_, date)| date)
}

fn apart_in_year(date: Date, month: i8, day: i8) -> Option<i32> {
    in_the_nearest_year(month, day, &[date]).map(|d| apart(date, d))
}

/// Days between two dates.
fn apart(a: Date, b: Date) -> i32 {
    a.since(b).map_or(i32::MAX, |s| s.get_days().abs())
}

/// The lowest rank decides. Where its dates stay open nothing is chosen: a weaker place may not outvote it.
fn choose(claims: &[Claim]) -> Option<Date> {
    let best = claims.iter().filter(|c| !matches!(c.reading, Reading::NoYear { .. })).map(|c| c.rank).min()?;
    let mut ranked: Vec<&Claim> = claims.iter().filter(|c| c.rank == best).collect();
    ranked.retain(|c| !matches!(c.reading, Reading::NoYear { .. }));
    let chosen = ranked.iter().filter(|c| day_of(c.reading).is_some()).min_by_key(|c| day_of(c.reading))?;
    let day = day_of(chosen.reading)?;
    Some(if in_utc(&chosen.words) { local_day(claims, day).unwrap_or(day) } else { day })
}

/// The same moment as a neighbouring day in the outlet's own time zone: the day on which its readers had the report.
fn local_day(claims: &[Claim], day: Date) -> Option<Date> {
    let near = |d: &Date| apart(*d, day) <= 1;
    claims.iter().filter(|c| !c.modified && has_offset(&c.words)).filter_map(|c| day_of(c.reading)).find(near)
}

/// `2021-05-05T22:04:00Z`, `…+00:00`.
fn in_utc(words: &str) -> bool {
    let words = words.trim_end();
    words.contains('T') && (words.ends_with('Z') || words.ends_with("+00:00") || words.ends_with("+0000"))
}

/// `2021-05-06T00:04:00+02:00`.
fn has_offset(words: &str) -> bool {
    let tail: String =
        words.trim_end().chars().rev().take(6).filter(|c| *c != ':').collect::<Vec<_>>().into_iter().rev().collect();
    let sign = tail.find(['+', '-']);
    sign.is_some_and(|at| {
        let digits = &tail[at + 1..];
        digits.len() == 4 && digits != "0000" && digits.bytes().all(|b| b.is_ascii_digit())
    }) && words.contains(':')
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn open(m: i8, d: i8, rank: u8) -> Claim {
        let reading = Reading::Open { month_first: date(2021, m, d), day_first: date(2021, d, m) };
        claim(reading, "text", String::new(), rank)
    }

    fn settled(y: i16, m: i8, d: i8, rank: u8) -> Claim {
        claim(Reading::Day(date(y, m, d)), "text", String::new(), rank)
    }

    fn best(claims: Vec<Claim>, order: Option<Order>) -> Option<Date> {
        published(claims, &Source::default(), order).best
    }

    #[test]
    fn an_open_date_is_read_as_its_neighbour_shows() {
        assert_eq!(best(vec![settled(2021, 3, 6, 2), open(3, 5, 1)], None), Some(date(2021, 3, 5)));
        assert_eq!(best(vec![settled(2021, 5, 4, 2), open(3, 5, 1)], None), Some(date(2021, 5, 3)));
    }

    #[test]
    fn an_open_date_stays_open_where_nothing_tells() {
        let got = published(vec![open(3, 5, 1)], &Source::default(), None);
        assert_eq!((got.best, got.stated[0].value), (None, None));
        assert_eq!(best(vec![open(3, 5, 1), settled(2021, 11, 2, 2)], None), None);
    }

    #[test]
    fn locale_neighbours_and_changes_settle_the_order() {
        assert_eq!(best(vec![open(3, 5, 1)], Some(Order::DayFirst)), Some(date(2021, 5, 3)));
        // 03/05 and 03/06 lie a day apart only with the month first.
        assert_eq!(best(vec![open(3, 5, 1), open(3, 6, 1)], None), Some(date(2021, 3, 5)));
        let changed = Claim { modified: true, ..settled(2021, 3, 20, RANK_MODIFIED) };
        assert_eq!(best(vec![open(3, 5, 1), changed], None), Some(date(2021, 3, 5)));
    }

    #[test]
    fn a_day_without_a_year_takes_it_from_the_nearest_date() {
        let jan = claim(Reading::NoYear { month: 12, day: 31 }, "text", String::new(), 1);
        let got = published(vec![jan.clone(), settled(2022, 1, 1, 2)], &Source::default(), None);
        assert_eq!(got.stated[0].value, Some(date(2021, 12, 31)));
        assert_eq!(best(vec![jan], None), None);
    }

    #[test]
    fn the_outlets_own_day_comes_before_that_of_greenwich() {
        let utc = Claim { words: "2021-05-05T22:04:00Z".into(), ..settled(2021, 5, 5, 1) };
        let local = Claim { words: "2021-05-06T00:04:00+02:00".into(), ..settled(2021, 5, 6, 2) };
        assert_eq!(best(vec![utc.clone(), local], None), Some(date(2021, 5, 6)));
        assert_eq!(best(vec![utc, settled(2021, 5, 6, 2)], None), Some(date(2021, 5, 5)));
        assert!(!has_offset("2021-05-06") && !has_offset("a 12:30") && has_offset("Thu, 06 May 2021 00:04:00 -0500"));
    }

    #[test]
    fn the_input_comes_first_and_the_option_last() {
        let day = Some(date(2020, 2, 2));
        let both = Source { stated: Some("2020-01-01"), published: day, ..Source::default() };
        assert_eq!(published(vec![settled(2021, 1, 1, 1)], &both, None).best, Some(date(2020, 1, 1)));
        let option = Source { published: day, ..Source::default() };
        assert_eq!(published(vec![settled(2021, 1, 1, 1)], &option, None).best, Some(date(2021, 1, 1)));
        assert_eq!(published(vec![], &option, None).best, day);
    }
}
