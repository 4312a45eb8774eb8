// @generated from the OpenAPI document. Change the document, and generate again.

//! [`Pagination`], the rule by which a response leads to the request for the next page.

use http::Uri;

use super::super::call::request::Request;
use super::super::error::{Error, new_error};
use super::super::net::origin::Origin;
use super::super::net::reference;
use super::super::net::response::Response;
use super::link;
use super::lookup::{PageValue, find};
use super::page_param::PageParam;
use super::visited::VisitedPages;

/// The pagination rule of an operation.
///
/// Generated code has a constant for each paginated operation. Strings are JSON pointers into the response body. A
/// pointer into an array continues in its last element.
#[derive(Clone, Copy, Debug)]
pub struct Pagination {
    link: bool,
    token: Option<(&'static str, Option<PageParam>)>,
    count: Option<(PageUnit, PageParam)>,
    items: &'static str,
    more: Option<&'static str>,
    done: Option<&'static str>,
    total: Option<&'static str>,
}

/// The unit of a page parameter that is a number.
#[derive(Clone, Copy, Debug)]
enum PageUnit {
    /// The number of items before the page.
    Items,
    /// The number of the page. The first page has this number.
    Pages(u64),
}

impl Pagination {
    const NONE: Self =
        Self { link: false, token: None, count: None, items: "", more: None, done: None, total: None };

    /// The `Link` header has the URL of the next page ([RFC 8288](https://www.rfc-editor.org/rfc/rfc8288)). It can be
    /// relative to the URL of the page.
    pub const fn link() -> Self {
        Self { link: true, ..Self::NONE }
    }

    /// The response has the token or the URL of the next page. The last page has neither.
    pub const fn token(at: &'static str, param: PageParam) -> Self {
        Self { token: Some((at, Some(param))), ..Self::NONE }
    }

    /// The response has the URL of the next page, which can be relative to the URL of the page. The last page has none.
    pub const fn url(at: &'static str) -> Self {
        Self { token: Some((at, None)), ..Self::NONE }
    }

    /// The request has the number of items to skip.
    pub const fn offset(param: PageParam) -> Self {
        Self { count: Some((PageUnit::Items, param)), ..Self::NONE }
    }

    /// The request has the number of the page.
    pub const fn page(param: PageParam, first: u64) -> Self {
        Self { count: Some((PageUnit::Pages(first), param)), ..Self::NONE }
    }

    /// Uses the page token of a response, if there is one, instead of counting.
    pub const fn or_token(self, at: &'static str, param: PageParam) -> Self {
        Self { token: Some((at, Some(param))), ..self }
    }

    /// Sets the pointer to the items. A page without items is the last, unless [`more`](Self::more) has a value.
    pub const fn items(self, at: &'static str) -> Self {
        Self { items: at, ..self }
    }

    /// Sets the pointer to a value that says that there are more pages: `true`, a number, or a string that is not
    /// empty.
    pub const fn more(self, at: &'static str) -> Self {
        Self { more: Some(at), ..self }
    }

    /// Sets the pointer to a value that is `true` on the last page.
    pub const fn done(self, at: &'static str) -> Self {
        Self { done: Some(at), ..self }
    }

    /// Sets the pointer to the total number of items, or of pages if the rule counts pages.
    pub const fn total(self, at: &'static str) -> Self {
        Self { total: Some(at), ..self }
    }

    /// Returns the request for the page after a response, or `None` after the last page.
    pub(super) fn next(
        &self,
        request: &Request,
        response: &Response,
        visited: &mut VisitedPages,
    ) -> Result<Option<Request>, Error> {
        let Some(next_page) = self.next_page(request, response, visited) else { return Ok(None) };
        let (page, next) = match next_page {
            NextPage::Link(target) => {
                let target = resolve_link(request, response, &target)?;
                (target.to_string(), request.clone().to(target))
            }
            NextPage::Param(param, value) => (value.text().to_owned(), param.write(request.clone(), &value)),
        };
        if visited.is_repeat(page) {
            let summary = "the next page has already been requested";
            return Err(new_error::pages(response.clone(), summary.to_owned()));
        }
        Ok(Some(next))
    }

