//! Pages by the addresses they have on the site they are written for: without the numbers that order
//! files, without endings, and from the root of the site, which may lie above or below what was opened.

use super::index::Index;
use super::places::ENDINGS;
use crate::model::{Briefing, Part};

/// Files of one name that are compared, at most.
const MOST: usize = 1_000;

/// The files of a briefing by the last step of their address.
#[derive(Debug)]
pub struct Routes(Index);

impl Routes {
    /// The addresses of the files of a briefing.
    pub fn new(briefing: &Briefing) -> Self {
        let parts = briefing.parts.iter().enumerate();
        Self(Index::new(parts.filter_map(|(at, part)| {
            let route = route(&part.path);
            Some((route.rsplit('/').next()?.to_owned(), at))
        })))
    }

    /// The file with an address. An address `from_root` of the site also means a file whose path ends
    /// with it, and one whose path it ends with.
    pub fn find(&self, briefing: &Briefing, address: &str, from_root: bool) -> Option<usize> {
        let wanted = route(address);
        let steps = |path: &str| path.split('/').count();
        let ends = |long: &str, short: &str| {
            long.strip_suffix(short).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
        };
        let near = |at: usize| {
            let own = route(briefing.parts.get(at).map(|part: &Part| &*part.path)?);
            let (mine, theirs) = (steps(&own), steps(&wanted));
            let near = if own == wanted {
                0
            } else if !from_root || own.is_empty() || wanted.is_empty() {
                return None;
            } else if ends(&own, &wanted) {
                mine - theirs
            } else if ends(&wanted, &own) && (mine > 1 || theirs == 2) {
                // Above what was opened there may be anything: such a file is the last choice.
                1_000 + theirs - mine
            } else {
                return None;
            };
            Some((near, at))
        };
        let last = wanted.rsplit('/').next()?;
        self.0.get(last).take(MOST).filter_map(near).min().map(|(_, at)| at)
    }
}

/// Whether a template fills in a part of a path: where it leads is known to nobody here.
pub fn is_template(path: &str) -> bool {
    ["{{", "{%", "<%"].iter().any(|sign| path.contains(sign))
}

/// Whether a file, by its name, is one that nobody writes as a page.
pub fn is_media(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let media = ["png", "jpg", "jpeg", "gif", "svg", "webp", "bmp", "pdf", "mp3", "mp4", "webm"];
    media.iter().any(|media| media.eq_ignore_ascii_case(ending))
}

/// The address of a path.
fn route(path: &str) -> String {
    let path = path.trim_matches('/').to_lowercase();
    let mut steps: Vec<&str> = path.split('/').map(unnumbered).collect();
    if let Some(last) = steps.pop() {
        let last = match last.rsplit_once('.') {
            Some((stem, ending)) if ENDINGS.contains(&ending) && !stem.is_empty() => stem,
            _ => last,
        };
        if !matches!(last, "index" | "_index" | "readme") {
            steps.push(last);
        }
    }
    steps.join("/")
}

/// A step without the number that orders it: `01-intro`, `2. Intro`; dates and versions stay.
fn unnumbered(step: &str) -> &str {
    let rest = step.trim_start_matches(|c: char| c.is_ascii_digit());
    let name = rest.trim_start_matches(['-', '_', '.', ' ']);
    let is_number = rest.len() < step.len() && name.len() < rest.len();
    let is_name = name.starts_with(char::is_alphabetic) && !ENDINGS.contains(&name);
    if is_number && is_name { name } else { step }
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::model::Rare;

    fn found(paths: &[&str], address: &str, from_root: bool) -> Option<String> {
        let part = |path: &&str| Part {
            path: (*path).into(),
            title: None,
            cards: 0..0,
            anchors: Rare::default(),
        };
        let mut briefing =
            Briefing::empty(crate::model::BriefingId::new("b"), crate::text::Printable::line("B"));
        briefing.parts = paths.iter().map(part).collect();
        let at = Routes::new(&briefing).find(&briefing, address, from_root)?;
        Some(paths[at].to_owned())
    }

    #[test]
    fn addresses_lead_to_files() {
        let paths = [
            "01-app/02-guides/index.md",
            "01-app/02-guides/3. start.mdx",
            "02-pages/start.md",
            "notes/2024-01-02-day.md",
            "top.md",
        ];
        let is = |address: &str, from_root, path: Option<&str>| {
            assert_eq!(found(&paths, address, from_root).as_deref(), path, "{address}");
        };
        is("app/guides/start", false, Some(paths[1]));
        is("docs/app/guides/start/", true, Some(paths[1]));
        is("docs/app/guides", true, Some(paths[0]));
        is("docs/app/guides", false, None);
        is("pages/start", true, Some(paths[2]));
        is("guides/start", true, Some(paths[1]));
        is("guides/start", false, None);
        is("notes/2024-01-02-day", true, Some(paths[3]));
        is("docs/top", true, Some(paths[4]));
        is("other/site/top", true, None);
        is("", true, None);
    }
}
