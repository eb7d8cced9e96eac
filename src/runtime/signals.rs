//! Signals, and the end of the terminal itself.

use super::{Event, terminal};
use rustix::event::{PollFd, PollFlags, poll};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;
use std::io;
use std::sync::mpsc::Sender;

/// What a shell reports for a program ended by a signal.
const ENDED_BY: i32 = 128;

/// Listens for signals and for a terminal that is closed, on threads of its own: neither may wait
/// for a frame to be drawn.
pub fn listen(sender: &Sender<Event>) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT])?;
    let sender = sender.clone();
    std::thread::Builder::new().name("signals".into()).spawn(move || {
        for signal in signals.forever() {
            let event = match signal {
                SIGTSTP => Event::Suspend,
                SIGCONT => Event::Resumed,
                other => terminal::end(ENDED_BY + other),
            };
            if sender.send(event).is_err() {
                return;
            }
        }
    })?;
    std::thread::Builder::new().name("hang-up".into()).spawn(wait_for_hang_up)?;
    Ok(())
}

/// Ends the program when the terminal is closed. The signal that tells so may be ignored, as by
/// `nohup`; reading would then find nothing for ever.
fn wait_for_hang_up() {
    let gone = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
    loop {
        // No events are asked for: these three are always reported.
        let mut input = [PollFd::from_borrowed_fd(rustix::stdio::stdin(), PollFlags::empty())];
        match poll(&mut input, None) {
            Ok(_) if input.iter().any(|fd| fd.revents().intersects(gone)) => {
                terminal::end(ENDED_BY + SIGHUP)
            }
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(_) => return,
        }
    }
}
