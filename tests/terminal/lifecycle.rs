//! How the program begins and ends: in whatever terminal, by whatever end, the terminal is as it was.

use crate::pty::{Start, Terminal};
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

/// The whole of the first screen.
const WHOLE: &str = "The notes explain an official";

#[test]
fn quitting_gives_the_terminal_back() {
    for keys in ["Q", "q", "]q", "?qq", "tQQ", "MQ"] {
        let mut terminal = Terminal::open();
        terminal.send(keys);
        assert_eq!(terminal.wait_for_end(), 0, "{keys:?}");
        terminal.assert_restored();
    }
}

#[test]
fn a_signal_gives_the_terminal_back_from_every_screen() {
    for (keys, seen) in [
        ("K", "Peek"),
        ("t", "Contents"),
        ("/read", "1 of "),
        ("sfbi", "The agencies"),
        ("?", "Keys"),
        (":", "Commands"),
        ("o", "Open"),
    ] {
        let mut terminal = Terminal::open();
        terminal.send(keys);
        terminal.wait_for(seen);
        terminal.signal(rustix::process::Signal::TERM);
        assert_eq!(terminal.wait_for_end(), 143, "{keys:?}");
        terminal.assert_restored();
    }
}

#[test]
fn an_error_before_the_first_frame_leaves_the_terminal_alone() {
    for args in [vec!["none.yaml"], vec!["--none"], vec!["show", "nothing"], vec![".", "--split"]] {
        let mut terminal = Start { args: args.clone(), ..Start::default() }.run();
        assert_eq!(terminal.wait_for_end(), 2, "{args:?}");
        terminal.assert_restored();
        assert!(!terminal.raw.contains(&b'\x1b'), "{}", terminal.screen());
    }
}

#[test]
fn an_abort_gives_the_terminal_back() {
    if !cfg!(debug_assertions) {
        println!("skipped: only debug builds can be told to abort");
        return;
    }
    for way in ["abort", "overflow"] {
        let start = Start {
            script: Some("ulimit -c 0; exec \"$0\""),
            env: vec![("BRIEFING_TEST_PANIC", way)],
            ..Start::default()
        };
        let mut terminal = start.run();
        assert_ne!(terminal.wait_for_end(), 0, "{way}");
        terminal.assert_restored();
        let screen = terminal.screen();
        assert!(screen.contains("briefing: aborted"), "{way}: {screen}");
    }
}

#[test]
fn an_abort_from_outside_gives_the_terminal_back() {
    let start = Start { script: Some("ulimit -c 0; exec \"$0\""), ..Start::default() };
    let mut terminal = start.run();
    terminal.wait_for(WHOLE);
    terminal.signal(rustix::process::Signal::ABORT);
    assert_ne!(terminal.wait_for_end(), 0);
    terminal.assert_restored();
}

#[test]
fn output_that_is_no_terminal_gets_text() {
    for script in ["exec \"$0\" >out", "exec \"$0\" | cat >out", "exec \"$0\" </dev/null >out"] {
        let mut terminal = Start { script: Some(script), ..Start::default() }.run();
        assert_eq!(terminal.wait_for_end(), 0, "{script}");
        terminal.assert_restored();
        let out = std::fs::read_to_string(terminal.home().join("out")).unwrap();
        assert!(out.contains(WHOLE), "{script}: {out}");
        assert!(!out.contains('\x1b') && !terminal.raw.contains(&b'\x1b'), "{script}");
    }
}

#[test]
fn closed_handles_do_no_harm() {
    for script in ["exec \"$0\" >&-", "exec \"$0\" >&- 2>&- <&-"] {
        let mut terminal = Start { script: Some(script), ..Start::default() }.run();
        let code = terminal.wait_for_end();
        assert!(code == 0 || code == 2, "{script}: {code}");
        terminal.assert_restored();
        assert!(!terminal.raw.contains(&b'\x1b'), "{script}");
    }
    // The screen needs no standard error, and gets its keys from the terminal.
    for script in ["exec \"$0\" 2>&-", "exec \"$0\" <&-"] {
        let mut terminal = Start { script: Some(script), ..Start::default() }.run();
        terminal.wait_for(WHOLE);
        terminal.send("Q");
        assert_eq!(terminal.wait_for_end(), 0, "{script}");
        terminal.assert_restored();
    }
}

