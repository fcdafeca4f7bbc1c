//! Manifests, requests and signature structures of enclaves, as their projects publish them: what each is recognised as,
//! and which rules fire on it. The rules are named by their number in the fact sheet.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use admit_core::enclave::{Policy, Subject};
use admit_core::{Answer, Case, Question, Report, Trust, evaluate, rule};

use super::vector::{Answers, Vector};

/// What is expected of a file: its form, the rules that fire, and near misses that must not.
struct Expected {
    /// How the path of the file ends.
    file: &'static str,
    form: &'static str,
    fires: &'static [&'static str],
    silent: &'static [&'static str],
}

const fn expected(
    file: &'static str,
    form: &'static str,
    fires: &'static [&'static str],
    silent: &'static [&'static str],
) -> Expected {
    Expected { file, form, fires, silent }
}

/// What the fact sheet lists for the files that are there.
const EXPECTED: &[Expected] = &[
    expected(
        "sig1.sigstruct.bin",
        "sigstruct",
        &["SG07", "SG10", "SG12", "SG13"],
        &["SG01", "SG02", "SG03", "SG05", "SG06", "SG09"],
    ),
    expected("test_enclave.sig", "sigstruct", &["SG07", "SG10", "SG12"], &["SG01", "SG02", "SG03", "SG13", "SG14"]),
    expected("test_enclave.sgxs", "sgxs", &[], &["SG14"]),
    expected(
        "fortanix/app_request_bad_types.json",
        "application",
        &[
            "FX01", "FX02", "FX03", "FX06", "FX08", "FX09", "FX10", "FX12", "FX14", "FX15", "FX16", "FX17", "FX21",
            "FX23", "FX24",
        ],
        &["FX04", "FX22"],
    ),
    expected(
        "fortanix/app_request_good.json",
        "application",
        &[],
        &["FX01", "FX02", "FX08", "FX09", "FX11", "FX13", "FX14"],
    ),
    expected(
        "fortanix/app_request_seed_literal.json",
        "application",
        &["FX11", "FX13", "FX14"],
        &["FX01", "FX02", "FX08", "FX09"],
    ),
    expected(
        "fortanix/convert_request_bad.json",
        "conversion",
        &["FX05", "FX07", "FX19", "FX20", "FX21", "FX22"],
        &["FX01", "FX02", "FX06"],
    ),
    expected(
        "fortanix/run_seed.sh",
        "run-command",
        &["RN04", "RN05", "RN07", "RN10", "RN11"],
        &["RN01", "RN06", "RN13"],
    ),
    expected("fortanix/run_2021.sh", "run-command", &["RN07", "RN10", "RN11"], &["RN04", "RN05", "RN06", "RN13"]),
    expected("fortanix/run_dcap.sh", "run-command", &["RN09"], &["RN07", "RN08", "RN10", "RN11", "RN13"]),
    expected("fortanix/run_privileged.sh", "run-command", &["RN01", "RN02", "RN03"], &["RN12", "RN13", "RN06"]),
    expected(
        "gramine/CI-Examples__python__python.manifest.template",
        "gramine",
        &["GR03", "GR08", "GR17"],
        &["GR01", "GR02", "GR06"],
    ),
    expected(
        "gramine/libos__test__regression__file_check_policy_allow_all_but_log.manifest.template",
        "gramine",
        &["GR07"],
        &[],
    ),
    expected("gramine/CI-Examples__helloworld__helloworld.manifest.template", "gramine", &["GR17"], &["GR01", "GR02"]),
    expected("gramine/CI-Examples__ra-tls-nginx__nginx.manifest.template", "gramine", &["GR17"], &["GR01", "GR02"]),
    expected(
        "gramine/CI-Examples__rust__rust-hyper-http-server.manifest.template",
        "gramine",
        &["GR17"],
        &["GR01", "GR02"],
    ),
    expected("gsc/test__ubuntu24.04-bash.manifest", "gramine", &["GR17"], &["GR01", "GR02"]),
    expected("gsc/test__ubuntu24.04-hello-world.manifest", "gramine", &[], &["GR01", "GR02", "GR17"]),
    expected("gsc/config.yaml.template", "gsc", &["FX29"], &["FX01", "FX02"]),
    expected("gsc/test__generic.manifest", "gramine", &["GR17"], &["GR01", "GR02", "GR04", "GR05"]),
    expected("edp/ipc-queue__Cargo.toml", "edp", &["ED01"], &["ED02", "ED03"]),
    expected("edp/examples__mem-alloc-test__Cargo.toml", "edp", &["ED02"], &["ED01", "ED03"]),
    expected("ego/ego__cmd__integration-test__enclave.json", "ego", &["EG01"], &["EG02"]),
    expected("ego/samples__attested_tls__enclave.json", "ego", &["EG01"], &["EG02", "EG03"]),
    expected("ego/samples__azure_attestation__enclave.json", "ego", &["EG01"], &["EG02"]),
    expected("ego/samples__remote_attestation__enclave.json", "ego", &["EG01"], &["EG02"]),
    expected("ego/samples__wasmtime__enclave.json", "ego", &["EG01", "EG03"], &["EG02"]),
    expected("occlum/test__Occlum.json", "occlum", &["OC01", "OC03", "OC04"], &["OC02"]),
    expected("openenclave/samples__helloworld__enclave__helloworld.conf", "open-enclave", &["OE01"], &["OE02"]),
    expected("openenclave/tests__config_id__enc__sign_kss.conf", "open-enclave", &["OE01"], &["OE02"]),
    expected("openenclave/tests__debug-mode__enc__sign-debug.conf", "open-enclave", &["OE01"], &["OE02"]),
    expected("test-inputs__duplicate_debug.conf", "open-enclave", &["OE01", "OE02"], &[]),
    expected("test-inputs__duplicate_num_heap_pages.conf", "open-enclave", &["OE02"], &[]),
    expected("test-inputs__duplicate_product_id.conf", "open-enclave", &["OE02"], &[]),
    expected("test-inputs__lowercase_debug_property.conf", "open-enclave", &["OE02"], &["OE01"]),
    expected("isv_enclave.config.xml", "intel-sdk", &["IS01", "IS03"], &["IS02", "IS04"]),
    expected("SampleCode__SampleAEXNotify__Enclave__Enclave.config.xml", "intel-sdk", &["IS01", "IS03"], &["IS02"]),
    expected("server_enc.config.xml", "intel-sdk", &["IS01", "IS03"], &["IS02"]),
    expected("SampleCode__SampleEnclave__Enclave__Enclave.config.xml", "intel-sdk", &["IS01", "IS03"], &["IS02"]),
    expected("psw__ae__pce__config.xml", "intel-sdk", &["IS03"], &["IS01", "IS02"]),
    expected("psw__ae__qe__config.xml", "intel-sdk", &[], &["IS01", "IS02", "IS03"]),
    expected("fortanix/pod.yaml", "pod", &["RN01", "RN07", "RN10", "RN11", "FX29"], &["RN13", "RN06", "RN05"]),
    expected("fortanix/build_request.json", "build", &["FX26", "FX27", "FX29"], &["FX01", "FX02", "FX25"]),
];

