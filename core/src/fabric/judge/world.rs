//! What is decided where every fact is known, and which facts aren't.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::Judge;
use crate::chain::status::error;
use crate::fabric::accept::{self, Decision, Rules};
use crate::fabric::implicit::{Implicit, Reach};
use crate::fabric::name_map::IssuerIdentity;
use crate::fabric::presented::Presented;
use crate::fabric::rule_set::{RuleSet, Stores};
use crate::fabric::subject::Candidate;
use crate::fabric::worlds::Distinctions;
use crate::fabric::{Connection, Platform, Role, Runtime};

/// What one world decides.
pub(super) struct World {
    /// The decision that granted the role: of an admin, the one about the admins' rules.
    pub(super) decision: Decision,
    pub(super) role: Option<Role>,
    /// The rule that no setting states, where it alone grants the role.
    pub(super) implicit: Option<Implied>,
}

/// The rule that no setting states, where it alone grants the role, and the code without it: none where the certificate would
/// be admitted as a user.
pub(in crate::fabric) type Implied = (Implicit, Option<&'static str>);

/// What is not known besides the certificate.
#[derive(Clone, Copy)]
pub(super) struct Chance {
    /// What issuer stores hold.
    pub(super) stores: Held,
    /// Whether an expired certificate is accepted.
    pub(super) expiry: bool,
    /// The rule that no setting states, where it applies.
    pub(super) implicit: Option<Implicit>,
}

/// What issuer stores of unknown content hold.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Held {
    /// There are none, or their content is known.
    NotAsked,
    /// Nothing that was looked for: then pinning is off.
    Nothing,
    /// The issuer of the certificate.
    Issuer,
    /// Other issuers only.
    Others,
}

impl Judge<'_, '_> {
    /// What the rules of a connection could tell apart. Those of clients hold those of admins, but for the pins that are lost
    /// where a name is not pinned for clients.
    pub(super) fn distinctions(&self, connection: Connection) -> Distinctions {
        let set = self.rule_set(connection);
        let is_client = matches!(connection, Connection::Gateway | Connection::HttpGateway);
        let admins = Some(&*self.admins).filter(|_| is_client);
        // One thumbprint of each sort is enough: with and without `?true`, of an admin and of another client.
        let mut thumbprints: Vec<(bool, Option<bool>, Vec<u8>)> = Vec::new();
        for (bytes, listed) in &set.thumbprints {
            let of_admins = admins.and_then(|admins| admins.thumbprints.get(bytes)).map(|listed| listed.verify_chain);
            let sort = (listed.verify_chain, of_admins);
            if !thumbprints.iter().any(|(own, admin, _)| (*own, *admin) == sort) {
                thumbprints.push((sort.0, sort.1, bytes.clone()));
            }
        }
        let pinned = set.names.iter().chain(admins.into_iter().flat_map(|admins| admins.names.iter()));
        Distinctions {
            thumbprints: thumbprints.into_iter().map(|(.., bytes)| bytes).collect(),
            names: set.names.iter().map(|declared| declared.name.clone()).collect(),
            pins: pinned.flat_map(|declared| declared.issuers.iter().cloned()).collect(),
        }
    }

    /// Every combination of what is not known besides the certificate.
    pub(super) fn chances(
        &self,
        set: &RuleSet,
        candidate: &Candidate,
        connection: Connection,
        implicit: Option<(Implicit, Reach)>,
    ) -> Vec<Chance> {
        let stores: &[Held] = match set.stores {
            Stores::Unknown => &[Held::Issuer, Held::Others, Held::Nothing],
            Stores::None | Stores::Known => &[Held::NotAsked],
        };
        let expiry: &[bool] = match self.accepts_expiry(candidate, connection) {
            Some(true) => &[true],
            Some(false) => &[false],
            None => &[true, false],
        };
        let implicit: Vec<Option<Implicit>> = match implicit {
            None => Vec::from([None]),
            Some((implicit, Reach::All)) => Vec::from([Some(implicit)]),
            Some((implicit, Reach::Some | Reach::Untold | Reach::Unstated)) => Vec::from([Some(implicit), None]),
        };
        let mut chances = Vec::new();
        for &stores in stores {
            for &expiry in expiry {
                chances.extend(implicit.iter().map(|&implicit| Chance { stores, expiry, implicit }));
            }
        }
        chances
    }

