//! Names of types. Components come first, so that inline schemas never take their names.

use super::chosen::Chosen;
use super::ident::{Case, Ident, letter_first, to_case};
use super::inline::InlineNames;
use super::ledger::{Ledger, ScopeId};
use super::reserved::{RESERVED_TYPES, is_reserved_type};
use super::scope::Scope;
use super::shape::shape_of;
use super::type_keys::{TypeKeys, location_of, place_with_role};
use super::{components, inline};
use crate::diagnostics::{Code, Diagnostics};
use crate::ir::{Api, TypeDef, TypeId, TypeName};
use crate::lock::{Item, Key, Kind};

/// Names all types.
pub(super) fn allocate<'l>(
    api: &Api,
    chosen: &Chosen,
    keys: &TypeKeys<'l>,
    ledger: &mut Ledger<'l>,
    diagnostics: &mut Diagnostics,
) -> Vec<Ident> {
    let scope = Scope::reserving(Case::Camel, "Type", &RESERVED_TYPES);
    let scope = ledger.open(&ScopeId::Types, scope);
    let mut naming = TypeNaming { api, chosen, keys, ledger, scope, idents: vec![None; api.types.len()] };
    naming.chosen();
    naming.components(diagnostics);
    naming.nested();
    naming.record();
    naming.idents.into_iter().flatten().collect()
}

struct TypeNaming<'a, 'l> {
    api: &'a Api,
    chosen: &'a Chosen,
    keys: &'a TypeKeys<'l>,
    ledger: &'a mut Ledger<'l>,
    scope: Scope,
    /// The names so far.
    idents: Vec<Option<Ident>>,
}

impl TypeNaming<'_, '_> {
    /// Names the types whose names the settings choose: first those that codegen.toml gives.
    fn chosen(&mut self) {
        let (api, chosen) = (self.api, self.chosen);
        let named = api.types().filter_map(|(id, _)| Some((id, chosen.of_type(id)?)));
        let mut named: Vec<(TypeId, (&str, bool))> = named.collect();
        named.sort_by_key(|(_, (_, is_given))| !is_given);
        for (id, (name, _)) in named {
            self.ledger.take_back(&Key::new(Kind::OldType, [name]));
            self.idents[id.index()] = Some(self.scope.allocate_chosen(name));
        }
    }

    /// Names the other components.
    fn components(&mut self, diagnostics: &mut Diagnostics) {
        for (id, key, wanted) in components(self.api, self.chosen) {
            if self.idents[id.index()].is_some() {
                continue;
            }
            let def = self.api.type_def(id);
            let known = self.known_name(id, &wanted).and_then(|key| self.scope.recall((&key, 0)));
            let ident = known.unwrap_or_else(|| self.new_component(key, def, &wanted, diagnostics));
            self.idents[id.index()] = Some(ident);
        }
    }

    /// Returns the item of the lock whose name a component gets: its own item, or the item of an old name. A renamed
    /// component keeps its name only if it is the wanted name.
    fn known_name(&mut self, id: TypeId, wanted: &str) -> Option<Key> {
        let found = self.keys.of_type(id)?;
        let before = found.name()?;
        let wanted = to_case(wanted, Case::Camel);
        let is_kept = !found.is_renamed || before == wanted;
        let old = Key::new(Kind::OldType, [wanted]);
        let is_own = |old: &Item| old.names.last().is_some_and(|new| new == before);
        let old = self.ledger.item(&old).is_some_and(is_own).then_some(old);
        if let Some(old) = &old {
            self.ledger.take_back(old);
        }
        if is_kept { Some(found.before.clone()) } else { old }
    }

