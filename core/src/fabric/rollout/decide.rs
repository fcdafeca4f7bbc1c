//! From a case of kind `rollout` to its report.

use alloc::borrow::Cow;
use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use super::answer::{Answer, Settings as ShownSettings};
use super::assess::worse;
use super::documents::Documents;
use super::flips::{self, Starts};
use super::ground::{self, Ground, Holding};
use super::groups::Cluster;
use super::input::{self, Goal, Issuers};
use super::moment::Shelf;
use super::notation::Letters;
use super::plan::{self, Ends};
use super::rehearsal::Rehearsal;
use super::schedule::Move;
use super::update::UpdateRefusal;
use super::walk::Course;
use super::{AFTER, BEFORE, Deployer, Policy, Subject, back, deployer, people, tell};
use crate::chain::{Read, Store, Verifier};
use crate::cost::count;
use crate::fabric::judge::{BOTH_WAYS, Judge};
use crate::fabric::manifest::{self, Manifest, Reading};
use crate::fabric::settings::Settings;
use crate::fabric::{CERTIFICATES, rules};
use crate::{Case, Cost, Document, Report, Severity, Time, Verdict};

/// Everything that was found out, for findings and sentences.
pub(in crate::fabric) struct Outcome<'o> {
    pub(in crate::fabric) answer: &'o Answer,
    pub(in crate::fabric) refusals: &'o [UpdateRefusal],
    /// Whether the deployer of standalone clusters makes the change.
    pub(in crate::fabric) standalone: bool,
    pub(in crate::fabric) settings: &'o [Settings<'o>],
}

