//! Generates Rust client crates from OpenAPI 3.0, 3.1 and 3.2 documents.
//!
//! [`generate`] takes the text of a document and a [`Config`], and returns an [`Outcome`]: the files of the
//! crate, and the findings about the document.
//!
//! This part of the library is pure: it does not access files, the clock, the environment or the network. The feature `disk`
//! adds the module `disk`, which reads documents and writes the folders of crates, and the feature `cli`, which is enabled by
//! default, adds the commands of the program `openapi-crate`. The module `guide` explains how to use them in a repository.

mod analyze;
mod changelog;
mod classify;
#[cfg(feature = "cli")]
pub mod cli;
pub mod config;
mod derives;
pub mod diagnostics;
pub mod diff;
#[cfg(feature = "disk")]
pub mod disk;
mod document;
mod examples;
mod file_tree;
#[cfg(all(any(doc, doctest), feature = "cli"))]
pub mod guide;
mod hash;
mod ir;
mod lock;
mod lower;
mod naming;
mod origins;
mod passes;
mod render;
#[allow(dead_code, reason = "the runtime uses the rest")]
#[path = "../runtime/src/rules/mod.rs"]
mod rules;
pub mod safe_text;
mod samples;
mod showcase;
mod suggested_settings;
mod summary;
pub mod surface;
mod wire_changes;

pub use changelog::{Changelog, ChangelogError};
pub use config::Config;
use diagnostics::RecordedFiles;
pub use diagnostics::{Diagnostics, Files, Source, Sources};
pub use examples::ResponseValidator;
pub use file_tree::FileTree;
pub use lock::{FILE_NAME as LOCK_FILE_NAME, Lock, LockError};
pub use summary::Summary;
pub use wire_changes::{Contract, WireChange, WireChangeKind, WireDirection, WireSeverity, wire_changes};

use std::collections::BTreeMap;
use std::sync::Arc;

use diagnostics::Pointer;
use lock::Provenance;

/// Result of generating a crate.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The crate. `None` if a diagnostic is an error.
    pub generated: Option<Generated>,
    /// Findings about the document.
    pub diagnostics: Diagnostics,
}

/// A generated crate.
#[derive(Clone, Debug)]
pub struct Generated {
    /// Files of the crate.
    pub files: FileTree,
    /// The crate of the runtime, if the settings say that several clients share it.
    pub runtime: Option<RuntimeCrate>,
    /// Statistics of the crate.
    pub summary: Summary,
    /// Names of the crate, for the next call of [`regenerate`]. They are also in the file `codegen.lock`.
    pub lock: Lock,
    /// Locations of public items in the document, by their paths in
    /// [`Surface`](surface::Surface). An argument has the path of its method and its name: `resources::Pets::get::id`.
    pub origins: BTreeMap<String, Pointer>,
    /// Locations in overlays that change values of the document, by the locations of these values.
    pub corrections: BTreeMap<Pointer, Pointer>,
    /// The agreement between clients and servers, to be compared with the contract of another version of the document.
    pub contract: Contract,
}

/// The crate of a runtime that several clients share. It is the same for all documents.
#[derive(Clone, Debug)]
pub struct RuntimeCrate {
    /// Path of its folder, relative to the folder of the client crate.
    pub path: String,
    /// Name of the crate.
    pub name: String,
    /// Files of the crate.
    pub files: FileTree,
}

/// Parses YAML or JSON text.
///
/// The text does not have to be an OpenAPI document.
///
/// # Errors
///
/// Returns a diagnostic for each syntax error.
///
/// # Examples
///
/// ```
/// let value = openapi_crate::read("limit: -9223372036854776000").expect("the text is YAML");
/// assert_eq!(value["limit"].as_f64(), Some(-9223372036854776000.0));
/// assert!(openapi_crate::read("{").is_err());
/// ```
pub fn read(text: &str) -> Result<serde_json::Value, Diagnostics> {
    let mut diagnostics = Diagnostics::new();
    document::read(text, &mut diagnostics).ok_or(diagnostics)
}

