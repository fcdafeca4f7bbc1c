//! Who may have signed a revocation list (RFC 5280, section 6.3.3, steps f and g).

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::Check;
use crate::Limits;
use crate::certificate::{Crl, KeyUsage};
use crate::chain::options::{Options, Semantics};
use crate::chain::path::{End, Search};
use crate::chain::policy::PolicyInputs;
use crate::chain::pool::{Member, Pool};
use crate::chain::validate::Judged;
use crate::chain::verifier::Signature;

impl Check<'_> {
    /// Why a list is not signed by somebody who may: the issuer on the path, or another certificate of the same name
    /// (or of the name that the certificate gives) that leads to a trusted root. None: it is.
    pub(super) fn unsigned(
        &mut self,
        crl: &Crl,
        issuer: &Member<'_>,
        subject: &Member<'_>,
        pool: &Pool<'_>,
        options: &Options<'_>,
    ) -> Option<String> {
        let mut because = String::from("no certificate of the revocation list's issuer is here");
        let mut signers: Vec<usize> = pool.named(&crl.issuer).collect();
        // The issuer on the path first.
        crate::order::sort_by_key(&mut signers, |&place| {
            pool.get(place).is_none_or(|signer| signer.digest != issuer.digest)
        });
        for place in signers.into_iter().take(Limits::CRL_SIGNERS) {
            let Some(signer) = pool.get(place) else { continue };
            let usage = signer.certificate.extensions.key_usage.get();
            if usage.is_some_and(|usage| !usage.contains(KeyUsage::CRL_SIGN)) {
                because = String::from("the issuer's keyUsage lacks cRLSign");
                continue;
            }
            self.signatures = self.signatures.saturating_add(1);
            match self.verifier.crl(crl, &signer.certificate.public_key, signer.key_digest) {
                Signature::Good { is_sha1: true } if options.refuses_sha1 => {
                    because =
                        String::from("the revocation list is signed over SHA-1, which no longer proves who signed");
                    continue;
                }
                Signature::Good { .. } => {}
                Signature::Bad(fault) | Signature::Broken(fault) | Signature::Unknown(fault) => {
                    because = format!("the revocation list's signature: {fault}");
                    continue;
                }
            }
            if signer.digest == issuer.digest || signer.key_digest == issuer.key_digest {
                return None;
            }
            if signer.digest == subject.digest {
                // A certificate can't vouch for itself through a list that it signs. RFC 5280 asks of a list's signer
                // its path and its keyUsage only (section 6.3.3, step f), so while another certificate is looked up,
                // its own list will do for it.
                if self.depth > 0 && options.semantics == Semantics::Rfc5280 {
                    return None;
                }
            } else if self.is_valid_signer(place, pool, options) {
                return None;
            }
            because = String::from(
                "the certificate that signed the revocation list does not lead to the trusted root of this chain",
            );
        }
        Some(because)
    }

    /// Whether a certificate that signs lists is itself good: a valid path to the same trust anchor (RFC 5280, section
    /// 6.3.3, step f), nothing in it revoked.
    fn is_valid_signer(&mut self, place: usize, pool: &Pool<'_>, options: &Options<'_>) -> bool {
        if self.depth >= Limits::CRL_SIGNER_DEPTH {
            return false;
        }
        let policies = PolicyInputs::default();
        let flags = options.revocation_flags;
        let Some(anchor) = self.anchor else { return false };
        let options = Options {
            purpose: None,
            policies: &policies,
            revocation_flags: 0,
            anchor: Some(anchor),
            common_name_is_host: false,
            ..options.clone()
        };
        let (found, signatures) = Search::new(pool, &[], &options, self.verifier).run(place);
        self.signatures = self.signatures.saturating_add(signatures);
        let Some(path) = found.paths.into_iter().next() else { return false };
        if path.errors() != 0 || path.end != End::Trusted {
            return false;
        }
        let members: Vec<&Member<'_>> = path.places.iter().filter_map(|&place| pool.get(place)).collect();
        let mut judged: Vec<Judged> = members.iter().map(|_| Judged::default()).collect();
        self.depth = self.depth.saturating_add(1);
        self.path(&members, &mut judged, pool, &path.end, &Options { revocation_flags: flags, ..options });
        self.depth = self.depth.saturating_sub(1);
        judged.iter().all(|own| own.status.errors == 0)
    }
}
