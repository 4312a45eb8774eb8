//! Names of error enums, for operations whose errors have several types.

use std::collections::HashMap;

use super::TypeNames;
use super::ident::{Case, Ident};
use super::scope::Scope;
use crate::ir::{Api, ErrorTable, ErrorTableId, Operation};

/// Names of an error enum.
#[derive(Debug)]
pub(crate) struct ErrorTableNames {
    /// Name of the enum.
    pub(crate) ident: Ident,
    /// Names of the variants, one for each type.
    pub(crate) variants: Vec<Ident>,
}

/// Maximum length of a name that joins the names of types.
const MAX_LENGTH: usize = 60;

pub(super) fn allocate(api: &Api, types: &[TypeNames]) -> Vec<ErrorTableNames> {
    let mut idents = Scope::new(Case::Camel, "Error");
    let mut first_users: HashMap<ErrorTableId, &Operation> = HashMap::new();
    for (_, operation) in api.operations() {
        if let Some(id) = operation.error_table {
            first_users.entry(id).or_insert(operation);
        }
    }
    api.error_tables()
        .map(|(id, table)| name(first_users.get(&id).copied(), table, types, &mut idents))
        .collect()
}

/// Names an error enum after its types, because many operations share it. If that name is too long, names it
/// after the first operation that uses it.
fn name(
    first_user: Option<&Operation>,
    table: &ErrorTable,
    types: &[TypeNames],
    idents: &mut Scope,
) -> ErrorTableNames {
    let names = || table.types.iter().map(|id| types[id.index()].ident.as_str());
    let mut sorted: Vec<&str> = names().collect();
    sorted.sort_unstable();
    let of_types = sorted.join(" or ");
    let wanted = match first_user {
        Some(operation) if of_types.len() > MAX_LENGTH => format!("{} error", operation.name),
        _ => of_types,
    };
    let mut variants = Scope::new(Case::Camel, "Error");
    ErrorTableNames {
        ident: idents.allocate(&wanted),
        variants: names().map(|name| variants.allocate(name)).collect(),
    }
}
