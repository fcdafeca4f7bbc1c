//! `cargo xtask bench`: natively and as WebAssembly, beside the libraries of others, all in one run.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::project::Project;
use crate::{run, setup};

const TAGS: [&str; 4] = ["rsa2048", "rsa4096", "p256", "p384"];
const WASM: &str = "admit, wasm";
const NATIVE: &str = "admit, native";
const RAW: &str = "RustCrypto, native";
const OTHERS: [&str; 5] = ["node:crypto", "@peculiar/x509", "pkijs", "node-forge", "jsrsasign"];

/// Runs everything: the gallery's largest case (a budget), then chains on freshly made certificates, and writes
/// `docs/benchmarks.md`. Arguments other than `chains` go to `cargo bench`; `chains` alone leaves the gallery out.
///
/// # Errors
///
/// A benchmark fails or gives a wrong answer.
pub(crate) fn command(project: &Project, arguments: &[String]) -> Result<()> {
    if arguments.first().map(String::as_str) != Some("chains") {
        run::run(project.cargo(&["bench", "--locked", "--package=admit-tests", "--bench=evaluate"]).args(arguments))?;
    }
    setup::command(project)?;
    let folder = project.target.join("bench");
    let (chains, bindings) = (folder.join("chains"), folder.join("wasm"));
    let scripts = project.root.join("bench/js");
    if !scripts.join("node_modules").exists() {
        run::timed("installing the libraries of others", || {
            run::run(
                project
                    .command("npm")
                    .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
                    .current_dir(&scripts),
            )
        })?;
    }
    run::timed("making certificates", || {
        run::run(project.command("node").arg(scripts.join("chains.mjs")).arg(&chains))
    })?;
    run::timed("compiling the engine as WebAssembly", || {
        run::run(&mut project.cargo(&[
            "build",
            "--locked",
            "--profile=wasm",
            "--target=wasm32-unknown-unknown",
            "--package=admit-bench",
            "--lib",
        ]))?;
        let mut bindgen = project.command("wasm-bindgen");
        bindgen.args(["--target=web", "--no-typescript", "--out-dir"]).arg(&bindings);
        run::run(bindgen.arg(project.wasm("admit_bench")))?;
        let module = bindings.join("admit_bench_bg.wasm");
        run::run(project.command("wasm-opt").arg("-Oz").arg(&module).arg("--output").arg(&module))
    })?;
    let mut lines = String::new();
    run::timed("measuring natively", || {
        let build = &["run", "--quiet", "--locked", "--profile=bench", "--package=admit-bench", "--bin=native", "--"];
        lines.push_str(&run::output(project.cargo(build).arg(&chains))?);
        Ok(())
    })?;
    run::timed("measuring under Node", || {
        let mut node = project.command("node");
        node.arg(scripts.join("run.mjs")).arg(&chains).arg(bindings.join("admit_bench.js"));
        lines.push_str(&run::output(&mut node)?);
        Ok(())
    })?;
    let table = table(&rates(&lines)?);
    fs::write(project.root.join("docs/benchmarks.md"), &table)?;
    println!("{table}");
    run::say("wrote docs/benchmarks.md");
    Ok(())
}

/// Operations per second by operation and implementation.
type Rates = BTreeMap<(String, String), f64>;

fn rates(lines: &str) -> Result<Rates> {
    let mut rates = Rates::new();
    for line in lines.lines() {
        let row: Value = serde_json::from_str(line).with_context(|| line.to_string())?;
        let text = |key: &str| row[key].as_str().unwrap_or_default().to_string();
        if let Some(rate) = row["ops"].as_f64() {
            rates.insert((text("op"), text("impl")), rate);
        }
    }
    Ok(rates)
}

fn table(rates: &Rates) -> String {
    let mut page = String::from(
        "# Benchmarks\n\nWritten by `cargo xtask bench`, which makes the certificates, measures everything in one run on one machine and fails on a\n\
         wrong answer. Ratios: how many times as fast as each library the engine is as WebAssembly under Node. Absolute numbers\n\
         are of the machine that wrote this page; compare ratios.\n",
    );
    let get = |op: &str, implementation: &str| rates.get(&(op.to_string(), implementation.to_string())).copied();
    for (operation, title) in [
        ("chain3", "A chain of three: read, built, verified and reported"),
        ("info_pem", "One certificate from PEM: thumbprint, common name, alternative names"),
    ] {
        let _ = write!(page, "\n## {title}\n\n| | admit, wasm (per second) |");
        for other in OTHERS {
            let _ = write!(page, " {other} |");
        }
        let _ = write!(page, "\n|---|--:|{}\n", "--:|".repeat(OTHERS.len()));
        for tag in TAGS {
            let op = format!("{tag}/{operation}");
            let own = get(&op, WASM);
            let _ = write!(page, "| {tag} | {} |", own.map_or_else(|| "–".into(), |rate| format!("{rate:.0}")));
            for other in OTHERS {
                let ratio = own.zip(get(&op, other)).map_or_else(|| "–".into(), |(own, other)| format!("{:.1}×", own / other));
                let _ = write!(page, " {ratio} |");
            }
            page.push('\n');
        }
    }
    page.push_str(
        "\n`–`: the library can't read such a key.\n\n## Natively\n\nRaw RustCrypto parses, compares names and dates and verifies two signatures; the engine also builds paths, judges every\n\
         element and finds the instants at which the verdict changes.\n\n| | admit (per second) | raw RustCrypto | admit / raw | time beside the mathematics of raw |\n|---|--:|--:|--:|--:|\n",
    );
    for tag in TAGS {
        let op = format!("{tag}/chain3");
        if let Some((own, raw)) = get(&op, NATIVE).zip(get(&op, RAW)) {
            let _ = writeln!(
                page,
                "| {tag} | {own:.0} | {raw:.0} | {:.2}× | {:+.0} % |",
                own / raw,
                (raw / own - 1.0) * 100.0
            );
        }
    }
    page
}
