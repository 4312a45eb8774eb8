//! Entries of `[names]` that match nothing or give names that are taken, and what becomes of names with a lock.

use crate::{Config, Generated, Lock, Source, Sources};

const DOCUMENT: &str = "
openapi: 3.1.0
info: { title: Pets, version: '1' }
paths:
  /pets:
    get:
      tags: [pets]
      operationId: listPets
      parameters: [{ name: X-Page, in: header, schema: { type: integer } }, { name: size, in: query, schema: { type: integer } }]
      responses: { '200': { description: Pets., content: { application/json: { schema: { type: array, items: { type: object, properties: { id: { type: string } } } } } } } }
    post: { tags: [pets], operationId: createPet, requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }, responses: { '204': { description: Done. } } }
  /owners:
    get: { tags: [owners], responses: { '204': { description: Done. } } }
components:
  schemas:
    Pet: { type: object, properties: { petId: { type: string }, id: { type: string }, name: { $ref: '#/components/schemas/Name' }, owner: { type: object, properties: { age: { type: integer } } } } }
    Name: { type: object, properties: { text: { type: string } } }
    Color: { type: string, enum: [red, green] }
    Shape: { oneOf: [{ $ref: '#/components/schemas/Pet' }, { type: string }] }
    Alias: { $ref: '#/components/schemas/Pet' }
";

fn generate(document: &str, config: &str, lock: &Lock) -> Result<Generated, Vec<String>> {
    let settings = Config::parse(config).expect("the settings are valid");
    let document = Source { name: "pets.yaml", text: document };
    let sources = Sources { config: Some(Source { name: "codegen.toml", text: config }), ..document.into() };
    let outcome = crate::regenerate(sources, &settings, lock);
    outcome.generated.ok_or_else(|| {
        let located = outcome.diagnostics.located(sources);
        let errors =
            located.iter().filter(|(_, it)| it.code.severity() == crate::diagnostics::Severity::Error);
        errors.map(|(at, found)| format!("{}: {}; {}", at.line, found.message, found.remedy)).collect()
    })
}

/// Expects the errors about a codegen.toml: the line, the message and the help of each.
#[track_caller]
fn check(config: &str, expected: &[&str]) {
    let found = generate(DOCUMENT, config, &Lock::default()).err().unwrap_or_default();
    assert_eq!(found, expected, "{config}");
}

#[test]
fn an_entry_that_matches_nothing_is_an_error() {
    const HELP: &str = "remove the entry, or correct its name";
    check("[names.types]\nPets = 'Animal'", &["2: the document has no schema `Pets`; did you mean `Pet`?"]);
    check(
        "[names.types]\n'#/components/schemas/Pet/properties/owners' = 'Owner'",
        &[&format!("2: the document has no schema `#/components/schemas/Pet/properties/owners`; {HELP}")],
    );
    check(
        "[names.types]\n'#/components/schemas/Pet/properties/name' = 'Other'\nAlias = 'X'",
        &[
            "2: `#/components/schemas/Pet/properties/name` is a reference to `Name`; did you mean `Name`?",
            "3: `Alias` is a reference to `Pet`; did you mean `Pet`?",
        ],
    );
    check(
        "[names.types]\n'#/paths/~1pets/get/responses/200/content/application~1json/schema' = 'List'",
        &["2: the crate has no type of its own for \
           `#/paths/~1pets/get/responses/200/content/application~1json/schema`; \
           did you mean `#/paths/~1pets/get/responses/200/content/application~1json/schema/items`?"],
    );
    check(
        "[names.fields]\nPot = { a = 'b' }\nPet = { petid = 'a' }",
        &[
            "2: the document has no schema `Pot`; did you mean `Pet`?",
            "3: `petid` is not a property of `Pet`; did you mean `petId`?",
        ],
    );
    check(
        "[names.variants.Color]\nrad = 'Red'\n[names.variants.Shape]\n'#/components/schemas/Name' = 'A'",
        &[
            "2: `rad` is not a variant of `Color`; did you mean `red`?",
            &format!("4: `#/components/schemas/Name` is not a variant of `Shape`; {HELP}"),
        ],
    );
    check(
        "[names.operations]\nlistPet = 'a'\n'POST /owners' = 'b'",
        &[
            "2: the document has no operation `listPet`; did you mean `listPets`?",
            "3: the document has no operation `POST /owners`; did you mean `get /owners`?",
        ],
    );
    check(
        "[names.parameters]\nlistPet = { a = 'b' }\n'**' = { X-Pag = 'page' }",
        &[
            "2: `listPet` matches no operation; did you mean `listPets`?",
            "3: `X-Pag` is not a parameter of `**`; did you mean `X-Page`?",
        ],
    );
    check(
        "[names.features]\npet = 'a'",
        &["2: no operation id starts with `pet.`, and no tag is `pet`; did you mean `pets`?"],
    );
    check(
        "[names.patterns]\nmethods = { 'x_{name}' = '{name}', 'list_{name}' = '{name}', 'list_{resource}' = 'all' }",
        &[
            "2: `x_{name}` matches no name that another pattern does not match; remove the pattern, or correct it",
            "2: `list_{resource}` matches no name that another pattern does not match; \
             remove the pattern, or correct it",
        ],
    );
}

