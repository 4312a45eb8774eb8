//! The version of the crate: how high it has to be, and the texts of codegen.toml and CHANGELOG.md with a higher one.

use crate::diagnostics::Style;
use crate::diff::{Class, Version, compare};
use crate::surface::Reader;
use crate::{Changelog, Config, FileTree, Generated};

use super::comparison::{Comparison, NewSide};
use super::crate_files::{CrateFiles, surface_of};
use super::document::Document;
use super::git::Commit;
use super::side::{OldSide, Side, SideArg};
use super::versions::Versions;
use super::{markdown, text};
use crate::cli::failure::Failure;
use crate::cli::inputs::{NamedPath, Paths, Settings, changelog_beside, count, read};
use crate::disk::CHANGELOG;
use crate::disk::output_folder::{Error, write_text};

/// Returns a note if the changelog describes a version that codegen.toml does not have yet, because `--bump` was
/// interrupted.
pub(crate) fn interrupted(
    paths: &Paths,
    changelog: &str,
    generated: &Generated,
    generate: &str,
) -> Option<String> {
    let described = Changelog::new(changelog).unreleased()?;
    let version = version_of(&generated.files)?;
    let name = paths.config.beside(CHANGELOG).name;
    (described > version).then(|| {
        format!(
            "`{name}` describes version {described}, but `{}` has {version}; run `{generate} --bump` to raise it, or delete the section",
            paths.config.name
        )
    })
}

fn version_of(files: &FileTree) -> Option<Version> {
    let manifest = surface_of(&mut Reader::default(), "", [("Cargo.toml", files.get("Cargo.toml")?)]).ok()?;
    Version::parse(&manifest.version).ok()
}

/// Compares a generated crate with an earlier state.
pub(crate) fn since(
    old: &OldSide,
    paths: &Paths,
    document: &Document,
    generated: &Generated,
    style: Style,
) -> Result<Comparison, Failure> {
    let new = NewSide::Generated { name: &paths.out.name, document, generated };
    match old {
        OldSide::Side(old) => Comparison::of(old, &new, style),
        OldSide::Before(commit) => Comparison::of_new(commit, &new, style),
    }
}

/// The texts of the settings and of the changelog after `--bump`. `None` if a text stays the same.
#[derive(Default)]
pub(crate) struct Bump {
    settings: Option<String>,
    changelog: Option<String>,
    /// Sentences for the user about what `--bump` does.
    pub(crate) notes: Vec<String>,
}

impl Bump {
    /// Raises the version in the settings. `versions` are too low.
    pub(crate) fn raise(
        &mut self,
        paths: &Paths,
        document: &mut Document,
        config: &mut Config,
        versions: &Versions,
    ) -> Result<(), Failure> {
        let name = &paths.config.name;
        let version = versions.required.to_string();
        let before = document.settings.as_ref().map_or("", |settings| &settings.text);
        let Some(text) = Config::with_version(before, &version) else {
            return Err(Failure::wrong_use(format!("cannot raise the version in `{name}`"))
                .with_help(format!("set `package.version` to \"{version}\"")));
        };
        let created = if paths.config.is_missing() { ", which is new" } else { "" };
        self.notes
            .push(format!("raised the version in `{name}` from {} to {version}{created}", versions.new));
        self.settings = Some(text.clone());
        document.settings = Some(Settings { name: name.clone(), text });
        config.package.version = Some(version);
        Ok(())
    }