/// Checks a document, with the overlays of the settings, without generating a crate.
///
/// # Examples
///
/// ```
/// let source = openapi_crate::Source { name: "pets.yaml", text: "info: { title: Pets }" };
/// let diagnostics = openapi_crate::check(source, &openapi_crate::Config::default());
/// assert!(diagnostics.has_errors(), "the document has no field `openapi`");
/// ```
pub fn check<'s>(sources: impl Into<Sources<'s>>, config: &Config) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    document::Document::load(&sources.into(), &config.overlays, &mut diagnostics);
    diagnostics
}

/// Suggests settings for a document: returns the name of its crate, and the text of a `codegen.toml` with comments.
///
/// `name` is the name of the crate; without it, the name is derived from the document. `paths` are the entries `document`
/// and `out` of the text.
///
/// # Errors
///
/// Returns the findings if the document has errors.
///
/// # Examples
///
/// ```
/// let document = "
/// openapi: 3.1.0
/// info: { title: Pets API, version: 1.0.0 }
/// components: { securitySchemes: { token: { type: http, scheme: bearer } } }
/// ";
/// let source = openapi_crate::Source { name: "pets.yaml", text: document };
/// let (name, settings) = openapi_crate::suggest_settings(source, None, &Default::default()).expect("the document is valid");
/// assert_eq!(name, "pets");
/// assert!(settings.contains("bearer-token = \"PETS_TOKEN\""));
/// ```
pub fn suggest_settings<'s>(
    sources: impl Into<Sources<'s>>,
    name: Option<&str>,
    paths: &config::ClientPaths,
) -> Result<(String, String), Diagnostics> {
    let mut diagnostics = Diagnostics::new();
    let package = config::Package { name: name.map(str::to_owned), ..config::Package::default() };
    let config = Config { package, ..Config::default() };
    let document = document::Document::load(&sources.into(), &config.overlays, &mut diagnostics);
    let lowered = document.map(|document| lower::lower(&document, &config, &mut diagnostics));
    match lowered {
        Some(lowered) if !diagnostics.has_errors() => {
            let name = lowered.api.package.name.clone();
            Ok((name, suggested_settings::text(&lowered.api, paths)))
        }
        _ => Err(diagnostics),
    }
}

/// Generates a client crate from a document.
///
/// The outcome contains no crate if the document has errors.
///
/// # Examples
///
/// ```
/// let document = "
/// openapi: 3.1.0
/// info: { title: Pets, version: 1.0.0 }
/// paths:
///   /pets/{id}:
///     get:
///       operationId: getPet
///       parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
///       responses: { '204': { description: The pet exists. } }
/// ";
/// let source = openapi_crate::Source { name: "pets.yaml", text: document };
/// let outcome = openapi_crate::generate(source, &openapi_crate::Config::default());
/// let generated = outcome.generated.expect("the document is valid");
/// assert_eq!(generated.summary.operations, 1);
/// assert!(generated.files.get("src/lib.rs").is_some());
/// ```
///
/// A document can consist of several files, which the caller provides:
///
/// ```
/// # use std::collections::BTreeMap;
/// let document = openapi_crate::Source { name: "pets.yaml", text: "
/// openapi: 3.1.0
/// info: { title: Pets, version: 1.0.0 }
/// components: { schemas: { Owner: { properties: { pet: { $ref: schemas/pet.yaml } } } } }
/// " };
/// let files = BTreeMap::from([("schemas/pet.yaml".to_owned(), "properties: { name: { type: string } }")]);
/// let sources = openapi_crate::Sources { document, files: &files, config: None };
/// let outcome = openapi_crate::generate(sources, &openapi_crate::Config::default());
/// let generated = outcome.generated.expect("the document is valid");
/// assert!(generated.files.get("src/types/pet.rs").is_some());
/// ```
pub fn generate<'s>(sources: impl Into<Sources<'s>>, config: &Config) -> Outcome {
    regenerate(sources, config, &Lock::default())
}

