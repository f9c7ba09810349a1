//! Reports as they come: headers of scraped text, pages whole and broken, character sets, bad input.

use proptest::prelude::*;
use recount::Error;
use recount::intake::{Article, MAX_BYTES, Source, StatedDate, lines};

fn plain(text: &str) -> Article {
    Article::from_plain(text.as_bytes(), &Source::default()).expect("this is text")
}

fn page(html: &str) -> Article {
    Article::from_html(html.as_bytes(), &Source::default()).expect("this page has an article")
}

fn best(article: &Article) -> Option<String> {
    article.published.best.map(|d| d.to_string())
}

const PROSE: &str = "Two fishing boats sank off the harbour wall early on Tuesday, and the coast guard pulled nine people out of \
                     the water. The harbour master said that three others had not been found by noon.";

const MORE: &str = "Relatives waited at the pier through the morning. A spokeswoman for the port said that the search would go \
                    on until dark, and that a helicopter from the next province had joined it after eight o'clock.";

/// A page around the two paragraphs.
fn around(head: &str, above: &str) -> String {
    format!(
        "<!doctype html><html lang=en><head><title>Boats sink off harbour</title>{head}</head><body><nav><a href=/>Home</a></nav>\
         <article><h1>Boats sink off harbour</h1>{above}<p>{PROSE}</p><p>{MORE}</p><p>{PROSE} {MORE}</p></article>\
         <footer>Harbour Times, 1 Quay Road</footer></body></html>"
    )
}

#[track_caller]
fn assert_quotes(article: &Article) {
    for date in &article.published.stated {
        if let Some(span) = date.span {
            assert_eq!(span.of(&article.text), date.words);
        }
    }
}

#[test]
fn the_text_of_a_plain_report_is_its_input() {
    let text = format!("\r\n Posted on 5 May 2021\r\n\r\n{PROSE}\r\n");
    assert_eq!(plain(&text).text, text);
}

#[test]
fn two_dates_of_a_scraped_header_settle_each_other() {
    let article =
        plain(&format!(" date 2021-03-06 posted on 03/05/2021 18:30\n\n\n(credit: Jane Roe/Newswire)\n\n{PROSE}"));
    assert_eq!(best(&article).as_deref(), Some("2021-03-05"));
    assert_eq!(article.credit.as_deref(), Some("Jane Roe/Newswire"));
    let words: Vec<&str> = article.published.stated.iter().map(|d| d.words.as_str()).collect();
    assert_eq!(words, ["2021-03-06", "03/05/2021"]);
    assert_quotes(&article);
}

#[test]
fn every_form_of_header_gives_the_day() {
    for header in [
        "Posted on 5 May 2021 at 06:00",
        "Published: Wednesday, May 5, 2021",
        "Boats sink off harbour\nBy Jane Roe\nMay 5, 2021",
        "BOATS SINK OFF HARBOUR\n5 May 2021 | 10:32 GMT",
        "Harbour Times, 5 May 2021",
        "Updated: 7 May 2021\nPublished: 5 May 2021",
        "Date: 05/05/2021",
    ] {
        let article = plain(&format!("{header}\n\n{PROSE}"));
        assert_eq!(best(&article).as_deref(), Some("2021-05-05"), "{header}");
        assert_quotes(&article);
    }
    let article = plain(&format!("PORTO, May 5, 2021 (Newswire) - {PROSE}"));
    assert_eq!(best(&article).as_deref(), Some("2021-05-05"));
    assert_eq!(article.credit.as_deref(), Some("Newswire"));
    assert_quotes(&article);
}

#[test]
fn an_open_order_stays_open_in_english_and_is_settled_by_the_outlets_country() {
    let text = format!("Posted on 03/05/2021\n\n{PROSE}");
    let open = plain(&text);
    assert_eq!((best(&open), open.published.stated[0].value), (None, None));
    let read =
        |uri| best(&Article::from_plain(text.as_bytes(), &Source { uri: Some(uri), ..Source::default() }).unwrap());
    assert_eq!(read("https://harbour.example.co.uk/a").as_deref(), Some("2021-05-03"));
    assert_eq!(read("https://harbour.example.us/a").as_deref(), Some("2021-03-05"));
    assert_eq!(read("https://harbour.example.com/a"), None);
    let german = "Am frühen Morgen sind vor dem Hafen zwei Fischerboote gesunken. Die Küstenwache rettete neun Menschen aus dem Wasser.";
    assert_eq!(best(&plain(&format!("Veröffentlicht am 03/05/2021\n\n{german}"))).as_deref(), Some("2021-05-03"));
}

