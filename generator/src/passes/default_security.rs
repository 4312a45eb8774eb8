//! The security requirements that most operations share, and the builder methods that set credentials.

use std::collections::HashMap;

use indexmap::IndexMap;

use crate::ir::{Api, BuilderMethod, Operation, Requirement, Scheme, SchemeKind};

/// Computes the default requirements, so that operations only keep others, and sets the builder methods of all
/// schemes.
pub(super) fn assign(api: &mut Api) {
    let is_silent = api.operations.iter().all(|operation| operation.security.is_none());
    let default_requirements = match is_silent {
        true => any_scheme(&api.security.schemes),
        false => most_common(&api.operations),
    };
    for operation in api.operations.iter_mut().filter(|_| !is_silent) {
        let own = operation.security.take().unwrap_or_default();
        operation.security = (own != default_requirements).then_some(own);
    }
    api.security.default_requirements = default_requirements;
    let of_kinds = Kinds::of(api);
    for scheme in &mut api.security.schemes {
        scheme.builder_method = of_kinds.builder_method(&scheme.kind);
    }
}

/// Returns the requirements if the document has security schemes but never requires them: any scheme or none, for
/// every operation.
fn any_scheme(schemes: &[Scheme]) -> Vec<Requirement> {
    schemes.iter().map(|scheme| vec![scheme.name.clone()]).chain([Vec::new()]).collect()
}

/// Returns the most common requirements, the first of several.
fn most_common(operations: &[Operation]) -> Vec<Requirement> {
    let mut counts: IndexMap<&[Requirement], usize> = IndexMap::new();
    for operation in operations {
        *counts.entry(operation.security.as_deref().unwrap_or_default()).or_default() += 1;
    }
    let most = counts.values().max().copied();
    let most_common = counts.into_iter().find(|(_, count)| Some(*count) == most);
    most_common.map(|(requirements, _)| requirements.to_vec()).unwrap_or_default()
}

/// The number of credentials of each kind that a client may need.
struct Kinds {
    /// True if one token serves all schemes with bearer tokens.
    has_one_token: bool,
    basic: usize,
    api_keys: usize,
}

impl Kinds {
    fn of(api: &Api) -> Self {
        let count = |is: fn(&SchemeKind) -> bool| {
            api.security.schemes.iter().filter(|scheme| is(&scheme.kind)).count()
        };
        Self {
            has_one_token: has_one_token(api),
            basic: count(|kind| *kind == SchemeKind::Basic),
            api_keys: count(SchemeKind::is_api_key),
        }
    }

    /// Returns the builder method of a scheme: named after the scheme if another one of its kind needs a credential
    /// of its own.
    fn builder_method(&self, kind: &SchemeKind) -> BuilderMethod {
        let is_only = match kind {
            SchemeKind::Bearer => self.has_one_token,
            SchemeKind::Basic => self.basic == 1,
            SchemeKind::Header(_) | SchemeKind::Query(_) | SchemeKind::Cookie(_) => self.api_keys == 1,
        };
        match (is_only, kind) {
            (true, SchemeKind::Bearer) => BuilderMethod::BearerToken,
            (true, _) => BuilderMethod::NamedAfterKind,
            (false, _) => BuilderMethod::NamedAfterScheme,
        }
    }
}

