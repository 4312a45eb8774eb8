//! Schemas.

use openapiv3::{AdditionalProperties, ReferenceOr, Schema};

use super::Lower;
use super::all_of::SchemaPart;
use super::boilerplate::without_boilerplate;
use super::component::is_in_component;
use super::deprecation::advice;
use super::keywords::Keywords;
use crate::diagnostics::{Code, Pointer};
use crate::document::tuple_elements;
use crate::ir::{Docs, Role, Type, TypeId, TypeName};

/// The site of a schema, which names the type that it may become.
#[derive(Clone, Debug)]
pub(super) enum Site {
    /// A component.
    Component { key: String },
    /// Part of a named type.
    Inside { owner: TypeId, place: String, role: Role },
    /// Part of an operation.
    InOperation { operation: String, place: String, role: Role },
}

impl Site {
    /// Returns a site in a named type.
    pub(super) fn inside(owner: TypeId, place: impl Into<String>) -> Self {
        Self::Inside { owner, place: place.into(), role: Role::Itself }
    }

    /// Returns a site in an operation.
    pub(super) fn of_operation(operation: impl Into<String>, place: impl Into<String>) -> Self {
        Self::InOperation { operation: operation.into(), place: place.into(), role: Role::Itself }
    }

    /// Returns the named type that the site is part of.
    fn owner(&self) -> Option<TypeId> {
        match self {
            Self::Inside { owner, .. } => Some(*owner),
            Self::Component { .. } | Self::InOperation { .. } => None,
        }
    }

    /// Returns the name at this site, without packages.
    fn name(&self) -> &str {
        match self {
            Self::Component { key } => key.rsplit('.').next().unwrap_or(key),
            Self::Inside { place, .. } | Self::InOperation { place, .. } => place,
        }
    }

    /// Returns the site of list items: the items of `steps` are named in the singular, without a suffix
    /// `item`.
    pub(super) fn element(&self) -> Self {
        self.held(Role::ListItem, " item")
    }

    /// Returns the site of map values: the values of `prices` are named in the singular, without a suffix
    /// `value`.
    pub(super) fn value(&self) -> Self {
        self.held(Role::Value, " value")
    }

    fn held(&self, held: Role, of_component: &str) -> Self {
        let mut site = self.clone();
        match &mut site {
            Self::Component { key } => key.push_str(of_component),
            Self::Inside { role, .. } | Self::InOperation { role, .. } => *role = held,
        }
        site
    }

    /// Returns the site of a part of this schema.
    fn part(&self, name: &str) -> Self {
        let mut site = self.clone();
        match &mut site {
            Self::Component { key } => key.push_str(&format!(" {name}")),
            Self::Inside { place, role, .. } | Self::InOperation { place, role, .. } => {
                place.push_str(&format!(" {name}"));
                *role = Role::Itself;
            }
        }
        site
    }
}

/// A lowered schema.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Lowered {
    pub(super) ty: Type,
    /// True if the schema allows null.
    pub(super) nullable: bool,
}

impl From<Type> for Lowered {
    fn from(ty: Type) -> Self {
        Self { ty, nullable: false }
    }
}

