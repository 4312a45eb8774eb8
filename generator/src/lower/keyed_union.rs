//! Keyed unions: objects with several properties of which one is set.
//!
//! Documents write them in two ways: as `oneOf` with objects that require one property each, or as a protobuf
//! oneof in the description (see `protobuf_oneof`).

use indexmap::IndexMap;
use openapiv3::{ReferenceOr, Schema};
use serde_json::Value;

use super::Lower;
use super::all_of::SchemaPart;
use super::boilerplate::without_boilerplate;
use super::fields::{Contribution, MergedObject, Property, PropertySchema};
use super::keywords::Keywords;
use super::schema::Site;
use crate::diagnostics::{Code, Pointer};
use crate::ir::{Access, Docs, Field, FieldKind, KeyedUnion, Shape, Type, TypeId, Variant};

/// Properties of an object of which only one can be set.
#[derive(Clone)]
pub(super) struct KeyedGroup<'a> {
    /// The name of the union.
    pub(super) name: String,
    /// The properties, in document order.
    pub(super) properties: IndexMap<String, Property<'a>>,
    /// The descriptions of the alternatives, by property.
    pub(super) docs: IndexMap<String, String>,
    /// The location of the union.
    pub(super) at: Pointer,
}

impl KeyedGroup<'_> {
    /// Returns true if every property of an object belongs to the union.
    pub(super) fn covers_object(&self, object: &MergedObject<'_>) -> bool {
        object.properties.keys().all(|name| self.properties.contains_key(name))
    }
}

