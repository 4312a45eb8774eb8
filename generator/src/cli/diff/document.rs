//! A document with its settings and other files, and the crate that is generated from it.

use std::path::Path;

use crate::diagnostics::{Diagnostic, Severity, Style};
use crate::{Config, Diagnostics, Files, Generated, Lock, Outcome, Source, Sources};

use crate::cli::console::FAILED;
use crate::cli::failure::Failure;
use crate::cli::inputs::{NamedPath, Paths, Settings, parse_config, read, settings_of};
use crate::disk::DocumentFolder;

/// A document with its settings and other files.
pub(crate) struct Document {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) settings: Option<Settings>,
    pub(super) files: Box<dyn Files + Send + Sync>,
}

impl Document {
    /// Reads the document and the settings of the working tree.
    pub(crate) fn working_tree(paths: &Paths) -> Result<Self, Failure> {
        Ok(Self {
            name: paths.spec.name.clone(),
            text: paths.document()?,
            settings: paths.settings()?,
            files: Box::new(DocumentFolder::of(&paths.spec.path)),
        })
    }

    /// Reads another document. Its settings are the ones of `--config`, or are beside it.
    pub(super) fn at(spec: &NamedPath, config: Option<&Path>) -> Result<Self, Failure> {
        Ok(Self {
            name: spec.name.clone(),
            text: read(spec, "pass a document, the folder of a crate, or `git:REV`")?,
            settings: settings_of(spec, config)?,
            files: Box::new(DocumentFolder::of(&spec.path)),
        })
    }

    pub(crate) fn sources(&self) -> Sources<'_> {
        Sources {
            document: Source { name: &self.name, text: &self.text },
            files: &*self.files,
            config: self.settings.as_ref().map(Settings::source),
        }
    }

    pub(crate) fn config(&self, style: Style) -> Result<Config, Failure> {
        parse_config(self.settings.as_ref(), style)
    }

    /// Generates the crate. Findings that are errors are the failure.
    pub(super) fn generate(&self, lock: &Lock, style: Style) -> Result<Generated, Failure> {
        let sources = self.sources();
        let Outcome { generated, diagnostics } = crate::regenerate(sources, &self.config(style)?, lock);
        generated.ok_or_else(|| {
            let mut errors = Diagnostics::new();
            let is_error = |found: &&Diagnostic| found.code.severity() == Severity::Error;
            diagnostics.iter().filter(is_error).for_each(|found| errors.insert(found.clone()));
            Failure {
                code: FAILED,
                rendered: Some(format!("{}\n", errors.render_in(style, sources).trim_end())),
                errors: vec![format!("`{}` has errors, so its crate cannot be compared", self.name)],
                help: Vec::new(),
            }
        })
    }
}
