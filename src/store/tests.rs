//! Stores on disk: what is kept, what is set aside, and how those of several machines are joined.

#![expect(clippy::disallowed_methods, reason = "tests make the files they read")]

use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;

const NOW: i64 = 1_800_000_000_000;

fn card(id: &str) -> Subject {
    Subject::card("b", id)
}

fn progress(state: Progress) -> Change {
    Change::Progress { state, due: None }
}

fn note(text: &str) -> Change {
    Change::Note { text: text.into(), title: "T".into(), anchor: None }
}

fn highlight(words: Option<&str>) -> Change {
    let anchor = words.and_then(|words| Anchor::new(words, 0..words.len()));
    Change::Highlight { title: "T".into(), anchor }
}

fn left(card: &str) -> Change {
    Change::Left { card: Some(card.into()), anchor: None }
}

fn texts(kept: &Kept, on: &Subject) -> Vec<String> {
    kept.notes(on).map(|(_, note)| note.text.to_string()).collect()
}

/// Opens a store of which nothing odd is to be said.
fn opened(folder: &Path) -> (Store, Kept) {
    let (store, events, found) = Store::open(folder);
    assert!(found.is_empty(), "{found:?}");
    (store, Kept::new(&events))
}

#[test]
fn what_was_kept_is_there_again() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("data/briefing");
    let (mut store, kept) = opened(&folder);
    assert_eq!(kept.state(&card("a")).progress, Progress::Unread);
    let events = store
        .append(NOW, vec![(card("a"), progress(Progress::Read)), (card("a"), note("Mine."))])
        .unwrap();
    assert_eq!(events.len(), 2);
    assert!(events[0].stamp() < events[1].stamp());
    drop(store);
    let (_, kept) = opened(&folder);
    assert_eq!(kept.state(&card("a")).progress, Progress::Read);
    assert_eq!(texts(&kept, &card("a")), ["Mine."]);
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
}

#[test]
fn what_is_written_is_forced_to_the_disk() {
    let dir = tempfile::tempdir().unwrap();
    let (mut store, _) = opened(dir.path());
    let database = store.database().unwrap();
    // A log that is written first undoes what was begun; at 2 each end of a change is forced to the disk.
    assert_eq!(database.asked("journal_mode"), "wal");
    assert_eq!(database.asked("synchronous"), "2");
}

#[test]
fn of_places_only_the_last_is_kept() {
    let dir = tempfile::tempdir().unwrap();
    let (mut store, _) = opened(dir.path());
    for id in ["a", "b", "c"] {
        store.append(NOW, vec![(Subject::briefing("b"), left(id))]).unwrap();
    }
    let events = store.events().unwrap();
    assert_eq!(events.len(), 1);
    let kept = Kept::new(&events);
    assert_eq!(kept.left(&Subject::briefing("b")).unwrap().card.as_deref(), Some("c"));
}

#[test]
fn a_clock_that_is_set_back_does_not_undo_what_came_later() {
    let dir = tempfile::tempdir().unwrap();
    let (mut store, _) = opened(dir.path());
    store.append(NOW, vec![(card("a"), progress(Progress::Reading))]).unwrap();
    store.append(NOW - 3_600_000, vec![(card("a"), progress(Progress::Read))]).unwrap();
    assert_eq!(Kept::new(&store.events().unwrap()).state(&card("a")).progress, Progress::Read);
}

#[test]
fn two_instances_see_each_other_when_they_write() {
    let dir = tempfile::tempdir().unwrap();
    let ((mut one, _), (mut two, _)) = (opened(dir.path()), opened(dir.path()));
    one.append(NOW, vec![(card("a"), note("one"))]).unwrap();
    let events = two.append(NOW, vec![(card("a"), note("two"))]).unwrap();
    assert_eq!(texts(&Kept::new(&events), &card("a")), ["one", "two"]);
}

#[test]
fn four_writers_at_once_lose_nothing() {
    const EACH: usize = 50;
    let dir = tempfile::tempdir().unwrap();
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let folder = dir.path();
            scope.spawn(move || {
                let (mut store, _) = opened(folder);
                for at in 0..EACH {
                    store.append(NOW, vec![(card("a"), note(&format!("{writer} {at}")))]).unwrap();
                }
            });
        }
    });
    let (_, kept) = opened(dir.path());
    assert_eq!(texts(&kept, &card("a")).len(), 4 * EACH);
}

