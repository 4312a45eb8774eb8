// @generated from the OpenAPI document: change that, and generate again.

//! What the server knows, what a test has set, and what has been asked.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::request::Parts;
use http::{HeaderValue, Method, StatusCode};
use serde_json::{Map, Value, json};

use super::super::api::Api;
use super::super::body::Body;
use super::answer::{self, Answer, Answered, Answers};
use super::check::{self, Fault};
use super::endpoint::{Endpoint, Resource};
use super::form;
use super::received::Received;
use super::rejection::{Rejection, Where};
use super::route::{Fitting, Found, Route, Routes};

/// All that the server and the test share.
pub(super) struct State {
    pub(super) api: &'static Api,
    resources: &'static [&'static Resource],
    routes: Routes,
    /// What the operations of each resource answer, read when one of them is asked.
    bodies: Vec<OnceLock<Map<String, Value>>>,
    told: Mutex<Told>,
}

#[derive(Default)]
struct Told {
    /// What a test has set, by the ids of operations.
    answers: BTreeMap<&'static str, Answers>,
    requests: Vec<Received>,
    token_requests: Vec<Received>,
}

impl State {
    pub(super) fn new(api: &'static Api, resources: &'static [&'static Resource]) -> Self {
        let of_each = resources.iter().enumerate();
        let endpoints =
            of_each.flat_map(|(index, resource)| resource.endpoints.iter().map(move |it| (index, it)));
        let routes = Routes::new(endpoints);
        let bodies = resources.iter().map(|_| OnceLock::new()).collect();
        Self { api, resources, routes, bodies, told: Mutex::default() }
    }

    pub(super) fn endpoint(&self, id: &str) -> Option<&'static Endpoint> {
        self.routes.of(id).map(|route| route.endpoint)
    }

    /// The status of an operation's usual success, and the media type, if it has a body.
    pub(super) fn usual(&self, id: &str) -> (u16, Option<&'static str>) {
        let endpoint = self.endpoint(id);
        let media_type = endpoint.and_then(|endpoint| endpoint.contents.first());
        (endpoint.map_or(200, |endpoint| endpoint.status), media_type.map(|content| content.media_type()))
    }

    pub(super) fn set(&self, id: &'static str, answer: Answer) {
        let mut told = self.told();
        let answers = told.answers.entry(id).or_default();
        *answers = Answers::default();
        answers.add(answer);
    }

    pub(super) fn add(&self, id: &'static str, answer: Answer) {
        self.told().answers.entry(id).or_default().add(answer);
    }

    pub(super) fn forget(&self, id: &'static str) {
        self.told().answers.remove(id);
    }

    pub(super) fn requests(&self) -> Vec<Received> {
        self.told().requests.clone()
    }

    pub(super) fn token_requests(&self) -> Vec<Received> {
        self.told().token_requests.clone()
    }

