//! Ids that differ and look the same.

use crate::check::subject::{Found, Subject};
use crate::text::{Span, fold};
use std::collections::HashMap;

rule! {
    /// Two ids differ only in letters that look alike, in case, in accents or in the kind of hyphen.
    ///
    /// Who reads them takes them for one; a link to the one leads to the other, or nowhere. Letters
    /// of other alphabets (`а` for `a`) come in by copying from the web.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// voices: {ministry: {name: The ministry}, Ministry: {name: The ministry of trade}}
    /// cards:
    ///   - {id: border, title: The border, body: It is closed.}
    ///   - {id: "b\u043erder", title: Another, body: It is open.}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// voices: {ministry: {name: The ministry}, trade: {name: The ministry of trade}}
    /// cards:
    ///   - {id: border, title: The border, body: It is closed.}
    /// ```
    "look-alike-id", Warning, Briefings
}

fn check(on: &Subject, found: &mut Found) {
    let briefing = on.briefing;
    alike(found, briefing.voices.iter().map(|v| (v.id.as_str(), v.span)), true);
    alike(found, briefing.sources.iter().map(|s| (s.id.as_str(), s.span)), true);
    alike(found, briefing.gaps.iter().map(|g| (g.id.as_str(), g.span)), true);
    for source in &briefing.sources {
        alike(found, source.passages.iter().map(|p| (p.id.as_str(), p.span)), true);
    }
    // Letters of other alphabets in the ids of cards were found when the file was read.
    alike(found, briefing.cards.iter().map(|c| (c.id.as_str(), c.span)), false);
}

fn alike<'a>(found: &mut Found, ids: impl Iterator<Item = (&'a str, Span)>, letters: bool) {
    let mut seen: HashMap<String, (&str, Span)> = HashMap::new();
    for (id, span) in ids {
        let mut folded = String::with_capacity(id.len());
        fold(id, &mut folded);
        if letters {
            folded = unicode_security::skeleton(&folded).collect();
        }
        let (first, at) = *seen.entry(folded).or_insert((id, span));
        let looks = |id: &str| unicode_security::skeleton(id).collect::<String>();
        if first != id && (letters || looks(first) != looks(id)) {
            let message = format!("the ids `{first}` and `{id}` look alike");
            let help = "give them names that nobody takes for one another";
            let finding = found.overall(span, &message, help).clone();
            found.all.pop();
            found.all.push(finding.label(at, "the other one"));
        }
    }
}
