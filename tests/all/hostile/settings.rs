//! Text of codegen.toml and of overlays becomes only the code that its key describes.

use std::collections::BTreeMap;

use openapi_crate::Config;
use serde_json::json;

use super::{AllowedWords, Generate, HARMLESS, check, document, generate_with, with_value};

/// Settings with texts that must not become an identifier. `$` is the text, and beside them is a harmless one.
const TEXTS: &[(&str, &str)] = &[
    ("package.version = $", "1.0.0"),
    ("package.authors = [$]", HARMLESS),
    ("package.description = $", HARMLESS),
    ("package.license = $", "MIT"),
    ("package.license-file = $", "LICENSE"),
    ("package.repository = $", "https://example.com"),
    ("package.homepage = $", "https://example.com"),
    ("package.documentation = $", "https://example.com"),
    ("package.keywords = [$]", HARMLESS),
    ("package.categories = [$]", "api-bindings"),
    ("package.include = [$]", "src/**"),
    ("package.exclude = [$]", "tests/**"),
    ("package.publish = [$]", HARMLESS),
    ("package.metadata.a = $", HARMLESS),
    ("features.default = [$]", "pets"),
    ("folder.keep = [$]", "LICENSE"),
    ("lints.rust.unexpected_cfgs = { level = 'warn', check-cfg = [$] }", "cfg(a)"),
    ("lints.rust.unused_results = $", "allow"),
    ("runtime = { path = $, name = 'acme' }", "../acme-runtime"),
    ("overlays = [$]", "fixes.yaml"),
    ("derive = [{ types = [$], derive = ['Eq'] }]", "harmless"),
    ("names.types = { $ = 'Animal' }", "Pet"),
    ("names.fields.Pet = { $ = 'title' }", "name"),
    ("names.variants.Kind = { $ = 'Animal' }", "a"),
    ("names.features = { $ = 'animals' }", "pets"),
    ("names.resources = { $ = 'animals' }", "pets"),
    ("names.operations = { $ = 'animal' }", "getPet"),
    ("names.parameters.getPet = { $ = 'page' }", "query q"),
    ("names.parameters = { $ = { q = 'page' } }", "getPet"),
    ("types.formats = { $ = 'String' }", HARMLESS),
    ("types.schemas = { $ = 'String' }", HARMLESS),
    ("types.properties.Pet = { $ = 'String' }", "name"),
];

/// Settings whose text becomes one identifier, or one path of a type.
const NAMES: &[(&str, &str)] = &[
    ("package.name = $", HARMLESS),
    ("runtime = { path = '../acme-runtime', name = $ }", HARMLESS),
    ("folder.modules = [$]", HARMLESS),
    ("names.types.Pet = $", "Animal"),
    ("names.fields.Pet.name = $", "title"),
    ("names.variants.Kind.a = $", "Harmless"),
    ("names.features.pets = $", HARMLESS),
    ("names.resources.pets = $", HARMLESS),
    ("names.operations.getPet = $", HARMLESS),
    ("names.parameters.getPet.'query q' = $", HARMLESS),
    ("names.patterns.methods.get_pet = $", HARMLESS),
    ("types.schemas.harmless = $", "String"),
    ("types.properties.Pet.name = $", "String"),
    ("derive = [{ types = ['harmless'], derive = [$] }]", "Eq"),
    ("derive = [{ types = ['harmless'], attributes = [$] }]", "must_use"),
];

#[test]
fn text_of_settings_never_becomes_code() {
    check(TEXTS.iter().map(with_setting), AllowedWords::None);
}

#[test]
fn a_name_of_settings_becomes_one_name() {
    check(NAMES.iter().map(with_setting), AllowedWords::InNames);
}

/// Returns a function that puts a text into settings.
fn with_setting(case: &'static (&str, &str)) -> (&'static str, &'static str, Generate<'static>) {
    let (settings, harmless) = *case;
    let generate = move |text: &str| {
        let settings = settings.replace('$', &toml::Value::String(text.to_owned()).to_string());
        let config = Config::parse(&settings).map_err(|error| error.to_string())?;
        let overlay = json!({
            "overlay": "1.0.0",
            "info": { "title": "a", "version": "1" },
            "actions": [{ "target": "$.info", "update": { "x-a": true } }],
        });
        let overlay = overlay.to_string();
        // The document has the format of `types.formats`.
        let document = with_value("/components/schemas/Pet/properties/name/format", text);
        generate_with(&document, &BTreeMap::from([("fixes.yaml".to_owned(), overlay.as_str())]), &config)
    };
    (settings, harmless, Box::new(generate))
}

#[test]
fn text_of_an_overlay_never_becomes_code() {
    let overlay = |text: &str| {
        json!({
            "overlay": "1.0.0",
            "info": { "title": text, "version": text },
            "actions": [
                { "target": "$.info", "description": text, "update": { "description": text, "version": text } },
                { "target": "$.paths['/pets/{id}'].get", "update": { "summary": text, "description": text } },
                { "target": "$.components.schemas.Pet", "update": { "description": text, "title": text } },
                { "target": "$.components.schemas.Pet.properties.name", "update": { "description": text, "default": text, "format": text } },
            ],
        })
    };
    check([("an overlay", HARMLESS, with_overlay(overlay))].into_iter(), AllowedWords::None);
    let target = |text: &str| {
        json!({
            "overlay": "1.0.0",
            "info": { "title": "a", "version": "1" },
            "actions": [{ "target": text, "remove": false, "update": { "description": "a" } }],
        })
    };
    check([("a target", "$.info", with_overlay(target))].into_iter(), AllowedWords::None);
}

#[test]
fn a_name_of_an_overlay_becomes_one_identifier() {
    let overlay = |text: &str| {
        json!({
            "overlay": "1.0.0",
            "info": { "title": "a", "version": "1" },
            "actions": [{
                "target": "$.components.schemas.Pet.properties",
                "update": { text: { "type": "string" } },
            }],
        })
    };
    check([("a property", "other", with_overlay(overlay))].into_iter(), AllowedWords::InNames);
}

/// Returns a function that puts a text into an overlay.
fn with_overlay(overlay: fn(&str) -> serde_json::Value) -> Generate<'static> {
    Box::new(move |text| {
        let overlay = overlay(text).to_string();
        let config = Config { overlays: vec!["fixes.yaml".to_owned()], ..Config::default() };
        generate_with(&document(), &BTreeMap::from([("fixes.yaml".to_owned(), overlay.as_str())]), &config)
    })
}
