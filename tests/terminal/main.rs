//! What a user sees and does, with the real program in a real terminal.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::string_slice,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a test that cannot go on is to fail; its files are its own"
)]

mod caching;
mod emulators;
mod keeping;
mod lifecycle;
mod offline;
mod outside;
mod piped;
mod pty;
mod sequences;
mod studying;
mod window;

use pty::{Start, Terminal};
use rustix::process::Signal;

#[test]
fn reads_the_bundled_briefing() {
    let mut terminal = Terminal::open();
    assert!(terminal.emulator().alternate_screen());
    terminal.wait_for("The notes explain an official U.S. summary");
    // Choose a link, follow it, come back.
    terminal.send("\t\r");
    terminal.wait_for("The notes call the readout vague");
    terminal.send("H");
    terminal.wait_for("The notes explain an official U.S. summary");
    // Peek and close.
    terminal.send("K");
    terminal.wait_for("Peek");
    terminal.send("\x1b");
    terminal.wait_for_none_of("Peek");
    // Find.
    terminal.send("/coordination");
    terminal.wait_for("1 of ");
    terminal.send("\rn");
    terminal.wait_for("2 of ");
    // Another size.
    terminal.resize(120, 40);
    terminal.wait_for("Who says so");
    terminal.send("q");
    terminal.send("q");
    assert_eq!(terminal.wait_for_end(), 0);
    terminal.assert_restored();
}

#[test]
fn searches_all_cards() {
    let mut terminal = Terminal::open();
    terminal.send("s");
    terminal.wait_for("Words find the cards that have all of them");
    terminal.send("fbi first off");
    terminal.wait_for("1/");
    terminal.wait_for("The agencies");
    terminal.send("\r");
    terminal.wait_for("result 1 of");
    terminal.wait_for("13/25");
    terminal.send("H");
    terminal.wait_for("The notes explain an official U.S. summary");
    // A query that is typed faster than it is answered.
    terminal.send("sfbi office\r");
    terminal.wait_for("`fbi office`");
    terminal.send("i");
    terminal.wait_for("Index");
    terminal.send("choneros\r");
    terminal.wait_for("Los Choneros and Los Lobos");
    terminal.send("QQ");
    assert_eq!(terminal.wait_for_end(), 0);
}

