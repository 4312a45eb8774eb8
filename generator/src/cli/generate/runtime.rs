//! Writes or compares the folder of a runtime that several clients share.

use serde_json::{Value, json};

use super::args::Format;
use super::client_run::ClientRun;
use crate::cli::console::Console;
use crate::cli::failure::Failure;
use crate::cli::inputs::{NamedPath, count};
use crate::cli::json_output;
use crate::disk::{Change, Counts, Plan, Report, RuntimeFolder};
use crate::{Generated, RuntimeCrate};

/// The runtime of a client, and its folder.
pub(super) struct Runtime<'a> {
    runtime: &'a RuntimeCrate,
    folder: RuntimeFolder,
    /// The name of the folder in messages.
    name: String,
}

impl ClientRun<'_> {
    /// Opens the folder of the runtime, if the client shares one.
    pub(super) fn runtime<'a>(&self, generated: &'a Generated) -> Result<Option<Runtime<'a>>, Failure> {
        let Some(runtime) = &generated.runtime else { return Ok(None) };
        let folder = RuntimeFolder::open(&self.paths.out.path, runtime).map_err(Failure::wrong_use)?;
        // Files of others are found before anything changes.
        folder.compare(runtime).map_err(Failure::wrong_use)?;
        let NamedPath { name, .. } = self.paths.out.leading_to(&runtime.path);
        Ok(Some(Runtime { runtime, folder, name }))
    }

    /// Writes the folder of the runtime.
    pub(super) fn write_runtime(
        &self,
        runtime: Option<&Runtime<'_>>,
        console: &mut Console<'_>,
    ) -> Result<(), Failure> {
        let Some(Runtime { runtime, folder, name }) = runtime else { return Ok(()) };
        let written = folder.write(runtime).map_err(Failure::wrong_use)?;
        let Counts { files, written: changed, unchanged, removed } = written.plan.counts();
        if self.args.format == Format::Text && changed + removed > 0 {
            console.print(format_args!(
                "{name}: runtime `{}`, {} ({changed} written, {unchanged} unchanged, {removed} removed)",
                runtime.name,
                count(files, "file"),
            ));
        }
        Ok(())
    }

    /// Compares the folder of the runtime.
    pub(super) fn check_runtime(
        &self,
        runtime: Option<&Runtime<'_>>,
        console: &mut Console<'_>,
    ) -> Result<(), Failure> {
        let Some(runtime) = runtime else { return Ok(()) };
        let plan = runtime.compare()?;
        let report = Report::new(&plan);
        if report.is_empty() {
            return Ok(());
        }
        let name = &runtime.name;
        if let Some(before) = version_before(&plan).filter(|before| before != env!("CARGO_PKG_VERSION")) {
            console.eprint(format_args!(
                "note: openapi-crate {before} wrote `{name}`, and this is openapi-crate {}; generate all of its clients again",
                env!("CARGO_PKG_VERSION")
            ));
        }
        if self.args.format == Format::Text {
            console.print(report.differences().trim_end());
        }
        let mut help = Vec::new();
        if !plan.is_done() {
            help.push(format!("run `{}` to update it", self.update_command(console.program())));
        }
        if report.has_foreign() {
            help.push("move or delete the files that are not generated".to_owned());
        }
        let error = format!("the runtime `{name}` is not up to date: {}", report.counts());
        Err(Failure::failed(error, help))
    }
}

impl Runtime<'_> {
    fn compare(&self) -> Result<Plan, Failure> {
        self.folder.compare(self.runtime).map_err(Failure::wrong_use)
    }

    /// Returns the part of the JSON report about the runtime, for a check with the differences of the folder.
    pub(super) fn json(&self, is_check: bool) -> Result<Value, Failure> {
        let mut report = json!({ "crate": self.name, "name": self.runtime.name });
        if is_check {
            report["differences"] = json_output::differences(&Report::new(&self.compare()?));
        }
        Ok(report)
    }
}

/// Returns the version of the generator that wrote the folder, if its manifest differs.
fn version_before(plan: &Plan) -> Option<String> {
    let (_, change) = plan.changes().find(|(path, _)| *path == "Cargo.toml")?;
    let Change::Replace(Some(before)) = change else { return None };
    let manifest: toml::Table = std::str::from_utf8(before).ok()?.parse().ok()?;
    Some(manifest.get("package")?.get("version")?.as_str()?.to_owned())
}
