//! The entries of an archive, read within limits and never written anywhere. Names that lead out of
//! the archive, links and entries that expand beyond measure are left out and named.

use crate::diagnostic::Diagnostic;
use std::collections::HashMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::read::{ZipReadOptions, read_zipfile_from_stream_with_options};

/// Entries an archive may have.
const MAX_ENTRIES: usize = 10_000;
/// Bytes one entry may expand to.
const MAX_ENTRY: u64 = 64 << 20;
/// Bytes all entries that are read may expand to.
const MAX_TOTAL: u64 = 256 << 20;
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
    left: u64,
    /// How often each kind of finding was made.
    counts: HashMap<&'static str, usize>,
    pub found: Vec<Diagnostic>,
}

impl<'b> Archive<'b> {
    /// Opens an archive and looks at the names and sizes of its entries.
    pub fn open(bytes: &'b [u8]) -> Result<Self, Diagnostic> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| {
            let message = format!("truncated, or no archive: {error}");
            Diagnostic::error("not-epub", message)
                .help("an EPUB is a ZIP archive; get the file anew")
        })?;
        let (entries, counts, found) = (HashMap::new(), HashMap::new(), Vec::new());
        let mut archive = Self { bytes, zip, entries, left: MAX_TOTAL, counts, found };
        if archive.zip.has_duplicate_names() {
            let message = "several entries have the same name";
            archive.report("repeated-entry", message, "the last of them is read");
        }
        if archive.zip.len() > MAX_ENTRIES {
            let message = format!("{} entries, of which {MAX_ENTRIES} are read", archive.zip.len());
            archive.report("too-many-entries", &message, "is this a book?");
        }
        for index in 0..archive.zip.len().min(MAX_ENTRIES) {
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
        } else if size > MAX_ENTRY || (size > SMALL && size / packed.max(1) > MAX_RATIO) {
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
        let limit = MAX_ENTRY.min(self.left);
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
