//! The API described: for programs (OpenAPI 3.1), and for people.
//!
//! `docs/openapi.json` is made by `cargo xtask openapi` of `worker/src/openapi.json` and cases of the gallery, whose
//! reports stand beside them; a test asks the running worker each of them.

use http::Response;
use http::header::{CONTENT_SECURITY_POLICY, HeaderValue};
use serde_json::{Map, Value};

use crate::api::{Asked, release};

/// The description, with examples.
pub fn document() -> &'static str {
    include_str!("../../docs/openapi.json")
}

/// The page: what stands in the description, as text. It has no script, and one style, which its policy names by hash.
pub fn page(asked: &Asked<'_>) -> Response<Vec<u8>> {
    let mut response = release(asked, "text/html; charset=utf-8", html());
    let policy =
        "default-src 'none'; style-src 'sha256-STYLE'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    let policy = policy.replace("STYLE", &style_hash());
    if let Ok(policy) = HeaderValue::try_from(policy) {
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    }
    response
}

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;\
color:#1b1b1b;background:#fff}code,pre{font:14px/1.4 ui-monospace,monospace}pre{overflow:auto;max-height:24rem;\
padding:.75rem;border:1px solid #767676}h2{border-top:1px solid #767676;padding-top:1rem}dt{font-weight:600}\
@media(prefers-color-scheme:dark){body{color:#eee;background:#161616}a{color:#9cf}}";

fn style_hash() -> String {
    use base64::Engine as _;
    use sha2::Digest as _;
    base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(STYLE))
}

fn html() -> String {
    // The document is ours and is read by a test; a build whose document were no JSON would show an empty page.
    let api: Value = serde_json::from_str(document()).unwrap_or_default();
    let text = |pointer: &str| api.pointer(pointer).and_then(Value::as_str).map(escape).unwrap_or_default();
    let mut html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>Admit: the API</title>\n<style>{STYLE}</style>\n\
         <main>\n<h1>{}: the API</h1>\n<p>{}</p>\n<p>{} <a href=\"/openapi.json\">OpenAPI 3.1</a></p>\n",
        text("/info/title"),
        text("/info/summary"),
        marked(api.pointer("/info/description").and_then(Value::as_str).unwrap_or_default()),
    );
    for (path, item) in members(api.get("paths")) {
        html.push_str(&format!("<h2><code>{}</code></h2>\n", escape(path)));
        for (method, operation) in members(Some(item)).filter(|(method, _)| *method != "parameters") {
            operation_html(&mut html, method, operation);
        }
    }
    html.push_str("</main>\n</html>\n");
    html
}

fn operation_html(html: &mut String, method: &str, operation: &Value) {
    let said = |name: &str| operation.get(name).and_then(Value::as_str).unwrap_or_default();
    html.push_str(&format!(
        "<h3>{}: {}</h3>\n<p>{}</p>\n<dl>\n",
        method.to_uppercase(),
        escape(said("summary")),
        marked(said("description"))
    ));
    for (status, response) in members(operation.get("responses")) {
        let said = response.get("description").and_then(Value::as_str).unwrap_or_default();
        let types: Vec<&str> = members(response.get("content")).map(|(name, _)| name).collect();
        let types = if types.is_empty() { String::new() } else { format!(" ({})", escape(&types.join(", "))) };
        html.push_str(&format!("<dt>{}</dt><dd>{}{types}</dd>\n", escape(status), marked(said)));
    }
    html.push_str("</dl>\n");
    let examples = operation.pointer("/requestBody/content/application~1json/examples");
    for (name, example) in members(examples) {
        let value = example.get("value").map(|value| serde_json::to_string_pretty(value).unwrap_or_default());
        let value = escape(&value.unwrap_or_default());
        html.push_str(&format!(
            "<details><summary>Example: {}</summary>\n<pre>{value}</pre></details>\n",
            escape(name)
        ));
    }
}

fn members(value: Option<&Value>) -> impl Iterator<Item = (&str, &Value)> {
    value.and_then(Value::as_object).into_iter().flat_map(Map::iter).map(|(name, value)| (name.as_str(), value))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Text with what stands between back-ticks as code.
fn marked(text: &str) -> String {
    let mut html = String::new();
    for (count, part) in escape(text).split('`').enumerate() {
        match count % 2 {
            0 => html.push_str(part),
            _ => html.push_str(&format!("<code>{part}</code>")),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Route;

    /// Every route is described with its methods, and nothing else is.
    #[test]
    fn what_is_described_is_what_is_served() {
        let api: Value = serde_json::from_str(document()).expect("JSON");
        assert_eq!(api["openapi"], "3.1.0");
        assert_eq!(api["info"]["version"], env!("CARGO_PKG_VERSION"));
        for (path, item) in members(api.get("paths")) {
            let filled = path.replace("{id}", "edge").replace("{policy}", "edge").replace("{version}", "1");
            let route = Route::of(&filled).expect(path);
            assert_eq!(route.label(), path);
            let described: Vec<String> =
                members(Some(item)).map(|(name, _)| name.to_uppercase()).filter(|name| name != "PARAMETERS").collect();
            if let Some(methods) = route.methods() {
                let mut taken: Vec<_> = methods.split(", ").filter(|one| !["HEAD", "OPTIONS"].contains(one)).collect();
                taken.sort_unstable();
                let mut described: Vec<_> = described.iter().map(String::as_str).collect();
                described.sort_unstable();
                assert_eq!(taken, described, "{path}");
            }
        }
        let labels = ["/v1/evaluate", "/v1/policies/{id}/rollback", "/v1/guard/session/{policy}", "/metrics"];
        assert!(labels.iter().all(|label| api["paths"].get(label).is_some()));
    }

    /// Every reference leads somewhere.
    #[test]
    fn references_lead_somewhere() {
        let api: Value = serde_json::from_str(document()).expect("JSON");
        let mut open = vec![&api];
        let mut found = 0;
        while let Some(value) = open.pop() {
            match value {
                Value::Object(members) => {
                    if let Some(Value::String(to)) = members.get("$ref")
                        && let Some(pointer) = to.strip_prefix('#')
                    {
                        assert!(api.pointer(pointer).is_some(), "{to}");
                        found += 1;
                    }
                    open.extend(members.values());
                }
                Value::Array(items) => open.extend(items),
                _ => {}
            }
        }
        assert!(found > 50, "{found}");
    }

    #[test]
    fn the_page_has_everything() {
        let html = html();
        let api: Value = serde_json::from_str(document()).expect("JSON");
        for (path, _) in members(api.get("paths")) {
            assert!(html.contains(&format!("<h2><code>{path}</code></h2>")), "{path}");
        }
        assert!(html.contains("<details>") && !html.contains("<script"));
        assert_eq!(html.matches("<code>").count(), html.matches("</code>").count());
    }
}
