//! Thumbprints and lists of them.

use std::collections::BTreeSet;

use admit_core::fabric::{Thumbprint, ThumbprintList};
use serde_json::Value;

use super::super::data;
use super::{Ran, compare};

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn read(text: &str) -> Option<Thumbprint> {
    Thumbprint::read(text).ok()
}

/// One thumbprint.
pub(super) fn parse(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let found = read(data::string(input, "text")?);
    if expected["error"].is_string() {
        return Ok(compare(None, found));
    }
    let bytes = data::string(expected, "bytes_hex")?.to_owned();
    let flag = ["verify_chain", "chain_should_be_verified"].iter().find_map(|name| expected[*name].as_bool());
    let found = found.map(|found| (hexadecimal(&found.bytes), flag.map(|_| found.verify_chain)));
    Ok(compare(Some((bytes, flag)), found))
}

/// A list.
pub(super) fn list(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let list = ThumbprintList::read(data::string(input, "text")?);
    if let Some(error) = expected["error"].as_str() {
        let code = if list.only_commas { "InvalidArgument" } else { "InvalidX509Thumbprint" };
        let found = if list.thumbprints().is_none() { code } else { "a list" };
        return Ok(compare(error, found));
    }
    let expected_set: BTreeSet<String> = data::strings(expected, "set")?.into_iter().map(String::from).collect();
    let Some(found) = list.thumbprints() else { return Ok(compare("a list", "an error")) };
    if let Some(flags) = expected["verify_chain"].as_object() {
        for (value, flag) in flags {
            // The first of one value counts.
            let own = found.iter().find(|own| hexadecimal(&own.bytes) == *value).map(|own| own.verify_chain);
            if own != flag.as_bool() {
                return Ok(compare(flag.as_bool(), own));
            }
        }
    }
    Ok(compare(expected_set, found.iter().map(|own| hexadecimal(&own.bytes)).collect()))
}

/// Whether two texts are the same thumbprint.
pub(super) fn equal(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let (a, b) = (read(data::string(input, "a")?), read(data::string(input, "b")?));
    Ok(compare(expected.as_bool(), a.zip(b).map(|(a, b)| a.bytes == b.bytes)))
}

/// A set that thumbprints are added to.
pub(super) fn set(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    if input["add"].is_null() && input["add_in_order"].is_null() {
        return Ok(Ran::Unfit("a null pointer, which text can't be"));
    }
    let list = ThumbprintList::read(&data::strings(input, "add_in_order")?.join(","));
    let set: BTreeSet<_> = list.thumbprints().ok_or("a list")?.iter().map(|own| own.bytes.clone()).collect();
    let holds = |text: &&str| read(text).is_some_and(|one| set.contains(&one.bytes));
    let contains = data::strings(expected, "contains")?.iter().all(holds);
    let no_other = expected["not_contains"].is_null() || !data::strings(expected, "not_contains")?.iter().any(holds);
    let size = expected["size"].as_u64().is_none_or(|size| u64::try_from(set.len()) == Ok(size));
    Ok(compare((true, true, true), (contains, no_other, size)))
}
