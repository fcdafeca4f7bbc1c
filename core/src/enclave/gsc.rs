//! The configuration of GSC, which makes protected images of containers (`config.yaml`).

use alloc::format;

use super::rules::image::MOVING;
use super::schema::{self, Field, Want, optional, required};
use super::sheet::Sheet;
use crate::quote::quote;
use crate::tree::Node;

/// What is taken from a repository, or from an image that is there already.
const SOURCE: &[Field] =
    &[optional("Repository", Want::Text), optional("Branch", Want::Text), optional("Image", Want::Text)];

const CONFIGURATION: &[Field] = &[
    required("Distro", Want::Text),
    optional("Registry", Want::Text),
    required("Gramine", Want::Table(SOURCE)),
    // Of earlier versions, for kernels without a driver.
    optional("SGXDriver", Want::Table(SOURCE)),
];

/// Whether a document is such a configuration.
pub(super) fn is_configuration(root: &Node) -> bool {
    root.get("Distro").is_some() && root.get("Gramine").is_some()
}

/// Checks a configuration.
pub(super) fn check(sheet: &mut Sheet<'_>, root: &Node) {
    schema::check(sheet, root, CONFIGURATION);
    for key in ["Gramine", "SGXDriver"] {
        let Some(source) = root.get(key) else { continue };
        // An image takes the place of what would be built.
        let Some(branch) = source.get("Branch").filter(|_| source.get("Image").is_none()) else { continue };
        if let Some(name @ ("" | "master" | "main" | "HEAD")) = branch.text() {
            let message = format!("`{key}` is built from {}, which moves: the measurement moves with it", quote(name));
            let finding = sheet.finding(&MOVING, &branch.range, message).arg("version", name);
            sheet.add(finding.help("name a tag or a commit"));
        }
    }
}
