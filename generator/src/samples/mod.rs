//! Sample values of types: valid request bodies, and the responses of the mock server.
//!
//! A value has all properties of its type, including optional ones down to a maximum depth. If it would exceed its
//! [`budget`], the depth is reduced, and at last the value is the [`smallest`] one. [`scalar`] makes strings and numbers
//! within their constraints, and [`pattern`] strings that match a regular expression. The same type always has the same
//! value. [`response`] makes response bodies; it prefers the examples of the document if they are [`decodable`].
//! [`calls`] makes the arguments of operations.
//!
//! Imports `ir` and `diagnostics`.

mod budget;
mod calls;
mod decodable;
mod pattern;
mod response;
mod scalar;
mod smallest;
mod text_format;
mod unions;

use serde_json::{Map, Value, json};

pub(crate) use calls::{PartValue, SampleBody, SampleCall, SamplePart, sample_calls};
pub(crate) use response::{MockBody, MockReply, mock_replies};
pub(crate) use unions::{AlternativeSample, alternative_samples};

use self::budget::{Budget, MAX_NESTING, MAX_SIZE};
use self::smallest::Smallest;
use crate::diagnostics::Pointer;
use crate::ir::{
    Access, Alternative, Api, Constant, Constraint, CountRange, Docs, EnumKind, Field, FieldKind, MatchRule,
    SchemaMatch, Shape, Struct, Type, TypeId, Union, Variant,
};

/// The depth down to which nested objects have optional properties.
const DEPTH: usize = 4;

/// The additional depth at which optional properties distinguish the alternatives of a union.
const EXTRA_DEPTH: usize = 2;

/// The maximum number of items or properties, whatever the document requires.
const MAX_LEN: usize = 100;

/// The maximum work, as a multiple of the size of the sample. Some values are made and then discarded: alternatives of a
/// union that always contain themselves and, with a schema check, invalid values.
const WORK: usize = 4;
const CHECKED_WORK: usize = 100;

/// Makes samples of the types of a document.
pub(crate) struct Samples<'a> {
    api: &'a Api,
    sent: Smallest,
    received: Smallest,
}

impl<'a> Samples<'a> {
    pub(crate) fn of(api: &'a Api) -> Self {
        Self { api, sent: Smallest::of(api, false), received: Smallest::of(api, true) }
    }

    /// Makes a value that a client can send, as JSON and without read-only properties.
    ///
    /// Returns `None` if no value can be made: the type always contains itself or much else, or a pattern is not
    /// supported.
    pub(crate) fn sample(&self, ty: &Type, constraints: &[Constraint]) -> Option<Value> {
        Sampler::new(self.api, &self.sent).sample(ty, constraints)
    }

    /// Makes a value like [`sample`](Self::sample), and checks the values of unions with their schemas.
    fn checked_sample(
        &self,
        ty: &Type,
        constraints: &[Constraint],
        schema_check: &SchemaCheck<'_>,
    ) -> CheckedSample {
        let mut sampler = Sampler { schema_check: Some(schema_check), ..Sampler::new(self.api, &self.sent) };
        let value = sampler.sample(ty, constraints);
        CheckedSample { value, ambiguous: sampler.ambiguous }
    }

    /// Makes a value that a client can receive: with read-only properties, and with examples of the document where it
    /// has any.
    fn received(&self, ty: &Type) -> Option<Value> {
        Sampler { is_received: true, ..Sampler::new(self.api, &self.received) }.sample(ty, &[])
    }
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

struct Sampler<'a> {
    api: &'a Api,
    smallest: &'a Smallest,
    is_received: bool,
    schema_check: Option<&'a SchemaCheck<'a>>,
    ambiguous: Vec<Pointer>,
    budget: Budget,
    /// True if the value has only what is required.
    is_smallest: bool,
    /// The depth down to which nested objects have optional properties.
    depth: usize,
    /// The types around the current value, from the outside in.
    enclosing: Vec<TypeId>,
    /// The number of lists and objects around the current value.
    nesting: usize,
}

