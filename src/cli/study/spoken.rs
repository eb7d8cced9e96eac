//! What a line means that is written in a session without a screen.

use crate::study::{Asked, Grade};
use crate::text::clusters;

/// What else can be written, for the help.
pub const COMMANDS: &str = "u takes the last one back, b puts the question off until tomorrow, \
                            s suspends it, f flags it, h hints, q quits";

/// What is no grade and no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// Take back what was done last.
    Undo,
    /// Put the question off until tomorrow.
    Bury,
    /// Put it off until it is taken back.
    Suspend,
    /// Note that it needs a look.
    Flag,
    /// Say what helps.
    Hint,
    /// End.
    Quit,
    /// Say what can be written.
    Help,
}

impl Command {
    /// The command of a word, or of the beginning of one; `?` is help.
    pub fn of(line: &str) -> Option<Self> {
        const WORDS: [(&str, Command); 7] = [
            ("undo", Command::Undo),
            ("bury", Command::Bury),
            ("suspend", Command::Suspend),
            ("flag", Command::Flag),
            ("hint", Command::Hint),
            ("quit", Command::Quit),
            ("help", Command::Help),
        ];
        let word = line.trim().trim_start_matches(':').to_ascii_lowercase();
        if word == "?" {
            return Some(Self::Help);
        }
        let begins = |(known, _): &&(&str, Self)| !word.is_empty() && known.starts_with(&word);
        WORDS.iter().find(begins).map(|(_, command)| *command)
    }
}

/// What a line means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spoken {
    /// It is empty.
    Nothing,
    /// A grade of the answer that is shown.
    Grade(Grade),
    /// An answer to the question.
    Typed(String),
    /// Something else to be done.
    Command(Command),
    /// It has no meaning here.
    Unknown,
}

impl Spoken {
    /// What a line means before or after the answer is shown.
    pub fn new(line: &str, asked: &Asked, revealed: bool) -> Self {
        let line = line.trim();
        if line.is_empty() {
            return Self::Nothing;
        }
        let command = Command::of(line).map(Self::Command);
        if revealed {
            return grade(line).map(Self::Grade).or(command).unwrap_or(Self::Unknown);
        }
        if asked.accept.is_empty() {
            return command.unwrap_or(Self::Unknown);
        }
        // A word may be an answer; a letter is one only where the answer may be a letter. With a
        // colon before it, it never is.
        let is_letter = clusters(line).nth(1).is_none();
        let letters = asked.accept.iter().any(|answer| clusters(answer.trim()).nth(1).is_none());
        match command {
            Some(command) if line.starts_with(':') || (is_letter && !letters) => command,
            _ => Self::Typed(line.to_owned()),
        }
    }
}

/// The grade of a number, or of a word or its beginning.
fn grade(line: &str) -> Option<Grade> {
    if let Ok(number) = line.parse() {
        return Grade::of(number);
    }
    let word = line.to_ascii_lowercase();
    // `h` is hard here: hints come before the answer.
    Grade::ALL.into_iter().find(|grade| grade.word().starts_with(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(accept: &[&str]) -> Asked {
        Asked {
            question: String::new(),
            answer: String::new(),
            hint: None,
            choices: Vec::new(),
            accept: accept.iter().map(|&answer| answer.to_owned()).collect(),
            hides_title: false,
            from: Vec::new(),
        }
    }

    #[test]
    fn grades_are_numbers_and_beginnings_of_words() {
        let grade = |line| Spoken::new(line, &asked(&[]), true);
        for (line, wanted) in
            [("1", Grade::Again), ("g", Grade::Good), ("EAS", Grade::Easy), ("h", Grade::Hard)]
        {
            assert_eq!(grade(line), Spoken::Grade(wanted));
        }
        assert_eq!(grade(" "), Spoken::Nothing);
        assert_eq!(grade("5"), Spoken::Unknown);
        assert_eq!(grade("goods"), Spoken::Unknown);
        assert_eq!(grade("s"), Spoken::Command(Command::Suspend));
    }

    #[test]
    fn an_answer_is_told_from_a_command() {
        let said = |line, accept: &[&str]| Spoken::new(line, &asked(accept), false);
        assert_eq!(said("h", &[]), Spoken::Command(Command::Hint));
        assert_eq!(said("3", &[]), Spoken::Unknown);
        assert_eq!(said("q", &["Quito"]), Spoken::Command(Command::Quit));
        assert_eq!(said("quit", &["Quito"]), Spoken::Typed("quit".to_owned()));
        assert_eq!(said(":quit", &["Quito"]), Spoken::Command(Command::Quit));
        assert_eq!(said("q", &["Q"]), Spoken::Typed("q".to_owned()));
        assert_eq!(said(":q", &["Q"]), Spoken::Command(Command::Quit));
        assert_eq!(said(":w", &["Q"]), Spoken::Typed(":w".to_owned()));
    }
}
