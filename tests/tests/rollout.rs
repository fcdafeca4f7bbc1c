//! Kind `rollout`: the article's states one by one, plans that hold when they are walked as they are printed, and scale.

use admit_core::fabric::rollout::{Answer, Plan};
use admit_core::{Case, Question, Report, Verdict, evaluate};
use admit_tests::folder;

fn answer(report: &Report) -> &Answer {
    let admit_core::Answer::Rollout(answer) = &report.answer else { panic!("another answer") };
    answer
}

fn case(name: &str) -> Case {
    let found = folder::all().into_iter().find(|folder| folder.name == format!("rollout/{name}"));
    found.unwrap_or_else(|| panic!("no case rollout/{name}")).case
}

/// The states of the first and the last domain each time that a domain of a roll-out is done.
fn states(answer: &Answer, roll_out: u32) -> Vec<(String, String)> {
    let notation = |states: &Vec<u32>| -> String {
        let all: Vec<&str> = states.iter().map(|state| answer.states[*state as usize].notation.as_str()).collect();
        all.join(" and ")
    };
    let moments = answer.moments.iter().filter(|moment| moment.roll_out == roll_out && !moment.half);
    let mut seen: Vec<(String, String)> = Vec::new();
    for moment in moments {
        let ends = (notation(&moment.domain_states[0]), notation(moment.domain_states.last().unwrap()));
        if seen.last() != Some(&ends) {
            seen.push(ends);
        }
    }
    seen
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(first, last)| ((*first).to_owned(), (*last).to_owned())).collect()
}

#[test]
fn the_rotation_of_the_article_state_by_state() {
    let report = evaluate(&case("article-rotation"));
    let answer = answer(&report);
    let (a, ab, both) = ("{P:{TP=A}, V:{TP=A}}", "{P:{TP=A}, V:{TP=A, TP=B}}", "{P:{TP=A, TP=B}, V:{TP=A, TP=B}}");
    assert_eq!(states(answer, 1), pairs(&[(a, a), (ab, a), (ab, ab)]));
    assert_eq!(states(answer, 2), pairs(&[(ab, ab), (both, ab), (both, both)]));
    // In the second phase the nodes of the first domain begin to present B, which all others accept.
    let second: Vec<_> = answer.moments.iter().filter(|moment| moment.roll_out == 2).collect();
    assert!(second[0].classes.iter().all(|class| class.presents == Some(1)));
    assert!(second[1].classes.iter().any(|class| class.presents == Some(2)));
    assert!(second.last().unwrap().classes.iter().all(|class| class.presents == Some(2)));
    assert!(answer.moments.iter().all(|moment| moment.verdict == Verdict::Admitted && moment.cut_off == 0));
}

#[test]
fn the_conversion_of_the_article_state_by_state() {
    let report = evaluate(&case("article-to-common-name"));
    let answer = answer(&report);
    let name = "CN=cluster.fabric.example";
    let a = "{P:{TP=A}, V:{TP=A}}".to_owned();
    let widened = format!("{{P:{{TP=A}}, V:{{TP=A, {name}}}}}");
    let converted = format!("{{P:{{{name}}}, V:{{TP=A, {name}}}}}");
    let expected = |steps: [(&String, &String); 3]| -> Vec<(String, String)> {
        steps.iter().map(|(first, last)| ((*first).clone(), (*last).clone())).collect()
    };
    assert_eq!(states(answer, 1), expected([(&a, &a), (&widened, &a), (&widened, &widened)]));
    assert_eq!(states(answer, 2), expected([(&widened, &widened), (&converted, &widened), (&converted, &converted)]));
    assert!(answer.moments.iter().all(|moment| moment.verdict == Verdict::Admitted));
}

/// A case whose settings are those of its own plan, as they are printed.
fn followed(case: &Case, plan: &Plan) -> Option<Case> {
    let mut case = case.clone();
    let Question::Rollout(policy, subject) = &mut case.question else { return None };
    let mut texts: Vec<String> = Vec::new();
    for step in &plan.steps {
        if let Some(until) = step.until {
            subject.start = Some(until);
        } else if step.manifest.is_empty() {
            // Certificates are installed before the next roll-out: those that this step presents and no earlier one did.
            let before = u32::try_from(texts.len() + 1).ok()?;
            subject.installs.retain(|install| !step.installed.contains(&install.certificate));
            for certificate in &step.installed {
                subject.installs.push(admit_core::fabric::rollout::Install { certificate: *certificate, before });
            }
        } else {
            texts.push(step.manifest.clone());
        }
    }
    policy.after = texts.pop()?;
    policy.steps = texts;
    policy.deployer = admit_core::fabric::rollout::Deployer::Manifest;
    Some(case)
}

