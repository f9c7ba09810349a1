//! Which mentions mean the same: one pass from left to right, each mention to the entity that fits best or to a new one.
//!
//! Grammar ties come first (appositions, predicates, reflexives), then names, then what the model's coreference scores
//! and agreement say together. An entity is compared by its latest mentions only, so the work grows with the report's
//! length and not with its square.

use super::clusters::{Cluster, State, alike, contradicts};
use super::lexicon::{self, Naming};
use super::names::Likeness;
use super::profile::{Given, Profile};
use super::tree::Tree;
use crate::evidence::Dropped;
use crate::language::{Form, Kind, Pos};
use crate::model::Reading;
use crate::span::TokenId;

/// How many entities back a description or pronoun may look.
const WINDOW: usize = 40;

/// Weight of the model's log-odds beside the rules.
const MODEL: f32 = 0.8;

/// What decided a join, with its score in log-odds.
struct Join {
    cluster: usize,
    by: &'static str,
    score: f32,
}

/// Joins mentions, given in order of their heads.
pub fn join(tree: &Tree<'_>, reading: &Reading, mentions: &[Profile], shown: impl Fn(usize) -> String) -> Vec<Cluster> {
    let mut state = State::new(tree, reading, mentions);
    for i in 0..mentions.len() {
        state.place(i, &shown);
    }
    state.voices();
    let mut clusters: Vec<Cluster> = state.clusters.into_iter().filter(|c| !c.members.is_empty()).collect();
    for cluster in &mut clusters {
        cluster.members.sort_unstable();
    }
    clusters.sort_by_key(|c| c.members[0]);
    clusters
}

