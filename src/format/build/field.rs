//! The values of single keys.

use super::cited;
use crate::diagnostic::Diagnostic;
use crate::format::de::{Context, Spanned, Text};
use crate::format::raw::Fields;
use crate::format::{markdown, scalar};
use crate::model::{
    Citation, Cited, Gap, GapId, Links, PartialDate, PassageId, Prose, Rare, Source, SourceId,
    Voice, VoiceId,
};
use crate::text::{Printable, Span, nearest};
use serde_yaml::granit_parser::ScalarStyle;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Reads values of keys and reports what is odd about them.
pub struct Reader<'a> {
    source: &'a str,
    context: &'a Context<'a>,
    known: RefCell<Known>,
}

/// The names a file declares.
#[derive(Default)]
struct Known {
    voices: HashSet<VoiceId>,
    sources: HashMap<SourceId, HashSet<PassageId>>,
    gaps: HashSet<GapId>,
}

impl<'a> Reader<'a> {
    pub fn new(source: &'a str, context: &'a Context<'a>) -> Self {
        Self { source, context, known: RefCell::default() }
    }

    pub fn report(&self, diagnostic: Diagnostic) {
        self.context.report(diagnostic);
    }

    /// Whether nothing was reported so far.
    pub fn is_content(&self) -> bool {
        self.context.is_content()
    }

    pub fn span(&self, bytes: &Range<usize>) -> Span {
        self.context.span(bytes.clone())
    }

    pub fn know_voices(&self, voices: &[Voice]) {
        self.known.borrow_mut().voices = voices.iter().map(|v| v.id.clone()).collect();
    }

    pub fn know_sources(&self, sources: &[Source]) {
        let passages = |s: &Source| s.passages.iter().map(|p| p.id.clone()).collect();
        self.known.borrow_mut().sources =
            sources.iter().map(|s| (s.id.clone(), passages(s))).collect();
    }

    pub fn know_gaps(&self, gaps: &[Gap]) {
        self.known.borrow_mut().gaps = gaps.iter().map(|g| g.id.clone()).collect();
    }

    /// A name or other single word: nothing is said about comments behind it.
    pub fn name(&self, field: Option<Spanned<Text>>) -> Option<Printable> {
        let field = field?;
        self.inspect(&field);
        Some(Printable::line(&field.value.text)).filter(|text| !text.is_empty())
    }

    /// Words for readers, on one line.
    pub fn words(&self, field: Option<Spanned<Text>>) -> Option<Printable> {
        let field = field?;
        self.check_comment(&field);
        if field.value.null {
            if field.bytes.is_empty() || field.value.text == "~" {
                return None;
            }
            let message = format!("`{}` is YAML's word for nothing", field.value.text);
            let help = "put it in quotes if the word is meant, or leave it out";
            let at = self.span(&field.bytes);
            self.report(Diagnostic::warning("null-text", message).at(at).help(help));
        }
        self.name(Some(field))
    }

    /// Markdown, with its links and their places in the file.
    pub fn prose(&self, field: Option<Spanned<Text>>) -> Option<Prose> {
        let field = field?;
        self.check_comment(&field);
        self.inspect(&field);
        let Text { text, style, .. } = field.value;
        if text.trim().is_empty() {
            return None;
        }
        let found = markdown::links(&text);
        let starts: Vec<_> = found.iter().map(|(_, bytes)| bytes.start).collect();
        let places = match starts.as_slice() {
            [] => Vec::new(),
            starts => scalar::offsets(self.source, field.bytes.clone(), style, &text, starts),
        };
        let small = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let links = found.iter().zip(places).map(|((target, bytes), place)| {
            let span = self.span(&(place..place + bytes.len()));
            (target, span, small(bytes.start)..small(bytes.end))
        });
        let links = Links::new(&text, links);
        Some(Prose { source: text.into(), span: self.span(&field.bytes), links })
    }

    /// Markdown that must be there.
    pub fn needed(
        &self,
        field: Option<Spanned<Text>>,
        key: &str,
        entry: &Range<usize>,
        torn: bool,
    ) -> Option<Prose> {
        let prose = self.prose(field);
        if prose.is_none() && !torn {
            let message = format!("`{key}` is missing");
            let help = format!("an entry without `{key}` says nothing and is left out");
            let at = self.span(&(entry.start..entry.start));
            self.report(Diagnostic::error("missing-text", message).at(at).help(help));
        }
        prose
    }

    /// One word of a closed list.
    pub fn word<T: Copy>(
        &self,
        field: Option<Spanned<Text>>,
        all: &[T],
        word: impl Fn(T) -> &'static str,
    ) -> Option<T> {
        let field = field?;
        let written = field.value.text.trim();
        let value = all.iter().copied().find(|value| word(*value) == written);
        if value.is_none() {
            let words: Vec<_> = all.iter().map(|value| word(*value)).collect();
            let known = words.join(", ");
            let help = match nearest(written, words.iter().copied()) {
                Some(meant) => format!("did you mean `{meant}`? known are {known}"),
                None => format!("one of {known}"),
            };
            let message = format!("`{written}` is not a word known here");
            let at = self.span(&field.bytes);
            self.report(Diagnostic::warning("unknown-word", message).at(at).help(help));
        }
        value
    }

