//! Pages on what is wrong with the YAML of a briefing file.

explained! {
    /// The file is no YAML from here on.
    ///
    /// Reading goes on at the next card or key, so that one mistake costs one card. Often a text holds `: `
    /// or starts with a sign that means something to YAML: put it in quotes.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// cards:
    ///   - id: a
    ///     title: The border: closed
    ///     body: Since Monday.
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// cards:
    ///   - id: a
    ///     title: "The border: closed"
    ///     body: Since Monday.
    /// ```
    "yaml", Error, Briefings;
    /// A value starts with `*`, which YAML takes for an alias.
    ///
    /// Aliases repeat a part of the file elsewhere. They are not read: a short file could grow without end.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: The border, body: *closed}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: The border, body: "*closed*"}
    /// ```
    "alias", Error, Briefings;
    /// A value starts with `&`, and YAML takes the word behind it for the name of an anchor.
    ///
    /// The word is gone from the text, in every program that reads YAML.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: &co and others, body: Traders.}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: "&co and others", body: Traders.}
    /// ```
    "anchor", Warning, Briefings;
    /// A value starts with `!`, and YAML takes the word behind it for a tag.
    ///
    /// The word is gone from the text, in every program that reads YAML. Before a list or a mapping it is an
    /// error.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: !important news, body: Read it.}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: "!important news", body: Read it.}
    /// ```
    "tag", Warning, Briefings;
    /// The file holds a second YAML document, behind a line `---`.
    ///
    /// Only the first is read.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: The border, body: It is closed.}
    /// ---
    /// cards: []
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: The border, body: It is closed.}
    /// ```
    "second-document", Error, Briefings;
    /// The file holds far more values than a briefing of its length does.
    ///
    /// Such files are made to exhaust the memory of a program. What was read so far is shown.
    "too-many-values", Error, Briefings;
    /// A key is a list or a mapping.
    ///
    /// Mostly a text starts with `{` or `[` and has no quotes.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: The border, {note}: closed}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: The border, body: "{note}: closed"}
    /// ```
    "key-not-text", Error, Briefings;
    /// A key is given twice.
    ///
    /// The first one counts. Many programs take the last one and say nothing.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: The border, body: It is closed., body: It is open.}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: The border, body: It is closed.}
    /// ```
    "repeated-key", Error, Briefings;
    /// A value is of another kind than its key wants, such as a list where a text belongs.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: The border, body: [It is closed.]}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: The border, body: It is closed.}
    /// ```
    "wrong-type", Error, Briefings;
    /// A key is not one of a briefing file.
    ///
    /// What stands behind it is not read. A key that is nearly right is named in the help.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: The border, bodi: It is closed., bottom_line: It is.}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: The border, body: It is closed.}
    /// ```
    "unknown-key", Error, Briefings;
    /// The file is written in a newer version of the format than this program reads.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// briefing: 99
    /// cards:
    ///   - {id: a, title: The border, body: It is closed.}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// briefing: 1
    /// cards:
    ///   - {id: a, title: The border, body: It is closed.}
    /// ```
    "newer-format", Warning, Briefings;
    /// Text behind ` #` is a comment, not part of the value.
    ///
    /// The value is cut short, in every program that reads YAML.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// cards:
    ///   - id: a
    ///     title: Order #7
    ///     body: The title is cut short. It was to be in quotes.
    ///   - id: b
    ///     title: Case # 5
    ///     body: So is this one.
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// cards:
    ///   - id: a
    ///     title: "Case # 5"
    ///     body: Now it is whole.
    /// ```
    "comment-in-text", Warning, Briefings;
    /// A text is `null`, which is YAML's word for nothing.
    ///
    /// This reader shows the word. Other programs show nothing. Leave the key out, or put the word in quotes.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: null, body: A word.}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: "null", body: A word.}
    /// ```
    "null-text", Warning, Briefings;
}
