//! The places in sources that a statement rests on: asked of the shell if the source has a file, and
//! what is known of the source if not. Where the file is not found, the reader is asked for it.

use super::act::Outcome;
use super::action::Action;
use super::claims::{self, Goal, View};
use super::source::Wanted;
use super::{Effect, Notice, Screen, State, source, who};
use crate::layout::Part;
use crate::library::{Named, Page};
use crate::model::{BriefingId, Citation, Source, SourceId};
use crate::text::Printable;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tui_input::Input;

/// The file of a source, as a briefing names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// The briefing.
    pub briefing: BriefingId,
    /// The source.
    pub source: SourceId,
    /// The file that is meant.
    pub named: Named,
    /// The folder of the briefing.
    pub beside: Option<Arc<Path>>,
    /// Where the reader said it is.
    pub given: Option<PathBuf>,
}

/// A path that is typed.
#[derive(Debug)]
pub struct Line {
    /// What was typed so far.
    pub input: Input,
    /// What is wanted of the file.
    wanted: Wanted,
}

impl Line {
    /// What is asked for.
    pub fn label(&self) -> Printable {
        let name = self.wanted.of.as_ref().map(|of| of.named.name.as_str()).unwrap_or_default();
        Printable::line(&format!("where is {name}?"))
    }
}

/// Asks for what is on top: the place of the chosen entry, or what the statement rests on that the
/// reader looks at.
pub fn ask(state: &mut State) -> Vec<Effect> {
    let goal = match state.screens.last() {
        Some(Screen::Claims(claims)) => claims.chosen().cloned(),
        Some(Screen::Who(who)) => who.chosen().cloned(),
        _ => None,
    };
    if let Some(Goal::Passage(briefing, citation)) = &goal {
        return show(state, *briefing, std::slice::from_ref(citation));
    }
    let (page, part) = match (goal, state.screens.last()) {
        (Some(Goal::Claim(card, at)), _) => (Page::Card(card), Some(Part::Claim(at))),
        (Some(Goal::View(View::Source(briefing, source))), _) => {
            return describe(state, briefing, source);
        }
        (_, Some(Screen::Who(who))) => (who.page, who.part()),
        (_, Some(Screen::Claims(_))) => return nothing(state),
        _ => (state.reading().page, who::present_part(state)),
    };
    let briefing = state.library.briefing_of(page);
    let imported = state.library.briefing(briefing).is_some_and(|b| !b.parts.is_empty());
    if imported {
        return source::ask(state);
    }
    let citations = part.map_or_else(Vec::new, |part| who::rests_on(state, page, part));
    show(state, briefing, &citations)
}

fn nothing(state: &mut State) -> Vec<Effect> {
    state.say(Notice::info("no source is named for this"));
    Vec::new()
}

/// What is known of a source, above what is on the screen.
fn describe(state: &mut State, briefing: usize, source: SourceId) -> Vec<Effect> {
    let view = View::Source(briefing, source);
    let is_open =
        matches!(state.screens.last(), Some(Screen::Claims(claims)) if claims.view == view);
    if !is_open {
        let screen = claims::open(state, view);
        state.screens.push(screen);
    }
    Vec::new()
}

/// Shows places in sources: of the first source with a file, else what is known of the first one.
pub fn show(state: &mut State, briefing: usize, citations: &[Citation]) -> Vec<Effect> {
    let Some(of) = state.library.briefing(briefing) else { return Vec::new() };
    let known = |citation: &Citation| of.source(&citation.source);
    let with_file = citations.iter().filter_map(known).find(|source| source.file.is_some());
    let Some(source) = with_file.or_else(|| citations.iter().find_map(known)) else {
        return nothing(state);
    };
    let Some(named) = Named::of(source) else {
        let id = source.id.clone();
        return describe(state, briefing, id);
    };
    let page = Page::Overview(briefing);
    let of_source = (of.id.clone(), source.id.clone());
    let given = state.given.iter().find(|(of, _)| *of == of_source).map(|(_, path)| path.clone());
    let file = state.library.file_of(page);
    let wanted = Wanted {
        page: state.library.key(state.reading().page),
        file: Arc::from(Path::new(named.name.as_str())),
        bytes: places(source, citations),
        of: Some(SourceFile {
            briefing: of.id.clone(),
            source: source.id.clone(),
            named,
            beside: file.as_ref().and_then(|file| file.parent()).map(Arc::from),
            given,
        }),
    };
    vec![Effect::Source(wanted)]
}

/// The bytes of a source that are cited.
fn places(source: &Source, citations: &[Citation]) -> Vec<Range<usize>> {
    let cited = citations.iter().filter(|citation| citation.source == source.id);
    let passages = cited.filter_map(|citation| {
        let id = citation.passage.as_ref()?;
        source.passages.iter().find(|passage| passage.id == *id)?.bytes.clone()
    });
    let at = |byte: u64| usize::try_from(byte).unwrap_or(usize::MAX);
    passages.map(|bytes| at(bytes.start)..at(bytes.end)).collect()
}

/// The file was not found: what is known of the source, and the question where the file is.
pub fn lacking(state: &mut State, wanted: Wanted) {
    if wanted.page != state.library.key(state.reading().page) {
        return;
    }
    let Some(of) = &wanted.of else { return };
    if of.given.is_some() {
        let path = of.given.as_ref().map(|path| path.display().to_string()).unwrap_or_default();
        state.say(Notice::warning(format!("there is no file `{path}`")));
    }
    let briefing = state.library.documents().iter().position(|d| d.briefing.id == of.briefing);
    let Some(briefing) = briefing else { return };
    let source = of.source.clone();
    describe(state, briefing, source);
    let input = of.given.as_ref().map(|path| Input::from(path.display().to_string()));
    let line = Line { input: input.unwrap_or_default(), wanted };
    state.screens.push(Screen::Line(Box::new(line)));
}

/// Acts on the path that is typed.
pub fn act(state: &mut State, mut line: Box<Line>, action: Action) -> Outcome {
    match action {
        Action::Accept => {
            let path = line.input.value().trim();
            if path.is_empty() {
                return Outcome::Closed;
            }
            if let Some(of) = &mut line.wanted.of {
                of.given = Some(PathBuf::from(path));
            }
            state.notice = None;
            Outcome::Runs(vec![Effect::Source(line.wanted)])
        }
        Action::Close => Outcome::Closed,
        _ => Outcome::Passed(Screen::Line(line)),
    }
}

/// Remembers where the file of a source was found, if the reader said where it is.
pub fn remember(state: &mut State, wanted: &Wanted) {
    let Some(SourceFile { briefing, source, given: Some(path), .. }) = &wanted.of else { return };
    let of = (briefing.clone(), source.clone());
    if state.given.iter().any(|(known, at)| *known == of && at == path) {
        return;
    }
    // What was found in another file, or without one, is of no use any more.
    state.checking.forget();
    state.given.retain(|(known, _)| *known != of);
    state.given.push((of, path.clone()));
}
