//! Finds the alternatives of a union in the lock: by their names, and by their locations where the names have changed.
//!
//! The name of an alternative without a schema of its own can depend on what it contains: `A or B`.

use std::collections::{HashMap, HashSet};

use super::ledger::{ItemKey, Ledger};
use super::owner::Owner;
use super::type_keys::location_of;
use crate::ir::{Alternative, Shape};
use crate::lock::{Key, Kind};

/// Keys of an alternative.
pub(super) struct VariantKey {
    pub(super) key: ItemKey,
    /// Location, if it identifies the alternative when its name changes.
    pub(super) at: Option<String>,
}

/// Returns the keys of the alternatives, in document order.
pub(super) fn variant_keys(it: &Shape, owner: &Owner<'_>, ledger: &mut Ledger<'_>) -> Vec<VariantKey> {
    let key = |name: &str, ledger: &mut Ledger<'_>| owner.key(Kind::Variant, name, ledger);
    let Shape::Union(union) = it else {
        let variants = it.variants().map(|variant| VariantKey { key: key(&variant.key, ledger), at: None });
        return variants.collect();
    };
    let location = |it: &Alternative| (!it.is_named).then(|| location_of(&it.variant.docs.pointer));
    let keys = union.alternatives.iter();
    let keys = keys.map(|it| VariantKey { key: key(&it.variant.key, ledger), at: location(it) });
    let mut keys: Vec<VariantKey> = keys.collect();
    let present: HashSet<Key> = keys.iter().map(|it| it.key.before.clone()).collect();
    let mut moved: HashMap<&str, Vec<&Key>> = HashMap::new();
    for (key, item) in ledger.members(Kind::Variant, owner.before) {
        if let Some(at) = item.at.as_deref().filter(|_| !present.contains(key)) {
            moved.entry(at).or_default().push(key);
        }
    }
    for key in &mut keys {
        let is_new = ledger.item(&key.key.before).is_none();
        let only = key.at.as_deref().and_then(|at| moved.get(at)).filter(|_| is_new);
        if let Some([before]) = only.map(Vec::as_slice) {
            key.key.before = (*before).clone();
        }
    }
    keys
}
