//! Deciding a case of kind `pool`.

mod step;
mod verdict;

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::answer::{self, Answer};
use super::context::{Context, Pool};
use super::template::{self, Form};
use super::version::Version;
use super::{CONFIGURATION, Method, PARAMETERS, Policy, Subject, conform, rules};
use crate::arm::resources::{Resource, given};
use crate::arm::setting::Setting;
use crate::certificate::check_private_keys;
use crate::{Case, Cost, Document, Error, Kind, Limits, Outcome, Report, Step, Verdict, json, placeholder};

/// Decides a case of kind `pool`.
pub(crate) fn evaluate(case: &Case, policy: &Policy, subject: &Subject) -> Report {
    let mut report = decide(case, policy, subject);
    try_fixes(case, &mut report);
    report
}

fn decide(case: &Case, policy: &Policy, subject: &Subject) -> Report {
    let document = Document::new(CONFIGURATION, &subject.configuration);
    let mut cx = Context::new(&document, policy);
    let mut answer = Answer::default();
    let mut steps = Vec::new();
    let mut errors = Vec::new();
    match read(subject, &document, &mut cx, &mut answer, &mut steps) {
        Ok(()) => cx.findings.extend(placeholder::check(&document).chain(check_private_keys(&document))),
        Err(error) => errors.push(error),
    }
    if cx.findings.len() >= Limits::POOL_FINDINGS {
        let found = String::from("more");
        let expected = format!("at most {} findings", Limits::POOL_FINDINGS);
        errors.push(Error::new(crate::ErrorKind::Limit, expected, found, document.span(0..0)));
    }
    let bytes = subject.configuration.len().saturating_add(subject.parameters.len());
    let cost = Cost { bytes: count(bytes), rules: cx.rules, ..Cost::default() };
    let mut report = Report {
        admit: Report::VERSION,
        engine: Cow::Borrowed(env!("CARGO_PKG_VERSION")),
        kind: Kind::Pool,
        title: case.title.clone(),
        at: case.at,
        verdict: Verdict::Admitted,
        summary: String::new(),
        diagnosis: None,
        settle: Vec::new(),
        assumptions: cx.assumptions.into_iter().collect(),
        answer: crate::Answer::Pool(answer),
        findings: cx.findings,
        off: Vec::new(),
        errors,
        trace: Step::new("pool", Outcome::Noted, ""),
        flips: Vec::new(),
        certificates: Vec::new(),
        cost,
    };
    report.arrange(case);
    verdict::conclude(&mut report, case, &cx.doubts, steps);
    report
}

/// Reads the configuration and judges each of its pools.
fn read(
    subject: &Subject,
    document: &Document<'_>,
    cx: &mut Context<'_>,
    answer: &mut Answer,
    steps: &mut Vec<Step>,
) -> Result<(), Error> {
    let json = json::read(document)?;
    let given = if subject.parameters.is_empty() {
        Vec::new()
    } else {
        given(&Setting::literal(&json::read(&Document::new(PARAMETERS, &subject.parameters))?.root))
    };
    let (found, scope) = template::find(document, &json, given)?;
    answer.form = Some(found.form);
    let is_template = matches!(found.form, Form::Template | Form::Resource);
    rules::shape::text::check_text(&json, is_template, cx);
    rules::template::check(&scope.faults, cx);
    for name in &scope.defaults {
        cx.assumptions.insert(format!("parameter {} has its default value", crate::quote::quote(name)));
    }
    let is_environment = |resource: &&Resource| resource.kind == rules::monitoring::ENVIRONMENT;
    let environments: Vec<&Setting> = found.resources.iter().filter(is_environment).map(|of| &of.setting).collect();
    let pools: Vec<&Resource> = found.resources.iter().filter(|of| !is_environment(of)).collect();
    // A resource whose type isn't known may be a pool as well as anything else.
    let (pools, others): (Vec<&Resource>, Vec<&Resource>) =
        pools.into_iter().partition(|of| of.kind.ends_with("sessionpools"));
    for other in others.iter().filter(|of| of.kind.is_empty() || of.kind == "microsoft.resources/deployments") {
        cx.need(
            &rules::shape::DROPPED,
            format!("what the resource in line {} deploys", cx.span(&other.setting.range).line),
        );
    }
    if pools.is_empty() && others.is_empty() || (pools.is_empty() && cx.doubts.is_empty()) {
        let found = "none";
        let span = document.span(0..0);
        let expected = "a resource of type `Microsoft.App/sessionPools`";
        return Err(Error::new(crate::ErrorKind::Missing, expected, found, span));
    }
    if pools.len() > Limits::POOLS {
        let expected = format!("at most {} session pools", Limits::POOLS);
        return Err(Error::new(crate::ErrorKind::Limit, expected, format!("{}", pools.len()), document.span(0..0)));
    }
    steps.extend(step::expressions(&scope, document));
    for resource in pools {
        one(subject, resource, is_template, &environments, cx, answer, steps);
    }
    Ok(())
}

