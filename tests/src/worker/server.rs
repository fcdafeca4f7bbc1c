//! A small HTTP server for what the worker talks to: a thread for each connection, one request for each.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

/// A request as it came.
#[derive(Debug, Clone)]
pub struct Request {
    /// The method.
    pub method: String,
    /// The path with its query.
    pub target: String,
    /// The headers: names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

impl Request {
    /// A header, or the empty string.
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }
}

/// What is answered: the status, headers, and the body.
pub type Response = (u16, Vec<(String, String)>, String);

/// Serves on a port of its own until the process ends; gives its address: `127.0.0.1:40123`.
///
/// # Panics
///
/// If no port is free.
pub fn serve(answer: impl Fn(&Request) -> Response + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("its address").to_string();
    let answer = Arc::new(answer);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let answer = answer.clone();
            std::thread::spawn(move || {
                let mut stream = BufReader::new(stream);
                if let Some(request) = read(&mut stream) {
                    let (status, headers, body) = answer(&request);
                    let mut text = format!("HTTP/1.1 {status} Status\r\nconnection: close\r\n");
                    if status != 204 && status != 304 {
                        text.push_str(&format!("content-length: {}\r\n", body.len()));
                    }
                    for (name, value) in headers {
                        text.push_str(&format!("{name}: {value}\r\n"));
                    }
                    // Whoever has gone away needs no answer.
                    let _ = stream.get_mut().write_all(format!("{text}\r\n{body}").as_bytes());
                }
            });
        }
    });
    address
}

fn read(stream: &mut BufReader<TcpStream>) -> Option<Request> {
    let mut line = String::new();
    stream.read_line(&mut line).ok()?;
    let mut words = line.split(' ');
    let (method, target) = (words.next()?.to_string(), words.next()?.to_string());
    let mut headers = Vec::new();
    loop {
        line.clear();
        stream.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.push((name.to_ascii_lowercase(), value.trim().to_string()));
    }
    let mut request = Request { method, target, headers, body: String::new() };
    let mut body = Vec::new();
    if request.header("transfer-encoding").eq_ignore_ascii_case("chunked") {
        loop {
            line.clear();
            stream.read_line(&mut line).ok()?;
            let length = usize::from_str_radix(line.trim(), 16).ok()?;
            let mut chunk = vec![0; length + 2];
            stream.read_exact(&mut chunk).ok()?;
            if length == 0 {
                break;
            }
            body.extend_from_slice(&chunk[..length]);
        }
    } else {
        body.resize(request.header("content-length").parse().unwrap_or(0), 0);
        stream.read_exact(&mut body).ok()?;
    }
    request.body = String::from_utf8_lossy(&body).into_owned();
    Some(request)
}
