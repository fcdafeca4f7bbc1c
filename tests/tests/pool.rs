//! Kind `pool` under hostile text: no panic, places inside their documents, no secret in a report.

use admit_core::pool::{Policy, Subject};
use admit_core::{Case, Question, Report, Span, Time, Trust, Verdict, evaluate};

const SECRET: &str = "c0rrect-h0rse-battery";

const TEMPLATE: &str = r#"{ /* é */
  "$schema": "deploymentTemplate.json#",
  "parameters": { "p": { "type": "string", "defaultValue": "c0rrect-h0rse-battery" }, "open": { "type": "string" } },
  "variables": { "a": [ "[toUpper('x')]", { "b": 300 } ], "loop": "[variables('loop')]" },
  "resources": [ { "type": "Microsoft.App/sessionPools", "apiVersion": "2025-10-02-preview", "name": "[concat('p', 'q')]",
    "location": "[if(equals(1, 2), 'a', parameters('open'))]",
    "identity": { "type": "UserAssigned", "userAssignedIdentities": { "[format('{0}', resourceId('A/b', 'c'))]": {} } },
    "properties": { "containerType": "CustomContainer", "environmentId": "[resourceId('Microsoft.App/managedEnvironments', 'e')]",
      "secrets": [ { "name": "s", "value": "[parameters('p')]" } ],
      "dynamicPoolConfiguration": { "lifecycleConfiguration": { "lifecycleType": "Timed",
        "cooldownPeriodInSeconds": "[variables('a')[1].b]" } },
      "customContainerTemplate": { "registryCredentials": { "server": "r", "username": "u", "passwordSecretRef": "s" },
        "containers": [ { "name": "c", "image": "r/i:1", "env": [ { "name": "KEY", "value": "c0rrect-h0rse-battery" },
          { "name": "TOKEN", "value": "c0rrect-h0rse-battery" } ], "probes": [ { "type": "Liveness", "failureThreshold": 3 } ] } ],
        "ingress": { "targetPort": 80 } },
      "sessionNetworkConfiguration": { "status": "EgressDisabled" },
      "managedIdentitySettings": [ { "identity": "[resourceId('A/b', 'c')]", "lifecycle": "None" } ] } } ] }"#;

const BODY: &str = r#"{ "location": "w", "properties": { "containerType": "PythonLTS", "secrets": [ { "name": "s",
  "value": "c0rrect-h0rse-battery" } ], "sessionAuthConfiguration": { "jwtToken": "c0rrect-h0rse-battery" },
  "scaleConfiguration": { "maxConcurrentSessions": 5, "readySessionInstances": 9 },
  "dynamicPoolConfiguration": { "lifecycleConfiguration": { "lifecycleType": "Timed", "coolDownPeriodInSeconds": 3000 } },
  "sessionNetworkConfiguraton": { "status": "EgressEnabled" }, "mcpServerSettings": { "isMcpServerEnabled": true, } } }"#;

fn report(configuration: &str) -> Report {
    let subject = Subject { configuration: configuration.into(), ..Subject::default() };
    let at: Time = "2026-11-22T00:00:00Z".parse().expect("an instant");
    let question = Question::Pool(Policy::default(), subject);
    let case = Case { title: None, teaches: None, at, question, trust: Trust::default(), expect: Vec::new() };
    evaluate(&case)
}

/// Holds every place of a report against the text.
fn check(configuration: &str) -> Report {
    let report = report(configuration);
    let within = |span: &Span| {
        let text = if span.document == "subject.configuration" { configuration } else { "" };
        let range = span.start as usize..span.end as usize;
        assert!(text.get(range).is_some(), "{span:?} in {configuration:?}");
    };
    for finding in &report.findings {
        finding.span.iter().for_each(within);
        finding.related.iter().for_each(|related| within(&related.span));
        finding.fixes.iter().flat_map(|fix| &fix.edits).for_each(|edit| within(&edit.span));
    }
    report.errors.iter().for_each(|error| within(&error.span));
    report
}

