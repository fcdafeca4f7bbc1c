//! Where the identifier stands in a request (the article: identifiers).
//!
//! What it checks: that one identifier stands in the query, and that nothing else in the request says another.
//! Why it matters: a session is allocated for whatever identifier arrives, so a mistake is never "not found".
//! Reference: Use dynamic sessions in Azure Container Apps, Identifiers; RFC 3986, sections 3.4 and 3.5.

use alloc::format;
use alloc::vec::Vec;

use super::{KINDS, article, page};
use crate::quote::quote;
use crate::session::request::{Operation, Read, Url};
use crate::session::wire::Query;
use crate::{Citation, Document, Finding, Rule, Severity};

pub(crate) static MISSING: Rule = Rule {
    id: "request-identifier-missing",
    aliases: &[],
    title: "the request names no session",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Looks for the parameter `identifier` of operations that are about one session."),
    why: crate::page!("The service answers 400, and no session is chosen."),
    bad: crate::page!("POST .../executions?api-version=2025-10-02-preview"),
    good: crate::page!("POST .../executions?api-version=2025-10-02-preview&identifier=9b74c989..."),
    citation: article("Identifiers"),
};

pub(crate) static TWICE: Rule = Rule {
    id: "request-identifier-twice",
    aliases: &[],
    title: "the request names two sessions",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Counts the parameters `identifier` in the query."),
    why: crate::page!(
        "Which of them the service takes is undocumented, and whoever writes the second may choose another user's \
          session."
    ),
    bad: crate::page!("?identifier=mine&identifier=victim1"),
    good: crate::page!("?identifier=mine"),
    citation: article("Security: validate user input"),
};

pub(crate) static DISAGREES: Rule = Rule {
    id: "request-identifier-disagrees",
    aliases: &[],
    title: "query, body and path name different sessions",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!(
        "Compares the identifiers of the query, of the body (`identifier`, `properties.identifier`) and of the \
          path (`/identifier/{id}/`)."
    ),
    why: crate::page!("Which of them counts depends on the API version and is undocumented."),
    bad: crate::page!("?identifier=a... with {\"properties\": {\"identifier\": \"b...\"}}"),
    good: crate::page!("the identifier in the query only"),
    citation: Citation::new(
        "Azure-Samples/container-apps-dynamic-sessions-samples",
        "code-interpreter/2024-10-02-preview-and-after.md",
    ),
};

pub(crate) static IN_BODY: Rule = Rule {
    id: "request-identifier-in-body",
    aliases: &[],
    title: "the identifier stands in the body too",
    severity: Severity::Info,
    kinds: KINDS,
    what: crate::page!("Looks for `identifier` and `properties.identifier` in a JSON body."),
    why: crate::page!(
        "Samples repeat it; the query is what counts, and every copy is one more place that can differ or be logged."
    ),
    bad: crate::page!("{\"identifier\": \"...\"} beside ?identifier=..."),
    good: crate::page!("?identifier=... alone"),
    citation: Citation::new(
        "Azure-Samples/container-apps-dynamic-sessions-samples",
        "code-interpreter/2024-10-02-preview-and-after.md",
    ),
};

pub(crate) static IN_PATH: Rule = Rule {
    id: "request-identifier-in-path",
    aliases: &[],
    title: "the identifier stands in the path",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Looks for `/identifier/{id}/` in the path."),
    why: crate::page!("That form is left over in one document, and paths are logged where queries are not."),
    bad: crate::page!(".../identifier/9b74c989.../code/execute"),
    good: crate::page!(".../executions?identifier=9b74c989..."),
    citation: page("sessions-code-interpreter.md, a path of an early version"),
};

pub(crate) static FRAGMENT: Rule = Rule {
    id: "request-fragment",
    aliases: &[],
    title: "the URL has a fragment, which is never sent",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Looks for `#`."),
    why: crate::page!(
        "Everything after it stays in the client: the end of the identifier, and the parameters behind it."
    ),
    bad: crate::page!("?identifier=tenant#1&api-version=2025-10-02-preview"),
    good: crate::page!("?identifier=tenant%231&api-version=2025-10-02-preview"),
    citation: Citation::new("RFC 3986", "section 3.5"),
};

