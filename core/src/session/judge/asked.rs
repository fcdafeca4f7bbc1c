//! The request of a case.

use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use serde_json::Value;

use super::{Judging, Place};
use crate::session::request::{self, Endpoint, Family, Operation, Request, Url, commands};
use crate::session::rules::parameter::Elsewhere;
use crate::session::rules::{authorization, command, endpoint, operation, parameter};
use crate::session::{mend, token};
use crate::{Document, Error, ErrorKind, Outcome, Span, Step, placeholder};

impl Judging<'_> {
    /// Judges the request, and the identifier in it.
    pub(super) fn request(&mut self, document: &Document<'_>) -> Vec<(String, Span)> {
        let text = document.text();
        if text.trim().is_empty() {
            return Vec::new();
        }
        let commands = commands(text);
        let mut az = command::check(&commands, document);
        mend::commands(document, &mut az);
        let known = commands
            .iter()
            .any(|command| command.name.starts_with("az role assignment") || command.name.starts_with("az account"));
        if known {
            let outcome = if az.is_empty() { Outcome::Passed } else { Outcome::Failed };
            self.steps.push(Step::new("az", outcome, alloc::format!("{} commands", commands.len())));
        }
        self.findings.extend(az);
        let Some(read) = request::read(text) else {
            if !known {
                let expected = "a URL, a curl or az command, an HTTP request or a HAR entry";
                self.errors.push(Error::new(ErrorKind::Syntax, expected, "something else", document.span(0..0)));
            }
            return Vec::new();
        };
        let Some(url) = Url::read(&read.url) else {
            // A placeholder instead of the endpoint is a finding already.
            if placeholder::placeholders(&read.url).next().is_none() {
                let place = document.span(read.range.clone());
                self.errors.push(Error::new(
                    ErrorKind::Syntax,
                    "a URL with a scheme",
                    crate::quote::quote(&read.url),
                    place,
                ));
            }
            return Vec::new();
        };
        let target = Endpoint::read(&url);
        let query = read.query();
        let rest = target.rest.unwrap_or(if target.family == Family::CodeInterpreter { "" } else { url.path });
        let asked = Operation::of(target.family, &read.method, rest);
        if read.more > 0 {
            self.unknown("each of the other requests by itself: only the first was looked at");
        }
        let body: Option<Value> = read.body.as_deref().and_then(|body| serde_json::from_str(body).ok());
        let elsewhere = elsewhere(read.body.as_deref(), rest);
        let bare = read.headers.is_empty() && read.url == text.trim();

        let mut found = endpoint::check(&read, &url, &target, document);
        found.extend(authorization::check(&read, &query, asked, bare, document));
        if let Some(due) = authorization::key_due(self.policy, asked) {
            if due.at <= self.at {
                self.findings.extend([authorization::key_old(&due, document.span(read.range.clone()))]);
            }
            self.due.push(due);
        }
        if target.family == Family::Unknown {
            self.unknown("the pool's management endpoint (`properties.poolManagementEndpoint`)");
        }
        if target.rest.is_some() {
            found.extend(parameter::check(&read, &url, &query, asked, &elsewhere, document));
            let asked = operation::Asked {
                read: &read,
                url: &url,
                family: target.family,
                rest,
                operation: asked,
                query: &query,
                body: body.as_ref(),
            };
            found.extend(operation::check(&asked, document));
        }
        let mended = mend::Asked { read: &read, url: &url, query: &query, operation: asked, rest, document };
        mend::request(&mended, &mut found);
        self.findings.extend(found);
        for rule in [&operation::VERSION_UNKNOWN, &operation::path::UNKNOWN] {
            if self.findings.has(rule) {
                self.unknown(
                    "whether the service knows the request's path and API version: no published specification does",
                );
            }
        }
        if [&operation::body::UNLISTED, &operation::body::INCOMPLETE].into_iter().any(|rule| self.findings.has(rule)) {
            self.unknown("what the service makes of a body that departs from the published specification");
        }
        if token::masked(text).is_empty() {
            self.assumptions.push("the request carries a valid token of an identity that has the role".into());
        }
        let forwarded = asked.name == "forwarded to the container";
        if forwarded {
            self.assumptions.push(
                "the container sees the query, and with it the identifier: whether it does is undocumented".into(),
            );
        }
        self.held = self.held.saturating_add(1);
        let mut places: Vec<String> = Vec::new();
        if query.all("identifier").next().is_some() {
            places.push("query".to_string());
        }
        places.extend(elsewhere.iter().map(|other| other.place.to_string()));
        let owned = |text: Option<&str>| text.map(|text| text.to_string());
        self.answer.request = Some(Request {
            method: read.method.clone(),
            host: url.host.to_string(),
            family: target.family,
            pool: owned(target.pool),
            environment: owned(target.environment),
            region: owned(target.region),
            subscription: owned(target.subscription),
            resource_group: owned(target.resource_group),
            operation: asked.name.to_string(),
            forwarded: forwarded.then(|| rest.to_string()),
            api_version: query.all("api-version").next().map(|version| version.to_string()),
            identifier_in: places,
        });
        let detail = alloc::format!("{} {}: {}", read.method, crate::quote::quote(url.host), asked.name);
        self.steps.push(Step::new("request", Outcome::Noted, detail).at(Some(document.span(read.range.clone()))));
        self.held_identifier(document, &read, &query)
    }

    /// Judges the identifier that the query names. One that is a placeholder, or a shell's variable, is none.
    fn held_identifier(
        &mut self,
        document: &Document<'_>,
        read: &request::Read,
        query: &crate::session::wire::Query,
    ) -> Vec<(String, Span)> {
        let Some(parameter) = query.parameters.iter().find(|parameter| parameter.name == "identifier") else {
            return Vec::new();
        };
        if placeholder::placeholders(&parameter.value).next().is_some() || parameter.value.starts_with('$') {
            self.unknown("the identifier that is put into the request");
            return Vec::new();
        }
        let range = read.place(parameter.range.clone());
        let verbatim = document.slice(range.clone()) == parameter.value;
        let place = Place { document, range, verbatim };
        let number = self.answer.judged.saturating_add(1);
        self.identifier(number, &parameter.value, &place);
        Vec::from([(parameter.value.clone(), place.whole())])
    }
}

/// Identifiers that the body and the path name: in any case and also where a key stands twice, since readers differ in
/// which they take.
fn elsewhere(body: Option<&str>, rest: &str) -> Vec<Elsewhere> {
    let mut elsewhere = Vec::new();
    let text = body.unwrap_or_default();
    let document = Document::new(crate::session::REQUEST, text);
    if text.trim_start().starts_with(['{', '['])
        && let Ok(read) = crate::json::read(&document)
    {
        let inner = read.root.members().iter().filter(|member| member.key.eq_ignore_ascii_case("properties"));
        let objects = [&read.root].into_iter().chain(inner.map(|member| &member.value)).chain(read.root.items());
        for member in objects.flat_map(|object| object.members()) {
            let named = ["identifier", "sessionId"].iter().any(|name| member.key.eq_ignore_ascii_case(name));
            if let Some(identifier) = member.value.text().filter(|_| named) {
                elsewhere.push(Elsewhere { place: "body", identifier: identifier.to_string() });
            }
        }
    }
    if let Some(identifier) = rest.strip_prefix("/identifier/").and_then(|rest| rest.split('/').next()) {
        let identifier = crate::session::wire::decode(identifier, false).0;
        elsewhere.push(Elsewhere { place: "path", identifier });
    }
    elsewhere
}
