//! What the worker gives as it is: its description, for programs and for people, and the schema of a case. They lie among
//! the static files, so that the worker need not carry them.

mod page;

use anyhow::{Context as _, Result};

use crate::project::Project;
use crate::{openapi, schema};

/// Writes them into `web/static/api/`, where they change.
///
/// # Errors
///
/// The description or the schema can't be read, or a file can't be written.
pub(crate) fn write(project: &Project) -> Result<()> {
    let read = |name: &str| std::fs::read_to_string(project.root.join(name)).context(name.to_string());
    let description = read(openapi::MADE)?;
    let page = page::html(&serde_json::from_str(&description).context(openapi::MADE)?);
    let folder = project.root.join("web/static/api");
    for (name, text) in [("openapi.json", description), ("page.html", page), ("schema.json", read(schema::MADE)?)] {
        let place = folder.join(name);
        if std::fs::read_to_string(&place).is_ok_and(|found| found == text) {
            continue;
        }
        std::fs::write(&place, text).with_context(|| place.display().to_string())?;
    }
    Ok(())
}