#[test]
fn dates_that_the_prose_tells_of_are_not_taken() {
    for text in [
        "The two boats sank on 5 May 2021, the coast guard said, and nine people were pulled out of the water.",
        "A film posted on 5 May 2021 shows two boats sinking off the harbour while people run along the wall.",
        "Two boats sank off the harbour wall, the coast guard said.\n\nOn 5 May 2021 another boat had sunk at the same place.",
    ] {
        let article = plain(text);
        assert_eq!((best(&article), article.published.stated.len()), (None, 0), "{text}");
    }
}

#[test]
fn the_option_is_taken_only_where_the_text_says_nothing() {
    let option = Source { published: Some("2020-01-01".parse().unwrap()), ..Source::default() };
    let dated = Article::from_plain(format!("Posted on 5 May 2021\n\n{PROSE}").as_bytes(), &option).unwrap();
    assert_eq!(best(&dated).as_deref(), Some("2021-05-05"));
    let bare = Article::from_plain(PROSE.as_bytes(), &option).unwrap();
    assert_eq!(best(&bare).as_deref(), Some("2020-01-01"));
    assert_eq!(bare.published.stated[0].from, "option");
}

#[test]
fn a_page_gives_its_paragraphs_title_outlet_and_byline() {
    let head = "<meta property=og:site_name content='Harbour Times'><meta name=author content='Jane Roe'>";
    let article = page(&around(
        head,
        "<figure><img src=a><figcaption>A boat in the harbour in better days.</figcaption></figure>",
    ));
    assert_eq!(article.title.as_deref(), Some("Boats sink off harbour"));
    assert_eq!(article.outlet.as_deref(), Some("Harbour Times"));
    assert_eq!(article.credit.as_deref(), Some("Jane Roe"));
    assert_eq!(article.language, "en");
    assert!(article.text.starts_with(PROSE), "{}", article.text);
    assert_eq!(article.text.split("\n\n").count(), 3);
    assert!(!article.text.contains("better days") && !article.text.contains("Quay Road"));
}

#[test]
fn each_place_of_a_page_states_its_date() {
    let day = |from| (Some("2021-05-05".to_owned()), from);
    let told = |html: &str| {
        let article = page(html);
        (best(&article), article.published.stated.first().map_or("none", |d| d.from))
    };
    let json = r#"{"@context":"https://schema.org","@graph":[{"@type":"WebSite"},{"@type":"NewsArticle","datePublished":"2021-05-05T10:00:00+02:00"}]}"#;
    assert_eq!(told(&around(&format!("<script type='application/ld+json'>{json}</script>"), "")), day("json-ld"));
    let broken = r#"{"@type":"NewsArticle","headline":"A "quoted" word","datePublished":"2021-05-05",}"#;
    assert_eq!(told(&around(&format!("<script type='application/ld+json'>{broken}</script>"), "")), day("json-ld"));
    assert_eq!(
        told(&around("<meta property='article:published_time' content='2021-05-05T10:00:00Z'>", "")),
        day("meta")
    );
    assert_eq!(told(&around("<meta name='dc.date' content='2021-05-05'>", "")), day("meta"));
    assert_eq!(told(&around("", "<span itemprop=datePublished content=2021-05-05>Wednesday</span>")), day("microdata"));
    assert_eq!(told(&around("", "<time datetime='2021-05-05T10:00'>Wednesday</time>")), day("time"));
    assert_eq!(told(&around("<link rel=canonical href='https://x.example/2021/05/05/boats'>", "")), day("url"));
    assert_eq!(told(&around("", "<div>Published on 5 May 2021 at 10:00</div>")), day("page"));
    assert_eq!(told(&around("", "")), (None, "none"));
}

#[test]
fn a_date_of_change_is_marked_and_not_preferred() {
    let head = "<meta property='article:modified_time' content='2021-05-09'><meta property='article:published_time' content='2021-05-05'>";
    let article = page(&around(head, ""));
    assert_eq!(best(&article).as_deref(), Some("2021-05-05"));
    assert!(article.published.stated.iter().any(|d: &StatedDate| d.modified && d.words == "2021-05-09"));
}

#[test]
fn a_comments_date_is_not_the_pages() {
    let html = around("", "").replace(
        "</article>",
        "<div class=comments><time datetime=2021-06-01>1 June 2021</time><p>Sad.</p></div></article>",
    );
    assert_eq!(best(&page(&html)), None);
}

