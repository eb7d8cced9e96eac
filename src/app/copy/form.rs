//! The forms of a citation: a line of text, Markdown, BibTeX.

use super::Cited;
use crate::app::settings::CopyAs;
use crate::model::Source;
use crate::text::Printable;
use std::fmt::Write;

/// Writes what is copied in a form.
pub fn form(cited: &Cited, form: CopyAs) -> String {
    match form {
        CopyAs::Text => text(cited),
        CopyAs::Markdown => markdown(cited),
        CopyAs::Bibtex => bibtex(cited),
    }
}

/// `“words” — voice (verb), via ¶2, source, date, card “title”, briefing (standing)`.
fn text(cited: &Cited) -> String {
    let from = cited.from.iter().map(|(source, place)| {
        let mut parts = vec![place.as_str(), source.title.as_str()];
        parts.extend(publisher(source));
        let date = source.date.map(|date| date.to_string());
        let parts = parts.into_iter().chain(date.as_deref());
        parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    });
    let mut parts: Vec<String> = cited.voice.iter().map(ToString::to_string).collect();
    let from: Vec<String> = from.collect();
    if !from.is_empty() {
        parts.push(format!("via {}", from.join("; ")));
    }
    if let Some(card) = &cited.card {
        parts.push(format!("card “{card}”"));
    }
    if let Some(briefing) = cited.briefing {
        let as_of = briefing.as_of.map(|date| format!(", as of {date}")).unwrap_or_default();
        parts.push(format!("{}{as_of}", briefing.title));
    }
    let note = cited.note.map(|note| format!(" ({note})")).unwrap_or_default();
    let by = if parts.is_empty() { String::new() } else { format!(" — {}", parts.join(", ")) };
    format!("“{}”{by}{note}", cited.words)
}

/// A quotation, and below it who says so; sources are links to their addresses.
fn markdown(cited: &Cited) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(cited.voice.as_ref().map(|voice| format!("**{}**", plain(voice))));
    for (source, place) in &cited.from {
        let title = plain(&source.title);
        let title = match &source.url {
            Some(url) => format!("[{title}](<{}>)", url.replace('<', "%3C").replace('>', "%3E")),
            None => title,
        };
        let date = source.date.map(|date| format!(", {date}")).unwrap_or_default();
        let place = if place.is_empty() { String::new() } else { format!("{}, ", plain(place)) };
        parts.push(format!("via {place}{title}{date}"));
    }
    parts.extend(cited.card.as_ref().map(|card| format!("card *{}*", plain(card))));
    parts.extend(cited.briefing.map(|briefing| format!("*{}*", plain(&briefing.title))));
    parts.extend(cited.note.map(str::to_owned));
    format!("> {}\n>\n> — {}\n", plain(&cited.words), parts.join(", "))
}

/// Text in which nothing means anything to Markdown.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// An entry for the first source, else for the briefing; the words are its note.
fn bibtex(cited: &Cited) -> String {
    let source = cited.from.first();
    let title = source.map(|(source, _)| &source.title).or(cited.briefing.map(|b| &b.title));
    let author = source.and_then(|(source, _)| source.author.as_ref());
    let publisher = source.and_then(|(source, _)| source.publisher.as_ref());
    let date = match source {
        Some((source, _)) => source.date,
        None => cited.briefing.and_then(|briefing| briefing.as_of),
    };
    let mut note = format!("“{}”", cited.words);
    for more in [cited.voice.as_deref(), cited.note].into_iter().flatten() {
        let _ = write!(note, ", {more}");
    }
    if let Some((_, place)) = source.filter(|(_, place)| !place.is_empty()) {
        let _ = write!(note, ", {place}");
    }
    if let Some(card) = &cited.card {
        let _ = write!(note, ", card “{card}”");
    }
    if let (Some(briefing), true) = (cited.briefing, source.is_some()) {
        let _ = write!(note, ", {}", briefing.title);
    }
    let key: String =
        cited.key.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let mut out = format!("@misc{{{}", if key.is_empty() { "briefing" } else { &key });
    let mut field = |name: &str, value: &str| {
        let _ = write!(out, ",\n  {name} = {{{}}}", escaped(value));
    };
    let known = [("title", title), ("author", author), ("publisher", publisher)];
    for (name, value) in known {
        if let Some(value) = value {
            field(name, value);
        }
    }
    if let Some(date) = date {
        field("date", &date.to_string());
    }
    if let Some(url) = source.and_then(|(source, _)| source.url.as_ref()) {
        field("url", url);
    }
    field("note", &note);
    out.push_str("\n}\n");
    out
}

/// Text in which nothing means anything to TeX.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '{' | '}' | '$' | '&' | '#' | '_' | '%' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

/// Who published a source, unless its title says it.
fn publisher(source: &Source) -> Option<&str> {
    let publisher = source.publisher.as_ref().map(Printable::as_str)?;
    (!source.title.contains(publisher)).then_some(publisher)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "
id: b
title: B{1}
as_of: \"2026-01-06\"
sources: {s: {title: \"A_title\", publisher: Paper, date: \"2026-01\", url: \"https://e.org/<x>\"}}
cards: [{id: c, title: C, body: x}]
";

    fn cited(of: CopyAs) -> String {
        let (briefing, _) = crate::format::briefing(SOURCE, "b");
        let cited = Cited {
            what: "the claim",
            words: Printable::line("It is *so*\u{1b}]52;c;eA==\u{7}."),
            voice: Some(Printable::line("Ann (says)")),
            from: vec![(&briefing.sources[0], Printable::line("¶2"))],
            note: Some("disputed"),
            card: Some(Printable::line("C")),
            briefing: Some(&briefing),
            key: "b-c}".to_owned(),
        };
        form(&cited, of)
    }

    #[test]
    fn text_is_one_line() {
        assert_eq!(
            cited(CopyAs::Text),
            "“It is *so*␛]52;c;eA==␇.” — Ann (says), via ¶2, A_title, Paper, 2026-01, card “C”, B{1}, as of 2026-01-06 (disputed)"
        );
        let nothing = Cited { words: Printable::line("W"), ..Cited::default() };
        assert_eq!(form(&nothing, CopyAs::Text), "“W”");
    }

    #[test]
    fn markdown_is_a_quotation() {
        assert_eq!(
            cited(CopyAs::Markdown),
            "> It is \\*so\\*␛\\]52;c;eA==␇.\n>\n> — **Ann (says)**, via ¶2, [A\\_title](<https://e.org/%3Cx%3E>), 2026-01, card *C*, *B{1}*, disputed\n"
        );
    }

    #[test]
    fn bibtex_is_an_entry() {
        assert_eq!(
            cited(CopyAs::Bibtex),
            "@misc{b-c,\n  title = {A\\_title},\n  publisher = {Paper},\n  date = {2026-01},\n  url = {https://e.org/<x>},\n  note = {“It is *so*␛]52;c;eA==␇.”, Ann (says), disputed, ¶2, card “C”, B\\{1\\}}\n}\n"
        );
    }
}
