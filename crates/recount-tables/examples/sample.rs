//! Writes an export of the collection made by hand, in all layouts: what `tests/readers.py` reads.
//!
//! `cargo run -p recount-tables --example sample -- FOLDER [public]`
#![allow(clippy::disallowed_methods, reason = "an example is asked by its arguments")]

#[path = "../tests/made/mod.rs"]
mod made;

use recount_tables::{Layout, Options, Profile, export};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().expect("a folder to write into");
    let profile = if arguments.next().as_deref() == Some("public") { Profile::Public } else { Profile::Internal };
    let options = Options { layouts: Layout::ALL.to_vec(), profile, ..Options::default() };
    let records = made::records();
    let done = export(&mut records.as_slice(), &made::origins(), &made::incidents(), &options, folder.as_ref());
    println!("{} files", done.expect("the folder can be written").files.len());
}
