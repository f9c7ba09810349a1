//! Many records → one account: which reports are one voice, which tell of the same happening, what its figures come to.

mod threads;
mod packed;
pub mod origins;
pub mod incidents;
pub mod tallies;
