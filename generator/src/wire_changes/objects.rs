//! Objects: properties that were added, removed, or that changed.
//!
//! Imports `ir` and `diagnostics`.

use std::collections::HashMap;

use super::comparison::{Comparison, Node, Pair};
use super::place::{Place, Subject, alternatives, property_name};
use super::value_kinds as kinds;
use super::view::View;
use super::{WireChangeKind as Kind, WireDirection, WireSeverity as Severity, limits};
use crate::diagnostics::Pointer;
use crate::ir::{Access, Api, Constraint, Docs, Field, FieldKind, Shape, Type, TypeDef, Variant};

/// An object: a struct, or a union whose alternatives are properties.
pub(super) struct Object<'a> {
    pub(super) properties: Vec<Property<'a>>,
    additional: Option<&'a Type>,
    is_closed: bool,
    /// Properties that are required and have no schema.
    undefined: &'a [String],
    docs: &'a Docs,
    /// True if a flattened union or the object itself has alternatives.
    has_variants: bool,
}

/// A property of an object.
#[derive(Clone, Copy)]
pub(super) struct Property<'a> {
    pub(super) name: &'a str,
    docs: &'a Docs,
    /// The type, unless the only value is null.
    pub(super) ty: Option<&'a Type>,
    access: Access,
    /// True if the document requires it.
    is_required: bool,
    /// True if a client fails to decode a response without it.
    is_needed: bool,
    /// True if the value may be null, and null is not the same as absence.
    is_nullable: bool,
    constant: Option<bool>,
    /// True if it is an alternative of a union.
    is_variant: bool,
}

impl<'a> Object<'a> {
    pub(super) fn of(api: &'a Api, def: &'a TypeDef) -> Self {
        let mut object = Self {
            properties: Vec::new(),
            additional: None,
            is_closed: def.is_closed,
            undefined: undefined(&def.docs),
            docs: &def.docs,
            has_variants: false,
        };
        match &def.shape {
            Shape::Struct(it) => {
                object.additional = it.additional_properties.as_ref();
                for field in &it.fields {
                    match &field.kind {
                        FieldKind::KeyedUnion(id) => object.add_variants(&api.type_def(*id).shape),
                        _ => object.properties.push(Property::of_field(field)),
                    }
                }
            }
            shape => object.add_variants(shape),
        }
        object
    }

    fn add_variants(&mut self, shape: &'a Shape) {
        self.has_variants = true;
        self.properties.extend(shape.variants().map(Property::of_variant));
    }

    /// Returns true if the object requires a property that a sender of any object may not know.
    pub(super) fn requires_anything(&self) -> bool {
        !self.undefined.is_empty() || self.properties.iter().any(|property| property.is_required)
    }

    fn by_name(&self) -> HashMap<&'a str, Property<'a>> {
        self.properties.iter().map(|property| (property.name, *property)).collect()
    }
}

/// Returns the required properties without a schema.
fn undefined(docs: &Docs) -> &[String] {
    let mut names = docs.constraints.iter().filter_map(|constraint| match constraint {
        Constraint::RequiredProperties(names) => Some(names.as_slice()),
        _ => None,
    });
    names.next().unwrap_or_default()
}

impl<'a> Property<'a> {
    fn of_field(field: &'a Field) -> Self {
        let is_plain = matches!(field.kind, FieldKind::Required(_) | FieldKind::Nullable(_));
        Self {
            name: &field.name,
            docs: &field.docs,
            ty: field.kind.ty(),
            access: field.access,
            is_required: field.is_listed_as_required,
            is_needed: is_plain && field.access != Access::WriteOnly,
            is_nullable: matches!(
                field.kind,
                FieldKind::Nullable(_) | FieldKind::OptionalNullable(_) | FieldKind::NullOnly
            ),
            constant: field.constant_bool,
            is_variant: false,
        }
    }

    fn of_variant(variant: &'a Variant) -> Self {
        Self {
            name: &variant.key,
            docs: &variant.docs,
            ty: Some(&variant.ty),
            access: Access::Both,
            is_required: false,
            is_needed: false,
            is_nullable: false,
            constant: None,
            is_variant: true,
        }
    }

