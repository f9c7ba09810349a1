//! Where places are named: the model's names of places, what the gazetteer knows where the model hesitates, and the
//! patterns that mark a place whatever its name (datelines, "Macon, Ga.").

use super::bare::{bare, is_direction, sort_of};
use super::resolve::Sort;
use crate::gazetteer::{Class, Gazetteer, How, Naming};
use crate::language::entities::lexicon;
use crate::language::{Form, Kind, Language, Mention, Pos, mentions};
use crate::model::Head;
use crate::span::{TokenId, Tokens};
use crate::text::{Layout, Text, is_dash};

/// One naming of a place in the text.
#[derive(Clone, Debug)]
pub struct Found {
    pub tokens: Tokens,
    pub form: Form,
    /// The name that was looked up: without "province", "northern" and the like.
    pub name: String,
    /// Places that bear it; none where the gazetteer does not know it.
    pub candidates: Vec<Naming>,
    pub said_to_be: Option<Sort>,
    /// Only a part of the place is meant: "northern Mali".
    pub part: bool,
    pub by: &'static str,
    pub score: f32,
    /// Rows of the list that hold this one: "Paris, Texas".
    pub within: Vec<usize>,
    /// Stands inside the name of a public body of the place: "Homs City Council".
    pub inside: bool,
}

/// From how likely a place on, in the model's eyes, words are one that the gazetteer knows: as a country or division, or
/// as a smaller place; and a name that the model reads as another thing.
const KNOWN_WIDELY: f32 = 0.1;
const KNOWN: f32 = 0.3;
const OVERRULED: f32 = 0.35;
/// From how likely a proper noun on words are a place because the gazetteer knows them: there are towns called Sector.
const PROPER: f32 = 0.5;

/// Finds the places named, in order, none over another.
pub fn find(text: &Text, language: &Language, gazetteer: &Gazetteer) -> Vec<Found> {
    let mut search = Search { text, language, gazetteer, taken: vec![false; text.tokens.len()], found: Vec::new() };
    search.states();
    search.dateline();
    search.shouted_datelines();
    search.names();
    search.hesitant();
    search.demonyms();
    search.found.sort_by_key(|f| f.tokens);
    let mut found = search.found;
    join(text, gazetteer, &mut found);
    found
}

struct Search<'a> {
    text: &'a Text,
    language: &'a Language,
    gazetteer: &'a Gazetteer,
    /// Tokens that belong to a place found, or to the name of something else.
    taken: Vec<bool>,
    found: Vec<Found>,
}

