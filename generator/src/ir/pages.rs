//! How the pages of an answer follow one another.

use super::{Type, TypeId};

/// How the pages of an answer follow one another. Paths are wire names, from the outside in; one that leads into a list
/// goes on in its last element.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Pages {
    /// Whether the header `Link` leads on.
    pub(crate) link: bool,
    /// What the answer holds to ask for the next page with, and where that goes; nowhere, if it is a URL.
    pub(crate) token: Option<(Vec<String>, Option<Ask>)>,
    /// What a request counts, and where it says so.
    pub(crate) count: Option<(Counted, Ask)>,
    /// What says that there are more.
    pub(crate) more: Option<Vec<String>>,
    /// What says that there are no more.
    pub(crate) done: Option<Vec<String>>,
    /// How many there are of what is counted.
    pub(crate) total: Option<Vec<String>>,
    /// What the pages list, if that is known.
    pub(crate) items: Option<Items>,
}

/// Where a request says which page it asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ask {
    /// A parameter of the query, by its wire name.
    Query(String),
    /// A member of the body.
    Body(String),
}

/// What a request counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Counted {
    /// The items before the page.
    Items,
    /// The pages, of which the first has this number.
    Pages { first: u64 },
}

/// What pages list.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Items {
    /// The fields that lead to the list, from the outside in; none, where the answer is the list.
    pub(crate) fields: Vec<Member>,
    /// What the list holds.
    pub(crate) ty: Type,
}

/// A field of a struct.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Member {
    pub(crate) of: TypeId,
    /// Its position among the fields.
    pub(crate) field: usize,
}
