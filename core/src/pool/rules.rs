//! The rules about session pools, one family a file.

pub(crate) mod container;
pub(crate) mod identity;
pub(crate) mod life;
pub(crate) mod monitoring;
pub(crate) mod network;
pub(crate) mod placement;
pub(crate) mod registry;
pub(crate) mod scale;
pub(crate) mod secrets;
pub(crate) mod shape;
pub(crate) mod template;

use crate::Citation;

/// A section of the article on dynamic sessions that this kind is about.
pub(super) const fn article(place: &'static str) -> Citation {
    Citation::new("Use dynamic sessions in Azure Container Apps", place)
}

/// A page of the documentation of Azure Container Apps, in MicrosoftDocs/azure-docs.
pub(super) const fn page(place: &'static str) -> Citation {
    Citation::new("MicrosoftDocs/azure-docs articles/container-apps", place)
}

/// A file of the API's specification.
pub(super) const fn specification(place: &'static str) -> Citation {
    Citation::new("Azure/azure-rest-api-specs specification/app", place)
}

/// What the `containerapp` extension of the Azure command line refuses.
pub(super) const fn command_line(place: &'static str) -> Citation {
    Citation::new("Azure CLI extension containerapp", place)
}

/// The template language of Azure Resource Manager.
pub(super) const fn templates(place: &'static str) -> Citation {
    Citation::new("Azure Resource Manager templates", place)
}
