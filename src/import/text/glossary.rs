//! Glossaries in plain text: entries that start with their head. Sure forms are `HEAD, n.  …` and
//! `:head: …`; `Head: …` and the like are entries only where the heads stand in the order of the
//! alphabet and none comes twice, because speakers in a transcript do neither.

use super::line::{Line, blocks};
use crate::text::Folded;
use std::collections::HashSet;
use std::ops::Range;

/// Entries that make a glossary.
const ENOUGH: usize = 5;

/// An entry of a glossary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its heads; the first is the title.
    pub heads: Vec<String>,
    /// Its lines.
    pub lines: Range<usize>,
    /// Bytes of the words of its first line before the definition.
    pub skip: usize,
    /// Whether it is an entry; if not, it tells of a letter of the alphabet.
    pub is_term: bool,
}

/// The entries of a glossary, in order; none if the text is none. What stands before the first
/// belongs to no entry.
pub fn entries(lines: &[Line]) -> Vec<Entry> {
    let starts = labelled(lines);
    let starts = if starts.len() < ENOUGH { fields(lines) } else { starts };
    let starts = if starts.len() < ENOUGH { in_order(lines) } else { starts };
    let Some((first, ..)) = starts.first() else {
        return Vec::new();
    };
    let first = *first;
    let mut marks: Vec<(usize, Option<Head>)> =
        starts.into_iter().map(|(line, heads, skip)| (line, Some((heads, skip)))).collect();
    // The letters between the entries are none, but text below them is about the letter.
    marks.extend(letters(lines, first).map(|line| (line, None)));
    marks.sort_by_key(|(line, _)| *line);
    let mut out = Vec::with_capacity(marks.len());
    let ends: Vec<usize> = marks.iter().skip(1).map(|(line, _)| *line).collect();
    for (at, (line, entry)) in marks.into_iter().enumerate() {
        let end = ends.get(at).copied().unwrap_or(lines.len());
        match entry {
            Some((heads, skip)) => out.push(Entry { heads, lines: line..end, skip, is_term: true }),
            None => {
                let text = blocks(lines, line + 1..end);
                if let (Some(text), Some(letter)) = (text.first(), lines.get(line)) {
                    let heads = vec![letter.words().to_owned()];
                    out.push(Entry { heads, lines: text.start..end, skip: 0, is_term: false });
                }
            }
        }
    }
    out
}

/// Lines with nothing but a capital, between blank ones, after the first entry.
fn letters(lines: &[Line], first: usize) -> impl Iterator<Item = usize> {
    blocks(lines, first..lines.len()).into_iter().filter_map(|block| {
        let line = lines.get(block.start).filter(|_| block.len() == 1)?;
        let mut chars = line.words().chars();
        let letter = chars.next()?;
        (letter.is_uppercase() && chars.next().is_none()).then_some(block.start)
    })
}

/// The heads of an entry, and the bytes before its definition.
type Head = (Vec<String>, usize);
/// The line at which an entry starts, its heads, and the bytes before its definition.
type Start = (usize, Vec<String>, usize);

/// Entries of the form `HEAD, n.  …` or `HEAD, OTHER, v.t.  …`.
fn labelled(lines: &[Line]) -> Vec<Start> {
    let starts = blocks(lines, 0..lines.len());
    let mut out = Vec::new();
    for block in starts {
        let Some(line) = lines.get(block.start) else { continue };
        let words = line.words();
        let mut heads = Vec::new();
        let mut rest = words;
        while let Some((head, after)) = rest.split_once(", ").filter(|(head, _)| is_head(head)) {
            heads.push(head.to_owned());
            rest = after;
        }
        let label = rest.split_whitespace().next().unwrap_or_default();
        if !heads.is_empty() && is_label(label) {
            out.push((block.start, heads, words.len() - rest.len()));
        }
    }
    out
}

/// Whether these are words in capitals.
fn is_head(head: &str) -> bool {
    head.chars().count() > 1
        && head.starts_with(char::is_uppercase)
        && head.chars().all(|c| c.is_uppercase() || matches!(c, ' ' | '-' | '\'' | '’'))
}

/// Whether this is the short word for a part of speech: `n.`, `v.t.`, `adj.`
fn is_label(word: &str) -> bool {
    word.ends_with('.')
        && word.len() <= 8
        && word.split_terminator('.').all(|part| {
            (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_lowercase())
        })
}

/// Entries of the form `:head: …`.
fn fields(lines: &[Line]) -> Vec<Start> {
    let mut out = Vec::new();
    let mut text = 0;
    for (number, line) in lines.iter().enumerate().filter(|(_, line)| !line.is_blank()) {
        let words = line.words();
        let field = words.strip_prefix(':').and_then(|rest| rest.split_once(':'));
        match field {
            Some((head, after)) if !head.trim().is_empty() && after.starts_with([' ', '\t']) => {
                let skip = words.len() - after.trim_start().len();
                out.push((number, vec![head.trim().to_owned()], skip));
            }
            Some((head, "")) if !head.trim().is_empty() => {
                out.push((number, vec![head.trim().to_owned()], words.len()));
            }
            _ => text += usize::from(line.indent() == 0),
        }
    }
    // A few fields at the top of a text are what is said about it.
    if text > out.len() { Vec::new() } else { out }
}

