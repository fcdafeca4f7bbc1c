//! What is accepted: whole manifests, fragments, and XML in its variants.

use alloc::format;
use alloc::vec::Vec;

use super::{WHOLE, errors, rules, settings};
use crate::fabric::manifest::{CertificateRole, read};
use crate::{Document, Severity};

const NONE: [&str; 0] = [];

#[test]
fn a_whole_manifest_is_read() {
    let document = Document::new("m", WHOLE);
    let reading = read(&document);
    assert_eq!(reading.errors, []);
    assert_eq!(reading.findings, []);
    assert!(!reading.manifest.is_fragment);
    let expected = [
        "Security:ClusterCredentialType=X509",
        "Security:ClusterCertThumbprints=\u{1f512}\u{200e}ab<cd",
        "Security/ServerX509Names:server.example=",
    ];
    assert_eq!(settings(&reading.manifest), expected);
    let [node_type] = reading.manifest.node_types.as_slice() else { panic!("one node type") };
    assert_eq!(node_type.name.as_ref().map(|name| name.text()), Some("nt1"));
    let roles: Vec<_> = node_type.certificates.iter().map(|found| found.role).collect();
    assert_eq!(roles, CertificateRole::ALL);
    let cluster = node_type.certificate(CertificateRole::Cluster).expect("it is there");
    assert_eq!(cluster.find_type.as_ref().map(|value| value.text()), Some("FindByThumbprint"));
    assert_eq!(cluster.find_value.as_ref().map(|value| value.text()), Some("aa & bb"));
    assert_eq!(cluster.find_value_secondary.as_ref().map(|value| value.text()), Some("cc"));
    assert_eq!(cluster.store_name.as_ref().map(|value| value.text()), Some("my"));
    assert_eq!(cluster.name.as_ref().map(|value| value.text()), Some("c"));
    assert_eq!((cluster.span().line, cluster.span().column), (9, 9));
    assert!(node_type.certificate(CertificateRole::Server).is_some_and(|found| found.find_type.is_none()));
}

#[test]
fn fragments_are_read_and_said() {
    let section = "<Section Name=\"Security\"><Parameter Name=\"A\" Value=\"1\" /></Section>";
    let node_types = "<NodeTypes><NodeType Name='n'><Certificates><ServerCertificate X509FindValue='1'/></Certificates>\
                      </NodeType></NodeTypes>";
    for (text, count, certificates) in [
        (section.into(), 1, 0),
        (format!("  {section}\n{}", section.replace("Security", "Security/ClusterX509Names")), 2, 0),
        (format!("<FabricSettings>{section}</FabricSettings>"), 1, 0),
        ("<Parameter Name='A' Value='1'/>\n<Parameter Name='B' Value='2'/>".into(), 2, 0),
        (node_types.into(), 0, 1),
        (format!("{node_types}{section}"), 1, 1),
        ("<Certificates><ServerCertificate X509FindValue='1'/></Certificates>".into(), 0, 1),
        ("<ServerCertificate X509FindValue='1'/><ClientCertificate X509FindValue='1'/>".into(), 0, 2),
    ] {
        let document = Document::new("m", &text);
        let reading = read(&document);
        assert_eq!(reading.errors, [], "{text}");
        assert!(reading.manifest.is_fragment, "{text}");
        assert_eq!(settings(&reading.manifest).len(), count, "{text}");
        let node_types = &reading.manifest.node_types;
        assert_eq!(node_types.len(), usize::from(certificates > 0), "{text}");
        assert_eq!(node_types.iter().map(|found| found.certificates.len()).sum::<usize>(), certificates, "{text}");
        let finding = reading.findings.first().expect("a finding");
        assert_eq!((finding.rule.as_ref(), finding.severity), ("manifest-fragment", Severity::Info), "{text}");
    }
}

#[test]
fn bare_parameters_belong_to_security() {
    let text = "<Parameter Name='A' Value='1'/><Section Name='Other'/><Parameter Name='B' Value='2'/>";
    let document = Document::new("m", text);
    let reading = read(&document);
    assert_eq!(settings(&reading.manifest), ["Security:A=1", "Security:B=2"]);
    assert_eq!(rules(text), ["manifest-fragment"; 2]);
    let finding = &reading.findings[1];
    assert_eq!(finding.span.as_ref().map(|span| (span.start, span.end)), Some((0, 10)));
}

