//! Recursive tuples: a tuple that contains itself, directly or through other types, becomes a list of anything.
//!
//! The items of a tuple are held by value, without a box.

use petgraph::algo::kosaraju_scc;
use petgraph::graphmap::DiGraphMap;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::ir::{Api, Shape, Type, TypeDef, TypeId};

/// Widens every recursive tuple.
pub(super) fn widen(api: &mut Api, diagnostics: &mut Diagnostics) {
    let holders: Vec<TypeId> =
        api.types().filter(|(_, def)| holds_tuple(&def.shape)).map(|(id, _)| id).collect();
    if holders.is_empty() {
        return;
    }
    let cycle_of = cycles(api);
    for id in holders {
        // A tuple in a type leads back to the type if it refers to a type of the same cycle.
        let Some(cycle) = cycle_of[id.index()] else { continue };
        let is_recursive = |ty: &Type| ty.all_named().iter().any(|to| cycle_of[to.index()] == Some(cycle));
        let TypeDef { docs, shape, .. } = &mut api.types[id.index()];
        let changed = shape
            .value_types_mut()
            .into_iter()
            .fold(false, |changed, ty| widen_in(ty, &is_recursive) | changed);
        if changed {
            let because = "a tuple in it contains it again";
            diagnostics.insert(Diagnostic {
                code: Code::UntypedSchema,
                pointer: docs.pointer.clone(),
                position: None,
                message: format!("the schema becomes `serde_json::Value`: {because}"),
                remedy: "simplify the schema to get a Rust type; values are preserved either way".to_owned(),
                reason: Some(because.to_owned()),
            });
        }
    }
}

fn holds_tuple(shape: &Shape) -> bool {
    shape.value_types().iter().any(|ty| ty.any(&|ty| matches!(ty, Type::Tuple(_))))
}

/// Returns the number of the cycle that each type is part of, by id.
fn cycles(api: &Api) -> Vec<Option<usize>> {
    let mut graph = DiGraphMap::<usize, ()>::new();
    for (id, def) in api.types() {
        for to in def.shape.references() {
            graph.add_edge(id.index(), to.index(), ());
        }
    }
    let mut cycle_of = vec![None; api.types.len()];
    for (cycle, members) in kosaraju_scc(&graph).into_iter().enumerate() {
        let refers_to_itself = |id: &usize| graph.contains_edge(*id, *id);
        if members.len() > 1 || members.first().is_some_and(refers_to_itself) {
            members.into_iter().for_each(|id| cycle_of[id] = Some(cycle));
        }
    }
    cycle_of
}

/// Replaces the recursive tuples in a type by lists. Returns true if there were any.
fn widen_in(ty: &mut Type, is_recursive: &dyn Fn(&Type) -> bool) -> bool {
    let mut ty = ty;
    loop {
        match ty {
            // A tuple that is not recursive contains no recursive one.
            Type::Tuple(_) if is_recursive(ty) => {
                *ty = Type::List(Box::new(Type::Json));
                return true;
            }
            Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => ty = inner,
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::FieldKind::{self, Optional};
    use crate::passes::fixture::{LONG, api, messages, named, object, on_small_stack};

    fn tuple_of(index: usize) -> Type {
        Type::Tuple(vec![Type::String, named(index)])
    }

    fn list_of(ty: Type) -> FieldKind {
        Optional(Type::List(Box::new(ty)))
    }

    fn anything() -> Type {
        Type::List(Box::new(Type::Json))
    }

    /// Expects the fields of types `A`, `B`, ... with one field each, and the types with findings.
    #[track_caller]
    fn check<const N: usize>(fields: [FieldKind; N], expected: [FieldKind; N], found: &[&str]) {
        let types = |fields: [FieldKind; N]| {
            ["A", "B", "C"].map(str::to_owned).into_iter().zip(fields.map(|kind| object([("it", kind)])))
        };
        let mut api = api(types(fields));
        let mut diagnostics = Diagnostics::new();
        widen(&mut api, &mut diagnostics);
        let shapes: Vec<Shape> = api.types.into_iter().map(|def| def.shape).collect();
        assert_eq!(shapes, types(expected).map(|(_, shape)| shape).collect::<Vec<_>>());
        let message = "the schema becomes `serde_json::Value`: a tuple in it contains it again";
        let found: Vec<String> = found.iter().map(|key| format!("/{key}: {message}")).collect();
        assert_eq!(messages(&diagnostics), found);
    }

    #[test]
    fn a_tuple_that_contains_itself_becomes_a_list() {
        check([Optional(tuple_of(0))], [Optional(anything())], &["A"]);
        check([list_of(tuple_of(0))], [list_of(anything())], &["A"]);
        check([Optional(tuple_of(1)), list_of(named(0))], [Optional(anything()), list_of(named(0))], &["A"]);
        check(
            [Optional(tuple_of(1)), Optional(tuple_of(0))],
            [Optional(anything()), Optional(anything())],
            &["A", "B"],
        );
    }

    #[test]
    fn another_tuple_is_kept() {
        let kept = [Optional(tuple_of(1)), Optional(Type::String)];
        check(kept.clone(), kept, &[]);
        // It refers to a cycle, but the cycle does not lead back.
        let kept = [Optional(tuple_of(1)), Optional(named(1))];
        check(kept.clone(), kept, &[]);
    }

    #[test]
    fn a_long_cycle_is_followed() {
        on_small_stack(|| {
            let types = |kind: &dyn Fn(Type) -> Type| {
                (0..LONG)
                    .map(|index| object([("it", Optional(kind(named((index + 1) % LONG))))]))
                    .collect::<Vec<_>>()
            };
            let tuples = types(&|next| Type::Tuple(vec![next]));
            let mut api =
                api(tuples.into_iter().enumerate().map(|(index, shape)| (format!("T{index}"), shape)));
            let mut diagnostics = Diagnostics::new();
            widen(&mut api, &mut diagnostics);
            assert_eq!(diagnostics.len(), LONG);
            assert!(api.types.iter().zip(types(&|_| anything())).all(|(def, shape)| def.shape == shape));
        });
    }
}
