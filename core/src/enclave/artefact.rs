//! What an artefact is, told from its content.

mod form;

use alloc::boxed::Box;
use alloc::format;
use alloc::vec::Vec;

use super::binary::Binary;
use super::rules::secret::CREDENTIAL;
use super::rules::size::POWER;
use super::schema::Field;
use super::sheet::Sheet;
use super::{
    Answer, SgxsFacts, edp, ego, enrolment, fortanix, gramine, gsc, marblerun, occlum, openenclave, run, schema, scone,
    sgxs, sigstruct,
};
use crate::enclave::claims::Source;
use crate::tree::{Node, Reading, json, toml, yaml};
use crate::{Error, ErrorKind, Time};

pub use form::Form;

impl Form {
    /// Checks a document of keys and values.
    fn check(self, sheet: &mut Sheet<'_>, root: &Node, reading: &Reading) {
        match self {
            Self::Application => fortanix::check_application(sheet, root),
            Self::Build => fortanix::check_build(sheet, root),
            Self::BuildConversion => fortanix::check_build_conversion(sheet, root),
            Self::Conversion => fortanix::check_conversion(sheet, root),
            Self::ConversionResponse => fortanix::check_response(sheet, root),
            Self::Tasks => fortanix::check_tasks(sheet, root),
            Self::Nodes => fortanix::check_nodes(sheet, root),
            Self::Account => fortanix::check_account(sheet, root),
            Self::Enrolment => enrolment::check(sheet, root),
            Self::Gramine => gramine::check(sheet, root, &reading.templates),
            Self::Gsc => gsc::check(sheet, root),
            Self::Edp => edp::check(sheet, root),
            Self::Ego => ego::check(sheet, root),
            Self::Occlum => occlum::check(sheet, root),
            Self::MarbleRun => marblerun::check(sheet, root),
            #[cfg(feature = "xml")]
            Self::IntelSdk => super::intel::check(sheet, root, reading),
            #[cfg(not(feature = "xml"))]
            Self::IntelSdk => {}
            Self::Pod => run::check_pod(sheet, root),
            Self::Scone => scone::check(sheet, root),
            Self::OpenEnclave | Self::Sigstruct | Self::Sgxs | Self::RunCommand | Self::Json => {}
        }
    }
}

/// The models of JSON documents; where two have as many keys in common with one, the first counts.
const MODELS: &[(Form, &[Field])] = &[
    (Form::Application, fortanix::APPLICATION),
    (Form::Build, fortanix::BUILD),
    (Form::Build, fortanix::BUILD_RECORD),
    (Form::ConversionResponse, fortanix::RESPONSE),
    (Form::Conversion, fortanix::CONVERSION),
    (Form::BuildConversion, fortanix::BUILD_CONVERSION),
    (Form::Tasks, fortanix::TASK),
    (Form::Account, fortanix::ACCOUNT),
    (Form::Nodes, fortanix::NODE),
    (Form::Enrolment, enrolment::ENROLMENT),
    (Form::Ego, ego::CONFIGURATION),
    (Form::Occlum, occlum::CONFIGURATION),
    (Form::MarbleRun, marblerun::MANIFEST),
];

/// What an artefact was read as.
pub(super) enum Content {
    Sigstruct(Binary),
    Sgxs(Binary),
    /// What a stream says, measured elsewhere.
    Listing(Box<SgxsFacts>),
    Commands,
    Properties,
    /// A document of keys and values.
    Tree(Form, Reading),
    /// Documents of keys and values that stand in one text.
    Trees(Form, Vec<Reading>),
}

impl Content {
    /// What is expected of an artefact, in words.
    pub(super) const EXPECTED: &str = "an application, build or conversion request, a task, a manifest, a run command or pod, or \
         a SIGSTRUCT or SGXS stream as base64 or hexadecimal digits";

    /// Recognises a document. Nothing if it is of no known form.
    pub(super) fn recognise(text: &str) -> Option<Self> {
        if let Some(binary) = Binary::read(text) {
            if binary.bytes.starts_with(sgxs::ECREATE) {
                return Some(Self::Sgxs(binary));
            }
            // Headers may be damaged and lengths wrong: either is enough to say what it was meant to be.
            if binary.bytes.starts_with(&sigstruct::HEADER) || binary.bytes.len() == sigstruct::LENGTH {
                return Some(Self::Sigstruct(binary));
            }
        }
        if is_json(text) {
            return Self::json(text);
        }
        if let Some(content) = Self::yaml(text) {
            return Some(content);
        }
        if run::is_command(text) {
            return Some(Self::Commands);
        }
        if text.trim_start().starts_with('<') {
            return Self::xml(text);
        }
        if openenclave::is_configuration(text) {
            return Some(Self::Properties);
        }
        Self::toml(text)
    }

    /// Recognises YAML by the keys of its first document that has any; others of the text may be something else.
    fn yaml(text: &str) -> Option<Self> {
        // Cheap, and true of every document that is looked for.
        if !["apiVersion", "services:", "attestation:", "Gramine:"].iter().any(|word| text.contains(word)) {
            return None;
        }
        let readings = yaml::read(text);
        let mut forms = readings.iter().filter_map(|reading| reading.root.as_ref()).filter_map(yaml_form);
        let form = forms.next()?;
        Some(Self::Trees(form, readings))
    }

    /// Recognises XML by its root.
    #[cfg(feature = "xml")]
    fn xml(text: &str) -> Option<Self> {
        let (root, reading) = crate::tree::xml::read(text);
        (root.as_deref() == Some(super::intel::ROOT)).then_some(Self::Tree(Form::IntelSdk, reading))
    }

    /// Without a reader, XML is of no known form.
    #[cfg(not(feature = "xml"))]
    fn xml(_: &str) -> Option<Self> {
        None
    }

