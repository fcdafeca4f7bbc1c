//! Whether a revocation list is about a certificate at all, and for which reasons.

use alloc::vec::Vec;

use crate::certificate::{Certificate, Crl, DistributionPoint, Name, NameForm, PointName, Reasons, Scope};

/// When two names are the same: [`Name::matches`], or [`Name::may_match`] for what could be about a certificate.
type Same = fn(&Name, &Name) -> bool;

/// The reasons for which `crl` covers `certificate`; none if it is about other certificates (RFC 5280, section 6.3.3,
/// steps a to e).
pub(super) fn coverage(crl: &Crl, certificate: &Certificate) -> Option<Reasons> {
    coverage_by(crl, certificate, Name::matches)
}

/// Whether it could be about a certificate once the names are prepared as RFC 4518 says.
pub(super) fn may_cover(crl: &Crl, certificate: &Certificate) -> bool {
    coverage_by(crl, certificate, Name::may_match).is_some()
}

fn coverage_by(crl: &Crl, certificate: &Certificate, same: Same) -> Option<Reasons> {
    let default = Scope::default();
    let scope = crl.scope.get().unwrap_or(&default);
    if is_of_others(scope, certificate) {
        return None;
    }
    let limited = scope.only_reasons.unwrap_or(Reasons::ALL);
    let is_direct = same(&crl.issuer, &certificate.issuer);
    let points = certificate.extensions.crl_distribution_points.get().map(Vec::as_slice).unwrap_or_default();
    let mut reasons: Option<Reasons> = None;
    for point in points {
        let is_of_point = if point.crl_issuer.is_empty() {
            is_direct
        } else {
            let names = point.crl_issuer.iter().filter_map(NameForm::directory);
            let is_named = names.into_iter().any(|name| same(name, &crl.issuer));
            is_named && (is_direct || scope.indirect)
        };
        if is_of_point && is_at(scope, &crl.issuer, point, &certificate.issuer, same) {
            let own = point.reasons.unwrap_or(Reasons::ALL).intersection(limited);
            reasons = Some(reasons.map_or(own, |before| before.union(own)));
        }
    }
    // A complete list of the issuer covers its certificates whatever they point at; one for a distribution point only
    // those that point there (section 6.3.3, the last paragraph).
    if reasons.is_none()
        && is_direct
        && (points.is_empty() || scope.name.is_none())
        && is_unnamed_or_issuers(scope, crl, same)
    {
        reasons = Some(limited);
    }
    reasons
}

/// The same as OpenSSL has it, of a list by the certificate's issuer that is for all reasons (`crl_crldp_check`,
/// crypto/x509/x509_vfy.c): the first point that fits decides, and a point without a name fits every list.
pub(super) fn coverage_of_openssl(crl: &Crl, certificate: &Certificate) -> Option<Reasons> {
    let default = Scope::default();
    let scope = crl.scope.get().unwrap_or(&default);
    if is_of_others(scope, certificate) {
        return None;
    }
    let same: Same = Name::matches_openssl;
    let points = certificate.extensions.crl_distribution_points.get().map(Vec::as_slice).unwrap_or_default();
    let fits = |point: &&DistributionPoint| {
        let mut names = point.crl_issuer.iter().filter_map(NameForm::directory);
        (point.crl_issuer.is_empty() || names.any(|name| same(name, &crl.issuer)))
            && (point.name.is_none() || is_at(scope, &crl.issuer, point, &certificate.issuer, same))
    };
    match points.iter().find(fits) {
        Some(point) => Some(point.reasons.unwrap_or(Reasons::ALL).intersection(Reasons::ALL)),
        None => scope.name.is_none().then_some(Reasons::ALL),
    }
}

/// Whether a list is about another kind of certificates.
fn is_of_others(scope: &Scope, certificate: &Certificate) -> bool {
    let is_authority = certificate.extensions.basic_constraints.get().is_some_and(|constraints| constraints.ca);
    (scope.only_user_certificates && is_authority)
        || (scope.only_ca_certificates && !is_authority)
        || scope.only_attribute_certificates
}

fn is_unnamed_or_issuers(scope: &Scope, crl: &Crl, same: Same) -> bool {
    match &scope.name {
        None => true,
        Some(PointName::Full(names)) => {
            names.iter().filter_map(NameForm::directory).any(|name| same(name, &crl.issuer))
        }
        Some(PointName::Relative(_)) => false,
    }
}

/// Whether the list's own point is the certificate's, by one common name.
fn is_at(scope: &Scope, crl_issuer: &Name, point: &DistributionPoint, certificate_issuer: &Name, same: Same) -> bool {
    let Some(own) = &scope.name else { return true };
    let own = full(own, crl_issuer);
    let theirs: Vec<NameForm> = match &point.name {
        // A relative name stands below the list's issuer where the point names one.
        Some(name) => {
            let above = point.crl_issuer.iter().find_map(NameForm::directory).unwrap_or(certificate_issuer);
            full(name, above)
        }
        None => point.crl_issuer.clone(),
    };
    own.iter().any(|own| theirs.iter().any(|theirs| is_same(own, theirs, same)))
}

fn full(name: &PointName, above: &Name) -> Vec<NameForm> {
    match name {
        PointName::Full(names) => names.clone(),
        PointName::Relative(relative) => Vec::from([NameForm::Directory(above.join(relative))]),
    }
}

fn is_same(a: &NameForm, b: &NameForm, same: Same) -> bool {
    match (a, b) {
        (NameForm::Directory(a), NameForm::Directory(b)) => same(a, b),
        (NameForm::Uri(a), NameForm::Uri(b)) => a == b,
        _ => a == b,
    }
}
