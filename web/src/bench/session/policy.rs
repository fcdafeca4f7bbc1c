//! What of a session's policy can be chosen.

use admit_core::session::{Lifecycle, Normalisation, Policy, RoleAssignment};
use admit_core::{Case, Question};

use crate::bench::control::{chosen, number_of, typed, value_of};
use crate::bench::{Control, Form};

fn policy(case: &Case) -> Policy {
    match &case.question {
        Question::Session(policy, _) => policy.clone(),
        _ => Policy::default(),
    }
}

fn change(case: &mut Case, change: impl FnOnce(&mut Policy)) {
    if let Question::Session(policy, _) = &mut case.question {
        change(policy);
    }
}

/// A number of the policy: where it is read, and where it is written.
macro_rules! number {
    ($id:literal, $label:literal, $hint:literal, $($field:ident).+) => {
        Control {
            id: $id,
            label: $label,
            form: Form::Number($hint),
            get: |case| number_of(Some(u64::from(policy(case).$($field).+)), Some(u64::from(Policy::default().$($field).+))),
            set: |case, value| {
                if let Some(number) = typed(value, Policy::default().$($field).+) {
                    change(case, |policy| policy.$($field).+ = number);
                }
            },
        }
    };
}

/// A number that may be absent.
macro_rules! optional {
    ($id:literal, $label:literal, $hint:literal, $($field:ident).+) => {
        Control {
            id: $id,
            label: $label,
            form: Form::Number($hint),
            get: |case| number_of(policy(case).$($field).+.map(u64::from), None),
            set: |case, value| match value.parse() {
                Ok(number) => change(case, |policy| policy.$($field).+ = Some(number)),
                Err(_) if value.is_empty() => change(case, |policy| policy.$($field).+ = None),
                Err(_) => {}
            },
        }
    };
}

/// How many bits are enough, and how long guessing takes.
pub(super) const STRENGTH: &[Control] = &[
    number!("rate", "Guesses a second", "10000", rate),
    number!("population", "Live identifiers", "100000", population),
    number!("refuse", "Refuse below (bits)", "64", thresholds.refuse),
    number!("warn", "Warn below (bits)", "122", thresholds.warn),
];

const ROLES: [(&str, RoleAssignment); 2] =
    [("unknown", RoleAssignment::Unknown), ("assume-assigned", RoleAssignment::AssumeAssigned)];

/// What no token says.
pub(super) const TOKEN: &[Control] = &[
    number!("skew", "Clock skew (seconds)", "300", skew),
    Control {
        id: "role",
        label: "Role",
        form: Form::Choice(&[("unknown", "not known"), ("assume-assigned", "assume that it is assigned")]),
        get: |case| value_of(&ROLES, policy(case).role),
        set: |case, value| {
            if let Some(role) = chosen(&ROLES, value) {
                change(case, |policy| policy.role = role);
            }
        },
    },
];

const LIFECYCLES: [(&str, Lifecycle); 2] =
    [("timed", Lifecycle::Timed), ("on-container-exit", Lifecycle::OnContainerExit)];

/// The pool on which a time line is played.
pub(super) const POOL: &[Control] = &[
    Control {
        id: "lifecycle",
        label: "Sessions end",
        form: Form::Choice(&[("timed", "after a cooldown"), ("on-container-exit", "when the container exits")]),
        get: |case| value_of(&LIFECYCLES, policy(case).pool.lifecycle),
        set: |case, value| {
            if let Some(lifecycle) = chosen(&LIFECYCLES, value) {
                change(case, |policy| policy.pool.lifecycle = lifecycle);
            }
        },
    },
    number!("cooldown", "Cooldown (seconds)", "300", pool.cooldown),
    optional!("max-alive", "Greatest age (seconds)", "none", pool.max_alive),
    number!("capacity", "Sessions at most", "10", pool.capacity),
    number!("ready", "Kept ready", "5", pool.ready),
];

/// A step of normalisation that is done or not. Steps are done in the order of [`ORDER`].
macro_rules! step {
    ($id:literal, $label:literal, $step:expr) => {
        Control {
            id: $id,
            label: $label,
            form: Form::Choice(&[("no", "no"), ("yes", "yes")]),
            get: |case| if policy(case).normalisation.contains(&$step) { "yes".into() } else { "no".into() },
            set: |case, value| {
                change(case, |policy| {
                    let steps = &mut policy.normalisation;
                    steps.retain(|step| *step != $step);
                    if value == "yes" {
                        steps.push($step);
                        steps.sort_by_key(|step| ORDER.iter().position(|known| known == step));
                    }
                });
            },
        }
    };
}

const ORDER: [Normalisation; 4] =
    [Normalisation::Trim, Normalisation::LowerCase, Normalisation::Hyphens, Normalisation::Cut];

/// What the application does with identifiers.
pub(super) const APPLICATION: &[Control] = &[
    optional!("rotation", "Rotates after (days)", "never", rotation),
    number!("burst", "New ones a minute", "100", burst),
    step!("trims", "Trims blanks", Normalisation::Trim),
    step!("lowers", "Makes letters small", Normalisation::LowerCase),
    step!("hyphens", "Writes - for the rest", Normalisation::Hyphens),
    step!("cuts", "Cuts at 128", Normalisation::Cut),
];
