//! What is measured. Each function does the whole of what its name says, from text to answer, and fails on a wrong answer,
//! so that nothing can be fast by leaving something out.

use admit_core::chain::{Policy, Purpose, Subject};
use admit_core::{Case, Certificates, Document, Evaluator, Question, Revocation, Time, Trust, Verdict, certificate};

pub mod cluster;
#[cfg(not(target_arch = "wasm32"))]
pub mod raw;
#[cfg(not(target_arch = "wasm32"))]
pub mod rounds;

/// When the chains are judged.
pub const AT: &str = "2026-11-22T00:00:00Z";

/// Reads one certificate from PEM and gives what an operator asks of it: the length of its SHA-1 thumbprint in
/// hexadecimal, its common names and its alternative names, counted.
pub fn facts(pem: &str) -> [usize; 3] {
    let bundle = certificate::read_certificates(&Document::new("subject.certificates", pem));
    let Some(certificate) = bundle.certificates.first().map(|pasted| &pasted.value) else { return [0; 3] };
    let common_names: Vec<&str> = certificate.subject.common_names().collect();
    let alternative_names = certificate.extensions.subject_alt_name.get().map_or(0, Vec::len);
    [certificate.thumbprint().len(), common_names.len(), alternative_names]
}

/// Whether the chain is good for server authentication at `at`: the whole report of a fresh evaluator, the instants at
/// which it changes included.
pub fn chain(certificates: &str, root: &str, at: &str) -> bool {
    let Ok(at) = at.parse::<Time>() else { return false };
    let policy = Policy { purpose: Some(Purpose::ServerAuth), ..Policy::default() };
    let subject = Subject { certificates: certificates.to_owned() };
    let trust = Trust {
        roots: root.to_owned(),
        intermediates: String::new(),
        crls: String::new(),
        revocation: Revocation::AssumeGood,
    };
    let case =
        Case { title: None, teaches: None, at, question: Question::Chain(policy, subject), trust, expect: Vec::new() };
    Evaluator::<Certificates>::default().evaluate(&case).verdict == Verdict::Admitted
}

/// The same, for JavaScript.
#[cfg(target_arch = "wasm32")]
#[expect(unreachable_pub, reason = "what is exported to JavaScript has to be public")]
mod exported {
    use wasm_bindgen::prelude::wasm_bindgen;

    /// See [`super::facts`].
    #[wasm_bindgen]
    pub fn facts(pem: &str) -> Vec<usize> {
        super::facts(pem).to_vec()
    }

    /// See [`super::chain`].
    #[wasm_bindgen]
    pub fn chain(certificates: &str, root: &str, at: &str) -> bool {
        super::chain(certificates, root, at)
    }

    /// See [`super::cluster::Cluster`].
    #[wasm_bindgen]
    pub struct Cluster(super::cluster::Cluster);

    #[wasm_bindgen]
    impl Cluster {
        /// See [`super::cluster::Cluster::read`].
        pub fn read(json: &str) -> Option<Cluster> {
            super::cluster::Cluster::read(json).map(Cluster)
        }

        /// See [`super::cluster::Cluster::fresh`].
        pub fn fresh(&self) -> bool {
            self.0.fresh()
        }

        /// See [`super::cluster::Cluster::remembered`].
        pub fn remembered(&mut self) -> bool {
            self.0.remembered()
        }
    }
}
