//! Each family of expressions on sentences of its own, and what must hold of any text.

use super::times;
use crate::language::Language;
use crate::meaning::{Time, TimeClass};
use crate::text::Text;
use jiff::civil::{Date, date};
use proptest::prelude::*;

/// A Wednesday.
const PUBLISHED: Date = date(2021, 3, 17);

fn read(published: Option<Date>, text: &str) -> (Text, Vec<Time>) {
    let mut article = crate::text::tests::article(None, text);
    article.published.best = published;
    let text = Text::of(&article);
    let found = times(&article, &text, &Language::default());
    (text, found)
}

/// Everything found, as words and value.
#[track_caller]
fn check(text: &str, want: &[(&str, &str)]) {
    let (text, found) = read(Some(PUBLISHED), text);
    let got: Vec<(&str, &str)> = found.iter().map(|t| (text.words(t.span), t.timex.as_str())).collect();
    assert_eq!(got, want);
}

#[track_caller]
fn one(text: &str) -> Time {
    let (_, found) = read(Some(PUBLISHED), text);
    assert_eq!(found.len(), 1, "{found:?}");
    found[0].clone()
}

#[test]
fn calendar_days_in_every_writing() {
    check("The bridge fell on 3 May 2019.", &[("3 May 2019", "2019-05-03")]);
    check("The bridge fell on May 3, 2019, he said.", &[("May 3, 2019", "2019-05-03")]);
    check("On Friday, May 3rd, 2019, it fell.", &[("Friday, May 3rd, 2019", "2019-05-03")]);
    check("It fell on the 3rd of May 2019.", &[("the 3rd of May 2019", "2019-05-03")]);
    check("It fell on 2019-05-03 at dawn.", &[("2019-05-03", "2019-05-03")]);
    check("It fell on 25/12/2019.", &[("25/12/2019", "2019-12-25")]);
    check("It fell on 12/25/2019.", &[("12/25/2019", "2019-12-25")]);
    check("It fell on Sept. 30, 2019.", &[("Sept. 30, 2019", "2019-09-30")]);
}

#[test]
fn the_order_of_day_and_month_is_told_by_the_publication_or_stays_open() {
    check("It fell on 05/03/2021.", &[("05/03/2021", "2021-03-05")]);
    check("It fell on 03/04/2021.", &[("03/04/2021", "2021-XX-XX")]);
    check("It fell on 03/04/2015.", &[("03/04/2015", "2015-XX-XX")]);
}

#[test]
fn a_day_without_a_year_is_in_the_nearest_one() {
    check("Shops burned on March 2.", &[("March 2", "2021-03-02")]);
    check("Shops burned on 30 December.", &[("30 December", "2020-12-30")]);
    check("The court will sit on April 6.", &[("April 6", "2021-04-06")]);
    // Only one of the near years has the 3rd of January on a Friday.
    check("On Friday, 3 January, the road was closed.", &[("Friday, 3 January", "2020-01-03")]);
}

#[test]
fn months_go_by_tense_and_nearness() {
    check("The dam was opened in October.", &[("October", "2020-10")]);
    check("The dam will be opened in October.", &[("October", "2021-10")]);
    check("They met in early March 2019 and in mid-May.", &[("early March 2019", "2019-03"), ("mid-May", "2021-05")]);
    check("Prices rose in July last year.", &[("July last year", "2020-07")]);
    check("They left last November.", &[("last November", "2020-11")]);
}

#[test]
fn weekdays_are_the_last_ones_unless_something_is_to_come() {
    check("Troops left the town on Friday.", &[("Friday", "2021-03-12")]);
    check("Troops left the town on Wednesday.", &[("Wednesday", "2021-03-17")]);
    check("Troops will leave the town on Friday.", &[("Friday", "2021-03-19")]);
    check("Troops left last Wednesday.", &[("last Wednesday", "2021-03-10")]);
    check("They meet next Monday.", &[("next Monday", "2021-03-22")]);
    check("He was held until Saturday.", &[("Saturday", "2021-03-20")]);
    check("She fled on Tuesday of last week.", &[("Tuesday of last week", "2021-03-09")]);
}

#[test]
fn words_from_where_the_report_stands() {
    check("He came yesterday and leaves tomorrow.", &[("yesterday", "2021-03-16"), ("tomorrow", "2021-03-18")]);
    check("It began the day before yesterday.", &[("the day before yesterday", "2021-03-15")]);
    check("Prices rose last month and this year.", &[("last month", "2021-02"), ("this year", "2021")]);
    check("The army said earlier this week that it won.", &[("earlier this week", "2021-W11")]);
    check("The vote is due by the end of next year.", &[("the end of next year", "2022")]);
    check("Shops were shut over the weekend.", &[("the weekend", "2021-W10-WE")]);
}

