//! A policy to start from: it accepts what the artefacts say, and nothing else.

use alloc::string::String;
use alloc::vec::Vec;

use super::binary::is_placeholder;
use super::claims::{Claim, Claims, ImageRole, Source, of};
use super::image::Image;
use super::{Bounds, CertificateRequirement, Policy, Signer, signer};

/// The policy that accepts these artefacts, or nothing where they name no enclave. What nobody should accept is left out:
/// placeholders, published signers, debug mode and privileges.
pub(super) fn policy(claims: &Claims) -> Option<Policy> {
    // The signature structure binds; without one, what is stated is all there is.
    let has_signature = claims.mrenclave.iter().any(|claim| claim.source == Source::Sigstruct);
    let counts = |source: Source| !has_signature || source == Source::Sigstruct;
    let measured = claims.mrenclave.iter().filter(|claim| counts(claim.source) && !is_placeholder(&claim.value));
    let mrenclave = each_once(measured.map(|claim| claim.value.clone()));
    let mut signers: Vec<Signer> = Vec::new();
    let signed = claims.mrsigner.iter().filter(|claim| counts(claim.source) && !is_placeholder(&claim.value));
    for claim in signed.filter(|claim| signer::published(&claim.value).is_none()) {
        let number =
            |claims: &[Claim<u64>]| of(claims, &claim.artefact).and_then(|claim| u16::try_from(claim.value).ok());
        let (Some(product_id), Some(minimum_svn)) = (number(&claims.product_id), number(&claims.security_version))
        else {
            continue;
        };
        let signer = Signer { mrsigner: claim.value.clone(), product_id, minimum_svn };
        match signers.iter_mut().find(|known| known.mrsigner == signer.mrsigner && known.product_id == product_id) {
            Some(known) => known.minimum_svn = known.minimum_svn.min(minimum_svn),
            None => signers.push(signer),
        }
    }
    if mrenclave.is_empty() && signers.is_empty() {
        return None;
    }
    let domains = each_once(claims.domains.iter().map(|claim| claim.value.to_ascii_lowercase()));
    let digests = claims.images.iter().filter(|claim| claim.value.0 == ImageRole::Run).filter_map(|claim| {
        let digest = Image::parse(&claim.value.1).ok()?.digest?;
        Some(String::from(digest))
    });
    let digests = each_once(digests);
    Some(Policy {
        mrenclave,
        signers,
        memory: bounds(&claims.memory),
        threads: bounds(&claims.threads),
        domains: claims.has_request.then_some(domains),
        certificate: certificate(claims),
        images: (!digests.is_empty()).then_some(digests),
        four_eyes: !claims.approvals.is_empty(),
        ..Policy::default()
    })
}

fn each_once<T: Ord + Clone>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut values: Vec<T> = values.collect();
    crate::order::sort_by(&mut values, Ord::cmp);
    values.dedup();
    values
}

fn bounds(claims: &[Claim<u64>]) -> Option<Bounds> {
    let values = || claims.iter().map(|claim| claim.value);
    Some(Bounds { least: Some(values().min()?), most: values().max() })
}

fn certificate(claims: &Claims) -> Option<CertificateRequirement> {
    let key_types = each_once(claims.key_type.iter().map(|claim| claim.value.clone()));
    let bits = claims.rsa_bits.iter().map(|claim| claim.value).min();
    let folders = each_once(claims.key_path.iter().filter_map(|claim| {
        let (folder, _) = claim.value.rsplit_once('/')?;
        (!folder.is_empty()).then(|| String::from(folder))
    }));
    let required = CertificateRequirement {
        key_types,
        least_rsa_bits: bits.and_then(|bits| u32::try_from(bits).ok()),
        // Of several folders none holds for all.
        key_folder: match folders.as_slice() {
            [folder] => Some(folder.clone()),
            _ => None,
        },
    };
    (required != CertificateRequirement::default()).then_some(required)
}
