//! The sentence as the event and count rules look at it: children, phrases and mentions by word, found in one pass.

use crate::language::{Kind, Language, Mention, Pos, RoleLabel, Verb, Word};
use crate::span::{EntityId, Span, TokenId, Tokens};
use crate::text::Text;

/// Indices over one report's words, so that no rule scans the report.
pub(crate) struct Grammar<'a> {
    pub text: &'a Text,
    pub language: &'a Language,
    /// The words in lower case.
    pub lower: Vec<String>,
    /// The base form that the rules know a word by, where the language level's lemma is not known to them.
    base: Vec<Option<String>>,
    /// Children of word `w`: `kids[first[w]..first[w + 1]]`, in order.
    kids: Vec<u32>,
    first: Vec<u32>,
    /// Innermost mention over each word; the one headed by it comes first.
    over: Vec<Option<u32>>,
    /// Roles by predicate.
    roles: Vec<(u32, u32, RoleLabel)>,
}

impl<'a> Grammar<'a> {
    /// `None` where the language level has no grammar (no model has read the text).
    pub fn of(text: &'a Text, language: &'a Language) -> Option<Grammar<'a>> {
        let n = text.tokens.len();
        if n == 0 || language.words.len() != n {
            return None;
        }
        let mut first = vec![0u32; n + 2];
        let parent = |i: usize| language.words[i].head.at().min(n - 1);
        for i in (0..n).filter(|&i| parent(i) != i) {
            first[parent(i) + 2] += 1;
        }
        for i in 2..n + 2 {
            first[i] += first[i - 1];
        }
        let mut kids = vec![0u32; first[n + 1] as usize];
        for i in (0..n).filter(|&i| parent(i) != i) {
            let slot = &mut first[parent(i) + 1];
            kids[*slot as usize] = i as u32;
            *slot += 1;
        }
        let mut roles: Vec<_> =
            language.roles.iter().map(|r| (r.predicate.0, r.argument.0, r.label)).filter(|r| r.1 < n as u32).collect();
        roles.sort_by_key(|r| (r.0, r.1));
        let lower: Vec<String> = text.tokens.iter().map(|t| text.words(t.span).to_lowercase()).collect();
        // A noun that has lost its plural is left alone: "shelves" is no form of "to shelve".
        let settled =
            |w: usize| matches!(language.words[w].pos, Pos::Noun | Pos::Propn) && language.words[w].lemma != lower[w];
        let base =
            (0..n).map(|w| if settled(w) { None } else { known_base(&language.words[w].lemma, &lower[w]) }).collect();
        Some(Grammar { lower, base, over: mentions_over(language, n), text, language, kids, first, roles })
    }

    pub fn len(&self) -> usize {
        self.lower.len()
    }

    pub fn word(&self, w: usize) -> &'a Word {
        &self.language.words[w]
    }

    pub fn lemma(&self, w: usize) -> &str {
        self.base[w].as_deref().unwrap_or(&self.language.words[w].lemma)
    }

    pub fn pos(&self, w: usize) -> Pos {
        self.language.words[w].pos
    }

    /// The relation to the head without its subtype.
    pub fn rel(&self, w: usize) -> &'static str {
        let rel = self.language.words[w].rel;
        rel.split(':').next().unwrap_or(rel)
    }

    /// The relation to the head with its subtype.
    pub fn full_rel(&self, w: usize) -> &'static str {
        self.language.words[w].rel
    }

    /// The word that `w` hangs on; `None` at a root.
    pub fn head(&self, w: usize) -> Option<usize> {
        let head = self.language.words[w].head.at();
        (head != w && head < self.len()).then_some(head)
    }

    pub fn kids(&self, w: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.kids[self.first[w] as usize..self.first[w + 1] as usize].iter().map(|&k| k as usize)
    }

    /// The first child with one of some relations (subtypes count unless the name has one).
    pub fn kid(&self, w: usize, rels: &[&str]) -> Option<usize> {
        self.kids(w).find(|&k| self.is(k, rels))
    }

    /// Whether the relation of `w` is one of some.
    pub fn is(&self, w: usize, rels: &[&str]) -> bool {
        let full = self.full_rel(w);
        rels.iter().any(|r| *r == full || (!r.contains(':') && *r == self.rel(w)))
    }

    /// The words of the sentence of `w`.
    pub fn sentence(&self, w: usize) -> Tokens {
        let id = self.text.tokens[w].sentence.at();
        match self.text.sentences.get(id) {
            Some(s) if s.tokens.contains(TokenId::from(w)) && s.tokens.end as usize <= self.len() => s.tokens,
            _ => Tokens::new(w, w + 1),
        }
    }

    pub fn span(&self, w: usize) -> Span {
        self.text.tokens[w].span
    }

    /// The preposition or case mark on a word.
    pub fn case(&self, w: usize) -> Option<&str> {
        self.kid(w, &["case"]).map(|k| self.lower[k].as_str())
    }

    /// Whether a word is negated by a word that hangs on it.
    pub fn negated(&self, w: usize) -> bool {
        self.kids(w).any(|k| {
            matches!(self.lower[k].as_str(), "not" | "n't" | "never" | "no" | "neither" | "nor" | "nobody" | "without")
                && (self.is(k, &["advmod", "det", "cc", "aux", "dep", "case", "mark"])
                    && !(self.lower[k] == "no" && self.pos(w) == Pos::Verb && self.kid(k, &["advmod"]).is_some()))
        })
    }

    /// The words that hang on `w` as one range, without clauses that only add to it and without what is coordinated.
    pub fn phrase(&self, w: usize) -> Tokens {
        let (mut start, mut end) = (w, w + 1);
        let mut todo: Vec<usize> = self.kids(w).filter(|&k| !self.leaves_phrase(k, w)).collect();
        // No tree has more words than its sentence; the count keeps damaged trees from going round.
        let mut left = self.sentence(w).len();
        while let Some(k) = todo.pop().filter(|_| left > 0) {
            left -= 1;
            start = start.min(k);
            end = end.max(k + 1);
            todo.extend(self.kids(k).filter(|&kk| !self.leaves_phrase(kk, w)));
        }
        let bounds = self.sentence(w);
        (start, end) = (start.max(bounds.start as usize), end.min(bounds.end as usize));
        while start < w
            && matches!(self.pos(start), Pos::Punct | Pos::Adp | Pos::Cconj | Pos::Sconj)
            && !self.bounds_a_figure(start, w)
        {
            start += 1;
        }
        // "At least ten people": the preposition belongs to the figure.
        let floor = start.checked_sub(1).filter(|&b| b >= bounds.start as usize && self.lower[b] == "at");
        if let Some(at) = floor.filter(|_| start < w && matches!(self.lower[start].as_str(), "least" | "most")) {
            start = at;
        }
        while end > w + 1
            && self.pos(end - 1) == Pos::Punct
            && !matches!(self.lower[end - 1].as_str(), "”" | "\"" | ")")
        {
            end -= 1;
        }
        Tokens::new(start, end)
    }

    /// "At" in "at least ten people": it hangs on the figure, not on the noun.
    fn bounds_a_figure(&self, k: usize, noun: usize) -> bool {
        if self.lower[k] == "at" && matches!(self.lower[k + 1].as_str(), "least" | "most") {
            return true;
        }
        let figure = (k + 1..noun.min(k + 5)).find(|&n| self.pos(n) == Pos::Num);
        figure.is_some_and(|n| self.head(n) == Some(noun) && (k + 1..n).all(|b| self.head(b) != Some(noun)))
            && self.head(k).is_some_and(|h| h > k && h < noun)
    }

    fn leaves_phrase(&self, k: usize, top: usize) -> bool {
        let of_top = self.language.words[k].head.at() == top;
        // "17 people, among them four children": the tree may split the two words.
        let them =
            self.pos(k) == Pos::Pron && matches!(self.lower[k].as_str(), "them" | "whom") && self.is(k, &["nmod"]);
        // "Five, two of whom died": the two are told of apart.
        let some =
            self.kids(k).any(|m| matches!(self.lower[m].as_str(), "whom" | "them") && self.case(m) == Some("of"));
        if of_top && k > top && (some || self.names_a_part(k) || self.is_age(k) || them) {
            return true;
        }
        self.is(
            k,
            &["acl", "appos", "parataxis", "advcl", "ccomp", "csubj", "discourse", "list", "dep", "aux", "cop", "mark"],
        ) || (of_top
            && self.is(k, &["case", "conj", "cc", "punct", "nsubj", "advmod", "obl"])
            && !self.inside_name(k, top))
    }

    /// Coordination inside one name ("Trinidad and Tobago") stays.
    fn inside_name(&self, k: usize, top: usize) -> bool {
        matches!((self.over[k], self.over[top]), (Some(a), Some(b)) if a == b && self.language.mentions[a as usize].form == crate::language::Form::Name)
    }

    /// "34" in "Maria Ruiz, 34, was shot".
    pub fn is_age(&self, w: usize) -> bool {
        let (before, after) = (w.checked_sub(1).map(|b| self.lower[b].as_str()), self.lower.get(w + 1));
        let years = self.lower[w].parse::<u8>().is_ok_and(|n| (1..=120).contains(&n));
        let of_someone = self.head(w).is_some_and(|h| h < w && self.kind(h) == Some(crate::language::Kind::Person));
        years
            && of_someone
            && before == Some(",")
            && after.is_none_or(|a| matches!(a.as_str(), "," | "." | ")" | "and"))
    }

    /// "Including a judge", "along with her daughter": some of those whom the word it hangs on tells of, or more.
    pub fn names_a_part(&self, w: usize) -> bool {
        self.kids(w).filter(|&k| k < w).any(|k| {
            matches!(self.lower[k].as_str(), "including" | "among" | "along" | "alongside" | "besides" | "together")
                && self.is(k, &["case", "advmod", "mark"])
        })
    }

    /// A word and all that is coordinated with it.
    pub fn conjuncts(&self, w: usize) -> Vec<usize> {
        let mut all = vec![w];
        // A long list may hang in a chain.
        let mut at = 0;
        while at < all.len() && all.len() < 64 {
            let from = all[at];
            let listed = |k: usize| self.is(k, &["conj"]) && !self.inside_name(k, from) || self.is_kin_beside(k);
            all.extend(self.kids(from).filter(|&k| listed(k)));
            at += 1;
        }
        // The tree may hang a counted noun on its own figure.
        let figure = |w: usize| self.pos(w) == Pos::Num && all.contains(&(w + 1)) && self.pos(w + 1) == Pos::Noun;
        all.iter().copied().filter(|&c| c == w || !figure(c)).collect()
    }

    /// "A nurse, her husband and their son": kin told by a pronoun are someone else, whatever the tree calls it.
    fn is_kin_beside(&self, w: usize) -> bool {
        const KIN: [&str; 16] = [
            "husband",
            "wife",
            "son",
            "daughter",
            "brother",
            "sister",
            "mother",
            "father",
            "child",
            "baby",
            "cousin",
            "nephew",
            "niece",
            "grandson",
            "grandmother",
            "uncle",
        ];
        let whose = |k: usize| matches!(self.lower[k].as_str(), "his" | "her" | "their");
        // A noun has no subject of its own without a copula.
        let subject = self.is(w, &["nsubj"])
            && self.head(w).is_some_and(|h| self.pos(h) == Pos::Noun && h < w && self.kid(h, &["cop"]).is_none());
        (self.is(w, &["appos"]) || subject)
            && KIN.contains(&self.lemma(w))
            && self.kids(w).any(|k| self.full_rel(k) == "nmod:poss" && whose(k))
    }

    pub fn mention(&self, w: usize) -> Option<&'a Mention> {
        self.over[w].map(|m| &self.language.mentions[m as usize])
    }

    pub fn entity(&self, w: usize) -> Option<EntityId> {
        // A word inside a longer description is not whom it describes: "the car" in "men who burned the car".
        let own = |m: &&Mention| m.head.at() == w || m.form == crate::language::Form::Name;
        self.mention(w).filter(own).map(|m| m.entity).filter(|e| e.at() < self.language.entities.len())
    }

    /// What kind of thing the word names: by its mention, else by its entity.
    pub fn kind(&self, w: usize) -> Option<Kind> {
        self.mention(w).filter(|m| m.head.at() == w || m.form == crate::language::Form::Name).map(|m| m.kind)
    }

    /// PLOVER sector of the entity that a word names.
    pub fn sector(&self, w: usize) -> Option<&'static str> {
        self.entity(w).and_then(|e| self.language.entities[e.at()].sector)
    }

    /// The arguments of a predicate.
    pub fn roles(&self, predicate: usize) -> impl Iterator<Item = (usize, RoleLabel)> + '_ {
        let p = predicate as u32;
        let from = self.roles.partition_point(|r| r.0 < p);
        self.roles[from..].iter().take_while(move |r| r.0 == p).map(|r| (r.1 as usize, r.2))
    }

    /// "26 were killed and 18 injured": the second participle is passive like the first.
    fn shares_passive(&self, w: usize) -> bool {
        self.is(w, &["conj"])
            && (self.lower[w].ends_with("ed") || is_bare_participle(&self.lower[w]))
            && self.kid(w, &["obj", "aux"]).is_none()
            && self.head(w).is_some_and(|h| self.kids(h).any(|k| matches!(self.full_rel(k), "nsubj:pass" | "aux:pass")))
    }

    /// Whether a verb's form is that of a past participle; behind a noun, without a subject of its own, a form that could be
    /// the past is one too.
    fn is_participle(&self, w: usize) -> bool {
        self.word(w).verb == Verb::PastParticiple || self.word(w).verb == Verb::Past && self.full_rel(w) == "acl"
    }

    /// Whether a verb stands in the passive: by its subject, its auxiliary or, bare, as a participle behind a noun.
    pub fn passive(&self, w: usize) -> bool {
        // Without its auxiliary a passive has its subject before it and no object: "the council suspended aid" has not.
        self.kids(w).any(|k| self.full_rel(k) == "aux:pass")
            || self.kids(w).any(|k| self.full_rel(k) == "nsubj:pass" && k < w) && self.kid(w, &["obj"]).is_none()
            || (self.is_participle(w) && self.is(w, &["acl"]) && self.kid(w, &["nsubj", "obj"]).is_none())
            || self.shares_passive(w)
            || self.bare_passive(w)
            || self.brought_about(w).is_some()
    }

    /// The object of which a participle says what comes to be of it: "had a guard arrested".
    pub fn brought_about(&self, w: usize) -> Option<usize> {
        let verb = self.head(w).filter(|_| self.is(w, &["xcomp"]) && self.word(w).verb != Verb::Infinitive);
        let brings = verb.filter(|&v| matches!(self.lemma(v), "get" | "have"))?;
        self.kid(brings, &["obj"]).filter(|o| o + 1 == w && self.kid(w, &["obj", "mark"]).is_none())
    }

    /// A passive without its auxiliary: "two were killed and three abducted", "two men killed in raid".
    pub fn is_short_passive(&self, w: usize) -> bool {
        self.shares_passive(w) || self.bare_passive(w)
    }

    /// "Two men killed in raid": headlines leave the auxiliary out, and the deed is one that is always done to someone.
    fn bare_passive(&self, w: usize) -> bool {
        const DONE_TO_SOMEONE: [&str; 21] = [
            "kill",
            "hurt",
            "injure",
            "wound",
            "arrest",
            "detain",
            "kidnap",
            "abduct",
            "murder",
            "assassinate",
            "behead",
            "rape",
            "torture",
            "jail",
            "imprison",
            "deport",
            "displace",
            "evict",
            "lynch",
            "hospitalise",
            "hospitalize",
        ];
        let shot_dead =
            self.lower[w] == "shot" && self.lower.get(w + 1).is_some_and(|n| n == "dead") && w + 1 < self.len();
        let behind = if shot_dead { w + 2 } else { w + 1 };
        let ended = behind >= self.sentence(w).end as usize
            || matches!(self.pos(behind), Pos::Adp | Pos::Punct | Pos::Sconj | Pos::Adv);
        // "killed at least 58 people": an object that the tree does not show.
        let counted = (behind..(behind + 4).min(self.len())).any(|k| self.pos(k) == Pos::Num)
            && matches!(
                self.lower.get(behind).map(String::as_str),
                Some("at" | "as" | "about" | "up" | "over" | "around" | "nearly" | "almost" | "between" | "more")
            );
        (shot_dead
            || (self.lower[w].ends_with("ed") || self.lower[w] == "hurt") && DONE_TO_SOMEONE.contains(&self.lemma(w)))
            && ended
            && !counted
            && self.kid(w, &["nsubj"]).is_some_and(|s| s < w && !acts(&self.lower[s]))
            && self.kid(w, &["aux", "ccomp"]).is_none()
            && !self.kids(w).any(|k| self.is(k, &["obj"]) && !(shot_dead && k == w + 1))
            && !self.kids(w).any(|k| self.is(k, &["conj"]) && self.kid(k, &["obj"]).is_some())
    }
}

