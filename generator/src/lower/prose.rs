//! Protobuf oneofs that survive only in a description.
//!
//! Gateways that write OpenAPI from protobuf flatten a oneof into its message and leave a paragraph behind: "This
//! message contains a oneof named NAME. Only a single field of the following list may be set at a time:", and a list
//! of the fields. Here that paragraph becomes what it stands for, and leaves the description.

use super::Lower;
use super::fields::Members;
use super::one_of::Group;
use crate::diagnostics::{Code, Pointer};
use crate::ir::Docs;
use indexmap::IndexMap;

const BEGIN: &str = "This message contains a oneof named ";
const END: &str = ". Only a single field of the following list may be set at a time:";

/// A oneof as a description has it.
#[derive(Debug, PartialEq, Eq)]
struct Paragraph {
    name: String,
    members: Vec<String>,
}

impl<'a> Lower<'a, '_> {
    /// Takes the oneofs out of a message's description.
    pub(super) fn prose_groups(
        &mut self,
        docs: &mut Docs,
        members: &Members<'a>,
        at: &Pointer,
    ) -> Vec<Group<'a>> {
        let Some(text) = &docs.text else { return Vec::new() };
        let (rest, paragraphs) = split(text);
        if paragraphs.is_empty() {
            return Vec::new();
        }
        let mut groups: Vec<Group<'a>> = Vec::new();
        for paragraph in paragraphs {
            let mut group = Group {
                name: paragraph.name,
                members: IndexMap::new(),
                docs: IndexMap::new(),
                at: at.child("description"),
            };
            for name in paragraph.members {
                let is_taken = groups.iter().any(|other| other.members.contains_key(&name));
                match members.properties.get(&name).filter(|_| !is_taken) {
                    Some(property) => {
                        group.members.insert(name, property.clone());
                    }
                    None => self.diagnostics.report(
                        Code::UnknownOneofMember,
                        &group.at,
                        format!(
                            "The oneof `{}` lists `{name}`, which is no property of its own.",
                            group.name
                        ),
                        "Correct the description, or add the property.",
                    ),
                }
            }
            if !group.members.is_empty() {
                groups.push(group);
            }
        }
        docs.text = Some(rest).filter(|rest| !rest.is_empty());
        groups
    }
}

/// A description without its oneofs, and the oneofs.
fn split(text: &str) -> (String, Vec<Paragraph>) {
    let mut rest = Vec::new();
    let mut paragraphs = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let name = line.trim().strip_prefix(BEGIN).and_then(|line| line.strip_suffix(END));
        let Some(name) = name else {
            rest.push(line);
            continue;
        };
        let mut members = Vec::new();
        while let Some(member) = lines.peek().and_then(|line| line.trim().strip_prefix("- ")) {
            members.push(member.trim().to_owned());
            lines.next();
        }
        paragraphs.push(Paragraph { name: name.to_owned(), members });
    }
    (rest.join("\n").trim().to_owned(), paragraphs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, rest: &str, paragraphs: &[(&str, &[&str])]) {
        let expected: Vec<Paragraph> = paragraphs
            .iter()
            .map(|(name, members)| Paragraph {
                name: (*name).to_owned(),
                members: members.iter().map(|member| (*member).to_owned()).collect(),
            })
            .collect();
        assert_eq!(split(text), (rest.to_owned(), expected));
    }

    #[test]
    fn a_description_without_oneofs_stays_as_it_is() {
        check("A widget.\n\n- not a oneof", "A widget.\n\n- not a oneof", &[]);
    }

    #[test]
    fn a_oneof_leaves_the_description() {
        let text = "A step.\n\nThis message contains a oneof named kind. Only a single field of the following list may \
                    be set at a time:\n  - manual\n  - webhook\n";
        check(text, "A step.", &[("kind", &["manual", "webhook"])]);
    }

    #[test]
    fn one_message_may_have_several() {
        let text = "This message contains a oneof named a. Only a single field of the following list may be set at a \
                    time:\n  - x\n\n\nThis message contains a oneof named b. Only a single field of the following list \
                    may be set at a time:\n  - y\n  - z\n";
        check(text, "", &[("a", &["x"]), ("b", &["y", "z"])]);
    }

    #[test]
    fn what_follows_the_list_is_kept() {
        let text = "This message contains a oneof named a. Only a single field of the following list may be set at a \
                    time:\n  - x\n\nMore.";
        check(text, "More.", &[("a", &["x"])]);
    }
}
