//! The guard for certificates: whose certificate it is, and what becomes of the verdict.
//!
//! A certificate is believed if the policy names its source and the proxy that sends it proves itself with its secret. A
//! certificate from anywhere else is an attempt: it is refused, whatever it is, and logged.

use admit_core::certificate::Certificate;
use admit_core::{Answer, Report, Verdict, fabric};
use http::HeaderMap;

use super::certificate::{self, Chain, HEADERS};
use crate::digest;
use crate::policy::{PeerGuard, Source};

/// The header with the proxy's secret.
pub const SECRET: &str = "admit-proxy-secret";

/// What a request shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// The peer's certificates, from somebody who may pass them on.
    Chain(Chain),
    /// No certificate: status 401.
    Nothing,
    /// An attempt, by its name in the log: status 403.
    Attempt(&'static str),
}

/// What a request shows. `secret` is the secret of the proxy that the policy names, `platform` the certificate that the
/// platform itself took from the connection.
pub fn shown(
    guard: &PeerGuard,
    headers: &HeaderMap,
    secret: Option<&str>,
    platform: Result<Option<Chain>, &'static str>,
) -> Shown {
    let mut presented = headers.get_all(SECRET).iter();
    let proved = match (presented.next(), presented.next(), secret) {
        (Some(given), None, Some(secret)) => given.to_str().is_ok_and(|given| digest::same(given, secret)),
        (None, ..) => false,
        _ => return Shown::Attempt("wrong-secret"),
    };
    if !proved && headers.contains_key(SECRET) {
        return Shown::Attempt("wrong-secret");
    }
    let named = HEADERS.iter().filter(|(name, _)| headers.contains_key(*name));
    for (name, source) in named {
        // A proxy that is believed says with an empty header that there is no certificate.
        let is_empty = headers.get_all(*name).iter().all(http::HeaderValue::is_empty);
        if !guard.sources.contains(source) && !is_empty {
            return Shown::Attempt("source-not-named");
        }
        if !proved {
            return Shown::Attempt("not-the-proxy");
        }
    }
    let mut found = Vec::new();
    for source in &guard.sources {
        let read = match source {
            Source::Platform => platform.clone(),
            _ if proved => certificate::read(*source, headers),
            _ => Ok(None),
        };
        match read {
            Ok(chain) => found.extend(chain),
            Err(attempt) => return Shown::Attempt(attempt),
        }
    }
    let mut found = found.into_iter();
    match (found.next(), found.next()) {
        (Some(chain), None) => Shown::Chain(chain),
        (None, _) => Shown::Nothing,
        _ => Shown::Attempt("two-certificates"),
    }
}

/// The peer's certificate with its issuers, and the other certificates that came along. Every certificate of a subject
/// that issued no other of it is judged for itself, and one that merely came along must not decide about the peer.
pub fn parted(chain: &[Vec<u8>]) -> (Chain, Chain) {
    let read: Vec<Option<Certificate>> = chain.iter().map(|der| Certificate::from_der(der.as_slice()).ok()).collect();
    let mut path = vec![0_usize];
    let mut last = 0_usize;
    while let Some(Some(below)) = read.get(last) {
        let above = read.iter().enumerate().find(|(place, above)| {
            let issued = above.as_ref().is_some_and(|above| above.subject.matches(&below.issuer));
            issued && !path.contains(place)
        });
        let Some((place, _)) = above else { break };
        path.push(place);
        last = place;
    }
    let of = |places: &mut dyn Iterator<Item = usize>| places.filter_map(|place| chain.get(place).cloned()).collect();
    let beside = of(&mut (0..chain.len()).filter(|place| !path.contains(place)));
    (of(&mut path.into_iter()), beside)
}

/// What an admitted peer was granted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Granted {
    /// The role: `admin`.
    pub role: String,
    /// The setting that granted it: `AdminClientCertThumbprints`.
    pub rule: String,
}

