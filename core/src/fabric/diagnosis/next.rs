//! Where to look next.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::Next;
use super::cause::Cause;
use super::code::{CREDENTIALS, DENIED, NOT_MATCHED, SERVER_FAILED};
use super::recognise::Recognised;
use super::symptom::Symptom;
use crate::Citation;
use crate::fabric::rules::article;

const TROUBLESHOOTING: Citation = article("section \"Troubleshooting and frequently asked questions\"");

const CHANNELS: &str = "on Windows, read the channels `Microsoft-ServiceFabric/Admin` and \
                        `Microsoft-ServiceFabric/Operational` under Applications and Services Logs: on the node with \
                        the symptom, and on its healthy neighbours that are up and can't reach it";
const PRESENTED: &str = "on each node that tries to connect, find out which certificate it presents, and hold that \
                         certificate against the rules of the node that refuses it: thumbprint or name, and the issuer's \
                         thumbprint where issuers are pinned";
const STORE: &str = "on the node itself, check that the declarations of its node type find a certificate in \
                     `LocalMachine\\My`, or in the store that they name: characters of the thumbprint, whether it is \
                     installed, whether it has expired, a prefix `CN=`, a wildcard";
const KEY: &str = "check that the certificate's private key exists, and that `SFAdmins` may read and execute it";
const PROVIDER: &str = "make the certificate anew with a provider of CAPI1, such as `Microsoft Enhanced RSA and AES \
                        Cryptographic Provider`; from release 11.0 on keys of CNG are supported as well";
const CAPI2: &str = "turn on the log `Microsoft-Windows-CAPI2/Operational`, which records how chains are built and what \
                     is fetched, reproduce the refusal, and turn it off again: it is verbose";

/// The places, in order.
pub(super) fn places(codes: &[Recognised], symptom: Option<Symptom>, causes: &[Cause]) -> Vec<Next> {
    let seen = |names: &[&str]| {
        let in_text = codes.iter().any(|code| names.contains(&code.seen.name.as_ref()));
        in_text || causes.iter().any(|cause| cause.code.as_ref().is_some_and(|code| names.contains(&code.as_ref())))
    };
    let chain = codes.iter().map(|code| &code.seen.name).chain(causes.iter().filter_map(|cause| cause.code.as_ref()));
    let chain = chain.into_iter().any(|name| name.starts_with("CERT_E") || name.starts_with("CRYPT_E"));
    let accepting = seen(&[SERVER_FAILED, DENIED, NOT_MATCHED])
        || matches!(symptom, Some(Symptom::CannotJoin | Symptom::ConnectionsRefused));
    let loading = seen(&["FABRIC_E_CERTIFICATE_NOT_FOUND", CREDENTIALS])
        || matches!(symptom, Some(Symptom::HearsNobody | Symptom::NodesDown));
    let key = seen(&["SEC_E_UNKNOWN_CREDENTIALS", "SEC_E_NO_CREDENTIALS"]);
    let timeouts = symptom == Some(Symptom::ConnectionsTimeOut);
    let places = [
        (CHANNELS, true),
        (PRESENTED, accepting || chain),
        (STORE, loading || key),
        (KEY, key),
        (PROVIDER, seen(&["NTE_BAD_PROV_TYPE"])),
        (CAPI2, chain || accepting || timeouts),
    ];
    let places = places.into_iter().filter(|(_, applies)| *applies);
    places.map(|(what, _)| Next { what: Cow::Borrowed(what), citation: TROUBLESHOOTING.clone() }).collect()
}
