//! The title of a paragraph that has none, from its first sentence.

/// Characters that a title may have.
const LONGEST: usize = 60;

/// How a title was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// `It refers to X`.
    Refers,
    /// `Proper Name is …`.
    Name,
    /// Words in quotation marks.
    Quoted,
    /// The sentence itself.
    Sentence,
}

/// A title, how it was found, and another name that the text gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// The title.
    pub text: String,
    /// Another name.
    pub alias: Option<String>,
    /// How it was found.
    pub rule: Rule,
}

/// The title of a paragraph.
pub fn title(paragraph: &str) -> Title {
    let sentence = first_sentence(paragraph);
    let plain = |text: String, rule| Title { text, alias: None, rule };
    if let Some(subject) = referred(sentence) {
        return plain(subject, Rule::Refers);
    }
    if let Some((text, alias)) = name(sentence) {
        return Title { text, alias, rule: Rule::Name };
    }
    if let Some(quoted) = quoted(sentence) {
        return plain(quoted, Rule::Quoted);
    }
    plain(cut(without_lead_in(sentence)), Rule::Sentence)
}

/// The first sentence of a text. A full stop after an initial, as in `U.S.`, ends none.
fn first_sentence(text: &str) -> &str {
    let text = text.trim();
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let rest = text.get(end..).unwrap_or_default();
        if matches!(c, '。' | '！' | '？') {
            return text.get(..end).unwrap_or(text);
        }
        if !matches!(c, '.' | '!' | '?') {
            continue;
        }
        let closing = rest.trim_start_matches(['"', '”', '’', ')', '»']);
        let next = closing.trim_start();
        if !closing.is_empty() && next.len() == closing.len() {
            continue;
        }
        let word = text.get(..at).and_then(|t| t.rsplit([' ', '(', '–', '-']).next());
        let initial = c == '.' && word.is_some_and(is_abbreviation);
        if !initial && !next.starts_with(char::is_lowercase) {
            return text.get(..end + rest.len() - closing.len()).unwrap_or(text);
        }
    }
    text
}

fn is_abbreviation(word: &str) -> bool {
    let last = word.rsplit('.').next().unwrap_or(word);
    (last.chars().count() == 1 && last.chars().all(char::is_alphabetic))
        || matches!(
            word,
            "Mr" | "Mrs" | "Ms" | "Dr" | "St" | "No" | "Jr" | "Sr" | "Prof" | "Gen" | "vs"
        )
}

/// X of `It refers to X` and `This refers to X`, up to what is said about it.
fn referred(sentence: &str) -> Option<String> {
    let rest =
        ["It refers to ", "This refers to ", "It is a reference to ", "This is a reference to "]
            .iter()
            .find_map(|start| sentence.strip_prefix(start))?;
    let rest =
        ["the ", "a ", "an "].iter().find_map(|article| rest.strip_prefix(article)).unwrap_or(rest);
    let relative = [
        " in which ",
        " on which ",
        " at which ",
        " by which ",
        " during which ",
        " under which ",
        " which ",
        " that ",
        " where ",
        " when ",
        " who ",
        " whose ",
        " whom ",
        "; ",
        " (",
        " — ",
        " – ",
    ];
    let mut end = relative.iter().filter_map(|word| rest.find(word)).min().unwrap_or(rest.len());
    // A comma ends it, but not one within a date.
    for (at, _) in rest.match_indices(", ") {
        let date =
            rest.get(at + 2..).is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit()));
        if at < end && !date {
            end = at;
        }
    }
    let subject = rest.get(..end)?.trim_end_matches(['.', ',', '!', '?', ' ']);
    let subject = subject.trim_start_matches(['"', '“', '«']).trim_end_matches(['"', '”', '»']);
    (!subject.is_empty()).then(|| cut(subject))
}

/// Small words within names.
const SMALL: &[&str] = &[
    "of", "the", "de", "del", "la", "le", "da", "di", "von", "van", "der", "den", "al", "bin",
    "and", "for", "y", "e", "et", "und", "du", "des", "dos",
];
/// Words that start sentences and name nobody.
const NO_NAMES: &[&str] = &[
    "It",
    "This",
    "That",
    "These",
    "Those",
    "There",
    "Here",
    "He",
    "She",
    "We",
    "You",
    "I",
    "They",
    "What",
    "Who",
    "Which",
    "How",
    "Why",
    "When",
    "Where",
    "If",
    "In",
    "As",
    "So",
    "One",
    "All",
    "Some",
    "Most",
    "Many",
    "Both",
    "Each",
    "Such",
    "His",
    "Her",
    "Its",
    "Their",
    "My",
    "Our",
    "Your",
    "Nothing",
    "Everything",
    "Nobody",
    "Everybody",
    "But",
    "And",
    "Or",
    "Yet",
    "Now",
    "Then",
    "Today",
    "Not",
    "No",
    "Yes",
    "A",
    "An",
    "The",
    "Only",
    "Another",
];

