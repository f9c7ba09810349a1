//! From what an expression says to a value: against the publication day, the tense, and what was told before.

use super::grammar::{Expr, Lean, YearRef};
use super::lexicon::{HOLIDAYS, Unit};
use super::tense::Tense;
use super::value::{Value, feast, plus};
use jiff::civil::Date;

/// Where the report stands while it is read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Told {
    pub published: Option<Date>,
    /// The last day told, and in which sentence.
    pub day: Option<(Date, usize)>,
    /// The last quarter told (year, number).
    pub quarter: Option<(i16, i8, usize)>,
    pub month: Option<(i16, i8, usize)>,
    pub year: Option<(i16, usize)>,
    /// The sentence that is being read.
    pub sentence: usize,
}

/// How far back, in sentences, something told is still what a comparison refers to.
const NEAR: usize = 3;

impl Told {
    /// The value of an expression; `None` where the words allow none. `tense` is that of its clause.
    pub fn value(&self, expr: &Expr, tense: Option<Tense>) -> Option<Value> {
        let published = self.published;
        Some(match expr {
            Expr::Day { year, month, day, weekday } => match self.calendar_day(*year, *month, *day, *weekday, tense) {
                Some(date) => Value::day(date),
                None if *day <= 31 && Date::new(2000, *month, *day).is_ok() => {
                    Value::open(format!("XXXX-{month:02}-{day:02}"))
                }
                None => return None,
            },
            Expr::Slashed(a, b, year) => self.slashed(*a, *b, *year)?,
            Expr::Month { year, month, lean } => match self.month_year(*year, *month, *lean, tense) {
                Some(year) => Value::month(year, *month),
                None => Value::open(format!("XXXX-{month:02}")),
            },
            Expr::Year(year) => match self.year(*year) {
                Some(year) => Value::year(year),
                None => return None,
            },
            Expr::Decade(first) => Value::decade(*first),
            Expr::Century(first) => Value::century(*first),
            // "the 1988 quarter": the same one of that year.
            Expr::Quarter { year, n: 0 } => {
                let (told, n) = self.quarter.map(|(y, q, _)| (y, q)).or_else(|| self.last_quarter())?;
                Value::quarter(self.year(*year).unwrap_or(told), n)
            }
            Expr::Quarter { year, n } => match self.quarter_year(*year, *n, tense) {
                Some(year) => Value::quarter(year, *n),
                None => Value::open(format!("XXXX-Q{n}")),
            },
            Expr::Half { year, n } => Value::half(self.year(*year).or_else(|| published.map(Date::year))?, *n),
            Expr::Season { year, season, lean } => match self.month_year(*year, season.month(), *lean, tense) {
                // A winter is named for the year that it begins in.
                Some(year) => Value::season(year, *season),
                None => Value::open(format!("XXXX-{}", season.code())),
            },
            Expr::Weekday(n, lean) => match published {
                Some(published) => Value::day(weekday_near(published, *n, *lean, tense)?),
                None => Value::open(format!("XXXX-WXX-{n}")),
            },
            Expr::WeekdayOf(n, lean) => {
                let week = plus(published?, shift_of(*lean), Unit::Week)?;
                let offset = i32::from(*n) - i32::from(week.weekday().to_monday_one_offset());
                Value::day(plus(week, offset, Unit::Day)?)
            }
            Expr::Unit(unit, lean) => self.unit(*unit, *lean, tense)?,
            Expr::Told(unit) => self.told(*unit)?,
            Expr::FromNow(n, unit) => match published {
                Some(published) => {
                    if *unit == Unit::Year
                        && *n == -1
                        && let Some((year, q)) = self.near_quarter()
                    {
                        return Some(Value::quarter(year - 1, q));
                    }
                    grained(plus(published, *n, *unit)?, *n, *unit)
                }
                None => Value::open(match (n, unit) {
                    (0, _) => "PRESENT_REF",
                    (..0, _) => "PAST_REF",
                    _ => "FUTURE_REF",
                }),
            },
            Expr::FromTold(n, unit) => self.told_shift(*n, *unit)?,
            Expr::Reference(name) => Value::open(*name),
            Expr::Length(parts) => Value::length(parts),
            Expr::Set(timex) => Value::set(timex.as_str()),
            Expr::Feast(n, year, lean) => {
                let rule = HOLIDAYS.get(usize::from(*n))?.1;
                let on = |year| feast(rule, year);
                match (self.year(*year), published) {
                    (Some(year), _) => Value::day(on(year)?),
                    (None, Some(published)) => {
                        let y = published.year();
                        let days: Vec<Date> = [y - 1, y, y + 1].into_iter().filter_map(on).collect();
                        Value::day(choose(&days, published, *lean, tense)?)
                    }
                    (None, None) => return None,
                }
            }
            Expr::Part(day, part) => {
                let day = match day {
                    Some(day) => self.value(day, tense)?,
                    None => Value::day(self.here()?),
                };
                day.part(*part)
            }
            Expr::Clock { day, hour, minute, utc } => {
                let day = match day {
                    Some(day) => self.value(day, tense)?,
                    None => self.here().map_or_else(|| Value::open("XXXX-XX-XX"), Value::day),
                };
                day.clock(*hour, *minute, *utc)
            }
            Expr::Range(from, to) => {
                let first = self.value(from, tense)?;
                let mut last = self.value(to, tense)?;
                // "from Monday to Friday": the end is the first one behind the beginning.
                if let (Some((start, _)), Expr::Weekday(n, _)) = (first.days, &**to) {
                    last = Value::day(weekday_near(start, *n, Lean::Unsaid, Some(Tense::Future))?);
                }
                if let (Some((start, _)), Some((end, _)), Expr::Month { year: YearRef::Unsaid, month, .. }) =
                    (first.days, last.days, &**to)
                    && end < start
                {
                    last = Value::month(start.year() + 1, *month);
                }
                if let (Some((start, _)), Some((end, _)), Expr::Day { month, day, .. }) =
                    (first.days, last.days, &**from)
                    && end < start
                {
                    let before = Date::new(end.year() - 1, *month, *day).ok().map(Value::day)?;
                    return Value::range(&before, &last);
                }
                Value::range(&first, &last).unwrap_or(first)
            }
            // Feasts of other calendars move against the months here: named, not dated.
            Expr::Fuzzy => Value::open("XXXX-XX-XX"),
        })
    }

