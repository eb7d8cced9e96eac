//! Taking the terminal and giving it back, however the program ends. Everything that is written to
//! the terminal goes through here, so that nothing follows after it was given back.

use super::crash;
use super::pieces::Pieces;
use crate::text::Printable;
use crossterm::clipboard::CopyToClipboard;
use crossterm::{Command, cursor, event, terminal};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};
use std::io::{self, BufWriter, Write};
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

/// Whether the terminal is ours.
static OURS: Mutex<bool> = Mutex::new(false);

/// Bytes of a frame that are gathered before they are written.
const FRAME_BYTES: usize = 32 << 10;
/// Columns and rows that are drawn on at most: a terminal may claim to have any number of them.
pub const LARGEST_SCREEN: (u16, u16) = (1000, 500);
/// How often a thread that ends the program tries to be the only one that writes, and how long it
/// waits between two tries: a terminal that takes no more bytes must not keep it from ending.
const TRIES: usize = 50;
const TRY_AGAIN: Duration = Duration::from_millis(2);

/// Standard output without a buffer or a lock of its own. While the terminal is not ours, nothing
/// is written.
struct Output;

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let ours = lock();
        if *ours { write_some(bytes) } else { Ok(bytes.len()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn lock() -> MutexGuard<'static, bool> {
    OURS.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// The lock, unless another thread is stuck in writing.
fn lock_soon() -> Option<MutexGuard<'static, bool>> {
    for _ in 0..TRIES {
        match OURS.try_lock() {
            Ok(guard) => return Some(guard),
            Err(std::sync::TryLockError::Poisoned(error)) => return Some(error.into_inner()),
            Err(std::sync::TryLockError::WouldBlock) => std::thread::sleep(TRY_AGAIN),
        }
    }
    None
}

fn write_some(bytes: &[u8]) -> io::Result<usize> {
    loop {
        match rustix::io::write(rustix::stdio::stdout(), bytes) {
            Err(rustix::io::Errno::INTR) => {}
            result => return Ok(result?),
        }
    }
}

fn write_all(mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        let written = write_some(bytes)?;
        bytes = bytes.get(written..).unwrap_or_default();
    }
    Ok(())
}

/// The bytes of terminal commands.
fn bytes(commands: &[&dyn AnsiCommand]) -> Vec<u8> {
    let mut out = String::new();
    for command in commands {
        // Writing to a string does not fail.
        command.ansi(&mut out).unwrap_or_default();
    }
    out.into_bytes()
}

/// A terminal command whatever its type.
trait AnsiCommand {
    fn ansi(&self, out: &mut String) -> std::fmt::Result;
}

impl<C: Command> AnsiCommand for C {
    fn ansi(&self, out: &mut String) -> std::fmt::Result {
        self.write_ansi(out)
    }
}

/// Takes the terminal.
fn take(mouse: bool) -> io::Result<()> {
    crash::prepare(leaving())?;
    terminal::enable_raw_mode()?;
    let mut ours = lock();
    let mut commands = taking();
    if mouse {
        commands.extend(mouse_bytes(true));
    }
    *ours = true;
    write_all(&commands)
}

/// The bytes that take the screen.
fn taking() -> Vec<u8> {
    bytes(&[&terminal::EnterAlternateScreen, &event::EnableBracketedPaste, &cursor::Hide])
}

/// A command for the terminal that tmux runs in.
fn through_tmux(command: &[u8]) -> Vec<u8> {
    let mut out = b"\x1bPtmux;".to_vec();
    for byte in command {
        // Each escape is written twice in there.
        out.extend((*byte == 0x1b).then_some(0x1b));
        out.push(*byte);
    }
    out.extend(b"\x1b\\");
    out
}

/// Gives the terminal back, if it is ours.
pub fn leave() -> io::Result<()> {
    let guard = lock_soon();
    let ours = match guard {
        Some(mut ours) => std::mem::replace(&mut *ours, false),
        None => true,
    };
    if !ours {
        return Ok(());
    }
    let written = write_all(&leaving());
    terminal::disable_raw_mode()?;
    written
}

