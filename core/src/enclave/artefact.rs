//! What an artefact is, told from its content.

use serde::{Deserialize, Serialize};

use super::binary::Binary;
use super::sheet::Sheet;
use super::{Answer, sgxs, sigstruct};
use crate::enclave::claims::Source;
use crate::{Error, ErrorKind, Time};

/// The forms of artefact that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// An enclave's signature structure.
    Sigstruct,
    /// An enclave as the stream that the processor measures.
    Sgxs,
}

impl Form {
    /// What it is called, with its article.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Sigstruct => "a signature structure",
            Self::Sgxs => "an enclave (SGXS)",
        }
    }
}

/// What an artefact was read as.
pub(super) enum Content {
    Sigstruct(Binary),
    Sgxs(Binary),
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
        None
    }

    /// Checks the artefact by the rules of its form.
    pub(super) fn check(self, sheet: &mut Sheet<'_>, at: Time, answer: &mut Answer) {
        match self {
            Self::Sigstruct(binary) => answer.sigstructs.extend(sigstruct::check(sheet, &binary, at)),
            Self::Sgxs(binary) => match sgxs::walk(sheet.name, &binary.bytes) {
                Ok(facts) => {
                    let whole = 0..sheet.document.text().trim_end().len();
                    sheet.claims.mrenclave.push(sheet.claim(facts.mrenclave.clone(), &whole, Source::Sgxs));
                    sheet.claims.memory.push(sheet.claim(facts.size >> 20, &whole, Source::Sgxs));
                    sheet.claims.threads.push(sheet.claim(facts.threads.into(), &whole, Source::Sgxs));
                    answer.streams.push(facts);
                }
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
            Self::Sgxs(_) => Form::Sgxs,
        }
    }
}
