//! Questions in Markdown as the program hashcards reads them: `Q:` and `A:`, or a text behind `C:` with
//! `[gaps]`, one below the other. Each is a card.

use super::deck::Asked;
use super::{Ids, Naming, inspect_markup};
use crate::diagnostic::Diagnostic;
use crate::format;
use crate::model::{Briefing, BriefingId, Form, Part};
use crate::text::{LineIndex, Printable, slug};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

/// Bytes that are looked at to tell what a file is.
const HEAD: usize = 4096;

/// Whether a Markdown text is a list of questions: it begins with one, and no heading stands in it as
/// far as it is looked at.
pub fn is_hashcards(source: &str) -> bool {
    let start = source.trim_start_matches('\u{feff}').trim_start();
    let start = match start.strip_prefix("---") {
        Some(front) => front.split_once("\n---").map_or("", |(_, rest)| rest),
        None => start,
    };
    let end = (0..=HEAD.min(start.len())).rev().find(|at| start.is_char_boundary(*at));
    let head = start.get(..end.unwrap_or(0)).unwrap_or_default();
    let mut lines = head.lines().filter(|line| !line.trim().is_empty());
    let Some(first) = lines.next().and_then(Tag::of) else { return false };
    let is_heading =
        |line: &str| line.starts_with('#') && line.trim_start_matches('#').starts_with(' ');
    if head.lines().any(is_heading) {
        return false;
    }
    match first {
        (Tag::Question, _) => head.lines().any(|line| line.starts_with("A:")),
        (Tag::Gaps, text) => text.contains('[') || lines.next().is_some_and(|l| l.contains('[')),
        (Tag::Answer, _) => false,
    }
}

/// What a line starts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tag {
    Question,
    Answer,
    Gaps,
}

impl Tag {
    /// The tag at the start of a line, and what follows it.
    fn of(line: &str) -> Option<(Self, &str)> {
        let tags = [("Q:", Self::Question), ("A:", Self::Answer), ("C:", Self::Gaps)];
        tags.into_iter().find_map(|(sign, tag)| Some((tag, line.strip_prefix(sign)?)))
    }
}

/// A question that is read.
#[derive(Default)]
struct Open {
    start: usize,
    /// The question, or the text with gaps.
    text: String,
    answer: Option<String>,
    is_gaps: bool,
}

/// Reads questions. `path` is the file's path below what was opened.
pub fn hashcards(source: &str, path: &str, naming: Naming) -> (Briefing, Vec<Diagnostic>) {
    let lines = LineIndex::new(source);
    let (front, start, mut found) = format::front(source, &lines);
    found.extend(inspect_markup(source, &lines));
    let mut ids = Ids::new(path, naming);
    let name = name_of_deck(source.get(..start).unwrap_or_default());
    if name.is_some() {
        // hashcards writes TOML between the signs of YAML.
        found.retain(|found| found.code != "front-matter");
    }
    let title = front.title.or(name);
    let title = title.unwrap_or_else(|| Printable::line(ids.stem()));
    let id = slug(ids.stem());
    let id = BriefingId::new(if id.is_empty() { "questions" } else { &id });
    let mut briefing = Briefing::empty(id, title);
    let mut close = |open: Option<Open>, end: usize| {
        let Some(open) = open else { return };
        let bytes = open.start..end;
        let asked = open.finish(&lines, &bytes, &mut found);
        briefing.cards.extend(asked.map(|asked| asked.card(&mut ids, 0, lines.span(bytes))));
    };
    let mut open: Option<Open> = None;
    let (mut at, mut end) = (start, start);
    let mut fence: Option<&str> = None;
    for line in source.get(start..).unwrap_or_default().split_inclusive('\n') {
        let text = line.trim_end_matches(['\n', '\r']);
        let tag = Tag::of(text).filter(|_| fence.is_none());
        match (tag, &mut open) {
            (Some((Tag::Answer, rest)), Some(open)) if !open.is_gaps && open.answer.is_none() => {
                open.answer = Some(rest.trim().to_owned());
            }
            (Some((tag @ (Tag::Question | Tag::Gaps), rest)), _) => {
                close(open.take(), end);
                let (text, is_gaps) = (rest.trim().to_owned(), tag == Tag::Gaps);
                open = Some(Open { start: at, text, answer: None, is_gaps });
            }
            (None, _) if fence.is_none() && is_rule(text) => close(open.take(), end),
            (_, Some(open)) => {
                let side = open.answer.as_mut().unwrap_or(&mut open.text);
                side.push('\n');
                side.push_str(text);
            }
            (_, None) => {}
        }
        let mark = {
            let words = tag.map_or(text, |(_, rest)| rest).trim_start();
            ["```", "~~~"].into_iter().find(|mark| words.starts_with(mark))
        };
        fence = match (fence, mark) {
            (None, mark) => mark,
            (Some(open), Some(mark)) if open == mark => None,
            (open, _) => open,
        };
        at += line.len();
        if !text.trim().is_empty() {
            end = at;
        }
    }
    close(open, end);
    let count = u32::try_from(briefing.cards.len()).unwrap_or(u32::MAX);
    let part = Part { path: path.into(), title: None, cards: 0..count, anchors: Vec::new().into() };
    briefing.parts.push(part);
    let file: Arc<Path> = Arc::from(Path::new(path));
    (briefing, found.into_iter().map(|found| found.in_file(&file)).collect())
}