    pub(super) fn settle_chances(
        &self,
        set: &RuleSet,
        candidate: &Candidate,
        connection: Connection,
        implicit: Option<(Implicit, Reach)>,
    ) -> Vec<String> {
        let mut settle = Vec::new();
        if set.stores == Stores::Unknown {
            settle.push(String::from("which certificates the issuer stores hold"));
        }
        if self.accepts_expiry(candidate, connection).is_none() && self.asks_for_chain(candidate) {
            settle.push(format!(
                "certificate {}: whether `?true` stands against an expiry that is accepted",
                candidate.number
            ));
        } else if self.accepts_expiry(candidate, connection).is_none() {
            settle.push(format!("certificate {}: when it expires, and whether it is self-signed", candidate.number));
        }
        match implicit {
            Some((_, Reach::Some)) => settle.push(String::from("the node type of the node that judges")),
            Some((implicit, Reach::Untold)) => {
                let element = implicit.role().element();
                settle.push(format!("which certificate `{element}` finds on the node that judges"));
            }
            Some((implicit, Reach::Unstated)) => settle.push(format!(
                "certificate {}: whether it has {} of the certificate that `{}` finds on the node that judges",
                candidate.number,
                implicit.mark(),
                implicit.role().element()
            )),
            Some((_, Reach::All)) | None => {}
        }
        settle
    }

