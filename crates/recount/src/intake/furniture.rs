//! Lines that are about the report and not of it: which dates such a line states, who is credited in it.

use super::days::{Found, dates_in};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// What a line says that its date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Label {
    /// "Posted on", "Veröffentlicht am".
    Published,
    /// "Date:", "Datum:".
    Dated,
    /// No label.
    Bare,
    /// "Updated:", "Mis à jour le".
    Modified,
}

/// A date that a line states about its report. Ranges are bytes of the line.
#[derive(Clone, Debug)]
pub(super) struct DateLine {
    pub found: Found,
    pub label: Label,
}

const PUBLISHED: &str = "first published|published|publication date|publish date|pub date|posted|issued|released|filed|uploaded|submitted|created|gespeichert|eingetragen|added|\
veröffentlicht|veroeffentlicht|erschienen|erstellt|publiziert|eingestellt|verfasst|geschrieben|\
publié|publiée|publie|paru|mis en ligne|mise en ligne|posté|créé|publicado|publicada|fecha de publicación|creado|\
pubblicato|pubblicata|publicat|gepubliceerd|geplaatst|publicerad|publicerat|publiceret|publisert|skapad|offentliggjort|\
julkaistu|opublikowano|opublikowany|data publikacji|data dodania|dodano|utworzono|publikováno|vydáno|publikované|zveřejněno|\
опубликовано|опубликована|дата публикации|добавлено|опубліковано|опублікована|публикувано|objavljeno|објављено|објављено|\
yayınlanma tarihi|yayın tarihi|yayınlanma|yayınlandı|giriş tarihi|giriş|eklenme|diterbitkan|dipublikasikan|megjelent|közzétéve|\
δημοσίευση|δημοσιεύτηκε|δημοσιεύθηκε|نشر|نُشر|تاريخ النشر|發布|发布|发表|公開日|公開|投稿日|게시|등록|입력";

const MODIFIED: &str = "last updated|last modified|last edited|last revised|updated|update|modified|edited|revised|corrected|\
zuletzt aktualisiert|aktualisiert|zuletzt geändert|geändert|letzte änderung|letzte aktualisierung|stand|bearbeitet|\
mis à jour|mise à jour|modifié|modifiée|actualisé|actualizado|actualizada|actualización|modificado|última actualización|\
aggiornato|aggiornata|ultimo aggiornamento|modificato|atualizado|atualizada|actualitzat|bijgewerkt|gewijzigd|laatst gewijzigd|\
uppdaterad|senast uppdaterad|ändrad|opdateret|sidst opdateret|oppdatert|sist oppdatert|päivitetty|aktualizacja|zaktualizowano|\
modyfikacja|aktualizováno|upraveno|aktualizované|обновлено|изменено|оновлено|обновена|ažurirano|son güncelleme|güncelleme|güncellendi|\
diperbarui|frissítve|actualizat|ενημέρωση|ενημερώθηκε|آخر تحديث|تحديث|更新日|更新|수정";

const DATED: &str = "date|dated|datum|fecha|data|tarih|дата|tanggal|dato|日期|发布时间|時間|时间";

static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    super::expression(&format!(r"(?i)(?:^|[^\p{{L}}])(?:(?P<m>{MODIFIED})|(?P<p>{PUBLISHED}))(?:[^\p{{L}}]|$)"))
});

