//! Words for enclaves.

use admit_core::Error;
use admit_core::enclave::{Progress, Setting};

/// Adds an artefact.
pub const ADD: &str = "add an artefact";
/// What else adds one.
pub const DROP: &str = "or drop files anywhere on the page";
/// Gives one another name.
pub const RENAME: &str = "rename";
/// Removes one.
pub const REMOVE: &str = "remove";
/// Heading of the policy.
pub const POLICY: &str = "Policy";
/// What the policy is.
pub const POLICY_NOTE: &str = "JSON. What it does not accept is refused";
/// Heading of what the artefacts are.
pub const ARTEFACTS: &str = "Recognised";
/// Of no known form.
pub const UNKNOWN: &str = "nothing that is known";
/// Heading of the identity.
pub const IDENTITY: &str = "Identity";
/// Who says so: a signature.
pub const SIGNED: &str = "signed";
/// Who says so: somebody.
pub const STATED: &str = "stated, not signed";
/// Heading of a signature structure.
pub const SIGNATURE: &str = "Signature structure";
/// Heading of a listing.
pub const LISTING: &str = "Measured pages";
/// Columns of the attributes.
pub const ATTRIBUTE: [&str; 3] = ["Attribute", "Signed as", "Which means"];
/// Columns of the listing.
pub const PAGES: [&str; 4] = ["Offset", "Pages", "Type", "Measured"];
/// Labels of an identity and a signature structure.
pub const MRENCLAVE: &str = "MRENCLAVE";
/// SHA-256 of a file, as it is.
pub const FILE_HASH: &str = "SHA-256 of the file";
/// The signer.
pub const MRSIGNER: &str = "MRSIGNER";
/// Its published key.
pub const PUBLISHED: &str = "Published key";
/// Product id.
pub const PRODUCT: &str = "ISVPRODID";
/// Security version.
pub const VERSION: &str = "ISVSVN";
/// Date.
pub const DATE: &str = "Date";
/// Vendor.
pub const VENDOR: &str = "Vendor";
/// Bytes free for the signer.
pub const DEFINED: &str = "SWDEFINED";
/// MISCSELECT with its mask.
pub const MISC: &str = "MISCSELECT, mask";
/// CET attributes with their mask.
pub const CET: &str = "CET attributes, mask";
/// Flags with their mask.
pub const FLAGS: &str = "ATTRIBUTES, mask";
/// XFRM with its mask.
pub const XFRM: &str = "XFRM, mask";
/// Family id.
pub const FAMILY: &str = "ISVFAMILYID";
/// Extended product id.
pub const EXTENDED: &str = "ISVEXTPRODID";
/// The signature.
pub const VERIFIED: &str = "Signature";
/// It is right.
pub const RIGHT: &str = "right: SIGNATURE, Q1 and Q2";

/// An artefact as a form.
pub const FORM: &str = "as a form";
/// Nothing is chosen in a field of a form.
pub const NOT_SAID: &str = "not said";
/// Makes a policy of the artefacts.
pub const STARTER: &str = "start from these artefacts";
/// What such a policy is.
pub const STARTER_NOTE: &str = "Accepts what the artefacts say, and nothing else";
/// Heading of the steps.
pub const FLOW: &str = "Until it runs";
/// What starting now does; the sentence follows.
pub const STARTED_NOW: &str = "If it is started now: ";
/// Heading of a difference.
pub const DIFFERENCE: &str = "Difference";
/// Changes that matter.
pub const FOR_SECURITY: &str = "For security";
/// Changes that don't.
pub const IN_TEXT: &str = "In text only";
/// Columns of a difference.
pub const WHAT: &str = "What";
/// The older one.
pub const BEFORE: &str = "Before";
/// The newer one.
pub const AFTER: &str = "After";
/// Nothing was said.
pub const ABSENT: &str = "absent";
/// Rules follow.
pub const NOW_BROKEN: &str = "Broken now: ";
/// Rules follow.
pub const NOW_MENDED: &str = "Mended now: ";

/// Which two are compared.
pub fn between(before: &str, after: &str) -> String {
    format!("{before} → {after}")
}

/// Nothing changes in a way.
pub fn nothing(heading: &str) -> String {
    format!("{heading}: nothing changes.")
}

/// Lines that differ.
pub fn lines(added: u32, removed: u32) -> String {
    format!("{added} lines are new, {removed} are gone.")
}

/// How far a step is.
pub fn progress(progress: Progress) -> &'static str {
    match progress {
        Progress::Done => "done",
        Progress::Waiting => "waiting",
        Progress::Refused => "refused",
        Progress::Unknown => "not known",
    }
}

/// The label of the field of a name.
pub fn name_of(name: &str) -> String {
    format!("name of {name}")
}

/// Removes an artefact.
pub fn remove(name: &str) -> String {
    format!("remove {name}")
}

/// Why a policy can't be read.
pub fn unreadable(error: &Error) -> String {
    format!("line {}, column {}: {error}", error.span.line, error.span.column)
}

/// The parts that are wrong.
pub fn wrong(parts: &[std::borrow::Cow<'static, str>]) -> String {
    format!("wrong: {}", parts.join(", "))
}

/// Who decides an attribute.
pub fn setting(setting: Setting) -> &'static str {
    match setting {
        Setting::Set => "set",
        Setting::Forbidden => "forbidden",
        Setting::LeftToHost => "left to the host",
    }
}

/// A size in memory.
pub fn memory(bytes: u64) -> String {
    if bytes >= 1 << 20 { format!("{} MB", bytes >> 20) } else { format!("{} KB", bytes >> 10) }
}

/// What a listing says in a sentence.
pub fn listing(size: u64, pages: u32, threads: u32, unmeasured: u32) -> String {
    let unmeasured = if unmeasured == 0 { String::new() } else { format!("; {unmeasured} chunks are not measured") };
    format!("{} of addresses, {pages} pages, {threads} threads{unmeasured}.", memory(size))
}