/// Returns true if all schemes with bearer tokens are required by the same operations.
fn has_one_token(api: &Api) -> bool {
    let bearer = api.security.schemes.iter().filter(|scheme| scheme.kind == SchemeKind::Bearer);
    let mut required_by: HashMap<&str, Vec<usize>> =
        bearer.map(|scheme| (scheme.name.as_str(), Vec::new())).collect();
    let own = api.operations.iter().filter_map(|operation| operation.security.as_ref());
    for (index, requirements) in own.chain([&api.security.default_requirements]).enumerate() {
        for name in requirements.iter().flatten() {
            if let Some(indexes) = required_by.get_mut(name.as_str()).filter(|it| it.last() != Some(&index)) {
                indexes.push(index);
            }
        }
    }
    let mut required_by = required_by.into_values();
    let first = required_by.next();
    required_by.all(|indexes| Some(&indexes) == first.as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::Security;
    use crate::passes::fixture::{LONG, on_small_stack, operation};

    fn requirements(written: &[&[&str]]) -> Vec<Requirement> {
        written.iter().map(|names| names.iter().map(|name| (*name).to_owned()).collect()).collect()
    }

    /// Returns a model with these schemes, and an operation for each list of requirements.
    fn api(schemes: &[(&str, SchemeKind)], operations: &[Option<&[&[&str]]>]) -> Api {
        let scheme = |(name, kind): &(&str, SchemeKind)| Scheme {
            name: (*name).to_owned(),
            kind: kind.clone(),
            builder_method: BuilderMethod::NamedAfterKind,
            description: None,
            flows: Vec::new(),
        };
        let operation =
            |written: &Option<&[&[&str]]>| Operation { security: written.map(requirements), ..operation() };
        Api {
            security: Security { schemes: schemes.iter().map(scheme).collect(), ..Security::default() },
            operations: operations.iter().map(operation).collect(),
            ..Api::default()
        }
    }

    /// Expects the default requirements, and the requirements that operations keep.
    #[track_caller]
    fn check(written: &[Option<&[&[&str]]>], default: &[&[&str]], kept: &[Option<&[&[&str]]>]) {
        let mut api = api(&[("a", SchemeKind::Bearer), ("b", SchemeKind::Basic)], written);
        assign(&mut api);
        assert_eq!(api.security.default_requirements, requirements(default));
        let found: Vec<Option<Vec<Requirement>>> = api.operations.into_iter().map(|it| it.security).collect();
        assert_eq!(found, kept.iter().map(|it| it.map(requirements)).collect::<Vec<_>>());
    }

    #[test]
    fn the_most_common_requirements_are_the_default() {
        let a: Option<&[&[&str]]> = Some(&[&["a"]]);
        let b: Option<&[&[&str]]> = Some(&[&["b"]]);
        check(&[a, b, a], &[&["a"]], &[None, b, None]);
        check(&[b, a], &[&["b"]], &[None, a]);
        check(&[a, None, None], &[], &[a, None, None]);
        // Nothing is required anywhere: any scheme may be used.
        check(&[None, None], &[&["a"], &["b"], &[]], &[None, None]);
    }

    /// Expects the builder method of each scheme.
    #[track_caller]
    fn check_methods(
        schemes: &[(&str, SchemeKind)],
        operations: &[Option<&[&[&str]]>],
        expected: &[BuilderMethod],
    ) {
        let mut api = api(schemes, operations);
        assign(&mut api);
        let found: Vec<BuilderMethod> = api.security.schemes.iter().map(|it| it.builder_method).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_credential_is_named_after_its_scheme_if_there_are_several_of_its_kind() {
        use BuilderMethod::{BearerToken, NamedAfterKind, NamedAfterScheme};
        let key = |name: &str| SchemeKind::Header(name.to_owned());
        check_methods(
            &[("a", key("a")), ("b", SchemeKind::Basic), ("c", SchemeKind::Bearer)],
            &[],
            &[NamedAfterKind, NamedAfterKind, BearerToken],
        );
        check_methods(&[("a", key("a")), ("b", key("b"))], &[], &[NamedAfterScheme; 2]);
        // One token serves schemes that are always required together.
        let tokens = [("a", SchemeKind::Bearer), ("b", SchemeKind::Bearer)];
        check_methods(&tokens, &[Some(&[&["a"], &["b"]])], &[BearerToken; 2]);
        check_methods(&tokens, &[Some(&[&["a", "b"]]), None], &[BearerToken; 2]);
        check_methods(&tokens, &[Some(&[&["a"]]), Some(&[&["b"]])], &[NamedAfterScheme; 2]);
    }

    #[test]
    fn many_schemes_and_operations_are_fast() {
        on_small_stack(|| {
            let names: Vec<String> = (0..LONG).map(|index| format!("s{index}")).collect();
            let schemes: Vec<(&str, SchemeKind)> =
                names.iter().map(|name| (name.as_str(), SchemeKind::Bearer)).collect();
            let mut api = api(&schemes, &[]);
            api.operations = names
                .iter()
                .map(|name| Operation { security: Some(vec![vec![name.clone()]]), ..operation() })
                .collect();
            assign(&mut api);
            let method = BuilderMethod::NamedAfterScheme;
            assert!(api.security.schemes.iter().all(|scheme| scheme.builder_method == method));
        });
    }
}
