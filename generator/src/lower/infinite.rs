//! Infinite structs: they require themselves, so no finite value exists.

use std::collections::HashSet;

use super::Lower;
use crate::diagnostics::Code;
use crate::ir::{FieldKind, Shape, Type, TypeId};

/// A struct on the current path, with the required structs that are still to visit: field positions and
/// types.
struct Step {
    id: TypeId,
    required_structs: Vec<(usize, TypeId)>,
}

impl Lower<'_, '_> {
    /// Makes a required field optional where it closes a cycle of required fields.
    ///
    /// Lists and maps can be empty, and unions preserve unknown values, so only structs that hold structs by
    /// value are infinite.
    pub(super) fn break_infinite_structs(&mut self) {
        let starts: Vec<TypeId> = self.api.types_by_origin().into_iter().map(|(id, _)| id).collect();
        let mut visited = HashSet::new();
        for start in starts {
            let mut stack = Vec::new();
            let mut next = Some(start);
            loop {
                if let Some(id) = next.take().filter(|id| visited.insert(*id)) {
                    stack.push(Step { id, required_structs: self.required_structs(id) });
                }
                let Some(step) = stack.last_mut() else { break };
                let id = step.id;
                match step.required_structs.pop() {
                    Some((field, to)) if stack.iter().any(|step| step.id == to) => {
                        self.break_cycle(id, field)
                    }
                    Some((_, to)) => next = Some(to),
                    None => drop(stack.pop()),
                }
            }
        }
    }

    /// Returns the structs that a struct requires by value, last field first.
    fn required_structs(&self, id: TypeId) -> Vec<(usize, TypeId)> {
        let Shape::Struct(it) = &self.api.type_def(id).shape else { return Vec::new() };
        let fields = it.fields.iter().enumerate().rev();
        let required_structs = fields.flat_map(|(position, field)| match &field.kind {
            FieldKind::Required(ty) => by_value(ty).into_iter().map(|id| (position, id)).collect(),
            _ => Vec::new(),
        });
        required_structs.collect()
    }

    fn break_cycle(&mut self, id: TypeId, position: usize) {
        let Shape::Struct(it) = &mut self.api.types[id.index()].shape else { return };
        let Some(field) = it.fields.get_mut(position) else { return };
        if let FieldKind::Required(ty) = &field.kind {
            field.kind = FieldKind::Optional(ty.clone());
        }
        self.diagnostics.report(
            Code::InfiniteSchema,
            &field.docs.pointer,
            format!(
                "`{}` is required and contains its own object, so the field becomes an `Option`",
                field.name
            ),
            "make one of the properties in the cycle optional or nullable",
        );
    }
}

/// Returns the named types that a type holds by value.
fn by_value(ty: &Type) -> Vec<TypeId> {
    match ty {
        Type::Named(id) => vec![*id],
        Type::Tuple(places) => places.iter().flat_map(by_value).collect(),
        _ => Vec::new(),
    }
}
