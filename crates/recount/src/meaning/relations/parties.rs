//! Which entity or place the words at one end of a tie name.

use crate::language::entities::tree::Tree;
use crate::language::{Form, Kind, Language, Mention};
use crate::meaning::{Meaning, Party};
use crate::span::{MentionId, PlaceId, Span, TokenId};
use crate::text::Text;

pub struct Parties<'a> {
    pub tree: Tree<'a>,
    pub language: &'a Language,
    pub before: &'a Meaning,
    /// Where places are mentioned, in order.
    places: Vec<(Span, PlaceId)>,
}

impl<'a> Parties<'a> {
    pub fn new(text: &'a Text, language: &'a Language, before: &'a Meaning) -> Parties<'a> {
        let mentions = |(i, p): (usize, &crate::meaning::Place)| -> Vec<(Span, PlaceId)> {
            p.mentions.iter().map(|m| (m.span, PlaceId::from(i))).collect()
        };
        let mut places: Vec<_> = before.places.iter().enumerate().flat_map(mentions).collect();
        places.sort_unstable();
        Parties { tree: Tree::new(text, language), language, before, places }
    }

    pub fn mention(&self, id: MentionId) -> &'a Mention {
        &self.language.mentions[id.at()]
    }

    /// The mentions in order, with their rows.
    pub fn mentions(&self) -> impl Iterator<Item = (MentionId, &'a Mention)> + '_ {
        let read = |(_, m): &(usize, &Mention)| self.tree.has(m.head);
        self.language.mentions.iter().enumerate().filter(read).map(|(i, m)| (MentionId::from(i), m))
    }

    /// The one that a mention means: a place where the words stand for one, else its entity.
    pub fn party(&self, id: MentionId) -> Party {
        let mention = self.mention(id);
        let spatial = matches!(mention.kind, Kind::Place | Kind::Facility) || mention.form == Form::Demonym;
        let place = spatial.then(|| self.place_at(mention.span)).flatten();
        // "the country": a place entity whose name is on the map.
        let entity = &self.language.entities[mention.entity.at()];
        let by_name = || {
            let named = |m: &&MentionId| self.mention(**m).form == Form::Name;
            entity.mentions.iter().filter(named).find_map(|m| self.place_at(self.mention(*m).span))
        };
        let place = place.or_else(|| if entity.kind == Kind::Place { by_name() } else { None });
        place.map_or(Party::Entity(mention.entity), Party::Place)
    }

    fn place_at(&self, span: Span) -> Option<PlaceId> {
        let from = self.places.partition_point(|(s, _)| s.start < span.start);
        let near = self.places[from.saturating_sub(1)..].iter().take(3);
        near.filter(|(s, _)| s.contains(span) || span.contains(*s) && s.len() * 2 > span.len()).map(|(_, p)| *p).next()
    }

    /// A country's own row among the places.
    pub fn country(&self, code: &str) -> Option<Party> {
        let name = crate::language::entities::lexicon::country_name(code)?;
        let whole = |p: &crate::meaning::Place| {
            p.country.as_deref() == Some(code) && (p.name == name || p.precision == Some(6))
        };
        if let Some(row) = self.before.places.iter().position(whole) {
            return Some(Party::Place(PlaceId::from(row)));
        }
        let entity = |e: &crate::language::Entity| e.kind == Kind::Place && e.name == name;
        self.language.entities.iter().position(entity).map(|row| Party::Entity(row.into()))
    }

    pub fn kind(&self, party: Party) -> Option<Kind> {
        match party {
            Party::Entity(e) => self.language.entities.get(e.at()).map(|e| e.kind),
            Party::Place(_) => Some(Kind::Place),
        }
    }

    /// Whether a mention's entity is called by a name anywhere.
    pub fn named(&self, id: MentionId) -> bool {
        let entity = &self.language.entities[self.mention(id).entity.at()];
        entity.mentions.iter().any(|m| self.mention(*m).form == Form::Name)
    }

    /// The mention that a word heads, or a coordinated or flat word beside it heads.
    pub fn at(&self, token: TokenId) -> Option<MentionId> {
        self.tree.mention_near(token)
    }

    /// A word, and those coordinated with it.
    pub fn with_conjuncts(&self, token: TokenId) -> impl Iterator<Item = TokenId> + '_ {
        std::iter::once(token).chain(self.tree.kids(token).filter(|t| self.tree.is(*t, &["conj"])))
    }

    pub fn span(&self, token: TokenId) -> Span {
        self.tree.text.tokens[token.at()].span
    }

    pub fn lemma(&self, token: TokenId) -> String {
        self.tree.word(token).lemma.to_lowercase()
    }
}