/// The bytes that give the screen back.
fn leaving() -> Vec<u8> {
    let mut commands = mouse_bytes(false);
    commands.extend(bytes(&[
        &event::DisableBracketedPaste,
        &crossterm::style::ResetColor,
        &terminal::LeaveAlternateScreen,
        &cursor::Show,
    ]));
    commands
}

/// Whether the terminal is ours, or cannot be known not to be. No other thread writes to it any more:
/// the rest of a frame behind what gives it back would take the cursor away again.
pub fn seize() -> bool {
    lock_soon().is_none_or(|guard| {
        let ours = *guard;
        std::mem::forget(guard);
        ours
    })
}

fn mouse_bytes(ours: bool) -> Vec<u8> {
    if ours { bytes(&[&event::EnableMouseCapture]) } else { bytes(&[&event::DisableMouseCapture]) }
}

/// Gives the terminal back and ends the program. The only place that does so; everything else
/// returns.
pub fn end(code: i32) -> ! {
    // If the terminal is gone there is nothing to give back.
    drop(leave());
    super::keeper::flush();
    #[expect(clippy::disallowed_methods, reason = "the only place where the program is ended")]
    std::process::exit(code)
}

/// Makes a panic in any thread give the terminal back and end the program, with a message in which
/// no text of a document can act on the terminal.
pub fn report_panics() {
    std::panic::set_hook(Box::new(|panic| {
        drop(leave());
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        let payload = panic.payload();
        let text = payload.downcast_ref::<&str>().copied();
        let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
        let payload = text.unwrap_or("unknown");
        let text = format!(
            "briefing: internal error at {place}: {payload}; this is a bug, please report it"
        );
        let line = format!("{}\n", Printable::line(&text));
        rustix::io::write(rustix::stdio::stderr(), line.as_bytes()).ok();
        end(101);
    }));
}

/// Whether the user wants no colours.
pub fn no_colour() -> bool {
    std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}

/// Whether the terminal can be asked for its background: it must be one that ignores the question
/// if it does not understand it.
pub fn answers_about_background() -> bool {
    let name = std::env::var("TERM").unwrap_or_default();
    !matches!(name.as_str(), "" | "dumb" | "linux" | "cygwin")
}

/// Columns and rows of the terminal that is drawn on. Asked for each key and each frame, so not by the
/// way that opens the terminal anew, unless it must be.
fn size() -> io::Result<(u16, u16)> {
    match rustix::termios::tcgetwinsize(rustix::stdio::stdout()) {
        Ok(size) if size.ws_col > 0 && size.ws_row > 0 => Ok((size.ws_col, size.ws_row)),
        // Not by `terminal::size`, which runs another program where the system does not tell.
        _ => terminal::window_size().map(|size| (size.columns, size.rows)),
    }
}

/// Columns and rows of the terminal, if there is one.
pub fn screen_size() -> Option<(usize, usize)> {
    let (width, height) = size().ok()?;
    let (most, highest) = LARGEST_SCREEN;
    Some((usize::from(width.min(most)), usize::from(height.min(highest))))
}

/// Whether there is a shell that can bring a stopped program back.
pub fn has_shell() -> bool {
    let leads = rustix::process::getsid(None).ok();
    leads.is_none_or(|leader| leader != rustix::process::getpid())
}

/// Stops the program and whatever it was started with, until the shell continues it.
pub fn stop() {
    // If the signal cannot be sent, the reader simply goes on.
    rustix::process::kill_current_process_group(rustix::process::Signal::STOP).ok();
}

/// The terminal while the reader has it.
pub struct Screen {
    terminal: Terminal<CrosstermBackend<BufWriter<Output>>>,
    /// What is drawn on.
    area: Rect,
    pieces: Pieces,
}

