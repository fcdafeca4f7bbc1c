//! What was granted, for people.

use admit_core::{Answer, Verdict, chain, enclave, fabric, pool, session};

use crate::matrix;
use crate::paint::{Paint, Tone, of_verdict, word};
use crate::trace::place;
use crate::visible::visible;

/// Writes what was granted, one line for each thing that was judged.
pub(crate) fn render(out: &mut String, answer: &Answer, paint: Paint) {
    match answer {
        Answer::Peer(peer) => {
            matrix::render(out, peer, paint);
            peer.cells.iter().for_each(|cell| out.push_str(&line(cell, paint)));
        }
        Answer::Session(session) => {
            session.identifiers.iter().for_each(|identifier| out.push_str(&identified(identifier, paint)));
        }
        Answer::Presentation(answer) => {
            answer.presentations.iter().for_each(|presentation| out.push_str(&presented(presentation, paint)));
        }
        Answer::Rollout(walk) => out.push_str(&rehearsed(walk, paint)),
        Answer::Pool(pools) => pools.pools.iter().for_each(|pool| out.push_str(&session_pool(pool, paint))),
        Answer::Chain(chain) => chain.elements.iter().for_each(|element| out.push_str(&link(element, paint))),
        Answer::Enclave(answer) => {
            answer.artefacts.iter().for_each(|artefact| out.push_str(&recognised(artefact, paint)))
        }
    }
}

/// What an artefact was recognised as.
fn recognised(artefact: &enclave::ArtefactFact, paint: Paint) -> String {
    let noun = artefact.form.map_or("not recognised", enclave::Form::noun);
    format!("  {}: {noun}\n", paint.tone(Tone::Strong, &visible(&artefact.name)))
}

/// "session pool one: CustomContainer, egress disabled, Timed, idle 300 s".
fn session_pool(pool: &pool::Summary, paint: Paint) -> String {
    let name = pool.name.as_deref().map_or_else(String::new, |name| format!(" {}", visible(name)));
    let life = &pool.life;
    let said = [
        pool.container_type.clone(),
        Some(format!("egress {}", word(&pool.egress))),
        life.cycle.clone(),
        life.cooldown.map(|seconds| format!("idle {seconds} s")),
        life.alive.map(|seconds| format!("alive {seconds} s")),
    ];
    let said: Vec<_> = said.into_iter().flatten().map(|text| visible(&text).to_string()).collect();
    let place = paint.tone(Tone::Faint, &format!(" ({})", place(&pool.span)));
    format!("  {}: {}{place}\n", paint.tone(Tone::Strong, &format!("session pool{name}")), said.join(", "))
}

fn identified(identifier: &session::Identifier, paint: Paint) -> String {
    let (sign, tone) = of_verdict(identifier.verdict);
    format!(
        "  {} {}: {}, an estimated {} bits\n",
        paint.tone(tone, sign),
        paint.tone(Tone::Strong, &visible(&identifier.text)),
        word(&identifier.acceptance),
        identifier.estimate.structural
    )
}

fn presented(presentation: &fabric::presentation::Presentation, paint: Paint) -> String {
    let (sign, tone) = of_verdict(presentation.verdict);
    let node_type = presentation.node_type.as_ref().map(|name| format!(" of {}", visible(name))).unwrap_or_default();
    let mut line = format!(
        "  {} {}{node_type}: {}",
        paint.tone(tone, sign),
        paint.tone(Tone::Strong, &presentation.role),
        visible(&presentation.because)
    );
    let codes: Vec<&str> = presentation.codes.iter().map(AsRef::as_ref).collect();
    let code = (!codes.is_empty()).then(|| format!("error code {}", codes.join(" or ")));
    let warns = presentation.health.as_ref().map(|health| format!("health warning from {}", health.warns_at));
    let details: Vec<_> = [Some(place(&presentation.span)), code, warns].into_iter().flatten().collect();
    line.push_str(&paint.tone(Tone::Faint, &format!(" ({})", details.join(", "))));
    line.push('\n');
    line
}

/// The settings, the moments at which the verdict is another than before, and the plan.
fn rehearsed(walk: &fabric::rollout::Answer, paint: Paint) -> String {
    let mut out = String::new();
    for (number, settings) in walk.settings.iter().enumerate() {
        let label = format!("settings {number}");
        let document = paint.tone(Tone::Faint, &format!(" ({})", visible(&settings.document)));
        out.push_str(&format!("  {}: {}{document}\n", paint.tone(Tone::Strong, &label), visible(&settings.notation)));
    }
    for (letter, thumbprint) in &walk.letters {
        out.push_str(&paint.tone(Tone::Faint, &format!("  {letter} = {}", visible(thumbprint))));
        out.push('\n');
    }
    let mut last = None;
    for moment in &walk.moments {
        if last != Some(moment.verdict) {
            let (sign, tone) = of_verdict(moment.verdict);
            let what = format!("{}, roll-out {}, {}", moment.at, moment.roll_out, visible(&moment.label));
            let cut =
                format!("{} cut off, quorum {} of {}", moment.cut_off, moment.quorum.connected, moment.quorum.seeds);
            let cut = paint.tone(Tone::Faint, &format!(" ({cut})"));
            out.push_str(&format!("  {} {what}{cut}\n", paint.tone(tone, sign)));
        }
        last = Some(moment.verdict);
    }
    if let Some(plan) = &walk.plan {
        out.push_str(&format!("  {}: {}\n", paint.tone(Tone::Strong, "plan"), visible(&plan.summary)));
        for (number, step) in plan.steps.iter().enumerate() {
            let needs = paint.tone(Tone::Faint, &format!(" ({})", visible(&step.needs)));
            let number = number + 1;
            out.push_str(&format!("    {number}. {}: {}{needs}\n", visible(&step.title), visible(&step.notation)));
        }
    }
    out
}

fn link(element: &chain::Element, paint: Paint) -> String {
    let (sign, tone) = match (element.status.errors, element.status.unknown) {
        (0, 0) => of_verdict(Verdict::Admitted),
        (0, _) => of_verdict(Verdict::Indeterminate),
        _ => of_verdict(Verdict::Refused),
    };
    let place = format!("{} {}", word(&element.origin), element.number);
    let names = chain::status::names(element.status.errors, chain::status::error::NAMES).join(", ");
    let names = if names.is_empty() { names } else { paint.tone(Tone::Faint, &format!(" ({names})")) };
    format!("  {} {}: {}{names}\n", paint.tone(tone, sign), paint.tone(Tone::Strong, &place), visible(&element.subject))
}

fn line(cell: &fabric::Cell, paint: Paint) -> String {
    let (sign, tone) = of_verdict(cell.verdict);
    let mut line = format!(
        "  {} {} on {}: {}",
        paint.tone(tone, sign),
        paint.tone(Tone::Strong, &format!("certificate {}", cell.certificate)),
        word(&cell.connection),
        word(&cell.verdict)
    );
    if let Some(role) = &cell.role {
        line.push_str(&format!(" as {}", paint.tone(Tone::Strong, &word(role))));
    }
    if !cell.because.is_empty() {
        line.push_str(&format!(", {}", visible(&cell.because)));
    }
    let code = cell.code.as_ref().map(|code| format!("error code {code}"));
    let details: Vec<_> = [cell.rule.as_ref().map(ToString::to_string), cell.span.as_ref().map(place), code]
        .into_iter()
        .flatten()
        .collect();
    if !details.is_empty() {
        line.push_str(&paint.tone(Tone::Faint, &format!(" ({})", details.join(", "))));
    }
    line.push('\n');
    line
}
