// @generated from the OpenAPI document. Change the document, and generate again.

//! [`Pagination`], the rule by which a response leads to the request for the next page.

use super::page_param::PageParam;

/// The pagination rule of an operation.
///
/// Generated code has a constant for each paginated operation. Strings are JSON pointers into the response body. A
/// pointer into an array continues in its last element.
#[derive(Clone, Copy, Debug)]
pub struct Pagination {
    pub(in super::super) link: bool,
    pub(in super::super) token: Option<(&'static str, Option<PageParam>)>,
    pub(in super::super) starts_empty: bool,
    pub(in super::super) count: Option<(PageUnit, PageParam)>,
    pub(in super::super) size: PageSize,
    pub(in super::super) items: Option<&'static str>,
    pub(in super::super) more: Option<&'static str>,
    pub(in super::super) done: Option<&'static str>,
    pub(in super::super) total: Option<&'static str>,
    pub(in super::super) total_pages: Option<&'static str>,
    pub(in super::super) number: Option<&'static str>,
}

/// The unit of a page parameter that is a number.
#[derive(Clone, Copy, Debug)]
pub(in super::super) enum PageUnit {
    /// The number of items before the page.
    Items,
    /// The number of the page. The first page has this number; `None` is 0 or 1.
    Pages(Option<u64>),
}

/// The sources of the number of items in a page that is not the last.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct PageSize {
    pub(in super::super) param: Option<PageParam>,
    /// The documented size of pages if the parameter is not set.
    pub(in super::super) default: Option<u64>,
    /// The documented maximum of the parameter.
    pub(in super::super) max: Option<u64>,
    /// The pointer to the size in the response.
    pub(in super::super) stated: Option<&'static str>,
}

impl Pagination {
    const NONE: Self = Self {
        link: false,
        token: None,
        starts_empty: false,
        count: None,
        size: PageSize { param: None, default: None, max: None, stated: None },
        items: None,
        more: None,
        done: None,
        total: None,
        total_pages: None,
        number: None,
    };

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
        Self { count: Some((PageUnit::Pages(Some(first)), param)), ..Self::NONE }
    }

    /// The request has the number of the page. The first page has the number 0 or 1.
    ///
    /// Unless the response tells which, page 1 is requested after the first page. If it is the first page again, it is
    /// skipped.
    pub const fn page_from_0_or_1(param: PageParam) -> Self {
        Self { count: Some((PageUnit::Pages(None), param)), ..Self::NONE }
    }

    /// Uses the page token of a response, if there is one, instead of counting.
    pub const fn or_token(self, at: &'static str, param: PageParam) -> Self {
        Self { token: Some((at, Some(param))), ..self }
    }

    /// Sends an empty page token for the first page, because the server returns tokens only to requests that have one.
    pub const fn starts_empty(self) -> Self {
        Self { starts_empty: true, ..self }
    }

    /// Sets the pointer to the items.
    pub const fn items(self, at: &'static str) -> Self {
        Self { items: Some(at), ..self }
    }

    /// Sets the parameter for the number of items in a page.
    pub const fn size(self, param: PageParam) -> Self {
        Self { size: PageSize { param: Some(param), ..self.size }, ..self }
    }

    /// Sets the number of items in a page if the request has no number.
    pub const fn default_size(self, size: u64) -> Self {
        Self { size: PageSize { default: Some(size), ..self.size }, ..self }
    }

    /// Sets the maximum number of items in a page.
    pub const fn max_size(self, size: u64) -> Self {
        Self { size: PageSize { max: Some(size), ..self.size }, ..self }
    }

    /// Sets the pointer to the number of items in a page, unless it is the last.
    pub const fn stated_size(self, at: &'static str) -> Self {
        Self { size: PageSize { stated: Some(at), ..self.size }, ..self }
    }

    /// Sets the pointer to a value that says that there are more pages: `true`, a number, or a string that is not
    /// empty.
    pub const fn more(self, at: &'static str) -> Self {
        Self { more: Some(at), ..self }
    }

    /// Sets the pointer to a value that is `true` on the last page, and `false` on other pages.
    pub const fn done(self, at: &'static str) -> Self {
        Self { done: Some(at), ..self }
    }

    /// Sets the pointer to the total number of items.
    pub const fn total(self, at: &'static str) -> Self {
        Self { total: Some(at), ..self }
    }

    /// Sets the pointer to the total number of pages.
    pub const fn total_pages(self, at: &'static str) -> Self {
        Self { total_pages: Some(at), ..self }
    }

    /// Sets the pointer to the number of the page.
    pub const fn stated_page(self, at: &'static str) -> Self {
        Self { number: Some(at), ..self }
    }
}

impl PageUnit {
    /// Returns the value of the page parameter after a page with this many items.
    pub(in super::super) fn after(self, current: u64, items: u64) -> u64 {
        match self {
            Self::Items => current.saturating_add(items),
            Self::Pages(_) => current.saturating_add(1),
        }
    }
}
