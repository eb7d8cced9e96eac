//! Pages on the questions of a card.

explained! {
    /// A cloze has nothing to ask for, an empty gap, or a `==` without its other end.
    ///
    /// A cloze is a text with gaps: what stands between `==` and `==` is left out when it is asked, so
    /// that the reader has to know it.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// cards:
    ///   - title: The border
    ///     body: It is closed.
    ///     questions: [{cloze: The border is ==closed== and not ==open.}]
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// cards:
    ///   - title: The border
    ///     body: It is closed.
    ///     questions: [{cloze: The border is ==closed== and not open.}]
    /// ```
    "bad-cloze", Warning, Briefings;
    /// An answer is empty, or a word that YAML takes for nothing, such as `null` or `~`.
    ///
    /// There is nothing to remember, so the question is left out.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// cards:
    ///   - title: The border
    ///     body: It is closed.
    ///     questions: [{q: Is it open?, a: null}]
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// cards:
    ///   - title: The border
    ///     body: It is closed.
    ///     questions: [{q: Is it open?, a: It is closed}]
    /// ```
    "empty-answer", Error, Briefings;
    /// A cloze has an answer of its own.
    ///
    /// The gaps of a cloze are its answers; another one is never asked for.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// cards:
    ///   - title: The border
    ///     body: It is closed.
    ///     questions: [{cloze: It is ==closed==., a: closed}]
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// cards:
    ///   - title: The border
    ///     body: It is closed.
    ///     questions: [{cloze: It is ==closed==.}]
    /// ```
    "unused-answer", Warning, Briefings;
}
