//! Nodes: what must be there before one can be enrolled, and what runs on one that is.
//!
//! What it checks: subscription, quota, size and access of the virtual machine; the record of an enrolled node.
//! Why it matters: an approved enclave helps nobody if another one runs, or if its node belongs to another account.
//! Reference: the article's sections on prerequisites, on enrolling the node agent and on verifying the application.

use super::{Citation, manager, rule};

const ARTICLE: &str = "How to run an application with Fortanix Enclave Manager";
const PREREQUISITES: Citation = Citation::new(ARTICLE, "prerequisites");
const ENROL: Citation = Citation::new(ARTICLE, "enroll nodes into the node agent");
const VERIFY: Citation = Citation::new(ARTICLE, "verify and monitor the running application");

rule! { CANNOT_DEPLOY: Error "node-cannot-be-deployed" [],
    title "the node can't be deployed",
    what "Looks at the subscription and at the quota of cores for the size that is chosen.",
    why "A free trial has no access to these machines, and a deployment beyond the quota fails.",
    bad "\"subscription\": \"free-trial\"",
    good "\"subscription\": \"pay-as-you-go\", \"core_quota\": 8",
    cite PREREQUISITES
}

rule! { REGISTRY: Warning "registry-public" [],
    title "the registry is not private",
    what "Looks at the registry that the converted image is pushed to.",
    why "Everybody can pull the converted image, and read what is measured into it.",
    bad "\"registry\": \"public\"",
    good "\"registry\": \"private\"",
    cite PREREQUISITES
}

rule! { SIZE: Warning "node-size-unknown" [],
    title "the size is none that is known to have SGX",
    what "Compares the size of the virtual machine with those of the DCsv2 series.",
    why "On a machine without SGX the node agent does not enrol and no enclave starts.",
    bad "\"vm_size\": \"Standard_D4s_v3\"",
    good "\"vm_size\": \"Standard_DC4s_v2\"",
    cite ENROL
}

rule! { PASSWORD: Warning "node-password" [],
    title "the node is entered with a password",
    what "Looks at how the administrator authenticates to the virtual machine.",
    why "The machine has a public address: a password can be guessed there, a key cannot.",
    bad "\"authentication\": \"password\"",
    good "\"authentication\": \"ssh-key\"",
    cite ENROL
}

rule! { NOT_RUNNING: Warning "node-not-running" [],
    title "the node or the application is not running",
    what "Looks at the status of an enrolled node and of the applications on it.",
    why "A node that stopped, failed or was deactivated runs nothing, whatever was approved.",
    bad "\"status\": { \"status\": \"STOPPED\" }",
    good "\"status\": { \"status\": \"RUNNING\" }",
    cite VERIFY
}

rule! { OTHER_ENCLAVE: Error "running-other-enclave" [],
    title "another enclave runs than the approved one",
    what "Compares MRENCLAVE of what runs on the node with the signature structure and the builds of the case.",
    why "What was approved is not what serves.",
    bad "a node with yesterday's MRENCLAVE",
    good "a node with the MRENCLAVE of the approved build",
    cite manager("Node.apps[].build_info.enclave_info")
}

rule! { OTHER_ACCOUNT: Error "node-other-account" [],
    title "the node belongs to another account",
    what "Compares the account of the node with the one that the case names.",
    why "The approval was given in one account, and the application runs under another's.",
    bad "\"acct_id\" of the node other than that of the account",
    good "one account",
    cite VERIFY
}
