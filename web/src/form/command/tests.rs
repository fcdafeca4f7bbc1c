//! The run command as a form, both ways.

use admit_core::enclave::Form;

use super::super::{Field, fields, is_form, is_same, set, value};

const SEED: &str = "```bash\n    sudo docker run `\n        --device /dev/isgx:/dev/isgx `\n        --device /dev/gsgx `\n        \
    -v /var/run/aesmd/aesm.socket:/var/run/aesmd/aesm.socket `\n        \
    -e NODE_AGENT_BASE_URL=\"http://52.152.206.164:9092/v1/\" --new=1 fortanix-private/python-flask-sgx -d 'x y'\n```\n";

fn of(label: &str) -> &'static Field {
    fields(Form::RunCommand).iter().find(|field| field.label == label).expect("a field")
}

fn shown(text: &str, label: &str) -> String {
    value(Form::RunCommand, text, of(label))
}

fn typed(text: &str, label: &str, typed: &str) -> String {
    set(Form::RunCommand, text, of(label), typed).expect("a form")
}

#[test]
fn fields_show_what_stands_there() {
    for (label, expected) in [
        ("Image", "fortanix-private/python-flask-sgx"),
        ("Devices", "/dev/isgx:/dev/isgx, /dev/gsgx"),
        ("AESM socket", "/var/run/aesmd/aesm.socket"),
        ("Node agent’s address", "http://52.152.206.164:9092/v1/"),
        ("Environment", "NODE_AGENT_BASE_URL=http://52.152.206.164:9092/v1/"),
        // What follows the image is the command inside.
        ("In the background", ""),
        ("Name", ""),
    ] {
        assert_eq!(shown(SEED, label), expected, "{label}");
    }
    assert_eq!(shown("docker run -itd --privileged=false a", "In the background"), "true");
    assert_eq!(shown("docker run -itd --privileged=false a", "Privileged"), "false");
    assert_eq!(shown("docker run -v a:b:ro,z -v c:d a", "Volumes"), "\"a:b:ro,z\", c:d");
}

#[test]
fn the_rest_stays_as_it_was() {
    for (label, new, old, replaced) in [
        ("Image", "a/b@sha256:1", "fortanix-private/python-flask-sgx", "a/b@sha256:1"),
        ("Node agent’s address", "http://10.0.0.4:9092/v1/", "52.152.206.164", "10.0.0.4"),
        ("Devices", "/dev/sgx_enclave, /dev/gsgx", "/dev/isgx:/dev/isgx", "/dev/sgx_enclave"),
        ("Devices", "/dev/isgx:/dev/isgx", " `\n        --device /dev/gsgx", ""),
        ("Devices", "/dev/isgx:/dev/isgx, /dev/gsgx, /dev/x", " /dev/gsgx", " /dev/gsgx --device /dev/x"),
        ("AESM socket", "/var/run/aesmd", "aesm.socket:/var/run/aesmd/aesm.socket", "aesmd"),
        ("Name", "one", " --new=1", " --new=1 --name one"),
        ("Image", "", "fortanix-private/python-flask-sgx", "''"),
    ] {
        let expected = SEED.replace(old, replaced).replace("aesmd/aesmd", "aesmd:/var/run/aesmd");
        assert_eq!(typed(SEED, label, new), expected, "{label}");
    }
    let lines = "docker run \\\n  -e A='b c' \\\n  a/b";
    assert_eq!(typed(lines, "Ports", "80:80"), "docker run \\\n  -e A='b c' \\\n  -p 80:80 \\\n  a/b");
    assert_eq!(typed(lines, "Environment", "A=b c, D=e"), "docker run \\\n  -e A='b c' \\\n  -e D=e \\\n  a/b");
    assert_eq!(typed(lines, "Environment", "D=e, A=b c"), "docker run \\\n  -e D=e \\\n  -e A='b c' \\\n  a/b");
    assert_eq!(typed(lines, "Environment", "A=it's"), "docker run \\\n  -e A=\"it's\" \\\n  a/b");
    assert_eq!(typed(lines, "Environment", ""), "docker run \\\n  a/b");
    assert_eq!(typed("docker run -itd a", "In the background", ""), "docker run -it a");
    assert_eq!(typed("docker run -itd a", "In the background", "false"), "docker run -it -d=false a");
    assert_eq!(typed("docker run '--name=a' b", "Name", "c d"), "docker run --name='c d' b");
    assert_eq!(typed("docker run --name a --name b c", "Name", ""), "docker run c");
    // What may be the value of an unknown option is not taken for the image.
    assert_eq!(typed("docker run --new a b", "Name", "c"), "docker run --name c --new a b");
    assert_eq!(set(Form::RunCommand, "docker run --new a b", of("Image"), "c"), None);
}

#[test]
fn what_is_typed_stands_there() {
    let texts = [
        SEED,
        "docker run",
        "docker run a",
        "docker run -- a b",
        "podman run -it --rm \\\n  -v/x:/x \\\n  -e 'A=b,c' a sh -c 'd e'",
        "docker run -d=false --net=host --mount type=bind,source=/run/aesmd,target=/var/run/aesmd a",
        "docker run \"--env=NODE_AGENT_BASE_URL=x\" --restart always '--publish' 1:1 a",
    ];
    for (label, new) in [
        ("Image", "a/b:1"),
        ("Name", "it's $A"),
        ("Devices", "/dev/sgx_enclave, /dev/sgx_provision"),
        ("AESM socket", "/var/run/aesmd"),
        ("Node agent’s address", "http://$NODE_IP:9092/v1/"),
        ("Configuration id", "ab cd"),
        ("Environment", "A=\"b\", \"C=d,e\", F"),
        ("Volumes", "\"/a:/b:ro,z\""),
        ("Ports", "443:443, [::1]:80:80"),
        ("Network", "bridge"),
        ("Restart", "unless-stopped"),
        ("In the background", "true"),
        ("Privileged", "false"),
    ] {
        for text in texts {
            let changed = typed(text, label, new);
            assert_eq!(shown(&changed, label), new, "{label}: {changed}");
            assert!(is_form(Form::RunCommand, &changed), "{changed}");
            assert!(is_same(Form::RunCommand, of(label), &shown(&changed, label), new));
            // As long as nothing else is said, nothing else is written.
            assert_eq!(typed(&changed, label, new), changed);
            let emptied = typed(&changed, label, "");
            assert_eq!(shown(&emptied, label), "", "{label}: {emptied}");
            assert_eq!(typed(&emptied, label, ""), emptied);
        }
    }
}

#[test]
fn what_is_no_command_is_no_form() {
    for text in ["", "docker pull a", "docker run 'a", "{}"] {
        assert!(!is_form(Form::RunCommand, text), "{text}");
        assert_eq!(set(Form::RunCommand, text, of("Name"), "a"), None);
    }
}
