//! A minimal server on loopback.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

/// Starts a server that responds to every request with an entitlement and keeps connections open. Returns its base URL.
pub fn start() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let body = include_str!("../../bodies/get-app-entitlement.json");
    let response = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    thread::spawn(move || {
        for connection in listener.incoming() {
            let response = response.clone();
            thread::spawn(move || respond_to_all(connection.unwrap(), || response.as_bytes()));
        }
    });
    url
}

/// Responds until the client closes the connection. Requests have no bodies and are not pipelined.
pub(crate) fn respond_to_all<'a>(mut connection: TcpStream, response: impl Fn() -> &'a [u8]) {
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    connection.set_nodelay(true).unwrap();
    while let Ok(count @ 1..) = connection.read(&mut buffer) {
        request.extend_from_slice(&buffer[..count]);
        if request.ends_with(b"\r\n\r\n") {
            request.clear();
            if connection.write_all(response()).is_err() {
                return;
            }
        }
    }
}
