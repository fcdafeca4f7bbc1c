//! The browser of the tests, and its driver.

use std::os::unix::fs::MetadataExt as _;
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};

use crate::project::Project;
use crate::run;

/// What is installed from Debian.
const PACKAGES: [&str; 2] = ["chromium", "chromium-driver"];

/// Where the browser and its driver are.
pub(crate) struct Chromium {
    /// The browser.
    pub(crate) browser: PathBuf,
    /// Its driver.
    pub(crate) driver: PathBuf,
}

impl Chromium {
    /// Finds both, named by the user or on PATH; as root, installs Debian's if one is missing.
    ///
    /// # Errors
    ///
    /// What the user named is not there; one is missing and can't be installed.
    pub(crate) fn get(project: &Project) -> Result<Self> {
        if let Some(found) = Self::find(project)? {
            return Ok(found);
        }
        let update = "apt-get update";
        let install = format!("apt-get install -y --no-install-recommends {}", PACKAGES.join(" "));
        if !is_root() || project.program("apt-get").is_none() {
            bail!(
                "the browser tests need {}: run `{update} && {install}` as root, \
                 or set ADMIT_CHROMIUM and ADMIT_CHROMEDRIVER",
                PACKAGES.join(" and ")
            );
        }
        for line in [update, &install] {
            let mut apt = project.command("apt-get");
            apt.args(line.split(' ').skip(1)).env("DEBIAN_FRONTEND", "noninteractive");
            apt.stdout(std::process::Stdio::null());
            run::timed(line, || run::run(&mut apt))?;
        }
        Self::find(project)?.context("chromium is installed, but neither it nor chromedriver is on PATH")
    }

    fn find(project: &Project) -> Result<Option<Self>> {
        let browser = named(project, "ADMIT_CHROMIUM", "chromium")?;
        let driver = named(project, "ADMIT_CHROMEDRIVER", "chromedriver")?;
        Ok(browser.zip(driver).map(|(browser, driver)| Self { browser, driver }))
    }
}

/// The program that a variable names, or else the one on PATH.
fn named(project: &Project, variable: &str, program: &str) -> Result<Option<PathBuf>> {
    let Some(path) = std::env::var_os(variable).map(PathBuf::from) else {
        return Ok(project.program(program));
    };
    if !path.is_file() {
        bail!("{variable} names `{}`, which is not a file", path.display());
    }
    Ok(Some(path))
}

/// Whether this process may install packages.
pub(crate) fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}
