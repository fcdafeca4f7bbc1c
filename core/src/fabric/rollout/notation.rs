//! The article's notation: `{P:{TP=A}, V:{TP=A, CN=node.example}}`. P is what a node presents to the others, V what it
//! accepts of them.

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::change::declared;
use crate::fabric::judge::Judge;
use crate::fabric::manifest::{CertificateRole, Value};
use crate::fabric::thumbprint::hexadecimal;
use crate::fabric::{Declared, IssuerIdentity, ThumbprintList};
use crate::quote::quote;

/// The letters that stand for thumbprints, in the order in which they were first needed.
#[derive(Debug, Clone, Default)]
pub(super) struct Letters {
    known: Vec<Vec<u8>>,
}

impl Letters {
    /// The letter of a thumbprint: A to Z, then T27 and so on.
    pub(super) fn letter(&mut self, bytes: &[u8]) -> String {
        let place = match self.known.iter().position(|known| known == bytes) {
            Some(place) => place,
            None => {
                self.known.push(bytes.to_vec());
                self.known.len().saturating_sub(1)
            }
        };
        letter_of(place)
    }

    /// Every letter, with the thumbprint that it stands for.
    pub(super) fn list(&self) -> Vec<(String, String)> {
        self.known.iter().enumerate().map(|(place, bytes)| (letter_of(place), hexadecimal(bytes))).collect()
    }

    /// The state of nodes of a node type by these settings.
    pub(super) fn state(&mut self, judge: &Judge<'_, '_>, node_type: Option<&str>) -> String {
        let presented = self.presented(judge, node_type).join(", ");
        let accepted = self.accepted(judge).join(", ");
        format!("{{P:{{{presented}}}, V:{{{accepted}}}}}")
    }

    fn presented(&mut self, judge: &Judge<'_, '_>, node_type: Option<&str>) -> Vec<String> {
        let manifest = judge.settings.manifest();
        let Some(certificate) = declared(manifest, node_type, CertificateRole::Cluster) else { return Vec::new() };
        let kind = certificate.find_type.as_ref().map_or("FindByThumbprint", Value::text);
        let values = [&certificate.find_value, &certificate.find_value_secondary];
        let written = values.into_iter().flatten().map(Value::text).filter(|text| !text.is_empty());
        let texts: Vec<String> = written
            .map(|text| match kind {
                kind if kind.eq_ignore_ascii_case("FindByThumbprint") => {
                    let list = ThumbprintList::read(text);
                    match list.items.first().and_then(|item| item.thumbprint.as_ref().ok()) {
                        Some(thumbprint) => format!("TP={}", self.letter(&thumbprint.bytes)),
                        None => format!("TP={}", bare(text)),
                    }
                }
                kind if kind.eq_ignore_ascii_case("FindBySubjectName") => format!("CN={}", bare(text)),
                _ => bare(text),
            })
            .collect();
        texts
    }

    fn accepted(&mut self, judge: &Judge<'_, '_>) -> Vec<String> {
        let sets = judge.rule_sets();
        let Some((_, set)) = sets.iter().find(|(declared, _)| *declared == Declared::Cluster) else {
            return Vec::new();
        };
        let mut thumbprints: Vec<_> = set.thumbprints.iter().collect();
        crate::order::sort_by_key(&mut thumbprints, |(_, listed)| listed.entry);
        let mut accepted: Vec<String> = Vec::new();
        for (bytes, listed) in thumbprints {
            let flag = if listed.verify_chain { "?true" } else { "" };
            accepted.push(format!("TP={}{flag}", self.letter(bytes)));
        }
        for declared in set.names.iter() {
            let mut issuers: Vec<String> = Vec::new();
            for issuer in declared.issuers.iter() {
                issuers.push(match issuer {
                    IssuerIdentity::Thumbprint(bytes) => self.letter(bytes),
                    IssuerIdentity::Key(_) => String::from("store"),
                });
            }
            let pin = if issuers.is_empty() { String::new() } else { format!("@{}", issuers.join("|")) };
            accepted.push(format!("CN={}{pin}", bare(&declared.name)));
        }
        accepted
    }
}

fn letter_of(place: usize) -> String {
    let number = u32::try_from(place).unwrap_or(u32::MAX);
    match char::from_u32(number.saturating_add(u32::from(b'A'))).filter(|_| number < 26) {
        Some(letter) => letter.to_string(),
        None => format!("T{}", number.saturating_add(1)),
    }
}

/// A stranger's text made harmless, without back-ticks: the notation has brackets of its own.
fn bare(text: &str) -> String {
    quote(text).trim_matches('`').to_string()
}
