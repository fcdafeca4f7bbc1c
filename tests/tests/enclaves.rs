//! The published samples of enclaves, where they are there.

use admit_tests::suite::enclaves;

#[test]
fn published_samples_give_what_the_fact_sheet_lists() {
    let data = admit_tests::repository().join("../shared/data/enclave");
    if !data.is_dir() {
        println!("not run: {} is not there", data.display());
        return;
    }
    let outcome = enclaves::run(&data);
    println!("{outcome}");
    assert!(outcome.unexplained.is_empty() && outcome.run > 0, "{outcome}");
}
