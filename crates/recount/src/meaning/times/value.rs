//! Values: what an expression means once it is put on the calendar, and how TIMEX3 writes it.

use super::lexicon::{Part, Rule, Season, Unit};
use crate::meaning::TimeClass;
use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};

/// A value with the days that it covers.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Value {
    pub class: TimeClass,
    pub timex: String,
    /// First and last day.
    pub days: Option<(Date, Date)>,
    /// UCDP GED `date_prec`.
    pub precision: Option<u8>,
}

impl Value {
    fn date(timex: String, first: Option<Date>, last: Option<Date>, precision: u8) -> Value {
        let days = first.zip(last);
        Value { class: TimeClass::Date, timex, days, precision: days.map(|_| precision) }
    }

    /// A value that names no days: `PAST_REF`, `XXXX-05-03`.
    pub fn open(timex: impl Into<String>) -> Value {
        Value { class: TimeClass::Date, timex: timex.into(), days: None, precision: None }
    }

    pub fn day(date: Date) -> Value {
        Value::date(date.to_string(), Some(date), Some(date), 1)
    }

    pub fn month(year: i16, month: i8) -> Value {
        let first = Date::new(year, month, 1).ok();
        Value::date(format!("{year:04}-{month:02}"), first, first.map(Date::last_of_month), 4)
    }

    pub fn year(year: i16) -> Value {
        Value::date(format!("{year:04}"), Date::new(year, 1, 1).ok(), Date::new(year, 12, 31).ok(), 5)
    }

    /// The ten years from `first`.
    pub fn decade(first: i16) -> Value {
        Value::open(format!("{:03}X", first / 10))
    }

    pub fn century(first: i16) -> Value {
        Value::open(format!("{:02}XX", first / 100))
    }

    /// The ISO week that holds `date`.
    pub fn week(date: Date) -> Value {
        let iso = date.iso_week_date();
        let first = monday_of(date);
        Value::date(
            format!("{:04}-W{:02}", iso.year(), iso.week()),
            first,
            first.and_then(|d| plus(d, 6, Unit::Day)),
            3,
        )
    }

    /// Saturday and Sunday of the ISO week that holds `date`.
    pub fn weekend(date: Date) -> Value {
        let iso = date.iso_week_date();
        let monday = monday_of(date);
        let on = |n| monday.and_then(|d| plus(d, n, Unit::Day));
        Value::date(format!("{:04}-W{:02}-WE", iso.year(), iso.week()), on(5), on(6), 2)
    }

    /// Quarter 1 to 4.
    pub fn quarter(year: i16, n: i8) -> Value {
        let last = Date::new(year, n * 3, 1).ok().map(Date::last_of_month);
        Value::date(format!("{year:04}-Q{n}"), Date::new(year, n * 3 - 2, 1).ok(), last, 5)
    }

    /// Half 1 or 2.
    pub fn half(year: i16, n: i8) -> Value {
        let last = Date::new(year, n * 6, 1).ok().map(Date::last_of_month);
        Value::date(format!("{year:04}-H{n}"), Date::new(year, n * 6 - 5, 1).ok(), last, 5)
    }

    /// Its days depend on the hemisphere, which the words do not say.
    pub fn season(year: i16, season: Season) -> Value {
        Value::open(format!("{year:04}-{}", season.code()))
    }

    /// A part of what is a day, else of what is said of it.
    pub fn part(mut self, part: Part) -> Value {
        self.timex = match part {
            Part::Midday => format!("{}T12:00", self.timex),
            _ => format!("{}T{}", self.timex, part.code()),
        };
        self.class = TimeClass::Time;
        self
    }

    pub fn clock(mut self, hour: i8, minute: i8, utc: bool) -> Value {
        self.timex = format!("{}T{hour:02}:{minute:02}{}", self.timex, if utc { "Z" } else { "" });
        self.class = TimeClass::Time;
        self
    }

    pub fn length(amounts: &[(Option<f32>, Unit)]) -> Value {
        let mut date = String::new();
        let mut time = String::new();
        for &(amount, unit) in amounts {
            let n = amount.map_or("X".to_string(), |n| format!("{}", n * scale(unit)));
            let out = if matches!(unit, Unit::Second | Unit::Minute | Unit::Hour) { &mut time } else { &mut date };
            out.push_str(&n);
            out.push_str(match (unit, amount) {
                (Unit::Second, _) => "S",
                (Unit::Minute | Unit::Month, _) => "M",
                (Unit::Hour, _) => "H",
                (Unit::Day | Unit::Weekend, _) => "D",
                (Unit::Week, _) => "W",
                (Unit::Quarter, None) => "Q",
                (Unit::Quarter, _) => "M",
                (Unit::Decade, None) => "DE",
                (Unit::Century, None) => "CE",
                (Unit::Year | Unit::Decade | Unit::Century, _) => "Y",
            });
        }
        let timex = if time.is_empty() { format!("P{date}") } else { format!("P{date}T{time}") };
        Value { class: TimeClass::Duration, timex, days: None, precision: None }
    }

