//! How an image is run: what a command line or a pod gives its container.

mod address;
mod command;
mod docker;
mod pod;
mod words;

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::ops::Range;

use super::claims::{ImageRole, Source};
use super::image::Image;
use super::rules::image::{MALFORMED, MOVING, NO_DIGEST};
use super::rules::run as rules;
use super::sheet::Sheet;
use crate::quote::quote;
use address::Address;

pub use command::{Command, CommandOption};
pub(super) use docker::{check as check_commands, is_command};
pub(super) use pod::{check as check_pod, is_pod, is_true};
pub use words::Word;

/// What a container is given, each with its place.
#[derive(Debug, Clone, Default)]
pub(super) struct Run {
    /// The command or container as a whole.
    pub(super) whole: Range<usize>,
    pub(super) privileged: Option<Range<usize>>,
    pub(super) host_network: Option<Range<usize>>,
    /// Folders and files of the host that it sees, by their path there.
    pub(super) mounts: Vec<(String, Range<usize>)>,
    /// Devices of the host, by their path there.
    pub(super) devices: Vec<(String, Range<usize>)>,
    pub(super) environment: Vec<(String, String, Range<usize>)>,
    pub(super) image: Option<(String, Range<usize>)>,
    /// Whether a part of it is not known, such as a file of variables.
    pub(super) is_open: bool,
}

/// Folders and files of a host that no container should see.
const HOST: [&str; 8] = [
    "/", "/dev", "/proc", "/sys", "/etc", // The sockets of engines stand below.
    "/var", "/var/run", "/run",
];

/// Sockets of engines, wherever they stand: who writes there starts containers.
const SOCKETS: [&str; 4] = ["/docker.sock", "/containerd.sock", "/podman.sock", "/crio.sock"];

/// The folders in which the socket of AESM stands.
const AESM: [&str; 2] = ["/var/run/aesmd", "/run/aesmd"];

const OLD_DEVICES: [&str; 2] = ["/dev/isgx", "/dev/gsgx"];
const DEVICES: [&str; 3] = ["/dev/sgx_enclave", "/dev/sgx/enclave", "/dev/sgx"];
const PROVISION_DEVICES: [&str; 2] = ["/dev/sgx_provision", "/dev/sgx/provision"];

/// Checks what one container is given.
pub(super) fn check(sheet: &mut Sheet<'_>, run: &Run) {
    if let Some(place) = &run.privileged {
        let finding = sheet.finding(&rules::PRIVILEGED, place, "the container gets every device and right of its host");
        sheet.add(finding.help("give it the SGX devices alone"));
    }
    if let Some(place) = &run.host_network {
        let finding = sheet.finding(&rules::HOST_NETWORK, place, "the container is in the host's network");
        sheet.add(finding.help("publish the ports that it serves"));
    }
    for (path, place) in run.mounts.iter().chain(&run.devices) {
        let path = normal(path);
        if HOST.contains(&path.as_str()) || SOCKETS.iter().any(|socket| path.ends_with(socket)) {
            let message = format!("the container sees {} of its host", quote(&path));
            sheet.add(
                sheet.finding(&rules::HOST_MOUNT, place, message).arg("path", path).help("mount only what it needs"),
            );
        } else if AESM.iter().any(|folder| path == format!("{folder}/aesm.socket")) {
            let message = "the socket is mounted as a file: after a restart of the service it leads nowhere";
            let folder = path.trim_end_matches("/aesm.socket").to_string();
            sheet.add(sheet.finding(&rules::SOCKET_FILE, place, message).help(format!("mount the folder {folder}")));
        }
    }
    check_devices(sheet, run);
    check_environment(sheet, run);
    check_complete(sheet, run);
    if let Some((image, place)) = &run.image {
        check_image(sheet, image, place);
    }
}

/// A path without a trailing slash, `.`, `..` and doubled slashes.
fn normal(path: &str) -> String {
    let mut names: Vec<&str> = Vec::new();
    for name in path.split('/') {
        match name {
            "" | "." => {}
            ".." => {
                names.pop();
            }
            name => names.push(name),
        }
    }
    format!("/{}", names.join("/"))
}

/// The devices, whether given as such or mounted.
fn devices(run: &Run) -> Vec<(String, Range<usize>)> {
    let all = run.devices.iter().chain(&run.mounts);
    all.map(|(path, place)| (normal(path), place.clone())).collect()
}

