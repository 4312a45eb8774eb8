//! Schemas to types.

use openapiv3::{AdditionalProperties, ReferenceOr, Schema};

use super::Lower;
use super::comments::beyond_name;
use super::component::is_in_component;
use super::compose::Part;
use super::deprecation::advice;
use super::keywords::Keywords;
use crate::diagnostics::{Code, Pointer};
use crate::document::tuple_places;
use crate::ir::{Docs, Role, Type, TypeId, TypeName};

/// Where a schema stands, for the name of the type that it may become.
#[derive(Clone, Debug)]
pub(super) enum Site {
    /// It is a component.
    Component { key: String },
    /// It is part of a named type.
    Inside { owner: TypeId, place: String, role: Role },
    /// It is part of an operation.
    OfOperation { operation: String, place: String, role: Role },
}

impl Site {
    /// A place in a named type.
    pub(super) fn inside(owner: TypeId, place: impl Into<String>) -> Self {
        Self::Inside { owner, place: place.into(), role: Role::Itself }
    }

    /// A place in an operation.
    pub(super) fn of_operation(operation: impl Into<String>, place: impl Into<String>) -> Self {
        Self::OfOperation { operation: operation.into(), place: place.into(), role: Role::Itself }
    }

    /// The named type that this is part of.
    fn owner(&self) -> Option<TypeId> {
        match self {
            Self::Inside { owner, .. } => Some(*owner),
            Self::Component { .. } | Self::OfOperation { .. } => None,
        }
    }

    /// The name of what stands here, without the packages that it is in.
    fn name(&self) -> &str {
        match self {
            Self::Component { key } => key.rsplit('.').next().unwrap_or(key),
            Self::Inside { place, .. } | Self::OfOperation { place, .. } => place,
        }
    }

    /// The place of what a list at this place holds: `steps` holds steps, and not `steps item`s.
    pub(super) fn element(&self) -> Self {
        self.held(Role::Element, " item")
    }

    /// The place of what a map at this place holds: `prices` leads to prices, and not to `prices value`s.
    pub(super) fn value(&self) -> Self {
        self.held(Role::Value, " value")
    }

    fn held(&self, held: Role, of_component: &str) -> Self {
        let mut site = self.clone();
        match &mut site {
            Self::Component { key } => key.push_str(of_component),
            Self::Inside { role, .. } | Self::OfOperation { role, .. } => *role = held,
        }
        site
    }

    /// The place of a part of this schema.
    fn part(&self, name: &str) -> Self {
        let mut site = self.clone();
        match &mut site {
            Self::Component { key } => key.push_str(&format!(" {name}")),
            Self::Inside { place, role, .. } | Self::OfOperation { place, role, .. } => {
                place.push_str(&format!(" {name}"));
                *role = Role::Itself;
            }
        }
        site
    }
}

/// What a schema came to.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Lowered {
    pub(super) ty: Type,
    /// Whether null is allowed as well.
    pub(super) nullable: bool,
}

impl From<Type> for Lowered {
    fn from(ty: Type) -> Self {
        Self { ty, nullable: false }
    }
}

