//! The story of a run: reads the inputs, generates the crate, and then bumps, writes or checks it.

use serde_json::json;

use super::Generate;
use super::args::Format;
use super::client_run::ClientRun;
use crate::cli::console::Console;
use crate::cli::diff::bump;
use crate::cli::diff::document::Document;
use crate::cli::diff::side::OldSide;
use crate::cli::failure::Failure;
use crate::cli::inputs::{Paths, changelog_beside, parse_config};
use crate::cli::json_output;
use crate::disk::{CHANGELOG, OutputFolder, Report, RuntimeFolder};
use crate::{Config, Generated, Outcome};

impl ClientRun<'_> {
    /// Runs the command.
    pub(super) fn run(&self, generate: Generate<'_>, console: &mut Console<'_>) -> Result<(), Failure> {
        let Paths { spec, out, .. } = &self.paths;
        let document = Document::working_tree(&self.paths)?;
        let mut config = parse_config(document.settings.as_ref(), console.style())?;
        config.round_trip |= self.args.round_trip;
        if !self.args.adopt {
            let kept = config.folder.kept_files();
            OutputFolder::open_keeping(&out.path, kept).map_err(Failure::wrong_use)?;
        }
        let lock = self.lock()?;

        let sources = document.sources();
        let Outcome { generated, mut diagnostics } = generate(sources, &config, &lock);
        self.allow(&mut diagnostics, console);
        let generate_seconds = self.start.elapsed().as_secs_f64();
        if self.args.format == Format::Text && !diagnostics.is_empty() {
            console.eprint(format_args!("{}\n", diagnostics.render_in(console.style(), sources).trim_end()));
        }
        let generated = generated.filter(|_| self.denied(&diagnostics) == 0);
        let mut report = json!({
            "document": spec.name,
            "crate": out.name,
            "generated": generated.as_ref().map(json_output::summary),
            "diagnostics": json_output::findings(&diagnostics, sources),
            "allowed": diagnostics.allowed().len(),
            "seconds": generate_seconds,
            "peak_memory": json_output::peak_memory(),
        });
        let Some(mut generated) = generated else {
            self.print_json(report, None, console);
            return Err(self.nothing_generated(&diagnostics));
        };
        if !self.args.bump {
            self.add_changelog(&mut generated, &config, console)?;
        }
        RuntimeFolder::refuse_client(&out.path).map_err(Failure::wrong_use)?;
        let runtime = self.runtime(&generated)?;
        let kept = config.folder.kept_files();
        let target = match self.args.adopt {
            true => OutputFolder::adopt(&out.path, &generated.files, kept),
            false => OutputFolder::open_keeping(&out.path, kept),
        };
        let target = target.map_err(Failure::wrong_use)?;

        if self.args.bump {
            let next =
                |document: &Document, config: &Config| generate(document.sources(), config, &lock).generated;
            let bumped = self.bump((document, config), generated, &next, console.style());
            self.print_json(report, bumped.as_ref().ok().map(|(_, _, comparison)| comparison), console);
            let (bump, generated, _) = bumped?;
            // Files of others are found before the settings change.
            target.compare(&generated.files).map_err(Failure::wrong_use)?;
            let runtime = self.runtime(&generated)?;
            bump.write(&self.paths).map_err(Failure::wrong_use)?;
            bump.notes.iter().for_each(|note| console.eprint(format_args!("note: {note}")));
            self.write_runtime(runtime.as_ref(), console)?;
            return self.write(&target, &generated, &diagnostics, console);
        }
        let since = match &self.args.require_bump {
            Some(commit) => {
                let since =
                    |old: OldSide| bump::since(&old, &self.paths, &document, &generated, console.style());
                bump::earlier(commit.as_ref(), &self.paths).and_then(since).map(Some)
            }
            None => Ok(None),
        };
        if self.args.check {
            let plan = target.compare(&generated.files).map_err(Failure::wrong_use)?;
            report["differences"] = json_output::differences(&Report::new(&plan));
        }
        if let Some(runtime) = &runtime {
            report["runtime"] = runtime.json(self.args.check)?;
        }
        self.print_json(report, since.as_ref().ok().and_then(Option::as_ref), console);
        match self.args.check {
            true => {
                let runtime = self.check_runtime(runtime.as_ref(), console);
                let client = self.check(&target, (&lock, &generated), since, &diagnostics, console);
                match (runtime, client) {
                    (Err(runtime), Err(client)) => Err(runtime.and(client)),
                    (runtime, client) => runtime.and(client),
                }
            }
            false => {
                target.compare(&generated.files).map_err(Failure::wrong_use)?;
                self.write_runtime(runtime.as_ref(), console)?;
                self.write(&target, &generated, &diagnostics, console)
            }
        }
    }

    /// Adds the copy of the changelog to the crate, unless people write one there.
    fn add_changelog(
        &self,
        generated: &mut Generated,
        config: &Config,
        console: &mut Console<'_>,
    ) -> Result<(), Failure> {
        if let Some(changelog) = changelog_beside(&self.paths)? {
            if let Some(note) =
                bump::interrupted(&self.paths, &changelog, generated, &console.program().generate())
            {
                console.eprint(format_args!("note: {note}"));
            }
            if !config.folder.kept_files().replaces(CHANGELOG) {
                generated.files.insert(CHANGELOG, changelog);
            }
        }
        Ok(())
    }
}
