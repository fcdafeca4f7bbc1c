//! Which element stands where in a cluster manifest (XSD: `ClusterManifestType`, `SettingsOverridesType`).

use crate::fabric::manifest::CertificateRole;

/// What an element is, by its name and the elements around it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Context {
    /// No element: the top of the document.
    Top,
    /// `ClusterManifest`.
    Manifest,
    /// `FabricSettings`.
    Settings,
    /// `Section`.
    Section,
    /// `Parameter`.
    Parameter,
    /// `NodeTypes`.
    NodeTypes,
    /// `NodeType`.
    NodeType,
    /// `Certificates` of a node type.
    Certificates,
    /// One of the elements of `Certificates`.
    Certificate(CertificateRole),
    /// `Endpoints` of a node type, of which one is read.
    Endpoints,
    /// `HttpGatewayEndpoint`.
    HttpEndpoint,
    /// Anything else, whose content is passed over.
    Other,
}

/// What an element is, and what is wrong with it.
pub(super) struct Child {
    pub(super) context: Context,
    pub(super) fault: Fault,
}

#[derive(PartialEq, Eq)]
pub(super) enum Fault {
    None,
    /// The name differs from the one in the schema, which is given, by its case.
    Case(&'static str),
    /// It doesn't belong here.
    Place,
}

impl Context {
    /// Each element that is read, by name.
    const ELEMENTS: [(&'static str, Self); 13] = [
        ("ClusterManifest", Self::Manifest),
        ("FabricSettings", Self::Settings),
        ("Section", Self::Section),
        ("Parameter", Self::Parameter),
        ("NodeTypes", Self::NodeTypes),
        ("NodeType", Self::NodeType),
        ("Certificates", Self::Certificates),
        (CertificateRole::Cluster.element(), Self::Certificate(CertificateRole::Cluster)),
        (CertificateRole::Server.element(), Self::Certificate(CertificateRole::Server)),
        (CertificateRole::Client.element(), Self::Certificate(CertificateRole::Client)),
        (CertificateRole::UserRoleClient.element(), Self::Certificate(CertificateRole::UserRoleClient)),
        ("Endpoints", Self::Endpoints),
        ("HttpGatewayEndpoint", Self::HttpEndpoint),
    ];

    /// Elements of a manifest that are not read, and may stand at the top of a fragment.
    const PASSED_OVER: [&'static str; 3] = ["Description", "Infrastructure", "SecretsCertificate"];

    /// What an element of this name is inside of this one.
    pub(super) fn child(self, name: &str) -> Child {
        if self == Self::Other {
            return Child { context: Self::Other, fault: Fault::None };
        }
        let known = Self::ELEMENTS.into_iter().find(|(element, _)| element.eq_ignore_ascii_case(name));
        match known {
            // `ClusterManifest/Certificates` holds the certificate for secrets, which decides nothing here.
            Some((element, Self::Certificates)) if self == Self::Manifest && element == name => {
                Child { context: Self::Other, fault: Fault::None }
            }
            Some((element, context)) if self.may_hold(context) => {
                let fault = if element == name { Fault::None } else { Fault::Case(element) };
                Child { context, fault }
            }
            Some(_) => Child { context: Self::Other, fault: Fault::Place },
            None => {
                let is_passed_over = match self {
                    Self::Manifest | Self::NodeType | Self::Endpoints => true,
                    Self::Top => Self::PASSED_OVER.contains(&name),
                    Self::Certificates => name == "SecretsCertificate",
                    _ => false,
                };
                let fault = if is_passed_over { Fault::None } else { Fault::Place };
                Child { context: Self::Other, fault }
            }
        }
    }

    fn may_hold(self, child: Self) -> bool {
        match self {
            Self::Top => !matches!(child, Self::Endpoints | Self::HttpEndpoint),
            Self::Manifest => matches!(child, Self::Settings | Self::NodeTypes),
            Self::Settings => child == Self::Section,
            Self::Section => child == Self::Parameter,
            Self::NodeTypes => child == Self::NodeType,
            Self::NodeType => matches!(child, Self::Certificates | Self::Endpoints),
            Self::Certificates => matches!(child, Self::Certificate(_)),
            Self::Endpoints => child == Self::HttpEndpoint,
            Self::Parameter | Self::Certificate(_) | Self::HttpEndpoint | Self::Other => false,
        }
    }

    /// What may stand inside, in words.
    pub(super) fn holds(self) -> &'static str {
        match self {
            Self::Top => super::root::EXPECTED,
            Self::Manifest => "`<FabricSettings>` or `<NodeTypes>`",
            Self::Settings => "`<Section>`",
            Self::Section => "`<Parameter>`",
            Self::NodeTypes => "`<NodeType>`",
            Self::NodeType => "`<Certificates>`",
            Self::Certificates => {
                "`<ClusterCertificate>`, `<ServerCertificate>`, `<ClientCertificate>` or `<UserRoleClientCertificate>`"
            }
            Self::Endpoints => "an endpoint",
            Self::Parameter | Self::Certificate(_) | Self::HttpEndpoint | Self::Other => "no element",
        }
    }

    /// Whether the element holds neither elements nor text.
    pub(super) fn is_leaf(self) -> bool {
        matches!(self, Self::Parameter | Self::Certificate(_))
    }

    /// Whether the content is passed over.
    pub(super) fn is_other(self) -> bool {
        self == Self::Other
    }
}
