//! A record in which private people cannot be recognised by name.

use super::{Range, Record};

/// Stands for each masked character, so that every span stays true.
const MASK: char = '█';

impl Record {
    /// The record with the names of private persons masked wherever they stand: in text, title and every value.
    ///
    /// Each character is masked by one character, so spans still fit. What is masked: each mention by name of an
    /// entity marked private, and every other occurrence of the words of such names that no public name shares.
    pub fn redacted(mut self) -> Record {
        let text: Vec<char> = self.text.chars().collect();
        let title: Vec<char> = self.title.as_deref().unwrap_or_default().chars().collect();
        let words_at = |span: Range, in_title: bool| -> String {
            let source = if in_title { &title } else { &text };
            source.get(span[0]..span[1]).unwrap_or_default().iter().collect()
        };
        let names_of = |private: bool| -> Vec<String> {
            let named = self.entities.iter().filter(|e| (e.kind == "person" && e.private) == private);
            let mentions = named.flat_map(|e| e.mentions.iter().filter(|m| m.form == "name"));
            mentions.map(|m| words_at(m.span, m.within_title.is_some())).collect()
        };
        let public: Vec<String> = names_of(false).iter().flat_map(|n| words(n)).collect();
        let mut secret: Vec<String> = names_of(true).iter().flat_map(|n| words(n)).collect();
        secret.retain(|w| w.chars().count() > 1 && w.chars().any(char::is_uppercase) && !public.contains(w));
        secret.sort();
        secret.dedup();
        if secret.is_empty() {
            return self;
        }
        let mask = |s: &str| masked(s, &secret);
        self.text = mask(&self.text);
        for field in [&mut self.title, &mut self.credit, &mut self.outlet, &mut self.uri] {
            *field = field.as_deref().map(mask);
        }
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

/// The words of a name: runs of letters, digits and marks within words.
fn words(name: &str) -> Vec<String> {
    name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// `s` with every whole-word occurrence of a secret masked, in any letter case.
fn masked(s: &str, secret: &[String]) -> String {
    let chars: Vec<char> = s.chars().collect();
    let mut out = chars.clone();
    let mut at = 0;
    while at < chars.len() {
        let end = at + chars[at..].iter().take_while(|c| c.is_alphanumeric()).count();
        if end == at {
            at += 1;
            continue;
        }
        let word: String = chars[at..end].iter().collect();
        if secret.iter().any(|w| *w == word || (w.chars().count() > 2 && w.to_lowercase() == word.to_lowercase())) {
            out[at..end].fill(MASK);
        }
        at = end;
    }
    out.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn names_go_and_lengths_stay() {
        let secret = ["Amira".to_owned(), "Sol".to_owned()];
        assert_eq!(masked("Amira’s brother, AMIRA SOL, sold it.", &secret), "█████’s brother, █████ ███, sold it.");
    }
}
