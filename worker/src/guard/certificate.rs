//! The client certificate as proxies pass it on: four notations, each read strictly. What isn't exactly as the proxy
//! writes it was written by somebody else.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, HeaderName};

use crate::digest;
use crate::policy::Source;

/// Bytes of a certificate with its chain: what the platform passes on itself.
const MOST: usize = 64 * 1024;

/// Certificates in DER, the peer's own first.
pub type Chain = Vec<Vec<u8>>;

/// The header in which a source's certificate comes; the platform's comes in none.
pub fn header(source: Source) -> Option<HeaderName> {
    Some(HeaderName::from_static(match source {
        Source::ClientCert => "client-cert",
        Source::Xfcc => "x-forwarded-client-cert",
        Source::Nginx => "x-ssl-client-cert",
        Source::Traefik => "x-forwarded-tls-client-cert",
        Source::Platform => return None,
    }))
}

/// Every header that says anything of a certificate, with the source that it belongs to.
pub const HEADERS: [(&str, Source); 6] = [
    ("client-cert", Source::ClientCert),
    ("client-cert-chain", Source::ClientCert),
    ("x-forwarded-client-cert", Source::Xfcc),
    ("x-ssl-client-cert", Source::Nginx),
    ("x-ssl-client-verify", Source::Nginx),
    ("x-forwarded-tls-client-cert", Source::Traefik),
];

/// The certificate that a source's headers hold: nothing where they are absent or empty, which is how proxies say that
/// the peer has shown none.
///
/// # Errors
///
/// What is not as the source writes it, in one word for the log.
pub fn read(source: Source, headers: &HeaderMap) -> Result<Option<Chain>, &'static str> {
    let Some(text) = header(source).map_or(Ok(None), |name| single(headers, &name))? else { return Ok(None) };
    if text.len() > 2 * MOST {
        return Err("oversized");
    }
    let chain = match source {
        Source::ClientCert => rfc9440(text, single(headers, &HeaderName::from_static("client-cert-chain"))?),
        Source::Xfcc => xfcc(text),
        Source::Nginx => nginx(text, single(headers, &HeaderName::from_static("x-ssl-client-verify"))?),
        Source::Traefik => traefik(text),
        Source::Platform => None,
    };
    let chain = chain.ok_or("malformed")?;
    if chain.iter().map(Vec::len).sum::<usize>() > MOST {
        return Err("oversized");
    }
    // Each is one SEQUENCE and nothing else.
    if chain.iter().all(|der| is_sequence(der)) { Ok(Some(chain)) } else { Err("malformed") }
}

/// The value of a header that comes once.
fn single<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Option<&'a str>, &'static str> {
    let mut values = headers.get_all(name).iter();
    let value = match (values.next(), values.next()) {
        (None, _) => return Ok(None),
        (Some(value), None) => value.to_str().map_err(|_| "malformed")?.trim(),
        _ => return Err("repeated"),
    };
    Ok((!value.is_empty()).then_some(value))
}

/// RFC 9440, section 2: a byte sequence, and a list of them (RFC 8941, section 3.3.5). Parameters mean nothing there and
/// are refused, as is a second value, which a runtime joins with a comma.
fn rfc9440(leaf: &str, chain: Option<&str>) -> Option<Chain> {
    let bytes = |item: &str| {
        let inner = item.strip_prefix(':')?.strip_suffix(':')?;
        (!inner.is_empty()).then(|| STANDARD.decode(inner).ok())?
    };
    let mut certificates = vec![bytes(leaf)?];
    for item in chain.into_iter().flat_map(|list| list.split(',')) {
        certificates.push(bytes(item.trim_matches([' ', '\t']))?);
    }
    Some(certificates)
}