/// Generates a client crate from a document, with the names of an earlier run.
///
/// The items of the earlier run keep their names, so an addition to the document renames nothing.
///
/// # Examples
///
/// ```
/// let document = |schemas: &str| format!("
/// openapi: 3.1.0
/// info: {{ title: Pets, version: 1.0.0 }}
/// components: {{ schemas: {{ {schemas} }} }}
/// ");
/// let config = openapi_crate::Config::default();
/// let generate = |text: &str, lock: &openapi_crate::Lock| {
///     let source = openapi_crate::Source { name: "pets.yaml", text };
///     openapi_crate::regenerate(source, &config, lock).generated.expect("the document is valid")
/// };
/// let one = "shop.v1.Pet: { properties: { name: { type: string } } }";
/// let other = "farm.v1.Pet: { properties: { name: { type: string } } }";
/// let first = generate(&document(one), &openapi_crate::Lock::default());
/// assert!(first.files.get("src/types/pet.rs").is_some());
/// let both = document(&format!("{one}, {other}"));
/// // Without the lock, both are named after their packages.
/// assert!(generate(&both, &openapi_crate::Lock::default()).files.get("src/types/pet.rs").is_none());
/// assert!(generate(&both, &first.lock).files.get("src/types/pet.rs").is_some());
/// ```
pub fn regenerate<'s>(sources: impl Into<Sources<'s>>, config: &Config, lock: &Lock) -> Outcome {
    let mut outcome = run(&sources.into(), config, lock, &|model| {
        let Model { api, facts, names, derives, .. } = *model;
        let length = |value: &showcase::Value| render::code_length(api, facts, names, value);
        let showcase = showcase::Showcase::of(api, facts, names, &length);
        let replies = samples::mock_replies(api, model.replies);
        let alternatives = if config.round_trip { samples::alternative_samples(api) } else { Vec::new() };
        render::render(
            &render::Context {
                api,
                facts,
                names,
                derives,
                showcase: &showcase,
                replies: &replies,
                constraints: model.constraints,
            },
            &render::TestData { examples: model.examples, alternatives },
        )
    });
    if let Some(generated) = &mut outcome.generated {
        let kept = config.folder.kept_files();
        generated.files.retain(|path| !kept.replaces(path));
        generated.files.insert(LOCK_FILE_NAME, generated.lock.to_string());
    }
    outcome
}

/// Returns the lock of the crate that [`regenerate`] generates, without generating the files of the crate.
///
/// Returns `None` if the document has errors.
///
/// # Examples
///
/// ```
/// let text = "{ openapi: 3.1.0, info: { title: Pets, version: 1.0.0 }, paths: {} }";
/// let source = openapi_crate::Source { name: "pets.yaml", text };
/// let (config, lock) = (openapi_crate::Config::default(), openapi_crate::Lock::default());
/// let generated = openapi_crate::regenerate(source, &config, &lock).generated;
/// assert_eq!(openapi_crate::relock(source, &config, &lock), generated.map(|generated| generated.lock));
/// ```
pub fn relock<'s>(sources: impl Into<Sources<'s>>, config: &Config, lock: &Lock) -> Option<Lock> {
    let outcome = run(&sources.into(), config, lock, &|_| FileTree::default());
    outcome.generated.map(|generated| generated.lock)
}

/// Generates a program that calls every operation of a generated client once, to test the client against a server.
///
/// The program depends on the crate from [`generate`] in the directory `client` beside its manifest. Its
/// argument is the URL of the server; with its feature `mock`, it starts the mock server of the client instead.
/// It prints a JSON object for each call.
pub fn generate_conformance_program<'s>(sources: impl Into<Sources<'s>>, config: &Config) -> Outcome {
    run(&sources.into(), config, &Lock::default(), &|model| {
        let Model { api, facts, names, derives, .. } = *model;
        let schemas = examples::schemas(model.document, config);
        let calls = samples::sample_calls(api, &examples::validator(&schemas, config));
        let showcase = showcase::Showcase::default();
        render::render_conformance_program(
            &render::Context {
                api,
                facts,
                names,
                derives,
                showcase: &showcase,
                replies: &[],
                constraints: model.constraints,
            },
            &calls,
        )
    })
}

