//! Studying line by line, for screen readers and pipes. Questions and answers go to standard output,
//! what is said besides to standard error. Each grade is on disk before the next question is printed.

use super::super::FAILED;
use super::super::args::Study;
use super::super::output::{Output, to_stderr};
use super::opened::{Access, Opened, words};
use super::spoken::{COMMANDS, Command, Spoken};
use crate::app::markdown_layout;
use crate::layout::{self, Glyphs, Numbers, Role, citations};
use crate::library::Page;
use crate::runtime;
use crate::study::{
    Asked, Compared, Course, Desk, Difference, Event, Grade, Item, Nearness, Session, compare,
    interval_words, recorded,
};
use crate::text::{Printable, PrintableBuf};
use anyhow::Context;
use std::io::{self, BufRead, IsTerminal, Read};
use std::process::ExitCode;

/// Bytes of a line that are looked at.
const LONGEST: u64 = 64 << 10;

/// `briefing study --plain`.
pub fn run(args: &Study, course: Course) -> anyhow::Result<ExitCode> {
    let access = if args.open.is_private() { Access::Private } else { Access::Write };
    let Some(opened) = Opened::new(&args.open.sources, access)? else {
        return Ok(ExitCode::from(FAILED));
    };
    let desk = opened.desk();
    let is_whole = opened.is_whole;
    let session = desk.session(course, opened.now);
    let glyphs = if args.open.ascii { Glyphs::ASCII } else { Glyphs::UNICODE };
    let mut plain = Plain { opened, desk, session, glyphs, asked_at: 0 };
    if plain.session.current().is_none() {
        plain.say_what_comes()?;
    } else {
        while plain.turn()? {}
        plain.sum_up()?;
    }
    Ok(if is_whole { ExitCode::SUCCESS } else { ExitCode::from(FAILED) })
}

/// A session that is spoken.
struct Plain {
    opened: Opened,
    desk: Desk,
    session: Session,
    glyphs: &'static Glyphs,
    /// When the question was printed.
    asked_at: i64,
}

impl Plain {
    /// Asks one question, or lets the last answer be taken back at the end. Whether to go on.
    fn turn(&mut self) -> anyhow::Result<bool> {
        let Some(item) = self.session.current().cloned() else { return self.after_the_last() };
        let Some(asked) = Asked::new(&self.opened.library, &item) else { return Ok(false) };
        self.ask(&item, &asked)?;
        let mut proposed = None;
        loop {
            let revealed = self.session.is_revealed();
            let prompt = if revealed { "grade? " } else { "answer? " };
            let Some(line) = read(prompt)? else { return Ok(false) };
            match Spoken::new(&line, &asked, revealed) {
                Spoken::Nothing if !revealed => self.reveal(&item, &asked)?,
                Spoken::Typed(text) => {
                    let text = chosen(&text, &asked).unwrap_or(text);
                    if let Some(compared) = compare(&text, &asked.accept) {
                        print(&judged(&compared))?;
                        proposed = Some(compared.nearness.grade());
                    }
                    self.reveal(&item, &asked)?;
                    if let Some(grade) = proposed {
                        let (number, word) = (grade.number(), grade.word());
                        to_stderr(&format!("an empty line takes {number} {word}\n"))?;
                    }
                }
                Spoken::Grade(grade) => return self.grade(grade),
                Spoken::Command(Command::Quit) => return Ok(false),
                Spoken::Command(command) => {
                    if self.obey(command, &asked)? {
                        return Ok(true);
                    }
                }
                Spoken::Nothing | Spoken::Unknown => {
                    if let Some(grade) = proposed.filter(|_| line.is_empty()) {
                        return self.grade(grade);
                    }
                    to_stderr(&help(revealed, &asked))?;
                }
            }
        }
    }

