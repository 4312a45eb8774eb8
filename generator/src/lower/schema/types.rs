//! The types of schemas: one for each, made when it is first needed.
//!
//! A schema that becomes a named type gets an id at once, and its content later, from a queue. So types can refer to
//! one another in any way, and nothing recurses by the depth of the document. Lists, maps and other types without a
//! name are written out where they occur; see `unnamed`.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::rc::Rc;

use indexmap::IndexMap;

use super::site::Site;
use super::target::{component_site, site_of_target};
use crate::classify::{ChildSchema, Plan, Schemas, plan_merged, plan_part, plan_schema, without_boilerplate};
use crate::config;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Pointer};
use crate::document::SchemaId;
use crate::ir::{Docs, Formats, Shape, Struct, TimeLibrary, Type, TypeDef, TypeId, TypeName, name_path};
use crate::lower::field_names::FieldNames;

/// The type of a schema.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::lower) struct Lowered {
    pub(in crate::lower) ty: Type,
    /// True if the schema allows null.
    pub(in crate::lower) nullable: bool,
}

impl From<Type> for Lowered {
    fn from(ty: Type) -> Self {
        Self { ty, nullable: false }
    }
}

/// The types of all schemas that were needed so far.
pub(in crate::lower) struct Types<'a> {
    pub(in crate::lower) schemas: &'a Schemas<'a>,
    pub(in crate::lower) findings: Diagnostics,
    /// The names that codegen.toml gives to fields.
    pub(in crate::lower) field_names: FieldNames,
    pub(in crate::lower) formats: Formats,
    /// The types of schemas where they are written, for the examples of the document.
    places: HashMap<Pointer, WrittenType>,
    defs: Vec<TypeDef>,
    /// For each named type, the schema that it is made of, if that is one schema.
    schema_of: Vec<Option<SchemaId>>,
    /// For each named type, the combination that it is part of.
    combination_of: Vec<Option<Combination>>,
    plans: HashMap<(SchemaId, bool), Rc<Plan<'a>>>,
    /// The types of schemas that references lead to.
    pub(super) targets: HashMap<SchemaId, Type>,
    /// The named types of schemas inside components, and of those in operations that references can lead to.
    in_place: HashMap<SchemaId, TypeId>,
    /// The named types of inherited schemas, by their site.
    inherited: HashMap<(Site, SchemaId), TypeId>,
    /// The named types of combinations.
    combined: HashMap<(usize, BTreeSet<SchemaId>), TypeId>,
    combinations: usize,
    /// Named types that still have no name: a reference leads inside a component that has not been lowered yet.
    nameless: IndexMap<SchemaId, TypeId>,
    /// Components to lower, since a reference leads inside them or a type inherits from them.
    wanted: Vec<SchemaId>,
    /// Types that have the same content as the type of a schema inside a component.
    copies: Vec<(TypeId, SchemaId)>,
    /// The enums beside which the document allows any other string.
    open_enums: Vec<TypeId>,
    /// Types with the type whose content each of them gets.
    copied: Vec<(TypeId, TypeId)>,
    queue: VecDeque<Content<'a>>,
}

/// The types of a whole document.
pub(in crate::lower) struct Finished {
    /// All named types.
    pub(in crate::lower) defs: Vec<TypeDef>,
    pub(in crate::lower) formats: Formats,
    /// The types of schemas where they are written.
    pub(in crate::lower) places: HashMap<Pointer, Type>,
    pub(in crate::lower) findings: Diagnostics,
}

/// The type of a schema where it is written.
struct WrittenType {
    ty: Type,
    /// Of several types, the one with the greatest weight counts.
    weight: (bool, bool, usize),
}

/// A named type that still has no content.
pub(super) struct Content<'a> {
    pub(super) id: TypeId,
    pub(super) plan: Rc<Plan<'a>>,
}

/// The combination of schema parts that a type is part of.
#[derive(Clone, Copy, Debug)]
struct Combination {
    id: usize,
    /// The number of combinations around the type.
    depth: usize,
}

/// The maximum nesting depth of combinations. References can make them cyclic.
const COMBINATION_DEPTH: usize = 16;

