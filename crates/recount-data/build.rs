//! Puts the weights where `lib.rs` embeds them from. A checkout without weights still builds, with none embedded:
//! opening the model then says so.
#![allow(clippy::disallowed_methods)] // Runs at build time, on the checkout.
#![allow(clippy::disallowed_methods, reason = "a build script reads and writes files")]

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let from = Path::new("data/model");
    let to = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    println!("cargo:rerun-if-changed=data/model");
    for name in ["model.onnx", "vocab.txt", "heads.json"] {
        let bytes = match fs::read(from.join(name)) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => Vec::new(),
            read => read?,
        };
        fs::write(Path::new(&to).join(name), bytes)?;
    }
    Ok(())
}
