//! A web page → [`Article`]: main text, title, outlet, byline, dates.

mod body;
mod dates;
mod head;
mod jsonld;
mod lean;
mod marked;
mod title;
mod tree;

use super::furniture::credit_in;
use super::plain::{self, order_of};
use super::published::{Order, order_shown, published};
use super::{Article, Source, folded, id_of, language};
use crate::error::{Error, Result};
use dates::PageDates;
use head::Head;
use marked::Marked;

/// A page with less running text than this (characters) has no article.
const LEAST: usize = 40;

/// Reads a decoded page.
pub(super) fn article(html: &str, source: &Source, mut notes: Vec<String>) -> Result<Article> {
    let lean = lean::lean(html);
    let Some(doc) = tree::tree(&lean.html) else {
        notes.push("the page nests too deep to be read as a page: its tags were dropped".to_owned());
        let text = tree::stripped(html);
        return if text.chars().count() < LEAST {
            Err(Error::NoArticle)
        } else {
            plain::article(text.into(), source, notes)
        };
    };
    let marked = Marked::of(&doc);
    let head = Head::of(&marked);
    let title = source.title.and_then(folded).or_else(|| title::title(&marked, &head));
    let credit = title::credit(&doc, &head);
    let mut dates = PageDates::of(&marked, &head, &lean.scripts, source.uri, title.as_deref());
    let text = body::text(doc, title.as_deref(), head.linked.body.as_deref(), &lean)
        .filter(|t| t.chars().count() >= LEAST)
        .ok_or(Error::NoArticle)?;
    let around = plain::around(&text);
    dates
        .claims
        .extend(around.claims.into_iter().map(|c| super::published::Claim { rank: c.rank.saturating_add(10), ..c }));
    dates.found.extend(around.found);
    let language = language::language(&text, head.locale());
    let address = source.uri.or_else(|| head.address());
    let order =
        order_shown(&dates.found).or_else(|| order_of_locale(head.locale())).or_else(|| order_of(address, &language));
    Ok(Article {
        id: id_of(&text, source),
        uri: source.uri.map(str::to_owned).or_else(|| head.address().map(str::to_owned)),
        title,
        outlet: title::outlet(&head),
        credit: credit.or(around.credit).or_else(|| credit_in(&text).map(|(_, who)| who.to_owned())),
        language,
        published: published(dates.claims, source, order),
        notes,
        captured: None,
        text,
    })
}

/// The text that a piece of HTML shows, all of it, its blocks parted by blank lines.
pub(super) fn shown(html: &str) -> String {
    match tree::tree(lean::lean(html).whole()) {
        Some(doc) => body::shown(&doc),
        None => tree::stripped(html),
    }
}

/// The order of day and month in a locale with a region.
fn order_of_locale(locale: Option<&str>) -> Option<Order> {
    let locale = locale?.trim().replace('_', "-").to_ascii_lowercase();
    match locale.split_once('-') {
        Some(("en", "us" | "ph")) => Some(Order::MonthFirst),
        // Templates leave `en` and `en-ca` to either.
        Some(("en", "ca")) | None if locale.starts_with("en") => None,
        _ => Some(Order::DayFirst),
    }
}