/// What may stand beside a date without saying anything else: times of day, zones, days of the week, small words.
static FILLER: LazyLock<Regex> = LazyLock::new(|| {
    super::expression(
        r"(?ix)^(?:\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?|\d{1,2}|[ap]\.?m\.?|uhr|klo|kl|h|hrs?|hours|hour|min|std
        |gmt|utc|z|[a-z]{2,3}[sd]t|bst|cet|cest|cat|eat|wat|sast|ist|wib|pht|msk|мск|et|pt|ct|mt|eastern|local|time|[+-]\d{2}:?\d{2}
        |(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?
        |(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend|mo|di|mi|do|fr|sa|so
        |lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo
        |luned[iì]|marted[iì]|mercoled[iì]|gioved[iì]|venerd[iì]|sabato|domenica|(?:segunda|terça|quarta|quinta|sexta)(?:-feira)?
        |maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag
        |mandag|tirsdag|lørdag|søndag|poniedziałek|wtorek|środa|czwartek|piątek|sobota|niedziela|pondělí|úterý|středa|čtvrtek|pátek|neděle
        |понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|понеділок|вівторок|середа|четвер|пʼятниця|субота|неділя
        |pazartesi|salı|çarşamba|perşembe|cuma|cumartesi|pazar|senin|selasa|rabu|kamis|jumat|sabtu|minggu
        |on|at|am|um|vom|den|der|le|du|de|del|el|il|em|às|alle|ore|op|om|dnia|w|o|à|a|la|las|den|the|of|in|on|v|в|от|г|года|і|tarihinde|saat|pada
        |by|von|par|por|di|da|af|av|door|od|and|und|et|y|e|en|staff|reporter|correspondent|author|autor|auteur|autore|from|article|artikel|news)$",
    )
});

static NEUTRAL: LazyLock<Regex> = LazyLock::new(|| super::expression(&format!("(?i)^(?:{DATED})$")));

static BY: LazyLock<Regex> = LazyLock::new(|| super::expression("(?i)^(?:by|von|par|por|di|da|af|av|door)$"));

/// Longer lines are prose.
const LONGEST: usize = 400;
/// A line with more words beside its dates, labels and times is prose.
const WORDIEST: usize = 10;

/// The dates that a line of furniture states about its report; none where the line is a sentence or a headline that
/// only tells of a date.
pub(super) fn dates_stated(line: &str) -> Vec<DateLine> {
    if line.len() > LONGEST || !line.bytes().any(|b| b.is_ascii_digit()) {
        return Vec::new();
    }
    let dates = dates_in(line);
    if dates.is_empty() {
        return Vec::new();
    }
    let words = words(line, &dates);
    if words.iter().filter(|w| matches!(w.class, Class::Name | Class::Lower)).count() > WORDIEST {
        return Vec::new();
    }
    dates
        .iter()
        .enumerate()
        .filter_map(|(i, found)| {
            let after = if i == 0 { 0 } else { dates[i - 1].range.end };
            let last = i + 1 == dates.len();
            let label = label_before(line, &words, found, after)
                .or_else(|| label_behind(line, &words, found, last))
                .or_else(|| states_bare(line, &words, found).then_some(Label::Bare))?;
            Some(DateLine { found: found.clone(), label })
        })
        .collect()
}

/// Whether a line holds nothing but dates, their labels, times and names of days.
pub(super) fn is_date_line(line: &str) -> bool {
    let stated = dates_stated(line);
    !stated.is_empty() && {
        let dates: Vec<Found> = stated.into_iter().map(|d| d.found).collect();
        !words(line, &dates).iter().any(|w| matches!(w.class, Class::Name | Class::Lower))
    }
}

/// A word of a line that is part of no date.
struct Word {
    range: Range<usize>,
    class: Class,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Label(Label),
    Filler,
    Name,
    Lower,
}

fn words(line: &str, dates: &[Found]) -> Vec<Word> {
    let mut labels: Vec<(Range<usize>, Label)> = Vec::new();
    let mut from = 0;
    while let Some(caps) = LABEL.captures_at(line, from) {
        let (found, label) = match (caps.name("m"), caps.name("p")) {
            (Some(m), _) => (m, Label::Modified),
            (_, Some(p)) => (p, Label::Published),
            _ => break,
        };
        labels.push((found.range(), label));
        from = found.end();
    }
    let edge = |c: char| {
        c.is_whitespace()
            || matches!(c, '|' | '•' | '·' | ',' | ';' | '(' | ')' | '[' | ']' | '–' | '—' | '/' | '"' | '“' | '”')
    };
    let mut words = Vec::new();
    let mut at = 0;
    for piece in line.split_inclusive(edge) {
        let word = piece.trim_end_matches(edge);
        let left = word.trim_start_matches([':', '.', '-', '\'']);
        let start = at + word.len() - left.len();
        let core = left.trim_end_matches([':', '.', '-', '\'']);
        at += piece.len();
        let range = start..start + core.len();
        if core.is_empty() || dates.iter().any(|d| d.range.start < range.end && range.start < d.range.end) {
            continue;
        }
        let label = labels.iter().find(|(r, _)| r.start < range.end && range.start < r.end);
        let class = match label {
            Some((_, label)) => Class::Label(*label),
            None if NEUTRAL.is_match(core) => Class::Label(Label::Dated),
            None if FILLER.is_match(core) => Class::Filler,
            None if core.starts_with(|c: char| c.is_lowercase()) => Class::Lower,
            None if core.chars().any(char::is_alphanumeric) => Class::Name,
            None => Class::Filler,
        };
        words.push(Word { range, class });
    }
    words
}

/// The label that stands before a date, behind the date before it, with only fillers or a name between:
/// "Posted by Jane Roe on".
fn label_before(line: &str, words: &[Word], found: &Found, after: usize) -> Option<Label> {
    let (mut names, mut by, mut dated) = (0, false, None);
    for word in words.iter().rev().skip_while(|w| w.range.end > found.range.start) {
        if word.range.start < after {
            break;
        }
        match word.class {
            Class::Label(Label::Dated) => dated = Some(Label::Dated),
            Class::Label(label) if names == 0 || by => return Some(label),
            Class::Label(_) => break,
            Class::Filler => by |= names > 0 && BY.is_match(&line[word.range.clone()]),
            Class::Name | Class::Lower if dated.is_none() && names < 4 => names += 1,
            _ => break,
        }
    }
    dated.filter(|_| names == 0)
}

/// The label behind a date: "wurde am 5. Mai 2021 veröffentlicht". One that leads to a later date is that date's.
fn label_behind(line: &str, words: &[Word], found: &Found, last: bool) -> Option<Label> {
    let word = words.iter().filter(|w| w.range.start >= found.range.end).find(|w| w.class != Class::Filler)?;
    let rest = line[word.range.end..].trim_start();
    match word.class {
        Class::Label(label) if label != Label::Dated && last && !rest.starts_with(':') => Some(label),
        _ => None,
    }
}

/// Whether a date without a label stands as a byline's: beside names only, at an edge of the line or of one of its parts.
fn states_bare(line: &str, words: &[Word], found: &Found) -> bool {
    let content: Vec<&Word> = words.iter().filter(|w| matches!(w.class, Class::Name | Class::Lower)).collect();
    if content.len() > 8 || content.iter().any(|w| w.class == Class::Lower) || line.trim_end().ends_with(['?', '!']) {
        return false;
    }
    let parted = |range: Range<usize>| {
        let between = &line[range];
        between.contains(['|', '•', '·', '(', ')', '[', '–', '—', ',', '/', '»', '›', '\n'])
            || between.contains(": ")
            || between.contains("- ")
    };
    let byline = words.first().is_some_and(|w| BY.is_match(&line[w.range.clone()]));
    let before = content.iter().rfind(|w| w.range.end <= found.range.start);
    let behind = content.iter().find(|w| w.range.start >= found.range.end);
    // A date between names, or joined to one, belongs to a headline.
    before.is_none_or(|w| byline || parted(w.range.end..found.range.start))
        && behind.is_none_or(|w| parted(found.range.end..w.range.start))
}

static BYLINE: LazyLock<Regex> = LazyLock::new(|| {
    super::expression(
        r"(?x)^\s*(?:[Bb]y|BY|[Vv]on|VON|[Pp]ar|PAR|[Pp]or|POR|[Dd]oor|[Aa]utor(?:in)?:|[Aa]uthors?:|Автор:|[Tt]ext:|[Ww]ritten\ by|[Rr]eport\ by)\s+
        (?P<who>\p{Lu}[\p{L}.’'\-]*(?:,?\s+(?:(?:and|und|et|y|e|de|van|von|der|al|el|bin|ibn|&)\s+)*\p{Lu}[\p{L}.’'\-]*){0,9})
        \s*(?P<rest>.*)$",
    )
});

