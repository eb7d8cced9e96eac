//! Pages on questions that other programs wrote.

explained! {
    /// A note has nothing to be asked for: a question without an answer, or a text without a gap.
    ///
    /// It is a card that can be read.
    "no-answer", Warning, Any;
    /// A gap of a note stands inside another.
    ///
    /// The outer one is asked, with all that stands in it.
    "nested-gap", Warning, Any;
    /// The separator that a file for Anki names is none, or parts nothing in it.
    ///
    /// What likely parts its columns is taken.
    "separator", Warning, Any;
    /// A cell of a table begins with a quote that nothing closes.
    ///
    /// The quote is shown, and the cell ends where it would without it.
    "open-quote", Warning, Any;
}
