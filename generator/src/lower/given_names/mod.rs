//! The names that codegen.toml gives to schemas, and what is in them, and its patterns of names.
//!
//! The names of operations are found while these are lowered (`operation/given_names.rs`).

mod types;
mod variants;

use std::collections::HashMap;

use super::context::Lower;
use super::required_overrides::owner_of;
use crate::config::{Config, TemplatePart, template_parts};
use crate::diagnostics::Pointer;
use crate::ir::{GivenNames, NamePart, NamePattern, NameRules, Shape, TypeDef};

/// Returns the names of types, and reports entries that match nothing. All schemas have been lowered.
pub(super) fn of_schemas(lower: &mut Lower<'_, '_>) -> GivenNames {
    let (openapi, config) = (lower.document.openapi(), lower.config);
    let schemas = openapi.components.iter().flat_map(|components| components.schemas.keys());
    let keys: Vec<&str> = schemas.map(String::as_str).collect();
    let types = types::of(lower, &keys);
    let variants = variants::of(lower, &keys);
    let names = std::mem::take(&mut lower.types.field_names);
    let properties = match config.names.fields.is_empty() {
        true => HashMap::new(),
        false => properties(lower.types.defs()),
    };
    let fields = names.finish(config.operations.is_selection(), &properties, &keys, lower.diagnostics);
    GivenNames { types, variants, fields, rules: rules(config), ..GivenNames::default() }
}

/// Returns the properties of structs, by the schemas that they come from.
fn properties(defs: &[TypeDef]) -> HashMap<Pointer, Vec<&str>> {
    let mut properties: HashMap<Pointer, Vec<&str>> = HashMap::new();
    for def in defs {
        let Shape::Struct(it) = &def.shape else { continue };
        for field in &it.fields {
            let owners = [Some(def.docs.pointer.clone()), owner_of(&field.docs.pointer)];
            for at in owners.into_iter().flatten() {
                properties.entry(at).or_default().push(&field.name);
            }
        }
    }
    properties
}

fn rules(config: &Config) -> NameRules {
    let patterns = |table: &str, patterns: &[(String, String)]| {
        let pattern = |(from, to): &(String, String)| {
            let at = Pointer::in_config(["names", "patterns", table, from]);
            NamePattern { text: from.clone(), from: name_parts(from), to: name_parts(to), at }
        };
        patterns.iter().map(pattern).collect()
    };
    NameRules {
        drop_resource: config.names.drop_resource,
        methods: patterns("methods", &config.names.patterns.methods),
        types: patterns("types", &config.names.patterns.types),
    }
}

fn name_parts(text: &str) -> Vec<NamePart> {
    let parts = template_parts(text).unwrap_or_default().into_iter().map(|part| match part {
        TemplatePart::Text(text) => NamePart::Text(text.to_owned()),
        TemplatePart::Resource => NamePart::Resource,
        TemplatePart::Name => NamePart::Name,
    });
    parts.collect()
}

#[cfg(test)]
mod tests;
