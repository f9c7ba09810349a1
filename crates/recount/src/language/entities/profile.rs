//! What one mention says of itself: its words, person, number, gender, country, sector and stated role.

use super::lexicon::{self, Gender, Naming};
use super::names::name_words;
use super::tree::Tree;
use crate::language::{Form, Kind, Mention, Pos};
use crate::span::{TokenId, Tokens};

/// One mention as the joins see it.
#[derive(Clone, Debug)]
pub struct Profile {
    pub form: Form,
    pub kind: Kind,
    pub head: TokenId,
    pub tokens: Tokens,
    pub sentence: u32,
    /// The double quotation it stands in.
    pub quote: Option<u32>,
    /// Lemma of the head in lower case.
    pub lemma: String,
    /// The name's words without titles and articles; empty for descriptions and pronouns.
    pub name: Vec<String>,
    /// Lemmas of what narrows a description: "armed" and "russia" in "Russia's armed forces".
    pub narrows: Vec<String>,
    /// Grammatical person.
    pub person: u8,
    pub plural: Option<bool>,
    pub gender: Option<Gender>,
    pub given: Given,
    pub country: Option<&'static str>,
    pub sector: Option<&'static str>,
    /// Words that state an office or occupation: a title before a name, a description of a person.
    pub role: Option<Tokens>,
    /// Lemmas of the nouns in `role`.
    pub roles: Vec<String>,
    pub former: bool,
}

/// How a mention takes up what was said before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// "the ministry", "this group"
    Definite,
    /// "his brother"
    Possessed,
    /// "a scholar", "some residents"
    New,
    /// No article: "protesters".
    Bare,
    Reflexive,
    /// A possessive pronoun: "his".
    Possessive,
    Pronoun,
}

impl Profile {
    pub fn of(tree: &Tree<'_>, mention: &Mention) -> Profile {
        let head = mention.head;
        let token = tree.text.tokens[head.at()];
        let word = tree.word(head);
        let mut profile = Profile {
            form: mention.form,
            kind: mention.kind,
            head,
            tokens: mention.tokens,
            sentence: token.sentence.0,
            quote: quote_of(tree, head),
            lemma: word.lemma.to_lowercase(),
            name: Vec::new(),
            narrows: Vec::new(),
            person: 3,
            plural: word.plural,
            gender: None,
            given: Given::Bare,
            country: None,
            sector: None,
            role: None,
            roles: Vec::new(),
            former: false,
        };
        match mention.form {
            Form::Pronoun => profile.read_pronoun(&tree.lower(head)),
            Form::Name => profile.read_name(tree),
            Form::Nominal => profile.read_description(tree),
            Form::Demonym => {
                profile.country = lexicon::country(tree.written(head)).map(|(code, _)| code);
                let people = matches!(lexicon::country(tree.written(head)), Some((_, Naming::People)));
                profile.plural = Some(people || word.plural == Some(true));
                profile.name = vec![tree.written(head).to_owned()];
            }
        }
        profile
    }

    fn read_pronoun(&mut self, word: &str) {
        let (person, plural, gender) = match word {
            "i" | "me" | "my" | "mine" | "myself" => (1, Some(false), None),
            "we" | "us" | "our" | "ours" | "ourselves" => (1, Some(true), None),
            "you" | "your" | "yours" | "yourself" | "yourselves" => (2, None, None),
            "he" | "him" | "his" | "himself" => (3, Some(false), Some(Gender::Male)),
            "she" | "her" | "hers" | "herself" => (3, Some(false), Some(Gender::Female)),
            "it" | "its" | "itself" => (3, Some(false), None),
            "they" | "them" | "their" | "theirs" | "themselves" | "these" | "those" => (3, Some(true), None),
            _ => (3, self.plural, None),
        };
        (self.person, self.plural, self.gender) = (person, plural, gender);
        self.given = match word {
            _ if word.ends_with("self") || word.ends_with("selves") => Given::Reflexive,
            "my" | "our" | "your" | "his" | "its" | "their" => Given::Possessive,
            _ => Given::Pronoun,
        };
    }

