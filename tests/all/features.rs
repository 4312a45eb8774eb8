//! Resources as features: which types come along with which, and that each resource compiles alone.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use codegen::{Config, Source};

use crate::fresh;

/// Two resources that share a type, an error that both answer, and a webhook.
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

/// What follows the condition of an item in the index of types, by the name of its module.
fn conditions(index: &str) -> BTreeMap<String, String> {
    let file = syn::parse_file(index).expect("the index is Rust");
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
fn a_type_is_compiled_for_the_resources_that_lead_to_it() {
    let outcome = codegen::generate(Source { name: "pets.yaml", text: DOCUMENT }, &Config::default());
    let generated = outcome.generated.expect("there is nothing wrong with the document");
    let conditions = conditions(generated.files.get("src/types/mod.rs").expect("there are types"));
    let check = |module: &str, condition: &str| {
        assert_eq!(conditions.get(module).map(String::as_str), Some(condition), "{module}");
    };
    // What others lead to is there for them, too.
    check("pets", "any (feature = \"other-types\" , feature = \"owners\" , feature = \"pets\")");
    check("owner", "any (feature = \"other-types\" , feature = \"owners\")");
    check("name", "");
    // What two files share is in neither of them, so that none needs the other.
    check("echo", "feature = \"mock-resource\"");
    check(
        "echo_mood",
        "any (feature = \"mock-resource\" , feature = \"other-types\" , feature = \"owners\")",
    );
    check("problem", "");
    check("bark", "feature = \"other-types\"");
}

#[test]
fn features_are_called_like_their_resources_unless_others_are() {
    let outcome = codegen::generate(Source { name: "pets.yaml", text: DOCUMENT }, &Config::default());
    let generated = outcome.generated.expect("there is nothing wrong with the document");
    let manifest: toml::Table =
        generated.files.get("Cargo.toml").expect("there is one").parse().expect("TOML");
    let features = |key: &str| -> Vec<String> {
        let list = manifest["features"][key].as_array().expect("a feature is a list");
        list.iter().filter_map(toml::Value::as_str).map(str::to_owned).collect()
    };
    assert_eq!(features("all-resources"), ["mock-resource", "owners", "pets"]);
    assert_eq!(features("default"), ["all-resources", "other-types", "reqwest"]);
}

/// Each resource of the generated client, without the others and without the transport.
#[test]
fn every_resource_compiles_alone() {
    let generated = fresh::generated();
    let manifest: toml::Table =
        generated.files.get("Cargo.toml").expect("there is one").parse().expect("TOML");
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