/// A lowered document, and everything that is derived from it for all files.
#[derive(Clone, Copy)]
struct Model<'a> {
    document: &'a document::Document,
    api: &'a ir::Api,
    facts: &'a analyze::Facts,
    names: &'a naming::Names,
    derives: &'a derives::Derives,
    replies: &'a [ir::Reply],
    constraints: &'a ir::ConstraintTable,
    examples: &'a [ir::Example],
}

/// Renders the files of a crate.
type Render<'a> = &'a dyn Fn(&Model<'_>) -> FileTree;

fn run(sources: &Sources<'_>, config: &Config, lock: &Lock, render: Render<'_>) -> Outcome {
    let mut diagnostics = Diagnostics::new();
    let generated = pipeline(sources, config, lock, render, &mut diagnostics);
    config.allow.apply(&mut diagnostics, generated.is_some());
    let generated = generated.filter(|_| !diagnostics.has_errors());
    Outcome { generated, diagnostics }
}

/// Describes what a crate is generated from: a document with other files, and the settings.
fn provenance(sources: &Sources<'_>, others: &[Arc<str>]) -> Provenance {
    let texts: Vec<&str> =
        [sources.document.text].into_iter().chain(others.iter().map(|text| &**text)).collect();
    let settings = sources.config.map(|settings| config::settings_of_output(settings.text));
    Provenance::of(&texts, settings.as_deref().filter(|settings| !settings.is_empty()))
}

fn pipeline(
    sources: &Sources<'_>,
    config: &Config,
    lock: &Lock,
    render: Render<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Generated> {
    let recorded = RecordedFiles::new(sources.files);
    let recorded_sources = Sources { files: &recorded, ..*sources };
    let document = document::Document::load(&recorded_sources, &config.overlays, diagnostics)?;
    if diagnostics.has_errors() {
        return None;
    }
    let lower::Lowering { mut api, replies, constraints, schema_types } =
        lower::lower(&document, config, diagnostics);
    let constraints = analyze::effective_constraints(&constraints);
    let mut found = Diagnostics::new();
    passes::run(&mut api, &mut found);
    diagnostics.extend_at(found, |at| document.original(at));
    let provenance = provenance(sources, &recorded.texts());
    api.package.describe_generation(provenance.in_manifest());
    let examples = match config.round_trip {
        true => examples::of(&document, &schema_types, config),
        false => Vec::new(),
    };
    let facts = analyze::Facts::of(&api);
    let mut collisions = Diagnostics::new();
    let (names, mut lock) = naming::Names::of(&api, facts.shared(), lock, &mut collisions);
    diagnostics.extend_at(collisions, |at| document.original(at));
    let derives = derives::Derives::of(&api, &facts, &names, diagnostics);
    naming::features::check_default(&api, &names, facts.has_other_types(), diagnostics);
    if diagnostics.has_errors() {
        return None;
    }
    lock.provenance = Provenance { package: lock.provenance.package.take(), ..provenance };
    let runtime = api.package.runtime.as_ref().map(|runtime| RuntimeCrate {
        path: runtime.path.clone(),
        name: runtime.name.clone(),
        files: render::render_runtime_crate(runtime),
    });
    let files = render(&Model {
        document: &document,
        api: &api,
        facts: &facts,
        names: &names,
        derives: &derives,
        replies: &replies,
        constraints: &constraints,
        examples: &examples,
    });
    let summary = Summary::of(&api, |id| facts.alias_of(id).is_some(), &examples, diagnostics);
    let origins = origins::of(&api, &names);
    let origins = origins.into_iter().map(|(path, at)| (path, document.original(&at))).collect();
    api.map_locations(|at| document.original(at));
    let corrections = document.corrections();
    Some(Generated { files, runtime, summary, lock, origins, corrections, contract: Contract::new(api) })
}
