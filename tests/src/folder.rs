//! The tree of case folders.

use std::fs;
use std::path::{Path, PathBuf};

use admit_core::Case;

/// A case of the tree.
#[derive(Debug, Clone)]
pub struct Folder {
    /// Its path below `cases/`: `peer/article-1-thumbprints`.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
    /// What it says.
    pub case: Case,
}

/// Every case, by name.
///
/// # Panics
///
/// If the tree can't be read, or a case in it isn't one: the message says which and why.
pub fn all() -> Vec<Folder> {
    let folders: Vec<_> = files()
        .into_iter()
        .filter(|path| path.file_name().is_some_and(|name| name == Case::FOLDER_FILE))
        .filter_map(|path| path.parent().map(read))
        .collect();
    assert!(!folders.is_empty(), "no case below {}", cases().display());
    folders
}

/// Every PEM file of a case.
pub fn pem_files() -> Vec<PathBuf> {
    files().into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "pem")).collect()
}

/// Every file of the tree, in order of their paths.
pub fn files() -> Vec<PathBuf> {
    let mut open = vec![cases()];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        for entry in entries {
            let path = entry.unwrap_or_else(|error| panic!("{}: {error}", folder.display())).path();
            if path.is_dir() { open.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

fn cases() -> PathBuf {
    crate::root().join("cases")
}

fn read(folder: &Path) -> Folder {
    let name = folder.strip_prefix(cases()).unwrap_or(folder).display().to_string();
    let mut header = String::new();
    let mut documents = Vec::new();
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<_> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.sort();
    for path in paths.into_iter().filter(|path| path.is_file()) {
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if file == Case::FOLDER_FILE { header = text } else { documents.push((file, text)) }
    }
    let documents = documents.iter().map(|(file, text)| (file.as_str(), text.as_str()));
    let case = Case::from_folder(&header, documents).unwrap_or_else(|error| panic!("{name}: {error}"));
    Folder { name, path: folder.to_path_buf(), case }
}
