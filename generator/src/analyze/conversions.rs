//! Determines which variants of unions have a `From` impl: those whose type no other variant holds.

use std::collections::{HashMap, HashSet};

use super::dedup::Dedup;
use crate::ir::{Api, Shape, TimeLibrary, Type, TypeId};

/// Returns the positions of the variants with a `From` impl, for each union that has one.
pub(super) fn conversions(api: &Api, dedup: &Dedup) -> HashMap<TypeId, HashSet<usize>> {
    let convertible = api.types().map(|(id, def)| (id, convertible(api, dedup, &def.shape)));
    convertible.filter(|(_, positions)| !positions.is_empty()).collect()
}

/// Returns the positions of the variants of a union that have a `From` impl. A keyed union has it for named types only.
fn convertible(api: &Api, dedup: &Dedup, shape: &Shape) -> HashSet<usize> {
    let types: Vec<Type> = shape.variants().map(|it| rust_type(api, dedup, &it.ty)).collect();
    let mut uses: HashMap<&Type, usize> = HashMap::new();
    for ty in &types {
        *uses.entry(ty).or_default() += 1;
    }
    let is_keyed = matches!(shape, Shape::KeyedUnion(_));
    let is_convertible = |(position, ty): (usize, &Type)| {
        let is_suitable = match ty {
            Type::Constant(_) => false,
            // Paths do not tell if types of the user are the same as others.
            ty if ty.any(&|ty| matches!(ty, Type::Custom(_))) => false,
            Type::Named(_) => true,
            // The type of a value does not tell its key.
            _ => !is_keyed,
        };
        (is_suitable && uses.get(&types[position]) == Some(&1)).then_some(position)
    };
    shape.variants().map(|it| &it.ty).enumerate().filter_map(is_convertible).collect()
}

/// Returns the type without what only its codec and its name tell apart: equal results have the same Rust type.
fn rust_type(api: &Api, dedup: &Dedup, ty: &Type) -> Type {
    let inner = |ty: &Type| Box::new(rust_type(api, dedup, ty));
    match ty {
        Type::Named(id) => Type::Named(dedup.canonical_of(*id)),
        Type::Integer { width, .. } => Type::Integer { width: *width, quoted: false },
        Type::Float { .. } => Type::Float { lenient: false },
        // The crate `time` has one type for both.
        Type::Timestamp if api.formats.time == Some(TimeLibrary::Time) => Type::DateTime,
        Type::Bytes { .. } => Type::Bytes { url: false },
        Type::List(ty) => Type::List(inner(ty)),
        Type::Map(ty) => Type::Map(inner(ty)),
        Type::Nullable(ty) => Type::Nullable(inner(ty)),
        Type::Tuple(items) => Type::Tuple(items.iter().map(|ty| rust_type(api, dedup, ty)).collect()),
        ty => ty.clone(),
    }
}
