//! Families of kinds: what a host may ship apart.

use crate::Kind;

/// The kinds that one module decides. A host that ships families apart names one where it reads and decides, and the
/// compiler leaves out what the others need.
pub trait Family {
    /// What its module is called.
    const NAME: &'static str;
    /// Its kinds.
    const KINDS: &'static [Kind];
}

/// Every kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Every;

/// Certificate chains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chains;

/// Who connects to a cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peers;

/// What the nodes of a cluster present, and how that changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nodes;

/// Dynamic sessions and their pools.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sessions;

/// Enclaves and what asks for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Enclaves;

impl Family for Every {
    const NAME: &'static str = "every";
    const KINDS: &'static [Kind] = &Kind::ALL;
}

impl Family for Chains {
    const NAME: &'static str = "chains";
    const KINDS: &'static [Kind] = &[Kind::Chain];
}

impl Family for Peers {
    const NAME: &'static str = "peers";
    const KINDS: &'static [Kind] = &[Kind::Peer];
}

impl Family for Nodes {
    const NAME: &'static str = "nodes";
    const KINDS: &'static [Kind] = &[Kind::Presentation, Kind::Rollout];
}

impl Family for Sessions {
    const NAME: &'static str = "sessions";
    const KINDS: &'static [Kind] = &[Kind::Session, Kind::Pool];
}

impl Family for Enclaves {
    const NAME: &'static str = "enclaves";
    const KINDS: &'static [Kind] = &[Kind::Enclave];
}

impl Kind {
    /// The name of the family that it is shipped in.
    pub fn family(self) -> &'static str {
        match self {
            Self::Peer => Peers::NAME,
            Self::Chain => Chains::NAME,
            Self::Presentation | Self::Rollout => Nodes::NAME,
            Self::Session | Self::Pool => Sessions::NAME,
            Self::Enclave => Enclaves::NAME,
        }
    }
}

/// Whether a family has a kind. Asked in a `const` block, so that what is left out is not even compiled.
pub(crate) const fn has<F: Family>(kind: Kind) -> bool {
    let mut kinds = F::KINDS;
    while let [first, rest @ ..] = kinds {
        if *first as u8 == kind as u8 {
            return true;
        }
        kinds = rest;
    }
    false
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    #[test]
    fn each_kind_is_in_one_family_and_in_the_whole() {
        let families = [
            (Chains::NAME, Chains::KINDS),
            (Peers::NAME, Peers::KINDS),
            (Nodes::NAME, Nodes::KINDS),
            (Sessions::NAME, Sessions::KINDS),
            (Enclaves::NAME, Enclaves::KINDS),
        ];
        for kind in Every::KINDS {
            let names: Vec<&str> =
                families.iter().filter(|(_, kinds)| kinds.contains(kind)).map(|(name, _)| *name).collect();
            assert_eq!(names, [kind.family()]);
        }
        assert!(has::<Chains>(Kind::Chain) && !has::<Sessions>(Kind::Chain));
    }
}
