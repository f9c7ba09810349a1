//! Which language a text is in.

use whatlang::Lang;

/// Detection looks at this much of a text (bytes), and where that does not make it sure at the rest up to [`ENOUGH`].
const MOSTLY_ENOUGH: usize = 1024;
/// More than this changes nothing.
const ENOUGH: usize = 4096;
/// Under this many bytes trigrams mislead.
const TOO_SHORT: usize = 60;

/// ISO 639-1 code of a text's language, else of the one that its page declares, else `und`.
/// The text decides where it is sure: templates declare the language of their author.
pub(super) fn language(text: &str, declared: Option<&str>) -> String {
    let detected = |most: usize| whatlang::detect(&text[..text.floor_char_boundary(most)]);
    let sure = || detected(MOSTLY_ENOUGH).filter(whatlang::Info::is_reliable);
    let read = (text.len() >= TOO_SHORT).then(|| sure().or_else(|| detected(ENOUGH))).flatten();
    let declared = declared.and_then(declared_code);
    let read = match read {
        Some(info) if info.is_reliable() || declared.is_none() && info.confidence() > 0.5 => code(info.lang()),
        _ => None,
    };
    read.map(str::to_owned).or(declared).unwrap_or_else(|| "und".to_owned())
}

/// `en` of `en-GB` or `en_GB`.
fn declared_code(tag: &str) -> Option<String> {
    let primary = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    (primary.len() == 2 && primary.bytes().all(|b| b.is_ascii_lowercase())).then_some(primary)
}

fn code(lang: Lang) -> Option<&'static str> {
    use Lang::*;
    Some(match lang {
        Afr => "af",
        Aka => "ak",
        Amh => "am",
        Ara => "ar",
        Aze => "az",
        Bel => "be",
        Ben => "bn",
        Bul => "bg",
        Cat => "ca",
        Ces => "cs",
        Cmn => "zh",
        Dan => "da",
        Deu => "de",
        Ell => "el",
        Eng => "en",
        Epo => "eo",
        Est => "et",
        Fin => "fi",
        Fra => "fr",
        Guj => "gu",
        Heb => "he",
        Hin => "hi",
        Hrv => "hr",
        Hun => "hu",
        Hye => "hy",
        Ind => "id",
        Ita => "it",
        Jav => "jv",
        Jpn => "ja",
        Kan => "kn",
        Kat => "ka",
        Khm => "km",
        Kor => "ko",
        Lat => "la",
        Lav => "lv",
        Lit => "lt",
        Mal => "ml",
        Mar => "mr",
        Mkd => "mk",
        Mya => "my",
        Nep => "ne",
        Nld => "nl",
        Nob => "no",
        Ori => "or",
        Pan => "pa",
        Pes => "fa",
        Pol => "pl",
        Por => "pt",
        Ron => "ro",
        Rus => "ru",
        Sin => "si",
        Slk => "sk",
        Slv => "sl",
        Sna => "sn",
        Spa => "es",
        Srp => "sr",
        Swe => "sv",
        Tam => "ta",
        Tel => "te",
        Tgl => "tl",
        Tha => "th",
        Tuk => "tk",
        Tur => "tr",
        Ukr => "uk",
        Urd => "ur",
        Uzb => "uz",
        Vie => "vi",
        Yid => "yi",
        Zul => "zu",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_decides_where_it_is_sure() {
        let german = "Die Polizei hat am Abend mehrere Straßen in der Innenstadt gesperrt, weil Tausende gegen das neue \
                      Gesetz auf die Straße gingen und die Lage zunächst unübersichtlich blieb.";
        assert_eq!(language(german, Some("en-US")), "de");
        assert_eq!(language(german, None), "de");
    }

    #[test]
    fn a_short_text_takes_the_declared_language_or_none() {
        assert_eq!(language("OK", Some("sv_SE")), "sv");
        assert_eq!(language("OK", Some("english")), "und");
        assert_eq!(language("12:30", None), "und");
    }
}
