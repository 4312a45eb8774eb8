//! Which inline schemas describe one type: a document repeats them wherever it needs them.
//!
//! Such a type is written once, under the first of its names, and the others are names for it: a list of currencies is
//! the same at every price, and what is read from one object can be written to another. Nothing is renamed by that, nor
//! by what the document gains later. Components are left alone: the document itself says that they are several.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::users::home;
use crate::diagnostics::Pointer;
use crate::ir::{Api, Docs, FieldKind, Shape, Type, TypeDef, TypeId, TypeName, Variant};

/// Types that are another one under a name of their own.
#[derive(Debug, Default)]
pub(super) struct Same {
    firsts: HashMap<TypeId, TypeId>,
    shared: BTreeSet<TypeId>,
}

/// What two types have in common that may be one.
type Likeness<'a> = (Option<&'a str>, Vec<&'a str>);

/// Types that are one, and what that is beyond all that may differ.
struct Class {
    shape: Shape,
    /// Whether its values are sent, and whether they are received: it decides how a struct holds null.
    travels: Option<(bool, bool)>,
    members: Vec<TypeId>,
}

impl Same {
    pub(super) fn of(api: &Api, sent: &HashSet<TypeId>, received: &HashSet<TypeId>) -> Self {
        let ranks = ranks(api);
        let mut same = Self::default();
        for class in classes(api, sent, received) {
            let Some(first) = class.members.iter().min_by_key(|id| ranks[id]).copied() else { continue };
            let others = class.members.into_iter().filter(|id| *id != first);
            same.firsts.extend(others.map(|id| (id, first)));
        }
        let is_elsewhere =
            |(id, first): &(&TypeId, &TypeId)| home(api, **id, &same) != home(api, **first, &same);
        same.shared = same.firsts.iter().filter(is_elsewhere).map(|(_, first)| *first).collect();
        same
    }

    /// The type that another one is only a name of.
    pub(super) fn other(&self, id: TypeId) -> Option<TypeId> {
        self.firsts.get(&id).copied()
    }

    /// The same, or the type itself.
    pub(super) fn first(&self, id: TypeId) -> TypeId {
        self.other(id).unwrap_or(id)
    }

    /// The types that have names in files of others.
    pub(super) fn shared(&self) -> &BTreeSet<TypeId> {
        &self.shared
    }
}

/// The types by what they are. Those that stand deeper come first: what holds them is told by them.
fn classes(api: &Api, sent: &HashSet<TypeId>, received: &HashSet<TypeId>) -> Vec<Class> {
    let mut inline: Vec<(TypeId, &TypeDef)> =
        api.types().filter(|(_, def)| !matches!(def.name, TypeName::Component { .. })).collect();
    inline.sort_by_key(|(id, _)| std::cmp::Reverse(depth(api, *id)));
    let mut met: HashMap<TypeId, TypeId> = HashMap::new();
    let mut classes: BTreeMap<Likeness<'_>, Vec<Class>> = BTreeMap::new();
    for (id, def) in inline {
        let shape = bare(&def.shape, &|id| met.get(&id).copied().unwrap_or(id));
        let is_struct = matches!(def.shape, Shape::Struct(_));
        let travels = is_struct.then(|| (sent.contains(&id), received.contains(&id)));
        let known = classes.entry(likeness(api, def)).or_default();
        match known.iter_mut().find(|class| class.shape == shape && class.travels == travels) {
            Some(class) => {
                met.insert(id, class.members[0]);
                class.members.push(id);
            }
            None => known.push(Class { shape, travels, members: vec![id] }),
        }
    }
    classes.into_values().flatten().collect()
}

/// What types have in common that may be one: the name of the property, unless it is components that they are made of,
/// and the names of their members.
fn likeness<'a>(api: &'a Api, def: &'a TypeDef) -> Likeness<'a> {
    let place = match &def.name {
        TypeName::Inline { place, .. } | TypeName::OfOperation { place, .. } => place,
        TypeName::Component { key, .. } => key,
    };
    let members = match &def.shape {
        Shape::Struct(it) => it.fields.iter().map(|field| field.name.as_str()).collect(),
        Shape::Enum(it) => it.values.iter().map(|value| value.wire.as_str()).collect(),
        shape => shape.variants().map(|variant| variant.key.as_str()).collect(),
    };
    (Some(place.as_str()).filter(|_| !is_of_components(api, &def.shape)), members)
}

/// Whether a type is a union of components, and of scalars perhaps.
fn is_of_components(api: &Api, shape: &Shape) -> bool {
    let Shape::Union(it) = shape else { return false };
    let named: Vec<TypeId> = it.alternatives.iter().flat_map(|it| it.variant.ty.all_named()).collect();
    let is_component = |id: &TypeId| matches!(api.type_def(*id).name, TypeName::Component { .. });
    !named.is_empty() && named.iter().all(is_component)
}

/// What a type is apart from what is said about it, with each type in it as the first of its kind.
fn bare(shape: &Shape, first: &dyn Fn(TypeId) -> TypeId) -> Shape {
    let mut shape = shape.clone();
    shape.held_mut().into_iter().for_each(|ty| replace(ty, first));
    let unsaid = |variant: &mut Variant| strip(&mut variant.docs);
    match &mut shape {
        Shape::Struct(it) => {
            for field in &mut it.fields {
                strip(&mut field.docs);
                if let FieldKind::OneOf(id) = &mut field.kind {
                    *id = first(*id);
                }
            }
        }
        Shape::OneOf(it) => it.variants.iter_mut().for_each(unsaid),
        Shape::Union(it) => it.alternatives.iter_mut().map(|it| &mut it.variant).for_each(unsaid),
        Shape::Enum(it) => it.values.iter_mut().for_each(|value| value.text = None),
    }
    shape
}

/// Forgets what is only said; what the compiler tells users, and what the server expects, stays.
fn strip(docs: &mut Docs) {
    docs.text = None;
    docs.example = None;
    docs.pointer = Pointer::root();
}

/// Puts other types in the place of the named ones.
pub(super) fn replace(ty: &mut Type, by: &dyn Fn(TypeId) -> TypeId) {
    match ty {
        Type::Named(id) => *id = by(*id),
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => replace(inner, by),
        Type::Tuple(places) => places.iter_mut().for_each(|place| replace(place, by)),
        _ => {}
    }
}

/// The order in which types are the first of their kind: those in components before those in operations.
fn ranks(api: &Api) -> HashMap<TypeId, (bool, usize)> {
    let by_origin = api.types_by_origin().into_iter().enumerate();
    let is_of_operation = |id: TypeId| {
        let root = home(api, id, &Same::default());
        matches!(api.type_def(root).name, TypeName::OfOperation { .. })
    };
    by_origin.map(|(position, (id, _))| (id, (is_of_operation(id), position))).collect()
}

/// In how many types a type stands.
fn depth(api: &Api, id: TypeId) -> usize {
    let mut depth = 0;
    let mut id = id;
    while let TypeName::Inline { owner, .. } = &api.type_def(id).name {
        (id, depth) = (*owner, depth + 1);
    }
    depth
}
