//! What a path behind an endpoint asks for, and which generation of the API has it.

use super::Family;

/// Data-plane API versions that were published, in order.
pub(crate) const KNOWN_VERSIONS: [&str; 5] =
    ["2024-02-02-preview", "2024-08-02-preview", "2024-10-02-preview", "2025-02-02-preview", "2025-10-02-preview"];

/// The two generations of paths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Generation {
    /// Up to 2024-08-02-preview.
    Old,
    /// From 2024-10-02-preview.
    New,
}

/// The generation of an API version.
pub(crate) fn generation(version: &str) -> Generation {
    if version < "2024-10-02" { Generation::Old } else { Generation::New }
}

/// What a path asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Operation {
    /// In words.
    pub(crate) name: &'static str,
    /// The generation that has this path; nothing if both have.
    pub(crate) generation: Option<Generation>,
    /// The methods that it takes; none of them where that is not known, or is the container's to say.
    pub(crate) methods: &'static [&'static str],
    /// Whether it is about one session, and so needs an identifier.
    pub(crate) of_session: bool,
    /// Whether the request's body is the one of running code.
    pub(crate) runs: bool,
}

const fn operation(name: &'static str, generation: Option<Generation>) -> Operation {
    Operation { name, generation, methods: &[], of_session: true, runs: false }
}

const GET: &[&str] = &["GET"];
const POST: &[&str] = &["POST"];
const GET_DELETE: &[&str] = &["GET", "DELETE"];

impl Operation {
    /// The operation of a path behind the endpoint.
    pub(crate) fn of(family: Family, method: &str, path: &str) -> Self {
        let mut parts = path.split('/').filter(|part| !part.is_empty());
        let parts = [parts.next(), parts.next(), parts.next(), parts.next()];
        let (old, new) = (Some(Generation::Old), Some(Generation::New));
        let by = |methods, operation: Self| Self { methods, ..operation };
        let pool = |methods, name| Self { of_session: false, methods, ..operation(name, new) };
        let runs = |generation| Self { runs: true, methods: POST, ..operation("run code", generation) };
        if family == Family::CustomContainer {
            return match parts {
                [Some(".management"), Some("stopSession"), ..] => by(POST, operation("stop a session", new)),
                [Some(".management"), Some("getSession"), ..] => by(POST, operation("look at a session", new)),
                [Some(".management"), Some("listSessions"), ..] => pool(POST, "list the sessions"),
                [Some(".management"), ..] => {
                    Self { of_session: false, ..operation("unknown management operation", None) }
                }
                [Some("mcp"), None, ..] => Self { of_session: false, ..operation("Model Context Protocol", None) },
                _ => operation("forwarded to the container", None),
            };
        }
        match parts {
            [Some("code"), Some("execute"), None, _] | [Some("python"), Some("execute"), None, _] => runs(old),
            [Some("identifier"), Some(_), Some("code"), Some("execute")] => runs(old),
            [Some("executions"), None, ..] => runs(new),
            [Some("executions"), Some(_), None, _] => by(GET, operation("look at an execution", new)),
            [Some("files"), Some("upload"), None, _] => by(POST, operation("upload a file", old)),
            [Some("files"), Some("content"), Some(_), None] => by(GET, operation("download a file", old)),
            [Some("files"), Some(_), Some("content"), None] => by(GET, operation("download a file", new)),
            [Some("files"), None, ..] if method == "POST" => by(POST, operation("upload a file", new)),
            [Some("files"), None, ..] => by(GET, operation("list the files", None)),
            [Some("files"), Some(_), None, _] => by(GET_DELETE, operation("look at or delete a file", None)),
            [Some("session"), None, ..] => by(GET_DELETE, operation("look at or delete a session", new)),
            [Some("listSessions"), None, ..] => pool(GET, "list the sessions"),
            [Some("metadata"), None, ..] => pool(GET, "the pool's metadata"),
            [Some("mcp"), None, ..] => Self { of_session: false, ..operation("Model Context Protocol", None) },
            _ => operation("unknown operation", None),
        }
    }

    /// Whether it is the endpoint of the Model Context Protocol.
    pub(crate) fn is_mcp(self) -> bool {
        self.name == "Model Context Protocol"
    }

    /// Whether the platform does not know it.
    pub(crate) fn is_unknown(self) -> bool {
        self.name.starts_with("unknown")
    }
}
