//! Which reports tell of the same happening, and which events of which reports are one.

pub mod alike;
pub mod cluster;
pub mod fitted;
pub mod rarity;
pub mod rows;
pub mod same;
pub mod words;
