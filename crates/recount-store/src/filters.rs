//! What filters look for, as words in the search index beside those of the text.
//!
//! A filter in the index costs what a word costs, whatever else is asked for, in a collection of any size; a look at
//! the rows then says whether one event has all of it. The words are such as no text has.
//!
//! A report that is read again is taken out of the index with the words that were put in for its earlier record: other
//! words for the same record need a new version of the format, which makes the index anew.

use recount::record::Record;

fn word(kind: &str, value: &str) -> String {
    // The index folds letter case and cuts at anything that is no letter or digit: bytes in hexadecimal stay whole.
    let mut out = format!("zq{kind}");
    for byte in value.to_lowercase().bytes() {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' => out.push(char::from(byte)),
            _ => out.push_str(&format!("q{byte:02x}")),
        }
    }
    out
}

pub(crate) fn event_type(name: &str) -> String {
    word("t", name)
}

pub(crate) fn status(name: &str) -> String {
    word("s", name)
}

pub(crate) fn type_and_status(class: &str, status: &str) -> String {
    word("ts", &format!("{class}/{status}"))
}

pub(crate) fn country(code: &str) -> String {
    word("c", code)
}

pub(crate) fn place(name: &str) -> String {
    word("p", name)
}

fn year(day: &str) -> Option<String> {
    day.get(..4).map(|y| word("y", y))
}

fn month(day: &str) -> Option<String> {
    day.get(..7).map(|m| word("m", m))
}

/// The words of all that a record can be filtered by.
pub(crate) fn words(record: &Record) -> String {
    let mut out = Vec::new();
    for v in &record.events {
        for status_of in std::iter::once(&v.status).chain(v.mentions.iter().map(|m| &m.status)) {
            out.extend([event_type(&v.class), status(status_of), type_and_status(&v.class, status_of)]);
        }
    }
    for p in &record.places {
        out.push(place(&p.name));
        out.extend(p.country.iter().map(|c| country(c)));
    }
    out.extend(record.published.best.iter().flat_map(|d| [year(d), month(d)]).flatten());
    out.sort();
    out.dedup();
    out.join(" ")
}

/// Words of which every report of those days has one: whole years, and months at both ends. `None` for no bound that
/// narrows anything: an open end, or more than a lifetime.
pub(crate) fn days(from: Option<&str>, to: Option<&str>) -> Option<Vec<String>> {
    let numbers = |day: &str| Some((day.get(..4)?.parse::<u32>().ok()?, day.get(5..7)?.parse::<u32>().ok()?));
    let ((first_year, first_month), (last_year, last_month)) = (numbers(from?)?, numbers(to?)?);
    if (first_year, first_month) > (last_year, last_month) || last_year - first_year > 80 {
        return None;
    }
    let months = |y: u32, from: u32, to: u32| (from..=to).map(move |m| word("m", &format!("{y:04}-{m:02}")));
    if first_year == last_year {
        return Some(months(first_year, first_month, last_month).collect());
    }
    let mut out: Vec<String> = months(first_year, first_month, 12).collect();
    out.extend((first_year + 1..last_year).map(|y| word("y", &format!("{y:04}"))));
    out.extend(months(last_year, 1, last_month));
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_one_run_of_letters_and_digits() {
        for w in [place("São Tomé – Norte"), type_and_status("ASSAULT", "happened"), country("KAZ")] {
            assert!(w.chars().all(|c| c.is_ascii_alphanumeric()), "{w}");
        }
        assert_ne!(place("a b"), place("ab"));
        assert_eq!(place("ORVASK"), place("Orvask"));
    }

    #[test]
    fn the_words_of_a_record_are_those_that_files_hold() {
        let record = serde_json::from_value(serde_json::json!({
            "schema": "recount/1", "id": "a", "uri": null, "title": null, "outlet": null, "credit": null,
            "language": "en", "text": "x", "published": {"best": "2022-01-09", "stated": []}, "entities": [],
            "statements": [], "counts": [], "relations": [], "times": [],
            "events": [{"id": "v1", "type": "ASSAULT", "mode": null, "acled": null, "trigger": [0, 1],
                "status": "happened", "actors": [], "targets": [], "instruments": [], "place": null, "time": null,
                "said_by": [], "mentions": [{"trigger": [0, 1], "status": "denied", "said_by": []}], "score": 1.0}],
            "places": [{"id": "p1", "name": "São Tomé", "geonameid": null, "lat": null, "lon": null,
                "country": "STP", "admin1": null, "precision": null, "mentions": [], "score": 1.0}],
            "run": {"program": "p", "model": "m", "data": "d"},
        }));
        assert_eq!(
            words(&record.unwrap()),
            "zqcstp zqm2022q2d01 zqpsqc3qa3oq20tomqc3qa9 zqsdenied zqshappened zqtassault zqtsassaultq2fdenied \
             zqtsassaultq2fhappened zqy2022"
        );
    }

    #[test]
    fn days_are_covered_by_years_and_months() {
        assert_eq!(
            days(Some("2020-11-03"), Some("2022-01-09")).unwrap(),
            ["zqm2020q2d11", "zqm2020q2d12", "zqy2021", "zqm2022q2d01"]
        );
        assert_eq!(days(Some("2020-02-03"), Some("2020-02-04")).unwrap(), ["zqm2020q2d02"]);
        assert_eq!(days(Some("2020-02-03"), None), None);
    }
}