#[test]
fn a_taken_name_is_an_error() {
    let taken = |line: usize, name: &str, what: &str| {
        format!(
            "{line}: `{name}` is the name of the {what} already; choose another name, or give the {what} another name, too"
        )
    };
    check("[names.types]\nPet = 'Name'", &[&taken(2, "Name", "schema `Name`")]);
    check(
        "[names.types]\nPet = 'PetOwner'",
        &[&taken(2, "PetOwner", "schema `#/components/schemas/Pet/properties/owner`")],
    );
    check("[names.fields.Pet]\npetId = 'id'", &[&taken(2, "id", "property `id`")]);
    check("[names.variants.Color]\nred = 'Green'", &[&taken(2, "Green", "value `green`")]);
    check("[names.variants.Shape]\nPet = 'String'", &[&taken(2, "String", "alternative `string`")]);
    check("[names.operations]\nlistPets = 'create_pet'", &[&taken(2, "create_pet", "operation `createPet`")]);
    check("[names.parameters.listPets]\nX-Page = 'size'", &[&taken(2, "size", "query parameter `size`")]);
    check("[names.features]\npets = 'owners'", &[&taken(2, "owners", "resource `owners`")]);
    check("[names.operations]\nlistPets = 'a'\ncreatePet = 'a'", &[&taken(2, "a", "operation `createPet`")]);
    check(
        "[names.types]\nPet = 'One'\n'#/components/schemas/Pet' = 'Two'",
        &["2: `One` is the second name of one item, which is `Two` already; remove one of the entries"],
    );
    check(
        "[names.parameters]\n'/pets' = { size = 'a' }\npets = { size = 'b' }",
        &["3: `b` is the second name of one item, which is `a` already; remove one of the entries"],
    );
}

#[test]
fn a_reserved_name_is_an_error() {
    let reserved = |line: usize, name: &str| {
        format!("{line}: `{name}` is reserved for the generated code; choose another name")
    };
    check("[names.types]\nPet = 'Option'", &[&reserved(2, "Option")]);
    check("[names.fields.Pet]\npetId = 'unknown_fields'", &[&reserved(2, "unknown_fields")]);
    check("[names.variants.Color]\nred = 'Unknown'", &[&reserved(2, "Unknown")]);
    check("[names.operations]\nlistPets = 'clone'", &[&reserved(2, "clone")]);
    check("[names.parameters.listPets]\nsize = 'send'", &[&reserved(2, "send")]);
    check("[names.parameters.listPets]\nsize = 'with_timeout'", &[&reserved(2, "with_timeout")]);
    check("[names.features]\npets = 'reqwest'", &[&reserved(2, "reqwest")]);
    check("[names.resources]\npets = 'builder'", &[&reserved(2, "builder")]);
}

