//! Fetching what the user names, and only that: limits on size, time and redirects, no private addresses, robots.txt
//! honoured, a polite rate a host, and nothing fetched twice that has not changed.

mod address;
mod pace;
mod robots;

use address::Guarded;
use pace::Pace;
use robots::Rules;
use std::collections::HashMap;
use std::io::Read;
use std::sync::Mutex;
use std::time::Duration;
use ureq::http::{Response, header};
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};
use url::Url;

/// As sites' rules name the program.
const AGENT: &str = "recount";

/// Redirects that are followed, each checked like the first address.
const MAX_REDIRECTS: usize = 5;

/// What bounds a request.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Bytes of a body, decompressed.
    pub bytes: u64,
    /// From asking to the last byte.
    pub time: Duration,
    /// At least this long between two requests to one host.
    pub between: Duration,
    /// Private, loopback and link-local addresses may be read.
    pub allow_private: bool,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            bytes: recount::intake::MAX_BYTES as u64,
            time: Duration::from_secs(60),
            between: Duration::from_secs(2),
            allow_private: false,
        }
    }
}

/// What a server said about a version of an address, to ask whether it has changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    pub etag: Option<String>,
    pub last_modified: Option<String>,
}

/// What came of a request.
#[derive(Debug)]
pub enum Fetched {
    /// As it was when the validators were given.
    Unchanged,
    Page(Page),
}

#[derive(Debug)]
pub struct Page {
    pub content_type: Option<String>,
    pub bytes: Vec<u8>,
    pub validators: Validators,
}

/// Asks servers, one request to a host at a time.
pub struct Fetcher {
    agent: Agent,
    limits: Limits,
    pace: Pace,
    rules: Mutex<HashMap<String, Rules>>,
}

impl Fetcher {
    pub fn new(limits: Limits) -> Fetcher {
        let config = Agent::config_builder()
            .user_agent(format!("{AGENT}/{}", env!("CARGO_PKG_VERSION")))
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            // A proxy would connect in our place, where no address can be refused.
            .proxy(None)
            .timeout_global(Some(limits.time))
            .timeout_connect(Some(limits.time.min(Duration::from_secs(15))))
            .build();
        let names = Guarded { allow_private: limits.allow_private, names: DefaultResolver::default() };
        let agent = Agent::with_parts(config, DefaultConnector::default(), names);
        Fetcher { agent, pace: Pace::of(limits.between), limits, rules: Mutex::default() }
    }

    /// Fetches an address unless it is as it was; the error says what stood in the way.
    pub fn get(&self, url: &str, known: &Validators) -> Result<Fetched, String> {
        let mut url = url.to_owned();
        for _ in 0..=MAX_REDIRECTS {
            let site = Site::of(&url)?;
            let rules = self.rules_of(&site);
            rules.allow(AGENT, &url)?;
            self.pace.wait(&site.host, rules.delay(AGENT));
            let response = self.ask(&url, known)?;
            if let Some(to) = redirect(&response, &url)? {
                url = to;
                continue;
            }
            if response.status() == 304 {
                return Ok(Fetched::Unchanged);
            }
            if !response.status().is_success() {
                return Err(format!("the server answers {}", response.status()));
            }
            let field = |name| response.headers().get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
            let validators = Validators { etag: field(header::ETAG), last_modified: field(header::LAST_MODIFIED) };
            let content_type = field(header::CONTENT_TYPE);
            let bytes = body(response, self.limits.bytes)?;
            return Ok(Fetched::Page(Page { content_type, bytes, validators }));
        }
        Err(format!("more than {MAX_REDIRECTS} redirects"))
    }

    fn ask(&self, url: &str, known: &Validators) -> Result<Response<Body>, String> {
        let mut request = self.agent.get(url);
        if let Some(etag) = &known.etag {
            request = request.header(header::IF_NONE_MATCH, etag);
        }
        if let Some(day) = &known.last_modified {
            request = request.header(header::IF_MODIFIED_SINCE, day);
        }
        request.call().map_err(|e| match e {
            ureq::Error::Other(why) => why.to_string(),
            e => e.to_string(),
        })
    }

    /// The rules of a site, asked for once a run.
    fn rules_of(&self, site: &Site) -> Rules {
        let mut rules = self.rules.lock().expect("no thread panics while it holds the rules");
        if let Some(known) = rules.get(&site.root) {
            return known.clone();
        }
        let found = self.fetch_rules(&format!("{}/robots.txt", site.root));
        rules.insert(site.root.clone(), found.clone());
        found
    }

    fn fetch_rules(&self, url: &str) -> Rules {
        let mut url = url.to_owned();
        for _ in 0..=MAX_REDIRECTS {
            let Ok(site) = Site::of(&url) else { return Rules::None };
            self.pace.wait(&site.host, None);
            let response = match self.ask(&url, &Validators::default()) {
                Ok(response) => response,
                Err(why) => return Rules::Unreachable(why),
            };
            match redirect(&response, &url) {
                Ok(Some(to)) => url = to,
                Err(_) => return Rules::None,
                Ok(None) if response.status().is_success() => {
                    let mut bytes = Vec::new();
                    let read = response.into_body().into_reader().take(robots::MAX_BYTES).read_to_end(&mut bytes);
                    return read.map_or_else(|e| Rules::Unreachable(e.to_string()), |_| Rules::of(&bytes));
                }
                Ok(None) if response.status().is_client_error() => return Rules::None,
                Ok(None) => return Rules::Unreachable(response.status().to_string()),
            }
        }
        Rules::None
    }
}

/// What an address belongs to.
struct Site {
    host: String,
    /// Scheme, host and port.
    root: String,
}

impl Site {
    fn of(url: &str) -> Result<Site, String> {
        let url = Url::parse(url).map_err(|e| format!("{url} is no address: {e}"))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(format!("{url}: only http and https are read"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err("addresses with a user name are not read".to_owned());
        }
        let host = url.host_str().ok_or_else(|| format!("{url} names no host"))?.to_owned();
        Ok(Site { host, root: url.origin().ascii_serialization() })
    }
}

/// Where a response leads to, as a whole address.
fn redirect(response: &Response<Body>, from: &str) -> Result<Option<String>, String> {
    if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let to = response.headers().get(header::LOCATION).and_then(|v| v.to_str().ok());
    let to = to.ok_or("a redirect to nowhere")?;
    let base = Url::parse(from).map_err(|e| format!("{from} is no address: {e}"))?;
    let mut to = base.join(to).map_err(|e| format!("a redirect to {to}, which is no address: {e}"))?;
    to.set_fragment(None);
    Ok(Some(to.into()))
}

fn body(response: Response<Body>, limit: u64) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let reader = response.into_body().into_reader();
    reader.take(limit + 1).read_to_end(&mut bytes).map_err(|e| format!("the answer broke off: {e}"))?;
    if bytes.len() as u64 > limit {
        return Err(format!("the answer is over {limit} bytes long"));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests;
