//! What the user has set: files in the configuration folder, then arguments. Whatever is wrong with
//! them, the reader starts.

use super::args::Open;
use crate::app::{CopyAs, Keymap, MEASURES, Settings};
use crate::check::Policy;
use crate::diagnostic::Diagnostic;
use crate::format::{self, Context, Entries, Spanned, Text};
use crate::layout::Glyphs;
use crate::library::Cache;
use crate::search::Reach;
use crate::text::nearest;
use crate::ui::{Brightness, Theme};
use crate::{files, runtime, study};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Larger settings are not read.
const MAX_BYTES: u64 = 1 << 20;
/// The names in `config.yaml`.
const NAMES: [&str; 10] = [
    "theme", "measure", "mouse", "rail", "ascii", "copy", "copy_as", "sources", "autolink", "cache",
];

/// What the user has set.
pub struct User {
    /// What keys do.
    pub keymap: Keymap,
    /// Everything but keys and colours.
    pub settings: Settings,
    /// The colours.
    pub theme: Theme,
    /// Whether the colours follow the terminal's background.
    pub follow_background: bool,
    /// The user's own themes.
    pub more_themes: Vec<Theme>,
    /// A folder with files of sources.
    pub sources: Option<PathBuf>,
    /// Where it is kept what large folders became.
    pub cache: Option<Cache>,
    /// What is done with findings.
    pub policy: Policy,
    /// What is wrong.
    pub faults: Vec<Diagnostic>,
}

impl User {
    /// Reads the settings.
    pub fn read(args: &Open) -> Self {
        let folder = files::config_folder();
        let mut faults = Vec::new();
        let mut config = Config::default();
        if let Some((source, file)) = read(folder.as_deref(), "config.yaml", &mut faults) {
            let found = config.overlay(&source);
            faults.extend(found.into_iter().map(|found| found.in_file(&file)));
        }
        let Config { mut settings, theme: theme_name, sources, cache } = config;
        let mut keymap = Keymap::standard();
        if let Some((source, file)) = read(folder.as_deref(), "keymap.yaml", &mut faults) {
            let (overlaid, found) = keymap.overlaid(&source);
            keymap = overlaid;
            faults.extend(found.into_iter().map(|found| found.in_file(&file)));
        }
        if args.ascii {
            settings.glyphs = Glyphs::ASCII;
        }
        settings.autolink = args.autolink.unwrap_or(settings.autolink);
        let more_themes = themes(folder.as_deref(), &mut faults);
        let wanted = args.theme.clone().or(theme_name);
        let chosen = wanted.as_deref().and_then(|name| {
            let own = more_themes.iter().find(|theme| *theme.name == *name).cloned();
            own.or_else(|| Theme::shipped(name))
        });
        if let (Some(name), None) = (&wanted, &chosen) {
            let shipped = Theme::names().map(str::to_owned);
            let own = more_themes.iter().map(|theme| theme.name.to_string());
            let names: Vec<String> = shipped.chain(own).collect();
            let message = format!("there is no theme `{name}`");
            faults.push(
                Diagnostic::error("theme", message).help(format!("one of {}", names.join(", "))),
            );
        }
        let mono = || runtime::no_colour().then(|| Theme::shipped("mono")).flatten();
        let fixed = mono().or(chosen);
        let follow_background = fixed.is_none();
        let theme = fixed.unwrap_or_else(|| Theme::standard(likely_background()));
        let sources = sources.map(|path| within(folder.as_deref(), path));
        let policy = policy(folder.as_deref(), &mut faults);
        let cache = if cache && !args.is_private() {
            Cache::of_user(|| std::env::current_exe().ok())
        } else {
            None
        };
        Self {
            keymap,
            settings,
            theme,
            follow_background,
            more_themes,
            sources,
            cache,
            policy,
            faults,
        }
    }
}

/// A path in a file of settings starts at its folder.
fn within(folder: Option<&Path>, path: PathBuf) -> PathBuf {
    match folder {
        Some(folder) => folder.join(path),
        None => path,
    }
}

