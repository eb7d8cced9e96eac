//! Containers as generators of sites write them, as the Markdown that readers know: callouts become
//! quotations with a kind, tabs and steps a title with their text below it, and what only arranges the
//! page goes. How a container begins in which dialect is the business of `containers/opening.rs`.

mod arguments;
mod component;
mod opening;

use super::Written;
pub use component::has_components;
use opening::{Begins, Closers, closes};

/// Containers inside one another; what would open deeper stands as it is written.
const MAX_DEPTH: usize = 16;

/// What ends a container.
#[derive(Debug, PartialEq, Eq)]
enum End {
    /// A line that stands less far in.
    Indent(usize),
    /// A line of at least as many of these signs and nothing else.
    Fence(char, usize),
    /// A closing tag of that name.
    Named(String),
}

/// How the text of a container is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// As a quotation.
    Quoted,
    /// As other text.
    Plain,
    /// As code.
    Code,
}

/// A container that is open.
struct Open {
    end: End,
    shown: Shown,
    /// Columns that its lines keep in front, beyond those of the container around it.
    lead: usize,
    /// The column at which its text starts; none before its first line is read.
    column: Option<usize>,
}

/// Rewrites the containers of a text.
pub fn containers(written: Written) -> Written {
    let has = |sign: &str| memchr::memmem::find(written.text.as_bytes(), sign.as_bytes()).is_some();
    let signs = [
        "!!! ", "??? ", "???+ ", ":::", "\n::", "=== \"", "===! \"", "===+ \"", "///", "{{<",
        "{{%", "{%", "```{",
    ];
    if !signs.into_iter().any(has) && !has_components(&written.text) {
        return written;
    }
    let closers = Closers::find(&written.text);
    let mut machine = Machine { out: Written::default(), open: Vec::new(), code: None };
    let mut at = 0;
    // Lines that belong to the tag before them.
    let mut skip = 0;
    for line in written.text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if start < skip {
            continue;
        }
        machine.dedent(line);
        if machine.ends(line) {
            continue;
        }
        if machine.code.is_none()
            && machine.open.last().is_none_or(|open| open.shown != Shown::Code)
            && machine.open.len() < MAX_DEPTH
            && let Some(opening) = opening::opening(&written.text, start..at, &closers)
        {
            machine.out.origin.push((machine.out.text.len(), written.source(start)));
            machine.begin(opening.begins, columns(line));
            skip = start + opening.length;
            continue;
        }
        machine.line(&written, start..at);
    }
    machine.out
}

/// Writes lines with the signs of what they are inside of.
struct Machine {
    out: Written,
    open: Vec<Open>,
    /// The fence of the code that is open, and the number of containers around it.
    code: Option<(char, usize, usize)>,
}

impl Machine {
    /// Ends the containers that a line does not stand far enough in for.
    fn dedent(&mut self, line: &str) {
        if line.trim().is_empty() {
            return;
        }
        let indent = columns(line);
        let outside = |open: &Open| matches!(open.end, End::Indent(least) if indent < least);
        if let Some(first) = self.open.iter().position(outside) {
            self.close(first);
        }
    }

    /// Whether a line ends a container; then it is.
    fn ends(&mut self, line: &str) -> bool {
        let in_code = self.open.last().is_some_and(|open| open.shown == Shown::Code);
        if self.code.is_some() && !in_code {
            return false;
        }
        let words = line.trim();
        let ended = |open: &Open| match &open.end {
            End::Indent(_) => false,
            End::Fence(sign, count) => words.len() >= *count && words.chars().all(|c| c == *sign),
            End::Named(name) => closes(words) == Some(name.as_str()),
        };
        let found = self.open.iter().rposition(ended);
        let found = found.filter(|at| !in_code || at + 1 == self.open.len());
        if let Some(at) = found {
            self.close(at);
        }
        found.is_some()
    }

    /// Closes the containers from one on.
    fn close(&mut self, first: usize) {
        let quoted = self.open.iter().skip(first).any(|open| open.shown == Shown::Quoted);
        while self.open.len() > first {
            let lead = self.prefix(true);
            if self.open.pop().is_some_and(|open| open.shown == Shown::Code) {
                self.end_line();
                self.out.text.push_str(&lead);
                self.out.text.push_str("```\n");
            }
        }
        if self.code.is_some_and(|(_, _, depth)| depth > first) {
            self.code = None;
        }
        // A quotation goes on in the next line if no blank line ends it.
        if quoted || !self.is_blank() {
            self.blank();
        }
    }

