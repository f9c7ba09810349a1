//! Who says so: statements with their source, cue and content, nested as the text nests.
//!
//! In order: [`spans`] decodes the model's words into pieces, [`links`] puts pieces together into statements, [`edges`]
//! settles where their parts begin and end, [`layout`] and [`headlines`] add what only the layout gives someone, [`quotes`]
//! carries speakers on to quotations that have no cue, [`clauses`] finds what the grammar shows, [`nesting`] statements
//! inside what others say, [`speakers`] says whose word it is, [`acts`] what is done by saying it, [`circumstances`] where,
//! when and to whom.

mod acts;
#[cfg(test)]
mod by_hand;
mod circumstances;
mod clauses;
mod edges;
mod headlines;
mod layout;
mod links;
mod nesting;
mod quotes;
mod speakers;
mod spans;

use super::{Statement, StatementForm, Time};
use crate::evidence::{Dropped, Evidence};
use crate::intake::Article;
use crate::language::Language;
use crate::span::{Span, StatementId, TokenId, Tokens};
use crate::text::Text;

/// What every step here reads.
#[derive(Clone, Copy)]
struct Levels<'a> {
    text: &'a Text,
    language: &'a Language,
}

/// A statement while it is put together, in tokens.
#[derive(Clone, Debug)]
struct Draft {
    source: Option<Tokens>,
    cue: Option<Tokens>,
    /// In order, never empty.
    content: Vec<Tokens>,
    /// Who goes on speaking here.
    carried: Option<Speaker>,
    by: &'static str,
    /// Mean probability of the words and links that made it.
    chance: f32,
    dropped: Vec<Dropped>,
}

/// A speaker who goes on speaking: the words that name the source where it was last named.
#[derive(Clone, Copy, Debug)]
struct Speaker {
    source: Tokens,
}

/// Finds the statements.
pub fn statements(article: &Article, text: &Text, language: &Language, times: &[Time]) -> Vec<Statement> {
    let _ = article;
    let levels = Levels { text, language };
    if text.tokens.is_empty() || language.words.len() != text.tokens.len() {
        return Vec::new();
    }
    let mut spans = spans::spans(levels);
    let mut drafts = links::drafts(levels, &mut spans);
    drafts.retain(|d| !clauses::threat_of_a_thing(levels, d) && !says_nothing(levels, d));
    layout::add_laid_out(levels, &mut drafts);
    headlines::add_speakers(levels, &spans.source, &mut drafts);
    quotes::carry_on(levels, &mut drafts);
    nesting::add_according(levels, &mut drafts);
    clauses::add_clauses(levels, &mut drafts);
    nesting::add_inner(levels, &mut drafts);
    drafts.retain_mut(|d| edges::on_one_side(levels, d));
    drafts.sort_by_key(|d| (d.start(), std::cmp::Reverse(d.words())));
    let mut rows = Vec::with_capacity(drafts.len());
    let mut speakers = speakers::Speakers::default();
    for draft in &drafts {
        let source = speakers.source(levels, draft);
        let content = draft.content.iter().filter_map(|c| edged(levels, *c)).collect::<Vec<_>>();
        if content.is_empty() {
            continue;
        }
        rows.push(Statement {
            form: form(levels, &draft.content),
            source,
            cue: draft.cue.map(|c| text.span(c)),
            content,
            act: acts::act(levels, draft),
            channel: circumstances::channel(levels, draft),
            addressee: circumstances::addressee(levels, draft),
            time: circumstances::time(levels, draft, times),
            within: None,
            because: Evidence { dropped: draft.dropped.clone(), ..Evidence::new(draft.by, calibrated(draft.chance)) },
        });
    }
    nesting::nest(&mut rows);
    rows
}

/// The statements whose content holds a span, outermost first.
pub fn said_by(statements: &[Statement], span: Span) -> Vec<StatementId> {
    let mut over: Vec<StatementId> = (0..statements.len())
        .map(StatementId::from)
        .filter(|s| statements[s.at()].content.iter().any(|c| c.contains(span)))
        .collect();
    over.sort_by_key(|s| std::cmp::Reverse(statements[s.at()].content.iter().map(|c| c.len()).sum::<usize>()));
    over
}

