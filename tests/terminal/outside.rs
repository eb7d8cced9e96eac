//! Programs that are run for the reader: the one for addresses and the editor. They get what was meant,
//! as it stands, and no shell reads it.

use crate::pty::Start;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::{Duration, Instant};

/// A program that writes down what it was given, a line for each argument, and where its input comes
/// from.
fn listener(path: &Path, said: &Path) {
    let said = said.display();
    let script = format!(
        "#!/bin/sh\n{{ printf '%s\\n' \"$@\"; readlink /proc/$$/fd/0; }} > '{said}.new'\nmv '{said}.new' '{said}'\n"
    );
    std::fs::write(path, script).unwrap();
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

/// What a program wrote down, as soon as it has.
fn heard(said: &Path) -> String {
    let start = Instant::now();
    loop {
        if let Ok(text) = std::fs::read_to_string(said) {
            return text;
        }
        assert!(start.elapsed() < Duration::from_secs(20), "{} is never written", said.display());
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// A search path with a folder of our own before all others.
fn first(folder: &Path) -> String {
    format!("{}:{}", folder.display(), std::env::var("PATH").unwrap_or_default())
}

#[test]
fn an_address_is_given_to_its_program_whole_and_read_by_no_shell() {
    let folder = tempfile::tempdir().unwrap();
    let said = folder.path().join("said");
    listener(&folder.path().join("xdg-open"), &said);
    let address = "https://a.org/?b=1&c=$(touch${IFS}owned);touch${IFS}owned|x#'\"";
    let document = folder.path().join("a.md");
    std::fs::write(&document, format!("# A\n\n<{address}>\n")).unwrap();
    let path = first(folder.path());
    let args = vec![document.to_str().unwrap()];
    let mut terminal = Start { args, env: vec![("PATH", &path)], ..Start::default() }.run();
    terminal.wait_for("100%");
    terminal.send("1");
    terminal.wait_for("Open outside the reader?");
    assert!(terminal.screen().contains(address), "{}", terminal.screen());
    terminal.send("n");
    terminal.wait_for("not opened");
    assert!(!said.exists());
    terminal.send("1y");
    assert_eq!(heard(&said), format!("{address}\n/dev/null\n"));
    terminal.send("Q");
    assert_eq!(terminal.wait_for_end(), 0);
    terminal.assert_restored();
    assert!(!terminal.home().join("owned").exists(), "a shell read the address");
}

#[test]
fn the_editor_is_given_the_file_whole_and_no_shell_reads_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let said = folder.path().join("said");
    let editor = folder.path().join("vi");
    listener(&editor, &said);
    let document = folder.path().join("a $(touch owned); touch owned & 'b.md");
    std::fs::write(&document, "# A\n\nIts text.\n").unwrap();
    let args = vec![document.to_str().unwrap()];
    let env = vec![("VISUAL", editor.to_str().unwrap())];
    let mut terminal = Start { args, env, ..Start::default() }.run();
    terminal.wait_for("Its text.");
    terminal.send("e");
    let heard = heard(&said);
    let lines: Vec<&str> = heard.lines().collect();
    assert_eq!(lines[..2], ["+1", document.to_str().unwrap()]);
    terminal.send("Q");
    assert_eq!(terminal.wait_for_end(), 0);
    terminal.assert_restored();
    assert!(!terminal.home().join("owned").exists(), "a shell read the name");
}
