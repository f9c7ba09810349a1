//! A folder for the files of a measurement.

use std::path::PathBuf;

/// A new folder of this process, gone with everything in it at the end.
pub struct Aside(PathBuf);

impl Aside {
    /// # Errors
    /// Where it cannot be made, with its path.
    pub fn new() -> Result<Aside, String> {
        let folder = std::env::temp_dir().join(format!("recount-bench-{}", std::process::id()));
        std::fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        Ok(Aside(folder))
    }

    /// The path of a file in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
