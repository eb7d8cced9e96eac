//! Briefing files in their normal form: `briefing fmt`. A file is written whole or not at all, and only
//! if what comes out says the same.

use super::args::Fmt;
use super::output::{Output, complain, to_stderr};
use super::written::Written;
use super::{FAILED, FOUND};
use crate::files::{self, Kind};
use crate::text::Printable;
use crate::{format, import};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// Bytes at the start of a file in a folder by which a briefing is told from other YAML.
const HEAD: u64 = 64 << 10;

/// What has become of the files.
#[derive(Default)]
struct Done {
    /// Whether a file was, or would be, written.
    changed: bool,
    /// Whether a file could not be read or written.
    failed: bool,
}

/// `briefing fmt`.
pub fn run(args: &Fmt) -> anyhow::Result<ExitCode> {
    let mut done = Done::default();
    let mut out = Output::new();
    for path in &args.files {
        if path.as_os_str() == "-" {
            out = piped(args.check, out, &mut done)?;
            continue;
        }
        let files = match files::kind(path) {
            Ok(Kind::Folder) => in_folder(path, &mut done),
            Ok(Kind::File) => vec![path.clone()],
            Err(error) => {
                done.fail(&error.to_string(), None);
                continue;
            }
        };
        for file in files {
            one(&file, args.check, &mut out, &mut done)?;
        }
    }
    out.finish()?;
    Ok(if done.failed {
        ExitCode::from(FAILED)
    } else if args.check && done.changed {
        ExitCode::from(FOUND)
    } else {
        ExitCode::SUCCESS
    })
}

impl Done {
    fn fail(&mut self, message: &str, help: Option<&str>) {
        self.failed = true;
        complain(message, help);
    }

    /// The normal form of a file; says why there is none.
    fn normal(&mut self, written: &Written, name: &Path) -> Option<String> {
        let text = written.text();
        if !import::is_briefing(text) {
            self.fail(&format!("{}: not a briefing file", name.display()), None);
            return None;
        }
        let refused = format::normal(text).map_err(|found| found.in_file(&Arc::from(name)));
        let failed = |found: &crate::diagnostic::Diagnostic| {
            let help = found.help.as_ref().map(Printable::as_str);
            self.fail(&format!("{}: {}", found.place(), found.message), help);
        };
        refused.inspect_err(failed).ok()
    }
}

/// The briefing files of a folder.
fn in_folder(folder: &Path, done: &mut Done) -> Vec<PathBuf> {
    let is_yaml = |path: &Path| {
        let kind = import::Kind::of_path(&path.to_string_lossy());
        kind == Some(import::Kind::Briefing)
    };
    let (mut found, failed) = files::walk(folder, is_yaml);
    for error in failed {
        done.fail(&error.to_string(), None);
    }
    // What cannot be read is said when it is its turn.
    found.retain(|file| {
        let start = files::read_start(file, HEAD);
        start.map_or(true, |(start, _)| import::is_briefing(&format::decode(&start).0))
    });
    found
}

/// Writes a file in its normal form, or names it if it would change.
fn one(file: &Path, check: bool, out: &mut Output, done: &mut Done) -> anyhow::Result<()> {
    let name = Printable::line(&file.to_string_lossy());
    let written = match Written::read(file) {
        Ok(written) => written,
        Err(reason) => {
            done.fail(&format!("{name}: {reason}"), None);
            return Ok(());
        }
    };
    let Some(normal) = done.normal(&written, file) else { return Ok(()) };
    if normal == written.text() {
        return Ok(());
    }
    done.changed = true;
    if check {
        out.line(&name)?;
        return Ok(());
    }
    match files::rewrite(file, &written.bytes, &written.with(&normal)) {
        Ok(()) => to_stderr(&format!("{name}: written\n"))?,
        Err(error) => done.fail(&error.to_string(), None),
    }
    Ok(())
}

/// Prints what is piped in in its normal form.
fn piped(check: bool, mut out: Output, done: &mut Done) -> anyhow::Result<Output> {
    let written = match Written::piped() {
        Ok(written) => written,
        Err(reason) => {
            done.fail(&format!("-: {reason}"), Some("`-` reads what is piped in"));
            return Ok(out);
        }
    };
    let Some(normal) = done.normal(&written, Path::new("-")) else { return Ok(out) };
    let is_changed = normal != written.text();
    done.changed |= is_changed;
    if check {
        if is_changed {
            out.line(&Printable::line("-"))?;
        }
        return Ok(out);
    }
    // A program reads the bytes, a person what is safe to show.
    if Output::is_terminal() {
        return Ok(out.text(&Printable::lines(&normal))?);
    }
    Ok(out.bytes(&written.with(&normal))?)
}
