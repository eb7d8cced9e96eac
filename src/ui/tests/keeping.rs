//! What is kept: places, how far cards were read, marks and notes, over several readings.

use super::*;
use crate::store::{Change, Store, Subject};
use std::fs;
use std::path::Path;

/// A shell that keeps what it is asked to.
pub struct Shelf(pub Store);

impl Shelf {
    pub fn new() -> Self {
        Self(Store::private())
    }

    /// Opens a briefing, and tells it what was kept.
    pub fn open(&mut self, source: &str) -> Session {
        let mut session = Session::open(source).size(80, 16);
        session.state.keep.resume = true;
        self.tell(&mut session);
        session
    }

    /// Tells a reader what was kept.
    pub fn tell(&mut self, session: &mut Session) {
        let kept = crate::store::Kept::new(&self.0.events().unwrap());
        let effects = update(&mut session.state, Message::Kept(Box::new(kept), NOW));
        session.effects.extend(effects);
        self.write(session);
    }

    /// Presses keys and writes what is to be kept.
    pub fn press(&mut self, session: &mut Session, keys: &str) {
        session.press(keys);
        self.write(session);
    }

    /// All that was kept.
    pub fn events(&mut self) -> Vec<crate::store::Event> {
        self.0.events().unwrap()
    }

    /// Writes what is to be kept, and says so.
    pub fn write(&mut self, session: &mut Session) {
        loop {
            let mut done = Vec::new();
            session.effects.retain(|effect| match effect {
                Effect::Keep(more) => {
                    done.extend(more.clone());
                    false
                }
                _ => true,
            });
            if done.is_empty() {
                return;
            }
            let events = self.0.append(NOW, done).unwrap();
            let effects = update(&mut session.state, Message::Wrote(events, NOW));
            session.effects.extend(effects);
        }
    }
}

pub const NOW: i64 = 1_800_000_000_000;

fn long(words: &str) -> String {
    let body: Vec<String> = (0..40).map(|n| format!("      {words} {n} is a line.\n")).collect();
    format!(
        "id: l\ntitle: Long\ncards:\n  - id: a\n    title: First\n    body: |\n{}  - id: b\n    title: Second\n    bottom_line: It refers to [[c]].\n  - id: c\n    title: Third\n    bottom_line: Last.\n",
        body.join("\n")
    )
}

/// The first words on the page.
fn top(session: &Session) -> String {
    let screen = session.screen();
    let first = screen.lines().skip(2).find(|line| !line.trim().is_empty());
    first.unwrap().trim().to_owned()
}

#[test]
fn one_comes_back_to_the_sentence_one_left() {
    let mut shelf = Shelf::new();
    let mut session = shelf.open(&long("Number"));
    shelf.press(&mut session, "d d j q");
    let left = top(&session);
    assert!(left.contains("is a line"), "{left}");
    let session = shelf.open(&long("Number"));
    assert_eq!(top(&session), left);
    // Another width, and lines before it that are new.
    let more = long("Number").replace("body: |\n", "body: |\n      New at the top.\n\n");
    let session = shelf.open(&more).size(60, 20);
    assert_eq!(top(&session), left);
}

#[test]
fn back_and_forward_are_kept() {
    let mut shelf = Shelf::new();
    let mut session = shelf.open(&long("Number"));
    shelf.press(&mut session, "d d ] ] H");
    let mut session = shelf.open(&long("Number"));
    assert_eq!(session.title(), "Second");
    session.press("L");
    assert_eq!(session.title(), "Third");
    session.press("H H");
    assert_eq!(session.title(), "First");
    assert!(top(&session).contains("is a line"), "the place in it too: {}", session.screen());
    // A card that is gone is left out.
    let without = long("Number").replace("id: b\n", "id: x\n");
    let mut session = shelf.open(&without.replace("Second", "Other"));
    session.press("g t");
    assert!(!session.shows("Second"), "{}", session.screen());
}

#[test]
fn who_has_moved_already_is_not_moved() {
    let mut shelf = Shelf::new();
    let mut session = shelf.open(&long("Number"));
    shelf.press(&mut session, "d d j");
    let left = top(&session);
    let mut session = Session::open(&long("Number")).size(80, 16).keys("]");
    session.state.keep.resume = true;
    shelf.tell(&mut session);
    assert_eq!(session.title(), "Second");
    assert!(session.shows("you were at `First` last time: '' goes there"), "{}", session.screen());
    session.press("' '");
    assert_eq!(top(&session), left);
}

#[test]
fn opened_is_begun_and_seen_to_the_end_is_read() {
    let mut shelf = Shelf::new();
    let mut session = shelf.open(&long("Number"));
    assert!(session.shows("begun"), "{}", session.screen());
    shelf.press(&mut session, "G");
    assert!(session.shows("• read"), "{}", session.screen());
    shelf.press(&mut session, "r u");
    assert!(session.shows("this card is understood"), "{}", session.screen());
    shelf.press(&mut session, "] j r w");
    assert!(session.shows("read again later"), "{}", session.screen());
    assert_snapshot!("states_in_contents_80x16", session.keys("t").screen());
}