#[test]
fn secrets_are_in_no_report() {
    for text in [TEMPLATE, BODY] {
        let report = check(text);
        assert_eq!(report.verdict, Verdict::Refused, "{}", report.summary);
        assert!(
            report.findings.iter().any(|finding| finding.rule.starts_with("pool-secret-in-")),
            "{:?}",
            report.findings
        );
        assert!(text.contains(SECRET) && !report.to_json().contains(SECRET));
        // Nor a part of one, where the quotes around it are wrong.
        for (at, _) in text.match_indices(SECRET) {
            let broken = [text.get(..at + 7).unwrap(), "\"", text.get(at + 7..).unwrap()].concat();
            let json = check(&broken).to_json();
            assert!(!json.contains("battery") && !json.contains("h0rse"), "{json}");
        }
    }
}

#[test]
fn secure_parameters_are_masked_wherever_they_are_used() {
    let secure = TEMPLATE.replace("\"p\": { \"type\": \"string\"", "\"p\": { \"type\": \"secureString\"");
    let mut shown = 0;
    for used in ["r/i:1", "EgressDisabled", "Liveness", "Timed", "CustomContainer", "None", "UserAssigned", "TOKEN"] {
        let text = secure.replace(&format!("\"{used}\""), "\"[parameters('p')]\"");
        assert_ne!(text, secure);
        let json = check(&text).to_json();
        assert!(!json.contains(SECRET), "{used}: {json}");
        shown += u32::from(json.contains("`***`"));
    }
    assert!(shown >= 4, "values that are refused are shown masked, {shown}");
}

#[test]
fn identities_of_bicep_are_the_same_as_their_keys() {
    let report = check(TEMPLATE);
    assert!(report.findings.iter().all(|finding| finding.rule != "pool-identity-not-assigned"));
    let settled =
        TEMPLATE.replace("c0rrect-h0rse-battery\" }, \"open", "<P>\" }, \"open").replace("\"TOKEN\"", "\"A\"");
    assert_ne!(check(&settled.replace("'c')]\", \"lifecycle", "'d')]\", \"lifecycle")).verdict, Verdict::Admitted);
}

#[test]
fn truncations_are_never_admitted() {
    for text in [TEMPLATE, BODY] {
        for (at, _) in text.char_indices() {
            assert_ne!(check(text.get(..at).unwrap()).verdict, Verdict::Admitted, "{at}");
        }
    }
}

#[test]
fn random_edits_never_panic() {
    let mut state = 0x2545_F491_u32;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state as usize % below
    };
    for round in 0..3_000 {
        let mut text: Vec<char> = if round % 2 == 0 { TEMPLATE } else { BODY }.chars().collect();
        for _ in 0..=random(3) {
            let at = random(text.len());
            match random(3) {
                0 => text[at] = ['"', '[', ']', '{', '}', '\'', '(', ')', ',', '0', '\u{1f512}', '\\'][random(12)],
                1 => drop(text.drain(at..(at + random(12)).min(text.len()))),
                _ => {
                    let from = random(text.len());
                    let copy: Vec<char> = text[from..(from + random(30)).min(text.len())].to_vec();
                    text.splice(at..at, copy);
                }
            }
        }
        check(&text.into_iter().collect::<String>());
    }
}

#[test]
fn expressions_that_double_end() {
    let variables: Vec<String> =
        (1..50).map(|n| format!("\"v{n}\": \"[concat(variables('v{}'), variables('v{}'))]\"", n - 1, n - 1)).collect();
    let text = format!(
        r#"{{ "variables": {{ "v0": ["x"], {} }}, "resources": [ {{ "type": "Microsoft.App/sessionPools",
        "apiVersion": "2026-01-01", "name": "a", "location": "w", "properties": {{ "containerType": "PythonLTS",
        "managedIdentitySettings": "[variables('v49')]" }} }} ] }}"#,
        variables.join(", ")
    );
    assert_eq!(check(&text).verdict, Verdict::Indeterminate);
    let deep = "[".repeat(100) + &"]".repeat(100);
    assert_eq!(check(&deep).verdict, Verdict::Indeterminate);
}