/// What a report grants the first certificate, which is the peer's own. The others came along with it and prove nothing:
/// only the first one's key was used in the handshake.
pub fn granted(report: &Report) -> Option<Granted> {
    let (Verdict::Admitted, Answer::Peer(answer)) = (report.verdict, &report.answer) else { return None };
    // As `server` a cluster is judged by its clients: that lets nobody in.
    let comes_in = |cell: &&fabric::Cell| cell.certificate == 1 && cell.connection != fabric::Connection::Server;
    let cells = answer.cells.iter().filter(comes_in).filter(|cell| cell.verdict == Verdict::Admitted);
    // On which connection a peer comes is the policy's to say; where it doesn't, a peer gets no more than it must.
    let cell = cells.filter_map(|cell| Some((cell.role?, cell))).max_by_key(|(role, _)| *role)?;
    let role = serde_json::to_value(cell.0).ok()?.as_str()?.to_string();
    Some(Granted { role, rule: cell.1.rule.as_deref().unwrap_or("none").to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEAF: &str = ":MAMCAQE=:";
    const GOOD: &str = "a secret of a proxy, long enough";

    fn of(sources: &[Source], headers: &[(&'static str, &str)]) -> Shown {
        let guard = PeerGuard { sources: sources.to_vec(), proxy: Some("edge".into()) };
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, value.parse().expect("a value"));
        }
        shown(&guard, &map, Some(GOOD), Ok(None))
    }

    #[test]
    fn only_a_named_source_of_a_proved_proxy_is_believed() {
        let named = [Source::ClientCert];
        let chain = Shown::Chain(vec![vec![0x30, 3, 2, 1, 1]]);
        assert_eq!(of(&named, &[(SECRET, GOOD), ("client-cert", LEAF)]), chain);
        assert_eq!(of(&named, &[(SECRET, GOOD)]), Shown::Nothing);
        assert_eq!(of(&named, &[]), Shown::Nothing);
        assert_eq!(of(&named, &[(SECRET, GOOD), ("client-cert", LEAF), ("x-ssl-client-verify", "")]), chain);
        for (headers, attempt) in [
            (vec![("client-cert", LEAF)], "not-the-proxy"),
            (vec![(SECRET, "wrong"), ("client-cert", LEAF)], "wrong-secret"),
            (vec![(SECRET, "wrong")], "wrong-secret"),
            (vec![(SECRET, GOOD), (SECRET, GOOD), ("client-cert", LEAF)], "wrong-secret"),
            (vec![(SECRET, GOOD), ("client-cert", LEAF), ("x-forwarded-client-cert", "Cert=x")], "source-not-named"),
            (vec![(SECRET, GOOD), ("x-ssl-client-verify", "SUCCESS")], "source-not-named"),
            (vec![(SECRET, GOOD), ("client-cert", LEAF), ("client-cert", LEAF)], "repeated"),
            (vec![(SECRET, GOOD), ("client-cert", "x")], "malformed"),
        ] {
            assert_eq!(of(&named, &headers), Shown::Attempt(attempt), "{headers:?}");
        }
    }

    #[test]
    fn one_certificate_comes_from_one_place() {
        let guard = PeerGuard { sources: vec![Source::ClientCert, Source::Platform], proxy: Some("edge".into()) };
        let mut map = HeaderMap::new();
        let platform = || Ok(Some(vec![vec![0x30, 0]]));
        assert_eq!(shown(&guard, &map, Some(GOOD), platform()), Shown::Chain(vec![vec![0x30, 0]]));
        map.insert(SECRET, GOOD.parse().expect("a value"));
        map.insert("client-cert", LEAF.parse().expect("a value"));
        assert_eq!(shown(&guard, &map, Some(GOOD), platform()), Shown::Attempt("two-certificates"));
        assert_eq!(shown(&guard, &map, None, platform()), Shown::Attempt("wrong-secret"));
    }
}