impl<'a> Sampler<'a> {
    fn new(api: &'a Api, smallest: &'a Smallest) -> Self {
        Self {
            api,
            smallest,
            is_received: false,
            schema_check: None,
            ambiguous: Vec::new(),
            budget: Budget::new(0),
            is_smallest: false,
            depth: DEPTH,
            enclosing: Vec::new(),
            nesting: 0,
        }
    }

    fn sample(&mut self, ty: &Type, constraints: &[Constraint]) -> Option<Value> {
        self.largest(|it| it.value(ty, constraints))
    }

    /// Makes the largest value within the budget, or else the smallest.
    fn largest(&mut self, make: impl Fn(&mut Self) -> Option<Value>) -> Option<Value> {
        for depth in (0..=DEPTH).rev() {
            let value = self.attempt(depth, &make);
            match self.budget.is_exhausted() {
                true => {}
                false if value.is_none() => break,
                false => return value,
            }
        }
        self.is_smallest = true;
        self.attempt(0, &make)
    }

    fn attempt(&mut self, depth: usize, make: impl Fn(&mut Self) -> Option<Value>) -> Option<Value> {
        self.depth = depth;
        self.ambiguous.clear();
        self.budget = Budget::new(MAX_SIZE * if self.schema_check.is_some() { CHECKED_WORK } else { WORK });
        make(self)
    }

    fn value(&mut self, ty: &Type, constraints: &[Constraint]) -> Option<Value> {
        let value = match ty {
            Type::Named(id) => return self.named(*id),
            Type::Nullable(_) if self.is_smallest => Value::Null,
            Type::Nullable(inner) => return self.value(inner, constraints),
            Type::List(inner) => return self.nested(|it| it.list(inner, constraints)),
            Type::Tuple(places) => return self.nested(|it| it.tuple(places)),
            Type::Map(inner) => return self.nested(|it| it.map(inner, constraints)),
            scalar => self.scalar(scalar, constraints)?,
        };
        self.counted(value)
    }

    /// Reserves the space of a value.
    fn counted(&mut self, value: Value) -> Option<Value> {
        self.budget.spend(budget::size(&value, MAX_SIZE)?)?;
        Some(value)
    }

    fn scalar(&self, ty: &Type, constraints: &[Constraint]) -> Option<Value> {
        Some(match ty {
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
            Type::Any => json!({ "@type": "type.googleapis.com/google.protobuf.Empty" }),
            Type::Constant(constant) => constant_value(constant),
            // Nothing tells what a type of the user accepts.
            Type::Custom(_) => return None,
            _ => json!({}),
        })
    }

    /// Makes a value with other values in it, unless it is nested too deeply.
    fn nested(&mut self, make: impl FnOnce(&mut Self) -> Option<Value>) -> Option<Value> {
        if self.nesting == MAX_NESTING {
            return None;
        }
        self.budget.spend(2)?;
        self.nesting += 1;
        let value = make(self);
        self.nesting -= 1;
        value
    }

    /// Makes a value that is repeated, and reserves the space of the copies.
    fn repeated(&mut self, count: usize, ty: &Type, constraints: &[Constraint]) -> Option<Value> {
        let left = self.budget.left();
        let value = self.value(ty, constraints);
        let Some(value) = value else {
            self.budget.restore(left);
            return None;
        };
        let size = left - self.budget.left();
        self.budget.spend(size.saturating_mul(count.saturating_sub(1)))?;
        Some(value)
    }

    /// The example of the document, or else a value within its constraints.
    fn documented(&mut self, ty: &Type, docs: &Docs) -> Option<Value> {
        self.example(ty, docs).or_else(|| self.value(ty, &docs.constraints))
    }

    /// The example of the document, if there is space for it.
    fn example(&mut self, ty: &Type, docs: &Docs) -> Option<Value> {
        let example = docs.example.as_ref().filter(|_| self.is_received && !self.is_smallest)?;
        let size = budget::size(example, self.budget.left())?;
        self.budget.work(size)?;
        if !decodable::decodes(self.api, ty, example) {
            return None;
        }
        self.budget.spend(size)?;
        Some(example.clone())
    }