/// Whether a line is `---`.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 3 && line.bytes().all(|byte| byte == b'-')
}

/// `name = "Deck"` of the settings above the questions.
fn name_of_deck(front: &str) -> Option<Printable> {
    let value = front
        .lines()
        .find_map(|line| line.trim().strip_prefix("name")?.trim_start().strip_prefix('='))?;
    let value = value.trim().trim_matches(['"', '\'']);
    (!value.is_empty()).then(|| Printable::line(value))
}

impl Open {
    fn finish(
        self,
        lines: &LineIndex,
        bytes: &Range<usize>,
        found: &mut Vec<Diagnostic>,
    ) -> Option<Asked> {
        let span = lines.span(bytes.start..bytes.start + 2);
        let text = self.text.trim();
        let (form, question, answer) = match (self.is_gaps, &self.answer) {
            (true, _) => match gaps(text) {
                Some(text) => (Form::Cloze, text, None),
                None => {
                    let message = "a text behind `C:` without a gap";
                    let help = "put brackets around what is to be remembered: `It borders [Peru]`";
                    found.push(Diagnostic::warning("no-answer", message).at(span).help(help));
                    (Form::Basic, text.to_owned(), None)
                }
            },
            (false, Some(answer)) if !answer.trim().is_empty() => {
                (Form::Basic, text.to_owned(), Some(answer.trim().to_owned()))
            }
            (false, _) => {
                let help = "put the answer below it, behind `A:`";
                let finding = Diagnostic::warning("no-answer", "a question without an answer");
                found.push(finding.at(span).help(help));
                (Form::Basic, text.to_owned(), None)
            }
        };
        let asked =
            Asked { id: None, form, question, answer, both: false, hint: None, more: Vec::new() };
        (!asked.question.is_empty()).then_some(asked)
    }
}

/// A text with gaps in brackets as one with ours; brackets of links and images are none, nor are those
/// in code or formulas or behind a backslash. Nothing if there is no gap.
fn gaps(text: &str) -> Option<String> {
    let text = format::without_gaps(text);
    let mut out = String::with_capacity(text.len());
    let (mut rest, mut any) = (text.as_str(), false);
    while let Some(at) = rest.find(['[', '\\', '`', '$']) {
        let (before, here) = rest.split_at(at);
        out.push_str(before);
        let gap = gap(here).filter(|_| !before.ends_with('!'));
        let taken = match (here.chars().next(), gap) {
            (_, Some((words, length))) => {
                any = true;
                // Something that is not drawn between two gaps.
                out.push_str(if out.ends_with("==") { "<!-- -->" } else { "" });
                out.extend(["==", &words.replace(";;", "; ;"), "=="]);
                rest = here.get(length..).unwrap_or_default();
                continue;
            }
            (Some('\\'), None) => 1 + here.chars().nth(1).map_or(0, char::len_utf8),
            (Some(sign @ ('`' | '$')), None) => signs(here, sign),
            _ => 1,
        };
        let (kept, after) = here.split_at(taken.min(here.len()));
        out.push_str(kept);
        rest = after;
    }
    out.push_str(rest);
    any.then_some(out)
}

/// The words of a gap at the start of a text, and how many bytes it takes.
fn gap(text: &str) -> Option<(&str, usize)> {
    let inside = text.strip_prefix('[')?;
    let end = inside.find(['[', ']', '\n', '\\'])?;
    let after = inside.get(end..)?.strip_prefix(']')?;
    let words = inside.get(..end)?.trim();
    let is_link = after.starts_with(['(', '[']);
    (!is_link && !words.is_empty() && !words.starts_with(['^', '='])).then_some((words, end + 2))
}