/// "The miners they abducted": who is named so does it.
fn acts(pronoun: &str) -> bool {
    matches!(pronoun, "they" | "he" | "she" | "we" | "i")
}

/// Participles without "-ed" of what is done to people.
fn is_bare_participle(lower: &str) -> bool {
    matches!(lower, "hurt" | "shot" | "beaten" | "held" | "taken" | "driven" | "slain")
}

/// The form of a word that the lexicons have, where its lemma is not among them: inflections are undone one by one
/// until one is known.
fn known_base(lemma: &str, lower: &str) -> Option<String> {
    let known = |w: &str| super::lexicon::LEXICON.has_word(w) || super::governors::governs(w);
    if known(lemma) || !lower.is_ascii() || lower.len() < 4 {
        return None;
    }
    let stem = ["ied", "ies", "ed", "ing", "es", "s", "d"].iter().find_map(|e| Some((lower.strip_suffix(e)?, *e)));
    let (stem, ending) = stem.filter(|(s, _)| s.len() > 1)?;
    let single = stem.char_indices().last().map_or(stem, |(i, _)| &stem[..i]);
    let candidates = match ending {
        "ied" | "ies" => vec![format!("{stem}y")],
        "s" => vec![stem.to_owned()],
        "es" => vec![stem.to_owned(), format!("{stem}e")],
        _ => vec![stem.to_owned(), format!("{stem}e"), single.to_owned()],
    };
    candidates.into_iter().find(|c| known(c))
}

/// For each word the mention that it heads, else the innermost over it.
fn mentions_over(language: &Language, n: usize) -> Vec<Option<u32>> {
    let mut over: Vec<Option<u32>> = vec![None; n];
    let mut best: Vec<(bool, usize)> = vec![(false, usize::MAX); n];
    for (i, m) in language.mentions.iter().enumerate() {
        for w in m.tokens.range().take(64).filter(|&w| w < n) {
            let rank = (m.head.at() == w, m.tokens.len());
            if over[w].is_none() || (rank.0, std::cmp::Reverse(rank.1)) > (best[w].0, std::cmp::Reverse(best[w].1)) {
                (over[w], best[w]) = (Some(i as u32), rank);
            }
        }
    }
    over
}
