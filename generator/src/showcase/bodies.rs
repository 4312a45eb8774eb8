//! Builds the request bodies and union values of examples: required fields, and one or two optional ones.
//!
//! A value nests at most [`DEPTH`] levels. Each type is built once for each level, so that the time does not depend on how
//! often types refer to one another.

use std::collections::HashMap;
use std::sync::Arc;

use super::arguments::{flexible, text, value};
use super::value::{CodeLength, Value};
use crate::analyze::Facts;
use crate::analyze::arguments::{ArgumentKind, ItemKind, field_argument};
use crate::ir::{Access, Api, Constraint, Field, FieldKind, Formats, Shape, Type, TypeId};

/// The largest depth of nested values.
const DEPTH: usize = 3;

/// The longest code of a value, in bytes. A longer one is only shown if no other is suitable.
pub(super) const LENGTH: usize = 160;

/// A value, and what it shows.
#[derive(Clone)]
pub(super) struct Built {
    pub(super) value: Arc<Value>,
    /// The union of a variant in the value.
    pub(super) union: Option<TypeId>,
    /// True if the value sets an optional field.
    pub(super) has_setter: bool,
    /// True if the value is a placeholder whose code says nothing about it.
    is_blank: bool,
    /// True if a call in the value begins with such a placeholder.
    is_vague: bool,
}

/// Builds values of named types.
pub(super) struct Bodies<'a> {
    api: &'a Api,
    facts: &'a Facts,
    length: &'a CodeLength<'a>,
    built: HashMap<(TypeId, usize), Option<Built>>,
}

impl<'a> Bodies<'a> {
    pub(super) fn new(api: &'a Api, facts: &'a Facts, length: &'a CodeLength<'a>) -> Self {
        Self { api, facts, length, built: HashMap::new() }
    }

    /// Returns a request body with one or two optional fields. Returns `None` if a required value cannot be shown.
    pub(super) fn whole(&mut self, id: TypeId) -> Option<Built> {
        self.named(id, 0)
    }

    /// Returns a value with only its required fields.
    pub(super) fn required(&mut self, id: TypeId) -> Option<Built> {
        self.named(id, 1)
    }

    /// Returns a request body: the whole one if that is short and names each value, or else one with only the required
    /// fields.
    pub(super) fn short(&mut self, id: TypeId) -> Option<Built> {
        let whole = self.whole(id).filter(|built| !built.is_vague && !self.is_long(&built.value));
        whole.or_else(|| self.required(id))
    }

    /// Returns true if the code of the value is longer than [`LENGTH`].
    pub(super) fn is_long(&self, value: &Value) -> bool {
        (self.length)(value) > LENGTH
    }

    fn named(&mut self, id: TypeId, depth: usize) -> Option<Built> {
        if depth > DEPTH {
            return None;
        }
        if let Some(known) = self.built.get(&(id, depth)) {
            return known.clone();
        }
        let built = self.build(id, depth);
        self.built.insert((id, depth), built.clone());
        built
    }

    fn build(&mut self, id: TypeId, depth: usize) -> Option<Built> {
        let of = self.facts.alias_of(id).unwrap_or(id);
        let def = self.api.type_def(of);
        // Values of required properties without fields would have to be invented.
        if def.docs.constraints.iter().any(|it| matches!(it, Constraint::RequiredProperties(_))) {
            return None;
        }
        match &def.shape {
            Shape::Struct(it) => self.structure((id, of), &it.fields, depth),
            Shape::KeyedUnion(_) | Shape::Union(_) => self.variant((id, of), depth),
            Shape::Enum(_) => Some(Built::plain(value(self.api, &Type::Named(of), ""))),
        }
    }

    fn structure(&mut self, (id, of): (TypeId, TypeId), fields: &[Field], depth: usize) -> Option<Built> {
        let mut union = None;
        let mut is_vague = false;
        let mut arguments = Vec::new();
        if fields.iter().any(|field| self.api.required_from_caller(field).is_some()) {
            for position in self.facts.constructor(of)? {
                let field = &fields[*position];
                let given = self.given(field, self.api.required_from_caller(field)?, depth)?;
                union = union.or(given.union);
                is_vague |= given.is_vague || (given.is_blank && arguments.is_empty());
                arguments.push(given.value);
            }
        }
        let mut setters = Vec::new();
        if depth == 0 {
            for position in self.optional_fields(fields, union.is_none()) {
                let Some(ty) = settable(&fields[position]) else { continue };
                let Some(given) = self.given(&fields[position], &ty, depth) else { continue };
                union = union.or(given.union);
                is_vague |= given.is_vague || given.is_blank;
                setters.push((position, given.value));
            }
        }
        let has_setter = !setters.is_empty();
        Some(Built { has_setter, is_vague, ..Built::of(Value::New { ty: id, arguments, setters }, union) })
    }

    /// Returns the positions of the optional fields to set: a scalar, and a union if `union`.
    fn optional_fields(&mut self, fields: &[Field], union: bool) -> Vec<usize> {
        let api = self.api;
        let first = |is: &mut dyn FnMut(&Type) -> bool| {
            fields.iter().position(|field| {
                let is_suitable = field.access != Access::ReadOnly && !field.docs.deprecated && !field.secret;
                let is_required = api.required_from_caller(field).is_some();
                is_suitable && !is_required && settable(field).is_some_and(|ty| is(&ty))
            })
        };
        let scalar = first(&mut |ty| is_scalar(api, ty));
        let union = match union {
            true => first(&mut |ty| self.is_union(ty)),
            false => None,
        };
        let mut positions: Vec<usize> = scalar.into_iter().chain(union).collect();
        positions.sort_unstable();
        positions
    }

