//! Enumerations.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::Place;
use crate::arm::setting::Setting;
use crate::nearest::nearest;
use crate::pool::context::{Context, Pool, fixed};
use crate::pool::rules::shape;
use crate::pool::schema::Choice;

pub(super) fn choice(
    setting: &Setting,
    name: &str,
    choices: &'static [Choice],
    place: &Place,
    pool: &Pool<'_>,
    cx: &mut Context<'_>,
) {
    let Some(text) = setting.text() else { return };
    let blankless: String = text.chars().filter(|c| *c != ' ').collect();
    let named = |choice: &&Choice| choice.name == text || choice.name == blankless;
    let found = choices.iter().find(named);
    let found = found.or_else(|| choices.iter().find(|choice| choice.name.eq_ignore_ascii_case(&blankless)));
    let in_version = || choices.iter().filter(|choice| choice.versions.has(pool.version)).map(|choice| choice.name);
    let replace = |name: &str, cx: &Context<'_>| cx.replace(setting, format!("\"{name}\""));
    let list: Vec<String> = in_version().map(|name| format!("`{name}`")).collect();
    let list = list.join(", ");
    match found {
        Some(choice) if !choice.versions.has(pool.version) => {
            let names = choice.versions.names().join(", ");
            let message = format!(
                "expected one of {list} for `{}` in version {}, found `{}` of {names}",
                place.path,
                pool.version.name(),
                choice.name
            );
            cx.add(cx.finding(&shape::VALUE, message, setting).help("use one of these versions"));
        }
        Some(choice) if !choice.name.eq(&blankless) => {
            let message =
                format!("expected `{}` for `{}`, found {} in another case", choice.name, place.path, setting.quoted());
            let edits = replace(choice.name, cx);
            cx.add(fixed(cx.finding(&shape::VALUE_CASE, message, setting), format!("Write {}", choice.name), edits));
        }
        Some(_) => {}
        None => {
            let message = format!("expected one of {list} for `{}`, found {}", place.path, setting.quoted());
            let finding = cx.finding(&shape::VALUE, message, setting);
            let near = nearest(text, in_version());
            let finding = match near {
                Some(near) => {
                    fixed(finding.help(format!("did you mean `{near}`?")), format!("Write {near}"), replace(near, cx))
                }
                // The enumeration of the same name of container apps is wider.
                None if name == "lifecycle" => {
                    finding.help("`All` and `Init` are values of container apps, not of session pools")
                }
                None => finding,
            };
            cx.add(finding);
        }
    }
}
