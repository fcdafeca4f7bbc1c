//! The catalog.

use admit_core::{RULES, Rule, rule};
use serde::Serialize;

use crate::paint::{Paint, Tone, of_severity, word};
use crate::visible::{visible, visible_lines};

/// Every rule in a line each, or the page of one; with `json` as the worker gives it.
pub(crate) fn render(id: Option<&str>, json: bool, paint: Paint) -> Result<String, String> {
    match id {
        None if json => Ok(to_json(RULES)),
        None => Ok(list(paint)),
        Some(id) => {
            let unknown = || format!("no rule is called `{}`; `admit rules` lists them", visible(id));
            let rule = rule(id).ok_or_else(unknown)?;
            Ok(if json { to_json(rule) } else { page(rule, paint) })
        }
    }
}

fn to_json<T: Serialize + ?Sized>(value: &T) -> String {
    // Maps have string keys and no value's serializer fails, so this is never empty.
    let mut json = serde_json::to_string_pretty(value).unwrap_or_default();
    json.push('\n');
    json
}

fn list(paint: Paint) -> String {
    let width = RULES.iter().map(|rule| rule.id.len()).max().unwrap_or_default();
    let line = |rule: &&Rule| {
        let severity = paint.tone(of_severity(rule.severity), &format!("{:7}", word(&rule.severity)));
        format!("{:width$}  {severity}  {}\n", rule.id, rule.title)
    };
    RULES.iter().map(line).collect()
}

fn page(rule: &Rule, paint: Paint) -> String {
    let strong = |text: &str| paint.tone(Tone::Strong, text);
    let indented = |text: &str| visible_lines(text).replace('\n', "\n  ");
    let kinds: Vec<_> = rule.kinds.iter().map(word).collect();
    format!(
        "{}: {}\n{} in {}\n\n{}\n\n{}\n\n{}\n  {}\n\n{}\n  {}\n\nsee: {}, {}\n",
        strong(rule.id),
        rule.title,
        paint.tone(of_severity(rule.severity), &word(&rule.severity)),
        kinds.join(", "),
        rule.what,
        rule.why,
        strong("bad"),
        indented(rule.bad),
        strong("good"),
        indented(rule.good),
        rule.citation.source,
        rule.citation.place
    )
}
