//! The command line gives the core's bytes for every case. (The worker's side is in `worker.rs`.)

use std::path::PathBuf;
use std::process::Command;
use std::{env, fs};

use admit_core::{Verdict, evaluate};
use admit_tests::folder;

/// The command: `ADMIT_CLI`, or what cargo builds beside this test.
fn command() -> PathBuf {
    if let Some(path) = env::var_os("ADMIT_CLI") {
        return PathBuf::from(path);
    }
    let build = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--package", "admit-cli", "--bin", "admit"])
        .current_dir(admit_tests::repository())
        .status();
    assert!(build.is_ok_and(|status| status.success()), "admit-cli doesn't build");
    // target/debug/deps/parity-... -> target/debug/admit
    let test = env::current_exe().expect("the path of this test");
    let profile = test.parent().and_then(|deps| deps.parent()).expect("the folder of the profile");
    profile.join(format!("admit{}", env::consts::EXE_SUFFIX))
}

#[test]
fn the_command_line_gives_the_same_bytes() {
    let admit = command();
    for folder in folder::all() {
        let report = evaluate(&folder.case);
        let output = Command::new(&admit).arg("evaluate").arg(&folder.path).arg("--json").output().expect("admit runs");
        let printed = String::from_utf8_lossy(&output.stdout);
        assert_eq!(printed, report.to_json(), "{}\n{}", folder.name, String::from_utf8_lossy(&output.stderr));
        let code = match report.verdict {
            Verdict::Admitted => 0,
            Verdict::Refused => 1,
            Verdict::Indeterminate if report.is_unreadable() => 2,
            Verdict::Indeterminate => 3,
        };
        assert_eq!(output.status.code(), Some(code), "{}", folder.name);
    }
}

/// A case as one document is the same case as its folder.
#[test]
fn a_file_and_a_folder_are_the_same_case() {
    let admit = command();
    let folder = folder::all().into_iter().next().expect("a case");
    let file = env::temp_dir().join(format!("admit-parity-{}.json", std::process::id()));
    fs::write(&file, folder.case.to_json()).expect("a temporary file");
    let output = Command::new(&admit).arg("evaluate").arg(&file).arg("--json").output();
    fs::remove_file(&file).expect("the temporary file");
    let output = output.expect("admit runs");
    assert_eq!(String::from_utf8_lossy(&output.stdout), evaluate(&folder.case).to_json());
}