    fn is_sent(&self, direction: WireDirection) -> bool {
        match direction {
            WireDirection::Request => self.access != Access::ReadOnly,
            WireDirection::Response => self.access != Access::WriteOnly,
        }
    }

    fn default(&self) -> Option<&'a str> {
        default_of(&self.docs.constraints)
    }

    fn place(old: &Self, new: &Self) -> Place {
        Place::property(old.name, &old.docs.pointer, &new.docs.pointer)
    }
}

/// Returns the default among constraints, as JSON.
pub(super) fn default_of(constraints: &[Constraint]) -> Option<&str> {
    constraints.iter().find_map(|constraint| match constraint {
        Constraint::Default(json) => Some(json.as_str()),
        _ => None,
    })
}

/// Compares two objects.
pub(super) fn compare<'a>(
    comparison: &mut Comparison<'a>,
    node: Node,
    place: &Place,
    direction: WireDirection,
    (old, new): (&Object<'a>, &Object<'a>),
) {
    let mut objects = Objects { comparison, node, place, direction, old, new };
    match direction {
        WireDirection::Request => objects.request(),
        WireDirection::Response => objects.response(),
    }
    objects.additional();
}

/// Compares the properties of an object with the values of a map.
pub(super) fn compare_with_map<'a>(
    comparison: &mut Comparison<'a>,
    node: Node,
    direction: WireDirection,
    object: &Object<'a>,
    values: &'a Type,
    is_old_object: bool,
) {
    for property in &object.properties {
        let Some(ty) = property.ty else { continue };
        let (old, new) = if is_old_object { (ty, values) } else { (values, ty) };
        comparison.visit(node, Pair { old, new, direction }, Property::place(property, property));
    }
}

struct Objects<'c, 'o, 'a> {
    comparison: &'c mut Comparison<'a>,
    node: Node,
    place: &'o Place,
    direction: WireDirection,
    old: &'o Object<'a>,
    new: &'o Object<'a>,
}

impl<'a> Objects<'_, '_, 'a> {
    fn request(&mut self) {
        let new_by_name = self.new.by_name();
        for old in &self.old.properties {
            match new_by_name.get(old.name) {
                Some(new) => self.sent(old, new),
                None if old.is_sent(self.direction) => self.no_longer_received(old),
                None => {}
            }
        }
        let old_by_name = self.old.by_name();
        let is_old = |name: &str| old_by_name.contains_key(name);
        for new in self.new.properties.iter().filter(|new| !is_old(new.name)) {
            if new.is_required && new.is_sent(self.direction) {
                self.new_and_required(new.name, &new.docs.pointer, new.default().is_some());
            }
        }
        for name in self.new.undefined {
            let is_known = is_old(name) || self.old.undefined.contains(name);
            if !is_known {
                self.new_and_required(name, &self.new.docs.pointer, false);
            }
        }
        if self.new.is_closed && !self.old.is_closed {
            let message = format!("{} no longer allows additional properties", self.place.name);
            let severity = if self.old.additional.is_some() { Severity::Error } else { Severity::Warning };
            self.report((Kind::RequestAdditionalPropertiesRemoved, severity), &self.place.clone(), message);
        }
        let place = Place { subject: Subject::Property, ..self.place.clone() };
        let (old, new) = (&self.old.docs.constraints, &self.new.docs.constraints);
        limits::compare(self.comparison, self.node, &place, old, new);
    }

