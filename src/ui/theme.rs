//! Styles by name. A theme is a file: the three that come with the program could be a user's own.

use crate::diagnostic::{Diagnostic, Severity};
use crate::format::{self, Context, Entries, Spanned, Text};
use crate::layout::{Role, Status};
use crate::model::{Basis, Standing};
use crate::text::nearest;
use ratatui::style::{Color, Modifier, Style};
use std::collections::HashMap;

/// What can have a style: a role of text, or a part of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Element {
    /// Text of a card.
    Role(Role),
    /// The chosen link, the chosen line of a list.
    Chosen,
    /// A place where the words were found.
    Found,
    /// The present one of those places.
    FoundPresent,
    /// Words that the reader has highlighted.
    Highlight,
    /// Words that a note of the reader is about.
    Noted,
    /// The characters that matched what was typed.
    Matched,
    /// Lines between the parts of the screen, and around boxes.
    Frame,
    /// The title of a box.
    BoxTitle,
    /// A key in the footer.
    Key,
    /// What is said of it.
    Hint,
    /// The letters on a link.
    Letter,
    /// The letters on a link that were typed already.
    LetterTyped,
    /// A line for the reader.
    Notice(Severity),
}

/// The names of everything that can have a style.
const NAMES: &[(&str, Element)] = &[
    ("text", Element::Role(Role::Text)),
    ("title", Element::Role(Role::Title)),
    ("heading", Element::Role(Role::Heading)),
    ("label", Element::Role(Role::Label)),
    ("bottom-line", Element::Role(Role::BottomLine)),
    ("meta", Element::Role(Role::Meta)),
    ("basis-document", Element::Role(Role::Basis(Basis::Document))),
    ("basis-background", Element::Role(Role::Basis(Basis::Background))),
    ("basis-editor", Element::Role(Role::Basis(Basis::Editor))),
    ("voice", Element::Role(Role::Voice)),
    ("verb", Element::Role(Role::Verb)),
    ("answer", Element::Role(Role::Answer)),
    ("standing-corroborated", Element::Role(Role::Standing(Standing::Corroborated))),
    ("standing-single-source", Element::Role(Role::Standing(Standing::SingleSource))),
    ("standing-imprecise", Element::Role(Role::Standing(Standing::Imprecise))),
    ("standing-disputed", Element::Role(Role::Standing(Standing::Disputed))),
    ("standing-uncorroborated", Element::Role(Role::Standing(Standing::Uncorroborated))),
    ("standing-not-checked", Element::Role(Role::Standing(Standing::NotChecked))),
    ("later", Element::Role(Role::Later)),
    ("gap", Element::Role(Role::Gap)),
    ("link", Element::Role(Role::Link(Status::Card))),
    ("link-here", Element::Role(Role::Link(Status::Here))),
    ("link-web", Element::Role(Role::Link(Status::Web))),
    ("link-missing", Element::Role(Role::Link(Status::Missing))),
    ("link-quiet", Element::Role(Role::Mention)),
    ("link-number", Element::Role(Role::LinkMark)),
    ("code", Element::Role(Role::Code)),
    ("quote", Element::Role(Role::Quote)),
    ("callout", Element::Role(Role::Callout)),
    ("rule", Element::Role(Role::Rule)),
    ("chart", Element::Role(Role::Chart)),
    ("chosen", Element::Chosen),
    ("found", Element::Found),
    ("found-present", Element::FoundPresent),
    ("highlight", Element::Highlight),
    ("noted", Element::Noted),
    ("matched", Element::Matched),
    ("frame", Element::Frame),
    ("box-title", Element::BoxTitle),
    ("key", Element::Key),
    ("hint", Element::Hint),
    ("letter", Element::Letter),
    ("letter-typed", Element::LetterTyped),
    ("notice-info", Element::Notice(Severity::Info)),
    ("notice-warning", Element::Notice(Severity::Warning)),
    ("notice-error", Element::Notice(Severity::Error)),
];

/// Words for modifiers.
const MODIFIERS: &[(&str, Modifier)] = &[
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underlined", Modifier::UNDERLINED),
    ("reversed", Modifier::REVERSED),
    ("crossed-out", Modifier::CROSSED_OUT),
];