impl<'a> Lower<'a, '_> {
    /// Lowers a schema or a reference to one.
    pub(super) fn lower_schema_or_reference(
        &mut self,
        schema: &'a ReferenceOr<Schema>,
        at: &Pointer,
        site: Site,
    ) -> Lowered {
        let lowered = match schema {
            ReferenceOr::Reference { reference } => self.lower_reference(reference, at),
            ReferenceOr::Item(schema) => self.lower_schema(schema, at, site),
        };
        self.noted(at, lowered)
    }

    /// [`lower_schema_or_reference`](Self::lower_schema_or_reference) for the places where `openapiv3` boxes.
    pub(super) fn lower_boxed(
        &mut self,
        schema: &'a ReferenceOr<Box<Schema>>,
        at: &Pointer,
        site: Site,
    ) -> Lowered {
        let lowered = match schema {
            ReferenceOr::Reference { reference } => self.lower_reference(reference, at),
            ReferenceOr::Item(schema) => self.lower_schema(schema, at, site),
        };
        self.noted(at, lowered)
    }

    /// Lowers a schema that stands at `at`.
    pub(super) fn lower_schema(&mut self, schema: &'a Schema, at: &Pointer, site: Site) -> Lowered {
        // What is being lowered already is referred to, and not begun again: by way of `allOf` a schema may come to stand
        // in itself without being a component.
        let nullable = self.allows_null(schema, at);
        if let Some(id) = self.open.get(at) {
            return Lowered { ty: Type::Named(*id), nullable };
        }
        let stands_here = self.stands_at(&site, at);
        // A reference may have led here before.
        if let Some(lowered) = self.inline.get(at).filter(|_| stands_here) {
            return lowered.clone();
        }
        let under_way = (at.clone(), site.owner());
        // A list of itself has no name to be referred to by. A component of that kind may be begun twice.
        if self.under_way.iter().filter(|other| **other == under_way).count() > 1 {
            return self.untyped(at, "it holds itself and nothing else").into();
        }
        self.under_way.push(under_way);
        let ty = self.lower_begun(schema, at, site);
        self.under_way.pop();
        self.open.remove(at);
        let lowered = Lowered { ty, nullable };
        if stands_here {
            self.inline.insert(at.clone(), lowered.clone());
        }
        lowered
    }

    fn lower_begun(&mut self, schema: &'a Schema, at: &Pointer, site: Site) -> Type {
        let keywords = Keywords::of(schema);
        if let Some(ty) = self.lower_family(schema, at, &site) {
            ty
        } else if keywords.all_of.is_empty() {
            self.lower_keywords(&keywords, at, site)
        } else {
            self.lower_all_of(schema, at, site)
        }
    }

    /// Whether a schema is lowered as part of the type that it is written in, and not of one that inherits it.
    fn stands_at(&self, site: &Site, at: &Pointer) -> bool {
        match site {
            Site::Inside { owner, .. } => {
                is_in_component(at) && at.is_inside(&self.api.type_def(*owner).docs.pointer)
            }
            Site::Component { .. } | Site::OfOperation { .. } => false,
        }
    }

    /// Lowers a schema by what it says itself, without what it combines.
    pub(super) fn lower_keywords(&mut self, keywords: &Keywords<'a>, at: &Pointer, site: Site) -> Type {
        if let Some(ty) = self.lower_enum(keywords, at, &site) {
            return ty;
        }
        if !keywords.alternatives().is_empty() {
            return self.lower_union(keywords, at, site);
        }
        if keywords.is_object() {
            return self.lower_object(keywords, at, site);
        }
        match keywords.ty {
            Some("string") => self.lower_string(keywords),
            Some("integer") => self.lower_integer(keywords),
            Some("number") => self.lower_number(keywords),
            Some("boolean") => Type::Bool,
            Some("array") => self.lower_array(keywords, at, site),
            _ if keywords.items.is_some() => self.lower_array(keywords, at, site),
            _ => Type::Json,
        }
    }

    /// A schema with `oneOf` or `anyOf`, alone or beside members.
    fn lower_union(&mut self, keywords: &Keywords<'a>, at: &Pointer, site: Site) -> Type {
        if let Some((first, second)) = keywords.without_second_union() {
            let parts = [first, second].map(|keywords| Part { keywords, at: at.clone() });
            return match parts.iter().all(|union| self.is_of_objects(union)) {
                true => self.lower_unions(keywords, parts.into(), at, site),
                false => self.lower_narrowed_union(&parts[0], at, site),
            };
        }
        if keywords.properties.is_empty() && keywords.required.is_empty() {
            return self.lower_alternatives(keywords, at, site);
        }
        if self.group_by_key(keywords.one_of, &at.child("oneOf")).is_some() {
            return self.lower_object(keywords, at, site);
        }
        let union = Part { keywords: keywords.clone(), at: at.clone() };
        self.lower_distributed(keywords, Vec::new(), &union, at, site)
    }

    /// A union whose alternatives are no objects, and that another one narrows.
    fn lower_narrowed_union(&mut self, union: &Part<'a>, at: &Pointer, site: Site) -> Type {
        self.diagnostics.report(
            Code::UnsupportedKeyword,
            &at.child("anyOf"),
            "This is not checked beside `oneOf`, which says which types there are.",
            "Nothing is lost on the wire; to get a narrower type, write the combinations out.",
        );
        self.lower_union(&union.keywords, at, site)
    }

    fn lower_array(&mut self, keywords: &Keywords<'a>, at: &Pointer, site: Site) -> Type {
        let Some(items) = keywords.items else {
            return Type::List(Box::new(Type::Json));
        };
        if let Some(places) = tuple_places(items) {
            return self.lower_tuple(places, &at.child("items").child("oneOf"), &site);
        }
        let element = self.lower_boxed(items, &at.child("items"), site.element());
        Type::List(Box::new(self.element(element)))
    }

    /// A list that has a schema for each place.
    fn lower_tuple(&mut self, places: &'a [ReferenceOr<Schema>], at: &Pointer, site: &Site) -> Type {
        let places = places.iter().enumerate().map(|(index, place)| {
            let site = site.part(&(index + 1).to_string());
            let lowered = self.lower_schema_or_reference(place, &at.index(index), site);
            self.element(lowered)
        });
        Type::Tuple(places.collect())
    }

    fn lower_object(&mut self, keywords: &Keywords<'a>, at: &Pointer, site: Site) -> Type {
        if is_any(keywords) {
            return Type::Any;
        }
        let is_component = matches!(site, Site::Component { .. });
        let has_members = !keywords.properties.is_empty() || !keywords.one_of.is_empty();
        match keywords.additional {
            Some(AdditionalProperties::Schema(values)) if !has_members => {
                let values =
                    self.lower_schema_or_reference(values, &at.child("additionalProperties"), site.value());
                match self.element(values) {
                    Type::Json => Type::Object,
                    ty => Type::Map(Box::new(ty)),
                }
            }
            Some(AdditionalProperties::Any(true)) if !has_members => Type::Object,
            // A component is a message even without a field; an inline object without any is free-form.
            _ if has_members || is_component => self.lower_struct(keywords, at, site),
            _ => Type::Object,
        }
    }

    /// What a list or a map holds. Protobuf never sends null there.
    pub(super) fn element(&self, lowered: Lowered) -> Type {
        let Lowered { ty, nullable } = lowered;
        if nullable && !self.config.protojson && ty != Type::Json { Type::Nullable(Box::new(ty)) } else { ty }
    }

    /// What the document says about the schema at `at`.
    pub(super) fn docs(&self, keywords: &Keywords<'a>, at: &Pointer) -> Docs {
        let text = keywords.data.description.as_deref().map(str::trim).filter(|text| !text.is_empty());
        let advice = keywords.data.deprecated.then(|| advice(&keywords.data.extensions, text)).flatten();
        Docs {
            text: text.map(str::to_owned),
            deprecated: keywords.data.deprecated,
            advice,
            expectations: self.expectations(keywords),
            example: keywords.data.example.clone(),
            pointer: at.clone(),
        }
    }

    /// Makes room for the type that the schema at `site` becomes.
    pub(super) fn reserve_at(&mut self, site: &Site, mut docs: Docs) -> TypeId {
        docs.text = beyond_name(docs.text, site.name());
        let name = match site {
            Site::Component { key } => {
                let pinned = self.config.names.types.get(key).cloned();
                TypeName::Component { key: key.clone(), pinned }
            }
            Site::Inside { owner, place, role } => {
                TypeName::Inline { owner: *owner, place: place.clone(), role: *role }
            }
            Site::OfOperation { operation, place, role } => {
                TypeName::OfOperation { operation: operation.clone(), place: place.clone(), role: *role }
            }
        };
        let at = docs.pointer.clone();
        let id = self.reserve(name, docs);
        self.open.insert(at, id);
        if let Site::Component { key } = site {
            self.announce(key, id);
        }
        id
    }

    /// A reference that the document cannot follow has been reported where the document was read.
    pub(super) fn lower_reference(&mut self, reference: &str, at: &Pointer) -> Lowered {
        match self.document.target(reference) {
            Some(target) => self.lower_target(&target),
            None => {
                self.diagnostics.report(
                    Code::DanglingReference,
                    &at.child("$ref"),
                    format!("`{reference}` names nothing in this document."),
                    "Add what it names, or correct the reference.",
                );
                Type::Json.into()
            }
        }
    }
}

/// Whether an object is protobuf's `Any`: `@type` beside members of every name.
fn is_any(keywords: &Keywords<'_>) -> bool {
    keywords.properties.len() == 1
        && keywords.properties.contains_key("@type")
        && matches!(keywords.additional, Some(AdditionalProperties::Any(true)))
}
