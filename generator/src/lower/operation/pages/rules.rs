//! The pagination schemes, and how they are recognized.

use super::fields::{ScalarKind, field, kind};
use super::names::{
    AFTER_ITEM, DONE, MORE, NEXT_URLS, OFFSETS, PAGE_NUMBERS, PAGES, PREVIOUS, REQUEST_TOKENS,
    RESPONSE_TOKENS, SHARED_TOKENS, SIZES, STATED_SIZES, TOTAL_ITEMS, TOTAL_PAGES,
};
use super::signature::{RequestInput, ResponseProperty, Signature};
use crate::ir::{Constraint, PageItems, PageSize, PageUnit, Pagination};
use crate::rules::secret_name::words;

/// The pagination inferred from the signature of an operation.
pub(super) enum Inferred {
    Nothing,
    Pagination(Box<Pagination>),
    /// The response has a page token, in this property, that no parameter accepts.
    Unreachable(String),
}

impl Inferred {
    pub(super) fn pages(self) -> Option<Pagination> {
        match self {
            Self::Pagination(pages) => Some(*pages),
            Self::Nothing | Self::Unreachable(_) => None,
        }
    }
}

/// Recognizes the pagination scheme of an operation that only reads.
pub(super) fn infer(signature: &Signature<'_>, has_link: bool) -> Inferred {
    let items = signature.items();
    let token = token(signature).or_else(|| last_item(signature, items.as_ref()?));
    let count = count(signature).filter(|_| items.is_some());
    let is_get = matches!(signature.operation.method.as_str(), "GET" | "QUERY");
    let mut pages = Pagination { items, ..Pagination::default() };
    match (token, count) {
        (Some((property, input)), count) => {
            pages.token = Some((property, Some(input.param.clone())));
            // Some servers count pages unless the client sends tokens.
            if let Some((unit, counter)) = count.filter(|(_, counter)| counter.param != input.param) {
                pages.count = Some((unit, counter.param.clone()));
                pages.starts_empty = is_empty_at_first(input);
            }
        }
        (None, Some((unit, input))) => {
            pages.count = Some((unit, input.param.clone()));
            let next =
                || property(signature, &["next", "nexturl", "nextlink", "nextpageurl"], &[ScalarKind::Text]);
            pages.more = flag(signature, &MORE).or_else(|| next().map(owned));
        }
        // A `Link` header comes last, since its URL may bypass a proxy in front of the server.
        (None, None) if is_get && has_link => pages.link = true,
        (None, None) => match url(signature).filter(|_| is_get) {
            Some(property) => pages.token = Some((owned(property), None)),
            None => return unreachable_or_nothing(signature, pages.items.is_some()),
        },
    }
    pages.more = pages.more.or_else(|| flag(signature, &MORE));
    pages.done = flag(signature, &DONE);
    Inferred::Pagination(Box::new(pages))
}

/// Adds the properties by which the end of a listing is recognized: totals, and the number of items in a page.
pub(super) fn add_ends(signature: &Signature<'_>, pages: &mut Pagination) {
    pages.total = total_items(signature).filter(|_| pages.items.is_some()).map(owned);
    let size = input_named(signature, &SIZES).filter(|input| input.kind == ScalarKind::Integer);
    let Some((unit, _)) = &pages.count else {
        // Other parameters of a listing with links can select the page.
        let has_links = pages.link || matches!(pages.token, Some((_, None)));
        pages.size.param =
            size.filter(|_| has_links && pages.total.is_some()).map(|input| input.param.clone());
        return;
    };
    if let PageUnit::Pages { first } = unit {
        pages.total_pages = best(signature, &TOTAL_PAGES).map(owned);
        pages.number = best(signature, &PAGE_NUMBERS).filter(|_| first.is_none()).map(owned);
    }
    let positive = |text: &str| text.parse().ok().filter(|size: &u64| *size > 0);
    let default = size.and_then(|input| input.constraints.iter().find_map(default_of)).and_then(positive);
    let max = size.and_then(|input| input.constraints.iter().find_map(maximum_of)).and_then(positive);
    let stated = best(signature, &STATED_SIZES).map(owned);
    pages.size = PageSize { param: size.map(|input| input.param.clone()), default, max, stated };
}

fn default_of(constraint: &Constraint) -> Option<&str> {
    match constraint {
        Constraint::Default(json) => Some(json),
        _ => None,
    }
}

fn maximum_of(constraint: &Constraint) -> Option<&str> {
    match constraint {
        Constraint::Range { to: Some(to), .. } if !to.is_exclusive => Some(&to.number),
        _ => None,
    }
}

