// @generated from the OpenAPI document. Change the document, and generate again.

//! [`PageSequence`], the pages of a listing that a test sets. The last of them is the last page of the listing.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use serde_json::{Map, Value, json};

use super::super::pages::PageParam;
use super::super::pages::lookup::find;
use super::super::pages::pagination::{PageUnit, Pagination};
use super::super::testing::MockResponse;
use super::super::wire;
use super::endpoint::Endpoint;
use super::form;
use super::received::ReceivedRequest;

/// The query parameter of the URL of a page, for listings whose responses have the URL of the next page.
const PAGE: &str = "mock-page";

type Check = fn(&[u8]) -> Result<(), wire::DecodeError>;

/// The pages of a listing.
///
/// The request for the page after a sent page gets that page or, after the last, a page without items. Any other request
/// gets the first page.
pub(super) struct PageSequence {
    endpoint: &'static Endpoint,
    rule: Pagination,
    /// Checks a page against the document.
    check: Check,
    pages: Vec<Value>,
    /// The indexes of the pages after those that were sent, by the requests for them.
    next: Mutex<HashMap<String, usize>>,
}

impl PageSequence {
    /// Returns a sequence of pages, or `None` if the operation is not paginated or a page is not JSON.
    pub(super) fn new(endpoint: &'static Endpoint, check: Check, pages: &[Vec<u8>]) -> Option<Self> {
        let rule = endpoint.pagination.filter(|_| !pages.is_empty())?;
        let pages = pages.iter().map(|page| serde_json::from_slice(page).ok()).collect::<Option<_>>()?;
        Some(Self { endpoint, rule, check, pages, next: Mutex::default() })
    }

    pub(super) fn response_to(&self, request: &ReceivedRequest) -> MockResponse {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        let index = next.get(&self.key(request, &self.selected(request))).copied().unwrap_or(0);
        let Some(page) = self.pages.get(index) else { return self.response(&self.after_last()) };
        let mut page = page.clone();
        let following = index + 1;
        let url = next_url(request, following);
        let has_next = following < self.pages.len();
        if has_next {
            self.refer_to_next(&mut page, following, &url);
        }
        if let Some(selected) = self.selected_after(&page, request, has_next.then_some(following)) {
            next.insert(self.key(request, &selected), following);
        }
        let response = self.response(&page);
        match self.rule.link && has_next {
            true => response.with_header("link", &format!("<{url}>; rel=\"next\"")),
            false => response,
        }
    }

    fn response(&self, page: &Value) -> MockResponse {
        let media_type = self.endpoint.contents.first().map_or("application/json", |it| it.media_type());
        MockResponse::bytes(self.endpoint.status, media_type, page.to_string())
    }

    /// Returns the page after the last, which has no items.
    fn after_last(&self) -> Value {
        let mut page = self.pages.last().cloned().unwrap_or_default();
        if let Some(items) = self.rule.items {
            self.set(&mut page, items, &[json!([])]);
        }
        if let Some((token, _)) = self.rule.token {
            self.set(&mut page, token, &[Value::Null, json!("")]);
        }
        page
    }

    /// Changes a page so that the next one follows, unless the test has said so.
    fn refer_to_next(&self, page: &mut Value, next: usize, url: &str) {
        let Pagination { token, count, more, done, total, total_pages, size, .. } = self.rule;
        match token {
            Some((pointer, _)) if has_token(page, pointer) => {}
            Some((pointer, None)) => self.set(page, pointer, &[json!(url)]),
            Some((pointer, Some(_))) if count.is_none() => {
                self.set(page, pointer, &[json!(format!("page-{}", next + 1)), json!(next + 1)]);
            }
            _ => {}
        }
        if let Some(more) = more.filter(|more| !is_true(page, more)) {
            self.set(page, more, &[json!(true), json!(url)]);
        }
        if let Some(done) = done {
            self.set(page, done, &[json!(false)]);
        }
        let is_unset = |page: &Value, pointer: &str| {
            page.pointer(pointer).and_then(Value::as_u64).is_none_or(|number| number == 0)
        };
        let items: usize = self.pages.iter().map(|page| self.len(page)).sum();
        for (pointer, number) in [(total, items), (total_pages, self.pages.len())] {
            if let Some(pointer) = pointer.filter(|pointer| is_unset(page, pointer)) {
                self.set(page, pointer, &[json!(number), json!(number.to_string())]);
            }
        }
        if let Some(stated) = size.stated.filter(|stated| page.pointer(stated).is_some()) {
            let length = self.len(page);
            self.set(page, stated, &[json!(length)]);
        }
    }

    fn len(&self, page: &Value) -> usize {
        let items = self.rule.items.and_then(|items| page.pointer(items));
        items.and_then(Value::as_array).map_or(0, Vec::len)
    }

