//! The smallest edits that would let a refused certificate in, each with what else it would let in.
//!
//! They are proposals: each is evaluated before it is offered, and only those that admit the certificate are.

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use crate::certificate::Facts;
use crate::fabric::manifest::Parameter;
use crate::fabric::settings::{SECURITY, Settings};
use crate::fabric::subject::is_named;
use crate::fabric::thumbprint::hexadecimal;
use crate::fabric::{Connection, Declared, ThumbprintList};
use crate::host_name::matches_windows;
use crate::quote::quote;
use crate::{Edit, Fix, Span};

/// Edits of the rules that judge `connection`, the smallest and the least powerful role first. `issuer` is the SHA-1 of
/// the certificate directly above, if there is one.
pub(in crate::fabric) fn mends(
    settings: &Settings<'_>,
    facts: &Facts,
    issuer: Option<&[u8]>,
    connection: Connection,
) -> Vec<Fix> {
    let issuer = issuer.map(hexadecimal);
    let mut fixes = Vec::new();
    for &declared in Declared::judging(connection) {
        let parameters = settings.section_parameters(declared.names_section());
        let mut has_name = false;
        for parameter in &parameters {
            let written = parameter.name.text();
            if is_named(facts, written) {
                has_name = true;
                fixes.extend(issuer.as_ref().and_then(|issuer| pin(settings, facts, declared, parameter, issuer)));
            } else if let Some(meant) = meant(facts, written) {
                has_name = true;
                let roles = roles(settings, parameter, declared);
                let mut lets_in = Vec::from([class(settings, &meant, None, &roles)]);
                if !parameter.value.text().trim().is_empty() {
                    lets_in.extend(after(settings, &roles, &meant, Some(written)));
                }
                fixes.push(Fix {
                    title: format!("Write {meant} in {}", declared.names_section()),
                    edits: Vec::from([parameter.name.edit(0..written.len(), &meant)]),
                    then: None,
                    lets_in,
                });
            }
        }
        fixes.extend(list(settings, facts, declared));
        if let (Some(issuer), Some(first), Some(name), false) =
            (&issuer, parameters.first(), facts.common_names.first().filter(|name| !name.is_empty()), has_name)
        {
            let mut lets_in = Vec::from([class(settings, name, Some((facts, issuer)), &[declared])]);
            lets_in.extend(after(settings, &[declared], name, None));
            fixes.push(Fix {
                title: format!("Declare {name} with its issuer in {}", declared.names_section()),
                edits: Vec::from([before(first, name, issuer)]),
                then: None,
                lets_in,
            });
        }
    }
    fixes
}

/// The name of the certificate that was meant by one with blanks, with `CN=`, or with a wildcard.
fn meant(facts: &Facts, written: &str) -> Option<String> {
    let bare = written.trim();
    let bare = match bare.split_once('=') {
        Some((kind, name)) if kind.trim().eq_ignore_ascii_case("CN") => name.trim(),
        _ => bare,
    };
    let is_meant = |own: &&String| own.eq_ignore_ascii_case(bare) || matches_windows(bare, own);
    facts.common_names.iter().find(is_meant).filter(|own| !own.is_empty() && *own != written).cloned()
}

/// Adds the issuer to the pins of a name, or pins a name that has none.
fn pin(
    settings: &Settings<'_>,
    facts: &Facts,
    declared: Declared,
    parameter: &Parameter<'_>,
    issuer: &str,
) -> Option<Fix> {
    let value = &parameter.value;
    if parameter.is_built() {
        return None;
    }
    let list = ThumbprintList::read(value.text());
    let pinned = list.thumbprints()?;
    if pinned.iter().any(|pin| hexadecimal(&pin.bytes) == issuer) {
        return None;
    }
    let name = parameter.name.text();
    let end = value.text().len();
    let (title, edit) = match pinned.is_empty() {
        true => (format!("Pin {name} to its issuer"), value.edit(0..end, issuer)),
        false => (format!("Add its issuer to {name}"), value.edit(end..end, &format!(",{issuer}"))),
    };
    let title = format!("{title} in {}", declared.names_section());
    let mut lets_in = pinned_to(settings, declared, parameter, facts, issuer);
    if pinned.is_empty() {
        lets_in.push(String::from("and no certificate of that name of another issuer any more"));
    }
    Some(Fix { title, edits: Vec::from([edit]), then: None, lets_in })
}

/// Adds the thumbprint to the list of a role, written or not.
fn list(settings: &Settings<'_>, facts: &Facts, declared: Declared) -> Option<Fix> {
    if facts.sha1.is_empty() {
        return None;
    }
    let name = declared.thumbprints();
    let edit = match settings.thumbprints_of(declared) {
        Some(setting) => {
            setting.list.thumbprints()?;
            let value = &setting.parameter.value;
            if let Some(extension) = &setting.parameter.extension {
                let text = [&extension.before, facts.sha1.as_str(), &extension.after].concat();
                return Some(Fix {
                    title: extension.title.clone(),
                    edits: Vec::from([Edit { span: value.document().span(extension.at..extension.at), text }]),
                    then: None,
                    lets_in: Vec::from([extension.lets_in.clone()]),
                });
            }
            if setting.parameter.is_built() {
                return None;
            }
            let end = value.text().len();
            let text = match setting.list.items.is_empty() {
                true => facts.sha1.clone(),
                false => format!(",{}", facts.sha1),
            };
            value.edit(end..end, &text)
        }
        None => {
            before(settings.section_parameters(SECURITY).first().filter(|other| !other.is_built())?, name, &facts.sha1)
        }
    };
    Some(Fix {
        title: format!("Add it to {name}"),
        edits: Vec::from([edit]),
        then: None,
        lets_in: Vec::from([format!("this certificate only, as {}", declared.granted(settings.roles_in_effect()))]),
    })
}

