//! Settings of signing tools and generators: Intel's SDK, Open Enclave, EGo, Occlum.
//!
//! What it checks: that the tool takes each setting, and takes it as it was meant.
//! Why it matters: some tools refuse a wrong setting, others print a line and go on without it.
//! Reference: the readers of each tool.

use super::{Citation, rule};

rule! { KEY: Error "setting-key-refused" ["OE02", "IS04"],
    title "the signing tool refuses a setting",
    what "Looks for settings that Open Enclave and Intel's tool don't know (case counts), and for repeated ones.",
    why "Nothing is signed.",
    bad "debug=1",
    good "Debug=0",
    cite Citation::new("openenclave/openenclave at 9497d36", "tools/oesign; intel/linux-sgx, manage_metadata.cpp")
}

rule! { VALUE: Error "setting-value-refused" ["GR02", "EG02", "OC02", "OE02", "IS02", "IS04"],
    title "the tool refuses the value of a setting",
    what "Holds numbers, sizes, mounts and variables against the ranges and rules of their tool.",
    why "Nothing is signed, or the enclave is generated without it and nobody notices.",
    bad "<StackMaxSize>0x1001</StackMaxSize>",
    good "<StackMaxSize>0x2000</StackMaxSize>",
    cite Citation::new("intel/linux-sgx at 90873a0", "sdk/sign_tool/SignTool/sign_tool.cpp; the readers of Open Enclave, EGo, Occlum")
}

rule! { OCTAL: Warning "number-octal" ["IS04"],
    title "a number is read as octal",
    what "Looks for numbers that begin with 0 and another digit.",
    why "Intel's tool reads `010` as 8.",
    bad "<TCSNum>010</TCSNum>",
    good "<TCSNum>10</TCSNum>",
    cite Citation::new("intel/linux-sgx at 90873a0", "sdk/sign_tool/SignTool/manage_metadata.cpp")
}

rule! { EXECUTABLE: Warning "memory-writable-executable" ["EG03", "IS03"],
    title "memory is writable and executable",
    what "Looks for `executableHeap` and `ReservedMemExecutable`.",
    why "A memory fault becomes code. Just-in-time compilers need it, others don't.",
    bad "\"executableHeap\": true",
    good "the setting removed",
    cite Citation::new("edgelesssys/ego at abfddf9", "enclave.json; intel/linux-sgx, ReservedMemExecutable")
}

rule! { BOUND_ONCE: Warning "threads-bound-once" ["IS03"],
    title "one thread is bound to one control structure",
    what "Looks for `TCSPolicy` 0 with `TCSNum` 1.",
    why "The first thread of the application that enters keeps the only place: every other one fails.",
    bad "TCSPolicy 0, TCSNum 1",
    good "TCSPolicy 1",
    cite Citation::new("intel/linux-sgx at 90873a0", "TCSPolicy")
}
