//! How long each stage takes: `cargo bench -p recount --bench stages`.

use std::sync::LazyLock;

use divan::Bencher;
use divan::counter::ItemsCount;
use recount::gazetteer::Gazetteer;
use recount::language::{Language, mentions, syntax};
use recount::model::Model;
use recount::text::Text;

fn main() {
    LazyLock::force(&MODEL);
    divan::main();
}

static MODEL: LazyLock<Model> = LazyLock::new(|| Model::on_threads(1).expect("the carried weights open"));

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::open().expect("the carried index opens"));

/// A report of some hundred words, written for this.
const PARAGRAPH: &str = "Soldiers opened fire on marchers in the port of Vellamar on Tuesday, killing at least four \
people, doctors at the city's main hospital said. “We carried the wounded on doors,” said Ilse Tarn, a nurse. The \
interior ministry denied that live rounds had been used and blamed armed men among the crowd. President Amadou Koré, \
who took office in March, called for calm and promised an inquiry. Residents said that the army had closed both \
bridges over the Ostrel and that telephone lines were down. ";

/// A text of about `paragraphs` hundred words.
fn text(paragraphs: usize) -> Text {
    let article = recount::intake::Article::from_plain(
        vec![PARAGRAPH; paragraphs].join("\n\n").as_bytes(),
        &recount::intake::Source::default(),
    );
    Text::of(&article.expect("plain text is an article"))
}

/// Opening the weights.
#[divan::bench(sample_count = 5)]
fn open() -> Model {
    Model::on_threads(1).expect("the carried weights open")
}

/// The network over reports of 1, 5 and 20 paragraphs, words a second on one thread.
#[divan::bench(args = [1, 5, 20], sample_count = 5)]
fn reading(bencher: Bencher, paragraphs: usize) {
    let text = text(paragraphs);
    bencher.counter(ItemsCount::new(text.tokens.len())).bench(|| syntax::reading(&text, &MODEL));
}

/// Decoding grammar from the scores.
#[divan::bench(args = [5, 20])]
fn words(bencher: Bencher, paragraphs: usize) {
    let text = text(paragraphs);
    let reading = syntax::reading(&text, &MODEL);
    bencher.counter(ItemsCount::new(text.tokens.len())).bench(|| syntax::words(&text, &MODEL, &reading));
}

/// Finding mentions.
#[divan::bench(args = [5, 20])]
fn mentions_of(bencher: Bencher, paragraphs: usize) {
    let text = text(paragraphs);
    let language = Language::of(&text, &MODEL, &GAZETTEER);
    bencher
        .counter(ItemsCount::new(text.tokens.len()))
        .bench(|| mentions::mentions(&text, &MODEL, &GAZETTEER, &language));
}

/// Sentences and words.
#[divan::bench(args = [5, 20])]
fn layout(bencher: Bencher, paragraphs: usize) {
    let article = recount::intake::Article::from_plain(
        vec![PARAGRAPH; paragraphs].join("\n\n").as_bytes(),
        &recount::intake::Source::default(),
    )
    .expect("plain text is an article");
    bencher.bench(|| Text::of(&article));
}
