//! Updates that are refused before they begin, and what their deployer makes of them.
//!
//! What it checks: settings that no upgrade may change; updates that the deployer of standalone clusters refuses; the check
//! before a roll-out; going back.
//! Why it matters: an update that is refused half way through a plan leaves the cluster between two settings.
//! Reference: FabricSettingsValidator.cs:363-384; StandaloneSettingsValidator.cs:155-611; CertificateClusterUpgradeFlow.cs.

use alloc::format;
use alloc::vec::Vec;

use super::{article, presenting, source};
use crate::fabric::manifest::CertificateRole;
use crate::fabric::rollout::Outcome;
use crate::fabric::settings::Settings;
use crate::quote::quote;
use crate::{Finding, Kind, Rule, Severity, Verdict};

const KINDS: &[Kind] = &[Kind::Rollout];

/// Parameters of section `Security` that no upgrade may change (SecurityConfig.h:171,176).
const FIXED: [&str; 2] = ["ClusterCredentialType", "ClusterProtectionLevel"];

/// Parameters of section `Security` with which processes restart (SecurityConfig.h).
const STATIC: [&str; 7] = [
    "ServerAuthCredentialType",
    "ClientRoleEnabled",
    "ClientServerProtectionLevel",
    "UseSecondaryIfNewer",
    "SkipX509CredentialExpirationChecking",
    "CertificateMonitorInterval",
    "AllowDefaultClient",
];

pub(crate) static FORBIDDEN: Rule = Rule {
    id: "upgrade-not-allowed",
    aliases: &[],
    title: "a setting changes that no upgrade may change",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Compares `ClusterCredentialType` and `ClusterProtectionLevel` before and after."),
    why: crate::page!("The deployer refuses the upgrade: its policy for them is \"not allowed\"."),
    bad: crate::page!("ClusterCredentialType from None to X509"),
    good: crate::page!("a new cluster with the other type"),
    citation: source(
        "src/prod/src/managed/Api/src/System/Fabric/Management/fabricvalidator/FabricSettingsValidator.cs:363-384",
    ),
};

pub(crate) static REFUSED: Rule = Rule {
    id: "update-refused",
    aliases: &[],
    title: "the deployer of standalone clusters refuses the update",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!(
        "Asks what the deployer asks of an update of the cluster certificate: how many values change at once, whether the old \
          and the new have one in common, whether they are installed and valid."
    ),
    why: crate::page!("The update ends with the error that the finding names, before anything is rolled out."),
    bad: crate::page!("thumbprints A and B replaced by B and A"),
    good: crate::page!("A and B, then B, then B and C"),
    citation: source(
        "src/prod/src/managed/Api/Dlls/Microsoft.ServiceFabric.DeploymentManager/Common/StandaloneSettingsValidator.cs",
    ),
};

pub(crate) static STEPS: Rule = Rule {
    id: "deployer-steps-differ",
    aliases: &[],
    title: "the deployer would make other steps",
    severity: Severity::Info,
    kinds: KINDS,
    what: crate::page!(
        "Compares the steps that are given with those that the deployer of standalone clusters would make."
    ),
    why: crate::page!(
        "It widens what is accepted, then changes what is presented, then drops the old rules, each a whole roll-out."
    ),
    bad: crate::page!("one roll-out from thumbprint A to thumbprint B"),
    good: crate::page!("three"),
    citation: source(
        "src/prod/src/managed/Api/Dlls/Microsoft.ServiceFabric.ClusterManagementCommon/CertificateClusterUpgradeFlow.cs:54-216",
    ),
};

pub(crate) static GATE: Rule = Rule {
    id: "prevalidation-refuses",
    aliases: &[],
    title: "the check before the roll-out refuses it",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!(
        "Where `EnforcePrevalidationOnSecurityChanges` is true, looks whether one of the certificates that the new presentation \
          rules find passes a new validation rule."
    ),
    why: crate::page!(
        "The roll-out does not begin. The check is made on one node only, so it does not replace a rehearsal."
    ),
    bad: crate::page!("a new ClusterCertificate that no new list names"),
    good: crate::page!("the same, with its thumbprint in the new lists"),
    citation: article("other settings worth mentioning: EnforcePrevalidationOnSecurityChanges"),
};

