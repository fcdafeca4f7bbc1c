//! Deciding a case of kind `session`.

mod asked;
mod held;
mod mask;
mod place;
mod step;
mod timeline;
mod verdict;

pub(in crate::session) use place::Place;

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::derived::Candidates;
use super::profile::Set;
use super::rules::Findings;
use super::rules::age::Due;
use super::strength::{Bits, estimate};
use super::wire::{decisive_ways, is_safe, ways};
use super::{Answer, CANDIDATES, Identifier, Policy, Redacted, Subject};
use super::{answer, identifiers, mend, profile, redact, rules};
use crate::certificate::check_private_keys;
use crate::{Case, Document, Error, Limits, Report, Span, Step, Time, Verdict, placeholder};

/// Everything that is found while a case is decided.
struct Judging<'a> {
    policy: &'a Policy,
    profile: &'a profile::Profile,
    at: Time,
    candidates: Candidates,
    findings: Findings,
    errors: Vec<Error>,
    settle: Vec<String>,
    assumptions: Vec<String>,
    steps: Vec<Step>,
    answer: Answer,
    /// Instants at which findings change, with what happens then.
    due: Vec<Due>,
    held: u32,
    /// The characters of all identifiers.
    seen: Set,
}

/// Decides a case of kind `session`, and each of the cases that its fixes would make of it.
pub(crate) fn evaluate(case: &Case, policy: &Policy, subject: &Subject) -> Report {
    let mut report = decide(case, policy, subject);
    mend::try_fixes(case, &mut report, |edited| match &edited.question {
        crate::Question::Session(policy, subject) => decide(edited, policy, subject),
        _ => decide(case, policy, subject),
    });
    report
}

fn decide(case: &Case, policy: &Policy, subject: &Subject) -> Report {
    let profile = policy.profile.profile();
    let document = |name: &'static str, text| Document::new(name, text);
    let (candidates, error) = Candidates::read(&document(CANDIDATES, &subject.candidates));
    let mut judging = Judging {
        policy,
        profile: &profile,
        at: case.at,
        candidates,
        findings: Findings::default(),
        errors: error.into_iter().collect(),
        settle: Vec::new(),
        assumptions: Vec::new(),
        steps: Vec::new(),
        answer: Answer { profile: profile.name.to_string(), ..Answer::default() },
        due: Vec::new(),
        held: 0,
        seen: Set::NONE,
    };
    for (name, text) in subject.documents() {
        if text.len() > Limits::DOCUMENT_BYTES {
            let expected = alloc::format!("at most {} bytes", Limits::DOCUMENT_BYTES);
            let found = alloc::format!("{} bytes", text.len());
            let document = document(name, "");
            judging.errors.push(Error::new(crate::ErrorKind::Limit, expected, found, document.span(0..0)));
        }
    }
    if judging.errors.is_empty() {
        let documents = subject.documents().map(|(name, text)| document(name, text));
        let [identifiers, request, _, _, log, timeline, _] = &documents;
        for document in [identifiers, request] {
            judging.findings.extend(placeholder::check(document).take(Limits::FINDINGS_PER_RULE));
        }
        for document in &documents {
            judging.findings.extend(check_private_keys(document).take(Limits::FINDINGS_PER_RULE));
        }
        let mut texts = judging.identifiers(identifiers);
        texts.extend(judging.request(request));
        let tokens = judging.tokens(subject, &texts);
        judging.timeline(timeline);
        let known: Vec<&str> = texts.iter().map(|(text, _)| text.as_str()).collect();
        judging.log(log, request, &known);
        return verdict::report(case, judging, tokens, subject);
    }
    verdict::report(case, judging, Vec::new(), subject)
}

