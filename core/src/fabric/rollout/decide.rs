//! From a case of kind `rollout` to its report.

use alloc::borrow::Cow;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::answer::{Answer, DeployerView, Gate, Rollback, Settings as ShownSettings};
use super::assess::worse;
use super::deployer;
use super::flow::FlowStep;
use super::ground::{self, Ground, Holding};
use super::groups::Cluster;
use super::input::{self, Goal, Issuers};
use super::moment::{Decided, Shelf};
use super::notation::Letters;
use super::people;
use super::plan::{self, Ends};
use super::rehearsal::Rehearsal;
use super::schedule::{Move, Version};
use super::update::UpdateRefusal;
use super::walk::Course;
use super::widen::Acceptance;
use super::{AFTER, BEFORE, Deployer, Policy, STEPS, Subject, tell};
use crate::chain::{Read, Store, Verifier};
use crate::cost::count;
use crate::fabric::judge::Judge;
use crate::fabric::manifest::{self, Manifest, Reading};
use crate::fabric::settings::Settings;
use crate::fabric::{CERTIFICATES, rules};
use crate::{Case, Cost, Document, Error, ErrorKind, Flip, Limits, Report, Severity, Time, Verdict};

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
    let before = Document::new(BEFORE, &policy.before);
    let after = Document::new(AFTER, &policy.after);
    let between: Vec<Document<'_>> = (1_u32..)
        .zip(policy.steps.iter().take(Limits::ROLLOUT_STEPS))
        // An empty one changes nothing, and is not rolled out.
        .filter(|(_, text)| !text.trim().is_empty())
        .map(|(number, text)| Document::new(format!("{STEPS}{number}"), text))
        .collect();
    let readings = (manifest::read(&before), manifest::read(&after));
    let steps: Vec<Reading<'_>> = between.iter().map(manifest::read).collect();
    let certificates = Document::new(CERTIFICATES, &subject.certificates);
    let read = Read::new(&certificates, &case.trust);
    let chains = Store::new(&read);
    let holdings = Holding::all(&read, &chains, &subject.facts, &subject.keys);
    let instants = ground::instants(&holdings, &chains);
    let ground = Ground {
        platform: readings.0.manifest.platform.unwrap_or(policy.platform),
        runtime: policy.runtime,
        account: policy.account.as_deref(),
        trust: &case.trust,
        read: &read,
        chains: &chains,
        holdings,
        instants,
    };
    let issuers = Issuers { chains: &chains, roots_known: read.roots_known };
    let cluster = Cluster::of(subject, &readings.0.manifest);

    // Nothing after changes nothing.
    let unchanged = Manifest { is_fragment: true, ..Manifest::default() };
    let after_read = if policy.after.trim().is_empty() { &unchanged } else { &readings.1.manifest };
    // What is rolled out: the settings that are given, or the steps that the deployer makes of them.
    let mut later: Vec<&Manifest<'_>> = steps.iter().map(|reading| &reading.manifest).collect();
    later.push(after_read);
    let ends = input::effective(&readings.0.manifest, &later);
    let end_settings: Vec<Settings<'_>> = ends.iter().map(Settings::read).collect();
    let (Some(first), Some(last)) = (end_settings.first(), end_settings.last()) else {
        return Report::new(case, Verdict::Indeterminate, crate::Answer::Rollout(Answer::default()));
    };
    let flow = deployer::steps(first.manifest(), last.manifest());
    // A configuration in JSON is a goal, and what it becomes is made by a deployer in steps.
    let goal = input::goal(&policy.after);
    let is_standalone = policy.deployer == Deployer::Standalone || goal == Some(Goal::Standalone);
    let makes_steps = (is_standalone || goal.is_some()) && between.is_empty();
    let generated: Vec<(bool, String)> =
        flow.as_ref().filter(|_| makes_steps).and_then(|flow| generated(flow, first, last)).unwrap_or_default();
    let generated_documents: Vec<Document<'_>> =
        generated.iter().map(|(_, text)| Document::new("plan", text)).collect();
    let generated_readings: Vec<Reading<'_>> = generated_documents.iter().map(manifest::read).collect();
    let mut manifests: Vec<Manifest<'_>>;
    let mut names: Vec<Cow<'static, str>> = Vec::from([Cow::Borrowed(BEFORE)]);
    if generated.is_empty() {
        manifests = ends.clone();
        names.extend(between.iter().map(|document| document.name().clone()));
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

    let mut errors: Vec<Error> = Vec::new();
    let mut findings = Vec::new();
    for reading in [readings.0.clone(), readings.1.clone()].into_iter().chain(steps.iter().cloned()) {
        errors.extend(reading.errors);
        findings.extend(reading.findings);
    }
    // An empty document after changes nothing, which is a finding, not an error.
    if policy.after.trim().is_empty() {
        errors.retain(|error| error.span.document != AFTER);
        findings.retain(|finding| finding.span.as_ref().is_none_or(|span| span.document != AFTER));
    }
    // A fragment shows the changed values, which is what it is for.
    findings.retain(|finding| {
        let is_after = finding.span.as_ref().is_some_and(|span| span.document != BEFORE);
        !(is_after && finding.rule == manifest::MANIFEST_FRAGMENT.id)
    });
    errors.extend(read.errors());
    findings.extend(read.findings());
    errors.extend(limits(policy, subject, &cluster));
    let is_unreadable = !errors.is_empty();

    let start = subject.start.unwrap_or(case.at);
    let moves = moves(manifests.len(), subject);
    let mut rehearsal = Rehearsal::new(&ground, judges.iter().collect(), &cluster, verifier);
    let refused_by_name = |at: Time| deployer::refusals(first, last, &ground, &cluster, at);
    let fixed = rules::updating::is_forbidden(&settings) || rules::deployment::refuses(&findings, case.severities());
    let mut courses: Vec<Course> = moves.iter().map(|step| rehearsal.course(step)).collect();
    let overall = |rehearsal: &mut Rehearsal<'_>, courses: &mut [Course], start: Time| -> Verdict {
        if is_unreadable || cluster.groups.is_empty() {
            return Verdict::Indeterminate;
        }
        if fixed || (is_standalone && makes_steps && !refused_by_name(start).is_empty()) {
            return Verdict::Refused;
        }
        rehearsal.start_slot = ground.slot(start);
        walk_verdict(rehearsal, &moves, courses, start)
    };
    let verdict = overall(&mut rehearsal, &mut courses, start);
    rehearsal.start_slot = ground.slot(start);

    let mut walked: Vec<Decided> = Vec::new();
    let mut gates: Vec<Gate> = Vec::new();
    let mut now = start;
    for (step, course) in moves.iter().zip(&courses) {
        gates.extend(rehearsal.gate(step, now));
        for stretch in rehearsal.stretches(course, now) {
            // What is as it was a moment ago is not shown again.
            let slot = ground.slot(stretch.at);
            let is_same = walked.last().is_some_and(|last: &Decided| {
                last.step == *step && last.stretch.parties == stretch.parties && ground.slot(last.stretch.at) == slot
            });
            if is_same || walked.len() >= Limits::ROLLOUT_MOMENTS {
                continue;
            }
            let assessed = rehearsal.assess(&stretch.parties, slot);
            let (own, without) = (rehearsal.overall(&assessed), rehearsal.overall_without(&assessed));
            walked.push(Decided { stretch, step: step.clone(), assessed, verdict: own, without });
        }
        now = now.plus(course.duration);
    }
    let leaves: BTreeSet<usize> = chains.leaves(rehearsal.verifier).into_iter().collect();
    let clients = people::clients(subject, &mut rehearsal, &leaves);
    let losses = rehearsal.losses(&clients, &walked);
    let mut shelf = Shelf::default();
    let mut letters = Letters::default();
    for judge in &judges {
        letters.state(judge, None);
    }
    let first_unsafe = walked.iter().position(|decided| decided.verdict != Verdict::Admitted).map(count);
    let without = walked.iter().fold(verdict, |verdict, decided| worse(verdict, decided.without));
    let moments = walked.iter().map(|decided| rehearsal.shown(decided, &mut shelf, &mut letters)).collect();
    let refusals = refused_by_name(start);
    let shown_settings: Vec<ShownSettings> = names
        .iter()
        .zip(&judges)
        .map(|(document, judge)| ShownSettings { document: document.clone(), notation: letters.state(judge, None) })
        .collect();
    let rollbacks = if is_unreadable { Vec::new() } else { rollbacks(&mut rehearsal, &moves, &cluster, start) };
    let refused = is_standalone && makes_steps && !refusals.is_empty();
    let plan = if is_unreadable || fixed || refused || cluster.groups.is_empty() {
        None
    } else {
        let late: BTreeSet<u32> =
            subject.installs.iter().filter(|install| install.before > 1).map(|install| install.certificate).collect();
        let (before_document, after_document) = (&before, &after);
        let ends = Ends { before: first, after: last, before_document, after_document, after_read };
        plan::find(&ends, &ground, &cluster, &issuers, &late, start, rehearsal.verifier)
    };
    let flips = match subject.start {
        Some(_) => Vec::new(),
        None => flips(&mut rehearsal, &moves, &cluster, |rehearsal, start| overall(rehearsal, &mut courses, start)),
    };
    let view = view(&refusals, flow.as_deref(), &settings, policy, &mut letters);
    let answer = Answer {
        starts: Some(start),
        ends: Some(now),
        letters: letters.list(),
        settings: shown_settings,
        states: shelf.states,
        ties: shelf.ties,
        domains: cluster.domains.iter().map(|domain| domain.name.clone()).collect(),
        moments,
        first_unsafe,
        without_peer_trust: (without != verdict).then_some(without),
        losses,
        gates,
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
    let changes = !input::is_same(first.manifest(), last.manifest()) || !between.is_empty();
    let common = match (judges.first(), judges.last()) {
        (Some(old), Some(new)) => input::has_common(old, new) || rehearsal.accept_one(judges.len(), ground.slot(start)),
        _ => true,
    };
    findings.extend(rules::rehearsing::check(&rules::rehearsing::Given {
        subject,
        cluster: &cluster,
        absent: &absent,
        numbers: ground.holdings.iter().map(|holding| holding.installed.number).collect(),
        node_types: manifests.iter().flat_map(super::groups::node_types).collect(),
        changes,
        common,
        start,
        at: case.at,
        validities: ground.holdings.iter().map(|holding| &holding.facts).collect(),
    }));
    if verdict != Verdict::Refused {
        for finding in findings.iter_mut().filter(|finding| finding.severity == Severity::Error) {
            finding.severity = Severity::Warning;
        }
    }
    let settle = tell::settle(&rehearsal, &walked, is_unreadable, &cluster);
    let trace = tell::trace(&answer, verdict);
    let mut report = Report::new(case, verdict, crate::Answer::Rollout(Answer::default()));
    report.settle = if verdict == Verdict::Indeterminate { settle } else { Vec::new() };
    report.assumptions = tell::assumptions(case, &readings.0.manifest, after_read, &cluster, &clients, subject);
    report.assumptions.extend(
        goal.filter(|_| makes_steps)
            .map(|_| String::from("the configuration is a goal, and its deployer makes the steps")),
    );
    report.assumptions.extend(readings.0.manifest.assumptions.iter().cloned());
    report.findings = findings;
    report.errors = errors;
    report.trace = trace;
    report.flips = flips;
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

/// The verdict of a walk: every move, and the check before each roll-out.
fn walk_verdict(rehearsal: &mut Rehearsal<'_>, moves: &[Move], courses: &mut [Course], start: Time) -> Verdict {
    let mut now = start;
    let mut worst = Verdict::Admitted;
    for (step, course) in moves.iter().zip(courses) {
        if rehearsal.gate(step, now).is_some_and(|gate| gate.verdict == Verdict::Refused) {
            return Verdict::Refused;
        }
        worst = worse(worst, rehearsal.verdict_of(course, now));
        if worst == Verdict::Refused {
            return worst;
        }
        now = now.plus(course.duration);
    }
    worst
}

/// The moves from one settings to the next, with the installations that come before a roll-out.
fn moves(settings: usize, subject: &Subject) -> Vec<Move> {
    let absent_in = |roll_out: u32| -> BTreeSet<u32> {
        subject.installs.iter().filter(|install| install.before > roll_out).map(|install| install.certificate).collect()
    };
    let mut moves = Vec::new();
    for (to, roll_out) in (1..settings).zip(1_u32..) {
        let from = to.saturating_sub(1);
        let (earlier, absent) = (absent_in(roll_out.saturating_sub(1).max(1)), absent_in(roll_out));
        if earlier != absent {
            let before = Version { settings: from, absent: earlier };
            moves.push(Move { from: before, to: Version { settings: from, absent: absent.clone() }, roll_out });
        }
        let before = Version { settings: from, absent: absent.clone() };
        moves.push(Move { from: before, to: Version { settings: to, absent }, roll_out });
    }
    moves
}

/// The settings of the deployer's steps but the last, as fragments: whether each presents as the settings after do.
fn generated(flow: &[FlowStep], before: &Settings<'_>, after: &Settings<'_>) -> Option<Vec<(bool, String)>> {
    let both = Acceptance::of(before)?.with(&Acceptance::of(after)?, None);
    let current = deployer::cluster_certificates(before.manifest());
    let mut fragments = Vec::new();
    for step in flow.iter().take(flow.len().saturating_sub(1)) {
        let new_face = step.presented != current;
        fragments.push((new_face, both.fragment(if new_face { after } else { before })));
    }
    Some(fragments)
}

/// Going back from each roll-out: while it is under way, when it is done, and from later ones straight to the beginning.
fn rollbacks(rehearsal: &mut Rehearsal<'_>, moves: &[Move], cluster: &Cluster, start: Time) -> Vec<Rollback> {
    let mut rollbacks = Vec::new();
    let mut now = start;
    for step in moves {
        let end = now.plus(step.duration(cluster));
        if step.installs() {
            continue;
        }
        let mut add = |to: &Version, unfinished: bool, verdict: Verdict| {
            let because = match verdict {
                Verdict::Admitted => "every pair of nodes stays connected",
                Verdict::Refused => "nodes with the one and the other settings are not connected",
                Verdict::Indeterminate => "whether every pair stays connected depends on facts that are not known",
            };
            rollbacks.push(Rollback {
                from: count(step.to.settings),
                to: count(to.settings),
                unfinished,
                verdict,
                because: String::from(because),
            });
        };
        // Half way the nodes meet in the mixtures of the way there, only later.
        let halfway = rehearsal.verdict(step, end);
        add(&step.from, true, halfway);
        let back = |to: Version| Move { from: step.to.clone(), to, roll_out: step.roll_out };
        let done = rehearsal.verdict(&back(step.from.clone()), end);
        add(&step.from, false, done);
        if step.from.settings > 0 {
            let first = Version { settings: 0, absent: step.to.absent.clone() };
            let all = rehearsal.verdict(&back(first.clone()), end);
            add(&first, false, all);
        }
        now = end;
    }
    rollbacks
}

/// The starts at which the verdict changes. It can only change where a moment of the walk meets an instant of a certificate,
/// or the end of the time in which nodes have not searched their store again.
fn flips(
    rehearsal: &mut Rehearsal<'_>,
    moves: &[Move],
    cluster: &Cluster,
    mut overall: impl FnMut(&mut Rehearsal<'_>, Time) -> Verdict,
) -> Vec<Flip> {
    let mut offsets: BTreeSet<i64> = BTreeSet::from([0]);
    let mut intervals: BTreeSet<i64> = BTreeSet::from([0]);
    let mut began = 0_i64;
    for step in moves {
        for beat in step.beats(cluster) {
            offsets.extend([began.saturating_add(beat.at), began.saturating_add(beat.until)]);
        }
        began = began.saturating_add(step.duration(cluster));
    }
    for state in 0..rehearsal.states.len() {
        intervals.insert(rehearsal.monitor_interval(state));
    }
    let mut starts: BTreeSet<Time> = BTreeSet::new();
    for (instant, _) in &rehearsal.ground.instants {
        for interval in &intervals {
            for offset in &offsets {
                let at = instant.plus(interval.saturating_sub(*offset));
                starts.extend([at, at.plus(1)]);
            }
        }
    }
    if starts.len() > Limits::ROLLOUT_FLIPS {
        return Vec::new();
    }
    let mut flips = Vec::new();
    let mut verdict = overall(rehearsal, Time::MIN);
    for start in starts {
        let after = overall(rehearsal, start);
        if after != verdict {
            verdict = after;
            let because = String::from("started then, the roll-out meets a certificate that expires or begins");
            flips.push(Flip::new(start, verdict, because));
        }
    }
    flips
}

/// What the deployer of standalone clusters makes of it.
fn view(
    refusals: &[UpdateRefusal],
    flow: Option<&[FlowStep]>,
    settings: &[Settings<'_>],
    policy: &Policy,
    letters: &mut Letters,
) -> Option<DeployerView> {
    if refusals.is_empty() && flow.is_none() && policy.deployer == Deployer::Manifest {
        return None;
    }
    let steps: Vec<String> = flow.unwrap_or_default().iter().map(|step| deployer::notation(step, letters)).collect();
    let given = settings.iter().skip(1).map(|own| deployer::cluster_certificates(own.manifest()));
    let presented: Vec<_> = flow.unwrap_or_default().iter().map(|step| step.presented.clone()).collect();
    let same = flow.is_none() || given.eq(presented);
    let refusals = refusals.iter().map(|refusal| Cow::Borrowed(refusal.name())).collect();
    Some(DeployerView { refusals, steps, same })
}

fn limits(policy: &Policy, subject: &Subject, cluster: &Cluster) -> Vec<Error> {
    let mut errors = Vec::new();
    let mut check = |most: usize, found: usize, what: &str, document: &'static str| {
        if found > most {
            let span = Document::new(document, "").span(0..0);
            errors.push(Error::new(ErrorKind::Limit, format!("at most {most} {what}"), found.to_string(), span));
        }
    };
    check(Limits::ROLLOUT_STEPS, policy.steps.len(), "entries in `policy.steps`", "policy.steps");
    check(Limits::STATED_CERTIFICATES, subject.facts.len(), "certificates in `subject.facts`", "subject.facts");
    check(Limits::ROLLOUT_CLIENTS, subject.clients.len(), "entries in `subject.clients`", "subject.clients");
    let domains = Limits::ROLLOUT_DOMAINS.saturating_add(cluster.cut);
    check(
        Limits::ROLLOUT_DOMAINS,
        if cluster.cut > 0 { domains } else { 0 },
        "entries in `subject.domains`",
        "subject.domains",
    );
    errors
}
