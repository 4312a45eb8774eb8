//! Collects the items of a public API from the modules of a crate.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::item::{Argument, Callable, Field, Item, ItemKind, Origin, words};
use super::lifetimes;
use super::names::Namer;
use super::paths::Paths;
use super::raw::{Attributes, RawItem, RawKind};
use super::tree::{Definition, Implementation, Target, Tree};
use crate::hash;

/// The path of the root module in a surface.
const ROOT: &str = "crate";

/// Returns the items of a crate, and the other crates whose items occur in them.
pub(super) fn items(tree: &Tree<'_>) -> (Vec<Item>, BTreeSet<String>) {
    let paths = Paths::of(tree);
    let namer = Namer { tree, paths: &paths, crates: RefCell::default() };
    let local = paths.items.values().map(|path| path.path.as_str()).collect();
    let code = HashMap::new();
    let mut collector = Collector { tree, paths: &paths, namer: &namer, items: Vec::new(), code, local };
    collector.modules();
    collector.reexports();
    collector.private_code();
    tree.impls.iter().for_each(|it| collector.implementation(it));
    paths.items.keys().for_each(|index| collector.definition(*index));
    (collector.items, namer.crates.into_inner())
}

struct Collector<'c, 'r> {
    tree: &'c Tree<'r>,
    paths: &'c Paths<'r>,
    namer: &'c Namer<'c, 'r>,
    items: Vec<Item>,
    /// Hashes of the code of impls, by the type.
    code: HashMap<usize, u64>,
    /// The paths of all items.
    local: BTreeSet<&'c str>,
}

/// The place of an item: its module, its conditions, and the type that `Self` stands for.
#[derive(Clone, Copy)]
struct Place<'p> {
    module: usize,
    conditions: &'p BTreeSet<&'p str>,
    owner: Option<&'p str>,
}

impl Collector<'_, '_> {
    fn modules(&mut self) {
        for (module, path) in &self.paths.modules {
            let found = &self.tree.modules[*module];
            let none = Attributes::default();
            let attributes = found.declaration.map_or(&none, |item| &item.attributes);
            let name = if path.path.is_empty() { ROOT } else { &path.path };
            let conditions: BTreeSet<&str> = path.conditions.iter().copied().collect();
            let place = Place { module: *module, conditions: &conditions, owner: None };
            self.push(name.to_owned(), ItemKind::Module, attributes, place, 0);
        }
    }

    fn reexports(&mut self) {
        let none = Attributes::default();
        let all = self.paths.reexports.iter().chain(&self.paths.external);
        for (path, target) in all {
            let first = path.path.split("::").next().unwrap_or_default();
            let module =
                self.tree.modules.iter().position(|module| module.path == [first]).unwrap_or_default();
            let place = Place { module, conditions: &path.conditions, owner: None };
            self.push(path.path.clone(), ItemKind::Reexport(target.clone()), &none, place, 0);
        }
        let crates = self.paths.external.values().filter_map(|target| target.split("::").next());
        self.namer.crates.borrow_mut().extend(crates.map(str::to_owned));
    }

    /// Adds the code of private items to the nearest public module.
    fn private_code(&mut self) {
        let mut codes: BTreeMap<String, u64> = BTreeMap::new();
        let paths: BTreeSet<&str> = self.paths.modules.values().map(|it| it.path.as_str()).collect();
        let public = |module: usize| {
            let path = &self.tree.modules[module].path;
            let mut ancestors = (0..=path.len()).rev().map(|length| path[..length].join("::"));
            ancestors.find(|path| paths.contains(path.as_str())).unwrap_or_default()
        };
        for (module, found) in self.tree.modules.iter().enumerate() {
            let Some(_) = found.private_code.first() else { continue };
            let code = codes.entry(public(module)).or_default();
            for (item, of) in &found.private_code {
                *code = hash::join(*code, hash::join(hash::of(&item.name), *of));
            }
        }
        for item in &mut self.items {
            let path = if item.path == ROOT { "" } else { &item.path };
            if item.kind == ItemKind::Module {
                item.code = codes.get(path).copied().unwrap_or_default();
            }
        }
    }

