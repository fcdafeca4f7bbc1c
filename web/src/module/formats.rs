//! What the page makes of a report: the formats that it exports, and what came of the case's expectations. Loaded when one
//! of them is asked for.

fn main() {}

/// Renders `{ "format", "case", "report" }`, as the tools write it; without a format, a list of what each expectation of the
/// case asks and misses. Nothing where it is of another version. Named as the
/// engine's modules name theirs, so that the same thread runs it.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn evaluate(asked: &str) -> String {
    render(asked).unwrap_or_default()
}

#[cfg_attr(not(target_arch = "wasm32"), expect(dead_code, reason = "only the browser asks"))]
fn render(asked: &str) -> Option<String> {
    let mut asked: serde_json::Value = serde_json::from_str(asked).ok()?;
    let format = asked.get("format").map(|name| admit_core::Format::named(name.as_str()?));
    let case = admit_web::json::case(asked.get_mut("case")?.take())?;
    let report: admit_core::Report = admit_web::json::from_tree(asked.get_mut("report")?.take())?;
    match format {
        Some(format) => Some(format?.render(&report, &case, &str::to_owned)),
        None => serde_json::to_string(&admit_core::Held::all(&case, &report)).ok(),
    }
}
