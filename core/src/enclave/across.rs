//! What the artefacts say against each other.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::claims::{Accepted, Claim, Claims, ImageRole, Source, of};
use super::image::Image;
use super::rules::across::{BUILD, SIGSTRUCT, SIZE};
use super::rules::build::SHARED;
use super::rules::enrolment::{OTHER_ACCOUNT, OTHER_ENCLAVE};
use super::rules::image::NEAR_MISS;
use super::rules::run::{OTHER_IMAGE, UNPROTECTED};
use super::rules::signature::OTHER_MEASUREMENT;
use crate::Finding;
use crate::nearest::distance;
use crate::quote::quote;

/// Characters in which two names may differ to be a slip.
const SLIP: usize = 2;

/// Compares each pair that can disagree.
pub(super) fn check(claims: &Claims) -> Vec<Finding> {
    let mut findings = Vec::new();
    measurements(claims, &mut findings);
    against_signature(&claims.product_id, "the product id", &mut findings);
    against_signature(&claims.security_version, "the security version", &mut findings);
    against_signature(&claims.debug, "debug mode", &mut findings);
    against_signature(&claims.mrsigner, "MRSIGNER", &mut findings);
    sizes(&claims.memory, "MB of memory", &mut findings);
    sizes(&claims.threads, "threads", &mut findings);
    applications(claims, &mut findings);
    images(claims, &mut findings);
    unprotected(claims, &mut findings);
    other_images(claims, &mut findings);
    running(claims, &mut findings);
    findings
}

fn of_source<T>(claims: &[Claim<T>], source: Source) -> impl Iterator<Item = &Claim<T>> {
    claims.iter().filter(move |claim| claim.source == source)
}

fn measurements(claims: &Claims, findings: &mut Vec<Finding>) {
    for signed in of_source(&claims.mrenclave, Source::Sigstruct) {
        accepted(claims, signed, findings);
        for other in claims.mrenclave.iter().filter(|other| other.value != signed.value) {
            let finding = match other.source {
                Source::Sigstruct => continue,
                Source::Sgxs => {
                    let message =
                        format!("the signature is for MRENCLAVE {}, the enclave is {}", signed.value, other.value);
                    Finding::new(&OTHER_MEASUREMENT, message)
                        .at(signed.span.clone())
                        .related(other.span.clone(), "the enclave")
                }
                _ => {
                    let message = format!("MRENCLAVE is {} here and {} in the signature", other.value, signed.value);
                    Finding::new(&SIGSTRUCT, message)
                        .at(other.span.clone())
                        .related(signed.span.clone(), "the signature")
                }
            };
            findings.push(finding);
        }
    }
    for converted in of_source(&claims.mrenclave, Source::Conversion) {
        for build in of_source(&claims.mrenclave, Source::Build).filter(|build| build.value != converted.value) {
            let message = format!("MRENCLAVE is {} here, and the converter made {}", build.value, converted.value);
            let finding = Finding::new(&BUILD, message).at(build.span.clone());
            findings.push(finding.related(converted.span.clone(), "the converter's answer"));
        }
    }
}

/// What other systems would accept, against a signature: of several enclaves in one artefact, any will do.
fn accepted(claims: &Claims, signed: &Claim<String>, findings: &mut Vec<Finding>) {
    let mut artefacts: Vec<&str> = claims.accepted.iter().map(|accepted| accepted.artefact.as_str()).collect();
    artefacts.dedup();
    for artefact in artefacts {
        let here = || claims.accepted.iter().filter(|accepted| accepted.artefact == artefact);
        let whys: Vec<Option<String>> = here().map(|accepted| why_not(&accepted.value, claims, signed)).collect();
        if whys.iter().any(Option::is_none) {
            continue;
        }
        if let (Some(first), Some(why)) = (here().next(), whys.into_iter().flatten().next()) {
            let finding = Finding::new(&SIGSTRUCT, why).at(first.span.clone());
            findings.push(finding.related(signed.span.clone(), "the signature"));
        }
    }
}

