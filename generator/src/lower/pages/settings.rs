//! What codegen.toml says about pages: that there are none, or how they follow one another.

use std::collections::{BTreeMap, BTreeSet};

use super::super::selection;
use super::items;
use super::shape::Shape;
use crate::config::Config;
use crate::ir::{Counted, Pages};

/// `[pages]`, and which of its entries have met an operation.
pub(in crate::lower) struct Settings<'a> {
    config: &'a crate::config::Pages,
    met: BTreeSet<(&'static str, &'a str)>,
}

/// What is said about one operation.
#[derive(Default)]
pub(super) struct Said<'a> {
    pub(super) is_excluded: bool,
    link: bool,
    token: Option<&'a str>,
    offset: Option<&'a str>,
    page: Option<&'a str>,
    items: Option<&'a str>,
}

impl<'a> Settings<'a> {
    pub(in crate::lower) fn new(config: &'a Config) -> Self {
        Self { config: &config.pages, met: BTreeSet::new() }
    }

    /// What is said about an operation.
    pub(super) fn of(&mut self, method: &str, path: &str, operation: &openapiv3::Operation) -> Said<'a> {
        let config = self.config;
        let is_of = |entry: &str| selection::is_of(entry, method, path, operation);
        let met = &mut self.met;
        let mut listed = |list: &'static str, entries: &'a [String]| {
            let found: Vec<&str> = entries.iter().map(String::as_str).filter(|entry| is_of(entry)).collect();
            met.extend(found.iter().map(|entry| (list, *entry)));
            !found.is_empty()
        };
        let (is_excluded, link) = (listed("exclude", &config.exclude), listed("link", &config.link));
        let mut value = |table: &'static str, entries: &'a BTreeMap<String, String>| {
            let found: Vec<(&str, &str)> =
                (entries.iter().map(|(key, value)| (key.as_str(), value.as_str())))
                    .filter(|(entry, _)| is_of(entry))
                    .collect();
            met.extend(found.iter().map(|(entry, _)| (table, *entry)));
            found.first().map(|(_, value)| *value)
        };
        Said {
            is_excluded,
            link,
            token: value("token", &config.token),
            offset: value("offset", &config.offset),
            page: value("page", &config.page),
            items: value("items", &config.items),
        }
    }

    /// The entries that no operation answers to.
    pub(in crate::lower) fn stale(&self) -> Vec<String> {
        let config = self.config;
        let lists = [("exclude", &config.exclude), ("link", &config.link)];
        let tables = [
            ("token", &config.token),
            ("offset", &config.offset),
            ("page", &config.page),
            ("items", &config.items),
        ];
        let lists = lists.into_iter().flat_map(|(list, entries)| entries.iter().map(move |it| (list, it)));
        let tables = tables.into_iter().flat_map(|(list, entries)| entries.keys().map(move |it| (list, it)));
        let stale = lists.chain(tables).filter(|(list, entry)| !self.met.contains(&(*list, entry.as_str())));
        stale.map(|(list, entry)| format!("pages.{list} `{entry}`")).collect()
    }
}

impl Said<'_> {
    /// Whether it is said how pages follow one another.
    pub(super) fn is_rule(&self) -> bool {
        self.link || self.token.is_some() || self.offset.is_some() || self.page.is_some()
    }

    /// What was inferred, as far as nothing else is said. The error is what the operation does not have.
    pub(super) fn apply(&self, shape: &Shape<'_>, inferred: Option<Pages>) -> Result<Option<Pages>, String> {
        let found = inferred.as_ref().and_then(|pages| pages.items.clone()).or_else(|| items::find(shape));
        let items = match self.items {
            Some(path) => Some(items::at(shape, path).ok_or_else(|| format!("pages.items `{path}`"))?),
            None => found,
        };
        let Some(mut pages) = (if self.is_rule() { Some(Pages::default()) } else { inferred }) else {
            return Ok(None);
        };
        pages.items = items;
        pages.link |= self.link;
        if let Some(rule) = self.token {
            let (ask, member) = rule.split_once('=').unwrap_or((rule, rule));
            let ask = asked(shape, "token", ask.trim())?;
            let member = shape.member(member.trim()).ok_or_else(|| format!("pages.token `{rule}`"))?;
            pages.token = Some((member, Some(ask)));
        }
        if let Some(name) = self.offset {
            pages.count = Some((Counted::Items, asked(shape, "offset", name)?));
        }
        if let Some(name) = self.page {
            pages.count = Some((Counted::Pages { first: 1 }, asked(shape, "page", name)?));
        }
        if pages.count.is_some() && pages.items.is_none() {
            return Err("a list to count the items of, which pages.items names".to_owned());
        }
        Ok(Some(pages))
    }
}

fn asked(shape: &Shape<'_>, table: &str, name: &str) -> Result<crate::ir::Ask, String> {
    let asked = shape.ask(name).ok_or_else(|| format!("pages.{table} `{name}`"))?;
    Ok(asked.ask.clone())
}
