//! Documents as forms, both ways: what a field shows stands in the document, JSON or a command line, and what is typed
//! there is put into it. The rest of the document stays as it was written.

mod command;

use admit_core::Document;
use admit_core::enclave::{Command, Form};
use admit_core::json::{self, Node, Value};

/// A field of a form.
#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    /// Its label.
    pub label: &'static str,
    /// The keys that lead to its value; of a command, the option, and for a variable its name.
    pub path: &'static [&'static str],
    /// What it takes.
    pub kind: Kind,
}

/// What a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// A whole number. What is none is written as text, so that the checks say so.
    Number,
    /// Texts, separated by commas.
    Texts,
    /// True or false.
    Flag,
    /// One of these.
    Choice(&'static [&'static str]),
}

impl Kind {
    /// What can be chosen; nothing where text is typed.
    pub fn choices(self) -> &'static [&'static str] {
        match self {
            Self::Flag => &["true", "false"],
            Self::Choice(choices) => choices,
            Self::Text | Self::Number | Self::Texts => &[],
        }
    }
}

const fn field(label: &'static str, path: &'static [&'static str], kind: Kind) -> Field {
    Field { label, path, kind }
}

/// The form of the article: the application, and the certificate that it asks for.
const APPLICATION: &[Field] = &[
    field("Name", &["name"], Kind::Text),
    field("Description", &["description"], Kind::Text),
    field("Input image", &["input_image_name"], Kind::Text),
    field("Output image", &["output_image_name"], Kind::Text),
    field("ISVPRODID", &["isvprodid"], Kind::Number),
    field("ISVSVN", &["isvsvn"], Kind::Number),
    field("Memory in MB", &["mem_size"], Kind::Number),
    field("Threads", &["threads"], Kind::Number),
    field("Allowed domains", &["allowed_domains"], Kind::Texts),
    field("Certificate for", &["advanced_settings", "certificate", "subject"], Kind::Text),
    field("Issuer", &["advanced_settings", "certificate", "issuer"], Kind::Text),
    field("Key type", &["advanced_settings", "certificate", "keyType"], Kind::Text),
    field("Key size in bits", &["advanced_settings", "certificate", "keyParam", "size"], Kind::Number),
    field("Key path", &["advanced_settings", "certificate", "keyPath"], Kind::Text),
    field("Certificate path", &["advanced_settings", "certificate", "certPath"], Kind::Text),
    field("Writable folders", &["advanced_settings", "rw_dirs"], Kind::Texts),
    field("Arguments by the operator", &["advanced_settings", "allowCmdlineArgs"], Kind::Flag),
];

/// The image: what is asked to be allow-listed.
const BUILD: &[Field] = &[
    field("Application", &["app_name"], Kind::Text),
    field("Image", &["docker_info", "docker_image_name"], Kind::Text),
    field("Tag", &["docker_info", "docker_version"], Kind::Text),
    field("MRENCLAVE", &["mrenclave"], Kind::Text),
    field("MRSIGNER", &["mrsigner"], Kind::Text),
    field("ISVPRODID", &["isvprodid"], Kind::Number),
    field("ISVSVN", &["isvsvn"], Kind::Number),
    field("Memory in MB", &["mem_size"], Kind::Number),
    field("Threads", &["threads"], Kind::Number),
];

/// Prerequisites and the deployment of a node.
const ENROLMENT: &[Field] = &[
    field("Registry (private, public)", &["prerequisites", "registry"], Kind::Text),
    field("Account of the manager", &["prerequisites", "manager_account"], Kind::Text),
    field("Subscription (pay-as-you-go, free-trial)", &["prerequisites", "subscription"], Kind::Text),
    field("Quota of cores", &["prerequisites", "core_quota"], Kind::Number),
    field("Region", &["enrolment", "region"], Kind::Text),
    field("Node name", &["enrolment", "node_name"], Kind::Text),
    field("Access (ssh-key, password)", &["enrolment", "authentication"], Kind::Text),
    field("VM size", &["enrolment", "vm_size"], Kind::Text),
    field("Disk in GB", &["enrolment", "os_disk_gb"], Kind::Number),
    field("Join token, as a reference", &["enrolment", "join_token"], Kind::Text),
    field("Public address", &["enrolment", "public_address"], Kind::Flag),
    field("Port of the node agent", &["enrolment", "node_agent_port"], Kind::Number),
];

/// An approval task: what waits, and who gave it.
const TASK: &[Field] = &[
    field("Task", &["task_type"], Kind::Text),
    field("Status", &["status", "status"], Kind::Text),
    field("About", &["entity_id"], Kind::Text),
    field("Requested by", &["requester_info", "user_id"], Kind::Text),
    field("Approver", &["approvals", FIRST, "user_id"], Kind::Text),
    field("Approval (APPROVED, DENIED)", &["approvals", FIRST, "status"], Kind::Text),
    field("Domains added", &["domains_added"], Kind::Texts),
    field("Domains removed", &["domains_removed"], Kind::Texts),
];

/// An enrolled node, and the first application that runs there.
const NODE: &[Field] = &[
    field("Node name", &["name"], Kind::Text),
    field("Account", &["acct_id"], Kind::Text),
    field("Address", &["ipaddress"], Kind::Text),
    field("Status", &["status", "status"], Kind::Text),
    field("SGX version", &["sgx_info", "version"], Kind::Text),
    field("Attestation", &["attestation_type"], Kind::Text),
    field("Application", &["apps", FIRST, "build_info", "app_name"], Kind::Text),
    field("Application's status", &["apps", FIRST, "status", "status"], Kind::Text),
    field("Runs in debug mode", &["apps", FIRST, "is_debug"], Kind::Flag),
    field("MRENCLAVE that runs", &["apps", FIRST, "build_info", "enclave_info", "mrenclave"], Kind::Text),
];

/// The command that runs the image.
const RUN: &[Field] = &[
    field("Image", &[command::IMAGE], Kind::Text),
    field("Name", &["name"], Kind::Text),
    field("Devices", &["device"], Kind::Texts),
    field("AESM socket", &[command::AESM], Kind::Choice(&["/var/run/aesmd", "/var/run/aesmd/aesm.socket"])),
    field("Node agent’s address", &[command::VARIABLE, "NODE_AGENT_BASE_URL"], Kind::Text),
    field("Configuration id", &[command::VARIABLE, "APPCONFIG_ID"], Kind::Text),
    field("Environment", &[command::VARIABLE], Kind::Texts),
    field("Volumes", &["volume"], Kind::Texts),
    field("Ports", &["publish"], Kind::Texts),
    field("Network", &["network"], Kind::Text),
    field("Restart", &["restart"], Kind::Text),
    field("In the background", &["detach"], Kind::Flag),
    field("Privileged", &["privileged"], Kind::Flag),
];

/// The step of a path that takes a list's first item.
const FIRST: &str = "0";

/// The fields of a form of artefact; none where it is shown as text alone.
pub fn fields(form: Form) -> &'static [Field] {
    match form {
        Form::Application => APPLICATION,
        Form::Build => BUILD,
        Form::Enrolment => ENROLMENT,
        Form::Tasks => TASK,
        Form::Nodes => NODE,
        Form::RunCommand => RUN,
        _ => &[],
    }
}

