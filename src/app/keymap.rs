//! Which keys run which action on which screen. The default is the file `assets/keymap.yaml`; a
//! user's file of the same form is laid over it.

use super::action::Action;
use super::key::Key;
use crate::diagnostic::Diagnostic;
use crate::format::{self, Context as Found, Entries, List, Spanned, Text};
use crate::text::nearest;
use std::fmt;

/// Keys pressed one after the other.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Chord(Vec<Key>);

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, key) in self.0.iter().enumerate() {
            // Letters stand close together, names apart: `gg`, but `g Tab`.
            if at > 0 && key.to_string().chars().count() > 1 {
                f.write_str(" ")?;
            }
            write!(f, "{key}")?;
        }
        Ok(())
    }
}

macro_rules! groups {
    ($($variant:ident, $name:literal, $title:literal;)*) => {
        /// Bindings that belong together: a part of the keymap file.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Group { $(#[doc = $title] $variant,)* }

        impl Group {
            /// Every group.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name in the keymap file.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What readers see in help.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)* }
            }
        }
    };
}

groups! {
    Reader, "reader", "Reading";
    Moving, "moving", "Moving";
    Finding, "finding", "While words are found";
    Gone, "gone", "Right after something was taken away";
    List, "list", "In lists";
    Peek, "peek", "While peeking";
    Claims, "claims", "Who says so, claims, sources";
    Selecting, "selecting", "While words are selected";
    Map, "map", "On the map";
    Study, "study", "Studying";
    Answering, "answering", "While an answer is typed";
    Typing, "typing", "While typing";
    Everywhere, "everywhere", "Everywhere";
}

/// What is on top of the screen, as far as keys are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// A card.
    Reader,
    /// A card in which words are found.
    Finding,
    /// A card, right after something of what is kept was taken away.
    Gone,
    /// A list.
    List,
    /// A list that something was taken away from.
    GoneInList,
    /// A card that is peeked at.
    Peek,
    /// Who says so, or a list of claims.
    Claims,
    /// Something is typed.
    Typing,
    /// Text that is only scrolled.
    Text,
    /// The map of a card.
    Map,
    /// A question.
    Study,
    /// An answer is typed.
    Answering,
    /// Words of a card are selected.
    Selecting,
}

impl Context {
    /// Every context.
    pub const ALL: &[Self] = &[
        Self::Reader,
        Self::Finding,
        Self::Gone,
        Self::List,
        Self::GoneInList,
        Self::Peek,
        Self::Claims,
        Self::Map,
        Self::Study,
        Self::Answering,
        Self::Selecting,
        Self::Typing,
        Self::Text,
    ];

    /// The groups that are looked through, in order.
    pub const fn groups(self) -> &'static [Group] {
        use Group as G;
        match self {
            Self::Reader => &[G::Reader, G::Moving, G::Everywhere],
            Self::Finding => &[G::Finding, G::Reader, G::Moving, G::Everywhere],
            Self::Gone => &[G::Gone, G::Reader, G::Moving, G::Everywhere],
            Self::List => &[G::List, G::Moving, G::Everywhere],
            Self::GoneInList => &[G::Gone, G::List, G::Moving, G::Everywhere],
            Self::Peek => &[G::Peek, G::Moving, G::Everywhere],
            Self::Claims => &[G::Claims, G::Moving, G::Everywhere],
            Self::Typing => &[G::Typing, G::Everywhere],
            Self::Text => &[G::Moving, G::Everywhere],
            Self::Selecting => &[G::Selecting, G::Moving, G::Everywhere],
            Self::Map => &[G::Map, G::Moving, G::Everywhere],
            Self::Study => &[G::Study, G::Moving, G::Everywhere],
            Self::Answering => &[G::Answering, G::Typing, G::Everywhere],
        }
    }
}

/// What keys mean so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// They run an action.
    Action(Action),
    /// They begin a chord.
    Begun,
    /// Nothing.
    Nothing,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Binding {
    group: Group,
    chord: Chord,
    action: Action,
}

/// Which keys run which action.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keymap {
    bindings: Vec<Binding>,
    /// Where the bindings of each group are: they are asked for many times for each frame.
    places: [Vec<usize>; Group::ALL.len()],
}

/// A keymap file: groups of actions with their keys.
type File = Entries<Entries<List<Spanned<Text>>>>;

/// The shipped keymap.
pub const STANDARD: &str = include_str!("../../assets/keymap.yaml");