    fn definition(&mut self, index: usize) {
        let Definition { item, module } = self.tree.items[index];
        let main = &self.paths.items[&index];
        let place = Place { module, conditions: &main.conditions, owner: Some(&main.path) };
        let text = |text: &str| self.namer.text(module, Some(&main.path), text);
        let (kind, members): (ItemKind, &[RawItem]) = match &item.kind {
            RawKind::Struct { generics, is_constructible, form, fields } => {
                let kind = ItemKind::Struct {
                    generics: text(generics),
                    constructible: *is_constructible,
                    form: *form,
                };
                (kind, fields)
            }
            RawKind::Union { generics, fields } => (ItemKind::Union(text(generics)), fields),
            RawKind::Enum { generics, variants } => (ItemKind::Enum(text(generics)), variants),
            RawKind::Alias { generics, target } => {
                (ItemKind::Alias { generics: text(generics), target: text(target) }, &[])
            }
            RawKind::Function(callable) => (ItemKind::Function(self.callable(place, callable)), &[]),
            RawKind::Value(ty) => (ItemKind::Const(text(ty)), &[]),
            RawKind::Static(ty) => (ItemKind::Static(text(ty)), &[]),
            RawKind::Trait { is_unsafe, text: declared, items } => {
                (ItemKind::Trait { is_unsafe: *is_unsafe, text: text(declared) }, items)
            }
            RawKind::Macro { rules } => (ItemKind::Macro(rules.clone()), &[]),
            _ => return,
        };
        let code = self.code.get(&index).copied().unwrap_or_default();
        self.push(main.path.clone(), kind, &item.attributes, place, hash::join(item.code, code));
        for derived in &item.attributes.derives {
            let of = text(derived);
            let text = format!("impl {of} for {}", main.path);
            let kind = ItemKind::Impl { of, self_type: main.path.clone(), text, types: Vec::new() };
            self.push(main.path.clone(), kind, &Attributes::default(), place, 0);
        }
        members.iter().for_each(|member| self.member(&main.path, member, place));
    }

    /// Adds a field, variant, method, constant or item of a trait, if it is public.
    fn member(&mut self, owner: &str, member: &RawItem, place: Place<'_>) {
        if !member.is_public || member.attributes.is_hidden {
            return;
        }
        let text = |text: &str| self.namer.text(place.module, place.owner, text);
        let is_field = matches!(&member.kind, RawKind::Value(_))
            && !member.name.starts_with(|first: char| first.is_ascii_uppercase());
        let kind = match &member.kind {
            RawKind::Value(ty) if is_field => ItemKind::Field(text(ty)),
            RawKind::Value(ty) => ItemKind::Const(text(ty)),
            RawKind::Variant { form, fields } => ItemKind::Variant {
                form: *form,
                fields: fields
                    .iter()
                    .map(|field| Field { name: field.name.clone(), ty: text(&field.ty) })
                    .collect(),
            },
            RawKind::Function(callable) => ItemKind::Function(self.callable(place, callable)),
            RawKind::TraitItem { function, text: declared, has_default } => ItemKind::TraitItem {
                // In a trait, `Self` is any type.
                function: function.as_ref().map(|it| self.callable(Place { owner: None, ..place }, it)),
                text: self.namer.text(place.module, None, declared),
                has_default: *has_default,
            },
            _ => return,
        };
        self.push(format!("{owner}::{}", member.name), kind, &member.attributes, place, member.code);
    }

    fn callable(&self, place: Place<'_>, callable: &Callable) -> Callable {
        let text = |text: &str| self.namer.text(place.module, place.owner, text);
        let arguments = callable.arguments.iter();
        let arguments = arguments.map(|it| Argument { name: it.name.clone(), ty: text(&it.ty) });
        Callable {
            modifiers: callable.modifiers.clone(),
            owner: None,
            generics: text(&callable.generics),
            receiver: callable.receiver.as_deref().map(text),
            arguments: arguments.collect(),
            output: text(&callable.output),
        }
    }

