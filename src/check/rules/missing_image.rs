//! Pictures that are not there.

use crate::check::subject::{Found, Subject};
use crate::library::is_image;
use crate::model::Target;

rule! {
    /// An image in a text names a file that is not beside the briefing.
    ///
    /// The reader shows the words of an image and its name; other programs look for the file. The
    /// path starts from the folder of the briefing and stays in it. In other documents a missing
    /// image is a `broken-file`.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: The border, body: "![A map](maps/bordr.png)"}
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// cards:
    ///   - {id: a, title: The border, body: "![A map](maps/border.png)"}
    /// ```
    ///
    /// ```text maps/border.png
    /// (the picture)
    /// ```
    "missing-image", Warning, Briefings
}

fn check(on: &Subject, found: &mut Found) {
    if on.file().is_none() {
        return; // what comes with the program has no folder
    }
    for (page, prose, _) in on.proses() {
        for link in prose.links() {
            let (Target::Path(path), true) = (&link.target, is_image(prose, &link)) else {
                continue;
            };
            let name = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
            let (message, help) = match on.beside(&name) {
                Some(file) if on.is_file(&file) => continue,
                Some(_) => (format!("there is no file `{name}`"), "check the name and the folder"),
                None => {
                    let message = format!("`{name}` leads out of the folder of the briefing");
                    (message, "put the picture beside the briefing, or in a folder below")
                }
            };
            found.add(page, link.span, &message, help);
        }
    }
}
