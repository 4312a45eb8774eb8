//! The ways in which a page leads to the next, and how they are recognized.

use super::items;
use super::shape::{Asked, Kind, Place, Shape, field, kind};
use crate::ir::{Counted, Expectation, Items, Pages};

/// What an answer calls that by which the next page is asked for.
const NEXT: [&str; 9] = [
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

/// What a request calls it, where that does not follow from what the answer calls it.
const ASKS: [&str; 9] = [
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

/// Names that mean the same in an answer and in a request.
const SAME: [&str; 9] = [
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

/// What is a URL by its name.
const URLS: [&str; 7] =
    ["nextlink", "nexturl", "nexturi", "nexthref", "nextpageurl", "nextpagelink", "odatanextlink"];

/// What a request calls the last item before the page.
const BEHIND: [&str; 4] = ["startingafter", "afterid", "after", "startafter"];

const OFFSETS: [&str; 3] = ["offset", "skip", "startat"];
const PAGES: [&str; 3] = ["page", "pagenumber", "pageno"];
const SIZES: [&str; 10] =
    ["limit", "pagesize", "pagelimit", "perpage", "size", "count", "top", "take", "max", "maxresults"];
const MORE: [&str; 8] =
    ["more", "hasmore", "hasmoreitems", "hasmorepages", "hasnext", "hasnextpage", "istruncated", "nextpage"];
const DONE: [&str; 4] = ["done", "islast", "islastpage", "lastpage"];
const TOTAL_ITEMS: [&str; 9] = [
    "total",
    "totalcount",
    "totalresults",
    "totalitems",
    "totalrecords",
    "totalsize",
    "totalelements",
    "totalhits",
    "itemcount",
];
const TOTAL_PAGES: [&str; 6] = ["pagecount", "totalpages", "pages", "numpages", "pagestotal", "lastpage"];

/// What the shape of an operation says about its pages.
pub(super) enum Inferred {
    Nothing,
    Pages(Box<Pages>),
    /// There are further pages, and no way to ask for them: the member that tells.
    OutOfReach(String),
}

impl Inferred {
    pub(super) fn pages(self) -> Option<Pages> {
        match self {
            Self::Pages(pages) => Some(*pages),
            Self::Nothing | Self::OutOfReach(_) => None,
        }
    }
}

/// Recognizes the way in which the pages of an operation follow one another.
pub(super) fn infer(shape: &Shape<'_>, has_link: bool) -> Inferred {
    let items = items::find(shape);
    let token = token(shape).or_else(|| last_item(shape, items.as_ref()?));
    let count = count(shape).filter(|_| items.is_some());
    let is_get = shape.operation.method == "GET";
    let mut pages = Pages { items, ..Pages::default() };
    match (token, count) {
        (Some((member, asked)), count) => {
            pages.token = Some((member, Some(asked.ask.clone())));
            // Some count unless they are asked for tokens; where nothing is counted, the token alone leads on.
            let other = count.filter(|(_, counter)| counter.ask != asked.ask);
            if let Some(((counted, counter), total)) = other.zip(total(shape, other.map(|it| it.0))) {
                pages.count = Some((counted, counter.ask.clone()));
                pages.total = Some(total);
            }
        }
        (None, Some((counted, asked))) => {
            pages.count = Some((counted, asked.ask.clone()));
            pages.total = total(shape, Some(counted));
            // A POST may well have an `offset` that means something else.
            let next = || member(shape, &["next", "nexturl", "nextlink", "nextpageurl"], &[Kind::Text]);
            pages.more = flag(shape, &MORE).or_else(|| next().map(owned));
            if !is_get && pages.more.is_none() && pages.total.is_none() {
                return Inferred::Nothing;
            }
        }
        // Where there is another way it is taken, as links lead past whatever stands before the server.
        (None, None) if is_get && has_link => pages.link = true,
        (None, None) => match url(shape).filter(|_| is_get) {
            Some(member) => pages.token = Some((owned(member), None)),
            None => return out_of_reach(shape, pages.items.is_some()),
        },
    }
    pages.more = pages.more.or_else(|| flag(shape, &MORE));
    pages.done = flag(shape, &DONE);
    Inferred::Pages(Box::new(pages))
}

/// Where a token is, and what asks for the page that it stands for.
fn token<'a>(shape: &'a Shape<'_>) -> Option<(Vec<String>, &'a Asked<'a>)> {
    let tokens = || shape.members.iter().filter(|member| is_token(member.kind));
    // What both call the same, but for the `next`, leaves no doubt.
    let same = tokens().find_map(|member| {
        let rest = member.name.strip_prefix("next").filter(|rest| !rest.is_empty());
        Some((member, ask_for(shape, &[rest?]).filter(|asked| fits(member, asked))?))
    });
    let named = || {
        tokens().find_map(|member| match member.name.as_str() {
            "nextpageoffset" => Some((member, ask_for(shape, &["offset"])?)),
            "after" if ["cursor", "cursors"].contains(&member.within.as_str()) => {
                Some((member, ask_for(shape, &["after"])?))
            }
            // The parameters of the next page, by their names.
            name if ["next", "nextpage"].contains(&member.within.as_str()) => {
                Some((member, ask_for(shape, &[name]).filter(|asked| asked.kind == member.kind)?))
            }
            // Elsewhere it may be the number of items before this page.
            "offset" if member.kind == Kind::Text => {
                Some((member, ask_for(shape, &["offset"]).filter(|asked| asked.kind == Kind::Text)?))
            }
            "lastid" => Some((member, ask_for(shape, &BEHIND)?)),
            name if NEXT.contains(&name) => Some((member, ask_for(shape, &ASKS)?)),
            name if SAME.contains(&name) => Some((member, ask_for(shape, &[name])?)),
            _ => None,
        })
    };
    same.or_else(named).map(|(member, asked)| (owned(member), asked))
}

/// The id of the last item, where a request names the one that its page begins behind, and the answer says whether there
/// are more.
fn last_item<'a>(shape: &'a Shape<'_>, items: &Items) -> Option<(Vec<String>, &'a Asked<'a>)> {
    flag(shape, &MORE)?;
    let asked = ask_for(shape, &BEHIND)?;
    let (id, ty) = field(shape.api, &items.ty, "id")?;
    let path = items.fields.iter().chain([&id]).map(|member| shape.api.wire_name(*member).to_owned());
    is_token(kind(shape.api, ty)).then(|| (path.collect(), asked))
}

/// The number of a page is none of its tokens.
fn fits(member: &Place<'_>, asked: &Asked<'_>) -> bool {
    member.kind == asked.kind || asked.kind != Kind::Integer
}

/// What a request counts, and says in a parameter.
fn count<'a>(shape: &'a Shape<'_>) -> Option<(Counted, &'a Asked<'a>)> {
    let number = |names: &[&str]| ask_for(shape, names).filter(|asked| asked.kind == Kind::Integer);
    let has_size = number(&SIZES).is_some();
    let offset = number(&OFFSETS).filter(|_| has_size).map(|asked| (Counted::Items, asked));
    offset.or_else(|| {
        let asked = number(&PAGES)?;
        let starts_at_zero = asked.expectations.iter().any(|expectation| match expectation {
            Expectation::Default(json) => json == "0",
            Expectation::Range { from: Some(from), .. } => from.number == "0" && !from.is_exclusive,
            _ => false,
        });
        Some((Counted::Pages { first: u64::from(!starts_at_zero) }, asked))
    })
}

