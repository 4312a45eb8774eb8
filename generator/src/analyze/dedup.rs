//! Merges identical inline schemas, which documents repeat wherever they need them.
//!
//! The first of the identical types is rendered, the others become aliases of it. No type is renamed by that,
//! nor by later additions to the document. Components are never merged, because the document declares them as
//! separate types.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::dependents::owning_file;
use crate::diagnostics::Pointer;
use crate::ir::{Api, Docs, FieldKind, Shape, Type, TypeDef, TypeId, TypeName, Variant};

/// The maximum number of rounds. Each round compares all types.
const MAX_ROUNDS: usize = 8;

/// Aliases of types.
#[derive(Debug, Default)]
pub(super) struct Dedup {
    canonical: HashMap<TypeId, TypeId>,
    shared: BTreeSet<TypeId>,
}

/// The properties that identical types share.
#[derive(PartialEq, Eq, Hash)]
struct Class<'a> {
    /// The name of the property, unless the type is a union of components.
    place: Option<&'a str>,
    /// The shape without documentation.
    shape: Shape,
    /// Names that codegen.toml gives to fields or variants, with their positions.
    given_names: Vec<(usize, &'a str)>,
    /// For structs: whether requests contain the type, and whether responses do. It decides how fields hold null.
    directions: Option<(bool, bool)>,
}

impl Dedup {
    pub(super) fn of(api: &Api, sent: &HashSet<TypeId>, received: &HashSet<TypeId>) -> Self {
        let ranks = ranks(api);
        let mut dedup = Self::default();
        for members in classes(api, sent, received).into_values() {
            let Some(first) = members.iter().min_by_key(|id| ranks[id]).copied() else { continue };
            let others = members.into_iter().filter(|id| *id != first);
            dedup.canonical.extend(others.map(|id| (id, first)));
        }
        let is_elsewhere = |(id, first): &(&TypeId, &TypeId)| {
            owning_file(api, **id, &dedup) != owning_file(api, **first, &dedup)
        };
        dedup.shared = dedup.canonical.iter().filter(is_elsewhere).map(|(_, first)| *first).collect();
        dedup
    }

    /// Returns the type that a type is an alias of.
    pub(super) fn alias_of(&self, id: TypeId) -> Option<TypeId> {
        self.canonical.get(&id).copied()
    }

    /// Returns the type that a type is an alias of, or the type itself.
    pub(super) fn canonical_of(&self, id: TypeId) -> TypeId {
        self.alias_of(id).unwrap_or(id)
    }

    /// Returns the types that have aliases in other files.
    pub(super) fn shared(&self) -> &BTreeSet<TypeId> {
        &self.shared
    }
}

/// Groups identical inline types. Nested types come first, because their owners are compared by them.
///
/// A type can also refer to a type that is nested less deeply. Such types are compared again, until no more of them are
/// identical.
fn classes<'a>(
    api: &'a Api,
    sent: &HashSet<TypeId>,
    received: &HashSet<TypeId>,
) -> HashMap<Class<'a>, Vec<TypeId>> {
    let inline = api.types().filter(|(_, def)| !matches!(def.name, TypeName::Component { .. }));
    let mut by_depth: BTreeMap<Reverse<usize>, Vec<(TypeId, &TypeDef)>> = BTreeMap::new();
    let mut depths: HashMap<TypeId, usize> = HashMap::new();
    for (id, def) in inline {
        let depth = depth(api, id);
        by_depth.entry(Reverse(depth)).or_default().push((id, def));
        depths.insert(id, depth);
    }
    let mut representative: HashMap<TypeId, TypeId> = HashMap::new();
    let mut classes: HashMap<Class<'a>, Vec<TypeId>> = HashMap::new();
    for _ in 0..MAX_ROUNDS {
        let before = representative.clone();
        classes.clear();
        let mut refers_outward = false;
        for (Reverse(depth), types) in &by_depth {
            let mut members_of: Vec<(TypeId, TypeId)> = Vec::with_capacity(types.len());
            for (id, def) in types {
                let shape = normalize(&def.shape, &mut |other| {
                    refers_outward |= depths.get(&other).is_some_and(|other| other <= depth);
                    representative.get(&other).copied().unwrap_or(other)
                });
                let is_struct = matches!(def.shape, Shape::Struct(_));
                let directions = is_struct.then(|| (sent.contains(id), received.contains(id)));
                let given = api.given_names.members(*id);
                let given_names = given.map(|(position, given)| (position, given.name.as_str())).collect();
                let class = Class { place: place(api, def), shape, given_names, directions };
                let members = classes.entry(class).or_default();
                members.push(*id);
                members_of.push((*id, members[0]));
            }
            // Types of one depth are compared by the representatives of greater depths and of the last round.
            representative.extend(members_of);
        }
        if !refers_outward || representative == before {
            break;
        }
    }
    classes
}