pub(crate) static GATE_OPEN: Rule = Rule {
    id: "prevalidation-not-certain",
    aliases: &[],
    title: "the check before the roll-out may go either way",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Asks every node what the check would say on it."),
    why: crate::page!(
        "It is made where the Cluster Manager's primary replica runs; that it passes there says nothing of other nodes."
    ),
    bad: crate::page!("a new certificate that is installed in some upgrade domains only"),
    good: crate::page!("the new certificate on every node"),
    citation: article("other settings worth mentioning: EnforcePrevalidationOnSecurityChanges"),
};

pub(crate) static BACK: Rule = Rule {
    id: "rollback-not-safe",
    aliases: &[],
    title: "there is no safe way back",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!(
        "Walks the way back from each step: while it is under way, when it is done, and straight to the beginning."
    ),
    why: crate::page!(
        "A failed upgrade is rolled back by itself, domain by domain, and meets the same mixtures of settings."
    ),
    bad: crate::page!("from {P:{TP=B}, V:{TP=B}} straight back to {P:{TP=A}, V:{TP=A}}"),
    good: crate::page!("back through the steps between, one after the other"),
    citation: source(
        "src/prod/src/managed/Api/Dlls/Microsoft.ServiceFabric.ClusterManagementCommon/CertificateClusterUpgradeFlow.cs",
    ),
};

pub(crate) static RESTART: Rule = Rule {
    id: "upgrade-restarts-nodes",
    aliases: &[],
    title: "a setting changes that restarts the processes of a node",
    severity: Severity::Info,
    kinds: KINDS,
    what: crate::page!("Looks for changed settings whose upgrade policy is \"static\"."),
    why: crate::page!(
        "Lists and names of certificates are applied while a node runs; these are not, so each node is down for a while."
    ),
    bad: crate::page!("`UseSecondaryIfNewer` set in the same roll-out as a new secondary certificate"),
    good: crate::page!("a change of lists alone"),
    citation: source(
        "src/prod/src/managed/Api/src/System/Fabric/Management/fabricvalidator/FabricSettingsValidator.cs:363-384",
    ),
};

/// What settings say of a parameter that no upgrade may change: its default where a whole manifest leaves it out. A fragment
/// need not show it.
fn fixed<'s>(settings: &'s Settings<'s>, name: &str) -> Option<&'s str> {
    let written = settings.security(name).map(|own| own.value.text()).filter(|text| !text.is_empty());
    let default = if name == "ClusterProtectionLevel" { "EncryptAndSign" } else { "None" };
    written.or_else(|| (!settings.manifest().is_fragment).then_some(default))
}

/// The first parameter that no upgrade may change, and that changes: its name, the values, and the settings that change it.
fn forbidden<'s>(settings: &'s [Settings<'s>]) -> Option<(&'static str, &'s str, &'s str, usize)> {
    let pairs = settings.iter().zip(settings.iter().skip(1)).zip(1_usize..);
    pairs.into_iter().find_map(|((before, after), place)| {
        FIXED.iter().find_map(|name| {
            let (old, new) = (fixed(before, name)?, fixed(after, name)?);
            (!old.eq_ignore_ascii_case(new)).then_some((*name, old, new, place))
        })
    })
}