/// Envoy's header: `Key=Value` pairs separated by semicolons, elements by commas, values in quotes where they hold either.
/// An Envoy that writes the header for the peer before it (SANITIZE_SET) writes one element; more come from further away.
fn xfcc(text: &str) -> Option<Chain> {
    let (mut hash, mut own, mut chain) = (None, None, None);
    for (key, value) in pairs(text)? {
        let slot = match key.to_ascii_lowercase().as_str() {
            "hash" => &mut hash,
            "cert" => &mut own,
            "chain" => &mut chain,
            "by" | "subject" | "uri" | "dns" => continue,
            _ => return None,
        };
        if slot.replace(value).is_some() {
            return None;
        }
    }
    let own = pem(&percent_decoded(&own?)?)?;
    let [leaf] = own.as_slice() else { return None };
    if hash.is_some_and(|hash| !digest::plain(leaf).eq_ignore_ascii_case(&hash)) {
        return None;
    }
    let mut certificates = vec![leaf.clone()];
    if let Some(chain) = chain {
        // Envoy's chain repeats the certificate itself.
        let rest = pem(&percent_decoded(&chain)?)?;
        certificates.extend(rest.into_iter().filter(|der| der != leaf));
    }
    Some(certificates)
}

/// The pairs of the one element of an XFCC header.
fn pairs(text: &str) -> Option<Vec<(String, String)>> {
    let mut pairs = Vec::new();
    let mut rest = text;
    loop {
        let (key, after) = rest.split_once('=')?;
        if key.is_empty() || !key.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            return None;
        }
        let (value, after) = match after.strip_prefix('"') {
            Some(quoted) => unquoted(quoted)?,
            None => {
                let end = after.find([';', ',', '"']).unwrap_or(after.len());
                (after.get(..end)?.to_string(), after.get(end..)?)
            }
        };
        pairs.push((key.to_string(), value));
        if after.is_empty() {
            return Some(pairs);
        }
        rest = after.strip_prefix(';')?;
    }
}

/// A quoted value up to its end, and what follows.
fn unquoted(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((value, text.get(at.checked_add(1)?..)?)),
            '\\' => value.push(characters.next()?.1),
            _ => value.push(character),
        }
    }
    None
}

/// nginx: `$ssl_client_escaped_cert`, and `$ssl_client_verify` beside it. The verification is not the policy's: `FAILED`
/// is nginx's word for a chain that it doesn't know, and the handshake has proved the key in any case.
fn nginx(certificate: &str, verify: Option<&str>) -> Option<Chain> {
    let said = verify?;
    if said != "SUCCESS" && !said.starts_with("FAILED:") {
        return None;
    }
    let chain = pem(&percent_decoded(certificate)?)?;
    (chain.len() == 1).then_some(chain)
}

/// Traefik: base64 of each certificate, separated by commas, percent-encoded by older versions.
fn traefik(text: &str) -> Option<Chain> {
    percent_decoded(text)?.split(',').map(|item| STANDARD.decode(item).ok().filter(|der| !der.is_empty())).collect()
}

/// Text without percent signs. A `+` stays what it is: base64 has it.
fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                let digits = std::str::from_utf8(&digits).ok().filter(|digits| !digits.starts_with('+'))?;
                bytes.push(u8::from_str_radix(digits, 16).ok()?);
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).ok()
}

/// Certificates in PEM (RFC 7468), with nothing between them but blanks.
fn pem(text: &str) -> Option<Chain> {
    let (begin, end) = ("-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----");
    let mut certificates = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (body, after) = rest.strip_prefix(begin)?.split_once(end)?;
        let body: String = body.chars().filter(|character| !character.is_ascii_whitespace()).collect();
        certificates.push(STANDARD.decode(body).ok()?);
        rest = after.trim_start();
    }
    (!certificates.is_empty()).then_some(certificates)
}

/// Whether bytes are one SEQUENCE in DER, whole.
fn is_sequence(der: &[u8]) -> bool {
    let length = match der {
        [0x30, short @ 0..=0x7f, ..] => Some((2, usize::from(*short))),
        [0x30, 0x81, one, ..] => Some((3, usize::from(*one))),
        [0x30, 0x82, one, two, ..] => Some((4, usize::from(u16::from_be_bytes([*one, *two])))),
        [0x30, 0x83, one, two, three, ..] => {
            usize::try_from(u32::from_be_bytes([0, *one, *two, *three])).ok().map(|length| (5, length))
        }
        _ => None,
    };
    length.is_some_and(|(head, length)| der.len() == length.saturating_add(head))
}

