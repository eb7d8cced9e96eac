//! Voices that say nothing.

use crate::check::subject::{Found, Subject};
use crate::model::VoiceId;
use std::collections::HashSet;

rule! {
    /// A voice is declared, and makes no claim.
    ///
    /// Readers take it for somebody who speaks in the briefing.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// voices: {ministry: {name: The ministry}, press: {name: The press}}
    /// cards:
    ///   - id: a
    ///     title: The border
    ///     claims: [{by: ministry, verb: states, text: It is closed.}]
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// voices: {ministry: {name: The ministry}}
    /// cards:
    ///   - id: a
    ///     title: The border
    ///     claims: [{by: ministry, verb: states, text: It is closed.}]
    /// ```
    "unused-voice", Warning, Briefings
}

fn check(on: &Subject, found: &mut Found) {
    let claims = on.briefing.cards.iter().flat_map(|card| &card.claims);
    let heard: HashSet<&VoiceId> = claims.filter_map(|c| c.by.as_ref()).map(|by| &by.id).collect();
    for voice in on.briefing.voices.iter().filter(|voice| !heard.contains(&voice.id)) {
        let message = format!("the voice `{}` makes no claim", voice.id);
        found.overall(voice.span, &message, "write `by:` where it speaks, or remove it");
    }
}
