//! Reads Rust types and the paths in them.
//!
//! A path can begin with a crate of `[dependencies]` or a module of `[folder]`, so all paths are checked after the
//! whole file has been read.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::DeValue;

use super::{RustPath, Section, dotted};
use crate::config::rust_type::RustType;
use crate::config::types::CustomType;
use crate::config::values::{self, Check, Violation};

impl<'a> Section<'a> {
    /// Reads a table from names of the document to Rust types.
    pub(in crate::config) fn custom_types(&mut self, key: &'static str) -> BTreeMap<String, CustomType> {
        let Some(value) = self.lookup(key) else { return BTreeMap::new() };
        self.types_in(&self.path_of(key), value)
    }

    /// Reads a table from schemas to tables from properties to Rust types.
    pub(in crate::config) fn custom_types_of_properties(
        &mut self,
        key: &'static str,
    ) -> BTreeMap<String, BTreeMap<String, CustomType>> {
        let Some(value) = self.lookup(key) else { return BTreeMap::new() };
        let path = self.path_of(key);
        let DeValue::Table(table) = value.get_ref() else {
            let remedy = format!("write `property = \"path of a type\"` below `[{}.Schema]`", dotted(&path));
            return self.report_wrong_type(&path, value, "a table", remedy).unwrap_or_default();
        };
        let mut types = BTreeMap::new();
        for (schema, value) in table {
            let schema = schema.get_ref().to_string();
            let of_schema = self.types_in(&[path.clone(), vec![schema.clone()]].concat(), value);
            types.insert(schema, of_schema);
        }
        types
    }

    /// Reads a list of strings that pass `check` and have the path of a Rust item, which is empty if the key is absent.
    pub(in crate::config) fn paths(
        &mut self,
        key: &'static str,
        check: Check,
        path_of: fn(&str) -> Option<Vec<String>>,
    ) -> Vec<String> {
        let Some(value) = self.lookup(key) else { return Vec::new() };
        let path = self.path_of(key);
        let DeValue::Array(items) = value.get_ref() else {
            let remedy = "write an array: `[\"one\", \"two\"]`".to_owned();
            return self.report_wrong_type(&path, value, "an array", remedy).unwrap_or_default();
        };
        let mut texts = Vec::with_capacity(items.len());
        for item in items.iter() {
            let Some(text) = self.string(&path, item, check) else { continue };
            // A name without a path is of the standard library.
            if let Some(segments) = path_of(&text).filter(|segments| segments.len() > 1) {
                self.rust_paths.push(RustPath { segments, key: dotted(&path), offset: item.span().start });
            }
            texts.push(text);
        }
        texts
    }

    /// Reports each path of a Rust item that `check` refuses.
    pub(in crate::config) fn check_rust_paths(&mut self, check: impl Fn(&[String]) -> Result<(), Violation>) {
        for RustPath { segments, key, offset } in std::mem::take(&mut self.rust_paths) {
            if let Err(Violation { message, remedy }) = check(&segments) {
                self.report(
                    offset,
                    format!("`{key}` has the path `{}`, but {message}", segments.join("::")),
                    remedy,
                );
            }
        }
    }

    fn types_in(&mut self, path: &[String], value: &'a Spanned<DeValue<'a>>) -> BTreeMap<String, CustomType> {
        let DeValue::Table(table) = value.get_ref() else {
            let remedy =
                format!("write `\"name in the document\" = \"path of a type\"` below `[{}]`", dotted(path));
            return self.report_wrong_type(path, value, "a table", remedy).unwrap_or_default();
        };
        let mut types = BTreeMap::new();
        for (name, value) in table {
            let name = name.get_ref().to_string();
            let path = [path, std::slice::from_ref(&name)].concat();
            let has_default = match value.get_ref() {
                DeValue::Table(_) => self.has_default(&path, value),
                _ => true,
            };
            if let Some(rust) = self.rust_type(&path, type_of(value)) {
                types.insert(name, CustomType { rust, has_default });
            }
        }
        types
    }

    /// Reads the key `default` of a table, and reports unknown keys.
    fn has_default(&mut self, path: &[String], value: &'a Spanned<DeValue<'a>>) -> bool {
        let DeValue::Table(table) = value.get_ref() else { return true };
        let mut has_default = true;
        for (key, value) in table {
            match (key.get_ref().as_ref(), value.get_ref()) {
                ("type", _) => {}
                ("default", DeValue::Boolean(boolean)) => has_default = *boolean,
                ("default", _) => {
                    let path = [path, &["default".to_owned()]].concat();
                    let remedy = "write `true` or `false`, without quotes".to_owned();
                    let _: Option<()> = self.report_wrong_type(&path, value, "a boolean", remedy);
                }
                (other, _) => {
                    let unknown = dotted(&[path, &[other.to_owned()]].concat());
                    let remedy = format!(
                        "write `{} = {{ type = \"path of a type\" }}`; quote a name that has dots",
                        dotted(path)
                    );
                    self.report(key.span().start, format!("unknown key `{unknown}`"), remedy);
                }
            }
        }
        has_default
    }

    fn rust_type(&mut self, path: &[String], value: &'a Spanned<DeValue<'a>>) -> Option<RustType> {
        let text = self.string(path, value, values::rust_type)?;
        let ty = RustType::parse(&text).ok()?;
        let paths = ty.paths().into_iter().map(|segments| RustPath {
            segments: segments.to_vec(),
            key: dotted(path),
            offset: value.span().start,
        });
        self.rust_paths.extend(paths);
        Some(ty)
    }
}

/// Returns the value that is the path of the type: the key `type` of a table, or the value itself.
fn type_of<'a>(value: &'a Spanned<DeValue<'a>>) -> &'a Spanned<DeValue<'a>> {
    let DeValue::Table(table) = value.get_ref() else { return value };
    table.iter().find(|(key, _)| key.get_ref() == "type").map_or(value, |(_, value)| value)
}