impl Keymap {
    /// The shipped keymap. The first frame waits for it, so it is not read as YAML and nothing in it is
    /// doubted: it is one entry per line, as a test makes sure.
    pub fn standard() -> Self {
        let mut bindings = Vec::with_capacity(STANDARD.len() / 16);
        let mut group = None;
        let lines = STANDARD.lines().filter(|line| !line.trim_start().starts_with('#'));
        for (name, keys) in lines.filter_map(|line| line.split_once(':')) {
            let Some(action) = name.strip_prefix("  ").and_then(Action::from_name) else {
                group = Group::ALL.iter().find(|group| group.name() == name).copied();
                continue;
            };
            let Some(group) = group else { continue };
            let chords = listed(keys).into_iter().filter_map(|keys| chord(&keys).ok());
            bindings.extend(chords.map(|chord| Binding { group, chord, action }));
        }
        let mut keymap = Self { bindings, ..Self::default() };
        keymap.find_groups();
        keymap
    }

    fn find_groups(&mut self) {
        for (group, places) in Group::ALL.iter().zip(&mut self.places) {
            let bindings = self.bindings.iter().enumerate().filter(|(_, b)| b.group == *group);
            *places = bindings.map(|(at, _)| at).collect();
        }
    }

    /// The bindings of a group.
    fn group(&self, group: Group) -> impl Iterator<Item = &Binding> {
        let places = self.places.get(group as usize).into_iter().flatten();
        places.filter_map(|at| self.bindings.get(*at))
    }

    /// This keymap with the entries of a file laid over it, and what is wrong with the file. What
    /// is wrong is left out: the keys stay as they were.
    pub fn overlaid(&self, source: &str) -> (Self, Vec<Diagnostic>) {
        let mut keymap = self.clone();
        let found = format::settings(source, |file: File, found| keymap.overlay(file, found));
        keymap.find_groups();
        if keymap.reaches(Action::Quit) || keymap.reaches(Action::QuitNow) {
            return (keymap, found);
        }
        let message =
            "this keymap has no key to quit with; the one that comes with the program is used";
        let mut all = vec![Diagnostic::error("keymap", message)];
        all.extend(found);
        (self.clone(), all)
    }

    fn reaches(&self, action: Action) -> bool {
        self.bindings.iter().any(|b| b.action == action)
    }

    fn overlay(&mut self, file: File, found: &Found) {
        let before = self.bindings.clone();
        let mut given = Vec::new();
        let mut new = Vec::new();
        for (group, actions) in file.0 {
            let Some(known) = Group::ALL.iter().find(|g| g.name() == group.value.text) else {
                let names = Group::ALL.iter().map(|g| g.name());
                unknown(found, &group, "a part of the keymap", names);
                continue;
            };
            for (name, keys) in actions.value.0 {
                let Some(action) = Action::from_name(&name.value.text) else {
                    let names = Action::ALL.iter().map(|a| a.name());
                    unknown(found, &name, "an action", names);
                    continue;
                };
                self.bindings.retain(|b| b.group != *known || b.action != action);
                if !keys.value.0.is_empty() {
                    given.push((*known, action));
                }
                for key in keys.value.0 {
                    match chord(&key.value.text) {
                        Ok(chord) => new.push((Binding { group: *known, chord, action }, key)),
                        Err(error) => {
                            let help = "a character, or one of enter esc tab space backspace delete up down left right home end pgup pgdn f1-f12, after ctrl- alt- shift-";
                            report(found, &key, &error.to_string(), help);
                        }
                    }
                }
            }
        }
        for (binding, key) in new {
            match self.clash(&binding) {
                None => self.bindings.push(binding),
                Some(other) => {
                    let message = format!(
                        "`{}` cannot run `{}`: `{}` runs `{}`",
                        binding.chord,
                        binding.action.name(),
                        other.chord,
                        other.action.name()
                    );
                    let help = format!(
                        "give `{}` other keys, or [], under `{}` too",
                        other.action.name(),
                        other.group.name()
                    );
                    report(found, &key, &message, &help);
                }
            }
        }
        // An action whose new keys were all refused keeps the old ones.
        for (group, action) in given {
            let is_it = |b: &&Binding| b.group == group && b.action == action;
            if !self.bindings.iter().any(|b| is_it(&b)) {
                let old: Vec<_> = before.iter().filter(is_it).cloned().collect();
                let old = old.into_iter().filter(|old| self.clash(old).is_none());
                let old: Vec<_> = old.collect();
                self.bindings.extend(old);
            }
        }
    }

    /// A binding that `new` would make unreachable, or the other way round: the same chord in the
    /// same group, or a chord that begins another where both are looked for.
    fn clash(&self, new: &Binding) -> Option<&Binding> {
        self.bindings.iter().find(|old| {
            let meet = || {
                Context::ALL
                    .iter()
                    .any(|c| c.groups().contains(&old.group) && c.groups().contains(&new.group))
            };
            if old.chord == new.chord {
                return old.group == new.group && old.action != new.action;
            }
            (old.chord.0.starts_with(&new.chord.0) || new.chord.0.starts_with(&old.chord.0))
                && meet()
        })
    }

