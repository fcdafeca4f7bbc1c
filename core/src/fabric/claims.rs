//! Claims that clients may offer in place of a certificate (SecuritySettings.cpp; tests at SecuritySettings.test.cpp:2222-2385).
//!
//! `t1=v1 && t2=v2 || t3=v3` are two clauses: a client passes that offers every claim of one of them. Blanks and case don't
//! matter. Admit judges certificates; claims are read for what is wrong with them and for who is an admin by them.

use alloc::collections::BTreeSet;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

/// A claim: its type and its value, in lower case.
pub type Claim = (String, String);

/// Clauses of claims, none of which contains another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Claims {
    clauses: Vec<BTreeSet<Claim>>,
}

/// A clause or an item is empty, or lacks its type or its value: `InvalidArgument`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotClaims;

impl Claims {
    /// Reads a setting. The empty text declares nothing.
    ///
    /// # Errors
    ///
    /// [`NotClaims`], as soon as one item is not `type=value`.
    pub fn read(text: &str) -> Result<Self, NotClaims> {
        let mut claims = Self::default();
        if text.trim().is_empty() {
            return Ok(claims);
        }
        for clause in text.split("||") {
            let mut items = BTreeSet::new();
            for one in clause.split("&&") {
                items.insert(claim(one)?);
            }
            claims.add(items);
        }
        Ok(claims)
    }

    /// With the clauses of others: those of admins are clauses of clients as well.
    #[must_use]
    pub fn with(mut self, others: &Self) -> Self {
        others.clauses.iter().for_each(|clause| self.add(clause.clone()));
        self
    }

    /// Adds a clause, unless it contains one that is there; those that contain it are dropped.
    fn add(&mut self, clause: BTreeSet<Claim>) {
        if self.clauses.iter().any(|known| known.is_subset(&clause)) {
            return;
        }
        self.clauses.retain(|known| !clause.is_subset(known));
        self.clauses.push(clause);
    }

    /// The number of clauses.
    pub fn len(&self) -> usize {
        self.clauses.len()
    }

    /// Whether nothing is declared.
    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty()
    }

    /// Whether claims that are offered pass. Types and values are compared ignoring case.
    pub fn accept(&self, offered: &[(&str, &str)]) -> bool {
        let folded = |text: &str| text.trim().to_lowercase();
        let offered: BTreeSet<Claim> =
            crate::order::set(offered.iter().map(|(kind, value)| (folded(kind), folded(value))));
        self.clauses.iter().any(|clause| clause.is_subset(&offered))
    }
}

fn claim(text: &str) -> Result<Claim, NotClaims> {
    let (kind, value) = text.split_once('=').ok_or(NotClaims)?;
    let (kind, value) = (kind.trim().to_lowercase(), value.trim().to_lowercase());
    if kind.is_empty() || value.is_empty() { Err(NotClaims) } else { Ok((kind.to_string(), value)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_that_contain_another_are_dropped() {
        let claims = Claims::read("a=1 && b=2 || A=1 || b=2&&c=3").unwrap_or_default();
        assert_eq!(claims.len(), 2);
        assert!(claims.accept(&[("A", "1")]) && claims.accept(&[("c", "3"), ("B", "2")]));
        assert!(!claims.accept(&[("b", "2")]) && !claims.accept(&[]));
        assert!(Claims::read(" ").is_ok_and(|claims| claims.is_empty()));
        for text in ["||", "a=1||", "a", "=1", "a= && b=2", "a=1 && "] {
            assert_eq!(Claims::read(text), Err(NotClaims), "{text:?}");
        }
    }
}
