//! Turns the declaration of an item into plain data.

use quote::ToTokens;
use syn::{
    Attribute, Block, Expr, Fields, Ident, ImplItem, Item, ItemTrait, ItemUse, Stmt, TraitItem, UseTree,
    Visibility,
};

use super::attributes::{attributes, is_test};
use super::item::Field;
use super::macros::Definition;
use super::raw::{Import, RawItem, RawKind};
use super::skeleton;
use super::spell::Speller;
use crate::hash;

/// Returns true for `pub` without restriction.
pub(super) fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Returns an item other than a module, an impl or a call of a macro. `None` for items that an API cannot have.
pub(super) fn plain(item: Item) -> Option<RawItem> {
    let none = Speller::default();
    Some(match &item {
        Item::Struct(it) => {
            let speller = none.with(&it.generics);
            let fields: Vec<RawItem> =
                it.fields.iter().enumerate().map(|(index, it)| field(&speller, index, it)).collect();
            let kind = RawKind::Struct {
                generics: format!("{}{}", speller.generics(&it.generics), speller.where_clause(&it.generics)),
                is_constructible: fields.iter().all(|field| field.is_public),
                is_tuple: matches!(it.fields, Fields::Unnamed(_)),
                fields,
            };
            raw(&it.ident, &it.vis, &it.attrs, kind, 0)
        }
        Item::Enum(it) => {
            let speller = none.with(&it.generics);
            let variants = it.variants.iter().map(|variant| {
                let fields = variant.fields.iter();
                let fields = fields.map(|field| Field {
                    name: field.ident.as_ref().map(ToString::to_string),
                    ty: speller.ty(&field.ty),
                });
                let kind = RawKind::Variant(fields.collect());
                let public: Visibility = Visibility::Public(Default::default());
                raw(&variant.ident, &public, &variant.attrs, kind, 0)
            });
            let generics =
                format!("{}{}", speller.generics(&it.generics), speller.where_clause(&it.generics));
            let kind = RawKind::Enum { generics, variants: variants.collect() };
            raw(&it.ident, &it.vis, &it.attrs, kind, 0)
        }
        Item::Type(it) => {
            let speller = none.with(&it.generics);
            let kind =
                RawKind::Alias { generics: speller.generics(&it.generics), target: speller.ty(&it.ty) };
            raw(&it.ident, &it.vis, &it.attrs, kind, 0)
        }
        Item::Fn(it) => raw(
            &it.sig.ident,
            &it.vis,
            &it.attrs,
            RawKind::Function(none.signature(&it.sig)),
            body(&it.block),
        ),
        Item::Const(it) => value(&it.ident, &it.vis, &it.attrs, none.ty(&it.ty), &it.expr),
        Item::Static(it) => value(&it.ident, &it.vis, &it.attrs, none.ty(&it.ty), &it.expr),
        Item::Trait(it) => trait_item(&none, it),
        Item::Use(it) => {
            let kind = RawKind::Imports(imports(it));
            RawItem {
                name: String::new(),
                is_public: is_public(&it.vis),
                attributes: attributes(&it.attrs),
                kind,
                code: 0,
            }
        }
        Item::ExternCrate(it) => {
            let name = it.rename.as_ref().map_or(&it.ident, |(_, name)| name).to_string();
            let import = Import { path: vec![it.ident.to_string()], is_external: true, name: Some(name) };
            raw(&it.ident, &it.vis, &it.attrs, RawKind::Imports(vec![import]), 0)
        }
        Item::Macro(it) => {
            let kind = RawKind::Macro { rules: Definition::text(&it.mac.tokens) };
            let code = hash::of(&it.mac.tokens.to_string());
            raw(it.ident.as_ref()?, &Visibility::Inherited, &it.attrs, kind, code)
        }
        _ => return None,
    })
}

fn raw(name: &Ident, vis: &Visibility, attrs: &[Attribute], kind: RawKind, code: u64) -> RawItem {
    RawItem { name: name.to_string(), is_public: is_public(vis), attributes: attributes(attrs), kind, code }
}

fn value(name: &Ident, vis: &Visibility, attrs: &[Attribute], ty: String, value: &Expr) -> RawItem {
    raw(name, vis, attrs, RawKind::Value(ty), hash::of(&value.to_token_stream().to_string()))
}

