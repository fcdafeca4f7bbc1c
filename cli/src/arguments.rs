//! What the command line asks for.

use std::ffi::OsString;
use std::path::PathBuf;

use admit_core::Time;
use admit_core::fabric::{Connection, Symptom};
use lexopt::Arg::{Long, Short, Value};
use lexopt::{Parser, ValueExt as _};

use crate::source::{Files, Source};

/// What `--help` prints.
pub(crate) const USAGE: &str = "\
Would it be admitted, and why?

usage:
  admit evaluate [--json] FILE|DIR|-    a case: a JSON document, a folder, standard input
  admit evaluate [--json] --manifest FILE --certificates FILE --at TIME
                 [--roots FILE|none] [--intermediates FILE] [--crls FILE]
                 [--connection node|gateway|http-gateway|server] [--parameters FILE]
                 [--seen TEXT] [--symptom SYMPTOM]
  admit case ...                        print the case of the same arguments as one JSON document
  admit verify RECEIPT ...              decide the case of the same arguments again: does the receipt hold?
  admit rules [--json] [ID]             the catalog of rules, or one of them

TIME is RFC 3339, such as 2026-11-22T00:00:00Z, or `now`. Files are UTF-8, or UTF-16 with a
byte order mark; those of certificates and lists may be PEM, base64, hexadecimal, DER, PKCS#7.
The manifest may be XML, a standalone cluster's JSON, or a template, whose values are --parameters.
--seen is a code or message to diagnose; SYMPTOM is nodes-down, connections-refused,
connections-time-out, cannot-join or hears-nobody.

exit: 0 admitted, 1 refused, 2 unreadable, 3 indeterminate; `verify`: 0 it holds, 1 it does not
";

/// A command.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    Evaluate { source: Source, json: bool },
    Case { source: Source },
    Verify { receipt: PathBuf, source: Source },
    Rules { id: Option<String>, json: bool },
    Help,
    Version,
}

/// Reads the arguments.
///
/// # Errors
///
/// A message that says what is missing or too much.
pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, String> {
    let mut given = Given::default();
    let mut parser = Parser::from_args(arguments);
    given.read(&mut parser).map_err(|error| error.to_string())?;
    given.command()
}

/// The arguments as they come.
#[derive(Default)]
struct Given {
    help: bool,
    version: bool,
    json: bool,
    command: Option<String>,
    operand: Option<OsString>,
    receipt: Option<PathBuf>,
    manifest: Option<PathBuf>,
    certificates: Option<PathBuf>,
    roots: Option<PathBuf>,
    intermediates: Option<PathBuf>,
    crls: Option<PathBuf>,
    connection: Option<Connection>,
    parameters: Option<PathBuf>,
    seen: Option<String>,
    symptom: Option<Symptom>,
    /// `Some(None)` is `now`.
    at: Option<Option<Time>>,
}

impl Given {
    fn read(&mut self, parser: &mut Parser) -> Result<(), lexopt::Error> {
        while let Some(argument) = parser.next()? {
            match argument {
                Short('h') | Long("help") => self.help = true,
                Short('V') | Long("version") => self.version = true,
                Long("json") => self.json = true,
                Long("manifest") => once("manifest", &mut self.manifest, parser.value()?.into())?,
                Long("certificates") => once("certificates", &mut self.certificates, parser.value()?.into())?,
                Long("roots") => once("roots", &mut self.roots, parser.value()?.into())?,
                Long("intermediates") => once("intermediates", &mut self.intermediates, parser.value()?.into())?,
                Long("crls") => once("crls", &mut self.crls, parser.value()?.into())?,
                Long("connection") => {
                    once("connection", &mut self.connection, parser.value()?.parse_with(connection)?)?;
                }
                Long("parameters") => once("parameters", &mut self.parameters, parser.value()?.into())?,
                Long("seen") => once("seen", &mut self.seen, parser.value()?.string()?)?,
                Long("symptom") => once("symptom", &mut self.symptom, parser.value()?.parse_with(symptom)?)?,
                Long("at") => once("at", &mut self.at, parser.value()?.parse_with(instant)?)?,
                Value(value) if self.command.is_none() => self.command = Some(value.string()?),
                Value(value) if self.command.as_deref() == Some("verify") && self.receipt.is_none() => {
                    self.receipt = Some(value.into());
                }
                Value(value) if self.operand.is_none() => self.operand = Some(value),
                other => return Err(other.unexpected()),
            }
        }
        Ok(())
    }

