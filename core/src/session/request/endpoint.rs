//! The two families of pool management endpoints.

use alloc::string::{String, ToString as _};

use serde::{Deserialize, Serialize};

use super::Url;

/// Which kind of pool has such an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    /// `https://<REGION>.dynamicsessions.io/subscriptions/<ID>/resourceGroups/<NAME>/sessionPools/<NAME>`: code
    /// interpreters.
    CodeInterpreter,
    /// `https://<POOL>.<ENVIRONMENT>.<REGION>.azurecontainerapps.io`: custom containers.
    CustomContainer,
    /// Neither.
    Unknown,
}

/// An endpoint, and what of the path is not part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Endpoint<'a> {
    pub(crate) family: Family,
    pub(crate) pool: Option<&'a str>,
    pub(crate) environment: Option<&'a str>,
    pub(crate) region: Option<&'a str>,
    pub(crate) subscription: Option<&'a str>,
    pub(crate) resource_group: Option<&'a str>,
    /// The path behind the endpoint, with its slash; nothing where the endpoint is not complete.
    pub(crate) rest: Option<&'a str>,
}

/// How a host that is not an endpoint resembles one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Resemblance {
    /// It holds a name of the service in the wrong place.
    LooksAlike,
    /// Not at all.
    Foreign,
}

const CODE: &str = ".dynamicsessions.io";
const CONTAINER: &str = ".azurecontainerapps.io";

impl<'a> Endpoint<'a> {
    /// Reads the endpoint of a URL.
    pub(crate) fn read(url: &Url<'a>) -> Self {
        let host = url.host.strip_suffix('.').unwrap_or(url.host);
        let mut endpoint = Self {
            family: Family::Unknown,
            pool: None,
            environment: None,
            region: None,
            subscription: None,
            resource_group: None,
            rest: None,
        };
        if let Some(region) = strip_suffix(host, CODE).filter(|region| is_label(region)) {
            endpoint.family = Family::CodeInterpreter;
            endpoint.region = Some(region);
            endpoint.code_path(url.path);
        } else if let Some(labels) = strip_suffix(host, CONTAINER) {
            let mut parts = labels.split('.');
            if let (Some(pool), Some(environment), Some(region), None) =
                (parts.next(), parts.next(), parts.next(), parts.next())
                && [pool, environment, region].into_iter().all(is_label)
            {
                endpoint.family = Family::CustomContainer;
                (endpoint.pool, endpoint.environment, endpoint.region) = (Some(pool), Some(environment), Some(region));
                endpoint.rest = Some(url.path);
            }
        }
        endpoint
    }

    /// `/subscriptions/{}/resourceGroups/{}/sessionPools/{}` and what follows.
    fn code_path(&mut self, path: &'a str) {
        let mut rest = path;
        let mut segment = || {
            let (_, after) = rest.split_once('/')?;
            let end = after.find('/').unwrap_or(after.len());
            let (segment, next) = after.split_at_checked(end)?;
            rest = next;
            Some(segment)
        };
        let mut named = |name: &str| segment().filter(|found| found.eq_ignore_ascii_case(name)).and_then(|_| segment());
        self.subscription = named("subscriptions");
        self.resource_group = self.subscription.and_then(|_| named("resourceGroups"));
        self.pool = self.resource_group.and_then(|_| named("sessionPools")).filter(|pool| !pool.is_empty());
        self.rest = self.pool.map(|_| rest);
    }
}

/// How a host that is no endpoint resembles one.
pub(crate) fn resemblance(host: &str) -> Resemblance {
    let lower: String = host.to_ascii_lowercase().to_string();
    let known = ["dynamicsessions", "azurecontainerapps", "acasessions"];
    let near = lower.split('.').any(|label| {
        known.iter().any(|name| label.contains(name) || crate::nearest::nearest(label, [*name]).is_some())
    });
    if near { Resemblance::LooksAlike } else { Resemblance::Foreign }
}

fn strip_suffix<'a>(host: &'a str, suffix: &str) -> Option<&'a str> {
    let at = host.len().checked_sub(suffix.len())?;
    let (start, end) = host.split_at_checked(at)?;
    end.eq_ignore_ascii_case(suffix).then_some(start)
}

/// A DNS label: at most 63 letters, digits and hyphens, with no hyphen at an end.
fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn family(url: &str) -> Option<(Family, Option<&str>, Option<&str>)> {
        let url = Url::read(url)?;
        let endpoint = Endpoint::read(&url);
        Some((endpoint.family, endpoint.pool, endpoint.rest))
    }

    #[test]
    fn both_families_are_told_apart() {
        assert_eq!(
            family("https://testsessionpool.agreeableriver-3d30edf1.eastus.azurecontainerapps.io/api/x?y"),
            Some((Family::CustomContainer, Some("testsessionpool"), Some("/api/x")))
        );
        assert_eq!(
            family("https://eastus.dynamicsessions.io/subscriptions/s/resourceGroups/g/sessionPools/p/executions"),
            Some((Family::CodeInterpreter, Some("p"), Some("/executions")))
        );
        assert_eq!(family("https://eastus.dynamicsessions.io/x"), Some((Family::CodeInterpreter, None, None)));
        for url in
            ["https://dynamicsessions.io.evil.example/", "https://a.b.azurecontainerapps.io/", "https://x.example/"]
        {
            assert_eq!(family(url).map(|(family, ..)| family), Some(Family::Unknown), "{url}");
        }
        assert_eq!(resemblance("dynamicsessions.io.evil.example"), Resemblance::LooksAlike);
        assert_eq!(resemblance("eastus.dynamicsesions.io"), Resemblance::LooksAlike);
        assert_eq!(resemblance("app.example"), Resemblance::Foreign);
    }
}