/// What the platform says of the connection's certificate (`request.cf.tlsClientAuth`). Its fields are filled whatever it
/// thinks of the certificate, so what it thinks is asked first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Platform {
    /// `certPresented`: `1` or `0`.
    pub presented: String,
    /// `certVerified`: `SUCCESS`, `NONE`, `FAILED:...`.
    pub verified: String,
    /// `certRevoked`: `1` or `0`.
    pub revoked: String,
    /// `certRFC9440`.
    pub certificate: String,
    /// `certChainRFC9440`.
    pub chain: String,
    /// `certRFC9440TooLarge` or `certChainRFC9440TooLarge`: the field is empty for that reason.
    pub too_large: bool,
}

impl Platform {
    /// The certificates, if the connection has one.
    ///
    /// # Errors
    ///
    /// What is wrong with them, in one word for the log.
    pub fn read(&self) -> Result<Option<Chain>, &'static str> {
        if self.presented != "1" {
            return Ok(None);
        }
        if self.verified != "SUCCESS" {
            return Err("not-verified");
        }
        if self.revoked == "1" {
            return Err("revoked");
        }
        if self.too_large {
            return Err("oversized");
        }
        let chain = Some(self.chain.as_str()).filter(|chain| !chain.is_empty());
        let chain = rfc9440(&self.certificate, chain).ok_or("malformed")?;
        if chain.iter().all(|der| is_sequence(der)) { Ok(Some(chain)) } else { Err("malformed") }
    }
}

