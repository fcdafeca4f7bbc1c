//! Occlum: `Occlum.json`.

use alloc::format;

use super::claims::Source;
use super::rules::build::{RANGE, VERSION_ZERO};
use super::rules::debug::ENABLED;
use super::rules::gramine::HOST_MOUNT;
use super::rules::identity::KSS_IDS;
use super::rules::setting::VALUE;
use super::rules::size::{NO_THREADS, UNIT};
use super::schema::{self, Field, Want, optional, required};
use super::sheet::Sheet;
use crate::quote::quote;
use crate::tree::Node;

const ID: Want = Want::Table(&[optional("high", Want::Text), optional("low", Want::Text)]);

const LIMITS: &[Field] = &[
    required("max_num_of_threads", Want::Integer),
    optional("init_num_of_threads", Want::Integer),
    required("kernel_space_heap_size", Want::Text),
    optional("kernel_space_heap_max_size", Want::Text),
    required("kernel_space_stack_size", Want::Text),
    required("user_space_size", Want::Text),
    optional("user_space_max_size", Want::Text),
];

/// The keys.
pub(super) const CONFIGURATION: &[Field] = &[
    required("resource_limits", Want::Table(LIMITS)),
    required(
        "process",
        Want::Table(&[
            optional("default_stack_size", Want::Text),
            optional("default_heap_size", Want::Text),
            optional("default_mmap_size", Want::Text),
        ]),
    ),
    required("entry_points", Want::Texts),
    required("env", Want::Table(&[optional("default", Want::Texts), optional("untrusted", Want::Texts)])),
    required(
        "metadata",
        Want::Table(&[
            optional("product_id", Want::Integer),
            optional("version_number", Want::Integer),
            optional("debuggable", Want::Bool),
            optional("disable_log", Want::Bool),
            optional("enable_kss", Want::Bool),
            optional("family_id", ID),
            optional("ext_prod_id", ID),
        ]),
    ),
    optional(
        "feature",
        Want::Table(&[
            optional("amx", Want::Integer),
            optional("pkru", Want::Integer),
            optional("io_uring", Want::Integer),
            optional("enable_edmm", Want::Bool),
            optional("enable_posix_shm", Want::Bool),
        ]),
    ),
    required("mount", Want::List),
];

/// Checks a configuration.
pub(super) fn check(sheet: &mut Sheet<'_>, root: &Node) {
    schema::check(sheet, root, CONFIGURATION);
    for table in ["resource_limits", "process"] {
        for entry in root.get(table).map(Node::entries).unwrap_or_default() {
            if let Some(text) = entry.node.text().filter(|text| entry.key.ends_with("_size") && bytes(text).is_none()) {
                let message = format!("expected a number and one of B, KB, MB, GB and TB, found {}", quote(text));
                sheet.add(sheet.finding(&UNIT, &entry.node.range, message));
            }
        }
    }
    threads(sheet, root);
    for (less, more) in
        [("kernel_space_heap_size", "kernel_space_heap_max_size"), ("user_space_size", "user_space_max_size")]
    {
        let limits = root.get("resource_limits");
        let size = |key: &str| limits.and_then(|limits| limits.get(key)).and_then(Node::text).and_then(bytes);
        if let (Some(low), Some(high), Some(node)) =
            (size(less), size(more), limits.and_then(|limits| limits.get(less)))
            && low > high
        {
            sheet.add(sheet.finding(&VALUE, &node.range, format!("`{less}` is above `{more}`")));
        }
    }
    metadata(sheet, root);
    for (key, most) in [("amx", 2), ("pkru", 2), ("io_uring", 16)] {
        if let Some(node) = root.get("feature").and_then(|feature| feature.get(key))
            && let Some(number) = node.integer().filter(|number| !(0..=most).contains(number))
        {
            sheet.add(sheet.finding(&VALUE, &node.range, format!("`{key}` is {number}, and takes 0 to {most}")));
        }
    }
    mounts(sheet, root);
}

fn threads(sheet: &mut Sheet<'_>, root: &Node) {
    let most = root.at("resource_limits.max_num_of_threads");
    if let Some(node) = most
        && let Some(number) = node.integer()
    {
        if number < 1 {
            sheet.add(sheet.finding(
                &NO_THREADS,
                &node.range,
                format!("{number} threads: nothing could enter the enclave"),
            ));
        } else {
            sheet.claims.threads.push(sheet.claim(number.unsigned_abs(), &node.range, Source::Wish));
        }
        if let Some(initial) = root.at("resource_limits.init_num_of_threads")
            && initial.integer().is_some_and(|initial| initial > number)
        {
            sheet.add(sheet.finding(&VALUE, &initial.range, "more threads at the start than at most"));
        }
    }
}

