//! What a node finds in its store, loads and presents.

use admit_core::fabric::manifest::{self, CertificateRole};
use admit_core::fabric::presentation::{
    Credentials, Declaration, FindType, FindValue, Installed, KeyFacts, Loading, Order, present,
};
use admit_core::fabric::{Platform, Runtime};
use admit_core::{Document, Time};
use serde_json::Value;

use super::super::data;
use super::{Ran, compare};

/// Stands for the instant at which a test ran.
const NOW: Time = Time::from_unix(1_795_305_600);
const HOUR: i64 = 3_600;
const MISSING: &str = "ffffffffffffffffffffffffffffffffffffffff";
const COMMON_NAME: &str = "2.5.4.3";

/// A store that is filled while the words of a vector are read.
#[derive(Default)]
struct Installs {
    certificates: Vec<Installed>,
    names: Vec<String>,
}

impl Installs {
    /// Adds a certificate that the vector calls `label`; its NotAfter is so many hours after a day from now.
    fn add(&mut self, label: &str, subject: Vec<(String, String)>, hours: i64) -> Vec<u8> {
        let number = u32::try_from(self.certificates.len() + 1).unwrap_or(u32::MAX);
        let thumbprint = vec![u8::try_from(number).unwrap_or(u8::MAX); 20];
        self.names.push(label.to_owned());
        self.certificates.push(Installed {
            number,
            thumbprint: thumbprint.clone(),
            subject,
            dns_names: Vec::new(),
            serves: true,
            not_before: NOW.plus(-HOUR),
            not_after: NOW.plus((24 + hours) * HOUR),
            key: KeyFacts { present: Some(true), ..KeyFacts::default() },
            span: None,
        });
        thumbprint
    }

