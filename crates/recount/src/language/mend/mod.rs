//! Grammar that the model reads as no English sentence has it, mended: what spelling, parts of speech and order of words
//! rule out whatever the scores say.

mod clauses;
mod lists;
mod names;

use super::lemma::{lemma, written_plural};
use super::{Pos, Word};
use crate::model::Model;
use crate::span::TokenId;
use crate::text::Text;

/// How many words before or behind another the rest of its phrase is looked for.
const NEAR: usize = 12;

/// How far up a tree a word is looked for; deeper ones are broken.
const REACH: usize = 200;

/// Mends numbers and trees, in place.
pub fn mend(text: &Text, model: &Model, words: &mut [Word]) {
    show_plurals(text, model, words);
    mend_tree(text, words);
}

/// The mends of the tree, each on what those before it left.
fn mend_tree(text: &Text, words: &mut [Word]) {
    names::keep_apart(words);
    names::follow_first(text, words);
    names::name_one(text, words);
    lists::bring_in(text, words);
    lists::list_appositions(text, words);
    lists::fit_coordination(text, words);
    fit_relations(text, words);
    clauses::hyphenate_verbs(text, words);
    clauses::court_arrest(text, words);
    clauses::part_subjects(words);
    clauses::speak_last(text, words);
    clauses::turn_predicates(words);
    clauses::describe_subjects(text, words);
    clauses::describe_nouns(text, words);
    clauses::tell_verbs(text, words);
    clauses::keep_clauses(words);
    clauses::follow_verbs(text, words);
    clauses::keep_charges(text, words);
    clauses::coordinate_finite(text, words);
    clauses::keep_objects(words);
    clauses::bring_about(words);
}

/// What is written as a plural is several, whatever the model says of its number: "rebels", "two judges".
fn show_plurals(text: &Text, model: &Model, words: &mut [Word]) {
    for (w, noun) in words.iter_mut().enumerate() {
        if noun.pos != Pos::Noun || noun.plural != Some(false) {
            continue;
        }
        let word = text.word(TokenId::from(w));
        let before = w.checked_sub(1).map_or(String::new(), |b| text.word(TokenId::from(b)).to_lowercase());
        let one = matches!(before.as_str(), "a" | "an" | "one" | "each" | "every" | "another");
        if !one && written_plural(word, |s| model.knows(s)) {
            noun.plural = Some(true);
            noun.lemma = lemma(word, Pos::Noun, noun.verb, Some(true), |s| model.knows(s));
        }
    }
}

