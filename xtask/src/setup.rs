//! `cargo xtask setup`: installs what is missing, and only that.

use anyhow::{Result, bail};

use crate::project::Project;
use crate::tool::TOOLS;
use crate::{npm, run};

/// The targets that are built: pages and workers, and a core without std.
const TARGETS: [&str; 2] = ["wasm32-unknown-unknown", "wasm32v1-none"];

/// The oldest Node that wrangler runs on.
const NODE: u32 = 20;

/// Installs what is missing.
///
/// # Errors
///
/// Something that only the user can install is missing, named with the command that would do it; an installation fails.
pub(crate) fn command(project: &Project) -> Result<()> {
    compilers(project)?;
    programs(project)
}

/// What code is compiled with: looks for what is taken for granted, and adds the WebAssembly targets.
///
/// # Errors
///
/// As [`command`].
pub(crate) fn compilers(project: &Project) -> Result<()> {
    given(project)?;
    targets(project)
}

/// What is run on compiled code: Rust programs and npm packages.
///
/// # Errors
///
/// As [`command`].
pub(crate) fn programs(project: &Project) -> Result<()> {
    // npm waits for the network while cargo computes.
    let npm = if npm::missing(project)?.is_empty() { None } else { Some(npm::start(project)?) };
    let tools = tools(project);
    if let Some(npm) = npm {
        npm::finish(npm)?;
    }
    tools
}

/// Adds rustfmt and clippy where rustup's minimal profile left them out.
///
/// # Errors
///
/// rustup fails or is missing.
pub(crate) fn components(project: &Project) -> Result<()> {
    for (name, subcommand) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        if run::answer(&mut project.cargo(&[subcommand, "--version"])).is_none() {
            rustup(project, &["component", "add", name])?;
        }
    }
    Ok(())
}

/// What is taken for granted. Everything that is missing is named at once.
fn given(project: &Project) -> Result<()> {
    let mut missing = Vec::new();
    let node = run::answer(project.command("node").arg("--version"));
    if node.as_deref().and_then(major).is_none_or(|major| major < NODE) {
        let found = node.unwrap_or_else(|| "none".to_string());
        missing.push(format!("Node {NODE} or later, found {found}: apt-get install nodejs"));
    }
    if project.program("npm").is_none() {
        missing.push("npm: apt-get install npm".to_string());
    }
    if project.program("cc").is_none() {
        missing.push("a C linker: apt-get install gcc libc6-dev".to_string());
    }
    if missing.is_empty() {
        return Ok(());
    }
    bail!("missing, and yours to install:\n  {}", missing.join("\n  "))
}

fn targets(project: &Project) -> Result<()> {
    let is_missing = |target: &&str| {
        let mut rustc = project.command("rustc");
        let folder = run::answer(rustc.args(["--print", "target-libdir", "--target", target]));
        // The folder is named whether or not it is there.
        folder.is_none_or(|folder| !std::path::Path::new(&folder).is_dir())
    };
    let missing: Vec<&str> = TARGETS.into_iter().filter(is_missing).collect();
    if missing.is_empty() { Ok(()) } else { rustup(project, &[&["target", "add"], missing.as_slice()].concat()) }
}

fn tools(project: &Project) -> Result<()> {
    let missing: Vec<_> = TOOLS.iter().filter(|tool| !tool.is_present(project)).collect();
    for tool in &missing {
        tool.get(project)?;
    }
    if !missing.is_empty() {
        // A gigabyte that nothing needs any more.
        std::fs::remove_dir_all(project.tools().join("target"))?;
    }
    Ok(())
}

fn rustup(project: &Project, arguments: &[&str]) -> Result<()> {
    let line = format!("rustup {}", arguments.join(" "));
    if project.program("rustup").is_none() {
        bail!("rustup is not installed; what is needed is what `{line}` would install");
    }
    run::timed(&line, || run::run(project.command("rustup").args(arguments)))
}

/// The major version in what Node answers.
fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_node_versions() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("20"), None);
        assert_eq!(major("v"), None);
    }
}