/// How often statements with this mean probability are right: content and source both, as one annotator of PolNeAR's
/// development half has them. Straight lines between the rates of ten bins of equal size, in rising order.
fn calibrated(chance: f32) -> f32 {
    const RIGHT: [(f32, f32); 10] = [
        (0.0, 0.0),
        (0.55, 0.16),
        (0.715, 0.35),
        (0.815, 0.49),
        (0.88, 0.66),
        (0.925, 0.80),
        (0.973, 0.89),
        (0.985, 0.92),
        (0.99, 0.945),
        (1.0, 0.98),
    ];
    let above = RIGHT.iter().position(|(at, _)| *at >= chance).unwrap_or(RIGHT.len() - 1).max(1);
    let ((x0, y0), (x1, y1)) = (RIGHT[above - 1], RIGHT[above]);
    y0 + (y1 - y0) * ((chance - x0) / (x1 - x0)).clamp(0.0, 1.0)
}

/// Whether all that is said is a pronoun that points at what was said before, or at who says it: "a claim that the army
/// denied", "identified himself".
fn says_nothing(levels: Levels<'_>, draft: &Draft) -> bool {
    let [content] = draft.content.as_slice() else { return false };
    content.len() == 1
        && matches!(
            levels.text.word(TokenId(content.start)),
            "that" | "which" | "whom" | "who" | "himself" | "herself" | "themselves" | "itself"
        )
}

/// Direct where 95 % or more of the letters and digits stand between quotation marks, indirect where none do.
fn form(levels: Levels<'_>, content: &[Tokens]) -> StatementForm {
    let (mut all, mut quoted) = (0usize, 0usize);
    for token in content.iter().flat_map(|c| c.iter()) {
        let n = levels.text.word(token).chars().filter(|c| c.is_alphanumeric()).count();
        all += n;
        quoted += if levels.text.tokens[token.at()].quoted { n } else { 0 };
    }
    match quoted {
        0 => StatementForm::Indirect,
        _ if 100 * quoted >= 95 * all => StatementForm::Direct,
        _ => StatementForm::Mixed,
    }
}

/// The span of a piece of content without the marks at its ends; a mark whose partner stands inside the piece stays.
fn edged(levels: Levels<'_>, piece: Tokens) -> Option<Span> {
    let text = levels.text;
    let (mut start, mut end) = (piece.start, piece.end);
    let partner_inside = |span: Span, start: u32, end: u32| {
        let of = |q: &&crate::text::Quote| q.span.start == span.start || q.span.end == span.end;
        text.quotes.iter().find(of).is_some_and(|q| {
            let inside = text.tokens_in(q.span);
            q.closed && start <= inside.start && inside.end <= end && (start < inside.start || inside.end < end)
        })
    };
    while start < end {
        let (first, last) = (TokenId(start), TokenId(end - 1));
        if is_edge(text.word(first)) && !partner_inside(text.tokens[first.at()].span, start, end) {
            start += 1;
        } else if is_edge(text.word(last)) && !partner_inside(text.tokens[last.at()].span, start, end) {
            end -= 1;
        } else {
            return Some(text.span(Tokens { start, end }));
        }
    }
    None
}

/// Marks that belong to the sentence around a content and not to it.
fn is_edge(word: &str) -> bool {
    word == "--" || word.chars().all(|c| "\"“”„‟«»＂'‘’‚‛`´,.;:—–-".contains(c))
}

impl Levels<'_> {
    fn word(&self, token: TokenId) -> &crate::language::Word {
        &self.language.words[token.at()]
    }

    /// The sentence of a token, as tokens.
    fn sentence(&self, token: TokenId) -> Tokens {
        self.text.sentences[self.text.tokens[token.at()].sentence.at()].tokens
    }

    fn paragraph(&self, token: TokenId) -> u32 {
        self.text.sentences[self.text.tokens[token.at()].sentence.at()].paragraph
    }

    /// The word of a span that the others hang on: its head lies outside, and of several the first that is no mark.
    fn head(&self, tokens: Tokens) -> Option<TokenId> {
        let outside = |t: &TokenId| {
            let head = self.word(*t).head;
            (head == *t || !tokens.contains(head)) && self.word(*t).pos != crate::language::Pos::Punct
        };
        tokens.iter().find(outside).or_else(|| tokens.iter().next())
    }
}

impl Draft {
    fn start(&self) -> u32 {
        self.content.first().map_or(0, |c| c.start)
    }