#[test]
fn character_sets_are_found() {
    let russian = "Рано утром во вторник у входа в гавань затонули два рыбацких судна, девять человек спасены, трое пропали без вести.";
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(russian);
    let html = [
        &b"<html><head><meta charset=windows-1251></head><body><article><p>"[..],
        &bytes,
        b"</p></article></body></html>",
    ]
    .concat();
    let article = Article::from_html(&html, &Source::default()).unwrap();
    assert_eq!((article.text.as_str(), article.language.as_str(), article.notes.len()), (russian, "ru", 0));
    let guessed = Article::from_plain(&bytes, &Source::default()).unwrap();
    assert_eq!(guessed.text, russian);
    assert!(guessed.notes[0].contains("guessed"));
    let wide: Vec<u8> = std::iter::once(0xFEFF).chain(PROSE.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(Article::from_plain(&wide, &Source::default()).unwrap().text, PROSE);
}

#[test]
fn bad_input_is_named() {
    let read = |bytes: &[u8]| Article::from_html(bytes, &Source::default()).unwrap_err();
    assert!(matches!(read(b""), Error::Empty));
    assert!(matches!(read(b"%PDF-1.4\n"), Error::NotText(_)));
    assert!(matches!(read(&vec![b' '; MAX_BYTES + 1]), Error::TooLong { .. }));
    assert!(matches!(read(b"<html><body><nav><a href=/>Home</a></nav></body></html>"), Error::NoArticle));
    assert!(matches!(
        read(b"<html><script>var a = 'a long script, and nothing to be read by people at all';</script></html>"),
        Error::NoArticle
    ));
}

#[test]
fn a_page_nested_without_end_is_read_as_text() {
    for tag in ["div", "b", "font color=red", "table><tr><td", "ul><li", "svg><g", "span"] {
        let open = format!("<{tag}>").repeat(100_000);
        let article = page(&format!("<html><body>{open}<p>{PROSE}</p>"));
        assert_eq!(article.text, PROSE, "{tag}");
        assert!(article.notes[0].contains("nests"), "{tag}");
    }
}

#[test]
fn a_deep_page_under_the_limit_fits_the_stack() {
    let (open, close) = ("<div>".repeat(480), "</div>".repeat(480));
    let html = format!("<html><body>{open}<p>{PROSE}</p><p>{MORE}</p>{close}</body></html>");
    assert!(page(&html).text.contains(MORE));
}

#[test]
fn lines_go_on_behind_a_broken_one() {
    let input = format!(
        "{{\"id\":\"a\",\"html\":{}}}\nbroken\n{{\"text\":\"Still here.\"}}\n",
        serde_json::to_string(&around("", "")).unwrap()
    );
    let read: Vec<_> = lines(input.as_bytes()).map(|l| l?.article(&Source::default())).collect();
    assert_eq!(read[0].as_ref().unwrap().id, "a");
    assert!(matches!(read[1], Err(Error::Line { line: 2, .. })));
    assert_eq!(read[2].as_ref().unwrap().text, "Still here.");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let source = Source::default();
        for article in [Article::from_plain(&bytes, &source), Article::from_html(&bytes, &source)].into_iter().flatten() {
            assert_quotes(&article);
        }
        for line in lines(&bytes[..]).flatten() {
            let _ = line.article(&source);
        }
    }

    #[test]
    fn any_text_stays_as_it_is(text in "\\PC{0,80}(\r?\n\\PC{0,80}){0,4}") {
        if let Ok(article) = Article::from_plain(text.as_bytes(), &Source::default()) {
            prop_assert_eq!(&article.text, &text.trim_start_matches('\u{feff}'));
            assert_quotes(&article);
        }
    }

    #[test]
    fn any_header_quotes_its_dates(
        label in "(Posted on |Updated: |Von Jane am |Date |By Jane, |)",
        date in "([0-3]?[0-9][/. -](0?[0-9]|1[0-2]|Mai|June|янв)[/. -](19|20)?[0-9]{2}|20[0-9]{2}-[01][0-9]-[0-3][0-9]|May [0-9]{1,2}(, 2021)?)",
        rest in "( 06:00| \\| é|\\)|, ünd|)",
    ) {
        assert_quotes(&plain(&format!("é {label}{date}{rest}\n\n{PROSE}")));
        assert_quotes(&plain(&format!("{label}{date}{rest}{PROSE}")));
    }

    #[test]
    fn any_tags_are_read_or_refused(parts in proptest::collection::vec("(<(p|div|a|b|table|td|svg|title|script|li|time|h1|br|select|template)( (class|datetime|itemprop|id)='?[a-z0-9-]{0,9}'?)?/?>|</(p|div|a|b|table|td|svg|script)>|[a-z é.]{1,30}|&amp;|<!--|-->|2021-05-05)", 0..60)) {
        if let Ok(article) = Article::from_html(parts.concat().as_bytes(), &Source::default()) {
            assert_quotes(&article);
        }
    }
}
