//! What can be asked: each direction of a question, each group of gaps of a cloze, each claim by
//! "who asserts this?". An item is known by a name that outlives edits elsewhere.

use super::claim;
use super::options::Siblings;
use crate::format;
use crate::library::{Library, Page};
use crate::model::{Briefing, BriefingId, Card, CardId, Form, Question};
use crate::text::{Span, fold};
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::Arc;

/// What is written with a percent sign in the parts of a name.
const ESCAPED: &AsciiSet = &CONTROLS.add(b'%').add(b'/').add(b'#');

/// The name of an item: `briefing/card#question`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(Arc<str>);

impl ItemId {
    /// The name made of its parts.
    pub fn new(briefing: &BriefingId, card: &CardId, question: &str) -> Self {
        let part = |text| utf8_percent_encode(text, ESCAPED);
        let (briefing, card) = (part(briefing.as_str()), part(card.as_str()));
        Self(format!("{briefing}/{card}#{}", part(question)).into())
    }

    /// Its parts: briefing, card, question.
    pub fn parts(&self) -> Option<(String, String, String)> {
        let (page, question) = self.0.split_once('#')?;
        let (briefing, card) = page.split_once('/')?;
        let part = |text| percent_decode_str(text).decode_utf8_lossy().into_owned();
        Some((part(briefing), part(card), part(question)))
    }

    /// The question's part of it.
    pub fn key(&self) -> Option<String> {
        let (_, question) = self.0.split_once('#')?;
        Some(percent_decode_str(question).decode_utf8_lossy().into_owned())
    }

    /// The name as it is recorded.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ItemId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What is asked of a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// The question of that place.
    Forward(usize),
    /// Its answer, for the question.
    Reverse(usize),
    /// Gaps of a cloze: the question's place, and theirs in it.
    Gaps(usize, Box<[usize]>),
    /// Who asserts the claim of that place.
    Claim(usize),
}

/// Something that can be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its name.
    pub id: ItemId,
    /// The name it had before its question was given an id.
    pub former: Option<ItemId>,
    /// The briefing, as the library counts.
    pub briefing: usize,
    /// The card, as the library counts; the order of reading.
    pub card: usize,
    /// What is asked.
    pub subject: Subject,
}

impl Item {
    /// Where its question or claim stands in the file of its card.
    pub fn span(&self, library: &Library) -> Option<Span> {
        let card = library.card(self.card)?;
        match self.subject {
            Subject::Forward(at) | Subject::Reverse(at) | Subject::Gaps(at, _) => {
                card.questions.get(at).map(|question| question.span)
            }
            Subject::Claim(at) => card.claims.get(at).map(|claim| claim.text.span),
        }
    }

    /// Items of one value are not asked on the same day.
    pub fn family(&self, siblings: Siblings) -> Option<(usize, Option<usize>)> {
        let question = match self.subject {
            Subject::Forward(at) | Subject::Reverse(at) | Subject::Gaps(at, _) => Some(at),
            Subject::Claim(_) => None,
        };
        match siblings {
            Siblings::None => None,
            Siblings::Card => Some((self.card, None)),
            Siblings::Question => question.map(|question| (self.card, Some(question))),
        }
    }
}

/// Everything that can be asked, in the order of reading.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Items {
    list: Vec<Item>,
    places: HashMap<ItemId, usize>,
}

impl Items {
    /// What can be asked about a library.
    pub fn new(library: &Library, claims: bool) -> Self {
        let mut list = Vec::new();
        for (at, card) in library.cards() {
            let briefing = library.briefing_of(Page::Card(at));
            if let Some(all) = library.briefing(briefing) {
                let names = Names { briefing: all, card, taken: HashSet::new() };
                of_card(names, (briefing, at), claims, &mut list);
            }
        }
        Self::of(list)
    }

    /// These items.
    pub fn of(list: Vec<Item>) -> Self {
        let mut places = HashMap::with_capacity(list.len());
        for (at, item) in list.iter().enumerate() {
            places.entry(item.id.clone()).or_insert(at);
        }
        for (at, item) in list.iter().enumerate() {
            if let Some(former) = &item.former {
                places.entry(former.clone()).or_insert(at);
            }
        }
        Self { list, places }
    }

    /// The items.
    pub fn list(&self) -> &[Item] {
        &self.list
    }

