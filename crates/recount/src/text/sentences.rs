//! Sentences: runs of words of one paragraph. Begins with the rule that the model's raw text was cut by
//! (`training/CONTRACT.md`, section 4) and goes on where news writes otherwise.

use super::tokens::{Dotted, Piece};
use super::{Paragraph, Quote};
use crate::span::{Span, Tokens};

/// Words that begin a sentence more often than they follow an abbreviation inside one.
const STARTERS: &str = "The A An In On At He She It They We But And Mr Mrs Ms This That These Those There His Her Their \
    Its You Our My However Meanwhile After Before When While If For From With As By To Since Some Many Several Most All \
    Last Earlier Later Both Another Police Officials What Who Why How Where Then So Or Yet Now Not No One Two Three";

/// Verbs that put a quotation into someone's mouth.
const REPORTING: &str = "said says say asked asks added told tells wrote writes cried shouted explained warned insisted \
    replied answered declared stated noted called recalled continued demanded exclaimed tweeted remarked argued";

/// Days of the week and months.
const CALENDAR: &str = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July \
    August September October November December Jan. Feb. Mar. Apr. Jun. Jul. Aug. Sept. Sep. Oct. Nov. Dec.";

/// What else stands behind a clock time's "p.m." in the same sentence.
const ZONES: &str =
    "Eastern Central Mountain Pacific Greenwich Local GMT UTC EST EDT CST CDT MST MDT PST PDT ET CET BST IST";

/// Titles and the like that end no sentence where nothing is capitalised.
const SMALL_ABBREVIATIONS: &str = "mr mrs ms dr prof rev hon gen lt col maj capt cmdr sgt gov sen rep sr jr st supt insp \
    vs approx dept no nos rs smt adv";

/// A sentence before it has a row number.
pub(super) struct Run {
    pub tokens: Tokens,
    pub paragraph: u32,
}

/// The sentences of one paragraph, whose words are `pieces[from..]`.
pub(super) fn sentences(
    source: &str,
    paragraph: (usize, &Paragraph),
    quotes: &[Quote],
    pieces: &[Piece],
    from: usize,
    out: &mut Vec<Run>,
) {
    let mut quote_ends: Vec<u32> = quotes.iter().filter(|q| q.closed).map(|q| q.span.end).collect();
    quote_ends.sort_unstable();
    let small = without_capitals(source, &pieces[from..]);
    let here = Words { source, pieces, quote_ends, from, paragraph: paragraph.1.span, small };
    let mut start = from;
    if let Some(end) = here.dateline() {
        out.push(Run { tokens: Tokens::new(from, end), paragraph: paragraph.0 as u32 });
        start = end;
    }
    let mut at = start;
    while at < pieces.len() {
        let end = here.end_of_sentence(start, at);
        match end {
            Some(end) => {
                out.push(Run { tokens: Tokens::new(start, end), paragraph: paragraph.0 as u32 });
                (start, at) = (end, end);
            }
            None => at += 1,
        }
    }
    if start < pieces.len() {
        out.push(Run { tokens: Tokens::new(start, pieces.len()), paragraph: paragraph.0 as u32 });
    }
}

struct Words<'a> {
    source: &'a str,
    pieces: &'a [Piece],
    /// Where the quotations of this paragraph close, in order.
    quote_ends: Vec<u32>,
    from: usize,
    paragraph: Span,
    /// Whether the paragraph is written without capitals, as some archives keep their text.
    small: bool,
}

/// Whether at most one word in fifty begins with a capital.
fn without_capitals(source: &str, pieces: &[Piece]) -> bool {
    let first = |p: &Piece| p.span.of(source).chars().next();
    let words = pieces.iter().filter_map(first).filter(|c| c.is_lowercase() || c.is_uppercase());
    let (mut small, mut capital) = (0usize, 0usize);
    words.for_each(|c| if c.is_uppercase() { capital += 1 } else { small += 1 });
    small >= 4 && capital * 50 <= small
}

