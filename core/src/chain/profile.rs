//! What RFC 5280's profile forbids in a certificate and other verifiers let pass.

use super::pool::Member;
use super::status::error;
use super::validate::Judged;
use crate::certificate::known;

/// Holds a certificate against the profile.
pub(crate) fn check(member: &Member<'_>, own: &mut Judged) {
    let certificate = member.certificate;
    // Section 4.1.2.2. A verifier need not refuse it; an authority that can't number what it issues can't revoke it.
    if certificate.serial().first().is_some_and(|first| first & 0x80 != 0) {
        own.fail(error::INVALID_EXTENSION, "its serial number is negative", &member.span);
    }
    for extension in certificate.extensions.list.iter().filter(|extension| extension.critical) {
        // Sections 4.2.1.1 and 4.2.1.2: must be marked as non-critical.
        if extension.oid == known::AUTHORITY_KEY_IDENTIFIER || extension.oid == known::SUBJECT_KEY_IDENTIFIER {
            let because = alloc::format!("the extension `{}` is critical, which it must not be", extension.oid.label());
            own.fail(error::INVALID_EXTENSION, because, &member.span);
        }
        // Section 4.2.1.4: if critical, the qualifiers must be understood, too.
        if extension.oid == known::CERTIFICATE_POLICIES {
            let mut policies = certificate.extensions.policies.get().into_iter().flatten();
            if policies.any(|policy| !policy.has_known_qualifiers()) {
                let because = "its certificate policies are critical and have a qualifier that is not supported";
                own.fail(error::NOT_SUPPORTED_CRITICAL_EXT | error::INVALID_EXTENSION, because, &member.span);
            }
        }
    }
}
