//! When: time expressions and the days they mean.
//!
//! Tokens get a lexical meaning ([`lexicon`]), rules read expressions from them ([`grammar`] and the files of rules),
//! and each is put on the calendar ([`resolve`]) against the publication day, the tense of its clause and what the
//! report told before. Values are written as TIMEX3 does (TimeML 1.2.1), precision as UCDP GED's `date_prec`.

mod calendar;
mod clock;
mod grammar;
mod lengths;
mod lexicon;
mod relative;
mod resolve;
mod tense;
mod value;

use super::Time;
use crate::evidence::Evidence;
use crate::intake::Article;
use crate::language::Language;
use crate::span::Span;
use crate::text::Text;
use grammar::{Expr, Scan};

/// Finds the time expressions and their values, in order of their first byte, none over another.
///
/// Without a publication date, what is told from it ("yesterday", "in May") keeps an open value and no days.
pub fn times(article: &Article, text: &Text, language: &Language) -> Vec<Time> {
    let items = grammar::items(text);
    let mut told = resolve::Told { published: article.published.best, ..resolve::Told::default() };
    let mut out = Vec::new();
    for (n, sentence) in text.sentences.iter().enumerate() {
        told.sentence = n;
        let scan = Scan { items: &items[sentence.tokens.range()] };
        for found in grammar::expressions(&scan) {
            let tense = tense::tense(&scan, found.start, found.end, sentence.tokens.start as usize, language);
            let Some(value) = told.value(&found.expr, tense) else { continue };
            told.keep(&found.expr, &value);
            let span = scan.items[found.start].span.join(scan.items[found.end - 1].span);
            out.push(time(span, value, found.by, &found.expr, tense));
        }
    }
    out
}

fn time(span: Span, value: value::Value, by: &'static str, expr: &Expr, tense: Option<tense::Tense>) -> Time {
    let leans = matches!(expr, Expr::Weekday(_, grammar::Lean::Unsaid) | Expr::Month { .. } | Expr::Day { .. });
    let score = if value.days.is_none() {
        0.7
    } else if leans && tense.is_none() {
        0.8
    } else {
        0.9
    };
    let mut because = Evidence::new(by, score);
    if let (true, Some(tense)) = (leans, tense) {
        because.inferred = Some(match tense {
            tense::Tense::Past => "the clause speaks of the past".to_string(),
            tense::Tense::Future => "the clause speaks of the future".to_string(),
        });
    }
    let (start, end) = value.days.unzip();
    Time { span, class: value.class, timex: value.timex, start, end, precision: value.precision, because }
}

#[cfg(test)]
mod tests;
