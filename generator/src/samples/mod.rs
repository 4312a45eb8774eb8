//! Values made from types: what a server that goes by the document takes for valid, and what it answers.
//!
//! A value has all that its type may have, as far as that ends somewhere. [`scalar`] makes texts and numbers within
//! their limits, [`pattern`] those that match a regular expression. The same type gives the same value. [`answer`] is
//! about whole answers, for which the examples of the document are as good as they [`fits`].
//!
//! Imports `ir` and `diagnostics`.

mod answer;
mod fits;
mod pattern;
mod scalar;

use serde_json::{Map, Value, json};

pub(crate) use answer::answer;

use crate::diagnostics::Pointer;
use crate::ir::{
    Access, Alternative, Api, Constant, Count, Docs, EnumKind, Expectation, FieldKind, Judgement, Look,
    Shape, Struct, Type, TypeId, Union, Variant,
};

/// How deep objects stand in one another that have more than they must have.
const DEPTH: usize = 4;

/// How much deeper they do where alternatives of a union cannot be told apart without.
const FURTHER: usize = 2;

/// How many items or members there are at most, whatever a document asks for.
const MANY: usize = 100;

/// Makes a value of a type that a client may send, in JSON as it travels: without what only the server sets. None where
/// a value would have to hold itself.
pub(crate) fn sample(api: &Api, ty: &Type, expectations: &[Expectation]) -> Option<Value> {
    Maker::new(api).value(ty, expectations)
}

/// The same, where somebody knows what the document allows: of a union, an alternative that it allows.
pub(crate) fn judged(api: &Api, ty: &Type, expectations: &[Expectation], judge: &Judge<'_>) -> Judged {
    let mut maker = Maker { judge: Some(judge), ..Maker::new(api) };
    let value = maker.value(ty, expectations);
    Judged { value, ambiguous: maker.ambiguous }
}

/// Says what the schema at a place makes of a value.
pub(crate) type Judge<'a> = dyn Fn(&Pointer, &Value) -> Judgement + 'a;

/// A value, and what a document says that allows none.
pub(crate) struct Judged {
    /// None where a value would have to hold itself, or is not what the document allows.
    pub(crate) value: Option<Value>,
    /// Unions of which one alternative alone is to fit, and each value fits several: where they stand.
    pub(crate) ambiguous: Vec<Pointer>,
}

/// Makes a value of a type that a client may receive: with what only the server sets, and with the examples that the
/// document gives for parts of it.
fn received(api: &Api, ty: &Type) -> Option<Value> {
    Maker { is_received: true, ..Maker::new(api) }.value(ty, &[])
}

struct Maker<'a> {
    api: &'a Api,
    is_received: bool,
    judge: Option<&'a Judge<'a>>,
    ambiguous: Vec<Pointer>,
    /// How deep objects stand in one another that have more than they must have.
    depth: usize,
    /// The types that a value is being made of, one inside the other.
    open: Vec<TypeId>,
}

impl<'a> Maker<'a> {
    fn new(api: &'a Api) -> Self {
        Self { api, is_received: false, judge: None, ambiguous: Vec::new(), depth: DEPTH, open: Vec::new() }
    }

    fn value(&mut self, ty: &Type, expectations: &[Expectation]) -> Option<Value> {
        Some(match ty {
            Type::Named(id) => return self.named(*id),
            Type::Nullable(inner) => return self.value(inner, expectations),
            Type::List(inner) => return self.list(inner, expectations),
            Type::Tuple(places) => {
                Value::Array(places.iter().map(|place| self.value(place, &[])).collect::<Option<_>>()?)
            }
            Type::Map(inner) => return self.map(inner, expectations),
            Type::String => Value::String(scalar::text(expectations)?),
            Type::Bool => Value::Bool(true),
            Type::Integer { width, quoted } => {
                let number = scalar::integer(*width, expectations);
                if *quoted { Value::String(number.to_string()) } else { scalar::number(&number.to_string())? }
            }
            Type::Float { .. } => scalar::float(expectations)?,
            Type::DateTime | Type::Timestamp => scalar::matching("2024-01-02T03:04:05Z", expectations)?,
            Type::Date => scalar::matching("2024-01-02", expectations)?,
            Type::Uuid => scalar::matching("0b9f6d1e-3c1a-4f7e-9a55-2f0f3b1c7d42", expectations)?,
            Type::Duration => scalar::matching("3600s", expectations)?,
            Type::Bytes { .. } => json!("c2FtcGxl"),
            Type::Object => json!({}),
            Type::Json => json!({}),
            Type::Any => json!({ "@type": "type.googleapis.com/google.protobuf.Empty" }),
            Type::Constant(constant) => of_constant(constant),
        })
    }

