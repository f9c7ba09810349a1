//! The words of time: what a token can mean before any grammar looks at it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What one token means to the grammar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Lex {
    /// Written in digits: the number, and how many digits.
    Digits(u32, u8),
    /// 1.5 and the like, and 1/2.
    Fraction(f32),
    /// Written in letters; "a" is no number here.
    Number(u32),
    /// "third", "3rd"
    Ordinal(u32),
    Month(i8),
    /// Monday is 1. Plural: "Mondays".
    Weekday(i8, bool),
    Unit(Unit, bool),
    /// First year: "1990s", "nineties", "'90s".
    Decade(i16),
    Part(Part),
    Season(Season),
    /// 6:30
    Clock(i8, i8),
    /// Three numbers between slashes or dots, as written.
    Slashed(u32, u32, u32),
    /// am or pm.
    Half(bool),
    /// UTC, GMT: without offset. Other zones keep the local hour.
    Zone(bool),
    Set(Unit),
    Holiday(u8),
    /// A stretch that names a feast of another calendar.
    Feast,
    /// A word of the grammar, in lower case.
    Word(&'static str),
    Dash,
    Comma,
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

/// Part of a day, with its TIMEX3 code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Morning,
    Midday,
    Afternoon,
    Evening,
    Night,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// Feasts that fall on the same day every year, or by a rule of the western calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    Fixed(i8, i8),
    /// The nth weekday (Monday 1) of a month; -1 is the last.
    Nth(i8, i8, i8),
    /// Days from western Easter Sunday.
    Easter(i32),
}

/// Names as lower-case words, and when they fall.
pub(super) const HOLIDAYS: [(&str, Rule); 24] = [
    ("christmas eve", Rule::Fixed(12, 24)),
    ("christmas day", Rule::Fixed(12, 25)),
    ("christmas", Rule::Fixed(12, 25)),
    ("boxing day", Rule::Fixed(12, 26)),
    ("new year 's eve", Rule::Fixed(12, 31)),
    ("new year ’s eve", Rule::Fixed(12, 31)),
    ("new year 's day", Rule::Fixed(1, 1)),
    ("new year ’s day", Rule::Fixed(1, 1)),
    ("valentine 's day", Rule::Fixed(2, 14)),
    ("valentine ’s day", Rule::Fixed(2, 14)),
    ("international women 's day", Rule::Fixed(3, 8)),
    ("international women ’s day", Rule::Fixed(3, 8)),
    ("st. patrick 's day", Rule::Fixed(3, 17)),
    ("may day", Rule::Fixed(5, 1)),
    ("halloween", Rule::Fixed(10, 31)),
    ("armistice day", Rule::Fixed(11, 11)),
    ("thanksgiving day", Rule::Nth(4, 4, 11)),
    ("thanksgiving", Rule::Nth(4, 4, 11)),
    ("labor day", Rule::Nth(1, 1, 9)),
    ("memorial day", Rule::Nth(-1, 1, 5)),
    ("good friday", Rule::Easter(-2)),
    ("easter sunday", Rule::Easter(0)),
    ("easter monday", Rule::Easter(1)),
    ("easter", Rule::Easter(0)),
];

/// Months and feasts of other calendars: they move against the months here, so they name no days without a table.
const FEASTS: &str = "ramadan muharram safar rajab shaban shawwal ashura eid nowruz norouz newroz diwali passover \
    hanukkah purim arbaeen";

/// Words that the grammar's rules name.
const WORDS: &str = "the a an of in on at to and or through until till from between by since during before after for \
    this that these those last next past previous prior preceding coming following upcoming same current latest \
    recent early late mid middle beginning start end half first ago earlier later now today tonight yesterday \
    tomorrow overnight currently recently soon future once already previously moment time date old \
    few several many some couple dozen hundred thousand million every each per about around nearly almost over more \
    than at least less fewer up roughly approximately some just only exactly within fiscal financial calendar year-end \
    period day time days 's ’s ' ’ ( ) . o'clock noon midday midnight long right early-hours hence back very entire whole \
    full another additional consecutive next trading business school present presently lately nowadays \
    term near short immediate distant so or most it its their his her our weekdays weekends";