    /// Installs what the words say, and gives the value that finds it.
    ///
    /// `missing`, `... (missing)`, `NoSuch...`: nothing. `cn1 -> {c1:+0h, c1_2:+48h}`: certificates of a name.
    /// `c1 (NotAfter=2T)`, `c1:+48h`, `installed c1`, `expired cert`, a name: one certificate.
    fn install(&mut self, kind: FindType, words: &str) -> Result<String, String> {
        let name = |cn: &str| vec![(COMMON_NAME.to_owned(), cn.to_owned())];
        if let Some((cn, list)) = words.split_once(" -> ") {
            let list = list.split_once('}').ok_or("a list without an end")?.0.trim_start_matches('{');
            for one in list.split(',').map(str::trim).filter(|one| !one.is_empty()) {
                let (label, hours) = one.split_once(":+").ok_or("a certificate without hours")?;
                let hours = hours.trim_end_matches('h').parse().map_err(|_| "hours that are no number")?;
                self.add(label, name(cn), hours);
            }
            return Ok(cn.to_owned());
        }
        if words.contains("missing") || words.starts_with("NoSuch") {
            return Ok(if kind == FindType::Thumbprint { MISSING.to_owned() } else { words.to_owned() });
        }
        let (label, hours) = match words.split_once(":+") {
            Some((label, hours)) => (label, hours.trim_end_matches('h').parse().map_err(|_| "hours")?),
            None if words.contains("expired") => (words, -48),
            None if words.contains("NotAfter=2T") => (words, 48),
            None => (words, 0),
        };
        let thumbprint = self.add(label, name(label), hours);
        Ok(if kind == FindType::Thumbprint { hexadecimal(&thumbprint) } else { label.to_owned() })
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn load(kind: FindType, primary: &str, secondary: &str, store: &[Installed], input: &Value) -> Credentials {
    let declaration = Declaration {
        role: CertificateRole::Cluster,
        find_type: kind.name(),
        find_value: primary,
        secondary,
        store_name: "My",
    };
    let flag = |name: &str| input[name].as_bool().unwrap_or(false);
    let loading = Loading {
        at: NOW,
        platform: Platform::Windows,
        runtime: Runtime::V6_5,
        use_secondary_if_newer: flag("UseSecondaryIfNewer"),
        skip_expiration: flag("SkipX509CredentialExpirationChecking"),
        default_client: true,
        account: "NETWORK SERVICE",
    };
    present(&declaration, store, &loading)
}

fn kind(input: &Value) -> Result<FindType, String> {
    let text = data::string(input, "findType")?;
    FindType::read(text).ok_or_else(|| format!("the find type {text}"))
}

/// `FABRIC_E_CERTIFICATE_NOT_FOUND` is `CertificateNotFound`.
fn plain(code: &str) -> String {
    let code = code.strip_prefix("FABRIC_E_").unwrap_or(code);
    code.split('_')
        .map(|word| word.get(..1).unwrap_or_default().to_owned() + &word.get(1..).unwrap_or_default().to_lowercase())
        .collect()
}

fn codes(credentials: &Credentials) -> Vec<String> {
    credentials.codes.iter().map(|code| plain(code)).collect()
}

/// Which credentials are loaded, and which is presented.
pub(super) fn load_credentials(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let kind = kind(input)?;
    let mut store = Installs::default();
    let primary = store.install(kind, data::string(input, "primary")?)?;
    let first_of_secondary = store.certificates.len();
    let secondary = match input["secondary"].as_str() {
        Some(words) => store.install(kind, words)?,
        None => String::new(),
    };
    let credentials = load(kind, &primary, &secondary, &store.certificates, input);
    let front = credentials.loaded.first().copied();
    if let Some(error) = expected["error"].as_str() {
        return Ok(compare((vec![error.to_owned()], None), (codes(&credentials), front)));
    }
    if let Some(from) = expected["loaded_from"].as_str() {
        let found = front.map(|place| if place < first_of_secondary { "primary" } else { "secondary" });
        return Ok(compare(Some(from), found));
    }
    let count = expected["credential_count"].as_u64().ok_or("expected a number of credentials")?;
    let label = front.and_then(|place| store.names.get(place)).map(String::as_str);
    let found = (u64::try_from(credentials.loaded.len()).unwrap_or(u64::MAX), label);
    Ok(compare((count, Some(data::string(expected, "front")?)), found))
}

/// A look-up in a store, which never uses the secondary value.
pub(super) fn get_certificate(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let mut store = Installs::default();
    let (kind, value) = match input["primary"].as_str() {
        Some(primary) => {
            let kind = if primary.starts_with("CN=") { FindType::SubjectName } else { FindType::Thumbprint };
            store.install(kind, input["secondary"].as_str().unwrap_or_default())?;
            (kind, primary.to_owned())
        }
        None => (kind(input)?, data::string(input, "findValue")?.to_owned()),
    };
    let mut value = value;
    let mut furthest = None;
    if let Some(subject) = input["installed_subject"].as_str() {
        let own = store.add("installed", attributes(subject)?, 0);
        value = value.replace("<its thumbprint>", &hexadecimal(&own));
    } else if input["installed_SAN_dns"].is_array() {
        store.add("installed", Vec::new(), 0);
        let names = data::strings(input, "installed_SAN_dns")?.into_iter().map(String::from).collect();
        store.certificates.iter_mut().for_each(|installed| installed.dns_names = Clone::clone(&names));
    } else if let Some(several) = input["installed"].as_str() {
        let subject = several.split_once("with subject ").ok_or("a store in other words")?.1;
        for hours in [1, 48, 24] {
            store.add(&hours.to_string(), attributes(subject)?, hours);
        }
        furthest = Some(1);
    } else if value.starts_with('<') {
        value = MISSING.to_owned();
    }
    let read = FindValue::read(kind, &value, Platform::Windows).map_err(|fault| fault.code.to_owned())?;
    let found = read.search(&store.certificates, Platform::Windows, Order::NotAfter);
    if let Some(place) = furthest {
        return Ok(compare(Some(place), found.first().copied()));
    }
    if let Some(count) = expected["match_count"].as_u64() {
        return Ok(compare(count, u64::try_from(found.len()).unwrap_or(u64::MAX)));
    }
    Ok(compare(expected["found"].as_bool(), Some(!found.is_empty())))
}

/// The attributes of a subject as a vector writes it: keywords of which each has a dotted type.
fn attributes(subject: &str) -> Result<Vec<(String, String)>, String> {
    let dotted = |key: &str| match key {
        "CN" => Ok(COMMON_NAME),
        "C" => Ok("2.5.4.6"),
        "L" => Ok("2.5.4.7"),
        "O" => Ok("2.5.4.10"),
        _ => Err(format!("the attribute {key}")),
    };
    let parts = subject.split(',').map(|part| part.trim().split_once('=').ok_or_else(|| format!("the part {part}")));
    parts.map(|part| part.and_then(|(key, text)| Ok((dotted(key)?.to_owned(), text.to_owned())))).collect()
}

/// Reading a find value.
pub(super) fn parse(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let read = FindValue::read(kind(input)?, data::string(input, "findValue")?, Platform::Windows);
    Ok(compare(Some(data::string(expected, "error")?), read.err().map(|fault| fault.code)))
}

/// The two values of a declaration.
pub(super) fn strings(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let secondary = input["secondary"].as_str().map(|value| format!(" X509FindValueSecondary=\"{value}\""));
    let xml = format!(
        "<ClusterCertificate X509FindType=\"{}\" X509FindValue=\"{}\"{} />",
        data::string(input, "findType")?,
        data::string(input, "primary")?,
        secondary.unwrap_or_default()
    );
    let document = Document::new("policy.manifest", &xml);
    let reading = manifest::read(&document);
    let node_type = reading.manifest.node_types.first().ok_or("no node type was read")?;
    let certificate = node_type.certificate(CertificateRole::Cluster).ok_or("no certificate was read")?;
    let declaration = Declaration::of(certificate);
    let expected = (data::string(expected, "first")?, data::string(expected, "second")?);
    Ok(compare(expected, (declaration.find_value, declaration.secondary)))
}

/// A certificate that is installed while the node runs.
pub(super) fn refresh(_: &str, input: &Value, _: &Value) -> Result<Ran, String> {
    let kind = kind(input)?;
    let mut store = Installs::default();
    let name = vec![(COMMON_NAME.to_owned(), data::string(input, "primary")?.to_owned())];
    let mut fronts = Vec::new();
    for hours in [0, 48] {
        store.add(&hours.to_string(), name.clone(), hours);
        let credentials = load(kind, data::string(input, "primary")?, "", &store.certificates, input);
        fronts.push(credentials.loaded.first().copied());
    }
    Ok(compare(vec![Some(0), Some(1)], fronts))
}

/// A node that looks for its certificate.
pub(super) fn node_open(input: &Value, expected: &Value) -> Result<Ran, String> {
    let mut store = Installs::default();
    let words = input["node_cert"].as_str().unwrap_or("missing");
    let value = store.install(FindType::Thumbprint, words)?;
    let credentials = load(FindType::Thumbprint, &value, "", &store.certificates, input);
    Ok(compare(vec![data::string(expected, "error")?.to_owned()], codes(&credentials)))
}