    /// What keys mean in a context.
    pub fn meaning(&self, context: Context, keys: &[Key]) -> Meaning {
        let types = matches!(context, Context::Typing | Context::Answering);
        let typing = types && keys.first().is_some_and(|key| key.typed().is_some());
        let groups = context.groups().iter().filter(|g| !typing || **g != Group::Everywhere);
        let mut begun = false;
        for group in groups {
            for binding in self.group(*group) {
                if binding.chord.0 == keys {
                    return Meaning::Action(binding.action);
                }
                begun |= binding.chord.0.starts_with(keys);
            }
        }
        if begun { Meaning::Begun } else { Meaning::Nothing }
    }

    /// The keys that run an action in a context, the first one first.
    pub fn keys(&self, context: Context, action: Action) -> Vec<&Chord> {
        let reaches =
            |binding: &&Binding| self.meaning(context, &binding.chord.0) == Meaning::Action(action);
        let groups = context.groups().iter();
        let of = |group: &Group| self.group(*group).filter(|b| b.action == action);
        groups.flat_map(of).filter(reaches).map(|b| &b.chord).collect()
    }

    /// The keys of an action in a group, wherever it is.
    pub fn keys_in(&self, group: Group, action: Action) -> Vec<&Chord> {
        self.group(group).filter(|b| b.action == action).map(|b| &b.chord).collect()
    }

    /// The actions that can follow keys already pressed, with the rest of their keys.
    pub fn continuations(&self, context: Context, keys: &[Key]) -> Vec<(Chord, Action)> {
        let begins = |b: &&Binding| {
            context.groups().contains(&b.group)
                && b.chord.0.len() > keys.len()
                && b.chord.0.starts_with(keys)
        };
        let rest =
            |b: &Binding| (Chord(b.chord.0.iter().skip(keys.len()).copied().collect()), b.action);
        self.bindings.iter().filter(begins).map(rest).collect()
    }
}

/// The entries of `[a, "b c"]`.
fn listed(list: &str) -> Vec<String> {
    let mut entries = Vec::new();
    let mut entry = String::new();
    let (mut quoted, mut escaped) = (false, false);
    for c in list.trim().trim_start_matches('[').chars() {
        match c {
            _ if escaped => {
                entry.push(c);
                escaped = false;
            }
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            ',' | ']' if !quoted => {
                entries.push(entry.trim().to_owned());
                entry.clear();
            }
            _ => entry.push(c),
        }
    }
    entries
}

fn chord(text: &str) -> Result<Chord, super::key::UnknownKey> {
    // A lone space would be lost in splitting; it has a name.
    text.split_whitespace().map(str::parse).collect::<Result<Vec<Key>, _>>().and_then(|keys| {
        if keys.is_empty() { Err(super::key::UnknownKey(text.to_owned())) } else { Ok(Chord(keys)) }
    })
}

fn unknown(
    found: &Found,
    at: &Spanned<Text>,
    what: &str,
    names: impl Iterator<Item = &'static str> + Clone,
) {
    let written = &at.value.text;
    let help = match nearest(written, names.clone()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("one of {}", names.collect::<Vec<_>>().join(", ")),
    };
    report(found, at, &format!("`{written}` is not {what}"), &help);
}

