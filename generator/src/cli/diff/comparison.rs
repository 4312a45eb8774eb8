//! Compares two sides: what changes because of the document, what changes because of the generator, and what changes on
//! the wire.

use std::borrow::Cow;

use crate::diagnostics::Style;
use crate::diff::{Change, Class, compare};
use crate::surface::{Reader, Surface};
use crate::{Generated, Lock, WireChange, wire_changes};

use super::causes::{self, Located};
use super::crate_files::{CrateFiles, surface_of};
use super::document::Document;
use super::parallel::both;
use super::side::Side;
use super::versions::Versions;
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
    /// True if the old side does not have the document, so the whole crate is new.
    pub(crate) is_new: bool,
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

/// The new side of a comparison.
pub(crate) enum NewSide<'a> {
    /// A side that is read, and generated with the lock of the old side.
    Side(&'a Side),
    /// A crate that is already generated, and its document.
    Generated { name: &'a str, document: &'a Document, generated: &'a Generated },
}

impl<'a> NewSide<'a> {
    fn name(&self) -> &'a str {
        match self {
            Self::Side(side) => &side.name,
            Self::Generated { name, .. } => name,
        }
    }

    fn document(&self) -> Option<&'a Document> {
        match self {
            Self::Side(side) => side.document.as_ref(),
            Self::Generated { document, .. } => Some(document),
        }
    }

    /// Generates the crate, if that is not done yet. `None` if the side is the folder of a crate.
    fn generate(&self, lock: &Lock, style: Style) -> Result<Option<Cow<'a, Generated>>, Failure> {
        match self {
            Self::Side(side) => Ok(side.generate(lock, style)?.map(Cow::Owned)),
            Self::Generated { generated, .. } => Ok(Some(Cow::Borrowed(generated))),
        }
    }

    /// Reads the public API from the generated crate, or else from the folder of the crate.
    fn surface(&self, generated: Option<&Generated>, reader: &mut Reader) -> Result<Surface, Failure> {
        match (generated, self) {
            (Some(generated), _) => surface_of(reader, self.name(), generated.files.iter()),
            (None, Self::Side(Side { written: Some(files), .. })) => files.surface(reader),
            (None, _) => Ok(Surface::default()),
        }
    }
}

impl Comparison {
    /// Compares two sides.
    pub(crate) fn of(old: &Side, new: &NewSide<'_>, style: Style) -> Result<Self, Failure> {
        let before = old.generate(&old.lock, style)?;
        // Both crates have the same names, so no difference comes from names that another run would choose.
        let lock = before.as_ref().map_or(&old.lock, |generated| &generated.lock);
        let mut reader = Reader::default();
        let written = Written { name: &old.name, files: old.written.as_ref(), lock: &old.lock };
        let (of_old, after) =
            both(|| written.compare(before.as_ref(), &mut reader), || new.generate(lock, style));
        let (OldApi { surface: old_surface, version, generator }, after) = (of_old?, after?);
        let new_surface = new.surface(after.as_deref(), &mut reader)?;

        let changes = compare(&old_surface, &new_surface);
        let documents = [old.document.as_ref().zip(before.as_ref()), new.document().zip(after.as_deref())];
        let wire = match documents {
            [Some((_, before)), Some((_, after))] => Some(wire_changes(&before.contract, &after.contract)),
            _ => None,
        };
        let versions = Versions::of(&version, &new_surface.version)?;
        let (old, new) = (old.name.clone(), new.name().to_owned());
        let (changes, located, wire) = causes::locate(changes, wire, documents, &new_surface);
        let is_new = false;
        let mut comparison = Self { old, new, changes, located, generator, wire, versions, is_new };
        comparison.versions.require(comparison.all_changes().map(|change| change.class).min());
        Ok(comparison)
    }

    /// Returns the comparison of a new crate with a commit that does not have its document. It has no changes, because the
    /// crate has no users yet.
    pub(crate) fn of_new(old: &str, new: &NewSide<'_>, style: Style) -> Result<Self, Failure> {
        let generated = new.generate(&Lock::default(), style)?;
        let surface = new.surface(generated.as_deref(), &mut Reader::default())?;
        Ok(Self {
            old: old.to_owned(),
            new: new.name().to_owned(),
            changes: Vec::new(),
            located: Vec::new(),
            generator: None,
            wire: Some(Vec::new()),
            versions: Versions::of(&surface.version, &surface.version)?,
            is_new: true,
        })
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

/// The public API of the old side.
struct OldApi {
    /// The API of the document through this generator, or of the crate if there is no document.
    surface: Surface,
    /// The version of the crate as it was written, or else of the generated one.
    version: String,
    generator: Option<OtherCause>,
}

/// The old crate as it was written.
struct Written<'a> {
    name: &'a str,
    files: Option<&'a CrateFiles>,
    lock: &'a Lock,
}

impl Written<'_> {
    /// Compares the crate with the crate that this generator makes of the old document.
    fn compare(self, generated: Option<&Generated>, reader: &mut Reader) -> Result<OldApi, Failure> {
        let written = |reader: &mut Reader| self.files.map(|files| files.surface(reader)).transpose();
        let Some(generated) = generated else {
            let surface = written(reader)?.unwrap_or_default();
            return Ok(OldApi { version: surface.version.clone(), surface, generator: None });
        };
        let surface = surface_of(reader, self.name, generated.files.iter())?;
        let is_same = self.files.is_none_or(|files| files.has_same_code(generated.files.iter()));
        let Some(written) = (if is_same { None } else { written(reader)? }) else {
            return Ok(OldApi { version: surface.version.clone(), surface, generator: None });
        };
        let other = OtherCause {
            from: self.lock.generator().map(str::to_owned),
            to: generated.lock.generator().unwrap_or_default().to_owned(),
            is_outdated: !self.lock.has_same_sources(&generated.lock),
            changes: compare(&written, &surface),
        };
        let generator = Some(other).filter(|other| !other.changes.is_empty());
        Ok(OldApi { surface, version: written.version, generator })
    }
}
