//! Words, by the rules that the model was trained with: `training/CONTRACT.md`, section 3.
//!
//! A hand scanner rather than one regular expression: the rules look behind, and nothing here may take more
//! than linear time on any input.

use crate::span::Span;
use std::sync::LazyLock;
use unicode_normalization::char::is_combining_mark;

/// A word before it belongs to a sentence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Piece {
    pub span: Span,
    /// The final dot belongs to an abbreviation or initial.
    pub dotted: Option<Dotted>,
}

/// Why a word carries its dot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dotted {
    /// `U.S.`, `a.m.`
    Letters,
    /// `Gen.`, `Jan.`
    Known,
    /// `J.`
    Initial,
}

/// Written with a dot, as here or in capitals.
const ABBREVIATIONS: &str = "Mr Mrs Ms Dr Prof Rev Hon Gen Lt Col Maj Capt Cmdr Cdr Sgt Cpl Pvt Adm Brig Gov Sen Rep \
    Reps Sens Pres Amb Atty Supt Insp Messrs St Ste Mt Ft Jr Sr Esq Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec \
    Co Corp Inc Ltd Bros vs etc al approx dept Dept Univ Ave Blvd Rd No Nos Ala Ariz Ark Calif Colo Conn Del Fla Ga \
    Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Tenn Tex Vt Va Wash Wis Wyo";

static KNOWN: LazyLock<std::collections::BTreeSet<String>> =
    LazyLock::new(|| ABBREVIATIONS.split(' ').flat_map(|a| [a.to_string(), a.to_uppercase()]).collect());

static DECIMAL_DIGIT: LazyLock<regex::Regex> = LazyLock::new(|| regex::Regex::new(r"^\p{Nd}$").expect("a class"));

/// Letters that stand behind a number as a word of their own: "5pm", "20km".
const UNITS: [&str; 10] = ["am", "pm", "km", "kg", "cm", "mm", "m", "bn", "mn", "k"];

const CLITICS: [&str; 6] = ["s", "re", "ve", "ll", "d", "m"];

/// `L` of the contract.
fn letter(c: char) -> bool {
    c.is_ascii_alphabetic() || (!c.is_ascii() && (c.is_alphabetic() || is_combining_mark(c)))
}

/// `N` of the contract: decimal digits of any script, no fractions or roman numerals.
pub(super) fn digit(c: char) -> bool {
    c.is_ascii_digit() || (!c.is_ascii() && c.is_numeric() && DECIMAL_DIGIT.is_match(c.encode_utf8(&mut [0; 4])))
}

fn word_char(c: char) -> bool {
    letter(c) || digit(c) || c == '_'
}

fn apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

/// The words of one paragraph, in order. Every character that is no white space is in exactly one.
pub(super) fn pieces(source: &str, paragraph: Span, out: &mut Vec<Piece>) {
    let text = paragraph.of(source);
    let base = paragraph.start as usize;
    let mut from = 0;
    while from < text.len() {
        let Some(rest) = text.get(from..) else { return };
        let Some(start) = rest.find(|c: char| !c.is_whitespace()).map(|n| from + n) else { return };
        let end = text[start..].find(char::is_whitespace).map_or(text.len(), |n| start + n);
        let mut chunk = Chunk { text, start, end, mail: None };
        let mut at = start;
        while at < end {
            let (len, dotted, split) = chunk.word(at);
            // A word and what was cut off behind it ("did" + "n't"): two pieces from one rule.
            out.push(Piece { span: Span::new(base + at, base + at + len), dotted });
            if split > 0 {
                out.push(Piece { span: Span::new(base + at + len, base + at + len + split), dotted: None });
            }
            at += len + split;
        }
        from = end;
    }
}

/// What stands between two white spaces of a paragraph.
struct Chunk<'a> {
    /// The whole paragraph, since some rules look past the chunk.
    text: &'a str,
    start: usize,
    end: usize,
    /// Where the run of e-mail characters that was seen last ends, and where the address in it ends, if it is one.
    mail: Option<(usize, Option<usize>)>,
}