fn policy(folder: Option<&Path>, faults: &mut Vec<Diagnostic>) -> Policy {
    let policy = Policy::default();
    let Some((source, file)) = read(folder, "check.yaml", faults) else { return policy };
    let (policy, found) = policy.overlaid(&source);
    faults.extend(found.into_iter().map(|found| found.in_file(&file)));
    policy
}

/// What matters for checking: the folder with files of sources, what is done with findings, and what is
/// wrong with the files that say so.
pub fn checking() -> (Option<PathBuf>, Policy, Vec<Diagnostic>) {
    let (folder, mut faults) = (files::config_folder(), Vec::new());
    let policy = policy(folder.as_deref(), &mut faults);
    let mut config = Config::default();
    if let Some((source, _)) = read(folder.as_deref(), "config.yaml", &mut faults) {
        // What else is wrong in it is no matter here.
        config.overlay(&source);
    }
    (config.sources.map(|path| within(folder.as_deref(), path)), policy, faults)
}

/// How the user wants to study, and what is wrong with the file that says so.
pub fn study_options() -> (study::Options, Vec<Diagnostic>) {
    let (options, mut faults) = (study::Options::default(), Vec::new());
    let folder = files::config_folder();
    let Some((source, file)) = read(folder.as_deref(), "study.yaml", &mut faults) else {
        return (options, faults);
    };
    let (options, found) = options.overlaid(&source);
    faults.extend(found.into_iter().map(|found| found.in_file(&file)));
    (options, faults)
}

/// What some terminals tell of their background without being asked: `COLORFGBG=0;15`.
fn likely_background() -> Brightness {
    let told = std::env::var("COLORFGBG").unwrap_or_default();
    match told.rsplit(';').next().map(str::parse::<u8>) {
        Some(Ok(7 | 9..=15)) => Brightness::Light,
        _ => Brightness::Dark,
    }
}

/// A file of the configuration folder, if it is there.
fn read(
    folder: Option<&Path>,
    name: &str,
    faults: &mut Vec<Diagnostic>,
) -> Option<(String, Arc<Path>)> {
    let path = folder?.join(name);
    match files::read(&path, MAX_BYTES) {
        Ok(bytes) => Some((format::decode(&bytes).0.into_owned(), Arc::from(path))),
        Err(error) if matches!(error.reason, files::Reason::NotFound) => None,
        Err(error) => {
            faults.push(Diagnostic::error("unreadable", error.to_string()));
            None
        }
    }
}

/// The user's own themes: each is laid over the shipped one of its name, else over the dark one.
fn themes(folder: Option<&Path>, faults: &mut Vec<Diagnostic>) -> Vec<Theme> {
    let Some(folder) = folder.map(|folder| folder.join("themes")) else { return Vec::new() };
    if files::kind(&folder).is_err() {
        return Vec::new();
    }
    let (paths, _) = files::walk(&folder, |path| path.extension().is_some_and(|e| e == "yaml"));
    let mut themes = Vec::new();
    for path in paths {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let file: PathBuf = path.file_name().unwrap_or_default().into();
        let Some((source, file)) = read(Some(&folder), &file.to_string_lossy(), faults) else {
            continue;
        };
        let base = Theme::shipped(&name).unwrap_or_else(|| Theme::standard(Brightness::Dark));
        let (theme, found) = base.overlaid(&source, &name);
        faults.extend(found.into_iter().map(|found| found.in_file(&file)));
        themes.push(theme);
    }
    themes
}

/// What `config.yaml` says.
struct Config {
    settings: Settings,
    theme: Option<String>,
    sources: Option<PathBuf>,
    cache: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self { settings: Settings::default(), theme: None, sources: None, cache: true }
    }
}

