//! Named policies: what is kept, who may change it under which condition, and what is written down about it.
//!
//! # Where a policy is
//!
//! | what | where | why |
//! |---|---|---|
//! | which version counts, conditions, audit | one Durable Object for each policy | it is one thread with transactional storage, so `If-Match` is exact and no write is lost; policies don't wait for one another |
//! | the text of each version | the same object, and KV under `policy/{id}/{version}` | a version never changes, so it can be cached everywhere without becoming wrong |
//! | the list of policies | KV under `index/{id}`, as metadata | a list needs no object for every policy |
//!
//! KV is eventually consistent: a reader may miss what was written up to a minute ago. So nothing that decides rests on
//! it. A guard asks the object which version counts (a few milliseconds), and takes that version's text from memory, from
//! KV, or, where KV has not heard of it, from the object. A rollback or deletion holds for the next request everywhere.
//! Only the list may lag behind, and says so.

mod guard;
mod ledger;

pub use guard::{Guard, PeerGuard, SessionGuard, Source, has_keys};
pub use ledger::{Action, Command, Condition, Entry, Head, Refusal, Reply, Stored, VERSIONS};

use admit_core::{Case, Error, Time, evaluate};

/// A policy that has been read.
#[derive(Debug, Clone, PartialEq)]
pub struct Loaded {
    /// The case without its subject.
    pub case: Case,
    /// Which doors it guards, and how.
    pub guard: Guard,
}

/// Why a policy is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unfit {
    /// It is no policy: status 400.
    Unreadable(Error),
    /// A document in it can't be read: status 422.
    Documents(Vec<Error>),
    /// Its guard makes no sense: status 422.
    Guard(String),
}

impl Loaded {
    /// Reads a policy, its documents and its guard.
    ///
    /// # Errors
    ///
    /// What is unfit, with places.
    pub fn read(text: &str, now: Time) -> Result<Self, Unfit> {
        let (case, guard) = Case::policy_from_json::<Guard>(text).map_err(Unfit::Unreadable)?;
        // The documents of the policy are read as they will be: by evaluating it, here with nobody asking.
        let report = evaluate(&Case { at: now, ..case.clone() });
        let of_policy = |error: &Error| {
            let document = error.span.document.as_ref();
            document.starts_with("policy.") || document.starts_with("trust.")
        };
        let errors: Vec<Error> = report.errors.into_iter().filter(of_policy).collect();
        if !errors.is_empty() {
            return Err(Unfit::Documents(errors));
        }
        let guard = guard.unwrap_or_default();
        guard.check(case.kind()).map_err(Unfit::Guard)?;
        Ok(Self { case, guard })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(guard: &str, manifest: &str) -> Result<Loaded, Unfit> {
        let text = format!(
            "{{ \"admit\": 1, \"kind\": \"peer\", \"policy\": {{ \"manifest\": \"{manifest}\" }}, \"guard\": {guard} }}"
        );
        Loaded::read(&text, Time::from_unix(0))
    }

    #[test]
    fn what_is_unfit_is_told_apart() {
        let good = "<Section Name='Security'/>";
        assert!(read("{}", good).is_ok());
        assert!(matches!(read("{ \"per\": 1 }", good), Err(Unfit::Unreadable(_))));
        assert!(
            matches!(read("{}", "<Section"), Err(Unfit::Documents(errors)) if errors[0].span.document == "policy.manifest")
        );
        assert!(matches!(read("{ \"peer\": { \"sources\": [] } }", good), Err(Unfit::Guard(_))));
        assert!(matches!(read("{ \"peer\": { \"sources\": [\"xfcc\"] } }", good), Err(Unfit::Guard(_))));
        assert!(read("{ \"peer\": { \"sources\": [\"xfcc\"], \"proxy\": \"edge\" } }", good).is_ok());
        assert!(read("{ \"peer\": { \"sources\": [\"platform\"] } }", good).is_ok());
    }
}
