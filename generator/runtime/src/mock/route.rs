//! Which operation a request is of: its path held against the templates of the document.

use std::cmp::Reverse;

use http::Method;
use percent_encoding::percent_decode_str;

use super::endpoint::Endpoint;
use super::form;

/// The operations by their paths.
#[derive(Debug)]
pub(super) struct Routes(Vec<Route>);

/// The path of an operation, taken apart.
#[derive(Debug)]
pub(super) struct Route {
    pub(super) endpoint: &'static Endpoint,
    /// Which of the resources it is of.
    pub(super) resource: usize,
    segments: Vec<Vec<Piece>>,
    /// The pairs that stand in the query of the path itself.
    query: Vec<(String, String)>,
}

/// A piece of a segment.
#[derive(Debug)]
enum Piece {
    Text(String),
    Parameter(String),
}

/// What there is for a request.
#[derive(Debug)]
pub(super) enum Found<'a> {
    /// An operation, and the parameters of the path, decoded. Several, where only what else they ask for tells them
    /// apart: a document may have them under one path with fragments. Those that ask for more come first.
    Operations(Vec<Fitting<'a>>),
    /// Operations with these methods.
    OtherMethods(Vec<&'a Method>),
    Nothing,
}

/// An operation whose path fits, and the parameters of that, decoded.
pub(super) type Fitting<'a> = (&'a Route, Vec<(String, String)>);

impl Routes {
    pub(super) fn new(endpoints: impl IntoIterator<Item = (usize, &'static Endpoint)>) -> Self {
        Self(endpoints.into_iter().map(|(resource, endpoint)| Route::new(resource, endpoint)).collect())
    }

    pub(super) fn of(&self, id: &str) -> Option<&Route> {
        self.0.iter().find(|route| route.endpoint.operation.id() == id)
    }

    /// The operation of a request: of several that its path fits, the one with text where others have parameters.
    pub(super) fn find(&self, method: &Method, path: &str, query: &str) -> Found<'_> {
        let query: Vec<(String, String)> = form::pairs(query).collect();
        let fitting = self.0.iter().filter_map(|route| Some((route, route.parameters(path, &query)?)));
        let (mut fitting, others): (Vec<Fitting<'_>>, Vec<Fitting<'_>>) =
            fitting.partition(|(route, _)| route.endpoint.operation.method() == method);
        let Some(least) = fitting.iter().map(|(route, _)| route.vagueness()).min() else {
            let methods: Vec<&Method> =
                others.iter().map(|(route, _)| route.endpoint.operation.method()).collect();
            return if methods.is_empty() { Found::Nothing } else { Found::OtherMethods(methods) };
        };
        fitting.retain(|(route, _)| route.vagueness() == least);
        fitting.sort_by_key(|(route, _)| Reverse(route.endpoint.parameters.len()));
        Found::Operations(fitting)
    }
}

impl Route {
    fn new(resource: usize, endpoint: &'static Endpoint) -> Self {
        let (path, query) = split_query(endpoint.operation.path());
        let query = form::pairs(query).filter(|(_, value)| !value.starts_with('{')).collect();
        Self { endpoint, resource, segments: segments(path), query }
    }

    /// The parameters of a path, if it fits.
    fn parameters(&self, path: &str, query: &[(String, String)]) -> Option<Vec<(String, String)>> {
        if !self.query.iter().all(|pair| query.contains(pair)) {
            return None;
        }
        let mut parameters = Vec::new();
        let mut given = path.split('/');
        for segment in &self.segments {
            take(segment, &decoded(given.next()?), &mut parameters)?;
        }
        given.next().is_none().then_some(parameters)
    }

    /// What tells a path from another one that fits as well: segment by segment, text comes before parameters.
    fn vagueness(&self) -> (Vec<usize>, usize) {
        let of_segment = |segment: &Vec<Piece>| match segment.as_slice() {
            [Piece::Parameter(_)] => 2,
            pieces => usize::from(pieces.iter().any(|piece| matches!(piece, Piece::Parameter(_)))),
        };
        (self.segments.iter().map(of_segment).collect(), usize::MAX - self.query.len())
    }
}

/// A path and the query that may stand behind it, as far as no name of a parameter is in between.
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

/// The segments of a template. A slash in the name of a parameter begins none.
fn segments(template: &str) -> Vec<Vec<Piece>> {
    let mut segments = vec![Vec::new()];
    let mut rest = template;
    while let Some(index) = rest.find(['/', '{']) {
        let (text, behind) = rest.split_at(index);
        push_text(&mut segments, text);
        rest = match behind.strip_prefix('{') {
            Some(behind) => {
                let (name, behind) = behind.split_once('}').unwrap_or((behind, ""));
                if let Some(segment) = segments.last_mut() {
                    segment.push(Piece::Parameter(name.to_owned()));
                }
                behind
            }
            None => {
                segments.push(Vec::new());
                behind.get(1..).unwrap_or_default()
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

/// Takes the parameters out of a segment, if it fits. A parameter ends where the text behind it begins, and is not
/// empty.
fn take(pieces: &[Piece], text: &str, parameters: &mut Vec<(String, String)>) -> Option<()> {
    match pieces {
        [] => text.is_empty().then_some(()),
        [Piece::Text(wanted), rest @ ..] => take(rest, text.strip_prefix(wanted.as_str())?, parameters),
        [Piece::Parameter(name), rest @ ..] => {
            let end = match rest {
                [] => text.len(),
                [Piece::Text(wanted)] => text.strip_suffix(wanted.as_str())?.len(),
                [Piece::Text(wanted), ..] => text.find(wanted.as_str())?,
                // Nothing says where the one ends and the other begins.
                [Piece::Parameter(_), ..] => text.chars().next()?.len_utf8(),
            };
            let (value, behind) = text.split_at(end);
            if value.is_empty() {
                return None;
            }
            parameters.push((name.clone(), value.to_owned()));
            take(rest, behind, parameters)
        }
    }
}
