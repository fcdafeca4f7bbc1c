//! Values of settings.

use admit_core::fabric::{CredentialType, Decimal, setting};
use serde_json::Value;

use super::super::data;
use super::{Ran, compare};

/// Service Fabric's tests of its parsers.
pub(super) fn parse(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let text = data::string(input, "text")?;
    let found = match data::string(input, "type")? {
        "uint" | "uint32" => setting::number(text).map(f64::from),
        // Every number of these vectors is small enough for the conversion to keep it.
        "int" | "int32" | "int64" => setting::integer(text).map(|value| value as f64),
        "double" => float(setting::double(text)),
        bool if bool.starts_with("bool") => Some(f64::from(u8::from(setting::boolean(text)))),
        other => return Err(format!("the type {other}")),
    };
    let is_good = expected["ok"].as_bool().ok_or("expected `ok`")?;
    match (is_good, expected["value"].as_f64()) {
        (true, Some(value)) => Ok(compare(Some(value), found)),
        (true, None) => Ok(compare(true, found.is_some())),
        (false, _) => Ok(compare(None, found)),
    }
}

/// What the value grammar of settings makes of a text.
pub(super) fn derived(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let text = data::string(input, "text")?;
    match data::string(input, "type")? {
        "bool" => Ok(compare(expected.as_bool(), Some(setting::boolean(text)))),
        "uint" => {
            let value = expected.as_u64().and_then(|value| u32::try_from(value).ok());
            Ok(compare(value, setting::number(text)))
        }
        "TimeSpan" => {
            // "43200 s = 12 h"; "rejected" is no number.
            let value: Option<f64> = expected.as_str().and_then(|text| text.split(' ').next()?.parse().ok());
            Ok(compare(value, setting::seconds(text).and_then(float)))
        }
        other => Err(format!("the type {other}")),
    }
}

/// The vectors have floating-point numbers.
fn float(decimal: Decimal) -> Option<f64> {
    decimal.to_string().parse().ok()
}

/// The names of credential types.
pub(super) fn credential_type(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let found = CredentialType::read(data::string(input, "text")?);
    let found = found.map_or_else(|| "InvalidCredentialType".to_owned(), |found| format!("{found:?}"));
    Ok(compare(expected.as_str().unwrap_or_default().to_owned(), found))
}
