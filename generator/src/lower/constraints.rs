//! Constraints that a server puts on values beyond their type, for the documentation.
//!
//! The client does not check them: the server decides, and may have become more lenient. Nor does the client
//! fill in defaults, since an absent property means something else in an update than a present one. The
//! documentation says which default the server assumes.

use openapiv3::{AdditionalProperties, ReferenceOr, Schema};
use serde_json::Value;

use super::Lower;
use super::keywords::Keywords;
use super::limits::{Bound, Number};
use super::scalar::{declared, width};
use crate::config::{TimeLibrary, UuidLibrary};
use crate::diagnostics::Pointer;
use crate::document::tuple_elements;
use crate::ir::{Constraint, CountRange, Docs, RangeEnd};

impl<'a> Lower<'a, '_> {
    /// Returns the constraints of a schema.
    pub(super) fn constraints(&self, keywords: &Keywords<'a>) -> Vec<Constraint> {
        let mut all = self.constraints_of_each(keywords);
        // A default of null means the same as absence.
        let default = keywords.data.default.as_ref().filter(|default| !default.is_null());
        all.extend(default.map(|default| Constraint::Default(default.to_string())));
        all
    }

    /// Returns the constraints of a schema or a reference. A named type documents its own constraints.
    pub(super) fn constraints_of(&self, schema: &'a ReferenceOr<Schema>) -> Vec<Constraint> {
        match schema {
            ReferenceOr::Item(schema) => self.constraints(&Keywords::of(schema)),
            ReferenceOr::Reference { reference } => self.constraints_of_reference(reference),
        }
    }

    /// Returns the constraints behind a reference.
    fn constraints_of_reference(&self, reference: &str) -> Vec<Constraint> {
        self.unnamed_schema(reference).map(|keywords| self.constraints(&keywords)).unwrap_or_default()
    }

    /// Returns the schema that a reference points to, unless it becomes a named type.
    fn unnamed_schema(&self, reference: &str) -> Option<Keywords<'a>> {
        let (schema, _) = self.document.resolve_schema(reference)?;
        Some(Keywords::of(schema)).filter(is_unnamed)
    }

    /// Returns a schema that does not become a named type, or the schema behind the reference that it wraps
    /// in `allOf`.
    fn unnamed_or_wrapped(&self, schema: &'a Schema) -> Option<Keywords<'a>> {
        let keywords = Keywords::of(schema);
        match keywords.all_of {
            [ReferenceOr::Reference { reference }] if keywords.ty.is_none() => self.unnamed_schema(reference),
            _ => Some(keywords).filter(is_unnamed),
        }
    }

    /// Returns the documentation of a property that is a reference, from the referenced schema. A schema that
    /// becomes a named type has documentation of its own.
    pub(super) fn docs_of_reference(&self, reference: &str, at: &Pointer) -> Docs {
        let docs = self.unnamed_schema(reference).map(|keywords| self.docs(&keywords, at));
        docs.unwrap_or_else(|| Docs { pointer: at.clone(), ..Docs::default() })
    }

    /// Returns the documentation of a property, including references that it wraps in `allOf`.
    pub(super) fn docs_of_property(&self, schema: &'a Schema, at: &Pointer) -> Docs {
        let keywords = Keywords::of(schema);
        let mut docs = self.docs(&keywords, at);
        for entry in keywords.all_of {
            let ReferenceOr::Reference { reference } = entry else { continue };
            let behind = self.docs_of_reference(reference, at);
            docs.text = docs.text.or(behind.text);
            docs.constraints.extend(behind.constraints);
        }
        docs
    }

    /// Returns the constraints on a present value.
    fn constraints_of_each(&self, keywords: &Keywords<'a>) -> Vec<Constraint> {
        let limits = &keywords.limits;
        let mut all = Vec::new();
        all.extend(range(keywords));
        all.extend(limits.multiple_of.map(|number| Constraint::MultipleOf(number.to_string())));
        // Length and pattern only apply to strings (JSON Schema, section 6.3). An enum needs neither.
        if matches!(keywords.ty, None | Some("string")) && keywords.values.is_empty() {
            all.extend(unless_any(limits.length).map(Constraint::Length));
            all.extend(limits.pattern.map(|pattern| Constraint::Pattern(pattern.to_owned())));
        }
        let base64 = match keywords.format.as_deref() {
            Some("byte" | "base64") => Some(Constraint::Base64),
            Some("base64url") => Some(Constraint::Base64Url),
            _ => None,
        };
        all.extend(base64.filter(|_| keywords.ty == Some("string")));
        all.extend(self.untyped_format(keywords).map(|format| Constraint::Format(format.to_owned())));
        // A tuple type already fixes the number of items.
        let is_tuple = keywords.items.and_then(tuple_elements).is_some();
        all.extend(unless_any(limits.items).filter(|_| !is_tuple).map(Constraint::Items));
        all.extend(limits.is_unique.then_some(Constraint::UniqueItems));
        all.extend(unless_any(limits.properties).map(Constraint::Properties));
        let of_each = self.constraints_inside(keywords);
        all.extend((!of_each.is_empty()).then_some(Constraint::Each(of_each)));
        all
    }

    /// Returns the constraints on each item of a list or each value of a map.
    fn constraints_inside(&self, keywords: &Keywords<'a>) -> Vec<Constraint> {
        let inner = match (keywords.items, keywords.additional_properties) {
            (Some(ReferenceOr::Item(item)), _) => self.unnamed_or_wrapped(item),
            (Some(ReferenceOr::Reference { reference }), _) => self.unnamed_schema(reference),
            (None, Some(AdditionalProperties::Schema(values))) => match &**values {
                ReferenceOr::Item(values) => self.unnamed_or_wrapped(values),
                ReferenceOr::Reference { reference } => self.unnamed_schema(reference),
            },
            _ => None,
        };
        // Constraints of nested lists would be hard to read.
        let scalar = inner.filter(|inner| inner.items.is_none());
        scalar.map(|inner| self.constraints_of_each(&inner)).unwrap_or_default()
    }

    /// Returns the format of a schema, unless the Rust type already expresses it.
    fn untyped_format<'k>(&self, keywords: &'k Keywords<'a>) -> Option<&'k str> {
        let format = keywords.format.as_deref().filter(|_| keywords.values.is_empty())?;
        let protojson = self.config.protojson;
        let has_times = self.config.types.time != TimeLibrary::String;
        let is_typed = declared(format).is_some()
            || match (keywords.ty, format) {
                (Some("string"), "date-time") => has_times,
                (Some("string"), "date") => has_times && !protojson,
                (Some("string"), "duration") => has_times && protojson,
                (Some("string"), "uuid") => self.config.types.uuid == UuidLibrary::Uuid && !protojson,
                (Some("string"), "byte" | "base64" | "base64url") => true,
                (Some("number"), "float" | "double") => true,
                (Some("string" | "integer" | "number"), _) => false,
                _ => true,
            };
        (!is_typed).then_some(format)
    }
}