#[test]
fn the_mouse_follows_links_and_can_be_given_back() {
    let mut terminal = Terminal::open();
    let screen = terminal.screen();
    let (y, line) = screen.lines().enumerate().find(|(_, l)| l.contains("Tommy Pigott")).unwrap();
    let x = line.chars().collect::<String>().find("Tommy Pigott").unwrap();
    let x = line[..x].chars().count();
    terminal.send(format!("\x1b[<0;{};{}M\x1b[<0;{};{}m", x + 2, y + 1, x + 2, y + 1));
    terminal.wait_for("State Department's");
    assert_ne!(terminal.emulator().mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    terminal.send("M");
    terminal.wait_until("the mouse is given back", |screen| {
        screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
    });
}

#[test]
fn the_terminal_comes_back_after_signals() {
    for (signal, code) in
        [(Signal::TERM, 143), (Signal::INT, 130), (Signal::HUP, 129), (Signal::QUIT, 131)]
    {
        let mut terminal = Terminal::open();
        terminal.signal(signal);
        assert_eq!(terminal.wait_for_end(), code, "{signal:?}");
        terminal.assert_restored();
    }
}

#[test]
fn the_terminal_comes_back_after_a_panic_in_any_thread() {
    if !cfg!(debug_assertions) {
        println!("skipped: only debug builds can be told to panic");
        return;
    }
    for thread in ["main", "thread"] {
        let mut terminal =
            Start { env: vec![("BRIEFING_TEST_PANIC", thread)], ..Start::default() }.run();
        assert_eq!(terminal.wait_for_end(), 101, "{thread}");
        terminal.assert_restored();
        let screen = terminal.screen();
        assert!(screen.contains("this is a bug"), "{screen}");
        assert!(
            screen.contains("wanted ␛[31m by a test"),
            "the message is made harmless: {screen}"
        );
    }
}

#[test]
fn a_closed_window_ends_the_program() {
    window::close(window::TOLD);
}

#[test]
fn a_closed_window_ends_the_program_even_if_the_signal_is_ignored() {
    window::close(window::HEEDLESS);
}

#[test]
fn a_closed_window_ends_the_program_even_if_no_signal_says_so() {
    window::close(window::UNTOLD);
}

#[test]
fn stopping_and_going_on_in_a_shell() {
    let mut terminal = Start { in_shell: true, ..Start::default() }.run();
    terminal.wait_for("ready>");
    terminal.send("$BRIEFING\n");
    terminal.wait_for("1/25");
    terminal.send("\x1a");
    terminal.wait_for("Stopped");
    assert!(!terminal.emulator().alternate_screen());
    terminal.send("fg\n");
    terminal.wait_until("the whole screen", |screen| {
        let text = screen.contents();
        screen.alternate_screen() && text.contains("The readout") && text.contains("help")
    });
    // The keys are alive, and a second time works as well.
    terminal.send("]");
    terminal.wait_for("2/25");
    terminal.send("\x1a");
    terminal.wait_until("stopped again", |screen| !screen.alternate_screen());
    terminal.send("fg\n");
    terminal.wait_for("2/25");
    terminal.send("q");
    terminal.wait_until("the shell again", |screen| {
        screen.contents().trim_end().ends_with("ready>") && !screen.alternate_screen()
    });
    terminal.send("echo al''ive\n");
    terminal.wait_for("alive");
}

#[test]
fn stopped_from_outside_it_goes_on_whole() {
    for signal in [Signal::TSTP, Signal::STOP] {
        let mut terminal = Start { in_shell: true, ..Start::default() }.run();
        terminal.wait_for("ready>");
        terminal.send("bash -c 'echo $$ > pid; exec $BRIEFING'\n");
        terminal.wait_for("1/25");
        let pid = std::fs::read_to_string(terminal.home().join("pid")).unwrap();
        let pid = rustix::process::Pid::from_raw(pid.trim().parse().unwrap()).unwrap();
        rustix::process::kill_process(pid, signal).unwrap();
        terminal.wait_for("Stopped");
        terminal.send("clear; fg\n");
        terminal.wait_until("the whole screen", |screen| {
            let text = screen.contents();
            screen.alternate_screen() && text.contains("1/25") && !text.contains("Stopped")
        });
        terminal.send("]");
        terminal.wait_for("2/25");
        terminal.send("q");
        terminal.wait_until("the shell again", |screen| {
            screen.contents().trim_end().ends_with("ready>") && !screen.alternate_screen()
        });
    }
}

#[test]
fn a_terminal_without_a_size_does_no_harm() {
    let mut terminal = Start { size: (1, 1), ..Start::default() }.run();
    terminal.wait_until("the alternate screen", vt100::Screen::alternate_screen);
    terminal.resize(80, 24);
    terminal.wait_for("The readout");
    terminal.send("q");
    assert_eq!(terminal.wait_for_end(), 0);
}

#[test]
fn without_a_shell_it_does_not_stop() {
    let mut terminal = Terminal::open();
    terminal.send("\x1a");
    terminal.wait_for("there is no shell to go back to");
    terminal.send("]");
    terminal.wait_for("2/25");
}

#[test]
fn without_colours_no_colour_is_written_and_the_choice_is_seen() {
    // Whatever the settings say.
    let config = vec![("config.yaml", "theme: dark\n")];
    let mut terminal = Start { env: vec![("NO_COLOR", "1")], config, ..Start::default() }.run();
    terminal.wait_for("The notes explain an official");
    terminal.send("gc");
    terminal.wait_for("NO_COLOR is set");
    terminal.send("\t");
    let reversed = |screen: &vt100::Screen| {
        let (rows, columns) = screen.size();
        let cells = (0..u16::from(rows)).flat_map(|y| (0..u16::from(columns)).map(move |x| (y, x)));
        cells.filter(|(y, x)| screen.cell(*y, *x).is_some_and(vt100::Cell::inverse)).count()
    };
    terminal.wait_until("a reversed link", |screen| reversed(screen) > 5);
    let written = String::from_utf8_lossy(&terminal.raw).into_owned();
    for colour in ["\x1b[38;", "\x1b[48;", "\x1b[31m", "\x1b[33m"] {
        assert!(!written.contains(colour), "{colour:?}");
    }
}

#[test]
fn findings_are_coloured_on_a_terminal_unless_colours_are_not_wanted() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.yaml");
    std::fs::write(&file, "title: T\ncards: [{title: A, bottom_lin: x}]\n").unwrap();
    for (env, coloured) in [(vec![], true), (vec![("NO_COLOR", "1")], false)] {
        let args = vec!["check", file.to_str().unwrap()];
        let mut terminal = Start { args, env, ..Start::default() }.run();
        assert_eq!(terminal.wait_for_end(), 1);
        assert!(terminal.screen().contains("bottom_lin"), "{}", terminal.screen());
        assert_eq!(terminal.raw.contains(&b'\x1b'), coloured, "{}", terminal.screen());
        terminal.assert_restored();
    }
}