/// Bytes of code or a formula at the start of a text, if it ends on its line; else of its sign.
fn signs(text: &str, sign: char) -> usize {
    let opening = text.len() - text.trim_start_matches(sign).len();
    if opening > 3 {
        return opening;
    }
    let (fence, rest) = text.split_at(opening);
    let line = rest.split('\n').next().unwrap_or_default();
    let inside = line.find(fence).filter(|end| {
        // Prices are no formulas.
        sign == '`' || line.get(..*end).is_some_and(|inside| inside.contains('\\'))
    });
    inside.map_or(opening, |length| opening + length + opening)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(source: &str) -> (Briefing, Vec<Diagnostic>) {
        hashcards(source, "deck.md", Naming::Alone)
    }

    #[test]
    fn each_question_is_a_card_with_its_answer() {
        let (briefing, found) = read(
            "---\nname = \"Capitals\"\n---\n\nQ: Capital of *Peru*?\nA: Lima\n\nor so.\n\n\
             C: [Quito] is in [Ecuador].\n---\nignored\nQ: Two\nlines?\nA: Yes\n",
        );
        assert_eq!(found, []);
        assert_eq!(briefing.title.as_str(), "Capitals");
        let titles: Vec<_> = briefing.cards.iter().map(|card| card.title.as_str()).collect();
        assert_eq!(titles, ["Capital of Peru?", "Quito is in Ecuador.", "Two lines?"]);
        let body = |at: usize| briefing.cards[at].sections[0].text.source.to_string();
        assert_eq!(body(0), "Capital of *Peru*?\n\nLima\n\nor so.");
        assert_eq!(body(1), "==Quito== is in ==Ecuador==.");
        let asked = |at: usize| briefing.cards[at].questions[0].clone();
        assert_eq!(asked(0).answer.unwrap().source.as_ref(), "Lima\n\nor so.");
        assert_eq!(asked(1).form, Form::Cloze);
        assert_eq!(asked(2).question.source.as_ref(), "Two\nlines?");
        assert_eq!(briefing.cards[1].span.position.line, 10);
    }

    #[test]
    fn what_is_not_asked_is_said() {
        let (briefing, found) = read("Q: a?\n\nQ: b?\nA:\n\nC: no gap\n");
        let said: Vec<_> = found.iter().map(|d| (d.code, d.span.unwrap().position.line)).collect();
        assert_eq!(said, [("no-answer", 1), ("no-answer", 3), ("no-answer", 6)]);
        assert_eq!(briefing.cards.len(), 3);
        assert!(briefing.cards.iter().all(|card| card.questions.is_empty()));
    }

    #[test]
    fn brackets_of_links_code_and_formulas_are_no_gaps() {
        let made = |text| gaps(text).unwrap_or_default();
        assert_eq!(made("![x](y) [a](b) `[c]` \\[d\\] [e]"), "![x](y) [a](b) `[c]` \\[d\\] ==e==");
        assert_eq!(
            made("$\\sqrt[3]{x}$ is [a], $5 [b] $6"),
            "$\\sqrt[3]{x}$ is ==a==, $5 ==b== $6"
        );
        assert_eq!(made("[a][b] [c]"), "[a]==b== ==c==");
        assert_eq!(made("[[x]] no"), "[==x==] no");
        assert_eq!(gaps("a [] [^1] ["), None);
    }

    #[test]
    fn code_holds_no_questions() {
        let (briefing, _) = read("Q: a?\nA: b\n```\nQ: c\n---\n```\n");
        assert_eq!(briefing.cards.len(), 1);
        assert_eq!(read("Q: a?\nA: ```\nQ: c\n```\n").0.cards.len(), 1);
        assert!(briefing.cards[0].sections[0].text.source.ends_with("```\nQ: c\n---\n```"));
    }

    #[test]
    fn lists_of_questions_are_told_from_other_texts() {
        for source in
            ["Q: a\nA: b", "\n\nC: a [b]", "---\nname = 'x'\n---\nQ: a\nA: b", "C:\na [b]"]
        {
            assert!(is_hashcards(source), "{source}");
        }
        for source in ["Q: a", "# FAQ\n\nQ: a\nA: b", "Q: a\nA: b\n\n## More\n", "C: x", "A: b", ""]
        {
            assert!(!is_hashcards(source), "{source}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(source in "(Q:|A:|C:|---|```|\\[|\\]|[a$`=\\\\é \n]){0,40}") {
            let (briefing, _) = read(&source);
            for card in &briefing.cards {
                prop_assert!(source.get(card.span.start as usize..card.span.end as usize).is_some());
            }
        }
    }
}
