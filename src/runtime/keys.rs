//! Where keys come from when something is piped in: standard input becomes the terminal, so that
//! everything that reads, sets or watches the terminal finds it there, and so do editors.

use crate::files;
use rustix::fs::{Mode, OFlags, open};
use rustix::io::Errno;
use rustix::termios::ttyname;
use std::io::{self, IsTerminal};
use std::os::fd::OwnedFd;

/// The terminal by the name that stands for it in every program.
const CONTROLLING: &str = "/dev/tty";

/// Sees to it that standard input is a terminal that keys can be read from. What was piped in is set
/// aside. Fails where there is no terminal to read from; standard input is as it was then.
pub fn from_terminal() -> io::Result<()> {
    if io::stdin().is_terminal() {
        return Ok(());
    }
    let keys = terminal_of_screen()?;
    files::set_input_aside()?;
    Ok(rustix::stdio::dup2_stdin(&keys)?)
}

/// Opens the terminal that is drawn on. It is asked for by its own name first: not every system tells
/// when there is something to read behind the common one.
fn terminal_of_screen() -> Result<OwnedFd, Errno> {
    let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
    let named = ttyname(rustix::stdio::stdout(), Vec::new());
    named
        .and_then(|name| open(&*name, flags, Mode::empty()))
        .or_else(|_| open(CONTROLLING, flags, Mode::empty()))
}