    fn list(&mut self, inner: &Type, constraints: &[Constraint]) -> Option<Value> {
        let least = item_count(constraints, 0);
        let length = if self.is_smallest { least } else { item_count(constraints, 1) };
        if length == 0 && self.is_smallest {
            return Some(json!([]));
        }
        match self.repeated(length, inner, element_constraints(constraints)) {
            Some(item) if length > 1 && constraints.contains(&Constraint::UniqueItems) => {
                scalar::distinct_values(item, length, element_constraints(constraints)).map(Value::Array)
            }
            Some(item) => Some(Value::Array(vec![item; length])),
            None => (least == 0).then(|| json!([])),
        }
    }

    fn tuple(&mut self, places: &[Type]) -> Option<Value> {
        places.iter().map(|place| self.value(place, &[])).collect::<Option<_>>().map(Value::Array)
    }

    fn map(&mut self, inner: &Type, constraints: &[Constraint]) -> Option<Value> {
        let least = property_count(constraints, 0);
        let length = if self.is_smallest { least } else { property_count(constraints, 1) };
        if length == 0 && self.is_smallest {
            return Some(json!({}));
        }
        match self.repeated(length, inner, element_constraints(constraints)) {
            Some(value) => {
                Some(Value::Object(property_names(length).map(|key| (key, value.clone())).collect()))
            }
            None => (least == 0).then(|| json!({})),
        }
    }

    fn named(&mut self, id: TypeId) -> Option<Value> {
        let is_inside_itself = !self.is_smallest && self.enclosing.contains(&id);
        if is_inside_itself || self.smallest.size(&Type::Named(id), &[]).is_none() {
            return None;
        }
        let def = self.api.type_def(id);
        if let Some(example) = self.example(&Type::Named(id), &def.docs) {
            return Some(example);
        }
        self.enclosing.push(id);
        let value = self.nested(|it| match &def.shape {
            Shape::Struct(shape) => it.object(shape, &def.docs.constraints),
            Shape::KeyedUnion(shape) => it.keyed_union(&shape.variants),
            Shape::Union(shape) => it.union(shape, &def.docs.pointer),
            Shape::Enum(shape) => {
                let first = shape.values.first()?;
                it.counted(match shape.kind {
                    EnumKind::Text => Value::from(first.wire.as_str()),
                    EnumKind::Integer => scalar::number(&first.wire)?,
                })
            }
        });
        self.enclosing.pop();
        value
    }

    fn object(&mut self, it: &Struct, constraints: &[Constraint]) -> Option<Value> {
        let mut properties = Map::new();
        for field in &it.fields {
            let is_required = field.kind.is_required();
            if !is_in_direction(field, self.is_received) {
                continue;
            }
            if !is_required && self.enclosing.len() > self.depth {
                continue;
            }
            let left = self.budget.left();
            self.budget.spend(field.name.len() + 4)?;
            let value = match field.kind.ty() {
                _ if self.is_smallest && matches!(field.kind, FieldKind::Nullable(_)) => {
                    Some((field.name.clone(), Value::Null))
                }
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
                None if matches!(field.kind, FieldKind::KeyedUnion(_)) => {}
                None => self.budget.restore(left),
            }
        }
        for name in required_properties(constraints) {
            self.budget.spend(name.len() + 10)?;
            let value = match &it.additional_properties {
                Some(ty) => self.value(ty, element_constraints(constraints))?,
                None => json!("text"),
            };
            properties.insert(name.clone(), value);
        }
        if let Some(ty) = &it.additional_properties {
            let preferred = usize::from(it.fields.is_empty() && !self.is_smallest);
            let missing = property_count(constraints, preferred).saturating_sub(properties.len());
            if missing > 0 {
                if let Some(value) = self.repeated(missing, ty, element_constraints(constraints)) {
                    properties.extend(property_names(missing).map(|key| (key, value.clone())));
                }
            }
        }
        Some(Value::Object(properties))
    }

