//! Domains that certificates are asked for.
//!
//! What it checks: that each is a legal, whole and real host name, and that the certificate asks for an allowed one.
//! Why it matters: an allow-listed domain gets a certificate that browsers or peers trust.
//! Reference: RFC 1123, section 2.1; RFC 2606.

use super::{Citation, manager, rule};

rule! { NOT_ALLOWED: Error "certificate-subject-not-allowed" ["FX08"],
    title "the certificate is for a domain that is not allowed",
    what "Compares the certificate's subject and alternative names with `allowed_domains`, without regard to case.",
    why "The manager does not issue it, or issues it for a name that nobody expected.",
    bad "\"subject\": \"other.contoso.com\" beside \"allowed_domains\": [\"app.contoso.com\"]",
    good "\"subject\": \"app.contoso.com\"",
    cite Citation::new("IBM Cloud Data Shield", "converting images: certificate subject")
}

rule! { MALFORMED: Error "domain-malformed" ["FX09"],
    title "a domain is not a legal host name",
    what "Labels have 1 to 63 letters, digits and hyphens, not at their ends; the whole name has at most 253 characters.",
    why "No certificate can be issued for it. Machine translation puts blanks and foreign words into names.",
    bad "myapp. \u{5b9a}\u{7fa9}\u{57df}. dom",
    good "myapp.domain.com",
    cite Citation::new("RFC 1123", "section 2.1")
}

rule! { WILDCARD: Warning "domain-wildcard" ["FX10"],
    title "a wildcard is allowed",
    what "Looks for `*` in allowed domains.",
    why "One certificate would stand for every host of the domain.",
    bad "\"allowed_domains\": [\"*.contoso.com\"]",
    good "\"allowed_domains\": [\"app.contoso.com\"]",
    cite manager("AppRequest.allowed_domains")
}

rule! { PLACEHOLDER: Info "domain-placeholder" ["FX11"],
    title "a domain is a placeholder",
    what "Looks at the last label, and the last two, for names that are reserved for examples or don't exist.",
    why "It was copied from a tutorial: nobody can own it.",
    bad "myapp.domain.dom",
    good "a domain of your own",
    cite Citation::new("RFC 2606", "sections 2 and 3")
}
