//! Memory and threads.
//!
//! What it checks: that sizes are what an enclave can have.
//! Why it matters: the size of an enclave is a power of two, and its threads are laid out when it is built.
//! Reference: Intel SDM, volume 3D, section 38.7 (SECS.SIZE).

use super::{Citation, intel, manager, rule};

rule! { POWER: Error "memory-not-power-of-two" ["FX05", "GR04"],
    title "the memory is not a power of two",
    what "Looks at the memory of the enclave: a power of two, and at least two pages (8 KB).",
    why "SECS.SIZE must be one: the converter or the loader refuses others.",
    bad "\"mem_size\": 1000",
    good "\"mem_size\": 1024",
    cite intel("section 38.7 (SECS), SIZE")
}

rule! { UNIT: Error "memory-unit" ["FX06", "OC02", "GR02"],
    title "a memory size has the wrong form",
    what "Application and build requests want a number of MB; conversion requests, Gramine and Occlum want text with a unit.",
    why "The one is refused where the other is wanted.",
    bad "\"mem_size\": \"1 GB\"",
    good "\"mem_size\": 1024, and \"memSize\": \"1024M\" in a conversion",
    cite manager("AppRequest.mem_size, ConversionRequest.memSize")
}

rule! { NO_THREADS: Error "threads-none" ["FX07", "OC02"],
    title "an enclave without threads",
    what "Looks for a number of threads below 1.",
    why "Nothing could enter the enclave.",
    bad "\"threads\": 0",
    good "\"threads\": 128",
    cite manager("AppRequest.threads")
}

rule! { UNUSUAL_THREADS: Warning "threads-unusual" ["FX07", "GR05"],
    title "the number of threads is unusual",
    what "Looks for fewer than 4 threads, which runtimes of Go and Java need to start, and for more than 1024.",
    why "Too few stop the application; each one costs protected memory, used or not.",
    bad "\"threads\": 2",
    good "\"threads\": 128",
    cite Citation::new("gramineproject/gramine", "manifest syntax, sgx.max_threads")
}

rule! { BY_BUILDER: Warning "threads-by-builder" ["ED02"],
    title "the number of threads depends on who builds",
    what "Looks for `threads` in `package.metadata.fortanix-sgx`.",
    why "Without it there are as many as the building machine has processors, and MRENCLAVE differs from machine to machine.",
    bad "[package.metadata.fortanix-sgx] without `threads`",
    good "threads = 8",
    cite Citation::new("fortanix/rust-sgx", "fortanix-sgx-tools, ftxsgx-elf2sgxs defaults")
}
