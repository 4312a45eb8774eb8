//! Tags: values that a union writes to identify the alternative, where the type of the alternative may not
//! write them.

use super::Lower;
use crate::classify::constant;
use crate::ir::{Field, FieldKind, MatchRule, Shape, Type};

impl Lower<'_, '_> {
    /// Sets the tags of alternatives whose types do not always write the property that distinguishes them:
    /// the default of the property, or its only value. With several values and no default, the caller has to
    /// choose.
    pub(super) fn assign_tags(&mut self) {
        let mut found = Vec::new();
        for (id, def) in self.api.types() {
            let Shape::Union(union) = &def.shape else { continue };
            for (position, alternative) in union.alternatives.iter().enumerate() {
                let [MatchRule::Tag { member, values }] = alternative.match_rules.as_slice() else {
                    continue;
                };
                if self.always_writes(&alternative.variant.ty, member) {
                    continue;
                }
                let field = self.field_of(&alternative.variant.ty, member);
                let tag = match (values.as_slice(), field) {
                    ([only], _) => Some(only.clone()),
                    (_, Some(field)) => {
                        field.default().and_then(|tag| constant(&tag)).filter(|tag| values.contains(tag))
                    }
                    // The type has no such field, so the caller cannot choose.
                    (_, None) => values.first().cloned(),
                };
                found.push((id, position, tag));
            }
        }
        for (id, position, tag) in found {
            if let Shape::Union(union) = &mut self.api.types[id.index()].shape {
                union.alternatives[position].tag = tag;
            }
        }
    }

    fn field_of(&self, ty: &Type, member: &str) -> Option<&Field> {
        let Type::Named(id) = ty else { return None };
        let Shape::Struct(it) = &self.api.type_def(*id).shape else { return None };
        it.fields.iter().find(|field| field.name == member)
    }

    /// Returns true if every value of a type has the property with its only value.
    fn always_writes(&self, ty: &Type, member: &str) -> bool {
        let Type::Named(id) = ty else { return true };
        match &self.api.type_def(*id).shape {
            Shape::Struct(it) => it.fields.iter().any(|field| {
                field.name == member
                    && match &field.kind {
                        FieldKind::Required(Type::Bool) => field.constant_bool.is_some(),
                        FieldKind::Required(Type::Named(id)) => {
                            matches!(&self.api.type_def(*id).shape, Shape::Enum(it) if it.values.len() == 1)
                        }
                        _ => false,
                    }
            }),
            // A union writes the tags of its own alternatives.
            _ => true,
        }
    }
}
