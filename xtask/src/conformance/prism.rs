//! Prism: a server that takes a document, judges requests by it and answers from it.

use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// The version that is installed.
const PACKAGE: &str = "@stoplight/prism-cli@5.14.2";

/// How long it may take to read a document, on a machine that has other things to do.
const START: Duration = Duration::from_secs(600);

/// Prism as a program.
pub(super) struct Prism {
    path: PathBuf,
}

/// A server that runs, until it is dropped.
pub(super) struct Server {
    process: Child,
    port: u16,
}

impl Prism {
    /// Installs it, unless it is there.
    pub(super) fn installed(folder: &Path) -> Result<Self, String> {
        let folder = folder.join("prism");
        let path = folder.join("node_modules/.bin/prism");
        if path.exists() {
            return Ok(Self { path });
        }
        fs::create_dir_all(&folder)
            .map_err(|error| format!("cannot make `{}`: {error}", folder.display()))?;
        let output = Command::new("npm")
            .args(["install", "--no-audit", "--no-fund", "--loglevel", "error", "--prefix"])
            .arg(&folder)
            .arg(PACKAGE)
            .output()
            .map_err(|error| format!("npm does not run, which installs the server: {error}"))?;
        if output.status.success() && path.exists() {
            return Ok(Self { path });
        }
        Err(format!("npm does not install {PACKAGE}\n{}", String::from_utf8_lossy(&output.stderr).trim()))
    }

    /// Starts it, and waits until it takes connections.
    pub(super) fn serve(&self, spec: &Path, log: &Path) -> Result<Server, String> {
        let port = free_port().map_err(|error| format!("there is no free port: {error}"))?;
        let output =
            File::create(log).map_err(|error| format!("cannot write `{}`: {error}", log.display()))?;
        let process = Command::new(&self.path)
            .args(["mock", "--host", "127.0.0.1", "--port", &port.to_string()])
            .arg(spec)
            .stdin(Stdio::null())
            .stdout(output)
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("the server does not run: {error}"))?;
        let mut server = Server { process, port };
        let start = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            let ended = server.process.try_wait().ok().flatten();
            if ended.is_some() || start.elapsed() > START {
                return Err(format!("the server does not take the document; see `{}`", log.display()));
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(server)
    }
}

impl Server {
    /// Where it listens.
    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A port that nobody listens at. Somebody may begin to before the server does, and then it ends and says so.
fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}
