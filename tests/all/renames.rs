//! Old names stay as deprecated items: a program for the old document compiles with the client of the new document. The
//! compiler warns, and the calls work.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::made_file::write;
use openapi_crate::{Config, Generated, Lock, Source};

const MANIFEST: &str = r#"[package]
name = "renames-program"
version = "0.0.0"
edition = "2024"
publish = false

[dependencies]
tokio = { version = "1.48", features = ["macros", "rt"] }
renames = { path = "client", features = ["mock"] }

[workspace]

[profile.dev]
debug = "line-tables-only"
"#;

/// Warnings of the compiler about the old names in the program.
const WARNINGS: [&str; 11] = [
    "use of deprecated method `renames::resources::Pets::get_pet`: renamed to `fetch_pet`",
    "use of deprecated type alias `renames::resources::pets::GetPet`: renamed to `FetchPet`",
    "use of deprecated type alias `renames::types::Pet`: renamed to `Animal`",
    "Client>::orders`: renamed to `purchases`",
    "use of deprecated type alias `renames::resources::Orders`: renamed to `Purchases`",
    "System>::health`: renamed to `Pets::health`",
    "System>::upload_multipart`: renamed to `Pets::upload_multipart`",
    "use of deprecated type alias `renames::resources::system::UploadForm`: renamed to `UploadForm`",
    "Client>::farm`: replaced by `cattle` and `flock`",
    "use of deprecated struct `renames::resources::Farm`: replaced by `cattle` and `flock`",
    "Farm>::cows`: renamed to `Cattle::cows`",
];

fn generated(text: &str, lock: &Lock) -> Generated {
    generated_with(text, &Config::default(), lock)
}

/// Generates a crate, and expects the same files from a second run with its lock.
#[track_caller]
fn generated_with(text: &str, config: &Config, lock: &Lock) -> Generated {
    let run = |lock: &Lock| {
        let outcome = openapi_crate::regenerate(Source { name: "api.yaml", text }, config, lock);
        outcome.generated.expect("the document is valid")
    };
    let first = run(lock);
    let second = run(&first.lock);
    for (path, text) in first.files.iter() {
        assert_eq!(second.files.get(path), Some(text), "{path} in a second run");
    }
    assert_eq!(second.files.iter().count(), first.files.iter().count(), "files of a second run");
    first
}

#[test]
fn old_names_compile_and_work() {
    let before = generated(include_str!("../renames/before.yaml"), &Lock::default());
    let after = generated(include_str!("../renames/after.yaml"), &before.lock);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("renames");
    for (path, text) in after.files.iter() {
        write(&folder.join("client").join(path), text);
    }
    write(&folder.join("Cargo.toml"), MANIFEST);
    write(&folder.join("src/main.rs"), include_str!("../renames/main.rs"));
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    fs::copy(workspace.join("Cargo.lock"), folder.join("Cargo.lock")).expect("the lock file can be copied");

    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("the folder is in the target folder");
    let output = Command::new(env!("CARGO"))
        .args(["run", "--offline", "--target-dir"])
        .arg(target)
        .current_dir(&folder)
        .env("NO_PROXY", "127.0.0.1")
        .output()
        .expect("cargo runs");
    let messages = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{messages}");
    for warning in WARNINGS {
        assert!(messages.contains(warning), "there is no warning `{warning}`:\n{messages}");
    }
    // The crate itself uses the new names.
    assert!(!messages.contains("(lib) generated"), "{messages}");
}

/// Returns `true` for a line of a lock with an old name.
#[test]
fn old_names_have_the_locations_of_the_items() {
    let before = generated(include_str!("../renames/before.yaml"), &Lock::default());
    let after = generated(include_str!("../renames/after.yaml"), &before.lock);
    let check = |old: &str, new: &str| {
        assert!(after.origins.contains_key(new), "{new}");
        assert_eq!(after.origins.get(old), after.origins.get(new), "{old}");
    };
    check("types::Pet", "types::Animal");
    check("resources::System::health", "resources::Pets::health");
    check("resources::pets::GetPet", "resources::pets::FetchPet");
    check("resources::Farm::cows", "resources::Cattle::cows");
}

fn is_old(line: &str) -> bool {
    line.starts_with("old-") || line.starts_with("replaced-")
}

