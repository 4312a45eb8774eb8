//! [`Constraints`]: the constraints of a document that the types of the crate do not express.

use std::sync::OnceLock;

use serde_json::Value;

use super::super::wire;
use super::schema_check::{SchemaCheck, index_of};
use super::violation::Violation;

/// The constraints on the values of requests and responses, such as lengths and ranges.
///
/// Generated code contains them as one JSON text, which is parsed at the first use.
#[derive(Debug)]
pub struct Constraints {
    text: &'static str,
    parsed: OnceLock<Parsed>,
}

#[derive(Debug, Default)]
struct Parsed {
    /// The constraints by operation id: `parameters`, `bodies` and `responses`. Operations without constraints are left out.
    operations: Value,
    /// The schemas that these refer to by index.
    schemas: Vec<Value>,
}

/// The constraints of an operation.
#[derive(Clone, Copy)]
pub(super) struct OperationConstraints<'a> {
    operation: &'a Value,
    schemas: &'a [Value],
}

impl Constraints {
    /// Creates the constraints from their JSON text.
    pub const fn new(text: &'static str) -> Self {
        Self { text, parsed: OnceLock::new() }
    }

    pub(super) fn of_operation(&self, id: &str) -> OperationConstraints<'_> {
        let Parsed { operations, schemas } = self.parsed.get_or_init(|| {
            let mut parsed: Value = serde_json::from_str(self.text).unwrap_or_default();
            match parsed["schemas"].take() {
                Value::Array(schemas) => Parsed { operations: parsed["operations"].take(), schemas },
                _ => Parsed::default(),
            }
        });
        OperationConstraints { operation: &operations[id], schemas }
    }
}

impl<'a> OperationConstraints<'a> {
    /// Returns the constraints of an operation without constraints.
    pub(super) fn none() -> Self {
        Self { operation: &Value::Null, schemas: &[] }
    }

    /// Returns the constrained parameters.
    pub(super) fn parameters(self) -> &'a [Value] {
        self.operation["parameters"].as_array().map_or(&[], Vec::as_slice)
    }

    /// Returns the objects in the query whose properties have constrained names.
    pub(super) fn objects(self) -> &'a [Value] {
        self.operation["objects"].as_array().map_or(&[], Vec::as_slice)
    }

    /// Returns the constrained fields or parts of a request body.
    pub(super) fn fields(self, media_type: &str) -> &'a [Value] {
        self.operation["bodies"][media_type].as_array().map_or(&[], Vec::as_slice)
    }

    /// Checks the JSON of a request body with a media type.
    pub(super) fn check_request(self, media_type: &str, json: &[u8]) -> Result<(), Violation> {
        self.check_json(&self.operation["bodies"][media_type], json)
    }

    /// Checks the JSON of a response body, or of an item of a stream.
    ///
    /// The first of these selects the constraints: the status, its class (`4XX`), and `default` for errors.
    pub(super) fn check_response(self, status: u16, json: &[u8]) -> Result<(), Violation> {
        let responses = &self.operation["responses"];
        let class = format!("{}XX", status / 100);
        let default = if status >= 400 { "default" } else { "" };
        let found =
            [status.to_string().as_str(), &class, default].into_iter().find_map(|it| responses.get(it));
        found.map_or(Ok(()), |schema| self.check_json(schema, json))
    }

    /// Creates a check for a text of this length.
    pub(super) fn check(self, length: usize) -> SchemaCheck<'a> {
        SchemaCheck::new(self.schemas, length)
    }

    fn check_json(self, schema: &Value, json: &[u8]) -> Result<(), Violation> {
        let Some(schema) = index_of(schema) else { return Ok(()) };
        // The types have decoded the JSON: if a tree cannot represent it, it is accepted.
        match serde_json::from_slice(wire::without_byte_order_mark(json)) {
            Ok(value) => self.check(json.len()).check(schema, &value),
            Err(_) => Ok(()),
        }
    }
}
