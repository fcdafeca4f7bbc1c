//! `cargo xtask openapi`: the description of the API, with cases of the gallery as its examples.
//!
//! Where `worker/src/openapi.json` has `x-cases`, a list of names or of folders, the cases and their reports become the
//! examples of request and response; where it has `x-questions`, the case is parted into a policy and a question to it.

use admit_core::{Case, evaluate};
use anyhow::{Context as _, Result, bail};
use serde_json::{Map, Value, json};

use crate::project::Project;
use crate::{gallery, run, stamp};

const SOURCE: &str = "worker/src/openapi.json";
/// Where it is, from the root of the project.
pub(crate) const MADE: &str = "docs/openapi.json";

/// Writes it.
///
/// # Errors
///
/// A case is missing, or the file can't be written.
pub(crate) fn write(project: &Project) -> Result<()> {
    std::fs::write(project.root.join(MADE), text(project)?).context(MADE)?;
    run::say(&format!("wrote {MADE}"));
    Ok(())
}

/// Compares it.
///
/// # Errors
///
/// The file is missing, or is not what it would be made.
pub(crate) fn check(project: &Project) -> Result<()> {
    let expected = text(project)?;
    if std::fs::read_to_string(project.root.join(MADE)).is_ok_and(|found| found == expected) {
        return Ok(());
    }
    bail!("{MADE} is not up to date: run `cargo xtask openapi` and commit it")
}

fn text(project: &Project) -> Result<String> {
    let source = std::fs::read_to_string(project.root.join(SOURCE)).context(SOURCE)?;
    let mut api: Value = serde_json::from_str(&source).context(SOURCE)?;
    api["info"]["version"] = json!(env!("CARGO_PKG_VERSION"));
    let paths = api["paths"].as_object_mut().context("no paths")?;
    for item in paths.values_mut().filter_map(Value::as_object_mut) {
        for operation in item.values_mut() {
            fill(project, operation)?;
        }
    }
    Ok(format!("{}\n", serde_json::to_string_pretty(&api)?))
}

/// Puts the examples into one operation.
fn fill(project: &Project, operation: &mut Value) -> Result<()> {
    let pointer = "/requestBody/content/application~1json";
    let Some(request) = operation.pointer_mut(pointer).and_then(Value::as_object_mut) else { return Ok(()) };
    let (mut asked, mut answered) = (Map::new(), Map::new());
    match (request.remove("x-cases"), request.remove("x-questions")) {
        (Some(names), _) => {
            for name in names.as_array().context("`x-cases` is a list")? {
                let (name, case) = case(project, name.as_str().context("a name")?)?;
                let report: Value = serde_json::from_str(&evaluate(&case).to_json())?;
                let value: Value = serde_json::from_str(&case.to_json())?;
                asked.insert(name.clone(), json!({ "summary": case.teaches, "value": value }));
                answered.insert(name, json!({ "value": report }));
            }
        }
        (None, Some(name)) => {
            let (name, case) = case(project, name.as_str().context("a name")?)?;
            let whole: Value = serde_json::from_str(&case.to_json())?;
            let value = json!({ "at": whole["at"], "title": whole["title"], "subject": whole["subject"] });
            let report: Value = serde_json::from_str(&evaluate(&case).to_json())?;
            asked.insert(name.clone(), json!({ "summary": "A question to the policy of this case.", "value": value }));
            answered.insert(name, json!({ "value": report }));
        }
        (None, None) => return Ok(()),
    }
    request.insert("examples".into(), Value::Object(asked));
    let response = operation.pointer_mut("/responses/200/content/application~1json").context("a response in JSON")?;
    response["examples"] = Value::Object(answered);
    Ok(())
}

/// A case by its folder; for a kind, the case of it that teaches something and takes the fewest bytes.
fn case(project: &Project, name: &str) -> Result<(String, Case)> {
    let cases = project.root.join("tests/cases");
    if name.contains('/') {
        return Ok((name.to_string(), gallery::read(&cases.join(name))?));
    }
    let mut found: Vec<(usize, String, Case)> = Vec::new();
    for file in stamp::files(&cases.join(name))? {
        if file.file_name().is_none_or(|file| file != Case::FOLDER_FILE) {
            continue;
        }
        let folder = file.parent().context("a case without a folder")?;
        let case = gallery::read(folder)?;
        if case.teaches.is_some() {
            let id: Vec<_> = folder.strip_prefix(&cases)?.iter().map(|part| part.to_string_lossy()).collect();
            let bytes = case.to_json().len() + evaluate(&case).to_json().len();
            found.push((bytes, id.join("/"), case));
        }
    }
    found.sort_by(|one, other| (one.0, &one.1).cmp(&(other.0, &other.1)));
    let (_, id, case) =
        found.into_iter().next().with_context(|| format!("no case of kind {name} teaches something"))?;
    Ok((id, case))
}