    /// Compares a property that an old client may send.
    fn sent(&mut self, old: &Property<'a>, new: &Property<'a>) {
        let place = Property::place(old, new);
        let name = &place.name;
        if !new.is_sent(self.direction) {
            if old.is_sent(self.direction) {
                let message = format!("{name} became read-only, so the server may ignore or refuse it");
                self.report((Kind::RequestPropertyBecameReadOnly, Severity::Warning), &place, message);
            }
            return;
        }
        let was_required = old.is_required && old.is_sent(self.direction);
        if new.is_required && !was_required {
            let message = format!("{name} is required now");
            let kind = match new.default() {
                None => (Kind::RequestPropertyBecameRequired, Severity::Error),
                Some(_) => (Kind::RequestPropertyBecameRequiredWithDefault, Severity::Warning),
            };
            self.report(kind, &place, message);
        }
        if !old.is_sent(self.direction) {
            return;
        }
        let takes_null = new.is_nullable || self.comparison.new.protojson || new.ty == Some(&Type::Json);
        if old.is_nullable && !takes_null {
            let kind = kinds::NULL.of(self.direction, Subject::Property);
            self.report((kind, Severity::Error), &place, format!("{name} can no longer be null"));
        }
        if let Some(only) = new.constant.filter(|only| old.constant != Some(*only)) {
            let kind = kinds::BECAME_ENUM.of(Subject::Property);
            self.report((kind, Severity::Error), &place, format!("{name} can only be `{only}`"));
        }
        let value = place.of_value(old.docs, new.docs);
        let (old_limits, new_limits) = (&old.docs.constraints, &new.docs.constraints);
        if let (Some(old), Some(new)) = (old.ty, new.ty) {
            let limits = (old_limits.as_slice(), new_limits.as_slice());
            limits::compare_value(self.comparison, self.node, &value, (old, new), limits);
        }
        if !old.is_required {
            self.default(old, new, &value, Severity::Warning);
        }
        self.value(old, new, value);
    }

    fn no_longer_received(&mut self, old: &Property<'a>) {
        let place = self.place_of_removed(old);
        if let (Some(values), Some(ty)) = (self.new.additional, old.ty) {
            self.comparison.visit(self.node, Pair { old: ty, new: values, direction: self.direction }, place);
            return;
        }
        let (severity, effect) = match self.new.is_closed {
            true => (Severity::Error, "so the server refuses it"),
            false => (Severity::Warning, "so the server may ignore or refuse it"),
        };
        let message = format!("{} was removed, {effect}", place.name);
        self.report((Kind::RequestPropertyRemoved, severity), &place, message);
    }

    fn new_and_required(&mut self, name: &str, at: &Pointer, has_default: bool) {
        let place = Place { old: self.old.docs.pointer.clone(), ..Place::property(name, at, at) };
        let kind = match has_default {
            false => (Kind::NewRequiredRequestProperty, Severity::Error),
            true => (Kind::NewRequiredRequestPropertyWithDefault, Severity::Warning),
        };
        self.report(kind, &place, format!("{} was added and is required", place.name));
    }

    fn response(&mut self) {
        let direction = self.direction;
        let new_by_name = self.new.by_name();
        for old in self.old.properties.iter().filter(|old| old.is_sent(direction)) {
            match new_by_name.get(old.name) {
                Some(new) if new.is_sent(direction) => self.received(old, new),
                Some(new) => self.no_longer_sent(old, Some(new)),
                None => self.no_longer_sent(old, None),
            }
        }
        let old_by_name = self.old.by_name();
        let unknown = self.new.properties.iter().filter(|new| !old_by_name.contains_key(new.name));
        let unknown: Vec<&Property<'a>> = unknown.filter(|new| new.is_sent(direction)).collect();
        self.unknown(&unknown);
    }

    /// Compares a property that an old client knows.
    fn received(&mut self, old: &Property<'a>, new: &Property<'a>) {
        let place = Property::place(old, new);
        let name = &place.name;
        if old.is_needed && !new.is_required {
            let message = format!("{name} is optional now, but old clients require it");
            self.report((Kind::ResponsePropertyBecameOptional, Severity::Error), &place, message);
        }
        let takes_null =
            old.is_nullable || !old.is_needed || old.ty.is_some_and(|ty| self.old_takes_null(ty));
        if new.is_nullable && !takes_null {
            let message = format!("{name} can be null now, but old clients expect a value");
            let kind = kinds::NULL.of(self.direction, Subject::Property);
            self.report((kind, Severity::Error), &place, message);
        }
        let value = place.of_value(old.docs, new.docs);
        if !old.is_required {
            self.default(old, new, &value, Severity::Note);
        }
        self.value(old, new, value);
    }

