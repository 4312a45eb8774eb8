//! Objects: structs with fields, and the unions among them.

use std::collections::BTreeSet;

use openapiv3::AdditionalProperties;
use serde_json::Value;

use super::boilerplate::without_boilerplate;
use super::children::child_of;
use super::docs::docs;
use super::keyed_union::{KeyedGroup, keyed_groups};
use super::keywords::Keywords;
use super::merged_object::MergedObject;
use super::merged_property::{child, merged_docs};
use super::parts::SchemaPart;
use super::plan::{FieldPlan, Plan, PropertyPlan, StructPlan};
use super::property::{Contribution, Property, access};
use super::protobuf_oneof::protobuf_groups;
use super::schemas::Schemas;
use super::secrecy::is_secret;
use crate::diagnostics::{Code, Diagnostics, Pointer};
use crate::document::is_only_null;
use crate::ir::{Constraint, Docs};

/// Plans an object without `allOf`. `is_component` is true for a component and for the items of one.
pub(super) fn plan_object<'a>(
    schemas: &Schemas<'a>,
    part: &SchemaPart<'a>,
    is_component: bool,
    findings: &mut Diagnostics,
) -> Plan<'a> {
    let keywords = &part.keywords;
    if is_protobuf_any(keywords) {
        return Plan::ProtobufAny;
    }
    let has_members = !keywords.properties.is_empty() || !keywords.one_of.is_empty();
    match keywords.additional_properties {
        Some(AdditionalProperties::Schema(_)) if !has_members => {
            match Contribution::of_additional(schemas, part) {
                Some(values) => Plan::Map(child_of(schemas, &values)),
                None => Plan::Object,
            }
        }
        Some(AdditionalProperties::Any(true)) if !has_members => Plan::Object,
        // A component without properties is a struct; an inline object without properties is free-form.
        _ if has_members || is_component => {
            plan_objects(schemas, keywords, std::slice::from_ref(part), &part.at, findings)
        }
        _ => Plan::Object,
    }
}

/// Plans an object with the properties of all parts. The documentation comes from `keywords`.
pub(super) fn plan_objects<'p, 'a: 'p>(
    schemas: &Schemas<'a>,
    keywords: &Keywords<'a>,
    parts: impl IntoIterator<Item = &'p SchemaPart<'a>>,
    at: &Pointer,
    findings: &mut Diagnostics,
) -> Plan<'a> {
    let mut object = MergedObject::of(schemas, parts);
    let mut docs = docs(schemas, keywords, at);
    let mut groups = protobuf_groups(&mut docs, &object, at, findings);
    groups.extend(keyed_groups(schemas, &mut object, findings));
    docs.constraints.extend(undefined_required(&object, &groups, findings));
    if let [only] = groups.as_slice() {
        if only.covers_object(&object) && object.additional_properties.is_none() {
            return Plan::KeyedUnion(Box::new(only.plan(schemas, docs, findings)));
        }
    }
    let fields = plan_fields(schemas, &object, &groups, findings);
    let additional = object.additional_properties.as_ref();
    let additional_properties = additional.map(|property| child(schemas, property, findings));
    Plan::Struct(Box::new(StructPlan {
        at: at.clone(),
        docs,
        fields,
        additional_properties,
        is_closed: object.is_closed,
    }))
}

/// Returns the required properties that have no schema. They have no field, so the caller has to set them as unknown
/// properties.
fn undefined_required(
    object: &MergedObject<'_>,
    groups: &[KeyedGroup<'_>],
    findings: &mut Diagnostics,
) -> Option<Constraint> {
    let is_described = |name: &String| {
        object.properties.contains_key(name) || groups.iter().any(|group| group.properties.contains_key(name))
    };
    let undefined: Vec<(&String, &Pointer)> =
        object.required.iter().filter(|(name, _)| !is_described(name)).collect();
    if undefined.is_empty() {
        return None;
    }
    if object.additional_properties.is_none() {
        for (name, at) in &undefined {
            findings.report(
                Code::UndefinedProperty,
                at,
                format!("`{name}` is listed in `required` but not defined in `properties`"),
                "add it to `properties`, or remove it from `required`",
            );
        }
    }
    Some(Constraint::RequiredProperties(undefined.into_iter().map(|(name, _)| name.clone()).collect()))
}

fn plan_fields<'a>(
    schemas: &Schemas<'a>,
    object: &MergedObject<'a>,
    groups: &[KeyedGroup<'a>],
    findings: &mut Diagnostics,
) -> Vec<FieldPlan<'a>> {
    let mut fields = Vec::with_capacity(object.properties.len());
    let mut planned = BTreeSet::new();
    let group_field = |group: &KeyedGroup<'a>, findings: &mut Diagnostics| {
        let docs = Docs { pointer: group.at.clone(), ..Docs::default() };
        FieldPlan::KeyedUnion(Box::new(group.plan(schemas, docs, findings)))
    };
    for (name, property) in &object.properties {
        // The field of a union takes the position of its first property.
        match groups.iter().position(|group| group.properties.contains_key(name)) {
            None => {
                let is_required = object.required.contains_key(name);
                let field = plan_property(schemas, name, property, is_required, findings);
                fields.push(FieldPlan::Property(Box::new(field)));
            }
            Some(group) if planned.insert(group) => fields.push(group_field(&groups[group], findings)),
            Some(_) => {}
        }
    }
    for (index, group) in groups.iter().enumerate() {
        if planned.insert(index) {
            fields.push(group_field(group, findings));
        }
    }
    fields
}

fn plan_property<'a>(
    schemas: &Schemas<'a>,
    name: &str,
    property: &Property<'a>,
    is_required: bool,
    findings: &mut Diagnostics,
) -> PropertyPlan<'a> {
    let mut docs = merged_docs(schemas, property);
    docs.text = without_boilerplate(docs.text, name);
    let is_custom = property.custom_type(schemas).is_some();
    if is_custom {
        // They describe the type that the document gives the property.
        docs.constraints.clear();
        docs.example = None;
    }
    PropertyPlan {
        name: name.to_owned(),
        docs,
        access: access(property),
        is_required,
        is_presence_only: !is_custom && is_presence_only(schemas, property),
        only_bool: only_bool(schemas, property),
        is_secret: is_secret(schemas, name, property),
        schema: child(schemas, property, findings),
        property: property.clone(),
    }
}

/// Returns the only boolean that a property allows, if its schema or a part of it has such an enum.
fn only_bool(schemas: &Schemas<'_>, property: &Property<'_>) -> Option<bool> {
    property.contributions().filter_map(Contribution::id).find_map(|id| {
        schemas.parts(id).iter().find_map(|part| match &*part.keywords.values {
            [Value::Bool(truth)] => Some(*truth),
            _ => None,
        })
    })
}

/// Returns true if a property can only be null, so that its presence is the information. In protobuf's JSON null
/// means absence.
fn is_presence_only(schemas: &Schemas<'_>, property: &Property<'_>) -> bool {
    let is_null = |it: &Contribution<'_>| it.id().is_some_and(|id| is_only_null(schemas.schema(id)));
    !schemas.config.protojson && property.contributions().all(is_null)
}

/// Returns true if an object is protobuf's `Any`: `@type`, and any other properties.
fn is_protobuf_any(keywords: &Keywords<'_>) -> bool {
    keywords.properties.len() == 1
        && keywords.properties.contains_key("@type")
        && matches!(keywords.additional_properties, Some(AdditionalProperties::Any(true)))
}