    /// Keeps what later expressions refer to.
    pub fn keep(&mut self, expr: &Expr, value: &Value) {
        let Some((start, end)) = value.days else { return };
        if let Expr::Day { year: YearRef::Is(year), .. } | Expr::Month { year: YearRef::Is(year), .. } = expr {
            self.year = Some((*year, self.sentence));
        }
        match expr {
            Expr::Day { .. } | Expr::Slashed(..) | Expr::Weekday(..) | Expr::WeekdayOf(..) | Expr::Feast(..) => {
                self.day = Some((start, self.sentence));
            }
            Expr::FromNow(_, Unit::Day) | Expr::FromTold(_, Unit::Day) => self.day = Some((start, self.sentence)),
            Expr::Part(Some(_), _) | Expr::Clock { day: Some(_), .. } if start == end => {
                self.day = Some((start, self.sentence));
            }
            Expr::Quarter { .. } => self.quarter = Some((start.year(), (start.month() + 2) / 3, self.sentence)),
            Expr::Month { month, .. } => self.month = Some((start.year(), *month, self.sentence)),
            Expr::Year(_) => self.year = Some((start.year(), self.sentence)),
            _ => {}
        }
    }

    /// The day that the sentence is at: one told just before, else the publication day.
    fn here(&self) -> Option<Date> {
        self.day.filter(|(_, s)| self.sentence <= s + NEAR).map(|(d, _)| d).or(self.published)
    }

    fn near_quarter(&self) -> Option<(i16, i8)> {
        self.quarter.filter(|(_, _, s)| self.sentence <= s + NEAR).map(|(y, q, _)| (y, q))
    }

    /// Reports on a quarter come out when it is over.
    fn last_quarter(&self) -> Option<(i16, i8)> {
        let day = plus(self.published?, -1, Unit::Quarter)?;
        Some((day.year(), (day.month() + 2) / 3))
    }

    fn year(&self, year: YearRef) -> Option<i16> {
        match year {
            YearRef::Unsaid => None,
            YearRef::Is(year) => Some(year),
            YearRef::FromNow(n) => self.published.map(|p| p.year() + n),
        }
    }

    fn calendar_day(
        &self,
        year: YearRef,
        month: i8,
        day: i8,
        weekday: Option<i8>,
        tense: Option<Tense>,
    ) -> Option<Date> {
        if let Some(year) = self.year(year) {
            return Date::new(year, month, day).ok();
        }
        let published = self.published?;
        let y = published.year();
        let days: Vec<Date> = [y - 1, y, y + 1].into_iter().filter_map(|y| Date::new(y, month, day).ok()).collect();
        let fits: Vec<Date> =
            days.iter().copied().filter(|d| weekday.is_some_and(|w| d.weekday().to_monday_one_offset() == w)).collect();
        if let [only] = fits[..] {
            return Some(only);
        }
        choose(&days, published, Lean::Unsaid, tense)
    }

