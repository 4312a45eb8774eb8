// @generated from the OpenAPI document. Change the document, and generate again.

//! The state of the mock server: operations, stubs and received requests.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::request::Parts;
use http::{HeaderValue, Method, StatusCode};
use serde_json::{Map, Value, json};

use super::super::api::Api;
use super::super::net::body::Body;
use super::super::net::recorded_request::RecordedRequest;
use super::check::{self, Fault, Incoming};
use super::endpoint::{Endpoint, Resource};
use super::form;
use super::received::ReceivedRequest;
use super::rejection::{Location, Rejection};
use super::responses::{self, Outcome, Stub, Stubs};
use super::route::{Route, RouteMatch, RouteSearch, Routes};

/// The state that the server thread shares with the test.
pub(super) struct State {
    pub(super) api: &'static Api,
    resources: &'static [&'static Resource],
    routes: Routes,
    /// The documented response bodies of each resource, parsed at the first request for the resource.
    bodies: Vec<OnceLock<Map<String, Value>>>,
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    /// The responses that a test has set, by operation id.
    stubs: BTreeMap<&'static str, Stubs>,
    requests: Vec<ReceivedRequest>,
    token_requests: Vec<ReceivedRequest>,
}

impl State {
    pub(super) fn new(api: &'static Api, resources: &'static [&'static Resource]) -> Self {
        let indexed = resources.iter().enumerate();
        let endpoints =
            indexed.flat_map(|(index, resource)| resource.endpoints.iter().map(move |it| (index, it)));
        let routes = Routes::new(endpoints);
        let bodies = resources.iter().map(|_| OnceLock::new()).collect();
        Self {
            api,
            resources,
            routes,
            bodies,
            inner: Mutex::default(),
        }
    }

    pub(super) fn endpoint(&self, id: &str) -> Option<&'static Endpoint> {
        self.routes.by_id(id).map(|route| route.endpoint)
    }

    /// Returns the success status of an operation, and the media type if the response has a body.
    pub(super) fn success_response(&self, id: &str) -> (u16, Option<&'static str>) {
        let endpoint = self.endpoint(id);
        let media_type = endpoint.and_then(|endpoint| endpoint.contents.first());
        (endpoint.map_or(200, |endpoint| endpoint.status), media_type.map(|content| content.media_type()))
    }

    /// Replaces the stubs of an operation.
    pub(super) fn set(&self, id: &'static str, stub: Stub) {
        let mut inner = self.inner();
        let stubs = inner.stubs.entry(id).or_default();
        *stubs = Stubs::default();
        stubs.add(stub);
    }

    /// Appends a stub to the stubs of an operation.
    pub(super) fn add(&self, id: &'static str, stub: Stub) {
        self.inner().stubs.entry(id).or_default().add(stub);
    }

    /// Removes the stubs of an operation.
    pub(super) fn reset(&self, id: &'static str) {
        self.inner().stubs.remove(id);
    }

    pub(super) fn requests(&self) -> Vec<ReceivedRequest> {
        self.inner().requests.clone()
    }

    pub(super) fn token_requests(&self) -> Vec<ReceivedRequest> {
        self.inner().token_requests.clone()
    }