#[test]
fn the_colours_follow_the_background_of_the_terminal() {
    let mut terminal = Terminal::open();
    terminal.wait_until("the question", |_| true);
    let colour = |screen: &vt100::Screen| {
        let (rows, columns) = screen.size();
        let cells = (0..u16::from(rows)).flat_map(|y| (0..u16::from(columns)).map(move |x| (y, x)));
        cells
            .filter_map(|(y, x)| screen.cell(y, x))
            .any(|cell| cell.fgcolor() == vt100::Color::Idx(88))
    };
    assert!(!colour(terminal.emulator()), "dark at first");
    terminal.send("\x1b]11;rgb:ffff/ffff/ffff\x1b\\");
    terminal.wait_until("the light theme", colour);
    assert!(!terminal.screen().contains("does nothing"), "the answer is not taken for keys");
    terminal.send("]");
    terminal.wait_for("2/25");
}

#[test]
fn a_wrong_configuration_locks_nobody_out() {
    let mut terminal = Start {
        config: vec![
            ("keymap.yaml", "everywhere:\n  quit: []\n  quit-now: []\nreader: 7\n"),
            ("config.yaml", "theme: [1, 2\nmeasure: many\n"),
            ("themes/mine.yaml", "link: sparkling\n"),
        ],
        ..Start::default()
    }
    .run();
    terminal.wait_for("config.yaml:");
    terminal.send("q");
    assert_eq!(terminal.wait_for_end(), 0);
    terminal.assert_restored();
    let config = vec![("config.yaml", "theme: \"no\\e[31mne\"\n")];
    let mut terminal = Start { config, ..Start::default() }.run();
    terminal.wait_for("there is no theme `no␛[31mne`");
    terminal.send("q");
    assert_eq!(terminal.wait_for_end(), 0);
    terminal.assert_restored();
}

#[test]
fn settings_that_cannot_be_read_lock_nobody_out() {
    // Folders where files should be, and the other way round.
    let config =
        vec![("config.yaml/x", ""), ("keymap.yaml/x", ""), ("themes", ""), ("study.yaml/x", "")];
    let mut terminal = Start { config, ..Start::default() }.run();
    terminal.wait_for("a folder, not a regular file");
    terminal.send("]");
    terminal.wait_for("2/25");
    terminal.send("Q");
    assert_eq!(terminal.wait_for_end(), 0);
    terminal.assert_restored();
    // A pipe that nobody writes to is not waited for.
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir(home.path().join("briefing")).unwrap();
    for name in ["config.yaml", "keymap.yaml"] {
        let path = home.path().join("briefing").join(name);
        let (kind, mode) = (rustix::fs::FileType::Fifo, rustix::fs::Mode::RWXU);
        rustix::fs::mknodat(rustix::fs::CWD, path, kind, mode, 0).unwrap();
    }
    let env = vec![("XDG_CONFIG_HOME", home.path().to_str().unwrap())];
    let mut terminal = Start { env, ..Start::default() }.run();
    terminal.wait_for("a pipe, not a regular file");
    terminal.send("Q");
    assert_eq!(terminal.wait_for_end(), 0);
}

#[test]
fn own_keys_work() {
    let mut terminal =
        Start { config: vec![("keymap.yaml", "reader:\n  next-card: [x]\n")], ..Start::default() }
            .run();
    terminal.wait_for("1/25");
    terminal.send("x");
    terminal.wait_for("2/25");
}

