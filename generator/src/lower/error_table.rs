//! Error tables: which type an error response has, by status.
//!
//! Most documents use one type for all errors, or a few types shared by most operations. So the table belongs
//! to a set of types: operations with the same set share one table, which has the statuses of all of them.

use super::Lower;
use crate::ir::{ErrorTable, ErrorTableId, Operation, Type, TypeId};

impl Lower<'_, '_> {
    /// Assigns an error table to every operation with several error types.
    pub(super) fn assign_error_tables(&mut self) {
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
            tables[known].add_rows(rows);
            self.api.operations[position].error_table = Some(ErrorTableId::new(known));
        }
    }
}

/// Returns the statuses with a named type.
fn rows(operation: &Operation) -> Vec<(String, TypeId)> {
    let typed = operation.errors.iter().filter_map(|error| {
        let id = error.ty.as_ref().and_then(Type::named)?;
        Some((error.status.clone(), id))
    });
    typed.collect()
}

/// Returns the distinct types, sorted.
fn types(rows: &[(String, TypeId)]) -> Vec<TypeId> {
    let mut types: Vec<TypeId> = rows.iter().map(|(_, id)| *id).collect();
    types.sort();
    types.dedup();
    types
}

impl ErrorTable {
    /// Returns true if no status has a different type in this table.
    fn agrees(&self, rows: &[(String, TypeId)]) -> bool {
        self.rows.iter().all(|(status, id)| rows.iter().all(|(other, of)| other != status || of == id))
    }

    fn add_rows(&mut self, rows: Vec<(String, TypeId)>) {
        self.rows.extend(rows);
        // Codes come before ranges, and `default` comes last.
        let rank = |status: &str| if status == "default" { 2 } else { u8::from(status.ends_with("XX")) };
        self.rows.sort_by_key(|(status, id)| (rank(status), status.clone(), *id));
        self.rows.dedup();
    }
}
