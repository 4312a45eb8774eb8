//! Every identifier of the output, allocated once: case, keywords, digits, symbols, collisions.
//!
//! Only this module makes an [`Ident`], so that no text of a document becomes code without having passed through a
//! [`Scope`]. Imports `ir` and `diagnostics`.

mod components;
mod errors;
mod ident;
mod inline;
mod operations;
mod scope;
mod singular;
mod types;
mod variants;

pub(crate) use errors::ErrorTableNames;
pub(crate) use ident::Ident;
#[cfg(test)]
pub(crate) use operations::FEATURES;
pub(crate) use operations::{
    AnswerNames, ContentNames, FormNames, HeadersNames, OperationNames, ResourceNames,
};
pub(crate) use types::{FieldNames, TypeNames, VariantNames};

use std::collections::BTreeSet;

use crate::diagnostics::Diagnostics;
use crate::ir::{Api, ErrorTableId, OperationId, ResourceId, TypeId};

/// The identifiers of a crate.
#[derive(Debug)]
pub(crate) struct Names {
    types: Vec<TypeNames>,
    resources: Vec<ResourceNames>,
    operations: Vec<OperationNames>,
    error_tables: Vec<ErrorTableNames>,
    server_variables: Vec<Ident>,
    schemes: Vec<Option<Ident>>,
}

impl Names {
    /// Allocates every identifier that `api` needs. The types of `shared` have modules of their own.
    pub(crate) fn of(api: &Api, shared: &BTreeSet<TypeId>, diagnostics: &mut Diagnostics) -> Self {
        let (resources, operations) = operations::allocate(api);
        let (server_variables, schemes) = operations::setters(api);
        let types = types::allocate(api, shared, diagnostics);
        let error_tables = errors::allocate(api, &types);
        Self { types, resources, operations, error_tables, server_variables, schemes }
    }

    /// The names of a type and of its members.
    pub(crate) fn of_type(&self, id: TypeId) -> &TypeNames {
        &self.types[id.index()]
    }

    /// The names of a resource.
    pub(crate) fn of_resource(&self, id: ResourceId) -> &ResourceNames {
        &self.resources[id.index()]
    }

    /// The names of an operation and of its parameters.
    pub(crate) fn of_operation(&self, id: OperationId) -> &OperationNames {
        &self.operations[id.index()]
    }

    /// The names of a table of errors.
    pub(crate) fn of_error_table(&self, id: ErrorTableId) -> &ErrorTableNames {
        &self.error_tables[id.index()]
    }

    /// The names of the server's variables, in their order.
    pub(crate) fn server_variables(&self) -> &[Ident] {
        &self.server_variables
    }

    /// The names of the security schemes whose credentials are set by their names, in their order.
    pub(crate) fn security_schemes(&self) -> &[Option<Ident>] {
        &self.schemes
    }
}