impl Chunk<'_> {
    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..self.end)?.chars().next()
    }

    /// End of the run of characters that pass `test`, from `at`.
    fn run(&self, at: usize, test: impl Fn(char) -> bool) -> usize {
        self.text[at..self.end].find(|c| !test(c)).map_or(self.end, |n| at + n)
    }

    /// Length of the word at `at`, its dot's kind, and the length of a second word cut off behind it.
    fn word(&mut self, at: usize) -> (usize, Option<Dotted>, usize) {
        let Some(first) = self.char_at(at) else { return (self.end - at, None, 0) };
        let last = self.text[self.start..at].chars().next_back();
        let behind = last.is_some_and(|c| letter(c) || digit(c));
        if let Some(end) = self.url(at, first) {
            return (end - at, None, 0);
        }
        if let Some(end) = self.mail(at) {
            return (end - at, None, 0);
        }
        if !behind && matches!(first, '@' | '#') && self.char_at(at + 1).is_some_and(|c| letter(c) || c == '_') {
            return (self.run(at + 1, word_char) - at, None, 0);
        }
        if at > self.start
            && apostrophe(first)
            && let Some(end) = self.clitic(at)
        {
            return (end - at, None, 0);
        }
        if digit(first) {
            return (self.number(at) - at, None, 0);
        }
        if !behind && let Some(end) = self.dotted_letters(at) {
            let dot = self.text[..end].ends_with('.');
            return (end - at, dot.then_some(Dotted::Letters), 0);
        }
        if letter(first) {
            let end = self.run(at, letter);
            if self.char_at(end) == Some('.') && self.known_abbreviation(at, end) {
                return (end + 1 - at, Some(Dotted::Known), 0);
            }
            if self.text[at..end] == *"Ph" && self.text[at..self.end].starts_with("Ph.D.") {
                return (5, Some(Dotted::Known), 0);
            }
        }
        if !behind && first.is_uppercase() && first != 'I' && letter(first) {
            let dot = at + first.len_utf8();
            if self.char_at(dot) == Some('.') && self.next_word_starts(dot + 1, char::is_uppercase) {
                return (dot + 1 - at, Some(Dotted::Initial), 0);
            }
        }
        if first.is_ascii_uppercase() {
            let capital = |c: char| c.is_ascii_uppercase();
            let and = self.run(at, capital);
            if self.char_at(and) == Some('&') && self.char_at(and + 1).is_some_and(capital) {
                return (self.run(and + 1, capital) - at, None, 0);
            }
        }
        if word_char(first) {
            let (len, cut) = self.plain_word(at);
            return (len, None, cut);
        }
        let len = first.len_utf8();
        if matches!(first, '.' | '-' | '!' | '?' | '*' | '=' | '~') {
            return (self.run(at, |c| c == first) - at, None, 0);
        }
        if matches!(first, '\'' | '`') && self.char_at(at + 1) == Some(first) {
            return (2, None, 0);
        }
        (len, None, 0)
    }

    fn url(&self, at: usize, first: char) -> Option<usize> {
        if !matches!(first, 'h' | 'H' | 'w' | 'W') {
            return None;
        }
        let prefix = ["https://", "http://", "www."].into_iter().find(|p| {
            self.text.as_bytes()[at..self.end].get(..p.len()).is_some_and(|b| b.eq_ignore_ascii_case(p.as_bytes()))
        })?;
        let stop = self.run(at + prefix.len(), |c| !matches!(c, '<' | '>' | '"' | '“' | '”'));
        if stop == at + prefix.len() {
            return None;
        }
        let trailing = |c: char| matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '\'' | '’' | '"' | '”');
        Some(at + self.text[at..stop].trim_end_matches(trailing).len())
    }

    /// `[\w.+\-]+@[\w\-]+(\.[\w\-]+)+`. The run is looked at once, however many words begin in it.
    fn mail(&mut self, at: usize) -> Option<usize> {
        let local = |c: char| word_char(c) || matches!(c, '.' | '+' | '-');
        if !self.char_at(at).is_some_and(local) {
            return None;
        }
        if self.mail.is_none_or(|(end, _)| end <= at) {
            let end = self.run(at, local);
            self.mail = Some((end, self.domain(end)));
        }
        self.mail.and_then(|(_, address)| address)
    }

    /// The end of the domain behind an `@` at `at`.
    fn domain(&self, at: usize) -> Option<usize> {
        if self.char_at(at) != Some('@') {
            return None;
        }
        let part = |c: char| word_char(c) || c == '-';
        let mut end = self.run(at + 1, part);
        if end == at + 1 {
            return None;
        }
        let mut dots = 0;
        while self.char_at(end) == Some('.') && self.char_at(end + 1).is_some_and(part) {
            end = self.run(end + 1, part);
            dots += 1;
        }
        (dots > 0).then_some(end)
    }

    /// The end of `'s`, `'re`, … at an apostrophe.
    fn clitic(&self, at: usize) -> Option<usize> {
        let from = at + self.char_at(at)?.len_utf8();
        let end = self.run(from, |c| letter(c) || digit(c));
        let tail = &self.text[from..end];
        CLITICS.iter().any(|c| tail.eq_ignore_ascii_case(c)).then_some(end)
    }

    fn number(&self, at: usize) -> usize {
        let mut end = self.run(at, digit);
        while self.char_at(end).is_some_and(|c| matches!(c, '.' | ',' | ':' | '/'))
            && self.char_at(end + 1).is_some_and(digit)
        {
            end = self.run(end + 1, digit);
        }
        let letters = self.run(end, letter);
        let unit = &self.text[end..letters];
        if unit.is_empty() || UNITS.iter().any(|u| unit.eq_ignore_ascii_case(u)) {
            return end;
        }
        self.run(letters, |c| letter(c) || digit(c))
    }

    /// `(L\.){2,}` with one letter more if nothing follows it, or `L\.L` alone.
    fn dotted_letters(&self, at: usize) -> Option<usize> {
        let pair = |from: usize| -> Option<usize> {
            let c = self.char_at(from).filter(|c| letter(*c))?;
            let dot = from + c.len_utf8();
            (self.char_at(dot) == Some('.')).then_some(dot + 1)
        };
        let mut end = pair(at)?;
        let mut pairs = 1;
        while let Some(next) = pair(end) {
            end = next;
            pairs += 1;
        }
        let single = self.char_at(end).filter(|c| letter(*c)).map(|c| end + c.len_utf8());
        let alone = single.filter(|e| !self.char_at(*e).is_some_and(|c| letter(c) || digit(c) || c == '.'));
        match (pairs, alone) {
            (_, Some(end)) => Some(end),
            (1, None) => None,
            _ => Some(end),
        }
    }

    fn known_abbreviation(&self, at: usize, end: usize) -> bool {
        let letters = &self.text[at..end];
        // The longest has six letters ("Messrs", "approx").
        letters.len() <= 6
            && KNOWN.contains(letters)
            && (!matches!(letters, "No" | "NO" | "Nos" | "NOS") || self.next_word_starts(end + 1, digit))
    }

    /// Whether white space and then a character that passes stand at `at`, in the same paragraph.
    fn next_word_starts(&self, at: usize, test: impl Fn(char) -> bool) -> bool {
        let rest = self.text.get(at..).unwrap_or("");
        let word = rest.trim_start();
        word.len() < rest.len() && word.chars().next().is_some_and(test)
    }

    /// Length of the word of letters, digits and inner apostrophes, and of the "n't" or second word cut off it.
    fn plain_word(&self, at: usize) -> (usize, usize) {
        let mut end = self.run(at, word_char);
        let mut tail = None;
        while let Some(mark) = self.char_at(end).filter(|c| apostrophe(*c)) {
            let from = end + mark.len_utf8();
            if !self.char_at(from).is_some_and(letter) {
                break;
            }
            tail = Some((end, from));
            end = self.run(from, word_char);
        }
        let word = &self.text[at..end];
        if let Some((mark, from)) = tail {
            let behind = &self.text[from..end];
            let mut before = self.text[at..mark].chars().rev();
            let n = before.next().is_some_and(|c| matches!(c, 'n' | 'N'));
            if n && before.next().is_some_and(letter) && behind.eq_ignore_ascii_case("t") {
                return (mark - 1 - at, end - (mark - 1));
            }
            if CLITICS.iter().any(|c| behind.eq_ignore_ascii_case(c)) {
                return (mark - at, 0);
            }
        }
        if word.eq_ignore_ascii_case("cannot") { (3, 3) } else { (end - at, 0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        let mut out = Vec::new();
        pieces(text, Span::new(0, text.len()), &mut out);
        out.iter().map(|p| p.span.of(text)).collect::<Vec<_>>().join(" ")
    }

    #[track_caller]
    fn check(text: &str, want: &str) {
        assert_eq!(words(text), want);
    }

    #[test]
    fn clitics_and_negations_stand_apart() {
        check("They didn’t see Omar's car; we can't.", "They did n’t see Omar 's car ; we ca n't .");
        check("I cannot go, they'll stay", "I can not go , they 'll stay");
        check("the soldiers' tents", "the soldiers ' tents");
    }

    #[test]
    fn names_with_apostrophes_stay_whole() {
        check("O'Neill left N'Djamena for Sana'a", "O'Neill left N'Djamena for Sana'a");
    }

    #[test]
    fn abbreviations_and_initials_keep_their_dots() {
        check("Gen. J. K. Ito of the U.S. said on Jan. 5.", "Gen. J. K. Ito of the U.S. said on Jan. 5 .");
        check("No. 7 came first? No. Never.", "No. 7 came first ? No . Never .");
        check("a Ph.D. student", "a Ph.D. student");
        check("So do I. They left.", "So do I . They left .");
    }

    #[test]
    fn numbers_keep_their_marks_and_give_up_units() {
        check("1,200.50 at 5pm in the 1990s, 10th of 3/4", "1,200.50 at 5 pm in the 1990s , 10th of 3/4");
        check("$5m (20km)", "$ 5 m ( 20 km )");
    }

    #[test]
    fn hyphens_split_and_runs_do_not() {
        check("al-Bab -- well...", "al - Bab -- well ...");
        check("``yes''", "`` yes ''");
    }

    #[test]
    fn addresses_are_one_word() {
        check("see https://x.org/a?b=1. Or a.b@c.org!", "see https://x.org/a?b=1 . Or a.b@c.org !");
        check("@ali_b wrote #now (www.x.com)", "@ali_b wrote #now ( www.x.com )");
    }
}
