//! Paints one line, paints it anew at each key, and ends at `q`.

use ratatui::crossterm::event::{Event, KeyCode, read};

fn main() -> std::io::Result<()> {
    let mut terminal = ratatui::init();
    let mut keys = 0_usize;
    loop {
        terminal.draw(|frame| {
            frame.render_widget(format!("the floor after {keys} keys"), frame.area());
        })?;
        if let Event::Key(key) = read()? {
            if key.code == KeyCode::Char('q') {
                break;
            }
            keys += 1;
        }
    }
    ratatui::restore();
    Ok(())
}
