//! The words of a text as they are drawn, line by line: what searching needs, in less time than it
//! takes to build the blocks.

use super::drawn::Drawn;
use super::events::events;
use super::marked::{MARK, Within, pairs};
use super::{html, target};
use crate::model::Target;
use crate::text::Printable;
use memchr::memmem;
use pulldown_cmark::{BlockQuoteKind, Event, LinkType, Tag, TagEnd};
use std::ops::Range;

/// The title that is drawn for a link without words of its own.
pub type Titles<'t> = dyn Fn(&Target) -> Option<Printable> + 't;

/// Hands out the lines of a text: each paragraph, heading, cell of a table and line of code is one.
/// The second value says whether it is a heading.
pub fn words(source: &str, titles: &Titles, take: &mut dyn FnMut(Printable, bool)) {
    let mut gather = Gather {
        titles,
        take,
        line: String::new(),
        closed: Vec::new(),
        other: None,
        code: false,
        links: 0,
        unnamed: false,
        images: Vec::new(),
        may_call: false,
    };
    for event in Drawn::new(events(source).map(|(event, _)| event)) {
        gather.event(event);
    }
    gather.end_line(false);
}

/// The words of a text of one paragraph, whatever its lines begin with.
pub fn sentence_words(source: &str, titles: &Titles) -> Printable {
    // As in `sentence`: a word in front keeps blocks from starting.
    const GUARD: &str = "x ";
    let source = source.trim();
    if !source.bytes().any(|b| b"\\`*_[]<>&~!=$".contains(&b)) {
        return Printable::inline(source);
    }
    let mut out = Printable::default();
    let guarded = format!("{GUARD}{}", source.replace(['\n', '\r'], " "));
    words(&guarded, titles, &mut |line, _| {
        if out.is_empty() {
            out = line.as_printable().slice(GUARD.len()..line.len()).into();
        }
    });
    out
}

struct Gather<'g> {
    titles: &'g Titles<'g>,
    take: &'g mut dyn FnMut(Printable, bool),
    /// The line so far.
    line: String,
    /// Where in the line `==` marks nothing: in code, in titles.
    closed: Vec<Range<usize>>,
    /// Text of the code or HTML that is open.
    other: Option<String>,
    /// Whether that is code.
    code: bool,
    /// Links that are open.
    links: usize,
    /// Whether the words of the open link are those of its target.
    unnamed: bool,
    /// Lengths of the line at which images started, with their addresses.
    images: Vec<(usize, String)>,
    /// Whether the line may name a callout: `[!kind] title` at the start of a quotation.
    may_call: bool,
}

