//! Signatures: what the document says about the JSON values of an alternative.
//!
//! An alternative that is a union itself has a signature for each of its own alternatives, so that nested unions are
//! distinguished like flat ones.

use std::collections::{BTreeSet, VecDeque};

use super::choice::Choice;
use super::part_kinds::{is_null_or_never, is_object};
use super::parts::{Parts, SchemaPart};
use super::schemas::Schemas;
use super::tags::{Constants, constants_of};
use super::value_rules::{inner_rules, value_rules};
use crate::document::SchemaId;
use crate::ir::{Constant, MatchRule};

/// The maximum number of unions inside one another that are read as one.
const DEPTH: usize = 3;

/// The maximum number of additional signatures for nested unions.
const MAX_NESTED: usize = 1024;

/// The maximum number of objects inside an object whose constants are read. Objects that require themselves end here.
const MAX_INNER_OBJECTS: usize = 64;

/// The values of an alternative.
pub(super) enum Signature<'a> {
    Object(ObjectSignature<'a>),
    /// Values that are recognized without the other alternatives.
    Plain(Vec<MatchRule>),
}

/// Objects that an alternative allows.
pub(super) struct ObjectSignature<'a> {
    /// The position of the alternative.
    pub(super) choice: usize,
    pub(super) properties: BTreeSet<&'a str>,
    pub(super) required: BTreeSet<&'a str>,
    /// The properties that have listed values only.
    pub(super) constants: Constants,
    parts: Parts<'a>,
}

/// A constant of an object inside a signature.
pub(super) struct InnerConstant {
    /// The properties that lead to the constant. Those before the last one are required.
    pub(super) path: Vec<String>,
    pub(super) values: Vec<Constant>,
    pub(super) is_required: bool,
}

impl<'a> Signature<'a> {
    /// Returns the signature of objects.
    pub(super) fn object(&self) -> Option<&ObjectSignature<'a>> {
        match self {
            Self::Object(object) => Some(object),
            Self::Plain(_) => None,
        }
    }
}

/// Returns the signatures of each alternative. `shared` are the properties beside the union.
pub(super) fn signatures<'a>(
    schemas: &Schemas<'a>,
    shared: &[SchemaPart<'a>],
    choices: &[Choice<'a>],
) -> Vec<Vec<Signature<'a>>> {
    let mut nested = MAX_NESTED;
    let signatures = choices.iter().enumerate().map(|(choice, it)| {
        let own = expand(schemas, &it.parts, &mut nested).into_iter();
        own.map(|parts| signature(schemas, shared, choice, parts)).collect()
    });
    signatures.collect()
}

/// Returns the parts of each alternative of a schema that is a union, or else the parts of the schema.
fn expand<'a>(schemas: &Schemas<'a>, parts: &Parts<'a>, nested: &mut usize) -> Vec<Parts<'a>> {
    let mut expanded = vec![parts.clone()];
    for _ in 0..DEPTH {
        let mut next = Vec::with_capacity(expanded.len());
        let mut is_complete = true;
        for parts in &expanded {
            let Some((index, inner)) = union_of(schemas, parts) else {
                next.push(parts.clone());
                continue;
            };
            let Some(left) = nested.checked_sub(inner.len()) else {
                next.push(parts.clone());
                continue;
            };
            *nested = left;
            is_complete = false;
            next.extend(inner.into_iter().map(|id| with_alternative(schemas, parts, index, id)));
        }
        expanded = next;
        if is_complete {
            break;
        }
    }
    expanded
}

/// Returns the position of the first part that is a union, and its alternatives.
fn union_of(schemas: &Schemas<'_>, parts: &[SchemaPart<'_>]) -> Option<(usize, Vec<SchemaId>)> {
    parts.iter().enumerate().find_map(|(index, part)| {
        let alternatives = schemas.alternative_ids(part).filter(|id| !is_null_or_never(schemas, *id));
        let alternatives: Vec<SchemaId> = alternatives.collect();
        (!alternatives.is_empty()).then_some((index, alternatives))
    })
}

/// Returns the parts of a schema with one of its alternatives in place of the union.
fn with_alternative<'a>(schemas: &Schemas<'a>, parts: &Parts<'a>, union: usize, id: SchemaId) -> Parts<'a> {
    let around = parts.iter().enumerate().map(|(index, part)| match index == union {
        true => part.without_alternatives(),
        false => part.clone(),
    });
    let around = around.filter(|part| !part.keywords.has_only_annotations());
    around.chain(schemas.parts(id).iter().cloned()).collect()
}

fn signature<'a>(
    schemas: &Schemas<'a>,
    shared: &[SchemaPart<'a>],
    choice: usize,
    parts: Parts<'a>,
) -> Signature<'a> {
    if !is_object(&parts) || union_of(schemas, &parts).is_some() {
        return Signature::Plain(value_rules(schemas, &parts, 0));
    }
    let all = || shared.iter().chain(parts.iter());
    Signature::Object(ObjectSignature {
        choice,
        properties: all().flat_map(|part| part.keywords.properties.keys().map(String::as_str)).collect(),
        required: required_names(all()),
        constants: constants_of(schemas, &parts),
        parts,
    })
}

impl<'a> ObjectSignature<'a> {
    /// Returns the match rules of a required property, or `None` if it is optional or nullable.
    pub(super) fn rules_of_property(&self, schemas: &Schemas<'a>, name: &str) -> Option<Vec<MatchRule>> {
        let id = required_property(schemas, &self.parts, name)?;
        Some(inner_rules(schemas, id, 1).to_vec())
    }

    /// Returns the constants of the objects that are required properties, at any depth.
    pub(super) fn inner_constants(&self, schemas: &Schemas<'a>) -> Vec<InnerConstant> {
        let mut found = Vec::new();
        let mut count = 0;
        let mut open = VecDeque::from([(Vec::new(), self.parts.clone())]);
        while let Some((path, parts)) = open.pop_front() {
            for name in required_names(parts.iter()) {
                let Some(id) = required_property(schemas, &parts, name) else { continue };
                let inner = schemas.parts(id);
                if !is_object(inner) || count == MAX_INNER_OBJECTS {
                    continue;
                }
                count += 1;
                let path: Vec<String> = path.iter().cloned().chain([name.to_owned()]).collect();
                let required = required_names(inner.iter());
                let constants = constants_of(schemas, inner).into_iter();
                found.extend(constants.map(|(name, values)| InnerConstant {
                    is_required: required.contains(name.as_str()),
                    path: path.iter().cloned().chain([name]).collect(),
                    values,
                }));
                open.push_back((path, inner.clone()));
            }
        }
        found
    }
}

fn required_names<'p, 'a: 'p>(parts: impl Iterator<Item = &'p SchemaPart<'a>>) -> BTreeSet<&'a str> {
    parts.flat_map(|part| part.keywords.required.iter().map(String::as_str)).collect()
}

/// Returns the schema of a required property that cannot be null.
fn required_property(schemas: &Schemas<'_>, parts: &[SchemaPart<'_>], name: &str) -> Option<SchemaId> {
    if !parts.iter().any(|part| part.keywords.required.iter().any(|it| it == name)) {
        return None;
    }
    let described = parts.iter().rev().find(|part| part.keywords.properties.contains_key(name))?;
    let id = schemas.property(described.id, name)?.id;
    (!schemas.allows_null(id)).then_some(id)
}