    /// Describes the changes in the changelog. Returns its text for the crate, if there is one.
    pub(crate) fn describe(
        &mut self,
        paths: &Paths,
        comparison: &Comparison,
    ) -> Result<Option<String>, Failure> {
        let file = paths.config.beside(CHANGELOG);
        if comparison.is_new {
            self.notes.push(format!(
                "`{}` does not have the document `{}`, so the crate is new, and there are no changes to describe",
                comparison.old, paths.spec.name
            ));
            return changelog_beside(paths);
        }
        let has_changes = text::counts(comparison).is_some();
        let before = match has_changes {
            true if file.is_missing() => String::new(),
            true => read(&file, "move it, so that `--bump` can write a changelog")?,
            false => match changelog_beside(paths)? {
                Some(text) => text,
                None => return Ok(None),
            },
        };
        refuse_conflict(&file.name, &before)?;
        let Versions { old, new, .. } = &comparison.versions;
        let after = match has_changes {
            true => Changelog::new(&before).with_section(old, new, &markdown::changelog(comparison)),
            false => Changelog::new(&before).without_sections_after(old),
        };
        let after = after.map_err(|error| {
            Failure::wrong_use(format!("{}:{}: {error}", file.name, error.line())).with_help(error.help())
        })?;
        if !has_changes && after != before {
            self.notes.push(format!(
                "nothing has changed since `{}`, so the section of an earlier `--bump` was removed from `{}`; the version in `{}` is still {new}",
                comparison.old, file.name, paths.config.name
            ));
        }
        if has_changes && after != before {
            self.notes.push(format!("described the changes in `{}`", file.name));
        }
        self.changelog = (after != before).then(|| after.clone());
        Ok(Some(after).filter(|text| Changelog::new(text).has_generated()))
    }

    /// Writes the changelog and then the settings, so that an interrupted run leaves a changelog that is ahead of the
    /// settings, which the next run notices. The crate is written after them.
    pub(crate) fn write(&self, paths: &Paths) -> Result<(), Error> {
        let files =
            [(paths.config.beside(CHANGELOG), &self.changelog), (paths.config.clone(), &self.settings)];
        for (NamedPath { path, .. }, text) in files {
            if let Some(text) = text {
                write_text(&path, text)?;
            }
        }
        Ok(())
    }
}

/// Refuses a changelog with conflict markers: a new section would hide them.
fn refuse_conflict(name: &str, changelog: &str) -> Result<(), Failure> {
    let is_marker = |line: &str| line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ");
    match changelog.lines().position(is_marker) {
        Some(index) => Err(Failure::wrong_use(format!("{name}:{}: this is a conflict marker", index + 1))
            .with_help("resolve the conflict first")),
        None => Ok(()),
    }
}

/// Reads the earlier state of a crate for `--bump` and `--require-bump`. The default is the commit from which the current
/// branch was made.
///
/// # Errors
///
/// Returns an error for a document, because it does not have the version of the crate.
pub(crate) fn earlier(side: Option<&SideArg>, paths: &Paths) -> Result<OldSide, Failure> {
    let Some(side) = side else { return OldSide::at(&Commit::base(&paths.spec)?, paths) };
    let old = Side::read_old(side, paths)?;
    match &old {
        OldSide::Side(side) if side.is_only_a_document() => {
            let error =
                format!("`{}` is a document, which does not have the version of the crate", side.name);
            Err(Failure::wrong_use(error).with_help("pass `git:REV` or the folder of a crate"))
        }
        _ => Ok(old),
    }
}

/// Returns an error about a version that is too low for the changes since a commit.
pub(crate) fn too_low(comparison: &Comparison) -> Option<String> {
    let Comparison { old, versions, .. } = comparison;
    let counts = text::counts(comparison).filter(|_| !versions.is_enough())?;
    let Versions { new, required, .. } = versions;
    Some(format!(
        "the version {new} is too low for the changes since `{old}` ({counts}): {required} is required"
    ))
}

/// Returns one line about the changes from the crate in the output folder to a new one. `None` if its API stays the same or
/// cannot be read.
pub(crate) fn summary(folder: &NamedPath, generated: &Generated) -> Option<String> {
    let mut reader = Reader::default();
    let before = CrateFiles::read(folder).ok()?.surface(&mut reader).ok()?;
    let after = surface_of(&mut reader, &folder.name, generated.files.iter()).ok()?;
    let changes = compare(&before, &after);
    let number = |class| changes.iter().filter(|change| change.class == class).count();
    let counts = [(number(Class::Breaking), "breaking change"), (number(Class::Addition), "addition")];
    let counts = counts.into_iter().filter(|(number, _)| *number > 0);
    let counts: Vec<String> = counts.map(|(number, noun)| count(number, noun)).collect();
    if counts.is_empty() {
        return None;
    }
    // The folder can already have the version of an earlier `--bump`, so these changes do not tell which version is required.
    Some(format!("{} since the last run", counts.join(", ")))
}