fn report(found: &Found, at: &Spanned<Text>, message: &str, help: &str) {
    let span = found.span(at.bytes.clone());
    found.report(Diagnostic::error("keymap", message).at(span).help(help));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<Key> {
        text.split(' ').map(|k| k.parse().unwrap()).collect()
    }

    fn overlaid(source: &str) -> (Keymap, Vec<String>) {
        let (keymap, found) = Keymap::standard().overlaid(source);
        (keymap, found.iter().map(|d| format!("{} {}", d.place(), d.message)).collect())
    }

    #[test]
    fn the_shipped_keymap_is_whole_and_without_clashes() {
        let (keymap, found) = Keymap::default().overlaid(STANDARD);
        assert!(found.is_empty(), "{found:#?}");
        assert_eq!(Keymap::standard(), keymap);
        for action in Action::ALL {
            assert!(keymap.reaches(*action), "no key for {action:?}");
        }
    }

    #[test]
    fn every_action_has_a_key_that_multiplexers_leave_alone() {
        let keymap = Keymap::standard();
        let taken =
            ["ctrl-b", "ctrl-a", "ctrl-s", "ctrl-q", "ctrl-z", "ctrl-\\"].map(|k| keys(k)[0]);
        let same_byte = ["ctrl-i", "ctrl-m", "ctrl-h", "ctrl-[", "ctrl-j"].map(|k| keys(k)[0]);
        for action in Action::ALL.iter().filter(|a| **a != Action::Suspend) {
            let bindings = || keymap.bindings.iter().filter(|b| b.action == *action);
            assert!(bindings().any(|b| b.chord.0.iter().all(|k| !taken.contains(k))), "{action:?}");
            assert!(bindings().all(|b| b.chord.0.iter().all(|k| !same_byte.contains(k))));
        }
    }

    #[test]
    fn the_topmost_group_wins() {
        let keymap = Keymap::standard();
        assert_eq!(keymap.meaning(Context::Reader, &keys("n")), Meaning::Action(Action::NextCard));
        assert_eq!(keymap.meaning(Context::Finding, &keys("n")), Meaning::Action(Action::FindNext));
        assert_eq!(keymap.meaning(Context::List, &keys("h")), Meaning::Action(Action::Close));
    }

    #[test]
    fn chords_begin_and_end() {
        let keymap = Keymap::standard();
        assert_eq!(keymap.meaning(Context::Reader, &keys("g")), Meaning::Begun);
        assert_eq!(keymap.meaning(Context::Reader, &keys("g g")), Meaning::Action(Action::Top));
        assert_eq!(keymap.meaning(Context::Reader, &keys("g x")), Meaning::Nothing);
        let rest = keymap.continuations(Context::Reader, &keys("g"));
        assert!(
            rest.iter().any(|(chord, action)| *action == Action::Top && chord.to_string() == "g")
        );
    }

    #[test]
    fn characters_are_typed_where_something_is_typed() {
        let keymap = Keymap::standard();
        assert_eq!(keymap.meaning(Context::Typing, &keys("?")), Meaning::Nothing);
        assert_eq!(keymap.meaning(Context::Typing, &keys("q")), Meaning::Nothing);
        assert_eq!(keymap.meaning(Context::Typing, &keys("f1")), Meaning::Action(Action::Help));
        assert_eq!(keymap.meaning(Context::Typing, &keys("esc")), Meaning::Action(Action::Close));
    }

    #[test]
    fn a_user_file_replaces_single_entries() {
        let (keymap, found) = overlaid("reader:\n  peek: [x]\n  find: []\n");
        assert!(found.is_empty(), "{found:?}");
        assert_eq!(keymap.meaning(Context::Reader, &keys("x")), Meaning::Action(Action::Peek));
        assert_eq!(keymap.meaning(Context::Reader, &keys("K")), Meaning::Nothing);
        assert_eq!(keymap.meaning(Context::Reader, &keys("/")), Meaning::Nothing);
        assert_eq!(keymap.meaning(Context::Reader, &keys("o")), Meaning::Action(Action::Open));
    }

    #[test]
    fn clashes_are_refused_where_they_stand() {
        let (keymap, found) = overlaid("reader:\n  peek: [o]\n  hints: [g]\n");
        assert_eq!(
            found,
            [
                ":2:10 `o` cannot run `peek`: `o` runs `open`",
                ":3:11 `g` cannot run `hints`: `gg` runs `top`",
            ]
        );
        assert_eq!(keymap.meaning(Context::Reader, &keys("o")), Meaning::Action(Action::Open));
        assert_eq!(keymap.meaning(Context::Reader, &keys("K")), Meaning::Action(Action::Peek));
    }

    #[test]
    fn two_entries_may_trade_their_keys() {
        let (keymap, found) = overlaid("reader:\n  peek: [o]\n  open: [K]\n");
        assert!(found.is_empty(), "{found:?}");
        assert_eq!(keymap.meaning(Context::Reader, &keys("K")), Meaning::Action(Action::Open));
    }

    #[test]
    fn what_is_unknown_is_named_with_what_was_meant() {
        let (_, found) = overlaid("raeder: {}\nreader:\n  peak: [x]\n  peek: [hyper-x]\n");
        assert_eq!(
            found,
            [
                ":1:1 `raeder` is not a part of the keymap",
                ":3:3 `peak` is not an action",
                ":4:10 `hyper-x` is not the name of a key",
            ]
        );
    }

    #[test]
    fn nobody_is_locked_out() {
        let (keymap, found) = overlaid("everywhere:\n  quit: []\n  quit-now: []\n");
        assert_eq!(found.len(), 1);
        assert!(keymap.reaches(Action::Quit));
        let (keymap, found) = overlaid("{{{{");
        assert!(!found.is_empty());
        assert_eq!(keymap, Keymap::standard());
    }
}