#[test]
fn nights_and_parts_of_days() {
    check("Rockets hit the port overnight.", &[("overnight", "2021-03-16TNI")]);
    check("Rockets hit the port last night.", &[("last night", "2021-03-16TNI")]);
    check("He was shot on Monday evening.", &[("Monday evening", "2021-03-15TEV")]);
    check("Police came early on this morning.", &[("this morning", "2021-03-17TMO")]);
    check("He died on the night of March 2.", &[("the night of March 2", "2021-03-02TNI")]);
    check("It rained in the early hours of Sunday.", &[("the early hours of Sunday", "2021-03-14TMO")]);
}

#[test]
fn clock_times_take_their_day() {
    check("It blew up at 8 p.m. Tuesday.", &[("8 p.m. Tuesday", "2021-03-16T20:00")]);
    check("It blew up at 6:30 a.m. on 2 March.", &[("6:30 a.m. on 2 March", "2021-03-02T06:30")]);
    check("It blew up at 14:05 GMT.", &[("14:05 GMT", "2021-03-17T14:05Z")]);
    check("It blew up at noon Saturday.", &[("noon Saturday", "2021-03-13T12:00")]);
    check("The team won 3:2 in the cup.", &[]);
}

#[test]
fn shifts_from_now_and_from_what_was_told() {
    check("He vanished three days ago.", &[("three days ago", "2021-03-14")]);
    check("He vanished two years ago.", &[("two years ago", "2019")]);
    check("Fighting began six weeks ago.", &[("six weeks ago", "2021-W05")]);
    check(
        "Rebels took the hill on 3 May 2019. The next day they left it, and two weeks later they came back.",
        &[("3 May 2019", "2019-05-03"), ("The next day", "2019-05-04"), ("two weeks later", "2019-05-18")],
    );
    check("It fell in 1994 and rose a year later.", &[("1994", "1994"), ("a year later", "1995")]);
}

#[test]
fn years_decades_and_centuries() {
    check("She was born in 1962.", &[("1962", "1962")]);
    check("War came in the late 1980s.", &[("the late 1980s", "198X")]);
    check("The fort is of the 17th century.", &[("the 17th century", "16XX")]);
    check("He ruled in the nineties.", &[("the nineties", "199X")]);
    check("Sales grew in fiscal 2009.", &[("fiscal 2009", "2009")]);
    check("It was nineteen ninety-six.", &[("nineteen ninety-six", "1996")]);
}

#[test]
fn quarters_halves_and_seasons() {
    check("Sales fell in the second quarter of 2020.", &[("the second quarter of 2020", "2020-Q2")]);
    check("Sales fell in the fourth quarter.", &[("the fourth quarter", "2020-Q4")]);
    check("Sales fell in the first half of 2020.", &[("the first half of 2020", "2020-H1")]);
    check(
        "They fled in the summer of 2015 and last winter.",
        &[("the summer of 2015", "2015-SU"), ("last winter", "2020-WI")],
    );
}

#[test]
fn lengths() {
    check("The siege lasted nearly three weeks.", &[("nearly three weeks", "P3W")]);
    check("A ten-day truce held.", &[("ten-day", "P10D")]);
    check("They talked for two and a half hours.", &[("two and a half hours", "PT2.5H")]);
    check("It was quiet for several months.", &[("several months", "PXM")]);
    check("He fought for years.", &[("years", "PXY")]);
    check("Over the past two decades it grew.", &[("Over the past two decades", "P20Y")]);
    check("They walked for half an hour.", &[("half an hour", "PT30M")]);
}

#[test]
fn sets() {
    check("They march every Friday.", &[("every Friday", "XXXX-WXX-5")]);
    check("He calls every day and writes weekly.", &[("every day", "P1D"), ("weekly", "P1W")]);
    check("The market opens on Sundays.", &[("Sundays", "XXXX-WXX-7")]);
    assert_eq!(one("They march every Friday.").class, TimeClass::Set);
}

#[test]
fn fuzzy_words_are_references() {
    check("There has been unrest in recent days.", &[("recent days", "PAST_REF")]);
    check("He is now in prison.", &[("now", "PRESENT_REF")]);
    check("What the future holds in the near future is open.", &[("the near future", "FUTURE_REF")]);
}

