//! Keys and values of manifests and requests.
//!
//! What it checks: that every key is one that the reader knows, stands once and has a value of its type.
//! Why it matters: most readers drop what they don't know without a word, and the default takes its place.
//! Reference: the model of each document, in `spec` of its project.

use super::{Citation, manager, rule};

rule! { KEY_MISSING: Error "manifest-key-missing" ["FX01", "EG02", "OC02"],
    title "a required key is missing",
    what "Compares the document with the keys that its reader requires.",
    why "The reader refuses the document.",
    bad "{ \"name\": \"app\" }",
    good "{ \"name\": \"app\", \"input_image_name\": \"owner/app\", ... }",
    cite manager("models, `required`")
}

rule! { VALUE_TYPE: Error "manifest-value-type" ["FX01", "GR02", "EG02", "OC02"],
    title "a value has another type than its key takes",
    what "Compares each value with the type that the reader wants: a number in quotes is text.",
    why "The reader refuses the document, or takes the default.",
    bad "\"threads\": \"128\"",
    good "\"threads\": 128",
    cite manager("models, types")
}

rule! { KEY_UNKNOWN: Warning "manifest-key-unknown" ["FX02", "GR01", "ED03"],
    title "a key is not known",
    what "Compares each key with those of the document's model, and names the nearest.",
    why "Readers drop unknown keys without a word: the setting has no effect, and the default takes its place.",
    bad "\"isvsvm\": 1",
    good "\"isvsvn\": 1",
    cite Citation::new("gramineproject/gramine", "issue 1336; the same in Fortanix, EGo, MarbleRun and Occlum readers")
}

rule! { KEY_DUPLICATED: Error "manifest-key-duplicated" [],
    title "a key stands twice",
    what "Looks for a second key of the same name in the same object.",
    why "Readers differ: most take the last, some the first, some refuse the document.",
    bad "{ \"debug\": false, \"debug\": true }",
    good "{ \"debug\": false }",
    cite Citation::new("RFC 8259", "section 4")
}

rule! { COMMENT: Error "json-comment" [],
    title "JSON has no comments",
    what "Looks for `//` and `/* */` in JSON.",
    why "What reads the document refuses all of it.",
    bad "\"threads\": 4 // per core",
    good "\"threads\": 4",
    cite Citation::new("RFC 8259", "section 2")
}

rule! { VALUE_UNKNOWN: Error "manifest-value-unknown" ["FX15", "FX23", "GR02"],
    title "a value is none of those that its key takes",
    what "Compares words such as key types and Java runtimes with those that exist; case counts.",
    why "The reader refuses the document.",
    bad "\"keyType\": \"rsa\"",
    good "\"keyType\": \"RSA\"",
    cite manager("models, enumerations")
}
