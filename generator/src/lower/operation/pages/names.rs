//! The names by which pagination is recognized, in the form of [`normalized`].

/// Names of objects that describe the page rather than the items.
pub(super) const CONTAINERS: [&str; 16] = [
    "pagination",
    "paging",
    "page",
    "pageinfo",
    "pagemetadata",
    "meta",
    "metadata",
    "responsemetadata",
    "links",
    "next",
    "nextpage",
    "cursor",
    "cursors",
    "data",
    "result",
    "response",
];

/// Names of lists that are the main content of a response.
pub(super) const ITEMS: [&str; 14] = [
    "list",
    "items",
    "data",
    "results",
    "entries",
    "records",
    "values",
    "elements",
    "nodes",
    "objects",
    "rows",
    "hits",
    "content",
    "resources",
];

/// Names of secondary lists.
pub(super) const SECONDARY: [&str; 9] =
    ["warnings", "errors", "order", "sort", "links", "expanded", "included", "facets", "notices"];

/// Names of objects that wrap the whole content of a response.
pub(super) const ENVELOPES: [&str; 6] = ["data", "result", "results", "response", "payload", "meta"];

/// Names of the page token in a response.
pub(super) const RESPONSE_TOKENS: [&str; 9] = [
    "nextpagetoken",
    "nexttoken",
    "nextcursor",
    "nextpagecursor",
    "nextmarker",
    "nextpage",
    "next",
    "nextkey",
    "endcursor",
];

/// Names of the page token in a request, where they differ.
pub(super) const REQUEST_TOKENS: [&str; 9] = [
    "pagetoken",
    "cursor",
    "after",
    "pageafter",
    "pagecursor",
    "startcursor",
    "continuationtoken",
    "iterator",
    "marker",
];

/// Names of the page token in both response and request.
pub(super) const SHARED_TOKENS: [&str; 9] = [
    "cursor",
    "iterator",
    "marker",
    "pagetoken",
    "continuation",
    "continuationtoken",
    "paginationtoken",
    "nexttoken",
    "scrollid",
];

/// Names of the URL of the next page.
pub(super) const NEXT_URLS: [&str; 7] =
    ["nextlink", "nexturl", "nexturi", "nexthref", "nextpageurl", "nextpagelink", "odatanextlink"];

/// Names of the request parameter for the last item of the previous page.
pub(super) const AFTER_ITEM: [&str; 4] = ["startingafter", "afterid", "after", "startafter"];

/// Names of the parameter for the number of items to skip.
pub(super) const OFFSETS: [&str; 3] = ["offset", "skip", "startat"];

/// Names of the parameter for the number of the page.
pub(super) const PAGES: [&str; 3] = ["page", "pagenumber", "pageno"];

/// Names of the parameter for the number of items in a page.
pub(super) const SIZES: [&str; 10] =
    ["limit", "pagesize", "pagelimit", "perpage", "size", "count", "top", "take", "max", "maxresults"];

/// Names of the property that is true if there are more pages.
pub(super) const MORE: [&str; 8] =
    ["more", "hasmore", "hasmoreitems", "hasmorepages", "hasnext", "hasnextpage", "istruncated", "nextpage"];

/// Names of the property that is true on the last page.
pub(super) const DONE: [&str; 4] = ["done", "islast", "islastpage", "lastpage"];

/// Names of the number of all items, the least ambiguous first.
pub(super) const TOTAL_ITEMS: [&str; 15] = [
    "recordsfiltered",
    "totalfiltered",
    "totalcount",
    "totalitems",
    "totalentries",
    "totalresults",
    "totalrecords",
    "totalelements",
    "totalobjects",
    "totalhits",
    "totalsize",
    "total",
    "recordstotal",
    "numfound",
    "itemcount",
];

/// Names of the number of all pages.
pub(super) const TOTAL_PAGES: [&str; 6] =
    ["totalpages", "pagecount", "numpages", "pagestotal", "lastpage", "pages"];

/// Names of the number of items in a page in a response.
pub(super) const STATED_SIZES: [&str; 6] =
    ["limit", "pagesize", "perpage", "itemsperpage", "pagelimit", "resultsperpage"];

/// Names of the number of the page in a response.
pub(super) const PAGE_NUMBERS: [&str; 4] = ["currentpage", "pagenumber", "pageno", "page"];

/// Names of the page before.
pub(super) const PREVIOUS: [&str; 3] = ["previous", "prev", "previouspage"];

/// Returns true if a property of a response may describe the page, by its name and the name of the object around it.
pub(super) fn may_describe_page(name: &str, within: &str) -> bool {
    let lists: [&[&str]; 10] = [
        &RESPONSE_TOKENS,
        &SHARED_TOKENS,
        &NEXT_URLS,
        &MORE,
        &DONE,
        &TOTAL_ITEMS,
        &TOTAL_PAGES,
        &STATED_SIZES,
        &PAGE_NUMBERS,
        &PREVIOUS,
    ];
    name.starts_with("next")
        || matches!(name, "after" | "lastid" | "first" | "last" | "offset" | "count")
        || matches!(within, "next" | "nextpage")
        || lists.iter().any(|names| names.contains(&name))
}

/// Normalizes a name for comparison: `next_page_token` and `nextPageToken` are equal.
pub(super) fn normalized(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}
