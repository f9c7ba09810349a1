//! Who is who: the mentions of one report joined into entities.

pub mod clusters;
pub mod facts;
pub mod join;
pub mod lexicon;
pub mod names;
pub mod profile;
pub mod tree;
mod voices;

#[cfg(test)]
pub mod built;
#[cfg(test)]
mod tests;

use super::{Entity, Language};
use crate::evidence::Evidence;
use crate::span::{EntityId, MentionId};
use crate::text::Text;
use profile::Profile;
use tree::Tree;

/// Joins mentions into entities and writes each mention's `entity`.
pub fn entities(text: &Text, language: &mut Language) -> Vec<Entity> {
    let known = language.words.len().min(text.tokens.len());
    // A clitic or mark alone names nobody.
    let spoken = |m: &super::Mention| {
        let word = text.word(m.head);
        !word.starts_with(['\'', '’']) && word.contains(char::is_alphanumeric)
    };
    language
        .mentions
        .retain(|m| m.head.at() < known && m.tokens.end as usize <= known && !m.tokens.is_empty() && spoken(m));
    let tree = Tree::new(text, language);
    let mentions: Vec<Profile> = language.mentions.iter().map(|m| Profile::of(&tree, m)).collect();
    let shown = |i: usize| text.words(language.mentions[i].span).to_owned();
    let clusters = join::join(&tree, &language.reading, &mentions, shown);
    let mut rows = Vec::with_capacity(clusters.len());
    let mut homes = vec![EntityId(0); mentions.len()];
    for (row, cluster) in clusters.into_iter().enumerate() {
        for &i in &cluster.members {
            homes[i] = EntityId::from(row);
        }
        let facts = facts::facts(&tree, language, &mentions, &cluster);
        let first = &language.mentions[cluster.members[0]];
        let mut because = match cluster.by {
            Some(by) => Evidence::new(by, cluster.score),
            None => Evidence::new("model/mention", first.score),
        };
        because.dropped = cluster.dropped;
        rows.push(Entity {
            kind: facts.kind,
            name: facts.name,
            mentions: cluster.members.iter().map(|&i| MentionId::from(i)).collect(),
            country: facts.country.map(str::to_owned),
            sector: facts.sector,
            role: facts.role,
            private: facts.private,
            because,
        });
    }
    for (mention, home) in language.mentions.iter_mut().zip(homes) {
        mention.entity = home;
    }
    rows
}
