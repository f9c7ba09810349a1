//! Names every stage, in order. The function signatures are the pipeline.

use crate::document::Document;
use crate::error::Result;
use crate::gazetteer::Gazetteer;
use crate::intake::Article;
use crate::language::Language;
use crate::meaning::{Meaning, counts, events, places, relations, statements, times};
use crate::model::Model;
use crate::record::{Record, Run};
use crate::text::Text;

/// The opened data that reading needs: weights and gazetteer. Share one between threads.
pub struct Reader {
    pub model: Model,
    pub gazetteer: Gazetteer,
}

impl Reader {
    /// Opens what the program carries, for up to `threads` callers at once. The number changes no byte of the output.
    ///
    /// # Errors
    /// Only where the carried data does not fit the program.
    pub fn open_for(threads: usize) -> Result<Reader> {
        Ok(Reader { model: Model::on_threads(threads)?, gazetteer: Gazetteer::open()? })
    }

    /// Opens what the program carries, for a single caller.
    ///
    /// # Errors
    /// As [`Reader::open_for`].
    pub fn open() -> Result<Reader> {
        Reader::open_for(1)
    }

    /// Reads one article. Total: any article gives a document.
    pub fn read(&self, article: Article) -> Document {
        let text = Text::of(&article);
        let language = Language::of(&text, &self.model, &self.gazetteer);
        let mut meaning = Meaning { times: times::times(&article, &text, &language), ..Meaning::default() };
        meaning.places = places::places(&article, &text, &language, &self.gazetteer);
        meaning.statements = statements::statements(&article, &text, &language, &meaning.times);
        meaning.events = events::events(&article, &text, &language, &meaning);
        meaning.counts = counts::counts(&article, &text, &language, &meaning);
        meaning.relations = relations::relations(&article, &text, &language, &meaning);
        Document { article, text, language, meaning }
    }

    /// What its records say made them.
    pub fn run(&self) -> Run {
        Run::with(self.model.version(), self.gazetteer.version())
    }

    /// What is written out for a document.
    pub fn record(&self, document: &Document) -> Record {
        Record::of(document, self.model.version(), self.gazetteer.version())
    }
}
