//! What came of studying: the page of statistics, the answers one by one, what comes.

use super::super::FAILED;
use super::super::args::{Figures, Forecast, Format};
use super::super::output::Output;
use super::opened::{Access, Opened};
use crate::app::Shown;
use crate::layout::{Glyphs, Layout, Numbers, Options};
use crate::store::{Deed, What};
use crate::study::{
    Date, FORECAST, Grade, Item, Items, Moment, Period, Share, Statistics, interval_words,
};
use crate::text::{Printable, PrintableBuf};
use serde_json::{Value, json};
use std::process::ExitCode;

/// `briefing study stats`.
pub fn stats(args: &Figures) -> anyhow::Result<ExitCode> {
    let Some(opened) = Opened::new(&args.sources, Access::Read)? else {
        return Ok(ExitCode::from(FAILED));
    };
    let desk = opened.desk();
    let statistics = desk.statistics(opened.now, FORECAST);
    match args.format {
        Format::Json => Output::new().json(&all(&opened, &statistics))?,
        Format::Human => {
            let (width, numbers) = (Output::columns(), Numbers::Running);
            let options =
                Options { width, spare: 0, glyphs: Glyphs::UNICODE, numbers, answers: false };
            let shown = Shown::new(&opened.library, &desk, statistics, opened.now);
            print(&shown.page(options))?;
        }
    }
    Ok(done(opened.is_whole))
}

fn print(page: &Layout) -> anyhow::Result<()> {
    let mut out = Output::new();
    for row in page.rows() {
        let mut line = PrintableBuf::default();
        for run in &row.runs {
            line.push(page.words(run));
        }
        let end = line.as_str().trim_end().len();
        out.line(&Printable::from(line.slice(0..end)))?;
    }
    Ok(out.finish()?)
}

fn all(opened: &Opened, statistics: &Statistics) -> Value {
    let today = opened.now.day(opened.options.day_starts);
    let took = |period: Period| -> u64 {
        let days = statistics.calendar.iter().filter(|(day, _)| period.holds(today - **day));
        days.map(|(_, done)| done.took_ms).sum()
    };
    let done_today = statistics.calendar.get(&today).copied().unwrap_or_default();
    let due_today = statistics.forecast.first().copied().unwrap_or_default();
    json!({
        "today": {
            "date": Date::of(today).to_string(),
            "answers": done_today.answers.all,
            "known": done_today.answers.known,
            "new": done_today.new,
            "took_ms": done_today.took_ms,
            "due": due_today + statistics.overdue,
            "overdue": statistics.overdue,
        },
        "forecast": ahead(statistics, today),
        "retention": statistics.retention.iter().map(|one| json!({
            "period": one.period.word(),
            "young": share(one.young),
            "mature": share(one.mature),
            "all": share(one.young + one.mature),
        })).collect::<Vec<_>>(),
        "calendar": statistics.calendar.iter().map(|(day, done)| json!({
            "date": Date::of(*day).to_string(),
            "answers": done.answers.all,
            "known": done.answers.known,
            "new": done.new,
            "took_ms": done.took_ms,
        })).collect::<Vec<_>>(),
        "briefings": statistics.strength.iter().map(|(at, strength)| json!({
            "briefing": opened.library.briefing(*at).map(|briefing| briefing.id.as_str()),
            "title": opened.library.title(crate::library::Page::Overview(*at)).as_str(),
            "questions": strength.items,
            "asked": strength.studied,
            "known": (strength.studied > 0).then_some(f64::from(strength.known)),
        })).collect::<Vec<_>>(),
        "took_ms": Period::ALL.map(|period| (period.word().to_owned(), Value::from(took(period))))
            .into_iter().collect::<serde_json::Map<_, _>>(),
    })
}

fn share(of: Share) -> Value {
    json!({"answers": of.all, "known": of.known, "share": of.part()})
}

/// What is due on each day. What is left of earlier days is due today.
fn ahead(statistics: &Statistics, today: i64) -> Vec<Value> {
    let late = std::iter::once(statistics.overdue).chain(std::iter::repeat(0));
    let days = (today..).zip(statistics.forecast.iter().zip(late));
    days.map(|(day, (due, late))| json!({"date": Date::of(day).to_string(), "due": due + late}))
        .collect()
}

