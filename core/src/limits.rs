//! Every bound of the core, with its reason.

/// The named limits. Passing one is an [`Error`](crate::Error) or a finding that says which limit, never a panic, a
/// hang or a silently shorter answer.
#[derive(Debug, Clone, Copy)]
pub struct Limits;

impl Limits {
    /// Bytes of one document: ten times the largest cluster manifest seen, small enough to read between two keystrokes.
    pub const DOCUMENT_BYTES: usize = 16 * 1024 * 1024;
    /// Bytes of a case as JSON: a few documents of that size.
    pub const CASE_BYTES: usize = 48 * 1024 * 1024;
    /// Elements nested in an XML document; a cluster manifest nests eight deep.
    pub const XML_DEPTH: usize = 64;
    /// Elements, attributes and texts of an XML document.
    pub const XML_NODES: usize = 1_000_000;
    /// Errors of an XML document: more are consequences of the first, and each costs a look at the rest of the text.
    pub const XML_ERRORS: usize = 20;
    /// Certificates read from one document; the 101st issuer of one name is already an attack.
    pub const CERTIFICATES: usize = 10_000;
    /// Bytes of one certificate: ten times the largest in public use.
    pub const CERTIFICATE_BYTES: usize = 1024 * 1024;
    /// Nested constructed values in DER; a certificate with a PKCS#7 wrapper nests about fifteen deep.
    pub const DER_DEPTH: usize = 32;
    /// Attributes of one distinguished name: twice what the published stress tests of name constraints have.
    pub const NAME_ATTRIBUTES: usize = 2_048;
    /// Attributes of one relative name, which compare each with each; more than two are hardly met.
    pub const RELATIVE_NAME_ATTRIBUTES: usize = 64;
    /// General names in one extension; certificates with some thousands of host names exist.
    pub const GENERAL_NAMES: usize = 20_000;
    /// Extensions of one certificate.
    pub const EXTENSIONS: usize = 256;
    /// Entries of one thumbprint list.
    pub const THUMBPRINTS: usize = 100_000;
    /// Entries of a list that don't match, shown one by one in a trace; the rest are counted in one step.
    pub const TRACE_ENTRIES: usize = 25;
    /// Fixes tried by evaluating the edited case; one that was not tried is not offered.
    pub const TRIED_FIXES: usize = 12;
    /// Certificates whose validity bounds are tried as instants at which the verdict changes.
    pub const FLIP_CERTIFICATES: usize = 200;
    /// Characters of a stranger's text inside a message.
    pub const QUOTED_CHARACTERS: usize = 120;
    /// Values nested in a JSON, TOML or YAML document; the deepest manifest seen nests nine deep.
    pub const TREE_DEPTH: usize = 64;
    /// Keys, items and values of such a document.
    pub const TREE_NODES: usize = 500_000;
    /// Artefacts of one case, each of which is compared with each.
    pub const ARTEFACTS: usize = 64;
    /// Runs of like pages listed of an SGXS stream; an enclave of many gigabytes has some hundreds.
    pub const SGXS_RUNS: usize = 1_000;
    /// Findings of one rule in a report; the rest are counted in one more finding.
    pub const FINDINGS_PER_RULE: usize = 100;
}
