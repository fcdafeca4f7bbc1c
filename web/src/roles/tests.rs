//! What real reports say of each role.

use std::fs;
use std::path::Path;

use admit_core::evaluate;
use serde_json::{Value, json};

use super::*;

const USER: &str = "user.client.fabric.example";

/// A document of a case of the tree; empty where it has none.
fn text(name: &str, file: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/cases/peer").join(name);
    fs::read_to_string(folder.join(file)).unwrap_or_default()
}

/// A case of the tree.
fn case(name: &str) -> Case {
    let mut case: Value = serde_json::from_str(&text(name, "case.json")).expect("a case");
    let manifest = ["xml", "json"].map(|form| text(name, &format!("policy.manifest.{form}"))).concat();
    let certificates = text(name, "subject.certificates.pem");
    assert!(!manifest.is_empty() && !certificates.is_empty(), "{name}");
    case["policy"]["manifest"] = manifest.into();
    case["subject"]["certificates"] = certificates.into();
    let roots = text(name, "trust.roots.pem");
    if !roots.is_empty() {
        case["trust"]["roots"] = roots.into();
    }
    Case::from_json(&case.to_string()).expect("a case")
}

/// A user client whose thumbprint is listed, and what stands beside that list.
fn listed(beside: &str, roots: bool) -> Case {
    let certificates = text("roles-by-names", "subject.certificates.pem");
    let user = certificates.split("# issuing-a").next().and_then(|two| two.split("# user-a").nth(1)).expect("a user");
    let issuer = certificates.split("# issuing-a").nth(1).expect("an issuer");
    let thumbprint = thumbprint();
    let manifest = format!(
        r#"<FabricSettings><Section Name="Security"><Parameter Name="ServerAuthCredentialType" Value="X509" />
        <Parameter Name="ClusterCredentialType" Value="X509" /><Parameter Name="ClientRoleEnabled" Value="true" />
        <Parameter Name="ClientCertThumbprints" Value="{thumbprint}" /></Section>{beside}</FabricSettings>"#
    );
    let mut case = json!({
        "admit": 1, "kind": "peer", "at": "2026-11-22T00:00:00Z",
        "policy": { "connection": "gateway", "manifest": manifest },
        "subject": { "certificates": format!("{user}{issuer}") },
    });
    if roots {
        case["trust"]["roots"] = text("roles-by-names", "trust.roots.pem").into();
    }
    Case::from_json(&case.to_string()).expect("a case")
}

fn thumbprint() -> String {
    let report = evaluate(&case("roles-by-names"));
    let user = report.certificates.iter().find(|facts| facts.common_names == [USER]).expect("a user");
    user.sha1.clone()
}

/// What a certificate of a case is told at the gateway: each role with its verdict and what that rests on.
fn told(case: &Case, certificate: u32) -> Vec<(&'static [Role], Verdict, Ground)> {
    let report = evaluate(case);
    let admit_core::Answer::Peer(answer) = &report.answer else { panic!("no matrix") };
    let is_own = |cell: &&Cell| (cell.certificate, cell.connection) == (certificate, Connection::Gateway);
    let cell = answer.cells.iter().find(is_own).expect("a cell");
    let places = Told::new(case, &report, answer.roles_in_effect).places(cell);
    places.iter().map(|place| (place.roles, place.verdict, place.ground)).collect()
}

const ADMIN_CLIENT: [(&[Role], Verdict, Ground); 2] =
    [(&[Role::Admin], Verdict::Admitted, Ground::Cell), (&[Role::User], Verdict::Admitted, Ground::Admin)];
const USER_CLIENT: [(&[Role], Verdict, Ground); 2] =
    [(&[Role::Admin], Verdict::Refused, Ground::UserOnly), (&[Role::User], Verdict::Admitted, Ground::Cell)];
const AT_LEAST: [(&[Role], Verdict, Ground); 2] =
    [(&[Role::Admin], Verdict::Indeterminate, Ground::UserAtLeast), (&[Role::User], Verdict::Admitted, Ground::Cell)];

#[test]
fn an_admin_client_has_the_rights_of_a_user_client_and_not_the_other_way_round() {
    assert_eq!(told(&case("article-1-roles-on"), 1), ADMIN_CLIENT);
    assert_eq!(told(&case("article-1-roles-on"), 2), USER_CLIENT);
    assert_eq!(told(&case("rotation"), 4), USER_CLIENT);
    assert_eq!(told(&case("config-thumbprints"), 3), USER_CLIENT);
    assert_eq!(told(&case("roles-by-names"), 1), ADMIN_CLIENT);
    assert_eq!(told(&case("roles-by-names"), 2), USER_CLIENT);
    assert_eq!(told(&listed("", false), 1), USER_CLIENT);
}