    /// Returns the path of the default token endpoint.
    pub(super) fn token_path(&self) -> Option<&'static str> {
        Some(path_of(self.api.oauth?.token.default_url))
    }

    fn is_token_endpoint(&self, path: &str) -> bool {
        let mut urls =
            self.api.oauth.into_iter().flat_map(|oauth| oauth.token.all().chain(oauth.refresh.all()));
        urls.any(|url| path_of(url) == path)
    }

    /// Records a request and returns the response.
    pub(super) fn respond(&self, parts: Parts, body: Bytes) -> Outcome {
        let mut request = ReceivedRequest {
            operation: None,
            parameters: Vec::new(),
            recorded: RecordedRequest::new(parts, body),
            rejection: None,
        };
        let found = self.routes.find(request.method(), request.path(), request.query());
        if let (RouteSearch::Nothing | RouteSearch::OtherMethods(_), &Method::POST) =
            (&found, request.method())
        {
            if self.is_token_endpoint(request.path()) {
                return Some(self.token_response(request));
            }
        }
        let (fault, allowed) = match found {
            RouteSearch::Operations(matches) => match self.choose(matches, &mut request) {
                Ok(route) => return self.accept(route, request),
                Err(fault) => (fault, Vec::new()),
            },
            RouteSearch::OtherMethods(methods) => {
                let problem = "the path has no operation with this method";
                (Fault::new(StatusCode::METHOD_NOT_ALLOWED, Location::Method, problem), methods)
            }
            RouteSearch::Nothing => {
                let problem = "no operation has this path";
                (Fault::new(StatusCode::NOT_FOUND, Location::Path, problem), Vec::new())
            }
        };
        Some(self.reject(fault, &allowed, request))
    }

    /// Returns the first operation that accepts a request, or the fault found by the last one.
    fn choose<'a>(
        &self,
        matches: Vec<RouteMatch<'a>>,
        request: &mut ReceivedRequest,
    ) -> Result<&'a Route, Fault> {
        let mut fault = Fault::new(StatusCode::NOT_FOUND, Location::Path, "no operation has this path");
        for (route, parameters) in matches {
            request.operation = Some(&route.endpoint.operation);
            request.parameters = parameters;
            let incoming = Incoming {
                query: request.query(),
                headers: request.headers(),
                body: request.body(),
            };
            let checked = check::check(self.api, route.endpoint, &incoming);
            match checked {
                Ok(()) => return Ok(route),
                Err(found) => fault = found,
            }
        }
        Err(fault)
    }

    fn accept(&self, route: &Route, request: ReceivedRequest) -> Outcome {
        let stub = {
            let mut inner = self.inner();
            let stub = inner.stubs.get_mut(route.endpoint.operation.id()).and_then(Stubs::next);
            inner.requests.push(request.clone());
            stub
        };
        // The lock is released here, because the closure of a stub can call `requests`.
        match stub {
            Some(stub) => stub.response_to(&request),
            None => Some(responses::documented(route.endpoint, self.bodies(route), request.headers())),
        }
    }

    fn reject(&self, fault: Fault, allowed: &[Method], mut request: ReceivedRequest) -> http::Response<Body> {
        let Fault { status, location, problem } = fault;
        let (method, path) = (request.method().clone(), request.path().to_owned());
        let rejection = Rejection { status, method, path, location, problem };
        let response = rejection.response(allowed);
        request.rejection = Some(rejection);
        self.inner().requests.push(request);
        response
    }

    /// Issues a token (RFC 6749, section 5.1), or responds with an error if the request has no grant (section 5.2).
    fn token_response(&self, request: ReceivedRequest) -> http::Response<Body> {
        let body = String::from_utf8_lossy(request.body()).into_owned();
        let grant = form::pairs(&body).find(|(name, _)| name == "grant_type").map(|(_, grant)| grant);
        self.inner().token_requests.push(request);
        let mut body = json!({ "access_token": "mock-token", "token_type": "Bearer", "expires_in": 3600 });
        let mut status = StatusCode::OK;
        match grant.as_deref() {
            // Rotates the refresh token, as RFC 9700, section 2.2.2, recommends.
            Some("refresh_token") => body["refresh_token"] = json!("mock-refresh-token"),
            Some(_) => {}
            None => {
                body = json!({ "error": "invalid_request" });
                status = StatusCode::BAD_REQUEST;
            }
        }
        let mut response = http::Response::new(Body::from(body.to_string()));
        *response.status_mut() = status;
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        response
    }

    /// Returns the documented response body of an operation for each media type.
    fn bodies(&self, route: &Route) -> Option<&Value> {
        let (bodies, resource) = (self.bodies.get(route.resource)?, self.resources.get(route.resource)?);
        let bodies = bodies.get_or_init(|| serde_json::from_str(resource.responses).unwrap_or_default());
        bodies.get(route.endpoint.operation.id())
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("State").finish_non_exhaustive()
    }
}

/// Returns the path of a URL or of a path with a query.
fn path_of(url: &'static str) -> &'static str {
    let path = match url.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("/", |index| &rest[index..]),
        None => url,
    };
    path.split(['?', '#']).next().unwrap_or(path)
}
