//! The matrix of kind `peer` by role: what a cell of a report, which is about a connection, says of each role there.

use std::slice;

use admit_core::Verdict;
use admit_core::fabric::{Cell, Role};

/// What is said of one role, or of both roles of a client alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The roles.
    pub roles: &'static [Role],
    /// Would it be admitted as that?
    pub verdict: Verdict,
    /// What this rests on.
    pub ground: Ground,
}

/// What a place rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// What the cell itself says.
    Cell,
    /// It is an admin client, which has every right of a user client.
    Admin,
    /// It is a user client at most.
    UserOnly,
    /// It is a user client, and perhaps more.
    UserAtLeast,
}

/// What a cell says of the roles of its connection, in their order: each role is in one place.
pub fn places(cell: &Cell, in_effect: bool) -> Vec<Place> {
    let roles = cell.connection.roles(in_effect);
    let is_alike = cell.verdict != Verdict::Admitted && roles.iter().all(|role| cell.verdict_as(*role) == cell.verdict);
    if is_alike {
        return vec![Place { roles, verdict: cell.verdict, ground: Ground::Cell }];
    }
    let place = |role: &'static Role| {
        let verdict = cell.verdict_as(*role);
        let ground = match verdict {
            Verdict::Admitted if cell.role != Some(*role) => Ground::Admin,
            Verdict::Refused => Ground::UserOnly,
            Verdict::Indeterminate if cell.role.is_some() => Ground::UserAtLeast,
            Verdict::Admitted | Verdict::Indeterminate => Ground::Cell,
        };
        Place { roles: slice::from_ref(role), verdict, ground }
    };
    roles.iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use admit_core::fabric::Connection;

    use super::*;

    const ADMIN: &[Role] = &[Role::Admin];
    const USER: &[Role] = &[Role::User];
    const BOTH: &[Role] = &[Role::Admin, Role::User];

    fn told(role: Option<Role>, perhaps: Option<Role>, in_effect: bool) -> Vec<(&'static [Role], Verdict, Ground)> {
        let verdict = match (role, perhaps) {
            (Some(_), _) => Verdict::Admitted,
            (None, Some(_)) => Verdict::Indeterminate,
            (None, None) => Verdict::Refused,
        };
        let (connection, because) = (Connection::Gateway, String::new());
        let cell =
            Cell { certificate: 1, connection, verdict, role, perhaps, because, rule: None, span: None, code: None };
        places(&cell, in_effect).into_iter().map(|place| (place.roles, place.verdict, place.ground)).collect()
    }

    #[test]
    fn an_admin_client_has_the_rights_of_a_user_client_and_not_the_other_way_round() {
        let admin = [(ADMIN, Verdict::Admitted, Ground::Cell), (USER, Verdict::Admitted, Ground::Admin)];
        assert_eq!(told(Some(Role::Admin), None, true), admin);
        let user = [(ADMIN, Verdict::Refused, Ground::UserOnly), (USER, Verdict::Admitted, Ground::Cell)];
        assert_eq!(told(Some(Role::User), None, true), user);
    }

    #[test]
    fn what_is_not_certain_is_open() {
        let at_least = [(ADMIN, Verdict::Indeterminate, Ground::UserAtLeast), (USER, Verdict::Admitted, Ground::Cell)];
        assert_eq!(told(Some(Role::User), Some(Role::Admin), true), at_least);
        let at_most = [(ADMIN, Verdict::Refused, Ground::UserOnly), (USER, Verdict::Indeterminate, Ground::Cell)];
        assert_eq!(told(None, Some(Role::User), true), at_most);
    }

    #[test]
    fn what_holds_for_both_is_said_once() {
        assert_eq!(told(None, None, true), [(BOTH, Verdict::Refused, Ground::Cell)]);
        assert_eq!(told(None, Some(Role::Admin), true), [(BOTH, Verdict::Indeterminate, Ground::Cell)]);
    }

    #[test]
    fn without_roles_a_client_has_one() {
        let one: &[Role] = &[Role::Unrestricted];
        assert_eq!(told(Some(Role::Unrestricted), None, false), [(one, Verdict::Admitted, Ground::Cell)]);
        assert_eq!(told(None, Some(Role::Unrestricted), false), [(one, Verdict::Indeterminate, Ground::Cell)]);
        assert_eq!(told(None, None, false), [(one, Verdict::Refused, Ground::Cell)]);
    }
}
