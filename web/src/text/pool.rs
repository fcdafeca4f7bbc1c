//! Words for session pools.

use admit_core::pool::{Egress, Form, Method};

/// Heading of a pool without a name.
pub const POOL: &str = "Session pool";
/// What is done to it.
pub const METHOD: &str = "Method";
/// The version of the API.
pub const API_VERSION: &str = "API version";
/// What runs.
pub const CONTAINER: &str = "Container";
/// What ends a session.
pub const CYCLE: &str = "Life cycle";
/// Seconds.
pub const COOLDOWN: &str = "Cooldown";
/// Seconds.
pub const ALIVE: &str = "Greatest age";
/// The internet.
pub const EGRESS: &str = "Reaches the internet";
/// Identities.
pub const IDENTITIES: &str = "Identities";
/// Secrets.
pub const SECRETS: &str = "Secrets";
/// Sessions.
pub const SESSIONS: &str = "Sessions at most";
/// Ready ones.
pub const READY: &str = "Kept ready";

/// What the configuration is.
pub fn form(form: Form) -> &'static str {
    match form {
        Form::Template => "A template",
        Form::Resource => "A resource of a template",
        Form::Body => "The body of a request",
        Form::Example => "An example of the specification",
    }
}

/// A method.
pub fn method(method: Method) -> &'static str {
    match method {
        Method::Put => "PUT",
        Method::Patch => "PATCH",
    }
}

/// Whether sessions reach the internet.
pub fn egress(egress: Egress) -> &'static str {
    match egress {
        Egress::Enabled => "yes",
        Egress::Disabled => "no",
        Egress::Unwritten => "no, by the documented default",
        Egress::Unknown => "not known",
    }
}

/// Seconds.
pub fn seconds(seconds: i64) -> String {
    format!("{seconds} seconds")
}

/// An identity and where it can be used.
pub fn identity(identity: &str, lifecycle: Option<&str>) -> String {
    match lifecycle {
        Some("Main") => format!("{identity} (in sessions)"),
        Some("None") => format!("{identity} (to pull images)"),
        Some(other) => format!("{identity} ({other})"),
        None => identity.to_owned(),
    }
}
