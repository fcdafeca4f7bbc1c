//! The cases, the certificates they use, and what their tests share.
//!
//! - `cases/KIND/NAME/`: one folder a case, as [`admit_core::Case::from_folder`] reads it.
//! - `material/`: the certificates and revocation lists, made by [`generator`]; their private keys exist nowhere.
//! - `suites/`: why Admit answers otherwise than suites that others wrote; [`suite`] runs them.
//! - `tests/`: one file a concern. `browser/`: what a real browser does with the built page.

pub mod folder;
pub mod generator;
pub mod roll_out;
pub mod sample;
pub mod suite;
pub mod worker;

use std::path::{Path, PathBuf};

/// The folder of this package.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folder of the repository.
pub fn repository() -> PathBuf {
    root().parent().map(Path::to_path_buf).unwrap_or_default()
}
