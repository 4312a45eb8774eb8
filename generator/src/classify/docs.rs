//! The documentation of schemas, and the constraints that a server puts on values beyond their type.
//!
//! The client does not check constraints: the server decides, and may have become more lenient. Nor does the client
//! fill in defaults, since an absent property means something else in an update than a present one. The
//! documentation says which default the server assumes.

use openapiv3::{AdditionalProperties, ReferenceOr, Schema};
use serde_json::Value;

use super::deprecation::advice;
use super::keywords::Keywords;
use super::limits::{Bound, Number};
use super::scalar::{declared, width};
use super::schemas::Schemas;
use crate::config::{TimeLibrary, UuidLibrary};
use crate::diagnostics::Pointer;
use crate::document::{SchemaId, tuple_elements};
use crate::ir::{Constraint, CountRange, Docs, RangeEnd};

/// Returns the documentation of the schema at `at`.
pub(crate) fn docs(schemas: &Schemas<'_>, keywords: &Keywords<'_>, at: &Pointer) -> Docs {
    let text = keywords.data.description.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let advice = keywords.data.deprecated.then(|| advice(&keywords.data.extensions, text)).flatten();
    Docs {
        text: text.map(str::to_owned),
        deprecated: keywords.data.deprecated,
        advice,
        constraints: constraints(schemas, keywords),
        example: keywords.data.example.clone(),
        pointer: at.clone(),
        target: None,
    }
}

/// Returns the constraints of a schema.
pub(crate) fn constraints(schemas: &Schemas<'_>, keywords: &Keywords<'_>) -> Vec<Constraint> {
    let mut all = constraints_of_each(schemas, keywords);
    // A default of null means the same as absence.
    let default = keywords.data.default.as_ref().filter(|default| !default.is_null());
    all.extend(default.map(|default| Constraint::Default(default.to_string())));
    all
}

/// Returns the constraints of a schema or a reference. A named type documents its own constraints.
pub(crate) fn constraints_of(schemas: &Schemas<'_>, schema: &ReferenceOr<Schema>) -> Vec<Constraint> {
    match schema {
        ReferenceOr::Item(schema) => constraints(schemas, &Keywords::of(schema)),
        ReferenceOr::Reference { reference } => {
            let unnamed = unnamed_schema(schemas, schemas.resolve(reference));
            unnamed.map(|keywords| constraints(schemas, keywords)).unwrap_or_default()
        }
    }
}

/// Returns a schema, unless it becomes a named type.
fn unnamed_schema<'s, 'a>(schemas: &'s Schemas<'a>, id: Option<SchemaId>) -> Option<&'s Keywords<'a>> {
    Some(schemas.keywords(id?)).filter(|keywords| is_unnamed(keywords))
}

/// Returns the documentation of a property that is a reference, from the referenced schema. A schema that becomes a
/// named type has documentation of its own.
pub(crate) fn docs_of_reference(schemas: &Schemas<'_>, to: Option<SchemaId>, at: &Pointer) -> Docs {
    let docs = unnamed_schema(schemas, to).map(|keywords| docs(schemas, keywords, at));
    docs.unwrap_or_else(|| Docs { pointer: at.clone(), ..Docs::default() })
}

/// Returns the documentation of a property, including the schemas that it wraps in `allOf`: references, and scalars and
/// lists that may be null.
pub(crate) fn docs_of_property(schemas: &Schemas<'_>, schema: &Schema, at: &Pointer) -> Docs {
    let keywords = Keywords::of(schema);
    let mut docs = docs(schemas, &keywords, at);
    for entry in keywords.all_of {
        let behind = match entry {
            ReferenceOr::Reference { reference } => {
                docs_of_reference(schemas, schemas.resolve(reference), at)
            }
            ReferenceOr::Item(schema) => match Keywords::of(schema) {
                entry if is_unnamed(&entry) => self::docs(schemas, &entry, at),
                _ => continue,
            },
        };
        docs.text = docs.text.or(behind.text);
        docs.constraints.extend(behind.constraints);
    }
    docs
}

