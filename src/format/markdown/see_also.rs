//! Names set as code after "See also:", which many collections of pages use instead of links.

/// Follows a paragraph, and tells which code in it names a page.
#[derive(Debug, Default)]
pub struct SeeAlso {
    active: bool,
}

impl SeeAlso {
    /// A new paragraph begins.
    pub fn paragraph(&mut self) {
        self.active = false;
    }

    /// Words of the paragraph.
    pub fn text(&mut self, text: &str) {
        const LEAD: &str = "see also:";
        let end = text.trim_end();
        let tail = end.len().checked_sub(LEAD.len()).and_then(|at| end.get(at..));
        if tail.is_some_and(|tail| tail.eq_ignore_ascii_case(LEAD)) {
            self.active = true;
        } else if self.active {
            let mut words = text.split([' ', ',', ';', '\n']).filter(|word| !word.is_empty());
            self.active = words.all(|word| matches!(word, "and" | "or" | "&"));
        }
    }

    /// Whether code that stands here names a page.
    pub fn names(&self) -> bool {
        self.active
    }
}

#[cfg(test)]
mod tests {
    use crate::format::markdown::links;
    use crate::model::Target;

    fn named(source: &str) -> Vec<String> {
        let links = links(source).into_iter();
        links
            .map(|(target, _)| {
                matches!(target, Target::Named(_)).then(|| target.shown().to_string())
            })
            .flatten()
            .collect()
    }

    #[test]
    fn code_after_see_also_names_pages() {
        assert_eq!(named("> See also: `a`, `b c` and `d`."), ["a", "b c", "d"]);
        assert_eq!(named("> Text `no`.\n> See also: `a`,\n> `b`."), ["a", "b"]);
        assert_eq!(named("See also: `a`. Run `b`."), ["a"]);
        assert_eq!(named("See also: the `a` page"), Vec::<String>::new());
        assert_eq!(named("See also:\n\n`a`"), Vec::<String>::new());
    }
}
