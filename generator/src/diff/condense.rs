//! Removes changes that other changes imply, so that each change of the document is reported once: a new field and not its
//! setter as well, a new resource and not its feature, accessor, operations and mock. A change never implies a more severe
//! one: a new variant can remove a conversion, because two variants hold the same type now.

use std::collections::{BTreeMap, BTreeSet};

use super::apis::Apis;
use super::change::{Change, ChangeKind, Class};
use super::conditions;
use super::index::{Index, MANIFEST};
use super::renames::Renames;
use crate::surface::{Item, ItemKind, words};

/// Returns the changes that no other change implies.
pub(super) fn condense(apis: &Apis<'_>, renames: &Renames, changes: Vec<Change>) -> Vec<Change> {
    let facts = Facts::of(apis, renames, &changes);
    let mut kept: Vec<Change> = Vec::with_capacity(changes.len());
    let mut has_runtime_change = [false; 2];
    for mut change in changes {
        if change.kind == ChangeKind::RuntimeChanged {
            let is_mock = change.path.contains("mock");
            if std::mem::replace(&mut has_runtime_change[usize::from(is_mock)], true) {
                continue;
            }
            let (group, name) =
                if is_mock { ("mock", "the mock server") } else { ("runtime", "the runtime") };
            change.group = group.to_owned();
            change.path = group.to_owned();
            change.message = format!("{name} behaves differently");
            (change.old, change.new) = (None, None);
        }
        let is_implied = facts.implies(&change)
            || (change.kind == ChangeKind::BehaviorChanged && facts.has_touched_field(apis, &change));
        if !is_implied {
            kept.push(change);
        }
    }
    kept
}

/// Facts about other items that follow from the changes.
#[derive(Default)]
struct Facts {
    /// Resources that are added or removed, with their features.
    resources: BTreeSet<String>,
    features: BTreeSet<String>,
    /// The paths of items that other changes describe, by the kind of change.
    described: BTreeSet<(ChangeKind, String)>,
    /// The classes of the changes of a group, by the group. Changes of the mock do not count.
    groups: BTreeMap<String, BTreeSet<Class>>,
    /// Paths with changes other than of documentation and behavior, and their owners.
    touched: BTreeSet<String>,
    /// Types with methods that are added or removed.
    with_methods: BTreeSet<String>,
    /// Impls that removed and added variants explain, by their text, with the most severe class of the change of the variant.
    removed_impls: BTreeMap<String, Class>,
    added_impls: BTreeMap<String, Class>,
    /// Members that belong to fields and variants: their type and their letters, with the most severe class.
    members: BTreeMap<(String, String), Class>,
    /// Fields and variants that become deprecated, or are no longer: their type and their letters.
    deprecations: BTreeSet<(String, String)>,
    /// True if generated code has additions or breaking changes.
    has_new_code: bool,
    /// New items of the runtime: a crate has the parts that its generated code uses.
    new_in_runtime: BTreeSet<String>,
}

impl Facts {
    fn of(apis: &Apis<'_>, renames: &Renames, changes: &[Change]) -> Self {
        // The code of a type has its name.
        let mut facts = Self { touched: renames.kept.values().cloned().collect(), ..Self::default() };
        for change in changes {
            facts.add(change);
            for index in [&apis.old, &apis.new] {
                facts.add_operation(index, change);
            }
            if apis.new.is_of_runtime(&change.path) {
                facts.new_in_runtime.extend(change.old.is_none().then(|| change.path.clone()));
            } else if change.group != MANIFEST {
                facts.has_new_code |= change.class <= Class::Addition;
            }
            // The old variant explains why a conversion is removed, and the new one why a conversion is added.
            if matches!(change.kind, ChangeKind::VariantRemoved | ChangeKind::VariantFieldsChanged) {
                add_variant(&mut facts.removed_impls, &apis.old, change);
            }
            if matches!(
                change.kind,
                ChangeKind::VariantAdded
                    | ChangeKind::ExhaustiveVariantAdded
                    | ChangeKind::VariantFieldsChanged
            ) {
                add_variant(&mut facts.added_impls, &apis.new, change);
            }
        }
        facts
    }

