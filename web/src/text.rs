//! Every word that the page itself says, in English, but for the labels in the tables of [`crate::bench`]. What the
//! engine says comes with the report.

pub mod batch;
pub mod chain;
pub mod enclave;
pub mod life;
pub mod pool;
pub mod recipe;
pub mod rollout;
pub mod session;
pub mod ui;

use admit_core::fabric::{Connection, Role};
use admit_core::{Outcome, Report, Severity, Span, Verdict};

use crate::decode::Unfit;
use crate::prose::count;

/// The name of the product.
pub const ADMIT: &str = "Admit";
/// Units of distances in time: one, many.
pub const YEARS: [&str; 2] = ["year", "years"];
/// Days.
pub const DAYS: [&str; 2] = ["day", "days"];
/// Hours.
pub const HOURS: [&str; 2] = ["hour", "hours"];
/// Minutes.
pub const MINUTES: [&str; 2] = ["minute", "minutes"];
/// Seconds.
pub const SECONDS: [&str; 2] = ["second", "seconds"];
/// No distance.
pub const AT_THIS_INSTANT: &str = "at this instant";

/// "in 3 days", "3 days ago".
pub fn distance(number: i64, [one, many]: [&str; 2], later: bool) -> String {
    let distance = count(usize::try_from(number).unwrap_or(usize::MAX), one, many);
    if later { format!("in {distance}") } else { format!("{distance} ago") }
}

/// A verdict as a headline.
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Admitted => "Admitted",
        Verdict::Refused => "Refused",
        Verdict::Indeterminate => "Indeterminate",
    }
}

/// A verdict inside a sentence.
pub fn verdict_in_words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Admitted => "admitted",
        Verdict::Refused => "refused",
        Verdict::Indeterminate => "indeterminate",
    }
}

/// The summary without the verdict, which the headline above it says.
pub fn reason(report: &Report) -> &str {
    let after = report.summary.strip_prefix(verdict(report.verdict));
    // "Refused: why" and "Refused for server authentication: why".
    let rest =
        after.and_then(|rest| rest.strip_prefix(": ").or(rest.strip_prefix(' ').filter(|rest| rest.contains(": "))));
    rest.unwrap_or(&report.summary)
}

/// A severity.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Info => "Note",
    }
}

/// What came of a step, for those who don't see its shape.
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Passed => "passed",
        Outcome::Failed => "failed",
        Outcome::Unknown => "unknown",
        Outcome::Skipped => "skipped",
        Outcome::Noted => "note",
    }
}

/// A connection.
pub fn connection(connection: Connection) -> &'static str {
    match connection {
        Connection::Node => "Node to node",
        Connection::Gateway => "Client to gateway",
        Connection::HttpGateway => "Client to HTTP gateway",
        Connection::Server => "Server to client",
    }
}

/// A role.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::ClusterPeer => "cluster peer",
        Role::Admin => "admin client",
        Role::Unrestricted => "client with every right",
        Role::User => "user client",
        Role::Server => "cluster",
    }
}

/// A document of the case.
pub fn document(name: &str) -> &str {
    crate::bench::noun(name).unwrap_or(name)
}

/// A place: "manifest, line 5". The column goes to those who ask for it.
pub fn place(span: &Span) -> String {
    format!("{}, line {}", document(&span.document), span.line)
}

/// A place where the document is clear from what stands around it.
pub fn line(span: &Span) -> String {
    format!("line {}", span.line)
}

/// A place with its column.
pub fn exact_place(span: &Span) -> String {
    format!("{}, line {}, column {}", document(&span.document), span.line, span.column)
}

/// Why a file was not taken.
pub fn unfit(name: &str, why: Unfit) -> String {
    match why {
        Unfit::TooLong => format!("{name} is longer than 16 MiB, the most that one document may have"),
        Unfit::PrivateKey => {
            format!("{name} holds a private key, so it was not read. Export the certificate alone (.cer or .pem)")
        }
        Unfit::Unknown => format!("{name} is neither text nor a certificate"),
    }
}

/// The browser gave no bytes.
pub const UNREADABLE: &str = "the file can’t be read";

/// Why an enclave was not measured.
pub fn not_measured(name: &str, why: &str) -> String {
    format!("{name} was not measured: {why}")
}

/// What an undo takes back.
pub mod change {
    /// A document was replaced.
    pub const REPLACED: &str = "replace";
    /// A document was emptied.
    pub const CLEARED: &str = "clear";
    /// A document was added.
    pub const ADDED: &str = "add";
    /// A document was removed.
    pub const REMOVED: &str = "remove";
    /// A policy was made of the artefacts.
    pub const POLICY: &str = "start a policy";
    /// An example was opened.
    pub const EXAMPLE: &str = "open example";
    /// A case was opened.
    pub const CASE: &str = "open case";
}

/// The keyboard, as the legend shows it: key, and what it does. The fields of a bench have keys of their own.
pub const KEYS: [(&str, &str); 8] = [
    ("?", "this help"),
    ("v", "go to the verdict"),
    ("e", "examples"),
    ("s", "share and export"),
    ("k", "the catalog of rules"),
    ("t", "theme: system, light, dark"),
    ("u", "undo the last fix, paste or example"),
    ("Esc", "back to the link that led into a text; close"),
];
