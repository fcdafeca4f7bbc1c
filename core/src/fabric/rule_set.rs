//! From settings to the rules of one role (SecuritySettings.cpp:187-295).

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::rc::Rc;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::Declared;
use super::accept::ListedThumbprint;
use super::manifest::Parameter;
use super::name_map::{DeclaredName, IssuerIdentity, NameMap};
use super::settings::Settings;
use super::thumbprint::{ThumbprintList, plain};
use crate::Span;

/// What the settings declare for one role.
#[derive(Debug, Clone, Default)]
pub(super) struct RuleSet {
    pub(super) thumbprints: BTreeMap<Vec<u8>, ListedThumbprint>,
    pub(super) names: NameMap,
    /// Why the settings are refused as a whole: the code that Service Fabric gives, and where.
    pub(super) error: Option<RuleError>,
    /// Names that were written and are not declared, with the reason.
    pub(super) lost: Vec<LostName>,
    /// Issuer stores: the pins are the public keys of what they hold.
    pub(super) stores: Stores,
}

/// The issuer stores of a role.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Stores {
    /// None are declared.
    #[default]
    None,
    /// They are declared, and the case does not say what they hold.
    Unknown,
    /// They are declared, the case says what they hold, and the names are pinned to that.
    Known,
}

/// Why a role's settings are refused as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RuleError {
    pub(super) code: &'static str,
    pub(super) kind: RuleErrorKind,
    /// The rules that it was met in: those of clients hold those of admins.
    pub(super) declared: Declared,
    pub(super) setting: String,
    pub(super) span: Span,
}

/// What is wrong with a role's settings as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RuleErrorKind {
    /// A thumbprint list that can't be read.
    Thumbprints,
    /// An issuer list that can't be read.
    Issuers,
    /// Default issuers beside a section of names.
    DefaultIssuersAndNames,
    /// Default issuers beside issuer stores.
    DefaultIssuersAndStores,
    /// A pinned name beside issuer stores.
    PinsAndStores,
}

/// A name that was written and is not declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LostName {
    pub(super) name: String,
    pub(super) setting: &'static str,
    pub(super) span: Span,
    pub(super) reason: Lost,
}

/// Why a name is not declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lost {
    /// Another spelling of it sorts before.
    OtherSpelling,
    /// The issuer list of a name that sorts before it can't be read, which ends the reading.
    AfterMalformedIssuers,
    /// Its own issuer list can't be read.
    MalformedIssuers,
}

impl RuleError {
    /// What is wrong, in words that others go on from.
    pub(super) fn fault(&self) -> String {
        let setting = &self.setting;
        match self.kind {
            RuleErrorKind::Thumbprints | RuleErrorKind::Issuers => format!("`{setting}` can't be read"),
            RuleErrorKind::DefaultIssuersAndNames => {
                format!("`{setting}` stands beside `{}`", self.declared.names_section())
            }
            RuleErrorKind::DefaultIssuersAndStores => {
                format!("`{setting}` stands beside `{}`", self.declared.issuer_stores())
            }
            RuleErrorKind::PinsAndStores => format!("a pinned name stands beside `{setting}`"),
        }
    }
}

impl Declared {
    /// The parameter that pins the deprecated names (SecurityConfig.h:261-269). Admins share that of the clients.
    pub(super) const fn default_issuers(self) -> &'static str {
        match self {
            Self::Cluster => "ClusterCertIssuers",
            Self::Server => "ServerCertIssuers",
            Self::Client | Self::AdminClient => "ClientCertIssuers",
        }
    }

    /// The section of issuer stores (SecurityConfig.h:272-276). Admins share that of the clients.
    pub(super) const fn issuer_stores(self) -> &'static str {
        match self {
            Self::Cluster => "Security/ClusterCertificateIssuerStores",
            Self::Server => "Security/ServerCertificateIssuerStores",
            Self::Client | Self::AdminClient => "Security/ClientCertificateIssuerStores",
        }
    }
}

impl RuleSet {
    /// Builds the rules of a role, in the order in which Service Fabric does. The first error ends it, and what was
    /// built until then stays for showing.
    pub(super) fn build(settings: &Settings<'_>, declared: Declared) -> Self {
        let mut rules = Self::default();
        if let Err(error) = rules.fill(settings, declared) {
            rules.error = Some(error);
        }
        rules
    }

