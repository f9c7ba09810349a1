//! The head of a WARC record, of an ARC record and of an HTTP answer: lines → fields.

/// Named fields in their order. Names are compared without case.
#[derive(Clone, Debug, Default)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads `Name: value` lines; a line that begins with white space goes on with the one before. Lines without a colon
    /// are passed over.
    pub fn of<'a>(lines: impl Iterator<Item = &'a [u8]>) -> Fields {
        let mut fields: Vec<(String, String)> = Vec::new();
        for line in lines {
            let line = String::from_utf8_lossy(line);
            if line.starts_with([' ', '\t']) {
                if let Some((_, value)) = fields.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            } else if let Some((name, value)) = line.split_once(':') {
                fields.push((name.trim().to_owned(), value.trim().to_owned()));
            }
        }
        Fields(fields)
    }

    /// The first value of a name that is not empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, v)| n.eq_ignore_ascii_case(name) && !v.is_empty()).map(|(_, v)| v.as_str())
    }
}

/// The lines of a head, without their ends.
pub(super) fn lines(head: &[u8]) -> impl Iterator<Item = &[u8]> {
    head.split(|b| *b == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line))
}

/// One line of an ARC file: where a capture came from, when, what it holds and how long it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ArcLine {
    pub uri: String,
    /// As written: 14 digits.
    pub date: String,
    pub mime: String,
    pub length: u64,
}

/// The words of `URL IP-address Archive-date Content-type Archive-length` and which of them is the date. Version 1 has
/// the date third from the end; version 2, with result code, checksum, location, offset and file name, eighth. The fields
/// are counted from the end, since addresses were written with spaces in them.
fn arc_words(line: &[u8]) -> Option<(Vec<String>, usize)> {
    // Lines of pages are long or short of words; this one is asked of each of them behind a broken record.
    if line.len() > 8192 || !line.contains(&b':') {
        return None;
    }
    let line = String::from_utf8_lossy(line);
    let words: Vec<String> = line.trim().split(' ').map(str::to_owned).collect();
    let is_date = |w: &str| (8..=18).contains(&w.len()) && w.bytes().all(|b| b.is_ascii_digit());
    let places = [3, 8].into_iter().filter_map(|back| words.len().checked_sub(back));
    let date = places.into_iter().find(|at| *at >= 2 && is_date(&words[*at]) && words[0].contains(':'))?;
    Some((words, date))
}

/// Whether a line begins an ARC record, be its length right or wrong.
pub(super) fn is_arc_line(line: &[u8]) -> bool {
    arc_words(line).is_some()
}

/// The address in such a line.
pub(super) fn arc_uri(line: &[u8]) -> Option<String> {
    arc_words(line).map(|(words, date)| words[..date - 1].join(" "))
}

/// Reads the line that an ARC record begins with.
pub(super) fn arc_line(line: &[u8]) -> Result<ArcLine, String> {
    let (words, date) = arc_words(line).ok_or("its line is not that of an ARC record")?;
    let length = words.last().map_or("", String::as_str);
    let length = length.parse().map_err(|_| format!("it gives its length as {length:?}"))?;
    Ok(ArcLine { uri: words[..date - 1].join(" "), date: words[date].clone(), mime: words[date + 1].clone(), length })
}

/// `2014-02-16T05:02:21Z` of an ARC date's digits; as they are where they are no moment.
pub(super) fn arc_date(digits: &str) -> String {
    let part = |range: std::ops::Range<usize>| digits.get(range).unwrap_or("00");
    if digits.len() < 8 {
        return digits.to_owned();
    }
    format!("{}-{}-{}T{}:{}:{}Z", part(0..4), part(4..6), part(6..8), part(8..10), part(10..12), part(12..14))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_without_case_and_over_lines() {
        let fields = Fields::of(lines(b"WARC-Type: response\r\nX: a\r\n b\r\nodd\r\nEmpty:\r\nEmpty: c"));
        assert_eq!(fields.get("warc-type"), Some("response"));
        assert_eq!((fields.get("x"), fields.get("empty"), fields.get("odd")), (Some("a b"), Some("c"), None));
    }

    #[test]
    fn an_arc_line_is_read_from_its_end() {
        let line = arc_line(b"http://x.example/a b?c 192.0.2.1 20140216050221 text/html 1591").unwrap();
        assert_eq!((line.uri.as_str(), line.mime.as_str(), line.length), ("http://x.example/a b?c", "text/html", 1591));
        assert_eq!(arc_date(&line.date), "2014-02-16T05:02:21Z");
        let second = arc_line(b"http://x.example/ 192.0.2.1 20140216050221 text/html 200 c1 - 77 a.arc 15").unwrap();
        assert_eq!((second.uri.as_str(), second.length), ("http://x.example/", 15));
        assert!(arc_line(b"http://x.example/ 192.0.2.1 20140216050221 text/html -1").unwrap_err().contains("-1"));
        assert!(arc_line(b"<p>words of a page</p>").is_err());
    }
}
