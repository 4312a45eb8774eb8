//! The names of types, their files, fields and variants.

use std::collections::BTreeSet;

use super::ident::{Case, Ident};
use super::inline::Places;
use super::scope::Scope;
use super::{components, variants};
use crate::diagnostics::{Code, Diagnostics};
use crate::ir::{Api, Enum, Shape, Struct, TypeDef, TypeId, TypeName};

/// The names of a type and of its members.
#[derive(Debug)]
pub(crate) struct TypeNames {
    /// The type.
    pub(crate) ident: Ident,
    /// The module that it stands in: that of the component which it is or belongs to, unless it is shared.
    pub(crate) module: Ident,
    /// Its fields, if it is a struct.
    pub(crate) fields: Vec<FieldNames>,
    /// Its variants, if it is a union or an enum.
    pub(crate) variants: Vec<VariantNames>,
}

/// The names of a field.
#[derive(Debug)]
pub(crate) struct FieldNames {
    /// The field.
    pub(crate) ident: Ident,
    /// The method that sets it.
    pub(crate) setter: Ident,
}

/// The names of a variant.
#[derive(Debug)]
pub(crate) struct VariantNames {
    /// The variant.
    pub(crate) ident: Ident,
    /// The method that looks into it.
    pub(crate) accessor: Ident,
}

/// Names that a type of the crate would hide: the prelude's, and those that the generated code uses.
const TYPES: [&str; 38] = [
    "Any",
    "AsMut",
    "AsRef",
    "BTreeMap",
    "Box",
    "Bytes",
    "Client",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Drop",
    "Eq",
    "Err",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "Hash",
    "Into",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Self",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "Vec",
];

/// Modules that stand for something else: `mod.rs` is the folder's own.
const MODULES: [&str; 2] = ["mod", "types"];

/// Files that no module may have: on Windows they are devices, whatever their extension.
pub(super) const DEVICES: [&str; 22] = [
    "aux", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con", "lpt1", "lpt2",
    "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "nul", "prn",
];

pub(super) fn allocate(
    api: &Api,
    shared: &BTreeSet<TypeId>,
    diagnostics: &mut Diagnostics,
) -> Vec<TypeNames> {
    let idents = type_idents(api, diagnostics);
    let modules = modules(api, shared, &idents);
    let names = idents.into_iter().zip(modules).zip(&api.types);
    let name = |((ident, module), def): ((Ident, Ident), &TypeDef)| {
        let (fields, variants) = members(&def.shape, &ident);
        TypeNames { ident, module, fields, variants }
    };
    names.map(name).collect()
}

/// Components come first, so that an inline schema never takes the name of one.
fn type_idents(api: &Api, diagnostics: &mut Diagnostics) -> Vec<Ident> {
    let mut scope = Scope::reserving(Case::Camel, "Type", &TYPES);
    let mut idents: Vec<Option<Ident>> = vec![None; api.types.len()];
    for (id, def) in api.types() {
        if let TypeName::Component { pinned: Some(pinned), .. } = &def.name {
            idents[id.index()] = Some(scope.allocate(pinned));
        }
    }
    let mut components: Vec<(TypeId, &TypeDef, &str)> = api
        .types()
        .filter_map(|(id, def)| match &def.name {
            TypeName::Component { key, pinned: None } => Some((id, def, key.as_str())),
            _ => None,
        })
        .collect();
    // Where components stand in the document has no meaning, so it does not decide who gets a name.
    components.sort_by_key(|(_, _, key)| *key);
    let keys: Vec<&str> = components.iter().map(|(_, _, key)| *key).collect();
    for ((id, def, key), wanted) in components.iter().zip(components::wanted(&keys)) {
        let wanted = lettered(wanted);
        let others = [format!("{wanted} type")];
        let others: Vec<&str> = others.iter().map(String::as_str).collect();
        let ident = scope.allocate_or(&wanted, &others);
        if !ident.as_str().eq_ignore_ascii_case(&wanted) && scope.is_taken(&wanted) && !is_reserved(&wanted) {
            diagnostics.report(
                Code::NameCollision,
                &def.docs.pointer,
                format!("`{key}` is called `{}`, because `{wanted}` is something else.", ident.as_str()),
                format!("To choose another name, set \"{key}\" under [names.types] in codegen.toml."),
            );
        }
        idents[id.index()] = Some(ident);
    }
    let places = Places::of(api);
    for (id, def) in api.types_by_origin() {
        let wanted = match &def.name {
            TypeName::Component { .. } => continue,
            // A type stands behind the type that it is part of, whose name is known by then.
            TypeName::Inline { owner, place, role } => {
                let ident = idents[owner.index()].as_ref().map_or("", Ident::as_str);
                places.wanted_in_type(*owner, ident, place, *role)
            }
            TypeName::OfOperation { operation, place, role } => {
                let wanted = places.wanted_in_operation(operation, place, *role);
                wanted.into_iter().map(lettered).collect()
            }
        };
        let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
        let Some((first, others)) = wanted.split_first() else { continue };
        idents[id.index()] = Some(scope.allocate_or(first, others));
    }
    idents.into_iter().flatten().collect()
}

