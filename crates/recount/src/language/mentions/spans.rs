//! Where a name begins and ends, where the model's labels alone cut it wrongly: initials, Arabic articles, given names read
//! apart, two people's names run together, the second half of a ministry's field.

use super::super::{Kind, Pos, Word, entities::lexicon};
use super::clues;
use super::names::Name;
use crate::gazetteer::{Class, Gazetteer, How, Naming};
use crate::span::{TokenId, Tokens};
use crate::text::Text;

/// First words of bodies that are named by the fields they work in: "Department of Trade and Industry".
const BY_FIELD: [&str; 8] =
    ["department", "ministry", "office", "bureau", "committee", "council", "school", "institute"];

/// Last words of names that are bodies' and hardly anything else's.
const BODIES: [&str; 34] = [
    "agency",
    "alliance",
    "army",
    "association",
    "battalion",
    "brigade",
    "brigades",
    "bureau",
    "coalition",
    "commission",
    "committee",
    "congress",
    "corporation",
    "council",
    "department",
    "federation",
    "forces",
    "foundation",
    "front",
    "institute",
    "league",
    "militia",
    "ministry",
    "movement",
    "observatory",
    "organisation",
    "organization",
    "parliament",
    "party",
    "police",
    "regiment",
    "senate",
    "union",
    "university",
];

/// Whether a name of several words ends as only bodies' names do: "Free Harbour Movement".
pub fn is_body(text: &Text, tokens: Tokens) -> bool {
    let last = text.tokens.get(tokens.end.saturating_sub(1) as usize).map_or("", |t| text.words(t.span));
    tokens.len() > 1 && last.starts_with(char::is_uppercase) && BODIES.contains(&last.to_lowercase().as_str())
}

/// Particles inside names of persons.
const PARTICLES: [&str; 9] = ["bin", "ibn", "bint", "van", "von", "der", "della", "dos", "abu"];

/// Articles that Arabic names carry in front, with a hyphen behind.
const ARTICLES: [&str; 13] = ["al", "el", "ul", "an", "ar", "as", "ash", "at", "ad", "az", "adh", "ath", "ben"];

/// Spans of candidates in order, none over another, cut as names are written. `person` and `organisation` say whether the
/// model reads a span so.
pub fn mended(
    text: &Text,
    spans: Vec<Tokens>,
    person: impl Fn(Tokens) -> bool,
    organisation: impl Fn(Tokens) -> bool,
) -> Vec<Tokens> {
    let page = Page { text };
    let spans = page.with_bodies(page.parted(spans, &person));
    let mut out: Vec<Tokens> = Vec::with_capacity(spans.len());
    for span in spans {
        let mut span = page.begun(span, &person, &organisation);
        while let Some(last) = out.last().copied() {
            let joins = last.end > span.start || page.joins(last, span, &person, &organisation);
            if !joins {
                break;
            }
            out.pop();
            span = Tokens { start: last.start.min(span.start), end: span.end.max(last.end) };
        }
        out.push(span);
    }
    out
}

/// Whether a word is part of an address or a file's name: "example" in "example.com", "plan" in "plan.pdf".
pub fn is_of_address(text: &Text, token: usize) -> bool {
    const ENDS: [&str; 22] = [
        "com", "net", "org", "edu", "gov", "info", "biz", "co", "tv", "html", "htm", "php", "asp", "pdf", "doc",
        "docx", "xls", "xlsx", "ppt", "txt", "jpg", "zip",
    ];
    let page = Page { text };
    let word = page.word(token);
    if word.contains('_') || word.contains("://") || word.starts_with("www.") {
        return true;
    }
    if word.find('@').is_some_and(|at| at > 0) {
        return true;
    }
    // Along the joined words: "irc", ".", "example", ".", "net".
    let mut at = token;
    for _ in 0..3 {
        if !(page.word(at + 1) == "." && page.joined(at) && page.joined(at + 1)) {
            return false;
        }
        at += 2;
        if ENDS.contains(&page.word(at)) {
            return true;
        }
    }
    false
}