    fn words(&self) -> usize {
        self.content.iter().map(|c| c.len()).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::by_hand::{article, language, said, statements};
    use super::*;
    use proptest::prelude::*;

    /// Source, cue and contents of each statement, in words.
    fn words(text: &Text, rows: &[Statement]) -> Vec<String> {
        let of = |s: Option<Span>| s.map_or("-".to_owned(), |s| text.words(s).to_owned());
        let content = |s: &Statement| s.content.iter().map(|c| text.words(*c)).collect::<Vec<_>>().join(" // ");
        rows.iter().map(|s| format!("{} | {} | {}", of(s.source.and_then(|s| s.span)), of(s.cue), content(s))).collect()
    }

    #[test]
    fn a_split_quotation_is_one_statement() {
        let (text, rows) = statements(
            "“The road is shut,” she said, “and nobody comes.”",
            &[said("she", "said", "The road is shut // and nobody comes")],
        );
        assert_eq!(words(&text, &rows), ["she | said | The road is shut // and nobody comes"]);
        assert_eq!(rows[0].form, StatementForm::Direct);
    }

    #[test]
    fn words_left_out_of_a_quotation_belong_to_it() {
        let (text, rows) = statements(
            "“We left the town at dawn and walked until the river,” Omar said.",
            &[said("Omar", "said", "We left the town at dawn // until the river")],
        );
        assert_eq!(words(&text, &rows), ["Omar | said | We left the town at dawn and walked until the river"]);
    }

    #[test]
    fn marks_inside_a_content_stay() {
        let (text, rows) = statements(
            "He said they were “tired” and “afraid”.",
            &[said("He", "said", "they were “tired” and “afraid”")],
        );
        assert_eq!(words(&text, &rows), ["He | said | they were “tired” and “afraid”"]);
        assert_eq!(rows[0].form, StatementForm::Mixed);
    }

    #[test]
    fn a_quotation_of_its_own_after_an_indirect_statement_is_another() {
        let (text, rows) = statements(
            "Vidal fears the worst is to come. “The river rises and no one in the capital will listen to us.”",
            &[said(
                "Vidal",
                "fears",
                "the worst is to come // The river rises and no one in the capital will listen to us",
            )],
        );
        assert_eq!(
            words(&text, &rows),
            [
                "Vidal | fears | the worst is to come",
                "- | - | The river rises and no one in the capital will listen to us"
            ]
        );
    }

    #[test]
    fn said_by_gives_the_outermost_first() {
        let (text, mut rows) =
            statements("They say that he said it rains.", &[said("They", "say", "that he said it rains")]);
        let inner = text.source.find("it rains").unwrap();
        let span = Span::new(inner, inner + 8);
        rows.push(Statement { content: vec![span], ..rows[0].clone() });
        assert_eq!(said_by(&rows, span), [StatementId(0), StatementId(1)]);
    }

    #[test]
    fn nothing_read_says_nothing() {
        let article = article("“Armed men” left. Rain fell.");
        let text = Text::of(&article);
        assert!(super::statements(&article, &text, &language(&text, &[]), &[]).is_empty());
        assert!(super::statements(&article, &text, &Language::default(), &[]).is_empty());
    }

    proptest! {
        #[test]
        fn any_reading_gives_spans_in_the_text(
            words in proptest::collection::vec("[a-z]{1,4}|“|”|\"|,|\\.|\n", 0..60),
            logits in proptest::collection::vec(-4.0f32..4.0, 60 * 9),
            targets in proptest::collection::vec((0u32..70, 0.0f32..1.0), 60 * 3),
        ) {
            let article = article(&words.join(" "));
            let text = Text::of(&article);
            let mut language = language(&text, &[]);
            let n = text.tokens.len();
            for (to, from) in language.reading.tags.iter_mut().zip(&logits) {
                *to = *from;
            }
            for (k, all) in language.reading.pointers.iter_mut().enumerate() {
                for (t, row) in all.iter_mut().enumerate().take(60) {
                    row.push(targets[k * 60 + t]);
                }
            }
            for (t, word) in language.words.iter_mut().enumerate() {
                word.head = TokenId(targets.get(t).map_or(0, |t| t.0) % n.max(1) as u32);
            }
            for s in super::statements(&article, &text, &language, &[]) {
                let all = s.content.iter().copied().chain(s.cue).chain(s.source.and_then(|s| s.span));
                for span in all {
                    prop_assert!(text.source.get(span.range()).is_some_and(|w| !w.is_empty()));
                }
                prop_assert!(!s.content.is_empty());
            }
        }
    }
}
