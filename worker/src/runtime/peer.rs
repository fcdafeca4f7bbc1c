//! The guard for certificates, on the runtime.

use admit_core::fabric::Subject;
use admit_core::{Case, Question, Verdict, evaluate};
use http::{HeaderName, HeaderValue, StatusCode};
use js_sys::Reflect;
use worker::wasm_bindgen::JsValue;
use worker::{Result, web_sys};

use super::policies::missing;
use super::{Answer, Turn, gate, now, store};
use crate::PolicyId;
use crate::guard::certificate::{Platform, to_pem};
use crate::guard::peer::{Shown, granted, parted, shown};
use crate::reply::{self, Lifetime, problem, too_many, unauthorized};

impl Turn<'_> {
    /// Lets the peer in or not: 200 with its role, 401 without a certificate, 403 otherwise.
    pub(crate) async fn peer(&mut self, id: &PolicyId) -> Result<Answer> {
        let Some((policy, _)) = store::load(self.env, id).await? else { return Ok(missing()) };
        let Some(guard) = &policy.guard.peer else { return Ok(missing()) };
        let proxies = gate::keyring(self.env, "PROXIES");
        let secret = guard.proxy.as_deref().and_then(|name| proxies.secret(name));
        let chain = match shown(guard, self.headers, secret, self.platform.read()) {
            Shown::Chain(chain) => chain,
            Shown::Nothing => return Ok(unauthorized("expected a client certificate, found none").into()),
            Shown::Attempt(tried) => {
                self.entry.attempt = Some(tried);
                let detail = "the certificate does not come from where the policy says it does";
                return Ok(problem(StatusCode::FORBIDDEN, detail.into()).into());
            }
        };
        // Counted here, where a proxy has proved itself: before, the address is counted.
        let proxy = guard.proxy.as_deref().unwrap_or("platform");
        if let Some(seconds) = self.over_key("LIMIT_KEY", format!("proxy:{proxy}")).await? {
            return Ok(too_many(seconds).into());
        }
        let Question::Peer(rules, _) = &policy.case.question else { return Ok(missing()) };
        let (path, beside) = parted(&chain);
        let subject = Subject { certificates: to_pem(&path), ..Subject::default() };
        let mut case = Case { at: now(), question: Question::Peer(rules.clone(), subject), ..policy.case.clone() };
        case.trust.intermediates.push('\n');
        case.trust.intermediates.push_str(&to_pem(&beside));
        let report = evaluate(&case);
        self.note(Some(&report));
        let Some(granted) = granted(&report) else {
            let detail = match report.verdict {
                Verdict::Indeterminate => format!("not decided: {}", report.settle.join("; ")),
                _ => report.summary,
            };
            return Ok(problem(StatusCode::FORBIDDEN, detail).into());
        };
        let mut response = reply::ok("text/plain; charset=utf-8", Lifetime::None, String::new());
        for (name, value) in [("admit-role", granted.role), ("admit-rule", granted.rule)] {
            let value = HeaderValue::try_from(value).unwrap_or(HeaderValue::from_static("unknown"));
            response.headers_mut().insert(HeaderName::from_static(name), value);
        }
        Ok(response.into())
    }
}

/// What the platform says of the connection's certificate. Read field by field: the bindings know only some of them, and
/// a missing one ends the program.
pub(crate) fn platform(request: &web_sys::Request) -> Platform {
    let get = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).unwrap_or(JsValue::UNDEFINED);
    let cf = get(request.as_ref(), "cf");
    if !cf.is_object() {
        return Platform::default();
    }
    let tls = get(&cf, "tlsClientAuth");
    if !tls.is_object() {
        return Platform::default();
    }
    let text = |name: &str| get(&tls, name).as_string().unwrap_or_default();
    let flag = |name: &str| get(&tls, name).as_bool().unwrap_or_default();
    Platform {
        presented: text("certPresented"),
        verified: text("certVerified"),
        revoked: text("certRevoked"),
        certificate: text("certRFC9440"),
        chain: text("certChainRFC9440"),
        too_large: flag("certRFC9440TooLarge") || flag("certChainRFC9440TooLarge"),
    }
}
