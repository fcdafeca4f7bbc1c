//! The form of an identifier.
//!
//! What it checks: length, characters, first and last character and reserved words of the chosen profile.
//! Why it matters: the service answers 400, or, where two published rules disagree, nobody knows which is enforced.
//! Reference: Use dynamic sessions in Azure Container Apps, Identifier format; the API specification's pattern.

use alloc::format;
use alloc::string::String;

use super::{Findings, KINDS, article, specification};
use crate::quote::{code_point, is_invisible, quote};
use crate::session::judge::Place;
use crate::session::profile::{Acceptance, DOCUMENTATION, Judgement, Offence, Profile, SPECIFICATION, counted};
use crate::{Finding, Rule, Severity};

pub(crate) static SHORT: Rule = Rule {
    id: "identifier-too-short",
    aliases: &[],
    title: "the identifier is shorter than its profile allows",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Counts the characters, or the bytes where the profile counts bytes."),
    why: crate::page!("The service refuses the request, and short identifiers are guessed."),
    bad: crate::page!("abc"),
    good: crate::page!("9b74c9897bac770ffc029102a200c5de"),
    citation: article("Identifier format"),
};

pub(crate) static LONG: Rule = Rule {
    id: "identifier-too-long",
    aliases: &[],
    title: "the identifier is longer than its profile allows",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Counts the characters, or the bytes where the profile counts bytes."),
    why: crate::page!("The service refuses the request; cut to the limit, two identifiers can become one."),
    bad: crate::page!("129 characters"),
    good: crate::page!("32 to 64 hexadecimal digits"),
    citation: article("Identifier format"),
};

pub(crate) static CHARACTER: Rule = Rule {
    id: "identifier-character",
    aliases: &[],
    title: "the identifier holds a character that its profile does not have",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!(
        "Looks each character up in the profile's set. For Azure: in the wider of its two published sets."
    ),
    why: crate::page!(
        "The service refuses the request. Spaces, backslashes, control characters and everything beyond ASCII are \
          in neither set."
    ),
    bad: crate::page!("café"),
    good: crate::page!("cafe-9b74c9897bac770ffc029102a200c5de"),
    citation: specification("specification/app/data-plane/DynamicSessions/models/common.tsp"),
};

pub(crate) static UNDOCUMENTED: Rule = Rule {
    id: "identifier-outside-documentation",
    aliases: &[],
    title: "only the API specification accepts a character of the identifier",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!(
        "Looks for the 15 characters that the API specification's pattern accepts and the documentation's list \
          does not have."
    ),
    why: crate::page!(
        "Which of the two the service enforces is undocumented, so the identifier can work today and be refused \
          tomorrow."
    ),
    bad: crate::page!("tenant:user"),
    good: crate::page!("tenant-user"),
    citation: article("Identifier format"),
};

pub(crate) static EDGE: Rule = Rule {
    id: "identifier-edge-character",
    aliases: &[],
    title: "the identifier starts or ends with a character that may stand inside only",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Looks at the first and the last character, where the profile says which are allowed there."),
    why: crate::page!(
        "Where identifiers become names of hosts or resources, their ends are stricter than their middle."
    ),
    bad: crate::page!("-abc (google-vertex-agent-engine)"),
    good: crate::page!("abc-1"),
    citation: crate::Citation::new("Vertex AI Agent Engine; Cloudflare Sandbox SDK", "session and sandbox identifiers"),
};

pub(crate) static RESERVED: Rule = Rule {
    id: "identifier-reserved",
    aliases: &[],
    title: "the identifier is a reserved word",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Compares with the reserved words of the profile, whatever their case."),
    why: crate::page!("The name already means something else to the service."),
    bad: crate::page!("admin (cloudflare-sandbox)"),
    good: crate::page!("sandbox-9b74c9897bac"),
    citation: crate::Citation::new("Cloudflare Sandbox SDK", "sandbox ID validation"),
};

pub(crate) static NOT_UUID: Rule = Rule {
    id: "identifier-not-a-uuid",
    aliases: &[],
    title: "the identifier is not a UUID of RFC 9562",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!(
        "Looks at the hyphens, the digits, the version and the variant, where the profile asks for a UUID."
    ),
    why: crate::page!("What reads it as a UUID will refuse it."),
    bad: crate::page!("3f2504e0-4f89-01d3-9a0c-0305e82c3301"),
    good: crate::page!("3f2504e0-4f89-41d3-9a0c-0305e82c3301"),
    citation: crate::Citation::new("RFC 9562", "section 4"),
};

/// Findings about the form of one identifier.
pub(in crate::session) fn check(profile: &Profile, place: &Place<'_>, judged: &Judgement, findings: &mut Findings) {
    let name = &profile.name;
    let azure = name == DOCUMENTATION || name == SPECIFICATION;
    for offence in &judged.offences {
        match offence {
            Offence::Short(found, minimum, unit) => findings.add(
                &SHORT,
                |finding| cite(finding, profile).at(place.whole()).arg("minimum", minimum_text(*minimum)),
                || format!("expected at least {}, found {}", counted(*minimum, *unit), counted(*found, *unit)),
            ),
            Offence::Long(found, maximum, unit) => findings.add(
                &LONG,
                |finding| cite(finding, profile).at(place.whole()).arg("maximum", minimum_text(*maximum)),
                || format!("expected at most {}, found {}", counted(*maximum, *unit), counted(*found, *unit)),
            ),
            Offence::Character(character, at) => findings.add(
                &CHARACTER,
                |finding| {
                    let finding = if azure { finding } else { cite(finding, profile) };
                    finding.at(place.character(*at, *character)).arg("character", shown(*character))
                },
                || {
                    let whose = if azure { String::from("both of Azure's rules") } else { quote(name) };
                    format!("expected a character of {whose}, found {}", shown(*character))
                },
            ),
            Offence::Undocumented(character, at)
                if judged.acceptance != Acceptance::Accepted && name == DOCUMENTATION =>
            {
                findings.add(
                    &UNDOCUMENTED,
                    |finding| {
                        finding
                            .at(place.character(*at, *character))
                            .arg("character", shown(*character))
                            .help("use letters, digits and `-` only")
                    },
                    || {
                        format!(
                            "{} is accepted by the API specification and not in the documentation's list",
                            shown(*character)
                        )
                    },
                );
            }
            Offence::Undocumented(..) => {}
            Offence::Edge(character, at) => findings.add(
                &EDGE,
                |finding| cite(finding, profile).at(place.character(*at, *character)),
                || {
                    let end = if *at == 0 { "beginning" } else { "end" };
                    let found = shown(*character);
                    format!(
                        "expected another character at the {end} of an identifier of {}, found {found}",
                        quote(name)
                    )
                },
            ),
            Offence::Reserved(word) => findings.add(
                &RESERVED,
                |finding| cite(finding, profile).at(place.whole()),
                || format!("expected a word that is free, found {}, which {} reserves", quote(word), quote(name)),
            ),
            Offence::NotUuid => findings.add(
                &NOT_UUID,
                |finding| finding.at(place.whole()),
                || String::from("expected a UUID of RFC 9562, found another form, version or variant"),
            ),
        }
    }
}

/// The profile's own citation, where it is not Azure's.
fn cite(mut finding: Finding, profile: &Profile) -> Finding {
    finding.citation = profile.citation.clone();
    finding
}

fn minimum_text(bound: u32) -> String {
    format!("{bound}")
}

/// A character as a message shows it.
fn shown(character: char) -> String {
    if is_invisible(character) || character == ' ' {
        return code_point(character);
    }
    let mut buffer = [0; 4];
    quote(character.encode_utf8(&mut buffer))
}
