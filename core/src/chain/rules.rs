//! The rules about chains: one for each kind of trust error, and for what weakens a chain.
//!
//! What they check: every element of the best chain, all errors and not the first.
//! Why it matters: a chain is as good as its worst element.
//! Reference: RFC 5280, section 6; `CERT_TRUST_STATUS` (wincrypt.h) names the bits.

use super::status::error;
use crate::{Citation, Kind, Rule, Severity};

const KINDS: &[Kind] = &[Kind::Chain];

macro_rules! rules {
    ($($constant:ident: $bits:expr, $id:literal, $title:literal, $what:literal, $why:literal, bad $bad:literal, good $good:literal,
       $source:literal $place:literal;)*) => {
        $(pub(crate) static $constant: Rule = Rule {
            id: $id,
            aliases: &[],
            title: $title,
            severity: Severity::Error,
            kinds: KINDS,
            what: crate::page!($what),
            why: crate::page!($why),
            bad: crate::page!($bad),
            good: crate::page!($good),
            citation: Citation::new($source, $place),
        };)*
        /// Each error bit with its rule.
        const BY_BIT: &[(u32, &Rule)] = &[$(($bits, &$constant)),*];
    };
}

/// The rule for an error bit.
pub(crate) fn of(bit: u32) -> Option<&'static Rule> {
    BY_BIT.iter().find(|(bits, _)| bits & bit != 0).map(|(_, rule)| *rule)
}

rules! {
    SIGNATURE: error::NOT_SIGNATURE_VALID, "chain-signature-invalid", "a certificate is not signed by its issuer",
        "Verifies each signature over the bytes as received, with the issuer's key.",
        "A certificate that its issuer did not sign says nothing. MD2, MD4 and MD5 prove nothing either: two certificates with one signature can be made.",
        bad "a certificate whose bytes were changed, or whose issuer only has the right name", good "the certificate as it was issued, with the issuer that signed it",
        "RFC 5280" "section 6.1.3 (a)(1)";
    REVOKED: error::REVOKED, "chain-revoked", "a certificate is revoked",
        "Looks each certificate up in the revocation lists that are supplied.",
        "Whoever issued it has withdrawn it.",
        bad "a certificate whose serial number is on its issuer's list", good "its replacement",
        "RFC 5280" "section 6.3";
    UNTRUSTED_ROOT: error::UNTRUSTED_ROOT, "chain-untrusted-root", "the root is not trusted",
        "Compares the end of the chain with the trusted roots.",
        "Anyone can make a root. Only one that the verifier has decided to trust gives the chain a meaning.",
        bad "a self-signed root that is not in the store", good "the root added to the store, if it should be trusted",
        "RFC 5280" "section 6.1.1 (d)";
    PARTIAL: error::PARTIAL_CHAIN | error::CYCLIC, "chain-incomplete", "an issuer is missing",
        "Looks for the issuer of each certificate among what was sent and what the verifier has.",
        "A server that does not send its intermediates works for whoever happens to have them.",
        bad "the server's certificate alone", good "the server's certificate and every intermediate below the root",
        "RFC 8446" "section 4.4.2";
    TIME: error::NOT_TIME_VALID, "chain-not-time-valid", "a certificate of the chain is expired, or not yet valid",
        "Compares the validity of every element, the root included, with the instant of the case.",
        "An expired intermediate or root breaks every certificate below it, however new.",
        bad "a good certificate under an intermediate that expired yesterday", good "the renewed intermediate sent with it",
        "RFC 5280" "section 6.1.3 (a)(2)";
    USAGE: error::NOT_VALID_FOR_USAGE, "chain-wrong-usage", "a certificate may not be used like this",
        "Looks at keyUsage and extKeyUsage of the certificate, and at those of the authorities above it.",
        "A certificate for clients is not one for servers, and a key without keyCertSign issues nothing.",
        bad "extKeyUsage clientAuth on a server", good "extKeyUsage serverAuth",
        "RFC 5280" "sections 4.2.1.3 and 4.2.1.12";
    CONSTRAINTS: error::INVALID_BASIC_CONSTRAINTS, "chain-not-an-authority", "a certificate issued another without being an authority",
        "Looks at basicConstraints and pathLenConstraint of every issuer.",
        "Without this check whoever has a certificate could issue more.",
        bad "a server's certificate that issued another", good "an issuer with cA TRUE and room in its path length",
        "RFC 5280" "section 4.2.1.9";
    NOT_PERMITTED: error::NOT_PERMITTED_NAME_CONSTRAINT, "chain-name-not-permitted", "a name is outside of what its authority may certify",
        "Holds every name against the permitted subtrees of the authorities above it.",
        "The authority was trusted for some names only.",
        bad "`www.other.example` under an authority for `.example.org`", good "`www.example.org`",
        "RFC 5280" "section 4.2.1.10";
    EXCLUDED: error::EXCLUDED_NAME_CONSTRAINT, "chain-name-excluded", "a name is one that its authority must not certify",
        "Holds every name against the excluded subtrees of the authorities above it; a wildcard that could stand for one counts.",
        "The authority was trusted for everything but these names.",
        bad "`a.example.org` under an authority that excludes `example.org`", good "a name outside of the excluded subtree",
        "RFC 5280" "section 4.2.1.10";
    NAME_CONSTRAINTS: error::INVALID_NAME_CONSTRAINTS | error::NOT_SUPPORTED_NAME_CONSTRAINT | error::NOT_DEFINED_NAME_CONSTRAINT,
        "chain-name-constraints-unsupported", "name constraints that can't be applied",
        "Looks for constraints of forms that are not supported, with bounds, or in a certificate of no authority.",
        "What can't be applied is taken as broken, since ignoring it would admit.",
        bad "nameConstraints for otherName, and a certificate with such a name", good "nameConstraints for dNSName",
        "RFC 5280" "section 4.2.1.10";
    POLICY: error::INVALID_POLICY_CONSTRAINTS | error::NO_ISSUANCE_CHAIN_POLICY, "chain-policy-missing", "no certificate policy is valid for the whole chain",
        "Processes policies, mappings and their constraints along the chain.",
        "Somebody, the verifier or an authority, asks that the chain was issued under a policy.",
        bad "requireExplicitPolicy 0 above a certificate without policies", good "the policy in every certificate of the chain",
        "RFC 5280" "section 6.1";
    CRITICAL: error::NOT_SUPPORTED_CRITICAL_EXT, "chain-critical-extension", "a critical extension is not supported",
        "Looks for critical extensions that this build does not process.",
        "Critical means: refuse if you don't understand it.",
        bad "an unknown extension marked critical", good "the same extension not critical",
        "RFC 5280" "section 4.2";
    EXTENSION: error::INVALID_EXTENSION, "chain-extension-malformed", "an extension can't be understood",
        "Decodes every extension that matters, strictly; under RFC 5280 also what its profile forbids: a negative serial number, key identifiers marked critical, extensions in a certificate that is not of version 3.",
        "An extension that means different things to different readers lets somebody in at one of them. A serial number that is not positive can't be told from others on a revocation list by every reader.",
        bad "two basicConstraints in one certificate", good "each extension once, in DER",
        "RFC 5280" "section 4.2";
    REVOCATION_UNKNOWN: error::REVOCATION_STATUS_UNKNOWN | error::OFFLINE_REVOCATION, "chain-revocation-unknown", "whether a certificate is revoked can't be known",
        "Looks for a revocation list that covers each certificate, is current, complete and signed by who may.",
        "Without a list that can be used, a revoked certificate looks like a good one.",
        bad "a list that expired yesterday", good "the current list of the same issuer",
        "RFC 5280" "section 6.3";
}

