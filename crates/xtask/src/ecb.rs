//! ECB+ (CAT XML in a tar): its reports as running text, which happening each tells of, and which words tell of one event.

use std::collections::{BTreeMap, HashMap};
use std::io::Read;
use std::path::Path;

/// A report of the corpus.
pub struct Told {
    pub id: String,
    pub text: String,
    /// `12ecb` and `12ecbplus` are the two happenings of topic 12.
    pub incident: String,
    pub topic: u32,
    /// Code points of `text`, and the name of the event that the words tell of, across reports.
    pub mentions: Vec<([usize; 2], String)>,
}

/// The reports of the training topics: those of the development half are left out.
pub fn training(archive: &Path) -> Result<Vec<Told>, String> {
    let fault = |e: std::io::Error| format!("{}: {e}", archive.display());
    let mut tar = Vec::new();
    let file = std::fs::File::open(archive).map_err(fault)?;
    flate2::read::GzDecoder::new(file).read_to_end(&mut tar).map_err(fault)?;
    let mut out: Vec<Told> = members(&tar)
        .filter_map(|(name, bytes)| told(&name, &String::from_utf8_lossy(bytes)))
        .filter(|t| !DEVELOPMENT.contains(&t.topic))
        .collect();
    out.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(out)
}

/// Topics that only measure.
const DEVELOPMENT: [u32; 8] = [2, 5, 12, 18, 21, 23, 34, 35];

/// Name and content of the files in a tar.
fn members(tar: &[u8]) -> impl Iterator<Item = (String, &[u8])> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let header = tar.get(at..at + 512)?;
        let text = |part: &[u8]| String::from_utf8_lossy(part).trim_end_matches(['\0', ' ']).to_owned();
        let name = text(&header[..100]);
        let size = usize::from_str_radix(&text(&header[124..136]), 8).ok()?;
        if name.is_empty() {
            return None;
        }
        let content = tar.get(at + 512..at + 512 + size)?;
        at += 512 + size.div_ceil(512) * 512;
        Some((name, content))
    })
}

fn told(name: &str, xml: &str) -> Option<Told> {
    let (file, folder) = name.rsplit_once('/').map(|(f, n)| (n.strip_suffix(".xml"), f))?;
    let (number, half) = file?.split_once('_')?;
    let topic = number.parse().ok().filter(|_| folder.ends_with(number))?;
    let (nth, half) = half.split_at(half.find(|c: char| !c.is_ascii_digit())?);
    let mut sentences: BTreeMap<u32, Vec<(u32, String)>> = BTreeMap::new();
    let mut anchors: HashMap<u32, Vec<u32>> = HashMap::new();
    let mut chains: Vec<(u32, String)> = Vec::new();
    let (mut markable, mut chain) = (None, None);
    for tag in xml.split('<').skip(1) {
        let number = |key: &str| attribute(tag, key).and_then(|v| v.parse::<u32>().ok());
        let name = tag.split([' ', '>', '/']).next().unwrap_or_default();
        match name {
            "token" => {
                let words = plain(tag.split_once('>').map_or("", |(_, w)| w));
                sentences.entry(number("sentence")?).or_default().push((number("t_id")?, words));
            }
            "token_anchor" => {
                if let (Some(m), Some(t)) = (markable, number("t_id")) {
                    anchors.entry(m).or_default().push(t);
                }
            }
            "CROSS_DOC_COREF" => chain = attribute(tag, "note").map(str::to_owned),
            "source" => {
                if let (Some(chain), Some(m)) = (&chain, number("m_id")) {
                    chains.push((m, chain.clone()));
                }
            }
            _ if name.contains("_DOC_COREF") || name == "Relations" => (markable, chain) = (None, None),
            _ if number("m_id").is_some() => markable = number("m_id").filter(|_| name.contains("ACTION")),
            _ => {}
        }
    }
    let mut sentences: Vec<Vec<(u32, String)>> = sentences.into_values().collect();
    let is_address = |s: &Vec<(u32, String)>| s.first().is_some_and(|(_, w)| w.starts_with("http") || w == "www");
    if half == "ecbplus" && sentences.first().is_some_and(is_address) {
        sentences.remove(0);
    }
    let (text, at) = joined(&sentences);
    let span = |m: &u32| {
        let spans: Vec<[usize; 2]> = anchors.get(m)?.iter().filter_map(|t| at.get(t).copied()).collect();
        Some([spans.first()?[0], spans.last()?[1]])
    };
    let mentions = chains.iter().filter_map(|(m, chain)| Some((span(m)?, chain.clone()))).collect();
    Some(Told { id: format!("{topic}{half}-{nth}"), text, incident: format!("{topic}{half}"), topic, mentions })
}

fn attribute<'a>(tag: &'a str, key: &str) -> Option<&'a str> {
    let from = tag.find(&format!(" {key}=\""))? + key.len() + 3;
    tag[from..].split('"').next()
}

fn plain(words: &str) -> String {
    let words = words.trim().replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    words.replace("&apos;", "'").replace("&amp;", "&")
}

/// Running text from words, and where each word stands in it: no space before closing marks and endings, a new line
/// after what ends without a stop, as headlines do.
fn joined(sentences: &[Vec<(u32, String)>]) -> (String, HashMap<u32, [usize; 2]>) {
    let (mut text, mut length, mut at) = (String::new(), 0, HashMap::new());
    let mut quoted = false;
    for sentence in sentences {
        let mut glued = true;
        if !text.is_empty() {
            text.push(if text.ends_with(['.', '!', '?', '"', '\'']) { ' ' } else { '\n' });
            length += 1;
        }
        for (id, word) in sentence.iter().filter(|(_, w)| !w.is_empty()) {
            let word = if word == "``" || word == "''" { "\"" } else { word.as_str() };
            let opens = word == "\"" && !quoted;
            let closes = (word == "\"" && quoted)
                || word.chars().all(|c| ".,;:!?%)]}".contains(c))
                || matches!(word, "'s" | "n't" | "'re" | "'ve" | "'ll" | "'d" | "'m" | "'");
            quoted ^= word == "\"";
            if !glued && !closes {
                text.push(' ');
                length += 1;
            }
            let size = word.chars().count();
            at.insert(*id, [length, length + size]);
            text.push_str(word);
            length += size;
            glued = opens || matches!(word, "(" | "[" | "{" | "$");
        }
    }
    (text, at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_read_with_its_text_and_its_mentions() {
        let xml = "<Document><token t_id=\"1\" sentence=\"0\" number=\"0\">Rebels</token>\
                   <token t_id=\"2\" sentence=\"0\" number=\"1\">attacked</token>\
                   <token t_id=\"3\" sentence=\"0\" number=\"2\">.</token>\
                   <Markables><ACTION_OCCURRENCE m_id=\"7\" ><token_anchor t_id=\"2\"/></ACTION_OCCURRENCE></Markables>\
                   <Relations><CROSS_DOC_COREF r_id=\"9\" note=\"ACT1\" ><source m_id=\"7\" /></CROSS_DOC_COREF></Relations>";
        let told = told("x/3/3_2ecb.xml", xml).unwrap();
        assert_eq!(told.id, "3ecb-2");
        assert_eq!((told.text.as_str(), told.incident.as_str(), told.topic), ("Rebels attacked.", "3ecb", 3));
        assert_eq!(told.mentions, [([7, 15], "ACT1".to_owned())]);
    }
}
