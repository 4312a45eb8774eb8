//! Path items, with the methods that OpenAPI 3.2 adds.
//!
//! The path item of `openapiv3` has eight methods. This one has `query` as well, and the methods in
//! `additionalOperations`. Imports `diagnostics`.

use openapiv3::{Operation, Parameter, ReferenceOr, Server};
use serde_json::{Value, json};

use crate::diagnostics::Pointer;

/// The fields of a path item that are operations, in the order in which operations are generated.
pub(super) const METHODS: [&str; 9] =
    ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// The field of a path item that holds operations with other methods.
pub(super) const ADDITIONAL: &str = "additionalOperations";

/// A path item.
#[derive(Debug, Default)]
pub(crate) struct PathItem {
    pub(super) operations: Vec<(Method, Operation)>,
    pub(crate) parameters: Vec<ReferenceOr<Parameter>>,
    pub(crate) servers: Vec<Server>,
}

/// The method of an operation, and the place of the operation in its path item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Method {
    name: String,
    is_additional: bool,
}

impl PathItem {
    /// Iterates over the operations: first those with a field of their own, then the additional ones.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&Method, &Operation)> {
        self.operations.iter().map(|(method, operation)| (method, operation))
    }
}

impl PathItem {
    /// Returns the path item as JSON.
    pub(super) fn to_value(&self) -> Value {
        let mut fields = json!({ "parameters": self.parameters, "servers": self.servers });
        for (method, operation) in &self.operations {
            let operation = json!(operation);
            match method.is_additional {
                true => fields[ADDITIONAL][method.name()] = operation,
                false => fields[method.key()] = operation,
            }
        }
        fields
    }
}

impl Method {
    /// Returns the method of a field, such as `get`.
    pub(super) fn of_field(field: &str) -> Self {
        Self { name: field.to_ascii_uppercase(), is_additional: false }
    }

    /// Returns the method of an entry of `additionalOperations`, such as `PURGE`.
    pub(super) fn additional(name: &str) -> Self {
        Self { name: name.to_owned(), is_additional: true }
    }

    /// Returns a sort key: the operations with a field of their own come first, in the order of the fields.
    pub(super) fn position(&self) -> usize {
        let is_own = |field: &str| !self.is_additional && field.eq_ignore_ascii_case(&self.name);
        METHODS.iter().position(|field| is_own(field)).unwrap_or(METHODS.len())
    }

    /// Returns the method as a request has it: `GET`, `PURGE`.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Returns the key of the operation: `get`, `PURGE`. Methods are case-sensitive, so an additional method `get` is
    /// another one.
    pub(crate) fn key(&self) -> String {
        match self.is_additional {
            true if METHODS.contains(&self.name.as_str()) => format!("{ADDITIONAL} {}", self.name),
            true => self.name.clone(),
            false => self.name.to_ascii_lowercase(),
        }
    }

    /// Returns the location of the operation in the path item at `item`.
    pub(crate) fn location(&self, item: &Pointer) -> Pointer {
        if self.is_additional { item.child(ADDITIONAL).child(&self.name) } else { item.child(self.key()) }
    }
}
