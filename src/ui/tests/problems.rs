//! The list of what is wrong, on the screen.

use super::*;
use crate::check::{self, Disk};

const DISK: Disk<'static> =
    Disk { read: |_| None, is_file: |_| false, source: |_, _| None, folder: None, given: &[] };

const SOURCE: &str = r#"title: Mistakes
voices: {press: {name: The press}}
cards:
  - id: first
    title: The first
    bottom_line: It is the first.
    body: |
      A paragraph before the link, and another one.

      See [[secnd]] for what comes next in this briefing, which is about mistakes that are made when it
      is written.
    see_also: [{to: first, why: it leads here}]
    dates: [{date: soon, text: It will come.}]
  - id: second
    title: The second
    bottom_line: "The following agencies, of which there are many in this country, take part in it:"
    body: "Back to [[first]]."
"#;

impl Session {
    /// Does what the shell would: checks the library, and hands in what was found.
    fn checked(mut self) -> Self {
        assert!(self.effects.contains(&Effect::Check));
        let library = Arc::clone(&self.state.library);
        let found = check::check(&library, DISK);
        update(&mut self.state, Message::Checked(library, found));
        self
    }
}

#[test]
fn what_is_wrong_is_listed_in_every_size() {
    for (width, height) in [(80, 24), (40, 12), (120, 40), (200, 60)] {
        let session = Session::open(SOURCE).size(width, height).keys("g !").checked();
        assert_snapshot!(format!("problems_{width}x{height}"), session.screen());
    }
}

#[test]
fn the_severity_is_a_word_and_a_colour() {
    let session = Session::open(SOURCE).keys("g ! j").checked();
    assert_snapshot!("problems_styles", session.styles());
}

#[test]
fn the_list_waits_for_the_check() {
    let session = Session::open(SOURCE).keys("g !");
    assert!(session.shows("checking…"), "{}", session.screen());
    assert!(session.checked().shows("no card is called `secnd`"));
}

#[test]
fn a_finding_leads_to_its_page_and_its_link() {
    let session = Session::open(SOURCE).keys("] g !").checked().keys("j j enter");
    assert!(session.state.screens.is_empty());
    let link = session.state.reading().sheet.link();
    assert_eq!(link.map(|link| link.target.shown().to_string()), Some("secnd".to_owned()));
    // Another time the answer is known already.
    let asked = session.effects.len();
    let session = session.keys("g !");
    assert_eq!(session.effects.len(), asked);
    assert!(session.shows("1/5"), "{}", session.screen());
}

#[test]
fn a_finding_in_a_text_leads_to_its_row() {
    let long = "word\n\n      ".repeat(60);
    let source = format!(
        "cards:\n  - id: a\n    title: A\n    body: |\n      {long}end\n    questions: [{{q: Is it closed?, a: It is closed.}}]\n"
    );
    let session = Session::open(&source).keys("g !").checked().keys("enter");
    assert!(session.state.reading().sheet.top > 40);
    assert!(session.shows("Is it closed?"), "{}", session.screen());
}

#[test]
fn the_count_above_is_that_of_the_list() {
    let session = Session::open(SOURCE).size(120, 40);
    assert!(session.shows("1 error  2 warnings"), "{}", session.screen());
    let session = session.keys("g !").checked();
    assert!(session.shows("1 error  4 warnings"), "{}", session.screen());
}

#[test]
fn the_list_and_the_count_are_as_the_user_wants_findings_taken() {
    let mut session = Session::open(SOURCE).size(120, 40);
    let file = "broken-reference: warning\norphan-card: allow\nunreachable-card: allow\n";
    let (policy, found) = check::Policy::default().overlaid(file);
    assert_eq!(found, []);
    session.state.set_policy(policy);
    insta::assert_snapshot!(session.keys("g !").checked().screen());
}

#[test]
fn a_check_of_another_library_is_not_taken() {
    let mut session = Session::open(SOURCE).keys("g !");
    let old = Arc::clone(&session.state.library);
    let found = check::check(&old, DISK);
    let new = Arc::clone(&Session::open(SOURCE).state.library);
    let effects = update(&mut session.state, Message::Reloaded(new, Vec::new()));
    assert_eq!(effects, [Effect::Check]);
    update(&mut session.state, Message::Checked(old, found));
    assert!(session.shows("checking…"), "{}", session.screen());
}

#[test]
fn nothing_wrong_is_said() {
    let source = "cards:\n  - {id: a, title: A, body: z}\n";
    let session = Session::open(source).keys("g !").checked();
    assert!(session.shows("nothing is wrong with what was opened"), "{}", session.screen());
    let session = session.keys("enter e j G");
    assert!(session.shows("nothing is wrong"), "{}", session.screen());
}
