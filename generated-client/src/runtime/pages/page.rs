// @generated from the OpenAPI document. Change the document, and generate again.

//! [`Page`], the parts of a response that matter for pagination.

use super::super::net::response::Response;
use super::content::PageContent;
use super::lookup::{PageValue, find_in, node};
use super::page_param::PageParam;
use super::pagination::{PageUnit, Pagination};

/// The parts of a response that matter for pagination.
pub(super) struct Page {
    pub(super) content: PageContent,
    /// True or false if the response says that there are more pages or not.
    pub(super) has_more: Option<bool>,
    /// The total number of items.
    pub(super) total: Option<u64>,
    pub(super) total_pages: Option<u64>,
    /// The number of items in a page that is not the last, as the response states it.
    pub(super) size: Option<u64>,
    /// The number of the page, as the response states it, or one less than the number in the URL of the next page.
    pub(super) number: Option<u64>,
}

impl Page {
    pub(super) fn read(rule: &Pagination, response: &Response) -> Self {
        let json = node(response.body());
        let at = |pointer: Option<&str>| pointer.map_or(PageValue::Missing, |path| find_in(&json, path));
        Self {
            content: rule.items.map_or_else(PageContent::default, |path| PageContent::read(&json, path)),
            has_more: match at(rule.done) {
                PageValue::Bool(true) => Some(false),
                PageValue::Bool(false) => has_more(&at(rule.more)).or(Some(true)),
                _ => has_more(&at(rule.more)),
            },
            total: at(rule.total).number(),
            total_pages: at(rule.total_pages).number(),
            size: at(rule.size.stated).number().filter(|size| *size > 0),
            number: at(rule.number).number().or_else(|| number_before(rule, &at(rule.more))),
        }
    }

    /// Returns the number of items.
    pub(super) fn len(&self) -> u64 {
        self.content.len() as u64
    }
}

/// Returns the number of the page before a page with this URL.
fn number_before(rule: &Pagination, next: &PageValue) -> Option<u64> {
    let Some((PageUnit::Pages(_), PageParam::Query(name))) = rule.count else { return None };
    let PageValue::Text(url) = next else { return None };
    let (_, query) = url.split_once('?')?;
    let mut pairs = query.split(['&', '#']).filter_map(|pair| pair.split_once('='));
    let (_, number) = pairs.find(|(known, _)| *known == name)?;
    number.parse::<u64>().ok()?.checked_sub(1)
}

/// Returns true or false if a value says that there are more pages or not, and `None` if it says neither.
fn has_more(found: &PageValue) -> Option<bool> {
    match found {
        PageValue::Missing | PageValue::Array | PageValue::Object => None,
        PageValue::Null => Some(false),
        PageValue::Bool(truth) => Some(*truth),
        PageValue::Number(text) | PageValue::Text(text) => Some(!text.is_empty()),
    }
}