#[test]
fn a_terminal_of_which_nothing_is_known_gets_text() {
    for name in ["dumb", ""] {
        let mut terminal = Start { env: vec![("TERM", name)], ..Start::default() }.run();
        assert_eq!(terminal.wait_for_end(), 0, "{name:?}");
        assert!(!terminal.raw.contains(&b'\x1b'), "{name:?}");
        let out = String::from_utf8_lossy(&terminal.raw).into_owned();
        assert!(out.contains(WHOLE), "{name:?}: {out}");
    }
}

#[test]
fn a_screen_of_any_size_is_drawn_on() {
    for size in [(0, 0), (1, 1), (0, 24), (80, 0), (2, 3), (300, 2), (3, 300), (1000, 500)] {
        let mut terminal = Start { size, ..Start::default() }.run();
        terminal.wait_until("the alternate screen", vt100::Screen::alternate_screen);
        terminal.send("\t\rHtK\x1b");
        terminal.resize(80, 24);
        terminal.wait_until(&format!("a whole screen after {size:?}"), |screen| {
            let text = screen.contents();
            text.contains("The readout") && text.lines().count() == 24
        });
        terminal.send("QQ");
        assert_eq!(terminal.wait_for_end(), 0, "{size:?}");
        terminal.assert_restored();
    }
}

#[test]
fn a_screen_that_claims_to_be_endless_does_not_take_all_memory() {
    let mut terminal = Start { size: (u16::MAX, u16::MAX), ..Start::default() }.run();
    terminal.wait_until("the alternate screen", vt100::Screen::alternate_screen);
    terminal.resize(80, 24);
    terminal.wait_for(WHOLE);
    terminal.send("Q");
    assert_eq!(terminal.wait_for_end(), 0);
}

#[test]
fn many_changes_of_size_end_in_the_right_screen() {
    let mut terminal = Terminal::open();
    // The head says meanwhile that all of the card was seen.
    let body = |screen: &str| screen.lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
    let before = body(&terminal.screen());
    let mut number = 7_u32;
    let mut next = |most: u32| {
        number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        u16::try_from((number >> 8) % most).unwrap()
    };
    for _ in 0..5000 {
        terminal.resize(next(200), next(80));
        terminal.take();
    }
    terminal.resize(80, 24);
    terminal.wait_until("the screen as before", |screen| body(&screen.contents()) == before);
    terminal.send("]");
    terminal.wait_for("2/25");
    terminal.send("Q");
    assert_eq!(terminal.wait_for_end(), 0);
    terminal.assert_restored();
}

#[test]
fn names_that_are_no_text_are_opened_and_shown() {
    let folder = tempfile::tempdir().unwrap();
    let name = OsStr::from_bytes(b"\xff\xfe note.md");
    let path = folder.path().join(name);
    std::fs::write(&path, "# A note\n\nIts text.\n").unwrap();
    for odd in [path.as_os_str(), folder.path().as_os_str()] {
        let mut terminal = Start { odd_args: vec![odd], ..Start::default() }.run();
        terminal.wait_for("Its text.");
        terminal.send("Q");
        assert_eq!(terminal.wait_for_end(), 0);
        terminal.assert_restored();
    }
    let none = OsStr::from_bytes(b"\xff\x1b[31m");
    let mut terminal = Start { odd_args: vec![none], ..Start::default() }.run();
    assert_eq!(terminal.wait_for_end(), 2);
    assert!(!terminal.raw.contains(&b'\x1b'), "{}", terminal.screen());
}

#[test]
fn no_home_is_needed_to_read() {
    // Nothing can be made in `/proc`, not even by root.
    let homes: [&[(&str, &str)]; 5] = [
        &[("HOME", "/proc"), ("XDG_CONFIG_HOME", "")],
        &[("HOME", "/proc"), ("XDG_CONFIG_HOME", "/proc")],
        &[("HOME", "/nowhere/at/all"), ("XDG_CONFIG_HOME", "")],
        &[("HOME", ""), ("XDG_CONFIG_HOME", "")],
        &[("HOME", "."), ("XDG_CONFIG_HOME", "relative")],
    ];
    for env in homes {
        let mut terminal = Start { env: env.to_vec(), ..Start::default() }.run();
        terminal.wait_for("1/25");
        terminal.send("]");
        terminal.wait_for("2/25");
        terminal.send("Q");
        assert_eq!(terminal.wait_for_end(), 0, "{env:?}");
        terminal.assert_restored();
    }
}
