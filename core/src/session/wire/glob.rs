//! What curl makes of brackets and braces in a URL unless `-g` is given.

use alloc::string::String;
use alloc::vec::Vec;

/// URLs after which the expansion stops; curl itself goes on.
const MOST: usize = 64;

/// The URLs that curl asks for, or nothing where it refuses: an empty brace, a bracket that is no range.
pub(crate) fn expand(url: &str) -> Option<Vec<String>> {
    let mut all = Vec::from([String::new()]);
    let mut rest = url;
    while let Some(at) = rest.find(['[', ']', '{', '}']) {
        let (before, from) = rest.split_at_checked(at)?;
        let (open, inner) = from.split_at_checked(1)?;
        let (values, after) = match open {
            "{" => {
                let (inner, after) = inner.split_once('}')?;
                let values: Vec<String> = inner.split(',').map(String::from).collect();
                if values.iter().any(String::is_empty) || inner.contains(['{', '[']) {
                    return None;
                }
                (values, after)
            }
            "[" => {
                let (inner, after) = inner.split_once(']')?;
                (range(inner)?, after)
            }
            _ => return None,
        };
        let mut next = Vec::new();
        for start in &all {
            for value in values.iter().take(MOST.saturating_sub(next.len())) {
                next.push(alloc::format!("{start}{before}{value}"));
            }
        }
        all = next;
        rest = after;
    }
    for url in &mut all {
        url.push_str(rest);
    }
    Some(all)
}

/// `1-3`, `01-10`, `a-f`, each with an optional `:step`.
fn range(inner: &str) -> Option<Vec<String>> {
    let (bounds, step) = inner.split_once(':').unwrap_or((inner, "1"));
    let step: usize = step.parse().ok().filter(|step| *step > 0)?;
    let (first, last) = bounds.split_once('-')?;
    if let ([first], [last]) = (first.as_bytes(), last.as_bytes())
        && first.is_ascii_alphabetic()
        && last.is_ascii_alphabetic()
        && first <= last
    {
        return Some((*first..=*last).step_by(step).map(|byte| String::from(char::from(byte))).collect());
    }
    let (from, to): (u64, u64) = (first.parse().ok()?, last.parse().ok()?);
    let width = if first.starts_with('0') { first.len() } else { 0 };
    (from <= to).then(|| (from..=to).step_by(step).take(MOST).map(|n| alloc::format!("{n:0width$}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_and_lists_multiply() {
        assert_eq!(expand("u[1-3]x"), Some(["u1x", "u2x", "u3x"].map(String::from).into()));
        assert_eq!(expand("{a,b}[08-09]").map(|all| all.len()), Some(4));
        assert_eq!(expand("[a-c:2]").map(|all| all.len()), Some(2));
        assert_eq!(expand("plain"), Some(["plain"].map(String::from).into()));
        for refused in ["a[0]x", "a{}b", "a}b", "a[b]c", "a[3-1]"] {
            assert_eq!(expand(refused), None, "{refused}");
        }
        assert!(expand("[1-99][1-99][1-99][1-99]").is_some_and(|all| all.len() <= MOST));
    }
}