/// Decides a case of kind `rollout`.
pub(crate) fn evaluate(case: &Case, policy: &Policy, subject: &Subject, verifier: &mut Verifier) -> Report {
    let documents = Documents::of(policy);
    let readings = documents.read();
    let certificates = Document::new(CERTIFICATES, &subject.certificates);
    let read = Read::new(&certificates, &case.trust);
    let chains = Store::new(&read);
    let holdings = Holding::all(&read, &chains, &subject.facts, &subject.keys);
    let instants = ground::instants(&holdings, &chains);
    let ground = Ground {
        platform: readings.before.manifest.platform.unwrap_or(policy.platform),
        runtime: policy.runtime,
        account: policy.account.as_deref(),
        trust: &case.trust,
        read: &read,
        chains: &chains,
        holdings,
        instants,
    };
    let issuers = Issuers { chains: &chains, roots_known: read.roots_known };
    let cluster = Cluster::of(subject, &readings.before.manifest);

    // Nothing after changes nothing.
    let unchanged = Manifest { is_fragment: true, ..Manifest::default() };
    let has_after = !policy.after.trim().is_empty();
    let after_read = if !has_after { &unchanged } else { &readings.after.manifest };
    // What is rolled out: the settings that are given, or the steps that the deployer makes of them.
    let ends = input::effective(&readings.before.manifest, &readings.later(after_read));
    let end_settings: Vec<Settings<'_>> = ends.iter().map(Settings::read).collect();
    let (Some(first), Some(last)) = (end_settings.first(), end_settings.last()) else {
        return Report::new(case, Verdict::Indeterminate, crate::Answer::Rollout(Answer::default()));
    };
    let flow = deployer::steps(first.manifest(), last.manifest());
    // A configuration in JSON is a goal, and what it becomes is made by a deployer in steps.
    let goal = input::goal(&policy.after);
    let is_standalone = policy.deployer == Deployer::Standalone || goal == Some(Goal::Standalone);
    let makes_steps = (is_standalone || goal.is_some()) && documents.between.is_empty();
    let generated: Vec<(bool, String)> = flow
        .as_ref()
        .filter(|_| makes_steps)
        .and_then(|flow| deployer::generated(flow, first, last))
        .unwrap_or_default();
    let generated_documents: Vec<Document<'_>> =
        generated.iter().map(|(_, text)| Document::new("plan", text)).collect();
    let generated_readings: Vec<Reading<'_>> = generated_documents.iter().map(manifest::read).collect();
    let mut manifests: Vec<Manifest<'_>>;
    let mut names: Vec<Cow<'static, str>> = Vec::from([Cow::Borrowed(BEFORE)]);
    if generated.is_empty() {
        manifests = ends.clone();
        names.extend(documents.between.iter().map(|document| document.name().clone()));
    } else {
        manifests = Vec::from([first.manifest().clone()]);
        for ((new_face, _), reading) in generated.iter().zip(&generated_readings) {
            let base = if *new_face { last.manifest() } else { first.manifest() };
            manifests.push(super::change::applied(base, &reading.manifest));
            names.push(Cow::Borrowed("plan"));
        }
        manifests.push(last.manifest().clone());
    }
    names.push(Cow::Borrowed(AFTER));
    let settings: Vec<Settings<'_>> = manifests.iter().map(Settings::read).collect();
    let judges: Vec<Judge<'_, '_>> = settings.iter().map(|one| input::judge(one, &ground, &issuers)).collect();

    let (mut errors, mut findings) = readings.problems(has_after, ground.platform);
    errors.extend(read.errors());
    findings.extend(read.findings());
    // What the deployer refuses never reaches a node: each of the settings that are rolled out, as they are then.
    for one in end_settings.iter().skip(1).filter(|one| !input::is_same(first.manifest(), one.manifest())) {
        for mut finding in rules::deployment::check(one.manifest(), one) {
            // A fix is offered where it was tried, and a walk is not made again for it.
            finding.fixes.clear();
            if !findings.contains(&finding) {
                findings.push(finding);
            }
        }
    }
    errors.extend(input::limits(policy, subject, &cluster));
    let is_unreadable = !errors.is_empty();

    let start = subject.start.unwrap_or(case.at);
    let moves = Move::sequence(manifests.len(), subject);
    let mut rehearsal = Rehearsal::new(&ground, judges.iter().collect(), &cluster, verifier);
    let refused_by_name =
        |at: Time, open: &mut Vec<String>| deployer::refusals(first, last, &ground, &cluster, at, open);
    let fixed = rules::updating::is_forbidden(&settings) || rules::deployment::refuses(&findings, case.severities());
    let mut courses: Vec<Course> = moves.iter().map(|step| rehearsal.course(step)).collect();
    let overall = |rehearsal: &mut Rehearsal<'_>, courses: &mut [Course], start: Time| -> Verdict {
        if is_unreadable || cluster.groups.is_empty() {
            return Verdict::Indeterminate;
        }
        let mut open = Vec::new();
        if fixed || (is_standalone && makes_steps && !refused_by_name(start, &mut open).is_empty()) {
            return Verdict::Refused;
        }
        rehearsal.start_slot = ground.slot(start);
        let walked = rehearsal.walk_verdict(&moves, courses, start);
        if open.is_empty() { walked } else { worse(walked, Verdict::Indeterminate) }
    };
    let verdict = overall(&mut rehearsal, &mut courses, start);
    rehearsal.start_slot = ground.slot(start);

    let record = rehearsal.record(&moves, &courses, start);
    let walked = &record.moments;
    // No moment that is shown may be worse than the verdict, unless it rests on what can't be read.
    let verdict = match is_unreadable {
        true => verdict,
        false => walked.iter().fold(verdict, |verdict, decided| worse(verdict, decided.verdict)),
    };
    // What is not known of a certificate could make any of its moments good or bad.
    let untold: Vec<String> = match fixed {
        true => Vec::new(),
        false => ground.holdings.iter().flat_map(Holding::untold).collect(),
    };
    let mut open = Vec::new();
    let refusals = refused_by_name(start, &mut open);
    // Whether the deployer makes the change counts where nothing refuses it already.
    if !is_standalone || !makes_steps || verdict == Verdict::Refused {
        open.clear();
    }
    let verdict = if untold.is_empty() { verdict } else { Verdict::Indeterminate };
    let leaves: BTreeSet<usize> = crate::order::set(chains.leaves(rehearsal.verifier));
    let clients = people::clients(subject, &mut rehearsal, &leaves);
    let losses = rehearsal.losses(&clients, walked);
    let mut shelf = Shelf::default();
    let mut letters = Letters::default();
    for judge in &judges {
        letters.state(judge, None);
    }
    let first_unsafe = walked.iter().position(|decided| decided.verdict != Verdict::Admitted).map(count);
    let without = walked.iter().fold(verdict, |verdict, decided| worse(verdict, decided.without));
    let moments = walked.iter().map(|decided| rehearsal.shown(decided, &mut shelf, &mut letters)).collect();
    let shown_settings: Vec<ShownSettings> = names
        .iter()
        .zip(&judges)
        .map(|(document, judge)| ShownSettings { document: document.clone(), notation: letters.state(judge, None) })
        .collect();
    let rollbacks = if is_unreadable { Vec::new() } else { back::rollbacks(&mut rehearsal, &moves, &cluster, start) };
    let refused = is_standalone && makes_steps && !refusals.is_empty();
    let plan =
        if is_unreadable || !untold.is_empty() || !open.is_empty() || fixed || refused || cluster.groups.is_empty() {
            None
        } else {
            let later = subject.installs.iter().filter(|install| install.before > 1);
            let late: BTreeSet<u32> = crate::order::set(later.map(|install| install.certificate));
            let (before_document, after_document) = (&documents.before, &documents.after);
            let ends = Ends { before: first, after: last, before_document, after_document, after_read };
            plan::find(&ends, &ground, &cluster, &issuers, &late, start, rehearsal.verifier)
        };
    let starts = match subject.start {
        Some(_) => Starts::default(),
        None if !untold.is_empty() => Starts::default(),
        None => {
            flips::search(&mut rehearsal, &moves, &cluster, |rehearsal, start| overall(rehearsal, &mut courses, start))
        }
    };
    let view = deployer::view(&refusals, flow.as_deref(), &settings, policy, &mut letters);
    let answer = Answer {
        starts: Some(start),
        ends: Some(record.ends),
        letters: letters.list(),
        settings: shown_settings,
        states: shelf.states,
        ties: shelf.ties,
        domains: cluster.domains.iter().map(|domain| domain.name.clone()).collect(),
        moments,
        first_unsafe,
        without_peer_trust: (without != verdict).then_some(without),
        losses,
        gates: record.gates.clone(),
        deployer: view,
        plan,
        rollbacks,
    };

    let outcome =
        Outcome { standalone: is_standalone && makes_steps, answer: &answer, refusals: &refusals, settings: &settings };
    findings.extend(rules::connecting::check(&outcome));
    findings.extend(rules::loading::check(&answer));
    findings.extend(rules::updating::check(&outcome));
    let absent: Vec<_> = manifests.iter().flat_map(|manifest| input::absent(manifest, &ground)).collect();
    let changes = !input::is_same(first.manifest(), last.manifest()) || !documents.between.is_empty();
    let common = match (judges.first(), judges.last()) {
        (Some(old), Some(new)) => input::has_common(old, new) || rehearsal.accept_one(judges.len(), ground.slot(start)),
        _ => true,
    };
    findings.extend(rules::rehearsing::check(&rules::rehearsing::Given {
        subject,
        cluster: &cluster,
        absent: &absent,
        numbers: crate::order::set(ground.holdings.iter().map(|holding| holding.installed.number)),
        store: ground.holdings.iter().map(|holding| &holding.installed).collect(),
        node_types: crate::order::set(manifests.iter().flat_map(super::groups::node_types)),
        changes,
        common,
        start,
        at: case.at,
        untried: starts.untried,
        validities: ground.holdings.iter().map(|holding| &holding.facts).collect(),
    }));
    if verdict != Verdict::Refused {
        for finding in findings.iter_mut().filter(|finding| finding.severity == Severity::Error) {
            finding.severity = Severity::Warning;
        }
    }
    let mut settle = tell::settle(&rehearsal, walked, is_unreadable, &cluster);
    settle.extend(untold);
    settle.extend(open);
    let trace = tell::trace(&answer, verdict);
    let mut report = Report::new(case, verdict, crate::Answer::Rollout(Answer::default()));
    report.settle = if verdict == Verdict::Indeterminate { settle } else { Vec::new() };
    report.assumptions = tell::assumptions(case, &readings.before.manifest, after_read, &cluster, &clients, subject);
    report.assumptions.extend(
        goal.filter(|_| makes_steps)
            .map(|_| String::from("the configuration is a goal, and its deployer makes the steps")),
    );
    report.assumptions.extend(readings.before.manifest.assumptions.iter().cloned());
    if judges.iter().any(Judge::looks_both_ways) {
        report.assumptions.push(String::from(BOTH_WAYS));
    }
    if record.left_out > 0 {
        report.assumptions.push(tell::left_out(walked.len(), record.left_out));
    }
    report.findings = findings;
    report.errors = errors;
    report.trace = trace;
    report.flips = starts.flips;
    report.cost = Cost {
        bytes: count(case.documents().iter().map(|(_, text)| text.len()).sum()),
        certificates: count(read.count().saturating_add(subject.facts.len())),
        signatures: count(rehearsal.signatures),
        rules: count(rehearsal.asked.len()),
    };
    report.certificates = ground.holdings.iter().map(|holding| holding.facts.clone()).collect();
    report.certificates.truncate(read.subject.certificates.len());
    report.arrange(case);
    if report.has_error() && report.verdict == Verdict::Admitted {
        report.verdict = Verdict::Refused;
    }
    report.summary = tell::summary(&report, &answer);
    report.answer = crate::Answer::Rollout(answer);
    report
}
