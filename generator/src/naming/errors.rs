//! The names of errors that are of several types.

use super::TypeNames;
use super::ident::{Case, Ident};
use super::scope::Scope;
use crate::ir::{Api, ErrorTable};

/// The names of a table of errors.
#[derive(Debug)]
pub(crate) struct ErrorTableNames {
    /// The enum.
    pub(crate) ident: Ident,
    /// A variant for each type, called like it.
    pub(crate) variants: Vec<Ident>,
}

/// How many types a name is made of.
const LONGEST: usize = 3;

pub(super) fn allocate(api: &Api, types: &[TypeNames]) -> Vec<ErrorTableNames> {
    let mut idents = Scope::new(Case::Camel, "Error");
    api.error_tables.iter().map(|table| name(table, types, &mut idents)).collect()
}

/// A table is called after its types, since many operations have it.
fn name(table: &ErrorTable, types: &[TypeNames], idents: &mut Scope) -> ErrorTableNames {
    let names = || table.types.iter().map(|id| types[id.index()].ident.as_str());
    let mut sorted: Vec<&str> = names().collect();
    sorted.sort_unstable();
    if sorted.len() > LONGEST {
        sorted.truncate(LONGEST - 1);
        sorted.push("Others");
    }
    let mut variants = Scope::new(Case::Camel, "Error");
    ErrorTableNames {
        ident: idents.allocate(&sorted.join(" or ")),
        variants: names().map(|name| variants.allocate(name)).collect(),
    }
}
