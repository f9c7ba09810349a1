//! The public profile: private people masked, and what could expose them coarsened, before any layout sees a record.
//!
//! Names are masked in every report, not only where they are known to be private: a name that is private in one report
//! and stands in another without a public bearer is masked there too.

use crate::export::Records;
use crate::{Result, digest};
use recount::record::across::{Claim, Incident, Origin, Told};
use recount::record::{MASK, Place, PrivateNames, Range, Record};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What a reader of the README must know.
pub const ABOUT: &str = "\
Profile public: private people are masked
  Names of private people are masked, one █ a character so that spans stay true: every mention by name, every other
  occurrence of the words of such names, also in other reports, in titles, addresses, credits and ids. An address that
  names someone is cut to its host. A word that a public name in the same report shares stays outside such mentions.
  What a private person or a witness is quoted with is masked, so that nobody finds them by their words.
  Offices, occupations and countries of private people are left out, and so are ties that they are an end of.
  Coordinates of exact places are rounded to a tenth of a degree (about 11 km), their precision is 2 and their GeoNames
  id is left out.
  All layouts and the statistics in Parquet files are made from what is left. Whether a person is private is the
  program's judgement: look through the tables `entities` and `statements` before publishing. Descriptions (“a nurse at
  the hospital”) stay. An address leads to the report, and so to what it prints.
";

/// What must be masked, known once all records have been seen.
pub struct Mask {
    /// Full names of private people over all reports: their words, folded, by the first of them.
    names: HashMap<String, Vec<Name>>,
    /// By report: names to mask, where there are any. Only of reports that incidents or origins speak of.
    by_report: HashMap<String, PrivateNames>,
    /// Ids that named someone, and what stands for them.
    ids: BTreeMap<String, String>,
    /// Claims' words, by report and count, where masking changed them.
    claims: HashMap<(String, String), String>,
}

/// A name of at least two words.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Name {
    written: String,
    /// Folded.
    words: Vec<String>,
}

impl Name {
    fn of(written: &str) -> Option<Name> {
        let words: Vec<String> = folded_words(written).collect();
        (words.len() > 1).then(|| Name { written: written.to_owned(), words })
    }
}

fn folded_words(s: &str) -> impl Iterator<Item = String> + '_ {
    let parts = s.split(|c: char| !c.is_alphanumeric() && !unicode_mark(c)).filter(|w| !w.is_empty());
    parts.map(recount::gazetteer::fold::fold).filter(|w| !w.is_empty())
}

/// Marks that stand on letters.
fn unicode_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

impl Mask {
    /// Goes through all records, twice where incidents or origins quote them.
    pub fn of(records: &mut dyn Records, origins: &[Origin], incidents: &[Incident]) -> Result<Mask> {
        let mut all: BTreeSet<Name> = BTreeSet::new();
        records.each(&mut |r| {
            all.extend(r.private_names().iter().filter_map(|n| Name::of(n)));
            Ok(())
        })?;
        let mut names: HashMap<String, Vec<Name>> = HashMap::new();
        for name in all {
            names.entry(name.words[0].clone()).or_default().push(name);
        }
        let mut mask = Mask { names, by_report: HashMap::new(), ids: BTreeMap::new(), claims: HashMap::new() };
        let mut wanted: HashMap<&str, Vec<&Claim>> = HashMap::new();
        for claim in incidents.iter().flat_map(|i| &i.tallies).flat_map(|t| &t.claims) {
            wanted.entry(&claim.report).or_default().push(claim);
        }
        let mut spoken_of: BTreeSet<&str> = incidents.iter().flat_map(|i| &i.reports).map(String::as_str).collect();
        spoken_of.extend(origins.iter().flat_map(|o| &o.reports).map(String::as_str));
        spoken_of.extend(wanted.keys());
        records.each(&mut |r| {
            let names = mask.names_in(&r);
            if let Some(id) = open_id(&r, &names) {
                mask.ids.insert(r.id.clone(), id);
            }
            if spoken_of.contains(r.id.as_str()) {
                let claims = wanted.get(r.id.as_str()).map(Vec::as_slice).unwrap_or_default();
                mask.words_of(&r, claims);
                if !names.is_empty() {
                    mask.by_report.insert(r.id.clone(), names);
                }
            }
            Ok(())
        })?;
        Ok(mask)
    }

