//! Manifests in every form, good and bad.

mod faults;
mod forms;
mod hostile;
mod values;

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Manifest, read};
use crate::Document;

/// A manifest with everything that is read, and something that isn't.
const WHOLE: &str = r#"<?xml version="1.0" encoding="utf-16"?>
<!-- Zür 🔒 -->
<ClusterManifest xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" Name="demo" Version="1"
    xmlns="http://schemas.microsoft.com/2011/01/fabric">
  <NodeTypes>
    <NodeType Name="nt1">
      <Endpoints><ClientConnectionEndpoint Port="19000" /></Endpoints>
      <Certificates>
        <ClusterCertificate X509FindType="FindByThumbprint" X509FindValue="aa &amp; bb" X509FindValueSecondary='cc' X509StoreName="my" Name="c" />
        <ServerCertificate X509FindValue="dd"></ServerCertificate>
        <ClientCertificate X509FindValue="ee" />
        <UserRoleClientCertificate X509FindValue="ff" />
      </Certificates>
    </NodeType>
  </NodeTypes>
  <Infrastructure><WindowsServer><NodeList><Node NodeName="n" /></NodeList></WindowsServer></Infrastructure>
  <FabricSettings>
    <Section Name="Security">
      <Parameter Name="ClusterCredentialType" Value="X509" />
      <!-- <Parameter Name="ClusterCertThumbprints" Value="commented out" /> -->
      <Parameter Value='🔒&#x200E;ab&lt;cd' Name='ClusterCertThumbprints' IsEncrypted="false"/>
    </Section>
    <Section Name="Security/ServerX509Names"><Parameter Name="server.example" Value="" /></Section>
  </FabricSettings>
  <Certificates><SecretsCertificate X509FindValue="99" /></Certificates>
  <Description><![CDATA[ a < b & c ]]> &gt; text</Description>
</ClusterManifest>
"#;

/// The settings as `section/name=value`, one each.
fn settings(manifest: &Manifest<'_>) -> Vec<String> {
    let sections = manifest.sections.iter();
    sections
        .flat_map(|section| {
            let name = section.name.text();
            section.parameters.iter().map(move |found| format!("{name}:{}={}", found.name.text(), found.value.text()))
        })
        .collect()
}

/// The errors of a text, as they are shown.
fn errors(text: &str) -> Vec<String> {
    read(&Document::new("m", text)).errors.iter().map(ToString::to_string).collect()
}

/// The rules of the findings of a text.
fn rules(text: &str) -> Vec<String> {
    read(&Document::new("m", text)).findings.iter().map(|finding| finding.rule.to_string()).collect()
}
