//! The core: takes a request to its response. Every call of every operation runs through this one function.

use std::time::Instant;

use http::header::CONTENT_LENGTH;
use http::{HeaderMap, Method, StatusCode, Uri};

use super::auth::Presented;
use super::body::{Body, CollectError};
use super::error::Error;
use super::redirect::{self, Redirect};
use super::request::Request;
use super::response::Response;
use super::transport::{Deadline, TransportError};

/// Sends a request and collects the response, which is a success.
pub(super) async fn exchange(request: Request) -> Result<Response, Error> {
    let limit = request.client.shared.response_limit;
    let (head, body) = open(&request).await?;
    complete(&request, head, body, limit).await
}

/// Sends a request, and gives the head of the response, which is a success, and its body while it arrives.
pub(super) async fn open(request: &Request) -> Result<(Response, Body), Error> {
    let client = &*request.client.shared;
    let method = &request.operation.method;
    let deadline = client.timeout.and_then(|timeout| Instant::now().checked_add(timeout));
    let mut uri = request.uri()?;
    let mut followed = 0;
    let mut is_renewed = false;
    loop {
        let (response, presented) = attempt(request, uri.clone(), deadline).await?;
        let (head, body) = response.into_parts();
        if head.status == StatusCode::UNAUTHORIZED && !is_renewed {
            // Whoever comes next has use for something better too, so this comes first.
            is_renewed = presented.renew();
            if is_renewed && request.body.is_there() {
                continue;
            }
        }
        let redirect = Redirect::of(head.status, &head.headers, method, &uri, presented.is_something());
        let refused = match redirect {
            Some(Redirect::Follow(target)) if followed < redirect::LIMIT => {
                followed += 1;
                uri = target;
                continue;
            }
            Some(Redirect::Follow(target)) => Some(redirect::shown(&target)),
            Some(Redirect::Refuse(target)) => Some(target),
            None => None,
        };
        let head = Response::head(request.operation, head, client.request_id_header.as_ref());
        if refused.is_none() && head.status().is_success() {
            return Ok((head, body));
        }
        let response = complete(request, head, body, client.response_limit).await?;
        return Err(match refused {
            Some(target) => Error::redirect(response, &target),
            None => Error::status_of(response),
        });
    }
}

/// Waits for the rest of a response.
async fn complete(request: &Request, head: Response, body: Body, limit: usize) -> Result<Response, Error> {
    match collect(&request.operation.method, head.headers(), body, limit).await {
        Ok(body) => Ok(head.with_body(body)),
        Err(error) => Err(Error::no_body(head, error)),
    }
}

/// Sends a request once.
async fn attempt(
    request: &Request,
    uri: Uri,
    deadline: Option<Instant>,
) -> Result<(http::Response<Body>, Presented<'_>), Error> {
    let body = request.body.body().ok_or_else(|| Error::sent_already(request.operation))?;
    let mut outgoing = http::Request::new(body);
    *outgoing.method_mut() = request.operation.method.clone();
    *outgoing.uri_mut() = uri;
    *outgoing.headers_mut() = request.headers.clone();
    if request.body.is_empty() && matches!(*outgoing.method(), Method::POST | Method::PUT | Method::PATCH) {
        // Servers may insist on a length where they expect a body.
        outgoing.headers_mut().insert(CONTENT_LENGTH, 0.into());
    }
    outgoing.extensions_mut().insert(request.operation);
    if let Some(deadline) = deadline {
        outgoing.extensions_mut().insert(Deadline(deadline));
    }
    let presented = request.client.shared.credentials.authorize(request.operation, &mut outgoing).await;
    let presented = presented.map_err(|error| Error::credentials(request.operation, error))?;
    let response = if deadline.is_some_and(|deadline| deadline <= Instant::now()) {
        // Credentials or a redirect may have taken all the time there was.
        Err(TransportError::timeout("nothing has been sent"))
    } else {
        request.client.shared.transport.send(outgoing).await
    };
    let response = response.map_err(|error| Error::transport(request.operation, error))?;
    Ok((response, presented))
}

async fn collect(
    method: &Method,
    headers: &HeaderMap,
    body: Body,
    limit: usize,
) -> Result<bytes::Bytes, CollectError> {
    // A body that announces itself as too long need not be waited for. The answer to HEAD announces one that does
    // not come.
    let announced = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if method != Method::HEAD && announced.is_some_and(|length| length > limit as u64) {
        return Err(CollectError::TooLong);
    }
    body.collect(limit).await
}
