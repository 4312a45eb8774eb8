//! Pagination.

use super::{Type, TypeId};

/// Pagination of an operation.
///
/// Property paths are wire names, outermost first. A path through a list continues in its last item.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Pagination {
    /// True if the response header `Link` holds the URL of the next page.
    pub(crate) link: bool,
    /// Response property with the next page token, and the parameter that accepts it. Without a parameter, the
    /// property holds the URL of the next page.
    pub(crate) token: Option<(Vec<String>, Option<PageParam>)>,
    /// True if the server returns page tokens only to requests that have one, such as an empty one.
    pub(crate) starts_empty: bool,
    /// Unit that the request counts in, and the parameter for the count.
    pub(crate) count: Option<(PageUnit, PageParam)>,
    /// Number of items in a page, if the request counts.
    pub(crate) size: PageSize,
    /// Boolean response property that is true if there are more pages.
    pub(crate) more: Option<Vec<String>>,
    /// Boolean response property that is true on the last page.
    pub(crate) done: Option<Vec<String>>,
    /// Response property with the total number of items.
    pub(crate) total: Option<Vec<String>>,
    /// Response property with the total number of pages.
    pub(crate) total_pages: Option<Vec<String>>,
    /// Response property with the number of the page, if the number of the first page is not known.
    pub(crate) number: Option<Vec<String>>,
    /// Items of a page, if known.
    pub(crate) items: Option<PageItems>,
}

/// The parameter that selects a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PageParam {
    /// A query parameter, by wire name.
    Query(String),
    /// A property of the request body.
    Body(String),
}

/// Where the number of items in a page is found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PageSize {
    /// The parameter.
    pub(crate) param: Option<PageParam>,
    /// Documented size if the parameter is not set.
    pub(crate) default: Option<u64>,
    /// Documented maximum of the parameter.
    pub(crate) max: Option<u64>,
    /// Response property.
    pub(crate) stated: Option<Vec<String>>,
}

/// Unit that a request counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PageUnit {
    /// The number of items to skip.
    Items,
    /// The number of the page. `first` is the number of the first page; `None` is 0 or 1.
    Pages { first: Option<u64> },
}

/// Items of a page.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PageItems {
    /// Fields on the way to the list, outermost first. Empty if the response itself is the list.
    pub(crate) fields: Vec<FieldRef>,
    /// Type of an item.
    pub(crate) ty: Type,
}

/// Reference to a field of a struct.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FieldRef {
    /// The struct.
    pub(crate) of: TypeId,
    /// Index of the field.
    pub(crate) field: usize,
}
