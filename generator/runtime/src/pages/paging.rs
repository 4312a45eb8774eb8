//! How a page leads to the next: the rule of an operation, and what it makes of an answer.

use http::Uri;

use super::super::base_url::Origin;
use super::super::error::Error;
use super::super::redirect;
use super::super::request::Request;
use super::super::response::Response;
use super::ask::Ask;
use super::link;
use super::look::{Found, look};
use super::trail::Trail;

/// How the pages of an operation follow one another.
///
/// Generated code has one for each operation whose pages can be followed. Texts are JSON Pointers into the answer; one
/// that leads into a list goes on in its last element.
#[derive(Clone, Copy, Debug)]
pub struct Paging {
    link: bool,
    token: Option<(&'static str, Option<Ask>)>,
    count: Option<(Count, Ask)>,
    items: &'static str,
    more: Option<&'static str>,
    done: Option<&'static str>,
    total: Option<&'static str>,
}

/// What is counted.
#[derive(Clone, Copy, Debug)]
enum Count {
    /// The items before the page.
    Items,
    /// The pages, the first of which has this number.
    Pages(u64),
}

impl Paging {
    const NONE: Self =
        Self { link: false, token: None, count: None, items: "", more: None, done: None, total: None };

    /// The header `Link` leads to the next page ([RFC 8288](https://www.rfc-editor.org/rfc/rfc8288)). It may be relative to
    /// the URL of the page.
    pub const fn link() -> Self {
        Self { link: true, ..Self::NONE }
    }

    /// The answer holds what to ask for the next page with: a token, or a URL. The last page has none.
    pub const fn token(at: &'static str, ask: Ask) -> Self {
        Self { token: Some((at, Some(ask))), ..Self::NONE }
    }

    /// The answer holds the URL of the next page, which may be relative to that of the page. The last page has none.
    pub const fn url(at: &'static str) -> Self {
        Self { token: Some((at, None)), ..Self::NONE }
    }

    /// The request says how many items to leave out.
    pub const fn offset(ask: Ask) -> Self {
        Self { count: Some((Count::Items, ask)), ..Self::NONE }
    }

    /// The request says the number of the page.
    pub const fn page(ask: Ask, first: u64) -> Self {
        Self { count: Some((Count::Pages(first), ask)), ..Self::NONE }
    }

    /// This rule, unless an answer holds a token: then that leads on.
    pub const fn or_token(self, at: &'static str, ask: Ask) -> Self {
        Self { token: Some((at, Some(ask))), ..self }
    }

    /// Where the items are, which are counted where nothing else says that there are more.
    pub const fn items(self, at: &'static str) -> Self {
        Self { items: at, ..self }
    }

    /// What says that there are more: `true`, or anything but nothing.
    pub const fn more(self, at: &'static str) -> Self {
        Self { more: Some(at), ..self }
    }

    /// What says that there are no more: `true`.
    pub const fn done(self, at: &'static str) -> Self {
        Self { done: Some(at), ..self }
    }

    /// How many items there are on all pages, or how many pages where these are counted.
    pub const fn total(self, at: &'static str) -> Self {
        Self { total: Some(at), ..self }
    }

    /// The request for the page behind a response, if there is one.
    pub(super) fn next(
        &self,
        request: &Request,
        response: &Response,
        trail: &mut Trail,
    ) -> Result<Option<Request>, Error> {
        let Some(step) = self.step(request, response, trail) else { return Ok(None) };
        let (place, next) = match step {
            Step::Link(target) => {
                let target = target_of(request, response, &target)?;
                (target.to_string(), request.clone().to(target))
            }
            Step::Ask(ask, value) => (value.text().to_owned(), ask.write(request.clone(), &value)),
        };
        if trail.comes_again(place) {
            let summary = "the next page is one that has been asked for already";
            return Err(Error::pages(response.clone(), summary.to_owned()));
        }
        Ok(Some(next))
    }

    /// What leads on from a response, if it is not the last.
    fn step(&self, request: &Request, response: &Response, trail: &mut Trail) -> Option<Step> {
        let at = |path: Option<&'static str>| path.map_or(Found::Nothing, |path| look(response.body(), path));
        let more = says_more(&at(self.more));
        if more == Some(false) || at(self.done) == Found::Truth(true) {
            return None;
        }
        if let Some(target) = link::next(response.headers()).filter(|_| self.link) {
            return Some(Step::Link(target.to_owned()));
        }
        if let Some((path, ask)) = self.token {
            let token = look(response.body(), path);
            if token.is_token() {
                trail.has_tokens = true;
                return Some(Step::by_token(token, ask));
            }
        }
        // A listing that has been led by tokens has come to its end where there is none.
        let (count, ask) = self.count.filter(|_| !trail.has_tokens)?;
        let Found::List(items) = look(response.body(), self.items) else { return None };
        let here = match ask.read(request) {
            Found::Nothing | Found::Null => count.first(),
            set => set.number()?,
        };
        let next = count.behind(here, items as u64);
        let is_last = match at(self.total).number() {
            _ if more.is_some() => false,
            Some(total) => items == 0 || next >= total.saturating_add(count.first()),
            None => items == 0,
        };
        (!is_last).then(|| Step::Ask(ask, Found::Number(next.to_string())))
    }
}

impl Count {
    fn first(self) -> u64 {
        match self {
            Self::Items => 0,
            Self::Pages(first) => first,
        }
    }

    /// What is asked for behind a page of so many items.
    fn behind(self, here: u64, items: u64) -> u64 {
        match self {
            Self::Items => here.saturating_add(items),
            Self::Pages(_) => here.saturating_add(1),
        }
    }
}

/// How to come to the next page.
enum Step {
    Link(String),
    Ask(Ask, Found),
}

impl Step {
    /// APIs that hand out tokens have URLs in the same place at times.
    fn by_token(token: Found, ask: Option<Ask>) -> Self {
        match (token, ask) {
            (Found::Text(url), _) if url.starts_with("https://") || url.starts_with("http://") => {
                Self::Link(url)
            }
            (Found::Text(url), None) => Self::Link(url),
            (token, Some(ask)) => Self::Ask(ask, token),
            (token, None) => Self::Link(token.text().to_owned()),
        }
    }
}

/// Whether there are more pages, if a value says so.
fn says_more(found: &Found) -> Option<bool> {
    match found {
        Found::Nothing | Found::List(_) | Found::Object => None,
        Found::Null => Some(false),
        Found::Truth(truth) => Some(*truth),
        Found::Number(text) | Found::Text(text) => Some(!text.is_empty()),
    }
}

/// Where a link leads, which may be relative to the page that it is on. The server has to be that of the page: the next
/// request has the same credentials.
fn target_of(request: &Request, response: &Response, target: &str) -> Result<Uri, Error> {
    let here = request.0.uri()?;
    let refused = |summary: String| Error::pages(response.clone(), summary);
    let target = redirect::resolve(&here, target)
        .ok_or_else(|| refused("the next page is at a place that is no URL".to_owned()))?;
    if Origin::of(&target).is_ok_and(|origin| Origin::of(&here) == Ok(origin)) {
        Ok(target)
    } else {
        let shown = redirect::shown(&target);
        Err(refused(format!("the next page is at {shown}, which is another server")))
    }
}
