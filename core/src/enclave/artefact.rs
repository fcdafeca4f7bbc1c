//! What an artefact is, told from its content.

use alloc::boxed::Box;
use alloc::format;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::binary::Binary;
use super::rules::gramine::SYNTAX;
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
use crate::{Citation, Error, ErrorKind, Time};

/// The forms of artefact that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// An enclave's signature structure.
    Sigstruct,
    /// An enclave as the stream that the processor measures.
    Sgxs,
    /// An application of the enclave manager (AppRequest).
    Application,
    /// A build that is asked to be allow-listed, or its record (CreateBuildRequest, Build).
    Build,
    /// A request to convert an application's build (ConvertAppBuildRequest).
    BuildConversion,
    /// A request to the converter (ConversionRequest).
    Conversion,
    /// What the converter answered (ConversionResponse).
    ConversionResponse,
    /// Approval tasks.
    Tasks,
    /// Commands that run containers.
    RunCommand,
    /// A Gramine or GSC manifest.
    Gramine,
    /// The configuration of GSC.
    Gsc,
    /// The `Cargo.toml` of an EDP enclave.
    Edp,
    /// EGo's `enclave.json`.
    Ego,
    /// `Occlum.json`.
    Occlum,
    /// Properties of Open Enclave's signing tool.
    OpenEnclave,
    /// A configuration of Intel's signing tool.
    IntelSdk,
    /// A MarbleRun manifest.
    MarbleRun,
    /// A Kubernetes pod, or what makes pods.
    Pod,
    /// A SCONE session.
    Scone,
    /// Enrolled nodes.
    Nodes,
    /// An account of the enclave manager.
    Account,
    /// The enrolment of a node: prerequisites and deployment.
    Enrolment,
    /// JSON that breaks off before it can be said what it is.
    Json,
}

impl Form {
    /// Whether it is text; otherwise it is bytes.
    fn is_text(self) -> bool {
        !matches!(self, Self::Sigstruct | Self::Sgxs)
    }

    /// Whether it is a document of the enclave manager.
    fn is_request(self) -> bool {
        matches!(
            self,
            Self::Application
                | Self::Build
                | Self::BuildConversion
                | Self::Conversion
                | Self::ConversionResponse
                | Self::Tasks
                | Self::Nodes
                | Self::Account
                | Self::Enrolment
        )
    }

    /// The source of what reads documents of this form, for rules that it shares with others.
    pub(super) fn reader(self) -> Option<Citation> {
        let (source, place) = match self {
            Self::Gramine => return Some(SYNTAX),
            Self::Gsc => ("gramineproject/gsc", "config.yaml.template"),
            Self::Edp => ("fortanix/rust-sgx at be93e7a", "package.metadata.fortanix-sgx"),
            Self::Ego => ("edgelesssys/ego at abfddf9", "enclave.json"),
            Self::Occlum => ("occlum/occlum at 690d5db", "Occlum.json"),
            Self::OpenEnclave => ("openenclave/openenclave at 9497d36", "tools/oesign"),
            Self::IntelSdk => ("intel/linux-sgx at 90873a0", "sdk/sign_tool/SignTool"),
            Self::MarbleRun => ("edgelesssys/marblerun at 757712c", "coordinator/manifest"),
            Self::Scone => ("SconeDocs at beb6610", "session language 0.3"),
            _ => return None,
        };
        Some(Citation::new(source, place))
    }

    /// The form that a text is recognised as.
    pub fn of(text: &str) -> Option<Self> {
        Content::recognise(text).map(|content| content.form())
    }

    /// What it is called, with its article.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Sigstruct => "a signature structure",
            Self::Sgxs => "an enclave (SGXS)",
            Self::Application => "an application request",
            Self::Build => "a build request",
            Self::BuildConversion => "a request to convert a build",
            Self::Conversion => "a conversion request",
            Self::ConversionResponse => "a conversion response",
            Self::Tasks => "approval tasks",
            Self::RunCommand => "a run command",
            Self::Gramine => "a Gramine manifest",
            Self::Gsc => "a GSC configuration",
            Self::Edp => "the Cargo.toml of an enclave",
            Self::Ego => "an EGo configuration",
            Self::Occlum => "an Occlum configuration",
            Self::OpenEnclave => "an Open Enclave configuration",
            Self::IntelSdk => "a configuration of Intel's signing tool",
            Self::MarbleRun => "a MarbleRun manifest",
            Self::Pod => "a Kubernetes pod",
            Self::Scone => "a SCONE session",
            Self::Nodes => "enrolled nodes",
            Self::Account => "an account",
            Self::Enrolment => "the enrolment of a node",
            Self::Json => "JSON that can't be read",
        }
    }
}

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