    /// The path at which tokens are handed out, if there is no other for a scheme.
    pub(super) fn token_path(&self) -> Option<&'static str> {
        Some(path_of(self.api.oauth?.token.usual))
    }

    fn hands_out_tokens(&self, path: &str) -> bool {
        let mut urls =
            self.api.oauth.into_iter().flat_map(|oauth| oauth.token.all().chain(oauth.refresh.all()));
        urls.any(|url| path_of(url) == path)
    }

    /// Answers a request, and keeps it.
    pub(super) fn answer(&self, parts: Parts, body: Bytes) -> Answered {
        let Parts { method, uri, headers, .. } = parts;
        let mut request =
            Received { operation: None, parameters: Vec::new(), method, uri, headers, body, rejection: None };
        let found = self.routes.find(&request.method, request.path(), request.query());
        if let (Found::Nothing | Found::OtherMethods(_), &Method::POST) = (&found, &request.method) {
            if self.hands_out_tokens(request.path()) {
                return Some(self.token(request));
            }
        }
        let (fault, allowed) = match found {
            Found::Operations(fitting) => match self.choose(fitting, &mut request) {
                Ok(route) => return self.accept(route, request),
                Err(fault) => (fault, Vec::new()),
            },
            Found::OtherMethods(methods) => {
                let problem = "no operation of this path has this method";
                (Fault::new(StatusCode::METHOD_NOT_ALLOWED, Where::Method, problem), methods)
            }
            Found::Nothing => {
                let problem = "no operation has this path";
                (Fault::new(StatusCode::NOT_FOUND, Where::Path, problem), Vec::new())
            }
        };
        Some(self.reject(fault, &allowed, request))
    }

    /// The first operation that allows a request. If none does, what the last one has against it.
    fn choose<'a>(&self, fitting: Vec<Fitting<'a>>, request: &mut Received) -> Result<&'a Route, Fault> {
        let mut fault = Fault::new(StatusCode::NOT_FOUND, Where::Path, "no operation has this path");
        for (route, parameters) in fitting {
            request.operation = Some(&route.endpoint.operation);
            request.parameters = parameters;
            let (query, headers) = (request.query(), &request.headers);
            match check::check(self.api, route.endpoint, query, headers, &request.body) {
                Ok(()) => return Ok(route),
                Err(found) => fault = found,
            }
        }
        Err(fault)
    }

    fn accept(&self, route: &Route, request: Received) -> Answered {
        let set = {
            let mut told = self.told();
            let set = told.answers.get_mut(route.endpoint.operation.id()).and_then(Answers::next);
            if let Some(Answer::Refused(fault)) = set {
                drop(told);
                return Some(self.reject(fault, &[], request));
            }
            told.requests.push(request.clone());
            set
        };
        // What a test has set may ask for the requests so far: the lock is open again.
        match set {
            Some(answer) => answer.to(&request),
            None => Some(answer::of_document(route.endpoint, self.bodies(route), &request.headers)),
        }
    }

    fn reject(&self, fault: Fault, allowed: &[&Method], mut request: Received) -> http::Response<Body> {
        let Fault { status, place, problem } = fault;
        let (method, path) = (request.method.clone(), request.path().to_owned());
        let rejection = Rejection { status, method, path, place, problem };
        let response = rejection.response(allowed);
        request.rejection = Some(rejection);
        self.told().requests.push(request);
        response
    }

    /// Hands out a token (RFC 6749, section 5.1), or says that there is no grant (section 5.2).
    fn token(&self, request: Received) -> http::Response<Body> {
        let body = String::from_utf8_lossy(&request.body).into_owned();
        let grant = form::pairs(&body).find(|(name, _)| name == "grant_type").map(|(_, grant)| grant);
        self.told().token_requests.push(request);
        let mut said = json!({ "access_token": "mock-token", "token_type": "Bearer", "expires_in": 3600 });
        let mut status = StatusCode::OK;
        match grant.as_deref() {
            // Another one each time, as careful servers do it (RFC 9700, section 2.2.2).
            Some("refresh_token") => said["refresh_token"] = json!("mock-refresh-token"),
            Some(_) => {}
            None => {
                said = json!({ "error": "invalid_request" });
                status = StatusCode::BAD_REQUEST;
            }
        }
        let mut response = http::Response::new(Body::from(said.to_string()));
        *response.status_mut() = status;
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        response
    }

    /// What an operation answers: the body of each media type.
    fn bodies(&self, route: &Route) -> Option<&Value> {
        let (bodies, resource) = (self.bodies.get(route.resource)?, self.resources.get(route.resource)?);
        let bodies = bodies.get_or_init(|| serde_json::from_str(resource.answers).unwrap_or_default());
        bodies.get(route.endpoint.operation.id())
    }

    fn told(&self) -> MutexGuard<'_, Told> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("State").finish_non_exhaustive()
    }
}

/// The path of a URL, which may be a path already.
fn path_of(url: &'static str) -> &'static str {
    let path = match url.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("/", |index| &rest[index..]),
        None => url,
    };
    path.split(['?', '#']).next().unwrap_or(path)
}
