//! What holds for every report: the same bytes again, every place inside its document, no private key.

use admit_core::fabric::Role;
use admit_core::{Answer, Case, Document, Evaluator, Kind, Question, Time, evaluate};
use admit_tests::folder;
use serde_json::Value;

/// Every place in a report: objects with a document and bytes.
fn places<'a>(value: &'a Value, found: &mut Vec<&'a Value>) {
    match value {
        Value::Object(object) => {
            if object.contains_key("document") && object.contains_key("start") {
                found.push(value);
            }
            object.values().for_each(|value| places(value, found));
        }
        Value::Array(list) => list.iter().for_each(|value| places(value, found)),
        _ => {}
    }
}

#[test]
fn the_same_case_gives_the_same_bytes() {
    for folder in folder::all() {
        let again = Case::from_json(&folder.case.to_json()).unwrap_or_else(|error| panic!("{}: {error}", folder.name));
        assert_eq!(evaluate(&folder.case).to_json(), evaluate(&again).to_json(), "{}", folder.name);
    }
}

/// What an evaluator remembers never changes a report: one decides every case, then every case again, then backwards and
/// by leaps, and always gives what a new one gives.
#[test]
fn what_is_remembered_changes_no_report() {
    let folders = folder::all();
    let fresh: Vec<String> = folders.iter().map(|folder| evaluate(&folder.case).to_json()).collect();
    let count = folders.len();
    let leaps = (0..count).map(|place| place * 7919 % count);
    let mut evaluator: Evaluator = Evaluator::default();
    for place in (0..count).chain(0..count).chain((0..count).rev()).chain(leaps) {
        let report = evaluator.evaluate(&folders[place].case).to_json();
        assert!(report == fresh[place], "{} at place {place}", folders[place].name);
    }
}

/// The same where a case is edited as in an editor: another instant, a document, and back again.
#[test]
fn what_is_remembered_changes_no_report_of_an_edited_case() {
    let mut evaluator: Evaluator = Evaluator::default();
    let mut count = 0;
    for folder in folder::all().iter().filter(|folder| folder.case.kind() == Kind::Peer) {
        let mut cases = vec![folder.case.clone()];
        for days in [-4000, 1, 4000] {
            cases.push(Case { at: Time::from_unix(folder.case.at.unix() + days * 86_400), ..folder.case.clone() });
        }
        for document in ["policy.manifest", "subject.certificates", "trust.roots"] {
            let mut case = folder.case.clone();
            let text = case.document_mut(document).expect("a document of every peer case");
            let half = text.floor_char_boundary(text.len() / 2);
            text.truncate(half);
            cases.push(case);
        }
        cases.push(folder.case.clone());
        for case in &cases {
            assert!(evaluator.evaluate(case).to_json() == evaluate(case).to_json(), "{}", folder.name);
            count += 1;
        }
    }
    assert!(count > 100, "{count} cases");
}

#[test]
fn every_place_lies_inside_its_document() {
    let mut count = 0;
    for folder in folder::all() {
        let report: Value = serde_json::from_str(&evaluate(&folder.case).to_json()).expect("a report is JSON");
        let documents = folder.case.documents();
        let mut found = Vec::new();
        places(&report, &mut found);
        for place in found {
            let name = place["document"].as_str().expect("a name");
            // A document that is empty is not among them, and its only place is its beginning.
            let text = documents.iter().find(|(known, _)| known == name).map_or("", |(_, text)| text);
            let [start, end] =
                ["start", "end"].map(|key| usize::try_from(place[key].as_u64().expect("a byte")).expect("a byte"));
            assert!(text.get(start..end).is_some(), "{}: {place} is outside", folder.name);
            let span = Document::new(name.to_owned(), text).span(start..end);
            assert_eq!(serde_json::to_value(&span).expect("JSON"), *place, "{}", folder.name);
            count += 1;
        }
    }
    assert!(count > 500, "{count} places");
}

#[test]
fn no_line_of_a_private_key_is_in_a_report() {
    let mut count = 0;
    for folder in folder::all() {
        let report = evaluate(&folder.case).to_json();
        for (_, text) in folder.case.documents() {
            for block in text.split("-----BEGIN ").filter(|block| block.contains("PRIVATE KEY-----\n")) {
                let lines = block.lines().skip(1).take_while(|line| !line.starts_with('-'));
                for line in lines.filter(|line| line.len() > 8) {
                    assert!(!report.contains(line), "{} shows a line of a private key", folder.name);
                    count += 1;
                }
            }
        }
    }
    assert!(count > 0, "no case has a private key");
}

