//! pathLenConstraint (RFC 5280, sections 4.2.1.9 and 6.1.4, steps l and m).

use alloc::format;
use alloc::string::String;

use super::options::Semantics;
use super::pool::Member;
use super::status::error;
use super::validate::Judged;

/// What an authority still allows below it.
struct Allowed {
    /// Authorities that are not self-issued.
    left: u32,
    /// Who said so.
    by: String,
}

/// Counts authorities from the root down, and fails each that is one too many. Leaf first. Windows says it of the
/// authority whose constraint is broken and of every authority below.
pub(crate) fn check(members: &[&Member<'_>], judged: &mut [Judged], semantics: Semantics) {
    let top = members.len().saturating_sub(1);
    let mut allowed: Option<Allowed> = None;
    let mut is_broken = false;
    for (place, (member, own)) in members.iter().zip(judged).enumerate().skip(1).rev() {
        let counts = place != top && !member.certificate.is_self_issued();
        if let Some(Allowed { left, by }) = allowed.as_mut().filter(|_| counts) {
            match left.checked_sub(1) {
                Some(fewer) => *left = fewer,
                None => {
                    let because = format!("the pathLenConstraint of {by} leaves no room for another authority");
                    own.fail(error::INVALID_BASIC_CONSTRAINTS, because, &member.span);
                    is_broken = true;
                }
            }
        } else if is_broken && semantics == Semantics::Windows {
            own.fail(error::INVALID_BASIC_CONSTRAINTS, "it is below a pathLenConstraint that is broken", &member.span);
        }
        let Some(most) = member.certificate.extensions.basic_constraints.get().and_then(|own| own.path_length) else {
            continue;
        };
        let below = members.get(1..place).unwrap_or_default();
        let count = below.iter().filter(|member| !member.certificate.is_self_issued()).count();
        if semantics == Semantics::Windows && count > most as usize {
            let because = format!("pathLenConstraint allows {most} intermediates below, and there are {count}");
            own.fail(error::INVALID_BASIC_CONSTRAINTS, because, &member.span);
            is_broken = true;
        }
        if allowed.as_ref().is_none_or(|allowed| most < allowed.left) {
            allowed = Some(Allowed { left: most, by: member.label() });
        }
    }
}
