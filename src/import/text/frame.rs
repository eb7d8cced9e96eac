//! What stands around a text and is no part of it: the licence that Project Gutenberg puts before
//! and after a book, and what page breaks of RFCs and Internet-Drafts put between its lines.

use super::line::Line;
use std::collections::HashMap;

/// What a frame tells of its book.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Whether there was a frame.
    pub book: bool,
    /// The title.
    pub title: Option<String>,
    /// The author.
    pub author: Option<String>,
    /// The language, as the frame names it.
    pub language: Option<String>,
}

/// Takes the frame of Project Gutenberg off, and reads what it says.
pub fn unwrap_book(lines: &mut Vec<Line>) -> About {
    let start = lines.iter().position(|line| is_mark(line.words(), "START"));
    let Some(start) = start else {
        return About::default();
    };
    let end = lines.iter().skip(start).position(|line| is_mark(line.words(), "END"));
    let end = end.map_or(lines.len(), |at| start + at);
    let mut about = About { book: true, ..About::default() };
    for (number, line) in lines.iter().take(start).enumerate() {
        let field = |name: &str| line.text.strip_prefix(name).map(|value| value.trim().to_owned());
        if let Some(mut title) = field("Title:").filter(|title| !title.is_empty()) {
            // A long title goes on in indented lines.
            let more = lines.iter().take(start).skip(number + 1);
            for line in more.take_while(|line| !line.is_blank() && line.indent() > 0) {
                title.push(' ');
                title.push_str(line.words());
            }
            about.title.get_or_insert(title);
        } else if let Some(author) = field("Author:").filter(|author| !author.is_empty()) {
            about.author.get_or_insert(author);
        } else if let Some(language) = field("Language:").filter(|name| !name.is_empty()) {
            about.language.get_or_insert(language);
        }
    }
    lines.truncate(end);
    lines.drain(..=start);
    about
}

/// Takes the words of those who made the file off both ends of a book: `Produced by …`, `End of
/// Project Gutenberg's …`.
pub fn drop_credits(lines: &mut Vec<Line>) {
    let is_end = |line: &Line| {
        let words = line.words();
        words.starts_with("End of ") && words.contains("Project Gutenberg")
    };
    let last = lines.iter().rposition(|line| !line.is_blank());
    if let Some(last) = last.filter(|last| lines.get(*last).is_some_and(is_end)) {
        lines.truncate(last);
    }
    let Some(first) = lines.iter().position(|line| !line.is_blank()) else {
        return;
    };
    let words = lines.get(first).map_or("", Line::words);
    let starts = ["Produced by ", "E-text prepared by ", "This eBook was produced by "];
    if starts.iter().any(|start| words.starts_with(start)) {
        let end = lines.iter().skip(first).position(Line::is_blank);
        lines.drain(..end.map_or(lines.len(), |at| first + at));
    }
}

/// Whether a line is `*** START OF …` or `*** END OF …`, as the frames have it.
fn is_mark(words: &str, word: &str) -> bool {
    words
        .strip_prefix("***")
        .and_then(|rest| rest.trim_start().strip_prefix(word))
        .is_some_and(|rest| rest.starts_with(" OF ") && rest.contains("PROJECT GUTENBERG"))
}

/// Takes the feet and heads of pages out, and joins the paragraphs that they cut.
pub fn join_pages(lines: Vec<Line<'_>>) -> Vec<Line<'_>> {
    if !lines.iter().any(|line| is_foot(line.text)) {
        return lines;
    }
    let heads = repeated_heads(&lines);
    let mut out: Vec<Line> = Vec::with_capacity(lines.len());
    let mut rest = lines.into_iter().peekable();
    while let Some(line) = rest.next() {
        if !is_foot(line.text) {
            out.push(line);
            continue;
        }
        let mut blank = line;
        blank.text = "";
        while out.last().is_some_and(Line::is_blank) {
            out.pop();
        }
        while rest.next_if(Line::is_blank).is_some() {}
        if rest.next_if(|next| heads.contains_key(&squeeze(next.text))).is_some() {
            while rest.next_if(Line::is_blank).is_some() {}
        }
        let goes_on = match (out.last(), rest.peek()) {
            (Some(before), Some(after)) => goes_on(before, after),
            _ => true,
        };
        if !goes_on {
            out.push(blank);
        }
    }
    out
}

/// The foot of a page: `Name    Standards Track    [Page 12]`.
fn is_foot(text: &str) -> bool {
    text.strip_suffix(']').and_then(|text| text.rsplit_once("[Page ")).is_some_and(|(_, number)| {
        !number.is_empty() && number.trim().chars().all(|c| c.is_ascii_alphanumeric())
    })
}

/// The lines that come first after the foot of a page, and are heads: those that come twice, and
/// those that say what a head says.
fn repeated_heads(lines: &[Line]) -> HashMap<String, usize> {
    let mut heads: HashMap<String, usize> = HashMap::new();
    let mut after_foot = false;
    for line in lines.iter().filter(|line| !line.is_blank()) {
        if after_foot && !is_foot(line.text) {
            let sure = ["RFC ", "Internet-Draft", "INTERNET-DRAFT"];
            let weight = if sure.iter().any(|start| line.text.starts_with(start)) { 2 } else { 1 };
            *heads.entry(squeeze(line.text)).or_default() += weight;
        }
        after_foot = is_foot(line.text);
    }
    heads.retain(|_, count| *count > 1);
    heads
}

/// A line with each run of white space as one space.
fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether the line after a page break belongs to the paragraph before it.
fn goes_on(before: &Line, after: &Line) -> bool {
    let ended = before.text.ends_with(['.', ':', '?', '!', '"', ')']);
    let lower = after.words().starts_with(char::is_lowercase);
    before.indent() == after.indent() && before.indent() > 0 && (!ended || lower)
}

#[cfg(test)]
mod tests {
    use super::super::line::split;
    use super::*;

    fn texts(lines: &[Line]) -> Vec<String> {
        lines.iter().map(|line| line.text.to_owned()).collect()
    }

    #[test]
    fn a_book_loses_its_frame_and_keeps_what_it_said() {
        let mut lines = split(
            "The Project Gutenberg EBook\n\nTitle: A Book\n       Of Two Lines\nAuthor: N. N.\nLanguage: English\n*** START OF THIS PROJECT GUTENBERG EBOOK A BOOK ***\n\nProduced by Somebody\nand others\n\nText.\n\nEnd of Project Gutenberg's A Book\n\n*** END OF THIS PROJECT GUTENBERG EBOOK A BOOK ***\nlicence",
        );
        let about = unwrap_book(&mut lines);
        assert_eq!(about.title.as_deref(), Some("A Book Of Two Lines"));
        assert_eq!(about.author.as_deref(), Some("N. N."));
        drop_credits(&mut lines);
        assert_eq!(texts(&lines).join("|"), "|Text.|");
        let mut plain = split("*** START OF SOMETHING ***\ntext");
        assert_eq!(unwrap_book(&mut plain), About::default());
        assert_eq!(plain.len(), 2);
    }

    #[test]
    fn page_breaks_go_and_paragraphs_are_whole() {
        let source = "   A paragraph that is\n\n\n\nPostel      [Page 1]\n\u{c}\nRFC 1      Title      1981\n\n\n   cut in two.\n\n   Next ends.\n\nPostel      [Page 2]\n\u{c}RFC 1      Title      1981\n\n   A new one.\n";
        let lines = join_pages(split(source));
        assert_eq!(
            texts(&lines),
            ["   A paragraph that is", "   cut in two.", "", "   Next ends.", "", "   A new one."]
        );
    }
}
