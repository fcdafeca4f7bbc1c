//! The engine's module: runs in a Web Worker, takes a case as JSON and gives the report as JSON.

/// The report of a case, or, where the case itself can't be read, the error as JSON.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn evaluate(case: &str) -> String {
    match admit_core::Case::from_json(case) {
        Ok(case) => admit_core::evaluate(&case).to_json(),
        // An error has no map in it and no serializer that fails.
        Err(error) => serde_json::to_string(&error).unwrap_or_default(),
    }
}

fn main() {}
