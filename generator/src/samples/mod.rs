//! Sample values of types: valid request bodies, and the responses of the mock server.
//!
//! A value has all properties of its type, including optional ones down to a maximum depth. [`scalar`] makes strings
//! and numbers within their constraints, and [`pattern`] strings that match a regular expression. The same type always
//! has the same value. [`response`] makes response bodies; it prefers the examples of the document if they are
//! [`decodable`]. [`calls`] makes the arguments of operations.
//!
//! Imports `ir` and `diagnostics`.

mod calls;
mod decodable;
mod pattern;
mod response;
mod scalar;
mod text_format;

use serde_json::{Map, Value, json};

pub(crate) use calls::{PartValue, SampleBody, SampleCall, SamplePart, sample_calls};
pub(crate) use response::{MockBody, MockReply, mock_replies};

use crate::diagnostics::Pointer;
use crate::ir::{
    Access, Alternative, Api, Constant, Constraint, CountRange, Docs, EnumKind, FieldKind, MatchRule,
    SchemaMatch, Shape, Struct, Type, TypeId, Union, Variant,
};

/// The depth down to which nested objects have optional properties.
const DEPTH: usize = 4;

/// The additional depth at which optional properties distinguish the alternatives of a union.
const EXTRA_DEPTH: usize = 2;

/// The maximum number of items or properties, whatever the document requires.
const MAX_LEN: usize = 100;

/// Makes a value that a client can send, as JSON and without read-only properties.
///
/// Returns `None` if no value can be made: the type always contains itself, or a pattern is not supported.
pub(crate) fn sample(api: &Api, ty: &Type, constraints: &[Constraint]) -> Option<Value> {
    Sampler::new(api).value(ty, constraints)
}

/// Makes a value like [`sample`], and checks the values of unions with their schemas.
fn checked_sample(
    api: &Api,
    ty: &Type,
    constraints: &[Constraint],
    schema_check: &SchemaCheck<'_>,
) -> CheckedSample {
    let mut sampler = Sampler { schema_check: Some(schema_check), ..Sampler::new(api) };
    let value = sampler.value(ty, constraints);
    CheckedSample { value, ambiguous: sampler.ambiguous }
}

/// Validates a value with the schema at a location.
pub(crate) type SchemaCheck<'a> = dyn Fn(&Pointer, &Value) -> SchemaMatch + 'a;

/// A value, and the unions for which no valid value was found.
struct CheckedSample {
    /// The value; `None` if none can be made.
    value: Option<Value>,
    /// The locations of `oneOf` schemas of which every value matches several alternatives.
    ambiguous: Vec<Pointer>,
}

/// Makes a value that a client can receive: with read-only properties, and with examples of the document where it has
/// any.
fn received(api: &Api, ty: &Type) -> Option<Value> {
    Sampler { is_received: true, ..Sampler::new(api) }.value(ty, &[])
}

struct Sampler<'a> {
    api: &'a Api,
    is_received: bool,
    schema_check: Option<&'a SchemaCheck<'a>>,
    ambiguous: Vec<Pointer>,
    /// The depth down to which nested objects have optional properties.
    depth: usize,
    /// The types around the current value, from the outside in.
    enclosing: Vec<TypeId>,
}

impl<'a> Sampler<'a> {
    fn new(api: &'a Api) -> Self {
        Self {
            api,
            is_received: false,
            schema_check: None,
            ambiguous: Vec::new(),
            depth: DEPTH,
            enclosing: Vec::new(),
        }
    }

    fn value(&mut self, ty: &Type, constraints: &[Constraint]) -> Option<Value> {
        Some(match ty {
            Type::Named(id) => return self.named(*id),
            Type::Nullable(inner) => return self.value(inner, constraints),
            Type::List(inner) => return self.list(inner, constraints),
            Type::Tuple(places) => {
                Value::Array(places.iter().map(|place| self.value(place, &[])).collect::<Option<_>>()?)
            }
            Type::Map(inner) => return self.map(inner, constraints),
            Type::String => Value::String(scalar::text(constraints)?),
            Type::Bool => Value::Bool(true),
            Type::Integer { width, quoted } => {
                let number = scalar::integer(*width, constraints);
                if *quoted { Value::String(number.to_string()) } else { scalar::number(&number.to_string())? }
            }
            Type::Float { .. } => scalar::float(constraints)?,
            Type::DateTime | Type::Timestamp => scalar::fixed_text("2024-01-02T03:04:05Z", constraints)?,
            Type::Date => scalar::fixed_text("2024-01-02", constraints)?,
            Type::Uuid => scalar::fixed_text("0b9f6d1e-3c1a-4f7e-9a55-2f0f3b1c7d42", constraints)?,
            Type::Duration => scalar::fixed_text("3600s", constraints)?,
            Type::Bytes { .. } => json!("c2FtcGxl"),
            Type::Object => json!({}),
            Type::Json => json!({}),
            Type::Any => json!({ "@type": "type.googleapis.com/google.protobuf.Empty" }),
            Type::Constant(constant) => constant_value(constant),
        })
    }

