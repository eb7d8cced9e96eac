//! Pages on the values of a briefing file, and on what is missing from it.

explained! {
    /// A text holds characters that a reader would not see: control characters, marks that reorder text,
    /// characters without width, bytes that are no text.
    ///
    /// They can make a text look like another one, hide words from people and show them to machines, or act
    /// on a terminal. They are shown as stand-ins or left out.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: "The\u202e border", body: It is closed.}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: The border, body: It is closed.}
    /// ```
    "hidden-characters", Warning, Any;
    /// An id holds characters that cannot be seen or typed.
    ///
    /// Nobody can write a link to it. Use letters, digits and hyphens.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: "a\u200bb", title: The border, body: It is closed.}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: ab, title: The border, body: It is closed.}
    /// ```
    "invalid-id", Error, Briefings;
    /// A date is not in the calendar, or not written as YYYY, YYYY-MM or YYYY-MM-DD.
    ///
    /// Dates are sorted and compared, so they are written in one way.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// as_of: "2026-02-30"
    /// cards:
    ///   - {id: a, title: The border, body: It is closed.}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// as_of: "2026-02-28"
    /// cards:
    ///   - {id: a, title: The border, body: It is closed.}
    /// ```
    "bad-date", Error, Briefings;
    /// A passage is not given by two ascending numbers.
    ///
    /// The first is the first byte of the passage, the second the byte after its last.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// sources: {note: {title: A note, passages: {p1: [20, 10]}}}
    /// cards:
    ///   - {id: a, title: The border, body: It is closed.}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// sources: {note: {title: A note, passages: {p1: [10, 20]}}}
    /// cards:
    ///   - {id: a, title: The border, body: It is closed.}
    /// ```
    "bad-range", Error, Briefings;
    /// A word is not one of the closed list that its key wants: kinds of cards, bases, relations, what
    /// checking showed.
    ///
    /// The help names the list, or the word that is near.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: The border, kind: palce, body: It is closed.}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: The border, kind: place, body: It is closed.}
    /// ```
    "unknown-word", Warning, Briefings;
    /// A file holds no cards.
    ///
    /// A briefing file has a list `cards:`, each with `title` and `bottom_line` or `body`; a book has texts in
    /// its `spine`. An empty list is a warning.
    "no-cards", Error, Any;
    /// A card has no title.
    ///
    /// Without one it cannot be found in lists. An empty title is a warning.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, body: It is closed.}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: The border, body: It is closed.}
    /// ```
    "missing-title", Error, Briefings;
    /// A card has no id.
    ///
    /// It gets one from its title, and loses it when the title changes: links to it and the reader's places in
    /// it are lost then. `--fix` writes down the id that it has now.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// cards:
    ///   - {title: The border, body: It is closed.}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: the-border, title: The border, body: It is closed.}
    /// ```
    "missing-id", Warning, Briefings;
    /// A card has neither bottom line, text nor claims.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: The border}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: The border, body: It is closed.}
    /// ```
    "empty-card", Warning, Briefings;
    /// A card stands deeper than the reader shows.
    ///
    /// `depth` counts from 0 for the cards at the top, up to 20.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: The border, depth: 99, body: It is closed.}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: The border, depth: 1, body: It is closed.}
    /// ```
    "too-deep", Warning, Briefings;
    /// A claim does not say who makes it.
    ///
    /// A statement without a voice looks as if the briefing itself vouched for it. Declare whoever makes it
    /// under `voices`, and name it: `by`.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: The border, claims: [{text: It is closed.}]}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// voices: {ministry: {name: The ministry}}
    /// cards:
    ///   - {id: a, title: The border, claims: [{by: ministry, text: It is closed.}]}
    /// ```
    "missing-voice", Error, Briefings;
    /// An entry of `see_also` does not say where it leads.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: The border, body: It is closed., see_also: [{why: it is near}]}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: The border, body: It is closed., see_also: [{to: b, why: it is near}]}
    ///   - {id: b, title: The harbour, body: It is open.}
    /// ```
    "missing-target", Error, Briefings;
    /// An entry lacks the text without which it says nothing: a claim or a date its `text`, a question its
    /// answer `a`.
    ///
    /// The entry is left out.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: The border, body: It is closed., questions: [{q: Is it open?}]}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: The border, body: It is closed., questions: [{q: Is it open?, a: No.}]}
    /// ```
    "missing-text", Error, Briefings;
    /// Two cards, or two gaps, have the same id.
    ///
    /// Links go to the first. Spellings that Unicode calls equal, such as `é` as one character or as two, are
    /// the same id.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: The border, body: It is closed.}
    ///   - {id: a, title: The harbour, body: It is open.}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: The border, body: It is closed.}
    ///   - {id: b, title: The harbour, body: It is open.}
    /// ```
    "repeated-id", Error, Briefings;
    /// A claim is made by a voice that is not declared.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: The border, claims: [{by: ministry, text: It is closed.}]}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// voices: {ministry: {name: The ministry}}
    /// cards:
    ///   - {id: a, title: The border, claims: [{by: ministry, text: It is closed.}]}
    /// ```
    "unknown-voice", Error, Briefings;
    /// A card names a gap that is not declared under `gaps`.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: The border, body: It is closed., gaps: [list]}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// gaps: [{id: list, text: A list is missing., cards: [a]}]
    /// cards:
    ///   - {id: a, title: The border, body: It is closed., gaps: [list]}
    /// ```
    "unknown-gap", Error, Briefings;
    /// A passage is cited that its source does not have.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// sources: {note: {title: A note, passages: {p1: [0, 20]}}}
    /// cards:
    ///   - {id: a, title: The border, body: It is closed., passages: [note#p2]}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// sources: {note: {title: A note, passages: {p1: [0, 20]}}}
    /// cards:
    ///   - {id: a, title: The border, body: It is closed., passages: [note#p1]}
    /// ```
    "unknown-passage", Error, Briefings;
    /// A source is cited that is not declared under `sources`.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: The border, body: It is closed., passages: [note]}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// sources: {note: {title: A note}}
    /// cards:
    ///   - {id: a, title: The border, body: It is closed., passages: [note]}
    /// ```
    "unknown-source", Error, Briefings;
    /// Two briefings that are opened together have the same id.
    ///
    /// The second goes by another one, so places in it are not found again when it is opened alone.
    "repeated-briefing", Warning, Any;
    /// A comment allows a code in a place where nothing of the kind is found.
    ///
    /// It hides nothing now, and would hide the next mistake. Comments stand above the entry that they are
    /// about.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// # briefing: allow unused-voice
    /// cards:
    ///   - {id: a, title: The border, body: It is closed.}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// # briefing: allow unused-voice -- it speaks in the next edition
    /// voices: {ministry: {name: The ministry}}
    /// cards:
    ///   - {id: a, title: The border, body: It is closed.}
    /// ```
    "needless-allow", Info, Briefings;
    /// A comment allows a code that there is not.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// # briefing: allow unused-voise
    /// cards:
    ///   - {id: a, title: The border, body: It is closed.}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// # briefing: allow unused-voice -- it speaks in the next edition
    /// voices: {ministry: {name: The ministry}}
    /// cards:
    ///   - {id: a, title: The border, body: It is closed.}
    /// ```
    "unknown-allow", Warning, Briefings;
}
