//! Reads TOML key by key, and collects all problems.
//!
//! The keys that the code looks up are the valid keys. There is no second list of them: a key of the file that
//! was not looked up is unknown, and every suggestion is a valid key.

mod custom_types;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::Deserialize as _;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::error::{ConfigError, Problem};
use super::template::TemplateCheck;
use super::values::{Check, Violation};
use crate::diagnostics::closest;

/// Reads a whole file.
pub(super) fn document<T>(text: &str, read: fn(&mut Section<'_>) -> T) -> Result<T, ConfigError> {
    file(text, read, true)
}

/// Reads some keys of a file, and ignores all others.
pub(super) fn some_keys<T>(text: &str, read: fn(&mut Section<'_>) -> T) -> Result<T, ConfigError> {
    file(text, read, false)
}

fn file<T>(text: &str, read: fn(&mut Section<'_>) -> T, is_whole: bool) -> Result<T, ConfigError> {
    let (document, syntax) = DeTable::parse_recoverable(text);
    if !syntax.is_empty() {
        // The recovered table may not be what the user meant, so further errors would mislead.
        let problems = syntax.iter().map(|error| {
            let offset = error.span().map_or(text.len(), |span| span.start);
            let message = format!("invalid TOML: {}", error.message());
            Problem::at(offset, text, message, "see https://toml.io for the syntax".to_owned())
        });
        return Err(ConfigError::new(problems.collect()));
    }

    let mut root = Section::new(Vec::new(), Some(document.get_ref()));
    let value = read(&mut root);
    if is_whole {
        root.report_unknown_keys();
    }
    let problems: Vec<_> = root
        .findings
        .iter()
        .map(|Finding { offset, kind }| kind.problem(*offset, text, &root.value_keys))
        .collect();
    if problems.is_empty() { Ok(value) } else { Err(ConfigError::new(problems)) }
}

/// Returns the dotted paths of all keys that `read` looks up and that hold a value, which sections do not.
pub(super) fn keys<T>(read: fn(&mut Section<'_>) -> T) -> Vec<String> {
    let mut root = Section::new(Vec::new(), None);
    read(&mut root);
    root.value_keys.iter().map(|path| dotted(path)).collect()
}

/// A table of the file, which may be absent.
pub(super) struct Section<'a> {
    path: Vec<String>,
    table: Option<&'a DeTable<'a>>,
    /// The byte offset of the table.
    start: usize,
    /// Keys of this table that have been looked up.
    section_keys: Vec<&'static str>,
    /// Paths of looked-up keys that hold a value, in this table and the tables below it.
    value_keys: Vec<Vec<String>>,
    findings: Vec<Finding>,
    /// The paths of Rust items in this table and the tables below it.
    rust_paths: Vec<RustPath>,
}

/// The path of a Rust item in a value.
struct RustPath {
    segments: Vec<String>,
    /// The key of the value.
    key: String,
    /// The byte offset of the value.
    offset: usize,
}

/// A problem at a byte offset of the text.
struct Finding {
    offset: usize,
    kind: ProblemKind,
}

enum ProblemKind {
    /// The suggestion can be made only after every valid key has been looked up.
    Unknown {
        path: Vec<String>,
        siblings: Vec<&'static str>,
    },
    Wrong(Violation),
}

impl<'a> Section<'a> {
    fn new(path: Vec<String>, table: Option<&'a DeTable<'a>>) -> Self {
        Self {
            path,
            table,
            start: 0,
            section_keys: Vec::new(),
            value_keys: Vec::new(),
            findings: Vec::new(),
            rust_paths: Vec::new(),
        }
    }

    /// Reads the table at `key`.
    pub(super) fn section<T>(&mut self, key: &'static str, read: fn(&mut Section<'_>) -> T) -> T {
        self.section_keys.push(key);
        let table = self.value(key).and_then(|value| match value.get_ref() {
            DeValue::Table(table) => Some(table),
            _ => self.report_wrong_type(
                &self.path_of(key),
                value,
                "a table",
                format!("write a section `[{key}]`"),
            ),
        });
        let mut below = Section::new(self.path_of(key), table);
        let value = read(&mut below);
        below.report_unknown_keys();
        self.value_keys.append(&mut below.value_keys);
        self.findings.append(&mut below.findings);
        self.rust_paths.append(&mut below.rust_paths);
        value
    }

    /// Reads the tables of an array, such as `[[client]]`.
    pub(super) fn sections<T>(&mut self, key: &'static str, read: fn(&mut Section<'_>) -> T) -> Vec<T> {
        let Some(value) = self.lookup(key) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            let remedy = format!("write tables `[[{key}]]`");
            return self.report_wrong_type(&self.path_of(key), value, "an array", remedy).unwrap_or_default();
        };
        if items.is_empty() {
            let message = format!("`{}` is an empty array", dotted(&self.path_of(key)));
            self.report(value.span().start, message, format!("add a table `[[{key}]]`, or remove the key"));
        }
        let mut values = Vec::with_capacity(items.len());
        for item in items.iter() {
            let DeValue::Table(table) = item.get_ref() else {
                let remedy = format!("write a table `[[{key}]]`");
                let _: Option<()> = self.report_wrong_type(&self.path_of(key), item, "a table", remedy);
                continue;
            };
            let mut below = Section::new(self.path_of(key), Some(table));
            below.start = item.span().start;
            values.push(read(&mut below));
            below.report_unknown_keys();
            self.findings.append(&mut below.findings);
            self.rust_paths.append(&mut below.rust_paths);
        }
        values
    }

    /// Reports a problem of the table itself.
    pub(super) fn report_table(&mut self, message: &str, remedy: &str) {
        self.report(self.start, message.to_owned(), remedy);
    }

    /// Reports a problem of a key, if it is present.
    pub(super) fn report_key(&mut self, key: &str, problem: &str, remedy: &str) {
        let Some(value) = self.value(key) else { return };
        let message = format!("`{}` {problem}", dotted(&self.path_of(key)));
        self.report(value.span().start, message, remedy);
    }

    /// Reads a string that passes `check`.
    pub(super) fn text(&mut self, key: &'static str, check: Check) -> Option<String> {
        let value = self.lookup(key)?;
        self.string(&self.path_of(key), value, check)
    }

    /// Reads one of several words.
    pub(super) fn one_of<T: Copy>(&mut self, key: &'static str, choices: &[(&str, T)]) -> Option<T> {
        let value = self.lookup(key)?;
        let path = self.path_of(key);
        let text = self.string(&path, value, super::values::any_text)?;
        let choice = choices.iter().find(|(word, _)| *word == text).map(|(_, choice)| *choice);
        if choice.is_none() {
            let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
            let message =
                format!("`{}` is {text:?}, expected one of `{}`", dotted(&path), words.join("`, `"));
            let remedy = match closest(&text, words.iter().copied()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "use one of these, or remove the key".to_owned(),
            };
            self.report(value.span().start, message, remedy);
        }
        choice
    }

    /// Reads a list of strings, which is empty if the key is absent.
    pub(super) fn texts(&mut self, key: &'static str) -> Vec<String> {
        let Some(value) = self.lookup(key) else { return Vec::new() };
        self.strings(&self.path_of(key), value)
    }

    /// Reads a list of strings that pass `check`. `None` if the key is absent.
    pub(super) fn optional_texts(&mut self, key: &'static str, check: Check) -> Option<Vec<String>> {
        let value = self.lookup(key)?;
        Some(self.checked_strings(&self.path_of(key), value, check))
    }

    /// Reads a list of different strings that pass `check`, which is empty if the key is absent.
    pub(super) fn unique_texts(&mut self, key: &'static str, check: Check) -> Vec<String> {
        let Some(value) = self.lookup(key) else { return Vec::new() };
        let path = self.path_of(key);
        let texts = self.checked_strings(&path, value, check);
        let mut seen = BTreeSet::new();
        for text in texts.iter().filter(|text| !seen.insert(text.as_str())) {
            let message = format!("`{}` has {text:?} twice", dotted(&path));
            self.report(value.span().start, message, "remove one of them");
        }
        texts
    }

    /// Reads a list of at most `limit` strings that pass `check`, which is empty if the key is absent.
    pub(super) fn at_most(&mut self, limit: usize, key: &'static str, check: Check) -> Vec<String> {
        let Some(value) = self.lookup(key) else { return Vec::new() };
        let path = self.path_of(key);
        let texts = self.checked_strings(&path, value, check);
        if texts.len() > limit {
            let message =
                format!("`{}` has {} entries, but registries accept {limit}", dotted(&path), texts.len());
            self.report(value.span().start, message, "remove some of them");
        }
        texts
    }

    /// Reads a boolean, or a list of strings.
    pub(super) fn boolean_or_texts(&mut self, key: &'static str) -> Option<Result<bool, Vec<String>>> {
        let value = self.lookup(key)?;
        let path = self.path_of(key);
        match value.get_ref() {
            DeValue::Boolean(boolean) => Some(Ok(*boolean)),
            DeValue::Array(_) => Some(Err(self.strings(&path, value))),
            _ => {
                let remedy = "write `true`, `false`, or an array of registries".to_owned();
                self.report_wrong_type(&path, value, "a boolean or an array", remedy)
            }
        }
    }

    /// Reads a table with any content, except for these keys. The table is empty if the key is absent.
    pub(super) fn any_table(&mut self, key: &'static str, reserved: &[&str]) -> toml::Table {
        let Some(value) = self.lookup(key) else { return toml::Table::new() };
        let path = self.path_of(key);
        let table = match toml::Value::deserialize(ValueDeserializer::from(value.clone())) {
            Ok(toml::Value::Table(table)) => table,
            _ => {
                let remedy = format!("write a section `[{}]`", dotted(&path));
                return self.report_wrong_type(&path, value, "a table", remedy).unwrap_or_default();
            }
        };
        for name in reserved.iter().filter(|name| table.contains_key(**name)) {
            let message = format!(
                "`{}` is written by the generator",
                dotted(&[&path[..], &[(*name).to_owned()]].concat())
            );
            self.report(value.span().start, message, "remove it");
        }
        table
    }

    /// Reports entries of a table that has been read.
    pub(super) fn report_entries(&mut self, key: &str, violations: Vec<(String, Violation)>) {
        let Some(DeValue::Table(table)) = self.value(key).map(Spanned::get_ref) else { return };
        for (name, Violation { message, remedy }) in violations {
            let entry = table.iter().find(|(entry, _)| entry.get_ref() == name.as_str());
            let offset = entry.map_or(self.start, |(entry, _)| entry.span().start);
            let path = dotted(&[self.path_of(key), vec![name]].concat());
            self.report(offset, format!("`{path}`: {message}"), remedy);
        }
    }

    /// Reads a table from names of the document to lists of strings.
    pub(super) fn lists(&mut self, key: &'static str) -> BTreeMap<String, Vec<String>> {
        self.lists_by(key, |_| Ok(()))
    }

    /// Reads a table from names that pass `check` to lists of strings.
    pub(super) fn lists_by(
        &mut self,
        key: &'static str,
        check: fn(&str) -> Result<(), (String, String)>,
    ) -> BTreeMap<String, Vec<String>> {
        let Some(value) = self.lookup(key) else { return BTreeMap::new() };
        let DeValue::Table(table) = value.get_ref() else {
            let below = dotted(&self.path_of(key));
            let remedy = format!("write `\"name in the document\" = [\"one\", \"two\"]` below `[{below}]`");
            return self.report_wrong_type(&self.path_of(key), value, "a table", remedy).unwrap_or_default();
        };
        let mut lists = BTreeMap::new();
        for (name, value) in table {
            if let Err((message, remedy)) = check(name.get_ref()) {
                self.report(name.span().start, message, remedy);
                continue;
            }
            let name = name.get_ref().to_string();
            let strings = self.strings(&[self.path_of(key), vec![name.clone()]].concat(), value);
            lists.insert(name, strings);
        }
        lists
    }

    /// Reads a boolean, which is false if the key is absent.
    pub(super) fn boolean(&mut self, key: &'static str) -> bool {
        let Some(value) = self.lookup(key) else { return false };
        match value.get_ref() {
            DeValue::Boolean(boolean) => *boolean,
            _ => {
                let remedy = "write `true` or `false`, without quotes".to_owned();
                self.report_wrong_type(&self.path_of(key), value, "a boolean", remedy).unwrap_or_default()
            }
        }
    }

    /// Reads a table from names of the document to strings that pass `check`.
    pub(super) fn names(&mut self, key: &'static str, check: Check) -> BTreeMap<String, String> {
        self.entries(key, check).into_iter().map(|(name, value, _)| (name, value)).collect()
    }

    /// Like [`names`](Self::names), and reports strings that occur twice.
    pub(super) fn unique_names(&mut self, key: &'static str, check: Check) -> BTreeMap<String, String> {
        let entries = self.entries(key, check);
        self.without_duplicates(&self.path_of(key), entries)
    }

    /// Reads a table from names of the document to tables, each as [`unique_names`](Self::unique_names) reads it.
    pub(super) fn unique_names_by(
        &mut self,
        key: &'static str,
        check: Check,
    ) -> BTreeMap<String, BTreeMap<String, String>> {
        let Some(value) = self.lookup(key) else { return BTreeMap::new() };
        let path = self.path_of(key);
        let Some(table) = self.table_of_names(&path, value) else { return BTreeMap::new() };
        let mut tables = BTreeMap::new();
        for (name, value) in table {
            let path = [&path[..], &[name.get_ref().to_string()]].concat();
            let entries = self.entries_of(&path, value, check);
            tables.insert(name.get_ref().to_string(), self.without_duplicates(&path, entries));
        }
        tables
    }

    /// Reads a table from patterns to names that pass `check`, in the order of the file.
    pub(super) fn patterns(&mut self, key: &'static str, check: TemplateCheck) -> Vec<(String, String)> {
        let mut entries = self.entries(key, super::values::any_text);
        entries.sort_by_key(|(_, _, span)| span.start);
        let mut patterns = Vec::with_capacity(entries.len());
        for (pattern, name, span) in entries {
            match check(&pattern, &name) {
                Ok(()) => patterns.push((pattern, name)),
                Err(Violation { message, remedy }) => {
                    let path = dotted(&[self.path_of(key), vec![pattern]].concat());
                    self.report(span.start, format!("`{path}` is {name:?}, but {message}"), remedy);
                }
            }
        }
        patterns
    }

    fn without_duplicates(
        &mut self,
        path: &[String],
        mut entries: Vec<(String, String, Range<usize>)>,
    ) -> BTreeMap<String, String> {
        entries.sort_by_key(|(_, _, span)| span.start);
        let mut used_by: BTreeMap<String, String> = BTreeMap::new();
        for (name, value, span) in entries {
            if let Some(owner) = used_by.get(&value) {
                let path = dotted(&[path, &[name]].concat());
                self.report(
                    span.start,
                    format!("`{path}` is {value:?}, the name that `{owner}` has already"),
                    "choose a different name",
                );
            } else {
                used_by.insert(value, name);
            }
        }
        used_by.into_iter().map(|(value, name)| (name, value)).collect()
    }

    fn entries(&mut self, key: &'static str, check: Check) -> Vec<(String, String, Range<usize>)> {
        let Some(value) = self.lookup(key) else { return Vec::new() };
        self.entries_of(&self.path_of(key), value, check)
    }

    /// Returns a table from names of the document.
    fn table_of_names(
        &mut self,
        path: &[String],
        value: &'a Spanned<DeValue<'a>>,
    ) -> Option<&'a DeTable<'a>> {
        let DeValue::Table(table) = value.get_ref() else {
            let remedy = format!("write `\"name in the document\" = \"value\"` below `[{}]`", dotted(path));
            return self.report_wrong_type(path, value, "a table", remedy);
        };
        Some(table)
    }

    fn entries_of(
        &mut self,
        path: &[String],
        value: &'a Spanned<DeValue<'a>>,
        check: Check,
    ) -> Vec<(String, String, Range<usize>)> {
        let mut entries = Vec::new();
        for (name, value) in self.table_of_names(path, value).into_iter().flatten() {
            let path = [path, &[name.get_ref().to_string()]].concat();
            if let Some(text) = self.string(&path, value, check) {
                entries.push((name.get_ref().to_string(), text, value.span()));
            }
        }
        entries
    }

    fn strings(&mut self, path: &[String], value: &Spanned<DeValue<'a>>) -> Vec<String> {
        self.checked_strings(path, value, super::values::any_text)
    }

    fn checked_strings(
        &mut self,
        path: &[String],
        value: &Spanned<DeValue<'a>>,
        check: Check,
    ) -> Vec<String> {
        match value.get_ref() {
            DeValue::Array(items) => items.iter().filter_map(|item| self.string(path, item, check)).collect(),
            _ => {
                let remedy = "write an array: `[\"one\", \"two\"]`".to_owned();
                self.report_wrong_type(path, value, "an array", remedy).unwrap_or_default()
            }
        }
    }

    fn string(&mut self, path: &[String], value: &Spanned<DeValue<'a>>, check: Check) -> Option<String> {
        let text = match value.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Table(table) => {
                // Without quotes, `c1.api.Owner = "Owner"` is a table in a table in a table.
                let below = [path.last().cloned().unwrap_or_default(), first_path(table)].join(".");
                let remedy = format!("quote a name that has dots: `\"{below}\"`");
                return self.report_wrong_type(path, value, "a string", remedy);
            }
            _ => {
                return self.report_wrong_type(path, value, "a string", "put the value in quotes".to_owned());
            }
        };
        match check(&text) {
            Ok(()) => Some(text),
            Err(Violation { message, remedy }) => {
                self.report(
                    value.span().start,
                    format!("`{}` is {text:?}, but {message}", dotted(path)),
                    remedy,
                );
                None
            }
        }
    }

    fn lookup(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.section_keys.push(key);
        self.value_keys.push(self.path_of(key));
        self.value(key)
    }

    fn value(&self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.table?.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value)
    }

    fn path_of(&self, key: &str) -> Vec<String> {
        let mut path = self.path.clone();
        path.push(key.to_owned());
        path
    }

    /// Returns the value of a key that has been looked up.
    pub(super) fn looked_up(&self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.value(key)
    }

    /// Reports a problem at a byte offset.
    pub(super) fn report(&mut self, offset: usize, message: String, remedy: impl Into<String>) {
        let kind = ProblemKind::Wrong(Violation { message, remedy: remedy.into() });
        self.findings.push(Finding { offset, kind });
    }

    /// Reports a value of the wrong type. Always returns `None`, so that it can end a `match`.
    fn report_wrong_type<T>(
        &mut self,
        path: &[String],
        value: &Spanned<DeValue<'_>>,
        wanted: &str,
        remedy: String,
    ) -> Option<T> {
        let message = format!("`{}` is {}, not {wanted}", dotted(path), toml_type(value.get_ref()));
        self.report(value.span().start, message, remedy);
        None
    }

    /// Reports keys that have not been looked up.
    fn report_unknown_keys(&mut self) {
        for (key, _) in self.table.into_iter().flatten() {
            if !self.section_keys.contains(&key.get_ref().as_ref()) {
                let kind = ProblemKind::Unknown {
                    path: self.path_of(key.get_ref()),
                    siblings: self.section_keys.clone(),
                };
                self.findings.push(Finding { offset: key.span().start, kind });
            }
        }
    }
}