    fn old_takes_null(&self, ty: &'a Type) -> bool {
        matches!(View::of(self.comparison.old, ty), View::Anything | View::Union(_) | View::Nullable(_))
    }

    fn no_longer_sent(&mut self, old: &Property<'a>, new: Option<&Property<'a>>) {
        let place = match new {
            Some(new) => Property::place(old, new),
            None => self.place_of_removed(old),
        };
        let kind = match (new.is_some(), old.is_required) {
            (true, true) => Kind::ResponseRequiredPropertyBecameWriteOnly,
            (true, false) => Kind::ResponseOptionalPropertyBecameWriteOnly,
            (false, true) => Kind::ResponseRequiredPropertyRemoved,
            (false, false) => Kind::ResponseOptionalPropertyRemoved,
        };
        let (severity, effect) = match old.is_needed {
            true => (Severity::Error, "but old clients require it"),
            false => (Severity::Warning, "so old clients see no value"),
        };
        let what = if new.is_some() { "became write-only" } else { "was removed" };
        self.report((kind, severity), &place, format!("{} {what}, {effect}", place.name));
    }

    /// Handles properties that an old client does not know: it keeps them, unless it expects other properties of a type.
    fn unknown(&mut self, unknown: &[&Property<'a>]) {
        if let Some(values) = self.old.additional {
            for (new, ty) in unknown.iter().filter_map(|new| Some((new, new.ty?))) {
                let at = &new.docs.pointer;
                let place = Place { old: self.old.docs.pointer.clone(), ..Place::property(new.name, at, at) };
                let pair = Pair { old: values, new: ty, direction: self.direction };
                self.comparison.visit(self.node, pair, place);
            }
            return;
        }
        let variants = unknown.iter().filter(|new| new.is_variant && self.old.has_variants);
        let names: Vec<String> = variants.map(|new| format!("`{}`", new.name)).collect();
        if !names.is_empty() {
            let names = alternatives(names.iter().map(String::as_str));
            let message = format!("{} has the new {names}, unknown to old clients", self.place.name);
            let kind = kinds::ONE_OF.of(self.direction, Subject::Property);
            self.report((kind, Severity::Note), &self.place.clone(), message);
        }
    }

    /// Compares the types of a property.
    fn value(&mut self, old: &Property<'a>, new: &Property<'a>, place: Place) {
        if let (Some(old), Some(new)) = (old.ty, new.ty) {
            self.comparison.visit(self.node, Pair { old, new, direction: self.direction }, place);
        }
    }

    fn default(&mut self, old: &Property<'a>, new: &Property<'a>, place: &Place, severity: Severity) {
        let (Some(before), Some(after)) = (old.default(), new.default()) else { return };
        if before != after {
            let kind = match self.direction {
                WireDirection::Request => Kind::RequestPropertyDefaultValueChanged,
                WireDirection::Response => Kind::ResponsePropertyDefaultValueChanged,
            };
            let message = format!("the default of {} is `{after}`; it was `{before}`", place.name);
            self.report((kind, severity), place, message);
        }
    }

    /// Compares the types of additional properties.
    fn additional(&mut self) {
        if let (Some(old), Some(new)) = (self.old.additional, self.new.additional) {
            let place = Place { subject: Subject::Property, ..self.place.inside("additional properties") };
            self.comparison.visit(self.node, Pair { old, new, direction: self.direction }, place);
        }
    }

    fn place_of_removed(&self, old: &Property<'a>) -> Place {
        Place {
            subject: Subject::Property,
            name: property_name(&old.docs.pointer, old.name),
            old: old.docs.pointer.clone(),
            new: self.new.docs.pointer.clone(),
        }
    }

    fn report(&mut self, kind: (Kind, Severity), place: &Place, message: String) {
        self.comparison.report((self.node, self.direction), kind, place, message);
    }
}
