//! Reads TOML by asking for each key once, and collects everything that is wrong on the way.
//!
//! The keys that were asked for are the keys that exist. There is no second list of them, so what is left over in the
//! file is unknown, and a suggestion is always a key that works.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::{ConfigError, Problem};
use super::values::{Check, Complaint};

/// How alike two keys are, from 0 to 1, before one is suggested for the other.
const ALIKE: f64 = 0.8;

/// Reads a whole file.
pub(super) fn document<T>(text: &str, read: fn(&mut Section<'_>) -> T) -> Result<T, ConfigError> {
    let (document, syntax) = DeTable::parse_recoverable(text);
    if !syntax.is_empty() {
        // What could be recovered is no longer what was meant; more errors about it would mislead.
        let problems = syntax.iter().map(|error| {
            let offset = error.span().map_or(text.len(), |span| span.start);
            let message = format!("this is not TOML: {}", error.message());
            Problem::at(offset, text, message, "see https://toml.io for how to write it".to_owned())
        });
        return Err(ConfigError::new(problems.collect()));
    }

    let mut root = Section::new(Vec::new(), Some(document.get_ref()));
    let value = read(&mut root);
    root.find_leftovers();
    let problems: Vec<_> =
        root.found.iter().map(|Found { offset, what }| what.problem(*offset, text, &root.asked)).collect();
    if problems.is_empty() { Ok(value) } else { Err(ConfigError::new(problems)) }
}

/// The keys that `read` asks for: their dotted paths, tables of their own left out.
pub(super) fn keys<T>(read: fn(&mut Section<'_>) -> T) -> Vec<String> {
    let mut root = Section::new(Vec::new(), None);
    read(&mut root);
    root.asked.iter().map(|path| dotted(path)).collect()
}

/// A table of the file, or its absence.
pub(super) struct Section<'a> {
    path: Vec<String>,
    table: Option<&'a DeTable<'a>>,
    /// The keys of this table that were asked for.
    known: Vec<&'static str>,
    /// The keys of this table and those below it that were asked for and hold a value.
    asked: Vec<Vec<String>>,
    found: Vec<Found>,
}

/// Something that is wrong, at a byte of the text.
struct Found {
    offset: usize,
    what: What,
}

enum What {
    /// What to suggest is known only when every key was asked for.
    Unknown {
        path: Vec<String>,
        siblings: Vec<&'static str>,
    },
    Wrong(Complaint),
}

impl<'a> Section<'a> {
    fn new(path: Vec<String>, table: Option<&'a DeTable<'a>>) -> Self {
        Self { path, table, known: Vec::new(), asked: Vec::new(), found: Vec::new() }
    }

    /// The table below `key`.
    pub(super) fn section<T>(&mut self, key: &'static str, read: fn(&mut Section<'_>) -> T) -> T {
        self.known.push(key);
        let table = self.value(key).and_then(|value| match value.get_ref() {
            DeValue::Table(table) => Some(table),
            _ => self.wrong_type(&self.child(key), value, "a table", format!("write a `[{key}]` section")),
        });
        let mut below = Section::new(self.child(key), table);
        let value = read(&mut below);
        below.find_leftovers();
        self.asked.append(&mut below.asked);
        self.found.append(&mut below.found);
        value
    }

    /// A string that passes `check`.
    pub(super) fn text(&mut self, key: &'static str, check: Check) -> Option<String> {
        let value = self.ask(key)?;
        self.string(&self.child(key), value, check)
    }

    /// One of several words.
    pub(super) fn one_of<T: Copy>(&mut self, key: &'static str, choices: &[(&str, T)]) -> Option<T> {
        let value = self.ask(key)?;
        let path = self.child(key);
        let text = self.string(&path, value, super::values::anything)?;
        let choice = choices.iter().find(|(word, _)| *word == text).map(|(_, choice)| *choice);
        if choice.is_none() {
            let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
            let message =
                format!("`{}` is {text:?}, and can only be `{}`", dotted(&path), words.join("`, `"));
            let remedy = match closest(&text.to_lowercase(), &words) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "write one of these, or leave the key out".to_owned(),
            };
            self.wrong(value.span().start, message, remedy);
        }
        choice
    }

    /// A list of strings, empty when absent.
    pub(super) fn texts(&mut self, key: &'static str) -> Vec<String> {
        let Some(value) = self.ask(key) else { return Vec::new() };
        self.strings(&self.child(key), value)
    }

    /// A table of names of the document, each with a list of strings.
    pub(super) fn lists(&mut self, key: &'static str) -> BTreeMap<String, Vec<String>> {
        let Some(value) = self.ask(key) else { return BTreeMap::new() };
        let DeValue::Table(table) = value.get_ref() else {
            let below = dotted(&self.child(key));
            let remedy = format!("write `\"name in the document\" = [\"one\", \"two\"]` below `[{below}]`");
            return self.wrong_type(&self.child(key), value, "a table", remedy).unwrap_or_default();
        };
        let mut lists = BTreeMap::new();
        for (name, value) in table {
            let name = name.get_ref().to_string();
            let strings = self.strings(&[self.child(key), vec![name.clone()]].concat(), value);
            lists.insert(name, strings);
        }
        lists
    }

    /// A boolean, false when absent.
    pub(super) fn flag(&mut self, key: &'static str) -> bool {
        let Some(value) = self.ask(key) else { return false };
        match value.get_ref() {
            DeValue::Boolean(flag) => *flag,
            _ => {
                let remedy = "write `true` or `false`, without quotes".to_owned();
                self.wrong_type(&self.child(key), value, "a boolean", remedy).unwrap_or_default()
            }
        }
    }

    /// A table of names of the document, each with a string that passes `check`.
    pub(super) fn names(&mut self, key: &'static str, check: Check) -> BTreeMap<String, String> {
        self.entries(key, check).into_iter().map(|(name, value, _)| (name, value)).collect()
    }

    /// The same, where no string may stand twice.
    pub(super) fn unique_names(&mut self, key: &'static str, check: Check) -> BTreeMap<String, String> {
        let mut entries = self.entries(key, check);
        entries.sort_by_key(|(_, _, span)| span.start);
        let mut owners: BTreeMap<String, String> = BTreeMap::new();
        for (name, value, span) in entries {
            if let Some(owner) = owners.get(&value) {
                let path = dotted(&[self.child(key), vec![name]].concat());
                self.wrong(
                    span.start,
                    format!("`{path}` is `{value}`, which is the name of `{owner}` already"),
                    "give each its own name",
                );
            } else {
                owners.insert(value, name);
            }
        }
        owners.into_iter().map(|(value, name)| (name, value)).collect()
    }

    fn entries(&mut self, key: &'static str, check: Check) -> Vec<(String, String, Range<usize>)> {
        let Some(value) = self.ask(key) else { return Vec::new() };
        let DeValue::Table(table) = value.get_ref() else {
            let remedy = format!(
                "write `\"name in the document\" = \"Rust name\"` below `[{}]`",
                dotted(&self.child(key))
            );
            return self.wrong_type(&self.child(key), value, "a table", remedy).unwrap_or_default();
        };
        let mut entries = Vec::new();
        for (name, value) in table {
            let path = [self.child(key), vec![name.get_ref().to_string()]].concat();
            if let Some(text) = self.string(&path, value, check) {
                entries.push((name.get_ref().to_string(), text, value.span()));
            }
        }
        entries
    }

    fn strings(&mut self, path: &[String], value: &Spanned<DeValue<'a>>) -> Vec<String> {
        match value.get_ref() {
            DeValue::Array(items) => {
                items.iter().filter_map(|item| self.string(path, item, super::values::anything)).collect()
            }
            _ => {
                let remedy = "put the values into brackets: `[\"one\", \"two\"]`".to_owned();
                self.wrong_type(path, value, "a list", remedy).unwrap_or_default()
            }
        }
    }

    fn string(&mut self, path: &[String], value: &Spanned<DeValue<'a>>, check: Check) -> Option<String> {
        let text = match value.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Table(table) => {
                // `c1.api.Owner = "Owner"` without quotes is a table in a table in a table.
                let below = [path.last().cloned().unwrap_or_default(), first_path(table)].join(".");
                let remedy = format!("if the name has dots, put it into quotes: `\"{below}\"`");
                return self.wrong_type(path, value, "a string", remedy);
            }
            _ => return self.wrong_type(path, value, "a string", "put the value into quotes".to_owned()),
        };
        match check(&text) {
            Ok(()) => Some(text),
            Err(Complaint { message, remedy }) => {
                self.wrong(
                    value.span().start,
                    format!("`{}` is {text:?}, but {message}", dotted(path)),
                    remedy,
                );
                None
            }
        }
    }

    fn ask(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.known.push(key);
        self.asked.push(self.child(key));
        self.value(key)
    }

    fn value(&self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.table?.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value)
    }

    fn child(&self, key: &str) -> Vec<String> {
        let mut path = self.path.clone();
        path.push(key.to_owned());
        path
    }

    fn wrong(&mut self, offset: usize, message: String, remedy: impl Into<String>) {
        let what = What::Wrong(Complaint { message, remedy: remedy.into() });
        self.found.push(Found { offset, what });
    }

    /// Reports a value of the wrong type; always nothing, so that it can end a `match`.
    fn wrong_type<T>(
        &mut self,
        path: &[String],
        value: &Spanned<DeValue<'_>>,
        wanted: &str,
        remedy: String,
    ) -> Option<T> {
        let message = format!("`{}` is {}, not {wanted}", dotted(path), with_article(value.get_ref()));
        self.wrong(value.span().start, message, remedy);
        None
    }

    /// Reports the keys that nobody asked for.
    fn find_leftovers(&mut self) {
        for (key, _) in self.table.into_iter().flatten() {
            if !self.known.contains(&key.get_ref().as_ref()) {
                let what = What::Unknown { path: self.child(key.get_ref()), siblings: self.known.clone() };
                self.found.push(Found { offset: key.span().start, what });
            }
        }
    }
}