#[test]
fn a_changed_file_is_read_again() {
    let mut terminal = Start { in_shell: true, ..Start::default() }.run();
    terminal.wait_for("ready>");
    let file = terminal.home().join("a.yaml");
    let card = |text: &str| format!("title: T\ncards:\n  - title: A\n    bottom_line: {text}\n");
    std::fs::write(&file, card("Old text.")).unwrap();
    terminal.send("$BRIEFING a.yaml\n");
    terminal.wait_for("Old text.");
    std::fs::write(&file, card("New text.")).unwrap();
    terminal.wait_for("New text.");
    // Saved by another way: written beside and renamed.
    let beside = terminal.home().join("b.tmp");
    std::fs::write(&beside, card("Newest text.")).unwrap();
    std::fs::rename(&beside, &file).unwrap();
    terminal.wait_for("Newest text.");
    // A broken save keeps what was read.
    std::fs::write(&file, "title: T\ncards:\n  - title: 'A\n    bottom_line: Broken\n").unwrap();
    terminal.wait_for("the last good text is shown");
    terminal.wait_for("Newest text.");
    std::fs::write(&file, card("Good again.")).unwrap();
    terminal.wait_for("Good again.");
}

#[test]
fn the_editor_is_run_and_the_reader_comes_back() {
    let mut terminal = Start { in_shell: true, ..Start::default() }.run();
    terminal.wait_for("ready>");
    let home = terminal.home().to_path_buf();
    std::fs::write(
        home.join("a.yaml"),
        "title: T\ncards:\n  - title: A\n    bottom_line: Before.\n",
    )
    .unwrap();
    let editor = home.join("vi");
    std::fs::write(
        &editor,
        "#!/bin/sh\necho \"$1\" > said\nread line\nsed -i s/Before/After/ \"$2\"\n",
    )
    .unwrap();
    std::fs::set_permissions(&editor, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    terminal.send("VISUAL=$HOME/vi $BRIEFING a.yaml\n");
    terminal.wait_for("Before.");
    terminal.send("e");
    terminal.wait_until("the editor", |screen| !screen.alternate_screen());
    terminal.send("typed into the editor\n");
    terminal.wait_for("After.");
    assert_eq!(std::fs::read_to_string(home.join("said")).unwrap(), "+3\n");
    terminal.send("?");
    terminal.wait_for("Keys");
}

#[test]
fn only_sequences_that_the_program_writes_reach_the_terminal() {
    let mut terminal = Start { in_shell: true, ..Start::default() }.run();
    terminal.wait_for("ready>");
    let hostile = "title: \"T\\e]0;owned\\a\"\ncards:\n  - title: \"A\\e[2J\\u009b31m\"\n    aliases: [\"\\e]52;c;aGk=\\a\"]\n    body: \"&#27;]8;;http://x&#27;\\\\\\\\ text \\x07\"\n";
    std::fs::write(terminal.home().join("\u{1b}]0;name.yaml"), hostile).unwrap();
    terminal.send("clear; $BRIEFING .\n");
    terminal.wait_for("text");
    terminal.send("t\x1bo\x1b?\x1b:\x1bBg?e\x1be");
    terminal.wait_for("Moving");
    let written = String::from_utf8_lossy(&terminal.raw).into_owned();
    for bad in ["\x1b]0;owned", "\x1b]52", "\x1b]8;", "\u{9b}", "\x1b]0;name"] {
        assert!(!written.contains(bad), "{bad:?} was written");
    }
}

#[test]
fn copying_writes_to_the_clipboard_in_an_alphabet_that_does_no_harm() {
    let copied = |start: Start| {
        let mut terminal = start.run();
        terminal.wait_for("1/25");
        terminal.send("y");
        terminal.wait_for("cop");
        String::from_utf8_lossy(&terminal.raw).into_owned()
    };
    let payload = |written: &str, start: &str| {
        let (_, rest) = written.split_once(start).expect("a command for the clipboard");
        let end = rest.find('\x1b').expect("its end");
        assert!(rest[..end].bytes().all(|b| b.is_ascii_alphanumeric() || b"+/=".contains(&b)));
        assert!(rest[..end].starts_with("4oCc"), "a quotation mark is first");
    };
    let plain = copied(Start::default());
    payload(&plain, "\x1b]52;c;");
    assert!(!plain.contains("\x1bPtmux;"));
    let tmux = copied(Start { env: vec![("TMUX", "/tmp/tmux,1,0")], ..Start::default() });
    payload(&tmux, "\x1bPtmux;\x1b\x1b]52;c;");
    let config = vec![("config.yaml", "copy: off\n")];
    let off = copied(Start { config, ..Start::default() });
    assert!(off.contains("copying is off") && !off.contains("\x1b]52"));
}
