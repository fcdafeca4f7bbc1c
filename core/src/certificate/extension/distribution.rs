//! Where revocation lists and issuers are found (RFC 5280, sections 4.2.1.13, 4.2.2.1 and 5.2.5).

use alloc::vec::Vec;

use super::{NameForm, name_form, read_name_forms};
use crate::certificate::der::{self, Fault, Reader, tag};
use crate::certificate::name::Name;
use crate::certificate::oid::Oid;
use crate::{ErrorKind, Limits};

/// One of cRLDistributionPoints or freshestCRL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DistributionPoint {
    /// The name of the point.
    pub name: Option<PointName>,
    /// The reasons that its list covers; all of them where absent.
    pub reasons: Option<Reasons>,
    /// Who signs the list, if not the certificate's issuer.
    pub crl_issuer: Vec<NameForm>,
}

/// The name of a distribution point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PointName {
    /// Names of its own.
    Full(Vec<NameForm>),
    /// One relative name below the name of the list's issuer: see [`Name::join`].
    Relative(Name),
}

/// A set of revocation reasons: bit n is the reason that ReasonFlags numbers n (1 keyCompromise to 8 aACompromise).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reasons(pub u16);

impl Reasons {
    /// Every reason that a certificate can be revoked for.
    pub const ALL: Self = Self(0x1FE);

    /// The reasons in both.
    #[must_use]
    pub fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The reasons in either.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// One of authorityInfoAccess.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    /// What is there: `ocsp` or `caIssuers`.
    pub method: Oid,
    /// Where.
    pub location: NameForm,
}

pub(crate) fn points(reader: &mut Reader<'_>) -> Result<Vec<DistributionPoint>, Fault> {
    const POINTS: &str = "distribution points, a SEQUENCE of at least one";
    reader.enter(tag::SEQUENCE, POINTS)?.many(Limits::GENERAL_NAMES, POINTS, |reader| {
        let mut parts = reader.enter(tag::SEQUENCE, "a distribution point, a SEQUENCE")?;
        let name = point_name(&mut parts)?;
        let reasons = reasons(&mut parts, 0x81)?;
        let crl_issuer = match parts.optional(0xA2, "cRLIssuer, a list of names")? {
            Some(names) => read_name_forms(names.reader())?,
            None => Vec::new(),
        };
        parts.finish("the end of a distribution point")?;
        Ok(DistributionPoint { name, reasons, crl_issuer })
    })
}

/// Reads the optional DistributionPointName in its explicit tag 0.
fn point_name(parts: &mut Reader<'_>) -> Result<Option<PointName>, Fault> {
    const NAME: &str = "the name of a distribution point: tag 0xa0 for full names, 0xa1 for a relative one";
    let Some(choice) = parts.optional(0xA0, NAME)? else { return Ok(None) };
    let mut choice = choice.reader();
    let at = choice.offset();
    let form = choice.any(NAME)?;
    choice.finish("the end of the name of a distribution point")?;
    Ok(Some(match form.tag {
        0xA0 => PointName::Full(read_name_forms(form.reader())?),
        0xA1 => PointName::Relative(Name::relative(form.reader(), form.value())?),
        other => return Err(Fault::new(ErrorKind::Syntax, at, NAME, alloc::format!("tag 0x{other:02x}"))),
    }))
}

fn reasons(parts: &mut Reader<'_>, tag: u8) -> Result<Option<Reasons>, Fault> {
    const REASONS: &str = "the reasons of a distribution point, a BIT STRING";
    let Some(bits) = parts.optional(tag, REASONS)? else { return Ok(None) };
    Ok(Some(Reasons(der::named_bits(&bits, REASONS)? & Reasons::ALL.0)))
}

pub(super) fn access(reader: &mut Reader<'_>) -> Result<Vec<Access>, Fault> {
    const ACCESS: &str = "access descriptions, a SEQUENCE of at least one";
    reader.enter(tag::SEQUENCE, ACCESS)?.many(Limits::GENERAL_NAMES, ACCESS, |reader| {
        let mut parts = reader.enter(tag::SEQUENCE, "an access description, a SEQUENCE")?;
        let method = Oid::read(&mut parts, "an access method, an OBJECT IDENTIFIER")?;
        let location = name_form::NameForm::read(&mut parts)?;
        parts.finish("the end of an access description")?;
        Ok(Access { method, location })
    })
}

/// The issuingDistributionPoint extension of a revocation list: what the list covers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// The name of the point.
    pub name: Option<PointName>,
    /// Only certificates that are not of a CA.
    pub only_user_certificates: bool,
    /// Only certificates of CAs.
    pub only_ca_certificates: bool,
    /// Only these reasons.
    pub only_reasons: Option<Reasons>,
    /// Entries may be of certificates of other issuers.
    pub indirect: bool,
    /// Only attribute certificates.
    pub only_attribute_certificates: bool,
}

impl Scope {
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        let whole = reader.take(tag::SEQUENCE, "issuingDistributionPoint, a SEQUENCE")?;
        let mut parts = whole.reader();
        let name = point_name(&mut parts)?;
        let flag = |parts: &mut Reader<'_>, tag: u8| -> Result<bool, Fault> {
            const FLAG: &str = "a flag of issuingDistributionPoint, a BOOLEAN";
            match parts.optional(tag, FLAG)? {
                Some(flag) => der::boolean(&flag, FLAG),
                None => Ok(false),
            }
        };
        let scope = Self {
            name,
            only_user_certificates: flag(&mut parts, 0x81)?,
            only_ca_certificates: flag(&mut parts, 0x82)?,
            only_reasons: reasons(&mut parts, 0x83)?,
            indirect: flag(&mut parts, 0x84)?,
            only_attribute_certificates: flag(&mut parts, 0x85)?,
        };
        parts.finish("the end of issuingDistributionPoint")?;
        Ok(scope)
    }
}