impl<'a> Words<'a> {
    fn word(&self, at: usize) -> &'a str {
        self.pieces.get(at).map_or("", |p| p.span.of(self.source))
    }

    /// Whether white space stands before the word.
    fn apart(&self, at: usize) -> bool {
        match (at.checked_sub(1).and_then(|n| self.pieces.get(n)), self.pieces.get(at)) {
            (Some(before), Some(word)) => before.span.end < word.span.start,
            _ => false,
        }
    }

    /// The token behind the line over a wire report, with its dash and what stands in square brackets behind it: "KABUL, 3 May
    /// (AFP) - ", "LORNE -- [Text] ". It is no part of the sentence that it stands before.
    fn dateline(&self) -> Option<usize> {
        let first = self.word(self.from);
        let dash = (self.from + 1..self.pieces.len().min(self.from + 14))
            .find(|&d| is_dash(self.word(d)) && self.apart(d) && self.apart(d + 1))?;
        let fits = |w: &str| {
            !w.starts_with(char::is_lowercase) && !matches!(w, "\"" | "“" | "‘" | ":" | ";" | "?" | "!")
                || matches!(w, "de" | "of" | "al" | "and" | "la" | "el")
        };
        if !first.starts_with(char::is_uppercase) || !(self.from..dash).all(|w| fits(self.word(w))) {
            return None;
        }
        let mut end = dash + 1;
        while self.word(end) == "[" {
            end = 1 + (end..self.pieces.len().min(end + 8)).find(|&w| self.word(w) == "]")?;
        }
        let next = self.word(end);
        let opens = next.starts_with(|c: char| !c.is_lowercase()) && self.pieces.len() > end + 3;
        let shouted = first.chars().filter(|c| c.is_uppercase()).count() > 2
            && !first.contains(char::is_lowercase)
            && (end..self.pieces.len()).any(|w| self.word(w).contains(char::is_lowercase));
        let dated = (self.from..dash).any(|w| is_calendar(self.word(w)));
        (opens && (shouted || dated || self.word(dash - 1) == ")")).then_some(end)
    }

    /// Whether the word is the mark that closes a quotation.
    fn closes_quote(&self, at: usize) -> bool {
        let end = self.pieces[at].span.end;
        matches!(self.word(at), "\"" | "''" | "”" | "’" | "'" | "»" | "“" | "«" | "＂")
            && self.quote_ends.binary_search(&end).is_ok()
    }

    /// The token behind the sentence, if the word at `at` is the stop that ends one begun at `start`.
    fn end_of_sentence(&self, start: usize, at: usize) -> Option<usize> {
        let word = self.word(at);
        let stop = word.chars().all(|c| matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' | '۔'));
        if !stop && self.pieces[at].dotted.is_none() {
            return None;
        }
        let mut next = at + 1;
        let mut closed = false;
        while next < self.pieces.len() {
            let mark = self.word(next);
            let touching = !self.apart(next) && matches!(mark, "\"" | "'" | "”" | "’" | ")" | "]" | "''" | "»");
            let more = !self.apart(next) && matches!(mark, "." | "!" | "?" | "…" | "..." | "!!" | "??");
            if !(touching || (stop && more) || (self.apart(next) && stop && self.closes_quote(next))) {
                break;
            }
            closed |= touching || !more;
            next += 1;
        }
        if next >= self.pieces.len() {
            return None;
        }
        let following = self.word(next);
        let first = following.chars().next()?;
        if let (Some(dotted), false) = (self.pieces[at].dotted, stop) {
            return (self.apart(next) && self.ends_after_abbreviation(at, dotted, following)).then_some(next);
        }
        let wide = matches!(word, "。" | "！" | "？");
        if !self.apart(next) && !wide {
            // "was said.The army": white space was lost on the way.
            let lost = word == "." && next == at + 1 && at > start && {
                let before = self.word(at - 1);
                before.len() >= 3
                    && before.ends_with(char::is_lowercase)
                    && first.is_uppercase()
                    && following.chars().count() >= 2
                    && following.ends_with(char::is_lowercase)
            };
            let lost = lost
                || self.small
                    && word == "."
                    && next == at + 1
                    && at > start
                    && self.word(at - 1).chars().count() >= 3
                    && STARTERS.split_whitespace().any(|s| s.to_lowercase() == following);
            return lost.then_some(next);
        }
        let caseless = first.is_alphabetic() && !first.is_lowercase() && !first.is_uppercase();
        let opens = first.is_uppercase()
            || caseless
            || self.small && self.ends_in_small(at)
            || first.is_numeric()
            || matches!(
                first,
                '"' | '“' | '\'' | '‘' | '’' | '(' | '[' | '„' | '«' | '»' | '¿' | '¡' | '@' | '#' | '$' | '£' | '€'
            )
            || following == "``"
            || (matches!(first, '•' | '–' | '—' | '-' | '_') && self.apart(next + 1) && next + 1 < self.pieces.len());
        if !opens || self.only_a_label(start, at) || self.in_dateline(start, at, following) {
            return None;
        }
        if closed && !word.starts_with('.') && self.reports(next) {
            return None;
        }
        Some(next)
    }

    /// Whether a stop ends a sentence of a paragraph without capitals: not behind an initial or a title.
    fn ends_in_small(&self, at: usize) -> bool {
        let single = self.word(at).chars().count() == 1;
        let before = at.checked_sub(1).map_or("", |b| self.word(b));
        let touching = !self.apart(at);
        let short = touching
            && (before.chars().count() == 1 && before.chars().all(char::is_alphabetic)
                || SMALL_ABBREVIATIONS.split_whitespace().any(|a| a == before));
        single && !(self.word(at) == "." && short)
    }

    fn ends_after_abbreviation(&self, at: usize, dotted: Dotted, following: &str) -> bool {
        let word = self.word(at);
        let starter = || STARTERS.split_whitespace().any(|s| s == following || same_in_capitals(s, following));
        match dotted {
            // Names and titles go on.
            Dotted::Initial => false,
            Dotted::Letters if word.eq_ignore_ascii_case("a.m.") || word.eq_ignore_ascii_case("p.m.") => {
                let zone = following.len() <= 4 && following.chars().all(char::is_uppercase);
                following.starts_with(char::is_uppercase)
                    && !zone
                    && !CALENDAR.split_whitespace().chain(ZONES.split_whitespace()).any(|w| w == following)
                    && self.word(at + 2) != "time"
            }
            Dotted::Letters => starter(),
            Dotted::Known => {
                let ends = [
                    "Jr", "Sr", "Inc", "Co", "Corp", "Ltd", "etc", "al", "Bros", "Jan", "Feb", "Mar", "Apr", "Jun",
                    "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec",
                ];
                let bare = word.trim_end_matches('.');
                ends.iter().any(|e| *e == bare || same_in_capitals(e, bare)) && starter()
            }
        }
    }

    /// "1." or "a." at the head of a paragraph.
    fn only_a_label(&self, start: usize, at: usize) -> bool {
        start == self.from
            && at == start + 1
            && self.word(start).len() <= 2
            && self.word(start).chars().all(char::is_alphanumeric)
            && self.pieces[start].span.start == self.paragraph.start
    }

    /// "MOSCOW. Jan 8 (Interfax)"
    fn in_dateline(&self, start: usize, at: usize, following: &str) -> bool {
        is_calendar(following)
            && start == self.from
            && at - start <= 3
            && (start..at).all(|w| self.word(w).chars().all(|c| c.is_uppercase() || !c.is_alphabetic()))
    }

    /// Whether a clause that reports the quotation before it begins here: "Omar Said asked", "the mayor added".
    fn reports(&self, next: usize) -> bool {
        let verb = |w: &str| REPORTING.split_whitespace().any(|v| v == w);
        for at in next..(next + 6).min(self.pieces.len()) {
            let word = self.word(at);
            if verb(word) {
                return at > next;
            }
            let name = word.starts_with(char::is_uppercase)
                || matches!(word, "the" | "of" | "al" | "-" | "de" | "bin" | "’s" | "'s");
            if !name {
                return false;
            }
        }
        false
    }
}