fn check_devices(sheet: &mut Sheet<'_>, run: &Run) {
    let devices = devices(run);
    let old: Vec<_> = devices.iter().filter(|(path, _)| OLD_DEVICES.contains(&path.as_str())).collect();
    let is_new = devices.iter().any(|(path, _)| DEVICES.contains(&path.as_str()));
    if let Some((_, place)) = old.first() {
        let names = old.iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>().join(" and ");
        let finding = if is_new {
            let message = format!("{names} beside `/dev/sgx_enclave`: a node has one of the two drivers");
            sheet.finding(&rules::MIXED_DRIVERS, place, message)
        } else {
            sheet.finding(
                &rules::RETIRED_DRIVER,
                place,
                format!("{names} belong to a driver that current kernels don't have"),
            )
        };
        sheet.add(finding.arg("devices", names).help("use `/dev/sgx_enclave`"));
    }
    for (path, place) in devices.iter().filter(|(path, _)| PROVISION_DEVICES.contains(&path.as_str())) {
        let message = "the container may use PROVISIONKEY";
        let finding = sheet.finding(&rules::PROVISION, place, message).arg("device", path.clone());
        sheet.add(finding.help("leave it out unless the application makes its quotes itself"));
    }
}

fn check_environment(sheet: &mut Sheet<'_>, run: &Run) {
    for (name, value, place) in &run.environment {
        // What the shell or the cluster fills in is not looked at; an address with a variable for its host is one.
        if value.contains('$') && !(name == "NODE_AGENT_BASE_URL" && Address::parse(value).is_ok()) {
            if matches!(name.as_str(), "NODE_AGENT_BASE_URL" | "APPCONFIG_ID") {
                sheet.unknown(format!("what the variable in {} stands for", quote(value)), place);
            }
            continue;
        }
        match name.as_str() {
            "NODE_AGENT_BASE_URL" => check_agent(sheet, value, place),
            "APPCONFIG_ID" if value.len() != 64 || !value.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
                let message = format!("expected 64 hexadecimal digits, found {}", quote(value));
                sheet.add(sheet.finding(&rules::CONFIGURATION, place, message));
            }
            _ => {}
        }
    }
}

fn check_agent(sheet: &mut Sheet<'_>, url: &str, place: &Range<usize>) {
    let address = match Address::parse(url) {
        Ok(address) => address,
        Err(reason) => {
            let message = format!("{} is not the node agent's address: {reason}", quote(url));
            sheet
                .add(sheet.finding(&rules::AGENT_ADDRESS, place, message).help("for example http://10.0.0.4:9092/v1/"));
            return;
        }
    };
    if !matches!(address.path, "/v1" | "/v1/") {
        let message = format!("the path is {}, and the agent answers at `/v1`", quote(address.path));
        sheet.add(sheet.finding(&rules::AGENT_ADDRESS, place, message));
    }
    if address.port != Some("9092") {
        let found = address.port.map_or_else(|| "none".to_string(), quote);
        sheet.add(sheet.finding(&rules::AGENT_PORT, place, format!("expected port 9092, found {found}")));
    }
    if !address.is_https && address.is_public() {
        let message = format!("{} is a public address, and `http` is clear text", quote(address.host));
        let finding = sheet.finding(&rules::PUBLIC_AGENT, place, message).arg("host", address.host);
        sheet.add(finding.help("use the node's private address"));
    }
}

fn check_complete(sheet: &mut Sheet<'_>, run: &Run) {
    let devices = devices(run);
    let has = |paths: &[&str]| devices.iter().any(|(path, _)| paths.contains(&path.as_str()));
    let all_devices = run.privileged.is_some() || has(&["/dev", "/"]);
    let mut missing = Vec::new();
    if !all_devices && !has(&DEVICES) && !has(&OLD_DEVICES) {
        missing.push("an SGX device");
    }
    let sees_aesm = |path: &str| AESM.iter().any(|folder| path == *folder || path == format!("{folder}/aesm.socket"));
    let has_aesm = run.mounts.iter().any(|(path, _)| sees_aesm(&normal(path)));
    if !has_aesm && !has(&PROVISION_DEVICES) {
        missing.push("the AESM socket");
    }
    if !run.environment.iter().any(|(name, ..)| name == "NODE_AGENT_BASE_URL") {
        missing.push("the node agent's address (NODE_AGENT_BASE_URL)");
    }
    // What is not known may bring it.
    if !missing.is_empty() && !run.is_open {
        let missing = missing.join(", ");
        let finding = sheet.finding(&rules::WITHOUT_SGX, &run.whole, format!("the container lacks {missing}"));
        sheet.add(finding.arg("missing", missing));
    }
}

fn check_image(sheet: &mut Sheet<'_>, text: &str, place: &Range<usize>) {
    sheet.claims.images.push(sheet.claim((ImageRole::Run, text.into()), place, Source::Wish));
    match Image::parse(text) {
        Err(reason) => {
            let message = format!("{} is not an image reference: {reason}", quote(text));
            sheet.add(sheet.finding(&MALFORMED, place, message).arg("image", text));
        }
        Ok(image) if image.digest.is_none() => {
            let message = format!("{} has no digest: its tag can move to another image", quote(text));
            sheet.add(
                sheet.finding(&NO_DIGEST, place, message).arg("image", text).help("add `@sha256:` and the digest"),
            );
            if image.tag == Some("latest") {
                let message = "the image version `latest` can move to another image";
                sheet.add(sheet.finding(&MOVING, place, message).help("name a version, or better a digest"));
            }
        }
        Ok(_) => {}
    }
}
