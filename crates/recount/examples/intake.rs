use std::io::{BufRead, Write};
fn main() {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let v: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
        let html = v["html"].as_str().unwrap();
        let cfg = dom_smoothie::Config { text_mode: dom_smoothie::TextMode::Formatted, ..Default::default() };
        let mut r = dom_smoothie::Readability::new(html, None, Some(cfg)).unwrap();
        let a = r.parse();
        let rec = match a {
            Ok(a) => serde_json::json!({"id": v["id"], "title": a.title, "credit": a.byline, "text": &*a.text_content, "published": {"best": a.published_time.map(|p| p.chars().take(10).collect::<String>())}}),
            Err(e) => { eprintln!("{} {e}", v["id"]); continue }
        };
        writeln!(out, "{rec}").unwrap();
    }
}
