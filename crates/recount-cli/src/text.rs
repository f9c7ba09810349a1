//! A record for eyes on a terminal: who says what, what happened, how many, who is who, each with its words.

use crate::printer::{BOLD, COUNT, DIM, EVENT, NAME, SPEAKER};
use crate::when::in_words;
use recount::record::{Entity, Range, Record, Statement};
use std::io::{self, Write};

/// Writes one record as text, with colours that the writer may strip.
pub fn write(out: &mut impl Write, record: &Record) -> io::Result<()> {
    let view = View::of(record);
    view.heading(out)?;
    view.statements(out)?;
    view.events(out)?;
    view.counts(out)?;
    view.people(out)?;
    view.places_and_times(out)?;
    writeln!(out)
}

struct View<'a> {
    record: &'a Record,
    text: Vec<char>,
    title: Vec<char>,
}

impl<'a> View<'a> {
    fn of(record: &'a Record) -> Self {
        let title = record.title.as_deref().unwrap_or_default().chars().collect();
        View { record, text: record.text.chars().collect(), title }
    }

    /// The words of a span, on one line.
    fn words(&self, span: Range, within_title: &Option<String>) -> String {
        let source = if within_title.is_some() { &self.title } else { &self.text };
        let words: String = source.get(span[0]..span[1]).unwrap_or_default().iter().collect();
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn entity(&self, id: &str) -> Option<&'a Entity> {
        self.record.entities.iter().find(|e| e.id == id)
    }