impl<'a> Types<'a> {
    pub(in crate::lower) fn new(schemas: &'a Schemas<'a>, field_names: FieldNames) -> Self {
        Self {
            schemas,
            findings: Diagnostics::new(),
            field_names,
            formats: Formats::default(),
            places: HashMap::new(),
            defs: Vec::new(),
            schema_of: Vec::new(),
            combination_of: Vec::new(),
            plans: HashMap::new(),
            targets: HashMap::new(),
            in_place: HashMap::new(),
            inherited: HashMap::new(),
            combined: HashMap::new(),
            combinations: 0,
            nameless: IndexMap::new(),
            wanted: Vec::new(),
            copies: Vec::new(),
            open_enums: Vec::new(),
            copied: Vec::new(),
            queue: VecDeque::new(),
        }
    }

    /// Returns a named type.
    pub(in crate::lower) fn type_def(&self, id: TypeId) -> &TypeDef {
        &self.defs[id.index()]
    }

    /// Returns the named types that were made so far. A [`TypeId`] is an index.
    pub(in crate::lower) fn defs(&self) -> &[TypeDef] {
        &self.defs
    }

    /// Returns the schema that a named type is made of, if that is one schema.
    pub(in crate::lower) fn schema_of(&self, id: TypeId) -> Option<SchemaId> {
        self.schema_of[id.index()]
    }

    /// Returns the named type of a schema where it is written, or of references to it.
    pub(in crate::lower) fn known_type(&self, id: SchemaId) -> Option<TypeId> {
        let of_references = self.targets.get(&id).and_then(|ty| match ty {
            Type::Named(id) => Some(*id),
            _ => None,
        });
        self.in_place.get(&id).copied().or(of_references)
    }

    /// Returns all types.
    pub(in crate::lower) fn finish(self) -> Finished {
        let Self { schemas, mut defs, formats, places, findings, targets, in_place, open_enums, .. } = self;
        for id in open_enums {
            if let Shape::Enum(it) = &mut defs[id.index()].shape {
                it.is_open = true;
            }
        }
        let mut places: HashMap<Pointer, Type> =
            places.into_iter().map(|(at, written)| (at, written.ty)).collect();
        if schemas.config.round_trip {
            // If a schema has several types, the type of references to it wins, then the type in its component.
            let in_place = in_place.into_iter().map(|(id, ty)| (id, Type::Named(ty)));
            let known = in_place.chain(targets).map(|(id, ty)| (schemas.at(id).clone(), ty));
            places.extend(known);
        }
        Finished { defs, formats, places, findings }
    }

    /// Notes that the document allows any string beside the values of an enum.
    pub(super) fn open_enum(&mut self, ty: &Type) {
        if let Type::Named(id) = ty {
            self.open_enums.push(*id);
        }
    }

    /// Sets the content of a named type.
    pub(super) fn define(&mut self, id: TypeId, shape: Shape) {
        self.defs[id.index()].shape = shape;
    }

    /// Notes that a struct has no properties beyond its fields.
    pub(super) fn close(&mut self, id: TypeId) {
        self.defs[id.index()].is_closed = true;
    }

    /// Reports that a schema has no type here, and returns free-form JSON.
    pub(in crate::lower) fn untyped(&mut self, at: &Pointer, because: &str) -> Type {
        self.findings.insert(Diagnostic {
            code: Code::UntypedSchema,
            pointer: at.clone(),
            position: None,
            message: format!("the schema becomes `serde_json::Value`: {because}"),
            remedy: "simplify the schema to get a Rust type; values are preserved either way".to_owned(),
            reason: Some(because.to_owned()),
        });
        Type::Json
    }

    /// Returns the type of list items or map values. Protobuf never sends null there.
    pub(in crate::lower) fn element(&self, lowered: Lowered) -> Type {
        let Lowered { ty, nullable } = lowered;
        let is_nullable = nullable && !self.schemas.config.protojson && ty != Type::Json;
        if is_nullable { Type::Nullable(Box::new(ty)) } else { ty }
    }

    /// Notes that a scalar needs a type of another crate.
    pub(super) fn note_format(&mut self, ty: &Type) {
        match ty {
            Type::DateTime | Type::Timestamp | Type::Date | Type::Duration => {
                self.formats.time = time_library(self.schemas.config.types.time);
            }
            Type::Uuid => self.formats.uuids = true,
            _ => {}
        }
    }

