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
    home: tempfile::TempDir,
}

pub struct Start<'a> {
    pub args: Vec<&'a str>,
    pub env: Vec<(&'a str, &'a str)>,
    pub size: (u16, u16),
    /// Run by a shell with job control.
    pub in_shell: bool,
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
        let mut command = if self.in_shell {
            let mut shell = CommandBuilder::new("bash");
            shell.args(["--norc", "--noprofile", "-i"]);
            shell
        } else {
            let mut command = CommandBuilder::new(program);
            command.args(&self.args);
            command
        };
        command.env_clear();
        command.env("TERM", "xterm-256color");
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("HOME", home.path());
        command.env("XDG_CONFIG_HOME", home.path());
        command.env("PS1", "ready> ");
        command.env("BRIEFING", program);
        for (name, value) in &self.env {
            command.env(name, value);
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
        let parser = vt100::Parser::new(cells(rows), cells(columns), 0);
        Terminal { master: pair.master, input, output, child, parser, raw: Vec::new(), home }
    }
}

fn cells(number: u16) -> NonZero<u16> {
    NonZero::new(number).expect("a terminal has cells")
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
                    panic!("never: {what}\n{}", self.screen())
                }
            }
        }
    }

    pub fn wait_for(&mut self, text: &str) {
        self.wait_until(text, |screen| screen.contents().contains(text));
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

    /// Takes what the program had written before it ended.
    fn drain(&mut self) {
        while let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(200)) {
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
        let line = self.master.get_termios().expect("the modes of the line");
        let line = format!("{:?}", line.local_flags);
        for mode in ["ICANON", "ECHO", "ISIG"] {
            assert!(line.contains(mode), "{mode} is off: {line}");
        }
    }
}
