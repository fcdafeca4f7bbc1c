//! Runs one suite: `suite NAME [--data PATH]`.

use std::path::PathBuf;
use std::process::ExitCode;

use admit_tests::suite::{ALL, Suite};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (name, data) = match *arguments.as_slice() {
        [name] => (name, None),
        [name, "--data", path] | ["--data", path, name] => (name, Some(PathBuf::from(path))),
        _ => return usage(),
    };
    let Some(suite) = Suite::named(name) else { return usage() };
    let path = data.unwrap_or_else(|| suite.data());
    if !path.exists() {
        eprintln!("{name} was not run: its data is not at {}", path.display());
        return ExitCode::from(2);
    }
    match suite.run(&path) {
        Ok((outcome, time)) => {
            eprintln!("{name} took {:.1} s", time.as_secs_f64());
            println!("{outcome}");
            ExitCode::from(u8::from(!outcome.is_good()))
        }
        Err(error) => {
            eprintln!("{name} could not be run: {error}");
            ExitCode::from(2)
        }
    }
}

fn usage() -> ExitCode {
    let names: Vec<_> = ALL.iter().map(|suite| suite.name).collect();
    eprintln!("Usage: suite NAME [--data PATH], where NAME is one of: {}", names.join(", "));
    ExitCode::from(2)
}