/// Names of places of several words that the gazetteer does not know as they are, cut by what it knows of their parts: a town
/// and what it lies in where no comma stands between ("Arl Texas"), and a place with a common noun behind it ("US army").
pub fn places_cut(text: &Text, gazetteer: &Gazetteer, words: &[Word], names: Vec<Name>) -> Vec<Name> {
    let written = |t: Tokens| text.words(text.span(t));
    let known = |t: Tokens| !gazetteer.toponyms(written(t)).is_empty();
    let is_land = |t: Tokens| clues::is_land(&written(t).to_lowercase());
    let lands = |name: &str| {
        let wide = |n: &Naming| matches!(gazetteer.place(n.row).class, Class::Country | Class::Division);
        gazetteer
            .named(name)
            .into_iter()
            .filter(|n| n.how != How::Demonym)
            .filter(wide)
            .map(|n| n.row)
            .collect::<Vec<_>>()
    };
    let town_and_land = |town: Tokens, land: Tokens| {
        // There is a province of Bay, but "Tampa Bay" is no Tampa in it.
        if !is_land(land) && !lands(written(land)).is_empty() {
            return true;
        }
        // "San Rafael Ca": the two letters of a state count in any case behind a town in it.
        let state =
            if land.len() == 1 && written(land).len() == 2 { lands(&written(land).to_uppercase()) } else { vec![] };
        let towns = gazetteer.toponyms(written(town));
        towns.iter().any(|t| gazetteer.place(t.row).admin1.is_some_and(|a| state.contains(&a)))
    };
    let noun = |t: TokenId| words.get(t.at()).is_some_and(|w| w.pos == Pos::Noun);
    let small = |t: TokenId| text.word(t).starts_with(char::is_lowercase);
    let noun_behind = |left: Tokens, right: Tokens| {
        let plain = |t: TokenId| noun(t) || small(t) && !small(TokenId(left.start));
        !left.iter().all(noun) && right.iter().all(plain) && !is_land(right)
    };
    let mut out = Vec::with_capacity(names.len());
    for name in names {
        let Tokens { start, end } = name.tokens;
        let open =
            name.kind == Kind::Place && name.tokens.len() > 1 && gazetteer.named(written(name.tokens)).is_empty();
        let cuts = (start + 1..end).filter(|_| open);
        let parts = |at: u32| (Tokens { start, end: at }, Tokens { start: at, end });
        let mut cuts = cuts.map(parts).filter(|(left, _)| known(*left));
        match cuts.find(|(left, right)| town_and_land(*left, *right) || noun_behind(*left, *right)) {
            Some((left, right)) => {
                out.push(Name { tokens: left, ..name.clone() });
                out.extend((!noun_behind(left, right)).then_some(Name { tokens: right, ..name }));
            }
            None => out.push(name),
        }
    }
    out
}

struct Page<'a> {
    text: &'a Text,
}

