//! Giving the terminal back when the program aborts: out of memory, a stack that overflows, a panic
//! while another is under way, a signal from outside. Nothing of the program can be relied on then, so
//! what is written was made ready before. The only `unsafe` of the house.

use super::terminal;
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};
use signal_hook::consts::SIGABRT;
use signal_hook::low_level::{emulate_default_handler, register};
use std::io;
use std::sync::OnceLock;

/// What is said to whoever was reading.
const MESSAGE: &[u8] =
    b"briefing: aborted; unless it was told to, this is a bug: please report it\r\n";

/// What gives the terminal back.
struct Way {
    /// Bytes that leave the screen.
    leaving: Vec<u8>,
    /// How the line was before it was taken.
    line: Option<Termios>,
}

static WAY: OnceLock<Way> = OnceLock::new();

/// Makes ready for an abort, before the terminal is taken; `leaving` are the bytes that give its
/// screen back.
pub fn prepare(leaving: Vec<u8>) -> io::Result<()> {
    if WAY.get().is_some() {
        return Ok(());
    }
    let line = tcgetattr(rustix::stdio::stdin()).ok();
    WAY.get_or_init(|| Way { leaving, line });
    // SAFETY: the action waits for no lock, allocates nothing and cannot panic: it tries a lock for a
    // moment, makes system calls on memory that stays as it is, and ends the program.
    #[expect(unsafe_code, reason = "an abort can only be met in a signal handler")]
    unsafe {
        register(SIGABRT, give_back)?;
    }
    Ok(())
}

fn give_back() {
    let Some(way) = WAY.get() else { return };
    if terminal::seize() {
        restore(way);
    }
    // Sent from outside the signal would have been heard, and nothing more.
    emulate_default_handler(SIGABRT).ok();
}

fn restore(way: &Way) {
    let mut rest = way.leaving.as_slice();
    while !rest.is_empty() {
        match rustix::io::write(rustix::stdio::stdout(), rest) {
            Ok(count) if count > 0 => rest = rest.get(count..).unwrap_or_default(),
            Err(rustix::io::Errno::INTR) => {}
            _ => break,
        }
    }
    if let Some(line) = &way.line {
        tcsetattr(rustix::stdio::stdin(), OptionalActions::Now, line).ok();
    }
    rustix::io::write(rustix::stdio::stderr(), MESSAGE).ok();
}
