//! The keys of a Gramine manifest, as its manifest checker lists them.

use crate::enclave::schema::{Field, Want, optional};

const FEATURE: Want = Want::Word(&["unspecified", "disabled", "required"]);
const OLD_FEATURE: Want = Want::Word(&["disabled", "required"]);

const PROFILE: &[Field] = &[
    optional("enable", Want::Word(&["none", "main", "all"])),
    optional("mode", Want::Word(&["aex", "ocall_inner", "ocall_outer"])),
    optional("with_stack", Want::Bool),
    optional("frequency", Want::Integer),
];

const SGX: &[Field] = &[
    optional("debug", Want::Bool),
    optional("enclave_size", Want::Text),
    optional("max_threads", Want::Integer),
    optional("isvprodid", Want::Integer),
    optional("isvsvn", Want::Integer),
    optional("remote_attestation", Want::Word(&["none", "dcap"])),
    optional("edmm_enable", Want::Bool),
    optional("file_check_policy", Want::Word(&["strict", "allow_all_but_log"])),
    optional("trusted_files", Want::List),
    optional("allowed_files", Want::Texts),
    optional(
        "cpu_features",
        Want::Table(&[
            optional("avx", FEATURE),
            optional("avx512", FEATURE),
            optional("amx", FEATURE),
            optional("mpx", OLD_FEATURE),
            optional("pkru", OLD_FEATURE),
        ]),
    ),
    optional("use_exinfo", Want::Bool),
    optional("insecure__allow_memfaults_without_exinfo", Want::Bool),
    optional("insecure__rpc_thread_num", Want::Integer),
    optional("preheat_enclave", Want::Bool),
    optional("enable_stats", Want::Bool),
    optional("vtune_profile", Want::Bool),
    optional("profile", Want::Table(PROFILE)),
    optional(
        "seal_key",
        Want::Table(&[
            optional("flags_mask", Want::Text),
            optional("xfrm_mask", Want::Text),
            optional("misc_mask", Want::Text),
        ]),
    ),
    // Retired: said by a rule of its own.
    optional("thread_num", Want::Any),
    optional("sigfile", Want::Any),
    optional("ra_client_spid", Want::Any),
    optional("ra_client_linkable", Want::Any),
];

const LOADER: &[Field] = &[
    optional("entrypoint", Want::Any),
    optional("argv", Want::Texts),
    optional("argv_src_file", Want::Text),
    optional("insecure__use_cmdline_argv", Want::Bool),
    optional("insecure__use_host_env", Want::Bool),
    optional("env_src_file", Want::Text),
    optional("env", Want::Map),
    optional("insecure__disable_aslr", Want::Bool),
    optional("log_level", Want::Word(&["none", "error", "warning", "debug", "trace", "all"])),
    optional("log_file", Want::Text),
    optional("uid", Want::Integer),
    optional("gid", Want::Integer),
    optional("exec", Want::Any),
    optional("pal_internal_mem_size", Want::Any),
];

const MOUNT: &[Field] = &[
    optional("type", Want::Word(&["chroot", "encrypted", "tmpfs", "untrusted_shm"])),
    optional("path", Want::Text),
    optional("uri", Want::Text),
    optional("key_name", Want::Text),
    optional("enable_recovery", Want::Bool),
];

/// A manifest. GSC merges fragments, so that nothing is required.
pub(in crate::enclave) const MANIFEST: &[Field] = &[
    optional("sgx", Want::Table(SGX)),
    optional("loader", Want::Table(LOADER)),
    optional(
        "libos",
        Want::Table(&[optional("entrypoint", Want::Text), optional("check_invalid_pointers", Want::Bool)]),
    ),
    optional(
        "fs",
        Want::Table(&[
            optional("mounts", Want::Tables(MOUNT)),
            optional("root", Want::Table(MOUNT)),
            optional("start_dir", Want::Text),
            optional("insecure__keys", Want::Map),
        ]),
    ),
    optional(
        "sys",
        Want::Table(&[
            optional("stack", Want::Table(&[optional("size", Want::Text)])),
            optional("brk", Want::Table(&[optional("max_size", Want::Text)])),
            optional("insecure__allow_eventfd", Want::Bool),
            optional("experimental__enable_flock", Want::Bool),
            optional("enable_sigterm_injection", Want::Bool),
            optional("enable_extra_runtime_domain_names_conf", Want::Bool),
            optional("disallow_subprocesses", Want::Bool),
            optional("allowed_ioctls", Want::List),
            optional("ioctl_structs", Want::Map),
            optional("debug__mock_syscalls", Want::List),
            optional("fds", Want::Table(&[optional("limit", Want::Integer)])),
        ]),
    ),
];
