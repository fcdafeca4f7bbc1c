//! The report for people.

use std::borrow::Cow;

use admit_core::{Case, Error, Finding, Fix, Kind, Report, Severity, Span, certificate, fabric, mask_secrets};

use crate::paint::{Paint, Tone, of_severity, of_verdict, word};
use crate::visible::visible;
use crate::{answer, snippet, trace};

/// The report of a case as text: the verdict first, then why, then what would change it.
pub(crate) fn render(report: &Report, case: &Case, paint: Paint) -> String {
    let mut text = Text { out: String::new(), case, paint };
    text.verdict(report);
    if let Some(diagnosis) = &report.diagnosis {
        text.diagnosis(diagnosis);
    }
    for finding in &report.findings {
        text.finding(finding);
    }
    text.heading("trace");
    trace::render(&mut text.out, &report.trace, 1, paint);
    if !report.flips.is_empty() {
        text.heading("changes");
        for flip in &report.flips {
            let (sign, tone) = of_verdict(flip.verdict);
            let verdict = paint.tone(tone, &format!("{sign} {}", word(&flip.verdict)));
            text.line(&format!("  {} {verdict}: {}", flip.at, visible(&flip.because)));
        }
    }
    text.list("assumed", &report.assumptions);
    text.list("would settle it", &report.settle);
    text.list("rules switched off by the policy", &report.off);
    if !report.errors.is_empty() {
        text.heading("could not be read");
        for error in &report.errors {
            text.error(error);
        }
    }
    text.out
}

/// The text so far.
struct Text<'a> {
    out: String,
    case: &'a Case,
    paint: Paint,
}

impl Text<'_> {
    fn line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    fn heading(&mut self, heading: &str) {
        let heading = self.paint.tone(Tone::Strong, heading);
        self.line(&format!("\n{heading}"));
    }

    fn list(&mut self, heading: &str, entries: &[String]) {
        if !entries.is_empty() {
            self.heading(heading);
            for entry in entries {
                self.line(&format!("  {}", visible(entry)));
            }
        }
    }

    fn verdict(&mut self, report: &Report) {
        let (sign, tone) = of_verdict(report.verdict);
        // The summary says the verdict in words.
        self.line(&self.paint.tone(tone, &format!("{sign} {}", report.summary)));
        let title = report.title.as_ref().map_or_else(String::new, |title| format!(", {}", visible(title)));
        self.line(&self.paint.tone(Tone::Faint, &format!("  {} at {}{title}", word(&report.kind), report.at)));
        answer::render(&mut self.out, &report.answer, self.paint);
    }

    fn diagnosis(&mut self, diagnosis: &fabric::Diagnosis) {
        self.heading("what was seen");
        self.line(&format!("  {}", visible(&diagnosis.summary)));
        for code in &diagnosis.codes {
            let value = code.value.as_ref().map_or_else(String::new, |value| format!(" ({value})"));
            self.line(&format!("  {}{value}: {}", self.paint.tone(Tone::Strong, &visible(&code.name)), code.meaning));
        }
        for (number, cause) in (1..).zip(&diagnosis.causes) {
            let rule = cause.rule.as_ref().map_or_else(String::new, |rule| format!(" [{rule}]"));
            let at = cause.span.as_ref().map_or_else(String::new, |span| format!(" ({})", trace::place(span)));
            self.line(&format!("  {number}. {}{rule}{at}", visible(&cause.because)));
            if let Some(help) = &cause.help {
                self.line(&format!("     {}", visible(help)));
            }
        }
        self.heading("where to look next");
        for next in &diagnosis.next {
            self.line(&format!("  - {}", next.what));
        }
    }

    fn finding(&mut self, finding: &Finding) {
        let head = format!("{}[{}]", word(&finding.severity), finding.rule);
        let head = self.paint.tone(of_severity(finding.severity), &head);
        let changed = match finding.severity_of_rule {
            Some(Severity::Error) => " (by itself an error)",
            Some(Severity::Warning) => " (by itself a warning)",
            Some(Severity::Info) => " (by itself info)",
            None => "",
        };
        self.line(&format!("\n{head}{changed}: {}", visible(&finding.message)));
        if let Some(span) = &finding.span {
            let hidden = [certificate::PRIVATE_KEY_PASTED.id, "secret-public"];
            self.snippet(span, !hidden.contains(&finding.rule.as_ref()));
        }
        for related in &finding.related {
            self.line(&format!("  also: {}", visible(&related.message)));
            self.snippet(&related.span, true);
        }
        if let Some(help) = &finding.help {
            self.line(&format!("  help: {}", visible(help)));
        }
        for fix in &finding.fixes {
            self.fix(fix);
        }
        let citation = format!("  see: {}, {}", finding.citation.source, finding.citation.place);
        self.line(&self.paint.tone(Tone::Faint, &citation));
    }

    fn fix(&mut self, fix: &Fix) {
        let then = fix.then.map_or_else(String::new, |verdict| format!(" (then {})", word(&verdict)));
        self.line(&format!("  fix: {}{then}", visible(&fix.title)));
        for who in &fix.lets_in {
            self.line(&format!("       it also lets in {}", visible(who)));
        }
    }

    fn error(&mut self, error: &Error) {
        let kind = self.paint.tone(Tone::Bad, &word(&error.kind));
        self.line(&format!("{kind}: expected {}, found {}", visible(&error.expected), visible(&error.found)));
        self.snippet(&error.span, true);
        if let Some(help) = &error.help {
            self.line(&format!("  help: {}", visible(help)));
        }
    }

    /// Writes a place, with its line unless what stands there is to stay unseen.
    fn snippet(&mut self, span: &Span, show: bool) {
        let documents = self.case.documents();
        let text = documents.iter().find(|(name, _)| *name == span.document).map(|(_, text)| *text);
        // As long as before, so that places stay where they are.
        let text = text.filter(|_| show).map(|text| match self.case.kind() {
            Kind::Enclave => mask_secrets(text),
            _ => Cow::Borrowed(text),
        });
        snippet::render(&mut self.out, None, text.as_deref(), span, self.paint);
    }
}

