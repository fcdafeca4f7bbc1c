//! From what the worlds decide to one judgement, in words.

use alloc::format;
use alloc::string::String;

use super::world::World;
use super::{Attempt, Judge, Judgement};
use crate::certificate::Facts;
use crate::chain::status::error;
use crate::fabric::accept::{self, Decision, Match, Pass};
use crate::fabric::subject::Candidate;
use crate::fabric::{Connection, Declared, Platform};
use crate::quote::quote;
use crate::{Outcome, Span, Step, Verdict};

impl Judge<'_, '_> {
    /// The verdict: certain where every world decides alike.
    pub(super) fn weigh(&self, worlds: &[World], attempt: Attempt<'_>) -> Verdict {
        let accepted = worlds.iter().filter(|world| world.decision.code.is_none()).count();
        match accepted {
            0 if may_have_another_chain(attempt.candidate) => Verdict::Indeterminate,
            0 => Verdict::Refused,
            // OpenSSL takes a chain whether or not there is a better one.
            _ if self.may_have_another_order(attempt.candidate) => Verdict::Indeterminate,
            all if all == worlds.len() && self.closed_to_some(attempt.connection).is_none() => Verdict::Admitted,
            _ => Verdict::Indeterminate,
        }
    }

    /// The judgement in words.
    pub(super) fn settle(&self, worlds: &[World], attempt: Attempt<'_>) -> Judgement {
        let Attempt { facts, candidate, connection, implicit } = attempt;
        let verdict = self.weigh(worlds, attempt);
        // The world that grants the role that is told: the least where that much is certain, otherwise the best.
        let roles = worlds.iter().filter_map(|world| world.role);
        let told = if verdict == Verdict::Admitted { roles.clone().max() } else { roles.clone().min() };
        let Some(shown) = worlds.iter().find(|world| world.role == told).or(worlds.first()) else {
            return Judgement::new(Verdict::Indeterminate, "nothing is known about it");
        };
        let Decision { code, matched, passes, quirk } = &shown.decision;
        let mut judgement = Judgement::new(verdict, self.because(shown, facts, candidate, connection));
        judgement.steps = passes.iter().map(Pass::step).collect();
        judgement.issuer = candidate.issuer(self.platform).map(<[u8]>::to_vec);
        judgement.chain = candidate.presented.chain;
        judgement.is_issuer_open = candidate.open.errors & error::PARTIAL_CHAIN != 0;
        judgement.expiry_accepted = self.accepts_expiry(candidate, connection) == Some(true);
        judgement.quirk = *quirk;
        let best = match may_have_another_chain(candidate) {
            true => connection.roles(self.roles_in_effect).first().copied(),
            false => roles.min(),
        };
        let set = self.rule_set(connection);
        if code.is_some() {
            // No world accepts.
            judgement.code = *code;
            let rules = self.rules(set, connection);
            let presented = &candidate.presented;
            judgement.chain_refuses = presented.chain != 0 && rules.is_about(presented, self.platform);
            match verdict {
                Verdict::Refused => judgement.unlisted = self.unlisted(set, facts, candidate),
                _ => judgement.settle.extend(within(candidate)),
            }
        } else {
            judgement.span = matched.as_ref().and_then(Match::span);
            if let Some(code) = worlds.iter().find_map(|world| world.decision.code) {
                judgement.quirk = None;
                judgement.because = format!("{}, unless the missing facts are against it ({code})", judgement.because);
                judgement.settle = candidate.settle();
                judgement.perhaps = best;
            } else if self.may_have_another_order(candidate) {
                judgement.because = format!("{}, as far as orders were tried", judgement.because);
                judgement.settle.extend(within(candidate));
                judgement.perhaps = best;
            } else {
                judgement.implicit = shown.implicit;
                if let Some(closed) = self.closed_to_some(connection) {
                    judgement.because = format!("{}, on some nodes: {}", judgement.because, closed.because);
                    judgement.settle.push(String::from("the node type of the node that judges"));
                    judgement.perhaps = best;
                } else {
                    // Where the worlds differ in the role, the least of them is certain.
                    judgement.role = told;
                    judgement.perhaps = best.filter(|best| judgement.role.is_some_and(|certain| *best < certain));
                    judgement.rule = matched.as_ref().map(Match::setting);
                }
            }
        }
        if verdict == Verdict::Indeterminate {
            judgement.settle.extend(self.settle_chances(set, candidate, connection, implicit));
        }
        judgement
    }

    /// Whether OpenSSL, which takes a chain whether or not there is a better one, may take one that was not looked at.
    fn may_have_another_order(&self, candidate: &Candidate) -> bool {
        self.platform == Platform::Linux && candidate.exhausted.is_some()
    }

    fn because(&self, world: &World, facts: &Facts, candidate: &Candidate, connection: Connection) -> String {
        if let Some((implicit, _)) = world.implicit {
            return String::from(implicit.because());
        }
        match &world.decision.matched {
            Some(Match::Thumbprint { setting, entry, .. }) => format!("entry {entry} of `{setting}`"),
            Some(Match::Name { name, pinned, setting, .. }) => {
                let pinned = if *pinned { ", its issuer pinned" } else { "" };
                format!("the name {} of `{setting}`{pinned}", quote(name))
            }
            None => {
                let bits = candidate.presented.chain;
                let is_fatal = match self.platform {
                    Platform::Windows => accept::is_fatal_on_windows,
                    Platform::Linux => accept::is_fatal_on_linux,
                };
                let caused = candidate.causes.iter().filter(|cause| !cause.unknown && is_fatal(cause.bit));
                // Revocation comes first, as in the product: expiry may be forgiven.
                let caused = caused.min_by_key(|cause| cause.bit & error::REVOKED == 0);
                let set = self.rule_set(connection);
                if set.thumbprints.is_empty() && set.names.is_empty() {
                    format!("no {} is declared", noun(connection))
                } else if let Some(cause) = caused.filter(|_| is_fatal(bits)) {
                    cause.because.clone()
                } else if let Some(pass) = world.decision.passes.last() {
                    pass.detail.clone()
                } else {
                    format!("no {} rule is about {}", noun(connection), quote(&facts.subject))
                }
            }
        }
    }
}

/// Whether a chain that was not found in time may exist, and be good.
fn may_have_another_chain(candidate: &Candidate) -> bool {
    candidate.presented.chain != 0 && candidate.exhausted.is_some()
}

/// What would settle a search that a limit ended.
fn within(candidate: &Candidate) -> Option<String> {
    let limit = candidate.exhausted?;
    Some(format!("certificate {}: a chain that is found within `{limit}`", candidate.number))
}

impl Pass {
    fn step(&self) -> Step {
        let outcome = if self.accepted { Outcome::Passed } else { Outcome::Failed };
        Step::new(self.label, outcome, self.detail.clone())
    }
}

impl Match {
    fn setting(&self) -> &'static str {
        match self {
            Self::Thumbprint { setting, .. } | Self::Name { setting, .. } => setting,
        }
    }

    fn span(&self) -> Option<Span> {
        match self {
            Self::Thumbprint { span, .. } | Self::Name { span, .. } => span.clone(),
        }
    }
}

fn noun(connection: Connection) -> &'static str {
    match connection {
        Connection::Node => Declared::Cluster.noun(),
        Connection::Gateway | Connection::HttpGateway => Declared::Client.noun(),
        Connection::Server => Declared::Server.noun(),
    }
}