static CREDIT: LazyLock<Regex> = LazyLock::new(|| {
    super::expression(
        r"(?ix)^\W*(?:(?:(?:photo|image|picture|foto|bild)\s*)?(?:credits?|crédits?|courtesy)(?:\s+(?:of|by))?\s*[:\-–]
        |(?:photo(?:graph)?|image|picture|foto|bild|source|quelle|fuente|fonte|источник|фото)\s*(?:by|:))\s*(?P<who>[^()]{2,120}?(?:\([^()]{1,60}\))?)\s*[)\]]*\s*$",
    )
});

static REPORTING: LazyLock<Regex> =
    LazyLock::new(|| super::expression(r"(?i)^\W*(?:reporting|writing|text) by (?P<who>[^;.()]{3,120})"));

/// Who is credited in a line, and how strongly such a line speaks for the whole report: a byline (0), a credit (1),
/// the wire's closing note (3). A dateline's agency stands between the last two.
pub(super) fn credit_in(line: &str) -> Option<(u8, &str)> {
    if line.len() > LONGEST {
        return None;
    }
    let who = |r: &Regex| r.captures(line).and_then(|c| c.name("who")).map(|m| m.as_str().trim());
    let byline = byline_in(line).map(|who| (0, who));
    byline.or_else(|| who(&CREDIT).map(|w| (1, w))).or_else(|| who(&REPORTING).map(|w| (3, w)))
}

