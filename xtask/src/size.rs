//! `cargo xtask size`: what is loaded, under brotli, against its budget.

use std::path::Path;

use anyhow::{Context as _, Result, bail};

use crate::project::Project;
use crate::{run, stamp};

/// The engine, in bytes under brotli: every kind and every signature. The goal is 400 KB; until it is reached this keeps it
/// from growing.
const ENGINE: u64 = 440_000;

/// Everything that the page loads before it can answer, in bytes under brotli. The goal is 600 KB.
const LOADED: u64 = 690_000;

/// Files of the page that it never loads, or only after it can answer.
const LATER: [&str; 2] = ["_headers", "rules.json"];

/// Node prints the size under brotli at its highest quality of each file that it is given.
const BROTLI: &str = "
const { readFileSync } = require('node:fs');
const { brotliCompressSync, constants } = require('node:zlib');
for (const path of process.argv.slice(1)) {
  const bytes = readFileSync(path);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  console.log(brotliCompressSync(bytes, { params }).length);
}";

/// A file that is measured.
struct File {
    name: String,
    raw: u64,
    brotli: u64,
}

/// Prints a table of what has been built.
///
/// # Errors
///
/// Nothing has been built; a budget is passed.
pub(crate) fn command(project: &Project) -> Result<()> {
    let page = measure(project, &project.dist(), |name| !LATER.contains(&name))?;
    let worker = measure(project, &project.root.join("worker/build"), |_| true)?;
    println!("{:>10} {:>10}", "bytes", "brotli");
    for file in page.iter().chain(&worker) {
        println!("{:>10} {:>10}  {}", file.raw, file.brotli, file.name);
    }
    let sum = |files: &[File], with: &dyn Fn(&File) -> bool| -> u64 {
        files.iter().filter(|file| with(file)).map(|file| file.brotli).sum()
    };
    let engine = sum(&page, &|file| file.name.ends_with("admit-engine_bg.wasm"));
    println!("worker: {} KB under brotli", kb(sum(&worker, &|_| true)));
    let mut over = Vec::new();
    for (what, size, budget) in
        [("the engine", engine, ENGINE), ("loaded before the page can answer", sum(&page, &|_| true), LOADED)]
    {
        println!("{what}: {} of {} KB under brotli", kb(size), kb(budget));
        if size > budget {
            over.push(what);
        }
    }
    if !over.is_empty() {
        bail!("over budget: {}", over.join(", "));
    }
    Ok(())
}

/// Measures the files below a folder.
fn measure(project: &Project, folder: &Path, with: impl Fn(&str) -> bool) -> Result<Vec<File>> {
    let name = |path: &Path| path.strip_prefix(&project.root).unwrap_or(path).display().to_string();
    let mut files = stamp::files(folder).context("not built yet: run `cargo xtask build`")?;
    files.retain(|path| path.file_name().and_then(|name| name.to_str()).is_some_and(&with));
    // An empty list would be a measurement of nothing.
    if files.is_empty() {
        bail!("{} is empty: run `cargo xtask build`", name(folder));
    }
    let sizes = run::output(project.command("node").args(["-e", BROTLI, "--"]).args(&files))?;
    let sizes = sizes.lines().map(|line| Ok(line.trim().parse()?)).collect::<Result<Vec<u64>>>()?;
    if sizes.len() != files.len() {
        bail!("expected {} sizes, found {}", files.len(), sizes.len());
    }
    files
        .iter()
        .zip(sizes)
        .map(|(path, brotli)| Ok(File { name: name(path), raw: std::fs::metadata(path)?.len(), brotli }))
        .collect()
}

/// KB of 1000 bytes, to one place, rounded down.
fn kb(bytes: u64) -> String {
    format!("{}.{}", bytes / 1000, bytes % 1000 / 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kilobytes_to_one_place() {
        assert_eq!(kb(0), "0.0");
        assert_eq!(kb(999), "0.9");
        assert_eq!(kb(450_512), "450.5");
    }
}
