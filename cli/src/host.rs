//! What the process lends to the program.

use std::io::{ErrorKind, Read, Write};

use admit_core::Time;

use crate::Exit;

/// Streams, terminal and clock.
pub struct Host<'a> {
    /// Standard input: read for a case named `-`.
    pub input: &'a mut dyn Read,
    /// Standard output: reports, cases, rules.
    pub output: &'a mut dyn Write,
    /// Standard error: why there is none.
    pub errors: &'a mut dyn Write,
    /// Whether standard output shows colours.
    pub colour: bool,
    /// The clock: read for `--at now` alone.
    pub now: fn() -> Time,
}

impl Host<'_> {
    /// Prints to standard output and gives `exit`, unless it can't be printed. A reader that stops early, such as
    /// `head`, is no failure.
    pub(crate) fn print(&mut self, text: &str, exit: Exit) -> Exit {
        match self.output.write_all(text.as_bytes()).and_then(|()| self.output.flush()) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                self.complain(&format!("cannot write to standard output: {error}"));
                Exit::Unreadable
            }
            _ => exit,
        }
    }

    /// Prints to standard error. Where that fails there is nobody left to tell.
    pub(crate) fn complain(&mut self, message: &str) {
        let _ = writeln!(self.errors, "admit: {message}");
    }
}