#[test]
fn every_plan_is_safe_as_it_is_printed() {
    let mut seen = 0;
    let mut wrong = Vec::new();
    for folder in folder::all().into_iter().filter(|folder| folder.name.starts_with("rollout/")) {
        let report = evaluate(&folder.case);
        let Some(plan) = answer(&report).plan.as_ref().filter(|plan| !plan.emergency) else { continue };
        let Some(followed) = followed(&folder.case, plan) else { continue };
        seen += 1;
        let again = evaluate(&followed);
        if again.verdict != Verdict::Admitted {
            wrong.push(format!(
                "{}: {}\n  {:?}",
                folder.name,
                again.summary,
                plan.steps.iter().map(|step| &step.notation).collect::<Vec<_>>()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen > 10, "only {seen} plans");
}

#[test]
fn a_safe_change_has_a_plan_that_is_no_longer() {
    for folder in folder::all().into_iter().filter(|folder| folder.name.starts_with("rollout/")) {
        let report = evaluate(&folder.case);
        if report.verdict != Verdict::Admitted {
            continue;
        }
        let answer = answer(&report);
        let given = answer.settings.len() - 1;
        let rolled =
            answer.plan.as_ref().map(|plan| plan.steps.iter().filter(|step| !step.manifest.is_empty()).count());
        assert!(rolled.is_some_and(|rolled| rolled <= given), "{}: {rolled:?} of {given}", folder.name);
    }
}

#[test]
fn plans_of_the_article_and_beyond() {
    for (name, steps, emergency) in [
        ("replaced-at-once", 3, false),
        ("secondary-at-once", 2, false),
        ("expired-emergency", 1, true),
        ("issuer-too-early", 3, false),
        ("unpinned-to-pinned", 1, false),
        ("article-rotation", 2, false),
        ("issuer-replaced-at-once", 1, false),
        ("issuer-stores-at-once", 3, false),
        ("begins-later", 4, false),
    ] {
        let report = evaluate(&case(name));
        let plan = answer(&report).plan.as_ref().unwrap_or_else(|| panic!("{name}: no plan"));
        assert_eq!((plan.steps.len(), plan.emergency), (steps, emergency), "{name}: {plan:#?}");
    }
}

#[test]
fn a_plan_waits_until_a_certificate_begins() {
    let report = evaluate(&case("begins-later"));
    let plan = answer(&report).plan.as_ref().expect("a plan");
    assert_eq!(plan.steps[0].until.map(|until| until.to_string()).as_deref(), Some("2027-01-01T00:00:00Z"));
    assert!(plan.steps[1..].iter().all(|step| step.until.is_none() && !step.manifest.is_empty()));
}

#[test]
fn the_nodes_of_a_configuration_are_its_upgrade_domains() {
    let report = evaluate(&case("config-add"));
    let answer = answer(&report);
    assert_eq!(answer.domains, ["UD0", "UD1", "UD2"]);
    assert!(answer.moments.iter().all(|moment| moment.classes.iter().map(|class| class.nodes).sum::<u32>() == 3));
}

#[test]
fn the_http_gateway_of_linux_is_walked_by_itself() {
    let report = evaluate(&case("linux-http-gateway"));
    let who: Vec<&str> = answer(&report).losses.iter().map(|loss| loss.who.as_str()).collect();
    assert_eq!(who, ["the holder of certificate 3, client to gateway,"]);
}

/// The same states, so the same plan, from every step back: half way, one step, and all the way.
#[test]
fn the_way_back_is_walked_from_every_step() {
    let report = evaluate(&case("replaced-in-three"));
    let back: Vec<(u32, u32, bool, Verdict)> =
        answer(&report).rollbacks.iter().map(|back| (back.from, back.to, back.unfinished, back.verdict)).collect();
    let (safe, not) = (Verdict::Admitted, Verdict::Refused);
    let one = [(1, 0, true, safe), (1, 0, false, safe)];
    let two = [(2, 1, true, safe), (2, 1, false, safe), (2, 0, false, not)];
    let three = [(3, 2, true, safe), (3, 2, false, safe), (3, 0, false, not)];
    assert_eq!(back, [&one[..], &two, &three].concat());
}

#[test]
fn many_nodes_cost_as_few() {
    let report = evaluate(&admit_tests::roll_out::case(20, 500));
    let large = answer(&report);
    let small = evaluate(&admit_tests::roll_out::case(20, 50));
    assert_eq!(report.cost, admit_core::Cost { bytes: report.cost.bytes, ..small.cost });
    assert_eq!(large.moments.len(), answer(&small).moments.len());
    assert_eq!(report.verdict, Verdict::Admitted, "{}", report.summary);
    assert!(large.moments.iter().all(|moment| moment.classes.iter().map(|class| class.nodes).sum::<u32>() == 10_000));
}

#[test]
fn a_node_that_has_not_searched_again_counts_once() {
    let report = evaluate(&case("stated-expires-during"));
    assert!(report.summary.contains("certificate 1 expires: 1 node has no usable certificate"), "{}", report.summary);
}