    pub fn set(timex: impl Into<String>) -> Value {
        Value { class: TimeClass::Set, timex: timex.into(), days: None, precision: None }
    }

    /// From the first day of one to the last day of the other.
    pub fn range(from: &Value, to: &Value) -> Option<Value> {
        let ((first, _), (_, last)) = (from.days?, to.days?);
        if first > last {
            return None;
        }
        let days = (last - first).get_days() + 1;
        let precision = match days {
            1 => 1,
            2..=6 => 2,
            7 => 3,
            8..=31 => 4,
            _ => 5,
        };
        Some(Value::date(format!("{}/{}", from.timex, to.timex), Some(first), Some(last), precision))
    }
}

/// How many of the unit that is written stand in one of `unit`.
fn scale(unit: Unit) -> f32 {
    match unit {
        Unit::Weekend => 2.0,
        Unit::Quarter => 3.0,
        Unit::Decade => 10.0,
        Unit::Century => 100.0,
        _ => 1.0,
    }
}

fn monday_of(date: Date) -> Option<Date> {
    let iso = date.iso_week_date();
    ISOWeekDate::new(iso.year(), iso.week(), Weekday::Monday).ok().map(|d| d.date())
}

/// `n` units on; `None` beyond the calendar.
pub(super) fn plus(date: Date, n: i32, unit: Unit) -> Option<Date> {
    if n.abs() > 100_000 {
        return None;
    }
    let span = match unit {
        Unit::Second | Unit::Minute | Unit::Hour => return Some(date),
        Unit::Day => n.days(),
        Unit::Week | Unit::Weekend => n.weeks(),
        Unit::Month => n.months(),
        Unit::Quarter => (n * 3).months(),
        Unit::Year if n.abs() < 9000 => n.years(),
        Unit::Decade if n.abs() < 900 => (n * 10).years(),
        Unit::Century if n.abs() < 90 => (n * 100).years(),
        _ => return None,
    };
    date.checked_add(span).ok()
}

/// The day of a feast in a year.
pub(super) fn feast(rule: Rule, year: i16) -> Option<Date> {
    match rule {
        Rule::Fixed(month, day) => Date::new(year, month, day).ok(),
        Rule::Nth(n, weekday, month) => {
            let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
            Date::new(year, month, 1).ok()?.nth_weekday_of_month(n, weekday).ok()
        }
        Rule::Easter(days) => plus(easter(year)?, days, Unit::Day),
    }
}

/// Western Easter Sunday (the anonymous Gregorian computus, as in Meeus, Astronomical Algorithms).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, (n / 31) as i8, (n % 31 + 1) as i8).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn weeks_and_weekends_are_iso() {
        assert_eq!(Value::week(date(2022, 1, 8)).timex, "2022-W01");
        assert_eq!(Value::week(date(2022, 1, 1)).timex, "2021-W52");
        assert_eq!(Value::weekend(date(2022, 1, 5)).days, Some((date(2022, 1, 8), date(2022, 1, 9))));
    }

    #[test]
    fn lengths_are_written_in_units_of_the_standard() {
        assert_eq!(Value::length(&[(Some(2.0), Unit::Decade)]).timex, "P20Y");
        assert_eq!(Value::length(&[(None, Unit::Week)]).timex, "PXW");
        assert_eq!(Value::length(&[(Some(2.0), Unit::Year), (Some(6.0), Unit::Month)]).timex, "P2Y6M");
        assert_eq!(Value::length(&[(Some(1.5), Unit::Hour)]).timex, "PT1.5H");
    }

    #[test]
    fn feasts_fall_by_their_rules() {
        assert_eq!(feast(Rule::Easter(0), 2024), Some(date(2024, 3, 31)));
        assert_eq!(feast(Rule::Nth(4, 4, 11), 2019), Some(date(2019, 11, 28)));
        assert_eq!(feast(Rule::Nth(-1, 1, 5), 2021), Some(date(2021, 5, 31)));
    }

    #[test]
    fn a_range_runs_from_first_to_last_day() {
        let range = Value::range(&Value::day(date(2020, 5, 3)), &Value::day(date(2020, 5, 5))).unwrap();
        assert_eq!((range.days, range.precision), (Some((date(2020, 5, 3), date(2020, 5, 5))), Some(2)));
        assert_eq!(Value::range(&Value::year(2020), &Value::year(2019)), None);
    }
}