/// The verdict alone is the report's, at the case's instant and at every instant at which it changes.
#[test]
fn the_verdict_alone_is_that_of_the_report() {
    let mut evaluator: Evaluator = Evaluator::default();
    for folder in folder::all().into_iter().filter(|folder| folder.case.kind() == Kind::Chain) {
        let report = evaluate(&folder.case);
        assert_eq!(evaluator.verdict(&folder.case), report.verdict, "{}", folder.name);
        for flip in &report.flips {
            let case = Case { at: flip.at, ..folder.case.clone() };
            assert_eq!(evaluator.verdict(&case), evaluate(&case).verdict, "{} at {}", folder.name, flip.at);
        }
    }
}

/// Of several certificates the first line says which of them gets which role.
#[test]
fn each_certificate_is_named_with_its_role() {
    let folders = folder::all();
    let summary = |name: &str| {
        let found = folders.iter().find(|folder| folder.name == name).unwrap_or_else(|| panic!("no case {name}"));
        evaluate(&found.case).summary
    };
    let several = summary("peer/arm-thumbprints");
    assert!(
        several.contains("certificate 1 as cluster peer and admin client, certificate 2 as admin client"),
        "{several}"
    );
    assert!(several.contains("certificate 3 as user client"), "{several}");
    let alike = summary("peer/article-s23-every-issuer-listed");
    assert!(alike.starts_with("Both certificates are admitted as cluster peer"), "{alike}");
}

/// The summary and the trace of a case of kind `peer` say no more than its cells.
#[test]
fn what_is_said_of_a_peer_holds() {
    let folders = folder::all();
    let report = |name: &str| {
        let folder = folders.iter().find(|folder| folder.name == name).unwrap_or_else(|| panic!("no case {name}"));
        evaluate(&folder.case)
    };
    for (name, says) in [
        ("peer/own-nodes-have-another", "this holds until 2027-03-01"),
        ("peer/own-nodes-have-no-other", "this cluster stops admitting its own nodes on 2027-03-01"),
        (
            "peer/facts-own-key-unknown",
            "certificate 2: whether it has the key of the certificate that `ClusterCertificate` finds on the node that judges",
        ),
    ] {
        let summary = report(name).summary;
        assert!(summary.contains(says), "{name}: {summary}");
    }
    for (name, says) in [
        ("peer/default-client", "the cluster manifest is refused, whatever its rules admit"),
        ("peer/listed-nowhere", "a certificate is admitted by no connection"),
    ] {
        assert_eq!(report(name).trace.detail, says, "{name}");
    }
}

/// What is said of an admin is the rule that makes it one, not the one that admits it as a client.
#[test]
fn an_admin_is_one_by_a_rule_of_admins() {
    let mut count = 0;
    for folder in folder::all() {
        let report = evaluate(&folder.case);
        let Answer::Peer(answer) = &report.answer else { continue };
        for cell in answer.cells.iter().filter(|cell| cell.role == Some(Role::Admin)) {
            let is_of_admins = match &cell.rule {
                Some(rule) => rule.contains("AdminClient") && cell.because.contains(&**rule) && cell.span.is_some(),
                None => cell.because.starts_with("the default client") && cell.span.is_none(),
            };
            assert!(is_of_admins, "{}: {:?}: {}", folder.name, cell.rule, cell.because);
            count += 1;
        }
    }
    assert!(count > 20, "{count} cells of admins");
    for (name, says) in [
        (
            "peer/article-s24-highest-privilege",
            "by the name `admin.client.fabric.example` of `Security/AdminClientX509Names`",
        ),
        ("peer/roles-admin-wins", "by entry 1 of `AdminClientCertThumbprints`"),
        (
            "peer/roles-name-unpinned-by-admin",
            "by the name `cluster.fabric.example` of `Security/AdminClientX509Names`, line 10",
        ),
        ("peer/default-client-listed-for-users", "by the default client: "),
        ("peer/default-client-listed-for-admins", "by entry 1 of `AdminClientCertThumbprints`"),
        ("peer/role-open-by-flag", "by entry 1 of `ClientCertThumbprints`"),
    ] {
        let folders = folder::all();
        let found = folders.iter().find(|folder| folder.name == name).unwrap_or_else(|| panic!("no case {name}"));
        let summary = evaluate(&found.case).summary;
        assert!(summary.contains(says), "{name}: {summary}");
    }
}

