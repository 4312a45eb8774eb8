//! Opens the lock: finds the names of earlier runs by scope and by item, and collects the items of the next lock.

use std::collections::{BTreeMap, HashMap, HashSet};

use semver::Version;

use super::ident::Ident;
use super::scope::{Scope, Slot};
use crate::lock::{Item, Key, Kind, Lock, Numbering};

/// A set of names that must be unique.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum ScopeId {
    Types,
    /// Of a type, by its name.
    Fields(String),
    Setters(String),
    Variants(String),
    Accessors(String),
    ResourceModules,
    ResourceTypes,
    Features,
    /// Of a resource, by its module.
    Methods(String),
    Requests(String),
    /// Of an operation, by its id.
    Request(String),
    Statuses(String),
    Headers(String),
    /// Of a multipart body, by operation id and media type.
    FormVariants(Vec<String>),
    /// Of a multipart body or an alternative of it.
    Parts(Vec<String>),
    Builder,
}

/// Keys of an item in this run and in earlier runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ItemKey {
    pub(super) key: Key,
    pub(super) before: Key,
}

impl ItemKey {
    /// Returns the name at a position among the names of the item.
    pub(super) fn slot(&self, position: usize) -> Slot<'_> {
        (&self.before, position)
    }
}

/// The names of earlier runs, and the names of this run.
pub(super) struct Ledger<'l> {
    lock: &'l Lock,
    version: &'l str,
    scopes: HashMap<ScopeId, Vec<(&'l Key, usize, &'l str)>>,
    used: HashSet<&'l Key>,
    numbering: Numbering,
    next: BTreeMap<Key, Item>,
}

impl<'l> Ledger<'l> {
    /// Opens the lock of earlier runs for a crate of a version.
    pub(super) fn new(lock: &'l Lock, version: &'l str) -> Self {
        let mut ledger = Self {
            lock,
            version,
            scopes: HashMap::new(),
            used: HashSet::new(),
            numbering: Numbering::default(),
            next: BTreeMap::new(),
        };
        for (key, item) in ledger.known() {
            for (scope, position) in scopes_of(key, item) {
                if let Some(name) = item.names.get(position) {
                    ledger.scopes.entry(scope).or_default().push((key, position, name));
                }
            }
        }
        ledger
    }

    /// Returns `true` if there was no earlier run.
    pub(super) fn is_empty(&self) -> bool {
        self.lock.items.is_empty() && self.lock.gone.is_empty()
    }

    /// Returns the items whose names are taken. Items of the last run come before removed ones.
    fn known(&self) -> Vec<(&'l Key, &'l Item)> {
        let gone = self.lock.gone.iter().filter(|(_, item)| !self.is_expired(item));
        let is_expired = |key: &Key, item: &Item| key.kind.is_old_name() && self.is_expired(item);
        self.lock.items.iter().filter(|(key, item)| !is_expired(key, item)).chain(gone).collect()
    }

    /// Returns `true` if the crate has had a breaking version since an item was removed.
    fn is_expired(&self, item: &Item) -> bool {
        let Some(since) = item.since.as_deref().or(self.lock.provenance.package.as_deref()) else {
            return false;
        };
        match (Version::parse(since), Version::parse(self.version)) {
            (Ok(since), Ok(version)) => is_breaking(&since, &version),
            _ => false,
        }
    }

