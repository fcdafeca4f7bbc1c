//! `X509FindType` and `X509FindValue`: how a node names the certificate that it presents (X509FindValue.cpp:45-135).

use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::store::Installed;
use crate::fabric::thumbprint::{Fault, FaultKind, Thumbprint};
use crate::fabric::{Platform, Runtime};

/// The attribute `X509FindType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FindType {
    /// `FindByThumbprint`, the default.
    Thumbprint,
    /// `FindBySubjectName`: the whole subject, or a common name of it.
    SubjectName,
    /// `FindByExtension`: a dNSName of subjectAltName.
    Extension,
}

/// A value that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FindValue {
    /// The SHA-1 of the certificate.
    Thumbprint(Thumbprint),
    /// A name.
    Subject {
        /// As it is written.
        text: String,
        /// The attributes, where the text is a distinguished name: dotted type and value, in the order of the text.
        attributes: Option<Vec<(String, String)>>,
    },
    /// A dNSName.
    DnsName(String),
    /// Linux, nothing written: every certificate.
    Anything,
}

/// Why a value can't be read, and so why the node doesn't open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindFault {
    /// The error that Service Fabric gives, by name.
    pub code: &'static str,
    /// What is wrong with a thumbprint, and where in the text.
    pub thumbprint: Option<Fault>,
}

/// The keywords of distinguished names, and the types that they stand for.
const KEYWORDS: [(&str, &str); 19] = [
    ("CN", "2.5.4.3"),
    ("SN", "2.5.4.4"),
    ("SERIALNUMBER", "2.5.4.5"),
    ("C", "2.5.4.6"),
    ("L", "2.5.4.7"),
    ("S", "2.5.4.8"),
    ("ST", "2.5.4.8"),
    ("STREET", "2.5.4.9"),
    ("O", "2.5.4.10"),
    ("OU", "2.5.4.11"),
    ("T", "2.5.4.12"),
    ("TITLE", "2.5.4.12"),
    ("POSTALCODE", "2.5.4.17"),
    ("G", "2.5.4.42"),
    ("I", "2.5.4.43"),
    ("UID", "0.9.2342.19200300.100.1.1"),
    ("DC", "0.9.2342.19200300.100.1.25"),
    ("E", "1.2.840.113549.1.9.1"),
    ("EMAILADDRESS", "1.2.840.113549.1.9.1"),
];

impl FindType {
    /// Every type with the name that the schema gives it.
    pub const NAMES: [(&'static str, Self); 3] = [
        ("FindByThumbprint", Self::Thumbprint),
        ("FindBySubjectName", Self::SubjectName),
        ("FindByExtension", Self::Extension),
    ];

    /// Reads a type as the runtime does, ignoring case; the schema, which the deployer applies, does not ignore it.
    /// Nothing where it is `FABRIC_E_INVALID_X509_FIND_TYPE`.
    pub fn read(text: &str) -> Option<Self> {
        Self::NAMES.into_iter().find(|(name, _)| name.eq_ignore_ascii_case(text)).map(|(_, kind)| kind)
    }

    /// The name in the schema.
    pub fn name(self) -> &'static str {
        Self::NAMES.into_iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }
}

impl FindValue {
    /// Reads a value of a type.
    ///
    /// # Errors
    ///
    /// The error with which Service Fabric refuses the settings: `FABRIC_E_INVALID_X509_THUMBPRINT`,
    /// `FABRIC_E_INVALID_SUBJECT_NAME`, `InvalidArgument` or `STATUS_NOT_SUPPORTED`.
    pub fn read(kind: FindType, text: &str, platform: Platform) -> Result<Self, FindFault> {
        if text.is_empty() && platform == Platform::Linux {
            return Ok(Self::Anything);
        }
        match kind {
            FindType::Thumbprint => match Thumbprint::read(text) {
                Ok(thumbprint) => Ok(Self::Thumbprint(thumbprint)),
                Err(fault) => Err(FindFault { code: "FABRIC_E_INVALID_X509_THUMBPRINT", thumbprint: Some(fault) }),
            },
            FindType::SubjectName if text.is_empty() => Err(FindFault::new("FABRIC_E_INVALID_SUBJECT_NAME")),
            FindType::SubjectName => {
                let attributes = distinguished_name(text, platform);
                Ok(Self::Subject { text: text.to_string(), attributes })
            }
            FindType::Extension => extension(text),
        }
    }

