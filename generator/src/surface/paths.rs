//! The public paths of modules and items: the shortest one is the name, and the others are reexports.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap};

use super::raw::{RawItem, RawKind};
use super::tree::{Name, Target, Tree};

/// A public path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PublicPath<'r> {
    /// The number of segments, so that a path with fewer segments comes first.
    length: usize,
    pub(super) path: String,
    /// The conditions of the modules and imports of the path.
    pub(super) conditions: BTreeSet<&'r str>,
}

impl<'r> PublicPath<'r> {
    fn child(&self, name: &str, item: Option<&'r RawItem>) -> Self {
        let path = if self.path.is_empty() { name.to_owned() } else { format!("{}::{name}", self.path) };
        let mut conditions = self.conditions.clone();
        conditions.extend(item.iter().flat_map(|item| item.attributes.conditions.iter().map(String::as_str)));
        Self { length: self.length + 1, path, conditions }
    }
}

/// The public paths of a crate.
#[derive(Debug, Default)]
pub(super) struct Paths<'r> {
    pub(super) modules: BTreeMap<usize, PublicPath<'r>>,
    pub(super) items: BTreeMap<usize, PublicPath<'r>>,
    /// Other paths of modules and items, with their main paths.
    pub(super) reexports: BTreeMap<PublicPath<'r>, String>,
    /// The names of other crates, or of items of other crates.
    pub(super) external: BTreeMap<PublicPath<'r>, String>,
}

impl<'r> Paths<'r> {
    /// Follows public modules and imports from the root.
    pub(super) fn of(tree: &Tree<'r>) -> Self {
        let mut paths = Self::default();
        if tree.modules.is_empty() {
            return paths;
        }
        let mut search =
            Search { tree, open: BinaryHeap::new(), items: HashMap::new(), external: BTreeMap::new() };
        let root = PublicPath { length: 0, path: String::new(), conditions: BTreeSet::new() };
        search.open.push(Reverse((root, 0)));
        while let Some(Reverse((path, module))) = search.open.pop() {
            match paths.modules.get(&module) {
                Some(main) => {
                    paths.reexports.insert(path, main.path.clone());
                }
                None => {
                    search.module(module, module, &path, true);
                    paths.modules.insert(module, path);
                }
            }
        }
        paths.external = search.external;
        for (item, candidates) in search.items {
            let mut candidates = candidates.into_iter();
            let Some(main) = candidates.next() else { continue };
            paths
                .reexports
                .extend(candidates.filter(|other| other.path != main.path).map(|it| (it, main.path.clone())));
            paths.items.insert(item, main);
        }
        paths
    }
}

/// A search for public paths, shortest first.
struct Search<'s, 'r> {
    tree: &'s Tree<'r>,
    open: BinaryHeap<Reverse<(PublicPath<'r>, usize)>>,
    items: HashMap<usize, BTreeSet<PublicPath<'r>>>,
    external: BTreeMap<PublicPath<'r>, String>,
}

impl<'r> Search<'_, 'r> {
    /// Adds the public names of a module under a path. The module can be another one than `module`, which imports all of
    /// its names.
    fn module(&mut self, names_of: usize, module: usize, path: &PublicPath<'r>, follow_globs: bool) {
        for (name, targets) in self.tree.names(names_of) {
            targets.iter().for_each(|target| self.name(names_of, path, name, target));
        }
        if !follow_globs {
            return;
        }
        let globs: Vec<(&RawItem, Target)> = self.tree.globs(module).collect();
        for (item, target) in globs {
            if let (true, Target::Module(inner)) = (is_visible(item), target) {
                let mut path = path.clone();
                path.conditions.extend(item.attributes.conditions.iter().map(String::as_str));
                self.module(inner, inner, &path, false);
            }
        }
    }

    fn name(&mut self, module: usize, path: &PublicPath<'r>, name: &str, target: &Name<'r>) {
        match target {
            Name::Module(inner) => {
                let declaration = self.tree.modules[*inner].declaration;
                if declaration.is_some_and(is_visible) {
                    self.open.push(Reverse((path.child(name, declaration), *inner)));
                }
            }
            Name::Item(item) => self.item(*item, path.child(name, None)),
            Name::Import(declaration, import) if is_visible(declaration) => {
                let path = path.child(name, Some(declaration));
                match self.tree.imported(module, import) {
                    Target::Module(inner) => self.open.push(Reverse((path, inner))),
                    Target::Item(item, rest) if rest.is_empty() => self.item(item, path),
                    Target::Item(..) => {}
                    Target::External(segments) => {
                        self.external.insert(path, segments.join("::"));
                    }
                }
            }
            Name::Import(..) => {}
        }
    }

    fn item(&mut self, index: usize, mut path: PublicPath<'r>) {
        let definition = self.tree.items[index];
        let is_macro = matches!(definition.item.kind, RawKind::Macro { .. });
        let is_public =
            if is_macro { definition.item.attributes.is_exported } else { definition.item.is_public };
        if is_public && !definition.item.attributes.is_hidden {
            path.conditions.extend(self.tree.conditions(definition.module));
            path.conditions.extend(definition.item.attributes.conditions.iter().map(String::as_str));
            self.items.entry(index).or_default().insert(path);
        }
    }
}

/// Returns true if a module or import is public and documented.
fn is_visible(item: &RawItem) -> bool {
    item.is_public && !item.attributes.is_hidden
}
