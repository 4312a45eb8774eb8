//! Reads an OpenAPI document and writes a Rust client crate.
//!
//! The library is pure: it takes text and gives back a [`FileTree`]; files, clock, environment and network are the
//! caller's.

mod analyze;
pub mod config;
pub mod diagnostics;
mod document;
mod examples;
mod file_tree;
mod ir;
mod lower;
mod naming;
mod render;
mod samples;
mod summary;

pub use config::Config;
pub use diagnostics::{Diagnostics, Files, Source, Sources};
pub use examples::Answers;
pub use file_tree::FileTree;
pub use summary::Summary;

/// What came of a document.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The crate; none where a diagnostic is an error.
    pub generated: Option<Generated>,
    /// What was found in the document on the way.
    pub diagnostics: Diagnostics,
}

/// A generated crate.
#[derive(Clone, Debug)]
pub struct Generated {
    /// Its files.
    pub files: FileTree,
    /// What it holds.
    pub summary: Summary,
}

/// Reads the YAML or JSON of a text, whatever it is about.
///
/// # Errors
///
/// What is wrong with the text.
///
/// # Examples
///
/// ```
/// let value = codegen::read("limit: -9223372036854776000").expect("it is YAML");
/// assert_eq!(value["limit"].as_f64(), Some(-9223372036854776000.0));
/// assert!(codegen::read("{").is_err());
/// ```
pub fn read(text: &str) -> Result<serde_json::Value, Diagnostics> {
    let mut diagnostics = Diagnostics::new();
    document::read(text, &mut diagnostics).ok_or(diagnostics)
}

/// Says what is wrong with a document, without generating anything.
pub fn check<'s>(sources: impl Into<Sources<'s>>) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    document::Document::load(&sources.into(), &mut diagnostics);
    diagnostics
}

/// Generates a client crate from a document.
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
///       responses: { '204': { description: It is there. } }
/// ";
/// let source = codegen::Source { name: "pets.yaml", text: document };
/// let outcome = codegen::generate(source, &codegen::Config::default());
/// let generated = outcome.generated.expect("there is nothing wrong with the document");
/// assert_eq!(generated.summary.operations, 1);
/// assert!(generated.files.get("src/lib.rs").is_some());
/// ```
///
/// A document may be split over several files. Whoever calls hands them in:
///
/// ```
/// # use std::collections::BTreeMap;
/// let document = codegen::Source { name: "pets.yaml", text: "
/// openapi: 3.1.0
/// info: { title: Pets, version: 1.0.0 }
/// components: { schemas: { Owner: { properties: { pet: { $ref: schemas/pet.yaml } } } } }
/// " };
/// let files = BTreeMap::from([("schemas/pet.yaml".to_owned(), "properties: { name: { type: string } }")]);
/// let sources = codegen::Sources { document, files: &files };
/// let outcome = codegen::generate(sources, &codegen::Config::default());
/// let generated = outcome.generated.expect("there is nothing wrong with the document");
/// assert!(generated.files.get("src/types/pet.rs").is_some());
/// ```
pub fn generate<'s>(sources: impl Into<Sources<'s>>, config: &Config) -> Outcome {
    run(&sources.into(), config, &|_, api, facts, names| render::render(api, facts, names, config))
}

/// Generates a program that calls every operation of a document's client once, to hold the client against a server
/// that knows the document.
///
/// The program expects the crate of [`generate`] in the folder `client` beside its manifest, and the URL of a server as
/// its argument; with its feature `mock`, it starts the client's own server instead. It prints a JSON object a call.
pub fn generate_caller<'s>(sources: impl Into<Sources<'s>>, config: &Config) -> Outcome {
    run(&sources.into(), config, &|document, api, facts, names| {
        let schemas = examples::schemas(document, config);
        render::render_caller(api, facts, names, config, &examples::judge(&schemas, config))
    })
}

/// What spells a crate.
type Render<'a> = &'a dyn Fn(&document::Document, &ir::Api, &analyze::Facts, &naming::Names) -> FileTree;

fn run(sources: &Sources<'_>, config: &Config, render: Render<'_>) -> Outcome {
    let mut diagnostics = Diagnostics::new();
    let generated = pipeline(sources, config, render, &mut diagnostics);
    let generated = generated.filter(|_| !diagnostics.has_errors());
    Outcome { generated, diagnostics }
}

fn pipeline(
    sources: &Sources<'_>,
    config: &Config,
    render: Render<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Generated> {
    let document = document::Document::load(sources, diagnostics)?;
    if diagnostics.has_errors() {
        return None;
    }
    let mut api = lower::lower(&document, config, diagnostics);
    if config.round_trip {
        api.examples = examples::of(&document, &api, config);
    }
    let facts = analyze::Facts::of(&api);
    let mut collisions = Diagnostics::new();
    let names = naming::Names::of(&api, facts.shared(), &mut collisions);
    diagnostics.extend_at(collisions, |at| document.written(at));
    if diagnostics.has_errors() {
        return None;
    }
    let files = render(&document, &api, &facts, &names);
    let summary = Summary::of(&api, |id| facts.other_name_of(id).is_some(), diagnostics);
    Some(Generated { files, summary })
}