    fn command(self) -> Result<Command, String> {
        if self.help {
            return Ok(Command::Help);
        }
        if self.version {
            return Ok(Command::Version);
        }
        let json = self.json;
        match self.command.as_deref() {
            Some("evaluate") => Ok(Command::Evaluate { source: self.source()?, json }),
            Some("case") if json => Err("`admit case` prints JSON anyway: leave out `--json`".into()),
            Some("case") => Ok(Command::Case { source: self.source()? }),
            Some("verify") if json => Err("`admit verify` prints lines: leave out `--json`".into()),
            Some("verify") => {
                let receipt = self.receipt.clone().ok_or("expected a receipt and a case, found nothing")?;
                Ok(Command::Verify { receipt, source: self.source()? })
            }
            Some("rules") if self.has_files() => Err("expected `--json` or an id, found an option of a case".into()),
            Some("rules") => {
                let id = self.operand.map(OsString::into_string).transpose();
                Ok(Command::Rules { id: id.map_err(|id| format!("no rule is called {id:?}"))?, json })
            }
            Some(other) => Err(format!("expected a command: `evaluate`, `case`, `verify`, `rules`, found `{other}`")),
            None => Err("expected a command: `evaluate`, `case`, `verify`, `rules`, found nothing".into()),
        }
    }

    fn has_files(&self) -> bool {
        let paths = [&self.manifest, &self.certificates, &self.roots, &self.intermediates, &self.crls];
        let others = self.connection.is_some() || self.at.is_some() || self.parameters.is_some();
        paths.iter().any(|path| path.is_some()) || others || self.seen.is_some() || self.symptom.is_some()
    }

    fn source(self) -> Result<Source, String> {
        match (self.has_files(), self.operand) {
            (false, Some(operand)) if operand == "-" => Ok(Source::Input),
            (false, Some(operand)) => Ok(Source::Path(operand.into())),
            (false, None) => Err("expected a case: FILE, DIR, `-`, or `--manifest` and `--certificates`".into()),
            (true, Some(operand)) => {
                Err(format!("expected a case or the options that make one, found both: {operand:?}"))
            }
            (true, None) => Ok(Source::Files(Box::new(Files {
                manifest: self.manifest.ok_or("expected `--manifest FILE`, found nothing")?,
                certificates: self.certificates.ok_or("expected `--certificates FILE`, found nothing")?,
                roots: self.roots,
                intermediates: self.intermediates,
                crls: self.crls,
                connection: self.connection,
                parameters: self.parameters,
                seen: self.seen,
                symptom: self.symptom,
                at: self.at.ok_or("expected `--at TIME`, found nothing: an instant, or `now`")?,
            }))),
        }
    }
}

/// Keeps a value; a second one is a mistake, since the first would be lost unsaid.
fn once<T>(name: &str, slot: &mut Option<T>, value: T) -> Result<(), lexopt::Error> {
    match slot.replace(value) {
        None => Ok(()),
        Some(_) => Err(format!("expected `--{name}` once, found it twice").into()),
    }
}

fn symptom(text: &str) -> Result<Symptom, String> {
    let known = [
        ("nodes-down", Symptom::NodesDown),
        ("connections-refused", Symptom::ConnectionsRefused),
        ("connections-time-out", Symptom::ConnectionsTimeOut),
        ("cannot-join", Symptom::CannotJoin),
        ("hears-nobody", Symptom::HearsNobody),
    ];
    let found = known.iter().find(|(name, _)| *name == text).map(|(_, symptom)| *symptom);
    let names: Vec<_> = known.iter().map(|(name, _)| format!("`{name}`")).collect();
    found.ok_or_else(|| format!("expected one of {}", names.join(", ")))
}

fn connection(text: &str) -> Result<Connection, &'static str> {
    match text {
        "node" => Ok(Connection::Node),
        "gateway" => Ok(Connection::Gateway),
        "http-gateway" => Ok(Connection::HttpGateway),
        "server" => Ok(Connection::Server),
        _ => Err("expected `node`, `gateway` or `server`"),
    }
}

fn instant(text: &str) -> Result<Option<Time>, String> {
    match text {
        "now" => Ok(None),
        _ => text.parse().map(Some).map_err(|error| format!("{error}, or `now`")),
    }
}
