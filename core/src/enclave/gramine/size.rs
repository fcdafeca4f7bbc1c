//! The enclave's size and its threads.

use alloc::format;
use alloc::string::{String, ToString as _};

use crate::enclave::claims::Source;
use crate::enclave::rules::size::{POWER, UNIT, UNUSUAL_THREADS};
use crate::enclave::sheet::Sheet;
use crate::quote::quote;
use crate::tree::Node;

/// The most threads beside exitless calls.
const WITH_RPC: i64 = 1024;

/// Bytes of digits and one of K, M and G.
fn bytes(text: &str) -> Option<u64> {
    let (digits, shift) = match text.chars().next_back()? {
        'K' => (text.strip_suffix('K')?, 10),
        'M' => (text.strip_suffix('M')?, 20),
        'G' => (text.strip_suffix('G')?, 30),
        _ => (text, 0),
    };
    let number: u64 = digits.parse().ok().filter(|_| digits.bytes().all(|digit| digit.is_ascii_digit()))?;
    number.checked_mul(1_u64.checked_shl(shift)?)
}

pub(super) fn size(sheet: &mut Sheet<'_>, root: &Node) {
    let Some(node) = root.at("sgx.enclave_size") else { return };
    let Some(text) = node.text() else { return };
    let Some(bytes) = bytes(text) else {
        let message = format!("expected digits and one of K, M and G, found {}", quote(text));
        sheet.add(sheet.finding(&UNIT, &node.range, message));
        return;
    };
    if !bytes.is_power_of_two() || bytes < 8192 {
        let next = bytes.max(8192).checked_next_power_of_two();
        let finding = sheet.finding(
            &POWER,
            &node.range,
            format!("the enclave has {} and must have a power of two, 8K at least", quote(text)),
        );
        sheet.add(match next.map(printed) {
            None => finding,
            Some(next) => {
                let edits = sheet.edit(&node.range, format!("\"{next}\""));
                finding.help(format!("the next power of two is {next}")).fix(format!("Write {next}"), edits)
            }
        });
        return;
    }
    sheet.claims.memory.push(sheet.claim(bytes >> 20, &node.range, Source::Wish));
}

fn printed(bytes: u64) -> String {
    for (shift, unit) in [(30, "G"), (20, "M"), (10, "K")] {
        if bytes.trailing_zeros() >= shift {
            return format!("{}{unit}", bytes >> shift);
        }
    }
    bytes.to_string()
}

pub(super) fn threads(sheet: &mut Sheet<'_>, root: &Node) {
    let rpc = root.at("sgx.insecure__rpc_thread_num").and_then(Node::integer).unwrap_or_default();
    if let Some(node) = root.at("sgx.insecure__rpc_thread_num").filter(|_| rpc > 256) {
        sheet.add(sheet.finding(
            &UNUSUAL_THREADS,
            &node.range,
            format!("{rpc} threads for exitless calls, and 256 are the most"),
        ));
    }
    let Some(node) = root.at("sgx.max_threads") else { return };
    let Some(number) = node.integer() else { return };
    if number < 4 {
        let message =
            format!("{number} threads are fewer than most runtimes need to start, Gramine's own helpers included");
        sheet.add(sheet.finding(&UNUSUAL_THREADS, &node.range, message).help("give 4 at least"));
    } else if rpc > 0 && number > WITH_RPC {
        let message = format!("{number} threads are more than the {WITH_RPC} that exitless calls allow");
        sheet.add(sheet.finding(&UNUSUAL_THREADS, &node.range, message));
    }
    if let Ok(number) = u64::try_from(number) {
        sheet.claims.threads.push(sheet.claim(number, &node.range, Source::Wish));
    }
}
