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
    /// Certificates read from one document; the 101st issuer of one name is already an attack.
    pub const CERTIFICATES: usize = 10_000;
    /// Bytes of one certificate: ten times the largest in public use.
    pub const CERTIFICATE_BYTES: usize = 1024 * 1024;
    /// Nested constructed values in DER; a certificate with a PKCS#7 wrapper nests about fifteen deep.
    pub const DER_DEPTH: usize = 32;
    /// Relative names in one distinguished name.
    pub const NAME_ATTRIBUTES: usize = 256;
    /// General names in one extension; certificates with some thousands of host names exist.
    pub const GENERAL_NAMES: usize = 20_000;
    /// Extensions of one certificate.
    pub const EXTENSIONS: usize = 256;
    /// Entries of one thumbprint list.
    pub const THUMBPRINTS: usize = 100_000;
    /// Identifiers of one list: what a nightly export of a large application has.
    pub const SESSION_IDENTIFIERS: usize = 200_000;
    /// Bytes of one identifier: far beyond every published maximum.
    pub const SESSION_IDENTIFIER_BYTES: usize = 4_096;
    /// Identifiers that are shown one by one in the answer and the trace.
    pub const SESSION_DETAILED: usize = 100;
    /// Candidates that are hashed.
    pub const SESSION_CANDIDATES: usize = 100_000;
    /// Bytes of an access token: those with many groups have some thousands.
    pub const SESSION_TOKEN_BYTES: usize = 65_536;
    /// Lines of a time line.
    pub const SESSION_MOMENTS: usize = 100_000;
    /// Events of a time line that are shown.
    pub const SESSION_EVENTS: usize = 1_000;
    /// Parts of one identifier that are shown in a trace.
    pub const TRACE_PARTS: usize = 64;
    /// Characters of a stranger's text inside a message.
    pub const QUOTED_CHARACTERS: usize = 120;
    /// Findings of one rule in a report; the rest are counted in one more finding.
    pub const FINDINGS_PER_RULE: usize = 100;
}