/// The shipped themes.
const SHIPPED: [(&str, &str); 3] = [
    ("dark", include_str!("../../assets/themes/dark.yaml")),
    ("light", include_str!("../../assets/themes/light.yaml")),
    ("mono", include_str!("../../assets/themes/mono.yaml")),
];

/// Whether a terminal is light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Brightness {
    /// Light text on a dark background.
    Dark,
    /// Dark text on a light background.
    Light,
}

/// Styles by what they are for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// By which the theme is called.
    pub name: Box<str>,
    styles: HashMap<Element, Style>,
}

impl Theme {
    /// A shipped theme. The first frame waits for it, so it is not read as YAML: it is one entry per
    /// line, as a test makes sure.
    pub fn shipped(name: &str) -> Option<Self> {
        let (name, source) = SHIPPED.iter().find(|(known, _)| *known == name)?;
        let entries = source.lines().filter_map(|line| line.split_once(": "));
        let styles = entries.filter_map(|(name, written)| {
            let (_, element) = NAMES.iter().find(|(known, _)| *known == name)?;
            Some((*element, style(written.trim_matches('"')).ok()?))
        });
        Some(Self { name: (*name).into(), styles: styles.collect() })
    }

    /// The names of the shipped themes.
    pub fn names() -> impl Iterator<Item = &'static str> + Clone {
        SHIPPED.iter().map(|(name, _)| *name)
    }

    /// The shipped theme for a terminal.
    pub fn standard(brightness: Brightness) -> Self {
        let name = match brightness {
            Brightness::Dark => "dark",
            Brightness::Light => "light",
        };
        let empty = || Self { name: name.into(), styles: HashMap::new() };
        Self::shipped(name).unwrap_or_else(empty)
    }

    /// The theme that follows this one: the shipped ones, then `more`. Themes leave the background to the
    /// terminal, so that of `dark` and `light` the one is left out that is not made for it, if it is known.
    pub fn next(&self, more: &[Self], background: Option<Brightness>) -> Option<Self> {
        let unfit = background.map(|background| match background {
            Brightness::Dark => "light",
            Brightness::Light => "dark",
        });
        let fits = Self::names().filter(|name| Some(*name) != unfit);
        let all: Vec<Self> = fits.filter_map(Self::shipped).chain(more.iter().cloned()).collect();
        let present = all.iter().position(|theme| theme.name == self.name);
        let next = present.map_or(0, |at| (at + 1) % all.len());
        all.into_iter().nth(next)
    }

    /// This theme with the styles of a file laid over it, and what is wrong with the file.
    pub fn overlaid(&self, source: &str, name: &str) -> (Self, Vec<Diagnostic>) {
        let mut theme = self.clone();
        theme.name = name.into();
        let found = format::settings(source, |file: Entries<Text>, found| {
            for (name, value) in file.0 {
                let written = &name.value.text;
                let Some((_, element)) = NAMES.iter().find(|(known, _)| known == written) else {
                    let near = nearest(written, NAMES.iter().map(|(known, _)| *known));
                    let help = near.map(|near| format!("did you mean `{near}`?"));
                    report(found, &name, &format!("`{written}` has no style"), help);
                    continue;
                };
                match style(&value.value.text) {
                    Ok(style) => drop(theme.styles.insert(*element, style)),
                    Err(word) => {
                        let help = "a colour (blue, #5fafff, 75), `on` and a colour, or one of bold dim italic underlined reversed crossed-out";
                        let message = format!("`{word}` is neither a colour nor a modifier");
                        report(found, &value, &message, Some(help.to_owned()));
                    }
                }
            }
        });
        (theme, found)
    }

    /// The style of an element.
    pub fn style(&self, element: Element) -> Style {
        self.styles.get(&element).copied().unwrap_or_default()
    }

    /// Whether it tells things apart by colours.
    pub fn has_colours(&self) -> bool {
        self.styles.values().any(|style| style.fg.is_some() || style.bg.is_some())
    }

    /// The style of text of a role.
    pub fn role(&self, role: Role) -> Style {
        self.style(Element::Role(role))
    }
}