    /// The names to mask in a report: its own private people, and those of other reports whom it names in full and
    /// nowhere as public.
    fn names_in(&self, r: &Record) -> PrivateNames {
        let (own, public) = (r.private_names(), r.public_names());
        let public: Vec<&str> = public.iter().map(String::as_str).collect();
        let mut names = PrivateNames::of(own.iter().map(String::as_str), &public);
        names.extend(&self.others_in(r, &public));
        names
    }

    /// Names that are private by other reports and stand in this one without a public person who bears them.
    fn others_in(&self, r: &Record, public: &[&str]) -> PrivateNames {
        let people = r.entities.iter().filter(|e| e.kind == "person" && !e.private);
        let people: BTreeSet<Vec<String>> = people.map(|e| folded_words(&e.name).collect()).collect();
        let mut found: BTreeSet<&Name> = BTreeSet::new();
        let fields =
            [Some(&r.text), r.title.as_ref(), r.credit.as_ref(), r.outlet.as_ref(), r.uri.as_ref(), Some(&r.id)];
        for field in fields.into_iter().flatten() {
            let words: Vec<String> = folded_words(field).collect();
            for at in 0..words.len() {
                for name in self.names.get(&words[at]).into_iter().flatten() {
                    if words[at..].starts_with(&name.words) && !people.contains(&name.words) {
                        found.insert(name);
                    }
                }
            }
        }
        // The name itself, taken for that of a thing or place here, makes none of its words public.
        let same = |n: &str| found.iter().any(|f| folded_words(n).eq(f.words.iter().cloned()));
        let public: Vec<&str> = public.iter().copied().filter(|n| !same(n)).collect();
        PrivateNames::of(found.iter().map(|n| n.written.as_str()), &public)
    }

    /// Keeps the masked words of a report's claims.
    fn words_of(&mut self, r: &Record, claims: &[&Claim]) {
        if claims.is_empty() {
            return;
        }
        let open = self.covered(r.clone());
        for claim in claims {
            let source = |r: &Record| -> Vec<char> {
                let s = if claim.within_title.is_some() { r.title.as_deref().unwrap_or_default() } else { &r.text };
                s.chars().collect()
            };
            let (before, after) = (source(r), source(&open));
            let key = (claim.report.clone(), claim.count.clone());
            self.claims.insert(key, same_words(&claim.words, claim.span, &before, &after));
        }
    }

    /// The record with names and quotations masked, before anything else is coarsened.
    fn covered(&self, r: Record) -> Record {
        let public = r.public_names();
        let public: Vec<&str> = public.iter().map(String::as_str).collect();
        let others = self.others_in(&r, &public);
        let quotes = private_quotes(&r);
        r.redacted_with(&others, &quotes)
    }

    /// A record that can be published.
    pub fn record(&self, r: Record) -> Record {
        let mut r = self.covered(r);
        if let Some(id) = self.ids.get(&r.id) {
            r.id.clone_from(id);
        }
        let private: BTreeSet<String> =
            r.entities.iter().filter(|e| e.kind == "person" && e.private).map(|e| e.id.clone()).collect();
        r.relations.retain(|x| !private.contains(&x.subject) && !private.contains(&x.object));
        for e in r.entities.iter_mut().filter(|e| e.kind == "person" && e.private) {
            e.role = None;
            e.country = None;
        }
        r.places.iter_mut().for_each(coarsen);
        r
    }

