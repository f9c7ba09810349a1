//! Which reports tell of the same happening, and which events of which reports are one.
//!
//! Records are taken in one at a time as slim rows ([`Report::of`]). Reports that could tell of the same are found by
//! rare words, and by place, type and day of their events (`candidates`); each such pair is scored by what it has in
//! common (`alike`, weights in `fitted`), and reports are grouped by average linkage (`cluster`). Within a group of
//! reports events are scored and grouped in the same way (`same`, `stories`); an event that is plainly the same in two
//! groups ties them. What people decided holds over all of it (`decisions`).

mod account;
pub mod alike;
mod candidates;
pub mod cluster;
mod collection;
mod decisions;
pub mod fitted;
mod kept;
pub mod rarity;
mod reasons;
pub mod rows;
pub mod same;
mod stories;
#[cfg(test)]
mod tests;
pub mod words;

pub use collection::Collection;
pub use kept::Mark;
pub use rows::Report;
