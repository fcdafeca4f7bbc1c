//! What is wrong with the certificate that is judged and with its best chain, as findings.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::Question;
use crate::Finding;
use crate::chain::host::Named;
use crate::chain::options::Semantics;
use crate::chain::rules;
use crate::chain::store::Built;
use crate::chain::verifier::Signature;

impl Question<'_> {
    pub(super) fn findings(&self, leaf: usize, built: &Built) -> Vec<Finding> {
        let mut findings = Vec::new();
        match self.named(leaf) {
            Named::Yes => {}
            Named::No(names) => {
                let has = match names.as_slice() {
                    [] => String::from("no name of a host or address"),
                    names => names.iter().map(|name| crate::quote::quote(name)).collect::<Vec<_>>().join(", "),
                };
                let message = format!("expected the name {}, found {has}", crate::quote::quote(&self.policy.name));
                let finding = Finding::new(&rules::NAME, message).arg("name", self.policy.name.as_str());
                findings.push(finding.help("ask for a name that the certificate has, or get one for this name"));
            }
            Named::Unfit(because) => findings.push(Finding::new(&rules::NAME, because)),
        }
        if let Some(limit) = built.exhausted
            && (built.paths.first().is_none_or(|path| self.stands(path, false))
                || self.policy.semantics == Semantics::Openssl)
        {
            let message =
                format!("the search for a chain ran into its limit {limit}, so a good chain may not have been found");
            findings.push(
                Finding::new(&rules::BUDGET, message)
                    .arg("limit", limit)
                    .help("leave out certificates that are not part of the chain"),
            );
        }
        let Some(best) = built.paths.first() else { return findings };
        let members = self.members(best);
        for (member, judged) in members.iter().zip(&best.judged) {
            for cause in judged.causes.iter().filter(|cause| !cause.unknown) {
                let Some(rule) = rules::of(cause.bit) else { continue };
                let message = format!("{}: {}", member.label(), cause.because);
                findings.push(
                    Finding::new(rule, message)
                        .at(member.span.clone())
                        .arg("certificate", member.label())
                        .help(help(rule.id)),
                );
            }
        }
        for (place, member) in members.iter().enumerate() {
            let is_sha1 = best.edges.get(place).is_some_and(|edge| edge.signature == Signature::Good { is_sha1: true });
            if is_sha1 {
                let message = format!("{} is signed over SHA-1", member.label());
                findings.push(
                    Finding::new(&rules::SHA1, message)
                        .at(member.span.clone())
                        .help("have it issued again with SHA-256"),
                );
            }
            let key = member.certificate.public_key.facts();
            if key.algorithm == "RSA" && key.bits < 2048 {
                let message = format!("{} has an RSA key of {} bits", member.label(), key.bits);
                let finding = Finding::new(&rules::WEAK_KEY, message).at(member.span.clone());
                findings.push(finding.help("make a key of at least 2048 bits"));
            }
        }
        findings
    }
}

/// The smallest thing that helps, by rule.
fn help(rule: &str) -> &'static str {
    match rule {
        "chain-signature-invalid" => "use the certificate as it was issued, and the issuer that signed it",
        "chain-revoked" => "replace it",
        "chain-untrusted-root" => "add the root to the trusted ones, if it should be trusted",
        "chain-incomplete" => "add the missing issuer to what is sent",
        "chain-not-time-valid" => "renew it, or send a renewed one along",
        "chain-wrong-usage" => "use a certificate that was issued for this purpose",
        "chain-not-an-authority" => "use the issuer that is an authority",
        "chain-revocation-unknown" => "supply the current revocation list of the issuer",
        _ => "have it issued again, or choose another path",
    }
}
