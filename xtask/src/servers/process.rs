//! A running server: started on a free port, asked for its document, and always stopped.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::catalog::{KnownServer, Values};
use super::python::Environment;

/// The maximum time until a server responds with its document, on a busy machine.
const START_TIMEOUT: Duration = Duration::from_secs(300);

/// The maximum time until a server responds to one request for its document.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(60);

/// The maximum time until a server is stopped. The supervisor kills it after 10 seconds.
const STOP_TIMEOUT: Duration = Duration::from_secs(20);

/// The program between this command and the server, which stops the server when this command ends.
const SUPERVISOR: &str = include_str!("supervise.py");

/// A running server, which is stopped when it is dropped.
pub(super) struct RunningServer {
    supervisor: Child,
    port: u16,
}

impl RunningServer {
    /// Starts a server without data, and waits until it responds with its document, which is returned.
    pub(super) fn start(
        server: &KnownServer,
        environment: &Environment,
        source: &Path,
        folder: &Path,
    ) -> Result<(Self, String), String> {
        let data = folder.join("data");
        empty(&data).map_err(|error| format!("cannot clear `{}`: {error}", data.display()))?;
        let log = folder.join("server.log");
        let write = || Ok((File::create(&log)?, File::options().append(true).open(&log)?));
        let (output, errors) =
            write().map_err(|error: io::Error| format!("cannot write `{}`: {error}", log.display()))?;
        let port = free_port().map_err(|error| format!("cannot find a free port: {error}"))?;
        let bin = environment.bin();
        let values = Values { bin: &bin, data: &data, source, port };
        let command = |program: &Path| {
            let mut command = Command::new(program);
            command
                .envs(server.environment(&values))
                .env("PYTHONUNBUFFERED", "1")
                .env("NO_PROXY", "127.0.0.1,localhost")
                .current_dir(&data);
            command
        };
        for arguments in server.setup(&values) {
            let [program, arguments @ ..] = arguments.as_slice() else { continue };
            let output = command(Path::new(program)).args(arguments).stdin(Stdio::null()).output();
            let output = output.map_err(|error| format!("cannot run `{program}`: {error}"))?;
            if !output.status.success() {
                let errors = String::from_utf8_lossy(&output.stderr);
                return Err(format!("`{program} {}` failed\n{}", arguments.join(" "), errors.trim()));
            }
        }
        let supervisor = command(&environment.interpreter())
            .args(["-c", SUPERVISOR])
            .args(server.command(&values))
            .stdin(Stdio::piped())
            .stdout(output)
            .stderr(errors)
            .spawn()
            .map_err(|error| format!("cannot start the server: {error}"))?;
        let mut running = Self { supervisor, port };
        let document = running
            .wait_for(server.document)
            .map_err(|problem| format!("{problem}; see `{}`", log.display()))?;
        Ok((running, document))
    }

    /// Returns the URL of the server.
    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    fn wait_for(&mut self, path: &str) -> Result<String, String> {
        let start = Instant::now();
        loop {
            let problem = match get(self.port, path) {
                Ok(body) => return Ok(body),
                Err(problem) => problem,
            };
            if self.supervisor.try_wait().ok().flatten().is_some() {
                return Err("the server ended before it responded".to_owned());
            }
            if start.elapsed() > START_TIMEOUT {
                return Err(format!("the server did not respond in time to GET {path}: {problem}"));
            }
            thread::sleep(Duration::from_millis(200));
        }
    }
}

impl Drop for RunningServer {
    fn drop(&mut self) {
        // The supervisor stops the server when its standard input is closed.
        drop(self.supervisor.stdin.take());
        let start = Instant::now();
        while start.elapsed() < STOP_TIMEOUT {
            match self.supervisor.try_wait() {
                Ok(None) => thread::sleep(Duration::from_millis(50)),
                Ok(Some(_)) | Err(_) => return,
            }
        }
        let _ = self.supervisor.kill();
        let _ = self.supervisor.wait();
    }
}

/// Makes a folder without content.
fn empty(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    fs::create_dir_all(folder)
}