    fn statement(&self, id: &str) -> Option<&'a Statement> {
        self.record.statements.iter().find(|s| s.id == id)
    }

    /// The name that a row of entities or places goes by.
    fn name(&self, id: &str) -> String {
        let entity = self.entity(id).map(|e| e.name.clone());
        entity.or_else(|| self.record.places.iter().find(|p| p.id == id).map(|p| p.name.clone())).unwrap_or_default()
    }

    fn speaker(&self, s: &Statement) -> String {
        let Some(source) = &s.source else { return "an unnamed source".to_owned() };
        let named = source.entity.as_deref().map(|e| self.name(e)).filter(|n| !n.is_empty());
        let words = || source.span.map(|w| self.words(w, &s.within_title));
        named.or_else(words).unwrap_or_else(|| "an unnamed source".to_owned())
    }

    /// Who says so, innermost first: the closest voice is the one to weigh.
    fn chain(&self, said_by: &[String]) -> String {
        if said_by.is_empty() {
            return "the report itself".to_owned();
        }
        let voices =
            said_by.iter().rev().filter_map(|id| self.statement(id).map(|s| format!("{} ({id})", self.speaker(s))));
        voices.collect::<Vec<_>>().join(", as told by ")
    }

    fn heading(&self, out: &mut impl Write) -> io::Result<()> {
        let r = self.record;
        let opening = r.text.trim_start().lines().next().unwrap_or_default().chars().take(90).collect::<String>();
        writeln!(out, "{BOLD}{}{BOLD:#}", r.title.as_deref().unwrap_or(&opening))?;
        let published = match (&r.published.best, r.published.stated.is_empty()) {
            (Some(day), _) => format!("published {}", in_words(&day.to_string())),
            (None, true) => "no date of publication".to_owned(),
            (None, false) => "date of publication open".to_owned(),
        };
        let parts = [Some(r.id.clone()), r.outlet.clone(), r.credit.clone(), Some(published)];
        writeln!(out, "{DIM}{}{DIM:#}", parts.into_iter().flatten().collect::<Vec<_>>().join(" · "))?;
        for note in &r.notes {
            writeln!(out, "{DIM}note: {note}{DIM:#}")?;
        }
        Ok(())
    }

    fn section(&self, out: &mut impl Write, name: &str, rows: usize) -> io::Result<()> {
        if rows > 0 { writeln!(out, "\n{BOLD}{name}{BOLD:#}") } else { Ok(()) }
    }

    fn statements(&self, out: &mut impl Write) -> io::Result<()> {
        self.section(out, "Who says what", self.record.statements.len())?;
        for s in &self.record.statements {
            let class = s.source.as_ref().map_or("unnamed", |x| &x.class);
            let cue = s.cue.map(|c| format!(" · “{}”", self.words(c, &s.within_title))).unwrap_or_default();
            let channel = s.channel.as_ref().map(|c| format!(" · on {c}")).unwrap_or_default();
            let within = s.within.as_ref().map(|w| format!(" · within {w}")).unwrap_or_default();
            writeln!(
                out,
                "  {DIM}{:<4}{DIM:#}{SPEAKER}{}{SPEAKER:#} {DIM}{class} · {} · {}{cue}{channel}{within}{DIM:#}",
                s.id,
                self.speaker(s),
                s.act,
                s.form,
            )?;
            for piece in &s.content {
                writeln!(out, "      {}", self.words(*piece, &s.within_title))?;
            }
        }
        Ok(())
    }

    fn events(&self, out: &mut impl Write) -> io::Result<()> {
        self.section(out, "What happened, was ordered, threatened or denied", self.record.events.len())?;
        for v in &self.record.events {
            let mode = v.mode.as_ref().map(|m| format!(" {m}")).unwrap_or_default();
            let historical = if v.historical { " · background" } else { "" };
            writeln!(
                out,
                "  {DIM}{:<4}{DIM:#}{EVENT}{}{mode}{EVENT:#} · {BOLD}{}{BOLD:#}{historical} · “{}”",
                v.id,
                v.class,
                v.status,
                self.words(v.trigger, &v.within_title),
            )?;
            let list = |rows: &[recount::record::Participant]| {
                rows.iter().map(|p| self.words(p.span, &v.within_title)).collect::<Vec<_>>().join(", ")
            };
            let mut parts = Vec::new();
            for (label, rows) in [("by", &v.actors), ("against", &v.targets), ("with", &v.instruments)] {
                if !rows.is_empty() {
                    parts.push(format!("{label} {}", list(rows)));
                }
            }
            parts.extend(v.place.as_deref().map(|p| format!("in {}", self.name(p))));
            let when = |t: &str| self.record.times.iter().find(|x| x.id == t).map(|x| in_words(&x.timex));
            parts.extend(v.time.as_deref().and_then(when));
            if !parts.is_empty() {
                writeln!(out, "      {}", parts.join(" · "))?;
            }
            writeln!(out, "      {DIM}according to{DIM:#} {}", self.chain(&v.said_by))?;
            for telling in v.mentions.iter().skip(1) {
                let words = self.words(telling.trigger, &telling.within_title);
                writeln!(
                    out,
                    "      {DIM}also “{words}”: {} · {}{DIM:#}",
                    telling.status,
                    self.chain(&telling.said_by)
                )?;
            }
        }
        Ok(())
    }

    fn counts(&self, out: &mut impl Write) -> io::Result<()> {
        self.section(out, "How many", self.record.counts.len())?;
        for c in &self.record.counts {
            let of = c.of.as_ref().map(|of| format!(" · {}", self.words(of.span, &c.within_title))).unwrap_or_default();
            writeln!(
                out,
                "  {DIM}{:<4}{DIM:#}{COUNT}{} {}{COUNT:#} · “{}”{of} · {DIM}according to{DIM:#} {}",
                c.id,
                figure(c.low, c.best, c.high),
                c.kind,
                self.words(c.span, &c.within_title),
                self.chain(&c.said_by),
            )?;
        }
        Ok(())
    }

    fn people(&self, out: &mut impl Write) -> io::Result<()> {
        let known = |e: &&Entity| {
            e.mentions.iter().any(|m| m.form == "name")
                && matches!(e.kind.as_str(), "person" | "organisation" | "group")
        };
        let rows: Vec<&Entity> = self.record.entities.iter().filter(known).collect();
        self.section(out, "Who is who", rows.len())?;
        for e in rows {
            let private = e.private.then(|| "private person".to_owned());
            let parts = [Some(e.kind.clone()), e.role.clone(), e.country.clone(), e.sector.clone(), private];
            let parts = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
            let tellings = e.mentions.len();
            writeln!(out, "  {DIM}{:<4}{DIM:#}{NAME}{}{NAME:#} {DIM}{parts} · {tellings}×{DIM:#}", e.id, e.name)?;
            for r in self.record.relations.iter().filter(|r| r.subject == e.id) {
                let detail = r.detail.as_ref().map(|d| format!(" ({d})")).unwrap_or_default();
                writeln!(out, "      {}{detail}: {} {DIM}{}{DIM:#}", r.kind, self.name(&r.object), r.id)?;
            }
        }
        Ok(())
    }

    fn places_and_times(&self, out: &mut impl Write) -> io::Result<()> {
        self.section(out, "Where and when", self.record.places.len() + self.record.times.len())?;
        for p in &self.record.places {
            let at = match (p.lat, p.lon) {
                (Some(lat), Some(lon)) => format!("{lat:.2}, {lon:.2}"),
                _ => "left open".to_owned(),
            };
            let parts = [p.admin1.clone(), p.country.clone(), Some(at), p.geonameid.map(|g| format!("GeoNames {g}"))];
            let parts = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
            writeln!(out, "  {DIM}{:<4}{DIM:#}{NAME}{}{NAME:#} {DIM}{parts}{DIM:#}", p.id, p.name)?;
        }
        for t in &self.record.times {
            writeln!(
                out,
                "  {DIM}{:<4}{DIM:#}“{}” {DIM}{}{DIM:#}",
                t.id,
                self.words(t.span, &t.within_title),
                in_words(&t.timex)
            )?;
        }
        Ok(())
    }
}

/// A count's bounds in words: "26", "at least 70", "24 to 99".
pub fn figure(low: Option<u64>, best: Option<u64>, high: Option<u64>) -> String {
    match (low, best, high) {
        (Some(l), _, Some(h)) if l == h => l.to_string(),
        (Some(l), _, Some(h)) => format!("{l} to {h}"),
        (Some(l), _, None) => format!("at least {l}"),
        (None, _, Some(h)) => format!("at most {h}"),
        (None, Some(b), None) => format!("about {b}"),
        (None, None, None) => "an unknown number".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::figure;

    #[test]
    fn bounds_are_said_in_words() {
        assert_eq!(figure(Some(26), Some(26), Some(26)), "26");
        assert_eq!(figure(Some(70), Some(70), None), "at least 70");
        assert_eq!(figure(Some(24), None, Some(99)), "24 to 99");
        assert_eq!(figure(None, None, Some(20)), "at most 20");
    }
}
