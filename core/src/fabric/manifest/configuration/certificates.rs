//! The certificates that a configuration declares, in either form.

use alloc::format;
use alloc::vec::Vec;
use core::ops::Range;

use super::Form;
use super::reader::{Reader, lists};
use super::text::Text;
use crate::arm::setting::Setting;
use crate::fabric::Declared;
use crate::fabric::manifest::Reach;
use crate::quote::quote;
use crate::{ErrorKind, Limits};

/// What is declared for one use: thumbprints, common names, or both, which is a fault.
#[derive(Debug, Clone, Default)]
pub(super) struct Role {
    pub(super) thumbprints: Option<Thumbprints>,
    pub(super) names: Option<Names>,
}

/// `{Thumbprint, ThumbprintSecondary?, X509StoreName?}`
#[derive(Debug, Clone)]
pub(super) struct Thumbprints {
    pub(super) range: Range<usize>,
    pub(super) primary: Option<Text>,
    pub(super) secondary: Option<Text>,
    pub(super) store: Option<Text>,
}

/// `{CommonNames: [...], X509StoreName?}`
#[derive(Debug, Clone)]
pub(super) struct Names {
    pub(super) range: Range<usize>,
    pub(super) names: Vec<Name>,
    pub(super) store: Option<Text>,
}

/// `{CertificateCommonName, CertificateIssuerThumbprint?}`, and `IsAdmin` for clients.
#[derive(Debug, Clone)]
pub(super) struct Name {
    pub(super) range: Range<usize>,
    pub(super) name: Option<Text>,
    pub(super) issuers: Option<Text>,
    pub(super) is_admin: bool,
}

/// `{CertificateThumbprint, IsAdmin}`
#[derive(Debug)]
pub(super) struct ClientThumbprint {
    pub(super) thumbprint: Option<Text>,
    pub(super) is_admin: bool,
}

/// `{IssuerCommonName, X509StoreNames}`
#[derive(Debug)]
pub(super) struct IssuerStore {
    pub(super) range: Range<usize>,
    pub(super) issuer: Option<Text>,
    pub(super) stores: Option<Text>,
}

/// A list and where it stands.
#[derive(Debug)]
pub(super) struct List<T> {
    pub(super) range: Range<usize>,
    pub(super) items: Vec<T>,
}

/// Everything that is declared.
#[derive(Debug)]
pub(super) struct Certificates {
    pub(super) form: Form,
    /// The object that the declarations stand in.
    pub(super) range: Range<usize>,
    pub(super) cluster: Role,
    /// In a template the same as `cluster`.
    pub(super) server: Role,
    pub(super) proxy: Role,
    pub(super) client_thumbprints: Option<List<ClientThumbprint>>,
    pub(super) client_names: Option<List<Name>>,
    pub(super) cluster_stores: Option<List<IssuerStore>>,
    pub(super) server_stores: Option<List<IssuerStore>>,
    pub(super) client_stores: Option<List<IssuerStore>>,
}

impl Role {
    /// Whether anything is declared: the object of names counts only with names in it.
    pub(super) fn is_declared(&self) -> bool {
        self.thumbprints.is_some() || self.names.as_ref().is_some_and(|names| !names.names.is_empty())
    }

    /// The names that are declared.
    pub(super) fn names(&self) -> &[Name] {
        self.names.as_ref().map_or(&[], |names| &names.names)
    }
}

impl Thumbprints {
    /// Both thumbprints; a secondary of blanks only is none (CertificateDescription.cs).
    pub(super) fn list(&self) -> Vec<&Text> {
        let secondary = self.secondary.iter().filter(|text| !text.is_blank());
        self.primary.iter().chain(secondary).collect()
    }
}

const THUMBPRINTS: &[&str] = &["Thumbprint", "ThumbprintSecondary", "X509StoreName", "metadata"];
const NAMES: &[&str] = &["CommonNames", "X509StoreName", "metadata"];
const NAME: &[&str] = &["CertificateCommonName", "CertificateIssuerThumbprint", "IsAdmin", "metadata"];
const CLIENT: &[&str] = &["CertificateThumbprint", "IsAdmin", "metadata"];
const STORE: &[&str] = &["IssuerCommonName", "X509StoreNames", "metadata"];

/// The names of .NET's enumeration `StoreName`: another one is no configuration at all.
const STORE_NAMES: &[&str] = &[
    "AddressBook",
    "AuthRoot",
    "CertificateAuthority",
    "Disallowed",
    "My",
    "Root",
    "TrustedPeople",
    "TrustedPublisher",
];