impl Page<'_> {
    /// With the names of bodies that their last words tell, where the model took none or a part: runs of words with
    /// capitals inside a sentence that has other words too.
    fn with_bodies(&self, spans: Vec<Tokens>) -> Vec<Tokens> {
        let mut bodies = Vec::new();
        for sentence in &self.text.sentences {
            let range = sentence.tokens;
            let capital = |t: u32| self.word(t as usize).starts_with(char::is_uppercase);
            let letters = |t: &u32| self.word(*t as usize).starts_with(char::is_alphabetic);
            let small = (range.start..range.end).filter(letters).filter(|t| !capital(*t)).count();
            if small * 2 < range.len() {
                continue;
            }
            let ends = |end: &u32| is_body(self.text, Tokens { start: end - 2, end: *end });
            for end in (range.start + 2..=range.end).filter(ends) {
                let mut start = end;
                // The sentence's own first word has its capital from that.
                while start > range.start + 1 && capital(start - 1) && !self.is_land(start as usize - 1) {
                    start -= 1;
                }
                let run = Tokens { start, end };
                if run.len() > 1 && is_body(self.text, run) && !(end < range.end && capital(end)) {
                    bodies.push(run);
                }
            }
        }
        let over = |a: &Tokens, b: &Tokens| a.start < b.end && b.start < a.end;
        // A name that the model read whole, and longer than the run, stands.
        bodies.retain(|b| !spans.iter().any(|s| over(s, b) && (s.start < b.start || s.end > b.end)));
        let mut out: Vec<Tokens> = spans.into_iter().filter(|s| !bodies.iter().any(|b| over(s, b))).collect();
        out.extend(bodies);
        out.sort();
        out
    }

    /// Titles and nationalities before a body's name are no part of it.
    fn is_land(&self, token: usize) -> bool {
        let word = self.word(token);
        lexicon::country(word).is_some() || lexicon::title(&word.to_lowercase()).is_some()
    }

    /// Names of two people that were taken for one: where the report has one of them alone, or a word comes twice.
    fn parted(&self, spans: Vec<Tokens>, person: &impl Fn(Tokens) -> bool) -> Vec<Tokens> {
        let whole: Vec<Tokens> = spans.iter().copied().filter(|s| s.len() > 1 && person(*s)).collect();
        let mut out = Vec::with_capacity(spans.len());
        for span in spans {
            let cut = if person(span) { self.cut(span, &whole) } else { None };
            match cut {
                Some(at) => {
                    out.push(Tokens { start: span.start, end: at });
                    out.push(Tokens { start: at, end: span.end });
                }
                None => out.push(span),
            }
        }
        out
    }

    fn cut(&self, span: Tokens, whole: &[Tokens]) -> Option<u32> {
        let word = |t: u32| self.word(t as usize);
        if span.len() >= 2 && word(span.start).len() > 2 && word(span.start) == word(span.start + 1) {
            return Some(span.start + 1);
        }
        let same = |at: u32, other: &Tokens| other.iter().enumerate().all(|(n, t)| word(at + n as u32) == word(t.0));
        let shorter = || whole.iter().filter(|w| w.len() < span.len() && !(w.start >= span.start && w.end <= span.end));
        let begins = shorter().find(|w| same(span.start, w)).map(|w| span.start + w.len() as u32);
        begins
            .or_else(|| {
                let room = |w: &&Tokens| span.len() - w.len() >= 2;
                shorter()
                    .filter(room)
                    .map(|w| (span.end - w.len() as u32, w))
                    .find(|(at, w)| same(*at, w))
                    .map(|(at, _)| at)
            })
            .filter(|&at| at > span.start && at < span.end)
    }

    /// With the initials, the Arabic article or the first half of a double adjective before it.
    fn begun(
        &self,
        mut span: Tokens,
        person: &impl Fn(Tokens) -> bool,
        organisation: &impl Fn(Tokens) -> bool,
    ) -> Tokens {
        let first = span.start as usize;
        let floor = self.sentence(first).start as usize;
        if person(span) || organisation(span) {
            let mut start = first;
            while start > floor && is_initial(self.word(start - 1)) {
                start -= 1;
            }
            span.start = start as u32;
        }
        let first = span.start as usize;
        let hyphened =
            first >= floor + 2 && self.word(first - 1) == "-" && self.joined(first - 2) && self.joined(first - 1);
        if hyphened {
            let before = self.word(first - 2);
            let article = ARTICLES.contains(&before.to_lowercase().as_str());
            let adjective = organisation(span) && span.len() > 1 && before.starts_with(char::is_uppercase);
            if article || adjective {
                span.start -= 2;
            }
        }
        span
    }

    /// Whether two spans side by side are one name.
    fn joins(
        &self,
        left: Tokens,
        right: Tokens,
        person: &impl Fn(Tokens) -> bool,
        organisation: &impl Fn(Tokens) -> bool,
    ) -> bool {
        if self.sentence(left.start as usize) != self.sentence(right.start as usize) {
            return false;
        }
        let word = |t: u32| self.word(t as usize);
        let lower = |t: u32| word(t).to_lowercase();
        if left.end == right.start && person(left) && person(right) {
            let particle = PARTICLES.contains(&lower(left.end - 1).as_str());
            let given = left.len() == 1
                && right.len() == 1
                && lexicon::given_gender(&lower(left.start)).is_some()
                && lower(left.start) != lower(right.start);
            return particle || given;
        }
        let field = left.end + 1 == right.start && matches!(word(left.end), "and" | "&") && organisation(right);
        field
            && left.iter().any(|t| self.word(t.at()) == "of")
            && left.iter().take(3).any(|t| BY_FIELD.contains(&lower(t.0).as_str()))
            && !right.iter().any(|t| BY_FIELD.contains(&lower(t.0).as_str()))
    }

    fn word(&self, token: usize) -> &str {
        self.text.tokens.get(token).map_or("", |t| self.text.words(t.span))
    }

    fn joined(&self, token: usize) -> bool {
        let next = self.text.tokens.get(token + 1);
        self.text.tokens.get(token).zip(next).is_some_and(|(a, b)| a.span.end == b.span.start)
    }

    fn sentence(&self, token: usize) -> Tokens {
        let found = self.text.tokens.get(token).and_then(|t| self.text.sentences.get(t.sentence.at()));
        found.map_or(Tokens { start: token as u32, end: token as u32 + 1 }, |s| s.tokens)
    }
}

/// "J.", "W.H.": letters that stand for given names; not "U.S." and the like, which are names themselves.
fn is_initial(word: &str) -> bool {
    const OTHERS: [&str; 14] =
        ["U.S.", "U.K.", "U.N.", "E.U.", "D.C.", "P.S.", "A.M.", "P.M.", "N.Y.", "L.A.", "U.S", "U.K", "N.", "S."];
    let letters = || word.chars().filter(|c| *c != '.');
    // Each letter has its dot.
    let each = || word.chars().collect::<Vec<_>>().chunks(2).all(|pair| pair.get(1).is_none_or(|c| *c == '.'));
    word.contains('.')
        && !OTHERS.contains(&word)
        && (1..=3).contains(&letters().count())
        && letters().all(char::is_uppercase)
        && each()
}