/// The name of `Proper Name (alias) is …`, and the alias.
fn name(sentence: &str) -> Option<(String, Option<String>)> {
    let mut end = 0;
    let mut count = 0;
    let mut rest = sentence;
    let mut alias = None;
    loop {
        let word = rest.split(' ').next().unwrap_or_default();
        if matches!(word, "is" | "are" | "was" | "were" | "means" | "refers" | "denotes")
            && count > 0
        {
            break;
        }
        if let Some(inside) = rest.strip_prefix('(').filter(|_| count > 0 && alias.is_none()) {
            let (inside, after) = inside.split_once(')')?;
            alias = Some(inside.trim().to_owned())
                .filter(|a| !a.is_empty() && a.chars().count() <= LONGEST);
            rest = after.strip_prefix(' ')?;
            continue;
        }
        let capital = word.starts_with(char::is_uppercase);
        let small = count > 0 && SMALL.contains(&word);
        let bare = word.trim_end_matches('.');
        let ends = word.ends_with([',', ';', ':', '!', '?', ')', '"', '”']);
        let article = count == 0 && word == "The";
        if !(capital || small)
            || ends
            || alias.is_some()
            || count > 6
            || (count == 0 && NO_NAMES.contains(&bare) && !article)
        {
            return None;
        }
        count += 1;
        let after = rest.get(word.len()..)?.strip_prefix(' ')?;
        end = sentence.len() - rest.len() + word.len();
        rest = after;
    }
    let whole = sentence.get(..end)?;
    let name = whole.strip_prefix("The ").unwrap_or(whole);
    let last = name.split(' ').next_back()?;
    // `Walking is …` names nobody.
    let verb = count == 1 && name.ends_with("ing");
    (!verb
        && !NO_NAMES.contains(&name)
        && last.starts_with(char::is_uppercase)
        && name.chars().count() <= LONGEST)
        .then(|| (name.to_owned(), alias))
}

/// The first words in quotation marks that are a term, and not what somebody says.
fn quoted(sentence: &str) -> Option<String> {
    const MARKS: &[(char, char)] = &[('“', '”'), ('"', '"'), ('«', '»'), ('„', '“'), ('「', '」')];
    let mut rest = sentence;
    while let Some((at, open)) =
        rest.char_indices().find(|(_, c)| MARKS.iter().any(|(open, _)| open == c))
    {
        let close = MARKS.iter().find(|(mark, _)| *mark == open).map_or(open, |(_, close)| *close);
        let inside = rest.get(at + open.len_utf8()..)?;
        let (words, after) = inside.split_once(close)?;
        let before = rest.get(..at).unwrap_or_default().trim_end();
        let term = words.trim().trim_end_matches([',', '.', ';']);
        let first = before.is_empty() && rest.len() == sentence.len();
        let sentence = words.ends_with([',', '.']) || words.starts_with(char::is_uppercase);
        let spoken = (before.ends_with([',', ':']) && sentence)
            || words.ends_with(['!', '?', '—'])
            || (first && words.ends_with([',', '.']));
        if !spoken && (2..=LONGEST).contains(&term.chars().count()) {
            return Some(term.to_owned());
        }
        rest = after;
    }
    None
}

/// A sentence without words such as `In this context,` in front.
fn without_lead_in(sentence: &str) -> &str {
    const STARTS: &[&str] = &[
        "In",
        "However",
        "Also",
        "For",
        "At",
        "On",
        "By",
        "Moreover",
        "Furthermore",
        "Finally",
        "Therefore",
        "Thus",
        "Still",
        "Meanwhile",
        "Instead",
        "Similarly",
        "Overall",
        "Generally",
        "Today",
        "Then",
        "First",
        "Second",
        "Third",
        "Next",
        "Again",
        "And",
        "But",
        "So",
    ];
    let first = sentence.split([' ', ',']).next().unwrap_or_default();
    match sentence.split_once(", ") {
        Some((lead, rest))
            if lead.chars().count() <= 40 && STARTS.contains(&first) && !rest.is_empty() =>
        {
            rest
        }
        _ => sentence,
    }
}

/// A text of at most sixty characters, cut between words, without a stop at its end.
fn cut(text: &str) -> String {
    let text = text.trim().trim_end_matches(['.', ':', ';', ',', '。']);
    let Some((end, _)) = text.char_indices().nth(LONGEST) else {
        return text.to_owned();
    };
    let start = text.get(..end).unwrap_or_default();
    let start = start.rsplit_once(' ').map_or(start, |(words, _)| words);
    format!("{}…", start.trim_end_matches([',', ';', ':', '–', '-', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> (String, Rule) {
        let title = title(text);
        (title.text, title.rule)
    }

    #[test]
    fn what_is_referred_to_is_the_title() {
        let text = "It refers to the May 3, 2020 U.S. raid in Macuto in which boats landed. More.";
        assert_eq!(of(text), ("May 3, 2020 U.S. raid in Macuto".into(), Rule::Refers));
        assert_eq!(of("This refers to a plan."), ("plan".into(), Rule::Refers));
    }

    #[test]
    fn names_are_titles_and_brackets_are_other_names() {
        let found = title("Ada King (Countess “Ada” of Lovelace) was a writer.");
        assert_eq!(
            (found.text.as_str(), found.alias.as_deref()),
            ("Ada King", Some("Countess “Ada” of Lovelace"))
        );
        assert_eq!(of("The Bank of England is old."), ("Bank of England".into(), Rule::Name));
        assert_eq!(of("It is raining.").1, Rule::Sentence);
        assert_eq!(of("The plan is old.").1, Rule::Sentence);
    }

    #[test]
    fn terms_in_quotation_marks_are_titles_and_speech_is_not() {
        assert_eq!(
            of("In this context, “soft power” is a label. X."),
            ("soft power".into(), Rule::Quoted)
        );
        assert_eq!(of("By calling it \"war,\" they win."), ("war".into(), Rule::Quoted));
        assert_eq!(of("“Hello,” said she.").1, Rule::Sentence);
        assert_eq!(of("She said, “Come in.”").1, Rule::Sentence);
    }

    #[test]
    fn a_sentence_is_cut_on_a_word_without_its_lead_in() {
        assert_eq!(
            of("In practice, nothing was done. So."),
            ("nothing was done".into(), Rule::Sentence)
        );
        let (text, _) =
            of("we went along the river and over the hill until we came to the old mill");
        assert_eq!(text, "we went along the river and over the hill until we came to…");
    }
}