/// Returns the lines of a lock with names, except old ones.
fn names(generated: &Generated) -> Vec<String> {
    let is_name = |line: &&str| line.contains(" = ") && !is_old(line) && !line.starts_with("gone ");
    generated.lock.to_string().lines().filter(is_name).map(str::to_owned).collect()
}

#[test]
fn a_second_rename_leads_back_to_the_first_names() {
    let before = generated(include_str!("../renames/before.yaml"), &Lock::default());
    let after = generated(include_str!("../renames/after.yaml"), &before.lock);
    let again = generated(include_str!("../renames/before.yaml"), &after.lock);
    assert_ne!(names(&after), names(&before));
    assert_eq!(names(&again), names(&before));
}

/// Generates a crate for each document, with the lock of the one before. Expects lines in the last lock, apart from their
/// locations and digests. A document is given as its paths and its schemas, and the last crate has the version.
#[track_caller]
fn check(documents: &[(&str, &str)], version: &str, expected: &[&str]) {
    let text = |(paths, schemas): &(&str, &str)| {
        format!(
            "openapi: 3.1.0\ninfo: {{title: Renames, version: 1.0.0}}\npaths: {{{paths}}}\ncomponents: {{schemas: {{{schemas}}}}}"
        )
    };
    let (last, others) = documents.split_last().expect("there is a document");
    let lock = others.iter().fold(Lock::default(), |lock, document| generated(&text(document), &lock).lock);
    let config = Config::parse(&format!("package.version = '{version}'")).expect("the settings are valid");
    let lock = generated_with(&text(last), &config, &lock).lock.to_string();
    let lines: Vec<String> = lock
        .lines()
        .map(|line| {
            let words =
                line.split(' ').filter(|word| !word.starts_with("at=") && !word.starts_with("shape="));
            words.collect::<Vec<_>>().join(" ")
        })
        .collect();
    for line in expected {
        assert!(lines.iter().any(|found| found == line), "`{line}` is not in the lock:\n{lock}");
    }
    let old = lines.iter().filter(|line| is_old(line) && !expected.contains(&line.as_str()));
    assert_eq!(old.collect::<Vec<_>>(), Vec::<&String>::new());
}

const PET: &str = "{properties: {name: {type: string}, size: {type: integer}}}";

fn get(tag: &str, id: &str) -> String {
    format!("/{id}: {{get: {{tags: [{tag}], operationId: {id}, responses: {{'204': {{description: ok}}}}}}}}")
}

#[test]
fn a_new_version_of_a_package_keeps_the_names() {
    let (before, after) = (format!("acme.v1.Pet: {PET}"), format!("acme.v2.Pet: {PET}"));
    check(
        &[("", &before), ("", &after)],
        "0.1.0",
        &["type acme.v2.Pet = Pet", "field Pet name = name with_name"],
    );
}

/// The value of a key becomes part of an alternative, or an alternative itself, so another schema gets its place.
#[test]
fn a_union_that_distinguishes_its_alternatives_otherwise_keeps_the_names_in_it() {
    let event = |more: &str| {
        format!(
            "Event: {{oneOf: [
                {{type: object, required: [opened], properties: {{{more}opened: {{type: object, properties: {{by: {{type: string}}}}}}}}}},
                {{type: object, required: [closed], properties: {{closed: {{type: object, properties: {{why: {{type: string}}}}}}}}}}
            ]}}"
        )
    };
    let (by_key, by_properties) = (event(""), event("at: {type: string}, "));
    let expected = [
        "nested-type Event opened = EventOpenedValue",
        "nested-type EventOpenedValue opened = EventOpened",
        "field EventOpened by = by with_by",
    ];
    check(&[("", &by_key), ("", &by_properties)], "0.1.0", &expected);
    let expected = ["nested-type Event opened = EventOpenedValue", "field EventOpenedValue by = by with_by"];
    check(&[("", &by_properties), ("", &by_key)], "0.1.0", &expected);
}

