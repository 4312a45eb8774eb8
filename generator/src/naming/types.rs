//! Names of types, their modules, fields and variants.

use std::collections::{BTreeSet, HashSet};

use super::distinct::distinct;
use super::ident::{Case, Ident, letter_first, to_case, words};
use super::inline::InlineNames;
use super::ledger::{ItemKey, Ledger, ScopeId};
use super::owner::Owner;
use super::scope::Scope;
use super::shape::shape_of;
use super::type_keys::{TypeKeys, location_of, place_with_role};
use super::{components, inline, variants};
use crate::diagnostics::{Code, Diagnostics};
use crate::ir::{Api, Enum, EnumValue, FieldKind, Shape, Struct, TypeDef, TypeId, TypeName};
use crate::lock::{Item, Key, Kind};

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
    keys: &TypeKeys<'_>,
    ledger: &mut Ledger<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<TypeNames> {
    let idents = type_idents(api, keys, ledger, diagnostics);
    let modules = modules(api, shared, &idents);
    let members = api.types().map(|(id, def)| {
        let ident = &idents[id.index()];
        let owner = Owner { ident, before: keys.name_before(id).unwrap_or(ident.as_str()) };
        type_members(def, &owner, ledger)
    });
    let members: Vec<_> = members.collect();
    let names = idents.into_iter().zip(modules).zip(members);
    names.map(|((ident, module), (fields, variants))| TypeNames { ident, module, fields, variants }).collect()
}