/// A day of the week or a month, short or in capitals too.
fn is_calendar(word: &str) -> bool {
    let word = word.trim_end_matches('.');
    CALENDAR.split_whitespace().map(|c| c.trim_end_matches('.')).any(|c| c == word || same_in_capitals(c, word))
}

/// A dash that can stand between the line over a report and the report.
pub(crate) fn is_dash(word: &str) -> bool {
    matches!(word, "-" | "--" | "–" | "—")
}

/// Whether `word` is `of` written in capitals.
fn same_in_capitals(of: &str, word: &str) -> bool {
    word.len() > 1 && word.chars().all(|c| !c.is_lowercase()) && of.eq_ignore_ascii_case(word)
}

#[cfg(test)]
mod tests {
    use crate::text::tests::text_of;

    #[track_caller]
    fn check(text: &str, want: &[&str]) {
        let t = text_of(text);
        let got: Vec<&str> = t.sentences.iter().map(|s| t.words(s.span)).collect();
        assert_eq!(got, want);
    }

    #[test]
    fn abbreviations_and_initials_end_nothing() {
        check("Gen. J. K. Ito met Mr. Sow on Jan. 5. He left.", &["Gen. J. K. Ito met Mr. Sow on Jan. 5.", "He left."]);
        check("No. 7 burned. The rest stood.", &["No. 7 burned.", "The rest stood."]);
        check("It cost 3.5 million. Nobody paid.", &["It cost 3.5 million.", "Nobody paid."]);
    }