impl ProblemKind {
    fn problem(&self, offset: usize, text: &str, keys: &[Vec<String>]) -> Problem {
        match self {
            Self::Wrong(Violation { message, remedy }) => {
                Problem::at(offset, text, message.clone(), remedy.clone())
            }
            Self::Unknown { path, siblings } => {
                let message = format!("unknown key `{}`", dotted(path));
                Problem::at(offset, text, message, suggestion(path, siblings, keys))
            }
        }
    }
}

/// Returns advice for an unknown key.
fn suggestion(path: &[String], siblings: &[&str], keys: &[Vec<String>]) -> String {
    let Some((key, section)) = path.split_last() else { return String::new() };
    let dashed = key.replace('_', "-");
    if let Some(closest) = closest(&dashed, siblings.iter().copied()) {
        return format!("did you mean `{}`?", dotted(&[section, &[closest.to_owned()]].concat()));
    }
    if let Some((_, elsewhere)) =
        keys.iter().filter_map(|path| path.split_last()).find(|(last, _)| **last == dashed)
    {
        return if elsewhere.is_empty() {
            format!("move `{dashed}` to the top of the file, before the first section")
        } else {
            format!("move `{dashed}` to `[{}]`", dotted(elsewhere))
        };
    }
    format!("valid keys are `{}`", siblings.join("`, `"))
}

/// Returns the path of the first value in a table, for an example.
fn first_path(table: &DeTable<'_>) -> String {
    match table.iter().next() {
        Some((key, value)) => match value.get_ref() {
            DeValue::Table(below) => format!("{}.{}", key.get_ref(), first_path(below)),
            _ => key.get_ref().to_string(),
        },
        None => String::new(),
    }
}

/// Formats a path as a TOML key.
fn dotted(path: &[String]) -> String {
    let bare = |key: &str| {
        !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    let keys: Vec<_> =
        path.iter().map(|key| if bare(key) { key.clone() } else { format!("{key:?}") }).collect();
    keys.join(".")
}

fn toml_type(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a float",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "an array",
        DeValue::Table(_) => "a table",
    }
}
