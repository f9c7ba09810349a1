//! A record in which private people cannot be recognised by name.

use super::private_names::{PrivateNames, cover_span};
use super::{Range, Record};

impl Record {
    /// The record with the names of private persons masked wherever they stand: in text, title and every value.
    ///
    /// Each character is masked by one character, so spans still fit. What is masked: each mention by name of an
    /// entity marked private, and every other occurrence of the words of such names that no public name shares.
    pub fn redacted(self) -> Record {
        self.redacted_with(&PrivateNames::default(), &[])
    }

    /// [`Record::redacted`], with names that are private by other reports, and with more of the text (false) or title
    /// (true) covered: `spans` are of code points.
    pub fn redacted_with(mut self, others: &PrivateNames, spans: &[(bool, Range)]) -> Record {
        let (private, public) = (self.private_names(), self.public_names());
        let public: Vec<&str> = public.iter().map(String::as_str).collect();
        let mut names = PrivateNames::of(private.iter().map(String::as_str), &public);
        names.extend(others);
        if names.is_empty() && private.is_empty() && spans.is_empty() {
            return self;
        }
        let mut text: Vec<char> = self.text.chars().collect();
        let mut title: Option<Vec<char>> = self.title.as_ref().map(|t| t.chars().collect());
        let mut cover = |in_title: bool, span: Range| match &mut title {
            Some(title) if in_title => cover_span(title, span),
            None if in_title => {}
            _ => cover_span(&mut text, span),
        };
        for e in self.entities.iter_mut().filter(|e| e.kind == "person" && e.private) {
            let named = e.mentions.iter().filter(|m| m.form == "name");
            let named: Vec<_> = named.map(|m| (m.within_title.is_some(), m.span)).collect();
            if !named.is_empty() {
                let mut name: Vec<char> = e.name.chars().collect();
                let length = name.len();
                cover_span(&mut name, [0, length]);
                e.name = name.into_iter().collect();
            }
            named.into_iter().for_each(|(in_title, span)| cover(in_title, span));
        }
        spans.iter().for_each(|(in_title, span)| cover(*in_title, *span));
        names.mask(&mut text);
        self.text = text.into_iter().collect();
        if let Some(title) = &mut title {
            names.mask(title);
        }
        self.title = title.map(|t| t.into_iter().collect());
        let mask = |s: &str| names.masked(s);
        for field in [&mut self.credit, &mut self.outlet] {
            *field = field.as_deref().map(mask);
        }
        self.uri = self.uri.as_deref().and_then(|uri| open_address(uri, &names));
        for e in &mut self.entities {
            e.name = mask(&e.name);
            e.role = e.role.as_deref().map(mask);
        }
        for s in &mut self.statements {
            s.channel = s.channel.as_deref().map(mask);
        }
        for r in &mut self.relations {
            r.detail = r.detail.as_deref().map(mask);
        }
        for p in &mut self.places {
            p.name = mask(&p.name);
        }
        for s in &mut self.published.stated {
            s.words = mask(&s.words);
        }
        self.notes.iter_mut().for_each(|n| *n = mask(n));
        self
    }
}

/// An address that names nobody: cut to its host where what follows names someone, gone where the host does.
fn open_address(uri: &str, names: &PrivateNames) -> Option<String> {
    let plain = decoded(uri);
    if !names.are_in(&plain) && !names.are_in(uri) {
        return Some(uri.to_owned());
    }
    let (scheme, rest) = uri.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?;
    (!names.are_in(&decoded(host))).then(|| format!("{scheme}://{host}/"))
}

/// Percent notation undone, as far as it is UTF-8.
fn decoded(uri: &str) -> String {
    let bytes = uri.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let digits = bytes.get(at + 1..at + 3).and_then(|d| std::str::from_utf8(d).ok());
        match digits.and_then(|d| u8::from_str_radix(d, 16).ok()) {
            Some(byte) if bytes[at] == b'%' => {
                out.push(byte);
                at += 3;
            }
            _ => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{PrivateNames, open_address};

    #[test]
    fn an_address_that_names_someone_is_cut_to_its_host() {
        let names = PrivateNames::of(["Zoë Amsel"], &[]);
        let open = |uri| open_address(uri, &names);
        assert_eq!(open("https://x.example/2024/zoe-amsel-dead?a=1").as_deref(), Some("https://x.example/"));
        assert_eq!(open("https://x.example/Zo%C3%AB").as_deref(), Some("https://x.example/"));
        assert_eq!(open("https://x.example/zoeamsel").as_deref(), Some("https://x.example/"));
        assert_eq!(open("https://zoeamsel.example/"), None);
        assert_eq!(open("https://x.example/2024/strike").as_deref(), Some("https://x.example/2024/strike"));
    }
}
