//! One file of a folder that becomes cards: where it is, and what a book says of it.

use crate::import::{Ids, Kind, Naming};
use crate::model::Card;
use crate::text::Printable;
use std::path::{Path, PathBuf};

/// A file that becomes cards.
#[derive(Debug)]
pub struct PageFile {
    /// Its path from the base.
    pub path: String,
    /// Where it is, if its name is not in Unicode and `path` is not all of it.
    pub odd: Option<Box<Path>>,
    /// Its kind.
    pub kind: Kind,
    /// How deep it stands in the book.
    pub depth: u8,
    /// What the book calls it.
    pub title: Option<Printable>,
}

impl PageFile {
    pub fn new(base: &Path, file: PathBuf, path: String, kind: Kind) -> Self {
        let odd = (below(base, &file) != Some(&path)).then(|| file.into_boxed_path());
        Self { path, odd, kind, depth: 0, title: None }
    }

    /// Whether it is the first page of a set of web pages, whose title is that of the set.
    pub fn is_front(&self) -> bool {
        let stem = self.path.split('.').next().unwrap_or_default();
        self.kind == Kind::Html && stem.eq_ignore_ascii_case("index")
    }

    /// Where it is, below the base of its folder.
    pub fn file(&self, base: &Path) -> PathBuf {
        self.odd.as_ref().map_or_else(|| base.join(&self.path), |odd| odd.to_path_buf())
    }
}

/// Gives a page its place in the book, and the book's name for it if it has none of its own.
pub fn retitle(cards: &mut [Card], page: &PageFile) {
    for card in &mut *cards {
        card.depth = card.depth.saturating_add(page.depth);
    }
    if let (Some(title), Some(card)) = (&page.title, cards.first_mut())
        && card.title == Printable::line(&Ids::new(&page.path, Naming::Among).name())
        && !title.is_empty()
    {
        card.title = title.clone();
    }
}

/// What stands behind the folder in the path of a file, where the one is written like the start of
/// the other.
fn below<'f>(base: &Path, file: &'f Path) -> Option<&'f str> {
    let (base, file) = (base.as_os_str().as_encoded_bytes(), file.to_str()?);
    let (start, rest) = file.as_bytes().split_at_checked(base.len())?;
    let ends = base.is_empty() || base.ends_with(b"/");
    let gap = usize::from(!ends);
    let is_below = start == base && (ends || rest.first() == Some(&b'/'));
    file.get(base.len() + gap..).filter(|rest| is_below && !rest.starts_with('/'))
}

/// The path of a file from a folder, its steps parted by `/`.
pub fn relative(base: &Path, file: &Path) -> Option<String> {
    if let Some(path) = below(base, file) {
        return Some(path.to_owned());
    }
    let path = file.strip_prefix(base).ok()?;
    if let Some(path) = path.to_str() {
        return Some(path.to_owned());
    }
    let steps: Vec<_> = path.iter().map(|step| step.to_string_lossy()).collect();
    Some(steps.join("/"))
}
