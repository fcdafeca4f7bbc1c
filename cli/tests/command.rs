//! The program as a shell sees it.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use admit_core::{Case, Problem, RULES, evaluate};

const CASE: &str = r#"{ "admit": 1, "kind": "peer", "at": "2026-11-22T00:00:00Z",
  "policy": { "manifest": "<Section Name=\"Security\"/>" }, "subject": { "certificates": "" } }"#;

/// A fresh folder below the one that cargo lends to tests.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).expect("a folder for the test");
    path
}

fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) -> String {
    let path = folder.join(name);
    fs::write(&path, bytes).expect("a file for the test");
    path.to_str().expect("a UTF-8 path").to_string()
}

fn admit(arguments: &[&str]) -> Output {
    admit_with(arguments, "")
}

fn admit_with(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_admit"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("admit starts");
    // A program that ends before it has read everything closes the pipe: no failure of the test.
    let _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
    child.wait_with_output().expect("admit ends")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

fn expected(json: &str) -> (String, i32) {
    let report = evaluate(&Case::from_json(json).expect("a case"));
    let code = match report.verdict {
        _ if report.is_unreadable() => 2,
        admit_core::Verdict::Admitted => 0,
        admit_core::Verdict::Refused => 1,
        admit_core::Verdict::Indeterminate => 3,
    };
    (report.to_json(), code)
}

#[test]
fn json_is_the_report_of_the_core_from_every_source() {
    let folder = folder("sources");
    let file = write(&folder, "one.json", CASE);
    let (json, code) = expected(CASE);
    for output in [admit(&["evaluate", "--json", &file]), admit_with(&["evaluate", "-", "--json"], CASE)] {
        assert_eq!((out(&output), output.status.code(), err(&output)), (json.clone(), Some(code), String::new()));
    }

    let parts = folder.join("case");
    fs::create_dir(&parts).expect("a folder");
    write(&parts, "case.json", r#"{ "admit": 1, "kind": "peer", "at": "2026-11-22T00:00:00Z" }"#);
    let manifest = write(&parts, "policy.manifest.xml", "\u{feff}<Section Name=\"Security\"/>");
    let certificates = write(&parts, "subject.certificates.pem", "");
    write(&parts, ".hidden", "left behind");
    let output = admit(&["evaluate", "--json", parts.to_str().expect("UTF-8")]);
    assert_eq!((out(&output), output.status.code()), (json.clone(), Some(code)), "{}", err(&output));

    let files = ["--manifest", &manifest, "--certificates", &certificates, "--at", "2026-11-22T00:00:00Z"];
    let output = admit(&[&["evaluate", "--json"], files.as_slice()].concat());
    assert_eq!((out(&output), output.status.code()), (json, Some(code)), "{}", err(&output));
}

#[test]
fn the_verdict_comes_first_and_without_colour() {
    let output = admit_with(&["evaluate", "-"], CASE);
    let text = out(&output);
    let word = match output.status.code() {
        Some(0) => "✓ ",
        Some(1) => "✕ Refused: ",
        _ => "? ",
    };
    assert!(text.starts_with(word), "{text}");
    assert!(text.contains("\ntrace\n") && text.contains("peer at 2026-11-22T00:00:00Z") && !text.contains('\u{1b}'));
}

#[test]
fn a_case_prints_as_one_document_that_reads_the_same() {
    let folder = folder("case");
    let utf16 =
        |text: &str| [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect::<Vec<_>>();
    let manifest = write(&folder, "manifest.xml", utf16("<Section Name=\"Sécurité\"/>"));
    let der: Vec<u8> = [0x30, 0x82, 0x00, 0x80].into_iter().chain([7; 128]).collect();
    let certificate = write(&folder, "node.cer", &der);
    let roots = write(&folder, "roots.pem", "a root");
    let options = ["--crls", &certificate, "--roots", &roots, "--intermediates", &roots, "--connection", "gateway"];
    let files = ["--manifest", &manifest, "--certificates", &certificate, "--at", "2026-11-22T01:00:00+01:00"];
    let output = admit(&[&["case"], files.as_slice(), &options].concat());
    let case = Case::from_json(&out(&output)).expect("a case");
    assert_eq!(case.at.to_string(), "2026-11-22T00:00:00Z");
    let documents = case.documents();
    assert_eq!(documents[0], ("policy.manifest".into(), "<Section Name=\"Sécurité\"/>"));
    assert!(documents[1].1.starts_with("MIIAgAcHBwc") && documents[1].1 == documents[4].1, "{documents:?}");
    assert_eq!((documents[2].1, documents[3].1), ("a root", "a root"));
    let admit_core::Question::Peer(policy, _) = &case.question else { panic!("another kind") };
    assert_eq!(policy.connection, Some(admit_core::fabric::Connection::Gateway));

    assert_eq!(out(&admit_with(&["case", "-"], &out(&output))), out(&output));
    let none = admit(&[&["case", "--roots", "none"], files.as_slice()].concat());
    assert_eq!(Case::from_json(&out(&none)).expect("a case").trust.roots, "none");
}

#[test]
fn now_is_the_clock_and_is_said() {
    let folder = folder("now");
    let manifest = write(&folder, "manifest.xml", "<a/>");
    let output = admit(&["case", "--manifest", &manifest, "--certificates", &manifest, "--at", "now"]);
    let case = Case::from_json(&out(&output)).expect("a case");
    assert_eq!(err(&output), format!("admit: `now` is {}\n", case.at));
    assert!(case.at.unix() > 1_700_000_000);
}

#[test]
fn an_unreadable_case_has_a_place_and_the_problem_of_the_worker() {
    let folder = folder("unreadable");
    let broken = CASE.replace("policy", "polcy");
    let file = write(&folder, "broken.json", &broken);
    let output = admit(&["evaluate", &file]);
    assert_eq!((output.status.code(), out(&output)), (Some(2), String::new()));
    let text = err(&output);
    assert!(text.contains(&format!("--> {file}:2:3\n")), "{text}");
    assert!(text.contains("\n2 |   \"polcy\": {") && text.contains("\n  |   ^^^^^^^\n"), "{text}");
    assert!(text.contains("help: did you mean `policy`?"), "{text}");

    let output = admit(&["evaluate", "--json", &file]);
    let problem = Problem::unreadable_case(vec![Case::from_json(&broken).expect_err("broken")]);
    assert_eq!((output.status.code(), out(&output), err(&output)), (Some(2), problem.to_json(), String::new()));

    let output = admit_with(&["evaluate", "-", "--json"], "{ \"admit\": 1,\n");
    assert!(out(&output).contains("\"detail\": \"case:2:1: expected a key or a value"), "{}", out(&output));
}

#[test]
fn what_is_not_text_says_at_which_byte() {
    let folder = folder("bytes");
    let file = write(&folder, "case.json", b"{\n  \xff");
    let output = admit(&["evaluate", &file]);
    assert!(err(&output).contains("found the byte 0xFF") && err(&output).contains(":2:3"), "{}", err(&output));
    assert_eq!(output.status.code(), Some(2));

    let manifest = write(&folder, "manifest.xml", b"<a>\xe9</a>");
    let files = ["--manifest", &manifest, "--certificates", &manifest, "--at", "2026-11-22T00:00:00Z"];
    let output = admit(&[&["evaluate", "--json"], files.as_slice()].concat());
    assert!(out(&output).contains("\"detail\": \"policy.manifest:1:4: expected UTF-8"), "{}", out(&output));
}

#[test]
fn a_folder_names_its_faults() {
    let folder = folder("faults");
    write(&folder, "case.json", "{ \"admit\": 1,\n  \"kind\": }");
    let text = err(&admit(&["evaluate", folder.to_str().expect("UTF-8")]));
    assert!(text.contains("case.json:2:1") && text.contains("  \"kind\": }"), "{text}");

    write(&folder, "case.json", r#"{ "admit": 1, "kind": "peer", "at": "2026-11-22T00:00:00Z" }"#);
    write(&folder, "policy.manifst.xml", "");
    write(&folder, "subject.certificates.pem", "");
    let output = admit(&["evaluate", folder.to_str().expect("UTF-8")]);
    assert!(err(&output).contains("manifst"), "{}", err(&output));
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn files_that_are_not_there_and_wrong_arguments_are_unreadable() {
    let files = ["--manifest", "m.xml", "--certificates", "c.pem"];
    for (arguments, part) in [
        (["evaluate", "nowhere.json"].as_slice(), "cannot read `nowhere.json`"),
        (&["evaluate", "--json", "no\u{1b}[31mwhere"], "no<U+001B>[31mwhere"),
        (&[&["evaluate"], files.as_slice(), &["--at", "now"]].concat(), "cannot read `m.xml`"),
        (&[&["evaluate"], files.as_slice()].concat(), "`--at TIME`"),
        (&[&["evaluate", "x.json"], files.as_slice(), &["--at", "now"]].concat(), "found both"),
        (&["evaluate", "--at", "tomorrow"], "RFC 3339"),
        (&["evaluate", "--at", "now", "--at", "now"], "twice"),
        (&["evaluate", "--connection", "http"], "`gateway`"),
        (&["evaluate"], "expected a case"),
        (&["evaluate", "a", "b"], "b"),
        (&["evalute"], "found `evalute`"),
        (&["evaluate", "--jsn"], "--jsn"),
        (&["rules", "no-such-rule"], "no rule is called `no-such-rule`"),
        (&[], "expected a command"),
    ] {
        let output = admit(arguments);
        assert_eq!((output.status.code(), out(&output)), (Some(2), String::new()), "{arguments:?}");
        assert!(err(&output).starts_with("admit: ") && err(&output).contains(part), "{}", err(&output));
    }
}

#[test]
fn the_catalog_is_listed() {
    let list = out(&admit(&["rules"]));
    assert_eq!(list.lines().count(), RULES.len());
    let json: serde_json::Value = serde_json::from_str(&out(&admit(&["rules", "--json"]))).expect("JSON");
    assert_eq!(json.as_array().map(Vec::len), Some(RULES.len()));
    for rule in RULES {
        assert!(list.contains(rule.id));
        let page = out(&admit(&["rules", rule.id]));
        assert!(page.starts_with(rule.id) && page.contains(rule.why), "{page}");
        let json: serde_json::Value = serde_json::from_str(&out(&admit(&["rules", rule.id, "--json"]))).expect("JSON");
        assert_eq!(json["id"], rule.id);
    }
}

#[test]
fn help_and_version_succeed() {
    for (flag, part) in [("--help", "admit evaluate"), ("-V", env!("CARGO_PKG_VERSION"))] {
        let output = admit(&[flag]);
        assert!(output.status.success() && out(&output).contains(part));
    }
}

/// A receipt that the page made holds for its case, and for no other.
#[test]
fn verifies_receipts() {
    let folder = folder("receipt");
    let case = write(&folder, "case.json", CASE);
    let other = write(&folder, "other.json", CASE.replace("2026-11-22", "2026-11-23"));
    let report = evaluate(&Case::from_json(CASE).expect("a case"));
    let hash = |text: &str| {
        use sha2::Digest as _;
        sha2::Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect::<String>()
    };
    let receipt = serde_json::json!({
        "receipt": 1, "kind": "peer", "at": "2026-11-22T00:00:00Z", "engine": report.engine, "verdict": report.verdict,
        "summary": report.summary, "report": format!("sha256:{}", hash(&report.to_json())),
        "case": format!("sha256:{}", hash(&Case::from_json(CASE).expect("a case").to_json())),
    });
    let receipt = write(&folder, "receipt.json", receipt.to_string());
    let held = admit(&["verify", &receipt, &case]);
    assert_eq!(held.status.code(), Some(0), "{}{}", out(&held), err(&held));
    assert!(out(&held).ends_with("the receipt holds\n"));
    let not_held = admit(&["verify", &receipt, &other]);
    assert_eq!(not_held.status.code(), Some(1), "{}", out(&not_held));
    assert_eq!(admit(&["verify", &case, &case]).status.code(), Some(2), "a case is no receipt");
    assert_eq!(admit(&["verify"]).status.code(), Some(2));
}
