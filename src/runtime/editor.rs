//! The user's editor, run without a shell.

use crate::files;
use std::path::Path;
use std::process::Command;

/// Why a file could not be edited.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// No editor is set.
    #[error("set $VISUAL or $EDITOR to edit files")]
    None,
    /// The editor did not start.
    #[error("`{0}` could not be started: {1}")]
    Start(String, std::io::Error),
    /// The file could not be written or read.
    #[error(transparent)]
    File(#[from] files::FileError),
    /// The editor ended badly.
    #[error("`{0}` ended with {1}")]
    Failed(String, std::process::ExitStatus),
}

/// Longer notes are not read back.
const LONGEST: u64 = 1 << 20;

/// Lets the user go on with a text in a file that nobody else may read; gives what it says then.
pub fn text(text: &str) -> Result<String, EditError> {
    let name = format!("briefing-note-{}.md", std::process::id());
    let file = std::env::temp_dir().join(name);
    files::write_private(&file, text.as_bytes())?;
    let edited = open(&file, 1).and_then(|()| Ok(files::read(&file, LONGEST)?));
    // What was written is in the note now, or still there.
    files::remove(&file);
    Ok(String::from_utf8_lossy(&edited?).into_owned())
}

/// Opens a file at a line (from 1) and waits for the editor to end.
pub fn open(file: &Path, line: u32) -> Result<(), EditError> {
    let set = ["VISUAL", "EDITOR"].into_iter().filter_map(|name| std::env::var(name).ok());
    let editor = set.map(|value| value.trim().to_owned()).find(|value| !value.is_empty());
    let editor = editor.ok_or(EditError::None)?;
    // `code --wait`: words, but no shell.
    let mut words = editor.split_whitespace();
    let program = words.next().ok_or(EditError::None)?;
    let mut command = Command::new(program);
    command.args(words);
    let name = Path::new(program).file_name().and_then(|name| name.to_str()).unwrap_or(program);
    match name {
        "hx" | "helix" | "subl" | "zed" => {
            let mut place = file.as_os_str().to_owned();
            place.push(format!(":{line}"));
            command.arg(place);
        }
        "code" | "codium" => {
            let mut place = file.as_os_str().to_owned();
            place.push(format!(":{line}"));
            command.arg("--goto").arg(place);
        }
        // The editors that are told a line by `+N`.
        "vi" | "vim" | "nvim" | "view" | "nano" | "emacs" | "emacsclient" | "kak" | "micro"
        | "mg" | "joe" | "ne" => {
            command.arg(format!("+{line}")).arg(file);
        }
        _ => {
            command.arg(file);
        }
    }
    let status = command.status().map_err(|error| EditError::Start(program.to_owned(), error))?;
    if status.success() { Ok(()) } else { Err(EditError::Failed(program.to_owned(), status)) }
}
