//! The way of an application into an enclave, as the article goes it: what is there, what is missing before it may run,
//! and what would happen if it were started now (approval of domains and builds, Fortanix support).

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::claims::{Claims, ImageRole, Source};
use super::{ARTEFACTS, ArtefactFact, Form, enrolment};
use crate::{Finding, Severity};

/// The stages, and what starting now would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Flow {
    /// The stages, in the order in which they are gone through.
    pub stages: Vec<Stage>,
    /// What happens if the application is started now, in a sentence.
    pub started_now: String,
}

/// A stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// Its name, which does not change: `image-approval`.
    pub id: Cow<'static, str>,
    /// Its name for people.
    pub title: Cow<'static, str>,
    /// How far it is.
    pub progress: Progress,
    /// What is there, or what is missing.
    pub detail: String,
}

/// How far a stage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Progress {
    /// It is done, as far as the artefacts say.
    Done,
    /// Somebody has to do something.
    Waiting,
    /// It is wrong or was denied.
    Refused,
    /// Nothing in the case says.
    Unknown,
}

/// What the stages are told from.
struct Known<'a> {
    artefacts: &'a [ArtefactFact],
    findings: &'a [Finding],
    claims: &'a Claims,
}

/// The flow of a case that has anything of the enclave manager's.
pub(super) fn flow(artefacts: &[ArtefactFact], findings: &[Finding], claims: &Claims) -> Option<Flow> {
    let known = Known { artefacts, findings, claims };
    let belongs = [
        Form::Application,
        Form::Build,
        Form::Conversion,
        Form::BuildConversion,
        Form::ConversionResponse,
        Form::Tasks,
        Form::Nodes,
        Form::Enrolment,
    ];
    if !artefacts.iter().any(|artefact| artefact.form.is_some_and(|form| belongs.contains(&form))) {
        return None;
    }
    let (domain, image) = (known.approval(false), known.approval(true));
    let stages = Vec::from([
        known.of(
            "prerequisites",
            "Prerequisites",
            &[Form::Enrolment],
            &["node-cannot-be-deployed", "registry-public"],
            "a private registry, an account of the manager, a subscription that is no free trial, and a quota of cores",
        ),
        known.of(
            "application",
            "Application",
            &[Form::Application],
            &[],
            "the application: names, images, ISVPRODID, ISVSVN, memory, threads",
        ),
        known.certificate(),
        known.of(
            "image",
            "Image",
            &[Form::Build, Form::ConversionResponse],
            &[],
            "the build: registry, tag and MRENCLAVE",
        ),
        stage("domain-approval", "Domain approval", domain),
        stage("image-approval", "Image approval", image.clone()),
        known.node(),
        known.of(
            "run",
            "Run command",
            &[Form::RunCommand, Form::Pod],
            &[],
            "the command or pod that runs the converted image",
        ),
        known.verified(),
        stage(
            "clean-up",
            "Clean-up",
            (
                Progress::Unknown,
                format!(
                    "deleting the resource group removes {} and deregisters the node; the account is deleted in the manager",
                    enrolment::DEPLOYED
                ),
            ),
        ),
    ]);
    let started_now = known.started_now(&stages);
    Some(Flow { stages, started_now })
}

fn stage(id: &'static str, title: &'static str, (progress, detail): (Progress, String)) -> Stage {
    Stage { id: id.into(), title: title.into(), progress, detail }
}