fn field(speller: &Speller, index: usize, field: &syn::Field) -> RawItem {
    RawItem {
        name: field.ident.as_ref().map_or_else(|| index.to_string(), ToString::to_string),
        is_public: is_public(&field.vis),
        attributes: attributes(&field.attrs),
        kind: RawKind::Value(speller.ty(&field.ty)),
        code: 0,
    }
}

/// Returns a function or constant of an inherent impl.
pub(super) fn impl_item(speller: &Speller, item: &ImplItem) -> Option<RawItem> {
    let item = match item {
        ImplItem::Fn(it) => {
            let kind = RawKind::Function(speller.signature(&it.sig));
            raw(&it.sig.ident, &it.vis, &it.attrs, kind, body(&it.block))
        }
        ImplItem::Const(it) => value(&it.ident, &it.vis, &it.attrs, speller.ty(&it.ty), &it.expr),
        _ => return None,
    };
    (!is_test(&item.attributes)).then_some(item)
}

fn trait_item(speller: &Speller, item: &ItemTrait) -> RawItem {
    let speller = speller.with(&item.generics);
    let members = item.items.iter().filter_map(|member| {
        let public = Visibility::Public(Default::default());
        Some(match member {
            TraitItem::Fn(it) => {
                let kind = RawKind::TraitItem {
                    function: Some(speller.signature(&it.sig)),
                    text: String::new(),
                    has_default: it.default.is_some(),
                };
                raw(&it.sig.ident, &public, &it.attrs, kind, it.default.as_ref().map_or(0, body))
            }
            TraitItem::Type(it) => {
                let bounds = speller.bounds(&it.bounds);
                let text = if bounds.is_empty() { "type".to_owned() } else { format!("type: {bounds}") };
                let kind = RawKind::TraitItem { function: None, text, has_default: it.default.is_some() };
                raw(&it.ident, &public, &it.attrs, kind, 0)
            }
            TraitItem::Const(it) => {
                let text = format!("const: {}", speller.ty(&it.ty));
                let kind = RawKind::TraitItem { function: None, text, has_default: it.default.is_some() };
                raw(&it.ident, &public, &it.attrs, kind, 0)
            }
            _ => return None,
        })
    });
    let supertraits = speller.bounds(&item.supertraits);
    let supertraits = if supertraits.is_empty() { supertraits } else { format!(": {supertraits}") };
    let text =
        format!("{}{supertraits}{}", speller.generics(&item.generics), speller.where_clause(&item.generics));
    raw(&item.ident, &item.vis, &item.attrs, RawKind::Trait { text, items: members.collect() }, 0)
}

/// Returns the hash of a body, which `skeleton` has written.
pub(super) fn body(block: &Block) -> u64 {
    match block.stmts.as_slice() {
        [Stmt::Expr(hash, None)] => skeleton::hash(hash).unwrap_or_default(),
        _ => 0,
    }
}

/// Returns the names that a `use` imports.
pub(super) fn imports(item: &ItemUse) -> Vec<Import> {
    let is_external = item.leading_colon.is_some();
    let mut found = Vec::new();
    let mut open: Vec<(Vec<String>, &UseTree)> = vec![(Vec::new(), &item.tree)];
    while let Some((mut path, tree)) = open.pop() {
        let mut import = |mut path: Vec<String>, name: Option<String>| {
            // `self` in braces is the module itself.
            if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
                path.pop();
            }
            let name = match name.as_deref() {
                Some("self") => path.last().cloned(),
                _ => name,
            };
            found.push(Import { path, is_external, name });
        };
        match tree {
            UseTree::Path(it) => {
                path.push(it.ident.to_string());
                open.push((path, &it.tree));
            }
            UseTree::Name(it) => {
                path.push(it.ident.to_string());
                import(path, Some(it.ident.to_string()));
            }
            UseTree::Rename(it) => {
                path.push(it.ident.to_string());
                import(path, Some(it.rename.to_string()));
            }
            UseTree::Glob(_) => import(path, None),
            UseTree::Group(it) => open.extend(it.items.iter().map(|tree| (path.clone(), tree))),
        }
    }
    found
}
