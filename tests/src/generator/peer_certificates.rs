//! Certificates for the article's declarations by name, issued by the first PKI, and namesakes of its authorities, of which
//! OpenSSL takes the first one that fits.

use super::certificate::{CLIENT, Certificate, Names};
use super::certificates::{ISSUED, ISSUING, ROOT};

const CLUSTER: &str = "cluster.fabric.example";
const ISSUING_A: &str = "Fabric Example Issuing A";
const ROOT_A: &str = "Fabric Example Root A";
/// subjectKeyIdentifier.
const OWN_KEY: &str = "2.5.29.14";
/// authorityKeyIdentifier.
const ISSUER_KEY: &str = "2.5.29.35";

pub(super) static PEER_CERTIFICATES: &[Certificate] = &[
    Certificate { name: "demo-cluster", common_name: "cluster.demo.system.servicefabric.azure-int", ..ISSUED },
    Certificate { name: "demo-server", common_name: "server.demo.system.servicefabric.azure-int", ..ISSUED },
    Certificate {
        name: "demo-admin",
        common_name: "admin.demo.client.servicefabric.azure-int",
        purposes: Some(&[CLIENT]),
        names: Names::None,
        ..ISSUED
    },
    Certificate {
        name: "demo-user",
        common_name: "user.demo.client.servicefabric.azure-int",
        purposes: Some(&[CLIENT]),
        names: Names::None,
        ..ISSUED
    },
    // The same authority, certified by the other root.
    Certificate {
        name: "issuing-a-by-b",
        common_name: ISSUING_A,
        issuer: Some("root-b"),
        key: Some("issuing-a"),
        addresses: false,
        ..ISSUING
    },
    Certificate {
        name: "issuing-a-by-b-expired",
        common_name: ISSUING_A,
        issuer: Some("root-b"),
        key: Some("issuing-a"),
        until: "2026-10-01T00:00:00Z",
        addresses: false,
        ..ISSUING
    },
    // Other keys under the same name: the one says which key it has, the other doesn't.
    Certificate {
        name: "issuing-a-namesake",
        common_name: ISSUING_A,
        issuer: Some("root-a"),
        addresses: false,
        ..ISSUING
    },
    Certificate {
        name: "issuing-a-namesake-unsaid",
        common_name: ISSUING_A,
        issuer: Some("root-a"),
        addresses: false,
        without: &[OWN_KEY],
        ..ISSUING
    },
    Certificate { name: "root-a-namesake", common_name: ROOT_A, ..ROOT },
    Certificate { name: "node-a-of-root", common_name: CLUSTER, issuer: Some("root-a"), addresses: false, ..ISSUED },
    Certificate {
        name: "node-a-of-some-root",
        common_name: CLUSTER,
        issuer: Some("root-a"),
        addresses: false,
        without: &[ISSUER_KEY],
        ..ISSUED
    },
    // An authority that has the name of its root: the one says whose key signed it, the other doesn't.
    Certificate {
        name: "issuing-a-self-issued",
        common_name: ROOT_A,
        issuer: Some("root-a"),
        addresses: false,
        ..ISSUING
    },
    Certificate {
        name: "issuing-a-self-issued-unsaid",
        common_name: ROOT_A,
        issuer: Some("root-a"),
        key: Some("issuing-a-self-issued"),
        addresses: false,
        without: &[ISSUER_KEY],
        ..ISSUING
    },
    Certificate {
        name: "node-a-of-self-issued",
        common_name: CLUSTER,
        issuer: Some("issuing-a-self-issued"),
        addresses: false,
        ..ISSUED
    },
];
