//! What other people test their programs with: examples of `CommonMark`, the YAML test suite, Unicode's
//! break tests, the Big List of Naughty Strings.

mod commonmark;
mod tests;
