//! The address of the node agent.

use core::net::{IpAddr, Ipv6Addr};

/// An HTTP address in its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Address<'t> {
    pub(super) is_https: bool,
    pub(super) host: &'t str,
    pub(super) port: Option<&'t str>,
    pub(super) path: &'t str,
}

impl<'t> Address<'t> {
    /// Takes an address apart. The error says in words what is wrong.
    pub(super) fn parse(url: &'t str) -> Result<Self, &'static str> {
        let (scheme, rest) = url.split_once("://").ok_or("it has no `http://`")?;
        let is_https = match scheme {
            "http" => false,
            "https" => true,
            _ => return Err("it is neither `http` nor `https`"),
        };
        let slash = rest.find('/').unwrap_or(rest.len());
        let (authority, path) = rest.split_at_checked(slash).unwrap_or((rest, ""));
        let (host, port) = match authority.strip_prefix('[') {
            Some(bracketed) => {
                let (host, after) = bracketed.split_once(']').ok_or("a bracket is open")?;
                (host, after.strip_prefix(':'))
            }
            None => authority.rsplit_once(':').map_or((authority, None), |(host, port)| (host, Some(port))),
        };
        if host.is_empty() {
            return Err("it has no host");
        }
        if port.is_some_and(|port| port.parse::<u16>().is_err()) {
            return Err("its port is no number from 0 to 65535");
        }
        Ok(Self { is_https, host, port, path })
    }

    /// Whether the host is an address that is routed on the internet. Of a name that can't be said.
    pub(super) fn is_public(&self) -> bool {
        match self.host.parse::<IpAddr>() {
            Ok(IpAddr::V4(address)) => {
                let [first, second, ..] = address.octets();
                // 100.64.0.0/10 is for carriers' own networks (RFC 6598).
                let is_shared = first == 100 && second & 0xC0 == 64;
                !(address.is_private()
                    || address.is_loopback()
                    || address.is_link_local()
                    || address.is_unspecified()
                    || address.is_documentation()
                    || is_shared)
            }
            Ok(IpAddr::V6(address)) => {
                let is_unique_local = address.segments().first().is_some_and(|first| first & 0xFE00 == 0xFC00);
                let is_link_local = address.segments().first().is_some_and(|first| first & 0xFFC0 == 0xFE80);
                !(address == Ipv6Addr::LOCALHOST || is_unique_local || is_link_local)
            }
            Err(_) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_come_apart() {
        let parts = |url| Address::parse(url).map(|a| (a.host, a.port, a.path, a.is_public()));
        assert_eq!(parts("http://52.152.206.164:9092/v1/"), Ok(("52.152.206.164", Some("9092"), "/v1/", true)));
        assert_eq!(parts("http://10.0.0.4:9092/v1"), Ok(("10.0.0.4", Some("9092"), "/v1", false)));
        assert_eq!(parts("http://172.32.0.1:9092/v1").map(|parts| parts.3), Ok(true));
        assert_eq!(parts("http://[fd00::1]:9092/v1").map(|parts| parts.3), Ok(false));
        assert_eq!(parts("http://$(NODE_IP):9092/v1").map(|parts| parts.0), Ok("$(NODE_IP)"));
        for url in ["10.0.0.4:9092/v1", "http://:9092/v1", "ftp://a/", "http://a:x/v1", "http://[::1/v1"] {
            assert!(Address::parse(url).is_err(), "{url}");
        }
    }
}