    /// A value of which the document says something, such as what it might be.
    fn described(&mut self, ty: &Type, docs: &Docs) -> Option<Value> {
        self.example(ty, docs).or_else(|| self.value(ty, &docs.expectations))
    }

    fn example(&self, ty: &Type, docs: &Docs) -> Option<Value> {
        docs.example.as_ref().filter(|value| self.is_received && fits::fits(self.api, ty, value)).cloned()
    }

    fn list(&mut self, inner: &Type, expectations: &[Expectation]) -> Option<Value> {
        let count = expectations.iter().find_map(|expectation| match expectation {
            Expectation::Items(count) => Some(*count),
            _ => None,
        });
        let Count { at_least, at_most } = count.unwrap_or_default();
        let wanted = at_least.unwrap_or_default().max(1).min(at_most.unwrap_or(usize::MAX)).min(MANY);
        match self.value(inner, each(expectations)) {
            Some(item) if wanted > 1 && expectations.contains(&Expectation::Distinct) => {
                scalar::different(item, wanted, each(expectations)).map(Value::Array)
            }
            Some(item) => Some(Value::Array(vec![item; wanted])),
            None => at_least.is_none_or(|least| least == 0).then(|| json!([])),
        }
    }

    fn map(&mut self, inner: &Type, expectations: &[Expectation]) -> Option<Value> {
        let wanted = members_wanted(expectations, 1);
        match self.value(inner, each(expectations)) {
            Some(value) => Some(Value::Object(keys(wanted).map(|key| (key, value.clone())).collect())),
            None => (members_wanted(expectations, 0) == 0).then(|| json!({})),
        }
    }

    fn named(&mut self, id: TypeId) -> Option<Value> {
        if self.open.contains(&id) {
            return None;
        }
        let def = self.api.type_def(id);
        if let Some(example) = self.example(&Type::Named(id), &def.docs) {
            return Some(example);
        }
        self.open.push(id);
        let value = match &def.shape {
            Shape::Struct(it) => self.object(it, &def.docs.expectations),
            Shape::OneOf(it) => it.variants.iter().find_map(|variant| self.member(variant)),
            Shape::Union(it) => self.union(it, &def.docs.pointer),
            Shape::Enum(it) => it.values.first().and_then(|value| match it.kind {
                EnumKind::Text => Some(Value::from(value.wire.as_str())),
                EnumKind::Integer => scalar::number(&value.wire),
            }),
        };
        self.open.pop();
        value
    }

    fn object(&mut self, it: &Struct, expectations: &[Expectation]) -> Option<Value> {
        let mut members = Map::new();
        for field in &it.fields {
            let must_be = field.kind.is_required();
            // What one side sets, the other does not.
            let travels = match field.access {
                Access::Both => true,
                Access::ReadOnly => self.is_received,
                Access::WriteOnly => !self.is_received,
            };
            if !travels {
                continue;
            }
            if !must_be && self.open.len() > self.depth {
                continue;
            }
            let value = match field.kind.ty() {
                None if field.kind == FieldKind::Presence => Some((field.name.clone(), Value::Null)),
                Some(ty) => self.described(ty, &field.docs).map(|value| (field.name.clone(), value)),
                // The members of a union among the fields stand beside them.
                None => {
                    if let Some(Value::Object(of_union)) =
                        field.kind.all_named().into_iter().find_map(|id| self.named(id))
                    {
                        members.extend(of_union);
                    }
                    None
                }
            };
            match value {
                Some((name, value)) => drop(members.insert(name, value)),
                None if must_be => return None,
                None => {}
            }
        }
        for name in undescribed(expectations) {
            let value = match &it.additional {
                Some(ty) => self.value(ty, each(expectations))?,
                None => json!("text"),
            };
            members.insert(name.clone(), value);
        }
        if let Some(ty) = &it.additional {
            let wanted = members_wanted(expectations, usize::from(it.fields.is_empty()));
            let missing = wanted.saturating_sub(members.len());
            if let Some(value) = self.value(ty, each(expectations)).filter(|_| missing > 0) {
                members.extend(keys(missing).map(|key| (key, value.clone())));
            }
        }
        Some(Value::Object(members))
    }

