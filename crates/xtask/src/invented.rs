//! The invented world that generated records tell of: countries' towns, groups, officials, and plain sentences.

use crate::generate::Chance;

/// A kind of thing that happens, as a report calls it.
#[derive(Clone, Copy)]
pub struct Kind {
    pub words: &'static str,
    /// PLOVER type and mode, ACLED sub-event type, sector of who does it.
    pub class: &'static str,
    pub mode: Option<&'static str>,
    pub acled: &'static str,
    pub sector: &'static str,
}

const fn kind(
    words: &'static str,
    class: &'static str,
    mode: Option<&'static str>,
    acled: &'static str,
    sector: &'static str,
) -> Kind {
    Kind { words, class, mode, acled, sector }
}

pub const KINDS: &[Kind] = &[
    kind("drone strike", "ASSAULT", Some("aerial"), "Air/drone strike", "MIL"),
    kind("air strike", "ASSAULT", Some("aerial"), "Air/drone strike", "MIL"),
    kind("car bombing", "ASSAULT", Some("explosives"), "Suicide bomb", "REB"),
    kind("shooting", "ASSAULT", Some("firearms"), "Armed clash", "REB"),
    kind("ambush", "ASSAULT", Some("firearms"), "Armed clash", "REB"),
    kind("raid", "ASSAULT", None, "Attack", "MIL"),
    kind("mortar attack", "ASSAULT", Some("heavy-weapons"), "Shelling/artillery/missile attack", "MIL"),
    kind("protest", "PROTEST", Some("demo"), "Protest with intervention", "CVL"),
    kind("riot", "PROTEST", Some("riot"), "Violent demonstration", "CVL"),
    kind("crackdown", "COERCE", None, "Excessive force against protesters", "COP"),
];

pub const COUNTRIES: &[&str] = &[
    "KAZ", "SYR", "IRQ", "NGA", "MLI", "SOM", "COL", "MMR", "UKR", "YEM", "SDN", "ETH", "COD", "AFG", "PAK", "IND",
    "PHL", "LBY", "BFA", "NER", "CMR", "KEN", "MOZ", "HTI", "MEX", "HND", "VEN", "PER", "THA", "IDN", "TUR", "EGY",
];
pub const VICTIMS: &[&str] = &[
    "people",
    "civilians",
    "soldiers",
    "police officers",
    "villagers",
    "protesters",
    "miners",
    "shoppers",
    "worshippers",
    "passengers",
];
pub const WITNESSES: &[&str] =
    &["residents", "doctors at the clinic", "survivors", "shopkeepers", "relatives of the dead"];
pub const OUTLETS: &[&str] = &[
    "Morning Ledger",
    "The Harbour Post",
    "Evening Courier",
    "Valley Tribune",
    "The Lantern",
    "City Herald",
    "Northern Star",
    "Daily Compass",
    "The Bridge",
    "Plain Dealer of Ost",
    "Radio Aster",
    "Southern Mail",
];
pub const HOSTS: &[&str] =
    &["ledger", "harbourpost", "courier", "valley", "lantern", "herald", "star", "compass", "bridge", "ost", "aster"];
pub const AGENCIES: &[&str] = &["Aster Press", "Union Wire", "Meridian News", "Interpost"];

const HEADS: &[&str] = &[
    "Or", "Bel", "Kar", "Tem", "Ush", "Val", "Mor", "Zan", "Dov", "Hal", "Ir", "Lem", "Nas", "Pel", "Qor", "Ras",
    "Sul", "Tor", "Ulm", "Ver", "Wes", "Yar", "Zer", "Ash", "Bran", "Cor", "Dar", "Eld", "Far", "Gor",
];
const MIDDLES: &[&str] = &["a", "e", "i", "o", "u", "ana", "iro", "elu", "oma", "asi", "ene", "uka"];
const TAILS: &[&str] = &[
    "vask", "mir", "tan", "berg", "dal", "ghar", "lo", "nia", "port", "qal", "rum", "shar", "stad", "tov", "vale",
    "wara", "zai", "bad", "cha", "dun",
];
const GROUPS: &[&str] = &["Front", "Brigade", "Guard", "Column", "Movement", "Army", "Militia", "Battalion"];
const COLOURS: &[&str] =
    &["Red", "Northern", "Free", "People's", "Desert", "River", "Black", "Eastern", "Young", "Iron"];
