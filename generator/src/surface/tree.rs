//! The modules of a crate, and the resolution of names in them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::item::Origin;
use super::raw::{Import, RawImpl, RawItem, RawKind};

/// The maximum number of imports from a name to its item. Imports in a circle end here.
const MAX_IMPORTS: usize = 32;

/// A module.
#[derive(Debug)]
pub(super) struct Module<'r> {
    /// The path of the module in the code, which need not be public.
    pub(super) path: Vec<&'r str>,
    parent: Option<usize>,
    pub(super) origin: Origin,
    /// The item that declares the module. `None` for the root.
    pub(super) declaration: Option<&'r RawItem>,
    names: HashMap<&'r str, Vec<Name<'r>>>,
    /// Imports of all names of another module.
    globs: Vec<(&'r RawItem, &'r Import)>,
    /// Hash of private items.
    pub(super) private_code: Vec<(&'r RawItem, u64)>,
}

/// The meaning of a name in a module.
#[derive(Clone, Copy, Debug)]
pub(super) enum Name<'r> {
    Module(usize),
    Item(usize),
    /// An import, with the item that declares it.
    Import(&'r RawItem, &'r Import),
}

/// An item with the module that contains it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Definition<'r> {
    pub(super) item: &'r RawItem,
    pub(super) module: usize,
}

/// An impl with the module that contains it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Implementation<'r> {
    pub(super) item: &'r RawItem,
    pub(super) of: &'r RawImpl,
    pub(super) module: usize,
}

/// The target of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    Module(usize),
    /// An item, and the segments after it.
    Item(usize, Vec<String>),
    /// A path of another crate, or of the standard library.
    External(Vec<String>),
}

/// The modules of a crate.
#[derive(Debug, Default)]
pub(super) struct Tree<'r> {
    pub(super) modules: Vec<Module<'r>>,
    pub(super) items: Vec<Definition<'r>>,
    pub(super) impls: Vec<Implementation<'r>>,
    macros: HashMap<&'r str, usize>,
}

impl<'r> Tree<'r> {
    /// Builds the modules from `src/lib.rs` and the files that its modules name.
    pub(super) fn of(files: &BTreeMap<&str, &'r [RawItem]>) -> Self {
        let mut tree = Self::default();
        let Some(root) = files.get("src/lib.rs") else { return tree };
        tree.add_module(Vec::new(), None, None);
        let mut open = vec![(0, *root, "src".to_owned())];
        while let Some((module, items, folder)) = open.pop() {
            for item in items {
                tree.add(module, item);
                let RawKind::Module(content) = &item.kind else { continue };
                let mut path = tree.modules[module].path.clone();
                path.push(&item.name);
                let child = tree.add_module(path, Some(module), Some(item));
                tree.modules[module].names.entry(&item.name).or_default().push(Name::Module(child));
                let inner = format!("{folder}/{}", item.name.trim_start_matches("r#"));
                let file = |path: String| files.get(path.as_str()).copied();
                let content = content.as_deref().or_else(|| file(format!("{inner}.rs")));
                let content = content.or_else(|| file(format!("{inner}/mod.rs")));
                if let Some(items) = content {
                    open.push((child, items, inner));
                }
            }
        }
        tree
    }

    fn add_module(
        &mut self,
        path: Vec<&'r str>,
        parent: Option<usize>,
        declaration: Option<&'r RawItem>,
    ) -> usize {
        let origin = if path.first() == Some(&"runtime") { Origin::Runtime } else { Origin::Document };
        self.modules.push(Module {
            path,
            parent,
            origin,
            declaration,
            names: HashMap::new(),
            globs: Vec::new(),
            private_code: Vec::new(),
        });
        self.modules.len() - 1
    }

    fn add(&mut self, module: usize, item: &'r RawItem) {
        match &item.kind {
            RawKind::Module(_) => {}
            RawKind::Impl(of) => self.impls.push(Implementation { item, of, module }),
            RawKind::Imports(imports) => {
                for import in imports {
                    let names = &mut self.modules[module];
                    match &import.name {
                        Some(name) => names.names.entry(name).or_default().push(Name::Import(item, import)),
                        None => names.globs.push((item, import)),
                    }
                }
            }
            kind => {
                if !item.is_public && !item.attributes.is_exported {
                    self.modules[module].private_code.push((item, item.code));
                }
                let index = self.items.len();
                self.items.push(Definition { item, module });
                // An exported macro has its path at the root.
                let is_macro = matches!(kind, RawKind::Macro { .. });
                let owner = if is_macro && item.attributes.is_exported { 0 } else { module };
                if is_macro {
                    self.macros.insert(&item.name, index);
                }
                self.modules[owner].names.entry(&item.name).or_default().push(Name::Item(index));
            }
        }
    }