    pub fn origins(&self, origins: &[Origin]) -> Vec<Origin> {
        let masked = |o: &Origin| {
            let names = self.names_of(&o.reports);
            let mut o = o.clone();
            o.id = self.id_with(&o.id, &names);
            o.reports.iter_mut().for_each(|r| *r = self.report(r));
            o.earliest = self.report(&o.earliest);
            o.agency = o.agency.map(|a| names.masked(&a));
            for c in &mut o.copies {
                c.report = self.report(&c.report);
                c.from = self.report(&c.from);
            }
            o
        };
        origins.iter().map(masked).collect()
    }

    pub fn incidents(&self, incidents: &[Incident]) -> Vec<Incident> {
        incidents.iter().map(|i| self.incident(i)).collect()
    }

    fn incident(&self, i: &Incident) -> Incident {
        let names = self.names_of(&i.reports);
        let mask = |all: &mut Vec<String>| all.iter_mut().for_each(|s| *s = names.masked(s));
        let mut i = i.clone();
        i.id = self.id_with(&i.id, &names);
        mask(&mut i.actors);
        mask(&mut i.targets);
        if let Some(place) = &mut i.place {
            let masked = names.masked(&place.name);
            let named = masked != place.name;
            place.name = masked;
            let mut seen = Seen {
                lat: &mut place.lat,
                lon: &mut place.lon,
                geonameid: &mut place.geonameid,
                precision: &mut place.precision,
            };
            seen.coarsen(named);
        }
        i.reports.iter_mut().for_each(|r| *r = self.report(r));
        i.origins.iter_mut().for_each(|o| *o = self.id_with(o, &names));
        let told = |t: &mut Told| t.report = self.report(&t.report);
        i.events.iter_mut().for_each(told);
        for l in &mut i.links {
            told(&mut l.a);
            told(&mut l.b);
            mask(&mut l.reasons);
        }
        for t in &mut i.tallies {
            t.note = t.note.take().map(|n| names.masked(&n));
        }
        for c in i.tallies.iter_mut().flat_map(|t| &mut t.claims) {
            let key = (c.report.clone(), c.count.clone());
            let words = self.claims.get(&key).cloned().unwrap_or_else(|| blank(&c.words));
            c.words = names.masked(&words);
            mask(&mut c.said_by);
            c.origin = self.id_with(&c.origin, &names);
            c.report = self.report(&c.report);
        }
        i
    }

    /// The names of all of some reports.
    fn names_of(&self, reports: &[String]) -> PrivateNames {
        let mut names = PrivateNames::default();
        reports.iter().filter_map(|r| self.by_report.get(r)).for_each(|n| names.extend(n));
        names
    }

    fn report(&self, id: &str) -> String {
        self.ids.get(id).map_or(id, String::as_str).to_owned()
    }

    /// An id of an origin or incident, which may have been made from that of a report.
    fn id_with(&self, id: &str, names: &PrivateNames) -> String {
        if !names.are_in(id) {
            return id.to_owned();
        }
        let hidden = self.ids.iter().find(|(old, _)| id.contains(old.as_str()));
        match hidden {
            Some((old, new)) => id.replace(old.as_str(), new),
            None => format!("x-{}", &digest::sha256(id.as_bytes())[..16]),
        }
    }
}

/// What stands for a report's id that names someone. Nobody can make it from a guessed id: the text is in it.
fn open_id(r: &Record, names: &PrivateNames) -> Option<String> {
    let hash = || digest::sha256(format!("{}\n{}", r.id, r.text).as_bytes());
    names.are_in(&r.id).then(|| format!("r-{}", &hash()[..16]))
}