/// Artefacts that are looked at together, and what that must and must not show.
const TOGETHER: &[(&[&str], &[&str], &[&str])] = &[
    (&["test_enclave.sig", "test_enclave.sgxs"], &[], &["SG14"]),
    (&["sig1.sigstruct.bin", "test_enclave.sgxs"], &["SG14"], &[]),
];

/// Runs every file of the folder, and the pairs. Says of each file what it is, and which rules fire.
pub(super) fn run(data: &Path) -> Result<Answers, String> {
    let mut files = Vec::new();
    collect(data, &mut files);
    files.sort();
    let mut answers = Answers::default();
    let mut add = |id: String, answer| answers.scored.push(Vector { id, answer });
    for path in files.iter().filter(|path| is_artefact(path)) {
        let name = path.strip_prefix(data).unwrap_or(path).display().to_string();
        let report = report(&[path]).ok_or_else(|| format!("{name}: it can't be read"))?;
        println!("{name}: {} [{}]", form(&report), fired(&report).join(" "));
        if let Some(expected) = EXPECTED.iter().find(|expected| name.ends_with(expected.file)) {
            add(name, judge(&report, Some(expected.form), expected.fires, expected.silent));
        }
    }
    for (names, fires, silent) in TOGETHER {
        let paths: Vec<&PathBuf> =
            names.iter().filter_map(|name| files.iter().find(|path| path.ends_with(name))).collect();
        if paths.len() == names.len() {
            let report = report(&paths).ok_or_else(|| format!("{}: they can't be read", names.join(" + ")))?;
            add(names.join(" + "), judge(&report, None, fires, silent));
        }
    }
    Ok(answers)
}

/// The files below a folder that are no descriptions of the others.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        if path.is_dir() { collect(&path, files) } else { files.push(path) }
    }
}

fn is_artefact(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    !["EXPECTED_sigstruct.json", "public_test_mrsigners.json", "em-client-4.0.2-fields.json", "README.txt"]
        .contains(&name.as_ref())
}

/// The report of an enclave with these artefacts, under a policy that accepts nothing by identity.
fn report(paths: &[&PathBuf]) -> Option<Report> {
    let mut artefacts = BTreeMap::new();
    for (index, path) in paths.iter().enumerate() {
        let bytes = fs::read(path).ok()?;
        let text = admit_core::decode_artefact(&bytes).ok()?;
        artefacts.insert(format!("file-{index}"), text);
    }
    let question = Question::Enclave(Policy::default(), Subject { artefacts });
    let at = "2026-11-22T00:00:00Z".parse().ok()?;
    Some(evaluate(&Case { title: None, teaches: None, at, question, trust: Trust::default(), expect: Vec::new() }))
}

fn form(report: &Report) -> String {
    let Answer::Enclave(answer) = &report.answer else { return String::new() };
    let form = answer.artefacts.first().and_then(|artefact| artefact.form);
    form.and_then(|form| serde_json::to_value(form).ok()?.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The ids of the rules that fired.
fn fired(report: &Report) -> Vec<String> {
    let mut fired: Vec<String> = report.findings.iter().map(|finding| finding.rule.to_string()).collect();
    fired.dedup();
    fired
}

fn fires(report: &Report, number: &str) -> bool {
    report.findings.iter().any(|finding| rule(&finding.rule).is_some_and(|rule| rule.aliases.contains(&number)))
}

fn judge(report: &Report, expected: Option<&str>, must: &[&str], must_not: &[&str]) -> Result<(), String> {
    let mut wrong = Vec::new();
    if expected.is_some_and(|expected| expected != form(report)) {
        wrong.push(format!("expected {expected:?}, recognised {:?}", form(report)));
    }
    wrong.extend(must.iter().filter(|number| !fires(report, number)).map(|number| format!("{number} is silent")));
    wrong.extend(must_not.iter().filter(|number| fires(report, number)).map(|number| format!("{number} fires")));
    wrong.extend(report.errors.iter().map(ToString::to_string));
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("; ")) }
}