/// Returns the range of a number, without the ends that its integer type implies.
fn range(keywords: &Keywords<'_>) -> Option<Constraint> {
    let integer = matches!(keywords.ty, Some("integer")).then(|| width(keywords)).flatten();
    let is_implied = |bound: &Bound| match (bound.number, integer) {
        (Number::Whole(whole), Some(integer)) if !bound.is_exclusive => {
            whole == integer.least() || whole == integer.greatest()
        }
        _ => false,
    };
    let end = |bound: &Option<Bound>| {
        let bound = bound.as_ref().filter(|bound| !is_implied(bound))?;
        Some(RangeEnd { number: bound.number.to_string(), is_exclusive: bound.is_exclusive })
    };
    let (from, to) = (end(&keywords.limits.minimum), end(&keywords.limits.maximum));
    (from.is_some() || to.is_some()).then_some(Constraint::Range { from, to })
}

/// Returns `None` if a count has no limits.
fn unless_any(count: CountRange) -> Option<CountRange> {
    let count = CountRange { at_least: count.at_least.filter(|least| *least > 0), ..count };
    (count != CountRange::default()).then_some(count)
}

/// Returns true for schemas that get no named type: scalars and lists.
fn is_unnamed(keywords: &Keywords<'_>) -> bool {
    let lists_values = keywords.values.iter().any(|value| !matches!(value, Value::Null));
    !lists_values && !keywords.is_object() && keywords.alternatives().is_empty() && keywords.all_of.is_empty()
}
