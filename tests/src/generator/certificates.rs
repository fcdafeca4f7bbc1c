//! The table of certificates. An issuer stands above what it issues.

use super::certificate::{CLIENT, Certificate, Names, SERVER};
use super::key::Algorithm;
use super::special::Signed;

/// A self-signed certificate for both ends of a connection, valid for the year around 2026-11-22.
pub(super) const SELF_SIGNED: Certificate = Certificate {
    name: "",
    common_name: "",
    organization: None,
    issuer: None,
    algorithm: Algorithm::P256,
    from: "2026-03-01T00:00:00Z",
    until: "2027-03-01T00:00:00Z",
    authority: None,
    purposes: Some(&[SERVER, CLIENT]),
    names: Names::CommonName,
    addresses: false,
    forged: false,
    key: None,
    version: 3,
    usage: None,
    without: &[],
    special: &[],
    signed: Signed::Usual,
};

/// A root: ten years, no purposes.
pub(super) const ROOT: Certificate = Certificate {
    organization: Some("Fabric Example"),
    from: "2020-01-01T00:00:00Z",
    until: "2040-01-01T00:00:00Z",
    authority: Some(None),
    purposes: None,
    names: Names::None,
    ..SELF_SIGNED
};

/// An authority below a root.
pub(super) const ISSUING: Certificate = Certificate {
    from: "2024-01-01T00:00:00Z",
    until: "2032-01-01T00:00:00Z",
    authority: Some(Some(0)),
    addresses: true,
    ..ROOT
};

/// A certificate issued by the first PKI.
pub(super) const ISSUED: Certificate = Certificate { issuer: Some("issuing-a"), addresses: true, ..SELF_SIGNED };

const CLUSTER: &str = "cluster.fabric.example";

