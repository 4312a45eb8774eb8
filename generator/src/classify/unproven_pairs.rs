//! Pairs of objects that their required properties do not distinguish.
//!
//! Two alternatives are distinguished if one requires a property that the other does not have.

use std::collections::{BTreeSet, HashMap};

use super::signature::ObjectSignature;

/// The maximum number of pairs that are listed for a union: all pairs of 90 alternatives.
pub(super) const MAX_PAIRS: usize = 4096;

/// Returns up to `limit` pairs of alternatives that required properties do not distinguish.
///
/// An alternative is only compared with those that have the rarest of its required properties.
pub(super) fn unproven_pairs(signatures: &[&ObjectSignature<'_>], limit: usize) -> Vec<(usize, usize)> {
    let mut having: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, signature) in signatures.iter().enumerate() {
        for name in &signature.properties {
            having.entry(name).or_default().push(index);
        }
    }
    let without_required: Vec<usize> =
        (0..signatures.len()).filter(|index| signatures[*index].required.is_empty()).collect();
    let mut pairs = BTreeSet::new();
    for signature in signatures {
        let rarest = signature.required.iter().map(|name| having.get(name).map_or(&[][..], Vec::as_slice));
        let candidates = rarest.min_by_key(|having| having.len()).unwrap_or(&without_required);
        for other in candidates {
            let (one, two) = (signature.choice, signatures[*other].choice);
            if one != two && !is_proven(signature, signatures[*other]) {
                pairs.insert((one.min(two), one.max(two)));
                if pairs.len() == limit {
                    return pairs.into_iter().collect();
                }
            }
        }
    }
    pairs.into_iter().collect()
}

fn is_proven(one: &ObjectSignature<'_>, other: &ObjectSignature<'_>) -> bool {
    !one.required.is_subset(&other.properties) || !other.required.is_subset(&one.properties)
}
