//! Turns the declaration of an item into plain data.

use quote::ToTokens;
use syn::{
    Attribute, Block, Expr, Fields, Generics, Ident, ImplItem, Item, ItemTrait, ItemUse, Signature,
    StaticMutability, Stmt, TraitItem, Type, UseTree, Visibility,
};

use super::attributes::{attributes, is_test};
use super::item::{Callable, Field, Form};
use super::lifetimes::{self, Names};
use super::macros::Definition;
use super::raw::{Import, RawItem, RawKind};
use super::skeleton;
use super::spell::{Speller, declared};
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
            let declaration = Declaration::new(&it.generics);
            let fields: Vec<RawItem> =
                it.fields.iter().enumerate().map(|(index, it)| declaration.field(index, it)).collect();
            let kind = RawKind::Struct {
                generics: declaration.generics(),
                is_constructible: fields.iter().all(|field| field.is_public),
                form: form(&it.fields),
                fields,
            };
            raw(&it.ident, &it.vis, &it.attrs, kind, 0)
        }
        Item::Union(it) => {
            let declaration = Declaration::new(&it.generics);
            let fields = it.fields.named.iter().enumerate();
            let fields = fields.map(|(index, it)| declaration.field(index, it)).collect();
            let kind = RawKind::Union { generics: declaration.generics(), fields };
            raw(&it.ident, &it.vis, &it.attrs, kind, 0)
        }
        Item::Enum(it) => {
            let declaration = Declaration::new(&it.generics);
            let variants = it.variants.iter().map(|variant| {
                let fields = variant.fields.iter();
                let fields = fields.map(|field| Field {
                    name: field.ident.as_ref().map(ToString::to_string),
                    ty: declaration.ty(&field.ty),
                });
                let kind = RawKind::Variant { form: form(&variant.fields), fields: fields.collect() };
                let public: Visibility = Visibility::Public(Default::default());
                raw(&variant.ident, &public, &variant.attrs, kind, 0)
            });
            let kind = RawKind::Enum { generics: declaration.generics(), variants: variants.collect() };
            raw(&it.ident, &it.vis, &it.attrs, kind, 0)
        }
        Item::Type(it) => {
            let declaration = Declaration::new(&it.generics);
            let kind = RawKind::Alias { generics: declaration.generics(), target: declaration.ty(&it.ty) };
            raw(&it.ident, &it.vis, &it.attrs, kind, 0)
        }
        Item::Fn(it) => raw(
            &it.sig.ident,
            &it.vis,
            &it.attrs,
            RawKind::Function(function(&none, &it.sig, &Names::default())),
            body(&it.block),
        ),
        Item::Const(it) => value(&it.ident, &it.vis, &it.attrs, none.ty(&it.ty), &it.expr),
        Item::Static(it) => {
            let mutability = if matches!(it.mutability, StaticMutability::Mut(_)) { "mut " } else { "" };
            let kind = RawKind::Static(format!("{mutability}{}", none.ty(&it.ty)));
            raw(&it.ident, &it.vis, &it.attrs, kind, hash::of(&it.expr.to_token_stream().to_string()))
        }
        Item::Trait(it) => trait_item(it),
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

/// The declaration of a type or trait, whose generic parameters have a scope.
struct Declaration<'s> {
    parameters: &'s Generics,
    speller: Speller,
    lifetimes: Names,
}

impl<'s> Declaration<'s> {
    fn new(parameters: &'s Generics) -> Self {
        let lifetimes = Names::of_declared(&declared(parameters));
        Self { parameters, speller: Speller::default().with(parameters), lifetimes }
    }

    fn ty(&self, ty: &Type) -> String {
        self.lifetimes.apply(&self.speller.ty(ty))
    }

    /// Spells the generic parameters with their bounds.
    fn generics(&self) -> String {
        let Self { parameters, speller, .. } = self;
        let parameters =
            format!("{}{}", speller.generics_of_type(parameters), speller.where_clause(parameters));
        self.lifetimes.apply(&parameters)
    }

    fn field(&self, index: usize, field: &syn::Field) -> RawItem {
        RawItem {
            name: field.ident.as_ref().map_or_else(|| index.to_string(), ToString::to_string),
            is_public: is_public(&field.vis),
            attributes: attributes(&field.attrs),
            kind: RawKind::Value(self.ty(&field.ty)),
            code: 0,
        }
    }
}

fn form(fields: &Fields) -> Form {
    match fields {
        Fields::Unit => Form::Unit,
        Fields::Unnamed(_) => Form::Tuple,
        Fields::Named(_) => Form::Braces,
    }
}

/// Returns a function. `outer` names the lifetimes of its type or trait.
fn function(speller: &Speller, signature: &Signature, outer: &Names) -> Callable {
    let mut callable = speller.signature(signature);
    lifetimes::of_function(&mut callable, &declared(&signature.generics), outer);
    callable
}

/// Returns a function or constant of an inherent impl. `outer` names the lifetimes of its type.
pub(super) fn impl_item(speller: &Speller, outer: &Names, item: &ImplItem) -> Option<RawItem> {
    let item = match item {
        ImplItem::Fn(it) => {
            let kind = RawKind::Function(function(speller, &it.sig, outer));
            raw(&it.sig.ident, &it.vis, &it.attrs, kind, body(&it.block))
        }
        ImplItem::Const(it) => value(&it.ident, &it.vis, &it.attrs, speller.ty(&it.ty), &it.expr),
        _ => return None,
    };
    (!is_test(&item.attributes)).then_some(item)
}

fn trait_item(item: &ItemTrait) -> RawItem {
    let declaration = Declaration::new(&item.generics);
    let Declaration { speller, lifetimes, .. } = &declaration;
    let members = item.items.iter().filter_map(|member| {
        let public = Visibility::Public(Default::default());
        Some(match member {
            TraitItem::Fn(it) => {
                let kind = RawKind::TraitItem {
                    function: Some(function(speller, &it.sig, lifetimes)),
                    text: String::new(),
                    has_default: it.default.is_some(),
                };
                raw(&it.sig.ident, &public, &it.attrs, kind, it.default.as_ref().map_or(0, body))
            }
            TraitItem::Type(it) => {
                let bounds = lifetimes.apply(&speller.bounds(&it.bounds));
                let text = if bounds.is_empty() { "type".to_owned() } else { format!("type: {bounds}") };
                let kind = RawKind::TraitItem { function: None, text, has_default: it.default.is_some() };
                raw(&it.ident, &public, &it.attrs, kind, 0)
            }
            TraitItem::Const(it) => {
                let text = format!("const: {}", declaration.ty(&it.ty));
                let kind = RawKind::TraitItem { function: None, text, has_default: it.default.is_some() };
                raw(&it.ident, &public, &it.attrs, kind, 0)
            }
            _ => return None,
        })
    });
    let supertraits = speller.bounds(&item.supertraits);
    let supertraits = if supertraits.is_empty() { supertraits } else { format!(": {supertraits}") };
    let (generics, bounds) = (speller.generics_of_type(&item.generics), speller.where_clause(&item.generics));
    let kind = RawKind::Trait {
        is_unsafe: item.unsafety.is_some(),
        text: lifetimes.apply(&format!("{generics}{supertraits}{bounds}")),
        items: members.collect(),
    };
    raw(&item.ident, &item.vis, &item.attrs, kind, 0)
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