/// Returns a free port. If another program takes it before the server does, the server ends with an error.
fn free_port() -> io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

/// Sends a GET request with HTTP 1.0, whose responses end with the connection, and returns the body.
fn get(port: u16, path: &str) -> Result<String, String> {
    let exchange = || -> io::Result<Vec<u8>> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let mut stream = TcpStream::connect_timeout(&address, REQUEST_TIMEOUT)?;
        stream.set_read_timeout(Some(REQUEST_TIMEOUT))?;
        // One write, and so one packet: a server may respond and close as soon as it has read the first line.
        let request = format!(
            "GET {path} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\nAccept: application/json\r\nConnection: close\r\n\r\n"
        );
        stream.write_all(request.as_bytes())?;
        let mut response = Vec::new();
        stream.read_to_end(&mut response)?;
        Ok(response)
    };
    let response = exchange().map_err(|error| error.to_string())?;
    let response = String::from_utf8(response).map_err(|_| "the response is not UTF-8".to_owned())?;
    let (head, body) = response.split_once("\r\n\r\n").ok_or("the response has no end of headers")?;
    let status = head.lines().next().unwrap_or_default();
    match status.split(' ').nth(1) {
        Some("200") => Ok(body.to_owned()),
        _ => Err(format!("the response is `{status}`")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Responds once, and returns the result of the request.
    fn response(response: &'static str) -> Result<String, String> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let server = thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("a connection");
            // A connection with unread bytes is reset when it is closed.
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                let mut buffer = [0; 1024];
                let count = stream.read(&mut buffer).expect("a request");
                assert_ne!(count, 0, "the client closed the connection");
                request.extend_from_slice(&buffer[..count]);
            }
            stream.write_all(response.as_bytes()).expect("the response is sent");
        });
        let result = get(port, "/openapi.json");
        server.join().expect("the server ends");
        result
    }

    /// Starts a server and drops it, and returns the document and the port.
    #[cfg(unix)]
    fn start_and_stop(command: &'static [&'static str]) -> Option<Result<(String, u16), String>> {
        let which = Command::new("python3").args(["-c", "import sys; print(sys.executable)"]).output();
        let Some(which) = which.ok().filter(|output| output.status.success()) else {
            eprintln!("skipped: there is no Python");
            return None;
        };
        let folder = tempfile::tempdir().expect("a folder");
        let environment = Environment { folder: folder.path().join("venv") };
        fs::create_dir_all(environment.bin()).expect("a folder");
        let python = String::from_utf8(which.stdout).expect("a path");
        std::os::unix::fs::symlink(python.trim(), environment.interpreter()).expect("a link");
        let server =
            KnownServer { name: "test", setup: &[], command, environment: &[], document: "/", base: "" };
        let started = RunningServer::start(&server, &environment, folder.path(), folder.path());
        Some(started.map(|(server, document)| (document, server.port)))
    }

    #[cfg(unix)]
    #[test]
    fn a_server_runs_until_it_is_dropped() {
        let command = &["{bin}/python", "-m", "http.server", "--bind", "127.0.0.1", "{port}"];
        let Some(result) = start_and_stop(command) else { return };
        let (document, port) = result.expect("the server responds");
        assert!(document.contains("<html"), "{document}");
        assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_server_that_ends_is_an_error() {
        let Some(result) = start_and_stop(&["{bin}/python", "-c", "raise SystemExit(3)"]) else { return };
        assert!(result.is_err_and(|problem| problem.contains("ended before it responded")));
    }

    #[test]
    fn documents_are_read_to_the_end_of_the_connection() {
        assert_eq!(response("HTTP/1.1 200 OK\r\nserver: a\r\n\r\n{}\r\n\r\n"), Ok("{}\r\n\r\n".to_owned()));
        let unavailable = response("HTTP/1.1 503 Service Unavailable\r\n\r\n");
        assert_eq!(unavailable, Err("the response is `HTTP/1.1 503 Service Unavailable`".to_owned()));
        assert!(response("").is_err());
    }
}
