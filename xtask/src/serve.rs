//! `cargo xtask serve`: playground and API at one address, on the runtime that the worker is written for.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::project::Project;
use crate::{build, run, worker};

/// The port that is taken unless the user asks for another or it isn't free.
const PORT: u16 = 8787;

/// The runtime answers after a second; a configuration that it can't run never does.
const READY: Duration = Duration::from_secs(60);

/// How long wrangler may take to end its children before it is killed.
const END: Duration = Duration::from_secs(5);

/// What the user chooses.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Options {
    port: Option<u16>,
    open: bool,
}

impl Options {
    /// Reads `[--port N] [--no-open]`.
    ///
    /// # Errors
    ///
    /// Anything else.
    pub(crate) fn read(arguments: &[String]) -> Result<Self> {
        let mut options = Self { port: None, open: true };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--no-open" => options.open = false,
                "--port" => {
                    let port = arguments.next().context("`--port` needs a number")?;
                    options.port = Some(port.parse().with_context(|| format!("`{port}` is not a port"))?);
                }
                other => bail!("expected `--port N` or `--no-open`, found `{other}`"),
            }
        }
        Ok(options)
    }
}

/// Builds, serves, and returns when the user ends it.
///
/// # Errors
///
/// The build fails, the port is taken, or the runtime ends by itself or doesn't answer.
pub(crate) fn command(project: &Project, options: &Options) -> Result<()> {
    let port = port(options.port)?;
    build::command(project)?;

    let ended = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&ended);
    ctrlc::set_handler(move || flag.store(true, Ordering::SeqCst))?;
    let mut wrangler = wrangler(project, port).spawn().context("wrangler dev")?;
    let result = watch(&mut wrangler, port, options.open, &ended);
    end(&mut wrangler);
    result
}

/// `wrangler dev`, which tells only what is wrong.
fn wrangler(project: &Project, port: u16) -> Command {
    let mut command = project.command("wrangler");
    command.args(["dev", "--ip", "127.0.0.1", "--port", &port.to_string(), "--log-level", "warn"]);
    command.arg("--config").arg(project.wrangler_config());
    command.args(["--show-interactive-dev-session", "false"]);
    command.envs(worker::environment(project)).stdin(Stdio::null());
    command
}

/// Waits for the runtime, says where it is, and then waits for the end.
fn watch(wrangler: &mut Child, port: u16, open: bool, ended: &AtomicBool) -> Result<()> {
    run::say("starting the runtime");
    let address = format!("http://127.0.0.1:{port}/");
    let start = Instant::now();
    let mut is_ready = false;
    while !ended.load(Ordering::SeqCst) {
        if let Some(status) = wrangler.try_wait()? {
            // Ctrl-C reaches wrangler as well, and may reach it first.
            std::thread::sleep(Duration::from_millis(100));
            if ended.load(Ordering::SeqCst) {
                break;
            }
            bail!("wrangler ended by itself ({status})");
        }
        if !is_ready && answers(port) {
            is_ready = true;
            println!("\n  Admit is at {address}\n  The API is at {address}v1/evaluate\n  Ctrl-C ends both.\n");
            if open {
                show(&address);
            }
        }
        if !is_ready && start.elapsed() > READY {
            bail!("no answer from {address}healthz within {} s", READY.as_secs());
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    Ok(())
}

/// Lets wrangler end the runtime; kills it if it takes too long.
fn end(wrangler: &mut Child) {
    // The standard library can only kill, and then wrangler could not end its children.
    let pid = wrangler.id().to_string();
    if matches!(wrangler.try_wait(), Ok(None)) {
        let _ = Command::new("sh").args(["-c", "kill -TERM \"$0\" 2>/dev/null", &pid]).status();
    }
    let start = Instant::now();
    while matches!(wrangler.try_wait(), Ok(None)) {
        if start.elapsed() > END {
            let _ = wrangler.kill();
            let _ = wrangler.wait();
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Whether `GET /healthz` is answered with 200.
fn answers(port: u16) -> bool {
    let ask = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        write!(stream, "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n")?;
        let mut status = [0; 12];
        stream.read_exact(&mut status)?;
        Ok(String::from_utf8_lossy(&status).into_owned())
    };
    ask().is_ok_and(|status| status == "HTTP/1.1 200")
}

/// A port that is free now.
fn port(wanted: Option<u16>) -> Result<u16> {
    let free = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).and_then(|listener| listener.local_addr());
    if let Some(port) = wanted {
        return Ok(free(port).with_context(|| format!("port {port}"))?.port());
    }
    let address = free(PORT).or_else(|_| {
        run::say(&format!("port {PORT} is taken: using another"));
        free(0)
    })?;
    Ok(address.port())
}

/// Opens the address in the user's browser, where there is one. The address is printed anyway.
fn show(address: &str) {
    let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let mut command = Command::new(opener);
    command.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let has_display = ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some());
    if has_display || cfg!(target_os = "macos") {
        let _ = command.spawn();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(arguments: &[&str]) -> Result<Options> {
        Options::read(&arguments.iter().map(ToString::to_string).collect::<Vec<_>>())
    }

    #[test]
    fn reads_options() -> Result<()> {
        assert_eq!(read(&[])?, Options { port: None, open: true });
        assert_eq!(read(&["--no-open", "--port", "9000"])?, Options { port: Some(9000), open: false });
        for bad in [&["--port"][..], &["--port", "x"], &["--port", "70000"], &["9000"]] {
            assert!(read(bad).is_err(), "{bad:?}");
        }
        Ok(())
    }

    #[test]
    fn a_taken_port_is_an_error_only_if_asked_for() -> Result<()> {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let number = taken.local_addr()?.port();
        assert!(port(Some(number)).is_err());
        assert_ne!(port(None)?, number);
        Ok(())
    }
}
