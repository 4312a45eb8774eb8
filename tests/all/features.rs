//! Tests of resources as Cargo features: the features that enable each type, and that each resource compiles alone.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use openapi_crate::{Config, Source};

use crate::generated_client;

/// Resources that share a type, an error response of all of them, and a type that no operation reaches.
const DOCUMENT: &str = "
openapi: 3.1.0
info: { title: Pets, version: '1' }
paths:
  /pets:
    get:
      operationId: v1.Pets.List
      responses:
        '200': { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/Pets' } } } }
        '404': { $ref: '#/components/responses/Error' }
  /owners:
    post:
      operationId: v1.Owners.Create
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Owner' } } } }
      responses:
        '204': { description: done }
        default: { $ref: '#/components/responses/Error' }
  /mock:
    get:
      operationId: v1.Mock.Get
      responses:
        '200': { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/Echo' } } } }
        default: { $ref: '#/components/responses/Error' }
components:
  responses:
    Error: { description: no, content: { application/json: { schema: { $ref: '#/components/schemas/Problem' } } } }
  schemas:
    Pets: { properties: { pets: { type: array, items: { properties: { name: { $ref: '#/components/schemas/Name' } } } } } }
    Owner: { properties: { name: { $ref: '#/components/schemas/Name' }, pets: { $ref: '#/components/schemas/Pets' }, mood: { enum: [up, down] } } }
    Echo: { properties: { name: { $ref: '#/components/schemas/Name' }, mood: { enum: [up, down] } } }
    Name: { properties: { text: { type: string } } }
    Problem: { properties: { text: { type: string } } }
    Bark: { properties: { loudness: { type: integer }, heard_by: { $ref: '#/components/schemas/Owner' } } }
";

/// Returns the `cfg` condition of each module in the index of types.
fn conditions(index: &str) -> BTreeMap<String, String> {
    let file = syn::parse_file(index).expect("the index is valid Rust");
    let modules = file.items.into_iter().filter_map(|item| match item {
        syn::Item::Mod(module) => Some(module),
        _ => None,
    });
    modules
        .map(|module| {
            let condition = module.attrs.iter().find_map(|attribute| match &attribute.meta {
                syn::Meta::List(list) if list.path.is_ident("cfg") => Some(list.tokens.to_string()),
                _ => None,
            });
            (module.ident.to_string(), condition.unwrap_or_default())
        })
        .collect()
}

#[test]
fn types_are_compiled_for_the_resources_that_reach_them() {
    let outcome = openapi_crate::generate(Source { name: "pets.yaml", text: DOCUMENT }, &Config::default());
    let generated = outcome.generated.expect("the document is valid");
    let conditions = conditions(generated.files.get("src/types/mod.rs").expect("the crate has types"));
    let check = |module: &str, condition: &str| {
        assert_eq!(conditions.get(module).map(String::as_str), Some(condition), "{module}");
    };
    // A type is also compiled for types that refer to it.
    check("pets", "any (feature = \"other-types\" , feature = \"owners\" , feature = \"pets\")");
    check("owner", "any (feature = \"other-types\" , feature = \"owners\")");
    check("name", "");
    // A type that two files use is in a separate file, so that neither file needs the other.
    check("echo", "feature = \"mock-resource\"");
    check(
        "echo_mood",
        "any (feature = \"mock-resource\" , feature = \"other-types\" , feature = \"owners\")",
    );
    check("problem", "");
    check("bark", "feature = \"other-types\"");
}

#[test]
fn features_are_named_after_resources() {
    let outcome = openapi_crate::generate(Source { name: "pets.yaml", text: DOCUMENT }, &Config::default());
    let generated = outcome.generated.expect("the document is valid");
    let manifest: toml::Table = generated
        .files
        .get("Cargo.toml")
        .expect("the crate has a manifest")
        .parse()
        .expect("the manifest is TOML");
    let features = |key: &str| -> Vec<String> {
        let list = manifest["features"][key].as_array().expect("a feature is a list");
        list.iter().filter_map(toml::Value::as_str).map(str::to_owned).collect()
    };
    assert_eq!(features("all-resources"), ["mock-resource", "owners", "pets"]);
    assert_eq!(features("default"), ["all-resources", "other-types", "reqwest"]);
}

/// Compiles each resource of the generated client without the others and without the transport.
#[test]
fn every_resource_compiles_alone() {
    let generated = generated_client::generated();
    let manifest: toml::Table = generated
        .files
        .get("Cargo.toml")
        .expect("the crate has a manifest")
        .parse()
        .expect("the manifest is TOML");
    let resources = manifest["features"]["all-resources"].as_array().expect("a feature is a list");
    let alone = resources.iter().filter_map(toml::Value::as_str);
    for feature in std::iter::once("").chain(alone) {
        let output = Command::new(env!("CARGO"))
            .args(["clippy", "--offline", "--quiet", "--no-default-features", "--features", feature])
            .args(["--", "-D", "warnings"])
            .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated-client"))
            .output()
            .expect("cargo runs");
        assert!(output.status.success(), "{feature:?}\n{}", String::from_utf8_lossy(&output.stderr));
    }
}
