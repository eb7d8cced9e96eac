use super::*;
use crate::format;
use crate::model::Briefing;

/// Links of one briefing alone.
struct Alone<'a>(&'a Briefing);

impl Links for Alone<'_> {
    fn title(&self, target: &Target) -> Option<Printable> {
        let Target::Card { name, .. } = target else { return None };
        self.0.cards.iter().find(|c| c.id.as_str() == &**name).map(|c| c.title.clone())
    }
    fn status(&self, target: &Target) -> Status {
        match target {
            Target::Web(_) => Status::Web,
            _ if self.title(target).is_some() => Status::Card,
            _ => Status::Missing,
        }
    }
}

fn options(width: usize) -> Options {
    Options { width, glyphs: Glyphs::UNICODE, numbers: Numbers::Running, answers: false }
}

fn plain(layout: &Layout) -> String {
    let mut out = String::new();
    for row in layout.rows() {
        let line: String = row.runs.iter().map(|run| layout.words(run).as_str()).collect();
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

#[test]
fn dump() {
    let source = include_str!("../../briefings/us-ecuador-security-readout.yaml");
    let (briefing, _) = format::briefing(source, "x");
    for c in ["january-3-operation", "close-coordination", "implementing-agencies"] {
        let card_ = briefing.cards.iter().find(|k| k.id.as_str() == c).unwrap();
        println!("{}", plain(&card(&briefing, card_, &[], options(76), &Alone(&briefing))));
    }
    println!("{}", plain(&overview(&briefing, options(76), &Alone(&briefing))));
}