    /// An object in which one member of a union is set.
    fn member(&mut self, variant: &Variant) -> Option<Value> {
        let value = self.described(&variant.ty, &variant.docs)?;
        Some(json!({ (variant.key.as_str()): value }))
    }

    /// The first alternative that has a value, looking like what it is, and that the document allows if that is known.
    ///
    /// It may take more than the alternatives must have to tell one from the other, even deep inside.
    fn union(&mut self, it: &Union, at: &Pointer) -> Option<Value> {
        let Some(judge) = self.judge else {
            return it.alternatives.iter().find_map(|alternative| self.alternative(alternative));
        };
        let usual = self.depth;
        let noted = self.ambiguous.len();
        let mut first = None;
        let mut is_ambiguous = true;
        for depth in [usual, usual.max(self.open.len() + FURTHER)] {
            for alternative in &it.alternatives {
                self.depth = depth;
                let value = self.alternative(alternative);
                self.depth = usual;
                let inside = self.ambiguous.split_off(noted);
                let Some(value) = value else { continue };
                match judge(at, &value) {
                    Judgement::Allowed | Judgement::Unknown => {
                        self.ambiguous.extend(inside);
                        return Some(value);
                    }
                    judgement => is_ambiguous &= judgement == Judgement::Ambiguous,
                }
                first.get_or_insert((value, inside));
            }
        }
        let (value, inside) = first?;
        self.ambiguous.extend(inside);
        self.ambiguous.extend(is_ambiguous.then(|| at.clone()));
        Some(value)
    }

    /// A value of an alternative.
    fn alternative(&mut self, alternative: &Alternative) -> Option<Value> {
        let variant = &alternative.variant;
        let constants = alternative.looks.iter().find_map(|look| match look {
            Look::Constants(constants) => constants.first(),
            _ => None,
        });
        if let (Some(constant), Type::String | Type::Integer { .. } | Type::Bool) = (constants, &variant.ty) {
            return Some(of_constant(constant));
        }
        let mut value = self.described(&variant.ty, &variant.docs)?;
        let tags = alternative.looks.iter().find_map(|look| match look {
            Look::Tag { member, values } => Some((member, values)),
            _ => None,
        });
        if let (Value::Object(members), Some((member, values))) = (&mut value, tags) {
            let is_one = |value: &Value| values.iter().any(|constant| of_constant(constant) == *value);
            if !members.get(member).is_some_and(is_one) {
                members.insert(member.clone(), of_constant(values.first()?));
            }
        }
        Some(value)
    }
}

/// Members that the document asks for and says nothing else of.
fn undescribed(expectations: &[Expectation]) -> &[String] {
    let names = expectations.iter().find_map(|expectation| match expectation {
        Expectation::Present(names) => Some(names.as_slice()),
        _ => None,
    });
    names.unwrap_or_default()
}

/// How many members an object is to have that may have any, if `usual` is as good as more or fewer.
fn members_wanted(expectations: &[Expectation], usual: usize) -> usize {
    let count = expectations.iter().find_map(|expectation| match expectation {
        Expectation::Members(count) => Some(*count),
        _ => None,
    });
    let Count { at_least, at_most } = count.unwrap_or_default();
    usual.max(at_least.unwrap_or_default()).min(at_most.unwrap_or(usize::MAX)).min(MANY)
}

/// Names for members that may have any.
fn keys(count: usize) -> impl Iterator<Item = String> {
    (1..=count).map(|number| format!("key{number}"))
}

/// What is expected of each item of a list, or each member of a map.
fn each(expectations: &[Expectation]) -> &[Expectation] {
    let each = expectations.iter().find_map(|expectation| match expectation {
        Expectation::Each(each) => Some(each.as_slice()),
        _ => None,
    });
    each.unwrap_or_default()
}

fn of_constant(constant: &Constant) -> Value {
    match constant {
        Constant::Text(text) => Value::from(text.as_str()),
        Constant::Integer(number) => Value::from(*number),
        Constant::Boolean(truth) => Value::from(*truth),
    }
}

#[cfg(test)]
mod tests;
