//! Pieces of running text as Markdown that draws exactly these words.

use super::{EMPHASIS, Kind, Link, Piece, Place, Rendered, STRIKE, STRONG};

/// Writes pieces whose marks were settled.
pub fn render(pieces: &[Piece], links: &[Link], place: Place) -> Rendered {
    let mut writer =
        Writer { out: Rendered::default(), place, open: Vec::new(), line: 0, after_note: false };
    let mut link: Option<usize> = None;
    for (at, piece) in pieces.iter().enumerate() {
        if piece.link != link {
            writer.close(0);
            writer.end_link(link.and_then(|link| links.get(link)));
            link = piece.link;
            if let Some(link) = link.and_then(|link| links.get(link)) {
                writer.out.origin.push((writer.out.text.len(), link.source.start));
                writer.out.text.push('[');
            }
        }
        writer.set(
            piece.marks,
            pieces.get(at.wrapping_sub(1)),
            pieces.get(at..).unwrap_or_default(),
        );
        writer.out.origin.push((writer.out.text.len(), piece.at));
        writer.piece(piece, pieces.get(at + 1));
    }
    writer.close(0);
    writer.end_link(link.and_then(|link| links.get(link)));
    writer.out
}

struct Writer {
    out: Rendered,
    place: Place,
    /// The marks that are open with their signs, outermost first.
    open: Vec<(u8, &'static str)>,
    /// Where the line starts.
    line: usize,
    /// Whether a reference to a note was written just now.
    after_note: bool,
}

impl Writer {
    /// Opens and closes marks so that exactly these are open.
    fn set(&mut self, marks: u8, before: Option<&Piece>, rest: &[Piece]) {
        let stays = self.open.iter().take_while(|(mark, _)| marks & mark != 0).count();
        // A mark that is to open outside another one closes that.
        let missing = [STRIKE, STRONG, EMPHASIS].into_iter().filter(|mark| {
            marks & mark != 0 && !self.open.iter().take(stays).any(|(m, _)| m == mark)
        });
        let missing: Vec<u8> = missing.collect();
        self.close(stays);
        for mark in missing {
            let sign = match mark {
                STRIKE => "~~",
                STRONG => "**",
                _ => emphasis(before, rest),
            };
            self.open.push((mark, sign));
            self.out.text.push_str(sign);
        }
    }

    fn close(&mut self, keep: usize) {
        while self.open.len() > keep {
            if let Some((_, sign)) = self.open.pop() {
                self.out.text.push_str(sign);
            }
        }
    }

    fn end_link(&mut self, link: Option<&Link>) {
        if let Some(link) = link {
            self.out.text.push_str("](");
            self.out.text.push_str(&destination(&link.href, self.place));
            self.out.origin.push((self.out.text.len(), link.source.end.saturating_sub(1)));
            self.out.text.push(')');
        }
    }

    fn piece(&mut self, piece: &Piece, next: Option<&Piece>) {
        let after_note = std::mem::replace(&mut self.after_note, false);
        match &piece.kind {
            Kind::Text => self.words(&piece.text, next.is_none(), after_note),
            Kind::Code => {
                let code = code(&piece.text, self.place);
                self.out.text.push_str(&code);
            }
            Kind::Image(address) => {
                self.out.text.push_str("![");
                self.words(&piece.text, false, false);
                self.out.text.push_str("](");
                self.out.text.push_str(&destination(address, self.place));
                self.out.text.push(')');
            }
            Kind::Note => {
                self.out.text.push_str("[^");
                self.out.text.push_str(&piece.text);
                self.out.text.push(']');
                self.after_note = true;
            }
            Kind::Task(done) => self.out.text.push_str(if *done { "[x] " } else { "[ ] " }),
            Kind::Break => {
                let trimmed = self.out.text.trim_end_matches(' ').len();
                self.out.text.truncate(trimmed);
                self.out.text.push_str(match self.place {
                    Place::Paragraph => "\\\n",
                    Place::Heading => " ",
                    Place::Cell => "<br>",
                });
                self.line = self.out.text.len();
            }
        }
    }

