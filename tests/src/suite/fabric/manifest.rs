//! Cases made of settings and facts.

use admit_core::fabric::Cell;
use admit_core::{Answer, Case, evaluate};
use serde_json::{Value, json};

/// A case in the making: one certificate on one connection.
pub(super) struct Question {
    connection: &'static str,
    platform: &'static str,
    sections: Vec<(String, Vec<(String, String)>)>,
    node_certificates: Vec<(&'static str, String)>,
}

impl Question {
    pub(super) fn on(connection: &'static str) -> Self {
        Self { connection, platform: "windows", sections: Vec::new(), node_certificates: Vec::new() }
    }

    pub(super) fn linux(mut self) -> Self {
        self.platform = "linux";
        self
    }

    /// A parameter of section `Security`.
    pub(super) fn security(self, name: &str, value: &str) -> Self {
        self.parameter("Security", name, value)
    }

    pub(super) fn parameter(mut self, section: &str, name: &str, value: &str) -> Self {
        let parameter = (name.to_owned(), value.to_owned());
        match self.sections.iter_mut().find(|(own, _)| own == section) {
            Some((_, parameters)) => parameters.push(parameter),
            None => self.sections.push((section.to_owned(), vec![parameter])),
        }
        self
    }

    /// What the nodes present, by its thumbprint.
    pub(super) fn presenting(mut self, element: &'static str, thumbprint: &str) -> Self {
        self.node_certificates.push((element, thumbprint.to_owned()));
        self
    }

    /// What the connection makes of the certificate, under the runtime that the vectors are about.
    pub(super) fn ask(&self, facts: &Value) -> Result<Cell, String> {
        let case = json!({
            "admit": 1, "kind": "peer", "at": "2026-11-22T00:00:00Z",
            "policy": {
                "manifest": self.xml(), "connection": self.connection, "platform": self.platform, "runtime": "6.5",
            },
            "subject": { "facts": [facts] },
        });
        let case = Case::from_json(&case.to_string()).map_err(|error| error.to_string())?;
        let report = evaluate(&case);
        if let Some(error) = report.errors.first() {
            return Err(error.to_string());
        }
        match report.answer {
            Answer::Peer(answer) => answer.cells.into_iter().next().ok_or_else(|| "no cell".to_owned()),
            _ => Err("another kind".to_owned()),
        }
    }

    fn xml(&self) -> String {
        let mut xml = String::from("<ClusterManifest>\n");
        if !self.node_certificates.is_empty() {
            xml.push_str("<NodeTypes><NodeType Name=\"one\"><Certificates>\n");
            for (element, thumbprint) in &self.node_certificates {
                xml.push_str(&format!("<{element} X509FindValue=\"{}\" />\n", escape(thumbprint)));
            }
            xml.push_str("</Certificates></NodeType></NodeTypes>\n");
        }
        xml.push_str("<FabricSettings>\n");
        for (section, parameters) in &self.sections {
            xml.push_str(&format!("<Section Name=\"{}\">\n", escape(section)));
            // The tests behind the vectors are about certificates: what they don't write, their frameworks set.
            for name in ["ClusterCredentialType", "ServerAuthCredentialType"] {
                if section == "Security" && !parameters.iter().any(|(own, _)| own == name) {
                    xml.push_str(&format!("<Parameter Name=\"{name}\" Value=\"X509\" />\n"));
                }
            }
            for (name, value) in parameters {
                xml.push_str(&format!("<Parameter Name=\"{}\" Value=\"{}\" />\n", escape(name), escape(value)));
            }
            xml.push_str("</Section>\n");
        }
        xml.push_str("</FabricSettings>\n</ClusterManifest>\n");
        xml
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