    /// Day and month in the order that their size or the publication day allows; else open.
    fn slashed(&self, a: u32, b: u32, year: u32) -> Option<Value> {
        let year = if year < 40 {
            2000 + year as i16
        } else if year < 100 {
            1900 + year as i16
        } else {
            year as i16
        };
        let day_first = Date::new(year, b as i8, a as i8).ok();
        let month_first = Date::new(year, a as i8, b as i8).ok();
        match (day_first, month_first) {
            (Some(d), None) | (None, Some(d)) => Some(Value::day(d)),
            (Some(d), Some(m)) if d == m => Some(Value::day(d)),
            (Some(d), Some(m)) => {
                let near = |date: Date| self.published.is_some_and(|p| days_between(p, date).abs() <= 31);
                match (near(d), near(m)) {
                    (true, false) => Some(Value::day(d)),
                    (false, true) => Some(Value::day(m)),
                    _ => Some(Value::open(format!("{year:04}-XX-XX"))),
                }
            }
            (None, None) => None,
        }
    }

    fn month_year(&self, year: YearRef, month: i8, lean: Lean, tense: Option<Tense>) -> Option<i16> {
        if let Some(year) = self.year(year) {
            return Some(year);
        }
        let published = self.published?;
        let (y, now) = (published.year(), published.month());
        Some(match (lean, tense) {
            // "last October" in November is often the one a month ago, "last May" in May the one a year ago.
            (Lean::Last, _) => {
                if month < now {
                    y
                } else {
                    y - 1
                }
            }
            (Lean::Next, _) => {
                if month > now {
                    y
                } else {
                    y + 1
                }
            }
            (Lean::This, _) => y,
            (Lean::Unsaid, Some(Tense::Future)) => {
                if month >= now {
                    y
                } else {
                    y + 1
                }
            }
            (Lean::Unsaid, Some(Tense::Past)) if (month - now).rem_euclid(12) > 3 => {
                if month <= now {
                    y
                } else {
                    y - 1
                }
            }
            // What lies up to three months ahead is nearer than last year's.
            (Lean::Unsaid, _) => {
                let ahead = (month - now).rem_euclid(12);
                match (ahead <= 3, month >= now) {
                    (true, true) | (false, false) => y,
                    (true, false) => y + 1,
                    (false, true) => y - 1,
                }
            }
        })
    }

    fn quarter_year(&self, year: YearRef, n: i8, tense: Option<Tense>) -> Option<i16> {
        if let Some(year) = self.year(year) {
            return Some(year);
        }
        let published = self.published?;
        let (y, now) = (published.year(), (published.month() + 2) / 3);
        Some(match tense {
            // The quarter just ended is still to be reported on.
            Some(Tense::Future) if n + 1 < now => y + 1,
            Some(Tense::Past) if n > now => y - 1,
            // The one that comes next is nearer than last year's.
            None if n > now + 1 => y - 1,
            _ => y,
        })
    }

    fn unit(&self, unit: Unit, lean: Lean, tense: Option<Tense>) -> Option<Value> {
        let Some(published) = self.published else {
            return Some(Value::open(match lean {
                Lean::Last => "PAST_REF",
                Lean::Next => "FUTURE_REF",
                _ => "PRESENT_REF",
            }));
        };
        let n = shift_of(lean);
        Some(match unit {
            Unit::Weekend => {
                // Without a word of direction, the last one that has begun, or the coming one.
                let weekday = published.weekday().to_monday_one_offset();
                let n = match (lean, tense) {
                    (Lean::Unsaid, Some(Tense::Future)) => 0,
                    (Lean::Unsaid, _) if weekday < 6 => -1,
                    _ => n,
                };
                Value::weekend(plus(published, n, Unit::Week)?)
            }
            Unit::Week => Value::week(plus(published, n, Unit::Week)?),
            Unit::Month => {
                let month = plus(published, n, Unit::Month)?;
                Value::month(month.year(), month.month())
            }
            Unit::Quarter => {
                // "the latest quarter" is the one that the report is about.
                if lean == Lean::Last
                    && let Some((y, q)) = self.near_quarter()
                {
                    return Some(Value::quarter(y, q));
                }
                let day = plus(published, n, Unit::Quarter)?;
                Value::quarter(day.year(), (day.month() + 2) / 3)
            }
            Unit::Year => Value::year(plus(published, n, Unit::Year)?.year()),
            Unit::Day => Value::day(plus(published, n, Unit::Day)?),
            _ => return None,
        })
    }

