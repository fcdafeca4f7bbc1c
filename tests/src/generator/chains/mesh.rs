//! Six authorities that all certified each other, and no root: thousands of paths, none of which ends.

use super::{Certificate, SERVED, WEB_ISSUING, WEB_ROOT};

/// An authority of the mesh: the row that has its key, then its certificates by each of the others.
macro_rules! mesh {
    ($($name:literal $common_name:literal;)* by $($cross:literal $of:literal $common:literal $by:literal;)*) => {
        pub(super) static CERTIFICATES: &[Certificate] = &[
            $(Certificate { name: $name, common_name: $common_name, ..WEB_ROOT },)*
            $(Certificate {
                name: $cross,
                common_name: $common,
                key: Some($of),
                issuer: Some($by),
                authority: Some(None),
                addresses: false,
                ..WEB_ISSUING
            },)*
            Certificate { name: "www-mesh", issuer: Some("mesh-1"), addresses: false, ..SERVED },
        ];
    };
}

mesh! {
    "mesh-1" "Mesh 1";
    "mesh-2" "Mesh 2";
    "mesh-3" "Mesh 3";
    "mesh-4" "Mesh 4";
    "mesh-5" "Mesh 5";
    "mesh-6" "Mesh 6";
    by
    "mesh-1-by-2" "mesh-1" "Mesh 1" "mesh-2";
    "mesh-1-by-3" "mesh-1" "Mesh 1" "mesh-3";
    "mesh-1-by-4" "mesh-1" "Mesh 1" "mesh-4";
    "mesh-1-by-5" "mesh-1" "Mesh 1" "mesh-5";
    "mesh-1-by-6" "mesh-1" "Mesh 1" "mesh-6";
    "mesh-2-by-1" "mesh-2" "Mesh 2" "mesh-1";
    "mesh-2-by-3" "mesh-2" "Mesh 2" "mesh-3";
    "mesh-2-by-4" "mesh-2" "Mesh 2" "mesh-4";
    "mesh-2-by-5" "mesh-2" "Mesh 2" "mesh-5";
    "mesh-2-by-6" "mesh-2" "Mesh 2" "mesh-6";
    "mesh-3-by-1" "mesh-3" "Mesh 3" "mesh-1";
    "mesh-3-by-2" "mesh-3" "Mesh 3" "mesh-2";
    "mesh-3-by-4" "mesh-3" "Mesh 3" "mesh-4";
    "mesh-3-by-5" "mesh-3" "Mesh 3" "mesh-5";
    "mesh-3-by-6" "mesh-3" "Mesh 3" "mesh-6";
    "mesh-4-by-1" "mesh-4" "Mesh 4" "mesh-1";
    "mesh-4-by-2" "mesh-4" "Mesh 4" "mesh-2";
    "mesh-4-by-3" "mesh-4" "Mesh 4" "mesh-3";
    "mesh-4-by-5" "mesh-4" "Mesh 4" "mesh-5";
    "mesh-4-by-6" "mesh-4" "Mesh 4" "mesh-6";
    "mesh-5-by-1" "mesh-5" "Mesh 5" "mesh-1";
    "mesh-5-by-2" "mesh-5" "Mesh 5" "mesh-2";
    "mesh-5-by-3" "mesh-5" "Mesh 5" "mesh-3";
    "mesh-5-by-4" "mesh-5" "Mesh 5" "mesh-4";
    "mesh-5-by-6" "mesh-5" "Mesh 5" "mesh-6";
    "mesh-6-by-1" "mesh-6" "Mesh 6" "mesh-1";
    "mesh-6-by-2" "mesh-6" "Mesh 6" "mesh-2";
    "mesh-6-by-3" "mesh-6" "Mesh 6" "mesh-3";
    "mesh-6-by-4" "mesh-6" "Mesh 6" "mesh-4";
    "mesh-6-by-5" "mesh-6" "Mesh 6" "mesh-5";
}
