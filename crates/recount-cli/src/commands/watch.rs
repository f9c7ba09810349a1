//! `recount watch`: the feeds that the user names, fetched again and again into a collection.

use crate::caught::caught;
use crate::fetch::{Fetched, Fetcher, Limits, Validators};
use crate::{Outcome, printer};
use jiff::SignedDuration;
use recount::Reader;
use recount::intake::feed::{self, Entry};
use recount::intake::{Article, Source, warc};
use recount_store::{Access, Added, Collection, Fetch, Identity, Known, Prepared};
use serde::Deserialize;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Fetch feeds and the pages that they name into a collection.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Watch {
    /// The feeds, as TOML (see below).
    #[arg(value_name = "FEEDS")]
    feeds: PathBuf,
    /// The collection: one file, made where it is not there yet.
    #[arg(long, value_name = "FILE")]
    db: PathBuf,
    /// Ask every feed once and stop, as for a timer.
    #[arg(long)]
    once: bool,
    /// Let private, loopback and link-local addresses be read.
    #[arg(long)]
    allow_private: bool,
}

const EXAMPLES: &str = "Examples:
  recount watch feeds.toml --db unrest.recount          until it is stopped
  recount watch feeds.toml --db unrest.recount --once   one round

feeds.toml:
  every = \"30m\"                          # how often, for all feeds
  between = \"2s\"                         # least time between two requests to one host

  [[feed]]
  url = \"https://news.example/world.rss\"
  pages = true                           # read the page of each entry; without this, only of entries
                                         # whose feed gives no more than a summary
  [[feed]]
  url = \"https://agency.example/atom\"
  every = \"5m\"

Only what is named is fetched: these feeds and the pages of their entries. robots.txt is honoured, private addresses
are refused, and what has not changed is not sent again. Nothing is sent but the requests themselves.";

/// How long after it was read a page that is still in its feed is asked for again: corrections come late.
const AGAIN: Duration = Duration::from_secs(6 * 3600);

/// The user's list.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Feeds {
    every: Option<SignedDuration>,
    between: Option<SignedDuration>,
    #[serde(rename = "feed")]
    feeds: Vec<Feed>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Feed {
    url: String,
    every: Option<SignedDuration>,
    pages: Option<bool>,
}

/// Asks the feeds, each in its time.
pub fn run(args: &Watch) -> Result<Outcome, String> {
    let name = args.feeds.display();
    let text = std::fs::read_to_string(&args.feeds).map_err(|e| format!("{name}: {e}"))?;
    let list: Feeds = toml::from_str(&text).map_err(|e| format!("{name}: {e}"))?;
    if list.feeds.is_empty() {
        return Err(format!("{name}: no feeds"));
    }
    let length = |given: Option<SignedDuration>, else_: Duration| match given {
        Some(d) => Duration::try_from(d).map_err(|_| format!("{name}: a time below zero")),
        None => Ok(else_),
    };
    let usual = length(list.every, Duration::from_secs(30 * 60))?;
    let between = length(list.between, Limits::default().between)?;
    let mut round = Round {
        fetcher: Fetcher::new(Limits { between, allow_private: args.allow_private, ..Limits::default() }),
        reader: Reader::open_for(1).map_err(|e| e.to_string())?,
        collection: Collection::open(&args.db, Access::Create).map_err(|e| e.to_string())?,
        failed: 0,
    };
    let mut due: Vec<(Instant, Duration, &Feed)> = Vec::new();
    for feed in &list.feeds {
        due.push((Instant::now(), length(feed.every, usual)?, feed));
    }
    loop {
        due.sort_by_key(|(when, ..)| *when);
        let (when, every, feed) = due[0];
        std::thread::sleep(when.saturating_duration_since(Instant::now()));
        round.ask(feed)?;
        if args.once {
            due.remove(0);
        } else {
            due[0].0 = Instant::now() + every;
        }
        if due.is_empty() {
            return Ok(if round.failed > 0 { Outcome::SomeFailed } else { Outcome::Done });
        }
    }
}

/// What a round over the feeds works with.
struct Round {
    fetcher: Fetcher,
    reader: Reader,
    collection: Collection,
    failed: u64,
}

impl Round {
    /// Asks one feed and adds what is new in it. What cannot be fetched or read is named, and the rest goes on; the
    /// error is one of the collection.
    fn ask(&mut self, feed: &Feed) -> Result<(), String> {
        let known = self.known(&feed.url)?.unwrap_or_default();
        let page = match self.fetcher.get(&feed.url, &validators(&known)) {
            Ok(Fetched::Unchanged) => {
                printer::hint(&format!("{}: nothing new", feed.url));
                return Ok(());
            }
            Ok(Fetched::Page(page)) => page,
            Err(reason) => return self.skip(&feed.url, &reason),
        };
        let entries = match feed::feed(&page.bytes) {
            Ok(entries) => entries,
            Err(reason) => return self.skip(&feed.url, &reason.to_string()),
        };
        let (failed, mut new, mut versions) = (self.failed, 0, 0);
        for entry in &entries {
            match self.entry(feed, entry)? {
                Some(Added::New { .. }) => new += 1,
                Some(Added::Version { .. }) => versions += 1,
                Some(Added::Already { .. } | Added::Visit { .. }) | None => {}
            }
        }
        // A feed of which something could not be had is asked for whole the next time.
        if failed == self.failed {
            self.keep(&feed.url, page.validators)?;
        }
        let changed = if versions > 0 { format!(", {versions} as new versions") } else { String::new() };
        printer::hint(&format!("{}: {} entries, {new} reports added{changed}", feed.url, entries.len()));
        Ok(())
    }

