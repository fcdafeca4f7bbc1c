//! The rules about enclaves, one family a file.

pub(crate) mod acceptance;
pub(crate) mod across;
pub(crate) mod build;
pub(crate) mod debug;
pub(crate) mod domain;
pub(crate) mod enrolment;
pub(crate) mod form;
pub(crate) mod gramine;
pub(crate) mod identity;
pub(crate) mod image;
pub(crate) mod key;
pub(crate) mod marblerun;
pub(crate) mod run;
pub(crate) mod secret;
pub(crate) mod session;
pub(crate) mod setting;
pub(crate) mod signature;
pub(crate) mod size;

pub(super) use crate::Citation;

/// A rule of this kind: its name, severity, id, aliases and texts.
macro_rules! rule {
    ($name:ident: $severity:ident $id:literal $aliases:expr, title $title:literal, what $what:literal, why $why:literal,
     bad $bad:literal, good $good:literal, cite $citation:expr) => {
        pub(crate) static $name: crate::Rule = crate::Rule {
            id: $id,
            aliases: &$aliases,
            title: $title,
            severity: crate::Severity::$severity,
            kinds: &[crate::Kind::Enclave],
            what: crate::page!($what),
            why: crate::page!($why),
            bad: crate::page!($bad),
            good: crate::page!($good),
            citation: $citation,
        };
    };
}
pub(crate) use rule;

/// A place in volume 3D of Intel's manual.
pub(super) const fn intel(place: &'static str) -> Citation {
    Citation::new("Intel SDM, volume 3D", place)
}

/// A place in the models of the enclave manager's interface.
pub(super) const fn manager(place: &'static str) -> Citation {
    Citation::new("Fortanix Enclave Manager API (em-client 4.0.2)", place)
}

/// Our own policy: nobody else's rule.
pub(super) const fn ours(place: &'static str) -> Citation {
    Citation::new("Admit: enclave policy", place)
}
