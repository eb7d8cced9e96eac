//! Signals, and the end of the terminal itself.

use super::{Event, terminal};
use rustix::event::{PollFd, PollFlags, poll};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
use signal_hook::iterator::backend::SignalDelivery;
use signal_hook::iterator::exfiltrator::SignalOnly;
use std::io;
use std::os::unix::net::UnixStream;
use std::sync::mpsc::Sender;

/// What a shell reports for a program ended by a signal.
const ENDED_BY: i32 = 128;

/// What is listened to.
const SIGNALS: [i32; 6] = [SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT];

/// What the thread hears signals by.
type Delivery = SignalDelivery<UnixStream, SignalOnly>;

/// Listens for signals and for a terminal that is closed, on a thread of its own: neither may wait
/// for a frame to be drawn.
pub fn listen(sender: &Sender<Event>) -> io::Result<()> {
    let (read, write) = UnixStream::pair()?;
    let mut signals = SignalDelivery::with_pipe(read, write, SignalOnly, SIGNALS)?;
    let sender = sender.clone();
    let listen = move || {
        // Nobody listens any more when the reader has ended.
        while wait(&signals).is_ok() && tell(&mut signals, &sender) {}
    };
    std::thread::Builder::new().name("signals".into()).spawn(listen)?;
    Ok(())
}

/// Waits for a signal. Ends the program when the terminal is closed: the signal that tells so may be
/// ignored, as by `nohup`; reading would then find nothing for ever.
fn wait(signals: &Delivery) -> rustix::io::Result<()> {
    let gone = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
    loop {
        // Of the terminal no events are asked for: these three are always reported.
        let mut both = [
            PollFd::from_borrowed_fd(rustix::stdio::stdin(), PollFlags::empty()),
            PollFd::new(signals.get_read(), PollFlags::IN),
        ];
        match poll(&mut both, None) {
            Ok(_) => {}
            Err(rustix::io::Errno::INTR) => continue,
            Err(error) => return Err(error),
        }
        let [terminal, signal] = both.map(|fd| fd.revents());
        if signal.contains(PollFlags::IN) {
            return Ok(());
        }
        if terminal.intersects(gone) {
            terminal::end(ENDED_BY + SIGHUP);
        }
    }
}

/// Does what signals ask for; whether somebody listens.
fn tell(signals: &mut Delivery, sender: &Sender<Event>) -> bool {
    signals.pending().all(|signal| {
        let event = match signal {
            SIGTSTP => Event::Suspend,
            SIGCONT => Event::Resumed,
            other => terminal::end(ENDED_BY + other),
        };
        sender.send(event).is_ok()
    })
}
