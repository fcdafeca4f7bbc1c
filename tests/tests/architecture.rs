//! The invariants of `core/README.md` that a machine can check and no other test does.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use admit_tests::repository;
use serde_json::Value;

fn metadata(arguments: &[&str]) -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--offline", "--locked"])
        .args(arguments)
        .current_dir(repository())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// Every Rust file below a folder, with its text.
fn sources(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut open = vec![folder.to_path_buf()];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("UTF-8");
                found.push((path, text));
            }
        }
    }
    assert!(!found.is_empty(), "no source below {}", folder.display());
    found
}

/// Hosts depend on the core, the core on its arithmetic, tests on all; never sideways, never back.
#[test]
fn dependencies_point_at_the_core() {
    let metadata = metadata(&["--no-deps"]);
    let packages = metadata["packages"].as_array().expect("packages");
    let members: BTreeSet<&str> = packages.iter().filter_map(|package| package["name"].as_str()).collect();
    let mut found: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for package in packages {
        let dependencies = package["dependencies"].as_array().expect("dependencies");
        let inside = dependencies.iter().filter_map(|one| one["name"].as_str()).filter(|name| members.contains(name));
        found.entry(package["name"].as_str().expect("a name")).or_default().extend(inside);
    }
    for (package, inside) in &found {
        match *package {
            "admit-ecdsa" | "admit-rsa" => assert!(inside.is_empty(), "{package} depends on {inside:?}"),
            "admit-core" => assert_eq!(*inside, ["admit-ecdsa", "admit-rsa"].into(), "what admit-core depends on"),
            "admit-tests" => {}
            _ => assert_eq!(*inside, ["admit-core"].into(), "what {package} depends on"),
        }
    }
    assert!(found.len() >= 6, "{found:?}");
}

/// The core is `no_std` without condition, forbids unsafe code, and names nothing that has a clock, randomness, order by
/// chance or a way out.
#[test]
fn the_core_is_pure() {
    let folders = ["core", "ecdsa-verify", "rsa-verify"].map(|name| repository().join(name));
    for folder in &folders {
        let root = fs::read_to_string(folder.join("src/lib.rs")).expect("lib.rs");
        assert!(root.lines().any(|line| line == "#![no_std]"), "{} is not no_std", folder.display());
        let manifest = fs::read_to_string(folder.join("Cargo.toml")).expect("Cargo.toml");
        assert!(manifest.contains("unsafe_code = \"forbid\""));
    }
    for (path, text) in folders.iter().flat_map(|folder| sources(&folder.join("src"))) {
        // Tests run on a host.
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        if path.components().any(|part| part.as_os_str() == "tests") || path.ends_with("tests.rs") {
            continue;
        }
        for word in
            ["std::", "HashMap", "HashSet", "SystemTime", "Instant::now", "println!", "static mut", "thread_local"]
        {
            let named = code.lines().find(|line| {
                let code = line.split("//").next().unwrap_or_default();
                code.match_indices(word).any(|(at, _)| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
            });
            assert_eq!(named, None, "{} names {word}", path.display());
        }
    }
}

/// Nothing that the core is built from brings a clock, randomness or I/O along.
#[test]
fn the_core_is_built_from_pure_crates() {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--locked", "--package=admit-core", "--edges=normal", "--prefix=none"])
        .args(["--target=wasm32-unknown-unknown", "--format={p}"])
        .current_dir(repository())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let tree = String::from_utf8_lossy(&output.stdout);
    let names: BTreeSet<&str> = tree.lines().filter_map(|line| line.split(' ').next()).collect();
    assert!(names.contains("serde_json") && names.contains("admit-core"), "{names:?}");
    for name in ["getrandom", "rand", "js-sys", "wasm-bindgen", "web-sys", "tokio", "regex", "log", "tracing", "hyper"]
    {
        assert!(!names.contains(name), "admit-core is built from {name}");
    }
}

/// A host's sources decide nothing: rules and thresholds are the core's.
#[test]
fn hosts_make_no_findings() {
    for host in ["cli", "web", "worker"] {
        for (path, text) in sources(&repository().join(host).join("src")) {
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            let made = ["Finding::new", "Finding {", "Step::new"].iter().find(|made| code.contains(**made));
            let is_sample = path.ends_with("sample.rs");
            assert!(made.is_none() || is_sample, "{} has {made:?}", path.display());
        }
    }
}
