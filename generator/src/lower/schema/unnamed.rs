//! Types without a name: scalars, lists, maps and tuples, written out where they occur.
//!
//! A list of lists is one type, however many components it is made of. So components without a named type are lowered
//! from the inside out, one strongly connected set after another. Where such a set contains itself, no Rust type can
//! express it, and the reference inside becomes any value.

use std::collections::{BTreeSet, HashSet};
use std::rc::Rc;

use petgraph::graphmap::DiGraphMap;

use super::site::Site;
use super::target::component_site;
use super::types::{Lowered, Types};
use crate::classify::{Child, ChildSchema, Plan};
use crate::diagnostics::{Code, Pointer};
use crate::document::SchemaId;
use crate::ir::Type;

/// The maximum number of lists, maps and tuples inside one another. The Rust compiler gives up soon after.
const NESTING: usize = 32;
/// The maximum number of types in a tuple, including tuples inside it.
const SIZE: usize = 256;

/// Where a type is written out.
#[derive(Clone)]
struct Place<'c> {
    site: Site,
    /// True inside a component whose inner types have no names yet.
    is_ahead: bool,
    /// The reference targets that contain the type and that it would contain again.
    cycle: &'c HashSet<SchemaId>,
    depth: usize,
    /// The schemas around the type.
    around: Option<Rc<Around>>,
}

/// A schema around a type, by its parts, and the schemas around it.
struct Around {
    of: BTreeSet<SchemaId>,
    outer: Option<Rc<Around>>,
}

impl Place<'_> {
    fn at(&self, site: Site) -> Self {
        Self { site, depth: self.depth + 1, ..self.clone() }
    }

    /// Returns the place inside a schema with these parts, or `None` if the place is inside the same one already.
    fn inside(&self, of: &BTreeSet<SchemaId>) -> Option<Self> {
        let mut next = self.around.as_ref();
        while let Some(around) = next {
            if around.of == *of {
                return None;
            }
            next = around.outer.as_ref();
        }
        let around = Around { of: of.clone(), outer: self.around.clone() };
        Some(Self { around: Some(Rc::new(around)), ..self.clone() })
    }
}

/// Returns the type of a schema at a site.
pub(super) fn type_of<'a>(types: &mut Types<'a>, child: &Child<'a>, site: Site) -> Lowered {
    let place = Place { site, is_ahead: false, cycle: &HashSet::new(), depth: 0, around: None };
    Lowered { ty: child_type(types, child, &place), nullable: child.nullable }
}

/// Returns the type of the schema that a reference leads to.
pub(super) fn type_of_target(types: &mut Types<'_>, id: SchemaId) -> Type {
    if let Some(ty) = types.targets.get(&id) {
        return ty.clone();
    }
    let is_component = is_type_of_its_own(types, id);
    let plan = types.plan(id, is_component);
    if plan.is_named() {
        return Type::Named(match is_component {
            true => types.named_target(id, &plan),
            false => types.named_inside(id, &plan),
        });
    }
    for connected in from_the_inside(types, id) {
        let is_cycle =
            connected.len() > 1 || connected.iter().any(|member| references(types, *member).contains(member));
        let cycle = if is_cycle { connected.iter().copied().collect() } else { HashSet::new() };
        for member in connected {
            lower_unnamed_target(types, member, &cycle);
        }
    }
    types.targets.get(&id).cloned().unwrap_or(Type::Json)
}

/// Returns true if a reference target is a component or not inside one.
fn is_type_of_its_own(types: &Types<'_>, id: SchemaId) -> bool {
    types.schemas.component(id).is_none_or(|component| component == id)
}

fn lower_unnamed_target(types: &mut Types<'_>, id: SchemaId, cycle: &HashSet<SchemaId>) {
    let is_component = is_type_of_its_own(types, id);
    let plan = types.plan(id, is_component);
    let at = types.schemas.at(id);
    let site = component_site(types.schemas, id);
    let place = Place { site, is_ahead: !is_component, cycle, depth: 0, around: None };
    let ty = plan_type(types, &plan, at, &place);
    types.targets.insert(id, ty);
}

