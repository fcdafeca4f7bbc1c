//! `cargo xtask deploy`: the worker and the page to Cloudflare, or only what would go.

use anyhow::{Context as _, Result, bail};

use crate::project::Project;
use crate::{build, run, worker};

/// KiB of the worker under gzip, at most: what the smallest plan took before the limit was lifted. Our own budget is that of
/// `cargo xtask size`.
const BUDGET: f64 = 3072.0;
/// The id of the store before somebody has put theirs.
const NO_STORE: &str = "id = \"00000000000000000000000000000000\"";

/// Builds, shows what goes, and deploys it unless it is a dry run.
///
/// # Errors
///
/// A build fails; the worker is over its budget; no store was named; wrangler fails.
pub(crate) fn command(project: &Project, dry: bool) -> Result<()> {
    build::command(project)?;
    let out = project.tools().join("deploy");
    let shown = wrangler(project, &["deploy", "--dry-run", "--outdir", &out.display().to_string()])?;
    println!("{shown}");
    let size = compressed(&shown).context("wrangler names no compressed size")?;
    println!("worker: {size} of {BUDGET} KiB under gzip; the files are in {}", out.display());
    if size > BUDGET {
        bail!("the worker is over its budget");
    }
    if dry {
        return Ok(());
    }
    let config = std::fs::read_to_string(project.wrangler_config())?;
    if config.contains(NO_STORE) {
        bail!(
            "no store is named: run `npx wrangler kv namespace create STORE` and put its id into worker/wrangler.toml; \
             the secrets are described there too"
        );
    }
    println!("{}", wrangler(project, &["deploy"])?);
    Ok(())
}

fn wrangler(project: &Project, arguments: &[&str]) -> Result<String> {
    let mut command = project.command("wrangler");
    command.args(arguments).arg("--config").arg(project.wrangler_config()).envs(worker::environment(project));
    run::output(&mut command)
}

/// The KiB in "Total Upload: 305.11 KiB / gzip: 97.20 KiB".
fn compressed(shown: &str) -> Option<f64> {
    let (_, after) = shown.split_once("gzip:")?;
    after.trim_start().split(' ').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_wrangler_says() {
        assert_eq!(compressed("Total Upload: 305.11 KiB / gzip: 97.20 KiB\n"), Some(97.2));
        assert_eq!(compressed("Total Upload: 305.11 KiB"), None);
    }
}