/// Whether settings change that no upgrade may change.
pub(in crate::fabric) fn is_forbidden(settings: &[Settings<'_>]) -> bool {
    forbidden(settings).is_some()
}

/// Findings about the update as a whole.
pub(in crate::fabric) fn check(outcome: &Outcome<'_>) -> Vec<Finding> {
    let answer = outcome.answer;
    let mut findings = Vec::new();
    if let Some((name, old, new, place)) = forbidden(outcome.settings) {
        let message = format!("`{name}` changes from {} to {}, which no upgrade may do", quote(old), quote(new));
        let span = outcome.settings.get(place).and_then(|own| own.security(name)).map(|own| own.value.whole());
        let finding = Finding::new(&FORBIDDEN, message).help("keep it as it is");
        findings.push(match span {
            Some(span) => finding.at(span),
            None => finding,
        });
    }
    for refusal in outcome.refusals {
        let message = format!("a standalone cluster refuses the update: {}: {}", refusal.name(), refusal.because());
        let mut finding = Finding::new(&REFUSED, message)
            .arg("name", refusal.name())
            .help("make the change in smaller updates, and install every certificate first");
        if !outcome.standalone {
            // It is not the one who makes this change.
            finding.severity = Severity::Warning;
        }
        findings.push(finding);
    }
    if let Some(view) = answer.deployer.as_ref().filter(|view| !view.same && view.refusals.is_empty()) {
        let given: Vec<&str> = answer.settings.iter().skip(1).map(|own| own.notation.as_str()).collect();
        let message = format!(
            "the deployer of standalone clusters would make {} steps of it: {}; given are {}: {}",
            view.steps.len(),
            view.steps.join(", then "),
            given.len(),
            given.join(", then ")
        );
        findings.push(Finding::new(&STEPS, message).help("compare them with the plan"));
    }
    for gate in &answer.gates {
        let rule = match gate.verdict {
            Verdict::Admitted => continue,
            Verdict::Refused => &GATE,
            Verdict::Indeterminate => &GATE_OPEN,
        };
        let message = format!("the check before roll-out {}: {}", gate.roll_out, gate.because);
        findings
            .push(Finding::new(rule, message).help("list what the new settings present in the new settings' rules"));
    }
    if outcome.answer.first_unsafe.is_none() {
        for back in answer.rollbacks.iter().filter(|back| back.verdict == Verdict::Refused) {
            let settings = |place: u32| {
                answer.settings.get(place as usize).map_or_else(Default::default, |own| own.notation.clone())
            };
            let half = if back.unfinished { " while it is under way" } else { "" };
            let message = format!(
                "going back from {} to {}{half} is not safe: {}",
                settings(back.from),
                settings(back.to),
                back.because
            );
            findings.push(Finding::new(&BACK, message).help("go back through the steps between, one after the other"));
        }
    }
    findings.extend(outcome.settings.iter().skip(1).flat_map(secondary));
    findings.extend(restart(outcome.settings));
    findings
}

/// Secondary cluster certificates that no node looks at: a rotation by thumbprint presents the new certificate only with
/// `UseSecondaryIfNewer`.
fn secondary(settings: &Settings<'_>) -> Vec<Finding> {
    if settings.flag("UseSecondaryIfNewer", false) {
        return Vec::new();
    }
    let node_types = settings.manifest().node_types.iter();
    let declared = node_types.filter_map(|node_type| node_type.certificate(CertificateRole::Cluster));
    let values = declared.filter_map(|certificate| certificate.find_value_secondary.as_ref());
    let written = values.filter(|value| !value.text().is_empty() && value.document().name() != "plan");
    written
        .map(|value| {
            let message = "the secondary cluster certificate is not presented as long as the primary one can be loaded";
            Finding::new(&presenting::SECONDARY, message)
                .at(value.whole())
                .help("set `UseSecondaryIfNewer` to true, or declare the new certificate as the primary one")
        })
        .collect()
}

fn restart(settings: &[Settings<'_>]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (old, new) in settings.iter().zip(settings.iter().skip(1)) {
        for name in STATIC {
            let text = |own: &Settings<'_>| {
                own.security(name).map(|own| own.value.text().to_ascii_lowercase()).unwrap_or_default()
            };
            let span = new.security(name).or_else(|| old.security(name)).map(|own| own.value.whole());
            if text(old) != text(new)
                && let Some(span) = span.filter(|span| span.document != "plan")
            {
                let message = format!("`{name}` changes, so the processes of each node restart while it is upgraded");
                findings
                    .push(Finding::new(&RESTART, message).at(span).help("plan for one domain being down at a time"));
            }
        }
    }
    findings
}