/// Who is named in a byline: "By Jane Roe".
pub(super) fn byline_in(line: &str) -> Option<&str> {
    if line.len() > LONGEST {
        return None;
    }
    let caps = BYLINE.captures(line)?;
    let rest = caps.name("rest").map_or("", |m| m.as_str());
    // "By Monday the army had left": a sentence, not a name.
    let sentence = rest.split_whitespace().filter(|w| w.starts_with(char::is_lowercase)).count() > 2;
    let who = caps.name("who").map_or("", |m| m.as_str()).trim_end_matches([',', ' ']);
    (!sentence && dates_in(who).is_empty() && !line.trim_end().ends_with(['?', '!'])).then_some(who)
}

/// The start of a wire story, "KABUL, Jan 5 (Agency) -". Ranges are bytes of the paragraph.
pub(super) struct Dateline {
    pub date: Option<Found>,
    pub agency: Option<Range<usize>>,
}

static DATELINE: LazyLock<Regex> = LazyLock::new(|| {
    super::expression(
        r"(?x)^\s*(?P<head>[^\n()]{0,80}?)[\s,]*(?:\((?P<agency>[^()\n]{2,50})\))?\s*(?:[-–—―]+|--|:)(?:\s|$)",
    )
});

/// Reads the dateline that a paragraph opens with: a place and a date, a place and an agency, or a date and an agency.
pub(super) fn dateline(paragraph: &str) -> Option<Dateline> {
    let caps = DATELINE.captures(paragraph)?;
    let head = caps.name("head")?;
    let agency = caps.name("agency").map(|m| m.range());
    let dates = dates_in(head.as_str());
    if dates.len() > 1 || dates.is_empty() && agency.is_none() {
        return None;
    }
    let words = words(head.as_str(), &dates);
    let names = words.iter().filter(|w| w.class == Class::Name).count();
    let dash = caps.get(0)?.as_str().trim_end();
    // Places are names; a colon closes a dateline only behind an agency.
    if names > 6
        || words.iter().any(|w| w.class == Class::Lower)
        || dates.is_empty() && (names == 0 || !starts_with_a_place(head.as_str()))
        || dash.ends_with(':') && agency.is_none()
        || names == 0 && agency.is_none()
    {
        return None;
    }
    // Place names stand before the date, not behind it.
    if let Some(date) = dates.first()
        && words.iter().any(|w| w.class == Class::Name && w.range.start >= date.range.end)
        && words.iter().any(|w| w.class == Class::Name && w.range.end <= date.range.start)
    {
        return None;
    }
    let date = dates.into_iter().next().map(|mut d| {
        d.range = d.range.start + head.start()..d.range.end + head.start();
        d
    });
    Some(Dateline { date, agency })
}

