//! The committed JSON Schema is the one that the types give.

#[test]
fn the_schema_is_current() {
    let mut schema = serde_json::to_string_pretty(&admit_core::schema()).expect("a schema is JSON");
    schema.push('\n');
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/case.schema.json");
    if std::env::var_os("ADMIT_BLESS").is_some() {
        std::fs::write(path, &schema).expect("docs/case.schema.json can be written");
    }
    let committed = std::fs::read_to_string(path).expect("docs/case.schema.json");
    assert!(committed == schema, "docs/case.schema.json is stale: run this test with ADMIT_BLESS=1");
}
