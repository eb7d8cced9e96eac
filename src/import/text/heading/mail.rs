//! Letters that were sent as mail: each starts with lines such as `From: …` and `Subject: …`.

use super::super::line::Line;
use super::{Candidate, Style};
use std::ops::Range;

/// Signs before the subject of an answer.
const ANSWERS: [&str; 7] = ["re:", "fwd:", "fw:", "aw:", "wg:", "sv:", "antw:"];

/// The letters of a correspondence, two at least. Their heads are part of their text.
pub fn letters(lines: &[Line], parts: &[Range<usize>]) -> Vec<Candidate> {
    let letter = |part: &Range<usize>| {
        let head = Head::read(lines.get(part.clone())?)?;
        let (lines, title) = (part.start..part.start, head.title());
        Some(Candidate { lines, title, style: Style::Letter, level: 0, anchor: None })
    };
    let found: Vec<Candidate> = parts.iter().filter_map(letter).collect();
    if found.len() > 1 { found } else { Vec::new() }
}

/// What a letter is about, if a text is one.
pub fn subject(block: &[Line]) -> Option<String> {
    let subject = Head::read(block)?.subject?;
    (!subject.is_empty()).then(|| subject.to_owned())
}

/// The head of a letter.
struct Head<'a> {
    from: &'a str,
    subject: Option<&'a str>,
    date: Option<&'a str>,
}

impl<'a> Head<'a> {
    /// Reads the lines at the top of a block: who sends it, and its subject or its date.
    fn read(block: &[Line<'a>]) -> Option<Self> {
        let (mut from, mut subject, mut date) = (None, None, None);
        for line in block {
            if line.indent() > 0 {
                continue; // more of the line before
            }
            let Some((name, value)) = line.text.split_once(':') else { break };
            let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-';
            if name.is_empty() || !name.chars().all(is_name) {
                break;
            }
            match name.to_ascii_lowercase().as_str() {
                "from" => from = Some(value.trim()),
                "subject" => subject = Some(value.trim()),
                "date" | "sent" => date = Some(value.trim()),
                _ => {}
            }
        }
        let from = from.filter(|from| !from.is_empty())?;
        (subject.is_some() || date.is_some()).then_some(Self { from, subject, date })
    }

    /// Who wrote, and what about.
    fn title(&self) -> String {
        let subject = self.subject.map(without_answers).filter(|subject| !subject.is_empty());
        match subject.or(self.date) {
            Some(about) => format!("{}: {about}", self.name()),
            None => self.name().to_owned(),
        }
    }

    /// The name of the sender, without the address: `Nora Blum <n@b.c>`, `n at b.c (Nora Blum)`.
    fn name(&self) -> &'a str {
        let before = self.from.split('<').next().unwrap_or_default();
        let inside = self.from.strip_suffix(')').and_then(|from| from.rsplit_once('('));
        let name = inside.map_or(before, |(_, name)| name).trim().trim_matches('"').trim();
        if name.is_empty() { self.from } else { name }
    }
}

/// A subject without the signs of answers.
fn without_answers(subject: &str) -> &str {
    let mut rest = subject.trim();
    while let Some(sign) = ANSWERS
        .iter()
        .find(|sign| rest.get(..sign.len()).is_some_and(|start| start.eq_ignore_ascii_case(sign)))
    {
        rest = rest.get(sign.len()..).unwrap_or_default().trim_start();
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::super::super::line::{blocks, split};
    use super::*;

    fn found(source: &str) -> Vec<String> {
        let lines = split(source);
        let parts = blocks(&lines, 0..lines.len());
        letters(&lines, &parts).into_iter().map(|candidate| candidate.title).collect()
    }

    #[test]
    fn letters_are_called_by_their_writers_and_subjects() {
        let all = "From: Nora Blum <n@b.c>\nTo: all\nSubject: Re: RE: Slipway\n\nWhen?\n\n\
            From: p at b.c (Peter Hall)\nDate: 3 Mar\n\nIn April.\n";
        assert_eq!(found(all), ["Nora Blum: Slipway", "Peter Hall: 3 Mar"]);
        let lines = split(all);
        assert_eq!(subject(&lines[..3]).as_deref(), Some("Re: RE: Slipway"));
    }

    #[test]
    fn words_with_a_colon_are_no_letter() {
        assert!(found("From: here\nTo: there\n\nFrom: there\nTo: here\n").is_empty());
        assert!(found("From: A <a@b>\nSubject: alone\n\nText.\n").is_empty());
        assert!(subject(&split("Name: x\nSubject: y")).is_none());
    }
}