const OFFICES: &[(&str, &str)] = &[
    ("the provincial governor", "official"),
    ("the interior ministry", "official"),
    ("the army", "official"),
    ("police", "official"),
    ("a hospital director", "expert"),
    ("witnesses", "witness"),
    ("a monitoring group", "organisation"),
    ("state television", "media"),
];
const ADJECTIVES: &[&str] = &[
    "narrow",
    "old",
    "busy",
    "muddy",
    "northern",
    "closed",
    "crowded",
    "wooden",
    "distant",
    "burnt",
    "quiet",
    "broken",
    "new",
    "flooded",
    "rented",
    "public",
    "empty",
    "stone",
    "dusty",
    "lower",
    "heavy",
    "temporary",
    "painted",
    "guarded",
    "southern",
    "small",
    "unlit",
    "paved",
    "steep",
    "abandoned",
    "fenced",
    "damaged",
];
const NOUNS: &[&str] = &[
    "market",
    "bridge",
    "school",
    "road",
    "convoy",
    "bakery",
    "clinic",
    "warehouse",
    "checkpoint",
    "mosque",
    "church",
    "station",
    "barracks",
    "square",
    "tunnel",
    "harbour",
    "field",
    "orchard",
    "factory",
    "mill",
    "pipeline",
    "court",
    "prison",
    "stadium",
    "hotel",
    "depot",
    "ferry",
    "bus",
    "lorry",
    "tower",
    "wall",
    "gate",
    "well",
    "river",
    "valley",
    "quarry",
    "mine",
    "camp",
    "farm",
    "garage",
    "office",
    "kitchen",
    "library",
    "museum",
    "theatre",
    "crossing",
    "dam",
    "reservoir",
    "pump",
    "antenna",
    "silo",
    "granary",
    "monument",
    "cemetery",
    "nursery",
    "college",
    "bank",
    "bazaar",
];
const VERBS: &[&str] = &[
    "stood near",
    "was moved to",
    "had been closed since",
    "lay behind",
    "was searched after",
    "opened beside",
    "burned next to",
    "was cut off from",
    "faced",
    "led past",
    "was rebuilt with",
    "lost its view of",
    "was sold with",
    "overlooked",
    "was cleared before",
    "drew guards from",
    "sent aid to",
    "was named after",
    "borrowed lamps from",
    "shared a fence with",
    "took water from",
    "was reopened by men from",
    "kept its distance from",
    "paid dues to",
];

/// A town that is nowhere.
pub struct Town {
    pub name: String,
    pub geonameid: u32,
    pub lat: f64,
    pub lon: f64,
    /// Row of [`COUNTRIES`].
    pub country: usize,
    pub admin1: String,
}

pub struct World {
    pub places: Vec<Town>,
}

impl World {
    /// Some seven thousand towns, each name once.
    pub fn of(seed: u64) -> World {
        let mut chance = Chance(seed);
        let mut places = Vec::new();
        for head in HEADS {
            for middle in MIDDLES {
                for tail in TAILS {
                    let country = chance.below(COUNTRIES.len());
                    // A box of eight by eight degrees a country, so that towns of one lie near one another.
                    let lat = -30.0 + (country / 8) as f64 * 18.0 + chance.below(8000) as f64 / 1000.0;
                    let lon = -80.0 + (country % 8) as f64 * 24.0 + chance.below(8000) as f64 / 1000.0;
                    let admin1 = format!("{}{} Province", chance.of(HEADS), chance.of(TAILS));
                    let geonameid = 90_000_000 + places.len() as u32;
                    places.push(Town { name: format!("{head}{middle}{tail}"), geonameid, lat, lon, country, admin1 });
                }
            }
        }
        // Names that sort together should not be the ones where much happens.
        for at in (1..places.len()).rev() {
            places.swap(at, chance.below(at + 1));
        }
        World { places }
    }

    /// An armed group of a country; there are some eighty in each.
    pub fn group_of(&self, country: usize, any: u64) -> String {
        let mut chance = Chance(any % 80 + country as u64 * 1000);
        format!("the {} {} of {}{}", chance.of(COLOURS), chance.of(GROUPS), chance.of(HEADS), chance.of(TAILS))
    }

    /// Who says so, and of what class: an office, or a person with a name.
    pub fn source(&self, country: usize, chance: &mut Chance) -> (String, &'static str) {
        if chance.percent(40) {
            let mut person = Chance(chance.next() % 400 + country as u64 * 7919);
            let (a, b, c) = (person.of(HEADS), person.of(MIDDLES), person.of(TAILS));
            return (format!("{}{} {}{c}", person.of(HEADS), person.of(MIDDLES), format_args!("{a}{b}")), "official");
        }
        let (words, class) = chance.of(OFFICES);
        (words.to_owned(), class)
    }
}

/// A plain sentence with a blank before it: "The muddy market stood near the old bridge."
pub fn sentence(chance: &mut Chance) -> String {
    let thing = |chance: &mut Chance| format!("{} {}", chance.of(ADJECTIVES), chance.of(NOUNS));
    let (a, b) = (thing(chance), thing(chance));
    let verb = chance.of(VERBS);
    if chance.percent(50) {
        return format!(" The {a} {verb} the {b}.");
    }
    format!(" The {a} {verb} the {b}, and the {} {} the {}.", thing(chance), chance.of(VERBS), thing(chance))
}

pub fn weekday(day: jiff::civil::Date) -> &'static str {
    use jiff::civil::Weekday::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};
    match day.weekday() {
        Monday => "Monday",
        Tuesday => "Tuesday",
        Wednesday => "Wednesday",
        Thursday => "Thursday",
        Friday => "Friday",
        Saturday => "Saturday",
        Sunday => "Sunday",
    }
}

/// The words with a capital first.
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
