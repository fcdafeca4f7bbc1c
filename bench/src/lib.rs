//! What is measured. Each function does the whole of what its name says, from text to answer, and fails on a wrong answer,
//! so that nothing can be fast by leaving something out.

use admit_core::chain::{Policy, Purpose, Subject};
use admit_core::{
    Case, Chains, Document, Enclaves, Evaluator, Question, Revocation, Time, Trust, Verdict, certificate, enclave,
};

pub mod cluster;
pub mod lists;
#[cfg(not(target_arch = "wasm32"))]
pub mod raw;
pub mod rollout;
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
    question(certificates, root, at)
        .is_some_and(|case| Evaluator::<Chains>::default().evaluate(&case).verdict == Verdict::Admitted)
}

/// The same without the report: read, built, judged and verified.
pub fn verdict(certificates: &str, root: &str, at: &str) -> bool {
    question(certificates, root, at)
        .is_some_and(|case| Evaluator::<Chains>::default().verdict(&case) == Verdict::Admitted)
}

fn question(certificates: &str, root: &str, at: &str) -> Option<Case> {
    let at = at.parse::<Time>().ok()?;
    let policy = Policy { purpose: Some(Purpose::ServerAuth), ..Policy::default() };
    let subject = Subject { certificates: certificates.to_owned() };
    let trust = Trust {
        roots: root.to_owned(),
        intermediates: String::new(),
        crls: String::new(),
        revocation: Revocation::AssumeGood,
    };
    Some(Case { title: None, teaches: None, at, question: Question::Chain(policy, subject), trust, expect: Vec::new() })
}

/// How many artefacts are recognised in one text, under a policy that accepts nothing: the whole report of a fresh
/// evaluator.
pub fn artefact(text: &str, at: &str) -> usize {
    let Ok(at) = at.parse::<Time>() else { return 0 };
    let subject = enclave::Subject { artefacts: [("artefact".to_owned(), text.to_owned())].into() };
    let question = Question::Enclave(enclave::Policy::default(), subject);
    let case = Case { title: None, teaches: None, at, question, trust: Trust::default(), expect: Vec::new() };
    match Evaluator::<Enclaves>::default().evaluate(&case).answer {
        admit_core::Answer::Enclave(answer) => answer.artefacts.iter().filter(|one| one.form.is_some()).count(),
        _ => 0,
    }
}

/// The same, for JavaScript.
#[cfg(target_arch = "wasm32")]
#[expect(unreachable_pub, reason = "what is exported to JavaScript has to be public")]
mod exported {
    use admit_core::enclave;
    use wasm_bindgen::prelude::wasm_bindgen;

    /// See [`super::facts`].
    #[wasm_bindgen]
    pub fn facts(pem: &str) -> Vec<usize> {
        super::facts(pem).to_vec()
    }

    /// See [`super::lists::list`]: as many rows as are measured.
    #[wasm_bindgen]
    pub fn list(uuid: bool) -> String {
        super::lists::list(super::lists::ROWS, uuid)
    }

    /// See [`super::lists::judge`]: the rows, if the list is admitted.
    #[wasm_bindgen]
    pub fn judge(list: String) -> u32 {
        let (rows, admitted) = super::lists::judge(list);
        if admitted { rows } else { 0 }
    }

    /// See [`super::artefact`].
    #[wasm_bindgen]
    pub fn artefact(text: &str, at: &str) -> usize {
        super::artefact(text, at)
    }

    /// An SGXS stream that is measured in pieces, as the page does it.
    #[wasm_bindgen]
    #[derive(Default)]
    pub struct Measuring(enclave::Measuring);

    #[wasm_bindgen]
    impl Measuring {
        /// Nothing measured yet.
        #[wasm_bindgen(constructor)]
        pub fn new() -> Self {
            Self::default()
        }

        /// Takes a piece; whether it is right.
        pub fn feed(&mut self, bytes: &[u8]) -> bool {
            self.0.feed(bytes).is_ok()
        }

        /// MRENCLAVE and the number of pages, or nothing where the stream is not right.
        pub fn finish(self) -> String {
            self.0.finish().map_or_else(|_| String::new(), |facts| format!("{} {}", facts.mrenclave, facts.pages))
        }
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

        /// See [`super::cluster::Cluster::reread`].
        pub fn reread(&mut self) -> bool {
            self.0.reread()
        }

        /// See [`super::cluster::Cluster::edited`].
        pub fn edited(&mut self) -> bool {
            self.0.edited()
        }

        /// See [`super::cluster::Cluster::later`].
        pub fn later(&mut self) -> bool {
            self.0.later()
        }
    }

    /// See [`super::rollout::rollout`].
    #[wasm_bindgen]
    pub fn rollout(case: &str) -> bool {
        super::rollout::rollout(case)
    }
}
