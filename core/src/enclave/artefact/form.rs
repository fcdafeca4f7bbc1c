//! The forms of artefact, and what each is called.

use serde::{Deserialize, Serialize};

use super::Content;
use crate::Citation;
use crate::enclave::rules::gramine::SYNTAX;

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
    pub(super) fn is_text(self) -> bool {
        !matches!(self, Self::Sigstruct | Self::Sgxs)
    }

    /// Whether it is a document of the enclave manager.
    pub(super) fn is_request(self) -> bool {
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
    pub(in crate::enclave) fn reader(self) -> Option<Citation> {
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