    fn fill(&mut self, settings: &Settings<'_>, declared: Declared) -> Result<(), RuleError> {
        if let Some(setting) = settings.thumbprints_of(declared) {
            let error = |code| RuleError {
                code,
                kind: RuleErrorKind::Thumbprints,
                declared,
                setting: declared.thumbprints().to_string(),
                span: setting.parameter.value.whole(),
            };
            if setting.list.only_commas {
                return Err(error("InvalidArgument"));
            }
            if setting.list.thumbprints().is_none() {
                return Err(error("FABRIC_E_INVALID_X509_THUMBPRINT"));
            }
            for (entry, item) in (1_u32..).zip(&setting.list.items) {
                if let Ok(thumbprint) = &item.thumbprint {
                    self.thumbprints.entry(thumbprint.bytes.clone()).or_insert_with(|| ListedThumbprint {
                        verify_chain: thumbprint.verify_chain,
                        entry,
                        setting: declared.thumbprints(),
                        span: Some(setting.parameter.value.span(item.range.clone())),
                    });
                }
            }
        }
        let section = self.names_section(settings, declared)?;
        let defaults = settings.security(declared.default_issuers()).filter(|parameter| !is_blank(parameter));
        let default_issuers = match defaults {
            None => Rc::default(),
            Some(parameter) => issuers(parameter).map_err(|code| RuleError {
                code,
                kind: RuleErrorKind::Issuers,
                declared,
                setting: declared.default_issuers().to_string(),
                span: parameter.value.whole(),
            })?,
        };
        let conflict = |kind, parameter: &Parameter<'_>| RuleError {
            code: "FABRIC_E_INVALID_X509_NAME_LIST",
            kind,
            declared,
            setting: declared.default_issuers().to_string(),
            span: parameter.span(),
        };
        if let Some(parameter) = defaults
            && !default_issuers.is_empty()
            && section
        {
            return Err(conflict(RuleErrorKind::DefaultIssuersAndNames, parameter));
        }
        if let Some(parameter) = settings.security(declared.deprecated_names()) {
            // Neither trimmed nor unquoted: `a, b` declares `a` and ` b`.
            let mut start = 0_usize;
            for name in parameter.value.text().split(',') {
                let range = start..start.saturating_add(name.len());
                start = range.end.saturating_add(1);
                if !name.is_empty() {
                    self.names.merge(DeclaredName {
                        name: name.to_string(),
                        issuers: default_issuers.clone(),
                        spans: Vec::from([parameter.value.span(range)]),
                        settings: Vec::from([declared.deprecated_names()]),
                    });
                }
            }
        }
        let stores = settings.section_parameters(declared.issuer_stores());
        let Some(first) = stores.first() else {
            return Ok(());
        };
        if let Some(parameter) = defaults
            && !default_issuers.is_empty()
        {
            return Err(conflict(RuleErrorKind::DefaultIssuersAndStores, parameter));
        }
        // For admins the stores of the clients replace the pins (SecuritySettings.cpp:986-1025).
        if declared != Declared::AdminClient && self.names.iter().any(DeclaredName::is_pinned) {
            return Err(RuleError {
                setting: declared.issuer_stores().to_string(),
                ..conflict(RuleErrorKind::PinsAndStores, first)
            });
        }
        self.stores = Stores::Unknown;
        Ok(())
    }

    /// Reads the section of names: sorted ordinally, the first of several spellings stays, and an issuer list that
    /// can't be read ends it. For admins nobody looks at that error (SecuritySettings.cpp:986-1025).
    fn names_section(&mut self, settings: &Settings<'_>, declared: Declared) -> Result<bool, RuleError> {
        let setting = declared.names_section();
        let mut parameters = settings.section_parameters(setting);
        crate::order::sort_by(&mut parameters, |one, two| one.name.text().cmp(two.name.text()));
        let mut broken: Option<RuleError> = None;
        for parameter in &parameters {
            let name = parameter.name.text().to_string();
            let mut lose = |reason| {
                self.lost.push(LostName { name: name.clone(), setting, span: parameter.span(), reason });
            };
            if broken.is_some() {
                lose(Lost::AfterMalformedIssuers);
                continue;
            }
            let issuers = match issuers(parameter) {
                Ok(issuers) => issuers,
                Err(code) => {
                    lose(Lost::MalformedIssuers);
                    let span = parameter.value.whole();
                    let kind = RuleErrorKind::Issuers;
                    broken = Some(RuleError { code, kind, declared, setting: setting.to_string(), span });
                    continue;
                }
            };
            let added = DeclaredName {
                name: name.clone(),
                issuers,
                spans: Vec::from([parameter.span()]),
                settings: Vec::from([setting]),
            };
            if !self.names.insert(added) {
                self.lost.push(LostName { name, setting, span: parameter.span(), reason: Lost::OtherSpelling });
            }
        }
        match broken {
            Some(error) if declared != Declared::AdminClient => Err(error),
            _ => Ok(!parameters.is_empty()),
        }
    }

    /// Adds the rules of admins to those of clients (SecuritySettings.cpp:986-1025): an unpinned admin name also unpins
    /// the same name of the clients.
    pub(super) fn with_admins(mut self, admins: &Self) -> Self {
        for (bytes, listed) in &admins.thumbprints {
            self.thumbprints.entry(bytes.clone()).or_insert_with(|| listed.clone());
        }
        for declared in admins.names.iter() {
            self.names.merge(declared.clone());
        }
        self.error = self.error.or_else(|| admins.error.clone());
        if self.stores == Stores::None {
            self.stores = admins.stores;
        }
        self
    }
}

fn is_blank(parameter: &Parameter<'_>) -> bool {
    parameter.value.text().trim().is_empty()
}

/// The issuers of a list, or the code with which the settings are refused (X509Identity.cpp:68-97).
fn issuers(parameter: &Parameter<'_>) -> Result<Rc<BTreeSet<IssuerIdentity>>, &'static str> {
    if let Some(plain) = plain(parameter.value.text()) {
        return Ok(Rc::new(crate::order::set(plain.into_iter().map(IssuerIdentity::Thumbprint))));
    }
    let list = ThumbprintList::read(parameter.value.text());
    if list.only_commas {
        return Err("InvalidArgument");
    }
    if list.thumbprints().is_none() {
        return Err("FABRIC_E_INVALID_X509_THUMBPRINT");
    }
    let thumbprints = list.items.into_iter().filter_map(|item| item.thumbprint.ok());
    let identities = thumbprints.map(|thumbprint| IssuerIdentity::Thumbprint(thumbprint.bytes));
    Ok(Rc::new(crate::order::set(identities)))
}