/// The rules of one family.
type Family<'f> = &'f dyn Fn(&Pool<'_>, &mut Context<'_>);

/// Judges one pool.
fn one(
    subject: &Subject,
    resource: &Resource,
    is_template: bool,
    environments: &[&Setting],
    cx: &mut Context<'_>,
    answer: &mut Answer,
    steps: &mut Vec<Step>,
) {
    let setting = &resource.setting;
    let span = cx.span(&setting.range);
    let name = setting.get("name").filter(|name| !name.secure).and_then(Setting::text);
    let label =
        name.map_or_else(|| "a session pool".to_string(), |name| format!("session pool {}", crate::quote::quote(name)));
    if let Some(condition) = &resource.condition {
        if condition.boolean() == Some(false) {
            steps.push(Step::new(label, Outcome::Skipped, "its condition is false").at(Some(span)));
            return;
        }
        cx.assumptions.insert(format!("the condition of {label} holds"));
    }
    if let Some(parent) = setting.get("properties").filter(|properties| properties.missing().is_some()) {
        cx.doubt(&rules::shape::DROPPED, "properties", parent);
    }
    let properties = setting.get("properties").unwrap_or(setting);
    let written = setting.get("apiVersion");
    let patch = match subject.method {
        Some(method) => method == Method::Patch,
        None => !is_template && setting.get("location").is_none(),
    };
    if subject.method.is_none() && !is_template {
        let method = if patch { "PATCH, since it has no `location`" } else { "PUT, since it has a `location`" };
        cx.assumptions.insert(format!("the request is a {method}"));
    }
    let custom = match properties.get("containerType") {
        Some(kind) => kind.text().map(|kind| kind.eq_ignore_ascii_case("CustomContainer")),
        None => properties.get("customContainerTemplate").map(|_| true),
    };
    let mut pool =
        Pool { resource: setting, properties, template: is_template, patch, version: Version::NEWEST, custom };
    let named = written.and_then(Setting::text).or(resource.api_version.as_deref()).or(subject.api_version.as_deref());
    pool.version = match named {
        Some(named) => match rules::shape::check_version(named, written, cx) {
            Some(version) => version,
            None => nearest_version(pool, cx),
        },
        None => {
            if let Some(written) = written {
                cx.doubt(&rules::shape::DROPPED, "apiVersion", written);
            }
            let version = nearest_version(pool, cx);
            cx.assumptions.insert(format!("the API version is {}, the newest that fits best", version.name()));
            version
        }
    };
    rules::placement::check_type(setting, &resource.kind, cx);
    let monitoring = |pool: &Pool<'_>, cx: &mut Context<'_>| rules::monitoring::check(pool, environments, cx);
    let families: [(&str, Family<'_>); 10] = [
        ("shape", &conform::check),
        ("what has to be there", &rules::placement::check),
        ("life", &rules::life::check),
        ("network", &rules::network::check),
        ("identity", &rules::identity::check),
        ("secrets", &rules::secrets::check),
        ("registry", &rules::registry::check),
        ("scale", &rules::scale::check),
        ("containers", &rules::container::check),
        ("monitoring", &monitoring),
    ];
    let mut children = Vec::new();
    for (name, check) in families {
        let (before, doubts) = (cx.findings.len(), cx.doubts.clone());
        check(&pool, cx);
        children.push(step::step(name, cx.findings.get(before..).unwrap_or_default(), cx.doubts.difference(&doubts)));
    }
    let detail = format!("judged by version {}", pool.version.name());
    steps.push(Step::new(label, Outcome::Noted, detail).at(Some(span.clone())).with(children));
    answer.pools.push(answer::summary(&pool, span));
}

/// The newest version in which the least is wrong, where none is given that is known.
fn nearest_version(pool: Pool<'_>, cx: &Context<'_>) -> Version {
    let misfits = |version: Version| {
        let mut trial = Context::new(cx.document, cx.policy);
        conform::check(&Pool { version, ..pool }, &mut trial);
        trial.findings.len()
    };
    Version::newest_first().min_by_key(|version| misfits(*version)).unwrap_or(Version::NEWEST)
}

/// Evaluates the edited case of each fix, so that only what was tried is offered.
fn try_fixes(case: &Case, report: &mut Report) {
    let mut tried: BTreeMap<Vec<(u32, String)>, Option<Verdict>> = BTreeMap::new();
    for fix in report.findings.iter_mut().flat_map(|finding| finding.fixes.iter_mut()) {
        let key = fix.edits.iter().map(|edit| (edit.span.start, edit.text.clone())).collect();
        let count = tried.len();
        fix.then = *tried.entry(key).or_insert_with(|| {
            let edited = if count < Limits::TRIED_FIXES { case.edited(fix) } else { None };
            let edited = edited?;
            match &edited.question {
                crate::Question::Pool(policy, subject) => Some(decide(&edited, policy, subject).verdict),
                _ => None,
            }
        });
    }
    for finding in &mut report.findings {
        finding.fixes.retain(|fix| fix.then.is_some());
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
