//! What the artefacts say, held against the policy.

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::claims::{Claim, Claims, ImageRole, Source, of};
use super::image::Image;
use super::rules::acceptance::{
    ATTRIBUTE, CERTIFICATE, DOMAIN, FOUR_EYES, IMAGE, MEASUREMENT, MEMORY, SIGNER, THREADS, VERSION, VERSION_FAR,
};
use super::{AttributeName, FeatureName, Policy};
use crate::Finding;
use crate::quote::quote;

/// From this many versions below on, a minimum is far below.
const FAR: u64 = 2;

/// What the policy makes of the claims.
pub(super) fn check(policy: &Policy, claims: &Claims) -> Vec<Finding> {
    let mut findings = Vec::new();
    check_identity(policy, claims, &mut findings);
    for privilege in &claims.privileges {
        let name =
            if privilege.value == "PROVISIONKEY" { AttributeName::ProvisionKey } else { AttributeName::EinittokenKey };
        if !policy.attributes.contains(&name) {
            findings.push(found(&ATTRIBUTE, privilege, format!("the policy does not permit {}", privilege.value)));
        }
    }
    if let Some(permitted) = &policy.features {
        for claim in &claims.features {
            let (attribute, is_left) = claim.value;
            if FeatureName::of(attribute).is_some_and(|name| !permitted.contains(&name)) {
                let how = if is_left { ", which the mask leaves to the host" } else { "" };
                findings.push(found(&ATTRIBUTE, claim, format!("the policy does not permit {attribute}{how}")));
            }
        }
    }
    for (rule, bounds, sizes, unit) in [
        (&MEMORY, policy.memory, &claims.memory, "MB of memory"),
        (&THREADS, policy.threads, &claims.threads, "threads"),
    ] {
        for size in sizes.iter().filter(|size| bounds.is_some_and(|bounds| !bounds.hold(size.value))) {
            findings.push(found(rule, size, format!("{} {unit} are outside the policy's bounds", size.value)));
        }
    }
    if let Some(accepted) = &policy.domains {
        for domain in &claims.domains {
            if !accepted.iter().any(|accepted| accepted.eq_ignore_ascii_case(&domain.value)) {
                let message = format!("the policy does not accept the domain {}", quote(&domain.value));
                findings.push(found(&DOMAIN, domain, message).arg("domain", domain.value.clone()));
            }
        }
    }
    check_certificate(policy, claims, &mut findings);
    if let Some(accepted) = &policy.images {
        for image in claims.images.iter().filter(|image| image.value.0 == ImageRole::Run) {
            let digest = Image::parse(&image.value.1).ok().and_then(|image| image.digest);
            if !digest.is_some_and(|digest| accepted.iter().any(|accepted| accepted.eq_ignore_ascii_case(digest))) {
                let what = if digest.is_some() { "the digest of" } else { "without a digest" };
                let message = format!("the policy does not accept {what} the image {}", quote(&image.value.1));
                findings.push(found(&IMAGE, image, message).arg("image", image.value.1.clone()));
            }
        }
    }
    if policy.four_eyes {
        for approval in &claims.approvals {
            // Identifiers are hexadecimal digits, in either case.
            let requester = approval.value.requester.as_deref().map(str::trim);
            let is_other =
                |approver: &String| requester.is_some_and(|requester| !requester.eq_ignore_ascii_case(approver.trim()));
            if !approval.value.approvers.iter().any(is_other) {
                let message = "nobody but the requester approved, and the policy wants a second person";
                findings.push(found(&FOUR_EYES, approval, message));
            } else if !approval.value.is_granted {
                findings.push(found(&FOUR_EYES, approval, "the approval was not given, or somebody denied it"));
            }
        }
    }
    findings
}

/// What would have to be known besides, for an enclave to be admitted.
pub(super) fn missing(policy: &Policy, claims: &Claims) -> Vec<String> {
    let mut missing = Vec::new();
    if !policy.names_an_identity() {
        missing.push("an accepted MRENCLAVE or signer in the policy".to_string());
    }
    if !claims.mrenclave.iter().any(|claim| claim.source == Source::Sigstruct) {
        missing.push("the enclave's signature structure (SIGSTRUCT)".to_string());
    }
    let approved = |is_build: bool| claims.approvals.iter().any(|approval| approval.value.is_build == is_build);
    if policy.four_eyes && !approved(true) {
        missing.push("the approval task of the build, with who requested and who approved".to_string());
    }
    if policy.four_eyes && !claims.domains.is_empty() && !approved(false) {
        missing.push("the approval task of the domains, with who requested and who approved".to_string());
    }
    if policy.images.is_some() && !claims.images.iter().any(|image| image.value.0 == ImageRole::Run) {
        missing.push("the command or pod that runs the image".to_string());
    }
    if (policy.domains.is_some() || policy.certificate.is_some()) && !claims.has_request {
        missing.push("the application request, which says what certificates are asked for".to_string());
    }
    if let Some(required) = &policy.certificate {
        for claim in &claims.undeclared {
            let is_bound = match claim.value {
                "keyPath" => required.key_folder.is_some(),
                _ => {
                    required.least_rsa_bits.is_some()
                        && of(&claims.key_type, &claim.artefact).is_none_or(|key_type| key_type.value == "RSA")
                }
            };
            if is_bound {
                missing.push(format!("`{}` of the certificate in {}", claim.value, quote(&claim.artefact)));
            }
        }
    }
    let no_sizes = [(policy.memory, &claims.memory, "memory"), (policy.threads, &claims.threads, "number of threads")];
    for (bounds, sizes, what) in no_sizes {
        if bounds.is_some() && sizes.is_empty() {
            missing.push(format!("the enclave's {what}"));
        }
    }
    missing
}

