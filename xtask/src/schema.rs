//! `cargo xtask schema`: the JSON Schema of the case format, generated from the types.

use anyhow::{Context as _, Result, bail};

use crate::project::Project;
use crate::run;

/// Where it is, from the root of the project.
pub(crate) const MADE: &str = "docs/case.schema.json";

/// Writes it.
///
/// # Errors
///
/// The file can't be written.
pub(crate) fn write(project: &Project) -> Result<()> {
    std::fs::write(project.root.join(MADE), text()?).context(MADE)?;
    run::say(&format!("wrote {MADE}"));
    Ok(())
}

/// Compares it.
///
/// # Errors
///
/// The file is missing, or is not what the types say.
pub(crate) fn check(project: &Project) -> Result<()> {
    if std::fs::read_to_string(project.root.join(MADE))
        .is_ok_and(|found| text().is_ok_and(|expected| found == expected))
    {
        return Ok(());
    }
    bail!("{MADE} is not up to date: run `cargo xtask schema` and commit it")
}

fn text() -> Result<String> {
    Ok(format!("{}\n", serde_json::to_string_pretty(&admit_core::schema())?))
}
