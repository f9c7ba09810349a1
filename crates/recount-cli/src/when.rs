//! Times for people: "16 December 2011, afternoon" for TIMEX3's `2011-12-16TAF`.

/// A TIMEX3 value in words; one that has no better words stays as it is.
pub fn in_words(timex: &str) -> String {
    match timex.split_once('/') {
        Some((from, to)) => format!("{} to {}", one(from), one(to)),
        None => one(timex),
    }
}

fn one(timex: &str) -> String {
    reference(timex).or_else(|| length(timex)).or_else(|| date(timex)).unwrap_or_else(|| timex.to_owned())
}

fn reference(timex: &str) -> Option<String> {
    let words = match timex {
        "PAST_REF" => "in the past",
        "PRESENT_REF" => "now",
        "FUTURE_REF" => "in the future",
        _ => return None,
    };
    Some(words.to_owned())
}

/// A day, a month, a year or what stands between them, with its part of the day.
fn date(timex: &str) -> Option<String> {
    let (day, time) = timex.split_once('T').map_or((timex, None), |(d, t)| (d, Some(t)));
    let fields: Vec<&str> = day.split('-').collect();
    let year = fields.first().filter(|y| y.len() == 4 && y.bytes().all(|b| b.is_ascii_digit()))?;
    let words = match fields[1..] {
        [] => (*year).to_owned(),
        [part] => match span_of_year(part) {
            Some(words) => format!("{words} {year}"),
            None => match part.strip_prefix('W').map(|n| n.trim_start_matches('0')) {
                Some(week) => format!("week {week} of {year}"),
                None => format!("{} {year}", month(part)?),
            },
        },
        [week, "WE"] => format!("weekend of week {} of {year}", week.strip_prefix('W')?.trim_start_matches('0')),
        [m, d] => format!("{} {} {year}", d.parse::<u8>().ok()?, month(m)?),
        _ => return None,
    };
    Some(match time {
        None => words,
        Some(time) => format!("{words}, {}", part_of_day(time)?),
    })
}

fn span_of_year(code: &str) -> Option<&'static str> {
    Some(match code {
        "SP" => "spring",
        "SU" => "summer",
        "FA" => "autumn",
        "WI" => "winter",
        "Q1" => "first quarter of",
        "Q2" => "second quarter of",
        "Q3" => "third quarter of",
        "Q4" => "fourth quarter of",
        "H1" => "first half of",
        "H2" => "second half of",
        _ => return None,
    })
}

fn month(number: &str) -> Option<&'static str> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    MONTHS.get(number.parse::<usize>().ok()?.checked_sub(1)?).copied()
}

fn part_of_day(code: &str) -> Option<String> {
    let words = match code {
        "MO" => "morning",
        "AF" => "afternoon",
        "EV" => "evening",
        "NI" => "night",
        "DT" => "daytime",
        "12:00" => "noon",
        clock if clock.starts_with(|c: char| c.is_ascii_digit()) => return Some(clock.replace('Z', " UTC")),
        _ => return None,
    };
    Some(words.to_owned())
}

/// "P7M" is seven months, "PT2H" two hours, "PXD" some days.
fn length(timex: &str) -> Option<String> {
    let rest = timex.strip_prefix('P')?;
    let (clock, rest) = rest.strip_prefix('T').map_or((false, rest), |r| (true, r));
    let unit_at = rest.find(|c: char| !c.is_ascii_digit() && c != 'X' && c != '.')?;
    let (amount, unit) = rest.split_at(unit_at);
    let unit = match (unit, clock) {
        ("S", true) => "second",
        ("M", true) => "minute",
        ("H", true) => "hour",
        ("D", false) => "day",
        ("W", false) => "week",
        ("M", false) => "month",
        ("Y", false) => "year",
        _ => return None,
    };
    Some(match amount {
        "X" => format!("some {unit}s"),
        "1" => format!("1 {unit}"),
        n => format!("{n} {unit}s"),
    })
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn days_and_their_parts_are_said_as_people_say_them() {
        for (timex, words) in [
            ("2011-12-16TAF", "16 December 2011, afternoon"),
            ("2024-03-14T12:00", "14 March 2024, noon"),
            ("2024-03-14T09:30Z", "14 March 2024, 09:30 UTC"),
            ("2024-03", "March 2024"),
            ("2024-W10", "week 10 of 2024"),
            ("2024-SU", "summer 2024"),
            ("2024-03-01/2024-03-05", "1 March 2024 to 5 March 2024"),
            ("P7M", "7 months"),
            ("PT1H", "1 hour"),
            ("PXD", "some days"),
            ("PAST_REF", "in the past"),
        ] {
            assert_eq!(in_words(timex), words);
        }
    }

    #[test]
    fn what_has_no_better_words_stays() {
        for timex in ["XXXX-05-03", "199X", "P1DE", "2011-13-40", "", "P"] {
            assert_eq!(in_words(timex), timex);
        }
    }
}
