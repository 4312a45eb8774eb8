//! Names of the methods of the client builder: for the server variables, and for the security schemes.

use super::ident::{Case, Ident};
use super::ledger::{Ledger, ScopeId};
use super::reserved::{BUILDER_METHODS, METHODS_OF_KINDS};
use super::scope::Scope;
use crate::ir::{Api, BuilderMethod, SchemeKind};
use crate::lock::Kind;

/// Names the methods of the server variables, and of the security schemes.
pub(super) fn allocate(api: &Api, ledger: &mut Ledger<'_>) -> (Vec<Ident>, Vec<Ident>) {
    // A scheme keeps the name of its kind when another scheme of this kind is added.
    let is_known = |method: &&str| {
        let mut known = ledger.items(Kind::SecurityScheme).flat_map(|(_, item)| &item.names);
        known.any(|name| name == method)
    };
    let of_kinds: Vec<&str> = METHODS_OF_KINDS.into_iter().filter(is_known).collect();
    let reserved = BUILDER_METHODS.iter().copied().filter(|method| !of_kinds.contains(method));
    let scope = Scope::reserving(Case::Snake, "variable", &reserved.collect::<Vec<_>>());
    let mut scope = ledger.open(&ScopeId::Builder, scope);
    METHODS_OF_KINDS.into_iter().for_each(|method| scope.reserve(method));
    let variables = api.server.iter().flat_map(|server| &server.variables);
    let variables = variables.map(|variable| {
        let key = ledger.key(Kind::ServerVariable, &[&variable.name], None);
        let ident = scope.allocate_for(key.slot(0), &variable.name, &[]);
        ledger.record_names(key, &[&ident]);
        ident
    });
    let variables = variables.collect();
    let schemes = api.security.schemes.iter().map(|scheme| {
        let key = ledger.key(Kind::SecurityScheme, &[&scheme.name], None);
        let method_of_kind = match scheme.kind {
            SchemeKind::Bearer => "bearer_token",
            SchemeKind::Basic => "basic_auth",
            SchemeKind::Header(_) | SchemeKind::Query(_) | SchemeKind::Cookie(_) => "api_key",
        };
        let ident = match scheme.builder_method {
            BuilderMethod::NamedAfterScheme => {
                let other = format!("{} credentials", scheme.name);
                scope.allocate_for(key.slot(0), &scheme.name, &[&other])
            }
            BuilderMethod::BearerToken => Ident::new(method_of_kind.to_owned()),
            BuilderMethod::NamedAfterKind => {
                scope.recall(key.slot(0)).unwrap_or_else(|| Ident::new(method_of_kind.to_owned()))
            }
        };
        ledger.record_names(key, &[&ident]);
        ident
    });
    let schemes = schemes.collect();
    (variables, schemes)
}
