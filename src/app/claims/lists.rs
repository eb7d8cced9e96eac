//! What the lists of claims, voices and sources say.

use super::{Goal, View};
use crate::app::State;
use crate::app::list::NoLinks;
use crate::layout::{Flow, Layout, Numbers, Options, Piece, Role, Status, claim_of, sentence};
use crate::library::{Page, Resting, Stated};
use crate::model::{Briefing, Citation, Source, SourceId, Standing, Target};
use crate::text::{Printable, shorten, width};

/// Lays a list out; its title, and what its links lead to.
pub fn lay_out(state: &State, view: &View, columns: usize) -> (Printable, Layout, Vec<Goal>) {
    let glyphs = state.settings.glyphs;
    let options =
        Options { width: columns, spare: 0, glyphs, numbers: Numbers::Visible, answers: false };
    let mut list = List { flow: Flow::new(options, &NoLinks), goals: Vec::new(), state };
    let title = match view {
        View::Voices => {
            list.voices();
            Printable::line("Voices")
        }
        View::Voice(name) => {
            list.claims(|stated| stated.voice() == *name);
            name.clone()
        }
        View::Standing(standing) => {
            list.claims(|stated| stated.claim.standing == *standing);
            Printable::line(&format!("Claims: {}", standing.word().replace('-', " ")))
        }
        View::Sources => {
            list.sources();
            Printable::line("Sources")
        }
        View::Source(briefing, id) => {
            list.source(*briefing, id);
            Printable::line("Source")
        }
    };
    (title, list.flow.finish(), list.goals)
}

struct List<'a> {
    flow: Flow<'a>,
    goals: Vec<Goal>,
    state: &'a State,
}

