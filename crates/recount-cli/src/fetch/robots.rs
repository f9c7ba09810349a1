//! What a site's robots.txt allows, as RFC 9309 says it is read.

use std::time::Duration;

/// Bytes of a robots.txt that are read; RFC 9309 asks for 500 KiB at least.
pub const MAX_BYTES: u64 = 512 * 1024;

/// The longest wait between requests that a site can ask for.
const MAX_DELAY: Duration = Duration::from_secs(120);

/// The rules of one site.
#[derive(Clone, Debug)]
pub enum Rules {
    /// There are none: no file, or one that cannot be had for reasons of our own (4xx).
    None,
    /// The site cannot say at present (5xx, no answer): nothing is fetched.
    Unreachable(String),
    Text(String),
}

impl Rules {
    /// The rules in a robots.txt. What is no ASCII is written as in addresses, for the parser cuts at bytes.
    pub fn of(bytes: &[u8]) -> Rules {
        let mut text = String::with_capacity(bytes.len());
        for &b in bytes {
            if b.is_ascii() {
                text.push(char::from(b));
            } else {
                text.push_str(&format!("%{b:02X}"));
            }
        }
        Rules::Text(text)
    }

    /// Whether `agent` may fetch `url`, and if not, why.
    pub fn allow(&self, agent: &str, url: &str) -> Result<(), String> {
        match self {
            Rules::None => Ok(()),
            Rules::Unreachable(why) => Err(format!("its robots.txt cannot be had at present ({why})")),
            Rules::Text(text) => {
                let allowed = robotstxt::DefaultMatcher::default().one_agent_allowed_by_robots(text, agent, url);
                if allowed { Ok(()) } else { Err("its robots.txt forbids it".to_owned()) }
            }
        }
    }

    /// The wait between requests that the site asks of `agent`, else of everyone (`Crawl-delay`).
    pub fn delay(&self, agent: &str) -> Option<Duration> {
        let Rules::Text(text) = self else { return None };
        let (mut own, mut any) = (None, None);
        let (mut names, mut in_rules) = (Vec::new(), false);
        for line in text.lines() {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim().to_ascii_lowercase());
            if key == "user-agent" {
                if std::mem::take(&mut in_rules) {
                    names.clear();
                }
                names.push(value);
                continue;
            }
            in_rules = true;
            if key != "crawl-delay" {
                continue;
            }
            let Some(seconds) = value.parse::<f64>().ok().filter(|s| s.is_finite() && *s >= 0.0) else { continue };
            let delay = Duration::from_secs_f64(seconds.min(MAX_DELAY.as_secs_f64()));
            if names.iter().any(|n| n == agent) {
                own.get_or_insert(delay);
            } else if names.iter().any(|n| n == "*") {
                any.get_or_insert(delay);
            }
        }
        own.or(any)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "User-agent: *\nDisallow: /private/\nCrawl-delay: 3\n\nUser-agent: recount\nUser-agent: other\n\
                        Disallow: /archive/\nAllow: /archive/open/\nCrawl-delay: 0.5\n";

    #[test]
    fn the_longest_rule_of_the_own_group_holds() {
        let rules = Rules::of(TEXT.as_bytes());
        assert!(rules.allow("recount", "https://news.example/private/1").is_ok());
        assert!(rules.allow("recount", "https://news.example/archive/1").is_err());
        assert!(rules.allow("recount", "https://news.example/archive/open/1").is_ok());
        assert!(rules.allow("another", "https://news.example/private/1").is_err());
        assert_eq!(rules.delay("recount"), Some(Duration::from_millis(500)));
        assert_eq!(rules.delay("another"), Some(Duration::from_secs(3)));
    }

    #[test]
    fn a_site_that_cannot_say_is_left_alone_and_one_without_rules_is_not() {
        assert!(Rules::None.allow("recount", "https://news.example/").is_ok());
        assert!(Rules::Unreachable("503".into()).allow("recount", "https://news.example/").is_err());
    }

    #[test]
    fn any_bytes_are_rules_of_some_kind() {
        for bytes in
            [&b"\xff\xfe\x00"[..], "User-agent: *\nDisallow: /новости\n: :::\n\u{feff}".as_bytes(), b"Disallow"]
        {
            let rules = Rules::of(bytes);
            let _ = (rules.allow("recount", "https://news.example/a"), rules.delay("recount"));
        }
        let rules = Rules::of("User-agent: *\nDisallow: /новости\n".as_bytes());
        assert!(rules.allow("recount", "https://news.example/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/1").is_err());
    }
}