fn metadata(sheet: &mut Sheet<'_>, root: &Node) {
    let Some(metadata) = root.get("metadata") else { return };
    if let Some(node) = metadata.get("debuggable")
        && let Some(flag) = node.bool()
    {
        if flag {
            let edits = sheet.edit(&node.range, "false");
            let finding =
                sheet.finding(&ENABLED, &node.range, "`debuggable` is true: the host reads the enclave's memory");
            sheet.add(finding.fix("Switch debug mode off", edits));
        }
        sheet.claims.debug.push(sheet.claim(flag, &node.range, Source::Wish));
    }
    for (key, is_version) in [("product_id", false), ("version_number", true)] {
        let Some(node) = metadata.get(key) else { continue };
        let Some(number) = node.integer() else { continue };
        let Ok(fits) = u16::try_from(number) else {
            let message = format!("`{key}` is {number}, and has 16 bits in the signature: 0 to 65535");
            sheet.add(sheet.finding(&RANGE, &node.range, message));
            continue;
        };
        let claim = sheet.claim(u64::from(fits), &node.range, Source::Wish);
        if is_version {
            if fits == 0 {
                let edits = sheet.edit(&node.range, "1");
                let finding =
                    sheet.finding(&VERSION_ZERO, &node.range, "`version_number` is 0: no version is below it");
                sheet.add(finding.help("start at 1").fix("Start at 1", edits));
            }
            sheet.claims.security_version.push(claim);
        } else {
            sheet.claims.product_id.push(claim);
        }
    }
    let is_zero = |text: &str| text.trim_start_matches("0x").chars().all(|digit| digit == '0');
    let ids = ["family_id", "ext_prod_id"].into_iter().filter_map(|key| metadata.get(key));
    let given = ids.flat_map(|id| id.entries()).find(|entry| entry.node.text().is_some_and(|text| !is_zero(text)));
    if let Some(given) = given
        && metadata.get("enable_kss").and_then(Node::bool) != Some(true)
    {
        let message = "an id is given, and `enable_kss` is off: it is ignored";
        sheet.add(sheet.finding(&KSS_IDS, &given.node.range, message).help("set `enable_kss` to true"));
    }
}

fn mounts(sheet: &mut Sheet<'_>, root: &Node) {
    for mount in root.get("mount").map(Node::items).unwrap_or_default() {
        let options = mount.get("options");
        match mount.get("type").and_then(Node::text) {
            Some("hostfs") => {
                sheet.add(sheet.finding(
                    &HOST_MOUNT,
                    &mount.range,
                    "the host reads and writes what is below this mount",
                ));
            }
            Some("unionfs") if mount.get("target").and_then(Node::text) == Some("/") => {
                let layers = options.and_then(|options| options.get("layers")).map(Node::items).unwrap_or_default();
                if !layers.iter().any(|layer| layer.at("options.MAC").is_some()) {
                    let message = "the root has no layer whose integrity is checked (`MAC`)";
                    sheet.add(sheet.finding(&HOST_MOUNT, &mount.range, message));
                }
            }
            Some("ext2") => {
                let size = options.and_then(|options| options.get("disk_size")).and_then(Node::text).and_then(bytes);
                if size.is_none_or(|size| size < 5 << 30) {
                    sheet.add(sheet.finding(&VALUE, &mount.range, "ext2 wants a `disk_size` of 5GB or more"));
                }
            }
            _ => {}
        }
        let heap = ["kernel_space_heap_max_size", "kernel_space_heap_size"].into_iter().find_map(|key| {
            root.at("resource_limits").and_then(|limits| limits.get(key)).and_then(Node::text).and_then(bytes)
        });
        if let Some(node) = options.and_then(|options| options.get("cache_size"))
            && let Some((size, heap)) = node.text().and_then(bytes).zip(heap)
            && size > heap
        {
            sheet.add(sheet.finding(&VALUE, &node.range, "`cache_size` is above the kernel's heap"));
        }
        if let Some(node) = options.and_then(|options| options.get("cache_size"))
            && node.text().and_then(bytes).is_none_or(|size| size < 192 << 10 || !size.is_multiple_of(4096))
        {
            sheet.add(sheet.finding(&VALUE, &node.range, "`cache_size` is 192KB or more, in whole pages"));
        }
    }
}

/// Bytes of a number with its unit.
fn bytes(text: &str) -> Option<u64> {
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = text.split_at_checked(digits)?;
    let shift = match unit.trim() {
        "B" => 0,
        "KB" => 10,
        "MB" => 20,
        "GB" => 30,
        "TB" => 40,
        _ => return None,
    };
    number.parse::<u64>().ok()?.checked_mul(1_u64.checked_shl(shift)?)
}
