//! The content of structs and of keyed unions.

use super::site::Site;
use super::types::{Lowered, Types};
use super::unnamed::type_of;
use crate::classify::{ChildSchema, FieldPlan, KeyedUnionPlan, PropertyPlan, StructPlan};
use crate::config::TimeLibrary;
use crate::ir::{Access, Docs, Field, FieldKind, KeyedUnion, Shape, Struct, Type, TypeId, TypeName, Variant};
use crate::lower::required_overrides::RequiredOverrides;

/// Defines a struct.
pub(super) fn define_struct<'a>(
    types: &mut Types<'a>,
    overrides: &mut RequiredOverrides,
    id: TypeId,
    plan: &StructPlan<'a>,
) {
    let mut pinned = pinned_union_field(types, id);
    let fields = plan.fields.iter().enumerate().map(|(position, field)| match field {
        FieldPlan::Property(property) => {
            types.field_names.name((id, position), &plan.at, &property.name, &property.property);
            let is_optional = property.is_required
                && overrides.is_made_optional(&plan.at, &property.name, &property.property);
            field_of_property(types, id, property, property.is_required && !is_optional)
        }
        FieldPlan::KeyedUnion(union) => {
            let pinned = if union.is_one_of { pinned.take() } else { None };
            field_of_union(types, id, union, pinned)
        }
    });
    let fields = fields.collect();
    let additional_properties = plan.additional_properties.as_ref().map(|values| {
        let lowered = type_of(types, values, Site::inside(id, "additional property"));
        types.element(lowered)
    });
    let additional_properties = additional_properties.filter(|ty| *ty != Type::Json);
    types.define(id, Shape::Struct(Struct { fields, additional_properties }));
    if plan.is_closed {
        types.close(id);
    }
}

/// Returns the name that codegen.toml gives to the first union among the properties of a component.
fn pinned_union_field(types: &Types<'_>, id: TypeId) -> Option<String> {
    match &types.type_def(id).name {
        TypeName::Component { key, .. } => types.schemas.config.names.union_fields.get(key).cloned(),
        TypeName::Inline { .. } | TypeName::InOperation { .. } => None,
    }
}

/// Returns the field for a keyed union that is flattened into a struct.
fn field_of_union<'a>(
    types: &mut Types<'a>,
    owner: TypeId,
    union: &KeyedUnionPlan<'a>,
    pinned: Option<String>,
) -> Field {
    let name = pinned.unwrap_or_else(|| union.name.clone());
    let docs = || Docs { pointer: union.at.clone(), ..Docs::default() };
    let id = types.add(docs(), &Site::inside(owner, name.as_str()), None);
    define_keyed_union(types, id, union, true);
    let kind = FieldKind::KeyedUnion(id);
    Field {
        name,
        docs: docs(),
        kind,
        access: Access::Both,
        constant_bool: None,
        secret: false,
        is_listed_as_required: false,
    }
}

/// Defines the enum for a keyed union.
pub(super) fn define_keyed_union<'a>(
    types: &mut Types<'a>,
    id: TypeId,
    union: &KeyedUnionPlan<'a>,
    flattened: bool,
) {
    let variants = union.variants.iter().map(|variant| {
        // Null means the same as absence here.
        let ty = type_of(types, &variant.schema, Site::inside(id, variant.key.as_str())).ty;
        Variant { key: variant.key.clone(), schema: variant.at.clone(), docs: variant.docs.clone(), ty }
    });
    let variants = variants.collect();
    types.define(id, Shape::KeyedUnion(KeyedUnion { variants, flattened }));
}

fn field_of_property<'a>(
    types: &mut Types<'a>,
    owner: TypeId,
    plan: &PropertyPlan<'a>,
    is_required: bool,
) -> Field {
    let PropertyPlan { name, docs, access, .. } = plan;
    let (name, mut docs, access) = (name.clone(), docs.clone(), *access);
    let is_listed_as_required = plan.is_required;
    if !is_required && plan.is_presence_only {
        let kind = FieldKind::NullOnly;
        return Field { name, docs, kind, access, constant_bool: None, secret: false, is_listed_as_required };
    }
    let lowered = type_of(types, &plan.schema, Site::inside(owner, name.as_str()));
    if let (ChildSchema::Reference { to, .. }, false) =
        (&plan.schema.schema, matches!(lowered.ty, Type::Named(_)))
    {
        docs.target = Some(types.schemas.at(*to).clone());
    }
    let secret = matches!(lowered.ty, Type::String | Type::Custom(_)) && plan.is_secret;
    let constant_bool = if lowered.ty == Type::Bool { plan.only_bool } else { None };
    // A read-only or write-only field is empty in the other direction, so its type needs a default value.
    let has_empty_value = match access {
        Access::Both => !lacks_initial_value(&lowered.ty),
        Access::ReadOnly | Access::WriteOnly => !lacks_default(types, &lowered.ty),
    };
    let kind = field_kind(types, lowered, is_required && has_empty_value);
    Field { name, docs, kind, access, constant_bool, secret, is_listed_as_required }
}

/// Returns the kind of a field: required, optional, nullable.
///
/// In protobuf's JSON null means absence, and a plain field that is absent has its default value. Only messages and
/// scalars that may be null have presence.
fn field_kind(types: &Types<'_>, lowered: Lowered, required: bool) -> FieldKind {
    let Lowered { ty, nullable } = lowered;
    if types.schemas.config.protojson {
        let is_container = matches!(ty, Type::List(_) | Type::Map(_));
        let is_plain = is_container || (!nullable && has_empty_value(types, &ty));
        return if is_plain { FieldKind::ImplicitPresence { ty, required } } else { FieldKind::Optional(ty) };
    }
    match (required, nullable) {
        (true, false) => FieldKind::Required(ty),
        (true, true) => FieldKind::Nullable(ty),
        (false, false) => FieldKind::Optional(ty),
        (false, true) => FieldKind::OptionalNullable(ty),
    }
}

/// Returns true if protobuf does not distinguish the default value of the type from absence.
fn has_empty_value(types: &Types<'_>, ty: &Type) -> bool {
    match ty {
        Type::Named(id) => matches!(types.type_def(*id).shape, Shape::Enum(_)),
        Type::String
        | Type::Bool
        | Type::Integer { .. }
        | Type::Float { .. }
        | Type::Bytes { .. }
        | Type::List(_)
        | Type::Map(_) => true,
        Type::DateTime
        | Type::Timestamp
        | Type::Date
        | Type::Duration
        | Type::Uuid
        | Type::Tuple(_)
        | Type::Object
        | Type::Json
        | Type::Any
        | Type::Nullable(_)
        | Type::Constant(_)
        | Type::Custom(_) => false,
    }
}

/// Returns true if no value of the type is known, so that a struct with the type cannot have `Default`.
fn lacks_initial_value(ty: &Type) -> bool {
    match ty {
        Type::Custom(custom) => !custom.has_default,
        Type::Tuple(places) => places.iter().any(lacks_initial_value),
        _ => false,
    }
}

/// Returns true if the Rust type has no default value, as the types of the `time` crate and some types of the user.
fn lacks_default(types: &Types<'_>, ty: &Type) -> bool {
    let of_time = types.schemas.config.types.time == TimeLibrary::Time;
    match ty {
        Type::DateTime | Type::Timestamp | Type::Date => of_time,
        Type::Custom(custom) => !custom.has_default,
        Type::Tuple(places) => places.iter().any(|place| lacks_default(types, place)),
        _ => false,
    }
}
