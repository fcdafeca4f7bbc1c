//! What is answered: the elements of the best chain with their status, and what the others lost by.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::{Question, error_names};
use crate::Limits;
use crate::certificate::Facts;
use crate::chain::case::{Answer, Element, Other, Outcome as Hresult};
use crate::chain::host::Named;
use crate::chain::options::Semantics;
use crate::chain::path::Path;
use crate::chain::pool::{Member, Origin};
use crate::chain::status::{TrustStatus, error, policy_result};
use crate::chain::store::Built;

/// The names that `CERT_CHAIN_POLICY_SSL` adds.
const NAME_MISMATCH: Hresult = Hresult { name: Cow::Borrowed("CERT_E_CN_NO_MATCH"), hresult: 0x800B_010F };

impl Question<'_> {
    pub(super) fn answer(&self, leaf: usize, built: &Built) -> Answer {
        let Some(best) = built.paths.first() else { return Answer::default() };
        let status = total(best);
        let result = |errors| match policy_result(errors) {
            Some(result) => Hresult { name: Cow::Borrowed(result.name), hresult: result.value },
            None => Hresult::default(),
        };
        let base_result = result(status.errors);
        let ssl_result = match self.named(leaf) {
            Named::No(_) | Named::Unfit(_) if base_result.hresult == 0 => NAME_MISMATCH,
            // A loop has no root (Wine's tests of Windows); the base policy calls it incomplete.
            _ if status.errors & error::CYCLIC != 0 => {
                result(status.errors & !error::PARTIAL_CHAIN & !error::CYCLIC | error::UNTRUSTED_ROOT)
            }
            _ => base_result.clone(),
        };
        // Windows says of the chain, not of an element, that it is partial.
        let of_chain = if self.policy.semantics == Semantics::Windows { error::PARTIAL_CHAIN } else { 0 };
        let elements = self.members(best).into_iter().zip(&best.judged).map(|(member, judged)| Element {
            origin: member.origin,
            number: member.number,
            span: member.span.clone(),
            subject: member.certificate.subject.to_string(),
            sha1: member.certificate.thumbprint(),
            status: TrustStatus { errors: judged.status.errors & !of_chain, ..judged.status },
            causes: judged.causes.clone(),
        });
        let others = built.paths.iter().skip(1).take(Limits::SHOWN_PATHS).map(|path| Other {
            subjects: self.members(path).iter().map(|member| member.certificate.subject.to_string()).collect(),
            errors: error_names(path.errors()),
            because: self.reasons(path),
        });
        Answer {
            semantics: self.policy.semantics,
            elements: elements.collect(),
            status,
            errors: error_names(status.errors),
            base_result,
            ssl_result,
            others: others.collect(),
            certificates: self.members(best).into_iter().filter_map(held).collect(),
        }
    }

    /// Everything that is or may be wrong with a path, each with its certificate.
    fn reasons(&self, path: &Path) -> Vec<String> {
        let judged = self.members(path).into_iter().zip(&path.judged);
        judged
            .flat_map(|(member, judged)| {
                judged.causes.iter().map(move |cause| format!("{}: {}", member.label(), cause.because))
            })
            .take(Limits::SHOWN_CAUSES)
            .collect()
    }
}

/// The facts of a certificate that is not the subject's.
fn held(member: &Member<'_>) -> Option<Facts> {
    (member.origin != Origin::Subject)
        .then(|| Facts::of(member.certificate, member.number, member.span.clone()).with_extensions(member.certificate))
}

fn total(path: &Path) -> TrustStatus {
    let info = path.judged.iter().fold(0, |bits, own| bits | (own.status.info & !0xF));
    TrustStatus { errors: path.errors(), info, unknown: path.unknown() }
}
