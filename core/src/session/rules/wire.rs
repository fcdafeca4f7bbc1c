//! What becomes of an identifier on its way (the article: validate user input).
//!
//! What it checks: the identifier under every client model, in both orders of parameters.
//! Why it matters: only `-` of the documented special characters needs no encoding in a query. An identifier that is put
//! into the URL as it stands can become another user's.
//! Reference: RFC 3986, section 2; the WHATWG URL standard; behaviour measured with urllib, requests, curl and fetch.

use alloc::format;

use super::{Findings, KINDS, article};
use crate::quote::quote;
use crate::session::judge::Place;
use crate::session::wire::{Client, Effect, Way};
use crate::{Citation, Rule, Severity};

pub(crate) static COLLAPSES: Rule = Rule {
    id: "identifier-collapses",
    aliases: &[],
    title: "put into a URL as it stands, the identifier loses its end",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!(
        "Parses `?identifier=...` with the identifier interpolated. `&` ends the value; `#` starts the fragment, \
          which never leaves the client."
    ),
    why: crate::page!(
        "All identifiers with the same beginning share one session. With `api-version` in front of it the service \
          does not even notice."
    ),
    bad: crate::page!("user&alice and user&bob: both `user`"),
    good: crate::page!("user-alice, or encoded: user%26alice"),
    citation: Citation::new("RFC 3986", "sections 3.4 and 3.5"),
};

pub(crate) static ALIASED: Rule = Rule {
    id: "identifier-aliased",
    aliases: &[],
    title: "put into a URL as it stands, the identifier becomes another",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!(
        "Parses the query with the identifier interpolated. `%` and two hexadecimal digits are decoded."
    ),
    why: crate::page!("The session that is entered is the one of another identifier."),
    bad: crate::page!("%41bcd: Abcd"),
    good: crate::page!("letters, digits and `-`"),
    citation: Citation::new("RFC 3986", "section 2.1"),
};

pub(crate) static INJECTS: Rule = Rule {
    id: "identifier-injects-parameter",
    aliases: &[],
    title: "put into a URL as it stands, the identifier adds a parameter",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!(
        "Parses the query with the identifier interpolated, and looks for parameters that were not meant or came \
          twice."
    ),
    why: crate::page!(
        "Which of two `identifier` parameters wins is undocumented, so whoever chooses the identifier can choose \
          another session."
    ),
    bad: crate::page!("abcd&identifier=victim1"),
    good: crate::page!("letters, digits and `-`"),
    citation: article("Security: validate user input"),
};

pub(crate) static INVALID: Rule = Rule {
    id: "identifier-becomes-invalid",
    aliases: &[],
    title: "put into a URL as it stands, the identifier becomes invalid",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!(
        "Parses the query with the identifier interpolated. `+` becomes a space, a lone `%` can't be decoded by \
          strict servers."
    ),
    why: crate::page!("The service refuses what the application took for valid."),
    bad: crate::page!("a+b+c"),
    good: crate::page!("letters, digits and `-`"),
    citation: Citation::new("WHATWG URL", "application/x-www-form-urlencoded parsing"),
};

pub(crate) static GLOBBED: Rule = Rule {
    id: "identifier-globbed-by-curl",
    aliases: &[],
    title: "curl makes several requests, another one, or none of the identifier",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Expands brackets and braces as curl does without `-g`."),
    why: crate::page!("Each expansion is an identifier of its own and allocates a session of its own."),
    bad: crate::page!("u[1-3]xx: three requests"),
    good: crate::page!("curl -g, or letters, digits and `-`"),
    citation: Citation::new("curl manual", "URL globbing"),
};

pub(crate) static SHELL: Rule = Rule {
    id: "identifier-shell-significant",
    aliases: &[],
    title: "the identifier holds characters that mean something to a shell",
    severity: Severity::Info,
    kinds: KINDS,
    what: crate::page!("Looks for characters that POSIX shells or cmd.exe act on."),
    why: crate::page!(
        "On a command line without quotes the identifier becomes a command, a redirection or a variable."
    ),
    bad: crate::page!("$(id);{x}"),
    good: crate::page!("letters, digits and `-`"),
    citation: article("Security: validate user input"),
};

/// Findings about one identifier's ways.
pub(in crate::session) fn check(identifier: &str, place: &Place<'_>, ways: &[Way], findings: &mut Findings) {
    let raw = |effect: Effect| ways.iter().rfind(|way| way.client == Client::Interpolation && way.effect == effect);
    let seen = |way: &Way| way.seen.first().map(|seen| quote(seen)).unwrap_or_default();
    let meant = || quote(identifier);
    let at = |finding: crate::Finding| {
        finding.at(place.whole()).help("use letters, digits and `-` only, which are the same everywhere")
    };
    if let Some(way) = raw(Effect::Collapsed) {
        let lost = ways.iter().any(|way| way.client == Client::Interpolation && !way.version_arrives);
        let order = if lost { "; with the identifier in front, the API version is lost too" } else { "" };
        findings.add(&COLLAPSES, at, || format!("{} is sent, {} is what the server sees{order}", meant(), seen(way)));
    }
    if let Some(way) = raw(Effect::Aliased) {
        findings.add(&ALIASED, at, || format!("{} is sent, {} is what the server sees", meant(), seen(way)));
    }
    if let Some(way) = raw(Effect::Injected) {
        findings.add(&INJECTS, at, || {
            let values: alloc::vec::Vec<_> = way.seen.iter().map(|value| quote(value)).collect();
            format!("{} is sent, and the server sees parameters that were not meant: {}", meant(), values.join(", "))
        });
    }
    if let Some(way) = raw(Effect::Invalid) {
        findings.add(&INVALID, at, || format!("{} is sent, {} is what the server sees", meant(), seen(way)));
    }
    if let Some(way) =
        ways.iter().find(|way| way.client == Client::Curl && matches!(way.effect, Effect::Multiplied | Effect::Unsent))
    {
        findings.add(&GLOBBED, at, || match way.seen.len() {
            0 => format!("curl refuses {}: it reads brackets and braces as a pattern", meant()),
            count => format!("curl sends {count} requests for {}", meant()),
        });
    } else if let (Some(globbed), Some(plain)) =
        (ways.iter().find(|way| way.client == Client::Curl), ways.iter().find(|way| way.client == Client::CurlNoGlob))
        && globbed.seen != plain.seen
    {
        findings.add(&GLOBBED, at, || format!("curl sends {} for {}", seen(globbed), meant()));
    }
    if let Some((place_of, character)) =
        identifier.char_indices().find(|(_, character)| "|&$#(){}[];<>`'\"*?!~%^".contains(*character))
    {
        findings.add(
            &SHELL,
            |finding| finding.at(place.character(place_of, character)).help("quote it on command lines"),
            || format!("{} holds {}, on which shells act", meant(), quote(character.encode_utf8(&mut [0; 4]))),
        );
    }
}