/// Who can change a cluster that declares no admin: nobody, or the nodes' own client.
#[test]
fn the_nodes_own_client_is_an_admin() {
    for (name, says) in [
        ("peer/default-client", "so no client but the nodes' own can change the cluster"),
        ("peer/default-client-off", "so no client can change the cluster"),
    ] {
        let found = folder::all().into_iter().find(|folder| folder.name == name);
        let report = evaluate(&found.unwrap_or_else(|| panic!("no case {name}")).case);
        let finding = report.findings.iter().find(|finding| finding.rule == "roles-without-admin");
        let message = finding.map(|finding| finding.message.as_str()).unwrap_or_default();
        assert!(message.ends_with(says), "{name}: {message}");
    }
}

/// A code that no refusal has is not explained by a refusal with another one.
#[test]
fn a_code_is_explained_by_its_own_refusals() {
    let found = folder::all().into_iter().find(|folder| folder.name == "peer/chain-listed-and-revoked");
    let causes = |seen: &str| {
        let mut case = found.as_ref().unwrap_or_else(|| panic!("no case")).case.clone();
        let Question::Peer(_, subject) = &mut case.question else { panic!("another kind") };
        seen.clone_into(&mut subject.seen);
        evaluate(&case).diagnosis.map_or(0, |diagnosis| diagnosis.causes.len())
    };
    assert!(causes("CRYPT_E_REVOKED") > 0);
    assert_eq!(causes("CERT_E_EXPIRED"), 0);
}

/// Sentences that hold of one case, and not of one that is nearly the same.
#[test]
fn what_is_said_holds_where_it_is_said() {
    let folders = folder::all();
    let report = |name: &str| {
        let folder = folders.iter().find(|folder| folder.name == name).unwrap_or_else(|| panic!("no case {name}"));
        evaluate(&folder.case).to_json()
    };
    for (name, says, near) in [
        (
            "peer/expired-accepted-unknown-to-6.5",
            "runtime 6.5 does not know `AcceptExpiredPinnedClusterCertificate`, so it has no effect",
            "peer/article-2-accept-expired",
        ),
        (
            "peer/default-issuers-and-admin-names",
            "`ClientCertIssuers` stands beside `Security/AdminClientX509Names`, so the gateway does not start",
            "peer/default-issuers-only-commas",
        ),
        (
            "peer/value-cut",
            "expected at least 32 as `CrlOfflineErrCacheCapacity`, found `4294967297`, which is cut to 32 bits: 1",
            "peer/value-cut-large-enough",
        ),
        ("peer/issuer-store-linux", "so no name matches unless the stores yield nothing", "peer/name-pinned-linux"),
        (
            "peer/arm-condition-unknown",
            "if not revoked and the condition of the cluster holds",
            "peer/arm-condition-true",
        ),
        ("peer/arm-condition-unknown", "holds, which depends on parameter `deploy`", "peer/arm-condition-true"),
        (
            "peer/runtime-current-offline-outbound",
            "`IgnoreCrlOfflineError` and `IgnoreSvrCrlOfflineError` both are true",
            "peer/runtime-current-offline-both-ways",
        ),
        ("rollout/offline-outbound", "since either of two nodes may open", "rollout/offline-both-ways"),
        ("rollout/new-list-drops-old", "drop what the new settings do not accept", "rollout/new-list-keeps-old"),
        ("rollout/new-list-keeps-old", "accept what the new settings accept\"", "rollout/new-list-drops-old"),
        ("rollout/stated-issuer-unknown", "every certificate in its chain", "rollout/stated-issuer-elsewhere"),
    ] {
        assert!(report(name).contains(says), "{name} lacks {says:?}");
        assert!(!report(near).contains(says), "{near} has {says:?}");
    }
}

/// The first line names the first facts that are missing, however many there are; the report lists all.
#[test]
fn a_summary_stays_a_line() {
    let stated: Vec<Value> = (0..50).map(|_| serde_json::json!({ "common_names": ["node.example"] })).collect();
    let manifest = r#"<FabricSettings><Section Name="Security"><Parameter Name="ClusterCredentialType" Value="X509" /></Section>
        <Section Name="Security/ClusterX509Names"><Parameter Name="node.example" Value="" /></Section></FabricSettings>"#;
    let case = serde_json::json!({
        "admit": 1, "kind": "peer", "at": "2026-11-22T00:00:00Z",
        "policy": { "manifest": manifest, "connection": "node" }, "subject": { "facts": stated },
    });
    let report = evaluate(&Case::from_json(&case.to_string()).expect("a case"));
    assert_eq!(report.verdict, admit_core::Verdict::Indeterminate, "{}", report.summary);
    let more = report.settle.len() - 4;
    assert!(more > 40 && report.summary.contains(&report.settle[3]), "{}", report.summary);
    assert!(report.summary.ends_with(&format!("; and {more} more facts")), "{}", report.summary);
}
