//! Shapes: a verdict, a severity or an outcome is never told by colour alone.

use admit_core::{Outcome, Severity, Verdict};
use yew::prelude::*;

/// A shape with its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Check,
    Cross,
    Question,
    Triangle,
    Dot,
    Dash,
}

impl From<Verdict> for Shape {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Admitted => Self::Check,
            Verdict::Refused => Self::Cross,
            Verdict::Indeterminate => Self::Question,
        }
    }
}

impl From<Severity> for Shape {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Cross,
            Severity::Warning => Self::Triangle,
            Severity::Info => Self::Dot,
        }
    }
}

impl From<Outcome> for Shape {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Passed => Self::Check,
            Outcome::Failed => Self::Cross,
            Outcome::Unknown => Self::Question,
            Outcome::Skipped => Self::Dash,
            Outcome::Noted => Self::Dot,
        }
    }
}

/// The class that gives a verdict its colours.
pub(super) fn tone(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Admitted => "admitted",
        Verdict::Refused => "refused",
        Verdict::Indeterminate => "indeterminate",
    }
}

/// The class that gives a severity its colours.
pub(super) fn severity_tone(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

/// The path of a shape, 16 by 16, for pictures.
pub(super) fn path(shape: impl Into<Shape>) -> &'static str {
    draw(shape.into()).1
}

/// Draws a shape. It says nothing by itself: a word stands beside it.
pub(super) fn mark(shape: impl Into<Shape>) -> Html {
    let (class, path) = draw(shape.into());
    html! {
        <svg class={classes!("mark", class)} viewBox="0 0 16 16" aria-hidden="true">
            <path class="stroke" d={path} />
        </svg>
    }
}

fn draw(shape: Shape) -> (&'static str, &'static str) {
    match shape {
        Shape::Check => ("admitted", "M3 8.5l3.4 3.4L13 4.8"),
        Shape::Cross => ("refused", "M3.8 3.8l8.4 8.4M12.2 3.8l-8.4 8.4"),
        Shape::Question => ("indeterminate", "M5.2 5.6C5.2 2 10.9 2 10.9 5.6 10.9 8 8 7.8 8 10.2M8 13.2v.3"),
        Shape::Triangle => ("indeterminate", "M8 2.6l6 10.8H2zM8 6.6v3.2M8 11.6v.1"),
        Shape::Dot => ("quiet", "M8 7.2v5M8 4v.3"),
        Shape::Dash => ("quiet", "M4 8h8"),
    }
}