/// Returns the unnamed reference targets that a type is made of, and the target itself, in sets that contain one
/// another. Each set only refers to itself and to earlier ones.
fn from_the_inside(types: &mut Types<'_>, id: SchemaId) -> Vec<Vec<SchemaId>> {
    let mut graph: DiGraphMap<SchemaId, ()> = DiGraphMap::new();
    graph.add_node(id);
    let mut waiting = vec![id];
    while let Some(next) = waiting.pop() {
        for to in references(types, next) {
            if !types.targets.contains_key(&to) {
                if !graph.contains_node(to) {
                    waiting.push(to);
                }
                graph.add_edge(next, to, ());
            }
        }
    }
    // Unlike `tarjan_scc`, this function does not recurse.
    let mut sets = petgraph::algo::kosaraju_scc(&graph);
    sets.iter_mut().for_each(|set| set.sort_unstable());
    sets
}

/// Returns the unnamed reference targets that a reference target consists of directly.
fn references(types: &mut Types<'_>, id: SchemaId) -> Vec<SchemaId> {
    let is_component = is_type_of_its_own(types, id);
    let plan = types.plan(id, is_component);
    let mut found = Vec::new();
    gather_references(types, &plan, is_component, 0, &mut found);
    found
}

fn gather_references<'a>(
    types: &mut Types<'a>,
    plan: &Plan<'a>,
    is_component: bool,
    depth: usize,
    found: &mut Vec<SchemaId>,
) {
    let children: &[Child<'a>] = match plan {
        Plan::List(Some(child)) | Plan::Map(child) | Plan::Same(child) | Plan::OpenEnum(child) => {
            std::slice::from_ref(child)
        }
        Plan::Tuple(children) => children,
        _ => &[],
    };
    for child in children.iter().filter(|_| depth <= 2 * NESTING) {
        let plan = match &child.schema {
            ChildSchema::Inline(id) => Some(types.plan(*id, is_component)),
            ChildSchema::Reference { to, .. } => {
                let is_component = is_type_of_its_own(types, *to);
                if !types.plan(*to, is_component).is_named() {
                    found.push(*to);
                }
                None
            }
            other => types.plan_of(other, is_component),
        };
        if let Some(plan) = plan {
            gather_references(types, &plan, is_component, depth + 1, found);
        }
    }
}

fn child_type<'a>(types: &mut Types<'a>, child: &Child<'a>, place: &Place<'_>) -> Type {
    match &child.schema {
        ChildSchema::Inline(id) => {
            let plan = types.plan(*id, place.site.is_component() && !place.is_ahead);
            let ty = match plan.is_named() {
                true if place.is_ahead => Type::Named(types.named_inside(*id, &plan)),
                true => Type::Named(types.named_inline(*id, &plan, &place.site)),
                false => enclosed_type(types, &plan, types.schemas.at(*id), place, &BTreeSet::from([*id])),
            };
            types.note_place(types.schemas.at(*id), *id, &place.site, &ty);
            ty
        }
        ChildSchema::Reference { to, .. } if place.cycle.contains(to) => Type::Json,
        ChildSchema::Reference { to, at } => {
            let ty = type_of_target(types, *to);
            types.note_place(at, *to, &place.site, &ty);
            ty
        }
        ChildSchema::Dangling { reference, at } => {
            types.findings.report(
                Code::DanglingReference,
                &at.child("$ref"),
                format!("`{reference}` does not exist"),
                "add it, or correct the reference",
            );
            Type::Json
        }
        ChildSchema::Text => Type::String,
        ChildSchema::Untyped { at, because } => types.untyped(at, because),
        ChildSchema::Part(_) | ChildSchema::Merged(_) | ChildSchema::Planned(..) => {
            let Some(plan) = types.plan_of(&child.schema, place.site.is_component()) else {
                return Type::Json;
            };
            planned_type(types, child, &plan, place)
        }
    }
}

