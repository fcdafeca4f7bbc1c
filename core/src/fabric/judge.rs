//! One certificate on one connection.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::rules::validity::ACCEPT_EXPIRED_SETTING;
use super::settings::{ListSetting, Settings};
use super::thumbprint::hexadecimal;
use super::{Connection, Declared, Role};
use crate::certificate::Facts;
use crate::{Limits, Outcome, Span, Step, Time, Verdict};

/// What one connection makes of one certificate, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Judgement {
    pub(super) verdict: Verdict,
    pub(super) role: Option<Role>,
    /// In one sentence: "entry 2 of `ClusterCertThumbprints`".
    pub(super) because: String,
    /// The setting that granted it.
    pub(super) rule: Option<&'static str>,
    pub(super) span: Option<Span>,
    /// The error code that Service Fabric gives, by name.
    pub(super) code: Option<&'static str>,
    /// What would settle it.
    pub(super) settle: Vec<String>,
    /// Whether an expired certificate was accepted.
    pub(super) expiry_accepted: bool,
    pub(super) steps: Vec<Step>,
}

impl Judgement {
    fn refused(because: impl Into<String>, code: &'static str, steps: Vec<Step>) -> Self {
        Self { code: Some(code), ..Self::new(Verdict::Refused, because, steps) }
    }

    fn new(verdict: Verdict, because: impl Into<String>, steps: Vec<Step>) -> Self {
        Self {
            verdict,
            role: None,
            because: because.into(),
            rule: None,
            span: None,
            code: None,
            settle: Vec::new(),
            expiry_accepted: false,
            steps,
        }
    }
}

/// Judges certificates by the settings of one manifest.
pub(super) struct Judge<'a, 'm> {
    pub(super) settings: &'a Settings<'m>,
}

/// What a thumbprint list says of a certificate.
enum Listed<'s, 'm> {
    No,
    Yes { setting: &'s ListSetting<'m>, entry: usize, verify_chain: bool },
}

impl Judge<'_, '_> {
    /// Whether the rules for a connection admit a certificate at `at`, and as which role.
    pub(super) fn judge(&self, facts: &Facts, connection: Connection, at: Time) -> Judgement {
        let lists = Declared::judging(connection);
        let mut steps: Vec<Step> = lists.iter().map(|&declared| self.list_step(facts, declared)).collect();
        if let Some((declared, code)) = self.unreadable(connection) {
            let list = declared.thumbprints();
            let because = match connection {
                Connection::Node => format!("`{list}` can't be read, so no node opens"),
                Connection::Gateway if declared == Declared::Cluster => {
                    format!("`{list}` can't be read, so no node opens, and no gateway either")
                }
                Connection::Gateway => format!("`{list}` can't be read, so the gateway does not start"),
                Connection::Server => format!("`{list}` can't be read, so the client can't judge any server"),
            };
            return Judgement::refused(because, code, steps);
        }
        let names: Vec<Declared> =
            lists.iter().copied().filter(|&declared| !self.settings.common_names(declared).is_empty()).collect();
        steps.extend(names.iter().map(|&declared| self.names_step(declared)));

        let listed: Vec<(Declared, Listed<'_, '_>)> =
            lists.iter().map(|&declared| (declared, self.listed(facts, declared))).collect();
        let (validity, expiry_accepted) = self.validity_step(facts, connection, at);
        let is_valid = validity.outcome != Outcome::Failed;
        steps.insert(0, validity);

        let is_declared = |declared: &Declared| {
            self.settings.thumbprints_of(*declared).is_some_and(|setting| !setting.list.items.is_empty())
        };
        if !lists.iter().any(is_declared) && names.is_empty() {
            let because = format!("no {} is declared", self.noun(connection));
            return Judgement::refused(because, "CertificateNotMatched", steps);
        }
        if !is_valid {
            let because = if at < facts.not_before {
                format!("it is not valid before {}", facts.not_before)
            } else {
                format!("it expired at {}", facts.not_after)
            };
            return Judgement::refused(because, "CERT_E_EXPIRED", steps);
        }
        // The highest privilege wins, so the admin list is asked first.
        let found = listed.iter().rev().find_map(|(declared, listed)| match listed {
            Listed::Yes { setting, entry, verify_chain } => Some((*declared, setting, *entry, *verify_chain)),
            Listed::No => None,
        });
        let Some((declared, setting, entry, verify_chain)) = found else {
            if names.is_empty() {
                let because = format!("no {} thumbprint is its own", self.noun(connection));
                return Judgement::refused(because, "CertificateNotMatched", steps);
            }
            let sections: Vec<_> = names.iter().map(|declared| format!("`{}`", declared.names_section())).collect();
            let because = format!("only the common names of {} could admit it", sections.join(" and "));
            let mut judgement = Judgement::new(Verdict::Indeterminate, because, steps);
            judgement.settle.push(format!("whether {} admits certificate {}", sections.join(" or "), facts.number));
            return judgement;
        };
        let because = format!("entry {} of `{}`", entry.saturating_add(1), declared.thumbprints());
        let mut judgement = Judgement::new(Verdict::Admitted, because, steps);
        judgement.rule = Some(declared.thumbprints());
        judgement.span = setting.list.items.get(entry).map(|item| setting.parameter.value.span(item.range.clone()));
        judgement.expiry_accepted = expiry_accepted;
        if verify_chain {
            judgement.verdict = Verdict::Indeterminate;
            judgement.because.push_str(" asks for a good chain (`?true`), and chains are not built yet");
            judgement.settle.push(format!("whether the chain of certificate {} is good", facts.number));
            return judgement;
        }
        judgement.role = Some(self.role(connection, declared));
        judgement
    }

