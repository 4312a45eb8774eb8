//! Constraints on values that the Rust types do not express, for the mock server: a table beside the model.

use serde_json::Value;

use super::{Constraint, Location};

/// The constraints of all operations.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ConstraintTable {
    /// For each operation, in the order of the model.
    pub(crate) operations: Vec<OperationConstraints>,
    /// The schemas that these refer to, in the order in which they are first referred to.
    pub(crate) schemas: Vec<SchemaConstraints>,
}

/// The index of a schema in a [`ConstraintTable`].
pub(crate) type SchemaIndex = usize;

/// The constraints of an operation.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct OperationConstraints {
    pub(crate) parameters: Vec<(Location, TextConstraints)>,
    /// The request bodies, by media type.
    pub(crate) bodies: Vec<(String, BodyConstraints)>,
    /// The JSON bodies of responses, or the items of streams, by status: `404`, `4XX` or `default`. `None` for a status
    /// without JSON.
    pub(crate) responses: Vec<(String, Option<SchemaIndex>)>,
}

/// The constraints of a request body.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum BodyConstraints {
    Json(SchemaIndex),
    /// The fields of a form, or the parts of a multipart body.
    Fields(Vec<TextConstraints>),
}

/// The constraints of a parameter, a field or a part, by its name.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TextConstraints {
    pub(crate) name: String,
    pub(crate) schema: SchemaIndex,
    pub(crate) form: TextForm,
}

/// The text form of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextForm {
    /// A scalar.
    Value,
    /// A list that repeats the name for each item.
    Repeated,
    /// A list of items with a delimiter.
    Delimited(char),
    Json,
}

/// The constraints of a schema, and the schemas in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct SchemaConstraints {
    /// The conditions under which a value fits the schema, as an alternative of a union or as text.
    pub(crate) fit: Fit,
    /// Ranges, lengths, patterns and counts.
    pub(crate) limits: Vec<Constraint>,
    /// The pattern as the crate `regex` reads it, if that is not the same text.
    pub(crate) regex: Option<String>,
    /// True if numbers are strings, as in ProtoJSON.
    pub(crate) is_quoted: bool,
    /// True if an object only has the properties of the schema.
    pub(crate) is_closed: bool,
    pub(crate) properties: Vec<(String, Option<SchemaIndex>)>,
    pub(crate) additional_properties: Option<SchemaIndex>,
    pub(crate) items: Option<SchemaIndex>,
    /// The only entry of `allOf`, if the schema has nothing else.
    pub(crate) wraps: Option<SchemaIndex>,
    pub(crate) all_of: Vec<SchemaIndex>,
    pub(crate) unions: Vec<UnionConstraints>,
}

/// The conditions that tell a value of a schema apart from values of others.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Fit {
    pub(crate) types: Vec<String>,
    /// `enum`.
    pub(crate) values: Vec<Value>,
    /// The required properties that a value has in requests and responses.
    pub(crate) required: Vec<String>,
    /// The properties with listed values.
    pub(crate) constants: Vec<(String, Vec<Value>)>,
}

/// A union.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct UnionConstraints {
    pub(crate) alternatives: Vec<SchemaIndex>,
    /// True if the schema has properties beside the union.
    pub(crate) is_open: bool,
    /// The property of the discriminator, and the alternatives of its values.
    pub(crate) discriminator: Option<(String, Vec<(String, SchemaIndex)>)>,
}

impl SchemaConstraints {
    /// Returns the schemas in this one, with duplicates.
    pub(crate) fn inner(&self) -> impl Iterator<Item = SchemaIndex> + '_ {
        let properties = self.properties.iter().filter_map(|(_, schema)| *schema);
        let others = [self.additional_properties, self.items];
        properties.chain(others.into_iter().flatten()).chain(self.same_value())
    }

    /// Returns the schemas that apply to the same value.
    pub(crate) fn same_value(&self) -> impl Iterator<Item = SchemaIndex> + '_ {
        let alternatives = self.unions.iter().flat_map(|union| &union.alternatives);
        self.wraps.iter().chain(&self.all_of).chain(alternatives).copied()
    }
}