impl Search<'_> {
    /// "Macon, Ga.": a short form of a state behind a town in it. Sure enough to overrule the model.
    fn states(&mut self) {
        for comma in 1..self.text.tokens.len().saturating_sub(1) {
            if self.word(comma) != "," || !self.same_sentence(comma - 1, comma + 1) {
                continue;
            }
            let pair = (comma + 1..(comma + 3).min(self.text.tokens.len())).rev().find_map(|last| {
                let state = self.namings(Tokens::new(comma + 1, last + 1));
                let states: Vec<Naming> = state.into_iter().filter(|n| n.how == How::State).collect();
                (!states.is_empty()).then_some((last + 1, states))
            });
            let Some((end, states)) = pair else { continue };
            let town = (comma.saturating_sub(4)..comma).find_map(|first| {
                let tokens = Tokens::new(first, comma);
                let capital =
                    self.capitalised(first) && self.capitalised(comma - 1) && self.same_sentence(first, comma);
                let towns = if capital { self.toponyms(tokens) } else { Vec::new() };
                let inside = |n: &Naming| states.iter().any(|s| self.gazetteer.place(n.row).admin1 == Some(s.row));
                towns.iter().any(inside).then_some((tokens, towns))
            });
            let Some((tokens, towns)) = town else { continue };
            if self.free(tokens) {
                self.push(tokens, Form::Name, towns, "rule/city-state", 0.97);
                self.push(Tokens::new(comma + 1, end), Form::Name, states, "rule/city-state", 0.97);
            }
        }
    }

    /// "ALEPPO, Syria (AP) — …": the words before the dash that opens a report.
    fn dateline(&mut self) {
        let opens = |s: &&crate::text::Sentence| {
            let layout = self.text.paragraphs.get(s.paragraph as usize).map(|p| p.layout);
            layout == Some(Layout::Prose) && !s.tokens.is_empty()
        };
        let Some(sentence) = self.text.sentences.iter().find(opens) else { return };
        let head = sentence.tokens.range().take(14);
        let Some(dash) = head.clone().find(|&t| is_dash(self.word(t))) else { return };
        let plain = |t: usize| !self.word(t).chars().next().is_some_and(char::is_lowercase);
        let first = sentence.tokens.start as usize;
        // A dash inside a name stands close to its words.
        let apart = dash > first && self.text.tokens[dash - 1].span.end < self.text.tokens[dash].span.start;
        if !apart || !(first..dash).all(plain) {
            return;
        }
        let words = (first..dash).map(|t| self.word(t));
        let Some((n, _)) = self.gazetteer.longest(words) else { return };
        let tokens = Tokens::new(first, first + n);
        let towns = self.toponyms(tokens);
        if self.free(tokens) && !towns.is_empty() {
            self.push(tokens, Form::Name, towns, "rule/dateline", 0.95);
        }
    }

    /// "HAMILTON — Staff were told", "Oslo (NTB) A ferry": a place that opens a sentence before a dash that stands apart or
    /// an agency in brackets, wherever the report was joined from pieces.
    fn shouted_datelines(&mut self) {
        for (row, sentence) in self.text.sentences.iter().enumerate() {
            let mut range = sentence.tokens.range();
            let first = range.start;
            // The line over a report is a sentence of its own; what it stands before comes next.
            let after = self.text.sentences.get(row + 1).filter(|s| s.paragraph == sentence.paragraph);
            let over = range.clone().last().is_some_and(|t| is_dash(self.word(t)) || self.word(t) == "]");
            if let Some(after) = after.filter(|_| over) {
                range.end = after.tokens.end as usize;
            }
            let shouted = |t: usize| {
                let word = self.word(t);
                word.chars().filter(|c| c.is_alphabetic()).count() > 2 && !word.contains(char::is_lowercase)
            };
            let caps = range.clone().take(4).take_while(|&t| shouted(t)).count();
            let others = range.clone().skip(caps).filter(|&t| self.word(t).contains(char::is_lowercase)).count();
            if others < 3 || range.len() < 5 {
                continue;
            }
            let Some((n, _)) = self.gazetteer.longest(range.clone().take(4).map(|t| self.word(t))) else { continue };
            let tokens = Tokens::new(first, first + n);
            let next = first + n;
            let dash = is_dash(self.word(next))
                && self.text.tokens[next - 1].span.end < self.text.tokens[next].span.start
                && caps >= n;
            let agency = self.word(next) == "("
                && next + 2 < range.end
                && self.word(next + 2) == ")"
                && !self.word(next + 1).contains(char::is_lowercase);
            let towns = if dash || agency { self.toponyms(tokens) } else { Vec::new() };
            if self.free(tokens) && !towns.is_empty() {
                self.push(tokens, Form::Name, towns, "rule/dateline", 0.95);
            }
        }
    }

    /// The names that the model reads as places; names of other things are closed to what follows, unless the model
    /// hesitates and the gazetteer knows the whole name.
    fn names(&mut self) {
        let language = self.language;
        for mention in language.mentions.iter().filter(|m| m.form == Form::Name) {
            match mention.kind {
                Kind::Place | Kind::Facility => self.place_name(mention),
                _ if !self.free(mention.tokens) => {}
                _ => {
                    let known = self.toponyms(mention.tokens);
                    let chance = self.chance(mention.tokens);
                    if chance >= OVERRULED && !known.is_empty() {
                        self.push(mention.tokens, Form::Name, known, "model/name+gazetteer", chance);
                    } else {
                        if mention.kind == Kind::Organisation {
                            self.public_body(mention.tokens);
                        }
                        self.close(mention.tokens);
                    }
                }
            }
        }
    }

    /// The place that a public body is named after: it speaks for the place, and says nothing of where things happen.
    fn public_body(&mut self, tokens: Tokens) {
        let first = tokens.start as usize;
        let Some((n, _)) = self.gazetteer.longest(tokens.iter().map(|t| self.text.word(t))) else { return };
        let end = first + n;
        let public = (end..tokens.end as usize).any(|t| is_public_body(&self.word(t).to_lowercase()));
        let place = Tokens::new(first, end);
        let known = self.toponyms(place);
        if public && !known.is_empty() {
            self.push(place, Form::Name, known, "rule/public-body", 0.7);
            if let Some(last) = self.found.last_mut() {
                last.inside = true;
            }
        }
    }

    /// A name of a place with the words on its right that belong to it by what the gazetteer knows: the model sometimes
    /// takes one name for two ("Central" and "Asia").
    fn extended(&self, tokens: Tokens) -> Tokens {
        let first = tokens.start as usize;
        let sentence = self.text.sentences[self.text.tokens[first].sentence.at()].tokens.end as usize;
        let whole = (first..sentence).take(6);
        let Some((n, _)) = self.gazetteer.longest(whole.map(|t| self.word(t))) else { return tokens };
        let longer = Tokens::new(first, first + n);
        let behind = Tokens { start: tokens.end, end: longer.end.max(tokens.end) };
        let likely = behind.iter().all(|t| self.chance(Tokens::new(t.at(), t.at() + 1)) >= KNOWN);
        if !behind.is_empty() && likely && self.free(longer) { longer } else { tokens }
    }

    fn place_name(&mut self, mention: &Mention) {
        // A list or "town, country" that the model took for one name.
        let pieces: Vec<Tokens> = if self.toponyms(mention.tokens).is_empty() {
            let mut pieces = Vec::new();
            let mut first = mention.tokens.start;
            for t in mention.tokens.iter().filter(|&t| self.text.word(t) == ",") {
                pieces.push(Tokens { start: first, end: t.0.max(first) });
                first = t.0 + 1;
            }
            pieces.push(Tokens { start: first, end: mention.tokens.end.max(first) });
            pieces
        } else {
            vec![mention.tokens]
        };
        for tokens in pieces.into_iter().filter(|p| !p.is_empty()) {
            if !self.free(tokens) {
                continue;
            }
            let tokens = self.extended(tokens);
            let generic =
                tokens.len() == 1 && mentions::is_made_place(&self.word(tokens.start as usize).to_lowercase());
            if generic || is_direction(self.text.words(self.text.span(tokens))) || self.is_currency(tokens) {
                self.close(tokens);
                continue;
            }
            let known = self.namings(tokens);
            let standing: Vec<Naming> = toponyms(self.text.words(self.text.span(tokens)), &known);
            let mut demonyms: Vec<Naming> = known.into_iter().filter(|n| n.how == How::Demonym).collect();
            demonyms.extend(self.nation(tokens).filter(|_| demonyms.is_empty()));
            if !demonyms.is_empty() {
                self.push(tokens, Form::Demonym, demonyms, "model/name", mention.score);
            } else if !standing.is_empty() || mention.kind == Kind::Place {
                self.push(tokens, Form::Name, standing, "model/name", mention.score);
            } else {
                self.close(tokens);
            }
        }
    }

    /// The country that an adjective or its people name by the list of countries, where the gazetteer lacks the word.
    fn nation(&self, tokens: Tokens) -> Option<Naming> {
        let (code, naming) = lexicon::country(self.text.words(self.text.span(tokens)))?;
        let country = self.gazetteer.country(code)?;
        matches!(naming, lexicon::Naming::Adjective | lexicon::Naming::People)
            .then_some(Naming { row: country.row, how: How::Demonym })
    }

    /// Words that the model gives some chance of being a place, and that the gazetteer knows.
    fn hesitant(&mut self) {
        let mut at = 0;
        while at < self.text.tokens.len() {
            let end = self.text.sentences[self.text.tokens[at].sentence.at()].tokens.end as usize;
            let open = |t: &usize| !self.taken[*t] && (self.capitalised(*t) || *t > at);
            let words = (at..end).take_while(open).map(|t| self.word(t));
            let possible = self.capitalised(at) && self.chance(Tokens::new(at, at + 1)) >= KNOWN_WIDELY;
            let longest = if possible { self.gazetteer.longest(words) } else { None };
            let Some((n, _)) = longest else {
                at += 1;
                continue;
            };
            let tokens = Tokens::new(at, at + n);
            let known = self.toponyms(tokens);
            let widely = |n: &Naming| matches!(self.gazetteer.place(n.row).class, Class::Country | Class::Division);
            let floor = if known.iter().any(widely) { KNOWN_WIDELY } else { KNOWN };
            let chance = self.chance(tokens);
            let whole = self.text.words(self.text.span(tokens));
            let generic = n == 1 && mentions::is_made_place(&self.word(at).to_lowercase());
            let fits = !generic
                && self.proper(tokens) >= PROPER
                && self.capitalised(at + n - 1)
                && !is_direction(whole)
                && !self.is_currency(tokens);
            if !known.is_empty() && chance >= floor && fits {
                self.push(tokens, Form::Name, known, "gazetteer", chance);
                at += n;
            } else {
                at += 1;
            }
        }
    }

    /// Adjectives and nouns of nationality.
    fn demonyms(&mut self) {
        let language = self.language;
        for mention in language.mentions.iter().filter(|m| m.form == Form::Demonym) {
            let mut known: Vec<Naming> =
                self.namings(mention.tokens).into_iter().filter(|n| n.how == How::Demonym).collect();
            known.extend(self.nation(mention.tokens).filter(|_| known.is_empty()));
            if !known.is_empty() && self.free(mention.tokens) {
                self.push(mention.tokens, Form::Demonym, known, "gazetteer/demonym", mention.score);
            }
        }
        // Inhabitants that the list of nationalities lacks ("Ontarians"); behind a sentence's first word, where a capital
        // says something.
        for at in 1..self.text.tokens.len() {
            let tokens = Tokens::new(at, at + 1);
            if self.capitalised(at) && self.same_sentence(at - 1, at) && self.free(tokens) {
                let known = self.namings(tokens);
                if !known.is_empty() && known.iter().all(|n| n.how == How::Demonym) {
                    self.push(tokens, Form::Demonym, known, "gazetteer/demonym", 0.8);
                }
            }
        }
    }

    fn push(&mut self, tokens: Tokens, form: Form, candidates: Vec<Naming>, by: &'static str, score: f32) {
        let whole = self.text.words(self.text.span(tokens)).to_owned();
        let (bare, said, part) = if form == Form::Demonym { (whole.as_str(), None, false) } else { bare(&whole) };
        let mut found = Found {
            tokens,
            form,
            name: whole.clone(),
            candidates,
            said_to_be: said.filter(|_| bare != whole),
            part,
            by,
            score,
            within: Vec::new(),
            inside: false,
        };
        if found.candidates.is_empty() && bare != whole {
            found.candidates = toponyms(bare, &self.gazetteer.named(bare));
        }
        if bare != whole && self.gazetteer.toponyms(&whole).is_empty() {
            found.name = bare.to_owned();
        }
        found.said_to_be = found.said_to_be.or_else(|| self.said_beside(tokens));
        found.part |= tokens.start > 0 && is_direction(self.word(tokens.start as usize - 1));
        self.close(tokens);
        self.found.push(found);
    }

    /// What the noun beside a name says that it is: "Idlib province", "the city of Homs".
    fn said_beside(&self, tokens: Tokens) -> Option<Sort> {
        let word = |t: usize| self.text.tokens.get(t).map(|_| self.word(t));
        let behind = word(tokens.end as usize).and_then(sort_of);
        let first = tokens.start as usize;
        let before = || {
            let of = first.checked_sub(1).and_then(word)? == "of";
            if of { first.checked_sub(2).and_then(word).and_then(sort_of) } else { None }
        };
        behind.or_else(before)
    }

    /// "US" in "US$3,000".
    fn is_currency(&self, tokens: Tokens) -> bool {
        let behind = self.text.tokens.get(tokens.end as usize).zip(self.text.tokens.get(tokens.end as usize - 1));
        behind
            .is_some_and(|(next, last)| next.span.start == last.span.end && self.text.words(next.span).starts_with('$'))
    }

    fn close(&mut self, tokens: Tokens) {
        self.taken[tokens.range()].fill(true);
    }

    fn free(&self, tokens: Tokens) -> bool {
        !tokens.is_empty() && !self.taken[tokens.range()].contains(&true)
    }

    fn word(&self, token: usize) -> &str {
        self.text.word(TokenId::from(token))
    }

    fn capitalised(&self, token: usize) -> bool {
        self.word(token).chars().next().is_some_and(|c| c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase()))
    }

    fn same_sentence(&self, a: usize, b: usize) -> bool {
        self.text.tokens[a].sentence == self.text.tokens[b].sentence
    }

    fn namings(&self, tokens: Tokens) -> Vec<Naming> {
        self.gazetteer.named(self.text.words(self.text.span(tokens)))
    }

    fn toponyms(&self, tokens: Tokens) -> Vec<Naming> {
        toponyms(self.text.words(self.text.span(tokens)), &self.namings(tokens))
    }

    /// How likely the model holds words for proper nouns, from 0 to 1.
    fn proper(&self, tokens: Tokens) -> f32 {
        let chance = |t: TokenId| self.language.reading.chance(t.at(), Head::Pos, Pos::Propn as usize);
        tokens.iter().map(chance).sum::<f32>() / tokens.len().max(1) as f32
    }

    /// How likely the model holds words for a place's name, from 0 to 1.
    fn chance(&self, tokens: Tokens) -> f32 {
        let reading = &self.language.reading;
        let each = tokens.range().map(|w| PLACE.iter().map(|&l| reading.chance(w, Head::Name, l)).sum::<f32>());
        each.sum::<f32>() / tokens.len().max(1) as f32
    }
}

