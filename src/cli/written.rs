//! A file as it is written, that is to be written again: its text, and the mark before it.

use crate::{files, format};
use std::path::Path;

/// Larger files are not written again.
const MAX_BYTES: u64 = 256 << 20;
const MARK: &[u8] = b"\xef\xbb\xbf";

/// The bytes of a file in UTF-8.
pub struct Written {
    /// All bytes.
    pub bytes: Vec<u8>,
}

impl Written {
    /// Reads a file; why not, if it cannot be read or is not UTF-8.
    pub fn read(file: &Path) -> Result<Self, String> {
        Self::new(files::read(file, MAX_BYTES).map_err(|error| error.reason.to_string())?)
    }

    /// Reads what is piped in.
    pub fn piped() -> Result<Self, String> {
        Self::new(files::read_input(MAX_BYTES).map_err(|error| error.reason.to_string())?)
    }

    fn new(bytes: Vec<u8>) -> Result<Self, String> {
        let written = Self { bytes };
        // Reading may have guessed another encoding.
        let is_utf_8 = str::from_utf8(written.bare()).is_ok_and(|text| *text == written.decoded());
        if is_utf_8 { Ok(written) } else { Err("the file is not UTF-8".to_owned()) }
    }

    fn bare(&self) -> &[u8] {
        self.bytes.strip_prefix(MARK).unwrap_or(&self.bytes)
    }

    fn decoded(&self) -> std::borrow::Cow<'_, str> {
        format::decode(&self.bytes).0
    }

    /// The text without the mark.
    pub fn text(&self) -> &str {
        str::from_utf8(self.bare()).unwrap_or_default()
    }

    /// The bytes of another text, with the mark if there was one.
    pub fn with(&self, text: &str) -> Vec<u8> {
        let mark = self.bytes.len() - self.bare().len();
        [self.bytes.get(..mark).unwrap_or_default(), text.as_bytes()].concat()
    }
}
