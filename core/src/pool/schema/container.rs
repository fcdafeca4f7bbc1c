//! The properties of containers.

use super::{PLAIN, Property, SPECIFIED, Shape, choice, plain, with};
use crate::pool::version::Versions;

pub(super) static CUSTOM: &[Property] = &[
    plain("registryCredentials", Shape::Object(REGISTRY)),
    plain("containers", Shape::List(&Shape::Object(CONTAINER))),
    plain("ingress", Shape::Object(&[plain("targetPort", Shape::Integer(Some((1, 65_535, SPECIFIED))))])),
];

static REGISTRY: &[Property] = &[
    plain("server", Shape::Text),
    plain("username", Shape::Text),
    plain("passwordSecretRef", Shape::Text),
    plain("identity", Shape::Text),
];

static CONTAINER: &[Property] = &[
    plain("name", Shape::Text),
    plain("image", Shape::Text),
    plain("command", Shape::List(&Shape::Text)),
    plain("args", Shape::List(&Shape::Text)),
    plain("env", Shape::List(&Shape::Object(ENV))),
    plain("resources", Shape::Object(&[plain("cpu", Shape::Number), plain("memory", Shape::Text)])),
    with("probes", Shape::List(&Shape::Object(PROBE)), Versions::PROBES, PLAIN),
];

static ENV: &[Property] = &[plain("name", Shape::Text), plain("value", Shape::Text), plain("secretRef", Shape::Text)];

const fn bounded(name: &'static str, least: i64, most: i64) -> Property {
    plain(name, Shape::Integer(Some((least, most, SPECIFIED))))
}

static PROBE: &[Property] = &[
    plain("type", Shape::Choice(&[choice("Liveness", Versions::ALL), choice("Startup", Versions::ALL)])),
    bounded("failureThreshold", 1, 10),
    bounded("initialDelaySeconds", 1, 60),
    bounded("periodSeconds", 1, 240),
    bounded("successThreshold", 1, 1),
    bounded("timeoutSeconds", 1, 240),
    bounded("terminationGracePeriodSeconds", 0, 3600),
    plain(
        "httpGet",
        Shape::Object(&[
            plain("host", Shape::Text),
            plain("path", Shape::Text),
            bounded("port", 1, 65_535),
            plain("scheme", Shape::Choice(&[choice("HTTP", Versions::ALL), choice("HTTPS", Versions::ALL)])),
            plain("httpHeaders", Shape::List(&Shape::Map)),
        ]),
    ),
    plain("tcpSocket", Shape::Object(&[plain("host", Shape::Text), bounded("port", 1, 65_535)])),
];
