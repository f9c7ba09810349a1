//! Countries as the layouts of the field number and name them.

/// A country or territory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1 alpha-3; XKX for Kosovo, which has none.
    pub code: &'static str,
    /// ISO 3166-1 alpha-2; XK for Kosovo.
    pub short: &'static str,
    /// ISO 3166-1 numeric.
    pub iso: Option<u16>,
    /// Gleditsch and Ward's number of the state, which UCDP uses; microstates by their extended list.
    pub state: Option<u16>,
    /// ACLED's region.
    pub region: &'static str,
    pub name: &'static str,
}

impl Country {
    /// The number of the Correlates of War project; where it differs from Gleditsch and Ward's.
    pub fn cow(&self) -> Option<u16> {
        match self.code {
            "DEU" => Some(255),
            "YEM" => Some(679),
            "SRB" => Some(345),
            "KIR" => Some(946),
            "TUV" => Some(947),
            "TON" => Some(955),
            "NRU" => Some(970),
            _ => self.state,
        }
    }

    /// UCDP's region, which follows from the number of the state.
    pub fn ucdp_region(&self) -> Option<&'static str> {
        Some(match self.state? {
            2..=199 => "Americas",
            200..=399 => "Europe",
            400..=626 => "Africa",
            630..=699 => "Middle East",
            _ => "Asia",
        })
    }
}

/// The country of a code.
pub fn country(code: &str) -> Option<Country> {
    COUNTRIES.binary_search_by(|c| c.code.cmp(code)).ok().map(|i| COUNTRIES[i])
}

const fn row(
    code: &'static str,
    short: &'static str,
    iso: u16,
    state: u16,
    region: &'static str,
    name: &'static str,
) -> Country {
    let iso = if iso == 0 { None } else { Some(iso) };
    Country { code, short, iso, state: if state == 0 { None } else { Some(state) }, region, name }
}

const AS: &str = "East Asia";
const CA: &str = "Caribbean";
const CC: &str = "Caucasus and Central Asia";
const CE: &str = "Central America";
const EA: &str = "Eastern Africa";
const EU: &str = "Europe";
const MA: &str = "Middle Africa";
const ME: &str = "Middle East";
const NA: &str = "Northern Africa";
const NO: &str = "North America";
const OC: &str = "Oceania";
const SA: &str = "Southern Africa";
const SE: &str = "Southeast Asia";
const SO: &str = "South Asia";
const SU: &str = "South America";
const WA: &str = "Western Africa";

