//! Kubernetes pods, and what makes pods: deployments, jobs, stateful and daemon sets.

use alloc::format;
use alloc::string::{String, ToString as _};

use super::{Run, check as check_run};
use crate::enclave::sheet::Sheet;
use crate::tree::Node;

/// Whether a document makes pods, or is a list with one that does.
pub(in crate::enclave) fn is_pod(root: &Node) -> bool {
    root.get("apiVersion").is_some() && (specification(root).is_some() || listed(root).iter().any(is_pod))
}

/// The documents of a list (`kind: List`).
fn listed(root: &Node) -> &[Node] {
    root.get("items").map(Node::items).unwrap_or_default()
}

/// The specification of the pods.
fn specification(root: &Node) -> Option<&Node> {
    ["spec", "spec.template.spec", "spec.jobTemplate.spec.template.spec"]
        .into_iter()
        .filter_map(|path| root.at(path))
        .find(|node| node.get("containers").is_some())
}

/// Checks each container of the pods.
pub(in crate::enclave) fn check(sheet: &mut Sheet<'_>, root: &Node) {
    // Documents nest no deeper than `Limits::TREE_DEPTH`.
    listed(root).iter().for_each(|item| check(sheet, item));
    let Some(pod) = specification(root) else { return };
    let network = pod.entry("hostNetwork").filter(|entry| is_true(&entry.node));
    let containers = ["initContainers", "containers", "ephemeralContainers"].into_iter().filter_map(|key| pod.get(key));
    for container in containers.flat_map(Node::items) {
        let mut run = Run { whole: container.range.clone(), ..Run::default() };
        run.host_network = network.map(|entry| entry.key_range.start..entry.node.range.end);
        let privileged = container.at("securityContext").and_then(|context| context.entry("privileged"));
        if let Some(entry) = privileged.filter(|entry| is_true(&entry.node)) {
            run.privileged = Some(entry.key_range.start..entry.node.range.end);
        }
        // Every capability is as good as privileged.
        let capabilities =
            container.at("securityContext.capabilities").and_then(|capabilities| capabilities.get("add"));
        let all = capabilities.map(Node::items).unwrap_or_default().iter().find(|node| node.text() == Some("ALL"));
        if let Some(node) = all {
            run.privileged.get_or_insert_with(|| node.range.clone());
        }
        for mount in container.get("volumeMounts").map(Node::items).unwrap_or_default() {
            let Some(name) = mount.get("name").and_then(Node::text) else { continue };
            if let Some(path) = host_path(pod, name) {
                run.mounts.push((path, mount.range.clone()));
            }
        }
        // A device plug-in gives the device for a resource: `sgx.intel.com/enclave`.
        for resource in container.at("resources.limits").map(Node::entries).unwrap_or_default() {
            let device = match resource.key.as_str() {
                "sgx.intel.com/enclave" | "sgx.intel.com/epc" | "kubernetes.azure.com/sgx_epc_mem_in_MiB" => {
                    "/dev/sgx_enclave"
                }
                "sgx.intel.com/provision" => "/dev/sgx_provision",
                _ => continue,
            };
            run.devices.push((device.to_string(), resource.key_range.clone()));
        }
        for variable in container.get("env").map(Node::items).unwrap_or_default() {
            let Some(name) = variable.get("name").and_then(Node::text) else { continue };
            if let Some(source) = variable.get("valueFrom") {
                // As a variable whose value is not here.
                run.environment.push((name.to_string(), format!("$({name})"), source.range.clone()));
            } else if let Some(value) = variable.get("value")
                && let Some(text) = value.text()
            {
                run.environment.push((name.to_string(), text.to_string(), value.range.clone()));
            }
        }
        if let Some(entry) = container.entry("envFrom") {
            sheet.unknown("what `envFrom` brings", &entry.key_range);
            run.is_open = true;
        }
        run.image = container.get("image").and_then(|image| Some((image.text()?.to_string(), image.range.clone())));
        check_run(sheet, &run);
    }
}

/// Whether a value is true for readers of YAML 1.1, such as that of Kubernetes.
pub(in crate::enclave) fn is_true(node: &Node) -> bool {
    const WORDS: [&str; 8] = ["y", "Y", "yes", "Yes", "YES", "on", "On", "ON"];
    node.bool() == Some(true) || node.text().is_some_and(|text| WORDS.contains(&text))
}

/// The path on the node of a volume.
fn host_path(pod: &Node, name: &str) -> Option<String> {
    let volumes = pod.get("volumes").map(Node::items).unwrap_or_default();
    let volume = volumes.iter().find(|volume| volume.get("name").and_then(Node::text) == Some(name))?;
    volume.at("hostPath.path").and_then(Node::text).map(String::from)
}