    fn implementation(&mut self, implementation: &Implementation<'_>) {
        let Implementation { item, of, module } = *implementation;
        let self_type = self.namer.text(module, None, &of.self_type);
        let target = match self.tree.find(module, &of.self_path) {
            Target::Item(index, rest) if rest.is_empty() && !of.self_path.is_empty() => Some(index),
            _ => None,
        };
        let mut conditions = self.tree.conditions(module);
        conditions.extend(item.attributes.conditions.iter().map(String::as_str));
        let public = target.and_then(|index| self.paths.items.get(&index));
        if let Some(path) = public {
            conditions.extend(&path.conditions);
        }
        let place = Place { module, conditions: &conditions, owner: Some(&self_type) };
        match (&of.of, public) {
            (None, Some(path)) => self.inherent(&path.path, &self_type, implementation, place, target),
            (None, None) => {}
            (Some(name), public) => {
                if let Some(index) = target {
                    let code = self.code.entry(index).or_default();
                    *code = hash::join(*code, item.code);
                }
                let name = self.namer.text(module, Some(&self_type), name);
                let path = match (public, target) {
                    (Some(path), _) => Some(path.path.clone()),
                    // The type is private.
                    (None, Some(_)) => None,
                    (None, None) => self.local_path(&name).or_else(|| self.local_path(&self_type)),
                };
                if let Some(path) =
                    path.filter(|_| !name.contains("crate::") && !self_type.contains("crate::"))
                {
                    self.trait_impl(path, name, implementation, place);
                }
            }
        }
    }

    fn inherent(
        &mut self,
        path: &str,
        self_type: &str,
        implementation: &Implementation<'_>,
        place: Place<'_>,
        target: Option<usize>,
    ) {
        let of = implementation.of;
        let first = self.items.len();
        of.items.iter().for_each(|member| self.member(path, member, place));
        let without_lifetimes = lifetimes::erased(self_type);
        let generics = self.namer.text(place.module, place.owner, &of.generics);
        let bounds = self.namer.text(place.module, place.owner, &of.where_clause);
        for item in &mut self.items[first..] {
            let ItemKind::Function(callable) = &mut item.kind else { continue };
            // A function shows the lifetimes of its type only if it uses one.
            let owner = if of.lifetimes.occur_in(callable) { self_type } else { &without_lifetimes };
            if owner != path {
                callable.owner = Some(owner.to_owned());
                callable.generics = format!("{generics}{bounds}{}", callable.generics);
            }
        }
        let private = of.items.iter().filter(|member| !member.is_public);
        for member in private {
            let code = target.map(|index| self.code.entry(index).or_default());
            if let Some(code) = code {
                *code = hash::join(*code, member.code);
            }
        }
    }

    fn trait_impl(
        &mut self,
        path: String,
        of: String,
        implementation: &Implementation<'_>,
        place: Place<'_>,
    ) {
        let text = |text: &str| self.namer.text(place.module, place.owner, text);
        let Implementation { item, of: raw, .. } = implementation;
        let self_type = place.owner.unwrap_or_default();
        let mut types: Vec<String> = raw.types.iter().map(|ty| text(ty)).collect();
        types.sort();
        let text = format!("impl{} {of} for {self_type}{}", text(&raw.generics), text(&raw.where_clause));
        let kind = ItemKind::Impl { of, self_type: self_type.to_owned(), text, types };
        self.push(path, kind, &item.attributes, place, 0);
    }

    /// Returns the first path of the crate in a text, for impls of a foreign type.
    fn local_path(&self, text: &str) -> Option<String> {
        words(text).map(|(_, word)| word).find(|word| self.local.contains(word)).map(str::to_owned)
    }

    fn push(&mut self, path: String, kind: ItemKind, attributes: &Attributes, place: Place<'_>, code: u64) {
        let conditions =
            place.conditions.iter().copied().chain(attributes.conditions.iter().map(String::as_str));
        let conditions: BTreeSet<&str> = conditions.collect();
        let origin: Origin = self.tree.modules[place.module].origin;
        self.items.push(Item {
            path,
            kind,
            origin,
            conditions: conditions.into_iter().map(str::to_owned).collect(),
            deprecated: attributes.deprecated.clone(),
            must_use: attributes.must_use,
            non_exhaustive: attributes.non_exhaustive,
            docs: attributes.docs,
            code,
        });
    }
}