    /// Whether a certificate is what is looked for. Validity and key are not looked at here. For a name, `exact` asks for
    /// the whole subject, and otherwise for a common name: Windows tries the second only where the first finds nothing.
    fn matches(&self, installed: &Installed, exact: bool, platform: Platform) -> bool {
        match self {
            Self::Anything => true,
            Self::Thumbprint(thumbprint) => thumbprint.bytes == installed.thumbprint,
            Self::DnsName(name) => {
                let serves = platform == Platform::Linux || installed.serves;
                serves && installed.dns_names.iter().any(|own| own.eq_ignore_ascii_case(name))
            }
            Self::Subject { attributes: Some(attributes), .. } if exact => match platform {
                Platform::Windows => installed.subject == *attributes,
                Platform::Linux => same_set(&installed.subject, attributes),
            },
            Self::Subject { .. } if exact => false,
            Self::Subject { text, .. } => installed.common_names().any(|name| match platform {
                Platform::Windows => name == text,
                Platform::Linux => name.to_lowercase() == text.to_lowercase(),
            }),
        }
    }

    /// The places of the certificates that are looked for, in the order in which they are tried: latest NotAfter first
    /// (CryptoUtility.cpp:38-50), or latest NotBefore first where `by_issuance` says so.
    pub fn search(&self, store: &[Installed], platform: Platform, order: Order) -> Vec<usize> {
        let find = |exact: bool| -> Vec<usize> {
            let all = store.iter().enumerate();
            all.filter(|(_, installed)| self.matches(installed, exact, platform)).map(|(place, _)| place).collect()
        };
        let mut found = find(true);
        // A distinguished name that finds nothing is looked for as a common name, on Windows only.
        let is_plain = matches!(self, Self::Subject { attributes: None, .. });
        let is_retried = matches!(self, Self::Subject { attributes: Some(_), .. }) && platform == Platform::Windows;
        if found.is_empty() && (is_plain || is_retried) {
            found = find(false);
        }
        order.sort(&mut found, store);
        found
    }

    /// The places of the certificates that are looked for, in no particular order.
    pub(crate) fn search_any(&self, store: &[Installed], platform: Platform) -> Vec<usize> {
        self.search(store, platform, Order::NotAfter)
    }

    /// Whether the text is a distinguished name whose only attribute is a common name: `CN=foo`.
    pub fn lone_common_name(&self) -> Option<&str> {
        match self {
            Self::Subject { attributes: Some(attributes), .. } => match attributes.as_slice() {
                [(kind, value)] if kind == super::store::COMMON_NAME => Some(value),
                _ => None,
            },
            _ => None,
        }
    }
}

impl FindFault {
    const fn new(code: &'static str) -> Self {
        Self { code, thumbprint: None }
    }
}

/// Which of several certificates comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The one that expires last.
    NotAfter,
    /// The one that was issued last.
    NotBefore,
}

impl Order {
    /// The order of a runtime. From 7.2 CU4 the most recently issued certificate wins: of a name, and of two thumbprints
    /// with `UseSecondaryIfNewer` (release notes of 7.2 CU4). Of an extension the notes say nothing, so it is as it was.
    pub fn of(runtime: Runtime, kind: FindType, use_secondary_if_newer: bool) -> Self {
        match (runtime, kind) {
            (Runtime::V6_5, _) | (Runtime::Current, FindType::Extension) => Self::NotAfter,
            (Runtime::Current, FindType::SubjectName) => Self::NotBefore,
            (Runtime::Current, FindType::Thumbprint) if use_secondary_if_newer => Self::NotBefore,
            (Runtime::Current, FindType::Thumbprint) => Self::NotAfter,
        }
    }