    /// Recognises a TOML document by its tables. Anything may look like a broken one, so that it needs such a table.
    fn toml(text: &str) -> Option<Self> {
        let reading = toml::read(text);
        let root = reading.root.as_ref()?;
        let form = if ["sgx", "loader", "libos"]
            .iter()
            .any(|key| root.get(key).is_some_and(|node| !node.entries().is_empty()))
            || gramine::is_empty_fragment(text)
        {
            Form::Gramine
        } else if root.get("package").is_some_and(|node| !node.entries().is_empty()) {
            Form::Edp
        } else {
            return None;
        };
        Some(Self::Tree(form, reading))
    }

    /// Recognises a JSON document by the keys that it has in common with each model: most of them, and two at least.
    fn json(text: &str) -> Option<Self> {
        let reading = json::read(text);
        if let Some(facts) = sgxs::listing(text) {
            return Some(Self::Listing(Box::new(facts)));
        }
        let root = match reading.root.as_ref() {
            None => return Some(Self::Tree(Form::Json, reading)),
            Some(root) if run::is_pod(root) => return Some(Self::Tree(Form::Pod, reading)),
            Some(root) => root.get("items").unwrap_or(root),
        };
        let root = root.items().first().unwrap_or(root);
        let mut best: Option<(usize, Form)> = None;
        for (form, fields) in MODELS {
            let known = schema::known(root, fields);
            if known > best.map_or(1, |(most, _)| most) {
                best = Some((known, *form));
            }
        }
        best.map(|(_, form)| Self::Tree(form, reading))
    }

    /// Checks the artefact by the rules of its form, and for credentials.
    pub(super) fn check(self, sheet: &mut Sheet<'_>, at: Time, answer: &mut Answer) {
        let form = self.form();
        self.check_form(sheet, at, answer);
        // Requests have keys for credentials, which they look at themselves.
        if form.is_text() && !form.is_request() {
            for place in crate::secret::secrets(sheet.document.text()) {
                let finding = sheet.finding(&CREDENTIAL, &place, "a credential stands in the document");
                sheet.add(finding.help("take it out, and renew it if the document was shared"));
            }
        }
    }

    fn check_form(self, sheet: &mut Sheet<'_>, at: Time, answer: &mut Answer) {
        match self {
            Self::Sigstruct(binary) => answer.sigstructs.extend(sigstruct::check(sheet, &binary, at)),
            Self::Trees(form, readings) => {
                for reading in &readings {
                    schema::check_form(sheet, reading);
                    if let Some(alias) = reading.templates.first() {
                        sheet.unknown("the document with its aliases written out", alias);
                    }
                    if let Some(root) = &reading.root {
                        yaml_form(root).unwrap_or(form).check(sheet, root, reading);
                    }
                }
            }
            Self::Commands => run::check_commands(sheet),
            Self::Properties => openenclave::check(sheet),
            Self::Tree(form, reading) => {
                // Intel's tool has its own word for what stands twice.
                if form == Form::IntelSdk {
                    reading.faults.iter().for_each(|fault| sheet.fault(fault.clone()));
                } else {
                    schema::check_form(sheet, &reading);
                }
                if let Some(root) = &reading.root {
                    form.check(sheet, root, &reading);
                }
            }
            Self::Listing(facts) => check_stream(sheet, SgxsFacts { artefact: sheet.name.into(), ..*facts }, answer),
            Self::Sgxs(binary) => match sgxs::walk(sheet.name, &binary.bytes) {
                Ok(facts) => check_stream(sheet, facts, answer),
                Err(broken) => {
                    let place = binary.place(sheet.document.text(), broken.at);
                    let span = sheet.span(&place);
                    sheet.errors.push(Error::new(ErrorKind::Syntax, broken.expected, broken.found, span));
                }
            },
        }
    }

    pub(super) fn form(&self) -> Form {
        match self {
            Self::Sigstruct(_) => Form::Sigstruct,
            Self::Sgxs(_) | Self::Listing(_) => Form::Sgxs,
            Self::Commands => Form::RunCommand,
            Self::Properties => Form::OpenEnclave,
            Self::Tree(form, _) | Self::Trees(form, _) => *form,
        }
    }
}

/// What a document of YAML is, told from its keys.
fn yaml_form(root: &Node) -> Option<Form> {
    if run::is_pod(root) {
        Some(Form::Pod)
    } else if scone::is_session(root) {
        Some(Form::Scone)
    } else {
        gsc::is_configuration(root).then_some(Form::Gsc)
    }
}

/// Checks a stream, and notes what it says.
fn check_stream(sheet: &mut Sheet<'_>, facts: SgxsFacts, answer: &mut Answer) {
    let whole = 0..sheet.document.text().trim_end().len();
    if !facts.size.is_power_of_two() || facts.size < 8192 {
        let message =
            format!("the enclave has {} bytes of addresses and must have a power of two, 8192 at least", facts.size);
        sheet.add(sheet.finding(&POWER, &whole, message));
    }
    sheet.claims.mrenclave.push(sheet.claim(facts.mrenclave.clone(), &whole, Source::Sgxs));
    sheet.claims.memory.push(sheet.claim(facts.size >> 20, &whole, Source::Sgxs));
    sheet.claims.threads.push(sheet.claim(facts.threads.into(), &whole, Source::Sgxs));
    answer.streams.push(facts);
}

/// Whether a text begins as JSON does; `[name]` begins a table of TOML.
fn is_json(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let list = text.strip_prefix('[').map(str::trim_start);
    let is_template = text.starts_with("{%") || text.starts_with("{{") || text.starts_with("{#");
    (text.starts_with('{') && !is_template)
        || list.is_some_and(|rest| rest.is_empty() || rest.starts_with(['{', '"', ']', '[']))
}
