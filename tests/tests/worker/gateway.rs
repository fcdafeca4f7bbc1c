//! nginx before an application, with the worker as judge: `deploy/nginx.conf`, started for real.

use std::fs;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use admit_tests::generator::today::Today;
use admit_tests::worker::server::serve;
use admit_tests::worker::{NGINX, Worker};
use serde_json::{Value, json};

use super::Part;
use super::peers::put;
use super::policies::policy;

pub(crate) const PARTS: &[Part] = &[("gateway: nginx with the configuration that is shipped", nginx)];

/// A client with a certificate: Node, which the tests need anyway. Prints the status and the body.
const CLIENT: &str = "
const asked = JSON.parse(process.argv[1]);
const read = end => require('node:fs').readFileSync(asked.key + end);
const client = asked.key ? { cert: read('.pem'), key: read('.key') } : {};
const request = require('node:https').request({
  host: '127.0.0.1', port: asked.port, path: '/any/path?x=1', method: asked.body ? 'POST' : 'GET',
  headers: asked.headers, rejectUnauthorized: false, timeout: 20000, ...client,
}, response => {
  let body = '';
  response.on('data', piece => body += piece).on('end', () => process.stdout.write(`${response.statusCode}\\n${body}`));
});
request.on('error', () => process.exit(1)).end(asked.body);";

/// Ends nginx.
struct Running(Child, std::path::PathBuf);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = Command::new("sh").args(["-c", "kill -TERM \"$0\"", &self.0.id().to_string()]).status();
        let _ = self.0.wait();
        let _ = fs::remove_dir_all(&self.1);
    }
}

fn nginx(worker: &Worker) {
    let Some(program) = std::env::var_os("ADMIT_NGINX") else {
        println!("skipped: set ADMIT_NGINX, or run `cargo xtask test`");
        return;
    };
    let (listed, stranger, server) =
        (Today::new("admin.client.test", 1), Today::new("stranger.test", 1), Today::new("app.test", 1));
    let mut body = policy(&listed.certificate.thumbprint());
    body["guard"] = json!({ "peer": { "sources": ["nginx"], "proxy": "nginx" } });
    put(worker, "nginx", &body);
    let application = serve(|request| {
        let granted = format!("{} {}", request.header("admit-role"), request.header("admit-rule"));
        (200, Vec::new(), format!("{} {} as {granted}", request.method, request.target))
    });

    let folder = std::env::temp_dir().join(format!("admit-nginx-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a temporary folder");
    let file = |name: &str, text: &str| {
        let path = folder.join(name);
        fs::write(&path, text).expect("a file");
        path.display().to_string()
    };
    for (name, one) in [("listed", &listed), ("stranger", &stranger), ("server", &server)] {
        file(&format!("{name}.pem"), &one.certificate.pem());
        file(&format!("{name}.key"), &one.key);
    }
    let port = std::net::TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a port").port();
    let shipped = fs::read_to_string(admit_tests::repository().join("deploy/nginx.conf")).expect("the configuration");
    let shown = folder.display();
    // The comment names what is replaced; only the directives count.
    let mut server_block: String =
        shipped.lines().filter(|line| !line.trim_start().starts_with('#')).map(|line| format!("{line}\n")).collect();
    for (from, to) in [
        ("ADMIT/v1", format!("http://{}/v1", worker.address)),
        ("peer/POLICY", "peer/nginx".to_string()),
        ("\"SECRET\"", format!("\"{NGINX}\"")),
        ("proxy_pass APPLICATION", format!("proxy_pass http://{application}")),
        ("listen 443 ssl", format!("listen 127.0.0.1:{port} ssl")),
        ("/etc/nginx/server", format!("{shown}/server")),
    ] {
        assert!(server_block.contains(from), "the configuration has no {from}");
        server_block = server_block.replace(from, &to);
    }
    let main = format!(
        "daemon off; pid {shown}/pid; error_log {shown}/error.log; events {{}}\nhttp {{ access_log off;\n\
         client_body_temp_path {shown}/body; proxy_temp_path {shown}/proxy; fastcgi_temp_path {shown}/fastcgi;\n\
         uwsgi_temp_path {shown}/uwsgi; scgi_temp_path {shown}/scgi;\n{server_block} }}"
    );
    let main = file("nginx.conf", &main);
    let mut command = Command::new(program);
    command.args(["-c", &main, "-e", &format!("{shown}/error.log")]).stdin(Stdio::null());
    let child = command.spawn().expect("nginx starts");
    let _running = Running(child, folder.clone());

    let ask = |certificate: Option<&str>, body: &str, headers: &[(&str, &str)]| {
        let key = certificate.map(|name| folder.join(name).display().to_string());
        let headers: serde_json::Map<String, Value> =
            headers.iter().map(|(name, value)| (name.to_string(), json!(value))).collect();
        let asked = json!({ "port": port, "key": key, "body": body, "headers": headers });
        let output = Command::new("node").args(["-e", CLIENT, "--", &asked.to_string()]).output().expect("node runs");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let (status, body) = text.split_once('\n').unwrap_or(("000", ""));
        (status.to_string(), body.to_string())
    };
    let start = Instant::now();
    while ask(None, "", &[]).0 == "000" {
        let log = fs::read_to_string(folder.join("error.log")).unwrap_or_default();
        assert!(start.elapsed() < Duration::from_secs(20), "nginx does not answer: {log}");
        std::thread::sleep(Duration::from_millis(100));
    }
    let good = ("200".to_string(), "GET /any/path?x=1 as admin AdminClientCertThumbprints".to_string());
    assert_eq!(ask(Some("listed"), "", &[]), good);
    let posted = ask(Some("listed"), "a body of the application's", &[]);
    assert_eq!((posted.0.as_str(), posted.1.starts_with("POST /any/path")), ("200", true), "{posted:?}");
    assert_eq!(ask(None, "", &[]).0, "401");
    assert_eq!(ask(Some("stranger"), "", &[]).0, "403");
    // What a client sends under the names of proxies never reaches the worker, nor the application.
    let escaped = super::peers::encoded(&listed.certificate.pem());
    let rfc = format!(":{}:", listed.base64());
    let forged = [
        ("x-ssl-client-cert", escaped.as_str()),
        ("x-ssl-client-verify", "SUCCESS"),
        ("admit-proxy-secret", NGINX),
        ("admit-role", "admin"),
        ("client-cert", &rfc),
    ];
    assert_eq!(ask(None, "", &forged).0, "401");
    assert_eq!(ask(Some("stranger"), "", &forged).0, "403");
    assert_eq!(ask(Some("listed"), "", &forged), good);
}
