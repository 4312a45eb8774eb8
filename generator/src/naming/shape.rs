//! Digest of the shape of a type, apart from its name, its documentation and the names of the types in it.
//!
//! A component with another key and the same digest is the same schema under a new name.

use crate::hash::digest;
use crate::ir::{Constant, FieldKind, Shape, Type, TypeDef};

/// Returns the digest. `None` for a type without fields or variants, which has nothing to recognize it by.
pub(super) fn shape_of(def: &TypeDef) -> Option<String> {
    let mut words: Vec<String> = Vec::new();
    match &def.shape {
        Shape::Struct(it) => {
            for field in &it.fields {
                words.push(format!("{:?} {} {:?}", field.name, kind_of(&field.kind), field.access));
                words.extend(field.kind.ty().map(text_of));
            }
            words.sort_unstable();
            words.extend(it.additional_properties.as_ref().map(text_of));
        }
        Shape::KeyedUnion(it) => {
            words.extend(it.variants.iter().map(|variant| format!("{:?}", variant.key)));
            words.push("keyed union".to_owned());
        }
        Shape::Union(it) => {
            for alternative in &it.alternatives {
                let name = (!alternative.is_named).then_some(&alternative.variant.key);
                words.push(format!("{name:?} {}", text_of(&alternative.variant.ty)));
                words.extend(alternative.tags().map(|(member, values)| format!("{member:?} {values:?}")));
            }
            words.push("union".to_owned());
        }
        Shape::Enum(it) => {
            words.extend(it.values.iter().map(|value| format!("{:?}", value.wire)));
            words.push(format!("enum {:?}", it.kind));
        }
    }
    let is_empty = match &def.shape {
        Shape::Struct(it) => it.fields.is_empty(),
        Shape::Enum(it) => it.values.is_empty(),
        shape => shape.variants().next().is_none(),
    };
    (!is_empty).then(|| digest(words.iter().map(String::as_str)))
}

fn kind_of(kind: &FieldKind) -> &'static str {
    match kind {
        FieldKind::Required(_) => "required",
        FieldKind::Nullable(_) => "nullable",
        FieldKind::ImplicitPresence { required: true, .. } => "required implicit",
        FieldKind::ImplicitPresence { required: false, .. } => "implicit",
        FieldKind::Optional(_) => "optional",
        FieldKind::OptionalNullable(_) => "optional nullable",
        FieldKind::NullOnly => "null",
        FieldKind::KeyedUnion(_) => "keyed union",
    }
}

/// Returns a type as text, without the names of named types.
fn text_of(ty: &Type) -> String {
    let mut text = String::new();
    let mut open = vec![ty];
    while let Some(ty) = open.pop() {
        match ty {
            Type::Named(_) => text.push_str("named "),
            Type::List(inner) => {
                text.push_str("list ");
                open.push(inner);
            }
            Type::Map(inner) => {
                text.push_str("map ");
                open.push(inner);
            }
            Type::Nullable(inner) => {
                text.push_str("nullable ");
                open.push(inner);
            }
            Type::Tuple(places) => {
                text.push_str(&format!("tuple {} ", places.len()));
                open.extend(places);
            }
            Type::Constant(Constant::Text(value)) => text.push_str(&format!("{value:?} ")),
            scalar => text.push_str(&format!("{scalar:?} ")),
        }
    }
    text
}