/// A new alternative has the same tag, or a new property of an alternative ends the union by key. The alternatives are called
/// by their schemas then, and keep the variants that are called by a value or a property.
#[test]
fn a_union_of_components_that_changes_its_form_keeps_its_variants() {
    let tagged = |name: &str, kind: &str| {
        format!(
            "{name}: {{type: object, required: [kind], properties: {{kind: {{const: {kind}}}, {name}: {{type: string}}}}}}"
        )
    };
    let union = |names: &[&str]| {
        let references: Vec<String> =
            names.iter().map(|name| format!("{{$ref: '#/components/schemas/{name}'}}")).collect();
        format!("Pet: {{oneOf: [{}]}}", references.join(", "))
    };
    let (one, two) = (tagged("First", "cat"), tagged("Second", "dog"));
    let by_tag = format!("{}, {one}, {two}", union(&["First", "Second"]));
    let by_schema =
        format!("{}, {one}, {two}, {}", union(&["First", "Second", "Third"]), tagged("Third", "cat"));
    let expected = [
        "variant Pet First = Cat as_cat",
        "variant Pet dog = Dog as_dog",
        "variant Pet Third = Third as_third",
    ];
    check(&[("", &by_tag), ("", &by_schema)], "0.1.0", &expected);
    // And back.
    let expected = ["variant Pet cat = Cat as_cat", "variant Pet dog = Dog as_dog"];
    check(&[("", &by_tag), ("", &by_schema), ("", &by_tag)], "0.1.0", &expected);

    let keyed = |name: &str, key: &str, more: &str| {
        format!("{name}: {{type: object, required: [{key}], properties: {{{key}: {{type: string}}{more}}}}}")
    };
    let keyed = |more: &str| {
        let schemas = [keyed("First", "opened", ""), keyed("Second", "closed", more)];
        format!("{}, {}", union(&["First", "Second"]), schemas.join(", "))
    };
    let expected = ["variant Pet First = Opened as_opened", "variant Pet Second = Closed as_closed"];
    check(&[("", &keyed("")), ("", &keyed(", at: {type: string}"))], "0.1.0", &expected);
}

/// One of the alternatives is at a place of another union, so only the other one is a nested type of this union.
#[test]
fn alternatives_with_the_same_name_keep_their_variants() {
    let schemas = "
        Owner: {properties: {by: {oneOf: [
            {type: string},
            {type: object, properties: {id: {type: string}, tag: {type: string}}}
        ]}}},
        Agent: {oneOf: [
            {$ref: '#/components/schemas/Owner/properties/by/oneOf/1'},
            {type: object, properties: {id: {type: integer}, tag: {type: string}}}
        ]}";
    let expected = [
        "variant Agent object = Object as_object",
        "variant Agent object = ObjectValue as_object_value number=2",
    ];
    check(&[("", schemas)], "0.1.0", &expected);
    check(&[("", schemas), ("", schemas)], "0.1.0", &expected);
}

/// A reference makes a union of the constants and the other type. The first constant is at the place that is the value of the
/// second one.
#[test]
fn values_of_an_enum_that_becomes_a_union_keep_their_names() {
    let level = |more: &str| {
        format!(
            "Other: {{enum: [auto, 1, 2, true]}}, \
             Level: {{oneOf: [{{const: 1, title: LOW}}, {{const: 0, title: HIGH}}{more}]}}"
        )
    };
    let expected = [
        "variant Level LOW = Low is_low",
        "variant Level HIGH = High is_high",
        "variant Level Other = Other as_other",
    ];
    let more = level(", {$ref: '#/components/schemas/Other'}");
    check(&[("", &level("")), ("", &more)], "0.1.0", &expected);
}

/// A lock of an earlier version has no locations of components.
#[test]
fn variants_of_an_earlier_lock_keep_their_names() {
    let document = |more: &str, alternatives: &str| {
        format!(
            "openapi: 3.1.0
info: {{title: Pets, version: 1.0.0}}
paths: {{}}
components:
  schemas:
    Pet: {{oneOf: [{{$ref: '#/components/schemas/Cat'}}, {{$ref: '#/components/schemas/Dog'}}{alternatives}]}}
    Cat: {{type: object, required: [kind], properties: {{kind: {{const: cat}}, lives: {{type: integer}}}}}}
    Dog: {{type: object, required: [kind], properties: {{kind: {{const: dog}}}}}}
{more}"
        )
    };
    let before = generated(&document("", ""), &Lock::default()).lock.to_string();
    let is_variant = |line: &&str| line.starts_with("variant Pet ");
    let without_location = |line: &str| match is_variant(&line) {
        true => line.split(" at=").next().unwrap_or_default().to_owned(),
        false => line.to_owned(),
    };
    let earlier: Vec<String> = before.lines().map(without_location).collect();
    assert!(earlier.iter().any(|line| line == "variant Pet cat = Cat as_cat"), "{before}");
    let lock = Lock::parse(&earlier.join("\n")).expect("it is a lock");
    let lynx =
        "    Lynx: {type: object, required: [kind], properties: {kind: {const: cat}, ears: {type: string}}}";
    let after = generated(&document(lynx, ", {$ref: '#/components/schemas/Lynx'}"), &lock).lock.to_string();
    let variants: Vec<&str> = after.lines().filter(is_variant).collect();
    let expected = [
        "variant Pet Cat = Cat as_cat at=#/components/schemas/Cat",
        "variant Pet Lynx = Lynx as_lynx at=#/components/schemas/Lynx",
        "variant Pet dog = Dog as_dog at=#/components/schemas/Dog",
    ];
    assert_eq!(variants, expected);
}

