//! Suites: what Admit says of files that others published, which stay outside of the repository.

pub mod enclaves;
pub mod outcome;
