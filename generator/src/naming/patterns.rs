//! The names that patterns make of methods and types.
//!
//! A pattern reads the name that an item has in the document, so its results do not depend on earlier runs. A name that
//! another item has already is not used.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Names;
use super::chosen::Chosen;
use super::ident::{Case, Ident, folded, is_keyword, to_case, words};
use super::ledger::{Ledger, ScopeId};
use super::operation_items::items;
use super::reserved::{RESOURCE_METHODS, is_reserved_type};
use super::scope::Scope;
use super::singular::singular;
use super::type_idents;
use crate::diagnostics::{Code, Diagnostics, Pointer};
use crate::ir::{Api, NamePart, NamePattern, OperationId, TypeId};
use crate::lock::Kind;

/// A name that a pattern makes of the name of an item.
struct Made<'a, K> {
    item: K,
    /// The name in the document.
    from: String,
    name: String,
    /// The pattern. `None` for the name of the resource that is dropped.
    pattern: Option<&'a NamePattern>,
}

/// Adds the names that patterns make to the chosen ones. `natural` are the names without the settings.
pub(super) fn choose(
    api: &Api,
    natural: &Names,
    ledger: &Ledger<'_>,
    chosen: &mut Chosen,
    diagnostics: &mut Diagnostics,
) {
    let mut used = BTreeSet::new();
    let methods = methods(api, natural, ledger, chosen, &mut used, diagnostics);
    let types = types(api, natural, ledger, chosen, &mut used, diagnostics);
    (chosen.methods, chosen.types) = (methods, types);
    let rules = &api.given_names.rules;
    for pattern in rules.methods.iter().chain(&rules.types).filter(|pattern| !used.contains(&pattern.at)) {
        diagnostics.report(
            Code::StaleName,
            &pattern.at,
            format!("`{}` matches no name that another pattern does not match", pattern.text),
            "remove the pattern, or correct it",
        );
    }
}

fn methods(
    api: &Api,
    natural: &Names,
    ledger: &Ledger<'_>,
    chosen: &Chosen,
    used: &mut BTreeSet<Pointer>,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<OperationId, String> {
    let rules = &api.given_names.rules;
    let mut methods = BTreeMap::new();
    if rules.methods.is_empty() && !rules.drop_resource {
        return methods;
    }
    for ((id, resource), operations) in api.resources().zip(api.operations_by_resource()) {
        let resource = words(&resource.name);
        let mut made = Vec::new();
        let mut taken: HashMap<String, Option<OperationId>> = HashMap::new();
        for of in &operations {
            let (operation, names) = (api.operation(*of), natural.of_operation(*of));
            let names = items(operation, names).into_iter().filter_map(|(item, _)| {
                let ident = item.ident(names).filter(|_| item.is_method())?;
                let is_main = ident.as_str() == names.method.as_str();
                Some((folded(ident.as_str()), is_main.then_some(*of)))
            });
            match chosen.given_method(*of) {
                Some(given) => drop(taken.insert(folded(given), None)),
                None => {
                    taken.extend(names);
                    let from = to_case(&operation.name, Case::Snake);
                    let pattern = matching(&rules.methods, &words(&from), &resource);
                    used.extend(pattern.as_ref().map(|(pattern, _)| pattern.at.clone()));
                    let dropped =
                        || without_resource(&words(&from), &resource).filter(|_| rules.drop_resource);
                    let (pattern, name) = match pattern {
                        Some((pattern, name)) => (Some(pattern), Some(name)),
                        None => (None, dropped()),
                    };
                    let name = name.map(|words| words.join("_"));
                    if let Some(name) = name.filter(|name| *name != from) {
                        made.push(Made { item: *of, from, name, pattern });
                    }
                }
            }
        }
        let module = natural.of_resource(id).module.as_str();
        let scope = ledger.open(&ScopeId::Methods(module.to_owned()), Scope::new(Case::Snake, "call"));
        let is_free = |made: &Made<'_, OperationId>| {
            let of_lock = scope.owner_of(&made.name).is_none_or(|owner| {
                // A present operation has the name in `taken`.
                let is_own = owner.path.iter().any(|segment| *segment == api.operation(made.item).id);
                is_own || owner.kind == Kind::Operation && ledger.is_present(owner)
            });
            of_lock && is_name(&made.name) && !RESOURCE_METHODS.contains(&made.name.as_str())
        };
        let report = |made: &Made<'_, OperationId>, diagnostics: &mut Diagnostics| {
            let operation = api.operation(made.item);
            let Some(pattern) = made.pattern else { return };
            let item = (&operation.docs.pointer, operation.id.as_str());
            report_taken(item, "operations", &made.name, &made.from, pattern, diagnostics);
        };
        methods.extend(accepted(made, &taken, &is_free, &report, diagnostics));
    }
    methods
}

