//! Unions told apart by looking at the value: `oneOf` and `anyOf` of anything, and what a discriminator makes of a
//! schema that others inherit from.
//!
//! What the alternatives look like is read off the document, not off the types that they become, so that alternatives
//! may be recursive. The order of proof is: the discriminator, a member that has other values in each alternative, the
//! types of JSON, the members that each requires. Where that leaves two that look alike, document order decides.

use std::collections::BTreeSet;

use heck::ToUpperCamelCase;
use indexmap::IndexMap;
use openapiv3::{Discriminator, ReferenceOr, Schema};

use super::Lower;
use super::compose::Part;
use super::enums::constant;
use super::keywords::Keywords;
use super::schema::{Lowered, Site};
use crate::diagnostics::{Code, Pointer};
use crate::document::{is_never, is_only_null};
use crate::ir::{
    Alternative, Constant, Docs, FieldKind, Kind, Look, Shape, Strategy, Type, TypeId, Union, Variant,
};

/// An alternative as it is written.
pub(super) struct Choice<'a> {
    pub(super) schema: &'a ReferenceOr<Schema>,
    pub(super) at: Pointer,
    /// What it is made of.
    pub(super) parts: Vec<Part<'a>>,
    /// Whether what stands beside the union belongs to it as well.
    pub(super) shared: bool,
}

/// How deep unions within unions are looked into.
const DEPTH: usize = 8;

