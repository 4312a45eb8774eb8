//! Keyed unions: objects with several properties of which one is set.
//!
//! Documents write them in two ways: as `oneOf` with objects that require one property each, or as a protobuf
//! oneof in the description (see `protobuf_oneof`).

use indexmap::IndexMap;
use serde_json::Value;

use super::boilerplate::without_boilerplate;
use super::docs::docs;
use super::keywords::Keywords;
use super::merged_object::MergedObject;
use super::merged_property::child;
use super::parts::SchemaPart;
use super::plan::{KeyedUnionPlan, KeyedVariantPlan};
use super::property::{Contribution, Property, PropertySchema};
use super::schemas::Schemas;
use crate::diagnostics::{Code, Diagnostics, Pointer};
use crate::ir::Docs;

/// Properties of an object of which only one can be set.
#[derive(Clone)]
pub(super) struct KeyedGroup<'a> {
    /// The name of the union.
    pub(super) name: String,
    /// The properties, in document order.
    pub(super) properties: IndexMap<String, Property<'a>>,
    /// The descriptions of the alternatives, by property.
    pub(super) docs: IndexMap<String, String>,
    /// The locations of the alternatives, by property.
    pub(super) alternatives: IndexMap<String, Pointer>,
    /// The location of the union.
    pub(super) at: Pointer,
    /// True if the document writes the union as `oneOf`.
    pub(super) is_one_of: bool,
}

impl<'a> KeyedGroup<'a> {
    /// Returns true if every property of an object belongs to the union.
    pub(super) fn covers_object(&self, object: &MergedObject<'_>) -> bool {
        object.properties.keys().all(|name| self.properties.contains_key(name))
    }

    /// Plans the union. Null means the same as absence in its properties.
    pub(super) fn plan(
        &self,
        schemas: &Schemas<'a>,
        docs_of_union: Docs,
        findings: &mut Diagnostics,
    ) -> KeyedUnionPlan<'a> {
        let variants = self.properties.iter().map(|(key, property)| {
            let Contribution { schema, at } = &property.last;
            let mut docs = match schema {
                PropertySchema::Item(_, schema) => docs(schemas, &Keywords::of(schema), at),
                _ => Docs { pointer: at.clone(), ..Docs::default() },
            };
            docs.text = without_boilerplate(docs.text.or_else(|| self.docs.get(key).cloned()), key);
            let at = self.alternatives.get(key).cloned();
            KeyedVariantPlan { key: key.clone(), at, docs, schema: child(schemas, property, findings) }
        });
        KeyedUnionPlan {
            name: self.name.clone(),
            docs: docs_of_union,
            at: self.at.clone(),
            is_one_of: self.is_one_of,
            variants: variants.collect(),
        }
    }
}

/// Returns the keyed unions among the parts of an object.
///
/// An alternative that only excludes properties allows objects with no property of the union. The properties of
/// other unions are added as optional properties.
pub(super) fn keyed_groups<'a>(
    schemas: &Schemas<'a>,
    object: &mut MergedObject<'a>,
    findings: &mut Diagnostics,
) -> Vec<KeyedGroup<'a>> {
    let mut groups: Vec<KeyedGroup<'a>> = Vec::new();
    for union in std::mem::take(&mut object.unions) {
        let group = group_by_key(schemas, &union).filter(|group| {
            let known = groups.iter().flat_map(|known| known.properties.keys());
            !known.into_iter().any(|name| group.properties.contains_key(name))
        });
        let Some(mut group) = group else {
            add_union_properties(schemas, &union, &groups, object, findings);
            continue;
        };
        group.name = common_words(group.properties.keys());
        let both = object.properties.iter().find(|(name, _)| group.properties.contains_key(*name));
        if let Some((name, property)) = both {
            findings.report(
                Code::UnsupportedKeyword,
                &property.last.at,
                format!(
                    "`{name}` is ignored here: the alternative of `oneOf` with this property decides its type"
                ),
                "remove the property, or the alternative",
            );
        }
        groups.push(group);
    }
    groups
}

/// Adds the properties of all alternatives of a union to an object, as optional properties.
fn add_union_properties<'a>(
    schemas: &Schemas<'a>,
    union: &SchemaPart<'a>,
    groups: &[KeyedGroup<'a>],
    object: &mut MergedObject<'a>,
    findings: &mut Diagnostics,
) {
    let mut added: IndexMap<&'a str, Vec<Contribution<'a>>> = IndexMap::new();
    for id in schemas.alternative_ids(union) {
        for part in schemas.parts(id).iter() {
            for (name, contribution) in Contribution::of_properties(schemas, part) {
                added.entry(name).or_default().push(contribution);
            }
        }
    }
    added.retain(|name, _| {
        !object.properties.contains_key(*name)
            && !groups.iter().any(|group| group.properties.contains_key(*name))
    });
    if added.is_empty() {
        return;
    }
    findings.report(
        Code::UnsupportedKeyword,
        &union.keywords.alternatives_at(&union.at).1,
        "a further union cannot be distinguished by key, so its properties become optional fields",
        "give each alternative one required property of its own, or write out the combinations",
    );
    let added = added.into_iter();
    let added = added.filter_map(|(name, contributions)| {
        Some((name.to_owned(), common_contribution(schemas, contributions)?))
    });
    object.properties.extend(added);
}

/// Returns a property that several alternatives describe: with their common schema, or as a string or any value.
fn common_contribution<'a>(
    schemas: &Schemas<'a>,
    contributions: Vec<Contribution<'a>>,
) -> Option<Property<'a>> {
    let is_text = |contribution: &Contribution<'a>| {
        contribution.id().is_some_and(|id| {
            let keywords = schemas.keywords(id);
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

/// Returns the keyed union if every alternative of a `oneOf` is an object with exactly one property, which is
/// required.
pub(super) fn group_by_key<'a>(schemas: &Schemas<'a>, union: &SchemaPart<'a>) -> Option<KeyedGroup<'a>> {
    if union.keywords.one_of.is_empty() {
        return None;
    }
    group_alternatives(schemas, union)
}

/// Like [`group_by_key`], for `anyOf` as well.
pub(super) fn group_alternatives<'a>(
    schemas: &Schemas<'a>,
    union: &SchemaPart<'a>,
) -> Option<KeyedGroup<'a>> {
    let mut properties = IndexMap::new();
    let mut docs = IndexMap::new();
    let mut locations = IndexMap::new();
    let alternatives = schemas.alternatives(union);
    if alternatives.len() < union.keywords.alternatives().len() {
        return None;
    }
    for id in alternatives.into_iter().map(|alternative| alternative.id) {
        let keywords = schemas.keywords(id);
        if is_none_alternative(keywords) {
            continue;
        }
        let [key] = keywords.required else { return None };
        if keywords.properties.len() != 1 || !keywords.is_object() || !keywords.all_of.is_empty() {
            return None;
        }
        let part = schemas.parts(id).first()?;
        let contribution = Contribution::of_property(schemas, part, key)?;
        if properties.insert(key.clone(), Property::from(contribution)).is_some() {
            return None;
        }
        if let Some(text) = keywords.data.description.as_ref().or(keywords.data.title.as_ref()) {
            docs.insert(key.clone(), text.clone());
        }
        locations.insert(key.clone(), schemas.at(id).clone());
    }
    let (_, at) = union.keywords.alternatives_at(&union.at);
    let is_one_of = !union.keywords.one_of.is_empty();
    (!properties.is_empty()).then(|| KeyedGroup {
        name: String::new(),
        properties,
        docs,
        alternatives: locations,
        at,
        is_one_of,
    })
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