impl Judging<'_> {
    /// Judges every identifier of the list. Gives the texts and places of the first, to hold against the token.
    fn identifiers(&mut self, document: &Document<'_>) -> Vec<(String, Span)> {
        let (rows, errors) = identifiers::read(document);
        self.errors.extend(errors);
        let mut texts = Vec::new();
        for row in &rows {
            // Only where quotes inside were doubled is it a text of its own.
            let verbatim = matches!(row.identifier, Cow::Borrowed(_));
            let place = Place { document, range: row.range.clone(), verbatim };
            self.identifier(row.number, &row.identifier, &place);
            if let Some(shown) = self.answer.identifiers.last_mut().filter(|shown| shown.number == row.number) {
                let owned = |text: &Option<Cow<'_, str>>| text.as_deref().map(String::from);
                (shown.user, shown.conversation) = (owned(&row.user), owned(&row.conversation));
                shown.time = row.time;
            }
            if texts.len() < Limits::SESSION_DETAILED {
                texts.push((row.identifier.to_string(), place.whole()));
            }
        }
        let owned = rows.iter().any(|row| row.user.is_some() || row.conversation.is_some());
        if rows.len() > 1 || owned {
            let (batch, due) =
                rules::batch::check(&rows, self.seen, self.policy, self.at, document, &mut self.findings);
            self.answer.batch = Some(batch);
            self.due.extend(due);
            if self.findings.has(&rules::batch::equal::CASE) {
                self.unknown("whether the service distinguishes identifiers by case");
            }
        }
        texts
    }

    /// Judges one identifier.
    fn identifier(&mut self, number: u32, text: &str, place: &Place<'_>) {
        let seen = Set::seen(text);
        self.seen = self.seen.with(seen);
        let judged = profile::judge(self.profile, text, seen);
        let strength = estimate(text, seen);
        self.held = self.held.saturating_add(1);
        self.answer.judged = self.answer.judged.saturating_add(1);
        rules::format::check(self.profile, place, &judged, &mut self.findings);
        if !judged.offences.is_empty() {
            mend::identifier(text, place, &judged, self.findings.found());
        }
        rules::guessing::check(text, place, &strength, self.profile, self.policy.thresholds, &mut self.findings);
        rules::age::check(place, &strength, self.policy.rotation, self.at, &mut self.findings);
        if let Some(due) = rules::age::due(&strength, self.policy.rotation)
            && self.due.len() < Limits::SESSION_DETAILED
        {
            let because = "an identifier is older than the policy rotates".into();
            self.due.push(Due { at: due, rule: &rules::age::OLD, because });
        }
        let safe = is_safe(seen);
        let detailed = self.answer.identifiers.len() < Limits::SESSION_DETAILED;
        let ways = match (safe, detailed) {
            (true, _) => Vec::new(),
            (false, true) => ways(text),
            (false, false) => decisive_ways(text),
        };
        if !safe {
            rules::wire::check(text, place, &ways, &mut self.findings);
        }
        let origin = self.candidates.origin(text).or_else(|| self.candidates.tried(text, seen));
        if let Some(origin) = &origin {
            rules::guessing::origin::derived(place, origin, &mut self.findings);
        }
        let ambiguous = rules::guessing::reads_two_ways(&strength, self.policy.thresholds);
        let specification_only =
            judged.acceptance == profile::Acceptance::SpecificationOnly && self.profile.name == profile::DOCUMENTATION;
        if specification_only {
            self.unknown(
                "whether the service enforces the documentation's characters or those of the API specification",
            );
        }
        if ambiguous {
            self.unknown("how identifiers that can be read in two ways were made");
        }
        if !detailed {
            return;
        }
        let weak = strength.structural < Bits::whole(self.policy.thresholds.refuse)
            || self.profile.entropy.is_some_and(|bits| strength.structural < Bits::whole(bits));
        let verdict = if judged.acceptance == profile::Acceptance::Rejected || origin.is_some() || (weak && !ambiguous)
        {
            Verdict::Refused
        } else if specification_only || ambiguous {
            Verdict::Indeterminate
        } else {
            Verdict::Admitted
        };
        let derived = origin.map(|origin| match origin.candidate.as_str() {
            "" => alloc::format!("{} of an empty text", origin.function),
            candidate => alloc::format!("{} of {candidate}", origin.function),
        });
        self.steps.push(step::step(text, place, &judged, &strength, verdict, derived.as_deref()));
        let seconds = strength.structural.seconds_to_guess(self.policy.rate, self.policy.population);
        self.answer.identifiers.push(Identifier {
            number,
            text: text.to_string(),
            span: place.whole(),
            verdict,
            acceptance: judged.acceptance,
            standings: answer::standings(&strength),
            time_to_guess: super::strength::duration(seconds),
            seconds_to_guess: seconds,
            estimate: strength,
            ways,
            derived,
            user: None,
            conversation: None,
            time: None,
        });
    }

    /// Adds a fact that would settle the verdict, once.
    fn unknown(&mut self, fact: &str) {
        if !self.settle.iter().any(|known| known == fact) {
            self.settle.push(fact.to_string());
        }
    }

    fn log(&mut self, log: &Document<'_>, request: &Document<'_>, known: &[&str]) {
        if !log.text().is_empty() {
            rules::visibility::check(log, known, &mut self.findings);
            mend::log(log, known, self.findings.found());
        }
        let mut numbers = BTreeMap::new();
        for document in [request, log] {
            if !document.text().is_empty() {
                let text = redact::redact(document.text(), known, &mut numbers);
                self.answer.redacted.push(Redacted { document: document.name().to_string(), text });
            }
        }
    }
}