/// A name that begins with a letter: with a digit, a type would look like its module.
fn lettered(wanted: String) -> String {
    let first = wanted.chars().find(char::is_ascii_alphanumeric);
    if first.is_some_and(|first| first.is_ascii_digit()) { format!("Type {wanted}") } else { wanted }
}

fn is_reserved(name: &str) -> bool {
    TYPES.iter().any(|reserved| reserved.eq_ignore_ascii_case(name))
}

/// One module a component; what is inline in an operation has one of its own, and so has what is shared.
fn modules(api: &Api, shared: &BTreeSet<TypeId>, idents: &[Ident]) -> Vec<Ident> {
    let mut scope = Scope::reserving(Case::Snake, "types", &[&MODULES[..], &DEVICES].concat());
    let mut modules: Vec<Option<Ident>> = vec![None; api.types.len()];
    let by_origin = api.types_by_origin();
    // What is shared takes no name from the others.
    let is_inline = |def: &TypeDef| matches!(def.name, TypeName::Inline { .. });
    let others = by_origin.iter().filter(|(_, def)| !is_inline(def));
    let shared = by_origin.iter().filter(|(id, def)| is_inline(def) && shared.contains(id));
    for (id, _) in others.chain(shared) {
        modules[id.index()] = Some(scope.allocate(idents[id.index()].as_str()));
    }
    // An owner stands before what is inline in it.
    for (id, def) in &by_origin {
        if let (TypeName::Inline { owner, .. }, None) = (&def.name, &modules[id.index()]) {
            modules[id.index()] = modules[owner.index()].clone();
        }
    }
    modules.into_iter().flatten().collect()
}

fn members(shape: &Shape, ident: &Ident) -> (Vec<FieldNames>, Vec<VariantNames>) {
    match shape {
        Shape::Struct(it) => (fields(it), Vec::new()),
        Shape::OneOf(_) | Shape::Union(_) => (Vec::new(), variants::allocate(shape, ident)),
        Shape::Enum(it) => (Vec::new(), enum_variants(it)),
    }
}

fn fields(it: &Struct) -> Vec<FieldNames> {
    let mut fields = Scope::reserving(Case::Snake, "field", &["unknown_fields", "additional_properties"]);
    let mut setters = Scope::reserving(Case::Snake, "with", &["with_additional_properties"]);
    let idents: Vec<Ident> = it.fields.iter().map(|field| fields.allocate(&field.name)).collect();
    let has = |name: &str| idents.iter().any(|ident| ident.as_str() == name);
    let setter = |ident: &Ident| match ident.as_str().strip_prefix("with_") {
        // `with_with_` stutters; it is for where another setter has the name.
        Some(rest) if !has(rest) => setters.allocate(ident.as_str()),
        _ => setters.allocate(&format!("with {}", ident.as_str())),
    };
    let setters: Vec<Ident> = idents.iter().map(setter).collect();
    let names = idents.into_iter().zip(setters);
    names.map(|(ident, setter)| FieldNames { ident, setter }).collect()
}

fn enum_variants(it: &Enum) -> Vec<VariantNames> {
    let mut variants = Scope::reserving(Case::Camel, "Value", &["Unknown"]);
    let mut accessors = Scope::new(Case::Snake, "is_value");
    it.values
        .iter()
        .map(|value| {
            let others = [format!("{} value", value.name)];
            let is_unknown = value.name.eq_ignore_ascii_case("unknown");
            let others: Vec<&str> = others.iter().filter(|_| is_unknown).map(String::as_str).collect();
            VariantNames {
                ident: variants.allocate_or(&value.name, &others),
                accessor: accessors.allocate(&format!("is {}", value.name)),
            }
        })
        .collect()
}
