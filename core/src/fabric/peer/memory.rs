//! What is remembered from one case of kind `peer` to the next.
//!
//! An editor asks again at every key, and mostly one document has changed, or none but the instant. What follows from a
//! document is kept together with its text, and used again only where the text is the same to the byte. Nothing here
//! depends on what was asked before: a remembered answer is the one that would be found anew.

use alloc::collections::BTreeMap;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::RefCell;

use self_cell::self_cell;

use crate::case::Severities;
use crate::certificate::{Bundle, Facts};
use crate::chain::{Read, Store, Verifier};
use crate::fabric::judge::RuleSets;
use crate::fabric::manifest::{self, Reading};
use crate::fabric::settings::Settings;
use crate::fabric::subject::{self, Candidate, ChainSettings};
use crate::fabric::{CERTIFICATES, Connection, MANIFEST, PARAMETERS, Platform, Policy, Runtime, StatedCertificate};
use crate::{Document, Finding, Flip, Limits, Time, Trust};

/// What is remembered, the latest first, at most [`Limits::REMEMBERED_CASES`] of each.
#[derive(Default)]
pub(crate) struct Memory {
    grounds: Vec<Rc<Ground>>,
    shown: Vec<Rc<Shown>>,
    standing: Vec<Rc<Standing>>,
}

impl Memory {
    /// What the policy's documents declare.
    pub(super) fn ground(&mut self, policy: &Policy) -> Rc<Ground> {
        let is = |ground: &Ground| {
            let texts = ground.texts();
            texts.manifest == policy.manifest && texts.parameters == policy.parameters
        };
        kept(&mut self.grounds, is, || Ground::read(policy))
    }

    /// The certificates of the subject and of the verifier.
    pub(super) fn shown(&mut self, certificates: &str, trust: &Trust) -> Rc<Shown> {
        let is = |shown: &Shown| shown.certificates == certificates && shown.trust == *trust;
        kept(&mut self.shown, is, || Shown::read(certificates, trust))
    }

    /// What holds of both whatever the instant is.
    pub(super) fn standing(&mut self, of: Of, find: impl FnOnce() -> (Vec<Finding>, Vec<Flip>)) -> Rc<Standing> {
        let is = |standing: &Standing| standing.of == of;
        kept(&mut self.standing, is, || {
            let (findings, flips) = find();
            Standing { of: of.clone(), findings, flips }
        })
    }
}

/// The one that is meant, found or made, which is then the latest.
fn kept<T>(all: &mut Vec<Rc<T>>, is: impl Fn(&T) -> bool, make: impl FnOnce() -> T) -> Rc<T> {
    let known = all.iter().position(|one| is(one)).map(|place| all.remove(place));
    let one = known.unwrap_or_else(|| Rc::new(make()));
    all.insert(0, Rc::clone(&one));
    all.truncate(Limits::REMEMBERED_CASES);
    one
}

/// The texts that settings are read from.
pub(super) struct Texts {
    manifest: String,
    parameters: String,
}

/// The same with their lines.
pub(super) struct Documents<'t> {
    pub(super) manifest: Document<'t>,
    pub(super) parameters: Document<'t>,
}

// Settings point into the manifest, and that into its text: each is kept together with what it points into.
self_cell!(
    struct Opened {
        owner: Texts,
        #[covariant]
        dependent: Documents,
    }
);
self_cell!(
    struct Parsed {
        owner: Opened,
        #[covariant]
        dependent: Reading,
    }
);
self_cell!(
    struct Declared {
        owner: Parsed,
        #[covariant]
        dependent: Settings,
    }
);

/// What the policy's documents declare.
pub(super) struct Ground {
    declared: Declared,
    pub(super) rules: RuleSets,
}

impl Ground {
    fn read(policy: &Policy) -> Self {
        let texts = Texts { manifest: policy.manifest.clone(), parameters: policy.parameters.clone() };
        let opened = Opened::new(texts, |texts| Documents {
            manifest: Document::new(MANIFEST, &texts.manifest),
            parameters: Document::new(PARAMETERS, &texts.parameters),
        });
        let parsed = Parsed::new(opened, |opened| {
            let Documents { manifest, parameters } = opened.borrow_dependent();
            manifest::read_with(manifest, Some(parameters))
        });
        let declared = Declared::new(parsed, |parsed| Settings::read(&parsed.borrow_dependent().manifest));
        let rules = RuleSets::build(declared.borrow_dependent());
        Self { declared, rules }
    }

