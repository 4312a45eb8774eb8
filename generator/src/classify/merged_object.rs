//! Objects whose properties come from several parts.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use openapiv3::AdditionalProperties;

use super::parts::SchemaPart;
use super::property::{Contribution, Property};
use super::schemas::Schemas;
use crate::diagnostics::Pointer;

/// The properties of an object, gathered from all its parts, in document order.
#[derive(Default)]
pub(super) struct MergedObject<'a> {
    pub(super) properties: IndexMap<String, Property<'a>>,
    /// The required properties, with their locations in `required`.
    pub(super) required: BTreeMap<String, Pointer>,
    /// The schema of `additionalProperties`.
    pub(super) additional_properties: Option<Property<'a>>,
    /// True if a part allows no other properties.
    pub(super) is_closed: bool,
    /// The unions beside the properties.
    pub(super) unions: Vec<SchemaPart<'a>>,
}

impl<'a> MergedObject<'a> {
    /// Gathers the properties and unions that parts list themselves.
    pub(super) fn of<'p>(schemas: &Schemas<'a>, parts: impl IntoIterator<Item = &'p SchemaPart<'a>>) -> Self
    where
        'a: 'p,
    {
        let mut object = Self::default();
        let mut properties: IndexMap<&'a str, Vec<Contribution<'a>>> = IndexMap::new();
        let mut additional = Vec::new();
        for part in parts {
            for (name, contribution) in Contribution::of_properties(schemas, part) {
                properties.entry(name).or_default().push(contribution);
            }
            additional.extend(Contribution::of_additional(schemas, part));
            object.is_closed |=
                matches!(part.keywords.additional_properties, Some(AdditionalProperties::Any(false)));
            for (index, name) in part.keywords.required.iter().enumerate() {
                let entry = object.required.entry(name.clone());
                entry.or_insert_with(|| part.at.child("required").index(index));
            }
            if !part.keywords.alternatives().is_empty() {
                object.unions.push(part.clone());
            }
        }
        let properties = properties.into_iter();
        object.properties =
            properties.filter_map(|(name, all)| Some((name.to_owned(), Property::of(all)?))).collect();
        object.additional_properties = Property::of(additional);
        object
    }
}