    /// The example of the document, or else a value within its constraints.
    fn documented(&mut self, ty: &Type, docs: &Docs) -> Option<Value> {
        self.example(ty, docs).or_else(|| self.value(ty, &docs.constraints))
    }

    fn example(&self, ty: &Type, docs: &Docs) -> Option<Value> {
        docs.example
            .as_ref()
            .filter(|value| self.is_received && decodable::decodes(self.api, ty, value))
            .cloned()
    }

    fn list(&mut self, inner: &Type, constraints: &[Constraint]) -> Option<Value> {
        let count = constraints.iter().find_map(|constraint| match constraint {
            Constraint::Items(count) => Some(*count),
            _ => None,
        });
        let CountRange { at_least, at_most } = count.unwrap_or_default();
        let length = at_least.unwrap_or_default().max(1).min(at_most.unwrap_or(usize::MAX)).min(MAX_LEN);
        match self.value(inner, element_constraints(constraints)) {
            Some(item) if length > 1 && constraints.contains(&Constraint::UniqueItems) => {
                scalar::distinct_values(item, length, element_constraints(constraints)).map(Value::Array)
            }
            Some(item) => Some(Value::Array(vec![item; length])),
            None => at_least.is_none_or(|least| least == 0).then(|| json!([])),
        }
    }

    fn map(&mut self, inner: &Type, constraints: &[Constraint]) -> Option<Value> {
        let length = property_count(constraints, 1);
        match self.value(inner, element_constraints(constraints)) {
            Some(value) => {
                Some(Value::Object(property_names(length).map(|key| (key, value.clone())).collect()))
            }
            None => (property_count(constraints, 0) == 0).then(|| json!({})),
        }
    }

    fn named(&mut self, id: TypeId) -> Option<Value> {
        if self.enclosing.contains(&id) {
            return None;
        }
        let def = self.api.type_def(id);
        if let Some(example) = self.example(&Type::Named(id), &def.docs) {
            return Some(example);
        }
        self.enclosing.push(id);
        let value = match &def.shape {
            Shape::Struct(it) => self.object(it, &def.docs.constraints),
            Shape::KeyedUnion(it) => it.variants.iter().find_map(|variant| self.keyed_variant(variant)),
            Shape::Union(it) => self.union(it, &def.docs.pointer),
            Shape::Enum(it) => it.values.first().and_then(|value| match it.kind {
                EnumKind::Text => Some(Value::from(value.wire.as_str())),
                EnumKind::Integer => scalar::number(&value.wire),
            }),
        };
        self.enclosing.pop();
        value
    }

    fn object(&mut self, it: &Struct, constraints: &[Constraint]) -> Option<Value> {
        let mut properties = Map::new();
        for field in &it.fields {
            let is_required = field.kind.is_required();
            // Requests have no read-only properties, and responses no write-only ones.
            let is_in_direction = match field.access {
                Access::Both => true,
                Access::ReadOnly => self.is_received,
                Access::WriteOnly => !self.is_received,
            };
            if !is_in_direction {
                continue;
            }
            if !is_required && self.enclosing.len() > self.depth {
                continue;
            }
            let value = match field.kind.ty() {
                None if field.kind == FieldKind::NullOnly => Some((field.name.clone(), Value::Null)),
                Some(ty) => self.documented(ty, &field.docs).map(|value| (field.name.clone(), value)),
                // The properties of a flattened union belong to this object.
                None => {
                    if let Some(Value::Object(union_properties)) =
                        field.kind.all_named().into_iter().find_map(|id| self.named(id))
                    {
                        properties.extend(union_properties);
                    }
                    None
                }
            };
            match value {
                Some((name, value)) => drop(properties.insert(name, value)),
                None if is_required => return None,
                None => {}
            }
        }
        for name in required_properties(constraints) {
            let value = match &it.additional_properties {
                Some(ty) => self.value(ty, element_constraints(constraints))?,
                None => json!("text"),
            };
            properties.insert(name.clone(), value);
        }
        if let Some(ty) = &it.additional_properties {
            let length = property_count(constraints, usize::from(it.fields.is_empty()));
            let missing = length.saturating_sub(properties.len());
            if let Some(value) = self.value(ty, element_constraints(constraints)).filter(|_| missing > 0) {
                properties.extend(property_names(missing).map(|key| (key, value.clone())));
            }
        }
        Some(Value::Object(properties))
    }