#[test]
fn names_can_be_exchanged() {
    check("[names.fields.Pet]\npetId = 'id'\nid = 'pet_id'\n[names.types]\nPet = 'Name'\nName = 'Pet'", &[]);
    check("[names.variants.Color]\nred = 'Green'\ngreen = 'Red'", &[]);
    check("[names.operations]\nlistPets = 'create_pet'\ncreatePet = 'list_pets'", &[]);
    // A name that an item has already changes nothing.
    check("[names.types]\nPet = 'Pet'\n[names.fields.Pet]\nid = 'id'", &[]);
}

/// Generates a crate with these settings after a run without settings. Returns the lines of the lock that begin with these
/// words.
fn lines_after(config: &str, words: &[&str]) -> Vec<String> {
    let before = generate(DOCUMENT, "", &Lock::default()).expect("the document is valid");
    let after = generate(DOCUMENT, config, &before.lock).expect("the settings are valid");
    let again = generate(DOCUMENT, config, &after.lock).expect("the settings are valid");
    assert_eq!(after.lock, again.lock);
    let lock = after.lock.to_string();
    let lines = lock.lines().filter(|line| words.iter().any(|word| line.starts_with(word)));
    let without_details = |line: &str| {
        let words = line.split(' ').filter(|word| !word.starts_with("shape=") && !word.starts_with("at="));
        words.collect::<Vec<_>>().join(" ")
    };
    lines.map(without_details).collect()
}

#[test]
fn a_name_wins_over_the_lock() {
    let types = "[names.types]\nPet = 'Animal'\n'#/components/schemas/Pet/properties/owner' = 'Person'";
    assert_eq!(
        lines_after(types, &["type Pet", "nested-type Animal owner", "old-type"]),
        [
            "nested-type Animal owner = Person",
            "old-type Pet = Pet Animal since=0.1.0",
            "old-type PetOwner = PetOwner Person since=0.1.0",
            "type Pet = Animal",
        ]
    );
    let members = "[names.fields.Pet]\npetId = 'key'\n[names.variants.Color]\nred = 'Rot'";
    assert_eq!(
        lines_after(members, &["field Pet petId", "variant Color red"]),
        ["field Pet petId = key with_key", "variant Color red = Rot is_rot"]
    );
    let methods =
        "[names]\ndrop-resource = true\nparameters.listPets.X-Page = 'page'\nfeatures.pets = 'animals'";
    assert_eq!(
        lines_after(
            methods,
            &["operation listPets", "old-method pets list_pets", "old-feature", "parameter listPets header"]
        ),
        [
            "old-feature pets = pets pets since=0.1.0",
            "old-method pets list_pets listPets = pets list_pets since=0.1.0",
            "operation listPets = pets list List call=\"GET /pets\"",
            "parameter listPets header X-Page = page",
        ]
    );
}

#[test]
fn the_old_feature_enables_the_new_one() {
    let before = generate(DOCUMENT, "", &Lock::default()).expect("the document is valid");
    let config = "[names.features]\npets = 'animals'";
    let after = generate(DOCUMENT, config, &before.lock).expect("the settings are valid");
    let manifest = after.files.get("Cargo.toml").expect("the crate has a manifest");
    assert!(manifest.contains("# Renamed.\npets = [\"animals\"]\n"), "{manifest}");
    let breaking = format!("package.version = '0.2.0'\n{config}");
    let later = generate(DOCUMENT, &breaking, &after.lock).expect("the settings are valid");
    assert!(!later.files.get("Cargo.toml").expect("the crate has a manifest").contains("Renamed"));
}

