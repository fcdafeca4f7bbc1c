//! Reading the data of suites.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// The data that lies beside the repository.
pub(super) fn shared() -> PathBuf {
    let repository = crate::repository();
    repository.parent().unwrap_or(&repository).join("shared/data")
}

/// The file of a suite: `path` itself, or the one of this name in the folder `path`.
pub(super) fn file(path: &Path, name: &str) -> PathBuf {
    if path.is_dir() { path.join(name) } else { path.to_owned() }
}

/// A file's bytes.
pub(super) fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// A file's text.
pub(super) fn text(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// A file's JSON.
pub(super) fn json(path: &Path) -> Result<Value, String> {
    serde_json::from_str(&text(path)?).map_err(|error| format!("{}: {error}", path.display()))
}

/// A list that must be there.
pub(super) fn list<'v>(value: &'v Value, name: &str) -> Result<&'v [Value], String> {
    value[name]
        .as_array()
        .map(Vec::as_slice)
        .ok_or_else(|| format!("expected the list `{name}`, found {}", value[name]))
}

/// A text that must be there.
pub(super) fn string<'v>(value: &'v Value, name: &str) -> Result<&'v str, String> {
    value[name].as_str().ok_or_else(|| format!("expected the text `{name}`, found {}", value[name]))
}

/// The texts of a list.
pub(super) fn strings<'v>(value: &'v Value, name: &str) -> Result<Vec<&'v str>, String> {
    let one = |value: &'v Value| value.as_str().ok_or_else(|| format!("expected texts in `{name}`, found {value}"));
    list(value, name)?.iter().map(one).collect()
}
