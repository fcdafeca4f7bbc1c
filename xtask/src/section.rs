//! Sections of `docs/benchmarks.md` that are measured by a command of their own.

use std::fs;

use anyhow::{Context as _, Result};

use crate::project::Project;
use crate::run;

const PAGE: &str = "docs/benchmarks.md";

/// Writes a section, from its heading on, into the page, and into the file that `cargo xtask bench` takes it from.
///
/// # Errors
///
/// A file can't be read or written; the section does not begin with its heading.
pub(crate) fn write(project: &Project, kept: &str, section: &str) -> Result<()> {
    fs::write(project.root.join(kept), section).context(kept.to_string())?;
    let place = project.root.join(PAGE);
    let text = fs::read_to_string(&place).context(PAGE)?;
    let replaced = replaced(&text, section).context("a section begins with its heading")?;
    fs::write(&place, replaced).context(PAGE)?;
    run::say(&format!("wrote {PAGE} and {kept}"));
    Ok(())
}

/// The page with the section in the place of the one of the same heading, or at its end.
fn replaced(page: &str, section: &str) -> Option<String> {
    let heading = section.lines().next().filter(|line| line.starts_with("## "))?;
    let (mut kept, mut put, mut inside) = (String::new(), false, false);
    for line in page.lines() {
        if line.starts_with("## ") {
            inside = line == heading;
            if inside {
                put = true;
                kept.push_str(section.trim_end());
                kept.push_str("\n\n");
            }
        }
        if !inside {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    if !put {
        kept.push('\n');
        kept.push_str(section);
    }
    Some(format!("{}\n", kept.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_put_in_its_place() {
        let page = "# A\n\n## One\n\nold\n\n## Two\n\nkept\n";
        assert_eq!(replaced(page, "## One\n\nnew\n").as_deref(), Some("# A\n\n## One\n\nnew\n\n## Two\n\nkept\n"));
        assert_eq!(replaced(page, "## Two\n\nnew\n").as_deref(), Some("# A\n\n## One\n\nold\n\n## Two\n\nnew\n"));
        assert_eq!(replaced(page, "## Three\n\nnew\n").as_deref(), Some(&*format!("{page}\n## Three\n\nnew\n")));
        assert_eq!(replaced(page, "no heading"), None);
    }
}