    /// What is no grade; whether another question comes.
    fn obey(&mut self, command: Command, asked: &Asked) -> anyhow::Result<bool> {
        let now = runtime::moment();
        let (event, said) = match command {
            Command::Undo => match self.session.undo() {
                Some(event) => (Some(event), "taken back"),
                None => {
                    to_stderr("there is nothing to take back\n")?;
                    return Ok(false);
                }
            },
            Command::Bury => (self.session.bury(now), "put off until tomorrow"),
            Command::Suspend => {
                (self.session.suspend(now), "suspended; `briefing study suspended` lists what is")
            }
            Command::Flag => match self.session.flag(now) {
                event @ Some(Event::Unflagged(..)) => (event, "no longer flagged"),
                event => (event, "flagged; `briefing study flagged` lists what is"),
            },
            Command::Hint => {
                match &asked.hint {
                    Some(hint) => {
                        let item = self.session.current();
                        let hint = item.map(|item| words(&self.opened.library, item, hint));
                        print(&format!("Hint: {}", hint.unwrap_or_default()))?;
                    }
                    None => to_stderr("there is no hint\n")?,
                }
                return Ok(false);
            }
            Command::Help | Command::Quit => {
                to_stderr(&help(self.session.is_revealed(), asked))?;
                return Ok(false);
            }
        };
        if let Some(event) = event {
            self.keep(&event)?;
            to_stderr(&format!("{said}\n"))?;
        }
        Ok(command != Command::Flag)
    }

    /// Everything was asked: the last answer can still be taken back.
    fn after_the_last(&mut self) -> anyhow::Result<bool> {
        if !io::stdin().is_terminal() {
            // A pipe says so at once, or ends.
            let Some(line) = read("")? else { return Ok(false) };
            return self.take_back_at_the_end(&line);
        }
        to_stderr("that was the last one: `u` takes your last answer back, an empty line ends\n")?;
        let Some(line) = read("end? ")? else { return Ok(false) };
        self.take_back_at_the_end(&line)
    }

    fn take_back_at_the_end(&mut self, line: &str) -> anyhow::Result<bool> {
        if Command::of(line) != Some(Command::Undo) {
            return Ok(false);
        }
        let Some(event) = self.session.undo() else { return Ok(false) };
        self.keep(&event)?;
        to_stderr("taken back\n")?;
        Ok(true)
    }

    fn grade(&mut self, grade: Grade) -> anyhow::Result<bool> {
        let now = runtime::moment();
        let took = u32::try_from(now.at_ms.saturating_sub(self.asked_at)).unwrap_or(u32::MAX);
        if let Some(event) = self.session.grade(grade, now, took) {
            self.keep(&event)?;
        }
        Ok(true)
    }

    /// Writes what was done. When this returns it is on disk.
    fn keep(&mut self, event: &Event) -> anyhow::Result<()> {
        let (id, change) = recorded(event);
        let item = self.desk.items.place(id).and_then(|at| self.desk.items.get(at));
        let on = item.and_then(|item| self.opened.record.subject(&self.opened.library, item));
        let on = on.with_context(|| format!("`{id}` has no name to be kept by"))?;
        self.opened.keep(vec![(on, change)]).context("what you did last could not be kept")
    }

    fn ask(&mut self, item: &Item, asked: &Asked) -> anyhow::Result<()> {
        let left = self.session.left();
        let title = self.opened.title(item);
        let where_ = if asked.hides_title { Printable::default() } else { title };
        let between = if where_.is_empty() { "" } else { ": " };
        let mut out = format!("\n{left} left{between}{where_}\n");
        out += &self.text(item, &asked.question);
        for (at, choice) in asked.choices.iter().enumerate() {
            out.extend(["  ", &(at + 1).to_string(), " ", choice.as_str(), "\n"]);
        }
        self.asked_at = runtime::milliseconds();
        Ok(Output::new().text(&out)?.finish()?)
    }