    /// Returns the next page after a response, or `None` after the last page.
    fn next_page(
        &self,
        request: &Request,
        response: &Response,
        visited: &mut VisitedPages,
    ) -> Option<NextPage> {
        let at =
            |path: Option<&'static str>| path.map_or(PageValue::Missing, |path| find(response.body(), path));
        let more = has_more(&at(self.more));
        if more == Some(false) || at(self.done) == PageValue::Bool(true) {
            return None;
        }
        if let Some(target) = link::next(response.headers()).filter(|_| self.link) {
            return Some(NextPage::Link(target.to_owned()));
        }
        if let Some((path, param)) = self.token {
            let token = find(response.body(), path);
            if token.is_page_token() {
                visited.has_tokens = true;
                return Some(NextPage::from_token(token, param));
            }
        }
        // If earlier pages had tokens, a page without a token is the last.
        let (count, param) = self.count.filter(|_| !visited.has_tokens)?;
        let PageValue::Array(items) = find(response.body(), self.items) else { return None };
        let current = match param.read(request) {
            PageValue::Missing | PageValue::Null => count.first(),
            set => set.number()?,
        };
        let next = count.after(current, items as u64);
        let is_last = match at(self.total).number() {
            _ if more.is_some() => false,
            Some(total) => items == 0 || next >= total.saturating_add(count.first()),
            None => items == 0,
        };
        (!is_last).then(|| NextPage::Param(param, PageValue::Number(next.to_string())))
    }
}

impl PageUnit {
    fn first(self) -> u64 {
        match self {
            Self::Items => 0,
            Self::Pages(first) => first,
        }
    }

    /// Returns the value of the page parameter after a page with this many items.
    fn after(self, current: u64, items: u64) -> u64 {
        match self {
            Self::Items => current.saturating_add(items),
            Self::Pages(_) => current.saturating_add(1),
        }
    }
}

/// The next page: its URL, or the value of the page parameter.
enum NextPage {
    Link(String),
    Param(PageParam, PageValue),
}

impl NextPage {
    /// Treats a page token that is an absolute URL as a link, because some APIs put URLs where they document tokens.
    fn from_token(token: PageValue, param: Option<PageParam>) -> Self {
        match (token, param) {
            (PageValue::Text(url), _) if url.starts_with("https://") || url.starts_with("http://") => {
                Self::Link(url)
            }
            (PageValue::Text(url), None) => Self::Link(url),
            (token, Some(param)) => Self::Param(param, token),
            (token, None) => Self::Link(token.text().to_owned()),
        }
    }
}

/// Returns true or false if a value says that there are more pages or not, and `None` if it says neither.
fn has_more(found: &PageValue) -> Option<bool> {
    match found {
        PageValue::Missing | PageValue::Array(_) | PageValue::Object => None,
        PageValue::Null => Some(false),
        PageValue::Bool(truth) => Some(*truth),
        PageValue::Number(text) | PageValue::Text(text) => Some(!text.is_empty()),
    }
}

/// Resolves a link against the URL of its page.
///
/// Returns an error if the link refers to another origin, because the next request has the same credentials.
fn resolve_link(request: &Request, response: &Response, target: &str) -> Result<Uri, Error> {
    let current = request.0.uri()?;
    let invalid = |summary: String| new_error::pages(response.clone(), summary);
    let target = reference::resolve(&current, target)
        .ok_or_else(|| invalid("the URL of the next page is not valid".to_owned()))?;
    if Origin::of(&target).is_ok_and(|origin| Origin::of(&current) == Ok(origin)) {
        Ok(target)
    } else {
        let shown = reference::displayable(&target);
        Err(invalid(format!("the next page is at {shown}, which is a different server")))
    }
}
