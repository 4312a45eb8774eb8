//! Reads a schema under `not` as a condition: keywords that decide which values the schema certainly allows.
//!
//! A value is only refused if the schema under `not` certainly allows it. So a keyword that is not read makes the
//! condition partial, and a partial condition allows no value with certainty.

use openapiv3::{AdditionalProperties, ReferenceOr, Schema};

use super::pattern::{is_translated_exactly, translated};
use crate::classify::{self, Keywords, Schemas};
use crate::document::is_read_partly;
use crate::ir::{Condition, Constraint};

/// The maximum number of schemas around a schema, from the one under `not`.
const MAX_DEPTH: usize = 12;

/// The maximum number of schemas, values and names in a condition. Schemas that share others would multiply them.
const MAX_SIZE: usize = 256;

/// Returns the condition of a schema, or `None` if no value certainly meets it.
pub(super) fn condition_of(schemas: &Schemas<'_>, schema: &ReferenceOr<Schema>) -> Option<Condition> {
    let mut reader = Reader { schemas, left: MAX_SIZE };
    Some(reader.read(schema, 0)).filter(|condition| !condition.is_partial)
}

struct Reader<'s, 'a> {
    schemas: &'s Schemas<'a>,
    left: usize,
}

impl Reader<'_, '_> {
    fn read(&mut self, schema: &ReferenceOr<Schema>, depth: usize) -> Condition {
        match schema {
            ReferenceOr::Item(schema) => self.read_schema(schema, depth),
            ReferenceOr::Reference { reference } => self.read_reference(reference, depth),
        }
    }

    fn read_boxed(&mut self, schema: &ReferenceOr<Box<Schema>>, depth: usize) -> Condition {
        match schema {
            ReferenceOr::Item(schema) => self.read_schema(schema, depth),
            ReferenceOr::Reference { reference } => self.read_reference(reference, depth),
        }
    }

    fn read_reference(&mut self, reference: &str, depth: usize) -> Condition {
        match self.schemas.resolve(reference) {
            Some(id) => self.read_schema(self.schemas.schema(id), depth),
            None => unread(),
        }
    }

    fn read_schema(&mut self, schema: &Schema, depth: usize) -> Condition {
        let keywords = Keywords::of(schema);
        let size = 1 + keywords.values.len() + keywords.required.len();
        if depth >= MAX_DEPTH || size > self.left {
            return unread();
        }
        self.left -= size;
        let depth = depth + 1;
        let pattern = keywords.limits.pattern;
        let mut condition = Condition {
            is_partial: is_partial(schema, &keywords),
            ty: keywords.ty.map(str::to_owned),
            values: keywords.values.to_vec(),
            limits: limits(self.schemas, &keywords),
            regex: pattern.and_then(|it| translated(it).filter(|regex| regex != it)),
            required: keywords.required.to_vec(),
            not: keywords.not.map(|not| Box::new(self.read(not, depth))),
            items: keywords.items.map(|items| Box::new(self.read_boxed(items, depth))),
            ..Condition::default()
        };
        for (name, property) in keywords.properties {
            condition.properties.push((name.clone(), self.read_boxed(property, depth)));
        }
        match keywords.additional_properties {
            Some(AdditionalProperties::Schema(schema)) => {
                condition.additional_properties = Some(Box::new(self.read(schema, depth)));
            }
            Some(AdditionalProperties::Any(any)) => condition.is_closed = !any,
            None => {}
        }
        let mut read_all = |all: &[ReferenceOr<Schema>]| all.iter().map(|it| self.read(it, depth)).collect();
        condition.all_of = read_all(keywords.all_of);
        condition.any_of = read_all(keywords.any_of);
        condition.one_of = read_all(keywords.one_of);
        condition
    }
}

/// Returns the condition of a schema that is not read.
fn unread() -> Condition {
    Condition { is_partial: true, ..Condition::default() }
}

/// Returns true if a value that meets the keywords of a condition can violate the schema.
fn is_partial(schema: &Schema, keywords: &Keywords<'_>) -> bool {
    let limits = &keywords.limits;
    // Null has no condition, so a schema of null alone allows no value.
    let is_null = keywords.data.nullable && keywords.ty.is_none() && keywords.values.is_empty();
    // Documented limits leave these out.
    let limits_values =
        !keywords.values.is_empty() && (limits.pattern.is_some() || limits.length != <_>::default());
    // The check accepts values that may be valid.
    let is_rough = limits.is_unique
        || limits.multiple_of.is_some()
        || limits.pattern.is_some_and(|pattern| !is_translated_exactly(pattern));
    is_null
        || limits_values
        || is_rough
        || keywords.format.is_some()
        || keywords.data.discriminator.is_some()
        || is_read_partly(schema)
}

/// Returns the limits that the mock server checks.
fn limits(schemas: &Schemas<'_>, keywords: &Keywords<'_>) -> Vec<Constraint> {
    let is_limit = |constraint: &Constraint| match constraint {
        Constraint::Range { .. }
        | Constraint::MultipleOf(_)
        | Constraint::Length(_)
        | Constraint::Items(_)
        | Constraint::UniqueItems
        | Constraint::Properties(_) => true,
        Constraint::Pattern(pattern) => translated(pattern).is_some(),
        _ => false,
    };
    classify::constraints(schemas, keywords).into_iter().filter(is_limit).collect()
}
