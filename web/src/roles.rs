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

/// What the roles of a report are told from.
pub struct Told<'a> {
    report: &'a Report,
    in_effect: bool,
    /// The hexadecimal digits of the policy, whatever stands between them.
    digits: String,
}

impl<'a> Told<'a> {
    /// Of a report, and whether client roles are in effect there. The case is the one that it answers.
    pub fn new(case: &Case, report: &'a Report, in_effect: bool) -> Self {
        let documents = case.documents();
        let policy =
            documents.iter().filter(|(name, _)| in_effect && is_policy(name)).flat_map(|(_, text)| text.chars());
        let digits = policy.filter(char::is_ascii_hexdigit).map(|digit| digit.to_ascii_lowercase()).collect();
        Self { report, in_effect, digits }
    }

    /// What a cell of the report says of the roles of its connection, in their order: each role is in one place.
    pub fn places(&self, cell: &Cell) -> Vec<Place> {
        let roles = of(cell.connection, self.in_effect);
        let ([admin, user], Verdict::Admitted) = (roles, cell.verdict) else {
            return vec![Place { roles, verdict: cell.verdict, ground: Ground::Cell }];
        };
        let (admin, user) = (slice::from_ref(admin), slice::from_ref(user));
        let place = |roles, verdict, ground| Place { roles, verdict, ground };
        if cell.role == Some(Role::Admin) {
            return vec![place(admin, Verdict::Admitted, Ground::Cell), place(user, Verdict::Admitted, Ground::Admin)];
        }
        let (verdict, ground) = match self.is_user_only(cell) {
            true => (Verdict::Refused, Ground::UserOnly),
            false => (Verdict::Indeterminate, Ground::UserAtLeast),
        };
        vec![place(admin, verdict, ground), place(user, Verdict::Admitted, Ground::Cell)]
    }

    /// Whether nothing unknown could make a user client an admin client.
    ///
    /// A report grants the least role that is certain and does not say whether another was possible, so the trace has to
    /// show that none was: no rule that could be an admin's is about the certificate, or everything about it is known.
    /// Whatever is not shown counts as open.
    fn is_user_only(&self, cell: &Cell) -> bool {
        // What can't be read could hold a rule.
        if self.report.errors.iter().any(|error| is_policy(&error.span.document)) {
            return false;
        }
        // Of a stated certificate, which is not among the pasted ones, anything may be untold.
        let certificates = &self.report.certificates;
        let facts = certificates.iter().find(|facts| facts.number == cell.certificate);
        let own = find(&self.report.trace, &format!("certificate {}", cell.certificate));
        let (Some(facts), Some(step)) = (facts, own.and_then(|step| find(step, cell.connection.noun()))) else {
            return false;
        };
        // A node type may declare it as the client certificate of its nodes, which are admin clients: its thumbprint is
        // written elsewhere than in the list that admits it, then.
        let by_thumbprint = cell.rule.as_ref().is_some_and(|rule| rule.ends_with(LIST));
        if self.digits.matches(&facts.sha1).count() > usize::from(by_thumbprint) {
            return false;
        }
        // Beside the chain and the lists stand the declared names, of clients and admins alike.
        let is_about_names = |step: &&Step| step.label != "chain" && !step.label.ends_with(LIST);
        let mut names = step.steps.iter().filter(is_about_names).flat_map(|step| &step.steps);
        if names.all(|name| name.outcome == Outcome::Failed && name.detail.starts_with("not ")) {
            return true;
        }
        // Beside a thumbprint that admits, a name could count by what issuer stores hold; and of several certificates of
        // one issuer any could be the one that is taken.
        let issuers = certificates.iter().filter(|other| other.subject == facts.issuer).count();
        !by_thumbprint && issuers < 2 && !has_unknown(step)
    }
}

fn is_policy(document: &str) -> bool {
    document == MANIFEST || document == PARAMETERS
}

fn find<'a>(step: &'a Step, label: &str) -> Option<&'a Step> {
    step.steps.iter().find(|step| step.label == label)
}

fn has_unknown(step: &Step) -> bool {
    step.outcome == Outcome::Unknown || step.steps.iter().any(has_unknown)
}

#[cfg(test)]
mod tests;
