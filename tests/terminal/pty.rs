//! The real program in a real terminal: a pseudo-terminal, and an emulator that shows what a user
//! would see. Nothing sleeps: everything waits for a condition, or fails after a while.

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// After this long a condition is not going to come true.
const PATIENCE: Duration = Duration::from_secs(20);

pub struct Terminal {
    master: Box<dyn MasterPty + Send>,
    input: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    pub child: Box<dyn Child + Send + Sync>,
    parser: vt100::Parser,
    /// Everything the program wrote.
    pub raw: Vec<u8>,
    /// The modes of the line before the program ran.
    before: String,
    home: tempfile::TempDir,
}

pub struct Start<'a> {
    pub args: Vec<&'a str>,
    pub env: Vec<(&'a str, &'a str)>,
    pub size: (u16, u16),
    /// Run by a shell with job control.
    pub in_shell: bool,
    /// Run by `sh`, in which the program is `$0`.
    pub script: Option<&'a str>,
    /// Arguments that are no text, after the others.
    pub odd_args: Vec<&'a std::ffi::OsStr>,
    /// Files in the configuration folder.
    pub config: Vec<(&'a str, &'a str)>,
}

impl Default for Start<'_> {
    fn default() -> Self {
        Self {
            args: Vec::new(),
            env: Vec::new(),
            size: (80, 24),
            in_shell: false,
            script: None,
            odd_args: Vec::new(),
            config: Vec::new(),
        }
    }
}

fn size((columns, rows): (u16, u16)) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

