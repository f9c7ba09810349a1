pub(super) fn article(_html: &str, _source: &super::Source, _notes: Vec<String>) -> crate::error::Result<super::Article> { Err(crate::error::Error::NoArticle) }