#[test]
fn feasts() {
    check("They were killed on Christmas Eve.", &[("Christmas Eve", "2020-12-24")]);
    check("The truce began on Easter Sunday 2019.", &[("Easter Sunday 2019", "2019-04-21")]);
    let ramadan = one("Fighting stopped for Ramadan.");
    assert_eq!((ramadan.start, ramadan.precision), (None, None));
}

#[test]
fn ranges_run_from_first_to_last_day() {
    for (text, first, last, precision) in [
        ("It rained from 3 to 5 May 2019.", date(2019, 5, 3), date(2019, 5, 5), 2),
        ("It rained between 3 and 5 May 2019.", date(2019, 5, 3), date(2019, 5, 5), 2),
        ("It rained on May 3-5, 2019.", date(2019, 5, 3), date(2019, 5, 5), 2),
        ("It rained in January-March 2019.", date(2019, 1, 1), date(2019, 3, 31), 5),
        ("It rained from Monday to Friday.", date(2021, 3, 15), date(2021, 3, 19), 2),
        ("It rained from 28 December to 2 January 2020.", date(2019, 12, 28), date(2020, 1, 2), 2),
    ] {
        let time = one(text);
        assert_eq!((time.start, time.end, time.precision), (Some(first), Some(last), Some(precision)), "{text}");
    }
}

#[test]
fn precision_is_ucdps() {
    assert_eq!(one("It fell on 3 May 2019.").precision, Some(1));
    assert_eq!(one("It fell last week.").precision, Some(3));
    assert_eq!(one("It fell in May 2019.").precision, Some(4));
    assert_eq!(one("It fell in 2019.").precision, Some(5));
    assert_eq!(one("It fell for three days.").precision, None);
}

#[test]
fn without_a_publication_day_values_stay_open() {
    let open = |text: &str| {
        let (_, found) = read(None, text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert_eq!((found[0].start, found[0].end), (None, None), "{text}");
        found[0].timex.clone()
    };
    assert_eq!(open("It fell on 3 May."), "XXXX-05-03");
    assert_eq!(open("It fell on Friday."), "XXXX-WXX-5");
    assert_eq!(open("It fell yesterday."), "PAST_REF");
    assert_eq!(open("It fell in June."), "XXXX-06");
    let (_, found) = read(None, "It fell on 3 May 2019.");
    assert_eq!(found[0].start, Some(date(2019, 5, 3)));
}

#[test]
fn what_only_looks_like_a_time_is_none() {
    check("They may march on the capital.", &[]);
    check("A 40-year-old man came second.", &[]);
    check("The second man was 40 years old.", &[]);
    check("Flight 1998 carried 2000 soldiers and cost $1990.", &[]);
    check("The Sun said so; April Jones and Jan Kowalski agreed.", &[]);
    check("About three-quarters of it burned, more than a quarter twice.", &[]);
    check("The fall of the city came as prices spring back.", &[]);
}

#[test]
fn all_capitals_wire_text_is_read() {
    check("POLICE KILLED FIVE ON FRIDAY, 3 MAY 2019.", &[("FRIDAY, 3 MAY 2019", "2019-05-03")]);
}

#[test]
fn the_night_before_the_publication_day_is_why_overnight() {
    let time = one("Rockets hit the port overnight.");
    assert_eq!((time.start, time.class), (Some(date(2021, 3, 16)), TimeClass::Time));
}

proptest! {
    #[test]
    fn any_text_gives_ordered_times_in_it(
        text in "((the|a|last|next|this|early|mid|two|3|31|1998|2021|May|March|Sept\\.|Friday|second|quarter|year|years|days|ago|later|p\\.m\\.|6:30|of|to|from|and|between|-|,|\\.|'s|night|now|half|an|99999999|01/02/03|end|past|few|week|12th|century|1990s|Easter|every|GMT|[a-z]{0,3}) ?){0,40}",
        days in proptest::option::of(-3_000_000i32..2_000_000),
    ) {
        let published = days.and_then(|n| super::value::plus(date(2000, 1, 1), n / 100, super::lexicon::Unit::Day));
        let (text, found) = read(published, &text);
        let mut last = 0;
        for time in found {
            prop_assert!(time.span.start >= last && !time.span.is_empty());
            prop_assert!(text.source.get(time.span.range()).is_some());
            prop_assert!(time.start.zip(time.end).is_none_or(|(a, b)| a <= b));
            prop_assert_eq!(time.start.is_some(), time.end.is_some());
            prop_assert_eq!(time.start.is_some(), time.precision.is_some());
            last = time.span.end;
        }
    }

    #[test]
    fn any_characters_give_no_panic(text in "\\PC{0,200}") {
        read(Some(PUBLISHED), &text);
    }
}
