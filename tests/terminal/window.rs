//! A window that is closed while the program runs in it. Every handle of the terminal's outer side has
//! to go, which the other tests' terminal does not allow.

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};
use std::fs::File;
use std::io::Read;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(20);
/// Nothing is drawn any more if nothing was for so many seconds.
const QUIET: i64 = 1;
/// Hundredths of a second that the processor may be busy with ending: whoever spins takes them all.
const MOST_TICKS: u64 = 25;

/// The program.
const PROGRAM: &str = env!("CARGO_BIN_EXE_briefing");
/// It is told by a signal that its terminal is gone.
pub const TOLD: &[&str] = &["--ctty", "--wait", PROGRAM];
/// Who started it did not want to be told.
pub const HEEDLESS: &[&str] =
    &["--ctty", "--wait", "sh", "-c", "trap '' HUP; exec \"$0\"", PROGRAM];
/// The window is not the terminal of its session: nobody sends it a signal.
pub const UNTOLD: &[&str] = &["--wait", PROGRAM];

/// Runs the program by `setsid`, and closes the window when there is nothing left to draw: whoever draws
/// finds out anyway. The program has to end, by itself and without using the processor.
pub fn close(session: &[&str]) {
    let window = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC).unwrap();
    grantpt(&window).unwrap();
    unlockpt(&window).unwrap();
    let name = ptsname(&window, Vec::new()).unwrap().into_string().unwrap();
    let size = Winsize { ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0 };
    tcsetwinsize(&window, size).unwrap();
    let home = tempfile::tempdir().unwrap();
    let inner = || {
        let file = File::options().read(true).write(true).open(&name).unwrap();
        Stdio::from(file)
    };
    let mut child = Command::new("setsid")
        .args(session)
        .env("TERM", "xterm-256color")
        .env("HOME", home.path())
        .env("XDG_CONFIG_HOME", home.path())
        .env("XDG_DATA_HOME", home.path().join("data"))
        .stdin(inner())
        .stdout(inner())
        .stderr(inner())
        .spawn()
        .expect("`setsid` is part of util-linux");
    let mut window = File::from(window);
    let mut seen = Vec::new();
    let mut buffer = [0; 4096];
    let start = Instant::now();
    loop {
        let is_drawn = String::from_utf8_lossy(&seen).contains("readout");
        let mut ready = [PollFd::new(&window, PollFlags::IN)];
        let quiet = Timespec { tv_sec: QUIET, tv_nsec: 0 };
        if poll(&mut ready, Some(&quiet)).unwrap() > 0 {
            let count = window.read(&mut buffer).unwrap();
            seen.extend(&buffer[..count]);
        } else if is_drawn {
            break;
        }
        assert!(start.elapsed() < PATIENCE, "nothing was drawn");
    }
    let before = busy(child.id());
    drop(window);
    let start = Instant::now();
    while state(child.id()) != "Z" {
        assert!(start.elapsed() < PATIENCE, "the program goes on without a terminal");
        std::thread::sleep(Duration::from_millis(5));
    }
    let busy = busy(child.id()) - before;
    assert!(busy <= MOST_TICKS, "{busy} ticks of the processor to find out that it is over");
    let status = child.wait().unwrap();
    // Which thread is first to see it makes the difference between the two.
    assert!(matches!(status.code(), Some(129 | 2)), "{status}");
}

/// What the system says of a process: its state, and what follows.
fn says(process: u32) -> Vec<String> {
    let line = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    let (_, rest) = line.rsplit_once(") ").unwrap();
    rest.split_whitespace().map(str::to_owned).collect()
}

/// `Z` for a process that has ended and that nobody has waited for yet.
fn state(process: u32) -> String {
    says(process)[0].clone()
}

/// How long the processor was busy with a process, in ticks.
fn busy(process: u32) -> u64 {
    let says = says(process);
    says[11].parse::<u64>().unwrap() + says[12].parse::<u64>().unwrap()
}
