//! What few certificates have: names of every form, constraints, policies, what is malformed, odd signatures.

use super::key::Key;
use super::{der, extension};

/// A general name (RFC 5280, section 4.2.1.6), also as the base of a subtree.
#[derive(Debug, Clone, Copy)]
pub(super) enum Form {
    Dns(&'static str),
    Email(&'static str),
    Uri(&'static str),
    /// The octets of an address; for a subtree followed by those of the mask.
    Ip(&'static [u8]),
    /// A distinguished name of an organization and nothing else.
    Organization(&'static str),
    /// An otherName: a Microsoft user principal name.
    User(&'static str),
}

impl Form {
    pub(super) fn der(&self) -> Vec<u8> {
        match self {
            Self::Email(text) => der::context_string(1, text.as_bytes()),
            Self::Dns(text) => der::context_string(2, text.as_bytes()),
            Self::Uri(text) => der::context_string(6, text.as_bytes()),
            Self::Ip(octets) => der::context_string(7, octets),
            Self::Organization(text) => {
                let attribute = der::sequence(&[der::oid("2.5.4.10"), der::utf8(text)]);
                der::context(4, &der::sequence(&[der::set(&[attribute])]))
            }
            Self::User(text) => {
                let value = der::context(0, &der::utf8(text));
                der::context(0, &[der::oid("1.3.6.1.4.1.311.20.2.3"), value].concat())
            }
        }
    }
}

/// An extension that few certificates have.
#[derive(Debug, Clone, Copy)]
pub(super) enum Special {
    /// nameConstraints, critical.
    Constraints { permitted: &'static [Form], excluded: &'static [Form] },
    /// certificatePolicies, dotted.
    Policies(&'static [&'static str]),
    /// policyMappings: of the issuer's domain to the subject's.
    Mapping(&'static str, &'static str),
    /// policyConstraints with requireExplicitPolicy.
    ExplicitPolicy(u8),
    /// inhibitAnyPolicy.
    NoAnyPolicy(u8),
    /// cRLDistributionPoints with a cRLIssuer: the organization and common name of who signs the lists.
    ListsBy(&'static str, &'static str),
    /// cRLDistributionPoints with a name below that of the issuer (nameRelativeToCRLIssuer): a common name.
    ListsAt(&'static str),
    /// Any other: its type, whether it is critical, its content.
    Raw(&'static str, bool, &'static [u8]),
}

impl Special {
    pub(super) fn der(&self) -> Vec<u8> {
        match *self {
            Self::Constraints { permitted, excluded } => {
                let mut parts = Vec::new();
                for (number, forms) in [(0, permitted), (1, excluded)] {
                    if !forms.is_empty() {
                        let subtrees: Vec<_> = forms.iter().map(|form| der::sequence(&[form.der()])).collect();
                        parts.push(der::context(number, &subtrees.concat()));
                    }
                }
                extension::extension("2.5.29.30", true, &der::sequence(&parts))
            }
            Self::Policies(policies) => {
                let policies: Vec<_> = policies.iter().map(|policy| der::sequence(&[der::oid(policy)])).collect();
                extension::extension("2.5.29.32", false, &der::sequence(&policies))
            }
            Self::Mapping(from, to) => {
                let mapping = der::sequence(&[der::oid(from), der::oid(to)]);
                extension::extension("2.5.29.33", true, &der::sequence(&[mapping]))
            }
            Self::ExplicitPolicy(skip) => {
                let constraints = der::sequence(&[der::context_string(0, &[skip])]);
                extension::extension("2.5.29.36", true, &constraints)
            }
            Self::NoAnyPolicy(skip) => extension::extension("2.5.29.54", true, &der::integer(&[skip])),
            Self::ListsBy(organization, common_name) => {
                let attribute = |id, text| der::set(&[der::sequence(&[der::oid(id), der::utf8(text)])]);
                let name = der::sequence(&[attribute("2.5.4.10", organization), attribute("2.5.4.3", common_name)]);
                let point = der::sequence(&[der::context(2, &der::context(4, &name))]);
                extension::extension("2.5.29.31", false, &der::sequence(&[point]))
            }
            Self::ListsAt(common_name) => {
                let point = der::sequence(&[der::context(0, &relative(common_name))]);
                extension::extension("2.5.29.31", false, &der::sequence(&[point]))
            }
            Self::Raw(id, critical, content) => extension::extension(id, critical, content),
        }
    }
}

/// A DistributionPointName that stands below the issuer's name (RFC 5280, section 4.2.1.13).
pub(super) fn relative(common_name: &str) -> Vec<u8> {
    der::context(1, &der::sequence(&[der::oid("2.5.4.3"), der::utf8(common_name)]))
}

/// How a certificate is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Signed {
    /// As the issuer's key signs.
    Usual,
    /// sha1WithRSAEncryption.
    Sha1,
    /// Called md5WithRSAEncryption. What is there is over SHA-256: whoever reads the name looks no further.
    Md5,
    /// Called md2WithRSAEncryption, likewise.
    Md2,
    /// RSASSA-PSS over SHA-256.
    Pss,
    /// Called Ed448, which is not supported.
    Ed448,
    /// As usual, in a BIT STRING whose last bit, a zero, is called unused.
    Unused,
    /// The algorithm beside the signature is called ecdsa-with-SHA384, and the one that is signed is not.
    Unlike,
}

impl Signed {
    /// The AlgorithmIdentifiers: inside what is signed, and beside the signature.
    pub(super) fn algorithms(self, key: &Key) -> (Vec<u8>, Vec<u8>) {
        let rsa = |id| der::sequence(&[der::oid(id), der::null()]);
        let both = match self {
            Self::Usual | Self::Unused => key.signature_algorithm(),
            Self::Sha1 => rsa("1.2.840.113549.1.1.5"),
            Self::Md5 => rsa("1.2.840.113549.1.1.4"),
            Self::Md2 => rsa("1.2.840.113549.1.1.2"),
            Self::Pss => pss(),
            Self::Ed448 => der::sequence(&[der::oid("1.3.101.113")]),
            Self::Unlike => {
                return (key.signature_algorithm(), der::sequence(&[der::oid("1.2.840.10045.4.3.3")]));
            }
        };
        (both.clone(), both)
    }

    /// The BIT STRING of a signature.
    pub(super) fn bits(self, signature: &[u8]) -> Vec<u8> {
        if self != Self::Unused {
            return der::bits(signature);
        }
        assert!(signature.last().is_some_and(|last| last % 2 == 0), "the signature ends in a one: take another name");
        der::value(0x03, &[&[1], signature].concat())
    }

    pub(super) fn sign(self, key: &Key, message: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha1 => key.sign_sha1(message),
            Self::Pss => key.sign_pss(message),
            _ => key.sign(message),
        }
    }
}

/// id-RSASSA-PSS with SHA-256, MGF1 over the same, and a salt of 32 bytes (RFC 4055, section 3.1).
fn pss() -> Vec<u8> {
    let hash = der::sequence(&[der::oid("2.16.840.1.101.3.4.2.1"), der::null()]);
    let mask = der::sequence(&[der::oid("1.2.840.113549.1.1.8"), hash.clone()]);
    let salt = der::integer(&[32]);
    let parameters = der::sequence(&[der::context(0, &hash), der::context(1, &mask), der::context(2, &salt)]);
    der::sequence(&[der::oid("1.2.840.113549.1.1.10"), parameters])
}
