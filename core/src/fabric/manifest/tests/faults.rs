//! What is refused: each fault gives one error, in its place, and what else there is is still read.

use super::{errors, settings};
use crate::fabric::manifest::read;
use crate::{Document, ErrorKind};

/// Puts `middle` between two good lines, after characters that take several bytes, and reads it: the errors, and the
/// parameters.
fn faults(middle: &str, expected: &[&str], parameters: &[&str]) {
    let text = alloc::format!(
        "<Section Name=\"S\"><!-- é🔒 -->\n  <Parameter Name=\"0\" Value=\"é🔒\"/>\n🔒{middle}\n  <Parameter Name=\"9\" Value=\"\"/>\n</Section>"
    )
    .replace("\n🔒", "\n<!--🔒-->");
    assert_eq!(errors(&text), expected, "{text}");
    let document = Document::new("m", &text);
    let found = settings(&read(&document).manifest);
    let (Some(first), Some(last)) = (found.first(), found.last()) else { panic!("{text}") };
    assert_eq!((first.as_str(), last.as_str()), ("S:0=é🔒", "S:9="), "{text}");
    assert_eq!(found[1..found.len() - 1], *parameters, "{text}");
}

#[test]
fn quotation_marks_that_are_missing() {
    faults(
        "<Parameter Name=\"a Value=\"b\" />",
        &["m:3:25: expected `\"` to close the value of `Name`, found the attribute `Value`"],
        &["S:a=b"],
    );
    faults(
        "<Parameter Name=\"a Value=\"\" />",
        &["m:3:25: expected `\"` to close the value of `Name`, found the attribute `Value`"],
        &["S:a="],
    );
    for end in [" />", ">", "/>"] {
        faults(
            &alloc::format!("<Parameter Name=\"a\" Value=\"b{end}"),
            &["m:3:35: expected `\"` to close the value of `Value`, found `<`"],
            &["S:a=b"],
        );
    }
    faults(
        "<Parameter Name='a' Value='b />",
        &["m:3:35: expected `'` to close the value of `Value`, found `<`"],
        &["S:a=b"],
    );
    faults(
        "<Parameter Name=a Value=b/>",
        &[
            "m:3:25: expected a value in quotation marks for `Name`, found `a`",
            "m:3:33: expected a value in quotation marks for `Value`, found `b`",
        ],
        &["S:a=b"],
    );
    faults(
        "<Parameter Name=“a” Value=”b” />",
        &[
            "m:3:25: expected a value in straight quotation marks for `Name`, found `“`",
            "m:3:35: expected a value in straight quotation marks for `Value`, found `”`",
        ],
        &["S:a=b"],
    );
    faults(
        "<Parameter Name=\"a\" Value=\"b\"c\" />",
        &["m:3:38: expected another attribute, `/>` or `>` after the value of `Value`, found `c`"],
        &["S:a=b"],
    );
    faults(
        "<Parameter Name=\"a\"Value=\"b\" />",
        &["m:3:28: expected a blank after the value of `Name`, found `V`"],
        &["S:a=b"],
    );
}

#[test]
fn signs_that_are_missing() {
    faults("<Parameter Name \"a\" Value=\"b\"/>", &["m:3:24: expected `=` after `Name`, found `\"`"], &["S:a=b"]);
    faults("<Parameter Name Value=\"b\"/>", &["m:3:24: expected `=` after `Name`, found `V`"], &[]);
    faults(
        "<Parameter Name= Value=\"b\"/>",
        &["m:3:26: expected a value in quotation marks for `Name`, found the attribute `Value=\"b\"`"],
        &[],
    );
    faults(
        "<Parameter Name=\"a\" Value=\"b\"",
        &["m:3:38: expected `>` for the tag `<Parameter` of line 3, column 9, found `<`"],
        &["S:a=b"],
    );
    faults(
        "<Parameter Name=\"a\" Value=\"b\">",
        &["m:3:38: expected `/>` at the end of `<Parameter>`, which holds no element, found `>`"],
        &["S:a=b"],
    );
    faults(
        "Parameter Name=\"a\" Value=\"b\" />",
        &["m:3:9: expected `<Parameter>`, found the text `Parameter Name=\"a\" Value=\"b\" />`"],
        &[],
    );
    faults(
        "< Parameter Name=\"a\" Value=\"b\" />",
        &["m:3:9: expected the name of an element after `<`, found a blank"],
        &[],
    );
    faults(
        "<!Parameter />",
        &["m:3:9: expected a comment `<!-- -->`, `<![CDATA[ ]]>` or `<!DOCTYPE >`, found `<!Paramet`"],
        &[],
    );
}

