//! Grammar that the model reads as no English sentence has it, mended: what spelling, parts of speech and order of words
//! rule out whatever the scores say.

use super::lemma::{lemma, written_plural};
use super::{Pos, Verb, Word};
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
    list_appositions(text, words);
    fit_coordination(text, words);
    fit_relations(text, words);
    describe_subjects(text, words);
    describe_nouns(text, words);
    tell_verbs(text, words);
    keep_clauses(words);
    follow_verbs(words);
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

/// "A nurse, her husband and their children": what stands before "and" without a comma is one of a list, not another name
/// for the first.
fn list_appositions(text: &Text, words: &mut [Word]) {
    for w in 0..words.len() {
        if words[w].rel != "appos" {
            continue;
        }
        let first = words[w].head.at();
        let comma = |t: usize| text.word(TokenId::from(t)) == ",";
        let last = (w + 1..words.len().min(w + NEAR)).find(|z| words[*z].rel == "conj" && words[*z].head.at() == first);
        let Some(last) = last.filter(|_| first < w) else { continue };
        let and = (w + 1..last).any(|t| words[t].rel == "cc" && words[t].head.at() == last);
        if and && !(w..last).any(comma) && (first..w).any(comma) {
            words[w].rel = "conj";
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
        // "86 people were hurt, six of them officers": the six stand beside the people and do not count them.
        if words[w].rel == "nummod" && head < w && words[head + 1..w].iter().any(|v| v.pos == Pos::Verb) {
            words[w].rel = "appos";
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
            let case = |t: usize, by: &str| {
                (t.saturating_sub(NEAR)..t)
                    .any(|c| words[c].rel == "case" && words[c].head.at() == t && word(c).eq_ignore_ascii_case(by))
            };
            let deed = words[head].head.at();
            let noun = deed < head && words[deed].predicate && matches!(words[deed].pos, Pos::Noun | Pos::Propn);
            if noun && case(w, "by") && case(head, "of") {
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

/// Coordination: what a word that "and" brings in is coordinated with.
fn fit_coordination(text: &Text, words: &mut [Word]) {
    let noun_like = |p: Pos| matches!(p, Pos::Noun | Pos::Propn | Pos::Pron | Pos::Num);
    for w in 0..words.len() {
        let word = |t: usize| text.word(TokenId::from(t));
        let head = words[w].head.at();
        // "Killing her and her bodyguard": behind "and" a noun is no object of the noun before it.
        if matches!(words[w].rel, "obj" | "nsubj" | "iobj" | "obl:unmarked")
            && head < w
            && noun_like(words[head].pos)
            && noun_like(words[w].pos)
        {
            let and = (head + 1..w).any(|c| words[c].rel == "cc" && words[c].head.at() == w);
            let verbless = !(head.saturating_sub(NEAR)..w).any(|c| words[c].rel == "cop" && words[c].head.at() == head);
            if and && verbless {
                words[w].rel = "conj";
            }
        }
        // "Ana Paz, 45, a teacher, was shot": a list without "and" is none; what an article brings in describes the name.
        if words[w].rel == "conj" && head < w && words[head].pos == Pos::Propn && words[w].pos == Pos::Noun {
            let article = |d: usize| words[d].rel == "det" && matches!(word(d).to_lowercase().as_str(), "a" | "an");
            let described = (head + 1..w).any(|d| words[d].head.at() == w && article(d));
            let end = words.len().min(w + NEAR);
            let listed = |c: usize| {
                let of = words[c].head.at();
                words[c].rel == "cc" && words[of].rel == "conj" && words[of].head.at() == head
            };
            if described && !(head + 1..end).any(listed) {
                words[w].rel = "appos";
            }
        }
        // "Two were killed and four others abducted": what stands between two participles is the second's.
        if words[w].rel == "conj" && head < w && words[head].rel.starts_with("nsubj") {
            let (first, second) = (words[head].head.at(), w + 1);
            let next = words.get(second).is_some_and(|v| {
                v.pos == Pos::Verb && v.rel == "conj" && v.head.at() == first && word(second).ends_with("ed")
            });
            let own = |k: &Word| k.head.at() == second && k.rel.starts_with("nsubj");
            if next && (head + 1..w).contains(&first) && !words[head..second].iter().any(own) {
                let and = (first..w).find(|c| words[*c].rel == "cc" && words[*c].head.at() == w);
                (words[w].head, words[w].rel) = (TokenId::from(second), words[head].rel);
                if let Some(c) = and {
                    words[c].head = TokenId::from(second);
                }
            }
        }
        // "Sentries posted there killed one": a verb is not coordinated with one that comes later, it describes its subject.
        if words[w].rel == "conj" && head > w && words[w].pos == Pos::Verb && words[head].pos == Pos::Verb {
            let near = w.saturating_sub(NEAR);
            let subject = (near..w).rev().find(|s| words[*s].head.at() == w && words[*s].rel == "nsubj");
            let own = |k: &Word| k.head.at() == head && k.rel.starts_with("nsubj");
            if let Some(s) = subject.filter(|_| !words[near..head].iter().any(own)) {
                words[s].head = TokenId::from(head);
                (words[w].head, words[w].rel) = (TokenId::from(s), "acl");
            }
        }
        // What is coordinated stands behind what it is coordinated with: before a verb it is its subject.
        if words[w].rel == "conj" && head > w && noun_like(words[w].pos) && words[head].pos == Pos::Verb {
            let own = |k: &Word| k.head.at() == head && k.rel.starts_with("nsubj");
            let first = words[head].head.at();
            let passive = |k: &Word| k.head.at() == first && k.rel == "nsubj:pass";
            let like_first =
                words[head].rel == "conj" && first < w && words[first.saturating_sub(NEAR)..w].iter().any(passive);
            if !words[w.saturating_sub(NEAR)..head].iter().any(own) {
                words[w].rel = if like_first && word(head).ends_with("ed") { "nsubj:pass" } else { "nsubj" };
            }
        }
    }
}

/// "Opened fire on striking workers": behind a preposition, a participle right before its noun describes it.
fn describe_nouns(text: &Text, words: &mut [Word]) {
    for w in 0..words.len() {
        let head = words[w].head.at();
        let participle = words[head].pos == Pos::Verb && text.word(TokenId::from(head)).ends_with("ing");
        let noun = matches!(words[w].pos, Pos::Noun | Pos::Propn) && matches!(words[w].rel, "nmod" | "obl");
        let Some(before) = head.checked_sub(1).filter(|_| noun && participle && head < w) else { continue };
        let preposition = words[before].rel == "case" && words[before].head.at() == head;
        let first = (head + 1..=w).find(|t| hangs(words, *t, w)) == Some(head + 1);
        let bare =
            !words[head + 1..w].iter().any(|k| k.head.at() == w && matches!(k.rel, "det" | "case" | "nmod:poss"));
        let over = words[head].head;
        if !(preposition && first && bare) || over.at() == head {
            continue;
        }
        let oblique = if matches!(words[over.at()].pos, Pos::Noun | Pos::Propn) { "nmod" } else { "obl" };
        (words[w].head, words[w].rel) = (over, oblique);
        (words[head].head, words[head].rel) = (TokenId::from(w), "amod");
        words[before].head = TokenId::from(w);
    }
}

/// "One dead as police fire on crowd": behind "as" or "after" a noun that another stands right before is a verb with its
/// subject.
fn tell_verbs(text: &Text, words: &mut [Word]) {
    for w in 2..words.len() {
        let before = w - 1;
        let described = words[before].rel == "compound" && words[before].head.at() == w;
        let plain = |k: &Word| matches!(k.pos, Pos::Noun | Pos::Propn);
        if !described || words[w].pos != Pos::Noun || !plain(&words[before]) || words[w].plural == Some(true) {
            continue;
        }
        let near = w.saturating_sub(NEAR)..words.len().min(w + NEAR);
        let opens = |k: usize| {
            let conjunction =
                matches!(text.word(TokenId::from(k)).to_lowercase().as_str(), "as" | "after" | "while" | "when");
            words[k].rel == "mark" && conjunction && words[k].head.at() == w && k < before
        };
        let other = |k: usize| words[k].head.at() == w && matches!(words[k].rel, "cop" | "det" | "nsubj" | "nmod:poss");
        if near.clone().any(opens) && !near.clone().any(other) {
            (words[w].pos, words[w].rel, words[w].verb) = (Pos::Verb, "advcl", Verb::Present);
            words[before].rel = "nsubj";
        }
    }
}

/// "Killed when police opened fire on workers": what a preposition brings in right behind a clause belongs to it, not to
/// the verb over it; so do 1,371 of 1,390 such phrases in the training
/// trees of EWT (`training/attachments.py`).
fn keep_clauses(words: &mut [Word]) {
    for w in 0..words.len() {
        let head = words[w].head.at();
        if words[w].rel != "obl" || head >= w {
            continue;
        }
        let Some(start) = (head + 1..w).find(|t| hangs(words, *t, w)) else { continue };
        let behind = words[start].rel == "case" && words[start - 1].pos != Pos::Punct;
        let own = |v: usize| {
            let told = |k: usize| words[k].rel.starts_with("nsubj") || matches!(words[k].rel, "mark" | "advmod");
            (head + 1..v).any(|k| words[k].head.at() == v && told(k))
        };
        let clause = |v: &usize| {
            matches!(words[*v].rel, "advcl" | "ccomp" | "acl" | "acl:relcl")
                && words[*v].pos == Pos::Verb
                && own(*v)
                && hangs(words, *v, head)
        };
        if let Some(v) = (head + 1..start).rev().find(clause).filter(|_| behind) {
            words[w].head = TokenId::from(v);
        }
    }
}

/// "73 people died in police firing": what a preposition brings in right behind a verb belongs to no verb that comes later;
/// 6 of 3,368 do in those trees.
fn follow_verbs(words: &mut [Word]) {
    for w in 0..words.len() {
        if words[w].rel != "obl" || words[w].head.at() <= w {
            continue;
        }
        let Some(start) = (w.saturating_sub(NEAR)..w).find(|t| hangs(words, *t, w)) else { continue };
        let verb = start.checked_sub(1).filter(|v| words[*v].pos == Pos::Verb && words[start].rel == "case");
        if let Some(v) = verb.filter(|v| !hangs(words, *v, w)) {
            words[w].head = TokenId::from(v);
        }
    }
}

/// Whether a word is another or hangs on it, however far up: what must not be tied to it, or the tree would go round.
fn hangs(words: &[Word], from: usize, on: usize) -> bool {
    let up = |t: &usize| words.get(*t).map(|k| k.head.at()).filter(|over| over != t);
    std::iter::successors(Some(from), up).take(REACH).any(|t| t == on)
}

/// "The blast, blamed on rebels, killed two": a participle between commas, behind a noun whose verb is still to come, says
/// something of the noun.
fn describe_subjects(text: &Text, words: &mut [Word]) {
    for w in 2..words.len() {
        let noun = if words[w - 2].rel == "flat" { words[w - 2].head.at().min(w - 2) } else { w - 2 };
        let participle = words[w].pos == Pos::Verb && matches!(words[w].verb, Verb::Past | Verb::PastParticiple);
        let verb = words[noun].head.at();
        let waits = matches!(words[noun].pos, Pos::Noun | Pos::Propn)
            && words[noun].rel.starts_with("nsubj")
            && (w + 1..words.len()).contains(&verb);
        if !participle || !waits || words[w].head.at() == noun || text.word(TokenId::from(w - 1)) != "," {
            continue;
        }
        let own = words[noun + 1..verb].iter().any(|k| {
            k.head.at() == w && (k.rel.starts_with("nsubj") || matches!(k.rel, "mark" | "aux" | "aux:pass" | "cc"))
        });
        let closed = (w..verb).any(|t| text.word(TokenId::from(t)) == ",");
        if !own && closed && !hangs(words, verb, w) {
            (words[w].head, words[w].rel) = (TokenId::from(noun), "acl");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::{SentenceId, Span};
    use crate::text::Token;

    const WORDS: [&str; 12] =
        ["killed", "police", "by", "of", "and", "-", ",", "law", "her", "armed", "striking", "as"];
    const RELS: [&str; 18] = [
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
    ];
    const PARTS: [Pos; 5] = [Pos::Noun, Pos::Verb, Pos::Adj, Pos::Pron, Pos::Adp];

    proptest::proptest! {
        /// Whatever tree the model makes of a long sentence is mended without panic and stays within it.
        #[test]
        fn any_tree_is_mended(
            rows in proptest::collection::vec((0..WORDS.len(), 0usize..60, 0..RELS.len(), 0..PARTS.len(), 0u8..2), 1..60)
        ) {
            let mut text = Text::default();
            let mut words = Vec::new();
            for (word, head, rel, pos, predicate) in &rows {
                let start = text.source.len();
                text.source.push_str(WORDS[*word]);
                text.tokens.push(Token { span: Span::new(start, text.source.len()), sentence: SentenceId(0), quoted: false });
                text.source.push(' ');
                words.push(Word {
                    lemma: WORDS[*word].into(),
                    pos: PARTS[*pos],
                    head: TokenId::from(head % rows.len()),
                    rel: RELS[*rel],
                    plural: None,
                    verb: Verb::PastParticiple,
                    predicate: *predicate == 1,
                });
            }
            mend_tree(&text, &mut words);
            proptest::prop_assert!(words.iter().all(|w| w.head.at() < rows.len()));
        }
    }
}
