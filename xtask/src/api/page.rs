//! The description of the API for people.

use serde_json::{Map, Value};

/// The description as a page. It has no script, and the style sheet that lies beside it.
pub(super) fn html(api: &Value) -> String {
    let text = |pointer: &str| api.pointer(pointer).and_then(Value::as_str).map(escape).unwrap_or_default();
    let mut html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>Admit: the API</title>\n\
         <link rel=\"stylesheet\" href=\"/api/style.css\">\n\
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

    #[test]
    fn the_page_has_everything() {
        let api: Value = serde_json::from_str(include_str!("../../../docs/openapi.json")).expect("JSON");
        let html = html(&api);
        for (path, _) in members(api.get("paths")) {
            assert!(html.contains(&format!("<h2><code>{path}</code></h2>")), "{path}");
        }
        assert!(html.contains("<details>") && !html.contains("<script"));
        assert_eq!(html.matches("<code>").count(), html.matches("</code>").count());
    }
}