#[test]
fn what_is_broken_or_newer_is_set_aside_and_not_deleted() {
    type Plant = fn(&Path);
    let broken: [(&str, Plant); 3] = [
        ("broken", |path| {
            fs::write(path, "this is no database, whatever its name".repeat(99)).unwrap();
        }),
        ("newer", |path| {
            let connection = rusqlite::Connection::open(path).unwrap();
            connection.pragma_update(None, "user_version", 99).unwrap();
        }),
        ("broken", |path| {
            let connection = rusqlite::Connection::open(path).unwrap();
            connection.execute_batch("CREATE TABLE events (x)").unwrap();
            connection.pragma_update(None, "user_version", 1).unwrap();
        }),
    ];
    for (why, plant) in broken {
        let dir = tempfile::tempdir().unwrap();
        let path = Database::path(dir.path());
        plant(&path);
        let before = fs::read(&path).unwrap();
        let (mut store, events, found) = Store::open(dir.path());
        assert!(events.is_empty());
        let [said] = &*found else { panic!("{found:?}") };
        let aside = dir.path().join(format!("reader.db.{why}-1"));
        assert!(said.message.contains(&format!("reader.db.{why}-1")), "{said:?}");
        assert_eq!(fs::read(aside).unwrap().len(), before.len());
        store.append(NOW, vec![(card("a"), note("kept"))]).unwrap();
        assert_eq!(texts(&opened(dir.path()).1, &card("a")), ["kept"]);
    }
}

#[test]
fn of_many_who_find_it_broken_one_sets_it_aside() {
    for _ in 0..20 {
        let dir = tempfile::tempdir().unwrap();
        let broken = "this is no database".repeat(99);
        fs::write(Database::path(dir.path()), &broken).unwrap();
        let together = std::sync::Barrier::new(4);
        std::thread::scope(|scope| {
            for reader in 0..4 {
                let (folder, together) = (dir.path(), &together);
                scope.spawn(move || {
                    together.wait();
                    let (mut store, _, _) = Store::open(folder);
                    store.append(NOW, vec![(card("a"), note(&reader.to_string()))]).unwrap();
                });
            }
        });
        assert_eq!(fs::read_to_string(dir.path().join("reader.db.broken-1")).unwrap(), broken);
        assert!(!dir.path().join("reader.db.broken-2").exists());
        assert_eq!(texts(&opened(dir.path()).1, &card("a")).len(), 4);
    }
}

#[test]
fn where_nothing_can_be_kept_the_reader_still_works() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file");
    fs::write(&file, "").unwrap();
    let (mut store, events, found) = Store::open(&file.join("briefing"));
    assert!(events.is_empty());
    assert!(found[0].message.starts_with("nothing is kept in"), "{found:?}");
    let events = store.append(NOW, vec![(card("a"), note("here"))]).unwrap();
    assert_eq!(texts(&Kept::new(&events), &card("a")), ["here"]);
}

#[test]
fn a_database_that_may_only_be_read_is_read() {
    let dir = tempfile::tempdir().unwrap();
    let (mut store, _) = opened(dir.path());
    store.append(NOW, vec![(card("a"), note("kept"))]).unwrap();
    drop(store);
    let mut database = Database::read_only(&Database::path(dir.path())).unwrap();
    assert_eq!(texts(&Kept::new(&database.events().unwrap()), &card("a")), ["kept"]);
    assert!(matches!(database.merge(&[]), Err(StoreError::ReadOnly)));
}

#[test]
fn a_full_disk_is_said_and_loses_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (mut store, _) = opened(dir.path());
    store.append(NOW, vec![(card("a"), note("kept"))]).unwrap();
    // What a disk without room looks like to the database.
    store.database().unwrap().limit_pages();
    let big = "x".repeat(1 << 20);
    let error = store.append(NOW, vec![(card("a"), note(&big))]).unwrap_err();
    assert!(error.to_string().contains("full"), "{error}");
    drop(store);
    assert_eq!(texts(&opened(dir.path()).1, &card("a")), ["kept"]);
}

#[test]
fn what_follows_another_subject_is_found_there_and_can_be_taken_back() {
    let dir = tempfile::tempdir().unwrap();
    let (mut store, _) = opened(dir.path());
    let follow = |to: Option<Subject>| Change::Follow { to };
    store.append(NOW, vec![(card("old"), note("mine"))]).unwrap();
    store.append(NOW, vec![(card("old"), follow(Some(card("new"))))]).unwrap();
    let kept = Kept::new(&store.events().unwrap());
    assert_eq!(texts(&kept, &card("new")), ["mine"]);
    assert!(texts(&kept, &card("old")).is_empty());
    // A circle harms nothing.
    store.append(NOW, vec![(card("new"), follow(Some(card("old"))))]).unwrap();
    Kept::new(&store.events().unwrap());
    let back = vec![(card("new"), follow(None)), (card("old"), follow(None))];
    store.append(NOW, back).unwrap();
    assert_eq!(texts(&Kept::new(&store.events().unwrap()), &card("old")), ["mine"]);
}