fn report(found: &Context, at: &Spanned<Text>, message: &str, help: Option<String>) {
    let diagnostic = Diagnostic::error("theme", message).at(found.span(at.bytes.clone()));
    found.report(match help {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    });
}

/// Reads `bold #5fafff on 236`; the word that is not understood, if there is one.
fn style(text: &str) -> Result<Style, String> {
    let mut style = Style::new();
    let mut words = text.split_whitespace();
    while let Some(word) = words.next() {
        // A number, as most are, is found out faster than the name of a colour.
        let number = |word: &str| word.parse().map(Color::Indexed).ok();
        let colour =
            |word: &str| number(word).map_or_else(|| word.parse().map_err(|_| word.to_owned()), Ok);
        if let Some((_, modifier)) = MODIFIERS.iter().find(|(known, _)| *known == word) {
            style = style.add_modifier(*modifier);
        } else if word == "on" {
            style = style.bg(colour(words.next().unwrap_or("on"))?);
        } else if word != "plain" {
            style = style.fg(colour(word)?);
        }
    }
    Ok(style)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_themes_are_whole_and_without_faults() {
        for (name, source) in SHIPPED {
            let empty = Theme { name: name.into(), styles: HashMap::new() };
            let (theme, found) = empty.overlaid(source, name);
            assert!(found.is_empty(), "{name}: {found:#?}");
            assert_eq!(Theme::shipped(name), Some(theme.clone()));
            for (element, kind) in NAMES {
                assert!(theme.styles.contains_key(kind), "{name} has no style for {element}");
            }
        }
    }

    #[test]
    fn the_theme_without_colours_has_none() {
        let theme = Theme::shipped("mono").unwrap();
        for (element, style) in &theme.styles {
            assert_eq!((style.fg, style.bg), (None, None), "{element:?}");
        }
        let reversed = |element| theme.style(element).add_modifier.contains(Modifier::REVERSED);
        assert!(reversed(Element::Chosen) && reversed(Element::Letter));
    }

    #[test]
    fn a_theme_for_another_background_is_not_gone_to() {
        let mine = Theme { name: "mine".into(), styles: HashMap::new() };
        let around = |start: &str, background| {
            let mut theme = Theme::shipped(start).unwrap();
            let mut names = Vec::new();
            for _ in 0..4 {
                theme = theme.next(std::slice::from_ref(&mine), background).unwrap();
                names.push(theme.name.to_string());
            }
            names.join(" ")
        };
        assert_eq!(around("dark", None), "light mono mine dark");
        assert_eq!(around("dark", Some(Brightness::Dark)), "mono mine dark mono");
        assert_eq!(around("light", Some(Brightness::Light)), "mono mine light mono");
        assert_eq!(around("dark", Some(Brightness::Light)), "light mono mine light");
    }

    #[test]
    fn what_is_chosen_can_be_told_without_colour_in_every_theme() {
        for name in Theme::names() {
            let theme = Theme::shipped(name).unwrap();
            let chosen = theme.style(Element::Chosen).add_modifier;
            assert!(chosen.contains(Modifier::REVERSED), "{name}");
        }
    }

    #[test]
    fn a_users_file_changes_single_styles_and_faults_are_named() {
        let dark = Theme::shipped("dark").unwrap();
        let (theme, found) = dark.overlaid("link: bold red\nlinc: blue\ntitle: shiny\n", "mine");
        let link = theme.role(Role::Link(Status::Card));
        assert_eq!(link, Style::new().fg(Color::Red).add_modifier(Modifier::BOLD));
        assert_eq!(theme.role(Role::Title), dark.role(Role::Title));
        let found: Vec<_> =
            found.iter().map(|d| format!("{} {} ({:?})", d.place(), d.message, d.help)).collect();
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].contains(":2:1 `linc` has no style"), "{found:?}");
        assert!(found[0].contains("`link`"), "{found:?}");
        assert!(found[1].contains(":3:8 `shiny` is neither"), "{found:?}");
    }
}
