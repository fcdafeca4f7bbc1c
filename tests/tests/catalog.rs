//! The catalog is complete: each rule has a case that has it and a near miss that has not.

use std::collections::BTreeSet;

use admit_core::{RULES, rule};
use admit_tests::folder;

#[test]
fn every_rule_has_a_failing_case_and_a_near_miss() {
    let folders = folder::all();
    let mut missing = Vec::new();
    for rule in RULES {
        let mut expectations = folders.iter().flat_map(|folder| &folder.case.expect);
        if !expectations.clone().any(|expect| expect.findings.iter().any(|id| id == rule.id)) {
            missing.push(format!("no case has `{}` in `findings`", rule.id));
        }
        if !expectations.any(|expect| expect.without.iter().any(|id| id == rule.id)) {
            missing.push(format!("no case has `{}` in `without`", rule.id));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn expectations_name_rules_that_exist() {
    let mut unknown = BTreeSet::new();
    for folder in folder::all() {
        for expect in &folder.case.expect {
            let ids = expect.findings.iter().chain(&expect.without);
            unknown.extend(ids.filter(|id| rule(id).is_none()).map(|id| format!("{}: `{id}`", folder.name)));
        }
    }
    assert!(unknown.is_empty(), "{unknown:#?}");
}

#[test]
fn ids_are_unique_and_kebab() {
    let mut seen = BTreeSet::new();
    for rule in RULES {
        assert!(seen.insert(rule.id), "`{}` stands twice", rule.id);
        let kebab = rule.id.split('-').all(|word| {
            !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        });
        assert!(kebab, "`{}` is not lower-kebab", rule.id);
    }
    assert!(!seen.is_empty());
}

#[test]
fn rules_say_everything() {
    for rule in RULES {
        for (what, text) in [
            ("title", rule.title),
            ("what", rule.what),
            ("why", rule.why),
            ("bad", rule.bad),
            ("good", rule.good),
            ("source", rule.citation.source.as_ref()),
            ("place", rule.citation.place.as_ref()),
        ] {
            assert!(!text.trim().is_empty(), "`{}` has no {what}", rule.id);
        }
        assert!(!rule.kinds.is_empty(), "`{}` is found in no kind", rule.id);
        assert_ne!(rule.bad, rule.good, "`{}` shows the same twice", rule.id);
    }
}

/// Messages keep to their form: one line, lower case at the start unless it is a name, no full stop.
#[test]
fn messages_keep_to_their_form() {
    for folder in folder::all() {
        for finding in admit_core::evaluate(&folder.case).findings {
            let message = &finding.message;
            assert!(!message.is_empty() && !message.contains('\n'), "{}: {message:?}", folder.name);
            assert!(!message.ends_with('.'), "{}: {message:?} ends with a full stop", folder.name);
            let harmless = message.chars().all(|c| !c.is_control() && !('\u{200b}'..='\u{200f}').contains(&c));
            assert!(harmless, "{}: {message:?} shows invisible characters as they are", folder.name);
            // Text of ours that is quoted as if it were a stranger's shows its own back-ticks.
            let is_typed = folder.case.to_json().contains('`');
            assert!(is_typed || !message.contains("<U+0060>"), "{}: {message:?} is quoted twice", folder.name);
            assert!(rule(&finding.rule).is_some(), "{}: `{}` is not in the catalog", folder.name, finding.rule);
        }
    }
}
