//! Holding an identifier against a profile.

use alloc::string::String;
use alloc::vec::Vec;

use super::shipped::{DOCUMENTED_SET, SPECIFICATION_SET};
use super::{Acceptance, DOCUMENTATION, Profile, SPECIFICATION, Set, Unit};
use crate::session::strength::uuid_version;

/// What is wrong with an identifier. Places are bytes of the identifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Offence {
    /// Fewer than the minimum, in the unit given.
    Short(u32, u32, Unit),
    /// More than the maximum, in the unit given.
    Long(u32, u32, Unit),
    /// A character that the profile does not have, at this place.
    Character(char, usize),
    /// A character that only the API specification has, at this place.
    Undocumented(char, usize),
    /// A first or last character that may stand inside only.
    Edge(char, usize),
    /// A word that is reserved.
    Reserved(String),
    /// Not a UUID.
    NotUuid,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Judgement {
    /// How far it is acceptable.
    pub(crate) acceptance: Acceptance,
    /// Everything that is wrong, in order of places.
    pub(crate) offences: Vec<Offence>,
}

/// Holds `identifier`, which has the characters `seen`, against `profile`.
pub(crate) fn judge(profile: &Profile, identifier: &str, seen: Set) -> Judgement {
    let azure = profile.name == DOCUMENTATION || profile.name == SPECIFICATION;
    let count = match profile.unit {
        Unit::Characters => identifier.chars().count(),
        Unit::Bytes => identifier.len(),
    };
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    let mut offences = Vec::new();
    if count < profile.minimum {
        offences.push(Offence::Short(count, profile.minimum, profile.unit));
    }
    if let Some(maximum) = profile.maximum
        && count > maximum
    {
        offences.push(Offence::Long(count, maximum, profile.unit));
    }
    let allowed = if azure { SPECIFICATION_SET } else { profile.characters };
    let mut undocumented = false;
    // Most identifiers have nothing to look for: which characters they have is told at once.
    let expected = if azure { DOCUMENTED_SET } else { profile.characters };
    let looked = if seen.without(expected).is_empty() { "" } else { identifier };
    for (at, character) in looked.char_indices() {
        if !allowed.contains(character) {
            offences.push(Offence::Character(character, at));
        } else if azure && !DOCUMENTED_SET.contains(character) {
            undocumented = true;
            offences.push(Offence::Undocumented(character, at));
        }
    }
    let mut ends = identifier.char_indices();
    let (first, last) = (ends.next(), identifier.char_indices().next_back());
    if let Some((at, character)) = first
        && !profile.first.contains(character)
    {
        offences.push(Offence::Edge(character, at));
    }
    if let Some((at, character)) = last
        && last != first
        && !profile.last.contains(character)
    {
        offences.push(Offence::Edge(character, at));
    }
    if profile.reserved.iter().any(|word| word.eq_ignore_ascii_case(identifier)) {
        offences.push(Offence::Reserved(identifier.into()));
    }
    if profile.uuid && uuid_version(identifier).is_none() {
        offences.push(Offence::NotUuid);
    }
    let rejected = offences.iter().any(|offence| !matches!(offence, Offence::Undocumented(..)));
    let acceptance = match (rejected, azure, undocumented) {
        (true, ..) => Acceptance::Rejected,
        (false, true, true) => Acceptance::SpecificationOnly,
        (false, true, false) => Acceptance::Portable,
        (false, false, _) => Acceptance::Accepted,
    };
    Judgement { acceptance, offences }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::profile::SHIPPED;

    fn acceptance(profile: &str, identifier: &str) -> Option<Acceptance> {
        let profile = SHIPPED.iter().find(|shipped| shipped.name == profile)?;
        Some(judge(profile, identifier, Set::seen(identifier)).acceptance)
    }

    #[test]
    fn the_two_rules_of_azure_are_told_apart() {
        let long = "a".repeat(128);
        let longer = "a".repeat(129);
        for (identifier, expected) in [
            ("abc", Acceptance::Rejected),
            ("abcd", Acceptance::Portable),
            (&long, Acceptance::Portable),
            (&longer, Acceptance::Rejected),
            ("abcd\n", Acceptance::Rejected),
            ("user_42", Acceptance::SpecificationOnly),
            ("alice@contoso.com", Acceptance::SpecificationOnly),
            ("a,b.c", Acceptance::SpecificationOnly),
            ("user&alice", Acceptance::Portable),
            ("tenant#1", Acceptance::Portable),
            ("%41bcd", Acceptance::Portable),
            ("abcd&identifier=victim1", Acceptance::SpecificationOnly),
            ("a+b+c", Acceptance::SpecificationOnly),
            ("u[1-3]xx", Acceptance::Portable),
            ("$(id);{x}", Acceptance::Portable),
            ("ab\\cd", Acceptance::Rejected),
            ("ab cd", Acceptance::Rejected),
            ("caf\u{e9}", Acceptance::Rejected),
            ("\u{ff11}\u{ff12}\u{ff13}\u{ff14}", Acceptance::Rejected),
        ] {
            assert_eq!(acceptance("azure-docs", identifier), Some(expected), "{identifier}");
            assert_eq!(acceptance("azure-api-specification", identifier), Some(expected), "{identifier}");
        }
    }

    #[test]
    fn other_profiles_have_their_own_bounds() {
        let dashless = "3f2504e04f8941d39a0c0305e82c3301";
        let dashed = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
        for (profile, identifier, accepted) in [
            ("aws-agentcore-runtime", dashless, false),
            ("aws-agentcore-runtime", dashed, true),
            ("google-dialogflow", dashed, true),
            ("google-dialogflow", "caf\u{e9}caf\u{e9}caf\u{e9}caf\u{e9}caf\u{e9}caf\u{e9}caf\u{e9}caf", false),
            ("google-vertex-agent-engine", "-abc", false),
            ("google-vertex-agent-engine", "abc-1", true),
            ("cloudflare-sandbox", "Admin", false),
            ("cloudflare-sandbox", "admins", true),
            ("tomcat", "0123456789ABCDEF0123456789abcdef", false),
            ("uuid-rfc9562", dashed, true),
            ("uuid-rfc9562", "3f2504e0-4f89-01d3-9a0c-0305e82c3301", false),
        ] {
            let expected = if accepted { Acceptance::Accepted } else { Acceptance::Rejected };
            assert_eq!(acceptance(profile, identifier), Some(expected), "{profile} {identifier}");
        }
    }
}