/// The labels of the name head that mean a place (`training/CONTRACT.md`: outside, then begin and inside of person,
/// organisation, place and other).
const PLACE: [usize; 2] = [5, 6];

/// Names proper. A short form that is written as one, with its stop or as two capitals, is only that: "Va.", "PA".
fn toponyms(name: &str, namings: &[Naming]) -> Vec<Naming> {
    let of = |hows: &[How]| namings.iter().filter(|n| hows.contains(&n.how)).copied().collect::<Vec<_>>();
    let short = of(&[How::Short, How::State]);
    let states_only = of(&[How::Short]).is_empty();
    if !short.is_empty() && (name.ends_with('.') || (states_only && name.len() == 2)) {
        return short;
    }
    let proper = of(&[How::Main, How::Other, How::Short]);
    if proper.is_empty() { short } else { proper }
}

/// Nouns of bodies that act for a place.
fn is_public_body(word: &str) -> bool {
    matches!(
        word,
        "police"
            | "council"
            | "government"
            | "commission"
            | "court"
            | "sheriff"
            | "legislature"
            | "senate"
            | "parliament"
            | "assembly"
            | "department"
            | "ministry"
            | "schools"
            | "board"
            | "county"
            | "city"
            | "authority"
            | "fire"
    )
}

/// Ties names to the wider place that the text puts beside them: "Paris, Texas", "Homs in Syria", "Kenya's Lamu".
fn join(text: &Text, gazetteer: &Gazetteer, found: &mut [Found]) {
    for at in 1..found.len() {
        let (before, here) = (found[at - 1].tokens, found[at].tokens);
        if here.start < before.end || here.start - before.end > 4 {
            continue;
        }
        let gap: Vec<&str> = (before.end..here.start).map(|t| text.word(TokenId(t))).collect();
        let gap: Vec<&str> = gap.into_iter().filter(|w| !is_direction(w) && *w != "the").collect();
        let behind = matches!(gap[..], [","] | ["in"] | [",", "in"] | ["("] | ["of"]);
        let possessive = matches!(gap[..], ["'s" | "’s" | "'" | "’"]);
        if behind && is_wide(gazetteer, &found[at]) && !is_country(gazetteer, &found[at - 1]) {
            found[at - 1].within.push(at);
        } else if possessive && is_wide(gazetteer, &found[at - 1]) {
            found[at].within.push(at - 1);
        }
    }
}

/// Whether a name may mean something that other places lie in.
fn is_wide(gazetteer: &Gazetteer, found: &Found) -> bool {
    let wide = |n: &Naming| matches!(gazetteer.place(n.row).class, Class::Country | Class::Division | Class::District);
    found.form == Form::Name && found.candidates.iter().any(wide)
}

fn is_country(gazetteer: &Gazetteer, found: &Found) -> bool {
    found.form == Form::Demonym
        || found.candidates.first().is_some_and(|n| gazetteer.place(n.row).class == Class::Country)
}
