//! What official samples do against the documented policy: each defect has a case that holds it.
//!
//! Not among them, because Admit judges requests and configurations: what is wrong in examples of responses (a status that
//! is no status, a session that ends before it begins, a page that contradicts its own table).

use admit_tests::folder;

/// A defect of an official sample, the case that has it, and the rule that finds it.
const DEFECTS: [(&str, &str, &str); 21] = [
    (
        "the environment has the type `Microsoft.ContainerApps/environments`",
        "pool/environment-of-other-type",
        "pool-environment-type",
    ),
    ("the page says `Microsoft.ContainerApps/sessionPools`", "pool/provider-of-page", "pool-resource-type"),
    ("the name is `my-session-pool`", "pool/name-with-hyphens", "pool-name-pattern"),
    ("egress is on", "pool/egress-without-identity", "pool-egress-enabled"),
    ("the command only prints", "pool/command-only-prints", "pool-command-serves-nothing"),
    ("a startup probe fails after 30 attempts", "pool/probe-threshold", "pool-value-out-of-bounds"),
    (
        "`readySessionInstances` stands under `dynamicPoolConfiguration`",
        "pool/ready-misplaced",
        "pool-property-misplaced",
    ),
    ("the image is `latest`", "pool/image-latest", "pool-image-tag-moves"),
    ("`mcPServerSettings` and `isMCpServerEnabled`", "pool/mcp-keys-in-another-case", "pool-property-case"),
    ("`coolDownPeriodInSeconds`", "pool/key-case", "pool-property-case"),
    ("`Timed` with `maxAlivePeriodInSeconds`", "pool/alive-with-timed", "pool-lifecycle-mixed"),
    (
        "an identity of the life cycle `Main` with egress",
        "pool/identity-with-egress",
        "pool-identity-reachable-with-egress",
    ),
    ("a session may live for a day", "pool/alive-a-day", "pool-lifetime-long"),
    ("`egressEnabled`", "pool/status-in-another-case", "pool-value-case"),
    ("a token or password in the body", "pool/secret-in-body", "pool-secret-in-body"),
    ("code may take 600 seconds", "session/request-timeout", "request-timeout-too-long"),
    ("`executions` beside a path of the generation before", "session/request-mixed", "request-generations-mixed"),
    ("the body repeats the identifier", "session/request-body-repeats", "request-identifier-in-body"),
    ("the user's id is the identifier", "session/batch-is-user", "identifier-is-the-user"),
    ("one identifier for everybody", "session/sample-adslfjlad", "identifier-is-a-sample"),
    ("the placeholder stands in the request", "session/article-request", "placeholder-left"),
];

#[test]
fn every_defect_of_official_samples_is_a_case() {
    let folders = folder::all();
    for (defect, name, rule) in DEFECTS {
        let folder = folders.iter().find(|folder| folder.name == name);
        let folder = folder.unwrap_or_else(|| panic!("{defect}: there is no case {name}"));
        let mut found = folder.case.expect.iter().flat_map(|expect| &expect.findings);
        assert!(found.any(|found| found == rule), "{defect}: {name} does not expect {rule}");
    }
}