fn check_identity(policy: &Policy, claims: &Claims, findings: &mut Vec<Finding>) {
    if !policy.mrenclave.is_empty() {
        for claim in &claims.mrenclave {
            if !policy.mrenclave.iter().any(|accepted| accepted.eq_ignore_ascii_case(&claim.value)) {
                let message = format!("the policy does not accept MRENCLAVE {}", quote(&claim.value));
                findings.push(found(&MEASUREMENT, claim, message).arg("mrenclave", claim.value.clone()));
            }
        }
    }
    if policy.signers.is_empty() {
        return;
    }
    check_manifests(policy, claims, findings);
    for claim in &claims.mrsigner {
        let of_signer = || policy.signers.iter().filter(|signer| signer.mrsigner.eq_ignore_ascii_case(&claim.value));
        let product = of(&claims.product_id, &claim.artefact);
        let version = of(&claims.security_version, &claim.artefact);
        if of_signer().next().is_none() {
            let message = format!("the policy does not accept the signer {}", quote(&claim.value));
            findings.push(found(&SIGNER, claim, message).arg("mrsigner", claim.value.clone()));
            continue;
        }
        let (Some(product), Some(version)) = (product, version) else { continue };
        let of_product: Vec<_> = of_signer().filter(|signer| u64::from(signer.product_id) == product.value).collect();
        if of_product.is_empty() {
            let message = format!("the policy accepts this signer, but not for product id {}", product.value);
            findings.push(found(&SIGNER, product, message).arg("product", product.value.to_string()));
        } else if let Some(least) = of_product.iter().map(|signer| u64::from(signer.minimum_svn)).min() {
            if version.value < least {
                let message =
                    format!("the security version is {}, and the policy wants {least} or more", version.value);
                let finding = found(&VERSION, version, message).arg("version", version.value.to_string());
                findings.push(finding.arg("minimum", least.to_string()));
            } else if version.value.saturating_sub(least) >= FAR {
                let message = format!("the policy accepts version {least} of an enclave that is at {}", version.value);
                findings
                    .push(found(&VERSION_FAR, version, message).help("raise `minimum_svn` once the roll-out is done"));
            }
        }
    }
}

/// What manifests ask to be signed as, by artefacts that name no signer: each must be a version that is accepted.
fn check_manifests(policy: &Policy, claims: &Claims, findings: &mut Vec<Finding>) {
    for version in claims.security_version.iter().filter(|version| of(&claims.mrsigner, &version.artefact).is_none()) {
        let Some(product) = of(&claims.product_id, &version.artefact) else { continue };
        let of_product = policy.signers.iter().filter(|signer| u64::from(signer.product_id) == product.value);
        let Some(least) = of_product.map(|signer| u64::from(signer.minimum_svn)).min() else { continue };
        if version.value < least {
            let message = format!("the security version is {}, and the policy wants {least} or more", version.value);
            let finding = found(&VERSION, version, message).arg("version", version.value.to_string());
            findings.push(finding.arg("minimum", least.to_string()));
        }
    }
}

fn check_certificate(policy: &Policy, claims: &Claims, findings: &mut Vec<Finding>) {
    let Some(required) = &policy.certificate else { return };
    for key_type in &claims.key_type {
        if !required.key_types.is_empty() && !required.key_types.contains(&key_type.value) {
            let message = format!("the policy does not accept the key type {}", quote(&key_type.value));
            findings.push(found(&CERTIFICATE, key_type, message));
        }
    }
    for bits in &claims.rsa_bits {
        if let Some(least) = required.least_rsa_bits.filter(|least| bits.value < u64::from(*least)) {
            let message = format!("an RSA key of {} bits is less than the {least} that the policy wants", bits.value);
            findings.push(found(&CERTIFICATE, bits, message));
        }
    }
    for path in &claims.key_path {
        if let Some(folder) = required.key_folder.as_deref().filter(|folder| !is_below(&path.value, folder)) {
            let message = format!("the private key goes to {}, outside of {}", quote(&path.value), quote(folder));
            findings.push(found(&CERTIFICATE, path, message));
        }
    }
}

/// Whether a path lies below a folder, by whole names; a path that climbs (`..`) lies nowhere.
pub(super) fn is_below(path: &str, folder: &str) -> bool {
    let names = |path: &'_ str| {
        path.split('/').filter(|name| !name.is_empty() && *name != ".").map(String::from).collect::<Vec<_>>()
    };
    let (path, folder) = (names(path), names(folder));
    path.len() > folder.len() && path.starts_with(&folder) && !path.iter().any(|name| name == "..")
}

fn found<T>(rule: &'static crate::Rule, claim: &Claim<T>, message: impl Into<String>) -> Finding {
    Finding::new(rule, message).at(claim.span.clone())
}
