//! "Who asserts this?": questions made of claims, and the voices to choose from.

use super::item::hash;
use crate::model::{Briefing, Card, Claim, Voice};
use crate::text::{Printable, fold};
use std::collections::HashSet;

/// Voices to choose from, with the right one.
const CHOICES: usize = 4;
/// Letters of a word that can give a name away.
const TELLING: usize = 4;

/// The claims of a card that can be asked, by place: those with a voice of which the statement
/// itself says nothing.
pub fn asked(briefing: &Briefing, card: &Card) -> Vec<usize> {
    let mut seen = HashSet::new();
    let mut asked = Vec::new();
    for (at, claim) in card.claims.iter().enumerate() {
        let Some(voice) = voice(briefing, claim) else { continue };
        // The same words said twice are one question.
        if !gives_away(&claim.text.source, &voice.name) && seen.insert(&claim.text.source) {
            asked.push(at);
        }
    }
    asked
}

/// Who makes a claim, if the briefing names the voice.
fn voice<'l>(briefing: &'l Briefing, claim: &Claim) -> Option<&'l Voice> {
    claim.by.as_ref().and_then(|by| briefing.voice(&by.id)).filter(|voice| !voice.name.is_empty())
}

/// Everybody who makes a claim of the same words on the card: each is a right answer.
pub fn right(briefing: &Briefing, card: &Card, at: usize) -> Vec<Printable> {
    let mut names: Vec<Printable> = Vec::new();
    let Some(claim) = card.claims.get(at) else { return names };
    let same = card.claims.iter().filter(|other| other.text.source == claim.text.source);
    for voice in same.filter_map(|claim| voice(briefing, claim)) {
        if !names.contains(&voice.name) {
            names.push(voice.name.clone());
        }
    }
    names
}

/// Names to choose from: a right one, and others that speak on the card first. Their order says
/// nothing and is always the same.
pub fn choices(briefing: &Briefing, card: &Card, at: usize) -> Vec<Printable> {
    let right = right(briefing, card, at);
    let text = card.claims.get(at).map_or("", |claim| &*claim.text.source);
    let order = |name: &Printable| hash([text, name.as_str()].into_iter());
    let near = card.claims.iter().filter_map(|claim| voice(briefing, claim));
    let mut far: Vec<&Voice> = briefing.voices.iter().collect();
    far.sort_by_key(|voice| order(&voice.name));
    let mut names: Vec<Printable> = right.first().cloned().into_iter().collect();
    for voice in near.chain(far) {
        let is_new = !names.contains(&voice.name) && !right.contains(&voice.name);
        if names.len() < CHOICES && is_new && !voice.name.is_empty() {
            names.push(voice.name.clone());
        }
    }
    names.sort_by_key(order);
    names
}

/// Whether a text holds a word of a name.
pub fn gives_away(text: &str, name: &str) -> bool {
    let folded = |text: &str| {
        let mut folded = String::new();
        fold(text, &mut folded);
        folded
    };
    let (text, name) = (folded(text), folded(name));
    let words = |text: &'_ str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (all, telling) = (words(&text), words(&name));
    let is_long = |word: &&String| word.chars().count() >= TELLING;
    let mut long = telling.iter().filter(is_long).peekable();
    if long.peek().is_some() {
        return long.any(|word| all.contains(word));
    }
    // A name of short words only: all of them, in their order.
    !telling.is_empty() && all.windows(telling.len()).any(|window| window == telling)
}