impl<'a> Lower<'a, '_> {
    /// A union that stands alone: `oneOf` or `anyOf` without members beside it.
    pub(super) fn lower_alternatives(
        &mut self,
        keywords: &Keywords<'a>,
        at: &Pointer,
        site: Site,
    ) -> Lowered {
        let (alternatives, place) = keywords.placed_alternatives(at);
        let mut nullable = false;
        let mut seen = BTreeSet::new();
        let mut choices: Vec<Choice<'a>> = Vec::with_capacity(alternatives.len());
        for (index, alternative) in alternatives.iter().enumerate() {
            let at = place.index(index);
            let Some((schema, target)) = self.document.schema(alternative, &at) else { continue };
            let part = Keywords::of(schema);
            if is_only_null(schema) || part.is_null_of_3_0() {
                nullable = true;
            } else if !is_never(schema) && seen.insert(target.clone()) {
                nullable |= part.data.nullable;
                choices.push(Choice {
                    schema: alternative,
                    at,
                    parts: self.parts(schema, &target),
                    shared: false,
                });
            }
        }
        let mut lowered = match choices.as_slice() {
            [] => Type::Json.into(),
            [only] => self.lower_schema_or_reference(only.schema, &only.at.clone(), site),
            _ => self.lower_several(keywords, alternatives, choices, at, &place, site),
        };
        lowered.nullable |= nullable;
        lowered
    }

    fn lower_several(
        &mut self,
        keywords: &Keywords<'a>,
        alternatives: &'a [ReferenceOr<Schema>],
        choices: Vec<Choice<'a>>,
        at: &Pointer,
        place: &Pointer,
        site: Site,
    ) -> Lowered {
        if let Some(ty) = self.lower_constants(alternatives, keywords, place, at, &site) {
            return ty.into();
        }
        if let Some(group) = self.group_by_key(alternatives, place) {
            let docs = self.docs(keywords, at);
            let id = self.reserve_at(&site, docs);
            return self.define_one_of(id, &group, false).into();
        }
        if let Some(open) = open_enum(&choices) {
            return self.lower_schema_or_reference(choices[open].schema, &choices[open].at, site);
        }
        if let Some(ty) = self.one_scalar(&choices) {
            return ty.into();
        }
        self.lower_choices(keywords, &[], choices, at, site)
    }

    /// Scalars that are one type in Rust: two kinds of text, say.
    fn one_scalar(&mut self, choices: &[Choice<'a>]) -> Option<Type> {
        let mut first = None;
        for choice in choices {
            let ty = self.plain_scalar(&choice.parts)?;
            if first.get_or_insert_with(|| ty.clone()) != &ty {
                return None;
            }
        }
        first
    }

    /// The type of a scalar without listed values.
    fn plain_scalar(&mut self, parts: &[Part<'a>]) -> Option<Type> {
        let is_plain = |part: &Part<'a>| {
            part.keywords.values.is_empty()
                && part.keywords.items.is_none()
                && part.keywords.alternatives().is_empty()
        };
        let saying = parts.iter().filter(|part| part.keywords.ty.is_some());
        let part = saying.max_by_key(|part| part.keywords.format.is_some())?;
        match part.keywords.ty.filter(|_| parts.iter().all(is_plain)) {
            Some("string") => Some(self.lower_string(&part.keywords)),
            Some("integer") => Some(self.lower_integer(&part.keywords)),
            Some("number") => Some(self.lower_number(&part.keywords)),
            Some("boolean") => Some(Type::Bool),
            _ => None,
        }
    }

    /// A union of several alternatives, with what stands beside it.
    pub(super) fn lower_choices(
        &mut self,
        keywords: &Keywords<'a>,
        shared: &[Part<'a>],
        choices: Vec<Choice<'a>>,
        at: &Pointer,
        site: Site,
    ) -> Lowered {
        let docs = self.docs(keywords, at);
        let id = self.reserve_at(&site, docs);
        let discriminator = keywords.data.discriminator.as_ref();
        let looks = self.looks_of(discriminator, shared, &choices);
        let mut alternatives = Vec::with_capacity(choices.len());
        let mut nullable = false;
        for (choice, looks) in choices.iter().zip(looks) {
            let key = self.key_of_choice(choice, &looks, &choices);
            let lowered = self.lower_choice(id, shared, choice, &key);
            nullable |= lowered.nullable;
            let variant = Variant { key, docs: self.docs_of_choice(choice), ty: lowered.ty };
            alternatives.push(Alternative { variant, looks, untagged: false });
        }
        let union = self.settled(discriminator.is_some(), alternatives, at);
        let union = if union.strategy == Strategy::Trial { self.with_known_members(union) } else { union };
        Lowered { ty: self.define(id, Shape::Union(union)), nullable }
    }

    /// A schema with a discriminator that others inherit from: wherever it is referred to, one of those is meant.
    pub(super) fn lower_family(&mut self, schema: &'a Schema, at: &Pointer, site: &Site) -> Option<Type> {
        let keywords = Keywords::of(schema);
        let discriminator = keywords.data.discriminator.as_ref()?;
        let children = self.children_of(at);
        let is_family = keywords.alternatives().is_empty() && matches!(site, Site::Component { .. });
        if children.is_empty() || !is_family {
            return None;
        }
        let docs = self.docs(&keywords, at);
        let id = self.reserve_at(site, docs);
        let listed = self.constants_of(&self.parts(schema, at)).shift_remove(&discriminator.property_name);
        let mut values: Vec<Constant> = mapped(self, discriminator, at);
        let mut others = listed.clone().unwrap_or_default();
        let mut alternatives = Vec::new();
        for child in &children {
            let Some(ReferenceOr::Item(schema)) = self.document.schema_at(child) else { continue };
            let parts = self.parts(schema, child);
            let mut tags = self.tags(discriminator, child, &parts);
            if Some(&tags) == listed.as_ref() {
                tags = vec![Constant::Text(key_of(child))];
            }
            others.retain(|value| !tags.contains(value));
            let key = match tags.as_slice() {
                [Constant::Text(text)] => text.clone(),
                _ => key_of(child),
            };
            let ty = self.lower_target(child).ty;
            let looks = vec![Look::Tag { member: discriminator.property_name.clone(), values: tags }];
            let docs = Docs { pointer: child.clone(), ..Docs::default() };
            alternatives.push(Alternative { variant: Variant { key, docs, ty }, looks, untagged: false });
        }
        // What the schema lists and nobody else has, it is itself.
        values.extend(others);
        if !values.is_empty() {
            let site = Site::Inside { owner: id, place: "base".to_owned() };
            let parts = self.parts(schema, at);
            let ty = self.lower_objects(&keywords, &parts, at, site);
            let looks =
                vec![Look::Tag { member: discriminator.property_name.clone(), values: values.clone() }];
            let docs = Docs { pointer: at.clone(), ..Docs::default() };
            let key = match values.as_slice() {
                [Constant::Text(text)] => text.clone(),
                _ => "base".to_owned(),
            };
            let variant = Variant { key, docs, ty };
            alternatives.push(Alternative { variant, looks, untagged: false });
        }
        let union = self.settled(true, alternatives, at);
        Some(self.define(id, Shape::Union(union)))
    }

    /// The component schemas that inherit from the one at `parent`, by way of others that do as well; those that have
    /// a discriminator of their own stand for theirs.
    fn children_of(&mut self, parent: &Pointer) -> Vec<Pointer> {
        if self.heirs.is_none() {
            self.heirs = Some(self.find_heirs());
        }
        let mut found = Vec::new();
        let mut waiting = vec![parent.clone()];
        while let Some(next) = waiting.pop() {
            let heirs = self.heirs.iter().flatten().filter(|(of, _)| **of == next);
            for heir in heirs.flat_map(|(_, heirs)| heirs) {
                if heir != parent && !found.contains(heir) {
                    found.push(heir.clone());
                    waiting.push(heir.clone());
                }
            }
        }
        found
    }

    fn find_heirs(&self) -> IndexMap<Pointer, Vec<Pointer>> {
        let mut heirs: IndexMap<Pointer, Vec<Pointer>> = IndexMap::new();
        let Some(components) = &self.document.openapi().components else { return heirs };
        let place = Pointer::root().child("components").child("schemas");
        for (key, schema) in &components.schemas {
            let ReferenceOr::Item(schema) = schema else { continue };
            for entry in Keywords::of(schema).all_of {
                let ReferenceOr::Reference { reference } = entry else { continue };
                if let Some(target) = self.document.target(reference) {
                    heirs.entry(target).or_default().push(place.child(key));
                }
            }
        }
        heirs
    }

    fn lower_choice(&mut self, id: TypeId, shared: &[Part<'a>], choice: &Choice<'a>, key: &str) -> Lowered {
        let site = Site::Inside { owner: id, place: key.to_owned() };
        let adds = shared
            .iter()
            .any(|part| !part.keywords.properties.is_empty() || !part.keywords.required.is_empty());
        if !choice.shared || !adds {
            return self.lower_schema_or_reference(choice.schema, &choice.at, site);
        }
        let mut members = super::fields::Members::default();
        for part in shared.iter().chain(&choice.parts) {
            members.add(&part.keywords, &part.at);
        }
        match choice.parts.last() {
            Some(own) => self.lower_merged(&own.keywords, &members, &choice.at, site).into(),
            None => Type::Json.into(),
        }
    }

    fn docs_of_choice(&self, choice: &Choice<'a>) -> Docs {
        match choice.schema {
            ReferenceOr::Item(schema) => self.docs(&Keywords::of(schema), &choice.at),
            ReferenceOr::Reference { .. } => Docs { pointer: choice.at.clone(), ..Docs::default() },
        }
    }

    /// What each alternative looks like.
    fn looks_of(
        &self,
        discriminator: Option<&Discriminator>,
        shared: &[Part<'a>],
        choices: &[Choice<'a>],
    ) -> Vec<Vec<Look>> {
        let constants: Vec<IndexMap<String, Vec<Constant>>> =
            choices.iter().map(|choice| self.constants_of(&choice.parts)).collect();
        let member = match discriminator {
            Some(discriminator) => Some(discriminator.property_name.clone()),
            None => telling_member(choices, &constants),
        };
        let looks = choices.iter().zip(&constants).map(|(choice, constants)| {
            if let Some(member) = member.as_ref().filter(|_| is_object(&choice.parts)) {
                let values = match (discriminator, self.target_of(choice)) {
                    (Some(discriminator), Some(target)) => self.tags(discriminator, &target, &choice.parts),
                    _ => constants.get(member).cloned().unwrap_or_default(),
                };
                if !values.is_empty() {
                    return vec![Look::Tag { member: member.clone(), values }];
                }
            }
            self.looks(shared, &choice.parts, 0)
        });
        let mut looks: Vec<Vec<Look>> = looks.collect();
        widen_single(&mut looks);
        looks
    }

    fn target_of(&self, choice: &Choice<'a>) -> Option<Pointer> {
        match choice.schema {
            ReferenceOr::Reference { reference } => self.document.target(reference),
            ReferenceOr::Item(_) => None,
        }
    }

    /// What a discriminator's member holds for the schema at `target`: what its mapping says, or else a constant, or
    /// else the schema's name (OpenAPI 3.0.3, section 4.7.25).
    fn tags(&self, discriminator: &Discriminator, target: &Pointer, parts: &[Part<'a>]) -> Vec<Constant> {
        let values = mapped(self, discriminator, target);
        if !values.is_empty() {
            return values;
        }
        let key = key_of(target);
        let values = self.constants_of(parts).shift_remove(&discriminator.property_name).unwrap_or_default();
        // Of the values of all that inherit the member, this schema's is the one that is called like it.
        let is_named = |value: &&Constant| {
            value.as_text().is_some_and(|text| text.to_upper_camel_case() == key.to_upper_camel_case())
        };
        match values.iter().find(is_named) {
            Some(own) => vec![own.clone()],
            None if values.is_empty() => vec![Constant::Text(key)],
            None => values,
        }
    }

    /// The members of an object that may have listed values only.
    fn constants_of(&self, parts: &[Part<'a>]) -> IndexMap<String, Vec<Constant>> {
        let mut constants = IndexMap::new();
        for part in parts {
            for (name, schema) in part.keywords.properties {
                let at = part.at.child("properties").child(name);
                let (schema, at) = match schema {
                    ReferenceOr::Item(schema) => (&**schema, at),
                    ReferenceOr::Reference { reference } => {
                        let target = self.document.target(reference).and_then(|target| {
                            let schema = self.document.schema_at(&target)?;
                            self.document.schema(schema, &target)
                        });
                        match target {
                            Some(found) => found,
                            None => continue,
                        }
                    }
                };
                let parts = self.parts(schema, &at);
                let listed = parts.iter().rev().find(|part| !part.keywords.values.is_empty());
                let values: Option<Vec<Constant>> =
                    listed.and_then(|part| part.keywords.values.iter().map(constant).collect());
                if let Some(values) = values {
                    constants.insert(name.clone(), values);
                }
            }
        }
        constants
    }

    /// What values of a schema look like.
    fn looks(&self, shared: &[Part<'a>], parts: &[Part<'a>], depth: usize) -> Vec<Look> {
        if depth > DEPTH {
            return vec![Look::Anything];
        }
        for part in parts {
            let (alternatives, place) = part.keywords.placed_alternatives(&part.at);
            let looks: Vec<Look> = alternatives
                .iter()
                .enumerate()
                .filter_map(|(index, it)| self.document.schema(it, &place.index(index)))
                .filter(|(schema, _)| !is_only_null(schema) && !Keywords::of(schema).is_null_of_3_0())
                .flat_map(|(schema, at)| self.looks(&[], &self.parts(schema, &at), depth + 1))
                .collect();
            if !looks.is_empty() {
                return looks;
            }
        }
        let listed = parts.iter().rev().find(|part| !part.keywords.values.is_empty());
        let values: Option<Vec<Constant>> =
            listed.and_then(|part| part.keywords.values.iter().map(constant).collect());
        if let Some(values) = values {
            return vec![Look::Constants(values)];
        }
        let kind = parts.iter().rev().find_map(|part| part.keywords.ty);
        let look = match kind {
            Some("string") => Look::Kind(Kind::Text),
            Some("integer") => Look::Kind(Kind::Integer),
            Some("number") => Look::Kind(Kind::Number),
            Some("boolean") => Look::Kind(Kind::Boolean),
            Some("array") => self.look_of_list(parts, depth),
            _ if parts.iter().any(|part| part.keywords.items.is_some()) => self.look_of_list(parts, depth),
            _ if is_object(parts) => {
                let required = shared.iter().chain(parts).flat_map(|part| part.keywords.required);
                let mut keys: Vec<String> = required.cloned().collect();
                keys.sort();
                keys.dedup();
                Look::Object { required: keys, known: Vec::new() }
            }
            _ => Look::Anything,
        };
        vec![look]
    }

    fn look_of_list(&self, parts: &[Part<'a>], depth: usize) -> Look {
        let items = parts.iter().rev().find_map(|part| Some((part.keywords.items?, &part.at)));
        let looks = items.and_then(|(items, at)| {
            let (schema, at) = match items {
                ReferenceOr::Item(schema) => (&**schema, at.child("items")),
                ReferenceOr::Reference { reference } => {
                    let target = self.document.target(reference)?;
                    self.document.schema(self.document.schema_at(&target)?, &target)?
                }
            };
            // Null among the elements says nothing of the others.
            let is_nullable = schema.schema_data.nullable;
            (!is_nullable).then(|| self.looks(&[], &self.parts(schema, &at), depth + 1))
        });
        let looks = looks.unwrap_or_default();
        Look::List(if looks.contains(&Look::Anything) { Vec::new() } else { looks })
    }

    /// What an alternative would like to be called.
    fn key_of_choice(&self, choice: &Choice<'a>, looks: &[Look], choices: &[Choice<'a>]) -> String {
        let is_inline = matches!(choice.schema, ReferenceOr::Item(_));
        if let [Look::Tag { values, .. }] = looks {
            let texts: Vec<&str> = values.iter().filter_map(Constant::as_text).collect();
            if texts.len() == values.len() && (texts.len() == 1 || (texts.len() < 4 && is_inline)) {
                return texts.join(" or ");
            }
        }
        match choice.schema {
            ReferenceOr::Reference { .. } if self.is_component(choice) => {
                self.target_of(choice).map_or_else(String::new, |it| key_of(&it))
            }
            written => {
                let Some((schema, _)) = self.document.schema(written, &choice.at) else {
                    return String::new();
                };
                let keywords = Keywords::of(schema);
                if let Some(title) = keywords.data.title.as_ref().filter(|title| !title.trim().is_empty()) {
                    return title.clone();
                }
                self.nameless(&keywords, looks, choices)
            }
        }
    }

    fn is_component(&self, choice: &Choice<'a>) -> bool {
        let segments = self.target_of(choice).map(|target| target.segments().count());
        segments == Some(3)
    }

    /// The name of an alternative that has none: the member that only it has, or what kind of value it is.
    fn nameless(&self, keywords: &Keywords<'a>, looks: &[Look], choices: &[Choice<'a>]) -> String {
        let name = match looks {
            [Look::Kind(Kind::Text)] => "string",
            [Look::Kind(Kind::Integer)] => "integer",
            [Look::Kind(Kind::Number)] => "number",
            [Look::Kind(Kind::Boolean)] => "bool",
            [Look::List(_)] => return self.list_name(keywords),
            [Look::Constants(values)] => match values.as_slice() {
                [Constant::Text(text)] => return text.clone(),
                [Constant::Integer(number)] => return format!("value {number}"),
                _ => "value",
            },
            [Look::Object { required: keys, .. }] => {
                let knows = |choice: &Choice<'a>, key: &String| {
                    choice.parts.iter().any(|part| part.keywords.properties.contains_key(key))
                };
                let is_own = |key: &&String| choices.iter().filter(|choice| knows(choice, key)).count() == 1;
                let own = keys.iter().chain(keywords.properties.keys()).find(is_own);
                return own.cloned().unwrap_or_else(|| "object".to_owned());
            }
            _ => "object",
        };
        name.to_owned()
    }

    fn list_name(&self, keywords: &Keywords<'a>) -> String {
        let of = match keywords.items {
            Some(ReferenceOr::Reference { reference }) => {
                self.document.target(reference).map(|target| key_of(&target))
            }
            Some(ReferenceOr::Item(schema)) => Keywords::of(schema).ty.map(str::to_owned),
            None => None,
        };
        of.map_or_else(|| "list".to_owned(), |of| format!("{of} list"))
    }

    /// Says by what the alternatives are told apart.
    fn settled(&mut self, is_discriminated: bool, mut alternatives: Vec<Alternative>, at: &Pointer) -> Union {
        drop_twins(&mut alternatives);
        let doubt = doubt(&alternatives);
        if let Some((one, other)) = &doubt {
            self.diagnostics.report(
                Code::AmbiguousUnion,
                at,
                format!("A value may be `{one}` and `{other}` alike: it is decoded as the first that it fits, of objects as the \
                     one that knows most of its members."),
                "Add a `discriminator`, or a member that each alternative requires and that has a value of its own in \
                 each.",
            );
        }
        let looks = || alternatives.iter().flat_map(|alternative| &alternative.looks);
        let strategy = if doubt.is_some() {
            Strategy::Trial
        } else if is_discriminated {
            Strategy::Discriminator
        } else if looks().any(|look| matches!(look, Look::Tag { .. })) {
            Strategy::Constant
        } else if looks().filter(|look| matches!(look, Look::Object { .. })).count() > 1 {
            Strategy::Keys
        } else {
            Strategy::Kinds
        };
        Union { alternatives, strategy }
    }

    /// What the types of the alternatives know, where there is nothing better to tell them apart by.
    fn with_known_members(&self, mut union: Union) -> Union {
        for alternative in &mut union.alternatives {
            let Type::Named(id) = alternative.variant.ty else { continue };
            let Shape::Struct(it) = &self.api.type_def(id).shape else { continue };
            for look in &mut alternative.looks {
                if let Look::Object { known, .. } = look {
                    *known = it.fields.iter().map(|field| field.name.clone()).collect();
                }
            }
        }
        union
    }

    /// Finds the alternatives whose type is not sure to write the member that tells it apart.
    pub(super) fn settle_tags(&mut self) {
        let mut untagged = Vec::new();
        for (id, def) in self.api.types() {
            let Shape::Union(union) = &def.shape else { continue };
            for (position, alternative) in union.alternatives.iter().enumerate() {
                let [Look::Tag { member, .. }] = alternative.looks.as_slice() else { continue };
                if !self.writes(&alternative.variant.ty, member) {
                    untagged.push((id, position));
                }
            }
        }
        for (id, position) in untagged {
            if let Shape::Union(union) = &mut self.api.types[id.index()].shape {
                union.alternatives[position].untagged = true;
            }
        }
    }

    /// Whether every value of a type has the member, with the one value that it may have.
    fn writes(&self, ty: &Type, member: &str) -> bool {
        let Type::Named(id) = ty else { return true };
        match &self.api.type_def(*id).shape {
            Shape::Struct(it) => it.fields.iter().any(|field| {
                field.name == member
                    && match &field.kind {
                        FieldKind::Required(Type::Named(id)) => {
                            matches!(&self.api.type_def(*id).shape, Shape::Enum(it) if it.values.len() == 1)
                        }
                        _ => false,
                    }
            }),
            // A union writes the members of its own alternatives.
            _ => true,
        }
    }
}

/// The values that a discriminator maps to the schema at `target`.
fn mapped(lower: &Lower<'_, '_>, discriminator: &Discriminator, target: &Pointer) -> Vec<Constant> {
    let mapping = discriminator.mapping.iter();
    mapping
        .filter(|(_, to)| lower.document.mapping_target(to).as_ref() == Some(target))
        .map(|(value, _)| Constant::Text(value.clone()))
        .collect()
}

/// The last segment of a place, without the packages that a component's name may have.
fn key_of(target: &Pointer) -> String {
    let last = target.segments().last().unwrap_or_default();
    let name = last.rsplit('.').next().unwrap_or_default();
    if name.is_empty() { last } else { name.to_owned() }
}

fn is_object(parts: &[Part<'_>]) -> bool {
    parts.iter().any(|part| part.keywords.is_object() || !part.keywords.required.is_empty())
        && !parts.iter().any(|part| part.keywords.is_scalar())
}

/// Text beside one enum of strings is that enum, which is open anyway.
fn open_enum(choices: &[Choice<'_>]) -> Option<usize> {
    let is_text = |choice: &Choice<'_>| {
        let is_plain = |part: &Part<'_>| part.keywords.values.is_empty() && part.keywords.format.is_none();
        choice.parts.iter().all(|part| part.keywords.ty == Some("string") && is_plain(part))
    };
    let is_enum = |choice: &Choice<'_>| {
        let values = choice.parts.iter().flat_map(|part| &part.keywords.values);
        values.clone().next().is_some() && values.clone().all(serde_json::Value::is_string)
    };
    let mut enums = (0..choices.len()).filter(|index| is_enum(&choices[*index]));
    let only = enums.next().filter(|_| enums.next().is_none())?;
    let others = choices.iter().enumerate().filter(|(index, _)| *index != only);
    others.clone().next()?;
    others.clone().all(|(_, choice)| is_text(choice)).then_some(only)
}

/// The member that every object among the alternatives requires and that has other values in each of them; or, where
/// there is none, one that at least has.
fn telling_member(choices: &[Choice<'_>], constants: &[IndexMap<String, Vec<Constant>>]) -> Option<String> {
    let objects: Vec<(&Choice<'_>, &IndexMap<String, Vec<Constant>>)> =
        choices.iter().zip(constants).filter(|(choice, _)| is_object(&choice.parts)).collect();
    if objects.len() < 2 {
        return None;
    }
    let tells = |name: &&String| {
        let mut seen: BTreeSet<&Constant> = BTreeSet::new();
        objects.iter().all(|(_, constants)| {
            constants.get(*name).is_some_and(|values| values.iter().all(|value| seen.insert(value)))
        })
    };
    let is_required = |name: &&String| {
        objects
            .iter()
            .all(|(choice, _)| choice.parts.iter().any(|part| part.keywords.required.contains(*name)))
    };
    let names = || objects[0].1.keys();
    names().filter(tells).find(is_required).or_else(|| names().find(tells)).cloned()
}

/// Where only one alternative is text, or an integer, it is that whatever its value: enums are open.
fn widen_single(looks: &mut [Vec<Look>]) {
    for (kind, is_kind) in [
        (Kind::Text, (|value| matches!(value, Constant::Text(_))) as fn(&Constant) -> bool),
        (Kind::Integer, |value| matches!(value, Constant::Integer(_))),
    ] {
        let concerns = |look: &Look| match look {
            Look::Constants(values) => values.iter().any(is_kind),
            Look::Kind(Kind::Number) => kind == Kind::Integer,
            Look::Kind(other) => *other == kind,
            _ => false,
        };
        let concerned: Vec<usize> =
            (0..looks.len()).filter(|index| looks[*index].iter().any(concerns)).collect();
        if let [only] = concerned.as_slice() {
            for look in &mut looks[*only] {
                if matches!(look, Look::Constants(values) if values.iter().all(is_kind)) {
                    *look = Look::Kind(kind);
                }
            }
        }
    }
}

/// Of alternatives that look alike and are one type the first is enough.
fn drop_twins(alternatives: &mut Vec<Alternative>) {
    let mut kept: Vec<Alternative> = Vec::with_capacity(alternatives.len());
    for alternative in alternatives.drain(..) {
        let is_twin = kept
            .iter()
            .any(|other| other.variant.ty == alternative.variant.ty && is_alike(other, &alternative));
        if !is_twin {
            kept.push(alternative);
        }
    }
    *alternatives = kept;
}

fn is_alike(one: &Alternative, other: &Alternative) -> bool {
    one.looks.iter().any(|look| other.looks.iter().any(|it| look_alike(look, it)))
}

/// Two alternatives that a value may look like, neither being the more particular one.
fn doubt(alternatives: &[Alternative]) -> Option<(String, String)> {
    for (index, one) in alternatives.iter().enumerate() {
        for other in &alternatives[index + 1..] {
            if is_alike(one, other) {
                return Some((one.variant.key.clone(), other.variant.key.clone()));
            }
        }
    }
    None
}

fn look_alike(one: &Look, other: &Look) -> bool {
    match (one, other) {
        (Look::Tag { member, values }, Look::Tag { member: other_member, values: others }) => {
            member != other_member || values.iter().any(|value| others.contains(value))
        }
        (Look::Constants(values), Look::Constants(others)) => {
            values.iter().any(|value| others.contains(value))
        }
        (Look::Object { required, .. }, Look::Object { required: others, .. }) => required == others,
        (Look::List(looks), Look::List(others)) => {
            looks.is_empty()
                || others.is_empty()
                || looks.iter().any(|look| others.iter().any(|other| look_alike(look, other)))
        }
        (Look::Kind(one), Look::Kind(other)) => one == other,
        (Look::Anything, Look::Anything) => true,
        _ => false,
    }
}
