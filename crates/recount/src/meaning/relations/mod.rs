//! Who is what: offices, memberships, kin, nationality, alliances.
//!
//! A tie is read from a noun that names it ("spokesman", "son-in-law"), from a verb ("led by"), or from the shape of the
//! words ("Ashgrove (formerly Elmton)"). Both its ends are mentions; nothing is said that no words say, but for the
//! state of a head of government named with a title alone, which is then marked as inferred.

mod nouns;
mod parties;
mod shapes;
mod verbs;

use super::{Meaning, Party, Relation, RelationKind};
use crate::evidence::Evidence;
use crate::intake::Article;
use crate::language::Language;
use crate::span::Span;
use crate::text::Text;
use parties::Parties;

/// Finds the relations.
pub fn relations(article: &Article, text: &Text, language: &Language, before: &Meaning) -> Vec<Relation> {
    let parties = Parties::new(text, language, before);
    let year = article.published.best.map(|d| d.year());
    let mut found = nouns::ties(&parties, year);
    found.extend(verbs::ties(&parties));
    found.extend(shapes::ties(&parties));
    found.retain(|tie| tie.subject != tie.object && allowed(&parties, tie));
    found.sort_by_key(|tie| (tie.span.start, tie.span.end));
    let mut rows: Vec<Relation> = Vec::new();
    for tie in found {
        let same = rows.iter_mut().find(|r| {
            r.kind == tie.kind && (r.subject, r.object) == (tie.subject, tie.object)
                || r.kind == RelationKind::Ally
                    && r.kind == tie.kind
                    && (r.object, r.subject) == (tie.subject, tie.object)
        });
        match same {
            // Stated words win over what was inferred; else the first telling stands.
            Some(row) if row.because.inferred.is_some() && tie.because.inferred.is_none() => *row = tie.row(before),
            Some(_) => {}
            None => rows.push(tie.row(before)),
        }
    }
    // A state that was inferred for an office falls to one that the text states.
    let stated: Vec<Party> = offices(&rows).filter(|r| r.because.inferred.is_none()).map(|r| r.subject).collect();
    rows.retain(|r| r.because.inferred.is_none() || !stated.contains(&r.subject));
    rows
}

fn offices(rows: &[Relation]) -> impl Iterator<Item = &Relation> {
    rows.iter().filter(|r| r.kind == RelationKind::Office)
}

/// A tie as its reader found it.
struct Tie {
    subject: Party,
    kind: RelationKind,
    detail: Option<Span>,
    object: Party,
    span: Span,
    because: Evidence,
}

impl Tie {
    fn row(self, before: &Meaning) -> Relation {
        let said_by = before.said_by(self.span);
        let Tie { subject, kind, detail, object, span, because } = self;
        Relation { subject, kind, detail, object, span, said_by, because }
    }
}

/// Whether the two can stand in such a tie at all: only persons have kin and nationality, no place holds an office.
fn allowed(parties: &Parties<'_>, tie: &Tie) -> bool {
    use crate::language::Kind::{Group, Organisation, Person, Place};
    let (Some(subject), Some(object)) = (parties.kind(tie.subject), parties.kind(tie.object)) else { return false };
    let body = |k| matches!(k, Organisation | Place | Group);
    match tie.kind {
        RelationKind::Kin => subject == Person && object == Person,
        RelationKind::Nationality => matches!(subject, Person | Group) && object == Place,
        RelationKind::Office | RelationKind::Spokesperson => {
            matches!(subject, Person | Group)
                && (body(object) || tie.kind == RelationKind::Spokesperson && object == Person)
        }
        RelationKind::Employee | RelationKind::Board => {
            matches!(subject, Person | Group) && matches!(object, Organisation | Place | Group)
        }
        RelationKind::Member => matches!(subject, Person | Group | Organisation | Place) && body(object),
        RelationKind::Leads | RelationKind::Founder | RelationKind::Owner => {
            object != Person && (subject != Place || tie.kind != RelationKind::Founder)
        }
        RelationKind::PartOf => !matches!(subject, Person) && object != Person,
        RelationKind::Ally => !matches!((subject, object), (Place, Person) | (Person, Place)),
        RelationKind::FormerlyCalled => true,
    }
}

#[cfg(test)]
pub mod tests;
