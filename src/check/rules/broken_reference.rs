//! Links that lead nowhere, in texts whose links the library does not follow.

use crate::check::subject::{Found, Subject};
use crate::library::{Destination, Looked, is_image};

rule! {
    /// A link names a card that is not there.
    ///
    /// Readers see it struck through and cannot follow it. Cards are named by id, title or another
    /// name; `briefing/card` names one of another briefing. Case and accents do not count in titles,
    /// but an id has to be written as it is.
    ///
    /// Bad:
    ///
    /// ```yaml
    /// cards:
    ///   - id: treaty
    ///     title: The treaty
    ///     body: See [[treatty]].
    ///     questions: [{q: What is it about?, a: "See [[borders]]."}]
    /// ```
    ///
    /// Good:
    ///
    /// ```yaml
    /// cards:
    ///   - id: treaty
    ///     title: The treaty
    ///     body: See [[borders]].
    ///   - {id: borders, title: The borders, body: Two of them.}
    /// ```
    "broken-reference", Warning, Briefings
}

fn check(on: &Subject, found: &mut Found) {
    let mut looked = Looked::default();
    for (page, prose, _) in on.proses().into_iter().filter(|(.., followed)| !followed) {
        for reference in prose.links() {
            if is_image(prose, &reference) {
                continue;
            }
            let to = on.library.lead(page, &reference.target, &mut looked).to;
            let Destination::Missing(missing) = to else { continue };
            let near = match on.library.resolve(page, &reference.target) {
                Destination::Missing(missing) => missing.nearest,
                _ => None,
            };
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "use the id, the title or an alias of a card".to_owned(),
            };
            let message = format!("no card is called `{}`", missing.name);
            found.add(page, reference.span, &message, &help);
        }
    }
}
