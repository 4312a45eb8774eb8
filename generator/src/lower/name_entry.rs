//! Entries of codegen.toml that name schemas, by the key of a component or by a reference, and the names that entries give.

use std::collections::BTreeMap;

use super::stale::StaleEntry;
use crate::classify::Schemas;
use crate::diagnostics::{Code, Diagnostics, Pointer};
use crate::document::{Document, SchemaId};
use crate::ir::GivenName;

/// Returns the schema that an entry of a table of `[names]` names.
///
/// # Errors
///
/// Returns the finding if there is no such schema, or a reference is written there.
pub(super) fn schema_of_entry(
    table: &str,
    name: &str,
    document: &Document,
    schemas: &Schemas<'_>,
) -> Result<SchemaId, StaleEntry> {
    let path = ["names", table, name];
    let at = match name.starts_with('#') {
        true => document.target(name),
        false => document.mapping_target(name),
    };
    let found = at.and_then(|at| Some((schemas.find(&at)?, at)));
    let Some((id, at)) = found else {
        return Err(StaleEntry::new(&path, name, format!("the document has no schema `{name}`")));
    };
    let target = schemas.at(id);
    if *target == at {
        return Ok(id);
    }
    let target = name_of_schema(target);
    Err(StaleEntry::new(&path, &target, format!("`{name}` is a reference to `{target}`")))
}

/// Returns the name of a schema in codegen.toml.
pub(super) fn name_of_schema(at: &Pointer) -> String {
    let reference = at.reference();
    match reference.strip_prefix("#/components/schemas/") {
        Some(key) if !key.contains(['/', '~', '%']) => key.to_owned(),
        _ => reference,
    }
}

/// Adds the name that an entry gives to an item. Reports the entry if another one gives another name.
pub(super) fn give<K: Ord>(
    names: &mut BTreeMap<K, GivenName>,
    item: K,
    given: GivenName,
    diagnostics: &mut Diagnostics,
) {
    match names.get(&item) {
        Some(known) if known.name != given.name => diagnostics.report(
            Code::TakenName,
            &given.at,
            format!("`{}` is the second name of one item, which is `{}` already", given.name, known.name),
            "remove one of the entries",
        ),
        Some(_) => {}
        None => drop(names.insert(item, given)),
    }
}