    /// Writes words so that no character of them means something.
    fn words(&mut self, text: &str, last: bool, after_note: bool) {
        let mut before = self.out.text.chars().next_back();
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().map(|(_, c)| *c);
            let line_start = self.out.text.len() == self.line;
            if c == ' ' && (line_start || (next.is_none() && last)) {
                continue;
            }
            let escaped = match c {
                '\\' | '`' | '*' | '[' | ']' | '<' | '~' => true,
                '_' => {
                    !(before.is_some_and(char::is_alphanumeric)
                        && next.is_some_and(char::is_alphanumeric))
                }
                '&' => next.is_none_or(|c| c == '#' || c.is_ascii_alphanumeric()),
                '!' => next.is_none_or(|c| c == '['),
                '|' => self.place == Place::Cell || line_start,
                ':' => (line_start && next == Some('-')) || (after_note && at == 0),
                '#' => self.place == Place::Heading || line_start,
                '-' | '+' | '=' | '>' => line_start && self.place == Place::Paragraph,
                '.' | ')' if self.place == Place::Paragraph => {
                    let line = self.out.text.get(self.line..).unwrap_or_default();
                    (1..=9).contains(&line.len())
                        && line.bytes().all(|b| b.is_ascii_digit())
                        && next.is_none_or(char::is_whitespace)
                }
                _ => false,
            };
            match c {
                '{' if self.place == Place::Heading => self.out.text.push_str("&#123;"),
                '}' if self.place == Place::Heading => self.out.text.push_str("&#125;"),
                _ => {
                    if escaped {
                        self.out.text.push('\\');
                    }
                    self.out.text.push(c);
                }
            }
            before = Some(c);
        }
    }
}

/// The sign for emphasis: inside a word only a star is seen.
fn emphasis(before: Option<&Piece>, rest: &[Piece]) -> &'static str {
    let Some(first) = rest.first() else { return "*" };
    let near = |piece: &&Piece| piece.link == first.link && piece.kind == Kind::Text;
    let outer = |piece: &Piece| piece.marks & (STRIKE | STRONG);
    let inside = |p: &&Piece| {
        p.marks & EMPHASIS != 0
            && p.link == first.link
            && p.kind != Kind::Break
            && outer(p) == outer(first)
    };
    let after = rest.get(rest.iter().take_while(inside).count());
    let left = before.filter(near).and_then(|piece| piece.text.chars().next_back());
    let right = after.filter(near).and_then(|piece| piece.text.chars().next());
    let word =
        |c: Option<char>| c.is_some_and(|c| !(c.is_whitespace() || c.is_ascii_punctuation()));
    if word(left) || word(right) { "*" } else { "_" }
}

/// Code between as many backticks as it needs.
fn code(text: &str, place: Place) -> String {
    let fence = "`".repeat(longest_run(text, '`') + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    let text = if place == Place::Cell { text.replace('|', "\\|") } else { text.to_owned() };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// The length of the longest run of a character.
pub fn longest_run(text: &str, of: char) -> usize {
    text.split(|c| c != of).map(str::len).max().unwrap_or(0)
}

/// The destination of a link, so that Markdown reads it as it is written.
fn destination(href: &str, place: Place) -> String {
    let angled = href.is_empty() || href.contains(|c: char| c.is_ascii_control() || c == ' ');
    let mut out = String::with_capacity(href.len() + 2);
    for c in href.chars().filter(|c| !matches!(c, '\n' | '\r' | '\t')) {
        let escaped = matches!(c, '\\' | '<' | '>' | '(' | ')' | '&' | '`')
            || (c == '|' && place == Place::Cell);
        if escaped {
            out.push('\\');
        }
        out.push(c);
    }
    if angled { format!("<{out}>") } else { out }
}
