//! The parts of a URL (RFC 3986), each with its place. Nothing is decoded.

use core::ops::Range;

/// The parts of a URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Url<'a> {
    /// The scheme, without the colon.
    pub(crate) scheme: &'a str,
    /// What stands before `@`.
    pub(crate) userinfo: Option<&'a str>,
    /// The host.
    pub(crate) host: &'a str,
    /// Its bytes in the URL.
    pub(crate) host_range: Range<usize>,
    /// The port, if one is written.
    pub(crate) port: Option<&'a str>,
    /// The path, with its slash.
    pub(crate) path: &'a str,
    /// Its bytes in the URL.
    pub(crate) path_range: Range<usize>,
    /// What follows `#`.
    pub(crate) fragment: Option<&'a str>,
}

impl<'a> Url<'a> {
    /// Takes a URL apart; nothing without a scheme and `//`.
    pub(crate) fn read(url: &'a str) -> Option<Self> {
        let (scheme, rest) = url.split_once("://")?;
        let start = scheme.len().saturating_add(3);
        let fragment = rest.split_once('#').map(|(_, fragment)| fragment);
        // Browsers take a backslash for a slash; so does this, since it is the careful reading.
        let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
        let (authority, after) = rest.split_at_checked(end)?;
        let (userinfo, address) = match authority.rsplit_once('@') {
            Some((userinfo, address)) => (Some(userinfo), address),
            None => (None, authority),
        };
        let (host, port) = match address.strip_prefix('[').and_then(|inner| inner.split_once(']')) {
            Some((inner, port)) => (address.get(..inner.len().saturating_add(2))?, port.strip_prefix(':')),
            None => match address.split_once(':') {
                Some((host, port)) => (host, Some(port)),
                None => (address, None),
            },
        };
        let host_at = start.saturating_add(authority.len().saturating_sub(address.len()));
        let path_at = start.saturating_add(end);
        let path = after.get(..after.find(['?', '#']).unwrap_or(after.len()))?;
        Some(Self {
            scheme,
            userinfo,
            host,
            host_range: host_at..host_at.saturating_add(host.len()),
            port,
            path,
            path_range: path_at..path_at.saturating_add(path.len()),
            fragment,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_have_places() {
        let text = "https://u:p@host.example:8443/a/b?c=d#e";
        let url = Url::read(text);
        assert_eq!(
            url.as_ref().map(|url| (url.userinfo, url.host, url.port, url.path, url.fragment)),
            Some((Some("u:p"), "host.example", Some("8443"), "/a/b", Some("e")))
        );
        assert_eq!(url.and_then(|url| text.get(url.host_range)), Some("host.example"));
        assert_eq!(Url::read("https://[::1]:80?x").map(|url| (url.host, url.port)), Some(("[::1]", Some("80"))));
        assert_eq!(Url::read("/a?b"), None);
    }
}