/// Returns the name of the property of a type, unless it is a union of components.
fn place<'a>(api: &Api, def: &'a TypeDef) -> Option<&'a str> {
    let place = match &def.name {
        TypeName::Inline { place, .. } | TypeName::InOperation { place, .. } => place,
        TypeName::Component { key, .. } => key,
    };
    Some(place.as_str()).filter(|_| !is_union_of_components(api, &def.shape))
}

/// Returns `true` for a union of components, possibly with scalars.
fn is_union_of_components(api: &Api, shape: &Shape) -> bool {
    let Shape::Union(it) = shape else { return false };
    let named: Vec<TypeId> = it.alternatives.iter().flat_map(|it| it.variant.ty.all_named()).collect();
    let is_component = |id: &TypeId| matches!(api.type_def(*id).name, TypeName::Component { .. });
    !named.is_empty() && named.iter().all(is_component)
}

/// Returns a shape without facts that do not affect the output, with each type in it replaced by its representative.
fn normalize(shape: &Shape, first: &mut dyn FnMut(TypeId) -> TypeId) -> Shape {
    let mut shape = shape.clone();
    shape.value_types_mut().into_iter().for_each(|ty| replace(ty, first));
    let strip_docs = |variant: &mut Variant| {
        variant.schema = None;
        strip(&mut variant.docs);
    };
    match &mut shape {
        Shape::Struct(it) => {
            for field in &mut it.fields {
                strip(&mut field.docs);
                field.is_listed_as_required = false;
                if let FieldKind::KeyedUnion(id) = &mut field.kind {
                    *id = first(*id);
                }
            }
        }
        Shape::KeyedUnion(it) => it.variants.iter_mut().for_each(strip_docs),
        Shape::Union(it) => it.alternatives.iter_mut().map(|it| &mut it.variant).for_each(strip_docs),
        Shape::Enum(it) => it.values.iter_mut().for_each(|value| value.text = None),
    }
    shape
}

/// Removes text that does not affect the type. Deprecations and constraints remain.
fn strip(docs: &mut Docs) {
    docs.text = None;
    docs.example = None;
    docs.pointer = Pointer::root();
    docs.target = None;
}

/// Replaces the named types in a type.
pub(super) fn replace(ty: &mut Type, by: &mut dyn FnMut(TypeId) -> TypeId) {
    match ty {
        Type::Named(id) => *id = by(*id),
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => replace(inner, by),
        Type::Tuple(places) => places.iter_mut().for_each(|place| replace(place, by)),
        _ => {}
    }
}

/// Returns the order in which types become canonical: types with a name of their own, then types in components, then types
/// in operations.
fn ranks(api: &Api) -> HashMap<TypeId, (bool, bool, usize)> {
    let by_origin = api.types_by_origin().into_iter().enumerate();
    let is_of_operation = |id: TypeId| {
        let root = owning_file(api, id, &Dedup::default());
        matches!(api.type_def(root).name, TypeName::InOperation { .. })
    };
    let is_unnamed = |id: TypeId| !api.given_names.types.contains_key(&id);
    by_origin.map(|(position, (id, _))| (id, (is_unnamed(id), is_of_operation(id), position))).collect()
}

/// Returns the number of types that a type is nested in.
fn depth(api: &Api, id: TypeId) -> usize {
    let mut depth = 0;
    let mut id = id;
    while let TypeName::Inline { owner, .. } = &api.type_def(id).name {
        (id, depth) = (*owner, depth + 1);
    }
    depth
}
