//! `admit`: ties the command line to the process.

use std::io::{IsTerminal as _, stderr, stdin, stdout};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use admit_cli::{Host, run};
use admit_core::Time;

fn main() -> ExitCode {
    let mut host = Host {
        input: &mut stdin().lock(),
        output: &mut stdout().lock(),
        errors: &mut stderr().lock(),
        colour: stdout().is_terminal() && !is_set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|it| it != "dumb"),
        now,
    };
    ExitCode::from(run(std::env::args_os().skip(1), &mut host).code())
}

/// Whether a variable is there and not empty, which is what <https://no-color.org> asks for.
fn is_set(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| !value.is_empty())
}

fn now() -> Time {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    Time::from_unix(i64::try_from(seconds).unwrap_or(i64::MAX))
}
