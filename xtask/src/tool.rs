//! The build tools that are Rust programs, pinned.

use std::process::Command;

use anyhow::Result;

use crate::project::Project;
use crate::run;

/// A program that cargo installs.
pub(crate) struct Tool {
    /// The program.
    pub(crate) program: &'static str,
    /// The package.
    package: &'static str,
    /// The version that is used, and no other.
    pub(crate) version: &'static str,
    /// What cargo is told besides.
    options: &'static [&'static str],
}

/// Everything that is installed so. Trunk.toml and the root manifest name the same versions.
pub(crate) const TOOLS: [Tool; 2] = [
    Tool {
        program: "trunk",
        package: "trunk",
        version: "0.21.14",
        // Its default features are for downloading, which it must not do: setup has done it.
        options: &["--locked", "--no-default-features"],
    },
    Tool {
        program: "wasm-bindgen",
        package: "wasm-bindgen-cli",
        version: "0.2.130",
        // Not --locked: its lock file wants a version of webpki-roots that not every registry has. Its default feature
        // is TLS for the test runner, which is not installed.
        options: &["--no-default-features", "--bin", "wasm-bindgen"],
    },
];

impl Tool {
    /// Whether the program that would be run is of the pinned version.
    pub(crate) fn is_present(&self, project: &Project) -> bool {
        let version = run::answer(project.command(self.program).arg("--version"));
        version.as_deref().and_then(version_of) == Some(self.version)
    }

    /// The command that installs it into the project's own folder.
    ///
    /// A debug build: it takes two minutes where a release build takes thirteen, and a page is built in the same time.
    /// Both tools share a target folder, so that what they have in common is compiled once.
    pub(crate) fn install(&self, project: &Project) -> Command {
        let version = format!("={}", self.version);
        let mut command = project.cargo(&["install", self.package, "--version", &version, "--debug", "--force"]);
        command.args(self.options);
        command.arg("--root").arg(project.tools());
        command.arg("--target-dir").arg(project.tools().join("target"));
        // What the user sets for their own builds is not meant for the tools'.
        for name in ["CARGO_TARGET_DIR", "CARGO_BUILD_TARGET", "CARGO_BUILD_TARGET_DIR", "RUSTFLAGS"] {
            command.env_remove(name);
        }
        command.env("CARGO_PROFILE_DEV_DEBUG", "0");
        command
    }

    /// Installs it.
    pub(crate) fn get(&self, project: &Project) -> Result<()> {
        let mut command = self.install(project);
        run::timed(&format!("installing {} {}", self.program, self.version), || run::run(&mut command))
    }
}

/// The version in what a program answers to `--version`.
fn version_of(answer: &str) -> Option<&str> {
    answer.split_whitespace().nth(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_the_second_word() {
        assert_eq!(version_of("trunk 0.21.14"), Some("0.21.14"));
        assert_eq!(version_of("wasm-bindgen 0.2.130 (b1bcbf2d5)"), Some("0.2.130"));
        assert_eq!(version_of(""), None);
    }

    #[test]
    fn the_install_command_stays_inside_the_project() {
        let project = Project { root: "/p".into(), target: "/elsewhere".into() };
        let [trunk, bindgen] = &TOOLS;
        let line = run::line(&trunk.install(&project));
        assert!(
            line.ends_with(
                "install trunk --version =0.21.14 --debug --force --locked --no-default-features \
                 --root /p/.tools --target-dir /p/.tools/target"
            ),
            "{line}"
        );
        let command = bindgen.install(&project);
        assert!(!run::line(&command).contains("--locked"));
        assert!(command.get_envs().any(|(name, value)| name == "CARGO_TARGET_DIR" && value.is_none()));
    }

    #[test]
    fn the_versions_are_those_of_trunk_toml() {
        let trunk = include_str!("../../Trunk.toml");
        let [tool, bindgen] = &TOOLS;
        assert!(trunk.contains(&format!("trunk-version = \"={}\"", tool.version)));
        assert!(trunk.contains(&format!("wasm_bindgen = \"{}\"", bindgen.version)));
    }
}