#[test]
fn a_card_that_was_changed_says_so_and_shows_what() {
    let mut shelf = Shelf::new();
    let mut session = shelf.open(&long("Number"));
    shelf.press(&mut session, "] q");
    let changed = long("Number").replace("It refers to", "It no longer refers to");
    let mut session = shelf.open(&changed);
    assert!(session.shows("changed since you read it"), "{}", session.screen());
    assert!(session.shows("≠ changed"), "{}", session.screen());
    shelf.press(&mut session, "g d");
    assert!(session.shows("It no longer refers"), "{}", session.screen());
    // Where colours do not tell it, signs do.
    session = session.theme("mono");
    assert!(session.shows("It {+no longer+} refers"), "{}", session.screen());
    session = session.theme("dark");
    // It is new until one goes on.
    shelf.press(&mut session, "esc ] [");
    assert!(!session.shows("changed"), "{}", session.screen());
    session.press("g d");
    assert!(session.shows("has not changed since"), "{}", session.screen());
}

#[test]
fn marks_lead_back_and_can_be_taken_away() {
    let mut shelf = Shelf::new();
    let mut session = shelf.open(&long("Number"));
    shelf.press(&mut session, "d d m a");
    let marked = top(&session);
    shelf.press(&mut session, "] m j");
    assert!(session.shows("mark `j` is set here"), "{}", session.screen());
    let mut session = shelf.open(&long("Number"));
    session.press("' a");
    assert_eq!(top(&session), marked);
    session.press("' j");
    assert_eq!(session.title(), "Second");
    session.press("' z");
    assert!(session.shows("there is no mark `z`"), "{}", session.screen());
    session.press("'");
    assert_snapshot!("marks_80x16", session.screen());
    shelf.press(&mut session, "delete esc ' a");
    assert!(session.shows("there is no mark `a`"), "{}", session.screen());
    // In another briefing it is said where it is.
    let mut other = shelf.open("id: o\ntitle: Other\ncards: [{title: X, bottom_line: Y.}]\n");
    other.press("' j");
    assert!(other.shows("mark `j` is at `Second` in `l`, which is not open"), "{}", other.screen());
}

#[test]
fn notes_are_written_listed_changed_and_taken_away() {
    let mut shelf = Shelf::new();
    let mut session = shelf.open(&long("Number"));
    shelf.press(&mut session, "] a type:One enter type:more");
    assert_snapshot!("note_80x16", session.screen());
    shelf.press(&mut session, "esc");
    assert!(session.shows("the note is kept"), "{}", session.screen());
    assert!(session.shows("1 note"), "{}", session.screen());
    shelf.press(&mut session, "H d d a type:Two esc");
    let place = top(&session);
    let mut session = shelf.open(&long("Number"));
    session.press("] g a");
    assert_snapshot!("notes_80x16", session.screen());
    session.press("j enter");
    assert_eq!(top(&session), place);
    // The same note again, and then without it.
    shelf.press(&mut session, "a type:! esc g a");
    assert!(session.shows("Two!"), "{}", session.screen());
    shelf.press(&mut session, "x esc g a");
    assert!(!session.shows("Two"), "{}", session.screen());
}

#[test]
fn what_others_write_is_shown_and_says_nothing_for_the_reader() {
    let mut shelf = Shelf::new();
    let mut session = shelf.open(&long("Number"));
    let note = Change::Note { text: "Theirs".into(), title: "First".into(), anchor: None };
    let events = shelf.0.append(NOW, vec![(Subject::card("l", "a"), note)]).unwrap();
    // What the reader did himself is still on its way.
    session.press("m a");
    update(&mut session.state, Message::News(events, NOW));
    assert!(session.shows("1 note"), "{}", session.screen());
    assert!(!session.shows("mark `a` is set"), "{}", session.screen());
    shelf.write(&mut session);
    assert!(session.shows("mark `a` is set"), "{}", session.screen());
}

#[test]
fn what_was_put_on_a_card_that_was_not_read_to_its_end_follows_it_too() {
    let renamed = long("Number").replace("id: a\n", "id: other\n");
    let renamed = renamed.replace("Number 7 is a line", "Number 7 is another line");
    for (keys, there) in [("a type:Mine esc", "1 note"), ("v enter", "1 highlight"), ("m k", "")] {
        let mut shelf = Shelf::new();
        let mut session = shelf.open(&long("Number"));
        shelf.press(&mut session, keys);
        shelf.press(&mut session, "] q");
        let mut session = shelf.open(&renamed);
        assert!(session.shows("`First` had another id"), "{keys}: {}", session.screen());
        let mut again = shelf.open(&renamed).keys("[");
        assert!(again.shows(there), "{keys}: {}", again.screen());
        if keys == "m k" {
            again.press("] ' k");
            assert_eq!(again.title(), "First");
        }
        shelf.press(&mut session, "g u");
        let back = shelf.open(&renamed).keys("[");
        assert!(there.is_empty() || !back.shows(there), "{keys}: {}", back.screen());
    }
}