    /// Returns true for unions, and lists of them, that can be shown.
    fn is_union(&mut self, ty: &Type) -> bool {
        let inner = if let Type::List(inner) = ty { inner } else { ty };
        let Type::Named(id) = inner else { return false };
        matches!(self.api.type_def(*id).shape, Shape::KeyedUnion(_) | Shape::Union(_))
            && self.required(*id).is_some()
    }

    fn variant(&mut self, (id, of): (TypeId, TypeId), depth: usize) -> Option<Built> {
        let api = self.api;
        let variants = api.type_def(of).shape.variants().enumerate();
        let mut shown = variants.filter(|(_, variant)| !variant.docs.deprecated);
        shown.find_map(|(position, variant)| {
            let held = match &variant.ty {
                Type::Constant(_) => None,
                ty => Some(self.owned(ty, &variant.key, depth + 1)?),
            };
            let is_vague = held.as_ref().is_some_and(|held| held.is_vague || held.is_blank);
            let boxed = self.facts.is_boxed(of, position);
            let value = held.map(|held| held.value);
            let value = Value::Variant { ty: id, position, boxed, value };
            Some(Built { is_vague, ..Built::of(value, Some(id)) })
        })
    }

    /// Returns the argument of `new` or of a setter for a field.
    fn given(&mut self, field: &Field, ty: &Type, depth: usize) -> Option<Built> {
        match (field_argument(self.facts, ty), ty) {
            (ArgumentKind::Text, _) => Some(Built::plain(Value::Text(text_of(field).to_owned()))),
            (ArgumentKind::Into, Type::Bytes { .. }) => Some(Built::plain(Value::Text("...".to_owned()))),
            (_, Type::Named(id)) => self.named(*id, depth + 1),
            (ArgumentKind::Items(ItemKind::Plain | ItemKind::Owned | ItemKind::Into), Type::List(inner)) => {
                match &**inner {
                    Type::Named(id) => self.named(*id, depth + 1).map(Built::array),
                    Type::Json | Type::Bytes { .. } => Some(self.flexible(ty, &field.name)),
                    _ => self.owned(inner, &field.name, depth).map(Built::array).map(Built::without_union),
                }
            }
            (ArgumentKind::Value, _) => self.owned(ty, &field.name, depth).map(Built::without_union),
            _ => Some(self.flexible(ty, &field.name)),
        }
    }

    /// Returns an argument that is converted to a value of a type.
    fn flexible(&self, ty: &Type, name: &str) -> Built {
        let kind = field_argument(self.facts, ty);
        Built::plain(flexible(kind, ty, name, &|ty| value(self.api, ty, name)))
    }

    /// Returns an owned value of a type.
    fn owned(&mut self, ty: &Type, name: &str, depth: usize) -> Option<Built> {
        match ty {
            Type::Named(id) => self.named(*id, depth),
            Type::List(inner) => self.owned(inner, name, depth).map(Built::list),
            Type::Nullable(inner) => self.owned(inner, name, depth).map(Built::some),
            ty => Some(Built::of_type(self.api, ty, name)),
        }
    }
}

impl Built {
    fn plain(value: Value) -> Self {
        Self::of(value, None)
    }

    fn of(value: Value, union: Option<TypeId>) -> Self {
        Self { value: Arc::new(value), union, has_setter: false, is_blank: false, is_vague: false }
    }

    fn of_type(api: &Api, ty: &Type, name: &str) -> Self {
        let is_vague =
            matches!(ty, Type::Tuple(items) if items.first().is_some_and(|it| is_blank(api.formats, it)));
        Self { is_blank: is_blank(api.formats, ty), is_vague, ..Self::plain(value(api, ty, name)) }
    }

    fn list(self) -> Self {
        Self { value: Arc::new(Value::List(vec![self.value])), is_blank: false, ..self }
    }

    fn array(self) -> Self {
        Self { value: Arc::new(Value::Slice(self.value)), ..self }
    }

    fn some(self) -> Self {
        let is_vague = self.is_vague || self.is_blank;
        Self { value: Arc::new(Value::Some(self.value)), is_blank: false, is_vague, ..self }
    }

    fn without_union(self) -> Self {
        Self { union: None, ..self }
    }
}

/// Returns true if the placeholder of a type says nothing about it.
fn is_blank(formats: Formats, ty: &Type) -> bool {
    match ty {
        Type::String | Type::Bool | Type::Integer { .. } | Type::Float { .. } | Type::Uuid => false,
        Type::Named(_) | Type::List(_) | Type::Tuple(_) => false,
        Type::Custom(_) => true,
        ty => !formats.lacks_default(ty),
    }
}

/// Returns the type of an optional field.
fn settable(field: &Field) -> Option<Type> {
    match &field.kind {
        FieldKind::KeyedUnion(id) => Some(Type::Named(*id)),
        kind => kind.ty().cloned(),
    }
}

/// Returns a string for a field: its example, unless it is a secret.
fn text_of(field: &Field) -> &str {
    if field.secret { &field.name } else { text(&field.docs, &field.name) }
}

/// Returns true for scalars and enums.
pub(super) fn is_scalar(api: &Api, ty: &Type) -> bool {
    match ty {
        Type::String | Type::Bool | Type::Integer { .. } | Type::Float { .. } => true,
        Type::Named(id) => matches!(api.type_def(*id).shape, Shape::Enum(_)),
        _ => false,
    }
}
