//! The gateway of the tests.

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};

use crate::project::Project;
use crate::{chromium, run};

/// Finds nginx, named by the user or on PATH; as root, installs Debian's if it is missing.
///
/// # Errors
///
/// What the user named is not there; it is missing and can't be installed.
pub(crate) fn get(project: &Project) -> Result<PathBuf> {
    if let Some(found) = find(project)? {
        return Ok(found);
    }
    // nginx-light needs nothing else; the modules that the tests use are in it.
    let install = "apt-get install -y --no-install-recommends nginx-light";
    if !chromium::is_root() || project.program("apt-get").is_none() {
        bail!("the worker's tests need nginx: run `apt-get update && {install}` as root, or set ADMIT_NGINX");
    }
    for line in ["apt-get update", install] {
        let mut apt = project.command("apt-get");
        apt.args(line.split(' ').skip(1)).env("DEBIAN_FRONTEND", "noninteractive");
        apt.stdout(std::process::Stdio::null());
        // It need not run as a service.
        apt.env("RUNLEVEL", "1");
        run::timed(line, || run::run(&mut apt))?;
    }
    find(project)?.context("nginx is installed, but not on PATH")
}

fn find(project: &Project) -> Result<Option<PathBuf>> {
    let Some(path) = std::env::var_os("ADMIT_NGINX").map(PathBuf::from) else {
        let beside = PathBuf::from("/usr/sbin/nginx");
        return Ok(project.program("nginx").or_else(|| beside.is_file().then_some(beside)));
    };
    if !path.is_file() {
        bail!("ADMIT_NGINX names `{}`, which is not a file", path.display());
    }
    Ok(Some(path))
}