pub(super) static CERTIFICATES: &[Certificate] = &[
    // Self-signed: what thumbprint rules are mostly used with.
    Certificate { name: "node-1", common_name: "node1.cluster.fabric.example", ..SELF_SIGNED },
    Certificate {
        name: "node-1-next",
        common_name: "node1.cluster.fabric.example",
        from: "2026-11-01T00:00:00Z",
        until: "2028-11-01T00:00:00Z",
        ..SELF_SIGNED
    },
    Certificate {
        name: "node-expired",
        common_name: "node2.cluster.fabric.example",
        from: "2024-11-01T00:00:00Z",
        until: "2026-11-01T00:00:00Z",
        ..SELF_SIGNED
    },
    Certificate {
        name: "node-future",
        common_name: "node3.cluster.fabric.example",
        from: "2027-01-01T00:00:00Z",
        until: "2029-01-01T00:00:00Z",
        ..SELF_SIGNED
    },
    Certificate {
        name: "node-1-renewed",
        common_name: "node1.cluster.fabric.example",
        from: "2026-11-10T00:00:00Z",
        until: "2028-11-10T00:00:00Z",
        key: Some("node-1"),
        ..SELF_SIGNED
    },
    Certificate { name: "node-2", common_name: "node2.cluster.fabric.example", ..SELF_SIGNED },
    Certificate { name: "gateway", common_name: CLUSTER, purposes: Some(&[SERVER]), ..SELF_SIGNED },
    Certificate {
        name: "operator",
        common_name: "operator.fabric.example",
        purposes: Some(&[CLIENT]),
        names: Names::None,
        ..SELF_SIGNED
    },
    Certificate {
        name: "viewer",
        common_name: "viewer.fabric.example",
        purposes: Some(&[CLIENT]),
        names: Names::None,
        until: "2027-09-01T00:00:00Z",
        ..SELF_SIGNED
    },
    Certificate { name: "stranger", common_name: "node1.cluster.fabric.example", ..SELF_SIGNED },
    Certificate {
        name: "node-many-names",
        common_name: CLUSTER,
        names: Names::Many(200),
        until: "2027-06-01T00:00:00Z",
        ..SELF_SIGNED
    },
    // The first PKI.
    Certificate { name: "root-a", common_name: "Fabric Example Root A", ..ROOT },
    // Its issuer's name is its own, and its issuer's key is not.
    Certificate {
        name: "node-expired-posing",
        common_name: "Fabric Example Root A",
        organization: ROOT.organization,
        issuer: Some("root-a"),
        until: "2026-10-01T00:00:00Z",
        ..SELF_SIGNED
    },
    Certificate { name: "issuing-a", common_name: "Fabric Example Issuing A", issuer: Some("root-a"), ..ISSUING },
    Certificate {
        name: "issuing-a-expired",
        common_name: "Fabric Example Issuing A 2022",
        issuer: Some("root-a"),
        from: "2022-01-01T00:00:00Z",
        until: "2026-10-01T00:00:00Z",
        ..ISSUING
    },
    Certificate { name: "node-a", common_name: CLUSTER, ..ISSUED },
    Certificate { name: "server-a", common_name: CLUSTER, purposes: Some(&[SERVER]), ..ISSUED },
    Certificate { name: "client-a", common_name: CLUSTER, purposes: Some(&[CLIENT]), names: Names::None, ..ISSUED },
    Certificate {
        name: "admin-a",
        common_name: "admin.client.fabric.example",
        purposes: Some(&[CLIENT]),
        names: Names::None,
        ..ISSUED
    },
    Certificate {
        name: "user-a",
        common_name: "user.client.fabric.example",
        purposes: Some(&[CLIENT]),
        names: Names::None,
        ..ISSUED
    },
    Certificate { name: "node-a-no-purpose", common_name: CLUSTER, purposes: None, ..ISSUED },
    Certificate {
        name: "node-a-expired",
        common_name: CLUSTER,
        from: "2025-11-01T00:00:00Z",
        until: "2026-11-01T00:00:00Z",
        ..ISSUED
    },
    Certificate { name: "node-a-revoked", common_name: CLUSTER, ..ISSUED },
    Certificate { name: "node-a-forged", common_name: CLUSTER, forged: true, ..ISSUED },
    Certificate { name: "node-a-under-expired", common_name: CLUSTER, issuer: Some("issuing-a-expired"), ..ISSUED },
    Certificate {
        name: "node-a-wildcard",
        common_name: "*.cluster.fabric.example",
        names: Names::These(&["*.cluster.fabric.example", "cluster.fabric.example"]),
        ..ISSUED
    },
    Certificate { name: "node-a-many-names", common_name: CLUSTER, names: Names::Many(200), ..ISSUED },
    Certificate { name: "node-a-no-address", common_name: CLUSTER, addresses: false, ..ISSUED },
    // An authority about which no list can be looked up.
    Certificate {
        name: "issuing-a-no-address",
        common_name: "Fabric Example Issuing A Unlisted",
        issuer: Some("root-a"),
        addresses: false,
        ..ISSUING
    },
    Certificate {
        name: "node-a-under-no-address",
        common_name: CLUSTER,
        issuer: Some("issuing-a-no-address"),
        ..ISSUED
    },
    // What names are looked for by: a subject with more than a common name.
    Certificate {
        name: "node-a-organized",
        common_name: CLUSTER,
        organization: Some("Fabric Example"),
        from: "2026-06-01T00:00:00Z",
        until: "2026-12-10T00:00:00Z",
        ..ISSUED
    },
    // The second PKI issues the same names.
    Certificate { name: "root-b", common_name: "Fabric Example Root B", ..ROOT },
    Certificate { name: "issuing-b", common_name: "Fabric Example Issuing B", issuer: Some("root-b"), ..ISSUING },
    Certificate { name: "node-b", common_name: CLUSTER, issuer: Some("issuing-b"), ..ISSUED },
    Certificate {
        name: "node-b-next",
        common_name: CLUSTER,
        issuer: Some("issuing-b"),
        from: "2026-11-01T00:00:00Z",
        until: "2028-11-01T00:00:00Z",
        ..ISSUED
    },
    // Other keys.
    Certificate { name: "root-rsa", common_name: "Fabric Example Root RSA", algorithm: Algorithm::Rsa2048, ..ROOT },
    Certificate {
        name: "issuing-rsa",
        common_name: "Fabric Example Issuing RSA",
        issuer: Some("root-rsa"),
        algorithm: Algorithm::Rsa2048,
        ..ISSUING
    },
    Certificate {
        name: "node-rsa",
        common_name: CLUSTER,
        issuer: Some("issuing-rsa"),
        algorithm: Algorithm::Rsa2048,
        ..ISSUED
    },
    Certificate { name: "node-p384", common_name: CLUSTER, algorithm: Algorithm::P384, ..SELF_SIGNED },
    Certificate { name: "node-p521", common_name: CLUSTER, algorithm: Algorithm::P521, ..SELF_SIGNED },
    Certificate { name: "node-ed25519", common_name: CLUSTER, algorithm: Algorithm::Ed25519, ..SELF_SIGNED },
];
