//! What a code means: `briefing check --explain CODE`.

use crate::check;
use crate::cli::FAILED;
use crate::cli::output::{Output, complain};
use std::process::ExitCode;

/// Prints the page on a code, or a line for each code.
pub fn run(code: Option<&str>) -> anyhow::Result<ExitCode> {
    let text = match code.map(check::explain) {
        None => list(),
        Some(Ok(page)) => page.page(),
        Some(Err(near)) => {
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`briefing check --explain` lists the codes".to_owned(),
            };
            complain(&format!("there is no code `{}`", code.unwrap_or_default()), Some(&help));
            return Ok(ExitCode::from(FAILED));
        }
    };
    Output::new().text(&text)?.finish()?;
    Ok(ExitCode::SUCCESS)
}

/// A line for each code: the code, its severity, the first sentence of its page.
fn list() -> String {
    let pages = check::explanations();
    let width = pages.iter().map(|page| page.code.len()).max().unwrap_or(0);
    let line = |page: &&check::Explanation| {
        let text = page.text();
        let first = text.split("\n\n").next().unwrap_or_default().replace('\n', " ");
        format!("{:width$}  {:7}  {first}\n", page.code, page.severity.word())
    };
    pages.iter().map(line).collect()
}
