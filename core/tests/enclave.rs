//! Hostile artefacts: whatever is pasted, the core answers, with places that lie in their documents.

#![expect(clippy::expect_used, clippy::indexing_slicing, clippy::string_slice, reason = "tests")]

use std::collections::BTreeMap;

use admit_core::enclave::{Policy, Subject};
use admit_core::{Answer, Case, Question, Report, Trust, Verdict, evaluate};

const SAMPLES: &[&str] = &[
    "{ \"name\": \"a\", \"input_image_name\": \"a/b:c\", \"isvprodid\": 70000, \"mem_size\": \"1 GB\", \"allowed_domains\": [\"*.\u{e9}.dom\"], \
     \"advanced_settings\": { \"certificate\": { \"keyPath\": \"x\", \"keyParam\": { \"size\": 1024 } } } }",
    "# run\nsudo docker run `\n  -it --device=/dev/isgx -v '/dev:/d' -e \"NODE_AGENT_BASE_URL=http://[::1]:9092/v1\" \\\n a/b@sha256:00\n",
    "loader.argv = [\"a\"] # {{ c }}\nloader.env.LD_X = { passthrough = true }\n{% if a %}\nsgx.debug = {{ b }}\n{% endif %}\nsgx.enclave_size = \"1000M\"\n",
    "[package]\nname = \"\u{1f512}\"\n[package.metadata.fortanix-sgx]\ndebug = true\nisvsvn = 1\n",
    "{ \"exe\": \"a\", \"KEY\": \"k\", \"heapSize\": 0, \"mounts\": [{ \"target\": \"/\" }], \"env\": [{ \"name\": \"A=B\" }, {}] }",
    "Debug=1\r\nDebug=1\nNumTCS = 0 # x\nFamilyID=\u{e9}\n\u{1f512}\n",
    "<EnclaveConfiguration><ProdID>010</ProdID><!-- \u{e9} --><A/><TCSNum>-1</TCSNum></EnclaveConfiguration>",
    "apiVersion: v1\nkind: Pod\nspec:\n  hostNetwork: true\n  containers: [{name: a, image: \"a:latest\", securityContext: {privileged: true}}]\n",
    "name: a\nservices:\n- name: \u{e9}\n  attestation: [{signer: {isvsvn: 1, isvsvn_min: 2}}]\nsecurity: {attestation: {mode: none}}\n",
    "{ \"Packages\": { \"a\": { \"Debug\": true, \"AcceptedAdivsories\": [] } }, \"Marbles\": { \"b\": { \"Package\": \"c\" } } }",
];

/// The report of one artefact, after every place in it was looked at.
fn judge(text: &str) -> Report {
    let subject = Subject { artefacts: BTreeMap::from([(String::from("a"), String::from(text))]) };
    let at = "2026-11-22T00:00:00Z".parse().expect("an instant");
    let question = Question::Enclave(Policy::default(), subject);
    let case = Case { title: None, teaches: None, at, question, trust: Trust::default(), expect: Vec::new() };
    let report = evaluate(&case);
    let places = report.findings.iter().filter_map(|finding| finding.span.as_ref());
    for span in places.chain(report.errors.iter().map(|error| &error.span)) {
        assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?} in {text:?}");
    }
    // Nothing is admitted on the strength of a text that is no signature structure.
    assert_ne!(report.verdict, Verdict::Admitted, "{text:?}");
    report
}

fn recognised(report: &Report) -> bool {
    let Answer::Enclave(answer) = &report.answer else { return false };
    answer.artefacts.iter().all(|artefact| artefact.form.is_some())
}

#[test]
fn samples_are_recognised_and_refused() {
    for sample in SAMPLES {
        let report = judge(sample);
        assert!(recognised(&report), "{sample}");
        assert!(!report.findings.is_empty(), "{sample}");
    }
}

#[test]
fn every_truncation_is_answered() {
    for sample in SAMPLES {
        for (at, _) in sample.char_indices() {
            judge(&sample[..at]);
        }
    }
}

#[test]
fn changed_characters_are_answered() {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut random = |bound: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 16).unwrap_or(0) % bound
    };
    let odd =
        ['{', '}', '[', ']', '"', '\'', '`', '\\', '\n', '#', '=', ':', '-', '<', '%', '&', '*', '\u{e9}', '\0', '9'];
    for sample in SAMPLES {
        let characters: Vec<char> = sample.chars().collect();
        for _ in 0..150 {
            let mut changed = characters.clone();
            for _ in 0..=random(3) {
                let at = random(changed.len());
                changed[at] = odd[random(odd.len())];
            }
            judge(&changed.into_iter().collect::<String>());
        }
    }
}

#[test]
fn bytes_of_any_length_are_answered() {
    let header = "06000000e100000000000100";
    for length in [0, 1, 12, 1807, 1808, 1809, 5000] {
        let digits = format!("{header}{}", "a5".repeat(length));
        let report = judge(&digits);
        assert!(recognised(&report) && !report.findings.is_empty());
    }
    let stream = "4543524541544500";
    for length in [0, 3, 56, 57, 400] {
        judge(&format!("{stream}{}", "00".repeat(length)));
    }
}

/// A credential is found and never repeated.
#[test]
fn credentials_are_masked() {
    let secret = "correct-horse-battery";
    for text in [
        format!(
            "{{ \"inputImageName\": \"a/b\", \"outputImageName\": \"a/c\", \"authConfig\": {{ \"username\": \"u\", \"password\": \"{secret}\" }} }}"
        ),
        format!(
            "{{ \"inputImageName\": \"a/b\", \"outputImageName\": \"a/c\", \"manifestEnv\": [\"DB_PASSWORD={secret}\"] }}"
        ),
        format!("libos.entrypoint = \"/a\"\nfs.insecure__keys.default = \"{secret}\"\n"),
        format!("name: a\nservices: []\nsecrets: [{{name: k, kind: ascii, value: {secret}}}]\n"),
    ] {
        let report = judge(&text);
        assert!(!report.findings.is_empty(), "{text}");
        assert!(!report.to_json().contains(secret), "{text}");
    }
}
