//! A certificate that is judged: pasted, or stated as facts.

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

use super::StatedCertificate;
use super::peer::Shown;
use super::subject::{Candidate, ChainSettings};
use crate::certificate::Facts;
use crate::chain::{Store, Verifier};
use crate::{Limits, Time};

/// A certificate that is judged.
pub(super) struct Leaf<'a> {
    pub(super) facts: Cow<'a, Facts>,
    source: Source<'a>,
}

#[derive(Clone, Copy)]
enum Source<'a> {
    /// Its place in the pool.
    Pasted(usize),
    Stated(&'a StatedCertificate),
}

impl<'a> Leaf<'a> {
    /// The certificates that are judged: the pasted ones that issued no other, then the stated ones.
    pub(super) fn all(
        store: &Store<'_>,
        pasted: &'a [Facts],
        stated: &'a [StatedCertificate],
        verifier: &mut Verifier,
    ) -> Vec<Self> {
        let mut leaves: Vec<Self> = store
            .leaves(verifier)
            .into_iter()
            .filter_map(|place| {
                let number = store.pool.get(place)?.number;
                let place_of = (number as usize).checked_sub(1)?;
                let facts = pasted.get(place_of).filter(|facts| facts.number == number)?;
                Some(Self { facts: Cow::Borrowed(facts), source: Source::Pasted(place) })
            })
            .collect();
        let first = u32::try_from(pasted.len()).unwrap_or(u32::MAX).saturating_add(1);
        let stated = (first..).zip(stated).take(Limits::STATED_CERTIFICATES);
        leaves.extend(
            stated.map(|(number, one)| Self { facts: Cow::Owned(one.facts(number)), source: Source::Stated(one) }),
        );
        leaves
    }

    /// The certificate at an instant, reduced to what the rules look at.
    pub(super) fn candidate(
        &self,
        shown: &Shown,
        settings: ChainSettings,
        verifier: &mut Verifier,
    ) -> Option<Rc<Candidate>> {
        match self.source {
            Source::Pasted(place) => shown.candidate(place, settings, verifier),
            Source::Stated(stated) => Some(Rc::new(stated.candidate(self.facts.number, settings.at))),
        }
    }

    /// The instants at which what the rules look at can change, and why.
    pub(super) fn instants(&self, store: &Store<'_>) -> BTreeMap<Time, Vec<String>> {
        match self.source {
            Source::Pasted(place) => store.instants(place, true),
            Source::Stated(stated) => stated.instants(self.facts.number),
        }
    }
}