impl List<'_> {
    fn link(&mut self, goal: Goal) -> usize {
        self.goals.push(goal);
        self.flow.link(&Target::Card { name: "".into(), heading: None })
    }

    /// An entry with a note to its right, shortened to a row.
    fn entry(&mut self, goal: Goal, words: &Printable, role: Role, note: &str) {
        let link = self.link(goal);
        let note = Printable::inline(note);
        let room = self.flow.options.width.saturating_sub(width(&note) + 3);
        let words = shorten(words, room, self.state.settings.glyphs.ellipsis);
        let words = Piece { link: Some(link), ..Piece::new(words, role) };
        let mark = self.flow.link_mark(link);
        self.flow.sides(&[words, mark], &[Piece::new(note, Role::Meta)]);
    }

    fn nothing(&mut self, words: &'static str) {
        self.flow.paragraph(&[Piece::new(words, Role::Meta)], 0);
    }

    /// The voices with the number of their claims, and the standings with the number of theirs.
    fn voices(&mut self) {
        let (glyphs, voices) = (self.state.settings.glyphs, self.state.library.voices());
        if voices.is_empty() {
            return self.nothing("no card has claims");
        }
        for (name, standings) in &voices {
            let mut note = String::new();
            for standing in Standing::ALL {
                let count = standings.iter().filter(|s| *s == standing).count();
                if count > 0 {
                    note.extend([glyphs.standing(*standing), &count.to_string(), " "]);
                }
            }
            let claims = counted(standings.len(), "claim");
            let note = format!("{note} {claims}");
            self.entry(Goal::View(View::Voice(name.clone())), name, Role::Voice, &note);
        }
        self.flow.label("By what checking showed", None);
        for standing in Standing::ALL {
            let all = voices.iter().flat_map(|(_, standings)| standings);
            let count = all.filter(|s| *s == standing).count();
            if count > 0 {
                let word = standing.word().replace('-', " ");
                let words = Printable::line(&format!("{} {word}", glyphs.standing(*standing)));
                let goal = Goal::View(View::Standing(*standing));
                self.entry(goal, &words, Role::Standing(*standing), &counted(count, "claim"));
            }
        }
    }

    /// Claims, with the titles of their cards.
    fn claims(&mut self, wanted: impl Fn(&Stated) -> bool) {
        let state = self.state;
        let mut last = None;
        for stated in state.library.claims().filter(|stated| wanted(stated)) {
            self.flow.gap();
            if last != Some(stated.card) {
                self.flow.label(state.library.title(Page::Card(stated.card)), None);
            }
            last = Some(stated.card);
            let link = self.link(Goal::Claim(stated.card, stated.at));
            claim_of(&mut self.flow, stated.briefing, stated.claim, Some(link));
        }
        if last.is_none() {
            self.nothing("no card has such a claim");
        }
    }

    /// The sources of all briefings.
    fn sources(&mut self) {
        let documents = self.state.library.documents();
        let mut any = false;
        for (at, document) in documents.iter().enumerate() {
            let briefing = &document.briefing;
            if briefing.sources.is_empty() {
                continue;
            }
            any = true;
            if documents.len() > 1 {
                self.flow.label(briefing.title.clone(), None);
            }
            let resting = self.state.library.resting_by(at, |from| Some(&from.source));
            for source in &briefing.sources {
                let (cards, all) = resting.get(&source.id).copied().unwrap_or_default();
                let note = if cards == 0 { "nothing".to_owned() } else { counted(cards, "card") };
                let goal = Goal::View(View::Source(at, source.id.clone()));
                self.entry(goal, &source.title, Role::Link(Status::Here), &note);
                let about = about(source);
                let words = all.words();
                let between = if about.is_empty() || words.is_empty() { "" } else { "; " };
                let words = Printable::line(&format!("{about}{between}{words}"));
                let words = [Piece::new(words, Role::Meta)];
                self.flow.inset(2, |flow| flow.paragraph(&words, 0));
            }
        }
        if !any {
            self.nothing("no briefing names a source");
        }
    }

    /// All that is known of a source, and what rests on it.
    fn source(&mut self, at: usize, id: &SourceId) {
        let state = self.state;
        let briefing = state.library.briefing(at);
        let Some((briefing, source)) = briefing.and_then(|b| Some((b, b.source(id)?))) else {
            return self.nothing("nothing is known of it");
        };
        self.flow.paragraph(&[Piece::new(&source.title, Role::Title)], 0);
        self.flow.gap();
        let date = source.date.map(|date| Printable::line(&date.to_string()));
        self.fact("author", source.author.as_ref());
        self.fact("published", source.publisher.as_ref());
        self.fact("date", date.as_ref());
        self.fact("kind", source.kind.as_ref());
        self.fact("address", source.url.as_ref());
        self.fact("file", source.file.as_ref());
        self.fact("sha-256", source.sha256.as_ref());
        if let Some(note) = &source.note {
            let name = name_of("note");
            let rest = Printable::inline(&" ".repeat(width(&name)));
            self.flow.indented((name, Role::Label), (rest, Role::Text), |flow| {
                sentence(flow, note, Role::Text, 0);
            });
        }
        self.passages(at, briefing, source);
        let resting = state.library.resting_on(at, id);
        if resting.is_empty() {
            self.flow.gap();
            return self.nothing("nothing rests on it");
        }
        let count = Printable::line(&counted(resting.len(), "card"));
        self.flow.label("What rests on it", Some(count));
        for (card, resting) in resting {
            let title = state.library.title(Page::Card(card));
            let goal = Goal::Page(Page::Card(card));
            self.entry(goal, &title, Role::Link(Status::Card), &resting.words());
        }
        let stated: Vec<Stated> = state
            .library
            .claims()
            .filter(|s| s.briefing.id == briefing.id && s.rests_on(id))
            .collect();
        if !stated.is_empty() {
            let count = Printable::line(&stated.len().to_string());
            self.flow.label("Claims from it", Some(count));
        }
        for (at, stated) in stated.iter().enumerate() {
            if at > 0 {
                self.flow.gap();
            }
            let link = self.link(Goal::Claim(stated.card, stated.at));
            claim_of(&mut self.flow, stated.briefing, stated.claim, Some(link));
        }
    }

    /// The places of a source that are cited; each leads to its text.
    fn passages(&mut self, at: usize, briefing: &Briefing, source: &Source) {
        if source.passages.is_empty() {
            return;
        }
        let count = Printable::line(&source.passages.len().to_string());
        self.flow.label("Passages", Some(count));
        let here = |from: &&Citation| from.source == source.id;
        let resting = self
            .state
            .library
            .resting_by(at, |from| Some(from).filter(here).and_then(|from| from.passage.as_ref()));
        for passage in &source.passages {
            let all = resting.get(&passage.id).map(|(_, all)| *all);
            let place = Citation {
                source: source.id.clone(),
                passage: Some(passage.id.clone()),
                span: passage.span,
            };
            let glyphs = self.state.settings.glyphs;
            let short = crate::layout::one_citation(briefing, &place, glyphs);
            let place_in = passage.bytes.as_ref().zip(source.bytes);
            let place_in = place_in.and_then(|(bytes, all)| part_of(bytes, all));
            let words = short + &place_in.map(|part| format!("  {part}")).unwrap_or_default();
            let note = all.map_or_else(|| "nothing".to_owned(), Resting::words);
            let words = Printable::inline(&words);
            self.entry(Goal::Passage(at, place), &words, Role::Link(Status::Here), &note);
            if let Some(quote) = &passage.quote {
                let quote = [Piece::new(quote, Role::Quote)];
                self.flow.inset(2, |flow| flow.paragraph(&quote, 0));
            }
        }
    }

    fn fact(&mut self, name: &'static str, words: Option<&Printable>) {
        let Some(words) = words else { return };
        let name = name_of(name);
        let rest = Printable::inline(&" ".repeat(width(&name)));
        self.flow.indented((name, Role::Label), (rest, Role::Text), |flow| {
            flow.paragraph(&[Piece::new(words, Role::Text)], 0);
        });
    }
}