#[cfg(test)]
mod tests {
    use admit_core::{Document, Edit, ErrorKind, Flip, Outcome, Step, Time, Verdict, evaluate, fabric};

    use super::*;

    const CASE: &str = r#"{ "admit": 1, "kind": "peer", "title": "a\u001b[2Jb", "at": "2026-11-22T00:00:00Z",
      "policy": { "manifest": "<a>\n\t<b c='d'/>" }, "subject": { "certificates": "-----BEGIN PRIVATE KEY-----\nMIISECRET" } }"#;

    /// A report with one of everything.
    fn full() -> (Case, Report) {
        let case = Case::from_json(CASE).expect("a case");
        let documents = case.documents();
        let [(_, manifest), (_, certificates)] = documents.as_slice() else { panic!("two documents") };
        let (manifest, certificates) =
            (Document::new(fabric::MANIFEST, manifest), Document::new(fabric::CERTIFICATES, certificates));
        let place = manifest.span(5..8);
        let edit = Edit { span: place.clone(), text: String::new() };
        let mut finding = Finding::new(&certificate::PRIVATE_KEY_PASTED, "an odd \u{202e}element")
            .related(place.clone(), "first seen here")
            .help("remove it")
            .fix("Remove the element", vec![edit]);
        finding.severity = Severity::Error;
        finding.severity_of_rule = Some(Severity::Warning);
        finding.fixes[0].then = Some(Verdict::Admitted);
        finding.fixes[0].lets_in = vec!["whoever asks".into()];
        let mut report = evaluate(&case);
        report.verdict = Verdict::Refused;
        report.summary = "Refused: nobody gets in".into();
        report.answer = admit_core::Answer::Peer(fabric::Answer {
            roles_in_effect: true,
            cells: vec![fabric::Cell {
                certificate: 1,
                connection: fabric::Connection::Node,
                verdict: Verdict::Admitted,
                role: Some(fabric::Role::ClusterPeer),
                perhaps: None,
                because: "it is listed".into(),
                rule: Some("ClusterCertThumbprints".into()),
                span: Some(place.clone()),
                code: None,
            }],
        });
        report.findings =
            vec![finding, Finding::new(&certificate::PRIVATE_KEY_PASTED, "a key").at(certificates.span(0..30))];
        report.trace =
            Step::new("peer", Outcome::Failed, "no role")
                .with([Step::new("list", Outcome::Skipped, "empty").at(Some(place.clone()))]);
        let at = "2027-01-01T00:00:00Z".parse::<Time>().expect("a time");
        report.flips = vec![Flip::new(at, Verdict::Admitted, "certificate 1 begins")];
        report.assumptions = vec!["not revoked".into()];
        report.settle = vec!["the roots".into()];
        report.off = vec!["some-rule".into()];
        report.errors =
            vec![Error::new(ErrorKind::Syntax, "`</a>`", "the end", manifest.span(13..13)).help("close it")];
        drop(documents);
        (case, report)
    }

    #[test]
    fn everything_is_shown_and_nothing_steers_the_terminal() {
        let (case, report) = full();
        let text = render(&report, &case, Paint::new(false));
        let expected = "\
✕ Refused: nobody gets in
  peer at 2026-11-22T00:00:00Z, a<U+001B>[2Jb
  ✓ certificate 1 on node: admitted as cluster-peer, it is listed (ClusterCertThumbprints, policy.manifest:2:2)

error[private-key-pasted] (by itself a warning): an odd <U+202E>element
  also: first seen here
  --> policy.manifest:2:2
  |
2 |     <b c='d'/>
  |     ^^^
  help: remove it
  fix: Remove the element (then admitted)
       it also lets in whoever asks
  see: RFC 7468, section 13

warning[private-key-pasted]: a key
  --> subject.certificates:1:1
  see: RFC 7468, section 13

trace
  ✕ peer: no role
    - list: empty (policy.manifest:2:2)

changes
  2027-01-01T00:00:00Z ✓ admitted: certificate 1 begins

assumed
  not revoked

would settle it
  the roots

rules switched off by the policy
  some-rule

could not be read
syntax: expected `</a>`, found the end
  --> policy.manifest:2:10
  |
2 |     <b c='d'/>
  |             ^
  help: close it
";
        assert_eq!(text, expected);
    }

    #[test]
    fn colour_adds_nothing_but_colour() {
        let (case, report) = full();
        let mut text = render(&report, &case, Paint::new(true));
        assert!(text.contains("\u{1b}[31m✕ Refused: nobody gets in\u{1b}[0m"), "{text}");
        for code in ["0", "1", "2", "31", "32", "33"] {
            text = text.replace(&format!("\u{1b}[{code}m"), "");
        }
        assert_eq!(text, render(&report, &case, Paint::new(false)));
    }
}
