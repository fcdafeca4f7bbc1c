//! Every bound of the core, with its reason.

/// The named limits. Passing one is an [`Error`](crate::Error) or a finding that says which limit, never a panic, a
/// hang or a silently shorter answer.
#[derive(Debug, Clone, Copy)]
pub struct Limits;

impl Limits {
    /// Bytes of one document: ten times the largest cluster manifest seen, small enough to read between two keystrokes. It
    /// also bounds the entries of a revocation list: half a million of them fit.
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
    /// Arrays and objects nested in JSON: a template with nested deployments nests about forty deep.
    pub const JSON_DEPTH: usize = 128;
    /// Values of a JSON document.
    pub const JSON_NODES: usize = 1_000_000;
    /// Comments, trailing commas and the like of a JSON document that are kept; nobody reads more of them.
    pub const JSON_ODDITIES: usize = 1_000;
    /// Nested expressions of a template with the parameters, variables, arrays and objects that they refer to; people
    /// write about ten.
    pub const EXPRESSION_DEPTH: usize = 64;
    /// Values that the expressions of one template may produce: variables that refer to one another can double at each.
    pub const EXPRESSION_STEPS: usize = 200_000;
    /// Bytes of a text that an expression puts together: more than a template may have in one value.
    pub const EXPRESSION_BYTES: usize = 128 * 1024;
    /// Session pools and environments of one template; Azure takes at most 800 resources in one.
    pub const POOLS: usize = 800;
    /// Turns of one `copy` loop of a template: what Azure Resource Manager takes.
    pub const LOOP_TURNS: usize = 800;
    /// Findings about the pools of one configuration before they are put in order: a hundred faults of twenty rules.
    pub const POOL_FINDINGS: usize = 2_000;
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
    /// Such entries of one list for all certificates of a case together; each certificate shows one at least.
    pub const TRACE_ENTRIES_IN_ALL: usize = 200;
    /// Certificates for which other runtimes, platforms and connections are tried: more notes nobody reads.
    pub const NOTED_CERTIFICATES: usize = 20;
    /// Certificates of a case that are written as facts: each costs as many decisions as it leaves facts open.
    pub const STATED_CERTIFICATES: usize = 1_000;
    /// Combinations of unknown facts that are tried for all stated certificates together.
    pub const WORLDS: usize = 8_192;
    /// Combinations that are tried for one certificate in any case: six bits, which is what a pasted certificate can
    /// leave open.
    pub const WORLDS_LEAST: usize = 64;
    /// Entries of `subject.domains`: one for each node of a large cluster.
    pub const ROLLOUT_DOMAINS: usize = 10_000;
    /// Settings between before and after; the deployer makes at most three.
    pub const ROLLOUT_STEPS: usize = 16;
    /// Moments of a walk that are shown: some hundred domains through several roll-outs.
    pub const ROLLOUT_MOMENTS: usize = 2_000;
    /// Upgrade domains: the largest clusters have some hundred.
    pub const ROLLOUT_UPGRADE_DOMAINS: usize = 1_000;
    /// States of domains that are shown over all moments: some megabytes of a report.
    pub const ROLLOUT_SHOWN: usize = 200_000;
    /// Classes of nodes that are shown at one moment; a roll-out has two, and some for node types and stores.
    pub const ROLLOUT_CLASSES: usize = 64;
    /// Classes with seed nodes of which every set is tried for a quorum: 4096 sets.
    pub const ROLLOUT_SEED_CLASSES: usize = 12;
    /// Verdicts of moments that are remembered while one case is decided.
    pub const ROLLOUT_REMEMBERED: usize = 100_000;
    /// Starts that are tried for the instants at which the verdict changes.
    pub const ROLLOUT_FLIPS: usize = 20_000;
    /// Clients whose access is followed.
    pub const ROLLOUT_CLIENTS: usize = 200;
    /// Certificates for whose beginning a plan may wait.
    pub const ROLLOUT_PLAN_WAITS: usize = 8;
    /// Steps of a plan; three are enough for every change that the article describes.
    pub const ROLLOUT_PLAN_STEPS: usize = 5;
    /// Moments that are shown in a trace; the rest are counted in one step.
    pub const TRACE_MOMENTS: usize = 50;
    /// Facts that a summary names where a verdict needs them; the report lists all.
    pub const SUMMARY_FACTS: usize = 4;
    /// Fixes tried by evaluating the edited case; one that was not tried is not offered.
    pub const TRIED_FIXES: usize = 12;
    /// Bytes of the edited cases that are evaluated to try fixes; the first is tried in any case.
    pub const TRIED_BYTES: usize = 16 << 20;
    /// Codes that are recognised in what someone saw; a message wraps two or three.
    pub const SEEN_CODES: usize = 20;
    /// Causes that a diagnosis lists.
    pub const CAUSES: usize = 25;
    /// Certificates whose validity bounds are tried as instants at which the verdict changes.
    pub const FLIP_CERTIFICATES: usize = 200;
    /// Identifiers of one list: what a nightly export of a large application has.
    pub const SESSION_IDENTIFIERS: usize = 200_000;
    /// Bytes of one identifier: far beyond every published maximum.
    pub const SESSION_IDENTIFIER_BYTES: usize = 4_096;
    /// Identifiers that are shown one by one in the answer and the trace.
    pub const SESSION_DETAILED: usize = 100;
    /// Candidates that are hashed, each in three forms by eleven functions: about ten megabytes.
    pub const SESSION_CANDIDATES: usize = 20_000;
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
    /// Values nested in a JSON, TOML or YAML document; the deepest manifest seen nests nine deep.
    pub const TREE_DEPTH: usize = 64;
    /// Keys, items and values of such a document.
    pub const TREE_NODES: usize = 500_000;
    /// Credentials of one case that are looked for in every message; a document with more is no manifest.
    pub const CREDENTIALS: usize = 1_000;
    /// Signers of a policy that are tried against known-bad enclaves, each by evaluating some.
    pub const TRIED_SIGNERS: usize = 64;
    /// Values of two artefacts that are compared for a difference; the rest is not listed.
    pub const CHANGES: usize = 10_000;
    /// Artefacts of one case, each of which is compared with each.
    pub const ARTEFACTS: usize = 64;
    /// Runs of like pages listed of an SGXS stream; an enclave of many gigabytes has some hundreds.
    pub const SGXS_RUNS: usize = 1_000;
    /// Findings of one rule in a report; the rest are counted in one more finding.
    pub const FINDINGS_PER_RULE: usize = 100;
    /// Bits of the shortest RSA modulus that is judged: the weakest key in Wine's tests of Windows' chains.
    pub const RSA_MODULUS_BITS_LEAST: u32 = 512;
    /// Bits of the longest RSA modulus: OpenSSL's and Windows' bound. One verification takes some 7 ms in a browser.
    pub const RSA_MODULUS_BITS: u32 = admit_rsa::MODULUS_BITS;
    /// Bits of an RSA public exponent: OpenSSL's bound for moduli of more than 3072 bits.
    pub const RSA_EXPONENT_BITS: u32 = 64;
    /// Paths shown beside the best one.
    pub const SHOWN_PATHS: usize = 8;
    /// What is wrong with a path that was not chosen, shown one by one.
    pub const SHOWN_CAUSES: usize = 16;
    /// Names of one extension that are shown one by one, and bytes of one that is not decoded.
    pub const SHOWN_PARTS: usize = 64;
    /// Certificates in one path: four times the longest in public use.
    pub const CHAIN_LENGTH: usize = 32;
    /// Signatures that one search for paths asks for: many issuers of one name are an attack, not a mistake. Every step of a
    /// search asks for one, so it bounds its steps and the paths that it completes, too.
    pub const CHAIN_SIGNATURES: usize = 400;
    /// Orders of what a peer sends, and of what a store holds, that are told apart for one certificate: what depends on more of
    /// them is not known.
    pub const ORDERS: usize = 32;
    /// Issuers that fit by name and did not sign, followed to show what the chain would be.
    pub const UNSIGNED_ISSUERS: usize = 2;
    /// Names held against name constraints in one search: names times subtrees grows with the square of the input.
    pub const NAME_COMPARISONS: usize = 2_000_000;
    /// Policies, or mappings, of one certificate.
    pub const POLICIES: usize = 256;
    /// Signatures, and places in revocation lists, remembered between evaluations.
    pub const REMEMBERED_SIGNATURES: usize = 20_000;
    /// Manifests, bundles of certificates, and pairs of both, remembered between evaluations: the one that is edited, and what
    /// it was before.
    pub const REMEMBERED_CASES: usize = 2;
    /// Chains remembered with the certificates that they are built from, each at one instant.
    pub const REMEMBERED_CHAINS: usize = 10_000;
    /// Certificates of one name that are tried as the signer of a revocation list.
    pub const CRL_SIGNERS: usize = 16;
    /// Certificates that sign revocation lists and are themselves covered by lists of others, one above the other.
    pub const CRL_SIGNER_DEPTH: usize = 3;
}