/// The object that a form shows: the document, or of a list, also one in `items`, the first.
fn read(text: &str) -> Option<Node> {
    let mut root = json::read(&Document::new("", text)).ok()?.root;
    if let Value::Object(members) = &mut root.value
        && let Some(list) = members.iter().position(|member| member.key == "items")
    {
        root = members.swap_remove(list).value;
    }
    if let Value::Array(items) = &mut root.value
        && !items.is_empty()
    {
        root = items.swap_remove(0);
    }
    matches!(root.value, Value::Object(_)).then_some(root)
}

/// What a step of a path leads to.
fn step<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    match &node.value {
        Value::Array(items) if key == FIRST => items.first(),
        _ => node.get(key),
    }
}

/// Whether a text can be shown as a form: it is a JSON object, or a list that has one; or a command that can be read.
pub fn is_form(form: Form, text: &str) -> bool {
    if form == Form::RunCommand { Command::read(text).is_some() } else { read(text).is_some() }
}

/// What stands in the text for a field; empty where nothing does.
pub fn value(form: Form, text: &str, field: &Field) -> String {
    if form == Form::RunCommand {
        return Command::read(text).map(|command| command::value(&command, field)).unwrap_or_default();
    }
    let root = read(text);
    let node = root.as_ref().and_then(|root| field.path.iter().try_fold(root, |node, key| step(node, key)));
    node.map(shown).unwrap_or_default()
}

