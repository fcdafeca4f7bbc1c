//! From what the worlds decide to one judgement, in words.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::world::World;
use super::{Judge, Judgement};
use crate::certificate::Facts;
use crate::chain::status::error;
use crate::fabric::accept::{self, Match};
use crate::fabric::subject::Candidate;
use crate::fabric::{Connection, Declared, Platform};
use crate::quote::quote;
use crate::{Outcome, Span, Step, Verdict};

impl Judge<'_, '_> {
    /// The judgement: certain where every world decides alike.
    pub(super) fn settle(
        &self,
        worlds: &[World],
        facts: &Facts,
        candidate: &Candidate,
        connection: Connection,
        mut steps: Vec<Step>,
    ) -> Judgement {
        let accepted = worlds.iter().filter(|world| world.decision.code.is_none()).count();
        let Some(shown) = worlds.iter().find(|world| world.decision.code.is_none()).or(worlds.first()) else {
            return Judgement::new(Verdict::Indeterminate, "nothing is known about it", steps);
        };
        let passes = shown.decision.passes.iter().map(|pass| {
            Step::new(pass.label, if pass.accepted { Outcome::Passed } else { Outcome::Failed }, pass.detail.clone())
        });
        steps.extend(passes);
        let because = self.because(shown, facts, candidate, connection);
        if accepted == 0 {
            let code = shown.decision.code;
            let mut judgement = Judgement { code, ..Judgement::new(Verdict::Refused, because, steps) };
            judgement.quirk = shown.decision.quirk;
            let rules = self.rules(self.rule_set(connection), connection);
            let presented = &candidate.presented;
            judgement.chain_refuses = presented.chain != 0 && rules.is_about(presented, self.platform);
            return judgement;
        }
        if accepted < worlds.len() {
            let codes = worlds.iter().find_map(|world| world.decision.code).unwrap_or_default();
            let because = format!("{because}, unless the missing facts are against it ({codes})");
            let mut judgement = Judgement::new(Verdict::Indeterminate, because, steps);
            judgement.settle = candidate.settle();
            judgement.span = shown.decision.matched.as_ref().and_then(Match::span);
            return judgement;
        }
        let mut judgement = Judgement::new(Verdict::Admitted, because, steps);
        // Where the worlds differ in the role, the least of them is certain.
        judgement.role = worlds.iter().filter_map(|world| world.role).max();
        judgement.rule = shown.decision.matched.as_ref().map(Match::setting);
        judgement.span = shown.decision.matched.as_ref().and_then(Match::span);
        judgement.quirk = shown.decision.quirk;
        judgement.implicit = shown.implicit;
        judgement
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