#[test]
fn references_and_signs_in_values() {
    faults(
        "<Parameter Name=\"a\" Value=\"b < c & d &amp &foo; &#0; &#x110000; &#99999999999; &#;\"/>",
        &[
            "m:3:38: expected `&lt;` in the value of `Value`, found `<`",
            "m:3:42: expected a reference such as `&amp;`, found `&` alone",
            "m:3:46: expected `;` after `&amp`, found a blank",
            "m:3:51: expected `&amp;`, `&lt;`, `&gt;`, `&quot;`, `&apos;` or the number of a character, found `&foo;`",
            "m:3:57: expected the number of a character that XML allows, found `&#0;`",
            "m:3:62: expected the number of a character that XML allows, found `&#x110000;`",
            "m:3:73: expected the number of a character that XML allows, found `&#99999999999;`",
            "m:3:88: expected the number of a character that XML allows, found `&#;`",
        ],
        &["S:a=b < c & d &amp &foo; &#0; &#x110000; &#99999999999; &#;"],
    );
    faults(
        "<Parameter Name=\"a\" Value=\"\u{1}\"/>",
        &["m:3:36: expected a character that XML allows, found <U+0001>"],
        &["S:a=\u{1}"],
    );
    faults("<!-- a -- b -->", &["m:3:16: expected a comment without `--` inside, found `--`"], &[]);
    faults(
        "]]>",
        &["m:3:9: expected `]]&gt;` in text, found `]]>`", "m:3:9: expected `<Parameter>`, found the text `]]>`"],
        &[],
    );
}

#[test]
fn attributes_that_are_missing_or_too_many() {
    faults(
        "<Parameter Value=\"b\"/>",
        &["m:3:9: expected an attribute `Name` of `<Parameter>`, found only `Value`"],
        &[],
    );
    faults(
        "<Parameter/>",
        &[
            "m:3:9: expected an attribute `Name` of `<Parameter>`, found none",
            "m:3:9: expected an attribute `Value` of `<Parameter>`, found none",
        ],
        &[],
    );
    faults("<Parameter name=\"a\" Value=\"b\"/>", &["m:3:20: expected `Name`, found `name`"], &[]);
    faults(
        "<Parameter Name=\"a\" Value=\"b\" Name=\"c\"/>",
        &["m:3:39: expected each attribute of `Parameter` once, found a second `Name`"],
        &["S:a=b"],
    );
    faults(
        "<Parameter Name=\"a\">b</Parameter>",
        &[
            "m:3:9: expected an attribute `Value` of `<Parameter>`, found only `Name`",
            "m:3:29: expected `</Parameter>`, found the text `b`",
        ],
        &[],
    );
    faults(
        "<Paramter Name=\"a\" Value=\"b\"/>",
        &["m:3:9: expected `<Parameter>` in `<Section>`, found `<Paramter>`"],
        &[],
    );
    faults("<parameter Name=\"a\" Value=\"b\"/>", &["m:3:9: expected `<Parameter>`, found `<parameter>`"], &["S:a=b"]);
}

#[test]
fn a_certificate_needs_its_find_value() {
    let text = "<ClusterCertificate X509FindType='FindByThumbprint'/>";
    assert_eq!(
        errors(text),
        ["m:1:1: expected an attribute `X509FindValue` of `<ClusterCertificate>`, found only `X509FindType`"]
    );
    let text = "<NodeType Name='n'><Certificates><ClientCertificate X509FindValue='1'/><ClientCertificate \
                X509FindValue='2' X509findvaluesecondary='3'/></Certificates></NodeType>";
    assert_eq!(
        errors(text),
        [
            "m:1:72: expected one `<ClientCertificate>` in a node type, found a second, after line 1, column 34",
            "m:1:109: expected `X509FindValueSecondary`, found `X509findvaluesecondary`",
        ]
    );
}

