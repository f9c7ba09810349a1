//! Verbs: which words are one, what stands in their clause, and what describes their subject.

use super::super::{Pos, Verb, Word};
use super::{NEAR, behind, hand_over, hangs};
use crate::span::TokenId;
use crate::text::Text;

/// "The blast, blamed on rebels, killed two": a participle between commas, behind a noun whose verb is still to come, says
/// something of the noun.
pub(super) fn describe_subjects(text: &Text, words: &mut [Word]) {
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

/// "Opened fire on striking workers": behind a preposition, a participle right before its noun describes it.
pub(super) fn describe_nouns(text: &Text, words: &mut [Word]) {
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
pub(super) fn tell_verbs(text: &Text, words: &mut [Word]) {
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
pub(super) fn keep_clauses(words: &mut [Word]) {
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
pub(super) fn follow_verbs(text: &Text, words: &mut [Word]) {
    for w in 0..words.len() {
        if words[w].rel != "obl" || words[w].head.at() <= w {
            continue;
        }
        let Some(start) = (w.saturating_sub(NEAR)..w).find(|t| hangs(words, *t, w)) else { continue };
        let verb = start.checked_sub(1).filter(|v| words[*v].pos == Pos::Verb && words[start].rel == "case");
        let here = |v: usize| text.tokens[v].sentence == text.tokens[w].sentence;
        if let Some(v) = verb.filter(|v| here(*v) && !hangs(words, *v, w)) {
            words[w].head = TokenId::from(v);
        }
    }
}

/// "The rebels machine-gunned a truck": two words that a hyphen joins are one verb, headed by its second half.
pub(super) fn hyphenate_verbs(text: &Text, words: &mut [Word]) {
    for v in 2..words.len() {
        let (first, hyphen) = (v - 2, v - 1);
        let span = |t: usize| text.tokens[t].span;
        let joined = text.word(TokenId::from(hyphen)) == "-"
            && span(first).end == span(hyphen).start
            && span(hyphen).end == span(v).start;
        let halves = words[v].head.at() == first && matches!(words[first].pos, Pos::Noun | Pos::Adj);
        let told = words[v].pos == Pos::Verb && matches!(words[v].verb, Verb::Past | Verb::PastParticiple);
        if !joined || !halves || !told {
            continue;
        }
        let over = words[first].head.at();
        (words[v].head, words[v].rel) = (TokenId::from(if over == first { v } else { over }), words[first].rel);
        hand_over(words, first, v);
        (words[first].head, words[first].rel) = (TokenId::from(v), "compound");
    }
}

/// "The man shot by police was Luis Prado": a clause that describes a noun stands behind it; before the predicate it
/// describes the subject.
pub(super) fn turn_predicates(words: &mut [Word]) {
    for w in 1..words.len() {
        let head = words[w].head.at();
        if !words[w].rel.starts_with("acl") || head <= w || words[w].pos != Pos::Verb {
            continue;
        }
        let subject = |k: usize, of: usize| words[k].head.at() == of && words[k].rel.starts_with("nsubj");
        let near = w.saturating_sub(NEAR);
        let Some(s) = (near..w).rev().find(|k| subject(*k, w)) else { continue };
        let copula = (w + 1..head).any(|k| words[k].rel == "cop" && words[k].head.at() == head);
        if copula && !(near..head).any(|k| subject(k, head)) && !hangs(words, head, s) {
            (words[s].head, words[s].rel) = (TokenId::from(head), "nsubj");
            (words[w].head, words[w].rel) = (TokenId::from(s), "acl");
        }
    }
}

/// "Accused the soldiers of the battalion of the murder": of what someone is accused hangs on the verb, and comes last.
pub(super) fn keep_charges(text: &Text, words: &mut [Word]) {
    for w in 1..words.len() {
        let deed = words[w].predicate && words[w].rel == "nmod" && matches!(words[w].pos, Pos::Noun | Pos::Propn);
        let of = |t: usize| behind(text, words, t, "of");
        if !deed || words[w].head.at() >= w || !of(w) {
            continue;
        }
        let up = |t: &usize| Some(words[*t].head.at()).filter(|h| words[*t].rel == "nmod" && h < t);
        let object = std::iter::successors(Some(w), up).take(NEAR).last().filter(|o| words[*o].rel == "obj");
        let Some(verb) = object.map(|o| words[o].head.at()) else { continue };
        let charges = matches!(words[verb].lemma.as_str(), "accuse" | "suspect" | "convict" | "acquit" | "absolve");
        let end = words.len().min(w + NEAR);
        let later =
            (w + 1..end).any(|k| words[k].predicate && words[k].rel == "nmod" && words[k].head.at() < w && of(k));
        let told = (verb + 1..end).any(|k| words[k].head.at() == verb && words[k].rel == "obl" && of(k));
        if charges && !later && !told && verb < w {
            (words[w].head, words[w].rel) = (TokenId::from(verb), "obl");
        }
    }
}

/// "Urged both sides to stop and called on the government": what has a tense is not coordinated with an infinitive but with
/// the verb over it; nor, behind a closing quotation mark, with what was quoted.
pub(super) fn coordinate_finite(text: &Text, words: &mut [Word]) {
    let finite = |k: &Word| k.pos == Pos::Verb && matches!(k.verb, Verb::Past | Verb::Present);
    for w in 2..words.len() {
        let head = words[w].head.at();
        if words[w].rel != "conj" || head >= w || !finite(&words[w]) {
            continue;
        }
        let own =
            |k: &Word| k.head.at() == w && (k.rel.starts_with("nsubj") || k.rel.starts_with("aux") || k.rel == "mark");
        if words[head + 1..w].iter().any(own) {
            continue;
        }
        let and = (head + 1..w).rev().find(|c| words[*c].rel == "cc" && words[*c].head.at() == w);
        let unquoted = and.is_some_and(|c| {
            text.tokens[head].quoted && !text.tokens[w].quoted && matches!(text.word(TokenId::from(c - 1)), "\"" | "”")
        });
        let bare = words[head].verb == Verb::Infinitive;
        let over = |k: &usize| {
            let of = words[*k].head.at();
            let below = matches!(words[*k].rel, "xcomp" | "ccomp" | "advcl" | "acl" | "obl" | "obj");
            (below && of < *k).then_some(of)
        };
        let verb = std::iter::successors(Some(head), over).skip(1).take(4).find(|v| finite(&words[*v]));
        if let Some(v) = verb.filter(|_| bare || unquoted) {
            words[w].head = TokenId::from(v);
        }
    }
}

/// "Set up roadblocks and burned tyres": an object right behind a coordinated verb is that verb's, where the first has its own.
pub(super) fn keep_objects(words: &mut [Word]) {
    for w in 2..words.len() {
        let head = words[w].head.at();
        if words[w].rel != "obj" || head >= w {
            continue;
        }
        let Some(start) = (head + 1..=w).find(|t| hangs(words, *t, w)) else { continue };
        let verb = start - 1;
        let second =
            verb > head && words[verb].pos == Pos::Verb && words[verb].rel == "conj" && words[verb].head.at() == head;
        let object = |k: &Word, of: usize| k.head.at() == of && k.rel == "obj";
        let own = words[head + 1..start].iter().any(|k| object(k, head));
        if second && own && !words[start..].iter().take(NEAR).any(|k| object(k, verb)) {
            words[w].head = TokenId::from(verb);
        }
    }
}

/// "Hundreds will court arrest": no noun, but the verb whose object the arrest is.
pub(super) fn court_arrest(text: &Text, words: &mut [Word]) {
    for court in 1..words.len().saturating_sub(1) {
        let arrest = court + 1;
        let word = |t: usize| text.word(TokenId::from(t));
        let same = text.tokens[court].sentence == text.tokens[arrest].sentence;
        let phrase = word(court) == "court" && matches!(word(arrest), "arrest" | "arrests");
        let noun = words[court].head.at() == arrest
            && words[..court].iter().rev().take(2).all(|k| !matches!(k.pos, Pos::Det | Pos::Adj | Pos::Adp));
        if !(phrase && same && noun) || word(court - 1).ends_with(['\'', '’']) {
            continue;
        }
        let over = words[arrest].head;
        (words[court].head, words[court].rel) =
            (if over.at() == arrest { TokenId::from(court) } else { over }, words[arrest].rel);
        (words[court].pos, words[court].verb, words[court].lemma) = (Pos::Verb, Verb::Infinitive, "court".into());
        (words[arrest].head, words[arrest].rel, words[arrest].pos) = (TokenId::from(court), "obj", Pos::Noun);
        hand_over(words, arrest, court);
    }
}

/// "Had a guard arrested", "got its leaders freed": what is brought about hangs on the verb that brings it about.
pub(super) fn bring_about(words: &mut [Word]) {
    for w in 2..words.len() {
        let object = words[w].head.at();
        let participle = words[w].pos == Pos::Verb && words[w].rel == "xcomp" && object + 1 == w;
        let verb = words[object].head;
        let brings = words[object].rel == "obj" && matches!(words[verb.at()].lemma.as_str(), "get" | "have");
        if participle && brings && verb.at() < object {
            words[w].head = verb;
        }
    }
}

/// "A drone strike killed 14 people, tribal sources said": of two subjects of the verb that says it, the first is that of the
/// clause before it.
pub(super) fn part_subjects(words: &mut [Word]) {
    for w in 0..words.len() {
        let says = words[w].head.at();
        if !words[w].rel.starts_with("nsubj") || says <= w || says - w > 2 * NEAR {
            continue;
        }
        let subject = |k: usize, of: usize| words[k].head.at() == of && words[k].rel.starts_with("nsubj");
        let clause = (w + 1..says)
            .find(|v| words[*v].rel == "ccomp" && words[*v].head.at() == says && words[*v].pos == Pos::Verb);
        let Some(v) = clause else { continue };
        if (v + 1..says).any(|k| subject(k, says)) && !(w + 1..says).any(|k| subject(k, v)) && !hangs(words, v, w) {
            words[w].head = TokenId::from(v);
        }
    }
}

/// "They shelled the town, killing two, the governor, Ana Ruiz, wrote": who stands between commas before a verb of saying that
/// has no subject says it; nothing before them is the same person.
pub(super) fn speak_last(text: &Text, words: &mut [Word]) {
    for w in 2..words.len() {
        let says =
            matches!(words[w].lemma.as_str(), "say" | "write" | "add" | "tell" | "report" | "announce" | "tweet")
                && words[w].pos == Pos::Verb
                && matches!(words[w].verb, Verb::Past | Verb::Present)
                && matches!(words[w].rel, "advcl" | "parataxis" | "conj");
        let over = words[w].head.at();
        let start = w.saturating_sub(NEAR);
        let own = words[start..w].iter().any(|k| {
            k.head.at() == w
                && (k.rel.starts_with("nsubj") || k.rel.starts_with("aux") || matches!(k.rel, "mark" | "cc"))
        });
        if !says || own || over >= w || words[over].pos != Pos::Verb {
            continue;
        }
        // The outermost apposition that ends right before the verb.
        let last = w - 1 - usize::from(text.word(TokenId::from(w - 1)) == ",");
        let up = |k: &usize| Some(words[*k].head.at()).filter(|h| *h < w && *h != *k && *h >= start);
        let chain: Vec<usize> = std::iter::successors(Some(last), up).take(NEAR).collect();
        let Some(who) = chain.iter().copied().rfind(|k| words[*k].rel == "appos" && *k > over) else {
            continue;
        };
        let person = matches!(words[who].pos, Pos::Noun | Pos::Propn) && words[who].plural != Some(true);
        let plural = words[words[who].head.at()].plural == Some(true);
        if !person || !plural || hangs(words, over, w) {
            continue;
        }
        (words[who].head, words[who].rel) = (TokenId::from(w), "nsubj");
        let (above, rel) = (words[over].head, words[over].rel);
        words[w].head = if above.at() == over { TokenId::from(w) } else { above };
        words[w].rel = rel;
        (words[over].head, words[over].rel) = (TokenId::from(w), "ccomp");
    }
}
