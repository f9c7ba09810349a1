//! Plain text → [`Article`]: the text stays as it is; what the lines above and below it say is read off them.

use super::days::{Found, dates_in};
use super::furniture::{Label, credit_in, dateline, dates_stated, is_date_line};
use super::published::{Claim, Order, RANK_MODIFIED, order_shown, published};
use super::{Article, Source, folded, id_of, language};
use crate::error::Result;
use crate::span::Span;
use std::borrow::Cow;

const RANK_POSTED: u8 = 10;
const RANK_DATED: u8 = 15;
const RANK_BARE: u8 = 20;
const RANK_DATELINE: u8 = 30;
const RANK_BELOW: u8 = 40;

/// This many lines above the first prose, and below the last, can be furniture.
const ABOVE: usize = 15;
const BELOW: usize = 5;

/// Reads a decoded text.
pub(super) fn article(text: Cow<str>, source: &Source, notes: Vec<String>) -> Result<Article> {
    let text = text.into_owned();
    let read = around(&text);
    let language = language::language(&text, None);
    let order = order_shown(&read.found).or_else(|| order_of(source.uri, &language));
    Ok(Article {
        id: id_of(&text, source),
        uri: source.uri.map(str::to_owned),
        title: source.title.and_then(folded),
        outlet: None,
        credit: read.credit,
        published: published(read.claims, source, order),
        language,
        notes,
        captured: None,
        text,
    })
}

/// Whether the readers of an outlet write the day or the month first: by its country, else by its language. English
/// alone tells nothing.
pub(super) fn order_of(uri: Option<&str>, language: &str) -> Option<Order> {
    let host =
        uri.and_then(|u| u.split_once("://")).map(|(_, rest)| rest.split(['/', ':', '?', '#']).next().unwrap_or(""));
    match host.and_then(|h| h.rsplit('.').next()) {
        Some("us" | "gov" | "mil" | "edu" | "ph") => return Some(Order::MonthFirst),
        // Countries whose own domains carry English news, all writing the day first.
        Some(
            "uk" | "ie" | "au" | "nz" | "in" | "pk" | "ng" | "ke" | "gh" | "ug" | "tz" | "zw" | "mt" | "za" | "lk"
            | "bd" | "sg" | "my",
        ) => {
            return Some(Order::DayFirst);
        }
        _ => {}
    }
    (!matches!(language, "en" | "und")).then_some(Order::DayFirst)
}

/// What the lines around the prose say.
#[derive(Default)]
pub(super) struct Around {
    pub claims: Vec<Claim>,
    pub credit: Option<String>,
    /// Every date of the furniture, for the order of day and month.
    pub found: Vec<Found>,
}

/// Reads the lines above and below the prose of a text, and its dateline.
pub(super) fn around(text: &str) -> Around {
    let mut read = Around::default();
    let mut credit: Option<(u8, &str)> = None;
    let lines = lines_of(text);
    let prose = lines.iter().position(|(_, line)| is_prose(line)).unwrap_or(lines.len());
    let below = lines.len().saturating_sub(BELOW).max(prose + 1);
    let above = lines.iter().take(prose.min(ABOVE)).map(|l| (l, false));
    for ((at, line), foot) in above.chain(lines.iter().skip(below).map(|l| (l, true))) {
        let stated = dates_stated(line);
        // Below the prose a date needs its label: events are listed there too.
        for date in stated.iter().filter(|d| !foot || d.label != Label::Bare) {
            read.claims.push(claim(text, *at, &date.found, date.label, foot));
            read.found.push(date.found.clone());
        }
        credit = stronger(credit, credit_in(line));
    }
    for (at, line) in lines.iter().skip(prose).take(2) {
        let head = &line[..line.floor_char_boundary(200)];
        if let Some(dateline) = dateline(head) {
            if let Some(date) = &dateline.date {
                let claim = claim(text, *at, date, Label::Bare, false);
                read.claims.push(Claim { rank: RANK_DATELINE, ..claim });
                read.found.push(date.clone());
            }
            credit = stronger(credit, dateline.agency.and_then(|a| head.get(a)).map(|a| (2, a.trim())));
        } else {
            // Scraped text can run from its date line straight into the prose.
            opening(text, *at, head, &mut read);
        }
    }
    read.credit = credit.and_then(|(_, who)| folded(who));
    read
}

/// The labelled dates that a prose line opens with: "Published 5 May 2021 Two boats sank".
fn opening(text: &str, at: usize, head: &str, read: &mut Around) {
    let mut from = 0;
    for found in dates_in(head).into_iter().take(3) {
        let end = found.range.end;
        match dates_stated(&head[from..end]).pop() {
            Some(date) if date.label != Label::Bare && is_date_line(&head[from..end]) => {
                read.claims.push(claim(text, at, &found, date.label, false));
                read.found.push(found);
                from = end;
            }
            _ => return,
        }
    }
}

fn claim(text: &str, at: usize, found: &Found, label: Label, foot: bool) -> Claim {
    let span = Span::new(at + found.range.start, at + found.range.end);
    let rank = match label {
        Label::Modified => RANK_MODIFIED,
        _ if foot => RANK_BELOW,
        Label::Published => RANK_POSTED,
        Label::Dated => RANK_DATED,
        Label::Bare => RANK_BARE,
    };
    Claim {
        reading: found.reading,
        span: Some(span),
        from: "text",
        words: span.of(text).to_owned(),
        modified: label == Label::Modified,
        rank,
    }
}

fn stronger<'a>(a: Option<(u8, &'a str)>, b: Option<(u8, &'a str)>) -> Option<(u8, &'a str)> {
    match (a, b) {
        (Some(a), Some(b)) => Some(if b.0 < a.0 { b } else { a }),
        (a, b) => a.or(b),
    }
}

/// The lines that hold words, each with its first byte.
fn lines_of(text: &str) -> Vec<(usize, &str)> {
    let mut at = 0;
    let mut lines = Vec::new();
    for line in text.split_inclusive('\n') {
        if !line.trim().is_empty() {
            lines.push((at, line.trim_end()));
        }
        at += line.len();
    }
    lines
}

/// A line of running text: long, or a sentence with its stop.
fn is_prose(line: &str) -> bool {
    let words = line.split_whitespace().take(26).count();
    let stopped = line.trim_end_matches(['"', '”', '’', '\'', ')']).ends_with(['.', '!', '?', '。', '।', '؟', ':']);
    words > 25 || words >= 9 && stopped || words < 4 && line.chars().count() > 60
}