#[test]
fn elements_that_are_not_closed() {
    assert_eq!(
        errors("<Section Name='é🔒'>\n <Parameter Name='a' Value='b'/>\n"),
        ["m:3:1: expected `</Section>` for the `<Section>` of line 1, column 1, found the end of the document"]
    );
    assert_eq!(
        errors("<ClusterManifest><FabricSettings>\n<Section Name='a'>\n</FabricSettings></ClusterManifest>"),
        ["m:3:1: expected `</Section>` for the `<Section>` of line 2, column 1, found `</FabricSettings>`"]
    );
    assert_eq!(
        errors("<Section Name='a'></Sectoin>"),
        ["m:1:19: expected `</Section>` for the `<Section>` of line 1, column 1, found `</Sectoin>`"]
    );
    assert_eq!(
        errors("<Section Name='a'/></Section>"),
        ["m:1:20: expected a start tag before the end tag, found `</Section>`"]
    );
    assert_eq!(
        errors("<Section Name='a'><!-- é\n</Section>"),
        ["m:1:19: expected `-->` for the comment that begins here, found the end of the document"]
    );
    assert_eq!(
        errors("<Section Name='a'>\n  <Parameter Name='b'\n Val"),
        ["m:3:5: expected `=` after `Val`, found the end of the document"]
    );
    assert_eq!(
        errors("<Section Name='a'>\n  <Parameter Name='b"),
        ["m:2:21: expected `'` to close the value of `Name` of line 2, column 19, found the end of the document"]
    );
}

#[test]
fn what_stands_around_a_manifest() {
    let text = "Here you are:\n<Section Name='S'><Parameter Name='a' Value='b'/></Section>\nThanks, &amp; bye";
    let start = "expected `<ClusterManifest>` or a part of one, such as `<Section>` or `<NodeTypes>`, found the text";
    assert_eq!(
        errors(text),
        [alloc::format!("m:1:1: {start} `Here you are:`"), alloc::format!("m:3:1: {start} `Thanks,`"),]
    );
    let document = Document::new("m", text);
    assert_eq!(settings(&read(&document).manifest), ["S:a=b"]);
    assert_eq!(
        errors("<ClusterManifest/>\n<ClusterManifest/>"),
        ["m:2:1: expected nothing after the `<ClusterManifest>` of line 1, column 1, found `<ClusterManifest>`"]
    );
    assert_eq!(
        errors("<ClusterManifest><Section Name='a'/></ClusterManifest>"),
        ["m:1:18: expected `<FabricSettings>` or `<NodeTypes>` in `<ClusterManifest>`, found `<Section>`"]
    );
    assert_eq!(
        errors("<ClusterManifest/><?xml version='1.0'?>"),
        ["m:1:19: expected the XML declaration at the start of the document, found a declaration behind other text"]
    );
    assert_eq!(errors("<?xml version='1.1'?><ClusterManifest/>"), ["m:1:1: expected XML version 1.0, found `1.1`"]);
    assert_eq!(
        errors("<!DOCTYPE a [<!ATTLIST Parameter Value CDATA 'x'>]><ClusterManifest/>"),
        ["m:1:14: expected a DOCTYPE without declarations of attributes, found `<!ATTLIST`"]
    );
}

#[test]
fn documents_of_another_kind_are_named() {
    let found = |text: &str| {
        let document = Document::new("m", text);
        let reading = read(&document);
        let [error] = reading.errors.as_slice() else { panic!("{text}: {:?}", reading.errors) };
        assert!(reading.findings.is_empty() && error.help.is_some());
        alloc::format!("{}:{} {}", error.span.line, error.span.column, error.found)
    };
    assert_eq!(found("\n {\"name\": \"x\"}"), "2:2 an object with `name`");
    assert_eq!(found("[\n{}]"), "1:1 an array");
    assert_eq!(found("-----BEGIN CERTIFICATE-----\nMII\n"), "1:1 a PEM block");
    assert_eq!(found("https://example.com/ClusterManifest.xml\n"), "1:1 an address");
    assert_eq!(found("<!doctype html><p>"), "1:1 an HTML page");
    assert_eq!(found(&"MIIB".repeat(20)), "1:1 base64, as of a certificate");
    assert_eq!(found(" \n"), "2:1 an empty document");
    assert_eq!(found("\u{feff}"), "1:2 an empty document");
    assert_eq!(found("[xml]$x"), "1:1 the text `[xml]$x`");
}

#[test]
fn a_text_in_the_wrong_encoding_is_said() {
    let text = "<Section Name='a'/>".replace('a', "\0a");
    let document = Document::new("m", &text);
    let error = &read(&document).errors[0];
    assert!(error.help.as_ref().is_some_and(|help| help.contains("UTF-16")), "{error:?}");
    assert_eq!((error.kind, error.span.column), (ErrorKind::Syntax, 11));
}