    fn add(&mut self, change: &Change) {
        use ChangeKind::{
            BehaviorChanged, Deprecated, DocsChanged, ExhaustiveFieldAdded, ExhaustiveVariantAdded,
            FieldAdded, FieldRemoved, FieldTypeChanged, MethodAdded, MethodRemoved, NotDeprecated,
            ResourceAdded, ResourceRemoved, RuntimeChanged, VariantAdded, VariantFieldsChanged,
            VariantRemoved,
        };
        if matches!(change.kind, ResourceAdded | ResourceRemoved) {
            self.resources.insert(change.path.clone());
        }
        if !change.path.starts_with("mock::") {
            self.groups.entry(change.group.clone()).or_default().insert(change.class);
        }
        if matches!(
            change.kind,
            FieldAdded
                | FieldRemoved
                | FieldTypeChanged
                | ExhaustiveFieldAdded
                | VariantAdded
                | VariantRemoved
                | VariantFieldsChanged
                | ExhaustiveVariantAdded
        ) {
            let (owner, name) = change.path.rsplit_once("::").unwrap_or_default();
            add_class(&mut self.members, (owner.to_owned(), letters(name)), change.class);
        }
        let is_setter = is_setter(change);
        if matches!(change.kind, Deprecated | NotDeprecated) && !is_setter {
            let (owner, name) = change.path.rsplit_once("::").unwrap_or_default();
            self.deprecations.insert((owner.to_owned(), letters(name)));
        }
        if let (MethodAdded | MethodRemoved, Some((owner, _))) = (change.kind, change.path.rsplit_once("::"))
        {
            self.with_methods.insert(owner.to_owned());
        }
        if !matches!(change.kind, DocsChanged | BehaviorChanged | RuntimeChanged) {
            self.touched.insert(change.path.clone());
            self.touched.extend(change.path.rsplit_once("::").map(|(owner, _)| owner.to_owned()));
        }
    }

    /// Notes the request type of an operation that is added or removed, or the feature of a resource.
    fn add_operation(&mut self, index: &Index<'_>, change: &Change) {
        if matches!(change.kind, ChangeKind::ResourceAdded | ChangeKind::ResourceRemoved) {
            let item = index.ty(&change.path);
            let features = item.iter().flat_map(|item| conditions::features(&item.conditions));
            self.features.extend(features.map(str::to_owned));
        }
        let kind = match change.kind {
            ChangeKind::OperationAdded => ChangeKind::ItemAdded,
            ChangeKind::OperationRemoved => ChangeKind::ItemRemoved,
            _ => return,
        };
        if let Some(ItemKind::Function(callable)) = index.function(&change.path).map(|item| &item.kind) {
            self.described.insert((kind, callable.output.clone()));
        }
    }

    /// Returns true if other changes imply a change.
    fn implies(&self, change: &Change) -> bool {
        use ChangeKind as K;
        let is_of_resource = self.resources.contains(&change.group);
        let of_feature =
            change.path.strip_prefix("feature ").is_some_and(|name| self.features.contains(name));
        if self.has_new_code && change.class >= Class::Addition && self.new_in_runtime.contains(&change.path)
        {
            return true;
        }
        match change.kind {
            K::ResourceAdded | K::ResourceRemoved => false,
            K::FeatureAdded | K::FeatureRemoved => of_feature,
            K::ItemAdded | K::ItemRemoved if self.described.contains(&(change.kind, change.path.clone())) => {
                true
            }
            K::DocsChanged => self.touched.contains(&change.path),
            K::BehaviorChanged => self.is_touched(change),
            // The parameters say what changes.
            K::RequestTypeChanged if self.with_methods.contains(&change.path) => true,
            K::ImplAdded => is_explained(&self.added_impls, change.new.as_ref(), change.class),
            K::ImplRemoved => is_explained(&self.removed_impls, change.old.as_ref(), change.class),
            K::MethodAdded
            | K::MethodRemoved
            | K::ArgumentTypeChanged
            | K::ArgumentTypeWidened
            | K::ReturnTypeChanged
                if self.belongs_to_member(change) =>
            {
                true
            }
            K::Deprecated | K::NotDeprecated if self.shares_deprecation(change) => true,
            _ if is_of_resource => true,
            _ => change.path.starts_with("mock::") && self.has_class(change),
        }
    }

    /// Returns true for the setter or accessor of a field or variant whose deprecation changes as well.
    fn shares_deprecation(&self, change: &Change) -> bool {
        let (owner, name) = change.path.rsplit_once("::").unwrap_or_default();
        is_setter(change)
            && member_names(name).any(|name| self.deprecations.contains(&(owner.to_owned(), name)))
    }

