//! Structs that cannot do without themselves: no value of them would ever end.

use std::collections::HashSet;

use super::Lower;
use crate::diagnostics::Code;
use crate::ir::{FieldKind, Shape, Type, TypeId};

/// A struct on the way from one that needs it, and what is still to be looked at of what it needs itself: fields, and the
/// types that they hold.
struct Step {
    id: TypeId,
    needs: Vec<(usize, TypeId)>,
}

impl Lower<'_, '_> {
    /// Lets a required field be missing where it closes a circle of required fields. Lists and maps may be empty, and a
    /// union keeps what it does not know, so only structs that hold structs have no end.
    pub(super) fn settle_endless(&mut self) {
        let starts: Vec<TypeId> = self.api.types_by_origin().into_iter().map(|(id, _)| id).collect();
        let mut met = HashSet::new();
        for start in starts {
            let mut trail = Vec::new();
            let mut next = Some(start);
            loop {
                if let Some(id) = next.take().filter(|id| met.insert(*id)) {
                    trail.push(Step { id, needs: self.needs(id) });
                }
                let Some(step) = trail.last_mut() else { break };
                let id = step.id;
                match step.needs.pop() {
                    Some((field, to)) if trail.iter().any(|step| step.id == to) => {
                        self.open_circle(id, field)
                    }
                    Some((_, to)) => next = Some(to),
                    None => drop(trail.pop()),
                }
            }
        }
    }

    /// What values of a type cannot do without, the last first.
    fn needs(&self, id: TypeId) -> Vec<(usize, TypeId)> {
        let Shape::Struct(it) = &self.api.type_def(id).shape else { return Vec::new() };
        let fields = it.fields.iter().enumerate().rev();
        let needs = fields.flat_map(|(position, field)| match &field.kind {
            FieldKind::Required(ty) => by_value(ty).into_iter().map(|id| (position, id)).collect(),
            _ => Vec::new(),
        });
        needs.collect()
    }

    fn open_circle(&mut self, id: TypeId, position: usize) {
        let Shape::Struct(it) = &mut self.api.types[id.index()].shape else { return };
        let Some(field) = it.fields.get_mut(position) else { return };
        if let FieldKind::Required(ty) = &field.kind {
            field.kind = FieldKind::Optional(ty.clone());
        }
        self.diagnostics.report(
            Code::EndlessSchema,
            &field.docs.pointer,
            format!(
                "`{}` is required and leads back to the object that it stands in: no value would end.",
                field.name
            ),
            "Leave it out of `required`, or let it be null, in one of the objects on the way.",
        );
    }
}

/// The named types that a type holds by value.
fn by_value(ty: &Type) -> Vec<TypeId> {
    match ty {
        Type::Named(id) => vec![*id],
        Type::Tuple(places) => places.iter().flat_map(by_value).collect(),
        _ => Vec::new(),
    }
}