/// A document has no id of its own, and of a short one nearly everything changes with a line.
#[test]
#[expect(clippy::disallowed_methods, reason = "tests make the files they read")]
fn what_was_put_on_a_short_document_stays_there_however_it_is_changed() {
    let today = |folder: &Path, text: &str| {
        let file = folder.join("today.md");
        fs::write(&file, text).unwrap();
        let (library, _) = library::load(&[file], library::How::default(), None, &|_, _| ());
        library
    };
    let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut shelf = Shelf::new();
    let open = |shelf: &mut Shelf, folder: &Path, text: &str| {
        let mut session = Session::with(today(folder, text)).size(80, 16);
        shelf.tell(&mut session);
        session
    };
    let mut session = open(&mut shelf, folder.path(), "# Today\n\n- buy bread\n");
    shelf.press(&mut session, "a type:Rye esc");
    // While it is read, twice, each time into something quite different.
    for text in ["# Today\n\n- see Anna about the boat at noon\n", "# Today\n\nNothing at all.\n"] {
        let library = Arc::new(today(folder.path(), text));
        let effects = update(&mut session.state, Message::Reloaded(library, Vec::new()));
        session.effects.extend(effects);
        shelf.write(&mut session);
        assert!(session.shows("1 note"), "{}", session.screen());
    }
    // After it was changed while nobody read it.
    for text in ["# Today\n\nIt rains in Quito.\n", "# Today\n\n1. sleep\n2. eat\n"] {
        let session = open(&mut shelf, folder.path(), text);
        assert!(session.shows("1 note"), "{}", session.screen());
    }
    // Another file of that name is another document.
    let other = open(&mut shelf, elsewhere.path(), "# Today\n\nUp early, and off to Guayaquil.\n");
    assert!(!other.shows("1 note"), "{}", other.screen());
}

#[test]
fn what_to_read_next_is_what_was_referred_to() {
    let mut shelf = Shelf::new();
    let mut session = shelf.open(&long("Number"));
    shelf.press(&mut session, "g q");
    assert!(session.shows("no card that you have read refers"), "{}", session.screen());
    shelf.press(&mut session, "] g q");
    let list = session.screen();
    let of = |title: &str| list.lines().position(|l| l.contains(title) && l.contains("topic"));
    assert!(of("Third") < of("First") && of("Third").is_some(), "{list}");
}

#[test]
fn hostile_text_that_was_kept_harms_nothing() {
    let mut shelf = Shelf::new();
    let hostile = "\u{1b}]0;x\u{7}\u{202e}y";
    let line = serde_json::json!({"id": "a", "at": 1, "on": {"briefing": "l", "card": "a"},
        "do": "mark", "name": "a", "title": hostile, "anchor": {"quote": hostile}});
    let note = serde_json::json!({"id": "b", "at": 1, "on": {"briefing": "l", "card": "a", "item": hostile},
        "do": "note", "text": hostile, "title": hostile});
    let circle = serde_json::json!({"id": "c", "at": 1, "on": {"briefing": "l"}, "do": "trail", "present": 0,
        "steps": [{"on": {"briefing": "l", "card": "a"}, "from": 0, "to": [0, 1, 9]},
                  {"on": {"briefing": "l", "card": "b"}, "from": 1, "to": [0]}]});
    let parcel = crate::store::read(&format!("{line}\n{note}\n{circle}"), NOW);
    assert_eq!(parcel.events.len(), 3);
    shelf.0.merge(&parcel.events).unwrap();
    let mut session = shelf.open(&long("Number"));
    for keys in ["'", "esc g a", "enter", "a", "esc g t G enter"] {
        shelf.press(&mut session, keys);
        let screen = session.screen();
        assert!(!screen.chars().any(|c| c != '\n' && c.is_control()), "{screen:?}");
        assert!(!screen.contains('\u{202e}'), "{screen:?}");
    }
}

/// A card with a note, read to its end, that has another id and other words when it is opened again.
fn renamed(shelf: &mut Shelf) -> String {
    let mut session = shelf.open(&long("Number"));
    shelf.press(&mut session, "a type:Mine esc G ] q");
    let renamed = long("Number").replace("id: a\n", "id: other\n");
    renamed.replace("Number 7 is a line", "Number 7 is another line")
}

#[test]
fn what_was_kept_follows_a_card_to_its_new_id() {
    let mut shelf = Shelf::new();
    let renamed = renamed(&mut shelf);
    let session = shelf.open(&renamed);
    assert!(session.shows("`First` had another id: what you kept follows"), "{}", session.screen());
    let session = shelf.open(&renamed);
    assert!(!session.shows("had another id"), "it is said once: {}", session.screen());
    assert!(session.keys("[").shows("1 note"));
}

#[test]
fn what_followed_a_card_can_be_taken_back_for_good() {
    let mut shelf = Shelf::new();
    let renamed = renamed(&mut shelf);
    let mut session = shelf.open(&renamed);
    shelf.press(&mut session, "g u");
    let session = shelf.open(&renamed);
    assert!(!session.shows("had another id"), "{}", session.screen());
    let mut session = session.keys("[");
    assert!(!session.shows("1 note"), "{}", session.screen());
    session.press("g u");
    assert!(session.shows("nothing that you kept has followed a card"), "{}", session.screen());
}
