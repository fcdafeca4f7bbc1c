//! Service Fabric's own expectations: `vectors.jsonl`, what its tests expect, and `derived.jsonl`, what its code says.
//!
//! Certificates of the vectors are not public, so they are stated as facts. An area is covered by a line of [`AREAS`];
//! the others are named and counted, and never a failure.

mod claims;
mod configurations;
mod manifest;
mod names;
mod presentation;
mod roles;
mod sessions;
mod stated;
mod thumbprints;
mod updates;
mod values;
mod verify;

use std::path::Path;

use serde_json::Value;

use super::data;
use super::vector::{Answers, Vector};

/// What came of one vector.
enum Ran {
    /// Nothing, or what was expected and found instead.
    Answer(Result<(), String>),
    /// It can't be run: why.
    Unfit(&'static str),
}

type Runner = fn(&str, &Value, &Value) -> Result<Ran, String>;

/// The areas that are covered, and what runs their vectors: given the area, the input and what is expected.
const AREAS: &[(&str, Runner)] = &[
    ("config_value", values::derived),
    ("config_value_parse", values::parse),
    ("thumbprint_parse", thumbprints::parse),
    ("thumbprint_list", thumbprints::list),
    ("thumbprint_equal", thumbprints::equal),
    ("thumbprint_set", thumbprints::set),
    ("settings_equal", names::settings_equal),
    ("x509_name_map_match", names::matches),
    ("x509_name_map_add", names::add),
    ("x509_issuer_identity", names::identity),
    ("x509_names_section", names::section),
    ("issuer_store", names::issuer_store),
    ("from_configuration", names::from_configuration),
    ("credential_type", values::credential_type),
    ("verify_windows", verify::windows),
    ("verify_linux", verify::linux),
    ("session", sessions::session),
    ("session_windows", sessions::windows),
    ("session_linux", sessions::linux),
    ("crl_offline_session", sessions::crl_offline),
    ("implicit_peer_trust", sessions::peer_trust),
    ("cluster_join", sessions::cluster_join),
    ("cluster_join_san", sessions::cluster_join_san),
    ("client_connect", sessions::client_connect),
    ("node_open", sessions::node_open),
    ("credential_load", presentation::load_credentials),
    ("credential_refresh", presentation::refresh),
    ("get_certificate", presentation::get_certificate),
    ("find_value_parse", presentation::parse),
    ("find_value_strings", presentation::strings),
    ("claims_parse", claims::parse),
    ("claims_match", claims::matches),
    ("role_claims", claims::role),
    ("managed_x509name_equals", names::equal),
    ("update_thumbprints", updates::thumbprints),
    ("update_common_names", updates::common_names),
    ("update_issuer_thumbprints", updates::issuer_thumbprints),
    ("update_issuer_stores", updates::stores),
    ("update_installation", updates::installed),
    ("install_check", updates::install_check),
    ("install_check_all_nodes", updates::install_check),
    ("install_check_each_on_one_node", updates::install_check),
    ("install_check_any_on_one_node", updates::install_check),
    ("security_type_change", updates::type_change),
    ("unique_thumbprints", updates::unique),
    ("added_cns_and_issuers", updates::names_together),
    ("merge_cns_and_issuers", updates::names_together),
    ("upgrade_flow", updates::flow),
    ("upgrade_manifests", updates::manifests),
    ("upgrade_classification", updates::classification),
    ("upgrade_rollback", updates::rollback),
    ("upgrade_interrupt", updates::interrupt),
    ("json_thumbprint", configurations::thumbprint),
    ("json_issuer_thumbprints", configurations::thumbprint),
    ("json_thumbprints", configurations::validate),
    ("json_common_names", configurations::validate),
    ("json_cn_vs_thumbprint", configurations::validate),
    ("json_certificates", configurations::validate),
    ("json_issuer_stores", configurations::validate),
    ("json_aad", configurations::directory),
    ("json_to_manifest", configurations::to_manifest),
    ("manifest_thumbprint", configurations::manifest_thumbprint),
    ("manifest_sections", configurations::manifest_section),
    ("fss_validate", configurations::file_store),
    ("role", roles::role),
    ("role_cluster", roles::cluster),
    ("role_merge", roles::merge),
];

/// Where the areas that are not covered belong, by the beginning of their names.
const ELSEWHERE: &[(&str, &str)] = &[
    ("update_", "roll-outs (issue 5)"),
    ("upgrade_", "roll-outs (issue 5)"),
    ("install_check", "roll-outs (issue 5)"),
    ("security_type_change", "roll-outs (issue 5)"),
    ("unique_thumbprints", "roll-outs (issue 5)"),
    ("added_cns_and_issuers", "roll-outs (issue 5)"),
    ("merge_cns_and_issuers", "roll-outs (issue 5)"),
    ("manifest_certificate_change", "roll-outs (issue 5)"),
    ("fss_upgrade", "roll-outs (issue 5)"),
    ("json_", "configurations and deployment (issue 4)"),
    ("manifest_", "configurations and deployment (issue 4)"),
    ("fss_", "configurations and deployment (issue 4)"),
    ("crl_offline_cache", "out of scope: what a running node remembers between connections; a case has one instant"),
    ("issuer_store_refresh", "out of scope: what a running node notices later; a case has one instant"),
    ("issuer_store_public_api", "out of scope: how a public interface gives back what it was given"),
    ("public_api", "out of scope: a null pointer, which no setting can hold"),
];

/// Why the vectors of an area are not run.
fn elsewhere(area: &str) -> String {
    match ELSEWHERE.iter().find(|(begins, _)| area.starts_with(begins)) {
        Some((_, whose)) => format!("the area {area} is not covered: {whose}"),
        None => format!("the area {area} is not covered, and nobody's"),
    }
}

/// Runs both files of the folder, or the file at `path`.
pub(super) fn run(path: &Path) -> Result<Answers, String> {
    let mut answers = Answers::default();
    let files = if path.is_dir() {
        vec![path.join("vectors.jsonl"), path.join("derived.jsonl")]
    } else {
        vec![path.to_owned()]
    };
    for file in files {
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        for (number, line) in (1_u32..).zip(data::text(&file)?.lines()).filter(|(_, line)| !line.trim().is_empty()) {
            let at = |error| format!("{}:{number}: {error}", file.display());
            let vector: Value = serde_json::from_str(line).map_err(|error| at(error.to_string()))?;
            let area = data::string(&vector, "area").map_err(at)?;
            let id = format!("{area} {name}:{number}");
            match AREAS.iter().find(|(covered, _)| *covered == area) {
                None => answers.left.entry(elsewhere(area)).or_default().push(id),
                Some((_, run)) => match run(area, &vector["input"], &vector["expected"]) {
                    Ok(Ran::Answer(answer)) => {
                        let answer = answer.map_err(|what| format!("{what}\n  input: {}", vector["input"]));
                        answers.scored.push(Vector { id, answer });
                    }
                    Ok(Ran::Unfit(why)) => answers.left.entry(why.to_owned()).or_default().push(id),
                    Err(what) => {
                        let answer = Err(format!("not understood: {what}\n  input: {}", vector["input"]));
                        answers.scored.push(Vector { id, answer });
                    }
                },
            }
        }
    }
    Ok(answers)
}

/// Agreement, or what was expected and found.
fn compare<T: PartialEq + std::fmt::Debug>(expected: T, found: T) -> Ran {
    Ran::Answer(if expected == found { Ok(()) } else { Err(format!("expected {expected:?}, found {found:?}")) })
}