pub(crate) static NAME: Rule = Rule {
    id: "chain-name-mismatch",
    aliases: &[],
    title: "the certificate is not for the name that was asked for",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!(
        "Holds the name against the certificate's alternative names, and its common name where the semantics do that."
    ),
    why: crate::page!("A good certificate of somebody else is what an impostor has."),
    bad: crate::page!("`api.example.org` asked, `*.www.example.org` certified"),
    good: crate::page!("`api.example.org` among the alternative names"),
    citation: Citation::new("RFC 9525", "section 6"),
};

pub(crate) static BUDGET: Rule = Rule {
    id: "chain-search-exhausted",
    aliases: &[],
    title: "the search for a chain ran into a limit",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Counts the signatures and name comparisons of a search, and the certificates of a path."),
    why: crate::page!(
        "Many issuers of one name make every search long. A chain that was not found in time may exist, so the verdict is not a refusal."
    ),
    bad: crate::page!("a thousand different certificates of one issuer's name"),
    good: crate::page!("the one that signed the certificate"),
    citation: Citation::new("RFC 4158", "section 2.4"),
};

pub(crate) static SHA1: Rule = Rule {
    id: "signature-sha1",
    aliases: &[],
    title: "a signature is over SHA-1",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!(
        "Looks at the hash function of each signature of the chain, the root's own left out. A warning in itself; under the semantics of RFC 5280 such a signature also refuses (chain-signature-invalid), and a revocation list signed so is not used, unless the policy sets this rule to a warning or off."
    ),
    why: crate::page!(
        "Two certificates with one SHA-1 can be made since 2017 (SHAttered), and current systems refuse them."
    ),
    bad: crate::page!("sha1WithRSAEncryption"),
    good: crate::page!("sha256WithRSAEncryption"),
    citation: Citation::new("RFC 9155", "section 1"),
};

pub(crate) static WEAK_KEY: Rule = Rule {
    id: "key-weak",
    aliases: &[],
    title: "a key is too short",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Looks for RSA keys below 2048 bits in the chain."),
    why: crate::page!(
        "A key that can be factored signs for whoever factored it. RSA of 1024 bits is disallowed since 2013."
    ),
    bad: crate::page!("RSA, 1024 bits"),
    good: crate::page!("RSA, 2048 bits, or P-256"),
    citation: Citation::new("NIST SP 800-131A Rev. 2", "section 3"),
};
