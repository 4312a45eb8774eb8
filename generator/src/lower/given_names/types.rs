//! The names of `[names.types]`: of components, and of inline schemas that have a named type.

use std::collections::{BTreeMap, HashMap};

use crate::diagnostics::{Code, Pointer};
use crate::document::SchemaId;
use crate::ir::{GivenName, TypeId, name_path};
use crate::lower::context::Lower;
use crate::lower::name_entry::{give, name_of_schema, schema_of_entry};
use crate::lower::stale::{self, HELP};

/// Returns the names of types, and reports entries that match nothing.
pub(super) fn of(lower: &mut Lower<'_, '_>, keys: &[&str]) -> BTreeMap<TypeId, GivenName> {
    let (document, config) = (lower.document, lower.config);
    let mut given = BTreeMap::new();
    if config.names.types.is_empty() {
        return given;
    }
    let by_schema = by_schema(lower);
    let mut unmatched = Vec::new();
    for (schema, name) in &config.names.types {
        let at = Pointer::in_config(["names", "types", schema]);
        match schema_of_entry("types", schema, document, lower.schemas) {
            Err(stale) => unmatched.push(stale),
            Ok(id) => match by_schema.get(&id) {
                Some(ty) => {
                    let name = GivenName { name: name.clone(), at };
                    give(&mut given, *ty, name, lower.diagnostics);
                }
                None if config.operations.is_selection() => {}
                None => {
                    let message = format!("the crate has no type of its own for `{schema}`");
                    let help = match inside(lower, id) {
                        Some(inside) => format!("did you mean `{inside}`?"),
                        None => HELP.to_owned(),
                    };
                    lower.diagnostics.report(Code::StaleName, &at, message, help);
                }
            },
        }
    }
    stale::report(Code::StaleName, unmatched, keys, HELP, lower.diagnostics);
    given
}

/// Returns the named type of each schema. Of several, the type where the schema is written counts, then the first by name.
fn by_schema(lower: &Lower<'_, '_>) -> HashMap<SchemaId, TypeId> {
    let types = &lower.types;
    let mut found: HashMap<SchemaId, TypeId> = HashMap::new();
    let mut others: Vec<(SchemaId, TypeId)> = Vec::new();
    for (index, def) in types.defs().iter().enumerate() {
        let ty = TypeId::new(index);
        let at_pointer =
            || lower.schemas.find(&def.docs.pointer).filter(|id| *lower.schemas.at(*id) == def.docs.pointer);
        let Some(schema) = types.schema_of(ty).or_else(at_pointer) else { continue };
        match types.known_type(schema) {
            Some(known) if known == ty => drop(found.insert(schema, ty)),
            _ => others.push((schema, ty)),
        }
    }
    others.sort_by_cached_key(|(_, ty)| {
        let path = name_path(types.defs(), *ty);
        (types.schema_of(*ty).is_none(), path.len(), path.concat())
    });
    for (schema, ty) in others {
        found.entry(schema).or_insert(ty);
    }
    found
}

/// Returns the first schema inside a schema without a type that has one.
fn inside(lower: &Lower<'_, '_>, id: SchemaId) -> Option<String> {
    let at = lower.schemas.at(id);
    let inside = lower.types.defs().iter().map(|def| &def.docs.pointer).filter(|it| it.is_inside(at));
    inside.min().map(|at| name_of_schema(&lower.document.original(at)))
}
