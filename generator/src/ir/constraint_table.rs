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

impl ConstraintTable {
    /// Returns true if the table constrains nothing.
    pub(crate) fn is_empty(&self) -> bool {
        self.schemas.is_empty() && self.operations.iter().all(|operation| operation.objects.is_empty())
    }
}

/// The index of a schema in a [`ConstraintTable`].
pub(crate) type SchemaIndex = usize;

/// The constraints of an operation.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct OperationConstraints {
    pub(crate) parameters: Vec<(Location, TextConstraints)>,
    /// The query parameters that are objects, with a parameter for each property.
    pub(crate) objects: Vec<ObjectConstraints>,
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
    /// True if the value can be null, which clients write in several ways.
    pub(crate) allows_null: bool,
    /// The text before the value, in a path.
    pub(crate) prefix: Option<TextPrefix>,
}

/// The text before a value in a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextPrefix {
    /// A period.
    Label,
    /// A semicolon and the name.
    Matrix,
}

/// The constraints on the names of the properties of an object in the query.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ObjectConstraints {
    pub(crate) name: String,
    /// True in the style `deepObject`, in which the names of properties are `name[property]`.
    pub(crate) is_deep: bool,
    /// True if the parameter itself is required.
    pub(crate) is_required: bool,
    /// All properties that the schema lists.
    pub(crate) properties: Vec<String>,
    /// The required properties whose absence is detectable.
    pub(crate) required: Vec<String>,
    /// True if the object only has these properties.
    pub(crate) is_closed: bool,
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
    /// `not`.
    pub(crate) not: Option<Condition>,
    /// `dependentRequired`: the properties that a value with this property has.
    pub(crate) dependent_required: Vec<(String, Vec<String>)>,
}

/// A schema whose keywords decide which values are certainly valid, and which are certainly not.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Condition {
    /// True if the schema has other keywords, so that no value is certainly valid.
    pub(crate) is_partial: bool,
    pub(crate) ty: Option<String>,
    /// `enum`.
    pub(crate) values: Vec<Value>,
    pub(crate) limits: Vec<Constraint>,
    /// The pattern as the crate `regex` reads it, if that is not the same text.
    pub(crate) regex: Option<String>,
    pub(crate) required: Vec<String>,
    /// True if an object only has the properties of the schema.
    pub(crate) is_closed: bool,
    pub(crate) properties: Vec<(String, Condition)>,
    pub(crate) additional_properties: Option<Box<Condition>>,
    pub(crate) items: Option<Box<Condition>>,
    pub(crate) all_of: Vec<Condition>,
    pub(crate) any_of: Vec<Condition>,
    pub(crate) one_of: Vec<Condition>,
    pub(crate) not: Option<Box<Condition>>,
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

impl Condition {
    /// Iterates over the condition and all conditions in it.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Self> {
        let mut pending = vec![self];
        std::iter::from_fn(move || {
            let next = pending.pop()?;
            let single = [&next.additional_properties, &next.items, &next.not];
            pending.extend(single.into_iter().filter_map(Option::as_deref));
            pending.extend(next.properties.iter().map(|(_, inner)| inner));
            pending.extend(next.all_of.iter().chain(&next.any_of).chain(&next.one_of));
            Some(next)
        })
    }
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
