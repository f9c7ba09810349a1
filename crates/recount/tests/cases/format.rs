//! A file of cases, as README.md says it is written.

use recount::intake::Article;

pub struct Case {
    pub heading: String,
    pub article: Article,
    pub lines: Vec<Line>,
}

/// One line that asks for a row, or for its absence.
pub struct Line {
    /// As written.
    pub words: String,
    pub sense: Sense,
    pub kind: String,
    pub fields: Vec<String>,
}

#[derive(PartialEq)]
pub enum Sense {
    Must,
    MustNot,
    NoOther,
}

/// The cases of one file, in order.
pub fn cases(source: &str) -> Result<Vec<Case>, String> {
    let mut out = Vec::new();
    let mut heading = String::new();
    let mut lines = source.lines();
    while let Some(line) = lines.next() {
        if let Some(words) = line.strip_prefix("## ") {
            heading = words.trim().to_owned();
        } else if line.trim() == "```report" {
            let mut report: Vec<&str> = lines.by_ref().take_while(|l| l.trim() != "```").collect();
            let article = article(&mut report).map_err(|e| format!("{heading}: {e}"))?;
            out.push(Case { heading: heading.clone(), article, lines: Vec::new() });
        } else if let Some(words) = line.strip_prefix("- ") {
            let case = out.last_mut().ok_or(format!("{heading}: a row is asked for before a passage"))?;
            case.lines.push(asked(words).ok_or(format!("{heading}: cannot read: {words}"))?);
        }
    }
    Ok(out)
}

fn asked(words: &str) -> Option<Line> {
    let (what, fields) = words.split_once(": ")?;
    let (sense, kind) = match what.strip_prefix("not ") {
        Some(kind) => (Sense::MustNot, kind),
        None if what == "no other" => (Sense::NoOther, fields),
        None => (Sense::Must, what),
    };
    Some(Line {
        words: words.to_owned(),
        sense,
        kind: kind.trim().to_owned(),
        fields: fields.split(" | ").map(|f| f.trim().to_owned()).collect(),
    })
}

/// The passage with its header lines, if the first paragraph is nothing but these.
fn article(report: &mut Vec<&str>) -> Result<Article, String> {
    const HEADERS: [&str; 3] = ["title", "published", "outlet"];
    let mut article = Article::bare("case", "");
    let header = report.iter().take_while(|l| !l.trim().is_empty()).count();
    let pair = |l: &str| l.split_once(": ").map(|(k, v)| (k.to_owned(), v.trim().to_owned()));
    let pairs: Vec<_> = report[..header].iter().filter_map(|l| pair(l)).collect();
    if header > 0 && pairs.len() == header && pairs.iter().all(|(k, _)| HEADERS.contains(&k.as_str())) {
        for (key, value) in pairs {
            match key.as_str() {
                "title" => article.title = Some(value),
                "outlet" => article.outlet = Some(value),
                _ => article.published.best = Some(value.parse().map_err(|e| format!("{value}: {e}"))?),
            }
        }
        report.drain(..header);
    }
    article.text = report.join("\n").trim().to_owned();
    Ok(article)
}

#[test]
fn a_case_has_its_article_and_its_rows() {
    let source = "# All\n\n## One\n\nWhy.\n\n```report\ntitle: T: x\npublished: 2021-05-03\n\nA man said so.\n```\n\n\
                  - statement: A man | said | so\n- not count: * | killed | *\n- no other: statement\n";
    let cases = cases(source).unwrap();
    assert_eq!(cases.len(), 1);
    assert_eq!(cases[0].heading, "One");
    assert_eq!(cases[0].article.title.as_deref(), Some("T: x"));
    assert_eq!(cases[0].article.text, "A man said so.");
    assert_eq!(cases[0].lines.len(), 3);
    assert_eq!(cases[0].lines[0].fields, ["A man", "said", "so"]);
    assert!(cases[0].lines[1].sense == Sense::MustNot && cases[0].lines[1].kind == "count");
    assert!(cases[0].lines[2].sense == Sense::NoOther && cases[0].lines[2].kind == "statement");
}