impl Config {
    /// Takes what a file says; what is wrong with it.
    fn overlay(&mut self, source: &str) -> Vec<Diagnostic> {
        let Self { settings, theme, sources, cache } = self;
        format::settings(source, |file: Entries<Text>, found| {
            for (name, value) in file.0 {
                let text = value.value.text.as_str();
                let truth = || match text {
                    "true" | "yes" | "on" => Ok(true),
                    "false" | "no" | "off" => Ok(false),
                    _ => Err("`true` or `false`".to_owned()),
                };
                let set = match name.value.text.as_str() {
                    "theme" => {
                        *theme = Some(text.to_owned());
                        Ok(())
                    }
                    "measure" => match text.parse() {
                        Ok(columns) if MEASURES.contains(&columns) => {
                            settings.measure = columns;
                            Ok(())
                        }
                        _ => {
                            Err(format!("a number from {} to {}", MEASURES.start(), MEASURES.end()))
                        }
                    },
                    "mouse" => truth().map(|mouse| settings.mouse = mouse),
                    "rail" => truth().map(|rail| settings.rail = rail),
                    "ascii" => truth().map(|ascii| {
                        settings.glyphs = if ascii { Glyphs::ASCII } else { Glyphs::UNICODE };
                    }),
                    "copy" => match text {
                        "osc52" | "off" => {
                            settings.copy = text == "osc52";
                            Ok(())
                        }
                        _ => Err("`osc52` or `off`".to_owned()),
                    },
                    "copy_as" => match CopyAs::ALL.into_iter().find(|form| form.word() == text) {
                        Some(form) => {
                            settings.copy_as = form;
                            Ok(())
                        }
                        None => Err("`text`, `markdown` or `bibtex`".to_owned()),
                    },
                    "cache" => truth().map(|kept| *cache = kept),
                    "sources" => {
                        *sources = files::under_home(Path::new(text));
                        Ok(())
                    }
                    "autolink" => match Reach::from_word(text) {
                        Some(reach) => {
                            settings.autolink = reach;
                            Ok(())
                        }
                        None => Err("`off`, `titles` or `all`".to_owned()),
                    },
                    unknown => {
                        let help = match nearest(unknown, NAMES) {
                            Some(near) => format!("did you mean `{near}`?"),
                            None => format!("one of {}", NAMES.join(", ")),
                        };
                        report(found, &name, &format!("`{unknown}` is not a setting"), &help);
                        continue;
                    }
                };
                if let Err(wanted) = set {
                    let name = &name.value.text;
                    let message = format!("`{text}` is no value for `{name}`");
                    report(found, &value, &message, &format!("give {wanted}"));
                }
            }
        })
    }
}

fn report(found: &Context, at: &Spanned<Text>, message: &str, help: &str) {
    let span = found.span(at.bytes.clone());
    found.report(Diagnostic::error("config", message).at(span).help(help));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> (Config, Vec<String>) {
        let mut config = Config::default();
        let found = config.overlay(source);
        let found = found.iter().map(|d| format!("{} {}", d.place(), d.message)).collect();
        (config, found)
    }

    #[test]
    fn settings_are_taken() {
        let (config, found) = read(
            "theme: light\nmeasure: 64\nmouse: off\nrail: false\nascii: true\ncopy: off\ncopy_as: bibtex\ncache: off\n",
        );
        assert!(found.is_empty(), "{found:?}");
        let Config { settings, theme, cache, .. } = config;
        assert_eq!((theme.as_deref(), cache), (Some("light"), false));
        assert_eq!((settings.measure, settings.mouse, settings.rail), (64, false, false));
        assert!(settings.ascii() && !settings.copy);
        assert_eq!(settings.copy_as, CopyAs::Bibtex);
    }

    #[test]
    fn what_is_wrong_is_named_and_the_rest_is_taken() {
        let (Config { settings, .. }, found) =
            read("mesure: 70\nmeasure: 200\nmouse: maybe\nrail: false\n");
        assert_eq!(
            found,
            [
                ":1:1 `mesure` is not a setting",
                ":2:10 `200` is no value for `measure`",
                ":3:8 `maybe` is no value for `mouse`",
            ]
        );
        assert_eq!((settings.measure, settings.mouse, settings.rail), (76, true, false));
    }
}