#[expect(clippy::unused_self, reason = "only who holds the screen may write to the terminal")]
impl Screen {
    /// Takes the terminal.
    pub fn enter(mouse: bool) -> io::Result<Self> {
        let backend = CrosstermBackend::new(BufWriter::with_capacity(FRAME_BYTES, Output));
        // A viewport of its own size: that of the whole screen may be more than memory holds.
        let options = TerminalOptions { viewport: Viewport::Fixed(Rect::ZERO) };
        let terminal = Terminal::with_options(backend, options)?;
        if let Err(error) = take(mouse) {
            drop(leave());
            return Err(error);
        }
        Ok(Self { terminal, area: Rect::ZERO, pieces: Pieces::default() })
    }

    /// Columns and rows.
    pub fn size(&self) -> (usize, usize) {
        let area = self.whole().unwrap_or_default();
        (usize::from(area.width), usize::from(area.height))
    }

    /// What there is to draw on.
    fn whole(&self) -> io::Result<Rect> {
        let (width, height) = size()?;
        let (most, highest) = LARGEST_SCREEN;
        Ok(Rect::new(0, 0, width.min(most), height.min(highest)))
    }

    /// Draws a frame.
    pub fn draw(&mut self, view: impl FnOnce(&mut Frame)) -> io::Result<()> {
        let area = self.whole()?;
        if area != self.area {
            self.cover(area)?;
        }
        let pieces = &mut self.pieces;
        self.terminal.draw(|frame| {
            view(frame);
            pieces.rewrite(frame.buffer_mut());
        })?;
        Ok(())
    }

    /// Has the next frame draw every cell. A terminal that was made smaller and large again has lost
    /// what stood there, and has the size it had.
    pub fn forget(&mut self) {
        self.area = Rect::ZERO;
    }

    /// Draws on an area from now on, every cell of it anew.
    fn cover(&mut self, area: Rect) -> io::Result<()> {
        self.area = area;
        // `Terminal::clear` would ask the terminal for its cursor and wait for the answer.
        self.terminal.resize(area)
    }

    /// Forgets what is on the screen, so that the next frame draws every cell; gives the size.
    pub fn redraw(&mut self) -> io::Result<(usize, usize)> {
        let area = self.whole()?;
        self.cover(area)?;
        Ok((usize::from(area.width), usize::from(area.height)))
    }

    /// Gives the terminal back.
    pub fn leave(&mut self) -> io::Result<()> {
        leave()
    }

    /// Takes the terminal again.
    pub fn resume(&mut self, mouse: bool) -> io::Result<()> {
        take(mouse)
    }

    /// Takes the mouse, or gives it back.
    pub fn mouse(&mut self, ours: bool) -> io::Result<()> {
        let _lock = lock();
        write_all(&mouse_bytes(ours))
    }

    /// Puts text on the clipboard of the terminal. It is sent in an alphabet in which it cannot end
    /// the command.
    pub fn copy(&mut self, text: &Printable) -> io::Result<()> {
        let command = bytes(&[&CopyToClipboard::to_clipboard_from(text.as_str())]);
        let _lock = lock();
        write_all(&command)?;
        if std::env::var_os("TMUX").is_some() {
            // Whether tmux takes the command itself or passes it on is a setting of its own.
            write_all(&through_tmux(&command))?;
        }
        Ok(())
    }

    /// Asks for the colour of the background; the answer comes as input.
    pub fn ask_background(&mut self) -> io::Result<()> {
        let _lock = lock();
        write_all(b"\x1b]11;?\x1b\\")
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        drop(leave());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_gives_the_screen_back_undoes_all_that_took_it() {
        let given = String::from_utf8(leaving()).unwrap();
        // A signal may come in the midst of a frame, when colours are set.
        let (before, after) = given.split_once("\x1b[?1049l").unwrap();
        assert!(before.contains("\x1b[0m") && after.contains("\x1b[?25h"), "{given:?}");
        let taken = String::from_utf8([mouse_bytes(true), taking()].concat()).unwrap();
        for mode in taken.split("\x1b[").filter_map(|sequence| sequence.strip_suffix('h')) {
            assert!(given.contains(&format!("\x1b[{mode}l")), "{mode} of {given:?}");
        }
    }
}
