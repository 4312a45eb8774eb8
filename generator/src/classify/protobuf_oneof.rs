//! Protobuf oneofs that only exist in a description.
//!
//! Gateways that generate OpenAPI from protobuf flatten a oneof into its message and leave a paragraph in the
//! description: "This message contains a oneof named NAME. Only a single field of the following list may be
//! set at a time:", with a list of the fields. The paragraph becomes a keyed union and is removed from the
//! description.
//!
//! The compiler of protobuf adds such a oneof for each `optional` field, with only this field, which stays an ordinary property.

use indexmap::IndexMap;

use super::boilerplate::same_words;
use super::keyed_union::KeyedGroup;
use super::merged_object::MergedObject;
use crate::diagnostics::{Code, Diagnostics, Pointer};
use crate::ir::Docs;

const BEGIN: &str = "This message contains a oneof named ";
const END: &str = ". Only a single field of the following list may be set at a time:";

/// A oneof in a description.
#[derive(Debug, PartialEq, Eq)]
struct Oneof {
    name: String,
    fields: Vec<String>,
}

impl Oneof {
    /// Returns true for the oneof of an `optional` field: `_size` with the field `size`.
    fn is_optional_field(&self) -> bool {
        match (self.name.strip_prefix('_'), self.fields.as_slice()) {
            (Some(name), [field]) => same_words(name, field),
            _ => false,
        }
    }
}

/// Moves the oneofs out of the description of a message, and returns them.
pub(super) fn protobuf_groups<'a>(
    docs: &mut Docs,
    object: &MergedObject<'a>,
    at: &Pointer,
    findings: &mut Diagnostics,
) -> Vec<KeyedGroup<'a>> {
    let Some(text) = &docs.text else { return Vec::new() };
    let (rest, oneofs) = split(text);
    if oneofs.is_empty() {
        return Vec::new();
    }
    let mut groups: Vec<KeyedGroup<'a>> = Vec::new();
    for oneof in oneofs.into_iter().filter(|oneof| !oneof.is_optional_field()) {
        let mut group = KeyedGroup {
            name: oneof.name,
            properties: IndexMap::new(),
            docs: IndexMap::new(),
            alternatives: IndexMap::new(),
            at: at.child("description"),
            is_one_of: false,
        };
        for name in oneof.fields {
            let is_taken = groups.iter().any(|other| other.properties.contains_key(&name));
            match object.properties.get(&name).filter(|_| !is_taken) {
                Some(property) => {
                    group.properties.insert(name, property.clone());
                }
                None => findings.report(
                    Code::UnknownOneofField,
                    &group.at,
                    format!(
                        "oneof `{}` lists `{name}`, which is not a property or belongs to another oneof",
                        group.name
                    ),
                    "correct the description, or add the property",
                ),
            }
        }
        if !group.properties.is_empty() {
            groups.push(group);
        }
    }
    docs.text = Some(rest).filter(|rest| !rest.is_empty());
    groups
}

/// Splits a description into the text without oneofs, and the oneofs.
fn split(text: &str) -> (String, Vec<Oneof>) {
    let mut rest = Vec::new();
    let mut oneofs = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let name = line.trim().strip_prefix(BEGIN).and_then(|line| line.strip_suffix(END));
        let Some(name) = name else {
            rest.push(line);
            continue;
        };
        let mut fields = Vec::new();
        while let Some(field) = lines.peek().and_then(|line| line.trim().strip_prefix("- ")) {
            fields.push(field.trim().to_owned());
            lines.next();
        }
        oneofs.push(Oneof { name: name.to_owned(), fields });
    }
    (rest.join("\n").trim().to_owned(), oneofs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, rest: &str, oneofs: &[(&str, &[&str])]) {
        let expected: Vec<Oneof> = oneofs
            .iter()
            .map(|(name, fields)| Oneof {
                name: (*name).to_owned(),
                fields: fields.iter().map(|field| (*field).to_owned()).collect(),
            })
            .collect();
        assert_eq!(split(text), (rest.to_owned(), expected));
    }

    #[test]
    fn a_description_without_oneofs_is_unchanged() {
        check("A widget.\n\n- not a oneof", "A widget.\n\n- not a oneof", &[]);
    }

    #[test]
    fn a_oneof_is_removed_from_the_description() {
        let text = "A step.\n\nThis message contains a oneof named kind. Only a single field of the following list may \
                    be set at a time:\n  - manual\n  - webhook\n";
        check(text, "A step.", &[("kind", &["manual", "webhook"])]);
    }

    #[test]
    fn a_message_can_have_several_oneofs() {
        let text = "This message contains a oneof named a. Only a single field of the following list may be set at a \
                    time:\n  - x\n\n\nThis message contains a oneof named b. Only a single field of the following list \
                    may be set at a time:\n  - y\n  - z\n";
        check(text, "", &[("a", &["x"]), ("b", &["y", "z"])]);
    }

    #[test]
    fn text_after_the_list_is_kept() {
        let text = "This message contains a oneof named a. Only a single field of the following list may be set at a \
                    time:\n  - x\n\nMore.";
        check(text, "More.", &[("a", &["x"])]);
    }
}
