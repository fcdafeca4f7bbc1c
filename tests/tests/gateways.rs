//! The configurations of Envoy and Traefik that `deploy/` ships, against the worker's own names.
//!
//! Debian has neither, so neither is started; nginx is, by the tests of the worker. What is checked is that the files are
//! YAML, and that every header, path and secret in them is the one that the worker looks for.

use admit_worker::Route;
use admit_worker::guard::certificate::{HEADERS, header};
use admit_worker::guard::peer::SECRET;
use admit_worker::policy::{PeerGuard, Source};
use saphyr_parser::{Event, Parser};
use serde_json::{Map, Value, json};

/// Headers that say what the worker granted.
const GRANTED: [&str; 2] = ["admit-role", "admit-rule"];

fn read(name: &str) -> (String, Value) {
    let path = admit_tests::repository().join("deploy").join(name);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let value = yaml(&text);
    (text, value)
}

/// One document, without aliases and tags.
fn yaml(text: &str) -> Value {
    let mut open: Vec<(Value, Option<String>)> = Vec::new();
    for event in Parser::new_from_str(text) {
        let (event, _) = event.expect("YAML");
        let done = match event {
            Event::MappingStart(..) => {
                open.push((Value::Object(Map::new()), None));
                continue;
            }
            Event::SequenceStart(..) => {
                open.push((Value::Array(Vec::new()), None));
                continue;
            }
            Event::MappingEnd | Event::SequenceEnd => open.pop().expect("something open").0,
            Event::Scalar(text, ..) => json!(text),
            _ => continue,
        };
        match open.last_mut() {
            None => return done,
            Some((Value::Array(items), _)) => items.push(done),
            Some((Value::Object(entries), key)) => match key.take() {
                None => *key = Some(done.as_str().expect("a key").to_string()),
                Some(key) => assert!(entries.insert(key.clone(), done).is_none(), "{key} stands twice"),
            },
            Some(_) => unreachable!("only lists and tables are open"),
        }
    }
    panic!("no document")
}

/// Every value of a key, at any depth.
fn all<'a>(value: &'a Value, key: &str, found: &mut Vec<&'a Value>) {
    match value {
        Value::Object(entries) => entries.iter().for_each(|(name, value)| {
            if name == key {
                found.push(value);
            }
            all(value, key, found);
        }),
        Value::Array(items) => items.iter().for_each(|item| all(item, key, found)),
        _ => {}
    }
}

#[track_caller]
fn one<'a>(value: &'a Value, key: &str) -> &'a Value {
    let mut found = Vec::new();
    all(value, key, &mut found);
    assert_eq!(found.len(), 1, "{key}: {found:?}");
    found[0]
}

fn texts(list: &Value) -> Vec<&str> {
    list.as_array().expect("a list").iter().map(|item| item.as_str().expect("a text")).collect()
}

fn exact(patterns: &Value) -> Vec<&str> {
    patterns["patterns"].as_array().expect("patterns").iter().filter_map(|one| one["exact"].as_str()).collect()
}

/// The guard that the file's comment tells to write into the policy.
fn guard(text: &str) -> PeerGuard {
    let line = text.lines().find_map(|line| line.strip_prefix("#   \"guard\": ")).expect("the guard");
    let guard: Value = serde_json::from_str(line).expect("JSON");
    serde_json::from_value(guard["peer"].clone()).expect("a guard that the worker reads")
}

#[track_caller]
fn leads_to_the_guard(path: &str) {
    assert!(path.ends_with("/POLICY"), "{path}");
    let expected = |rest: &str| Route::of(&format!("{}{rest}", path.replace("POLICY", "clients")));
    for rest in ["", "/", "/any/path"] {
        assert!(matches!(expected(rest), Some(Route::GuardPeer(_))), "{path}{rest}: {:?}", expected(rest));
    }
}

/// The headers of the source, and those that somebody else's certificate could come in.
fn parted(source: Source) -> (Vec<&'static str>, Vec<&'static str>) {
    HEADERS.iter().map(|(name, of)| (*name, *of == source)).fold(
        (Vec::new(), Vec::new()),
        |(mut own, mut others), one| {
            if one.1 {
                own.push(one.0)
            } else {
                others.push(one.0)
            }
            (own, others)
        },
    )
}