    /// Returns true if the group has a change of the same class outside of the mock.
    fn has_class(&self, change: &Change) -> bool {
        self.groups.get(&change.group).is_some_and(|classes| classes.contains(&change.class))
    }

    /// Returns true if the item has changes that explain its behavior.
    fn is_touched(&self, change: &Change) -> bool {
        let classes = self.groups.get(&change.group);
        let has_api_change = classes
            .is_some_and(|classes| classes.contains(&Class::Breaking) || classes.contains(&Class::Addition));
        let is_operation = change.group != change.path && !change.path.starts_with("mock::");
        match is_operation && change.group.starts_with("resources::") {
            true => {
                let request = change.new.as_deref().and_then(|text| text.rsplit_once(" -> "));
                self.touched.contains(&change.path)
                    || request.is_some_and(|(_, ty)| self.touched.contains(ty))
            }
            // The mock knows all operations.
            false if change.path.starts_with("mock::") => self
                .groups
                .values()
                .any(|classes| classes.contains(&Class::Breaking) || classes.contains(&Class::Addition)),
            false => has_api_change || self.touched.contains(&change.path),
        }
    }

    /// Returns true for the setter or accessor of a field or variant that changes as well.
    fn belongs_to_member(&self, change: &Change) -> bool {
        let (owner, name) = change.path.rsplit_once("::").unwrap_or_default();
        let is_member = |name: String| {
            self.members.get(&(owner.to_owned(), name)).is_some_and(|class| *class <= change.class)
        };
        member_names(name).any(is_member)
    }

    /// Returns true for a type with a field whose type changes: it encodes and decodes the field.
    fn has_touched_field(&self, apis: &Apis<'_>, change: &Change) -> bool {
        let is_touched = |item: &&Item| match &item.kind {
            ItemKind::Field(ty) => words(ty).any(|(_, path)| self.touched.contains(path)),
            _ => false,
        };
        apis.new.members(&change.path).any(|item| is_touched(&item))
    }
}

/// Returns true if a change can be the one of a setter or accessor.
fn is_setter(change: &Change) -> bool {
    change.new.as_ref().is_some_and(|declaration| declaration.contains("fn "))
}

/// Returns the letters of the fields and variants to which a method can belong: `with_tag` is the setter of `tag`, and also
/// of `with_tag`, and `as_tag_null` an accessor of `Tag`.
fn member_names(method: &str) -> impl Iterator<Item = String> {
    let bare = ["with_", "as_", "is_"].iter().find_map(|prefix| method.strip_prefix(prefix)).map(letters);
    let without_null = bare
        .as_ref()
        .and_then(|name| name.strip_prefix("null").or_else(|| name.strip_suffix("null")).map(str::to_owned));
    [Some(letters(method)), bare, without_null].into_iter().flatten()
}

/// Notes the conversion from the value of a variant.
fn add_variant(impls: &mut BTreeMap<String, Class>, index: &Index<'_>, change: &Change) {
    let Some((owner, _)) = change.path.rsplit_once("::") else { return };
    let key = (change.path.as_str(), super::index::Role::Member);
    for item in index.items.get(&key).into_iter().flatten() {
        let ItemKind::Variant { fields, .. } = &item.kind else { continue };
        for field in fields {
            let boxed = field.ty.strip_prefix("Box<").and_then(|rest| rest.strip_suffix('>'));
            let text = format!("impl From<{}> for {owner}", boxed.unwrap_or(&field.ty));
            add_class(impls, text, change.class);
        }
    }
}

/// Returns true if the change of a variant explains that an impl is added or removed.
fn is_explained(impls: &BTreeMap<String, Class>, text: Option<&String>, class: Class) -> bool {
    text.and_then(|text| impls.get(text)).is_some_and(|of_variant| *of_variant <= class)
}

/// Notes the class of a change, if it is more severe than the others of the key.
fn add_class<K: Ord>(classes: &mut BTreeMap<K, Class>, key: K, class: Class) {
    classes.entry(key).and_modify(|it| *it = class.min(*it)).or_insert(class);
}

/// Returns the letters of a name, so that `SaveToVault` and `save_to_vault` are the same.
fn letters(name: &str) -> String {
    name.trim_start_matches("r#").chars().filter(|it| *it != '_').flat_map(char::to_lowercase).collect()
}
