//! Writing to standard output and standard error.

use crate::files;
use crate::text::Printable;
use std::io::{self, BufWriter, IsTerminal, Stdout, Write};
use std::path::Path;

/// Standard output.
pub struct Output {
    out: BufWriter<Stdout>,
}

impl Output {
    /// Standard output, with a buffer.
    pub fn new() -> Self {
        Self { out: BufWriter::new(io::stdout()) }
    }

    /// Whether a person sees it.
    pub fn is_terminal() -> bool {
        io::stdout().is_terminal()
    }

    /// Columns to write for: those of the terminal, at most 80.
    pub fn columns() -> usize {
        const MOST: usize = 80;
        if !Self::is_terminal() {
            return MOST;
        }
        crate::runtime::screen_size().map_or(MOST, |(width, _)| width.clamp(20, MOST))
    }

    /// Writes text that is safe to show.
    pub fn text(mut self, text: &str) -> io::Result<Self> {
        self.out.write_all(text.as_bytes())?;
        Ok(self)
    }

    /// Writes bytes that another program reads.
    pub fn bytes(mut self, bytes: &[u8]) -> io::Result<Self> {
        self.out.write_all(bytes)?;
        Ok(self)
    }

    /// Writes a line.
    pub fn line(&mut self, text: &Printable) -> io::Result<()> {
        self.out.write_all(text.as_bytes())?;
        self.out.write_all(b"\n")
    }

    /// Writes a JSON document in which nothing acts on a terminal.
    pub fn json(self, value: &serde_json::Value) -> io::Result<()> {
        let json = escaped(serde_json::to_string_pretty(value)?);
        self.text(&json)?.text("\n")?.finish()
    }

    /// Writes what is still in the buffer.
    pub fn finish(mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// JSON with all characters escaped that act on a terminal or reorder its text: the rules of JSON ask
/// for that only below U+0020. Such characters stand nowhere but in its strings.
pub fn escaped(json: String) -> String {
    let acts = |c: char| {
        let in_bytes = &mut [0; 4];
        (c.is_control() && c != '\n') || Printable::inspect(c.encode_utf8(in_bytes)).bidi > 0
    };
    if Printable::is_plain(&json) || !json.contains(acts) {
        return json;
    }
    let mut out = String::with_capacity(json.len() + 64);
    for c in json.chars() {
        if acts(c) {
            // None of them is beyond U+FFFF.
            out.extend([format!("\\u{:04x}", u32::from(c))]);
        } else {
            out.push(c);
        }
    }
    out
}

/// Writes a text to a file, which is replaced only if that is `allowed`, or to standard output; says
/// why if it could not. Whether it was written.
pub fn write(text: &str, to: Option<&Path>, allowed: bool) -> io::Result<bool> {
    let Some(path) = to else {
        Output::new().text(text)?.finish()?;
        return Ok(true);
    };
    let written = files::write(path, text.as_bytes(), allowed);
    if let Err(error) = &written {
        let exists = matches!(error.reason, files::Reason::Exists);
        complain(&error.to_string(), exists.then_some("`--force` replaces it"));
    }
    Ok(written.is_ok())
}

/// Writes text that is safe to show to standard error.
pub fn to_stderr(text: &str) -> io::Result<()> {
    io::stderr().write_all(text.as_bytes())
}

/// Says on standard error what went wrong, and what may help.
pub fn complain(message: &str, help: Option<&str>) {
    let help = help.map_or(String::new(), |help| format!("  help: {help}\n"));
    // When standard error is closed there is nobody to tell.
    drop(to_stderr(&format!("error: {}\n{help}", Printable::line(message))));
}

/// Whether an error means that nobody reads the output any more.
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let closed = |error: &io::Error| error.kind() == io::ErrorKind::BrokenPipe;
    error.chain().any(|cause| cause.downcast_ref::<io::Error>().is_some_and(closed))
}
