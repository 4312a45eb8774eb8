//! The constraints on objects in the query whose properties are parameters of their own: exploded, or in the style
//! `deepObject`.

use openapiv3::AdditionalProperties;

use super::text_form::{is_scalar, text_constraints};
use crate::classify::{Keywords, SchemaPart};
use crate::config::OptionalProperties;
use crate::diagnostics::Pointer;
use crate::ir::{
    Location, ObjectConstraints, Operation, Parameter, Style, StyleKind, TextConstraints, TextForm,
};
use crate::lower::context::Lower;

/// The maximum depth of objects in objects.
const MAX_DEPTH: usize = 4;

/// The maximum number of properties of an object and of the objects in it.
const MAX_PROPERTIES: usize = 256;

/// Returns the constraints on the properties of an object, and on their names. Returns `None` if the parameter is not such
/// an object.
pub(super) fn of_parameter(
    lower: &mut Lower<'_, '_>,
    operation: &Operation,
    parameter: &Parameter,
) -> Option<(Vec<TextConstraints>, Option<ObjectConstraints>)> {
    if parameter.location != Location::Query {
        return None;
    }
    let exploded = Style { explode: true, ..Style::of(StyleKind::Form) };
    let style = parameter.style.unwrap_or(exploded);
    let is_deep = style.kind == StyleKind::DeepObject;
    let at = parameter.docs.pointer.child("schema");
    if !(is_deep || style == exploded) || !is_object(&lower.schemas.parts_at(&at)) {
        return None;
    }
    let mut reader = Reader { lower, operation, is_deep, left: MAX_PROPERTIES, properties: Vec::new() };
    let object = reader.object(&at, parameter);
    reader.read(&at, &parameter.name, 0);
    Some((reader.properties, object))
}

fn is_object(parts: &[SchemaPart<'_>]) -> bool {
    parts.iter().any(|part| part.keywords.is_object()) && !parts.iter().any(|part| part.keywords.is_scalar())
}

struct Reader<'r, 'a, 'd> {
    lower: &'r mut Lower<'a, 'd>,
    operation: &'r Operation,
    is_deep: bool,
    /// The number of properties that are still read.
    left: usize,
    properties: Vec<TextConstraints>,
}

impl Reader<'_, '_, '_> {
    /// Reads the properties of the object at a location, whose name in the query is `name`.
    fn read(&mut self, at: &Pointer, name: &str, depth: usize) {
        let parts = self.lower.schemas.parts_at(at);
        for part in parts.iter() {
            for property in part.keywords.properties.keys() {
                if self.left == 0 {
                    return;
                }
                self.left -= 1;
                let at = part.at.child("properties").child(property);
                let Some(name) = self.name_of(name, property) else { continue };
                if is_object(&self.lower.schemas.parts_at(&at)) {
                    // No style defines objects in objects, except that many clients write more brackets.
                    if self.is_deep && depth < MAX_DEPTH {
                        self.read(&at, &name, depth + 1);
                    }
                    continue;
                }
                let style = Style { explode: true, ..Style::of(StyleKind::Form) };
                let constraints = text_constraints(self.lower, &name, &at, style);
                // OpenAPI does not define lists in the style `deepObject`.
                let is_defined = |it: &TextConstraints| !self.is_deep || it.form == TextForm::Value;
                self.properties.extend(constraints.filter(is_defined));
            }
        }
    }

    /// Returns the name of a property in the query. It is uncertain what the name of another parameter means.
    fn name_of(&self, object: &str, property: &str) -> Option<String> {
        let name = if self.is_deep { format!("{object}[{property}]") } else { property.to_owned() };
        let mut others = self.operation.parameters.iter().filter(|it| it.location == Location::Query);
        (self.is_deep || !others.any(|it| it.name == name)).then_some(name)
    }

    /// Returns the constraints on the names of the properties.
    fn object(&self, at: &Pointer, parameter: &Parameter) -> Option<ObjectConstraints> {
        let parts = self.lower.schemas.parts_at(at);
        let listed = parts.iter().flat_map(|part| part.keywords.properties.keys());
        let listed = listed.filter(|property| self.name_of(&parameter.name, property).is_some());
        let properties: Vec<String> = listed.cloned().collect();
        let required = parts.iter().flat_map(|part| {
            let required = part.keywords.required.iter();
            required.filter(|name| properties.contains(name) && self.is_always_sent(part, name))
        });
        let required: Vec<String> = required.cloned().collect();
        let is_closed = self.is_deep && matches!(&parts[..], [only] if is_closed(&only.keywords));
        let has_effect = is_closed || !required.is_empty();
        has_effect.then(|| ObjectConstraints {
            name: parameter.name.clone(),
            is_deep: self.is_deep,
            is_required: parameter.required,
            properties,
            required,
            is_closed,
        })
    }

    /// Returns true if a required property is in every request. Null and empty lists and objects are not sent.
    fn is_always_sent(&self, part: &SchemaPart<'_>, property: &str) -> bool {
        let schemas = self.lower.schemas;
        let Some(id) = schemas.find(&part.at.child("properties").child(property)) else { return false };
        let data = || schemas.parts(id).iter().map(|part| part.keywords.data);
        is_scalar(self.lower, id)
            && !schemas.allows_null(id)
            && !data().any(|data| data.read_only || data.default.is_some())
            // ProtoJSON omits empty values.
            && !schemas.config.protojson
            && schemas.config.optional == OptionalProperties::default()
    }
}

/// Returns true if an object only has the properties that the schema lists.
fn is_closed(keywords: &Keywords<'_>) -> bool {
    matches!(keywords.additional_properties, Some(AdditionalProperties::Any(false)))
        && keywords.all_of.is_empty()
        && keywords.alternatives().is_empty()
        && keywords.data.discriminator.is_none()
}