/// Relations that parts of speech rule out: an adjective or possessive right before its noun is no subject of it, and "law"
/// in "son-in-law" hangs on the son.
fn fit_relations(text: &Text, words: &mut [Word]) {
    for w in 0..words.len() {
        let word = |t: usize| text.word(TokenId::from(t));
        let head = words[w].head.at();
        let next = head == w + 1 && matches!(words[head].pos, Pos::Noun | Pos::Propn);
        if next && words[w].rel.starts_with("nsubj") {
            match words[w].pos {
                Pos::Adj => words[w].rel = "amod",
                Pos::Pron
                    if matches!(word(w).to_lowercase().as_str(), "its" | "his" | "her" | "their" | "our" | "my") =>
                {
                    words[w].rel = "nmod:poss";
                }
                _ => {}
            }
        }
        // "The Unity Party accused", "party leader Jan Kubat": what stands before a noun that is no predicate describes it.
        let predicate = |n: &Word| !(n.rel.starts_with("nsubj") || matches!(n.rel, "obj" | "obl" | "nmod" | "iobj"));
        let noun = |n: &Word| matches!(n.pos, Pos::Noun | Pos::Propn);
        if next && words[w].rel.starts_with("nsubj") && noun(&words[w]) && !predicate(&words[head]) {
            let title = words[w].pos == Pos::Noun && words[head].pos == Pos::Propn;
            words[w].rel = if title { "nmod:desc" } else { "compound" };
        }
        // "Clashes erupted between herders and farmers": what a preposition brings in is no subject.
        if words[w].rel.starts_with("nsubj") && head < w && noun(&words[w]) && words[head].pos == Pos::Verb {
            let brought = ["between", "among", "with", "against"].iter().any(|p| behind(text, words, w, p));
            let start = head.saturating_sub(NEAR);
            if brought && words[start..head].iter().any(|k| k.head.at() == head && k.rel.starts_with("nsubj")) {
                words[w].rel = "obl";
            }
        }
        // "Father Ade Obi was seized": a name that hangs on a finite verb behind it is its subject.
        if words[w].rel == "flat" && head > w && words[head].pos == Pos::Verb && words[w].pos == Pos::Propn {
            let kids = || words[..head].iter().rev().take(NEAR).filter(|k| k.head.at() == head);
            let passive = kids().any(|k| k.rel == "aux:pass");
            if !kids().any(|k| k.rel.starts_with("nsubj")) {
                words[w].rel = if passive { "nsubj:pass" } else { "nsubj" };
            }
        }
        // "86 people were hurt, six of them officers": the six stand beside the people and do not count them.
        if words[w].rel == "nummod" && head < w && words[head + 1..w].iter().any(|v| v.pos == Pos::Verb) {
            words[w].rel = "appos";
        }
        // "Driven 180,000 from their homes": a figure right behind its verb is its object.
        if words[w].rel == "nummod" && head + 1 == w && words[head].pos == Pos::Verb {
            words[w].rel = "obj";
        }
        // "Hundreds more rallied": the verb's subject is the noun.
        let more = w + 1 < words.len() && word(w + 1) == "more" && words[w + 1].rel == "advmod";
        if more && words[w].rel == "nsubj" && head == w + 1 {
            let verb = words[head].head;
            if verb.at() > head && words[verb.at()].pos == Pos::Verb {
                words[w].head = verb;
                (words[head].head, words[head].rel) = (TokenId::from(w), "amod");
            }
        }
        // "Armed men fired": a verb has one subject, and what stands right before it describes it.
        let twin = w + 1 < words.len() && words[w].rel == "nsubj" && words[w + 1].rel == "nsubj";
        if twin && words[w + 1].head.at() == head && head > w + 1 && words[w + 1].pos == Pos::Noun {
            let describes = words[w].pos == Pos::Adj || word(w).ends_with("ed");
            (words[w].head, words[w].rel) = (TokenId::from(w + 1), if describes { "amod" } else { "compound" });
        }
        // "The priest accused soldiers": an object alone is no indirect one.
        if words[w].rel == "iobj" && head < w {
            let end = words.len().min(w + NEAR);
            let other = |k: &Word| k.head.at() == head && matches!(k.rel, "obj" | "ccomp" | "xcomp");
            if !words[head..end].iter().any(other) {
                words[w].rel = "obj";
            }
        }
        // "The minister, Ida Berg, said": an apposition has no subject, it stands behind one.
        if words[w].rel == "appos" && words[head].pos == Pos::Verb && head > w && w > 1 && word(w - 1) == "," {
            let subject = (w.saturating_sub(NEAR)..w - 1).rev().find(|n| words[*n].rel.starts_with("nsubj"));
            if let Some(n) = subject.filter(|n| words[*n].head.at() == w || words[*n].head.at() == head) {
                words[n].head = TokenId::from(head);
                words[w].head = TokenId::from(n);
            }
        }
        // "The president of Kazakhstan, Kassym-Jomart Tokayev": what "of" brings in belongs to the noun before it.
        if words[w].rel == "nmod" && head > w {
            let of = (w.saturating_sub(NEAR)..w).rev().find(|c| words[*c].rel == "case" && words[*c].head.at() == w);
            let noun = of.filter(|c| *c > 0 && word(*c).eq_ignore_ascii_case("of")).map(|c| c - 1);
            let here = |n: &usize| text.tokens[*n].sentence == text.tokens[w].sentence;
            let noun =
                noun.filter(here).filter(|n| matches!(words[*n].pos, Pos::Noun | Pos::Propn) && !hangs(words, *n, w));
            if let Some(n) = noun {
                words[w].head = TokenId::from(n);
            }
        }
        // "The kidnapping of two engineers by rebels": whoever does it belongs to the deed, not to those it is done to.
        if words[w].rel == "nmod" && head < w && words[head].rel == "nmod" && !words[head].predicate {
            let deed = words[head].head.at();
            let noun = deed < head && words[deed].predicate && matches!(words[deed].pos, Pos::Noun | Pos::Propn);
            if noun && behind(text, words, w, "by") && behind(text, words, head, "of") {
                words[w].head = TokenId::from(deed);
            }
        }
        // "Police lathi-charged the crowd": the first half of the verb is not who does it.
        if words[w].rel.starts_with("nsubj") && head == w + 2 && word(w + 1) == "-" && words[head].pos == Pos::Verb {
            words[w].rel = "compound";
            let before = &mut words[w.saturating_sub(NEAR)..w];
            for subject in before.iter_mut().filter(|s| s.head.at() == w && s.rel.starts_with("nsubj")) {
                subject.head = TokenId::from(head);
            }
        }
        let in_law = w >= 4 && word(w) == "law" && word(w - 1) == "-" && word(w - 2) == "in" && word(w - 3) == "-";
        if in_law && words[w - 4].pos == Pos::Noun && !hangs(words, w - 4, w) {
            (words[w].head, words[w].rel) = (TokenId::from(w - 4), "nmod");
        }
    }
}