fn shown(node: &Node) -> String {
    match &node.value {
        Value::Text(text) => text.clone(),
        Value::Number(number) => number.clone(),
        Value::Bool(flag) => flag.to_string(),
        Value::Array(items) => items.iter().map(shown).collect::<Vec<_>>().join(", "),
        Value::Null | Value::Object(_) => String::new(),
    }
}

/// The text with a value in a field: replaced where it stands, added where it doesn't, removed where it is empty.
/// Nothing where the text is no JSON object, and no command.
pub fn set(form: Form, text: &str, field: &Field, value: &str) -> Option<String> {
    if form == Form::RunCommand {
        return command::set(text, &Command::read(text)?, field, value);
    }
    let text = if text.trim().is_empty() { "{}" } else { text };
    let root = read(text)?;
    let mut node = &root;
    for (depth, key) in field.path.iter().enumerate() {
        let Some(next) = step(node, key) else {
            return if value.is_empty() {
                Some(text.to_owned())
            } else {
                add(text, node, &field.path[depth..], &json_of(field.kind, value))
            };
        };
        if depth + 1 == field.path.len() && value.is_empty() {
            return remove(text, node, key);
        }
        node = next;
    }
    splice(text, node.range(), &json_of(field.kind, value))
}

/// Whether two values of a field are written alike: `a.de,` as `a.de`. What is being typed may stay as it is then.
pub fn is_same(form: Form, field: &Field, one: &str, other: &str) -> bool {
    if form == Form::RunCommand {
        return one == other || (field.kind == Kind::Texts && command::items(one) == command::items(other));
    }
    json_of(field.kind, one) == json_of(field.kind, other)
}