/// What an issuer lets in that is added to the pins of a name.
pub(super) fn pinned_to(
    settings: &Settings<'_>,
    declared: Declared,
    parameter: &Parameter<'_>,
    facts: &Facts,
    issuer: &str,
) -> Vec<String> {
    let name = parameter.name.text();
    let roles = roles(settings, parameter, declared);
    let mut lets_in = Vec::from([class(settings, name, Some((facts, issuer)), &roles)]);
    lets_in.extend(after(settings, &roles, name, None));
    lets_in
}

/// The roles whose rules an entry stands in. What a configuration in JSON says once, the product writes into several.
fn roles(settings: &Settings<'_>, parameter: &Parameter<'_>, declared: Declared) -> Vec<Declared> {
    let is_same =
        |other: &&Parameter<'_>| other.span() == parameter.span() && other.name.text() == parameter.name.text();
    let stands =
        |role: &Declared| *role == declared || settings.section_parameters(role.names_section()).iter().any(is_same);
    Declared::ALL.into_iter().filter(stands).collect()
}

/// What else an issuer lets in that a name is pinned to: once a pinned name is met whose issuer matches, Windows tolerates
/// an untrusted root for the names without pins after it (SecurityContextSsl.cpp:1339-1344). The rules of clients hold those
/// of admins. Nothing if there is no such name, or none that did not come after the name `old`, which it had before.
fn after(settings: &Settings<'_>, roles: &[Declared], name: &str, old: Option<&str>) -> Option<String> {
    let (name, old) = (name.to_lowercase(), old.map(str::to_lowercase));
    let is_after = |other: &str| {
        let other = other.to_lowercase();
        other > name && old.as_ref().is_none_or(|old| other < *old)
    };
    let is_client = |role: &Declared| matches!(role, Declared::Client | Declared::AdminClient);
    let is_beside = |other: &Declared| roles.contains(other) || is_client(other) && roles.iter().any(is_client);
    for beside in Declared::ALL.into_iter().filter(is_beside) {
        let parameters = settings.section_parameters(beside.names_section());
        let mut unpinned = parameters.iter().filter(|other| other.value.text().trim().is_empty());
        let listed = settings.security(beside.deprecated_names()).map_or("", |parameter| parameter.value.text());
        let has_issuers = |parameter: &Parameter<'_>| !parameter.value.text().trim().is_empty();
        let listed = if settings.security(beside.default_issuers()).is_some_and(has_issuers) { "" } else { listed };
        let found = unpinned.find_map(|other| Some(other.name.text()).filter(|other| is_after(other)));
        let found = found.or_else(|| listed.split(',').find(|other| !other.is_empty() && is_after(other)));
        if let Some(unpinned) = found {
            return Some(format!(
                "on Windows, what it issues for names without pins that come after it, such as {}, though the root is not trusted",
                quote(unpinned)
            ));
        }
    }
    None
}

/// What a name lets in: it stands for a class of certificates, not for one. Its issuer is known by the certificate below it,
/// or by its thumbprint alone.
fn class(settings: &Settings<'_>, name: &str, issuer: Option<(&Facts, &str)>, declared: &[Declared]) -> String {
    let mut nouns: Vec<&str> = declared.iter().map(|&one| one.granted(settings.roles_in_effect())).collect();
    nouns.dedup();
    let roles = match nouns.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => nouns.concat(),
    };
    let which = match issuer {
        Some((facts, issuer)) => {
            let issuer = if facts.issuer.is_empty() { issuer } else { &facts.issuer };
            format!("{} issues", quote(issuer))
        }
        None => String::from("its rule allows"),
    };
    format!("every certificate of the name {} that {which}, as {roles}", quote(name))
}

/// A parameter before another one, indented as that one is.
fn before(other: &Parameter<'_>, name: &str, value: &str) -> Edit {
    let span = other.span();
    let text = other.name.document().text();
    let ahead = text.get(..span.start as usize).unwrap_or_default();
    let margin = ahead.rsplit('\n').next().filter(|margin| margin.trim().is_empty() && margin.len() < ahead.len());
    let margin = margin.map_or_else(String::new, |margin| format!("\n{margin}"));
    let escaped = |text: &str| match text.contains(['&', '<', '"']) {
        // Names of certificates may hold anything; attributes may not.
        true => text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;"),
        false => text.to_string(),
    };
    let written = format!("<Parameter Name=\"{}\" Value=\"{}\" />{margin}", escaped(name), escaped(value));
    Edit { span: Span { end: span.start, ..span }, text: written }
}
