//! All output: data on standard output, talk on standard error.

use anstyle::{AnsiColor, Style};
use std::io::{self, IsTerminal, Write};

pub const BOLD: Style = Style::new().bold();
pub const DIM: Style = Style::new().dimmed();
pub const SPEAKER: Style = AnsiColor::Cyan.on_default().bold();
pub const EVENT: Style = AnsiColor::Yellow.on_default().bold();
pub const COUNT: Style = AnsiColor::Magenta.on_default().bold();
pub const NAME: Style = AnsiColor::Green.on_default().bold();
pub const WRONG: Style = AnsiColor::Red.on_default().bold();

/// Standard output with colours stripped where they do not belong.
pub fn data() -> impl Write {
    anstream::AutoStream::auto(io::stdout().lock())
}

/// Standard output as it is, for JSON and HTML.
pub fn raw() -> impl Write {
    io::BufWriter::with_capacity(1 << 16, io::stdout().lock())
}

pub fn stdout_is_terminal() -> bool {
    io::stdout().is_terminal()
}

pub fn stderr_is_terminal() -> bool {
    io::stderr().is_terminal()
}

/// Says what went wrong, on standard error.
pub fn complain(reason: &str) {
    anstream::eprintln!("{WRONG}recount:{WRONG:#} {reason}");
}

/// A word to the user who may be looking for output and finds none.
pub fn hint(words: &str) {
    anstream::eprintln!("{DIM}recount: {words}{DIM:#}");
}

/// A progress bar on standard error when that is a terminal and the records go elsewhere; nothing otherwise.
pub fn progress(total_bytes: u64) -> indicatif::ProgressBar {
    if stdout_is_terminal() { indicatif::ProgressBar::hidden() } else { progress_bar(total_bytes) }
}

/// A progress bar on standard error when that is a terminal, for commands that write nothing else meanwhile.
pub fn progress_bar(total_bytes: u64) -> indicatif::ProgressBar {
    if !io::stderr().is_terminal() || total_bytes == 0 {
        return indicatif::ProgressBar::hidden();
    }
    let bar = indicatif::ProgressBar::new(total_bytes);
    let style = "{bar:30} {binary_bytes} of {binary_total_bytes}  {msg}  {eta} left";
    bar.set_style(indicatif::ProgressStyle::with_template(style).expect("the template is constant and sound"));
    bar
}

/// As [`progress_bar`], counting reports.
pub fn progress_count(total: u64) -> indicatif::ProgressBar {
    if !io::stderr().is_terminal() || total == 0 {
        return indicatif::ProgressBar::hidden();
    }
    let style = "{bar:30} {pos} of {len} reports  {msg}  {eta} left";
    let style = indicatif::ProgressStyle::with_template(style).expect("the template is constant and sound");
    indicatif::ProgressBar::new(total).with_style(style)
}

/// Whether writing failed only because the reader of the pipe has gone.
pub fn pipe_closed(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::BrokenPipe
}
