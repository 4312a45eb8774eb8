//! The source of a crate: its modules, the names in their scopes, and the types with their methods and fields.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Attribute, Fields, ImplItem, Item, UseTree, Visibility};

use super::paths::{Mention, mentions};

/// The path of a module, without `crate`.
pub(super) type ModulePath = Vec<String>;

/// An item that has a name: the module and the name.
pub(super) type Definition = (ModulePath, String);

/// A crate without the unit tests in its files, because a file does not depend on what only its tests use.
#[derive(Default)]
pub(super) struct Source {
    pub(super) modules: BTreeMap<ModulePath, Module>,
    /// The methods of each type in inherent impls.
    pub(super) methods: BTreeMap<Definition, BTreeMap<String, Vec<Method>>>,
    /// The fields of each struct, with the module and the type of each.
    pub(super) fields: BTreeMap<Definition, BTreeMap<String, (ModulePath, TokenStream)>>,
}

/// A module: a file, or a module in braces within one.
#[derive(Default)]
pub(super) struct Module {
    pub(super) file: String,
    /// The items of the module, in the order of the file.
    pub(super) items: Vec<Item>,
    names: BTreeMap<String, Vec<Name>>,
    globs: Vec<Vec<String>>,
    /// The private imports. They count as uses, because a trait is imported for its methods.
    pub(super) private_imports: Vec<Vec<String>>,
}

/// The meaning of a name in the scope of a module.
#[derive(Clone)]
enum Name {
    Item,
    Module,
    Import(Vec<String>),
}

/// A method in an inherent impl.
pub(super) struct Method {
    pub(super) file: String,
    /// The module of the impl, and the type that the method returns.
    pub(super) returns: Option<(ModulePath, TokenStream)>,
}

/// The meaning of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Module(ModulePath),
    /// An item, with the segments after it: the name of a method, of a variant, or of a constant.
    Item(Definition, Vec<String>),
}

/// The maximum number of imports that a name is followed through. Glob imports can import one another.
const MAX_IMPORTS: usize = 32;

impl Source {
    /// Reads the modules of a crate, starting with `lib.rs`. The keys are paths relative to its folder, and the values
    /// are texts. A file that no module declares is not read, such as a template.
    pub(super) fn of(files: &BTreeMap<String, String>) -> Self {
        let mut source = Self::default();
        source.add_file(Vec::new(), "lib.rs", files);
        let modules: Vec<ModulePath> = source.modules.keys().cloned().collect();
        for module in modules {
            source.add_types(&module);
        }
        source
    }

    fn add_file(&mut self, path: ModulePath, file: &str, files: &BTreeMap<String, String>) {
        // A file outside of the folder, with an attribute `path`, belongs to another crate.
        let Some(text) = files.get(file) else { return };
        let parsed = syn::parse_file(text).unwrap_or_else(|error| panic!("{file}: {error}"));
        self.add_module(path, file, parsed.items, files);
    }

    fn add_module(
        &mut self,
        path: ModulePath,
        file: &str,
        items: Vec<Item>,
        files: &BTreeMap<String, String>,
    ) {
        let mut module = Module { file: file.to_owned(), ..Module::default() };
        for item in items {
            if is_test(attributes(&item)) {
                continue;
            }
            match item {
                Item::Mod(inner) => {
                    let name = inner.ident.to_string();
                    module.names.entry(name.clone()).or_default().push(Name::Module);
                    let inner_path = joined(&path, &name);
                    match inner.content {
                        Some((_, items)) => self.add_module(inner_path, file, items, files),
                        None => {
                            let stem = inner_path.join("/");
                            let candidates = [format!("{stem}.rs"), format!("{stem}/mod.rs")];
                            for candidate in candidates {
                                self.add_file(inner_path.clone(), &candidate, files);
                            }
                        }
                    }
                }
                Item::Use(import) => {
                    let is_private = matches!(import.vis, Visibility::Inherited);
                    module.import(&mut Vec::new(), import.tree, is_private);
                }
                item => {
                    if let Some(name) = name_of(&item) {
                        module.names.entry(name).or_default().push(Name::Item);
                    }
                    module.items.push(item);
                }
            }
        }
        self.modules.insert(path, module);
    }

    /// Records the methods and the fields of the types that a module describes.
    fn add_types(&mut self, path: &ModulePath) {
        let Some(module) = self.modules.get(path) else { return };
        let mut methods = Vec::new();
        let mut fields = Vec::new();
        for item in &module.items {
            match item {
                Item::Impl(block) if block.trait_.is_none() => {
                    let Some(ty) = self.types_in(path, block.self_ty.to_token_stream()).into_iter().next()
                    else {
                        continue;
                    };
                    for item in &block.items {
                        let ImplItem::Fn(function) = item else { continue };
                        let returns = match &function.sig.output {
                            syn::ReturnType::Type(_, ty) => Some((path.clone(), ty.to_token_stream())),
                            syn::ReturnType::Default => None,
                        };
                        let method = Method { file: module.file.clone(), returns };
                        methods.push((ty.clone(), function.sig.ident.to_string(), method));
                    }
                }
                Item::Struct(item) => {
                    let ty = (path.clone(), item.ident.to_string());
                    for (name, field) in named(&item.fields) {
                        fields.push((ty.clone(), name, (path.clone(), field)));
                    }
                }
                _ => {}
            }
        }
        for (ty, name, method) in methods {
            self.methods.entry(ty).or_default().entry(name).or_default().push(method);
        }
        for (ty, name, field) in fields {
            self.fields.entry(ty).or_default().insert(name, field);
        }
    }