    fn texts(&self) -> &Texts {
        self.declared.borrow_owner().borrow_owner().borrow_owner()
    }

    pub(super) fn document(&self) -> &Document<'_> {
        &self.declared.borrow_owner().borrow_owner().borrow_dependent().manifest
    }

    pub(super) fn reading(&self) -> &Reading<'_> {
        self.declared.borrow_owner().borrow_dependent()
    }

    pub(super) fn settings(&self) -> &Settings<'_> {
        self.declared.borrow_dependent()
    }
}

self_cell!(
    struct Pooled {
        owner: Read,
        #[covariant]
        dependent: Store,
    }
);

/// The certificates of the subject and of the verifier, and the chains that were built from them.
pub(in crate::fabric) struct Shown {
    certificates: String,
    trust: Trust,
    pooled: Pooled,
    /// The facts of the subject's certificates.
    pub(super) facts: Vec<Facts>,
    /// The facts of those that the verifier has.
    pub(super) of_verifier: Vec<Facts>,
    chains: RefCell<BTreeMap<How, Option<Rc<Candidate>>>>,
}

/// Of which certificate a chain is and how it was built: its place, whether on Windows, the flags, and the instant.
type How = (usize, bool, u32, Time);

impl Shown {
    fn read(certificates: &str, trust: &Trust) -> Self {
        let read = Read::new(&Document::new(CERTIFICATES, certificates), trust);
        let facts = Bundle::facts(&read.subject);
        let of_verifier = read.verifier_facts();
        let pooled = Pooled::new(read, |read| Store::new(read));
        let (certificates, trust) = (String::from(certificates), trust.clone());
        Self { certificates, trust, pooled, facts, of_verifier, chains: RefCell::default() }
    }

    pub(in crate::fabric) fn read_documents(&self) -> &Read {
        self.pooled.borrow_owner()
    }

    pub(in crate::fabric) fn store(&self) -> &Store<'_> {
        self.pooled.borrow_dependent()
    }

    /// The certificate at `place` of the pool with its chain.
    pub(in crate::fabric) fn candidate(
        &self,
        place: usize,
        how: ChainSettings,
        verifier: &mut Verifier,
    ) -> Option<Rc<Candidate>> {
        let of = (place, how.platform == Platform::Windows, how.flags, how.at);
        if let Some(known) = self.chains.borrow().get(&of) {
            return known.clone();
        }
        let roots_known = self.read_documents().roots_known;
        let found = subject::candidate(self.store(), place, how, &self.trust, roots_known, verifier).map(Rc::new);
        let mut chains = self.chains.borrow_mut();
        if chains.len() >= Limits::REMEMBERED_CHAINS {
            chains.clear();
        }
        chains.insert(of, found.clone());
        found
    }
}

/// What a case of kind `peer` asks, but for the instant.
#[derive(Clone)]
pub(super) struct Of {
    pub(super) ground: Rc<Ground>,
    pub(super) shown: Rc<Shown>,
    connection: Option<Connection>,
    platform: Platform,
    runtime: Runtime,
    severity: Severities,
    stated: Vec<StatedCertificate>,
}

impl Of {
    pub(super) fn new(ground: Rc<Ground>, shown: Rc<Shown>, policy: &Policy, stated: &[StatedCertificate]) -> Self {
        // Whatever a policy gets besides has to be named here.
        let Policy { manifest: _, parameters: _, connection, platform, runtime, severity } = policy;
        let (connection, platform, runtime, severity) = (*connection, *platform, *runtime, severity.clone());
        Self { ground, shown, connection, platform, runtime, severity, stated: stated.to_vec() }
    }
}

impl PartialEq for Of {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.ground, &other.ground)
            && Rc::ptr_eq(&self.shown, &other.shown)
            && self.connection == other.connection
            && self.platform == other.platform
            && self.runtime == other.runtime
            && self.severity == other.severity
            && self.stated == other.stated
    }
}

/// What holds of a case whatever the instant is.
pub(super) struct Standing {
    of: Of,
    /// The findings that no instant changes.
    pub(super) findings: Vec<Finding>,
    /// The instants at which the verdict changes.
    pub(super) flips: Vec<Flip>,
}
