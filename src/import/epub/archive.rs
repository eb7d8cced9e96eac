//! The entries of an archive, read within limits and never written anywhere. Names that lead out of
//! the archive, links and entries that expand beyond measure are left out and named.

use crate::diagnostic::Diagnostic;
use std::collections::HashMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::read::{ZipReadOptions, read_zipfile_from_stream_with_options};

/// How much is read of an archive.
#[derive(Clone, Copy)]
struct Limits {
    /// Entries it may have.
    entries: usize,
    /// Bytes one entry may expand to.
    entry: u64,
    /// Bytes all entries that are read may expand to.
    total: u64,
}

const LIMITS: Limits = Limits { entries: 10_000, entry: 64 << 20, total: 256 << 20 };
/// How many times its size an entry may expand to, if it is not small.
const MAX_RATIO: u64 = 200;
/// Bytes up to which an entry is small.
const SMALL: u64 = 1 << 20;
/// Findings of one kind that name their entry.
const NAMED: usize = 10;

/// An archive that was opened.
pub struct Archive<'b> {
    bytes: &'b [u8],
    zip: ZipArchive<Cursor<&'b [u8]>>,
    /// The entries that may be read, by name.
    entries: HashMap<String, usize>,
    limits: Limits,
    left: u64,
    /// How often each kind of finding was made.
    counts: HashMap<&'static str, usize>,
    pub found: Vec<Diagnostic>,
}

impl<'b> Archive<'b> {
    /// Opens an archive and looks at the names and sizes of its entries.
    pub fn open(bytes: &'b [u8]) -> Result<Self, Diagnostic> {
        Self::within(bytes, LIMITS)
    }

    fn within(bytes: &'b [u8], limits: Limits) -> Result<Self, Diagnostic> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| {
            let message = format!("truncated, or no archive: {error}");
            Diagnostic::error("not-epub", message)
                .help("an EPUB is a ZIP archive; get the file anew")
        })?;
        let (entries, counts, found) = (HashMap::new(), HashMap::new(), Vec::new());
        let left = limits.total;
        let mut archive = Self { bytes, zip, entries, limits, left, counts, found };
        if archive.zip.has_duplicate_names() {
            let message = "several entries have the same name";
            archive.report("repeated-entry", message, "the last of them is read");
        }
        if archive.zip.len() > limits.entries {
            let (all, read) = (archive.zip.len(), limits.entries);
            let message = format!("{all} entries, of which {read} are read");
            archive.report("too-many-entries", &message, "is this a book?");
        }
        for index in 0..archive.zip.len().min(limits.entries) {
            archive.look(index);
        }
        Ok(archive)
    }

    /// The names of the entries that may be read.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }

    fn look(&mut self, index: usize) {
        let Ok(entry) = self.zip.by_index_data(index) else { return };
        let name = match entry.name() {
            Ok(name) => name.into_owned(),
            Err(_) => String::from_utf8_lossy(entry.name_raw()).into_owned(),
        };
        let (size, packed) = (entry.size(), entry.compressed_size());
        let (link, encrypted, folder) = (entry.is_symlink(), entry.encrypted(), entry.is_dir());
        if !is_inside(&name) {
            let message = format!("the name `{name}` leads out of the archive: entry left out");
            self.report("unsafe-entry", &message, "nothing of the archive is written to disk");
        } else if link {
            let message = format!("`{name}` is a link: entry left out");
            self.report("unsafe-entry", &message, "an EPUB holds files only");
        } else if encrypted {
            let message = format!("`{name}` is encrypted: entry left out");
            self.report("encrypted", &message, "open the book in the program it was sold for");
        } else if size > self.limits.entry || (size > SMALL && size / packed.max(1) > MAX_RATIO) {
            let message = format!(
                "`{name}` expands beyond the limit, from {packed} to {size} bytes: entry left out"
            );
            self.report("oversized-entry", &message, "no chapter of a book is like that");
        } else if !folder {
            if name.chars().any(char::is_control) {
                let message = format!("the name `{name}` holds control characters");
                self.report("hidden-characters", &message, "they are shown as stand-ins");
            }
            self.entries.insert(name, index);
        }
    }

    /// Notes a finding; of many of one kind only the first few.
    fn report(&mut self, code: &'static str, message: &str, help: &str) {
        let count = self.counts.entry(code).or_default();
        *count += 1;
        match (*count).cmp(&NAMED) {
            std::cmp::Ordering::Less => {
                self.found.push(Diagnostic::warning(code, message).help(help));
            }
            std::cmp::Ordering::Equal => {
                let message = format!("{message}; more like it are not listed");
                self.found.push(Diagnostic::warning(code, message).help(help));
            }
            std::cmp::Ordering::Greater => {}
        }
    }

    /// Whether there is an entry of that name that may be read.
    pub fn has(&self, name: &str) -> bool {
        self.entries.contains_key(name)
    }

    /// Reads an entry. What could be read of a broken one is returned, with a finding.
    pub fn read(&mut self, name: &str) -> Option<Vec<u8>> {
        let index = *self.entries.get(name)?;
        let limit = self.limits.entry.min(self.left);
        let mut bytes = Vec::new();
        let (size, header, packed, read) = match self.zip.by_index(index) {
            Ok(entry) => {
                let (size, header, packed) =
                    (entry.size(), entry.header_start(), entry.compressed_size());
                (
                    size,
                    header,
                    packed,
                    entry.take(limit + 1).read_to_end(&mut bytes).map_err(|e| e.to_string()),
                )
            }
            Err(error) => (0, 0, 0, Err(error.to_string())),
        };
        let outcome = read.and_then(|length| {
            let right = length as u64 == size;
            right.then_some(()).ok_or_else(|| format!("the archive says it has {size}"))
        });
        if outcome.is_err() {
            // The list of entries may be wrong about this one; what is there counts.
            let there = self.read_there(header, packed, limit);
            if there.len() > bytes.len() {
                bytes = there;
            }
        }
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.left = self.left.saturating_sub(length);
        if length > limit {
            let message = format!("`{name}` expands beyond the limit: entry left out");
            self.report("oversized-entry", &message, "no chapter of a book is like that");
            return None;
        }
        if let Err(error) = outcome {
            let message = format!("`{name}` is damaged, {length} bytes of it were read: {error}");
            self.report(
                "damaged-entry",
                &message,
                "what could be read is shown; get the file anew",
            );
        }
        (!bytes.is_empty() || size == 0).then_some(bytes)
    }

    /// Expands what stands at a place of the archive, as far as it goes.
    fn read_there(&self, header: u64, packed: u64, limit: u64) -> Vec<u8> {
        let start = usize::try_from(header).unwrap_or(usize::MAX);
        let mut there = self.bytes.get(start..).unwrap_or_default();
        let options = ZipReadOptions::new()
            .ignore_crc32(true)
            .override_compressed_size(packed)
            .override_uncompressed_size(limit + 1);
        let mut bytes = Vec::new();
        if let Ok(Some(entry)) = read_zipfile_from_stream_with_options(&mut there, options) {
            // What was read before an error counts as well.
            let _ = entry.take(limit + 1).read_to_end(&mut bytes);
        }
        bytes
    }
}

