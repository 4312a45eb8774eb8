//! The names of errors that are of several types.

use super::TypeNames;
use super::ident::{Case, Ident};
use super::scope::Scope;
use crate::ir::{Api, ErrorTable, ErrorTableId};

/// The names of a table of errors.
#[derive(Debug)]
pub(crate) struct ErrorTableNames {
    /// The enum.
    pub(crate) ident: Ident,
    /// A variant for each type, called like it.
    pub(crate) variants: Vec<Ident>,
}

/// How long a name may become that is made of those of types.
const LONGEST: usize = 60;

pub(super) fn allocate(api: &Api, types: &[TypeNames]) -> Vec<ErrorTableNames> {
    let mut idents = Scope::new(Case::Camel, "Error");
    api.error_tables().map(|(id, table)| name(api, id, table, types, &mut idents)).collect()
}

/// A table is called after its types, since many operations have it; if these are too many for a name, after the first
/// of the operations.
fn name(
    api: &Api,
    id: ErrorTableId,
    table: &ErrorTable,
    types: &[TypeNames],
    idents: &mut Scope,
) -> ErrorTableNames {
    let names = || table.types.iter().map(|id| types[id.index()].ident.as_str());
    let mut sorted: Vec<&str> = names().collect();
    sorted.sort_unstable();
    let of_types = sorted.join(" or ");
    let first = api.operations().find(|(_, operation)| operation.error_table == Some(id));
    let wanted = match first {
        Some((_, operation)) if of_types.len() > LONGEST => format!("{} error", operation.name),
        _ => of_types,
    };
    let mut variants = Scope::new(Case::Camel, "Error");
    ErrorTableNames {
        ident: idents.allocate(&wanted),
        variants: names().map(|name| variants.allocate(name)).collect(),
    }
}