#[test]
fn what_holds_for_both_is_said_once() {
    assert_eq!(told(&case("article-1-roles-on"), 3), [(CLIENTS, Verdict::Refused, Ground::Cell)]);
    let names = format!(r#"<Section Name="Security/ClientX509Names"><Parameter Name="{USER}" Value="" /></Section>"#);
    let mut open = listed(&names, false);
    let manifest = open.document_mut(MANIFEST).expect("a manifest");
    *manifest = manifest.replace(&thumbprint(), "");
    assert_eq!(told(&open, 1), [(CLIENTS, Verdict::Indeterminate, Ground::Cell)]);
}

#[test]
fn without_roles_a_client_has_one() {
    let case = case("article-1-thumbprints");
    let report = evaluate(&case);
    let admit_core::Answer::Peer(answer) = &report.answer else { panic!("no matrix") };
    assert!(!answer.roles_in_effect && !answer.cells.is_empty());
    for cell in &answer.cells {
        let places = Told::new(&case, &report, false).places(cell);
        assert_eq!(places, [Place { roles: of(cell.connection, false), verdict: cell.verdict, ground: Ground::Cell }]);
        assert_eq!(places[0].roles.len(), 1);
    }
}

#[test]
fn the_name_of_an_admin_may_count_where_the_roots_are_not_given() {
    let names = |pin: &str| {
        format!(r#"<Section Name="Security/AdminClientX509Names"><Parameter Name="{USER}" Value="{pin}" /></Section>"#)
    };
    assert_eq!(told(&listed(&names(""), false), 1), AT_LEAST);
    assert_eq!(told(&listed(&names(""), true), 1), ADMIN_CLIENT, "so it was open");
}

#[test]
fn the_name_of_an_admin_may_count_where_a_store_is_not_given() {
    let stores = format!(
        r#"<Section Name="Security/AdminClientX509Names"><Parameter Name="{USER}" Value="" /></Section>
        <Section Name="Security/ClientCertificateIssuerStores"><Parameter Name="any" Value="Elsewhere" /></Section>"#
    );
    assert_eq!(told(&listed(&stores, true), 1), AT_LEAST);
}

#[test]
fn a_thumbprint_of_an_admin_may_ask_for_a_chain_that_is_not_known() {
    let admin = |roots| {
        let mut case = listed("", roots);
        let manifest = case.document_mut(MANIFEST).expect("a manifest");
        let list = format!("<Parameter Name=\"AdminClientCertThumbprints\" Value=\"{}?true\" />", thumbprint());
        *manifest = manifest.replace("</Section>", &format!("{list}</Section>"));
        case
    };
    assert_eq!(told(&admin(false), 1), AT_LEAST);
    assert_eq!(told(&admin(true), 1), ADMIN_CLIENT, "so it was open");
}

#[test]
fn the_certificate_of_some_nodes_may_be_an_admins_there() {
    assert_eq!(told(&case("deploy-node-type"), 1), AT_LEAST);
}

#[test]
fn what_can_not_be_read_and_what_is_not_told_are_open() {
    assert_eq!(told(&case("config-flag-as-text"), 1), AT_LEAST);
    let mut stated = listed("", true);
    let admit_core::Question::Peer(_, subject) = &mut stated.question else { panic!("another kind") };
    subject.certificates.clear();
    subject
        .facts
        .push(serde_json::from_value(json!({ "thumbprint": thumbprint(), "chain_errors": [] })).expect("facts"));
    assert_eq!(told(&stated, 1), AT_LEAST);
}

#[test]
fn every_admitted_cell_has_its_role_and_no_more_is_admitted() {
    for name in ["rotation", "article-1-roles-on", "article-s13-several-values", "roles-by-names", "config-names"] {
        let case = case(name);
        let report = evaluate(&case);
        let admit_core::Answer::Peer(answer) = &report.answer else { panic!("no matrix") };
        for cell in &answer.cells {
            let places = Told::new(&case, &report, answer.roles_in_effect).places(cell);
            let roles: Vec<Role> = places.iter().flat_map(|place| place.roles).copied().collect();
            assert_eq!(roles, of(cell.connection, answer.roles_in_effect), "{name}: each role once, in order");
            let admitted =
                places.iter().filter(|place| place.verdict == Verdict::Admitted).flat_map(|place| place.roles);
            let admitted: Vec<Role> = admitted.copied().collect();
            let expected = match cell.role.filter(|_| cell.verdict == Verdict::Admitted) {
                Some(Role::Admin) => vec![Role::Admin, Role::User],
                role => role.into_iter().collect(),
            };
            assert_eq!(admitted, expected, "{name}: certificate {}", cell.certificate);
        }
    }
}
