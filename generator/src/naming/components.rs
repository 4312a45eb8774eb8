//! What component schemas are called.
//!
//! `acme.policy.v1.Step` is `Step`. Where two components want one name, both take the nearest package segment that
//! tells them apart; codegen.toml can settle it otherwise.

use std::collections::{BTreeMap, BTreeSet};

use super::ident::{Case, to_case};

/// The names that components want, in their order; those that collide have been told apart as far as possible.
pub(super) fn wanted(keys: &[&str]) -> Vec<String> {
    let keys: Vec<Key<'_>> = keys.iter().map(|key| Key::parse(key)).collect();
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, key) in keys.iter().enumerate() {
        groups.entry(key.name().to_lowercase()).or_default().push(index);
    }
    let is_free =
        |name: &String, groups: &BTreeMap<String, Vec<usize>>| !groups.contains_key(&name.to_lowercase());
    let mut names: Vec<String> = keys.iter().map(|key| key.name()).collect();
    for members in groups.values().filter(|members| members.len() > 1) {
        let longest = members.iter().map(|index| keys[*index].packages.len()).max().unwrap_or_default();
        let told_apart = distances(members, &keys, longest)
            .into_iter()
            .map(|distances| {
                members.iter().map(|index| keys[*index].qualified(&distances)).collect::<Vec<_>>()
            })
            .find(|names| {
                let distinct: BTreeSet<_> = names.iter().map(|name| name.to_lowercase()).collect();
                distinct.len() == names.len() && names.iter().all(|name| is_free(name, &groups))
            });
        for (position, index) in members.iter().enumerate() {
            names[*index] = match &told_apart {
                Some(names) => names[position].clone(),
                None => keys[*index].whole(),
            };
        }
    }
    names
}

/// Which segments to try, nearest first: each alone, and then as many as it takes of those that differ at all.
fn distances(members: &[usize], keys: &[Key<'_>], longest: usize) -> Vec<Vec<usize>> {
    let differs = |distance: &usize| {
        let segments: BTreeSet<_> = members.iter().map(|index| keys[*index].package(*distance)).collect();
        segments.len() > 1
    };
    let differing: Vec<usize> = (0..longest).filter(differs).collect();
    let alone = differing.iter().map(|distance| vec![*distance]);
    let together = (2..=differing.len()).map(|count| differing[..count].to_vec());
    alone.chain(together).collect()
}

/// A component's key: packages, and the name of the message.
struct Key<'k> {
    packages: Vec<&'k str>,
    name: &'k str,
}

impl<'k> Key<'k> {
    /// Dots separate packages where a name in capitals follows, as in protobuf; other keys are a name as a whole.
    fn parse(key: &'k str) -> Self {
        match key.rsplit_once('.') {
            Some((packages, name)) if name.starts_with(|first: char| first.is_ascii_uppercase()) => {
                Self { packages: packages.split('.').collect(), name }
            }
            _ => Self { packages: Vec::new(), name: key },
        }
    }

    fn name(&self) -> String {
        to_case(self.name, Case::Camel)
    }

    /// The name with the package segments at some distances from it: a version behind it, anything else before it.
    fn qualified(&self, distances: &[usize]) -> String {
        let mut name = self.name.to_owned();
        for package in distances.iter().filter_map(|distance| self.package(*distance)) {
            name =
                if is_version(package) { format!("{name} {package}") } else { format!("{package} {name}") };
        }
        to_case(&name, Case::Camel)
    }

    fn package(&self, distance: usize) -> Option<&'k str> {
        self.packages.iter().rev().nth(distance).copied()
    }

    fn whole(&self) -> String {
        to_case(&format!("{} {}", self.packages.join(" "), self.name), Case::Camel)
    }
}

fn is_version(segment: &str) -> bool {
    segment.strip_prefix('v').is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::wanted;

    #[track_caller]
    fn check(keys: &[&str], expected: &[&str]) {
        assert_eq!(wanted(keys), expected);
    }

    #[test]
    fn the_last_segment_names_a_message() {
        check(&["acme.policy.v1.Step", "acme.policy.v1.Step.Kind"], &["Step", "Kind"]);
        check(&["billing.alert", "Plain", "two_words"], &["BillingAlert", "Plain", "TwoWords"]);
    }

    #[test]
    fn both_take_the_nearest_segment_that_tells_them_apart() {
        check(&["a.form.v1.Field", "a.part.v1.Field"], &["FormField", "PartField"]);
        check(&["a.app.v1.Owner", "a.app.v2.Owner"], &["OwnerV1", "OwnerV2"]);
        check(&["a.v1.In.Skip", "a.v1.Out.Skip"], &["InSkip", "OutSkip"]);
        check(&["a.app.v1.X", "a.rule.v1.X", "a.rule.v2.X"], &["AppXV1", "RuleXV1", "RuleXV2"]);
    }

    #[test]
    fn a_name_that_is_taken_is_not_taken_again() {
        check(
            &["a.form.v1.Field", "a.part.v1.Field", "a.v1.FormField"],
            &["AFormV1Field", "APartV1Field", "FormField"],
        );
    }
}
