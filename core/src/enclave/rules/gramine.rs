//! Gramine and GSC manifests, and what other library operating systems share with them.
//!
//! What it checks: what a manifest leaves to the host: files, arguments, environment, mounts, keys.
//! Why it matters: a manifest is measured, so that what it allows is allowed for good.
//! Reference: Gramine's manifest syntax, its manifest checker and its start-up warnings.

use super::{Citation, rule};

pub(in crate::enclave) const SYNTAX: Citation =
    Citation::new("gramineproject/gramine at ff71d7a", "Documentation/manifest-syntax.rst");

rule! { ALLOWED_FILES: Error "file-without-integrity" ["GR06"],
    title "a file is read without integrity",
    what "Lists each entry of `sgx.allowed_files`.",
    why "The host supplies its content and changes it while the enclave runs.",
    bad "sgx.allowed_files = [\"file:config.json\"]",
    good "sgx.trusted_files = [\"file:config.json\"]",
    cite SYNTAX
}

rule! { CHECK_OFF: Error "file-check-off" ["GR07"],
    title "files are not checked",
    what "Looks for `sgx.file_check_policy = \"allow_all_but_log\"`.",
    why "The enclave opens any file that the host gives it.",
    bad "sgx.file_check_policy = \"allow_all_but_log\"",
    good "sgx.file_check_policy = \"strict\"",
    cite SYNTAX
}

rule! { HOST_ARGUMENTS: Error "arguments-from-host" ["GR08"],
    title "arguments or environment come from the host",
    what "Looks for `loader.insecure__use_cmdline_argv` and `loader.insecure__use_host_env`.",
    why "The host decides what the program does: `python -c` is a program of its own.",
    bad "loader.insecure__use_cmdline_argv = true",
    good "loader.argv = [\"app\", \"--serve\"]",
    cite SYNTAX
}

rule! { ENVIRONMENT: Warning "environment-from-host" ["GR09", "EG03"],
    title "a variable comes from the host",
    what "Lists each variable that is passed through.",
    why "The host sets it, and start-up does not warn of it.",
    bad "loader.env.LOG_LEVEL = { passthrough = true }",
    good "loader.env.LOG_LEVEL = \"error\"",
    cite SYNTAX
}

rule! { LOADER_VARIABLE: Error "loader-variable-from-host" ["GR09", "EG03"],
    title "a variable that decides what code runs comes from the host",
    what "Looks for LD_*, PATH, PYTHON*, NODE_OPTIONS, GLIBC_TUNABLES and HOME among variables that are passed through.",
    why "With it the host chooses libraries, modules or options of the runtime.",
    bad "loader.env.LD_PRELOAD = { passthrough = true }",
    good "loader.env.LD_LIBRARY_PATH = \"/lib\"",
    cite SYNTAX
}

rule! { ASLR: Warning "aslr-disabled" ["GR10"],
    title "addresses are not randomised",
    what "Looks for `loader.insecure__disable_aslr`.",
    why "A memory fault becomes easier to use.",
    bad "loader.insecure__disable_aslr = true",
    good "the key removed",
    cite SYNTAX
}

rule! { LOG_LEVEL: Warning "log-level-leaks" ["GR11"],
    title "the log tells too much",
    what "Looks for `loader.log_level` of debug, trace or all.",
    why "What the application does stands in a log that the host reads.",
    bad "loader.log_level = \"trace\"",
    good "loader.log_level = \"error\"",
    cite SYNTAX
}

rule! { KEY_IN_MANIFEST: Error "key-in-manifest" ["GR12"],
    title "a key stands in the manifest",
    what "Looks for `fs.insecure__keys`. The key is not shown.",
    why "The manifest is measured and public: whoever has it reads the encrypted files.",
    bad "fs.insecure__keys.default = \"...\"",
    good "the key provisioned after attestation",
    cite SYNTAX
}

rule! { HOST_MOUNT: Warning "mount-host-visible" ["GR13", "EG03", "OC03"],
    title "a mount is open to the host, or to every enclave of the signer",
    what "Looks for `untrusted_shm`, for encrypted mounts under `_sgx_mrsigner`, for `hostfs` mounts of everything.",
    why "The host reads or supplies what is in it; a key of the signer opens it to each of the signer's enclaves.",
    bad "{ type = \"encrypted\", key_name = \"_sgx_mrsigner\", ... }",
    good "{ type = \"encrypted\", key_name = \"_sgx_mrenclave\", ... }",
    cite SYNTAX
}

rule! { EXCLUSIVE: Error "keys-exclusive" ["GR14"],
    title "two keys exclude each other",
    what "Looks for `loader.argv`, `argv_src_file` and `insecure__use_cmdline_argv` together, for `insecure__use_host_env` \
          with `env_src_file`, and for `preheat_enclave` with `edmm_enable`.",
    why "Gramine refuses to start.",
    bad "loader.argv beside loader.argv_src_file",
    good "one of them",
    cite SYNTAX
}

rule! { TOOLING: Warning "debug-tooling-without-debug" ["GR15"],
    title "profiling is on in a release enclave",
    what "Looks for statistics, profiling and VTune with `sgx.debug` false.",
    why "It is refused or useless.",
    bad "sgx.enable_stats = true without sgx.debug",
    good "the key removed",
    cite SYNTAX
}

rule! { NO_ATTESTATION: Warning "attestation-off" ["GR16"],
    title "attestation is off, and files are encrypted",
    what "Looks for encrypted mounts with `sgx.remote_attestation` none.",
    why "Nobody can prove to a key server that the enclave is the right one.",
    bad "an encrypted mount, sgx.remote_attestation = \"none\"",
    good "sgx.remote_attestation = \"dcap\"",
    cite SYNTAX
}

rule! { RETIRED: Error "key-retired" ["GR18"],
    title "a key is retired",
    what "Looks for `sgx.thread_num`, `loader.exec`, `sgx.sigfile`, `loader.pal_internal_mem_size`, `sgx.ra_client_*`.",
    why "Gramine refuses it or ignores it, and the default takes its place.",
    bad "sgx.thread_num = 8",
    good "sgx.max_threads = 8",
    cite SYNTAX
}

rule! { NOT_MEASURED: Warning "trusted-file-not-measured" ["GR19"],
    title "a trusted file is not measured as meant",
    what "Looks for hashes that are none, hashes of folders, and folders without a trailing slash in the text's own terms.",
    why "What is listed is not what is checked.",
    bad "{ uri = \"file:lib/\", sha256 = \"...\" }",
    good "\"file:lib/\"",
    cite SYNTAX
}

rule! { SURFACE: Warning "host-surface-widened" ["GR20"],
    title "the enclave takes more from the host than it needs",
    what "Looks for `sys.debug__mock_syscalls`, `sys.allowed_ioctls`, `sys.insecure__allow_eventfd` and \
          `libos.check_invalid_pointers` false.",
    why "Each is a way for the host to hand in what is not checked, and start-up does not warn of most.",
    bad "libos.check_invalid_pointers = false",
    good "the key removed",
    cite SYNTAX
}

rule! { SEAL_KEY: Warning "seal-key-ignores-debug" ["GR21"],
    title "a debug enclave gets the same sealing key",
    what "Looks for a `sgx.seal_key.flags_mask` without the DEBUG bit (0x2).",
    why "A debug build of the same enclave, whose memory its host reads, unseals the release data.",
    bad "sgx.seal_key.flags_mask = \"0xfffffffffffffffd\"",
    good "sgx.seal_key.flags_mask = \"0xffffffffffffffff\"",
    cite SYNTAX
}
