//! The documents that are mutated.

use serde_json::Value;

use crate::Random;
use crate::cut::cut;
use crate::mutate::mutate;
use crate::random::scrambled;
use crate::role::count;

/// Documents with more values are cut down before they are mutated.
const SMALL: usize = 400;

/// The depth of the deepest document that is used. Mutations add a few levels, and a parser of JSON accepts 128.
const MAX_DEPTH: usize = 64;

/// The documents that are mutated.
#[derive(Debug, Default)]
pub struct Seeds {
    small: Vec<Seed>,
    large: Vec<Seed>,
}

/// A document, and the operations that a part of it can begin with.
#[derive(Debug)]
pub(crate) struct Seed {
    /// The hash of the name.
    hash: u64,
    pub(crate) document: Value,
    /// Path and method of each operation.
    pub(crate) operations: Vec<(String, String)>,
}

impl Seeds {
    /// Adds a document with a name of its own. Returns false if it is not an object, or too deep.
    pub fn add(&mut self, name: &str, document: Value) -> bool {
        if !document.is_object() || !is_shallow(&document) {
            return false;
        }
        let is_small = count(&document) <= SMALL;
        let hash = name.bytes().fold(0, |hash, byte| scrambled(hash ^ u64::from(byte)));
        let seed = Seed { hash, operations: operations(&document), document };
        if is_small {
            self.small.push(seed)
        } else {
            self.large.push(seed)
        };
        true
    }

    /// Returns the number of documents.
    pub fn len(&self) -> usize {
        self.small.len() + self.large.len()
    }

    /// Returns true if there are no documents.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns document `index` of `seed`, which is an object.
    pub fn document(&self, seed: u64, index: u64) -> Value {
        let random = &mut Random::new(seed, index);
        let mut document = self.part(random);
        // Many documents have one fault only, because an error hides everything that follows it.
        let mutations = 1 + random.below(2) + if random.one_in(3) { random.below(8) } else { 0 };
        for _ in 0..mutations {
            mutate(&mut document, self, random);
        }
        document
    }

    /// Returns a document, or a small part of a large one.
    pub(crate) fn part(&self, random: &mut Random) -> Value {
        let group = match (self.small.is_empty(), self.large.is_empty()) {
            (false, false) if random.one_in(2) => &self.large,
            (true, _) => &self.large,
            _ => &self.small,
        };
        let is_large = std::ptr::eq(group, &self.large);
        match pick(group, random) {
            Some(seed) if is_large => cut(seed, random),
            Some(seed) => seed.document.clone(),
            None => serde_json::json!({ "openapi": "3.1.0" }),
        }
    }
}

/// Returns a random seed. If a document is added or removed, most choices stay the same, so that a new fixture does not
/// change all documents that have been checked before (rendezvous hashing).
fn pick<'a>(seeds: &'a [Seed], random: &mut Random) -> Option<&'a Seed> {
    let number = random.number();
    seeds.iter().max_by_key(|seed| scrambled(number ^ seed.hash))
}

fn is_shallow(document: &Value) -> bool {
    let mut rest = vec![(document, 1)];
    while let Some((value, depth)) = rest.pop() {
        if depth > MAX_DEPTH {
            return false;
        }
        match value {
            Value::Array(elements) => rest.extend(elements.iter().map(|element| (element, depth + 1))),
            Value::Object(fields) => rest.extend(fields.values().map(|field| (field, depth + 1))),
            _ => {}
        }
    }
    true
}

fn operations(document: &Value) -> Vec<(String, String)> {
    let items = document.get("paths").and_then(Value::as_object).into_iter().flatten();
    let operations = items.flat_map(|(path, item)| {
        let fields = item.as_object().into_iter().flatten();
        let operations = fields.filter(|(_, field)| field.get("responses").is_some());
        operations.map(|(method, _)| (path.clone(), method.clone()))
    });
    operations.collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn another_seed_changes_few_documents() {
        let seeds = |count: usize| {
            let mut seeds = Seeds::default();
            for number in 0..count {
                let name = format!("seed-{number}");
                assert!(seeds.add(&name, json!({ "openapi": "3.1.0", "info": { "title": name } })));
            }
            seeds
        };
        let (few, more) = (seeds(20), seeds(21));
        let same = (0..200)
            .filter(|&index| few.part(&mut Random::new(1, index)) == more.part(&mut Random::new(1, index)));
        assert!((160..200).contains(&same.count()));
    }

    #[test]
    fn lists_and_deep_documents_are_rejected() {
        let deep = (0..MAX_DEPTH).fold(json!({}), |inner, _| json!({ "a": inner }));
        assert!(!Seeds::default().add("deep", deep));
        assert!(!Seeds::default().add("list", json!([])));
    }
}
