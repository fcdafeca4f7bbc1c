//! Extensions of certificates and revocation lists (RFC 5280, sections 4.2 and 5.2).

use sha1::{Digest as _, Sha1};

use super::der;
use super::key::Key;
use super::special::Form;

pub(super) fn extension(id: &str, critical: bool, content: &[u8]) -> Vec<u8> {
    let mut parts = vec![der::oid(id)];
    if critical {
        parts.push(der::boolean(true));
    }
    parts.push(der::octets(content));
    der::sequence(&parts)
}

/// basicConstraints of a certificate authority.
pub(super) fn authority(path_length: Option<u8>) -> Vec<u8> {
    let mut parts = vec![der::boolean(true)];
    parts.extend(path_length.map(|length| der::integer(&[length])));
    extension("2.5.29.19", true, &der::sequence(&parts))
}

/// basicConstraints of everyone else.
pub(super) fn end_entity() -> Vec<u8> {
    extension("2.5.29.19", true, &der::sequence(&[]))
}

/// keyUsage by bit number: 0 digitalSignature, 2 keyEncipherment, 5 keyCertSign, 6 cRLSign.
pub(super) fn key_usage(bits: &[u8]) -> Vec<u8> {
    extension("2.5.29.15", true, &der::named_bits(bits))
}

/// extKeyUsage by dotted object identifier.
pub(super) fn extended_key_usage(purposes: &[&str]) -> Vec<u8> {
    let purposes: Vec<_> = purposes.iter().map(|purpose| der::oid(purpose)).collect();
    extension("2.5.29.37", false, &der::sequence(&purposes))
}

/// subjectAltName with host names.
pub(super) fn host_names(names: &[String]) -> Vec<u8> {
    let names: Vec<_> = names.iter().map(|name| der::context_string(2, name.as_bytes())).collect();
    extension("2.5.29.17", false, &der::sequence(&names))
}

/// subjectAltName with names of any form.
pub(super) fn alternative_names(forms: &[Form]) -> Vec<u8> {
    let names: Vec<_> = forms.iter().map(Form::der).collect();
    extension("2.5.29.17", false, &der::sequence(&names))
}

/// SHA-1 of the public key's bits (RFC 5280, section 4.2.1.2, method 1).
fn key_id(key: &Key) -> Vec<u8> {
    Sha1::digest(key.public()).to_vec()
}

/// subjectKeyIdentifier.
pub(super) fn subject_key_id(key: &Key) -> Vec<u8> {
    extension("2.5.29.14", false, &der::octets(&key_id(key)))
}

/// authorityKeyIdentifier with the issuer's key identifier.
pub(super) fn authority_key_id(issuer: &Key) -> Vec<u8> {
    extension("2.5.29.35", false, &der::sequence(&[der::context_string(0, &key_id(issuer))]))
}

fn uri(text: &str) -> Vec<u8> {
    der::context_string(6, text.as_bytes())
}

/// cRLDistributionPoints with one address.
pub(super) fn crl_address(address: &str) -> Vec<u8> {
    let point = der::sequence(&[der::context(0, &der::context(0, &uri(address)))]);
    extension("2.5.29.31", false, &der::sequence(&[point]))
}

/// authorityInfoAccess with the addresses of the issuer's certificate and of an OCSP responder.
pub(super) fn issuer_address(certificate: &str, responder: &str) -> Vec<u8> {
    let method = |id, address| der::sequence(&[der::oid(id), uri(address)]);
    let methods = [method("1.3.6.1.5.5.7.48.2", certificate), method("1.3.6.1.5.5.7.48.1", responder)];
    extension("1.3.6.1.5.5.7.1.1", false, &der::sequence(&methods))
}

/// cRLNumber.
pub(super) fn crl_number(number: u8) -> Vec<u8> {
    extension("2.5.29.20", false, &der::integer(&[number]))
}
