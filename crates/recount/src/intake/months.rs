//! Names of months, lower case, in the languages of the news; abbreviations without their stop.
//!
//! Names that mean different months in two languages (Czech and Croatian `listopad`) stand for the one with more news.

/// Names of January to December.
pub(super) const MONTHS: [&[&str]; 12] = [
    &[
        "january", "jan", "januar", "jänner", "jan", "janvier", "janv", "enero", "ene", "gennaio", "gen", "gennaro",
        "janeiro", "januari", "januar", "tammikuuta", "tammikuu", "styczeń", "stycznia", "leden", "ledna", "januára",
        "január", "января", "янв", "январь", "січня", "ocak", "ianuarie", "ιανουαρίου", "ιαν", "januāris", "sausio",
        "jaanuar", "januarja", "siječnja", "јануар", "јануара", "януари", "januarie", "يناير", "ינואר", "जनवरी", "tháng một",
    ],
    &[
        "february", "feb", "februar", "feber", "février", "fevrier", "févr", "fév", "febrero", "febbraio", "febb",
        "fevereiro", "fev", "februari", "helmikuuta", "helmikuu", "luty", "lutego", "únor", "února", "februára",
        "február", "febr", "февраля", "фев", "февраль", "лютого", "şubat", "subat", "februarie", "φεβρουαρίου", "φεβ",
        "februāris", "vasario", "veebruar", "februarja", "veljače", "фебруар", "фебруара", "февруари", "فبراير",
        "פברואר", "फरवरी", "फ़रवरी",
    ],
    &[
        "march", "mar", "märz", "maerz", "mär", "mrz", "mars", "marzo", "março", "marco", "maart", "mrt", "marts",
        "maaliskuuta", "maaliskuu", "marzec", "marca", "březen", "března", "március", "márc", "марта", "мар", "март",
        "березня", "mart", "martie", "μαρτίου", "μαρ", "kovo", "märts", "ožujka", "maret", "mac", "مارس", "מרץ", "मार्च",
    ],
    &[
        "april", "apr", "avril", "avr", "abril", "abr", "aprile", "huhtikuuta", "huhtikuu", "kwiecień", "kwietnia",
        "duben", "dubna", "apríla", "április", "ápr", "апреля", "апр", "апрель", "април", "квітня", "nisan", "nis",
        "aprilie", "απριλίου", "απρ", "aprīlis", "balandžio", "aprill", "aprila", "travnja", "أبريل", "אפריל", "अप्रैल",
    ],
    &[
        "may", "mai", "mayo", "maggio", "mag", "maio", "mei", "maj", "toukokuuta", "toukokuu", "maja", "květen",
        "května", "mája", "május", "máj", "мая", "май", "мај", "травня", "mayıs", "mayis", "μαΐου", "μαϊ", "maijs",
        "gegužės", "svibnja", "مايو", "מאי", "मई", "mai",
    ],
    &[
        "june", "jun", "juni", "juin", "junio", "giugno", "giu", "junho", "kesäkuuta", "kesäkuu", "czerwiec", "czerwca",
        "červen", "června", "júna", "június", "jún", "июня", "июн", "июнь", "јун", "јуна", "юни", "червня", "haziran",
        "iunie", "ιουνίου", "ιουν", "jūnijs", "birželio", "juuni", "junija", "lipnja", "يونيو", "יוני", "जून",
    ],
    &[
        "july", "jul", "juli", "juillet", "juil", "julio", "luglio", "lug", "julho", "heinäkuuta", "heinäkuu",
        "lipiec", "lipca", "červenec", "července", "júla", "július", "júl", "июля", "июл", "июль", "јул", "јула",
        "юли", "липня", "temmuz", "iulie", "ιουλίου", "ιουλ", "jūlijs", "liepos", "juuli", "julija", "srpnja",
        "يوليو", "יולי", "जुलाई",
    ],
    &[
        "august", "aug", "août", "aout", "agosto", "ago", "augustus", "augusti", "elokuuta", "elokuu", "sierpień",
        "sierpnia", "srpen", "srpna", "augusta", "augusztus", "августа", "авг", "август", "серпня", "ağustos",
        "agustos", "αυγούστου", "αυγ", "augusts", "rugpjūčio", "avgusta", "kolovoza", "agustus", "ogos", "agt",
        "أغسطس", "אוגוסט", "अगस्त",
    ],
    &[
        "september", "sept", "sep", "septembre", "septiembre", "setiembre", "settembre", "set", "sett", "setembro",
        "syyskuuta", "syyskuu", "wrzesień", "września", "září", "septembra", "szeptember", "szept", "сентября", "сен",
        "сент", "сентябрь", "септембар", "септембра", "септември", "вересня", "eylül", "eylul", "septembrie",
        "σεπτεμβρίου", "σεπ", "septembris", "rugsėjo", "rujna", "سبتمبر", "ספטמבר", "सितंबर", "सितम्बर",
    ],
    &[
        "october", "oct", "oktober", "okt", "octobre", "octubre", "ottobre", "ott", "outubro", "out", "lokakuuta",
        "lokakuu", "październik", "października", "říjen", "října", "októbra", "október", "октября", "окт", "октябрь",
        "октобар", "октобра", "октомври", "жовтня", "ekim", "octombrie", "οκτωβρίου", "οκτ", "oktobris", "spalio",
        "oktoober", "oktobra", "أكتوبر", "אוקטובר", "अक्टूबर", "अक्तूबर",
    ],
    &[
        "november", "nov", "novembre", "noviembre", "novembro", "marraskuuta", "marraskuu", "listopad", "listopada",
        "listopadu", "novembra", "ноября", "ноя", "нояб", "ноябрь", "новембар", "новембра", "ноември", "kasım",
        "kasim", "noiembrie", "νοεμβρίου", "νοε", "novembris", "lapkričio", "studenoga", "نوفمبر", "נובמבר", "नवंबर",
        "नवम्बर", "листопада",
    ],
    &[
        "december", "dec", "dezember", "dez", "décembre", "decembre", "déc", "diciembre", "dic", "dicembre",
        "dezembro", "desember", "des", "joulukuuta", "joulukuu", "grudzień", "grudnia", "prosinec", "prosince",
        "decembra", "декабря", "дек", "декабрь", "децембар", "децембра", "декември", "грудня", "aralık", "aralik",
        "decembrie", "δεκεμβρίου", "δεκ", "decembris", "gruodžio", "detsember", "prosinca", "desember", "ديسمبر",
        "דצמבר", "दिसंबर", "दिसम्बर",
    ],
];

/// The month, 1 to 12, that a name (any case, no stop) stands for.
pub(super) fn month_of(name: &str) -> Option<i8> {
    let name = name.to_lowercase();
    MONTHS.iter().position(|names| names.contains(&name.as_str())).map(|m| m as i8 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_for_one_month_only() {
        for (m, names) in MONTHS.iter().enumerate() {
            for name in *names {
                assert_eq!(month_of(name), Some(m as i8 + 1), "{name}");
                assert_eq!(*name, name.to_lowercase(), "{name}");
            }
        }
    }
}
