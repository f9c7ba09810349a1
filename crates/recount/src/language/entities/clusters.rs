//! The entities while they are made: what each holds so far, and whether a mention agrees with it.

use super::lexicon::{self, Gender};
use super::names::{self, Likeness};
use super::profile::{Given, Profile};
use super::tree::Tree;
use crate::evidence::Dropped;
use crate::language::{Form, Kind};
use crate::model::Reading;
use crate::span::TokenId;

/// The mentions of one entity, and why they are together.
#[derive(Clone, Debug, Default)]
pub struct Cluster {
    /// Rows of mentions, in order.
    pub members: Vec<usize>,
    pub kind: Option<Kind>,
    pub(super) gender: Option<Gender>,
    pub(super) plural: Option<bool>,
    /// Kind of the surest mention so far: pronoun 0, description 1, name 2.
    pub(super) surety: u8,
    /// Names as written, each once.
    pub(super) names: Vec<Vec<String>>,
    /// Lemmas of descriptions and of stated roles.
    pub(super) lemmas: Vec<String>,
    pub(super) country: Option<&'static str>,
    pub(super) sector: Option<&'static str>,
    pub by: Option<&'static str>,
    pub score: f32,
    pub dropped: Vec<Dropped>,
}

impl Cluster {
    /// Notes that mentions came together because they speak with one voice.
    pub(super) fn joined_as_voice(&mut self) {
        self.by = self.by.or(Some("rule/voice"));
        self.score = if self.score == 0.0 { 0.7 } else { self.score };
    }
}

/// How many of an entity's latest mentions a new one is compared with.
const LATEST: usize = 3;

/// Every entity so far, and where each mention went.
pub(super) struct State<'a> {
    pub(super) tree: &'a Tree<'a>,
    pub(super) reading: &'a Reading,
    pub(super) mentions: &'a [Profile],
    /// Each mention's cluster.
    pub(super) home: Vec<usize>,
    /// The mention headed by each word.
    pub(super) row_at: Vec<Option<usize>>,
    pub(super) clusters: Vec<Cluster>,
    /// Clusters, the last mentioned at the end.
    pub(super) recent: Vec<usize>,
}

