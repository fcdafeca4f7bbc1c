//! Recognising what declares a cluster.

/// Whether a text is a cluster manifest, a standalone cluster's configuration, or a template with a cluster.
pub(super) fn is_manifest(text: &str) -> bool {
    if text.starts_with('<') {
        return true;
    }
    let lower = text.to_ascii_lowercase();
    text.starts_with('{')
        && ["\"certificateinformation\"", "\"clusterconfigurationversion\"", "microsoft.servicefabric/clusters"]
            .iter()
            .any(|sign| lower.contains(sign))
}
