//! Pages on documents of other kinds.

explained! {
    /// The file is no EPUB, or its parts do not say where the book is.
    ///
    /// An EPUB is a ZIP archive whose `META-INF/container.xml` names the package of the book.
    "not-epub", Error, Any;
    /// An archive holds two files of the same name.
    ///
    /// The first is read. Programs that read the last one show another book.
    "repeated-entry", Warning, Any;
    /// An archive holds more files than are read.
    "too-many-entries", Warning, Any;
    /// The name of a file in an archive is absolute or leads out of it.
    ///
    /// It is left out. Archives are never unpacked to the disk.
    "unsafe-entry", Warning, Any;
    /// A file in an archive is larger than is read, or grows far more than text does when it is unpacked.
    ///
    /// Small archives that grow without end are made to exhaust the memory of a program.
    "oversized-entry", Warning, Any;
    /// A file in an archive cannot be unpacked.
    "damaged-entry", Warning, Any;
    /// A book names a text that its archive does not hold.
    ///
    /// The other texts are shown.
    "missing-entry", Error, Any;
    /// Texts of a book are encrypted, and cannot be read outside the program it was sold for.
    "encrypted", Error, Any;
    /// A file of a book is no XML from some place on.
    ///
    /// What precedes the place is used.
    "xml", Warning, Any;
    /// An XML file uses an entity that it declares itself.
    ///
    /// It is not expanded: it may name other files, or grow without end.
    "entity", Warning, Any;
    /// A page includes a file that is not there or lies outside the book.
    ///
    /// The place is left as it is written.
    "lost-include", Warning, Any;
    /// A file that is called HTML holds no HTML.
    "not-html", Warning, Any;
    /// A page holds words that it hides from readers.
    ///
    /// They are left out. Some pages hide what they show later, others what only machines are to read.
    "hidden-text", Info, Any;
    /// A page wants to be replaced by another, or its links read as if it stood elsewhere.
    ///
    /// Nothing is loaded, and links are read from where the file is.
    "redirect", Warning, Any;
    /// Pages of a folder say nothing but that another page takes their place.
    ///
    /// They are no cards. Links to them lead to the page that they name.
    "moved-pages", Info, Any;
    /// A file is not UTF-8.
    ///
    /// It is read in the encoding that fits best, or what could not be read is shown by stand-ins. Save it as UTF-8.
    "not-utf-8", Warning, Any;
    /// A file looks like no text.
    "binary", Warning, Any;
    /// A file that is called a document looks like no text, and is left out.
    "binary-file", Warning, Any;
    /// What stands above the text of a Markdown file is not read as its settings.
    ///
    /// The text is shown all the same.
    "front-matter", Warning, Any;
    /// The `book.toml` of a book cannot be read.
    ///
    /// The usual settings are taken.
    "book-settings", Warning, Any;
    /// The summary of a book names a page that is not there.
    "missing-page", Warning, Any;
    /// Pages of a book are not in its summary, and are left out.
    "unlisted-pages", Info, Any;
    /// Plain texts stand in a folder of Markdown or web pages, and are left out.
    ///
    /// There they are more often lists for programs, licences or logs than something to read. A text that is
    /// named beside its folder is read, and so are those of a folder that holds nothing else.
    "texts-left-out", Info, Any;
}
