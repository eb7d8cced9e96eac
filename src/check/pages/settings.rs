//! Pages on settings, and on files that cannot be read.

explained! {
    /// A theme is not there, or a style in it is not understood.
    ///
    /// The style of the theme below it is taken.
    "theme", Error, Any;
    /// A setting in `config.yaml` is unknown, or its value is not one that it takes.
    ///
    /// The usual value is taken: whatever is written there, the reader starts.
    "config", Error, Any;
    /// A line of `keymap.yaml` names an action, a part or a key that there is not, or keys that clash.
    ///
    /// The keys stay as they were. A keymap without a key to quit is not taken.
    "keymap", Error, Any;
    /// A file that was read before cannot be read any more, or settings cannot be read.
    ///
    /// The last good text is shown.
    "unreadable", Error, Any;
    /// What the reader keeps cannot be written, or could not be read.
    ///
    /// What cannot be read is set aside under another name and never deleted, and a new store is begun.
    /// Where nothing can be written, what one does is forgotten when the reader ends.
    "store", Warning, Any;
}
