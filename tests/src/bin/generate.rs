//! Writes `material/` and fills the PEM files of the cases; with `--check`, only says which are not as generated.

use std::process::ExitCode;
use std::{env, fs};

use admit_tests::folder;
use admit_tests::generator::{Material, fill, sigstructs};

fn main() -> ExitCode {
    let check = match env::args().nth(1).as_deref() {
        None => false,
        Some("--check") => true,
        Some(other) => {
            eprintln!("expected nothing or `--check`, found `{other}`");
            return ExitCode::from(2);
        }
    };
    let material = Material::generate();
    let mut wanted: Vec<_> = material.files().collect();
    wanted.extend(sigstructs::files());
    for path in folder::pem_files() {
        let text = fs::read_to_string(&path).unwrap_or_default();
        match fill(&text, &material) {
            Ok(filled) => wanted.push((path, filled)),
            Err(error) => {
                eprintln!("{}: {error}", path.display());
                return ExitCode::from(2);
            }
        }
    }
    let mut differ = 0;
    for (path, text) in wanted {
        if fs::read_to_string(&path).is_ok_and(|there| there == text) {
            continue;
        }
        differ += 1;
        if check {
            println!("differs: {}", path.display());
        } else if let Err(error) = fs::write(&path, text) {
            eprintln!("{}: {error}", path.display());
            return ExitCode::FAILURE;
        } else {
            println!("wrote {}", path.display());
        }
    }
    println!("{differ} files {}", if check { "differ" } else { "written" });
    ExitCode::from(u8::from(check && differ > 0))
}
