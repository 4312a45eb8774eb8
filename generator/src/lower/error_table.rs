//! Errors of several types: which type an error has by its status.
//!
//! Documents have either one type for all errors, and then nothing is to be told apart, or a few types which most
//! operations share. So what tells them apart belongs to the types, and not to each operation: operations whose errors
//! are of the same types have one table, which knows what any of them says.

use super::Lower;
use crate::ir::{ErrorTable, ErrorTableId, Operation, Type, TypeId};

impl Lower<'_, '_> {
    /// Gives every operation whose errors are of several types its table.
    pub(super) fn settle_errors(&mut self) {
        for position in 0..self.api.operations.len() {
            let rows = rows(&self.api.operations[position]);
            let types = types(&rows);
            if types.len() < 2 {
                continue;
            }
            let tables = &mut self.api.error_tables;
            let known = tables.iter().position(|table| table.types == types && table.agrees(&rows));
            let known = known.unwrap_or_else(|| {
                tables.push(ErrorTable { types, rows: Vec::new() });
                tables.len() - 1
            });
            tables[known].learn(rows);
            self.api.operations[position].error_table = Some(ErrorTableId::new(known));
        }
    }
}

/// The statuses for which the document has a type with a name.
fn rows(operation: &Operation) -> Vec<(String, TypeId)> {
    let typed = operation.errors.iter().filter_map(|error| {
        let id = error.ty.as_ref().and_then(Type::named)?;
        Some((error.status.clone(), id))
    });
    typed.collect()
}

/// The types, each once: a set.
fn types(rows: &[(String, TypeId)]) -> Vec<TypeId> {
    let mut types: Vec<TypeId> = rows.iter().map(|(_, id)| *id).collect();
    types.sort();
    types.dedup();
    types
}

impl ErrorTable {
    /// Whether no status has another type here.
    fn agrees(&self, rows: &[(String, TypeId)]) -> bool {
        self.rows.iter().all(|(status, id)| rows.iter().all(|(other, of)| other != status || of == id))
    }

    fn learn(&mut self, rows: Vec<(String, TypeId)>) {
        self.rows.extend(rows);
        // A code says more than a range, and a range more than what is left.
        let rank = |status: &str| if status == "default" { 2 } else { u8::from(status.ends_with("XX")) };
        self.rows.sort_by_key(|(status, id)| (rank(status), status.clone(), *id));
        self.rows.dedup();
    }
}