static LEXICON: LazyLock<BTreeMap<String, Lex>> = LazyLock::new(|| {
    let mut map = BTreeMap::new();
    for word in WORDS.split_whitespace() {
        map.insert(word.to_string(), Lex::Word(word));
    }
    for word in FEASTS.split_whitespace() {
        map.insert(word.to_string(), Lex::Feast);
    }
    let months = "january jan. jan|february feb. feb|march mar.|april apr. apr|may|june jun. jun|july jul. jul|\
        august aug. aug|september sept. sep. sept sep|october oct. oct|november nov. nov|december dec. dec";
    for (n, names) in months.split('|').enumerate() {
        map.extend(names.split(' ').map(|w| (w.to_string(), Lex::Month(n as i8 + 1))));
    }
    let weekdays = "monday mon.|tuesday tues. tues tue.|wednesday wed. weds|thursday thurs. thurs thur. thu.|\
        friday fri.|saturday sat.|sunday sun.";
    for (n, names) in weekdays.split('|').enumerate() {
        for (k, w) in names.split(' ').enumerate() {
            map.insert(w.to_string(), Lex::Weekday(n as i8 + 1, false));
            if k == 0 {
                map.insert(format!("{w}s"), Lex::Weekday(n as i8 + 1, true));
            }
        }
    }
    let units = [
        ("second", Unit::Second),
        ("minute", Unit::Minute),
        ("hour", Unit::Hour),
        ("day", Unit::Day),
        ("weekend", Unit::Weekend),
        ("week", Unit::Week),
        ("month", Unit::Month),
        ("quarter", Unit::Quarter),
        ("year", Unit::Year),
        ("decade", Unit::Decade),
        ("min", Unit::Minute),
        ("hr", Unit::Hour),
        ("yr", Unit::Year),
    ];
    for (word, unit) in units {
        map.insert(word.to_string(), Lex::Unit(unit, false));
        map.insert(format!("{word}s"), Lex::Unit(unit, true));
    }
    map.insert("century".into(), Lex::Unit(Unit::Century, false));
    map.insert("centuries".into(), Lex::Unit(Unit::Century, true));
    let ones = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen \
        seventeen eighteen nineteen twenty";
    map.extend(ones.split_whitespace().enumerate().map(|(n, w)| (w.to_string(), Lex::Number(n as u32))));
    let tens = "thirty forty fifty sixty seventy eighty ninety";
    map.extend(tens.split(' ').enumerate().map(|(n, w)| (w.to_string(), Lex::Number(n as u32 * 10 + 30))));
    let ordinals = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth \
        fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth";
    map.extend(ordinals.split_whitespace().enumerate().map(|(n, w)| (w.to_string(), Lex::Ordinal(n as u32 + 1))));
    let decades = "twenties thirties forties fifties sixties seventies eighties nineties";
    map.extend(decades.split(' ').enumerate().map(|(n, w)| (w.to_string(), Lex::Decade(1920 + 10 * n as i16))));
    for (word, part) in [
        ("morning", Part::Morning),
        ("mornings", Part::Morning),
        ("afternoon", Part::Afternoon),
        ("afternoons", Part::Afternoon),
        ("evening", Part::Evening),
        ("evenings", Part::Evening),
        ("night", Part::Night),
        ("nights", Part::Night),
        ("dawn", Part::Morning),
        ("dusk", Part::Evening),
        ("nightfall", Part::Evening),
        ("lunchtime", Part::Midday),
    ] {
        map.insert(word.to_string(), Lex::Part(part));
    }
    for (word, season) in [
        ("spring", Season::Spring),
        ("springtime", Season::Spring),
        ("summer", Season::Summer),
        ("summers", Season::Summer),
        ("autumn", Season::Autumn),
        ("fall", Season::Autumn),
        ("winter", Season::Winter),
        ("wintertime", Season::Winter),
        ("winters", Season::Winter),
    ] {
        map.insert(word.to_string(), Lex::Season(season));
    }
    for word in ["am", "a.m.", "a.m"] {
        map.insert(word.to_string(), Lex::Half(false));
    }
    for word in ["pm", "p.m.", "p.m"] {
        map.insert(word.to_string(), Lex::Half(true));
    }
    for word in ["utc", "gmt", "z"] {
        map.insert(word.to_string(), Lex::Zone(true));
    }
    for word in "est edt et cst cdt ct mst mdt pst pdt pt cet cest eet eest bst ist msk wat eat cat jst hkt".split(' ')
    {
        map.insert(word.to_string(), Lex::Zone(false));
    }
    for (word, unit) in [
        ("hourly", Unit::Hour),
        ("daily", Unit::Day),
        ("nightly", Unit::Day),
        ("weekly", Unit::Week),
        ("monthly", Unit::Month),
        ("yearly", Unit::Year),
        ("annually", Unit::Year),
    ] {
        map.insert(word.to_string(), Lex::Set(unit));
    }
    for (n, (name, _)) in HOLIDAYS.iter().enumerate() {
        // The first word opens the rule; the rule compares the rest.
        let first = name.split(' ').next().unwrap_or("");
        map.entry(first.to_string()).or_insert(Lex::Holiday(n as u8));
    }
    map
});