fn types(
    api: &Api,
    natural: &Names,
    ledger: &Ledger<'_>,
    chosen: &Chosen,
    used: &mut BTreeSet<Pointer>,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<TypeId, String> {
    let patterns = &api.given_names.rules.types;
    if patterns.is_empty() {
        return BTreeMap::new();
    }
    let mut made = Vec::new();
    let mut keys = HashMap::new();
    for (id, key, wanted) in type_idents::components(api, chosen) {
        keys.insert(id, key);
        let from = to_case(&wanted, Case::Camel);
        let Some((pattern, words)) = matching(patterns, &words(&from), &[]) else { continue };
        used.insert(pattern.at.clone());
        let name = to_case(&words.join(" "), Case::Camel);
        if name != from {
            made.push(Made { item: id, from, name, pattern: Some(pattern) });
        }
    }
    let given = chosen.given.types.values().map(|given| (folded(&given.name), None));
    let others = api.types().filter(|(id, _)| !chosen.given.types.contains_key(id));
    let others = others.map(|(id, _)| (folded(natural.of_type(id).ident.as_str()), Some(id)));
    let taken: HashMap<String, Option<TypeId>> = others.chain(given).collect();
    let scope = ledger.open(&ScopeId::Types, Scope::new(Case::Camel, "Type"));
    let is_free = |made: &Made<'_, TypeId>| {
        let of_lock = scope.owner_of(&made.name).is_none_or(|owner| {
            let is_former = owner.kind == Kind::OldType
                && ledger.item(owner).and_then(|item| item.names.last()).map(String::as_str)
                    == Some(natural.of_type(made.item).ident.as_str());
            is_former || ledger.is_present(owner)
        });
        of_lock && is_name(&made.name) && !is_reserved_type(&made.name)
    };
    let report = |made: &Made<'_, TypeId>, diagnostics: &mut Diagnostics| {
        let (Some(pattern), Some(key)) = (made.pattern, keys.get(&made.item)) else { return };
        let at = &api.type_def(made.item).docs.pointer;
        report_taken((at, *key), "types", &made.name, &made.from, pattern, diagnostics);
    };
    accepted(made, &taken, &is_free, &report, diagnostics)
}

/// Returns the names that are free: no other item has them, and no other pattern makes them. The item that has the name
/// already keeps it.
fn accepted<'a, K: Copy + Ord>(
    made: Vec<Made<'a, K>>,
    taken: &HashMap<String, Option<K>>,
    is_free: &dyn Fn(&Made<'a, K>) -> bool,
    report: &dyn Fn(&Made<'a, K>, &mut Diagnostics),
    diagnostics: &mut Diagnostics,
) -> BTreeMap<K, String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    made.iter().for_each(|made| *counts.entry(folded(&made.name)).or_default() += 1);
    let mut accepted = BTreeMap::new();
    for made in made {
        let name = folded(&made.name);
        let is_accepted = match taken.get(&name) {
            Some(owner) => *owner == Some(made.item),
            None => counts.get(&name) == Some(&1),
        };
        if is_accepted && is_free(&made) {
            accepted.insert(made.item, made.name);
        } else {
            report(&made, diagnostics);
        }
    }
    accepted
}

fn report_taken(
    (at, item): (&Pointer, &str),
    table: &str,
    name: &str,
    kept: &str,
    pattern: &NamePattern,
    diagnostics: &mut Diagnostics,
) {
    diagnostics.report(
        Code::NameCollision,
        at,
        format!(
            "`{item}` keeps the name `{kept}`, because `{name}` of the pattern `{}` is taken",
            pattern.text
        ),
        format!("set a name for `{item}` in `[names.{table}]` of codegen.toml"),
    );
}

/// Returns `true` if a name is an identifier.
fn is_name(name: &str) -> bool {
    name.starts_with(char::is_alphabetic) && !is_keyword(name) && Ident::parse(name).is_some()
}

/// Returns the first pattern that matches a name, and the words that it makes of the name.
fn matching<'a>(
    patterns: &'a [NamePattern],
    name: &[String],
    resource: &[String],
) -> Option<(&'a NamePattern, Vec<String>)> {
    let resources = forms(resource);
    let made = |pattern: &'a NamePattern| {
        let lengths: BTreeSet<usize> = resources.iter().map(Vec::len).collect();
        // The longest form of the resource comes first.
        let made = lengths.into_iter().rev().find_map(|length| apply(pattern, name, &resources, length));
        Some((pattern, made?))
    };
    patterns.iter().find_map(made)
}

/// Returns the words of a resource in the singular, and without the version at their end.
fn forms(resource: &[String]) -> Vec<Vec<String>> {
    let mut forms = vec![singular(resource)];
    if let Some((version, others)) = resource.split_last().filter(|(_, others)| !others.is_empty()) {
        let digits = version.strip_prefix('v').unwrap_or_default();
        if digits.starts_with(|first: char| first.is_ascii_digit()) {
            forms.push(singular(others));
        }
    }
    forms
}