    /// Names a component that is not in the lock.
    fn new_component(
        &mut self,
        key: &str,
        def: &TypeDef,
        wanted: &str,
        diagnostics: &mut Diagnostics,
    ) -> Ident {
        let ident = self.scope.allocate_or(wanted, &[&format!("{wanted} type")]);
        let is_other = !ident.as_str().eq_ignore_ascii_case(wanted);
        if is_other && self.scope.is_taken(wanted) && !is_reserved_type(wanted) {
            diagnostics.report(
                Code::NameCollision,
                &def.docs.pointer,
                format!("`{key}` becomes `{}`, because the name `{wanted}` is taken", ident.as_str()),
                format!("set a name for `{key}` in `[names.types]` of codegen.toml"),
            );
        }
        ident
    }

    /// Names the inline schemas.
    fn nested(&mut self) {
        let places = InlineNames::of(self.api, self.chosen);
        for (id, def) in self.api.types_by_origin() {
            if self.idents[id.index()].is_some() {
                continue;
            }
            let wanted = match &def.name {
                TypeName::Component { .. } => continue,
                // The owner comes before the types in it, so its name is known.
                TypeName::Inline { owner, place, role } => {
                    places.candidates_in_type(*owner, name_of(&self.idents, *owner), place, *role)
                }
                TypeName::InOperation { operation, place, role } => {
                    let wanted = places.candidates_in_operation(operation, place, *role);
                    wanted.into_iter().map(|wanted| letter_first("Type", wanted)).collect()
                }
            };
            let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
            let Some((first, others)) = wanted.split_first() else { continue };
            let known = self.keys.of_type(id).and_then(|found| self.scope.recall((&found.before, 0)));
            self.idents[id.index()] = Some(known.unwrap_or_else(|| self.scope.allocate_or(first, others)));
        }
    }

    /// Adds the types to the next lock.
    fn record(&mut self) {
        for (id, def) in self.api.types_by_origin() {
            let (kind, owner, place) = match &def.name {
                TypeName::Component { key } => (Kind::Type, None, key.clone()),
                TypeName::Inline { owner, place, role } => {
                    (Kind::NestedType, Some(name_of(&self.idents, *owner)), place_with_role(place, *role))
                }
                TypeName::InOperation { operation, place, role } => {
                    (Kind::OperationType, Some(operation.as_str()), place_with_role(place, *role))
                }
            };
            let path: Vec<&str> = owner.into_iter().chain([place.as_str()]).collect();
            let item = Item {
                names: vec![name_of(&self.idents, id).to_owned()],
                at: owner.map(|_| location_of(&def.docs.pointer)),
                shape: shape_of(def),
                ..Item::default()
            };
            let mut key = self.ledger.key(kind, &path, None);
            if let Some(found) = self.keys.of_type(id) {
                key.before = found.before.clone();
            }
            self.ledger.record(key, item);
        }
    }
}

/// Returns the components whose names codegen.toml does not give, with their keys and their preferred names.
pub(super) fn components<'a>(api: &'a Api, chosen: &Chosen) -> Vec<(TypeId, &'a str, String)> {
    let is_given = |id: &TypeId| chosen.given.types.contains_key(id);
    let components = api.types().filter(|(id, _)| !is_given(id)).filter_map(|(id, def)| match &def.name {
        TypeName::Component { key } => Some((id, key.as_str())),
        _ => None,
    });
    let mut components: Vec<(TypeId, &str)> = components.collect();
    // The order of components in the document has no meaning, so it must not affect names.
    // A key that is an identifier wins over other keys with the same name.
    components.sort_by_key(|(_, key)| (to_case(key, Case::Camel) != *key, *key));
    let keys: Vec<&str> = components.iter().map(|(_, key)| *key).collect();
    let preferred = components::preferred_names(&keys, &inline::functions(api, chosen));
    let named = components.into_iter().zip(preferred);
    named.map(|((id, key), wanted)| (id, key, letter_first("Type", wanted))).collect()
}

/// Returns the name of a type, or an empty string if it has none yet.
fn name_of(idents: &[Option<Ident>], id: TypeId) -> &str {
    idents[id.index()].as_ref().map_or("", Ident::as_str)
}
