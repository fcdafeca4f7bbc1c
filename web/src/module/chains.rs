//! The engine for certificate chains.

#[macro_use]
#[path = "../module.rs"]
mod module;

module!(Chains);

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use admit_core::{Case, Question};

    use super::{EVALUATOR, evaluate};

    /// A case of the gallery with its documents put in.
    fn case() -> Case {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/cases/chain/server-three-certificates");
        let text = |name: &str| fs::read_to_string(folder.join(name)).unwrap_or_default();
        let mut case = Case::from_json(&with_documents(&text("case.json"))).expect("a case");
        for document in ["subject.certificates", "trust.roots", "trust.intermediates", "trust.crls"] {
            if let Some(place) = case.document_mut(document) {
                *place = text(&format!("{document}.pem"));
            }
        }
        case
    }

    /// The documents stand beside the case; it reads with them empty.
    fn with_documents(json: &str) -> String {
        let mut case: serde_json::Value = serde_json::from_str(json).expect("JSON");
        case["subject"] = serde_json::json!({ "certificates": "" });
        case.to_string()
    }

    #[test]
    fn a_key_that_is_pressed_verifies_nothing_again() {
        let verified = || EVALUATOR.with_borrow(admit_core::Evaluator::verified);
        let mut case = case();
        let first = evaluate(&case.to_json());
        let once = verified();
        assert!(once >= 2 && first.contains("\"verdict\": \"admitted\""), "{once} {first}");
        for name in ["w", "ww", "www", "www.shop.example"] {
            if let Question::Chain(policy, _) = &mut case.question {
                policy.name = name.to_owned();
            }
            evaluate(&case.to_json());
            assert_eq!(verified(), once, "the name {name}");
        }
        assert_eq!(evaluate(&self::case().to_json()), first, "what is remembered changes the report");
        // It is not that nothing is ever counted.
        case.document_mut("subject.certificates").expect("a document").clear();
        case.document_mut("subject.certificates").expect("a document").push_str(
            &fs::read_to_string(
                Path::new(env!("CARGO_MANIFEST_DIR"))
                    .join("../tests/cases/chain/signature-forged/subject.certificates.pem"),
            )
            .expect("a document"),
        );
        evaluate(&case.to_json());
        assert!(verified() > once);
    }
}
