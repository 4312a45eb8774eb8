//! What values of the alternatives of a union look like, and whether that tells them apart.
//!
//! It is read off the document, not off the types that the alternatives become, so that alternatives may be recursive.

use std::collections::BTreeSet;

use heck::ToUpperCamelCase;
use indexmap::IndexMap;
use openapiv3::Discriminator;

use super::Lower;
use super::compose::Part;
use super::enums::constant;
use super::keywords::Keywords;
use super::union::{Choice, key_of};
use crate::diagnostics::Pointer;
use crate::document::is_only_null;
use crate::ir::{Alternative, Constant, Kind, Look};

/// How deep unions within unions are looked into.
const DEPTH: usize = 8;

impl<'a> Lower<'a, '_> {
    /// What each alternative looks like.
    pub(super) fn looks_of(
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
        self.tell_by_member(choices, &mut looks);
        let are_constants: Vec<bool> =
            choices.iter().map(|choice| self.lower_constant(choice).is_some()).collect();
        widen_single(&mut looks, &are_constants);
        looks
    }

    /// Where objects require the same members, one of these may be something else in each of them: text in one and a
    /// number in the other, say.
    fn tell_by_member(&self, choices: &[Choice<'a>], looks: &mut [Vec<Look>]) {
        let objects: Vec<usize> = (0..looks.len())
            .filter(|index| matches!(looks[*index].as_slice(), [Look::Object { .. }]))
            .collect();
        let is_told = objects.iter().enumerate().all(|(position, one)| {
            objects[position + 1..].iter().all(|other| !look_alike(&looks[*one][0], &looks[*other][0]))
        });
        let Some(Look::Object { required, .. }) = objects.first().map(|first| &looks[*first][0]) else {
            return;
        };
        if is_told {
            return;
        }
        for member in required.clone() {
            let kinds: Option<Vec<Vec<Look>>> =
                objects.iter().map(|index| self.looks_of_member(&choices[*index].parts, &member)).collect();
            if let Some(kinds) = kinds.filter(|kinds| are_apart(kinds)) {
                for (index, kinds) in objects.into_iter().zip(kinds) {
                    looks[index] = vec![Look::Member { member: member.clone(), looks: kinds }];
                }
                return;
            }
        }
    }

    /// What a member that an object requires looks like.
    fn looks_of_member(&self, parts: &[Part<'a>], member: &str) -> Option<Vec<Look>> {
        if !parts.iter().any(|part| part.keywords.required.iter().any(|name| name == member)) {
            return None;
        }
        let (part, schema) =
            parts.iter().rev().find_map(|part| Some((part, part.keywords.properties.get(member)?)))?;
        let at = part.at.child("properties").child(member);
        let (schema, at) = self.document.boxed_schema(schema, &at)?;
        (!self.allows_null(schema, &at)).then(|| self.looks(&[], &self.parts(schema, &at), 1))
    }

    /// What a discriminator's member holds for the schema at `target`: what its mapping says, or else a constant, or
    /// else the schema's name (OpenAPI 3.0.3, section 4.7.25).
    pub(super) fn tags(
        &self,
        discriminator: &Discriminator,
        target: &Pointer,
        parts: &[Part<'a>],
    ) -> Vec<Constant> {
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
    pub(super) fn constants_of(&self, parts: &[Part<'a>]) -> IndexMap<String, Vec<Constant>> {
        let mut constants: IndexMap<String, Vec<Constant>> = IndexMap::new();
        for part in parts {
            for (name, schema) in part.keywords.properties {
                let at = part.at.child("properties").child(name);
                let Some((schema, at)) = self.document.boxed_schema(schema, &at) else { continue };
                let parts = self.parts(schema, &at);
                let listed = parts.iter().rev().find(|part| !part.keywords.values.is_empty());
                let values: Option<Vec<Constant>> =
                    listed.and_then(|part| part.keywords.values.iter().map(constant).collect());
                let Some(mut values) = values else { continue };
                // What several parts list, each of them allows.
                if let Some(known) = constants.get(name) {
                    let is_common = |value: &Constant| known.contains(value);
                    if values.iter().any(is_common) {
                        values.retain(is_common);
                    }
                }
                constants.insert(name.clone(), values);
            }
        }
        constants
    }

    /// What values of a schema look like.
    pub(super) fn looks(&self, shared: &[Part<'a>], parts: &[Part<'a>], depth: usize) -> Vec<Look> {
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
            Some("string") => Look::Kind(text_kind(parts)),
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

    pub(super) fn look_of_list(&self, parts: &[Part<'a>], depth: usize) -> Look {
        let items = parts.iter().rev().find_map(|part| Some((part.keywords.items?, &part.at)));
        let looks = items.and_then(|(items, at)| {
            let (schema, at) = self.document.boxed_schema(items, &at.child("items"))?;
            // Null among the elements says nothing of the others.
            let is_nullable = schema.schema_data.nullable;
            (!is_nullable).then(|| self.looks(&[], &self.parts(schema, &at), depth + 1))
        });
        let looks = looks.unwrap_or_default();
        Look::List(if looks.contains(&Look::Anything) { Vec::new() } else { looks })
    }
}

/// The values that a discriminator maps to the schema at `target`.
pub(super) fn mapped(
    lower: &Lower<'_, '_>,
    discriminator: &Discriminator,
    target: &Pointer,
) -> Vec<Constant> {
    let mapping = discriminator.mapping.iter();
    mapping
        .filter(|(_, to)| lower.document.mapping_target(to).as_ref() == Some(target))
        .map(|(value, _)| Constant::Text(value.clone()))
        .collect()
}

pub(super) fn is_object(parts: &[Part<'_>]) -> bool {
    parts.iter().any(|part| part.keywords.is_object() || !part.keywords.required.is_empty())
        && !parts.iter().any(|part| part.keywords.is_scalar())
}

/// What a text shows itself to be.
fn text_kind(parts: &[Part<'_>]) -> Kind {
    match parts.iter().rev().find_map(|part| part.keywords.format.as_deref()) {
        Some("ipv4") => Kind::Ipv4,
        Some("ipv6") => Kind::Ipv6,
        _ => Kind::Text,
    }
}

/// Whether no value looks like two of these.
fn are_apart(kinds: &[Vec<Look>]) -> bool {
    kinds.iter().enumerate().all(|(position, one)| {
        kinds[position + 1..]
            .iter()
            .all(|other| one.iter().all(|look| other.iter().all(|it| is_apart(look, it))))
    })
}

/// Whether no value can look like both, however far enums and objects may grow.
fn is_apart(one: &Look, other: &Look) -> bool {
    #[derive(PartialEq)]
    enum Sort {
        Object,
        List,
        Boolean,
        Number,
        Text,
    }
    let sort = |look: &Look| match look {
        Look::Tag { .. } | Look::Object { .. } | Look::Member { .. } => Some(Sort::Object),
        Look::List(_) => Some(Sort::List),
        Look::Kind(Kind::Boolean) => Some(Sort::Boolean),
        Look::Kind(Kind::Integer | Kind::Number) => Some(Sort::Number),
        Look::Kind(Kind::Text | Kind::Ipv4 | Kind::Ipv6) => Some(Sort::Text),
        Look::Constants(_) | Look::Anything => None,
    };
    match (one, other) {
        (Look::Kind(Kind::Ipv4), Look::Kind(Kind::Ipv6))
        | (Look::Kind(Kind::Ipv6), Look::Kind(Kind::Ipv4)) => true,
        (one, other) => match (sort(one), sort(other)) {
            (Some(one), Some(other)) => one != other,
            _ => false,
        },
    }
}

/// The first member that an object requires and that has only one value.
pub(super) fn own_tag(parts: &[Part<'_>], constants: &IndexMap<String, Vec<Constant>>) -> Option<String> {
    let is_required = |name: &String| parts.iter().any(|part| part.keywords.required.contains(name));
    constants
        .iter()
        .find(|(name, values)| values.len() == 1 && is_required(name))
        .map(|(name, _)| name.clone())
}

/// The member that every object among the alternatives requires and that has other values in each of them; or, where
/// there is none, one that at least has.
fn telling_member(choices: &[Choice<'_>], constants: &[IndexMap<String, Vec<Constant>>]) -> Option<String> {
    let objects: Vec<(&Choice<'_>, &IndexMap<String, Vec<Constant>>)> =
        choices.iter().zip(constants).filter(|(choice, _)| is_object(&choice.parts)).collect();
    if let ([_], [(only, constants)]) = (choices, objects.as_slice()) {
        return own_tag(&only.parts, constants);
    }
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

/// Where only one alternative is text, or an integer, it is that whatever its value: enums are open. A constant is not.
fn widen_single(looks: &mut [Vec<Look>], are_constants: &[bool]) {
    for (kind, is_kind) in [
        (Kind::Text, (|value| matches!(value, Constant::Text(_))) as fn(&Constant) -> bool),
        (Kind::Integer, |value| matches!(value, Constant::Integer(_))),
    ] {
        let concerns = |look: &Look| match look {
            Look::Constants(values) => values.iter().any(is_kind),
            Look::Kind(Kind::Number) => kind == Kind::Integer,
            Look::Kind(Kind::Ipv4 | Kind::Ipv6) => kind == Kind::Text,
            Look::Kind(other) => *other == kind,
            _ => false,
        };
        let concerned: Vec<usize> = (0..looks.len())
            .filter(|index| !are_constants[*index] && looks[*index].iter().any(concerns))
            .collect();
        if let [only] = concerned.as_slice() {
            for look in &mut looks[*only] {
                let is_narrow = match look {
                    Look::Constants(values) => values.iter().all(is_kind),
                    Look::Kind(Kind::Ipv4 | Kind::Ipv6) => kind == Kind::Text,
                    _ => false,
                };
                if is_narrow {
                    *look = Look::Kind(kind);
                }
            }
        }
    }
}

/// Two alternatives that a value may look like, neither being the more particular one.
pub(super) fn doubt(alternatives: &[Alternative]) -> Option<(String, String)> {
    for (index, one) in alternatives.iter().enumerate() {
        for other in &alternatives[index + 1..] {
            if is_alike(one, other) {
                return Some((one.variant.key.clone(), other.variant.key.clone()));
            }
        }
    }
    None
}

pub(super) fn is_alike(one: &Alternative, other: &Alternative) -> bool {
    one.looks.iter().any(|look| other.looks.iter().any(|it| look_alike(look, it)))
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
        (Look::Member { member, looks }, Look::Member { member: other_member, looks: others }) => {
            member != other_member || looks.iter().any(|look| others.iter().any(|it| look_alike(look, it)))
        }
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