    /// Notes the type of a schema, or of a reference, at a site. If there are several, a type other than JSON wins, then the
    /// type where the schema is written, then the largest.
    pub(super) fn note_place(&mut self, at: &Pointer, schema: SchemaId, site: &Site, ty: &Type) {
        if !self.schemas.config.round_trip {
            return;
        }
        let written = WrittenType {
            weight: (*ty != Type::Json, self.is_in_place(schema, site), ty.size()),
            ty: ty.clone(),
        };
        if self.places.get(at).is_none_or(|known| known.weight < written.weight) {
            self.places.insert(at.clone(), written);
        }
    }

    /// Returns what a schema is.
    pub(super) fn plan(&mut self, id: SchemaId, is_component: bool) -> Rc<Plan<'a>> {
        if let Some(plan) = self.plans.get(&(id, is_component)) {
            return Rc::clone(plan);
        }
        let plan = Rc::new(plan_schema(self.schemas, id, is_component, &mut self.findings));
        self.plans.insert((id, is_component), Rc::clone(&plan));
        plan
    }

    /// Returns what a schema is that has no id of its own.
    pub(super) fn plan_of(&mut self, child: &ChildSchema<'a>, is_component: bool) -> Option<Rc<Plan<'a>>> {
        match child {
            ChildSchema::Part(part) => {
                Some(Rc::new(plan_part(self.schemas, part, is_component, &mut self.findings)))
            }
            ChildSchema::Merged(merged) => {
                Some(Rc::new(plan_merged(self.schemas, merged, &mut self.findings)))
            }
            ChildSchema::Planned(plan, _) => Some(Rc::clone(plan)),
            _ => None,
        }
    }

    /// Returns the named type of a schema that is written at a site.
    pub(super) fn named_inline(&mut self, id: SchemaId, plan: &Rc<Plan<'a>>, site: &Site) -> TypeId {
        let Some(component) = self.schemas.component(id) else {
            return self.named_in_operation(id, plan, site);
        };
        if let Some(known) = self.enclosing(site, id) {
            return known;
        }
        if self.is_in_place(id, site) {
            return self.named_in_place(id, plan, site);
        }
        // An inherited schema: its type has the content of the original, and a name of its own.
        let key = (site.clone(), id);
        if let Some(known) = self.inherited.get(&key) {
            return *known;
        }
        let copy = self.declare(plan, site, Some(id));
        self.inherited.insert(key, copy);
        match &**plan {
            Plan::Enum(_) => self.fill_later(copy, plan),
            _ => {
                self.wanted.push(component);
                self.copies.push((copy, id));
            }
        }
        copy
    }

    /// Returns the named type of a schema outside of components. References to it have the same type.
    fn named_in_operation(&mut self, id: SchemaId, plan: &Rc<Plan<'a>>, site: &Site) -> TypeId {
        if *site != site_of_target(self.schemas, id) {
            return self.reserve(plan, site, Some(id));
        }
        if let Some(known) = self.in_place.get(&id) {
            return *known;
        }
        let new = self.reserve(plan, site, Some(id));
        self.in_place.insert(id, new);
        new
    }

    /// Returns true if a schema is written at a site, and not only included there by a schema of another component.
    fn is_in_place(&self, id: SchemaId, site: &Site) -> bool {
        let at = self.schemas.at(id);
        let contains = |owner: TypeId| at.is_inside(&self.type_def(owner).docs.pointer);
        // A type can be inside another component than the schema it is made of.
        let is_elsewhere = |owner: TypeId| {
            let outermost = self.outermost(owner);
            matches!(self.type_def(outermost).name, TypeName::Component { .. }) && !contains(outermost)
        };
        match (site.owner(), site.target()) {
            (Some(owner), _) => contains(owner) && !is_elsewhere(owner),
            (None, Some(target)) => self.schemas.component(target) == self.schemas.component(id),
            (None, None) => true,
        }
    }

    /// Returns the outermost type that a type is named after: the type of a component, or one of an operation.
    fn outermost(&self, ty: TypeId) -> TypeId {
        let mut outermost = ty;
        while let TypeName::Inline { owner, .. } = &self.type_def(outermost).name {
            outermost = *owner;
        }
        outermost
    }

    /// Returns the type around a site that is made of the same schema: by `allOf`, a schema can contain itself without
    /// being a component.
    fn enclosing(&self, site: &Site, id: SchemaId) -> Option<TypeId> {
        let mut next = site.owner();
        while let Some(owner) = next {
            if self.schema_of[owner.index()] == Some(id) {
                return Some(owner);
            }
            next = match &self.type_def(owner).name {
                TypeName::Inline { owner, .. } => Some(*owner),
                TypeName::Component { .. } | TypeName::InOperation { .. } => None,
            };
        }
        None
    }

    fn named_in_place(&mut self, id: SchemaId, plan: &Rc<Plan<'a>>, site: &Site) -> TypeId {
        if let Some(nameless) = self.nameless.shift_remove(&id) {
            self.name(nameless, plan, site);
            return nameless;
        }
        if let Some(known) = self.in_place.get(&id) {
            return *known;
        }
        let new = self.reserve(plan, site, Some(id));
        self.in_place.insert(id, new);
        new
    }

    /// Returns the named type of a schema inside a component, which may get its name later.
    pub(super) fn named_inside(&mut self, id: SchemaId, plan: &Rc<Plan<'a>>) -> TypeId {
        if let Some(known) = self.in_place.get(&id) {
            return *known;
        }
        self.wanted.extend(self.schemas.component(id));
        let site = component_site(self.schemas, id);
        let new = self.declare(plan, &site, Some(id));
        // Whether a field is optional depends on the type being an enum, so its values cannot wait for the name.
        if let Plan::Enum(it) = &**plan {
            self.define(new, Shape::Enum(it.values.clone()));
        }
        self.in_place.insert(id, new);
        self.nameless.insert(id, new);
        new
    }

    /// Returns the named type of the target of a reference, and its content later.
    pub(super) fn named_target(&mut self, id: SchemaId, plan: &Rc<Plan<'a>>) -> TypeId {
        let site = site_of_target(self.schemas, id);
        let new = match site {
            Site::InOperation { .. } => self.named_in_operation(id, plan, &site),
            _ => self.reserve(plan, &site, Some(id)),
        };
        self.targets.insert(id, Type::Named(new));
        new
    }

    /// Returns the named type of combined schema parts. The type may contain itself. Returns `None` if the combinations are
    /// nested too deeply.
    pub(super) fn named_combination(
        &mut self,
        of: &BTreeSet<SchemaId>,
        plan: &Rc<Plan<'a>>,
        site: &Site,
    ) -> Option<TypeId> {
        let around = site.owner().and_then(|owner| self.combination_of[owner.index()]);
        let combination = match around {
            Some(outer) => Combination { depth: outer.depth + 1, ..outer },
            None => {
                self.combinations += 1;
                Combination { id: self.combinations, depth: 0 }
            }
        };
        let key = (combination.id, of.clone());
        if let Some(known) = self.combined.get(&key) {
            return Some(*known);
        }
        if combination.depth >= COMBINATION_DEPTH {
            return None;
        }
        let new = self.reserve(plan, site, None);
        self.combination_of[new.index()] = Some(combination);
        self.combined.insert(key, new);
        Some(new)
    }

    /// Makes a named type whose content follows.
    pub(super) fn reserve(&mut self, plan: &Rc<Plan<'a>>, site: &Site, schema: Option<SchemaId>) -> TypeId {
        let id = self.declare(plan, site, schema);
        self.fill_later(id, plan);
        id
    }

    /// Queues the content of a type. The content of an enum needs no other type, so it is set at once.
    fn fill_later(&mut self, id: TypeId, plan: &Rc<Plan<'a>>) {
        match &**plan {
            Plan::Enum(it) => self.define(id, Shape::Enum(it.values.clone())),
            _ => self.queue.push_back(Content { id, plan: Rc::clone(plan) }),
        }
    }

    fn declare(&mut self, plan: &Plan<'a>, site: &Site, schema: Option<SchemaId>) -> TypeId {
        self.add(docs_of(plan), site, schema)
    }

    /// Makes a named type with this documentation.
    pub(super) fn add(&mut self, docs: Docs, site: &Site, schema: Option<SchemaId>) -> TypeId {
        let id = TypeId::new(self.defs.len());
        let def = self.empty_def(docs, site);
        self.defs.push(def);
        self.schema_of.push(schema);
        // A type that no schema describes alone, such as an alternative with the properties beside the union, belongs to
        // the combination around it.
        let around = site.owner().filter(|_| schema.is_none());
        self.combination_of.push(around.and_then(|owner| self.combination_of[owner.index()]));
        id
    }

    /// Gives a name to a type that had none.
    fn name(&mut self, id: TypeId, plan: &Rc<Plan<'a>>, site: &Site) {
        self.defs[id.index()] = self.empty_def(docs_of(plan), site);
        self.fill_later(id, plan);
    }

    /// Returns a named type without content.
    fn empty_def(&self, mut docs: Docs, site: &Site) -> TypeDef {
        docs.text = without_boilerplate(docs.text, site.name());
        TypeDef { name: self.name_at(site), docs, shape: Shape::Struct(Struct::default()), is_closed: false }
    }

    fn name_at(&self, site: &Site) -> TypeName {
        match site {
            Site::Component { key, .. } => TypeName::Component { key: key.clone() },
            Site::Inside { owner, place, role } => {
                TypeName::Inline { owner: *owner, place: place.clone(), role: *role }
            }
            Site::InOperation { operation, place, role } => {
                TypeName::InOperation { operation: operation.clone(), place: place.clone(), role: *role }
            }
        }
    }

    /// Returns the next type without content, from the queue.
    pub(super) fn next_content(&mut self) -> Option<Content<'a>> {
        self.queue.pop_front()
    }

    /// Returns the next component that has to be lowered because of something inside it.
    pub(super) fn next_wanted(&mut self) -> Option<SchemaId> {
        self.wanted.pop()
    }

    /// Finds the type whose content each inherited schema has. If there is none, the first of them gets content.
    /// Returns false if there was nothing to do.
    pub(super) fn settle_copies(&mut self) -> bool {
        let mut copies = std::mem::take(&mut self.copies);
        let is_done = copies.is_empty();
        // The order in which the copies were made has no effect: a copy in the component of the schema comes first, then the
        // first one by location and name.
        copies.sort_by_cached_key(|(copy, id)| {
            let is_elsewhere =
                !self.schemas.at(*id).is_inside(&self.type_def(self.outermost(*copy)).docs.pointer);
            let around = match &self.type_def(*copy).name {
                TypeName::Inline { owner, .. } => self.type_def(*owner).docs.pointer.clone(),
                TypeName::Component { .. } | TypeName::InOperation { .. } => Pointer::root(),
            };
            let path = name_path(&self.defs, *copy);
            (is_elsewhere, around, path.into_iter().map(str::to_owned).collect::<Vec<_>>())
        });
        for (copy, id) in copies {
            match self.in_place.get(&id) {
                Some(original) => self.copied.push((copy, *original)),
                None => {
                    self.in_place.insert(id, copy);
                    let plan = self.plan(id, false);
                    self.fill_later(copy, &plan);
                }
            }
        }
        !is_done
    }

    /// Gives content to a type that has no name from where it is written. Returns false if there is none.
    pub(super) fn settle_nameless(&mut self) -> bool {
        let Some((id, nameless)) = self.nameless.shift_remove_index(0) else { return false };
        let plan = self.plan(id, false);
        self.fill_later(nameless, &plan);
        true
    }

    /// Completes the types that have the content of another one.
    pub(super) fn copy_content(&mut self) {
        for (copy, original) in std::mem::take(&mut self.copied) {
            self.defs[copy.index()].shape = self.defs[original.index()].shape.clone();
            self.defs[copy.index()].is_closed = self.defs[original.index()].is_closed;
            self.field_names.copy(copy, original);
        }
    }
}

/// Returns the documentation of a named type.
fn docs_of(plan: &Plan<'_>) -> Docs {
    match plan {
        Plan::Enum(it) => it.docs.clone(),
        Plan::Mixed(it) => it.docs.clone(),
        Plan::Struct(it) => it.docs.clone(),
        Plan::KeyedUnion(it) => it.docs.clone(),
        Plan::Union(it) => it.docs.clone(),
        _ => Docs::default(),
    }
}

/// Returns the crate for dates and times, or `None` if they stay strings.
fn time_library(setting: config::TimeLibrary) -> Option<TimeLibrary> {
    match setting {
        config::TimeLibrary::Chrono => Some(TimeLibrary::Chrono),
        config::TimeLibrary::Jiff => Some(TimeLibrary::Jiff),
        config::TimeLibrary::Time => Some(TimeLibrary::Time),
        config::TimeLibrary::String => None,
    }
}