#[test]
fn highlights_are_set_and_taken_away_by_name() {
    let dir = tempfile::tempdir().unwrap();
    let (mut store, _) = opened(dir.path());
    let events = store.append(NOW, vec![(card("a"), highlight(Some("some words")))]).unwrap();
    let kept = Kept::new(&events);
    let (item, there) = kept.highlights(&card("a")).next().unwrap();
    assert_eq!(&*there.anchor.quote, "some words");
    store.append(NOW, vec![(card("a").item(item), highlight(None))]).unwrap();
    assert_eq!(Kept::new(&store.events().unwrap()).highlights(&card("a")).count(), 0);
}

#[test]
fn looking_makes_nothing_and_gives_what_is_there() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("briefing");
    assert!(Store::look(&folder).unwrap().is_empty());
    assert!(!folder.exists());
    let (mut store, _) = opened(&folder);
    store.append(NOW, vec![(card("a"), note("kept"))]).unwrap();
    assert_eq!(texts(&Kept::new(&Store::look(&folder).unwrap()), &card("a")), ["kept"]);
}

#[test]
fn what_another_instance_wrote_is_news_once() {
    let dir = tempfile::tempdir().unwrap();
    let ((mut one, _), (mut two, _)) = (opened(dir.path()), opened(dir.path()));
    one.append(NOW, vec![(card("a"), note("one"))]).unwrap();
    assert_eq!(texts(&Kept::new(&two.news().unwrap()), &card("a")), ["one"]);
    assert!(two.news().unwrap().is_empty());
    assert!(one.news().unwrap().is_empty(), "what one wrote oneself is none");
}

#[test]
fn a_hostile_file_is_harmless() {
    let text = [
        r#"{"id":"a","at":1,"on":{"briefing":"b","card":"c"},"do":"progress","state":"read"}"#,
        r#"{"id":"b","at":1,"on":{"briefing":"b"},"do":"dance"}"#,
        "not json",
        &"[".repeat(100_000),
        r#"{"id":"../x","at":1,"on":{"briefing":"b"},"do":"dance"}"#,
        r#"{"id":"c","at":9223372036854775807,"on":{"briefing":"b"},"do":"dance"}"#,
        r#"{"id":"d","at":-1,"on":{"briefing":"b"},"do":"dance"}"#,
        r#"{"id":"e","at":1,"on":{"briefing":""},"do":"dance"}"#,
        r#"{"id":"f","at":1,"on":{"briefing":"b\tc"},"do":"dance"}"#,
        r#"{"id":"g","at":1,"on":{"briefing":"b"},"do":"mark","name":"\u001b","title":"x"}"#,
        r#"{"id":"j","at":1,"on":{"briefing":"b","card":"c"},"do":"highlight","title":"x"}"#,
        r#"{"id":"h","at":1,"on":{"briefing":"b"},"do":"review","grade":9,"took_ms":1}"#,
        &format!(
            r#"{{"id":"i","at":1,"on":{{"briefing":"{}"}},"do":"dance"}}"#,
            "x".repeat(2 << 20)
        ),
    ]
    .join("\n");
    let parcel = read(&text, NOW);
    assert_eq!((parcel.events.len(), parcel.unknown, parcel.left_out), (2, 1, 11));
    assert_eq!(parcel.wrong[0].0, 3);
    let mut store = Store::private();
    assert_eq!(store.merge(&parcel.events).unwrap(), 2);
    assert_eq!(store.merge(&parcel.events).unwrap(), 0);
}

/// What three machines did, each as steps in time.
fn machines() -> impl Strategy<Value = Vec<Vec<(u8, u8, i64)>>> {
    let step = (0u8..3, 0u8..9, 0i64..1000);
    prop::collection::vec(prop::collection::vec(step, 0..6), 3)
}