    /// Adds the report of one entry, unless it is there.
    fn entry(&mut self, feed: &Feed, entry: &Entry) -> Result<Option<Added>, String> {
        let own = || entry.article(&Source::default()).map_err(|e| e.to_string());
        let address = entry.uri.as_deref().filter(|_| feed.pages.unwrap_or(!entry.is_whole()));
        let (failed, mut answered) = (self.failed, None);
        let article = match address {
            None => own(),
            Some(url) => {
                let known = self.known(url)?;
                if known.as_ref().is_some_and(|k| is_recent(&k.at)) {
                    return Ok(None);
                }
                match self.fetcher.get(url, &validators(&known.unwrap_or_default())) {
                    Ok(Fetched::Unchanged) => return Ok(None),
                    Ok(Fetched::Page(page)) => {
                        let read = article_of(&page.bytes, page.content_type.as_deref(), url, entry);
                        answered = read.is_ok().then_some((url, page.validators));
                        // A page that holds no article leaves what the feed itself says.
                        read.or_else(|reason| own().map_err(|_| reason))
                    }
                    Err(reason) => own().map_err(|_| reason),
                }
            }
        };
        let added = match article {
            Ok(article) => self.add(article)?,
            Err(reason) => {
                self.skip(entry.uri.as_deref().unwrap_or(&feed.url), &reason)?;
                None
            }
        };
        // Only once its report is kept: a page that was asked for and lost would not be sent again.
        if let Some((url, validators)) = answered.filter(|_| failed == self.failed) {
            self.keep(url, validators)?;
        }
        Ok(added)
    }

    fn add(&mut self, article: Article) -> Result<Option<Added>, String> {
        let day = article.published.best.map(|d| d.to_string());
        let Article { id, uri, title, text, .. } = &article;
        let identity = Identity::of(id, uri.as_deref(), title.as_deref(), text, day.as_deref(), None);
        if let Known::Yes(_) = self.collection.knows(&identity).map_err(|e| e.to_string())? {
            return Ok(None);
        }
        let place = uri.clone().unwrap_or_else(|| id.clone());
        let prepared = match caught(|| Ok(Prepared::of(self.reader.record(&self.reader.read(article)), None))) {
            Ok(prepared) => prepared,
            Err(reason) => {
                self.skip(&place, &reason)?;
                return Ok(None);
            }
        };
        let added = self.collection.add(&[prepared], &super::time(None)).map_err(|e| e.to_string())?;
        Ok(added.into_iter().next())
    }

    fn skip(&mut self, url: &str, reason: &str) -> Result<(), String> {
        self.failed += 1;
        printer::complain(&format!("{url}: {reason}; skipped"));
        Ok(())
    }

    fn known(&self, url: &str) -> Result<Option<Fetch>, String> {
        self.collection.fetch(url).map_err(|e| e.to_string())
    }

    fn keep(&mut self, url: &str, validators: Validators) -> Result<(), String> {
        let Validators { etag, last_modified } = validators;
        let fetch = Fetch { at: super::time(None), etag, last_modified };
        self.collection.keep_fetch(url, &fetch).map_err(|e| e.to_string())
    }
}

fn validators(fetch: &Fetch) -> Validators {
    Validators { etag: fetch.etag.clone(), last_modified: fetch.last_modified.clone() }
}

fn is_recent(at: &str) -> bool {
    let Ok(at) = at.parse::<jiff::Timestamp>() else { return false };
    Duration::try_from(jiff::Timestamp::now().duration_since(at)).is_ok_and(|age| age < AGAIN)
}

/// The report of a page that an entry leads to. What the page does not say of its day is taken from the entry.
fn article_of(bytes: &[u8], media: Option<&str>, url: &str, entry: &Entry) -> Result<Article, String> {
    let (kind, charset) = media.map(warc::media_type).unwrap_or_default();
    let entry_day = entry.stated.as_deref().and_then(|s| s.get(..10)).and_then(|d| d.parse().ok());
    let source = Source { uri: Some(url), published: entry_day, charset: charset.as_deref(), ..Source::default() };
    let read = match kind.as_str() {
        "text/plain" => Article::from_plain(bytes, &source),
        "" | "text/html" | "application/xhtml+xml" => Article::from_html(bytes, &source),
        other => return Err(format!("{other} is no page")),
    };
    read.map_err(|e| e.to_string())
}
