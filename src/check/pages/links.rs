//! Pages on where links lead.

explained! {
    /// A card is listed in its own `see_also`.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: The border, body: It is closed., see_also: [a]}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: The border, body: It is closed., see_also: [b]}
    ///   - {id: b, title: The harbour, body: It is open.}
    /// ```
    "self-reference", Warning, Briefings;
    /// A link leads out of what was opened.
    ///
    /// It cannot be followed here. Open the folder that holds both files. An address from the root of a
    /// site, such as `/images/map.png`, leads out if nothing of that name is in the folder, and so does
    /// one that a template fills in.
    ///
    /// Bad:
    ///
    /// ```markdown
    /// # The border
    ///
    /// See [the harbour](../harbour.md).
    /// ```
    ///
    /// Good:
    ///
    /// ```markdown
    /// # The border
    ///
    /// It is closed.
    /// ```
    "outside-link", Info, Any;
    /// A link names a page that nobody has written yet.
    ///
    /// Vaults of notes use such links for what is still to be written.
    "wanted-page", Info, Any;
    /// A link or an image names a file that is not in the folder that was opened.
    "broken-file", Warning, Any;
    /// A link names a place that the page does not have.
    ///
    /// The link leads to the top of the page.
    ///
    /// Bad:
    ///
    /// ```markdown
    /// # The border
    ///
    /// See [below](#guards).
    ///
    /// ## The guard
    ///
    /// It is short.
    /// ```
    ///
    /// Good:
    ///
    /// ```markdown
    /// # The border
    ///
    /// See [below](#the-guard).
    ///
    /// ## The guard
    ///
    /// It is short.
    /// ```
    "broken-anchor", Warning, Any;
    /// Several files are called as a link says, and are as near.
    ///
    /// The link leads to the first in the order of their paths. Write more of the path.
    "ambiguous-link", Warning, Any;
}