fn splice(text: &str, range: std::ops::Range<usize>, with: &str) -> Option<String> {
    Some([text.get(..range.start)?, with, text.get(range.end..)?].concat())
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn json_of(kind: Kind, value: &str) -> String {
    match kind {
        Kind::Number if value.trim().parse::<i64>().is_ok() => value.trim().to_owned(),
        Kind::Flag if matches!(value, "true" | "false") => value.to_owned(),
        Kind::Texts => {
            let items = value.split(',').map(str::trim).filter(|item| !item.is_empty()).map(quoted);
            format!("[{}]", items.collect::<Vec<_>>().join(", "))
        }
        _ => quoted(value),
    }
}

/// Adds a member, with the objects around it, behind the last one of `parent`.
fn add(text: &str, parent: &Node, path: &[&str], value: &str) -> Option<String> {
    let (first, rest) = path.split_first()?;
    let inner = rest.iter().rev().fold(value.to_owned(), |inner, key| match *key {
        FIRST => format!("[ {inner} ]"),
        key => format!("{{ {}: {inner} }}", quoted(key)),
    });
    if *first == FIRST && matches!(parent.value, Value::Array(_)) {
        // A list without items: what is added is its only one.
        return splice(text, parent.range(), &format!("[ {inner} ]"));
    }
    let member = format!("{}: {inner}", quoted(first));
    let Value::Object(members) = &parent.value else { return None };
    let Some(last) = members.last() else {
        return splice(text, parent.range(), &format!("{{\n  {member}\n}}"));
    };
    // As far in as its neighbour, if that has a line of its own.
    let before = text.get(..last.key_range().start)?;
    let line = before.rsplit('\n').next().unwrap_or_default();
    let room = if line.trim().is_empty() && before.contains('\n') { format!("\n{line}") } else { " ".to_owned() };
    let end = last.value.range().end;
    splice(text, end..end, &format!(",{room}{member}"))
}

/// Removes a member, and the comma that goes with it.
fn remove(text: &str, parent: &Node, key: &str) -> Option<String> {
    let members = parent.members();
    let index = members.iter().position(|member| member.key == key)?;
    let member = members.get(index)?;
    let range = match (index.checked_sub(1).and_then(|before| members.get(before)), members.get(index + 1)) {
        (Some(before), _) => before.value.range().end..member.value.range().end,
        (None, Some(after)) => member.key_range().start..after.key_range().start,
        (None, None) => member.key_range().start..member.value.range().end,
    };
    splice(text, range, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    const APP: Form = Form::Application;

    const TEXT: &str = "{\n  \"name\": \"a\",\n  \"mem_size\": 1024,\n  \"allowed_domains\": [ \"a.de\" ]\n}\n";

    fn of(label: &str) -> &'static Field {
        APPLICATION.iter().find(|field| field.label == label).expect("a field")
    }

    #[test]
    fn fields_show_what_stands_there() {
        assert_eq!(value(APP, TEXT, of("Name")), "a");
        assert_eq!(value(APP, TEXT, of("Memory in MB")), "1024");
        assert_eq!(value(APP, TEXT, of("Allowed domains")), "a.de");
        assert_eq!(value(APP, TEXT, of("Key path")), "");
        assert_eq!(value(APP, "{ \"name\": ", of("Name")), "");
    }

    #[test]
    fn what_is_typed_stands_there() {
        for (label, typed) in [
            ("Name", "a \"b\""),
            ("Memory in MB", "2048"),
            ("Memory in MB", "2 GB"),
            ("Allowed domains", "a.de, b.de"),
            ("Key path", "/run/key.pem"),
            ("Arguments by the operator", "false"),
            ("Key size in bits", "3072"),
        ] {
            for text in [TEXT, "", "{}", "{ \"advanced_settings\": { \"certificate\": {} } }"] {
                let changed = set(APP, text, of(label), typed).expect("a form");
                assert_eq!(value(APP, &changed, of(label)), typed, "{changed}");
                assert!(is_form(APP, &changed), "{changed}");
                let emptied = set(APP, &changed, of(label), "").expect("a form");
                assert_eq!(value(APP, &emptied, of(label)), "", "{emptied}");
                assert!(is_form(APP, &emptied), "{emptied}");
            }
        }
    }

    #[test]
    fn tasks_and_nodes_are_forms_of_their_first() {
        for (form, path, typed) in [
            (Form::Tasks, "status.status", "SUCCESS"),
            (Form::Tasks, "approvals.0.user_id", "b2"),
            (Form::Nodes, "apps.0.build_info.enclave_info.mrenclave", "ab"),
            (Form::Nodes, "apps.0.is_debug", "true"),
        ] {
            let field = fields(form).iter().find(|field| field.path.join(".") == path).expect("a field");
            for text in
                ["{}", "{ \"approvals\": [], \"apps\": [] }", "[ {}, { \"a\": 1 } ]", "{ \"items\": [ { \"a\": 1 } ] }"]
            {
                let changed = set(form, text, field, typed).expect("a form");
                assert_eq!(value(form, &changed, field), typed, "{changed}");
                assert!(is_form(APP, &changed), "{changed}");
                let emptied = set(form, &changed, field, "").expect("a form");
                assert_eq!(value(form, &emptied, field), "", "{emptied}");
            }
        }
        let field = &TASK[1];
        let second = "[ { \"status\": { \"status\": \"DENIED\" } }, { \"status\": { \"status\": \"FAILED\" } } ]";
        assert_eq!(value(Form::Tasks, second, field), "DENIED");
        assert_eq!(
            set(Form::Tasks, second, field, "SUCCESS").as_deref(),
            Some(second.replace("DENIED", "SUCCESS").as_str())
        );
        assert!(!is_form(Form::Tasks, "[]") && !is_form(Form::Tasks, "[ 1 ]"));
    }

    #[test]
    fn the_rest_stays_as_it_was() {
        let changed = set(APP, TEXT, of("Memory in MB"), "512").expect("a form");
        assert_eq!(changed, TEXT.replace("1024", "512"));
        let added = set(APP, TEXT, of("Threads"), "8").expect("a form");
        assert_eq!(added, TEXT.replace(" ]\n}", " ],\n  \"threads\": 8\n}"));
        let removed = set(APP, TEXT, of("Name"), "").expect("a form");
        assert_eq!(removed, TEXT.replace("\"name\": \"a\",\n  ", ""));
        assert_eq!(set(APP, "{ \"a\": ", of("Name"), "x"), None);
    }

    #[test]
    fn what_is_being_typed_may_stay() {
        assert!(is_same(APP, of("Allowed domains"), "a.de,", "a.de"));
        assert!(!is_same(APP, of("Allowed domains"), "a.de, b", "a.de"));
        assert!(!is_same(APP, of("Name"), "a ", "a"));
    }

    #[test]
    fn numbers_that_are_none_are_written_as_text() {
        let changed = set(APP, "{}", of("Memory in MB"), "1 GB").expect("a form");
        assert!(changed.contains("\"mem_size\": \"1 GB\""), "{changed}");
    }
}
