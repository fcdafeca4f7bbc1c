//! `web/static/results.json`: what this build decides of every example, so that a visitor's browser can compare.

use admit_core::{Case, evaluate};
use anyhow::{Context as _, Result, anyhow};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::project::Project;
use crate::{run, stamp};

/// Writes the results, where an example or the core has changed.
///
/// # Errors
///
/// The gallery is missing, or an example can't be read.
pub(crate) fn write(project: &Project) -> Result<()> {
    let gallery = project.root.join("web/static/gallery.json");
    let place = project.root.join("web/static/results.json");
    let inputs = [gallery.clone(), project.root.join("core/src"), project.root.join("core/Cargo.toml")];
    stamp::unless_same(project, "results", "1", &inputs, std::slice::from_ref(&place), || {
        let text = std::fs::read_to_string(&gallery).context("the gallery")?;
        let entries: Vec<Value> = serde_json::from_str(&text)?;
        let decided = run::timed("deciding every example", || entries.iter().map(decide).collect::<Result<Vec<_>>>())?;
        Ok(std::fs::write(&place, serde_json::to_string(&decided)? + "\n")?)
    })?;
    Ok(())
}

/// The verdict of an example, and the hash of its report.
fn decide(entry: &Value) -> Result<Value> {
    let case = Case::from_json(&entry["case"].to_string()).map_err(|error| anyhow!("{}: {error}", entry["id"]))?;
    let report = evaluate(&case);
    let digits: String = Sha256::digest(report.to_json()).iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(json!({ "id": entry["id"], "verdict": report.verdict, "report": format!("sha256:{digits}") }))
}