    #[test]
    fn a_dotted_abbreviation_may_also_end_one() {
        check("They flew to the U.S. The talks failed.", &["They flew to the U.S.", "The talks failed."]);
        check("The U.S. Army left.", &["The U.S. Army left."]);
        check("It began at 5 p.m. Guards fled.", &["It began at 5 p.m.", "Guards fled."]);
        check("It began at 5 p.m. Tuesday.", &["It began at 5 p.m. Tuesday."]);
    }

    #[test]
    fn a_reporting_clause_stays_with_its_quotation() {
        check("“Are they mad?” Omar Sow asked. Nobody knew.", &["“Are they mad?” Omar Sow asked.", "Nobody knew."]);
        check("“Run!” he cried.", &["“Run!” he cried."]);
        check("“We ran. We hid,” she said.", &["“We ran.", "We hid,” she said."]);
        check("\"It is over.\" The crowd left.", &["\"It is over.\"", "The crowd left."]);
    }

    #[test]
    fn closing_marks_that_stand_apart_go_along() {
        check("He said `` go now . '' They went .", &["He said `` go now . ''", "They went ."]);
    }

    #[test]
    fn capitals_and_lost_spaces() {
        check(
            "GEN. SOW LEFT THE U.S. THE ARMY STAYED. NO. 5 BURNED.",
            &["GEN. SOW LEFT THE U.S.", "THE ARMY STAYED.", "NO. 5 BURNED."],
        );
        check("The road was closed.The army came.", &["The road was closed.", "The army came."]);
    }

    #[test]
    fn text_without_capitals_ends_its_sentences_at_stops() {
        check(
            "police fired at a mob. two men died. the town, said mr. a. k. rao, was calm.",
            &["police fired at a mob.", "two men died.", "the town, said mr. a. k. rao, was calm."],
        );
        check("they ran... and hid. nobody saw it.", &["they ran... and hid.", "nobody saw it."]);
        check("The men ran. iPhone users saw it.", &["The men ran. iPhone users saw it."]);
    }

    #[test]
    fn a_dateline_stands_apart() {
        check("KABUL, 3 May (AFP) - Police fired on a crowd.", &["KABUL, 3 May (AFP) -", "Police fired on a crowd."]);
        check("Lorne, Monday – Police fired on a crowd.", &["Lorne, Monday –", "Police fired on a crowd."]);
        check("Lorne, Dec. 3 – Police fired on a crowd.", &["Lorne, Dec. 3 –", "Police fired on a crowd."]);
        check(
            "LIMA, 4 JUN 89 (EFE) -- [TEXT] POLICE FIRED ON A CROWD.",
            &["LIMA, 4 JUN 89 (EFE) -- [TEXT]", "POLICE FIRED ON A CROWD."],
        );
        check("Ana Ruiz – a nurse in Lorne – was shot.", &["Ana Ruiz – a nurse in Lorne – was shot."]);
        check("THE ARMY -- A PATROL -- FIRED AT US.", &["THE ARMY -- A PATROL -- FIRED AT US."]);
    }

    #[test]
    fn datelines_labels_and_lines_without_stops() {
        check(
            "MOSCOW. Jan 8 (Agency) - Troops left. More came.",
            &["MOSCOW. Jan 8 (Agency) -", "Troops left.", "More came."],
        );
        check("1. The first point", &["1. The first point"]);
        check("one line\n\nanother line", &["one line", "another line"]);
    }
}
