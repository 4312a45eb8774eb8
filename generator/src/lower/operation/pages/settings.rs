//! Pagination settings in codegen.toml.

use std::collections::{BTreeMap, BTreeSet};

use super::signature::Signature;
use super::{items, rules};
use crate::config::Config;
use crate::ir::{PageUnit, Pagination};
use crate::lower::operation::selection::{self, no_operation};
use crate::lower::stale::{StaleEntry, unknown_items, unknown_keys};

/// `[pagination]`, and which of its entries have met an operation.
pub(in crate::lower::operation) struct Settings<'a> {
    config: &'a crate::config::Pagination,
    used: BTreeSet<(&'static str, &'a str)>,
}

/// The settings for one operation.
#[derive(Default)]
pub(super) struct Overrides<'a> {
    pub(super) is_excluded: bool,
    link: bool,
    ignores_total: bool,
    token: Option<Value<'a>>,
    offset: Option<Value<'a>>,
    page: Option<Value<'a>>,
    items: Option<Value<'a>>,
}

/// A value in a table of `[pagination]`.
#[derive(Clone, Copy)]
struct Value<'a> {
    table: &'static str,
    key: &'a str,
    text: &'a str,
}

impl Value<'_> {
    /// Describes a value that names something that the operation does not have.
    fn stale(&self, message: String) -> StaleEntry {
        StaleEntry::new(&["pagination", self.table, self.key], self.text, message)
    }
}

impl<'a> Settings<'a> {
    pub(in crate::lower::operation) fn new(config: &'a Config) -> Self {
        Self { config: &config.pagination, used: BTreeSet::new() }
    }

    /// Returns the settings for an operation.
    pub(super) fn of(&mut self, method: &str, path: &str, operation: &openapiv3::Operation) -> Overrides<'a> {
        let config = self.config;
        let matches_operation = |entry: &str| selection::matches_operation(entry, method, path, operation);
        let used = &mut self.used;
        let mut listed = |list: &'static str, entries: &'a [String]| {
            let found: Vec<&str> =
                entries.iter().map(String::as_str).filter(|entry| matches_operation(entry)).collect();
            used.extend(found.iter().map(|entry| (list, *entry)));
            !found.is_empty()
        };
        let is_excluded = listed("exclude", &config.exclude);
        let link = listed("link-header", &config.link_header);
        let ignores_total = listed("ignore-total", &config.ignore_total);
        let mut value = |table: &'static str, entries: &'a BTreeMap<String, String>| {
            let found: Vec<(&str, &str)> =
                (entries.iter().map(|(key, value)| (key.as_str(), value.as_str())))
                    .filter(|(entry, _)| matches_operation(entry))
                    .collect();
            used.extend(found.iter().map(|(entry, _)| (table, *entry)));
            found.first().map(|(key, text)| Value { table, key, text })
        };
        Overrides {
            is_excluded,
            link,
            ignores_total,
            token: value("token", &config.token),
            offset: value("offset", &config.offset),
            page: value("page-number", &config.page_number),
            items: value("items", &config.items),
        }
    }

    /// Returns the entries that match no operation.
    pub(in crate::lower::operation) fn stale(&self) -> Vec<StaleEntry> {
        let config = self.config;
        let lists = [
            ("exclude", &config.exclude),
            ("link-header", &config.link_header),
            ("ignore-total", &config.ignore_total),
        ];
        let tables = [
            ("token", &config.token),
            ("offset", &config.offset),
            ("page-number", &config.page_number),
            ("items", &config.items),
        ];
        let mut stale = Vec::new();
        for (list, entries) in lists {
            let is_used = |entry: &str| self.used.contains(&(list, entry));
            stale.extend(unknown_items(&["pagination", list], entries, is_used, no_operation));
        }
        for (table, entries) in tables {
            let is_used = |entry: &str| self.used.contains(&(table, entry));
            stale.extend(unknown_keys(&["pagination", table], entries.keys(), is_used, no_operation));
        }
        stale
    }
}

impl Overrides<'_> {
    /// Returns true if the settings name a pagination scheme.
    pub(super) fn sets_rule(&self) -> bool {
        self.link || self.token.is_some() || self.offset.is_some() || self.page.is_some()
    }

    /// Applies the settings to the inferred pagination.
    ///
    /// # Errors
    ///
    /// Returns the entry if it names a parameter or a property that the operation does not have.
    pub(super) fn apply(
        &self,
        signature: &Signature<'_>,
        inferred: Option<Pagination>,
    ) -> Result<Option<Pagination>, StaleEntry> {
        let found = inferred.as_ref().and_then(|pages| pages.items.clone()).or_else(|| signature.items());
        let items = match self.items {
            Some(value) => Some(
                items::at(signature.api, signature.response, value.text)
                    .ok_or_else(|| value.stale(format!("`{}` is not a list in the response", value.text)))?,
            ),
            None => found,
        };
        let Some(mut pages) = (if self.sets_rule() { Some(Pagination::default()) } else { inferred }) else {
            return Ok(None);
        };
        pages.items = items;
        pages.link |= self.link;
        if let Some(rule) = self.token {
            let (param, property) = rule.text.split_once('=').unwrap_or((rule.text, rule.text));
            let (param, property) = (param.trim(), property.trim());
            let param = input(signature, &rule, param)?;
            let property = signature
                .property(property)
                .ok_or_else(|| rule.stale(format!("`{property}` is not a property of the response")))?;
            pages.token = Some((property, Some(param)));
        }
        if let Some(value) = self.offset {
            pages.count = Some((PageUnit::Items, input(signature, &value, value.text)?));
        }
        if let Some(value) = self.page {
            pages.count = Some((PageUnit::Pages { first: Some(1) }, input(signature, &value, value.text)?));
        }
        if let (Some(value), Some(_), None) = (self.offset.or(self.page), &pages.count, &pages.items) {
            return Err(value.stale("the response has no list of items to count".to_owned()));
        }
        rules::add_ends(signature, &mut pages);
        pages.total = pages.total.filter(|_| !self.ignores_total);
        Ok(Some(pages))
    }
}

fn input(
    signature: &Signature<'_>,
    value: &Value<'_>,
    name: &str,
) -> Result<crate::ir::PageParam, StaleEntry> {
    let input = signature
        .param(name)
        .ok_or_else(|| value.stale(format!("`{name}` is not a parameter of the operation")))?;
    Ok(input.param.clone())
}