/// Datelines print their place in capitals or with a comma; "President Obama (right) - " does neither.
fn starts_with_a_place(head: &str) -> bool {
    let first = head.split([',', '/', ' ']).next().unwrap_or_default();
    first.chars().filter(|c| c.is_alphabetic()).count() >= 2 && !first.chars().any(char::is_lowercase)
        || head.split_whitespace().count() <= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated(line: &str) -> Vec<(Label, &str)> {
        dates_stated(line).into_iter().map(|d| (d.label, &line[d.found.range])).collect()
    }

    #[test]
    fn labels_are_read_in_many_languages() {
        use Label::{Bare, Dated, Modified, Published};
        for (line, label) in [
            ("Posted on 5 May 2021 at 06:00", Published),
            ("Published: Wednesday, May 5, 2021, 10:32 GMT", Published),
            ("Veröffentlicht am 5.5.2021 um 10:32 Uhr", Published),
            ("Publié le 5 mai 2021 à 10h32", Published),
            ("Publicado el 5 de mayo de 2021", Published),
            ("Опубликовано: 5 мая 2021", Published),
            ("Last updated at 10:32 am, 5 May 2021", Modified),
            ("Mis à jour le 5 mai 2021", Modified),
            ("Stand: 5.5.2021", Modified),
            ("Date: 2021-05-05", Dated),
            ("Geschrieben von Jane Roe am 5.5.2021 22:30", Published),
            ("Dieser Beitrag wurde am 5. Mai 2021 um 10:32 Uhr veröffentlicht.", Published),
            ("Von Jane am 05.05.2021, 11:51 | 0 Antworten", Bare),
            ("5 May 2021 | 10:32 GMT", Bare),
            ("Jane Roe | Harbour Times | 5 May 2021", Bare),
            ("By Jane Roe, 5 May 2021", Bare),
        ] {
            let got = stated(line);
            assert_eq!(got.len(), 1, "{line}");
            assert_eq!(got[0].0, label, "{line}");
        }
    }

    #[test]
    fn two_dates_of_a_line_keep_their_own_labels() {
        let got = stated("Published 5 May 2021 10:00, updated 6 May 2021");
        assert_eq!(got, [(Label::Published, "5 May 2021"), (Label::Modified, "6 May 2021")]);
        let got = stated(" date 2021-05-06 posted on 05/05/2021 06:00");
        assert_eq!(got, [(Label::Dated, "2021-05-06"), (Label::Published, "05/05/2021")]);
    }

    #[test]
    fn sentences_and_headlines_state_no_date() {
        for line in [
            "The bridge fell on 5 May 2021",
            "Protests planned for 5 May 2021",
            "Five Killed In May 5, 2021 Attack On Market",
            "He was arrested on 5 May 2021, police said.",
            "What happened on 5 May 2021?",
            "A film that was posted on 5 May 2021 shows how the two men walked along the empty road",
        ] {
            assert_eq!(stated(line), [], "{line}");
        }
    }

    #[test]
    fn credits_are_told_from_sentences() {
        assert_eq!(credit_in("By Jane Roe"), Some((0, "Jane Roe")));
        assert_eq!(credit_in("BY JANE ROE AND JOHN DOE"), Some((0, "JANE ROE AND JOHN DOE")));
        assert_eq!(credit_in("By Jane Roe, 5 May 2021"), Some((0, "Jane Roe")));
        assert_eq!(credit_in("(credit: Jane Roe/Agency)"), Some((1, "Jane Roe/Agency")));
        assert_eq!(credit_in("Photo by Jane Roe"), Some((1, "Jane Roe")));
        assert_eq!(credit_in("(Reporting by Jane Roe; editing by John Doe)"), Some((3, "Jane Roe")));
        assert_eq!(credit_in("By Monday the last troops had left the town"), None);
        assert_eq!(credit_in("Credit is hard to get for farmers"), None);
    }

    #[test]
    fn datelines_are_read() {
        let read = |p: &'static str| dateline(p).map(|d| (d.date.map(|d| &p[d.range]), d.agency.map(|a| &p[a])));
        assert_eq!(read("PORTO, May 5 (Newswire) - Two boats"), Some((Some("May 5"), Some("Newswire"))));
        assert_eq!(read("Porto, Portugal, 5 May 2021 — Two boats"), Some((Some("5 May 2021"), None)));
        assert_eq!(read("PORTO (Newswire) -- Two boats"), Some((None, Some("Newswire"))));
        assert_eq!(read("May 5 (Newswire) - Two boats"), Some((Some("May 5"), Some("Newswire"))));
        assert_eq!(read("The mayor (left) - who won on May 5 - spoke"), None);
        assert_eq!(read("The strike of May 5 - the third - went on"), None);
        assert_eq!(read("Two boats sank on Monday."), None);
    }
}
