//! HTTP/1.1 as the tests need it: headers twice, bodies cut off, sent slowly or in pieces, connections kept.

use std::io::{BufRead as _, BufReader, Error, ErrorKind, Read as _, Result, Write as _};
use std::net::TcpStream;
use std::time::Duration;

/// How long an answer may take.
const WAIT: Duration = Duration::from_secs(30);

/// An answer.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers: names in lower case, in their order.
    pub headers: Vec<(String, String)>,
    /// The body, put together.
    pub body: String,
}

impl Answer {
    /// A header, or the empty string.
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// The content type without parameters.
    pub fn media_type(&self) -> &str {
        self.header("content-type").split(';').next().unwrap_or_default().trim()
    }

    /// The body as JSON.
    ///
    /// # Panics
    ///
    /// If it isn't.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

/// Sends requests to one address over a connection that is kept.
pub struct Sender {
    address: String,
    open: Option<BufReader<TcpStream>>,
}

impl Sender {
    /// To an address: `127.0.0.1:80`.
    pub fn new(address: &str) -> Self {
        Self { address: address.to_string(), open: None }
    }

    /// Sends a request and reads its answer.
    ///
    /// # Errors
    ///
    /// Those of the connection.
    pub fn send(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Result<Answer> {
        let kept = self.open.is_some();
        match self.once(method, path, headers, body) {
            // The other side may have closed a connection that was kept.
            Err(_) if kept => {
                self.open = None;
                self.once(method, path, headers, body)
            }
            answer => answer,
        }
    }

    fn once(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Result<Answer> {
        let mut head = format!("{method} {path} HTTP/1.1\r\nhost: {}\r\n", self.address);
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        if !body.is_empty() || ["POST", "PUT"].contains(&method) {
            head.push_str(&format!("content-length: {}\r\n", body.len()));
        }
        head.push_str("\r\n");
        let mut stream = match self.open.take() {
            Some(stream) => stream,
            None => BufReader::new(connect(&self.address)?),
        };
        stream.get_mut().write_all(&[head.as_bytes(), body].concat())?;
        let (answer, keep) = read(&mut stream, method == "HEAD")?;
        self.open = keep.then_some(stream);
        Ok(answer)
    }
}

/// Sends pieces as they are, with a pause before each but the first, then reads an answer. With `cut` the connection is
/// closed for writing afterwards.
///
/// # Errors
///
/// Those of the connection; one that is closed without an answer.
pub fn raw(address: &str, pieces: &[&[u8]], pause: Duration, cut: bool) -> Result<Answer> {
    let mut stream = BufReader::new(connect(address)?);
    for (count, piece) in pieces.iter().enumerate() {
        if count > 0 {
            std::thread::sleep(pause);
        }
        stream.get_mut().write_all(piece)?;
    }
    if cut {
        stream.get_mut().shutdown(std::net::Shutdown::Write)?;
    }
    read(&mut stream, false).map(|(answer, _)| answer)
}

fn connect(address: &str) -> Result<TcpStream> {
    let stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(WAIT))?;
    Ok(stream)
}

/// Reads an answer, and says whether the connection can be kept.
fn read(stream: &mut BufReader<TcpStream>, head_only: bool) -> Result<(Answer, bool)> {
    let malformed = |what: &str| Error::new(ErrorKind::InvalidData, format!("no HTTP: {what}"));
    let mut line = String::new();
    if stream.read_line(&mut line)? == 0 {
        return Err(Error::new(ErrorKind::UnexpectedEof, "closed without an answer"));
    }
    let status = line.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or_else(|| malformed(&line))?;
    let mut headers: Vec<(String, String)> = Vec::new();
    loop {
        line.clear();
        if stream.read_line(&mut line)? == 0 {
            return Err(malformed("the head ends early"));
        }
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.push((name.to_ascii_lowercase(), value.trim().to_string()));
    }
    let mut answer = Answer { status, headers, body: String::new() };
    let close = answer.header("connection").eq_ignore_ascii_case("close");
    let mut body = Vec::new();
    let mut keep = !close;
    if head_only || status == 204 || status == 304 {
    } else if answer.header("transfer-encoding").eq_ignore_ascii_case("chunked") {
        loop {
            line.clear();
            stream.read_line(&mut line)?;
            let length = usize::from_str_radix(line.trim(), 16).map_err(|_| malformed("the length of a chunk"))?;
            let mut chunk = vec![0; length + 2];
            stream.read_exact(&mut chunk)?;
            if length == 0 {
                break;
            }
            body.extend_from_slice(&chunk[..length]);
        }
    } else if let Ok(length) = answer.header("content-length").parse::<usize>() {
        body.resize(length, 0);
        stream.read_exact(&mut body)?;
    } else {
        stream.read_to_end(&mut body)?;
        keep = false;
    }
    answer.body = String::from_utf8_lossy(&body).into_owned();
    Ok((answer, keep))
}
