//! Which part of a case a pasted text is.

/// Where a text belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A whole case.
    Case,
    /// The cluster manifest.
    Manifest,
    /// The certificates.
    Certificates,
}

/// Where `text` belongs, if its beginning says so. Texts that may be either are left where they were put.
pub fn recognise(text: &str) -> Option<Place> {
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.starts_with('{') && text.contains("\"admit\"") && text.contains("\"kind\"") {
        Some(Place::Case)
    } else if text.starts_with("-----BEGIN ") || text.contains("-----BEGIN CERTIFICATE-----") {
        Some(Place::Certificates)
    } else if text.starts_with('<') {
        Some(Place::Manifest)
    } else if text.len() > 200 && (text.starts_with("MII") || text.starts_with("3082")) {
        // DER without its wrapper: base64 of a long SEQUENCE begins with MII, its hexadecimal form with 3082.
        Some(Place::Certificates)
    } else {
        None
    }
}

/// Whether a text holds a private key in PEM, which is never stored.
pub fn holds_private_key(text: &str) -> bool {
    text.match_indices("-----BEGIN ").any(|(at, begin)| {
        let label = text.get(at + begin.len()..).unwrap_or_default();
        label.split("-----").next().is_some_and(|label| label.contains("PRIVATE KEY"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_recognised_by_their_beginning() {
        assert_eq!(recognise("\u{feff}\n <Section/>"), Some(Place::Manifest));
        assert_eq!(recognise("subject=/CN=a\n-----BEGIN CERTIFICATE-----\n"), Some(Place::Certificates));
        assert_eq!(recognise(&format!("MII{}", "A".repeat(300))), Some(Place::Certificates));
        assert_eq!(recognise(r#"{ "admit": 1, "kind": "peer" }"#), Some(Place::Case));
        assert_eq!(recognise("MII is a word"), None);
        assert_eq!(recognise("a1b2c3"), None);
    }

    #[test]
    fn private_keys_of_every_label_are_recognised() {
        assert!(holds_private_key("x\n-----BEGIN RSA PRIVATE KEY-----\n"));
        assert!(holds_private_key("-----BEGIN PUBLIC KEY-----\n-----BEGIN ENCRYPTED PRIVATE KEY-----"));
        assert!(!holds_private_key("-----BEGIN CERTIFICATE-----\nno PRIVATE KEY here"));
    }
}