impl State<'_> {
    fn place(&mut self, i: usize, shown: &impl Fn(usize) -> String) {
        let m = &self.mentions[i];
        let tied = self.grammar(i);
        let found = match m.form {
            Form::Name => self.by_name(i),
            Form::Nominal => self.by_description(i, shown),
            Form::Pronoun => self.by_pronoun(i, shown),
            Form::Demonym => self.by_name(i),
        };
        // A description tied by grammar to another needs no look-alike; a name may have both and joins them.
        let (join, dropped) = match (tied, found) {
            (Some(tie), (found, _)) => {
                if let Some(f) = found.filter(|f| m.form == Form::Name && f.cluster != tie.cluster) {
                    if self.can_merge(tie.cluster, f.cluster) {
                        self.merge(f.cluster, tie.cluster);
                        (Some(f), Vec::new())
                    } else {
                        (Some(f), Vec::new())
                    }
                } else {
                    (Some(tie), Vec::new())
                }
            }
            (None, (found, dropped)) => (found, dropped),
        };
        let at = match join {
            Some(join) => {
                let cluster = &mut self.clusters[join.cluster];
                let score = 1.0 / (1.0 + (-join.score).exp());
                if cluster.by.is_none() || score < cluster.score {
                    cluster.score = score;
                    cluster.by = Some(join.by);
                }
                cluster.dropped.extend(dropped.into_iter().take(2));
                join.cluster
            }
            None => {
                self.clusters.push(Cluster { dropped, ..Cluster::default() });
                self.clusters.len() - 1
            }
        };
        self.add(at, i);
    }

    /// Joins that grammar alone decides.
    fn grammar(&self, i: usize) -> Option<Join> {
        let (tree, m) = (self.tree, &self.mentions[i]);
        let kind_fits = |c: usize| match (self.clusters[c].kind, m.kind) {
            (Some(a), b) => a == b || matches!((a, b), (Kind::Person, Kind::Group) | (Kind::Group, Kind::Person)),
            _ => true,
        };
        if m.given == Given::Reflexive {
            let subject = tree.up(m.head).find_map(|over| tree.kid(over, &["nsubj"])).filter(|s| s.0 < m.head.0);
            let cluster = self.cluster_at(subject?)?;
            return Some(Join { cluster, by: "rule/reflexive", score: 3.0 });
        }
        if m.form == Form::Pronoun {
            let relative = matches!(tree.lower(m.head).as_str(), "who" | "whom" | "whose" | "which" | "that");
            let clause = tree.up(m.head).take(4).find(|t| tree.is(*t, &["acl"])).filter(|_| relative);
            // "According to an official, who said": whatever the tree hangs the clause on.
            let people = matches!(tree.lower(m.head).as_str(), "who" | "whom");
            let before = || {
                let comma = m.head.0.checked_sub(1).map(TokenId).filter(|b| people && tree.written(*b) == ",")?;
                comma.0.checked_sub(1).map(TokenId).filter(|t| tree.sentence(m.head).contains(*t))
            };
            let over = clause.and_then(|c| tree.head(c)).or_else(before)?;
            let mut cluster = self.cluster_at(over);
            // "A teacher reached by phone, who": people are meant, whatever the clause hangs on.
            if people {
                let someone =
                    |c: &usize| matches!(self.clusters[*c].kind, Some(Kind::Person | Kind::Group | Kind::Organisation));
                let higher = || tree.up(over).take(3).filter_map(|t| self.cluster_at(t)).find(someone);
                cluster = cluster.filter(someone).or_else(higher);
            }
            let cluster = cluster?;
            return Some(Join { cluster, by: "rule/relative", score: 3.0 });
        }
        // "President Vladimir Putin": the title is a description of him.
        if m.form == Form::Name && m.kind == Kind::Person {
            let title = super::profile::role_head(tree, super::profile::titles(tree, m.tokens));
            let row = title.and_then(|t| self.row_at[t.at()]);
            let person = |j: &usize| {
                let other = &self.mentions[*j];
                // "The officers, Ana Ruiz and Luis Prado": each name is one of them.
                let one = other.plural != Some(true);
                one && other.form == Form::Nominal && other.kind == Kind::Person && self.home[*j] != usize::MAX
            };
            // "A specialist at the institute, the German Maximilian Hess".
            let before = |k: &TokenId| k.0 < m.head.0 && tree.is(*k, &["appos"]);
            let led_by = || tree.kids(m.head).filter(before).find_map(|k| self.row_at[k.at()].filter(person));
            let described =
                row.filter(person).or_else(|| self.over_apposition(m.head).into_iter().find(person)).or_else(led_by);
            if let Some(cluster) = described.map(|j| self.home[j]).filter(|c| *c != usize::MAX)
                && self.clusters[cluster].members.len() == 1
            {
                return Some(Join { cluster, by: "rule/title", score: 3.0 });
            }
        }
        if tree.is(m.head, &["appos"])
            && let Some(over) = tree.head(m.head)
        {
            let cluster = self.cluster_at(over)?;
            let place_list = m.kind == Kind::Place;
            let one = m.form == Form::Name && m.kind == Kind::Person && m.plural != Some(true);
            let of_several = one && self.clusters[cluster].plural == Some(true);
            return (kind_fits(cluster) && !place_list && !of_several && self.names_fit(cluster, i)).then_some(Join {
                cluster,
                by: "rule/apposition",
                score: 3.0,
            });
        }
        // "Hess is a scholar": the predicate with its copula, said in the indicative.
        if tree.kid(m.head, &["cop"]).is_some() && m.form == Form::Nominal {
            let denied = tree.kids(m.head).any(|t| {
                matches!(
                    tree.lower(t).as_str(),
                    "not" | "n't" | "never" | "would" | "could" | "might" | "may" | "if" | "should"
                )
            });
            let cluster = self.cluster_at(tree.kid(m.head, &["nsubj"]).filter(|s| s.0 < m.head.0)?)?;
            let number = self.clusters[cluster].plural.is_none_or(|p| m.plural.is_none_or(|q| p == q));
            return (!denied && kind_fits(cluster) && number).then_some(Join {
                cluster,
                by: "rule/predicate",
                score: 2.5,
            });
        }
        None
    }

    /// The mentions that a name stands beside, nearest first. "the head of the bank, Ana Ruiz": where the reading hangs
    /// the name on "bank", what "bank" belongs to comes next.
    fn over_apposition(&self, name: TokenId) -> Vec<usize> {
        let tree = self.tree;
        let mut found = Vec::new();
        let (mut at, mut appos) = (name, false);
        for over in tree.up(name).take(5) {
            let beside = tree.is(at, &["appos", "flat", "nmod:desc", "compound", "list", "nmod:unmarked"]);
            if !(beside || appos && tree.is(at, &["nmod"])) {
                break;
            }
            appos |= tree.is(at, &["appos"]);
            found.extend(self.row_at[over.at()]);
            at = over;
        }
        found
    }

    fn by_name(&self, i: usize) -> (Option<Join>, Vec<Dropped>) {
        let m = &self.mentions[i];
        if m.name.is_empty() {
            return (None, Vec::new());
        }
        if m.kind == Kind::Place
            && let Some(country) = m.country
        {
            let state = |c: &&usize| {
                let cluster = &self.clusters[**c];
                let whole = cluster
                    .names
                    .iter()
                    .any(|n| lexicon::country(&n.join(" ")).is_some_and(|(_, n)| n != Naming::Capital));
                cluster.kind == Some(Kind::Place) && cluster.country == Some(country) && whole
            };
            // "Kazakh" means Kazakhstan, also where it comes first.
            if let Some(&cluster) = self.recent.iter().rev().find(state)
                && (m.form == Form::Demonym
                    || lexicon::country(&m.name.join(" ")).is_some_and(|(_, n)| n == Naming::Name))
            {
                return (Some(Join { cluster, by: "rule/nationality", score: 3.0 }), Vec::new());
            }
        }
        let mut best: Option<(Join, bool)> = None;
        let mut dropped = Vec::new();
        for &c in self.recent.iter().rev() {
            let cluster = &self.clusters[c];
            if cluster.names.is_empty() || !self.name_kinds_fit(cluster, m) {
                continue;
            }
            let opposed = m.gender.is_some() && cluster.gender.is_some() && m.gender != cluster.gender;
            let either = |n: &Vec<String>| alike(m.kind, &m.name, n).or_else(|| alike(m.kind, n, &m.name));
            let Some(likeness) = cluster.names.iter().filter_map(either).min_by_key(|l| *l as u8) else { continue };
            let (by, score) = match likeness {
                Likeness::Same => ("rule/same-name", 4.0),
                Likeness::Shortened => ("rule/short-name", 3.0),
                Likeness::Acronym => ("rule/acronym", 3.0),
                Likeness::Spelling => ("rule/spelling", 2.0),
            };
            // A longer name that takes the cluster's short one must not take another person's surname.
            if opposed || m.kind == Kind::Person && cluster.names.iter().any(|n| contradicts(&m.name, n)) {
                dropped.push(Dropped {
                    what: format!("the same as {}", cluster.names[0].join(" ")),
                    why: "another given name or gender".to_owned(),
                    score: None,
                });
                continue;
            }
            let exact = likeness == Likeness::Same;
            if best.as_ref().is_none_or(|(b, _)| score > b.score) {
                best = Some((Join { cluster: c, by, score }, exact));
            }
            if exact {
                break;
            }
        }
        (best.map(|(j, _)| j), dropped)
    }

    fn by_description(&self, i: usize, shown: &impl Fn(usize) -> String) -> (Option<Join>, Vec<Dropped>) {
        let m = &self.mentions[i];
        // "The other" is none of those told of before.
        if m.lemma == "other" {
            return (None, Vec::new());
        }
        let scored = self.scored(i, |cluster, last| {
            let far = m.sentence.saturating_sub(last.sentence) as f32;
            let same_noun = self.same_noun(m, cluster);
            let abroad = m.country.is_some() && cluster.country.is_some() && m.country != cluster.country;
            // A lawyer is no nurse.
            let other_work = m.kind == Kind::Person
                && m.sector.is_some()
                && cluster.sector.is_some()
                && m.sector != cluster.sector
                && !cluster.lemmas.contains(&m.lemma);
            let titled = matches!(m.given, Given::Definite | Given::Possessed)
                && !abroad
                && cluster.surety == 2
                && cluster.lemmas.contains(&m.lemma);
            let in_name = m.given == Given::Definite
                && cluster.kind != Some(Kind::Person)
                && cluster.names.iter().any(|n| n.len() > 1 && n.iter().any(|w| w.to_lowercase() == m.lemma));
            Some(match () {
                // "A specialist" brings in another, whatever the model thinks.
                () if m.given == Given::New => (-5.5, "model/coreference"),
                () if in_name && !abroad && same_noun != Some(false) => (3.0 - 0.1 * far, "rule/kind-of-body"),
                () if titled && same_noun != Some(false) => (3.0 - 0.1 * far, "rule/role"),
                // "The six priests" after "six Jesuit priests".
                () if same_noun == Some(true) && m.given == Given::Definite && self.same_number(m, cluster) => {
                    (4.0 - 0.1 * far, "rule/same-noun")
                }
                () if same_noun == Some(true) => {
                    (if m.given == Given::Bare { -0.3 } else { 2.0 } - 0.1 * far, "rule/same-noun")
                }
                () if abroad || other_work || same_noun == Some(false) => (-3.0, "model/coreference"),
                () if m.given == Given::Definite && self.alike_in_role(m, cluster) => (0.8 - 0.2 * far, "rule/role"),
                // "Witnesses" after "prosecutors": a bare noun of its own brings in others, whatever the model thinks.
                () if m.given == Given::Bare => (-4.5, "model/coreference"),
                () => (-1.2 - 0.1 * far, "model/coreference"),
            })
        });
        self.pick(scored, 0.0, shown)
    }

    fn by_pronoun(&self, i: usize, shown: &impl Fn(usize) -> String) -> (Option<Join>, Vec<Dropped>) {
        let m = &self.mentions[i];
        if m.person != 3 {
            return (None, Vec::new()); // Voices are joined at the end.
        }
        // "They could not tell who had fired": whoever is asked for is nobody told of before.
        let asks = matches!(self.tree.lower(m.head).as_str(), "who" | "whom" | "what");
        let before = m.head.0.checked_sub(1).map(TokenId).filter(|b| self.tree.has(*b)).map(|b| self.tree.word(b).pos);
        if asks && matches!(before, Some(Pos::Verb | Pos::Adj | Pos::Adp)) {
            return (None, Vec::new());
        }
        let scored = self.scored(i, |cluster, last| {
            let far = m.sentence.saturating_sub(last.sentence);
            if far > 6 {
                return None;
            }
            let near = match far {
                0 => 1.0,
                1 => 0.7,
                2 => 0.0,
                _ => -0.6 * (far as f32 - 1.0),
            };
            let subject = if self.tree.is(last.head, &["nsubj"]) { 0.5 } else { 0.0 };
            let known = 0.15 * cluster.members.len().min(5) as f32 + if cluster.surety == 2 { 0.2 } else { 0.0 };
            let gender = if m.gender.is_some() && m.gender == cluster.gender { 0.6 } else { 0.0 };
            Some((near + subject + known + gender - 1.2, "model/coreference"))
        });
        let floor = if m.gender.is_some() { -1.0 } else { 0.0 };
        self.pick(scored, floor, shown)
    }

    /// The latest entities that a description or pronoun may mean, each with what the rules (`rate`, given the entity
    /// and its latest mention) and the model say of it in log-odds; the nearest first.
    fn scored(
        &self,
        i: usize,
        rate: impl Fn(&Cluster, &Profile) -> Option<(f32, &'static str)>,
    ) -> Vec<(f32, &'static str, usize)> {
        let near = self.recent.iter().rev().take(WINDOW).filter(|c| self.fits(i, **c));
        let rated = near.filter_map(|&c| {
            let (model, last) = self.model(i, &self.clusters[c]);
            let (rule, by) = rate(&self.clusters[c], last)?;
            Some((rule + MODEL * model, by, c))
        });
        rated.collect()
    }

    /// The best above a floor; the runners-up are kept as dropped.
    fn pick(
        &self,
        mut scored: Vec<(f32, &'static str, usize)>,
        floor: f32,
        shown: &impl Fn(usize) -> String,
    ) -> (Option<Join>, Vec<Dropped>) {
        // Candidates stand nearest first; a stable sort keeps the nearer of equals.
        scored.sort_by(|a, b| b.0.total_cmp(&a.0));
        let best = scored.first().filter(|(score, ..)| *score > floor);
        let rest = scored.iter().skip(usize::from(best.is_some())).take(1).filter(|(score, ..)| *score > floor - 1.5);
        let dropped = rest.map(|(score, _, c)| Dropped {
            what: format!("the same as {}", shown(self.clusters[*c].members[0])),
            why: if best.is_some() { "another fits better" } else { "too weak" }.to_owned(),
            score: Some(1.0 / (1.0 + (-score).exp())),
        });
        let dropped = dropped.collect();
        (best.map(|&(score, by, cluster)| Join { cluster, by, score }), dropped)
    }

    /// "I", "we" and "you": one of each a quotation or, outside quotations, a voice of the report.
    fn voices(&mut self) {
        let turns = super::voices::turns(self.tree, self.mentions);
        let mut first: Vec<(super::voices::Voice, usize)> = Vec::new();
        for (i, turn) in turns.iter().enumerate().take(self.mentions.len()) {
            let Some(voice) = *turn else { continue };
            match first.iter().rev().find(|(v, _)| *v == voice) {
                Some(&(_, cluster)) => {
                    let own = self.home[i];
                    self.merge(cluster, own);
                    self.clusters[cluster].joined_as_voice();
                }
                None => first.push((voice, self.home[i])),
            }
        }
        // The one who says "I" in a quotation is the subject of the verb of saying beside it; so is the body that says "we".
        for (voice, cluster) in first {
            let Some(speaker) = super::voices::speaker(self.tree, self.mentions, voice) else { continue };
            let Some(to) = self.cluster_at(speaker).filter(|c| *c != cluster) else { continue };
            let single = self.clusters[to].kind == Some(Kind::Person) && self.clusters[to].plural != Some(true);
            let body = self.clusters[to].kind == Some(Kind::Organisation);
            if (single || body) && !self.clusters[cluster].members.is_empty() {
                self.merge(to, cluster);
                self.clusters[to].joined_as_voice();
            }
        }
    }
}