    /// What is decided where every fact is known.
    pub(super) fn world(
        &self,
        presented: &Presented,
        chance: Chance,
        rules: &Rules<'_>,
        admins: &Rules<'_>,
        connection: Connection,
    ) -> World {
        let cleared =
            chance.expiry.then(|| Presented { chain: presented.chain & !error::NOT_TIME_VALID, ..presented.clone() });
        let presented = cleared.as_ref().unwrap_or(presented);
        let is_repinned = chance.stores != Held::NotAsked;
        let own_rules = is_repinned.then(|| repin(rules, presented, chance.stores));
        let own_admins = is_repinned.then(|| repin(admins, presented, chance.stores));
        let (rules, admins) = (own_rules.as_ref().unwrap_or(rules), own_admins.as_ref().unwrap_or(admins));
        let accept = |rules: &Rules<'_>| match self.platform {
            Platform::Windows => accept::on_windows(presented, rules),
            Platform::Linux if connection == Connection::HttpGateway => accept::on_linux_http(presented, rules),
            Platform::Linux => accept::on_linux(presented, rules),
        };
        let mut decision = accept(rules);
        let mut implied = None;
        if let (Some(code), Some(implicit)) = (decision.code, chance.implicit) {
            let accepted = match implicit {
                Implicit::PeerTrust => {
                    let fatal = match self.platform {
                        Platform::Windows => accept::is_fatal_on_windows(presented.chain),
                        Platform::Linux => accept::is_fatal_on_linux(presented.chain),
                    };
                    !fatal
                }
                Implicit::DefaultClient | Implicit::DefaultUser => {
                    with_default(rules, presented).is_some_and(|rules| accept(&rules).code.is_none())
                }
            };
            if accepted {
                decision.code = None;
                implied = Some((implicit, Some(code)));
            }
        }
        let mut role = connection.roles(self.roles_in_effect).last().copied().filter(|_| decision.code.is_none());
        if role == Some(Role::User) {
            let of_admins = accept(admins);
            if of_admins.code.is_none() {
                role = Some(Role::Admin);
                if implied.is_none() {
                    decision = of_admins;
                }
            } else if chance.implicit == Some(Implicit::DefaultClient)
                && with_default(admins, presented).is_some_and(|admins| accept(&admins).code.is_none())
            {
                role = Some(Role::Admin);
                // What admitted it grants less.
                implied = implied.or(Some((Implicit::DefaultClient, None)));
                (decision.matched, decision.quirk) = (None, None);
            }
        }
        World { decision, role, implicit: implied }
    }

    /// Whether a gateway accepts a certificate as the node's own client: by its first common name, pinned to its issuer's
    /// key, so its chain has to be good enough for a name. Nothing where it depends on what is not known. Whether it is the
    /// node's own is for the caller to know.
    pub(in crate::fabric) fn accepts_as_default(&self, candidate: &Candidate) -> Option<bool> {
        let rules = self.rules(&self.clients, Connection::Gateway);
        let distinctions = self.distinctions(Connection::Gateway);
        let worlds = candidate.worlds(&distinctions, self.worlds)?;
        let accepts = |presented: &Presented| {
            with_default(&rules, presented).is_some_and(|rules| accept::on_windows(presented, &rules).code.is_none())
        };
        let accepting = worlds.iter().filter(|presented| accepts(presented)).count();
        match accepting {
            0 => Some(false),
            all if all == worlds.len() => Some(true),
            _ => None,
        }
    }

    /// The rule that no setting states and that this certificate could pass by, and on which nodes, where the nodes'
    /// store is not known: the manifest declares it by its thumbprint.
    pub(in crate::fabric) fn implicit(
        &self,
        candidate: &Candidate,
        connection: Connection,
    ) -> Option<(Implicit, Reach)> {
        let own = &candidate.presented.thumbprint;
        if own.is_empty() {
            return None;
        }
        let rules = Implicit::of(connection, self.settings, self.platform);
        rules.iter().find_map(|&implicit| Some((implicit, implicit.reach(self.settings, own)?)))
    }

    /// Expired self-signed certificates in the cluster list, on runtimes that know the setting, for nodes only.
    pub(super) fn accepts_expiry(&self, candidate: &Candidate, connection: Connection) -> Option<bool> {
        if connection != Connection::Node || self.runtime == Runtime::V6_5 || !self.accepts_expired {
            return Some(false);
        }
        let listed = self.cluster.thumbprints.contains_key(&candidate.presented.thumbprint);
        if !(listed || candidate.open.thumbprint) {
            return Some(false);
        }
        match (candidate.self_signed, candidate.expired) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) if listed && !self.asks_for_chain(candidate) => Some(true),
            _ => None,
        }
    }

    /// Whether its entry in the cluster list asks for a good chain as well. What becomes of that where expiry is accepted is
    /// not documented.
    fn asks_for_chain(&self, candidate: &Candidate) -> bool {
        self.cluster.thumbprints.get(&candidate.presented.thumbprint).is_some_and(|listed| listed.verify_chain)
    }
}

/// The rules with every name pinned to what issuer stores of unknown content hold (SecurityConfig.cpp:166-220).
fn repin<'r>(rules: &Rules<'r>, presented: &Presented, held: Held) -> Rules<'r> {
    let keys = presented.issuer.iter().filter(|identity| matches!(identity, IssuerIdentity::Key(_)));
    let mut issuers: BTreeSet<IssuerIdentity> = crate::order::set(keys.filter(|_| held == Held::Issuer).cloned());
    if held != Held::Nothing {
        // Some other key, so that the names are pinned at all.
        issuers.insert(IssuerIdentity::Key(Vec::new()));
    }
    let mut rules = rules.clone();
    rules.names.to_mut().pin_all(issuers);
    rules
}

/// The rules with the name by which the default client is declared.
fn with_default<'r>(rules: &Rules<'r>, presented: &Presented) -> Option<Rules<'r>> {
    let mut rules = rules.clone();
    rules.names.to_mut().merge(Implicit::name(presented)?);
    Some(rules)
}
