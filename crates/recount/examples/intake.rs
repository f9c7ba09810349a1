//! Reads reports as JSON lines from standard input and writes what intake found in each: for measuring it alone.

use recount::intake::{Article, Source, lines};
use serde_json::{Value, json};
use std::io::Write;

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in lines(std::io::stdin().lock()) {
        match line.and_then(|line| line.article(&Source::default())) {
            Ok(article) => writeln!(out, "{}", found(&article))?,
            Err(error) => eprintln!("{error}"),
        }
    }
    out.flush()
}

fn found(article: &Article) -> Value {
    let stated = |d: &recount::intake::StatedDate| {
        json!({"value": d.value.map(|v| v.to_string()), "from": d.from, "words": d.words, "modified": d.modified,
               "span": d.span.map(|s| [s.start, s.end])})
    };
    json!({
        "id": article.id, "uri": article.uri, "title": article.title, "outlet": article.outlet, "credit": article.credit,
        "language": article.language, "text": article.text, "notes": article.notes,
        "published": {"best": article.published.best.map(|d| d.to_string()),
                      "stated": article.published.stated.iter().map(stated).collect::<Vec<_>>()},
    })
}