    /// An object with the property of one variant: the first that has a value.
    fn keyed_union(&mut self, variants: &[Variant]) -> Option<Value> {
        let smallest = self.smallest;
        let size = |variant: &&Variant| smallest.size(&variant.ty, &variant.docs.constraints);
        self.first_of(variants, size, |it, variant| {
            it.budget.spend(variant.key.len() + 4)?;
            let value = it.documented(&variant.ty, &variant.docs)?;
            Some(json!({ (variant.key.as_str()): value }))
        })
    }

    /// Makes the value of the first alternative that has one. If the value has only what is required, the smallest
    /// alternative comes first.
    fn first_of<T>(
        &mut self,
        alternatives: &[T],
        size: impl Fn(&&T) -> Option<usize>,
        make: impl Fn(&mut Self, &T) -> Option<Value>,
    ) -> Option<Value> {
        if self.is_smallest {
            self.budget.work(alternatives.len())?;
            let finite = alternatives.iter().filter_map(|it| Some((size(&it)?, it)));
            let (_, smallest) = finite.min_by_key(|(size, _)| *size)?;
            return make(self, smallest);
        }
        let left = self.budget.left();
        alternatives.iter().find_map(|alternative| {
            self.budget.restore(left);
            self.budget.work(1)?;
            make(self, alternative)
        })
    }

    /// A value of the first alternative that has one and, if there is a schema check, that is valid.
    ///
    /// If no value is valid at the current depth, alternatives are tried with optional properties at a greater depth,
    /// as these may distinguish them.
    fn union(&mut self, it: &Union, location: &Pointer) -> Option<Value> {
        let Some(schema_check) = self.schema_check.filter(|_| !self.is_smallest) else {
            let smallest = self.smallest;
            let size = |it: &&Alternative| smallest.size(&it.variant.ty, &it.variant.docs.constraints);
            return self.first_of(&it.alternatives, size, Self::alternative);
        };
        let left = self.budget.left();
        let preferred = self.depth;
        let already_ambiguous = self.ambiguous.len();
        let mut first = None;
        let mut is_ambiguous = true;
        for depth in [preferred, preferred.max(self.enclosing.len() + EXTRA_DEPTH)] {
            for alternative in &it.alternatives {
                self.budget.restore(left);
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
            return self.counted(constant_value(constant));
        }
        let mut value = self.documented(&variant.ty, &variant.docs)?;
        let has_tags =
            |rule: &MatchRule| rule.conditions().iter().any(|it| matches!(it, MatchRule::Tag { .. }));
        let conditions =
            alternative.match_rules.iter().find(|rule| has_tags(rule)).map(MatchRule::conditions);
        for condition in conditions.unwrap_or_default() {
            if let (Value::Object(properties), MatchRule::Tag { member, values }) = (&mut value, condition) {
                let is_allowed =
                    |value: &Value| values.iter().any(|constant| constant_value(constant) == *value);
                if !properties.get(member).is_some_and(is_allowed) {
                    let tag = self.counted(constant_value(values.first()?))?;
                    properties.insert(member.clone(), tag);
                }
            }
        }
        Some(value)
    }
}

/// True if the values of a direction have a property: requests have no read-only ones, and responses no write-only ones.
fn is_in_direction(field: &Field, is_received: bool) -> bool {
    match field.access {
        Access::Both => true,
        Access::ReadOnly => is_received,
        Access::WriteOnly => !is_received,
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

/// The number of items of a list: `preferred`, or the nearest number within the constraints.
fn item_count(constraints: &[Constraint], preferred: usize) -> usize {
    let count = constraints.iter().find_map(|constraint| match constraint {
        Constraint::Items(count) => Some(*count),
        _ => None,
    });
    within(count, preferred)
}

/// The number of properties of an object that accepts arbitrary ones: `preferred`, or the nearest number within the
/// constraints.
fn property_count(constraints: &[Constraint], preferred: usize) -> usize {
    let count = constraints.iter().find_map(|constraint| match constraint {
        Constraint::Properties(count) => Some(*count),
        _ => None,
    });
    within(count, preferred)
}

fn within(count: Option<CountRange>, preferred: usize) -> usize {
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