#[test]
fn envoy_agrees_with_the_worker() {
    let (text, envoy) = read("envoy.yaml");
    let guard = guard(&text);
    assert_eq!((guard.sources.as_slice(), guard.proxy.as_deref()), (&[Source::Xfcc] as &[_], Some("envoy")));
    assert!(text.contains("`envoy:SECRET`"));
    let filters = one(&envoy, "http_filters").as_array().expect("filters");
    let names: Vec<&str> = filters.iter().filter_map(|filter| filter["name"].as_str()).collect();
    // What is cleared is cleared before the worker is asked, or what it granted would be cleared too.
    let expected = ["header_mutation", "ext_authz", "router"].map(|name| format!("envoy.filters.http.{name}"));
    assert_eq!(names, expected);
    let of = |place: usize| &filters[place]["typed_config"];
    let removed = one(of(0), "request_mutations").as_array().expect("mutations");
    let removed: Vec<&str> = removed.iter().filter_map(|one| one["remove"].as_str()).collect();
    let (own, others) = parted(Source::Xfcc);
    for name in others.iter().chain(&GRANTED).chain(&[SECRET]) {
        assert!(removed.contains(name), "{name} is not removed");
    }
    assert!(!text.contains("request_headers_to_remove"));
    let asked = of(1);
    assert_eq!(asked["failure_mode_allow"], "false");
    assert_eq!(exact(&asked["allowed_headers"]), own);
    assert_eq!(header(Source::Xfcc).expect("a header").as_str(), own[0]);
    let service = &asked["http_service"];
    leads_to_the_guard(service["path_prefix"].as_str().expect("a path"));
    let added = service["authorization_request"]["headers_to_add"][0].clone();
    assert_eq!(added, json!({ "key": SECRET, "value": "SECRET" }));
    assert_eq!(exact(&service["authorization_response"]["allowed_upstream_headers"]), GRANTED);
    // The header is Envoy's own, with the certificate in it.
    assert_eq!(one(&envoy, "forward_client_cert_details"), "SANITIZE_SET");
    assert_eq!(one(&envoy, "set_current_client_cert_details"), &json!({ "cert": "true", "chain": "true" }));
    // Every cluster that is named is there.
    let clusters: Vec<&Value> =
        one(&envoy, "clusters").as_array().expect("clusters").iter().map(|one| &one["name"]).collect();
    let mut named = Vec::new();
    all(&envoy, "cluster", &mut named);
    assert!(named.len() == 2 && named.iter().all(|name| clusters.contains(name)), "{named:?} of {clusters:?}");
}

#[test]
fn traefik_agrees_with_the_worker() {
    let (text, traefik) = read("traefik.yaml");
    let guard = guard(&text);
    assert_eq!((guard.sources.as_slice(), guard.proxy.as_deref()), (&[Source::Traefik] as &[_], Some("traefik")));
    assert!(text.contains("`traefik:SECRET`"));
    let http = &traefik["http"];
    let router = &http["routers"]["application"];
    assert_eq!(texts(&router["middlewares"]), ["cleared", "certificate", "admit", "quiet"]);
    assert!(!http["services"][router["service"].as_str().expect("a service")].is_null());
    assert!(!traefik["tls"]["options"][router["tls"]["options"].as_str().expect("options")].is_null());
    let of = |name: &str| &http["middlewares"][name];
    let cleared = &of("cleared")["headers"]["customRequestHeaders"];
    let (own, others) = parted(Source::Traefik);
    // An empty value removes the header.
    for name in own.iter().chain(&others).chain(&GRANTED) {
        assert_eq!(cleared[*name], "", "{name} is not removed");
    }
    assert_eq!(cleared[SECRET], "SECRET");
    assert_eq!(of("certificate")["passTLSClientCert"]["pem"], "true");
    let asked = &of("admit")["forwardAuth"];
    let address = asked["address"].as_str().and_then(|address| address.strip_prefix("https://admit.example"));
    leads_to_the_guard(address.expect("an address with https"));
    assert_eq!(texts(&asked["authRequestHeaders"]), [&[SECRET], own.as_slice()].concat());
    assert_eq!(texts(&asked["authResponseHeaders"]), GRANTED);
    assert_eq!(asked["trustForwardHeader"], Value::Null);
    // The application never sees the secret.
    assert_eq!(of("quiet")["headers"]["customRequestHeaders"], json!({ SECRET: "" }));
}
