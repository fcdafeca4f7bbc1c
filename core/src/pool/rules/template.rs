//! Expressions of templates.
//!
//! What it checks: that expressions can be read, and that what they name is declared.
//! Why it matters: the deployment fails, and what they were to set can't be judged.
//! Reference: Azure Resource Manager, syntax and expressions in templates.

use super::templates;
use crate::arm::scope::Fault;
use crate::pool::context::Context;
use crate::{Kind, Rule, Severity};

const KINDS: &[Kind] = &[Kind::Pool];

pub(crate) static MALFORMED: Rule = Rule {
    id: "template-expression-malformed",
    aliases: &[],
    title: "an expression that can't be read",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Parses every expression of the resource and of what it refers to."),
    why: crate::page!("The deployment fails."),
    bad: crate::page!("\"[parameters('name']\""),
    good: crate::page!("\"[parameters('name')]\""),
    citation: templates("syntax and expressions, use functions"),
};

pub(crate) static MISSING: Rule = Rule {
    id: "template-name-undeclared",
    aliases: &[],
    title: "a parameter or variable that is not declared",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Looks up every name that an expression refers to."),
    why: crate::page!("The deployment fails."),
    bad: crate::page!("\"[parameters('nmae')]\" with a parameter `name`"),
    good: crate::page!("\"[parameters('name')]\""),
    citation: templates("structure, parameters and variables"),
};

pub(crate) static NOT_ALLOWED: Rule = Rule {
    id: "template-value-not-allowed",
    aliases: &[],
    title: "a parameter has a value that its declaration does not allow",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!(
        "Compares the value that is given, or the default, of every parameter that is used with `allowedValues`, \
          `minValue`, `maxValue`, `minLength` and `maxLength`."
    ),
    why: crate::page!("The deployment fails."),
    bad: crate::page!("\"allowedValues\": [\"EgressDisabled\"], \"defaultValue\": \"EgressEnabled\""),
    good: crate::page!("\"allowedValues\": [\"EgressDisabled\"], \"defaultValue\": \"EgressDisabled\""),
    citation: templates("parameters, allowed values and constraints"),
};

/// What is wrong about expressions.
pub(in crate::pool) fn check<'f>(faults: impl IntoIterator<Item = &'f Fault>, cx: &mut Context<'_>) {
    for fault in faults {
        let (rule, range, message) = match fault {
            Fault::Malformed { start, end, message } => (&MALFORMED, *start..*end, message),
            Fault::Missing { start, end, message } => (&MISSING, *start..*end, message),
            Fault::NotAllowed { start, end, message } => (&NOT_ALLOWED, *start..*end, message),
        };
        cx.add(cx.finding_at(rule, message.as_str(), &range));
    }
}
