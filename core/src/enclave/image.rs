//! References to container images, by the grammar of the distribution project.

use core::fmt;

/// A reference, in its parts: `registry.example:5000/owner/name:tag@sha256:...`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Image<'t> {
    /// Registry, owner and name, as they are written.
    pub(super) name: &'t str,
    /// Registry and port, where the first part is one.
    pub(super) registry: Option<&'t str>,
    /// What follows the registry: `owner/name`.
    pub(super) path: &'t str,
    pub(super) tag: Option<&'t str>,
    pub(super) digest: Option<&'t str>,
}

/// Why a text is no reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NotAnImage {
    Empty,
    /// The part before the first slash is neither a registry nor a name.
    Registry,
    /// A part of the name has other characters than lower-case letters, digits and single separators between them.
    Name,
    Tag,
    Digest,
    TooLong,
}

impl fmt::Display for NotAnImage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "it is empty",
            Self::Registry => "the part before the first slash is neither a registry nor a name",
            Self::Name => "names have lower-case letters and digits, with `.`, `_`, `__` or `-` between them",
            Self::Tag => {
                "a tag has at most 128 letters, digits, `_`, `.` and `-`, and begins with none of the last two"
            }
            Self::Digest => "a digest is `sha256:` and 64 lower-case hexadecimal digits",
            Self::TooLong => "a name has at most 255 characters",
        })
    }
}

impl<'t> Image<'t> {
    /// The name without the registry that is meant where none is written.
    pub(super) fn plain_name(&self) -> &'t str {
        let name = self.name.strip_prefix("docker.io/").or_else(|| self.name.strip_prefix("index.docker.io/"));
        let name = name.unwrap_or(self.name);
        name.strip_prefix("library/").unwrap_or(name)
    }

    /// Takes a reference apart.
    pub(super) fn parse(text: &'t str) -> Result<Self, NotAnImage> {
        if text.is_empty() {
            return Err(NotAnImage::Empty);
        }
        let (rest, digest) = text.split_once('@').map_or((text, None), |(rest, digest)| (rest, Some(digest)));
        // A colon after the last slash begins a tag; one before it belongs to the registry's port.
        let slash = rest.rfind('/').map_or(0, |at| at.saturating_add(1));
        let last = rest.get(slash..).unwrap_or_default();
        let (name, tag) = match last.split_once(':') {
            Some((short, tag)) => (rest.get(..slash.saturating_add(short.len())).unwrap_or_default(), Some(tag)),
            None => (rest, None),
        };
        if digest.is_some_and(|digest| !is_digest(digest)) {
            return Err(NotAnImage::Digest);
        }
        if tag.is_some_and(|tag| !is_tag(tag)) {
            return Err(NotAnImage::Tag);
        }
        if name.len() > 255 {
            return Err(NotAnImage::TooLong);
        }
        let (registry, path) = match name.split_once('/') {
            Some((first, path)) if first == "localhost" || first.contains(['.', ':']) => (Some(first), path),
            _ => (None, name),
        };
        if registry.is_some_and(|registry| !is_registry(registry)) {
            return Err(NotAnImage::Registry);
        }
        if path.is_empty() || !path.split('/').all(is_component) {
            return Err(NotAnImage::Name);
        }
        Ok(Self { name, registry, path, tag, digest })
    }
}

fn is_registry(registry: &str) -> bool {
    let (host, port) = registry.split_once(':').map_or((registry, None), |(host, port)| (host, Some(port)));
    let label = |label: &str| {
        !label.is_empty()
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    host.split('.').all(label) && port.is_none_or(|port| port.parse::<u16>().is_ok())
}

/// Lower-case letters and digits, with one of `.`, `_`, `__` or any number of `-` between them.
fn is_component(component: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    component.starts_with(is_letter)
        && component.ends_with(is_letter)
        && component
            .split(is_letter)
            .all(|separator| matches!(separator, "" | "." | "_" | "__") || separator.chars().all(|c| c == '-'))
}

fn is_tag(tag: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    (1..=128).contains(&tag.len())
        && tag.bytes().next().is_some_and(is_word)
        && tag.bytes().all(|byte| is_word(byte) || matches!(byte, b'.' | b'-'))
}

fn is_digest(digest: &str) -> bool {
    digest.strip_prefix("sha256:").is_some_and(|digits| {
        digits.len() == 64 && digits.bytes().all(|digit| digit.is_ascii_digit() || (b'a'..=b'f').contains(&digit))
    })
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::*;

    #[test]
    fn references_come_apart() {
        let zeros = "0".repeat(64);
        let digest = format!("sha256:{zeros}");
        let whole = format!("registry.example:5000/owner/name:1.2@{digest}");
        let parts =
            |text| Image::parse(text).map(|image| (image.registry, image.path, image.tag, image.digest.is_some()));
        assert_eq!(parts(&whole), Ok((Some("registry.example:5000"), "owner/name", Some("1.2"), true)));
        assert_eq!(parts("fortanix/python-flask"), Ok((None, "fortanix/python-flask", None, false)));
        assert_eq!(parts("localhost/a__b.c-d"), Ok((Some("localhost"), "a__b.c-d", None, false)));
        assert_eq!(parts("ubuntu:24.04"), Ok((None, "ubuntu", Some("24.04"), false)));
    }

    #[test]
    fn the_registry_that_is_meant_need_not_be_written() {
        let plain = |text| Image::parse(text).map(|image| image.plain_name());
        assert_eq!(plain("docker.io/owner/name:1"), plain("owner/name"));
        assert_eq!(plain("docker.io/library/ubuntu"), Ok("ubuntu"));
        assert_eq!(plain("evil.io/owner/name"), Ok("evil.io/owner/name"));
    }

    #[test]
    fn what_is_no_reference_says_why() {
        for (text, why) in [
            ("", NotAnImage::Empty),
            ("fortanx-\u{79c1}\u{7528}/python-flask-sgx", NotAnImage::Name),
            ("Owner/name", NotAnImage::Name),
            ("owner//name", NotAnImage::Name),
            ("owner/name_", NotAnImage::Name),
            ("a..b", NotAnImage::Name),
            ("owner/name:", NotAnImage::Tag),
            ("owner/name@sha256:12", NotAnImage::Digest),
            ("-a.b/name", NotAnImage::Registry),
        ] {
            assert_eq!(Image::parse(text), Err(why), "{text}");
        }
    }
}
