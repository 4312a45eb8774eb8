//! Generating a crate with an overlay that has a quarter of the lines of its document, compared with generating it without
//! the overlay. The overlay adds extensions, so both crates are equal.
//!
//! With an argument, measures another document: `cargo bench -p benches --bench overlays -- /path/to/acme.yaml`.

use std::collections::BTreeMap;
use std::env;
use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::process::ExitCode;
use std::time::Duration;

use benches::side_by_side::{Pair, Table};
use openapi_crate::{Config, Source, Sources};
use serde_json::Value;

/// The minimum speed with the overlay: it adds at most a tenth to the time.
const TARGET: f64 = 1.0 / 1.1;

const TURN: Duration = Duration::from_millis(100);

/// The number of lines of an action.
const LINES_OF_ACTION: usize = 3;

/// The name of the overlay.
const OVERLAY: &str = "overlay.yaml";

fn main() -> ExitCode {
    // Cargo passes `--bench`.
    let path = env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let path =
        path.unwrap_or_else(|| concat!(env!("CARGO_MANIFEST_DIR"), "/../../spec/openapi.yaml").to_owned());
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let overlay = overlay(&text);
    let files = BTreeMap::from([(OVERLAY.to_owned(), overlay.as_str())]);
    let with = Config { overlays: vec![OVERLAY.to_owned()], ..Config::default() };
    let without = Config::default();
    let generate = |config: &Config| {
        let document = Source { name: "openapi.yaml", text: &text };
        let sources = Sources { document, files: &files, config: None };
        let outcome = openapi_crate::generate(sources, config);
        outcome.generated.unwrap_or_else(|| panic!("{}", outcome.diagnostics.render(sources))).files
    };
    let code = |config: &Config| {
        let files = generate(config);
        let code = files.iter().filter(|(path, _)| path.starts_with("src/"));
        code.map(|(path, text)| (path.to_owned(), text.to_owned())).collect::<Vec<_>>()
    };
    assert!(code(&with) == code(&without), "the overlay changed the crate");

    let mut table = Table::new("Overlays: time to generate a crate");
    table.compare(Pair {
        name: "with an overlay",
        ours: &mut |times| (0..times).for_each(|_| drop(black_box(generate(&with)))),
        other: "without",
        theirs: &mut |times| (0..times).for_each(|_| drop(black_box(generate(&without)))),
        turn: TURN,
        target: Some(TARGET),
    });
    table.finish()
}

/// Returns an overlay with a quarter of the lines of a document. Its actions select operations, schemas and properties in turn.
fn overlay(document: &str) -> String {
    let value = openapi_crate::read(document).unwrap_or_else(|findings| panic!("{findings:?}"));
    let mut targets = Vec::new();
    let mut add = |path: &str, value: &Value, depth: usize| {
        let mut levels = vec![(path.to_owned(), value, depth)];
        while let Some((path, value, depth)) = levels.pop() {
            let inside = value.as_object().into_iter().flatten().filter(|(_, value)| value.is_object());
            for (name, value) in inside {
                let name = name.replace('\\', "\\\\").replace('\'', "\\'");
                let path = format!("{path}['{name}']");
                match depth {
                    1 => targets.push(path),
                    _ => levels.push((path, value, depth - 1)),
                }
            }
        }
    };
    let schemas = &value["components"]["schemas"];
    add("$.paths", &value["paths"], 2);
    add("$.components.schemas", schemas, 1);
    for (name, schema) in schemas.as_object().into_iter().flatten() {
        add(&format!("$.components.schemas['{name}'].properties"), &schema["properties"], 1);
    }
    let actions = document.lines().count() / 4 / LINES_OF_ACTION;
    let mut overlay = "overlay: 1.1.0\ninfo: { title: Extensions, version: 1.0.0 }\nactions:\n".to_owned();
    for target in targets.iter().cycle().take(actions) {
        let target = target.replace('\\', "\\\\").replace('"', "\\\"");
        let _ = write!(overlay, "  - target: \"{target}\"\n    update:\n      x-note: Corrected.\n");
    }
    overlay
}