#[rustfmt::skip]
const COUNTRIES: &[Country] = &[
    row("AFG", "AF", 4, 700, CC, "Afghanistan"),
    row("AGO", "AO", 24, 540, MA, "Angola"),
    row("ALB", "AL", 8, 339, EU, "Albania"),
    row("AND", "AD", 20, 232, EU, "Andorra"),
    row("ARE", "AE", 784, 696, ME, "United Arab Emirates"),
    row("ARG", "AR", 32, 160, SU, "Argentina"),
    row("ARM", "AM", 51, 371, CC, "Armenia"),
    row("ATG", "AG", 28, 58, CA, "Antigua and Barbuda"),
    row("AUS", "AU", 36, 900, OC, "Australia"),
    row("AUT", "AT", 40, 305, EU, "Austria"),
    row("AZE", "AZ", 31, 373, CC, "Azerbaijan"),
    row("BDI", "BI", 108, 516, EA, "Burundi"),
    row("BEL", "BE", 56, 211, EU, "Belgium"),
    row("BEN", "BJ", 204, 434, WA, "Benin"),
    row("BFA", "BF", 854, 439, WA, "Burkina Faso"),
    row("BGD", "BD", 50, 771, SO, "Bangladesh"),
    row("BGR", "BG", 100, 355, EU, "Bulgaria"),
    row("BHR", "BH", 48, 692, ME, "Bahrain"),
    row("BHS", "BS", 44, 31, CA, "Bahamas"),
    row("BIH", "BA", 70, 346, EU, "Bosnia and Herzegovina"),
    row("BLR", "BY", 112, 370, EU, "Belarus"),
    row("BLZ", "BZ", 84, 80, CE, "Belize"),
    row("BOL", "BO", 68, 145, SU, "Bolivia"),
    row("BRA", "BR", 76, 140, SU, "Brazil"),
    row("BRB", "BB", 52, 53, CA, "Barbados"),
    row("BRN", "BN", 96, 835, SE, "Brunei"),
    row("BTN", "BT", 64, 760, SO, "Bhutan"),
    row("BWA", "BW", 72, 571, SA, "Botswana"),
    row("CAF", "CF", 140, 482, MA, "Central African Republic"),
    row("CAN", "CA", 124, 20, NO, "Canada"),
    row("CHE", "CH", 756, 225, EU, "Switzerland"),
    row("CHL", "CL", 152, 155, SU, "Chile"),
    row("CHN", "CN", 156, 710, AS, "China"),
    row("CIV", "CI", 384, 437, WA, "Ivory Coast"),
    row("CMR", "CM", 120, 471, MA, "Cameroon"),
    row("COD", "CD", 180, 490, MA, "Democratic Republic of Congo"),
    row("COG", "CG", 178, 484, MA, "Republic of Congo"),
    row("COL", "CO", 170, 100, SU, "Colombia"),
    row("COM", "KM", 174, 581, EA, "Comoros"),
    row("CPV", "CV", 132, 402, WA, "Cape Verde"),
    row("CRI", "CR", 188, 94, CE, "Costa Rica"),
    row("CUB", "CU", 192, 40, CA, "Cuba"),
    row("CYP", "CY", 196, 352, EU, "Cyprus"),
    row("CZE", "CZ", 203, 316, EU, "Czech Republic"),
    row("DEU", "DE", 276, 260, EU, "Germany"),
    row("DJI", "DJ", 262, 522, EA, "Djibouti"),
    row("DMA", "DM", 212, 54, CA, "Dominica"),
    row("DNK", "DK", 208, 390, EU, "Denmark"),
    row("DOM", "DO", 214, 42, CA, "Dominican Republic"),
    row("DZA", "DZ", 12, 615, NA, "Algeria"),
    row("ECU", "EC", 218, 130, SU, "Ecuador"),
    row("EGY", "EG", 818, 651, NA, "Egypt"),
    row("ERI", "ER", 232, 531, EA, "Eritrea"),
    row("ESH", "EH", 732, 0, NA, "Western Sahara"),
    row("ESP", "ES", 724, 230, EU, "Spain"),
    row("EST", "EE", 233, 366, EU, "Estonia"),
    row("ETH", "ET", 231, 530, EA, "Ethiopia"),
    row("FIN", "FI", 246, 375, EU, "Finland"),
    row("FJI", "FJ", 242, 950, OC, "Fiji"),
    row("FRA", "FR", 250, 220, EU, "France"),
    row("FSM", "FM", 583, 987, OC, "Micronesia"),
    row("GAB", "GA", 266, 481, MA, "Gabon"),
    row("GBR", "GB", 826, 200, EU, "United Kingdom"),
    row("GEO", "GE", 268, 372, CC, "Georgia"),
    row("GHA", "GH", 288, 452, WA, "Ghana"),
    row("GIN", "GN", 324, 438, WA, "Guinea"),
    row("GMB", "GM", 270, 420, WA, "Gambia"),
    row("GNB", "GW", 624, 404, WA, "Guinea-Bissau"),
    row("GNQ", "GQ", 226, 411, MA, "Equatorial Guinea"),
    row("GRC", "GR", 300, 350, EU, "Greece"),
    row("GRD", "GD", 308, 55, CA, "Grenada"),
    row("GTM", "GT", 320, 90, CE, "Guatemala"),
    row("GUY", "GY", 328, 110, SU, "Guyana"),
    row("HKG", "HK", 344, 0, AS, "Hong Kong"),
    row("HND", "HN", 340, 91, CE, "Honduras"),
    row("HRV", "HR", 191, 344, EU, "Croatia"),
    row("HTI", "HT", 332, 41, CA, "Haiti"),
    row("HUN", "HU", 348, 310, EU, "Hungary"),
    row("IDN", "ID", 360, 850, SE, "Indonesia"),
    row("IND", "IN", 356, 750, SO, "India"),
    row("IRL", "IE", 372, 205, EU, "Ireland"),
    row("IRN", "IR", 364, 630, ME, "Iran"),
    row("IRQ", "IQ", 368, 645, ME, "Iraq"),
    row("ISL", "IS", 352, 395, EU, "Iceland"),
    row("ISR", "IL", 376, 666, ME, "Israel"),
    row("ITA", "IT", 380, 325, EU, "Italy"),
    row("JAM", "JM", 388, 51, CA, "Jamaica"),
    row("JOR", "JO", 400, 663, ME, "Jordan"),
    row("JPN", "JP", 392, 740, AS, "Japan"),
    row("KAZ", "KZ", 398, 705, CC, "Kazakhstan"),
    row("KEN", "KE", 404, 501, EA, "Kenya"),
    row("KGZ", "KG", 417, 703, CC, "Kyrgyzstan"),
    row("KHM", "KH", 116, 811, SE, "Cambodia"),
    row("KIR", "KI", 296, 970, OC, "Kiribati"),
    row("KNA", "KN", 659, 60, CA, "Saint Kitts and Nevis"),
    row("KOR", "KR", 410, 732, AS, "South Korea"),
    row("KWT", "KW", 414, 690, ME, "Kuwait"),
    row("LAO", "LA", 418, 812, SE, "Laos"),
    row("LBN", "LB", 422, 660, ME, "Lebanon"),
    row("LBR", "LR", 430, 450, WA, "Liberia"),
    row("LBY", "LY", 434, 620, NA, "Libya"),
    row("LCA", "LC", 662, 56, CA, "Saint Lucia"),
    row("LIE", "LI", 438, 223, EU, "Liechtenstein"),
    row("LKA", "LK", 144, 780, SO, "Sri Lanka"),
    row("LSO", "LS", 426, 570, SA, "Lesotho"),
    row("LTU", "LT", 440, 368, EU, "Lithuania"),
    row("LUX", "LU", 442, 212, EU, "Luxembourg"),
    row("LVA", "LV", 428, 367, EU, "Latvia"),
    row("MAC", "MO", 446, 0, AS, "Macau"),
    row("MAR", "MA", 504, 600, NA, "Morocco"),
    row("MCO", "MC", 492, 221, EU, "Monaco"),
    row("MDA", "MD", 498, 359, EU, "Moldova"),
    row("MDG", "MG", 450, 580, EA, "Madagascar"),
    row("MDV", "MV", 462, 781, SO, "Maldives"),
    row("MEX", "MX", 484, 70, CE, "Mexico"),
    row("MHL", "MH", 584, 983, OC, "Marshall Islands"),
    row("MKD", "MK", 807, 343, EU, "North Macedonia"),
    row("MLI", "ML", 466, 432, WA, "Mali"),
    row("MLT", "MT", 470, 338, EU, "Malta"),
    row("MMR", "MM", 104, 775, SE, "Myanmar"),
    row("MNE", "ME", 499, 341, EU, "Montenegro"),
    row("MNG", "MN", 496, 712, AS, "Mongolia"),
    row("MOZ", "MZ", 508, 541, EA, "Mozambique"),
    row("MRT", "MR", 478, 435, WA, "Mauritania"),
    row("MUS", "MU", 480, 590, EA, "Mauritius"),
    row("MWI", "MW", 454, 553, EA, "Malawi"),
    row("MYS", "MY", 458, 820, SE, "Malaysia"),
    row("NAM", "NA", 516, 565, SA, "Namibia"),
    row("NER", "NE", 562, 436, WA, "Niger"),
    row("NGA", "NG", 566, 475, WA, "Nigeria"),
    row("NIC", "NI", 558, 93, CE, "Nicaragua"),
    row("NLD", "NL", 528, 210, EU, "Netherlands"),
    row("NOR", "NO", 578, 385, EU, "Norway"),
    row("NPL", "NP", 524, 790, SO, "Nepal"),
    row("NRU", "NR", 520, 971, OC, "Nauru"),
    row("NZL", "NZ", 554, 920, OC, "New Zealand"),
    row("OMN", "OM", 512, 698, ME, "Oman"),
    row("PAK", "PK", 586, 770, SO, "Pakistan"),
    row("PAN", "PA", 591, 95, CE, "Panama"),
    row("PER", "PE", 604, 135, SU, "Peru"),
    row("PHL", "PH", 608, 840, SE, "Philippines"),
    row("PLW", "PW", 585, 986, OC, "Palau"),
    row("PNG", "PG", 598, 910, OC, "Papua New Guinea"),
    row("POL", "PL", 616, 290, EU, "Poland"),
    row("PRI", "PR", 630, 0, CA, "Puerto Rico"),
    row("PRK", "KP", 408, 731, AS, "North Korea"),
    row("PRT", "PT", 620, 235, EU, "Portugal"),
    row("PRY", "PY", 600, 150, SU, "Paraguay"),
    row("PSE", "PS", 275, 0, ME, "Palestine"),
    row("QAT", "QA", 634, 694, ME, "Qatar"),
    row("ROU", "RO", 642, 360, EU, "Romania"),
    row("RUS", "RU", 643, 365, EU, "Russia"),
    row("RWA", "RW", 646, 517, EA, "Rwanda"),
    row("SAU", "SA", 682, 670, ME, "Saudi Arabia"),
    row("SDN", "SD", 729, 625, NA, "Sudan"),
    row("SEN", "SN", 686, 433, WA, "Senegal"),
    row("SGP", "SG", 702, 830, SE, "Singapore"),
    row("SLB", "SB", 90, 940, OC, "Solomon Islands"),
    row("SLE", "SL", 694, 451, WA, "Sierra Leone"),
    row("SLV", "SV", 222, 92, CE, "El Salvador"),
    row("SMR", "SM", 674, 331, EU, "San Marino"),
    row("SOM", "SO", 706, 520, EA, "Somalia"),
    row("SRB", "RS", 688, 340, EU, "Serbia"),
    row("SSD", "SS", 728, 626, EA, "South Sudan"),
    row("STP", "ST", 678, 403, MA, "Sao Tome and Principe"),
    row("SUR", "SR", 740, 115, SU, "Suriname"),
    row("SVK", "SK", 703, 317, EU, "Slovakia"),
    row("SVN", "SI", 705, 349, EU, "Slovenia"),
    row("SWE", "SE", 752, 380, EU, "Sweden"),
    row("SWZ", "SZ", 748, 572, SA, "eSwatini"),
    row("SYC", "SC", 690, 591, EA, "Seychelles"),
    row("SYR", "SY", 760, 652, ME, "Syria"),
    row("TCD", "TD", 148, 483, MA, "Chad"),
    row("TGO", "TG", 768, 461, WA, "Togo"),
    row("THA", "TH", 764, 800, SE, "Thailand"),
    row("TJK", "TJ", 762, 702, CC, "Tajikistan"),
    row("TKM", "TM", 795, 701, CC, "Turkmenistan"),
    row("TLS", "TL", 626, 860, SE, "East Timor"),
    row("TON", "TO", 776, 972, OC, "Tonga"),
    row("TTO", "TT", 780, 52, CA, "Trinidad and Tobago"),
    row("TUN", "TN", 788, 616, NA, "Tunisia"),
    row("TUR", "TR", 792, 640, ME, "Turkey"),
    row("TUV", "TV", 798, 973, OC, "Tuvalu"),
    row("TWN", "TW", 158, 713, AS, "Taiwan"),
    row("TZA", "TZ", 834, 510, EA, "Tanzania"),
    row("UGA", "UG", 800, 500, EA, "Uganda"),
    row("UKR", "UA", 804, 369, EU, "Ukraine"),
    row("URY", "UY", 858, 165, SU, "Uruguay"),
    row("USA", "US", 840, 2, NO, "United States"),
    row("UZB", "UZ", 860, 704, CC, "Uzbekistan"),
    row("VAT", "VA", 336, 0, EU, "Vatican City"),
    row("VCT", "VC", 670, 57, CA, "Saint Vincent and the Grenadines"),
    row("VEN", "VE", 862, 101, SU, "Venezuela"),
    row("VNM", "VN", 704, 816, SE, "Vietnam"),
    row("VUT", "VU", 548, 935, OC, "Vanuatu"),
    row("WSM", "WS", 882, 990, OC, "Samoa"),
    row("XKX", "XK", 0, 347, EU, "Kosovo"),
    row("YEM", "YE", 887, 678, ME, "Yemen"),
    row("ZAF", "ZA", 710, 560, SA, "South Africa"),
    row("ZMB", "ZM", 894, 551, EA, "Zambia"),
    row("ZWE", "ZW", 716, 552, EA, "Zimbabwe"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_in_order_so_that_each_is_found() {
        assert!(COUNTRIES.is_sorted_by(|a, b| a.code < b.code));
        for c in COUNTRIES {
            assert_eq!(country(c.code), Some(*c));
        }
        assert_eq!(country("ZZZ"), None);
    }

    #[test]
    fn regions_follow_the_number_of_the_state() {
        let region = |code| country(code).and_then(|c| c.ucdp_region());
        assert_eq!(region("KEN"), Some("Africa"));
        assert_eq!(region("SYR"), Some("Middle East"));
        assert_eq!(region("KAZ"), Some("Asia"));
        assert_eq!(region("GEO"), Some("Europe"));
        assert_eq!(region("PSE"), None);
    }
}
