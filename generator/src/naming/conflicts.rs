//! Checks the names that codegen.toml gives: each is unique in its scope, and free.
//!
//! A name is taken if another item has it without the settings, unless codegen.toml gives that item another name. The
//! generated code uses some names itself.

use std::collections::HashMap;

use super::Names;
use super::ident::{Ident, folded};
use super::operation_items::items;
use crate::diagnostics::{Code, Diagnostics, Pointer};
use crate::ir::{Api, GivenName, OperationId, Shape, TypeDef, TypeName};

/// An item of a scope.
struct ScopeItem<'a> {
    /// Words that identify it, such as ``property `id` ``.
    what: String,
    /// The name without the settings.
    natural: &'a str,
    given: Option<&'a GivenName>,
}

/// Reports names that another item has. `natural` are the names without the settings.
pub(super) fn check_taken(api: &Api, natural: &Names, diagnostics: &mut Diagnostics) {
    let given = &api.given_names;
    if !given.types.is_empty() {
        let types = api.types_by_origin().into_iter().map(|(id, def)| ScopeItem {
            what: describe_type(def),
            natural: natural.of_type(id).ident.as_str(),
            given: given.types.get(&id),
        });
        check_scope(&types.collect::<Vec<_>>(), diagnostics);
    }
    for (id, def) in api.types() {
        if given.members(id).next().is_some() {
            check_scope(&members(api, natural, id, def), diagnostics);
        }
    }
    if !given.features.is_empty() {
        let features = api.resources().map(|(id, resource)| ScopeItem {
            what: format!("resource `{}`", resource.name),
            natural: &natural.of_resource(id).feature,
            given: given.features.get(&id),
        });
        check_scope(&features.collect::<Vec<_>>(), diagnostics);
    }
    for operations in api.operations_by_resource() {
        if operations.iter().any(|id| given.methods.contains_key(id)) {
            let methods = operations.iter().flat_map(|id| methods(api, natural, *id));
            check_scope(&methods.collect::<Vec<_>>(), diagnostics);
        }
    }
    for (id, operation) in api.operations() {
        let names = natural.of_operation(id);
        let parameters = operation.parameters.iter().zip(&names.parameters).enumerate();
        let parameters = parameters.map(|(position, (parameter, ident))| ScopeItem {
            what: format!("{} parameter `{}`", parameter.location.in_words(), parameter.name),
            natural: ident.as_str(),
            given: given.parameters.get(&(id, position)),
        });
        let parameters: Vec<ScopeItem<'_>> = parameters.collect();
        if parameters.iter().any(|parameter| parameter.given.is_some()) {
            let body = operation.body.as_ref().map(|_| ScopeItem {
                what: "request body".to_owned(),
                natural: names.body.as_str(),
                given: None,
            });
            check_scope(&parameters.into_iter().chain(body).collect::<Vec<_>>(), diagnostics);
        }
    }
}

fn describe_type(def: &TypeDef) -> String {
    match &def.name {
        TypeName::Component { key } => format!("schema `{key}`"),
        _ => format!("schema `{}`", def.docs.pointer.reference()),
    }
}

fn members<'a>(
    api: &'a Api,
    natural: &'a Names,
    id: crate::ir::TypeId,
    def: &'a TypeDef,
) -> Vec<ScopeItem<'a>> {
    let (given, names) = (&api.given_names, natural.of_type(id));
    let described: Vec<String> = match &def.shape {
        Shape::Struct(it) => it.fields.iter().map(|field| format!("property `{}`", field.name)).collect(),
        Shape::Enum(it) => it.values.iter().map(|value| format!("value `{}`", value.wire)).collect(),
        shape => shape.variants().map(|variant| format!("alternative `{}`", variant.key)).collect(),
    };
    let fields = names.fields.iter().map(|field| &field.ident);
    let idents = fields.chain(names.variants.iter().map(|variant| &variant.ident));
    let given_at =
        |position: usize| given.fields.get(&(id, position)).or_else(|| given.variants.get(&(id, position)));
    let members = described.into_iter().zip(idents).enumerate();
    members
        .map(|(position, (what, ident))| ScopeItem {
            what,
            natural: ident.as_str(),
            given: given_at(position),
        })
        .collect()
}