/// Returns true if the description of a page token asks for an empty token for the first page.
fn is_empty_at_first(input: &RequestInput<'_>) -> bool {
    let text = input.text.to_lowercase();
    text.contains("empty string") && text.contains("first page")
}

/// Returns the property of the response with the page token, and the request input that accepts it.
fn token<'a>(signature: &'a Signature<'_>) -> Option<(Vec<String>, &'a RequestInput<'a>)> {
    let tokens = || signature.properties().filter(|property| property.kind.is_token());
    // Names that are equal apart from `next` are unambiguous.
    let same_name = tokens().find_map(|property| {
        let rest = property.name.strip_prefix("next").filter(|rest| !rest.is_empty());
        Some((property, input_for(signature, property, &[rest?])?))
    });
    let named = || {
        tokens().find_map(|property| match property.name.as_str() {
            "nextpageoffset" => Some((property, input_for(signature, property, &["offset"])?)),
            "after" if ["cursor", "cursors"].contains(&property.within.as_str()) => {
                Some((property, input_for(signature, property, &["after"])?))
            }
            // Properties named like the parameters of the next page.
            name if ["next", "nextpage"].contains(&property.within.as_str()) => {
                Some((property, input_named(signature, &[name]).filter(|input| input.kind == property.kind)?))
            }
            // As a number, it may be the offset of this page.
            "offset" if property.kind == ScalarKind::Text => Some((
                property,
                input_named(signature, &["offset"]).filter(|input| input.kind == ScalarKind::Text)?,
            )),
            // Cursors of the first and the last item of the page.
            "last" if property.within.is_empty() && signature.properties().any(is_first) => {
                flag(signature, &MORE)?;
                Some((property, input_for(signature, property, &AFTER_ITEM)?))
            }
            "lastid" => Some((property, input_for(signature, property, &AFTER_ITEM)?)),
            name if RESPONSE_TOKENS.contains(&name) => {
                Some((property, input_for(signature, property, &REQUEST_TOKENS)?))
            }
            name if SHARED_TOKENS.contains(&name) => {
                Some((property, input_for(signature, property, &[name])?))
            }
            _ => None,
        })
    };
    same_name.or_else(named).map(|(property, input)| (owned(property), input))
}

/// Returns the id of the last item, if the request accepts the item after which a page starts and the
/// response says if there are more.
fn last_item<'a>(
    signature: &'a Signature<'_>,
    items: &PageItems,
) -> Option<(Vec<String>, &'a RequestInput<'a>)> {
    flag(signature, &MORE)?;
    let (id, ty) = field(signature.api, &items.ty, "id")?;
    let id_kind = kind(signature.api, ty);
    let input =
        AFTER_ITEM.iter().find_map(|name| signature.input(name).filter(|input| may_match(id_kind, input)))?;
    let path = items.fields.iter().chain([&id]).map(|property| signature.api.wire_name(*property).to_owned());
    id_kind.is_token().then(|| (path.collect(), input))
}

fn is_first(property: &ResponseProperty<'_>) -> bool {
    property.name == "first" && property.within.is_empty() && property.kind.is_token()
}

/// Returns the input with the first of the names that accepts a token.
fn input_for<'a>(
    signature: &'a Signature<'_>,
    token: &ResponseProperty<'_>,
    names: &[&str],
) -> Option<&'a RequestInput<'a>> {
    names.iter().find_map(|name| signature.input(name).filter(|input| may_match(token.kind, input)))
}

/// Returns false if a token would be sent as a number or a date that it is not.
fn may_match(token: ScalarKind, input: &RequestInput<'_>) -> bool {
    match input.kind {
        ScalarKind::Integer | ScalarKind::Time => token == input.kind,
        _ => token == ScalarKind::Time || !is_date_filter(input),
    }
}

/// Returns true if a parameter such as `after` selects items by their date, by its description.
fn is_date_filter(input: &RequestInput<'_>) -> bool {
    let words = words(input.text);
    let has = |names: &[&str]| words.iter().any(|word| names.contains(&word.as_str()));
    has(&["date", "dates", "datetime", "time", "timestamp", "iso", "rfc"])
        && !has(&["cursor", "cursors", "token", "page", "pages", "pagination", "paging", "id", "identifier"])
}

/// Returns the unit that a request counts, and its input.
fn count<'a>(signature: &'a Signature<'_>) -> Option<(PageUnit, &'a RequestInput<'a>)> {
    let number =
        |names: &[&str]| input_named(signature, names).filter(|input| input.kind == ScalarKind::Integer);
    let has_size = number(&SIZES).is_some();
    let offset = number(&OFFSETS).filter(|_| has_size).map(|input| (PageUnit::Items, input));
    offset.or_else(|| {
        let input = number(&PAGES)?;
        Some((PageUnit::Pages { first: first_page(input) }, input))
    })
}

