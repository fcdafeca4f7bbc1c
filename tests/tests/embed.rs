//! The embed as a package: its types, its size.

use std::process::Command;

use admit_tests::repository;

/// The types say what the element does, to a compiler that does not forgive.
#[test]
fn the_types_are_checked() {
    let tsc = repository().join("node_modules/.bin/tsc");
    if !tsc.is_file() {
        println!("skipped: `cargo xtask setup` installs the compiler");
        return;
    }
    let output = Command::new(tsc)
        .args(["--noEmit", "--strict", "--target", "es2022", "--lib", "es2022,dom", "--moduleResolution", "bundler"])
        .args(["--module", "esnext", "--skipLibCheck", "tests/browser/embed-use.ts"])
        .current_dir(repository())
        .output()
        .expect("node runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

/// Everything that the loader and the types name is in the package.
#[test]
fn the_package_is_whole() {
    let folder = repository().join("npm/admit-playground");
    if !folder.is_dir() {
        println!("skipped: `cargo xtask build` makes the package");
        return;
    }
    let loader = std::fs::read_to_string(folder.join("admit-playground.js")).expect("the loader");
    assert!(loader.contains("lazy/embed.js"));
    assert!(loader.len() < 4000, "the loader has {} bytes", loader.len());
    for name in
        ["package.json", "admit-playground.d.ts", "lazy/embed.js", "engine.worker.js", "integrity.js", "README.md"]
    {
        assert!(folder.join(name).is_file(), "{name} is missing");
    }
    for family in ["peers", "chains", "nodes", "sessions", "enclaves"] {
        assert!(folder.join(format!("admit-{family}_bg.wasm")).is_file(), "the engine of {family} is missing");
    }
}