impl What {
    fn problem(&self, offset: usize, text: &str, keys: &[Vec<String>]) -> Problem {
        match self {
            Self::Wrong(Complaint { message, remedy }) => {
                Problem::at(offset, text, message.clone(), remedy.clone())
            }
            Self::Unknown { path, siblings } => {
                let message = format!("`{}` is not a key of this file", dotted(path));
                Problem::at(offset, text, message, instead_of(path, siblings, keys))
            }
        }
    }
}

/// What to write instead of an unknown key.
fn instead_of(path: &[String], siblings: &[&str], keys: &[Vec<String>]) -> String {
    let Some((key, section)) = path.split_last() else { return String::new() };
    let dashed = key.replace('_', "-");
    if let Some(closest) = closest(&dashed, siblings) {
        return format!("did you mean `{}`?", dotted(&[section, &[closest.to_owned()]].concat()));
    }
    if let Some((_, elsewhere)) =
        keys.iter().filter_map(|path| path.split_last()).find(|(last, _)| **last == dashed)
    {
        return if elsewhere.is_empty() {
            format!("`{dashed}` belongs at the top of the file, before the first section")
        } else {
            format!("`{dashed}` belongs into `[{}]`", dotted(elsewhere))
        };
    }
    format!("the keys here are `{}`", siblings.join("`, `"))
}

/// The word that is so much like `word` that it may have been meant.
fn closest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let likeness = |known: &str| strsim::jaro_winkler(known, word);
    let closest = known.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    closest.filter(|closest| likeness(closest) >= ALIKE).copied()
}

/// The path of the first value in a table, for an example.
fn first_path(table: &DeTable<'_>) -> String {
    match table.iter().next() {
        Some((key, value)) => match value.get_ref() {
            DeValue::Table(below) => format!("{}.{}", key.get_ref(), first_path(below)),
            _ => key.get_ref().to_string(),
        },
        None => String::new(),
    }
}

/// A path as TOML spells it.
fn dotted(path: &[String]) -> String {
    let bare = |key: &str| {
        !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    let keys: Vec<_> =
        path.iter().map(|key| if bare(key) { key.clone() } else { format!("{key:?}") }).collect();
    keys.join(".")
}

fn with_article(value: &DeValue<'_>) -> &'static str {
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
