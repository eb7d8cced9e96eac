//! What the README shows is made from the program: its table of keys, and a picture of its screen.
//! The tests fail when it is stale; `UPDATE=1` rewrites it.

use super::tests::Session;
use crate::app::{Action, Keymap, keymap::Group};
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};
use std::fmt::Write;
use std::path::PathBuf;

/// Columns and rows of the picture.
const SIZE: (usize, usize) = (120, 36);
/// Pixels of a cell.
const CELL: (f64, f64) = (8.4, 18.0);

#[expect(clippy::disallowed_methods, reason = "the files of the project, not those of a user")]
fn compare(name: &str, fresh: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, fresh).unwrap();
    }
    let present = std::fs::read_to_string(&path).unwrap();
    assert!(present == fresh, "{name} is stale: run `just update`");
}

/// The part of the README between two marks, replaced.
#[expect(clippy::disallowed_methods, reason = "the files of the project, not those of a user")]
fn replaced(name: &str, mark: &str, text: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name);
    let present = std::fs::read_to_string(&path).unwrap();
    let (start, end) = (format!("<!-- {mark} -->\n"), format!("<!-- end of {mark} -->\n"));
    let (before, rest) = present.split_once(&start).expect("the mark of the start");
    let (_, after) = rest.split_once(&end).expect("the mark of the end");
    format!("{before}{start}{text}{end}{after}")
}

#[test]
fn the_readme_has_the_keys_of_the_table() {
    let keymap = Keymap::standard();
    let mut table = String::from("| key | what it does |\n|---|---|\n");
    for group in [Group::Reader, Group::Moving, Group::Finding, Group::Everywhere] {
        for action in Action::ALL {
            let chords = keymap.keys_in(group, *action);
            let keys: Vec<_> = match (chords.as_slice(), *action) {
                ([], _) => continue,
                ([first, .., last], Action::FollowNumber) => vec![format!("`{first}`–`{last}`")],
                (chords, _) => {
                    chords.iter().map(|c| format!("`{c}`").replace('|', "\\|")).collect()
                }
            };
            writeln!(table, "| {} | {} |", keys.join(" "), action.doc()).unwrap();
        }
    }
    compare("README.md", &replaced("README.md", "keys", &table));
}

#[test]
fn the_picture_shows_the_screen() {
    let session = Session::bundled().size(SIZE.0, SIZE.1).keys("tab");
    compare("assets/screen.svg", &svg(&session.draw()));
}

fn svg(buffer: &Buffer) -> String {
    let (columns, rows) = (f64::from(buffer.area.width), f64::from(buffer.area.height));
    let (width, height) = (columns * CELL.0 + 24.0, rows * CELL.1 + 24.0);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" \
         font-family=\"ui-monospace, 'JetBrains Mono', 'DejaVu Sans Mono', monospace\" \
         font-size=\"14\">\n<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#1e1e2e\"/>\n"
    );
    for y in 0..buffer.area.height {
        let mut x = 0;
        while x < buffer.area.width {
            let cell = &buffer[(x, y)];
            let same = |at: u16| {
                let other = &buffer[(at, y)];
                (other.fg, other.bg, other.modifier) == (cell.fg, cell.bg, cell.modifier)
            };
            let end = (x..buffer.area.width).find(|at| !same(*at)).unwrap_or(buffer.area.width);
            let words: String = (x..end).map(|at| buffer[(at, y)].symbol()).collect();
            run(&mut out, (x, y), end - x, &words, cell);
            x = end;
        }
    }
    out.push_str("</svg>\n");
    out
}

fn run(
    out: &mut String,
    (x, y): (u16, u16),
    columns: u16,
    words: &str,
    cell: &ratatui::buffer::Cell,
) {
    let reversed = cell.modifier.contains(Modifier::REVERSED);
    let (mut fill, mut behind) = (colour(cell.fg, "#d8dee9"), colour(cell.bg, "#1e1e2e"));
    if reversed {
        std::mem::swap(&mut fill, &mut behind);
    }
    let left = 12.0 + f64::from(x) * CELL.0;
    let top = 12.0 + f64::from(y) * CELL.1;
    let width = f64::from(columns) * CELL.0;
    if reversed || cell.bg != Color::Reset {
        let height = CELL.1;
        writeln!(out, "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{height}\" fill=\"{behind}\"/>").unwrap();
    }
    if words.trim().is_empty() {
        return;
    }
    let lead = words.len() - words.trim_start().len();
    let shown = words.trim();
    let left = left + f64::from(u16::try_from(lead).unwrap()) * CELL.0;
    let length = f64::from(u16::try_from(crate::text::width(shown)).unwrap()) * CELL.0;
    let mut style = String::new();
    if cell.modifier.contains(Modifier::BOLD) {
        style.push_str(" font-weight=\"bold\"");
    }
    if cell.modifier.contains(Modifier::ITALIC) {
        style.push_str(" font-style=\"italic\"");
    }
    let shown = shown.replace('&', "&amp;").replace('<', "&lt;");
    let base = top + 13.5;
    writeln!(out, "<text x=\"{left:.1}\" y=\"{base:.1}\" fill=\"{fill}\" textLength=\"{length:.1}\" lengthAdjust=\"spacingAndGlyphs\" xml:space=\"preserve\"{style}>{shown}</text>").unwrap();
}

/// A colour of the 256, as terminals have them.
fn colour(colour: Color, default: &str) -> String {
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    match colour {
        Color::Indexed(at) if at >= 232 => {
            let grey = 8 + (at - 232) * 10;
            format!("#{grey:02x}{grey:02x}{grey:02x}")
        }
        Color::Indexed(at) if at >= 16 => {
            let at = at - 16;
            let [red, green, blue] =
                [at / 36, at / 6 % 6, at % 6].map(|step| STEPS[usize::from(step)]);
            format!("#{red:02x}{green:02x}{blue:02x}")
        }
        Color::Black => "#000000".to_owned(),
        _ => default.to_owned(),
    }
}