/// What a token means. `word` in lower case, `raw` as written.
pub(super) fn lex(word: &str, raw: &str) -> Lex {
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return number(word);
    }
    match word {
        "-" | "–" | "—" | "--" => return Lex::Dash,
        "," => return Lex::Comma,
        _ => {}
    }
    let Some(&found) = LEXICON.get(word) else { return Lex::Other };
    let capital = raw.starts_with(char::is_uppercase);
    let all_capitals = capital && raw.chars().all(|c| !c.is_lowercase());
    match found {
        // "may", "march", "sat", "us"; zones and "IST" only in capitals.
        Lex::Month(_) | Lex::Weekday(..) | Lex::Holiday(_) | Lex::Feast if !capital => Lex::Other,
        Lex::Zone(_) if !all_capitals => Lex::Other,
        _ => found,
    }
}

fn number(word: &str) -> Lex {
    let digits = &word[..word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len())];
    let rest = &word[digits.len()..];
    let Ok(n) = digits.parse::<u32>() else { return Lex::Other };
    match rest {
        "" => return Lex::Digits(n, digits.len() as u8),
        "st" | "nd" | "rd" | "th" => return Lex::Ordinal(n),
        "s" if n % 10 == 0 && (1000..2100).contains(&n) => return Lex::Decade(n as i16),
        "s" if n % 10 == 0 && n < 100 && digits.len() == 2 => return Lex::Decade(1900 + n as i16),
        _ => {}
    }
    if let Some(sep) = rest.chars().next().filter(|c| matches!(c, '/' | '.' | ':' | ',')) {
        let parts: Vec<Option<u32>> = word.split(sep).map(|p| p.parse().ok()).collect();
        let short = word.split(sep).all(|p| p.len() <= 4);
        return match (sep, &parts[..]) {
            ('/' | '.', [Some(a), Some(b), Some(c)]) if short => Lex::Slashed(*a, *b, *c),
            (':', [Some(h), Some(m)] | [Some(h), Some(m), Some(_)]) if *h < 25 && *m < 60 && digits.len() <= 2 => {
                Lex::Clock(*h as i8, *m as i8)
            }
            ('/', [Some(a), Some(b)]) if *b > 0 && a < b && *b < 10 => Lex::Fraction(*a as f32 / *b as f32),
            ('.', [Some(_), Some(_)]) => word.parse().map_or(Lex::Other, Lex::Fraction),
            (',', _) => {
                let plain: String = word.chars().filter(|c| *c != ',').collect();
                plain.parse().map_or(Lex::Other, |n| Lex::Digits(n, 9))
            }
            _ => Lex::Other,
        };
    }
    Lex::Other
}

impl Part {
    pub fn code(self) -> &'static str {
        match self {
            Part::Morning => "MO",
            Part::Midday => "MI",
            Part::Afternoon => "AF",
            Part::Evening => "EV",
            Part::Night => "NI",
        }
    }
}

impl Season {
    pub fn code(self) -> &'static str {
        match self {
            Season::Spring => "SP",
            Season::Summer => "SU",
            Season::Autumn => "FA",
            Season::Winter => "WI",
        }
    }

    /// A month in it, in the north; winter's is the one that it begins in.
    pub fn month(self) -> i8 {
        match self {
            Season::Spring => 4,
            Season::Summer => 7,
            Season::Autumn => 10,
            Season::Winter => 12,
        }
    }
}