/// Applies a pattern to a name, whose part for the resource has `length` words.
fn apply(
    pattern: &NamePattern,
    name: &[String],
    resources: &[Vec<String>],
    length: usize,
) -> Option<Vec<String>> {
    let parts: Vec<(&NamePart, Vec<String>)> = pattern
        .from
        .iter()
        .map(|part| match part {
            NamePart::Text(text) => (part, words(text)),
            NamePart::Resource | NamePart::Name => (part, Vec::new()),
        })
        .collect();
    let fixed: usize = parts
        .iter()
        .map(|(part, words)| match part {
            NamePart::Text(_) => words.len(),
            NamePart::Resource => length,
            NamePart::Name => 0,
        })
        .sum();
    let has_name = pattern.from.contains(&NamePart::Name);
    let rest = name.len().checked_sub(fixed).filter(|rest| if has_name { *rest > 0 } else { *rest == 0 })?;
    let (mut of_resource, mut of_name): (&[String], &[String]) = (&[], &[]);
    let mut position = 0;
    for (part, text) in &parts {
        let count = match part {
            NamePart::Text(_) => text.len(),
            NamePart::Resource => length,
            NamePart::Name => rest,
        };
        let words = &name[position..position + count];
        position += count;
        match part {
            NamePart::Text(_) if words != text.as_slice() => return None,
            NamePart::Text(_) => {}
            NamePart::Resource if !resources.contains(&singular(words)) => return None,
            NamePart::Resource => of_resource = words,
            NamePart::Name => of_name = words,
        }
    }
    let made = pattern.to.iter().flat_map(|part| match part {
        NamePart::Text(text) => words(text),
        NamePart::Resource => of_resource.to_vec(),
        NamePart::Name => of_name.to_vec(),
    });
    Some(made.collect())
}

/// Returns a method without the name of its resource at its end or, if that is not there, at its start.
fn without_resource(name: &[String], resource: &[String]) -> Option<Vec<String>> {
    let forms = forms(resource);
    for form in forms.iter().filter(|form| !form.is_empty()) {
        let Some(rest) = name.len().checked_sub(form.len()).filter(|rest| *rest > 0) else { continue };
        if singular(&name[rest..]) == *form {
            return Some(name[..rest].to_vec());
        }
        if singular(&name[..form.len()]) == *form {
            return Some(name[form.len()..].to_vec());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_dropped(resource: &str, name: &str, expected: Option<&str>) {
        let found = without_resource(&words(name), &words(resource)).map(|words| words.join("_"));
        assert_eq!(found.as_deref(), expected, "{resource} {name}");
    }

    #[test]
    fn a_method_does_not_repeat_its_resource() {
        check_dropped("servers", "list_servers", Some("list"));
        check_dropped("servers", "get_server", Some("get"));
        check_dropped("servers", "server_create", Some("create"));
        check_dropped("server", "servers_list", Some("list"));
        check_dropped("policies", "get_policy", Some("get"));
        check_dropped("app_entitlements", "list_app_entitlements", Some("list"));
        check_dropped("connector_owners_v2", "list_connector_owners", Some("list"));
        check_dropped("connector_owners_v2", "list_connector_owners_v2", Some("list"));
        check_dropped("servers", "servers", None);
        check_dropped("servers", "get_server_by_id", None);
        check_dropped("servers", "observers_list", None);
    }

    #[track_caller]
    fn check(resource: &str, patterns: &[(&str, &str)], name: &str, expected: Option<&str>) {
        let parts = |text: &str| {
            let parts = text.split_inclusive('}').flat_map(|part| match part.split_once('{') {
                Some((text, "name}")) => vec![NamePart::Text(text.to_owned()), NamePart::Name],
                Some((text, _)) => vec![NamePart::Text(text.to_owned()), NamePart::Resource],
                None => vec![NamePart::Text(part.to_owned())],
            });
            parts.filter(|part| *part != NamePart::Text(String::new())).collect()
        };
        let patterns = patterns.iter().map(|(from, to)| NamePattern {
            text: (*from).to_owned(),
            from: parts(from),
            to: parts(to),
            at: Pointer::root(),
        });
        let patterns: Vec<NamePattern> = patterns.collect();
        let found = matching(&patterns, &words(name), &words(resource)).map(|(_, words)| words.join("_"));
        assert_eq!(found.as_deref(), expected, "{resource} {name}");
    }

    #[test]
    fn the_first_pattern_that_matches_applies() {
        check("pets", &[("list_{resource}", "list")], "list_pets", Some("list"));
        check("pets", &[("list_{resource}", "list")], "list_pet", Some("list"));
        check("pets", &[("list_{resource}", "list")], "list_dogs", None);
        check("pets", &[("{name}_v1", "{name}")], "list_pets_v1", Some("list_pets"));
        check("pets", &[("{name}_v1", "{name}")], "v1", None);
        check("pets", &[("{name}_{resource}_by_id", "{name}")], "get_pet_by_id", Some("get"));
        check("pets", &[("{resource}_{name}", "{name}_{resource}")], "pet_get_all", Some("get_all_pet"));
        check("pets", &[("{name}_pets", "{name}"), ("list_{name}", "all_{name}")], "list_pets", Some("list"));
        check("pets", &[("find", "get")], "find", Some("get"));
    }
}