impl<'a> Lower<'a, '_> {
    /// Lowers a schema or a reference.
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
        self.record_type(at, lowered)
    }

    /// Like [`lower_schema_or_reference`](Self::lower_schema_or_reference), for the boxed schemas of
    /// `openapiv3`.
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
        self.record_type(at, lowered)
    }

    /// Lowers the schema at `at`.
    pub(super) fn lower_schema(&mut self, schema: &'a Schema, at: &Pointer, site: Site) -> Lowered {
        // A named type that is being lowered is referred to. By `allOf` a schema can contain itself without
        // being a component.
        let nullable = self.allows_null(schema, at);
        if let Some(id) = self.open_types.get(at) {
            return Lowered { ty: Type::Named(*id), nullable };
        }
        let in_place = self.is_in_place(&site, at);
        // A reference may have lowered it before.
        if let Some(lowered) = self.inline.get(at).filter(|_| in_place) {
            return lowered.clone();
        }
        let in_progress = (at.clone(), site.owner());
        // A list of itself has no named type that breaks the recursion. A component of that kind may be
        // entered twice.
        if self.in_progress.iter().filter(|other| **other == in_progress).count() > 1 {
            return self.untyped(at, "the schema contains only itself").into();
        }
        self.in_progress.push(in_progress);
        let ty = self.lower_uncached(schema, at, site);
        self.in_progress.pop();
        self.open_types.remove(at);
        let lowered = Lowered { ty, nullable };
        if in_place {
            self.inline.insert(at.clone(), lowered.clone());
        }
        lowered
    }

    fn lower_uncached(&mut self, schema: &'a Schema, at: &Pointer, site: Site) -> Type {
        let keywords = Keywords::of(schema);
        if let Some(ty) = self.lower_discriminator_base(schema, at, &site) {
            ty
        } else if keywords.all_of.is_empty() {
            self.lower_keywords(&keywords, at, site)
        } else {
            self.lower_all_of(schema, at, site)
        }
    }

    /// Returns true if a schema is lowered as part of the type that contains it in the document, not of a
    /// type that inherits it.
    fn is_in_place(&self, site: &Site, at: &Pointer) -> bool {
        match site {
            Site::Inside { owner, .. } => {
                is_in_component(at) && at.is_inside(&self.api.type_def(*owner).docs.pointer)
            }
            Site::Component { .. } | Site::InOperation { .. } => false,
        }
    }

    /// Lowers a schema by its own keywords, without `allOf`.
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

    /// Lowers a schema with `oneOf` or `anyOf`, alone or beside properties.
    fn lower_union(&mut self, keywords: &Keywords<'a>, at: &Pointer, site: Site) -> Type {
        if let Some((first, second)) = keywords.split_unions() {
            let parts = [first, second].map(|keywords| SchemaPart { keywords, at: at.clone() });
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
        let union = SchemaPart { keywords: keywords.clone(), at: at.clone() };
        self.lower_distributed(keywords, Vec::new(), &union, at, site)
    }

    /// Lowers a union with alternatives that are not objects, narrowed by a second union.
    fn lower_narrowed_union(&mut self, union: &SchemaPart<'a>, at: &Pointer, site: Site) -> Type {
        self.diagnostics.report(
            Code::UnsupportedKeyword,
            &at.child("anyOf"),
            "`anyOf` is ignored beside `oneOf`, which decides the type",
            "write out the combinations as one `oneOf` to get a narrower type",
        );
        self.lower_union(&union.keywords, at, site)
    }

    fn lower_array(&mut self, keywords: &Keywords<'a>, at: &Pointer, site: Site) -> Type {
        let Some(items) = keywords.items else {
            return Type::List(Box::new(Type::Json));
        };
        if let Some(places) = tuple_elements(items) {
            return self.lower_tuple(places, &at.child("items").child("oneOf"), &site);
        }
        let element = self.lower_boxed(items, &at.child("items"), site.element());
        Type::List(Box::new(self.element(element)))
    }

    /// Lowers a list with a schema for each position.
    fn lower_tuple(&mut self, places: &'a [ReferenceOr<Schema>], at: &Pointer, site: &Site) -> Type {
        let places = places.iter().enumerate().map(|(index, place)| {
            let site = site.part(&(index + 1).to_string());
            let lowered = self.lower_schema_or_reference(place, &at.index(index), site);
            self.element(lowered)
        });
        Type::Tuple(places.collect())
    }

    fn lower_object(&mut self, keywords: &Keywords<'a>, at: &Pointer, site: Site) -> Type {
        if is_protobuf_any(keywords) {
            return Type::Any;
        }
        let is_component = matches!(site, Site::Component { .. });
        let has_members = !keywords.properties.is_empty() || !keywords.one_of.is_empty();
        match keywords.additional_properties {
            Some(AdditionalProperties::Schema(values)) if !has_members => {
                let values =
                    self.lower_schema_or_reference(values, &at.child("additionalProperties"), site.value());
                match self.element(values) {
                    Type::Json => Type::Object,
                    ty => Type::Map(Box::new(ty)),
                }
            }
            Some(AdditionalProperties::Any(true)) if !has_members => Type::Object,
            // A component without properties is a struct; an inline object without properties is free-form.
            _ if has_members || is_component => self.lower_struct(keywords, at, site),
            _ => Type::Object,
        }
    }

    /// Returns the type of list items or map values. Protobuf never sends null there.
    pub(super) fn element(&self, lowered: Lowered) -> Type {
        let Lowered { ty, nullable } = lowered;
        if nullable && !self.config.protojson && ty != Type::Json { Type::Nullable(Box::new(ty)) } else { ty }
    }

    /// Returns the documentation of the schema at `at`.
    pub(super) fn docs(&self, keywords: &Keywords<'a>, at: &Pointer) -> Docs {
        let text = keywords.data.description.as_deref().map(str::trim).filter(|text| !text.is_empty());
        let advice = keywords.data.deprecated.then(|| advice(&keywords.data.extensions, text)).flatten();
        Docs {
            text: text.map(str::to_owned),
            deprecated: keywords.data.deprecated,
            advice,
            constraints: self.constraints(keywords),
            example: keywords.data.example.clone(),
            pointer: at.clone(),
        }
    }

    /// Reserves the named type for the schema at `site`.
    pub(super) fn reserve_at(&mut self, site: &Site, mut docs: Docs) -> TypeId {
        docs.text = without_boilerplate(docs.text, site.name());
        let name = match site {
            Site::Component { key } => {
                let pinned = self.config.names.types.get(key).cloned();
                TypeName::Component { key: key.clone(), pinned }
            }
            Site::Inside { owner, place, role } => {
                TypeName::Inline { owner: *owner, place: place.clone(), role: *role }
            }
            Site::InOperation { operation, place, role } => {
                TypeName::InOperation { operation: operation.clone(), place: place.clone(), role: *role }
            }
        };
        let at = docs.pointer.clone();
        let id = self.reserve(name, docs);
        self.open_types.insert(at, id);
        if let Site::Component { key } = site {
            self.publish_component(key, id);
        }
        id
    }

    /// Lowers a reference. Loading has reported most references that do not resolve.
    pub(super) fn lower_reference(&mut self, reference: &str, at: &Pointer) -> Lowered {
        match self.document.target(reference) {
            Some(target) => self.lower_target(&target),
            None => {
                self.diagnostics.report(
                    Code::DanglingReference,
                    &at.child("$ref"),
                    format!("`{reference}` does not exist"),
                    "add it, or correct the reference",
                );
                Type::Json.into()
            }
        }
    }
}

/// Returns true if an object is protobuf's `Any`: `@type`, and any other properties.
fn is_protobuf_any(keywords: &Keywords<'_>) -> bool {
    keywords.properties.len() == 1
        && keywords.properties.contains_key("@type")
        && matches!(keywords.additional_properties, Some(AdditionalProperties::Any(true)))
}