/// Whether a name stays below the top of the archive.
fn is_inside(name: &str) -> bool {
    let drive = name.as_bytes().get(1) == Some(&b':');
    let climbs = name.split(['/', '\\']).any(|step| step == "..");
    !(name.is_empty() || name.starts_with(['/', '\\']) || drive || climbs || name.contains('\\'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    const SMALL_LIMITS: Limits = Limits { entries: 3, entry: 1_000, total: 1_500 };

    fn zip(entries: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in entries {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    /// An archive, a byte of whose list of entries is changed: the one that many bytes after the start
    /// of the last entry of it.
    fn lying(mut zip: Vec<u8>, at: usize, lie: &[u8]) -> Vec<u8> {
        let last = zip.windows(4).rposition(|at| at == b"PK\x01\x02").unwrap();
        zip[last + at..last + at + lie.len()].copy_from_slice(lie);
        zip
    }

    fn open(bytes: &[u8]) -> Archive<'_> {
        Archive::within(bytes, SMALL_LIMITS).unwrap()
    }

    fn codes(archive: &Archive) -> Vec<&'static str> {
        archive.found.iter().map(|found| found.code).collect()
    }

    #[test]
    fn of_too_many_entries_the_first_are_read() {
        let bytes = zip(&[("a", ""), ("b", ""), ("c", ""), ("d", ""), ("e", "")]);
        let archive = open(&bytes);
        assert_eq!(codes(&archive), ["too-many-entries"]);
        assert!(archive.has("c") && !archive.has("d") && archive.names().count() == 3);
    }

    #[test]
    fn links_encrypted_entries_and_names_that_lead_out_are_left_out() {
        for name in ["../a", "a/../../b", "/a", "\\a", "a\\..\\b", "C:a", "a/.."] {
            let bytes = zip(&[(name, "x")]);
            let archive = open(&bytes);
            assert_eq!(
                (codes(&archive), archive.names().count()),
                (vec!["unsafe-entry"], 0),
                "{name}"
            );
        }
        let mut link = ZipWriter::new(Cursor::new(Vec::new()));
        link.add_symlink("a", "/etc/passwd", SimpleFileOptions::default()).unwrap();
        let bytes = link.finish().unwrap().into_inner();
        let archive = open(&bytes);
        assert_eq!((codes(&archive), archive.has("a")), (vec!["unsafe-entry"], false));
        let bytes = lying(zip(&[("a", "x")]), 8, &[1]);
        let archive = open(&bytes);
        assert_eq!((codes(&archive), archive.has("a")), (vec!["encrypted"], false));
    }

    #[test]
    fn no_entry_expands_beyond_its_limit_whatever_it_says_of_itself() {
        let long = "x".repeat(1_001);
        let bytes = zip(&[("a", &long)]);
        let archive = open(&bytes);
        assert_eq!((codes(&archive), archive.has("a")), (vec!["oversized-entry"], false));
        let bytes = lying(zip(&[("a", &long)]), 24, &3_u32.to_le_bytes());
        let mut archive = open(&bytes);
        assert!(archive.has("a") && archive.read("a").is_none());
        assert_eq!(codes(&archive), ["oversized-entry"]);
    }

    #[test]
    fn all_entries_together_expand_to_no_more_than_their_limit() {
        let text = "x".repeat(1_000);
        let bytes = zip(&[("a", &text), ("b", &text)]);
        let mut archive = open(&bytes);
        assert_eq!(archive.read("a").unwrap().len(), 1_000);
        assert!(archive.read("b").is_none());
        assert_eq!(codes(&archive), ["oversized-entry"]);
    }
}