    /// Returns the names that an item had in an earlier run. `None` for a new item.
    pub(super) fn item(&self, key: &Key) -> Option<&'l Item> {
        let gone = || self.lock.gone.get(key).filter(|item| !self.is_expired(item));
        self.lock.items.get(key).or_else(gone)
    }

    /// Returns `true` if an item was in the last run, and is not an old name.
    pub(super) fn is_present(&self, key: &Key) -> bool {
        !key.kind.is_old_name() && self.lock.items.contains_key(key)
    }

    /// Iterates over the items of a kind in the last run.
    pub(super) fn items(&self, kind: Kind) -> impl Iterator<Item = (&'l Key, &'l Item)> {
        let first = Key::new(kind, [""; 0]);
        self.lock.items.range(first..).take_while(move |(key, _)| key.kind == kind)
    }

    /// Iterates over the old names of the last run that stay in this version.
    pub(super) fn kept(&self, kind: Kind) -> Vec<(&'l Key, &'l Item)> {
        self.items(kind).filter(|(_, item)| !self.is_expired(item)).collect()
    }

    /// Returns the version of an old name. The default is the version of this run.
    pub(super) fn since(&self, item: &Item) -> String {
        item.since.clone().unwrap_or_else(|| self.version.to_owned())
    }

    /// Returns the version of the crate.
    pub(super) fn version(&self) -> &'l str {
        self.version
    }

    /// Iterates over the members of a type in the last run.
    pub(super) fn members(&self, kind: Kind, owner: &str) -> impl Iterator<Item = (&'l Key, &'l Item)> {
        let owner = owner.to_owned();
        let first = Key::new(kind, [owner.as_str()]);
        let is_member = move |key: &Key| key.kind == kind && key.path.first() == Some(&owner);
        self.lock.items.range(first..).take_while(move |(key, _)| is_member(key))
    }

    /// Returns the keys of an item. Items with the same path get a number, in the order of the calls.
    ///
    /// `before` is the path in earlier runs, if it was another one.
    pub(super) fn key(&mut self, kind: Kind, path: &[&str], before: Option<&[&str]>) -> ItemKey {
        let key = self.numbering.next(Key::new(kind, path.iter().copied()));
        let path = before.unwrap_or(path).iter().map(|segment| (*segment).to_owned()).collect();
        let before = Key { path, ..key.clone() };
        ItemKey { key, before }
    }

    /// Takes the names that a scope had in earlier runs.
    pub(super) fn open(&self, id: &ScopeId, mut scope: Scope) -> Scope {
        for (key, position, name) in self.scopes.get(id).into_iter().flatten() {
            scope.remember((key, *position), name);
        }
        scope
    }

    /// Adds an item to the next lock.
    pub(super) fn record(&mut self, key: ItemKey, item: Item) {
        if let Some((known, _)) = self.lock.items.get_key_value(&key.before) {
            self.used.insert(known);
        }
        self.next.insert(key.key, item);
    }

    /// Adds an item that has only names to the next lock.
    pub(super) fn record_names(&mut self, key: ItemKey, names: &[&Ident]) {
        let names = names.iter().map(|ident| ident.as_str().to_owned()).collect();
        self.record(key, Item { names, ..Item::default() });
    }

    /// Marks an old name as used, because its item gets it back.
    pub(super) fn take_back(&mut self, old: &Key) {
        if let Some((known, _)) = self.lock.items.get_key_value(old) {
            self.used.insert(known);
        }
    }

    /// Returns `true` if this version may break users. Then the names of removed items are free.
    pub(super) fn frees_names(&self) -> bool {
        self.is_expired(&Item::default())
    }

    /// Returns the lock of the last run without the items that this run does not have.
    pub(super) fn without_removed(&self) -> Lock {
        let items = self.lock.items.iter().filter(|(key, _)| self.used.contains(key));
        let items = items.map(|(key, item)| (key.clone(), item.clone())).collect();
        Lock { items, gone: BTreeMap::new(), provenance: self.lock.provenance.clone() }
    }

    /// Returns the next lock.
    pub(super) fn finish(self) -> Lock {
        let removed = self.lock.items.iter().filter(|(key, _)| !self.used.contains(key));
        let removed = removed.map(|(key, item)| {
            let since = item.since.clone().or_else(|| self.lock.provenance.package.clone());
            let since = since.unwrap_or_else(|| self.version.to_owned());
            (key.clone(), Item { since: Some(since), ..item.clone() })
        });
        let before = self.lock.gone.iter().map(|(key, item)| (key.clone(), item.clone()));
        let gone = before.chain(removed);
        let gone =
            gone.filter(|(key, item)| !self.next.contains_key(key) && !self.is_expired(item)).collect();
        let mut lock = Lock { items: self.next, gone, ..Lock::default() };
        lock.provenance.package = Some(self.version.to_owned());
        lock
    }
}

/// Returns `true` if the second version may break users of the first one.
fn is_breaking(old: &Version, new: &Version) -> bool {
    match (old.major, old.minor) {
        (0, 0) => (new.major, new.minor, new.patch) != (0, 0, old.patch),
        (0, minor) => (new.major, new.minor) != (0, minor),
        (major, _) => new.major != major,
    }
}

/// Returns the scopes of the names of an item, each with the position of the name.
fn scopes_of(key: &Key, item: &Item) -> Vec<(ScopeId, usize)> {
    let first = || key.path.first().cloned().unwrap_or_default();
    let parents = || key.path.split_last().map(|(_, parents)| parents.to_vec()).unwrap_or_default();
    let module = || item.names.first().cloned().unwrap_or_default();
    match key.kind {
        Kind::Type | Kind::NestedType | Kind::OperationType | Kind::OldType => vec![(ScopeId::Types, 0)],
        Kind::Field => {
            vec![
                (ScopeId::Fields(first()), 0),
                (ScopeId::Setters(first()), 1),
                (ScopeId::Setters(first()), 2),
            ]
        }
        Kind::Variant => vec![(ScopeId::Variants(first()), 0), (ScopeId::Accessors(first()), 1)],
        Kind::Resource | Kind::OldResource | Kind::ReplacedResource => {
            vec![(ScopeId::ResourceModules, 0), (ScopeId::ResourceTypes, 1), (ScopeId::Features, 2)]
        }
        Kind::OldFeature => vec![(ScopeId::Features, 0)],
        Kind::Operation => vec![(ScopeId::Methods(module()), 1), (ScopeId::Requests(module()), 2)],
        Kind::Method | Kind::OldMethod => vec![(ScopeId::Methods(module()), 1)],
        Kind::Form | Kind::Response | Kind::Headers | Kind::OldOperationType => {
            vec![(ScopeId::Requests(module()), 1)]
        }
        Kind::Parameter | Kind::Body | Kind::Content | Kind::Accept | Kind::PageMethod => {
            vec![(ScopeId::Request(first()), 0)]
        }
        Kind::Status => vec![(ScopeId::Statuses(first()), 0)],
        Kind::Header => vec![(ScopeId::Headers(first()), 0)],
        Kind::FormVariant => vec![(ScopeId::FormVariants(parents()), 0)],
        Kind::Part => vec![(ScopeId::Parts(parents()), 0)],
        Kind::PartHeader => {
            let form = key.path.len().saturating_sub(2);
            vec![(ScopeId::Parts(key.path[..form].to_vec()), 0)]
        }
        Kind::ServerVariable | Kind::SecurityScheme => vec![(ScopeId::Builder, 0)],
    }
}