pub(crate) static UNENCODED: Rule = Rule {
    id: "request-not-encoded",
    aliases: &[],
    title: "the query holds characters that are not legal in one",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!(
        "Looks for spaces, quotes, `<`, `>`, `|`, `^`, back-ticks, braces, brackets and characters beyond ASCII in \
          the query, and for `%` without two digits."
    ),
    why: crate::page!(
        "Some clients encode them, some send them, some servers refuse them: what arrives depends on who sends it."
    ),
    bad: crate::page!("?identifier=a|b^c{d}"),
    good: crate::page!("?identifier=a%7Cb%5Ec%7Bd%7D"),
    citation: Citation::new("RFC 3986", "section 3.4"),
};

pub(crate) static VERSION_TWICE: Rule = Rule {
    id: "request-api-version-twice",
    aliases: &[],
    title: "the request names two API versions",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Counts the parameters `api-version` in the query, in any case."),
    why: crate::page!(
        "Which of them the service takes is undocumented. An identifier that was not encoded can bring the second."
    ),
    bad: crate::page!("?api-version=2025-10-02-preview&api-version=2024-02-02-preview"),
    good: crate::page!("?api-version=2025-10-02-preview"),
    citation: article("Security: validate user input"),
};

pub(crate) static EXPANDED: Rule = Rule {
    id: "request-expanded-by-curl",
    aliases: &[],
    title: "curl makes other URLs of this one",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Looks for brackets and braces in the URL of a `curl` command without `-g`."),
    why: crate::page!(
        "curl expands them: it sends several requests, each of which allocates a session, or another identifier."
    ),
    bad: crate::page!("curl 'https://...?identifier=u[1-3]xx'"),
    good: crate::page!("curl -g 'https://...?identifier=u%5B1-3%5Dxx'"),
    citation: Citation::new("curl manual", "URL globbing"),
};

pub(crate) static STRANGER: Rule = Rule {
    id: "request-parameter-unknown",
    aliases: &[],
    title: "the query has a parameter that the data plane does not know",
    severity: Severity::Info,
    kinds: KINDS,
    what: crate::page!(
        "Compares the names in the query with those of the API: `identifier`, `api-version`, `path`, `recursive`, \
          `skip`."
    ),
    why: crate::page!(
        "It may be the end of an identifier that was not encoded. On custom containers it is the application's own."
    ),
    bad: crate::page!("?identifier=user&alice"),
    good: crate::page!("?identifier=user-alice"),
    citation: article("Security: validate user input"),
};

/// Whether the character at `at` is not legal in a query (RFC 3986, section 3.4).
pub(in crate::session) fn is_illegal(query: &str, at: usize, character: char) -> bool {
    match character {
        '%' => !query
            .get(at.saturating_add(1)..at.saturating_add(3))
            .is_some_and(|two| two.bytes().all(|b| b.is_ascii_hexdigit())),
        other => !other.is_ascii() || "|^{}[]<>\"`\\ ".contains(other),
    }
}

/// An identifier that the body or the path names.
pub(in crate::session) struct Elsewhere {
    /// "body", "path".
    pub(in crate::session) place: &'static str,
    /// The identifier.
    pub(in crate::session) identifier: alloc::string::String,
}

