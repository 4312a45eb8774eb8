//! What a server expects of a value beyond its type, so that the documentation can say it.
//!
//! The client checks none of it: that is the server's business, which may have become more generous since. Nor does it
//! fill in a default: a field that was absent stays so, both to be sent back as it came, and because what is absent
//! from an update means something else than what is there. Users learn from the documentation what the server assumes.

use openapiv3::{AdditionalProperties, ReferenceOr, Schema};
use serde_json::Value;

use super::Lower;
use super::keywords::Keywords;
use super::limits::{Bound, Number};
use super::scalar::{declared, width};
use crate::config::{TimeLibrary, UuidLibrary};
use crate::diagnostics::Pointer;
use crate::document::tuple_places;
use crate::ir::{Count, Docs, End, Expectation};

impl<'a> Lower<'a, '_> {
    /// What a server expects of the values of a schema.
    pub(super) fn expectations(&self, keywords: &Keywords<'a>) -> Vec<Expectation> {
        let mut all = self.expectations_of_each(keywords);
        // Null is what absence means anyway.
        let default = keywords.data.default.as_ref().filter(|default| !default.is_null());
        all.extend(default.map(|default| Expectation::Default(default.to_string())));
        all
    }

    /// The same, where the schema may be a reference. What a named type expects, its own documentation says.
    pub(super) fn expectations_of(&self, schema: &'a ReferenceOr<Schema>) -> Vec<Expectation> {
        match schema {
            ReferenceOr::Item(schema) => self.expectations(&Keywords::of(schema)),
            ReferenceOr::Reference { reference } => self.expectations_behind(reference),
        }
    }

    /// The same for a reference.
    fn expectations_behind(&self, reference: &str) -> Vec<Expectation> {
        self.schema_without_name(reference).map(|keywords| self.expectations(&keywords)).unwrap_or_default()
    }

    /// The schema that a reference names, if no type with documentation of its own comes of it.
    fn schema_without_name(&self, reference: &str) -> Option<Keywords<'a>> {
        let (schema, _) = self.document.referred(reference)?;
        Some(Keywords::of(schema)).filter(has_no_name)
    }

    /// The same for a schema that may wrap a reference, to say that it may be null.
    fn without_name(&self, schema: &'a Schema) -> Option<Keywords<'a>> {
        let keywords = Keywords::of(schema);
        match keywords.all_of {
            [ReferenceOr::Reference { reference }] if keywords.ty.is_none() => {
                self.schema_without_name(reference)
            }
            _ => Some(keywords).filter(has_no_name),
        }
    }

    /// What the document says of a property that is a reference: what it says of a schema without a type of its own.
    pub(super) fn docs_behind(&self, reference: &str, at: &Pointer) -> Docs {
        let docs = self.schema_without_name(reference).map(|keywords| self.docs(&keywords, at));
        docs.unwrap_or_else(|| Docs { pointer: at.clone(), ..Docs::default() })
    }

    /// The same of a property that wraps references into `allOf`, to say something beside them.
    pub(super) fn docs_of_property(&self, schema: &'a Schema, at: &Pointer) -> Docs {
        let keywords = Keywords::of(schema);
        let mut docs = self.docs(&keywords, at);
        for entry in keywords.all_of {
            let ReferenceOr::Reference { reference } = entry else { continue };
            let behind = self.docs_behind(reference, at);
            docs.text = docs.text.or(behind.text);
            docs.expectations.extend(behind.expectations);
        }
        docs
    }

    /// What holds for a value that is there.
    fn expectations_of_each(&self, keywords: &Keywords<'a>) -> Vec<Expectation> {
        let limits = &keywords.limits;
        let mut all = Vec::new();
        all.extend(range(keywords));
        all.extend(limits.multiple_of.map(|number| Expectation::MultipleOf(number.to_string())));
        // What these say of anything but text has no meaning (JSON Schema, section 6.3), and an enum says it better.
        if matches!(keywords.ty, None | Some("string")) && keywords.values.is_empty() {
            all.extend(counted(limits.length).map(Expectation::Characters));
            all.extend(limits.pattern.map(|pattern| Expectation::Pattern(pattern.to_owned())));
        }
        let base64 = match keywords.format.as_deref() {
            Some("byte" | "base64") => Some(Expectation::Base64),
            Some("base64url") => Some(Expectation::Base64Url),
            _ => None,
        };
        all.extend(base64.filter(|_| keywords.ty == Some("string")));
        all.extend(self.untyped_format(keywords).map(|format| Expectation::Format(format.to_owned())));
        // Of a tuple, the type says it.
        let is_tuple = keywords.items.and_then(tuple_places).is_some();
        all.extend(counted(limits.items).filter(|_| !is_tuple).map(Expectation::Items));
        all.extend(limits.is_set.then_some(Expectation::Distinct));
        all.extend(counted(limits.properties).map(Expectation::Members));
        let of_each = self.expectations_inside(keywords);
        all.extend((!of_each.is_empty()).then_some(Expectation::Each(of_each)));
        all
    }

    /// What holds for each item of a list, and each member of a map.
    fn expectations_inside(&self, keywords: &Keywords<'a>) -> Vec<Expectation> {
        let inner = match (keywords.items, keywords.additional) {
            (Some(ReferenceOr::Item(item)), _) => self.without_name(item),
            (Some(ReferenceOr::Reference { reference }), _) => self.schema_without_name(reference),
            (None, Some(AdditionalProperties::Schema(values))) => match &**values {
                ReferenceOr::Item(values) => self.without_name(values),
                ReferenceOr::Reference { reference } => self.schema_without_name(reference),
            },
            _ => None,
        };
        // Of lists in lists the innermost would be hard to follow.
        let scalar = inner.filter(|inner| inner.items.is_none());
        scalar.map(|inner| self.expectations_of_each(&inner)).unwrap_or_default()
    }

    /// The format of a schema, unless its type stands for it.
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

/// The range of a number, as far as its type does not say it already.
fn range(keywords: &Keywords<'_>) -> Option<Expectation> {
    let integer = matches!(keywords.ty, Some("integer")).then(|| width(keywords)).flatten();
    let is_implied = |bound: &Bound| match (bound.number, integer) {
        (Number::Whole(whole), Some(integer)) if !bound.is_exclusive => {
            whole == integer.least() || whole == integer.greatest()
        }
        _ => false,
    };
    let end = |bound: &Option<Bound>| {
        let bound = bound.as_ref().filter(|bound| !is_implied(bound))?;
        Some(End { number: bound.number.to_string(), is_exclusive: bound.is_exclusive })
    };
    let (from, to) = (end(&keywords.limits.minimum), end(&keywords.limits.maximum));
    (from.is_some() || to.is_some()).then_some(Expectation::Range { from, to })
}

/// How many there may be, unless that is any number.
fn counted(count: Count) -> Option<Count> {
    let count = Count { at_least: count.at_least.filter(|least| *least > 0), ..count };
    (count != Count::default()).then_some(count)
}

/// Whether a schema is a scalar or a list of something: what gets no type of its own.
fn has_no_name(keywords: &Keywords<'_>) -> bool {
    let lists_values = keywords.values.iter().any(|value| !matches!(value, Value::Null));
    !lists_values && !keywords.is_object() && keywords.alternatives().is_empty() && keywords.all_of.is_empty()
}