    /// Puts places in order. Those that are equal stay as they are.
    pub(super) fn sort(self, places: &mut [usize], store: &[Installed]) {
        crate::order::sort_by_key(places, |&place| core::cmp::Reverse(store.get(place).map(|one| self.date(one))));
    }

    /// The date that decides.
    pub(super) fn date(self, installed: &Installed) -> crate::Time {
        match self {
            Self::NotAfter => installed.not_after,
            Self::NotBefore => installed.not_before,
        }
    }

    /// What the date is called.
    pub(super) const fn noun(self) -> &'static str {
        match self {
            Self::NotAfter => "NotAfter",
            Self::NotBefore => "NotBefore",
        }
    }
}

/// `2.5.29.17:3=name` or `2.5.29.7:3=name`: extension, kind of name, name (X509FindValue.cpp:100-135).
fn extension(text: &str) -> Result<FindValue, FindFault> {
    let malformed = FindFault::new("InvalidArgument");
    let (oid, rest) = text.split_once(':').ok_or_else(|| malformed.clone())?;
    let (kind, name) = rest.split_once('=').ok_or_else(|| malformed.clone())?;
    let kind: u32 = kind.trim().parse().map_err(|_| malformed)?;
    if kind != 3 || !matches!(oid.trim(), "2.5.29.17" | "2.5.29.7") {
        return Err(FindFault::new("STATUS_NOT_SUPPORTED"));
    }
    Ok(FindValue::DnsName(name.to_string()))
}

/// A distinguished name: `CN=a, O=b`. Nothing where it is none, and then it is a common name.
///
/// Windows reads it with `CertStrToName`, of which keywords, dotted types, quotation marks and the separators `,` and `;`
/// are imitated; Linux splits at `,` and each part at `=` into exactly two halves.
fn distinguished_name(text: &str, platform: Platform) -> Option<Vec<(String, String)>> {
    let mut attributes = Vec::new();
    for part in parts(text, platform)? {
        let (key, value) = part.split_once('=')?;
        let (key, value) = (key.trim(), value.trim());
        if key.is_empty() || value.is_empty() || (platform == Platform::Linux && value.contains('=')) {
            return None;
        }
        let value = value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value);
        // Linux takes any key, and finds nothing by one that no subject has.
        let unknown = || (platform == Platform::Linux).then(|| key.to_string());
        attributes.push((kind(key).or_else(unknown)?, value.replace("\"\"", "\"")));
    }
    (!attributes.is_empty()).then_some(attributes)
}

/// The parts between separators outside of quotation marks. Nothing where a quotation mark is not closed.
fn parts(text: &str, platform: Platform) -> Option<Vec<&str>> {
    if platform == Platform::Linux {
        return Some(text.split(',').collect());
    }
    let mut quoted = false;
    let parts = text.split(|character| {
        quoted ^= character == '"';
        !quoted && matches!(character, ',' | ';')
    });
    let parts: Vec<&str> = parts.collect();
    (!quoted).then_some(parts)
}

fn kind(key: &str) -> Option<String> {
    let dotted = key.strip_prefix("OID.").or_else(|| key.strip_prefix("oid.")).unwrap_or(key);
    let is_dotted = dotted.contains('.') && dotted.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if is_dotted {
        return Some(dotted.to_string());
    }
    let known = KEYWORDS.iter().find(|(keyword, _)| keyword.eq_ignore_ascii_case(key));
    known.map(|(_, dotted)| (*dotted).to_string())
}

fn same_set(own: &[(String, String)], looked_for: &[(String, String)]) -> bool {
    own.len() == looked_for.len() && looked_for.iter().all(|one| own.contains(one))
}