#[test]
fn xml_in_its_variants_is_read() {
    let inner = "<Section Name='Security'><Parameter Name='A' Value='1'/></Section>";
    for text in [
        format!("\u{feff}<?xml version=\"1.0\" encoding=\"utf-16\" standalone='yes'?>\r\n{inner}"),
        format!("\u{feff}{inner}"),
        format!("\n  <?xml version='1.0'?>{inner}"),
        format!("<?pi any <thing> ?><!-- <Section Name='no'> -->{inner}<!-- - -->"),
        inner.replace("</", "</f:").replace("<S", "<f:S").replace("<P", "<f:P"),
        inner.replace("Name='Security'", "xmlns:f='u' xmlns='v' f:Name='Other'\n\tName = 'Security'\r\n"),
        inner.replace("/>", " ></Parameter >"),
        inner.replace("/>", "><!-- - --> \n</Parameter>"),
        inner.replace("/>", " Later='a > b'/>"),
        format!("<!DOCTYPE Section SYSTEM \"a.dtd\" [ <!ENTITY e \"<x>\"> ]>{inner}"),
        inner.replace("Security", "S&#101;&#x63;urit&#121;"),
    ] {
        let document = Document::new("m", &text);
        let reading = read(&document);
        assert_eq!(reading.errors, [], "{text}");
        assert_eq!(settings(&reading.manifest), ["Security:A=1"], "{text}");
    }
}

#[test]
fn fenced_blocks_are_read() {
    let text = "See `<Section>`:\n\n```xml\n<Section Name='A'>\n  <Parameter Name='n' Value='1'/>\n</Section>\n```\n\
                then `a < b`\n~~~\n<Section Name='B'/>\n~~~\n```json\n{}\n```\n```\n<Section Name='C'/>";
    let document = Document::new("m", text);
    let reading = read(&document);
    assert_eq!(reading.errors, []);
    let names: Vec<_> = reading.manifest.sections.iter().map(|section| section.name.text()).collect();
    assert_eq!(names, ["A", "B", "C"]);
    assert_eq!(document.slice(reading.manifest.sections[0].parameters[0].value.place(0..1)), "1");
    assert_eq!(rules(text), ["manifest-fragment"; 2]);
    assert!(reading.findings[1].message.starts_with("3 fenced code blocks"), "{}", reading.findings[1].message);
    assert_eq!(
        errors("```xml\n<Section Name='A'>\n```\n"),
        ["m:3:1: expected `</Section>` for the `<Section>` of line 2, column 1, found the end of the code block"]
    );
    // A fence inside of XML is no fence.
    assert_eq!(errors("<!--\n```\n-->\n<Section Name='A'/>"), NONE);
}

#[test]
fn other_elements_are_passed_over() {
    let text = "<ClusterManifest><NodeTypes><NodeType Name='n'><LogicalDirectories>text &amp; <Section/> </LogicalDirectories>\
                </NodeType></NodeTypes><Votes/><Whatever><Parameter/></Whatever></ClusterManifest>";
    assert_eq!(errors(text), NONE);
    assert_eq!(rules(text), NONE);
}

#[test]
fn duplicates_are_kept_and_found() {
    let text = "<ClusterManifest><FabricSettings><Section Name='Security'><Parameter Name='A' Value='1'/>\
                <Parameter Name='a' Value='2'/></Section><Section Name='SECURITY'><Parameter Name='A' Value='3'/>\
                <Parameter Name='B' Value='4'/></Section><Section Name='Other'><Parameter Name='A' Value='5'/>\
                </Section></FabricSettings></ClusterManifest>";
    let document = Document::new("m", text);
    let reading = read(&document);
    assert_eq!(reading.errors, []);
    let values: Vec<_> = reading.manifest.parameters("security", "a").map(|found| found.value.text()).collect();
    assert_eq!(values, ["1", "2", "3"]);
    let messages: Vec<_> = reading.findings.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "parameter `a` is declared twice in section `Security`",
            "section `SECURITY` is declared twice",
            "parameter `A` is declared twice in section `SECURITY`",
        ]
    );
    let second = reading.findings[0].span.as_ref().expect("a place");
    let first = &reading.findings[0].related[0].span;
    assert_eq!((document.slice(second.start as usize..second.end as usize), first.start), ("a", 75));
    assert!(reading.findings.iter().all(|found| found.severity == Severity::Error));
    // The same name in two sections is no duplicate.
    assert_eq!(rules(&text.replace("SECURITY", "Another").replace("'a'", "'b'")), NONE);
}

#[test]
fn encrypted_security_parameters_are_found() {
    let text = |section: &str, value: &str| {
        format!(
            "<ClusterManifest><FabricSettings><Section Name='{section}'><Parameter Name='A' Value='1' \
             IsEncrypted='{value}'/></Section></FabricSettings></ClusterManifest>"
        )
    };
    assert_eq!(rules(&text("Security", "true")), ["parameter-encrypted"]);
    assert_eq!(rules(&text("security/ClusterX509Names", "1")), ["parameter-encrypted"]);
    assert_eq!(rules(&text("Security", "false")), NONE);
    assert_eq!(rules(&text("Management", "true")), NONE);
    assert_eq!(rules(&text("Security2", "true")), NONE);
    assert_eq!(
        errors(&text("Security", "TRUE")),
        ["m:1:102: expected `true` or `false` for `IsEncrypted`, found `TRUE`"]
    );
}
