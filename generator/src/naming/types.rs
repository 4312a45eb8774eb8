//! Names of the modules, fields and variants of types.

use std::collections::{BTreeSet, HashSet};

use super::chosen::{Chosen, chosen_first, in_order};
use super::distinct::distinct;
use super::ident::{Case, Ident, words};
use super::ledger::{ItemKey, Ledger, ScopeId};
use super::owner::Owner;
use super::reserved::{RESERVED_MODULES, WINDOWS_DEVICES};
use super::scope::Scope;
use super::type_keys::TypeKeys;
use super::{type_idents, variants};
use crate::diagnostics::Diagnostics;
use crate::ir::{Api, Enum, EnumValue, FieldKind, Shape, Struct, TypeDef, TypeId, TypeName};
use crate::lock::{Item, Kind};

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

pub(super) fn allocate<'l>(
    api: &Api,
    shared: &BTreeSet<TypeId>,
    chosen: &Chosen,
    keys: &TypeKeys<'l>,
    ledger: &mut Ledger<'l>,
    diagnostics: &mut Diagnostics,
) -> Vec<TypeNames> {
    let idents = type_idents::allocate(api, chosen, keys, ledger, diagnostics);
    let modules = modules(api, shared, &idents);
    let members = api.types().map(|(id, def)| {
        let ident = &idents[id.index()];
        let owner = Owner { id, ident, before: keys.name_before(id).unwrap_or(ident.as_str()) };
        type_members(def, &owner, (keys, chosen), ledger)
    });
    let members: Vec<_> = members.collect();
    let names = idents.into_iter().zip(modules).zip(members);
    names.map(|((ident, module), (fields, variants))| TypeNames { ident, module, fields, variants }).collect()
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
    (keys, chosen): (&TypeKeys<'_>, &Chosen),
    ledger: &mut Ledger<'_>,
) -> (Vec<FieldNames>, Vec<VariantNames>) {
    match &def.shape {
        Shape::Struct(it) => (fields(it, owner, chosen, ledger), Vec::new()),
        Shape::KeyedUnion(_) | Shape::Union(_) => {
            (Vec::new(), variants::allocate(&def.shape, owner, (keys, chosen), ledger))
        }
        Shape::Enum(it) => (Vec::new(), enum_variants(it, &def.name, owner, chosen, ledger)),
    }
}

fn fields(it: &Struct, owner: &Owner<'_>, chosen: &Chosen, ledger: &mut Ledger<'_>) -> Vec<FieldNames> {
    let before = || owner.before.to_owned();
    let fields = Scope::reserving(Case::Snake, "field", &["unknown_fields", "additional_properties"]);
    let mut fields = ledger.open(&ScopeId::Fields(before()), fields);
    let setters = Scope::reserving(Case::Snake, "with", &["with_additional_properties"]);
    let mut setters = ledger.open(&ScopeId::Setters(before()), setters);
    let names: Vec<&str> = it.fields.iter().map(|field| field.name.as_str()).collect();
    let keys: Vec<ItemKey> = names.iter().map(|name| owner.key(Kind::Field, name, ledger)).collect();
    let wanted = distinct(&names, Case::Snake);
    let given = |position: usize| chosen.field(owner.id, position);
    let order = chosen_first(keys.len(), |position| given(position).is_some());
    let idents = order.iter().map(|position| {
        let ident = match given(*position) {
            Some(name) => fields.allocate_chosen(name),
            None => fields.allocate_for(keys[*position].slot(0), &wanted[*position], &[]),
        };
        (*position, ident)
    });
    let idents: Vec<Ident> = in_order(idents.collect());
    let taken: HashSet<&str> = idents.iter().map(Ident::as_str).collect();
    // The setter of a chosen name follows it.
    let mut method = |position: usize, slot: usize, wanted: &str| match given(position) {
        Some(_) => setters.allocate_following(keys[position].slot(slot), wanted),
        None => setters.allocate_for(keys[position].slot(slot), wanted, &[]),
    };
    let setters_of_fields = order.iter().map(|position| {
        let ident = idents[*position].as_str();
        let setter = match ident.strip_prefix("with_") {
            // Avoids `with_with_`, unless another field has the shorter setter.
            Some(rest) if !taken.contains(rest) => method(*position, 1, ident),
            _ => method(*position, 1, &format!("with {ident}")),
        };
        (*position, setter)
    });
    let setters_of_fields: Vec<Ident> = in_order(setters_of_fields.collect());
    let null_setters = order.iter().map(|position| {
        let is_nullable = matches!(it.fields[*position].kind, FieldKind::OptionalNullable(_));
        let wanted = format!("{} null", setters_of_fields[*position].as_str());
        (*position, is_nullable.then(|| method(*position, 2, &wanted)))
    });
    let null_setters: Vec<Option<Ident>> = in_order(null_setters.collect());
    let names = idents.into_iter().zip(setters_of_fields).zip(null_setters);
    let names = names.map(|((ident, setter), null_setter)| FieldNames { ident, setter, null_setter });
    let names: Vec<FieldNames> = names.collect();
    for (key, FieldNames { ident, setter, null_setter }) in keys.into_iter().zip(&names) {
        let idents = [ident, setter].into_iter().chain(null_setter);
        let mut recorded: Vec<String> = idents.map(|ident| ident.as_str().to_owned()).collect();
        let count = recorded.len();
        // The property can distinguish null from absence again.
        let known = ledger.item(&key.before).filter(|_| !ledger.frees_names());
        recorded.extend(known.into_iter().flat_map(|item| item.names.iter().skip(count).cloned()));
        ledger.record(key, Item { names: recorded, ..Item::default() });
    }
    names
}

fn enum_variants(
    it: &Enum,
    of: &TypeName,
    owner: &Owner<'_>,
    chosen: &Chosen,
    ledger: &mut Ledger<'_>,
) -> Vec<VariantNames> {
    let variants = Scope::reserving(Case::Variant, "Value", &["Unknown"]);
    let mut variants = ledger.open(&ScopeId::Variants(owner.before.to_owned()), variants);
    let accessors = Scope::new(Case::Snake, "is_value");
    let mut accessors = ledger.open(&ScopeId::Accessors(owner.before.to_owned()), accessors);
    let (TypeName::Component { key: place }
    | TypeName::Inline { place, .. }
    | TypeName::InOperation { place, .. }) = of;
    let names: Vec<&str> = it.values.iter().map(|value| name_of_value(value, place)).collect();
    let names = distinct(&names, Case::Variant);
    let keys: Vec<ItemKey> =
        it.values.iter().map(|value| owner.key(Kind::Variant, &value.wire, ledger)).collect();
    let given = |position: usize| chosen.variant(owner.id, position);
    let named = chosen_first(keys.len(), |position| given(position).is_some()).into_iter().map(|position| {
        let (key, value, name) = (&keys[position], &it.values[position], &names[position]);
        if let Some(given) = given(position) {
            let ident = variants.allocate_chosen(given);
            let accessor = accessors.allocate_following(key.slot(1), &format!("is {given}"));
            return (position, VariantNames { ident, accessor });
        }
        // The document can give the same name to several values.
        let other = match () {
            () if value.name.eq_ignore_ascii_case("unknown") => Some(format!("{name} value")),
            () if value.wire.ends_with(&value.name) => None,
            () => Some(format!("{name} {}", value.wire)),
        };
        let others = other.as_deref().into_iter().collect::<Vec<_>>();
        let ident = variants.allocate_for(key.slot(0), name, &others);
        let accessor = accessors.allocate_for(key.slot(1), &format!("is {name}"), &[]);
        (position, VariantNames { ident, accessor })
    });
    let named = in_order(named.collect());
    for (key, VariantNames { ident, accessor }) in keys.into_iter().zip(&named) {
        ledger.record_names(key, &[ident, accessor]);
    }
    named
}

/// Returns the text to name a value by: its title, unless that repeats the name of the property. FastAPI writes such
/// titles, which do not describe the value.
fn name_of_value<'v>(value: &'v EnumValue, property: &str) -> &'v str {
    let is_title = !value.wire.ends_with(&value.name);
    if is_title && words(&value.name) == words(property) { &value.wire } else { &value.name }
}