/// What the deployer refuses in an `X509FindValue` of a thumbprint: the first character that is neither a hexadecimal
/// digit nor white space as .NET knows it (FabricSettingsValidator.cs:1780-1807). It is stricter than the runtime about
/// `?true`, and looser about non-breaking spaces and groups of digits.
pub fn refused_by_deployer(text: &str) -> Option<(usize, char)> {
    text.char_indices().find(|(_, character)| !character.is_ascii_hexdigit() && !character.is_whitespace())
}

/// Whether a fault is about a character that can't be seen.
pub(crate) fn is_invisible(fault: &Fault) -> bool {
    matches!(fault.kind, FaultKind::Character(character) if crate::is_invisible(character))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(kind: FindType, text: &str) -> Result<FindValue, &'static str> {
        FindValue::read(kind, text, Platform::Windows).map_err(|fault| fault.code)
    }

    #[test]
    fn types_ignore_case() {
        assert_eq!(FindType::read("findbythumbprint"), Some(FindType::Thumbprint));
        assert_eq!(FindType::read("FindByName"), None);
        assert_eq!(FindType::Extension.name(), "FindByExtension");
    }

    #[test]
    fn values_are_refused_by_their_codes() {
        for (kind, text, code) in [
            (FindType::Thumbprint, "", "FABRIC_E_INVALID_X509_THUMBPRINT"),
            (FindType::Thumbprint, "cc71...1984", "FABRIC_E_INVALID_X509_THUMBPRINT"),
            (FindType::Thumbprint, "\u{200e}cc71", "FABRIC_E_INVALID_X509_THUMBPRINT"),
            (FindType::Thumbprint, "a1,b2", "FABRIC_E_INVALID_X509_THUMBPRINT"),
            (FindType::SubjectName, "", "FABRIC_E_INVALID_SUBJECT_NAME"),
            (FindType::Extension, "2.5.29.17=x", "InvalidArgument"),
            (FindType::Extension, "2.5.29.17:three=x", "InvalidArgument"),
            (FindType::Extension, "2.5.29.17:3", "InvalidArgument"),
            (FindType::Extension, "2.5.29.17:2=x", "STATUS_NOT_SUPPORTED"),
            (FindType::Extension, "2.5.29.8:3=x", "STATUS_NOT_SUPPORTED"),
        ] {
            assert_eq!(read(kind, text), Err(code), "{text:?}");
        }
        assert_eq!(read(FindType::Extension, "2.5.29.7:3=x.y"), Ok(FindValue::DnsName("x.y".to_string())));
        assert_eq!(FindValue::read(FindType::SubjectName, "", Platform::Linux), Ok(FindValue::Anything));
    }

    #[test]
    fn names_are_distinguished_or_common() {
        let attributes = |text: &str, platform| match FindValue::read(FindType::SubjectName, text, platform) {
            Ok(FindValue::Subject { attributes, .. }) => attributes.map(|attributes| attributes.len()),
            _ => None,
        };
        for (text, windows, linux) in [
            ("node.example", None, None),
            ("CN = node.example", Some(1), Some(1)),
            ("C=US, O=\"Fabric, Inc\", CN=x", Some(3), None),
            ("C=US; CN=x", Some(2), None),
            ("CN=a=b", Some(1), None),
            ("CN=", None, None),
            ("XX=a", None, Some(1)),
            ("a=b=c", None, None),
            ("=a", None, None),
            ("2.5.4.3=a", Some(1), Some(1)),
            ("CN=\"a", None, Some(1)),
        ] {
            assert_eq!(attributes(text, Platform::Windows), windows, "{text}");
            assert_eq!(attributes(text, Platform::Linux), linux, "{text}");
        }
    }

    #[test]
    fn the_deployer_has_its_own_idea() {
        assert_eq!(refused_by_deployer("cc71 1984\u{a0}"), None);
        assert_eq!(refused_by_deployer("cc71?true"), Some((4, '?')));
        assert_eq!(refused_by_deployer("\u{200e}cc71"), Some((0, '\u{200e}')));
    }
}
