//! Which part of a case a pasted text is.

use crate::bench::{BENCHES, Bench, Pane, artefact};

/// Where a text belongs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Place {
    /// A whole case.
    Case,
    /// A document of the case, by its name.
    Document(&'static str),
    /// A document that the case has not yet, with a name like this.
    New(&'static str),
    /// A document of a case on another bench.
    Elsewhere(&'static Bench, &'static str),
}

/// Where `text` belongs on a bench, if it says so by itself. It stays `here` if it may.
pub fn recognise(bench: &Bench, here: Option<&'static str>, text: &str) -> Option<Place> {
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.starts_with('{') && text.contains("\"admit\"") && text.contains("\"kind\"") {
        return Some(Place::Case);
    }
    let stays = |pane: &Pane| pane.recognise.is_none_or(|is_one| is_one(text));
    if let Some(pane) = here.and_then(|here| bench.pane(here)).filter(|pane| stays(pane)) {
        return Some(Place::Document(pane.document));
    }
    let fits = |pane: &&'static Pane| pane.recognise.is_some_and(|is_one| is_one(text));
    let place = bench.every_pane().find(fits).map(|pane| Place::Document(pane.document));
    let place = place.or_else(|| bench.has_artefacts().then(|| Place::New(artefact::name_of(text))));
    // What is pasted into a field stays there; what is pasted into the page may belong to another bench.
    place.or_else(|| here.is_none().then(|| elsewhere(bench, text)).flatten())
}

/// The first other bench that knows what a text is.
fn elsewhere(bench: &Bench, text: &str) -> Option<Place> {
    BENCHES.into_iter().filter(|other| *other != bench).find_map(|other| {
        let fits = |pane: &&'static Pane| pane.recognise.is_some_and(|is_one| is_one(text));
        other.every_pane().find(fits).map(|pane| Place::Elsewhere(other, pane.document))
    })
}

/// Whether a text holds a private key, which is never stored.
pub fn holds_private_key(text: &str) -> bool {
    !admit_core::certificate::private_keys(text).is_empty()
}

/// Whether a text holds what is never stored: a private key, a JSON Web Token, whose first part always begins alike, or
/// another credential whose key says so.
pub fn holds_secret(text: &str) -> bool {
    let in_token = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_');
    let is_token = |(at, _): (usize, &str)| {
        let rest = text.get(at..).unwrap_or_default();
        rest.trim_start_matches(in_token).starts_with('.')
    };
    holds_private_key(text) || text.match_indices("eyJ").any(is_token) || !admit_core::secrets(text).is_empty()
}

#[cfg(test)]
mod tests {
    use admit_core::Kind;
    use admit_core::fabric::{CERTIFICATES, MANIFEST};
    use admit_core::session::{IDENTIFIERS, LOG, REQUEST, TOKEN};

    use super::*;

    #[test]
    fn texts_are_recognised_by_their_beginning() {
        let peer = |text: &str| recognise(Bench::of(Kind::Peer), None, text);
        assert_eq!(peer("\u{feff}\n <Section/>"), Some(Place::Document(MANIFEST)));
        assert_eq!(peer("subject=/CN=a\n-----BEGIN CERTIFICATE-----\n"), Some(Place::Document(CERTIFICATES)));
        assert_eq!(peer(&format!("MII{}", "A".repeat(300))), Some(Place::Document(CERTIFICATES)));
        assert_eq!(peer("-----BEGIN X509 CRL-----\n"), Some(Place::Document("trust.crls")));
        assert_eq!(peer(r#"{ "admit": 1, "kind": "peer" }"#), Some(Place::Case));
        assert_eq!(peer("MII is a word"), None);
        assert_eq!(peer("a1b2c3"), None);
        let session = Bench::of(Kind::Session);
        assert_eq!(peer("https://a.dynamicsessions.io/"), Some(Place::Elsewhere(session, REQUEST)));
        assert_eq!(recognise(session, None, "<Section/>"), Some(Place::Elsewhere(Bench::of(Kind::Peer), MANIFEST)));
    }

    #[test]
    fn what_may_stay_stays() {
        let pem = "-----BEGIN CERTIFICATE-----\n";
        let chain = Bench::of(Kind::Chain);
        assert_eq!(recognise(chain, Some("trust.roots"), pem), Some(Place::Document("trust.roots")));
        assert_eq!(recognise(chain, Some("trust.crls"), pem), Some(Place::Document(CERTIFICATES)));
        let session = Bench::of(Kind::Session);
        let url = "https://a.dynamicsessions.io/";
        assert_eq!(recognise(session, Some(IDENTIFIERS), url), Some(Place::Document(REQUEST)));
        assert_eq!(recognise(session, Some(LOG), url), Some(Place::Document(LOG)));
        assert_eq!(recognise(session, None, "eyJhbGciOiJub25lIn0.e30."), Some(Place::Document(TOKEN)));
        assert_eq!(recognise(session, Some(IDENTIFIERS), "user-42"), None);
    }

    #[test]
    fn private_keys_of_every_label_are_recognised() {
        assert!(holds_private_key("x\n-----BEGIN RSA PRIVATE KEY-----\n"));
        assert!(holds_private_key("-----BEGIN PUBLIC KEY-----\n-----BEGIN ENCRYPTED PRIVATE KEY-----"));
        assert!(holds_private_key("{\"kty\": \"EC\", \"d\": \"x\"}"));
        assert!(!holds_private_key("-----BEGIN CERTIFICATE-----\nno PRIVATE KEY here"));
        assert!(holds_secret("Authorization: Bearer eyJhbGciOiJub25lIn0.e30.x"));
        assert!(!holds_secret("MIIeyJhbGci\nOi."));
        assert!(holds_secret("{ \"join_token\": \"2c1f8a\" }"));
        assert!(!holds_secret("{ \"join_token\": \"${TOKEN}\" }"));
    }
}