/// Whether a word stands behind a preposition that hangs on it.
fn behind(text: &Text, words: &[Word], w: usize, preposition: &str) -> bool {
    (w.saturating_sub(NEAR)..w).any(|c| {
        words[c].rel == "case"
            && words[c].head.at() == w
            && text.word(TokenId::from(c)).eq_ignore_ascii_case(preposition)
    })
}

/// Whether a word is another or hangs on it, however far up: what must not be tied to it, or the tree would go round.
fn hangs(words: &[Word], from: usize, on: usize) -> bool {
    let up = |t: &usize| words.get(*t).map(|k| k.head.at()).filter(|over| over != t);
    std::iter::successors(Some(from), up).take(REACH).any(|t| t == on)
}

/// Hangs on `to` whatever hangs on `from`, but for these two.
fn hand_over(words: &mut [Word], from: usize, to: usize) {
    for k in from.min(to).saturating_sub(REACH)..words.len().min(from.max(to) + REACH) {
        if k != from && k != to && words[k].head.at() == from {
            words[k].head = TokenId::from(to);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Verb;
    use super::*;
    use crate::span::{SentenceId, Span};
    use crate::text::Token;

    const WORDS: [&str; 19] = [
        "killed", "police", "by", "of", "and", "-", ",", "law", "her", "armed", "striking", "as", "a", "accused",
        "say", "get", "court", "arrest", "between",
    ];
    const RELS: [&str; 21] = [
        "nsubj",
        "nsubj:pass",
        "obj",
        "iobj",
        "conj",
        "cc",
        "case",
        "nmod",
        "appos",
        "acl",
        "root",
        "cop",
        "flat",
        "obl",
        "advcl",
        "ccomp",
        "mark",
        "compound",
        "det",
        "xcomp",
        "parataxis",
    ];
    const PARTS: [Pos; 6] = [Pos::Noun, Pos::Verb, Pos::Adj, Pos::Pron, Pos::Adp, Pos::Propn];

    proptest::proptest! {
        /// Whatever trees the model makes of two sentences are mended without panic, and each stays within its own.
        #[test]
        fn any_tree_is_mended(
            rows in proptest::collection::vec((0..WORDS.len(), 0usize..60, 0..RELS.len(), 0..PARTS.len(), 0u8..4), 1..60),
            cut in 0usize..60,
        ) {
            let mut text = Text::default();
            let mut words = Vec::new();
            let (n, cut) = (rows.len(), cut.min(rows.len()));
            for (at, (word, head, rel, pos, form)) in rows.iter().enumerate() {
                let head = if at < cut { head % cut } else { cut + head % (n - cut) };
                let sentence = SentenceId(u32::from(at >= cut));
                let start = text.source.len();
                text.source.push_str(WORDS[*word]);
                text.tokens.push(Token { span: Span::new(start, text.source.len()), sentence, quoted: false });
                text.source.push(' ');
                words.push(Word {
                    lemma: WORDS[*word].into(),
                    pos: PARTS[*pos],
                    head: TokenId::from(head),
                    rel: RELS[*rel],
                    plural: (form % 2 == 1).then_some(*form == 3),
                    verb: if form / 2 == 1 { Verb::Past } else { Verb::PastParticiple },
                    predicate: form % 2 == 1,
                });
            }
            mend_tree(&text, &mut words);
            let sentence = |t: usize| text.tokens[t].sentence;
            proptest::prop_assert!((0..n).all(|t| words[t].head.at() < n && sentence(words[t].head.at()) == sentence(t)));
        }
    }
}
