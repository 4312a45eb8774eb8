//! The differences on the wire that changes of the API tell as well, so that the report lists each once.

use std::collections::BTreeSet;

use crate::diagnostics::Pointer;
use crate::diff::{Change, ChangeKind, Class};
use crate::surface::{ItemKind, Surface};
use crate::{Generated, WireChange, WireChangeKind, WireSeverity};

use super::causes::{Documents, Located};
use super::comparison::WireDifference;

/// The values of both documents about which the changes of the API say something.
pub(super) struct Told {
    /// Changes after which programs may no longer compile.
    breaking: ChangedValues,
    /// The same, and additions.
    visible: ChangedValues,
    /// The values of the new document whose types have new variants.
    with_new_variants: BTreeSet<String>,
}

impl Told {
    pub(super) fn of(
        changes: &[Change],
        located: &[Located],
        documents: Documents<'_>,
        new_api: &Surface,
    ) -> Self {
        let [_, new] = documents;
        Self {
            breaking: ChangedValues::of(changes, located, &[Class::Breaking], documents),
            visible: ChangedValues::of(changes, located, &[Class::Breaking, Class::Addition], documents),
            with_new_variants: new
                .map(|(_, generated)| values_with_new_variants(changes, generated, new_api))
                .unwrap_or_default(),
        }
    }

    /// Marks a difference that a change of the API tells.
    pub(super) fn mark(&self, change: WireChange, located: Located) -> WireDifference {
        // An addition does not tell that old calls fail.
        let known = if change.severity == WireSeverity::Error { &self.breaking } else { &self.visible };
        let has_new_variants =
            || change.new.as_ref().is_some_and(|at| self.with_new_variants.contains(&at.reference()));
        let changes_api = (!is_of_limits(change.kind)
            && known.contain(change.old.as_ref(), change.new.as_ref()))
            || (is_of_new_values(change.kind, change.severity) && has_new_variants());
        WireDifference { change, located, changes_api }
    }
}

/// Returns the values whose types have new variants: the fields with such a type, and the types with such a field, because
/// the alternatives of a union can be properties of its object.
fn values_with_new_variants(
    changes: &[Change],
    generated: &Generated,
    new_api: &Surface,
) -> BTreeSet<String> {
    let kinds = [ChangeKind::VariantAdded, ChangeKind::ExhaustiveVariantAdded, ChangeKind::ItemAdded];
    let of_kinds = changes.iter().filter(|change| kinds.contains(&change.kind));
    let mut types: BTreeSet<&str> = of_kinds.map(|change| change.group.as_str()).collect();
    let aliases = new_api.items().iter().filter_map(|item| match &item.kind {
        ItemKind::Alias { target, .. } if types.contains(target.as_str()) => Some(item.path.as_str()),
        _ => None,
    });
    let aliases: Vec<&str> = aliases.collect();
    types.extend(aliases);
    let is_path = |character: char| character.is_alphanumeric() || matches!(character, '_' | ':');
    let mut values = BTreeSet::new();
    for item in new_api.items() {
        let ItemKind::Field(ty) = &item.kind else { continue };
        if ty.split(|character| !is_path(character)).any(|path| types.contains(path)) {
            let paths = [item.path.as_str(), item.owner()];
            values
                .extend(paths.iter().filter_map(|path| generated.origins.get(*path)).map(Pointer::reference));
        }
    }
    values
}

/// The values of both documents whose difference changes the public API.
struct ChangedValues {
    /// Values that change as a whole, such as a property.
    whole: [BTreeSet<String>; 2],
    /// Values of which a part changes, such as a type.
    partial: [BTreeSet<String>; 2],
}

impl ChangedValues {
    /// Collects the values of changes of these classes.
    fn of(changes: &[Change], located: &[Located], classes: &[Class], documents: Documents<'_>) -> Self {
        let mut values = Self { whole: Default::default(), partial: Default::default() };
        let is_of_api = |change: &Change| classes.contains(&change.class) && tells_values(change.kind);
        for (change, located) in changes.iter().zip(located).filter(|(change, _)| is_of_api(change)) {
            let sets = if is_whole(change) { &mut values.whole } else { &mut values.partial };
            for (set, location) in sets.iter_mut().zip([&located.old, &located.new]) {
                set.extend(location.iter().map(|location| location.pointer.reference()));
            }
        }
        let of_classes = changes.iter().filter(|change| classes.contains(&change.class));
        values.add_types_of_variants(of_classes, documents);
        values
    }

    /// Adds the unions and enums whose variants change.
    fn add_types_of_variants<'c>(
        &mut self,
        changes: impl Iterator<Item = &'c Change>,
        documents: Documents<'_>,
    ) {
        let kinds =
            [ChangeKind::VariantAdded, ChangeKind::VariantRemoved, ChangeKind::ExhaustiveVariantAdded];
        let types: Vec<&String> =
            changes.filter(|change| kinds.contains(&change.kind)).map(|change| &change.group).collect();
        for (set, side) in self.partial.iter_mut().zip(documents) {
            let Some((_, generated)) = side else { continue };
            set.extend(
                types.iter().copied().filter_map(|ty| generated.origins.get(ty)).map(Pointer::reference),
            );
        }
    }

    fn contain(&self, old: Option<&Pointer>, new: Option<&Pointer>) -> bool {
        let is_known = |side: usize, pointer: Option<&Pointer>| {
            let Some(reference) = pointer.map(Pointer::reference) else { return false };
            let ends = reference.match_indices('/').map(|(end, _)| end).chain([reference.len()]);
            self.partial[side].contains(&reference)
                || ends.into_iter().any(|end| self.whole[side].contains(&reference[..end]))
        };
        is_known(0, old) || is_known(1, new)
    }
}

/// Returns true if a kind of change can describe other values on the wire. Attributes and features do not.
fn tells_values(kind: ChangeKind) -> bool {
    use ChangeKind as K;
    !matches!(
        kind,
        K::Deprecated
            | K::NotDeprecated
            | K::MustUseAdded
            | K::MustUseRemoved
            | K::FeatureAdded
            | K::FeatureRemoved
            | K::FeatureNarrowed
            | K::FeatureWidened
            | K::FeatureRequired
            | K::FeatureNotRequired
            | K::DefaultFeatureRemoved
    )
}

/// Returns true for values that old clients preserve without knowing them.
fn is_of_new_values(kind: WireChangeKind, severity: WireSeverity) -> bool {
    let is_new = kind.id().ends_with("-one-of-added") || kind.id().ends_with("-enum-value-added");
    is_new && severity == WireSeverity::Note
}

/// Returns true for limits, patterns and defaults, which no Rust type tells.
fn is_of_limits(kind: WireChangeKind) -> bool {
    let parts = ["-max-", "-min-", "-multiple-of-", "-pattern-", "-unique-items-", "-default-value-"];
    parts.iter().any(|part| kind.id().contains(part))
}

/// Returns true if all values inside of the location belong to the change.
fn is_whole(change: &Change) -> bool {
    use ChangeKind as K;
    let is_member = change.path.starts_with("types::") && change.path.matches("::").count() > 1;
    let kinds = [K::ItemRemoved, K::ItemAdded, K::ItemKindChanged, K::OperationRemoved, K::OperationAdded];
    is_member || change.argument.is_some() || kinds.contains(&change.kind)
}
