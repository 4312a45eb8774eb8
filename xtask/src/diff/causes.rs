//! The causes of changes: the locations in both documents, as pointers and as lines.

use std::collections::{BTreeMap, BTreeSet};

use codegen::diagnostics::{Pointer, Position, positions};
use codegen::diff::{Change, ChangeKind, Class};
use codegen::{Generated, WireChange, WireChangeKind, WireSeverity};

use super::comparison::WireDifference;
use super::document::Document;
use super::parallel::both;

/// The locations of a change in the old and in the new document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Located {
    pub(crate) old: Option<Location>,
    pub(crate) new: Option<Location>,
}

/// A location in a document.
#[derive(Clone, Debug)]
pub(crate) struct Location {
    pub(crate) pointer: Pointer,
    pub(crate) file: String,
    pub(crate) position: Position,
}

/// The old and the new document with their crates, if they are known.
pub(super) type Documents<'a> = [Option<(&'a Document, &'a Generated)>; 2];

/// Locates changes of the API and differences on the wire in both documents, and describes the locations in the changes.
pub(super) fn locate(
    mut changes: Vec<Change>,
    wire: Option<Vec<WireChange>>,
    documents: Documents<'_>,
) -> (Vec<Change>, Vec<Located>, Option<Vec<WireDifference>>) {
    let [old, new] = documents;
    let all = wire.as_deref().unwrap_or_default();
    let (mut old, mut new) = both(
        || locations(old, &changes, |change| change.old.is_some(), all.iter().map(|change| &change.old)),
        || locations(new, &changes, |change| change.new.is_some(), all.iter().map(|change| &change.new)),
    );
    let pairs = |old: Vec<_>, new: Vec<_>| {
        old.into_iter().zip(new).map(|(old, new)| Located { old, new }).collect::<Vec<_>>()
    };
    let of_wire = pairs(old.split_off(changes.len()), new.split_off(changes.len()));
    let located = pairs(old, new);
    for (change, located) in changes.iter_mut().zip(&located) {
        change.cause = located.describe();
    }
    let wire = wire.map(|all| differences(all, of_wire, &changes, &located, documents));
    (changes, located, wire)
}

/// Returns the locations of changes and of differences on the wire in one document, in this order. The text of the document
/// is read once for all of them.
fn locations<'p>(
    side: Option<(&'p Document, &'p Generated)>,
    changes: &[Change],
    has_item: impl Fn(&Change) -> bool,
    wire: impl Iterator<Item = &'p Option<Pointer>>,
) -> Vec<Option<Location>> {
    let Some((document, generated)) = side else { return vec![None; changes.len() + wire.count()] };
    let of_change = |change| origin(&generated.origins, change).filter(|_| has_item(change));
    let of_wire = wire.map(Option::as_ref);
    let pointers: Vec<Option<&Pointer>> = changes.iter().map(of_change).chain(of_wire).collect();
    let found = positions(document.sources(), pointers.iter().flatten().copied());
    let location = |pointer: Option<&Pointer>| {
        let pointer = pointer?;
        let (file, position) = found.get(pointer)?.clone();
        Some(Location { pointer: pointer.clone(), file, position })
    };
    pointers.into_iter().map(location).collect()
}

/// Marks the differences on the wire that changes of the API tell as well.
fn differences(
    all: Vec<WireChange>,
    located: Vec<Located>,
    changes: &[Change],
    of_changes: &[Located],
    documents: Documents<'_>,
) -> Vec<WireDifference> {
    let breaking = ChangedValues::of(changes, of_changes, &[Class::Breaking], documents);
    let visible = ChangedValues::of(changes, of_changes, &[Class::Breaking, Class::Addition], documents);
    let difference = |(change, located): (WireChange, Located)| {
        // An addition does not tell that old calls fail.
        let known = if change.severity == WireSeverity::Error { &breaking } else { &visible };
        let changes_api =
            !is_of_limits(change.kind) && known.contain(change.old.as_ref(), change.new.as_ref());
        WireDifference { change, located, changes_api }
    };
    all.into_iter().zip(located).map(difference).collect()
}

impl Located {
    /// Returns the file and the line in the new document, or in the old one if the value is removed.
    pub(crate) fn place(&self) -> Option<String> {
        self.new.as_ref().or(self.old.as_ref()).map(place)
    }

    /// Describes the locations in one line. `None` if there are none.
    pub(crate) fn describe(&self) -> Option<String> {
        match (&self.old, &self.new) {
            (None, None) => None,
            (Some(one), None) | (None, Some(one)) => {
                Some(format!("{} ({})", place(one), one.pointer.reference()))
            }
            (Some(old), Some(new)) => {
                let moved = match old.pointer == new.pointer {
                    true => String::new(),
                    false => format!(" ({})", old.pointer.reference()),
                };
                Some(format!("{} ({}), before: {}{moved}", place(new), new.pointer.reference(), place(old)))
            }
        }
    }
}

fn place(location: &Location) -> String {
    format!("{}:{}", location.file, location.position.line)
}

/// Returns the location of the item that changes, or else of the type or operation that contains it.
fn origin<'o>(origins: &'o BTreeMap<String, Pointer>, change: &Change) -> Option<&'o Pointer> {
    let argument = change.argument.as_ref().and_then(|name| origins.get(&format!("{}::{name}", change.path)));
    argument.or_else(|| {
        let ends = change.path.rmatch_indices("::").map(|(end, _)| end);
        let paths = [change.path.len()].into_iter().chain(ends).map(|end| &change.path[..end]);
        paths.filter(|path| path.contains(' ') || path.contains("::")).find_map(|path| origins.get(path))
    })
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
