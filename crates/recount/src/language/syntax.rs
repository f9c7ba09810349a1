//! Parts of speech, dependencies and semantic roles, decoded from the model's scores.

use super::lemma::lemma;
use super::mend::mend;
use super::{Mention, Pos, Role, RoleLabel, Verb, Word};
use crate::model::{Head, Input, Model, Reading};
use crate::span::{MentionId, TokenId, Tokens};
use crate::text::Text;

/// A role is kept where it is likelier than this, and than every other role of the same word.
const ROLE: f32 = 0.35;

/// Runs the model over the text.
pub fn reading(text: &Text, model: &Model) -> Reading {
    let lowered = lowered(text);
    let words: Vec<Input<'_>> = text
        .tokens
        .iter()
        .zip(&lowered)
        .map(|(t, low)| Input { word: low.as_deref().unwrap_or(text.words(t.span)), quoted: t.quoted })
        .collect();
    let sentences: Vec<Tokens> = text.sentences.iter().map(|s| s.tokens).collect();
    model.read(&words, &sentences)
}

/// The words of paragraphs that are all in capitals, in lower case: their capitals say nothing.
fn lowered(text: &Text) -> Vec<Option<String>> {
    let mut capitals = vec![(0usize, 0usize); text.paragraphs.len()];
    let paragraph = |t: &crate::text::Token| text.sentences.get(t.sentence.at()).map_or(0, |s| s.paragraph as usize);
    for t in &text.tokens {
        if let Some(c) = capitals.get_mut(paragraph(t)) {
            c.0 += text.words(t.span).chars().filter(|c| c.is_uppercase()).count();
            c.1 += text.words(t.span).chars().filter(|c| c.is_lowercase()).count();
        }
    }
    let shouted = |t: &crate::text::Token| capitals.get(paragraph(t)).is_some_and(|c| c.0 >= 40 && c.1 * 20 <= c.0);
    text.tokens.iter().map(|t| shouted(t).then(|| text.words(t.span).to_lowercase())).collect()
}

/// Decodes grammar and roles.
pub fn words(text: &Text, model: &Model, reading: &Reading) -> (Vec<Word>, Vec<Role>) {
    let labels = Labels::of(model);
    let mut words: Vec<Word> = (0..text.tokens.len().min(reading.words))
        .map(|w| {
            let pos = labels.pos[reading.best(w, Head::Pos).0];
            let plural = labels.plural[reading.best(w, Head::Number).0];
            let verb = labels.verb[reading.best(w, Head::Verb).0];
            let head = reading.arcs[w].0;
            let root = head as usize == w;
            let rel = relation(reading.tag(w, Head::Rel), &labels.rel, root);
            let word = text.word(TokenId::from(w));
            Word {
                lemma: lemma(word, pos, verb, plural, |s| model.knows(s)),
                pos,
                head: TokenId(head),
                rel,
                plural,
                verb,
                predicate: reading.best(w, Head::Predicate).0 != 0,
            }
        })
        .collect();
    mend(text, model, &mut words);
    let roles = roles(reading, &labels.role, &words);
    (words, roles)
}

