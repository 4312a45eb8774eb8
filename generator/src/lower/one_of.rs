//! Unions told apart by which one member of an object is set.
//!
//! They come in two forms, and mean the same: `oneOf` of objects with one required member each, and oneofs that survive
//! in the prose of a protobuf gateway's document.

use indexmap::IndexMap;
use openapiv3::{ReferenceOr, Schema};
use serde_json::Value;

use super::Lower;
use super::comments::beyond_name;
use super::compose::Part;
use super::fields::{Description, Members, Property, PropertySchema};
use super::keywords::Keywords;
use super::schema::Site;
use crate::diagnostics::{Code, Pointer};
use crate::ir::{Access, Docs, Field, FieldKind, OneOf, Shape, Type, TypeId, Variant};

/// Members of an object of which only one may be set.
#[derive(Clone)]
pub(super) struct Group<'a> {
    /// What the union is called.
    pub(super) name: String,
    /// The members, in document order.
    pub(super) members: IndexMap<String, Property<'a>>,
    /// What the document says of each alternative beside its member.
    pub(super) docs: IndexMap<String, String>,
    /// Where the union is written.
    pub(super) at: Pointer,
}

impl Group<'_> {
    /// Whether an object has no other member than those of the union.
    pub(super) fn is_the_whole_of(&self, members: &Members<'_>) -> bool {
        members.properties.keys().all(|name| self.members.contains_key(name))
    }
}