fn done(card_number: u8, kind: u8) -> (Subject, Change) {
    let on = card(["x", "y", "z"][usize::from(card_number)]);
    match kind {
        0 => (on, progress(Progress::Read)),
        1 => (on, progress(Progress::Understood)),
        2 => (on, note("some")),
        3 => (on, Change::Mark { name: 'a', title: "T".into(), anchor: None }),
        4 => (Subject::briefing("b"), left("x")),
        5 => (on, highlight(Some("some words"))),
        // Of one name it is set, taken away, and set again on other words.
        6 => (on.item("h"), highlight((card_number != 1).then_some("others"))),
        7 => (on, Change::Text { print: card_number.to_string().into(), text: None }),
        _ => (on, Change::Follow { to: Some(card("z")) }),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn machines_that_exchange_files_in_any_order_come_to_the_same(
        did in machines(),
        passes in prop::collection::vec((0usize..3, 0usize..3), 0..8),
        last in Just((0usize..3).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let mut stores: Vec<Store> = did.iter().map(|steps| {
            let mut store = Store::private();
            for (card_number, kind, at) in steps {
                store.append(NOW + at, vec![done(*card_number, *kind)]).unwrap();
            }
            store
        }).collect();
        let pass = |stores: &mut Vec<Store>, from: usize, to: usize| {
            let file = write(stores[from].events().unwrap());
            let parcel = read(&file, NOW);
            assert_eq!(parcel.left_out, 0);
            stores[to].merge(&parcel.events).unwrap();
        };
        for (from, to) in passes {
            pass(&mut stores, from, to);
        }
        // In the end each has sent its file to each, in some order, one of them twice.
        for from in last.iter().chain(&last) {
            for to in 0..3 {
                pass(&mut stores, *from, to);
            }
        }
        let all: Vec<Vec<Event>> = stores.iter_mut().map(|s| s.events().unwrap()).collect();
        let files: Vec<String> = all.iter().map(|events| write(events.clone())).collect();
        prop_assert_eq!(&files[0], &files[1]);
        prop_assert_eq!(&files[0], &files[2]);
        // What follows from them does not depend on their order either.
        let seen = |events: &[Event]| {
            let kept = Kept::new(events);
            let cards = ["x", "y", "z"].map(card);
            let cards: BTreeMap<_, _> = cards
                .map(|on| {
                    let highlights: Vec<_> = kept.highlights(&on).collect();
                    let highlights = format!("{highlights:?} {:?}", kept.text(&on));
                    (on.clone(), (kept.state(&on), texts(&kept, &on), highlights))
                })
                .into_iter()
                .collect();
            (cards, kept.mark('a').cloned(), kept.left(&Subject::briefing("b")).cloned())
        };
        prop_assert_eq!(seen(&all[0]), seen(&all[1]));
        let backwards: Vec<Event> = all[2].iter().rev().cloned().collect();
        prop_assert_eq!(seen(&all[0]), seen(&backwards));
    }
}

/// Where the writer that is killed has its folder.
const FOLDER: &str = "BRIEFING_TEST_FOLDER";

/// Writes notes until it is killed, and says which of them are kept. Does nothing if it was not
/// started by the test below.
#[test]
fn writer_that_is_killed() {
    use std::io::Write;
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let (mut store, _) = opened(Path::new(&folder));
    let mut out = std::io::stdout();
    for number in 0_u32.. {
        let name = format!("{} {number}", std::process::id());
        store.append(NOW, vec![(card("a"), note(&name))]).unwrap();
        writeln!(out, "\nkept {name}").unwrap();
        out.flush().unwrap();
    }
}

#[test]
fn what_was_said_to_be_kept_survives_being_killed_at_any_moment() {
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};
    const TIMES: usize = 60;
    let dir = tempfile::tempdir().unwrap();
    let mut said = Vec::new();
    for time in 0..TIMES {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "store::tests::writer_that_is_killed", "--nocapture"])
            .env(FOLDER, dir.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
        let mut names = lines.filter_map(|line| Some(line.strip_prefix("kept ")?.to_owned()));
        said.extend(names.by_ref().take(1 + time % 5));
        child.kill().unwrap();
        // What it said before it was killed counts too.
        said.extend(names);
        child.wait().unwrap();
    }
    assert!(said.len() >= TIMES);
    let (mut store, kept) = opened(dir.path());
    let there: std::collections::HashSet<String> = texts(&kept, &card("a")).into_iter().collect();
    let lost: Vec<_> = said.iter().filter(|name| !there.contains(*name)).collect();
    assert!(lost.is_empty(), "{lost:?}");
    store.append(NOW, vec![(card("a"), note("sound"))]).unwrap();
}