/// Why an enclave that is accepted is not the signed one.
fn why_not(accepted: &Accepted, claims: &Claims, signed: &Claim<String>) -> Option<String> {
    let artefact = &signed.artefact;
    if let Some(mrenclave) = accepted.mrenclave.as_ref().filter(|mrenclave| **mrenclave != signed.value) {
        return Some(format!("MRENCLAVE {mrenclave} is accepted here, and {} is signed", signed.value));
    }
    let signer = of(&claims.mrsigner, artefact)?;
    if let Some(mrsigner) = accepted.mrsigner.as_ref().filter(|mrsigner| **mrsigner != signer.value) {
        return Some(format!("MRSIGNER {mrsigner} is accepted here, and {} signed", signer.value));
    }
    let product = of(&claims.product_id, artefact)?.value;
    if let Some(wanted) = accepted.product_id.filter(|wanted| *wanted != product) {
        return Some(format!("the product id {wanted} is accepted here, and {product} is signed"));
    }
    let version = of(&claims.security_version, artefact)?.value;
    if let Some(least) = accepted.least.filter(|least| *least > version) {
        return Some(format!("the security version {least} or more is accepted here, and {version} is signed"));
    }
    let most = accepted.most.filter(|most| *most < version)?;
    Some(format!("the security version {most} or less is accepted here, and {version} is signed"))
}

/// What a manifest or request says, against each signature structure.
fn against_signature<T: PartialEq + ToString>(claims: &[Claim<T>], what: &str, findings: &mut Vec<Finding>) {
    for signed in of_source(claims, Source::Sigstruct) {
        let others = claims.iter().filter(|other| other.source != Source::Sigstruct && other.value != signed.value);
        for other in others {
            let (here, there) = (other.value.to_string(), signed.value.to_string());
            let finding = Finding::new(&SIGSTRUCT, format!("{what} is {here} here and {there} in the signature"));
            findings.push(finding.at(other.span.clone()).related(signed.span.clone(), "the signature"));
        }
    }
}

/// What is wished, against what was built.
fn sizes(claims: &[Claim<u64>], what: &str, findings: &mut Vec<Finding>) {
    for wish in of_source(claims, Source::Wish) {
        for build in of_source(claims, Source::Build).filter(|build| build.value != wish.value) {
            let message = format!("{} {what} here, and {} in the application", build.value, wish.value);
            let finding = Finding::new(&SIZE, message).at(build.span.clone());
            findings.push(finding.related(wish.span.clone(), "the application"));
        }
    }
}

fn applications(claims: &Claims, findings: &mut Vec<Finding>) {
    for (index, first) in claims.applications.iter().enumerate() {
        for second in claims.applications.iter().skip(index.saturating_add(1)) {
            let ((name, mrenclave), (other, same)) = (&first.value, &second.value);
            if mrenclave == same && name != other {
                let message = format!("MRENCLAVE {mrenclave} stands under {} and {}", quote(name), quote(other));
                let finding = Finding::new(&SHARED, message).at(second.span.clone());
                findings.push(finding.related(first.span.clone(), "the other application"));
            }
        }
    }
}

/// Images that are run and are the input of a conversion.
fn unprotected(claims: &Claims, findings: &mut Vec<Finding>) {
    let of_role = |role| claims.images.iter().filter(move |image| image.value.0 == role);
    for run in of_role(ImageRole::Run) {
        let Ok(image) = Image::parse(&run.value.1) else { continue };
        let is_same = |other: &&Claim<_>| {
            let (_, text): &(ImageRole, alloc::string::String) = &other.value;
            Image::parse(text).is_ok_and(|other| other.plain_name() == image.plain_name())
        };
        if let Some(input) = of_role(ImageRole::Input).find(is_same)
            && of_role(ImageRole::Output).find(is_same).is_none()
        {
            let message = format!("{} is the unprotected input image", quote(&run.value.1));
            let finding = Finding::new(&UNPROTECTED, message).at(run.span.clone());
            findings.push(finding.related(input.span.clone(), "the input image").help("run the converted image"));
        }
    }
}

