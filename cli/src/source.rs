//! Where a case comes from: one document, a folder, standard input, or plain files.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use admit_core::enclave;
use admit_core::fabric::{self, Connection, Symptom};
use admit_core::{Case, Error, Limits, NotText, Question, Time, Trust, decode, decode_artefact, decode_certificates};

use crate::Host;
use crate::unreadable::Unreadable;
use crate::visible::visible;

/// What was named on the command line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// `-`: a case on standard input.
    Input,
    /// A case as a file or a folder.
    Path(PathBuf),
    /// A case of kind `peer`, put together from files.
    Files(Box<Files>),
}

/// The files and options that a case of kind `peer` is put together from.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Files {
    pub(crate) manifest: PathBuf,
    pub(crate) certificates: PathBuf,
    /// `none` is an empty store; a file of that name is `./none`.
    pub(crate) roots: Option<PathBuf>,
    pub(crate) intermediates: Option<PathBuf>,
    pub(crate) crls: Option<PathBuf>,
    pub(crate) connection: Option<Connection>,
    /// The values of a template's parameters.
    pub(crate) parameters: Option<PathBuf>,
    /// A code or a message to diagnose.
    pub(crate) seen: Option<String>,
    pub(crate) symptom: Option<Symptom>,
    /// Without one: now.
    pub(crate) at: Option<Time>,
}

/// Why there is no case.
#[derive(Debug)]
pub(crate) enum Failure {
    /// A file can't be had; the message says which and why.
    File(String),
    /// It was had, and can't be read as what it should be.
    Unreadable(Box<Unreadable>),
}

impl Source {
    /// Reads the case.
    pub(crate) fn read(&self, host: &mut Host<'_>) -> Result<Case, Failure> {
        match self {
            Self::Input => document(&bounded(&mut *host.input).map_err(|error| io("standard input", &error))?, None),
            Self::Path(path) if path.is_dir() => folder(path),
            Self::Path(path) => document(&bytes(path)?, Some(path)),
            Self::Files(files) => files.read(host),
        }
    }
}

fn document(bytes: &[u8], file: Option<&Path>) -> Result<Case, Failure> {
    let file = file.map(Path::to_path_buf);
    let json = decode(bytes).map_err(|error| unreadable(error.in_document("case"), file.clone(), None))?;
    Case::from_json(&json).map_err(|error| unreadable(error, file, Some(json)))
}

fn folder(path: &Path) -> Result<Case, Failure> {
    let file = path.join(Case::FOLDER_FILE);
    let json = text(&file, "case", decode)?;
    let mut names = Vec::new();
    for entry in fs::read_dir(path).map_err(|error| io(&path.display().to_string(), &error))? {
        let entry = entry.map_err(|error| io(&path.display().to_string(), &error))?;
        let name = entry.file_name();
        let name =
            name.to_str().ok_or_else(|| Failure::File(format!("cannot read {name:?}: its name is not UTF-8")))?;
        // Files that a desktop or an editor leaves behind.
        if name != Case::FOLDER_FILE && !name.starts_with('.') {
            names.push(name.to_string());
        }
    }
    // The order of a directory is the file system's; an error must not depend on it.
    names.sort();
    let mut files = Vec::new();
    for name in &names {
        let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
        let decode = match stem {
            stem if stem.starts_with("policy.") => decode,
            stem if stem.starts_with(enclave::ARTEFACTS) => decode_artefact,
            _ => decode_certificates,
        };
        files.push((name.as_str(), text(&path.join(name), stem, decode)?));
    }
    Case::from_folder(&json, files.iter().map(|(name, text)| (*name, text.as_str()))).map_err(|error| {
        // Places count in the JSON put together, unless case.json alone has the same fault.
        let own = Case::from_json(&json).err().as_ref() == Some(&error);
        unreadable(error, own.then_some(file), own.then_some(json))
    })
}

impl Files {
    fn read(&self, host: &mut Host<'_>) -> Result<Case, Failure> {
        let certificates = |path: &PathBuf, document: &str| text(path, document, decode_certificates);
        let optional = |path: &Option<PathBuf>, document: &str| match path {
            Some(path) => certificates(path, document),
            None => Ok(String::new()),
        };
        let policy = fabric::Policy {
            manifest: text(&self.manifest, fabric::MANIFEST, decode)?,
            parameters: match &self.parameters {
                Some(path) => text(path, fabric::PARAMETERS, decode)?,
                None => String::new(),
            },
            connection: self.connection,
            ..fabric::Policy::default()
        };
        let subject = fabric::Subject {
            certificates: certificates(&self.certificates, fabric::CERTIFICATES)?,
            facts: Vec::new(),
            seen: self.seen.clone().unwrap_or_default(),
            symptom: self.symptom,
        };
        let roots = match &self.roots {
            Some(path) if path.as_os_str() == "none" => "none".to_string(),
            roots => optional(roots, "trust.roots")?,
        };
        let trust = Trust {
            roots,
            intermediates: optional(&self.intermediates, "trust.intermediates")?,
            crls: optional(&self.crls, "trust.crls")?,
            ..Trust::default()
        };
        let at = self.at.unwrap_or_else(|| {
            let now = (host.now)();
            host.complain(&format!("`now` is {now}"));
            now
        });
        Ok(Case {
            title: None,
            teaches: None,
            at,
            question: Question::Peer(policy, subject),
            trust,
            expect: Vec::new(),
        })
    }
}

fn text(path: &Path, document: &str, decode: fn(&[u8]) -> Result<String, NotText>) -> Result<String, Failure> {
    let place = |error: NotText| unreadable(error.in_document(document.to_string()), Some(path.to_path_buf()), None);
    decode(&bytes(path)?).map_err(place)
}

fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let name = path.display().to_string();
    bounded(File::open(path).map_err(|error| io(&name, &error))?).map_err(|error| io(&name, &error))
}

/// Reads one byte more than a case may have, which is enough to refuse it.
fn bounded(reader: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(Limits::CASE_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn io(name: &str, error: &io::Error) -> Failure {
    Failure::File(format!("cannot read `{}`: {error}", visible(name)))
}

fn unreadable(error: Error, file: Option<PathBuf>, text: Option<String>) -> Failure {
    Failure::Unreadable(Box::new(Unreadable { error, file, text }))
}