#[cfg(test)]
mod tests {
    use super::super::super::Verb;
    use super::*;
    use crate::intake::{Article, Source};

    /// The names, given by their words, as they stand after mending; `|` parts spans.
    fn check(source: &str, spans: &[&str], want: &[&str]) {
        let article = Article::from_plain(source.as_bytes(), &Source::default()).expect("plain text");
        let text = Text::of(&article);
        let at = |words: &str| {
            let words: Vec<&str> = words.split(' ').collect();
            let n = words.len();
            let found =
                (0..=text.tokens.len() - n).find(|&a| (0..n).all(|k| text.words(text.tokens[a + k].span) == words[k]));
            let a = found.unwrap_or_else(|| panic!("{words:?} stands in the text"));
            Tokens::new(a, a + n)
        };
        let mut given: Vec<Tokens> = spans.iter().map(|s| at(s)).collect();
        given.sort();
        let body = |t: Tokens| t.iter().any(|t| ["Department", "Committee", "Development"].contains(&text.word(t)));
        let found = mended(&text, given, |t| !body(t), body);
        let found: Vec<&str> = found.into_iter().map(|t| text.words(text.span(t))).collect();
        assert_eq!(found, want);
    }

    #[test]
    fn initials_articles_and_particles_belong_to_a_name() {
        check("He met J. R. Tolme and W.H. Kerr there.", &["Tolme", "Kerr"], &["J. R. Tolme", "W.H. Kerr"]);
        check(
            "The note names al-Sabri and Omar bin Hadi.",
            &["Sabri", "Omar", "bin", "Hadi"],
            &["al-Sabri", "Omar bin Hadi"],
        );
    }

    #[test]
    fn a_department_has_all_its_fields_and_a_double_adjective_both_halves() {
        check(
            "The Department of Roads and Urban Development met the Dutch-Malay Trade Committee.",
            &["Department of Roads", "Urban Development", "Malay Trade Committee"],
            &["Department of Roads and Urban Development", "Dutch-Malay Trade Committee"],
        );
    }

    #[test]
    fn two_people_run_together_are_parted_by_what_the_report_says_elsewhere() {
        check("Ana Ruiz Tom Belk wrote. Ana Ruiz left.", &["Ana Ruiz Tom Belk"], &["Ana Ruiz Tom Belk"]);
        check(
            "Tom Belk left. Tom Belk Ana Ruiz",
            &["Tom Belk", "Tom Belk Ana Ruiz"],
            &["Tom Belk", "Tom Belk", "Ana Ruiz"],
        );
    }

    #[test]
    fn words_of_addresses_and_files_are_none() {
        let article = Article::from_plain(b"See irc.vellamar.net, plan_b and Vellamar. Come soon", &Source::default());
        let text = Text::of(&article.expect("plain text"));
        let of: Vec<&str> = (0..text.tokens.len())
            .filter(|&t| is_of_address(&text, t))
            .map(|t| text.words(text.tokens[t].span))
            .collect();
        assert_eq!(of, ["irc", "vellamar", "plan_b"]);
    }

    #[test]
    fn a_place_is_cut_from_its_land_and_from_the_noun_behind_it() {
        let source = "Boats left Tampa Bay and Macon Georgia for the US army near San Rafael Ca again.";
        let article = Article::from_plain(source.as_bytes(), &Source::default()).expect("plain text");
        let text = Text::of(&article);
        let words: Vec<Word> = text
            .tokens
            .iter()
            .map(|t| Word {
                lemma: text.words(t.span).to_lowercase(),
                pos: if text.words(t.span) == "army" { Pos::Noun } else { Pos::Propn },
                head: TokenId(0),
                rel: "obl",
                plural: None,
                verb: Verb::None,
                predicate: false,
            })
            .collect();
        let name = |start: u32, end: u32| Name {
            tokens: Tokens { start, end },
            kind: Kind::Place,
            score: 1.0,
            own: [0.0; 4],
            votes: [0.0; 4],
            times: 1,
        };
        let gazetteer = Gazetteer::open().expect("the carried index opens");
        let names = places_cut(&text, &gazetteer, &words, vec![name(2, 4), name(5, 7), name(9, 11), name(12, 15)]);
        let found: Vec<&str> = names.iter().map(|n| text.words(text.span(n.tokens))).collect();
        assert_eq!(found, ["Tampa Bay", "Macon", "Georgia", "US", "San Rafael", "Ca"]);
    }
}
