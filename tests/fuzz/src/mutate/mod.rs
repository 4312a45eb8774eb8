//! Changes one value of a document at random.
//!
//! [`structure`] moves values as they are, [`schemas`] and [`operations`] change values by their meaning, and [`values`]
//! makes new ones. The document stays an object, and a mutation that finds no fitting value changes nothing.

mod operations;
mod schemas;
mod structure;
mod values;

use serde_json::{Map, Value};

use crate::role::{self, Role};
use crate::{Random, Seeds};

/// Mutations only remove values from larger documents, so that no document grows large.
const LARGEST: usize = 1500;

type Mutation = fn(&mut Target<'_>);

/// The mutations. One that occurs several times is more frequent.
const MUTATIONS: &[Mutation] = &[
    structure::remove,
    structure::remove,
    structure::duplicate,
    structure::swap,
    structure::rename,
    structure::rename,
    structure::splice,
    structure::splice,
    structure::splice_same_role,
    structure::splice_same_role,
    structure::merge_same_role,
    schemas::wrap,
    schemas::wrap,
    schemas::wrap,
    schemas::refer,
    schemas::refer,
    schemas::refer,
    schemas::set_keyword,
    schemas::set_keyword,
    schemas::set_keyword,
    schemas::set_keyword,
    schemas::set_keyword,
    schemas::set_keyword,
    schemas::add_component,
    operations::set_field,
    operations::set_field,
    operations::change_parameter,
    operations::change_parameter,
    operations::add_operation,
    operations::change_security,
    operations::change_version,
    values::replace_scalar,
    values::replace_scalar,
    values::replace_any,
];

/// Changes a document once.
pub(crate) fn mutate(document: &mut Value, seeds: &Seeds, random: &mut Random) {
    let is_large = role::count(document) > LARGEST;
    let chosen = random.pick(MUTATIONS).copied();
    let mutation = if is_large { Some(structure::remove as Mutation) } else { chosen };
    if let Some(mutation) = mutation {
        mutation(&mut Target { document, seeds, random });
    }
}

/// The document, and all that a mutation chooses from.
struct Target<'a> {
    document: &'a mut Value,
    seeds: &'a Seeds,
    random: &'a mut Random,
}

impl Target<'_> {
    /// Returns the number of a random value below the root with a fitting role.
    fn pick(&mut self, fits: impl Fn(Role) -> bool) -> Option<usize> {
        pick_in(self.document, self.random, fits)
    }

    fn node(&self, number: usize) -> Option<&Value> {
        role::node(self.document, number)
    }

    fn node_mut(&mut self, number: usize) -> Option<&mut Value> {
        role::node_mut(self.document, number)
    }

    /// Returns the fields of a random object with a role, and makes the value an object if it is none.
    fn fields(&mut self, role: Role) -> Option<&mut Map<String, Value>> {
        let number = self.pick(|it| it == role)?;
        let node = self.node_mut(number)?;
        if !node.is_object() {
            *node = Value::Object(Map::new());
        }
        node.as_object_mut()
    }

    /// Returns the names in a section of `components`.
    fn component_names(&self, section: &str) -> Vec<String> {
        let names = self.document["components"][section].as_object();
        names.into_iter().flat_map(Map::keys).cloned().collect()
    }
}

/// Returns the number of a random value below the root with a fitting role.
fn pick_in(document: &Value, random: &mut Random, fits: impl Fn(Role) -> bool) -> Option<usize> {
    let roles = role::roles(document);
    let fitting: Vec<usize> = (1..roles.len()).filter(|number| fits(roles[*number])).collect();
    random.pick(&fitting).copied()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn seeds() -> Seeds {
        let pet = json!({
            "type": "object",
            "properties": { "id": { "type": "string" }, "next": { "$ref": "#/components/schemas/Pet" } },
        });
        let mut seeds = Seeds::default();
        let response = json!({ "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Pet" } } } });
        let parameter =
            json!({ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } });
        seeds.add("pets", json!({
            "openapi": "3.1.0",
            "info": { "title": "Pets", "version": "1" },
            "paths": { "/pets/{id}": { "get": { "parameters": [parameter], "responses": { "200": response } } } },
            "components": { "schemas": { "Pet": pet } },
        }));
        seeds
    }

    #[test]
    fn a_document_depends_on_its_seed_and_index_only() {
        let (one, other) = (seeds(), seeds());
        let documents: Vec<String> = (0..300).map(|index| one.document(7, index).to_string()).collect();
        // In another order, and with other documents between them.
        for index in (0..300).rev() {
            other.document(8, index);
            let document = other.document(7, index).to_string();
            assert_eq!(document, documents[usize::try_from(index).unwrap_or_default()]);
        }
        let distinct: std::collections::BTreeSet<&String> = documents.iter().collect();
        assert!(distinct.len() > 200, "{}", distinct.len());
        assert_ne!(one.document(8, 0).to_string(), documents[0]);
    }

    #[test]
    fn every_mutation_changes_documents_and_keeps_them_objects() {
        let seeds = seeds();
        for (number, mutation) in MUTATIONS.iter().enumerate() {
            let mut changed = 0;
            for index in 0..200 {
                let random = &mut Random::new(3, index);
                let mut document = seeds.part(random);
                let before = document.clone();
                mutation(&mut Target { document: &mut document, seeds: &seeds, random });
                assert!(document.is_object(), "mutation {number}: {document}");
                changed += usize::from(document != before);
            }
            assert!(changed > 50, "mutation {number} changes {changed} of 200 documents");
        }
    }

    #[test]
    fn documents_stay_small() {
        let seeds = seeds();
        let random = &mut Random::new(1, 1);
        let mut document = seeds.part(random);
        for _ in 0..1_000 {
            mutate(&mut document, &seeds, random);
            assert!(role::count(&document) < 4 * LARGEST, "{}", role::count(&document));
        }
    }
}