impl<'a> State<'a> {
    pub(super) fn new(tree: &'a Tree<'a>, reading: &'a Reading, mentions: &'a [Profile]) -> State<'a> {
        let mut row_at: Vec<Option<usize>> = vec![None; tree.text.tokens.len()];
        for (i, mention) in mentions.iter().enumerate() {
            let slot = &mut row_at[mention.head.at()];
            if slot.is_none() || mention.form == Form::Name {
                *slot = Some(i);
            }
        }
        let home = vec![usize::MAX; mentions.len()];
        State { tree, reading, mentions, home, row_at, clusters: Vec::new(), recent: Vec::new() }
    }

    pub(super) fn add(&mut self, at: usize, i: usize) {
        let m = &self.mentions[i];
        let cluster = &mut self.clusters[at];
        cluster.members.push(i);
        self.home[i] = at;
        let surety = match m.form {
            Form::Name | Form::Demonym => 2,
            Form::Nominal => 1,
            Form::Pronoun => 0,
        };
        if cluster.kind.is_none() || surety > cluster.surety {
            cluster.kind = Some(m.kind);
            cluster.surety = surety;
            cluster.plural = m.plural.or(cluster.plural);
        }
        cluster.plural = cluster.plural.or(m.plural);
        cluster.gender = cluster.gender.or(m.gender);
        cluster.country = cluster.country.or(m.country);
        cluster.sector = cluster.sector.or(m.sector);
        if !m.name.is_empty() && !cluster.names.contains(&m.name) {
            cluster.names.push(m.name.clone());
        }
        let lemmas = m.roles.iter().chain((m.form == Form::Nominal).then_some(&m.lemma));
        for lemma in lemmas {
            if !cluster.lemmas.contains(lemma) {
                cluster.lemmas.push(lemma.clone());
            }
        }
        if self.recent.last() != Some(&at) {
            self.recent.retain(|c| *c != at);
            self.recent.push(at);
        }
    }

    pub(super) fn can_merge(&self, a: usize, b: usize) -> bool {
        let (x, y) = (&self.clusters[a], &self.clusters[b]);
        let kinds = match (x.kind, y.kind) {
            (Some(x), Some(y)) => x == y,
            _ => true,
        };
        let genders = x.gender.is_none() || y.gender.is_none() || x.gender == y.gender;
        let kind = x.kind.or(y.kind).unwrap_or(Kind::Other);
        let names = x.names.is_empty()
            || y.names.is_empty()
            || x.names
                .iter()
                .any(|n| y.names.iter().any(|m| alike(kind, n, m).is_some() || alike(kind, m, n).is_some()));
        kinds && genders && names
    }

    /// Moves all of `from` into `into`.
    pub(super) fn merge(&mut self, into: usize, from: usize) {
        if into == from {
            return;
        }
        let old = std::mem::take(&mut self.clusters[from]);
        self.recent.retain(|c| *c != from);
        for i in old.members {
            self.add(into, i);
        }
        let cluster = &mut self.clusters[into];
        cluster.dropped.extend(old.dropped);
        if old.by.is_some() && (cluster.by.is_none() || old.score < cluster.score) {
            (cluster.by, cluster.score) = (old.by, old.score);
        }
    }

    /// The cluster of an earlier mention headed by a word.
    pub(super) fn cluster_at(&self, token: TokenId) -> Option<usize> {
        let i = self.row_at.get(token.at()).copied().flatten()?;
        Some(self.home[i]).filter(|c| *c != usize::MAX)
    }

    /// Whether a mention's name, where it has one, does not contradict the cluster's.
    pub(super) fn names_fit(&self, cluster: usize, i: usize) -> bool {
        let (names, m) = (&self.clusters[cluster].names, &self.mentions[i]);
        m.name.is_empty()
            || names.is_empty()
            || names.iter().any(|n| alike(m.kind, &m.name, n).or(alike(m.kind, n, &m.name)).is_some())
            // "the Collective Security Treaty Organization": spelled out beside its letters, or a former name.
            || m.kind == Kind::Organisation
    }

    pub(super) fn name_kinds_fit(&self, cluster: &Cluster, m: &Profile) -> bool {
        match (cluster.kind, m.kind) {
            (Some(Kind::Person), Kind::Person) => true,
            (Some(Kind::Person), _) | (_, Kind::Person) => false,
            (Some(Kind::Place), Kind::Organisation) | (Some(Kind::Organisation), Kind::Place) => true,
            (Some(a), b) => a == b || a != Kind::Group && b != Kind::Group || a != Kind::Place && b != Kind::Place,
            _ => true,
        }
    }

    /// "the scholar" for a named analyst: one person, one sector; a governor is no minister.
    pub(super) fn alike_in_role(&self, m: &Profile, cluster: &Cluster) -> bool {
        m.kind == Kind::Person
            && !lexicon::other_office(&m.lemma, &cluster.lemmas)
            && m.plural != Some(true)
            && cluster.surety == 2
            && m.sector.is_some()
            && m.sector == cluster.sector
    }

    /// Whether one of the cluster's descriptions has the same noun; `Some(false)` where what narrows them differs.
    pub(super) fn same_noun(&self, m: &Profile, cluster: &Cluster) -> Option<bool> {
        let mut seen = None;
        for &j in cluster.members.iter().rev().take(6) {
            let other = &self.mentions[j];
            if other.form == Form::Nominal && other.lemma == m.lemma && other.plural == m.plural {
                let free = m.narrows.iter().all(|n| other.narrows.contains(n));
                let freer = m.narrows.is_empty() || other.narrows.is_empty();
                if free || freer {
                    return Some(true);
                }
                seen = Some(false);
            }
        }
        seen
    }

    /// Whether one of the cluster's descriptions counts as many of the same noun.
    pub(super) fn same_number(&self, m: &Profile, cluster: &Cluster) -> bool {
        let number = |p: &Profile| self.tree.kid(p.head, &["nummod"]).map(|n| self.tree.lower(n));
        let same = |o: &Profile| o.form == Form::Nominal && o.lemma == m.lemma && number(o) == number(m);
        number(m).is_some() && cluster.members.iter().any(|&j| same(&self.mentions[j]))
    }

    /// The model's log-odds that a mention means the cluster, and the cluster's latest mention.
    pub(super) fn model(&self, i: usize, cluster: &Cluster) -> (f32, &Profile) {
        let m = &self.mentions[i];
        let latest = cluster.members.iter().rev().take(LATEST).map(|&j| &self.mentions[j]);
        let named = cluster.members.iter().rev().map(|&j| &self.mentions[j]).find(|o| o.form == Form::Name);
        let scores = latest.chain(named).map(|o| self.reading.same(m.head.at(), o.head.at()));
        let last = &self.mentions[cluster.members[cluster.members.len() - 1]];
        (scores.fold(f32::NEG_INFINITY, f32::max).clamp(-6.0, 6.0), last)
    }

    /// Agreement and grammar: what cannot be the same whatever the scores.
    pub(super) fn fits(&self, i: usize, c: usize) -> bool {
        let m = &self.mentions[i];
        let cluster = &self.clusters[c];
        let Some(kind) = cluster.kind else { return false };
        if m.gender.is_some() && cluster.gender.is_some() && m.gender != cluster.gender {
            return false;
        }
        let kinds = match (m.form, m.gender, m.plural) {
            (Form::Pronoun, Some(_), _) => kind == Kind::Person && cluster.plural != Some(true),
            (Form::Pronoun, None, Some(true)) => {
                kind != Kind::Place
                    && (cluster.plural != Some(false) || matches!(kind, Kind::Organisation | Kind::Group | Kind::Other))
            }
            (Form::Pronoun, None, _) => kind != Kind::Person && cluster.plural != Some(true),
            _ => {
                let alike = kind == m.kind
                    || matches!((kind, m.kind), (Kind::Person | Kind::Organisation, Kind::Group))
                    || matches!((kind, m.kind), (Kind::Group, Kind::Person | Kind::Organisation))
                    || matches!((kind, m.kind), (Kind::Place, Kind::Facility) | (Kind::Facility, Kind::Place));
                let number = cluster.plural.is_none_or(|p| m.plural.is_none_or(|q| p == q));
                alike && number
            }
        };
        // First and second persons are voices, joined apart.
        let voice = cluster.members.iter().all(|&j| self.mentions[j].person != 3);
        kinds && !voice && cluster.members.iter().rev().take(2).all(|&j| self.apart(m, &self.mentions[j]))
    }

    /// Whether grammar lets two mentions be one: not nested, and not two arguments of one verb.
    fn apart(&self, m: &Profile, other: &Profile) -> bool {
        if m.sentence != other.sentence {
            return true;
        }
        let nested = other.tokens.contains(m.head) || m.tokens.contains(other.head);
        let tie = nested && !matches!(m.given, Given::Reflexive);
        if tie && other.tokens.len() > 1 | m.tokens.len() {
            return false;
        }
        let argument = |t: TokenId| self.tree.is(t, &["nsubj", "obj", "iobj", "obl", "nsubj:pass"]);
        let clash = m.given != Given::Possessive
            && argument(m.head)
            && argument(other.head)
            && self.tree.head(m.head).is_some()
            && self.tree.head(m.head) == self.tree.head(other.head);
        // "A woman was killed, the governor said": whoever says it is not brought in by what is said.
        let says = self.tree.head(m.head).filter(|_| self.tree.is(m.head, &["nsubj"]) && m.kind == Kind::Person);
        let said = says.is_some_and(|v| {
            let inside = |t: TokenId| self.tree.is(t, &["ccomp"]) && self.tree.head(t) == Some(v);
            other.form == Form::Nominal && m.form == Form::Nominal && self.tree.up(other.head).any(inside)
        });
        // "Hess and Putin": two sides of a coordination are two.
        let coordinated = self.tree.is(m.head, &["conj"]) && self.tree.head(m.head) == Some(other.head);
        !clash && !coordinated && !said
    }
}

/// How two names of one kind of thing can be one.
pub(super) fn alike(kind: Kind, short: &[String], long: &[String]) -> Option<Likeness> {
    if kind == Kind::Person { names::person(short, long) } else { names::body(short, long) }
}

/// Two full names of which neither can shorten the other.
pub(super) fn contradicts(a: &[String], b: &[String]) -> bool {
    a.len() > 1 && b.len() > 1 && names::person(a, b).is_none() && names::person(b, a).is_none()
}
