//! Suites that others wrote: each runs through the public API, and every divergence has a reason or is a failure.
//!
//! `cargo xtask suite NAME [--data PATH]` runs one, and the test `suites` runs them all. Their data is not part of the
//! project: it is looked for in `../shared/data`, beside the repository.

mod boringssl;
mod certificates;
mod data;
mod enclaves;
mod explanations;
mod fabric;
mod limbo;
mod outcome;
mod pkits;
mod pools;
mod question;
mod vector;
mod watch;
mod windows;
mod wycheproof;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use explanations::Explanations;
pub use outcome::Outcome;
use vector::Answers;

/// A suite.
pub struct Suite {
    /// What it is called on the command line; its reasons are in `suites/NAME.json`.
    pub name: &'static str,
    /// Its data below `../shared/data`.
    folder: &'static str,
    run: fn(&Path) -> Result<Answers, String>,
}

/// Every suite, in the order in which they are run.
pub const ALL: &[Suite] = &[
    Suite { name: "limbo", folder: "limbo", run: limbo::run },
    Suite { name: "pkits", folder: "pkits", run: pkits::run },
    Suite { name: "pools", folder: "pools", run: pools::run },
    Suite { name: "windows", folder: "chains", run: windows::run },
    Suite { name: "boringssl", folder: "chains", run: boringssl::run },
    Suite { name: "certificates", folder: "certificates", run: certificates::run },
    Suite { name: "fabric", folder: "fabric", run: fabric::run },
    Suite { name: "enclaves", folder: "enclave", run: enclaves::run },
    Suite { name: "wycheproof", folder: "certificates/wycheproof", run: wycheproof::run },
];

impl Suite {
    /// The suite of a name.
    pub fn named(name: &str) -> Option<&'static Self> {
        ALL.iter().find(|suite| suite.name == name)
    }

    /// Where its data is, unless another place is given.
    pub fn data(&self) -> PathBuf {
        data::shared().join(self.folder)
    }

    /// Runs it on the data at `path`: the suite's folder, or the file that its vectors are in. How long it took, too.
    ///
    /// # Errors
    ///
    /// The data or the reasons can't be read.
    pub fn run(&self, path: &Path) -> Result<(Outcome, Duration), String> {
        let start = Instant::now();
        let explanations = Explanations::read(&crate::root().join("suites").join(self.name).with_extension("json"))?;
        let answers = (self.run)(path)?;
        if answers.scored.is_empty() {
            return Err(format!("{}: no vector was found", path.display()));
        }
        Ok((Outcome::of(answers, &explanations), start.elapsed()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_data_is_an_error() {
        for suite in ALL {
            assert!(suite.run(Path::new("no such folder")).is_err(), "{}", suite.name);
        }
    }

    #[test]
    fn every_suite_is_found_by_its_name() {
        assert!(ALL.iter().all(|suite| Suite::named(suite.name).is_some_and(|found| found.name == suite.name)));
        assert!(Suite::named("limbos").is_none());
    }
}
