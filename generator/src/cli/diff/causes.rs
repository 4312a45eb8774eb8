//! The causes of changes: the locations in both documents, as pointers and as lines.

use std::collections::BTreeMap;

use crate::diagnostics::{Pointer, Position, positions};
use crate::diff::Change;
use crate::surface::Surface;
use crate::{Generated, WireChange};

use super::comparison::WireDifference;
use super::document::Document;
use super::parallel::both;
use super::told::Told;

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
    /// The location in an overlay that changes the value, or `pointer`.
    pub(crate) shown: Pointer,
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
    new_api: &Surface,
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
    let told = Told::of(&changes, &located, documents, new_api);
    let wire =
        wire.map(|all| all.into_iter().zip(of_wire).map(|(change, located)| told.mark(change, located)));
    let wire = wire.map(Iterator::collect);
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
    let pointers: Vec<Option<&'p Pointer>> = changes.iter().map(of_change).chain(of_wire).collect();
    let shown = |pointer: &'p Pointer| generated.corrections.get(pointer).unwrap_or(pointer);
    let found = positions(document.sources(), pointers.iter().flatten().map(|pointer| shown(pointer)));
    let location = |pointer: Option<&'p Pointer>| {
        let pointer = pointer?;
        let shown = shown(pointer);
        let (file, position) = found.get(shown)?.clone();
        Some(Location { pointer: pointer.clone(), shown: shown.clone(), file, position })
    };
    pointers.into_iter().map(location).collect()
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
                Some(format!("{} ({})", place(one), one.shown.reference()))
            }
            (Some(old), Some(new)) => {
                let moved = match old.shown == new.shown {
                    true => String::new(),
                    false => format!(" ({})", old.shown.reference()),
                };
                Some(format!("{} ({}), before: {}{moved}", place(new), new.shown.reference(), place(old)))
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