    /// An object with the property of one variant.
    fn keyed_variant(&mut self, variant: &Variant) -> Option<Value> {
        let value = self.documented(&variant.ty, &variant.docs)?;
        Some(json!({ (variant.key.as_str()): value }))
    }

    /// A value of the first alternative that has one and, if there is a schema check, that is valid.
    ///
    /// If no value is valid at the current depth, alternatives are tried with optional properties at a greater depth,
    /// as these may distinguish them.
    fn union(&mut self, it: &Union, location: &Pointer) -> Option<Value> {
        let Some(schema_check) = self.schema_check else {
            return it.alternatives.iter().find_map(|alternative| self.alternative(alternative));
        };
        let preferred = self.depth;
        let already_ambiguous = self.ambiguous.len();
        let mut first = None;
        let mut is_ambiguous = true;
        for depth in [preferred, preferred.max(self.enclosing.len() + EXTRA_DEPTH)] {
            for alternative in &it.alternatives {
                self.depth = depth;
                let value = self.alternative(alternative);
                self.depth = preferred;
                let nested = self.ambiguous.split_off(already_ambiguous);
                let Some(value) = value else { continue };
                match schema_check(location, &value) {
                    SchemaMatch::Allowed | SchemaMatch::Unknown => {
                        self.ambiguous.extend(nested);
                        return Some(value);
                    }
                    schema_match => is_ambiguous &= schema_match == SchemaMatch::Ambiguous,
                }
                first.get_or_insert((value, nested));
            }
        }
        let (value, nested) = first?;
        self.ambiguous.extend(nested);
        self.ambiguous.extend(is_ambiguous.then(|| location.clone()));
        Some(value)
    }

    /// A value of an alternative.
    fn alternative(&mut self, alternative: &Alternative) -> Option<Value> {
        let variant = &alternative.variant;
        let constants = alternative.match_rules.iter().find_map(|rule| match rule {
            MatchRule::Constants(constants) => constants.first(),
            _ => None,
        });
        if let (Some(constant), Type::String | Type::Integer { .. } | Type::Bool) = (constants, &variant.ty) {
            return Some(constant_value(constant));
        }
        let mut value = self.documented(&variant.ty, &variant.docs)?;
        let tags = alternative.match_rules.iter().find_map(|rule| match rule {
            MatchRule::Tag { member, values } => Some((member, values)),
            _ => None,
        });
        if let (Value::Object(properties), Some((member, values))) = (&mut value, tags) {
            let is_allowed = |value: &Value| values.iter().any(|constant| constant_value(constant) == *value);
            if !properties.get(member).is_some_and(is_allowed) {
                properties.insert(member.clone(), constant_value(values.first()?));
            }
        }
        Some(value)
    }
}

/// Required properties that the document does not define.
fn required_properties(constraints: &[Constraint]) -> &[String] {
    let names = constraints.iter().find_map(|constraint| match constraint {
        Constraint::RequiredProperties(names) => Some(names.as_slice()),
        _ => None,
    });
    names.unwrap_or_default()
}

/// The number of properties of an object that accepts arbitrary ones: `preferred`, or the nearest number within the
/// constraints.
fn property_count(constraints: &[Constraint], preferred: usize) -> usize {
    let count = constraints.iter().find_map(|constraint| match constraint {
        Constraint::Properties(count) => Some(*count),
        _ => None,
    });
    let CountRange { at_least, at_most } = count.unwrap_or_default();
    preferred.max(at_least.unwrap_or_default()).min(at_most.unwrap_or(usize::MAX)).min(MAX_LEN)
}

/// Names for arbitrary properties.
fn property_names(count: usize) -> impl Iterator<Item = String> {
    (1..=count).map(|number| format!("key{number}"))
}

/// The constraints of each item of a list, or of each value of a map.
fn element_constraints(constraints: &[Constraint]) -> &[Constraint] {
    let element_constraints = constraints.iter().find_map(|constraint| match constraint {
        Constraint::Each(element_constraints) => Some(element_constraints.as_slice()),
        _ => None,
    });
    element_constraints.unwrap_or_default()
}

fn constant_value(constant: &Constant) -> Value {
    match constant {
        Constant::Text(text) => Value::from(text.as_str()),
        Constant::Integer(number) => Value::from(*number),
        Constant::Boolean(truth) => Value::from(*truth),
    }
}

#[cfg(test)]
mod tests;