fn total(shape: &Shape<'_>, counted: Option<Counted>) -> Option<Vec<String>> {
    let names: &[&str] = match counted? {
        Counted::Items => &TOTAL_ITEMS,
        Counted::Pages { .. } => &TOTAL_PAGES,
    };
    member(shape, names, &[Kind::Integer]).map(owned)
}

/// A URL of the next page.
fn url<'a>(shape: &'a Shape<'_>) -> Option<&'a Place<'a>> {
    let of_links = |member: &&Place<'_>| match (member.within.as_str(), member.name.as_str()) {
        ("links", "next") | ("next" | "nextpage", "href" | "uri" | "url") => member.kind == Kind::Text,
        _ => false,
    };
    member(shape, &URLS, &[Kind::Text]).or_else(|| shape.members.iter().find(of_links))
}

fn flag(shape: &Shape<'_>, names: &[&str]) -> Option<Vec<String>> {
    member(shape, names, &[Kind::Truth]).map(owned)
}

/// A listing that says how to ask for its next page, where nothing asks for it.
fn out_of_reach(shape: &Shape<'_>, has_items: bool) -> Inferred {
    let names = ["nextpagetoken", "nexttoken", "nextcursor", "nextmarker", "nextpage"];
    match member(shape, &names, &[Kind::Text]).filter(|_| has_items) {
        Some(member) => Inferred::OutOfReach(member.path.join(".")),
        None => Inferred::Nothing,
    }
}

fn member<'a>(shape: &'a Shape<'_>, names: &[&str], kinds: &[Kind]) -> Option<&'a Place<'a>> {
    shape.members.iter().find(|member| names.contains(&member.name.as_str()) && kinds.contains(&member.kind))
}

/// The first of these names that a request knows.
fn ask_for<'a>(shape: &'a Shape<'_>, names: &[&str]) -> Option<&'a Asked<'a>> {
    let known = |name: &&str| shape.asks.iter().find(|asked| asked.name == **name && is_token(asked.kind));
    names.iter().find_map(known)
}

fn is_token(kind: Kind) -> bool {
    matches!(kind, Kind::Text | Kind::Integer | Kind::Open)
}

fn owned(member: &Place<'_>) -> Vec<String> {
    member.path.iter().map(|&name| name.to_owned()).collect()
}
