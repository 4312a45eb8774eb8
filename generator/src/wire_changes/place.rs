//! The places of values in both documents, and their names in messages.
//!
//! Imports `ir` and `diagnostics`.

use crate::diagnostics::Pointer;
use crate::ir::Docs;

/// A value in both documents.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) subject: Subject,
    /// The name in messages, such as `` `Pet.name` `` or "the request body".
    pub(super) name: String,
    pub(super) old: Pointer,
    pub(super) new: Pointer,
}

/// The part of a message that a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    Parameter,
    Body,
    Property,
    /// A header of a response.
    Header,
}

impl Place {
    /// Returns the place of a property with this name, of an object at this place.
    pub(super) fn property(name: &str, old: &Pointer, new: &Pointer) -> Self {
        Self {
            subject: Subject::Property,
            name: property_name(old, name),
            old: old.clone(),
            new: new.clone(),
        }
    }

    /// Returns the place of the schema that describes the value, if both documents refer to a schema without a type.
    pub(super) fn of_value(&self, old: &Docs, new: &Docs) -> Self {
        match (&old.target, &new.target) {
            (Some(old), Some(new)) => self.of_type(old, new),
            _ => self.clone(),
        }
    }

    /// Returns the place of the items of a list or the values of a map at this place.
    pub(super) fn inside(&self, what: &str) -> Self {
        match self.name.starts_with(what) {
            true => self.clone(),
            false => Self { name: format!("{what} of {}", self.name), ..self.clone() },
        }
    }

    /// Returns the place of a named type whose schemas are at these locations.
    pub(super) fn of_type(&self, old: &Pointer, new: &Pointer) -> Self {
        let name = spelled(old).map_or_else(|| self.name.clone(), |name| format!("`{name}`"));
        Self { subject: self.subject, name, old: old.clone(), new: new.clone() }
    }
}

/// Returns the name of the property at a location.
pub(super) fn property_name(at: &Pointer, name: &str) -> String {
    match spelled(at) {
        // A property without a location of its own has the location of its object.
        Some(path) if path == name || path.ends_with(&format!(".{name}")) => format!("`{path}`"),
        Some(path) => format!("`{path}.{name}`"),
        None => format!("`{name}`"),
    }
}

/// Returns the name of a schema by its location: `Pet.name` for `#/components/schemas/Pet/properties/name`, and the path
/// inside the schema for a schema of an operation. Returns `None` if that path is empty.
pub(super) fn spelled(at: &Pointer) -> Option<String> {
    let mut segments: Vec<String> = at.segments().collect();
    let is_component =
        segments.len() >= 3 && segments[0] == "components" && segments[1] == "schemas" && at.file().is_none();
    let mut names: Vec<String> = Vec::new();
    let rest = if is_component {
        let rest = segments.split_off(3);
        names.extend(segments.pop());
        rest
    } else {
        match segments.iter().position(|segment| segment == "schema") {
            Some(position) => segments.split_off(position + 1),
            // In another file, a schema can be anywhere.
            None if at.file().is_some() => segments,
            None => Vec::new(),
        }
    };
    let mut rest = rest.into_iter();
    while let Some(segment) = rest.next() {
        match segment.as_str() {
            "properties" => names.extend(rest.next()),
            "items" => match names.last_mut() {
                Some(last) => last.push_str("[]"),
                None => names.push("[]".to_owned()),
            },
            "additionalProperties" => names.push("*".to_owned()),
            "allOf" | "oneOf" | "anyOf" => {
                rest.next();
            }
            _ => names.push(segment),
        }
    }
    (!names.is_empty()).then(|| names.join("."))
}

/// Returns a list of alternatives with the noun.
pub(super) fn alternatives<'n>(names: impl ExactSizeIterator<Item = &'n str>) -> String {
    let noun = if names.len() == 1 { "alternative" } else { "alternatives" };
    format!("{noun} {}", list(names))
}

/// Returns a list of names, at most five of them.
pub(super) fn list<'n>(names: impl ExactSizeIterator<Item = &'n str>) -> String {
    const SHOWN: usize = 5;
    let hidden = names.len().saturating_sub(SHOWN);
    let shown: Vec<&str> = names.take(SHOWN).collect();
    match hidden {
        0 => shown.join(", "),
        hidden => format!("{} and {hidden} more", shown.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pointer: &str, expected: Option<&str>) {
        assert_eq!(spelled(&Pointer::parse(pointer)).as_deref(), expected, "{pointer}");
    }

    #[test]
    fn a_schema_is_named_by_its_location() {
        check("/components/schemas/Pet", Some("Pet"));
        check("/components/schemas/Pet/properties/tags/items", Some("Pet.tags[]"));
        check("/components/schemas/Pet/allOf/1/properties/properties", Some("Pet.properties"));
        check("/components/schemas/Pet/additionalProperties", Some("Pet.*"));
        check("/paths/~1pets/post/requestBody/content/a~1b/schema", None);
        check("/paths/~1pets/post/requestBody/content/a~1b/schema/properties/name", Some("name"));
        check("/paths/~1pets/get/parameters/0", None);
    }
}
