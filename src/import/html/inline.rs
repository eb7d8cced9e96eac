//! Running text: pieces with marks and links, white space collapsed as browsers do. How it is written
//! as Markdown is the business of `inline/marks.rs` and `inline/render.rs`.

mod marks;
mod render;

pub use render::longest_run;

/// Stressed.
pub const EMPHASIS: u8 = 1;
/// Stressed strongly.
pub const STRONG: u8 = 2;
/// Struck out.
pub const STRIKE: u8 = 4;

/// What a piece is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// Words set as code.
    Code,
    /// The end of a line.
    Break,
    /// An image; the piece's text is what it shows.
    Image(Box<str>),
    /// A reference to a note; the piece's text is its label.
    Note,
    /// The box of a task, with whether it is done.
    Task(bool),
}

/// A piece of running text in one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub kind: Kind,
    pub text: String,
    pub marks: u8,
    /// The link it belongs to, an index into [`Inline::links`].
    pub link: Option<usize>,
    /// Its first byte in the file.
    pub at: usize,
}

/// Where a link goes, and its bytes in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub href: Box<str>,
    pub source: std::ops::Range<usize>,
}

/// Where running text stands, which says what must be escaped in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Paragraph,
    Heading,
    Cell,
}

/// Markdown on lines that know nothing of what is around them, with the places it was made of.
#[derive(Debug, Default)]
pub struct Rendered {
    pub text: String,
    pub origin: Vec<(usize, usize)>,
}

/// Running text that is being gathered.
#[derive(Debug, Default)]
pub struct Inline {
    pub pieces: Vec<Piece>,
    pub links: Vec<Link>,
    pub marks: u8,
    pub code: bool,
    pub link: Option<usize>,
    /// Whether white space that comes next would be drawn.
    in_word: bool,
}

/// White space that collapses; a no-break space does not.
pub fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

impl Inline {
    /// Adds words; white space between them becomes one space.
    pub fn text(&mut self, text: &str, at: usize) {
        let kind = if self.code { Kind::Code } else { Kind::Text };
        let (marks, link) = (self.marks, self.link);
        let same = |piece: &Piece| piece.kind == kind && piece.marks == marks && piece.link == link;
        if !self.pieces.last().is_some_and(same) {
            let piece = Piece { kind, text: String::new(), marks, link, at };
            self.pieces.push(piece);
        }
        let Some(Piece { text: out, .. }) = self.pieces.last_mut() else { return };
        for c in text.chars() {
            if !is_space(c) {
                out.push(c);
                self.in_word = true;
            } else if self.in_word {
                out.push(' ');
                self.in_word = false;
            }
        }
        if out.is_empty() {
            self.pieces.pop();
        }
    }

    /// Adds something that is no text.
    pub fn push(&mut self, kind: Kind, text: &str, at: usize) {
        self.in_word = !matches!(kind, Kind::Break | Kind::Task(_));
        let text = text.to_owned();
        self.pieces.push(Piece { kind, text, marks: self.marks, link: self.link, at });
    }

    /// Ends the line, if something stands on it.
    pub fn end_line(&mut self, at: usize) {
        if self.pieces.last().is_some_and(|piece| piece.kind != Kind::Break) {
            self.push(Kind::Break, "", at);
        }
    }

    /// Whether nothing was gathered that would be drawn.
    pub fn is_empty(&self) -> bool {
        self.pieces.iter().all(|p| match p.kind {
            Kind::Text | Kind::Code => p.text.trim().is_empty(),
            Kind::Break => true,
            Kind::Image(_) | Kind::Note | Kind::Task(_) => false,
        })
    }

    /// The pieces gathered so far, without white space and line ends around them.
    pub fn take(&mut self) -> Vec<Piece> {
        self.in_word = false;
        let mut pieces = std::mem::take(&mut self.pieces);
        let nothing = |p: &Piece| match p.kind {
            Kind::Text | Kind::Code => p.text.chars().all(is_space),
            Kind::Break => true,
            _ => false,
        };
        while pieces.last().is_some_and(nothing) {
            pieces.pop();
        }
        let start = pieces.iter().take_while(|piece| nothing(piece)).count();
        pieces.drain(..start);
        pieces
    }

    /// Writes pieces as Markdown.
    pub fn render(&self, pieces: Vec<Piece>, place: Place) -> Rendered {
        render::render(&marks::settle(pieces), &self.links, place)
    }
}

/// The words of pieces alone.
pub fn plain(pieces: &[Piece]) -> String {
    let words = pieces.iter().filter_map(|piece| match piece.kind {
        Kind::Text | Kind::Code | Kind::Image(_) => Some(piece.text.as_str()),
        Kind::Break => Some(" "),
        Kind::Note | Kind::Task(_) => None,
    });
    words.collect::<String>().trim().to_owned()
}