    fn role(&self, connection: Connection, declared: Declared) -> Role {
        match connection {
            Connection::Node => Role::ClusterPeer,
            Connection::Server => Role::Server,
            Connection::Gateway if !self.settings.roles_in_effect() => Role::Unrestricted,
            Connection::Gateway if declared == Declared::AdminClient => Role::Admin,
            Connection::Gateway => Role::User,
        }
    }

    fn noun(&self, connection: Connection) -> &'static str {
        match connection {
            Connection::Node => Declared::Cluster.noun(),
            Connection::Gateway => Declared::Client.noun(),
            Connection::Server => Declared::Server.noun(),
        }
    }

    /// The first list that keeps a connection from working at all, with the code that Service Fabric gives.
    pub(super) fn unreadable(&self, connection: Connection) -> Option<(Declared, &'static str)> {
        let needed: &[Declared] = match connection {
            Connection::Node => &[Declared::Cluster],
            Connection::Gateway => &[Declared::Cluster, Declared::Client, Declared::AdminClient],
            Connection::Server => &[Declared::Server],
        };
        needed.iter().find_map(|&declared| {
            let list = &self.settings.thumbprints_of(declared)?.list;
            match list.thumbprints() {
                Some(_) => None,
                None if list.only_commas => Some((declared, "InvalidArgument")),
                None => Some((declared, "FABRIC_E_INVALID_X509_THUMBPRINT")),
            }
        })
    }

    fn listed(&self, facts: &Facts, declared: Declared) -> Listed<'_, '_> {
        let Some(setting) = self.settings.thumbprints_of(declared) else {
            return Listed::No;
        };
        // The first of equal entries counts, with its flag.
        match setting.find(&facts.sha1_bytes()) {
            None => Listed::No,
            Some((entry, verify_chain)) => Listed::Yes { setting, entry, verify_chain },
        }
    }

    fn validity_step(&self, facts: &Facts, connection: Connection, at: Time) -> (Step, bool) {
        let period = format!("valid from {} until {}", facts.not_before, facts.not_after);
        let step = |outcome, detail| Step::new("validity", outcome, detail).at(Some(facts.span.clone()));
        if at < facts.not_before {
            (step(Outcome::Failed, format!("{period}: not yet")), false)
        } else if at < facts.not_after {
            (step(Outcome::Passed, period), false)
        } else if connection == Connection::Node
            && facts.self_issued
            && self.settings.flag(ACCEPT_EXPIRED_SETTING, false)
        {
            let listed = matches!(self.listed(facts, Declared::Cluster), Listed::Yes { .. });
            let outcome = if listed { Outcome::Passed } else { Outcome::Failed };
            (step(outcome, format!("{period}: expired, accepted if self-signed and listed by thumbprint")), listed)
        } else {
            (step(Outcome::Failed, format!("{period}: expired")), false)
        }
    }

    fn list_step(&self, facts: &Facts, declared: Declared) -> Step {
        let name = declared.thumbprints();
        let Some(setting) = self.settings.thumbprints_of(declared) else {
            return Step::new(name, Outcome::Skipped, "not written");
        };
        let value = &setting.parameter.value;
        let at = Some(value.whole());
        let own = facts.sha1_bytes();
        let matched = setting.find(&own);
        let mut steps = Vec::new();
        let mut others = 0_usize;
        for (index, item) in setting.list.items.iter().enumerate() {
            let (outcome, detail) = match &item.thumbprint {
                Err(_) => (Outcome::Failed, String::from("not a thumbprint")),
                Ok(_) if matched.is_some_and(|(entry, _)| entry == index) => {
                    (Outcome::Passed, format!("the thumbprint of certificate {}", facts.number))
                }
                Ok(thumbprint) => {
                    others = others.saturating_add(1);
                    if others > Limits::TRACE_ENTRIES {
                        continue;
                    }
                    (Outcome::Failed, format!("another thumbprint: {}", hexadecimal(&thumbprint.bytes)))
                }
            };
            let span = value.span(item.range.clone());
            steps.push(Step::new(format!("entry {}", index.saturating_add(1)), outcome, detail).at(Some(span)));
        }
        if others > Limits::TRACE_ENTRIES {
            let rest = others.saturating_sub(Limits::TRACE_ENTRIES);
            steps.push(Step::new(format!("{rest} more entries"), Outcome::Failed, "other thumbprints"));
        }
        let (outcome, detail) = match setting.list.thumbprints() {
            None => (Outcome::Failed, String::from("the list can't be read, and one bad entry fails all")),
            Some(set) if set.is_empty() => (Outcome::Skipped, String::from("empty")),
            Some(_) if matched.is_some() => (Outcome::Passed, String::from("an entry matches")),
            Some(set) => (Outcome::Failed, format!("none of {} entries matches", set.len())),
        };
        Step::new(name, outcome, detail).at(at).with(steps)
    }

    fn names_step(&self, declared: Declared) -> Step {
        let names = self.settings.common_names(declared);
        let steps = names.iter().map(|parameter| {
            let label = parameter.name.text();
            Step::new(label, Outcome::Unknown, "common names are not decided yet").at(Some(parameter.span()))
        });
        Step::new(declared.names_section(), Outcome::Unknown, "common names are not decided yet").with(steps)
    }
}
