//! `cargo xtask test`: everything that is checked.

use std::time::Instant;

use anyhow::Result;

use crate::chromium::Chromium;
use crate::project::Project;
use crate::{nginx, openapi, page, run, schema, setup, size, worker};

/// One thing that is done, by its name.
type Step<'a> = (&'a str, Box<dyn Fn() -> Result<()> + 'a>);

/// Does everything; with names, only what the tests of those names need. Ends by saying what was done.
///
/// # Errors
///
/// The first step that fails.
pub(crate) fn command(project: &Project, names: &[String]) -> Result<()> {
    let steps = if names.is_empty() { all(project) } else { some(project, names) };
    let mut done = Vec::new();
    let mut failure = Ok(());
    for (name, step) in &steps {
        run::say(name);
        let start = Instant::now();
        failure = step();
        let outcome = if failure.is_ok() { "passed" } else { "FAILED" };
        done.push(format!("{outcome} {:>6.1} s  {name}", start.elapsed().as_secs_f64()));
        if failure.is_err() {
            break;
        }
    }
    println!("\nWhat ran:\n  {}", done.join("\n  "));
    for (name, _) in steps.iter().skip(done.len()) {
        println!("  not run          {name}");
    }
    failure
}

/// What is quick comes first.
fn all(project: &Project) -> Vec<Step<'_>> {
    let cargo = |arguments: &'static [&'static str]| move || run::run(&mut project.cargo(arguments));
    vec![
        ("set-up", Box::new(|| setup::command(project).and_then(|()| setup::components(project)))),
        ("chromium and its driver", Box::new(|| Chromium::get(project).map(drop))),
        ("nginx", Box::new(|| nginx::get(project).map(drop))),
        ("cargo fmt", Box::new(cargo(&["fmt", "--all", "--check"]))),
        ("docs/case.schema.json", Box::new(|| schema::check(project))),
        ("docs/openapi.json", Box::new(|| openapi::check(project))),
        (
            "core without std",
            Box::new(cargo(&[
                "build",
                "--locked",
                "--package=admit-core",
                "--no-default-features",
                "--target=wasm32v1-none",
            ])),
        ),
        ("clippy", Box::new(cargo(&["clippy", "--locked", "--workspace", "--all-targets", "--", "--deny=warnings"]))),
        (
            "clippy of page and worker as WebAssembly",
            Box::new(cargo(&[
                "clippy",
                "--locked",
                "--target=wasm32-unknown-unknown",
                "--package=admit-web",
                "--package=admit-worker",
                "--",
                "--deny=warnings",
            ])),
        ),
        ("page", Box::new(|| page::build(project))),
        ("worker", Box::new(|| worker::build(project))),
        ("sizes", Box::new(|| size::command(project))),
        ("tests", Box::new(|| tests(project, &[]))),
    ]
}

fn some<'a>(project: &'a Project, names: &'a [String]) -> Vec<Step<'a>> {
    vec![
        ("set-up", Box::new(|| setup::command(project))),
        ("chromium and its driver", Box::new(|| Chromium::get(project).map(drop))),
        ("nginx", Box::new(|| nginx::get(project).map(drop))),
        ("page", Box::new(|| page::build(project))),
        ("worker", Box::new(|| worker::build(project))),
        ("tests", Box::new(|| tests(project, names))),
    ]
}

/// `cargo test` with what the tests of browser and worker need; `cargo xtask --help` lists it.
fn tests(project: &Project, names: &[String]) -> Result<()> {
    let chromium = Chromium::get(project)?;
    let mut command = project.cargo(&["test", "--locked", "--workspace", "--"]);
    command.args(names);
    command.envs(worker::environment(project));
    command.env("ADMIT_DIST", project.dist());
    command.env("ADMIT_CHROMIUM", chromium.browser);
    command.env("ADMIT_CHROMEDRIVER", chromium.driver);
    command.env("ADMIT_NGINX", nginx::get(project)?);
    command.env("ADMIT_TRAP_CONFIG", worker::build_trap(project)?);
    command.env("ADMIT_WRANGLER", project.root.join("node_modules/.bin/wrangler"));
    command.env("ADMIT_WRANGLER_CONFIG", project.wrangler_config());
    run::run(&mut command)
}