/// Entries of other forms, if they are all different and in the order of the alphabet: blocks, or
/// lines that are not indented.
fn in_order(lines: &[Line]) -> Vec<Start> {
    let parts = blocks(lines, 0..lines.len());
    let outer = |at: &usize| lines.get(*at).is_some_and(|l| !l.is_blank() && l.indent() == 0);
    let by_block: Vec<usize> = parts.iter().map(|block| block.start).collect();
    let by_line: Vec<usize> = (0..lines.len()).filter(outer).collect();
    [by_block, by_line]
        .iter()
        .map(|starts| sorted(lines, starts))
        .find(|found| !found.is_empty())
        .unwrap_or_default()
}

/// The entries that start at some lines, if nearly all of these start one.
fn sorted(lines: &[Line], starts: &[usize]) -> Vec<Start> {
    let out: Vec<Start> = starts
        .iter()
        .filter_map(|start| {
            let line = lines.get(*start)?;
            let (head, skip) = head(line, lines.get(start + 1))?;
            Some((*start, vec![head], skip))
        })
        .collect();
    let fold = |head: &str| Folded::new(head).as_str().to_owned();
    let heads: Vec<String> =
        out.iter().filter_map(|(_, heads, _)| Some(fold(heads.first()?))).collect();
    let different = heads.iter().collect::<HashSet<_>>().len() == heads.len();
    let ordered = heads.windows(2).filter(|pair| pair.first() < pair.get(1)).count();
    let is_sorted = ordered * 10 >= heads.len().saturating_sub(1) * 9;
    let most = out.len() * 5 >= starts.len() * 4;
    if out.len() >= ENOUGH && different && is_sorted && most { out } else { Vec::new() }
}

/// The head of an entry such as `Head: …`, `Head – …`, or a line above an indented one; and the
/// bytes before its definition.
fn head(line: &Line, next: Option<&Line>) -> Option<(String, usize)> {
    let words = line.words();
    let signs = [": ", " – ", " — ", " -- ", " - "];
    let found = signs.iter().filter_map(|sign| Some((words.find(sign)?, sign.len()))).min();
    let (head, skip) = match found {
        Some((at, length)) => (words.get(..at)?, at + length),
        None if next.is_some_and(|next| next.indent() > line.indent() + 1) => {
            (words.trim_end_matches(':'), words.len())
        }
        None => return None,
    };
    let short = head.chars().count() <= 40 && head.split_whitespace().count() <= 5;
    (short && head.starts_with(char::is_alphabetic) && !head.ends_with(['.', ',', ';']))
        .then(|| (head.trim_end().to_owned(), skip))
}

#[cfg(test)]
mod tests {
    use super::super::line::split;
    use super::*;

    fn heads(source: &str) -> Vec<String> {
        let lines = split(source);
        entries(&lines).iter().map(|entry| entry.heads.join("/")).collect()
    }

    #[test]
    fn sure_forms_are_entries() {
        let source = "Preface.\n\nABLE, adj.  X.\n\nG.J.\n\nBAD, n.  Y.\nmore\n\nC\n\nC is a letter.\n\nCAT, CATS, n.pl.  Z.\n\nD\n\n\nDO, v.t.  Q.\n\nDO, n.  R.\n";
        assert_eq!(heads(source), ["ABLE", "BAD", "C", "CAT/CATS", "DO", "DO"]);
        let fields = ":a: one\n:b: two\n:c: three\n    more\n:d d: four\n:e: five\n";
        assert_eq!(heads(fields), ["a", "b", "c", "d d", "e"]);
    }

    #[test]
    fn heads_in_order_are_entries_and_speakers_are_not() {
        let glossary =
            "Acid: sour.\n\nBase: not.\n\nCell: small.\n\nDose: how much.\n\nElbow: here.\n";
        assert_eq!(heads(glossary).len(), 5);
        let dashes = "acid - sour\nbase - not\ncell - small\ndose - some\nelbow - here\n";
        assert_eq!(heads(dashes).len(), 5);
        let below = "acid\n  sour\nbase\n  not\ncell\n  small\ndose\n  some\nelbow\n  here\n";
        assert_eq!(heads(below).len(), 5);
        let speakers =
            "ANN: Hi.\n\nBEN: Hello.\n\nCAT: Yes.\n\nANN: No.\n\nBEN: Well.\n\nDAN: Oh.\n";
        assert!(heads(speakers).is_empty());
        let titled =
            "The harbour\n\nacid - sour\nbase - not\ncell - small\ndose - some\nelbow - here\n";
        assert_eq!(heads(titled).len(), 5);
        let minutes =
            "Date: today\nPlace: here\nPresent: all\nAbsent: none\nChair: me\nNotes: few\n";
        assert!(heads(minutes).is_empty());
    }
}
