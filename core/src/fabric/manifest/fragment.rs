//! # What it checks
//! Whether the document is a whole cluster manifest, or parts of one, as documentation shows them.
//!
//! # Why it matters
//! What a fragment doesn't show counts as absent, with its default; in the cluster it may be set.
//!
//! # Reference
//! microsoft/service-fabric, `ServiceFabricServiceModel.xsd`: the document element is `ClusterManifest`.

use crate::{Citation, Kind, Rule, Severity};

/// The document is a fragment of a cluster manifest.
pub static MANIFEST_FRAGMENT: Rule = Rule {
    id: "manifest-fragment",
    aliases: &[],
    title: "the document is a fragment of a cluster manifest",
    severity: Severity::Info,
    kinds: &[Kind::Peer, Kind::Presentation, Kind::Rollout],
    what: crate::page!("Looks for the element `ClusterManifest` around the settings and node types."),
    why: crate::page!(
        "Settings that a fragment doesn't show are taken to be absent, with their defaults. The cluster may set them, \
          and then it may answer differently."
    ),
    bad: crate::page!(
        "<Section Name=\"Security\">\n  <Parameter Name=\"ClusterCredentialType\" Value=\"X509\" />\n</Section>"
    ),
    good: crate::page!(
        "<ClusterManifest xmlns=\"http://schemas.microsoft.com/2011/01/fabric\" Name=\"demo\" Version=\"1\">\n  \
           <NodeTypes>...</NodeTypes>\n  <FabricSettings>\n    <Section Name=\"Security\">...</Section>\n  \
           </FabricSettings>\n</ClusterManifest>"
    ),
    citation: Citation::new("microsoft/service-fabric", "src/prod/src/ServiceModel/xsd/ServiceFabricServiceModel.xsd"),
};