/// The likeliest relation: `root` at the root and nowhere else.
fn relation(scores: &[f32], labels: &[&'static str], root: bool) -> &'static str {
    if root {
        return "root";
    }
    let mut best: Option<(&'static str, f32)> = None;
    for (label, score) in labels.iter().zip(scores) {
        if *label != "root" && best.is_none_or(|(_, top)| *score > top) {
            best = Some((label, *score));
        }
    }
    best.map_or("dep", |(label, _)| label)
}

/// The arguments of each predicate: for every word its likeliest role, for every numbered role its likeliest word.
fn roles(reading: &Reading, labels: &[RoleLabel], words: &[Word]) -> Vec<Role> {
    let mut found: Vec<Role> = reading
        .roles
        .iter()
        .filter(|r| r.score >= ROLE && r.predicate != r.argument)
        .filter(|r| words.get(r.predicate as usize).is_some_and(|w| w.predicate))
        .filter_map(|r| {
            let label = *labels.get(r.role as usize)?;
            Some(Role { predicate: TokenId(r.predicate), argument: TokenId(r.argument), label, score: r.score })
        })
        .collect();
    found.sort_by(|a, b| {
        a.predicate.cmp(&b.predicate).then(b.score.total_cmp(&a.score)).then(a.argument.cmp(&b.argument))
    });
    let mut kept: Vec<Role> = Vec::with_capacity(found.len());
    for role in found {
        let taken = kept
            .iter()
            .rev()
            .take_while(|k| k.predicate == role.predicate)
            .any(|k| k.argument == role.argument || (k.label == role.label && role.label.is_numbered()));
        if !taken {
            kept.push(role);
        }
    }
    kept.sort_by_key(|r| (r.predicate, r.argument));
    kept
}

impl RoleLabel {
    /// ARG0 to ARG4, of which a predicate has one each.
    fn is_numbered(self) -> bool {
        use RoleLabel::*;
        matches!(self, Arg0 | Arg1 | Arg2 | Arg3 | Arg4)
    }
}

/// What the model's labels mean, in its order.
struct Labels {
    pos: Vec<Pos>,
    plural: Vec<Option<bool>>,
    verb: Vec<Verb>,
    rel: Vec<&'static str>,
    role: Vec<RoleLabel>,
}

impl Labels {
    fn of(model: &Model) -> Labels {
        let each = |head| model.labels(head).iter().map(String::as_str);
        Labels {
            pos: each(Head::Pos).map(pos).collect(),
            plural: each(Head::Number)
                .map(|l| match l {
                    "Sing" => Some(false),
                    "Plur" => Some(true),
                    _ => None,
                })
                .collect(),
            verb: each(Head::Verb).map(verb).collect(),
            rel: each(Head::Rel).map(|l| RELATIONS.iter().copied().find(|r| *r == l).unwrap_or("dep")).collect(),
            role: model.roles().iter().map(|l| role(l)).collect(),
        }
    }
}

fn pos(label: &str) -> Pos {
    match label {
        "ADJ" => Pos::Adj,
        "ADP" => Pos::Adp,
        "ADV" => Pos::Adv,
        "AUX" => Pos::Aux,
        "CCONJ" => Pos::Cconj,
        "DET" => Pos::Det,
        "INTJ" => Pos::Intj,
        "NOUN" => Pos::Noun,
        "NUM" => Pos::Num,
        "PART" => Pos::Part,
        "PRON" => Pos::Pron,
        "PROPN" => Pos::Propn,
        "PUNCT" => Pos::Punct,
        "SCONJ" => Pos::Sconj,
        "SYM" => Pos::Sym,
        "VERB" => Pos::Verb,
        _ => Pos::X,
    }
}

fn verb(label: &str) -> Verb {
    match label {
        "Fin-Pres" | "Fin" => Verb::Present,
        "Fin-Past" => Verb::Past,
        "Imp" => Verb::Imperative,
        "Inf" => Verb::Infinitive,
        "Part-Pres" => Verb::PresentParticiple,
        "Part-Past" => Verb::PastParticiple,
        _ => Verb::None,
    }
}

fn role(label: &str) -> RoleLabel {
    match label {
        "ARG0" => RoleLabel::Arg0,
        "ARG1" => RoleLabel::Arg1,
        "ARG2" => RoleLabel::Arg2,
        "ARG3" => RoleLabel::Arg3,
        "ARG4" => RoleLabel::Arg4,
        "TMP" => RoleLabel::Time,
        "LOC" => RoleLabel::Location,
        "MNR" => RoleLabel::Manner,
        "CAU" => RoleLabel::Cause,
        "PRP" => RoleLabel::Purpose,
        "DIR" => RoleLabel::Direction,
        "NEG" => RoleLabel::Negation,
        "MOD" => RoleLabel::Modal,
        "ADV" => RoleLabel::Adverbial,
        _ => RoleLabel::Other,
    }
}

/// The relations of Universal Dependencies 2 that the model tells apart.
const RELATIONS: [&str; 48] = [
    "acl",
    "acl:relcl",
    "advcl",
    "advmod",
    "amod",
    "appos",
    "aux",
    "aux:pass",
    "case",
    "cc",
    "cc:preconj",
    "ccomp",
    "compound",
    "compound:prt",
    "conj",
    "cop",
    "csubj",
    "dep",
    "det",
    "det:predet",
    "discourse",
    "dislocated",
    "expl",
    "fixed",
    "flat",
    "goeswith",
    "iobj",
    "list",
    "mark",
    "nmod",
    "nmod:desc",
    "nmod:poss",
    "nmod:unmarked",
    "nsubj",
    "nsubj:outer",
    "nsubj:pass",
    "nummod",
    "obj",
    "obl",
    "obl:agent",
    "obl:unmarked",
    "orphan",
    "parataxis",
    "punct",
    "reparandum",
    "root",
    "vocative",
    "xcomp",
];

/// The tree, read from above: who hangs on a word, and how far what hangs on it reaches.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// The children of word `w` are `children[starts[w]..starts[w + 1]]`, in order.
    starts: Vec<u32>,
    children: Vec<TokenId>,
    phrases: Vec<Tokens>,
    /// The mention that each word belongs to, made when the mentions are.
    pub over: Vec<Option<MentionId>>,
}

/// For each of the first `words` words the mention headed by it, else the innermost one over it.
pub fn mentions_over(mentions: &[Mention], words: usize) -> Vec<Option<MentionId>> {
    let mut over: Vec<Option<(bool, usize, MentionId)>> = vec![None; words];
    for (i, m) in mentions.iter().enumerate() {
        for t in m.tokens.iter().chain([m.head]).filter(|t| t.at() < words) {
            let rank = (t != m.head, m.tokens.len());
            let slot = &mut over[t.at()];
            if slot.is_none_or(|(outside, length, _)| rank < (outside, length)) {
                *slot = Some((rank.0, rank.1, MentionId::from(i)));
            }
        }
    }
    over.into_iter().map(|o| o.map(|(_, _, id)| id)).collect()
}

impl Index {
    pub fn of(words: &[Word]) -> Index {
        let n = words.len();
        let hangs = |w: usize| words[w].head.at() != w && words[w].head.at() < n;
        let mut starts = vec![0u32; n + 1];
        for w in (0..n).filter(|&w| hangs(w)) {
            starts[words[w].head.at() + 1] += 1;
        }
        for w in 0..n {
            starts[w + 1] += starts[w];
        }
        let mut next = starts.clone();
        let mut children = vec![TokenId(0); starts[n] as usize];
        for w in (0..n).filter(|&w| hangs(w)) {
            let head = words[w].head.at();
            children[next[head] as usize] = TokenId::from(w);
            next[head] += 1;
        }
        let mut phrases: Vec<Tokens> = (0..n).map(|w| Tokens::new(w, w + 1)).collect();
        // From the leaves up: a word is done when all its children are. Words on a cycle, which the decoder never makes,
        // are left as they are.
        let mut waiting: Vec<u32> = (0..n).map(|w| starts[w + 1] - starts[w]).collect();
        let mut ready: Vec<usize> = (0..n).filter(|&w| waiting[w] == 0).collect();
        while let Some(w) = ready.pop() {
            if !hangs(w) {
                continue;
            }
            let head = words[w].head.at();
            let (own, over) = (phrases[w], phrases[head]);
            phrases[head] = Tokens { start: own.start.min(over.start), end: own.end.max(over.end) };
            waiting[head] -= 1;
            if waiting[head] == 0 {
                ready.push(head);
            }
        }
        Index { starts, children, phrases, over: Vec::new() }
    }

    /// Whether this was made of as many words.
    pub fn fits(&self, words: &[Word]) -> bool {
        self.phrases.len() == words.len() && !words.is_empty()
    }

    pub fn children(&self, token: TokenId) -> &[TokenId] {
        match self.starts.get(token.at()..token.at() + 2) {
            Some(ends) => &self.children[ends[0] as usize..ends[1] as usize],
            None => &[],
        }
    }

    pub fn phrase(&self, token: TokenId) -> Option<Tokens> {
        self.phrases.get(token.at()).copied()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn word(head: usize) -> Word {
        Word {
            lemma: String::new(),
            pos: Pos::X,
            head: TokenId::from(head),
            rel: "dep",
            plural: None,
            verb: Verb::None,
            predicate: false,
        }
    }

    #[test]
    fn a_phrase_is_the_range_of_what_hangs_on_its_word() {
        // the old city of stone fell
        let words: Vec<Word> = [2, 2, 5, 4, 2, 5].map(word).into();
        let index = Index::of(&words);
        assert_eq!(index.phrase(TokenId(2)), Some(Tokens::new(0, 5)));
        assert_eq!(index.phrase(TokenId(4)), Some(Tokens::new(3, 5)));
        assert_eq!(index.phrase(TokenId(5)), Some(Tokens::new(0, 6)));
        assert_eq!(index.children(TokenId(2)), [TokenId(0), TokenId(1), TokenId(4)]);
        assert_eq!(index.children(TokenId(9)), []);
    }

    proptest! {
        #[test]
        fn any_heads_give_phrases_that_hold_their_word(heads in prop::collection::vec(0usize..12, 0..12)) {
            let words: Vec<Word> = heads.iter().map(|&h| word(h)).collect();
            let index = Index::of(&words);
            for w in 0..words.len() {
                let phrase = index.phrase(TokenId::from(w)).unwrap();
                prop_assert!(phrase.contains(TokenId::from(w)) && phrase.end as usize <= words.len());
            }
        }
    }

    #[test]
    fn the_root_alone_is_called_root() {
        assert_eq!(relation(&[1.0, 5.0], &["obj", "root"], false), "obj");
        assert_eq!(relation(&[9.0, 5.0], &["obj", "root"], true), "root");
    }
}
