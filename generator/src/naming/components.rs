//! Names of component schemas.
//!
//! `acme.policy.v1.Step` becomes `Step`. If several components have the same last segment, all of them add the
//! nearest package segment that distinguishes them. codegen.toml can override the names.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::ident::{Case, to_case};

/// Returns the preferred name of each component, in the order of `keys`. Package segments distinguish
/// colliding names, if they differ. `functions` are the names of the functions behind operations, by operation id.
pub(super) fn preferred_names(keys: &[&str], functions: &HashMap<&str, &str>) -> Vec<String> {
    let taken: HashSet<String> = keys.iter().map(|key| to_case(key, Case::Camel)).collect();
    let is_taken = |name: &str| taken.contains(&to_case(name, Case::Camel));
    let keys: Vec<String> = keys.iter().map(|key| body_of_function(key, functions, &is_taken)).collect();
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
        let distinct_names = candidate_segments(members, &keys, longest)
            .into_iter()
            .map(|candidate_segments| {
                members
                    .iter()
                    .map(|index| keys[*index].with_packages(&candidate_segments))
                    .collect::<Vec<_>>()
            })
            .find(|names| {
                let distinct: BTreeSet<_> = names.iter().map(|name| name.to_lowercase()).collect();
                distinct.len() == names.len() && names.iter().all(|name| is_free(name, &groups))
            });
        for (position, index) in members.iter().enumerate() {
            names[*index] = match &distinct_names {
                Some(names) => names[position].clone(),
                None => keys[*index].with_all_packages(),
            };
        }
    }
    names
}

/// Returns the key of a component. FastAPI calls the body of an operation `Body_` and the id of the operation, which
/// ends in path and method. Another component keeps its name.
fn body_of_function(key: &str, functions: &HashMap<&str, &str>, is_taken: &dyn Fn(&str) -> bool) -> String {
    let function = key.strip_prefix("Body_").and_then(|id| functions.get(id));
    let name = function.map(|function| format!("Body_{function}")).filter(|name| !is_taken(name));
    name.unwrap_or_else(|| key.to_owned())
}

/// Returns sets of package segments to try, as distances from the name: first each differing segment alone, nearest
/// first, then the two nearest, the three nearest, and so on.
fn candidate_segments(members: &[usize], keys: &[Key<'_>], longest: usize) -> Vec<Vec<usize>> {
    let differs = |distance: &usize| {
        let segments: BTreeSet<_> = members.iter().map(|index| keys[*index].package(*distance)).collect();
        segments.len() > 1
    };
    let differing: Vec<usize> = (0..longest).filter(differs).collect();
    let alone = differing.iter().map(|distance| vec![*distance]);
    let together = (2..=differing.len()).map(|count| differing[..count].to_vec());
    alone.chain(together).collect()
}

/// The key of a component, split into packages and message name.
struct Key<'k> {
    packages: Vec<&'k str>,
    name: &'k str,
}

impl<'k> Key<'k> {
    /// Splits a key at its dots if the last segment starts with a capital letter, as in protobuf. Any other key is a
    /// name without packages.
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

    /// Returns the name with the package segments at the given distances: versions as suffix, others as prefix.
    fn with_packages(&self, candidate_segments: &[usize]) -> String {
        let mut name = self.name.to_owned();
        for package in candidate_segments.iter().filter_map(|distance| self.package(*distance)) {
            name =
                if is_version(package) { format!("{name} {package}") } else { format!("{package} {name}") };
        }
        to_case(&name, Case::Camel)
    }

    fn package(&self, distance: usize) -> Option<&'k str> {
        self.packages.iter().rev().nth(distance).copied()
    }

    fn with_all_packages(&self) -> String {
        to_case(&format!("{} {}", self.packages.join(" "), self.name), Case::Camel)
    }
}

fn is_version(segment: &str) -> bool {
    segment.strip_prefix('v').is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::preferred_names;

    #[track_caller]
    fn check(keys: &[&str], expected: &[&str]) {
        let functions = HashMap::from([("read_flows_get", "read")]);
        assert_eq!(preferred_names(keys, &functions), expected);
    }

    #[test]
    fn bodies_of_functions_have_no_paths() {
        check(&["Body_read_flows_get", "Body_write_flows_post"], &["BodyRead", "BodyWriteFlowsPost"]);
        // Another component keeps its name.
        check(&["Body_read_flows_get", "BodyRead"], &["BodyReadFlowsGet", "BodyRead"]);
    }

    #[test]
    fn uses_the_last_segment_of_a_dotted_key() {
        check(&["acme.policy.v1.Step", "acme.policy.v1.Step.Kind"], &["Step", "Kind"]);
        check(&["billing.alert", "Plain", "two_words"], &["BillingAlert", "Plain", "TwoWords"]);
    }

    #[test]
    fn colliding_names_add_the_nearest_differing_segment() {
        check(&["a.form.v1.Field", "a.part.v1.Field"], &["FormField", "PartField"]);
        check(&["a.app.v1.Owner", "a.app.v2.Owner"], &["OwnerV1", "OwnerV2"]);
        check(&["a.v1.In.Skip", "a.v1.Out.Skip"], &["InSkip", "OutSkip"]);
        check(&["a.app.v1.X", "a.rule.v1.X", "a.rule.v2.X"], &["AppXV1", "RuleXV1", "RuleXV2"]);
    }

    #[test]
    fn falls_back_to_the_full_name_if_the_short_one_is_taken() {
        check(
            &["a.form.v1.Field", "a.part.v1.Field", "a.v1.FormField"],
            &["AFormV1Field", "APartV1Field", "FormField"],
        );
    }
}
