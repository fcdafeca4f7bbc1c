//! A rule, and who says so.

use alloc::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::{Kind, Severity};

/// A text of a rule's page: empty in a build without the feature `pages`.
macro_rules! page {
    ($text:expr) => {
        if cfg!(feature = "pages") { $text } else { "" }
    };
}
pub(crate) use page;

/// A rule: what the rule pages, the worker's list and the documentation show. Its id never changes.
#[derive(Debug, Serialize)]
pub struct Rule {
    /// Lower-kebab, names the fault.
    pub id: &'static str,
    /// Other names under which it is found: the numbers of the fact sheet that first listed it.
    pub aliases: &'static [&'static str],
    /// The fault as a headline.
    pub title: &'static str,
    /// The severity unless a policy sets another.
    pub severity: Severity,
    /// The kinds of case in which it can be found.
    pub kinds: &'static [Kind],
    /// What it checks.
    pub what: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// An example that it finds.
    pub bad: &'static str,
    /// The same, mended.
    pub good: &'static str,
    /// Who says so.
    pub citation: Citation,
}

/// Who says so: a standard, a document, a source file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Citation {
    /// The document: "RFC 5280", "microsoft/service-fabric".
    pub source: Cow<'static, str>,
    /// The place in it: "section 4.2.1.9", "src/prod/src/Common/Thumbprint.cpp:197-244".
    pub place: Cow<'static, str>,
}

impl Citation {
    /// A citation for a constant.
    pub const fn new(source: &'static str, place: &'static str) -> Self {
        Self { source: Cow::Borrowed(source), place: Cow::Borrowed(place) }
    }
}