/// Where private persons and witnesses are quoted, also where the same words stand again.
fn private_quotes(r: &Record) -> Vec<(bool, Range)> {
    let by_id: HashMap<&str, &recount::record::Entity> = r.entities.iter().map(|e| (e.id.as_str(), e)).collect();
    let private = |s: &&recount::record::Statement| {
        let Some(source) = &s.source else { return false };
        let entity = source.entity.as_deref().and_then(|e| by_id.get(e));
        let person = entity.is_some_and(|e| e.kind == "person" && (e.private || source.class == "witness"));
        person && s.form != "indirect"
    };
    let quoted: Vec<(bool, Range)> = r
        .statements
        .iter()
        .filter(private)
        .flat_map(|s| s.content.iter().map(move |c| (s.within_title.is_some(), *c)))
        .collect();
    if quoted.is_empty() {
        return quoted;
    }
    let text: Vec<char> = r.text.chars().collect();
    let title: Vec<char> = r.title.as_deref().unwrap_or_default().chars().collect();
    let mut out = quoted.clone();
    for (in_title, [start, end]) in quoted {
        let source = if in_title { &title } else { &text };
        let words = source.get(start..end).unwrap_or_default();
        // Shorter ones are anybody's words.
        if words.len() < 20 {
            continue;
        }
        for (in_title, source) in [(false, &text), (true, &title)] {
            let again = (0..source.len().saturating_sub(words.len() - 1)).filter(|&at| source[at..].starts_with(words));
            out.extend(again.map(|at| (in_title, [at, at + words.len()])));
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// A claim's words as they stand in the masked text: found around the figure's span, otherwise masked whole.
fn same_words(words: &str, span: Range, before: &[char], after: &[char]) -> String {
    let wanted: Vec<char> = words.chars().filter(|c| !c.is_whitespace()).collect();
    let earliest = span[0].saturating_sub(words.chars().count() * 2 + 64);
    for start in earliest..=span[0].min(before.len()) {
        // Line ends within a sentence may have become spaces in the claim.
        let mut at = start;
        let mut matched = 0;
        while matched < wanted.len() && at < before.len() {
            if before[at] == wanted[matched] {
                matched += 1;
            } else if !before[at].is_whitespace() || matched == 0 {
                break;
            }
            at += 1;
        }
        if matched == wanted.len() && matched > 0 && after.len() == before.len() {
            let covered: Vec<char> = after[start..at].iter().copied().filter(|c| !c.is_whitespace()).collect();
            let mut next = covered.into_iter();
            return words.chars().map(|c| if c.is_whitespace() { c } else { next.next().unwrap_or(MASK) }).collect();
        }
    }
    blank(words)
}

/// Every letter and digit masked.
fn blank(words: &str) -> String {
    words.chars().map(|c| if c.is_alphanumeric() { MASK } else { c }).collect()
}

fn coarsen(p: &mut Place) {
    let named = p.name.contains(MASK);
    let mut seen = Seen { lat: &mut p.lat, lon: &mut p.lon, geonameid: &mut p.geonameid, precision: &mut p.precision };
    seen.coarsen(named);
}

/// How a place is put on the map.
struct Seen<'a> {
    lat: &'a mut Option<f64>,
    lon: &'a mut Option<f64>,
    geonameid: &'a mut Option<u32>,
    precision: &'a mut Option<u8>,
}

impl Seen<'_> {
    /// Rounds an exact place; takes one away that bears a masked name.
    fn coarsen(&mut self, named: bool) {
        if named {
            (*self.lat, *self.lon, *self.geonameid) = (None, None, None);
            return;
        }
        if self.precision.is_none_or(|p| p <= 2) {
            let tenth = |x: f64| (x * 10.0).round() / 10.0;
            *self.lat = self.lat.map(tenth);
            *self.lon = self.lon.map(tenth);
            *self.geonameid = None;
            *self.precision = self.precision.map(|_| 2);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::same_words;

    #[test]
    fn words_of_a_claim_are_found_in_the_masked_text_across_line_ends() {
        let before: Vec<char> = "A day. Ana said\nfour died. More.".chars().collect();
        let after: Vec<char> = "A day. ███ said\nfour died. More.".chars().collect();
        assert_eq!(same_words("Ana said four died.", [16, 20], &before, &after), "███ said four died.");
        assert_eq!(same_words("Ana claims four died.", [16, 20], &before, &after), "███ ██████ ████ ████.");
    }
}
