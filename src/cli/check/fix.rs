//! Mending briefing files: `briefing check --fix`. A file is written whole or not at all, and only if
//! what comes out says the same.

use crate::check::{self, Finding};
use crate::cli::output::{Output, complain, to_stderr};
use crate::cli::written::Written;
use crate::diagnostic::Edit;
use crate::files;
use crate::text::{LineIndex, Printable};
use std::path::Path;

/// What has become of the files.
#[derive(Default)]
pub struct Fixed {
    /// Whether a file was written.
    pub changed: bool,
    /// Whether a file could not be written.
    pub failed: bool,
}

/// Mends the files of findings that can be mended, or shows what would be changed.
pub fn run(found: &[Finding], dry: bool) -> anyhow::Result<Fixed> {
    let mut fixed = Fixed::default();
    let mut out = Output::new();
    for of_file in found.chunk_by(|a, b| a.diagnostic.file == b.diagnostic.file) {
        let file = of_file.first().and_then(|finding| finding.diagnostic.file.as_deref());
        let edits: Vec<&Edit> =
            of_file.iter().filter_map(|f| f.diagnostic.fix.as_deref()).collect();
        let (Some(file), false) = (file, edits.is_empty()) else { continue };
        let name = Printable::line(&file.to_string_lossy());
        match mend(file, &edits) {
            Ok((old, new, count)) if !dry => match files::rewrite(file, &old, &new) {
                Ok(()) => {
                    fixed.changed = true;
                    let plural = if count == 1 { "" } else { "s" };
                    to_stderr(&format!("{name}: {count} place{plural} mended\n"))?;
                }
                Err(error) => {
                    fixed.failed = true;
                    complain(&error.to_string(), None);
                }
            },
            Ok((old, new, _)) => {
                let (old, new) = (String::from_utf8_lossy(&old), String::from_utf8_lossy(&new));
                let (old, new) =
                    (old.trim_start_matches('\u{feff}'), new.trim_start_matches('\u{feff}'));
                changes(&mut out, &name, old, new, &edits)?;
            }
            Err(reason) => {
                fixed.failed = true;
                complain(&format!("{name}: not mended: {reason}"), None);
            }
        }
    }
    out.finish()?;
    Ok(fixed)
}

/// The bytes of a file, those it is to have, and how many edits were made.
fn mend(file: &Path, edits: &[&Edit]) -> Result<(Vec<u8>, Vec<u8>, usize), String> {
    let old = Written::read(file)?;
    let said = "the file would not say the same any more";
    let mended = check::mended(old.text(), edits.iter().copied());
    let (new, count) = mended.ok_or_else(|| said.to_owned())?;
    let new = old.with(&new);
    Ok((old.bytes, new, count))
}

/// Writes the lines that change, as they are and as they would be.
fn changes(
    out: &mut Output,
    name: &Printable,
    old: &str,
    new: &str,
    edits: &[&Edit],
) -> std::io::Result<()> {
    let (before, after) = (LineIndex::new(old), LineIndex::new(new));
    out.line(&Printable::line(&format!("--- {name}")))?;
    out.line(&Printable::line(&format!("+++ {name}")))?;
    let mut last = 0;
    // How many lines more there are so far.
    let mut more = 0;
    let mut edits = edits.to_vec();
    edits.sort_by_key(|edit| edit.bytes.start);
    edits.dedup();
    for (at, edit) in edits.iter().enumerate() {
        let line = before.position(edit.bytes.start).line;
        if line == last {
            continue;
        }
        last = line;
        let same = |other: &&&Edit| before.position(other.bytes.start).line == line;
        let of_line = edits.iter().skip(at).take_while(same);
        let lines = of_line.map(|edit| edit.text.matches('\n').count()).sum::<usize>();
        let lines = u32::try_from(lines).unwrap_or(0);
        out.line(&Printable::line(&format!("@@ -{line} +{} @@", line + more)))?;
        out.line(&shown("-", before.line(line)))?;
        for number in line + more..=line + more + lines {
            out.line(&shown("+", after.line(number)))?;
        }
        more += lines;
    }
    Ok(())
}

fn shown(sign: &str, line: Option<&str>) -> Printable {
    Printable::lines(&format!("{sign}{}", line.unwrap_or_default()))
}