/// Returns the method of an operation, and those for other media types of its body.
fn methods<'a>(api: &'a Api, natural: &'a Names, id: OperationId) -> Vec<ScopeItem<'a>> {
    let (operation, names) = (api.operation(id), natural.of_operation(id));
    let methods = items(operation, names).into_iter().filter(|(item, _)| item.is_method()).enumerate();
    let methods = methods.filter_map(|(position, (item, _))| {
        Some(ScopeItem {
            what: format!("operation `{}`", operation.id),
            natural: item.ident(names)?.as_str(),
            given: api.given_names.methods.get(&id).filter(|_| position == 0),
        })
    });
    methods.collect()
}

fn check_scope(items: &[ScopeItem<'_>], diagnostics: &mut Diagnostics) {
    let mut taken: HashMap<String, &ScopeItem<'_>> = HashMap::new();
    for item in items.iter().filter(|item| item.given.is_none()) {
        taken.insert(folded(item.natural), item);
    }
    let mut given: Vec<(&GivenName, &ScopeItem<'_>)> =
        items.iter().filter_map(|item| Some((item.given?, item))).collect();
    given.sort_by(|(one, _), (other, _)| one.at.cmp(&other.at));
    for (name, item) in given {
        match taken.get(&folded(&name.name)) {
            // One entry can name several items.
            Some(other) => diagnostics.report(
                Code::TakenName,
                &name.at,
                format!("`{}` is the name of the {} already", name.name, other.what),
                format!("choose another name, or give the {} another name, too", other.what),
            ),
            None => drop(taken.insert(folded(&name.name), item)),
        }
    }
}

/// Reports names that items did not get, because the generated code uses them.
pub(super) fn check_reserved(api: &Api, names: &Names, diagnostics: &mut Diagnostics) {
    let given = &api.given_names;
    let mut found: Vec<(&GivenName, &Ident, Option<&Ident>)> = Vec::new();
    found.extend(given.types.iter().map(|(id, name)| (name, &names.of_type(*id).ident, None)));
    for ((id, position), name) in &given.fields {
        let field = &names.of_type(*id).fields[*position];
        found.push((name, &field.ident, Some(&field.setter)));
    }
    for ((id, position), name) in &given.variants {
        found.push((name, &names.of_type(*id).variants[*position].ident, None));
    }
    found.extend(given.resources.iter().map(|(id, name)| (name, &names.of_resource(*id).module, None)));
    found.extend(given.methods.iter().map(|(id, name)| (name, &names.of_operation(*id).method, None)));
    for ((id, position), name) in &given.parameters {
        found.push((name, &names.of_operation(*id).parameters[*position], None));
    }
    for (name, ident, setter) in found {
        if ident.as_str() != name.name {
            report_reserved(&name.at, &name.name, diagnostics);
        } else if let Some(setter) = setter.filter(|setter| !setter.as_str().ends_with(&name.name)) {
            let wanted = format!("with_{}", name.name);
            diagnostics.report(
                Code::TakenName,
                &name.at,
                format!(
                    "the setter `{wanted}` of `{}` is taken, so it becomes `{}`",
                    name.name,
                    setter.as_str()
                ),
                "choose another name",
            );
        }
    }
    for (id, name) in &given.features {
        if names.of_resource(*id).feature != name.name {
            report_reserved(&name.at, &name.name, diagnostics);
        }
    }
}

fn report_reserved(at: &Pointer, name: &str, diagnostics: &mut Diagnostics) {
    diagnostics.report(
        Code::TakenName,
        at,
        format!("`{name}` is reserved for the generated code"),
        "choose another name",
    );
}
