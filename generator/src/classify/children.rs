//! The schemas inside another one, as plans refer to them.

use super::plan::{Child, ChildSchema};
use super::property::{Contribution, PropertySchema};
use super::schemas::Schemas;

/// Returns a contribution as the schema of a property.
pub(super) fn child_of<'a>(schemas: &Schemas<'a>, contribution: &Contribution<'a>) -> Child<'a> {
    let at = contribution.at.clone();
    let schema = match contribution.schema {
        PropertySchema::Item(id, _) => ChildSchema::Inline(id),
        PropertySchema::Reference { to: Some(to), .. } => ChildSchema::Reference { to, at },
        PropertySchema::Reference { written, to: None } => ChildSchema::Dangling { reference: written, at },
        PropertySchema::AnyText => ChildSchema::Text,
        PropertySchema::Anything => {
            ChildSchema::Untyped { at, because: "each alternative describes the property differently" }
        }
    };
    Child { schema, nullable: contribution.id().is_some_and(|id| schemas.allows_null(id)) }
}