impl<'d> Reader<'_, 'd> {
    /// A declaration by thumbprints.
    pub(super) fn thumbprints(&mut self, of: &Setting, key: &str, reach: &Reach) -> Option<Thumbprints> {
        let object = self.object(of, key, THUMBPRINTS, reach)?;
        let primary = self.text(object, "Thumbprint", reach);
        if object.get("Thumbprint").is_none() {
            let expected = format!("`Thumbprint` in `{key}`");
            self.error(ErrorKind::Missing, expected, "none", object.range.clone(), None);
        }
        if let Some(text) = primary.as_ref().filter(|text| text.is_blank()) {
            // The product declares it as required, and a node that is to find nothing doesn't open.
            let expected = format!("a thumbprint as `Thumbprint` in `{key}`");
            self.error(ErrorKind::Value, expected, "nothing but blanks", text.range.clone(), None);
        }
        Some(Thumbprints {
            range: object.range.clone(),
            primary,
            secondary: self.text(object, "ThumbprintSecondary", reach),
            store: self.store_name(object),
        })
    }

    /// A declaration by common names.
    pub(super) fn names(&mut self, of: &Setting, key: &str, reach: &Reach) -> Option<Names> {
        let object = self.object(of, key, NAMES, reach)?;
        let list = self.array(object, "CommonNames", reach);
        let names = list.map(|(_, items)| self.names_of(items, key, reach)).unwrap_or_default();
        Some(Names { range: object.range.clone(), names, store: self.store_name(object) })
    }

    fn names_of(&mut self, items: &[Setting], key: &str, reach: &Reach) -> Vec<Name> {
        self.limit(items, key);
        let mut names = Vec::new();
        for item in items.iter().take(Limits::THUMBPRINTS) {
            if !self.as_object(item, key, NAME, reach) {
                continue;
            }
            // Where a name isn't known, neither is what its issuer would do.
            let known = item.get("CertificateCommonName").is_none_or(|name| name.missing().is_none());
            let name = self.text(item, "CertificateCommonName", reach);
            let issuers = self.text(item, "CertificateIssuerThumbprint", reach);
            let is_admin = self.boolean(item, "IsAdmin", reach);
            let pinned = item.get("CertificateIssuerThumbprint").is_none_or(|issuers| issuers.missing().is_none());
            if known && pinned {
                names.push(Name { range: item.range.clone(), name, issuers, is_admin });
            }
        }
        names
    }

    /// The clients that are declared by name.
    pub(super) fn client_names(&mut self, of: &Setting, key: &str) -> Option<List<Name>> {
        let reach = lists(&[Declared::Client, Declared::AdminClient]);
        let (range, items) = self.array(of, key, &reach)?;
        Some(List { range, items: self.names_of(items, key, &reach) })
    }

    /// The clients that are declared by thumbprint.
    pub(super) fn client_thumbprints(&mut self, of: &Setting, key: &str) -> Option<List<ClientThumbprint>> {
        let reach = lists(&[Declared::Client, Declared::AdminClient]);
        let (range, items) = self.array(of, key, &reach)?;
        self.limit(items, key);
        let mut clients = Vec::new();
        for item in items.iter().take(Limits::THUMBPRINTS) {
            if !self.as_object(item, key, CLIENT, &reach) {
                continue;
            }
            if item.get("CertificateThumbprint").is_none() {
                let expected = format!("`CertificateThumbprint` in an entry of `{key}`");
                self.error(ErrorKind::Missing, expected, "none", item.range.clone(), None);
            }
            clients.push(ClientThumbprint {
                thumbprint: self.text(item, "CertificateThumbprint", &reach),
                is_admin: self.boolean(item, "IsAdmin", &reach),
            });
        }
        Some(List { range, items: clients })
    }

    /// The issuer stores of a role.
    pub(super) fn issuer_stores(&mut self, of: &Setting, key: &str, reach: &Reach) -> Option<List<IssuerStore>> {
        let (range, items) = self.array(of, key, reach)?;
        self.limit(items, key);
        let mut stores = Vec::new();
        for item in items.iter().take(Limits::THUMBPRINTS) {
            if self.as_object(item, key, STORE, reach) {
                stores.push(IssuerStore {
                    range: item.range.clone(),
                    issuer: self.text(item, "IssuerCommonName", reach),
                    stores: self.text(item, "X509StoreNames", reach),
                });
            }
        }
        Some(List { range, items: stores })
    }

    /// The store, which is one of an enumeration; a name that isn't is no configuration.
    fn store_name(&mut self, of: &Setting) -> Option<Text> {
        let mut store = self.text(of, "X509StoreName", &Reach::Everything)?;
        match STORE_NAMES.iter().find(|name| name.eq_ignore_ascii_case(&store.text)) {
            Some(name) if *name == store.text => {}
            Some(name) => store = Text::generated(*name, store.range),
            None => {
                let found = quote(&store.text);
                let help = "a certificate in another store can't be declared in this form";
                let expected = "a store that .NET has a name for, such as `My`";
                self.error(ErrorKind::Value, expected, found, store.range.clone(), Some(help));
            }
        }
        Some(store)
    }

    fn limit(&mut self, items: &[Setting], key: &str) {
        if items.len() > Limits::THUMBPRINTS {
            let expected = format!("at most {} entries in `{key}` (limit `THUMBPRINTS`)", Limits::THUMBPRINTS);
            let at = items.get(Limits::THUMBPRINTS).map_or(0..0, |item| item.range.clone());
            self.error(ErrorKind::Limit, expected, format!("{}", items.len()), at, None);
        }
    }
}