/// Certificates as a case takes them.
pub fn to_pem(chain: &[Vec<u8>]) -> String {
    let mut text = String::new();
    for der in chain {
        text.push_str("-----BEGIN CERTIFICATE-----\n");
        for line in STANDARD.encode(der).as_bytes().chunks(64) {
            text.push_str(&String::from_utf8_lossy(line));
            text.push('\n');
        }
        text.push_str("-----END CERTIFICATE-----\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `SEQUENCE { INTEGER 1 }` stands for a certificate: whether it is one is the core's to say.
    const DER: &[u8] = &[0x30, 3, 2, 1, 1];
    const BASE64: &str = "MAMCAQE=";
    const PEM: &str = "-----BEGIN%20CERTIFICATE-----%0AMAMCAQE%3D%0A-----END%20CERTIFICATE-----%0A";

    fn of(source: Source, headers: &[(&'static str, &str)]) -> Result<Option<usize>, &'static str> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, value.parse().expect("a value"));
        }
        let chain = read(source, &map)?;
        assert!(chain.iter().flatten().all(|der| der == DER));
        Ok(chain.map(|chain| chain.len()))
    }

    #[test]
    fn rfc_9440_is_read_strictly() {
        let leaf = format!(":{BASE64}:");
        assert_eq!(of(Source::ClientCert, &[("client-cert", &leaf)]), Ok(Some(1)));
        let list = format!("{leaf}, {leaf},{leaf}");
        assert_eq!(of(Source::ClientCert, &[("client-cert", &leaf), ("client-cert-chain", &list)]), Ok(Some(4)));
        assert_eq!(of(Source::ClientCert, &[]), Ok(None));
        assert_eq!(of(Source::ClientCert, &[("client-cert", "")]), Ok(None));
        assert_eq!(of(Source::ClientCert, &[("client-cert-chain", &leaf)]), Ok(None));
        assert_eq!(of(Source::ClientCert, &[("client-cert", &leaf), ("client-cert", &leaf)]), Err("repeated"));
        for bad in
            [&list, "::", BASE64, ":MAMCAQE:", ":MAMC AQE=:", &format!("{leaf};a=1"), ":MAMCAQEB:", ":////:", ":!:"]
        {
            assert_eq!(of(Source::ClientCert, &[("client-cert", bad)]), Err("malformed"), "{bad}");
        }
    }

    #[test]
    fn xfcc_is_read_strictly() {
        let cert = format!("Cert=\"{PEM}\"");
        let hash = digest::plain(DER);
        for good in [
            cert.clone(),
            format!("By=spiffe://a/b;Hash={hash};Subject=\"CN=a, O=\\\"b;c\\\"\";URI=;DNS=x;{cert}"),
            format!("hash={};cert=\"{PEM}\"", hash.to_uppercase()),
        ] {
            assert_eq!(of(Source::Xfcc, &[("x-forwarded-client-cert", &good)]), Ok(Some(1)), "{good}");
        }
        let chained = format!("{cert};Chain=\"{PEM}{PEM}\"");
        assert_eq!(of(Source::Xfcc, &[("x-forwarded-client-cert", &chained)]), Ok(Some(1)));
        for bad in [
            format!("{cert},{cert}"),
            format!("{cert};{cert}"),
            format!("Hash={};{cert}", hash.replace('a', "b").replace('0', "1")),
            format!("Cert=\"{PEM}{PEM}\""),
            format!("Cert=\"{PEM}"),
            format!("Other=1;{cert}"),
            "By=a".to_string(),
            "Cert=".to_string(),
            format!(";{cert}"),
            format!("{cert};"),
        ] {
            assert_eq!(of(Source::Xfcc, &[("x-forwarded-client-cert", &bad)]), Err("malformed"), "{bad}");
        }
    }

    #[test]
    fn nginx_and_traefik_are_read_strictly() {
        let nginx = |certificate: &str, verify: &str| {
            of(Source::Nginx, &[("x-ssl-client-cert", certificate), ("x-ssl-client-verify", verify)])
        };
        assert_eq!(nginx(PEM, "SUCCESS"), Ok(Some(1)));
        assert_eq!(nginx(PEM, "FAILED:unable to verify the first certificate"), Ok(Some(1)));
        assert_eq!(nginx("", "NONE"), Ok(None));
        for (certificate, verify) in [
            (PEM, "NONE"),
            (PEM, ""),
            (&PEM.repeat(2), "SUCCESS"),
            ("a", "SUCCESS"),
            ("%", "SUCCESS"),
            ("%+1", "SUCCESS"),
        ] {
            assert_eq!(nginx(certificate, verify), Err("malformed"), "{certificate} {verify}");
        }
        let traefik = |text: &str| of(Source::Traefik, &[("x-forwarded-tls-client-cert", text)]);
        assert_eq!(traefik(BASE64), Ok(Some(1)));
        assert_eq!(traefik("MAMCAQE%3D%2CMAMCAQE%3D"), Ok(Some(2)));
        assert_eq!(traefik("MAMCAQE=,"), Err("malformed"));
        assert_eq!(traefik("-----"), Err("malformed"));
    }

    #[test]
    fn the_platform_is_asked_what_it_thinks() {
        let good = Platform {
            presented: "1".into(),
            verified: "SUCCESS".into(),
            revoked: "0".into(),
            certificate: format!(":{BASE64}:"),
            ..Platform::default()
        };
        assert_eq!(good.read(), Ok(Some(vec![DER.to_vec()])));
        assert_eq!(Platform::default().read(), Ok(None));
        for (bad, attempt) in [
            (Platform { verified: "FAILED:self signed certificate".into(), ..good.clone() }, "not-verified"),
            (Platform { verified: String::new(), ..good.clone() }, "not-verified"),
            (Platform { revoked: "1".into(), ..good.clone() }, "revoked"),
            (Platform { too_large: true, ..good.clone() }, "oversized"),
            (Platform { certificate: String::new(), ..good.clone() }, "malformed"),
        ] {
            assert_eq!(bad.read(), Err(attempt));
        }
    }

    #[test]
    fn what_is_read_can_be_pasted() {
        let text = to_pem(&[vec![0x30, 0x82, 0, 60], vec![7; 60]]);
        assert_eq!(text.matches("-----BEGIN CERTIFICATE-----\n").count(), 2);
        assert!(text.lines().all(|line| line.len() <= 64));
    }
}