impl<'a> Lower<'a, '_> {
    /// The unions beside the members of an object that are told apart by the one member that is set.
    ///
    /// An alternative that names no member, only what must not be there, stands for "none of them". What another union has
    /// becomes members that may be missing.
    pub(super) fn written_groups(&mut self, members: &mut Members<'a>, site: &Site) -> Vec<Group<'a>> {
        let mut pinned = match site {
            Site::Component { key } => self.config.names.unions.get(key).cloned(),
            _ => None,
        };
        let mut groups: Vec<Group<'a>> = Vec::new();
        for union in std::mem::take(&mut members.unions) {
            let at = union.at.child("oneOf");
            let group = self.group_by_key(union.keywords.one_of, &at).filter(|group| {
                let known = groups.iter().flat_map(|known| known.members.keys());
                !known.into_iter().any(|name| group.members.contains_key(name))
            });
            let Some(mut group) = group else {
                self.add_members_of_union(&union, &groups, members);
                continue;
            };
            group.name = pinned.take().unwrap_or_else(|| common_words(group.members.keys()));
            if members.properties.keys().any(|name| group.members.contains_key(name)) {
                self.diagnostics.report(
                    Code::UnsupportedKeyword,
                    &at,
                    "A member of the union is a property beside it as well, so the union is read from the alternatives.",
                    "Describe the member in one of the two places.",
                );
            }
            groups.push(group);
        }
        groups
    }

    /// Adds what the alternatives of a union have to the members of the object that it stands in: any of it may be missing.
    fn add_members_of_union(&mut self, union: &Part<'a>, groups: &[Group<'a>], members: &mut Members<'a>) {
        let (alternatives, place) = union.keywords.placed_alternatives(&union.at);
        let mut added: IndexMap<String, Vec<Description<'a>>> = IndexMap::new();
        for (index, alternative) in alternatives.iter().enumerate() {
            let Some((schema, at)) = self.document.schema(alternative, &place.index(index)) else { continue };
            for part in self.parts(schema, &at) {
                let at = part.at.child("properties");
                for (name, schema) in part.keywords.properties {
                    let said = Description { schema: PropertySchema::of(schema), at: at.child(name) };
                    added.entry(name.clone()).or_default().push(said);
                }
            }
        }
        added.retain(|name, _| {
            !members.properties.contains_key(name)
                && !groups.iter().any(|group| group.members.contains_key(name))
        });
        if added.is_empty() {
            return;
        }
        self.diagnostics.report(
            Code::UnsupportedKeyword,
            &place,
            "This is one union too many for its alternatives to be told apart: their members are fields that may be \
             missing.",
            "Nothing is lost on the wire; to get a union, give each alternative one required member of its own, or write \
             the combinations out.",
        );
        let common = |descriptions: Vec<Description<'a>>| self.common(descriptions);
        let added = added.into_iter().filter_map(|(name, said)| Some((name, common(said)?)));
        members.properties.extend(added.collect::<Vec<_>>());
    }

    /// What a member is that each of several alternatives describes.
    fn common(&self, descriptions: Vec<Description<'a>>) -> Option<Property<'a>> {
        let is_text = |description: &Description<'a>| {
            self.schema_of(description).is_some_and(|(schema, _)| {
                let keywords = Keywords::of(schema);
                let lists_text = !keywords.values.is_empty() && keywords.values.iter().all(Value::is_string);
                keywords.ty == Some("string") || (keywords.ty.is_none() && lists_text)
            })
        };
        let all_text = descriptions.iter().all(is_text);
        let mut descriptions = descriptions.into_iter();
        let first = descriptions.next()?;
        let is_same = descriptions.all(|other| other.schema == first.schema);
        let schema = match (is_same, all_text) {
            (true, _) => first.schema,
            (false, true) => PropertySchema::AnyText,
            (false, false) => PropertySchema::Anything,
        };
        Some(Description { schema, at: first.at }.into())
    }

    /// The members of alternatives that are objects with one required member each.
    pub(super) fn group_by_key(
        &self,
        alternatives: &'a [ReferenceOr<Schema>],
        at: &Pointer,
    ) -> Option<Group<'a>> {
        let mut members = IndexMap::new();
        let mut docs = IndexMap::new();
        for (index, alternative) in alternatives.iter().enumerate() {
            let at = at.index(index);
            let (schema, at) = self.document.schema(alternative, &at)?;
            let keywords = Keywords::of(schema);
            if is_none_of_them(&keywords) {
                continue;
            }
            let [key] = keywords.required else { return None };
            if keywords.properties.len() != 1 || !keywords.is_object() || !keywords.all_of.is_empty() {
                return None;
            }
            let property = PropertySchema::of(keywords.properties.get(key)?);
            let said = Description { schema: property, at: at.child("properties").child(key) };
            if members.insert(key.clone(), Property::from(said)).is_some() {
                return None;
            }
            if let Some(text) = keywords.data.description.as_ref().or(keywords.data.title.as_ref()) {
                docs.insert(key.clone(), text.clone());
            }
        }
        (!members.is_empty()).then(|| Group { name: String::new(), members, docs, at: at.clone() })
    }

    /// The field that holds a union whose members stand among the fields of a struct.
    pub(super) fn lower_group(&mut self, owner: TypeId, group: &Group<'a>) -> Field {
        let site = Site::inside(owner, group.name.as_str());
        let id = self.reserve_at(&site, Docs { pointer: group.at.clone(), ..Docs::default() });
        self.define_one_of(id, group, true);
        Field {
            name: group.name.clone(),
            docs: Docs { pointer: group.at.clone(), ..Docs::default() },
            kind: FieldKind::OneOf(id),
            access: Access::Both,
            always: None,
            secret: false,
        }
    }

    /// Defines the enum of a union.
    pub(super) fn define_one_of(&mut self, id: TypeId, group: &Group<'a>, flattened: bool) -> Type {
        let mut variants = Vec::with_capacity(group.members.len());
        for (key, property) in &group.members {
            // A member that is null is as if it were absent.
            let ty = self.lower_property(id, key, property).ty;
            let Description { schema, at } = &property.last;
            let mut docs = match schema {
                PropertySchema::Item(schema) => self.docs(&Keywords::of(schema), at),
                _ => Docs { pointer: at.clone(), ..Docs::default() },
            };
            docs.text = beyond_name(docs.text.or_else(|| group.docs.get(key).cloned()), key);
            variants.push(Variant { key: key.clone(), docs, ty });
        }
        self.define(id, Shape::OneOf(OneOf { variants, flattened }))
    }
}

/// Whether an alternative only says which members must not be there.
fn is_none_of_them(keywords: &Keywords<'_>) -> bool {
    keywords.not.is_some() && keywords.properties.is_empty() && keywords.required.is_empty()
}

/// The words that all names begin with, or `one_of`.
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