    fn reveal(&mut self, item: &Item, asked: &Asked) -> anyhow::Result<()> {
        self.session.reveal();
        let mut out = format!("Answer: {}", self.text(item, &asked.answer));
        let briefing = self.opened.library.briefing(item.briefing);
        let from = briefing.map(|briefing| citations(briefing, &asked.from, self.glyphs));
        if let Some(from) = from.filter(|from| !from.is_empty()) {
            out.extend(["From: ", from.as_str(), "\n"]);
        }
        let intervals = self.session.intervals(self.opened.now);
        let again_after = self.opened.options.again_after;
        let grades = Grade::ALL.map(|grade| {
            let days = intervals.map(|all| interval_words(all[grade.at()], again_after));
            let days = days.map(|days| format!(" {days}")).unwrap_or_default();
            format!("{} {}{days}", grade.number(), grade.word())
        });
        out.extend([grades.join(", ").as_str(), "\n"]);
        Ok(Output::new().text(&out)?.finish()?)
    }

    /// A text as lines.
    fn text(&self, item: &Item, markdown: &str) -> String {
        let (width, numbers) = (Output::columns(), Numbers::Visible);
        let options =
            layout::Options { width, spare: 0, glyphs: self.glyphs, numbers, answers: true };
        let page = Page::Card(item.card);
        let layout = markdown_layout(&self.opened.library, page, markdown, options);
        let mut out = String::new();
        for row in layout.rows() {
            let mut line = PrintableBuf::default();
            for run in row.runs.iter().filter(|run| run.role != Role::LinkMark) {
                line.push(layout.words(run));
            }
            out += line.as_str().trim_end();
            out.push('\n');
        }
        out
    }

    /// What there is to say when nothing is to be asked.
    fn say_what_comes(&self) -> anyhow::Result<()> {
        print("nothing is due")?;
        for words in self.desk.outlook(self.opened.now).words(false) {
            print(&words)?;
        }
        Ok(())
    }

    fn sum_up(&self) -> anyhow::Result<()> {
        let (graded, failed) = self.session.graded();
        let left = match self.session.left() {
            0 => "nothing is left".to_owned(),
            left => format!("{left} left"),
        };
        let known = graded - failed;
        let answers = if graded == 1 { "answer" } else { "answers" };
        print(&format!("\n{graded} {answers}, {known} known; {left}"))
    }
}

/// The name that a number stands for, where names are to choose from.
fn chosen(text: &str, asked: &Asked) -> Option<String> {
    let at: usize = text.trim().parse().ok()?;
    Some(asked.choices.get(at.checked_sub(1)?)?.to_string())
}

/// What was typed beside what was meant.
fn judged(compared: &Compared) -> String {
    let word = match compared.nearness {
        Nearness::Same => return "Right.".to_owned(),
        Nearness::Almost => "Almost",
        Nearness::Wrong => "Not that",
    };
    format!("{word}: {}", compared.changes.iter().map(Difference::marked).collect::<String>())
}

fn help(revealed: bool, asked: &Asked) -> String {
    let first = match (revealed, asked.accept.is_empty(), asked.choices.is_empty()) {
        (true, ..) => "write 1, 2, 3 or 4, or again, hard, good, easy",
        (false, true, _) => "an empty line shows the answer",
        (false, false, true) => "write the answer; an empty line shows it",
        (false, false, false) => "write the number or the name; an empty line shows the answer",
    };
    format!("{first}; {COMMANDS}\n")
}

fn print(text: &str) -> anyhow::Result<()> {
    Ok(Output::new().text(&format!("{}\n", Printable::lines(text)))?.finish()?)
}

/// A line of standard input, without its end; `None` at the end of it. A person is shown where he
/// is.
fn read(prompt: &str) -> anyhow::Result<Option<String>> {
    let mut input = io::stdin().lock();
    if input.is_terminal() {
        to_stderr(prompt)?;
    }
    let mut line = Vec::new();
    let count = input.by_ref().take(LONGEST).read_until(b'\n', &mut line)?;
    if count == 0 {
        return Ok(None);
    }
    if line.last() != Some(&b'\n') {
        // The rest of a line that is too long belongs to nothing.
        input.skip_until(b'\n')?;
    }
    Ok(Some(String::from_utf8_lossy(&line).trim().to_owned()))
}
