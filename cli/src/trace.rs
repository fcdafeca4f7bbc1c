//! The trace as an indented tree.

use admit_core::{Span, Step};

use crate::paint::{Paint, Tone, of_outcome};

/// Writes a step, and below it, further in, what was looked at for it.
pub(crate) fn render(out: &mut String, step: &Step, depth: usize, paint: Paint) {
    let (sign, tone) = of_outcome(step.outcome);
    out.push_str(&"  ".repeat(depth));
    out.push_str(&paint.tone(tone, sign));
    out.push(' ');
    out.push_str(&paint.tone(Tone::Strong, &step.label));
    if !step.detail.is_empty() {
        out.push_str(": ");
        out.push_str(&crate::visible::visible(&step.detail));
    }
    if let Some(span) = &step.span {
        out.push_str(&paint.tone(Tone::Faint, &format!(" ({})", place(span))));
    }
    out.push('\n');
    for step in &step.steps {
        render(out, step, depth + 1, paint);
    }
}

/// `policy.manifest:12:34`.
pub(crate) fn place(span: &Span) -> String {
    format!("{}:{}:{}", span.document, span.line, span.column)
}
