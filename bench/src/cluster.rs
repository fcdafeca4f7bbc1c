//! A large cluster: many rules, many certificates.

use admit_core::{Case, Evaluator, Peers, Time, Verdict};

/// The documents that are edited.
const MANIFEST: &str = "policy.manifest";
const CERTIFICATES: &str = "subject.certificates";
/// The parameter of which a digit is edited.
const EDITED: &str = "\"AdminClientCertThumbprints\" Value=\"";

/// A case of kind `peer` whose certificates are all admitted, with an evaluator that remembers what it has seen. Before each
/// evaluation something is edited, as nobody asks the same twice; what it was stands there again after sixteen rounds, which
/// is longer than documents are remembered.
pub struct Cluster {
    case: Case,
    /// The byte of the last digit of the edited parameter, which is of a thumbprint that no certificate here has.
    digit: usize,
    certificates: usize,
    round: u8,
    evaluator: Evaluator<Peers>,
}

impl Cluster {
    /// Reads a case.
    pub fn read(json: &str) -> Option<Self> {
        let mut case = Case::from_json(json).ok()?;
        let manifest = case.document_mut(MANIFEST)?;
        let from = manifest.find(EDITED)? + EDITED.len();
        let digit = from + manifest.get(from..)?.find('"')? - 1;
        let certificates = case.document_mut(CERTIFICATES)?.len();
        Some(Self { case, digit, certificates, round: 0, evaluator: Evaluator::default() })
    }

    /// The whole report, from the texts of the case, every signature verified. Whether it is the right one.
    pub fn fresh(&self) -> bool {
        Evaluator::<Peers>::default().evaluate(&self.case).verdict == Verdict::Admitted
    }

    /// The same with an evaluator that has verified the signatures before, and nothing else that it remembers is of use: the
    /// manifest has another digit, and the certificates have another number of line breaks behind them.
    pub fn reread(&mut self) -> bool {
        self.another_digit();
        let (length, round) = (self.certificates, usize::from(self.round));
        self.case.document_mut(CERTIFICATES).is_some_and(|certificates| {
            certificates.truncate(length);
            certificates.extend(std::iter::repeat_n('\n', round));
            true
        }) && self.evaluate()
    }

    /// The same where one digit of one thumbprint of the manifest is another.
    pub fn edited(&mut self) -> bool {
        self.another_digit();
        self.evaluate()
    }

    /// The same where the instant is a second later.
    pub fn later(&mut self) -> bool {
        self.case.at = Time::from_unix(self.case.at.unix() + 1);
        self.evaluate()
    }

    fn another_digit(&mut self) {
        self.round = (self.round + 1) % 16;
        let digit = format!("{:x}", self.round);
        if let Some(manifest) = self.case.document_mut(MANIFEST) {
            manifest.replace_range(self.digit..=self.digit, &digit);
        }
    }

    fn evaluate(&mut self) -> bool {
        self.evaluator.evaluate(&self.case).verdict == Verdict::Admitted
    }
}