    fn read_name(&mut self, tree: &Tree<'_>) {
        self.given = Given::Definite;
        let mut tokens = self.tokens;
        // A title inside the name's own tokens is still a title.
        while tokens.len() > 1 && self.kind == Kind::Person {
            let first = TokenId(tokens.start);
            let Some(gender) = lexicon::title(&tree.lower(first)) else { break };
            self.gender = self.gender.or(gender);
            tokens.start += 1;
        }
        self.name = name_words(tokens.iter().map(|t| tree.written(t)));
        let written: Vec<String> = self.name.iter().map(|w| w.to_lowercase()).collect();
        self.plural = self.plural.filter(|_| self.kind != Kind::Person).or(Some(false));
        let whole = tree.text.words(tree.text.span(tokens));
        match self.kind {
            Kind::Person => {
                let before = titles(tree, self.tokens);
                if !before.is_empty() {
                    self.read_role(tree, before);
                }
                if self.tokens.start < tokens.start {
                    self.read_role(tree, Tokens { start: before.start, end: tokens.start });
                }
                self.gender = self.gender.or_else(|| lexicon::given_gender(written.first()?));
                let demonym = |t: &TokenId| tree.is(*t, &["amod", "compound", "nmod", "nmod:poss"]);
                let near = |t: TokenId| lexicon::country(tree.written(t)).filter(|(_, n)| *n != Naming::Capital);
                self.country = self.country.or_else(|| {
                    let found = tree.kids(self.head).filter(demonym).find_map(near);
                    found.map(|(code, _)| code)
                });
            }
            Kind::Organisation | Kind::Group | Kind::Facility | Kind::Other => {
                if let Some((country, sector)) = lexicon::seat(whole) {
                    (self.country, self.sector) = (Some(country), Some(sector));
                    return;
                }
                self.sector = lexicon::sector(&written).or_else(|| {
                    // "Ministry of Interior": the first word is the head.
                    let of = written.iter().position(|w| matches!(w.as_str(), "of" | "for"))?;
                    lexicon::sector(&written[..of])
                });
                self.country = tokens.iter().find_map(|t| country_word(tree, t)).or_else(|| {
                    let of = |t: &TokenId| tree.is(*t, &["amod", "compound", "nmod:poss", "nmod"]);
                    tree.kids(self.head).filter(of).find_map(|t| country_word(tree, t))
                });
                if self.kind == Kind::Group && self.country.is_none() {
                    self.country = lexicon::country(whole).map(|(code, _)| code);
                }
            }
            Kind::Place => {
                self.country = lexicon::country(whole).map(|(code, _)| code);
            }
        }
    }

    fn read_description(&mut self, tree: &Tree<'_>) {
        self.given = match tree.kid(self.head, &["det", "nmod:poss"]) {
            Some(t) if tree.is(t, &["nmod:poss"]) => Given::Possessed,
            Some(t) => match tree.lower(t).as_str() {
                "the" | "this" | "that" | "these" | "those" | "both" | "such" => Given::Definite,
                _ => Given::New,
            },
            None => Given::Bare,
        };
        for kid in tree.kids(self.head) {
            if tree.is(kid, &["amod", "compound", "nummod", "nmod", "flat"]) {
                self.narrows.push(tree.word(kid).lemma.to_lowercase());
                if self.country.is_none() && !tree.is(kid, &["nummod"]) {
                    self.country = country_word(tree, kid);
                }
            }
        }
        let start = TokenId::from(noun_start(tree, self.head));
        let words: Vec<String> = (start.0..=self.head.0).map(|t| tree.word(TokenId(t)).lemma.to_lowercase()).collect();
        self.sector = lexicon::sector(&words);
        self.gender = lexicon::noun_gender(&self.lemma);
        if matches!(self.kind, Kind::Person | Kind::Group) {
            self.read_role(tree, Tokens::new(start.at(), self.head.at() + 1));
        }
    }

    /// Takes a stated role: sector, country, gender, and whether it is over.
    fn read_role(&mut self, tree: &Tree<'_>, tokens: Tokens) {
        let lemmas: Vec<String> = tokens.iter().map(|t| tree.word(t).lemma.to_lowercase()).collect();
        self.role = Some(tokens);
        self.former = lemmas.iter().any(|l| matches!(l.as_str(), "former" | "ex" | "late" | "ousted" | "deposed"));
        for (t, lemma) in tokens.iter().zip(&lemmas) {
            if let Some(gender) = lexicon::title(lemma).flatten().or_else(|| lexicon::noun_gender(lemma)) {
                self.gender = self.gender.or(Some(gender));
            }
            if matches!(tree.word(t).pos, Pos::Noun | Pos::Propn) {
                self.roles.push(lemma.clone());
            }
            self.country = self.country.or_else(|| country_word(tree, t));
        }
        // "Secretary of State": the phrase as it stands, then what stands before the "of".
        let of = lemmas.iter().position(|l| matches!(l.as_str(), "of" | "for")).unwrap_or(lemmas.len());
        self.sector = lexicon::sector(&lemmas).or_else(|| lexicon::sector(&lemmas[..of])).or(self.sector);
    }
}

