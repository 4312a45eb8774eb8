//! The `cfg` conditions of an item.

use std::collections::BTreeSet;

/// Returns true if `new` holds wherever `old` holds. `enabled_by` returns the features that a feature enables.
pub(super) fn implies<'f>(
    old: &[String],
    new: &[String],
    enabled_by: impl Fn(&str) -> Option<&'f BTreeSet<&'f str>>,
) -> bool {
    new.iter().all(|new| {
        let new = alternatives(new);
        let features: BTreeSet<&str> = new.iter().filter_map(|new| feature(new)).collect();
        let holds = |old: &str| {
            let enabled = feature(old).and_then(&enabled_by);
            new.contains(old) || enabled.is_some_and(|enabled| !enabled.is_disjoint(&features))
        };
        old.iter().any(|old| alternatives(old).into_iter().all(holds))
    })
}

/// Returns the feature that a condition requires, if it has no other part.
fn feature(condition: &str) -> Option<&str> {
    condition.strip_prefix("feature = \"")?.strip_suffix('"')
}

/// Returns the conditions under which others hold although some features are gone. `None` if they hold only with these.
pub(super) fn without(conditions: &[String], is_gone: impl Fn(&str) -> bool) -> Option<Vec<String>> {
    let rest = conditions.iter().map(|condition| {
        let mut rest = alternatives(condition);
        rest.retain(|alternative| !feature(alternative).is_some_and(&is_gone));
        any(&rest)
    });
    rest.collect()
}

/// Returns the condition that one of several features is enabled. `None` if there are no features.
pub(super) fn any_feature(features: &BTreeSet<&str>) -> Option<String> {
    let conditions: Vec<String> = features.iter().map(|name| format!("feature = \"{name}\"")).collect();
    any(&conditions.iter().map(String::as_str).collect())
}

/// Returns the condition that one of several conditions holds. `None` if there are none.
fn any(conditions: &BTreeSet<&str>) -> Option<String> {
    let conditions: Vec<&str> = conditions.iter().copied().collect();
    match conditions.as_slice() {
        [] => None,
        [only] => Some((*only).to_owned()),
        several => Some(format!("any({})", several.join(", "))),
    }
}

/// Returns the Cargo features in conditions.
pub(super) fn features(conditions: &[String]) -> BTreeSet<&str> {
    let of = |condition: &'_ String| -> Vec<(usize, usize)> {
        let starts = condition.match_indices("feature = \"").map(|(at, text)| at + text.len());
        starts.filter_map(|start| Some((start, start + condition[start..].find('"')?))).collect()
    };
    conditions.iter().flat_map(|it| of(it).into_iter().map(move |(start, end)| &it[start..end])).collect()
}

/// Returns the alternatives of a condition, one of which has to hold.
fn alternatives(condition: &str) -> BTreeSet<&str> {
    match condition.strip_prefix("any(").and_then(|rest| rest.strip_suffix(')')) {
        // Conditions with parentheses inside are compared as a whole.
        Some(inner) if !inner.contains('(') => inner.split(", ").collect(),
        _ => BTreeSet::from([condition]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(old: &[&str], new: &[&str], expected: bool) {
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let of_all = BTreeSet::from(["a"]);
        let enabled_by = |feature: &str| (feature == "all").then_some(&of_all);
        assert_eq!(implies(&owned(old), &owned(new), enabled_by), expected, "{old:?} to {new:?}");
    }

    #[test]
    fn knows_which_conditions_hold() {
        let (a, b, any) = ("feature = \"a\"", "feature = \"b\"", "any(feature = \"a\", feature = \"b\")");
        check(&[a], &[a], true);
        check(&[a], &[], true);
        check(&[], &[a], false);
        check(&[a], &[b], false);
        check(&[a], &[any], true);
        check(&[any], &[a], false);
        check(&[a, "not(windows)"], &[any], true);
        let all = "feature = \"all\"";
        check(&[all], &[a], true);
        check(&[all], &[any], true);
        check(&[all], &[b], false);
        check(&[all], &["not(feature = \"a\")"], false);
        assert_eq!(without(&[any.to_owned()], |name| name == "b"), Some(vec![a.to_owned()]));
        assert_eq!(without(&[any.to_owned()], |_| true), None);
        assert_eq!(features(&[any.to_owned(), "unix".to_owned()]), BTreeSet::from(["a", "b"]));
    }
}
