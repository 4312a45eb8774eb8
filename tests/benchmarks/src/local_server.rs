//! A server on loopback that does as little as it can.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

/// Starts a server that answers every request with an entitlement, and keeps its connections open.
pub fn start() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let body = include_str!("../../bodies/get-app-entitlement.json");
    let answer = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    thread::spawn(move || {
        for connection in listener.incoming() {
            let answer = answer.clone();
            thread::spawn(move || answer_all(connection.unwrap(), answer.as_bytes()));
        }
    });
    url
}

/// Answers until the client is gone. Requests have no bodies, and come one by one.
fn answer_all(mut connection: TcpStream, answer: &[u8]) {
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    connection.set_nodelay(true).unwrap();
    while let Ok(count @ 1..) = connection.read(&mut buffer) {
        request.extend_from_slice(&buffer[..count]);
        if request.ends_with(b"\r\n\r\n") {
            request.clear();
            if connection.write_all(answer).is_err() {
                return;
            }
        }
    }
}
