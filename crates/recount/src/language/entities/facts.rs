//! What is known of an entity once its mentions are together: name, kind, country, sector, role, and whether it is a
//! private person.

use super::clusters::Cluster;
use super::lexicon;
use super::profile::Profile;
use super::tree::Tree;
use crate::language::{Form, Kind, Language};
use crate::span::Span;

pub struct Facts {
    pub kind: Kind,
    pub name: String,
    pub country: Option<&'static str>,
    pub sector: Option<&'static str>,
    pub role: Option<Span>,
    pub private: bool,
}

pub fn facts(tree: &Tree<'_>, language: &Language, mentions: &[Profile], cluster: &Cluster) -> Facts {
    let members = || cluster.members.iter().map(|&i| &mentions[i]);
    let kind = kind(mentions, cluster);
    let role = members().filter_map(|m| m.role.filter(|_| !m.roles.is_empty()).map(|r| (m, r)));
    // An office before a name says more than a noun: "spokesman" rather than "man".
    let role = role.max_by_key(|(m, _)| (m.sector.is_some(), m.form == Form::Name, std::cmp::Reverse(m.head)));
    let former = members().any(|m| m.former);
    let mut sector = role.and_then(|(m, _)| m.sector).or_else(|| members().find_map(|m| m.sector));
    let mut country = members().filter(|m| m.form != Form::Nominal).find_map(|m| m.country);
    country = country.or_else(|| members().find_map(|m| m.country));
    if kind == Kind::Person {
        let full = members().filter(|m| m.form == Form::Name).max_by_key(|m| m.name.len());
        let words: Option<Vec<String>> = full.map(|m| m.name.iter().map(|w| w.to_lowercase()).collect());
        let leads = words.and_then(|w| lexicon::leader(&w, None));
        // A carried fact counts only beside a stated office: others may bear a president's name.
        if sector == Some("GOV") && country.is_none() {
            country = leads;
        }
        if former && sector == Some("GOV") {
            sector = Some("ELI");
        }
    }
    if matches!(kind, Kind::Organisation | Kind::Group) && sector.is_none() {
        let spelled = |m: &Profile| lexicon::organisation(&m.name.join(" "), None);
        if let Some((of, known)) = members().filter(|m| m.form == Form::Name).find_map(spelled) {
            sector = Some(known);
            country = country.or(of);
        }
    }
    if matches!(kind, Kind::Place) {
        sector = None;
    }
    let role = role.map(|(_, r)| tree.text.span(r)).filter(|_| kind == Kind::Person);
    let private = kind == Kind::Person && !public(mentions, cluster, sector);
    Facts { kind, name: name(tree, language, mentions, cluster), country, sector, role, private }
}

/// The kind of most names, else of most descriptions, else of most pronouns; the first said wins a draw.
fn kind(mentions: &[Profile], cluster: &Cluster) -> Kind {
    for forms in [&[Form::Name][..], &[Form::Demonym], &[Form::Nominal], &[Form::Pronoun]] {
        let mut counts: Vec<(Kind, usize)> = Vec::new();
        for m in cluster.members.iter().map(|&i| &mentions[i]).filter(|m| forms.contains(&m.form)) {
            match counts.iter_mut().find(|(k, _)| *k == m.kind) {
                Some((_, n)) => *n += 1,
                None => counts.push((m.kind, 1)),
            }
        }
        let most = counts.iter().map(|(_, n)| *n).max();
        if let Some((kind, _)) = counts.into_iter().find(|(_, n)| Some(*n) == most) {
            return kind;
        }
    }
    Kind::Other
}

/// The fullest name, else the fullest description, else the first pronoun, as written.
fn name(tree: &Tree<'_>, language: &Language, mentions: &[Profile], cluster: &Cluster) -> String {
    let fullest = |form: Form| {
        let of = cluster.members.iter().filter(|&&i| mentions[i].form == form);
        // More words first, then more letters; the earlier of equals.
        of.max_by_key(|&&i| {
            let words = mentions[i].name.len();
            (words.min(8), language.mentions[i].span.len().min(80), std::cmp::Reverse(i))
        })
    };
    let chosen = fullest(Form::Name).or_else(|| fullest(Form::Demonym)).or_else(|| fullest(Form::Nominal));
    let i = *chosen.unwrap_or(&cluster.members[0]);
    let words = tree.text.words(language.mentions[i].span);
    let words = words.strip_suffix("'s").or_else(|| words.strip_suffix("’s")).unwrap_or(words);
    let mut name = words.split_whitespace().collect::<Vec<_>>().join(" ");
    for article in ["The ", "the "] {
        if mentions[i].form == Form::Name && name.len() > article.len() && name.starts_with(article) {
            name.replace_range(..article.len(), "");
        }
    }
    // "Kazakhstan's Ministry of Interior": every nation has one, so the nation belongs to the name.
    let body =
        mentions[i].form == Form::Name && name.split(' ').next().is_some_and(|w| lexicon::is_body(&w.to_lowercase()));
    match nation_before(&tree.text.source[..language.mentions[i].span.start as usize]).filter(|_| body) {
        Some(nation) => format!("{nation} {name}"),
        None => name,
    }
}

/// The nation that what stands behind `before` belongs to, as written: "Kazakhstan's", "Kazakhstan’s".
fn nation_before(before: &str) -> Option<&str> {
    let owner = before.trim_end();
    let bare = owner.strip_suffix("'s").or_else(|| owner.strip_suffix("’s"))?;
    let starts = bare.char_indices().rev().filter(|(_, c)| c.is_whitespace()).map(|(at, c)| at + c.len_utf8()).take(3);
    let found = starts.chain(bare.len().lt(&40).then_some(0)).find(|at| lexicon::country(&bare[*at..]).is_some())?;
    Some(&owner[found..])
}

/// Whether a person acts in public: an office, or a named leading or expert role that the report comes back to.
fn public(mentions: &[Profile], cluster: &Cluster, sector: Option<&str>) -> bool {
    const OFFICES: &[&str] = &["GOV", "MIL", "COP", "JUD", "LEG", "PTY", "REB", "UAF", "OPP", "IGO", "SPY", "ELI"];
    const LEADING: &[&str] = &[
        "president",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "director",
        "chairman",
        "chairwoman",
        "chair",
        "head",
        "chief",
        "leader",
        "founder",
        "minister",
        "commander",
        "ceo",
        "secretary",
        "governor",
        "mayor",
        "general",
        "bishop",
        "archbishop",
        "cardinal",
        "pope",
        "ayatollah",
        "oligarch",
        "king",
        "queen",
        "prince",
        "princess",
    ];
    let members = || cluster.members.iter().map(|&i| &mentions[i]);
    let named = members().filter(|m| m.form == Form::Name).count();
    let leads = members().any(|m| m.roles.iter().any(|r| LEADING.contains(&r.as_str())));
    let office = sector.is_some_and(|s| OFFICES.contains(&s));
    let role_again = named >= 2 && sector.is_some_and(|s| !matches!(s, "CVL" | "REF" | "CRM" | "AGR"));
    office || leads || role_again
}