impl Gather<'_> {
    fn event(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) if self.other.is_some() => {
                self.other.get_or_insert_default().push_str(&text);
            }
            Event::Text(_) if self.unnamed => {}
            Event::Text(text) => self.line.push_str(&text),
            Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.may_call = false;
                self.line.push_str(&text);
            }
            Event::Code(text) => {
                self.may_call = false;
                self.push_closed(&text);
            }
            Event::InlineHtml(text) => {
                let words = html::text(&text);
                self.may_call &= words != "\n";
                self.line.push_str(&words);
            }
            Event::FootnoteReference(label) => {
                self.may_call = false;
                self.push_closed(&format!("[{label}]"));
            }
            Event::SoftBreak => {
                if !self.callout() {
                    self.line.push(' ');
                }
            }
            Event::HardBreak => {
                self.may_call = false;
                self.line.push(' ');
            }
            Event::Rule => self.end_line(false),
            Event::Html(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag) {
        match tag {
            Tag::Paragraph => {
                self.end_line(false);
                return;
            }
            Tag::BlockQuote(kind) => {
                self.end_line(false);
                self.may_call = kind.is_none();
                if let Some(kind) = kind {
                    self.line.push_str(callout_word(kind));
                    self.end_line(false);
                }
                return;
            }
            Tag::CodeBlock(_) | Tag::HtmlBlock => {
                self.end_line(false);
                self.code = matches!(tag, Tag::CodeBlock(_));
                self.other = Some(String::new());
            }
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => {}
            Tag::Link { link_type, ref dest_url, .. } => {
                self.links += 1;
                if self.links == 1 && link_type == (LinkType::WikiLink { has_pothole: false }) {
                    let target = target(link_type, dest_url);
                    let title = (self.titles)(&target).unwrap_or_else(|| target.shown());
                    self.push_closed(&title);
                    self.unnamed = true;
                }
            }
            Tag::Image { dest_url, .. } => {
                self.line.push_str("[image: ");
                self.images.push((self.line.len(), dest_url.to_string()));
                return;
            }
            _ => self.end_line(false),
        }
        self.may_call = false;
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => {
                self.callout();
                self.end_line(false);
            }
            TagEnd::Heading(_) => self.end_line(true),
            TagEnd::CodeBlock | TagEnd::HtmlBlock => self.end_other(),
            TagEnd::Link => {
                self.links = self.links.saturating_sub(1);
                self.unnamed &= self.links > 0;
            }
            TagEnd::Image => {
                if let Some((length, address)) = self.images.pop() {
                    if self.line.len() == length {
                        self.line.push_str(html::picture(&address));
                    }
                    self.line.push(']');
                }
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => {}
            _ => {
                self.may_call = false;
                self.end_line(false);
            }
        }
    }

    fn end_other(&mut self) {
        let text = self.other.take().unwrap_or_default();
        if self.code {
            let text = Printable::lines(&text);
            for line in text.split('\n').filter(|line| !line.trim().is_empty()) {
                (self.take)(Printable::inline(line), false);
            }
        } else {
            self.line.push_str(&html::text(&text));
            self.end_line(false);
        }
    }

    /// Ends a line that names a callout; whether it did.
    fn callout(&mut self) -> bool {
        if !std::mem::take(&mut self.may_call) {
            return false;
        }
        let Some((kind, title)) =
            self.line.strip_prefix("[!").and_then(|rest| rest.split_once(']'))
        else {
            return false;
        };
        if kind.is_empty() || !kind.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_')) {
            return false;
        }
        let title = title.trim_start_matches(['+', '-']).trim();
        self.line = format!("{} {title}", kind.to_uppercase());
        // A title is drawn as it is written.
        self.closed.clear();
        self.closed.push(0..self.line.len());
        self.end_line(false);
        true
    }

    fn push_closed(&mut self, text: &str) {
        let start = self.line.len();
        self.line.push_str(text);
        self.closed.push(start..self.line.len());
    }

    /// Takes the signs around marked words out of the line.
    fn unmark(&mut self) {
        let is_free = |at: usize| {
            let next = self.closed.partition_point(|range| range.end <= at);
            self.closed.get(next).is_none_or(|range| range.start > at + 1)
        };
        let pairs = pairs(&self.line, Within::Text, is_free);
        let mut line = String::with_capacity(self.line.len());
        let mut end = 0;
        for at in pairs.into_iter().flat_map(|(open, close)| [open, close]) {
            line.push_str(self.line.get(end..at).unwrap_or_default());
            end = at + MARK.len();
        }
        line.push_str(self.line.get(end..).unwrap_or_default());
        self.line = line;
    }

    fn end_line(&mut self, heading: bool) {
        if memmem::find(self.line.as_bytes(), MARK.as_bytes()).is_some() {
            self.unmark();
        }
        self.closed.clear();
        if !self.line.trim().is_empty() {
            (self.take)(Printable::inline(&self.line), heading);
        }
        self.line.clear();
        self.images.clear();
    }
}

