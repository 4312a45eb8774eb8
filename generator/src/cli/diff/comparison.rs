//! Compares two sides: what changes because of the document, what changes because of the generator, and what changes on
//! the wire.

use std::collections::BTreeMap;
use std::thread;

use crate::diagnostics::Style;
use crate::diff::{Change, Class, Version, compare, required_version};
use crate::surface::Surface;
use crate::{Generated, Lock, WireChange, wire_changes};

use super::causes::{self, Located};
use super::side::{Document, Side, generate, is_code, surface_of};
use crate::cli::failure::Failure;

/// The differences between two sides.
pub(crate) struct Comparison {
    /// The name of the old side.
    pub(crate) old: String,
    /// The name of the new side.
    pub(crate) new: String,
    /// The changes of the public API because of the document and the settings.
    pub(crate) changes: Vec<Change>,
    /// The locations of `changes`, in the same order.
    pub(crate) located: Vec<Located>,
    /// The changes that have another cause than the document.
    pub(crate) generator: Option<OtherCause>,
    /// The differences on the wire. `None` if a side is the folder of a crate, which has no document.
    pub(crate) wire: Option<Vec<WireDifference>>,
    /// The versions.
    pub(crate) versions: Versions,
}

/// Changes that another generator or an outdated crate causes: the document would have the crate of `changes` before.
pub(crate) struct OtherCause {
    /// The version of the generator that wrote the old crate, if it is known.
    pub(crate) from: Option<String>,
    /// The version of this generator.
    pub(crate) to: String,
    /// True if the old crate was not generated from the old document and settings.
    pub(crate) is_outdated: bool,
    /// The changes of the public API.
    pub(crate) changes: Vec<Change>,
}

/// A difference on the wire with its locations.
pub(crate) struct WireDifference {
    /// The difference.
    pub(crate) change: WireChange,
    /// The locations in the old and the new document.
    pub(crate) located: Located,
    /// True if a change of the public API has the same cause.
    pub(crate) changes_api: bool,
}

/// The version of a crate before and after, and the version that the changes require.
pub(crate) struct Versions {
    /// The version of the old crate.
    pub(crate) old: Version,
    /// The version of the new crate.
    pub(crate) new: Version,
    /// The lowest version that the new crate can have.
    pub(crate) required: Version,
}

impl Versions {
    pub(super) fn of(old: &str, new: &str, changes: &[Change]) -> Self {
        // Crates of other authors can have an invalid version.
        let parse = |text: &str| Version::parse(text).unwrap_or(Version::new(0, 1, 0));
        let (old, new) = (parse(old), parse(new));
        let required = required_version(&old, changes);
        Self { old, new, required }
    }

    /// Returns true if the new version is high enough. A pre-release of the required version is.
    pub(crate) fn is_enough(&self) -> bool {
        let core = |version: &Version| (version.major, version.minor, version.patch);
        self.required == self.old || (core(&self.new) >= core(&self.required) && self.new > self.old)
    }
}

