//! Set-up and developer commands: `cargo xtask --help`.

use std::process::ExitCode;

use anyhow::{Result, bail};

mod api;
mod bench;
mod build;
mod bundle;
mod chromium;
mod deploy;
mod gallery;
mod load;
mod measure;
mod nginx;
mod npm;
mod openapi;
mod page;
mod project;
mod results;
mod run;
mod schema;
mod section;
mod serve;
mod setup;
mod size;
mod stamp;
mod suite;
mod test;
mod tool;
mod worker;

use project::Project;

const HELP: &str = "\
Usage: cargo xtask COMMAND

  serve [--port N] [--no-open]  playground and API at one address; Ctrl-C ends it
  test [NAME...]                everything that is checked; with names: only the tests whose name contains one
  setup                         install the missing build tools into .tools/ and node_modules/
  build                         page into dist/, worker into worker/build/
  load [SECONDS]                the worker under load (60 s), and beside one that echoes, into docs/benchmarks.md
  deploy [--dry-run]            build page and worker, and deploy both with wrangler; or show what would go
  size                          sizes under brotli against their budgets
  schema [--check]              write docs/case.schema.json, or fail if it is not up to date
  openapi [--check]             write docs/openapi.json (worker/src/openapi.json with cases of the gallery)
  gallery                       write web/static/gallery.json and first.json (from tests/cases/), results.json and rules.json
  bench                         write docs/benchmarks.md: natively and as WebAssembly, beside others
  bench cases [ARG...]          cargo bench over the cases of the gallery
  bench lists                   100,000 identifiers at once as WebAssembly, into docs/benchmarks.md
  bench page                    sizes and times of the page in Chromium against their budgets
  suite NAME [--data PATH]      one of the suites that others wrote, on the data of ../shared/data unless told

serve, test and build start with setup. Nothing outside the project is changed, except that rustup adds the
WebAssembly targets and that `test`, as root, installs Debian's chromium, chromium-driver and nginx.

Needed beforehand: rustup, a C linker (cc), Node 20 or later, npm.

Read from the environment:
  ADMIT_CHROMIUM      the browser of the tests, instead of Debian's
  ADMIT_CHROMEDRIVER  its driver
  ADMIT_NGINX         the nginx of the tests, instead of Debian's
  CARGO_TARGET_DIR    as always; the tools are built in .tools/target in any case

Given to the tests (absolute paths):
  ADMIT_DIST             the built page
  ADMIT_CHROMIUM         the browser
  ADMIT_CHROMEDRIVER     its driver
  ADMIT_NGINX            the gateway that the worker stands behind
  ADMIT_TRAP_CONFIG      the configuration of a worker that panics when asked to
  ADMIT_WRANGLER         the program that runs the worker
  ADMIT_WRANGLER_CONFIG  its configuration, which serves page and API
and what keeps wrangler offline and its files inside the project: CI, WRANGLER_SEND_METRICS,
CLOUDFLARE_CF_FETCH_ENABLED, XDG_CONFIG_HOME.
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match command(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn command(arguments: &[String]) -> Result<()> {
    let (name, rest) = arguments.split_first().map_or(("--help", arguments), |(name, rest)| (name.as_str(), rest));
    if matches!(name, "--help" | "-h" | "help") || rest.iter().any(|argument| argument == "--help" || argument == "-h")
    {
        print!("{HELP}");
        return Ok(());
    }
    let project = Project::find()?;
    match name {
        "serve" => serve::command(&project, &serve::Options::read(rest)?),
        "test" => test::command(&project, rest),
        "bench" if rest == ["page"] => measure::command(&project),
        "bench" => bench::command(&project, rest),
        "suite" => suite::command(&project, rest),
        "schema" => match rest {
            [] => schema::write(&project),
            [check] if check == "--check" => schema::check(&project),
            _ => bail!("`schema` takes `--check` or nothing"),
        },
        "openapi" => match rest {
            [] => openapi::write(&project),
            [check] if check == "--check" => openapi::check(&project),
            _ => bail!("`openapi` takes `--check` or nothing"),
        },
        "load" => match rest {
            [] => load::command(&project, "60"),
            [seconds] if seconds.parse::<u16>().is_ok() => load::command(&project, seconds),
            _ => bail!("`load` takes a number of seconds or nothing"),
        },
        "deploy" => match rest {
            [] => deploy::command(&project, false),
            [dry] if dry == "--dry-run" => deploy::command(&project, true),
            _ => bail!("`deploy` takes `--dry-run` or nothing"),
        },
        "setup" | "build" | "size" | "gallery" if !rest.is_empty() => bail!("`{name}` takes no arguments"),
        "setup" => setup::command(&project),
        "build" => build::command(&project),
        "size" => size::command(&project),
        "gallery" => gallery::write(&project).and_then(|()| results::write(&project)),
        _ => bail!("expected a command, found `{name}`; `cargo xtask --help` lists them"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_commands_and_arguments_are_errors() {
        for arguments in [&["sreve"][..], &["setup", "x"], &["schema", "--chekc"], &["serve", "--prot", "1"]] {
            let arguments: Vec<String> = arguments.iter().map(ToString::to_string).collect();
            assert!(command(&arguments).is_err(), "{arguments:?}");
        }
    }
}
