//! Blocks of Markdown inside quotes, items and notes: every line gets the signs of what it is inside
//! of. Knows nothing of HTML.

use super::inline::Rendered;
use crate::import::Written;

/// Quotes, items and notes inside one another; deeper ones are written at this depth.
const MAX_DEPTH: usize = 24;

/// What a block can be inside of.
#[derive(Debug, Clone)]
pub enum Container {
    /// A quotation.
    Quote,
    /// An item of a list, or a note.
    Item {
        /// What its first line starts with, such as `- `.
        marker: String,
        /// Columns by which its other lines are set in.
        indent: usize,
        /// Whether it follows another item without a blank line.
        tight: bool,
    },
}

/// A list that is open or has just ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct List {
    /// The number of the next item, if items are numbered.
    pub number: Option<u64>,
    /// Which of the two signs it has: a list must differ from one that ends where it starts.
    pub other: bool,
    /// Whether it has an item.
    pub begun: bool,
}

/// A text of blocks that is being written.
#[derive(Debug, Default)]
pub struct Blocks {
    pub out: Written,
    open: Vec<(Container, bool)>,
    /// Containers beyond the greatest depth that are open.
    beyond: usize,
    /// The list that ended at each depth, if nothing followed it.
    ended: Vec<(usize, List)>,
}

impl Blocks {
    /// Whether what comes next stands in a quote, an item or a note.
    pub fn is_inside(&self) -> bool {
        !self.open.is_empty()
    }

    pub fn open(&mut self, container: Container) {
        if self.open.len() < MAX_DEPTH && self.beyond == 0 {
            self.open.push((container, false));
        } else {
            self.beyond += 1;
        }
    }

    pub fn close(&mut self) {
        if self.beyond > 0 {
            self.beyond -= 1;
        } else {
            self.open.pop();
            let depth = self.open.len();
            self.ended.retain(|(at, _)| *at <= depth);
        }
    }

    /// A list that starts here.
    pub fn list(&mut self, number: Option<u64>) -> List {
        let depth = self.open.len();
        let before = self.ended.iter().find(|(at, _)| *at == depth).map(|(_, list)| *list);
        let other = before.is_some_and(|b| b.number.is_some() == number.is_some() && !b.other);
        List { number, other, begun: false }
    }

    /// A list ends here.
    pub fn end_list(&mut self, list: List) {
        let depth = self.open.len();
        if list.begun {
            self.ended.retain(|(at, _)| *at < depth);
            self.ended.push((depth, list));
        }
    }

    /// Opens an item of a list.
    pub fn item(&mut self, list: &mut List) {
        let marker = match &mut list.number {
            None => (if list.other { "+ " } else { "- " }).to_owned(),
            Some(number) => {
                let sign = if list.other { ')' } else { '.' };
                let marker = format!("{number}{sign} ");
                *number = number.saturating_add(1).min(999_999_999);
                marker
            }
        };
        let tight = std::mem::replace(&mut list.begun, true);
        self.open(Container::Item { indent: marker.len(), marker, tight });
    }

    /// Starts a block on a new line; where its text is going to start.
    pub fn begin(&mut self) -> usize {
        let new = self.open.iter().position(|(_, used)| !used);
        if !self.out.text.is_empty() {
            let first = new.and_then(|new| self.open.get(new)).map(|(container, _)| container);
            if !matches!(first, Some(Container::Item { tight: true, .. })) {
                self.blank();
            }
        }
        // What was a list before this block stays one only if this block is an item of it.
        let depth = new.unwrap_or(self.open.len());
        self.ended.retain(|(at, _)| *at < depth);
        self.prefix(true);
        self.out.text.len()
    }

    /// A blank line inside what both the block before and the next one are inside of.
    fn blank(&mut self) {
        let start = self.out.text.len();
        for (container, used) in &self.open {
            match container {
                _ if !used => {}
                Container::Quote => self.out.text.push_str("> "),
                Container::Item { indent, .. } => {
                    self.out.text.extend(std::iter::repeat_n(' ', *indent));
                }
            }
        }
        let line = self.out.text.get(start..).unwrap_or_default();
        let length = line.trim_end().len();
        self.out.text.truncate(start + length);
        self.out.text.push('\n');
    }

    /// What a line starts with.
    fn prefix(&mut self, first: bool) {
        for (container, used) in &mut self.open {
            let starts = first && !std::mem::replace(used, true);
            match container {
                Container::Quote => self.out.text.push_str("> "),
                Container::Item { marker, .. } if starts => self.out.text.push_str(marker),
                Container::Item { indent, .. } => {
                    self.out.text.extend(std::iter::repeat_n(' ', *indent));
                }
            }
        }
    }

    /// Writes a block: its lines, of which the first stands where [`Blocks::begin`] ended.
    pub fn put(&mut self, block: &Rendered) {
        let mut origin = block.origin.iter().peekable();
        let mut at = 0;
        for (number, line) in block.text.split('\n').enumerate() {
            if number > 0 {
                let start = self.out.text.len();
                self.prefix(false);
                if line.is_empty() {
                    let trimmed = self.out.text.trim_end_matches(' ').len().max(start);
                    self.out.text.truncate(trimmed);
                }
            }
            while let Some((text, source)) = origin.next_if(|(text, _)| *text <= at + line.len()) {
                self.out.origin.push((self.out.text.len() + (text - at), *source));
            }
            self.out.text.push_str(line);
            self.out.text.push('\n');
            at += line.len() + 1;
        }
    }
}
