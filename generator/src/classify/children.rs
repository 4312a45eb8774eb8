//! The schemas inside another one, as plans refer to them.

use openapiv3::ReferenceOr;

use super::plan::{Child, ChildSchema, Plan};
use super::property::{Contribution, PropertySchema};
use super::schemas::{Schemas, WrittenSchema};
use crate::diagnostics::Pointer;
use crate::ir::{CustomType, Type};

/// Returns a contribution as the schema of a property.
pub(super) fn child_of<'a>(schemas: &Schemas<'a>, contribution: &Contribution<'a>) -> Child<'a> {
    let at = contribution.at.clone();
    let nullable = contribution.id().is_some_and(|id| schemas.allows_null(id));
    if let Some(ty) = schemas.custom_type_of_property(&at) {
        return custom_child(ty, at, nullable);
    }
    let schema = match contribution.schema {
        PropertySchema::Item(id, _) => ChildSchema::Inline(id),
        PropertySchema::Reference { to: Some(to), .. } => ChildSchema::Reference { to, at },
        PropertySchema::Reference { written, to: None } => ChildSchema::Dangling { reference: written, at },
        PropertySchema::AnyText => ChildSchema::Text,
        PropertySchema::Anything => {
            ChildSchema::Untyped { at, because: "each alternative describes the property differently" }
        }
    };
    Child { schema, nullable }
}

/// Returns a property that has a type of the user.
pub(super) fn custom_child<'a>(ty: &CustomType, at: Pointer, nullable: bool) -> Child<'a> {
    let plan = Plan::Scalar(Type::Custom(ty.clone()));
    Child { schema: ChildSchema::Planned(plan.into(), at), nullable }
}

/// Returns an alternative of a union or a position of a tuple.
pub(super) fn child_written<'a>(schemas: &Schemas<'a>, written: &WrittenSchema<'a>) -> Child<'a> {
    let WrittenSchema { schema, at, id } = written;
    let schema = match schema {
        ReferenceOr::Item(_) => ChildSchema::Inline(*id),
        ReferenceOr::Reference { .. } => ChildSchema::Reference { to: *id, at: at.clone() },
    };
    Child { schema, nullable: schemas.allows_null(*id) }
}
