//! Infinite structs: they require themselves, so no finite value exists.

use crate::diagnostics::{Code, Diagnostics};
use crate::ir::{Api, FieldKind, Shape, Type, TypeId};

/// A struct on the current path.
struct Step {
    id: TypeId,
    /// The required structs that are still to visit, last field first: positions of fields and their types.
    required_structs: Vec<(usize, TypeId)>,
}

/// The progress of the search at a type.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Progress {
    Unvisited,
    OnPath,
    Finished,
}

/// Makes a required field optional where it closes a cycle of required fields.
///
/// Lists and maps can be empty, and unions preserve unknown values, so only structs that hold structs by value are
/// infinite.
pub(super) fn break_cycles(api: &mut Api, diagnostics: &mut Diagnostics) {
    let starts: Vec<TypeId> = api.types_by_origin().into_iter().map(|(id, _)| id).collect();
    let mut progress = vec![Progress::Unvisited; api.types.len()];
    for start in starts {
        let mut path = Vec::new();
        let mut next = Some(start);
        loop {
            if let Some(id) = next.take().filter(|id| progress[id.index()] == Progress::Unvisited) {
                progress[id.index()] = Progress::OnPath;
                path.push(Step { id, required_structs: required_structs(api, id) });
            }
            let Some(step) = path.last_mut() else { break };
            let id = step.id;
            match step.required_structs.pop() {
                Some((field, to)) if progress[to.index()] == Progress::OnPath => {
                    make_optional(api, id, field, diagnostics);
                }
                Some((_, to)) => next = Some(to),
                None => {
                    progress[id.index()] = Progress::Finished;
                    path.pop();
                }
            }
        }
    }
}

/// Returns the structs that a struct requires by value, last field first.
fn required_structs(api: &Api, id: TypeId) -> Vec<(usize, TypeId)> {
    let Shape::Struct(it) = &api.type_def(id).shape else { return Vec::new() };
    let fields = it.fields.iter().enumerate().rev();
    let required_structs = fields.flat_map(|(position, field)| match &field.kind {
        FieldKind::Required(ty) => by_value(ty).into_iter().map(|id| (position, id)).collect(),
        _ => Vec::new(),
    });
    required_structs.collect()
}

/// Returns the named types that a type holds by value.
fn by_value(ty: &Type) -> Vec<TypeId> {
    let mut held = Vec::new();
    let mut open = vec![ty];
    while let Some(ty) = open.pop() {
        match ty {
            Type::Named(id) => held.push(*id),
            Type::Tuple(places) => open.extend(places.iter().rev()),
            _ => {}
        }
    }
    held
}

fn make_optional(api: &mut Api, id: TypeId, position: usize, diagnostics: &mut Diagnostics) {
    let Shape::Struct(it) = &mut api.types[id.index()].shape else { return };
    let Some(field) = it.fields.get_mut(position) else { return };
    if let FieldKind::Required(ty) = &field.kind {
        field.kind = FieldKind::Optional(ty.clone());
    }
    diagnostics.report(
        Code::InfiniteSchema,
        &field.docs.pointer,
        format!("`{}` is required and contains its own object, so the field becomes an `Option`", field.name),
        "make one of the properties in the cycle optional or nullable",
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::FieldKind::{Optional, Required};
    use crate::passes::fixture::{LONG, api, messages, named, object, on_small_stack};

    /// Expects the types `keys` after the pass, and the fields with findings.
    #[track_caller]
    fn check<const N: usize>(keys: [&str; N], types: [Shape; N], expected: [Shape; N], found: &[&str]) {
        let mut api = api(keys.map(str::to_owned).into_iter().zip(types));
        let mut diagnostics = Diagnostics::new();
        break_cycles(&mut api, &mut diagnostics);
        assert_eq!(api.types.into_iter().map(|def| def.shape).collect::<Vec<_>>(), expected);
        let found: Vec<String> = (found.iter())
            .map(|name| format!("/{name}: `{name}` is required and contains its own object, so the field becomes an `Option`"))
            .collect();
        assert_eq!(messages(&diagnostics), found);
    }

    #[test]
    fn a_field_that_closes_a_cycle_becomes_optional() {
        check(["A"], [object([("a", Required(named(0)))])], [object([("a", Optional(named(0)))])], &["a"]);
        let in_tuple = || Type::Tuple(vec![Type::String, named(0)]);
        check(
            ["A"],
            [object([("a", Required(in_tuple()))])],
            [object([("a", Optional(in_tuple()))])],
            &["a"],
        );
        check(
            ["A", "B"],
            [object([("b", Required(named(1)))]), object([("a", Required(named(0)))])],
            [object([("b", Required(named(1)))]), object([("a", Optional(named(0)))])],
            &["a"],
        );
    }

    #[test]
    fn the_order_of_ids_does_not_matter() {
        // As before, but `B` has the first id.
        check(
            ["B", "A"],
            [object([("a", Required(named(1)))]), object([("b", Required(named(0)))])],
            [object([("a", Optional(named(1)))]), object([("b", Required(named(0)))])],
            &["a"],
        );
    }

    #[test]
    fn finite_structs_are_kept() {
        let list = Required(Type::List(Box::new(named(0))));
        let finite = [
            object([("list", list), ("optional", Optional(named(0))), ("b", Required(named(1)))]),
            object([]),
        ];
        check(["A", "B"], finite.clone(), finite, &[]);
        // Two ways to the same struct are not a cycle.
        let shared = [object([("b", Required(named(1))), ("c", Required(named(1)))]), object([])];
        check(["A", "B"], shared.clone(), shared, &[]);
    }

    #[test]
    fn a_long_cycle_is_followed() {
        on_small_stack(|| {
            let field = |index: usize| object([("next", Required(named((index + 1) % LONG)))]);
            let mut api = api((0..LONG).map(|index| (format!("T{index:06}"), field(index))));
            let mut diagnostics = Diagnostics::new();
            break_cycles(&mut api, &mut diagnostics);
            let (last, others) = api.types.split_last().expect("there are types");
            assert_eq!(last.shape, object([("next", Optional(named(0)))]));
            assert!(others.iter().enumerate().all(|(index, def)| def.shape == field(index)));
            assert_eq!(diagnostics.len(), 1);
        });
    }
}
