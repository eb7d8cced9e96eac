//! Opening an address with the program that the system has for it, without a shell.

use std::process::{Command, Stdio};

/// Programs that open an address, the first that there is counts.
const OPENERS: [&str; 3] = ["xdg-open", "open", "wslview"];

/// No program could be started.
#[derive(Debug, thiserror::Error)]
#[error("no program to open addresses was found (xdg-open, open, wslview)")]
pub struct OpenError;

/// Opens an address. The program gets nothing of the terminal and is not waited for.
pub fn open(address: &str) -> Result<(), OpenError> {
    for opener in OPENERS {
        let started = Command::new(opener)
            .arg(address)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        if let Ok(mut child) = started {
            // Whoever ended must be waited for, or it stays as a shadow.
            std::thread::spawn(move || drop(child.wait()));
            return Ok(());
        }
    }
    Err(OpenError)
}
