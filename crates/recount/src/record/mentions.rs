//! Where an entity or place is mentioned. Written as two lists, `mentions` into the text and `title_mentions` into the
//! title: a reader who passes over what it does not know never takes a span of the title for one of the text.

use super::Mention;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::ops::{Deref, DerefMut};

/// All mentions, those of the text and those of the title (`within_title`).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "AsWritten", into = "AsWritten")]
pub struct Mentions(pub Vec<Mention>);

#[derive(Serialize, Deserialize, JsonSchema)]
pub(super) struct AsWritten {
    /// Spans into `text`.
    mentions: Vec<Mention>,
    /// Spans into `title`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    title_mentions: Vec<Mention>,
}

impl From<AsWritten> for Mentions {
    fn from(written: AsWritten) -> Mentions {
        Mentions(written.title_mentions.into_iter().chain(written.mentions).collect())
    }
}

impl From<Mentions> for AsWritten {
    fn from(mentions: Mentions) -> AsWritten {
        let (title_mentions, mentions) = mentions.0.into_iter().partition(|m| m.within_title.is_some());
        AsWritten { mentions, title_mentions }
    }
}

impl Deref for Mentions {
    type Target = Vec<Mention>;

    fn deref(&self) -> &Vec<Mention> {
        &self.0
    }
}

impl DerefMut for Mentions {
    fn deref_mut(&mut self) -> &mut Vec<Mention> {
        &mut self.0
    }
}

impl FromIterator<Mention> for Mentions {
    fn from_iter<I: IntoIterator<Item = Mention>>(mentions: I) -> Mentions {
        Mentions(mentions.into_iter().collect())
    }
}

impl<'a> IntoIterator for &'a Mentions {
    type Item = &'a Mention;
    type IntoIter = std::slice::Iter<'a, Mention>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mentions_of_the_title_are_a_list_of_their_own() {
        let written = r#"{"mentions":[{"span":[4,9],"form":"name"}],"title_mentions":[{"span":[0,5],"form":"name","in":"title"}]}"#;
        let mentions: Mentions = serde_json::from_str(written).unwrap();
        assert_eq!(mentions.iter().map(|m| m.span).collect::<Vec<_>>(), [[0, 5], [4, 9]]);
        assert_eq!(serde_json::to_string(&mentions).unwrap(), written);
        let old = r#"{"mentions":[{"span":[0,5],"form":"name","in":"title"},{"span":[4,9],"form":"name"}]}"#;
        assert_eq!(serde_json::from_str::<Mentions>(old).unwrap(), mentions);
    }
}
