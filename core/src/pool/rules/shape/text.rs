//! The text of a configuration.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::super::templates;
use super::KINDS;
use crate::json::{Json, OddityKind};
use crate::pool::context::Context;
use crate::quote::quote;
use crate::{Citation, Edit, Rule, Severity};

pub(crate) static DUPLICATED: Rule = Rule {
    id: "pool-key-duplicated",
    aliases: &[],
    title: "a key twice in one object",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Looks for keys that stand in the same object before."),
    why: crate::page!("Readers differ in which they keep, so a reviewer and the service may see different settings."),
    bad: crate::page!("{ \"status\": \"EgressDisabled\", \"status\": \"EgressEnabled\" }"),
    good: crate::page!("{ \"status\": \"EgressDisabled\" }"),
    citation: Citation::new("RFC 8259", "section 4"),
};

pub(crate) static NOT_JSON: Rule = Rule {
    id: "pool-configuration-not-plain-json",
    aliases: &[],
    title: "comments or commas that JSON does not have",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Looks for comments, line breaks in strings and commas before closing brackets."),
    why: crate::page!(
        "Templates may have comments and line breaks in strings; the body of a request may not, and few tools read commas before closing brackets."
    ),
    bad: crate::page!("{ \"location\": \"westus2\", }"),
    good: crate::page!("{ \"location\": \"westus2\" }"),
    citation: templates("syntax, comments and multi-line strings"),
};

/// What the document has that JSON doesn't.
pub(in crate::pool) fn check_text(json: &Json, is_template: bool, cx: &mut Context<'_>) {
    for oddity in &json.oddities {
        let at = oddity.range();
        let rule = match oddity.kind {
            OddityKind::DuplicateKey => {
                let key = quote(cx.document.slice(at.clone()).trim_matches('"'));
                let message = format!("expected each key once, found {key} again");
                cx.add(cx.finding_at(&DUPLICATED, message, &at).arg("key", key));
                continue;
            }
            OddityKind::Comment | OddityKind::ControlCharacter if is_template => continue,
            OddityKind::ByteOrderMark => continue,
            _ => &NOT_JSON,
        };
        let finding = cx.finding_at(rule, format!("expected JSON, found {}", oddity.kind.noun()), &at);
        let removable = matches!(oddity.kind, OddityKind::Comment | OddityKind::TrailingComma);
        let edit = || Vec::from([Edit { span: cx.span(&at), text: String::new() }]);
        let finding = if removable { finding.fix("Remove it", edit()) } else { finding };
        cx.add(finding);
    }
}
