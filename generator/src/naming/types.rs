//! Names of types, their modules, fields and variants.

use std::collections::{BTreeSet, HashSet};

use super::distinct::distinct;
use super::ident::{Case, Ident, letter_first, to_case, words};
use super::inline::InlineNames;
use super::scope::Scope;
use super::{components, inline, variants};
use crate::diagnostics::{Code, Diagnostics};
use crate::ir::{Api, Enum, EnumValue, FieldKind, Shape, Struct, TypeDef, TypeId, TypeName};

/// Names of a type.
#[derive(Debug)]
pub(crate) struct TypeNames {
    /// The type.
    pub(crate) ident: Ident,
    /// The module. Nested types are in the module of their component, unless they are shared.
    pub(crate) module: Ident,
    /// The fields of a struct.
    pub(crate) fields: Vec<FieldNames>,
    /// The variants of a union or enum.
    pub(crate) variants: Vec<VariantNames>,
}

impl TypeNames {
    pub(super) fn are_ascii(&self) -> bool {
        let fields = self.fields.iter().map(|field| &field.ident);
        let variants = self.variants.iter().map(|variant| &variant.ident);
        self.ident.is_ascii() && fields.chain(variants).all(Ident::is_ascii)
    }
}

/// Names of a field.
#[derive(Debug)]
pub(crate) struct FieldNames {
    /// The field.
    pub(crate) ident: Ident,
    /// The method that sets the field.
    pub(crate) setter: Ident,
    /// The method that sets the field to null, if requests distinguish null from absence.
    pub(crate) null_setter: Option<Ident>,
}

/// Names of a variant.
#[derive(Debug)]
pub(crate) struct VariantNames {
    /// The variant.
    pub(crate) ident: Ident,
    /// The accessor method.
    pub(crate) accessor: Ident,
}

/// Names of the prelude and of items that the generated code uses. A type with such a name would hide them.
const RESERVED_TYPES: [&str; 38] = [
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

/// Reserved module names. `mod.rs` is the module of the directory itself.
const RESERVED_MODULES: [&str; 2] = ["mod", "types"];

/// Names of devices on Windows, which cannot be file names with any extension.
pub(super) const WINDOWS_DEVICES: [&str; 22] = [
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
        let (fields, variants) = type_members(def, &ident);
        TypeNames { ident, module, fields, variants }
    };
    names.map(name).collect()
}

/// Names the types. Components come first, so that inline schemas never take their names.
fn type_idents(api: &Api, diagnostics: &mut Diagnostics) -> Vec<Ident> {
    let mut scope = Scope::reserving(Case::Camel, "Type", &RESERVED_TYPES);
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
    // The order of components in the document has no meaning, so it must not affect names.
    // A key that is an identifier wins over other keys with the same name.
    components.sort_by_key(|(_, _, key)| (to_case(key, Case::Camel) != *key, *key));
    let keys: Vec<&str> = components.iter().map(|(_, _, key)| *key).collect();
    for ((id, def, key), wanted) in
        components.iter().zip(components::preferred_names(&keys, &inline::functions(api)))
    {
        let wanted = letter_first("Type", wanted);
        let others = [format!("{wanted} type")];
        let others: Vec<&str> = others.iter().map(String::as_str).collect();
        let ident = scope.allocate_or(&wanted, &others);
        if !ident.as_str().eq_ignore_ascii_case(&wanted) && scope.is_taken(&wanted) && !is_reserved(&wanted) {
            diagnostics.report(
                Code::NameCollision,
                &def.docs.pointer,
                format!("`{key}` becomes `{}`, because the name `{wanted}` is taken", ident.as_str()),
                format!("set a name for `{key}` in `[names.types]` of codegen.toml"),
            );
        }
        idents[id.index()] = Some(ident);
    }
    let places = InlineNames::of(api);
    for (id, def) in api.types_by_origin() {
        let wanted = match &def.name {
            TypeName::Component { .. } => continue,
            // The owner comes before the types in it, so its name is known.
            TypeName::Inline { owner, place, role } => {
                let ident = idents[owner.index()].as_ref().map_or("", Ident::as_str);
                places.candidates_in_type(*owner, ident, place, *role)
            }
            TypeName::InOperation { operation, place, role } => {
                let wanted = places.candidates_in_operation(operation, place, *role);
                wanted.into_iter().map(|wanted| letter_first("Type", wanted)).collect()
            }
        };
        let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
        let Some((first, others)) = wanted.split_first() else { continue };
        idents[id.index()] = Some(scope.allocate_or(first, others));
    }
    idents.into_iter().flatten().collect()
}

fn is_reserved(name: &str) -> bool {
    RESERVED_TYPES.iter().any(|reserved| reserved.eq_ignore_ascii_case(name))
}

