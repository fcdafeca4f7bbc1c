//! Certificate policies (RFC 5280, sections 4.2.1.4, 4.2.1.5, 4.2.1.11 and 4.2.1.14).

use alloc::vec::Vec;

use crate::Limits;
use crate::certificate::der::{self, Fault, Reader, tag};
use crate::certificate::oid::Oid;

/// One of certificatePolicies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// The policy.
    pub id: Oid,
    /// The DER of its qualifiers.
    pub qualifiers: Option<Vec<u8>>,
}

impl Policy {
    /// Whether each qualifier is one of the two that RFC 5280 defines: a pointer to a statement of practice, or a
    /// notice for users.
    pub fn has_known_qualifiers(&self) -> bool {
        self.qualifiers.as_deref().is_none_or(|qualifiers| read_qualifiers(qualifiers).unwrap_or(false))
    }
}

fn read_qualifiers(qualifiers: &[u8]) -> Result<bool, Fault> {
    let mut list = Reader::new(qualifiers).enter(tag::SEQUENCE, "the qualifiers of a policy, a SEQUENCE")?;
    let mut all = true;
    while !list.is_empty() {
        let mut qualifier = list.enter(tag::SEQUENCE, "a qualifier, a SEQUENCE")?;
        let oid = Oid::read(&mut qualifier, "the type of a qualifier, an OBJECT IDENTIFIER")?;
        // 1.3.6.1.5.5.7.2.1 and 1.3.6.1.5.5.7.2.2.
        all &= matches!(oid.as_bytes(), [0x2B, 6, 1, 5, 5, 7, 2, 1 | 2]);
    }
    Ok(all)
}

/// One of policyMappings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyMapping {
    /// A policy of the issuer.
    pub issuer_domain: Oid,
    /// The policy of the subject that counts as it.
    pub subject_domain: Oid,
}

/// The policyConstraints extension: certificates that may follow before each takes effect.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PolicyConstraints {
    /// Before a policy is required.
    pub require_explicit_policy: Option<u32>,
    /// Before mappings are ignored.
    pub inhibit_policy_mapping: Option<u32>,
}

pub(super) fn policies(reader: &mut Reader<'_>) -> Result<Vec<Policy>, Fault> {
    const POLICIES: &str = "certificatePolicies, a SEQUENCE of at least one";
    reader.enter(tag::SEQUENCE, POLICIES)?.many(Limits::GENERAL_NAMES, POLICIES, |reader| {
        let mut parts = reader.enter(tag::SEQUENCE, "a policy, a SEQUENCE")?;
        let id = Oid::read(&mut parts, "a policy, an OBJECT IDENTIFIER")?;
        let qualifiers = parts.optional(tag::SEQUENCE, "the qualifiers of a policy, a SEQUENCE")?;
        parts.finish("the end of a policy")?;
        Ok(Policy { id, qualifiers: qualifiers.map(|qualifiers| qualifiers.whole().to_vec()) })
    })
}

pub(super) fn mappings(reader: &mut Reader<'_>) -> Result<Vec<PolicyMapping>, Fault> {
    const MAPPINGS: &str = "policyMappings, a SEQUENCE of at least one";
    reader.enter(tag::SEQUENCE, MAPPINGS)?.many(Limits::GENERAL_NAMES, MAPPINGS, |reader| {
        let mut parts = reader.enter(tag::SEQUENCE, "a policy mapping, a SEQUENCE")?;
        let issuer_domain = Oid::read(&mut parts, "issuerDomainPolicy, an OBJECT IDENTIFIER")?;
        let subject_domain = Oid::read(&mut parts, "subjectDomainPolicy, an OBJECT IDENTIFIER")?;
        parts.finish("the end of a policy mapping")?;
        Ok(PolicyMapping { issuer_domain, subject_domain })
    })
}

pub(super) fn constraints(reader: &mut Reader<'_>) -> Result<PolicyConstraints, Fault> {
    let whole = reader.take(tag::SEQUENCE, "policyConstraints, a SEQUENCE")?;
    let mut parts = whole.reader();
    let bound = |parts: &mut Reader<'_>, tag: u8, expected: &'static str| {
        let bound = parts.optional(tag, expected)?;
        bound.map(|bound| der::count(&bound, expected)).transpose()
    };
    let constraints = PolicyConstraints {
        require_explicit_policy: bound(&mut parts, 0x80, "requireExplicitPolicy, an INTEGER from 0 up")?,
        inhibit_policy_mapping: bound(&mut parts, 0x81, "inhibitPolicyMapping, an INTEGER from 0 up")?,
    };
    parts.finish("the end of policyConstraints")?;
    if whole.value().is_empty() {
        return Err(whole.fault("requireExplicitPolicy or inhibitPolicyMapping", "neither"));
    }
    Ok(constraints)
}

pub(super) fn skip_certificates(reader: &mut Reader<'_>) -> Result<u32, Fault> {
    const SKIP: &str = "inhibitAnyPolicy, an INTEGER from 0 up";
    der::count(&reader.take(tag::INTEGER, SKIP)?, SKIP)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_qualifiers_are_known() {
        let policy = |qualifiers: &[u8]| {
            let id = Oid::from(crate::certificate::known::ANY_POLICY);
            Policy { id, qualifiers: Some(qualifiers.to_vec()) }.has_known_qualifiers()
        };
        let of = |last: u8| [0x30, 12, 0x30, 10, 6, 8, 0x2B, 6, 1, 5, 5, 7, 2, last];
        assert!(policy(&of(1)) && policy(&of(2)) && !policy(&of(3)));
        assert!(!policy(&[0x30, 2, 0x30]) && policy(&[0x30, 0]));
    }
}