    pub fn date(&self, field: Option<Spanned<Text>>) -> Option<PartialDate> {
        let field = field?;
        match field.value.text.trim().parse() {
            Ok(date) => Some(date),
            Err(error) => {
                let message = format!("`{}` {error}", field.value.text);
                let at = self.span(&field.bytes);
                let help = "write \"2026\", \"2026-01\" or \"2026-01-03\"";
                self.report(Diagnostic::error("bad-date", message).at(at).help(help));
                None
            }
        }
    }

    /// A name, where it is declared or used.
    pub fn id<I>(
        &self,
        field: Option<Spanned<Text>>,
        make: impl Fn(&str) -> I,
    ) -> Option<Cited<I>> {
        let field = field?;
        let span = self.span(&field.bytes);
        let text = field.value.text.trim();
        if text.is_empty() {
            return None;
        }
        let hidden = Printable::inspect(text);
        if !hidden.is_none() || text.contains(['\n', '\t']) {
            let message = format!("the id `{text}` holds characters that cannot be seen or typed");
            let help = "use letters, digits and hyphens";
            self.report(Diagnostic::error("invalid-id", message).at(span).help(help));
        }
        Some(cited(make(text), span))
    }

    pub fn ids<I>(&self, fields: Fields, make: impl Fn(&str) -> I) -> Vec<Cited<I>> {
        fields.0.into_iter().filter_map(|field| self.id(Some(field), &make)).collect()
    }

    /// The use of a voice, which must be declared.
    pub fn voice(&self, field: Option<Spanned<Text>>) -> Option<Cited<VoiceId>> {
        let used = self.id(field, VoiceId::new)?;
        let known = &self.known.borrow().voices;
        self.check("voice", "voices", &used, known.contains(&used.id), known.iter());
        Some(used)
    }

    /// The use of a gap, which must be declared.
    pub fn gaps(&self, fields: Fields) -> Rare<Cited<GapId>> {
        let used = self.ids(fields, GapId::new);
        let known = &self.known.borrow().gaps;
        for used in &used {
            self.check("gap", "gaps", used, known.contains(&used.id), known.iter());
        }
        used.into()
    }

    /// `source` or `source#passage`, both of which must be declared.
    pub fn citation(&self, field: Spanned<Text>) -> Option<Citation> {
        let Cited { id, span } = self.id(Some(field), str::to_owned)?;
        let (source, passage) = match id.split_once('#') {
            Some((source, passage)) => (source, Some(PassageId::new(passage))),
            None => (id.as_str(), None),
        };
        let source = SourceId::new(source);
        let known = &self.known.borrow().sources;
        let used = cited(source.clone(), span);
        self.check("source", "sources", &used, known.contains_key(&source), known.keys());
        if let (Some(passage), Some(passages)) = (&passage, known.get(&source)) {
            let used = cited(passage.clone(), span);
            self.check("passage", "passages", &used, passages.contains(passage), passages.iter());
        }
        Some(Citation { source, passage, span })
    }

    pub fn citations(&self, fields: Fields) -> Rare<Citation> {
        fields.0.into_iter().filter_map(|field| self.citation(field)).collect()
    }

    fn check<'k, I: AsRef<str> + 'k>(
        &self,
        what: &str,
        list: &str,
        used: &Cited<I>,
        is_known: bool,
        known: impl Iterator<Item = &'k I>,
    ) {
        if is_known {
            return;
        }
        let code = match what {
            "voice" => "unknown-voice",
            "gap" => "unknown-gap",
            "passage" => "unknown-passage",
            _ => "unknown-source",
        };
        let message = format!("no {what} is called `{}`", used.id.as_ref());
        // Of several that are as near the same one is named every time.
        let mut known: Vec<&str> = known.map(AsRef::as_ref).collect();
        known.sort_unstable();
        let help = match nearest(used.id.as_ref(), known) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("declare it under `{list}`"),
        };
        self.report(Diagnostic::error(code, message).at(used.span).help(help));
    }

    /// Warns where ` #` cut text short.
    fn check_comment(&self, field: &Spanned<Text>) {
        if field.value.style != ScalarStyle::Plain {
            return;
        }
        let rest = self.source.get(field.bytes.end..).unwrap_or_default();
        let line = rest.split(['\n', '\r']).next().unwrap_or_default();
        let comment = line.trim_start();
        if !comment.starts_with('#') {
            return;
        }
        let start = field.bytes.end + line.len() - comment.len();
        let message = "the text after ` #` is a YAML comment, not part of the value";
        let at = self.span(&(start..start + comment.trim_end().len()));
        let help = "put the value in quotes, before the comment if it is one";
        self.report(Diagnostic::warning("comment-in-text", message).at(at).help(help));
    }

    /// Warns about characters that a reader would not see.
    fn inspect(&self, field: &Spanned<Text>) {
        let hidden = Printable::inspect(&field.value.text);
        if hidden.is_none() {
            return;
        }
        let at = self.span(&field.bytes);
        self.report(Diagnostic::hidden(hidden).at(at));
    }
}