fn name_of(name: &str) -> Printable {
    Printable::inline(&format!("{name:<11}"))
}

/// Where in a text of `all` bytes some of them stand.
fn part_of(bytes: &std::ops::Range<u64>, all: u64) -> Option<String> {
    let percent = |at: u64| at.min(all).checked_mul(100)?.checked_div(all);
    Some(match (percent(bytes.start)?, percent(bytes.end)?) {
        (0, 100) => "all of the text".to_owned(),
        (0, end) => format!("the first {end}% of the text"),
        (start, 100) => format!("the last {}% of the text", 100 - start),
        (start, end) if start == end => format!("at {start}% of the text"),
        (start, end) => format!("{start}% to {end}% of the text"),
    })
}

/// `1 claim`, `2 claims`.
fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

/// A source in few words: publisher, date, kind.
fn about(source: &Source) -> String {
    let date = source.date.map(|date| date.to_string());
    let parts = [
        source.publisher.as_ref().or(source.author.as_ref()).map(ToString::to_string),
        date,
        source.kind.as_ref().map(ToString::to_string),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::part_of;

    #[test]
    fn a_place_in_a_text_is_said_in_shares_of_it() {
        let said = |start, end, all| part_of(&(start..end), all).unwrap_or_default();
        assert_eq!(said(0, 520, 1153), "the first 45% of the text");
        assert_eq!(said(521, 1153, 1153), "the last 55% of the text");
        assert_eq!(said(100, 300, 1000), "10% to 30% of the text");
        assert_eq!(said(100, 104, 1000), "at 10% of the text");
        assert_eq!(said(0, 9, 9), "all of the text");
        assert_eq!(said(0, 9, 0), "");
        assert_eq!(said(7, u64::MAX, 9), "the last 23% of the text");
    }
}
