//! What was looked at for one certificate on one connection, step by step.

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::{Attempt, Judge};
use crate::certificate::Facts;
use crate::chain::status::error;
use crate::fabric::rule_set::RuleSet;
use crate::fabric::subject::{self, Candidate};
use crate::fabric::thumbprint::hexadecimal;
use crate::fabric::{Declared, DeclaredName};
use crate::quote::quote;
use crate::{Outcome, Step, Time};

impl Judge<'_, '_> {
    /// The chain, the lists and the names, before anything is decided.
    pub(super) fn steps(&self, attempt: Attempt<'_>) -> Vec<Step> {
        let Attempt { facts, candidate, connection, .. } = attempt;
        let own = facts.sha1_bytes();
        let mut steps: Vec<Step> = Vec::from([chain_step(facts, candidate)]);
        steps.extend(Declared::judging(connection).iter().map(|&declared| self.list_step(facts, &own, declared)));
        let set = self.rule_set(connection);
        if !set.names.is_empty() && self.terms(connection).is_some_and(|terms| terms.compares_names) {
            steps.push(names_step(set, facts, candidate, self.entries));
        }
        steps
    }

    fn list_step(&self, facts: &Facts, own: &[u8], declared: Declared) -> Step {
        let name = declared.thumbprints();
        let Some(setting) = self.settings.thumbprints_of(declared) else {
            return Step::new(name, Outcome::Skipped, "not written");
        };
        let value = &setting.parameter.value;
        let matched = setting.find(own);
        let mut steps = Vec::new();
        let own = matched.map(|(entry, _)| entry);
        let (shown, rest) = setting.shown(own, self.entries);
        for index in shown {
            let Some(item) = setting.list.items.get(index) else { continue };
            let is_matched = own == Some(index);
            let (outcome, detail) = match &item.thumbprint {
                Err(_) => (Outcome::Failed, String::from("not a thumbprint")),
                Ok(_) if is_matched => (Outcome::Passed, format!("the thumbprint of certificate {}", facts.number)),
                Ok(thumbprint) => (Outcome::Failed, format!("another thumbprint: {}", hexadecimal(&thumbprint.bytes))),
            };
            let span = value.span(item.range.clone());
            steps.push(Step::new(format!("entry {}", index.saturating_add(1)), outcome, detail).at(Some(span)));
        }
        if rest > 0 {
            steps.push(Step::new(format!("{rest} more entries"), Outcome::Failed, "other thumbprints"));
        }
        let (outcome, detail) = match setting.count() {
            None => (Outcome::Failed, String::from("the list can't be read, and one bad entry fails all")),
            Some(0) => (Outcome::Skipped, String::from("empty")),
            Some(_) if matched.is_some() => (Outcome::Passed, String::from("an entry matches")),
            Some(count) => (Outcome::Failed, format!("none of {count} entries matches")),
        };
        Step::new(name, outcome, detail).at(Some(value.whole())).with(steps)
    }
}

fn chain_step(facts: &Facts, candidate: &Candidate) -> Step {
    let period = match (facts.not_before, facts.not_after) {
        (Time::MIN, Time::MAX) => String::from("its validity is not stated"),
        (from, until) => format!("valid from {from} until {until}"),
    };
    let causes = candidate.causes.iter().map(|cause| {
        let names = crate::chain::status::names(cause.bit, error::NAMES).join(", ");
        let outcome = if cause.unknown { Outcome::Unknown } else { Outcome::Failed };
        Step::new(names, outcome, cause.because.clone()).at(cause.span.clone())
    });
    let (outcome, detail) = match (candidate.presented.chain, candidate.is_chain_certain()) {
        (0, true) => (Outcome::Passed, format!("good; {period}")),
        (0, _) => (Outcome::Unknown, format!("good as far as it is known; {period}")),
        _ => (Outcome::Failed, format!("has errors, of which a listed thumbprint forgives some; {period}")),
    };
    Step::new("chain", outcome, detail).at(Some(facts.span.clone())).with(causes)
}

fn names_step(set: &RuleSet, facts: &Facts, candidate: &Candidate, entries: usize) -> Step {
    let mut own = set.names.near(subject::names(facts));
    own.retain(|declared| subject::is_named(facts, &declared.name));
    let others = set.names.len().saturating_sub(own.len());
    let mut any = false;
    let mut shown: Vec<(bool, &DeclaredName)> = own.iter().map(|&declared| (true, declared)).collect();
    let is_other = |declared: &&DeclaredName| !own.iter().any(|own| core::ptr::eq(*own, *declared));
    shown.extend(set.names.iter().filter(is_other).take(entries).map(|declared| (false, declared)));
    let mut steps = Vec::new();
    for (is_own, declared) in shown {
        let pins = declared.issuers.len();
        let (outcome, detail) = if !is_own {
            (Outcome::Failed, String::from("not a name of the certificate"))
        } else if !declared.is_pinned() {
            (Outcome::Passed, String::from("a name of the certificate, of any trusted issuer"))
        } else if candidate.open.issuer() && !declared.accepts(&candidate.presented.issuer) {
            (Outcome::Unknown, format!("a name of the certificate, pinned to {pins} issuers; its issuer is not here"))
        } else if declared.accepts(&candidate.presented.issuer) {
            (Outcome::Passed, String::from("a name of the certificate, and its issuer is pinned"))
        } else {
            (Outcome::Failed, format!("a name of the certificate, pinned to {pins} other issuers"))
        };
        any |= outcome == Outcome::Passed;
        steps.push(Step::new(quote(&declared.name), outcome, detail).at(declared.spans.first().cloned()));
    }
    if others > entries {
        let rest = others.saturating_sub(entries);
        steps.push(Step::new(format!("{rest} more names"), Outcome::Failed, "not names of the certificate"));
    }
    let label =
        set.names.iter().next().and_then(|name: &DeclaredName| name.settings.first().copied()).unwrap_or("names");
    let outcome = if any { Outcome::Passed } else { Outcome::Failed };
    Step::new(label.to_string(), outcome, format!("{} declared names", set.names.len())).with(steps)
}
