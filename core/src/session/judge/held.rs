//! The tokens of a case: the one that was pasted, or the one that the request holds.

use alloc::string::String;
use alloc::vec::Vec;

use super::Judging;
use crate::session::derived::Candidates;
use crate::session::token::{self, Jwt, Signature, locate, masked, read, signature};
use crate::session::{JWKS, Policy, REQUEST, RoleAssignment, Subject, TOKEN, rules};
use crate::{Document, Finding, Outcome, Span, Step, Time};

/// A token that was read, and where it stands.
pub(super) struct Token {
    pub(super) jwt: Jwt,
    pub(super) span: Span,
}

/// Claims that everyone in the directory knows.
const KNOWN: [&str; 8] = ["oid", "sub", "upn", "preferred_username", "email", "appid", "azp", "tid"];

impl Judging<'_> {
    /// Judges the token, and the identifiers against it.
    pub(super) fn tokens(&mut self, subject: &Subject, identifiers: &[(String, Span)]) -> Vec<Token> {
        let (name, text) =
            if subject.token.trim().is_empty() { (REQUEST, &subject.request) } else { (TOKEN, &subject.token) };
        let document = Document::new(name, text);
        let range = if name == TOKEN { Some(locate(text)) } else { masked(text).into_iter().next() };
        let Some(range) = range else {
            return Vec::new();
        };
        let span = document.span(range.clone());
        let jwt = match read(document.slice(range)) {
            Ok(jwt) => jwt,
            Err(found) => {
                self.findings.extend([rules::token::misshapen(found, span.clone())]);
                self.steps.push(Step::new("token", Outcome::Failed, found).at(Some(span)));
                return Vec::new();
            }
        };
        let jwks = Document::new(JWKS, &subject.jwks);
        let (signature, error) = signature(&jwt, &jwks);
        self.errors.extend(error);
        self.findings.extend(rules::token::check(&jwt, signature, &span));
        self.held = self.held.saturating_add(1);
        match signature {
            Signature::Unknown if jwks.text().trim().is_empty() => {
                self.unknown("the token's signature: paste the key set of its issuer")
            }
            Signature::Unknown => self.unknown(
                "the token's signature: the key set has no RSA key with the token's `kid` that this version can use",
            ),
            Signature::Verified | Signature::Wrong => {}
        }
        match self.policy.role {
            RoleAssignment::Unknown => {
                self.unknown(
                    "whether the token's identity has the role Azure ContainerApps Session Executor on the pool",
                );
            }
            RoleAssignment::AssumeAssigned => self
                .assumptions
                .push("the token's identity has the role Azure ContainerApps Session Executor on the pool".into()),
        }
        self.assumptions.push("the token was not revoked".into());
        for (identifier, place) in identifiers {
            if let Some((claim, how)) = related(&jwt, identifier) {
                self.findings.extend([rules::token::claim::related(claim, how, place.clone())]);
            }
        }
        let detail = match signature {
            Signature::Verified => "the issuer's key made its signature",
            Signature::Wrong => "the issuer's key did not make its signature",
            Signature::Unknown => "its signature can't be verified without the issuer's keys",
        };
        let outcome = match signature {
            Signature::Verified => Outcome::Passed,
            Signature::Wrong => Outcome::Failed,
            Signature::Unknown => Outcome::Unknown,
        };
        self.steps.push(Step::new("token", outcome, detail).at(Some(span.clone())));
        self.answer.token = Some(token::Token::of(&jwt, signature));
        Vec::from([Token { jwt, span }])
    }
}

/// The claim that an identifier is, holds, or is the hash of.
fn related(jwt: &Jwt, identifier: &str) -> Option<(&'static str, &'static str)> {
    let lower = identifier.to_ascii_lowercase();
    for claim in KNOWN {
        let Some(value) = jwt.claims.text(claim).filter(|value| value.len() >= 6) else {
            continue;
        };
        let known = value.to_ascii_lowercase();
        if lower == known {
            return Some((claim, "is"));
        }
        if lower.contains(&known) || lower.replace('-', "").contains(&known.replace('-', "")) {
            return Some((claim, "holds"));
        }
        let document = Document::new(TOKEN, &value);
        if Candidates::read(&document).0.origin(identifier).is_some() {
            return Some((claim, "is derived from"));
        }
    }
    None
}

/// The findings about a token that depend on the instant.
pub(super) fn dated(token: &Token, policy: &Policy, at: Time) -> Vec<Finding> {
    rules::token::time::check_at(&token.jwt, at, policy.skew, &token.span)
}
