//! Lists: what is one of several, and what describes the one before it.

use super::super::{Pos, Word};
use super::{NEAR, hangs};
use crate::span::TokenId;
use crate::text::Text;

/// "The post office, a hotel, a bakery and two shops": what a comma brings in without a preposition is one of a list, or
/// another name for the first.
pub(super) fn bring_in(text: &Text, words: &mut [Word]) {
    for w in 2..words.len() {
        let head = words[w].head.at();
        if words[w].rel != "nmod" || head >= w || !matches!(words[w].pos, Pos::Noun | Pos::Propn) {
            continue;
        }
        let start = (head + 1..w).find(|t| words[*t].pos != Pos::Punct && hangs(words, *t, w)).unwrap_or(w);
        let comma = text.word(TokenId::from(start - 1)) == ",";
        if !comma || (start..w).any(|c| words[c].rel == "case" && words[c].head.at() == w) {
            continue;
        }
        let end = words.len().min(w + 2 * NEAR);
        let listed = (w + 1..end).any(|z| words[z].rel == "conj" && words[z].head.at() == head);
        words[w].rel = if listed && words[head].pos == Pos::Noun { "conj" } else { "appos" };
    }
}

/// "A nurse, her husband and their children": what stands before "and" without a comma is one of a list, not another name
/// for the first.
pub(super) fn list_appositions(text: &Text, words: &mut [Word]) {
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

/// Coordination: what a word that "and" brings in is coordinated with.
pub(super) fn fit_coordination(text: &Text, words: &mut [Word]) {
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
            // "Ana Paz, a teacher, and her son": between commas it describes her, also where a list goes on.
            let start = (head + 1..w).find(|t| words[*t].pos != Pos::Punct && hangs(words, *t, w)).unwrap_or(w);
            let behind = (w + 1..end).find(|t| words[*t].pos == Pos::Punct || !hangs(words, *t, w));
            let closed = word(start - 1) == "," && behind.is_some_and(|b| word(b) == ",");
            if described && (closed || !(head + 1..end).any(listed)) {
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