/// A pattern does not take the name of another item, and says so.
#[test]
fn a_pattern_that_leads_to_a_taken_name_is_a_warning() {
    let document = "
openapi: 3.1.0
info: { title: Pets, version: '1' }
paths:
  /a: { get: { tags: [pets], operationId: list_v1, responses: { '204': { description: Done. } } } }
  /b: { get: { tags: [pets], operationId: list, responses: { '204': { description: Done. } } } }
  /c: { get: { tags: [pets], operationId: move_v1, responses: { '204': { description: Done. } } } }
components: { schemas: { PetDto: { type: object }, ApiPet: { type: object }, OptionDto: { type: object }, DogDto: { type: object } } }
";
    let config = "[names.patterns]\nmethods = { '{name}_v1' = '{name}' }\n\
                  types = { '{name}Dto' = '{name}', 'Api{name}' = '{name}' }";
    let settings = Config::parse(config).expect("the settings are valid");
    let outcome = crate::generate(Source { name: "pets.yaml", text: document }, &settings);
    let found: Vec<&str> = outcome.diagnostics.iter().map(|found| found.message.as_str()).collect();
    assert_eq!(
        found,
        [
            "`list_v1` keeps the name `list_v1`, because `list` of the pattern `{name}_v1` is taken",
            "`move_v1` keeps the name `move_v1`, because `move` of the pattern `{name}_v1` is taken",
            "`ApiPet` keeps the name `ApiPet`, because `Pet` of the pattern `Api{name}` is taken",
            "`OptionDto` keeps the name `OptionDto`, because `Option` of the pattern `{name}Dto` is taken",
            "`PetDto` keeps the name `PetDto`, because `Pet` of the pattern `{name}Dto` is taken",
        ]
    );
    let generated = outcome.generated.expect("there are only warnings");
    assert!(generated.files.get("src/types/dog.rs").is_some());
}

/// A new operation does not take the name that a pattern gave to another one in an earlier run.
#[test]
fn an_addition_keeps_the_names_of_patterns() {
    let document = |more: &str| {
        format!(
            "openapi: 3.1.0\ninfo: {{ title: Pets, version: '1' }}\npaths:\n  /a: {{ get: {{ tags: [pets], operationId: \
             list_pets, responses: {{ '204': {{ description: Done. }} }} }} }}\n{more}"
        )
    };
    let more = "  /b: { get: { tags: [pets], operationId: list, responses: { '204': { description: Done. } } } }\n  \
                /c: { get: { tags: [pets], operationId: list_pet, responses: { '204': { description: Done. } } } }\n";
    let config = "names.drop-resource = true";
    let before = generate(&document(""), config, &Lock::default()).expect("the document is valid");
    let after = generate(&document(more), config, &before.lock).expect("the document is valid");
    let lock = after.lock.to_string();
    assert!(lock.contains("operation list_pets = pets list List "), "{lock}");
    assert!(lock.contains("operation list_pet = pets list_pet ListPet "), "{lock}");
    // Without the lock, nobody takes the name of another operation.
    let fresh = generate(&document(more), config, &Lock::default()).expect("the document is valid");
    let lock = fresh.lock.to_string();
    assert!(lock.contains("operation list = pets list List "), "{lock}");
    assert!(lock.contains("operation list_pets = pets list_pets ListPets "), "{lock}");
}

#[test]
fn names_do_not_change_what_is_sent() {
    let config = "round-trip = true\n[names]\ndrop-resource = true\n[names.types]\nPet = 'Animal'\n[names.fields.Pet]\n\
                  petId = 'key'\n[names.variants.Color]\nred = 'Rot'\n[names.parameters.listPets]\nX-Page = 'page'";
    let after = generate(DOCUMENT, config, &Lock::default()).expect("the settings are valid");
    let animal = after.files.get("src/types/animal.rs").expect("the type has a module");
    assert!(animal.contains("pub key: ") && animal.contains("\"petId\""), "{animal}");
}

/// Text of the document that a pattern puts into a name is an identifier.
#[test]
fn a_pattern_makes_only_identifiers() {
    let document = |id: &str| {
        format!(
            "openapi: 3.1.0\ninfo: {{ title: Pets, version: '1' }}\npaths:\n  /a: {{ get: {{ tags: [pets], operationId: '{id}', \
             responses: {{ '204': {{ description: Done. }} }} }} }}"
        )
    };
    let config = "names.patterns.methods = { '{name}_v1' = '{name}' }";
    for (id, method) in [
        ("x(){} fn_v1", "x_fn"),
        ("fn_v1", "fn_v1"),
        ("2nd_v1", "_2nd_v1"),
        ("日本 _v1", "日本"),
        ("Self_v1", "self_v1"),
        ("\u{202e}a_v1", "a"),
    ] {
        let generated = generate(&document(id), config, &Lock::default()).expect("the document is valid");
        let lock = generated.lock.to_string();
        assert!(lock.contains(&format!(" = pets {method} ")), "{id}: {lock}");
    }
}
