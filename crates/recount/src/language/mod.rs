//! The third level: [`Language`], what the words are to each other and whom they name.

pub mod entities;
mod lemma;
mod mend;
pub mod mentions;
pub mod syntax;

use crate::evidence::Evidence;
use crate::gazetteer::Gazetteer;
use crate::model::{Model, Reading};
use crate::span::{EntityId, MentionId, Span, TokenId, Tokens};
use crate::text::Text;

/// Syntax, mentions and entities of one report.
#[derive(Clone, Debug, Default)]
pub struct Language {
    /// The model's scores, for the stages below that decide from them.
    pub reading: Reading,
    /// One row a token of [`Text::tokens`].
    pub words: Vec<Word>,
    /// Arguments of predicates, by head word.
    pub roles: Vec<Role>,
    /// In order of their head word.
    pub mentions: Vec<Mention>,
    pub entities: Vec<Entity>,
    /// The tree read from above, made with `words`; where it was not made, the words are searched.
    pub index: syntax::Index,
}

/// One token's grammar (Universal Dependencies 2).
#[derive(Clone, Debug)]
pub struct Word {
    /// The dictionary form, in lower case.
    pub lemma: String,
    pub pos: Pos,
    /// The word it hangs on; itself at the root of its sentence.
    pub head: TokenId,
    /// The relation to it, subtype included, as `nsubj:pass`.
    pub rel: &'static str,
    pub plural: Option<bool>,
    pub verb: Verb,
    /// Whether the model reads it as a predicate with arguments.
    pub predicate: bool,
}

/// Universal part of speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pos {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    X,
}

/// Form of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verb {
    None,
    Present,
    Past,
    Infinitive,
    PresentParticiple,
    PastParticiple,
    Imperative,
}

/// One argument of one predicate (PropBank roles).
#[derive(Clone, Copy, Debug)]
pub struct Role {
    pub predicate: TokenId,
    /// Head word of the argument.
    pub argument: TokenId,
    pub label: RoleLabel,
    /// Probability.
    pub score: f32,
}

/// PropBank's numbered arguments and modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RoleLabel {
    Arg0,
    Arg1,
    Arg2,
    Arg3,
    Arg4,
    Time,
    Location,
    Manner,
    Cause,
    Purpose,
    Direction,
    Negation,
    Modal,
    Adverbial,
    Other,
}

/// Words that name, describe or point at someone or something.
#[derive(Clone, Debug)]
pub struct Mention {
    /// The whole phrase for descriptions ("the German Maximilian Hess"); the bare name for names.
    pub tokens: Tokens,
    pub span: Span,
    /// The phrase around a name with its titles and appositions; `span` again where there is none.
    pub phrase: Span,
    pub head: TokenId,
    pub kind: Kind,
    pub form: Form,
    pub entity: EntityId,
    pub score: f32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    Name,
    Nominal,
    Pronoun,
    /// An adjective or noun of nationality: "Russian", "Kazakhs".
    Demonym,
}

/// What an entity is (DESIGN.md, "Kinds").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Person,
    Organisation,
    /// People without an organisation: protesters, residents, a nation.
    Group,
    Place,
    Facility,
    Other,
}

/// The one that a set of mentions means.
#[derive(Clone, Debug)]
pub struct Entity {
    pub kind: Kind,
    /// Its fullest name, else its fullest description, as written.
    pub name: String,
    /// In order of standing.
    pub mentions: Vec<MentionId>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// PLOVER sector: GOV, MIL, COP, REB, JRN, CVL, …
    pub sector: Option<&'static str>,
    /// The office or occupation stated with it: "president", "Kremlin spokesman".
    pub role: Option<Span>,
    /// A person without a public office or repeated public role; redactable in every output.
    pub private: bool,
    pub because: Evidence,
}

impl Language {
    /// Reads the language of a text with the model; what names may be places, the gazetteer says.
    pub fn of(text: &Text, model: &Model, gazetteer: &Gazetteer) -> Language {
        let mut language = Language { reading: syntax::reading(text, model), ..Language::default() };
        (language.words, language.roles) = syntax::words(text, model, &language.reading);
        language.index = syntax::Index::of(&language.words);
        language.mentions = mentions::mentions(text, model, gazetteer, &language);
        language.entities = entities::entities(text, &mut language);
        language.index.over = syntax::mentions_over(&language.mentions, language.words.len());
        language
    }

    /// The words that hang on `token`, itself included, as the smallest token range.
    pub fn phrase(&self, token: TokenId) -> Tokens {
        let found = match self.index.fits(&self.words) {
            true => self.index.phrase(token),
            false => syntax::Index::of(&self.words).phrase(token),
        };
        found.unwrap_or(Tokens { start: token.0, end: token.0 + 1 })
    }

    /// The words that hang directly on `token`, in order.
    pub fn children(&self, token: TokenId) -> impl Iterator<Item = TokenId> + '_ {
        let indexed = self.index.fits(&self.words);
        let searched = if indexed { 0 } else { self.words.len() };
        let hangs = move |w: &TokenId| self.words[w.at()].head == token && *w != token;
        let listed = if indexed { self.index.children(token) } else { &[] };
        listed.iter().copied().chain((0..searched).map(TokenId::from).filter(hangs))
    }

    /// The entity that a word belongs to: the mention headed by it, else the innermost mention over it.
    pub fn entity_at(&self, token: TokenId) -> Option<EntityId> {
        self.mention_at(token).map(|m| self.mentions[m.at()].entity)
    }

    /// The mention headed by a word, else the innermost one over it.
    pub fn mention_at(&self, token: TokenId) -> Option<MentionId> {
        if self.index.over.len() == self.words.len() && self.index.fits(&self.words) {
            return self.index.over.get(token.at()).copied().flatten();
        }
        syntax::mentions_over(&self.mentions, token.at() + 1).pop().flatten()
    }
}

impl Form {
    /// As the record writes it.
    pub fn name(self) -> &'static str {
        match self {
            Form::Name => "name",
            Form::Nominal => "nominal",
            Form::Pronoun => "pronoun",
            Form::Demonym => "demonym",
        }
    }
}

impl Kind {
    /// As the record writes it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Person => "person",
            Kind::Organisation => "organisation",
            Kind::Group => "group",
            Kind::Place => "place",
            Kind::Facility => "facility",
            Kind::Other => "other",
        }
    }
}
