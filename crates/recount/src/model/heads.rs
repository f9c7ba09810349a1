//! Where each head's scores stand, and what they are called: the file `heads.json` beside the weights.

use serde::Deserialize;

use super::Head;
use crate::error::{Error, Result};

#[derive(Deserialize)]
pub struct Heads {
    pub version: u32,
    #[serde(default)]
    pub steps: u64,
    pub max_pieces: usize,
    pub tags: Vec<TagHead>,
    pub width: usize,
    pub roles: Vec<String>,
    pub pointers: Vec<String>,
    pub coref: Coref,
}

#[derive(Deserialize)]
pub struct TagHead {
    pub name: String,
    pub start: usize,
    pub end: usize,
    pub labels: Vec<String>,
}

/// How two words' projections become a score.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Coref {
    pub size: usize,
    pub scale: f32,
    /// By distance in sentences.
    pub bias: Vec<f32>,
    /// The distance at which each bucket of `bias` begins.
    pub sentences: Vec<usize>,
}

/// In the order of [`Head`].
const NAMES: [&str; 13] =
    ["pos", "number", "verb", "rel", "name", "head", "predicate", "cue", "source", "content", "event", "party", "harm"];

impl Heads {
    /// Reads and checks the file.
    pub fn of(json: &str) -> Result<Heads> {
        let heads: Heads = serde_json::from_str(json).map_err(|e| Error::Model(format!("heads.json: {e}")))?;
        let fits = |t: &TagHead| {
            t.start < t.end && t.end <= heads.width && (t.labels.is_empty() || t.labels.len() == t.end - t.start)
        };
        if heads.version != 1 {
            return Err(Error::Model(format!("heads.json has version {}, the program reads 1", heads.version)));
        }
        if let Some(missing) = NAMES.iter().chain(&["factuality"]).find(|n| heads.tag(n).is_none_or(|t| !fits(t))) {
            return Err(Error::Model(format!("heads.json has no fitting head {missing}")));
        }
        if heads.pointers != ["content_cue", "source_cue", "content_source"]
            || heads.roles.len() > u8::MAX as usize
            || heads.coref.bias.is_empty()
            || heads.coref.bias.len() != heads.coref.sentences.len()
        {
            return Err(Error::Model("heads.json describes other heads than the program reads".into()));
        }
        Ok(heads)
    }

    fn tag(&self, name: &str) -> Option<&TagHead> {
        self.tags.iter().find(|t| t.name == name)
    }

    /// The labels of a head.
    pub fn labels(&self, head: Head) -> &[String] {
        self.tag(NAMES[head as usize]).map_or(&[], |t| &t.labels)
    }

    /// Ranges of a row of scores, by `Head as usize`.
    pub fn ranges(&self) -> Vec<(u16, u16)> {
        NAMES.iter().map(|n| self.tag(n).map_or((0, 0), |t| (t.start as u16, t.end as u16))).collect()
    }

    /// Column of the factuality score.
    pub fn factuality(&self) -> usize {
        self.tag("factuality").map_or(0, |t| t.start)
    }
}