/// The country that a word names, as a name, an adjective or a people, two-word names included ("Sri Lankan").
pub fn country_word(tree: &Tree<'_>, token: TokenId) -> Option<&'static str> {
    let word = tree.text.tokens[token.at()];
    let before = token.at().checked_sub(1).map(|p| tree.text.tokens[p]).filter(|b| b.sentence == word.sentence);
    let pair = before.and_then(|b| lexicon::country(tree.text.words(b.span.join(word.span))));
    let found = pair.or_else(|| lexicon::country(tree.written(token)));
    found.filter(|(_, naming)| *naming != Naming::Capital).map(|(code, _)| code)
}

/// First word of the run of adjectives and nouns that ends in a noun: "deputy foreign minister".
fn noun_start(tree: &Tree<'_>, head: TokenId) -> usize {
    let sentence = tree.sentence(head);
    let mut start = head.at();
    while start > sentence.start as usize {
        let before = TokenId::from(start - 1);
        let joined = matches!(tree.word(before).pos, Pos::Adj | Pos::Noun | Pos::Propn)
            || tree.written(before) == "-"
            || tree.word(before).pos == Pos::Verb && tree.is(before, &["amod", "compound"]);
        if !joined {
            break;
        }
        start -= 1;
    }
    start
}

/// The words before a name that state a role: "US Secretary of State" in "US Secretary of State Antony Blinken".
pub fn titles(tree: &Tree<'_>, name: Tokens) -> Tokens {
    let end = name.start as usize;
    let none = Tokens::new(end, end);
    if name.is_empty() || !tree.has(TokenId(name.start)) {
        return none;
    }
    let sentence = tree.sentence(TokenId(name.start));
    let mut start = end;
    let mut nouns = false;
    while start > sentence.start as usize && end - start < 10 {
        let t = TokenId::from(start - 1);
        let word = tree.word(t);
        let written = tree.written(t);
        let fits = match word.pos {
            Pos::Noun | Pos::Propn => {
                nouns = true;
                true
            }
            Pos::Adj => true,
            Pos::Adp => start < end && matches!(written, "of" | "for"),
            Pos::Part => matches!(written, "'s" | "’s") && start < end,
            Pos::Det => {
                start < end && tree.written(TokenId::from(start - 1)).eq_ignore_ascii_case("the") && inside_of(tree, t)
            }
            Pos::Punct => written == "-" && start < end,
            _ => false,
        };
        // Without a tie to the name the words before it are another phrase: "the city Vladimir Putin visited".
        if !fits || !tied(tree, t, Tokens::new(start, name.end as usize)) {
            break;
        }
        start -= 1;
    }
    if nouns { Tokens::new(start, end) } else { none }
}

/// The noun of a title that names the role: "Secretary" in "US Secretary of State".
pub fn role_head(tree: &Tree<'_>, titles: Tokens) -> Option<TokenId> {
    let mut from = titles.start;
    for t in titles.iter().filter(|t| matches!(tree.written(*t), "'s" | "’s")) {
        from = t.0 + 1;
    }
    let of = |t: &TokenId| matches!(tree.written(*t), "of" | "for");
    let until = (from..titles.end).map(TokenId).find(of).map_or(titles.end, |t| t.0);
    let noun = |t: &TokenId| matches!(tree.word(*t).pos, Pos::Noun | Pos::Propn);
    (from..until).rev().map(TokenId).find(noun)
}

/// An article inside a title: "Minister of the Interior".
fn inside_of(tree: &Tree<'_>, article: TokenId) -> bool {
    article.at().checked_sub(1).is_some_and(|p| matches!(tree.written(TokenId::from(p)), "of" | "for"))
}

/// Whether a word hangs on the words after it, or they on it.
fn tied(tree: &Tree<'_>, token: TokenId, after: Tokens) -> bool {
    let down = tree.head(token).is_some_and(|h| after.contains(h) || h.0 < token.0 && h.0 + 6 > token.0);
    down || after.iter().any(|t| tree.head(t) == Some(token))
}

fn quote_of(tree: &Tree<'_>, token: TokenId) -> Option<u32> {
    let span = tree.text.tokens[token.at()].span;
    let after = tree.text.quotes.partition_point(|q| q.span.start <= span.start);
    let near = tree.text.quotes[..after].iter().enumerate().rev().take(3);
    near.filter(|(_, q)| !q.single && q.inner.contains(span)).map(|(i, _)| i as u32).next()
}