fn callout_word(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "NOTE",
        BlockQuoteKind::Tip => "TIP",
        BlockQuoteKind::Important => "IMPORTANT",
        BlockQuoteKind::Warning => "WARNING",
        BlockQuoteKind::Caution => "CAUTION",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format;
    use crate::model::{Block, Item, Phrase};
    use proptest::prelude::*;

    fn lines(source: &str) -> Vec<String> {
        let titles = |target: &Target| match target {
            Target::Card { name, .. } if &**name == "known" => Some(Printable::line("Its title")),
            _ => None,
        };
        let mut out = Vec::new();
        words(source, &titles, &mut |line, heading| {
            out.push(format!("{}{line}", if heading { "# " } else { "" }));
        });
        out
    }

    #[test]
    fn lines_are_the_words_without_the_markup() {
        assert_eq!(
            lines("a *b* **c `d`**\ne\n\n## H *i*\n- x\n- y"),
            ["a b c d e", "# H i", "x", "y"]
        );
        assert_eq!(lines("[[known]] [[no#h]] [[known|own]] [w](x.md)"), ["Its title no › h own w"]);
        assert_eq!(lines("|a|b|\n|-|-|\n|1|&amp;|"), ["a", "b", "1", "&"]);
        assert_eq!(lines("```x\nl1\n\n  l2\n```"), ["l1", "  l2"]);
        assert_eq!(
            lines("> [!tip] Title\n> Text\n\n> [!NOTE]\n> More"),
            ["TIP Title", "Text", "NOTE", "More"]
        );
        assert_eq!(lines("a<br>b <b>c</b><!-- d -->\n\n<p>e</p>"), ["a\u{20}b c", "e"]);
        assert_eq!(lines("![](x.png)[^n]\n\n[^n]: note"), ["[image: x.png][n]", "note"]);
    }

    #[test]
    fn a_sentence_is_one_line() {
        let none = |_: &Target| None;
        assert_eq!(sentence_words(" - [[a]] &amp; *b*\n# c", &none).as_str(), "- a & b # c");
        assert_eq!(sentence_words("2026. A year", &none).as_str(), "2026. A year");
        assert_eq!(sentence_words("*a* b", &none).as_str(), "a b");
    }

    #[test]
    fn a_heading_names_no_callout() {
        let source = "> [!a] b\n> c\n> ===\n";
        assert_eq!(lines(source), ["# [!a] b c"]);
        let mut drawn = Vec::new();
        of_blocks(&format::body(source).blocks, &mut drawn);
        assert_eq!(drawn, ["[!a]", "b", "c"]);
    }

    /// The words of blocks, in their order.
    fn of_blocks(blocks: &[Block], out: &mut Vec<String>) {
        let phrases = |phrases: &[Phrase], out: &mut Vec<String>| {
            let mut line = String::new();
            for phrase in phrases {
                let note = phrase.marks.note;
                line += if note { "[" } else { "" };
                line += &phrase.text;
                line += if note { "]" } else { "" };
            }
            out.extend(line.split_whitespace().map(str::to_owned));
        };
        for block in blocks {
            match block {
                Block::Paragraph(text) => phrases(text, out),
                Block::Heading(heading) => phrases(&heading.text, out),
                Block::List { items, .. } => {
                    for Item { blocks, .. } in items {
                        of_blocks(blocks, out);
                    }
                }
                Block::Quote { callout, blocks } => {
                    if let Some(callout) = callout {
                        out.push(callout.kind.to_uppercase());
                        let title = callout.title.iter().flat_map(|t| t.split_whitespace());
                        out.extend(title.map(str::to_owned));
                    }
                    of_blocks(blocks, out);
                }
                Block::Code { text, .. } => out.extend(text.split_whitespace().map(str::to_owned)),
                Block::Table { rows, .. } => {
                    rows.iter().flatten().for_each(|cell| phrases(cell, out));
                }
                Block::Footnote { blocks, .. } => of_blocks(blocks, out),
                Block::Rule => {}
            }
        }
    }

    proptest! {
        #[test]
        fn the_words_are_those_of_the_blocks(source in "([a-e ]{1,4}|[\\[\\]()*_`#>|~\\-!<&;:=]|==|\\[\\[a\\]\\]|\\[!a\\]|> |- |\n|\n\n|    |```\n|\\|a\\|b\\|\n\\|-\\|-\\|\n){0,40}") {
            let mut drawn = Vec::new();
            of_blocks(&format::body(&source).blocks, &mut drawn);
            let mut words: Vec<String> = Vec::new();
            super::words(&source, &|_| None, &mut |line, _| {
                words.extend(line.split_whitespace().map(str::to_owned));
            });
            // Footnotes are drawn last, wherever they are written.
            drawn.sort();
            words.sort();
            prop_assert_eq!(words, drawn);
        }
    }
}
