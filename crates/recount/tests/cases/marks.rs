//! A document as text with everything that was read marked under its words: what a failing case prints.

use recount::Document;
use recount::span::Span;

const WIDTH: usize = 110;

/// The text in lines, and under each line one line for every row that has words in it.
pub fn marked(document: &Document) -> String {
    let rows = rows(document);
    let mut out = String::new();
    for line in lines(&document.text.source) {
        let source = line.of(&document.text.source);
        out += &format!("    {source}\n");
        for (span, label) in rows.iter().filter(|(s, _)| s.overlaps(line)) {
            let from = span.start.max(line.start) - line.start;
            let to = span.end.min(line.end) - line.start;
            let columns = |bytes: u32| source[..bytes as usize].chars().count();
            let (from, to) = (columns(from), columns(to));
            out += &format!("    {}{} {label}\n", " ".repeat(from), "^".repeat((to - from).max(1)));
        }
    }
    out
}

/// The lines of the text, cut at spaces where they are long.
fn lines(source: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        let end = start + line.trim_end().len();
        let mut from = start;
        while from < end {
            let far = source[from..end].char_indices().nth(WIDTH).map_or(end, |(i, _)| from + i);
            let cut = if far == end { end } else { source[from..far].rfind(' ').map_or(far, |i| from + i + 1) };
            out.push(Span::new(from, cut));
            from = cut;
        }
        start += line.len();
    }
    out
}

fn rows(document: &Document) -> Vec<(Span, String)> {
    let mut rows = Vec::new();
    let meaning = &document.meaning;
    let name = |e: Option<recount::span::EntityId>| {
        e.map_or("-", |e| document.language.entities[e.at()].name.as_str()).to_owned()
    };
    for (i, s) in meaning.statements.iter().enumerate() {
        let id = i + 1;
        if let Some(source) = s.source {
            let label = format!("s{id} source {} = {}", source.class.name(), name(source.entity));
            match source.span {
                Some(span) => rows.push((span, label)),
                None => rows.extend(s.content.first().map(|c| (Span { end: c.start + 1, ..*c }, label))),
            }
        }
        rows.extend(s.cue.map(|c| (c, format!("s{id} cue {}", s.act.name()))));
        let within = s.within.map_or(String::new(), |w| format!(" within s{}", w.at() + 1));
        rows.extend(s.content.iter().map(|c| (*c, format!("s{id} content {}{within}", s.form.name()))));
        rows.extend(s.channel.map(|c| (c, format!("s{id} channel"))));
        rows.extend(s.addressee.map(|c| (c, format!("s{id} addressee"))));
    }
    for (i, e) in meaning.events.iter().enumerate() {
        for m in &e.mentions {
            let said: String = m.said_by.iter().map(|s| format!(" s{}", s.at() + 1)).collect();
            let mode = e.mode.map_or(String::new(), |m| format!("-{m}"));
            rows.push((m.trigger, format!("v{} {}{mode} {} said by{said}", i + 1, e.class.name(), m.status.name())));
        }
        for (what, who) in [("actor", &e.actors), ("target", &e.targets), ("instrument", &e.instruments)] {
            rows.extend(who.iter().map(|p| (p.span, format!("v{} {what} = {}", i + 1, name(p.entity)))));
        }
    }
    for (i, c) in meaning.counts.iter().enumerate() {
        let bound = |n: Option<u64>| n.map_or("-".to_owned(), |n| n.to_string());
        let bounds = format!("{} {} {}", bound(c.low), bound(c.best), bound(c.high));
        rows.push((c.span, format!("c{} {} {bounds}", i + 1, c.kind.name())));
    }
    for (i, r) in meaning.relations.iter().enumerate() {
        rows.push((r.span, format!("r{} {}", i + 1, r.kind.name())));
    }
    for (i, p) in meaning.places.iter().enumerate() {
        rows.extend(p.mentions.iter().map(|m| (m.span, format!("p{} {}", i + 1, p.name))));
    }
    for (i, t) in meaning.times.iter().enumerate() {
        rows.push((t.span, format!("t{} {}", i + 1, t.timex)));
    }
    for m in &document.language.mentions {
        rows.push((m.span, format!("m {} e{} {}", m.form.name(), m.entity.at() + 1, m.kind.name())));
    }
    rows.sort_by_key(|(s, _)| (s.start, std::cmp::Reverse(s.end)));
    rows
}
