// @generated from the OpenAPI document. Change the document, and generate again.

//! Finds the operation of a request by its method and path.

use std::cmp::Reverse;

use http::Method;
use percent_encoding::percent_decode_str;

use super::endpoint::Endpoint;
use super::form;

/// The routes of all operations.
#[derive(Debug)]
pub(super) struct Routes(Vec<Route>);

/// An operation with its parsed path template.
#[derive(Debug)]
pub(super) struct Route {
    pub(super) endpoint: &'static Endpoint,
    /// The index of the operation's resource.
    pub(super) resource: usize,
    segments: Vec<Vec<Piece>>,
    /// The constant query parameters that the path template itself contains.
    query: Vec<(String, String)>,
}

/// A piece of a path segment: constant text or a parameter.
#[derive(Debug)]
enum Piece {
    Text(String),
    Parameter(String),
}

/// The result of a route search.
#[derive(Debug)]
pub(super) enum RouteSearch<'a> {
    /// The operations that match best. There can be several, because a document can distinguish operations of the same
    /// path by fragments. Operations with more required parameters come first.
    Operations(Vec<RouteMatch<'a>>),
    /// Operations have this path, but only with these methods.
    OtherMethods(Vec<Method>),
    /// No operation has this path.
    Nothing,
}

/// A route whose path matches, with the decoded path parameters.
pub(super) type RouteMatch<'a> = (&'a Route, Vec<(String, String)>);

impl Routes {
    pub(super) fn new(endpoints: impl IntoIterator<Item = (usize, &'static Endpoint)>) -> Self {
        let routes = endpoints.into_iter().flat_map(|(resource, endpoint)| {
            // Under the server of the operation, and under the base URL, for requests without the generated client.
            let servers = endpoint.server.map(|url| url.trim_matches('/')).filter(|url| !url.is_empty());
            let prefixes = servers.map(|url| format!("/{url}")).into_iter().chain([String::new()]);
            prefixes.map(move |prefix| Route::new(resource, endpoint, &prefix))
        });
        Self(routes.collect())
    }

    pub(super) fn by_id(&self, id: &str) -> Option<&Route> {
        self.0.iter().find(|route| route.endpoint.operation.id() == id)
    }

    /// Returns the operations that match a request. Where several paths match, constant text wins over parameters.
    pub(super) fn find(&self, method: &Method, path: &str, query: &str) -> RouteSearch<'_> {
        let query: Vec<(String, String)> = form::pairs(query).collect();
        let matches = self.0.iter().filter_map(|route| Some((route, route.parameters(path, &query)?)));
        let (mut matches, others): (Vec<RouteMatch<'_>>, Vec<RouteMatch<'_>>) =
            matches.partition(|(route, _)| route.endpoint.operation.method() == *method);
        let Some(best) = matches.iter().map(|(route, _)| route.rank()).min() else {
            let methods: Vec<Method> =
                others.iter().map(|(route, _)| route.endpoint.operation.method()).collect();
            return if methods.is_empty() {
                RouteSearch::Nothing
            } else {
                RouteSearch::OtherMethods(methods)
            };
        };
        matches.retain(|(route, _)| route.rank() == best);
        matches.sort_by_key(|(route, _)| Reverse(route.endpoint.parameters.len()));
        RouteSearch::Operations(matches)
    }
}

impl Route {
    fn new(resource: usize, endpoint: &'static Endpoint, prefix: &str) -> Self {
        let (path, query) = split_query(endpoint.operation.path());
        let path = &format!("{prefix}{path}");
        let query = form::pairs(query).filter(|(_, value)| !value.starts_with('{')).collect();
        Self { endpoint, resource, segments: segments(path), query }
    }

    /// Returns the decoded parameters of a path, or `None` if the path does not match.
    fn parameters(&self, path: &str, query: &[(String, String)]) -> Option<Vec<(String, String)>> {
        if !self.query.iter().all(|pair| query.contains(pair)) {
            return None;
        }
        let mut parameters = Vec::new();
        let mut request_segments = path.split('/');
        for segment in &self.segments {
            bind(segment, &decoded(request_segments.next()?), &mut parameters)?;
        }
        request_segments.next().is_none().then_some(parameters)
    }

    /// Returns a sort key: lower is more specific. Compares segment by segment, constant text before parameters,
    /// and then by the number of constant query parameters.
    fn rank(&self) -> (Vec<usize>, usize) {
        let of_segment = |segment: &Vec<Piece>| match segment.as_slice() {
            [Piece::Parameter(_)] => 2,
            pieces => usize::from(pieces.iter().any(|piece| matches!(piece, Piece::Parameter(_)))),
        };
        (self.segments.iter().map(of_segment).collect(), usize::MAX - self.query.len())
    }
}

/// Splits a path template at its `?`. A `?` in the name of a parameter does not count.
fn split_query(path: &str) -> (&str, &str) {
    let mut in_braces = false;
    for (index, c) in path.char_indices() {
        match c {
            '{' => in_braces = true,
            '}' => in_braces = false,
            '?' if !in_braces => return (&path[..index], &path[index + 1..]),
            _ => {}
        }
    }
    (path, "")
}

/// Parses the segments of a path template. A slash in the name of a parameter does not start a segment.
fn segments(template: &str) -> Vec<Vec<Piece>> {
    let mut segments = vec![Vec::new()];
    let mut rest = template;
    while let Some(index) = rest.find(['/', '{']) {
        let (text, after) = rest.split_at(index);
        push_text(&mut segments, text);
        rest = match after.strip_prefix('{') {
            Some(after) => {
                let (name, after) = after.split_once('}').unwrap_or((after, ""));
                if let Some(segment) = segments.last_mut() {
                    segment.push(Piece::Parameter(name.to_owned()));
                }
                after
            }
            None => {
                segments.push(Vec::new());
                after.get(1..).unwrap_or_default()
            }
        };
    }
    push_text(&mut segments, rest);
    segments
}

fn push_text(segments: &mut [Vec<Piece>], text: &str) {
    if let Some(segment) = segments.last_mut().filter(|_| !text.is_empty()) {
        segment.push(Piece::Text(decoded(text)));
    }
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Matches a segment and appends its parameters. A parameter is not empty, and ends where the next constant text
/// begins.
///
/// Returns `None` if the segment does not match.
fn bind(pieces: &[Piece], text: &str, parameters: &mut Vec<(String, String)>) -> Option<()> {
    match pieces {
        [] => text.is_empty().then_some(()),
        [Piece::Text(wanted), rest @ ..] => bind(rest, text.strip_prefix(wanted.as_str())?, parameters),
        [Piece::Parameter(name), rest @ ..] => {
            let end = match rest {
                [] => text.len(),
                [Piece::Text(wanted)] => text.strip_suffix(wanted.as_str())?.len(),
                [Piece::Text(wanted), ..] => text.find(wanted.as_str())?,
                // Nothing separates the two parameters, so the first one gets a single character.
                [Piece::Parameter(_), ..] => text.chars().next()?.len_utf8(),
            };
            let (value, after) = text.split_at(end);
            if value.is_empty() {
                return None;
            }
            parameters.push((name.clone(), value.to_owned()));
            bind(rest, after, parameters)
        }
    }
}