impl<'a> Lower<'a, '_> {
    /// Returns the keyed unions among the parts of an object.
    ///
    /// An alternative that only excludes properties allows objects with no property of the union. The
    /// properties of other unions are added as optional properties.
    pub(super) fn keyed_groups(&mut self, object: &mut MergedObject<'a>, site: &Site) -> Vec<KeyedGroup<'a>> {
        let mut pinned = match site {
            Site::Component { key } => self.config.names.union_fields.get(key).cloned(),
            _ => None,
        };
        let mut groups: Vec<KeyedGroup<'a>> = Vec::new();
        for union in std::mem::take(&mut object.unions) {
            let at = union.at.child("oneOf");
            let group = self.group_by_key(union.keywords.one_of, &at).filter(|group| {
                let known = groups.iter().flat_map(|known| known.properties.keys());
                !known.into_iter().any(|name| group.properties.contains_key(name))
            });
            let Some(mut group) = group else {
                self.add_union_properties(&union, &groups, object);
                continue;
            };
            group.name = pinned.take().unwrap_or_else(|| common_words(group.properties.keys()));
            let both = object.properties.iter().find(|(name, _)| group.properties.contains_key(*name));
            if let Some((name, property)) = both {
                self.diagnostics.report(
                    Code::UnsupportedKeyword,
                    &property.last.at,
                    format!("`{name}` is ignored here: the alternative of `oneOf` with this property decides its type"),
                    "remove the property, or the alternative",
                );
            }
            groups.push(group);
        }
        groups
    }

    /// Adds the properties of all alternatives of a union to an object, as optional properties.
    fn add_union_properties(
        &mut self,
        union: &SchemaPart<'a>,
        groups: &[KeyedGroup<'a>],
        object: &mut MergedObject<'a>,
    ) {
        let (alternatives, place) = union.keywords.alternatives_at(&union.at);
        let mut added: IndexMap<String, Vec<Contribution<'a>>> = IndexMap::new();
        for (index, alternative) in alternatives.iter().enumerate() {
            let Some((schema, at)) = self.document.schema(alternative, &place.index(index)) else { continue };
            for part in self.parts(schema, &at) {
                let at = part.at.child("properties");
                for (name, schema) in part.keywords.properties {
                    let contribution =
                        Contribution { schema: PropertySchema::of(schema), at: at.child(name) };
                    added.entry(name.clone()).or_default().push(contribution);
                }
            }
        }
        added.retain(|name, _| {
            !object.properties.contains_key(name)
                && !groups.iter().any(|group| group.properties.contains_key(name))
        });
        if added.is_empty() {
            return;
        }
        self.diagnostics.report(
            Code::UnsupportedKeyword,
            &place,
            "a further union cannot be distinguished by key, so its properties become optional fields",
            "give each alternative one required property of its own, or write out the combinations",
        );
        let common_contribution =
            |contributions: Vec<Contribution<'a>>| self.common_contribution(contributions);
        let added = added
            .into_iter()
            .filter_map(|(name, contribution)| Some((name, common_contribution(contribution)?)));
        object.properties.extend(added.collect::<Vec<_>>());
    }

    /// Returns a property that several alternatives describe: with their common schema, or as a string or any
    /// value.
    fn common_contribution(&self, contributions: Vec<Contribution<'a>>) -> Option<Property<'a>> {
        let is_text = |description: &Contribution<'a>| {
            self.schema_of(description).is_some_and(|(schema, _)| {
                let keywords = Keywords::of(schema);
                let lists_text = !keywords.values.is_empty() && keywords.values.iter().all(Value::is_string);
                keywords.ty == Some("string") || (keywords.ty.is_none() && lists_text)
            })
        };
        let all_text = contributions.iter().all(is_text);
        let mut contributions = contributions.into_iter();
        let first = contributions.next()?;
        let is_same = contributions.all(|other| other.schema == first.schema);
        let schema = match (is_same, all_text) {
            (true, _) => first.schema,
            (false, true) => PropertySchema::AnyText,
            (false, false) => PropertySchema::Anything,
        };
        Some(Contribution { schema, at: first.at }.into())
    }

    /// Returns the keyed union if every alternative is an object with exactly one property, which is
    /// required.
    pub(super) fn group_by_key(
        &self,
        alternatives: &'a [ReferenceOr<Schema>],
        at: &Pointer,
    ) -> Option<KeyedGroup<'a>> {
        let mut properties = IndexMap::new();
        let mut docs = IndexMap::new();
        for (index, alternative) in alternatives.iter().enumerate() {
            let at = at.index(index);
            let (schema, at) = self.document.schema(alternative, &at)?;
            let keywords = Keywords::of(schema);
            if is_none_alternative(&keywords) {
                continue;
            }
            let [key] = keywords.required else { return None };
            if keywords.properties.len() != 1 || !keywords.is_object() || !keywords.all_of.is_empty() {
                return None;
            }
            let property = PropertySchema::of(keywords.properties.get(key)?);
            let contribution = Contribution { schema: property, at: at.child("properties").child(key) };
            if properties.insert(key.clone(), Property::from(contribution)).is_some() {
                return None;
            }
            if let Some(text) = keywords.data.description.as_ref().or(keywords.data.title.as_ref()) {
                docs.insert(key.clone(), text.clone());
            }
        }
        (!properties.is_empty()).then(|| KeyedGroup { name: String::new(), properties, docs, at: at.clone() })
    }

    /// Returns the field for a keyed union that is flattened into a struct.
    pub(super) fn lower_keyed_group(&mut self, owner: TypeId, group: &KeyedGroup<'a>) -> Field {
        let site = Site::inside(owner, group.name.as_str());
        let id = self.reserve_at(&site, Docs { pointer: group.at.clone(), ..Docs::default() });
        self.define_keyed_union(id, group, true);
        Field {
            name: group.name.clone(),
            docs: Docs { pointer: group.at.clone(), ..Docs::default() },
            kind: FieldKind::KeyedUnion(id),
            access: Access::Both,
            constant_bool: None,
            secret: false,
        }
    }

    /// Defines the enum for a keyed union.
    pub(super) fn define_keyed_union(&mut self, id: TypeId, group: &KeyedGroup<'a>, flattened: bool) -> Type {
        let mut variants = Vec::with_capacity(group.properties.len());
        for (key, property) in &group.properties {
            // Null means the same as absence here.
            let ty = self.lower_property(id, key, property).ty;
            let Contribution { schema, at } = &property.last;
            let mut docs = match schema {
                PropertySchema::Item(schema) => self.docs(&Keywords::of(schema), at),
                _ => Docs { pointer: at.clone(), ..Docs::default() },
            };
            docs.text = without_boilerplate(docs.text.or_else(|| group.docs.get(key).cloned()), key);
            variants.push(Variant { key: key.clone(), docs, ty });
        }
        self.define(id, Shape::KeyedUnion(KeyedUnion { variants, flattened }))
    }
}

/// Returns true if an alternative only excludes properties, by `not`.
fn is_none_alternative(keywords: &Keywords<'_>) -> bool {
    keywords.not.is_some() && keywords.properties.is_empty() && keywords.required.is_empty()
}

/// Returns the words that all names start with, or `one_of`.
fn common_words<'n>(names: impl Iterator<Item = &'n String>) -> String {
    use heck::ToSnakeCase;
    let names: Vec<String> = names.map(|name| name.to_snake_case()).collect();
    let words: Vec<Vec<&str>> = names.iter().map(|name| name.split('_').collect()).collect();
    let Some(first) = words.first().filter(|_| words.len() > 1) else { return "one_of".to_owned() };
    let shared = (0..first.len())
        .take_while(|position| words.iter().all(|words| words.get(*position) == first.get(*position)))
        .count();
    if shared == 0 { "one_of".to_owned() } else { first[..shared].join("_") }
}