/// Returns the number of the first page, if the document says it.
///
/// An example of 1 can be any page, and a minimum of 0 can be the minimum of an unsigned integer.
fn first_page(input: &RequestInput<'_>) -> Option<u64> {
    let documented = input.constraints.iter().find_map(|constraint| match constraint {
        Constraint::Default(json) => json.parse().ok(),
        Constraint::Range { from: Some(from), .. } => match (from.number.as_str(), from.is_exclusive) {
            ("1", false) | ("0", true) => Some(1),
            _ => None,
        },
        _ => None,
    });
    documented.filter(|first| *first <= 1)
}

/// Returns the property with the total number of items.
fn total_items<'a>(signature: &'a Signature<'_>) -> Option<&'a ResponseProperty<'a>> {
    let beside = |property: &ResponseProperty<'_>, names: &[&str]| {
        let within = |other: &ResponseProperty<'_>| {
            other.path.split_last().map(|(_, path)| path) == property.path.split_last().map(|(_, path)| path)
        };
        signature.properties().any(|other| names.contains(&other.name.as_str()) && within(other))
    };
    let total = best(signature, &TOTAL_ITEMS)
        // Beside a number of pages it is a total, elsewhere it can be the number of items on the page.
        .filter(|property| property.name != "itemcount" || beside(property, &TOTAL_PAGES));
    // The same holds for `count` between the links to the next and the previous page.
    let count = || best(signature, &["count"]).filter(|it| beside(it, &["next"]) && beside(it, &PREVIOUS));
    total.or_else(count)
}

/// Returns the integer property with the first of the names that the response has.
fn best<'a>(signature: &'a Signature<'_>, names: &[&str]) -> Option<&'a ResponseProperty<'a>> {
    names.iter().find_map(|name| property(signature, &[name], &[ScalarKind::Integer]))
}

/// Returns the property with the URL of the next page.
fn url<'a>(signature: &'a Signature<'_>) -> Option<&'a ResponseProperty<'a>> {
    let of_links = |property: &&ResponseProperty<'_>| match (property.within.as_str(), property.name.as_str())
    {
        ("links", "next") | ("next" | "nextpage", "href" | "uri" | "url") => {
            property.kind == ScalarKind::Text
        }
        (_, "next" | "nextpage") => property.kind == ScalarKind::Text && is_url(property),
        _ => false,
    };
    property(signature, &NEXT_URLS, &[ScalarKind::Text]).or_else(|| signature.properties().find(of_links))
}

/// Returns true if the format or the description says that a property is a URL.
fn is_url(property: &ResponseProperty<'_>) -> bool {
    let is_url = |word: &str| matches!(word.to_ascii_lowercase().as_str(), "url" | "uri" | "link");
    let text = property.docs.text.as_deref().unwrap_or_default();
    property.docs.constraints.iter().any(|it| matches!(it, Constraint::Format(format) if is_url(format)))
        || text.split(|c: char| !c.is_ascii_alphanumeric()).any(is_url)
}

fn flag(signature: &Signature<'_>, names: &[&str]) -> Option<Vec<String>> {
    property(signature, names, &[ScalarKind::Boolean]).map(owned)
}

/// Returns `Unreachable` if the response has a page token that nothing accepts.
fn unreachable_or_nothing(signature: &Signature<'_>, has_items: bool) -> Inferred {
    let names = ["nextpagetoken", "nexttoken", "nextcursor", "nextmarker", "nextpage"];
    match property(signature, &names, &[ScalarKind::Text]).filter(|_| has_items) {
        Some(property) => Inferred::Unreachable(property.path.join(".")),
        None => Inferred::Nothing,
    }
}

fn property<'a>(
    signature: &'a Signature<'_>,
    names: &[&str],
    kinds: &[ScalarKind],
) -> Option<&'a ResponseProperty<'a>> {
    signature
        .properties()
        .find(|property| names.contains(&property.name.as_str()) && kinds.contains(&property.kind))
}

/// Returns the input with the first of the names that the request has.
fn input_named<'a>(signature: &'a Signature<'_>, names: &[&str]) -> Option<&'a RequestInput<'a>> {
    names.iter().find_map(|name| signature.input(name))
}

fn owned(property: &ResponseProperty<'_>) -> Vec<String> {
    property.path.iter().map(|&name| name.to_owned()).collect()
}