/// `briefing study forecast`.
pub fn forecast(args: &Forecast) -> anyhow::Result<ExitCode> {
    let Some(opened) = Opened::new(&args.sources, Access::Read)? else {
        return Ok(ExitCode::from(FAILED));
    };
    let statistics = opened.desk().statistics(opened.now, usize::from(args.days));
    let today = opened.now.day(opened.options.day_starts);
    match args.format {
        Format::Json => Output::new().json(&ahead(&statistics, today).into())?,
        Format::Human => {
            let mut out = Output::new();
            let widest = statistics.forecast.iter().max().copied().unwrap_or_default();
            for (at, (day, due)) in (today..).zip(&statistics.forecast).enumerate() {
                let due = due + if at == 0 { statistics.overdue } else { 0 };
                let date = Date::of(day);
                if Output::is_terminal() {
                    let most = Output::columns().saturating_sub(24);
                    let bar = "#".repeat((due * most).checked_div(widest.max(most)).unwrap_or(0));
                    out.line(&Printable::inline(&format!("{date}  {due:>5}  {bar}")))?;
                } else {
                    out = out.text(&format!("{date}\t{due}\n"))?;
                }
            }
            out.finish()?;
        }
    }
    Ok(done(opened.is_whole))
}

/// An answer that was given.
struct Answer<'i> {
    item: &'i Item,
    moment: Moment,
    grade: Grade,
    took_ms: u32,
    interval: Option<u32>,
    cram: bool,
}

/// `briefing study log`.
pub fn log(args: &Figures) -> anyhow::Result<ExitCode> {
    let Some(opened) = Opened::new(&args.sources, Access::Read)? else {
        return Ok(ExitCode::from(FAILED));
    };
    let items = Items::new(&opened.library, opened.options.claims);
    let mut answers: Vec<Answer> = Vec::new();
    for item in items.list() {
        for Deed { at_ms, offset_min, what } in opened.record.deeds(&opened.library, item) {
            let What::Answered { grade, took_ms, interval, cram } = what else { continue };
            let Some(grade) = Grade::of(grade) else { continue };
            let moment = Moment { at_ms, offset_min };
            answers.push(Answer { item, moment, grade, took_ms, interval, cram });
        }
    }
    answers.sort_by_key(|answer| answer.moment.at_ms);
    match args.format {
        Format::Json => {
            Output::new().json(&answers.iter().map(|answer| one(&opened, answer)).collect())?;
        }
        Format::Human => lines(&opened, &answers)?,
    }
    Ok(done(opened.is_whole))
}

fn lines(opened: &Opened, answers: &[Answer]) -> anyhow::Result<()> {
    let mut out = Output::new();
    for Answer { item, moment, grade, took_ms, interval, cram } in answers {
        let (grade, took) = (grade.word(), took_ms.div_ceil(1_000));
        if Output::is_terminal() {
            let interval = match (cram, interval) {
                (true, _) => "crammed".to_owned(),
                (false, None) => String::new(),
                (false, Some(days)) => interval_words(*days, opened.options.again_after),
            };
            let question = opened.question(item);
            let line =
                format!("{}  {grade:<5}  {took:>3} s  {interval:<10}  {question}", moment.local());
            out.line(&Printable::inline(&line))?;
        } else {
            let interval = interval.map(|days| days.to_string()).unwrap_or_default();
            let (took, cram) = (took_ms.to_string(), if *cram { "crammed" } else { "" });
            let cells = [&moment.iso(), item.id.as_str(), grade, &took, &interval, cram];
            let cells = cells.map(|cell| Printable::line(cell).to_string());
            // The text of a cell has no tabs: they are made spaces.
            out = out.text(&format!("{}\n", cells.join("\t")))?;
        }
    }
    Ok(out.finish()?)
}

fn one(opened: &Opened, answer: &Answer) -> Value {
    let Answer { item, moment, grade, took_ms, interval, cram } = answer;
    json!({
        "at": moment.iso(),
        "at_ms": moment.at_ms,
        "item": item.id.as_str(),
        "question": opened.question(item).as_str(),
        "grade": grade.number(),
        "word": grade.word(),
        "took_ms": took_ms,
        "interval": interval,
        "cram": cram,
    })
}

fn done(is_whole: bool) -> ExitCode {
    if is_whole { ExitCode::SUCCESS } else { ExitCode::from(FAILED) }
}
