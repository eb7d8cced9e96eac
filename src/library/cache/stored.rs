//! How it is laid out: a head, what each file became, one after the other, then the index, and at the very
//! end where the index is. Numbers of the head and the end are little-endian.

use crate::files::{Draft, FileError, Held, Stamp};
use crate::import::Share;
use crate::library::page_file::PageFile;
use crc32fast::Hasher;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// What a file of this kind starts with; the last byte is the version of the layout.
pub const HEAD: [u8; 16] = *b"briefing cards\n\x01";
/// Where the index is (8 bytes), how long (8), its CRC-32 (4), and the end of the head again (4).
const TAIL: usize = 24;
/// A longer index is none.
const MOST: u64 = 1 << 30;

/// Where it stands what a file became, and the state of the file that became it.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Place {
    at: u64,
    /// In bytes; 0 if the file has to be read.
    length: u32,
    /// CRC-32 of these bytes.
    check: u32,
    /// The state of the file.
    pub stamp: Stamp,
}

/// A file in the index.
#[derive(Debug, Serialize, Deserialize)]
pub struct Entry<'a> {
    /// Its path below the folder.
    pub path: &'a str,
    /// Where it stands what it became.
    pub place: Place,
}

#[derive(Debug, Deserialize)]
struct Index<'a> {
    /// What it is of.
    key: &'a str,
    #[serde(borrow)]
    entries: Vec<Entry<'a>>,
}

/// What a file became, as it is kept; none if it cannot be written this way.
pub fn bytes(share: &Share) -> Option<Vec<u8>> {
    postcard::to_allocvec(share).ok()
}

/// What the file of that path became; none if these bytes cannot be that.
pub fn share(bytes: &[u8], path: &str) -> Option<Share> {
    postcard::from_bytes(bytes).ok().filter(|share: &Share| share.is_of(path))
}

/// The place of bytes that were written; none if there are too many.
pub fn place(at: u64, bytes: &[u8], stamp: Stamp) -> Option<Place> {
    let length = u32::try_from(bytes.len()).ok()?;
    Some(Place { at, length, check: crc32fast::hash(bytes), stamp })
}

/// An index while it is written, entry by entry: all of it at once would take room when most is taken.
pub struct Pen<'d> {
    draft: &'d mut Draft,
    /// Where it starts.
    at: u64,
    length: u64,
    check: Hasher,
}

impl<'d> Pen<'d> {
    /// Begins the index of `count` entries.
    pub fn begin(draft: &'d mut Draft, key: &str, count: usize) -> Result<Self, FileError> {
        let at = draft.append(&[])?;
        let mut pen = Self { draft, at, length: 0, check: Hasher::new() };
        // A list is its length and what is in it.
        pen.write(&(key, count as u64))?;
        Ok(pen)
    }

    /// The next entry.
    pub fn entry(&mut self, entry: &Entry) -> Result<(), FileError> {
        self.write(entry)
    }

    fn write(&mut self, piece: &impl Serialize) -> Result<(), FileError> {
        // Numbers and text can always be written.
        let bytes = postcard::to_allocvec(piece).unwrap_or_default();
        self.check.update(&bytes);
        self.length += bytes.len() as u64;
        self.draft.append(&bytes).map(|_| ())
    }

    /// Writes where the index is.
    pub fn finish(self) -> Result<(), FileError> {
        let (at, length) = (self.at.to_le_bytes(), self.length.to_le_bytes());
        let check = self.check.finalize().to_le_bytes();
        let end = HEAD.get(HEAD.len() - 4..).unwrap_or_default();
        self.draft.append(&[&at[..], &length, &check, end].concat()).map(|_| ())
    }
}

/// Where the pages stand whose files have not changed; none if this is not what was written for `key`.
pub fn places(
    held: &Held,
    key: &str,
    pages: &[PageFile],
    stamps: &[Option<Stamp>],
) -> Option<Vec<Option<Place>>> {
    if held.read_at(0, HEAD.len()).ok()? != HEAD {
        return None;
    }
    let tail = held.read_at(held.length().checked_sub(TAIL as u64)?, TAIL).ok()?;
    let number = |at: usize| Some(u64::from_le_bytes(tail.get(at..at + 8)?.try_into().ok()?));
    let (at, length) = (number(0)?, number(8).filter(|length| *length <= MOST)?);
    let check = u32::from_le_bytes(tail.get(16..20)?.try_into().ok()?);
    if tail.get(20..) != HEAD.get(HEAD.len() - 4..) {
        return None;
    }
    let bytes = held.read_at(at, usize::try_from(length).ok()?).ok()?;
    if crc32fast::hash(&bytes) != check {
        return None;
    }
    let index: Index = postcard::from_bytes(&bytes).ok()?;
    if index.key != key {
        return None;
    }
    let by_path: HashMap<&str, Place> =
        index.entries.into_iter().map(|entry| (entry.path, entry.place)).collect();
    let known = |(page, stamp): (&PageFile, &Option<Stamp>)| {
        by_path.get(&*page.path).copied().filter(|place| Some(place.stamp) == *stamp)
    };
    Some(pages.iter().zip(stamps).map(known).collect())
}

/// What stands at a place; none if the file has to be read, or if this is not what was written.
pub fn piece(held: &Held, place: Place) -> Option<Vec<u8>> {
    let bytes = held.read_at(place.at, usize::try_from(place.length).ok()?).ok()?;
    (!bytes.is_empty() && crc32fast::hash(&bytes) == place.check).then_some(bytes)
}
