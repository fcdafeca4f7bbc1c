//! Variables of the environment that the host sets.

use alloc::format;
use core::ops::Range;

use crate::enclave::rules::gramine as rules;
use crate::enclave::sheet::Sheet;
use crate::quote::quote;
use crate::tree::Node;

/// Beginnings of the names of variables that decide what code runs.
const LOADER_VARIABLES: [&str; 6] = ["LD_", "PATH", "PYTHON", "NODE_OPTIONS", "GLIBC_TUNABLES", "HOME"];

pub(super) fn environment(sheet: &mut Sheet<'_>, root: &Node) {
    for entry in root.at("loader.env").map(Node::entries).unwrap_or_default() {
        let Some(flag) = entry.node.get("passthrough") else { continue };
        if flag.bool() == Some(true) {
            from_host(sheet, &entry.key, &entry.key_range);
        }
    }
}

/// Says that the host sets a variable.
pub(in crate::enclave) fn from_host(sheet: &mut Sheet<'_>, name: &str, place: &Range<usize>) {
    let decides = LOADER_VARIABLES.iter().any(|start| name.starts_with(start));
    let (rule, what) = if decides {
        (&rules::LOADER_VARIABLE, "which decides what code runs")
    } else {
        (&rules::ENVIRONMENT, "which start-up does not warn of")
    };
    let message = format!("the host sets {}, {what}", quote(name));
    sheet.add(sheet.finding(rule, place, message).arg("name", name).help("give it a fixed value"));
}