impl Start<'_> {
    pub fn run(self) -> Terminal {
        let home = tempfile::tempdir().unwrap();
        for (name, text) in &self.config {
            let path = home.path().join("briefing").join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let pair = native_pty_system().openpty(size(self.size)).unwrap();
        let program = env!("CARGO_BIN_EXE_briefing");
        let before = modes(pair.master.as_ref());
        let mut command = if self.in_shell {
            let mut shell = CommandBuilder::new("bash");
            shell.args(["--norc", "--noprofile", "-i"]);
            shell
        } else if let Some(script) = self.script {
            let mut shell = CommandBuilder::new("sh");
            shell.args(["-c", script, program]);
            shell.args(&self.args);
            shell
        } else {
            let mut command = CommandBuilder::new(program);
            command.args(&self.args);
            command.args(&self.odd_args);
            command
        };
        command.env_clear();
        command.env("TERM", "xterm-256color");
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("HOME", home.path());
        command.env("XDG_CONFIG_HOME", home.path());
        command.env("XDG_DATA_HOME", home.path().join("data"));
        command.env("PS1", "ready> ");
        command.env("BRIEFING", program);
        for (name, value) in &self.env {
            // An empty value takes a name away.
            if value.is_empty() {
                command.env_remove(name);
            } else {
                command.env(name, value);
            }
        }
        command.cwd(home.path());
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let input = pair.master.take_writer().unwrap();
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count) = reader.read(&mut buffer) {
                if count == 0 || sender.send(buffer[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        let (columns, rows) = self.size;
        // Of a terminal that claims to be endless a part is enough.
        let parser = vt100::Parser::new(cells(rows.min(500)), cells(columns.min(1000)), 0);
        let (master, raw) = (pair.master, Vec::new());
        Terminal { master, input, output, child, parser, raw, before, home }
    }
}

/// A terminal has cells, even one that says it has none.
fn cells(number: u16) -> NonZero<u16> {
    NonZero::new(number).unwrap_or(NonZero::<u16>::MIN)
}

/// All modes of the line.
fn modes(master: &dyn MasterPty) -> String {
    let line = master.get_termios().expect("the modes of the line");
    format!(
        "{:?} {:?} {:?} {:?} {:?}",
        line.input_flags,
        line.output_flags,
        line.control_flags,
        line.local_flags,
        line.control_chars
    )
}

impl Terminal {
    /// The program without arguments, when all of it is read and drawn.
    pub fn open() -> Self {
        let mut terminal = Start::default().run();
        terminal.wait_until("the whole screen", |screen| {
            let text = screen.contents();
            text.contains("1/25") && text.contains("A readout is one") && text.contains("? help")
        });
        terminal
    }

    pub fn home(&self) -> &Path {
        self.home.path()
    }

    pub fn screen(&self) -> String {
        self.parser.screen().contents()
    }

    pub fn emulator(&self) -> &vt100::Screen {
        self.parser.screen()
    }

    /// Waits until the screen is as it should be.
    pub fn wait_until(&mut self, what: &str, is_so: impl Fn(&vt100::Screen) -> bool) {
        let start = Instant::now();
        while !is_so(self.parser.screen()) {
            match self.output.recv_timeout(PATIENCE.saturating_sub(start.elapsed())) {
                Ok(bytes) => {
                    self.raw.extend(&bytes);
                    self.parser.process(&bytes);
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    let ended = self.child.try_wait();
                    panic!("never: {what} (ended: {ended:?})\n{}", self.screen())
                }
            }
        }
    }

    pub fn wait_for(&mut self, text: &str) {
        self.wait_until(text, |screen| screen.contents().contains(text));
    }

    /// Waits for one of some words, or the end of the program; gives the word.
    pub fn wait_for_one<'a>(&mut self, words: &[&'a str]) -> &'a str {
        let start = Instant::now();
        loop {
            let screen = self.screen();
            if let Some(word) = words.iter().find(|word| screen.contains(**word)) {
                return word;
            }
            if self.child.try_wait().unwrap().is_some() {
                return "";
            }
            assert!(start.elapsed() < PATIENCE, "none of {words:?}:\n{screen}");
            if let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(5)) {
                self.raw.extend(&bytes);
                self.parser.process(&bytes);
            }
        }
    }

    pub fn wait_for_none_of(&mut self, text: &str) {
        self.wait_until(&format!("no {text}"), |screen| !screen.contents().contains(text));
    }

    pub fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.input.write_all(bytes.as_ref()).unwrap();
        self.input.flush().unwrap();
    }

    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.master.resize(size((columns, rows))).unwrap();
        self.parser.screen_mut().set_size(cells(rows), cells(columns));
    }

    pub fn signal(&self, signal: rustix::process::Signal) {
        let pid = self.child.process_id().and_then(|id| i32::try_from(id).ok());
        let pid = rustix::process::Pid::from_raw(pid.unwrap()).unwrap();
        rustix::process::kill_process(pid, signal).unwrap();
    }

    /// Waits for the end of the program; gives its exit code.
    pub fn wait_for_end(&mut self) -> u32 {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                self.drain();
                return status.exit_code();
            }
            assert!(start.elapsed() < PATIENCE, "it does not end:\n{}", self.screen());
            if let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(5)) {
                self.raw.extend(&bytes);
                self.parser.process(&bytes);
            }
        }
    }

    /// Takes what there is to take, and waits for nothing.
    pub fn take(&mut self) {
        while let Ok(bytes) = self.output.try_recv() {
            self.raw.extend(&bytes);
            self.parser.process(&bytes);
        }
    }

    /// Takes what the program had written before it ended.
    fn drain(&mut self) {
        while let Ok(bytes) = self.output.recv_timeout(Duration::from_secs(2)) {
            self.raw.extend(&bytes);
            self.parser.process(&bytes);
        }
    }

    /// Whether the terminal is as a shell expects it: modes of the screen, and of the line.
    pub fn assert_restored(&self) {
        let screen = self.parser.screen();
        assert!(!screen.alternate_screen(), "still on the alternate screen");
        assert!(!screen.hide_cursor(), "the cursor is hidden");
        assert!(!screen.bracketed_paste(), "bracketed paste is on");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        assert!(!screen.application_keypad() && !screen.application_cursor());
        assert_eq!(screen.fgcolor(), vt100::Color::Default);
        assert_eq!(screen.bgcolor(), vt100::Color::Default);
        assert!(!screen.bold() && !screen.inverse() && !screen.underline() && !screen.italic());
        assert_eq!(modes(self.master.as_ref()), self.before, "the modes of the line");
    }
}
