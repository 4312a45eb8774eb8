//! Schemas to types.

use openapiv3::{AdditionalProperties, ReferenceOr, Schema};

use super::Lower;
use super::keywords::Keywords;
use crate::diagnostics::{Code, Pointer};
use crate::ir::{Docs, Integer, Type, TypeId, TypeName};

/// Where a schema stands, for the name of the type that it may become.
#[derive(Clone, Debug)]
pub(super) enum Site {
    /// It is a component.
    Component { key: String },
    /// It is part of a named type.
    Inside { owner: TypeId, place: String },
    /// It is part of an operation.
    OfOperation { operation: String, place: String },
}

impl Site {
    /// The place of the elements of this schema.
    fn element(&self, suffix: &str) -> Self {
        let mut site = self.clone();
        match &mut site {
            Self::Component { key } => key.push_str(&format!(" {suffix}")),
            Self::Inside { place, .. } | Self::OfOperation { place, .. } => {
                // A list of what the place is called after: `steps` holds steps, and not `steps item`s.
                if suffix != "item" {
                    place.push_str(&format!(" {suffix}"));
                }
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
        let keywords = Keywords::of(schema);
        let nullable = keywords.data.nullable;
        if let Some(only) = keywords.wraps_one() {
            let mut lowered = self.lower_schema_or_reference(only, &at.child("allOf").index(0), site);
            lowered.nullable |= nullable;
            return lowered;
        }
        Lowered { ty: self.lower_type(&keywords, at, site), nullable }
    }

    fn lower_type(&mut self, keywords: &Keywords<'a>, at: &Pointer, site: Site) -> Type {
        if let Some(ty) = self.lower_string_enum(keywords, at, &site) {
            return ty;
        }
        if !keywords.values.is_empty() {
            self.diagnostics.report(
                Code::UnsupportedKeyword,
                &at.child("enum"),
                "The values are not all strings, so any value of the type is allowed.",
                "List strings only to get an enum.",
            );
        }
        if !keywords.all_of.is_empty() {
            return self.lower_all_of(keywords, at, site);
        }
        if keywords.is_object() {
            return self.lower_object(keywords, at, site);
        }
        if !keywords.one_of.is_empty() || !keywords.any_of.is_empty() {
            return self.lower_alternatives(keywords, at, site);
        }
        match keywords.ty {
            Some("string") => self.lower_string(keywords),
            Some("integer") => self.integer(keywords, false),
            Some("number") => Type::Float { lenient: self.config.protojson },
            Some("boolean") => Type::Bool,
            Some("array") => self.lower_array(keywords, at, site),
            _ if keywords.items.is_some() => self.lower_array(keywords, at, site),
            _ => Type::Json,
        }
    }

    fn lower_string(&self, keywords: &Keywords<'a>) -> Type {
        match keywords.format.as_deref() {
            Some("date-time") => Type::DateTime,
            Some("byte" | "base64") => Type::Bytes,
            Some("duration") if self.config.protojson => Type::Duration,
            Some("int64" | "uint64" | "int32" | "uint32" | "sint64" | "fixed64") => {
                self.integer(keywords, true)
            }
            _ => Type::String,
        }
    }

    fn integer(&self, keywords: &Keywords<'a>, quoted: bool) -> Type {
        let width = match keywords.format.as_deref() {
            Some("int32") => Integer::I32,
            Some("uint32") => Integer::U32,
            Some("uint64") => Integer::U64,
            _ => Integer::I64,
        };
        // Protobuf's JSON is free to send the one where the document says the other.
        let wide = matches!(width, Integer::I64 | Integer::U64);
        Type::Integer {
            width,
            quoted: quoted || (wide && self.config.protojson && keywords.format.is_some()),
        }
    }

    fn lower_array(&mut self, keywords: &Keywords<'a>, at: &Pointer, site: Site) -> Type {
        let Some(items) = keywords.items else {
            return Type::List(Box::new(Type::Json));
        };
        let element = self.lower_boxed(items, &at.child("items"), site.element("item"));
        // A list of values that may be null has no type of its own: protobuf never sends one.
        if element.nullable && !self.config.protojson && element.ty != Type::Json {
            let ty = self.untyped(&at.child("items"), "the elements of the list may be null");
            return Type::List(Box::new(ty));
        }
        Type::List(Box::new(element.ty))
    }

    fn lower_object(&mut self, keywords: &Keywords<'a>, at: &Pointer, site: Site) -> Type {
        if is_any(keywords) {
            return Type::Any;
        }
        let is_component = matches!(site, Site::Component { .. });
        let has_members = !keywords.properties.is_empty() || !keywords.one_of.is_empty();
        match keywords.additional {
            Some(AdditionalProperties::Schema(values)) if !has_members => {
                let values = self.lower_schema_or_reference(
                    values,
                    &at.child("additionalProperties"),
                    site.element("value"),
                );
                match values {
                    Lowered { ty: Type::Json, .. } => Type::Object,
                    Lowered { nullable: true, .. } if !self.config.protojson => {
                        let ty = self.untyped(at, "the values of the map may be null");
                        Type::Map(Box::new(ty))
                    }
                    Lowered { ty, .. } => Type::Map(Box::new(ty)),
                }
            }
            Some(AdditionalProperties::Any(true)) if !has_members => Type::Object,
            Some(AdditionalProperties::Schema(_)) => {
                self.diagnostics.report(
                    Code::UnsupportedKeyword,
                    &at.child("additionalProperties"),
                    "Members beside `properties` are kept among the unknown fields, without a type.",
                    "Nothing is lost on the wire; to get a typed map, put it into a property of its own.",
                );
                self.lower_struct(keywords, at, site)
            }
            // A component is a message even without a field; an inline object without any is free-form.
            _ if has_members || is_component => self.lower_struct(keywords, at, site),
            _ => Type::Object,
        }
    }

    /// Inheritance and mixins: the members of every part in one struct.
    fn lower_all_of(&mut self, keywords: &Keywords<'a>, at: &Pointer, site: Site) -> Type {
        match self.merge(keywords, at) {
            Some(merged) => self.lower_merged(keywords, &merged, at, site),
            None => self.untyped(at, "`allOf` combines something else than objects"),
        }
    }

    /// What the document says about the schema at `at`.
    pub(super) fn docs(&self, keywords: &Keywords<'a>, at: &Pointer) -> Docs {
        let text = keywords.data.description.as_deref().map(str::trim).filter(|text| !text.is_empty());
        Docs { text: text.map(str::to_owned), deprecated: keywords.data.deprecated, pointer: at.clone() }
    }

    /// Makes room for the type that the schema at `site` becomes.
    pub(super) fn reserve_at(&mut self, site: &Site, docs: Docs) -> TypeId {
        let name = match site {
            Site::Component { key } => {
                let pinned = self.config.names.types.get(key).cloned();
                TypeName::Component { key: key.clone(), pinned }
            }
            Site::Inside { owner, place } => TypeName::Inline { owner: *owner, place: place.clone() },
            Site::OfOperation { operation, place } => {
                TypeName::OfOperation { operation: operation.clone(), place: place.clone() }
            }
        };
        let id = self.reserve(name, docs);
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