    /// Sets the first of some values with which the page matches the document. Adds objects on the way.
    fn set(&self, page: &mut Value, pointer: &str, values: &[Value]) {
        for value in values {
            let mut changed = page.clone();
            let is_valid =
                insert(&mut changed, pointer, value) && (self.check)(changed.to_string().as_bytes()).is_ok();
            if is_valid {
                *page = changed;
                return;
            }
        }
    }

    /// Returns the page that a request selects: a token, an offset or a number, or the index in a URL.
    fn selected(&self, request: &ReceivedRequest) -> String {
        if let Some(index) = request.query_parameter(PAGE) {
            return format!("{PAGE}={index}");
        }
        let token = self.rule.token.and_then(|(_, param)| param_value(request, param?));
        if let Some(token) = token.filter(|token| !token.is_empty()) {
            return format!("token={token}");
        }
        match self.rule.count {
            Some((unit, param)) => format!("count={}", self.counted(request, unit, param)),
            None => String::new(),
        }
    }

    /// Returns the offset or the number of the page that a request selects.
    fn counted(&self, request: &ReceivedRequest, unit: PageUnit, param: PageParam) -> u64 {
        let selected = param_value(request, param).and_then(|text| text.parse().ok());
        selected.unwrap_or_else(|| match unit {
            PageUnit::Items => 0,
            PageUnit::Pages(Some(first)) => first,
            // The client believes the number that the first page states.
            PageUnit::Pages(None) => {
                let first = self.pages.first().zip(self.rule.number);
                let stated =
                    first.and_then(|(page, number)| find(page.to_string().as_bytes(), number).number());
                stated.filter(|number| *number <= 1).unwrap_or(1)
            }
        })
    }

    /// Returns the page that the request for the next page selects, or `None` if there is none.
    fn selected_after(&self, page: &Value, request: &ReceivedRequest, next: Option<usize>) -> Option<String> {
        match (self.rule.token, self.rule.count) {
            (Some((_, None)), _) | (None, None) => Some(format!("{PAGE}={}", next?)),
            (Some((pointer, Some(_))), _) if has_token(page, pointer) => {
                Some(format!("token={}", find(page.to_string().as_bytes(), pointer).text()))
            }
            (_, Some((unit, param))) => {
                let length = self.len(page) as u64;
                let next = unit.after(self.counted(request, unit, param), length);
                (length > 0).then(|| format!("count={next}"))
            }
            (Some(_), None) => None,
        }
    }

    /// Returns a text for a request with another selected page.
    fn key(&self, request: &ReceivedRequest, selected: &str) -> String {
        let token = self.rule.token.and_then(|(_, param)| param);
        let params: Vec<PageParam> = token.into_iter().chain(self.rule.count.map(|it| it.1)).collect();
        let in_query =
            |name: &str| params.iter().any(|it| matches!(it, PageParam::Query(known) if *known == name));
        let query: Vec<(String, String)> =
            form::pairs(request.query()).filter(|(name, _)| name != PAGE && !in_query(name)).collect();
        let mut body = body_of(request);
        for param in &params {
            if let PageParam::Body(name) = param {
                body.remove(*name);
            }
        }
        format!("{} {query:?} {} {selected}", request.path(), Value::Object(body))
    }
}

/// Returns the URL of a page, relative to the server: the URL of the request with another page.
fn next_url(request: &ReceivedRequest, page: usize) -> String {
    let pairs = request.query().split('&').filter(|pair| !pair.is_empty());
    let others: String =
        pairs.filter(|pair| pair.split('=').next() != Some(PAGE)).map(|pair| format!("{pair}&")).collect();
    format!("{}?{others}{PAGE}={page}", request.path())
}

fn has_token(page: &Value, pointer: &str) -> bool {
    find(page.to_string().as_bytes(), pointer).is_page_token()
}

fn is_true(page: &Value, pointer: &str) -> bool {
    match page.pointer(pointer) {
        Some(Value::Bool(truth)) => *truth,
        Some(Value::String(text)) => !text.is_empty(),
        Some(Value::Number(_)) => true,
        _ => false,
    }
}

fn param_value(request: &ReceivedRequest, param: PageParam) -> Option<String> {
    match param {
        PageParam::Query(name) => request.query_parameter(name),
        PageParam::Body(name) => match body_of(request).get(name)? {
            Value::String(text) => Some(text.clone()),
            Value::Null => None,
            other => Some(other.to_string()),
        },
    }
}

/// Returns the properties of a request body, if it is a JSON object.
fn body_of(request: &ReceivedRequest) -> Map<String, Value> {
    serde_json::from_slice(request.body()).unwrap_or_default()
}

/// Inserts a value at a JSON pointer. Returns false if the pointer leads into a value that is not an object.
fn insert(value: &mut Value, pointer: &str, new: &Value) -> bool {
    let mut place = value;
    for name in pointer.split('/').skip(1) {
        if place.is_null() {
            *place = json!({});
        }
        let Value::Object(properties) = place else { return false };
        place = properties.entry(name.replace("~1", "/").replace("~0", "~")).or_insert(Value::Null);
    }
    *place = new.clone();
    true
}