/// The new side of a comparison.
pub(crate) enum NewSide<'a> {
    /// A side that is read, and generated with the lock of the old side.
    Side(&'a Side),
    /// A crate that is already generated, and its document.
    Generated { name: &'a str, document: &'a Document, generated: &'a Generated },
}

impl Comparison {
    /// Compares two sides.
    pub(crate) fn of(old: &Side, new: &NewSide<'_>, style: Style) -> Result<Self, Failure> {
        let before = old
            .document
            .as_ref()
            .map(|document| generate(document, &document.config(style)?, &old.lock, style));
        let before = before.transpose()?;
        let lock = before.as_ref().map_or(&old.lock, |generated| &generated.lock);
        let written = Written { name: &old.name, files: old.written.as_ref(), lock: &old.lock };
        let (surfaces, after) = thread::scope(|scope| {
            let surfaces = scope.spawn(|| old_surfaces(written, before.as_ref()));
            let after = match new {
                NewSide::Side(side) => side
                    .document
                    .as_ref()
                    .map(|document| generate(document, &document.config(style)?, lock, style)),
                NewSide::Generated { .. } => None,
            };
            (surfaces.join(), after)
        });
        let (old_surface, generator) = surfaces.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        let after = after.transpose()?;
        let (name, document, after) = match new {
            NewSide::Side(side) => (side.name.as_str(), side.document.as_ref(), after.as_ref()),
            NewSide::Generated { name, document, generated } => (*name, Some(*document), Some(*generated)),
        };
        let new_surface = match (after, new) {
            (Some(generated), _) => surface_of(name, generated.files.iter())?,
            (None, NewSide::Side(side)) => {
                side.written_surface().unwrap_or_else(|| Ok(Surface::default()))?
            }
            (None, NewSide::Generated { .. }) => Surface::default(),
        };

        let mut changes = compare(&old_surface, &new_surface);
        let documents = (old.document.as_ref().zip(before.as_ref()), document.zip(after));
        let located = causes::locate(&mut changes, documents);
        let wire = match documents {
            (Some((_, before)), Some((_, after))) => {
                let all = wire_changes(&before.contract, &after.contract);
                Some(causes::locate_wire(all, &changes, &located, documents))
            }
            _ => None,
        };
        let others = generator.iter().flat_map(|generator| &generator.changes);
        let all: Vec<Change> = changes.iter().chain(others).cloned().collect();
        let old_version = written.version()?.unwrap_or(old_surface.version);
        let versions = Versions::of(&old_version, &new_surface.version, &all);
        let (old, new) = (old.name.clone(), name.to_owned());
        Ok(Self { old, new, changes, located, generator, wire, versions })
    }

    /// Returns the changes with all causes.
    pub(crate) fn all_changes(&self) -> impl Iterator<Item = &Change> {
        let others = self.generator.iter().flat_map(|generator| &generator.changes);
        self.changes.iter().chain(others)
    }

    /// Returns the number of changes of a class.
    pub(crate) fn count(&self, class: Class) -> usize {
        self.all_changes().filter(|change| change.class == class).count()
    }
}

/// The old crate as it was written.
#[derive(Clone, Copy)]
struct Written<'a> {
    name: &'a str,
    files: Option<&'a BTreeMap<String, String>>,
    lock: &'a Lock,
}

impl Written<'_> {
    fn surface(self) -> Result<Surface, Failure> {
        let files = self.files.into_iter().flatten();
        surface_of(self.name, files.map(|(path, text)| (path.as_str(), text.as_str())))
    }

    /// Returns the version in the manifest.
    fn version(self) -> Result<Option<String>, Failure> {
        let Some(manifest) = self.files.and_then(|files| files.get("Cargo.toml")) else { return Ok(None) };
        Ok(Some(surface_of(self.name, [("Cargo.toml", manifest.as_str())])?.version))
    }

    /// Returns true if the crate has the same code as a generated one.
    fn is_code_of(self, generated: &Generated) -> bool {
        let of_crate = self.files.into_iter().flatten().map(|(path, text)| (path.as_str(), text.as_str()));
        let of_crate = of_crate.filter(|(path, _)| is_code(path));
        of_crate.eq(generated.files.iter().filter(|(path, _)| is_code(path)))
    }
}

/// Returns the public API of the old document through this generator, and the changes to it from the old crate as it was
/// written.
fn old_surfaces(
    written: Written<'_>,
    generated: Option<&Generated>,
) -> Result<(Surface, Option<OtherCause>), Failure> {
    let Some(generated) = generated else { return Ok((written.surface()?, None)) };
    let surface = surface_of(written.name, generated.files.iter())?;
    if written.files.is_none() || written.is_code_of(generated) {
        return Ok((surface, None));
    }
    let other = OtherCause {
        from: written.lock.generator().map(str::to_owned),
        to: generated.lock.generator().unwrap_or_default().to_owned(),
        is_outdated: !written.lock.has_same_sources(&generated.lock),
        changes: compare(&written.surface()?, &surface),
    };
    Ok((surface, Some(other).filter(|other| !other.changes.is_empty())))
}