/// What runs on nodes, against what was signed or else built; and whose the nodes are.
fn running(claims: &Claims, findings: &mut Vec<Finding>) {
    let signed = of_source(&claims.mrenclave, Source::Sigstruct);
    let built = claims.mrenclave.iter().filter(|claim| matches!(claim.source, Source::Build | Source::Conversion));
    let approved: Vec<&Claim<String>> = if of_source(&claims.mrenclave, Source::Sigstruct).next().is_some() {
        signed.collect()
    } else {
        built.collect()
    };
    for running in &claims.running {
        let Some(first) = approved.first() else { break };
        if !approved.iter().any(|claim| claim.value == running.value.mrenclave) {
            let (found, node) = (&running.value.mrenclave, quote(&running.value.node));
            let message = format!("MRENCLAVE {found} runs on the node {node}, and {} was approved", first.value);
            let finding = Finding::new(&OTHER_ENCLAVE, message).at(running.span.clone());
            findings.push(finding.related(first.span.clone(), "what was approved"));
        }
    }
    for node in &claims.node_accounts {
        if let Some(account) = claims.accounts.first()
            && !claims.accounts.iter().any(|account| account.value.eq_ignore_ascii_case(&node.value))
        {
            let message =
                format!("the node belongs to the account {}, not to {}", quote(&node.value), quote(&account.value));
            let finding = Finding::new(&OTHER_ACCOUNT, message).at(node.span.clone());
            findings.push(finding.related(account.span.clone(), "the account"));
        }
    }
}

/// Images that are run where others were converted. Of several containers one is enough: the others may be its helpers.
fn other_images(claims: &Claims, findings: &mut Vec<Finding>) {
    let name = |image: &Claim<(ImageRole, String)>| {
        Image::parse(&image.value.1).ok().map(|image| image.plain_name().to_string())
    };
    let of_role = |role| claims.images.iter().filter(move |image| image.value.0 == role);
    let outputs: Vec<String> = of_role(ImageRole::Output).filter_map(name).collect();
    let runs: Vec<(&Claim<_>, String)> =
        of_role(ImageRole::Run).filter_map(|image| Some((image, name(image)?))).collect();
    if outputs.is_empty() || runs.iter().any(|(_, name)| outputs.contains(name)) {
        return;
    }
    // A run of the input image, and a slip, have words of their own.
    let inputs: Vec<String> = of_role(ImageRole::Input).filter_map(name).collect();
    let is_slip = |run: &str| outputs.iter().any(|output| differs_by_a_slip(output, run));
    if let Some((image, run)) = runs.iter().find(|(_, run)| !inputs.contains(run) && !is_slip(run)) {
        let message =
            format!("{} is run, and the image that was converted is {}", quote(run), quote(&outputs.join(", ")));
        let finding = Finding::new(&OTHER_IMAGE, message).at(image.span.clone()).arg("image", run.clone());
        findings.extend(of_role(ImageRole::Output).next().map(|output| {
            finding.related(output.span.clone(), "the converted image").help("run the image that was approved")
        }));
    }
}

/// Image names that differ by a slip in owner or repository.
fn images(claims: &Claims, findings: &mut Vec<Finding>) {
    for (index, first) in claims.images.iter().enumerate() {
        for second in claims.images.iter().skip(index.saturating_add(1)) {
            let (Ok(one), Ok(other)) = (Image::parse(&first.value.1), Image::parse(&second.value.1)) else { continue };
            if one.plain_name() == other.plain_name()
                || !differs_by_a_slip(one.path, other.path)
                || one.registry != other.registry
            {
                continue;
            }
            let message = format!("{} and {} differ by a slip", quote(one.name), quote(other.name));
            let finding = Finding::new(&NEAR_MISS, message).at(second.span.clone());
            let finding = finding.arg("first", one.name).arg("second", other.name);
            findings.push(finding.related(first.span.clone(), "the other name").help("use one spelling"));
        }
    }
}

/// Whether exactly one part of two paths differs, in one or two characters. Ends such as `-1` and `-2`, or `sgx` added
/// on purpose, are names of different things and longer; digits alone tell versions apart.
fn differs_by_a_slip(one: &str, other: &str) -> bool {
    let mut differing = 0_usize;
    if one.split('/').count() != other.split('/').count() {
        return false;
    }
    for (one, other) in one.split('/').zip(other.split('/')).filter(|(one, other)| one != other) {
        differing = differing.saturating_add(1);
        let letters = |name: &str| name.chars().filter(|c| !c.is_ascii_digit()).collect::<Vec<_>>();
        let (near, same_letters) = (distance(one, other), letters(one) == letters(other));
        if same_letters || !(1..=SLIP).contains(&near) || one.len().min(other.len()) <= SLIP.saturating_mul(2) {
            return false;
        }
    }
    differing == 1
}
