//! `cargo xtask size`: what is loaded, under brotli, against its budget.

use std::path::Path;

use anyhow::{Context as _, Result, bail};

use crate::project::Project;
use crate::{run, stamp};

/// The modules of the engine, each with its budget in bytes under brotli. A bench loads the one of its family. A roll-out is
/// decided by what decides presentations and peers, so that its module is the heaviest; `index.html` has it optimised again,
/// with its control flow built anew between, which is 3 KB.
const ENGINES: [(&str, u64); 5] = [
    ("admit-peers", 400_000),
    ("admit-chains", 400_000),
    ("admit-nodes", 450_000),
    ("admit-sessions", 400_000),
    ("admit-enclaves", 400_000),
];

/// Everything that a first visit loads before it is answered, in bytes under brotli: the first part of the page and the
/// engine's module for peers.
const LOADED: u64 = 600_000;

/// As above, of a visit that begins on the heaviest of the other benches: all of the page, and that bench's module.
const ELSEWHERE: u64 = 850_000;

/// The first part of the page's own module, in bytes under brotli.
const PAGE: u64 = 190_000;

/// The worker, in bytes under brotli: 1 MiB.
const WORKER: u64 = 1_048_576;

/// Files of the page that it never loads, or only after it can answer.
const LATER: [&str; 17] = [
    "_headers",
    "admit-formats.js",
    "admit-formats_bg.wasm",
    "admit-playground.js",
    "admit.html",
    "demo.html",
    "editor.js",
    "embed.css",
    "embed.html",
    "embed.js",
    "gallery.json",
    "hungarian.js",
    "results.json",
    "rules.json",
    "service-worker.js",
    "tools.js",
    "editor.js.LEGAL.txt",
];

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

impl File {
    /// Whether it belongs to a module of the engine: its WebAssembly or the JavaScript that loads it.
    fn is_of(&self, module: &str) -> bool {
        let file = self.name.rsplit('/').next().unwrap_or_default();
        file.strip_prefix(module).is_some_and(|rest| rest.starts_with(['.', '_']))
    }
}

/// Prints a table of what has been built.
///
/// # Errors
///
/// Nothing has been built; a budget is passed.
pub(crate) fn command(project: &Project) -> Result<()> {
    let dist = project.dist();
    let page = measure(project, &dist, |path| !later(path.strip_prefix(&dist).unwrap_or(path)))?;
    let worker = measure(project, &project.root.join("worker/build"), |_| true)?;
    println!("{:>10} {:>10}", "bytes", "brotli");
    for file in page.iter().chain(&worker) {
        println!("{:>10} {:>10}  {}", file.raw, file.brotli, file.name);
    }
    let sum = |files: &[&File]| -> u64 { files.iter().map(|file| file.brotli).sum() };
    let engine = |name: &str| sum(&page.iter().filter(|file| file.is_of(name)).collect::<Vec<_>>());
    let (later, rest): (Vec<&File>, Vec<&File>) = page
        .iter()
        .filter(|file| !ENGINES.iter().any(|(name, _)| file.is_of(name)))
        .partition(|file| file.name.ends_with("_rest.wasm"));
    let own: Vec<&File> = rest.iter().filter(|file| file.name.ends_with("_bg.wasm")).copied().collect();
    let heaviest = ENGINES.map(|(name, _)| engine(name)).into_iter().max().unwrap_or_default();
    let mut checks: Vec<(&str, u64, u64)> =
        ENGINES.iter().map(|(name, budget)| (*name, engine(name), *budget)).collect();
    checks.push(("the worker", sum(&worker.iter().collect::<Vec<_>>()), WORKER));
    checks.push(("the page's own module", sum(&own), PAGE));
    checks.push(("loaded before a first visit is answered", sum(&rest).saturating_add(engine("admit-peers")), LOADED));
    let all = sum(&rest).saturating_add(sum(&later)).saturating_add(heaviest);
    checks.push(("loaded before the heaviest other bench answers", all, ELSEWHERE));
    let mut over = Vec::new();
    for (what, size, budget) in checks {
        // A module that is not there would be within any budget.
        if size == 0 {
            bail!("{what} is not built: run `cargo xtask build`");
        }
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

/// Whether a file of the page is one of [`LATER`], or one that the API gives.
fn later(path: &Path) -> bool {
    path.starts_with("api") || path.file_name().and_then(|name| name.to_str()).is_some_and(|name| LATER.contains(&name))
}

/// Measures the files below a folder.
fn measure(project: &Project, folder: &Path, with: impl Fn(&Path) -> bool) -> Result<Vec<File>> {
    let name = |path: &Path| path.strip_prefix(&project.root).unwrap_or(path).display().to_string();
    let mut files = stamp::files(folder).context("not built yet: run `cargo xtask build`")?;
    files.retain(|path| with(path));
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

    #[test]
    fn what_the_api_gives_is_not_loaded_by_a_visit() {
        let loaded = ["index.html", "boot.js", "snippets/a/js/rest.js", "admit-web-1_bg.wasm"];
        assert!(loaded.iter().all(|name| !later(Path::new(name))));
        assert!(["api/schema.json", "lazy/editor.js", "rules.json"].iter().all(|name| later(Path::new(name))));
    }
}
