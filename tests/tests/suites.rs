//! Every suite whose data is there. It has no harness, so that what was and wasn't run is always said.

use std::process::ExitCode;

use admit_tests::suite::ALL;

fn main() -> ExitCode {
    // As a harness would: names are parts of the names of tests, and options are none of ours.
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let names: Vec<&String> = arguments.iter().filter(|argument| !argument.starts_with('-')).collect();
    if arguments.iter().any(|argument| argument == "--list") {
        ALL.iter().for_each(|suite| println!("suite_{}: test", suite.name));
        return ExitCode::SUCCESS;
    }
    let mut failed = false;
    for suite in ALL {
        let name = format!("suite_{}", suite.name);
        if !names.is_empty() && !names.iter().any(|part| name.contains(part.as_str())) {
            continue;
        }
        let data = suite.data();
        if !data.exists() {
            println!("{name}: not run, {} is not there", data.display());
            continue;
        }
        match suite.run(&data) {
            Ok((outcome, time)) => {
                if !outcome.is_good() {
                    println!("{outcome}");
                    failed = true;
                }
                println!("{name}: {} ({:.1} s)", outcome.summary(), time.as_secs_f64());
            }
            Err(error) => {
                println!("{name}: {error}");
                failed = true;
            }
        }
    }
    ExitCode::from(u8::from(failed))
}
