//! When two reports are the same report, and when one is a new version of the other.
//!
//! A report is known by the id that its input gave; where it gave none, by its address; where it has neither, by its
//! words. The same words under two addresses are two reports: copies matter to who is a voice of their own.

/// BLAKE3 over title, a zero byte and text, in hexadecimal: what a report says, wherever it stands.
pub fn title_and_text_hash(title: Option<&str>, text: &str) -> String {
    let mut hash = blake3::Hasher::new();
    hash.update(title.unwrap_or_default().as_bytes());
    hash.update(&[0]);
    hash.update(text.as_bytes());
    hash.finalize().to_hex().to_string()
}

/// What tells one report from another, known before anything is read into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The id that the input gave; `None` where it was made from the text.
    pub input_id: Option<String>,
    pub uri: Option<String>,
    /// Day of publication, `YYYY-MM-DD`.
    pub published: Option<String>,
    /// [`title_and_text_hash`].
    pub hash: String,
}

impl Identity {
    /// Of a report's parts. `name` is what its input is called, which goes into ids that are made.
    pub fn of(
        id: &str,
        uri: Option<&str>,
        title: Option<&str>,
        text: &str,
        published: Option<&str>,
        name: Option<&str>,
    ) -> Identity {
        let made = |place: Option<&str>| recount::intake::made_id(text, place.unwrap_or_default()) == id;
        let own = !made(uri) && !made(name) && !made(None);
        Identity {
            input_id: own.then(|| id.to_owned()),
            uri: uri.map(str::to_owned),
            published: published.map(str::to_owned),
            hash: title_and_text_hash(title, text),
        }
    }

    /// Whether both are the same report, perhaps in another version.
    pub fn same_report(&self, other: &Identity) -> bool {
        let addresses = self.uri.as_ref().zip(other.uri.as_ref()).map(|(a, b)| a == b);
        match (&self.input_id, &other.input_id) {
            // Two inputs that both count from 1 do not speak of the same report where the addresses differ.
            (Some(a), Some(b)) => a == b && addresses != Some(false),
            _ => addresses == Some(true),
        }
    }

    /// Whether `other`, which is kept already, says all that this one does.
    pub fn is_kept_as(&self, other: &Identity) -> bool {
        let nameless = self.input_id.is_none() && self.uri.is_none();
        self.hash == other.hash
            && (nameless || self.same_report(other))
            // A day where none was known is worth a version.
            && (other.published.is_some() || self.published.is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(id: Option<&str>, uri: Option<&str>, text: &str) -> Identity {
        let made = recount::intake::made_id(text, uri.unwrap_or("a.txt"));
        Identity::of(id.unwrap_or(&made), uri, None, text, Some("2022-01-01"), Some("a.txt"))
    }

    #[test]
    fn a_made_id_names_nobody_and_an_own_one_does() {
        assert_eq!(report(None, None, "x").input_id, None);
        assert_eq!(report(None, Some("https://a.example"), "x").input_id, None);
        assert_eq!(report(Some("7"), None, "x").input_id.as_deref(), Some("7"));
    }

    #[test]
    fn the_same_words_elsewhere_are_another_report_unless_they_have_no_place() {
        let (a, b) = (Some("https://a.example"), Some("https://b.example"));
        assert!(report(None, a, "x").is_kept_as(&report(None, a, "x")));
        assert!(!report(None, a, "x").is_kept_as(&report(None, b, "x")));
        assert!(report(None, None, "x").is_kept_as(&report(None, b, "x")));
        assert!(!report(Some("1"), None, "x").is_kept_as(&report(Some("2"), None, "x")));
        assert!(!report(Some("1"), a, "x").same_report(&report(Some("1"), b, "y")));
        assert!(report(Some("1"), a, "x").same_report(&report(Some("1"), None, "y")));
        assert!(report(None, a, "x").same_report(&report(None, a, "y")));
    }

    #[test]
    fn a_day_that_was_not_known_is_news() {
        let dated = report(None, None, "x");
        let undated = Identity { published: None, ..dated.clone() };
        assert!(undated.is_kept_as(&dated) && !dated.is_kept_as(&undated));
    }
}
