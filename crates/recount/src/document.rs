//! [`Document`]: the four levels of one report together.

use crate::intake::Article;
use crate::language::Language;
use crate::meaning::Meaning;
use crate::text::Text;

/// `Article + Text + Language + Meaning`. Each level was built once, from those before it, and does not change.
#[derive(Clone, Debug)]
pub struct Document {
    pub article: Article,
    pub text: Text,
    pub language: Language,
    pub meaning: Meaning,
}
