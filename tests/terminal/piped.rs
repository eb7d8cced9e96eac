//! Reading what is piped in, with keys from the terminal.

use crate::pty::{Start, Terminal};
use std::io::Write;

/// Pipes a document of two cards into the program.
const PIPE: &str = "printf '# Piped\\n\\nSome words.\\n\\n## Part\\n\\nMore.\\n' | \"$0\"";

fn run(script: &str) -> Terminal {
    Start { script: Some(script), ..Start::default() }.run()
}

fn quit(mut terminal: Terminal) {
    terminal.send("q");
    assert_eq!(terminal.wait_for_end(), 0);
    terminal.assert_restored();
}

#[test]
fn what_is_piped_in_is_read_on_the_screen() {
    for argument in ["", " -"] {
        let mut terminal = run(&format!("{PIPE}{argument}"));
        terminal.wait_for("Some words.");
        assert!(terminal.emulator().alternate_screen());
        terminal.send("]");
        terminal.wait_for("More.");
        // The keys go on while the size changes.
        terminal.resize(100, 30);
        terminal.send("[");
        terminal.wait_for("Some words.");
        quit(terminal);
    }
}

#[test]
fn a_file_may_be_read_in_place_of_what_is_piped_in() {
    for input in ["</dev/null", "<b.md"] {
        let script = format!("echo '# Other' >b.md; echo '# Named' >a.md; \"$0\" a.md {input}");
        let mut terminal = run(&script);
        terminal.wait_for("Named");
        quit(terminal);
    }
    let mut terminal = run("\"$0\" </dev/null");
    terminal.wait_for("1/25");
    quit(terminal);
    let mut terminal = run("echo '# A file' >a.md; \"$0\" <a.md");
    terminal.wait_for("A file");
    quit(terminal);
}

#[test]
fn the_first_card_is_there_before_all_of_it_came() {
    let mut terminal = run("mkfifo fifo; echo ready; cat fifo | \"$0\"");
    terminal.wait_for("ready");
    let mut fifo =
        std::fs::OpenOptions::new().write(true).open(terminal.home().join("fifo")).unwrap();
    let start = format!("# Long\n\nThe start.\n\n## Part\n\n{}", "Words.\n\n".repeat(40_000));
    fifo.write_all(start.as_bytes()).unwrap();
    terminal.wait_for("The start.");
    terminal.send("]");
    terminal.wait_for("the rest is still being read");
    fifo.write_all(b"\n## Last\n\nThe end.\n").unwrap();
    drop(fifo);
    terminal.wait_for("1/3");
    terminal.send("]]");
    terminal.wait_for("The end.");
    quit(terminal);
}

#[test]
fn without_an_end_it_is_read_up_to_the_limit() {
    let mut terminal = run("yes 'No end.' | \"$0\"");
    terminal.wait_for("more than the limit of 67108864; only the start is shown");
    assert!(terminal.screen().contains("No end."));
    terminal.send("]");
    terminal.wait_for("more than the limit of 67108864; only the start is shown");
    quit(terminal);
}

#[test]
fn nothing_and_what_is_no_text_are_said() {
    let mut terminal = run("head -c 100 /bin/sh | \"$0\" -; echo \"code $?\"");
    terminal.wait_for("code 2");
    assert!(terminal.screen().contains("-: this does not look like text"), "{}", terminal.screen());
    terminal.assert_restored();
}

#[test]
fn the_terminal_comes_back_after_a_panic_and_an_abort() {
    if !cfg!(debug_assertions) {
        println!("skipped: only debug builds can be told to panic");
        return;
    }
    for way in ["main", "thread", "abort", "overflow"] {
        let script = format!("ulimit -c 0; {PIPE}");
        let env = vec![("BRIEFING_TEST_PANIC", way)];
        let mut terminal = Start { script: Some(&script), env, ..Start::default() }.run();
        assert_ne!(terminal.wait_for_end(), 0, "{way}");
        terminal.assert_restored();
        assert!(terminal.screen().contains("this is a bug"), "{way}: {}", terminal.screen());
    }
}

#[test]
fn a_pipe_can_be_stopped_and_brought_back() {
    let mut terminal = Start { in_shell: true, ..Start::default() }.run();
    terminal.wait_for("ready>");
    terminal.send("printf '# Piped\\n\\nSome words.\\n\\n## Part\\n\\nMore.\\n' | $BRIEFING\n");
    terminal.wait_until("the screen", |screen| {
        screen.alternate_screen() && screen.contents().contains("? help")
    });
    terminal.send("\x1a");
    terminal.wait_for("Stopped");
    assert!(!terminal.emulator().alternate_screen());
    terminal.send("fg\n");
    terminal.wait_until("the screen again", vt100::Screen::alternate_screen);
    terminal.send("]");
    terminal.wait_for("More.");
    terminal.send("q");
    terminal.wait_until("the shell again", |screen| {
        screen.contents().trim_end().ends_with("ready>") && !screen.alternate_screen()
    });
    terminal.send("echo al''ive\n");
    terminal.wait_for("alive");
}

#[test]
fn an_editor_gets_the_terminal_and_not_the_pipe() {
    let editor = "for f; do :; done; test -t 0 && echo \"# Edited\" >\"$f\"";
    let script = format!(
        "echo '# Named' >a.md; printf '#!/bin/sh\\n%s\\n' '{editor}' >ed; chmod +x ed; \
         yes | \"$0\" a.md"
    );
    let env = vec![("EDITOR", "./ed")];
    let mut terminal = Start { script: Some(&script), env, ..Start::default() }.run();
    terminal.wait_for("Named");
    terminal.send("e");
    terminal.wait_for("Edited");
    quit(terminal);
}

#[test]
fn the_same_text_is_opened_where_one_was() {
    let data = tempfile::tempdir().unwrap();
    let data = data.path().to_str().unwrap();
    let script = "printf '# T\\n\\nOne.\\n\\n## A\\n\\nTwo.\\n\\n## B\\n\\nThree.\\n' | \"$0\"";
    let start =
        || Start { script: Some(script), env: vec![("XDG_DATA_HOME", data)], ..Start::default() };
    let mut terminal = start().run();
    terminal.wait_for("1/3");
    terminal.wait_for("read");
    terminal.send("]]");
    terminal.wait_for("3/3");
    quit(terminal);
    let mut terminal = start().run();
    terminal.wait_for("3/3");
    terminal.wait_for("Three.");
    quit(terminal);
}