/// Findings about the identifier's places.
pub(in crate::session) fn check(
    read: &Read,
    url: &Url<'_>,
    query: &Query,
    operation: Operation,
    elsewhere: &[Elsewhere],
    document: &Document<'_>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let whole = || document.span(read.range.clone());
    let mut places: Vec<_> = query.parameters.iter().filter(|parameter| parameter.name == "identifier").collect();
    // Some servers take these for the same name.
    let alike = |name: &str| {
        let bare = name.split('[').next().unwrap_or_default();
        name != "identifier" && bare.eq_ignore_ascii_case("identifier")
    };
    if !places.is_empty() {
        places.extend(query.parameters.iter().filter(|parameter| alike(&parameter.name)));
    }
    let versions: Vec<_> = query.parameters.iter().filter(|one| one.name.eq_ignore_ascii_case("api-version")).collect();
    if let [first, second, ..] = versions.as_slice() {
        let message = format!("expected one `api-version`, found {} and {}", quote(&first.value), quote(&second.value));
        findings.push(Finding::new(&VERSION_TWICE, message).at(document.span(read.place(second.range.clone()))));
    }
    if read.expands && read.url.contains(['[', ']', '{', '}']) {
        let message = match crate::session::wire::expand(&read.url) {
            Some(urls) if urls.len() > 1 => format!("expected one request, found a pattern of {}", urls.len()),
            Some(_) => "expected the URL as it stands, found braces that curl takes away".into(),
            None => "expected a URL that curl sends, found brackets that it refuses".into(),
        };
        findings.push(Finding::new(&EXPANDED, message).at(whole()).help("add `-g`, or encode the brackets"));
    }
    match places.as_slice() {
        [] if operation.of_session => {
            let finding =
                Finding::new(&MISSING, format!("expected a parameter `identifier` to {}, found none", operation.name));
            findings.push(finding.at(whole()).help("add `identifier` to the query"));
        }
        [] => {}
        [first, rest @ ..] => {
            if let Some(second) = rest.first() {
                let message =
                    format!("expected one `identifier`, found {} and {}", quote(&first.value), quote(&second.value));
                findings.push(Finding::new(&TWICE, message).at(document.span(read.place(second.range.clone()))));
            }
            for other in elsewhere {
                if other.identifier == first.value {
                    if other.place == "body" {
                        findings
                            .push(Finding::new(&IN_BODY, "the body repeats the identifier of the query").at(whole()));
                    }
                } else {
                    let message = format!(
                        "expected the {} to name {}, found {}",
                        other.place,
                        quote(&first.value),
                        quote(&other.identifier)
                    );
                    findings.push(Finding::new(&DISAGREES, message).at(document.span(read.place(first.range.clone()))));
                }
            }
        }
    }
    if elsewhere.iter().any(|other| other.place == "path") {
        findings.push(
            Finding::new(&IN_PATH, "the path names a session").at(document.span(read.place(url.path_range.clone()))),
        );
    }
    if let Some(fragment) = url.fragment {
        let from = read.url.len().saturating_sub(fragment.len()).saturating_sub(1);
        let finding = Finding::new(
            &FRAGMENT,
            format!("expected no `#`, found {} behind one, which is never sent", quote(fragment)),
        );
        findings.push(finding.at(document.span(read.place(from..read.url.len()))).help("encode `#` as `%23`"));
    }
    let start = read.url.find('?').map_or(read.url.len(), |at| at.saturating_add(1));
    let end = read.url.find('#').unwrap_or(read.url.len()).max(start);
    let text = read.url.get(start..end).unwrap_or_default();
    let illegal = text.char_indices().find(|(at, character)| is_illegal(text, *at, *character));
    if let Some((at, character)) = illegal {
        let at = start.saturating_add(at);
        let message = format!("expected a legal query, found {} in it", quote(character.encode_utf8(&mut [0; 4])));
        let range = read.place(at..at.saturating_add(character.len_utf8()));
        findings.push(
            Finding::new(&UNENCODED, message).at(document.span(range)).help("encode the value of each parameter"),
        );
    }
    for parameter in &query.parameters {
        if !["identifier", "api-version", "path", "recursive", "skip"].contains(&parameter.name.as_str())
            && operation.name != "forwarded to the container"
        {
            let message = format!("{} is no parameter of the API", quote(&parameter.name));
            findings.push(Finding::new(&STRANGER, message).at(document.span(read.place(parameter.range.clone()))));
        }
    }
    findings
}
