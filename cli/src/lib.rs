//! The command line of Admit: a case in, a report out. It decides nothing.
//!
//! [`run`] is the whole program; what belongs to the process comes in as a [`Host`].

mod answer;
mod arguments;
mod exit;
mod host;
mod matrix;
mod paint;
mod report;
mod rules;
mod snippet;
mod source;
mod trace;
mod unreadable;
mod verify;
mod visible;

use std::ffi::OsString;
use std::path::Path;

use admit_core::{Case, Problem, Report, evaluate};

pub use exit::Exit;
pub use host::Host;

use arguments::Command;
use paint::Paint;
use source::{Failure, Source};

/// Runs the program with its arguments (without the program's name).
pub fn run(arguments: impl IntoIterator<Item = OsString>, host: &mut Host<'_>) -> Exit {
    let command = match arguments::parse(arguments) {
        Ok(command) => command,
        Err(message) => {
            host.complain(&format!("{}\ntry `admit --help`", visible::visible(&message)));
            return Exit::Unreadable;
        }
    };
    match command {
        Command::Help => host.print(arguments::USAGE, Exit::Done),
        Command::Version => host.print(concat!("admit ", env!("CARGO_PKG_VERSION"), "\n"), Exit::Done),
        Command::Rules { id, json } => match rules::render(id.as_deref(), json, Paint::new(host.colour)) {
            Ok(text) => host.print(&text, Exit::Done),
            Err(message) => {
                host.complain(&message);
                Exit::Unreadable
            }
        },
        Command::Case { source } => match read(&source, host, false) {
            Ok(case) => host.print(&format!("{}\n", case.to_json()), Exit::Done),
            Err(exit) => exit,
        },
        Command::Verify { receipt, source } => verify(&receipt, &source, host),
        Command::Evaluate { source, json } => match read(&source, host, json) {
            Ok(case) => {
                let report = evaluate(&case);
                let paint = Paint::new(host.colour);
                let text = if json { report.to_json() } else { report::render(&report, &case, paint) };
                host.print(&text, verdict(&report))
            }
            Err(exit) => exit,
        },
    }
}

/// Whether a receipt holds for a case.
fn verify(receipt: &Path, source: &Source, host: &mut Host<'_>) -> Exit {
    let read = std::fs::read_to_string(receipt).map_err(|error| error.to_string());
    let receipt = match read.and_then(|json| verify::Receipt::read(&json)) {
        Ok(receipt) => receipt,
        Err(message) => {
            host.complain(&format!("{}: {}", receipt.display(), visible::visible(&message)));
            return Exit::Unreadable;
        }
    };
    match self::read(source, host, false) {
        Ok(case) => {
            let (holds, said) = receipt.check(&case);
            host.print(&said, if holds { Exit::Done } else { Exit::Refused })
        }
        Err(exit) => exit,
    }
}

/// The case, or the exit after saying why there is none: with `json` in the worker's words.
fn read(source: &Source, host: &mut Host<'_>, json: bool) -> Result<Case, Exit> {
    match source.read(host) {
        Ok(case) => Ok(case),
        Err(Failure::File(message)) => {
            host.complain(&message);
            Err(Exit::Unreadable)
        }
        Err(Failure::Unreadable(unreadable)) if json => {
            Err(host.print(&Problem::unreadable_case(vec![unreadable.error]).to_json(), Exit::Unreadable))
        }
        Err(Failure::Unreadable(unreadable)) => {
            host.complain(&unreadable.render());
            Err(Exit::Unreadable)
        }
    }
}

fn verdict(report: &Report) -> Exit {
    if report.is_unreadable() { Exit::Unreadable } else { report.verdict.into() }
}
