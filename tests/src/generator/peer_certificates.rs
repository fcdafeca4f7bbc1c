//! Certificates for the article's declarations by name, issued by the first PKI.

use super::certificate::{CLIENT, Certificate, Names};
use super::certificates::ISSUED;

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
];