    /// Takes what begins on a line that stands `indent` columns in.
    fn begin(&mut self, begins: Begins, indent: usize) {
        for open in &mut self.open {
            open.column.get_or_insert(indent);
        }
        let outer = self.open.last().and_then(|open| open.column).unwrap_or(0);
        let lead = indent.saturating_sub(outer);
        let space = " ".repeat(lead);
        match begins {
            Begins::Text(text) => {
                self.part();
                for line in text.lines() {
                    let prefix = self.prefix(true);
                    self.out.text.extend([&prefix, &*space, line, "\n"]);
                }
                self.blank();
            }
            Begins::Callout { kind, title, end } => {
                self.part();
                let title = if title.is_empty() { title } else { format!(" {title}") };
                let prefix = self.prefix(true);
                self.out.text.extend([&prefix, &*space, "> [!", &kind, "]", &title, "\n"]);
                self.push(end, Shown::Quoted, lead, indent);
            }
            Begins::Plain { title, end } => {
                self.part();
                if !title.is_empty() {
                    let prefix = self.prefix(true);
                    self.out.text.extend([&prefix, &*space, "**", &title, "**\n"]);
                    self.blank();
                }
                self.push(end, Shown::Plain, lead, indent);
            }
            Begins::Code { language, end } => {
                self.part();
                let prefix = self.prefix(true);
                self.out.text.extend([&prefix, &*space, "```", &language, "\n"]);
                self.push(end, Shown::Code, lead, indent);
            }
        }
    }

    fn push(&mut self, end: End, shown: Shown, lead: usize, indent: usize) {
        let column = match (&end, shown) {
            (End::Indent(column), _) => Some(*column),
            (End::Fence(..), _) | (_, Shown::Code) => Some(indent),
            (End::Named(_), _) => None,
        };
        self.open.push(Open { end, shown, lead, column });
    }

    /// Writes a line of text.
    fn line(&mut self, written: &Written, bytes: std::ops::Range<usize>) {
        let line = written.text.get(bytes.clone()).unwrap_or_default();
        let words = line.trim();
        if self.open.is_empty() {
            self.code = fence(words, self.code, 0);
            self.out.append(written, bytes);
            return;
        }
        if words.is_empty() {
            let prefix = self.prefix(false);
            self.out.text.push_str(&prefix);
            self.out.append(written, bytes.start + line.trim_end_matches('\n').len()..bytes.end);
            return;
        }
        let indent = columns(line);
        for open in &mut self.open {
            open.column.get_or_insert(indent);
        }
        let in_code = self.open.last().is_some_and(|open| open.shown == Shown::Code);
        if !in_code {
            self.code = fence(words, self.code, self.open.len());
        }
        let column = self.open.last().and_then(|open| open.column).unwrap_or(0);
        self.out.origin.push((self.out.text.len(), written.source(bytes.start)));
        let prefix = self.prefix(true);
        self.out.text.push_str(&prefix);
        self.out.append(written, bytes.start + within(line, column)..bytes.end);
    }

    /// What the lines inside the open containers start with.
    fn prefix(&self, has_words: bool) -> String {
        let mut prefix = String::new();
        for open in &self.open {
            prefix.extend(std::iter::repeat_n(' ', open.lead));
            if open.shown == Shown::Quoted {
                prefix.push_str("> ");
            }
        }
        if !has_words {
            prefix.truncate(prefix.trim_end().len());
        }
        prefix
    }

    /// Ends the line that is being written.
    fn end_line(&mut self) {
        if !self.out.text.is_empty() && !self.out.text.ends_with('\n') {
            self.out.text.push('\n');
        }
    }

    /// Whether the line before has no words.
    fn is_blank(&self) -> bool {
        let before = self.out.text.strip_suffix('\n').unwrap_or(&self.out.text);
        let line = before.rsplit('\n').next().unwrap_or_default();
        line.bytes().all(|b| b == b' ' || b == b'>')
    }

    /// Parts what comes next from the text before it.
    fn part(&mut self) {
        if !self.is_blank() {
            self.blank();
        }
    }

    fn blank(&mut self) {
        self.end_line();
        let prefix = self.prefix(false);
        self.out.text.push_str(&prefix);
        self.out.text.push('\n');
    }
}

/// The fence of code that is open after a line.
pub fn fence(
    words: &str,
    open: Option<(char, usize, usize)>,
    depth: usize,
) -> Option<(char, usize, usize)> {
    let Some(sign) = words.chars().next().filter(|sign| matches!(sign, '`' | '~')) else {
        return open;
    };
    let count = words.chars().take_while(|c| *c == sign).count();
    match open {
        // What has backticks behind it is code in a line.
        None if count >= 3 && (sign == '~' || !words.get(count..)?.contains('`')) => {
            Some((sign, count, depth))
        }
        Some((other, least, _)) if other == sign && count >= least && count == words.len() => None,
        open => open,
    }
}

/// The columns that a line is set in.
fn columns(line: &str) -> usize {
    let mut columns = 0;
    for b in line.bytes() {
        match b {
            b' ' => columns += 1,
            b'\t' => columns += 4 - columns % 4,
            _ => break,
        }
    }
    columns
}

/// The bytes of the white space that fills at most so many columns at the start of a line.
fn within(line: &str, columns: usize) -> usize {
    let mut column = 0;
    for (at, b) in line.bytes().enumerate() {
        column += match b {
            b' ' => 1,
            b'\t' => 4 - column % 4,
            _ => return at,
        };
        if column > columns {
            return at;
        }
    }
    0
}

#[cfg(test)]
mod tests;
