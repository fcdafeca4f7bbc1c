//! How the image is run.
//!
//! What it checks: the devices, mounts, addresses and rights that a command or pod gives the container.
//! Why it matters: an enclave trusts nobody, and its host still decides whether it starts and whom it can reach.
//! Reference: the articles on the node agent; docker run; the kernel's SGX driver.

use super::{Citation, rule};

const DOCKER: Citation = Citation::new("Docker documentation", "docker run, options");
const ARTICLE: Citation =
    Citation::new("How to run an application with Fortanix Enclave Manager", "run the application image");
const KERNEL: Citation = Citation::new("Linux kernel documentation", "x86/sgx, device nodes");

rule! { PRIVILEGED: Error "run-privileged" ["RN01"],
    title "the container is privileged",
    what "Looks for `--privileged` or `privileged: true`.",
    why "It gets every device and every capability of its host, of which it needs two devices.",
    bad "docker run --privileged ...",
    good "docker run --device /dev/sgx_enclave ...",
    cite DOCKER
}

rule! { HOST_MOUNT: Error "run-mounts-host" ["RN02"],
    title "the container sees the host's devices or files",
    what "Looks for mounts of `/`, `/dev`, `/proc`, `/sys`, `/etc` and the container engine's socket.",
    why "Whoever gets into the container owns the node, and with it every other enclave's availability.",
    bad "-v /dev:/dev",
    good "--device /dev/sgx_enclave",
    cite DOCKER
}

rule! { HOST_NETWORK: Error "run-host-network" ["RN03"],
    title "the container is in the host's network",
    what "Looks for `--net=host` or `hostNetwork: true`.",
    why "It reaches services that listen for the node alone, and they reach it.",
    bad "--net=host",
    good "-p 443:443",
    cite DOCKER
}

rule! { BACK_TICK: Error "run-back-tick" ["RN04"],
    title "a line ends in a back-tick",
    what "Looks for a back-tick at the end of a line of a shell command.",
    why "In PowerShell it continues the line; in bash it begins a command substitution, and the command does not run as meant.",
    bad "sudo docker run `",
    good "sudo docker run \\",
    cite ARTICLE
}

rule! { PUBLIC_AGENT: Warning "agent-address-public" ["RN05"],
    title "the node agent is asked over the internet in clear text",
    what "Looks for `http` with a public address in NODE_AGENT_BASE_URL.",
    why "What the application and the agent say to each other can be read and changed on the way.",
    bad "NODE_AGENT_BASE_URL=http://52.152.206.164:9092/v1/",
    good "NODE_AGENT_BASE_URL=http://10.0.0.4:9092/v1/",
    cite ARTICLE
}

rule! { AGENT_ADDRESS: Error "agent-address-malformed" ["RN06"],
    title "the node agent's address is wrong",
    what "NODE_AGENT_BASE_URL is `http://`, a host, a port, and the path `/v1`.",
    why "The agent is not found, and the application gets no certificate.",
    bad "http://:9092/v1",
    good "http://10.0.0.4:9092/v1/",
    cite ARTICLE
}

rule! { AGENT_PORT: Warning "agent-port" ["RN06"],
    title "the node agent is asked on another port",
    what "The agent listens on port 9092 unless it was set up otherwise.",
    why "Nothing answers there.",
    bad "http://10.0.0.4:9093/v1/",
    good "http://10.0.0.4:9092/v1/",
    cite ARTICLE
}

rule! { RETIRED_DRIVER: Warning "sgx-driver-retired" ["RN07"],
    title "the devices are those of a retired driver",
    what "Looks for `/dev/isgx` and `/dev/gsgx` without `/dev/sgx_enclave`.",
    why "Kernels from 5.11 on have `/dev/sgx_enclave`; the old driver is not developed any more.",
    bad "--device /dev/isgx --device /dev/gsgx",
    good "--device /dev/sgx_enclave",
    cite KERNEL
}

rule! { MIXED_DRIVERS: Warning "sgx-drivers-mixed" ["RN08"],
    title "devices of two drivers are mixed",
    what "Looks for `/dev/isgx` or `/dev/gsgx` beside `/dev/sgx_enclave`.",
    why "A node has one of the drivers: a device that is missing stops the container.",
    bad "--device /dev/isgx --device /dev/sgx_enclave",
    good "--device /dev/sgx_enclave",
    cite KERNEL
}

rule! { PROVISION: Info "provision-device-given" ["RN09"],
    title "the container may provision",
    what "Looks for `/dev/sgx_provision`.",
    why "It grants the right to PROVISIONKEY, which only an application that makes its quotes itself needs.",
    bad "--device /dev/sgx_provision",
    good "the AESM socket, which asks the node's quoting enclave",
    cite KERNEL
}

rule! { SOCKET_FILE: Info "aesm-socket-file" ["RN10"],
    title "the AESM socket is mounted as a file",
    what "Looks for a mount of `aesm.socket` instead of its folder.",
    why "When the service restarts it makes a new socket, and the container keeps the old one.",
    bad "-v /var/run/aesmd/aesm.socket:/var/run/aesmd/aesm.socket",
    good "-v /var/run/aesmd:/var/run/aesmd",
    cite Citation::new("intel/linux-sgx", "aesmd in containers")
}

rule! { CONFIGURATION: Error "appconfig-id-malformed" ["RN12"],
    title "the configuration id is not a hash",
    what "APPCONFIG_ID has 64 hexadecimal digits.",
    why "The workflow's configuration is not found.",
    bad "APPCONFIG_ID=1234",
    good "APPCONFIG_ID=<64 digits>",
    cite Citation::new("fortanix/em-client-rust", "em-app, application configuration id")
}

rule! { WITHOUT_SGX: Error "run-without-sgx" ["RN13"],
    title "the command can't run an enclave",
    what "Looks for an SGX device, the AESM socket (or the provision device) and the node agent's address.",
    why "Without them the image either does not start, or it is the unprotected one.",
    bad "sudo docker run fortanix/python-flask",
    good "docker run --device /dev/sgx_enclave -v /var/run/aesmd:/var/run/aesmd -e NODE_AGENT_BASE_URL=... ",
    cite ARTICLE
}

rule! { UNPROTECTED: Error "run-unprotected-image" ["RN14"],
    title "the unprotected image is run",
    what "Compares the image that is run with the input and output images of the case.",
    why "The input image runs outside of any enclave.",
    bad "docker run fortanix/python-flask",
    good "docker run ... fortanix-private/python-flask-sgx",
    cite ARTICLE
}

rule! { OTHER_IMAGE: Error "run-other-image" [],
    title "another image is run than the approved one",
    what "Compares the images that are run with those that applications, builds and conversions put out.",
    why "What was approved says nothing about an image that it does not name.",
    bad "docker run ... example/other, beside a build of fortanix-private/python-flask-sgx",
    good "docker run ... fortanix-private/python-flask-sgx",
    cite ARTICLE
}