    /// "that day", "the quarter": what was told last.
    fn told(&self, unit: Unit) -> Option<Value> {
        Some(match unit {
            Unit::Day => Value::day(self.here()?),
            Unit::Week => Value::week(self.here()?),
            Unit::Month => match self.month.filter(|(_, _, s)| self.sentence <= s + NEAR) {
                Some((year, month, _)) => Value::month(year, month),
                None => self.here().map(|d| Value::month(d.year(), d.month()))?,
            },
            Unit::Quarter => {
                if let Some((year, n, _)) = self.quarter {
                    return Some(Value::quarter(year, n));
                }
                let (year, n) = self.last_quarter()?;
                Value::quarter(year, n)
            }
            Unit::Year => match self.year.filter(|(_, s)| self.sentence <= s + NEAR) {
                Some((year, _)) => Value::year(year),
                None => Value::year(self.here()?.year()),
            },
            _ => return None,
        })
    }

    fn told_shift(&self, n: i32, unit: Unit) -> Option<Value> {
        if matches!(unit, Unit::Year | Unit::Quarter) {
            if unit == Unit::Year
                && let Some((year, q)) = self.near_quarter()
            {
                return Some(Value::quarter(year + i16::try_from(n).ok()?, q));
            }
            if let Some((year, s)) = self.year
                && self.sentence <= s + 1
                && unit == Unit::Year
            {
                return Some(Value::year(year.checked_add(i16::try_from(n).ok()?)?));
            }
        }
        let Some(from) = self.here() else {
            return Some(Value::open(if n < 0 { "PAST_REF" } else { "FUTURE_REF" }));
        };
        Some(grained(plus(from, n, unit)?, n, unit))
    }
}

fn shift_of(lean: Lean) -> i32 {
    match lean {
        Lean::Last => -1,
        Lean::Next => 1,
        Lean::This | Lean::Unsaid => 0,
    }
}

fn days_between(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

/// A shifted day at the grain that the words have: "two years ago" is a year, "six weeks ago" a week.
fn grained(date: Date, n: i32, unit: Unit) -> Value {
    match unit {
        Unit::Week if n.abs() > 3 => Value::week(date),
        Unit::Month => Value::month(date.year(), date.month()),
        Unit::Quarter => Value::quarter(date.year(), (date.month() + 2) / 3),
        Unit::Year | Unit::Decade => Value::year(date.year()),
        Unit::Century => Value::century(date.year()),
        Unit::Weekend => Value::weekend(date),
        _ => Value::day(date),
    }
}

/// The day that a weekday means: in news the last one, the publication day included.
fn weekday_near(published: Date, weekday: i8, lean: Lean, tense: Option<Tense>) -> Option<Date> {
    let behind = i32::from((published.weekday().to_monday_one_offset() - weekday).rem_euclid(7));
    let ahead = (7 - behind) % 7;
    let n = match (lean, tense) {
        (Lean::Last, _) => {
            if behind == 0 {
                -7
            } else {
                -behind
            }
        }
        (Lean::Next, _) => {
            if ahead == 0 {
                7
            } else {
                ahead
            }
        }
        (Lean::This, _) => i32::from(weekday) - i32::from(published.weekday().to_monday_one_offset()),
        (Lean::Unsaid, Some(Tense::Future)) => ahead,
        (Lean::Unsaid, _) => -behind,
    };
    plus(published, n, Unit::Day)
}

/// Of the same day in several years, the one that the words ask for; else the nearest, as news names the year of others.
/// Between two that are about as near, tense decides.
fn choose(days: &[Date], published: Date, lean: Lean, tense: Option<Tense>) -> Option<Date> {
    let distance = |date: Date| {
        let days = days_between(published, date);
        match tense {
            Some(Tense::Future) if days < 0 => days.abs() + 120,
            Some(Tense::Past) if days > 0 => days + 120,
            _ => days.abs(),
        }
    };
    match lean {
        Lean::Last => days.iter().copied().filter(|d| *d < published).max(),
        Lean::Next => days.iter().copied().filter(|d| *d > published).min(),
        _ => days.iter().copied().min_by_key(|d| distance(*d)),
    }
}
