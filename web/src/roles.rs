//! The matrix of kind `peer` by role: what a cell of a report, which is about a connection, says of each role there.

use std::slice;

use admit_core::fabric::{Cell, Connection, MANIFEST, PARAMETERS, Role};
use admit_core::{Case, Outcome, Report, Step, Verdict};

/// The two roles of a client, the one with more rights first.
const CLIENTS: &[Role] = &[Role::Admin, Role::User];

/// How the name of a list of thumbprints ends.
const LIST: &str = "Thumbprints";

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
    /// It is a user client, and no more than that.
    UserOnly,
    /// It is a user client; the report does not show that it is no more than that.
    UserAtLeast,
}

/// The roles that a connection grants.
pub fn of(connection: Connection, in_effect: bool) -> &'static [Role] {
    match connection {
        Connection::Node => &[Role::ClusterPeer],
        Connection::Server => &[Role::Server],
        Connection::Gateway | Connection::HttpGateway if in_effect => CLIENTS,
        Connection::Gateway | Connection::HttpGateway => &[Role::Unrestricted],
    }
}

/// What a cell of the report says of the roles of its connection, in their order: each role is in one place. The case is
/// the one that the report answers.
pub fn places(case: &Case, report: &Report, in_effect: bool, cell: &Cell) -> Vec<Place> {
    let roles = of(cell.connection, in_effect);
    let ([admin, user], Verdict::Admitted) = (roles, cell.verdict) else {
        return vec![Place { roles, verdict: cell.verdict, ground: Ground::Cell }];
    };
    let (admin, user) = (slice::from_ref(admin), slice::from_ref(user));
    let place = |roles, verdict, ground| Place { roles, verdict, ground };
    match cell.role {
        Some(Role::Admin) => {
            vec![place(admin, Verdict::Admitted, Ground::Cell), place(user, Verdict::Admitted, Ground::Admin)]
        }
        _ => {
            let (verdict, ground) = match is_user_only(case, report, cell) {
                true => (Verdict::Refused, Ground::UserOnly),
                false => (Verdict::Indeterminate, Ground::UserAtLeast),
            };
            vec![place(admin, verdict, ground), place(user, Verdict::Admitted, Ground::Cell)]
        }
    }
}

/// Whether nothing unknown could make a user client an admin client.
///
/// A report grants the least role that is certain and does not say whether another was possible, so the trace has to show
/// that none was: no rule that could be an admin's is about the certificate, or everything about it is known. Whatever
/// is not shown counts as open.
fn is_user_only(case: &Case, report: &Report, cell: &Cell) -> bool {
    // What can't be read could hold a rule.
    let is_policy = |name: &str| name == MANIFEST || name == PARAMETERS;
    if report.errors.iter().any(|error| is_policy(&error.span.document)) {
        return false;
    }
    // Of a stated certificate, which is not among the pasted ones, anything may be untold.
    let facts = report.certificates.iter().find(|facts| facts.number == cell.certificate);
    let own = find(&report.trace, &format!("certificate {}", cell.certificate));
    let (Some(facts), Some(step)) = (facts, own.and_then(|step| find(step, cell.connection.noun()))) else {
        return false;
    };
    // A node type may declare it as the client certificate of its nodes, which are admin clients: written elsewhere than in
    // the list that admits it.
    let by_thumbprint = cell.rule.as_ref().is_some_and(|rule| rule.ends_with(LIST));
    let documents = case.documents();
    let written = documents.iter().filter(|(name, _)| is_policy(name)).map(|(_, text)| count(text, &facts.sha1));
    if written.sum::<usize>() > usize::from(by_thumbprint) {
        return false;
    }
    // Beside the chain and the lists stand the declared names, of clients and admins alike.
    let is_about_names = |step: &&Step| step.label != "chain" && !step.label.ends_with(LIST);
    let mut names = step.steps.iter().filter(is_about_names).flat_map(|step| &step.steps);
    if names.all(|name| name.outcome == Outcome::Failed && name.detail.starts_with("not ")) {
        return true;
    }
    // Beside a thumbprint that admits, a name could count by what issuer stores hold; and of several certificates of one
    // issuer any could be the one that is taken.
    let issuers = report.certificates.iter().filter(|other| other.subject == facts.issuer).count();
    !by_thumbprint && issuers < 2 && !has_unknown(step)
}

/// How often a thumbprint is written in a text, whatever stands between its digits.
fn count(text: &str, thumbprint: &str) -> usize {
    let digits = text.chars().filter(char::is_ascii_hexdigit).map(|digit| digit.to_ascii_lowercase());
    digits.collect::<String>().matches(thumbprint).count()
}

fn find<'a>(step: &'a Step, label: &str) -> Option<&'a Step> {
    step.steps.iter().find(|step| step.label == label)
}

fn has_unknown(step: &Step) -> bool {
    step.outcome == Outcome::Unknown || step.steps.iter().any(has_unknown)
}

#[cfg(test)]
mod tests;
