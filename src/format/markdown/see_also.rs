//! Names set as code that mean pages, which collections of short pages use instead of links: those
//! after "See also:", and `tldr name`.

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

    /// The page that code which stands here names, perhaps with its folder.
    pub fn named(&self, code: &str) -> Option<Box<str>> {
        if self.active {
            return Some(code.into());
        }
        let mut words = code.strip_prefix("tldr ")?.split_whitespace();
        let (mut folder, mut name) = (None, Vec::new());
        while let Some(word) = words.next() {
            let option = word.trim_start_matches(['{', '[']);
            if option.starts_with("-p") || option.starts_with("--platform") {
                folder = words.next();
            } else if !option.starts_with('-') {
                name.push(word);
            }
        }
        let name = if name.is_empty() { None } else { Some(name.join("-")) };
        match (folder, name) {
            (Some(folder), Some(name)) => Some(format!("{folder}/{name}").into()),
            (folder, name) => name.as_deref().or(folder).map(Into::into),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::format::markdown::links;
    use crate::model::Target;

    fn named(source: &str) -> Vec<String> {
        let named = |(target, _): (Target, _)| {
            matches!(target, Target::Named(_)).then(|| target.shown().to_string())
        };
        links(source).into_iter().filter_map(named).collect()
    }

    #[test]
    fn code_after_see_also_names_pages() {
        assert_eq!(named("> See also: `a`, `b c` and `d`."), ["a", "b c", "d"]);
        assert_eq!(named("> Text `no`.\n> See also: `a`,\n> `b`."), ["a", "b"]);
        assert_eq!(named("See also: `a`. Run `b`."), ["a"]);
        assert_eq!(named("See also: the `a` page"), Vec::<String>::new());
        assert_eq!(named("See also:\n\n`a`"), Vec::<String>::new());
    }

    #[test]
    fn commands_that_show_a_page_name_it() {
        assert_eq!(
            named("`tldr git commit` `tldr -p linux ip` `tldr`"),
            ["git-commit", "linux/ip"]
        );
        assert_eq!(named("`tldr {{[-p|--platform]}} common rename`"), ["common/rename"]);
        assert_eq!(named("`tldr curl -p common` `tldr --update`"), ["common/curl"]);
    }
}
