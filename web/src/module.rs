//! What every module of the engine is: it runs in a Web Worker, takes a case as JSON and gives the report as JSON.

/// Exports `evaluate` for a family of kinds.
macro_rules! module {
    ($family:ident) => {
        #[cfg(any(target_arch = "wasm32", test))]
        thread_local! {
            /// Lives as long as the thread, so that what was verified once is not verified again at every key.
            static EVALUATOR: std::cell::RefCell<admit_core::Evaluator<admit_core::$family>> =
                std::cell::RefCell::default();
        }

        /// The report of a case, or, where the case itself can't be read, the error as JSON.
        #[cfg(any(target_arch = "wasm32", test))]
        #[cfg_attr(target_arch = "wasm32", wasm_bindgen::prelude::wasm_bindgen)]
        pub fn evaluate(case: &str) -> String {
            match admit_core::Case::from_json_of::<admit_core::$family>(case) {
                Ok(case) => EVALUATOR
                    .with_borrow_mut(|evaluator| evaluator.evaluate(&case))
                    .into_json_of::<admit_core::$family>(),
                // An error has no map in it and no serializer that fails.
                Err(error) => serde_json::to_string(&error).unwrap_or_default(),
            }
        }

        fn main() {}
    };
}
