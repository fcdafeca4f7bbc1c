//! Whose session it is: the identifier that the guard derives, and the life of the principal that it is derived for.

use admit_core::Time;
use admit_core::session::Caller;
use serde::{Deserialize, Serialize};

use crate::PolicyId;
use crate::digest::{keyed, sha256};

/// Characters of a conversation's name.
const CONVERSATION: usize = 128;

/// Seconds without a request after which a principal is forgotten: longer than any session lives.
pub const FORGOTTEN: i64 = 90 * 86_400;

/// What is known of a principal: a tenant's subject at one guard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Principal {
    /// Who owns it: a digest of issuer, tenant and subject.
    pub owner: String,
    /// How often its identifiers have been replaced.
    pub epoch: u32,
    /// Since when the epoch lasts.
    pub since: Time,
    /// When it was last seen.
    pub last: Time,
}

/// What the guard asks a principal's object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enter {
    /// Who asks.
    pub owner: String,
    /// When.
    pub at: Time,
    /// Seconds after which identifiers are replaced.
    pub rotation: u32,
    /// Seconds without a request after which they are.
    pub idle: u32,
}

/// The object's answer: the epoch, or nothing for a second owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entered {
    /// The epoch that counts.
    pub epoch: Option<u32>,
}

impl Principal {
    /// Lets the owner in, as the first or again.
    ///
    /// The owner holds more than the principal's name does: where a policy moves to another issuer, somebody of the same
    /// tenant and subject there is another person, for whom the same identifier would be derived.
    pub fn enter(known: Option<Self>, enter: &Enter) -> Result<Self, SecondOwner> {
        let Some(mut principal) = known else {
            return Ok(Self { owner: enter.owner.clone(), epoch: 1, since: enter.at, last: enter.at });
        };
        if principal.owner != enter.owner {
            return Err(SecondOwner);
        }
        let over = |since: Time, most: u32| enter.at >= since.plus(i64::from(most));
        if over(principal.since, enter.rotation) || over(principal.last, enter.idle) {
            principal.epoch = principal.epoch.saturating_add(1);
            principal.since = enter.at;
        }
        // Clocks of two places may differ: what was seen stays seen.
        principal.last = principal.last.max(enter.at);
        Ok(principal)
    }
}

/// Somebody else owns the principal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SecondOwner;

/// The name of a principal's object.
pub fn name(policy: &PolicyId, caller: &Caller) -> String {
    sha256(&[policy.as_str().as_bytes(), caller.tenant.as_bytes(), caller.subject.as_bytes()])
}

/// The owner, as an object remembers it.
pub fn owner(caller: &Caller) -> String {
    sha256(&[caller.issuer.as_bytes(), caller.tenant.as_bytes(), caller.subject.as_bytes()])
}

/// The identifier: 64 hexadecimal digits that nobody without the key can guess, different for every policy, tenant,
/// subject, conversation and epoch. The conversation is only ever an addition to the subject.
pub fn identifier(key: &[u8], policy: &PolicyId, caller: &Caller, conversation: Option<&str>, epoch: u32) -> String {
    // A conversation that is named and one that isn't are told apart by a mark, not by its being empty.
    let (mark, conversation) = conversation.map_or(("0", ""), |conversation| ("1", conversation));
    keyed(
        key,
        &[
            b"admit session 1",
            policy.as_str().as_bytes(),
            caller.tenant.as_bytes(),
            caller.subject.as_bytes(),
            mark.as_bytes(),
            conversation.as_bytes(),
            &epoch.to_be_bytes(),
        ],
    )
}

/// A conversation's name: letters, digits, `-`, `_` and `.`.
pub fn conversation(text: &str) -> Option<&str> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    ((1..=CONVERSATION).contains(&text.len()) && text.bytes().all(fits)).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caller(issuer: &str, tenant: &str, subject: &str) -> Caller {
        Caller { issuer: issuer.into(), tenant: tenant.into(), subject: subject.into(), expires: Time::MAX }
    }

    fn enter(owner: &str, at: i64) -> Enter {
        Enter { owner: owner.into(), at: Time::from_unix(at), rotation: 100, idle: 30 }
    }

    #[test]
    fn identifiers_differ_wherever_anything_does() {
        let id = |policy: &str, tenant: &str, subject: &str, conversation: Option<&str>, epoch: u32| {
            let policy = PolicyId::new(policy).expect("a name");
            identifier(b"key", &policy, &caller("i", tenant, subject), conversation, epoch)
        };
        let mut all = vec![
            id("p", "t", "s", None, 1),
            id("q", "t", "s", None, 1),
            id("p", "ts", "", None, 1),
            id("p", "t", "s", None, 2),
            id("p", "t", "s", Some("c"), 1),
            id("p", "t", "s", Some(""), 1),
            id("p", "t", "sc", None, 1),
            identifier(b"kez", &PolicyId::new("p").expect("a name"), &caller("i", "t", "s"), None, 1),
        ];
        assert_eq!(all[0], id("p", "t", "s", None, 1));
        let count = all.len();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), count);
        assert!(all.iter().all(|id| id.len() == 64 && id.bytes().all(|b| b.is_ascii_hexdigit())));
    }

    #[test]
    fn a_principal_has_one_owner_and_its_identifiers_are_replaced() {
        let first = Principal::enter(None, &enter("a", 0)).expect("the first owner");
        assert_eq!(first.epoch, 1);
        assert_eq!(Principal::enter(Some(first.clone()), &enter("b", 1)), Err(SecondOwner));
        let again = Principal::enter(Some(first.clone()), &enter("a", 29)).expect("the owner");
        assert_eq!((again.epoch, again.last), (1, Time::from_unix(29)));
        let idle = Principal::enter(Some(again.clone()), &enter("a", 59)).expect("the owner");
        assert_eq!((idle.epoch, idle.since), (2, Time::from_unix(59)));
        let busy = Principal { last: Time::from_unix(99), ..again };
        let rotated = Principal::enter(Some(busy.clone()), &enter("a", 100)).expect("the owner");
        assert_eq!(rotated.epoch, 2);
        let early = Principal::enter(Some(busy), &enter("a", 98)).expect("the owner");
        assert_eq!((early.epoch, early.last), (1, Time::from_unix(99)));
    }

    #[test]
    fn the_issuer_is_part_of_the_owner_alone() {
        let policy = PolicyId::new("p").expect("a name");
        let (one, other) = (caller("i", "t", "s"), caller("j", "t", "s"));
        assert_eq!(name(&policy, &one), name(&policy, &other));
        assert_ne!(owner(&one), owner(&other));
    }

    #[test]
    fn conversations_have_plain_names() {
        assert_eq!(conversation("a-b_c.1"), Some("a-b_c.1"));
        for text in ["", "a b", "a/b", "ä", "a,b", &"a".repeat(129)] {
            assert_eq!(conversation(text), None, "{text}");
        }
    }
}
