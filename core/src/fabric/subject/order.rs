//! Orders that nothing states: that of the certificates which a peer sends, and that of the roots in a store.

use alloc::vec::Vec;

use crate::Limits;
use crate::chain::{Built, Origin, Semantics, Store};
use crate::fabric::IssuerIdentity;

/// What depends on an order that nothing states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::fabric) struct Order {
    /// As in [`Presented`](crate::fabric::presented::Presented).
    pub(in crate::fabric) issuer_sent: Vec<IssuerIdentity>,
    /// As in [`Presented`](crate::fabric::presented::Presented).
    pub(in crate::fabric) chain: u32,
}

/// The certificate that a peer sends second, if it sends one, with the error bits of the chain, for each order of what it sends
/// and of what the verifier's store holds; those of the best chain first. Windows takes the best chain, and OpenSSL what comes
/// first. The order of the paste says nothing: certificates are pasted in any. At most [`Limits::ORDERS`] and one more.
pub(super) fn all(store: &Store<'_>, leaf: usize, built: &Built, semantics: Semantics) -> Vec<(Option<usize>, u32)> {
    let Some(member) = store.pool.get(leaf) else { return Vec::new() };
    let mut seconds: Vec<usize> = store
        .pool
        .named(&member.certificate.issuer)
        .filter(|&place| place != leaf)
        .filter(|&place| store.pool.get(place).is_some_and(|other| other.origin == Origin::Subject))
        .collect();
    // Each of them is second in some order, so one too many is enough to know that there are.
    let is_openssl = semantics == Semantics::Openssl;
    seconds.truncate(if is_openssl { Limits::ORDERS.saturating_add(1) } else { 1 });
    let is_taken = |place: usize| built.paths.iter().any(|path| path.places.get(1) == Some(&place));
    let mut orders = Vec::new();
    for path in built.paths.iter().take(if is_openssl { usize::MAX } else { 1 }) {
        let chain = super::errors(path, semantics);
        let above = path.places.get(1).copied();
        let from_store = above.and_then(|above| store.pool.get(above)).is_none_or(|above| above.trusted);
        // What is taken from among those that are sent stands before the others that fit.
        let fits = |place: usize| from_store || above == Some(place) || !is_taken(place);
        let mut fitting = seconds.iter().copied().filter(|&place| fits(place)).map(Some).peekable();
        let none = fitting.peek().is_none().then_some(None);
        for second in fitting.chain(none) {
            if orders.len() <= Limits::ORDERS && !orders.contains(&(second, chain)) {
                orders.push((second, chain));
            }
        }
    }
    orders
}
