//! Tests of a generated client: the bytes of its requests, and the values of decoded responses.
//!
//! A case has the responses of the server in order, a call, its expected outcome, and texts that each request contains.
//! `tests/all/wire.rs` compiles this program with the client of `api.yaml`, and runs it.

mod custom_types;
mod media;
mod pages;
mod requests;
mod responses;
mod setters;

use std::future::Future;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::pin::Pin;
use std::thread;

use wire_client::{Client, ClientBuilder, Error};

/// The outcome of a call as text.
type CallOutcome = Pin<Box<dyn Future<Output = Result<String, Error>>>>;

struct Case {
    name: &'static str,
    /// The responses of the server: the head with `|` for line breaks, `||`, and the body.
    responses: &'static [&'static str],
    credentials: fn(ClientBuilder) -> ClientBuilder,
    call: fn(Client) -> CallOutcome,
    outcome: &'static str,
    /// The texts that each request contains, or with a leading `!`, must not contain.
    requests: &'static [&'static [&'static str]],
}

fn main() {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().expect("the runtime starts");
    let cases: Vec<&'static Case> =
        [custom_types::CASES, responses::CASES, requests::CASES, media::CASES, pages::CASES, setters::CASES]
            .into_iter()
            .flatten()
            .collect();
    let mut wrong = Vec::new();
    for case in cases.iter().copied() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let url = format!("http://{}", listener.local_addr().expect("the listener has an address"));
        let server =
            thread::spawn(move || case.responses.iter().map(|response| serve(&listener, response)).collect());
        let client =
            (case.credentials)(Client::builder().base_url(url)).build().expect("the settings are valid");
        let outcome = runtime.block_on((case.call)(client)).unwrap_or_else(|error| format!("error: {error}"));
        if outcome != case.outcome {
            wrong.push(format!("{}: got {outcome:?} instead of {:?}", case.name, case.outcome));
            continue;
        }
        let requests: Vec<String> = server.join().expect("the server does not panic");
        for (request, texts) in requests.iter().zip(case.requests) {
            let is_wrong = |text: &&&str| match text.strip_prefix('!') {
                Some(text) => request.contains(text),
                None => !request.contains(**text),
            };
            let missing = texts.iter().filter(is_wrong);
            wrong.extend(missing.map(|text| format!("{}: {text:?} does not match\n{request}", case.name)));
        }
    }
    for problem in &wrong {
        eprintln!("{problem}\n");
    }
    assert!(wrong.is_empty(), "{} problems in {} cases", wrong.len(), cases.len());
}

/// Accepts a connection, reads a request, and sends the response.
fn serve(listener: &TcpListener, response: &str) -> String {
    let (mut stream, _) = listener.accept().expect("the client connects");
    let request = read(&mut stream);
    let (head, body) = response.split_once("||").expect("the head ends with `||`");
    let body: Vec<u8> = match head.contains("iso-8859-1") {
        true => body.chars().filter_map(|c| u8::try_from(c).ok()).collect(),
        false => body.into(),
    };
    let length = match head.contains("transfer-encoding") {
        true => String::new(),
        false => format!("content-length: {}\r\n", body.len()),
    };
    let head = head.replace('|', "\r\n");
    write!(stream, "HTTP/1.1 {head}\r\nconnection: close\r\n{length}\r\n")
        .and_then(|()| stream.write_all(&body))
        .expect("the client reads the response");
    request
}

/// Reads a request up to its content length or its last chunk.
fn read(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
            let is_whole = match head.contains("transfer-encoding") {
                true => body.ends_with("0\r\n\r\n"),
                false => body.len() >= length.unwrap_or(0),
            };
            if is_whole {
                return text;
            }
        }
        match stream.read(&mut buffer).expect("the client sends a request") {
            0 => return text,
            count => bytes.extend(&buffer[..count]),
        }
    }
}