    /// One of them.
    pub fn get(&self, at: usize) -> Option<&Item> {
        self.list.get(at)
    }

    /// The item of that name, or of that former name.
    pub fn place(&self, id: &ItemId) -> Option<usize> {
        self.places.get(id).copied()
    }
}

fn of_card(mut names: Names, at: (usize, usize), claims: bool, list: &mut Vec<Item>) {
    let (briefing, card) = at;
    let all = names.card;
    let mut put = |(id, former): (ItemId, Option<ItemId>), subject| {
        list.push(Item { id, former, briefing, card, subject });
    };
    for (at, question) in all.questions.iter().enumerate() {
        if question.form == Form::Cloze {
            for (name, gaps) in groups(question) {
                put(names.of(question, &format!(".{name}")), Subject::Gaps(at, gaps));
            }
            continue;
        }
        put(names.of(question, ""), Subject::Forward(at));
        if question.both {
            put(names.of(question, ".reverse"), Subject::Reverse(at));
        }
    }
    if claims {
        for at in claim::asked(names.briefing, all) {
            if let Some(claim) = all.claims.get(at) {
                let name = format!("claim~{}", fingerprint(&claim.text.source));
                put((names.only(&name), None), Subject::Claim(at));
            }
        }
    }
}

/// The names given on one card.
struct Names<'l> {
    briefing: &'l Briefing,
    card: &'l Card,
    taken: HashSet<String>,
}

impl Names<'_> {
    /// The name of a question, and the one it had without an id.
    fn of(&mut self, question: &Question, face: &str) -> (ItemId, Option<ItemId>) {
        let made = self.only(&format!("~{}{face}", fingerprint(&question.question.source)));
        match &question.id {
            Some(id) => (self.only(&format!("{}{face}", id.id)), Some(made)),
            None => (made, None),
        }
    }

    /// A name that no other item of the card has.
    fn only(&mut self, name: &str) -> ItemId {
        let mut free = name.to_owned();
        let mut number = 1;
        while !self.taken.insert(free.clone()) {
            number += 1;
            free = format!("{name}-{number}");
        }
        ItemId::new(&self.briefing.id, &self.card.id, &free)
    }
}

/// The name of a question as a whole, whatever is asked of it.
pub fn question_id(briefing: &Briefing, card: &Card, question: &Question) -> ItemId {
    let name = match &question.id {
        Some(id) => id.id.to_string(),
        None => format!("~{}", fingerprint(&question.question.source)),
    };
    ItemId::new(&briefing.id, &card.id, &name)
}

/// The gaps that are asked together, with a name for each group: its number, or what stands there,
/// so that a gap put before others does not take their names.
fn groups(question: &Question) -> Vec<(String, Box<[usize]>)> {
    let mut groups: Vec<(String, Vec<usize>)> = Vec::new();
    let mut numbered: HashMap<u8, usize> = HashMap::new();
    for (at, gap) in format::gaps(&question.question.source).enumerate() {
        if gap.text.is_empty() {
            continue;
        }
        let known = gap.group.and_then(|group| numbered.get(&group).copied());
        if let Some((_, gaps)) = known.and_then(|known| groups.get_mut(known)) {
            gaps.push(at);
            continue;
        }
        let name = match gap.group {
            Some(group) => {
                numbered.insert(group, groups.len());
                group.to_string()
            }
            None => format!("~{}", fingerprint(gap.text)),
        };
        groups.push((name, vec![at]));
    }
    groups.into_iter().map(|(name, gaps)| (name, gaps.into())).collect()
}

/// A short name made of the words of a text: upper case, accents, punctuation and spaces do not
/// matter.
pub fn fingerprint(text: &str) -> String {
    const DIGITS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let mut folded = String::with_capacity(text.len());
    fold(text, &mut folded);
    let hash = hash(folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()));
    let digit = |at: u32| DIGITS.get((hash >> (5 * at) & 31) as usize).copied().unwrap_or(b'a');
    (0..12).map(|at| char::from(digit(at))).collect()
}

/// FNV-1a over words: the same on every machine and in every version.
pub fn hash<'w>(words: impl Iterator<Item = &'w str>) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for word in words {
        for byte in word.bytes().chain([b' ']) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash
}
