//! Error tables: which type an error response has, by status.
//!
//! Most documents use one type for all errors, or a few types shared by most operations. So the table belongs to a set
//! of types: operations with the same set share one table, which has the statuses of all of them.

use std::collections::{BTreeMap, HashMap};

use indexmap::IndexSet;

use crate::ir::{Api, ErrorTable, ErrorTableId, Operation, Type, TypeId};

/// The types of error responses, by status.
type Rows = BTreeMap<String, TypeId>;

/// The tables made so far.
#[derive(Default)]
struct Tables {
    tables: Vec<Rows>,
    /// The tables with each set of types.
    of_types: HashMap<Vec<TypeId>, Vec<usize>>,
    /// Tables, by their rows.
    of_rows: HashMap<Rows, usize>,
}

/// Assigns an error table to every operation with several error types.
pub(super) fn assign(api: &mut Api) {
    let mut tables = Tables::default();
    for operation in &mut api.operations {
        operation.error_table = tables.table_for(rows(operation)).map(ErrorTableId::new);
    }
    api.error_tables = tables.tables.into_iter().map(table).collect();
}

impl Tables {
    /// Returns the table for these rows, or `None` if all of them have the same type.
    fn table_for(&mut self, rows: Rows) -> Option<usize> {
        // A table only grows, so equal rows always get the same one.
        if let Some(known) = self.of_rows.get(&rows) {
            return Some(*known);
        }
        let types = types(&rows);
        if types.len() < 2 {
            return None;
        }
        let candidates = self.of_types.entry(types).or_default();
        let known = candidates.iter().copied().find(|table| agree(&self.tables[*table], &rows));
        let table = known.unwrap_or_else(|| {
            self.tables.push(Rows::new());
            candidates.push(self.tables.len() - 1);
            self.tables.len() - 1
        });
        self.tables[table].extend(rows.clone());
        self.of_rows.insert(rows, table);
        Some(table)
    }
}

/// Returns the statuses of an operation with a named type.
fn rows(operation: &Operation) -> Rows {
    let typed = operation.errors.iter().filter_map(|error| {
        let id = error.ty.as_ref().and_then(Type::named)?;
        Some((error.status.clone(), id))
    });
    typed.collect()
}

/// Returns the distinct types, sorted.
fn types(rows: &Rows) -> Vec<TypeId> {
    let mut types: Vec<TypeId> = rows.values().copied().collect();
    types.sort();
    types.dedup();
    types
}

/// Returns true if no status of `rows` has a different type in a table.
fn agree(table: &Rows, rows: &Rows) -> bool {
    rows.iter().all(|(status, id)| table.get(status).is_none_or(|known| known == id))
}

fn table(rows: Rows) -> ErrorTable {
    let mut rows: Vec<(String, TypeId)> = rows.into_iter().collect();
    // Codes come before ranges, and `default` comes last.
    let rank = |status: &str| if status == "default" { 2 } else { u8::from(status.ends_with("XX")) };
    rows.sort_by_key(|(status, _)| rank(status));
    // In the order of the rows, because ids depend on the order of the components.
    let types: IndexSet<TypeId> = rows.iter().map(|(_, id)| *id).collect();
    ErrorTable { types: types.into_iter().collect(), rows }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::ErrorResponse;
    use crate::passes::fixture::{LONG, named, on_small_stack, operation};

    /// Returns an operation with error responses: statuses and indexes of types.
    fn with_errors(errors: &[(&str, usize)]) -> Operation {
        let error = |(status, ty): &(&str, usize)| ErrorResponse {
            status: (*status).to_owned(),
            description: String::new(),
            ty: Some(named(*ty)),
        };
        Operation { errors: errors.iter().map(error).collect(), ..operation() }
    }

    /// Expects the table of each operation, and the rows of each table.
    #[track_caller]
    fn check<const N: usize>(
        operations: [&[(&str, usize)]; N],
        of: [Option<usize>; N],
        tables: &[&[(&str, usize)]],
    ) {
        let mut api = Api { operations: operations.map(with_errors).into(), ..Api::default() };
        assign(&mut api);
        let assigned: Vec<Option<usize>> =
            api.operations.iter().map(|it| it.error_table.map(ErrorTableId::index)).collect();
        assert_eq!(assigned, of);
        let rows = |table: &ErrorTable| -> Vec<(String, usize)> {
            table.rows.iter().map(|(status, id)| (status.clone(), id.index())).collect()
        };
        let expected: Vec<Vec<(String, usize)>> = tables
            .iter()
            .map(|rows| rows.iter().map(|(status, ty)| ((*status).to_owned(), *ty)).collect())
            .collect();
        assert_eq!(api.error_tables.iter().map(rows).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn one_type_needs_no_table() {
        check([&[], &[("404", 1)], &[("404", 1), ("default", 1)]], [None; 3], &[]);
    }

    #[test]
    fn operations_with_the_same_types_share_a_table() {
        check(
            [&[("default", 1), ("404", 0)], &[("404", 0), ("4XX", 1), ("409", 1)]],
            [Some(0), Some(0)],
            &[&[("404", 0), ("409", 1), ("4XX", 1), ("default", 1)]],
        );
    }

    #[test]
    fn operations_that_disagree_have_tables_of_their_own() {
        check(
            [
                &[("400", 0), ("404", 1)],
                &[("400", 1), ("404", 0)],
                &[("400", 1), ("500", 0)],
                &[("400", 0), ("404", 2)],
            ],
            [Some(0), Some(1), Some(1), Some(2)],
            &[&[("400", 0), ("404", 1)], &[("400", 1), ("404", 0), ("500", 0)], &[("400", 0), ("404", 2)]],
        );
    }

    #[test]
    fn types_are_in_the_order_of_statuses() {
        let mut api = Api { operations: vec![with_errors(&[("404", 7), ("409", 3)])], ..Api::default() };
        assign(&mut api);
        let types: Vec<usize> = api.error_tables[0].types.iter().map(|id| id.index()).collect();
        assert_eq!(types, [7, 3]);
    }

    #[test]
    fn many_sets_of_types_are_fast() {
        on_small_stack(|| {
            let of = |index: usize| with_errors(&[("400", index), ("default", index + 1)]);
            let mut api = Api { operations: (0..LONG).map(of).collect(), ..Api::default() };
            assign(&mut api);
            assert_eq!(api.error_tables.len(), LONG);
        });
    }
}