    /// Returns the names of a module, in a stable order.
    pub(super) fn names(&self, module: usize) -> BTreeMap<&'r str, &[Name<'r>]> {
        self.modules[module].names.iter().map(|(name, targets)| (*name, targets.as_slice())).collect()
    }

    /// Returns the imports of all names of other modules, with these modules.
    pub(super) fn globs(&self, module: usize) -> impl Iterator<Item = (&'r RawItem, Target)> {
        self.modules[module].globs.iter().map(move |(item, import)| {
            (*item, self.resolve(module, import.is_external, &import.path, MAX_IMPORTS))
        })
    }

    /// Returns the target of an import.
    pub(super) fn imported(&self, module: usize, import: &Import) -> Target {
        self.import(module, import, MAX_IMPORTS)
    }

    /// Returns the target of a path in a module, as the code writes it.
    pub(super) fn find(&self, module: usize, path: &str) -> Target {
        let (is_external, path) = match path.strip_prefix("::") {
            Some(path) => (true, path),
            None => (false, path),
        };
        let segments: Vec<String> = path.split("::").map(str::to_owned).collect();
        self.resolve(module, is_external, &segments, MAX_IMPORTS)
    }

    fn import(&self, module: usize, import: &Import, fuel: usize) -> Target {
        // `use chrono;` imports the crate, not itself.
        let is_itself = import.path.len() == 1 && import.name.as_ref() == import.path.first();
        self.resolve(module, import.is_external || is_itself, &import.path, fuel)
    }

    fn resolve(&self, module: usize, is_external: bool, path: &[String], fuel: usize) -> Target {
        let external = || Target::External(path.to_vec());
        if is_external || fuel == 0 {
            return external();
        }
        let mut rest = path;
        let mut current = match rest.first().map(String::as_str) {
            Some("crate") => Target::Module(0),
            Some("self") => Target::Module(module),
            Some("super") => match self.modules[module].parent {
                Some(parent) => Target::Module(parent),
                None => return external(),
            },
            Some(name) => match self.lookup(module, name, path.len() > 1, fuel) {
                Some(target) => target,
                None if path.len() == 1 => return self.macro_named(name).unwrap_or_else(external),
                None => return external(),
            },
            None => return Target::Module(module),
        };
        rest = &rest[1..];
        while let Some((name, after)) = rest.split_first() {
            current = match current {
                Target::Module(inner) if name == "super" => match self.modules[inner].parent {
                    Some(parent) => Target::Module(parent),
                    None => return external(),
                },
                Target::Module(inner) => match self.lookup(inner, name, !after.is_empty(), fuel) {
                    Some(target) => target,
                    None => return external(),
                },
                Target::Item(item, mut segments) => {
                    segments.push(name.clone());
                    Target::Item(item, segments)
                }
                Target::External(mut segments) => {
                    segments.push(name.clone());
                    Target::External(segments)
                }
            };
            rest = after;
        }
        current
    }

    /// Returns the macro with a name. A macro is in scope in the whole file that defines it.
    fn macro_named(&self, name: &str) -> Option<Target> {
        self.macros.get(name).map(|item| Target::Item(*item, Vec::new()))
    }

    /// Returns the target of a name in a module. If segments follow, a module is preferred.
    fn lookup(&self, module: usize, name: &str, is_prefix: bool, fuel: usize) -> Option<Target> {
        let found = &self.modules[module];
        if let Some(names) = found.names.get(name) {
            let is_module = |name: &&Name<'_>| matches!(name, Name::Module(_));
            let is_type = |name: &&Name<'_>| match name {
                Name::Item(item) => !matches!(
                    self.items[*item].item.kind,
                    RawKind::Function(_) | RawKind::Macro { .. } | RawKind::Value(_) | RawKind::Static(_)
                ),
                _ => true,
            };
            let module_first = names.iter().find(is_module).filter(|_| is_prefix);
            let name = module_first.or_else(|| names.iter().find(is_type)).or_else(|| names.first())?;
            return Some(match name {
                Name::Module(inner) => Target::Module(*inner),
                Name::Item(item) => Target::Item(*item, Vec::new()),
                Name::Import(_, import) => self.import(module, import, fuel - 1),
            });
        }
        if fuel <= 1 {
            return None;
        }
        found.globs.iter().find_map(|(_, import)| {
            match self.resolve(module, import.is_external, &import.path, fuel - 1) {
                Target::Module(inner) if inner != module => self.lookup(inner, name, is_prefix, fuel / 2),
                _ => None,
            }
        })
    }

    /// Returns the conditions of a module and of all modules around it.
    pub(super) fn conditions(&self, module: usize) -> BTreeSet<&'r str> {
        let mut conditions = BTreeSet::new();
        let mut next = Some(module);
        while let Some(module) = next {
            let declaration = self.modules[module].declaration.into_iter();
            conditions
                .extend(declaration.flat_map(|item| item.attributes.conditions.iter().map(String::as_str)));
            next = self.modules[module].parent;
        }
        conditions
    }
}
