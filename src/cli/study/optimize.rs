//! Finding out how the reader forgets, and writing it into the settings.

use super::super::args::Optimize;
use super::super::output::{Output, complain, to_stderr};
use super::super::{FAILED, FOUND_NOTHING};
use super::opened::{Access, Opened};
use crate::files;
use crate::study::{Fit, optimize, parameters_line, with_parameters};
use crate::text::Printable;
use std::process::ExitCode;

/// Larger settings are not read.
const MAX_BYTES: u64 = 1 << 20;

/// `briefing study optimize`.
pub fn run(args: &Optimize) -> anyhow::Result<ExitCode> {
    let Some(opened) = Opened::new(&args.sources, Access::Read)? else {
        return Ok(ExitCode::from(FAILED));
    };
    let desk = opened.desk();
    let fit = match optimize(&desk.items, &desk.log, &opened.options) {
        Ok(fit) => fit,
        Err(unfit) => {
            complain(&unfit.to_string(), Some("go on studying: the usual parameters do well"));
            return Ok(ExitCode::from(FOUND_NOTHING));
        }
    };
    Output::new().text(&format!("{}\n", parameters_line(&fit.parameters)))?.finish()?;
    to_stderr(&format!("they rest on {} answers a day or more after another\n", fit.answers))?;
    if let Some((before, after)) = fit.errors {
        let better = if after.log_loss < before.log_loss { "" } else { "; they do no better" };
        to_stderr(&format!(
            "log-loss {:.4}, before {:.4}; RMSE {:.4}, before {:.4}{better}\n",
            after.log_loss, before.log_loss, after.rmse, before.rmse
        ))?;
    }
    if args.write {
        return write(&fit);
    }
    to_stderr("`--write` puts them into `study.yaml`\n")?;
    Ok(ExitCode::SUCCESS)
}

fn write(fit: &Fit) -> anyhow::Result<ExitCode> {
    let failed = |message: &str, help: Option<&str>| {
        complain(message, help);
        Ok(ExitCode::from(FAILED))
    };
    let Some(folder) = files::config_folder() else {
        return failed("there is no folder for settings", Some("set `HOME` or `XDG_CONFIG_HOME`"));
    };
    let path = folder.join("study.yaml");
    let name = path.display();
    let written = match files::read(&path, MAX_BYTES) {
        Ok(old) => {
            let text = std::str::from_utf8(&old).ok();
            let new = text.and_then(|text| with_parameters(text, &fit.parameters));
            let Some(new) = new else {
                let help = "put the line that was printed into it by hand";
                return failed(&format!("{name}: it is not clear where to write them"), Some(help));
            };
            files::rewrite(&path, &old, new.as_bytes())
        }
        Err(error) if matches!(error.reason, files::Reason::NotFound) => {
            let line = format!("{}\n", parameters_line(&fit.parameters));
            let there = files::kind(&folder).is_ok();
            let made = if there { Ok(()) } else { files::private_folder(&folder) };
            made.and_then(|()| files::write(&path, line.as_bytes(), false))
        }
        Err(error) => Err(error),
    };
    if let Err(error) = written {
        return failed(&error.to_string(), None);
    }
    to_stderr(&format!("written into {}\n", Printable::line(&name.to_string())))?;
    Ok(ExitCode::SUCCESS)
}