/// Returns the constraints on a present value.
fn constraints_of_each(schemas: &Schemas<'_>, keywords: &Keywords<'_>) -> Vec<Constraint> {
    let limits = &keywords.limits;
    let mut all = Vec::new();
    all.extend(range(keywords));
    all.extend(limits.multiple_of.map(|number| Constraint::MultipleOf(number.to_string())));
    // Length and pattern only apply to strings (JSON Schema, section 6.3). An enum needs neither.
    if matches!(keywords.ty, None | Some("string")) && keywords.values.is_empty() {
        // The text of a UUID or a time has the length of its format.
        let is_fixed = matches!(keywords.format.as_deref(), Some("uuid" | "date" | "date-time"))
            && untyped_format(schemas, keywords).is_none();
        all.extend(unless_any(limits.length).filter(|_| !is_fixed).map(Constraint::Length));
        all.extend(limits.pattern.map(|pattern| Constraint::Pattern(pattern.to_owned())));
    }
    let base64 = match keywords.format.as_deref() {
        Some("byte" | "base64") => Some(Constraint::Base64),
        Some("base64url") => Some(Constraint::Base64Url),
        _ => None,
    };
    all.extend(base64.filter(|_| keywords.ty == Some("string")));
    all.extend(untyped_format(schemas, keywords).map(|format| Constraint::Format(format.to_owned())));
    // A tuple type already fixes the number of items.
    let is_tuple = keywords.items.and_then(tuple_elements).is_some();
    all.extend(unless_any(limits.items).filter(|_| !is_tuple).map(Constraint::Items));
    all.extend(limits.is_unique.then_some(Constraint::UniqueItems));
    all.extend(unless_any(limits.properties).map(Constraint::Properties));
    // Constraints of nested lists would be hard to read.
    let of_each = inner_scalar(schemas, keywords, |inner| constraints_of_each(schemas, inner));
    all.extend(of_each.filter(|of_each| !of_each.is_empty()).map(Constraint::Each));
    all
}

/// Calls `with` for the items of a list or the values of a map, unless they are lists or named types.
fn inner_scalar<T>(
    schemas: &Schemas<'_>,
    keywords: &Keywords<'_>,
    with: impl Fn(&Keywords<'_>) -> T,
) -> Option<T> {
    let of_reference = |reference: &str| unnamed_schema(schemas, schemas.resolve(reference));
    let of_schema = |schema: &Schema| {
        let keywords = Keywords::of(schema);
        match keywords.all_of {
            // A reference that is wrapped in `allOf`.
            [ReferenceOr::Reference { reference }] if keywords.ty.is_none() => {
                of_reference(reference).filter(|it| it.items.is_none()).map(&with)
            }
            _ => Some(keywords).filter(|it| is_unnamed(it) && it.items.is_none()).map(|it| with(&it)),
        }
    };
    match (keywords.items, keywords.additional_properties) {
        (Some(ReferenceOr::Item(items)), _) => of_schema(items),
        (Some(ReferenceOr::Reference { reference }), _) => {
            of_reference(reference).filter(|it| it.items.is_none()).map(with)
        }
        (None, Some(AdditionalProperties::Schema(values))) => match &**values {
            ReferenceOr::Item(values) => of_schema(values),
            ReferenceOr::Reference { reference } => {
                of_reference(reference).filter(|it| it.items.is_none()).map(with)
            }
        },
        _ => None,
    }
}

/// Returns the format of a schema, unless the Rust type already expresses it.
fn untyped_format<'k>(schemas: &Schemas<'_>, keywords: &'k Keywords<'_>) -> Option<&'k str> {
    let format = keywords.format.as_deref().filter(|_| keywords.values.is_empty())?;
    let config = schemas.config;
    let protojson = config.protojson;
    let has_times = config.types.time != TimeLibrary::String;
    let is_typed = declared(format).is_some()
        || match (keywords.ty, format) {
            (Some("string"), "date-time") => has_times,
            (Some("string"), "date") => has_times && !protojson,
            (Some("string"), "duration") => has_times && protojson,
            (Some("string"), "uuid") => config.types.uuid == UuidLibrary::Uuid && !protojson,
            (Some("string"), "byte" | "base64" | "base64url") => true,
            (Some("number"), "float" | "double") => true,
            (Some("string" | "integer" | "number"), _) => false,
            _ => true,
        };
    (!is_typed).then_some(format)
}

/// Returns the range of a number, without the ends that its integer type implies.
fn range(keywords: &Keywords<'_>) -> Option<Constraint> {
    let integer = matches!(keywords.ty, Some("integer")).then(|| width(keywords));
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