#[test]
fn a_nested_schema_that_becomes_a_component_keeps_its_name() {
    let before = format!("Shop: {{properties: {{pet: {PET}}}}}");
    let after =
        format!("Shop: {{properties: {{pet: {{$ref: '#/components/schemas/ShopPet'}}}}}}, ShopPet: {PET}");
    check(&[("", &before), ("", &after)], "0.1.0", &["type ShopPet = ShopPet"]);
}

#[test]
fn an_id_in_another_case_keeps_the_method() {
    let (before, after) =
        (get("pets", "getPet"), get("pets", "getPet").replace("operationId: getPet", "operationId: get_pet"));
    check(
        &[(&before, ""), (&after, "")],
        "0.1.0",
        &["operation get_pet = pets get_pet GetPet call=\"GET /getPet\""],
    );
}

#[test]
fn a_resource_that_joins_another_one_keeps_its_old_name() {
    let before = format!("{}, {}", get("pets", "one"), get("animals", "two"));
    let after = format!("{}, {}", get("pets", "one"), get("pets", "two"));
    let expected = [
        "replaced-resource animals = animals Animals animals since=0.1.0",
        "old-method animals two two = animals two since=0.1.0",
        "old-operation-type animals Two two request = animals Two since=0.1.0",
    ];
    check(&[(&before, ""), (&after, "")], "0.1.0", &expected);
}

/// The old name stays if the settings change again, and a breaking version drops it.
#[test]
fn a_resource_that_settings_rename_keeps_its_old_name() {
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: Renames, version: 1.0.0}}\npaths: {{{}}}",
        get("pets", "one")
    );
    let run = |settings: &str, lock: &Lock| {
        let config = Config::parse(settings).expect("the settings are valid");
        generated_with(&text, &config, lock)
    };
    #[track_caller]
    fn check(generated: &Generated, expected: &[&str]) {
        let lock = generated.lock.to_string();
        let lines = lock.lines().filter(|line| line.contains("resource ") || is_old(line));
        assert_eq!(lines.collect::<Vec<_>>(), expected);
    }
    let before = run("", &Lock::default());
    check(&before, &["resource pets = pets Pets pets"]);
    let renamed = "[names.resources]\npets = 'animals'\n";
    let after = run(renamed, &before.lock);
    check(
        &after,
        &[
            "old-resource pets = pets Pets pets animals since=0.1.0",
            "resource animals = animals Animals animals",
        ],
    );
    let client = after.files.get("src/client.rs").expect("the crate has this file");
    assert!(client.contains("pub fn animals(&self)") && client.contains("pub fn pets(&self)"), "{client}");
    check(
        &run("", &after.lock),
        &[
            "old-resource animals = animals Animals animals pets since=0.1.0",
            "resource pets = pets Pets pets",
        ],
    );
    check(
        &run(&format!("package.version = '0.2.0'\n{renamed}"), &after.lock),
        &["resource animals = animals Animals animals"],
    );
}

#[test]
fn a_breaking_version_frees_the_names_of_removed_items() {
    let (before, after) =
        ("Pet: {properties: {petId: {type: string}}}", "Pet: {properties: {pet_id: {type: string}}}");
    check(&[("", before), ("", after)], "0.1.1", &["field Pet pet_id = pet_id_2 with_pet_id_2"]);
    check(&[("", before), ("", after)], "0.2.0", &["field Pet pet_id = pet_id with_pet_id"]);
}

