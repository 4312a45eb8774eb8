//! What says in a request which alternative of a union is sent, where the type of the alternative is not sure to.

use super::Lower;
use super::enums::constant;
use crate::ir::{Field, FieldKind, Look, Shape, Type};

impl Lower<'_, '_> {
    /// Finds the alternatives whose type is not sure to write the member that tells it apart, and what to write then: the
    /// member's default, or the only value that it may have. Of several values none is better than another, so that the
    /// caller has to say which.
    pub(super) fn settle_tags(&mut self) {
        let mut found = Vec::new();
        for (id, def) in self.api.types() {
            let Shape::Union(union) = &def.shape else { continue };
            for (position, alternative) in union.alternatives.iter().enumerate() {
                let [Look::Tag { member, values }] = alternative.looks.as_slice() else { continue };
                if self.writes(&alternative.variant.ty, member) {
                    continue;
                }
                let field = self.field_of(&alternative.variant.ty, member);
                let tag = match (values.as_slice(), field) {
                    ([only], _) => Some(only.clone()),
                    (_, Some(field)) => {
                        field.default().and_then(|tag| constant(&tag)).filter(|tag| values.contains(tag))
                    }
                    // Nobody could say which.
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

    /// Whether every value of a type has the member, with the one value that it may have.
    fn writes(&self, ty: &Type, member: &str) -> bool {
        let Type::Named(id) = ty else { return true };
        match &self.api.type_def(*id).shape {
            Shape::Struct(it) => it.fields.iter().any(|field| {
                field.name == member
                    && match &field.kind {
                        FieldKind::Required(Type::Bool) => field.always.is_some(),
                        FieldKind::Required(Type::Named(id)) => {
                            matches!(&self.api.type_def(*id).shape, Shape::Enum(it) if it.values.len() == 1)
                        }
                        _ => false,
                    }
            }),
            // A union writes the members of its own alternatives.
            _ => true,
        }
    }
}
