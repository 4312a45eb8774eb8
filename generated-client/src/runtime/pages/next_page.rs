// @generated from the OpenAPI document. Change the document, and generate again.

//! [`NextPage`], the page after a response, and the request for it.

use http::Uri;

use super::super::call::request::Request;
use super::super::error::{Error, new_error};
use super::super::net::origin::Origin;
use super::super::net::reference;
use super::super::net::response::Response;
use super::link;
use super::lookup::{PageValue, find};
use super::page_param::PageParam;
use super::pagination::Pagination;

/// The next page: its URL, or the value of the page parameter.
pub(super) enum NextPage {
    Link(String),
    Param(PageParam, PageValue),
}

impl NextPage {
    /// Returns the page that a link or a page token in a response refers to.
    ///
    /// # Errors
    ///
    /// Returns an error if the response has a `Link` header that cannot be parsed, and nothing else refers to a page.
    pub(super) fn referred(rule: &Pagination, response: &Response) -> Result<Option<Self>, Error> {
        let link = if rule.link { link::next(response.headers()) } else { Ok(None) };
        if let Ok(Some(target)) = link {
            return Ok(Some(Self::Link(target.to_owned())));
        }
        if let Some((pointer, param)) = rule.token {
            let token = find(response.body(), pointer);
            if token.is_page_token() {
                return Ok(Some(Self::from_token(token, param)));
            }
        }
        match link {
            Ok(_) => Ok(None),
            Err(link::Unreadable) => {
                let summary = "the `link` header is not valid, so the next page is unknown";
                Err(new_error::pages(response.clone(), summary.to_owned()))
            }
        }
    }

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

    /// Returns the request for the page, and a text by which it is recognized.
    pub(super) fn request(self, request: &Request, response: &Response) -> Result<(Request, String), Error> {
        match self {
            Self::Link(target) => {
                let target = resolve_link(request, response, &target)?;
                let page = target.to_string();
                Ok((request.clone().to(target), page))
            }
            Self::Param(param, value) => {
                let page = value.text().to_owned();
                Ok((param.write(request.clone(), &value), page))
            }
        }
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