/// Names the types. Components come first, so that inline schemas never take their names.
fn type_idents(
    api: &Api,
    keys: &TypeKeys<'_>,
    ledger: &mut Ledger<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<Ident> {
    let scope = Scope::reserving(Case::Camel, "Type", &RESERVED_TYPES);
    let mut scope = ledger.open(&ScopeId::Types, scope);
    let mut idents: Vec<Option<Ident>> = vec![None; api.types.len()];
    for (id, def) in api.types() {
        if let TypeName::Component { pinned: Some(pinned), .. } = &def.name {
            idents[id.index()] = Some(scope.allocate_pinned(keys.of_type(id).slot(), pinned));
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
    let component_keys: Vec<&str> = components.iter().map(|(_, _, key)| *key).collect();
    for ((id, def, key), wanted) in
        components.iter().zip(components::preferred_names(&component_keys, &inline::functions(api)))
    {
        let wanted = letter_first("Type", wanted);
        let others = [format!("{wanted} type")];
        let others: Vec<&str> = others.iter().map(String::as_str).collect();
        let old_name = keys.name_before(*id).and_then(|before| old_type(&wanted, before, ledger));
        let slot = keys.of_type(*id).slot().or(old_name.as_ref().map(|key| (key, 0)));
        let is_known = slot.is_some_and(|slot| scope.remembered(slot).is_some());
        let ident = scope.allocate_for(slot, &wanted, &others);
        if is_known {
            idents[id.index()] = Some(ident);
            continue;
        }
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
        idents[id.index()] = Some(scope.allocate_for(keys.of_type(id).slot(), first, others));
    }
    let idents: Vec<Ident> = idents.into_iter().flatten().collect();
    record_types(api, keys, &idents, ledger);
    idents
}

/// Returns the old name of a component that is called so again. `before` is the name in the last run.
fn old_type(wanted: &str, before: &str, ledger: &Ledger<'_>) -> Option<Key> {
    let key = Key::new(Kind::OldType, [to_case(wanted, Case::Camel)]);
    ledger.item(&key).is_some_and(|item| item.names.iter().any(|name| name == before)).then_some(key)
}

/// Adds the types to the next lock.
fn record_types(api: &Api, keys: &TypeKeys<'_>, idents: &[Ident], ledger: &mut Ledger<'_>) {
    for (id, def) in api.types_by_origin() {
        let (kind, owner, place) = match &def.name {
            TypeName::Component { key, .. } => (Kind::Type, None, key.clone()),
            TypeName::Inline { owner, place, role } => {
                (Kind::NestedType, Some(idents[owner.index()].as_str()), place_with_role(place, *role))
            }
            TypeName::InOperation { operation, place, role } => {
                (Kind::OperationType, Some(operation.as_str()), place_with_role(place, *role))
            }
        };
        let path: Vec<&str> = owner.into_iter().chain([place.as_str()]).collect();
        let mut key = ledger.key(kind, &path, None);
        if let Some(before) = &keys.of_type(id).before {
            key.before = before.clone();
        }
        let item = Item {
            names: vec![idents[id.index()].as_str().to_owned()],
            at: owner.map(|_| location_of(&def.docs.pointer)),
            shape: owner.is_none().then(|| shape_of(def)).flatten(),
            ..Item::default()
        };
        ledger.record(key, item);
    }
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

fn type_members(
    def: &TypeDef,
    owner: &Owner<'_>,
    ledger: &mut Ledger<'_>,
) -> (Vec<FieldNames>, Vec<VariantNames>) {
    match &def.shape {
        Shape::Struct(it) => (fields(it, owner, ledger), Vec::new()),
        Shape::KeyedUnion(_) | Shape::Union(_) => (Vec::new(), variants::allocate(&def.shape, owner, ledger)),
        Shape::Enum(it) => (Vec::new(), enum_variants(it, &def.name, owner, ledger)),
    }
}

fn fields(it: &Struct, owner: &Owner<'_>, ledger: &mut Ledger<'_>) -> Vec<FieldNames> {
    let before = || owner.before.to_owned();
    let fields = Scope::reserving(Case::Snake, "field", &["unknown_fields", "additional_properties"]);
    let mut fields = ledger.open(&ScopeId::Fields(before()), fields);
    let setters = Scope::reserving(Case::Snake, "with", &["with_additional_properties"]);
    let mut setters = ledger.open(&ScopeId::Setters(before()), setters);
    let names: Vec<&str> = it.fields.iter().map(|field| field.name.as_str()).collect();
    let keys: Vec<ItemKey> = names.iter().map(|name| owner.key(Kind::Field, name, ledger)).collect();
    let wanted = distinct(&names, Case::Snake);
    let idents = keys.iter().zip(&wanted).map(|(key, wanted)| fields.allocate_for(key.slot(0), wanted, &[]));
    let idents: Vec<Ident> = idents.collect();
    let taken: HashSet<&str> = idents.iter().map(Ident::as_str).collect();
    let mut setter = |(key, ident): (&ItemKey, &Ident)| match ident.as_str().strip_prefix("with_") {
        // Avoids `with_with_`, unless another field has the shorter setter.
        Some(rest) if !taken.contains(rest) => setters.allocate_for(key.slot(1), ident.as_str(), &[]),
        _ => setters.allocate_for(key.slot(1), &format!("with {}", ident.as_str()), &[]),
    };
    let setters_of_fields: Vec<Ident> = keys.iter().zip(&idents).map(&mut setter).collect();
    let mut null_setter = |key: &ItemKey, setter: &Ident| {
        setters.allocate_for(key.slot(2), &format!("{} null", setter.as_str()), &[])
    };
    let null_setters = it.fields.iter().zip(keys.iter().zip(&setters_of_fields));
    let null_setters = null_setters.map(|(field, (key, setter))| {
        matches!(field.kind, FieldKind::OptionalNullable(_)).then(|| null_setter(key, setter))
    });
    let null_setters: Vec<Option<Ident>> = null_setters.collect();
    let names = idents.into_iter().zip(setters_of_fields).zip(null_setters);
    let names = names.map(|((ident, setter), null_setter)| FieldNames { ident, setter, null_setter });
    let names: Vec<FieldNames> = names.collect();
    for (key, FieldNames { ident, setter, null_setter }) in keys.into_iter().zip(&names) {
        let idents: Vec<&Ident> = [ident, setter].into_iter().chain(null_setter).collect();
        ledger.record_names(key, &idents);
    }
    names
}

fn enum_variants(it: &Enum, of: &TypeName, owner: &Owner<'_>, ledger: &mut Ledger<'_>) -> Vec<VariantNames> {
    let variants = Scope::reserving(Case::Variant, "Value", &["Unknown"]);
    let mut variants = ledger.open(&ScopeId::Variants(owner.before.to_owned()), variants);
    let accessors = Scope::new(Case::Snake, "is_value");
    let mut accessors = ledger.open(&ScopeId::Accessors(owner.before.to_owned()), accessors);
    let (TypeName::Component { key: place, .. }
    | TypeName::Inline { place, .. }
    | TypeName::InOperation { place, .. }) = of;
    let names: Vec<&str> = it.values.iter().map(|value| name_of_value(value, place)).collect();
    let names = distinct(&names, Case::Variant);
    let name = |(value, name): (&EnumValue, &String)| {
        let key = owner.key(Kind::Variant, &value.wire, ledger);
        // The document can give the same name to several values.
        let other = match () {
            () if value.name.eq_ignore_ascii_case("unknown") => Some(format!("{name} value")),
            () if value.wire.ends_with(&value.name) => None,
            () => Some(format!("{name} {}", value.wire)),
        };
        let others = other.as_deref().into_iter().collect::<Vec<_>>();
        let ident = variants.allocate_for(key.slot(0), name, &others);
        let accessor = accessors.allocate_for(key.slot(1), &format!("is {name}"), &[]);
        ledger.record_names(key, &[&ident, &accessor]);
        VariantNames { ident, accessor }
    };
    it.values.iter().zip(&names).map(name).collect()
}

/// Returns the text to name a value by: its title, unless that repeats the name of the property. FastAPI writes such
/// titles, which do not describe the value.
fn name_of_value<'v>(value: &'v EnumValue, property: &str) -> &'v str {
    let is_title = !value.wire.ends_with(&value.name);
    if is_title && words(&value.name) == words(property) { &value.wire } else { &value.name }
}