    /// Returns the items of the crate that a type names, such as `Body` for `Option<Box<Body>>`.
    pub(super) fn types_in(&self, module: &ModulePath, ty: TokenStream) -> Vec<Definition> {
        let mut found = Vec::new();
        for mention in mentions(ty) {
            let Mention::Path(path) = mention else { continue };
            for meaning in self.resolve(module, &path) {
                if let Meaning::Item(item, _) = meaning {
                    found.push(item);
                }
            }
        }
        found
    }

    /// Returns the meanings of a path in the scope of a module. There are several if features select one of them, and
    /// none if the path is not of this crate.
    pub(super) fn resolve(&self, module: &ModulePath, path: &[String]) -> Vec<Meaning> {
        self.resolve_within(module, path, MAX_IMPORTS)
    }

    fn resolve_within(&self, module: &ModulePath, path: &[String], imports: usize) -> Vec<Meaning> {
        let Some((first, rest)) = path.split_first() else { return vec![Meaning::Module(module.clone())] };
        match first.as_str() {
            "crate" => self.walk(vec![Meaning::Module(Vec::new())], rest, imports),
            "self" => self.walk(vec![Meaning::Module(module.clone())], rest, imports),
            "super" => {
                let Some((_, parent)) = module.split_last() else { return Vec::new() };
                self.resolve_or_stay(&parent.to_vec(), rest, imports)
            }
            name => self.walk(self.lookup(module, name, imports), rest, imports),
        }
    }

    /// Resolves the rest of a path after `super`: another `super`, or a name in the scope of the module.
    fn resolve_or_stay(&self, module: &ModulePath, path: &[String], imports: usize) -> Vec<Meaning> {
        match path.first().map(String::as_str) {
            Some("super") => self.resolve_within(module, path, imports),
            _ => self.walk(vec![Meaning::Module(module.clone())], path, imports),
        }
    }

    fn walk(&self, mut found: Vec<Meaning>, path: &[String], imports: usize) -> Vec<Meaning> {
        for segment in path {
            let next = found.into_iter().flat_map(|meaning| match meaning {
                Meaning::Module(module) => self.lookup(&module, segment, imports),
                Meaning::Item(item, mut rest) => {
                    rest.push(segment.clone());
                    vec![Meaning::Item(item, rest)]
                }
            });
            found = next.collect();
        }
        found
    }

    /// Looks a name up in the scope of a module.
    fn lookup(&self, path: &ModulePath, name: &str, imports: usize) -> Vec<Meaning> {
        let (Some(module), Some(left)) = (self.modules.get(path), imports.checked_sub(1)) else {
            return Vec::new();
        };
        if let Some(names) = module.names.get(name) {
            let meanings = names.iter().flat_map(|found| match found {
                Name::Item => vec![Meaning::Item((path.clone(), name.to_owned()), Vec::new())],
                Name::Module => vec![Meaning::Module(joined(path, name))],
                Name::Import(import) => self.resolve_within(path, import, left),
            });
            return meanings.collect();
        }
        let through_globs = module.globs.iter().flat_map(|glob| {
            let glob: Vec<String> = glob.iter().cloned().chain([name.to_owned()]).collect();
            self.resolve_within(path, &glob, left)
        });
        through_globs.collect()
    }
}

impl Module {
    fn import(&mut self, prefix: &mut Vec<String>, tree: UseTree, is_private: bool) {
        match tree {
            UseTree::Path(path) => {
                prefix.push(path.ident.to_string());
                self.import(prefix, *path.tree, is_private);
                prefix.pop();
            }
            UseTree::Name(name) if name.ident == "self" => {
                let known_as = prefix.last().cloned().unwrap_or_default();
                self.add_import(prefix.clone(), known_as, is_private);
            }
            UseTree::Name(name) => {
                self.add_import(joined(prefix, &name.ident.to_string()), name.ident.to_string(), is_private);
            }
            UseTree::Rename(name) => {
                let path = joined(prefix, &name.ident.to_string());
                self.add_import(path, name.rename.to_string(), is_private);
            }
            UseTree::Glob(_) => self.globs.push(prefix.clone()),
            UseTree::Group(group) => {
                for tree in group.items {
                    self.import(prefix, tree, is_private);
                }
            }
        }
    }

    fn add_import(&mut self, path: Vec<String>, known_as: String, is_private: bool) {
        if is_private {
            self.private_imports.push(path.clone());
        }
        // The name of a child module or of an item can be imported as another kind of thing under the same name.
        if path.as_slice() != [known_as.as_str()] {
            self.names.entry(known_as).or_default().push(Name::Import(path));
        }
    }
}

fn joined(prefix: &[String], name: &str) -> Vec<String> {
    prefix.iter().cloned().chain([name.to_owned()]).collect()
}

/// Returns true for code that is only compiled for unit tests.
fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| attribute.meta.to_token_stream().to_string() == "cfg (test)")
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

fn name_of(item: &Item) -> Option<String> {
    let name = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        _ => return None,
    };
    Some(name.to_string())
}

/// Returns the fields of a struct. Those of a tuple struct are called `0`, `1`, and so on.
fn named(fields: &Fields) -> impl Iterator<Item = (String, TokenStream)> {
    fields.iter().enumerate().map(|(index, field)| {
        let name = field.ident.as_ref().map_or_else(|| index.to_string(), ToString::to_string);
        (name, field.ty.to_token_stream())
    })
}