/// Returns the type of a schema without an id, with this plan.
fn planned_type<'a>(
    types: &mut Types<'a>,
    child: &Child<'a>,
    plan: &Rc<Plan<'a>>,
    place: &Place<'_>,
) -> Type {
    match (&child.schema, plan.is_named()) {
        (ChildSchema::Part(part), true) => {
            combined_type(types, plan, &part.at, place, &BTreeSet::from([part.id]))
        }
        (ChildSchema::Merged(merged), true) => combined_type(types, plan, &merged.at, place, &merged.of),
        (ChildSchema::Merged(merged), false) => enclosed_type(types, plan, &merged.at, place, &merged.of),
        (ChildSchema::Part(part), false) => plan_type(types, plan, &part.at, place),
        (ChildSchema::Planned(_, at), false) => plan_type(types, plan, at, place),
        (_, true) => Type::Named(types.reserve(plan, &place.site, None)),
        (_, false) => Type::Json,
    }
}

/// Returns the named type of combined schema parts, which may contain itself.
fn combined_type<'a>(
    types: &mut Types<'a>,
    plan: &Rc<Plan<'a>>,
    at: &Pointer,
    place: &Place<'_>,
    of: &BTreeSet<SchemaId>,
) -> Type {
    match types.named_combination(of, plan, &place.site) {
        Some(id) => Type::Named(id),
        None => types.untyped(at, "its merged descriptions never end"),
    }
}

/// Returns the type for a plan without a name, unless the type is inside itself: by `allOf`, the items of a list can be
/// the list again.
fn enclosed_type<'a>(
    types: &mut Types<'a>,
    plan: &Plan<'a>,
    at: &Pointer,
    place: &Place<'_>,
    of: &BTreeSet<SchemaId>,
) -> Type {
    match place.inside(of) {
        Some(place) => plan_type(types, plan, at, &place),
        None => types.untyped(at, "the schema contains only itself"),
    }
}

/// Returns the type for a plan without a name.
fn plan_type<'a>(types: &mut Types<'a>, plan: &Plan<'a>, at: &Pointer, place: &Place<'_>) -> Type {
    if place.depth > 2 * NESTING {
        return types.untyped(at, "its lists and maps are nested too deeply");
    }
    match plan {
        Plan::Untyped { at, because } => types.untyped(at, because),
        Plan::Scalar(ty) => {
            types.note_format(ty);
            ty.clone()
        }
        Plan::List(None) => Type::List(Box::new(Type::Json)),
        Plan::List(Some(items)) => {
            Type::List(Box::new(held_type(types, items, at, &place.at(place.site.element()))))
        }
        Plan::Map(values) => match held_type(types, values, at, &place.at(place.site.value())) {
            Type::Json => Type::Object,
            ty => Type::Map(Box::new(ty)),
        },
        Plan::Tuple(children) => {
            let places = children.iter().enumerate().map(|(index, child)| {
                held_type(types, child, at, &place.at(place.site.part(&(index + 1).to_string())))
            });
            let tuple = Type::Tuple(places.collect());
            match tuple.size() > SIZE {
                true => types.untyped(at, "tuples contain one another too often"),
                false => tuple,
            }
        }
        Plan::Object => Type::Object,
        Plan::ProtobufAny => Type::Any,
        Plan::Same(child) => child_type(types, child, &place.at(place.site.clone())),
        Plan::OpenEnum(child) => {
            let ty = child_type(types, child, &place.at(place.site.clone()));
            types.open_enum(&ty);
            ty
        }
        Plan::Anything
        | Plan::Enum(_)
        | Plan::Mixed(_)
        | Plan::Struct(_)
        | Plan::KeyedUnion(_)
        | Plan::Union(_) => Type::Json,
    }
}

/// Returns the type of list items, map values or a position of a tuple.
fn held_type<'a>(types: &mut Types<'a>, child: &Child<'a>, at: &Pointer, place: &Place<'_>) -> Type {
    let lowered = Lowered { ty: child_type(types, child, place), nullable: child.nullable };
    if nesting(&lowered.ty) >= NESTING {
        return types.untyped(at, "its lists and maps are nested too deeply");
    }
    types.element(lowered)
}

/// Returns the number of lists, maps and tuples inside one another.
fn nesting(ty: &Type) -> usize {
    match ty {
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => 1 + nesting(inner),
        Type::Tuple(places) => 1 + places.iter().map(nesting).max().unwrap_or(0),
        _ => 0,
    }
}
