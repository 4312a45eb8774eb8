//! Prism: a server that validates requests and generates responses by a document.

use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// The npm package that is installed.
const PACKAGE: &str = "@stoplight/prism-cli@5.14.2";

/// The maximum time until the server has read a document, on a busy machine.
const START_TIMEOUT: Duration = Duration::from_secs(600);

/// The installed program.
pub(super) struct Prism {
    path: PathBuf,
}

/// A running server, which is stopped when it is dropped.
pub(super) struct Server {
    process: Child,
    port: u16,
}

impl Prism {
    /// Installs Prism below `folder` if it is not installed yet.
    pub(super) fn installed(folder: &Path) -> Result<Self, String> {
        let folder = folder.join("prism");
        let path = folder.join("node_modules/.bin/prism");
        if path.exists() {
            return Ok(Self { path });
        }
        fs::create_dir_all(&folder)
            .map_err(|error| format!("cannot create `{}`: {error}", folder.display()))?;
        let output = Command::new("npm")
            .args(["install", "--no-audit", "--no-fund", "--loglevel", "error", "--prefix"])
            .arg(&folder)
            .arg(PACKAGE)
            .output()
            .map_err(|error| format!("cannot run npm to install the server: {error}"))?;
        if output.status.success() && path.exists() {
            return Ok(Self { path });
        }
        Err(format!("npm failed to install {PACKAGE}\n{}", String::from_utf8_lossy(&output.stderr).trim()))
    }

    /// Starts the server, and waits until it accepts connections.
    pub(super) fn serve(&self, spec: &Path, log: &Path) -> Result<Server, String> {
        let port = free_port().map_err(|error| format!("cannot find a free port: {error}"))?;
        let output =
            File::create(log).map_err(|error| format!("cannot write `{}`: {error}", log.display()))?;
        let process = Command::new(&self.path)
            .args(["mock", "--host", "127.0.0.1", "--port", &port.to_string()])
            .arg(spec)
            .stdin(Stdio::null())
            .stdout(output)
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("cannot start the server: {error}"))?;
        let mut server = Server { process, port };
        let start = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            let ended = server.process.try_wait().ok().flatten();
            if ended.is_some() || start.elapsed() > START_TIMEOUT {
                return Err(format!(
                    "the server failed to start or did not start in time; see `{}`",
                    log.display()
                ));
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(server)
    }
}

impl Server {
    /// Returns the URL of the server.
    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The process can have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Returns a free port. If another program takes it before the server does, the server ends with an error.
fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}