impl Known<'_> {
    /// The artefacts of some forms, by name.
    fn named(&self, forms: &[Form]) -> Vec<&str> {
        let of_form = self.artefacts.iter().filter(|artefact| artefact.form.is_some_and(|form| forms.contains(&form)));
        of_form.map(|artefact| artefact.name.as_str()).collect()
    }

    /// The first error in an artefact; only of these rules, if there are any.
    fn fault(&self, name: &str, rules: &[&str]) -> Option<&Finding> {
        self.findings.iter().find(|finding| {
            let is_here = finding.span.as_ref().is_some_and(|span| span.document.strip_prefix(ARTEFACTS) == Some(name));
            is_here
                && finding.severity == Severity::Error
                && (rules.is_empty() || rules.contains(&finding.rule.as_ref()))
        })
    }

    /// A stage that is done when an artefact of a form is there and has no error.
    fn of(&self, id: &'static str, title: &'static str, forms: &[Form], rules: &[&str], missing: &str) -> Stage {
        let names = self.named(forms);
        let fault = names.iter().find_map(|name| self.fault(name, rules));
        stage(
            id,
            title,
            match (names.first(), fault) {
                (None, _) => (Progress::Unknown, format!("not given: {missing}")),
                (Some(_), Some(fault)) => (Progress::Refused, fault.message.clone()),
                (Some(name), None) => (Progress::Done, format!("in {}", crate::quote::quote(name))),
            },
        )
    }

    fn certificate(&self) -> Stage {
        let claims = self.claims;
        let fault =
            ["certificate-subject-not-allowed", "certificate-path", "rsa-key-too-small", "rsa-key-size-unknown"];
        let found = self.findings.iter().find(|finding| {
            finding.severity == Severity::Error
                && (fault.contains(&finding.rule.as_ref()) || finding.rule == "domain-malformed")
        });
        let said = match (found, claims.domains.first()) {
            (Some(finding), _) => (Progress::Refused, finding.message.clone()),
            (None, Some(domain)) => (Progress::Done, format!("for {}", crate::quote::quote(&domain.value))),
            (None, None) if claims.has_request => {
                (Progress::Waiting, "no domain is asked for: the application gets no certificate".to_string())
            }
            (None, None) => (Progress::Unknown, "not given: domain, issuer, key type and size, paths".to_string()),
        };
        stage("certificate", "Certificate", said)
    }

    /// Whether the build or the domain was approved. Of several tasks the least advanced counts.
    fn approval(&self, is_build: bool) -> (Progress, String) {
        let what = if is_build { "image" } else { "domain" };
        let tasks = || self.claims.approvals.iter().filter(move |approval| approval.value.is_build == is_build);
        if let Some(refused) = tasks().find(|task| matches!(task.value.status.as_str(), "DENIED" | "FAILED")) {
            return (Progress::Refused, format!("the approval of the {what} is {}", refused.value.status));
        }
        if let Some(waiting) = tasks().find(|task| !task.value.is_granted) {
            return (Progress::Waiting, format!("the approval of the {what} is {}", waiting.value.status));
        }
        // Where no task says, the build's own record may.
        let record = self.claims.build_status.iter().filter(|_| is_build).map(|claim| claim.value.as_str());
        match record.min_by_key(|word| (*word == "WHITELISTED", *word == "PENDING")) {
            Some("REJECTED") => return (Progress::Refused, format!("the {what} is REJECTED")),
            Some("PENDING") => return (Progress::Waiting, format!("the {what} is PENDING")),
            Some("WHITELISTED") if tasks().next().is_none() => {
                return (Progress::Done, format!("the {what} is approved (WHITELISTED)"));
            }
            _ => {}
        }
        match tasks().next() {
            Some(_) => (Progress::Done, format!("the {what} is approved")),
            None => (Progress::Unknown, format!("no task says whether the {what} is approved")),
        }
    }

    fn node(&self) -> Stage {
        let nodes = self.named(&[Form::Nodes]);
        let stopped = self
            .findings
            .iter()
            .find(|finding| finding.rule == "node-not-running" && finding.message.starts_with("the node"));
        let said = match (nodes.first(), stopped) {
            (Some(_), Some(stopped)) => (Progress::Waiting, stopped.message.clone()),
            (Some(name), None) => (Progress::Done, format!("enrolled, in {}", crate::quote::quote(name))),
            (None, _) => {
                let plan = self.of(
                    "node",
                    "Node",
                    &[Form::Enrolment],
                    &[],
                    "the node: region, name, access, size, disk, join token",
                );
                match plan.progress {
                    Progress::Done => (Progress::Waiting, format!("to be deployed: {}", enrolment::DEPLOYED)),
                    other => (other, plan.detail),
                }
            }
        };
        stage("node", "Node", said)
    }

    /// Whether what runs is what was approved, on a node of the same account.
    fn verified(&self) -> Stage {
        let wrong = ["running-other-enclave", "node-other-account"];
        let fault = self.findings.iter().find(|finding| wrong.contains(&finding.rule.as_ref()));
        let runs = self.claims.running.iter().find(|running| running.value.runs);
        let is_approved = self.claims.mrenclave.iter().any(|claim| claim.source <= Source::Build);
        let said = match (fault, runs) {
            (Some(fault), _) => (Progress::Refused, fault.message.clone()),
            (None, Some(_)) if !is_approved || self.claims.accounts.is_empty() => {
                let what = "it runs; whether it is the approved one of this account needs the build and the account";
                (Progress::Unknown, what.to_string())
            }
            (None, Some(running)) => {
                (Progress::Done, format!("the approved enclave runs on {}", crate::quote::quote(&running.value.node)))
            }
            (None, None) => (Progress::Unknown, "not given: the node's record with its applications".to_string()),
        };
        stage("verify", "Verified", said)
    }

    fn started_now(&self, stages: &[Stage]) -> String {
        let progress = |id: &str| stages.iter().find(|stage| stage.id == id).map(|stage| stage.progress);
        let is_unprotected = self.findings.iter().any(|finding| finding.rule == "run-unprotected-image");
        if is_unprotected {
            return "the unprotected image runs, outside of any enclave".into();
        }
        if self.findings.iter().any(|finding| finding.rule == "run-other-image") {
            return "another image runs than the one that was approved".into();
        }
        if progress("run") == Some(Progress::Refused) {
            return "the command does not start the application as meant".into();
        }
        if progress("node") != Some(Progress::Done) {
            return "nothing can be said to run: no enrolled, running node is given".into();
        }
        if !self.claims.images.iter().any(|image| image.value.0 == ImageRole::Run) {
            return "nothing is started: no command or pod is given".into();
        }
        match (progress("image-approval"), progress("domain-approval")) {
            (Some(Progress::Done), Some(Progress::Done)) => {
                "the application runs, and gets its certificate once the node has attested it".into()
            }
            (Some(Progress::Done), Some(Progress::Unknown)) => {
                "the application runs; whether it gets a certificate depends on the domain's approval, which is not given"
                    .into()
            }
            (Some(Progress::Done), _) => "the application runs without a certificate: its domain is not approved".into(),
            (Some(Progress::Unknown), _) => {
                "not known: without the image's approval the certificate is refused and the application does not run".into()
            }
            _ => "the certificate is refused and the application does not run: its image is not approved".into(),
        }
    }
}
