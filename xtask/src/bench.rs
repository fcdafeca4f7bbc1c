//! `cargo xtask bench`: natively and as WebAssembly, beside the libraries of others, all in one run.

mod cluster;
mod goal;
mod lists;
mod page;
mod rates;
mod rollout;

use std::fs;
use std::path::Path;

use anyhow::{Result, bail};

use crate::project::Project;
use crate::{run, setup};

const TAGS: [&str; 4] = ["rsa2048", "rsa4096", "p256", "p384"];
const WASM: &str = "admit, wasm";
const NATIVE: &str = "admit, native";
const VERDICT: &str = "verdict, native";
const MATHEMATICS: &str = "mathematics, native";
const RAW: &str = "RustCrypto, native";
const OTHERS: [&str; 5] = ["node:crypto", "@peculiar/x509", "pkijs", "node-forge", "jsrsasign"];

/// Measures chains and certificates, made for the occasion, and writes `docs/benchmarks.md`. With `cases`, runs
/// `cargo bench` over the cases of the gallery instead, with the arguments that follow; with `lists`, measures long lists of
/// identifiers and writes their section.
///
/// # Errors
///
/// A benchmark fails or gives a wrong answer.
pub(crate) fn command(project: &Project, arguments: &[String]) -> Result<()> {
    match arguments {
        [] => {}
        [first, rest @ ..] if first == "cases" => {
            return run::run(
                project.cargo(&["bench", "--locked", "--package=admit-tests", "--bench=evaluate"]).args(rest),
            );
        }
        [only] if only == "lists" => return lists::command(project),
        [first, ..] => bail!("`bench` takes `cases`, `lists` or nothing, found `{first}`"),
    }
    setup::command(project)?;
    let folder = project.target.join("bench");
    let chains = folder.join("chains");
    let scripts = project.root.join("bench/js");
    install(project, &scripts)?;
    run::timed("making certificates", || {
        run::run(project.command("node").arg(scripts.join("chains.mjs")).arg(&chains))?;
        run::run(project.command("node").arg(scripts.join("clusters.mjs")).arg(&chains))
    })?;
    let bindings = run::timed("compiling the engine as WebAssembly", || wasm(project, &folder.join("wasm")))?;
    let build = ["build", "--locked", "--profile=bench", "--package=admit-bench", "--bins"];
    run::timed("compiling the engine natively", || run::run(&mut project.cargo(&build)))?;
    let mut lines = run::timed("measuring natively", || {
        let run = ["run", "--quiet", "--locked", "--profile=bench", "--package=admit-bench", "--bin=native", "--"];
        run::output(project.cargo(&run).arg(&chains))
    })?;
    lines += &run::timed("measuring under Node", || {
        run::output(project.command("node").arg(scripts.join("run.mjs")).arg(&chains).arg(&bindings))
    })?;
    lines += &run::timed("measuring enclaves under Node", || {
        let cases = project.root.join("tests/cases/enclave");
        run::output(project.command("node").arg(scripts.join("enclaves.mjs")).arg(cases).arg(&bindings))
    })?;
    lines += &rollout::measure(project, &folder.join("roll-outs"), &scripts, &bindings)?;
    let page = page::page(&rates::Rates::read(&lines)?);
    fs::write(project.root.join("docs/benchmarks.md"), &page)?;
    println!("{page}");
    run::say("wrote docs/benchmarks.md");
    Ok(())
}

/// Installs the libraries of others, exactly as the lock file has them, unless that was done since it last changed.
fn install(project: &Project, scripts: &Path) -> Result<()> {
    let (lock, installed) = (scripts.join("package-lock.json"), scripts.join("node_modules/.package-lock.json"));
    let changed = |path: &Path| fs::metadata(path).and_then(|file| file.modified()).ok();
    if changed(&installed).is_some_and(|installed| changed(&lock).is_some_and(|lock| lock <= installed)) {
        return Ok(());
    }
    run::timed("installing the libraries of others", || {
        let install = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
        run::run(project.command("npm").args(install).current_dir(scripts))
    })
}

/// Builds the module as the page and the worker are built. The path of its bindings.
fn wasm(project: &Project, bindings: &Path) -> Result<std::path::PathBuf> {
    let build =
        ["build", "--locked", "--profile=wasm", "--target=wasm32-unknown-unknown", "--package=admit-bench", "--lib"];
    run::run(&mut project.cargo(&build))?;
    let mut bindgen = project.command("wasm-bindgen");
    bindgen.args(["--target=web", "--no-typescript", "--out-dir"]).arg(bindings);
    run::run(bindgen.arg(project.wasm("admit_bench")))?;
    let module = bindings.join("admit_bench_bg.wasm");
    run::run(project.command("wasm-opt").arg("-Oz").arg(&module).arg("--output").arg(&module))?;
    Ok(bindings.join("admit_bench.js"))
}