#[test]
fn a_resource_that_is_split_keeps_its_old_names() {
    let one = format!("{}, {}", get("pets", "one"), get("pets", "two"));
    let several = format!("{}, {}", get("cats", "one"), get("dogs", "two"));
    let expected = [
        "replaced-resource pets = pets Pets pets since=0.1.0",
        "old-method pets one one = pets one since=0.1.0",
        "old-method pets two two = pets two since=0.1.0",
        "old-operation-type pets One one request = pets One since=0.1.0",
        "old-operation-type pets Two two request = pets Two since=0.1.0",
    ];
    check(&[(&one, ""), (&several, "")], "0.1.0", &expected);
    // They stay in the next run, too.
    check(&[(&one, ""), (&several, ""), (&several, "")], "0.1.0", &expected);
}

#[test]
fn a_resource_that_comes_back_gets_its_names_back() {
    let one = format!("{}, {}", get("pets", "one"), get("pets", "two"));
    let several = format!("{}, {}", get("cats", "one"), get("dogs", "two"));
    let expected = [
        "resource pets = pets Pets pets",
        "operation one = pets one One call=\"GET /one\"",
        "operation two = pets two Two call=\"GET /two\"",
        "replaced-resource cats = cats Cats cats since=0.1.0",
        "replaced-resource dogs = dogs Dogs dogs since=0.1.0",
        "old-method cats one one = cats one since=0.1.0",
        "old-method dogs two two = dogs two since=0.1.0",
        "old-operation-type cats One one request = cats One since=0.1.0",
        "old-operation-type dogs Two two request = dogs Two since=0.1.0",
    ];
    check(&[(&one, ""), (&several, ""), (&one, "")], "0.1.0", &expected);
    // A resource that joined another one.
    let (apart, joined) = (
        format!("{}, {}", get("pets", "one"), get("animals", "two")),
        format!("{}, {}", get("pets", "one"), get("pets", "two")),
    );
    let expected = [
        "resource animals = animals Animals animals",
        "operation two = animals two Two call=\"GET /two\"",
        "old-method pets two two = pets two since=0.1.0",
        "old-operation-type pets Two two request = pets Two since=0.1.0",
    ];
    check(&[(&apart, ""), (&joined, ""), (&apart, "")], "0.1.0", &expected);
}

#[test]
fn a_property_keeps_the_name_of_its_null_setter() {
    let pet = |size: &str| {
        format!("Pet: {{type: object, properties: {{size: {size}, size_null: {{type: string}}}}}}")
    };
    let path = "/pets: {post: {operationId: addPet, requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}, responses: {'204': {description: ok}}}}";
    let (alone, nullable, plain) = (
        "Pet: {type: object, properties: {size: {type: [integer, 'null']}}}",
        pet("{type: [integer, 'null']}"),
        pet("{type: integer}"),
    );
    let expected = [
        "field Pet size = size with_size with_size_null",
        "field Pet size_null = size_null with_size_null_2",
    ];
    check(&[(path, alone), (path, &plain)], "0.1.0", &expected);
    check(&[(path, alone), (path, &plain), (path, &nullable)], "0.1.0", &expected);
}

#[test]
fn parts_of_alternatives_with_the_same_name_keep_their_names() {
    let form = |title: &str, part: &str| {
        format!("{{title: {title}, type: object, properties: {{{part}: {{type: string}}}}}}")
    };
    let path = |forms: &[String]| {
        format!(
            "/pets: {{post: {{tags: [pets], operationId: add, requestBody: {{required: true, content: {{multipart/form-data: {{schema: {{oneOf: [{}]}}}}}}}}, responses: {{'204': {{description: ok}}}}}}}}",
            forms.join(", ")
        )
    };
    let forms = [form("Pet", "new"), form("Pet", "new"), form("Cat", "new")];
    let document = path(&forms);
    let expected = ["form-variant add multipart Pet = Pet2 number=2", "part add multipart Pet2 new = new_2"];
    check(&[(&document, ""), (&document, "")], "0.1.0", &expected);
}

#[test]
fn a_type_in_the_second_of_two_places_with_the_same_name_keeps_its_name() {
    let inner = "{type: object, properties: {name: {type: string}, inner: {type: object, properties: {id: {type: string}}}}}";
    let titled = |title: &str| inner.replacen("type: object", &format!("title: {title}, type: object"), 1);
    let before = format!("Pet: {{oneOf: [{}, {}]}}", titled("One"), titled("One"));
    let after = format!("Pet: {{oneOf: [{{type: string}}, {}, {}]}}", titled("One"), titled("One"));
    let expected =
        ["nested-type Pet One = PetOneValue number=2", "nested-type PetOneValue inner = PetOneValueInner"];
    check(&[("", &before), ("", &after)], "0.1.0", &expected);
}