/// Names the modules: one for each component, for each inline schema of an operation, and for each shared type.
fn modules(api: &Api, shared: &BTreeSet<TypeId>, idents: &[Ident]) -> Vec<Ident> {
    let mut scope =
        Scope::reserving(Case::Module, "types", &[&RESERVED_MODULES[..], &WINDOWS_DEVICES].concat());
    let mut modules: Vec<Option<Ident>> = vec![None; api.types.len()];
    let by_origin = api.types_by_origin();
    // Shared types come last, so that the others keep their names.
    let is_inline = |def: &TypeDef| matches!(def.name, TypeName::Inline { .. });
    let others = by_origin.iter().filter(|(_, def)| !is_inline(def));
    let shared = by_origin.iter().filter(|(id, def)| is_inline(def) && shared.contains(id));
    for (id, _) in others.chain(shared) {
        modules[id.index()] = Some(scope.allocate(idents[id.index()].as_str()));
    }
    // The owner comes before the types in it.
    for (id, def) in &by_origin {
        if let (TypeName::Inline { owner, .. }, None) = (&def.name, &modules[id.index()]) {
            modules[id.index()] = modules[owner.index()].clone();
        }
    }
    modules.into_iter().flatten().collect()
}

fn type_members(def: &TypeDef, ident: &Ident) -> (Vec<FieldNames>, Vec<VariantNames>) {
    match &def.shape {
        Shape::Struct(it) => (fields(it), Vec::new()),
        Shape::KeyedUnion(_) | Shape::Union(_) => (Vec::new(), variants::allocate(&def.shape, ident)),
        Shape::Enum(it) => (Vec::new(), enum_variants(it, &def.name)),
    }
}

fn fields(it: &Struct) -> Vec<FieldNames> {
    let mut fields = Scope::reserving(Case::Snake, "field", &["unknown_fields", "additional_properties"]);
    let mut setters = Scope::reserving(Case::Snake, "with", &["with_additional_properties"]);
    let names: Vec<&str> = it.fields.iter().map(|field| field.name.as_str()).collect();
    let idents: Vec<Ident> = distinct(&names, Case::Snake).iter().map(|name| fields.allocate(name)).collect();
    let taken: HashSet<&str> = idents.iter().map(Ident::as_str).collect();
    let mut setter = |ident: &Ident| match ident.as_str().strip_prefix("with_") {
        // Avoids `with_with_`, unless another field has the shorter setter.
        Some(rest) if !taken.contains(rest) => setters.allocate(ident.as_str()),
        _ => setters.allocate(&format!("with {}", ident.as_str())),
    };
    let setters_of_fields: Vec<Ident> = idents.iter().map(&mut setter).collect();
    let null_setters: Vec<Option<Ident>> = (it.fields.iter().zip(&setters_of_fields))
        .map(|(field, setter)| match field.kind {
            FieldKind::OptionalNullable(_) => Some(setters.allocate(&format!("{} null", setter.as_str()))),
            _ => None,
        })
        .collect();
    let names = idents.into_iter().zip(setters_of_fields).zip(null_setters);
    names.map(|((ident, setter), null_setter)| FieldNames { ident, setter, null_setter }).collect()
}

fn enum_variants(it: &Enum, of: &TypeName) -> Vec<VariantNames> {
    let mut variants = Scope::reserving(Case::Variant, "Value", &["Unknown"]);
    let mut accessors = Scope::new(Case::Snake, "is_value");
    let (TypeName::Component { key: place, .. }
    | TypeName::Inline { place, .. }
    | TypeName::InOperation { place, .. }) = of;
    let names: Vec<&str> = it.values.iter().map(|value| name_of_value(value, place)).collect();
    let names = distinct(&names, Case::Variant);
    let name = |(value, name): (&EnumValue, &String)| {
        // The document can give the same name to several values.
        let other = match () {
            () if value.name.eq_ignore_ascii_case("unknown") => Some(format!("{name} value")),
            () if value.wire.ends_with(&value.name) => None,
            () => Some(format!("{name} {}", value.wire)),
        };
        VariantNames {
            ident: variants.allocate_or(name, &other.as_deref().into_iter().collect::<Vec<_>>()),
            accessor: accessors.allocate(&format!("is {name}")),
        }
    };
    it.values.iter().zip(&names).map(name).collect()
}

/// Returns the text to name a value by: its title, unless that repeats the name of the property. FastAPI writes such
/// titles, which do not describe the value.
fn name_of_value<'v>(value: &'v EnumValue, property: &str) -> &'v str {
    let is_title = !value.wire.ends_with(&value.name);
    if is_title && words(&value.name) == words(property) { &value.wire } else { &value.name }
}
